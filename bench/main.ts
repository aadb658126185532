// npm run bench [NAME…]: measures, and prints a JSON line a figure on standard output, progress on standard error.
// Exit 0: every target met; 1: one was not; 2: could not run.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { assessBench } from './assess.ts';
import { attributionBench } from './attribution.ts';
import { checkBench } from './check.ts';
import { dkimBench } from './dkim.ts';
import { historyBench } from './history.ts';
import { ingestBench } from './ingest.ts';
import { machine } from './line.ts';
import { messageBench } from './message.ts';
import { parseBench } from './parse.ts';
import { spfBench } from './spf.ts';
import { synthesisBench } from './synthesis.ts';
import { whatIfBench } from './what-if.ts';
import type { Bench } from './line.ts';

const benches: readonly Bench[] = [
  dkimBench,
  messageBench,
  parseBench,
  spfBench,
  synthesisBench,
  checkBench,
  ingestBench,
  historyBench,
  assessBench,
  attributionBench,
  whatIfBench,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: no benchmark is called ${unknown.join(', ')}; there are: ${benches.map((bench) => bench.name).join(', ')}\n`,
  );
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
let commit = 'unknown';
try {
  commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
} catch {
  // Not a checkout: the figures stand without it.
}
let missed = 0;
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  await bench.run((line) => {
    if (line.met === false) missed += 1;
    process.stdout.write(`${JSON.stringify({ schema: 'zegel-bench/1', version, commit, ...line, ...machine() })}\n`);
    const against =
      line.peer === undefined
        ? ''
        : ` · ${line.peer.name} ${line.peer.version}: ${round(line.peer.value)} (${round(line.ratio ?? 0)}×)`;
    const target =
      line.target === undefined ? '' : ` · target ${line.target}: ${line.met === true ? 'met' : 'NOT MET'}`;
    process.stderr.write(
      `  ${line.name}: best ${round(line.best)}, median ${round(line.value)} ${line.unit}${against}${target}\n`,
    );
  });
}
process.exitCode = missed === 0 ? 0 : 1;

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
