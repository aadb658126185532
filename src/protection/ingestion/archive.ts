import type { Problem } from '../../standards/problem.ts';
import type { Repair, ReportSummary, RowBatch, RowDictionaries } from '../../standards/reports/index.ts';
import type { ReportKey } from './report-key.ts';
import type { TlsFiled } from './tls-filed.ts';

export type { ReportKey } from './report-key.ts';

// What ingestion needs of the memory, said structurally; storage/ is the real one. The protocol, in the order that lets a kill
// at any moment lose nothing and double nothing:
//
//   1. `keep`: the bytes of a batch of originals, with one fsync, and then "pending" in the register
//   2. `begin` … `commit`: each pending original is opened, read, and filed; the facts go into one history transaction, what
//      is known of each document into one register transaction that also says "done" and is committed after it
//
// A process that dies after 1 finds the originals still pending when it opens the memory again, and does 2 for them first.
// The bytes are read back from the archive in 2 when they are not still at hand: there is one way to file, not two.

/** By which road an original came, which is what says how far two reports may be compared. */
export type Road = 'file' | 'mail' | 'standard-input';

/** Something that came: the bytes of one file, or of one message of an mbox. */
export interface Arrival {
  /** Where it came from, as one would say it to a person: `reports/a.zip`, `inbox.mbox#12`, `-`. */
  readonly origin: string;
  readonly road: Road;
  /** The SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  /** The bytes, when they are few enough to be held; else `chunks` gives them, as often as it is called. */
  readonly bytes?: Uint8Array;
  chunks(): AsyncIterable<Uint8Array>;
}

/** An original in the archive. */
export interface Original {
  /** Its number in the register. */
  readonly id: number;
  readonly sha256: string;
  readonly origin: string;
  readonly road: Road;
  readonly size: number;
}

/** What `keep` found for one arrival: new bytes, or bytes that came before. */
export interface Kept {
  readonly original: Original;
  /** `known`: the same bytes were kept before, and everything in them is filed, set apart or refused already. */
  readonly state: 'known' | 'new';
}

/** What a document inside an original is. One original holds many: a zip of reports, a message with two attachments. */
export type DocumentKind = 'aggregate' | 'failure' | 'other' | 'tls';

/**
 * What became of a document.
 * - `counted`: its rows are in the history; of a TLS report, its sessions are in the register
 * - `replaced`: it was counted until a fuller copy of the same report came
 * - `duplicate`: the same report was already counted, and this copy says no more
 * - `conflict`: the same report was already counted, this copy says something else, and nothing shows that it has the right to:
 *   kept, shown, not counted
 * - `refused`: it could not be read; kept, with the reason, and can be retried
 * - `set-apart`: it can be read and would count, but is not from the reporter it names, or a person said that it shall not count
 * - `superseded`: it had been refused and a copy that can be read has come since, or it was filed again
 * - `not-understood`: well, but of a kind that Zegel does not file yet
 */
export type DocumentState =
  | 'conflict'
  | 'counted'
  | 'duplicate'
  | 'not-understood'
  | 'refused'
  | 'replaced'
  | 'set-apart'
  | 'superseded';

/**
 * What could be found out of who wrote a report that came by mail. Only a DKIM signature tells: it is checked without believing
 * anything that stands above or in the message.
 * - `authentic`: signed by the domain of the reporter it names, for a From of that domain, over all of it
 * - `refuted`: the domain in its From asks for such mail to be rejected, and nothing of it could have passed
 * - `unproven`: neither; what it lacks is the reason
 * - `not-known-yet`: the DNS did not answer; to be looked at again
 */
export interface Authenticity {
  readonly result: 'authentic' | 'not-known-yet' | 'refuted' | 'unproven';
  readonly reason: Problem;
  /** The organisational domain of the reporter that it names: whose habits it is measured by; `''` when it names no domain. */
  readonly reporter: string;
  /** The Author Domain that an aligned signature speaks for, be it the reporter's or another's. */
  readonly authenticatedAs?: string;
  /**
   * How an unproven one stands beside authentic reports of the same reporter: `missing` is what those have and it has not;
   * `later`: only one from a time when such reports were signed already, since its key may be gone by now; `open`: it says nothing.
   */
  readonly lack?: 'later' | 'missing' | 'open';
}

/** What a person said of a document, whatever was found. */
export type Counting = 'count' | 'set-apart';

/** What decides whether a document may count, beside what it says. */
export interface Standing {
  readonly authenticity?: Authenticity;
  readonly decided?: Counting;
}

/**
 * Judges the message that a report came in.
 *
 * @param message its bytes
 * @param named the reporter it names, as in its key, and the address it gives; and for which reports a key may be kept beside mail (RFC 8460 §3)
 * @returns `undefined` when whoever judges knows nothing of the reporter that could tell
 */
export type JudgeReportMail = (
  message: Uint8Array,
  named: { readonly reporter: string; readonly email?: string; readonly service?: 'tlsrpt' },
) => Promise<Authenticity | undefined>;

/** A document as the register knows it. */
export interface DocumentRecord {
  /** The number of the document; for a counted report also the number of the report in the history. Grows with time. */
  readonly id: number;
  readonly original: Original;
  /** Path inside the original, `''` when the original itself is the document: `a.zip/report.xml.gz`. */
  readonly entry: string;
  /** The wrappings around it, outermost first, joined with `/`: `'mail/zip'`, `'gzip'`, `''`. */
  readonly container: string;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  /** The document this one is a copy of, replaces or was replaced by. */
  readonly other?: number;
  readonly key?: ReportKey;
  /** The head and sums of the report (not its rows), as read. */
  readonly summary?: ReportSummary;
  /** Why it was refused, set apart or replaced. */
  readonly problems: readonly Problem[];
  readonly repaired: readonly Repair[];
  /** The domain that its mail was authenticated as, when it came by mail and that could be told. */
  readonly authenticatedAs?: string;
  /** What was found of the mail it came in; absent when it came otherwise, or nobody has looked. */
  readonly authenticity?: Authenticity;
  /** What a person said of it. */
  readonly decided?: Counting;
  /** Milliseconds since 1970, when it was filed. */
  readonly filedAt: number;
}

/** What is written of a document when it is filed. */
export type DocumentEntry = Omit<DocumentRecord, 'authenticity' | 'decided' | 'filedAt' | 'id' | 'original'> & {
  /** The sessions of a TLS report that counts. */
  readonly tls?: TlsFiled;
};

export interface Archive {
  /** Keeps a batch: durable when it returns. Arrivals that occur twice in the batch are kept once. @throws {StorageError} */
  keep(batch: readonly Arrival[]): Promise<Kept[]>;
  /** The originals that are kept and not yet filed, oldest first. */
  pending(): Original[];
  /** The documents that are refused, oldest first: what `retry` tries again. */
  refused(): DocumentRecord[];
  /** TLS reports that were kept when nothing was filed of these yet, oldest first: what `replay` files beside what is pending. */
  unfiled(): DocumentRecord[];
  /**
   * Reports that came by mail, whose bytes are kept, and of whose mail nothing final was found: the oldest first.
   *
   * @param all also those of which something was
   * @param after only documents with a higher number
   */
  unjudged(all: boolean, after: number, most: number): DocumentRecord[];
  /** Reports that may have to be counted or set apart, by what is known now: those for which `reasonToSetApart` may have changed. */
  doubtful(): DocumentRecord[];
  /** The bytes of an original, in chunks. @throws {StorageError} when they are damaged or were not kept */
  chunks(original: Original): AsyncIterable<Uint8Array>;
  /** Begins the filing of pending originals. One at a time. */
  begin(): Promise<Filing>;
}

/** One transaction of filing: everything in it becomes true together, or nothing. */
export interface Filing {
  /** How many rows wait in it: the pipeline commits when these become many. */
  readonly rows: number;
  /** Documents of the same report that are counted, conflicting or refused, those of this filing included; oldest first. */
  copies(key: ReportKey): DocumentRecord[];
  /** All documents of a report that can be read, those set apart included, whose bytes are kept or that count; oldest first. */
  group(key: string): DocumentRecord[];
  /** What was found and decided of a document, in this filing or before. */
  standing(original: Original, entry: string): Standing;
  /** The end of the earliest report of an organisation that was found authentic, in seconds; `undefined` when none was. */
  authenticSince(reporter: string): number | undefined;
  /** Notes what was found of a document's mail. `end` is that of its report, in seconds. */
  judged(original: Original, entry: string, end: number, authenticity: Authenticity): void;
  /** Notes what a person said of a document; `undefined` takes it back. It goes to the audit log. */
  decide(document: DocumentRecord, decided: Counting | undefined, who: string): void;
  /** Refused documents of this file name (the last part of entry or origin), for a truncated copy that comes again whole. */
  refusedLike(name: string): DocumentRecord[];
  /** The TLS report with this key that counts, in this filing or before: its document, and what tells whether a copy says the same. */
  tlsCounted(key: string): { readonly document: number; readonly digest: string } | undefined;
  /** Opens a report: its rows go in as they are read. Nothing of it counts until `count`. */
  report(original: Original): ReportFiling;
  /** Notes a document that has no rows to count: refused, duplicate, conflicting, not understood. Returns its number. */
  note(original: Original, entry: DocumentEntry): number;
  /**
   * Changes what became of an earlier document; one that counted takes its rows out of the history in this same transaction.
   *
   * @param by the document that is the cause, if there is one
   * @param problems why, in place of what was said before
   */
  change(document: number, state: Exclude<DocumentState, 'counted'>, by?: number, problems?: readonly Problem[]): void;
  /** Says that an original is done: all its documents are noted. */
  done(original: Original): void;
  /** @throws {StorageError} and nothing of it has happened */
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** A report on its way into the history. */
export interface ReportFiling {
  /**
   * Takes a batch of rows; what it needs of them is copied before it returns. It may be called before the head of the report is
   * known: reporters write elements in any order.
   */
  rows(batch: RowBatch, dictionaries: RowDictionaries): void;
  /** The report is whole and counts: its rows become part of the filing. Returns its number. */
  count(entry: DocumentEntry & { readonly key: ReportKey; readonly summary: ReportSummary }): number;
  /** The report is not to be counted: its rows are dropped. */
  drop(): void;
}
