import type { Finding, Posture, Ranked, Road, Severity } from '../../protection/posture/index.ts';
import {
  asksText,
  lettersOf,
  nameText,
  openRoads,
  opensText,
  postureHeadline,
  publishedParts,
  rankingHeadline,
  remedyText,
  sentence,
} from '../posture-phrases.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { zoneLines } from '../zone-line.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

export interface PostureTextOptions {
  /** Everything: small findings, all names, all that was tried. Else what matters first. */
  readonly all?: boolean;
  /** How the command is called in hints: `zegel`. */
  readonly command?: string;
}

const tones: Readonly<Record<Severity, Paint>> = {
  critical: 'bad',
  serious: 'bad',
  moderate: 'warn',
  minor: 'dim',
  note: 'dim',
};
const indent = 2;
/** Names of the matrix, and findings and roads, that are shown unless all are asked for. */
const shortList = 12;
/** Findings that weigh, and lines of one record, that are shown unless all are asked for: more than any domain has that is not out to fill screens. */
const longList = 40;

/** A posture for a terminal, as lines without line ends; none is wider than `style.width` but a domain name that is. */
export function postureText(posture: Posture, style: Style, options: PostureTextOptions = {}): string[] {
  const words = speech(style.language);
  const page = { posture, style, words, all: options.all === true };
  return [
    ...opening(page),
    ...published(page),
    ...findings(page),
    ...forgery(page),
    ...internetNl(page),
    ...whyGrade(page),
  ];
}

interface Page {
  readonly posture: Posture;
  readonly style: Style;
  readonly words: Speech;
  readonly all: boolean;
}

/** Good letters green, bad ones red. */
export function letterPaint(letter: string): Paint {
  return letter.startsWith('A') ? 'good' : letter === 'B' || letter === 'C' || letter === '?' ? 'warn' : 'bad';
}

function opening({ posture, style, words }: Page): string[] {
  const { domain, grade, role, roleTold } = posture;
  const title = plain(words.say('posture-title', { domain: safeText(domain, 253) }), style);
  const letter = plain(words.say('posture-grade', { letter: grade.letter }), style);
  const blank = style.width - displayWidth(title) - displayWidth(letter);
  const first =
    blank > 1
      ? [paint(title, 'heading', style) + ' '.repeat(blank) + paint(letter, letterPaint(grade.letter), style)]
      : [...wrapped(title, style, 0, 'heading'), paint(letter, letterPaint(grade.letter), style)];
  const roleText = words.say(roleTold ? 'posture-role' : 'posture-role-proposed', {
    role: words.say(`posture-is-${role}`),
  });
  return [
    ...first,
    ...wrapped(postureHeadline(posture, words), style, 0, 'bold'),
    ...wrapped(roleText, style, 0, 'dim'),
    ...(grade.certain ? [] : wrapped(words.say('posture-provisional'), style, 0, 'warn')),
  ];
}

function published({ posture, style, words }: Page): string[] {
  const parts = publishedParts(posture, words);
  const width = Math.max(...parts.map(({ title }) => title.length)) + 2;
  const lines = heading(words.say('posture-published'), style);
  for (const { title, texts, about, tone } of parts) {
    const body = [
      ...texts.flatMap((text) => wrapped(text, style, indent + width)),
      ...(about.length === 0
        ? []
        : wrapped(
            about.join(' · '),
            style,
            indent + width,
            texts.length > 0 ? 'dim' : tone === 'good' ? undefined : tone,
          )),
    ];
    for (const [at, line] of body.entries()) {
      lines.push(at === 0 ? ' '.repeat(indent) + paint(title.padEnd(width), 'bold', style) + line.trimStart() : line);
    }
  }
  return lines;
}

function findings({ posture, style, words, all }: Page): string[] {
  const lines = heading(words.say('posture-findings'), style);
  const list = posture.findings;
  if (list.length === 0) return [...lines, plain(words.say('posture-no-findings'), style)];
  const weighty = list.filter(({ severity }) => severity !== 'note' && severity !== 'minor').slice(0, longList);
  const shown = all
    ? list
    : [
        ...weighty,
        ...list.filter(({ severity }) => severity === 'minor').slice(0, Math.max(0, shortList - weighty.length)),
      ];
  for (const finding of shown) lines.push(...findingLines(finding, style, words, all ? Infinity : longList));
  const hidden = list.length - shown.length;
  if (hidden > 0) lines.push(...wrapped(words.say('posture-hidden-findings', { count: hidden }), style, indent, 'dim'));
  return lines;
}

function findingLines(finding: Finding, style: Style, words: Speech, mostLines: number): string[] {
  const label = words.say(`posture-${finding.severity}`);
  const start = indent + 10;
  const body = wrapped(sentence(finding, words), style, start);
  const lines = body.map((line, at) =>
    at === 0
      ? ' '.repeat(indent) + paint(plain(label, style).padEnd(10), tones[finding.severity], style) + line.trimStart()
      : line,
  );
  for (const problem of (finding.because ?? []).slice(0, 5)) {
    lines.push(...wrapped(`- ${sentence(problem, words)}`, style, start, 'dim'));
  }
  lines.push(...wrapped(`${safeText(finding.where.name, 253)} · ${finding.see}`, style, start, 'dim'));
  if (finding.remedy !== 'posture/do-nothing') lines.push(...wrapped(`> ${remedyText(finding, words)}`, style, start));
  for (const record of finding.records ?? []) {
    const room = style.width - start - 2;
    const inZone = zoneLines(record, room);
    // Half a record must not be copied: one that is too long to be shown is not begun.
    if (inZone.length > mostLines) {
      lines.push(...wrapped(words.say('posture-record-long', { lines: inZone.length }), style, start + 2, 'dim'));
    } else lines.push(...inZone.map((line) => ' '.repeat(start + 2) + paint(line, 'good', style)));
  }
  return lines;
}

function forgery({ posture, style, words, all }: Page): string[] {
  const { names, roads, closed, untold, beside } = posture.forgery;
  // Subdomains that are like the first are many; those with ways around are what to look at.
  const subdomains = names.filter(({ kind }) => kind === 'subdomain');
  const others = names.filter(({ kind }) => kind !== 'subdomain');
  const shown = all ? subdomains : [...subdomains].sort((one, other) => other.roads - one.roads).slice(0, 6);
  const rows = [...others.slice(0, 1), ...shown, ...others.slice(1)];
  const columns: Column<(typeof rows)[number]>[] = [
    { title: words.say('posture-name'), cell: (row) => nameText(row, words), least: 12 },
    {
      title: words.say('posture-now'),
      cell: (row) => asksText(row.current, words),
      paint: (row) => asksPaint(row.current.asks),
    },
    {
      title: words.say('posture-older'),
      cell: (row) => asksText(row.older, words),
      paint: (row) => asksPaint(row.older.asks),
    },
    {
      title: words.say('posture-ways'),
      cell: (row) => String(row.roads),
      align: 'right',
      paint: (row) => (row.roads === 0 ? 'good' : 'warn'),
    },
  ];
  const lines = [
    ...heading(words.say('posture-forgery'), style),
    ...wrapped(words.say('posture-forgery-about'), style, 0, 'dim'),
    ...table(columns, rows, style, { indent }),
  ];
  if (shown.length < subdomains.length) {
    lines.push(...wrapped(words.say('more', { count: subdomains.length - shown.length }), style, indent, 'dim'));
  }
  const list = all ? roads : roads.slice(0, shortList);
  if (list.length > 0) lines.push('');
  for (const road of list) lines.push(...roadLines(road, style, words));
  if (list.length < roads.length) {
    lines.push(...wrapped(words.say('more', { count: roads.length - list.length }), style, indent, 'dim'));
  }
  const ways = closed.filter(({ code }) => code !== 'posture/closed-policy' && code !== 'posture/closed-older');
  lines.push(
    ...listLines(
      words.say('posture-untold-ways'),
      untold.map((each) => sentence(each, words)),
      style,
      'warn',
    ),
  );
  lines.push(
    ...listLines(
      words.say('posture-closed-ways'),
      (all ? closed : ways).map((each) => sentence(each, words)),
      style,
      'dim',
    ),
  );
  lines.push(
    ...listLines(
      words.say('posture-beside'),
      beside.map((code) => words.say(code)),
      style,
      'dim',
    ),
  );
  return lines;
}

function listLines(title: string, items: readonly string[], style: Style, as: Paint): string[] {
  return items.length === 0 ? [] : ['', ...wrapped(`${title}: ${items.join('; ')}.`, style, indent, as)];
}

function asksPaint(asks: string): Paint | undefined {
  if (asks === 'reject') return 'good';
  return asks === 'quarantine' || asks === 'unknown' ? 'warn' : 'bad';
}

function roadLines(road: Road, style: Style, words: Speech): string[] {
  const start = indent + 10;
  const label = plain(words.say(`posture-${road.severity}`), style).padEnd(10);
  const lines = wrapped(sentence(road, words), style, start).map((line, at) =>
    at === 0 ? ' '.repeat(indent) + paint(label, tones[road.severity], style) + line.trimStart() : line,
  );
  lines.push(...wrapped(`${opensText(road, words)} · ${road.see}`, style, start, 'dim'));
  return lines;
}

function internetNl({ posture, style, words }: Page): string[] {
  const { tests, score, most } = posture.internetNl;
  const paints: Record<string, Paint> = { passed: 'good', partly: 'warn', failed: 'bad' };
  const columns: Column<(typeof tests)[number]>[] = [
    { title: '', cell: (row) => words.say(`posture-test-${row.test}`), least: 12 },
    { title: '', cell: (row) => (row.score === undefined ? '' : String(row.score)), align: 'right' },
    {
      title: '',
      cell: (row) => words.say(`posture-outcome-${row.outcome}`),
      paint: (row) => paints[row.outcome] ?? 'dim',
    },
    {
      title: '',
      cell: (row) => (row.notice === undefined ? '' : words.say(row.notice)),
      least: 10,
      paint: () => 'dim',
    },
  ];
  return [
    ...heading(words.say('posture-internet-nl'), style),
    ...table(columns, tests, style, { indent, bare: true }),
    ...wrapped(words.say('posture-internet-nl-points', { score, most }), style, indent, 'dim'),
  ];
}

function whyGrade({ posture, style, words }: Page): string[] {
  const { rules } = posture.grade;
  if (rules.length === 0) return [];
  const columns: Column<(typeof rules)[number]>[] = [
    { title: '', cell: (row) => row.atMost, paint: (row) => letterPaint(row.atMost) },
    { title: '', cell: (row) => sentence(row, words), least: 20 },
  ];
  return [...heading(words.say('posture-why-grade'), style), ...table(columns, rules, style, { indent, bare: true })];
}

/** Many domains by how well they are protected. `limit`: how many lines, all with `Infinity`. */
export function rankingText(
  ranked: readonly Ranked[],
  style: Style,
  options: { readonly limit?: number } = {},
): string[] {
  const words = speech(style.language);
  const limit = options.limit ?? 20;
  const shown = ranked.slice(0, limit);
  const columns: Column<Ranked>[] = [
    { title: words.say('posture-place'), cell: (row) => String(row.place), align: 'right', paint: () => 'dim' },
    { title: words.say('posture-domain'), cell: (row) => safeText(row.domain, 253), least: 28, paint: () => 'bold' },
    { title: '', cell: (row) => row.letter + (row.certain ? '' : '?'), paint: (row) => letterPaint(row.letter) },
    {
      title: words.say('posture-now'),
      cell: (row) => words.say(`posture-asks-${row.asks}`),
      paint: (row) => asksPaint(row.asks),
    },
    {
      title: words.say('posture-ways'),
      cell: (row) => String(openRoads(row)),
      align: 'right',
    },
    {
      title: words.say('posture-worst'),
      cell: (row) => (row.worst === undefined ? words.say('posture-no-way') : sentence(row.worst, words)),
      least: 16,
      paint: () => 'dim',
      optional: true,
    },
  ];
  const spread = lettersOf(ranked)
    .map(([letter, count]) => `${letter} ${count}`)
    .join(' · ');
  return [
    paint(plain(words.say('posture-ranking'), style), 'heading', style),
    ...wrapped(rankingHeadline(ranked, words), style, 0, 'bold'),
    ...wrapped(words.say('posture-spread', { count: words.integer(ranked.length), spread }), style, 0, 'dim'),
    ...table(columns, shown, style),
    ...(shown.length < ranked.length
      ? wrapped(words.say('more', { count: words.integer(ranked.length - shown.length) }), style, 0, 'dim')
      : []),
  ];
}
