import type { AuthenticationResults } from '../../authentication-results/index.ts';

// Reports about one message: authentication failures (RFC 6591, RFC 9991, and RFC 7489 §7.3 before it) and complaints of
// recipients (RFC 5965), and the plain text that Exim sends in their place.

/** One part of a report message, transfer encoding undone. */
export interface ReportPart {
  /** The media type; parameters may follow. */
  readonly contentType: string;
  readonly content: Uint8Array | string;
}

/** Whether each mechanism authenticated an aligned identity, as far as the report says. */
export interface ReportedAlignment {
  readonly dkim?: 'fail' | 'pass';
  readonly spf?: 'fail' | 'pass';
  /** What it is read from. */
  readonly from: 'identity-alignment' | 'text';
}

/**
 * `Identity-Alignment`. RFC 7489 §7.3.1 lists the mechanisms that authenticated an aligned identity; RFC 9991 §4, with the same
 * syntax, those that failed to. `meaning` is which of the two the rest of the report allows; `unknown` when it allows both.
 */
export interface IdentityAlignment {
  /** The mechanisms named; empty for `none`. */
  readonly named: readonly ('dkim' | 'spf')[];
  readonly meaning: 'aligned' | 'failed' | 'unknown';
}

/** What a DKIM failure report says of the signature. */
export interface ReportedDkim {
  readonly domain?: string;
  readonly identity?: string;
  readonly selector?: string;
  /** What the verifier hashed, base64 undone. */
  readonly canonicalizedHeader?: Buffer;
  readonly canonicalizedBody?: Buffer;
}

/** A report about one message. What it does not say is absent. */
export interface FailureReport {
  /** `arf`: a machine-readable part; `text`: Exim's plain text. */
  readonly form: 'arf' | 'text';
  /** In lower case: `auth-failure`, `abuse`, `fraud`, `not-spam`, `virus`, `other`, or what else there is. */
  readonly feedbackType: string;
  readonly userAgent?: string;
  readonly version?: string;
  /** When the message came to the reporter, in seconds since 1970. */
  readonly arrival?: number;
  /** How many alike incidents it stands for; 1 when not said. */
  readonly incidents: number;
  readonly originalEnvelopeId?: string;
  /** Without angle brackets; `''` is the null sender, or said and empty. */
  readonly originalMailFrom?: string;
  readonly originalRcptTo: readonly string[];
  readonly reportingMta?: string;
  /** Canonical; of the client that brought the message. */
  readonly sourceAddress?: string;
  readonly sourcePort?: number;
  readonly reportedDomains: readonly string[];
  readonly reportedUris: readonly string[];
  readonly authenticationResults: readonly AuthenticationResults[];
  /** `Auth-Failure` in lower case: `dmarc`, `spf`, `bodyhash`, `signature`, `revoked`, `adsp`. */
  readonly authFailures: readonly string[];
  readonly deliveryResult?: string;
  readonly dkim?: ReportedDkim;
  /** `SPF-DNS`, as written. */
  readonly spfDns: readonly string[];
  readonly identityAlignment?: IdentityAlignment;
  readonly alignment?: ReportedAlignment;
  /** What the report says to people. */
  readonly text?: string;
  /** The message reported, or its header; perhaps redacted (RFC 6590). */
  readonly original?: { readonly headerOnly: boolean; readonly bytes: Buffer };
  /** Fields of the report that are not known here, in order. */
  readonly otherFields: readonly { readonly name: string; readonly value: string }[];
}
