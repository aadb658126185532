// The answer to a what-if: what becomes of the mail that was seen, before and after, by whatever one wants to know it. Plain data:
// it is what `zegel what-if --json` prints.
import type { Problem } from '../../../standards/problem.ts';
import type { DecisionVerdict, Kind } from '../../inventory/index.ts';
import type { Standing } from './mail.ts';

export const whatIfSchema = 'zegel/what-if/1';

/** Messages by what becomes of them. */
export interface Fates {
  readonly delivered: number;
  readonly quarantined: number;
  readonly rejected: number;
}

/** At the least and at the most. */
export type Range = readonly [least: number, most: number];

/** What becomes of some mail. Expected numbers may be broken ones: a share of what a receiver does by chance. */
export interface Fate {
  readonly messages: number;
  readonly before: Fates;
  /** Expected. */
  readonly after: Fates;
  /** By what becomes of them: the fewest and the most messages. */
  readonly range: { readonly [fate in keyof Fates]: Range };
  /** Delivered before, and not after. */
  readonly lost: { readonly expected: number; readonly least: number; readonly most: number };
  /** Not delivered before, and delivered after. */
  readonly regained: { readonly expected: number; readonly least: number; readonly most: number };
}

/** On what a stream stands after the change: messages by the legs that hold, by the alignment that the records then ask for. */
export interface Legs {
  readonly both: number;
  readonly dkimOnly: number;
  readonly spfOnly: number;
  readonly neither: number;
}

export interface StreamFate extends Fate {
  /** `null`: mail of which it is not known who sent it. */
  readonly id: string | null;
  readonly name: string | null;
  readonly kind: Kind;
  readonly decision: DecisionVerdict;
  readonly party: string | null;
  readonly sender: string | null;
  readonly rhythm: string | null;
  readonly lastDay: string | null;
  readonly legsBefore: Legs;
  readonly legs: Legs;
  /** The one leg that (nearly) all of its mail that passes stands on. */
  readonly onlyLeg: 'dkim' | 'spf' | null;
}

export interface NamedFate extends Fate {
  /** An address, a receiver, a party, an author domain, a day; `null` where the reports do not say. */
  readonly key: string | null;
}

/** A way by which unwanted mail would still be delivered. */
export interface Through {
  /** `simulation/through-…`; its sentence is in `words/`. */
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
  readonly messages: number;
}

/** Why part of the answer is not certain. */
export interface Doubt {
  /** `simulation/doubt-…`. */
  readonly code: string;
  /** Messages that the change touches and that this doubt hangs over. */
  readonly messages: number;
  /** Of these, the ones that are wanted, or may be. */
  readonly wanted: number;
}

/** A record set that the scenario changes. */
export interface ChangedSet {
  readonly name: string;
  readonly type: string;
  /** As a zone file has them; `null` where it is not known what stands there. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[];
}

export const groupings = ['authorDomain', 'day', 'party', 'receiver', 'source'] as const;
export type Grouping = (typeof groupings)[number];

export interface WhatIf {
  readonly schema: typeof whatIfSchema;
  readonly asked: {
    readonly domain: string | null;
    readonly records: 'now' | 'then';
    readonly since: string | null;
    readonly until: string | null;
  };
  /** The days of the mail: the first and the last. */
  readonly seen: { readonly from: string | null; readonly to: string | null };
  readonly changes: readonly ChangedSet[];
  readonly signing: readonly string[];
  readonly total: Fate;
  /** By whether the mail is wanted, as decided, or as it is thought to be. */
  readonly standings: Readonly<Record<Standing, Fate>>;
  /** Those of which anything is lost or regained first, the most first; then by messages. */
  readonly streams: readonly StreamFate[];
  readonly by: { readonly [grouping in Grouping]?: readonly NamedFate[] };
  readonly through: readonly Through[];
  readonly doubts: readonly Doubt[];
  readonly problems: readonly Problem[];
}

/** Whether something that is wanted, or that nobody has decided on, would be lost, or may be. Forwarded mail counts until a person has said that it is that. */
export function costs({ standings }: Pick<WhatIf, 'standings'>): boolean {
  const wanted = ['authorised', 'thought-ours', 'forwarded', 'undecided'] as const;
  return wanted.some((standing) => standings[standing].lost.most > 0);
}
