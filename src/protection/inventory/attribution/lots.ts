// Lots: combinations that certainly belong together, the smallest pieces that streams are made of. One is a place, an author
// domain, a selector family and a shape of the envelope; of strangers and forwarders the place and the envelope are enough.
import type { InventoryColumns } from '../inventory.ts';
import type { Name } from './facts.ts';
import { roleCode } from './homes.ts';
import type { Homes } from './homes.ts';
import type { RowType, SigningPair } from './row-types.ts';
import type { Sender, SenderCatalogue } from '../senders/index.ts';
import type { SourceFacts, Unit } from './units.ts';

/**
 * How a lot came to be:
 * - `network`: from machines that mail of ours sets out from
 * - `sender`: from a sender of the catalogue
 * - `away`: mail of ours that somebody passed on, and what else comes from him
 * - `maybe-away`: unsigned mail from where others pass mail on: perhaps passed on, perhaps sent there
 * - `stranger`: nothing in it is ours
 */
export type Placement = 'away' | 'maybe-away' | 'network' | 'sender' | 'stranger';

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

/** What is known of a source from all that it mails. */
export interface SourceSums {
  readonly all: Float64Array;
  readonly ours: Float64Array;
  readonly passedOn: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** How much of it receivers called forwarded or a list. */
  readonly forwarded: Float64Array;
}

export function sumSources(columns: InventoryColumns, roleOf: Uint8Array, forwarded: Float64Array): SourceSums {
  const size = forwarded.length;
  const sums: SourceSums = {
    all: new Float64Array(size),
    ours: new Float64Array(size),
    passedOn: new Float64Array(size),
    first: new Int32Array(size).fill(0x7fff_ffff),
    last: new Int32Array(size).fill(-0x8000_0000),
    forwarded,
  };
  const { source, messages, firstDay, lastDay } = columns;
  for (let at = 0; at < columns.length; at++) {
    const from = source[at]!;
    const count = messages[at]!;
    sums.all[from]! += count;
    if (roleOf[at] === roleCode.ours) sums.ours[from]! += count;
    else if (roleOf[at] === roleCode.away || roleOf[at] === roleCode.broken) sums.passedOn[from]! += count;
    if (firstDay[at]! < sums.first[from]!) sums.first[from] = firstDay[at]!;
    if (lastDay[at]! > sums.last[from]!) sums.last[from] = lastDay[at]!;
  }
  return sums;
}

/** A part of what a source mails that says what the rest of it is. */
const tells = 0.05;

/** Puts every combination in its lot. @returns the lots, and the lot of every combination */
export function makeLots(
  columns: InventoryColumns,
  types: readonly RowType[],
  typeOf: Int32Array,
  facts: readonly (SourceFacts | undefined)[],
  homes: Homes,
  sums: SourceSums,
  pairs: readonly SigningPair[],
  senders: SenderCatalogue,
): { readonly lots: Lot[]; readonly lotOf: Int32Array } {
  const lots: Lot[] = [];
  const lotOf = new Int32Array(columns.length);
  const byKey = new Map<string, Lot>();
  const quick = new Map<number, Lot>();
  const placements: readonly Placement[] = ['away', 'maybe-away', 'network', 'sender', 'stranger'];
  const { source, messages, rows, firstDay, lastDay } = columns;
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
    const filledIn = pair !== -1 && type.pair!.number !== pair;
    const quickKey = (type.number * 8 + placements.indexOf(placement)) * 0x10_0000 + fact.unit.number;
    let lot = filledIn ? undefined : quick.get(quickKey);
    if (lot === undefined) {
      const family = placement === 'away' || placement === 'stranger' || pair === -1 ? '' : pairs[pair]!.family;
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
    const count = messages[at]!;
    lotOf[at] = lot.number;
    lot.combinations.push(at);
    lot.messages += count;
    lot.rows += rows[at]!;
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
    if (firstDay[at]! < lot.first) lot.first = firstDay[at]!;
    if (lastDay[at]! > lot.last) lot.last = lastDay[at]!;
    lot.sources.set(from, (lot.sources.get(from) ?? 0) + count);
    lot.authors.set(type.author, (lot.authors.get(type.author) ?? 0) + count);
    if (type.envelope !== null) lot.envelopes.set(type.envelope, (lot.envelopes.get(type.envelope) ?? 0) + count);
    const shown = pair === -1 ? type.broken[0]?.number : pair;
    if (shown !== undefined) lot.pairs.set(shown, (lot.pairs.get(shown) ?? 0) + count);
  }
  for (const lot of lots)
    for (const from of lot.sources.keys())
      if (sums.forwarded[from]! > 0)
        lot.forwarded += lot.sources.get(from)! * Math.min(1, sums.forwarded[from]! / sums.all[from]!);
  return { lots, lotOf };
}

function placementOf(
  role: number,
  type: RowType,
  { unit, declared, ownName }: SourceFacts,
  from: number,
  sums: SourceSums,
  alignedAt: ReadonlySet<number>,
  senders: SenderCatalogue,
  pair: number,
  usualEnvelope: UsualEnvelope,
): Placement {
  if (
    role === roleCode.ours &&
    !type.spf &&
    unit.sender !== null &&
    passesMailOn(unit.sender) &&
    type.foreignPass !== null
  ) {
    // Signed here and passed on here: the envelope is that of a customer who forwards.
    if (type.foreignPass === type.envelope && senders.byEnvelope(type.foreignPass.text)?.sender.id !== unit.sender.id)
      return 'away';
  }
  if (role === roleCode.ours) return unit.sender === null ? 'network' : 'sender';
  if (role === roleCode.away || role === roleCode.broken) return 'away';
  if (unit.sender !== null) {
    const { sender } = unit;
    const passes = passesMailOn(sender);
    // A return path of another service at these addresses: it came through there.
    if (type.envelope !== null && !type.envelope.own) {
      const other = senders.byEnvelope(type.envelope.text);
      if (other?.strength === 'service' && other.sender.id !== sender.id && passes) return 'away';
    }
    if (isGateway(sender)) return 'away';
    if (
      passes &&
      (type.envelope === null || type.envelope.own) &&
      !alignedAt.has(alignedKey(type.author.number, unit.number))
    )
      return 'maybe-away';
    return 'sender';
  }
  const all = sums.all[from]!;
  if (sums.ours[from]! >= tells * all) return 'network';
  if (declared.length > 0 || ownName) return 'network';
  if (role === roleCode.fake) return 'stranger';
  if (sums.passedOn[from]! >= tells * all || sums.forwarded[from]! >= tells * all) return 'away';
  return 'stranger';
}

/** Whether a foreign envelope is a usual one of what a pair signs at a place: the customer's own, not that of somebody who forwards. */
type UsualEnvelope = (pair: number, unit: number, envelope: number) => boolean;

function usualEnvelopes(
  columns: InventoryColumns,
  types: readonly RowType[],
  typeOf: Int32Array,
  facts: readonly (SourceFacts | undefined)[],
  { pairOf, roleOf }: Homes,
): UsualEnvelope {
  const sums = new Map<string, number>();
  for (let at = 0; at < columns.length; at++) {
    if (roleOf[at] !== roleCode.ours || pairOf[at] === -1) continue;
    const { unit } = facts[columns.source[at]!]!;
    if (unit.sender === null || !passesMailOn(unit.sender)) continue;
    const { foreignPass } = types[typeOf[at]!]!;
    for (const key of [
      `${pairOf[at]} ${unit.number}`,
      ...(foreignPass === null ? [] : [`${pairOf[at]} ${unit.number} ${foreignPass.number}`]),
    ])
      sums.set(key, (sums.get(key) ?? 0) + columns.messages[at]!);
  }
  return (pair, unit, envelope) =>
    (sums.get(`${pair} ${unit} ${envelope}`) ?? 0) >= 0.2 * (sums.get(`${pair} ${unit}`) ?? 0);
}

/** Senders that take in mail for others and pass it on. */
function isGateway({ category }: Sender): boolean {
  return category === 'security-gateway' || category === 'forwarder' || category === 'mailing-list';
}

/** Whether mail from a sender may be mail that its customers had forwarded. */
export function passesMailOn(sender: Sender): boolean {
  return (
    sender.passesOn !== undefined || sender.category === 'office' || sender.category === 'mailbox' || isGateway(sender)
  );
}

function alignedKey(author: number, unit: number): number {
  return author * 0x10_0000 + unit;
}

/** The shape of the envelope, as far as it tells lots apart at this place. */
function shapeOf(type: RowType, placement: Placement, unit: Unit): string {
  const { shape, envelope } = type;
  if (envelope === null || envelope.own) {
    if (placement === 'away') return '=';
    return shape;
  }
  if (unit.sender !== null) {
    // A service names its return paths by server or by tenant; only the tenant tells.
    const label = envelope.text.slice(0, Math.max(0, envelope.text.length - envelope.org.length - 1));
    return label === '' || /\d/.test(label.split('.').at(-1) ?? '')
      ? envelope.org
      : `${label.split('.').at(-1)}.${envelope.org}`;
  }
  return envelope.org;
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
