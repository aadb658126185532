// Lots: combinations that certainly belong together, the smallest pieces that streams are made of. One is a place, an author
// domain, a selector family and a shape of the envelope; of strangers and forwarders the place and the envelope are enough.
import type { InventoryColumns } from '../inventory.ts';
import type { Name } from './facts.ts';
import { roleCode } from './homes.ts';
import type { Homes } from './homes.ts';
import { alignedKey, placementOf, shapeOf, usualEnvelopes } from './placement.ts';
import type { Placement } from './placement.ts';
import type { RowType, SigningPair } from './row-types.ts';
import type { SourceSums } from './source-sums.ts';
import type { SenderCatalogue } from '../senders/index.ts';
import type { SourceFacts, Unit } from './units.ts';

export interface Lot {
  readonly number: number;
  readonly key: string;
  readonly placement: Placement;
  readonly unit: Unit;
  readonly family: string;
  readonly shape: string;
  readonly author: Name | null;
  readonly envelope: Name | null;
  messages: number;
  rows: number;
  /** Messages by leg: aligned SPF only, aligned DKIM only, both; passed on whole and broken. */
  spfOnly: number;
  dkimOnly: number;
  both: number;
  away: number;
  broken: number;
  fake: number;
  foreignPass: number;
  foreignSigned: number;
  /** From addresses that a declaration names; that are called by a name of ours. */
  declaredNetwork: number;
  ownName: number;
  forwarded: number;
  first: number;
  last: number;
  readonly sources: Map<number, number>;
  readonly authors: Map<Name, number>;
  readonly envelopes: Map<Name, number>;
  readonly pairs: Map<number, number>;
  readonly combinations: number[];
}

/** Puts every combination in its lot. @returns the lots, and the lot of every combination */
export function makeLots(
  worked: Worked,
  senders: SenderCatalogue,
): { readonly lots: Lot[]; readonly lotOf: Int32Array } {
  const { columns, types, typeOf, facts, homes, sums, pairs } = worked;
  const lots: Lot[] = [];
  const lotOf = new Int32Array(columns.length);
  const byKey = new Map<string, Lot>();
  const quick = new Map<number, Lot>();
  const placements: readonly Placement[] = ['away', 'maybe-away', 'network', 'sender', 'stranger'];
  const { source } = columns;
  const alignedAt = new Set<number>();
  for (let at = 0; at < columns.length; at++)
    if (homes.roleOf[at] === roleCode.ours)
      alignedAt.add(alignedKey(types[typeOf[at]!]!.author.number, facts[source[at]!]!.unit.number));
  const usualEnvelope = usualEnvelopes(columns, types, typeOf, facts, homes);
  for (let at = 0; at < columns.length; at++) {
    const type = types[typeOf[at]!]!;
    const from = source[at]!;
    const fact = facts[from]!;
    const role = homes.roleOf[at]!;
    const placement = placementOf(role, type, fact, from, sums, alignedAt, senders, homes.pairOf[at]!, usualEnvelope);
    // Texts are put together once for each kind of row at a place, not for every combination.
    const pair = homes.pairOf[at]!;
    // A filled-in selector hangs on the address, which the key does not hold.
    const failed = homes.failedAtHome[at]!;
    const filledIn = pair !== -1 && type.pair!.number !== pair;
    const quickKey = (type.number * 8 + placements.indexOf(placement)) * 0x10_0000 + fact.unit.number;
    let lot = filledIn ? undefined : quick.get(quickKey);
    if (lot === undefined) {
      const family =
        placement === 'away' || placement === 'stranger' ? '' : (pairs[pair === -1 ? failed : pair]?.family ?? '');
      const shape = shapeOf(type, placement, fact.unit);
      const author = placement === 'network' || placement === 'sender' ? type.author : null;
      const key = `${placement}|${fact.unit.key}|${author?.text ?? ''}|${family}|${shape}${role === roleCode.fake ? '|fake' : ''}`;
      lot = byKey.get(key);
      if (lot === undefined) {
        lot = emptyLot(lots.length, key, placement, fact.unit, family, shape, author, type.envelope);
        lots.push(lot);
        byKey.set(key, lot);
      }
      if (!filledIn) quick.set(quickKey, lot);
    }
    lotOf[at] = lot.number;
    addTo(lot, at, worked);
  }
  return { lots, lotOf };
}

/** What is worked out of the rows before lots are made. */
export interface Worked {
  readonly columns: InventoryColumns;
  readonly types: readonly RowType[];
  readonly typeOf: Int32Array;
  readonly facts: readonly (SourceFacts | undefined)[];
  readonly homes: Homes;
  readonly sums: SourceSums;
  readonly pairs: readonly SigningPair[];
}

/** Counts a combination in a lot. */
function addTo(lot: Lot, at: number, { columns, types, typeOf, facts, homes, sums }: Worked): void {
  const type = types[typeOf[at]!]!;
  const from = columns.source[at]!;
  const fact = facts[from]!;
  const role = homes.roleOf[at]!;
  const count = columns.messages[at]!;
  lot.combinations.push(at);
  lot.messages += count;
  lot.rows += columns.rows[at]!;
  if (type.spf && type.dkim) lot.both += count;
  else if (type.spf) lot.spfOnly += count;
  else if (type.dkim) lot.dkimOnly += count;
  if (role === roleCode.away) lot.away += count;
  else if (role === roleCode.broken) lot.broken += count;
  else if (role === roleCode.fake) lot.fake += count;
  if (type.foreignPass !== null) lot.foreignPass += count;
  if (type.auth.foreign.length > 0) lot.foreignSigned += count;
  if (fact.declared.length > 0) lot.declaredNetwork += count;
  if (fact.ownName) lot.ownName += count;
  if (sums.forwarded[from]! > 0) lot.forwarded += count * Math.min(1, sums.forwarded[from]! / sums.all[from]!);
  if (columns.firstDay[at]! < lot.first) lot.first = columns.firstDay[at]!;
  if (columns.lastDay[at]! > lot.last) lot.last = columns.lastDay[at]!;
  lot.sources.set(from, (lot.sources.get(from) ?? 0) + count);
  lot.authors.set(type.author, (lot.authors.get(type.author) ?? 0) + count);
  if (type.envelope !== null) lot.envelopes.set(type.envelope, (lot.envelopes.get(type.envelope) ?? 0) + count);
  const pair = homes.pairOf[at]!;
  const shown = pair === -1 ? type.broken[0]?.number : pair;
  if (shown !== undefined) lot.pairs.set(shown, (lot.pairs.get(shown) ?? 0) + count);
}

/** Divides a lot: a new one for each text that `partOf` gives for its combinations, the lot itself first. */
export function divide(
  lot: Lot,
  partOf: (at: number) => string,
  worked: Worked,
  lots: Lot[],
  lotOf: Int32Array,
): Map<string, Lot> {
  const parts = new Map<string, Lot>();
  for (const at of lot.combinations) {
    const text = partOf(at);
    let part = parts.get(text);
    if (part === undefined) {
      const number = parts.size === 0 ? lot.number : lots.length;
      part = emptyLot(number, lot.key, lot.placement, lot.unit, lot.family, lot.shape, lot.author, lot.envelope);
      lots[number] = part;
      parts.set(text, part);
    }
    lotOf[at] = part.number;
    addTo(part, at, worked);
  }
  return parts;
}

function emptyLot(
  number: number,
  key: string,
  placement: Placement,
  unit: Unit,
  family: string,
  shape: string,
  author: Name | null,
  envelope: Name | null,
): Lot {
  return {
    number,
    key,
    placement,
    unit,
    family,
    shape,
    author,
    envelope,
    messages: 0,
    rows: 0,
    spfOnly: 0,
    dkimOnly: 0,
    both: 0,
    away: 0,
    broken: 0,
    fake: 0,
    foreignPass: 0,
    foreignSigned: 0,
    declaredNetwork: 0,
    ownName: 0,
    forwarded: 0,
    first: 0x7fff_ffff,
    last: -0x8000_0000,
    sources: new Map(),
    authors: new Map(),
    envelopes: new Map(),
    pairs: new Map(),
    combinations: [],
  };
}
