import type { DomainProposal, SeenDomain } from '../../protection/portfolio/index.ts';
import { dayText } from '../../protection/assessment/index.ts';
import type { Day } from '../../protection/history.ts';
import type { Letter, Role } from '../../protection/posture/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { letterPaint } from './posture.ts';
import { plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** A domain of the portfolio, with what is known of it. */
export interface DomainLine {
  readonly domain: string;
  readonly role?: Role;
  readonly came: string;
  readonly note: string;
  readonly seen?: SeenDomain;
  /** What was found when it was last looked at. */
  readonly look?: { readonly day: string; readonly letter: Letter; readonly asks: string };
  /** The policy that the newest report says was published. */
  readonly reported?: { readonly p: string; readonly day: string };
}

/** The portfolio as a list. `limit`: how many lines. */
export function domainsText(lines: readonly DomainLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('domains-none'), style);
  const shown = lines.slice(0, limit);
  const policy = ({ look, reported }: DomainLine): string =>
    look === undefined ? (reported?.p ?? '') : words.say(`posture-asks-${look.asks}`);
  const columns: Column<DomainLine>[] = [
    { title: words.say('domains-domain'), cell: ({ domain }) => safeText(domain, 253), least: 16, paint: () => 'bold' },
    { title: words.say('domains-role'), cell: ({ role }) => words.say(`domains-role-${role ?? 'untold'}`) },
    {
      title: words.say('domains-grade'),
      cell: ({ look }) => look?.letter ?? '',
      paint: ({ look }) => (look === undefined ? undefined : letterPaint(look.letter)),
    },
    { title: words.say('domains-policy'), cell: (line) => safeText(policy(line), 40), least: 10 },
    {
      title: words.say('domains-seen'),
      cell: ({ seen }) => (seen === undefined ? words.say('domains-never') : dayText(seen.lastDay)),
    },
    {
      title: words.say('domains-messages'),
      cell: ({ seen }) => (seen === undefined ? '' : words.integer(seen.messages)),
      align: 'right',
    },
  ];
  const left = lines.length - shown.length;
  return [
    ...table(columns, shown, style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}

/** Domains that reports tell of and that are not in the portfolio. */
export function proposalsText(proposals: readonly DomainProposal[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (proposals.length === 0) return wrapped(words.say('domains-no-proposals'), style);
  const shown = proposals.slice(0, limit);
  const columns: Column<DomainProposal>[] = [
    { title: words.say('domains-domain'), cell: ({ domain }) => safeText(domain, 253), least: 16, paint: () => 'bold' },
    { title: words.say('domains-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    {
      title: words.say('domains-aligned'),
      cell: ({ messages, alignedMessages }) => (messages === 0 ? '' : words.percent(alignedMessages / messages)),
      align: 'right',
    },
    { title: words.say('domains-seen'), cell: ({ lastDay }) => dayText(lastDay) },
    {
      title: words.say('domains-why'),
      cell: ({ isPolicyDomain, below }) =>
        [
          words.say(isPolicyDomain ? 'domains-by-policy' : 'domains-by-mail'),
          ...(below === undefined ? [] : [words.say('domains-below', { domain: safeText(below, 253) })]),
        ].join(', '),
      least: 14,
      paint: () => 'dim',
    },
  ];
  const left = proposals.length - shown.length;
  return [
    ...table(columns, shown, style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
    '',
    ...wrapped(words.say('domains-propose-how'), style, 0, 'good'),
  ];
}

/** One answer of a name's history. */
export interface HistoryLine {
  readonly type: string;
  readonly first: Day;
  readonly last: Day;
  /** As a zone file shows them; none for an absence, whose kind is said. */
  readonly records: readonly string[];
  readonly kind: 'no-data' | 'no-such-name' | 'records';
  readonly aliases: readonly string[];
}

/** What a name published, by type, the newest first. */
export function recordHistoryText(name: string, lines: readonly HistoryLine[], style: Style): string[] {
  const words = speech(style.language);
  const shown = safeText(name, 253);
  if (lines.length === 0) return wrapped(words.say('snapshot-none', { name: shown }), style);
  return lines.flatMap((line) => {
    const first = dayText(line.first);
    const days = line.first === line.last ? first : words.say('snapshot-days', { first, last: dayText(line.last) });
    const texts = line.records.map((text) => safeText(text, 4000));
    return [
      ...wrapped(`${shown} ${line.type}  ${plain(days, style)}`, style, 0, 'bold'),
      ...(line.aliases.length === 0
        ? []
        : wrapped(
            words.say('snapshot-alias', { name: line.aliases.map((each) => safeText(each, 253)).join(', ') }),
            style,
            2,
            'dim',
          )),
      ...(line.kind === 'records'
        ? texts.flatMap((text) => wrapped(text, style, 2))
        : wrapped(words.say(`snapshot-${line.kind}`), style, 2, 'warn')),
    ];
  });
}
