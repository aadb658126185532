import { AggregateReader } from '../../standards/reports/aggregate/index.ts';
import type {
  Limits as ReaderLimits,
  Repair,
  RowBatch,
  RowDictionaries,
} from '../../standards/reports/aggregate/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type {
  Authenticity,
  DocumentEntry,
  DocumentRecord,
  Filing,
  JudgeReportMail,
  Original,
  ReportFiling,
} from './archive.ts';
import { lastName, nameBelongsTo, settle } from './identity.ts';
import type { Settlement } from './identity.ts';
import { readOtherReport } from './other-reports.ts';
import type { Opened } from './place.ts';
import { readReport } from './report.ts';
import type { ReportReading } from './report.ts';
import { reasonToSetApart, reasonToSetTlsApart } from './standing.ts';
import { Sums } from './sums.ts';
import { ofTlsMail, settleTls, tlsFiled, tlsNamedBy } from './tls-sessions.ts';

/** An original of this size is filed by itself, so that stopping in the middle of it takes nothing else with it. */
export const largeBytes = 8 << 20;

/** Reads the documents of originals, settles what they are copies of, and writes both into the filing at hand. */
export class DocumentFiler {
  readonly #readerLimits: Partial<ReaderLimits> | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #tell: () => void;
  readonly #judge: JudgeReportMail | undefined;
  #reader: AggregateReader;
  /** The report whose rows are being filed. */
  #report: ReportFiling | undefined;
  /** What the filing at hand has come to; it is real once it is committed. */
  now = new Sums();
  interrupted = false;
  /** An error of the memory, which must not be taken for a fault of the document at hand. */
  failure: { readonly error: unknown } | undefined;

  /**
   * @param tell called whenever `now` has grown
   * @param judge asked who wrote the mail a report came in; without it that is what was found before, or not known
   */
  constructor(
    readerLimits: Partial<ReaderLimits> | undefined,
    signal: AbortSignal | undefined,
    tell: () => void,
    judge: JudgeReportMail | undefined,
  ) {
    this.#readerLimits = readerLimits;
    this.#signal = signal;
    this.#tell = tell;
    this.#judge = judge;
    this.#reader = this.#newReader();
  }

  /** Calls the memory, and remembers its error as one of the memory. */
  #stored<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** Files one document. Returns false when it was told to stop in the middle. */
  async file(filing: Filing, original: Original, opened: Opened, again?: readonly DocumentRecord[]): Promise<boolean> {
    const { entry, container } = opened;
    if (opened.what !== 'report' && opened.other?.kind === 'tls') {
      await this.#fileTls(filing, original, opened, again);
      return true;
    }
    if (opened.what !== 'report') {
      if (again === undefined || opened.what !== 'refused') {
        const { kind, problems } = opened;
        const id = this.#note(filing, original, { entry, container, kind, state: opened.what, problems, repaired: [] });
        this.#close(filing, again, id);
      }
      return true;
    }
    const rowsBefore = this.now.rows;
    const report = this.#stored(() => filing.report(original));
    this.#report = report;
    let reading: ReportReading;
    try {
      reading = await readReport(
        this.#reader,
        opened.content,
        opened.trail,
        { rows: (batch, dictionaries) => this.#rows(report, batch, dictionaries) },
        original.size > largeBytes ? this.#signal : undefined,
      );
    } catch (error) {
      if (this.failure !== undefined) throw this.failure.error;
      // What it has learned may be half learned.
      this.#reader = this.#newReader();
      reading = { outcome: 'refused', problems: [broken(error)] };
    }
    // The rows were shown as they came; they are counted when it is settled that they count.
    this.now.rows = rowsBefore;
    if (reading.outcome === 'interrupted') {
      this.interrupted = true;
      this.#drop();
      return false;
    }
    if (reading.outcome === 'refused') {
      this.#drop();
      if (again === undefined) this.#refuse(filing, original, { entry, container }, reading);
      return true;
    }
    const { key, summary, repaired } = reading;
    const shared = { entry, container, kind: 'aggregate', key, summary, repaired } as const;
    const authenticity = await this.#authenticity(filing, original, opened, shared);
    const standing = this.#stored(() => filing.standing(original, entry));
    const since = authenticity === undefined ? undefined : this.#since(filing, authenticity);
    const apart = reasonToSetApart(standing, key.end, since);
    if (apart !== undefined) {
      this.#drop();
      const id = this.#note(filing, original, { ...shared, state: 'set-apart', problems: apart });
      this.#close(filing, again, id);
      return true;
    }
    const copies = this.#stored(() => filing.copies(key));
    const name = lastName(entry, original.origin);
    if (nameBelongsTo(name, key)) {
      const seen = new Set(copies.map((copy) => copy.id));
      for (const document of this.#stored(() => filing.refusedLike(name)))
        if (!seen.has(document.id)) copies.push(document);
    }
    const { authenticatedAs } = authenticity ?? {};
    const signed = authenticatedAs === undefined ? {} : { authenticatedAs };
    const settlement = settle({ key, summary, road: original.road, ...signed }, copies);
    const id = this.#settled(filing, original, report, { ...shared, ...signed }, settlement);
    this.#close(filing, again, id);
    return true;
  }

  /**
   * Files a TLS report: the first copy counts. Mail that was looked at and lacks the signature of its reporter is set apart (RFC 8460 §3:
   * it MUST be ignored); a key that is gone by now says nothing.
   */
  async #fileTls(
    filing: Filing,
    original: Original,
    { entry, container, other, message }: Exclude<Opened, { what: 'report' }>,
    again: readonly DocumentRecord[] | undefined,
  ): Promise<void> {
    const reading = readOtherReport(other!);
    const place = { entry, container, kind: 'tls' } as const;
    if ('refused' in reading || !('tls' in reading)) {
      // What was refused before stays so, with the reason it has.
      if (again?.every(({ state }) => state === 'refused') === true) return;
      const problems = 'refused' in reading ? reading.refused : [];
      const id = this.#note(filing, original, { ...place, state: 'refused', problems, repaired: [] });
      this.#close(filing, again, id);
      return;
    }
    const { repaired } = reading;
    const tls = tlsFiled(reading.tls);
    if (message !== undefined) {
      const found = await this.#judge?.(message, tlsNamedBy(tls.key, reading.tls.contactInfo));
      if (found !== undefined) this.#stored(() => filing.judged(original, entry, tls.key.end, ofTlsMail(found)));
    }
    const standing = this.#stored(() => filing.standing(original, entry));
    const { authenticatedAs } = standing.authenticity ?? {};
    const shared = { ...place, key: tls.key, repaired, ...(authenticatedAs === undefined ? {} : { authenticatedAs }) };
    const apart = reasonToSetTlsApart(standing);
    const settled =
      apart === undefined
        ? settleTls(
            tls,
            this.#stored(() => filing.tlsCounted(tls.key.text)),
          )
        : ({ state: 'set-apart', problems: apart } as const);
    const id = this.#note(filing, original, {
      ...shared,
      ...settled,
      ...(settled.state === 'counted' ? { tls } : {}),
    });
    this.#close(filing, again, id);
  }

  /** Who wrote the mail a report came in: looked at now, when somebody can, else as it was found before. */
  async #authenticity(
    filing: Filing,
    original: Original,
    { entry, message }: Extract<Opened, { what: 'report' }>,
    { key, summary }: Required<Pick<DocumentEntry, 'key' | 'summary'>>,
  ): Promise<Authenticity | undefined> {
    if (message === undefined) return undefined;
    if (this.#judge === undefined) return this.#stored(() => filing.standing(original, entry)).authenticity;
    const found = await this.#judge(message, namedBy(key, summary));
    if (found === undefined) return this.#stored(() => filing.standing(original, entry)).authenticity;
    this.#stored(() => filing.judged(original, entry, key.end, found));
    return found;
  }

  #since(filing: Filing, { reporter }: Authenticity): number | undefined {
    return this.#stored(() => filing.authenticSince(reporter));
  }

  /** Does what was settled about a report that was read. Returns the number of its document. */
  #settled(
    filing: Filing,
    original: Original,
    report: ReportFiling,
    shared: Pick<DocumentEntry, 'authenticatedAs' | 'container' | 'entry' | 'kind' | 'repaired'> &
      Required<Pick<DocumentEntry, 'key' | 'summary'>>,
    settlement: Settlement,
  ): number {
    let id: number;
    if (settlement.state === 'counted') {
      const replaces = 'replaces' in settlement ? settlement.replaces : undefined;
      const problems = 'problem' in settlement ? [settlement.problem] : [];
      const other = replaces === undefined ? {} : { other: replaces };
      id = this.#stored(() => report.count({ ...shared, ...other, state: 'counted', problems }));
      this.#report = undefined;
      if (replaces !== undefined) {
        this.#stored(() => filing.change(replaces, 'replaced', id));
        this.now.documents.replaced += 1;
      }
      this.now.documents.counted += 1;
      this.now.rows += shared.summary.rows;
      this.now.messages += shared.summary.messages;
      if (shared.repaired.length > 0) this.now.repaired += 1;
    } else {
      const { state, other, problem } = settlement;
      this.#drop();
      id = this.#note(filing, original, { ...shared, state, other, problems: [problem] });
    }
    for (const closed of settlement.closes) {
      this.#stored(() => filing.change(closed, 'superseded', id));
      this.now.documents.superseded += 1;
    }
    return id;
  }

  /** Notes a document that could not be read; when the report it was is counted already, that closes it at once. */
  #refuse(
    filing: Filing,
    original: Original,
    place: Pick<DocumentEntry, 'container' | 'entry'>,
    { problems, key }: Extract<ReportReading, { outcome: 'refused' }>,
  ): void {
    const entry = { ...place, kind: 'aggregate', problems, repaired: [] as Repair[] } as const;
    if (key === undefined) {
      this.#note(filing, original, { ...entry, state: 'refused' });
      return;
    }
    const counted = this.#stored(() => filing.copies(key)).find((copy) => copy.state === 'counted');
    if (counted === undefined) this.#note(filing, original, { ...entry, key, state: 'refused' });
    else this.#note(filing, original, { ...entry, key, state: 'superseded', other: counted.id });
  }

  /** Closes refusals that were tried again. */
  #close(filing: Filing, again: readonly DocumentRecord[] | undefined, by: number): void {
    for (const document of again ?? []) this.#stored(() => filing.change(document.id, 'superseded', by));
  }

  #note(filing: Filing, original: Original, entry: DocumentEntry): number {
    this.now.documents[entry.state] += 1;
    return this.#stored(() => filing.note(original, entry));
  }

  #rows(report: ReportFiling, batch: RowBatch, dictionaries: RowDictionaries): void {
    this.#stored(() => report.rows(batch, dictionaries));
    this.now.rows += batch.length;
    this.#tell();
  }

  /**
   * After a fault of Zegel: the report at hand is let go of, and the reader made anew, since what it has learned may be half learned.
   *
   * @param original noted as refused; none when that is known already
   */
  recover(filing: Filing, original: Original | undefined, error: unknown): void {
    this.#drop();
    this.#reader = this.#newReader();
    if (original === undefined) return;
    const place = { entry: '', container: '' };
    this.#note(filing, original, {
      ...place,
      kind: 'other',
      state: 'refused',
      problems: [broken(error)],
      repaired: [],
    });
  }

  /** The report at hand is not to count. */
  #drop(): void {
    const report = this.#report;
    this.#report = undefined;
    if (report !== undefined) this.#stored(() => report.drop());
  }

  #newReader(): AggregateReader {
    const limits = this.#readerLimits;
    return new AggregateReader(limits === undefined ? {} : { limits });
  }
}

/** Whom a report names as its reporter, for whoever judges its mail. */
export function namedBy(
  key: NonNullable<DocumentEntry['key']>,
  { metadata }: NonNullable<DocumentEntry['summary']>,
): { readonly reporter: string; readonly email?: string } {
  return { reporter: key.reporter, ...(metadata.email === undefined ? {} : { email: metadata.email }) };
}

function broken(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'ingestion/reader-broken', values: { reason: reason.slice(0, 200) } };
}
