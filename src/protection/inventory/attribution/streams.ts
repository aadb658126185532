// Streams as they are shown: groups of lots, judged and described.
import { alignmentBits } from '../../history.ts';
import type { Day, Dictionaries } from '../../history.ts';
import type { AttributionEvidence, DeclaredSender } from '../evidence.ts';
import type { Inventory, InventoryColumns } from '../inventory.ts';
import { decisionVerdicts, kinds } from '../model.ts';
import type { MailStream, StreamLegs } from '../model.ts';
import type { StreamIdentity } from '../registry/index.ts';
import { contextOf, namedInRecords, neighbours, placePassesOn, unalignedAt, unsignedBeside } from './context.ts';
import type { Context } from './context.ts';
import { declarationsFor } from './declarations.ts';
import { groupLots } from './grouping.ts';
import type { FoundStream, Group } from './grouping.ts';
import { judge } from './judge.ts';
import type { GroupFacts, Judgement } from './judge.ts';
import type { Lot, Worked } from './lots.ts';
import { mergeLots } from './merge.ts';
import { distinctNames, labelOf, offerName } from './name.ts';
import type { NameOffer } from './name.ts';
import { passesMailOn } from './passing.ts';
import { linesOfOthers, namedAsDeclared, namedByOthers } from './places.ts';
import { oneSetUpForDays, setUpsOf } from './replay.ts';
import { burstShare, fitsRhythm, rhythmAsDeclared, rhythmOf } from './rhythm.ts';
import type { SigningPair } from './row-types.ts';
import type { SeriesIndex } from './series.ts';
import { groupStrangers } from './strangers.ts';
import type { StrangerGroup } from './strangers.ts';

export interface Described {
  readonly worked: Worked;
  readonly lots: Lot[];
  readonly lotOf: Int32Array;
  /** What came on which day. */
  readonly index: SeriesIndex;
  readonly period: { readonly first: Day; readonly last: Day };
  readonly dictionaries: Dictionaries;
  readonly own: ReadonlySet<string>;
  readonly evidence: AttributionEvidence;
  readonly known: readonly StreamIdentity[];
}

/** Joins lots to streams, judges and describes them. */
export function describeStreams(
  from: Described,
): Omit<Inventory, 'combinations' | 'dictionaries'> & { readonly found: readonly FoundStream[] } {
  const { lots, lotOf, worked } = from;
  const { columns, facts, sums } = worked;
  const { period, index } = from;
  const periodDays = period.last - period.first + 1;
  const declarationsOf = declarationsFor(from.evidence.declared, facts);
  const merged = mergeLots(lots, {
    declared: from.evidence.declared,
    published: from.evidence.published,
    declarationsOf,
    senders: from.evidence.senders,
    whereabouts: (source) => whereabouts(from.dictionaries.address(source) ?? ''),
  });
  const strangers = groupStrangers(lots, sums, periodDays, familyShares(worked), ({ server, sources }) => {
    if (server !== null) return true;
    for (const source of sources.keys()) if (facts[source]!.reverse === undefined) return true;
    return false;
  });
  // A lot that is divided keeps its key, and with it how it was grouped.
  const groupKinds = new Map(lots.map((lot) => [lot.key, strangers.groupOf[lot.number]]));
  const { groups, groupOfLot } = groupLots(
    lots,
    lotOf,
    (lot) => strangers.keyOf[lot.number] ?? `merged ${merged[lot.number]}`,
    (lot) => labelOf(lot, groupKinds.get(lot.key)),
    from.known,
    worked,
    from.dictionaries,
  );
  const names = new Map(from.known.filter(({ namedBy }) => namedBy !== null).map(({ id, name }) => [id, name]));
  const series = index.byGroup((at) => groupOfLot[lotOf[at]!]!, groups.length);
  const seriesOfLots = (of: readonly Lot[]): Float64Array => index.of(of.flatMap(({ combinations }) => combinations));
  const context = contextOf(lots, groups, groupOfLot, facts);
  const unsorted = groups.map((group, number) =>
    describe(from, group, series[number]!, period, periodDays, declarationsOf, groupKinds, context, seriesOfLots),
  );
  const called = distinctNames(
    unsorted.map(({ offered }) => offered),
    new Set([...names.values()].map((name) => name.toLowerCase())),
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
    streams: order.map((number) => {
      const { stream } = unsorted[number]!;
      return { ...stream, name: names.get(stream.id) ?? called[number]! };
    }),
    streamOf,
    kindOf,
    confidenceOf,
    decisionOf: new Uint8Array(columns.length).fill(decisionVerdicts.indexOf('undecided')),
    period,
    found: groups.map((group, number) => ({
      id: group.id,
      name: called[number]!,
      firstSeen: unsorted[number]!.stream.first,
      keys: [...new Set(group.lots.map((lot) => lot.key))],
    })),
  };
}

function describe(
  from: Described,
  group: Group,
  series: Float64Array,
  period: { first: Day; last: Day },
  periodDays: number,
  declarationsOf: (lot: Lot) => readonly DeclaredSender[],
  groupKinds: ReadonlyMap<string, StrangerGroup | undefined>,
  context: Context,
  seriesOfLots: (lots: readonly Lot[]) => Float64Array,
): { stream: MailStream; judgement: Judgement; offered: NameOffer } {
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
  const first = Math.max(period.first, Math.min(...lots.map((lot) => lot.first)));
  const last = Math.min(period.last, Math.max(...lots.map((lot) => lot.last)));
  // Kinds of rows are divided among those that have them, and so are days on which only the others had mail.
  const ownDays = series.map((count, day) => (day < first - period.first || day > last - period.first ? 0 : count));
  const rhythm = rhythmOf(ownDays, period.first);
  const declarations = new Map<DeclaredSender, number>();
  for (const lot of lots)
    for (const entry of declarationsOf(lot)) declarations.set(entry, (declarations.get(entry) ?? 0) + lot.messages);
  const best = [...declarations].sort((a, b) => b[1] - a[1])[0];
  let lasting = 0;
  for (const [source, count] of sources)
    if (from.worked.sums.last[source]! - from.worked.sums.first[source]! >= Math.max(30, periodDays * 0.35))
      lasting += count;
  const ownLabels = [...from.own].map((org) => org.split('.')[0]!).filter((label) => label.length >= 5);
  const network = head.unit.network;
  let nonExistent = 0;
  for (const [author, count] of authorNumbers) if (!context.aligned.has(author)) nonExistent += count;
  const { beside, strangeAuthor } = neighbours(lots, sources, context);
  const sender = head.unit.sender;
  const isCalledOurs = network !== null && ownLabels.some((label) => words(network.name).includes(label));
  const isNamedByOthers = namedByOthers(from.worked.facts, sources);
  const setUps = setUpsOf(pairs.keys(), from.worked.pairs);
  const ofAuthors = (is: (name: string) => boolean): number =>
    [...authors].reduce((total, [name, count]) => total + (is(name) ? count : 0), 0);
  const isStranger = head.placement === 'stranger';
  const { published } = from.evidence;
  const groupFacts: GroupFacts = {
    lots,
    placement: head.placement,
    group: groupKinds.get(head.key),
    messages,
    sources: sources.size,
    units: new Set(lots.map((lot) => lot.unit.number)).size,
    spf: sum((lot) => lot.both + lot.spfOnly),
    dkim: sum((lot) => lot.both + lot.dkimOnly),
    aligned: sum((lot) => lot.both + lot.spfOnly + lot.dkimOnly),
    away: sum((lot) => lot.away),
    broken: sum((lot) => lot.broken),
    failedAtHome: failedAtHome(from.worked, lots),
    fake: sum((lot) => lot.fake),
    foreignPass: sum((lot) => lot.foreignPass),
    foreignSigned: sum((lot) => lot.foreignSigned),
    declaredNetwork: sum((lot) => lot.declaredNetwork),
    ownName: sum((lot) => lot.ownName),
    forwarded: sum((lot) => lot.forwarded),
    setUps,
    oneSetUp:
      head.placement === 'away'
        ? oneSetUpForDays(lots, setUps, from.worked, (pair) => context.atHome.get(pair) ?? [], period, from.index)
        : null,
    declared: declarations.size,
    declaredDomains: best === undefined ? 0 : Math.min(1, best[1] / messages),
    rhythmFits: best === undefined ? null : fitsRhythm(best[0].rhythm, rhythm, last - first + 1),
    unaligned:
      head.placement === 'sender' ? unalignedAt(lots, context, from.evidence, declarationsOf, seriesOfLots) : null,
    another: sum((lot) => lot.another),
    namesItself: sum((lot) => lot.namesItself),
    ownMachine: sum((lot) => lot.ownMachine),
    keepsOn: last - first >= Math.max(30, periodDays * 0.35),
    beside,
    unsignedBesideSigned: unsignedBeside(lots, context),
    strangeAuthor,
    networkIsNamedOurs: isCalledOurs && !isNamedByOthers,
    declaredAsOthers:
      (isNamedByOthers || namedAsDeclared(network, best?.[0])) &&
      !ownLabels.some((label) => words(`${best?.[0].party ?? ''} ${best?.[0].sender ?? ''}`).includes(label)),
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
    inBursts: rhythm.every === 'monthly' || rhythm.every === 'quarterly' ? burstShare(ownDays) : 0,
    authors: authors.size,
    signsForItself: sum((lot) => lot.foreignSigned) >= 0.5 * messages,
    namesWithoutMail: nonExistent,
    namesThatDoNotExist: isStranger ? ofAuthors((name) => published.isAbsent(name)) : 0,
    namesThatNeverMail: isStranger ? ofAuthors((name) => published.neverMails(name)) : 0,
    linesOfOthers:
      isStranger && !isCalledOurs
        ? linesOfOthers(lots, sources, from.worked.facts, context.lineNetworks)
        : { lines: 0, messages: 0 },
    namedInRecords: isStranger ? namedInRecords(lots, from.evidence) : 0,
    lasting: messages === 0 ? 0 : lasting / messages,
  };
  const judgement = judge(groupFacts);
  const offered = offerName(group.id, head, authors, best?.[0], groupKinds.get(head.key));
  const stream: MailStream = {
    id: group.id,
    name: offered.name,
    kind: judgement.kind,
    confidence: judgement.confidence,
    chances: judgement.odds,
    sender: sender?.name ?? network?.name ?? null,
    senderId: sender?.id ?? null,
    party: best !== undefined && best[1] >= 0.5 * messages ? best[0].party : null,
    decision: 'undecided',
    purpose:
      best !== undefined && best[1] >= 0.5 * messages && best[0].purpose !== ''
        ? { text: best[0].purpose, guessed: false, reasons: [] }
        : null,
    messages,
    rows: sum((lot) => lot.rows),
    sources: sources.size,
    authorDomains: [...authors]
      .map(([domain, count]) => ({ domain, messages: count }))
      .sort((a, b) => b.messages - a.messages || (a.domain < b.domain ? -1 : 1)),
    networks: networksOf(from, sources),
    legs: legsOf(from.worked.columns, lots),
    setUp: {
      sender: sender?.id ?? null,
      signing: signingOf(pairs, from.worked.pairs, head.placement),
      envelopes: envelopesOf(lots),
    },
    rhythm:
      best === undefined || best[1] < 0.5 * messages
        ? rhythm
        : rhythmAsDeclared(rhythm, best[0].rhythm, ownDays, period.first),
    first,
    last,
    reasons: [...judgement.reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    question:
      judgement.kind === 'undecided'
        ? { code: 'inventory/ask', values: { whom: best?.[0].party ?? network?.name ?? sender?.name ?? '' } }
        : null,
  };
  return { stream, judgement, offered };
}

/** Of the mail that is signed by us and holds: the part of each selector family. */
function familyShares({ pairs, homes }: Worked): Map<string, number> {
  const shares = new Map<string, number>();
  let all = 0;
  for (const { number, family } of pairs) {
    if (family === '') continue;
    shares.set(family, (shares.get(family) ?? 0) + homes.passed[number]!);
    all += homes.passed[number]!;
  }
  for (const [family, sum] of shares) shares.set(family, all === 0 ? 0 : sum / all);
  return shares;
}

function failedAtHome({ columns, homes }: Worked, lots: readonly Lot[]): number {
  let sum = 0;
  for (const lot of lots)
    for (const at of lot.combinations) if (homes.failedAtHome[at] !== -1) sum += columns.messages[at]!;
  return sum;
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
  { worked: { facts }, evidence, dictionaries }: Described,
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

/** The /24 of an address, or its /48. */
function whereabouts(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 3).join(':') : address.slice(0, address.lastIndexOf('.'));
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}
