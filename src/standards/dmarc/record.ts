import type { AlignmentMode, Policy } from '../reports/index.ts';
export type { AlignmentMode, Policy } from '../reports/index.ts';

/** The tags that carry a policy: for the domain itself, for subdomains that exist, for names below it that do not (RFC 9989 §4.7). */
export type PolicyTag = 'np' | 'p' | 'sp';

/** When failure reports are wanted (`fo`, RFC 9989 §4.7). */
export type FailureOption = '0' | '1' | 'd' | 's';

/**
 * One destination of `rua` or `ruf`: a URI of RFC 3986 (RFC 9989 §4.6). Only `mailto:` must be supported by those who send
 * reports, so for these the address is taken apart.
 */
export interface ReportUri {
  /** As it stands in the record, without the obsolete size. */
  readonly uri: string;
  /** In lower case. */
  readonly scheme: string;
  /** The mailbox of a `mailto:` URI, percent-decoded; absent when it has none that can be read. The domain is as it was written. */
  readonly address?: { readonly localPart: string; readonly domain: string };
  /** `10m` of an obsolete `!10m` (RFC 9989 §4.8): kept, and of no effect. */
  readonly obsoleteSize?: string;
}

/** A policy tag whose value is none of the three: it decides what becomes of the whole record (RFC 9989 §4.10.1). */
export interface InvalidPolicy {
  readonly tag: PolicyTag;
  readonly value: string;
}

/**
 * A DMARC Policy Record (RFC 9989 §4.7) as it was said: a tag that is absent, or whose value is wrong, is absent here, and
 * whoever reads it applies the default. `rua` and `ruf` hold the URIs that are well formed.
 */
export interface DmarcRecord {
  readonly p?: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  /** `y`: the owner is testing, and expects a policy one step milder. */
  readonly t?: 'n' | 'y';
  readonly psd?: 'n' | 'u' | 'y';
  readonly adkim?: AlignmentMode;
  readonly aspf?: AlignmentMode;
  readonly fo?: readonly FailureOption[];
  readonly rua: readonly ReportUri[];
  readonly ruf: readonly ReportUri[];
  /** Gone from RFC 9989; receivers of the older generation obey it (RFC 7489 §6.6.4): 0 to 100. */
  readonly pct?: number;
  /** Gone from RFC 9989 (RFC 7489 §6.3). */
  readonly rf?: string;
  /** Gone from RFC 9989 (RFC 7489 §6.3): seconds. */
  readonly ri?: number;
  readonly invalidPolicies: readonly InvalidPolicy[];
  /** Tags that RFC 9989 does not know, in the order in which they came. They have no effect (§4.7). */
  readonly others: readonly { readonly name: string; readonly value: string }[];
}

/** The receivers one meets: those that follow RFC 9989 (tree walk, `t`, `np`) and those that still follow RFC 7489 (Public Suffix List, `pct`). */
export type ReceiverGeneration = 'rfc7489' | 'rfc9989';

/** Where the record was found that governs an Author Domain (RFC 9989 §4.10.1). */
export type PolicyPlace = 'author-domain' | 'organizational-domain' | 'public-suffix-domain';

/** The record that governs an Author Domain, and the DMARC Policy Domain it was found at (RFC 9989 §3.2.5). */
export interface FoundPolicy {
  readonly record: DmarcRecord;
  readonly domain: string;
  readonly place: PolicyPlace;
}

/** One step milder: what `t=y` (RFC 9989 §4.7) and a message left out by `pct` (RFC 7489 §6.6.4) are met with. */
export const oneStepMilder: Readonly<Record<Policy, Policy>> = {
  none: 'none',
  quarantine: 'none',
  reject: 'quarantine',
};
