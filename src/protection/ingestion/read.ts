import { AggregateReader, rowAt } from '../../standards/reports/aggregate/index.ts';
import type {
  Extension,
  Limits as ReaderLimits,
  PolicyPublished,
  Repair,
  ReportMetadata,
  ReportSummary,
  Row,
} from '../../standards/reports/aggregate/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { TlsReport } from '../../standards/reports/tls/index.ts';
import type { Arrival, DocumentKind, ReportKey } from './archive.ts';
import { defaultLimits } from './limits.ts';
import type { IngestionLimits } from './limits.ts';
import { openArrival } from './open.ts';
import { readOtherReport } from './other-reports.ts';
import type { ReadFailure } from './other-reports.ts';
import type { Opened } from './place.ts';
import { readReport } from './report.ts';

export interface ReadOptions {
  /** Give the rows as well, behind the documents of the arrival they are in. */
  readonly rows?: boolean;
  readonly limits?: IngestionLimits;
  readonly readerLimits?: Partial<ReaderLimits>;
}

/** One document, as `zegel read` shows it. */
export interface ReadDocument {
  readonly what: 'document';
  readonly file: string;
  /** Path inside the file; `''` when the file itself is the document. */
  readonly entry: string;
  /** The wrappings around it, outermost first: `'mail/gzip'`. */
  readonly container: string;
  readonly kind: DocumentKind;
  /** Its identity, when it is a report that could be read, or whose beginning at least says which one it is. */
  readonly key?: ReportKey;
  /** What it says but for its rows; absent when it is not a report that could be read. */
  readonly report?: {
    readonly generation: ReportSummary['generation'];
    readonly namespace?: string;
    readonly version?: string;
    readonly metadata: ReportMetadata;
    readonly policyPublished: PolicyPublished;
    readonly extensions: readonly Extension[];
    readonly rows: number;
    readonly messages: number;
  };
  /** A failure or abuse report (RFC 9991, 6591, 5965). */
  readonly failure?: ReadFailure;
  /** A TLS report (RFC 8460). */
  readonly tls?: Omit<TlsReport, 'repaired'>;
  readonly repaired: readonly Repair[];
  /** Why it could not be read. */
  readonly refused?: readonly Problem[];
  /** What it is, when it is something that Zegel does not read. */
  readonly notUnderstood?: readonly Problem[];
}

/** One row of a report that could be read. */
export interface ReadRow {
  readonly what: 'row';
  readonly file: string;
  readonly entry: string;
  readonly key: ReportKey;
  readonly row: Row;
}

export type ReadLine = ReadDocument | ReadRow;

/**
 * Reads what is in arrivals, and files nothing: first the documents of an arrival, one by one, then (when asked) the rows of those
 * that could be read. Rows are read in a second pass, since a report may turn out at its end to be none that counts; memory stays
 * flat, however many there are.
 *
 * @throws as `chunks` of an arrival does
 */
export async function* readDocuments(
  arrivals: AsyncIterable<Arrival>,
  options: ReadOptions = {},
): AsyncGenerator<ReadLine> {
  const limits = options.limits ?? defaultLimits;
  const readerOptions = options.readerLimits === undefined ? {} : { limits: options.readerLimits };
  let reader = new AggregateReader(readerOptions);
  for await (const arrival of arrivals) {
    /** By the number of the document in the arrival. */
    const keys = new Map<number, ReportKey>();
    let number = 0;
    for await (const opened of openArrival(arrival.bytes ?? arrival.chunks(), limits)) {
      let document: ReadDocument;
      try {
        document = await readDocument(reader, arrival.origin, opened);
      } catch (error) {
        if (opened.what !== 'report' || isOfSource(error)) throw error;
        // A fault of ours in one document leaves the others as they are.
        reader = new AggregateReader(readerOptions);
        const reason = error instanceof Error ? error.message : String(error);
        const refused = [{ code: 'ingestion/reader-broken', values: { reason } }];
        document = { ...placeOf(arrival.origin, opened), kind: 'aggregate', repaired: [], refused };
      }
      if (document.report !== undefined && document.key !== undefined) keys.set(number, document.key);
      number += 1;
      yield document;
    }
    if (options.rows !== true || keys.size === 0) continue;
    number = 0;
    for await (const opened of openArrival(arrival.bytes ?? arrival.chunks(), limits)) {
      const key = keys.get(number);
      if (opened.what === 'report' && key !== undefined) yield* rowsOf(reader, arrival.origin, opened, key);
      number += 1;
    }
  }
}

/** Whether an error is one of where the bytes come from: those carry a code. */
function isOfSource(error: unknown): boolean {
  return typeof (error as { code?: unknown }).code === 'string';
}

function placeOf(
  file: string,
  { entry, container }: Opened,
): Pick<ReadDocument, 'container' | 'entry' | 'file' | 'what'> {
  return { what: 'document', file, entry, container };
}

async function readDocument(reader: AggregateReader, file: string, opened: Opened): Promise<ReadDocument> {
  const place = placeOf(file, opened);
  if (opened.what !== 'report') {
    const { kind, problems, other } = opened;
    if (opened.what === 'refused') return { ...place, kind, repaired: [], refused: problems };
    if (other === undefined) return { ...place, kind, repaired: [], notUnderstood: problems };
    return { ...place, kind, repaired: [], ...readOtherReport(other) };
  }
  const reading = await readReport(reader, opened.content, opened.trail, { rows: () => {} });
  if (reading.outcome !== 'read') {
    const { problems, key } = reading.outcome === 'refused' ? reading : { problems: [], key: undefined };
    return { ...place, kind: 'aggregate', ...(key === undefined ? {} : { key }), repaired: [], refused: problems };
  }
  const { summary, key, repaired } = reading;
  const { repaired: _, ...report } = summary;
  return { ...place, kind: 'aggregate', key, report, repaired };
}

/** The rows of a report that is known to be whole. */
async function* rowsOf(
  reader: AggregateReader,
  file: string,
  { entry, content }: Extract<Opened, { what: 'report' }>,
  key: ReportKey,
): AsyncGenerator<ReadRow> {
  let rows: Row[] = [];
  reader.start({
    rows: (batch, dictionaries) => {
      for (let i = 0; i < batch.length; i++) rows.push(rowAt(batch, i, dictionaries));
    },
  });
  const lines = function* (): Generator<ReadRow> {
    const ready = rows;
    rows = [];
    for (const row of ready) yield { what: 'row', file, entry, key, row };
  };
  if (content.bytes === undefined) {
    for (;;) {
      const chunk = await content.chunks.next();
      if (chunk === undefined) break;
      reader.push(chunk);
      yield* lines();
    }
  } else {
    // In pieces, so that the rows of a large one do not all wait at once.
    for (let at = 0; at < content.bytes.length; at += 1 << 20) {
      reader.push(content.bytes.subarray(at, at + (1 << 20)));
      yield* lines();
    }
  }
  reader.finish();
  yield* lines();
}
