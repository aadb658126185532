import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import {
  declaredCells,
  declaredColumns,
  exclusiveNetworks,
  holdAgainstStreams,
  parseDeclared,
} from '../protection/inventory/declared/index.ts';
import type { Declaration } from '../protection/inventory/declared/index.ts';
import { registeredSenders } from '../protection/inventory/index.ts';
import { declaredText, heldText, undeclaredText, unseenText } from '../rendering/terminal/index.ts';
import type { DeclaredLine } from '../rendering/terminal/index.ts';
import { countOption } from './arguments.ts';
import { checkListOptions, styleOf, withData, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { sayProblems } from './problems.ts';
import { UsageError, exitCodes, note, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface DeclaredCommandOptions extends ListOptions {
  readonly who?: string;
  readonly add?: boolean;
  readonly unseen?: boolean;
  readonly undeclared?: boolean;
}

const sorts = ['order', 'party', 'sender', 'rhythm'];

/** `zegel declared`: what the organisation says it has, and what of it is seen. */
export function declaredCommand(finished: Finished): Command {
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const who = ['--who <name>', 'who says so (default: who runs the command)'] as const;
  const command = withListOptions(new Command('declared'), sorts)
    .summary('the senders you say you have: list, import, remove, and what of it is seen')
    .description(
      `Lists the senders that the organisation says it has. They are evidence of whose mail is whose, and say which networks are yours alone:
a new address in such a network inherits what was decided of its stream. The column exclusive of the list says yes or no; where it
does not, a network counts as yours alone unless its sender, or whoever publishes or announces it, has other customers there, or
another line says it is shared.

With --json one line a declaration: id, party, sender, domains, networks, exclusiveNetworks, purpose, rhythm, exclusive (true, false, null
when not said), who, at.`,
    )
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel declared import declared.csv
  $ zegel declared seen
  $ zegel declared remove 12`,
    )
    .action((options: DeclaredCommandOptions) => act(() => list(options)));
  const subs = [
    withData(
      new Command('import')
        .summary('take a list in, in place of what was declared before')
        .description(
          `Reads a CSV file: ${declaredColumns.join(',')}. A line of titles may put the columns in another order; several domains or
networks in a cell stand apart by blanks, commas or semicolons. What is amiss is said with its line, and the rest is taken.`,
        )
        .argument('<file>', '- is standard input'),
    )
      .option('--add', 'put it beside what was declared before')
      .option(...who)
      .action((file: string, _: unknown, self: Command) => act(() => importList(file, self.optsWithGlobals()))),
    withData(new Command('remove').summary('take declarations out').argument('<number...>', 'as the list shows them'))
      .option(...who)
      .action((numbers: string[], _: unknown, self: Command) => act(() => remove(numbers, self.optsWithGlobals()))),
    withListOptions(
      new Command('seen').summary('what of it is seen: declared and unseen, seen and undeclared').description(
        `Holds what is declared against the streams. With --json one line each: what (seen, unseen, undeclared), and with seen the declaration and
streams [{id, by}] (by: networks, sender, domains), with unseen the declaration and mayBeQuiet, with undeclared stream, name, kind,
sender, messages. With --unseen or --undeclared that list alone, which --csv needs.`,
      ),
      ['messages'],
    )
      .option('--unseen', 'only what is declared and unseen')
      .option('--undeclared', 'only what is seen and undeclared')
      .action((_: unknown, self: Command) => act(() => seen(self.optsWithGlobals()))),
  ];
  for (const sub of subs) command.addCommand(sub);
  return command;
}

function list(options: DeclaredCommandOptions): Promise<number> {
  checkListOptions(options, sorts);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const declarations = organisation.register.declared.list();
    const ours = new Set(
      exclusiveNetworks(declarations, {
        senders: registeredSenders(organisation.register.senders),
        asnOf: (address) => organisation.networkOf(address)?.asn,
      }),
    );
    const lines = declarations.map((each) => ({
      ...each,
      exclusiveNetworks: each.exclusive === false ? [] : each.networks.filter((network) => ours.has(network)),
    }));
    const by = (of: (line: DeclaredLine) => string) => (one: DeclaredLine, other: DeclaredLine) =>
      of(one).localeCompare(of(other), 'en') || one.id - other.id;
    await writeList(
      {
        lines,
        sorts: {
          order: (one, other) => one.id - other.id,
          party: by(({ party }) => party),
          sender: by(({ sender }) => sender),
          rhythm: by(({ rhythm }) => rhythm),
        },
        json: ({ at, ...line }) => ({ ...line, at: new Date(at).toISOString() }),
        csv: { titles: declaredColumns, cells: declaredCells },
        text: declaredText,
      },
      options,
    );
    return exitCodes.done;
  });
}

function importList(file: string, options: DeclaredCommandOptions): Promise<number> {
  const { declarations, problems } = parseDeclared(readFileSync(file === '-' ? 0 : file, 'utf8'));
  sayProblems(file, problems);
  // A file that cannot be read as such a list at all must not take away what was declared before.
  if (declarations.length === 0)
    throw new UsageError(`${file} declares no sender`, `give a CSV file: ${declaredColumns.join(',')}`);
  return opened({ ...options, wanted: true }, ({ register }) => {
    const how = options.add === true ? 'add' : 'replace';
    const { added, removed } = register.declared.put(declarations, how, personOf(options.who));
    note(`${added} added, ${removed} removed, ${declarations.length - added} as they were`);
    // A rhythm in words of one's own is kept as it is: nothing is left out.
    const isAllTaken = problems.every(({ code }) => code === 'declared/bad-rhythm');
    return Promise.resolve(isAllTaken ? exitCodes.done : exitCodes.failed);
  });
}

function remove(numbers: readonly string[], options: DeclaredCommandOptions): Promise<number> {
  const ids = numbers.map((text) => countOption(text, 'NUMBER') ?? 0);
  return opened({ ...options, wanted: false }, ({ register }) => {
    const known = new Set(register.declared.list().map(({ id }) => id));
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0)
      throw new UsageError(
        `nothing is declared under ${missing.join(', ')}`,
        'zegel declared lists them with their numbers',
      );
    note(`${register.declared.remove(ids, personOf(options.who))} removed`);
    return Promise.resolve(exitCodes.done);
  });
}

function seen(options: DeclaredCommandOptions): Promise<number> {
  checkListOptions({ ...options, sort: 'messages' }, ['messages']);
  if (options.csv === true && options.unseen !== true && options.undeclared !== true)
    throw new UsageError('--csv writes one list', 'add --unseen or --undeclared');
  return opened({ ...options, wanted: false }, async (organisation) => {
    const held = await heldOf(organisation);
    const wanted = (what: 'undeclared' | 'unseen'): boolean =>
      options[what] === true || (options.unseen !== true && options.undeclared !== true);
    if (options.json === true) {
      const both = options.unseen !== true && options.undeclared !== true;
      await writeLines([
        ...(both ? held.seen : []).map(({ declaration, streams }) =>
          JSON.stringify({
            what: 'seen',
            declaration,
            streams: streams.map(({ stream, by }) => ({ id: stream.id, by })),
          }),
        ),
        ...(wanted('unseen') ? held.unseen : []).map((each) => JSON.stringify({ what: 'unseen', ...each })),
        ...(wanted('undeclared') ? held.undeclared : []).map(({ id, name, kind, sender, messages }) =>
          JSON.stringify({ what: 'undeclared', stream: id, name, kind, sender, messages }),
        ),
      ]);
    } else if (options.unseen === true) {
      await writeList(
        {
          lines: held.unseen,
          sorts: {},
          json: (line) => line,
          csv: {
            titles: [...declaredColumns, 'may_be_quiet'],
            cells: ({ declaration, mayBeQuiet }) => [...declaredCells(declaration), mayBeQuiet ? 'yes' : 'no'],
          },
          text: unseenText,
        },
        options,
      );
    } else if (options.undeclared === true) {
      await writeList(
        {
          lines: held.undeclared,
          sorts: {},
          json: (line) => line,
          csv: {
            titles: ['stream', 'name', 'kind', 'sender', 'messages', 'domains'],
            cells: ({ id, name, kind, sender, messages, authorDomains }) => [
              id,
              name,
              kind,
              sender ?? '',
              messages,
              authorDomains.map(({ domain }) => domain).join(' '),
            ],
          },
          text: undeclaredText,
        },
        options,
      );
    } else {
      const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
      await writeLines(heldText(held, styleOf(options), limit));
    }
    return exitCodes.done;
  });
}

async function heldOf(organisation: Organisation): Promise<ReturnType<typeof holdAgainstStreams<Declaration>>> {
  const declarations = organisation.register.declared
    .list()
    .map(({ party, sender, domains, networks, purpose, rhythm, exclusive }): Declaration => {
      return { party, sender, domains, networks, purpose, rhythm, exclusive };
    });
  const inventory = await organisation.inventory();
  return holdAgainstStreams(declarations, inventory, inventory.senders);
}
