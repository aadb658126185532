// How mail to a domain travels: which servers take it (MX, RFC 5321 §5.1; or none, RFC 7505), and what makes sure that it is encrypted on
// the way: MTA-STS (RFC 8461) by certificates and a file over HTTPS, DANE (RFC 7672) by DNSSEC, and TLSRPT (RFC 8460), by which a domain
// hears of it when it is not. What the DNS, the policy file and a server's certificate say is judged here; nothing connects.
export { certificateNames, matchTlsa, readCertificate } from './certificate.ts';
export type { CertificateFacts, DaneVerdict } from './certificate.ts';
export { formatTlsa, isUsableTlsa, lookupDane, parseTlsa, tlsaProblems } from './dane.ts';
export type { DaneFound, TlsaRecord } from './dane.ts';
export type { Extension } from './fields.ts';
export {
  formatMtaStsPolicy,
  formatMtaStsRecord,
  isMtaStsRecord,
  lookupMtaSts,
  maxPolicyAge,
  mtaStsMxProblems,
  mtaStsPolicyUrl,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  policyAllows,
} from './mta-sts.ts';
export type { MtaStsPolicy, MtaStsRecord } from './mta-sts.ts';
export { formatMx, isNullMx, lookupMx, mxProblems, nullMx } from './mx.ts';
export type { MxFound, MxRecord } from './mx.ts';
export { formatTlsRptRecord, isTlsRptRecord, lookupTlsRpt, parseTlsRptRecord } from './tls-rpt.ts';
export type { TlsRptRecord } from './tls-rpt.ts';
