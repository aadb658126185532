import { alignedKinds } from '../simulation/index.ts';
import type { SourceGroup } from './assessment.ts';
import type { NetworkIndex, SetUps } from './set-ups.ts';
import type { PairIndex } from './pairs.ts';

/** A group of cells; a cell is one set-up (signature and SPF domain) at one network. Numbers are those of `SetUps` and `NetworkIndex`. */
export interface Group {
  readonly id: string;
  readonly kind: SourceGroup['kind'];
  /** -1: various. */
  readonly setUp: number;
  /** -1: various. */
  readonly network: number;
  readonly networks: number;
}

export interface Gathering {
  readonly groups: readonly Group[];
  readonly groupOfCell: Int32Array;
}

export interface Cells {
  /** Pairs of set-up (left) and network (right). */
  readonly cells: PairIndex;
  readonly cellMessages: Float64Array;
  readonly cellFails: Float64Array;
  /** Messages by cell and aligned kind. */
  readonly cellByKind: Float64Array;
  /** Messages by cell for which some signature or SPF passes at all. */
  readonly cellPasses: Float64Array;
  readonly setUps: SetUps;
  readonly networks: NetworkIndex;
}

/** Who stands alone: enough of all mail, or enough of what fails, and not too many of them. */
const shareOfMessages = 1 / 2000;
const shareOfFails = 1 / 400;
/** The same for mail that nothing vouches for, from a network that little aligned mail comes from: forgers use thousands of them. */
const shareOfStrangers = 1 / 40;
const familiarFrom = 1 / 5;
const mostAtALevel = 200;

interface Level {
  readonly kind: SourceGroup['kind'];
  /** How many buckets there are; they are numbered from 0. */
  readonly buckets: number;
  readonly bucketOf: (cell: number) => number;
  /** The text a bucket is known by, from any cell in it. */
  readonly key: (cell: number) => string;
}

/**
 * Makes a short list of many cells. Those that matter stand alone (a server of one's own that is not set up shows by its network:
 * aligned mail comes from there too); of the others, those with one set-up are gathered over
 * networks (a signature that survives forwarding comes from thousands); then those at one network and with one leg holding
 * are gathered over set-ups (forgers invent a domain a message); and what is left is gathered by the leg that holds.
 * Every cell is in exactly one group.
 */
export function gathered(from: Cells): Gathering {
  const { cells, cellMessages, cellFails, setUps, networks } = from;
  let messages = 0;
  let fails = 0;
  for (let cell = 0; cell < cells.size; cell++) {
    messages += cellMessages[cell]!;
    fails += cellFails[cell]!;
  }
  const kinds = new Uint8Array(cells.size);
  for (let cell = 0; cell < cells.size; cell++) kinds[cell] = dominantKind(from.cellByKind, cell);
  const { strange, familiar } = strangers(from);
  const matters = (sum: number, failing: number, isStrange: boolean): boolean =>
    isStrange
      ? failing > 0 && failing >= fails * shareOfStrangers && sum >= messages * shareOfMessages
      : (sum > 0 && sum >= messages * shareOfMessages) || (failing > 0 && failing >= fails * shareOfFails);

  const networkCount = networks.all.length;
  /** From those that must stand alone to those that fit nowhere: the bucket of a cell, how many there are, and the key of one. */
  const levels: readonly Level[] = [
    {
      kind: 'set-up',
      buckets: cells.size,
      bucketOf: (cell) => cell,
      key: (cell) => `${setUps.keys[cells.left(cell)]}@${networks.keys[cells.right(cell)]}`,
    },
    {
      kind: 'networks',
      buckets: setUps.all.length,
      bucketOf: (cell) => cells.left(cell),
      key: (cell) => `${setUps.keys[cells.left(cell)]}@*`,
    },
    {
      kind: 'network',
      buckets: networkCount * alignedKinds.length,
      bucketOf: (cell) => kinds[cell]! * networkCount + cells.right(cell),
      key: (cell) => `*${alignedKinds[kinds[cell]!]}@${networks.keys[cells.right(cell)]}`,
    },
    {
      kind: 'rest',
      buckets: alignedKinds.length,
      bucketOf: (cell) => kinds[cell]!,
      key: (cell) => `*${alignedKinds[kinds[cell]!]}@*`,
    },
  ];
  const groupOfCell = new Int32Array(cells.size).fill(-1);
  const members: number[][] = [];
  const kindOf: SourceGroup['kind'][] = [];
  const keyOf: string[] = [];
  for (const level of levels) {
    const sums = new Float64Array(level.buckets);
    const failing = new Float64Array(level.buckets);
    const familiarIn = new Uint8Array(level.buckets);
    const some = new Int32Array(level.buckets).fill(-1);
    for (let cell = 0; cell < cells.size; cell++) {
      if (groupOfCell[cell] !== -1) continue;
      const bucket = level.bucketOf(cell);
      sums[bucket]! += cellMessages[cell]!;
      failing[bucket]! += cellFails[cell]!;
      const isStrange = level.kind === 'network' ? familiar[cells.right(cell)] === 0 : strange[cell] === 1;
      if (!isStrange) familiarIn[bucket] = 1;
      if (some[bucket] === -1) some[bucket] = cell;
    }
    const kept: number[] = [];
    for (let bucket = 0; bucket < level.buckets; bucket++) {
      if (some[bucket] === -1) continue;
      if (level.kind === 'rest' || matters(sums[bucket]!, failing[bucket]!, familiarIn[bucket] === 0))
        kept.push(bucket);
    }
    const key = (bucket: number) => level.key(some[bucket]!);
    kept.sort((a, b) => sums[b]! - sums[a]! || failing[b]! - failing[a]! || (key(a) < key(b) ? -1 : 1));
    const groupOfBucket = new Int32Array(level.buckets).fill(-1);
    for (const bucket of kept.slice(0, mostAtALevel)) {
      groupOfBucket[bucket] = members.length;
      members.push([]);
      kindOf.push(level.kind);
      keyOf.push(key(bucket));
    }
    for (let cell = 0; cell < cells.size; cell++) {
      if (groupOfCell[cell] !== -1) continue;
      const group = groupOfBucket[level.bucketOf(cell)]!;
      if (group === -1) continue;
      groupOfCell[cell] = group;
      members[group]!.push(cell);
    }
  }
  const groups = members.map((inside, group): Group => {
    const setUp = common(inside, (cell) => cells.left(cell));
    const network = common(inside, (cell) => cells.right(cell));
    const alone = inside.length === 1;
    const key = alone ? levels[0]!.key(inside[0]!) : keyOf[group]!;
    return {
      id: shortId(key),
      kind: alone ? 'set-up' : kindOf[group]!,
      setUp,
      network,
      networks: network === -1 ? new Set(inside.map((cell) => cells.right(cell))).size : 1,
    };
  });
  return { groups, groupOfCell };
}

/**
 * By cell 1 where nothing vouches for the mail and little comes from its network that is aligned; by network 1 where enough does.
 */
function strangers({ cells, cellMessages, cellByKind, cellPasses, networks }: Cells) {
  const all = new Float64Array(networks.all.length);
  const aligned = new Float64Array(networks.all.length);
  const neither = alignedKinds.indexOf('neither');
  for (let cell = 0; cell < cells.size; cell++) {
    all[cells.right(cell)]! += cellMessages[cell]!;
    aligned[cells.right(cell)]! += cellMessages[cell]! - cellByKind[cell * alignedKinds.length + neither]!;
  }
  // Network 0 is "unknown": whoever is there, they are not one network.
  const familiar = Uint8Array.from(all, (sum, at) =>
    at !== 0 && sum > 0 && aligned[at]! >= sum * familiarFrom ? 1 : 0,
  );
  const strange = new Uint8Array(cells.size);
  for (let cell = 0; cell < cells.size; cell++) {
    const vouched = cellPasses[cell]! * 10 >= cellMessages[cell]!;
    strange[cell] = familiar[cells.right(cell)] === 0 && !vouched ? 1 : 0;
  }
  return { strange, familiar };
}

function dominantKind(byKind: Float64Array, cell: number): number {
  let best = 0;
  for (let kind = 1; kind < alignedKinds.length; kind++) {
    if (byKind[cell * alignedKinds.length + kind]! > byKind[cell * alignedKinds.length + best]!) best = kind;
  }
  return best;
}

function common(cells: readonly number[], of: (cell: number) => number): number {
  const first = of(cells[0]!);
  return cells.every((cell) => of(cell) === first) ? first : -1;
}

/** Seven letters and digits for a text: two 32-bit FNV-1a sums with different starts, folded into 36^7. */
function shortId(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01234567;
  for (let at = 0; at < text.length; at++) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(at) ^ (at & 0xff), 0x01000193);
  }
  const wide = (high >>> 0) * 0x10_0000 + ((low >>> 0) & 0xf_ffff);
  return (wide % 36 ** 7).toString(36).padStart(7, '0');
}
