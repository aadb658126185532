// How results look in a terminal: tables that fit, bars and sparklines, and the answer of `assess`. Colour and width are told;
// whatever comes from a report is made safe before it is shown.
export { assessmentText } from './assessment.ts';
export { listLength } from './parts.ts';
export type { AssessmentTextOptions } from './assessment.ts';
export { bar, sparkline } from './bars.ts';
export { heading, paint, plain, wrapped } from './style.ts';
export type { Paint, Style } from './style.ts';
export { table } from './table.ts';
export type { Column, TableOptions } from './table.ts';
export { ingestText, progressText } from './ingest.ts';
export type { IngestOutcome, IngestProgress } from './ingest.ts';
export { reportText, reportsText, rowsText } from './reports.ts';
export { sourceText } from './source.ts';
export { postureText, rankingText } from './posture.ts';
export type { PostureTextOptions } from './posture.ts';
export { verificationText } from './verify.ts';
export { spfAllowsText, spfDifferenceText, spfTreeText } from './spf.ts';
export type { SpfTextOptions } from './spf.ts';
