import { dayText } from '../../protection/assessment/index.ts';
import type { Day } from '../../protection/history.ts';
import type { UnseenEstimate } from '../../protection/plan/unseen/index.ts';
import type { When } from '../../protection/plan/tasks/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { sparkline } from './bars.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

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

/** The forecast for a person. */
export function whenText(
  { asOf, portfolio, pace, all, domains, burnDown, unseen }: ToldWhen,
  style: Style,
  limit = 20,
): string[] {
  const words = speech(style.language);
  const n = (value: number): string => words.integer(value);
  const lines = [...heading(words.say('when-title', { day: asOf }), style)];
  const say = (code: string, values: Record<string, string> = {}): void =>
    void lines.push(...wrapped(words.say(code, values), style));
  if (portfolio.domains === 0) say('ladder-empty');
  else if (all === null) say(portfolio.awaitingWord === 0 ? 'when-there' : 'when-there-but');
  else if (all.likely === null || all.range === null)
    say('when-no-pace', { earliest: all.earliest, weeks: n(pace.weeks) });
  else
    say('when-all', {
      likely: all.likely,
      low: all.range[0],
      high: all.range[1],
      earliest: all.earliest,
      pace: pace.closedPerWeek.toFixed(1),
      weeks: n(pace.weeks),
    });
  if (portfolio.awaitingWord > 0) say('when-word', { count: n(portfolio.awaitingWord) });
  const open = burnDown.map((week) => week.open);
  lines.push(
    ...heading(words.say('when-burn-down'), style),
    ...wrapped(
      `${sparkline(open, open.length, style)}  ${words.say('when-open', { from: n(open[0] ?? 0), to: n(open.at(-1) ?? 0), weeks: n(open.length) })}`,
      style,
    ),
  );
  if (domains.length > 0) {
    const shown = domains.slice(0, limit);
    lines.push(
      ...heading(words.say('when-domains'), style),
      ...table(
        [
          {
            title: words.say('ladder-domain'),
            cell: ({ domain }) => safeText(domain, 253),
            least: 18,
            paint: () => 'bold' as const,
          },
          { title: words.say('when-earliest'), cell: ({ earliest }) => earliest },
          { title: words.say('when-likely'), cell: ({ likely }) => likely ?? '-' },
          {
            title: words.say('when-range'),
            cell: ({ range }) => (range === null ? '' : `${range[0]} – ${range[1]}`),
            optional: true,
          },
          {
            title: words.say('when-tasks'),
            cell: ({ tasks }) => (tasks === 0 ? '' : n(tasks)),
            align: 'right' as const,
          },
          {
            title: words.say('when-moves'),
            cell: ({ moves }) => moves.map((each) => words.say(`when-moves-${each}`)).join(', '),
            least: 10,
          },
        ],
        shown,
        style,
      ),
      ...(domains.length > shown.length
        ? wrapped(words.say('more', { count: n(domains.length - shown.length) }), style, 0, 'dim')
        : []),
    );
  }
  lines.push(...heading(words.say('when-unseen'), style));
  say('when-unseen-seen', {
    seen: n(unseen.seen),
    from: unseen.from,
    to: unseen.to,
    weeks: n(unseen.weeks),
    once: n(unseen.once),
    twice: n(unseen.twice),
  });
  say('when-unseen-estimate', {
    estimate: Math.max(unseen.chao, unseen.coverage).toFixed(1),
    low: unseen.range[0].toFixed(0),
    high: unseen.range[1].toFixed(0),
  });
  lines.push(...wrapped(words.say('when-unseen-not'), style, 0, 'dim'));
  return lines;
}
