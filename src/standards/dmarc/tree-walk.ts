// The DNS Tree Walk (RFC 9989 §4.10): from a name upwards, asking each `_dmarc` on the way, at most eight times. What a walk found
// says two things: the Organizational Domain of its start (§4.10.2), and, for an Author Domain, the record that governs it (§4.10.1).
import { labels, maxNameLength, ResolverError } from '../dns/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { isPublicSuffix, memoised } from './organizational-domain.ts';
import type { OrganizationalDomainOf } from './organizational-domain.ts';
import { isDmarcRecord, parseDmarcRecord } from './parse.ts';
import type { DmarcRecord, FoundPolicy } from './record.ts';

/**
 * What one query at `_dmarc` came to.
 * - `record`: one record, which could be read
 * - `no-record`, `no-such-name`: nothing there that begins as a DMARC record
 * - `several-records`: more than one that does, all discarded (§4.10 steps 2 and 6)
 * - `invalid-record`: one, and its tag-list is invalid
 * - `name-too-long`: no such name can exist, so nobody was asked
 * - `assumed-no-record`: not known, and taken for `no-record`; see `assumesNoRecord`
 * - `unknown`: the DNS did not answer
 */
export type StepOutcome =
  | 'assumed-no-record'
  | 'invalid-record'
  | 'name-too-long'
  | 'no-record'
  | 'no-such-name'
  | 'record'
  | 'several-records'
  | 'unknown';

/** One step of a walk: one query, and its answer. */
export interface WalkStep {
  /** The target; the query is for TXT at `_dmarc` below it. */
  readonly domain: DomainName;
  readonly queryName: string;
  readonly outcome: StepOutcome;
  readonly record?: DmarcRecord;
  /** The TXT records at the name, their strings joined, those that are no DMARC records too. */
  readonly texts: readonly string[];
  /** The aliases from the name on, when it is one. */
  readonly aliases: readonly string[];
  readonly problems: readonly Problem[];
  readonly error?: ResolverError;
}

export interface TreeWalk {
  readonly start: DomainName;
  /** Longest name first: the order in which they were asked. */
  readonly steps: readonly WalkStep[];
}

/** Looks up the DMARC record of one name. It does not throw for a DNS that does not answer: that is a step too. */
export type RecordLookup = (domain: DomainName) => Promise<WalkStep>;

/**
 * The names a full walk asks for, longest first (§4.10 steps 3 to 7): the start; then, from a start of eight labels or more, its
 * right-most seven; then one label less each time, down to the top-level domain.
 */
export function walkNames(start: DomainName): DomainName[] {
  const names = [start];
  let rest = labels(start);
  while (rest.length > 1) {
    rest = rest.length < 8 ? rest.slice(1) : rest.slice(-7);
    names.push(rest.join('.') as DomainName);
  }
  return names;
}

/** Whether a walk ends at this record (§4.10 steps 2 and 6). A record without `psd`, or with `psd=u`, does not end it. */
function endsWalk(record: DmarcRecord | undefined): boolean {
  return record?.psd === 'n' || record?.psd === 'y';
}

/** Asks for one record. Throws only what is a bug. */
export async function lookupDmarcRecord(domain: DomainName, resolver: Resolver): Promise<WalkStep> {
  const queryName = `_dmarc.${domain}`;
  const step = { domain, queryName, texts: [], aliases: [], problems: [] };
  if (queryName.length > maxNameLength) return { ...step, outcome: 'name-too-long' };
  let answer;
  try {
    answer = await resolver(queryName, 'TXT');
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return assumesNoRecord(domain, error)
      ? { ...step, outcome: 'assumed-no-record', error }
      : { ...step, outcome: 'unknown', error };
  }
  const { aliases } = answer;
  if (answer.kind === 'no-such-name') return { ...step, aliases, outcome: 'no-such-name' };
  if (answer.kind === 'no-data') return { ...step, aliases, outcome: 'no-record' };
  const texts = answer.records.map((strings) => strings.join(''));
  const found = { ...step, aliases, texts };
  const records = texts.filter(isDmarcRecord);
  const [first] = records;
  if (first === undefined) {
    // Not one that begins right, but perhaps one that was meant to be.
    const near = texts.filter((text) => /v\s*=\s*dmarc/i.test(text.slice(0, 200)));
    return { ...found, outcome: 'no-record', problems: near.flatMap((text) => parseDmarcRecord(text).problems) };
  }
  if (records.length > 1) {
    const values = { domain, count: records.length };
    const problem = { code: 'dmarc/several-records', values, see: 'RFC 9989 §4.10' };
    return { ...found, outcome: 'several-records', problems: [problem] };
  }
  const reading = readingOf(first);
  const { problems } = reading;
  return reading.ok
    ? { ...found, outcome: 'record', record: reading.value, problems }
    : { ...found, outcome: 'invalid-record', problems };
}

/** Records read before, by their text, within bounds: those of a portfolio's domains come again with every message. */
const readings = new Map<string, ReturnType<typeof parseDmarcRecord>>();
const mostReadings = 5000;

function readingOf(text: string): ReturnType<typeof parseDmarcRecord> {
  const known = readings.get(text);
  if (known !== undefined) return known;
  const reading = parseDmarcRecord(text);
  if (text.length > 2000) return reading;
  if (readings.size >= mostReadings) readings.clear();
  readings.set(text, reading);
  return reading;
}

/**
 * A zone file knows its own names and nothing of `com`, where a walk ends. A public suffix that is unknown in this way (live DNS
 * never answers so) is taken to have no record, which the step shows; all but a few have none.
 */
function assumesNoRecord(domain: DomainName, error: ResolverError): boolean {
  return error.code === 'dns/unknown-name' && isPublicSuffix(domain);
}

/** A lookup that asks for each name once, however many walks come by: those of one message share most of their names. */
export function recordLookup(resolver: Resolver): RecordLookup {
  const asked = new Map<DomainName, Promise<WalkStep>>();
  return (domain) => {
    let step = asked.get(domain);
    if (step === undefined) {
      step = lookupDmarcRecord(domain, resolver);
      asked.set(domain, step);
    }
    return step;
  };
}

/** Walks. It ends early at a record with `psd=n` or `psd=y`, and at a query that was not answered. */
export async function walkTree(start: DomainName, lookup: RecordLookup): Promise<TreeWalk> {
  const steps: WalkStep[] = [];
  for (const name of walkNames(start)) {
    const step = await lookup(name);
    steps.push(step);
    if (step.outcome === 'unknown' || endsWalk(step.record)) break;
  }
  return { start, steps };
}

/**
 * The Organizational Domain that a walk found (§4.10.2), longest name first: a record with `psd=n` is at it; one with `psd=y`,
 * unless at the start, is right above it, whether or not that name was asked for or has a record; else it is the record with
 * the fewest labels; else the start.
 *
 * @throws {ResolverError} when the walk met a query that was not answered
 */
export function organizationalDomainOfWalk({ start, steps }: TreeWalk): DomainName {
  const unanswered = steps.find(({ outcome }) => outcome === 'unknown')?.error;
  if (unanswered !== undefined) throw unanswered;
  return selectOrganizationalDomain(start, steps);
}

function selectOrganizationalDomain(
  start: DomainName,
  found: readonly { readonly domain: DomainName; readonly record?: DmarcRecord }[],
): DomainName {
  let shortest = start;
  for (const { domain, record } of found) {
    if (record === undefined) continue;
    if (record.psd === 'n') return domain;
    if (record.psd === 'y' && domain !== start) {
      return labels(start)
        .slice(-(labels(domain).length + 1))
        .join('.') as DomainName;
    }
    shortest = domain;
  }
  return shortest;
}

/**
 * The record that governs the Author Domain a walk started at (§4.10.1): its own; else that of its Organizational Domain; else that
 * of the public suffix above. A record between these does not count, however near it is.
 */
export function policyOfWalk(walk: TreeWalk): FoundPolicy | 'none' | 'unknown' {
  const { start, steps } = walk;
  const own = steps[0];
  if (own?.record !== undefined) return { record: own.record, domain: own.domain, place: 'author-domain' };
  if (steps.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  const organizationalDomain = selectOrganizationalDomain(start, steps);
  const ofOrganization = steps.find(({ domain }) => domain === organizationalDomain);
  if (ofOrganization?.record !== undefined) {
    return { record: ofOrganization.record, domain: organizationalDomain, place: 'organizational-domain' };
  }
  const last = steps.at(-1);
  if (last?.record?.psd === 'y') {
    return { record: last.record, domain: last.domain, place: 'public-suffix-domain' };
  }
  return 'none';
}

/**
 * The rule of receivers that walk (RFC 9989 §4.10.2), over records that are at hand: for planned records, and for many names.
 * @param recordOf the record at a name, without `_dmarc`; `undefined` when it has none. May throw `ResolverError`.
 */
export function treeWalkOrganizationalDomain(
  recordOf: (domain: DomainName) => DmarcRecord | undefined,
): OrganizationalDomainOf {
  return memoised((start) => {
    const found: { domain: DomainName; record?: DmarcRecord }[] = [];
    for (const domain of walkNames(start)) {
      const record = recordOf(domain);
      if (record !== undefined) found.push({ domain, record });
      if (endsWalk(record)) break;
    }
    return selectOrganizationalDomain(start, found);
  });
}

/** Walks side by side: enough to hide the wait for one answer behind others, and bounded. */
const walksAtOnce = 32;

/**
 * Walks from many names, asking for each name above them once.
 * @returns the rule for these names; it throws the `ResolverError` that a walk met, and for a name that was not walked from
 */
export async function walkTrees(
  names: Iterable<DomainName>,
  lookup: RecordLookup,
): Promise<{
  readonly walks: ReadonlyMap<DomainName, TreeWalk>;
  readonly organizationalDomainOf: OrganizationalDomainOf;
}> {
  const walks = new Map<DomainName, TreeWalk>();
  const waiting = new Set(names).values();
  const worker = async (): Promise<void> => {
    for (const name of waiting) walks.set(name, await walkTree(name, lookup));
  };
  await Promise.all(Array.from({ length: walksAtOnce }, worker));
  return {
    walks,
    organizationalDomainOf: (name) => {
      const walk = walks.get(name);
      if (walk === undefined) throw new ResolverError('dns/unknown-name', `no walk was made from ${name}`);
      return organizationalDomainOfWalk(walk);
    },
  };
}

/**
 * The Organizational Domain of one name after another, walking as each is asked for.
 * The function it makes throws the `ResolverError` of a walk that was not answered.
 */
export function organizationalDomainLookup(lookup: RecordLookup): (name: DomainName) => Promise<DomainName> {
  return async (name) => organizationalDomainOfWalk(await walkTree(name, lookup));
}
