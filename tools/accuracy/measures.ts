// The measures themselves, of numbers only: nothing here knows what a stream or a report is.

/** A ratio by unit, so that it can be drawn again: what was counted, of what there was. */
export class Ratio {
  readonly #units = new Map<number, [part: number, whole: number]>();
  n = 0;

  add(unit: number, part: number, whole: number): void {
    const sums = this.#units.get(unit);
    if (sums === undefined) this.#units.set(unit, [part, whole]);
    else {
      sums[0] += part;
      sums[1] += whole;
    }
    this.n += 1;
  }

  /** `null` when there is nothing to divide by. */
  get value(): number | null {
    return quotient([...this.#units.values()]);
  }

  /** The middle 95 % of the values when units are drawn again with replacement. */
  interval(): [low: number | null, high: number | null] {
    return interval([...this.#units.values()], quotient);
  }
}

function quotient(sums: readonly (readonly [part: number, whole: number])[]): number | null {
  let part = 0;
  let whole = 0;
  for (const [one, other] of sums) {
    part += one;
    whole += other;
  }
  return whole === 0 ? null : part / whole;
}

const draws = 300;

/**
 * The bootstrap: the measure of as many units drawn with replacement, 300 times, without the outer 2.5 % on both sides. The same
 * units give the same interval.
 */
export function interval<T>(
  units: readonly T[],
  measure: (drawn: readonly T[]) => number | null,
): [low: number | null, high: number | null] {
  if (units.length === 0) return [null, null];
  const next = dice(units.length);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = measure(units.map(() => units[Math.floor(next() * units.length)]!));
    if (value !== null) values.push(value);
  }
  if (values.length === 0) return [null, null];
  values.sort((one, other) => one - other);
  return [values[Math.floor(values.length * 0.025)]!, values[Math.ceil(values.length * 0.975) - 1]!];
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many items of a true cluster lie in each found one: `cells.get(true)?.get(found)`. */
export type Contingency = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Counts items by their true and their found cluster. */
export function contingency(items: Iterable<readonly [truth: number, found: number]>): Contingency {
  const cells = new Map<number, Map<number, number>>();
  for (const [truth, found] of items) {
    let row = cells.get(truth);
    if (row === undefined) cells.set(truth, (row = new Map()));
    row.set(found, (row.get(found) ?? 0) + 1);
  }
  return cells;
}

/**
 * B-cubed F of each true cluster: of the precision and the recall of its items, averaged (Bagga and Baldwin 1998). An item's
 * precision is the share of its found cluster that is of its true one; its recall the share of its true cluster that was found
 * together with it.
 */
export function bCubed(cells: Contingency): number[] {
  const found = new Map<number, number>();
  for (const row of cells.values())
    for (const [cluster, count] of row) found.set(cluster, (found.get(cluster) ?? 0) + count);
  return [...cells.values()].map((row) => {
    const size = sum(row.values());
    let precision = 0;
    let recall = 0;
    for (const [cluster, count] of row) {
      precision += (count / size) * (count / found.get(cluster)!);
      recall += (count / size) * (count / size);
    }
    return (2 * precision * recall) / (precision + recall);
  });
}

/** The adjusted Rand index (Hubert and Arabie 1985): 1 for the same clusters, about 0 for clusters by chance. `null` without items. */
export function adjustedRand(cells: Contingency): number | null {
  const rows = [...cells.values()];
  const found = new Map<number, number>();
  let pairs = 0;
  let truePairs = 0;
  let items = 0;
  for (const row of rows) {
    for (const [cluster, count] of row) {
      pairs += choose2(count);
      found.set(cluster, (found.get(cluster) ?? 0) + count);
    }
    const size = sum(row.values());
    truePairs += choose2(size);
    items += size;
  }
  if (items === 0) return null;
  const foundPairs = sum([...found.values()].map(choose2));
  const all = choose2(items);
  const expected = all === 0 ? 0 : (truePairs * foundPairs) / all;
  const most = (truePairs + foundPairs) / 2;
  // All in one cluster, or each alone, in both: the same.
  return most === expected ? 1 : (pairs - expected) / (most - expected);
}

/** The bootstrap of the adjusted Rand index over items: drawn again by their cells, which is all that is known of them. */
export function adjustedRandInterval(cells: Contingency): [low: number | null, high: number | null] {
  const list = [...cells].flatMap(([truth, row]) => [...row].map(([found, count]) => ({ truth, found, count })));
  const items = list.flatMap((cell, at) => Array.from({ length: cell.count }, () => at));
  return interval(items, (drawn) => {
    const counts = new Int32Array(list.length);
    for (const at of drawn) counts[at]! += 1;
    const again = new Map<number, Map<number, number>>();
    for (const [at, { truth, found }] of list.entries()) {
      if (counts[at] === 0) continue;
      let row = again.get(truth);
      if (row === undefined) again.set(truth, (row = new Map()));
      row.set(found, counts[at]!);
    }
    return adjustedRand(again);
  });
}

function choose2(count: number): number {
  return (count * (count - 1)) / 2;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const binCount = 10;

/**
 * Expected calibration error: what is said with a confidence falls into one of ten bins of equal width; the distance between the
 * mean confidence of a bin and the share of it that is right, weighed by how much is in the bin.
 */
export class Calibration {
  /** By unit and bin: weight, confidence × weight, right × weight. */
  readonly #units = new Map<number, Float64Array>();
  n = 0;

  /** @param right the share of what was said that is so, 0 to 1 */
  add(unit: number, confidence: number, right: number, weight: number): void {
    let sums = this.#units.get(unit);
    if (sums === undefined) this.#units.set(unit, (sums = new Float64Array(binCount * 3)));
    const bin = Math.min(Math.floor(confidence * binCount), binCount - 1) * 3;
    sums[bin]! += weight;
    sums[bin + 1]! += weight * confidence;
    sums[bin + 2]! += weight * right;
    this.n += 1;
  }

  get value(): number | null {
    return calibrationError([...this.#units.values()]);
  }

  interval(): [low: number | null, high: number | null] {
    return interval([...this.#units.values()], calibrationError);
  }

  /** By bin: what was said, with what mean confidence, and what share of it is so. */
  bins(): { readonly weight: number; readonly confidence: number; readonly right: number }[] {
    const all = added([...this.#units.values()]);
    return Array.from({ length: binCount }, (_, bin) => {
      const weight = all[bin * 3]!;
      const divisor = weight === 0 ? 1 : weight;
      return { weight, confidence: all[bin * 3 + 1]! / divisor, right: all[bin * 3 + 2]! / divisor };
    });
  }
}

function added(units: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(binCount * 3);
  for (const unit of units) for (let at = 0; at < all.length; at++) all[at]! += unit[at]!;
  return all;
}

function calibrationError(units: readonly Float64Array[]): number | null {
  const all = added(units);
  let weight = 0;
  let error = 0;
  for (let bin = 0; bin < all.length; bin += 3) {
    weight += all[bin]!;
    error += Math.abs(all[bin + 1]! - all[bin + 2]!);
  }
  return weight === 0 ? null : error / weight;
}
