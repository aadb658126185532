// Whether a stream has gone silent, or jumped in volume: from its days alone, and never from a handful of messages.
import type { Day } from '../history.ts';
import type { Rhythm } from './model.ts';

/** It should have come by now, and has not. */
export interface Silence {
  readonly last: Day;
  /** The day by which it should have been seen. */
  readonly due: Day;
}

/** More than it ever does. */
export interface Jump {
  /** The first day of the window that shows it, and how many days that is. */
  readonly from: Day;
  readonly days: number;
  readonly messages: number;
  /** What such a window has as a rule: the median of those before. */
  readonly usual: number;
}

/** Days a stream may be late: reports of a day come late too, and holidays skip a week. */
const late: Readonly<Record<Rhythm['every'], number>> = {
  daily: 7,
  weekly: 7,
  monthly: 7,
  quarterly: 14,
  yearly: 30,
  once: Infinity,
  irregular: Infinity,
};

/**
 * Whether a stream was due between `since` and the end of its series, and did not come. What comes every day is due when so long a
 * pause would happen by chance less than once in a thousand times.
 *
 * @param series messages by day, from `firstDay` on to the last day of which anything is known
 */
export function silenceOf(series: Float64Array, rhythm: Rhythm, firstDay: Day, since: Day): Silence | undefined {
  const last = series.findLastIndex((messages) => messages > 0);
  const first = series.findIndex((messages) => messages > 0);
  if (last === -1) return undefined;
  let due: number;
  if (rhythm.every === 'daily') {
    // A few days are no habit.
    if (last - first < 21) return undefined;
    let active = 0;
    for (let at = first; at <= last; at++) if (series[at]! > 0) active += 1;
    const quiet = 1 - Math.min(0.99, active / (last - first + 1));
    due = last + Math.max(late.daily, Math.ceil(Math.log(0.001) / Math.log(quiet)));
  } else if (rhythm.nextExpected !== null && rhythm.sureness >= 0.5) {
    due = rhythm.nextExpected - firstDay + late[rhythm.every];
  } else return undefined;
  if (due >= series.length || due + firstDay < since) return undefined;
  return { last: last + firstDay, due: due + firstDay };
}

/** Less than this is never a jump. */
const leastMessages = 100;

/**
 * Whether a window since `since` has far more messages than those before have: more than twice the median, farther from it than
 * four times the usual spread, in logarithms, since mail grows by factors, and half as much again as nine of ten of those before
 * (mail that comes and goes has a spread of none when it does so by turns). Spread is the median of the distances from the median:
 * neither it nor a tenth lets one earlier peak hide the next. Windows are of a week, or of four where a stream comes by the month.
 *
 * @param series messages by day, from `firstDay` on to the last day of which anything is known
 */
export function jumpOf(series: Float64Array, rhythm: Rhythm, firstDay: Day, since: Day): Jump | undefined {
  const start = Math.max(0, since - firstDay);
  const width = rhythm.every === 'monthly' ? 28 : rhythm.every === 'daily' || rhythm.every === 'weekly' ? 7 : 0;
  if (width === 0) return undefined;
  const sum = (from: number): number => {
    let total = 0;
    for (let at = from; at < from + width; at++) total += series[at] ?? 0;
    return total;
  };
  const before: number[] = [];
  for (let from = start - width; from >= 0; from -= width) before.push(sum(from));
  // Weeks before the stream began say nothing of what it usually does.
  while (before.length > 0 && before.at(-1) === 0) before.pop();
  if (before.length < 6) return undefined;
  const logs = before.map((messages) => Math.log1p(messages));
  const middle = median(logs);
  const usual = Math.expm1(middle);
  if (usual < 1) return undefined;
  const spread = Math.max(1.4826 * median(logs.map((log) => Math.abs(log - middle))), 1 / Math.sqrt(usual), 0.1);
  const high = 1.5 * before.toSorted((a, b) => a - b)[Math.floor(0.9 * (before.length - 1))]!;
  let best: Jump | undefined;
  for (let from = start; from + width <= series.length; from += width) {
    const messages = sum(from);
    const distance = Math.log1p(messages) - middle;
    if (messages < Math.max(leastMessages, high) || distance < Math.max(Math.LN2, 4 * spread)) continue;
    if (best === undefined || messages > best.messages)
      best = { from: from + firstDay, days: width, messages, usual: Math.round(usual) };
  }
  return best;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
