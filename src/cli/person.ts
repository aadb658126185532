import { userInfo } from 'node:os';

/**
 * Who decides: what was typed, else whoever started the command (behind `sudo`: who typed that), else the command line.
 *
 * @param typed `--who`
 */
export function personOf(typed: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const said = typed?.trim() ?? '';
  if (said !== '') return said;
  const login = env['SUDO_USER'] ?? loginName();
  return login === '' ? 'command line' : login;
}

/** An account that is in no list of accounts has no name. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
