import type { SpfIdentity } from './identity.ts';
import type { SpfLimits } from './lookup.ts';
import type { Directive, SpfRecord, SpfResult, Term } from './record.ts';
import type { Answer, RecordType, ResolverError } from '../dns/index.ts';
import type { Problem } from '../problem.ts';

/** What is judged: a client, and who it says it is. */
export interface SpfRequest {
  /** The client's address, as text. */
  readonly ip: string;
  /** MAIL FROM without its angle brackets; `''` for the null sender. */
  readonly mailFrom: string;
  /** What the client said after HELO or EHLO. */
  readonly helo: string;
}

export interface SpfOptions {
  readonly limits?: Partial<SpfLimits>;
  /** `%{r}`: the name of the host that asks. */
  readonly receiver?: string;
  /** `%{t}`: seconds since 1970; 0 when not given, since this code has no clock. */
  readonly time?: number;
  /** Whether to look up the text of `exp` for a `fail`; true when not given. */
  readonly explain?: boolean;
  /** Ends the judgement with `temperror` when it fires (RFC 7208 §4.6.4: after no less than 20 seconds). */
  readonly signal?: AbortSignal;
}

/** One step of the way to a term: the record of a domain, and the term of it that was followed or that matched. */
export interface SpfStep {
  readonly domain: string;
  readonly term: Term;
}

/** A question to the DNS that a judgement asked. */
export interface SpfQuery {
  readonly name: string;
  readonly type: RecordType;
  /** What came of it: the kind of answer, or the code of the failure. */
  readonly outcome: Answer['kind'] | ResolverError['code'];
  /** For whom: the term that made it be asked; absent for the first record. */
  readonly term?: Term;
}

/** A record that was evaluated. Of its mechanisms those before `matched` (all, when none matched) did not match. */
export interface SpfVisit {
  readonly domain: string;
  /** 0 for the domain that is judged. */
  readonly depth: number;
  /** The `include` or `redirect` that led here. */
  readonly via?: Term;
  /** Absent when there was none, or when it could not be read. */
  readonly record?: SpfRecord;
  /** What check_host() said of this domain. */
  readonly result: SpfResult;
  /** The mechanism that matched, or whose error ended it. */
  readonly matched?: Directive;
}

/** A result of check_host(), and all that led to it. */
export interface SpfEvaluation {
  readonly result: SpfResult;
  /** Why: `spf/matched`, `spf/no-match`, `spf/no-record`, `spf/too-many-lookups`, … */
  readonly reason: Problem;
  readonly identity: SpfIdentity;
  /** From the record of the domain down to the term that decided; empty when none did. */
  readonly path: readonly SpfStep[];
  /** Terms that asked the DNS, of `limits.lookups` (RFC 7208 §4.6.4). */
  readonly lookups: number;
  /** Those whose questions had no answer, of `limits.voidLookups`. */
  readonly voidLookups: number;
  readonly queries: readonly SpfQuery[];
  /** The records that were evaluated, in the order in which they were finished: the innermost first. */
  readonly visits: readonly SpfVisit[];
  /** The domain's own words for a `fail` (RFC 7208 §6.2): text from a stranger, ASCII. */
  readonly explanation?: string;
}
