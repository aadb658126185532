import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import {
  combinationLines,
  decisionVerdicts,
  fits,
  kinds,
  parsePrefix,
  placeDetail,
  sourceLines,
} from '../protection/inventory/index.ts';
import type { SourceFilter, SourceLine, TakenInventory } from '../protection/inventory/index.ts';
import { foldedName } from '../protection/inventory/parties/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { placeText, sourcesText } from '../rendering/terminal/index.ts';
import { isIn, parseClientAddress } from '../standards/dns/index.ts';
import { countOption, dayOption, domainOption } from './arguments.ts';
import { decisionsOption, kindsOption, shownStream, withInventoryOptions } from './inventory-options.ts';
import type { InventoryOptions } from './inventory-options.ts';
import { checkListOptions, styleOf, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { describedSource, toldSource } from './source-words.ts';
import { UsageError, exitCodes, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface SourcesOptions extends ListOptions, InventoryOptions {
  readonly rows?: boolean;
  readonly kind?: string;
  readonly decision?: string;
  readonly stream?: string;
  readonly network?: string;
  readonly country?: string;
  readonly domain?: string;
  readonly newSince?: string;
}

const by =
  (of: (line: SourceLine) => number) =>
  (one: SourceLine, other: SourceLine): number =>
    of(one) - of(other) || other.messages - one.messages;

const sorts: Readonly<Record<string, (one: SourceLine, other: SourceLine) => number>> = {
  messages: by(({ messages }) => -messages),
  address: (one, other) => compareAddresses(one.source, other.source),
  kind: by(({ kind }) => kinds.indexOf(kind)),
  confidence: by(({ confidence }) => confidence),
  stream: by(({ streams }) => streams[0]?.at ?? Infinity),
  rows: by(({ rows }) => -rows),
  first: by(({ first }) => -first),
  last: by(({ last }) => -last),
};
const sortNames = Object.keys(sorts);

/** `zegel sources`: the addresses that mail as us. */
export function sourcesCommand(finished: Finished): Command {
  const command = new Command('sources')
    .summary('the addresses that mail as you, and what is thought of each')
    .description(
      `Lists the addresses that mail in the name of your domains: what each is thought to be, how surely, its messages, its stream, its name
(in brackets where it does not lead back), its network. With an address or a network (192.0.2.0/24): what it is and why that is thought,
what it carries, what was declared and decided, who stands beside it.

With --json one line an address; with --json --rows one line a combination, everything equal but day and reporter: source, authorDomain,
envelopeDomain, dkim [[domain, selector, result]…], spf [domain, scope, result], messages, stream, kind, confidence, decision.`,
    )
    .argument('[place]', 'an address or a network: what it is, and why that is thought')
    .option('--rows', 'with --json: a line a combination, everything equal but day and reporter')
    .option('--kind <kind>', `only mail of these kinds: ${kinds.join(', ')}`)
    .option('--decision <verdict>', `only mail so decided: ${decisionVerdicts.join(', ')}`)
    .option('--stream <name>', 'only mail of this stream')
    .option('--network <network>', 'only in this network: 192.0.2.0/24, AS64500, or a part of its name')
    .option('--country <code>', 'only in networks of this country: NL')
    .option('--domain <name>', 'only mail as this domain or a name below it')
    .option('--new-since <day>', 'only addresses never seen before this day: 2026-03-01, or 30d, 8w, 6m, 1y ago');
  return withInventoryOptions(withListOptions(command, sortNames))
    .addHelpText(
      'after',
      `
Examples:
  $ zegel sources --kind undecided
  $ zegel sources --new-since 30d --network AS64500
  $ zegel sources 192.0.2.25
  $ zegel sources 192.0.2.0/24
  $ zegel sources --json --rows > combinations.jsonl`,
    )
    .action(async (place: string | undefined, options: SourcesOptions) => finished(await run(place, options)));
}

function run(place: string | undefined, options: SourcesOptions): Promise<number> {
  checkListOptions(options, sortNames);
  if (options.rows === true && options.json !== true)
    throw new UsageError('--rows is for --json', 'zegel sources --json --rows');
  const prefix = place === undefined ? undefined : parsePrefix(place.trim());
  if (place !== undefined && prefix === undefined)
    throw new UsageError(
      `${safeText(place, 60)} is no address and no network`,
      'give one as 192.0.2.1 or 192.0.2.0/24',
    );
  const fixed = {
    kinds: kindsOption(options.kind),
    decisions: decisionsOption(options.decision),
    domain: domainOption(options.domain, '--domain'),
    newSince: dayOption(options.newSince, '--new-since'),
  };
  return opened({ ...options, wanted: false }, async (organisation) => {
    const inventory = await organisation.inventory({ withoutReverse: options.withoutReverse === true });
    if (prefix !== undefined && options.rows !== true) return showPlace(organisation, inventory, prefix, options);
    const keep = fits(inventory, filterOf(organisation, inventory, fixed, prefix, options));
    if (options.rows === true) await writeRows(inventory, keep);
    else await list(inventory, keep, options);
    return exitCodes.done;
  });
}

/** What was typed, as a filter; what was not typed is left out. */
function filterOf(
  { register }: Organisation,
  inventory: TakenInventory,
  fixed: { readonly [K in keyof SourceFilter]?: SourceFilter[K] | undefined },
  prefix: ReturnType<typeof parsePrefix>,
  options: SourcesOptions,
): SourceFilter {
  const tests: ((address: string) => boolean)[] = [];
  if (prefix !== undefined) tests.push(inside(prefix));
  if (options.network !== undefined) tests.push(inNetwork(options.network, inventory));
  if (options.country !== undefined) {
    const country = options.country.trim().toUpperCase();
    tests.push((address) => inventory.networkOf(address)?.country.toUpperCase() === country);
  }
  const stream =
    options.stream === undefined
      ? undefined
      : inventory.streams.indexOf(shownStream(options.stream, inventory.streams, register.streams.load()));
  const given = Object.fromEntries(Object.entries(fixed).filter(([, value]) => value !== undefined));
  return {
    ...(given as SourceFilter),
    ...(stream === undefined ? {} : { streams: new Set([stream]) }),
    ...(tests.length === 0 ? {} : { address: (address: string) => tests.every((test) => test(address)) }),
  };
}

function inside(prefix: NonNullable<ReturnType<typeof parsePrefix>>): (address: string) => boolean {
  return (address) => {
    const parsed = parseClientAddress(address);
    return parsed !== undefined && isIn(parsed, prefix.network);
  };
}

/** By prefix, by number (`AS64500`), or by a part of the name. */
function inNetwork(text: string, { networkOf }: TakenInventory): (address: string) => boolean {
  const prefix = parsePrefix(text.trim());
  if (prefix !== undefined) return inside(prefix);
  const [, digits] = /^as(\d{1,10})$/i.exec(text.trim()) ?? [];
  if (digits !== undefined) return (address) => networkOf(address)?.asn === Number(digits);
  const folded = foldedName(text);
  return (address) => foldedName(networkOf(address)?.name ?? '').includes(folded);
}

async function writeRows(inventory: TakenInventory, keep: (at: number) => boolean): Promise<void> {
  let text = '';
  for (const line of combinationLines(inventory, keep)) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 65_536) continue;
    await write(text);
    text = '';
  }
  await write(text);
}

async function list(inventory: TakenInventory, keep: (at: number) => boolean, options: SourcesOptions): Promise<void> {
  await writeList(
    {
      lines: sourceLines(inventory, keep),
      sorts,
      json: (line) => toldSource(line, inventory),
      csv: {
        titles:
          'source,kind,confidence,messages,rows,stream,streams,decision,dkim,spf,both,name,confirmed,asn,network,country,first,last'.split(
            ',',
          ),
        cells: (line) => {
          const { reverse, network, ...told } = toldSource(line, inventory);
          return [
            told.source,
            told.kind,
            told.confidence,
            told.messages,
            told.rows,
            told.stream,
            told.streams.length,
            told.decision,
            line.dkim,
            line.spf,
            line.both,
            reverse?.name ?? null,
            reverse === null ? null : String(reverse.confirmed),
            network === null || network.asn === 0 ? null : network.asn,
            network?.name ?? null,
            network?.country ?? null,
            told.first,
            told.last,
          ];
        },
      },
      text: (lines, style, limit) =>
        // What is not shown need not be named.
        sourcesText(
          lines.map((line, at) => ({
            line,
            stream: inventory.streams[line.streams[0]!.at]!,
            ...(at < limit ? describedSource(line.source, inventory) : { name: '', network: '' }),
          })),
          style,
          limit,
        ),
    },
    options,
  );
}

async function showPlace(
  { register }: Organisation,
  inventory: TakenInventory,
  prefix: NonNullable<ReturnType<typeof parsePrefix>>,
  options: SourcesOptions,
): Promise<number> {
  if (options.csv === true) throw new UsageError('--csv is for lists', `zegel sources --network ${prefix.text} --csv`);
  const detail = placeDetail(inventory, prefix, register.declared.list());
  const { lines, neighbours, carries, recognised, declared } = detail;
  if (options.json === true) {
    const first = lines.reduce((least, line) => Math.min(least, line.first), Infinity);
    const last = lines.reduce((most, line) => Math.max(most, line.last), -Infinity);
    const told = {
      place: prefix.text,
      messages: detail.messages,
      rows: detail.rows,
      first: lines.length === 0 ? null : dayText(first),
      last: lines.length === 0 ? null : dayText(last),
      network: detail.network ?? null,
      reverse:
        detail.reverse === undefined
          ? null
          : {
              name: detail.reverse.name,
              confirmed: detail.reverse.confirmed,
              day: dayText(detail.reverse.day),
              names: detail.reverse.names,
            },
      senders: recognised.map(({ sender, strength, entry }) => ({ id: sender.id, name: sender.name, strength, entry })),
      declared: declared.map(({ party, sender, networks }) => ({ party, sender, networks })),
      streams: carries.map(({ stream, messages, rows, decision, ground }) => ({
        id: stream.id,
        name: stream.name,
        kind: stream.kind,
        confidence: Math.round(stream.confidence * 10_000) / 10_000,
        messages,
        rows,
        decision,
        ground,
      })),
      sources: detail.single ? [] : lines.map((line) => toldSource(line, inventory)),
      neighbours: neighbours.map((line) => toldSource(line, inventory)),
      combinations: detail.combinations,
    };
    await writeLines([JSON.stringify(told)]);
  } else {
    const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
    const streamIdOf = (line: SourceLine): string => inventory.streams[line.streams[0]!.at]!.id;
    await writeLines(placeText(detail, styleOf(options), { limit, streamIdOf }));
  }
  return exitCodes.done;
}

/** IPv4 before IPv6, each in the order of its numbers; what is no address last. */
function compareAddresses(one: string, other: string): number {
  const [a, b] = [parseClientAddress(one), parseClientAddress(other)];
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return a.family - b.family || a.a - b.a || a.b - b.b || a.c - b.c || a.d - b.d;
}
