// Whether what a stream lacked is mended: told by the mail alone, and by when it should have been seen.
import type { Day } from '../../history.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { Lacking } from './mail.ts';
import type { GateThresholds } from './thresholds.ts';

/**
 * - `fine`: it never lacked it lastingly
 * - `lacks`: it still does
 * - `mended-lately`: mail since then has it, for too short a time to be sure
 * - `mended`: mail since then has it
 * - `unseen-since`: nothing was seen since it last lacked it, and more may come
 * - `gone`: it came nearly every day, and has been silent for so long that it has probably ended
 */
export type Settled = 'fine' | 'gone' | 'lacks' | 'mended' | 'mended-lately' | 'unseen-since';

export interface Settlement {
  readonly state: Settled;
  /** The last day on which it lacked it. */
  readonly lastDay: Day | null;
  /** The day by which it will be known, when mail comes as it used to; `null` where no rhythm tells. */
  readonly until: Day | null;
}

/** Days from one time to the next, by rhythm. */
const periods: Readonly<Record<MailStream['rhythm']['every'], number | undefined>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
  irregular: undefined,
  once: undefined,
};

/** The rhythm a stream has by its days, or by what was declared of it where its days do not tell. */
export interface KnownRhythm {
  readonly every: MailStream['rhythm']['every'];
  readonly nextExpected: Day | null;
  /** The last day on which the stream was seen, whatever its author domain; as mail itself where nothing is said. */
  readonly lastDay?: Day;
}

/** @param lastHaving the last day on which mail of it had what others of its mail lack */
export function settlement(
  lacking: Lacking,
  lastHaving: Day | null,
  rhythm: KnownRhythm,
  asOf: Day,
  thresholds: Pick<GateThresholds, 'gone-days' | 'gone-here-days' | 'mended-days'>,
): Settlement {
  const { lasting, lastDay } = lacking;
  if (lasting === 0 || lastDay === null) return { state: 'fine', lastDay: null, until: null };
  const period = periods[rhythm.every];
  const isPeriodic = period !== undefined && period > 1;
  if (lastHaving !== null && lastHaving > lastDay) {
    const quiet = asOf - lastDay;
    // A periodic stream that came again, as it should be, half a period later: that was its next time.
    const cameAgain = isPeriodic && period > thresholds['mended-days'] && lastHaving - lastDay >= period / 2;
    if (quiet >= thresholds['mended-days'] || cameAgain) return { state: 'mended', lastDay, until: null };
    return { state: 'mended-lately', lastDay, until: lastDay + thresholds['mended-days'] };
  }
  const quiet = asOf - lastDay;
  if (period === undefined) {
    return { state: quiet < thresholds['mended-days'] ? 'lacks' : 'unseen-since', lastDay, until: null };
  }
  if (quiet <= thresholds['mended-days']) return { state: 'lacks', lastDay, until: null };
  if (!isPeriodic) {
    const isAlive = rhythm.lastDay !== undefined && asOf - rhythm.lastDay < thresholds['gone-days'];
    const patience = isAlive
      ? Math.max(thresholds['gone-here-days'], usualSilence(lacking, 2 * manyTimes))
      : Math.max(thresholds['gone-days'], usualSilence(lacking, manyTimes));
    if (quiet >= patience) return { state: 'gone', lastDay, until: null };
    return { state: 'unseen-since', lastDay, until: Number.isFinite(patience) ? lastDay + patience : null };
  }
  return { state: 'unseen-since', lastDay, until: expectedBy(rhythm, period, lastDay, asOf) };
}

/**
 * After so many times the usual time between two rows, what comes by chance would have come with 99 in 100. Where the stream itself goes
 * on it takes twice as many: there are many domains, each is asked about often, and mail comes in fits (several rows of one day).
 */
const manyTimes = 5;

/**
 * How long mail may be silent without having ended, in days: a stream that sends every day may do so under one author domain, or from
 * what lacks something, once a month.
 */
function usualSilence({ rows, firstDay, lastDay }: Lacking, times: number): number {
  if (rows === undefined || firstDay === null || lastDay === null) return 0;
  return rows < 2 ? Infinity : Math.ceil((times * (lastDay - firstDay)) / (rows - 1));
}

/** The day by which a periodic stream should be seen next, its usual lateness included. */
function expectedBy(rhythm: KnownRhythm, period: number, lastDay: Day, asOf: Day): Day {
  let next = rhythm.nextExpected ?? lastDay + period;
  while (next < asOf) next += period;
  return next + Math.min(7, Math.ceil(period / 7));
}
