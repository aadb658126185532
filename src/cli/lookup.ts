import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { lookUpNames, pace, ReverseNames, reverseNameTypes } from '../protection/inventory/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { namesText } from '../rendering/terminal/index.ts';
import type { NamedAddress } from '../rendering/terminal/index.ts';
import { formatAddress, parseClientAddress } from '../standards/dns/index.ts';
import type { RecordedAnswer } from '../standards/dns/index.ts';
import { countOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { UsageError, exitCodes, note, outputStyle, progressLine, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { dayOfWorld, withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface LookupCommandOptions extends CommonOptions, WorldOptions {
  readonly at?: string;
  readonly again?: string;
  readonly most?: string;
  readonly perSecond?: string;
  readonly atOnce?: string;
  readonly csv?: boolean;
  readonly limit?: string;
  readonly all?: boolean;
  readonly sort?: string;
  readonly language?: string;
}

/** Milliseconds between two writings: what a second Ctrl-C or a power cut can cost. */
const between = 1000;
/** Questions a second, and addresses at once, unless said otherwise: a resolver of one's own does not notice, nor do those it asks. */
const usualPace = 50;
const usualAtOnce = 40;
const usualDays = 30;

/** `zegel lookup`: what the sources are called. */
export function lookupCommand(finished: Finished): Command {
  const command = new Command('lookup')
    .summary('look up what the sources are called, and whether the names lead back')
    .description(
      `Asks the DNS for the names of every address that mailed in your name (PTR records), and whether those names lead back to it. The answers
are kept with their day, beside those of zegel snapshot, and are evidence of whose an address is. Addresses with most messages come
first; what was looked up lately is not asked again, so a look that was broken off goes on where it was.

With addresses: those, whenever they were looked up last.

With --json one line an address, as it is done: address, messages, name, confirmed (true, false, "unknown"), names [{name, confirmed}],
day; name is null for an address that has none; the DNS did not answer where there is no name at all.`,
    )
    .argument('[address...]')
    .option('--again <days>', `ask again after so many days (default: ${usualDays})`)
    .option('--most <n>', 'look up so many addresses at most')
    .option('--per-second <n>', `questions a second (default: ${usualPace}; from a zone file: no limit)`)
    .option('--at-once <n>', `addresses at once (default: ${usualAtOnce})`)
    .option('--at <day>', 'the day it is the truth of, with --zone or --resolver: 2026-03-01 (default: today)')
    .option('--sort <column>', 'messages, address or name', 'messages')
    .option('--limit <n>', 'lines to show (default: 20)')
    .option('--all', 'show every line')
    .option('--json', 'JSON lines')
    .option('--csv', 'the list as CSV, whole')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel lookup
  $ zegel lookup --per-second 200 --most 5000
  $ zegel lookup 192.0.2.25 2001:db8::25
  $ zegel lookup --zone reverse.zone --at 2025-10-01`,
    )
    .action(async (addresses: string[], options: LookupCommandOptions) => finished(await run(addresses, options)));
}

async function run(typed: readonly string[], options: LookupCommandOptions): Promise<number> {
  const given = typed.map((text) => {
    const address = parseClientAddress(text);
    if (address === undefined)
      throw new UsageError(`${text} is no address`, 'give addresses as 192.0.2.25 or 2001:db8::25');
    return formatAddress(address);
  });
  const { language, sort } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  if (sort !== 'messages' && sort !== 'address' && sort !== 'name')
    throw new UsageError(`--sort ${sort} is not known`, 'give messages, address or name');
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  const again = options.again === '0' ? 0 : (countOption(options.again, '--again') ?? usualDays);
  const most = countOption(options.most, '--most') ?? Infinity;
  const atOnce = countOption(options.atOnce, '--at-once') ?? usualAtOnce;
  const perSecond =
    countOption(options.perSecond, '--per-second') ?? (options.zone === undefined ? usualPace : Infinity);
  const at = dayOfWorld(options.at, options);
  return opened({ ...options, wanted: given.length > 0 }, async (organisation, signal) => {
    const { register } = organisation;
    const messages = await messagesOf(organisation);
    const known = new ReverseNames(register.snapshots.ofTypes(['PTR']));
    const wanted = (given.length > 0 ? [...new Set(given)] : due(messages, known, at, again)).slice(0, most);
    const world = await worldOf(options);
    const turn = pace(perSecond, { now: () => performance.now(), wait: (milliseconds) => wait(milliseconds) });
    const line = progressLine();
    const started = performance.now();
    let written = started;
    let pending: RecordedAnswer[] = [];
    const done: string[] = [];
    let silent = 0;
    const keep = (): void => {
      register.snapshots.keep(pending, at);
      pending = [];
      written = performance.now();
    };
    try {
      for await (const { address, recorded, answered } of lookUpNames(wanted, world.resolver, {
        atOnce,
        turn,
        signal,
      })) {
        pending.push(...recorded);
        done.push(address);
        if (!answered) silent += 1;
        if (options.json === true) {
          const kept = recorded.flatMap(({ name, type, answer }) =>
            answer === undefined ? [] : [{ name, type, answer, firstDay: at, lastDay: at }],
          );
          const found = new ReverseNames(kept).of(address);
          await write(`${JSON.stringify(jsonLine({ address, messages: messages.get(address) ?? 0, found }))}\n`);
        }
        if (performance.now() - written > between) keep();
        line.show(() => progressText(done.length, wanted.length, (performance.now() - started) / 1000));
      }
    } finally {
      line.clear();
      // Whatever stops it, what was answered stays known.
      keep();
      world.close();
    }
    register.note(personOf(undefined), 'lookup/done', { day: dayText(at), addresses: done.length, silent });
    note(
      `looked up ${done.length} of ${wanted.length} addresses${silent === 0 ? '' : `; the DNS did not answer for ${silent} of them, which are asked again next time`}`,
    );
    if (options.json !== true) await show(organisation, done, messages, { ...options, language, sort, limit });
    if (signal.aborted) return exitCodes.interrupted;
    return done.length > 0 && silent === done.length ? exitCodes.failed : exitCodes.done;
  });
}

/** By address: its messages in all reports. */
async function messagesOf({ memory }: Organisation): Promise<Map<string, number>> {
  const answer = await memory.history.ask({ by: ['source'], measures: ['messages'] });
  const dictionaries = await memory.history.dictionaries();
  const messages = new Map<string, number>();
  for (let at = 0; at < answer.length; at++) {
    const text = dictionaries.address(answer.source[at]!);
    if (text !== undefined) messages.set(text, answer.messages[at]!);
  }
  return messages;
}

/** The addresses that were never looked up, or too long ago; those with most messages first. */
function due(messages: ReadonlyMap<string, number>, known: ReverseNames, at: number, again: number): string[] {
  return [...messages]
    .filter(([address]) => {
      if (parseClientAddress(address) === undefined) return false;
      const found = known.of(address);
      return found === undefined || found.day <= at - again || found.firstDay > at;
    })
    .sort(([oneAddress, one], [otherAddress, other]) => other - one || (oneAddress < otherAddress ? -1 : 1))
    .map(([address]) => address);
}

function progressText(done: number, all: number, seconds: number): string {
  const left = done === 0 ? 0 : ((all - done) * seconds) / done;
  const time = left < 90 ? `${Math.ceil(left)} s` : `${Math.ceil(left / 60)} min`;
  return `${done} of ${all} addresses${done < 20 ? '' : `, about ${time} to go`}`;
}

function jsonLine({ address, messages, found }: NamedAddress): object {
  if (found === undefined) return { address, messages };
  const { name, confirmed, names, day } = found;
  return { address, messages, name, confirmed, names, day: dayText(day) };
}

async function show(
  { register }: Organisation,
  done: readonly string[],
  messages: ReadonlyMap<string, number>,
  options: {
    readonly csv?: boolean;
    readonly language: 'en' | 'nl';
    readonly sort: string;
    readonly limit: number;
  },
): Promise<void> {
  const names = new ReverseNames(register.snapshots.ofTypes(reverseNameTypes));
  const lines = done.map((address) => ({ address, messages: messages.get(address) ?? 0, found: names.of(address) }));
  const text = (line: NamedAddress): string => (options.sort === 'name' ? (line.found?.name ?? '~') : '');
  lines.sort(
    (one, other) =>
      (text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0) ||
      (options.sort === 'messages' ? other.messages - one.messages : 0) ||
      byAddress(one.address, other.address),
  );
  if (options.csv === true) {
    const titles = ['address', 'messages', 'name', 'leads back', 'first', 'looked up'];
    const rows = lines.map(({ address, messages, found }) => [
      address,
      messages,
      found?.name ?? '',
      found === undefined || found.name === null ? '' : String(found.confirmed),
      found === undefined ? '' : dayText(found.firstDay),
      found === undefined ? '' : dayText(found.day),
    ]);
    for (const line of csvLines(titles, rows)) await write(line);
  } else await writeLines(namesText(lines, { ...outputStyle(), language: options.language }, options.limit));
}

/** IPv4 before IPv6, each by number. */
function byAddress(one: string, other: string): number {
  const [x, y] = [parseClientAddress(one), parseClientAddress(other)];
  if (x === undefined || y === undefined) return one < other ? -1 : 1;
  return x.family - y.family || x.a - y.a || x.b - y.b || x.c - y.c || x.d - y.d;
}
