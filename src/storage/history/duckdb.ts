// DuckDB, as much of it as the history needs, and the rules that were learnt about it. Nothing outside this file touches its API.
//
// - Values are read from the vectors of a chunk, whole columns at a time; rows of JavaScript values cost ten times as much.
// - Rows are written as chunks of columns. Every column of a chunk is written: one that is not holds garbage.
// - An appender outside a transaction commits by itself in mid-report, and one that still holds rows when its transaction is
//   rolled back writes them afterwards. So an appender lives inside `transaction`, and is cleared before the rollback.
// - COMMIT says nothing to an appender: what it holds must be flushed first.
import { DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection, DuckDBMaterializedResult, DuckDBType } from '@duckdb/node-api';
import { StorageError, storageError } from '../storage-error.ts';

/** Rows in a chunk: DuckDB's vector size. */
const chunkRows = 2048;

/** A column of numbers as it is handed over. Texts are handed over apart. */
export type NumberColumn = BigInt64Array | Float64Array | Int32Array | Uint8Array;

/** How an instance is opened. */
export interface Limits {
  /** Megabytes for DuckDB's buffers. */
  readonly memoryMb: number;
  readonly threads: number;
  /** The only directory that statements may read from and write to. */
  readonly exports: string;
}

/** One opened database file. DuckDB does not notice when a process opens a file twice: whoever opens one owns the folder. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connections: Connection[] = [];

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /**
   * Opens (or makes) a database file, and shuts every door of the engine but the one for exports.
   *
   * @throws {StorageError}
   */
  static async open(file: string, limits: Limits): Promise<Database> {
    try {
      const instance = await DuckDBInstance.create(file, {
        threads: String(limits.threads),
        memory_limit: `${limits.memoryMb}MB`,
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const database = new Database(instance);
      const first = await database.connect();
      await first.run(
        `SET allowed_directories=[${quote(limits.exports)}]; SET enable_external_access=false; SET lock_configuration=true`,
      );
      return database;
    } catch (error) {
      throw storageError(error, 'history');
    }
  }

  /** A connection of its own: it sees what is committed, and what it did itself. */
  async connect(): Promise<Connection> {
    const connection = new Connection(await this.#instance.connect());
    this.#connections.push(connection);
    return connection;
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#instance.closeSync();
  }
}

/** A connection. One thing at a time: callers wait for each other. */
export class Connection {
  readonly #connection: DuckDBConnection;
  #closed = false;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Runs a statement; `values` are bound to `$1`, `$2`… @throws {StorageError} */
  async run(sql: string, values: readonly (number | string)[] = []): Promise<DuckDBMaterializedResult> {
    if (this.#closed) throw new StorageError('storage/closed');
    try {
      return values.length === 0 ? await this.#connection.run(sql) : await this.#connection.run(sql, [...values]);
    } catch (error) {
      throw storageError(error, 'history');
    }
  }

  /**
   * The answer to a question as typed arrays, one a column. Every column must be INTEGER or DOUBLE, and hold no NULL: a NULL
   * comes out as whatever stood in its place.
   */
  async columns(
    sql: string,
    values: readonly (number | string)[] = [],
  ): Promise<{ readonly length: number; readonly columns: (Float64Array | Int32Array)[] }> {
    const result = await this.run(sql, values);
    const length = result.rowCount;
    const columns: (Float64Array | Int32Array)[] = [];
    let at = 0;
    for (let index = 0; index < result.chunkCount; index++) {
      const chunk = result.getChunk(index);
      for (let column = 0; column < result.columnCount; column++) {
        const items = itemsOf(chunk, column);
        if (!(items instanceof Int32Array) && !(items instanceof Float64Array)) {
          throw new TypeError(`column ${result.columnName(column)} is neither INTEGER nor DOUBLE`);
        }
        columns[column] ??= items instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
        columns[column]!.set(items, at);
      }
      at += chunk.rowCount;
    }
    return { length, columns };
  }

  /** One number, the first of the first row; `undefined` when there is no row or it is NULL. */
  async number(sql: string, values: readonly (number | string)[] = []): Promise<number | undefined> {
    const result = await this.run(sql, values);
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return undefined;
    const value = chunk.getColumnVector(0).getItem(0);
    return value === null || value === undefined ? undefined : Number(value as bigint | number);
  }

  /** A column of texts, in the order of the answer. NULL comes out as `''`. */
  async texts(sql: string, values: readonly (number | string)[] = []): Promise<string[]> {
    const result = await this.run(sql, values);
    const texts: string[] = [];
    for (const chunk of await result.fetchAllChunks()) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < chunk.rowCount; row++) texts.push((vector.getItem(row) as string | null) ?? '');
    }
    return texts;
  }

  /**
   * Does all of `work` or nothing of it. What is thrown in it is thrown on, after the rollback.
   *
   * @throws {StorageError} also when the commit itself fails: then nothing of it was done
   */
  async transaction<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    await this.run('BEGIN TRANSACTION');
    const writing = new Writing(this, this.#connection);
    let value: T;
    try {
      value = await work(writing);
      writing.flush();
    } catch (error) {
      writing.clear();
      // A failed transaction may have been ended by the engine already; what matters is that it is not open.
      await this.run('ROLLBACK').catch(() => undefined);
      throw storageError(error, 'history');
    }
    try {
      await this.run('COMMIT');
    } catch (error) {
      await this.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
    writing.close();
    return value;
  }

  /** Asks the statement that runs now to stop; it then throws `storage/interrupted`. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    if (!this.#closed) this.#connection.closeSync();
    this.#closed = true;
  }
}

/** Writing inside a transaction. */
export class Writing {
  readonly #connection: DuckDBConnection;
  readonly #appenders = new Map<string, Appender>();
  /** For statements in the transaction. */
  readonly sql: Connection;

  constructor(sql: Connection, connection: DuckDBConnection) {
    this.sql = sql;
    this.#connection = connection;
  }

  /** The appender of a table; one a table and transaction. */
  async append(table: string): Promise<Appender> {
    const open = this.#appenders.get(table);
    if (open !== undefined) return open;
    const appender = new Appender(await this.#connection.createAppender(table));
    this.#appenders.set(table, appender);
    return appender;
  }

  /** Hands what the appenders hold to the transaction: before a statement that should see it. */
  flush(): void {
    for (const appender of this.#appenders.values()) appender.flush();
  }

  /** Forgets what the appenders hold: before a rollback. */
  clear(): void {
    for (const appender of this.#appenders.values()) appender.clear();
  }

  close(): void {
    for (const appender of this.#appenders.values()) appender.close();
  }
}

/** Adds rows to a table, by columns. */
export class Appender {
  readonly #appender: DuckDBAppender;
  readonly #types: DuckDBType[] = [];
  #chunk: DuckDBDataChunk | undefined;

  constructor(appender: DuckDBAppender) {
    this.#appender = appender;
    for (let index = 0; index < appender.columnCount; index++) this.#types.push(appender.columnType(index));
  }

  /**
   * Adds rows `from` up to, and not including, `to` of the columns, which are those of the table in its order, each of the
   * type of its column.
   */
  rows(columns: readonly NumberColumn[], from: number, to: number): void {
    if (columns.length !== this.#types.length) throw new TypeError('a chunk must have every column of its table');
    for (let at = from; at < to; at += chunkRows) {
      const length = Math.min(chunkRows, to - at);
      const chunk = (this.#chunk ??= DuckDBDataChunk.create(this.#types, chunkRows));
      chunk.rowCount = length;
      for (let index = 0; index < columns.length; index++) {
        const vector = chunk.getColumnVector(index);
        (itemsOf(chunk, index) as Int32Array).set(columns[index]!.subarray(at, at + length) as Int32Array);
        vector.flush();
      }
      this.#appender.appendDataChunk(chunk);
    }
  }

  /** Adds one row with a number and texts: an entry of a dictionary. */
  entry(id: number, ...texts: readonly string[]): void {
    this.#appender.appendInteger(id);
    for (const text of texts) this.#appender.appendVarchar(text);
    this.#appender.endRow();
  }

  flush(): void {
    this.#appender.flushSync();
  }

  clear(): void {
    this.#appender.clear();
  }

  close(): void {
    this.#appender.closeSync();
  }
}

/** The values of a numeric column of a chunk, in place. The binding keeps them in `items`, which its types hide. */
function itemsOf(chunk: DuckDBDataChunk, column: number): NumberColumn {
  const { items } = chunk.getColumnVector(column) as unknown as { items: NumberColumn | undefined };
  if (items === undefined) throw new TypeError(`column ${column} is not a column of numbers`);
  return items;
}

/** A text as it stands in a statement. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
