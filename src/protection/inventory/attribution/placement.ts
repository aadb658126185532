// How a combination came to be where it is seen: from machines of ours, at a sender, by way of somebody who passes mail on, or from a
// stranger.
import type { InventoryColumns } from '../inventory.ts';
import type { Sender, SenderCatalogue } from '../senders/index.ts';
import { roleCode } from './homes.ts';
import { isGateway, passesMailOn } from './passing.ts';
import type { Homes } from './homes.ts';
import type { RowType } from './row-types.ts';
import type { SourceSums } from './source-sums.ts';
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

/** A part of what a source mails that says what the rest of it is. */
const tells = 0.05;

export function placementOf(
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
  if (role === roleCode.ours && !type.spf && unit.sender !== null && passesMailOn(unit.sender)) {
    // Signed here and passed on here: the envelope is that of a customer who forwards.
    const { envelope } = type;
    if (
      envelope !== null &&
      !envelope.own &&
      senders.byEnvelope(envelope.text)?.sender.id !== unit.sender.id &&
      !usualEnvelope(pair, unit.number, envelope.number)
    )
      return 'away';
  }
  if (
    unit.sender !== null &&
    type.pair === null &&
    passesMailOn(unit.sender) &&
    signedElsewhere(type, unit.sender, senders)
  )
    return 'away';
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
    // Unsigned by us: with an envelope of ours it was passed on unless we mail there, with that of a customer he wrote or passed it on.
    if (
      passes &&
      (type.envelope === null || type.envelope.own
        ? !alignedAt.has(alignedKey(type.author.number, unit.number))
        : type.anotherName)
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

/** Signed by a service, and from the servers of another: it set out at the first. */
function signedElsewhere({ auth }: RowType, sender: Sender, senders: SenderCatalogue): boolean {
  let elsewhere = false;
  for (const { name } of auth.foreign) {
    const match = senders.byDkim(name.text);
    if (match?.strength !== 'service') continue;
    if (match.sender.id === sender.id) return false;
    elsewhere = true;
  }
  return elsewhere;
}

/** Whether a foreign envelope is a usual one of what a pair signs at a place: the customer's own, not that of somebody who forwards. */
export type UsualEnvelope = (pair: number, unit: number, envelope: number) => boolean;

export function usualEnvelopes(
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
    const { envelope } = types[typeOf[at]!]!;
    for (const key of [
      `${pairOf[at]} ${unit.number}`,
      ...(envelope === null || envelope.own ? [] : [`${pairOf[at]} ${unit.number} ${envelope.number}`]),
    ])
      sums.set(key, (sums.get(key) ?? 0) + columns.messages[at]!);
  }
  return (pair, unit, envelope) =>
    (sums.get(`${pair} ${unit} ${envelope}`) ?? 0) >= 0.2 * (sums.get(`${pair} ${unit}`) ?? 0);
}

export function alignedKey(author: number, unit: number): number {
  return author * 0x10_0000 + unit;
}

/** Stands for all envelopes of others that SPF does not pass. */
export const unprovenShape = '*';

/** The shape of the envelope, as far as it tells lots apart at this place. */
export function shapeOf(type: RowType, placement: Placement, unit: Unit): string {
  const { shape, envelope } = type;
  if (envelope === null || envelope.own) {
    if (placement === 'away') return '=';
    return shape;
  }
  // Anyone may write any envelope: one that SPF does not pass says nothing of who mailed, and there is no end to them.
  if (!type.dkim && type.foreignPass !== envelope && type.auth.spf?.result !== 'temperror') return unprovenShape;
  if (unit.sender !== null) {
    // A service names its return paths by server or by tenant; only the tenant tells.
    const label = envelope.text.slice(0, Math.max(0, envelope.text.length - envelope.org.length - 1));
    return label === '' || /\d/.test(label.split('.').at(-1) ?? '')
      ? envelope.org
      : `${label.split('.').at(-1)}.${envelope.org}`;
  }
  return envelope.org;
}
