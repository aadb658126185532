// Who mails as us: the words of the inventory. A combination is what rows can show, everything equal but day and reporter; a
// source is an address; a stream is the mail one party sends through one set-up; a party owns the relation. What is grouped is
// combinations, not addresses: one address may carry several streams.
import type { Day } from '../history.ts';

/** What a stream is. `abused` is ours and misused: a replayed signature, a server taken over, a relay others may send through. */
export const kinds = ['own', 'third', 'forwarder', 'forged', 'abused', 'undecided'] as const;
export type Kind = (typeof kinds)[number];

/** What a person said of a stream, or of a part of it. */
export const decisionVerdicts = ['authorised', 'forbidden', 'forwarder', 'undecided'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** Where evidence comes from. */
export type EvidenceOrigin =
  | 'declared'
  | 'decision'
  | 'lookup'
  | 'own-log'
  | 'own-receiver'
  | 'published'
  | 'rehearsal'
  | 'report';

/** Why a kind is thought: a code with values (its sentence is in `words/`), for or against, and how heavily it weighs. */
export interface Reason {
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
  readonly origin: EvidenceOrigin;
  readonly for: Kind;
  /** Natural logarithm of the odds it moves; negative speaks against. */
  readonly weight: number;
  /** How many messages of the stream show it. */
  readonly messages: number;
}

/** Messages by the leg that holds, as the alignment worked out at filing says. */
export interface StreamLegs {
  readonly both: number;
  readonly dkimOnly: number;
  readonly spfOnly: number;
  readonly neither: number;
  readonly dkimStrict: number;
  readonly spfStrict: number;
}

/** How a stream comes: every day, by the week, month, quarter or year, once, or in no way one can tell (yet). */
export interface Rhythm {
  readonly every: 'daily' | 'irregular' | 'monthly' | 'once' | 'quarterly' | 'weekly' | 'yearly';
  /** Days with mail, of the days of the period. */
  readonly activeDays: number;
  /** Where it is periodic: the day it should next be seen, and how sure that is (0 to 1). */
  readonly nextExpected: Day | null;
  readonly sureness: number;
}

/** What a stream is for. Of a guess `text` is one of `purposes`, and `reasons` say what it is guessed from. */
export interface Purpose {
  readonly text: string;
  readonly guessed: boolean;
  readonly reasons: readonly { readonly code: string; readonly values: Readonly<Record<string, string>> }[];
}

/** A set-up, as far as rows show one: what a decision is inherited by. */
export interface SetUpFamily {
  /** The catalogue's sender, when one is recognised. */
  readonly sender: string | null;
  /** Aligned signing domains (`d=` as it was signed) and selector families seen passing: `lln*`. */
  readonly signing: readonly { readonly domain: string; readonly selectors: readonly string[] }[];
  readonly envelopes: readonly string[];
}

export interface MailStream {
  /** Stays the same from day to day, whatever sources come and go. */
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** 0 to 1, calibrated: of those said at 0.9, nine in ten are so. */
  readonly confidence: number;
  /** How likely each kind is; they add up to 1. */
  readonly chances: Readonly<Record<Exclude<Kind, 'undecided'>, number>>;
  readonly sender: string | null;
  readonly senderId: string | null;
  readonly party: string | null;
  readonly decision: DecisionVerdict;
  /** What it is for, as somebody said or declared; else a guess, with what it is guessed from. */
  readonly purpose: Purpose | null;
  readonly messages: number;
  readonly rows: number;
  /** How many addresses. */
  readonly sources: number;
  readonly authorDomains: readonly { readonly domain: string; readonly messages: number }[];
  readonly networks: readonly { readonly name: string; readonly country: string; readonly messages: number }[];
  readonly legs: StreamLegs;
  readonly setUp: SetUpFamily;
  readonly rhythm: Rhythm;
  readonly first: Day;
  readonly last: Day;
  readonly reasons: readonly Reason[];
  /** When undecided: what to ask, and whom; a code of `words/`. */
  readonly question: { readonly code: string; readonly values: Readonly<Record<string, string>> } | null;
}
