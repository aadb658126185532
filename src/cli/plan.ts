import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import {
  formatRecordSets,
  openDangers,
  planRecords,
  recordFormats,
  refuseUnsafe,
  UnsafePlan,
} from '../protection/plan/index.ts';
import type { Danger, RecordFormat, RecordPlan, RecordSet, RecordsWish } from '../protection/plan/index.ts';
import { reverseNameTypes } from '../protection/inventory/index.ts';
import { planStreams, wishesOf } from '../protection/plan/readiness/index.ts';
import type { DomainWish, SpfEnd } from '../protection/plan/readiness/index.ts';
import { besideParts, besideWishes } from '../protection/plan/wishes/index.ts';
import { publishedTypes } from '../protection/simulation/what-if/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { speech } from '../rendering/speech.ts';
import type { Speech } from '../rendering/speech.ts';
import { plansText, planText } from '../rendering/terminal/index.ts';
import { domainName } from '../standards/dns/index.ts';
import type { DomainName } from '../standards/dns/index.ts';
import { countOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { rungOption } from './gate.ts';
import { styleOf, withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { besideOptions, careOption, endedAs, endOption, keptResolver, lookOf, spfOf } from './plan-wishes.ts';
import type { BesideCommandOptions } from './plan-wishes.ts';
import { noteStrangers, readinessOf } from './readiness.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { toldOf } from './tls-told.ts';
import { tasksOf } from './work.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface PlanCommandOptions extends BesideCommandOptions, CommonOptions, WorldOptions {
  readonly all?: boolean;
  readonly rung?: string;
  readonly adkim?: string;
  readonly aspf?: string;
  readonly spf?: string | boolean;
  readonly spfEnd?: string;
  readonly ttl?: string;
  readonly format?: string;
  readonly show?: string;
  readonly list?: boolean;
  readonly accept?: string[];
  readonly who?: string;
  readonly limit?: string;
  readonly language?: string;
}

/** `zegel plan`: the records that take domains to their next rung, in the order in which they are to change. */
export function planCommand(finished: Finished): Command {
  return withWorldOptions(withData(new Command('plan')))
    .summary('the records that take a domain to its next rung, in order, with waiting times; kept under an id')
    .description(
      `Writes what has to change in the DNS: the DMARC record of the next rung, with sp and np as far as their own gates allow; for domains that send
nothing what closes them; consents for reports that another organization's host would otherwise not get; with --spf the SPF record; SPF for the names
that own servers greet with (HELO); keys that are still marked as being tried; MTA-STS and TLS-RPT where mail is received. What others have published
at the same names stays. The changes come in steps, with the time to wait between them. Records whose value somebody has to give (a key, a
certificate, a host) are listed with who that is; what nobody has looked at is said, and not assumed.

A plan that would do harm is refused, with what would make it safe: a gate that is shut, a leg that a stream would lose, a record that would end in
an error. --all plans every domain of the portfolio whose gate is open. Every plan is kept; --show ID shows it again. Nothing is published.

With --json the plan as docs/guide/plan.md describes it: id, schema, domains, changes, steps, dangers, unknown, slots, notes, left.`,
    )
    .argument('[domain...]')
    .option('--all', 'every domain whose gate is open (with --rung: every domain below that rung)')
    .option('--rung <rung>', 'another rung than the next')
    .option('--adkim <r|s>', 'alignment of DKIM')
    .option('--aspf <r|s>', 'alignment of SPF')
    .option('--spf [keep|tight]', 'the SPF record too; tight: without what nobody declared or was seen to need')
    .option('--spf-end <fail|softfail>', 'how the SPF record ends for all others: -all or ~all')
    .option('--only <part...>', `of what goes beside DMARC and SPF only: ${besideParts.join(', ')}, or none`)
    .option('--retire-keys', 'revoke the keys that nothing was signed with for long')
    .option('--mta-sts <mode>', 'testing, enforce or none (default: testing where there is no policy)')
    .option('--sts-host <host>', 'the host that serves the policy files, for mta-sts.DOMAIN to point to')
    .option('--tls-reports <uri>', 'where TLS reports go (default: where most of your domains have them sent)')
    .option('--ttl <seconds>', 'of new records (default: 3600)')
    .option('--accept <id...>', 'carry on in spite of these dangers, by their ids')
    .option('--format <format>', `the records alone, to be published: ${recordFormats.join(', ')}`)
    .option('--show <id>', 'show a plan that was kept')
    .option('--list', 'list the plans that were kept')
    .option('--who <name>', 'who plans (default: who runs the command)')
    .option('--limit <n>', 'changes a step shows (default: 20)')
    .option('--json', 'the whole plan as JSON')
    .option('--language <code>', 'en or nl', 'en')
    .addHelpText(
      'after',
      `
Exit code 1: the plan is not safe.

Examples:
  $ zegel plan example.com
  $ zegel plan --all --format dnscontrol > change.js
  $ zegel plan example.com --rung reject --spf
  $ zegel plan example.com --mta-sts enforce
  $ zegel plan --show plan-2k7m9q`,
    )
    .action(async (domains: string[], options: PlanCommandOptions) => finished(await run(domains, options)));
}

async function run(typed: readonly string[], options: PlanCommandOptions): Promise<number> {
  const style = styleOf(options);
  const limit = countOption(options.limit, '--limit') ?? 20;
  const format = formatOption(options.format);
  if (options.json === true && format !== undefined)
    throw new UsageError('--json and --format cannot be given together');
  if (options.list === true || options.show !== undefined) {
    return opened({ ...options, wanted: false }, async ({ register }) => {
      if (options.show === undefined) {
        await writeLines(
          options.json === true
            ? register.plans
                .plans()
                .map(({ plan, ...each }) => JSON.stringify({ ...each, changes: plan.changes.length }))
            : plansText(register.plans.plans(), style, limit),
        );
        return exitCodes.done;
      }
      const kept = register.plans.plan(options.show);
      if (kept === undefined)
        throw new UsageError(`no plan is called ${safeText(options.show, 60)}`, 'zegel plan --list');
      return show(kept.plan, kept.id, [], options, format, limit);
    });
  }
  const asked = typed.map((name) => domainName(domainOption(name, 'DOMAIN') ?? ''));
  if (options.all === true ? asked.length > 0 : asked.length === 0)
    throw new UsageError('name domains, or give --all', 'zegel plan example.com');
  return opened({ ...options, wanted: false }, async (organisation) => {
    const made = await planOf(organisation, options.all === true ? undefined : asked, options);
    const { plans } = organisation.register;
    const { id } = plans.save(made.plan, personOf(options.who));
    return show(made.plan, id, made.left, options, format, limit);
  });
}

interface Made {
  readonly plan: RecordPlan;
  /** Domains that were asked for by `--all` and stay as they are: their gates are shut, or it would not be safe. */
  readonly left: readonly string[];
}

async function planOf(
  organisation: Organisation,
  domains: readonly DomainName[] | undefined,
  options: PlanCommandOptions,
): Promise<Made> {
  const rung = rungOption(options.rung);
  const ttl = countOption(options.ttl, '--ttl');
  const spfEnd = endOption(options.spfEnd);
  const inventory = await organisation.inventory();
  const readiness = await readinessOf(organisation, {
    ...(domains === undefined ? {} : { domains }),
    ...(rung === undefined ? {} : { rung }),
    world: options,
    inventory,
  });
  if (domains !== undefined) noteStrangers(organisation, readiness.gates);
  const policy = {
    ...(rung === undefined ? {} : { rung }),
    ...modeOption('adkim', options.adkim),
    ...modeOption('aspf', options.aspf),
  };
  const wishes = wishesOf(readiness, { ...policy, ...(spfEnd === undefined ? {} : { spfEnd }) });
  // The gate to -all is a matter of its own: when it is the one that is shut, the policy is not what does harm.
  const openGates = wishesOf(readiness, policy)
    .filter(({ isOpen }) => isOpen)
    .map(({ wish }) => wish.domain as string);
  const isLeft = ({ isOpen }: DomainWish): boolean => domains === undefined && rung === undefined && !isOpen;
  const left: string[] = wishes.filter(isLeft).map(({ wish }) => wish.domain);
  const chosen = wishes.filter((each) => !isLeft(each));
  const isAsked = options.zone !== undefined || options.resolver !== undefined;
  const world = isAsked ? await worldOf(options) : undefined;
  try {
    const kept = organisation.register.snapshots.ofTypes(publishedTypes);
    const resolver = world?.resolver ?? keptResolver(organisation, kept);
    const care = careOption(options.spf);
    const portfolio = organisation.register.portfolio.list().map(({ domain }) => domain as string);
    const wished = await Promise.all(
      chosen.map(async ({ wish }) => ({
        ...wish,
        authorisations: (wish.authorisations ?? []).filter(({ host }) =>
          portfolio.some((domain) => host === domain || host.endsWith(`.${domain}`)),
        ),
        ...(wish.role === 'parked' || wish.role === 'receiving'
          ? {}
          : await endedAs(
              wish.domain,
              care === undefined
                ? {}
                : await spfOf(wish.domain, organisation, inventory, resolver, care, options.language),
              spfEnd,
              resolver,
              options.language,
            )),
      })),
    );
    const beside = besideOptions(options);
    const addBeside =
      beside.parts?.size === 0
        ? undefined
        : besideWishes(
            {
              inventory,
              resolver,
              kept,
              asOf: readiness.asOf,
              portfolio: new Set(portfolio),
              daysOf: (name) => readiness.cases.find(({ domain }) => domain === name)?.days ?? [],
              lookOf: (name) => lookOf(organisation, name),
              toldOf: (name) =>
                toldOf(
                  organisation,
                  name,
                  readiness.asOf,
                  Math.max(readiness.asOf, Math.floor(Date.now() / 86_400_000)),
                ),
              keysOf: (host) => organisation.register.serverKeys.of(host),
              setting: (name) => organisation.register.setting(name),
              declared: organisation.register.declared.list(),
              reverse: () => organisation.register.snapshots.ofTypes(reverseNameTypes),
              tasks: tasksOf(organisation, readiness, inventory).tasks,
            },
            beside,
          );
    const whole = addBeside === undefined ? wished : await Promise.all(wished.map(addBeside));
    const acceptances = organisation.register.plans.acceptances().filter(({ reason }) => reason === 'users');
    const planned = (list: readonly RecordsWish[]): Promise<RecordPlan> =>
      planRecords(list, resolver, {
        ...(ttl === undefined ? {} : { ttl }),
        // A cache says what is left of a TTL; a zone, or what was kept, says what is published.
        ttls: options.resolver === undefined ? 'as-published' : 'what-is-left',
        streams: planStreams(readiness.whole, list.map(({ domain }) => domain)), // prettier-ignore
        openGates,
        acceptedBy: Object.fromEntries(acceptances.map(({ domain, who }) => [domain, who])),
      });
    let made = await planned(whole);
    if (domains === undefined && rung === undefined && made.dangers.length > 0) {
      // What is not safe for one domain does not hold up the others.
      const unsafe = new Set(made.dangers.flatMap((danger) => domainsOf(danger, made)));
      left.push(...unsafe);
      made = await planned(whole.filter(({ domain }) => !unsafe.has(domain)));
    }
    return { plan: { ...made, dangers: withGates(made, chosen, openGates, spfEnd) }, left };
  } finally {
    world?.close();
  }
}

/** The domains that a danger is about. */
function domainsOf({ values }: Danger, { changes, domains }: RecordPlan): string[] {
  const name = String(values['name'] ?? '');
  const changed = changes.filter((change) => change.name === name).map(({ domain }) => domain);
  return [...changed, ...domains.filter((domain) => domain === name)];
}

/** Gates that are shut are dangers too where a plan would not ask: a domain that is thought to send nothing, say. */
function withGates(
  plan: RecordPlan,
  chosen: readonly DomainWish[],
  openGates: readonly string[],
  spfEnd: SpfEnd | undefined,
): Danger[] {
  const told = new Set(plan.dangers.map(({ id }) => id));
  const more = chosen.flatMap(({ wish: { domain }, gate, rung }): Danger[] => {
    const id = `no-open-gate ${domain}`;
    const step = plan.steps.find(({ changes }) =>
      changes.some((each) => each.kind === 'dmarc' && each.domain === domain),
    );
    if (openGates.includes(domain) || told.has(id) || step === undefined || gate.gate === 'end') return [];
    return [
      {
        id,
        code: 'plan/no-open-gate',
        values: { name: domain, policy: rung },
        see: 'RFC 9989 §5.1',
        safer: 'plan/safer-gate',
        step: step.number,
      },
    ];
  });
  if (spfEnd !== '-all') return [...plan.dangers, ...more];
  for (const { wish, gate } of chosen) {
    const { domain } = wish;
    const step = plan.steps.find(({ changes }) =>
      changes.some(
        (each) => each.kind === 'spf' && each.domain === domain && each.after.some((text) => text.endsWith(' -all')),
      ),
    );
    if (gate.optional.all?.gate !== 'shut' || step === undefined) continue;
    more.push({
      id: `all-gate-shut ${domain}`,
      code: 'plan/all-gate-shut',
      values: { name: domain, count: gate.optional.all.reasons.filter(({ shuts }) => shuts).length },
      see: 'RFC 9989 §7.1',
      safer: 'plan/safer-all-gate',
      step: step.number,
    });
  }
  return [...plan.dangers, ...more];
}

async function show(
  plan: RecordPlan,
  id: string,
  left: readonly string[],
  options: PlanCommandOptions,
  format: RecordFormat | undefined,
  limit: number,
): Promise<number> {
  const open = openDangers(plan, options.accept);
  const words = speech(options.language === 'nl' ? 'nl' : 'en');
  if (options.json === true) await write(`${JSON.stringify({ id, ...plan, left })}\n`);
  else if (format === undefined) await writeLines(planText(plan, styleOf(options), { id, left, limit, open }));
  else await writeFormatted(plan, options.accept, format, words);
  return open.length > 0 ? exitCodes.found : exitCodes.done;
}

/** Writes what a provider takes in; of a plan that would do harm nothing but why, and what would make it safe. */
async function writeFormatted(
  plan: RecordPlan,
  accepted: readonly string[] | undefined,
  format: RecordFormat,
  words: Speech,
): Promise<void> {
  try {
    refuseUnsafe(plan, accepted);
  } catch (error) {
    if (!(error instanceof UnsafePlan)) throw error;
    for (const { code, values, safer } of error.dangers)
      note(safeText(`${words.say(code, values)}; ${words.say(safer, values)}`, 600));
    note(words.say(error.code, error.values));
    return;
  }
  if (plan.changes.length === 0) note(words.say('plan-nothing'));
  else await write(formatRecordSets(plan.changes.map(setOf), format, zonesOf(plan)));
}

function setOf({ name, type, ttl, after }: RecordPlan['changes'][number]): RecordSet {
  return { name, type, ttl, values: after };
}

/** The zones of a plan: its domains, without those that lie below another, and the hosts that consents are for. */
function zonesOf(plan: RecordPlan): [string, ...string[]] {
  const names = [
    ...plan.domains,
    ...plan.changes
      .filter(({ kind }) => kind === 'authorisation')
      .map(({ name }) => name.replace(/^.*\._report\._dmarc\./, '')),
  ];
  const unique = [...new Set(names)].filter(
    (name) => !names.some((other) => other !== name && name.endsWith(`.${other}`)),
  );
  return unique as [string, ...string[]];
}

function formatOption(text: string | undefined): RecordFormat | undefined {
  const format = recordFormats.find((each) => each === text);
  if (text !== undefined && format === undefined)
    throw new UsageError(`--format ${safeText(text, 30)} is not known`, `give one of ${recordFormats.join(', ')}`);
  return format;
}

function modeOption(
  tag: 'adkim' | 'aspf',
  text: string | undefined,
): { readonly adkim?: 'r' | 's'; readonly aspf?: 'r' | 's' } {
  if (text === undefined) return {};
  if (text !== 'r' && text !== 's') throw new UsageError(`--${tag} ${safeText(text, 30)} is not known`, 'give r or s');
  return { [tag]: text };
}
