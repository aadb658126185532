// When: how many streams were open week by week, how fast they are closed, and when each domain may reach its last rung at that pace. A range,
// from what chance would do with so few closings; and what moves the date.
import type { Day } from '../../history.ts';
import { generator } from '../unseen/estimate.ts';
import { rungs, rungTags } from '../records/wish.ts';
import type { Rung } from '../records/wish.ts';

/** A stream that was in the way: since when, and until when; `null` while it still is. */
export interface OpenSpan {
  readonly from: Day;
  readonly to: Day | null;
}

/** One week, told by its last day. */
export interface BurnDownWeek {
  readonly day: Day;
  /** Streams in the way at its end, and how many came and went in it. */
  readonly open: number;
  readonly opened: number;
  readonly closed: number;
}

/** The weeks up to a day, the last of them whole. */
export function burnDown(spans: readonly OpenSpan[], asOf: Day, weeks: number): BurnDownWeek[] {
  return Array.from({ length: weeks }, (_, at) => {
    const day = asOf - 7 * (weeks - 1 - at);
    const isIn = (when: Day | null): boolean => when !== null && when > day - 7 && when <= day;
    return {
      day,
      open: spans.filter(({ from, to }) => from <= day && (to === null || to > day)).length,
      opened: spans.filter(({ from }) => isIn(from)).length,
      closed: spans.filter(({ to }) => isIn(to)).length,
    };
  });
}

/** What stands between a domain and its last rung. */
export interface DomainRoad {
  readonly domain: string;
  readonly rung: Rung | null;
  readonly end: Rung;
  /** The day on which what only takes time is over for the next rung. */
  readonly waitUntil: Day | null;
  /** Days that a rung has to hold before the next. */
  readonly holdOf: (rung: Rung) => number;
  /** Tasks that are in its way, by their place in the order in which they are done. */
  readonly tasks: readonly number[];
  /** Reasons that no task mends: a person has to accept or say something. */
  readonly words: number;
}

export interface DomainForecast {
  readonly domain: string;
  /** If everything that somebody has to do were done today. */
  readonly earliest: Day;
  /** At the pace of late: as likely sooner as later, and the range of eight in ten; `null` where nothing was closed of late. */
  readonly likely: Day | null;
  readonly range: readonly [low: Day, high: Day] | null;
  /** What moves it: the tasks in its way, what only takes time, or a person's word. */
  readonly moves: readonly ('tasks' | 'time' | 'word')[];
  readonly tasks: number;
}

export interface Forecast {
  /** Streams closed a week, of late. */
  readonly pace: number;
  readonly weeks: number;
  readonly domains: readonly DomainForecast[];
  /** When the last of them is there. */
  readonly all: {
    readonly earliest: Day;
    readonly likely: Day | null;
    readonly range: readonly [Day, Day] | null;
  } | null;
}

const runs = 500;

/**
 * Forecasts. Tasks are done one after the other in their order, at a pace of which only the closings of late tell.
 *
 * @param closings streams closed in the last `weeks` weeks
 */
export function forecast(roads: readonly DomainRoad[], closings: number, weeks: number, asOf: Day): Forecast {
  const travelling = roads.filter(({ rung, end }) => rung !== end);
  const longest = travelling.reduce((most, { tasks }) => Math.max(most, ...tasks.map((place) => place + 1), 0), 0);
  const random = generator(0x5eed);
  const wait = (): number => -Math.log(1 - random());
  const samples: number[][] = travelling.map(() => []);
  const ends: number[] = [];
  if (closings > 0) {
    for (let run = 0; run < runs; run++) {
      // So many closings in so many weeks may come of a pace that is higher or lower.
      let scale = 0;
      for (let at = 0; at < closings + 1; at++) scale += wait();
      const pace = scale / (weeks * 7);
      const doneAt: number[] = [];
      let day = 0;
      for (let at = 0; at < longest; at++) doneAt.push((day += wait() / pace));
      let last = asOf;
      for (const [at, road] of travelling.entries()) {
        const tasksDone = Math.ceil(road.tasks.reduce((most, place) => Math.max(most, doneAt[place] ?? 0), 0));
        const date = dateOf(road, asOf, tasksDone);
        samples[at]!.push(date);
        last = Math.max(last, date);
      }
      ends.push(last);
    }
  }
  const domains = travelling.map((road, at): DomainForecast => ({
    domain: road.domain,
    earliest: dateOf(road, asOf, 0),
    ...spread(samples[at]!),
    moves: [
      ...(road.tasks.length > 0 ? (['tasks'] as const) : []),
      ...(road.words > 0 ? (['word'] as const) : []),
      ...(dateOf(road, asOf, 0) > asOf ? (['time'] as const) : []),
    ],
    tasks: road.tasks.length,
  }));
  return {
    pace: Math.round((closings / weeks) * 100) / 100,
    weeks,
    domains,
    all:
      domains.length === 0 ? null : { earliest: Math.max(...domains.map(({ earliest }) => earliest)), ...spread(ends) },
  };
}

function spread(dates: readonly Day[]): Pick<DomainForecast, 'likely' | 'range'> {
  if (dates.length === 0) return { likely: null, range: null };
  const sorted = [...dates].sort((a, b) => a - b);
  const at = (share: number): Day => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { likely: at(0.5), range: [at(0.1), at(0.9)] };
}

/**
 * The day a domain reaches its last rung. Soft rungs may be gone up while tasks are open, since they cost nothing; full ones wait for them.
 *
 * @param tasksDone days until nothing is in its way any more
 */
function dateOf({ rung, end, waitUntil, holdOf }: DomainRoad, asOf: Day, tasksDone: number): Day {
  const last = rungs.indexOf(end);
  let at = rung === null ? -1 : rungs.indexOf(rung);
  let day = Math.max(asOf, waitUntil ?? asOf);
  while (at < last) {
    const next = rungs[at + 1]!;
    if (!rungTags[next].isSoft && next !== 'none') day = Math.max(day, asOf + tasksDone);
    at += 1;
    if (at < last) day += holdOf(next);
  }
  return Math.max(day, asOf + (rung === end ? 0 : tasksDone));
}
