// How much reports tell of domains: the days, who tells it, and whether it means anything when nobody does.
import { organizationalDomainLookup, recordLookup, verifyReportDestination } from '../../../standards/dmarc/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Day, History } from '../../history.ts';
import type { Governed } from './scope.ts';

/** The days on which reports tell something of each domain, rising. @throws {StorageError} */
export async function reportDays(history: History, domains: ReadonlySet<string>): Promise<Map<string, readonly Day[]>> {
  const [authors, policies, dictionaries] = await Promise.all([
    history.ask({ by: ['authorDomain', 'day'], measures: ['messages'] }),
    history.ask({ by: ['policyDomain', 'day'], measures: ['messages'] }),
    history.dictionaries(),
  ]);
  const found = new Map<string, Set<Day>>();
  const add = (number: number, day: Day): void => {
    const name = dictionaries.name(number);
    if (name === undefined || !domains.has(name)) return;
    const known = found.get(name);
    if (known === undefined) found.set(name, new Set([day]));
    else known.add(day);
  };
  for (let row = 0; row < authors.length; row++) add(authors.authorDomain[row]!, authors.day[row]!);
  for (let row = 0; row < policies.length; row++) add(policies.policyDomain[row]!, policies.day[row]!);
  return new Map([...found].map(([name, days]) => [name, [...days].sort((a, b) => a - b)]));
}

/** The last day of each reporter. @throws {StorageError} */
export async function reportersSeen(history: History): Promise<(readonly [reporter: string, lastDay: Day])[]> {
  const [columns, dictionaries] = await Promise.all([
    history.ask({ by: ['reporter'], measures: ['lastDay'] }),
    history.dictionaries(),
  ]);
  return Array.from({ length: columns.length }, (_, row) => [
    dictionaries.reporter(columns.reporter[row]!) ?? '',
    columns.lastDay[row]!,
  ]);
}

/** Days without a report of a domain that used to be reported. */
export interface Silence {
  readonly last: Day;
  readonly days: number;
  /** Another domain whose reports come to the same address, and still do: then nothing was sent. */
  readonly heardOf: DomainName | undefined;
}

/**
 * How long no report has told of a domain, where that is odd: longer than a threshold, than what is usual (95 in 100 of the gaps), and
 * than as long a gap as there were two of, since then nothing was sent, and what was sent later was reported. 0 where it is not.
 */
export function oddSilence(days: readonly Day[], asOf: Day, threshold: number): number {
  const last = days.at(-1);
  if (last === undefined) return 0;
  const gaps = days
    .slice(1)
    .map((day, at) => day - days[at]!)
    .sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length * 0.95)] ?? Infinity;
  const silence = asOf - last;
  return usual <= threshold && silence > Math.max(threshold, gaps.at(-2) ?? 0) ? silence : 0;
}

/** Most other domains that are looked at. */
const mostOthers = 50;

/**
 * Another domain of which reports still come to an address that this one's record names, and that takes them (RFC 9990 §4): the record
 * stands and the address works. `undefined` where there is none, or only reports tell of the record.
 *
 * @param others domains of which reports came lately
 */
export async function heardAtSameAddress(
  { at, record, isReported }: Governed,
  others: Iterable<DomainName>,
  governedOf: (domain: DomainName) => Promise<Governed>,
  resolver: Resolver,
): Promise<DomainName | undefined> {
  if (record === undefined || at === null || isReported) return undefined;
  const takes = new Set<string>();
  const organizationalDomainOf = organizationalDomainLookup(recordLookup(resolver));
  for (const uri of record.rua) {
    const found = await verifyReportDestination(at as DomainName, 'rua', uri, resolver, organizationalDomainOf);
    if (found.outcome === 'own' || found.outcome === 'authorised') for (const each of found.uris) takes.add(each.uri);
  }
  let looked = 0;
  for (const other of others) {
    if (takes.size === 0 || looked++ === mostOthers) return undefined;
    const governed = await governedOf(other);
    if (governed.at !== at && governed.record?.rua.some(({ uri }) => takes.has(uri)) === true) return other;
  }
  return undefined;
}
