// The reports that receivers send: DMARC aggregate reports (RFC 9990, and RFC 7489 Appendix C before it), failure reports
// (RFC 9991) and TLS reports (RFC 8460). What a report says is kept field by field; what had to be repaired to read it is said.
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
} from './aggregate/model.ts';
export { alignmentCodes, dispositionCodes } from './aggregate/rows.ts';
export type { AuthResults, Dictionary, RowBatch, RowDictionaries } from './aggregate/rows.ts';
