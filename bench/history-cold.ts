// The questions of an assessment, in a process that has done nothing before, on a history that is there: prints what each part
// took, as JSON. With `floor` instead: the same process with the bare engine, which opens the file and adds up one column.
import type { Question } from '../src/protection/history.ts';

const [directory, mode] = process.argv.slice(2) as [string, string | undefined];

/** What `assess` asks, as a set. */
const questions: readonly Question[] = [
  {
    by: ['source', 'auth', 'authorDomain', 'alignment', 'dkim', 'spf', 'disposition'],
    measures: ['messages', 'rows', 'firstDay', 'lastDay'],
  },
  { by: ['day', 'alignment', 'dkim', 'spf'], measures: ['messages'] },
  {
    by: ['authorDomain', 'policyDomain', 'alignment', 'dkim', 'spf'],
    measures: ['messages', 'rows', 'firstDay', 'lastDay'],
  },
  { by: ['source', 'auth'], measures: ['messages'], where: { since: 19_372 } },
  { by: ['day', 'authorDomain'], measures: ['messages'] },
  { by: ['reporter', 'generation', 'spread'], measures: ['reports', 'messages', 'rows'] },
  { by: ['day', 'reporter'], measures: ['messages'] },
  { by: ['reasons'], measures: ['messages', 'rows'] },
];

const begun = performance.now();
if (mode === 'floor') {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const loaded = performance.now();
  const instance = await DuckDBInstance.create(`${directory}/facts.duckdb`, { threads: '2', memory_limit: '256MB' });
  const connection = await instance.connect();
  const opened = performance.now();
  await connection.run('SELECT count(*), sum(messages) FROM facts');
  tell({ importMs: loaded - begun, openMs: opened - loaded, setMs: performance.now() - opened, groups: 1 });
} else {
  const { optionsOf } = await import('./history-world.ts');
  const { HistoryStore } = await import('../src/storage/history/index.ts');
  const loaded = performance.now();
  const store = await HistoryStore.open(optionsOf(directory));
  const opened = performance.now();
  const [, ...answers] = await Promise.all([store.dictionaries(), ...questions.map((question) => store.ask(question))]);
  const groups = answers.reduce((sum, answer) => sum + answer.length, 0);
  tell({ importMs: loaded - begun, openMs: opened - loaded, setMs: performance.now() - opened, groups });
  store.close();
}

function tell(parts: { importMs: number; openMs: number; setMs: number; groups: number }): void {
  const { user, system } = process.cpuUsage();
  const all = { ...parts, sinceStartMs: performance.now(), cpuUserMs: user / 1000, cpuSystemMs: system / 1000 };
  process.stdout.write(JSON.stringify({ ...all, maxRssMb: process.resourceUsage().maxRSS / 1024 }));
}
