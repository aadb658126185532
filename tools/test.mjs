// Runs a set of tests and closes with one line `N passed, N failed`. A set without a test in it has failed.
//   unit   what needs npm alone: the tests beside the sources in one process, then those of test/ each in its own
//   real   what needs Debian's daemons and Chromium: test/real/
// Further arguments are patterns of file names that narrow the set: npm test -- spf
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

const [set = 'unit', ...only] = process.argv.slice(2);
const wanted = (file) => only.length === 0 || only.some((part) => file.includes(part));
const files = (pattern, but = () => false) =>
  globSync(pattern)
    .filter((file) => wanted(file) && !but(file))
    .sort();
const real = (file) => file.startsWith(join('test', 'real') + sep);

/** The processes to start: which files, and whether each file gets one of its own. */
const groups =
  set === 'real'
    ? [{ files: files('test/real/**/*.test.ts'), isolation: 'process', concurrency: 1 }]
    : [
        { files: files('src/**/*.test.ts'), isolation: 'none', concurrency: 1 },
        { files: files('{test,tools,bench}/**/*.test.ts', real), isolation: 'process', concurrency: 2 },
      ];

const home = mkdtempSync(join(tmpdir(), 'zegel-test-'));
let passed = 0;
let failed = 0;
let notRun = 0;
for (const [index, group] of groups.entries()) {
  if (group.files.length === 0) continue;
  const tally = join(home, `${index}.tap`);
  const run = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--conditions=zegel-source',
      '--test',
      `--test-isolation=${group.isolation}`,
      `--test-concurrency=${group.concurrency}`,
      '--test-reporter=./tools/failures.mjs',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tally}`,
      ...group.files,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const text = readFileSync(tally, 'utf8');
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  passed += count('pass');
  failed += count('fail') + count('cancelled');
  notRun += count('skipped') + count('todo');
  // A process that died, or a file that could not be loaded, is a failure even when no test says so.
  if (run.status !== 0 && count('fail') + count('cancelled') === 0) failed += 1;
}
rmSync(home, { recursive: true, force: true });
if (passed + failed === 0) {
  console.log(`no test was run (${set}${only.length > 0 ? `: ${only.join(' ')}` : ''})`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
