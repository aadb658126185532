import type { Synthesis, SynthesisedRecord } from '../../protection/plan/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { zoneLines } from '../zone-line.ts';
import { ipv6Text } from './spf.ts';
import type { SpfTextOptions } from './spf.ts';
import { heading, paint, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

const changePaints: Readonly<Record<SynthesisedRecord['change'], Paint>> = {
  new: 'good',
  changed: 'warn',
  same: 'dim',
};

/** SPF records that were synthesised, or why there are none and what would help; no line wider than `style.width`. */
export function spfSynthesisText(view: Synthesis, style: Style, options: SpfTextOptions = {}): string[] {
  const words = speech(style.language);
  const { domain, existsZone, outcome, limits, named, voidLookups } = view;
  const isGood = outcome === 'fits' || outcome === 'exists';
  const title = words.say(`synthesis-${outcome}`, {
    domain: safeText(domain, 253),
    names: words.integer(existsZone?.names ?? 0),
    apex: safeText(existsZone?.apex ?? '', 253),
  });
  const figures = { networks: words.integer(named.networks), bytes: words.integer(named.bytes) };
  const costs = {
    lookups: view.lookups,
    most: limits.lookups,
    voids: Math.max(voidLookups.v4, voidLookups.v6),
    mostVoids: limits.voids,
  };
  return [
    ...wrapped(title, style, 0, isGood ? 'heading' : 'bad'),
    ...(isGood ? wrapped(words.say('synthesis-costs', { ...costs, ...figures }), style) : []),
    ...overLines(view, figures, style, words),
    ...recordLines(view, style, words),
    ...proposalLines(view, style, words),
    ...includeLines(view, style, words),
    ...differenceLines(view, style, words, options),
    ...noteLines(view, style, words, options),
  ];
}

function overLines(
  { over }: Synthesis,
  figures: { readonly networks: string; readonly bytes: string },
  style: Style,
  words: Speech,
): string[] {
  if (over === undefined) return [];
  const values = { lookups: over.lookups, voids: over.voids, pages: words.integer(over.pagesNeeded), ...figures };
  return wrapped(words.say('synthesis-over', values), style, 0, 'bad');
}

function recordLines({ records, unused, isAfresh }: Synthesis, style: Style, words: Speech): string[] {
  if (records.length === 0) return [];
  const columns: Column<SynthesisedRecord>[] = [
    { title: words.say('synthesis-name'), cell: ({ name }) => safeText(name, 253), least: 20 },
    { title: words.say('synthesis-bytes'), cell: ({ bytes }) => words.integer(bytes), align: 'right' },
    { title: words.say('synthesis-answer'), cell: ({ answerBytes }) => words.integer(answerBytes), align: 'right' },
    { title: words.say('synthesis-networks'), cell: ({ holds }) => words.integer(holds.networks), align: 'right' },
    {
      title: words.say('synthesis-change'),
      cell: ({ change }) => words.say(`synthesis-${change}`),
      paint: ({ change }) => changePaints[change],
    },
  ];
  return [
    ...heading(words.say('synthesis-records'), style),
    ...table(columns, records, style, { indent: 2 }),
    ...(isAfresh ? wrapped(words.say('synthesis-afresh'), style, 2, 'warn') : []),
    ...(unused.length === 0
      ? []
      : wrapped(
          `${unused.map(({ name }) => safeText(name, 253)).join(', ')}: ${words.say('synthesis-unused')}`,
          style,
          2,
          'warn',
        )),
    ...records
      .filter(({ change }) => change !== 'same')
      .flatMap(({ name, type, text }) => ['', ...zoneLines({ name, type, value: text }, style.width)]),
  ];
}

function proposalLines({ proposals }: Synthesis, style: Style, words: Speech): string[] {
  if (proposals.length === 0) return [];
  return [
    ...heading(words.say('synthesis-proposals'), style),
    ...proposals.flatMap(({ code, values, fits, see }) =>
      wrapped(
        `- ${said({ code, values, see }, words)}${fits ? ` · ${words.say('synthesis-enough')}` : ''}`,
        style,
        2,
        fits ? 'good' : undefined,
      ),
    ),
  ];
}

function includeLines({ includes, covered }: Synthesis, style: Style, words: Speech): string[] {
  if (includes.length === 0) return [];
  return [
    ...heading(words.say('synthesis-includes'), style),
    ...includes.flatMap(({ kept, reason, lookups }) =>
      wrapped(
        `${said(reason, words)} · ${words.say('spf-asks')}: ${lookups}`,
        style,
        2,
        reason.code === 'plan/include-unknown' ? 'bad' : kept ? undefined : 'warn',
      ),
    ),
    ...covered.flatMap(({ include, ipv4, ipv6 }) => {
      const values = { include: safeText(include, 253), ipv4: words.integer(ipv4), ipv6: ipv6Text(ipv6, words) };
      return wrapped(words.say('synthesis-covered', values), style, 2, 'dim');
    }),
  ];
}

function differenceLines(view: Synthesis, style: Style, words: Speech, options: SpfTextOptions): string[] {
  if (view.difference === undefined) return [];
  return (['added', 'removed'] as const).flatMap((side) => {
    const { ipv4, ipv6, prefixes } = view.difference![side];
    if (prefixes.length === 0) return [];
    const shown = prefixes.slice(0, options.limit ?? 20);
    const left = prefixes.length - shown.length;
    const sign = side === 'added' ? '+' : '-';
    return [
      ...heading(words.say(`synthesis-${side}`, { ipv4: words.integer(ipv4), ipv6: ipv6Text(ipv6, words) }), style),
      ...shown.map((network) => paint(`${sign} ${network}`, side === 'added' ? 'good' : 'bad', style)),
      ...(left === 0 ? [] : wrapped(words.say('more', { count: words.integer(left) }), style, 2, 'dim')),
    ];
  });
}

function noteLines({ problems }: Synthesis, style: Style, words: Speech, options: SpfTextOptions): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, options.limit ?? 20);
  const left = problems.length - shown.length;
  return [
    ...heading(words.say('synthesis-notes'), style),
    ...shown.flatMap((problem) => wrapped(said(problem, words), style, 2, 'warn')),
    ...(left === 0 ? [] : wrapped(words.say('more', { count: words.integer(left) }), style, 2, 'dim')),
  ];
}

function said(problem: Problem, words: Speech): string {
  const values = Object.fromEntries(
    Object.entries(problem.values ?? {}).map(([key, value]) => [
      key,
      typeof value === 'number' ? words.integer(value) : safeText(value, 300),
    ]),
  );
  const sentence = words.say(problem.code, values);
  return problem.see === undefined ? sentence : `${sentence} (${problem.see})`;
}
