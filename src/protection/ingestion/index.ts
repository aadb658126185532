// Takes reports in, in any wrapping, once, and files them: opens what came (`openArrival`), reads what is inside, settles which
// of several copies of a report counts (`settle`), and files it (`ingest`). `readDocuments` does the first two alone.
export type {
  Archive,
  Arrival,
  Authenticity,
  Counting,
  DocumentEntry,
  DocumentKind,
  DocumentRecord,
  DocumentState,
  Filing,
  JudgeReportMail,
  Kept,
  Original,
  ReportFiling,
  ReportKey,
  Road,
  Standing,
} from './archive.ts';
export { applyStandings, authenticate, decideCounting } from './authenticate.ts';
export type { AuthenticateOptions, AuthenticateOutcome } from './authenticate.ts';
export { ChunkReader } from './content.ts';
export type { Incoming, Settlement } from './identity.ts';
export { ingest, replay, retry } from './ingest.ts';
export type { IngestOptions } from './ingest.ts';
export { defaultLimits } from './limits.ts';
export type { IngestionLimits } from './limits.ts';
export { restoreFromLines, splitMbox } from './mbox.ts';
export { openArrival } from './open.ts';
export type { ReadFailure } from './other-reports.ts';
export type { Opened } from './place.ts';
export { readDocuments } from './read.ts';
export type { ReadDocument, ReadLine, ReadOptions, ReadRow } from './read.ts';
export { headBytes, recognise } from './recognise.ts';
export type { IngestOutcome, IngestProgress } from './sums.ts';
export type { TlsFailureCount, TlsFiled, TlsTold } from './tls-filed.ts';
