// npm run fuzz [-- INPUTS [SEED]]: a million damaged reports and bytes that are none. Progress on standard error; JSON lines on
// standard output: each failure, then a summary. Exit 0: nothing was read wrongly; 1: something was; 2: could not run.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fuzzAggregate } from './aggregate.ts';

const inputs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() & 0x7fffffff);
if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('fuzz: how many inputs, and the seed, are whole numbers\n');
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
let commit = 'unknown';
try {
  commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
} catch {
  // Not a checkout: the result stands without it.
}
const print = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ schema: 'zegel-fuzz/1', version, commit, ...line })}\n`);
};

const started = performance.now();
process.stderr.write(`fuzz: ${inputs} inputs, seed ${seed}\n`);
const { tally, failures } = fuzzAggregate({
  inputs,
  seed,
  progress: (so) => {
    const rate = so.inputs / ((performance.now() - started) / 1_000);
    const left = Math.round((inputs - so.inputs) / rate);
    process.stderr.write(`\r  ${so.inputs} inputs, ${Math.round(rate)}/s, ${left} s left   `);
  },
});
process.stderr.write('\n');
for (const failure of failures) print({ target: 'aggregate', outcome: 'fail', ...failure });
print({
  target: 'aggregate',
  outcome: failures.length === 0 ? 'pass' : 'fail',
  seed,
  ...tally,
  wallMs: performance.now() - started,
});
process.exitCode = failures.length === 0 ? 0 : 1;
