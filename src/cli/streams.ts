import { Command } from 'commander';
import { decisionQueue, toldQueueItem, toldStream } from '../protection/inventory/index.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { UsageError, exitCodes, write } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface StreamsOptions extends CommonOptions {
  readonly queue?: boolean;
  readonly withoutReverse?: boolean;
}

/** `zegel streams`: who mails as us. */
export function streamsCommand(finished: Finished): Command {
  return new Command('streams')
    .summary('who mails as us: the mail streams, with kind, party, legs and decision')
    .argument('[name]', 'one stream, by id or name: everything, with evidence')
    .option('--queue', 'what to decide next, in the order that settles most')
    .option('--without-reverse', 'leave the names of addresses out of account')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--networks <file...>', 'networks over the shipped ones: prefix,asn,name,country')
    .option('--json', 'JSON lines')
    .action((name: string | undefined, options: StreamsOptions) => run(name, options).then(finished));
}

function run(name: string | undefined, options: StreamsOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async (organisation) => {
    const inventory = await organisation.inventory({ withoutReverse: options.withoutReverse === true });
    if (options.queue === true) {
      for (const item of decisionQueue(inventory)) await write(`${JSON.stringify(toldQueueItem(item))}\n`);
      return exitCodes.done;
    }
    const streams =
      name === undefined
        ? inventory.streams
        : inventory.streams.filter((each) => each.id === name || each.name === name);
    if (streams.length === 0 && name !== undefined)
      throw new UsageError(`there is no stream ${name}`, 'zegel streams lists them');
    for (const stream of streams) await write(`${JSON.stringify(toldStream(stream))}\n`);
    return exitCodes.done;
  });
}
