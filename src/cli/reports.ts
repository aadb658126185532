import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import type { Counting, DocumentRecord, DocumentState } from '../protection/ingestion/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { failureText, progressText, reportText, reportsText, tlsText } from '../rendering/terminal/index.ts';
import type { Row } from '../standards/reports/index.ts';
import { countOption, dayOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened, withAuthenticateOptions } from './organisation.ts';
import type { AuthenticateOptions } from './organisation.ts';
import { personOf } from './person.ts';
import { authenticateFiled, sayOutcome } from './take-in.ts';
import { UsageError, exitCodes, outputStyle, progressLine, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface ReportsCommandOptions extends CommonOptions, AuthenticateOptions {
  readonly domain?: string;
  readonly reporter?: string;
  readonly since?: string;
  readonly until?: string;
  readonly state?: string;
  readonly problems?: boolean;
  readonly retry?: boolean;
  readonly count?: boolean;
  readonly setApart?: boolean;
  readonly asFound?: boolean;
  readonly who?: string;
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
  'set-apart',
  'superseded',
];

/** `zegel reports`: what was filed; with a key, one report with all its rows. */
export function reportsCommand(finished: Finished): Command {
  const command = new Command('reports')
    .summary('list what was filed; with KEY show one report, every row, its repairs and its origin')
    .description(
      `Lists what was filed, the newest first. With KEY (the first characters of one do, or the number of a document) one report is
shown with every row, what was repaired in it, and where it came from.

--authenticate looks again, from the originals, at who wrote the mail that reports came in, by the records of now, and counts or sets
apart what follows. A report that is set apart, or wrongly counts, is put right by hand: KEY --count, KEY --set-apart.`,
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
    .option('--count', 'with KEY: count this report, whatever was found of its mail')
    .option('--set-apart', 'with KEY: do not count this report')
    .option('--as-found', 'with KEY: take back what was said by hand')
    .option('--who <name>', 'who says so (default: who runs the command)')
    .option('--limit <n>', 'lines to show (default: 20)')
    .option('--all', 'show every line')
    .option('--json', 'JSON lines')
    .option('--csv', 'the list as CSV');
  return withAuthenticateOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  $ zegel reports --problems\n  $ zegel reports k3vq7c --all\n  $ zegel reports --retry\n  $ zegel reports --authenticate --state set-apart\n  $ zegel reports k3vq7c --count',
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
  const counting = countingOption(key, options);
  return opened({ ...options, authentication: options, wanted: false }, async (organisation, signal) => {
    if (options.retry === true) return retryRefused(organisation, signal);
    if (!(await authenticateFiled(organisation, signal, { all: true, language: 'en' }))) return exitCodes.interrupted;
    if (key !== undefined && counting !== undefined) await decide(organisation, key, counting.decided, options.who);
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

/** What is to be done with a report by hand; `decided` is absent when that is taken back. */
function countingOption(
  key: string | undefined,
  { count, setApart, asFound }: ReportsCommandOptions,
): { readonly decided?: Counting } | undefined {
  const given = [count, setApart, asFound].filter((each) => each === true).length;
  if (given === 0) return undefined;
  if (given > 1) throw new UsageError('--count, --set-apart and --as-found cannot be given together');
  if (key === undefined) throw new UsageError('name the report: zegel reports KEY --count', 'zegel reports lists them');
  return asFound === true ? {} : { decided: count === true ? 'count' : 'set-apart' };
}

/** Counts or sets apart the one document that is named. */
async function decide(
  organisation: Organisation,
  key: string,
  decided: Counting | undefined,
  who: string | undefined,
): Promise<void> {
  const named = documentsOf(organisation, key).filter(({ state }) => state !== 'superseded' && state !== 'refused');
  const [document] = named;
  if (named.length !== 1 || document === undefined) {
    throw new UsageError(
      named.length === 0 ? `${key} names no report that can be counted` : `${named.length} documents are called ${key}`,
      `name one by its number: ${named.map(({ id, state }) => `${id} (${state})`).join(', ') || 'zegel reports --json shows it as id'}`,
    );
  }
  if (document.key === undefined || (document.summary === undefined && document.kind !== 'tls')) {
    throw new UsageError(
      `${key} is no report that can be counted`,
      'only aggregate and TLS reports that could be read are',
    );
  }
  await organisation.decideCounting(document, decided, personOf(who));
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
  for (const document of documentsOf(organisation, key)) {
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

/** The documents that a key, its beginning, or a number names: copies of one report. */
function documentsOf(organisation: Organisation, key: string): DocumentRecord[] {
  const byNumber = /^\d+$/.test(key) ? organisation.register.documents({ id: Number(key) }).documents : [];
  if (byNumber.length > 0) return byNumber;
  const { documents, total } = organisation.register.documents({ key }, { limit: 20 });
  const distinct = new Set(documents.map((document) => document.key?.text));
  if (total === 0) throw new UsageError(`no report begins with ${key}`, 'zegel reports lists them');
  if (distinct.size > 1 || total > 20)
    throw new UsageError(`${total} reports begin with ${key}`, 'give more characters of the key');
  return documents;
}

/** Whether it is of a kind without rows, so that all that it says stands in its original alone. */
function isOther({ kind, state }: DocumentRecord): boolean {
  return kind === 'tls' ? state !== 'refused' : kind === 'failure' && state === 'not-understood';
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
