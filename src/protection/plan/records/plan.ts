// A plan of records, as plain data: what changes, in which order, how long to wait in between, and what is dangerous about it.
import type { Problem } from '../../../standards/problem.ts';
import type { PlannedType } from '../formats/record-set.ts';
import type { RecordKind, Slot } from './wish.ts';

export const planSchema = 'zegel/record-plan/1';

/**
 * The steps of a plan, in their order; those with nothing to do are left out.
 * - `lower-ttl`: what will change is kept for a short time only, so that it can be changed, and taken back, quickly
 * - `prepare`: names that something else will lean on: keys before signatures, pages before links, consent before reports
 * - `widen`: what lets in more, or asks for less
 * - `use`: what people do: sign with the new keys, put certificates in place, serve the policy file
 * - `switch`: a domain's own SPF record, MTA-STS
 * - `trim`: SPF pages that give addresses away, once the records that take them are everywhere
 * - `enforce`: what asks for more: DMARC, a null MX
 * - `clean`: what nothing leans on any more, once the mail that did is through
 * - `restore-ttl`
 */
export const phases = [
  'lower-ttl',
  'prepare',
  'widen',
  'use',
  'switch',
  'trim',
  'enforce',
  'clean',
  'restore-ttl',
] as const;
export type Phase = (typeof phases)[number];

export type Risk = 'high' | 'low' | 'none';

/** One record set, before and after. A TXT value is the text itself; see `RecordSet`. */
export interface PlannedChange {
  readonly name: string;
  readonly type: PlannedType;
  readonly kind: RecordKind;
  /** The domain it is done for. */
  readonly domain: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Seconds; absent when there was nothing. */
  readonly ttlBefore?: number;
  readonly ttl: number;
  readonly why: Problem;
  readonly risk: Risk;
  /** What the risk is; absent without one. */
  readonly danger?: Problem;
}

export interface PlanStep {
  readonly number: number;
  readonly phase: Phase;
  readonly changes: readonly PlannedChange[];
  /** What people have to do at this point. */
  readonly actions: readonly Problem[];
  /** Files that are to be served at this point: the policies of MTA-STS. */
  readonly files: readonly { readonly url: string; readonly text: string }[];
  /** How long to wait behind it before the next step, and why; 0 behind the last. */
  readonly wait: { readonly seconds: number; readonly why: Problem };
}

/** Something about a plan that would do harm, and what would make it safe. */
export interface Danger {
  /** Stable as long as the same thing is dangerous: what somebody accepts is accepted by this. */
  readonly id: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly see: string;
  /** The code of the sentence that says what would make it safe. */
  readonly safer: string;
  /** The number of the first step that does it. */
  readonly step?: number;
}

export interface RecordPlan {
  readonly schema: typeof planSchema;
  readonly domains: readonly string[];
  /** From what is published to what is wanted, each set once. */
  readonly changes: readonly PlannedChange[];
  readonly steps: readonly PlanStep[];
  readonly dangers: readonly Danger[];
  /** Sets of which the DNS did not tell: nothing is planned for these. */
  readonly unknown: readonly { readonly name: string; readonly type: PlannedType }[];
  /** Records that are wanted, whose values are somebody else's to give; nothing is planned of them until they are there. */
  readonly slots: readonly (Slot & { readonly domain: string })[];
  /** What was looked at and is not planned, and why. */
  readonly notes: readonly Problem[];
}

/** A plan that is not to be carried out as it is, and what would make it safe. */
export class UnsafePlan extends Error {
  override readonly name = 'UnsafePlan';
  readonly code = 'plan/unsafe';
  readonly retryable = false;
  readonly dangers: readonly Danger[];
  readonly values: { readonly count: number };
  constructor(dangers: readonly Danger[]) {
    super(`the plan is not safe: ${dangers.map(({ id }) => id).join('; ')}`);
    this.dangers = dangers;
    this.values = { count: dangers.length };
  }
}

/** The dangers of a plan that nobody has accepted. @param accepted ids of dangers that a person has accepted */
export function openDangers(plan: Pick<RecordPlan, 'dangers'>, accepted: readonly string[] = []): Danger[] {
  return plan.dangers.filter(({ id }) => !accepted.includes(id));
}

/**
 * Refuses a plan that would do harm.
 *
 * @param accepted ids of dangers that a person has accepted. @throws {UnsafePlan} with the others
 */
export function refuseUnsafe(plan: Pick<RecordPlan, 'dangers'>, accepted: readonly string[] = []): void {
  const open = openDangers(plan, accepted);
  if (open.length > 0) throw new UnsafePlan(open);
}
