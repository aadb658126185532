// Brings the tables of a history to the version that this Zegel knows. The version and the marks of work under way stand in
// `state`, and are written in the transaction of the work they speak of.
import { StorageError } from '../storage-error.ts';
import type { Connection } from './duckdb.ts';

/** One step of the schema. A step that needs only statements takes them; one that changes every fact is a rewrite. */
export interface Migration {
  readonly about: string;
  /** Run in one transaction with the new version number; before the rewrite, when there is one. */
  readonly statements: readonly string[];
  /** Makes `facts` anew, in slices that can be interrupted. */
  readonly rewrite?: {
    /** The columns of the new table, as in CREATE TABLE. */
    readonly columns: string;
    /** What to select from `facts` for them. */
    readonly select: string;
  };
}

/** How far work that takes a while has come. */
export interface Progress {
  /** `migrating`: to a newer schema; `judging`: alignment by a newer rule. */
  readonly what: 'judging' | 'migrating';
  /** Of `total`, in reports. */
  readonly done: number;
  readonly total: number;
}

/** Work that takes a while: who is told of it, and how it is stopped. */
export interface LongWork {
  readonly progress?: ((now: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Facts in a slice, about; fewer in tests. */
  readonly sliceFacts?: number | undefined;
}

/** Facts in a slice, about. */
const SLICE_FACTS = 250_000;

/**
 * Makes the tables, or changes those of an earlier version, one transaction a step or a slice of it. What was interrupted goes
 * on where it stopped.
 *
 * @throws {StorageError} `storage/newer-version` when a later Zegel wrote them, `storage/interrupted` when the signal says so
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  work: LongWork = {},
): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS state (name VARCHAR NOT NULL, value VARCHAR NOT NULL)');
  const found = Number((await readState(connection)).get('schema') ?? '0');
  if (found > migrations.length) {
    throw new StorageError('storage/newer-version', { what: 'history', found, known: migrations.length });
  }
  for (let version = found + 1; version <= migrations.length; version++) {
    const { statements, rewrite } = migrations[version - 1]!;
    if (rewrite === undefined) {
      await connection.transaction(async ({ sql }) => {
        for (const statement of statements) await sql.run(statement);
        await writeState(sql, 'schema', String(version));
      });
    } else {
      await inSlices(connection, 'migrating', String(version), work, {
        async begin(sql) {
          for (const statement of statements) await sql.run(statement);
          await sql.run(`CREATE OR REPLACE TABLE facts_next (${rewrite.columns})`);
        },
        async slice(sql, range) {
          await sql.run(`INSERT INTO facts_next SELECT ${rewrite.select} FROM facts WHERE ${range}`);
        },
        async end(sql) {
          await sql.run('DROP TABLE facts');
          await sql.run('ALTER TABLE facts_next RENAME TO facts');
          await writeState(sql, 'schema', String(version));
        },
      });
    }
  }
}

/** Work over all facts, in slices by the number of the report. Each part runs in a transaction of its own. */
export interface SlicedWork {
  /** Before the first slice; not again when the work was interrupted and goes on. */
  begin(sql: Connection): Promise<void>;
  /** @param range a condition on `report` */
  slice(sql: Connection, range: string): Promise<void>;
  end(sql: Connection): Promise<void>;
}

/**
 * Does work over all facts in slices, each with the mark of how far it came. Slices go by the number of the report and not by
 * the place of a row, since the engine may move rows when it writes its file anew.
 *
 * @param target names what the work leads to: work under way for another target begins anew
 * @throws {StorageError} `storage/interrupted`; the same call later goes on from the last slice
 */
export async function inSlices(
  connection: Connection,
  what: Progress['what'],
  target: string,
  { progress, signal, sliceFacts = SLICE_FACTS }: LongWork,
  work: SlicedWork,
): Promise<void> {
  const mark = (await readState(connection)).get(what);
  const underWay = mark === undefined ? undefined : (JSON.parse(mark) as { target: string; done: number });
  const resumed = underWay?.target === target;
  let done = resumed ? underWay.done : 0;
  const total = (await connection.number('SELECT max(report) FROM facts')) ?? 0;
  const facts = (await connection.number('SELECT count(*) FROM facts')) ?? 0;
  const step = Math.max(1, Math.ceil((total * sliceFacts) / Math.max(1, facts)));
  if (!resumed) {
    await connection.transaction(async ({ sql }) => {
      await work.begin(sql);
      await writeState(sql, what, JSON.stringify({ target, done }));
    });
  }
  progress?.({ what, done, total });
  while (done < total) {
    if (signal?.aborted === true) throw new StorageError('storage/interrupted', { what: 'history' }, signal.reason);
    const upTo = Math.min(total, done + step);
    await connection.transaction(async ({ sql }) => {
      await work.slice(sql, `report > ${done} AND report <= ${upTo}`);
      await writeState(sql, what, JSON.stringify({ target, done: upTo }));
    });
    done = upTo;
    progress?.({ what, done, total });
  }
  await connection.transaction(async ({ sql }) => {
    await work.end(sql);
    await sql.run('DELETE FROM state WHERE name = $1', [what]);
  });
}

/** Everything that stands in `state`. */
export async function readState(connection: Connection): Promise<Map<string, string>> {
  const lines = await connection.texts(`SELECT name || '=' || value FROM state`);
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Sets one value of `state`, in the transaction that is open. */
export async function writeState(connection: Connection, name: string, value: string): Promise<void> {
  await connection.run('DELETE FROM state WHERE name = $1', [name]);
  await connection.run('INSERT INTO state VALUES ($1, $2)', [name, value]);
}
