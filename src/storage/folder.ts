// One folder per organisation, and one process that owns it. What says who owns it is the lock of the operating system that
// the register holds (it goes when the process goes, however it goes); the file `owner` beside it is there for the sentence:
// which process, since when.
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The paths in an organisation's folder. */
export interface Folder {
  readonly directory: string;
  readonly register: string;
  readonly history: string;
  readonly originals: string;
  /** The only place where the history may write files of its own accord: exports on their way out. */
  readonly exports: string;
}

/** The process that owns a folder, as it wrote itself down. */
export interface Owner {
  readonly pid: number;
  /** When the process was started, in ticks since boot on Linux: with the pid it names one process for ever. */
  readonly started: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * Makes the folder when it is not there, readable by its owner alone. A folder that exists and holds other things keeps its
 * mode; what Zegel puts in it is closed in any case.
 */
export function prepareFolder(directory: string): Folder {
  const folder: Folder = {
    directory,
    register: join(directory, 'register.sqlite'),
    history: join(directory, 'history', 'facts.duckdb'),
    originals: join(directory, 'originals'),
    exports: join(directory, 'exports'),
  };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (existsSync(folder.register) || readdirSync(directory).length === 0) chmodSync(directory, 0o700);
  for (const part of [join(directory, 'history'), folder.originals, folder.exports]) {
    mkdirSync(part, { recursive: true, mode: 0o700 });
    chmodSync(part, 0o700);
  }
  return folder;
}

/** Writes down that this process owns the folder. Only after the lock of the register was had. */
export function signOwner(folder: Folder, now: number): void {
  const owner: Owner = { pid: process.pid, started: startOf(process.pid) ?? '', since: now };
  writeFileSync(join(folder.directory, 'owner'), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

/** Takes the name of this process off the folder. */
export function unsignOwner(folder: Folder): void {
  rmSync(join(folder.directory, 'owner'), { force: true });
}

/** Who owns the folder, as far as is written there; absent when nobody is, or when the process that is named is gone. */
export function readOwner(folder: Folder): Owner | undefined {
  let owner: Owner;
  try {
    owner = JSON.parse(readFileSync(join(folder.directory, 'owner'), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
  if (typeof owner.pid !== 'number') return undefined;
  return isAlive(owner) ? owner : undefined;
}

/** Whether the process that wrote itself down still runs: its pid may have been given to another since. */
function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = startOf(owner.pid);
  return started === undefined || owner.started === '' || started === owner.started;
}

/** The start of a process (field 22 of /proc/PID/stat), where the system tells. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in parentheses, which may hold spaces and parentheses itself.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
