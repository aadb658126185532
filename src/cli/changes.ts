import { Command } from 'commander';
import { dayText } from '../protection/assessment/index.ts';
import { changesSince, toldStream } from '../protection/inventory/index.ts';
import type { Changes, TakenInventory } from '../protection/inventory/index.ts';
import type { CsvCell } from '../rendering/csv.ts';
import { csvLines } from '../rendering/csv.ts';
import { inventoryChangesText } from '../rendering/terminal/index.ts';
import { countOption, dayOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { withInventoryOptions } from './inventory-options.ts';
import type { InventoryOptions } from './inventory-options.ts';
import { styleOf, withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { toldSource } from './source-words.ts';
import { UsageError, exitCodes, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface ChangesOptions extends CommonOptions, InventoryOptions {
  readonly since?: string;
  readonly csv?: boolean;
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
}

/** `zegel changes`: what is new since a day. */
export function changesCommand(finished: Finished): Command {
  const command = withData(new Command('changes'))
    .summary('what is new: never seen before, gone silent, jumped in volume')
    .description(
      `Says what is new since a day: addresses that came to authorised streams and inherit nothing; streams that should have come by their
rhythm and did not, and streams that jumped in volume; streams, selectors of yours, names in From and addresses that were never seen before.

A stream has gone silent when its next mail is due and a week (of quarterly mail two, of yearly mail a month) has gone by besides; what
comes daily, when so long a pause would happen by chance less than once in a thousand times. A stream has jumped when a whole week (of monthly
mail four) since that day has more than twice the usual messages, 100 at least, lies farther from the median of the weeks before than four
times their usual spread, and has half as much again as nine in ten of them.

With --json one line a change: what (new-source-in-stream, silent, jumped, new-stream, new-selector, new-author-domain, new-source) and its
fields; docs/guide/streams.md says what each is.`,
    )
    .option('--since <day>', 'since when: 2026-03-01, or 30d, 8w, 6m, 1y ago (default: 30 days before the last report)')
    .option('--limit <n>', 'lines a list shows (default: 20)')
    .option('--all', 'show every line of every list')
    .option('--json', 'JSON lines, whole')
    .option('--csv', 'every change as CSV, whole')
    .option('--language <code>', 'en or nl', 'en');
  return withInventoryOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel changes
  $ zegel changes --since 2026-03-01
  $ zegel changes --since 7d --json | jq 'select(.what == "silent")'`,
    )
    .action(async (options: ChangesOptions) => finished(await run(options)));
}

function run(options: ChangesOptions): Promise<number> {
  const style = styleOf(options);
  const given = dayOption(options.since, '--since');
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');
  return opened({ ...options, wanted: false }, async (organisation) => {
    const inventory = await organisation.inventory({ withoutReverse: options.withoutReverse === true });
    const since = given ?? Math.max(inventory.period.first + 1, inventory.period.last - 29);
    const changes = await changesSince(inventory, organisation.memory.history, since);
    const lines = told(changes, inventory);
    if (options.json === true) await writeLines(lines.map((line) => JSON.stringify(line)));
    else if (options.csv === true) {
      for (const text of csvLines(
        ['what', 'name', 'stream', 'kind', 'first', 'last', 'due', 'messages', 'usual'],
        lines.map(csvCells),
      ))
        await write(text);
    } else await writeLines(inventoryChangesText(changes, inventory.streams, style, limit));
    return exitCodes.done;
  });
}

type ToldChange = { readonly what: string } & Readonly<Record<string, unknown>>;

/** Every change as it is told to programs: documented, and stable. */
function told(changes: Changes, inventory: TakenInventory): ToldChange[] {
  const stream = ({ id, name, kind }: TakenInventory['streams'][number]) => ({ stream: id, name, kind });
  return [
    ...changes.uninherited.map(
      ({ stream: at, source, decision, messages, rows, firstDay, lastDay, authorDomains }) => ({
        what: 'new-source-in-stream',
        source: source ?? '',
        ...stream(inventory.streams[at]!),
        decision: decision.id,
        messages,
        rows,
        first: dayText(firstDay),
        last: dayText(lastDay),
        authorDomains,
      }),
    ),
    ...changes.silent.map((each) => ({
      what: 'silent',
      ...stream(each.stream),
      rhythm: each.stream.rhythm.every,
      last: dayText(each.last),
      due: dayText(each.due),
      messages: each.stream.messages,
    })),
    ...changes.jumped.map((each) => ({
      what: 'jumped',
      ...stream(each.stream),
      first: dayText(each.from),
      days: each.days,
      messages: each.messages,
      usual: each.usual,
    })),
    ...changes.streams.map((each) => {
      const { id, ...fields } = toldStream(each);
      return { what: 'new-stream', stream: id, ...fields };
    }),
    ...changes.selectors.map(({ first, ...each }) => ({ what: 'new-selector', ...each, first: dayText(first) })),
    ...changes.authorDomains.map(({ first, ...each }) => ({
      what: 'new-author-domain',
      ...each,
      first: dayText(first),
    })),
    ...changes.sources.map((line) => ({ what: 'new-source', ...toldSource(line, inventory) })),
  ];
}

function csvCells(change: ToldChange): CsvCell[] {
  const cell = (key: string): CsvCell => {
    const value = change[key];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  };
  const name =
    change.what === 'new-selector'
      ? `${String(change['selector'])}._domainkey.${String(change['domain'])}`
      : (cell('source') ?? cell('name') ?? cell('domain'));
  return [
    change.what,
    name,
    cell('stream'),
    cell('kind'),
    cell('first'),
    cell('last'),
    cell('due'),
    cell('messages'),
    cell('usual'),
  ];
}
