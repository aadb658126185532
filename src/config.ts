import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

// Every setting that is not an argument of a command: its default, and what it is for.

/** The environment variables Zegel reads. */
const environment = {
  /** The organisation's folder, when a command is not told with `--data`. */
  data: 'ZEGEL_DATA',
} as const;

/**
 * The folder that holds what Zegel remembers of an organisation: what the command was told, else `$ZEGEL_DATA`, else
 * `$XDG_DATA_HOME/zegel`, else `~/.local/share/zegel`.
 */
export function dataDirectory(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(
    given ?? env[environment.data] ?? join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'zegel'),
  );
}

/** The folder for what can be made again at any time: `$XDG_CACHE_HOME/zegel`, else `~/.cache/zegel`. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'zegel');
}
