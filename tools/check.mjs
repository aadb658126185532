// Everything that can be said of the sources without running them; each line is one check. `npm run check` runs all and
// says which failed. `npm run check -- types lint` runs those.
import { spawnSync } from 'node:child_process';

const checks = {
  types: ['tsc', '-p', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  format: ['oxfmt', '--check'],
  unused: ['knip'],
  docs: ['node', '--conditions=zegel-source', 'tools/docs.ts', '--check'],
  lockfile: ['npm', 'ci', '--dry-run', '--loglevel=error'],
  exports: ['node', 'tools/check-package.mjs'],
};

const wanted = process.argv.slice(2);
const failed = [];
for (const [name, [command, ...args]] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const ok = run.status === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) {
    failed.push(name);
    console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`);
  }
}
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
