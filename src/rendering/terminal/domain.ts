import type { Letter, Posture, Role } from '../../protection/posture/index.ts';
import { asksText, remedyText, sentence } from '../posture-phrases.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { letterPaint } from './posture.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';

/** An answer that was seen at a name, from which day to which. Days are texts: `2026-03-01`. */
export interface RecordLine {
  readonly name: string;
  readonly type: string;
  readonly first: string;
  readonly last: string;
  readonly kind: 'no-data' | 'no-such-name' | 'records';
  readonly aliases: readonly string[];
  readonly records: readonly string[];
  /** It was not always so, of all days it was looked at. */
  readonly changed: boolean;
}

/** What is remembered of one domain. */
export interface DomainPage {
  readonly domain: string;
  /** As its readers write it. */
  readonly unicode: string;
  /** Of the portfolio; absent when it is not in it. */
  readonly entry?: {
    readonly role?: Role;
    readonly came: string;
    readonly note: string;
    readonly who: string;
    readonly day: string;
  };
  readonly seen?: {
    readonly messages: number;
    readonly alignedMessages: number;
    readonly first: string;
    readonly last: string;
  };
  readonly reported?: { readonly p: string; readonly day: string };
  readonly selectors: readonly string[];
  readonly subdomains: readonly string[];
  /** The newest first. */
  readonly looks: readonly { readonly first: string; readonly last: string; readonly letter: Letter }[];
  readonly posture?: Posture;
  readonly records: readonly RecordLine[];
}

/** One domain, for a terminal. `limit`: lines of each list; `all`: small findings and addresses too. */
export function domainText(
  page: DomainPage,
  style: Style,
  options: { readonly limit: number; readonly all: boolean },
): string[] {
  const words = speech(style.language);
  const { limit, all } = options;
  return [
    ...opening(page, style, words),
    ...amiss(page, style, words, limit, all),
    ...records(page, style, words, limit, all),
  ];
}

function opening(page: DomainPage, style: Style, words: Speech): string[] {
  const { domain, unicode, entry, posture, looks, seen, reported } = page;
  const name = safeText(unicode === domain ? domain : `${unicode} (${domain})`, 300);
  const [look] = looks;
  const letter = look === undefined ? '' : plain(words.say('posture-grade', { letter: look.letter }), style);
  const blank = style.width - displayWidth(name) - displayWidth(letter);
  const title = paint(plain(name, style), 'heading', style);
  const lines =
    blank > 1 && look !== undefined
      ? [title + ' '.repeat(blank) + paint(letter, letterPaint(look.letter), style)]
      : [title, ...(letter === '' ? [] : [letter])];
  const facts: [label: string, text: string][] = [];
  facts.push([
    words.say('domain-role'),
    entry?.role === undefined
      ? posture === undefined
        ? words.say('domains-role-untold')
        : words.say('domain-proposed', { role: words.say(`posture-is-${posture.role}`) })
      : words.say(`posture-is-${entry.role}`),
  ]);
  facts.push([
    words.say('domain-portfolio'),
    entry === undefined
      ? words.say('domain-not-in')
      : [
          words.say('domain-since', { day: entry.day }),
          words.say(`domain-came-${entry.came}`),
          safeText(entry.note, 300),
        ]
          .filter((text) => text !== '')
          .join(' · '),
  ]);
  if (posture !== undefined && look !== undefined) {
    facts.push([
      words.say('domain-policy'),
      `${asksText(posture.published.dmarc.domain.current, words)} (${words.say('domain-looked', { day: look.last })})`,
    ]);
  } else if (reported !== undefined) {
    facts.push([
      words.say('domain-policy'),
      words.say('domain-reported', { p: safeText(reported.p, 20), day: reported.day }),
    ]);
  }
  facts.push([
    words.say('domain-mail'),
    seen === undefined
      ? words.say('domain-no-mail')
      : words.say('domain-messages', {
          messages: words.integer(seen.messages),
          aligned: words.integer(seen.alignedMessages),
          first: seen.first,
          last: seen.last,
        }),
  ]);
  for (const [label, list] of [
    ['domain-selectors', page.selectors],
    ['domain-subdomains', page.subdomains],
  ] as const) {
    if (list.length > 0) facts.push([words.say(label), short(list, words)]);
  }
  if (looks.length > 1) {
    // One look after the other with the same letter is one stretch of days.
    const stretches = looks.filter(({ letter: each }, at) => looks[at + 1]?.letter !== each);
    const grades = stretches
      .slice(0, 8)
      .map(({ letter: each, first }) => `${each} ${words.say('domain-from', { day: first })}`);
    facts.push([words.say('domain-grades'), grades.join(', ')]);
  }
  const width = Math.max(...facts.map(([label]) => displayWidth(label))) + 2;
  for (const [label, text] of facts) {
    for (const [at, line] of wrapped(text, style, 2 + width).entries()) {
      lines.push(at === 0 ? `  ${paint(plain(label.padEnd(width), style), 'dim', style)}${line.trimStart()}` : line);
    }
  }
  return lines;
}

function short(list: readonly string[], words: Speech): string {
  const shown = list.slice(0, 8).map((text) => safeText(text, 80));
  if (list.length > shown.length) shown.push(words.say('more', { count: list.length - shown.length }));
  return shown.join(', ');
}

const tones: Readonly<Record<string, Paint>> = {
  critical: 'bad',
  serious: 'bad',
  moderate: 'warn',
  minor: 'dim',
  note: 'dim',
};

function amiss({ posture, domain }: DomainPage, style: Style, words: Speech, limit: number, all: boolean): string[] {
  const lines = heading(words.say('posture-findings'), style);
  if (posture === undefined)
    return [...lines, ...wrapped(words.say('domain-never-looked', { domain }), style, 2, 'dim')];
  const list = posture.findings.filter(({ severity }) => all || severity !== 'note');
  if (list.length === 0) return [...lines, ...wrapped(words.say('posture-no-findings'), style, 2)];
  for (const finding of list.slice(0, limit)) {
    const label = plain(words.say(`posture-${finding.severity}`), style).padEnd(10);
    for (const [at, line] of wrapped(sentence(finding, words), style, 12).entries())
      lines.push(at === 0 ? `  ${paint(label, tones[finding.severity], style)}${line.trimStart()}` : line);
    if (finding.remedy !== 'posture/do-nothing')
      lines.push(...wrapped(`> ${remedyText({ ...finding, records: undefined }, words)}`, style, 12, 'dim'));
  }
  if (list.length > limit) lines.push(...wrapped(words.say('more', { count: list.length - limit }), style, 2, 'dim'));
  return [...lines, ...wrapped(words.say('domain-look-again', { domain }), style, 2, 'dim')];
}

function records(page: DomainPage, style: Style, words: Speech, limit: number, all: boolean): string[] {
  // Addresses change at the will of whoever runs the machines; what they are tells nothing of a policy.
  const list = page.records.filter(({ type }) => all || (type !== 'A' && type !== 'AAAA'));
  const lines = heading(words.say('domain-records'), style);
  if (list.length === 0)
    return [...lines, ...wrapped(words.say('snapshot-none', { name: page.domain }), style, 2, 'dim')];
  const groups = new Map<string, RecordLine[]>();
  for (const line of list) {
    const key = `${line.name} ${line.type}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  // What was altered is what one looks for; both parts as they came, the newest first.
  const altered = [...groups].sort(([, [one]], [, [other]]) => Number(other?.changed) - Number(one?.changed));
  let left = limit;
  for (const [key, answers] of altered) {
    if (left <= 0) break;
    lines.push(`  ${paint(plain(safeText(key, 270), style), 'bold', style)}`);
    for (const answer of answers.slice(0, left)) lines.push(...answerLines(answer, style, words, all ? 4_000 : 240));
    left -= answers.length;
  }
  if (list.length > limit) lines.push(...wrapped(words.say('more', { count: list.length - limit }), style, 2, 'dim'));
  return lines;
}

/** `2026-01-31 – 2026-04-02  v=DMARC1; …`. `most`: characters of one text. */
function answerLines(answer: RecordLine, style: Style, words: Speech, most: number): string[] {
  const { first, last, kind, aliases, records: texts } = answer;
  const start = 2 + 2 + 23 + 2;
  const days = plain(first === last ? first : `${first} – ${last}`, style).padEnd(23);
  const via = aliases.length === 0 ? [] : [words.say('snapshot-alias', { name: safeText(aliases.join(', '), 200) })];
  const said = kind === 'records' ? texts.map((text) => safeText(text, most)) : [words.say(`snapshot-${kind}`)];
  const body = [...via, ...said].flatMap((text) =>
    wrapped(text, style, start, kind === 'records' ? undefined : 'warn'),
  );
  return body.map((line, at) => (at === 0 ? `    ${paint(days, 'dim', style)}  ${line.trimStart()}` : line));
}
