// long because: what makes one transaction of it is in one class.
// One transaction of filing, over the two stores that know of it. What makes it one:
//
//   1. the facts, with the number of the filing, in one transaction of the history
//   2. the documents, what became of earlier ones, "done", and the same number, in one transaction of the register
//   3. the facts of reports that were replaced leave the history; the register holds the list until they have
//
// The register's commit decides. A process that dies before 2 leaves facts of reports that the register has never heard of: at
// the next opening their numbers are above the register's, and they go. One that dies before 3 leaves a list, and 3 is done then.
import type {
  Authenticity,
  Counting,
  DocumentEntry,
  DocumentRecord,
  DocumentState,
  Filing,
  Original,
  ReportFiling,
  ReportKey,
  Standing,
} from '../protection/ingestion/index.ts';
import type { Problem } from '../standards/problem.ts';
import type { ReportSummary, RowBatch, RowDictionaries } from '../standards/reports/index.ts';
import { addFacts, blockRows, rowBuffer, Spill } from './history/index.ts';
import type { FactBuffer, HistoryStore, RowBuffer, RowMapper, SpilledReport } from './history/index.ts';
import {
  authenticSince,
  copiesOf,
  countedTlsReport,
  dropTlsReport,
  fileName,
  groupOf,
  hasStandings,
  insertDocument,
  keepAuthenticity,
  keepCounting,
  refusedLike,
  standingOf,
  updateDocument,
} from './register/index.ts';
import type { RegisterStore } from './register/index.ts';

/** What a filing works with, and what it tells when it is over. */
export interface FilingStores {
  readonly register: RegisterStore;
  readonly history: HistoryStore;
  readonly mapper: RowMapper;
  /** Where rows of big reports wait. */
  readonly spillDirectory: string;
  readonly clock: () => number;
  /** Buffers that a filing before has left, to be used again. */
  readonly rowBuffers: RowBuffer[];
  readonly facts: FactBuffer;
  /** Takes the facts of replaced reports out of the history. */
  withdraw(): Promise<void>;
  /** The facts are in the history and the register could not be written: they must go before anything is asked. */
  orphaned(): Promise<void>;
  over(): void;
}

type CountedEntry = DocumentEntry & { readonly key: ReportKey; readonly summary: ReportSummary };

/** What a report tells the filing it is part of. */
interface Told {
  /** So many rows more, or fewer. */
  rows(rows: number): void;
  count(entry: CountedEntry): number;
  over(): void;
}

/** How a document that was filed before, or in this filing, is to be changed. */
interface Change {
  readonly state: DocumentState;
  readonly by: number | undefined;
  readonly problems: readonly Problem[] | undefined;
}

/** What was found or decided of a document in this filing. */
interface Noted {
  readonly original: number;
  readonly entry: string;
  readonly found?: { readonly end: number; readonly authenticity: Authenticity };
  readonly counting?: {
    readonly decided: Counting | undefined;
    readonly who: string;
    readonly document: DocumentRecord;
  };
}

/** States of documents that can be read: one of them counts, or would. */
const readable: ReadonlySet<DocumentState> = new Set(['conflict', 'counted', 'duplicate', 'replaced', 'set-apart']);

export class OpenFiling implements Filing {
  readonly #stores: FilingStores;
  readonly #number: number;
  readonly #documents: (DocumentEntry & DocumentRecord)[] = [];
  readonly #byKey = new Map<string, DocumentRecord[]>();
  readonly #changes = new Map<number, Change>();
  readonly #done = new Set<number>();
  readonly #noted = new Map<string, Noted>();
  /** The end of the earliest authentic report of a reporter: of this filing, and of all before once that was asked. */
  readonly #authentic = new Map<string, number>();
  readonly #asked = new Set<string>();
  readonly #spilled: SpilledReport[] = [];
  readonly #open = new Set<OpenReport>();
  /** Whether the register holds any of what `standing` tells. */
  readonly #hasStandings: boolean;
  readonly #first: number;
  #next: number;
  #over = false;
  /** Rows of this filing's reports, those that are still being read included. */
  rows = 0;

  constructor(stores: FilingStores) {
    this.#stores = stores;
    this.#number = stores.register.counter('filing') + 1;
    this.#first = stores.register.counter('document') + 1;
    this.#next = this.#first;
    this.#hasStandings = hasStandings(stores.register.file);
    stores.facts.length = 0;
  }

  copies(key: ReportKey): DocumentRecord[] {
    this.#check();
    const earlier = copiesOf(this.#stores.register.file, key.text).map((document) => this.#changed(document));
    const here = (this.#byKey.get(key.text) ?? []).map((document) => this.#changed(document));
    return [...earlier, ...here].filter(
      ({ state }) => state === 'counted' || state === 'conflict' || state === 'refused',
    );
  }

  group(key: string): DocumentRecord[] {
    this.#check();
    const earlier = groupOf(this.#stores.register.file, key);
    return [...earlier, ...(this.#byKey.get(key) ?? [])]
      .map((document) => this.#changed(document))
      .filter((document) => readable.has(document.state));
  }

  standing(original: Original, entry: string): Standing {
    this.#check();
    const before = this.#hasStandings ? standingOf(this.#stores.register.file, original, entry) : {};
    const noted = this.#noted.get(notedKey(original.id, entry));
    const authenticity = noted?.found?.authenticity ?? before.authenticity;
    const decided = noted?.counting === undefined ? before.decided : noted.counting.decided;
    return {
      ...(authenticity === undefined ? {} : { authenticity }),
      ...(decided === undefined ? {} : { decided }),
    };
  }

  authenticSince(reporter: string): number | undefined {
    this.#check();
    if (this.#hasStandings && !this.#asked.has(reporter)) {
      this.#asked.add(reporter);
      const before = authenticSince(this.#stores.register.file, reporter);
      if (before !== undefined) this.#authenticAt(reporter, before);
    }
    return this.#authentic.get(reporter);
  }

  judged(original: Original, entry: string, end: number, authenticity: Authenticity): void {
    this.#check();
    this.#note(original.id, entry, { found: { end, authenticity } });
    const { result, reporter } = authenticity;
    if (result === 'authentic') this.#authenticAt(reporter, end);
  }

  #authenticAt(reporter: string, end: number): void {
    this.#authentic.set(reporter, Math.min(end, this.#authentic.get(reporter) ?? end));
  }

  decide(document: DocumentRecord, decided: Counting | undefined, who: string): void {
    this.#check();
    this.#note(document.original.id, document.entry, { counting: { decided, who, document } });
  }

  #note(original: number, entry: string, what: Pick<Noted, 'counting' | 'found'>): void {
    const key = notedKey(original, entry);
    this.#noted.set(key, { ...this.#noted.get(key), original, entry, ...what });
  }

  refusedLike(name: string): DocumentRecord[] {
    this.#check();
    const here = this.#documents.filter(
      (each) => each.state === 'refused' && fileName(each.entry, each.original.origin) === name,
    );
    return [...refusedLike(this.#stores.register.file, name), ...here]
      .map((document) => this.#changed(document))
      .filter((document) => document.state === 'refused');
  }

  tlsCounted(key: string): { readonly document: number; readonly digest: string } | undefined {
    this.#check();
    const here = this.#documents.find((each) => each.tls?.key.text === key && this.#changed(each).state === 'counted');
    if (here?.tls !== undefined) return { document: here.id, digest: here.tls.digest };
    const before = countedTlsReport(this.#stores.register.file, key);
    return before === undefined || this.#changes.has(before.document) ? undefined : before;
  }

  report(original: Original): ReportFiling {
    this.#check();
    const report: OpenReport = new OpenReport(this.#stores, {
      rows: (rows) => {
        this.rows += rows;
      },
      count: (entry) => this.#count(original, entry, report),
      over: () => {
        this.#open.delete(report);
      },
    });
    this.#open.add(report);
    return report;
  }

  note(original: Original, entry: DocumentEntry): number {
    this.#check();
    return this.#add(original, entry).id;
  }

  change(document: number, state: DocumentState, by?: number, problems?: readonly Problem[]): void {
    this.#check();
    this.#changes.set(document, { state, by, problems: problems ?? this.#changes.get(document)?.problems });
  }

  done(original: Original): void {
    this.#check();
    this.#done.add(original.id);
  }

  async commit(): Promise<void> {
    this.#check();
    if (this.#open.size > 0) throw new Error('a report of the filing is still open: count or drop it first');
    const { history, register, facts } = this.#stores;
    const withdrawn = this.#withdrawn();
    try {
      const withFacts = facts.length > 0 || this.#spilled.length > 0;
      if (withFacts) await history.write(this.#number, facts, this.#spilled);
      try {
        register.file.transaction(() => {
          this.#writeRegister(withdrawn);
          if (withFacts) register.setCounter('filing_with_facts', this.#number);
        });
      } catch (error) {
        await this.#stores.orphaned();
        throw error;
      }
    } finally {
      this.#close();
    }
    if (withdrawn.length > 0) await this.#stores.withdraw();
  }

  async rollback(): Promise<void> {
    if (!this.#over) this.#close();
  }

  #writeRegister(withdrawn: readonly number[]): void {
    const { register } = this.#stores;
    // No change makes a document count: what was counted and is changed does no longer.
    for (const document of this.#changes.keys()) dropTlsReport(register.file, document);
    for (const document of this.#documents) {
      const now = this.#changed(document);
      insertDocument(register.file, now.id, now.original, now, now.filedAt);
    }
    for (const [document, { state, by, problems }] of this.#changes) {
      if (document < this.#first) updateDocument(register.file, document, state, by, problems);
    }
    this.#writeNoted();
    for (const report of withdrawn) {
      register.file.run('INSERT OR IGNORE INTO withdrawals (document) VALUES (?)', report);
    }
    for (const original of this.#done) register.file.run("UPDATE originals SET state = 'done' WHERE id = ?", original);
    register.setCounter('document', this.#next - 1);
    register.setCounter('filing', this.#number);
  }

  #writeNoted(): void {
    const { register } = this.#stores;
    for (const { original, entry, found, counting } of this.#noted.values()) {
      if (found !== undefined) keepAuthenticity(register.file, original, entry, found.end, found.authenticity);
      if (counting === undefined) continue;
      const { decided, who, document } = counting;
      keepCounting(register.file, original, entry, decided);
      register.note(who, 'counting/decided', {
        document: document.id,
        key: document.key?.text ?? null,
        origin: document.original.origin,
        entry,
        decided: decided ?? null,
      });
    }
  }

  /** The reports whose facts go: those that were counted, in this filing or before, and are not after this one. */
  #withdrawn(): number[] {
    return [...this.#changes.keys()].filter((document) => {
      const before =
        document >= this.#first
          ? this.#documents[document - this.#first]
          : this.#stores.register.file.row('SELECT state, kind FROM documents WHERE id = ?', document);
      return before?.['state'] === 'counted' && before['kind'] === 'aggregate';
    });
  }

  #count(original: Original, entry: CountedEntry, report: OpenReport): number {
    this.#check();
    const { id } = this.#add(original, entry);
    const head = { report: id, key: entry.key, generation: entry.summary.generation };
    const { buffer, spill } = report;
    if (spill === undefined) addFacts(buffer, head, this.#stores.history.alreadyLoaded(), this.#stores.facts);
    else {
      if (buffer.length > 0) spill.add(buffer);
      this.#spilled.push({ rows: spill, head });
    }
    return id;
  }

  #add(original: Original, entry: DocumentEntry): DocumentRecord {
    const document: DocumentEntry & DocumentRecord = {
      ...entry,
      id: this.#next++,
      original,
      filedAt: this.#stores.clock(),
    };
    this.#documents.push(document);
    if (entry.key !== undefined) {
      const copies = this.#byKey.get(entry.key.text);
      if (copies === undefined) this.#byKey.set(entry.key.text, [document]);
      else copies.push(document);
    }
    return document;
  }

  #changed(document: DocumentEntry & DocumentRecord): DocumentEntry & DocumentRecord {
    const change = this.#changes.get(document.id);
    if (change === undefined) return document;
    const { other: _, ...rest } = document;
    const { state, by, problems } = change;
    return {
      ...rest,
      state,
      ...(by === undefined ? {} : { other: by }),
      ...(problems === undefined ? {} : { problems }),
    };
  }

  #check(): void {
    if (this.#over) throw new Error('the filing is over');
  }

  #close(): void {
    this.#over = true;
    for (const report of this.#open) report.drop();
    for (const { rows } of this.#spilled) rows.close();
    this.#stores.over();
  }
}

function notedKey(original: number, entry: string): string {
  return `${original} ${entry}`;
}

class OpenReport implements ReportFiling {
  readonly #stores: FilingStores;
  readonly #filing: Told;
  readonly buffer: RowBuffer;
  spill: Spill | undefined;
  #rows = 0;
  #over = false;

  constructor(stores: FilingStores, filing: Told) {
    this.#stores = stores;
    this.#filing = filing;
    this.buffer = stores.rowBuffers.pop() ?? rowBuffer();
  }

  rows(batch: RowBatch, dictionaries: RowDictionaries): void {
    this.#check();
    this.#stores.mapper.take(batch, dictionaries, this.buffer);
    this.#rows += batch.length;
    this.#filing.rows(batch.length);
    if (this.buffer.length >= blockRows) {
      this.spill ??= new Spill(this.#stores.spillDirectory);
      this.spill.add(this.buffer);
    }
  }

  count(entry: CountedEntry): number {
    this.#check();
    const number = this.#filing.count(entry);
    this.#end();
    return number;
  }

  drop(): void {
    if (this.#over) return;
    this.#filing.rows(-this.#rows);
    this.spill?.close();
    this.#end();
  }

  #end(): void {
    this.#over = true;
    this.buffer.length = 0;
    this.#stores.rowBuffers.push(this.buffer);
    this.#filing.over();
  }

  #check(): void {
    if (this.#over) throw new Error('the report is counted or dropped already');
  }
}
