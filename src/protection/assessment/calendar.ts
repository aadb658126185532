import type { Day } from '../history.ts';
import type { Span, Trend } from './assessment.ts';

// Days are whole UTC days counted from 1970-01-01; texts are ISO 8601 dates.

/** `2026-03-01` for a day. Reports may carry absurd dates: before the year 1 and after 9999 it stops. */
export function dayText(day: Day): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const bounded = Math.max(-719_162, Math.min(2_932_896, day));
  const text = new Date(bounded * 86_400_000).toISOString().slice(0, 10);
  if (texts.size >= 4096) texts.clear();
  texts.set(day, text);
  return text;
}

/** An answer names the days of one year thousands of times. */
const texts = new Map<Day, string>();

/** The first day of which a DMARC report can tell: the first were sent in 2011. */
const firstPlausible: Day = 14_610;

/** The ends of the days that can be true as seen from `today`; a report may run into a day that has begun elsewhere. Empty: no such day. */
export function plausibleRange(
  days: ArrayLike<number>,
  length: number,
  today: Day,
): { readonly first: Day; readonly last: Day; readonly days: number } {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < length; row++) {
    const day = days[row]!;
    if (day < firstPlausible || day > today + 2) continue;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first > last ? { first: 0, last: -1, days: 0 } : { first, last, days: last - first + 1 };
}

/** The day of an ISO 8601 date (`2026-03-01`), or `undefined` when the text is none or the calendar has no such day. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = milliseconds / 86_400_000;
  return dayText(day) === text ? day : undefined;
}

/** The runs of days in `from … to` for which `seen` (by day, from `from` on) is 0. */
export function gapsIn(seen: ArrayLike<number>, from: Day, to: Day, origin: Day = from): Span[] {
  const gaps: Span[] = [];
  let start: Day | undefined;
  for (let day = from; day <= to + 1; day++) {
    const missing = day <= to && (seen[day - origin] ?? 0) === 0;
    if (missing) start ??= day;
    else if (start !== undefined) {
      gaps.push({ from: dayText(start), to: dayText(day - 1), days: day - start });
      start = undefined;
    }
  }
  return gaps;
}

/** "Of late" in a period of so many days: the last four weeks, or the last quarter of a short one; 0: too short to tell. */
export function recentWindow(days: number): number {
  return days < 28 ? 0 : Math.min(28, Math.floor(days / 4));
}

/** How many parts a period is cut in for sparklines, and how many days each has (the last may have fewer). */
export function binsOf(days: number): { readonly count: number; readonly days: number } {
  const size = Math.max(1, Math.ceil(days / 52));
  return { count: Math.ceil(days / size), days: size };
}

/**
 * Says how something moves. `earlier` runs from its first day to the day before the window.
 *
 * Rising or falling needs a rate 1.5 times the other, and a difference of more than three standard deviations of a Poisson count:
 * with 4 messages against 2 nobody can tell.
 */
export function trendOf(facts: {
  readonly first: Day;
  readonly last: Day;
  readonly periodLast: Day;
  readonly windowDays: number;
  readonly recentMessages: number;
  readonly messages: number;
}): Trend {
  const { first, last, windowDays, recentMessages } = facts;
  const windowStart = facts.periodLast - windowDays + 1;
  const earlierMessages = facts.messages - recentMessages;
  const said = (word: Trend['word']): Trend => ({ word, windowDays, recentMessages, earlierMessages });
  if (windowDays === 0) return said('unknown');
  if (first >= windowStart) return said('new');
  if (last < windowStart) return said('gone');
  const expected = (earlierMessages / (windowStart - first)) * windowDays;
  const chance = 3 * Math.sqrt(expected + recentMessages);
  if (Math.abs(recentMessages - expected) <= chance) return said('steady');
  if (recentMessages >= expected * 1.5) return said('rising');
  if (recentMessages * 1.5 <= expected) return said('falling');
  return said('steady');
}
