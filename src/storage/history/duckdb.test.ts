// The traps of the engine, each met before: what DuckDB does by itself, and that our way around it holds.
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DuckDBDataChunk, DuckDBInstance, INTEGER } from '@duckdb/node-api';
import { StorageError } from '../storage-error.ts';
import { Database } from './duckdb.ts';
import type { Connection } from './duckdb.ts';

describe('DuckDB', () => {
  let directory: string;
  let database: Database;
  let connection: Connection;
  let other: Connection;
  const count = async (on: Connection = other): Promise<number | undefined> => on.number('SELECT count(*) FROM t');
  const numbers = (length: number): Int32Array[] => [Int32Array.from({ length }, (_, n) => n), new Int32Array(length)];

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zegel-duckdb-'));
    mkdirSync(join(directory, 'exports'));
    database = await Database.open(join(directory, 'a.duckdb'), {
      memoryMb: 64,
      threads: 1,
      exports: join(directory, 'exports'),
    });
    connection = await database.connect();
    other = await database.connect();
  });
  beforeEach(async () => {
    await connection.run('CREATE OR REPLACE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL)');
  });
  after(() => {
    database.close();
    rmSync(directory, { recursive: true });
  });

  test('trap 1: an appender alone commits half a report; inside a transaction nothing shows before its end', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const [writing, looking] = [await instance.connect(), await instance.connect()];
    await writing.run('CREATE TABLE t (a INTEGER)');
    const appender = await writing.createAppender('t');
    const chunk = DuckDBDataChunk.create([INTEGER]);
    chunk.setColumns([Array.from({ length: 2048 }, (_, n) => n)]);
    for (let at = 0; at < 101; at++) appender.appendDataChunk(chunk);
    const seen = Number((await (await looking.run('SELECT count(*) FROM t')).getRows())[0]![0]);
    assert.ok(seen > 0 && seen < 101 * 2048, 'the engine still commits by itself in mid-report');
    appender.clear();

    await connection.transaction(async (write) => {
      (await write.append('t')).rows(numbers(300_000), 0, 300_000);
      assert.equal(await count(), 0);
    });
    assert.equal(await count(), 300_000);
  });

  test('trap 2: what an appender still holds is not written after the rollback', async () => {
    await assert.rejects(
      connection.transaction(async (write) => {
        (await write.append('t')).rows(numbers(10), 0, 10);
        throw new Error('stop');
      }),
      /stop/,
    );
    globalThis.gc?.();
    assert.equal(await count(connection), 0);
    await connection.run('INSERT INTO t VALUES (1, 1)');
    assert.equal(await count(), 1);
  });

  test('trap 3: what an appender holds is in the commit', async () => {
    await connection.transaction(async (write) => (await write.append('t')).rows(numbers(5), 0, 5));
    assert.equal(await count(), 5);
  });

  test('trap 4: a chunk with a column too few is refused, and every column is written', async () => {
    await assert.rejects(
      connection.transaction(async (write) => (await write.append('t')).rows(numbers(5).slice(1), 0, 5)),
      TypeError,
    );
    const length = 5000;
    await connection.transaction(async (write) => (await write.append('t')).rows(numbers(length), 0, length));
    const { columns } = await connection.columns('SELECT a, b FROM t ORDER BY a');
    assert.deepEqual([...columns[0]!], [...numbers(length)[0]!]);
    assert.ok(columns[1]!.every((value) => value === 0));
  });

  test('trap 5: the engine lets one process open a file twice; it is the register that keeps a folder to one', async () => {
    const again = await Database.open(join(directory, 'a.duckdb'), {
      memoryMb: 64,
      threads: 1,
      exports: join(directory, 'exports'),
    }).then(
      (opened) => {
        opened.close();
        return 'opened';
      },
      () => 'refused',
    );
    assert.equal(again, 'opened');
  });

  test('trap 7: writing in chunks lets the thread go on in between', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await connection.transaction(async (write) => {
      const appender = await write.append('t');
      for (let at = 0; at < 20; at++) {
        appender.rows(numbers(20_000), 0, 20_000);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    });
    clearInterval(timer);
    assert.ok(turns > 0);
    assert.equal(await count(), 400_000);
  });

  test('trap 9: whole columns come back as typed arrays, texts apart', async () => {
    await connection.run(`INSERT INTO t SELECT range, 7 FROM range(10000)`);
    const { length, columns } = await connection.columns(
      'SELECT a, CAST(b AS DOUBLE) AS b FROM t WHERE a >= $1',
      [9_000],
    );
    assert.equal(length, 1000);
    assert.ok(columns[0] instanceof Int32Array && columns[1] instanceof Float64Array);
    assert.equal(columns[1][999], 7);
    await assert.rejects(connection.columns(`SELECT CAST(a AS BIGINT) FROM t`), TypeError);
    assert.deepEqual(await connection.texts(`SELECT $1 UNION ALL SELECT NULL`, ["it's"]), ["it's", '']);
  });

  test('a statement can neither read nor write outside the directory for exports', async () => {
    const secret = join(directory, 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const allowed = join(directory, 'exports', 'a.csv');
    await connection.run(`COPY (SELECT 1 AS a) TO '${allowed}' (FORMAT csv)`);
    assert.equal(readFileSync(allowed, 'utf8'), 'a\n1\n');
    for (const statement of [
      `SELECT * FROM read_csv('${secret}')`,
      `COPY (SELECT 1) TO '${join(directory, 'b.csv')}'`,
      `ATTACH '${join(directory, 'b.duckdb')}'`,
      'INSTALL httpfs',
      `COPY (SELECT 1) TO '${join(directory, 'exports', '..', 'c.csv')}'`,
    ]) {
      await assert.rejects(connection.run(statement), (error) => error instanceof StorageError, statement);
    }
    await assert.rejects(connection.run('SET enable_external_access=true'));
    await assert.rejects(connection.run(`SET allowed_directories=['/']`));
  });

  test('a file that is no database is damaged', async () => {
    const file = join(directory, 'broken.duckdb');
    writeFileSync(file, 'not a database, however long one looks at it\n'.repeat(1000));
    const limits = { memoryMb: 64, threads: 1, exports: join(directory, 'exports') };
    await assert.rejects(Database.open(file, limits), { code: 'storage/damaged', retryable: false });
  });
});
