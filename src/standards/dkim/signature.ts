import { isAtOrBelow, parseDomainName } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import { decodeBytes } from '../mail/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { base64Value, colonList, parseTagList, quotedPrintableValue } from './tag-list.ts';
import type { Tag, TagList } from './tag-list.ts';

export type Canonicalization = 'relaxed' | 'simple';
export type KeyType = 'ed25519' | 'rsa';

/** What a signature was made with, `a=`. `rsa-sha1` is read, so that it can be named, and never verified (RFC 8301 §3.1). */
export type SigningAlgorithm = 'ed25519-sha256' | 'rsa-sha1' | 'rsa-sha256';

/** What a DKIM-Signature field says (RFC 6376 §3.5). What is not said is absent, but for the defaults of the RFC. */
export interface DkimSignature {
  readonly algorithm: SigningAlgorithm;
  readonly headerCanonicalization: Canonicalization;
  readonly bodyCanonicalization: Canonicalization;
  /** Whether `c=` is there; without it both are the default, simple. */
  readonly canonicalizationGiven: boolean;
  /** `d=`: who takes responsibility. */
  readonly signingDomain: DomainName;
  readonly selector: DomainName;
  /** `h=`: names of header fields in lower case, in the order signed; names may stand more often than there are fields. */
  readonly signedFields: readonly string[];
  /** `i=`, decoded, or the `@d` it defaults to. Its domain is at or below the signing domain. */
  readonly auid: string;
  readonly auidDomain: DomainName;
  /** `t=` and `x=`: seconds since 1970. */
  readonly signedAt?: number;
  readonly expires?: number;
  /** `l=`: how many bytes of the canonical body are signed. */
  readonly bodyLength?: number;
  readonly bodyHash: Buffer;
  readonly signature: Buffer;
  /** Where the value of `b=` and its white space lie in the value of the field: left out when the header is hashed (§3.7). */
  readonly signatureStart: number;
  readonly signatureEnd: number;
}

/** What the two kinds of signature have in common: DKIM's own, and ARC-Message-Signature (RFC 8617 §4.1.2). */
export type SignatureFlavour = 'arc' | 'dkim';

/**
 * Reads the value of a DKIM-Signature field (RFC 6376 §3.5, §6.1.1), or with flavour `arc` that of an ARC-Message-Signature,
 * which has no `v=` and means something else by `i=`.
 *
 * @param value As it stands in the message, one character a byte; or the tags in it, where they are read already.
 * @returns the signature, or the first thing that is wrong with it. What could be read all the same is in `partOf`.
 */
export function parseSignature(value: TagList | string, flavour: SignatureFlavour = 'dkim'): Reading<DkimSignature> {
  if (typeof value !== 'string') return readSignature(value, flavour);
  const list = parseTagList(value);
  return list.ok ? readSignature(list.value, flavour) : list;
}

/** `d=`, `s=` and `a=` of a signature that is otherwise not fit for use, to say which one it was. */
export function partOf(value: string): { signingDomain?: string; selector?: string; algorithm?: string } {
  const list = parseTagList(value);
  if (!list.ok) return {};
  const part = (name: string): string | undefined => list.value.get(name)?.value.slice(0, 300);
  const signingDomain = part('d');
  const selector = part('s');
  const algorithm = part('a');
  return {
    ...(signingDomain === undefined ? {} : { signingDomain }),
    ...(selector === undefined ? {} : { selector }),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

const required = ['a', 'b', 'bh', 'd', 'h', 's'];
const seeTags = 'RFC 6376 §3.5';

function readSignature(tags: TagList, flavour: SignatureFlavour): Reading<DkimSignature> {
  if (flavour === 'dkim') {
    const version = tags.get('v');
    if (version === undefined) return refused('dkim/missing-tag', { tag: 'v' }, 'RFC 6376 §6.1.1');
    if (version.value !== '1') return refused('dkim/unknown-version', { version: short(version.value) }, seeTags);
  }
  for (const name of required) {
    if (!tags.has(name)) return refused('dkim/missing-tag', { tag: name }, 'RFC 6376 §6.1.1');
  }
  const algorithm = tags.get('a')!.value.toLowerCase();
  if (!isAlgorithm(algorithm)) {
    return refused('dkim/unknown-algorithm', { algorithm: short(algorithm) }, 'RFC 6376 §3.3.4');
  }
  const canonicalization = readCanonicalization(tags.get('c'));
  if (canonicalization === undefined) {
    return refused('dkim/unknown-canonicalization', { value: short(tags.get('c')?.value ?? '') }, 'RFC 6376 §3.4');
  }
  const domain = readName(tags.get('d')!.value, 2);
  if (domain === undefined) return refused('dkim/bad-signing-domain', { domain: short(tags.get('d')!.value) }, seeTags);
  const selector = readName(tags.get('s')!.value, 1);
  if (selector === undefined) return refused('dkim/bad-selector', { selector: short(tags.get('s')!.value) }, seeTags);
  const bodyHash = base64Value(tags.get('bh')!.value);
  if (bodyHash === undefined) return refused('dkim/bad-base64', { tag: 'bh' }, seeTags);
  const signature = base64Value(tags.get('b')!.value);
  if (signature === undefined) return refused('dkim/bad-base64', { tag: 'b' }, seeTags);
  const signedFields = colonList(tags.get('h')!.value.toLowerCase());
  if (signedFields.length > maxSignedFields)
    return refused('dkim/too-many-signed-fields', { most: maxSignedFields }, seeTags);
  // §3.5 wants at least one name, and no empty ones. In ARC, where nothing hangs on what a handler signs, the chain of the
  // others does not end with such a list: an empty name names no field.
  const badName = signedFields.find((name) => !fieldName.test(name) && !(flavour === 'arc' && name === ''));
  if (badName !== undefined) return refused('dkim/bad-signed-field', { field: short(badName) }, seeTags);
  const auid = flavour === 'arc' ? { text: `@${domain}`, domain } : readAuid(tags.get('i'), domain);
  if ('code' in auid) return { ok: false, problems: [auid] };
  const numbers: { signedAt?: number; expires?: number; bodyLength?: number } = {};
  for (const [name, key, digits] of [
    ['t', 'signedAt', 12],
    ['x', 'expires', 12],
    ['l', 'bodyLength', 76],
  ] as const) {
    const tag = tags.get(name);
    if (tag === undefined) continue;
    if (!/^[0-9]+$/.test(tag.value) || tag.value.length > digits) {
      return refused('dkim/bad-number', { tag: name, value: short(tag.value) }, seeTags);
    }
    numbers[key] = Number(tag.value);
  }
  if (numbers.expires !== undefined && numbers.signedAt !== undefined && numbers.expires <= numbers.signedAt) {
    return refused('dkim/expires-before-signed', {}, seeTags);
  }
  const query = tags.get('q');
  if (query !== undefined && !colonList(query.value).some((method) => method.toLowerCase() === 'dns/txt')) {
    return refused('dkim/unknown-query-method', { value: short(query.value) }, seeTags);
  }
  const { valueStart, valueEnd } = tags.get('b')!;
  return {
    ok: true,
    problems: [],
    value: {
      algorithm,
      ...canonicalization,
      canonicalizationGiven: tags.has('c'),
      signingDomain: domain,
      selector,
      signedFields,
      auid: auid.text,
      auidDomain: auid.domain,
      ...numbers,
      bodyHash,
      signature,
      signatureStart: valueStart,
      signatureEnd: valueEnd,
    },
  };
}

/** A header has some dozens of fields; a longer list only costs time. */
const maxSignedFields = 1000;
const fieldName = /^[!-9<-~]+$/;

export function isAlgorithm(text: string): text is SigningAlgorithm {
  return text === 'rsa-sha256' || text === 'ed25519-sha256' || text === 'rsa-sha1';
}

function readCanonicalization(
  tag: Tag | undefined,
): { headerCanonicalization: Canonicalization; bodyCanonicalization: Canonicalization } | undefined {
  if (tag === undefined) return { headerCanonicalization: 'simple', bodyCanonicalization: 'simple' };
  const [header, body = 'simple', ...more] = tag.value.toLowerCase().split('/');
  if (more.length > 0 || !isCanonicalization(header) || !isCanonicalization(body)) return undefined;
  return { headerCanonicalization: header, bodyCanonicalization: body };
}

function isCanonicalization(text: string | undefined): text is Canonicalization {
  return text === 'simple' || text === 'relaxed';
}

/** A name of `d=`, `s=` (or ARC's), U-labels allowed (RFC 8616 §4): no final dot, at least that many labels. */
export function readName(value: string, leastLabels: number): DomainName | undefined {
  if (value === '' || value.endsWith('.')) return undefined;
  const name = parseDomainName(/[\u0080-\u00ff]/.test(value) ? decodeBytes(Buffer.from(value, 'latin1')) : value);
  if (!name.ok || name.value.split('.').length < leastLabels) return undefined;
  return name.value;
}

function readAuid(tag: Tag | undefined, domain: DomainName): { text: string; domain: DomainName } | Problem {
  if (tag === undefined) return { text: `@${domain}`, domain };
  const text = quotedPrintableValue(tag.value);
  const sign = text?.lastIndexOf('@') ?? -1;
  const name = text === undefined || sign < 0 ? undefined : readName(text.slice(sign + 1), 2);
  if (text === undefined || name === undefined) return problem('dkim/bad-auid', { auid: short(tag.value) }, seeTags);
  // §6.1.1: d= is the same as, or a parent of, the domain of i=.
  if (!isAtOrBelow(name, domain))
    return problem('dkim/auid-outside-domain', { auid: short(text), domain }, 'RFC 6376 §6.1.1');
  return { text: decodeBytes(Buffer.from(text, 'latin1')), domain: name };
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function problem(code: string, values: Record<string, string | number>, see: string): Problem {
  return { code, values, see };
}

function refused(code: string, values: Record<string, string | number>, see: string): Reading<DkimSignature> {
  return { ok: false, problems: [problem(code, values, see)] };
}
