import { parseAddress } from '../dns/index.ts';
import { parse, isSpfRecord } from './parse.ts';
import type { SpfRecord } from './record.ts';
import type { Answer, IpAddress } from '../dns/index.ts';
import type { Reading } from '../problem.ts';

/** The limits of RFC 7208 §4.6.4. */
export interface SpfLimits {
  /** Terms that ask the DNS: 10; no more than 100. */
  readonly lookups: number;
  /** Void lookups, whose questions have no answer: 2; Infinity for a receiver that does not count them. */
  readonly voidLookups: number;
  /**
   * What counts as one of them: a term, as RFC 7208 §4.6.4 has it, however many of its questions have no answer; or each
   * question, as Mail::SPF and pyspf count (three mail exchangers without an AAAA record are then too many for a client that
   * comes by IPv6).
   */
  readonly voidLookupsCount: 'terms' | 'questions';
  /** Mail exchangers of one `mx`: 10. */
  readonly mailExchangers: number;
  /** Names of the client that are looked at for one `ptr` or `%{p}`: 10. */
  readonly clientNames: number;
}

export const defaultLimits: SpfLimits = {
  lookups: 10,
  voidLookups: 2,
  voidLookupsCount: 'terms',
  mailExchangers: 10,
  clientNames: 10,
};

/** Terms that may ask at most, whatever is wished for: a receiver that allows more is not known, and records can loop. */
const maxLookups = 100;

/** The limits a receiver has, those of the RFC where nothing else is said. */
export function limitsOf(limits: Partial<SpfLimits> | undefined): SpfLimits {
  if (limits === undefined) return defaultLimits;
  const all = { ...defaultLimits, ...limits };
  return { ...all, lookups: Math.min(all.lookups, maxLookups) };
}

/** What the TXT records of a name hold for SPF (RFC 7208 §4.5). */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly texts: readonly string[] }
  | { readonly kind: 'one'; readonly text: string; readonly reading: Reading<SpfRecord> };

const nothing: Selection = { kind: 'none' };
// What was read in records is kept as long as they are: a resolver that caches gives the same list again.
const selections = new WeakMap<object, Selection>();
const addressLists = new WeakMap<object, readonly IpAddress[]>();

/** Selects and parses the SPF record in an answer to a TXT question. */
export function selectRecord(answer: Answer<'TXT'>): Selection {
  if (answer.kind !== 'records') return nothing;
  const kept = selections.get(answer.records);
  if (kept !== undefined) return kept;
  const texts: string[] = [];
  for (const strings of answer.records) {
    const text = strings.length === 1 ? strings[0]! : strings.join('');
    if (isSpfRecord(text)) texts.push(text);
  }
  const selection: Selection =
    texts.length === 0
      ? nothing
      : texts.length > 1
        ? { kind: 'several', texts }
        : { kind: 'one', text: texts[0]!, reading: parse(texts[0]!) };
  selections.set(answer.records, selection);
  return selection;
}

/** The addresses in an answer to an A or AAAA question. */
export function addressesIn(answer: Answer<'A' | 'AAAA'>): readonly IpAddress[] {
  if (answer.kind !== 'records') return [];
  let addresses = addressLists.get(answer.records);
  if (addresses === undefined) {
    addresses = answer.records.map(parseAddress).filter((address) => address !== undefined);
    addressLists.set(answer.records, addresses);
  }
  return addresses;
}

/**
 * The hosts in an answer to an MX question, in the order in which they are asked for: by preference, then by name, so that
 * a judgement does not hang on the order of a record set, which has none.
 */
export function exchangersIn(answer: Answer<'MX'>): readonly string[] {
  if (answer.kind !== 'records') return [];
  return [...answer.records]
    .sort((one, other) => one.preference - other.preference || (one.exchange < other.exchange ? -1 : 1))
    .map((record) => record.exchange);
}
