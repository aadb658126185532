import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { lookAtMany } from '../protection/posture/index.ts';
import { seenInReports, selectorsOf, subdomainsOf } from '../protection/portfolio/index.ts';
import { recordHistoryText } from '../rendering/terminal/index.ts';
import { recording, ResolverError } from '../standards/dns/index.ts';
import type { Answer, RecordedAnswer, RecordType, Zone } from '../standards/dns/index.ts';
import { collect, dayOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { domainList } from './check-list.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { recordText } from './record-text.ts';
import { UsageError, exitCodes, note, outputStyle, progressLine, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { authenticateFiledBy } from './take-in.ts';
import { dayOfWorld, withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface SnapshotCommandOptions extends CommonOptions, WorldOptions {
  readonly at?: string;
  readonly file?: string[];
  readonly history?: string;
  readonly language?: string;
}

/** `zegel snapshot`: keeps what is published as the truth of a day, and shows how it went before. */
export function snapshotCommand(finished: Finished): Command {
  const command = new Command('snapshot')
    .summary('keep what is published today, or read the history of records')
    .description(
      `Keeps what domains publish as that day's truth: everything a look at them asks (zegel check), the records they lean on among it. Without
DOMAIN the domains of the portfolio; with --zone and no DOMAIN everything that stands in the zone files, reverse names too. What is
as it was takes no more room.

With --history NAME it shows what was published at a name, from which day to which. With --json one line an answer: name, type, firstDay,
lastDay, kind (records, no-data, no-such-name), records (as a zone file has them), aliases, ttl.`,
    )
    .argument('[domain...]')
    .option('--file <file>', 'a list of domains, one a line; - is standard input', collect)
    .option(
      '--at <day>',
      'the day it is the truth of: 2026-03-01 (default: today); with --history, what held on that day',
    )
    .option('--history <name>', 'show the history of a name instead')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--json', 'JSON: a line that says what was kept, or the history')
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel snapshot
  $ zegel snapshot --zone 2025-10-01.zone --at 2025-10-01
  $ zegel snapshot --history _dmarc.example.com`,
    )
    .action(async (domains: string[], options: SnapshotCommandOptions) => finished(await run(domains, options)));
}

async function run(names: readonly string[], options: SnapshotCommandOptions): Promise<number> {
  if (options.history !== undefined) {
    if (names.length > 0) throw new UsageError('--history takes one name and no domains besides');
    return showHistory(options.history, dayOption(options.at, '--at'), options);
  }
  const at = dayOfWorld(options.at, options);
  const list = domainList(names, options.file ?? []);
  return opened({ ...options, wanted: true }, async (organisation, signal) => {
    const { register, memory } = organisation;
    const isWhole = options.zone !== undefined && list.domains.length === 0 && options.file === undefined;
    const domains = list.domains.length > 0 ? list.domains : register.portfolio.list().map(({ domain }) => domain);
    if (!isWhole && domains.length === 0)
      throw new UsageError('there is no domain to look at', 'name one, or add domains: zegel domains add example.com');
    const world = await worldOf(options);
    try {
      let recorded: readonly RecordedAnswer[];
      if (isWhole && world.zone !== undefined) {
        recorded = await wholeZone(world.zone, register.snapshots);
      } else {
        const kept = recording(world.resolver);
        const seen = await seenInReports(memory.history);
        const line = progressLine();
        const looks = lookAtMany(domains, kept.resolver, {
          progress: (done) => line.show(() => `${done} of ${domains.length} domains`),
          signal,
          optionsOf: (domain) => ({
            selectorsSeen: selectorsOf(seen, domain),
            subdomains: subdomainsOf(seen, domain),
          }),
        });
        for await (const _ of looks);
        line.clear();
        recorded = kept.answers();
      }
      if (signal.aborted) return exitCodes.interrupted;
      const silent = recorded.filter(({ answer }) => answer === undefined).length;
      const { answers, changed, changedKeys } = register.snapshots.keep(recorded, at);
      register.note(personOf(undefined), 'snapshot/kept', { day: dayText(at), answers, changed });
      if (options.json === true) await write(`${JSON.stringify({ day: dayText(at), answers, changed, silent })}\n`);
      else note(`kept ${answers} answers of ${dayText(at)}, ${changed} of them new or other than before`);
      // Keys of reporters among them tell who wrote the mail that is filed.
      if (changedKeys.length > 0 && !(await authenticateFiledBy(organisation, changedKeys, signal)))
        return exitCodes.interrupted;
      if (silent > 0) note(`the DNS did not answer ${silent} questions; what is known of these stays`);
      return list.bad > 0 || answers === 0 ? exitCodes.failed : exitCodes.done;
    } finally {
      world.close();
    }
  });
}

const types: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'DNSKEY', 'DS', 'MX', 'NS', 'PTR', 'SOA', 'TLSA', 'TXT'];

/** Everything that stands in zones, and the absence of what stood there before. */
async function wholeZone(
  zone: Zone,
  before: Pick<Organisation['register']['snapshots'], 'names' | 'ofTypes'>,
): Promise<RecordedAnswer[]> {
  const questions = new Map<string, { readonly name: string; readonly type: RecordType }>();
  const ask = (name: string, type: RecordType): void => void questions.set(`${type} ${name}`, { name, type });
  const told = new Set<string>();
  for (const { name, type: written } of zone.records) {
    const type = types.find((each) => each === written);
    if (type === undefined) continue;
    ask(name, type);
    told.add(name);
    // The names of addresses in a part of a network are aliases (RFC 2317).
    if (type === 'CNAME' && name.endsWith('.arpa')) ask(name, 'PTR');
  }
  const apexes = new Set(zone.apexes);
  const hosts = new Set<unknown>();
  for (const { answer } of before.ofTypes(['PTR']))
    if (answer.kind === 'records') for (const host of answer.records) hosts.add(host);
  for (const { name, type } of before.names('')) {
    const apex = apexOf(name, apexes);
    if (apex === undefined) continue;
    // A text that closes a whole top-level domain tells of what it knows in it. The name of somebody's machine came with the
    // reverse names, which are another text: that it is not in this one is no look at it.
    if (!apex.includes('.') && apex !== name && (type === 'A' || type === 'AAAA') && hosts.has(name) && !told.has(name))
      continue;
    ask(name, type);
  }
  const recorded: RecordedAnswer[] = [];
  for (const { name, type } of questions.values()) {
    try {
      const answer: Answer = await zone.resolver(name, type);
      recorded.push({ name, type, answer });
    } catch (error) {
      if (!(error instanceof ResolverError)) throw error;
      const { code, message, retryable } = error;
      recorded.push({ name, type, error: { code, message, retryable } });
    }
  }
  return recorded;
}

/** The nearest top of a zone at or above a name. */
function apexOf(name: string, apexes: ReadonlySet<string>): string | undefined {
  for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
    if (apexes.has(at)) return at;
    if (!at.includes('.')) return apexes.has('') ? '' : undefined;
  }
}

function showHistory(typed: string, day: number | undefined, options: SnapshotCommandOptions): Promise<number> {
  const name = domainOption(typed, '--history') ?? '';
  const { language } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const all = register.snapshots.history(name);
    const held = new Map<string, (typeof all)[number]>();
    // They come newest first by type: the first that had begun by the day is what held.
    for (const each of all)
      if (day !== undefined && each.firstDay <= day && !held.has(each.type)) held.set(each.type, each);
    const lines = (day === undefined ? all : [...held.values()]).map(({ type, firstDay, lastDay, answer }) => ({
      type,
      first: firstDay,
      last: lastDay,
      kind: answer.kind,
      aliases: answer.aliases,
      ttl: answer.ttl,
      records: answer.kind === 'records' ? answer.records.map(recordText) : [],
    }));
    if (options.json === true) {
      for (const { first, last, ...line } of lines) {
        await write(`${JSON.stringify({ name, firstDay: dayText(first), lastDay: dayText(last), ...line })}\n`);
      }
    } else await writeLines(recordHistoryText(name, lines, { ...outputStyle(), language }));
    return exitCodes.done;
  });
}
