// What reports said, as questions one may ask of it. This is the one door between the chapters of protection and whatever keeps
// the observations (storage/history implements it; one contract test for all). Chapters fold what comes back with the functions
// of the standards, and never see how it is kept.
import type { AuthResults, OverrideReason } from '../standards/reports/index.ts';

/** A whole UTC day, counted from 1970-01-01. */
export type Day = number;

/**
 * What an observation can be grouped and narrowed by. Texts are numbers of the dictionary named behind them.
 *
 * - `day`: a report of more than 24 hours is spread over its days (whole messages, the sum is exact) wherever `day` takes part
 * - `authorDomain` (names): header-from, the RFC5322.From domain
 * - `policyDomain` (names): the domain of `policy_published`
 * - `reporter` (reporters): the reporting organisation
 * - `source` (addresses), `envelopeFrom` (names), `auth` (auths), `reasons` (reasons)
 * - `alignment`: four bits, `alignmentBits`, worked out at filing from `auth_results`
 * - `disposition`, `dkim`, `spf`: codes of `dispositionCodes` and `alignmentCodes`: what the receiver did and judged
 * - `generation`: 0 RFC 7489, 1 RFC 9990 · `spread`: days the report spans, 1 for most
 * - `origin`: where the observation comes from, `originCodes`
 * - `report`: the number of the filed report
 */
export type Dimension =
  | 'alignment'
  | 'auth'
  | 'authorDomain'
  | 'day'
  | 'disposition'
  | 'dkim'
  | 'envelopeFrom'
  | 'generation'
  | 'origin'
  | 'policyDomain'
  | 'reasons'
  | 'report'
  | 'reporter'
  | 'source'
  | 'spf'
  | 'spread';

export const alignmentBits = { dkimRelaxed: 1, dkimStrict: 2, spfRelaxed: 4, spfStrict: 8 } as const;
export const originCodes = ['report', 'own-log', 'own-receiver', 'declared', 'rehearsal'] as const;
export const generationCodes = ['rfc7489', 'rfc9990'] as const;

/** `rows` and `messages` are sums; `firstDay` and `lastDay` the ends of the days seen; `reports`, `sources`, `reporters` count distinct ones. */
export type Measure = 'firstDay' | 'lastDay' | 'messages' | 'reporters' | 'reports' | 'rows' | 'sources';

/** Narrowing: every condition must hold; within one, any of the values. Names that the history has never seen match nothing. */
export interface Where {
  /** Inclusive. A report that is spread counts, on the days asked for, what falls on them. */
  readonly since?: Day;
  readonly until?: Day;
  readonly authorDomain?: readonly string[];
  /** The author domains at or below these. */
  readonly underDomain?: readonly string[];
  readonly policyDomain?: readonly string[];
  readonly reporter?: readonly string[];
  readonly source?: readonly string[];
  readonly origin?: readonly (typeof originCodes)[number][];
  readonly report?: readonly number[];
}

export interface Question<D extends Dimension = Dimension, M extends Measure = Measure> {
  readonly where?: Where;
  readonly by: readonly D[];
  readonly measures: readonly M[];
  /** Only this many groups, the greatest by the first measure first. */
  readonly limit?: number;
}

/** The answer: `length` groups, one typed array a dimension and a measure. In no order unless `limit` was given. */
export type Columns<D extends Dimension, M extends Measure> = { readonly length: number } & {
  readonly [K in D]: Int32Array;
} & { readonly [K in M]: Float64Array };

/** Text (or structure) by number. `undefined` for 0, which is "not said". */
export interface Dictionaries {
  address(id: number): string | undefined;
  name(id: number): string | undefined;
  reporter(id: number): string | undefined;
  auth(id: number): AuthResults | undefined;
  reasons(id: number): readonly OverrideReason[];
}

export interface History {
  /** @throws {StorageError} when the history cannot be read */
  ask<D extends Dimension, M extends Measure>(question: Question<D, M>): Promise<Columns<D, M>>;
  /** The dictionaries as of now, loaded once and kept until something is filed. */
  dictionaries(): Promise<Dictionaries>;
}
