import type { KeyObject } from 'node:crypto';
import {
  BodyHashes,
  HeaderText,
  indexFields,
  KeyCache,
  lookupKeys,
  readHeader,
  tryKeys,
  verifies,
  writeSignedHeader,
} from '../dkim/index.ts';
import type { Canonicalization, FieldIndex, KeyAnswer } from '../dkim/index.ts';
import type { Resolver } from '../dns/index.ts';
import type { Message } from '../mail/index.ts';
import type { Problem } from '../problem.ts';
import { collectSets } from './set.ts';
import type { ArcSet, ChainStatus } from './set.ts';

/** What a chain is worth (RFC 8617 §5.2). */
export interface ArcValidation {
  readonly status: ChainStatus;
  /** Why it is `fail`. */
  readonly reason?: Problem;
  /** The sets, the first sealer first; empty when the structure of the chain is broken. */
  readonly sets: readonly ArcSet[];
  /**
   * The oldest instance from which on all message signatures hold: since then nobody changed the message. 0 when all hold
   * (§5.2 step 5). Only of a chain that passes.
   */
  readonly oldestPass?: number;
}

interface Need {
  readonly set: ArcSet;
  readonly readings: readonly Reading[];
}

/** One way to canonicalize, and the body hash it needs. */
interface Reading {
  readonly form: Canonicalization;
  readonly bodyHash: string;
}

/** Validates Authenticated Received Chains; keeps the keys it has met, bounded. */
export class ArcValidator {
  readonly #resolver: Resolver;
  readonly #keys: KeyCache;
  readonly #text = new HeaderText();

  constructor(resolver: Resolver, keys: KeyCache = new KeyCache()) {
    this.#resolver = resolver;
    this.#keys = keys;
  }

  /** Validates the chain of a whole message. */
  validate(message: Message): Promise<ArcValidation> {
    const hashes = new BodyHashes();
    const begun = this.begin(message, hashes);
    hashes.update(message.bytes.subarray(message.bodyStart));
    return begun.finish();
  }

  /** Validates the chain of a message that comes in pieces; the body is not kept. */
  async validateStream(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ArcValidation> {
    const hashes = new BodyHashes();
    const begun = await readHeader(pieces, hashes, (message) => this.begin(message, hashes));
    return begun.finish();
  }

  /** As `DkimVerifier.begin`: both may be begun on one `hashes`, and share what the body costs. */
  begin(message: Message, hashes: BodyHashes): { finish(): Promise<ArcValidation> } {
    const collected = collectSets(message);
    if (!collected.ok) {
      const reason = collected.problems[0]!;
      return { finish: () => Promise.resolve({ status: 'fail', reason, sets: [] }) };
    }
    const needs = collected.value.map((set): Need => {
      const { bodyLength, headerCanonicalization, bodyCanonicalization, canonicalizationGiven } = set.messageSignature;
      const length = bodyLength === undefined ? {} : { length: bodyLength };
      const reading = (form: Canonicalization, body: Canonicalization): Reading => ({
        form,
        bodyHash: hashes.need({ form: body, hash: 'sha256', ...length }),
      });
      const readings = [reading(headerCanonicalization, bodyCanonicalization)];
      // Without `c=` DKIM means simple (RFC 6376 §3.5). Sealers of the drafts meant relaxed, which is what the seals beside it
      // are in any case (RFC 8617 §4.1.3): a signature that holds either way is one.
      if (!canonicalizationGiven) readings.push(reading('relaxed', 'relaxed'));
      return { set, readings };
    });
    return { finish: () => this.#finish(message, hashes, needs) };
  }

  async #finish(message: Message, hashes: BodyHashes, needs: readonly Need[]): Promise<ArcValidation> {
    const sets = needs.map((need) => need.set);
    if (sets.length === 0) return { status: 'none', sets };
    const index = indexFields(message);
    const fail = (reason: Problem): ArcValidation => ({ status: 'fail', reason, sets });
    const answers = await this.#lookUp(sets);
    // From here on nothing waits, so one text serves one message after the other.
    const text = this.#text;
    const answerOf = (part: { selector: string; signingDomain: string }): KeyAnswer =>
      answers.get(`${part.selector} ${part.signingDomain}`)!;
    // Step 4: the newest message signature must hold. Step 5: how far back do they hold?
    const newest = sets.length;
    let oldestPass = 0;
    for (let at = newest - 1; at >= 0; at--) {
      const { set, readings } = needs[at]!;
      const reason = checkMessageSignature(message, index, text, hashes, set, readings, answerOf(set.messageSignature));
      if (reason === undefined) continue;
      if (at === newest - 1) return fail(inSet(reason, set));
      oldestPass = set.instance + 1;
      break;
    }
    // Step 6: every seal, the newest first.
    for (let at = newest - 1; at >= 0; at--) {
      const set = sets[at]!;
      const reason = checkSeal(message, text, sets.slice(0, at + 1), answerOf(set.seal));
      if (reason !== undefined) return fail(inSet(reason, set));
    }
    return { status: 'pass', sets, oldestPass };
  }

  async #lookUp(sets: readonly ArcSet[]): Promise<Map<string, KeyAnswer>> {
    const parts = new Map(
      sets
        .flatMap((set) => [set.messageSignature, set.seal])
        .map((part) => [`${part.selector} ${part.signingDomain}`, part]),
    );
    const answers = await Promise.all(
      [...parts.values()].map((part) => lookupKeys(this.#resolver, part.selector, part.signingDomain, this.#keys)),
    );
    return new Map([...parts.keys()].map((name, at) => [name, answers[at]!]));
  }
}

/** Validates the chain of one message: `ArcValidator` for those who have one message only. */
export function validate(message: Message, resolver: Resolver): Promise<ArcValidation> {
  return new ArcValidator(resolver).validate(message);
}

function inSet(problem: Problem, set: ArcSet): Problem {
  return { ...problem, values: { ...problem.values, instance: set.instance } };
}

const historic: Problem = { code: 'dkim/sha1-signature', see: 'RFC 8301 §3.1' };

/** Why a message signature does not hold; `undefined` when it does. As DKIM (RFC 8617 §4.1.2), any error being final (§5.2.1). */
function checkMessageSignature(
  message: Message,
  index: FieldIndex,
  text: HeaderText,
  hashes: BodyHashes,
  set: ArcSet,
  readings: readonly Reading[],
  answer: KeyAnswer,
): Problem | undefined {
  const signature = set.messageSignature;
  if (signature.algorithm === 'rsa-sha1') return historic;
  const attempt = (key: KeyObject, { form, bodyHash }: Reading): Problem | undefined => {
    const body = hashes.digest(bodyHash);
    if ((signature.bodyLength ?? 0) > body.canonicalLength || !body.digest.equals(signature.bodyHash)) {
      return { code: 'dkim/body-changed', see: 'RFC 6376 §6.1.3' };
    }
    const own = { message, field: set.messageSignatureField };
    writeSignedHeader(text, message, index, own, { ...signature, headerCanonicalization: form });
    return verifies(signature.algorithm, text.bytes, key, signature.signature)
      ? undefined
      : { code: 'dkim/header-changed', see: 'RFC 6376 §6.1.3' };
  };
  const outcome = tryKeys(answer, { algorithm: signature.algorithm, auidIsDomain: true }, (key) => {
    let first: Problem | undefined;
    for (const reading of readings) {
      const reason = attempt(key, reading);
      if (reason === undefined) return undefined;
      first ??= reason;
    }
    return first;
  });
  return 'reason' in outcome ? outcome.reason : undefined;
}

/** Why the seal of the last of these sets does not hold; `undefined` when it does (RFC 8617 §5.1.1). */
function checkSeal(
  message: Message,
  text: HeaderText,
  sets: readonly ArcSet[],
  answer: KeyAnswer,
): Problem | undefined {
  const own = sets.at(-1)!;
  const { seal } = own;
  if (seal.algorithm === 'rsa-sha1') return historic;
  const outcome = tryKeys(answer, { algorithm: seal.algorithm, auidIsDomain: true }, (key) => {
    text.clear();
    for (const set of sets) {
      for (const field of [set.resultsField, set.messageSignatureField]) {
        text.add(message, field, 'relaxed');
        text.lineBreak();
      }
      if (set === own)
        text.add(message, set.sealField, 'relaxed', { start: seal.signatureStart, end: seal.signatureEnd });
      else {
        text.add(message, set.sealField, 'relaxed');
        text.lineBreak();
      }
    }
    return verifies(seal.algorithm, text.bytes, key, seal.signature)
      ? undefined
      : { code: 'arc/seal-broken', see: 'RFC 8617 §5.2' };
  });
  return 'reason' in outcome ? outcome.reason : undefined;
}
