import { parseDomainName } from '../../dns/index.ts';
import { canonicalAddress } from './address.ts';
import type { AlignmentMode, DkimResult, OverrideType, Policy, SpfResult, SpfScope } from './model.ts';
import { repairBit } from './repairs.ts';
import { alignmentCodes, dispositionCodes } from './rows.ts';
import { kinds } from './schema.ts';
import { trim } from './text.ts';

// From the text of an element to what it means. Each tolerance is a bit in `flags`.

export const dkimResults: readonly (DkimResult | undefined)[] = [
  undefined,
  'none',
  'pass',
  'fail',
  'policy',
  'neutral',
  'temperror',
  'permerror',
];
export const spfResults: readonly (SpfResult | undefined)[] = [
  undefined,
  'none',
  'neutral',
  'pass',
  'fail',
  'softfail',
  'policy',
  'temperror',
  'permerror',
];
export const scopes: readonly (SpfScope | undefined)[] = [undefined, 'mfrom', 'helo'];
export const overrideTypes: readonly (OverrideType | undefined)[] = [
  undefined,
  'forwarded',
  'local_policy',
  'mailing_list',
  'other',
  'policy_test_mode',
  'sampled_out',
  'trusted_forwarder',
];
export const policies: readonly (Policy | undefined)[] = [undefined, 'none', 'quarantine', 'reject'];
export const alignmentModes: readonly (AlignmentMode | undefined)[] = [undefined, 'r', 's'];
export const testingModes: readonly ('n' | 'y' | undefined)[] = [undefined, 'n', 'y'];
export const discoveryMethods: readonly ('psl' | 'treewalk' | undefined)[] = [undefined, 'psl', 'treewalk'];

type Synonyms = Readonly<Record<string, string>>;
/** `unknown` and `error` are what implementations wrote for temperror and permerror (RFC 7489 Appendix C); `hardfail` is a name for fail older than RFC 7208. */
const resultSynonyms: Synonyms = { hardfail: 'fail', unknown: 'temperror', error: 'permerror' };
/**
 * `policy_evaluated` wants "did an aligned identifier pass?", and some write the raw result there. A raw result that is no
 * pass cannot be an aligned pass, so all of these are `fail`; a raw `pass` cannot be told from an aligned one.
 */
const rawResults: Synonyms = Object.fromEntries(
  ['softfail', 'hardfail', 'none', 'neutral', 'policy', 'temperror', 'permerror', 'unknown', 'error'].map((raw) => [
    raw,
    'fail',
  ]),
);
const modeSynonyms: Synonyms = { relaxed: 'r', strict: 's' };
const scopeSynonyms: Synonyms = { mailfrom: 'mfrom', 'mail from': 'mfrom', ehlo: 'helo' };
const none: Synonyms = {};

/** A number that stands for the meaning, and the tolerances it took. */
export interface Code {
  readonly code: number;
  readonly flags: number;
}

/**
 * The code of a word of a list: letter case is forgiven, so are the synonyms; an empty or unknown word is code 0, not said.
 * @param text trimmed
 */
function codeOf(text: string, list: readonly (string | undefined)[], synonyms: Synonyms, bit: number): Code {
  const exact = text === '' ? -1 : list.indexOf(text);
  if (exact > 0) return { code: exact, flags: 0 };
  if (text === '') return { code: 0, flags: repairBit('empty-value') };
  const lower = text.toLowerCase();
  const folded = list.indexOf(lower);
  if (folded > 0) return { code: folded, flags: repairBit('letter-case') };
  const meant = Object.hasOwn(synonyms, lower) ? synonyms[lower] : undefined;
  if (meant !== undefined) return { code: list.indexOf(meant), flags: bit };
  return { code: 0, flags: repairBit('unknown-value') };
}

/** The code of a word of a row, by kind. */
export function wordCode(kind: number, text: string): Code {
  switch (kind) {
    case kinds.disposition:
      return codeOf(text, dispositionCodes, none, 0);
    case kinds.alignment:
      return codeOf(text, alignmentCodes, rawResults, repairBit('raw-result'));
    case kinds.dkimResult:
      return codeOf(text, dkimResults, resultSynonyms, repairBit('synonym'));
    case kinds.spfResult:
      return codeOf(text, spfResults, resultSynonyms, repairBit('synonym'));
    case kinds.scope:
      return codeOf(text, scopes, scopeSynonyms, repairBit('synonym'));
    case kinds.override:
      return codeOf(text, overrideTypes, none, 0);
    default:
      throw new Error(`no word kind: ${kind}`);
  }
}

/** A word of the head, by the list it is of. */
export function headWord<T extends string>(
  text: string,
  list: readonly (T | undefined)[],
): { value: T | undefined; flags: number } {
  const { code, flags } = codeOf(text, list, modeSynonyms, repairBit('synonym'));
  return { value: list[code], flags };
}

/** A text and the tolerances it took. `undefined`: not said, or nothing that can be read. */
export interface Meaning {
  readonly text: string | undefined;
  readonly flags: number;
}

/** `source_ip`: an address, perhaps in brackets as in an address literal (RFC 5321 §4.1.3). */
export function addressOf(text: string): Meaning {
  if (text === '') return { text: undefined, flags: 0 };
  const plain = canonicalAddress(text);
  if (plain !== undefined) return { text: plain, flags: 0 };
  const literal = /^\[(?:IPv6:)?([^\]]+)\]$/i.exec(text)?.[1];
  const inside = literal === undefined ? undefined : canonicalAddress(literal);
  if (inside !== undefined) return { text: inside, flags: repairBit('address-notation') };
  return { text: undefined, flags: repairBit('bad-source') };
}

/**
 * A domain name: as A-labels in lower case. Where an address stands instead, its domain. What is neither is kept as it came:
 * it names nobody, but it is what the report says.
 */
export function nameOf(text: string): Meaning {
  if (text === '') return { text: undefined, flags: 0 };
  const name = parseDomainName(text);
  if (name.ok) return { text: name.value, flags: 0 };
  const bare = text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text;
  const at = bare.lastIndexOf('@');
  const domain = at >= 0 ? parseDomainName(bare.slice(at + 1)) : undefined;
  if (domain?.ok === true) return { text: domain.value, flags: repairBit('address-for-domain') };
  return { text, flags: repairBit('bad-name') };
}

/** `envelope_from`: `''` is the null sender, which some write as `<>` (RFC 5321 §4.5.5). */
export function senderOf(text: string): Meaning {
  if (text === '') return { text: '', flags: 0 };
  if (/^<\s*>$/.test(text)) return { text: '', flags: repairBit('null-sender-notation') };
  return nameOf(text);
}

/** What a count says: the number, perhaps by a tolerance; or why it says none. */
export type Count =
  | { readonly count: number; readonly repair?: 'count-notation' }
  | { readonly count?: undefined; readonly repair: 'bad-count' | 'missing-count' | 'negative-count' };

/** Reads a count that is not plainly digits. */
export function countOf(text: string): Count {
  const plain = trim(text);
  if (plain === '') return { repair: 'missing-count' };
  if (/^\d{1,300}$/.test(plain)) return { count: Number(plain) };
  // `5.0` and `+5` are five in any reading; `1,000` and `1e3` are not the same in all.
  if (/^\+?\d{1,300}(?:\.0*)?$/.test(plain)) return { count: Number(plain), repair: 'count-notation' };
  if (/^-\s*\d/.test(plain)) return { repair: 'negative-count' };
  return { repair: 'bad-count' };
}

/** The first second of 2100: after it a number is no count of seconds, but of something smaller. */
const lastSecond = 4_102_444_800;
/** The first second of 2000, for numbers of milliseconds and microseconds. */
const firstSecond = 946_684_800;
/** DMARC was first published in January 2012. */
const firstDmarc = 1_325_376_000;

/**
 * A date of the head: seconds since 1970. Fractions are cut off; milliseconds and microseconds are told by their size, since
 * no date of this century can be taken for another in the wrong unit. Anything else is not guessed at.
 */
export function dateOf(text: string): {
  seconds: number | undefined;
  repair: 'date-fraction' | 'date-unit' | 'unlikely-date' | undefined;
} {
  const digits = /^(\d{1,17})(\.\d*)?$/.exec(text);
  if (digits === null) return { seconds: undefined, repair: undefined };
  const value = Number(digits[1]);
  if (value < lastSecond) {
    const fraction = digits[2] === undefined ? undefined : 'date-fraction';
    return { seconds: value, repair: value < firstDmarc ? 'unlikely-date' : fraction };
  }
  for (const unit of [1e3, 1e6]) {
    const seconds = Math.floor(value / unit);
    if (seconds >= firstSecond && seconds < lastSecond) return { seconds, repair: 'date-unit' };
  }
  return { seconds: undefined, repair: undefined };
}
