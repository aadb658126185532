// long because: it is the whole shape of one answer, field by field.
//
// The answer of `zegel assess`, as a plain value: what it is made of is what `--json` prints, and what every rendering shows.
// Counts of messages and counts of rows never stand in one field: a field says `messages` or `rows`, and where it says
// neither (the parts of `aligned`, `fails`, `dispositions`) it is messages. Days are UTC, as `YYYY-MM-DD`, both ends included.
import type { AlignmentMode, Generation, OverrideType, Policy } from '../../standards/reports/index.ts';
import type { DocumentKind, DocumentState } from '../ingestion/index.ts';
import type { ScenarioName } from '../simulation/index.ts';

/** The shape of the value below. A field may be added under the same number; a changed meaning gets the next. */
export const assessmentSchema = 'zegel/assessment/1';

export interface Assessment {
  readonly schema: typeof assessmentSchema;
  /** What was asked for; parts that were not asked for are absent. `today` is the day it was answered. */
  readonly asked: {
    /** Author Domains at or below this one. */
    readonly domain?: string;
    readonly since?: string;
    readonly until?: string;
    readonly today: string;
  };
  readonly period: Period;
  /** Runs of days inside the period of which no report tells anything. */
  readonly gaps: readonly Span[];
  readonly totals: Totals;
  /** Messages by what the receivers found aligned; where a report does not say, by the alignment of its authentication results. */
  readonly aligned: Aligned;
  readonly scenarios: Scenarios;
  readonly dispositions: Dispositions & {
    /** The same for those messages only that are aligned by neither. */
    readonly ofNeither: Dispositions;
  };
  readonly overrides: Overrides;
  /** Author Domains, most messages first. */
  readonly domains: readonly DomainAssessment[];
  /** Author Domains that live on the policy of another name, most messages first. */
  readonly withoutOwnPolicy: readonly InheritedPolicy[];
  /** Reporting organisations, most messages first. */
  readonly reporters: readonly ReporterAssessment[];
  /** Sources, grouped; most messages first. Every message of the totals is in exactly one group. */
  readonly sources: readonly SourceGroup[];
  /** How many distinct addresses there are, and how many messages name none. */
  readonly addresses: { readonly distinct: number; readonly unknownMessages: number };
  /** What was repaired, replaced, set apart or refused, of all that was filed: not narrowed by domain or period. */
  readonly problems: readonly TroubleCount[];
  /** Who wrote the reports that count, as far as that is known, of all that was filed. */
  readonly authenticity: AuthenticityTally;
  /** Documents by what became of them, of all that was filed. */
  readonly documents: readonly DocumentTally[];
  readonly lookNext: LookNext;
  /** One entry for every day of the period, days without reports included. */
  readonly series: readonly DayCount[];
}

export interface Span {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

export interface Period {
  /** The first and last day of which a report tells; `null` when there is none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number;
  readonly daysWithReports: number;
  /** Reports of more than 24 hours, and the messages in them: spread evenly over their days, so their days are approximate. */
  readonly spread: { readonly reports: number; readonly messages: number };
  /** Messages that reports date before 2010 or after today: they are in all sums, and on no day of the period. */
  readonly implausibleMessages: number;
}

export interface Totals {
  readonly reports: number;
  readonly rows: number;
  readonly messages: number;
}

/** Messages. The four add up to the messages of whatever they are said of. */
export interface Aligned {
  readonly both: number;
  readonly dkimOnly: number;
  readonly spfOnly: number;
  readonly neither: number;
}

/** Messages, by what the receiver did. `pass` is only said by RFC 9990 reports; RFC 7489 reports say `none` for it. */
export interface Dispositions {
  readonly none: number;
  readonly pass: number;
  readonly quarantine: number;
  readonly reject: number;
  readonly notSaid: number;
}

/** Messages that would fail DMARC, by scenario. */
export type Fails = Readonly<Record<ScenarioName, number>>;

/**
 * What would fail DMARC if alignment were asked for like this, whatever is published today. Forged and forwarded mail counts
 * too: this is not yet what the owner would lose.
 */
export type Scenarios = Readonly<Record<ScenarioName, ScenarioResult>> & {
  /** The receiver says that a leg was aligned, and the row's own authentication results do not show it. */
  readonly assumed: {
    readonly messages: number;
    readonly rows: number;
    /** By leg; a message may be in both. */
    readonly dkimMessages: number;
    readonly spfMessages: number;
  };
  /** The authentication results show an aligned pass that the receiver did not grant: it judged strictly, or by other names. */
  readonly disputed: { readonly messages: number; readonly rows: number };
  /** The code of the sentence that must stand beside these numbers wherever they are shown. */
  readonly caveat: 'assessment/not-yet-lost';
};

export interface ScenarioResult {
  /** Messages that fail for certain: the best case. */
  readonly fails: number;
  /** Rows those messages stand in. */
  readonly rows: number;
  /** Messages that fail or pass, and the reports do not tell: see `assumed`. The worst case is `fails + unknown`. */
  readonly unknown: number;
  /** `fails` of all messages, 0 to 1. */
  readonly share: number;
  /** The groups of sources behind `fails`, the most first; at most twenty. */
  readonly sources: readonly Contribution[];
  /** What the groups not listed add. */
  readonly others: { readonly groups: number; readonly fails: number };
}

export interface Contribution {
  /** `SourceGroup.id`. */
  readonly source: string;
  readonly fails: number;
  readonly unknown: number;
  /** Of the scenario's `fails`, this group alone and with all groups above it, 0 to 1. */
  readonly share: number;
  readonly cumulativeShare: number;
}

export interface Overrides {
  /** Messages and rows for which the receiver named at least one reason for departing from the policy. */
  readonly messages: number;
  readonly rows: number;
  /** By type of reason; a message with two reasons is in two of them. Most messages first. */
  readonly types: readonly OverrideCount[];
}

export interface OverrideCount {
  /** `null` when the reason has no type, or one that no text knows. */
  readonly type: OverrideType | null;
  readonly messages: number;
  readonly rows: number;
  /** The five commonest comments, as the receivers wrote them. */
  readonly comments: readonly { readonly comment: string; readonly messages: number }[];
}

/** How the volume of late compares with before. `windowDays` is the length of "of late", at the end of the period. */
export interface Trend {
  /**
   * - `new`: first seen of late; `gone`: seen before, and not of late
   * - `rising`, `falling`: at least half as much again, or two thirds or less, of what it was per day since it was first seen, and more
   *   than chance would give
   * - `steady`: neither; `unknown`: the period is too short to tell (under four weeks)
   */
  readonly word: 'falling' | 'gone' | 'new' | 'rising' | 'steady' | 'unknown';
  readonly windowDays: number;
  readonly recentMessages: number;
  readonly earlierMessages: number;
}

export interface DomainAssessment {
  /** `null`: rows that have no header-from. */
  readonly domain: string | null;
  readonly messages: number;
  readonly rows: number;
  /** Of all messages, 0 to 1. */
  readonly share: number;
  /** Distinct addresses. */
  readonly addresses: number;
  readonly first: string;
  readonly last: string;
  readonly aligned: Aligned;
  readonly fails: Fails;
  readonly unknown: Fails;
  readonly dispositions: Dispositions;
  /** The policy that its reports show, latest first seen: the domain it was found at, and what it says. */
  readonly policy: PublishedPolicy | null;
  /** Whether that policy was found at this very domain; `null` when no report tells. */
  readonly ownPolicy: boolean | null;
  readonly trend: Trend;
  /** Messages in equal parts of the period, for a sparkline; empty after the first 300 domains. */
  readonly bins: readonly number[];
  /** Days of its own span (first to last) on which it was seen. */
  readonly daysSeen: number;
  /** The runs of days in that span on which it was not, if it is seen on most days; empty after the first 300 domains. */
  readonly gaps: readonly Span[];
}

/** What `policy_published` of the newest report says for a policy domain. */
export interface PublishedPolicy {
  readonly policyDomain: string;
  readonly p?: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  readonly adkim?: AlignmentMode;
  readonly aspf?: AlignmentMode;
  readonly pct?: number;
  readonly testing?: 'y' | 'n';
  /** The last day of the report it was taken from. */
  readonly seen: string;
}

export interface InheritedPolicy {
  readonly domain: string;
  /** Where the policy was found. */
  readonly policyDomain: string;
  /** `subdomain`: below the policy domain. `unrelated`: not, so that the report must be looked at. */
  readonly relation: 'subdomain' | 'unrelated';
  /** What the policy asks for a name that exists: `sp`, else `p`. `null` when no report tells. */
  readonly asks: Policy | null;
  readonly messages: number;
  readonly rows: number;
  /** Messages that fail under relaxed alignment. */
  readonly fails: number;
  readonly first: string;
  readonly last: string;
}

export interface ReporterAssessment {
  readonly reporter: string;
  /** The texts its reports follow, in the order of the standards. */
  readonly generations: readonly Generation[];
  readonly reports: number;
  readonly rows: number;
  readonly messages: number;
  /** Of all messages, 0 to 1. */
  readonly share: number;
  readonly first: string;
  readonly last: string;
  /** Days of its own span on which it told something. */
  readonly daysSeen: number;
  /** Reports of more than 24 hours among them. */
  readonly spreadReports: number;
  /**
   * It used to report on most days, and now has been silent for longer than twice its longest usual pause (95 in 100 pauses are
   * no longer), and for more than three days: the first silent day. Held against the last day of the period, not against today.
   */
  readonly silentSince: string | null;
  readonly trend: Trend;
  readonly bins: readonly number[];
}

/**
 * Addresses that send in one way, as far as one can see: one signature, one SPF domain, one network. What is too small to
 * stand alone is gathered: first over networks, then over signatures, then by which leg holds.
 */
export interface SourceGroup {
  /** Short and stable: the same set-up has the same id tomorrow. What `--source` takes. */
  readonly id: string;
  /** `set-up`: all three are one. `networks`: one signature and SPF domain, several networks. `network`: one network, many small others. `rest`: what is left. */
  readonly kind: 'network' | 'networks' | 'rest' | 'set-up';
  /**
   * The signature that says most: one that passes for a domain of ours, else one that passes, else one that is only claimed.
   * `null`: none, or (in `network`, `rest`) various.
   */
  readonly dkim: { readonly domain: string; readonly selector: string | null; readonly own: boolean } | null;
  /** The domain SPF was checked for; a foreign one by its Organizational Domain. */
  readonly spf: { readonly domain: string; readonly own: boolean } | null;
  readonly network: Network | null;
  /** How many networks are in it. */
  readonly networks: number;
  readonly addresses: number;
  readonly messages: number;
  readonly rows: number;
  /** Of all messages, 0 to 1. */
  readonly share: number;
  readonly first: string;
  readonly last: string;
  readonly trend: Trend;
  /** Messages in equal parts of the period; only for the groups that were asked for (`series`). */
  readonly bins: readonly number[] | null;
  /** Messages whose authentication results show the leg holding. */
  readonly legs: {
    readonly dkimRelaxed: number;
    readonly dkimStrict: number;
    readonly spfRelaxed: number;
    readonly spfStrict: number;
  };
  /** Messages for which some signature, or SPF, passes at all, whether or not for a domain that is aligned. */
  readonly passes: { readonly dkim: number; readonly spf: number };
  /** Which leg holds for nearly all (95 %) of its messages with relaxed alignment: a word for a table. */
  readonly holds: 'both' | 'dkim' | 'mixed' | 'neither' | 'spf';
  readonly aligned: Aligned;
  readonly fails: Fails;
  readonly unknown: Fails;
  readonly dispositions: Dispositions;
  /** The Author Domains it sends as, most messages first; at most five, and how many there are. */
  readonly domains: readonly { readonly domain: string | null; readonly messages: number }[];
  readonly domainCount: number;
  /** The addresses behind it, most messages first: twenty, or as many as were asked for. */
  readonly behind: readonly SourceAddress[];
}

export interface SourceAddress {
  /** `null`: the report gives none that can be read. */
  readonly address: string | null;
  readonly network: Network | null;
  readonly messages: number;
  readonly rows: number;
  /** Messages that fail under relaxed alignment. */
  readonly fails: number;
  readonly first: string;
  readonly last: string;
}

export interface Network {
  /** 0 when unknown. */
  readonly asn: number;
  readonly name: string;
  /** ISO 3166-1 alpha-2, `''` when unknown. */
  readonly country: string;
}

/** The few that settle most of what would fail, the most first; at most ten of each. */
export interface LookNext {
  /** The scenario whose failures are ranked: `relaxed`, or `strictBoth` when nothing fails relaxed, or `null` when nothing fails at all. */
  readonly scenario: ScenarioName | null;
  /** What would fail in it. */
  readonly fails: number;
  /** The first `enough` sources settle `enoughShare` of it: as few as reach 90 %, or those of at least 1 % each. */
  readonly enough: number;
  readonly enoughShare: number;
  readonly sources: readonly NextStep[];
  readonly domains: readonly NextStep[];
  /** Domains that do not ask for `reject` yet and of which no message was seen that would fail relaxed; most messages first, at most ten. */
  readonly ready: readonly ReadyDomain[];
}

export interface ReadyDomain {
  readonly domain: string;
  readonly messages: number;
  /** What is asked for it today; `null` when no report tells. */
  readonly asks: Policy | null;
  /** On how many days it was seen. */
  readonly days: number;
}

export interface NextStep {
  /** `SourceGroup.id`, or the domain. */
  readonly target: string;
  readonly fails: number;
  readonly share: number;
  readonly cumulativeShare: number;
  /** What to find out or do: a code of `words/assessment.ts`. */
  readonly advice: string;
}

/** Messages of one day. Reports of more than 24 hours count a part on each of their days. */
export interface DayCount extends Aligned {
  readonly day: string;
}

export interface DocumentTally {
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly documents: number;
}

/** One code, counted over documents. */
export interface TroubleCount {
  readonly code: string;
  /** `repaired`: read all the same. Else what became of the documents because of it. */
  readonly outcome: DocumentState | 'repaired';
  readonly documents: number;
  /** How often it occurs in them. */
  readonly times: number;
  readonly see?: string;
  /** The values of the first occurrence, for the sentence. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** A few documents to look at. */
  readonly examples: readonly TroubleExample[];
}

/**
 * Reports that count, by what is known of who wrote them. `authentic`: they came by mail with the signature of the reporter they
 * name; `unproven`: by mail without, and nothing shows that they are false; `notKnownYet`: the DNS did not answer; `notLookedAt`: by
 * mail, and nobody asked; `files`: as files, of which it cannot be known.
 */
export interface AuthenticityTally {
  readonly authentic: number;
  readonly unproven: number;
  readonly notKnownYet: number;
  readonly notLookedAt: number;
  readonly files: number;
}

export interface TroubleExample {
  readonly origin: string;
  readonly entry: string;
  /** What `zegel reports KEY` takes; absent when the document could not be read so far. */
  readonly key?: string;
}

/** What the answer needs of the register, as sums and short lists: the documents themselves may be millions. */
export interface FiledDocuments {
  /** Documents by kind and state. */
  tallyDocuments(): readonly DocumentTally[];
  /** Repairs by code, and the problems of documents that are not counted by state and code; each with at most three examples. */
  tallyTroubles(): readonly TroubleCount[];
  /** Reports that count, by what is known of who wrote them. */
  tallyAuthenticity(): AuthenticityTally;
  /** For each policy domain, what the report with the latest end says it published. */
  publishedPolicies(): readonly PublishedPolicy[];
}

/** One group of sources, opened: what `zegel assess --source ID` answers. */
export interface SourceDetail {
  readonly schema: 'zegel/source/1';
  readonly asked: Assessment['asked'];
  /** With every address behind it. */
  readonly group: SourceGroup;
  /**
   * By day of the period, every message of the group whose address is known; `null` when the group has more addresses than one
   * question can name.
   */
  readonly series: readonly DayCount[] | null;
}
