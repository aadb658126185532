import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { StorageError, storageError } from '../storage-error.ts';

/** A row of an answer. */
export type RegisterRow = Readonly<Record<string, SQLOutputValue>>;

/** 'ZEGL': says in the file that it is a register. */
const APPLICATION_ID = 0x5a45474c;

/**
 * The file of the register: SQLite with a write-ahead log, every commit on the disk before it returns. It is locked for as
 * long as it is open, which is what makes this process the owner of the folder.
 */
export class RegisterFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Opens the file, or makes it, and brings its tables to the last version.
   *
   * @throws {StorageError} `storage/in-use` when another process (or this one) has it open; `storage/newer-version`;
   *   `storage/damaged`
   */
  static open(file: string, migrations: readonly { readonly sql: string }[]): RegisterFile {
    let database: DatabaseSync | undefined;
    try {
      closeSync(openSync(file, 'a', 0o600));
      database = new DatabaseSync(file, { timeout: 0 });
      // Exclusive before the log is opened: no shared-memory file, and a lock that stays until the process is gone.
      database.exec('PRAGMA locking_mode = EXCLUSIVE');
      database.exec('PRAGMA journal_mode = WAL');
      database.exec('BEGIN EXCLUSIVE; COMMIT');
      database.exec('PRAGMA synchronous = FULL');
      database.exec('PRAGMA foreign_keys = ON');
      const register = new RegisterFile(database);
      register.#migrate(migrations);
      return register;
    } catch (error) {
      database?.close();
      throw storageError(error, 'register');
    }
  }

  #migrate(migrations: readonly { readonly sql: string }[]): void {
    const found = Number(this.row('PRAGMA user_version')?.['user_version'] ?? 0);
    if (found > migrations.length) {
      throw new StorageError('storage/newer-version', { what: 'register', found, known: migrations.length });
    }
    for (let version = found + 1; version <= migrations.length; version++) {
      this.transaction(() => {
        this.#database.exec(migrations[version - 1]!.sql);
        this.#database.exec(`PRAGMA user_version = ${version}`);
        this.#database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      });
    }
  }

  /** All rows of an answer. @throws {StorageError} */
  rows(sql: string, ...values: SQLInputValue[]): RegisterRow[] {
    return this.#try(sql, (statement) => statement.all(...values) as RegisterRow[]);
  }

  /** The first row of an answer. @throws {StorageError} */
  row(sql: string, ...values: SQLInputValue[]): RegisterRow | undefined {
    return this.#try(sql, (statement) => statement.get(...values) as RegisterRow | undefined);
  }

  /** Runs a statement; the number of the row it added last. @throws {StorageError} */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#try(sql, (statement) => Number(statement.run(...values).lastInsertRowid));
  }

  /** Does all of `work` or nothing of it. @throws {StorageError} and nothing of it was done */
  transaction<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const value = work();
      this.#database.exec('COMMIT');
      return value;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw storageError(error, 'register');
    }
  }

  close(): void {
    this.#database.close();
  }

  #try<T>(sql: string, work: (statement: StatementSync) => T): T {
    try {
      let statement = this.#statements.get(sql);
      if (statement === undefined) {
        statement = this.#database.prepare(sql);
        this.#statements.set(sql, statement);
      }
      return work(statement);
    } catch (error) {
      throw storageError(error, 'register');
    }
  }
}
