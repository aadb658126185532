import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryStore } from '../src/storage/history/index.ts';
import { fillHistory, world } from './attribution-world.ts';
import { optionsOf } from './history-world.ts';
import type { Bench } from './line.ts';

interface Cold {
  readonly wallMs: number;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly maxRssMb: number;
  readonly streams: number;
  readonly combinations: number;
}

const runs = 3;
const mostMs = 8000;
const mostMb = 700;

/** Who mails as us, from 5 million facts, each time in a fresh process; the history is filled and sorted beforehand. */
export const attributionBench: Bench = {
  name: 'attribution',
  about: `${world.sources} sources × ${world.days} days × ${world.domains} domains become streams, in a fresh process`,
  async run(report) {
    const directory = mkdtempSync(join(tmpdir(), 'zegel-bench-attribution-'));
    mkdirSync(join(directory, 'exports'));
    try {
      const store = await HistoryStore.open(optionsOf(directory));
      await fillHistory(store);
      await store.sort();
      await store.current();
      store.close();
      const cold = Array.from({ length: runs }, () => run(directory));
      const wall = cold.map(({ wallMs }) => wallMs);
      const best = cold[wall.indexOf(Math.min(...wall))]!;
      process.stderr.write(`    ${best.combinations} combinations, ${best.streams} streams\n`);
      const common = {
        runs,
        n: best.combinations,
        cpuUserMs: best.cpuUserMs,
        cpuSystemMs: best.cpuSystemMs,
        wallMs: best.wallMs,
        maxRssMb: best.maxRssMb,
        input: { sha256: 'made from a fixed seed', records: world.facts },
      };
      report({
        name: 'attribution: full',
        unit: 'ms, two cores',
        value: wall.sort((a, b) => a - b)[runs >> 1]!,
        best: wall[0]!,
        ...common,
        target: `< ${mostMs} ms`,
        met: wall[0]! < mostMs,
      });
      const memory = cold.map(({ maxRssMb }) => maxRssMb).sort((a, b) => a - b);
      report({
        name: 'attribution: memory',
        unit: 'MB at most, the whole process',
        value: memory[runs >> 1]!,
        best: memory[0]!,
        ...common,
        target: `< ${mostMb} MB`,
        met: memory[0]! < mostMb,
      });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

function run(directory: string): Cold {
  const output = execFileSync(
    process.execPath,
    [
      '--conditions=zegel-source',
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'attribution-cold.ts'),
      directory,
    ],
    { encoding: 'utf8' },
  );
  return JSON.parse(output) as Cold;
}
