import type { Command } from 'commander';
import type { CsvCell } from '../rendering/csv.ts';
import { csvLines } from '../rendering/csv.ts';
import type { Style } from '../rendering/terminal/index.ts';
import { countOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { UsageError, outputStyle, write, writeLines } from './terminal.ts';

/** What every list takes. */
export interface ListOptions extends CommonOptions {
  readonly csv?: boolean;
  readonly limit?: string;
  readonly all?: boolean;
  readonly sort?: string;
  readonly language?: string;
}

/** A list: its lines, and how each form of it looks. */
export interface Listing<T> {
  readonly lines: readonly T[];
  /** By the name of `--sort`: how lines are put in order; the first is how they come. */
  readonly sorts: Readonly<Record<string, (one: T, other: T) => number>>;
  readonly json: (line: T) => unknown;
  readonly csv: { readonly titles: readonly string[]; readonly cells: (line: T) => readonly CsvCell[] };
  readonly text: (lines: readonly T[], style: Style, limit: number) => string[];
}

/** Adds `--data`, `--limit`, `--all`, `--sort`, `--json`, `--csv` and `--language` to a command. */
export function withListOptions(command: Command, sorts: readonly string[]): Command {
  return withData(command)
    .option('--limit <n>', 'lines to show (default: 20)')
    .option('--all', 'show every line')
    .option('--sort <column>', sorts.join(', '), sorts[0])
    .option('--json', 'JSON lines, whole')
    .option('--csv', 'the list as CSV, whole')
    .option('--language <code>', 'en or nl', 'en');
}

export function withData(command: Command): Command {
  return command.option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)");
}

/** The style of the output in the language that was asked for. @throws {UsageError} */
export function styleOf({ language = 'en' }: { readonly language?: string }): Style {
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  return { ...outputStyle(), language };
}

/** Checks what was typed for a list before anything is done. @throws {UsageError} */
export function checkListOptions(options: ListOptions, sorts: readonly string[]): void {
  styleOf(options);
  countOption(options.limit, '--limit');
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');
  if (options.sort !== undefined && !sorts.includes(options.sort))
    throw new UsageError(`--sort ${options.sort} is not known`, `give one of: ${sorts.join(', ')}`);
}

/** Writes a list in the form that was asked for. */
export async function writeList<T>(listing: Listing<T>, options: ListOptions): Promise<void> {
  const order = listing.sorts[options.sort ?? ''] ?? Object.values(listing.sorts)[0];
  const lines = order === undefined ? listing.lines : listing.lines.toSorted(order);
  if (options.json === true) await writeLines(lines.values().map((line) => JSON.stringify(listing.json(line))));
  else if (options.csv === true) {
    for (const text of csvLines(listing.csv.titles, lines.values().map(listing.csv.cells))) await write(text);
  } else {
    const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
    await writeLines(listing.text(lines, styleOf(options), limit));
  }
}
