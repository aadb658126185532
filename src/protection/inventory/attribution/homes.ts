// Where mail of ours sets out. A signature that passes says that we signed the message, not that we sent it from there: forwarders
// keep it, and a message can be sent again by anyone. So every signing pair has a home, the places it sets out from; what passes
// elsewhere was passed on.
import type { InventoryColumns } from '../inventory.ts';
import { passesMailOn } from './passing.ts';
import type { Sender } from '../senders/index.ts';
import type { RowType, SigningPair } from './row-types.ts';
import type { SourceFacts, Unit } from './units.ts';

/** What a combination is, before streams are made. */
export const roles = ['none', 'ours', 'away', 'broken', 'fake'] as const;
export type Role = (typeof roles)[number];
export const roleCode = { none: 0, ours: 1, away: 2, broken: 3, fake: 4 } as const satisfies Record<Role, number>;

export interface Homes {
  /** By combination: `roleCode`. */
  readonly roleOf: Uint8Array;
  /** By pair: messages that passed. */
  readonly passed: Float64Array;
  /** By combination: the number of the pair of its aligned signature, -1 without one. A selector that was left out is filled in. */
  readonly pairOf: Int32Array;
  /** By combination: the pair of a signature that did not pass, at a home of that pair: mail of that set-up all the same; -1 otherwise. */
  readonly failedAtHome: Int32Array;
}

interface PairAtUnit {
  readonly pair: number;
  readonly unit: number;
  both: number;
  dkim: number;
}

/** A part of a pair's mail that makes a place a home of it, where SPF agrees; and where nothing else is known. */
const homeShare = 0.03;
const loneShare = 0.25;

export function findHomes(
  columns: InventoryColumns,
  types: readonly RowType[],
  typeOf: Int32Array,
  facts: readonly (SourceFacts | undefined)[],
  units: readonly Unit[],
  pairs: readonly SigningPair[],
  pairNamed: (domain: string, family: string) => SigningPair | undefined,
  isPublished: (pair: SigningPair) => boolean,
  letsIn: (domain: string, sender: Sender) => boolean,
): Homes {
  const { messages, source } = columns;
  const { pairOf, filledIn } = pairsWithFamily(columns, types, typeOf, facts, pairs, pairNamed);
  const cells = new Map<number, PairAtUnit>();
  const passed = new Float64Array(pairs.length);
  for (let at = 0; at < columns.length; at++) {
    const pair = pairOf[at]!;
    if (pair === -1) continue;
    const unit = facts[source[at]!]!.unit.number;
    const key = pair * units.length + unit;
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = { pair, unit, both: 0, dkim: 0 }));
    const sum = messages[at]!;
    if (types[typeOf[at]!]!.spf) cell.both += sum;
    else cell.dkim += sum;
    passed[pair]! += sum;
  }
  const byPair = new Map<number, PairAtUnit[]>();
  for (const cell of cells.values()) {
    const list = byPair.get(cell.pair);
    if (list === undefined) byPair.set(cell.pair, [cell]);
    else list.push(cell);
  }
  const homes = new Set<number>();
  for (const [pair, list] of byPair) {
    const total = passed[pair]!;
    // A small site is one where both legs mostly hold: SPF lets in nobody who passes mail on, save where many share the addresses.
    const settled = list.filter(({ both, dkim, unit }) => {
      const { sender } = units[unit]!;
      if (both >= homeShare * total && both >= 0.2 * dkim) return true;
      return both >= 2 * dkim && (sender === null || !passesMailOn(sender));
    });
    const most = Math.max(...list.map(({ both, dkim }) => both + dkim));
    for (const cell of list) {
      const sum = cell.both + cell.dkim;
      const home = settled.includes(cell)
        ? true
        : settled.length > 0
          ? units[cell.unit]!.sender !== null &&
            units[cell.unit]!.sender!.passesOn === undefined &&
            sum >= loneShare * total
          : sum === most || sum >= loneShare * total;
      if (home) homes.add(pair * units.length + cell.unit);
    }
  }
  const signs = new Set(pairs.filter(({ number }) => passed[number]! > 0).map(({ domain }) => domain));
  const roleOf = new Uint8Array(columns.length);
  const failedAtHome = new Int32Array(columns.length).fill(-1);
  for (let at = 0; at < columns.length; at++) {
    const type = types[typeOf[at]!]!;
    const { unit } = facts[source[at]!]!;
    // Where others have their mail passed on, SPF lets in what is not at home there too.
    const sure =
      type.spf &&
      (unit.sender === null || !passesMailOn(unit.sender) || !letsIn(type.auth.spf!.name.text, unit.sender));
    if (sure) roleOf[at] = roleCode.ours;
    else if (pairOf[at] !== -1)
      roleOf[at] = homes.has(pairOf[at]! * units.length + unit.number) ? roleCode.ours : roleCode.away;
    if (pairOf[at] === -1 && type.broken.length > 0) {
      const home =
        type.broken.find(({ number }) => homes.has(number * units.length + unit.number)) ??
        type.broken
          .filter(({ family }) => family === '')
          .map(({ domain }) => filledIn(domain, source[at]!, unit))
          .find((pair) => pair !== undefined && homes.has(pair.number * units.length + unit.number));
      if (home !== undefined) failedAtHome[at] = home.number;
      if (sure) continue;
      // A key that nobody published or ever saw in use was made up.
      const known = type.broken.some(
        (pair) => passed[pair.number]! > 0 || (pair.family === '' && signs.has(pair.domain)) || isPublished(pair),
      );
      roleOf[at] = home !== undefined ? roleCode.ours : known ? roleCode.broken : roleCode.fake;
    }
    if (type.spf && roleOf[at] === roleCode.none) roleOf[at] = roleCode.ours;
  }
  return { roleOf, passed, pairOf, failedAtHome };
}

/** A selector that the reporter left out is the one that the same domain signs with from the same address, the same place, or at all. */
function pairsWithFamily(
  columns: InventoryColumns,
  types: readonly RowType[],
  typeOf: Int32Array,
  facts: readonly (SourceFacts | undefined)[],
  pairs: readonly SigningPair[],
  pairNamed: (domain: string, family: string) => SigningPair | undefined,
): {
  readonly pairOf: Int32Array;
  /** The pair that a domain signs with where the selector is left out. */
  readonly filledIn: (domain: string, source: number, unit: Unit) => SigningPair | undefined;
} {
  const pairOf = new Int32Array(columns.length).fill(-1);
  const without = new Set(pairs.filter(({ family }) => family === '').map(({ domain }) => domain));
  const sums = new Map<string, Map<string, number>>();
  const open: number[] = [];
  for (let at = 0; at < columns.length; at++) {
    const { pair } = types[typeOf[at]!]!;
    if (pair === null) continue;
    pairOf[at] = pair.number;
    if (!without.has(pair.domain)) continue;
    if (pair.family === '') {
      open.push(at);
      continue;
    }
    const source = columns.source[at]!;
    for (const key of placesOf(pair.domain, source, facts[source]!.unit)) {
      let inside = sums.get(key);
      if (inside === undefined) sums.set(key, (inside = new Map()));
      inside.set(pair.family, (inside.get(pair.family) ?? 0) + columns.messages[at]!);
    }
  }
  const filledIn = (domain: string, source: number, unit: Unit): SigningPair | undefined => {
    for (const key of placesOf(domain, source, unit)) {
      const families = sums.get(key);
      if (families === undefined) continue;
      const [family] = [...families].reduce((a, b) => (b[1] > a[1] ? b : a));
      return pairNamed(domain, family);
    }
    return undefined;
  };
  for (const at of open) {
    const pair = types[typeOf[at]!]!.pair!;
    const source = columns.source[at]!;
    pairOf[at] = (filledIn(pair.domain, source, facts[source]!.unit) ?? pair).number;
  }
  return { pairOf, filledIn };
}

function placesOf(domain: string, source: number, unit: Unit): string[] {
  // Addresses that many share say less than the whole of the place.
  return [...(unit.sender === null ? [`${domain} from ${source}`] : []), `${domain} at ${unit.number}`, domain];
}
