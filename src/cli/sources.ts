import { Command } from 'commander';
import { combinationLines } from '../protection/inventory/index.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { exitCodes, write } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface SourcesOptions extends CommonOptions {
  readonly rows?: boolean;
  readonly withoutReverse?: boolean;
}

/** `zegel sources`: the addresses that mail as us. */
export function sourcesCommand(finished: Finished): Command {
  return new Command('sources')
    .summary('the addresses that mail as us, and what is thought of each')
    .argument('[address]', 'one address: what it is, and why that is thought')
    .option('--rows', 'with --json: a line a combination, everything equal but day and reporter')
    .option('--without-reverse', 'leave the names of addresses out of account')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--networks <file...>', 'networks over the shipped ones: prefix,asn,name,country')
    .option('--json', 'JSON lines')
    .action((_address: string | undefined, options: SourcesOptions) => run(options).then(finished));
}

function run(options: SourcesOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async (organisation) => {
    const inventory = await organisation.inventory({ withoutReverse: options.withoutReverse === true });
    let text = '';
    for (const line of combinationLines(inventory)) {
      text += `${JSON.stringify(line)}\n`;
      if (text.length < 65_536) continue;
      await write(text);
      text = '';
    }
    await write(text);
    return exitCodes.done;
  });
}
