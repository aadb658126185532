import { dayText } from '../protection/assessment/index.ts';
import type { Day } from '../protection/history.ts';
import type { UnseenEstimate } from '../protection/plan/unseen/index.ts';
import type { When } from '../protection/plan/tasks/index.ts';
import type { Speech } from './speech.ts';

// What is said of a forecast in the same words wherever one is shown.

/** The forecast with days as texts: what `zegel ladder --when --json` prints. */
export interface ToldWhen {
  readonly schema: 'zegel/when/1';
  readonly asOf: string;
  readonly portfolio: When['portfolio'];
  readonly pace: { readonly closedPerWeek: number; readonly weeks: number };
  readonly all: ToldDate | null;
  readonly domains: readonly (ToldDate & {
    readonly domain: string;
    readonly tasks: number;
    readonly moves: readonly string[];
  })[];
  readonly burnDown: readonly {
    readonly day: string;
    readonly open: number;
    readonly opened: number;
    readonly closed: number;
  }[];
  readonly unseen: UnseenEstimate & { readonly weeks: number; readonly from: string; readonly to: string };
}

interface ToldDate {
  readonly earliest: string;
  readonly likely: string | null;
  readonly range: readonly [string, string] | null;
}

/** Puts a forecast and an estimate together, the last to be there first. */
export function toldWhen(
  { forecast, burnDown, portfolio }: When,
  unseen: UnseenEstimate & { readonly weeks: number },
  asOf: Day,
  period: { readonly first: Day; readonly last: Day },
): ToldWhen {
  const dates = ({
    earliest,
    likely,
    range,
  }: {
    earliest: Day;
    likely: Day | null;
    range: readonly [Day, Day] | null;
  }): ToldDate => ({
    earliest: dayText(earliest),
    likely: likely === null ? null : dayText(likely),
    range: range === null ? null : [dayText(range[0]), dayText(range[1])],
  });
  return {
    schema: 'zegel/when/1',
    asOf: dayText(asOf),
    portfolio,
    pace: { closedPerWeek: forecast.pace, weeks: forecast.weeks },
    all: forecast.all === null ? null : dates(forecast.all),
    domains: forecast.domains
      .toSorted((a, b) => (b.likely ?? Infinity) - (a.likely ?? Infinity) || b.earliest - a.earliest)
      .map((each) => ({ domain: each.domain, ...dates(each), tasks: each.tasks, moves: each.moves })),
    burnDown: burnDown.map(({ day, ...rest }) => ({ day: dayText(day), ...rest })),
    unseen: { ...unseen, from: dayText(period.first), to: dayText(period.last) },
  };
}

/** When the last domain may be there, in sentences: what is known of it, and how many wait for a person's word. */
export function whenSentences({ portfolio, pace, all }: ToldWhen, words: Speech): string[] {
  const weeks = words.integer(pace.weeks);
  const first =
    portfolio.domains === 0
      ? words.say('ladder-empty')
      : all === null
        ? words.say(portfolio.awaitingWord === 0 ? 'when-there' : 'when-there-but')
        : all.likely === null || all.range === null
          ? words.say('when-no-pace', { earliest: all.earliest, weeks })
          : words.say('when-all', {
              likely: all.likely,
              low: all.range[0],
              high: all.range[1],
              earliest: all.earliest,
              pace: words.decimal(pace.closedPerWeek, 1),
              weeks,
            });
  if (portfolio.awaitingWord === 0) return [first];
  return [first, words.say('when-word', { count: words.integer(portfolio.awaitingWord) })];
}

/** How the streams in the way went down, in a few words. */
export function burnDownText({ burnDown }: Pick<ToldWhen, 'burnDown'>, words: Speech): string {
  const [first, last] = [burnDown[0], burnDown.at(-1)];
  return words.say('when-open', {
    from: words.integer(first?.open ?? 0),
    to: words.integer(last?.open ?? 0),
    weeks: words.integer(burnDown.length),
  });
}

/** What moves the date of a domain: `work, time`. */
export function movesText(moves: readonly string[], words: Speech): string {
  return moves.map((each) => words.say(`when-moves-${each}`)).join(', ');
}

/** How many streams may not have been seen yet: what was seen, the estimate, and what it says nothing of. */
export function unseenSentences({ unseen }: Pick<ToldWhen, 'unseen'>, words: Speech): [string, string, string] {
  const n = (value: number): string => words.integer(value);
  return [
    words.say('when-unseen-seen', {
      seen: n(unseen.seen),
      from: unseen.from,
      to: unseen.to,
      weeks: n(unseen.weeks),
      once: n(unseen.once),
      twice: n(unseen.twice),
    }),
    words.say('when-unseen-estimate', {
      estimate: words.decimal(Math.max(unseen.chao, unseen.coverage), 1),
      low: n(unseen.range[0]),
      high: n(unseen.range[1]),
    }),
    words.say('when-unseen-not'),
  ];
}
