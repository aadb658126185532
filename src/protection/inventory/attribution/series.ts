// What came on which day.
import type { Day } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';
import { RowKinds } from './row-kinds.ts';
import type { DaySums } from './row-kinds.ts';

/** The days that carry the mail: a date that cannot be true does not stretch the period. */
export function periodOf(days: DaySums): { first: Day; last: Day } {
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

/** What comes on which day, by kind of row: sums of any combinations. */
export class SeriesIndex {
  readonly #kinds: RowKinds;
  readonly #messages: Float64Array;
  readonly #columns: InventoryColumns;
  readonly #days: DaySums;
  readonly #kindOfDay: Int32Array;
  readonly #first: Day;
  readonly #length: number;
  /** By kind, where its days begin in `#order`, which holds their places. */
  #starts: Int32Array | undefined;
  #order: Int32Array | undefined;

  /** @param period days before and after it are left out */
  constructor(columns: InventoryColumns, days: DaySums, period: { readonly first: Day; readonly last: Day }) {
    this.#columns = columns;
    this.#days = days;
    this.#first = period.first;
    this.#length = period.last - period.first + 1;
    this.#kinds = new RowKinds(columns);
    this.#kindOfDay = this.#kinds.ofDays(days);
    this.#messages = new Float64Array(this.#kinds.size);
    for (let at = 0; at < columns.length; at++)
      this.#messages[this.#kinds.ofCombination[at]!]! += columns.messages[at]!;
  }

  /** Messages by day of some combinations. A kind of row that others are of too is divided as the messages are. */
  of(combinations: Iterable<number>): Float64Array {
    const { starts, order } = this.#indexed();
    const shares = new Map<number, number>();
    for (const at of combinations) {
      const kind = this.#kinds.ofCombination[at]!;
      shares.set(kind, (shares.get(kind) ?? 0) + this.#columns.messages[at]!);
    }
    const series = new Float64Array(this.#length);
    for (const [kind, share] of shares) {
      const part = this.#messages[kind] === 0 ? 0 : share / this.#messages[kind]!;
      for (let place = starts[kind]!; place < starts[kind + 1]!; place++) {
        const at = order[place]!;
        const day = this.#days.day[at]! - this.#first;
        if (day >= 0 && day < this.#length) series[day]! += this.#days.messages[at]! * part;
      }
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
    for (let at = 0; at < this.#days.length; at++) {
      const day = this.#days.day[at]! - this.#first;
      const kind = this.#kindOfDay[at]!;
      if (day < 0 || day >= this.#length || kind === -1) continue;
      const shares = several.get(kind);
      const sum = this.#days.messages[at]!;
      if (shares === undefined) series[single[kind]!]![day]! += sum;
      else {
        const total = this.#messages[kind]!;
        for (const [group, share] of shares)
          // A sliver of what is mostly another's would put mail on days that it does not have.
          if (share >= 0.02 * total && total > 0) series[group]![day]! += (sum * share) / total;
      }
    }
    return series;
  }

  #indexed(): { starts: Int32Array; order: Int32Array } {
    if (this.#starts === undefined || this.#order === undefined) {
      const starts = new Int32Array(this.#kinds.size + 1);
      for (const kind of this.#kindOfDay) if (kind !== -1) starts[kind + 1]! += 1;
      for (let kind = 0; kind < this.#kinds.size; kind++) starts[kind + 1]! += starts[kind]!;
      const next = starts.slice();
      const order = new Int32Array(starts[this.#kinds.size]!);
      for (const [at, kind] of this.#kindOfDay.entries()) {
        if (kind === -1) continue;
        order[next[kind]!] = at;
        next[kind]! += 1;
      }
      this.#starts = starts;
      this.#order = order;
    }
    return { starts: this.#starts, order: this.#order };
  }
}
