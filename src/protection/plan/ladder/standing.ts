// Where a domain stands on the ladder, and for how long: from the records that were kept day by day and from what reports say was published.
import { isDmarcRecord, parseDmarcRecord } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import type { Day } from '../../history.ts';
import type { KeptRecord } from '../../simulation/what-if/index.ts';
import type { Rung } from '../records/wish.ts';
import { askedPolicies, rungOf } from './rung.ts';

/** Which of its policies holds for a domain. */
export type PolicyPlace = 'np' | 'p' | 'sp';

/** A policy that reports say was published, and the days on which they say it. */
export interface ReportedPolicyDays {
  readonly record: DmarcRecord;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** Days on one rung. */
export interface Stage {
  readonly rung: Rung | null;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** For how long the present rung has held. */
export interface Held {
  readonly since: Day;
  /** It may have held before: that is as far back as anything is known. */
  readonly orLonger: boolean;
  /** Whether a kept record or a report tells it. */
  readonly from: 'record' | 'report';
}

/** The single record among texts. */
export function recordOf(texts: readonly string[]): DmarcRecord | undefined {
  const found = texts.filter(isDmarcRecord);
  const reading = found.length === 1 ? parseDmarcRecord(found[0]!) : undefined;
  return reading?.ok === true ? reading.value : undefined;
}

function rungIn(record: DmarcRecord | undefined, place: PolicyPlace): Rung | null {
  return record === undefined ? null : rungOf(record, askedPolicies(record)[place]).rung;
}

/** The stages that kept records show, the first first; neighbours of the same rung are one. */
export function stagesKept(kept: readonly KeptRecord[], place: PolicyPlace, until: Day): Stage[] {
  const stages: Stage[] = [];
  const spans = kept
    .filter(({ type, firstDay }) => type === 'TXT' && firstDay <= until)
    .sort((a, b) => a.firstDay - b.firstDay);
  for (const { answer, firstDay, lastDay } of spans) {
    const texts = answer.kind === 'records' ? (answer.records as readonly (readonly string[])[]) : [];
    const rung = rungIn(recordOf(texts.map((strings) => strings.join(''))), place);
    const last = stages.at(-1);
    if (last !== undefined && last.rung === rung) stages[stages.length - 1] = { ...last, lastDay };
    else stages.push({ rung, firstDay, lastDay });
  }
  return stages;
}

/**
 * Since when the present rung holds. Records are looked at now and then, and a change is seen at the look after it; reports of the days
 * between may tell it earlier. What neither tells is not assumed.
 *
 * @returns `undefined` when neither tells of the present rung
 */
export function heldSince(
  rung: Rung | null,
  stages: readonly Stage[],
  reported: readonly ReportedPolicyDays[],
  place: PolicyPlace,
  until: Day,
): Held | undefined {
  const ofReports = reportedSince(rung, reported, place, until);
  const last = stages.at(-1);
  if (last === undefined || last.rung !== rung) return ofReports;
  const before = stages.at(-2);
  if (before === undefined) {
    // Nothing was kept before: what reports say of the time before it counts too.
    return ofReports !== undefined && ofReports.since < last.firstDay
      ? ofReports
      : { since: last.firstDay, orLonger: true, from: 'record' };
  }
  if (ofReports !== undefined && ofReports.since > before.lastDay && ofReports.since < last.firstDay) return ofReports;
  return { since: last.firstDay, orLonger: false, from: 'record' };
}

function reportedSince(
  rung: Rung | null,
  reported: readonly ReportedPolicyDays[],
  place: PolicyPlace,
  until: Day,
): Held | undefined {
  const known = reported.filter(({ firstDay }) => firstDay <= until);
  const same = known.filter(({ record }) => rungIn(record, place) === rung);
  if (same.length === 0) return undefined;
  const others = known.filter(({ record }) => rungIn(record, place) !== rung);
  const first = Math.min(...same.map(({ firstDay }) => firstDay));
  const lastOther = Math.max(-Infinity, ...others.map(({ lastDay }) => Math.min(lastDay, until)));
  // A receiver whose cache still holds the old record reports it a little longer: that only makes the answer shorter.
  return { since: Math.max(first, lastOther + 1), orLonger: others.length === 0, from: 'report' };
}

/**
 * Since when reports have been asked for without a break, as far back as is known: by the records that were kept, one of which may have
 * followed the other, and by reports, which nobody writes unasked. `undefined` where neither tells.
 */
export function askedSince(
  kept: readonly KeptRecord[],
  reported: readonly ReportedPolicyDays[],
  until: Day,
): Day | undefined {
  let since: Day | undefined;
  let unasked = -Infinity;
  const spans = kept
    .filter(({ type, firstDay }) => type === 'TXT' && firstDay <= until)
    .sort((a, b) => b.firstDay - a.firstDay);
  for (const { answer, firstDay, lastDay } of spans) {
    const texts = answer.kind === 'records' ? (answer.records as readonly (readonly string[])[]) : [];
    const record = recordOf(texts.map((strings) => strings.join('')));
    if ((record?.rua.length ?? 0) === 0) {
      unasked = Math.min(lastDay, until);
      break;
    }
    since = firstDay;
  }
  for (const { firstDay, lastDay } of reported) {
    const first = Math.max(firstDay, unasked + 1);
    if (lastDay > unasked && first <= until && first < (since ?? Infinity)) since = first;
  }
  return since;
}
