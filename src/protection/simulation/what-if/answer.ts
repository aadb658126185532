// A what-if from the question to the answer: which mail it is about, what is published, what changes, what that comes to.
import { publicSuffixOrganizationalDomain } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import { parseDomainName, ResolverError } from '../../../standards/dns/index.ts';
import type { RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day, History, Where } from '../../history.ts';
import type { Inventory } from '../../inventory/index.ts';
import { dmarcDomainOf, recordChanges } from './change.ts';
import type { Scenario } from './change.ts';
import { driftRecords } from './drift-told.ts';
import { rowFates, whatIf } from './fold.ts';
import type { RowFate } from './fold.ts';
import { keptTexts, PublishedDays } from './published.ts';
import type { KeptRecord } from './published.ts';
import type { ShownRules } from './receivers.ts';
import { Simulation } from './simulation.ts';
import type { Grouping, ChangedSet, WhatIf } from './result.ts';

/** What the answer rests on. */
export interface WhatIfSources {
  readonly history: History;
  /** Answers of the DNS and of zone files that were kept. */
  readonly kept: readonly KeptRecord[];
  /** The world of now, where it is asked rather than remembered. */
  readonly now?: Resolver;
  readonly inventory?: Inventory | undefined;
  /** What reports say of policies, where nothing is known of a record. */
  readonly reported?: (domain: string) => DmarcRecord | undefined;
  /** What reports show of how their writers find policies. */
  readonly shown?: readonly ShownRules[] | undefined;
  /** How a record is written in a zone file. */
  readonly write: (data: RecordChange['records'][number]) => string;
}

export interface WhatIfQuestion {
  readonly domain?: string;
  readonly records: 'now' | 'then';
  readonly since?: Day;
  readonly until?: Day;
  readonly by: readonly Grouping[];
  /** All mail, also what the changes cannot reach. */
  readonly whole?: boolean;
}

export interface WhatIfAnswer {
  readonly answer: WhatIf;
  /** Every combination with what becomes of it. */
  rows(): Generator<RowFate>;
}

/** Answers a what-if. @throws {StorageError} when the history cannot be read */
export async function answerWhatIf(
  sources: WhatIfSources,
  scenario: Scenario,
  question: WhatIfQuestion,
): Promise<WhatIfAnswer> {
  const published = new PublishedDays(sources.kept);
  const now = sources.now ?? published.at(Infinity);
  const { sets, signing } = await recordChanges(scenario, now, sources.reported);
  const under = question.whole === true ? undefined : await reach(scenario, sets, sources, now);
  const where: Where = {
    ...(under === undefined ? {} : { underDomain: under }),
    ...(question.since === undefined ? {} : { since: question.since }),
    ...(question.until === undefined ? {} : { until: question.until }),
  };
  const simulation = await Simulation.of(
    {
      history: sources.history,
      published,
      now,
      inventory: sources.inventory,
      shown: sources.shown,
      ...(sources.reported && { reported: sources.reported }),
    },
    { where, records: question.records, byDay: question.by.includes('day'), drift: true },
  );
  const played = await simulation.play(scenario);
  const [answer, days] = await Promise.all([
    whatIf(simulation, played, question),
    sources.history.ask({ where, by: ['authorDomain'], measures: ['firstDay', 'lastDay'] }),
  ]);
  const seen =
    days.length === 0
      ? { from: null, to: null }
      : {
          from: dayText(days.firstDay.reduce((a, b) => Math.min(a, b))),
          to: dayText(days.lastDay.reduce((a, b) => Math.max(a, b))),
        };
  const changes = await Promise.all(sets.map((set) => changedSet(set, now, sources.write)));
  const drift = answer.drift === null ? null : { ...answer.drift, records: driftRecords(simulation, sources.write) };
  return {
    answer: { ...answer, seen, changes, signing: [...signing], drift },
    rows: () => rowFates(simulation, played),
  };
}

async function changedSet(set: RecordChange, now: Resolver, write: WhatIfSources['write']): Promise<ChangedSet> {
  let before: readonly string[] | null;
  try {
    const answer = await now(set.name, set.type);
    before = answer.kind === 'records' ? answer.records.map(write) : [];
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    before = null;
  }
  return { name: set.name, type: set.type, before, after: set.records.map(write) };
}

const organizationalDomainOf = publicSuffixOrganizationalDomain();

/**
 * The domains below which all mail lies that the changes can reach; `undefined` when that may be any. A policy reaches what lies
 * below it; a record that comes or goes, a key and an SPF record reach whatever is aligned with their name; SPF records
 * reach further through those that lean on them, and to whoever uses one of these for envelopes or HELO names.
 */
async function reach(
  scenario: Scenario,
  sets: readonly RecordChange[],
  sources: WhatIfSources,
  now: Resolver,
): Promise<readonly string[] | undefined> {
  const under = new Set<string>();
  const organization = (name: string): void => {
    const reading = parseDomainName(name);
    if (reading.ok) under.add(organizationalDomainOf(reading.value));
  };
  const ofSpf: string[] = [];
  for (const { name, type } of sets) {
    const domain = dmarcDomainOf(name);
    if (domain !== undefined) {
      if (await isThere(name, now)) under.add(domain);
      else organization(domain);
    } else if (name.includes('._domainkey.'))
      organization(name.slice(name.indexOf('._domainkey.') + '._domainkey.'.length));
    else if (type !== 'PTR') ofSpf.push(name);
  }
  if (ofSpf.length > 0) {
    // Whoever is asked live may lean on a name in ways that nothing here has seen.
    if (sources.now !== undefined) return undefined;
    const leaning = leaningOn(ofSpf, sources.kept);
    for (const name of leaning) organization(name);
    // Mail of others that uses them may be turned away before anybody looks at From.
    for (const author of authorsBehind(leaning, sources.inventory)) under.add(author);
  }
  for (const change of scenario.changes) {
    if (change.what !== 'sign') continue;
    const stream = sources.inventory?.streams.find(({ id }) => id === change.stream);
    for (const { domain } of stream?.authorDomains ?? []) under.add(domain);
  }
  return [...under].filter((name) => ![...under].some((other) => other !== name && name.endsWith(`.${other}`)));
}

/** Author domains of mail that SPF was asked for with one of these names. */
function authorsBehind(names: ReadonlySet<string>, inventory: Inventory | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  if (inventory === undefined) return found;
  const { combinations, dictionaries } = inventory;
  const { auth, authorDomain, envelopeFrom, length } = combinations;
  // By authentication results: whether they show one of the names; `undefined` where the envelope has to tell.
  const known = new Map<number, boolean | undefined>();
  const told = (results: number): boolean | undefined => {
    const domains = (dictionaries.auth(results)?.spf ?? []).map(({ domain }) => domain?.toLowerCase() ?? '');
    return domains.some((domain) => names.has(domain)) || (domains.includes('') ? undefined : false);
  };
  for (let row = 0; row < length; row++) {
    const results = auth[row]!;
    if (!known.has(results)) known.set(results, told(results));
    const isShown = known.get(results) ?? names.has(dictionaries.name(envelopeFrom[row]!)?.toLowerCase() ?? '');
    if (!isShown) continue;
    const author = dictionaries.name(authorDomain[row]!);
    if (author !== undefined && author !== '') found.add(author);
  }
  return found;
}

async function isThere(name: string, now: Resolver): Promise<boolean> {
  try {
    return (await now(name, 'TXT')).kind === 'records';
  } catch (error) {
    if (error instanceof ResolverError) return false;
    throw error;
  }
}

/** Names whose SPF records lead to one of these, however long the way, and they themselves. */
function leaningOn(names: readonly string[], kept: Iterable<KeptRecord>): ReadonlySet<string> {
  const from = new Map<string, Set<string>>();
  for (const { name, text } of keptTexts(kept)) {
    if (!/^v=spf1(?: |$)/i.test(text)) continue;
    for (const [, target = ''] of text.matchAll(/\s(?:[-+~?]?(?:include|a|mx|exists):|redirect=)([^\s/]+)/gi)) {
      const to = target.toLowerCase().replace(/\.$/, '');
      const known = from.get(to);
      if (known === undefined) from.set(to, new Set([name]));
      else known.add(name);
    }
  }
  const found = new Set(names);
  for (const name of found) for (const leaning of from.get(name) ?? []) found.add(leaning);
  return found;
}
