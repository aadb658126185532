// What stands around a stream: aligned mail of the same place, machines, records.
import type { AttributionEvidence } from '../evidence.ts';
import type { Group } from './grouping.ts';
import type { Lot } from './lots.ts';

export interface Context {
  /** Author domains that aligned mail comes from, by name number. */
  readonly aligned: ReadonlySet<number>;
  /** By unit, author domain and shape: messages that align there. */
  readonly alignedAt: ReadonlyMap<string, number>;
  /** By unit and author domain: signed mail from machines, and since when. */
  readonly signedAt: ReadonlyMap<string, { readonly messages: number; readonly first: number }>;
  /** By unit: all messages, and those passed on whole. */
  readonly unitMessages: ReadonlyMap<number, number>;
  readonly unitAway: ReadonlyMap<number, number>;
  /** By unit: groups of machines with aligned mail, their sources and author domains. */
  readonly machines: ReadonlyMap<
    number,
    readonly { readonly sources: ReadonlySet<number>; readonly authors: ReadonlySet<number> }[]
  >;
}

export function contextOf(lots: readonly Lot[], groups: readonly Group[], groupOfLot: Int32Array): Context {
  const aligned = new Set<number>();
  const alignedAt = new Map<string, number>();
  for (const lot of lots) {
    const sum = lot.both + lot.spfOnly + (lot.placement === 'away' ? 0 : lot.dkimOnly);
    if (sum === 0 || lot.author === null) continue;
    aligned.add(lot.author.number);
    const key = `${lot.unit.number} ${lot.author.number} ${lot.shape}`;
    alignedAt.set(key, (alignedAt.get(key) ?? 0) + sum);
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
  const unitMessages = new Map<number, number>();
  const unitAway = new Map<number, number>();
  for (const { unit, messages, away } of lots) {
    unitMessages.set(unit.number, (unitMessages.get(unit.number) ?? 0) + messages);
    unitAway.set(unit.number, (unitAway.get(unit.number) ?? 0) + away);
  }
  return { aligned, alignedAt, signedAt, unitMessages, unitAway, machines };
}

/** Mail that SPF lets in, unsigned, where the same author signs from the same place all the while. */
export function unsignedBeside(lots: readonly Lot[], context: Context): number {
  if (lots.some((lot) => lot.family !== '' || lot.placement !== 'network' || lot.spfOnly === 0 || lot.ownName > 0))
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
  if (head.placement === 'sender') {
    let beside = 0;
    let messages = 0;
    for (const lot of lots) {
      messages += lot.messages;
      if (context.alignedAt.has(`${lot.unit.number} ${lot.author!.number} ${lot.shape}`)) beside += lot.messages;
    }
    return { beside: beside / messages, strangeAuthor: 0 };
  }
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

export function published(evidence: AttributionEvidence, lots: readonly Lot[], messages: number): number {
  const sender = lots[0]!.unit.sender;
  if (sender === null) return 0;
  let sum = 0;
  for (const lot of lots) {
    if (lot.author === null) continue;
    const author = lot.author.text;
    const includes = evidence.published.includes(author) ?? [];
    const named =
      includes.some((name) => evidence.senders.byInclude(name)?.sender.id === sender.id) ||
      evidence.published.selectors(author).some((selector) => {
        const target = evidence.published.alias(`${selector}._domainkey.${author}`);
        return target !== undefined && evidence.senders.byCname(target)?.sender.id === sender.id;
      });
    if (named) sum += lot.messages;
  }
  return messages === 0 ? 0 : sum / messages;
}
