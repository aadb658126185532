// What came on which day.
import type { Columns, Day, History } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';
import { RowKinds } from './row-kinds.ts';
import type { DaySums } from './row-kinds.ts';

/** The days that carry the mail: a date that cannot be true does not stretch the period. */
export function periodOf(days: Columns<'day', 'messages'>): { first: Day; last: Day } {
  const sums = new Map<number, number>();
  let total = 0;
  for (let at = 0; at < days.length; at++) {
    sums.set(days.day[at]!, (sums.get(days.day[at]!) ?? 0) + days.messages[at]!);
    total += days.messages[at]!;
  }
  const sorted = [...sums.keys()].sort((a, b) => a - b);
  if (sorted.length === 0) return { first: 0, last: 0 };
  // From the middle of the mail outwards, as long as no year and a half goes by without any.
  let seen = 0;
  let middle = 0;
  while (middle < sorted.length - 1 && (seen += sums.get(sorted[middle]!)!) < total / 2) middle += 1;
  let first = middle;
  while (first > 0 && sorted[first]! - sorted[first - 1]! < 550) first -= 1;
  let last = middle;
  while (last < sorted.length - 1 && sorted[last + 1]! - sorted[last]! < 550) last += 1;
  return { first: sorted[first]!, last: sorted[last]! };
}

/** In so many parts of the period the days are asked for: the answers are the greatest there are, and are not held together. */
const windows = 4;

/**
 * Asks what came on which day.
 *
 * @param columns the combinations whose days these are
 * @param period when it is known; else it follows from the mail
 * @throws {StorageError} when the history cannot be read
 */
export async function askSeries(
  history: History,
  columns: InventoryColumns,
  period?: { readonly first: Day; readonly last: Day },
): Promise<{ readonly index: SeriesIndex; readonly period: { readonly first: Day; readonly last: Day } }> {
  const within = period ?? periodOf(await history.ask({ by: ['day'], measures: ['messages'] }));
  const index = new SeriesIndex(columns, within);
  const step = Math.max(1, Math.ceil((within.last - within.first + 1) / windows));
  for (let since = within.first; since <= within.last; since += step) {
    const until = Math.min(within.last, since + step - 1);
    index.add(
      await history.ask({
        by: ['auth', 'authorDomain', 'envelopeFrom', 'day'],
        measures: ['messages'],
        where: { since, until },
      }),
    );
  }
  return { index, period: within };
}

/** A part of the days: kinds of rows and what came of them. */
interface Chunk {
  readonly kind: Int32Array;
  /** From the first day of the period. */
  readonly day: Int32Array;
  readonly messages: Float64Array;
}

/** What comes on which day, by kind of row: sums of any combinations. */
export class SeriesIndex {
  readonly #kinds: RowKinds;
  readonly #messages: Float64Array;
  readonly #columns: InventoryColumns;
  readonly #first: Day;
  readonly #length: number;
  readonly #chunks: Chunk[] = [];
  /** All chunks in the order of their kinds, and where each kind begins. */
  #sorted: (Chunk & { readonly starts: Int32Array }) | undefined;

  /** @param period days before and after it are left out */
  constructor(columns: InventoryColumns, period: { readonly first: Day; readonly last: Day }) {
    this.#columns = columns;
    this.#first = period.first;
    this.#length = period.last - period.first + 1;
    this.#kinds = new RowKinds(columns);
    this.#messages = new Float64Array(this.#kinds.size);
    for (let at = 0; at < columns.length; at++)
      this.#messages[this.#kinds.ofCombination[at]!]! += columns.messages[at]!;
  }

  /** Adds sums of days, each once. Rows that are in no combination are left out. */
  add(days: DaySums): void {
    const kinds = this.#kinds.ofDays(days);
    const wanted = (at: number): boolean => {
      const day = days.day[at]! - this.#first;
      return kinds[at] !== -1 && day >= 0 && day < this.#length;
    };
    let count = 0;
    for (let at = 0; at < days.length; at++) if (wanted(at)) count += 1;
    const chunk = { kind: new Int32Array(count), day: new Int32Array(count), messages: new Float64Array(count) };
    let place = 0;
    for (let at = 0; at < days.length; at++) {
      if (!wanted(at)) continue;
      chunk.kind[place] = kinds[at]!;
      chunk.day[place] = days.day[at]! - this.#first;
      chunk.messages[place] = days.messages[at]!;
      place += 1;
    }
    this.#chunks.push(chunk);
    this.#sorted = undefined;
  }

  /** Messages by day of some combinations. A kind of row that others are of too is divided as the messages are. */
  of(combinations: Iterable<number>): Float64Array {
    const { starts, day, messages } = this.#byKind();
    const shares = new Map<number, number>();
    for (const at of combinations) {
      const kind = this.#kinds.ofCombination[at]!;
      shares.set(kind, (shares.get(kind) ?? 0) + this.#columns.messages[at]!);
    }
    const series = new Float64Array(this.#length);
    for (const [kind, share] of shares) {
      const part = this.#messages[kind] === 0 ? 0 : share / this.#messages[kind]!;
      for (let place = starts[kind]!; place < starts[kind + 1]!; place++)
        series[day[place]!]! += messages[place]! * part;
    }
    return series;
  }

  /** Messages by day of each group, by its number. @param groupOf the group of a combination */
  byGroup(groupOf: (at: number) => number, count: number): Float64Array[] {
    const single = new Int32Array(this.#kinds.size).fill(-1);
    const several = new Map<number, Map<number, number>>();
    const { ofCombination } = this.#kinds;
    const { messages, length } = this.#columns;
    for (let at = 0; at < length; at++) {
      const kind = ofCombination[at]!;
      const group = groupOf(at);
      if (single[kind] === -1) single[kind] = group;
      else if (single[kind] !== group && !several.has(kind)) several.set(kind, new Map());
    }
    if (several.size > 0)
      for (let at = 0; at < length; at++) {
        const shares = several.get(ofCombination[at]!);
        if (shares === undefined) continue;
        const group = groupOf(at);
        shares.set(group, (shares.get(group) ?? 0) + messages[at]!);
      }
    const series = Array.from({ length: count }, () => new Float64Array(this.#length));
    const { kind: kinds, day, messages: sums } = this.#byKind();
    for (let place = 0; place < kinds.length; place++) {
      const kind = kinds[place]!;
      const shares = several.get(kind);
      if (shares === undefined) series[single[kind]!]![day[place]!]! += sums[place]!;
      else {
        const total = this.#messages[kind]!;
        for (const [group, share] of shares)
          // A sliver of what is mostly another's would put mail on days that it does not have.
          if (share >= 0.02 * total && total > 0) series[group]![day[place]!]! += (sums[place]! * share) / total;
      }
    }
    return series;
  }

  #byKind(): Chunk & { readonly starts: Int32Array } {
    if (this.#sorted !== undefined) return this.#sorted;
    const starts = new Int32Array(this.#kinds.size + 1);
    for (const { kind: kinds } of this.#chunks) for (const kind of kinds) starts[kind + 1]! += 1;
    for (let kind = 0; kind < this.#kinds.size; kind++) starts[kind + 1]! += starts[kind]!;
    const next = starts.slice();
    const count = starts[this.#kinds.size]!;
    const sorted = {
      starts,
      kind: new Int32Array(count),
      day: new Int32Array(count),
      messages: new Float64Array(count),
    };
    for (const chunk of this.#chunks)
      for (let at = 0; at < chunk.kind.length; at++) {
        const kind = chunk.kind[at]!;
        const place = next[kind]!;
        next[kind] = place + 1;
        sorted.kind[place] = kind;
        sorted.day[place] = chunk.day[at]!;
        sorted.messages[place] = chunk.messages[at]!;
      }
    this.#chunks.length = 0;
    this.#chunks.push(sorted);
    this.#sorted = sorted;
    return sorted;
  }
}
