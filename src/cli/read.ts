import { Command } from 'commander';
import { readReports } from '../app.ts';
import type { ReadDocument, ReadLine } from '../protection/ingestion/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { failureText, rowsText, tlsText } from '../rendering/terminal/index.ts';
import type { Style } from '../rendering/terminal/index.ts';
import type { Row } from '../standards/reports/index.ts';
import { say } from '../words/index.ts';
import { exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface ReadCommandOptions {
  readonly json?: boolean;
  readonly rows?: boolean;
}

/** `zegel read`: what is in files, with nothing filed. */
export function readCommand(finished: Finished): Command {
  return new Command('read')
    .summary('say what is in report files; files nothing')
    .description(
      `Reads report files and says what is in them: who reports about what, when, how many rows and messages, what had to be repaired,
and why something could not be read. Failure and abuse reports (ARF, Exim's plain text) and TLS reports are read too. Nothing is filed.

With --json one line per document: file, entry, container, kind, key, report {generation, metadata, policyPublished, rows,
messages}, failure {feedbackType, sourceAddress, reportedDomains, …}, tls {organizationName, policies, sessions, …}, repaired,
refused. With --rows, behind the documents of a file, one more line per row: file, entry, key, row.`,
    )
    .argument('<file...>', 'files and folders; - is standard input')
    .option('--rows', 'every row too')
    .option('--json', 'JSON lines')
    .addHelpText(
      'after',
      '\nExamples:\n  $ zegel read report.xml.gz\n  $ zegel read --json --rows reports/ | jq -c .row',
    )
    .action(async (files: string[], options: ReadCommandOptions) => finished(await run(files, options)));
}

async function run(files: readonly string[], options: ReadCommandOptions): Promise<number> {
  const style = outputStyle();
  let refused = 0;
  let read = 0;
  const passedOver: string[] = [];
  const lines = readReports(files, {
    rows: options.rows === true,
    refuse: (problem) => passedOver.push(say(problem.code, problem.values)),
  });
  // Rows follow the documents of their file: shown a table at a time, so that a report of a million rows is no million in memory.
  let rows: Row[] = [];
  const showRows = async () => {
    if (rows.length > 0) await writeLines(rowsText(rows, style));
    rows = [];
  };
  for await (const line of lines) {
    if (line.what === 'document') {
      read += 1;
      if (line.refused !== undefined) refused += 1;
    }
    if (options.json === true) await write(`${JSON.stringify(withoutWhat(line))}\n`);
    else if (line.what === 'document') {
      await showRows();
      await writeLines([...documentLines(line), ...otherLines(line, style)]);
    } else if (rows.push(line.row) >= 1000) await showRows();
  }
  await showRows();
  for (const text of passedOver) note(safeText(text));
  if (read === 0) return exitCodes.failed;
  return refused > 0 ? exitCodes.found : exitCodes.done;
}

/** A line as it is printed: what it is shows by its fields. `undefined` is left out by JSON. */
function withoutWhat(line: ReadLine): object {
  return { ...line, what: undefined };
}

/** What a failure or TLS report says. */
function otherLines({ failure, tls }: ReadDocument, style: Style): string[] {
  if (failure !== undefined) return failureText(failure, style);
  return tls === undefined ? [] : tlsText(tls, style);
}

function documentLines(document: ReadDocument): string[] {
  const place = safeText(document.entry === '' ? document.file : `${document.file} › ${document.entry}`);
  const lines = [place];
  const { report } = document;
  if (report !== undefined) {
    const { metadata, policyPublished } = report;
    const range = metadata.dateRange;
    const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
    lines.push(
      `  ${safeText(metadata.orgName ?? metadata.email ?? 'somebody')} about ${safeText(policyPublished.domain ?? 'an unnamed domain')}: ${report.rows} ${report.rows === 1 ? 'row' : 'rows'}, ${report.messages} ${report.messages === 1 ? 'message' : 'messages'}`,
    );
    if (range !== undefined)
      lines.push(
        `  ${day(range.begin)} to ${day(range.end)} UTC, ${report.generation === 'rfc9990' ? 'RFC 9990' : 'RFC 7489'}${document.container === '' ? '' : `, in ${document.container.replaceAll('/', ' in ')}`}`,
      );
  }
  for (const repair of document.repaired) {
    lines.push(
      `  repaired: ${safeText(say(repair.code, repair.values))}${repair.times > 1 ? ` (${repair.times} times)` : ''}`,
    );
  }
  for (const problem of document.notUnderstood ?? [])
    lines.push(`  not understood: ${safeText(say(problem.code, problem.values))}`);
  for (const problem of document.refused ?? []) lines.push(`  refused: ${safeText(say(problem.code, problem.values))}`);
  return lines;
}
