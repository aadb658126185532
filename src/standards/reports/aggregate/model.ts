import type { Problem } from '../../problem.ts';

// The contents of a DMARC aggregate report (RFC 9990 §3, Appendix A; RFC 7489 Appendix C): both generations in one shape,
// every field kept. Names are those of the schema, in camel case. What a report does not say is absent, never a default.

export type AlignmentMode = 'r' | 's';
export type Policy = 'none' | 'quarantine' | 'reject';
/** What the receiver did. `pass` is new in RFC 9990 and is not `none`: the message passed DMARC. */
export type Disposition = 'none' | 'pass' | 'quarantine' | 'reject';
export type AlignmentResult = 'pass' | 'fail';
export type DkimResult = 'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror';
export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'policy' | 'temperror' | 'permerror';
export type SpfScope = 'mfrom' | 'helo';
/** Why the disposition is not what the policy asked for. `forwarded` and `sampled_out` are of RFC 7489 only, `policy_test_mode` of RFC 9990. */
export type OverrideType =
  | 'forwarded'
  | 'local_policy'
  | 'mailing_list'
  | 'other'
  | 'policy_test_mode'
  | 'sampled_out'
  | 'trusted_forwarder';
/** Which text the report follows, as far as it shows: by its namespace, or by elements only one of them has. */
export type Generation = 'rfc7489' | 'rfc9990';

/** Seconds since 1970-01-01T00:00:00Z; both ends are in the range. */
export interface DateRange {
  readonly begin: number;
  readonly end: number;
}

/** `<extension>` (RFC 9990 §3.1.1.6, §3.1.1.7, §5): kept as the XML it was, for whoever knows it. */
export interface Extension {
  readonly name: string;
  readonly namespace?: string;
  readonly xml: string;
}

export interface ReportMetadata {
  readonly orgName?: string;
  readonly email?: string;
  readonly extraContactInfo?: string;
  readonly extraContactInfoLang?: string;
  readonly reportId?: string;
  readonly dateRange?: DateRange;
  readonly errors: readonly string[];
  /** The `lang` attribute of the first error that has one. */
  readonly errorLang?: string;
  readonly generator?: string;
}

export interface PolicyPublished {
  /** As the report gives it, lower-cased A-labels where it is a domain name. */
  readonly domain?: string;
  readonly adkim?: AlignmentMode;
  readonly aspf?: AlignmentMode;
  readonly p?: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  readonly pct?: number;
  readonly fo?: string;
  readonly testing?: 'y' | 'n';
  readonly discoveryMethod?: 'psl' | 'treewalk';
  /** `version_published` of some reporters. */
  readonly versionPublished?: string;
}

export interface OverrideReason {
  readonly type?: OverrideType;
  readonly comment?: string;
  /** The `lang` attribute of `<comment>`; the schema's default is `en`. Likewise below. */
  readonly commentLang?: string;
}

export interface DkimAuthResult {
  readonly domain?: string;
  readonly selector?: string;
  readonly result?: DkimResult;
  readonly humanResult?: string;
  readonly humanResultLang?: string;
}

export interface SpfAuthResult {
  readonly domain?: string;
  readonly scope?: SpfScope;
  readonly result?: SpfResult;
  readonly humanResult?: string;
  readonly humanResultLang?: string;
}

/** One `<record>`. A row stands for `count` messages: rows and messages are never mixed up. */
export interface Row {
  /** The address in its canonical text (RFC 5952; IPv4-mapped IPv6 as IPv4); absent when the report has none that can be read. */
  readonly source?: string;
  /** Messages. A count that is missing, not a number, below 0 or absurd is 0 here, with a problem. */
  readonly count: number;
  readonly disposition?: Disposition;
  /** `policy_evaluated/dkim` and `/spf`: whether an aligned identifier passed, as the receiver judged. */
  readonly dkim?: AlignmentResult;
  readonly spf?: AlignmentResult;
  readonly reasons: readonly OverrideReason[];
  readonly headerFrom?: string;
  /** `''` is the null sender, said; absent is not said. */
  readonly envelopeFrom?: string;
  readonly envelopeTo?: string;
  readonly authResults: { readonly dkim: readonly DkimAuthResult[]; readonly spf: readonly SpfAuthResult[] };
  readonly extensions?: readonly Extension[];
}

/** What one report says but for its rows, which may be millions and are handed over in batches. */
export interface ReportHead {
  readonly generation: Generation;
  /** The XML namespace of `<feedback>`, when it has one. */
  readonly namespace?: string;
  /** `<version>` as it stands. */
  readonly version?: string;
  readonly metadata: ReportMetadata;
  readonly policyPublished: PolicyPublished;
  readonly extensions: readonly Extension[];
}

/** A finished report: its head, its sums, and what was repaired on the way. */
export interface ReportSummary extends ReportHead {
  /** Rows in the report, those that count no messages included. */
  readonly rows: number;
  /** The sum of `count`. */
  readonly messages: number;
  /**
   * Each tolerance used, once per code, with how often (`times`) and where first. A repair never changes a number in
   * silence; what could not be repaired refuses the report.
   */
  readonly repaired: readonly Repair[];
}

export interface Repair extends Problem {
  readonly times: number;
}
