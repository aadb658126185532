// What persons say of gates: what they accept, and where thresholds lie. Sub-commands of `zegel domains`.
import { Command } from 'commander';
import { dayText } from '../protection/assessment/index.ts';
import { gateThresholds, thresholdSetting, thresholdsOf } from '../protection/plan/readiness/index.ts';
import type { GateThreshold } from '../protection/plan/readiness/index.ts';
import { reasonText } from '../rendering/gate-phrases.ts';
import { safeText } from '../rendering/safe-text.ts';
import { speech } from '../rendering/speech.ts';
import { domainName } from '../standards/dns/index.ts';
import type { DomainName } from '../standards/dns/index.ts';
import { domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { readinessOf } from './readiness.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

interface GatesOptions extends CommonOptions, WorldOptions {
  readonly who?: string;
  readonly why?: string;
  readonly withdraw?: boolean;
  readonly domain?: string;
}

/** Acceptance of what `reject` does to people: the one that is meant when no reason is named (RFC 9989 §7.4). */
const ofUsers = 'users';

/** `zegel domains accept` and `zegel domains thresholds`. */
export function gateCommands(act: (work: () => Promise<number>) => Promise<void>): Command[] {
  return [
    withWorldOptions(withData(new Command('accept')))
      .summary('accept, by name, what shuts a gate and cannot be mended')
      .description(
        `Says that a named person answers for something that shuts the gate of a domain. Without REASON: for what reject does to people who mail to
lists (RFC 9989 §7.4), of a domain of users. With the id of a reason, as zegel gate shows it behind the reason: for that. What is accepted of a
number of messages holds until it is far more (twice as many, and more than ten). Without DOMAIN it lists what is accepted.

With --json one line an acceptance: domain, reason, who, why, at, messages.`,
      )
      .argument('[domain]')
      .argument('[reason...]', 'ids of reasons')
      .option('--who <name>', 'who answers for it (default: who runs the command)')
      .option('--why <text>', 'why')
      .option('--withdraw', 'take it back')
      .option('--json', 'JSON lines')
      .addHelpText(
        'after',
        `
Examples:
  $ zegel domains accept example.com --who "A. Jansen" --why "told all staff on 3 March"
  $ zegel domains accept example.com declared-unseen:4 --who "A. Jansen" --why "ended last year"`,
      )
      .action((domain: string | undefined, reasons: string[], _: unknown, self: Command) =>
        act(() =>
          domain === undefined ? accepted(self.optsWithGlobals()) : accept(domain, reasons, self.optsWithGlobals()),
        ),
      ),
    withData(new Command('thresholds'))
      .summary('show the thresholds of gates, or change one')
      .description(
        `Lists the thresholds of gates with their values and what each is for; docs/opinions.md argues the defaults. With NAME and VALUE it sets one
("default" takes it back), of all domains or with --domain of one. Changes stand in the audit log.

With --json one document: schema, domain, thresholds [{name, value, default, about, isSet}].`,
      )
      .argument('[name]')
      .argument('[value]', 'a whole number')
      .option('--domain <name>', 'of this domain only')
      .option('--who <name>', 'who says so (default: who runs the command)')
      .option('--json', 'as JSON')
      .addHelpText('after', '\nExample:\n  $ zegel domains thresholds hold-days 21 --domain example.com')
      .action((name: string | undefined, value: string | undefined, _: unknown, self: Command) =>
        act(() => thresholds(name, value, self.optsWithGlobals())),
      ),
  ];
}

function nameOf(typed: string, option: string): DomainName {
  return domainName(domainOption(typed, option) ?? '');
}

function accepted(options: GatesOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const list = register.plans.acceptances();
    if (options.json === true) {
      await writeLines(list.map((each) => JSON.stringify({ ...each, id: undefined })));
      return exitCodes.done;
    }
    if (list.length === 0) note('nothing is accepted');
    await writeLines(
      list.map(({ domain, reason, who, why, at }) =>
        safeText(`${domain}  ${reason}  ${who}, ${dayText(Math.floor(at / 86_400_000))}  ${why}`, 400),
      ),
    );
    return exitCodes.done;
  });
}

function accept(typed: string, typedReasons: readonly string[], options: GatesOptions): Promise<number> {
  const domain = nameOf(typed, 'DOMAIN');
  const who = personOf(options.who);
  const why = options.why?.trim() ?? '';
  const ids = typedReasons.length === 0 ? [ofUsers] : typedReasons;
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { plans } = organisation.register;
    if (options.withdraw === true) {
      const count = ids.reduce((sum, id) => sum + plans.withdraw(domain, id, who), 0);
      if (count === 0) throw new UsageError(`${domain} has no such acceptance`, 'zegel domains accept lists them');
      note(`${count} taken back`);
      return exitCodes.done;
    }
    if (why === '') throw new UsageError('an acceptance needs its why', '--why "told all staff on 3 March"');
    const { gates } = await readinessOf(organisation, { domains: [domain], world: options });
    const gate = gates[0]!;
    const { sp, np } = gate.beside;
    const { adkim, aspf, all } = gate.optional;
    const reasons = [gate, gate.ahead, sp, np, adkim, aspf, all].flatMap((each) => each?.reasons ?? []);
    const words = speech('en');
    const chosen = ids.map((id) => {
      const found = reasons.find((each) => each.id === id);
      if (id !== ofUsers && found === undefined)
        throw new UsageError(
          `nothing that shuts a gate of ${domain} is called ${safeText(id, 100)}`,
          `zegel gate ${domain} shows the ids in brackets`,
        );
      return { id, found };
    });
    for (const { id, found } of chosen) {
      const messages = found?.values['lost'] ?? found?.values['spfOnly'] ?? null;
      plans.accept({ domain, reason: id, who, why, messages: typeof messages === 'number' ? messages : null });
      note(`${safeText(who, 60)} accepts: ${found === undefined ? id : reasonText(found, words)}`);
    }
    return exitCodes.done;
  });
}

function thresholds(name: string | undefined, value: string | undefined, options: GatesOptions): Promise<number> {
  const domain = options.domain === undefined ? undefined : nameOf(options.domain, '--domain');
  const chosen = gateThresholds.filter((each) => name === undefined || each.name === name);
  if (chosen.length === 0)
    throw new UsageError(
      `no threshold is called ${safeText(name ?? '', 60)}`,
      `there are: ${gateThresholds.map((each) => each.name).join(', ')}`,
    );
  return opened({ ...options, wanted: value !== undefined }, async ({ register }) => {
    if (value !== undefined) {
      if (value !== 'default' && !/^(?:0|[1-9]\d{0,5})$/.test(value))
        throw new UsageError(`${safeText(value, 30)} is no value of ${name}`, 'give a whole number, or "default"');
      const setting = thresholdSetting(chosen[0]!.name, domain);
      register.change(setting, value === 'default' ? undefined : value, personOf(options.who));
    }
    const read = (setting: string): string | undefined => register.setting(setting);
    const values = thresholdsOf(read, domain ?? '');
    const isSet = (each: GateThreshold): boolean =>
      read(thresholdSetting(each)) !== undefined ||
      (domain !== undefined && read(thresholdSetting(each, domain)) !== undefined);
    const listed = chosen.map(({ name: each, default: usual, about }) => ({
      name: each,
      value: values[each],
      default: usual,
      about,
      isSet: isSet(each),
    }));
    if (options.json === true)
      await write(`${JSON.stringify({ schema: 'zegel/thresholds/1', domain: domain ?? null, thresholds: listed })}\n`);
    else
      await writeLines(
        listed.flatMap((each) => [
          `${each.name} = ${each.value}${each.isSet ? `  (default: ${each.default})` : ''}`,
          `  ${each.about}`,
        ]),
      );
    return exitCodes.done;
  });
}
