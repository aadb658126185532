// How much reports tell of domains: the days, and who tells it.
import type { Day, History } from '../../history.ts';

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
