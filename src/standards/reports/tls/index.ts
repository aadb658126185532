// SMTP TLS reports (RFC 8460): how many sessions of a sender to a domain's mail servers were secured as its policies ask (MTA-STS,
// DANE), and why the others were not. Read from their JSON, with what had to be repaired said.
export { defaultTlsLimits, parseTlsReport } from './parse.ts';
export type { TlsLimits } from './parse.ts';
export { tlsResultTypes } from './report.ts';
export type { TlsFailure, TlsPolicyReport, TlsPolicyType, TlsReport } from './report.ts';
