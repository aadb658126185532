import type { Sender, SenderMatch } from '../../protection/inventory/senders/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { moreLines } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** Where an entry of the catalogue comes from; `completed`: shipped, with an entry of one's own. */
export type SenderOrigin = 'completed' | 'map' | 'own' | 'shipped';

/** A sender as it is listed. */
export interface SenderLine {
  readonly sender: Sender;
  readonly origin: SenderOrigin;
  /** The streams there, `undefined` while they are not worked out. */
  readonly streams: readonly { readonly id: string; readonly name: string; readonly messages: number }[] | undefined;
}

/** How many senders are known, by where they come from. */
export type SenderCounts = Readonly<Record<SenderOrigin, number>>;

/** The catalogue as a list. */
export function sendersText(lines: readonly SenderLine[], counts: SenderCounts, style: Style, limit = 20): string[] {
  const words = speech(style.language);
  const all = counts.shipped + counts.completed + counts.own + counts.map;
  const title = words.say('senders-title', {
    count: words.integer(all),
    shipped: words.integer(counts.shipped + counts.completed),
    own: words.integer(counts.own + counts.completed),
    map: words.integer(counts.map),
  });
  const shown = lines.slice(0, limit);
  const columns: Column<SenderLine>[] = [
    {
      title: words.say('senders-name'),
      cell: ({ sender }) => safeText(sender.name, 80),
      least: 18,
      paint: () => 'bold',
    },
    { title: 'id', cell: ({ sender }) => safeText(sender.id, 70), least: 14 },
    { title: words.say('senders-spf'), cell: ({ sender }) => sender.align.spf, least: 10 },
    { title: words.say('senders-dkim'), cell: ({ sender }) => sender.align.dkim, least: 10 },
    {
      title: words.say('senders-mail'),
      cell: ({ streams = [] }) => (streams.length === 0 ? '' : words.short(messagesOf(streams))),
      align: 'right',
    },
    { title: words.say('senders-category'), cell: ({ sender }) => sender.category, optional: true },
    {
      title: words.say('senders-origin'),
      cell: ({ origin }) => words.say(`senders-origin-${origin}`),
      least: 8,
      optional: true,
      paint: ({ origin }) => (origin === 'own' || origin === 'completed' ? 'good' : 'dim'),
    },
  ];
  return [
    ...wrapped(title, style, 0, 'bold'),
    ...(lines.length === all ? [] : wrapped(words.say('senders-matching', { count: words.integer(lines.length) }), style, 0, 'dim')), // prettier-ignore
    '',
    ...(shown.length === 0 ? wrapped(words.say('senders-none'), style) : table(columns, shown, style)),
    ...moreLines(lines.length - shown.length, style, words),
  ];
}

/** One sender: by what it is recognised, what to do there, which streams are there. */
export function senderText(
  { sender, origin, streams }: SenderLine,
  style: Style,
  options: { readonly entry?: { readonly who: string; readonly at: number } } = {},
): string[] {
  const words = speech(style.language);
  const shared = sender.shared === 'both' ? 'senders-either' : sender.shared ? 'senders-shared' : 'senders-alone';
  const facts: [string, string][] = [
    ['id', sender.id],
    [words.say('senders-category'), sender.category],
    [words.say('senders-website'), safeText(sender.website, 200)],
    [words.say('senders-addresses'), words.say(shared)],
    [words.say('senders-spf'), sender.align.spf],
    [words.say('senders-dkim'), sender.align.dkim],
    [words.say('senders-passes-on'), sender.passesOn ?? ''],
    [words.say('senders-origin'), words.say(`senders-origin-${origin}`)],
  ];
  const { entry } = options;
  return [
    ...wrapped(safeText(sender.name, 200), style, 0, 'heading'),
    ...factLines(facts, style),
    ...(entry === undefined
      ? []
      : wrapped(
          words.say('senders-entry', { who: safeText(entry.who, 60), when: new Date(entry.at).toISOString().slice(0, 10) }), // prettier-ignore
          style,
          2,
          'dim',
        )),
    ...heading(words.say('senders-recognised-by'), style),
    ...factLines(recognitionOf(sender, words), style),
    ...heading(words.say('senders-what-to-do'), style),
    ...wrapped(safeText(sender.align.how[style.language ?? 'en'], 2000), style, 2),
    ...(streams === undefined
      ? []
      : [
          ...heading(words.say('senders-streams', { count: words.integer(streams.length) }), style),
          ...table(
            [
              { title: '', cell: ({ name }) => safeText(name, 120), least: 20 },
              { title: '', cell: ({ id }) => id, paint: () => 'dim' },
              { title: '', cell: ({ messages }) => words.integer(messages), align: 'right' },
            ],
            streams,
            style,
            { indent: 2, bare: true },
          ),
        ]),
    ...(sender.sources.length === 0
      ? []
      : [
          ...heading(words.say('senders-sources'), style),
          ...sender.sources.map((source) => `  ${paint(plain(safeText(source, 300), style), 'dim', style)}`),
        ]),
  ];
}

/** Whom a name, address or number is recognised as. */
export interface Recognised {
  /** `dkim`, `selector`, `envelope`, `include`, `cname`, `reverse`, `address`, `asn`. */
  readonly as: string;
  readonly match: SenderMatch;
}

export function recognisedText(what: string, found: readonly Recognised[], style: Style): string[] {
  const words = speech(style.language);
  if (found.length === 0) return wrapped(words.say('senders-which-none', { what: safeText(what, 200) }), style);
  return table(
    [
      { title: '', cell: ({ as }) => words.say(`senders-as-${as}`) },
      { title: '', cell: ({ match }) => safeText(match.sender.name, 80), least: 14, paint: () => 'bold' },
      { title: '', cell: ({ match }) => match.sender.id, least: 8 },
      { title: '', cell: ({ match }) => match.entry, least: 10 },
      { title: '', cell: ({ match }) => words.say(`senders-strength-${match.strength}`), paint: () => 'dim', least: 8 },
    ],
    found,
    style,
    { bare: true },
  );
}

function messagesOf(streams: NonNullable<SenderLine['streams']>): number {
  return streams.reduce((sum, { messages }) => sum + messages, 0);
}

function recognitionOf({ recognise }: Sender, words: Speech): [string, string][] {
  const parts = ['dkim', 'selectors', 'spf', 'returnPath', 'envelopeLabels', 'cname', 'reverse', 'rented', 'asns', 'networks'] as const; // prettier-ignore
  return parts.map((part) => [
    words.say(`senders-by-${part}`),
    (recognise[part] ?? []).map((each) => (part === 'asns' ? `AS${each}` : safeText(String(each), 253))).join('  '),
  ]);
}

/** Names and what is said of them, wrapped under each other; what says nothing is left out. */
function factLines(facts: readonly (readonly [string, string])[], style: Style): string[] {
  const said = facts.filter(([, text]) => text !== '');
  const wide = Math.max(...said.map(([name]) => name.length));
  return said.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrapped(text, style, wide + 4);
    return [`  ${paint(plain(name.padEnd(wide), style), 'dim', style)}  ${first.trimStart()}`, ...rest];
  });
}
