// Whether the estimate of streams that nobody has seen yet may be trusted: a world is stopped at several moments and decided on, the product
// says how many there may be, and the rest of the world shows how many came. An estimate cannot know of what has not begun: that is told apart.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf } from '../world/calendar.ts';
import { scales } from '../world/world.ts';
import { decideByTruth } from './decide-by-truth.ts';
import type { Given, Judged, Part } from './part.ts';
import { parsed } from './product.ts';
import { strataBy } from './strata.ts';
import { isOurs, readTotals, readTruth, trueKinds } from './truth.ts';
import type { Origin } from './truth.ts';
import { fileWorld, makeWorld, networksOf } from './world.ts';
import type { WorldName } from './world.ts';

/** What `zegel ladder --when --json` says of streams unseen. */
export interface Estimate {
  readonly seen: number;
  readonly chao: number;
  readonly coverage: number;
  readonly range: readonly [low: number, high: number];
}

/** What was seen by a moment, and what came after it. */
export interface Came {
  /** Origins of ours that reports had shown. */
  readonly seen: number;
  /** That reports showed later, that might have mailed before, and come at least twice in as much time as was watched. */
  readonly within: number;
  /** That reports showed later, and that come more seldom. */
  readonly rarer: number;
  /** That reports showed later, and that only began then. */
  readonly begun: number;
}

/** An estimate, and what came. */
export interface Moment extends Estimate {
  readonly days: number;
  readonly came: Came;
}

/** Parts of the days of a world after which it is asked. */
const moments = [0.06, 0.12, 0.25, 0.5, 0.75];

/** Judges the estimate, where the world can be made again. */
export const unseen: Part = {
  judge: async ({ made, world, zegel, say, options }) =>
    made !== undefined && options.playing ? judgedOf(await ask({ made, world, zegel, say })) : [],
};

type Asked = Pick<Given, 'say' | 'world' | 'zegel'> & { readonly made: WorldName };

/** Stops the world at each moment, and asks. */
async function ask({ made, world, zegel, say }: Asked): Promise<Moment[]> {
  const { first, days } = scales[made.size as keyof typeof scales];
  const origins = originsOf(world);
  const whole = readTotals(world).messages;
  const home = mkdtempSync(join(tmpdir(), 'zegel-unseen-'));
  const gone = (): void => rmSync(home, { recursive: true, force: true });
  process.on('exit', gone);
  const told: Moment[] = [];
  try {
    for (const part of moments) {
      const after = Math.round(days * part);
      const until = dateOf(first + after);
      const folder = join(home, until);
      mkdirSync(folder);
      const stopped = join(folder, 'world');
      await makeWorld(made, stopped, { until });
      const { data } = await fileWorld(stopped, folder, zegel, { withoutReverse: false, say: () => {} });
      await decideByTruth(zegel, data, await readTruth(stopped, strataBy(networksOf(stopped))));
      let estimate: Estimate | undefined;
      await zegel(['ladder', '--when', '--json', '--data', data], (line) => {
        estimate = (parsed(line) as { readonly unseen: Estimate }).unseen;
      });
      if (estimate === undefined) throw new Error('ladder --when said nothing');
      const came = cameAfter(origins, { before: readTotals(stopped).messages, whole }, { day: until, days: after });
      told.push({ ...estimate, days: after, came });
      const { seen, chao, coverage, range } = estimate;
      say(
        `streams unseen after ${after} days: ${came.seen} seen (told ${seen}), ${Math.max(chao, coverage)} thought to be unseen (${range.join('–')}); ${came.within} came, ${came.rarer} that come more seldom, ${came.begun} that only began`,
      );
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    gone();
    process.off('exit', gone);
  }
  return told;
}

function originsOf(world: string): Readonly<Record<string, Origin>> {
  return JSON.parse(readFileSync(join(world, 'truth', 'origins.json'), 'utf8')) as Record<string, Origin>;
}

/** Days from one time to the next, by rhythm. What comes once never comes again. */
const periods: Readonly<Record<string, number>> = { daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 };

/**
 * What came after a day.
 *
 * @param before messages by origin until that day
 * @param whole messages by origin to the end
 * @param day the date on which it is asked
 * @param days how many were watched by then
 */
export function cameAfter(
  origins: Readonly<Record<string, Origin>>,
  { before, whole }: { readonly before: Counts; readonly whole: Counts },
  { day, days }: { readonly day: string; readonly days: number },
): Came {
  const ours = Object.entries(origins).filter(([, { kind }]) => isOurs(trueKinds.indexOf(kind)));
  const isIn = (counts: Counts, name: string): boolean => (counts[name] ?? 0) > 0;
  const later = ours.filter(([name]) => !isIn(before, name) && isIn(whole, name));
  const already = later.filter(([, { since = '' }]) => since < day);
  const within = already.filter(([, { every = '' }]) => 2 * (periods[every] ?? Infinity) <= days);
  return {
    seen: ours.filter(([name]) => isIn(before, name)).length,
    within: within.length,
    rarer: already.length - within.length,
    begun: later.length - already.length,
  };
}

type Counts = Readonly<Record<string, number>>;

/** The figures of the moments of a world. */
export function judgedOf(told: readonly Moment[]): Judged[] {
  return told.flatMap(({ days, seen, chao, coverage, range: [low, high], came }) => {
    const figure = (metric: string, value: number, more: Partial<Judged> = {}): Judged => ({
      variant: `streams unseen after ${days} days`,
      metric: `unseen-${metric}`,
      by: 'row',
      stratum: 'all',
      value,
      low: null,
      high: null,
      n: came.seen,
      ceiling: null,
      target: null,
      met: null,
      ...more,
    });
    // Half a stream is none: an estimate is a number of streams.
    const target = Math.floor(high + 0.5);
    return [
      figure('estimate', Math.max(chao, coverage), { low, high, n: seen }),
      figure('estimate-at-most', high, { n: seen }),
      figure('came', came.within, { target, met: came.within <= target }),
      figure('came-rarer', came.rarer),
      figure('came-begun', came.begun),
    ];
  });
}
