import { chmodSync } from 'node:fs';
import type { Columns, Dictionaries, Dimension, History, Measure, Question } from '../../protection/history.ts';
import { StorageError } from '../storage-error.ts';
import { askStatement, compileQuestion } from './ask.ts';
import type { Answering } from './ask.ts';
import { LoadedDictionaries } from './dictionaries.ts';
import { Database } from './duckdb.ts';
import type { Connection } from './duckdb.ts';
import { addFacts, appendFacts, factBuffer } from './facts.ts';
import type { AlignmentRule, FactBuffer, FactHead } from './facts.ts';
import { migrate, readState, writeState } from './migrate.ts';
import { migrations } from './schema.ts';
import type { Spill } from './spill.ts';

/** How a history is opened. */
export interface HistoryOptions {
  /** The database file. */
  readonly file: string;
  /** The only directory that exports may be written to. */
  readonly exports: string;
  readonly alignment: AlignmentRule;
  /** Names the rule that `alignment` follows, its data included: facts judged by another are judged again. */
  readonly rule: string;
  readonly memoryMb: number;
  readonly threads: number;
}

/** A report that was set aside on disk while it was read, and its head. */
export interface SpilledReport {
  readonly rows: Spill;
  readonly head: FactHead;
}

/** Everything there is, row by row: can answer whatever is asked. */
const facts: Answering = {
  table: 'facts',
  dimensions: new Set([
    'alignment',
    'auth',
    'authorDomain',
    'day',
    'disposition',
    'dkim',
    'envelopeFrom',
    'generation',
    'origin',
    'policyDomain',
    'reasons',
    'report',
    'reporter',
    'source',
    'spf',
    'spread',
  ] satisfies Dimension[]),
  ends: true,
  rows: '1',
};

/** The history of one organisation. */
export class HistoryStore implements History {
  readonly #options: HistoryOptions;
  readonly #database: Database;
  readonly #reader: Connection;
  readonly #writer: Connection;
  #dictionaries: Promise<LoadedDictionaries> | undefined;
  #loaded: LoadedDictionaries | undefined;
  #closed = false;
  /** The number of the last filing whose facts are here. */
  filing: number;

  private constructor(
    options: HistoryOptions,
    database: Database,
    connections: { reader: Connection; writer: Connection },
    state: ReadonlyMap<string, string>,
  ) {
    this.#options = options;
    this.#database = database;
    this.#reader = connections.reader;
    this.#writer = connections.writer;
    this.filing = Number(state.get('filing') ?? '0');
  }

  /** Opens a history, or makes one. @throws {StorageError} */
  static async open(options: HistoryOptions): Promise<HistoryStore> {
    const database = await Database.open(options.file, options);
    const writer = await database.connect();
    await migrate(writer, migrations);
    const reader = await database.connect();
    const store = new HistoryStore(options, database, { reader, writer }, await readState(writer));
    store.#closeFiles();
    return store;
  }

  async ask<D extends Dimension, M extends Measure>(question: Question<D, M>): Promise<Columns<D, M>> {
    this.#check();
    return askStatement(this.#reader, question, compileQuestion(question, [facts]));
  }

  async dictionaries(): Promise<Dictionaries> {
    return this.loaded();
  }

  /** The dictionaries, to read and to add to. */
  async loaded(): Promise<LoadedDictionaries> {
    this.#check();
    this.#dictionaries ??= LoadedDictionaries.load(this.#reader);
    this.#loaded = await this.#dictionaries;
    return this.#loaded;
  }

  /** The same, for whoever has waited for `loaded` before. */
  current(): LoadedDictionaries {
    if (this.#loaded === undefined) throw new Error('the dictionaries are not loaded yet');
    return this.#loaded;
  }

  /**
   * Writes the facts of one filing in one transaction, with the number of the filing.
   *
   * @throws {StorageError} and none of it was written
   */
  async write(filing: number, held: FactBuffer, spilled: readonly SpilledReport[]): Promise<void> {
    const dictionaries = await this.loaded();
    const marks = await this.#writer.transaction(async (writing) => {
      const appender = await writing.append('facts');
      appendFacts(appender, held);
      const block = factBuffer();
      for (const report of spilled) {
        for (const rows of report.rows.blocks()) {
          block.length = 0;
          addFacts(rows, report.head, dictionaries, block);
          appendFacts(appender, block);
        }
      }
      await dictionaries.save(writing);
      const reached = dictionaries.marks();
      writing.flush();
      await writeState(writing.sql, 'filing', String(filing));
      return reached;
    });
    dictionaries.setSaved(marks);
    this.filing = filing;
    this.#closeFiles();
  }

  /** Takes the facts of these reports out, in one transaction. @throws {StorageError} and all are still there */
  async withdraw(reports: readonly number[]): Promise<void> {
    if (reports.length === 0) return;
    await this.#writer.transaction(async ({ sql }) => {
      await sql.run(`DELETE FROM facts WHERE report IN (${reports.join(', ')})`);
    });
  }

  /** Takes out the facts of reports above a number: those of a filing that the register never heard the end of. */
  async withdrawAbove(report: number, filing: number): Promise<void> {
    await this.#writer.transaction(async ({ sql }) => {
      await sql.run(`DELETE FROM facts WHERE report > ${report}`);
      await writeState(sql, 'filing', String(filing));
    });
    this.filing = filing;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#database.close();
  }

  #check(): void {
    if (this.#closed) throw new StorageError('storage/closed');
  }

  /** DuckDB makes its files by the process's mask, and the log anew after each checkpoint. */
  #closeFiles(): void {
    for (const file of [this.#options.file, `${this.#options.file}.wal`]) {
      try {
        chmodSync(file, 0o600);
      } catch {
        // There is no log just after a checkpoint; the directory is closed in any case.
      }
    }
  }
}
