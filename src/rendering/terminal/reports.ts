import type { DocumentRecord } from '../../protection/ingestion/index.ts';
import type { Row } from '../../standards/reports/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { isTrouble, outcomeText } from '../phrases.ts';
import { safeText, shellWord } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { listLength, more, number } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';

/** The list of what was filed: a page of documents, and how many there are in all. */
export function reportsText(
  documents: readonly DocumentRecord[],
  total: number,
  style: Style,
  options: { readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  if (total === 0) return wrapped(words.say('no-documents'), style);
  const lines = table(
    [
      { title: words.say('key'), cell: (row) => keyText(row), least: 8, paint: () => 'bold' },
      { title: words.say('from-to'), cell: (row) => periodOf(row) },
      { title: words.say('reporter'), cell: (row) => safeText(row.key?.reporter ?? ''), least: 10 },
      { title: words.say('domain'), cell: (row) => safeText(row.key?.policyDomain ?? ''), least: 10 },
      number(words.say('messages'), (row: DocumentRecord) => row.summary?.messages ?? 0, words),
      {
        title: words.say('state'),
        cell: (row) => words.say(`state-${row.state}`),
        paint: (row) => statePaint(row),
      },
    ],
    documents,
    style,
    { below: (row) => troubles(row, words), belowColumn: 1 },
  );
  const command = `${options.command ?? 'zegel'} reports --all`;
  return [...lines, ...more(total - documents.length, command, style, words)];
}

/** One document with everything that is known of it, and its rows (none for what could not be read). */
export function reportText(
  document: DocumentRecord,
  rows: readonly Row[],
  style: Style,
  options: { readonly limit?: number; readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  const { summary, original, key } = document;
  const policy = summary?.policyPublished;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.say('state'), words.say(`state-${document.state}`)],
    [words.say('copy-of'), document.other === undefined ? undefined : String(document.other)],
    [words.say('reporter'), join([summary?.metadata.orgName, key?.reporter])],
    [words.say('contact'), join([summary?.metadata.email, summary?.metadata.extraContactInfo])],
    [words.say('report-id'), summary?.metadata.reportId],
    [words.say('from-to'), periodOf(document)],
    [words.say('generation'), join([summary?.generation, summary?.namespace, summary?.version])],
    [words.say('generator'), summary?.metadata.generator],
    [words.say('domain'), policy?.domain],
    [words.say('policy'), policy === undefined ? undefined : publishedText(policy)],
    [words.say('messages'), summary === undefined ? undefined : words.integer(summary.messages)],
    [words.say('rows'), summary === undefined ? undefined : words.integer(summary.rows)],
    [words.say('origin'), join([original.origin, document.entry])],
    ['', join([document.container, original.road, `${words.integer(original.size)} bytes`])],
    ['SHA-256', original.sha256],
    [words.say('authenticated-as'), document.authenticatedAs],
    [
      words.say('authenticity'),
      document.authenticity === undefined ? undefined : problemText(document.authenticity.reason, words),
    ],
    [words.say('decided'), document.decided === undefined ? undefined : words.say(`decided-${document.decided}`)],
    [words.say('filed'), new Date(document.filedAt).toISOString().slice(0, 19).replace('T', ' ')],
    ...(summary?.metadata.errors ?? []).map((error) => [words.say('errors'), error] as const),
    ...(summary?.extensions ?? []).map((extension) => ['extension', extension.xml] as const),
  ];
  const said = facts.flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [[name, safeText(text)] as const],
  );
  const lines = [
    paint(plain(keyText(document), style), 'heading', style),
    ...table(
      [
        { title: '', cell: (row) => row[0], paint: () => 'dim' },
        { title: '', cell: (row) => row[1], least: 20 },
      ],
      said,
      style,
      { indent: 2, bare: true },
    ),
  ];
  if (document.problems.length > 0) {
    lines.push(...heading(words.say('problems'), style));
    for (const problem of document.problems) lines.push(...wrapped(problemText(problem, words), style, 2, 'bad'));
  }
  if (document.repaired.length > 0) {
    lines.push(...heading(words.say('repairs'), style));
    for (const repair of document.repaired) {
      const times = words.say('times', { count: words.integer(repair.times) });
      lines.push(...wrapped(`${problemText(repair, words)} · ${times}`, style, 2));
    }
  }
  if (rows.length === 0) return lines;
  const shown = rows.slice(0, options.limit ?? listLength);
  return [
    ...lines,
    ...heading(words.say('rows'), style),
    ...rowsText(shown, style),
    ...more(
      rows.length - shown.length,
      `${options.command ?? 'zegel'} reports ${shellWord(keyText(document))} --all`,
      style,
      words,
    ),
  ];
}

/** Rows of a report as a table, each with its authentication results and reasons under it. */
export function rowsText(rows: readonly Row[], style: Style): string[] {
  const words = speech(style.language);
  return table(
    [
      { title: words.say('address'), cell: (row) => row.source ?? words.say('unknown-address'), least: 15 },
      number(words.say('messages'), (row: Row) => row.count, words),
      { title: words.say('disposition'), cell: (row) => row.disposition ?? '' },
      { title: 'DKIM', cell: (row) => row.dkim ?? '', paint: (row) => resultPaint(row.dkim) },
      { title: 'SPF', cell: (row) => row.spf ?? '', paint: (row) => resultPaint(row.spf) },
      { title: words.say('header-from'), cell: (row) => safeText(row.headerFrom ?? ''), least: 12 },
    ],
    rows,
    style,
    { indent: 2, below: (row) => resultsText(row), belowColumn: 1 },
  );
}

/** What `zegel reports KEY` takes: the key of a report, or the number of a document that has none. */
function keyText(document: DocumentRecord): string {
  return document.key === undefined ? String(document.id) : safeText(document.key.text, 80);
}

function periodOf({ key }: DocumentRecord): string {
  if (key === undefined) return '';
  const day = (seconds: number): string => {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 10);
  };
  const [from, to] = [day(key.begin), day(key.end)];
  return from === to ? from : `${from} – ${to}`;
}

function publishedText(policy: NonNullable<DocumentRecord['summary']>['policyPublished']): string {
  const tags = [
    ['p', policy.p],
    ['sp', policy.sp],
    ['np', policy.np],
    ['adkim', policy.adkim],
    ['aspf', policy.aspf],
    ['pct', policy.pct],
    ['t', policy.testing],
    ['fo', policy.fo],
  ].flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}=${value}`]));
  return join([...tags, policy.discoveryMethod]);
}

function resultsText(row: Row): string {
  const { dkim, spf } = row.authResults;
  return safeText(
    [
      ...dkim.map((each) => `dkim=${each.result ?? '?'} ${each.domain ?? ''}/${each.selector ?? ''}`),
      ...spf.map((each) => `spf=${each.result ?? '?'} ${each.domain ?? ''}${each.scope === 'helo' ? ' (helo)' : ''}`),
      ...row.reasons.map((reason) => join([reason.type, reason.comment])),
    ].join(' · '),
  );
}

function troubles(document: DocumentRecord, words: Speech): string {
  const codes = [...document.problems, ...document.repaired].map((problem) => problemText(problem, words));
  return codes.slice(0, 3).join(' · ');
}

function problemText(problem: Problem, words: Speech): string {
  return outcomeText({ ...problem, outcome: 'repaired', documents: 1, times: 1, examples: [] }, words);
}

function statePaint({ state }: DocumentRecord): Paint | undefined {
  return state === 'counted' ? 'good' : isTrouble(state) ? 'bad' : 'dim';
}

function resultPaint(result: string | undefined): Paint | undefined {
  return result === 'pass' ? 'good' : result === 'fail' ? 'bad' : undefined;
}

function join(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
