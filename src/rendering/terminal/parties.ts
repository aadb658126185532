import type { Party } from '../../protection/inventory/parties/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** A party with the streams that are its own. */
export interface PartyLine extends Party {
  readonly streams: readonly { readonly id: string; readonly name: string }[];
}

/** The parties as a list. */
export function partiesText(lines: readonly PartyLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('parties-none'), style);
  const shown = lines.slice(0, limit);
  const columns: Column<PartyLine>[] = [
    { title: words.say('parties-name'), cell: ({ name }) => safeText(name, 80), least: 14, paint: () => 'bold' },
    { title: words.say('parties-type'), cell: ({ type }) => words.say(`party-${type}`) },
    { title: words.say('parties-owner'), cell: ({ owner }) => safeText(owner, 80), least: 8 },
    { title: words.say('parties-contact'), cell: ({ contact }) => safeText(contact, 80), least: 8, optional: true },
    {
      title: words.say('parties-priority'),
      cell: ({ priority }) => (priority === null ? '' : String(priority)),
      align: 'right',
    },
    { title: words.say('parties-streams'), cell: ({ streams }) => words.integer(streams.length), align: 'right' },
  ];
  const left = lines.length - shown.length;
  return [
    ...table(columns, shown, style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}

/** One party with everything that is known of it. */
export function partyText(party: PartyLine, style: Style): string[] {
  const words = speech(style.language);
  const rows = [
    ['parties-type', words.say(`party-${party.type}`)],
    ['parties-owner', party.owner],
    ['parties-contact', party.contact],
    ['parties-contract', party.contract],
    ['parties-priority', party.priority === null ? '' : String(party.priority)],
  ] as const;
  return [
    ...wrapped(`${safeText(party.name, 200)}  (${party.id})`, style, 0, 'bold'),
    ...rows.flatMap(([title, text]) =>
      text === '' ? [] : wrapped(`${words.say(title)}: ${safeText(text, 1000)}`, style, 2),
    ),
    ...wrapped(words.say('parties-streams-of', { count: words.integer(party.streams.length) }), style, 2),
    ...party.streams.flatMap(({ id, name }) => wrapped(`${safeText(name, 100)}  (${id})`, style, 4)),
  ];
}
