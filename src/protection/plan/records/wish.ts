// What is wished for a domain: what it is for, and the parts that somebody has to say, since no role tells them.
import type { Role } from '../../posture/index.ts';
import type { PlannedType } from '../formats/record-set.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { AlignmentMode, FailureOption, Policy } from '../../../standards/dmarc/index.ts';
import type { DomainName } from '../../../standards/dns/index.ts';

/**
 * A rung of the ladder. A soft one asks both generations of receivers for one step less: `t=y` those of RFC 9989, `pct=0` those of
 * RFC 7489, since each ignores the other's tag.
 */
export const rungs = ['none', 'quarantine-soft', 'quarantine', 'reject-soft', 'reject'] as const;
export type Rung = (typeof rungs)[number];

/** What a rung publishes. */
export const rungTags: Readonly<Record<Rung, { readonly p: Policy; readonly isSoft: boolean }>> = {
  none: { p: 'none', isSoft: false },
  'quarantine-soft': { p: 'quarantine', isSoft: true },
  quarantine: { p: 'quarantine', isSoft: false },
  'reject-soft': { p: 'reject', isSoft: true },
  reject: { p: 'reject', isSoft: false },
};

/** What a DMARC record is to say. What is left out stays as it is published. */
export interface DmarcWish {
  readonly rung: Rung;
  readonly sp?: Policy;
  readonly np?: Policy;
  readonly adkim?: AlignmentMode;
  readonly aspf?: AlignmentMode;
  /** URIs, `mailto:` and all. */
  readonly rua?: readonly string[];
  readonly ruf?: readonly string[];
  readonly fo?: readonly FailureOption[];
}

/** What a record is for. */
export type RecordKind =
  | 'authorisation'
  | 'dkim'
  | 'dmarc'
  | 'helo'
  | 'mta-sts'
  | 'mta-sts-host'
  | 'mx'
  | 'spf'
  | 'spf-page'
  | 'tls-rpt'
  | 'tlsa';

/** A record that is wanted, and whose value somebody has to give: what stands in angle brackets. */
export interface Slot {
  readonly name: string;
  readonly type: PlannedType;
  readonly kind: RecordKind;
  /** In the form of a plan's values. */
  readonly template: string;
  readonly why: Problem;
  /** From whom the value comes. */
  readonly from: Problem;
}

export interface DkimWish {
  /** Keys that are to be there, each with its whole record. */
  readonly publish: readonly {
    readonly selector: string;
    readonly record: string;
    /** The key that stands there, no longer as one that is being tried (`t=y`). */
    readonly isTested?: boolean;
  }[];
  /** Keys that nothing signs with any more once the new ones are in use: taken away, or left there as revoked (RFC 6376 §3.6.1). */
  readonly retire?: readonly { readonly selector: string; readonly as?: 'removed' | 'revoked' }[];
}

/** Something that speaks against what is wished; a danger once it is planned. */
export interface Doubt {
  /** Stable; without one it is made of the code and the name. */
  readonly id?: string;
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>> & { readonly name: string };
  readonly see: string;
  /** The code of the sentence that says what would make it safe. */
  readonly safer: string;
}

export interface TlsaWish {
  readonly host: string;
  /** Records that are to be there in the end, as a zone file has them: `3 1 1 0123…`. */
  readonly publish: readonly string[];
  /** What the server's certificate gives today: it has to stay until another is in use. */
  readonly deployed?: readonly string[];
}

export interface RecordsWish {
  readonly domain: DomainName;
  readonly role: Role;
  /** The SPF chain, as `synthesise` gives it. A domain that sends and has none keeps what it has. */
  readonly spf?: {
    readonly records: readonly { readonly name: string; readonly text: string }[];
    readonly unused?: readonly { readonly name: string }[];
  };
  /** Names that hosts say after HELO, with the addresses of these; without any the name's own addresses count (`a`). */
  readonly helo?: readonly {
    readonly name: string;
    readonly addresses?: readonly string[];
    /** A whole record instead: one that stands there, with what it lacks. */
    readonly record?: string;
    readonly all?: '-all' | '~all';
    /** No mail was seen with the name: its addresses are declared. */
    readonly isDeclared?: boolean;
  }[];
  readonly dkim?: DkimWish;
  readonly dmarc?: DmarcWish;
  /** Where a domain that has no DMARC record yet has its reports sent: a URI. */
  readonly reportTo?: string;
  readonly mtaSts?: {
    /** Changes with the policy: 1 to 32 letters and digits. */
    readonly id: string;
    readonly mode: 'enforce' | 'none' | 'testing';
    /** The servers the policy file names. */
    readonly mx: readonly string[];
    /** Seconds that senders may keep the policy. */
    readonly maxAge: number;
    /** Where the policy file is served, when `mta-sts.<domain>` is to be an alias. */
    readonly alias?: string;
    /** What senders saw, where that is why it is enforced; days as `2026-03-01`. */
    readonly seen?: {
      readonly sessions: number;
      readonly failed: number;
      readonly since: string;
      readonly until: string;
    };
    /** Why it should not be enforced yet, by what senders saw. */
    readonly doubts?: readonly Doubt[];
  };
  /** URIs that TLS reports go to. */
  readonly tlsRpt?: readonly string[];
  readonly tlsa?: readonly TlsaWish[];
  /** Domains whose DMARC reports come to a host of ours under another Organizational Domain (RFC 9990 §4). */
  readonly authorisations?: readonly { readonly policyDomain: string; readonly host: string }[];
  /** Records that are wanted, and whose values are somebody else's to give. */
  readonly slots?: readonly Slot[];
  /** What was looked at and is not planned, and why. */
  readonly notes?: readonly Problem[];
}
