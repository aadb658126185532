// Lots: combinations that certainly belong together, the smallest pieces that streams are made of. One is a place, an author
// domain, a selector family and a shape of the envelope; of strangers and forwarders the place and the envelope are enough.
import type { InventoryColumns } from '../inventory.ts';
import type { Name } from './facts.ts';
import { roleCode } from './homes.ts';
import type { Homes } from './homes.ts';
import { writingAsSeveral } from './several.ts';
import { alignedKey, placementOf, shapeOf, usualEnvelopes } from './placement.ts';
import type { Placement } from './placement.ts';
import type { RowType, SigningPair } from './row-types.ts';
import { TupleNumbers } from './tuples.ts';
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
  /** Of strangers: the organizational domain of the machines' confirmed names; `null` when they have none, or lines' names. */
  readonly server: string | null;
  /** Of strangers beside machines of ours, and of lines that bear our name: from addresses that write as several of our organizational domains. */
  readonly several: boolean;
  /** Of unsigned mail of machines: the family that the same machines sign the same author domain's mail with; `''` when they do not. */
  readonly signedAs: string;
  /** From sources of which nothing came but broken signatures of one family: that; `null` otherwise. */
  readonly onlyBroken: string | null;
  /** Messages of authors that are the very names of the machines; from machines that bear a name of ours, lines aside. */
  namesItself: number;
  ownMachine: number;
  /** Of unaligned mail at a sender: with an envelope or a signature of another customer's own domain. */
  another: number;
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

/** Signed by us (a signature that fails at its home included), or let in by our SPF. */
export function isAligned(lot: Lot): boolean {
  return lot.family !== '' || lot.both + lot.spfOnly + lot.dkimOnly > 0;
}

/** Puts every combination in its lot. @returns the lots, and the lot of every combination */
export function makeLots(
  worked: Worked,
  senders: SenderCatalogue,
): { readonly lots: Lot[]; readonly lotOf: Int32Array } {
  const { columns, types, typeOf, facts, homes, sums, pairs } = worked;
  const lots: Lot[] = [];
  const lotOf = new Int32Array(columns.length);
  const quick = new TupleNumbers(types.length);
  const cells: Cell[] = [];
  const texts = new Numbers();
  const detailNumbers = new TupleNumbers(1000);
  const lotNumbers = new TupleNumbers(10_000);
  const placements: readonly Placement[] = ['away', 'maybe-away', 'network', 'sender', 'stranger'];
  const { source } = columns;
  const alignedAt = new Set<number>();
  const ourUnits = new Set<number>();
  for (let at = 0; at < columns.length; at++) {
    if (homes.roleOf[at] !== roleCode.ours) continue;
    const { unit } = facts[source[at]!]!;
    ourUnits.add(unit.number);
    if (unit.sender !== null) alignedAt.add(alignedKey(types[typeOf[at]!]!.author.number, unit.number));
  }
  const seldom = seldomForged(worked);
  const usualEnvelope = usualEnvelopes(columns, types, typeOf, facts, homes);
  const signing = signedFamilies(worked);
  const brokenOf = onlyBrokenFamilies(worked);
  const writesAsSeveral = writingAsSeveral(worked);
  for (let at = 0; at < columns.length; at++) {
    const type = types[typeOf[at]!]!;
    const from = source[at]!;
    const fact = facts[from]!;
    const role = homes.roleOf[at]!;
    const pair = homes.pairOf[at]!;
    const failed = homes.failedAtHome[at]!;
    const signedBy = pair === -1 ? failed : pair;
    const placement = placementOf(role, type, fact, from, sums, alignedAt, senders, signedBy, usualEnvelope);
    const family = placement === 'away' || placement === 'stranger' ? '' : (pairs[signedBy]?.family ?? '');
    const signedAs =
      placement === 'network' && family === '' ? (signing.get(signingKey(from, type.author.number)) ?? '') : '';
    const onlyBroken = placement === 'away' ? brokenOf[from] : undefined;
    // A filled-in selector hangs on the address, which the type does not show; so does what follows it.
    const filledIn = pair !== -1 && type.pair!.number !== pair;
    const called = placement === 'stranger' ? (fact.server ?? '') : '';
    // A line with a subscriber behind it writes as one organization; a taken machine in the same network, as whoever is worth it.
    const isLine = fact.ownName && !fact.ownMachine && fact.declared.length === 0;
    const several =
      signedAs === '' &&
      writesAsSeveral[from] === 1 &&
      (placement === 'stranger' ? ourUnits.has(fact.unit.number) : placement === 'network' && isLine && family === '');
    const more = signedAs !== '' ? signedAs : (onlyBroken ?? (several ? `${called} as several` : called));
    const variant = filledIn
      ? pair + 1
      : more === '' && onlyBroken === undefined
        ? 0
        : pairs.length + 1 + texts.of(more);
    const number = quick.of(type.number, fact.unit.number, placements.indexOf(placement) * 5 + role, variant);
    let cell = cells[number];
    if (cell === undefined) {
      // Texts are put together once for each kind of row at a place, not for every combination.
      const shape = shapeOf(type, placement, fact.unit);
      // At a hosting company a server is told from its neighbours by whose name it bears.
      const mixed = placement === 'stranger' && (ourUnits.has(fact.unit.number) || seldom(type.author.number));
      const author = placement === 'network' || placement === 'sender' || mixed ? type.author : null;
      const details = detailNumbers.of(
        texts.of(family),
        texts.of(shape),
        texts.of(more),
        onlyBroken === undefined ? 0 : 1,
      );
      const fake = role === roleCode.fake ? 1 : 0;
      const place = lotNumbers.of(
        placements.indexOf(placement) * 2 + fake,
        fact.unit.number,
        author === null ? -1 : author.number,
        details,
      );
      let lot = lots[place];
      if (lot === undefined) {
        const key = [
          placement,
          fact.unit.key,
          author?.text ?? '',
          family,
          shape,
          ...(fake === 1 ? ['fake'] : []),
          ...(called === '' ? [] : [`at ${called}`]),
          ...(several ? ['as several'] : []),
          ...(signedAs === '' ? [] : [`beside ${signedAs}`]),
          ...(onlyBroken === undefined ? [] : [`broken ${onlyBroken}`]),
        ].join('|');
        lot = emptyLot(place, key, placement, fact.unit, family, shape, author, type.envelope, {
          signedAs,
          server: called === '' ? null : called,
          several,
          onlyBroken: onlyBroken ?? null,
        });
        lots.push(lot);
      }
      cell = { lot, type, role, pair, messages: 0 };
      cells[number] = cell;
    }
    cell.messages += columns.messages[at]!;
    lotOf[at] = cell.lot.number;
    addCombination(cell.lot, at, worked);
  }
  for (const cell of cells) addKind(cell);
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

/** Author domains that mail of ours aligns with, and that strangers seldom write as: who does so, from few places, stands apart. */
function seldomForged({ columns, types, typeOf, facts, homes, sums }: Worked): (author: number) => boolean {
  const used = new Set<number>();
  const places = new Map<number, Set<number>>();
  for (let at = 0; at < columns.length; at++) {
    const author = types[typeOf[at]!]!.author.number;
    const role = homes.roleOf[at]!;
    if (role === roleCode.ours) used.add(author);
    const from = columns.source[at]!;
    // What is passed on is written by us.
    if (role !== roleCode.none || sums.passedOn[from]! + sums.forwarded[from]! > 0) continue;
    let units = places.get(author);
    if (units === undefined) places.set(author, (units = new Set()));
    if (units.size < seldomPlaces) units.add(facts[from]!.unit.number);
  }
  return (author) => used.has(author) && (places.get(author)?.size ?? 0) < seldomPlaces;
}

/** From fewer places than this, it is seldom. */
const seldomPlaces = 24;

function signingKey(source: number, author: number): number {
  return author * 0x100_0000 + source;
}

/** By source and author domain: the family that most of it is signed with, from machines where it is at home. */
function signedFamilies({ columns, types, typeOf, facts, homes, pairs }: Worked): ReadonlyMap<number, string> {
  const most = new Map<number, Map<string, number>>();
  for (let at = 0; at < columns.length; at++) {
    const pair = homes.pairOf[at]!;
    if (pair === -1 || homes.roleOf[at] !== roleCode.ours || facts[columns.source[at]!]!.unit.sender !== null) continue;
    const { family } = pairs[pair]!;
    if (family === '') continue;
    const key = signingKey(columns.source[at]!, types[typeOf[at]!]!.author.number);
    let inside = most.get(key);
    if (inside === undefined) most.set(key, (inside = new Map()));
    inside.set(family, (inside.get(family) ?? 0) + columns.messages[at]!);
  }
  return new Map([...most].map(([key, inside]) => [key, [...inside].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]));
}

/**
 * By source: the selector family of the broken signatures that come from it, where nothing else does: none that holds, no envelope
 * that it owns up to, no receiver that calls it forwarding, and one family alone (`''` when no reporter told it); else `undefined`.
 */
function onlyBrokenFamilies({ columns, types, typeOf, facts, homes, sums }: Worked): readonly (string | undefined)[] {
  const familyOf: (string | undefined)[] = Array.from(sums.all, () => undefined);
  const several = new Set<number>();
  for (let at = 0; at < columns.length; at++) {
    if (homes.roleOf[at] !== roleCode.broken) continue;
    const from = columns.source[at]!;
    if (sums.kept[from]! + sums.ours[from]! + sums.ownedUp[from]! + sums.forwarded[from]! > 0) continue;
    if (facts[from]!.unit.sender !== null) continue;
    const { family } = types[typeOf[at]!]!.broken[0]!;
    if (familyOf[from] === undefined || familyOf[from] === '') familyOf[from] = family;
    else if (family !== '' && family !== familyOf[from]) several.add(from);
  }
  for (const from of several) familyOf[from] = undefined;
  return familyOf;
}

/** Rows of a lot that show the same, wherever they are from. */
interface Cell {
  readonly lot: Lot;
  readonly type: RowType;
  readonly role: number;
  readonly pair: number;
  messages: number;
}

/** Numbers for texts, in the order in which they come. */
class Numbers {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    let number = this.#known.get(text);
    if (number === undefined) this.#known.set(text, (number = this.#known.size));
    return number;
  }
}

/** Counts in a lot what a combination shows of its source and its days. */
function addCombination(lot: Lot, at: number, { columns, types, typeOf, facts, sums }: Worked): void {
  const from = columns.source[at]!;
  const fact = facts[from]!;
  const count = columns.messages[at]!;
  lot.combinations.push(at);
  lot.messages += count;
  lot.rows += columns.rows[at]!;
  if (fact.declared.length > 0) lot.declaredNetwork += count;
  if (fact.ownName) lot.ownName += count;
  if (fact.ownMachine) {
    lot.ownMachine += count;
    if (fact.reverse?.name === types[typeOf[at]!]!.author.text) lot.namesItself += count;
  }
  if (sums.forwarded[from]! > 0) lot.forwarded += count * Math.min(1, sums.forwarded[from]! / sums.all[from]!);
  if (columns.firstDay[at]! < lot.first) lot.first = columns.firstDay[at]!;
  if (columns.lastDay[at]! > lot.last) lot.last = columns.lastDay[at]!;
  lot.sources.set(from, (lot.sources.get(from) ?? 0) + count);
}

/** Counts in a lot what rows show of themselves. */
function addKind({ lot, type, role, pair, messages: count }: Cell): void {
  if (type.spf && type.dkim) lot.both += count;
  else if (type.spf) lot.spfOnly += count;
  else if (type.dkim) lot.dkimOnly += count;
  if (role === roleCode.away || (lot.placement === 'away' && type.dkim)) lot.away += count;
  else if (role === roleCode.broken) lot.broken += count;
  else if (role === roleCode.fake) lot.fake += count;
  if (type.foreignPass !== null) lot.foreignPass += count;
  if (type.auth.foreign.length > 0) lot.foreignSigned += count;
  if (!type.spf && !type.dkim && type.anotherName) lot.another += count;
  lot.authors.set(type.author, (lot.authors.get(type.author) ?? 0) + count);
  if (type.envelope !== null) lot.envelopes.set(type.envelope, (lot.envelopes.get(type.envelope) ?? 0) + count);
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
      part = emptyLot(number, lot.key, lot.placement, lot.unit, lot.family, lot.shape, lot.author, lot.envelope, lot);
      lots[number] = part;
      parts.set(text, part);
    }
    lotOf[at] = part.number;
    addCombination(part, at, worked);
    addKind({
      lot: part,
      type: worked.types[worked.typeOf[at]!]!,
      role: worked.homes.roleOf[at]!,
      pair: worked.homes.pairOf[at]!,
      messages: worked.columns.messages[at]!,
    });
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
  { onlyBroken, server, several, signedAs }: Pick<Lot, 'onlyBroken' | 'server' | 'several' | 'signedAs'>,
): Lot {
  return {
    number,
    key,
    placement,
    unit,
    family,
    shape,
    onlyBroken,
    signedAs,
    server,
    several,
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
    namesItself: 0,
    ownMachine: 0,
    another: 0,
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
