import { RegisterFile } from './database.ts';
import { countDocuments, listDocuments } from './documents.ts';
import type { DocumentCount, DocumentFilter, DocumentPage } from './documents.ts';
import type {
  AuthenticityTally,
  FiledDocuments,
  PublishedPolicy,
  TroubleCount,
} from '../../protection/assessment/index.ts';
import type { ShownRules } from '../../protection/simulation/what-if/index.ts';
import { publishedPolicies, tallyAuthenticity, tallyDocuments, tallyTroubles } from './tallies.ts';
import { Declarations } from './inventory-declared.ts';
import { Decisions } from './inventory-decisions.ts';
import { Parties } from './inventory-parties.ts';
import { OwnSenders } from './inventory-senders.ts';
import { Streams } from './inventory-streams.ts';
import { registerMigrations } from './migrations.ts';
import type { Note } from './note.ts';
import { Plans } from './plans.ts';
import { Portfolio } from './portfolio.ts';
import { Postures } from './postures.ts';
import { ServerKeys } from './server-keys.ts';
import { shownRules } from './shown-rules.ts';
import { Snapshots } from './snapshots.ts';
import { TlsReports } from './tls-reports.ts';

/** One line of the audit log. */
export interface AuditEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who did it: a person, or the part of Zegel that did it by itself. */
  readonly who: string;
  /** What was done, as a code: `settings/changed`. */
  readonly what: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What the rest of Zegel asks of the register. */
export interface Register extends FiledDocuments {
  /** The domains of the organisation. */
  readonly portfolio: Portfolio;
  /** What was published, day by day. */
  readonly snapshots: Snapshots;
  /** What was made of it. */
  readonly postures: Postures;
  /** What TLS reports say of sessions to the mail servers of policy domains. */
  readonly tlsReports: TlsReports;
  /** The keys that mail servers showed. */
  readonly serverKeys: ServerKeys;
  /** Which stream is which from day to day, and what persons said of them. */
  readonly streams: Streams;
  /** Who owns the relation behind streams. */
  readonly parties: Parties;
  /** What people decided of streams. */
  readonly decisions: Decisions;
  /** What the organisation says it has. */
  readonly declared: Declarations;
  /** What the organisation adds to the catalogue of senders. */
  readonly senders: OwnSenders;
  /** What persons accepted at gates, and plans. */
  readonly plans: Plans;
  /** What reports that count show of how their writers find policies. @throws {StorageError} */
  shownRules(): ShownRules[];
  /** A page of documents, the newest first. @throws {StorageError} */
  documents(filter: DocumentFilter, page?: { readonly offset?: number; readonly limit?: number }): DocumentPage;
  /** How many documents there are of each kind and state. @throws {StorageError} */
  counts(filter?: DocumentFilter): DocumentCount[];
  /** The value of a setting, absent when it was never set. @throws {StorageError} */
  setting(name: string): string | undefined;
  /** Sets a setting (or takes it away), and says so in the audit log. @throws {StorageError} */
  change(name: string, value: string | undefined, who: string): void;
  /** Adds a line to the audit log, which never shrinks. @throws {StorageError} */
  note(who: string, what: string, details?: Readonly<Record<string, unknown>>): void;
  /** The audit log, the newest first. @throws {StorageError} */
  audit(page?: { readonly offset?: number; readonly limit?: number }): AuditEntry[];
}

/** The register of one organisation. */
export class RegisterStore implements Register {
  readonly file: RegisterFile;
  readonly portfolio: Portfolio;
  readonly snapshots: Snapshots;
  readonly postures: Postures;
  readonly tlsReports: TlsReports;
  readonly serverKeys: ServerKeys;
  readonly streams: Streams;
  readonly parties: Parties;
  readonly decisions: Decisions;
  readonly declared: Declarations;
  readonly senders: OwnSenders;
  readonly plans: Plans;
  readonly #clock: () => number;

  private constructor(file: RegisterFile, clock: () => number) {
    this.file = file;
    this.#clock = clock;
    const note: Note = (who, what, details) => this.note(who, what, details);
    this.portfolio = new Portfolio(file, clock, note);
    this.streams = new Streams(file, clock, note);
    this.parties = new Parties(file, note);
    this.decisions = new Decisions(file, clock, note, this.parties, this.streams);
    this.declared = new Declarations(file, clock, note);
    this.senders = new OwnSenders(file, clock, note);
    this.plans = new Plans(file, clock, note);
    this.snapshots = new Snapshots(file);
    this.postures = new Postures(file);
    this.tlsReports = new TlsReports(file);
    this.serverKeys = new ServerKeys(file);
  }

  /** Opens the register and with it owns the folder. @throws {StorageError} */
  static open(path: string, clock: () => number): RegisterStore {
    return new RegisterStore(RegisterFile.open(path, registerMigrations), clock);
  }

  documents(filter: DocumentFilter, page: { readonly offset?: number; readonly limit?: number } = {}): DocumentPage {
    return listDocuments(this.file, filter, page.offset ?? 0, page.limit ?? -1);
  }

  counts(filter: DocumentFilter = {}): DocumentCount[] {
    return countDocuments(this.file, filter);
  }

  tallyDocuments(): ReturnType<FiledDocuments['tallyDocuments']> {
    return tallyDocuments(this.file);
  }

  tallyAuthenticity(): AuthenticityTally {
    return tallyAuthenticity(this.file);
  }

  tallyTroubles(): TroubleCount[] {
    return tallyTroubles(this.file);
  }

  publishedPolicies(): PublishedPolicy[] {
    return publishedPolicies(this.file);
  }

  shownRules(): ShownRules[] {
    return shownRules(this.file);
  }

  setting(name: string): string | undefined {
    const value = this.file.row('SELECT value FROM settings WHERE name = ?', name)?.['value'];
    return value === undefined ? undefined : String(value);
  }

  change(name: string, value: string | undefined, who: string): void {
    this.file.transaction(() => {
      const before = this.setting(name);
      if (value === undefined) this.file.run('DELETE FROM settings WHERE name = ?', name);
      else this.file.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value);
      this.note(who, 'settings/changed', { name, from: before ?? null, to: value ?? null });
    });
  }

  note(who: string, what: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.file.run(
      'INSERT INTO audit (at, who, what, details) VALUES (?, ?, ?, ?)',
      this.#clock(),
      who,
      what,
      JSON.stringify(details),
    );
  }

  audit(page: { readonly offset?: number; readonly limit?: number } = {}): AuditEntry[] {
    return this.file
      .rows('SELECT * FROM audit ORDER BY id DESC LIMIT ? OFFSET ?', page.limit ?? -1, page.offset ?? 0)
      .map((row) => ({
        id: Number(row['id']),
        at: Number(row['at']),
        who: String(row['who']),
        what: String(row['what']),
        details: JSON.parse(String(row['details'])) as Record<string, unknown>,
      }));
  }

  /** A number that only grows; 0 when it was never set. @throws {StorageError} */
  counter(name: string): number {
    return Number(this.file.row('SELECT value FROM counters WHERE name = ?', name)?.['value'] ?? 0);
  }

  /** Sets a counter, in the transaction that is open. @throws {StorageError} */
  setCounter(name: string, value: number): void {
    this.file.run('INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)', name, value);
  }

  close(): void {
    this.file.close();
  }
}
