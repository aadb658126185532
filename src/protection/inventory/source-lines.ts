// Addresses as they are listed: what mails from each, put together from its combinations.
import type { Day } from '../history.ts';
import { alignmentBits } from '../history.ts';
import type { Inventory } from './inventory.ts';
import { decisionVerdicts, kinds } from './model.ts';
import type { DecisionVerdict, Kind } from './model.ts';

/** An address and what it carries. Where it carries several streams, kind, stream and decision are those of most of its messages. */
export interface SourceLine {
  /** Its number in the dictionary; 0 for rows without an address. */
  readonly number: number;
  /** `''` for rows without an address. */
  readonly source: string;
  readonly messages: number;
  readonly rows: number;
  readonly first: Day;
  readonly last: Day;
  readonly kind: Kind;
  readonly confidence: number;
  readonly decision: DecisionVerdict;
  /** Every stream it carries, by its place in `streams`, most messages first. */
  readonly streams: readonly { readonly at: number; readonly messages: number; readonly rows: number }[];
  /** Messages by leg, relaxed alignment. */
  readonly dkim: number;
  readonly spf: number;
  readonly both: number;
}

/** What is looked for; what is not said narrows nothing. Of a line only the mail that fits is counted. */
export interface SourceFilter {
  readonly kinds?: ReadonlySet<Kind>;
  readonly decisions?: ReadonlySet<DecisionVerdict>;
  /** Places in `streams`. */
  readonly streams?: ReadonlySet<number>;
  /** An author domain, and what lies below it. */
  readonly domain?: string;
  /** Addresses that were never seen before this day. */
  readonly newSince?: Day;
  readonly address?: (address: string) => boolean;
}

/** Whether a combination fits a filter, by its number. */
export function fits(inventory: Inventory, filter: SourceFilter): (at: number) => boolean {
  const { combinations, dictionaries, streamOf, kindOf, decisionOf } = inventory;
  const firsts = filter.newSince === undefined ? undefined : firstDays(inventory);
  const names = new Map<number, boolean>();
  const addresses = new Map<number, boolean>();
  const kept = <T>(known: Map<number, T>, number: number, work: () => T): T => {
    let answer = known.get(number);
    if (answer === undefined) known.set(number, (answer = work()));
    return answer;
  };
  const { domain, address } = filter;
  return (at) => {
    if (filter.kinds?.has(kinds[kindOf[at]!]!) === false) return false;
    if (filter.decisions?.has(decisionVerdicts[decisionOf[at]!]!) === false) return false;
    if (filter.streams?.has(streamOf[at]!) === false) return false;
    const source = combinations.source[at]!;
    if (firsts !== undefined && firsts.get(source)! < filter.newSince!) return false;
    if (domain !== undefined) {
      const author = combinations.authorDomain[at]!;
      const isUnder = (): boolean => {
        const name = dictionaries.name(author) ?? '';
        return name === domain || name.endsWith(`.${domain}`);
      };
      if (!kept(names, author, isUnder)) return false;
    }
    if (address === undefined) return true;
    return kept(addresses, source, () => address(dictionaries.address(source) ?? ''));
  };
}

/** The day on which each source was first seen, by its number. */
function firstDays({ combinations }: Pick<Inventory, 'combinations'>): Map<number, Day> {
  const firsts = new Map<number, Day>();
  for (let at = 0; at < combinations.length; at++) {
    const source = combinations.source[at]!;
    const day = combinations.firstDay[at]!;
    const known = firsts.get(source);
    if (known === undefined || day < known) firsts.set(source, day);
  }
  return firsts;
}

/** The addresses of an inventory, most messages first. */
export function sourceLines(inventory: Inventory, keep: (at: number) => boolean = () => true): SourceLine[] {
  const { combinations, dictionaries, streamOf, kindOf, confidenceOf, decisionOf } = inventory;
  interface Open {
    messages: number;
    rows: number;
    first: Day;
    last: Day;
    dkim: number;
    spf: number;
    both: number;
    streams: Map<number, { messages: number; rows: number }>;
    kinds: Float64Array;
    confidence: Float64Array;
    decisions: Float64Array;
  }
  const open = new Map<number, Open>();
  for (let at = 0; at < combinations.length; at++) {
    if (!keep(at)) continue;
    const source = combinations.source[at]!;
    let line = open.get(source);
    if (line === undefined) {
      line = {
        messages: 0,
        rows: 0,
        first: Infinity,
        last: -Infinity,
        dkim: 0,
        spf: 0,
        both: 0,
        streams: new Map(),
        kinds: new Float64Array(kinds.length),
        confidence: new Float64Array(kinds.length),
        decisions: new Float64Array(decisionVerdicts.length),
      };
      open.set(source, line);
    }
    const messages = combinations.messages[at]!;
    line.messages += messages;
    line.rows += combinations.rows[at]!;
    line.first = Math.min(line.first, combinations.firstDay[at]!);
    line.last = Math.max(line.last, combinations.lastDay[at]!);
    const dkim = (combinations.alignment[at]! & alignmentBits.dkimRelaxed) !== 0;
    const spf = (combinations.alignment[at]! & alignmentBits.spfRelaxed) !== 0;
    if (dkim) line.dkim += messages;
    if (spf) line.spf += messages;
    if (dkim && spf) line.both += messages;
    const stream = line.streams.get(streamOf[at]!);
    if (stream === undefined) line.streams.set(streamOf[at]!, { messages, rows: combinations.rows[at]! });
    else {
      stream.messages += messages;
      stream.rows += combinations.rows[at]!;
    }
    // A row that counts no messages still says what it is.
    line.kinds[kindOf[at]!]! += messages + 1e-6;
    line.confidence[kindOf[at]!]! += (messages + 1e-6) * confidenceOf[at]!;
    line.decisions[decisionOf[at]!]! += messages + 1e-6;
  }
  const greatest = (sums: Float64Array): number => sums.reduce((best, sum, at) => (sum > sums[best]! ? at : best), 0);
  return [...open]
    .map(([number, line]): SourceLine => {
      const kind = greatest(line.kinds);
      return {
        number,
        source: dictionaries.address(number) ?? '',
        messages: line.messages,
        rows: line.rows,
        first: line.first,
        last: line.last,
        kind: kinds[kind]!,
        confidence: line.confidence[kind]! / line.kinds[kind]!,
        decision: decisionVerdicts[greatest(line.decisions)]!,
        streams: [...line.streams]
          .map(([at, sums]) => ({ at, ...sums }))
          .sort((one, other) => other.messages - one.messages || one.at - other.at),
        dkim: line.dkim,
        spf: line.spf,
        both: line.both,
      };
    })
    .sort((one, other) => other.messages - one.messages || (one.source < other.source ? -1 : 1));
}
