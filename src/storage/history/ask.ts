// From a question to a statement, and from the answer to columns.
import type { Columns, Dimension, Measure, Question, Where } from '../../protection/history.ts';
import { originCodes } from '../../protection/history.ts';
import { assertNever } from '../../standards/problem.ts';
import type { Connection } from './duckdb.ts';
import { takeApart } from './kept.ts';
import type { KeptCombinations } from './kept.ts';
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
  /** Whether no two of its rows agree in all its dimensions. */
  readonly single?: boolean;
  /** The dimension of which every value has one row. */
  readonly onePer?: Dimension;
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

/** A statement, what is bound to it, and where its columns belong in the answer. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (number | string)[];
  /** The dimensions that stand in a column of their own, then, when there are such, those packed in one column. */
  readonly plain: readonly Dimension[];
  readonly packed: readonly Flag[];
  /** The table that answers. */
  readonly table: string;
  /** The table whose rows are the answer as they stand, all of them and in any order; absent when there is more to do. */
  readonly whole?: string;
}

type Flag = Dimension & keyof typeof flagBits;
const isFlag = (dimension: Dimension): dimension is Flag => dimension in flagBits;

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
  // Where every group is one row of the table there is nothing to add up: a sum, a least and a greatest are the value itself.
  const asItIs =
    from.single === true &&
    by.length === from.dimensions.size &&
    measures.every((measure) => distinct[measure] === undefined);
  const add = (of: 'max' | 'min' | 'sum', column: string): string => (asItIs ? column : `${of}(${column})`);
  // Several small codes are fetched as the one number they stand in, and taken apart here.
  const packed = by.filter(isFlag).length > 1 ? by.filter(isFlag) : [];
  const plain = packed.length > 0 ? by.filter((dimension) => !isFlag(dimension)) : by;
  const mask = packed.reduce((bits, name) => bits | (flagBits[name].mask << flagBits[name].shift), 0);
  const keys = [
    ...plain.map((dimension) => expressions[dimension]),
    ...(packed.length > 0 ? [`(flags & ${mask})`] : []),
  ];
  const groups = keys.map((_, index) => `d${index}`);
  const select = [
    ...keys.map((expression, index) => `${expression} AS d${index}`),
    ...measures.map((measure, index) => `${measureSql(measure, question, from, add)} AS m${index}`),
  ];
  const sql = [
    `SELECT ${select.length === 0 ? '1' : select.join(', ')} FROM ${from.table}`,
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    // Without GROUP BY a statement answers one row even where nothing was found: then there is no group.
    asItIs ? '' : by.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${groups.join(', ')}`,
    limit === undefined || measures.length === 0 ? '' : `ORDER BY ${['m0 DESC', ...groups].join(', ')}`,
    limit === undefined ? '' : `LIMIT ${Math.max(0, Math.floor(limit))}`,
  ];
  const whole = asItIs && conditions.length === 0 && limit === undefined;
  return {
    sql: sql.filter((part) => part !== '').join(' '),
    values,
    plain,
    packed,
    table: from.table,
    ...(whole ? { whole: from.table } : {}),
  };
}

type Adding = (of: 'max' | 'min' | 'sum', column: string) => string;

function measureSql(measure: Measure, question: Question, from: Answering, add: Adding): string {
  const since = question.where?.since;
  switch (measure) {
    case 'messages':
      return add('sum', 'messages');
    case 'rows': {
      // A row of several days is counted once a group: with `day` it is in one group a day.
      if (question.by.includes('day')) return `CAST(sum(${from.rows}) AS DOUBLE)`;
      const first = since === undefined ? never + 1 : since;
      return from.dimensions.has('day')
        ? `CAST(coalesce(sum(${from.rows}) FILTER (WHERE earlier < ${first}), 0) AS DOUBLE)`
        : add('sum', 'starts');
    }
    case 'firstDay':
      return from.dimensions.has('day') ? add('min', 'day') : add('min', 'first_day');
    case 'lastDay':
      return from.dimensions.has('day') ? add('max', 'day') : add('max', 'last_day');
    case 'reports':
    case 'sources':
    case 'reporters': {
      const dimension = distinct[measure]!;
      if (from.onePer === dimension) return 'CAST(count(*) AS DOUBLE)';
      // 0 is "not said": an address that could not be read is no source.
      return `CAST(count(DISTINCT ${expressions[dimension]}) FILTER (WHERE ${expressions[dimension]} <> 0) AS DOUBLE)`;
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
  const keys = statement.plain.length + (statement.packed.length > 0 ? 1 : 0);
  return answer(question, statement, {
    length,
    key: (index) => columns[index] as Int32Array | undefined,
    measure: (index) => columns[keys + index],
  });
}

/** The answer to a question whose statement is the `whole` table of combinations, from the copy of it. */
export function answerFromKept<D extends Dimension, M extends Measure>(
  question: Question<D, M>,
  kept: KeptCombinations,
): Columns<D, M> {
  const all: Readonly<Record<string, Float64Array | Int32Array | number>> = kept;
  const asked = [...question.by, ...question.measures].map((name) => [name, all[name]]);
  return Object.fromEntries([['length', kept.length], ...asked]) as Columns<D, M>;
}

function answer<D extends Dimension, M extends Measure>(
  question: Question<D, M>,
  statement: Statement,
  from: {
    readonly length: number;
    key(index: number): Int32Array | undefined;
    measure(index: number): Float64Array | Int32Array | undefined;
  },
): Columns<D, M> {
  const { length } = from;
  const columns: Record<string, Float64Array | Int32Array | number> = { length };
  for (const [index, dimension] of statement.plain.entries()) columns[dimension] = from.key(index) ?? new Int32Array(0);
  const flags = statement.packed.length === 0 ? undefined : from.key(statement.plain.length);
  for (const name of statement.packed) {
    const codes = new Int32Array(length);
    if (flags !== undefined) takeApart(flags, flagBits[name], codes, 0);
    columns[name] = codes;
  }
  for (const [index, measure] of question.measures.entries()) {
    const column = from.measure(index);
    columns[measure] = column instanceof Float64Array ? column : Float64Array.from(column ?? []);
  }
  return columns as Columns<D, M>;
}
