import type { DriftSource, DriftStream, WhatIf } from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import {
  driftCountText,
  driftNotes,
  driftSentences,
  driftSources,
  driftStreams,
  nameOf,
  recordsShown,
  streamTone,
  todayText,
  whoseOf,
} from '../what-if-phrases.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { listed } from './parts.ts';
import type { Column } from './table.ts';

/** The streams that drift touches, the records that changed, the addresses of which SPF says something else, and what is not known of it. */
export function driftLines(answer: WhatIf, style: Style, words: Speech, limit: number): string[] {
  const { drift } = answer;
  if (drift === null) return [];
  if (!drift.kept) return ['', ...wrapped(words.say('what-if-drift-none-kept'), style, 0, 'dim')];
  const lines: string[] = [];
  const streams = driftStreams(drift);
  if (streams.length > 0) {
    for (const sentence of driftSentences(answer, words)) lines.push(...wrapped(sentence, style, 0));
    lines.push(...listed(streamColumns(words), streams, style, words, limit));
    for (const { name, type, seenUntil, day, before, after } of drift.records.slice(0, Math.min(limit, 5))) {
      const at = { name: safeText(name, 253), type, from: seenUntil, to: day };
      lines.push(...wrapped(words.say('what-if-drift-between', at), style, 0, 'bold'));
      lines.push(
        ...wrapped(`- ${recordsShown(before, words)}`, style, 2, 'bad'),
        ...wrapped(`+ ${recordsShown(after, words)}`, style, 2, 'good'),
      );
    }
    const sources = driftSources(drift);
    lines.push('', ...listed(sourceColumns(words), sources, style, words, Math.min(limit, 10)));
  }
  for (const note of driftNotes(drift, words)) lines.push(...wrapped(note, style, 0, 'dim'));
  return lines.length === 0 ? [] : [...heading(words.say('what-if-drift'), style), ...lines];
}

function streamColumns(words: Speech): Column<DriftStream>[] {
  const count = (of: 'legGained' | 'legLost' | 'legLostOnDkim') => (stream: DriftStream) =>
    driftCountText(stream[of], words);
  return [
    { title: words.say('what-if-stream'), cell: (stream) => nameOf(stream, words), least: 24, paint: () => 'bold' },
    { title: words.say('what-if-standing'), cell: (stream) => whoseOf(stream, words), paint: streamTone },
    { title: words.say('what-if-drift-leg-lost'), cell: count('legLost'), align: 'right' },
    { title: words.say('what-if-drift-on-dkim'), cell: count('legLostOnDkim'), align: 'right' },
    { title: words.say('what-if-drift-leg-gained'), cell: count('legGained'), align: 'right' },
    { title: words.say('what-if-party'), cell: ({ party }) => safeText(party ?? '', 40), optional: true },
  ];
}

function sourceColumns(words: Speech): Column<DriftSource>[] {
  return [
    { title: words.say('what-if-drift-source'), cell: ({ source }) => safeText(source ?? '', 45), least: 15 },
    {
      title: words.say('what-if-drift-domain'),
      cell: ({ domain }) => (domain === null ? words.say('what-if-not-said') : safeText(domain, 100)),
      least: 12,
    },
    { title: words.say('what-if-drift-said'), cell: ({ reported }) => safeText(reported, 12) },
    { title: words.say('what-if-drift-today'), cell: (source) => todayText(source, words) },
    { title: words.say('what-if-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
}
