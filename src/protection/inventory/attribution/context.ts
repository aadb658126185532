// What stands around a stream: aligned mail of the same place, machines, records.
import type { AttributionEvidence, DeclaredSender } from '../evidence.ts';
import type { Group } from './grouping.ts';
import { isAligned } from './lots.ts';
import type { Lot } from './lots.ts';
import { lineNetworks } from './places.ts';
import type { LineNetworks } from './places.ts';
import type { SourceFacts } from './units.ts';

export interface Context {
  readonly lots: readonly Lot[];
  /** Author domains that aligned mail comes from, by name number. */
  readonly aligned: ReadonlySet<number>;
  /** By unit and author domain: messages that align there, and since when. */
  readonly alignedAt: ReadonlyMap<string, { readonly messages: number; readonly first: number }>;
  /** By unit: lots at a sender that do not align. */
  readonly unalignedAt: ReadonlyMap<number, readonly Lot[]>;
  /** By unit and author domain: signed mail from machines, and since when. */
  readonly signedAt: ReadonlyMap<string, { readonly messages: number; readonly first: number }>;
  /** By unit: all messages, and those passed on whole. */
  readonly unitMessages: ReadonlyMap<number, number>;
  readonly unitAway: ReadonlyMap<number, number>;
  readonly lineNetworks: LineNetworks;
  /** By pair: the lots at its homes. */
  readonly atHome: ReadonlyMap<number, readonly Lot[]>;
  /** By unit: groups of machines with aligned mail, their sources and author domains. */
  readonly machines: ReadonlyMap<
    number,
    readonly { readonly sources: ReadonlySet<number>; readonly authors: ReadonlySet<number> }[]
  >;
}

export function contextOf(
  lots: readonly Lot[],
  groups: readonly Group[],
  groupOfLot: Int32Array,
  facts: readonly (SourceFacts | undefined)[],
): Context {
  const aligned = new Set<number>();
  const alignedAt = new Map<string, { messages: number; first: number }>();
  const unalignedAt = new Map<number, Lot[]>();
  for (const lot of lots) {
    if (lot.author === null) continue;
    if (!isAligned(lot)) {
      if (lot.placement !== 'sender') continue;
      const list = unalignedAt.get(lot.unit.number);
      if (list === undefined) unalignedAt.set(lot.unit.number, [lot]);
      else list.push(lot);
      continue;
    }
    aligned.add(lot.author.number);
    const key = `${lot.unit.number} ${lot.author.number}`;
    const known = alignedAt.get(key) ?? { messages: 0, first: Infinity };
    alignedAt.set(key, { messages: known.messages + lot.messages, first: Math.min(known.first, lot.first) });
  }
  const signedAt = new Map<string, { messages: number; first: number }>();
  for (const lot of lots) {
    if (lot.placement !== 'network' || lot.family === '') continue;
    const key = `${lot.unit.number} ${lot.author!.number}`;
    const known = signedAt.get(key) ?? { messages: 0, first: Infinity };
    signedAt.set(key, { messages: known.messages + lot.messages, first: Math.min(known.first, lot.first) });
  }
  const machines = new Map<number, { sources: Set<number>; authors: Set<number> }[]>();
  const seen = new Set<number>();
  for (const lot of lots) {
    const group = groupOfLot[lot.number]!;
    if (lot.placement !== 'network' || seen.has(group)) continue;
    seen.add(group);
    const inside = groups[group]!.lots;
    if (inside.every((each) => each.both + each.spfOnly + each.dkimOnly === 0)) continue;
    const entry = {
      sources: new Set(inside.flatMap((each) => [...each.sources.keys()])),
      authors: new Set(inside.map((each) => each.author!.number)),
    };
    for (const unit of new Set(inside.map((each) => each.unit.number))) {
      const list = machines.get(unit);
      if (list === undefined) machines.set(unit, [entry]);
      else list.push(entry);
    }
  }
  const atHome = new Map<number, Lot[]>();
  for (const lot of lots) {
    if (lot.placement !== 'network' && lot.placement !== 'sender') continue;
    for (const pair of lot.pairs.keys()) {
      const list = atHome.get(pair);
      if (list === undefined) atHome.set(pair, [lot]);
      else list.push(lot);
    }
  }
  const unitMessages = new Map<number, number>();
  const unitAway = new Map<number, number>();
  for (const { unit, messages, away } of lots) {
    unitMessages.set(unit.number, (unitMessages.get(unit.number) ?? 0) + messages);
    unitAway.set(unit.number, (unitAway.get(unit.number) ?? 0) + away);
  }
  return {
    lots,
    aligned,
    alignedAt,
    unalignedAt,
    signedAt,
    unitMessages,
    unitAway,
    lineNetworks: lineNetworks(lots, facts),
    atHome,
    machines,
  };
}

/** Mail that SPF lets in, unsigned, where the same author signs from the same place all the while. */
export function unsignedBeside(lots: readonly Lot[], context: Context): number {
  if (
    lots.some(
      (lot) =>
        lot.family !== '' || lot.signedAs === '' || lot.placement !== 'network' || lot.spfOnly === 0 || lot.ownName > 0,
    )
  )
    return 0;
  let sum = 0;
  for (const lot of lots) {
    const signed = context.signedAt.get(`${lot.unit.number} ${lot.author!.number}`);
    if (
      signed !== undefined &&
      signed.messages > lot.messages &&
      lot.first > signed.first + 14 &&
      lot.last > signed.first + 28
    )
      sum += lot.messages;
  }
  return sum;
}

export function placePassesOn(lots: readonly Lot[], { unitMessages, unitAway }: Context): number {
  let all = 0;
  let away = 0;
  for (const unit of new Set(lots.map((lot) => lot.unit.number))) {
    all += unitMessages.get(unit) ?? 0;
    away += unitAway.get(unit) ?? 0;
  }
  return all === 0 ? 0 : away / all;
}

/** What else the same machines send: the part of the addresses that known streams have, and mail as domains these do not have. */
export function neighbours(
  lots: readonly Lot[],
  sources: ReadonlyMap<number, number>,
  context: Context,
): { beside: number; strangeAuthor: number } {
  const head = lots[0]!;
  if (head.placement !== 'network' || lots.some((lot) => lot.both + lot.spfOnly + lot.dkimOnly > 0))
    return { beside: 0, strangeAuthor: 0 };
  let most = 0;
  let strange = 0;
  for (const lot of lots)
    for (const machines of context.machines.get(lot.unit.number) ?? []) {
      let common = 0;
      for (const source of sources.keys()) if (machines.sources.has(source)) common += 1;
      const part = common / sources.size;
      if (part > most) most = part;
      // A handful of a stream's machines that mail as somebody else are not a stream of their own, they are odd.
      if (part >= 0.8 && common < machines.sources.size * 0.3 && !machines.authors.has(lot.author!.number))
        strange += lot.messages;
    }
  return { beside: most, strangeAuthor: strange };
}

/** What speaks for mail at a sender that does not align, as parts of it. */
export interface Unaligned {
  /** A declaration speaks of it: by name or network, for its author domains. */
  readonly declared: number;
  /** Records of its author domains name the sender. */
  readonly published: number;
  /** The same author domain aligns there since it stopped: a set-up that was completed. */
  readonly before: number;
  /** Mail like it at the same sender, at the same time, of author domains of which nobody says that they mail there: a multiple of its own. */
  readonly strangers: number;
  /** Its own mail in weeks in which those strangers mail much, as a multiple of that in others; `null` where that cannot be seen. */
  readonly withStrangers: number | null;
}

/** A declaration or a record that speaks of mail which aligns is spent on that: what does not align beside it may be anybody's. */
export function unalignedAt(
  lots: readonly Lot[],
  context: Context,
  evidence: AttributionEvidence,
  declarationsOf: (lot: Lot) => readonly DeclaredSender[],
  seriesOf: (lots: readonly Lot[]) => Float64Array,
): Unaligned {
  let [declared, named, before, messages] = [0, 0, 0, 0];
  for (const lot of lots) {
    messages += lot.messages;
    const since = alignedSince(lot, context);
    if (since !== undefined && lot.last <= since + settling) before += lot.messages;
    if (isDeclared(lot, context, declarationsOf)) declared += lot.messages;
    if (isPublished(lot, context, evidence)) named += lot.messages;
  }
  const first = Math.min(...lots.map((lot) => lot.first));
  const last = Math.max(...lots.map((lot) => lot.last));
  const inside = new Set(lots);
  const shapes = new Set(lots.map(({ shape }) => shape));
  const others = new Set<number>();
  let strangers = 0;
  for (const unit of new Set(lots.map((lot) => lot.unit.number)))
    for (const lot of context.unalignedAt.get(unit) ?? []) {
      if (inside.has(lot) || !shapes.has(lot.shape) || lot.last < first || lot.first > last) continue;
      if (isDeclared(lot, context, declarationsOf) || isPublished(lot, context, evidence)) continue;
      strangers += lot.messages;
      others.add(lot.number);
    }
  if (messages === 0) return { declared: 0, published: 0, before: 0, strangers: 0, withStrangers: null };
  return {
    declared: declared / messages,
    published: named / messages,
    before: before / messages,
    strangers: strangers / messages,
    withStrangers:
      others.size === 0
        ? null
        : daysWith(
            seriesOf(lots),
            [...others].map((lot) => seriesOf([context.lots[lot]!])),
          ),
  };
}

/**
 * How a series is on the days on which others have more mail, as a multiple of how it is on those on which they have less; `null`
 * where theirs does not differ enough to tell.
 */
function daysWith(series: Float64Array, others: readonly Float64Array[]): number | null {
  // A week at a time, so that weekends count alike.
  const weeks = Array.from({ length: Math.floor(series.length / 7) }, (_, week) => {
    let [own, theirs] = [0, 0];
    for (let day = week * 7; day < week * 7 + 7; day++) {
      own += series[day]!;
      for (const other of others) theirs += other[day]!;
    }
    return { own, theirs };
  }).sort((one, other) => one.theirs - other.theirs);
  const third = Math.floor(weeks.length / 3);
  if (third < 3) return null;
  const sumOf = (part: typeof weeks): [number, number] =>
    part.reduce(([own, theirs], week) => [own + week.own, theirs + week.theirs], [0, 0]);
  const [little, least] = sumOf(weeks.slice(0, third));
  const [much, most] = sumOf(weeks.slice(-third));
  if (most < 2 * least) return null;
  return little === 0 ? Infinity : much / little;
}

/** Days in which a set-up may show both its old and its new self. */
const settling = 14;

function alignedSince(lot: Lot, { alignedAt }: Context): number | undefined {
  return lot.author === null ? undefined : alignedAt.get(`${lot.unit.number} ${lot.author.number}`)?.first;
}

/** Whether what is said of a sender and an author domain may be about this mail: none of theirs aligns, or did not yet. */
function isOpen(lot: Lot, context: Context): boolean {
  const since = alignedSince(lot, context);
  return since === undefined || lot.last <= since + settling;
}

function isDeclared(lot: Lot, context: Context, declarationsOf: (lot: Lot) => readonly DeclaredSender[]): boolean {
  return isOpen(lot, context) && declarationsOf(lot).length > 0;
}

/** Of strangers: messages of author domains whose records name whoever signs them or stands in the envelope, and SPF bears him out. */
export function namedInRecords(lots: readonly Lot[], { published }: AttributionEvidence): number {
  let named = 0;
  for (const lot of lots) {
    if (lot.foreignPass + lot.foreignSigned === 0 || lot.envelope === null || lot.envelope.own) continue;
    const { org } = lot.envelope;
    const isHis = (target: string | undefined): boolean =>
      target !== undefined && (target === org || target.endsWith(`.${org}`));
    for (const [{ text }, count] of lot.authors)
      if (
        (published.includes(text) ?? []).some(isHis) ||
        published.selectors(text).some((selector) => isHis(published.alias(`${selector}._domainkey.${text}`)))
      )
        named += count;
  }
  return named;
}

function isPublished(lot: Lot, context: Context, evidence: AttributionEvidence): boolean {
  const { sender } = lot.unit;
  if (sender === null || lot.author === null || !isOpen(lot, context)) return false;
  const author = lot.author.text;
  const { published, senders } = evidence;
  return (
    (published.includes(author) ?? []).some((name) => senders.byInclude(name)?.sender.id === sender.id) ||
    published.selectors(author).some((selector) => {
      const target = published.alias(`${selector}._domainkey.${author}`);
      return target !== undefined && senders.byCname(target)?.sender.id === sender.id;
    })
  );
}
