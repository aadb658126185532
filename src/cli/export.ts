import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { dayOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { UsageError, exitCodes, note, writeBytes } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface ExportCommandOptions extends CommonOptions {
  readonly format?: string;
  readonly domain?: string;
  readonly since?: string;
  readonly until?: string;
  readonly reporter?: string;
}

const formats = ['csv', 'jsonl', 'parquet'] as const;
type Format = (typeof formats)[number];

/** `zegel export`: the observations themselves, for other programs. */
export function exportCommand(finished: Finished): Command {
  return new Command('export')
    .summary('write the observations as CSV, JSON lines or Parquet')
    .description(
      `Writes what reports said, one observation a line (one a day, when a report
covers several; the messages add up): day, reporter, source, domains, authentication results, what the receiver did.
The format follows the name of the file (.csv, .jsonl, .parquet) or --format; - is standard output. Texts that a spreadsheet
would take for formulas begin with an apostrophe in CSV.`,
    )
    .argument('<file>', 'where to; - is standard output')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--format <format>', `${formats.join(', ')} (default: by the name of the file)`)
    .option('--domain <name>', 'only mail in the name of this domain and the names below it')
    .option('--reporter <name>', 'only from this reporter')
    .option('--since <day>', 'from this day on: 2026-03-01, or 30d, 8w, 6m, 1y ago')
    .option('--until <day>', 'up to and including this day')
    .addHelpText(
      'after',
      '\nExamples:\n  $ zegel export observations.parquet\n  $ zegel export - --format jsonl --since 7d | jq .',
    )
    .action(async (file: string, options: ExportCommandOptions) => finished(await run(file, options)));
}

function run(file: string, options: ExportCommandOptions): Promise<number> {
  const named = options.format ?? /\.(\w+)$/.exec(file)?.[1] ?? (file === '-' ? 'csv' : '');
  const format = formats.find((each) => each === named.toLowerCase());
  if (format === undefined) {
    throw new UsageError(
      `the format of ${file} is not known`,
      `end its name in ${formats.map((each) => `.${each}`).join(', ')}, or give --format`,
    );
  }
  const domain = domainOption(options.domain, '--domain');
  const since = dayOption(options.since, '--since');
  const until = dayOption(options.until, '--until');
  const where = {
    ...(domain === undefined ? {} : { underDomain: [domain] }),
    ...(options.reporter === undefined ? {} : { reporter: [options.reporter.toLowerCase()] }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
  return opened({ ...options, wanted: false }, async (organisation, signal) => {
    const bytes = organisation.memory.observations(format satisfies Format, where);
    if (file === '-') {
      for await (const chunk of bytes) await writeBytes(chunk);
      return exitCodes.done;
    }
    // A file that is there is replaced only by a whole one.
    const part = `${file}.part`;
    try {
      await pipeline(Readable.from(bytes), createWriteStream(part), { signal });
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      if (signal.aborted) return exitCodes.interrupted;
      throw error;
    }
    note(`wrote ${file}`);
    return exitCodes.done;
  });
}
