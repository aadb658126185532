// Where mail of ours sets out. A signature that passes says that we signed the message, not that we sent it from there: forwarders
// keep it, and a message can be sent again by anyone. So every signing pair has a home, the places it sets out from; what passes
// elsewhere was passed on.
import type { InventoryColumns } from '../inventory.ts';
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
  isHome(pair: SigningPair, unit: Unit): boolean;
  /** The family a signature without its selector most likely has, at a unit and for a domain. */
  familyAt(domain: string, unit: Unit): string;
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
): Homes {
  const { messages, source } = columns;
  const cells = new Map<number, PairAtUnit>();
  const passed = new Float64Array(pairs.length);
  for (let at = 0; at < columns.length; at++) {
    const type = types[typeOf[at]!]!;
    if (type.pair === null) continue;
    const unit = facts[source[at]!]!.unit.number;
    const key = type.pair.number * units.length + unit;
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = { pair: type.pair.number, unit, both: 0, dkim: 0 }));
    const sum = messages[at]!;
    if (type.spf) cell.both += sum;
    else cell.dkim += sum;
    passed[type.pair.number]! += sum;
  }
  // A selector that the reporter left out is the one that the same domain signs with at the same place.
  const familyAt = new Map<string, { family: string; messages: number }>();
  for (const { pair, unit, both, dkim } of cells.values()) {
    const { domain, family } = pairs[pair]!;
    if (family === '') continue;
    for (const key of [`${domain} ${unit}`, domain]) {
      const known = familyAt.get(key);
      if (known === undefined || known.messages < both + dkim) familyAt.set(key, { family, messages: both + dkim });
    }
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
    const settled = list.filter(({ both, dkim }) => both >= homeShare * total && both >= 0.2 * dkim);
    const most = Math.max(...list.map(({ both, dkim }) => both + dkim));
    for (const cell of list) {
      const sum = cell.both + cell.dkim;
      const home = settled.includes(cell)
        ? true
        : settled.length > 0
          ? sum >= loneShare * total
          : sum === most || sum >= loneShare * total;
      if (home) homes.add(pair * units.length + cell.unit);
    }
  }
  const isHome = (pair: SigningPair, unit: Unit): boolean => homes.has(pair.number * units.length + unit.number);
  const roleOf = new Uint8Array(columns.length);
  for (let at = 0; at < columns.length; at++) {
    const type = types[typeOf[at]!]!;
    const { unit } = facts[source[at]!]!;
    if (type.spf) roleOf[at] = roleCode.ours;
    else if (type.pair !== null) roleOf[at] = isHome(type.pair, unit) ? roleCode.ours : roleCode.away;
    else if (type.broken.length > 0)
      // A signature of a pair that nobody ever saw pass was made up.
      roleOf[at] = type.broken.some(({ number }) => passed[number]! > 0) ? roleCode.broken : roleCode.fake;
  }
  return {
    roleOf,
    passed,
    isHome,
    familyAt: (domain, unit) => familyAt.get(`${domain} ${unit.number}`)?.family ?? familyAt.get(domain)?.family ?? '',
  };
}
