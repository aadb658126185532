import { Command } from 'commander';
import { settings as retention } from '../app.ts';
import { stsThresholds } from '../protection/plan/wishes/index.ts';
import type { CommonOptions } from './arguments.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { UsageError, exitCodes, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

const settings: readonly { readonly name: string; readonly default: number | string; readonly about: string }[] = [
  ...retention,
  ...stsThresholds,
];

/** `zegel settings`: what the organisation has set, and setting it. */
export function settingsCommand(finished: Finished): Command {
  return new Command('settings')
    .summary('show the settings of the organisation, or change one')
    .description(
      `Without NAME: every setting, its value, and what it is for. With NAME and VALUE: sets it; "default" takes it back. Changes stand in
the audit log.`,
    )
    .argument('[name]', 'the setting')
    .argument('[value]', 'its new value')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ zegel settings keep/originals-days 400')
    .action(async (name: string | undefined, value: string | undefined, options: CommonOptions) =>
      finished(await run(name, value, options)),
    );
}

function run(name: string | undefined, value: string | undefined, options: CommonOptions): Promise<number> {
  return opened({ ...options, wanted: name !== undefined && value !== undefined }, async ({ register }) => {
    const chosen = settings.filter((each) => name === undefined || each.name === name);
    if (chosen.length === 0) {
      throw new UsageError(
        `no setting is called ${name ?? ''}`,
        `there are: ${settings.map((each) => each.name).join(', ')}`,
      );
    }
    const [setting] = chosen;
    if (name !== undefined && value !== undefined && setting !== undefined) {
      if (value !== 'default' && !/^[1-9]\d{0,5}$/.test(value)) {
        throw new UsageError(`${value} is no value of ${name}`, 'give a whole number, or "default"');
      }
      register.change(name, value === 'default' ? undefined : value, personOf(undefined));
    }
    const listed = chosen.map((each) => ({ ...each, value: register.setting(each.name) ?? null }));
    if (options.json === true) await write(`${JSON.stringify({ schema: 'zegel/settings/1', settings: listed })}\n`);
    else
      await writeLines(
        listed.flatMap((each) => [`${each.name} = ${each.value ?? `(default: ${each.default})`}`, `  ${each.about}`]),
      );
    return exitCodes.done;
  });
}
