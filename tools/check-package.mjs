// The package as others get it: packed, looked at by publint and attw, installed nowhere. Fails when either has a word to say.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'zegel-pack-'));
let failed = false;
function run(command, ...args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) {
    failed = true;
    console.log(`${command} ${args.join(' ')}\n${done.stdout}${done.stderr}`);
  }
}
try {
  run('npm', 'pack', '--loglevel=error', '--pack-destination', home);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'));
  if (tarball !== undefined) {
    run('publint', 'run', join(home, tarball), '--strict');
    run('attw', join(home, tarball), '--profile', 'esm-only');
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
