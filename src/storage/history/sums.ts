// Sums of the facts, kept so that most questions need not read every fact. They are derived: made when something is asked after
// something was filed, and made again from the facts when in doubt.
//
// `state` says what they cover: `facts` counts the changes of the facts that cannot be added (something was taken out, or judged
// again), `sums` the value of `facts` that the sums were made for, `summed` the last report in them. Each is written in the
// transaction of what it speaks of, so that a kill leaves sums that are right or that are known to be old. `lineage` has the stamps
// that the sums had since they were last made whole, each with its `summed`: a copy with one of these holds the sums of the reports
// up to there, and can be brought up to date by what was added.
import { randomUUID } from 'node:crypto';
import type { Answering } from './ask.ts';
import type { Connection } from './duckdb.ts';
import type { Stamp } from './kept.ts';
import { readState, writeState } from './migrate.ts';
import { factColumns, flagBits, never } from './schema.ts';

/** A table of sums. */
interface Sums extends Answering {
  /** The columns it is grouped by. */
  readonly key: readonly string[];
  /** What it adds up, as `name: expression over facts`. */
  readonly sums: Readonly<Record<string, string>>;
  /** The columns that it lies sorted by, so that a question about one domain reads a part. */
  readonly order: string;
}

type Flag = keyof typeof flagBits;
const maskOf = (...flags: readonly Flag[]): number =>
  flags.reduce((mask, flag) => mask | (flagBits[flag].mask << flagBits[flag].shift), 0);
const flagsOf = (...flags: readonly Flag[]): string => `flags & ${maskOf(...flags)} AS flags`;

/** Sums by what decides a verdict and who sent it, over all days. */
const combinations: Sums = {
  table: 'combinations',
  key: ['source', 'auth', 'author_domain', flagsOf('alignment', 'dkim', 'spf', 'disposition')],
  sums: {
    messages: 'sum(messages)',
    starts: `CAST(count(*) FILTER (WHERE earlier = ${never}) AS DOUBLE)`,
    first_day: 'min(day)',
    last_day: 'max(day)',
  },
  // Whoever folds them all goes from sender to sender, and so stays in one place of memory. They are few enough that a question
  // about one domain may read them all.
  order: 'source, auth',
  dimensions: new Set(['source', 'auth', 'authorDomain', 'alignment', 'dkim', 'spf', 'disposition']),
  ends: true,
  rows: 'starts',
};

/** Sums by day and domain. */
const daily: Sums = {
  table: 'daily',
  key: ['day', 'earlier', 'author_domain', 'policy_domain', 'reasons', 'spread', 'flags'],
  sums: { messages: 'sum(messages)', rows: 'CAST(count(*) AS DOUBLE)' },
  order: 'author_domain, day',
  dimensions: new Set([
    'day',
    'authorDomain',
    'policyDomain',
    'reasons',
    'spread',
    'alignment',
    'dkim',
    'spf',
    'disposition',
    'generation',
    'origin',
  ]),
  ends: true,
  rows: 'rows',
};

/** Sums by report. */
const reports: Sums = {
  table: 'report_sums',
  key: [
    'report',
    'day',
    'earlier',
    'author_domain',
    'policy_domain',
    'reporter',
    'spread',
    flagsOf('generation', 'origin'),
  ],
  sums: { messages: 'sum(messages)', rows: 'CAST(count(*) AS DOUBLE)' },
  order: 'author_domain, day',
  dimensions: new Set(['report', 'day', 'authorDomain', 'policyDomain', 'reporter', 'spread', 'generation', 'origin']),
  ends: true,
  rows: 'rows',
};

/** Sums by report alone: each report is in it once, so that counting reports is counting rows. */
const heads: Sums = {
  table: 'report_heads',
  key: ['report', 'policy_domain', 'reporter', 'spread', flagsOf('generation', 'origin')],
  sums: {
    messages: 'sum(messages)',
    starts: `CAST(count(*) FILTER (WHERE earlier = ${never}) AS DOUBLE)`,
    first_day: 'min(day)',
    last_day: 'max(day)',
  },
  order: 'reporter, report',
  dimensions: new Set(['report', 'policyDomain', 'reporter', 'spread', 'generation', 'origin']),
  ends: true,
  rows: 'starts',
  onePer: 'report',
};

/** In the order in which they are tried: the smallest first. */
const allSums: readonly Sums[] = [heads, daily, reports, combinations];

/** The facts themselves: they can answer whatever is asked. */
export const facts: Answering = {
  table: 'facts',
  dimensions: new Set([...daily.dimensions, ...reports.dimensions, ...combinations.dimensions, 'envelopeFrom']),
  ends: true,
  rows: '1',
};

/** Says, in the transaction that changes facts other than by adding some, that the sums are no longer those of the facts. */
export async function factsChanged(connection: Connection): Promise<void> {
  const state = await readState(connection);
  await writeState(connection, 'facts', String(Number(state.get('facts') ?? '0') + 1));
  await writeState(connection, 'stamp', '');
}

/** When what was added since the sums were last made whole is more than this part of them, they are made whole again. */
const ADDED_SHARE = 0.25;

/** So many stamps are remembered: a copy that is older is made anew. */
const LINEAGE = 64;

/** The last report that was in the sums when they had a stamp. */
export interface Forebear {
  readonly stamp: string;
  readonly summed: number;
}

/** What can answer, and what the copies beside the database must agree with. */
export interface Current extends Stamp {
  readonly tables: readonly Answering[];
}

/** The stamps that the sums had since they were made whole, today's last. @throws {StorageError} */
export async function lineageOf(connection: Connection): Promise<readonly Forebear[]> {
  const state = await readState(connection);
  // Between a change of the facts and the making of their sums there are no sums that a copy could be of.
  if (state.get('sums') !== (state.get('facts') ?? '0')) return [];
  const lineage = state.get('lineage');
  if (lineage !== undefined) return JSON.parse(lineage) as readonly Forebear[];
  const stamp = state.get('stamp') ?? '';
  return stamp === '' ? [] : [{ stamp, summed: Number(state.get('summed') ?? '-1') }];
}

/** Brings the sums up to date. @throws {StorageError} */
export async function currentSums(connection: Connection): Promise<Current> {
  const state = await readState(connection);
  const changes = state.get('facts') ?? '0';
  const last = (await connection.number('SELECT max(report) FROM facts')) ?? 0;
  const summed = Number(state.get('summed') ?? '-1');
  const made = state.get('sums') === changes;
  let stamp = state.get('stamp') ?? '';
  if (!made || last > summed) {
    const added = made ? ((await connection.number(`SELECT count(*) FROM facts WHERE report > ${summed}`)) ?? 0) : 0;
    const before = Number(state.get('added') ?? '0');
    const whole = Number(state.get('summed_whole') ?? '0');
    stamp = randomUUID();
    if (!made || added + before > whole * ADDED_SHARE) await make(connection, { changes, last, stamp });
    else await add(connection, { summed, last, stamp, added: before + added });
  }
  const tables = [...allSums.map((each) => ({ ...each, single: each === combinations })), facts];
  return { tables, stamp, filing: Number(state.get('filing') ?? '0') };
}

async function make(
  connection: Connection,
  to: { readonly changes: string; readonly last: number; readonly stamp: string },
): Promise<void> {
  await connection.transaction(async ({ sql }) => {
    for (const each of allSums) {
      await sql.run(`CREATE OR REPLACE TABLE ${each.table} AS ${selectSums(each, '')} ORDER BY ${each.order}`);
    }
    await writeState(sql, 'sums', to.changes);
    await writeState(sql, 'summed', String(to.last));
    await writeState(sql, 'summed_whole', String((await sql.number('SELECT count(*) FROM facts')) ?? 0));
    await writeState(sql, 'added', '0');
    await writeState(sql, 'stamp', to.stamp);
    await writeState(sql, 'lineage', JSON.stringify([{ stamp: to.stamp, summed: to.last }]));
  });
}

async function add(
  connection: Connection,
  to: { readonly summed: number; readonly last: number; readonly stamp: string; readonly added: number },
): Promise<void> {
  await connection.transaction(async ({ sql }) => {
    for (const each of allSums) {
      await sql.run(`INSERT INTO ${each.table} ${selectSums(each, `WHERE report > ${to.summed}`)}`);
    }
    // Each combination once again. The other tables are grouped whenever they are asked, and may hold a key twice.
    await sql.run(`CREATE OR REPLACE TABLE combinations AS
      SELECT source, auth, author_domain, flags, sum(messages) AS messages, sum(starts) AS starts,
        min(first_day) AS first_day, max(last_day) AS last_day
      FROM combinations GROUP BY ALL ORDER BY ${combinations.order}`);
    await writeState(sql, 'summed', String(to.last));
    await writeState(sql, 'added', String(to.added));
    const now: Forebear = { stamp: to.stamp, summed: to.last };
    await writeState(sql, 'lineage', JSON.stringify([...(await lineageOf(sql)), now].slice(-LINEAGE)));
    await writeState(sql, 'stamp', to.stamp);
  });
}

function selectSums(each: Sums, where: string): string {
  const sums = Object.entries(each.sums).map(([name, expression]) => `${expression} AS ${name}`);
  return `SELECT ${[...each.key, ...sums].join(', ')} FROM facts ${where} GROUP BY ALL`;
}

/** Rewrites the facts sorted by domain and day: questions about one domain then read a part of them. @throws {StorageError} */
export async function sortFacts(connection: Connection): Promise<void> {
  await connection.transaction(async ({ sql }) => {
    await sql.run(
      `CREATE TABLE facts_sorted AS SELECT ${factColumns.join(', ')} FROM facts ORDER BY author_domain, day`,
    );
    await sql.run('DROP TABLE facts');
    await sql.run('ALTER TABLE facts_sorted RENAME TO facts');
    await writeState(sql, 'sorted', String((await sql.number('SELECT count(*) FROM facts')) ?? 0));
  });
}
