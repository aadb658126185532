// Brings the tables of a history to the version that this Zegel knows. The version and the marks of work under way stand in
// `state`, and are written in the transaction of the work they speak of.
import { StorageError } from '../storage-error.ts';
import type { Connection } from './duckdb.ts';

/** One step of the schema. */
export interface Migration {
  readonly about: string;
  /** Run in one transaction with the new version number. */
  readonly statements: readonly string[];
}

/**
 * Makes the tables, or changes those of an earlier version, one transaction a step.
 *
 * @throws {StorageError} `storage/newer-version` when a later Zegel wrote them
 */
export async function migrate(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS state (name VARCHAR NOT NULL, value VARCHAR NOT NULL)');
  const found = Number((await readState(connection)).get('schema') ?? '0');
  if (found > migrations.length) {
    throw new StorageError('storage/newer-version', { what: 'history', found, known: migrations.length });
  }
  for (let version = found + 1; version <= migrations.length; version++) {
    await connection.transaction(async ({ sql }) => {
      for (const statement of migrations[version - 1]!.statements) await sql.run(statement);
      await writeState(sql, 'schema', String(version));
    });
  }
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
