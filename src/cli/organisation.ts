import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { join } from 'node:path';
import { openOrganisation } from '../app.ts';
import type { Organisation, World } from '../app.ts';
import { dataDirectory } from '../config.ts';
import { personOf } from './person.ts';
import { UsageError, exitCodes, note } from './terminal.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

/** Whether, and by which records, to look at who wrote the mail that reports came in. */
export interface AuthenticateOptions extends WorldOptions {
  readonly authenticate?: boolean;
}

/** Adds the options of `AuthenticateOptions` to a command. */
export function withAuthenticateOptions(command: Command): Command {
  return withWorldOptions(
    command.option(
      '--authenticate',
      'check the signatures of reports that came by mail, and set apart what is not from the reporter it names (asks the DNS; --zone and --resolver do it too)',
    ),
  );
}

/** The world that signatures are checked by; `undefined` when nobody asks for that. */
function authenticationWorld(options: AuthenticateOptions): Promise<World> | undefined {
  const asked = options.authenticate === true || options.zone !== undefined || options.resolver !== undefined;
  return asked ? worldOf(options) : undefined;
}

/**
 * Opens the organisation's folder for the time of one command, and lets go of it whatever happens. Ctrl-C asks the work to stop
 * at the next safe place, a second one stops at once: nothing is lost either way.
 *
 * @param options.wanted whether the folder may be made; a command that only reads says so when there is none
 */
export async function opened(
  options: {
    readonly data?: string;
    readonly networks?: readonly string[];
    readonly wanted: boolean;
    /** Of a command that takes them. */
    readonly authentication?: AuthenticateOptions;
  },
  work: (organisation: Organisation, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const directory = dataDirectory(options.data);
  if (!options.wanted && !existsSync(join(directory, 'register.sqlite'))) {
    throw new UsageError(
      `nothing is filed in ${directory} yet`,
      'zegel assess PATH… takes reports in; --data DIR names another folder',
    );
  }
  const world = await authenticationWorld(options.authentication ?? {});
  const stop = new AbortController();
  let asked = false;
  const interrupt = () => {
    if (asked) process.exit(exitCodes.interrupted);
    asked = true;
    note('stopping after what is at hand; once more stops at once (nothing is lost)');
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let organisation: Organisation | undefined;
  try {
    organisation = await openOrganisation({
      directory,
      ...(options.networks === undefined ? {} : { networks: options.networks, who: personOf(undefined) }),
      ...(world === undefined ? {} : { authenticateBy: world.resolver }),
      busy: (what) =>
        note(
          what === 'replaying'
            ? 'finishing what an earlier run left half done'
            : 'preparing the names of networks, once on this machine (a few seconds)',
        ),
    });
    const code = await work(organisation, stop.signal);
    return stop.signal.aborted ? exitCodes.interrupted : code;
  } finally {
    await organisation?.close();
    world?.close();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
