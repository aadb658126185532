// The main question as a person meets it: `zegel assess` as a process, Node's start included, on five million observations.
//
// An answer is kept until something is filed. Taking up a kept answer is another thing than answering: the target is held against
// answers that are worked out from the history, and what a kept one takes is told beside it, without a target.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alignmentRule } from '../src/app.ts';
import { prepareFolder } from '../src/storage/folder.ts';
import { HistoryStore } from '../src/storage/history/index.ts';
import { RegisterStore } from '../src/storage/register/index.ts';
import { fillHistory, optionsOf, world } from './history-world.ts';
import type { Bench, BenchLine, Cost } from './line.ts';

const duckdb = (createRequire(import.meta.url)('@duckdb/node-api/package.json') as { version: string }).version;

/** Makes the folder of an organisation whose history holds this many facts. */
export async function organisationOf(directory: string, facts: number): Promise<void> {
  const folder = prepareFolder(directory);
  const { rule, alignment } = alignmentRule();
  const options = { ...optionsOf(directory), file: folder.history, exports: folder.exports };
  const store = await HistoryStore.open({ ...options, rule, alignment });
  await fillHistory(store, facts);
  await store.sort();
  await store.current();
  const register = RegisterStore.open(folder.register, Date.now);
  // The register has heard of everything that the history holds.
  register.setCounter('filing', store.filing);
  register.setCounter('document', 2 ** 31 - 1);
  register.close();
  store.close();
}

export const assessBench: Bench = {
  name: 'assess',
  about: `zegel assess as a process, on ${world.facts / 1e6} million observations`,
  async run(report) {
    const directory = mkdtempSync(join(tmpdir(), 'zegel-bench-assess-'));
    try {
      await organisationOf(directory, world.facts);
      const history = join(directory, 'history');
      const answers = join(history, 'answers');
      const environment = { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compile-cache') };
      const assess = (...more: string[]): Cost => timed(['assess', '--data', directory, ...more], environment);
      const workedOut = (...more: string[]): Cost => {
        rmSync(answers, { recursive: true, force: true });
        const spent = assess(...more);
        // Had it not been kept now, it would have come from elsewhere, and this would not be what it says it is.
        if (readdirSync(answers).length !== 1) throw new Error('the answer was not worked out');
        return spent;
      };
      const bare = Math.min(...repeat(3, () => bareEngine(history, environment)));
      const peer = { name: 'DuckDB loaded, opened, one sum', version: duckdb, value: bare };
      // The first start compiles the code; every other finds it compiled.
      report(wall('assess: first start of all, worked out', [workedOut()], peer));
      report(
        wall(
          'assess: worked out',
          repeat(7, () => workedOut()),
          peer,
          1000,
        ),
      );
      report(
        wall(
          'assess --domain --since: worked out',
          repeat(5, () => workedOut('--domain', 'domain1.example', '--since', '2022-09-01')),
          peer,
          1000,
        ),
      );
      assess();
      report(
        wall(
          'assess: the answer kept from the last time',
          repeat(5, () => assess()),
          peer,
        ),
      );
      stages(directory, environment);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

function repeat<T>(times: number, once: () => T): T[] {
  return Array.from({ length: times }, once);
}

function wall(name: string, costs: readonly Cost[], peer: NonNullable<BenchLine['peer']>, most?: number): BenchLine {
  const order = [...costs].sort((a, b) => a.wallMs - b.wallMs);
  const best = order[0]!;
  return {
    name,
    unit: 'ms wall',
    value: order[Math.floor(order.length / 2)]!.wallMs,
    best: best.wallMs,
    runs: order.length,
    n: world.facts,
    ...best,
    peer,
    ratio: peer.value / best.wallMs,
    ...(most === undefined ? {} : { target: `< ${most}`, met: best.wallMs < most }),
  };
}

/** One run of the command. Node does not tell what a child spent; the shell that waits for it does. */
function timed(args: readonly string[], env: NodeJS.ProcessEnv): Cost {
  const zegel = join(import.meta.dirname, '..', 'bin', 'zegel');
  const start = performance.now();
  const done = spawnSync('sh', ['-c', '"$@" >/dev/null || exit; times', 'sh', zegel, ...args], {
    encoding: 'utf8',
    env,
  });
  const wallMs = performance.now() - start;
  if (done.status !== 0) throw new Error(done.stderr);
  // The second line of `times`: user and system time of the children, as 0m1.234s each.
  const [user = 0, system = 0] = [...(done.stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => (Number(minutes) * 60 + Number(seconds)) * 1000,
  );
  return { wallMs, cpuUserMs: user, cpuSystemMs: system };
}

function child(script: string, args: readonly string[], env: NodeJS.ProcessEnv, stderr: 'inherit' | 'pipe'): string {
  return execFileSync(
    process.execPath,
    ['--conditions=zegel-source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args],
    { encoding: 'utf8', env, stdio: ['ignore', 'pipe', stderr] },
  );
}

/** A process that opens the same file with DuckDB and adds up one column, from its start to its end. */
function bareEngine(directory: string, env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  child('history-cold.ts', [directory, 'floor'], env, 'pipe');
  return performance.now() - start;
}

/** What each stage of an answer costs, in a process of its own. */
function stages(directory: string, env: NodeJS.ProcessEnv): void {
  child('assess-stages.ts', [directory], env, 'inherit');
  child('assess-stages.ts', [directory], env, 'inherit');
}
