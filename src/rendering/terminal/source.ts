import type { DayCount, SourceAddress, SourceDetail } from '../../protection/assessment/index.ts';
import { alignedKinds, scenarioNames } from '../../protection/simulation/index.ts';
import { domainText } from '../phrases.ts';
import { speech } from '../speech.ts';
import { networkText, strictText, whoIs } from '../who.ts';
import { legText, listLength, more, number } from './parts.ts';
import { sparkline } from './bars.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** One group of sources for a terminal: what it is, what holds, what it sends as, and the addresses behind it. */
export function sourceText(
  detail: SourceDetail,
  style: Style,
  options: { readonly limit?: number; readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  const { group, series } = detail;
  const { name, spf, where } = whoIs(group, words);
  const shown = group.behind.slice(0, options.limit ?? listLength);
  const facts: readonly (readonly [string, string])[] = [
    [words.say('network'), where],
    [words.say('seen'), `${group.first} – ${group.last}  ${words.say(`trend-${group.trend.word}`)}`],
    [words.say('messages'), `${words.integer(group.messages)}  ${words.percent(group.share)}`],
    [words.say('rows'), words.integer(group.rows)],
    ['DKIM', legText(group, group.legs.dkimRelaxed, words)],
    ['SPF', [legText(group, group.legs.spfRelaxed, words), spf].filter((part) => part !== '').join('  ')],
    ['', strictText(group, words)],
    ...alignedKinds.map((kind) => [words.say(kind), words.integer(group.aligned[kind])] as const),
  ];
  const lines = [
    `${paint(plain(name, style), 'heading', style)}  ${paint(group.id, 'dim', style)}`,
    ...table(
      [
        { title: '', cell: (row) => row[0], paint: () => 'dim' },
        { title: '', cell: (row) => row[1], least: 20 },
      ],
      facts.filter(([, said]) => said !== ''),
      style,
      { indent: 2, bare: true },
    ),
  ];
  if (series !== null && series.length > 1) {
    const perDay = series.map((day: DayCount) => day.both + day.dkimOnly + day.spfOnly + day.neither);
    const peak = words.say('peak', { messages: words.integer(Math.max(...perDay)) });
    lines.push('', ...wrapped(`${words.say('by-day')}, ${peak}`, style, 2, 'dim'));
    lines.push(`  ${sparkline(perDay, style.width - 2, style)}`);
  }
  lines.push(...heading(words.say('would-fail'), style));
  lines.push(
    ...table(
      [
        { title: '', cell: (row) => words.say(row), least: 10 },
        number(words.say('messages'), (row: (typeof scenarioNames)[number]) => group.fails[row], words),
        {
          title: '',
          cell: (row) =>
            group.unknown[row] > 0 ? words.say('up-to', { messages: words.integer(group.unknown[row]) }) : '',
        },
      ],
      scenarioNames,
      style,
      { indent: 2 },
    ),
  );
  lines.push(...heading(words.say('sends-as'), style));
  lines.push(
    ...table(
      [
        { title: words.say('domain'), cell: (row) => domainText(row.domain, words), least: 20 },
        number(words.say('messages'), (row: (typeof group.domains)[number]) => row.messages, words),
      ],
      group.domains,
      style,
      { indent: 2 },
    ),
  );
  const others = group.domainCount - group.domains.length;
  if (others > 0)
    lines.push(`  ${paint(plain(words.say('more', { count: words.integer(others) }), style), 'dim', style)}`);
  lines.push(...heading(words.say('count-addresses', { count: words.integer(group.addresses) }), style));
  lines.push(
    ...table(
      [
        { title: words.say('address'), cell: (row) => row.address ?? words.say('unknown-address'), least: 15 },
        number(words.say('messages'), (row: SourceAddress) => row.messages, words),
        number(words.say('fails'), (row: SourceAddress) => row.fails, words),
        { title: words.say('seen'), cell: (row) => `${row.first} – ${row.last}` },
        {
          title: group.network === null ? words.say('network') : '',
          cell: (row) => (group.network === null && row.network !== null ? networkText(row.network) : ''),
          least: 8,
        },
      ],
      shown,
      style,
      { indent: 2 },
    ),
    ...more(
      group.behind.length - shown.length,
      `${options.command ?? 'zegel'} assess --source ${group.id} --all`,
      style,
      words,
    ),
  );
  return lines;
}
