import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { openWorld } from '../app.ts';
import type { World } from '../app.ts';
import { safeText } from '../rendering/safe-text.ts';
import { say } from '../words/index.ts';
import { collect, dayOption, today } from './arguments.ts';
import { UsageError, note } from './terminal.ts';

/** Where a command that looks names up gets its answers. */
export interface WorldOptions {
  readonly zone?: string[];
  readonly resolver?: string[];
}

/** Adds the options of `WorldOptions` to a command. */
export function withWorldOptions(command: Command): Command {
  return command
    .option(
      '--zone <file>',
      'answer from a zone file instead of the DNS (forward and reverse; may be given again)',
      collect,
    )
    .option(
      '--resolver <ip:port>',
      'ask this name server instead of those of this machine (may be given again)',
      collect,
    );
}

/**
 * The day that what is found is the truth of: today, or the one that is named. The DNS of today tells nothing of another day, so
 * that takes a zone file, or a name server that still answers as then.
 */
export function dayOfWorld(at: string | undefined, options: WorldOptions): number {
  const day = dayOption(at, '--at') ?? today();
  if (day > today()) throw new UsageError('--at is a day that is still to come');
  if (day < today() && options.zone === undefined && options.resolver === undefined)
    throw new UsageError('--at needs the records of that day', 'give them with --zone FILE, or --resolver IP:PORT');
  return day;
}

/**
 * The world a command asks: the zone files that are named, or else name servers. Lines of a zone file that cannot be read are
 * said; what they speak of is unknown, not absent.
 */
export async function worldOf(options: WorldOptions): Promise<World> {
  if (options.zone !== undefined && options.resolver !== undefined)
    throw new UsageError('--zone and --resolver cannot be given together');
  const { world, problems } = await openWorld({
    ...(options.zone === undefined ? {} : { zones: options.zone.map((path) => ({ path, text: readFileSync(path) })) }),
    ...(options.resolver === undefined ? {} : { servers: options.resolver }),
  });
  for (const problem of problems.slice(0, 10)) {
    const place =
      problem.at?.path === undefined
        ? ''
        : `${problem.at.path}${problem.at.line === undefined ? '' : `, line ${problem.at.line}`}: `;
    note(safeText(`${place}${say(problem.code, problem.values)}`));
  }
  if (problems.length > 10) note(`… and ${problems.length - 10} more lines that could not be read`);
  if (world === undefined)
    throw new UsageError(
      options.zone === undefined ? 'there is no name server to ask' : 'the zone files could not be read',
      options.zone === undefined
        ? 'name one with --resolver IP:PORT, or answer from a file with --zone FILE'
        : 'a zone file is in master-file syntax (RFC 1035 §5), with $ORIGIN or full names',
    );
  return world;
}
