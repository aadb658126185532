import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openOrganisation } from '../app.ts';
import type { Organisation } from '../app.ts';
import { dataDirectory } from '../config.ts';
import { UsageError, exitCodes, note } from './terminal.ts';

/**
 * Opens the organisation's folder for the time of one command, and lets go of it whatever happens. Ctrl-C asks the work to stop
 * at the next safe place, a second one stops at once: nothing is lost either way.
 *
 * @param options.wanted whether the folder may be made; a command that only reads says so when there is none
 */
export async function opened(
  options: { readonly data?: string; readonly networks?: readonly string[]; readonly wanted: boolean },
  work: (organisation: Organisation, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const directory = dataDirectory(options.data);
  if (!options.wanted && !existsSync(join(directory, 'register.sqlite'))) {
    throw new UsageError(
      `nothing is filed in ${directory} yet`,
      'zegel assess PATH… takes reports in; --data DIR names another folder',
    );
  }
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
      ...(options.networks === undefined ? {} : { networks: options.networks }),
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
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
