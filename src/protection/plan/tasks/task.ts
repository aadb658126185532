// A task: what somebody has to do about one stream so that a policy costs it nothing, or so that it no longer mails as us. The mail says when
// it is done. Plain data: it is what `zegel work --json` prints.
import type { SeenAddress } from './seen.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { Advice } from '../../inventory/senders/index.ts';

export const workSchema = 'zegel/work/1';

/**
 * - `decide`: say whether the stream is wanted
 * - `sign`: sign with a key of the author domain
 * - `align-spf`: let the envelope be of the author domain, and SPF pass there
 * - `move`: send through the relay that already signs
 * - `subdomain`: give it an author domain of its own, or a name that exists
 * - `merge`: send through another set-up of the same party at the same sender, that is already in order
 * - `replace`: this sender cannot be put in order; take another, or send through the relay
 * - `stop`: take away what lets it pass as us
 */
export const actions = ['decide', 'sign', 'align-spf', 'move', 'subdomain', 'merge', 'replace', 'stop'] as const;
export type Action = (typeof actions)[number];

/**
 * - `open`: the mail still shows it
 * - `waiting`: it was mended, or has not been seen since, and time will tell
 * - `closed`: the mail shows that it is done
 */
export type TaskState = 'closed' | 'open' | 'waiting';

/** A record to publish. */
export interface TaskRecord {
  readonly name: string;
  readonly type: 'CNAME' | 'TXT';
  readonly value: string;
  /** Parts in angle brackets are to be had from the sender; the rest is exact. */
  readonly isTemplate: boolean;
  /** Where such a record stands already, to take it from. */
  readonly as?: string;
}

/** What a task is about in one author domain. */
export interface TaskDomain {
  readonly domain: string;
  readonly messages: number;
  /** Messages that lack what the task gives. */
  readonly lacking: number;
  /** The last day on which the mail lacked it. */
  readonly last: string | null;
  readonly state: TaskState;
  /** Whether this shuts the gate of the domain. */
  readonly shutsGate: boolean;
}

/** Points a task gets, the most urgent the most. */
export interface Priority {
  readonly points: number;
  readonly volume: number;
  readonly criticality: number;
  readonly abuse: number;
  readonly gates: number;
  readonly deadline: number;
}

/** What the mail shows, and what is kept of the task beside it. */
export interface Task {
  readonly schema: typeof workSchema;
  readonly id: string;
  readonly action: Action;
  readonly stream: { readonly id: string; readonly name: string };
  /** How its owner may know the mail: its days, how many addresses it comes from, and the busiest of these. */
  readonly seen: {
    readonly first: string;
    readonly last: string;
    readonly addresses: number;
    readonly busiest: readonly SeenAddress[];
  };
  readonly sender: { readonly id: string | null; readonly name: string | null };
  readonly party: {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly contact: string;
  } | null;
  /** Who is to do it: who was named, else who answers for the party. */
  readonly owner: string;
  readonly deadline: string | null;
  readonly state: TaskState;
  /** How often it was done and came undone. */
  readonly reopened: number;
  readonly opened: string;
  readonly closed: string | null;
  /** A person said that it is done, and what the mail says of that. */
  readonly done: {
    readonly who: string;
    readonly day: string;
    readonly mail: 'agrees' | 'disagrees' | 'not-seen-since';
  } | null;
  /** Why it is a task. */
  readonly why: Problem;
  /** Another way to the same end. */
  readonly others: readonly Problem[];
  /** What to do at this sender, in plain words; `null` where nobody knows the sender. */
  readonly how: Advice | null;
  readonly records: readonly TaskRecord[];
  readonly domains: readonly TaskDomain[];
  readonly messages: number;
  readonly lacking: number;
  /** The first day on which the mail will have told, when nothing but time is wanting. */
  readonly until: string | null;
  readonly priority: Priority;
  readonly note: string;
}

/** What is kept of a task from day to day. */
export interface KeptTask {
  readonly id: string;
  /** Days since 1970. */
  readonly openedDay: number;
  readonly closedDay: number | null;
  readonly reopened: number;
  readonly owner: string;
  readonly deadline: number | null;
  /** Milliseconds since 1970. */
  readonly done: { readonly at: number; readonly who: string } | null;
  readonly note: string;
}

export function taskId(stream: string, action: Action): string {
  return `${stream}:${action}`;
}
