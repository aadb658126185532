import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { ResolverError } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { parseKeyRecord } from './key-record.ts';
import type { KeyRecord } from './key-record.ts';

/** A key record as it was found, and the key in it when there is one that can be used. */
export interface FoundKey {
  readonly record?: KeyRecord;
  readonly key?: KeyObject;
  /** Bits of an RSA modulus; 256 for Ed25519. */
  readonly bits?: number;
  /** Why there is no record or no key, and what else is to be said of the record. */
  readonly problems: readonly Problem[];
}

/** What the DNS says of a selector. */
export type KeyAnswer =
  | { readonly kind: 'keys'; readonly keys: readonly FoundKey[]; readonly authenticated: boolean }
  | { readonly kind: 'none'; readonly problem: Problem }
  | { readonly kind: 'unavailable'; readonly problem: Problem };

/**
 * Key records already parsed, their keys made ready: setting up an RSA key costs more than using it. Entries are found by the
 * text of the record, so that one can never be stale. Holds at most `most` of them; the one that came first goes first.
 */
export class KeyCache {
  readonly #found = new Map<string, FoundKey>();
  readonly #most: number;

  constructor(most = 2000) {
    this.#most = most;
  }

  get size(): number {
    return this.#found.size;
  }

  /** The key in the text of a record. */
  of(text: string): FoundKey {
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const found = readKey(text);
    // A text longer than any key only fills memory.
    if (text.length > longestRecord) return found;
    if (this.#found.size >= this.#most) this.#found.delete(this.#found.keys().next().value!);
    this.#found.set(text, found);
    return found;
  }
}

const longestRecord = 8192;
/** Several records at one name have no defined meaning (RFC 6376 §3.6.2.2); a few are tried, no more. */
const maxRecords = 8;
/** RFC 8301 §3.2: 4096 bits MUST be verified, more MAY; a verification costs the square of the size. */
const maxBits = 8192;

const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads a key record and sets up its key. */
export function readKey(text: string): FoundKey {
  const reading = parseKeyRecord(text);
  if (!reading.ok) return { problems: reading.problems };
  const record = reading.value;
  const { publicKey, keyType } = record;
  if (publicKey === undefined) return { record, problems: reading.problems };
  const refused = (code: string, values: Record<string, number> = {}, see = 'RFC 6376 §3.6.1'): FoundKey => ({
    record,
    problems: [{ code, values, see }, ...reading.problems],
  });
  if (keyType === 'ed25519') {
    // RFC 8463 §4.2: the 32 bytes themselves.
    if (publicKey.length !== 32) return refused('dkim/bad-key', {}, 'RFC 8463 §4.2');
    const key = importKey(Buffer.concat([ed25519Prefix, publicKey]), 'spki');
    return key === undefined
      ? refused('dkim/bad-key', {}, 'RFC 8463 §4.2')
      : { record, key, bits: 256, problems: reading.problems };
  }
  // RFC 6376 speaks of RSAPublicKey; what everybody publishes, the RFC's own examples too, is SubjectPublicKeyInfo.
  const key = importKey(publicKey, 'spki') ?? importKey(publicKey, 'pkcs1');
  if (key === undefined || key.asymmetricKeyType !== 'rsa') return refused('dkim/bad-key');
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 1024) return { ...refused('dkim/key-too-short', { bits }, 'RFC 8301 §3.2'), bits };
  if (bits > maxBits) return { ...refused('dkim/key-too-long', { bits, most: maxBits }, 'RFC 8301 §3.2'), bits };
  return { record, key, bits, problems: reading.problems };
}

function importKey(der: Buffer, type: 'pkcs1' | 'spki'): KeyObject | undefined {
  try {
    return createPublicKey({ key: der, format: 'der', type });
  } catch {
    // OpenSSL says by throwing that these bytes are no key: the bytes are a stranger's.
    return undefined;
  }
}

/**
 * Asks the DNS for the keys of a selector (RFC 6376 §3.6.2). An answer that did not come is `unavailable`: the one place where
 * a `ResolverError` becomes `temperror` here.
 */
export async function lookupKeys(
  resolver: Resolver,
  selector: string,
  signingDomain: string,
  cache: KeyCache,
): Promise<KeyAnswer> {
  const name = `${selector}._domainkey.${signingDomain}`;
  try {
    const answer = await resolver(name, 'TXT');
    if (answer.kind !== 'records') {
      const code = answer.kind === 'no-data' ? 'dkim/no-key-record' : 'dkim/no-such-selector';
      return { kind: 'none', problem: { code, values: { name }, see: 'RFC 6376 §6.1.2' } };
    }
    const keys = answer.records.slice(0, maxRecords).map((strings) => cache.of(strings.join('')));
    return { kind: 'keys', keys, authenticated: answer.authenticated };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return {
      kind: 'unavailable',
      problem: { code: 'dkim/key-unavailable', values: { name, reason: error.code }, see: 'RFC 6376 §6.1.2' },
    };
  }
}
