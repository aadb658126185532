import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { answerWhatIf, costs, dmarcTags, groupings, publishedTypes } from '../protection/simulation/what-if/index.ts';
import type { Change, DmarcTag, Grouping, WhatIfAnswer } from '../protection/simulation/what-if/index.ts';
import { domainName, zone } from '../standards/dns/index.ts';
import type { DomainName, RecordChange, RecordData, RecordType } from '../standards/dns/index.ts';
import { isSpfRecord } from '../standards/spf/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { say } from '../words/index.ts';
import { collect, countOption, dayOption, domainOption, today } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { recordText } from './record-text.ts';
import { reportedRecords } from './readiness.ts';
import { UsageError, exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface WhatIfCommandOptions extends CommonOptions, WorldOptions, Partial<Record<DmarcTag, string>> {
  readonly record?: string[];
  readonly spf?: string;
  readonly spfAll?: string;
  readonly removeInclude?: string[];
  readonly retireKey?: string[];
  readonly sign?: string[];
  readonly park?: boolean;
  readonly records?: string;
  readonly by?: string[];
  readonly since?: string;
  readonly until?: string;
  readonly rows?: boolean;
  readonly whole?: boolean;
  readonly csv?: boolean;
  readonly html?: string;
  readonly sort?: string;
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
}

/** `zegel what-if`: what the mail that was seen would meet if records were other than they are. */
export function whatIfCommand(finished: Finished): Command {
  const command = new Command('what-if')
    .summary('what a change of records would cost, by stream, before it is made')
    .description(
      `Says what would become of the mail that reports have shown if records at DOMAIN were other than they are: how much would no longer be
delivered, of which streams, what forged mail would be stopped, what would still get through and how, and what nobody can know. Changes
that are named together are made together.

Where SPF records changed since mail came, it meets what SPF would say of it today (not with --records then), and what that does is told
apart from what the change does.

What is published is taken from what was kept (zegel snapshot, zegel check); from zone files or a name server when these are named; from
the DNS when nothing was kept at all.`,
    )
    .argument('[domain]', 'where the changes are made; it may also be an envelope domain, a HELO name, an include')
    .option('--p <policy>', 'the policy: none, quarantine or reject')
    .option('--sp <policy>', 'the policy for subdomains; - takes the tag away, here and below')
    .option('--np <policy>', 'the policy for names that do not exist')
    .option('--t <y|n>', 'testing: one step milder at receivers of RFC 9989')
    .option('--pct <n>', 'percentage that receivers of RFC 7489 apply the policy to')
    .option('--adkim <r|s>', 'alignment of DKIM: relaxed or strict')
    .option('--aspf <r|s>', 'alignment of SPF: relaxed or strict')
    .option('--psd <y|n|u>', 'whether the domain is a public suffix, or its own organization')
    .option('--spf <record>', 'another SPF record: "v=spf1 …"')
    .option('--spf-all <qualifier>', 'end the SPF record with -all, ~all or ?all: fail, softfail or neutral')
    .option('--remove-include <name>', 'take an include out of the SPF record (may be given again)', collect)
    .option('--retire-key <selector>', 'take a DKIM key away (may be given again)', collect)
    .option('--sign <stream>', 'let a stream sign with its author domain (may be given again)', collect)
    .option('--park', 'close the domain: nobody sends as it')
    .option(
      '--record <file>',
      'records as lines of a zone file; each set stands for the whole of it (may be given again)',
      collect,
    )
    .option(
      '--records <now|then>',
      'all mail meets the records of now and the change, or each message those of its own day and the change',
      'now',
    )
    .option('--by <what>', `also by ${groupings.join(', ')} (may be given again)`, collect)
    .option('--since <day>', 'only mail from this day on: 2026-03-01, or 30d, 8w, 6m, 1y ago')
    .option('--until <day>', 'only mail up to and including this day')
    .option('--whole', 'count all mail, also what the changes cannot reach')
    .option('--rows', 'a JSON line for every combination of address, results and domains instead')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--sort <what>', 'order of the streams: lost, messages or name (default: lost)')
    .option('--limit <n>', 'lines a list shows (default: 20)')
    .option('--all', 'show every line of every list')
    .option('--csv', 'the streams as CSV, whole (or, with one --by, that list)')
    .option('--json', 'the whole answer as JSON; docs/guide/what-if.md describes it')
    .option('--html <file>', 'also write the answer as one self-contained page')
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Exit code 1: something that is wanted, or that nobody has decided on, would be lost or may be.

Examples:
  $ zegel what-if example.com --p reject
  $ zegel what-if example.com --p quarantine --t y --pct 0 --sp none --np reject
  $ zegel what-if example.com --adkim s --aspf s --by source
  $ zegel what-if example.com --spf "v=spf1 ip4:192.0.2.0/24 -all"
  $ zegel what-if example.com --remove-include _spf.mailer.example --retire-key s1
  $ zegel what-if example.com --p reject --html change.html      a page to send to somebody`,
    )
    .action(async (domain: string | undefined, options: WhatIfCommandOptions) => finished(await run(domain, options)));
}

async function run(typed: string | undefined, options: WhatIfCommandOptions): Promise<number> {
  const domain = domainOption(typed, 'DOMAIN') as DomainName | undefined;
  const changes = changesOf(domain, options);
  const by = (options.by ?? []).map(groupingOf);
  const { records = 'now', language } = options;
  if (records !== 'now' && records !== 'then')
    throw new UsageError(`--records ${records} is not known`, 'give now or then');
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  const sort = options.sort ?? 'lost';
  if (sort !== 'lost' && sort !== 'messages' && sort !== 'name')
    throw new UsageError(`--sort ${sort} is not known`, 'give lost, messages or name');
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  const since = dayOption(options.since, '--since');
  const until = dayOption(options.until, '--until');
  const forms = [options.json, options.csv, options.rows].filter((each) => each === true);
  if (forms.length > 1) throw new UsageError('only one of --json, --csv and --rows can be given');

  return opened({ ...options, wanted: false }, async (organisation) => {
    const found = await ask(organisation, changes, options, {
      ...(domain === undefined ? {} : { domain }),
      records,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      by,
      whole: options.whole === true,
    });
    const { answer } = found;
    for (const problem of answer.problems) note(safeText(say(problem.code, problem.values, language), 400));
    if (options.html !== undefined) {
      const { whatIfPage } = await import('../rendering/html/index.ts');
      writeFileSync(options.html, whatIfPage(answer, { language, today: dayText(today()) }));
      note(`wrote ${options.html}`);
    }
    if (options.rows === true) await writeLines(found.rows().map((row) => JSON.stringify(row)));
    else if (options.json === true) await write(`${JSON.stringify(answer)}\n`);
    else if (options.csv === true) {
      const { whatIfCsv } = await import('../rendering/what-if-csv.ts');
      for (const line of whatIfCsv(answer, by[0])) await write(line);
    } else {
      const { whatIfText } = await import('../rendering/terminal/index.ts');
      await writeLines(whatIfText(answer, { ...outputStyle(), language }, { limit, sort }));
    }
    // Rows are taken further by a program, which judges for itself.
    return options.rows !== true && costs(answer) ? exitCodes.found : exitCodes.done;
  });
}

async function ask(
  organisation: Organisation,
  changes: readonly Change[],
  options: WhatIfCommandOptions,
  question: Parameters<typeof answerWhatIf>[2],
): Promise<WhatIfAnswer> {
  const { register, memory } = organisation;
  const kept = register.snapshots.ofTypes(publishedTypes);
  const isAsked = options.zone !== undefined || options.resolver !== undefined || kept.length === 0;
  const world = isAsked ? await worldOf(options) : undefined;
  const reported = reportedRecords(organisation);
  const inventory = await organisation.inventory();
  try {
    return await answerWhatIf(
      {
        history: memory.history,
        kept,
        ...(world === undefined ? {} : { now: world.resolver }),
        inventory,
        reported: (name) => reported.get(name),
        shown: register.shownRules(),
        write: recordText,
      },
      { changes },
      question,
    );
  } finally {
    world?.close();
  }
}

function groupingOf(text: string): Grouping {
  const grouping = groupings.find((each) => each.toLowerCase() === text.toLowerCase());
  if (grouping === undefined) throw new UsageError(`--by ${text} is not known`, `give ${groupings.join(', ')}`);
  return grouping;
}

function changesOf(domain: DomainName | undefined, options: WhatIfCommandOptions): Change[] {
  const changes: Change[] = [];
  const at = (option: string): DomainName => {
    if (domain === undefined) throw new UsageError(`${option} needs a domain to change`, 'zegel what-if example.com …');
    return domain;
  };
  if (options.park === true) changes.push({ what: 'park', domain: at('--park') });
  for (const file of options.record ?? [])
    changes.push(...setsOf(file).map((set): Change => ({ what: 'records', set })));
  const tags: Partial<Record<DmarcTag, string>> = {};
  for (const tag of dmarcTags) {
    const value = options[tag];
    if (value === undefined) continue;
    tags[tag] = value === '-' ? '' : value.toLowerCase();
    checkTag(tag, tags[tag]);
  }
  if (Object.keys(tags).length > 0) changes.push({ what: 'dmarc', domain: at(`--${Object.keys(tags)[0]}`), tags });
  if (options.spf !== undefined) {
    if (!isSpfRecord(options.spf)) throw new UsageError('--spf is no SPF record', 'a record begins with "v=spf1 "');
    changes.push({ what: 'spf', domain: at('--spf'), record: options.spf });
  }
  for (const name of options.removeInclude ?? []) {
    const include = domainOption(name, '--remove-include') ?? '';
    changes.push({ what: 'remove-include', domain: at('--remove-include'), include });
  }
  if (options.spfAll !== undefined) {
    const qualifier = (['-', '~', '?'] as const).find(
      (each) => each === options.spfAll || `${each}all` === options.spfAll,
    );
    if (qualifier === undefined)
      throw new UsageError(`--spf-all ${options.spfAll} is not known`, 'give -all, ~all or ?all: --spf-all=-all');
    changes.push({ what: 'spf-all', domain: at('--spf-all'), qualifier });
  }
  for (const selector of options.retireKey ?? [])
    changes.push({ what: 'retire-key', domain: at('--retire-key'), selector });
  for (const stream of options.sign ?? []) changes.push({ what: 'sign', stream });
  if (changes.length === 0)
    throw new UsageError('nothing is changed', 'for example: zegel what-if example.com --p reject');
  return changes;
}

const allowed: Readonly<Record<DmarcTag, readonly string[]>> = {
  p: ['none', 'quarantine', 'reject'],
  sp: ['none', 'quarantine', 'reject', ''],
  np: ['none', 'quarantine', 'reject', ''],
  t: ['y', 'n', ''],
  adkim: ['r', 's', ''],
  aspf: ['r', 's', ''],
  psd: ['y', 'n', 'u', ''],
  pct: [],
};

function checkTag(tag: DmarcTag, value: string): void {
  const isRight = tag === 'pct' ? /^(?:|\d|[1-9]\d|100)$/.test(value) : allowed[tag].includes(value);
  const hint =
    tag === 'pct'
      ? 'give a whole number from 0 to 100'
      : `give ${allowed[tag].filter((each) => each !== '').join(', ')}`;
  if (!isRight) throw new UsageError(`--${tag} ${value} is not known`, hint);
}

/** The record sets of a zone file. */
function setsOf(file: string): RecordChange[] {
  const reading = zone([{ path: file, text: readFileSync(file) }]);
  const [problem] = reading.problems;
  if (!reading.ok || problem !== undefined) {
    const line = problem?.at?.line === undefined ? '' : `, line ${problem.at.line}`;
    throw new UsageError(`${file}${line}: ${problem === undefined ? '' : say(problem.code, problem.values)}`);
  }
  const sets = new Map<string, { name: string; type: RecordType; ttl: number; records: RecordData[RecordType][] }>();
  for (const { name, type, ttl, data } of reading.value.records) {
    if (data === undefined || type === '*') continue;
    const key = `${type} ${name}`;
    const set = sets.get(key) ?? { name: domainName(name), type: type as RecordType, ttl, records: [] };
    set.records.push(data);
    sets.set(key, set);
  }
  return [...sets.values()];
}
