// Where mail of ours sets out. A signature that passes says that we signed the message, not that we sent it from there: forwarders
// keep it, and a message can be sent again by anyone. So every signing pair has a home, the places it sets out from; what passes
// elsewhere was passed on.
import type { InventoryColumns } from '../inventory.ts';
import { passesMailOn } from './passing.ts';
import type { Sender } from '../senders/index.ts';
import type { RowType, SigningPair } from './row-types.ts';
import type { SourceFacts, Unit } from './units.ts';

/** What a combination is, before streams are made. */
const roles = ['none', 'ours', 'away', 'broken', 'fake'] as const;
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
  isPublished: (pair: SigningPair) => boolean,
  letsIn: (domain: string, sender: Sender) => boolean,
): Homes {
  const { messages, source } = columns;
  const { pairOf, filledIn } = pairsWithFamily(columns, types, typeOf, facts, pairs);
  const cells = new Map<number, PairAtUnit>();
  const passed = new Float64Array(pairs.length);
  let last: PairAtUnit | undefined;
  for (let at = 0; at < columns.length; at++) {
    const pair = pairOf[at]!;
    if (pair === -1) continue;
    const unit = facts[source[at]!]!.unit.number;
    // Rows of a source stand together, so mostly it is the one of the row before.
    let cell = last;
    if (cell === undefined || cell.pair !== pair || cell.unit !== unit) {
      const key = pair * units.length + unit;
      cell = cells.get(key);
      if (cell === undefined) cells.set(key, (cell = { pair, unit, both: 0, dkim: 0 }));
      last = cell;
    }
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
): {
  readonly pairOf: Int32Array;
  /** The pair that a domain signs with where the selector is left out. */
  readonly filledIn: (domain: string, source: number, unit: Unit) => SigningPair | undefined;
} {
  const pairOf = new Int32Array(columns.length).fill(-1);
  const domains = new Map<string, number>();
  for (const { domain, family } of pairs) if (family === '') domains.set(domain, domains.size);
  const without = Int32Array.from(pairs, ({ domain }) => domains.get(domain) ?? -1);
  // By domain and source: messages by pair; what is known of a place is put together from that.
  const bySource = new Map<number, Map<number, number>>();
  const open: number[] = [];
  for (let at = 0; at < columns.length; at++) {
    const { pair } = types[typeOf[at]!]!;
    if (pair === null) continue;
    pairOf[at] = pair.number;
    const domain = without[pair.number]!;
    if (domain === -1) continue;
    if (pair.family === '') {
      open.push(at);
      continue;
    }
    addTo(bySource, columns.source[at]! * domains.size + domain, pair.number, columns.messages[at]!);
  }
  const byUnit = new Map<number, Map<number, number>>();
  const byDomain = new Map<number, Map<number, number>>();
  for (const [key, sums] of bySource) {
    const domain = key % domains.size;
    const unit = facts[(key - domain) / domains.size]!.unit.number;
    for (const [pair, sum] of sums) {
      addTo(byUnit, unit * domains.size + domain, pair, sum);
      addTo(byDomain, domain, pair, sum);
    }
  }
  const filledIn = (name: string, source: number, unit: Unit): SigningPair | undefined => {
    const domain = domains.get(name);
    if (domain === undefined) return undefined;
    // Addresses that many share say less than the whole of the place.
    const sums =
      (unit.sender === null ? bySource.get(source * domains.size + domain) : undefined) ??
      byUnit.get(unit.number * domains.size + domain) ??
      byDomain.get(domain);
    return sums === undefined ? undefined : pairs[[...sums].reduce((a, b) => (b[1] > a[1] ? b : a))[0]];
  };
  for (const at of open) {
    const pair = types[typeOf[at]!]!.pair!;
    const source = columns.source[at]!;
    pairOf[at] = (filledIn(pair.domain, source, facts[source]!.unit) ?? pair).number;
  }
  return { pairOf, filledIn };
}

function addTo(into: Map<number, Map<number, number>>, key: number, pair: number, count: number): void {
  const sums = into.get(key);
  if (sums === undefined) into.set(key, new Map([[pair, count]]));
  else sums.set(pair, (sums.get(pair) ?? 0) + count);
}
