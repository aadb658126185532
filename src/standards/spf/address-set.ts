import { formatIpv4, formatAddress } from '../dns/index.ts';
import type { IpAddress } from '../dns/index.ts';

/**
 * A set of IP addresses, as the places where it begins and ends: sorted, and an address is in the set when the places up to and
 * including it are odd in number. So the set of everything is the one place 0, and no place ever lies beyond the last address.
 */
export interface AddressSet {
  /** IPv4: one word a place. */
  readonly v4: Uint32Array;
  /** IPv6: four words a place, the high one first. */
  readonly v6: Uint32Array;
}

export const noAddresses: AddressSet = { v4: new Uint32Array(0), v6: new Uint32Array(0) };
export const allAddresses: AddressSet = { v4: new Uint32Array(1), v6: new Uint32Array(4) };

/** What is in either set. */
export function union(one: AddressSet, other: AddressSet): AddressSet {
  return combine(one, other, (inOne, inOther) => inOne || inOther);
}

/** What is in both sets. */
export function intersection(one: AddressSet, other: AddressSet): AddressSet {
  return combine(one, other, (inOne, inOther) => inOne && inOther);
}

/** What is in the first set and not in the second. */
export function difference(one: AddressSet, other: AddressSet): AddressSet {
  return combine(one, other, (inOne, inOther) => inOne && !inOther);
}

/** Whether two sets hold the same addresses. */
export function equal(one: AddressSet, other: AddressSet): boolean {
  const same = (a: Uint32Array, b: Uint32Array): boolean =>
    a.length === b.length && a.every((word, i) => word === b[i]);
  return same(one.v4, other.v4) && same(one.v6, other.v6);
}

/** Whether an address is in a set. */
export function has(set: AddressSet, address: IpAddress): boolean {
  return (address.family === 4 ? placesUpTo4(set.v4, address.a) : placesUpTo6(set.v6, address)) % 2 === 1;
}

/** How many IPv4 addresses are in a set: at most 2³². */
export function size4(set: AddressSet): number {
  let size = 0;
  const { v4 } = set;
  for (let i = 0; i < v4.length; i += 2) size += (i + 1 < v4.length ? v4[i + 1]! : 2 ** 32) - v4[i]!;
  return size;
}

/** How many IPv6 addresses are in a set. */
export function size6(set: AddressSet): bigint {
  let size = 0n;
  for (const [start, end] of ranges6(set)) size += end - start;
  return size;
}

/** The fewest networks that hold a set, in order: `192.0.2.0/24`, `2001:db8::/32`; a single address without a length. */
export function prefixes(set: AddressSet): string[] {
  const list: string[] = [];
  const { v4 } = set;
  for (let i = 0; i < v4.length; i += 2) {
    let start = v4[i]!;
    const end = i + 1 < v4.length ? v4[i + 1]! : 2 ** 32;
    while (start < end) {
      // As large as where it begins allows, and as what is left allows.
      let bits = start === 0 ? 32 : Math.min(32, 31 - Math.clz32((start & -start) >>> 0));
      while (2 ** bits > end - start) bits -= 1;
      list.push(bits === 0 ? formatIpv4(start) : `${formatIpv4(start)}/${32 - bits}`);
      start += 2 ** bits;
    }
  }
  for (const [from, end] of ranges6(set)) {
    let start = from;
    while (start < end) {
      let bits = 0;
      while (bits < 128 && ((start >> BigInt(bits)) & 1n) === 0n && 1n << BigInt(bits + 1) <= end - start) bits += 1;
      const text = formatAddress(addressOf(start));
      list.push(bits === 0 ? text : `${text}/${128 - bits}`);
      start += 1n << BigInt(bits);
    }
  }
  return list;
}

/** The IPv6 address a 128-bit number is. */
function addressOf(value: bigint): IpAddress {
  return {
    family: 6,
    a: Number(value >> 96n),
    b: Number((value >> 64n) & 0xffff_ffffn),
    c: Number((value >> 32n) & 0xffff_ffffn),
    d: Number(value & 0xffff_ffffn),
  };
}

function ranges6(set: AddressSet): [start: bigint, end: bigint][] {
  const { v6 } = set;
  const at = (i: number): bigint =>
    (BigInt(v6[i]!) << 96n) | (BigInt(v6[i + 1]!) << 64n) | (BigInt(v6[i + 2]!) << 32n) | BigInt(v6[i + 3]!);
  const ranges: [bigint, bigint][] = [];
  for (let i = 0; i < v6.length; i += 8) ranges.push([at(i), i + 4 < v6.length ? at(i + 4) : 1n << 128n]);
  return ranges;
}

/** How many places are not beyond a value, by halving. */
function placesUpTo4(places: Uint32Array, value: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many places of four words are not beyond an address, by halving. */
export function placesUpTo6(places: Uint32Array, address: IpAddress): number {
  let low = 0;
  let high = places.length >>> 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const i = middle << 2;
    const order =
      places[i]! - address.a || places[i + 1]! - address.b || places[i + 2]! - address.c || places[i + 3]! - address.d;
    if (order <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function combine(one: AddressSet, other: AddressSet, keep: (inOne: boolean, inOther: boolean) => boolean): AddressSet {
  return { v4: merge(one.v4, other.v4, 1, keep), v6: merge(one.v6, other.v6, 4, keep) };
}

/** Walks along the places of two sets and notes where the combination begins and ends. */
function merge(
  one: Uint32Array,
  other: Uint32Array,
  width: number,
  keep: (inOne: boolean, inOther: boolean) => boolean,
): Uint32Array {
  const out = new Uint32Array(one.length + other.length);
  let length = 0;
  let i = 0;
  let j = 0;
  let inOne = false;
  let inOther = false;
  let isIn = false;
  while (i < one.length || j < other.length) {
    let order = i >= one.length ? 1 : j >= other.length ? -1 : 0;
    for (let k = 0; order === 0 && k < width; k++) order = one[i + k]! - other[j + k]!;
    const [from, at] = order <= 0 ? [one, i] : [other, j];
    if (order <= 0) {
      inOne = !inOne;
      i += width;
    }
    if (order >= 0) {
      inOther = !inOther;
      j += width;
    }
    if (keep(inOne, inOther) === isIn) continue;
    isIn = !isIn;
    for (let k = 0; k < width; k++) out[length + k] = from[at + k]!;
    length += width;
  }
  return out.slice(0, length);
}
