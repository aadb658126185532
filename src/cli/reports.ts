import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import type { DocumentRecord, DocumentState } from '../protection/ingestion/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { failureText, progressText, reportText, reportsText, tlsText } from '../rendering/terminal/index.ts';
import type { Row } from '../standards/reports/index.ts';
import { countOption, dayOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { sayOutcome } from './take-in.ts';
import { UsageError, exitCodes, outputStyle, progressLine, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface ReportsCommandOptions extends CommonOptions {
  readonly domain?: string;
  readonly reporter?: string;
  readonly since?: string;
  readonly until?: string;
  readonly state?: string;
  readonly problems?: boolean;
  readonly retry?: boolean;
  readonly csv?: boolean;
  readonly limit?: string;
  readonly all?: boolean;
}

const states: readonly DocumentState[] = [
  'conflict',
  'counted',
  'duplicate',
  'not-understood',
  'refused',
  'replaced',
  'superseded',
];

/** `zegel reports`: what was filed; with a key, one report with all its rows. */
export function reportsCommand(finished: Finished): Command {
  return new Command('reports')
    .summary('list what was filed; with KEY show one report, every row, its repairs and its origin')
    .description(
      `Lists what was filed, the newest first. With KEY (the first characters of one do, or the number of a document) one report is
shown with every row, what was repaired in it, and where it came from.`,
    )
    .argument('[key]', 'one report')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--domain <name>', 'only about the policy of this domain and the names below it')
    .option('--reporter <name>', 'only from this reporter')
    .option('--since <day>', 'only of this day and later: 2026-03-01, or 30d, 8w, 6m, 1y ago')
    .option('--until <day>', 'only of this day and earlier')
    .option('--state <state>', `only in this state: ${states.join(', ')}`)
    .option('--problems', 'only those that were repaired, refused or set apart')
    .option('--retry', 'try again what was refused, and say what came of it')
    .option('--limit <n>', 'lines to show (default: 20)')
    .option('--all', 'show every line')
    .option('--json', 'JSON lines')
    .option('--csv', 'the list as CSV')
    .addHelpText(
      'after',
      '\nExamples:\n  $ zegel reports --problems\n  $ zegel reports k3vq7c --all\n  $ zegel reports --retry',
    )
    .action(async (key: string | undefined, options: ReportsCommandOptions) => finished(await run(key, options)));
}

function run(key: string | undefined, options: ReportsCommandOptions): Promise<number> {
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  if (options.state !== undefined && !states.includes(options.state as DocumentState)) {
    throw new UsageError(`--state ${options.state} is not known`, `give one of: ${states.join(', ')}`);
  }
  const domain = domainOption(options.domain, '--domain');
  const since = dayOption(options.since, '--since');
  const until = dayOption(options.until, '--until');
  return opened({ ...options, wanted: false }, async (organisation, signal) => {
    if (options.retry === true) return retryRefused(organisation, signal);
    if (key !== undefined) return showOne(organisation, key, limit, options);
    const filter = {
      ...(domain === undefined ? {} : { domain }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(options.reporter === undefined ? {} : { reporter: options.reporter.toLowerCase() }),
      ...(options.state === undefined ? {} : { state: [options.state as DocumentState] }),
      ...(options.problems === true ? { problems: true } : {}),
    };
    if (options.json !== true && options.csv !== true) {
      const page = organisation.register.documents(filter, limit === Infinity ? {} : { limit });
      await writeLines(reportsText(page.documents, page.total, outputStyle()));
      return exitCodes.done;
    }
    if (options.csv === true) for (const line of csvLines(csvHeader, [])) await write(line);
    for (const document of pages(
      organisation,
      filter,
      options.all === true || options.limit === undefined ? Infinity : limit,
    )) {
      if (options.json === true) await write(`${JSON.stringify(document)}\n`);
      else for (const line of [...csvLines(csvHeader, [csvRow(document)])].slice(1)) await write(line);
    }
    return exitCodes.done;
  });
}

/** Documents page by page: a register may hold hundreds of thousands. */
function* pages(
  organisation: Organisation,
  filter: Parameters<Organisation['register']['documents']>[0],
  most: number,
): Generator<DocumentRecord> {
  for (let offset = 0; offset < most; offset += 1000) {
    const { documents } = organisation.register.documents(filter, { offset, limit: Math.min(1000, most - offset) });
    yield* documents;
    if (documents.length < 1000) return;
  }
}

const csvHeader = [
  'key',
  'state',
  'kind',
  'reporter',
  'policy_domain',
  'report_id',
  'begin',
  'end',
  'rows',
  'messages',
  'origin',
  'entry',
  'problems',
  'repaired',
];

function csvRow(document: DocumentRecord): (number | string | null)[] {
  const { key, summary } = document;
  const time = (seconds: number | undefined) => (seconds === undefined ? null : new Date(seconds * 1000).toISOString());
  return [
    key?.text ?? String(document.id),
    document.state,
    document.kind,
    key?.reporter ?? null,
    key?.policyDomain ?? null,
    key?.reportId ?? null,
    time(key?.begin),
    time(key?.end),
    summary?.rows ?? null,
    summary?.messages ?? null,
    document.original.origin,
    document.entry,
    document.problems.map((problem) => problem.code).join(' '),
    document.repaired.map((repair) => repair.code).join(' '),
  ];
}

async function showOne(
  organisation: Organisation,
  key: string,
  limit: number,
  options: ReportsCommandOptions,
): Promise<number> {
  const byNumber = /^\d+$/.test(key) ? organisation.register.documents({ id: Number(key) }).documents : [];
  const { documents, total } =
    byNumber.length > 0
      ? { documents: byNumber, total: byNumber.length }
      : organisation.register.documents({ key }, { limit: 20 });
  const distinct = new Set(documents.map((document) => document.key?.text));
  if (total === 0) throw new UsageError(`no report begins with ${key}`, 'zegel reports lists them');
  if (distinct.size > 1 || total > 20)
    throw new UsageError(`${total} reports begin with ${key}`, 'give more characters of the key');
  for (const document of documents) {
    const rows: Row[] = [];
    let shown = 0;
    if (document.kind === 'aggregate' && document.summary !== undefined) {
      for await (const row of organisation.rowsOf(document)) {
        shown += 1;
        if (options.json === true && shown === 1) await write(`${JSON.stringify(document)}\n`);
        if (options.json === true) await write(`${JSON.stringify({ key: document.key?.text, row })}\n`);
        else if (rows.length < limit) rows.push(row);
        else break;
      }
    }
    const other = isOther(document) ? await organisation.readAgain(document) : undefined;
    if (options.json === true && shown === 0) {
      const { failure, tls } = other ?? {};
      await write(`${JSON.stringify({ ...document, failure, tls })}\n`);
    }
    if (options.json === true) continue;
    const style = outputStyle();
    await writeLines(reportText(document, rows, style, { limit }));
    if (other?.failure !== undefined) await writeLines(['', ...failureText(other.failure, style, { limit })]);
    if (other?.tls !== undefined) await writeLines(['', ...tlsText(other.tls, style, { limit })]);
  }
  return exitCodes.done;
}

/** Whether it is of a kind that is kept and not counted from, so that what it says stands in its original alone. */
function isOther({ kind, state }: DocumentRecord): boolean {
  return state === 'not-understood' && (kind === 'failure' || kind === 'tls');
}

async function retryRefused(organisation: Organisation, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  const style = outputStyle(process.stderr);
  const line = progressLine();
  const seconds = () => (performance.now() - started) / 1000;
  const outcome = await organisation.retryRefused({
    signal,
    progress: (now) =>
      line.show(() =>
        progressText({ files: now.arrivals, bytes: now.bytes, rows: now.rows, seconds: seconds() }, style),
      ),
  });
  line.clear();
  sayOutcome(outcome, seconds(), style);
  return outcome.interrupted ? exitCodes.interrupted : exitCodes.done;
}
