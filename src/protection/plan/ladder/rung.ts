// The rungs of the ladder, read from records: which one a record stands on, which comes next for what a domain is for, and where the
// ladder ends (RFC 9989 §7.4, §A.6).
import { effectivePolicies, oneStepMilder } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord, Policy } from '../../../standards/dmarc/index.ts';
import type { Role } from '../../posture/index.ts';
import { rungs, rungTags } from '../records/wish.ts';
import type { Rung } from '../records/wish.ts';

/** How strong policies are. */
const strength: Readonly<Record<Policy, number>> = { none: 0, quarantine: 1, reject: 2 };

/** The milder of two policies. */
export function milder(one: Policy, other: Policy): Policy {
  return strength[one] <= strength[other] ? one : other;
}

/** Whether one policy asks for less than another. */
export function isMilder(one: Policy, other: Policy): boolean {
  return strength[one] < strength[other];
}

/** How many rungs up. */
export function heightOf(rung: Rung): number {
  return rungs.indexOf(rung);
}

/** Where a record stands on the ladder. */
export interface RungReading {
  readonly rung: Rung;
  /**
   * It is softened for receivers of one generation only: `t=y` without `pct=0` is full to those of RFC 7489, `pct` below 100 without `t=y`
   * to those of RFC 9989. The rung is then the one that the stricter of the two see.
   */
  readonly softFor: 'rfc7489' | 'rfc9989' | null;
}

/**
 * The rung of a policy as a record says it.
 *
 * @param policy what holds for the names that are asked about: `p`, or `sp` or `np` where these hold
 */
export function rungOf(record: Pick<DmarcRecord, 'pct' | 't'>, policy: Policy): RungReading {
  if (policy === 'none') return { rung: 'none', softFor: null };
  const isTesting = record.t === 'y';
  const isSampled = record.pct !== undefined && record.pct < 100;
  if (isTesting && record.pct === 0) return { rung: `${policy}-soft`, softFor: null };
  return { rung: policy, softFor: isTesting ? 'rfc9989' : isSampled ? 'rfc7489' : null };
}

/** The policies that a record comes to for the domain, for names below it and for names that do not exist, without what softens them. */
export function askedPolicies(record: DmarcRecord): { readonly p: Policy; readonly sp: Policy; readonly np: Policy } {
  const { p, sp = p, np = sp } = effectivePolicies(record, 'rfc9989') ?? { p: 'none' as const };
  return { p, sp, np };
}

/** What a rung asks of receivers that know both tags. */
export function expectedPolicy(rung: Rung): Policy {
  const { p, isSoft } = rungTags[rung];
  return isSoft ? oneStepMilder[p] : p;
}

/** The rung that is full where this one is soft. */
export function fullRung(rung: Rung): Rung {
  return rungTags[rung].p;
}

/** Roles that nothing legitimate is sent from: they go to the end in one step. */
export function isQuiet(role: Role): boolean {
  return role === 'parked' || role === 'receiving' || role === 'absent';
}

/**
 * The next rung; `undefined` at the end.
 *
 * @param now `undefined` without a record
 */
export function nextRung(now: Rung | undefined, role: Role): Rung | undefined {
  // A record would make the name exist: the domain above speaks for it.
  if (role === 'absent') return undefined;
  if (now === undefined) return isQuiet(role) ? 'reject' : 'none';
  if (isQuiet(role)) return now === 'reject' ? undefined : 'reject';
  return rungs[rungs.indexOf(now) + 1];
}

/** The rung whose cost lies ahead of one that costs nothing; `undefined` for one that costs mail itself. */
export function aheadOf(next: Rung | undefined): Rung | undefined {
  if (next === undefined) return undefined;
  const full = next === 'none' ? 'quarantine' : fullRung(next);
  return full === next ? undefined : full;
}
