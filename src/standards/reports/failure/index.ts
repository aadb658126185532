// Reports about single messages (RFC 6591 and RFC 9991 for failed authentication, RFC 5965 for complaints): who brought the
// message, what was found, and the message itself or its header. `Identity-Alignment` has two meanings, and is read as both.
export { parseFailureReport } from './parse.ts';
export type { FailureReport, IdentityAlignment, ReportedAlignment, ReportedDkim, ReportPart } from './report.ts';
