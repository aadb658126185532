import { dayText } from '../../protection/assessment/index.ts';
import type { Decision } from '../../protection/inventory/decisions/index.ts';
import type { Kind, SourceLine, StreamDetail } from '../../protection/inventory/index.ts';
import type { Party } from '../../protection/inventory/parties/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import {
  legSums,
  nextText,
  partOf,
  purposeText,
  questionText,
  reasonText,
  speaksFor,
  sureText,
} from '../stream-phrases.ts';
import { sparkline } from './bars.ts';
import { partText } from './decisions.ts';
import { more } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { verdictPaints } from './streams.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** A stream and what people said of it. */
export interface StreamPage {
  readonly detail: StreamDetail;
  /** Every decision about it, undone ones too, the latest first. */
  readonly decisions: readonly Decision[];
  readonly party: Party | undefined;
  /** What a source is called and whose network it lies in; both as they are shown. */
  readonly about: (line: SourceLine) => { readonly name: string; readonly network: string };
}

/** One stream with everything that is known of it, and why it is thought to be what it is. */
export function streamText(
  page: StreamPage,
  style: Style,
  options: { readonly limit?: number; readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  const { detail } = page;
  const { stream } = detail;
  const command = options.command ?? 'zegel';
  const limit = options.limit ?? 20;
  const question = questionText(stream, words);
  return [
    ...wrapped(safeText(stream.name, 200), style, 0, 'heading'),
    ...factsText(page, style, words),
    ...whyText(page, style, words),
    ...(question === '' ? [] : [...heading(words.say('stream-ask'), style), ...wrapped(question, style, 2)]),
    ...setUpText(page, style, words),
    ...legsText(page, style, words),
    ...rhythmText(page, style, words),
    ...mailsAsText(page, style, words, limit),
    ...sourcesText(page, style, words, limit, command),
    ...decisionsText(page, style, words),
    ...whatToDoText(page, style, words),
    ...heading(words.say('stream-decide'), style),
    ...(['authorised', 'forbidden', 'forwarder'] as const).map(
      (verdict) => `  ${paint(`${command} decide ${stream.id} ${verdict}`, verdictPaints[verdict], style)}`,
    ),
  ];
}

function factsText({ detail, party }: StreamPage, style: Style, words: Speech): string[] {
  const { stream, period } = detail;
  const facts: readonly (readonly [string, string])[] = [
    ['id', stream.id],
    [
      words.say('streams-messages'),
      words.say('source-rows', { messages: words.integer(stream.messages), rows: words.integer(stream.rows) }),
    ],
    [
      words.say('streams-decision'),
      detail.decided.length > 1
        ? words.say('stream-partly', {
            parts: detail.decided
              .map(({ verdict, messages }) => `${words.say(`verdict-${verdict}`)} ${words.integer(messages)}`)
              .join(', '),
          })
        : words.say(`verdict-${stream.decision}`),
    ],
    [words.say('stream-sender'), safeText(stream.sender ?? '', 100)],
    [
      words.say('stream-party'),
      party === undefined
        ? safeText(stream.party ?? '', 100)
        : [party.name, words.say(`party-${party.type}`), party.owner, party.contact]
            .map((part) => safeText(part, 100))
            .filter((part) => part !== '')
            .join(' · '),
    ],
    [words.say('stream-purpose'), purposeText(stream, words, true)],
    [words.say('stream-seen'), `${dayText(stream.first)} – ${dayText(stream.last)}`],
    [
      words.say('stream-rhythm'),
      [
        words.say('stream-rhythm-days', {
          rhythm: words.say(`rhythm-${stream.rhythm.every}`),
          days: words.integer(stream.rhythm.activeDays),
        }),
        nextText(stream, period.last, words),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ],
  ];
  return pairs(facts, style);
}

function pairs(facts: readonly (readonly [string, string])[], style: Style): string[] {
  return table(
    [
      { title: '', cell: (row) => row[0], paint: () => 'dim' },
      { title: '', cell: (row) => row[1], least: 20 },
    ],
    facts.filter(([, said]) => said !== ''),
    style,
    { indent: 2, bare: true },
  );
}

/** What speaks for it and against, the weightiest first, each with the messages that show it and where it is known from. */
function whyText({ detail: { stream } }: StreamPage, style: Style, words: Speech): string[] {
  const lines = heading(
    words.say('stream-why', { kind: words.say(`kind-${stream.kind}-long`), sure: sureText(stream, words) }),
    style,
  );
  const chances = Object.entries(stream.chances) as [Exclude<Kind, 'undecided'>, number][];
  const others = chances
    .filter(([kind, chance]) => kind !== stream.kind && chance >= 0.01 && !(isOurs(kind) && isOurs(stream.kind)))
    .sort((one, other) => other[1] - one[1])
    .map(([kind, chance]) => `${words.say(`kind-${kind}`)} ${words.percent(chance, 0)}`);
  if (others.length > 0)
    lines.push(...wrapped(words.say('stream-else', { kinds: others.join(', ') }), style, 2, 'dim'));
  for (const reason of stream.reasons) {
    const undecided = stream.kind === 'undecided';
    const isFor = speaksFor(stream, reason);
    const mark = undecided ? '·' : isFor ? '+' : '–';
    const target = undecided ? ` → ${words.say(`kind-${reason.for}`)}` : '';
    const [first = '', ...rest] = wrapped(
      `${reasonText(reason, words)}${target} (${words.integer(reason.messages)}, ${words.say(`origin-${reason.origin}`)})`,
      style,
      4,
    );
    lines.push(`  ${paint(plain(mark, style), isFor ? 'good' : 'warn', style)} ${first.trimStart()}`, ...rest);
  }
  return lines;
}

function isOurs(kind: Kind): boolean {
  return kind === 'own' || kind === 'third';
}

function setUpText({ detail: { stream } }: StreamPage, style: Style, words: Speech): string[] {
  const { signing, envelopes } = stream.setUp;
  const several = (texts: readonly string[], most = 6): string =>
    [
      ...texts.slice(0, most).map((text) => safeText(text, 253)),
      ...(texts.length > most ? [words.say('stream-more', { count: words.integer(texts.length - most) })] : []),
    ].join(', ');
  const networks = stream.networks.map(({ name, country }) => [name, country].filter((part) => part !== '').join(' '));
  const facts: [string, string][] = [
    [
      words.say('stream-signs'),
      signing.length === 0
        ? words.say('stream-no-signature')
        : several(
            signing.map(({ domain, selectors }) =>
              selectors.length === 0 ? domain : `${domain} (${selectors.join(' ')})`,
            ),
          ),
    ],
    [words.say('stream-envelopes'), several(envelopes.map((name) => (name === '' ? '<>' : name)))],
    [words.say('stream-networks'), several(networks.filter((name) => name !== ''))],
  ];
  const lines = heading(words.say('stream-set-up'), style);
  const wide = Math.max(...facts.map(([name]) => name.length));
  for (const [name, said] of facts) {
    if (said === '') continue;
    const [first = '', ...rest] = wrapped(said, style, wide + 4);
    lines.push(`  ${paint(plain(name.padEnd(wide), style), 'dim', style)}  ${first.trimStart()}`, ...rest);
  }
  return lines;
}

function legsText({ detail: { stream } }: StreamPage, style: Style, words: Speech): string[] {
  const sums = legSums(stream);
  const rows: readonly (readonly [string, number, number | undefined])[] = [
    ['DKIM', sums.dkim, stream.legs.dkimStrict],
    ['SPF', sums.spf, stream.legs.spfStrict],
    [words.say('stream-both-legs'), stream.legs.both, undefined],
    [words.say('stream-neither'), stream.legs.neither, undefined],
  ];
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { title: '', cell: ([name]) => name },
    { title: words.say('stream-relaxed'), cell: (row) => partOf(stream, row[1], words), align: 'right' },
    { title: '', cell: (row) => words.integer(row[1]), align: 'right', paint: () => 'dim' },
    {
      title: words.say('stream-strict'),
      cell: (row) => (row[2] === undefined ? '' : partOf(stream, row[2], words)),
      align: 'right',
    },
    {
      title: '',
      cell: (row) => (row[2] === undefined ? '' : words.integer(row[2])),
      align: 'right',
      paint: () => 'dim',
    },
  ];
  return [...heading(words.say('stream-legs'), style), ...table(columns, rows, style, { indent: 2 })];
}

function rhythmText({ detail: { weeks } }: StreamPage, style: Style, words: Speech): string[] {
  if (weeks.length < 2) return [];
  const most = words.integer(Math.max(...weeks));
  return [
    '',
    ...wrapped(words.say('stream-by-week', { messages: most }), style, 2, 'dim'),
    `  ${sparkline(weeks, style.width - 2, style)}`,
  ];
}

function mailsAsText({ detail: { stream } }: StreamPage, style: Style, words: Speech, limit: number): string[] {
  const all = stream.authorDomains;
  const shown = all.slice(0, Math.min(limit, limit === Infinity ? Infinity : 8));
  const columns: Column<(typeof all)[number]>[] = [
    { title: '', cell: ({ domain }) => safeText(domain, 253), least: 20 },
    { title: '', cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  return [
    ...heading(words.say('stream-mails-as', { count: words.integer(all.length) }), style),
    ...table(columns, shown, style, { indent: 2, bare: true }),
    ...(all.length > shown.length
      ? wrapped(words.say('more', { count: words.integer(all.length - shown.length) }), style, 2, 'dim')
      : []),
  ];
}

function sourcesText(page: StreamPage, style: Style, words: Speech, limit: number, command: string): string[] {
  const { sources, stream } = page.detail;
  const shown = sources.slice(0, limit);
  const columns: Column<SourceLine>[] = [
    { title: '', cell: ({ source }) => safeText(source, 45) || words.say('sources-unknown') },
    { title: '', cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: '', cell: (line) => page.about(line).name, least: 16 },
    { title: '', cell: (line) => page.about(line).network, least: 10, paint: () => 'dim' },
  ];
  return [
    ...heading(words.say('stream-sources', { count: words.integer(stream.sources) }), style),
    ...table(columns, shown, style, { indent: 2, bare: true }),
    ...more(sources.length - shown.length, `${command} sources --stream ${stream.id} --all`, style, words),
  ];
}

function decisionsText({ decisions }: StreamPage, style: Style, words: Speech): string[] {
  if (decisions.length === 0) return [];
  const lines = heading(words.say('stream-decisions'), style);
  for (const { at, who, why, verdict, narrow, undone } of decisions) {
    const moment = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
    const said = [
      moment,
      words.say(`verdict-${verdict}`),
      safeText(who, 60),
      safeText(partText(narrow.sources, narrow.authorDomains), 200),
      safeText(why, 300),
      undone === undefined
        ? ''
        : words.say('decisions-undone', {
            when: new Date(undone.at).toISOString().slice(0, 16).replace('T', ' '),
            who: safeText(undone.who, 60),
            why: undone.why === '' ? '' : `: ${safeText(undone.why, 200)}`,
          }),
    ].filter((part) => part !== '');
    lines.push(...wrapped(said.join(' · '), style, 2, undone === undefined ? undefined : 'dim'));
  }
  return lines;
}

/** What the catalogue says one does at this sender; of mail that is not ours there is nothing to do there. */
function whatToDoText({ detail: { sender, stream } }: StreamPage, style: Style, words: Speech): string[] {
  if (sender === undefined || stream.kind === 'forged' || stream.kind === 'forwarder') return [];
  const how = sender.align.how[style.language ?? 'en'];
  return [
    ...heading(words.say('stream-what-to-do'), style),
    ...wrapped(`${safeText(sender.name, 100)}: ${safeText(how, 2000)}`, style, 2),
    ...sender.sources.slice(0, 2).map((source) => paint(`  ${plain(safeText(source, 300), style)}`, 'dim', style)),
  ];
}
