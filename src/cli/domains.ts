import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { proposeDomains, seenInReports } from '../protection/portfolio/index.ts';
import { letters } from '../protection/posture/index.ts';
import type { Role } from '../protection/posture/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { safeText } from '../rendering/safe-text.ts';
import { domainsText, proposalsText } from '../rendering/terminal/index.ts';
import type { DomainLine } from '../rendering/terminal/index.ts';
import { domainName, parseDomainName } from '../standards/dns/index.ts';
import type { DomainName } from '../standards/dns/index.ts';
import { countOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { gateCommands } from './domain-gates.ts';
import { showDomain } from './domain.ts';
import { opened } from './organisation.ts';
import { UsageError, exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface DomainsCommandOptions extends CommonOptions {
  readonly role?: string;
  readonly note?: string;
  readonly add?: boolean;
  readonly csv?: boolean;
  readonly sort?: string;
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
}

const roles: readonly Role[] = ['users', 'sending', 'receiving', 'parked', 'absent'];
/** Who is written into the audit log: whoever can run this command in this folder. */
const who = 'command line';

/** A role as it is typed. @throws {UsageError} */
export function roleOption(text: string | undefined): Role | undefined {
  if (text === undefined) return undefined;
  const role = roles.find((each) => each === text);
  if (role === undefined) throw new UsageError(`${text} is no role`, `give one of: ${roles.join(', ')}`);
  return role;
}

/** `zegel domains`: the domains of the organisation. */
export function domainsCommand(finished: Finished): Command {
  const data = ['--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)"] as const;
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const listing = (command: Command): Command =>
    command
      .option(...data)
      .option('--limit <n>', 'lines to show (default: 20)')
      .option('--all', 'show every line')
      .option('--json', 'JSON lines')
      .option('--language <code>', 'en or nl', 'en');
  const command = listing(new Command('domains'))
    .summary('the domains of the organisation: list, show one, add, import, remove, role, accept, thresholds, propose')
    .description(
      `Lists the domains of the organisation, with what each is for, its grade and policy when it was last looked at (zegel check), and when
reports last told of mail in its name. With NAME: what is remembered of that domain: its role, its policy, what was amiss when it was last
looked at, and which records it published on which days.

With --json one line a domain: domain, role, came (added, imported, reports, check), note, who, at, seen {messages, alignedMessages,
firstDay, lastDay, isPolicyDomain}, look {day, letter, asks}, reported {p, day}; what is not known is left out. With NAME one document:
domain, entry, seen, reported, selectors, subdomains, looks [{first, last, letter}], grade, asks, findings, roads, and records
[{name, type, first, last, kind, records, aliases, changed}], the newest first.`,
    )
    .argument('[name]', 'one domain')
    .option('--sort <column>', 'domain, grade (the worst first), seen or messages', 'domain')
    .option('--csv', 'the list as CSV, whole')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel domains add example.com example.net --role users
  $ zegel domains example.com
  $ zegel domains import domains.csv
  $ zegel domains propose --add
  $ zegel check`,
    )
    .action((name: string | undefined, options: DomainsCommandOptions) =>
      act(() => (name === undefined ? list(options) : one(name, options))),
    );
  const subs = [
    new Command('add')
      .summary('put domains into the portfolio')
      .argument('<name...>')
      .option('--role <role>', `what they are for: ${roles.join(', ')}`)
      .option('--note <text>', 'a note')
      .option(...data)
      .action((names: string[], _: unknown, self: Command) => act(() => add(names, self.optsWithGlobals()))),
    new Command('import')
      .summary('put the domains of a list into the portfolio')
      .description(
        `Reads a CSV file: a domain a line, behind it its role and a note where they are known. A first line of titles (domain,role,note) says the
order of the columns. Lines that are no domain names are said, and the others are taken.`,
      )
      .argument('<file>')
      .option(...data)
      .action((file: string, _: unknown, self: Command) => act(() => importList(file, self.optsWithGlobals()))),
    new Command('remove')
      .summary('take domains out of the portfolio; what is remembered of them stays')
      .argument('<name...>')
      .option(...data)
      .action((names: string[], _: unknown, self: Command) => act(() => remove(names, self.optsWithGlobals()))),
    new Command('role')
      .summary('say what a domain is for')
      .argument('<name>')
      .argument('<role>', `${roles.join(', ')}; - takes it back`)
      .option(...data)
      .action((name: string, role: string, _: unknown, self: Command) =>
        act(() => setRole(name, role, self.optsWithGlobals())),
      ),
    listing(new Command('propose'))
      .summary('domains that reports tell of and that are not in the portfolio')
      .description(
        `Lists the domains that reports were about, and those that aligned mail was seen in, as far as they are not in the portfolio.

With --json one line a domain: domain, messages, alignedMessages, firstDay, lastDay (days since 1970-01-01), isPolicyDomain, below.`,
      )
      .option('--add', 'put them into the portfolio')
      .action((_: unknown, self: Command) => act(() => propose(self.optsWithGlobals()))),
  ];
  for (const sub of [...subs, ...gateCommands(act)]) command.addCommand(sub);
  return command;
}

function styleOf(options: DomainsCommandOptions): ReturnType<typeof outputStyle> {
  const language = options.language ?? 'en';
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  return { ...outputStyle(), language };
}

function limitOf(options: DomainsCommandOptions): number {
  return options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
}

function namesOf(names: readonly string[]): DomainName[] {
  return names.map((name) => domainName(domainOption(name, 'NAME') ?? ''));
}

function one(typed: string, options: DomainsCommandOptions): Promise<number> {
  const style = styleOf(options);
  const [domain] = namesOf([typed]);
  if (options.csv === true) throw new UsageError('--csv is for the list');
  return opened({ ...options, wanted: false }, (organisation) =>
    showDomain(organisation, domain!, {
      style,
      json: options.json === true,
      all: options.all === true,
      limit: limitOf(options),
    }),
  );
}

/** How a list can be put in order, by the option's word; equals stay by name. */
const orders: Readonly<Record<string, (one: DomainLine, other: DomainLine) => number>> = {
  domain: () => 0,
  grade: (one, other) => gradeOrder(one) - gradeOrder(other),
  seen: (one, other) => (other.seen?.lastDay ?? -1) - (one.seen?.lastDay ?? -1),
  messages: (one, other) => (other.seen?.messages ?? -1) - (one.seen?.messages ?? -1),
};

/** The worst first; those that were not looked at last. */
function gradeOrder({ look }: DomainLine): number {
  return look === undefined ? letters.length : letters.indexOf(look.letter);
}

function list(options: DomainsCommandOptions): Promise<number> {
  const order = orders[options.sort ?? 'domain'];
  if (order === undefined || !Object.hasOwn(orders, options.sort ?? 'domain'))
    throw new UsageError(`--sort ${options.sort} is not known`, `give one of: ${Object.keys(orders).join(', ')}`);
  const style = styleOf(options);
  const limit = limitOf(options);
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');
  return opened({ ...options, wanted: false }, async (organisation) => {
    const lines = (await linesOf(organisation)).sort(order);
    if (options.json === true) for (const line of lines) await write(`${JSON.stringify(line)}\n`);
    else if (options.csv === true) {
      const titles = ['domain', 'role', 'came', 'note', 'grade', 'policy', 'last seen', 'messages', 'aligned messages'];
      const rows = lines.map((line) => [
        line.domain,
        line.role ?? '',
        line.came,
        line.note,
        line.look?.letter ?? '',
        line.look?.asks ?? line.reported?.p ?? '',
        line.seen === undefined ? '' : dayText(line.seen.lastDay),
        line.seen?.messages ?? 0,
        line.seen?.alignedMessages ?? 0,
      ]);
      for (const text of csvLines(titles, rows)) await write(text);
    } else await writeLines(domainsText(lines, style, limit));
    return exitCodes.done;
  });
}

async function linesOf({ register, memory }: Organisation): Promise<DomainLine[]> {
  const seen = await seenInReports(memory.history);
  const policies = new Map(register.publishedPolicies().map((policy) => [policy.policyDomain, policy]));
  return register.portfolio.list().map((domain): DomainLine => {
    const mail = seen.domains.get(domain.domain);
    const last = register.postures.last(domain.domain);
    const policy = policies.get(domain.domain);
    return {
      ...domain,
      ...(mail === undefined ? {} : { seen: mail }),
      ...(last === undefined
        ? {}
        : {
            look: {
              day: dayText(last.lastDay),
              letter: last.posture.grade.letter,
              asks: last.posture.published.dmarc.domain.current.asks,
            },
          }),
      ...(policy?.p === undefined ? {} : { reported: { p: policy.p, day: policy.seen } }),
    };
  });
}

function add(names: readonly string[], options: DomainsCommandOptions): Promise<number> {
  const role = roleOption(options.role);
  const entries = namesOf(names).map((domain) => ({
    domain,
    ...(role === undefined ? {} : { role }),
    ...(options.note === undefined ? {} : { note: options.note }),
  }));
  return opened({ ...options, wanted: true }, async ({ register }) => {
    sayAdded(register.portfolio.add(entries, 'added', who), entries.length);
    return exitCodes.done;
  });
}

function sayAdded(
  { added, changed }: { readonly added: readonly string[]; readonly changed: readonly string[] },
  asked: number,
): void {
  note(`${added.length} added, ${changed.length} changed, ${asked - added.length - changed.length} as they were`);
}

/** Cells of a line of CSV (RFC 4180), separated by commas, semicolons or tabs. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      const [quoted = ''] = /^"(?:[^"]|"")*"?/.exec(line.slice(at)) ?? [];
      cells.push(quoted.slice(1).replace(/"$/, '').replaceAll('""', '"').trim());
      at += quoted.length;
      const next = line.indexOf(separator, at);
      at = next === -1 ? line.length + 1 : next + 1;
    } else {
      const next = line.indexOf(separator, at);
      const end = next === -1 ? line.length : next;
      cells.push(line.slice(at, end).trim());
      at = end + 1;
    }
  }
  return cells;
}

async function importList(file: string, options: DomainsCommandOptions): Promise<number> {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  const lines = text.split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const separator = [';', '\t'].find((each) => first.includes(each)) ?? ',';
  let columns = ['domain', 'role', 'note'];
  const entries: { domain: DomainName; role?: Role; note?: string }[] = [];
  let bad = 0;
  const refuse = (at: number, why: string): void => {
    bad += 1;
    if (bad <= 10) note(safeText(`${file}, line ${at + 1}: ${why}`, 300));
  };
  let isFirst = true;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const cells = cellsOf(line, separator);
    const titles = cells.map((cell) => cell.toLowerCase());
    if (isFirst && titles.includes('domain')) columns = titles;
    else {
      const cell = (title: string): string => cells[columns.indexOf(title)] ?? '';
      const name = parseDomainName(cell('domain'));
      const role = roles.find((each) => each === cell('role').toLowerCase());
      if (!name.ok) refuse(at, `${cell('domain')} is no domain name`);
      else if (role === undefined && cell('role') !== '') refuse(at, `${cell('role')} is no role`);
      else {
        entries.push({
          domain: name.value,
          ...(role === undefined ? {} : { role }),
          ...(cell('note') === '' ? {} : { note: cell('note') }),
        });
      }
    }
    isFirst = false;
  }
  if (bad > 10) note(`… and ${bad - 10} more lines that could not be taken`);
  return opened({ ...options, wanted: true }, async ({ register }) => {
    sayAdded(register.portfolio.add(entries, 'imported', who), entries.length);
    return bad > 0 ? exitCodes.failed : exitCodes.done;
  });
}

function remove(names: readonly string[], options: DomainsCommandOptions): Promise<number> {
  const domains = namesOf(names);
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const removed = new Set<string>(register.portfolio.remove(domains, who));
    const missing = domains.filter((domain) => !removed.has(domain));
    note(`${removed.size} removed`);
    if (missing.length > 0)
      throw new UsageError(`not in the portfolio: ${missing.join(', ')}`, 'zegel domains lists it');
    return exitCodes.done;
  });
}

function setRole(name: string, text: string, options: DomainsCommandOptions): Promise<number> {
  const [domain] = namesOf([name]);
  const role = text === '-' ? undefined : roleOption(text);
  return opened({ ...options, wanted: false }, async ({ register }) => {
    if (!register.portfolio.setRole(domain!, role, who))
      throw new UsageError(`${domain} is not in the portfolio`, `zegel domains add ${domain}`);
    return exitCodes.done;
  });
}

function propose(options: DomainsCommandOptions): Promise<number> {
  const style = styleOf(options);
  const limit = limitOf(options);
  return opened({ ...options, wanted: false }, async ({ register, memory }) => {
    const known = new Set(register.portfolio.list().map(({ domain }) => domain));
    const proposals = proposeDomains(await seenInReports(memory.history), known);
    if (options.add === true) {
      const entries = proposals.map(({ domain }) => ({ domain }));
      sayAdded(register.portfolio.add(entries, 'reports', who), entries.length);
    } else if (options.json === true) {
      for (const each of proposals) await write(`${JSON.stringify(each)}\n`);
    } else await writeLines(proposalsText(proposals, style, limit));
    return exitCodes.done;
  });
}
