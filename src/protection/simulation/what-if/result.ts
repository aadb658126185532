// The answer to a what-if: what becomes of the mail that was seen, before and after, by whatever one wants to know it. Plain data:
// it is what `zegel what-if --json` prints.
import type { Problem } from '../../../standards/problem.ts';
import type { SpfResult } from '../../../standards/spf/index.ts';
import type { DecisionVerdict, Kind } from '../../inventory/index.ts';
import type { WordReason } from '../drift/index.ts';
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

/** Messages: expected, and at the least and at the most. */
export interface Count {
  readonly expected: number;
  readonly least: number;
  readonly most: number;
}

/** What becomes of some mail. Expected numbers may be broken ones: a share of what a receiver does by chance. */
export interface Fate {
  readonly messages: number;
  readonly before: Fates;
  /** Expected. */
  readonly after: Fates;
  /** By what becomes of them: the fewest and the most messages. */
  readonly range: { readonly [fate in keyof Fates]: Range };
  /** Delivered before, and not after. */
  readonly lost: Count;
  /** Not delivered before, and delivered after. */
  readonly regained: Count;
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

/** What records that changed since do to some mail, whatever is asked. */
export interface DriftSum {
  /** Messages of which SPF would say something else today, or may. */
  readonly messages: number;
  /** An aligned SPF leg that it had and would not have today; of these, the messages that stand on an aligned DKIM leg. */
  readonly legLost: Count;
  readonly legLostOnDkim: Count;
  /** An aligned SPF leg that it did not have and would have today. */
  readonly legGained: Count;
  /** Without the change that is asked about: delivered by the SPF results as reported, and not by the records of now; and the other way. */
  readonly lost: Count;
  readonly regained: Count;
  /** Of what is lost with the change: what would not be, had SPF stayed as reported. */
  readonly lostWithChange: Count;
}

export interface DriftStream extends DriftSum {
  readonly id: string | null;
  readonly name: string | null;
  readonly kind: Kind;
  readonly decision: DecisionVerdict;
  readonly party: string | null;
  readonly sender: string | null;
  /** The last day of mail of it whose SPF result would be another one today. */
  readonly lastDay: string;
}

/** An address of which SPF would say something else today. */
export interface DriftSource {
  readonly source: string | null;
  /** The domain SPF was asked for (MAIL FROM or HELO); `null` where the receiver says that SPF passed, and not for which. */
  readonly domain: string | null;
  readonly stream: string | null;
  readonly reported: string;
  /** `null` where it is not known for which domain SPF passed. */
  readonly today: SpfResult | null;
  readonly why: WordReason | 'domain-untold';
  readonly messages: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A record in the tree of an SPF domain that changed since mail drifted for it. */
export interface DriftRecord {
  readonly name: string;
  readonly type: string;
  /** SPF domains whose records lead to it. */
  readonly domains: readonly string[];
  /** The last day on which it was seen as before, and the first as after. */
  readonly seenUntil: string;
  readonly day: string;
  /** As a zone file has them. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What changed since the mail that was seen, and not by what is asked. */
export interface Drift {
  /** Whether records of the past were kept at all; where none were, nothing of this is known. */
  readonly kept: boolean;
  readonly total: DriftSum;
  readonly standings: Readonly<Record<Standing, DriftSum>>;
  /** Those that lose the most legs first. */
  readonly streams: readonly DriftStream[];
  readonly sources: readonly DriftSource[];
  readonly records: readonly DriftRecord[];
  /** Messages whose records were not kept then, and of which those of now say another thing: the report is assumed to stand. */
  readonly notKept: Part;
  /** Messages of which the records of now are not known: the report is assumed to stand. */
  readonly notKnown: Part;
}

/** Messages, and those among them that are wanted, or may be. */
export interface Part {
  readonly messages: number;
  readonly wanted: number;
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
  /** `null` under the records of the day of each message: then nothing has drifted. */
  readonly drift: Drift | null;
  readonly problems: readonly Problem[];
}

/** Whether something that is wanted, or that nobody has decided on, would be lost, or may be. Forwarded mail counts until a person has said that it is that. */
export function costs({ standings }: Pick<WhatIf, 'standings'>): boolean {
  const wanted = ['authorised', 'thought-ours', 'forwarded', 'undecided'] as const;
  return wanted.some((standing) => standings[standing].lost.most > 0);
}
