import type { Day } from '../../history.ts';

/** How much of a month, a quarter and a year reports tell of. */
export interface Coverage {
  /** Days with reports among the last 30, 92 and 366. */
  readonly month: number;
  readonly quarter: number;
  readonly year: number;
}

/**
 * The days of late on which reports tell something.
 *
 * @param days those with reports, rising
 */
export function coverageOf(days: readonly Day[], asOf: Day): Coverage {
  const within = (length: number): number => days.filter((day) => day > asOf - length && day <= asOf).length;
  return { month: within(30), quarter: within(92), year: within(366) };
}
