import type { Limits as ReaderLimits } from '../../standards/reports/aggregate/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { Archive, Arrival, DocumentRecord, Filing, JudgeReportMail, Kept, Original } from './archive.ts';
import { DocumentFiler, largeBytes } from './documents.ts';
import { defaultLimits } from './limits.ts';
import type { IngestionLimits } from './limits.ts';
import { openArrival } from './open.ts';
import type { Opened } from './place.ts';
import { Sums, outcomeOf, progressOf } from './sums.ts';
import type { IngestOutcome, IngestProgress } from './sums.ts';

export interface IngestOptions {
  readonly limits?: IngestionLimits;
  readonly readerLimits?: Partial<ReaderLimits>;
  /** Told after every document and every few thousand rows; whoever shows it decides how often. */
  readonly progress?: (progress: IngestProgress) => void;
  /** Stops after the original at hand. */
  readonly signal?: AbortSignal;
  /** Told of an arrival that could not be kept, since its file changed meanwhile. */
  readonly refuse?: (problem: Problem) => void;
  /** Judges the mail that reports come in; without it nothing is looked at, and nothing set apart for it. */
  readonly judge?: JudgeReportMail;
  /** When a batch is full: originals, their bytes, and the rows after which it is written at once. */
  readonly batch?: { readonly originals?: number; readonly bytes?: number; readonly rows?: number };
}

const batchDefaults = { originals: 500, bytes: 64 << 20, rows: 500_000 };
/** Originals up to this size are brought back whole from the archive. */
const heldBytes = 16 << 20;

/**
 * Takes arrivals in: keeps them, opens and reads what is inside, settles what is a copy of what, and files it, batch by batch. What
 * cannot be read is filed as refused, with its reason; nothing is thrown away, and nothing in an arrival stops the others.
 *
 * @throws {StorageError} when the memory cannot be written; what was committed before stands, and the rest is taken up again
 */
export async function ingest(
  arrivals: AsyncIterable<Arrival>,
  archive: Archive,
  options: IngestOptions = {},
): Promise<IngestOutcome> {
  const work = new Ingestion(archive, options);
  let batch: Arrival[] = [];
  let bytes = 0;
  for await (const arrival of arrivals) {
    if (work.stopped) break;
    batch.push(arrival);
    bytes += arrival.size;
    if (batch.length < work.batch.originals && bytes < work.batch.bytes) continue;
    await work.takeIn(batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0 && !work.stopped) await work.takeIn(batch);
  return work.outcome();
}

/**
 * Files the originals that were kept and not filed, since a process died in between, and TLS reports that came when nothing was filed of
 * these yet. @throws {StorageError}
 */
export async function replay(archive: Archive, options: IngestOptions = {}): Promise<IngestOutcome> {
  const work = new Ingestion(archive, options);
  const pending = archive.pending();
  for (let at = 0; at < pending.length && !work.stopped; at += work.batch.originals) {
    await work.file(pending.slice(at, at + work.batch.originals).map((original) => ({ original })));
  }
  await again(work, archive.unfiled());
  return work.outcome();
}

/**
 * Tries again what was refused, after an upgrade or with other limits. What can be read now is filed as if it had just come, and
 * closes the refusal; what still cannot is left as it is. @throws {StorageError}
 */
export async function retry(archive: Archive, options: IngestOptions = {}): Promise<IngestOutcome> {
  const work = new Ingestion(archive, options);
  await again(work, archive.refused());
  return work.outcome();
}

/** Files documents again, from their originals. */
async function again(work: Ingestion, documents: readonly DocumentRecord[]): Promise<void> {
  const originals = new Map<number, Item & { again: DocumentRecord[] }>();
  for (const document of documents) {
    const item = originals.get(document.original.id);
    if (item === undefined) originals.set(document.original.id, { original: document.original, again: [document] });
    else item.again.push(document);
  }
  const items = [...originals.values()];
  for (let at = 0; at < items.length && !work.stopped; at += work.batch.originals) {
    await work.file(items.slice(at, at + work.batch.originals));
  }
}

/** An original to be filed. */
export interface Item {
  readonly original: Original;
  /** Its bytes, when they are still at hand. */
  readonly bytes?: Uint8Array;
  /** It was filed before; only these of its documents are filed again, each closing what was filed of it. */
  readonly again?: readonly DocumentRecord[];
}

/** The work of filing, with what it has come to. */
export class Ingestion {
  readonly batch: typeof batchDefaults;
  readonly #archive: Archive;
  readonly #options: IngestOptions;
  readonly #limits: IngestionLimits;
  readonly #filer: DocumentFiler;
  readonly #sums = new Sums();

  constructor(archive: Archive, options: IngestOptions) {
    this.#archive = archive;
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
    this.batch = { ...batchDefaults, ...options.batch };
    this.#filer = new DocumentFiler(options.readerLimits, options.signal, () => this.#tell(), options.judge);
  }

  get stopped(): boolean {
    if (this.#options.signal?.aborted === true) this.#filer.interrupted = true;
    return this.#filer.interrupted;
  }

  outcome(): IngestOutcome {
    return outcomeOf(this.#sums, this.#filer.interrupted);
  }

  /** Keeps a batch, and files what is new in it. */
  async takeIn(batch: readonly Arrival[]): Promise<void> {
    const items: Item[] = [];
    const { arrivals, kept } = await this.#keep(batch);
    for (const [index, { original, state }] of kept.entries()) {
      const { bytes } = arrivals[index]!;
      if (state === 'known') {
        this.#sums.known += 1;
        this.#sums.arrivals += 1;
        this.#sums.bytes += original.size;
      } else items.push({ original, ...(bytes === undefined ? {} : { bytes }) });
    }
    await this.file(items);
    this.#tell();
  }

  /** Files originals, in as few transactions as their rows allow. */
  async file(items: readonly Item[]): Promise<void> {
    let filing: Filing | undefined;
    try {
      for (const item of items) {
        if (this.stopped) break;
        if (filing !== undefined && item.original.size > largeBytes) filing = await this.#commit(filing);
        filing ??= await this.#archive.begin();
        if (!(await this.original(filing, item))) {
          // Stopped in the middle of an original: it is pending still, and whole or not at all.
          await filing.rollback();
          this.#filer.now = new Sums();
          return;
        }
        if (filing.rows >= this.batch.rows) filing = await this.#commit(filing);
      }
      if (filing !== undefined) await this.#commit(filing);
    } catch (error) {
      await filing?.rollback();
      throw error;
    }
  }

  async #commit(filing: Filing): Promise<undefined> {
    await filing.commit();
    this.#sums.add(this.#filer.now);
    this.#filer.now = new Sums();
    return undefined;
  }

  /** Keeps a batch. A file that changed since it was found is left out, and told; the next run finds it as it then is. */
  async #keep(batch: readonly Arrival[]): Promise<{ arrivals: readonly Arrival[]; kept: Kept[] }> {
    let arrivals = batch;
    for (;;) {
      try {
        return { arrivals, kept: await this.#archive.keep(arrivals) };
      } catch (error) {
        const origin = changedOrigin(error);
        const left = arrivals.filter(
          (arrival) => arrival.origin !== origin && !arrival.origin.startsWith(`${origin}#`),
        );
        if (origin === undefined || left.length === arrivals.length) throw error;
        this.#options.refuse?.({ code: 'files/changed', values: { path: origin } });
        arrivals = left;
      }
    }
  }

  /** Opens one original and files what is in it. Returns false when it was told to stop in the middle. */
  async original(filing: Filing, item: Item): Promise<boolean> {
    const { original } = item;
    const bytesBefore = this.#filer.now.bytes;
    const content = item.bytes ?? (await this.#content(original));
    try {
      for await (const opened of openArrival(content, this.#limits)) {
        const again = item.again?.filter((document) => covers(document, opened));
        if (again?.length === 0) continue;
        if (!(await this.#filer.file(filing, original, opened, again))) return false;
        this.#tell();
      }
    } catch (error) {
      if (this.#filer.failure !== undefined) throw this.#filer.failure.error;
      // A fault of Zegel on one original is no reason to leave the others out. What it had given before stands.
      this.#filer.recover(filing, item.again === undefined ? original : undefined, error);
    }
    if (item.again === undefined) filing.done(original);
    this.#filer.now.arrivals += 1;
    this.#filer.now.bytes = bytesBefore + original.size;
    return true;
  }

  /** The bytes of an original from the archive. */
  async #content(original: Original): Promise<AsyncIterable<Uint8Array> | Uint8Array> {
    const chunks = this.#guarded(this.#archive.chunks(original));
    if (original.size > heldBytes) return chunks;
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  async *#guarded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        this.#filer.now.bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.#filer.failure = { error };
      throw error;
    }
  }

  #tell(): void {
    this.#options.progress?.(progressOf(this.#sums, this.#filer.now));
  }
}

/** Whether a document that was refused is this one, or held it: what was refused as a whole may now be opened. */
function covers(document: DocumentRecord, opened: Opened): boolean {
  const { entry, container } = document;
  const sameRoad = opened.container === container || container === '' || opened.container.startsWith(`${container}/`);
  return sameRoad && (entry === '' || opened.entry === entry || opened.entry.startsWith(`${entry}/`));
}

/** The file that changed while it was being kept, when that is what an error says. */
function changedOrigin(error: unknown): string | undefined {
  const { code, origin, values } = error as { code?: unknown; origin?: unknown; values?: { origin?: unknown } };
  if (code !== 'files/changed' && code !== 'storage/changed-while-reading') return undefined;
  const path = origin ?? values?.origin;
  return typeof path === 'string' ? path : undefined;
}
