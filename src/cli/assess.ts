import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Assessment } from '../protection/assessment/index.ts';
import type { StreamsOverview, TakenInventory } from '../protection/inventory/index.ts';
import type { Style } from '../rendering/terminal/index.ts';
import { collect, countOption, dayOption, domainOption, today } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened, withAuthenticateOptions } from './organisation.ts';
import type { AuthenticateOptions } from './organisation.ts';
import { authenticateFiled, takeIn } from './take-in.ts';
import { UsageError, exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface AssessCommandOptions extends CommonOptions, AuthenticateOptions {
  readonly domain?: string;
  readonly since?: string;
  readonly until?: string;
  readonly source?: string;
  readonly streams?: boolean;
  readonly csv?: boolean;
  readonly html?: string;
  readonly networks?: string[];
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
}

/** `zegel assess`: takes reports in, and says who mails in the organisation's name. */
export function assessCommand(finished: Finished): Command {
  const command = new Command('assess')
    .summary('read DMARC reports and say who mails as you, what is aligned, and what would fail')
    .description(
      `Reads DMARC aggregate reports, files them once, and answers: who mails in your name, what of it is aligned, what would
fail if you closed the door, and what to look at next. Without PATH it answers from what is filed.

A PATH is a file or a folder, searched to the bottom: XML, gzip, zip, .eml, mbox, Maildir, in any mix and under any name;
- is standard input.`,
    )
    .argument('[path...]', 'reports to take in first')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--domain <name>', 'only mail in the name of this domain and the names below it')
    .option('--since <day>', 'from this day on: 2026-03-01, or 30d, 8w, 6m, 1y ago')
    .option('--until <day>', 'up to and including this day')
    .option('--source <id>', 'open one group of sources: every address behind it')
    .option('--streams', 'work out the streams too, where that takes a while: what to decide next')
    .option('--limit <n>', 'lines a list shows (default: 20)')
    .option('--all', 'show every line of every list')
    .option('--json', 'the whole answer as JSON')
    .option('--csv', 'the sources as CSV')
    .option('--html <file>', 'also write the answer as one self-contained page')
    .option('--networks <file>', 'networks of your own, prefix,asn,name,country a line; remembered', collect)
    .option('--language <code>', 'en or nl', 'en');
  return withAuthenticateOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel assess reports/ inbox.mbox            take in, and answer
  $ zegel assess --authenticate inbox.mbox      and check who wrote the reports that came by mail
  $ zegel assess --domain example.com --since 30d
  $ zegel assess --html report.html             a page to send to somebody
  $ zegel assess --json | jq .scenarios`,
    )
    .action(async (paths: string[], options: AssessCommandOptions) => finished(await run(paths, options)));
}

async function run(paths: string[], options: AssessCommandOptions): Promise<number> {
  const domain = domainOption(options.domain, '--domain');
  const since = dayOption(options.since, '--since');
  const until = dayOption(options.until, '--until');
  const limit = options.all === true ? Infinity : countOption(options.limit, '--limit');
  const language = options.language;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  if (since !== undefined && until !== undefined && since > until) throw new UsageError('--since is after --until');
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');

  return opened({ ...options, authentication: options, wanted: paths.length > 0 }, async (organisation, signal) => {
    const done =
      paths.length > 0
        ? await takeIn(organisation, paths, signal, language)
        : await authenticateFiled(organisation, signal, { language });
    const interrupted = !done;
    if (interrupted) return exitCodes.interrupted;
    const asked = {
      today: today(),
      ...(options.html === undefined ? {} : { series: 20 }),
      ...(domain === undefined ? {} : { domain }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const whole = domain === undefined && since === undefined && until === undefined;
    const style = { ...outputStyle(), language } as const;
    if (options.source !== undefined) {
      const { sourceText } = await import('../rendering/terminal/index.ts');
      const detail = await organisation.assessSource(options.source, asked);
      if (detail === undefined) {
        throw new UsageError(
          `no group of sources is called ${options.source}`,
          'zegel assess --json lists them: sources[].id; the same --domain, --since and --until must be given',
        );
      }
      if (options.json === true) await write(`${JSON.stringify(detail)}\n`);
      else await writeLines(sourceText(detail, style, limit === undefined ? {} : { limit }));
      return exitCodes.done;
    }
    const assessment = await organisation.assess(asked);
    if (options.html !== undefined) {
      await writePage(options.html, assessment, language, whole ? await organisation.inventory() : undefined);
      note(`wrote ${options.html}`);
    }
    if (options.json === true) await write(`${JSON.stringify(assessment)}\n`);
    else if (options.csv === true) {
      const { sourcesCsv } = await import('../rendering/csv.ts');
      for (const line of sourcesCsv(assessment)) await write(line);
    } else {
      const { assessmentText } = await import('../rendering/terminal/index.ts');
      await writeLines(assessmentText(assessment, style, limit === undefined ? {} : { limit }));
      // Streams are of all mail: of a part of it they would be others.
      if (whole && assessment.totals.rows > 0) {
        const isWorthIt = options.streams === true || paths.length > 0 || assessment.totals.rows <= quickRows;
        await sayNext(isWorthIt ? await organisation.streams() : await organisation.knownStreams(), style);
      }
    }
    return exitCodes.done;
  });
}

/** Up to so many rows the streams are worked out in about a second. */
const quickRows = 100_000;

/** What to decide next; where the streams are not known, where to ask. */
async function sayNext(overview: StreamsOverview | undefined, style: Style): Promise<void> {
  const { laterDecisionsText, nextDecisionsText } = await import('../rendering/terminal/index.ts');
  await writeLines(overview === undefined ? laterDecisionsText(style) : nextDecisionsText(overview, style));
}

async function writePage(
  file: string,
  assessment: Assessment,
  language: 'en' | 'nl',
  inventory: TakenInventory | undefined,
): Promise<void> {
  // The charts are loaded only by whoever draws them.
  const { assessmentPage } = await import('../rendering/html/index.ts');
  const { addressSpace, overviewOf } = await import('../protection/inventory/index.ts');
  const streams =
    inventory === undefined ? {} : { inventory: { overview: overviewOf(inventory), space: addressSpace(inventory) } };
  writeFileSync(file, assessmentPage(assessment, { language, ...streams }));
}
