import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dataDirectory } from '../config.ts';
import { foldedName } from '../protection/inventory/parties/index.ts';
import {
  mapSenders,
  parseOwnSenders,
  parseReverseMap,
  senderCatalogue,
  senderCategories,
} from '../protection/inventory/senders/index.ts';
import type { MapEntry, OwnSender, Sender, SenderCatalogue } from '../protection/inventory/senders/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { recognisedText, senderText, sendersText } from '../rendering/terminal/index.ts';
import type { Recognised, SenderCounts, SenderLine, SenderOrigin } from '../rendering/terminal/index.ts';
import { parseDomainName } from '../standards/dns/index.ts';
import { checkListOptions, styleOf, withData, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { sayProblems } from './problems.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface SendersOptions extends ListOptions {
  readonly who?: string;
  readonly origin?: string;
  readonly category?: string;
  readonly find?: string;
  readonly seen?: boolean;
  readonly reverseMap?: boolean;
  readonly replace?: boolean;
}

const origins = ['shipped', 'own', 'map'] as const;

const messagesOf = ({ streams = [] }: SenderLine): number => streams.reduce((sum, { messages }) => sum + messages, 0);
const ranks: Readonly<Record<SenderOrigin, number>> = { own: 0, completed: 0, shipped: 1, map: 2 };
const byName = (one: SenderLine, other: SenderLine): number =>
  one.sender.name.localeCompare(other.sender.name, 'en') || (one.sender.id < other.sender.id ? -1 : 1);
const sorts: Readonly<Record<string, (one: SenderLine, other: SenderLine) => number>> = {
  messages: (one, other) =>
    messagesOf(other) - messagesOf(one) || ranks[one.origin] - ranks[other.origin] || byName(one, other),
  name: byName,
  category: (one, other) =>
    senderCategories.indexOf(one.sender.category) - senderCategories.indexOf(other.sender.category) ||
    byName(one, other),
};
const sortNames = Object.keys(sorts);

/** `zegel senders`: the mail services that are known, and what the organisation adds to them. */
export function sendersCommand(finished: Finished): Command {
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const who = ['--who <name>', 'who says so (default: who runs the command)'] as const;
  const command = withListOptions(new Command('senders'), sortNames)
    .summary('the mail services that are known: how each is recognised, what to do there; add your own')
    .description(
      `Lists the catalogue of mail services, those that your mail comes from first. With NAME, an id, a name or a part that only one has: by
what it is recognised, what to do there to make SPF and DKIM align, and which of your streams are there.

What you import stays with the organisation: streams, sources, assess, what-if, plan and work go by it from then on. An entry with the id of
a shipped sender adds to it; any other is a sender more. docs/guide/senders.md shows the form of the file, as JSON and as CSV.

With --json one line a sender: id, name, category, website, origin (shipped, completed, own, map), recognise, shared, passesOn, align {spf,
dkim, how {en, nl}}, sources, streams (ids; null while the streams are not worked out).`,
    )
    .argument('[name]', 'one sender: its id, its name, or a part of these')
    .option('--origin <origin>', `only these: ${origins.join(', ')} (a shipped one that you completed is both)`)
    .option('--category <category>', `only these: ${senderCategories.join(', ')}`)
    .option('--find <text>', 'only those with this in their id, their name, or a name by which they are recognised')
    .option('--seen', 'only those that mail of yours comes from (works the streams out when they are not known)')
    // What stands behind a subcommand is its own.
    .enablePositionalOptions()
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel senders --seen                       the services that your mail comes from
  $ zegel senders sendgrid                     how it is recognised, what to do there
  $ zegel senders which em1234.example.com     who is recognised by this name, address or AS number
  $ zegel senders import senders.csv           your own entries
  $ zegel senders import --reverse-map map.csv a map in the public form, base_reverse_dns,name,type
  $ zegel senders remove press-agency`,
    )
    .action((name: string | undefined, options: SendersOptions) => act(() => list(name, options)));
  const subs = [
    withData(
      new Command('import')
        .summary('take entries of your own in, or a map of reverse names')
        .description(
          `Reads senders of your own, as JSON or as CSV, and puts each in place of the entry with its id. What is amiss is said with its line,
the rest is taken, and the exit code is 2. With --reverse-map it reads a map in the public CSV form (base_reverse_dns,name,type) in place of
the one there was: its senders are known by reverse names alone, and come after your own and the shipped ones.`,
        )
        .argument('<file>', '- is standard input'),
    )
      .option('--reverse-map', 'the file is a map of reverse names')
      .option('--replace', 'in place of all entries of your own')
      .option(...who)
      .addHelpText(
        'after',
        `
Example:
  $ printf 'id,name,dkim,shared\\npress,De Brug press agency,debrug.example,yes\\n' | zegel senders import -`,
      )
      .action((file: string, _: unknown, self: Command) => act(() => importFile(file, self.optsWithGlobals()))),
    withData(
      new Command('export')
        .summary('write your own entries as JSON, to be imported again')
        .argument('<file>', '- is standard output'),
    ).action((file: string, _: unknown, self: Command) => act(() => exportFile(file, self.optsWithGlobals()))),
    withData(
      new Command('remove')
        .summary('take entries of your own out, or the map of reverse names')
        .argument('[id...]', 'as the list shows them'),
    )
      .option('--reverse-map', 'the map of reverse names, whole')
      .option(...who)
      .action((ids: string[], _: unknown, self: Command) => act(() => remove(ids, self.optsWithGlobals()))),
    withData(
      new Command('which')
        .summary('who is recognised by a name, an address, or AS number')
        .argument('<what>', 'sendgrid.net, 192.0.2.1, AS64500, or a selector'),
    )
      .option('--json', 'JSON lines: as, id, name, strength (service, place, habit), entry')
      .option('--language <code>', 'en or nl', 'en')
      .action((what: string, _: unknown, self: Command) => act(() => which(what, self.optsWithGlobals()))),
  ];
  for (const sub of subs) command.addCommand(sub);
  return command;
}

/** The catalogue of the organisation; the shipped one alone where there is no folder yet. */
async function withCatalogue(
  options: SendersOptions,
  work: (known: {
    readonly catalogue: SenderCatalogue;
    readonly own: readonly OwnSender[];
    readonly map: readonly MapEntry[];
    readonly organisation: Organisation | undefined;
  }) => Promise<number>,
): Promise<number> {
  if (!existsSync(join(dataDirectory(options.data), 'register.sqlite')))
    return work({ catalogue: senderCatalogue(), own: [], map: [], organisation: undefined });
  return opened({ ...options, wanted: false }, (organisation) => {
    const own = organisation.register.senders.own();
    const map = organisation.register.senders.map();
    return work({ catalogue: senderCatalogue({ own, imported: mapSenders(map) }), own, map, organisation });
  });
}

function list(name: string | undefined, options: SendersOptions): Promise<number> {
  checkListOptions(options, sortNames);
  const { origin, category } = options;
  if (origin !== undefined && !(origins as readonly string[]).includes(origin))
    throw new UsageError(`--origin ${safeText(origin, 60)} is not known`, `give one of: ${origins.join(', ')}`);
  if (category !== undefined && !(senderCategories as readonly string[]).includes(category))
    throw new UsageError(`--category ${safeText(category, 60)} is not known`, `give one of: ${senderCategories.join(', ')}`); // prettier-ignore
  return withCatalogue(options, async ({ catalogue, own, map, organisation }) => {
    const overview =
      options.seen === true && organisation !== undefined
        ? await organisation.streams()
        : await organisation?.knownStreams();
    const streams = new Map<string, NonNullable<SenderLine['streams']>[number][]>();
    for (const { senderId, id, name: called, messages } of overview?.streams ?? []) {
      if (senderId === null) continue;
      const there = streams.get(senderId) ?? [];
      streams.set(senderId, [...there, { id, name: called, messages }]);
    }
    const ownIds = new Set(own.map(({ id }) => id));
    const mapIds = new Set(map.map(({ id }) => id));
    const shipped = new Set(senderCatalogue().senders.map(({ id }) => id));
    const originOf = ({ id }: Sender): SenderOrigin =>
      ownIds.has(id) ? (shipped.has(id) ? 'completed' : 'own') : mapIds.has(id) ? 'map' : 'shipped';
    const everyone = catalogue.senders.map((sender): SenderLine => {
      const there = overview === undefined ? undefined : (streams.get(sender.id) ?? []);
      return { sender, origin: originOf(sender), streams: there };
    });
    if (name !== undefined) return show(name, everyone, organisation, options);
    const counts: Record<SenderOrigin, number> = { shipped: 0, completed: 0, own: 0, map: 0 };
    for (const line of everyone) counts[line.origin] += 1;
    const lines = everyone.filter(
      (line) =>
        (origin === undefined || line.origin === origin || (line.origin === 'completed' && origin !== 'map')) &&
        (category === undefined || line.sender.category === category) &&
        (options.find === undefined || holds(line.sender, options.find)) &&
        (options.seen !== true || (line.streams?.length ?? 0) > 0),
    );
    await writeList(
      {
        lines,
        sorts,
        json: told,
        csv: { titles: csvTitles, cells: csvCells },
        text: (sorted, style, limit) => sendersText(sorted, counts as SenderCounts, style, limit),
      },
      options,
    );
    return exitCodes.done;
  });
}

const csvTitles =
  'id,name,category,origin,shared,spf_alignment,dkim_alignment,messages,streams,dkim,spf,return_path,reverse,website'.split(','); // prettier-ignore

function csvCells(line: SenderLine) {
  const { sender, origin, streams } = line;
  return [
    sender.id,
    sender.name,
    sender.category,
    origin,
    sender.shared === 'both' ? 'both' : sender.shared ? 'yes' : 'no',
    sender.align.spf,
    sender.align.dkim,
    streams === undefined ? null : messagesOf(line),
    streams === undefined ? null : streams.map(({ id }) => id).join(' '),
    sender.recognise.dkim.join(' '),
    sender.recognise.spf.join(' '),
    sender.recognise.returnPath.join(' '),
    [...sender.recognise.reverse, ...(sender.recognise.rented ?? [])].join(' '),
    sender.website,
  ];
}

/** A sender as it is told to programs: documented, and stable. */
function told({ sender, origin, streams }: SenderLine) {
  const { id, name, category, website, recognise, shared, passesOn, align, sources } = sender;
  return {
    id,
    name,
    category,
    website,
    origin,
    recognise,
    shared,
    passesOn: passesOn ?? null,
    align,
    sources,
    streams: streams?.map((stream) => stream.id) ?? null,
  };
}

function holds({ id, name, recognise }: Sender, text: string): boolean {
  const wanted = foldedName(text);
  const { networks = [], rented = [], cname = [], selectors = [], dkim, spf, returnPath, reverse } = recognise;
  return (
    id.includes(wanted) ||
    foldedName(name).includes(wanted) ||
    [dkim, spf, returnPath, reverse, rented, cname, selectors, networks].some((of) =>
      of.some((each) => each.includes(wanted)),
    )
  );
}

async function show(
  text: string,
  everyone: readonly SenderLine[],
  organisation: Organisation | undefined,
  options: SendersOptions,
): Promise<number> {
  const line = meant(text, everyone);
  const { id } = line.sender;
  const entry = organisation?.register.senders.list().find((kept) => kept.entry.id === id);
  if (options.csv === true) throw new UsageError('--csv is for lists', `zegel senders --find ${id} --csv`);
  if (options.json === true) await writeLines([JSON.stringify(told(line))]);
  else await writeLines(senderText(line, styleOf(options), entry === undefined ? {} : { entry }));
  return exitCodes.done;
}

/** The sender that an id, a name, or a part that only one has stands for. @throws {UsageError} */
function meant(text: string, everyone: readonly SenderLine[]): SenderLine {
  const wanted = foldedName(text);
  const exact = everyone.filter(({ sender }) => sender.id === wanted || foldedName(sender.name) === wanted);
  const byId = exact.find(({ sender }) => sender.id === wanted);
  if (byId !== undefined || exact.length === 1) return byId ?? exact[0]!;
  const like =
    wanted === ''
      ? []
      : everyone.filter(({ sender }) => sender.id.includes(wanted) || foldedName(sender.name).includes(wanted));
  if (like.length === 1) return like[0]!;
  const shown = like.slice(0, 8).map(({ sender }) => `${sender.id} (${safeText(sender.name, 50)})`);
  throw like.length === 0
    ? new UsageError(
        `no sender is called ${safeText(text, 100)}`,
        'zegel senders --find TEXT searches; zegel senders which NAME says who is recognised by a name',
      )
    : new UsageError(
        `${like.length} senders are like ${safeText(text, 60)}`,
        `give the id of one: ${shown.join(', ')}${like.length > 8 ? ', …' : ''}`,
      );
}

function which(text: string, options: SendersOptions): Promise<number> {
  const style = styleOf(options);
  const wanted = text.trim().toLowerCase();
  return withCatalogue(options, async ({ catalogue }) => {
    const found: Recognised[] = [];
    const put = (as: string, match: Recognised['match'] | undefined): void => {
      if (match !== undefined) found.push({ as, match });
    };
    const [, digits] = /^as(\d{1,10})$/.exec(wanted) ?? [];
    const name = parseDomainName(wanted);
    if (digits !== undefined) put('asn', catalogue.byAsn(Number(digits)));
    put('address', catalogue.byAddress(wanted));
    if (found.length === 0 && name.ok) {
      const domain = name.value;
      if (domain.includes('.')) {
        put('dkim', catalogue.byDkim(domain));
        put('envelope', catalogue.byEnvelope(domain));
        put('reverse', catalogue.byReverse(domain));
        put('include', catalogue.byInclude(domain));
        put('cname', catalogue.byCname(domain));
      } else put('selector', catalogue.byDkim('', domain));
    }
    if (options.json === true)
      await writeLines(
        found.map(({ as, match: { sender, strength, entry } }) =>
          JSON.stringify({ as, id: sender.id, name: sender.name, strength, entry }),
        ),
      );
    else await writeLines(recognisedText(text, found, style));
    return exitCodes.done;
  });
}

function importFile(file: string, options: SendersOptions): Promise<number> {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  const who = personOf(options.who);
  const called = file === '-' ? 'standard input' : basename(file);
  if (options.reverseMap === true) {
    const { entries, problems } = parseReverseMap(text);
    sayProblems(file, problems);
    if (entries.length === 0)
      throw new UsageError(`${file} names nobody`, 'give a CSV file: base_reverse_dns,name,type');
    return opened({ ...options, wanted: true }, ({ register }) => {
      const isNew = register.senders.putMap(entries, called, who);
      const about = register.senders.aboutMap();
      note(
        isNew
          ? `${about?.senders} senders by ${about?.domains} reverse names; ${problems.length} lines left out`
          : 'it is the map that was there',
      );
      // It is somebody else's list: what of it cannot be used is said, and is nobody's mistake here.
      return Promise.resolve(exitCodes.done);
    });
  }
  const { senders, problems } = parseOwnSenders(text);
  sayProblems(file, problems);
  // What cannot be read as such a file at all must not take away what was there.
  if (senders.length === 0)
    throw new UsageError(
      `${file} has no sender in it`,
      'give JSON or CSV as docs/guide/senders.md shows; a map of reverse names goes by --reverse-map',
    );
  return opened({ ...options, wanted: true }, ({ register }) => {
    const how = options.replace === true ? 'replace' : 'add';
    const { added, changed, removed } = register.senders.put(senders, how, who);
    note(
      `${added} added, ${changed} changed, ${removed} removed, ${senders.length - added - changed} as they were` +
        (problems.length === 0 ? '' : `; ${problems.length} things could not be taken as they stand`),
    );
    return Promise.resolve(problems.length === 0 ? exitCodes.done : exitCodes.failed);
  });
}

function exportFile(file: string, options: SendersOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const own = register.senders.own();
    const text = `${JSON.stringify(own, null, 2)}\n`;
    if (file === '-') await write(text);
    else writeFileSync(file, text, { mode: 0o600 });
    note(`${own.length} senders written`);
    return exitCodes.done;
  });
}

function remove(ids: readonly string[], options: SendersOptions): Promise<number> {
  if (ids.length === 0 && options.reverseMap !== true)
    throw new UsageError('nothing is said to remove', 'give ids of your own entries, or --reverse-map');
  return opened({ ...options, wanted: false }, ({ register }) => {
    const own = new Set(register.senders.own().map(({ id }) => id));
    const missing = ids.filter((id) => !own.has(id));
    if (missing.length > 0)
      throw new UsageError(
        safeText(`${missing.join(', ')} is no entry of your own`, 300),
        'zegel senders --origin own lists them',
      );
    if (options.reverseMap === true && register.senders.aboutMap() === undefined)
      throw new UsageError('there is no map of reverse names');
    const removed = register.senders.remove(ids, personOf(options.who));
    const map = options.reverseMap === true && register.senders.putMap(undefined, '', personOf(options.who));
    note([...(ids.length > 0 ? [`${removed} removed`] : []), ...(map ? ['the map of reverse names is gone'] : [])].join('; ')); // prettier-ignore
    return Promise.resolve(exitCodes.done);
  });
}
