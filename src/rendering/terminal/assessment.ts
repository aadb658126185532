import type {
  Assessment,
  DomainAssessment,
  InheritedPolicy,
  OverrideCount,
  ReporterAssessment,
  SourceGroup,
  TroubleCount,
} from '../../protection/assessment/index.ts';
import { alignedKinds, scenarioNames } from '../../protection/simulation/index.ts';
import {
  authorsText,
  domainText,
  generationText,
  headlines,
  isTrouble,
  outcomeText,
  periodText,
  policyText,
  titleText,
} from '../phrases.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { strictText, whoIs } from '../who.ts';
import { bar, sparkline } from './bars.ts';
import { lookNext } from './next.ts';
import { legText, listLength, more, number } from './parts.ts';
import type { Page } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

export interface AssessmentTextOptions {
  /** How many lines each list shows; all with `Infinity`. */
  readonly limit?: number;
  /** How the command is called in the hints: `zegel`. */
  readonly command?: string;
}

/** An assessment for a terminal, as lines without line ends; none is wider than `style.width` but a command that is longer. */
export function assessmentText(assessment: Assessment, style: Style, options: AssessmentTextOptions = {}): string[] {
  const words = speech(style.language);
  const limit = options.limit ?? listLength;
  const command = options.command ?? 'zegel';
  const page: Page = { assessment, style, words, limit, command };
  if (assessment.totals.reports === 0) return [...wrapped(words.say('nothing'), style), ...problems(page)];
  return [
    ...opening(page),
    ...alignment(page),
    ...wouldFail(page),
    ...sources(page),
    ...domains(page),
    ...withoutOwnPolicy(page),
    ...reporters(page),
    ...problems(page),
    ...lookNext(page),
  ];
}

function opening({ assessment, style, words }: Page): string[] {
  const { totals, addresses, period, gaps } = assessment;
  const title = plain(titleText(assessment, words), style);
  const when = plain(periodText(assessment, words), style);
  const blank = style.width - title.length - when.length;
  const lines =
    blank > 1
      ? [paint(title, 'heading', style) + ' '.repeat(blank) + paint(when, 'dim', style)]
      : [...wrapped(title, style, 0, 'heading'), paint(when, 'dim', style)];
  lines.push('');
  for (const [index, line] of headlines(assessment, words).entries()) {
    lines.push(...wrapped(line, style, 0, index === 0 ? 'bold' : undefined));
  }
  const counts = words.say('totals', {
    messages: words.integer(totals.messages),
    rows: words.integer(totals.rows),
    reports: words.integer(totals.reports),
    addresses: words.integer(addresses.distinct),
  });
  lines.push(...wrapped(counts, style, 0, 'dim'));
  for (const remark of remarks(assessment, words)) lines.push(...wrapped(remark, style, 0, 'dim'));
  const perDay = assessment.series.map((day) => day.both + day.dkimOnly + day.spfOnly + day.neither);
  if (perDay.length > 1) {
    const peak = plain(words.say('peak', { messages: words.integer(Math.max(...perDay)) }), style);
    const label = plain(words.say('by-day'), style);
    const line = sparkline(perDay, style.width - label.length - peak.length - 4, style);
    lines.push('', `${label}  ${line}  ${paint(peak, 'dim', style)}`);
  }
  if (gaps.length > 0) {
    const days = gaps.reduce((sum, gap) => sum + gap.days, 0);
    const shown = gaps.slice(0, 5).map((gap) => (gap.days === 1 ? gap.from : `${gap.from} – ${gap.to}`));
    if (gaps.length > 5) shown.push(words.say('more', { count: gaps.length - 5 }));
    lines.push(...wrapped(words.say('gaps', { days: words.integer(days), gaps: shown.join(', ') }), style, 0, 'warn'));
  } else if (period.days > 1) lines.push(paint(plain(words.say('no-gaps'), style), 'dim', style));
  return lines;
}

/** What must be known to read the counts rightly, where it applies. */
function remarks({ addresses, period }: Assessment, words: Speech): string[] {
  const said: string[] = [];
  if (addresses.unknownMessages > 0) {
    said.push(words.say('unknown-source', { messages: words.integer(addresses.unknownMessages) }));
  }
  if (period.spread.reports > 0) {
    const { reports, messages } = period.spread;
    said.push(words.say('spread', { reports: words.integer(reports), messages: words.integer(messages) }));
  }
  if (period.implausibleMessages > 0) {
    said.push(words.say('implausible', { messages: words.integer(period.implausibleMessages) }));
  }
  return said;
}

function alignment({ assessment, style, words, limit }: Page): string[] {
  const { aligned, totals, dispositions, overrides } = assessment;
  const paints: Record<(typeof alignedKinds)[number], Paint> = {
    both: 'good',
    dkimOnly: 'good',
    spfOnly: 'warn',
    neither: 'bad',
  };
  const kinds = alignedKinds.map((kind) => ({ name: words.say(kind), messages: aligned[kind], paint: paints[kind] }));
  const lines = [
    ...heading(words.say('alignment'), style),
    ...shares(kinds, totals.messages, style, words),
    ...heading(words.say('received'), style),
  ];
  const did = (['none', 'pass', 'quarantine', 'reject', 'notSaid'] as const)
    .map((name) => ({
      name: words.say(`disposition-${name}`),
      messages: dispositions[name],
      ofNeither: dispositions.ofNeither[name],
    }))
    .filter(({ messages }) => messages > 0);
  const columns: Column<(typeof did)[number]>[] = [
    { title: '', cell: (row) => row.name, least: 12 },
    number(words.say('messages'), (row) => row.messages, words),
    {
      title: words.say('share'),
      cell: (row) => words.percent(totals.messages > 0 ? row.messages / totals.messages : 0),
      align: 'right',
    },
    number(words.say('of-neither'), (row) => row.ofNeither, words),
  ];
  lines.push(...table(columns, did, style, { indent: 2 }));
  if (overrides.types.length > 0) {
    lines.push(...wrapped(words.say('overrides', { messages: words.integer(overrides.messages) }), style, 2));
    lines.push(
      ...table(
        [
          { title: '', cell: (row) => words.say(`override-${row.type}`), least: 12 },
          number('', (row: OverrideCount) => row.messages, words),
          { title: '', cell: (row) => row.comments.map((each) => safeText(each.comment, 60)).join(' · '), least: 10 },
        ],
        overrides.types.slice(0, limit),
        style,
        { indent: 4, bare: true },
      ),
    );
  }
  return lines;
}

function wouldFail({ assessment, style, words }: Page): string[] {
  const { scenarios, totals, sources } = assessment;
  const byId = new Map(sources.map((group) => [group.id, group]));
  const rows = scenarioNames.map((name) => ({ name, ...scenarios[name] }));
  const columns: Column<(typeof rows)[number]>[] = [
    { title: '', cell: (row) => words.say(row.name), least: 10 },
    number(words.say('messages'), (row) => row.fails, words),
    { title: words.say('share'), cell: (row) => words.percent(row.share), align: 'right' },
    number(words.say('rows'), (row) => row.rows, words),
    {
      title: '',
      cell: (row) => bar(row.share, 16, style),
      least: 0,
      paint: () => 'bad',
    },
    {
      title: '',
      cell: (row) => (row.unknown > 0 ? words.say('up-to', { messages: words.integer(row.unknown) }) : ''),
      least: 8,
      paint: () => 'dim',
    },
  ];
  const lines = [
    ...heading(words.say('would-fail'), style),
    ...table(columns, rows, style, {
      indent: 2,
      below: (row, at) => {
        const names = row.sources.slice(0, 3).flatMap((each) => {
          const group = byId.get(each.source);
          return group === undefined || each.fails === 0
            ? []
            : [`${whoIs(group, words).name} ${words.percent(each.share, 0)}`];
        });
        const said = names.length === 0 ? '' : `${words.say('behind')}: ${names.join(' · ')}`;
        // A stricter mode often changes nothing: the same line four times would hide where it does.
        const before = rows[at - 1];
        return before !== undefined && before.fails === row.fails ? '' : said;
      },
      belowColumn: 1,
    }),
    ...wrapped(words.say(scenarios.caveat), style, 2, 'warn'),
  ];
  if (scenarios.assumed.messages > 0) {
    lines.push(
      ...wrapped(words.say('assumed', { messages: words.integer(scenarios.assumed.messages) }), style, 2, 'dim'),
    );
  }
  if (scenarios.disputed.messages > 0) {
    const said = words.say('disputed', { messages: words.integer(scenarios.disputed.messages) });
    lines.push(...wrapped(said, style, 2, 'dim'));
  }
  return totals.messages === 0 ? [] : lines;
}

function sources({ assessment, style, words, limit, command }: Page): string[] {
  const shown = assessment.sources.slice(0, limit);
  const share = (group: SourceGroup, part: number) => legText(group, part, words);
  const columns: Column<SourceGroup>[] = [
    { title: words.say('id'), cell: (group) => group.id, paint: () => 'dim' },
    { title: words.say('source'), cell: (group) => whoIs(group, words).name, least: 16, paint: () => 'bold' },
    { ...number<SourceGroup>(words.say('addresses'), (group) => group.addresses, words), optional: true },
    number(words.say('messages'), (group) => group.messages, words),
    {
      title: 'DKIM',
      cell: (group) => share(group, group.legs.dkimRelaxed),
      align: 'right',
      paint: (group) => legPaint(group.legs.dkimRelaxed, group.messages),
    },
    {
      title: 'SPF',
      cell: (group) => share(group, group.legs.spfRelaxed),
      align: 'right',
      paint: (group) => legPaint(group.legs.spfRelaxed, group.messages),
    },
    { title: words.say('trend'), cell: (group) => words.say(`trend-${group.trend.word}`), optional: true },
  ];
  return [
    ...heading(words.say('sources'), style),
    ...wrapped(words.say('sources-about'), style, 0, 'dim'),
    ...table(columns, shown, style, {
      below: (group) => {
        const { spf, where } = whoIs(group, words);
        return [`${group.first} – ${group.last}`, strictText(group, words), where, spf]
          .filter((part) => part !== '')
          .join(' · ');
      },
      belowColumn: 1,
    }),
    ...more(assessment.sources.length - shown.length, `${command} assess --all`, style, words),
  ];
}

function legPaint(part: number, messages: number): Paint | undefined {
  if (messages === 0) return undefined;
  return part >= messages * 0.95 ? 'good' : part <= messages * 0.05 ? 'bad' : 'warn';
}

function domains({ assessment, style, words, limit, command }: Page): string[] {
  const shown = assessment.domains.slice(0, limit);
  const columns: Column<DomainAssessment>[] = [
    { title: words.say('domain'), cell: (row) => domainText(row.domain, words), least: 16, paint: () => 'bold' },
    number(words.say('messages'), (row) => row.messages, words),
    {
      title: words.say('aligned'),
      cell: (row) => (row.messages === 0 ? '' : words.percent(1 - row.aligned.neither / row.messages)),
      align: 'right',
      paint: (row) => legPaint(row.messages - row.aligned.neither, row.messages),
    },
    number(words.say('fails'), (row) => row.fails.relaxed, words),
    { title: words.say('policy'), cell: (row) => policyText(row, words), least: 8 },
    { title: '', cell: (row) => sparkline(row.bins, 13, style), paint: () => 'dim', optional: true },
  ];
  return [
    ...heading(words.say('domains'), style),
    ...table(columns, shown, style),
    ...more(assessment.domains.length - shown.length, `${command} assess --all`, style, words),
  ];
}

function withoutOwnPolicy({ assessment, style, words, limit, command }: Page): string[] {
  const all = assessment.withoutOwnPolicy;
  const shown = all.slice(0, limit);
  const columns: Column<InheritedPolicy>[] = [
    { title: words.say('domain'), cell: (row) => safeText(row.domain), least: 16, paint: () => 'bold' },
    number(words.say('messages'), (row) => row.messages, words),
    number(words.say('fails'), (row) => row.fails, words),
    { title: words.say('policy-from'), cell: (row) => safeText(row.policyDomain), least: 12 },
    {
      title: words.say('asks'),
      cell: (row) => (row.relation === 'unrelated' ? words.say('unrelated') : (row.asks ?? words.say('not-known'))),
      paint: (row) => (row.relation === 'unrelated' || row.asks === 'none' ? 'warn' : undefined),
    },
  ];
  return [
    ...heading(words.say('without-own-policy'), style),
    ...(all.length === 0
      ? [plain(words.say('all-own-policy'), style)]
      : [
          ...wrapped(words.say('without-own-policy-about'), style, 0, 'dim'),
          ...table(columns, shown, style),
          ...more(all.length - shown.length, `${command} assess --all`, style, words),
        ]),
  ];
}

function reporters({ assessment, style, words, limit, command }: Page): string[] {
  const shown = assessment.reporters.slice(0, limit);
  const silent = assessment.reporters.filter((each) => each.silentSince !== null).length;
  const columns: Column<ReporterAssessment>[] = [
    { title: words.say('reporter'), cell: (row) => safeText(row.reporter), least: 14, paint: () => 'bold' },
    { title: words.say('generation'), cell: (row) => generationText(row), optional: true },
    { ...number<ReporterAssessment>(words.say('reports'), (row) => row.reports, words), optional: true },
    number(words.say('messages'), (row) => row.messages, words),
    {
      title: words.say('seen'),
      cell: (row) =>
        row.silentSince === null ? `${row.first} – ${row.last}` : words.say('silent', { day: row.silentSince }),
      paint: (row) => (row.silentSince === null ? 'dim' : 'warn'),
    },
  ];
  return [
    ...heading(words.say('reporters'), style),
    ...table(columns, shown, style),
    ...more(assessment.reporters.length - shown.length, `${command} assess --all`, style, words),
    ...(silent === 0 ? [] : wrapped(words.say('silent-count', { count: silent }), style, 0, 'warn')),
    ...wrapped(words.say('reporters-caveat'), style, 0, 'dim'),
    ...wrapped(authorsText(assessment, words), style, 0, 'dim'),
  ];
}

function problems({ assessment, style, words, limit, command }: Page): string[] {
  const all = assessment.problems;
  const shown = all.slice(0, limit);
  if (all.length === 0) {
    return [...heading(words.say('problems'), style), plain(words.say('no-problems'), style)];
  }
  // A sentence that is cut says nothing: here it goes on as long as it is, beside its count.
  const outcome = (row: TroubleCount) => plain(words.say(`state-${row.outcome}`), style);
  const count = (row: TroubleCount) => words.integer(row.documents);
  const [first, second] = [outcome, count].map((text) => Math.max(...shown.map((row) => displayWidth(text(row)))));
  const room = { ...style, width: style.width - first! - second! - 4 };
  const lines = shown.flatMap((row) => {
    const name = outcome(row);
    const bad = isTrouble(row.outcome);
    const start = `${paint(name, bad ? 'bad' : undefined, style)}${' '.repeat(first! - displayWidth(name))}  ${count(row).padStart(second!)}  `;
    const [example] = row.examples;
    const where =
      example === undefined
        ? ''
        : (example.key ?? (example.entry === '' ? example.origin : `${example.origin} ${example.entry}`));
    const said = wrapped(outcomeText(row, words), room);
    if (where !== '') said.push(...wrapped(words.say('example', { where: safeText(where, 200) }), room, 0, 'dim'));
    return said.map((line, at) => (at === 0 ? start : ' '.repeat(first! + second! + 4)) + line);
  });
  return [
    ...heading(words.say('problems'), style),
    ...lines,
    ...more(all.length - shown.length, `${command} assess --all`, style, words),
    ...wrapped(words.say('see-problems', { command: `${command} reports --problems` }), style, 0, 'dim'),
  ];
}

/** A list of named parts of a whole: number, share and bar. */
function shares(
  parts: readonly { readonly name: string; readonly messages: number; readonly paint: Paint }[],
  whole: number,
  style: Style,
  words: Speech,
): string[] {
  const share = (messages: number) => (whole > 0 ? messages / whole : 0);
  return table(
    [
      { title: '', cell: (row) => row.name, least: 10 },
      number('', (row: (typeof parts)[number]) => row.messages, words),
      { title: '', cell: (row) => words.percent(share(row.messages)), align: 'right' },
      { title: '', cell: (row) => bar(share(row.messages), 30, style), paint: (row) => row.paint },
    ],
    parts,
    style,
    { indent: 2, bare: true },
  );
}
