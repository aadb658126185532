import { hash, verify as verifySignature } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { HeaderField, Message } from '../mail/index.ts';
import type { Problem } from '../problem.ts';
import type { HeaderText } from './canonical.ts';
import type { FoundKey, KeyAnswer } from './keys.ts';
import type { Canonicalization, SigningAlgorithm } from './signature.ts';

// The steps of RFC 6376 §6.1.2 and §6.1.3 that DKIM signatures, ARC-Message-Signatures and ARC-Seals share.

/** The fields of a message by name, each list from the top of the message to the bottom. */
export type FieldIndex = ReadonlyMap<string, readonly HeaderField[]>;

export function indexFields(message: Message): FieldIndex {
  const index = new Map<string, HeaderField[]>();
  for (const field of message.fields) {
    const known = index.get(field.name);
    if (known === undefined) index.set(field.name, [field]);
    else known.push(field);
  }
  return index;
}

/** A signature field: of the message itself when verifying, of a draft when signing. */
export interface OwnField {
  readonly message: Message;
  readonly field: HeaderField;
}

/**
 * Writes the signed header: the fields of `h=`, each name taking the instances from the bottom up (§5.4.2), names beyond what is
 * there counting as nothing (§3.5), then the signature field itself without the value of its `b=` (§3.7).
 */
export function writeSignedHeader(
  text: HeaderText,
  message: Message,
  index: FieldIndex,
  own: OwnField,
  signature: {
    readonly signedFields: readonly string[];
    readonly headerCanonicalization: Canonicalization;
    readonly signatureStart: number;
    readonly signatureEnd: number;
  },
): void {
  text.clear();
  const taken = new Map<string, number>();
  const form = signature.headerCanonicalization;
  for (const name of signature.signedFields) {
    const instances = index.get(name);
    if (instances === undefined) continue;
    let below = taken.get(name) ?? 0;
    // §3.7: a signature does not sign itself.
    if (instances[instances.length - 1 - below] === own.field) below++;
    const field = instances[instances.length - 1 - below];
    taken.set(name, below + 1);
    if (field === undefined) continue;
    text.add(message, field, form);
    text.lineBreak();
  }
  text.add(own.message, own.field, form, { start: signature.signatureStart, end: signature.signatureEnd });
}

/** A signature that is not good, and why. */
export interface Refusal {
  readonly result: 'fail' | 'permerror' | 'temperror';
  readonly reason: Problem;
  readonly key?: FoundKey;
}

/** The key that fits a signature, or why there is none (§6.1.2 steps 4 to 8). */
interface Fitting {
  readonly key: FoundKey & { readonly key: KeyObject };
}

/** What a key must fit. */
export interface KeyDemand {
  readonly algorithm: SigningAlgorithm;
  /** Whether `i=` has the domain of `d=`, which `t=s` of the key record asks for. */
  readonly auidIsDomain: boolean;
  /** A service beside `email` that a key may be for: `tlsrpt` (RFC 8460 §3), of mail that carries TLS reports. */
  readonly service?: 'tlsrpt';
}

/** Whether a key found for a selector may be used for a signature. Checks in the order of §6.1.2. */
function fitKey(found: FoundKey, demand: KeyDemand): Fitting | Refusal {
  const refuse = (reason: Problem): Refusal => ({ result: 'permerror', reason, key: found });
  const record = found.record;
  const first: Problem = found.problems[0] ?? { code: 'dkim/bad-key', see: 'RFC 6376 §6.1.2' };
  if (record === undefined) return refuse(first);
  // An ignored record, for another service, is as good as none (§3.6.1, s=).
  if (!record.services.some((each) => each === '*' || each === 'email' || each === demand.service)) {
    return refuse({
      code: 'dkim/key-not-for-mail',
      values: { services: record.services.join(':').slice(0, 100) },
      see: 'RFC 6376 §3.6.1',
    });
  }
  if (record.hashes !== undefined && !record.hashes.includes('sha256')) {
    return refuse({ code: 'dkim/key-hash-not-allowed', values: { hash: 'sha256' }, see: 'RFC 6376 §6.1.2' });
  }
  if (record.publicKey === undefined) return refuse({ code: 'dkim/key-revoked', see: 'RFC 6376 §6.1.2' });
  if (!demand.algorithm.startsWith(record.keyType)) {
    return refuse({
      code: 'dkim/key-type-mismatch',
      values: { type: record.keyType, algorithm: demand.algorithm },
      see: 'RFC 6376 §6.1.2',
    });
  }
  if (found.key === undefined) return refuse(first);
  if (record.strict && !demand.auidIsDomain) return refuse({ code: 'dkim/auid-not-domain', see: 'RFC 6376 §3.6.1' });
  return { key: found as Fitting['key'] };
}

/**
 * Tries the keys of a selector on a signature (§6.1.2 step 4: a verifier may cycle through several records). The reason given
 * is that of the key that came furthest.
 *
 * @param attempt Whether the signature verifies with a key; otherwise why not.
 */
export function tryKeys(
  answer: KeyAnswer,
  demand: KeyDemand,
  attempt: (key: KeyObject) => Problem | undefined,
): { readonly key: FoundKey } | Refusal {
  if (answer.kind === 'unavailable') return { result: 'temperror', reason: answer.problem };
  if (answer.kind === 'none') return { result: 'permerror', reason: answer.problem };
  let refusal: Refusal | undefined;
  for (const found of answer.keys) {
    const fit = fitKey(found, demand);
    if ('reason' in fit) {
      // A record that is a key, if not a fitting one, says more than a text that is none.
      if (refusal === undefined || (refusal.result !== 'fail' && refusal.key?.record === undefined)) refusal = fit;
      continue;
    }
    const reason = attempt(fit.key.key);
    if (reason === undefined) return { key: fit.key };
    refusal = { result: 'fail', reason, key: fit.key };
  }
  return refusal ?? { result: 'permerror', reason: { code: 'dkim/no-key-record', see: 'RFC 6376 §6.1.2' } };
}

/** Whether a signature over these bytes is good (RFC 6376 §3.3.2; RFC 8463 §3: Ed25519 signs the hash, not the text). */
export function verifies(
  algorithm: SigningAlgorithm,
  signed: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  try {
    return algorithm === 'ed25519-sha256'
      ? verifySignature(null, hash('sha256', signed, 'buffer'), key, signature)
      : verifySignature('sha256', signed, key, signature);
  } catch {
    // OpenSSL refuses some keys only when they are used (an even modulus, say): a signature by such a key is not good.
    return false;
  }
}
