import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Database } from './duckdb.ts';
import type { Connection } from './duckdb.ts';
import { migrate, readState } from './migrate.ts';
import type { Migration, Progress } from './migrate.ts';
import { factColumns, migrations } from './schema.ts';

/** A later version, as one might come: a column more. */
const later: Migration = {
  about: 'twice the messages',
  statements: ['CREATE TABLE beside (a INTEGER)'],
  rewrite: {
    columns: `${factColumns.map((name) => `${name} ${name === 'messages' ? 'DOUBLE' : 'INTEGER'} NOT NULL`).join(', ')}, twice DOUBLE NOT NULL`,
    select: '*, messages * 2',
  },
};

describe('migrations of the history', () => {
  let directory: string;
  let database: Database;
  let connection: Connection;
  const open = async (): Promise<void> => {
    const exports = join(directory, 'exports');
    database = await Database.open(join(directory, 'a.duckdb'), { memoryMb: 64, threads: 1, exports });
    connection = await database.connect();
  };
  const fill = async (): Promise<void> => {
    await migrate(connection, migrations);
    const columns = factColumns.map((name) => (name === 'report' ? '1 + i // 10' : name === 'messages' ? 'i' : '0'));
    await connection.run(`INSERT INTO facts SELECT ${columns.join(', ')} FROM range(1000) t(i)`);
  };
  const sums = async (): Promise<(number | undefined)[]> => [
    await connection.number('SELECT count(*) FROM facts'),
    await connection.number('SELECT sum(messages) FROM facts'),
    await connection.number('SELECT sum(twice) FROM facts'),
  ];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zegel-migrate-'));
    await open();
  });
  afterEach(() => {
    database.close();
    rmSync(directory, { recursive: true });
  });

  test('a rewrite tells how far it is, and leaves every fact there once', async () => {
    await fill();
    const told: Progress[] = [];
    await migrate(connection, [...migrations, later], { progress: (now) => told.push(now), sliceFacts: 300 });
    assert.deepEqual(
      told.map(({ what, done, total }) => [what, done, total]),
      [0, 30, 60, 90, 100].map((done) => ['migrating', done, 100]),
    );
    assert.deepEqual(await sums(), [1000, 499_500, 999_000]);
    assert.equal((await readState(connection)).get('schema'), String(migrations.length + 1));
  });

  test('interrupted anywhere it goes on from there, also in another process', async () => {
    await fill();
    const steps: number[] = [];
    for (let round = 0; ; round++) {
      const stop = new AbortController();
      let told = 0;
      try {
        await migrate(connection, [...migrations, later], {
          sliceFacts: 150,
          signal: stop.signal,
          progress: ({ done }) => {
            steps.push(done);
            if (++told === 2) stop.abort();
          },
        });
        break;
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'storage/interrupted');
        assert.equal((await readState(connection)).get('schema'), String(migrations.length));
      }
      assert.ok(round < 10);
      database.close();
      await open();
    }
    assert.deepEqual(steps, [0, 15, 15, 30, 30, 45, 45, 60, 60, 75, 75, 90, 90, 100]);
    assert.deepEqual(await sums(), [1000, 499_500, 999_000]);
  });

  test('a step that fails leaves the version before it', async () => {
    await fill();
    const broken: Migration = { about: 'broken', statements: ['CREATE TABLE fine (a INTEGER)', 'SELECT nonsense'] };
    await assert.rejects(migrate(connection, [...migrations, broken]));
    assert.equal((await readState(connection)).get('schema'), String(migrations.length));
    await assert.rejects(connection.run('SELECT * FROM fine'));
  });

  test('tables of a later version are refused', async () => {
    await fill();
    await migrate(connection, [...migrations, later]);
    await assert.rejects(migrate(connection, migrations), {
      code: 'storage/newer-version',
      values: { what: 'history', found: migrations.length + 1, known: migrations.length },
    });
  });
});
