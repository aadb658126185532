// Drift, for a person: what records that changed since the mail do to it, apart from what is asked.
import type {
  Count,
  DriftSource,
  DriftStream,
  DriftSum,
  Standing,
  WhatIf,
} from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { listed } from './parts.ts';
import { nameOf, recordsShown, streamPaint, whoseOf } from './what-if-parts.ts';
import type { Column } from './table.ts';

const wanted = ['authorised', 'thought-ours'] as const satisfies readonly Standing[];
type Counted = Exclude<keyof DriftSum, 'messages'>;

/** A number, with the least and the most where these are others. */
export function rangeText({ expected, least, most }: Count, words: Speech): string {
  const n = (value: number): string => words.integer(value);
  if (least === most) return n(expected);
  return words.say('what-if-drift-range', { expected: n(expected), least: n(least), most: n(most) });
}

/** What wanted mail drift costs: of what the change loses, and whatever is asked; those that cost nothing are left out. */
export function driftCosts(answer: WhatIf): (readonly [code: string, count: Count])[] {
  const all = [
    ['what-if-drift-part', wantedSum(answer, 'lostWithChange')],
    ['what-if-drift-lost', wantedSum(answer, 'lost')],
  ] as const;
  return all.filter(([, { most }]) => most > 0);
}

function wantedSum({ drift }: WhatIf, name: Counted): Count {
  const sum = { expected: 0, least: 0, most: 0 };
  for (const standing of wanted) {
    const count = drift?.standings[standing][name];
    for (const end of ['expected', 'least', 'most'] as const) sum[end] += count?.[end] ?? 0;
  }
  return sum;
}

/** The streams that drift touches, the records that changed, the addresses of which SPF says something else, and what is not known of it. */
export function driftLines(answer: WhatIf, style: Style, words: Speech, limit: number): string[] {
  const { drift } = answer;
  if (drift === null) return [];
  if (!drift.kept) return ['', ...wrapped(words.say('what-if-drift-none-kept'), style, 0, 'dim')];
  const n = (value: number): string => words.integer(value);
  const lines: string[] = [];
  const streams = drift.streams.filter(({ legLost, legGained }) => legLost.most + legGained.most > 0);
  if (streams.length > 0) {
    const [lost, gained] = [wantedSum(answer, 'legLost'), wantedSum(answer, 'legGained')];
    const values = {
      lost: rangeText(lost, words),
      dkim: rangeText(wantedSum(answer, 'legLostOnDkim'), words),
      gained: rangeText(gained, words),
    };
    if (lost.most > 0) lines.push(...wrapped(words.say('what-if-drift-legs', values), style, 0));
    if (gained.most > 0) lines.push(...wrapped(words.say('what-if-drift-gained', values), style, 0));
    lines.push(...listed(streamColumns(words), streams, style, words, limit));
    for (const { name, type, seenUntil, day, before, after } of drift.records.slice(0, Math.min(limit, 5))) {
      const at = { name: safeText(name, 253), type, from: seenUntil, to: day };
      lines.push(...wrapped(words.say('what-if-drift-between', at), style, 0, 'bold'));
      lines.push(
        ...wrapped(`- ${recordsShown(before, words)}`, style, 2, 'bad'),
        ...wrapped(`+ ${recordsShown(after, words)}`, style, 2, 'good'),
      );
    }
    const sources = drift.sources.filter(({ reported, today }) => (reported === 'pass') !== (today === 'pass'));
    lines.push('', ...listed(sourceColumns(words), sources, style, words, Math.min(limit, 10)));
  }
  const notes = [
    ['what-if-drift-not-kept', drift.notKept],
    ['what-if-drift-not-known', drift.notKnown],
  ] as const;
  for (const [code, { messages }] of notes)
    if (messages > 0) lines.push(...wrapped(words.say(code, { messages: n(messages) }), style, 0, 'dim'));
  return lines.length === 0 ? [] : [...heading(words.say('what-if-drift'), style), ...lines];
}

function streamColumns(words: Speech): Column<DriftStream>[] {
  const count = (of: Counted) => (stream: DriftStream) => {
    const { expected, most } = stream[of];
    return expected === most ? words.integer(most) : `${words.integer(expected)}–${words.integer(most)}`;
  };
  return [
    { title: words.say('what-if-stream'), cell: (stream) => nameOf(stream, words), least: 24, paint: () => 'bold' },
    { title: words.say('what-if-standing'), cell: (stream) => whoseOf(stream, words), paint: streamPaint },
    { title: words.say('what-if-drift-leg-lost'), cell: count('legLost'), align: 'right' },
    { title: words.say('what-if-drift-on-dkim'), cell: count('legLostOnDkim'), align: 'right' },
    { title: words.say('what-if-drift-leg-gained'), cell: count('legGained'), align: 'right' },
    { title: words.say('what-if-party'), cell: ({ party }) => safeText(party ?? '', 40), optional: true },
  ];
}

function sourceColumns(words: Speech): Column<DriftSource>[] {
  const today = ({ today: result, why }: DriftSource): string => {
    if (result === null) return words.say('what-if-not-known');
    return why === 'changed' ? result : words.say('what-if-drift-maybe', { today: result });
  };
  return [
    { title: words.say('what-if-drift-source'), cell: ({ source }) => safeText(source ?? '', 45), least: 15 },
    {
      title: words.say('what-if-drift-domain'),
      cell: ({ domain }) => (domain === null ? words.say('what-if-not-said') : safeText(domain, 100)),
      least: 12,
    },
    { title: words.say('what-if-drift-said'), cell: ({ reported }) => safeText(reported, 12) },
    { title: words.say('what-if-drift-today'), cell: today },
    { title: words.say('what-if-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
}
