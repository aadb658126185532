import type { Day, Dictionaries } from '../history.ts';
import type { ScenarioName } from '../simulation/index.ts';
import type { Contribution, ScenarioResult, SourceAddress, SourceGroup } from './assessment.ts';
import { dayText, trendOf } from './calendar.ts';
import { networkOf } from './combinations.ts';
import type { Folded } from './combinations.ts';

/** When the period ends, and how long "of late" is: what trends are held against. */
export interface Late {
  readonly periodFirst: Day;
  readonly periodLast: Day;
  readonly windowDays: number;
}

/** The groups, most messages first. `behind` is how many addresses each lists. */
export function sourceGroups(
  folded: Folded,
  dictionaries: Dictionaries,
  recentByGroup: Float64Array,
  late: Late,
  behind: number,
): SourceGroup[] {
  const entries = entriesByGroup(folded);
  const domains = domainsByGroup(folded, dictionaries);
  const groups = folded.gathering.groups.map((group, at): SourceGroup => {
    const { groups: tally } = folded;
    const messages = tally.messages(at);
    const [first, last] = within(tally.first(at), tally.last(at), late);
    const setUp = group.setUp === -1 ? undefined : folded.setUps.all[group.setUp];
    const legs = tally.legs(at);
    return {
      id: group.id,
      kind: group.kind,
      dkim: setUp?.dkim ?? null,
      spf: setUp?.spf ?? null,
      network: group.network === -1 ? null : (folded.networks.all[group.network] ?? null),
      networks: group.networks,
      addresses: folded.groupAddresses[at]!,
      messages,
      rows: tally.rows(at),
      share: ratio(messages, folded.messages),
      first: dayText(first),
      last: dayText(last),
      trend: trendOf({ first, last, ...late, recentMessages: recentByGroup[at]!, messages }),
      bins: null,
      legs,
      passes: { dkim: folded.groupDkimPasses[at]!, spf: folded.groupSpfPasses[at]! },
      holds: holds(legs.dkimRelaxed, legs.spfRelaxed, messages),
      aligned: tally.aligned(at),
      fails: tally.fails(at),
      unknown: tally.unknown(at),
      dispositions: tally.dispositions(at),
      domains: domains[at]!.list,
      domainCount: domains[at]!.count,
      behind: addressesBehind(folded, dictionaries, entries[at]!, behind, late),
    };
  });
  return groups.sort((a, b) => b.messages - a.messages || b.rows - a.rows || (a.id < b.id ? -1 : 1));
}

function holds(dkim: number, spf: number, messages: number): SourceGroup['holds'] {
  if (messages === 0) return 'mixed';
  const nearlyAll = (part: number): boolean => part >= messages * 0.95;
  const nearlyNone = (part: number): boolean => part <= messages * 0.05;
  if (nearlyAll(dkim)) return nearlyAll(spf) ? 'both' : nearlyNone(spf) ? 'dkim' : 'mixed';
  if (nearlyNone(dkim)) return nearlyAll(spf) ? 'spf' : nearlyNone(spf) ? 'neither' : 'mixed';
  return 'mixed';
}

function entriesByGroup({ behind, gathering }: Folded): Int32Array[] {
  const counts = new Int32Array(gathering.groups.length);
  for (let at = 0; at < behind.size; at++) counts[behind.group[at]!]! += 1;
  const lists = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let at = 0; at < behind.size; at++) {
    const group = behind.group[at]!;
    lists[group]![counts[group]!] = at;
    counts[group]! += 1;
  }
  return lists;
}

function addressesBehind(
  folded: Folded,
  dictionaries: Dictionaries,
  entries: Int32Array,
  most: number,
  late: Late,
): SourceAddress[] {
  const { behind } = folded;
  const wanted = greatest(entries, most, (entry) => behind.messages(entry));
  return wanted.map((at) => {
    const [first, last] = within(behind.first(at), behind.last(at), late);
    const source = behind.source[at]!;
    return {
      address: dictionaries.address(source) ?? null,
      network: networkOf(folded, source),
      messages: behind.messages(at),
      rows: behind.rows(at),
      fails: behind.fails(at),
      first: dayText(first),
      last: dayText(last),
    };
  });
}

/** The `most` members with the greatest weights, in falling order. */
function greatest(members: Int32Array, most: number, weight: (member: number) => number): number[] {
  let candidates = members;
  if (members.length > most * 4) {
    // Sorting bare numbers is quick; the weight that the last one wanted has then says which members to sort properly.
    const least = weightsOf(members, weight).sort().at(-most) ?? 0;
    candidates = members.filter((member) => weight(member) >= least);
  }
  return [...candidates].sort((a, b) => weight(b) - weight(a) || a - b).slice(0, most);
}

/** Filled by index: `Float64Array.from` goes through an iterator, which is slow for tens of thousands. */
function weightsOf(members: Int32Array, weight: (member: number) => number): Float64Array {
  const weights = new Float64Array(members.length);
  for (let at = 0; at < members.length; at++) weights[at] = weight(members[at]!);
  return weights;
}

function domainsByGroup(folded: Folded, dictionaries: Dictionaries): { list: SourceGroup['domains']; count: number }[] {
  const all: { domain: number; messages: number }[][] = folded.gathering.groups.map(() => []);
  folded.groupDomains.forEach((group, domain, messages) => all[group]!.push({ domain, messages }));
  return all.map((inside) => ({
    count: inside.length,
    list: inside
      .sort((a, b) => b.messages - a.messages || a.domain - b.domain)
      .slice(0, 5)
      .map(({ domain, messages }) => ({ domain: dictionaries.name(folded.domainIds[domain]!) ?? null, messages })),
  }));
}

/** A scenario's result: what fails, and the groups behind it. `rows` counts the rows of what fails. */
export function scenarioResult(
  name: ScenarioName,
  groups: readonly SourceGroup[],
  sums: { readonly messages: number; readonly rows: number; readonly fails: number; readonly unknown: number },
): ScenarioResult {
  const ranked = groups
    .filter((group) => group.fails[name] + group.unknown[name] > 0)
    .sort((a, b) => b.fails[name] - a.fails[name] || b.unknown[name] - a.unknown[name]);
  let reached = 0;
  const sources = ranked.slice(0, 20).map((group): Contribution => {
    reached += group.fails[name];
    return {
      source: group.id,
      fails: group.fails[name],
      unknown: group.unknown[name],
      share: ratio(group.fails[name], sums.fails),
      cumulativeShare: ratio(reached, sums.fails),
    };
  });
  return {
    fails: sums.fails,
    rows: sums.rows,
    unknown: sums.unknown,
    share: ratio(sums.fails, sums.messages),
    sources,
    others: { groups: ranked.length - sources.length, fails: sums.fails - reached },
  };
}

/** The scenario whose failures are worth ranking: the mildest in which something fails. */
export function firstFailing(fails: (name: ScenarioName) => number): ScenarioName | null {
  return (['relaxed', 'strictBoth'] as const).find((name) => fails(name) > 0) ?? null;
}

/** Days seen, kept inside the period: a date that cannot be true says nothing of when a source was seen. */
export function within(first: Day, last: Day, { periodFirst, periodLast }: Late): [first: Day, last: Day] {
  const bounded = (day: Day) => Math.max(periodFirst, Math.min(periodLast, day));
  return [bounded(first), bounded(last)];
}

/** A share of a whole, 0 when there is none. */
export function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
