// Days and rhythms. A day is a whole UTC day, counted from 1970-01-01.

import { assertNever } from '../../src/standards/problem.ts';

export type Day = number;

/** The day of a date `YYYY-MM-DD`. */
export function dayOf(date: string): Day {
  const milliseconds = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a date: ${date}`);
  return milliseconds / 86_400_000;
}

/** `YYYY-MM-DD` of a day. */
export function dateOf(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/**
 * When a stream mails.
 * - `daily`: every day, at weekends a share of a working day's volume
 * - `weekly`: on one day of the week
 * - `monthly`: from a day of the month on, falling off over `lasts` days; `quarterly` the same in January, April, July, October
 * - `yearly`: from one date on, over `lasts` days
 * - `once`: from one day of the world on (a fraction of its length), over `lasts` days
 */
export type Rhythm =
  | { readonly every: 'daily'; readonly weekend: number }
  | { readonly every: 'weekly'; readonly weekday: number }
  | { readonly every: 'monthly' | 'quarterly'; readonly day: number; readonly lasts: number }
  | { readonly every: 'yearly'; readonly month: number; readonly day: number; readonly lasts: number }
  | { readonly every: 'once'; readonly at: number; readonly lasts: number };

/**
 * How much of its volume a stream sends on a day: 1 on a usual day of sending, 0 on a day without.
 * `dayInWorld` and `length`, the world's days, matter for `once`.
 */
export function rhythmAt(rhythm: Rhythm, day: Day, dayInWorld: number, length: number): number {
  switch (rhythm.every) {
    case 'daily': {
      const weekday = weekdayOf(day);
      return weekday === 0 || weekday === 6 ? rhythm.weekend : 1;
    }
    case 'weekly':
      return weekdayOf(day) === rhythm.weekday ? 1 : 0;
    case 'monthly':
      return fallingOff(new Date(day * 86_400_000).getUTCDate() - rhythm.day, rhythm.lasts);
    case 'quarterly': {
      const date = new Date(day * 86_400_000);
      return date.getUTCMonth() % 3 === 0 ? fallingOff(date.getUTCDate() - rhythm.day, rhythm.lasts) : 0;
    }
    case 'yearly': {
      const date = new Date(day * 86_400_000);
      const start = Date.UTC(date.getUTCFullYear(), rhythm.month - 1, rhythm.day) / 86_400_000;
      return fallingOff(day - start, rhythm.lasts);
    }
    case 'once':
      return fallingOff(dayInWorld - Math.floor(rhythm.at * length), rhythm.lasts);
    default:
      return assertNever(rhythm);
  }
}

/** 1 on the first day of `lasts`, less on each day after, 0 outside. */
function fallingOff(days: number, lasts: number): number {
  return days < 0 || days >= lasts ? 0 : 1 / (1 + days);
}
