import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { burnDownText, movesText, unseenSentences, whenSentences } from '../when-phrases.ts';
import type { ToldWhen } from '../when-phrases.ts';
import { sparkline } from './bars.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** The forecast for a person. */
export function whenText(told: ToldWhen, style: Style, limit = 20): string[] {
  const words = speech(style.language);
  const n = (value: number): string => words.integer(value);
  const { asOf, domains, burnDown } = told;
  const lines = [...heading(words.say('when-title', { day: asOf }), style)];
  for (const sentence of whenSentences(told, words)) lines.push(...wrapped(sentence, style));
  const open = burnDown.map((week) => week.open);
  lines.push(
    ...heading(words.say('when-burn-down'), style),
    ...wrapped(`${sparkline(open, open.length, style)}  ${burnDownText(told, words)}`, style),
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
            cell: ({ moves }) => movesText(moves, words),
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
  const [seen, estimate, not] = unseenSentences(told, words);
  lines.push(...wrapped(seen, style), ...wrapped(estimate, style), ...wrapped(not, style, 0, 'dim'));
  return lines;
}
