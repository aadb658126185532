// How a stream comes: from its days alone. A month's invoices look like nothing for three weeks; that is no reason to forget them.
import type { Day } from '../../history.ts';
import { rhythmOf as rhythmInWords } from '../declared/index.ts';
import type { Rhythm } from '../model.ts';

/** Messages by day, from the first day of the period; whole days of UTC. */
export type DaySeries = Float64Array;

/** Days without mail that end a burst. */
const pause = 5;

/**
 * The rhythm of a series.
 *
 * @param firstDay the day of `series[0]`
 */
export function rhythmOf(series: DaySeries, firstDay: Day): Rhythm {
  const days: number[] = [];
  let total = 0;
  for (let at = 0; at < series.length; at++) {
    if (series[at]! > 0) days.push(at);
    total += series[at]!;
  }
  const activeDays = days.length;
  const none = (every: Rhythm['every'], sureness: number): Rhythm => ({
    every,
    activeDays,
    nextExpected: null,
    sureness,
  });
  if (activeDays === 0) return none('irregular', 0);
  const first = days[0]!;
  const last = days.at(-1)!;
  const span = last - first + 1;
  const busy = busyDays(series, days, total);
  const weekdays = new Float64Array(7);
  for (const day of days) weekdays[(((day + firstDay) % 7) + 7) % 7]! += series[day]!;
  const topWeekday = weekdays.indexOf(Math.max(...weekdays));
  const onTop = weekdays[topWeekday]! + weekdays[(topWeekday + 1) % 7]!;
  // Reports of a week are spread over its days, so what is left lies on all the others alike.
  if (span >= 21 && onTop >= 0.55 * total && onTop / 2 >= (4 * (total - onTop)) / 5 && busy.length >= span / 7 / 2) {
    const next = nextWeekday(last + 1, topWeekday, firstDay);
    return { every: 'weekly', activeDays, nextExpected: next + firstDay, sureness: 0.9 };
  }
  if (busy.length >= span * 0.5 && span >= 14) return none('daily', 0.9);
  const bursts = burstsOf(busy);
  if (bursts.length === 1) {
    const longAgo = series.length - 1 - bursts[0]!.end;
    return none(span <= 14 && longAgo > 14 ? 'once' : 'irregular', span <= 14 ? 0.5 : 0.3);
  }
  const starts = bursts.map(({ start }) => start);
  const gaps = starts.slice(1).map((start, at) => start - starts[at]!);
  const middle = median(gaps);
  const even = gaps.filter((gap) => Math.abs(gap - middle) <= Math.max(4, middle * 0.12)).length / gaps.length;
  const every: Rhythm['every'] | undefined =
    middle >= 26 && middle <= 35
      ? 'monthly'
      : middle >= 80 && middle <= 100
        ? 'quarterly'
        : middle >= 350 && middle <= 380
          ? 'yearly'
          : undefined;
  if (every !== undefined && even >= 0.7)
    return {
      every,
      activeDays,
      nextExpected: Math.round(starts.at(-1)! + middle) + firstDay,
      sureness: Math.min(0.95, 0.5 + 0.1 * bursts.length) * even,
    };
  if (busy.length >= span * 0.25) return none('daily', 0.5);
  return none('irregular', 0.5);
}

/** Days from one time to the next, of what is declared to come so. */
const declaredDays: Readonly<Partial<Record<Rhythm['every'], number>>> = { monthly: 30, quarterly: 91, yearly: 365 };

/**
 * The rhythm of what came one time only, as it was declared: from one time nobody can tell when the next is, but the organisation said.
 *
 * @param declared in the words of a declaration
 */
export function rhythmAsDeclared(rhythm: Rhythm, declared: string, series: DaySeries, firstDay: Day): Rhythm {
  const every = rhythmInWords(declared);
  const days = every === undefined ? undefined : declaredDays[every];
  if (every === undefined || days === undefined) return rhythm;
  if (rhythm.every !== 'once' && rhythm.every !== 'irregular') return rhythm;
  const seen = [...series.keys()].filter((day) => series[day]! > 0);
  const bursts = burstsOf(seen);
  const [burst] = bursts;
  // Of a burst that is longer than half of what lies between two, it cannot be said when it is over.
  if (burst === undefined || bursts.length > 1 || burst.end - burst.start > days / 2) return rhythm;
  return { ...rhythm, every, nextExpected: burst.start + days + firstDay, sureness: 0.5 };
}

/** Late rows trickle in around a burst, and reports of a week are spread over its days; what counts are the days that carry it. */
function busyDays(series: DaySeries, days: readonly number[], total: number): number[] {
  const floor = (total / days.length) * 0.4;
  return days.filter((day) => series[day]! >= floor);
}

/** The part of a series that lies in its bursts and the few days after them. */
export function burstShare(series: DaySeries): number {
  const days = [...series.keys()].filter((day) => series[day]! > 0);
  const total = days.reduce((sum, day) => sum + series[day]!, 0);
  if (total === 0) return 0;
  let inside = 0;
  const bursts = burstsOf(busyDays(series, days, total));
  for (const day of days)
    if (bursts.some(({ start, end }) => day >= start && day <= end + pause)) inside += series[day]!;
  return inside / total;
}

/** Whether a series may be of a declared rhythm: a weekly letter does not come every day. `null` where the words say nothing. */
export function fitsRhythm(declared: string, rhythm: Rhythm, span: number): boolean | null {
  switch (rhythmInWords(declared)) {
    case 'daily':
      return rhythm.every === 'daily' || rhythm.every === 'irregular' || rhythm.every === 'weekly';
    case 'weekly':
      return rhythm.every === 'weekly' || (rhythm.every !== 'daily' && span < 60);
    case 'monthly':
    case 'quarterly':
    case 'yearly':
    case 'once':
      return rhythm.every !== 'daily' && rhythm.every !== 'weekly';
    default:
      return null;
  }
}

function burstsOf(days: readonly number[]): { start: number; end: number }[] {
  const bursts: { start: number; end: number }[] = [];
  for (const day of days) {
    const open = bursts.at(-1);
    if (open !== undefined && day - open.end <= pause) open.end = day;
    else bursts.push({ start: day, end: day });
  }
  return bursts;
}

function nextWeekday(from: number, weekday: number, firstDay: Day): number {
  let at = from;
  while ((((at + firstDay) % 7) + 7) % 7 !== weekday) at += 1;
  return at;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
