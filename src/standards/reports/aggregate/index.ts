// DMARC aggregate reports (RFC 9990 §3, Appendix A; RFC 7489 Appendix C): what a receiver saw of a domain's mail in a period, one
// row for each source and outcome. Read as they come, in both generations and in the broken forms that are sent, as columns of
// numbers; and written. A text that would have to be guessed at is refused, and what was repaired is said.
export { formatReportFileName, parseReportFileName } from './file-name.ts';
export type { ReportFileName } from './file-name.ts';
export { formatAggregateReport } from './format.ts';
export type { NewReport } from './format.ts';
export { defaultLimits } from './limits.ts';
export type { Limits } from './limits.ts';
export type {
  AlignmentMode,
  AlignmentResult,
  DateRange,
  DkimAuthResult,
  DkimResult,
  Disposition,
  Extension,
  Generation,
  OverrideReason,
  OverrideType,
  Policy,
  PolicyPublished,
  Repair,
  ReportHead,
  ReportMetadata,
  ReportSummary,
  Row,
  SpfAuthResult,
  SpfResult,
  SpfScope,
} from './model.ts';
export { AggregateReader, readAggregateReport } from './reader.ts';
export type { ReaderOptions } from './reader.ts';
export { rowAt } from './row.ts';
export { alignmentCodes, dispositionCodes } from './rows.ts';
export type { AuthResults, Dictionary, RowBatch, RowDictionaries, RowSink } from './rows.ts';
