import { dayText } from '../../protection/assessment/index.ts';
import type { Decision, NewSource } from '../../protection/inventory/decisions/index.ts';
import type { DecisionVerdict, MailStream } from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** A decision as it is listed: with the name of its stream, and what the part it is about has now, where that is known. */
export interface DecisionLine {
  readonly decision: Decision;
  readonly name: string;
  readonly messages?: number;
}

/** A decision that is made, or would be. */
export interface DecidedLine {
  readonly id: string;
  readonly name: string;
  readonly verdict: DecisionVerdict;
  readonly part: string;
  readonly messages: number;
  readonly sources: number;
  readonly kind: MailStream['kind'];
  readonly confidence: number;
}

const paints: Readonly<Record<DecisionVerdict, Paint>> = {
  authorised: 'good',
  forbidden: 'bad',
  forwarder: 'warn',
  undecided: 'dim',
};

/** The history of decisions, in the order given. */
export function decisionsText(lines: readonly DecisionLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('decisions-none'), style);
  const columns: Column<DecisionLine>[] = [
    { title: words.say('decisions-when'), cell: ({ decision }) => momentText(decision.at) },
    { title: words.say('decisions-who'), cell: ({ decision }) => safeText(decision.who, 60), least: 8 },
    {
      title: words.say('decisions-verdict'),
      cell: ({ decision }) => words.say(`verdict-${decision.verdict}`),
      paint: ({ decision }) => (decision.undone === undefined ? paints[decision.verdict] : 'dim'),
    },
    { title: words.say('decisions-stream'), cell: ({ name }) => safeText(name, 80), least: 14, paint: () => 'bold' },
    { title: words.say('decisions-id'), cell: ({ decision }) => decision.id, paint: () => 'dim' },
  ];
  const below = ({ decision }: DecisionLine): string =>
    [
      partText(decision.narrow.sources, decision.narrow.authorDomains),
      decision.why,
      ...(decision.undone === undefined
        ? []
        : [
            words.say('decisions-undone', {
              when: momentText(decision.undone.at),
              who: safeText(decision.undone.who, 60),
              why: decision.undone.why === '' ? '' : `: ${safeText(decision.undone.why, 200)}`,
            }),
          ]),
    ]
      .filter((text) => text !== '')
      .map((text) => safeText(text, 300))
      .join(' · ');
  return cut(lines, limit, style, (shown) => table(columns, shown, style, { below, belowColumn: 2 }));
}

/** What is decided, or would be: one line a part. */
export function decidedText(lines: readonly DecidedLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  const columns: Column<DecidedLine>[] = [
    {
      title: words.say('decisions-verdict'),
      cell: ({ verdict }) => words.say(`verdict-${verdict}`),
      paint: ({ verdict }) => paints[verdict],
    },
    { title: words.say('decisions-stream'), cell: ({ name }) => safeText(name, 80), least: 14, paint: () => 'bold' },
    { title: words.say('decisions-id'), cell: ({ id }) => id, paint: () => 'dim', optional: true },
    { title: words.say('decisions-part'), cell: ({ part }) => safeText(part, 80), least: 8, optional: true },
    { title: words.say('decisions-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: words.say('decisions-sources'), cell: ({ sources }) => words.integer(sources), align: 'right' },
  ];
  return cut(lines, limit, style, (shown) => table(columns, shown, style));
}

/** Sources that came to streams after these were decided on. */
export function newSourcesText(
  lines: readonly (NewSource & { readonly name: string })[],
  style: Style,
  limit = 20,
): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('decisions-no-new'), style);
  const columns: Column<(typeof lines)[number]>[] = [
    { title: words.say('decisions-source'), cell: ({ source }) => source ?? words.say('decisions-no-address') },
    { title: words.say('decisions-stream'), cell: ({ name }) => safeText(name, 80), least: 14, paint: () => 'bold' },
    {
      title: words.say('decisions-verdict'),
      cell: ({ decision }) => words.say(`verdict-${decision.verdict}`),
      paint: ({ decision }) => paints[decision.verdict],
    },
    { title: words.say('decisions-first'), cell: ({ firstDay }) => dayText(firstDay), optional: true },
    { title: words.say('decisions-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    {
      title: words.say('decisions-domains'),
      cell: ({ authorDomains }) => safeText(authorDomains.join(' '), 200),
      least: 12,
      paint: () => 'dim',
      optional: true,
    },
  ];
  return [
    ...wrapped(words.say('decisions-new-why'), style),
    '',
    ...cut(lines, limit, style, (shown) => table(columns, shown, style)),
  ];
}

/** Which part of a stream is meant; `''` for all of it. */
export function partText(sources: readonly string[], authorDomains: readonly string[]): string {
  return [...sources, ...authorDomains].join(' ');
}

function cut<T>(lines: readonly T[], limit: number, style: Style, render: (shown: readonly T[]) => string[]): string[] {
  const shown = lines.slice(0, limit);
  const left = lines.length - shown.length;
  const words = speech(style.language);
  return [
    ...render(shown),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}

function momentText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
