// From a question to a statement, and from the answer to columns.
import type { Columns, Dimension, Measure, Question, Where } from '../../protection/history.ts';
import { originCodes } from '../../protection/history.ts';
import { assertNever } from '../../standards/problem.ts';
import type { Connection } from './duckdb.ts';
import { flagBits, never } from './schema.ts';

/** A table that can answer questions: the facts themselves, or sums of them. */
export interface Answering {
  readonly table: string;
  /** What it can still tell apart. */
  readonly dimensions: ReadonlySet<Dimension>;
  /** Whether it keeps the ends of the days that it does not tell apart. */
  readonly ends: boolean;
  /** How many rows one of its rows stands for. */
  readonly rows: string;
}

/** How each dimension stands in the tables. */
const expressions: Readonly<Record<Dimension, string>> = {
  alignment: flag('alignment'),
  auth: 'auth',
  authorDomain: 'author_domain',
  day: 'day',
  disposition: flag('disposition'),
  dkim: flag('dkim'),
  envelopeFrom: 'envelope_from',
  generation: flag('generation'),
  origin: flag('origin'),
  policyDomain: 'policy_domain',
  reasons: 'reasons',
  report: 'report',
  reporter: 'reporter',
  source: 'source',
  spf: flag('spf'),
  spread: 'spread',
};

function flag(name: keyof typeof flagBits): string {
  const { shift, mask } = flagBits[name];
  return `((flags >> ${shift}) & ${mask})`;
}

const distinct: Partial<Record<Measure, Dimension>> = { reports: 'report', sources: 'source', reporters: 'reporter' };

/** A statement and what is bound to it. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (number | string)[];
}

/** The statement that answers a question from the first of `tables` that can. The last must be the facts, which always can. */
export function compileQuestion(question: Question, tables: readonly Answering[]): Statement {
  const { by, measures, where = {}, limit } = question;
  const needs = new Set<Dimension>(by);
  for (const measure of measures) {
    const dimension = distinct[measure];
    if (dimension !== undefined) needs.add(dimension);
  }
  const dated = where.since !== undefined || where.until !== undefined;
  if (dated) needs.add('day');
  for (const name of ['authorDomain', 'policyDomain', 'reporter', 'source', 'origin', 'report'] as const) {
    if (where[name] !== undefined) needs.add(name);
  }
  if (where.underDomain !== undefined) needs.add('authorDomain');
  const ends = measures.includes('firstDay') || measures.includes('lastDay');
  const from = tables.find(
    (each) =>
      [...needs].every((dimension) => each.dimensions.has(dimension)) &&
      (!ends || each.ends || each.dimensions.has('day')),
  );
  if (from === undefined) throw new Error('the facts must be among the tables that answer');

  const values: (number | string)[] = [];
  const conditions = compileWhere(where, values);
  const select = [
    ...by.map((dimension, index) => `CAST(${expressions[dimension]} AS INTEGER) AS d${index}`),
    ...measures.map((measure, index) => `CAST(${measureSql(measure, question, from)} AS DOUBLE) AS m${index}`),
  ];
  const sql = [
    `SELECT ${select.length === 0 ? '1' : select.join(', ')} FROM ${from.table}`,
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    // Without GROUP BY a statement answers one row even where nothing was found: then there is no group.
    by.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${by.map((_, index) => `d${index}`).join(', ')}`,
    limit === undefined || measures.length === 0
      ? ''
      : `ORDER BY m0 DESC${by.map((_, index) => `, d${index}`).join('')}`,
    limit === undefined ? '' : `LIMIT ${Math.max(0, Math.floor(limit))}`,
  ];
  return { sql: sql.filter((part) => part !== '').join(' '), values };
}

function measureSql(measure: Measure, question: Question, from: Answering): string {
  const since = question.where?.since;
  switch (measure) {
    case 'messages':
      return 'sum(messages)';
    case 'rows': {
      // A row of several days is counted once a group: with `day` it is in one group a day.
      if (question.by.includes('day')) return `sum(${from.rows})`;
      const first = since === undefined ? never + 1 : since;
      return from.dimensions.has('day')
        ? `coalesce(sum(${from.rows}) FILTER (WHERE earlier < ${first}), 0)`
        : 'sum(starts)';
    }
    case 'firstDay':
      return from.dimensions.has('day') ? 'min(day)' : 'min(first_day)';
    case 'lastDay':
      return from.dimensions.has('day') ? 'max(day)' : 'max(last_day)';
    case 'reports':
    case 'sources':
    case 'reporters': {
      const dimension = distinct[measure]!;
      // 0 is "not said": an address that could not be read is no source.
      return `count(DISTINCT ${expressions[dimension]}) FILTER (WHERE ${expressions[dimension]} <> 0)`;
    }
    default:
      return assertNever(measure);
  }
}

/** The conditions on the columns that `facts` and its sums share; texts are looked up in the dictionaries by the engine. */
export function compileWhere(where: Where, values: (number | string)[]): string[] {
  const conditions: string[] = [];
  const bind = (value: string): string => `$${values.push(value)}`;
  const texts = (column: string, table: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined) return;
    conditions.push(
      wanted.length === 0
        ? 'false'
        : `${column} IN (SELECT id FROM ${table} WHERE value IN (${wanted.map(bind).join(', ')}))`,
    );
  };
  if (where.since !== undefined) conditions.push(`day >= ${Math.floor(where.since)}`);
  if (where.until !== undefined) conditions.push(`day <= ${Math.floor(where.until)}`);
  texts('author_domain', 'names', where.authorDomain);
  if (where.underDomain !== undefined) {
    const below = where.underDomain.map((name) => `value = ${bind(name)} OR ends_with(value, ${bind(`.${name}`)})`);
    conditions.push(
      below.length === 0 ? 'false' : `author_domain IN (SELECT id FROM names WHERE ${below.join(' OR ')})`,
    );
  }
  texts('policy_domain', 'names', where.policyDomain);
  texts('reporter', 'reporters', where.reporter);
  texts('source', 'addresses', where.source);
  if (where.origin !== undefined) {
    const codes = where.origin.map((name) => originCodes.indexOf(name));
    conditions.push(codes.length === 0 ? 'false' : `${flag('origin')} IN (${codes.join(', ')})`);
  }
  if (where.report !== undefined) {
    const reports = where.report.filter((id) => Number.isSafeInteger(id));
    conditions.push(reports.length === 0 ? 'false' : `report IN (${reports.join(', ')})`);
  }
  return conditions;
}

/** Puts the statement to the history. @throws {StorageError} */
export async function askStatement<D extends Dimension, M extends Measure>(
  connection: Connection,
  question: Question<D, M>,
  statement: Statement,
): Promise<Columns<D, M>> {
  const { length, columns } = await connection.columns(statement.sql, statement.values);
  const answer: Record<string, Float64Array | Int32Array | number> = { length };
  for (const [index, dimension] of question.by.entries()) {
    answer[dimension] = length === 0 ? new Int32Array(0) : columns[index]!;
  }
  for (const [index, measure] of question.measures.entries()) {
    answer[measure] = length === 0 ? new Float64Array(0) : columns[question.by.length + index]!;
  }
  return answer as Columns<D, M>;
}
