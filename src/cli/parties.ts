import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { lineProblem } from '../protection/inventory/decisions/index.ts';
import {
  greatestPriority,
  isPartyType,
  parseParties,
  partyCells,
  partyColumns,
  partyTypes,
  readPriority,
} from '../protection/inventory/parties/index.ts';
import type { Party, PartyChange } from '../protection/inventory/parties/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { safeText } from '../rendering/safe-text.ts';
import { partiesText, partyText } from '../rendering/terminal/index.ts';
import type { PartyLine } from '../rendering/terminal/index.ts';
import type { Problem } from '../standards/problem.ts';
import { checkListOptions, styleOf, withData, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { sayProblems } from './problems.ts';
import { chosenStream } from './stream-choice.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

type Register = Organisation['register'];

interface PartiesCommandOptions extends ListOptions {
  readonly type?: string;
  readonly owner?: string;
  readonly contact?: string;
  readonly contract?: string;
  readonly priority?: string;
  readonly name?: string;
  readonly who?: string;
}

const sorts = ['priority', 'name', 'type', 'owner', 'streams'];

/** `zegel parties`: who owns the relation behind streams. */
export function partiesCommand(finished: Finished): Command {
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const who = ['--who <name>', 'who says so (default: who runs the command)'] as const;
  const described = (command: Command): Command =>
    withData(command)
      .option('--type <type>', `what it is: ${partyTypes.join(', ')}`)
      .option('--owner <name>', 'who in the organisation answers for it')
      .option('--contact <text>', 'how it is reached')
      .option('--contract <text>', 'what was agreed, where the contract lies')
      .option('--priority <n>', `1 comes first, to ${greatestPriority}; - takes it back`)
      .option(...who);
  const command = withListOptions(new Command('parties'), sorts)
    .summary('who owns the relation behind streams: list, add, change, remove, assign, import, export')
    .description(
      `Lists the parties behind your streams: own companies, departments, suppliers, agencies. With NAME (or an id) it shows one.

With --json one line a party: id, name, type, owner, contact, contract, priority (or null), streams (ids).`,
    )
    .argument('[name]', 'one party')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel parties add Finance --type department --owner "J. Jansen" --priority 1
  $ zegel parties assign Finance billing-7f3k reminders-k2m9
  $ zegel parties import parties.csv
  $ zegel parties export parties.csv`,
    )
    .action((name: string | undefined, options: PartiesCommandOptions) => act(() => list(name, options)));
  const subs = [
    described(new Command('add').summary('add parties').argument('<name...>')).action(
      (names: string[], _: unknown, self: Command) => act(() => add(names, self.optsWithGlobals())),
    ),
    described(new Command('change').summary('change what is known of a party').argument('<name>'))
      .option('--name <name>', 'what it is called from now on')
      .action((name: string, _: unknown, self: Command) => act(() => change(name, self.optsWithGlobals()))),
    withData(new Command('remove').summary('take parties out; their streams are nobody’s then').argument('<name...>'))
      .option(...who)
      .action((names: string[], _: unknown, self: Command) => act(() => remove(names, self.optsWithGlobals()))),
    withData(
      new Command('assign')
        .summary('say whose streams are')
        .argument('<name>', 'the party; - for nobody')
        .argument('<stream...>'),
    )
      .option(...who)
      .action((name: string, streams: string[], _: unknown, self: Command) =>
        act(() => assign(name, streams, self.optsWithGlobals())),
      ),
    withData(
      new Command('import')
        .summary('add and change parties by a list')
        .description(
          `Reads a CSV file with a line of titles: ${partyColumns.join(', ')}. A party is known by its id or else its name; a column that is not
there leaves what is known as it is, and streams (ids, apart by blanks) says which are its own. When a line is wrong nothing is taken.`,
        )
        .argument('<file>', '- is standard input'),
    )
      .option(...who)
      .action((file: string, _: unknown, self: Command) => act(() => importList(file, self.optsWithGlobals()))),
    withData(
      new Command('export')
        .summary('write the parties as CSV, to be imported again')
        .argument('<file>', '- is standard output'),
    ).action((file: string, _: unknown, self: Command) => act(() => exportList(file, self.optsWithGlobals()))),
  ];
  for (const sub of subs) command.addCommand(sub);
  return command;
}

function linesOf(register: Register): PartyLine[] {
  const streams = register.parties.streams();
  const names = new Map(register.streams.load().map(({ id, name }) => [id, name]));
  return register.parties.list().map((party) => ({
    ...party,
    streams: (streams.get(party.id) ?? []).map((id) => ({ id, name: names.get(id) ?? id })),
  }));
}

function list(name: string | undefined, options: PartiesCommandOptions): Promise<number> {
  checkListOptions(options, sorts);
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const all = linesOf(register);
    const one = name === undefined ? undefined : partyOf(register, name);
    const lines = one === undefined ? all : all.filter(({ id }) => id === one.id);
    if (one !== undefined && options.json !== true && options.csv !== true) {
      await writeLines(partyText(lines[0]!, styleOf(options)));
      return exitCodes.done;
    }
    const byName = (a: PartyLine, b: PartyLine): number => a.name.localeCompare(b.name, 'en');
    await writeList(
      {
        lines,
        sorts: {
          priority: (a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity) || byName(a, b),
          name: byName,
          type: (a, b) => a.type.localeCompare(b.type, 'en') || byName(a, b),
          owner: (a, b) => a.owner.localeCompare(b.owner, 'en') || byName(a, b),
          streams: (a, b) => b.streams.length - a.streams.length || byName(a, b),
        },
        json: (line) => ({ ...line, streams: line.streams.map(({ id }) => id) }),
        csv: { titles: partyColumns, cells: cellsOf },
        text: partiesText,
      },
      options,
    );
    return exitCodes.done;
  });
}

function cellsOf({ streams, ...party }: PartyLine): ReturnType<typeof partyCells> {
  return partyCells(party, streams.map(({ id }) => id)); // prettier-ignore
}

/** What was said of a party. @throws {UsageError} */
function changeOf(options: PartiesCommandOptions): PartyChange {
  const { type, owner, contact, contract, priority } = options;
  if (type !== undefined && !isPartyType(type))
    throw new UsageError(`--type ${safeText(type, 60)} is not known`, `give one of: ${partyTypes.join(', ')}`);
  const number = priority === undefined || priority === '-' ? null : readPriority(priority);
  if (number === undefined)
    throw new UsageError(
      `--priority ${safeText(priority ?? '', 30)} is none`,
      `give a whole number from 1 (first) to ${greatestPriority}`,
    );
  return {
    ...(type === undefined ? {} : { type }),
    ...(owner === undefined ? {} : { owner }),
    ...(contact === undefined ? {} : { contact }),
    ...(contract === undefined ? {} : { contract }),
    ...(priority === undefined ? {} : { priority: number }),
  };
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name === '' || name === '-') throw new UsageError(`"${name}" is no name of a party`);
  return name;
}

function partyOf(register: Register, text: string): Party {
  const party = register.parties.named(text);
  if (party === undefined)
    throw new UsageError(
      `no party is called ${safeText(text, 100)}`,
      'zegel parties lists them; zegel parties add NAME',
    );
  return party;
}

function add(names: readonly string[], options: PartiesCommandOptions): Promise<number> {
  const change = changeOf(options);
  const entries = names.map((name) => ({ change: { ...change, name: nameOf(name) } }));
  return opened({ ...options, wanted: true }, ({ register }) => {
    const { added, changed } = register.parties.put(entries, personOf(options.who));
    sayPut(added.length, changed.length, entries.length);
    return Promise.resolve(exitCodes.done);
  });
}

function change(name: string, options: PartiesCommandOptions): Promise<number> {
  const asked = { ...changeOf(options), ...(options.name === undefined ? {} : { name: nameOf(options.name) }) };
  if (Object.keys(asked).length === 0)
    throw new UsageError('nothing is said to change', '--name, --type, --owner, --contact, --contract or --priority');
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const party = partyOf(register, name);
    const other = asked.name === undefined ? undefined : register.parties.named(asked.name);
    if (other !== undefined && other.id !== party.id)
      throw new UsageError(`a party is called ${safeText(other.name, 100)} already`, `its id is ${other.id}`);
    register.parties.change(party.id, asked, personOf(options.who));
    const line = linesOf(register).find(({ id }) => id === party.id);
    if (line !== undefined) await writeLines(partyText(line, styleOf(options)));
    return exitCodes.done;
  });
}

function remove(names: readonly string[], options: PartiesCommandOptions): Promise<number> {
  return opened({ ...options, wanted: false }, ({ register }) => {
    const ids = names.map((name) => partyOf(register, name).id);
    const left = new Map(register.parties.streams());
    const removed = register.parties.remove(ids, personOf(options.who));
    const streams = removed.reduce((sum, { id }) => sum + (left.get(id)?.length ?? 0), 0);
    note(`${removed.length} removed; ${streams} streams are nobody's now`);
    return Promise.resolve(exitCodes.done);
  });
}

function assign(name: string, streams: readonly string[], options: PartiesCommandOptions): Promise<number> {
  return opened({ ...options, wanted: false }, ({ register }) => {
    const known = register.streams.load();
    const standing = known.filter(({ mergedInto }) => mergedInto === null);
    const ids = streams.map((stream) => chosenStream(stream, standing, known).id);
    const party = name === '-' ? undefined : partyOf(register, name);
    const assigned = register.parties.assign(ids, party?.id, personOf(options.who));
    note(`${assigned.length} assigned, ${new Set(ids).size - assigned.length} as they were`);
    return Promise.resolve(exitCodes.done);
  });
}

function importList(file: string, options: PartiesCommandOptions): Promise<number> {
  const { parties, problems } = parseParties(readFileSync(file === '-' ? 0 : file, 'utf8'));
  return opened({ ...options, wanted: true }, ({ register }) => {
    const known = new Set(register.streams.load().map(({ id }) => id));
    const unknown = parties.flatMap(({ line, streams }): Problem[] =>
      (streams ?? [])
        .filter((stream) => !known.has(stream))
        .map((stream) => lineProblem('parties/unknown-stream', line, { stream })),
    );
    if (problems.length + unknown.length > 0) {
      sayProblems(file, [...problems, ...unknown]);
      throw new UsageError('nothing was taken', 'mend the list and give it again');
    }
    const { added, changed } = register.parties.put(parties, personOf(options.who));
    sayPut(added.length, changed.length, parties.length);
    return Promise.resolve(exitCodes.done);
  });
}

function exportList(file: string, options: PartiesCommandOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const lines = linesOf(register);
    const texts = csvLines(partyColumns, lines.values().map(cellsOf));
    if (file === '-') for (const text of texts) await write(text);
    else writeFileSync(file, [...texts].join(''), { mode: 0o600 });
    note(`${lines.length} parties written`);
    return exitCodes.done;
  });
}

function sayPut(added: number, changed: number, asked: number): void {
  note(`${added} added, ${changed} changed, ${asked - added - changed} as they were`);
}
