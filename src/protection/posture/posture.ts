// What is made of what a domain publishes. Plain data: it is what `zegel check --json` prints, what is kept to be compared with the next
// look, and what the renderings show.
import type { DomainName, RecordType } from '../../standards/dns/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { PolicyView, Published } from './published.ts';

/** The shape of a posture as JSON; another one is another number. */
export const postureSchema = 'zegel/posture/1';

/**
 * What a domain is for.
 * - `users`: people have mailboxes there and mail from it (RFC 9989 §7.4 speaks of these)
 * - `sending`: machines send in its name, nobody has a mailbox · `receiving`: it takes mail and sends none
 * - `parked`: neither · `absent`: there is no such name
 */
export type Role = 'absent' | 'parked' | 'receiving' | 'sending' | 'users';

export type Severity = 'critical' | 'minor' | 'moderate' | 'note' | 'serious';

/** From the worst to the least. */
export const severities: readonly Severity[] = ['critical', 'serious', 'moderate', 'minor', 'note'];

/** A record as it is to be published. A TXT value is the text itself: whoever writes a zone file quotes it and cuts it at 255 bytes. */
export interface PublishedRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly value: string;
}

/** Something amiss with a domain, or worth knowing. */
export interface Finding {
  /** Stable as long as the same thing is amiss at the same place. */
  readonly id: string;
  /** `posture/…` */
  readonly code: string;
  readonly severity: Severity;
  readonly values: Readonly<Record<string, string | number>>;
  readonly where: { readonly name: string; readonly record?: string };
  readonly see: string;
  /** The code of the sentence that says what to do. */
  readonly remedy: string;
  /** The very records to publish, where they can be known. */
  readonly records?: readonly PublishedRecord[];
  /** Records that are to go first. */
  readonly remove?: readonly PublishedRecord[];
  /** What the standards say of the text, one by one. */
  readonly because?: readonly Problem[];
}

/**
 * The kinds of name a forger may write in From. `subdomain`: one that is known. `unrecorded`: one that exists and has no record of its own.
 * `nonexistent`: one that does not exist.
 */
export type NameKind = 'domain' | 'nonexistent' | 'parked' | 'subdomain' | 'unrecorded';

/** A way in which a forged message still passes, or is delivered. */
export interface Road {
  readonly id: string;
  /** Whose names can be forged by it. */
  readonly opens: readonly { readonly kind: NameKind; readonly name: string }[];
  /** `posture/road-…` */
  readonly code: string;
  readonly severity: Severity;
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: { readonly name: string; readonly record?: string };
  readonly see: string;
  readonly remedy: string;
}

/** A way that was tried and found closed, or of which the DNS did not tell. */
export interface ClosedRoad {
  /** The name it was tried for; the domain stands for all. */
  readonly name: string;
  /** `posture/closed-…` */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly see: string;
}

export interface Forgery {
  /** One line a kind of name: what is asked for a forged message there, and how many ways around that there are, notes not counted. */
  readonly names: readonly {
    readonly kind: NameKind;
    readonly name: string;
    readonly current: PolicyView;
    readonly older: PolicyView;
    readonly roads: number;
  }[];
  readonly roads: readonly Road[];
  readonly closed: readonly ClosedRoad[];
  readonly untold: readonly ClosedRoad[];
  /** What no record closes: codes. */
  readonly beside: readonly string[];
}

export type Letter = '?' | 'A' | 'A+' | 'B' | 'C' | 'D' | 'E' | 'F';

export interface Grade {
  readonly letter: Letter;
  /** Something that could make it worse could not be told. */
  readonly certain: boolean;
  readonly ladder: 'absent' | 'mail' | 'parked';
  /** The rules that hold it down, the strictest first: what to mend for the next letter. */
  readonly rules: readonly { readonly code: string; readonly atMost: Letter; readonly values: Finding['values'] }[];
}

export interface InternetNlTest {
  readonly test:
    | 'dane'
    | 'dkim'
    | 'dmarc'
    | 'dmarc-policy'
    | 'dnssec-domain'
    | 'dnssec-servers'
    | 'ipv6'
    | 'rpki'
    | 'spf'
    | 'spf-policy'
    | 'starttls';
  readonly outcome: 'failed' | 'not-applicable' | 'not-tested' | 'partly' | 'passed' | 'unknown';
  /** 10, 5, 2 or 0; absent when it was not tested or does not apply. */
  readonly score?: number;
  readonly notice?: string;
}

export interface InternetNl {
  readonly tests: readonly InternetNlTest[];
  /** Of what was tested. */
  readonly score: number;
  readonly most: number;
}

export interface RoleProposal {
  readonly role: Role;
  readonly certainty: 'firm' | 'likely' | 'open';
  readonly reasons: readonly { readonly code: string; readonly values: Finding['values'] }[];
}

export interface Posture {
  readonly schema: typeof postureSchema;
  readonly domain: DomainName;
  readonly role: Role;
  /** Whether the role was told, or is the one that is proposed. */
  readonly roleTold: boolean;
  readonly roleProposal: RoleProposal;
  readonly grade: Grade;
  readonly findings: readonly Finding[];
  readonly forgery: Forgery;
  readonly internetNl: InternetNl;
  readonly published: Published;
}
