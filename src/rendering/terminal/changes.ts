import { dayText } from '../../protection/assessment/index.ts';
import type { Changes, MailStream } from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { moreLines } from './parts.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { kindPaints } from './streams.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** What is new since a day: first what asks for a decision, then what is missed, then what came. */
export function inventoryChangesText(
  changes: Changes,
  streams: readonly MailStream[],
  style: Style,
  limit = 20,
): string[] {
  const words = speech(style.language);
  const { since, period } = changes;
  const lists = [
    uninheritedText(changes, streams, style, words, limit),
    silentText(changes, style, words, limit),
    jumpedText(changes, style, words, limit),
    streamsText(changes, style, words, limit),
    selectorsText(changes, style, words, limit),
    namesText(changes, style, words, limit),
    sourcesText(changes, streams, style, words, limit),
  ];
  const title = words.say('changes-title', { since: dayText(since), last: dayText(period.last) });
  const isWhole = since <= period.first;
  const lines = lists.flat();
  return [
    ...wrapped(title, style, 0, 'bold'),
    ...(isWhole ? wrapped(words.say('changes-before', { first: dayText(period.first) }), style, 0, 'warn') : []),
    ...(lines.length === 0 ? wrapped(words.say('changes-nothing', { since: dayText(since) }), style) : lines),
  ];
}

function list<T>(
  title: string,
  lines: readonly T[],
  columns: readonly Column<T>[],
  style: Style,
  words: Speech,
  limit: number,
  after: readonly string[] = [],
  below: (line: T) => string = () => '',
): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, limit);
  return [
    ...heading(words.say(title, { count: words.integer(lines.length) }), style),
    ...table(columns, shown, style, { indent: 2, below, belowColumn: 0 }),
    ...moreLines(lines.length - shown.length, style, words).map((line) => `  ${line}`),
    ...after,
  ];
}

function streamColumns<T extends { readonly stream: MailStream }>(words: Speech): Column<T>[] {
  return [
    {
      title: words.say('streams-stream'),
      cell: ({ stream }) => safeText(stream.name, 160),
      least: 14,
      paint: () => 'bold',
    },
    {
      title: words.say('streams-kind'),
      cell: ({ stream }) => words.say(`kind-${stream.kind}`),
      paint: ({ stream }) => kindPaints[stream.kind],
    },
  ];
}

function idOf({ stream }: { readonly stream: MailStream }): string {
  return stream.id;
}

function uninheritedText(
  { uninherited }: Changes,
  streams: readonly MailStream[],
  style: Style,
  words: Speech,
  limit: number,
): string[] {
  type Line = Changes['uninherited'][number];
  const columns: Column<Line>[] = [
    { title: words.say('sources-address'), cell: ({ source }) => safeText(source ?? words.say('sources-unknown'), 45) },
    {
      title: words.say('streams-stream'),
      cell: ({ stream }) => safeText(streams[stream]?.name ?? '', 160),
      least: 14,
      paint: () => 'bold',
    },
    { title: words.say('changes-first'), cell: ({ firstDay }) => dayText(firstDay) },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  const after = wrapped(words.say('changes-decide'), style, 2, 'dim');
  return list('changes-uninherited', uninherited, columns, style, words, limit, after);
}

function silentText({ silent }: Changes, style: Style, words: Speech, limit: number): string[] {
  type Line = Changes['silent'][number];
  const columns: Column<Line>[] = [
    ...streamColumns<Line>(words),
    { title: words.say('stream-rhythm'), cell: ({ stream }) => words.say(`rhythm-${stream.rhythm.every}`) },
    { title: words.say('changes-last'), cell: ({ last }) => dayText(last) },
    { title: words.say('changes-due'), cell: ({ due }) => dayText(due), paint: () => 'warn', optional: true },
  ];
  return list('changes-silent', silent, columns, style, words, limit, [], idOf);
}

function jumpedText({ jumped }: Changes, style: Style, words: Speech, limit: number): string[] {
  type Line = Changes['jumped'][number];
  const columns: Column<Line>[] = [
    ...streamColumns<Line>(words),
    { title: words.say('changes-usual'), cell: ({ usual }) => words.integer(usual), align: 'right' },
    {
      title: words.say('changes-now'),
      cell: ({ messages }) => words.integer(messages),
      align: 'right',
      paint: () => 'warn',
    },
    { title: words.say('changes-when'), cell: ({ from }) => dayText(from) },
  ];
  return list('changes-jumped', jumped, columns, style, words, limit, [], idOf);
}

function streamsText({ streams }: Changes, style: Style, words: Speech, limit: number): string[] {
  const lines = streams.map((stream) => ({ stream }));
  const columns: Column<(typeof lines)[number]>[] = [
    ...streamColumns<(typeof lines)[number]>(words),
    { title: words.say('changes-first'), cell: ({ stream }) => dayText(stream.first) },
    { title: words.say('streams-messages'), cell: ({ stream }) => words.integer(stream.messages), align: 'right' },
  ];
  return list('changes-streams', lines, columns, style, words, limit, [], idOf);
}

function selectorsText({ selectors }: Changes, style: Style, words: Speech, limit: number): string[] {
  const held = selectors.filter((each) => each.held);
  const failing = selectors.length - held.length;
  const columns: Column<Changes['selectors'][number]>[] = [
    {
      title: words.say('changes-selector'),
      cell: ({ selector }) => safeText(selector, 100),
      least: 12,
      paint: () => 'bold',
    },
    { title: words.say('changes-domain'), cell: ({ domain }) => safeText(domain, 253), least: 14 },
    { title: words.say('changes-first'), cell: ({ first }) => dayText(first) },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  const after =
    failing === 0
      ? []
      : wrapped(words.say('changes-failing-selectors', { count: words.integer(failing) }), style, 2, 'dim');
  if (held.length === 0 && failing > 0)
    return [...heading(words.say('changes-selectors', { count: '0' }), style), ...after];
  return list('changes-selectors', held, columns, style, words, limit, after);
}

function namesText({ authorDomains }: Changes, style: Style, words: Speech, limit: number): string[] {
  const columns: Column<Changes['authorDomains'][number]>[] = [
    { title: words.say('changes-domain'), cell: ({ domain }) => safeText(domain, 253), least: 20, paint: () => 'bold' },
    {
      title: words.say('streams-kind'),
      cell: ({ kind }) => words.say(`kind-${kind}`),
      paint: ({ kind }) => kindPaints[kind],
    },
    { title: words.say('changes-first'), cell: ({ first }) => dayText(first) },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  return list('changes-names', authorDomains, columns, style, words, limit);
}

/** By stream: a thousand new addresses of a botnet are one line. */
function sourcesText(
  { sources }: Changes,
  streams: readonly MailStream[],
  style: Style,
  words: Speech,
  limit: number,
): string[] {
  const sums = new Map<number, { stream: MailStream; addresses: number; messages: number }>();
  for (const { streams: carried, messages } of sources) {
    const at = carried[0]?.at ?? -1;
    const stream = streams[at];
    if (stream === undefined) continue;
    const sum = sums.get(at);
    if (sum === undefined) sums.set(at, { stream, addresses: 1, messages });
    else {
      sum.addresses += 1;
      sum.messages += messages;
    }
  }
  const lines = [...sums.values()].sort((one, other) => other.messages - one.messages);
  const columns: Column<(typeof lines)[number]>[] = [
    ...streamColumns<(typeof lines)[number]>(words),
    { title: words.say('streams-addresses'), cell: ({ addresses }) => words.integer(addresses), align: 'right' },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  if (lines.length === 0) return [];
  const [, ...rest] = list('changes-sources', lines, columns, style, words, limit, [], idOf);
  const title = heading(words.say('changes-sources', { count: words.integer(sources.length) }), style);
  return [...title, ...rest.slice(1)];
}
