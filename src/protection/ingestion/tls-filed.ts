// What is kept of a TLS report (RFC 8460) beside its bytes: who told it, of which days, and of every policy how many sessions came to what.
// All of it can be read from the original again.

import type { Day } from '../history.ts';
import type { ReportKey } from './report-key.ts';

/** Sessions of one reporter that failed in one way at one mail server. */
export interface TlsFailureCount {
  /** As on the wire (RFC 8460 §4.3); `''` where the report does not say. */
  readonly type: string;
  /** The name of the mail server; `''` where the report does not say. */
  readonly mx: string;
  readonly sessions: number;
}

/** What became of the sessions under one policy. */
export interface TlsPolicySessions {
  /** A-labels in lower case; `''` where the report does not say. */
  readonly policyDomain: string;
  /** `sts`, `tlsa`, `no-policy-found`, or what stands there instead. */
  readonly policyType: string;
  /** The mode of the MTA-STS policy that the sender went by; `''` where the report does not show it. */
  readonly mode: string;
  readonly successful: number;
  readonly failed: number;
  readonly failures: readonly TlsFailureCount[];
}

/** A TLS report as it is filed. */
export interface TlsFiled {
  readonly key: ReportKey;
  /** What tells whether two copies say the same. */
  readonly digest: string;
  readonly policies: readonly TlsPolicySessions[];
}

/** What one reporter told of the sessions under one policy, of one day. */
export interface TlsTold extends TlsPolicySessions {
  readonly reporter: string;
  /** The day on which its period begins: reports are of one day (RFC 8460 §4.1). */
  readonly day: Day;
}
