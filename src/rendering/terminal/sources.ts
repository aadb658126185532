import { dayText } from '../../protection/assessment/index.ts';
import type {
  CarriedStream,
  CombinationLine,
  MailStream,
  PlaceDetail,
  SourceLine,
} from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { sureText } from '../stream-phrases.ts';
import { networkText } from '../who.ts';
import { more, moreLines } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { kindPaints, verdictPaints } from './streams.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** An address as it is listed: with its streams, and what it is called. */
export interface ListedSource {
  readonly line: SourceLine;
  readonly stream: MailStream;
  /** `''` when nobody knows it; in brackets where it does not lead back. */
  readonly name: string;
  readonly network: string;
}

/** Addresses as a list. */
export function sourcesText(lines: readonly ListedSource[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('sources-none'), style);
  const shown = lines.slice(0, limit);
  const title = words.say('sources-title', {
    count: words.integer(lines.length),
    messages: words.integer(lines.reduce((sum, { line }) => sum + line.messages, 0)),
  });
  return [
    ...wrapped(title, style, 0, 'bold'),
    '',
    ...table(listColumns(words), shown, style, { below: belowText, belowColumn: 0 }),
    ...moreLines(lines.length - shown.length, style, words),
    ...(shown.some(({ name }) => name.startsWith('('))
      ? wrapped(words.say('sources-names-about'), style, 0, 'dim')
      : []),
  ];
}

function listColumns(words: Speech): Column<ListedSource>[] {
  return [
    {
      title: words.say('sources-address'),
      cell: ({ line }) => safeText(line.source, 45) || words.say('sources-unknown'),
      paint: () => 'bold',
    },
    {
      title: words.say('streams-kind'),
      cell: ({ line }) => words.say(`kind-${line.kind}`),
      paint: ({ line }) => kindPaints[line.kind],
    },
    {
      title: words.say('streams-sure'),
      cell: ({ line }) => sureText(line, words).replace('\u00A0', ''),
      align: 'right',
    },
    { title: words.say('streams-messages'), cell: ({ line }) => words.integer(line.messages), align: 'right' },
    {
      title: words.say('streams-stream'),
      cell: ({ line, stream }) =>
        line.streams.length > 1
          ? words.say('sources-more-streams', { stream: stream.id, count: words.integer(line.streams.length - 1) })
          : stream.id,
      least: 14,
    },
    {
      title: words.say('streams-decision'),
      cell: ({ line }) => (line.decision === 'undecided' ? '–' : words.say(`verdict-${line.decision}`)),
      paint: ({ line }) => verdictPaints[line.decision],
    },
  ];
}

function belowText({ name, network }: ListedSource): string {
  const parts = [name, network].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  ${parts.join(' · ')}`;
}

/** An address, or a network: what it is, why we think so, what it carries, and who stands beside it. */
export function placeText(
  detail: PlaceDetail,
  style: Style,
  options: { readonly limit?: number; readonly command?: string; readonly streamIdOf: (line: SourceLine) => string },
): string[] {
  const words = speech(style.language);
  const limit = options.limit ?? 20;
  const command = options.command ?? 'zegel';
  const { prefix, lines } = detail;
  const first = lines.reduce((least, line) => Math.min(least, line.first), Infinity);
  const last = lines.reduce((most, line) => Math.max(most, line.last), -Infinity);
  const facts: [string, string][] = [
    ...(detail.single ? addressFacts(detail, words) : []),
    [words.say('source-declared'), declaredText(detail, words)],
    [
      words.say('source-messages'),
      words.say('source-rows', { messages: words.integer(detail.messages), rows: words.integer(detail.rows) }),
    ],
    [words.say('source-seen'), lines.length === 0 ? '' : `${dayText(first)} – ${dayText(last)}`],
  ];
  const wide = Math.max(...facts.map(([name]) => name.length));
  const said: string[] = [];
  for (const [name, text] of facts) {
    if (text === '') continue;
    const [start = '', ...rest] = wrapped(text, style, wide + 4);
    said.push(`  ${paint(plain(name.padEnd(wide), style), 'dim', style)}  ${start.trimStart()}`, ...rest);
  }
  return [
    paint(plain(prefix.text, style), 'heading', style),
    ...said,
    ...(lines.length === 0 ? ['', ...wrapped(words.say('source-nothing'), style)] : []),
    ...carriesText(detail.carries, style, words, limit, command),
    ...(detail.single ? rowsText(detail.combinations, style, words, limit, prefix.text, command) : []),
    ...othersText(detail, style, words, limit, options.streamIdOf, command),
  ];
}

function addressFacts({ network, reverse, recognised, prefix }: PlaceDetail, words: Speech): [string, string][] {
  const name = safeText(reverse?.name ?? '', 253);
  const day = reverse === undefined ? '' : dayText(reverse.day);
  const called =
    reverse === undefined
      ? words.say('source-reverse-unasked', { address: prefix.text })
      : reverse.name === null
        ? words.say('source-reverse-none', { day })
        : words.say(
            reverse.confirmed === 'unknown'
              ? 'source-reverse-unknown'
              : reverse.confirmed
                ? 'source-reverse-yes'
                : 'source-reverse-no',
            { name, day },
          );
  const senders = recognised.map(({ sender, entry, strength }) =>
    words.say(strength === 'place' ? 'source-place-by' : 'source-sender-by', {
      sender: safeText(sender.name, 100),
      entry: safeText(entry, 100),
    }),
  );
  return [
    [words.say('source-network'), network === undefined ? words.say('no-network') : networkText(network)],
    [words.say('source-reverse'), called],
    [words.say('source-sender'), senders.length === 0 ? words.say('source-sender-none') : senders.join('; ')],
  ];
}

function declaredText({ declared }: PlaceDetail, words: Speech): string {
  if (declared.length === 0) return words.say('source-declared-none');
  return declared
    .map(({ sender, party, networks }) => `${safeText(sender, 80)} · ${safeText(party, 80)} (${networks.join(' ')})`)
    .join('; ');
}

function carriesText(
  carries: readonly CarriedStream[],
  style: Style,
  words: Speech,
  limit: number,
  command: string,
): string[] {
  if (carries.length === 0) return [];
  const shown = carries.slice(0, limit);
  const columns: Column<CarriedStream>[] = [
    {
      title: words.say('streams-stream'),
      cell: ({ stream }) => safeText(stream.name, 160),
      least: 16,
      paint: () => 'bold',
    },
    {
      title: words.say('streams-kind'),
      cell: ({ stream }) => words.say(`kind-${stream.kind}`),
      paint: ({ stream }) => kindPaints[stream.kind],
    },
    {
      title: words.say('streams-sure'),
      cell: ({ stream }) => sureText(stream, words).replace('\u00A0', ''),
      align: 'right',
    },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: words.say('rows'), cell: ({ rows }) => words.integer(rows), align: 'right' },
  ];
  return [
    ...heading(words.say('source-streams'), style),
    ...table(columns, shown, style, {
      indent: 2,
      below: ({ stream, decision, ground }) =>
        [stream.id, words.say(`verdict-${decision}`), words.say(`ground-${ground}`)].join(' · '),
      belowColumn: 0,
    }),
    ...(carries.length > shown.length
      ? wrapped(words.say('more', { count: words.integer(carries.length - shown.length) }), style, 2, 'dim')
      : []),
    ...(shown[0] === undefined
      ? []
      : [`  ${paint(plain(`${command} streams ${shown[0].stream.id}`, style), 'good', style)}`]),
  ];
}

function rowsText(
  combinations: readonly CombinationLine[],
  style: Style,
  words: Speech,
  limit: number,
  address: string,
  command: string,
): string[] {
  if (combinations.length === 0) return [];
  const shown = combinations.slice(0, Math.min(limit, limit === Infinity ? Infinity : 10));
  const dkim = ({ dkim: signatures }: CombinationLine): string =>
    signatures.length === 0
      ? '–'
      : signatures.map(([domain, selector, result]) => `${result} ${domain}/${selector ?? '?'}`).join(', ');
  const columns: Column<CombinationLine>[] = [
    {
      title: words.say('source-author'),
      cell: ({ authorDomain }) => safeText(authorDomain, 253),
      least: 20,
      paint: () => 'bold',
    },
    {
      title: words.say('source-envelope'),
      cell: ({ envelopeDomain }) => (envelopeDomain === null ? '–' : safeText(envelopeDomain, 253) || '<>'),
      least: 16,
    },
    { title: words.say('streams-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
  ];
  const spf = (line: CombinationLine): string =>
    line.spf === null ? 'SPF –' : safeText(`SPF ${line.spf[2]} ${line.spf[0]}`, 200);
  return [
    ...heading(words.say('source-showed'), style),
    ...table(columns, shown, style, {
      indent: 2,
      below: (line) => `${spf(line)} · DKIM ${safeText(dkim(line), 300)}`,
      belowColumn: 0,
    }),
    ...more(combinations.length - shown.length, `${command} sources ${address} --json`, style, words),
  ];
}

function othersText(
  detail: PlaceDetail,
  style: Style,
  words: Speech,
  limit: number,
  streamIdOf: (line: SourceLine) => string,
  command: string,
): string[] {
  const { single, around, prefix } = detail;
  const others = single ? detail.neighbours : detail.lines;
  const network = single ? around.text : prefix.text;
  if (others.length === 0)
    return single ? ['', ...wrapped(words.say('source-no-neighbours', { network }), style, 0, 'dim')] : [];
  const shown = others.slice(0, Math.min(limit, limit === Infinity ? Infinity : single ? 8 : limit));
  const columns: Column<SourceLine>[] = [
    { title: '', cell: ({ source }) => safeText(source, 45) },
    { title: '', cell: ({ kind }) => words.say(`kind-${kind}`), paint: ({ kind }) => kindPaints[kind] },
    { title: '', cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: '', cell: streamIdOf, least: 12, paint: () => 'dim' },
  ];
  return [
    ...heading(
      words.say(single ? 'source-neighbours' : 'source-inside', { network, count: words.integer(others.length) }),
      style,
    ),
    ...table(columns, shown, style, { indent: 2, bare: true }),
    ...more(others.length - shown.length, `${command} sources ${network} --all`, style, words),
  ];
}
