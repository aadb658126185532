import { createPublicKey, generateKeyPair, hash, sign as signBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { domainName, isAtOrBelow } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import { parseMessage } from '../mail/index.ts';
import type { Message } from '../mail/index.ts';
import { BodyHashes, HeaderText } from './canonical.ts';
import { indexFields, writeSignedHeader } from './check.ts';
import type { FieldIndex, OwnField } from './check.ts';
import type { KeyRecord } from './key-record.ts';
import type { Canonicalization, KeyType, SigningAlgorithm } from './signature.ts';

/** How to sign. What is not given is chosen for the most good: everything that a reader sees, and nothing can be added to it. */
export interface SignOptions {
  readonly signingDomain: DomainName;
  readonly selector: string;
  /** RSA or Ed25519; its kind chooses the algorithm. */
  readonly privateKey: KeyObject;
  /** relaxed when not given: relays re-wrap and re-indent. */
  readonly headerCanonicalization?: Canonicalization;
  readonly bodyCanonicalization?: Canonicalization;
  /** The names of `h=`, as they shall stand; `fieldsToSign` when not given. From must be among them (RFC 6376 §5.4). */
  readonly signedFields?: readonly string[];
  /** `i=`, for instance `@mail.example.com`; its domain is at or below the signing domain. Printable ASCII without `;` and `=`. */
  readonly auid?: string;
  /** `t=` and `x=`: seconds since 1970. */
  readonly signedAt?: number;
  readonly expires?: number;
}

/**
 * The names to sign: those of RFC 6376 §5.4.1 that the message has, as often as it has them, and those that a reader sees once
 * more than it has them, so that none can be added (§5.4.2, §8.15).
 */
export function fieldsToSign(message: Message): string[] {
  return namesToSign(indexFields(message));
}

function namesToSign(index: FieldIndex): string[] {
  const names: string[] = [];
  for (const name of recommended) for (let count = index.get(name)?.length ?? 0; count > 0; count--) names.push(name);
  names.push(...overSigned);
  // A second one must not come; a first one may, where a relay turns plain text into MIME.
  if (index.has('content-type')) names.push('content-type');
  return names;
}

const recommended = [
  'from',
  'sender',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'to',
  'cc',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'resent-date',
  'resent-from',
  'resent-to',
  'resent-cc',
  'list-id',
  'list-help',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-subscribe',
  'list-post',
  'list-owner',
  'list-archive',
];
const overSigned = ['from', 'reply-to', 'subject', 'date', 'to', 'cc'];

/** Signs a whole message. @returns the DKIM-Signature field with its line break, to be put before the message (§5.6). */
export function sign(message: Message, options: SignOptions): string {
  const signer = beginSigning(message, options);
  signer.body.update(message.bytes.subarray(message.bodyStart));
  return signer.finish();
}

/** Begins to sign a message of which the header is there; its body goes through `body`, and `finish` gives the field. */
export function beginSigning(message: Message, options: SignOptions): { readonly body: BodyHashes; finish(): string } {
  const body = new BodyHashes();
  const form = options.bodyCanonicalization ?? 'relaxed';
  const key = body.need({ form, hash: 'sha256' });
  return { body, finish: () => signatureField(message, options, body.digest(key).digest) };
}

function signatureField(message: Message, options: SignOptions, bodyHash: Buffer): string {
  const { signingDomain, selector, privateKey } = options;
  const header = options.headerCanonicalization ?? 'relaxed';
  const body = options.bodyCanonicalization ?? 'relaxed';
  const index = indexFields(message);
  const signedFields = options.signedFields?.map((name) => name.toLowerCase()) ?? namesToSign(index);
  if (!signedFields.includes('from')) throw new RangeError('a DKIM signature covers the From field (RFC 6376 §5.4)');
  const tags = [
    'v=1',
    `a=${algorithmOf(privateKey)}`,
    `c=${header}/${body}`,
    `d=${signingDomain}`,
    `s=${checkedSelector(selector)}`,
  ];
  if (options.auid !== undefined) tags.push(`i=${checkedAuid(options.auid, signingDomain)}`);
  if (options.signedAt !== undefined) tags.push(`t=${Math.floor(options.signedAt)}`);
  if (options.expires !== undefined) tags.push(`x=${Math.floor(options.expires)}`);
  tags.push(`h=${signedFields.join(':')}`, `bh=${bodyHash.toString('base64')}`);
  return sealField('DKIM-Signature', { before: tags }, privateKey, (own, text, unsigned) =>
    writeSignedHeader(text, message, index, own, {
      signedFields,
      headerCanonicalization: header,
      ...unsigned,
    }),
  );
}

/**
 * Folds the tags into a field, `b=` between them, lets `write` put what is signed into a text, signs that and fills in `b=`.
 * Shared with ARC, whose later seals cover the white space in a signature: it is left `unfolded`, on one line.
 *
 * @returns the field, its line break included.
 */
export function sealField(
  name: string,
  tags: { readonly before: readonly string[]; readonly after?: readonly string[]; readonly unfolded?: boolean },
  privateKey: KeyObject,
  write: (own: OwnField, text: HeaderText, unsigned: { signatureStart: number; signatureEnd: number }) => void,
): string {
  const start = `${fold(`${name}: `, tags.before)};\r\n b=`;
  const end = tags.after === undefined ? '' : `;\r\n ${fold('', tags.after)}`;
  const draft = parseMessage(Buffer.from(`${start}${end}\r\n\r\n`, 'latin1'));
  const field = draft.fields[0]!;
  const at = start.length - field.colon - 1;
  scratch.clear();
  write({ message: draft, field }, scratch, { signatureStart: at, signatureEnd: at });
  const signature = signText(privateKey, scratch.bytes).toString('base64');
  const value = tags.unfolded === true ? signature : inLines(signature);
  return `${start}${value}${end}\r\n`;
}

/** What is signed is written here and signed at once: nothing waits in between, so one text serves all. */
const scratch = new HeaderText();

function inLines(signature: string): string {
  let lines = signature.slice(0, 72);
  for (let at = 72; at < signature.length; at += 72) lines += `\r\n ${signature.slice(at, at + 72)}`;
  return lines;
}

function signText(privateKey: KeyObject, text: Buffer): Buffer {
  return algorithmOf(privateKey) === 'ed25519-sha256'
    ? signBytes(null, hash('sha256', text, 'buffer'), privateKey)
    : signBytes('sha256', text, privateKey);
}

/** The algorithms of the keys that were used: asking OpenSSL for the size of a key takes longer than hashing a header. */
const algorithms = new WeakMap<KeyObject, SigningAlgorithm>();

/** The algorithm a private key signs with. @throws RangeError for a key that DKIM has no use for (RFC 8301 §3.2: 1024 bits at least). */
export function algorithmOf(privateKey: KeyObject): SigningAlgorithm {
  const known = algorithms.get(privateKey);
  if (known !== undefined) return known;
  const algorithm = findAlgorithm(privateKey);
  algorithms.set(privateKey, algorithm);
  return algorithm;
}

function findAlgorithm(privateKey: KeyObject): SigningAlgorithm {
  if (privateKey.type !== 'private') throw new RangeError('signing takes a private key');
  if (privateKey.asymmetricKeyType === 'ed25519') return 'ed25519-sha256';
  if (privateKey.asymmetricKeyType === 'rsa') {
    const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < 1024) throw new RangeError(`an RSA key of ${bits} bits must not sign (RFC 8301 §3.2)`);
    return 'rsa-sha256';
  }
  throw new RangeError(`DKIM has no algorithm for ${privateKey.asymmetricKeyType ?? 'this'} keys`);
}

/** Lines of at most 78 characters (RFC 5322 §2.1.1), broken between tags, and in `h=` between names. */
function fold(start: string, tags: readonly string[]): string {
  const lines: string[] = [];
  let line = start;
  const add = (part: string, glue: string): void => {
    if (line === start) line += part;
    else if (line.length + glue.length + part.length > 74) {
      lines.push(line + glue.trimEnd());
      line = part;
    } else line += glue + part;
  };
  for (const tag of tags) {
    const [first = '', ...rest] = tag.startsWith('h=') ? tag.split(':') : [tag];
    add(first, '; ');
    for (const name of rest) add(name, ':');
  }
  lines.push(line);
  return lines.join('\r\n ');
}

function checkedSelector(selector: string): string {
  return domainName(selector);
}

function checkedAuid(auid: string, signingDomain: DomainName): string {
  const sign = auid.lastIndexOf('@');
  if (sign < 0 || !/^[!-:<>-~]*$/.test(auid)) throw new RangeError(`not an identity: ${auid}`);
  if (!isAtOrBelow(domainName(auid.slice(sign + 1)), signingDomain)) {
    throw new RangeError(`the identity ${auid} lies outside ${signingDomain} (RFC 6376 §3.5, i=)`);
  }
  return auid;
}

/** A fresh pair of keys, and the record to publish for it. */
export interface DkimKeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly record: KeyRecord;
}

/**
 * Makes a key pair: RSA of 2048 bits (RFC 8301 §3.2) or as asked for, or Ed25519 (RFC 8463). The one place in the standards
 * that throws dice.
 */
export async function generateKeys(type: KeyType, bits = 2048): Promise<DkimKeyPair> {
  if (type === 'rsa' && (bits < 1024 || bits > 8192)) throw new RangeError(`no DKIM key has ${bits} bits`);
  const { privateKey, publicKey } = await new Promise<{ privateKey: KeyObject; publicKey: KeyObject }>(
    (made, failed) => {
      const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void => {
        if (error === null) made({ privateKey, publicKey });
        else failed(error);
      };
      if (type === 'rsa') generateKeyPair('rsa', { modulusLength: bits, publicExponent: 65_537 }, done);
      else generateKeyPair('ed25519', {}, done);
    },
  );
  return { privateKey, publicKey, record: recordOf(publicKey) };
}

/** The record to publish for a key, public or private. @throws RangeError for a key that is neither RSA nor Ed25519. */
export function recordOf(key: KeyObject): KeyRecord {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const plain = { services: ['*'], testing: false, strict: false };
  if (publicKey.asymmetricKeyType === 'ed25519') return { keyType: 'ed25519', publicKey: der.subarray(-32), ...plain };
  if (publicKey.asymmetricKeyType === 'rsa') return { keyType: 'rsa', publicKey: der, ...plain };
  throw new RangeError(`DKIM has no record for ${publicKey.asymmetricKeyType ?? 'this'} keys`);
}
