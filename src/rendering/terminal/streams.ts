import { dayText } from '../../protection/assessment/index.ts';
import { queueOf, reachOf } from '../../protection/inventory/index.ts';
import type { MailStream, QueueItem, StreamsOverview } from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { legSums, nextText, partOf, purposeText, queueCommand, reachText, sureText } from '../stream-phrases.ts';
import { moreLines } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

export interface StreamsTextOptions {
  /** How many streams are listed. */
  readonly limit?: number;
  readonly command?: string;
  /** How many places of the queue are shown under the list. */
  readonly next?: number;
}

export const kindPaints: Readonly<Record<MailStream['kind'], Paint | undefined>> = {
  own: 'good',
  third: 'good',
  forwarder: undefined,
  forged: 'bad',
  abused: 'bad',
  undecided: 'warn',
};
export const verdictPaints: Readonly<Record<MailStream['decision'], Paint>> = {
  authorised: 'good',
  forbidden: 'bad',
  forwarder: 'warn',
  undecided: 'dim',
};

/**
 * The streams one works from: what each is, how surely, what holds of it and what was decided, two lines a stream; and what to
 * decide next.
 *
 * @param shown the streams that are asked for, in the order in which they are shown
 */
export function streamsText(
  overview: StreamsOverview,
  shown: readonly MailStream[],
  style: Style,
  options: StreamsTextOptions = {},
): string[] {
  const words = speech(style.language);
  const { streams, period } = overview;
  const command = options.command ?? 'zegel';
  if (streams.length === 0) return wrapped(words.say('streams-none'), style);
  const title = words.say('streams-title', {
    streams: words.integer(streams.length),
    sources: words.integer(overview.sources),
    messages: words.integer(overview.messages),
    from: dayText(period.first),
    to: dayText(period.last),
  });
  const lines = [...wrapped(title, style, 0, 'bold'), ''];
  const whole = shown.length === streams.length;
  if (whole) lines.push(...talliesText(overview, style, words), '');
  else
    lines.push(
      ...wrapped(
        words.say('streams-matching', { count: words.integer(shown.length), total: words.integer(streams.length) }),
        style,
        0,
        'dim',
      ),
    );
  const limit = options.limit ?? 20;
  const listed = shown.slice(0, limit);
  if (listed.length === 0) lines.push(...wrapped(words.say('streams-no-match'), style));
  else
    lines.push(
      ...table(columnsOf(words), listed, style, {
        below: (stream) => belowText(stream, period.last, words),
        belowColumn: 0,
        indent: 0,
      }),
      ...moreLines(shown.length - listed.length, style, words),
      ...wrapped(words.say('streams-legs-about'), style, 0, 'dim'),
    );
  return [...lines, ...nextDecisionsText(overview, style, { command, count: options.next ?? 5 })];
}

function talliesText({ tallies, messages }: StreamsOverview, style: Style, words: Speech): string[] {
  type Tally = StreamsOverview['tallies'][number];
  const columns: Column<Tally>[] = [
    {
      title: words.say('streams-kind'),
      cell: ({ kind }) => words.say(`kind-${kind}-long`),
      least: 12,
      paint: ({ kind }) => kindPaints[kind],
    },
    { title: words.say('streams-streams'), cell: (each) => words.integer(each.streams), align: 'right' },
    { title: words.say('streams-addresses'), cell: (each) => words.integer(each.sources), align: 'right' },
    { title: words.say('streams-messages'), cell: (each) => words.integer(each.messages), align: 'right' },
    {
      title: '',
      cell: (each) => (messages === 0 ? '' : words.percent(each.messages / messages)),
      align: 'right',
    },
  ];
  return table(columns, tallies, style);
}

function columnsOf(words: Speech): Column<MailStream>[] {
  const leg = (title: string, of: (stream: MailStream) => number): Column<MailStream> => ({
    title,
    cell: (stream) => partOf(stream, of(stream), words).replace('\u00A0', ''),
    align: 'right',
    paint: (stream) => {
      const share = stream.messages === 0 ? 0 : of(stream) / stream.messages;
      return share >= 0.95 ? 'good' : share <= 0.05 ? 'dim' : 'warn';
    },
  });
  return [
    { title: words.say('streams-stream'), cell: ({ name }) => safeText(name, 120), least: 16, paint: () => 'bold' },
    {
      title: words.say('streams-kind'),
      cell: ({ kind }) => words.say(`kind-${kind}`),
      paint: ({ kind }) => kindPaints[kind],
    },
    {
      title: words.say('streams-sure'),
      cell: (stream) => sureText(stream, words).replace('\u00A0', ''),
      align: 'right',
      paint: ({ confidence }) => (confidence >= 0.9 ? undefined : 'dim'),
    },
    { title: words.say('streams-short-messages'), cell: ({ messages }) => words.short(messages), align: 'right' },
    leg('DKIM', (stream) => legSums(stream).dkim),
    leg('SPF', (stream) => legSums(stream).spf),
    // What a narrow terminal has no room for shows in the two before it.
    { ...leg(words.say('streams-both'), (stream) => legSums(stream).both), optional: true },
    {
      title: words.say('streams-decision'),
      cell: ({ decision }) => (decision === 'undecided' ? '–' : words.say(`verdict-${decision}`)),
      paint: ({ decision }) => verdictPaints[decision],
    },
  ];
}

/** What stands under a stream: its id, its rhythm and when it should next come, who owns it, what it is for, how many addresses. */
function belowText(stream: MailStream, last: number, words: Speech): string {
  const parts = [
    stream.id,
    words.say(`rhythm-${stream.rhythm.every}`),
    nextText(stream, last, words),
    safeText(stream.party ?? '', 40),
    purposeText(stream, words),
    stream.sources === 1
      ? words.say('streams-one-address')
      : words.say('streams-count-addresses', { count: words.integer(stream.sources) }),
  ].filter((part) => part !== '');
  return `  ${parts.join(' · ')}`;
}

/** What to decide next: how far one gets, the first places with what to type, and where all of them are. */
export function nextDecisionsText(
  overview: StreamsOverview,
  style: Style,
  { command = 'zegel', count = 5 }: { readonly command?: string; readonly count?: number } = {},
): string[] {
  const words = speech(style.language);
  const queue = queueOf(overview);
  const lines = [
    ...heading(words.say('queue-title'), style),
    ...wrapped(reachText(reachOf(overview), words), style),
    ...placesText(queue.slice(0, count), style, words, command),
  ];
  if (queue.length > count) {
    const all = words.say('queue-all', { count: words.integer(queue.length), command: `${command} streams --queue` });
    lines.push(paint(plain(all, style), 'dim', style));
  }
  return [...lines, ...surelyForgedText(queue, style, words, command)];
}

/** Where to ask what to decide next, when the streams are not known at hand. */
export function laterDecisionsText(style: Style, command = 'zegel'): string[] {
  const words = speech(style.language);
  return [
    ...heading(words.say('queue-title'), style),
    ...wrapped(words.say('queue-later', { command: `${command} streams` }), style),
  ];
}

/** The whole queue, or its first places. `queue`: the part of it that is asked for. */
export function queueText(
  overview: StreamsOverview,
  style: Style,
  options: StreamsTextOptions & { readonly queue?: readonly QueueItem[] } = {},
): string[] {
  const words = speech(style.language);
  const command = options.command ?? 'zegel';
  const queue = options.queue ?? queueOf(overview);
  const shown = queue.slice(0, options.limit ?? 20);
  return [
    ...wrapped(reachText(reachOf(overview), words), style),
    '',
    ...placesText(shown, style, words, command),
    ...moreLines(queue.length - shown.length, style, words),
    ...surelyForgedText(queue, style, words, command),
  ];
}

function placesText(queue: readonly QueueItem[], style: Style, words: Speech, command: string): string[] {
  const lines: string[] = [];
  for (const [at, item] of queue.entries()) {
    const { stream } = item;
    const start = `${String(at + 1).padStart(3)}. `;
    const figures = `${words.short(item.open)}  ${words.say('queue-proposed', { kind: words.say(`kind-${stream.kind}`), sure: sureText(stream, words) })}`;
    const [title = ''] = table(
      [
        { title: '', cell: () => safeText(stream.name, 160), least: 10, paint: () => 'bold' },
        { title: '', cell: () => figures, align: 'right', paint: () => kindPaints[stream.kind] },
      ],
      [item],
      { ...style, width: style.width - start.length },
      { bare: true },
    );
    lines.push(start + title);
    const settled = words.say('queue-settled', {
      messages: words.percent(item.messagesSettled, 0),
    });
    const [typed = ''] = table(
      [
        { title: '', cell: () => queueCommand(item, command), paint: () => 'good' },
        {
          title: '',
          cell: () => (item.proposal === 'undecided' ? words.say('queue-look') : settled),
          least: 8,
          paint: () => 'dim',
        },
      ],
      [item],
      { ...style, width: style.width - start.length },
      { bare: true },
    );
    lines.push(' '.repeat(start.length) + typed);
  }
  return lines;
}

/** How sure a stream must be forged to be forbidden without a look at each. */
const surely = 0.95;

function surelyForgedText(queue: readonly QueueItem[], style: Style, words: Speech, command: string): string[] {
  const forged = queue.filter(({ stream }) => stream.kind === 'forged' && stream.confidence >= surely);
  if (forged.length < 2) return [];
  const text = words.say('queue-forged', {
    count: words.integer(forged.length),
    messages: words.integer(forged.reduce((sum, { open }) => sum + open, 0)),
  });
  const typed = `${command} decide forbidden --kind forged --confidence ${surely} --yes`;
  const indent = Math.max(0, Math.min(5, style.width - typed.length));
  return ['', ...wrapped(text, style), ' '.repeat(indent) + paint(typed, 'good', style)];
}
