import type { FoundPolicy, GenerationView } from '../../standards/dmarc/index.ts';
import type { SpfResult } from '../../standards/spf/index.ts';
import type { MethodResult } from '../../standards/authentication-results/index.ts';
import type { DkimResultName } from '../../standards/dkim/index.ts';
import type { Problem } from '../../standards/problem.ts';

// What is said of one message: plain data, fit to be kept and to be sent as JSON. Texts in it are texts of strangers.

/** Where a part of what is known of the connection comes from. */
export type Origin = 'given' | 'received' | 'received-spf' | 'return-path';

/** A value, and on whose word it stands. */
export interface Sourced {
  readonly value: string;
  readonly from: Origin;
}

/** What is known of the connection over which the message came. What is not known is absent; a null sender is a `mailFrom` of `''`. */
export interface Connection {
  readonly ip?: Sourced;
  readonly helo?: Sourced;
  readonly mailFrom?: Sourced;
  /** The server that says so, when the Received field is believed. */
  readonly by?: string;
  /** When that server took the message, in seconds since 1970. */
  readonly receivedAt?: number;
  /** What is to be said of where this comes from. */
  readonly problems: readonly Problem[];
}

/** How near a domain that was authenticated is to the Author Domain, as receivers of RFC 9989 tell it. */
export type Nearness = 'none' | 'not-asked' | 'relaxed' | 'strict' | 'unknown';

/** The SPF leg. `not-known`: the client or the sender is not known, so that nothing could be asked. */
export interface SpfLeg {
  readonly result: SpfResult | 'not-known';
  readonly reason: Problem;
  /** The domain that was judged, and by which identity it came to be (RFC 7208 §2.3, §2.4). */
  readonly domain?: string;
  readonly scope?: 'helo' | 'mfrom';
  readonly aligned: Nearness;
  /** From the record of the domain down to the term that decided. */
  readonly path: readonly { readonly domain: string; readonly term: string }[];
  readonly lookups: number;
  readonly voidLookups: number;
  /** The domain's own words for a fail. */
  readonly explanation?: string;
}

/** One DKIM signature. */
export interface DkimFinding {
  readonly result: DkimResultName;
  readonly reason?: Problem;
  readonly warnings: readonly Problem[];
  readonly signingDomain?: string;
  readonly selector?: string;
  readonly algorithm?: string;
  readonly keyBits?: number;
  readonly aligned: Nearness;
  readonly testing: boolean;
  readonly signedFields?: readonly string[];
  readonly signedAt?: number;
  readonly expires?: number;
}

/** The DKIM leg: every signature, in the order of the message. */
export interface DkimLeg {
  /** `pass` when one signature holds; else what the first one came to; `none` without one. */
  readonly result: DkimResultName | 'none';
  readonly signatures: readonly DkimFinding[];
  /** Signatures beyond the limit, which nobody looked at. */
  readonly untried: number;
}

/** The ARC leg: it authenticates nobody, and explains what happened to a message on its way. */
export interface ArcLeg {
  readonly status: 'fail' | 'none' | 'pass';
  readonly reason?: Problem;
  readonly oldestPass?: number;
  /** The handlers that sealed, the first one first, and what each says it found. */
  readonly sets: readonly {
    readonly instance: number;
    readonly signingDomain: string;
    readonly said: readonly { readonly method: string; readonly result: string }[];
  }[];
}

/**
 * `not-known`: it turns on SPF, and the connection is not known. `temperror`: it turns on an answer of the DNS that did not come.
 * `none`: DMARC does not apply, since no record governs the Author Domain, or since there is no one Author Domain.
 */
export type DmarcResult = 'fail' | 'none' | 'not-known' | 'pass' | 'temperror';

/** What one kind of receiver concludes. */
export interface DmarcView {
  readonly receiver: GenerationView['receiver'];
  readonly result: DmarcResult;
  readonly organizationalDomain?: string;
  readonly policyDomain?: string;
  readonly policyPlace?: FoundPolicy['place'];
  readonly policyTag?: string;
  readonly policy?: string;
  /** What the owner asks to be done with it; absent when nothing is asked, or when it is not known whether it passes. */
  readonly disposition?: string;
  readonly sampling?: { readonly percent: number; readonly otherwise: string };
  readonly testing: boolean;
  readonly dkimAligned: boolean;
  readonly spfAligned: boolean;
  readonly reasons: readonly Problem[];
}

/** The DMARC leg. `views` is empty when the message has no one Author Domain. */
export interface DmarcLeg {
  /** As receivers of RFC 9989 conclude. */
  readonly result: DmarcResult;
  readonly reasons: readonly Problem[];
  readonly views: readonly DmarcView[];
  /** Where receivers part. */
  readonly differences: readonly Problem[];
  /** The queries of the walk, and what each came to. */
  readonly walk: readonly { readonly queryName: string; readonly outcome: string; readonly texts: readonly string[] }[];
}

/** How a thing that is seen bears on being deceived. */
export type Weight = 'deceives' | 'notable';

/** An address as a mail reader shows it. */
export interface ShownMailbox {
  /** The display name, or the comment that some readers show in its place; encoded words decoded. */
  readonly name?: string;
  readonly address: string;
  readonly domain: string;
  /** The domain in the letters of its reader, where that differs: what punycode stands for. */
  readonly domainShown?: string;
}

/** What a person would believe to see, beside what was authenticated. */
export interface Appearance {
  /** Everybody the From fields name, of every From field; the first few. */
  readonly from: readonly ShownMailbox[];
  readonly subject?: string;
  readonly findings: readonly (Problem & { readonly weight: Weight })[];
}

/** All that is said of one message. */
export interface Verification {
  /** DMARC as receivers of RFC 9989 conclude: what `zegel verify` says first. */
  readonly result: DmarcResult;
  /** The one Author Domain; absent when there is none, and `dmarc.reasons` says why. */
  readonly authorDomain?: string;
  /** The domain that an aligned pass speaks for; present exactly when `result` is `pass`. */
  readonly authenticatedAs?: string;
  /** The time that expiry was judged by, seconds since 1970, and whose it is. */
  readonly judgedAt?: { readonly time: number; readonly from: 'clock' | 'given' | 'received' };
  readonly connection: Connection;
  readonly spf: SpfLeg;
  readonly dkim: DkimLeg;
  readonly arc: ArcLeg;
  readonly dmarc: DmarcLeg;
  readonly appearance: Appearance;
  /** What is wrong with the message as a text. */
  readonly problems: readonly Problem[];
  /** The same as results of RFC 8601, for whoever writes an Authentication-Results field. */
  readonly authenticationResults: readonly MethodResult[];
}
