import { toASCII, toUnicode } from 'tr46';
import type { Problem, Reading } from '../problem.ts';

declare const brand: unique symbol;

/** A domain name as it is compared: lower-case A-labels, no final dot (RFC 5890 §2.3.2.1). Made only by `parseDomainName`. */
export type DomainName = string & { readonly [brand]: 'DomainName' };

/** The longest name, in characters without the final dot (RFC 1035 §3.1: 255 octets on the wire). */
export const maxNameLength = 253;
/** The longest label, in octets (RFC 1035 §2.3.4). */
export const maxLabelLength = 63;

// Host names plus the underscore, which service labels carry (RFC 8552). A label may begin or end with a hyphen: such names are seen.
const plainName = /^(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}$/;

/**
 * Reads a domain name: trims a final dot, folds case, turns U-labels into A-labels (UTS #46, non-transitional).
 * Names in DMARC need not be host names, so underscores pass; anything else that is no letter, digit or hyphen does not.
 *
 * @returns the name, or why it is none: `dns/empty-name`, `dns/name-too-long`, `dns/label-too-long`, `dns/empty-label`, `dns/bad-name`.
 */
export function parseDomainName(text: string): Reading<DomainName> {
  let name = text.length <= maxNameLength + 1 ? text.toLowerCase() : text;
  if (name.endsWith('.')) name = name.slice(0, -1);
  if (name.length <= maxNameLength && plainName.test(name) && !name.includes('xn--')) {
    return { ok: true, value: name as DomainName, problems: [] };
  }
  if (name === '') return refused('dns/empty-name', text);
  // 4 octets of UTF-8 may become one label of more; but no name longer than this in characters can fit.
  if (name.length > maxNameLength) return refused('dns/name-too-long', text);
  const ascii = toASCII(name, {
    useSTD3ASCIIRules: false,
    transitionalProcessing: false,
    verifyDNSLength: false,
    checkHyphens: false,
    checkBidi: true,
    checkJoiners: true,
  });
  if (ascii === null || ascii === '') return refused('dns/bad-name', text);
  const trimmed = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  if (trimmed.length > maxNameLength) return refused('dns/name-too-long', text);
  for (const label of trimmed.split('.')) {
    if (label === '') return refused('dns/empty-label', text);
    if (label.length > maxLabelLength) return refused('dns/label-too-long', text);
  }
  if (!plainName.test(trimmed)) return refused('dns/bad-name', text);
  return { ok: true, value: trimmed as DomainName, problems: [] };
}

/** `parseDomainName` for names that are known to be right (in tests, in tables of our own). @throws when it is not one. */
export function domainName(text: string): DomainName {
  const reading = parseDomainName(text);
  if (!reading.ok) throw new Error(`not a domain name: ${text} (${reading.problems[0]?.code ?? ''})`);
  return reading.value;
}

/**
 * A name in the letters of its reader: A-labels as the U-labels they stand for (RFC 5890 §2.3.2.1), for showing only. A name that
 * is no valid internationalised one stays as it is, since no reader would be shown it otherwise.
 */
export function unicodeName(name: string): string {
  if (!name.includes('xn--')) return name;
  const { domain, error } = toUnicode(name, { checkBidi: true, checkJoiners: true, transitionalProcessing: false });
  return error ? name : domain;
}

/** The labels of a name, from the left. */
export function labels(name: DomainName): string[] {
  return name.split('.');
}

/** Whether `name` is `ancestor` or lies below it. */
export function isAtOrBelow(name: string, ancestor: string): boolean {
  return (
    name === ancestor ||
    (name.length > ancestor.length &&
      name.endsWith(ancestor) &&
      name.charCodeAt(name.length - ancestor.length - 1) === 46)
  );
}

function refused(code: string, text: string): Reading<DomainName> {
  const problem: Problem = {
    code,
    values: { name: text.length > 300 ? `${text.slice(0, 300)}…` : text },
    see: 'RFC 1035 §2.3.4',
  };
  return { ok: false, problems: [problem] };
}
