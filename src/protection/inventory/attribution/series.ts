// What came on which day.
import type { Columns, Day } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';

export type DaySums = Columns<'auth' | 'authorDomain' | 'day' | 'envelopeFrom', 'messages'>;

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

/** Messages by day of any lots, from the sums of the kinds of rows they hold. */
export class SeriesIndex {
  readonly #byKey = new Map<number, number[]>();
  readonly #totals = new Map<number, number>();
  readonly #columns: InventoryColumns;
  readonly #days: DaySums;
  readonly #first: Day;
  readonly #length: number;

  constructor(columns: InventoryColumns, days: DaySums, first: Day, length: number) {
    this.#columns = columns;
    this.#days = days;
    this.#first = first;
    this.#length = length;
  }

  of(combinations: Iterable<number>): Float64Array {
    this.#index();
    const { auth, authorDomain, envelopeFrom, messages } = this.#columns;
    const shares = new Map<number, number>();
    for (const at of combinations) {
      const key = rowKey(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
      shares.set(key, (shares.get(key) ?? 0) + messages[at]!);
    }
    const series = new Float64Array(this.#length);
    for (const [key, share] of shares) {
      const part = share / (this.#totals.get(key) ?? share);
      for (const at of this.#byKey.get(key) ?? [])
        series[this.#days.day[at]! - this.#first]! += this.#days.messages[at]! * part;
    }
    return series;
  }

  #index(): void {
    if (this.#byKey.size > 0) return;
    const days = this.#days;
    for (let at = 0; at < days.length; at++) {
      const day = days.day[at]! - this.#first;
      if (day < 0 || day >= this.#length) continue;
      const key = rowKey(days.auth[at]!, days.authorDomain[at]!, days.envelopeFrom[at]!);
      const list = this.#byKey.get(key);
      if (list === undefined) this.#byKey.set(key, [at]);
      else list.push(at);
      this.#totals.set(key, (this.#totals.get(key) ?? 0) + days.messages[at]!);
    }
  }
}

function rowKey(auth: number, author: number, envelope: number): number {
  return (auth * 0x8_0000 + author) * 0x10_0000 + envelope;
}

/** Messages by day of each group. A kind of row that several groups share is divided over them as their messages are. */
export function seriesOf(
  columns: InventoryColumns,
  days: DaySums,
  lotOf: Int32Array,
  count: number,
  groupOfLot: Int32Array,
  period: { first: Day; last: Day },
  periodDays: number,
): Float64Array[] {
  const keyOf = rowKey;
  const single = new Map<number, number>();
  const several = new Map<number, Map<number, number>>();
  const { auth, authorDomain, envelopeFrom, messages } = columns;
  for (let at = 0; at < columns.length; at++) {
    const key = keyOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
    const group = groupOfLot[lotOf[at]!]!;
    const known = single.get(key);
    if (known === undefined) single.set(key, group);
    else if (known !== group && !several.has(key)) several.set(key, new Map());
  }
  if (several.size > 0)
    for (let at = 0; at < columns.length; at++) {
      const shares = several.get(keyOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!));
      if (shares === undefined) continue;
      const group = groupOfLot[lotOf[at]!]!;
      shares.set(group, (shares.get(group) ?? 0) + messages[at]!);
    }
  const totals = new Map([...several].map(([key, shares]) => [key, [...shares.values()].reduce((a, b) => a + b, 0)]));
  const series = Array.from({ length: count }, () => new Float64Array(periodDays));
  for (let at = 0; at < days.length; at++) {
    const day = days.day[at]! - period.first;
    if (day < 0 || day >= periodDays) continue;
    const key = keyOf(days.auth[at]!, days.authorDomain[at]!, days.envelopeFrom[at]!);
    const shares = several.get(key);
    if (shares === undefined) {
      const group = single.get(key);
      if (group !== undefined) series[group]![day]! += days.messages[at]!;
    } else {
      const total = totals.get(key)!;
      for (const [group, share] of shares)
        // A sliver of what is mostly another's would put mail on days that it does not have.
        if (share >= 0.02 * total) series[group]![day]! += (days.messages[at]! * share) / total;
    }
  }
  return series;
}
