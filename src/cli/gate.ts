import { Command } from 'commander';
import { parseDay } from '../protection/assessment/index.ts';
import { rungs } from '../protection/plan/index.ts';
import type { Rung } from '../protection/plan/index.ts';
import { gateText } from '../rendering/terminal/index.ts';
import { domainName } from '../standards/dns/index.ts';
import { countOption, dayOption, domainOption, today } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { styleOf, withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { noteStrangers, readinessOf } from './readiness.ts';
import { UsageError, exitCodes, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

interface GateCommandOptions extends CommonOptions, WorldOptions {
  readonly rung?: string;
  readonly at?: string;
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
}

/** A rung as it is typed. @throws {UsageError} */
export function rungOption(text: string | undefined): Rung | undefined {
  const rung = rungs.find((each) => each === text);
  if (text !== undefined && rung === undefined)
    throw new UsageError(`--rung ${text} is not known`, `give one of: ${rungs.join(', ')}`);
  return rung;
}

/** `zegel gate`: whether a domain may go to its next rung, and why not. */
export function gateCommand(finished: Finished): Command {
  return withWorldOptions(withData(new Command('gate')))
    .summary('whether a domain may go to its next rung, and everything that speaks against it')
    .description(
      `Says on which rung of the ladder a domain stands (none; quarantine, soft; quarantine; reject, soft; reject), since when, which comes next, and
whether its gate is open: which streams would lose what, which nobody has decided on, which have not been seen since they were mended, which
are declared and unseen, which stand on SPF alone, how long the present rung has held, and who would not tell. Beside it sp and np, and by
choice adkim, aspf and -all, each with a gate of its own.

What shuts a gate and cannot be mended may be accepted by a named person (zegel domains accept DOMAIN ID). The thresholds are settings
(zegel domains thresholds); docs/opinions.md argues their defaults. docs/guide/ladder.md describes --json.`,
    )
    .argument('<domain>')
    .option('--rung <rung>', `another rung than the next: ${rungs.join(', ')}`)
    .option('--at <day>', 'the day it is judged on (default: the last of which reports tell)')
    .option('--limit <n>', 'reasons a list shows (default: 20)')
    .option('--all', 'show every reason')
    .option('--json', 'the whole answer as JSON')
    .option('--language <code>', 'en or nl', 'en')
    .addHelpText(
      'after',
      `
Exit code 1: the gate is shut.

Examples:
  $ zegel gate example.com
  $ zegel gate example.com --rung reject --json`,
    )
    .action(async (domain: string, options: GateCommandOptions) => finished(await run(domain, options)));
}

function run(typed: string, options: GateCommandOptions): Promise<number> {
  const domain = domainName(domainOption(typed, 'DOMAIN') ?? '');
  const rung = rungOption(options.rung);
  const asOf = dayOption(options.at, '--at');
  const style = styleOf(options);
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { gates } = await readinessOf(organisation, {
      domains: [domain],
      ...(rung === undefined ? {} : { rung }),
      ...(asOf === undefined ? {} : { asOf }),
      world: options,
    });
    noteStrangers(organisation, gates);
    const gate = gates[0]!;
    if (options.json === true) await write(`${JSON.stringify(gate)}\n`);
    else await writeLines(gateText(gate, style, { limit, ageDays: ageOf(gate.asOf) }));
    return gate.gate === 'shut' ? exitCodes.found : exitCodes.done;
  });
}

/** How many days ago a day was. */
export function ageOf(day: string): number {
  return today() - (parseDay(day) ?? today());
}
