import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  existsZone,
  formatRecordSets,
  proveExists,
  publishedIncludes,
  recordFormats,
  synthesise,
} from '../protection/plan/index.ts';
import type { RecordFormat, RecordSet, SynthesisPart, Synthesised } from '../protection/plan/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { safeText } from '../rendering/safe-text.ts';
import { spfSynthesisText } from '../rendering/terminal/index.ts';
import { domainName, ResolverError } from '../standards/dns/index.ts';
import type { DomainName, Resolver } from '../standards/dns/index.ts';
import { say } from '../words/index.ts';
import { collect, countOption, domainOption } from './arguments.ts';
import { UsageError, exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface SynthesiseOptions extends WorldOptions {
  readonly networks?: string[];
  readonly addresses?: string[];
  readonly include?: string[];
  readonly keepIncludes?: boolean;
  readonly strict?: boolean;
  readonly afresh?: boolean;
  readonly existsZone?: string;
  readonly limitLookups?: string;
  readonly limitVoids?: string;
  readonly limitBytes?: string;
  readonly ttl?: string;
  readonly format?: string;
  readonly limit?: string;
  readonly all?: boolean;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly language?: string;
}

/** `zegel spf synthesise`: the records that let in just the addresses that may send. */
export function synthesiseCommand(finished: Finished): Command {
  const command = new Command('synthesise')
    .summary('write the SPF records that let in just the addresses and senders that are given')
    .description(
      `Writes the SPF records of a domain from declared networks, addresses that were seen and authorised, and senders' own includes: exactly
these, in the fewest networks, never a wider one. What does not fit in one record goes to a chain of pages (_spf1, _spf2, …); pages that are published
already stay as they are as far as they can. When it does not fit, it says by how much and what would help.

A list has an address or a network a line (# begins a comment). Behind a comma an address may have the name of its stream, which
proposals then name. An address that an include lets in is not named by itself; a declared network always is.

With --json: schema, domain, outcome (fits, exists, does-not-fit, unknown), all, limits, records [{name, type, text, strings, bytes, answerBytes,
holds {networks, addresses, includes, next}, change, before}], unused [{name, before}], isAfresh, lookups, voidLookups {v4, v6}, named
{ipv4, ipv6, networks, bytes}, difference {added, removed}, over {lookups, voids, pagesNeeded}, includes [{name, kept, reason, lookups, voidLookups}],
covered [{include, ipv4, ipv6}], existsZone {apex, names}, problems, proposals [{code, values, see, fits}].

Exit status: 0 it fits; 1 it does not; 2 it could not be told.`,
    )
    .argument('<domain>', 'an envelope domain or a HELO name')
    .option('--networks <file>', 'declared networks; - is standard input (may be given again)', collect)
    .option(
      '--addresses <file>',
      'addresses that were seen and authorised, with their streams; - is standard input (may be given again)',
      collect,
    )
    .option('--include <name>', "a sender's own SPF record, kept by name (may be given again)", collect)
    .option('--keep-includes', 'keep the includes of the record that is published')
    .option('--strict', 'end the record in -all instead of ~all')
    .option('--afresh', 'lay everything out anew, around nothing that is published')
    .option(
      '--exists-zone <file>',
      'as the last resort, write a zone of names to this file, and let one "exists" term ask it',
    )
    .option('--limit-lookups <n>', 'lookups there may be (default: 10)')
    .option('--limit-voids <n>', 'void lookups there may be (default: 2)')
    .option('--limit-bytes <n>', 'bytes a record may have (default: 450)')
    .option('--ttl <seconds>', 'the TTL in --format and in the zone of names (default: 3600)')
    .option('--format <format>', `the records alone, to be published: ${recordFormats.join(', ')}`)
    .option('--limit <n>', 'networks and notes a list shows (default: 20)')
    .option('--all', 'show every network and note')
    .option('--csv', 'the records as CSV')
    .option('--json', 'the whole answer as JSON')
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel spf synthesise example.com --networks own.txt --addresses seen.txt --keep-includes
  $ zegel spf synthesise example.com --addresses seen.csv --include _spf.sender.example --format bind > change.zone`,
    )
    .action(async (domain: string, options: SynthesiseOptions) => finished(await run(domain, options)));
}

async function run(domain: string, options: SynthesiseOptions): Promise<number> {
  const name = domainName(domainOption(domain, 'DOMAIN') ?? '');
  const { language } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  const format = formatOption(options.format);
  if ([options.json, options.csv, format !== undefined].filter((each) => each === true).length > 1)
    throw new UsageError('--json, --csv and --format cannot be given together');
  const ttl = countOption(options.ttl, '--ttl') ?? 3600;
  const limit = options.all === true ? Infinity : countOption(options.limit, '--limit');
  const parts = partsOf(options);
  const world = await worldOf(options);
  try {
    const includes = [
      ...(options.include ?? []).map((each) => domainOption(each, '--include') ?? ''),
      ...(options.keepIncludes === true ? await publishedIncludes(name, world.resolver) : []),
    ];
    const made = await synthesise(
      {
        domain: name,
        parts,
        includes: includes.map((include) => ({ name: include })),
        all: options.strict === true ? '-all' : '~all',
        limits: limitsOf(options),
        afresh: options.afresh === true,
        exists: options.existsZone === undefined ? 'never' : 'when-needed',
      },
      world.resolver,
    );
    const { synthesis } = made;
    const proved = await writeZone(made, name, options.existsZone, ttl, world.resolver);
    if (options.json === true) await write(`${JSON.stringify(synthesis)}\n`);
    else if (options.csv === true) {
      const titles = ['name', 'type', 'text', 'bytes', 'answer_bytes', 'networks', 'change'];
      const rows = synthesis.records.map((record) => [
        record.name,
        record.type,
        record.text,
        record.bytes,
        record.answerBytes,
        record.holds.networks,
        record.change,
      ]);
      for (const text of csvLines(titles, rows)) await write(text);
    } else if (format !== undefined) {
      await write(formatRecordSets(await setsOf(made, world.resolver, ttl), format, [name]));
    } else {
      const style = { ...outputStyle(), language } as const;
      await writeLines(spfSynthesisText(synthesis, style, limit === undefined ? {} : { limit }));
    }
    if (proved !== undefined) note(say('label/synthesis-proved', { count: proved.toLocaleString(language) }, language));
    if (synthesis.outcome === 'does-not-fit' && (format !== undefined || options.csv === true))
      note(say('label/synthesis-does-not-fit', { domain: name }, language));
    if (synthesis.outcome === 'unknown') return exitCodes.failed;
    return synthesis.outcome === 'does-not-fit' ? exitCodes.found : exitCodes.done;
  } finally {
    world.close();
  }
}

/** The sets as they are to stand: at the domain the other TXT records stay beside the new one. */
async function setsOf({ synthesis }: Synthesised, resolver: Resolver, ttl: number): Promise<RecordSet[]> {
  const there = await resolver(synthesis.domain, 'TXT');
  const others = (there.kind === 'records' ? there.records : [])
    .map((strings) => strings.join(''))
    .filter((text) => !/^v=spf1(?: |$)/i.test(text));
  return [
    ...synthesis.records
      .filter(({ change }) => change !== 'same')
      .map(({ name, text }) => ({
        name,
        type: 'TXT' as const,
        ttl,
        values: name === synthesis.domain ? [...others, text] : [text],
      })),
    ...synthesis.unused.map(({ name }) => ({ name, type: 'TXT' as const, ttl, values: [] })),
  ];
}

/** Writes the zone of names, when there is one, and asks it for every address. @returns how many were asked for */
async function writeZone(
  { synthesis, inZone }: Synthesised,
  domain: DomainName,
  file: string | undefined,
  ttl: number,
  resolver: Resolver,
): Promise<number | undefined> {
  if (synthesis.outcome !== 'exists' || file === undefined) return undefined;
  const nameServer = await nameServerOf(domain, resolver);
  const text = `${[...existsZone(domain, inZone, { ttl, nameServer })].join('\n')}\n`;
  const { judged, wrong } = await proveExists(domain, inZone, text);
  const [first] = wrong;
  if (first !== undefined) throw new Error(`the zone is wrong of ${first.address}: ${first.result}`);
  writeFileSync(file, text);
  return judged;
}

/** A name server of the domain, which is likely to have the zone below it as well. */
async function nameServerOf(domain: DomainName, resolver: Resolver): Promise<string> {
  try {
    const answer = await resolver(domain, 'NS');
    return (answer.kind === 'records' ? answer.records[0] : undefined) ?? `ns.${domain}`;
  } catch (error) {
    if (error instanceof ResolverError) return `ns.${domain}`;
    throw error;
  }
}

function formatOption(text: string | undefined): RecordFormat | undefined {
  const format = recordFormats.find((each) => each === text);
  if (text !== undefined && format === undefined)
    throw new UsageError(`--format ${text} is not known`, `give one of ${recordFormats.join(', ')}`);
  return format;
}

function limitsOf(options: SynthesiseOptions): { lookups?: number; voids?: number; bytes?: number } {
  const lookups = countOption(options.limitLookups, '--limit-lookups');
  const voids = options.limitVoids === '0' ? 0 : countOption(options.limitVoids, '--limit-voids');
  const bytes = countOption(options.limitBytes, '--limit-bytes');
  return {
    ...(lookups === undefined ? {} : { lookups: atMost(lookups, 10, '--limit-lookups', 'RFC 7208 §4.6.4') }),
    ...(voids === undefined ? {} : { voids: atMost(voids, 2, '--limit-voids', 'RFC 7208 §4.6.4') }),
    ...(bytes === undefined ? {} : { bytes: atMost(bytes, 4000, '--limit-bytes', 'RFC 7208 §3.4') }),
  };
}

function atMost(value: number, most: number, option: string, see: string): number {
  if (value > most) throw new UsageError(`${option} ${value} is more than receivers take: ${most} (${see})`);
  return value;
}

/** What the lists hold, by stream. What is no address is said by the synthesis. */
function partsOf(options: SynthesiseOptions): SynthesisPart[] {
  const files = [...(options.networks ?? []), ...(options.addresses ?? [])];
  if (files.filter((file) => file === '-').length > 1) throw new UsageError('standard input can be read only once');
  const networks = (options.networks ?? []).flatMap(linesOf).map((line) => line.split(',')[0]!.trim());
  const streams = new Map<string, string[]>();
  for (const line of (options.addresses ?? []).flatMap(linesOf)) {
    const [address = '', stream = ''] = line.split(',').map((field) => field.trim());
    const there = streams.get(stream);
    if (there === undefined) streams.set(stream, [address]);
    else there.push(address);
  }
  return [
    { networks },
    ...[...streams].map(([stream, addresses]) => ({
      addresses,
      ...(stream === '' ? {} : { stream: safeText(stream, 100) }),
    })),
  ];
}

function linesOf(file: string): string[] {
  return readFileSync(file === '-' ? 0 : file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}
