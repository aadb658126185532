import { Command } from 'commander';
import { rungs } from '../protection/plan/index.ts';
import type { Rung } from '../protection/plan/index.ts';
import { domainName } from '../standards/dns/index.ts';
import { dayOption, domainOption } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { readinessOf } from './readiness.ts';
import { UsageError, exitCodes, write } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

interface GateCommandOptions extends CommonOptions, WorldOptions {
  readonly rung?: string;
  readonly at?: string;
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
    .argument('<domain>')
    .option('--rung <rung>', `another rung than the next: ${rungs.join(', ')}`)
    .option('--at <day>', 'the day it is judged on (default: the last of which reports tell)')
    .option('--json', 'the whole answer as JSON')
    .action(async (domain: string, options: GateCommandOptions) => finished(await run(domain, options)));
}

function run(typed: string, options: GateCommandOptions): Promise<number> {
  const domain = domainName(domainOption(typed, 'DOMAIN') ?? '');
  const rung = rungOption(options.rung);
  const asOf = dayOption(options.at, '--at');
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { gates } = await readinessOf(organisation, {
      domains: [domain],
      ...(rung === undefined ? {} : { rung }),
      ...(asOf === undefined ? {} : { asOf }),
      world: options,
    });
    const [gate] = gates;
    await write(`${JSON.stringify(gate)}\n`);
    return gate?.gate === 'shut' ? exitCodes.found : exitCodes.done;
  });
}
