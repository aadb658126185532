// Sets of addresses as sorted, disjoint intervals while a record is compiled: [start, end) pairs in one flat list, numbers
// for IPv4 and bigints for IPv6. What comes out of compiling is packed into typed arrays (address-set.ts, compiled.ts).
import type { IpAddress, IpNetwork } from '../dns/index.ts';

/** An address as a point on the line of its family; an end may lie one beyond the last. */
export type Point = number | bigint;
/** Sorted and disjoint: start, end (exclusive), start, end, … */
export type Intervals = readonly Point[];

export const everything: Readonly<Record<4 | 6, Intervals>> = { 4: [0, 2 ** 32], 6: [0n, 1n << 128n] };

/** The point an address is. */
function pointOf(address: IpAddress): Point {
  if (address.family === 4) return address.a;
  return (BigInt(address.a) << 96n) | (BigInt(address.b) << 64n) | (BigInt(address.c) << 32n) | BigInt(address.d);
}

/** The addresses of a network: its first, and the one after its last. */
export function intervalOf(network: IpNetwork): [start: Point, end: Point] {
  const start = pointOf(network);
  return typeof start === 'number'
    ? [start, start + 2 ** (32 - network.prefix)]
    : [start, start + (1n << BigInt(128 - network.prefix))];
}

/** Puts pairs in order and joins those that touch or overlap. */
export function normalized(pairs: readonly (readonly [start: Point, end: Point])[]): Intervals {
  const sorted = [...pairs].sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0));
  const joined: Point[] = [];
  for (const [start, end] of sorted) {
    const last = joined.length - 1;
    if (last > 0 && joined[last]! >= start) {
      if (joined[last]! < end) joined[last] = end;
    } else joined.push(start, end);
  }
  return joined;
}

/** All that is in either set. */
export function unionOf(sets: readonly Intervals[]): Intervals {
  if (sets.length === 1) return sets[0]!;
  if (sets.length === 2) return joinedInOrder(sets[0]!, sets[1]!);
  const pairs: [Point, Point][] = [];
  for (const set of sets) for (let i = 0; i < set.length; i += 2) pairs.push([set[i]!, set[i + 1]!]);
  return normalized(pairs);
}

/** The union of two sets, in one pass over both. */
function joinedInOrder(one: Intervals, other: Intervals): Intervals {
  const joined: Point[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    const first = j >= other.length || (i < one.length && one[i]! <= other[j]!);
    const start = first ? one[i]! : other[j]!;
    const end = first ? one[i + 1]! : other[j + 1]!;
    if (first) i += 2;
    else j += 2;
    const last = joined.length - 1;
    if (last > 0 && joined[last]! >= start) {
      if (joined[last]! < end) joined[last] = end;
    } else joined.push(start, end);
  }
  return joined;
}

/** What of a set lies in another, and what does not. */
export function split(set: Intervals, by: Intervals): { readonly inside: Intervals; readonly outside: Intervals } {
  const inside: Point[] = [];
  const outside: Point[] = [];
  let j = 0;
  for (let i = 0; i < set.length; i += 2) {
    let start = set[i]!;
    const end = set[i + 1]!;
    while (j < by.length && by[j + 1]! <= start) j += 2;
    let k = j;
    while (k < by.length && by[k]! < end) {
      const from = by[k]!;
      const to = by[k + 1]!;
      if (start < from) {
        outside.push(start, from);
        start = from;
      }
      const stop = to < end ? to : end;
      inside.push(start, stop);
      start = stop;
      if (to > end) break;
      k += 2;
    }
    if (start < end) outside.push(start, end);
  }
  return { inside, outside };
}

/** Whether two sets have an address in common: each stretch of the smaller is looked for in the larger, by halving. */
export function meet(one: Intervals, other: Intervals): boolean {
  const [few, many] = one.length < other.length ? [one, other] : [other, one];
  for (let i = 0; i < few.length; i += 2) {
    let low = 0;
    let high = many.length >> 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (many[2 * middle + 1]! <= few[i]!) low = middle + 1;
      else high = middle;
    }
    if (2 * low < many.length && many[2 * low]! < few[i + 1]!) return true;
  }
  return false;
}

/** Stretches of addresses, sorted and disjoint, each with the index of the term that is the first to name it. */
export interface Segments {
  readonly bounds: Intervals;
  /** One an interval. */
  readonly terms: readonly number[];
}

/**
 * Lays networks over each other, the first named on top. Networks lie in each other or apart, so one pass over them in order,
 * with a stack of those that are open, is enough.
 */
export function segmentsOf(networks: readonly { readonly network: IpNetwork; readonly term: number }[]): Segments {
  const sorted = networks
    .map(({ network, term }) => ({ interval: intervalOf(network), prefix: network.prefix, term }))
    .sort((one, other) =>
      one.interval[0] < other.interval[0]
        ? -1
        : one.interval[0] > other.interval[0]
          ? 1
          : one.prefix - other.prefix || one.term - other.term,
    );
  const bounds: Point[] = [];
  const terms: number[] = [];
  const emit = (start: Point, end: Point, term: number): void => {
    if (start >= end) return;
    if (terms.at(-1) === term && bounds.at(-1) === start) bounds[bounds.length - 1] = end;
    else {
      bounds.push(start, end);
      terms.push(term);
    }
  };
  const open: { end: Point; term: number }[] = [];
  let at: Point = 0;
  const close = (closed: { end: Point; term: number }): void => {
    emit(at, closed.end, closed.term);
    if (closed.end > at) at = closed.end;
  };
  for (const { interval, term } of sorted) {
    const [start, end] = interval;
    while (open.length > 0 && open.at(-1)!.end <= start) close(open.pop()!);
    const around = open.at(-1);
    if (around !== undefined) emit(at, start, around.term);
    at = start;
    open.push({ end, term: around === undefined ? term : Math.min(around.term, term) });
  }
  while (open.length > 0) close(open.pop()!);
  return { bounds, terms };
}
