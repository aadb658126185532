import type { Fate, NamedFate, StreamFate, WhatIf } from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import { driftCosts, driftLines, rangeText } from './drift.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { listed } from './parts.ts';
import { isWanted, nameOf, recordsShown, streamPaint, whoseOf } from './what-if-parts.ts';
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
    paint(plain(words.say('what-if-title', { changes: titleOf(answer, words) }), style), 'heading', style),
  ];
  for (const { name, type, before, after } of answer.changes)
    lines.push(...changeLines(name, type, before, after, style, words));
  lines.push('');
  if (answer.total.messages === 0) return [...lines, ...wrapped(words.say('what-if-no-mail'), style, 0, 'warn')];
  lines.push(...costLines(answer, style, words));
  lines.push(...streamLines(answer, style, words, options));
  lines.push(...oneLegLines(answer, style, words, options));
  lines.push(...driftLines(answer, style, words, options.limit));
  for (const [grouping, list] of Object.entries(answer.by))
    lines.push(...groupLines(grouping, list, style, words, options));
  lines.push(...throughLines(answer, style, words, options));
  lines.push(...doubtLines(answer, style, words));
  return lines;
}

/** The changes in one line: the tags that are other than they were, and names otherwise. */
function titleOf(answer: WhatIf, words: Speech): string {
  const parts = answer.changes.map(({ name, type, before, after }) => {
    if (name.startsWith('_dmarc.')) {
      const tags = differingTags(before?.[0] ?? '', after[0] ?? '');
      if (tags.length > 0) return `${safeText(name.slice('_dmarc.'.length), 100)} ${safeText(tags.join(' '), 200)}`;
    }
    return `${safeText(name, 100)} ${type}`;
  });
  for (const stream of answer.signing) parts.push(words.say('what-if-signs', { stream: safeText(stream, 60) }));
  return parts.join(', ');
}

function differingTags(before: string, after: string): string[] {
  const tagsOf = (text: string): Set<string> =>
    new Set(
      text
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );
  const was = tagsOf(before);
  return [...tagsOf(after)].filter((tag) => !was.has(tag) && !/^(?:v|rua|ruf)=/.test(tag));
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

function costLines(answer: WhatIf, style: Style, words: Speech): string[] {
  const { standings, streams } = answer;
  const n = (value: number): string => words.integer(value);
  const wanted = sum(standings.authorised, standings['thought-ours']);
  const count = streams.filter((stream) => isWanted(stream) && stream.lost.most > 0).length;
  const { expected, least, most } = wanted.lost;
  const values = { lost: n(expected), least: n(least), most: n(most), streams: n(count) };
  const lines: string[] = [];
  const say = (code: string, with_: Record<string, string>, as?: Paint): void =>
    void lines.push(...wrapped(words.say(code, with_), style, 0, as));
  if (most === 0) say('what-if-free', {}, 'good');
  else if (Math.round(expected) === 0) say('what-if-cost-perhaps', values, 'warn');
  else say(least === most ? 'what-if-cost-sure' : 'what-if-cost', values, 'bad');
  for (const [code, count] of driftCosts(answer)) say(code, { lost: rangeText(count, words) }, 'warn');
  const range = ({ lost }: Pick<Fate, 'lost'>): Record<string, string> => ({
    lost: n(lost.expected),
    least: n(lost.least),
    most: n(lost.most),
  });
  if (standings.undecided.lost.most > 0) say('what-if-undecided-cost', range(standings.undecided), 'bad');
  if (refusedOf(wanted) > 0) say('what-if-refused', { messages: n(refusedOf(wanted)) }, 'warn');
  if (refusedOf(standings.undecided) > 0)
    say('what-if-undecided-refused', { messages: n(refusedOf(standings.undecided)) }, 'warn');
  const forwarded = sum(standings.forwarded, standings['forwarded-decided']);
  if (forwarded.lost.most > 0) say('what-if-forwarded-cost', range(forwarded), 'warn');
  if (wanted.regained.expected > 0) say('what-if-regained', { messages: n(wanted.regained.expected) }, 'good');
  const thought = standings['thought-ours'].messages;
  if (thought > 0) say('what-if-thought', { messages: n(thought) }, 'dim');
  const unwanted = sum(standings['thought-forged'], standings.forbidden);
  if (unwanted.messages > 0) {
    say('what-if-stopped', {
      messages: n(unwanted.messages),
      stopped: n(unwanted.after.quarantined + unwanted.after.rejected),
      before: n(unwanted.before.quarantined + unwanted.before.rejected),
      through: n(unwanted.after.delivered),
    });
  }
  const { from, to } = answer.seen;
  say('what-if-seen', { from: from ?? '', to: to ?? '', messages: n(answer.total.messages) }, 'dim');
  say(`what-if-${answer.asked.records}`, {}, 'dim');
  return lines;
}

/** Whole messages that receivers quarantine now, and would refuse: nobody finds them any more. */
function refusedOf({ before, after }: Pick<Fate, 'after' | 'before'>): number {
  return Math.max(0, Math.round(Math.min(before.quarantined - after.quarantined, after.rejected - before.rejected)));
}

function sum(one: Fate, other: Fate): Fate {
  const fates = (a: Fate['before'], b: Fate['before']): Fate['before'] => ({
    delivered: a.delivered + b.delivered,
    quarantined: a.quarantined + b.quarantined,
    rejected: a.rejected + b.rejected,
  });
  const moved = (a: Fate['lost'], b: Fate['lost']): Fate['lost'] => ({
    expected: a.expected + b.expected,
    least: a.least + b.least,
    most: a.most + b.most,
  });
  return {
    messages: one.messages + other.messages,
    before: fates(one.before, other.before),
    after: fates(one.after, other.after),
    range: one.range,
    lost: moved(one.lost, other.lost),
    regained: moved(one.regained, other.regained),
  };
}

function legsOf({ legs: { both, dkimOnly, spfOnly, neither } }: StreamFate, words: Speech): string {
  const all = both + dkimOnly + spfOnly + neither;
  const found = [
    ['both', both],
    ['dkim', dkimOnly],
    ['spf', spfOnly],
    ['neither', neither],
  ] as const;
  const [most] = [...found].sort((a, b) => b[1] - a[1]);
  if (all === 0 || most === undefined) return '';
  if (most[1] / all >= 0.99) return words.say(`what-if-leg-${most[0]}`);
  return `${words.say(`what-if-leg-${most[0]}`)} ${words.percent(most[1] / all, 0)}`;
}

function streamLines(answer: WhatIf, style: Style, words: Speech, { limit, sort }: WhatIfTextOptions): string[] {
  const changed = answer.streams.filter(
    (stream) => stream.lost.most + stream.regained.most > 0 || refusedOf(stream) > 0,
  );
  if (changed.length === 0) return [];
  const rank = (stream: StreamFate): number => (isWanted(stream) ? 0 : isUnwanted(stream) ? 2 : 1);
  changed.sort((a, b) =>
    sort === 'name'
      ? nameOf(a, words).localeCompare(nameOf(b, words))
      : sort === 'messages'
        ? b.messages - a.messages
        : rank(a) - rank(b) ||
          b.lost.expected - a.lost.expected ||
          b.lost.most - a.lost.most ||
          refusedOf(b) - refusedOf(a),
  );
  const regained = changed.some((stream) => stream.regained.expected >= 0.5);
  const n = (value: number): string => words.integer(value);
  const columns: Column<StreamFate>[] = [
    { title: words.say('what-if-stream'), cell: (stream) => nameOf(stream, words), least: 14, paint: () => 'bold' },
    {
      title: words.say('what-if-standing'),
      cell: (stream) => whoseOf(stream, words),
      paint: streamPaint,
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
    { title: words.say('what-if-legs'), cell: (stream) => legsOf(stream, words), least: 11 },
    { title: words.say('what-if-party'), cell: ({ party }) => safeText(party ?? '', 40), optional: true },
  ];
  return [...heading(words.say('what-if-streams'), style), ...listed(columns, changed, style, words, limit)];
}

function isUnwanted({ decision, kind }: StreamFate): boolean {
  return decision === 'forbidden' || (decision === 'undecided' && (kind === 'forged' || kind === 'abused'));
}

function oneLegLines(answer: WhatIf, style: Style, words: Speech, { limit }: WhatIfTextOptions): string[] {
  const found = answer.streams
    .filter((stream) => isWanted(stream) && stream.onlyLeg !== null)
    .sort((a, b) => b.messages - a.messages);
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
  if (answer.through.length === 0) return [];
  const width = Math.max(...answer.through.slice(0, limit).map(({ messages }) => words.integer(messages).length));
  return [
    ...heading(words.say('what-if-through'), style),
    ...answer.through
      .slice(0, limit)
      .flatMap(({ code, values, messages }) =>
        counted(words.integer(messages), width, words.say(code, safeValues(values, words)), style),
      ),
  ];
}

function safeValues(values: Readonly<Record<string, number | string>>, words: Speech): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? words.integer(value)
        : value === ''
          ? words.say('what-if-not-said')
          : safeText(value, 120),
    ]),
  );
}

function doubtLines(answer: WhatIf, style: Style, words: Speech): string[] {
  const wanted = answer.doubts.filter((doubt) => doubt.wanted > 0);
  const unseen = wrapped(words.say('what-if-unseen'), style, 0, 'dim');
  if (wanted.length === 0) return ['', ...unseen];
  const width = Math.max(...wanted.map((doubt) => words.integer(doubt.wanted).length));
  return [
    ...heading(words.say('what-if-doubts'), style),
    ...wanted.flatMap((doubt) => counted(words.integer(doubt.wanted), width, words.say(doubt.code), style)),
    ...unseen,
  ];
}

/** A number, and a sentence beside it. */
function counted(number: string, width: number, text: string, style: Style): string[] {
  const indent = width + 2;
  const [first = '', ...rest] = wrapped(text, style, indent);
  return [`${paint(number.padStart(width), 'bold', style)}  ${first.trimStart()}`, ...rest];
}
