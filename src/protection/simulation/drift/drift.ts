// Which reported mail SPF would say something else of today, since records changed. Addresses are asked once for each set of SPF results, by
// the compiled records of now; only where these say another thing than the report are the days of the mail asked for, and the records
// of those days.
import { outcomeAt } from '../../../standards/spf/index.ts';
import type { IpAddress, Resolver } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';
import { lookAtSpf, SpfDays } from './spf-days.ts';
import type { RecordDays, RecordTurn, SpfLook, SpfVersion } from './spf-days.ts';
import { spfWord } from './word.ts';
import type { SpfWord } from './word.ts';

/** Combinations, as columns: numbers of dictionaries, and places in the lists. */
export interface DriftMail {
  readonly length: number;
  readonly source: Int32Array;
  readonly auth: Int32Array;
  readonly author: Int32Array;
  readonly envelope: Int32Array;
  readonly facts: Int32Array;
  readonly allFacts: readonly { readonly author: number; readonly spf: number; readonly assumed: number }[];
  readonly authors: readonly string[];
  readonly spfSets: readonly (readonly { readonly domain: string; readonly result: string }[])[];
}

/** The first and the last day of combinations. */
export interface DriftDays {
  readonly length: number;
  readonly source: Int32Array;
  readonly auth: Int32Array;
  readonly authorDomain: Int32Array;
  readonly envelopeFrom: Int32Array;
  readonly firstDay: Float64Array | Int32Array;
  readonly lastDay: Float64Array | Int32Array;
}

export interface DriftSources {
  readonly mail: DriftMail;
  /** SPF domains (of MAIL FROM or HELO) that are aligned with the author domain of some mail they stand in. */
  readonly domains: ReadonlySet<string>;
  /** Whether a domain is aligned with an author domain (a place in `mail.authors`). */
  readonly isNear: (author: number, domain: string) => boolean;
  /** Whether a receiver says that SPF passed and was aligned, and shows no domain for which it did; by facts. */
  readonly isUntold: (facts: number) => boolean;
  readonly addressOf: (source: number) => IpAddress | undefined;
  readonly days: RecordDays;
  readonly now: Resolver;
  /** The days of all mail of some author domains. */
  readonly daysOf: (authors: readonly string[]) => Promise<DriftDays>;
}

/** What SPF says today of mail of one set of SPF results: identity by identity; `undefined` where it says the same. */
export interface DriftWay {
  readonly words: readonly (SpfWord | undefined)[];
  /** The receiver does not say for which domain SPF passed, and one for which it did then it would not today. */
  readonly untold: boolean;
}

export interface SpfDrift {
  /** By combination: the number of its way, from 1; 0 where SPF says the same, -1 where nothing is known of the records of now. */
  readonly wayOf: Int32Array;
  /** The first is nobody's. */
  readonly ways: readonly DriftWay[];
  /** By combination that goes some way: its days. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** By SPF domain that some mail drifted for: the changes of records in its tree since the first of that mail. */
  readonly turns: ReadonlyMap<string, readonly RecordTurn[]>;
}

/** Domains looked at at once, where the DNS is asked. */
const atOnce = 16;

/** Finds the drift of all mail. @throws what the resolvers throw, but for a world that does not answer */
export async function driftOf(sources: DriftSources): Promise<SpfDrift> {
  const { mail, domains, now } = sources;
  const looks = new Map<string, SpfLook>();
  const waiting = domains.values();
  const look = async (): Promise<void> => {
    for (const domain of waiting) looks.set(domain, await lookAtSpf(domain, now));
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  const wayOf = new Int32Array(mail.length);
  const [firstDay, lastDay] = [new Int32Array(mail.length), new Int32Array(mail.length)];
  const ways = new Ways();
  // What is aligned shares its last two labels.
  const byEnd = Map.groupBy(domains, endOf);
  const nearTo = new Map<number, readonly string[]>();
  const nearOf = (author: number): readonly string[] => {
    let near = nearTo.get(author);
    if (near === undefined)
      nearTo.set(
        author,
        (near = (byEnd.get(endOf(mail.authors[author]!)) ?? []).filter((domain) => sources.isNear(author, domain))),
      );
    return near;
  };
  const candidates = candidatesOf(sources, looks, nearOf, wayOf);
  if (candidates.length === 0) return { wayOf, ways: ways.all, firstDay, lastDay, turns: new Map() };
  const days = await daysOfCandidates(sources, candidates);

  const kept = new SpfDays(sources.days);
  const since = days.first.reduce((least, day) => Math.min(least, day), Infinity);
  const versions = new Map<string, readonly SpfVersion[]>();
  const needed = new Set<string>();
  const asked = new Set<number>();
  for (const row of candidates) {
    const facts = mail.facts[row]!;
    if (asked.has(facts)) continue;
    asked.add(facts);
    const { spf, author } = mail.allFacts[facts]!;
    const near = sources.isUntold(facts) ? nearOf(author) : mail.spfSets[spf]!.map(({ domain }) => domain);
    for (const domain of near) if (looks.has(domain)) needed.add(domain);
  }
  for (const domain of needed) versions.set(domain, await kept.versionsOf(domain, since - 1));

  const drifted = new Map<string, Day>();
  const note = (domain: string, first: Day): void =>
    void drifted.set(domain, Math.min(first, drifted.get(domain) ?? Infinity));
  const wayAt = (row: number, first: Day, last: Day): number => {
    const facts = mail.facts[row]!;
    const { spf, author } = mail.allFacts[facts]!;
    const address = sources.addressOf(mail.source[row]!)!;
    if (sources.isUntold(facts)) {
      const lost = untoldLoss(nearOf(author), { address, first, last }, looks, versions);
      if (lost === undefined) return 0;
      note(lost, first);
      return ways.of({ words: [], untold: true });
    }
    const words: (SpfWord | undefined)[] = [];
    for (const { domain, result } of mail.spfSets[spf]!) {
      const look = looks.get(domain);
      const word = look && spfWord({ result, address, first, last }, look, versions.get(domain) ?? []);
      if (word !== undefined && word.why !== 'not-kept') note(domain, first);
      words.push(word);
    }
    return ways.of({ words, untold: false });
  };
  // Combinations that differ in what the receiver said and did go one way, but for those whose domain is not told.
  const done = new Map<number, number>();
  for (const [at, row] of candidates.entries()) {
    const place = days.place[at]! * 2 + (sources.isUntold(mail.facts[row]!) ? 1 : 0);
    const [first, last] = [days.first[at]!, days.last[at]!];
    let way = done.get(place);
    if (way === undefined) done.set(place, (way = wayAt(row, first, last)));
    if (way === 0) continue;
    wayOf[row] = way;
    firstDay[row] = first;
    lastDay[row] = last;
  }
  const turns = new Map<string, readonly RecordTurn[]>();
  for (const [domain, day] of drifted) turns.set(domain, kept.turnsOf(versions.get(domain)!, day - 1));
  return { wayOf, ways: ways.all, firstDay, lastDay, turns };
}

function endOf(name: string): string {
  return name.split('.').slice(-2).join('.');
}

/** Ways, each once. */
class Ways {
  readonly all: DriftWay[] = [{ words: [], untold: false }];
  readonly #numbers = new Map<string, number>();

  /** The number of a way; 0 where nothing is otherwise. */
  of(way: DriftWay): number {
    if (!way.untold && way.words.every((word) => word === undefined)) return 0;
    const key = `${way.untold} ${way.words.map((word) => (word === undefined ? '' : `${word.result} ${word.why}`)).join('/')}`;
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.all.push(way) - 1));
    return number;
  }
}

/**
 * Combinations of which the records of now say another thing than the report does.
 *
 * @param wayOf where those are noted of which nothing is known of the records of now
 */
function candidatesOf(
  { mail, isUntold, addressOf }: DriftSources,
  looks: Looks,
  nearOf: (author: number) => readonly string[],
  wayOf: Int32Array,
): number[] {
  // Combinations of one set are taken together, so that each address is asked once for it.
  const sets = mail.spfSets.map((set) => set.map(({ domain }) => looks.get(domain)));
  const authors = new Map<number, readonly SpfLook[]>();
  const groupOfFacts = Int32Array.from(mail.allFacts, ({ author, spf }, facts) => {
    if (!isUntold(facts)) return sets[spf]!.some((look) => look !== undefined) ? spf + 1 : 0;
    if (!authors.has(author))
      authors.set(
        author,
        nearOf(author).map((domain) => looks.get(domain)!),
      );
    return sets.length + author + 1;
  });
  // 1: another thing; 2: not known.
  const differenceOf = (address: IpAddress | undefined, facts: number, group: number): 0 | 1 | 2 => {
    if (address === undefined) return 0;
    const { author, spf } = mail.allFacts[facts]!;
    const resultOf = ({ compiled }: SpfLook): string => outcomeAt(compiled, address).result;
    if (group > sets.length) return authors.get(author)!.every((look) => resultOf(look) !== 'pass') ? 1 : 0;
    let found: 0 | 1 = 0;
    for (const [at, { result }] of mail.spfSets[spf]!.entries()) {
      const look = sets[spf]![at];
      if (look === undefined) continue;
      const today = resultOf(look);
      if (today === 'temperror' && look.lacks) return 2;
      if (today !== result) found = 1;
    }
    return found;
  };
  const order = inGroups(mail, groupOfFacts, sets.length + mail.authors.length + 1);
  const found: number[] = [];
  // By address: the group for which it was asked last, and what came of it.
  const sources = mail.source.reduce((most, source) => Math.max(most, source), 0) + 1;
  const [askedFor, differing] = [new Int32Array(sources), new Uint8Array(sources)];
  for (const row of order) {
    const facts = mail.facts[row]!;
    const group = groupOfFacts[facts]!;
    const source = mail.source[row]!;
    if (askedFor[source] !== group) {
      askedFor[source] = group;
      differing[source] = differenceOf(addressOf(source), facts, group);
    }
    if (differing[source] === 1) found.push(row);
    else if (differing[source] === 2) wayOf[row] = -1;
  }
  return found;
}

type Looks = ReadonlyMap<string, SpfLook>;

/** The combinations of groups from 1, group by group. */
function inGroups(mail: DriftMail, groupOfFacts: Int32Array, groups: number): Int32Array {
  const starts = new Int32Array(groups + 1);
  for (let row = 0; row < mail.length; row++) starts[groupOfFacts[mail.facts[row]!]! + 1]! += 1;
  const none = starts[1]!;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const order = new Int32Array(mail.length);
  for (let row = 0; row < mail.length; row++) order[starts[groupOfFacts[mail.facts[row]!]!]!++] = row;
  return order.subarray(none);
}

/** The days of combinations, in the order of the list; combinations that differ in their receiver alone have one place. */
async function daysOfCandidates(
  { mail, daysOf }: DriftSources,
  candidates: readonly number[],
): Promise<{ readonly first: Float64Array; readonly last: Float64Array; readonly place: Int32Array }> {
  const authors = new Set(candidates.map((row) => mail.authors[mail.allFacts[mail.facts[row]!]!.author]!));
  const days = await daysOf([...authors]);
  // A pair of numbers each, as one number.
  const pair = (one: number, other: number): number => one * 2 ** 24 + other;
  const places = new Map<number, Map<number, number>>();
  const length = candidates.length;
  const placeOf = new Int32Array(length);
  for (const [at, row] of candidates.entries()) {
    const outer = pair(mail.source[row]!, mail.author[row]!);
    let inner = places.get(outer);
    if (inner === undefined) places.set(outer, (inner = new Map<number, number>()));
    const key = pair(mail.auth[row]!, mail.envelope[row]!);
    const known = inner.get(key);
    placeOf[at] = known ?? at;
    if (known === undefined) inner.set(key, at);
  }
  const first = new Float64Array(length).fill(Infinity);
  const last = new Float64Array(length).fill(-Infinity);
  for (let at = 0; at < days.length; at++) {
    const place = places
      .get(pair(days.source[at]!, days.authorDomain[at]!))
      ?.get(pair(days.auth[at]!, days.envelopeFrom[at]!));
    if (place === undefined) continue;
    first[place] = Math.min(first[place]!, days.firstDay[at]!);
    last[place] = Math.max(last[place]!, days.lastDay[at]!);
  }
  for (const [at, place] of placeOf.entries()) {
    first[at] = first[place]!;
    last[at] = last[place]!;
  }
  return { first, last, place: placeOf };
}

/** The domain for which SPF, by kept records, passed on the days of some mail and would not today. */
function untoldLoss(
  near: readonly string[],
  { address, first, last }: { readonly address: IpAddress; readonly first: Day; readonly last: Day },
  looks: Looks,
  versions: ReadonlyMap<string, readonly SpfVersion[]>,
): string | undefined {
  return near.find((domain) => {
    const word = spfWord({ result: 'pass', address, first, last }, looks.get(domain)!, versions.get(domain) ?? []);
    return word !== undefined && word.why !== 'not-kept';
  });
}
