import type { DeclaredAndSeen, Declaration } from '../../protection/inventory/declared/index.ts';
import type { MailStream } from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** A declaration as it is listed. */
export interface DeclaredLine extends Declaration {
  readonly id: number;
  /** Its networks that count as exclusively the organisation's. */
  readonly exclusiveNetworks: readonly string[];
}

/** What the organisation says it has, as a list. */
export function declaredText(lines: readonly DeclaredLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('declared-none'), style);
  const columns: Column<DeclaredLine>[] = [
    { title: words.say('declared-number'), cell: ({ id }) => String(id), align: 'right', paint: () => 'dim' },
    { title: words.say('declared-party'), cell: ({ party }) => safeText(party, 80), least: 8 },
    { title: words.say('declared-sender'), cell: ({ sender }) => safeText(sender, 80), least: 12, paint: () => 'bold' },
    { title: words.say('declared-rhythm'), cell: ({ rhythm }) => safeText(rhythm, 20), least: 6, optional: true },
    { title: words.say('declared-domains'), cell: ({ domains }) => several(domains), least: 12, optional: true },
    { title: words.say('declared-networks'), cell: ({ networks }) => several(networks), least: 10 },
    {
      title: words.say('declared-exclusive'),
      cell: ({ networks, exclusiveNetworks }) =>
        networks.length === 0
          ? ''
          : words.say(
              exclusiveNetworks.length === 0
                ? 'declared-no'
                : exclusiveNetworks.length === networks.length
                  ? 'declared-yes'
                  : 'declared-partly',
            ),
    },
  ];
  return cut(lines, limit, style, (shown) => table(columns, shown, style));
}

/** Declared and unseen, seen and undeclared. */
export function heldText(held: DeclaredAndSeen<Declaration>, style: Style, limit = 20): string[] {
  const words = speech(style.language);
  return [
    ...wrapped(
      words.say('declared-seen', {
        seen: words.integer(held.seen.length),
        total: words.integer(held.seen.length + held.unseen.length),
      }),
      style,
    ),
    ...heading(words.say('declared-unseen-heading', { count: words.integer(held.unseen.length) }), style),
    ...unseenText(held.unseen, style, limit),
    ...heading(words.say('declared-undeclared-heading', { count: words.integer(held.undeclared.length) }), style),
    ...undeclaredText(held.undeclared, style, limit),
  ];
}

/** Declarations that no stream is. */
export function unseenText(unseen: DeclaredAndSeen<Declaration>['unseen'], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (unseen.length === 0) return wrapped(words.say('declared-all-seen'), style);
  const columns: Column<(typeof unseen)[number]>[] = [
    { title: words.say('declared-party'), cell: ({ declaration }) => safeText(declaration.party, 80), least: 8 },
    {
      title: words.say('declared-sender'),
      cell: ({ declaration }) => safeText(declaration.sender, 80),
      least: 12,
      paint: () => 'bold',
    },
    { title: words.say('declared-domains'), cell: ({ declaration }) => several(declaration.domains), least: 12 },
    { title: words.say('declared-rhythm'), cell: ({ declaration }) => safeText(declaration.rhythm, 20), least: 6 },
    {
      title: words.say('declared-why'),
      cell: ({ mayBeQuiet }) => words.say(mayBeQuiet ? 'declared-may-be-quiet' : 'declared-should-be-seen'),
      least: 14,
      paint: ({ mayBeQuiet }) => (mayBeQuiet ? 'dim' : 'warn'),
    },
  ];
  return cut(unseen, limit, style, (shown) => table(columns, shown, style));
}

/** Streams of which no declaration speaks. */
export function undeclaredText(streams: readonly MailStream[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (streams.length === 0) return wrapped(words.say('declared-all-declared'), style);
  const columns: Column<MailStream>[] = [
    { title: words.say('decisions-stream'), cell: ({ name }) => safeText(name, 80), least: 14, paint: () => 'bold' },
    { title: words.say('decisions-id'), cell: ({ id }) => id, paint: () => 'dim', optional: true },
    { title: words.say('declared-sender'), cell: ({ sender }) => safeText(sender ?? '', 80), least: 8 },
    { title: words.say('declared-kind'), cell: ({ kind }) => words.say(`stream-kind-${kind}`) },
    {
      title: words.say('declared-domains'),
      cell: ({ authorDomains }) => several(authorDomains.map(({ domain }) => domain)),
      least: 12,
      optional: true,
    },
    { title: words.say('decisions-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  return cut(streams, limit, style, (shown) => table(columns, shown, style));
}

function several(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  return safeText(rest.length === 0 ? first : `${first} +${rest.length}`, 253);
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
