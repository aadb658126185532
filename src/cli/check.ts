import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { openConnections } from '../app.ts';
import type { Organisation } from '../app.ts';
import { dataDirectory } from '../config.ts';
import { dayText } from '../protection/assessment/index.ts';
import type { Day } from '../protection/history.ts';
import { seenInReports, selectorsOf, subdomainsOf } from '../protection/portfolio/index.ts';
import type { SeenInReports } from '../protection/portfolio/index.ts';
import { comparePostures, keysShown, lookAtMany, rank } from '../protection/posture/index.ts';
import type { LookOptions, Posture, PostureChange, Ranked, Role } from '../protection/posture/index.ts';
import type { TlsSeen } from '../protection/plan/wishes/index.ts';
import { rankingCsv } from '../rendering/ranking-csv.ts';
import {
  changesText,
  changeText,
  isUnchanged,
  postureText,
  rankingText,
  tlsSeenText,
} from '../rendering/terminal/index.ts';
import { domainName, recording } from '../standards/dns/index.ts';
import type { DomainName, Recording } from '../standards/dns/index.ts';
import { collect, countOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { domainList } from './check-list.ts';
import { roleOption } from './domains.ts';
import { opened } from './organisation.ts';
import { UsageError, exitCodes, note, outputStyle, progressLine, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { dayOfWorld, withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface CheckCommandOptions extends CommonOptions, WorldOptions {
  readonly file?: string[];
  readonly selector?: string[];
  readonly helo?: string[];
  readonly role?: string;
  readonly add?: boolean;
  readonly connect?: boolean;
  readonly at?: string;
  readonly html?: string;
  readonly sort?: string;
  readonly limit?: string;
  readonly all?: boolean;
  readonly csv?: boolean;
  readonly language?: string;
}

/** `zegel check`: what domains publish, what is amiss, and what could still be forged. */
export function checkCommand(finished: Finished): Command {
  const command = new Command('check')
    .summary('what a domain publishes, what is amiss, and what could still be forged; many are ranked')
    .description(
      `Looks at what domains publish (SPF, DMARC, DKIM, MX, MTA-STS, TLS-RPT, DANE, DNSSEC, BIMI, and the names below them), says what is amiss and
what to publish instead, and lists every way in which mail could still be forged. Several domains are ranked by protection.
Without DOMAIN the domains of the portfolio are looked at.

Where an organisation's folder is, selectors and names that reports told of are looked at too; for domains of the portfolio the look is
kept as that day's truth, and what changed since the last one is shown.

With --json one line a domain, as each is done: schema (zegel/posture/1), domain, role, grade {letter, certain, rules}, findings
[{id, code, severity, values, where, see, remedy, records, remove}], forgery {names, roads, closed, untold}, internetNl, published; and
for a domain of the portfolio change {grade, appeared, gone, untold, altered, opened, closed, records} and changedSince (a day); tlsReports where some
are filed {firstDay, lastDay, days, reporters, successful, failed, failures, testing}.
docs/guide/check.md says more.

Exit status: 0 nothing serious; 1 a finding is critical or serious; 2 a domain could not be looked at.`,
    )
    .argument('[domain...]', 'domains to look at')
    .option('--file <file>', 'a list of domains, one a line, # begins a comment; - is standard input', collect)
    .option('--selector <name>', 'a DKIM selector to look for (may be given again)', collect)
    .option('--helo <name>', 'a name its servers say after HELO (may be given again)', collect)
    .option('--role <role>', 'what the domains are for: users, sending, receiving, parked')
    .option(
      '--connect',
      'also connect: greet the mail servers on port 25 (STARTTLS, certificate, DANE), fetch the MTA-STS policy and the BIMI files',
    )
    .option('--add', 'put the domains into the portfolio')
    .option(
      '--at <day>',
      'the day it is kept as the truth of, for zone files of another day: 2026-03-01 (default: today)',
    )
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--html <file>', 'also write the answer as one self-contained page')
    .option('--sort <how>', 'the ranking: best, worst or name first', 'best')
    .option('--limit <n>', 'lines of the ranking (default: 20)')
    .option('--all', 'everything: small findings, every name, every line')
    .option('--csv', 'the ranking as CSV, whole')
    .option('--json', 'JSON lines, one a domain')
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel check example.com
  $ zegel check --zone example.zone example.com --json | jq '.findings[].code'
  $ zegel check --file sector.txt --html ranking.html`,
    )
    .action(async (domains: string[], options: CheckCommandOptions) => finished(await run(domains, options)));
}

async function run(names: readonly string[], options: CheckCommandOptions): Promise<number> {
  const { language } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  const { sort } = options;
  if (sort !== 'best' && sort !== 'worst' && sort !== 'name')
    throw new UsageError(`--sort ${sort} is not known`, 'give best, worst or name');
  if (options.json === true && options.csv === true) throw new UsageError('--json and --csv cannot be given together');
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  const role = roleOption(options.role);
  const day = dayOfWorld(options.at, options);
  if (options.connect === true && options.zone !== undefined)
    throw new UsageError(
      '--connect and --zone cannot be given together',
      'servers are connected to at their real addresses',
    );
  const helo = (options.helo ?? []).map((name) => domainName(domainOption(name, '--helo') ?? ''));
  for (const selector of options.selector ?? []) domainOption(`${selector}._domainkey.example`, '--selector');
  const list = domainList(names, options.file ?? []);
  const isTold = list.domains.length > 0 || (options.file ?? []).length > 0;
  const check = new Check({ options, day, limit, role, helo, language, list: list.domains, bad: list.bad, isTold });
  const isRemembered = existsSync(join(dataDirectory(options.data), 'register.sqlite'));
  if (options.data === undefined && options.add !== true && !isRemembered) return check.run(undefined);
  try {
    return await opened({ ...options, wanted: options.add === true }, (organisation, signal) =>
      check.run(organisation, signal),
    );
  } catch (error) {
    // Looking at a domain needs no memory: a folder that was not asked for must not stop it.
    const isInUse = error instanceof Error && 'code' in error && error.code === 'storage/in-use';
    if (!isInUse || options.data !== undefined || options.add === true || !isTold) throw error;
    note("the organisation's folder is in use: what it remembers is left aside");
    return check.run(undefined);
  }
}

interface CheckRequest {
  readonly options: CheckCommandOptions;
  readonly day: Day;
  readonly limit: number;
  readonly role: Role | undefined;
  readonly helo: readonly DomainName[];
  readonly language: 'en' | 'nl';
  readonly list: readonly DomainName[];
  /** Lines of lists that are no names. */
  readonly bad: number;
  /** Whether domains were named; else it is the portfolio. */
  readonly isTold: boolean;
}

class Check {
  readonly #request: CheckRequest;

  constructor(request: CheckRequest) {
    this.#request = request;
  }

  async run(organisation: Organisation | undefined, signal?: AbortSignal): Promise<number> {
    const { options, list, isTold, bad } = this.#request;
    if (options.add === true) {
      const { role } = this.#request;
      const entries = list.map((domain) => ({ domain, ...(role === undefined ? {} : { role }) }));
      organisation?.register.portfolio.add(entries, 'check', 'command line');
    }
    const portfolio = new Map((organisation?.register.portfolio.list() ?? []).map((each) => [each.domain, each]));
    const domains = isTold ? list : [...portfolio.keys()];
    if (domains.length === 0 && bad === 0)
      throw new UsageError('there is no domain to look at', 'name one: zegel check example.com, or --file FILE');
    const seen = organisation === undefined ? undefined : await seenInReports(organisation.memory.history);
    const world = await worldOf(options);
    const connections = options.connect === true ? await openConnections(world.resolver, signal) : undefined;
    const kept = organisation === undefined || portfolio.size === 0 ? undefined : recording(world.resolver);
    try {
      const outcome = new Outcome(organisation, new Set(portfolio.keys()), kept, this.#request.day);
      const line = progressLine();
      const looks = lookAtMany(domains, kept?.resolver ?? world.resolver, {
        optionsOf: (domain) => ({
          ...this.#lookOptions(domain, seen, portfolio.get(domain)?.role),
          ...(connections && { connections }),
        }),
        progress: (done) => line.show(() => `${done} of ${domains.length} domains`),
        ...(signal === undefined ? {} : { signal }),
      });
      for await (const posture of looks) {
        const { change, since } = outcome.take(posture, domains.length === 1);
        if (options.json !== true) continue;
        line.clear();
        const changed = change === undefined ? {} : { change, changedSince: since };
        const told = await tlsOf(posture, organisation, this.#request.day);
        const tls = told === undefined ? {} : { tlsReports: told.json };
        await write(`${JSON.stringify({ ...posture, ...changed, ...tls })}\n`);
      }
      line.clear();
      outcome.keep();
      await this.#show(outcome, organisation);
      if (signal?.aborted === true) return exitCodes.interrupted;
      if (outcome.isSerious) return exitCodes.found;
      return bad > 0 || outcome.untold > 0 ? exitCodes.failed : exitCodes.done;
    } finally {
      world.close();
    }
  }

  #lookOptions(domain: DomainName, seen: SeenInReports | undefined, told: Role | undefined): LookOptions {
    const { options, helo } = this.#request;
    const role = this.#request.role ?? told;
    const mail = seen?.domains.get(domain);
    return {
      helo,
      ...(options.selector === undefined ? {} : { selectors: options.selector }),
      ...(role === undefined ? {} : { role }),
      ...(seen === undefined
        ? {}
        : { selectorsSeen: selectorsOf(seen, domain), subdomains: subdomainsOf(seen, domain) }),
      ...(mail === undefined ? {} : { evidence: { messages: mail.messages, alignedMessages: mail.alignedMessages } }),
    };
  }

  async #show(outcome: Outcome, organisation: Organisation | undefined): Promise<void> {
    const { options, limit, language } = this.#request;
    const style = { ...outputStyle(), language };
    const { whole, ranked, changes } = outcome;
    const told = whole === undefined ? undefined : await tlsOf(whole, organisation, this.#request.day);
    if (options.html !== undefined) {
      const { posturePage, rankingPage } = await import('../rendering/html/index.ts');
      const about = { language, day: dayText(this.#request.day) };
      const page =
        whole === undefined
          ? rankingPage(ranked(), about)
          : posturePage(whole, { ...about, ...(told && { tls: told.seen }) });
      writeFileSync(options.html, page);
      note(`wrote ${options.html}`);
    }
    if (outcome.untold > 0) note(`the DNS did not answer for ${outcome.untold} of ${outcome.count} domains`);
    if (options.json === true) return;
    const inOrder = (): Ranked[] => {
      const rows = ranked();
      const byName = (one: Ranked, other: Ranked): number => (one.domain < other.domain ? -1 : 1);
      if (options.sort === 'name') return rows.sort(byName);
      return options.sort === 'worst' ? rows.sort((one, other) => other.place - one.place || byName(one, other)) : rows;
    };
    if (options.csv === true) for (const line of rankingCsv(inOrder(), language)) await write(line);
    else if (whole !== undefined) {
      const [change] = changes;
      const isKept = outcome.isKept;
      await writeLines([
        ...postureText(whole, style, { all: options.all === true, command: 'zegel' }),
        ...(told === undefined ? [] : tlsSeenText(whole.domain, told.seen, style)),
        ...(isKept ? changeText(change?.change, change?.since, style) : []),
      ]);
    } else if (outcome.count > 0) {
      await writeLines([
        ...rankingText(inOrder(), style, { limit }),
        ...changesText(
          changes.map(({ change }) => change),
          style,
          limit,
        ),
      ]);
    }
  }
}

/** What senders saw of its mail servers, as TLS reports that are filed tell. */
async function tlsOf(
  { domain, published }: Posture,
  organisation: Organisation | undefined,
  day: Day,
): Promise<{ readonly seen: TlsSeen; readonly json: object } | undefined> {
  if (organisation?.register.tlsReports.lastDay(domain, day) === undefined) return undefined;
  const { seenJson, seenOf } = await import('./tls-told.ts');
  const hosts = published.mail.servers.map(({ host }) => host);
  const seen = seenOf(organisation, domain, hosts, day);
  return seen && { seen, json: seenJson(seen) };
}

/** What many looks come to, kept small: of thousands only what ranks them stays. */
class Outcome {
  readonly #organisation: Organisation | undefined;
  readonly #portfolio: ReadonlySet<string>;
  readonly #recording: Recording | undefined;
  readonly #postures: Posture[] = [];
  readonly #asked = new Set<string>();
  readonly #day: Day;
  readonly changes: { readonly change: PostureChange; readonly since: string }[] = [];
  /** The one posture, when one domain was looked at. */
  whole: Posture | undefined;
  isSerious = false;
  isKept = false;
  untold = 0;

  constructor(
    organisation: Organisation | undefined,
    portfolio: ReadonlySet<string>,
    kept: Recording | undefined,
    day: Day,
  ) {
    this.#organisation = organisation;
    this.#portfolio = portfolio;
    this.#recording = kept;
    this.#day = day;
  }

  get count(): number {
    return this.#postures.length;
  }

  ranked = (): Ranked[] => rank(this.#postures);

  /** Takes a posture in; for a domain of the portfolio it is kept and compared with the last one. */
  take(posture: Posture, isOnly: boolean): { readonly change?: PostureChange; readonly since?: string } {
    if (isOnly) this.whole = posture;
    // That something could not be told is no finding about the domain.
    this.isSerious ||= posture.findings.some(
      ({ severity, code }) =>
        (severity === 'critical' || severity === 'serious') && !code.startsWith('posture/untold-'),
    );
    const isUntold = posture.published.exists === 'unknown';
    if (isUntold) this.untold += 1;
    this.#postures.push({ ...posture, published: { ...posture.published, lookups: [], names: [] } });
    // A look that found nothing out is no truth of a day.
    if (this.#organisation === undefined || !this.#portfolio.has(posture.domain) || isUntold) return {};
    this.isKept = true;
    for (const { name, type } of posture.published.lookups) this.#asked.add(`${type} ${name}`);
    const { postures } = this.#organisation.register;
    const before = postures.last(posture.domain, this.#day);
    const change = before === undefined ? undefined : comparePostures(before.posture, posture);
    const isSame = change !== undefined && isUnchanged(change) && before?.posture.role === posture.role;
    postures.keep(posture, this.#day, isSame);
    this.#organisation.register.serverKeys.keep(keysShown(posture.published.mail.servers), this.#day);
    if (before === undefined || change === undefined) return {};
    const since = dayText(before.lastDay);
    this.changes.push({ change, since });
    return { change, since };
  }

  /** Keeps the answers that domains of the portfolio were judged by. */
  keep(): void {
    if (this.#organisation === undefined || this.#recording === undefined) return;
    const answers = this.#recording.answers().filter(({ name, type }) => this.#asked.has(`${type} ${name}`));
    if (answers.length > 0) this.#organisation.register.snapshots.keep(answers, this.#day);
  }
}
