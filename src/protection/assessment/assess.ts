import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';
import { alignedKinds, classOf, scenarioNames, verdictTables } from '../simulation/index.ts';
import type { ScenarioName } from '../simulation/index.ts';
import type { Columns, Day, Dictionaries, History, Where } from '../history.ts';
import { assessmentSchema } from './assessment.ts';
import type {
  Aligned,
  Assessment,
  DayCount,
  FiledDocuments,
  ScenarioResult,
  Scenarios,
  SourceDetail,
  SourceGroup,
} from './assessment.ts';
import { binsOf, dayText, gapsIn, plausibleRange, recentWindow } from './calendar.ts';
import { combinationDimensions, combinationMeasures, fold } from './combinations.ts';
import type { Folded } from './combinations.ts';
import { domainAssessments, inheritedPolicies, policyDomains } from './domains.ts';
import type { DomainPolicies } from './domains.ts';
import { lookNext } from './look-next.ts';
import { overridesOf } from './overrides.ts';
import { reporterAssessments } from './reporters.ts';
import { ownDomains } from './set-ups.ts';
import type { NetworkLookup } from './set-ups.ts';
import { scenarioResult, sourceGroups } from './sources.ts';
import type { Late } from './sources.ts';
import { dispositionsOf } from './tally.ts';

export interface AssessOptions {
  /** Author Domains at or below this one only; in the form in which names are filed (lower-case A-labels). */
  readonly domain?: string;
  readonly since?: Day;
  readonly until?: Day;
  /** The day on which it is asked. */
  readonly today: Day;
  /** How many addresses each group lists; 20. */
  readonly behind?: number;
  /** For how many groups, the largest first, a series is asked: one more question each; none. */
  readonly series?: number;
  /** The rule that tells which domains are one organisation's; the Public Suffix List. */
  readonly organizationalDomainOf?: OrganizationalDomainOf;
}

/**
 * Answers where an organisation stands, from what is filed: eight questions to the history, folded.
 *
 * @throws {StorageError} when the history or the register cannot be read
 */
export async function assess(
  history: History,
  documents: FiledDocuments,
  networks: NetworkLookup,
  options: AssessOptions,
): Promise<Assessment> {
  const where = whereOf(options);
  const behind = options.behind ?? 20;
  const series = options.series ?? 0;
  // A group is drawn from its addresses, so all of them must be at hand until it is.
  // Asked at once, so that the history works while this thread folds. Whichever is let down first lets down the whole.
  const [facts, domainDays, reporterSums, reporterDays, reasonSums] = await Promise.all([
    gather(history, networks, where, options, series > 0 ? Math.max(behind, mostNamed) : behind),
    history.ask({ where, by: ['day', 'authorDomain'], measures: ['messages'] }),
    history.ask({ where, by: ['reporter', 'generation', 'spread'], measures: ['reports', 'messages', 'rows'] }),
    history.ask({ where, by: ['day', 'reporter'], measures: ['messages'] }),
    history.ask({ where, by: ['reasons'], measures: ['messages', 'rows'] }),
  ]);
  const { folded, dictionaries, period, late, days } = facts;
  const published = new Map(documents.publishedPolicies().map((policy) => [policy.policyDomain, policy]));
  const found = policyDomains(facts.policies);
  const sources = await withSeries(history, facts, series, behind, where);
  const domains = domainAssessments(folded, dictionaries, domainDays, found, published, period, late);
  const reporters = reporterAssessments(reporterSums, reporterDays, dictionaries, period, late);
  const seen = new Uint8Array(period.days);
  let implausibleMessages = 0;
  for (let row = 0; row < days.length; row++) {
    const day = days.day[row]!;
    if (day >= period.first && day <= period.last) seen[day - period.first] = 1;
    else implausibleMessages += days.messages[row]!;
  }
  let reports = 0;
  let spreadReports = 0;
  let spreadMessages = 0;
  for (let row = 0; row < reporterSums.length; row++) {
    reports += reporterSums.reports[row]!;
    if (reporterSums.spread[row]! > 1) {
      spreadReports += reporterSums.reports[row]!;
      spreadMessages += reporterSums.messages[row]!;
    }
  }
  const scenarios = scenariosOf(folded, sources);
  return {
    schema: assessmentSchema,
    asked: askedOf(options),
    period: {
      from: period.days === 0 ? null : dayText(period.first),
      to: period.days === 0 ? null : dayText(period.last),
      days: period.days,
      daysWithReports: seen.reduce((sum, day) => sum + day, 0),
      spread: { reports: spreadReports, messages: spreadMessages },
      implausibleMessages,
    },
    gaps: period.days === 0 ? [] : gapsIn(seen, period.first, period.last),
    totals: { reports, rows: folded.rows, messages: folded.messages },
    aligned: alignedOf(folded.messagesByClass),
    scenarios,
    dispositions: { ...dispositionsOf(folded.byDisposition), ofNeither: dispositionsOf(folded.neitherByDisposition) },
    overrides: overridesOf(reasonSums, dictionaries),
    domains,
    withoutOwnPolicy: inheritedPolicies(found, dictionaries, published, late),
    reporters,
    sources,
    addresses: { distinct: folded.distinctAddresses, unknownMessages: folded.unknownMessages },
    problems: [...documents.tallyTroubles()].sort(
      (a, b) => b.documents - a.documents || b.times - a.times || (a.code < b.code ? -1 : 1),
    ),
    authenticity: documents.tallyAuthenticity(),
    documents: documents.tallyDocuments(),
    lookNext: lookNext(sources, domains, (name) => scenarios[name].fails),
    series: seriesOf(days, period),
  };
}

/**
 * Opens one group of sources: every address behind it, and its days. `undefined` when no group has this id, in this domain and
 * period.
 *
 * @throws {StorageError} when the history cannot be read
 */
export async function assessSource(
  history: History,
  networks: NetworkLookup,
  id: string,
  options: AssessOptions,
): Promise<SourceDetail | undefined> {
  const where = whereOf(options);
  const facts = await gather(history, networks, where, options, Number.MAX_SAFE_INTEGER);
  const group = facts.groups.find((each) => each.id === id);
  if (group === undefined) return undefined;
  const series = await seriesOfGroup(history, facts, group, where);
  const { bins } = series === null ? { bins: null } : { bins: binned(series, facts.period.days) };
  return { schema: 'zegel/source/1', asked: askedOf(options), group: { ...group, bins }, series };
}

type SeriesColumns = Columns<'alignment' | 'day' | 'dkim' | 'spf', 'messages'>;
interface DayRange {
  readonly first: Day;
  readonly last: Day;
  readonly days: number;
}

/** What both answers rest on: the combinations folded, the period, and the groups. */
interface Facts {
  readonly folded: Folded;
  readonly groups: readonly SourceGroup[];
  readonly dictionaries: Dictionaries;
  readonly period: DayRange;
  readonly late: Late;
  readonly days: SeriesColumns;
  readonly policies: DomainPolicies;
}

async function gather(
  history: History,
  networks: NetworkLookup,
  where: Where,
  options: AssessOptions,
  behind: number,
): Promise<Facts> {
  const [combinations, days, policies, dictionaries] = await Promise.all([
    history.ask({ where, by: combinationDimensions, measures: combinationMeasures }),
    history.ask({ where, by: ['day', 'alignment', 'dkim', 'spf'], measures: ['messages'] }),
    history.ask({
      where,
      by: ['authorDomain', 'policyDomain', 'alignment', 'dkim', 'spf'],
      measures: ['messages', 'rows', 'firstDay', 'lastDay'],
    }),
    history.dictionaries(),
  ]);
  const period = plausibleRange(days.day, days.length, options.today);
  const windowDays = recentWindow(period.days);
  const late: Late = { periodFirst: period.first, periodLast: period.last, windowDays };
  const since = period.last - windowDays + 1;
  // Asked before the fold, so that the history works while this thread does.
  const lately =
    windowDays === 0
      ? undefined
      : history.ask({ where: { ...where, since }, by: ['source', 'auth'], measures: ['messages'] });
  const organizationalDomainOf = options.organizationalDomainOf ?? publicSuffixOrganizationalDomain();
  const ours = new Set<string>();
  for (let row = 0; row < policies.length; row++) {
    const name = dictionaries.name(policies.policyDomain[row]!);
    if (name !== undefined) ours.add(name);
  }
  const isOwn = ownDomains(ours, organizationalDomainOf);
  const folded = fold(combinations, { dictionaries, networks, isOwn, organizationalDomainOf });
  const recentByGroup = new Float64Array(folded.gathering.groups.length);
  const recent = await lately;
  for (let row = 0; row < (recent?.length ?? 0); row++) {
    const group = folded.groupOf(recent!.source[row]!, recent!.auth[row]!);
    if (group !== -1) recentByGroup[group]! += recent!.messages[row]!;
  }
  const groups = sourceGroups(folded, dictionaries, recentByGroup, late, behind);
  return { folded, groups, dictionaries, period, late, days, policies };
}

function whereOf(options: AssessOptions): Where {
  return {
    ...(options.domain === undefined ? {} : { underDomain: [options.domain] }),
    ...(options.since === undefined ? {} : { since: options.since }),
    ...(options.until === undefined ? {} : { until: options.until }),
  };
}

function askedOf(options: AssessOptions): Assessment['asked'] {
  return {
    ...(options.domain === undefined ? {} : { domain: options.domain }),
    ...(options.since === undefined ? {} : { since: dayText(options.since) }),
    ...(options.until === undefined ? {} : { until: dayText(options.until) }),
    today: dayText(options.today),
  };
}

function alignedOf(messagesByClass: Float64Array): Aligned {
  const sums = new Float64Array(alignedKinds.length);
  for (const [at, messages] of messagesByClass.entries()) sums[verdictTables.aligned[at]!]! += messages;
  const [both = 0, dkimOnly = 0, spfOnly = 0, neither = 0] = sums;
  return { both, dkimOnly, spfOnly, neither };
}

function scenariosOf(folded: Folded, groups: readonly SourceGroup[]): Scenarios {
  const { messagesByClass, rowsByClass, messages } = folded;
  const result = (name: ScenarioName): ScenarioResult => {
    const sums = { messages, rows: 0, fails: 0, unknown: 0 };
    for (const [at, verdict] of verdictTables.scenarios[name].entries()) {
      if (verdict === 1) {
        sums.fails += messagesByClass[at]!;
        sums.rows += rowsByClass[at]!;
      } else if (verdict === 2) sums.unknown += messagesByClass[at]!;
    }
    return scenarioResult(name, groups, sums);
  };
  const assumed = { messages: 0, rows: 0, dkimMessages: 0, spfMessages: 0 };
  const disputed = { messages: 0, rows: 0 };
  for (const [at, legs] of verdictTables.assumed.entries()) {
    if (legs !== 0) {
      assumed.messages += messagesByClass[at]!;
      assumed.rows += rowsByClass[at]!;
    }
    if ((legs & 1) !== 0) assumed.dkimMessages += messagesByClass[at]!;
    if ((legs & 2) !== 0) assumed.spfMessages += messagesByClass[at]!;
    if (verdictTables.disputed[at] === 1) {
      disputed.messages += messagesByClass[at]!;
      disputed.rows += rowsByClass[at]!;
    }
  }
  const [relaxed, strictDkim, strictSpf, strictBoth] = scenarioNames.map(result) as [
    ScenarioResult,
    ScenarioResult,
    ScenarioResult,
    ScenarioResult,
  ];
  return { relaxed, strictDkim, strictSpf, strictBoth, assumed, disputed, caveat: 'assessment/not-yet-lost' };
}

/** One entry for every day of the period. `only` leaves rows out. */
function seriesOf(columns: SeriesColumns, period: DayRange, only?: (row: number) => boolean): DayCount[] {
  const sums = new Float64Array(period.days * alignedKinds.length);
  for (let row = 0; row < columns.length; row++) {
    const day = columns.day[row]!;
    if (day < period.first || day > period.last || (only !== undefined && !only(row))) continue;
    const verdictClass = classOf(columns.alignment[row]!, columns.dkim[row]!, columns.spf[row]!);
    const kind = verdictTables.aligned[verdictClass]!;
    sums[(day - period.first) * alignedKinds.length + kind]! += columns.messages[row]!;
  }
  return Array.from({ length: period.days }, (_, at) => {
    const [both = 0, dkimOnly = 0, spfOnly = 0, neither = 0] = sums.subarray(at * 4, at * 4 + 4);
    return { day: dayText(period.first + at), both, dkimOnly, spfOnly, neither };
  });
}

/** The groups, the first `count` of them with their bins, each with no more than `behind` addresses. */
async function withSeries(
  history: History,
  facts: Facts,
  count: number,
  behind: number,
  where: Where,
): Promise<readonly SourceGroup[]> {
  if (count === 0) return facts.groups;
  const groups: SourceGroup[] = [];
  for (const [at, group] of facts.groups.entries()) {
    const series = at < count ? await seriesOfGroup(history, facts, group, where) : null;
    const bins = series === null ? null : binned(series, facts.period.days);
    groups.push({ ...group, bins, behind: group.behind.slice(0, behind) });
  }
  return groups;
}

/** How many addresses one question names. */
const mostNamed = 5000;

async function seriesOfGroup(
  history: History,
  facts: Facts,
  group: SourceGroup,
  where: Where,
): Promise<DayCount[] | null> {
  const named = group.behind.flatMap(({ address }) => (address === null ? [] : [address]));
  if (named.length === 0 || named.length > mostNamed || named.length < group.addresses) return null;
  const columns = await history.ask({
    where: { ...where, source: named },
    by: ['day', 'source', 'auth', 'alignment', 'dkim', 'spf'],
    measures: ['messages'],
  });
  const number = facts.folded.gathering.groups.findIndex(({ id }) => id === group.id);
  const inGroup = (row: number) => facts.folded.groupOf(columns.source[row]!, columns.auth[row]!) === number;
  return seriesOf(columns, facts.period, inGroup);
}

function binned(series: readonly DayCount[], days: number): number[] {
  const bins = binsOf(days);
  const sums = Array.from({ length: bins.count }, () => 0);
  for (const [at, day] of series.entries()) {
    sums[Math.floor(at / bins.days)]! += day.both + day.dkimOnly + day.spfOnly + day.neither;
  }
  return sums;
}
