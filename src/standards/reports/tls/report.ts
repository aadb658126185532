import type { Repair } from '../aggregate/model.ts';

// What a TLS report says (RFC 8460 §4.4), with names in camel case. What it does not say is absent, but for counts: see below.

/** The policy a sender went by: DANE, MTA-STS, or none that it could find. */
export type TlsPolicyType = 'no-policy-found' | 'sts' | 'tlsa';

export interface TlsReport {
  readonly organizationName?: string;
  readonly contactInfo?: string;
  readonly reportId?: string;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly dateRange: { readonly begin: number; readonly end: number };
  readonly policies: readonly TlsPolicyReport[];
  /** Sums of the sessions of all policies. A session that came under two policies counts in both. */
  readonly sessions: { readonly successful: number; readonly failed: number };
  /** Each tolerance used, once per code, with how often and where first. */
  readonly repaired: readonly Repair[];
}

/** What became of the sessions under one policy. */
export interface TlsPolicyReport {
  /** Absent when it is none of the three: see `typeText`. */
  readonly type?: TlsPolicyType;
  /** `policy-type` as it stands, when it is none of the three. */
  readonly typeText?: string;
  /** The lines of the MTA-STS policy, or the TLSA records. */
  readonly policyString: readonly string[];
  /** The policy domain, as A-labels in lower case. */
  readonly domain?: string;
  readonly mxHosts: readonly string[];
  /** Sessions. A count that is missing or cannot be read is 0 here, and noted. */
  readonly successful: number;
  readonly failed: number;
  /** One session may be counted under several kinds of failure: their sum may be more than `failed`. */
  readonly failures: readonly TlsFailure[];
}

export interface TlsFailure {
  /** As on the wire: `certificate-expired`. The list of RFC 8460 §4.3 is expected to grow. */
  readonly resultType?: string;
  /** Addresses in their canonical text. */
  readonly sendingMtaIp?: string;
  readonly receivingIp?: string;
  readonly receivingMxHostname?: string;
  readonly receivingMxHelo?: string;
  /** Sessions, as above. */
  readonly count: number;
  readonly additionalInformation?: string;
  readonly failureReasonCode?: string;
}

/** The result types of RFC 8460 §4.3. */
export const tlsResultTypes = [
  'starttls-not-supported',
  'certificate-host-mismatch',
  'certificate-expired',
  'certificate-not-trusted',
  'validation-failure',
  'tlsa-invalid',
  'dnssec-invalid',
  'dane-required',
  'sts-policy-fetch-error',
  'sts-policy-invalid',
  'sts-webpki-invalid',
] as const;
