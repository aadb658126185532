import type { NamedFate, StreamFate, WhatIf } from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import { driftLines } from './drift.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import {
  changedStreams,
  changesTitle,
  costSentences,
  doubtSentences,
  legsText,
  nameOf,
  oneLegged,
  recordsShown,
  refusedOf,
  streamTone,
  throughSentences,
  whoseOf,
} from '../what-if-phrases.ts';
import type { Counted } from '../what-if-phrases.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { listed } from './parts.ts';
import type { Column } from './table.ts';

export interface WhatIfTextOptions {
  /** Lines a list shows. */
  readonly limit: number;
  readonly sort: 'lost' | 'messages' | 'name';
}

/** A what-if for a person: first what it costs, then the streams behind the number, then what gets through and what is not certain. */
export function whatIfText(answer: WhatIf, style: Style, options: WhatIfTextOptions): string[] {
  const words = speech(style.language);
  const lines = [
    paint(plain(words.say('what-if-title', { changes: changesTitle(answer, words) }), style), 'heading', style),
  ];
  for (const { name, type, before, after } of answer.changes)
    lines.push(...changeLines(name, type, before, after, style, words));
  lines.push('');
  if (answer.total.messages === 0) return [...lines, ...wrapped(words.say('what-if-no-mail'), style, 0, 'warn')];
  for (const { text, tone } of costSentences(answer, words)) lines.push(...wrapped(text, style, 0, tone));
  lines.push(...streamLines(answer, style, words, options));
  lines.push(...oneLegLines(answer, style, words, options));
  lines.push(...driftLines(answer, style, words, options.limit));
  for (const [grouping, list] of Object.entries(answer.by))
    lines.push(...groupLines(grouping, list, style, words, options));
  lines.push(...throughLines(answer, style, words, options));
  lines.push(...doubtLines(answer, style, words));
  return lines;
}

function changeLines(
  name: string,
  type: string,
  before: readonly string[] | null,
  after: readonly string[],
  style: Style,
  words: Speech,
): string[] {
  return [
    ...wrapped(`${safeText(name, 253)} ${type}`, style, 2, 'bold'),
    ...wrapped(`- ${recordsShown(before, words)}`, style, 4, 'bad'),
    ...wrapped(`+ ${recordsShown(after, words)}`, style, 4, 'good'),
  ];
}

function streamLines(answer: WhatIf, style: Style, words: Speech, { limit, sort }: WhatIfTextOptions): string[] {
  const changed = changedStreams(answer, words, sort);
  if (changed.length === 0) return [];
  const regained = changed.some((stream) => stream.regained.expected >= 0.5);
  const n = (value: number): string => words.integer(value);
  const columns: Column<StreamFate>[] = [
    { title: words.say('what-if-stream'), cell: (stream) => nameOf(stream, words), least: 14, paint: () => 'bold' },
    {
      title: words.say('what-if-standing'),
      cell: (stream) => whoseOf(stream, words),
      paint: streamTone,
    },
    { title: words.say('what-if-messages'), cell: ({ messages }) => n(messages), align: 'right' },
    ...(changed.some(({ lost }) => lost.most > 0)
      ? [
          {
            title: words.say('what-if-lost'),
            cell: ({ lost }: StreamFate) => n(lost.expected),
            align: 'right' as const,
          },
          {
            title: words.say('what-if-at-most'),
            cell: ({ lost }: StreamFate) => n(lost.most),
            align: 'right' as const,
          },
        ]
      : []),
    ...(changed.some((stream) => refusedOf(stream) > 0)
      ? [
          {
            title: words.say('what-if-refused-column'),
            cell: (stream: StreamFate) => n(refusedOf(stream)),
            align: 'right' as const,
          },
        ]
      : []),
    ...(regained
      ? [
          {
            title: words.say('what-if-gained'),
            cell: (stream: StreamFate) => n(stream.regained.expected),
            align: 'right' as const,
          },
        ]
      : []),
    { title: words.say('what-if-legs'), cell: (stream) => legsText(stream, words), least: 11 },
    { title: words.say('what-if-party'), cell: ({ party }) => safeText(party ?? '', 40), optional: true },
  ];
  return [...heading(words.say('what-if-streams'), style), ...listed(columns, changed, style, words, limit)];
}

function oneLegLines(answer: WhatIf, style: Style, words: Speech, { limit }: WhatIfTextOptions): string[] {
  const found = oneLegged(answer);
  if (found.length === 0) return [];
  const columns: Column<StreamFate>[] = [
    { title: words.say('what-if-stream'), cell: (stream) => nameOf(stream, words), least: 24, paint: () => 'bold' },
    { title: words.say('what-if-legs'), cell: ({ onlyLeg }) => words.say(`what-if-leg-${onlyLeg ?? 'mixed'}`) },
    { title: words.say('what-if-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: words.say('what-if-party'), cell: ({ party }) => safeText(party ?? '', 40), optional: true },
  ];
  return [
    ...heading(words.say('what-if-one-leg'), style),
    ...listed(columns, found, style, words, Math.min(limit, 10)),
  ];
}

function groupLines(
  grouping: string,
  list: readonly NamedFate[],
  style: Style,
  words: Speech,
  { limit }: WhatIfTextOptions,
): string[] {
  const n = (value: number): string => words.integer(value);
  const columns: Column<NamedFate>[] = [
    { title: '', cell: ({ key }) => (key === null ? words.say('what-if-not-said') : safeText(key, 100)), least: 14 },
    { title: words.say('what-if-messages'), cell: ({ messages }) => n(messages), align: 'right' },
    { title: words.say('what-if-delivered'), cell: ({ after }) => n(after.delivered), align: 'right' },
    { title: words.say('what-if-quarantined'), cell: ({ after }) => n(after.quarantined), align: 'right' },
    { title: words.say('what-if-rejected'), cell: ({ after }) => n(after.rejected), align: 'right' },
    { title: words.say('what-if-lost'), cell: ({ lost }) => n(lost.expected), align: 'right' },
    { title: words.say('what-if-at-most'), cell: ({ lost }) => n(lost.most), align: 'right' },
  ];
  return [...heading(words.say(`what-if-by-${grouping}`), style), ...listed(columns, list, style, words, limit)];
}

function throughLines(answer: WhatIf, style: Style, words: Speech, { limit }: WhatIfTextOptions): string[] {
  const through = throughSentences(answer, words).slice(0, limit);
  if (through.length === 0) return [];
  return [...heading(words.say('what-if-through'), style), ...countedLines(through, style, words)];
}

function doubtLines(answer: WhatIf, style: Style, words: Speech): string[] {
  const doubts = doubtSentences(answer, words);
  const unseen = wrapped(words.say('what-if-unseen'), style, 0, 'dim');
  if (doubts.length === 0) return ['', ...unseen];
  return [...heading(words.say('what-if-doubts'), style), ...countedLines(doubts, style, words), ...unseen];
}

/** Numbers, each with a sentence beside it. */
function countedLines(list: readonly Counted[], style: Style, words: Speech): string[] {
  const width = Math.max(...list.map(({ messages }) => words.integer(messages).length));
  return list.flatMap(({ messages, text }) => {
    const [first = '', ...rest] = wrapped(text, style, width + 2);
    return [`${paint(words.integer(messages).padStart(width), 'bold', style)}  ${first.trimStart()}`, ...rest];
  });
}
