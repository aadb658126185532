// Rows on their way into the history: read from batches, mapped to the numbers of the history, held as columns.
import { generationCodes, originCodes } from '../../protection/history.ts';
import type { ReportKey } from '../../protection/ingestion/index.ts';
import type { AuthResults, Dictionary, Generation, RowBatch, RowDictionaries } from '../../standards/reports/index.ts';
import { writeAuth, writeReasons } from './dictionaries.ts';
import type { LoadedDictionaries, TextDictionary } from './dictionaries.ts';
import type { Appender, NumberColumn } from './duckdb.ts';
import { factColumns, flagBits, never } from './schema.ts';
import { partsOf, spreadCount } from './spread.ts';

/** The columns of a row before its report is known: those of `facts` that do not follow from the head. */
export const rowColumnNames = [
  'source',
  'author_domain',
  'envelope_from',
  'envelope_to',
  'auth',
  'reasons',
  'flags',
] as const;
type RowColumn = (typeof rowColumnNames)[number];
const integerColumns = factColumns.filter((name) => name !== 'messages');
type FactColumn = (typeof integerColumns)[number];

/** Growing columns of one length. */
class ColumnBuffer<Name extends string> {
  readonly integers: Readonly<Record<Name, Int32Array>>;
  messages: Float64Array;
  length = 0;

  constructor(names: readonly Name[]) {
    this.integers = Object.fromEntries(names.map((name) => [name, new Int32Array(0)])) as Record<Name, Int32Array>;
    this.messages = new Float64Array(0);
  }

  /** Makes room for that many more rows. */
  reserve(rows: number): void {
    const need = this.length + rows;
    if (need <= this.messages.length) return;
    const room = Math.max(need, this.messages.length * 2, 1024);
    const integers = this.integers as Record<Name, Int32Array>;
    for (const name of Object.keys(integers) as Name[]) {
      const wider = new Int32Array(room);
      wider.set(integers[name].subarray(0, this.length));
      integers[name] = wider;
    }
    const wider = new Float64Array(room);
    wider.set(this.messages.subarray(0, this.length));
    this.messages = wider;
  }
}

/** Rows of one report, waiting for its head. */
export type RowBuffer = ColumnBuffer<RowColumn>;
/** Facts, waiting to be written. */
export type FactBuffer = ColumnBuffer<FactColumn>;

export function rowBuffer(): RowBuffer {
  return new ColumnBuffer(rowColumnNames);
}

export function factBuffer(): FactBuffer {
  return new ColumnBuffer(integerColumns);
}

/** What a report says of all its rows. */
export interface FactHead {
  /** The number of the document. */
  readonly report: number;
  readonly key: ReportKey;
  readonly generation: Generation;
}

/**
 * Works out the alignment bits of a row from its author domain, its authentication results and its envelope-from (`''` for the
 * null sender, absent when the row does not say).
 */
export type AlignmentRule = (authorDomain: string, auth: AuthResults, envelopeFrom?: string) => number;

/** Places in the memory of alignment bits, a power of two. */
const MEMO = 1 << 16;

/**
 * Maps the numbers of a reader's dictionaries to those of the history, and works out alignment once a combination. Its maps live as
 * long as the reader's dictionaries do.
 */
export class RowMapper {
  readonly #dictionaries: LoadedDictionaries;
  readonly #alignment: AlignmentRule;
  readonly #maps = new WeakMap<object, Int32Array>();
  // The bits of combinations met lately: one that meets a full place takes it.
  readonly #memoDomain = new Int32Array(MEMO);
  readonly #memoEnvelope = new Int32Array(MEMO);
  readonly #memoAuth = new Int32Array(MEMO);
  readonly #memoBits = new Uint8Array(MEMO);

  constructor(dictionaries: LoadedDictionaries, alignment: AlignmentRule) {
    this.#dictionaries = dictionaries;
    this.#alignment = alignment;
  }

  /** Adds the rows of a batch to a buffer. Nothing of the batch is needed afterwards. */
  take(batch: RowBatch, from: RowDictionaries, into: RowBuffer): void {
    const { length } = batch;
    into.reserve(length);
    const start = into.length;
    const columns = into.integers;
    const own = this.#dictionaries;
    const asText = (text: string): string => text;
    this.#map(batch.source, length, from.addresses, own.addresses, asText, columns.source, start);
    this.#map(batch.headerFrom, length, from.names, own.names, asText, columns.author_domain, start);
    this.#map(batch.envelopeFrom, length, from.names, own.names, asText, columns.envelope_from, start);
    this.#map(batch.envelopeTo, length, from.names, own.names, asText, columns.envelope_to, start);
    this.#map(batch.auth, length, from.auths, own.auths, writeAuth, columns.auth, start);
    this.#map(batch.reasons, length, from.reasons, own.reasonLists, writeReasons, columns.reasons, start);
    into.messages.set(batch.count.subarray(0, length), start);
    const { flags } = columns;
    const { disposition, dkim, spf } = batch;
    for (let row = 0; row < length; row++) {
      const at = start + row;
      const bits = this.#bits(columns.author_domain[at]!, columns.auth[at]!, columns.envelope_from[at]!);
      flags[at] =
        (bits << flagBits.alignment.shift) |
        (dkim[row]! << flagBits.dkim.shift) |
        (spf[row]! << flagBits.spf.shift) |
        (disposition[row]! << flagBits.disposition.shift);
    }
    into.length = start + length;
  }

  #map<T>(
    ids: Int32Array,
    length: number,
    from: Dictionary<T>,
    to: TextDictionary,
    write: (value: T) => string,
    into: Int32Array,
    start: number,
  ): void {
    let map = this.#maps.get(from);
    if (map === undefined || map.length < from.size) {
      const wider = new Int32Array(Math.max(64, from.size * 2));
      if (map !== undefined) wider.set(map);
      this.#maps.set(from, wider);
      map = wider;
    }
    for (let row = 0; row < length; row++) {
      const id = ids[row]!;
      let number = map[id]!;
      if (number === 0 && id !== 0) {
        const value = from.value(id);
        if (value === undefined) throw new RangeError(`a row points to ${id}, which its dictionary does not hold`);
        number = to.number(write(value));
        map[id] = number;
      }
      into[start + row] = number;
    }
  }

  #bits(domain: number, auth: number, envelope: number): number {
    if (domain === 0 || auth === 0) return 0;
    const mixed = Math.imul(domain, 0x9e3779b1) ^ Math.imul(auth, 0x85ebca6b) ^ Math.imul(envelope, 0xc2b2ae35);
    const place = mixed >>> 16;
    if (
      this.#memoDomain[place] === domain &&
      this.#memoAuth[place] === auth &&
      this.#memoEnvelope[place] === envelope
    ) {
      return this.#memoBits[place]!;
    }
    const bits = judge(this.#dictionaries, this.#alignment, domain, auth, envelope);
    this.#memoDomain[place] = domain;
    this.#memoAuth[place] = auth;
    this.#memoEnvelope[place] = envelope;
    this.#memoBits[place] = bits;
    return bits;
  }
}

/** The alignment bits of numbers of the dictionaries. Nothing aligns with an author domain that is not said. */
export function judge(
  dictionaries: LoadedDictionaries,
  alignment: AlignmentRule,
  domain: number,
  auth: number,
  envelope: number,
): number {
  const authorDomain = dictionaries.name(domain);
  const results = dictionaries.auth(auth);
  if (authorDomain === undefined || results === undefined) return 0;
  return alignment(authorDomain, results, dictionaries.name(envelope)) & flagBits.alignment.mask;
}

/** Turns the rows of a report whose head is known into facts, at the end of `into`. */
export function addFacts(rows: RowBuffer, head: FactHead, dictionaries: LoadedDictionaries, into: FactBuffer): void {
  const { key } = head;
  const parts = partsOf(key.begin, key.end);
  const policyDomain = dictionaries.names.number(key.policyDomain);
  const reporter = dictionaries.reporters.number(key.reporter);
  const common = headFlags(head.generation);
  const days = parts.days.length;
  const shares = new Float64Array(days);
  const from = rows.integers;
  for (let row = 0; row < rows.length; row++) {
    if (days === 1) shares[0] = rows.messages[row]!;
    else spreadCount(rows.messages[row]!, row, parts, shares);
    into.reserve(days);
    const to = into.integers;
    let earlier = never;
    for (let part = 0; part < days; part++) {
      const messages = shares[part]!;
      // A row without messages is still a row: it stands on the first day.
      if (messages === 0 && (rows.messages[row] !== 0 || part > 0)) continue;
      const at = into.length++;
      to.report[at] = head.report;
      to.day[at] = parts.days[part]!;
      to.earlier[at] = earlier;
      to.source[at] = from.source[row]!;
      to.author_domain[at] = from.author_domain[row]!;
      to.policy_domain[at] = policyDomain;
      to.reporter[at] = reporter;
      to.envelope_from[at] = from.envelope_from[row]!;
      to.envelope_to[at] = from.envelope_to[row]!;
      to.auth[at] = from.auth[row]!;
      to.reasons[at] = from.reasons[row]!;
      to.flags[at] = from.flags[row]! | common;
      to.spread[at] = parts.spread;
      into.messages[at] = messages;
      earlier = parts.days[part]!;
    }
  }
}

/** The flags that follow from the head of a report. */
function headFlags(generation: Generation): number {
  return (
    (generationCodes.indexOf(generation) << flagBits.generation.shift) |
    (originCodes.indexOf('report') << flagBits.origin.shift)
  );
}

/** Writes facts `from` up to `to` with an appender of the table `facts`. */
export function appendFacts(appender: Appender, facts: FactBuffer, from = 0, to = facts.length): void {
  const columns: NumberColumn[] = factColumns.map((name) =>
    name === 'messages' ? facts.messages : facts.integers[name],
  );
  appender.rows(columns, from, to);
}
