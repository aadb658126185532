// Mail of ours that is seen far from home: passed on, or sent again. Who passes mail on does so for months and with all that his people
// get; who sends a signed message again has that one, for some days, and can have more of it than ever set out.
import type { Lot, Worked } from './lots.ts';
import type { SeriesIndex } from './series.ts';

/** Days after which nobody sends one message again any more, with those by which reports of a week blur it. */
const fewDays = 21;
/** Messages from which on it is a number; mail of one set-up comes by anywhere now and then. */
const inNumbers = 50;

/** How many set-ups of ours these pairs are: one of which a reporter left the selector out is not another. */
export function setUpsOf(pairs: Iterable<number>, all: Worked['pairs']): number {
  const found = [...pairs].map((pair) => all[pair]!);
  return found.filter(
    ({ domain, family }) => family !== '' || !found.some((other) => other.domain === domain && other.family !== ''),
  ).length;
}

/** What speaks for a message that is sent again. */
export interface OneSetUp {
  /** How long it came. */
  readonly days: number;
  /** What the set-up sent from its home in those days. */
  readonly sent: number;
}

/** `null` where several set-ups come by, or few messages, or for long, or of a set-up that most of our mail is of anyway. */
export function oneSetUpForDays(
  lots: readonly Lot[],
  setUps: number,
  { homes, columns }: Pick<Worked, 'columns' | 'homes'>,
  home: (pair: number) => readonly Lot[],
  period: { readonly first: number },
  index: SeriesIndex,
): OneSetUp | null {
  const sum = (of: (lot: Lot) => number): number => lots.reduce((total, lot) => total + of(lot), 0);
  if (setUps !== 1 || sum(({ away }) => away) < inNumbers || sum(({ broken }) => broken) > 0) return null;
  const first = Math.min(...lots.map((lot) => lot.first));
  const last = Math.max(...lots.map((lot) => lot.last));
  if (last - first >= fewDays) return null;
  const [pair] = lots.flatMap((lot) => [...lot.pairs]).reduce((a, b) => (b[1] > a[1] ? b : a));
  const all = homes.passed.reduce((a, b) => a + b, 0);
  if (homes.passed[pair]! - sum(({ away }) => away) >= 0.5 * all) return null;
  const series = index.of(
    home(pair).flatMap(({ combinations }) =>
      combinations.filter((at) => homes.pairOf[at] === pair && columns.lastDay[at]! >= first - 7),
    ),
  );
  // Mail is passed on when it comes, give or take the days that a report spans.
  let sent = 0;
  for (let day = Math.max(0, first - 7 - period.first); day <= last - period.first && day < series.length; day++)
    sent += series[day]!;
  return { days: last - first + 1, sent: Math.round(sent) };
}
