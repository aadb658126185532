import type { DomainName, Resolver } from '../dns/index.ts';
import { parseMessage, rawValue } from '../mail/index.ts';
import type { HeaderField, Message } from '../mail/index.ts';
import type { Problem } from '../problem.ts';
import { BodyHashes, HeaderText } from './canonical.ts';
import { indexFields, tryKeys, verifies, writeSignedHeader } from './check.ts';
import type { FieldIndex } from './check.ts';
import { KeyCache, lookupKeys } from './keys.ts';
import type { FoundKey, KeyAnswer } from './keys.ts';
import { parseSignature, partOf } from './signature.ts';
import type { DkimSignature } from './signature.ts';

/**
 * How a signature fared, in the words of RFC 8601 §2.7.1. `fail`: a good signature of something else; `neutral`: not to be
 * read, or of a kind that is not known; `policy`: readable, but not accepted (expired); `permerror`: cannot be verified, ever;
 * `temperror`: perhaps later.
 */
export type DkimResultName = 'fail' | 'neutral' | 'pass' | 'permerror' | 'policy' | 'temperror';

/** What became of one DKIM-Signature field. */
export interface DkimResult {
  readonly result: DkimResultName;
  /** Why it is not `pass`. */
  readonly reason?: Problem;
  /** What is to be said besides: `dkim/short-key`, `dkim/testing-key`, `dkim/partly-signed-body`, `dkim/field-added` and so on. */
  readonly warnings: readonly Problem[];
  readonly field: HeaderField;
  /** The signature, when it could be read. */
  readonly signature?: DkimSignature;
  /** `d=`, `s=` and `a=` as far as they could be read; of a signature that could be, they are in it too. */
  readonly signingDomain?: DomainName | string;
  readonly selector?: string;
  readonly algorithm?: string;
  /** Bits of the key. */
  readonly keyBits?: number;
  /** The key record says `t=y`: the result is not to be treated otherwise than no signature (RFC 6376 §3.6.1). */
  readonly testing: boolean;
  /** The answer with the key was validated by DNSSEC, as far as the resolver says. */
  readonly keyAuthenticated?: boolean;
  /** Bytes of the body behind what `l=` covers. */
  readonly unsignedBytes?: number;
  /** Names that `h=` lists more often than the message has them: nobody can add one (§3.5, §8.15). */
  readonly overSigned: readonly string[];
}

/** What became of all signatures, in the order of the message. */
export interface DkimVerification {
  readonly results: readonly DkimResult[];
  /** Signatures beyond the limit, which nobody looked at. */
  readonly untried: number;
}

export interface VerifyOptions {
  /** The time to judge `t=` and `x=` by, in seconds since 1970: best that of arrival (RFC 6376 §3.5, x=). Not judged when not given. */
  readonly now?: number;
  /** How many signatures are tried, from the top; 20 when not given (§6.1 allows a limit). */
  readonly maxSignatures?: number;
  /** Seconds that clocks may differ; 300 when not given. */
  readonly clockSkew?: number;
  /**
   * What to do when a field that may stand only once is there more often than signed. RFC 6376 §8.15 leaves it to whoever uses
   * the result: `warn`, the default. `refuse` makes the result `policy`.
   */
  readonly addedFields?: 'refuse' | 'warn';
  /** A service beside `email` that a key may be for (RFC 6376 §3.6.1, `s=`): of mail that carries TLS reports `tlsrpt` (RFC 8460 §3). */
  readonly service?: 'tlsrpt';
}

/** Fields of which RFC 5322 §3.6 allows one, and which a reader shows. */
const onlyOnce = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
];
/** Fields that make the message what it is: left unsigned, they can be changed (§5.4, §8.2). */
const shouldBeSigned = ['subject', 'date', 'to', 'cc', 'reply-to', 'content-type'];

const nothing = Promise.resolve(undefined);

/** One signature on its way: read, its body hash asked for. */
interface Pending {
  readonly field: HeaderField;
  readonly signature: DkimSignature;
  readonly bodyHash: string;
}

/**
 * Verifies the signatures of messages (RFC 6376 §6, RFC 8301, RFC 8463). Keeps the keys it has met, bounded; one verifier
 * serves any number of messages.
 */
export class DkimVerifier {
  readonly #resolver: Resolver;
  readonly #keys: KeyCache;
  readonly #text = new HeaderText();

  constructor(resolver: Resolver, keys: KeyCache = new KeyCache()) {
    this.#resolver = resolver;
    this.#keys = keys;
  }

  /** Verifies a whole message. */
  verify(message: Message, options: VerifyOptions = {}): Promise<DkimVerification> {
    const hashes = new BodyHashes();
    const begun = this.begin(message, hashes, options);
    hashes.update(message.bytes.subarray(message.bodyStart));
    return begun.finish();
  }

  /**
   * Verifies a message that comes in pieces. The header is kept (within the limits of `parseMessage`), the body is not.
   *
   * @throws what the source throws
   */
  async verifyStream(
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: VerifyOptions = {},
  ): Promise<DkimVerification> {
    const hashes = new BodyHashes();
    const begun = await readHeader(pieces, hashes, (message) => this.begin(message, hashes, options));
    return begun.finish();
  }

  /**
   * Reads the signatures of a message of which the header is there, and asks `hashes` for the body hashes they need. `finish`,
   * once the body has gone through `hashes`, gives the results.
   */
  begin(message: Message, hashes: BodyHashes, options: VerifyOptions = {}): { finish(): Promise<DkimVerification> } {
    const most = options.maxSignatures ?? 20;
    const index = indexFields(message);
    const fields = index.get('dkim-signature') ?? [];
    const pending = fields.slice(0, most).map((field) => prepare(message, field, hashes, options));
    return {
      finish: async () => ({
        results: await this.#finish(message, index, hashes, pending, options),
        untried: Math.max(0, fields.length - most),
      }),
    };
  }

  async #finish(
    message: Message,
    index: FieldIndex,
    hashes: BodyHashes,
    pending: readonly (DkimResult | Pending)[],
    options: VerifyOptions,
  ): Promise<DkimResult[]> {
    // Each selector is asked for once, all at the same time.
    const lookups = new Map<string, Promise<KeyAnswer>>();
    const answers = pending.map((each): Promise<KeyAnswer | undefined> => {
      if ('result' in each) return nothing;
      const { selector, signingDomain } = each.signature;
      const name = `${selector} ${signingDomain}`;
      let lookup = lookups.get(name);
      if (lookup === undefined) {
        lookup = lookupKeys(this.#resolver, selector, signingDomain, this.#keys);
        lookups.set(name, lookup);
      }
      return lookup;
    });
    const keys = await Promise.all(answers);
    // From here on nothing waits, so one text serves one message after the other.
    const text = this.#text;
    return pending.map((each, at) =>
      'result' in each ? each : judge(message, index, text, hashes, each, keys[at]!, options),
    );
  }
}

/** Verifies the signatures of one message: `DkimVerifier` for those who have one message only. */
export function verify(message: Message, resolver: Resolver, options: VerifyOptions = {}): Promise<DkimVerification> {
  return new DkimVerifier(resolver).verify(message, options);
}

/** Reads a signature field as far as that goes without its key (§6.1.1). */
function prepare(
  message: Message,
  field: HeaderField,
  hashes: BodyHashes,
  options: VerifyOptions,
): DkimResult | Pending {
  const value = rawValue(message, field);
  const refuse = (result: DkimResultName, reason: Problem, signature?: DkimSignature): DkimResult => ({
    result,
    reason,
    warnings: [],
    field,
    ...partOf(value),
    ...(signature === undefined
      ? {}
      : { signature, signingDomain: signature.signingDomain, selector: signature.selector }),
    testing: false,
    overSigned: [],
  });
  if (!message.complete) return refuse('permerror', { code: 'mail/header-cut-short', see: 'RFC 6376 §3.8' });
  const reading = parseSignature(value);
  if (!reading.ok) {
    const reason = reading.problems[0]!;
    return refuse(reason.code === 'dkim/auid-outside-domain' ? 'permerror' : 'neutral', reason);
  }
  const signature = reading.value;
  // RFC 8301 §3.1: rsa-sha1 has permanently failed.
  if (signature.algorithm === 'rsa-sha1') {
    return refuse('permerror', { code: 'dkim/sha1-signature', see: 'RFC 8301 §3.1' }, signature);
  }
  if (!signature.signedFields.includes('from')) {
    return refuse('permerror', { code: 'dkim/from-not-signed', see: 'RFC 6376 §6.1.1' }, signature);
  }
  const { expires } = signature;
  if (options.now !== undefined && expires !== undefined && options.now > expires + (options.clockSkew ?? 300)) {
    return refuse('policy', { code: 'dkim/expired', values: { expires }, see: 'RFC 6376 §6.1.1' }, signature);
  }
  const bodyHash = hashes.need({
    form: signature.bodyCanonicalization,
    hash: 'sha256',
    ...(signature.bodyLength === undefined ? {} : { length: signature.bodyLength }),
  });
  return { field, signature, bodyHash };
}

/** The rest, once key and body are there (§6.1.2, §6.1.3). */
function judge(
  message: Message,
  index: FieldIndex,
  text: HeaderText,
  hashes: BodyHashes,
  { field, signature, bodyHash }: Pending,
  answer: KeyAnswer,
  options: VerifyOptions,
): DkimResult {
  const body = hashes.digest(bodyHash);
  const outcome = tryKeys(
    answer,
    {
      algorithm: signature.algorithm,
      auidIsDomain: signature.auidDomain === signature.signingDomain,
      ...(options.service === undefined ? {} : { service: options.service }),
    },
    (key) => {
      // §3.5, l=: never more than there is; the rest of the body was cut off.
      if (signature.bodyLength !== undefined && signature.bodyLength > body.canonicalLength) {
        return {
          code: 'dkim/body-shorter-than-signed',
          values: { signed: signature.bodyLength, there: body.canonicalLength },
          see: 'RFC 6376 §3.5',
        };
      }
      if (!body.digest.equals(signature.bodyHash)) return { code: 'dkim/body-changed', see: 'RFC 6376 §6.1.3' };
      writeSignedHeader(text, message, index, { message, field }, signature);
      return verifies(signature.algorithm, text.bytes, key, signature.signature)
        ? undefined
        : { code: 'dkim/header-changed', see: 'RFC 6376 §6.1.3' };
    },
  );
  const { counts, overSigned } = countSigned(index, signature);
  const added = onlyOnce.filter((name) => {
    const there = index.get(name)?.length ?? 0;
    const signed = counts.get(name) ?? 0;
    return signed > 0 && there > signed;
  });
  const warnings = warningsOf(index, signature, outcome.key, body.canonicalLength, added, options);
  const unsigned =
    signature.bodyLength === undefined ? undefined : Math.max(0, body.canonicalLength - signature.bodyLength);
  const common = {
    warnings,
    field,
    signature,
    signingDomain: signature.signingDomain,
    selector: signature.selector,
    algorithm: signature.algorithm,
    testing: outcome.key?.record?.testing ?? false,
    overSigned,
    ...(outcome.key?.bits === undefined ? {} : { keyBits: outcome.key.bits }),
    ...(answer.kind === 'keys' ? { keyAuthenticated: answer.authenticated } : {}),
    ...(unsigned === undefined ? {} : { unsignedBytes: unsigned }),
  };
  if ('reason' in outcome) return { result: outcome.result, reason: outcome.reason, ...common };
  if (added.length > 0 && options.addedFields === 'refuse') {
    return {
      result: 'policy',
      reason: { code: 'dkim/field-added', values: { field: added[0]! }, see: 'RFC 6376 §8.15' },
      ...common,
    };
  }
  return { result: 'pass', ...common };
}

/** How often each name is signed, and which names more often than they are there. */
function countSigned(
  index: FieldIndex,
  signature: DkimSignature,
): { counts: Map<string, number>; overSigned: string[] } {
  const counts = new Map<string, number>();
  for (const name of signature.signedFields) counts.set(name, (counts.get(name) ?? 0) + 1);
  const overSigned: string[] = [];
  for (const [name, count] of counts) if (count > (index.get(name)?.length ?? 0)) overSigned.push(name);
  return { counts, overSigned };
}

function warningsOf(
  index: FieldIndex,
  signature: DkimSignature,
  key: FoundKey | undefined,
  canonicalLength: number,
  added: readonly string[],
  options: VerifyOptions,
): Problem[] {
  const warnings: Problem[] = [];
  const { record, bits } = key ?? {};
  if (record?.keyType === 'rsa' && bits !== undefined && bits < 2048) {
    warnings.push({ code: 'dkim/short-key', values: { bits }, see: 'RFC 8301 §3.2' });
  }
  if (record?.testing === true) warnings.push({ code: 'dkim/testing-key', see: 'RFC 6376 §3.6.1' });
  if (signature.bodyLength !== undefined) {
    const unsigned = canonicalLength - signature.bodyLength;
    warnings.push(
      unsigned > 0
        ? { code: 'dkim/partly-signed-body', values: { unsigned }, see: 'RFC 6376 §8.2' }
        : { code: 'dkim/body-length-tag', see: 'RFC 6376 §8.2' },
    );
  }
  const skew = options.clockSkew ?? 300;
  if (options.now !== undefined && signature.signedAt !== undefined && signature.signedAt > options.now + skew) {
    warnings.push({ code: 'dkim/signed-in-future', values: { signedAt: signature.signedAt }, see: 'RFC 6376 §3.5' });
  }
  for (const field of added) warnings.push({ code: 'dkim/field-added', values: { field }, see: 'RFC 6376 §8.15' });
  for (const field of shouldBeSigned) {
    if (index.has(field) && !signature.signedFields.includes(field)) {
      warnings.push({ code: 'dkim/unsigned-field', values: { field }, see: 'RFC 6376 §5.4' });
    }
  }
  return warnings;
}

/**
 * Reads a message that comes in pieces: gathers its header, lets `begin` say what it needs of the body, and sends the body
 * through `hashes`. Used by DKIM and ARC alike; both may begin on one `hashes`.
 */
export async function readHeader<T>(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hashes: BodyHashes,
  begin: (message: Message) => T,
): Promise<T> {
  const gathered: Uint8Array[] = [];
  let size = 0;
  let begun: { value: T } | undefined;
  let tail = '';
  for await (const piece of pieces) {
    if (begun !== undefined) {
      hashes.update(piece);
      continue;
    }
    gathered.push(piece);
    size += piece.length;
    // The empty line may lie across pieces: the last bytes of what came before are looked at again.
    const seen = tail + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    if (/\n\r?\n/.test(seen) || (gathered.length === 1 && /^\r?\n/.test(seen)) || size > maxHeaderBytes) {
      const message = parseMessage(Buffer.concat(gathered));
      if (message.bodyStart < size || !message.complete) {
        begun = { value: begin(message) };
        hashes.update(message.bytes.subarray(message.bodyStart));
        gathered.length = 0;
      }
    }
    tail = seen.slice(-3);
  }
  if (begun === undefined) {
    const message = parseMessage(Buffer.concat(gathered));
    begun = { value: begin(message) };
    hashes.update(message.bytes.subarray(message.bodyStart));
  }
  return begun.value;
}

/** Beyond this the header is over for us; a little more than `parseMessage` reads, so that it sees that it was cut short. */
const maxHeaderBytes = (8 << 20) + 65_536;
