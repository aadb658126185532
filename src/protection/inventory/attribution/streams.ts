// Streams as they are shown: groups of lots, judged and described.
import type { OrganizationalDomainOf } from '../../../standards/dmarc/index.ts';
import { alignmentBits } from '../../history.ts';
import type { Columns, Day, Dictionaries } from '../../history.ts';
import type { DeclaredSender } from '../evidence.ts';
import type { Inventory, InventoryColumns } from '../inventory.ts';
import { decisionVerdicts, kinds } from '../model.ts';
import type { MailStream, StreamLegs } from '../model.ts';
import type { AttributionEvidence } from './attribute.ts';
import { declarationsFor } from './declarations.ts';
import { judge } from './judge.ts';
import type { GroupFacts, Judgement } from './judge.ts';
import { passesMailOn } from './lots.ts';
import type { Lot, SourceSums } from './lots.ts';
import { mergeLots } from './merge.ts';
import { nameStream, streamId } from './name.ts';
import { fitsRhythm, rhythmOf } from './rhythm.ts';
import type { SigningPair } from './row-types.ts';
import { groupStrangers } from './strangers.ts';
import type { SourceFacts } from './units.ts';

export interface Described {
  readonly lots: readonly Lot[];
  readonly lotOf: Int32Array;
  readonly columns: InventoryColumns;
  readonly days: Columns<'auth' | 'authorDomain' | 'day' | 'envelopeFrom', 'messages'>;
  readonly dictionaries: Dictionaries;
  readonly facts: readonly (SourceFacts | undefined)[];
  readonly sums: SourceSums;
  readonly own: ReadonlySet<string>;
  readonly pairs: readonly SigningPair[];
  readonly evidence: AttributionEvidence;
  readonly organizationalDomainOf: OrganizationalDomainOf;
}

/** Lots of one stream. */
interface Group {
  readonly lots: Lot[];
  messages: number;
}

/** Joins lots to streams, judges and describes them. */
export function describeStreams(from: Described): Omit<Inventory, 'combinations' | 'dictionaries'> {
  const { lots, lotOf, columns } = from;
  const period = periodOf(from.days);
  const periodDays = period.last - period.first + 1;
  const declarationsOf = declarationsFor(from.evidence.declared, from.facts);
  const merged = mergeLots(lots, {
    declared: from.evidence.declared,
    published: from.evidence.published,
    declarationsOf,
    senders: from.evidence.senders,
  });
  const strangers = groupStrangers(lots, from.sums, periodDays);
  const groups: Group[] = [];
  const byKey = new Map<string, number>();
  const groupOfLot = new Int32Array(lots.length);
  for (const lot of lots) {
    const key = strangers.keyOf[lot.number] ?? `merged ${merged[lot.number]}`;
    let number = byKey.get(key);
    if (number === undefined) {
      number = groups.length;
      groups.push({ lots: [], messages: 0 });
      byKey.set(key, number);
    }
    const group = groups[number]!;
    group.lots.push(lot);
    group.messages += lot.messages;
    groupOfLot[lot.number] = number;
  }
  const series = seriesOf(from, groups.length, groupOfLot, period, periodDays);
  const context = contextOf(lots, groups, groupOfLot);
  const unsorted = groups.map((group, number) =>
    describe(from, group, number, series[number]!, period, periodDays, declarationsOf, strangers.groupOf, context),
  );
  const order = unsorted
    .map((_, at) => at)
    .sort((a, b) => unsorted[b]!.stream.messages - unsorted[a]!.stream.messages || a - b);
  const place = new Int32Array(groups.length);
  for (const [at, number] of order.entries()) place[number] = at;
  const streamOf = new Int32Array(columns.length);
  const kindOf = new Uint8Array(columns.length);
  const confidenceOf = new Float32Array(columns.length);
  for (let at = 0; at < columns.length; at++) {
    const number = groupOfLot[lotOf[at]!]!;
    const { judgement } = unsorted[number]!;
    streamOf[at] = place[number]!;
    kindOf[at] = kinds.indexOf(judgement.kind);
    confidenceOf[at] = judgement.confidence;
  }
  return {
    streams: order.map((number) => unsorted[number]!.stream),
    streamOf,
    kindOf,
    confidenceOf,
    decisionOf: new Uint8Array(columns.length).fill(decisionVerdicts.indexOf('undecided')),
    period,
  };
}

/** The days that carry the mail: a date that cannot be true does not stretch the period. */
function periodOf(days: Described['days']): { first: Day; last: Day } {
  const sums = new Map<number, number>();
  let total = 0;
  for (let at = 0; at < days.length; at++) {
    sums.set(days.day[at]!, (sums.get(days.day[at]!) ?? 0) + days.messages[at]!);
    total += days.messages[at]!;
  }
  const sorted = [...sums.keys()].sort((a, b) => a - b);
  if (sorted.length === 0) return { first: 0, last: 0 };
  // From the middle of the mail outwards, as long as no year and a half goes by without any.
  let seen = 0;
  let middle = 0;
  while (middle < sorted.length - 1 && (seen += sums.get(sorted[middle]!)!) < total / 2) middle += 1;
  let first = middle;
  while (first > 0 && sorted[first]! - sorted[first - 1]! < 550) first -= 1;
  let last = middle;
  while (last < sorted.length - 1 && sorted[last + 1]! - sorted[last]! < 550) last += 1;
  return { first: sorted[first]!, last: sorted[last]! };
}

/** Messages by day of each group. A kind of row that several groups share is divided over them as their messages are. */
function seriesOf(
  { columns, days, lotOf }: Described,
  count: number,
  groupOfLot: Int32Array,
  period: { first: Day; last: Day },
  periodDays: number,
): Float64Array[] {
  const keyOf = (auth: number, author: number, envelope: number): number =>
    (auth * 0x8_0000 + author) * 0x10_0000 + envelope;
  const single = new Map<number, number>();
  const several = new Map<number, Map<number, number>>();
  const { auth, authorDomain, envelopeFrom, messages } = columns;
  for (let at = 0; at < columns.length; at++) {
    const key = keyOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
    const group = groupOfLot[lotOf[at]!]!;
    const known = single.get(key);
    if (known === undefined) single.set(key, group);
    else if (known !== group && !several.has(key)) several.set(key, new Map());
  }
  if (several.size > 0)
    for (let at = 0; at < columns.length; at++) {
      const shares = several.get(keyOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!));
      if (shares === undefined) continue;
      const group = groupOfLot[lotOf[at]!]!;
      shares.set(group, (shares.get(group) ?? 0) + messages[at]!);
    }
  const totals = new Map([...several].map(([key, shares]) => [key, [...shares.values()].reduce((a, b) => a + b, 0)]));
  const series = Array.from({ length: count }, () => new Float64Array(periodDays));
  for (let at = 0; at < days.length; at++) {
    const day = days.day[at]! - period.first;
    if (day < 0 || day >= periodDays) continue;
    const key = keyOf(days.auth[at]!, days.authorDomain[at]!, days.envelopeFrom[at]!);
    const shares = several.get(key);
    if (shares === undefined) {
      const group = single.get(key);
      if (group !== undefined) series[group]![day]! += days.messages[at]!;
    } else {
      const total = totals.get(key)!;
      for (const [group, share] of shares)
        // A sliver of what is mostly another's would put mail on days that it does not have.
        if (share >= 0.02 * total) series[group]![day]! += (days.messages[at]! * share) / total;
    }
  }
  return series;
}

interface Context {
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

function contextOf(lots: readonly Lot[], groups: readonly Group[], groupOfLot: Int32Array): Context {
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

function describe(
  from: Described,
  group: Group,
  number: number,
  series: Float64Array,
  period: { first: Day; last: Day },
  periodDays: number,
  declarationsOf: (lot: Lot) => readonly DeclaredSender[],
  groupKinds: ReturnType<typeof groupStrangers>['groupOf'],
  context: Context,
): { stream: MailStream; judgement: Judgement } {
  const { lots } = group;
  const sum = (of: (lot: Lot) => number): number => lots.reduce((total, lot) => total + of(lot), 0);
  const head = lots.reduce((a, b) => (b.messages > a.messages ? b : a));
  const messages = group.messages;
  const sources = new Map<number, number>();
  const authors = new Map<string, number>();
  const authorNumbers = new Map<number, number>();
  const pairs = new Map<number, number>();
  for (const lot of lots) {
    for (const [source, count] of lot.sources) sources.set(source, (sources.get(source) ?? 0) + count);
    for (const [name, count] of lot.authors) {
      authors.set(name.text, (authors.get(name.text) ?? 0) + count);
      authorNumbers.set(name.number, (authorNumbers.get(name.number) ?? 0) + count);
    }
    for (const [pair, count] of lot.pairs) pairs.set(pair, (pairs.get(pair) ?? 0) + count);
  }
  const rhythm = rhythmOf(series, period.first);
  const declarations = new Map<DeclaredSender, number>();
  for (const lot of lots)
    for (const entry of declarationsOf(lot)) declarations.set(entry, (declarations.get(entry) ?? 0) + lot.messages);
  const best = [...declarations].sort((a, b) => b[1] - a[1])[0];
  const first = Math.max(period.first, Math.min(...lots.map((lot) => lot.first)));
  const last = Math.min(period.last, Math.max(...lots.map((lot) => lot.last)));
  let lasting = 0;
  for (const [source, count] of sources)
    if (from.sums.last[source]! - from.sums.first[source]! >= Math.max(30, periodDays * 0.35)) lasting += count;
  const ownLabels = [...from.own].map((org) => org.split('.')[0]!).filter((label) => label.length >= 5);
  const network = head.unit.network;
  let nonExistent = 0;
  for (const [author, count] of authorNumbers) if (!context.aligned.has(author)) nonExistent += count;
  const { beside, strangeAuthor } = neighbours(lots, sources, context);
  const sender = head.unit.sender;
  const groupFacts: GroupFacts = {
    lots,
    placement: head.placement,
    group: groupKinds[head.number],
    messages,
    sources: sources.size,
    units: new Set(lots.map((lot) => lot.unit.number)).size,
    spf: sum((lot) => lot.both + lot.spfOnly),
    dkim: sum((lot) => lot.both + lot.dkimOnly),
    aligned: sum((lot) => lot.both + lot.spfOnly + lot.dkimOnly),
    away: sum((lot) => lot.away),
    broken: sum((lot) => lot.broken),
    fake: sum((lot) => lot.fake),
    foreignPass: sum((lot) => lot.foreignPass),
    foreignSigned: sum((lot) => lot.foreignSigned),
    declaredNetwork: sum((lot) => lot.declaredNetwork),
    ownName: sum((lot) => lot.ownName),
    forwarded: sum((lot) => lot.forwarded),
    pairs: pairs.size,
    declared: declarations.size,
    declaredDomains: best === undefined ? 0 : Math.min(1, best[1] / messages),
    rhythmFits: best === undefined ? null : fitsRhythm(best[0].rhythm, rhythm, last - first + 1),
    published: published(from, lots, messages),
    beside,
    unsignedBesideSigned: unsignedBeside(lots, context),
    strangeAuthor,
    networkIsNamedOurs: network !== null && ownLabels.some((label) => words(network.name).includes(label)),
    tenantIsNamedOurs:
      sender !== null &&
      head.envelope !== null &&
      !head.envelope.own &&
      ownLabels.some((label) => head.envelope!.text.slice(0, -head.envelope!.org.length).includes(label)),
    office: sender?.category === 'office' || sender?.category === 'mailbox',
    passesOn: sender !== null && passesMailOn(sender),
    placePassesOn: placePassesOn(lots, context),
    keepsRhythm:
      ['weekly', 'monthly', 'quarterly'].includes(rhythm.every) && rhythm.sureness >= 0.7 && last - first >= 75,
    authors: authors.size,
    signsForItself: sum((lot) => lot.foreignSigned) >= 0.5 * messages,
    namesThatDoNotExist: nonExistent,
    lasting: messages === 0 ? 0 : lasting / messages,
  };
  const judgement = judge(groupFacts);
  const stream: MailStream = {
    id: streamId(head.key, number),
    name: nameStream(head, authors, best?.[0], groupKinds[head.number], from),
    kind: judgement.kind,
    confidence: judgement.confidence,
    sender: sender?.name ?? network?.name ?? null,
    senderId: sender?.id ?? null,
    party: best !== undefined && best[1] >= 0.5 * messages ? best[0].party : null,
    decision: 'undecided',
    purpose:
      best !== undefined && best[1] >= 0.5 * messages && best[0].purpose !== ''
        ? { text: best[0].purpose, guessed: false }
        : null,
    messages,
    rows: sum((lot) => lot.rows),
    sources: sources.size,
    authorDomains: [...authors]
      .map(([domain, count]) => ({ domain, messages: count }))
      .sort((a, b) => b.messages - a.messages || (a.domain < b.domain ? -1 : 1)),
    networks: networksOf(from, sources),
    legs: legsOf(from.columns, lots),
    setUp: {
      sender: sender?.id ?? null,
      signing: signingOf(pairs, from.pairs, head.placement),
      envelopes: envelopesOf(lots),
    },
    rhythm,
    first,
    last,
    reasons: [...judgement.reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    question:
      judgement.kind === 'undecided'
        ? { code: 'inventory/ask', values: { whom: best?.[0].party ?? network?.name ?? sender?.name ?? '' } }
        : null,
  };
  return { stream, judgement };
}

/** Mail that SPF lets in, unsigned, where the same author signs from the same place all the while. */
function unsignedBeside(lots: readonly Lot[], context: Context): number {
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

function placePassesOn(lots: readonly Lot[], { unitMessages, unitAway }: Context): number {
  let all = 0;
  let away = 0;
  for (const unit of new Set(lots.map((lot) => lot.unit.number))) {
    all += unitMessages.get(unit) ?? 0;
    away += unitAway.get(unit) ?? 0;
  }
  return all === 0 ? 0 : away / all;
}

/** What else the same machines send: the part of the addresses that known streams have, and mail as domains these do not have. */
function neighbours(
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

function published({ evidence, pairs }: Described, lots: readonly Lot[], messages: number): number {
  const sender = lots[0]!.unit.sender;
  if (sender === null || pairs.length < 0) return 0;
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

function legsOf(columns: InventoryColumns, lots: readonly Lot[]): StreamLegs {
  const legs = { both: 0, dkimOnly: 0, spfOnly: 0, neither: 0, dkimStrict: 0, spfStrict: 0 };
  for (const lot of lots)
    for (const at of lot.combinations) {
      const bits = columns.alignment[at]!;
      const count = columns.messages[at]!;
      const dkim = (bits & alignmentBits.dkimRelaxed) !== 0;
      const spf = (bits & alignmentBits.spfRelaxed) !== 0;
      legs[dkim ? (spf ? 'both' : 'dkimOnly') : spf ? 'spfOnly' : 'neither'] += count;
      if ((bits & alignmentBits.dkimStrict) !== 0) legs.dkimStrict += count;
      if ((bits & alignmentBits.spfStrict) !== 0) legs.spfStrict += count;
    }
  return legs;
}

function signingOf(
  pairs: ReadonlyMap<number, number>,
  all: readonly SigningPair[],
  placement: Lot['placement'],
): MailStream['setUp']['signing'] {
  if (placement !== 'network' && placement !== 'sender') return [];
  const byDomain = new Map<string, Set<string>>();
  for (const pair of pairs.keys()) {
    const { domain, family } = all[pair]!;
    let families = byDomain.get(domain);
    if (families === undefined) byDomain.set(domain, (families = new Set()));
    if (family !== '') families.add(family);
  }
  return [...byDomain]
    .map(([domain, families]) => ({ domain, selectors: [...families].sort() }))
    .sort((a, b) => (a.domain < b.domain ? -1 : 1));
}

function envelopesOf(lots: readonly Lot[]): string[] {
  const sums = new Map<string, number>();
  for (const lot of lots)
    for (const [name, count] of lot.envelopes) sums.set(name.text, (sums.get(name.text) ?? 0) + count);
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 20)
    .map(([name]) => name);
}

function networksOf(
  { facts, evidence, dictionaries }: Described,
  sources: ReadonlyMap<number, number>,
): MailStream['networks'] {
  const sums = new Map<string, { name: string; country: string; messages: number }>();
  for (const [source, count] of sources) {
    const fact = facts[source]!;
    const network = fact.unit.network ?? evidence.networks(dictionaries.address(source) ?? '') ?? null;
    const key = network === null ? '' : `${network.name} ${network.country}`;
    const entry = sums.get(key);
    if (entry === undefined)
      sums.set(key, { name: network?.name ?? '', country: network?.country ?? '', messages: count });
    else entry.messages += count;
  }
  return [...sums.values()].sort((a, b) => b.messages - a.messages).slice(0, 20);
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}
