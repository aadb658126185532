import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type {
  Columns,
  Day,
  Dictionaries,
  Dimension,
  History,
  Measure,
  Question,
  Where,
} from '../../protection/history.ts';
import { StorageError } from '../storage-error.ts';
import { answerFromKept, askStatement, compileQuestion } from './ask.ts';
import { LoadedDictionaries } from './dictionaries.ts';
import { Database } from './duckdb.ts';
import type { Connection } from './duckdb.ts';
import { addFacts, appendFacts, factBuffer } from './facts.ts';
import type { ExportFormat } from './export.ts';
import type { AlignmentRule, FactBuffer, FactHead } from './facts.ts';
import { hasKept, keepCombinations, keepTexts, readCombinations, readTexts } from './kept.ts';
import { judgeAgain } from './judge-again.ts';
import { answerFromMail, mailWayOf } from './mail-answers.ts';
import { makeMail } from './mail-making.ts';
import { readMail } from './mail-sums.ts';
import { migrate, readState, writeState } from './migrate.ts';
import type { LongWork } from './migrate.ts';
import { migrations } from './schema.ts';
import type { Spill } from './spill.ts';
import { currentSums, facts, factsChanged, sortFacts } from './sums.ts';
import type { Current } from './sums.ts';

/** How a history is opened. */
export interface HistoryOptions extends LongWork {
  /** The database file. */
  readonly file: string;
  /** The only directory that exports may be written to. */
  readonly exports: string;
  readonly alignment: AlignmentRule;
  /** Names the rule that `alignment` follows, its data included: facts judged by another are judged again. */
  readonly rule: string;
  readonly memoryMb: number;
  readonly threads: number;
  /** From so many facts on, sums by combination and manner are kept: fewer are added up as soon as these are read. */
  readonly mailFrom?: number | undefined;
}

/** A report that was set aside on disk while it was read, and its head. */
export interface SpilledReport {
  readonly rows: Spill;
  readonly head: FactHead;
}

/** Facts that are not sorted are let be up to this many, and up to this part of all. */
const SORT_FROM = 500_000;
const SORT_SHARE = 0.3;
/** What `mailFrom` is when nothing is said. */
const MAIL_FROM = 100_000;

/** The history of one organisation. */
export class HistoryStore implements History {
  readonly #options: HistoryOptions;
  readonly #directory: string;
  readonly #database: Database;
  readonly #reader: Connection;
  readonly #writer: Connection;
  #dictionaries: Promise<LoadedDictionaries> | undefined;
  #loaded: LoadedDictionaries | undefined;
  /** What can answer; asked for again when the facts have changed. */
  #current: Promise<Current> | undefined;
  /** Whether there are sums by combination and manner that agree with what can answer. */
  #mail: { readonly current: Current; readonly made: Promise<boolean> } | undefined;
  /** The first and the last day that facts lie on. */
  #days: { readonly current: Current; readonly ends: ReturnType<Connection['columns']> } | undefined;
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
    this.#directory = dirname(options.file);
    this.#database = database;
    this.#reader = connections.reader;
    this.#writer = connections.writer;
    this.filing = Number(state.get('filing') ?? '0');
  }

  /** Opens a history, or makes one. @throws {StorageError} */
  static async open(options: HistoryOptions): Promise<HistoryStore> {
    const database = await Database.open(options.file, options);
    const writer = await database.connect();
    try {
      await migrate(writer, migrations, options);
      const reader = await database.connect();
      const store = new HistoryStore(options, database, { reader, writer }, await readState(writer));
      await judgeAgain(writer, options.rule, options.alignment, () => store.loaded(), options);
      store.#closeFiles();
      return store;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async ask<D extends Dimension, M extends Measure>(asked: Question<D, M>): Promise<Columns<D, M>> {
    const current = await this.current();
    const question = await this.#withoutIdleDays(asked, current);
    const statement = compileQuestion(question, current.tables);
    if (statement.whole === 'combinations') {
      // Reading the copy keeps this thread busy: questions that were put at the same time go to the engine's first.
      await setImmediate();
      const kept = readCombinations(this.#directory, current);
      if (kept !== undefined) return answerFromKept(question, kept);
    }
    // What no smaller sums can answer.
    if (statement.table === facts.table && mailWayOf(question) !== undefined) {
      const answer = await this.#askMail(question, current);
      if (answer !== undefined) return answer;
    }
    return askStatement(this.#reader, question, statement);
  }

  /** The question without ends of days beyond which nothing lies: more sums can answer it then. */
  async #withoutIdleDays<D extends Dimension, M extends Measure>(
    question: Question<D, M>,
    current: Current,
  ): Promise<Question<D, M>> {
    const { where } = question;
    if (where?.since === undefined && where?.until === undefined) return question;
    if (this.#days?.current !== current) {
      const table = current.tables.find(({ dimensions }) => dimensions.has('day')) ?? facts;
      this.#days = {
        current,
        ends: this.#reader.columns(`SELECT min(day), max(day) FROM ${table.table} HAVING count(*) > 0`),
      };
    }
    const [first, last] = (await this.#days.ends).columns.map(([day]) => day);
    const { since, until, ...others } = where;
    return {
      ...question,
      where: {
        ...others,
        ...(since === undefined || (first !== undefined && since <= first) ? {} : { since }),
        ...(until === undefined || (last !== undefined && until >= last) ? {} : { until }),
      },
    };
  }

  async #askMail<D extends Dimension, M extends Measure>(
    question: Question<D, M>,
    current: Current,
  ): Promise<Columns<D, M> | undefined> {
    if (this.#mail?.current !== current) this.#mail = { current, made: this.#keepMail(current) };
    if (!(await this.#mail.made)) return undefined;
    const dictionaries = await this.loaded();
    await setImmediate();
    return readMail(this.#directory, current, (mail) => answerFromMail(question, mail, dictionaries));
  }

  /** Brings the copy of the sums by combination and manner up to date. @returns whether there is one that can be asked */
  async #keepMail(current: Current): Promise<boolean> {
    if (current.stamp === '') return false;
    if (readMail(this.#directory, current, () => true) === true) return true;
    let connection: Connection | undefined;
    try {
      const count = (await this.#reader.number('SELECT count(*) FROM facts')) ?? 0;
      if (count < (this.#options.mailFrom ?? MAIL_FROM)) return false;
      connection = await this.#database.connect();
      return await makeMail(connection, this.#directory, current);
    } catch {
      // It is a copy: without it the facts answer, more slowly.
      return false;
    } finally {
      connection?.close();
    }
  }

  async dictionaries(): Promise<Dictionaries> {
    return this.loaded();
  }

  /** Brings the sums, and the copies of them, up to date with the facts. @throws {StorageError} */
  async current(): Promise<Current> {
    this.#check();
    this.#current ??= this.#bringUpToDate();
    try {
      return await this.#current;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }

  async #bringUpToDate(): Promise<Current> {
    let current: Current;
    try {
      current = await currentSums(this.#writer);
    } catch (error) {
      // Where there is no room for sums, the facts can still be read.
      if (!(error instanceof StorageError) || error.code !== 'storage/disk-full') throw error;
      return { tables: [facts], stamp: '', filing: this.filing };
    }
    if (!hasKept(this.#directory, current)) {
      try {
        await keepCombinations(this.#reader, this.#directory, current);
        const dictionaries = await this.loaded();
        if (dictionaries.allSaved) await keepTexts(dictionaries.texts(), this.#directory, current);
      } catch {
        // They are copies: without them the tables answer, more slowly.
      }
    }
    return current;
  }

  /** The dictionaries, to read and to add to. */
  async loaded(): Promise<LoadedDictionaries> {
    this.#check();
    this.#dictionaries ??= this.#load();
    try {
      this.#loaded = await this.#dictionaries;
    } catch (error) {
      this.#dictionaries = undefined;
      throw error;
    }
    return this.#loaded;
  }

  async #load(): Promise<LoadedDictionaries> {
    const state = await readState(this.#reader);
    const stamp = { stamp: state.get('stamp') ?? '', filing: Number(state.get('filing') ?? '0') };
    const texts = readTexts(this.#directory, stamp);
    return texts === undefined ? LoadedDictionaries.load(this.#reader) : LoadedDictionaries.of(texts);
  }

  /** The same, for whoever has waited for `loaded` before. */
  alreadyLoaded(): LoadedDictionaries {
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
    this.#current = undefined;
    this.filing = filing;
    this.#closeFiles();
  }

  /** Takes the facts of these reports out, in one transaction. @throws {StorageError} and all are still there */
  async withdraw(reports: readonly number[]): Promise<void> {
    if (reports.length === 0) return;
    await this.#writer.transaction(async ({ sql }) => {
      // In parts: a list of a hundred thousand numbers is a statement that nobody wants to parse.
      for (let at = 0; at < reports.length; at += 10_000) {
        await sql.run(`DELETE FROM facts WHERE report IN (${reports.slice(at, at + 10_000).join(', ')})`);
      }
      await factsChanged(sql);
    });
    this.#current = undefined;
  }

  /** Takes out the facts of reports above a number: those of a filing that the register never heard the end of. */
  async withdrawAbove(report: number, filing: number): Promise<void> {
    await this.#writer.transaction(async ({ sql }) => {
      await sql.run(`DELETE FROM facts WHERE report > ${report}`);
      await factsChanged(sql);
      await writeState(sql, 'filing', String(filing));
    });
    this.#current = undefined;
    this.filing = filing;
  }

  /** Observations as the bytes of a file: see `exportFacts`. @throws {StorageError} */
  async *export(format: ExportFormat, where: Where): AsyncGenerator<Uint8Array> {
    const dictionaries = await this.loaded();
    // A connection of its own: an export of millions of facts takes a while, and questions should not wait for it.
    const connection = await this.#database.connect();
    const { exportFacts } = await import('./export.ts');
    try {
      yield* exportFacts(connection, dictionaries, this.#options.exports, format, where);
    } finally {
      connection.close();
    }
  }

  /**
   * Takes out what lies before a day, reports and all: a report of several days stays until its last day is past.
   *
   * @returns how many facts went
   * @throws {StorageError} and all are still there
   */
  async dropBefore(day: Day): Promise<number> {
    const gone = `report IN (SELECT report FROM facts GROUP BY report HAVING max(day) < ${Math.floor(day)})`;
    const count = (await this.#writer.number(`SELECT count(*) FROM facts WHERE ${gone}`)) ?? 0;
    if (count === 0) return 0;
    await this.#writer.transaction(async ({ sql }) => {
      await sql.run(`DELETE FROM facts WHERE ${gone}`);
      await factsChanged(sql);
    });
    this.#current = undefined;
    return count;
  }

  /**
   * Sorts the facts by domain and day when enough came since they were sorted: questions about one domain then read a part.
   *
   * @throws {StorageError} and they lie as they lay
   */
  async sort(): Promise<void> {
    const facts = (await this.#writer.number('SELECT count(*) FROM facts')) ?? 0;
    const sorted = Number((await readState(this.#writer)).get('sorted') ?? '0');
    if (facts - sorted > Math.max(SORT_FROM, facts * SORT_SHARE)) await sortFacts(this.#writer);
  }

  /** The reports that have facts here. @throws {StorageError} */
  async reports(): Promise<Set<number>> {
    const { columns } = await this.#reader.columns('SELECT DISTINCT report FROM facts');
    return new Set(columns[0]);
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
