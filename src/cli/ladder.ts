import { Command } from 'commander';
import { withData } from './list-options.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { readinessOf } from './readiness.ts';
import { exitCodes, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

/** `zegel ladder`: where every domain stands, and what comes next. */
export function ladderCommand(finished: Finished): Command {
  return withWorldOptions(withData(new Command('ladder')))
    .summary('where every domain stands on the way to reject, and which gates are open')
    .option('--json', 'JSON lines')
    .action(async (options: CommonOptions & WorldOptions) => finished(await run(options)));
}

function run(options: CommonOptions & WorldOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { gates } = await readinessOf(organisation, { world: options });
    await writeLines(gates.map((gate) => JSON.stringify(gate)));
    return exitCodes.done;
  });
}
