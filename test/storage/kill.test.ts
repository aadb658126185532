// A process that files reports is killed at a random moment, again and again, on one folder; nothing may be lost and nothing
// counted twice. ZEGEL_KILLS sets how often; two folders are worked at side by side.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { keyOf } from './samples.ts';
import { filePending, keptCount, openForTest, registerTotals, reportsOf, totals } from './filer.ts';

const kills = Number(process.env['ZEGEL_KILLS'] ?? '200');
const lanes = 2;

describe('a process that is killed', () => {
  test(`${kills} times at a random moment loses nothing and doubles nothing`, async (t) => {
    const filed = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => runLane(lane, Math.ceil(kills / lanes))),
    );
    for (const { kept, openings, expected, found, registered } of filed) {
      t.diagnostic(`${kept} originals kept, opened ${openings} times before a kill`);
      assert.ok(kept > 0 && openings > 0, 'the kills came too early for anything to be filed');
      assert.deepEqual(found, expected);
      assert.deepEqual(registered, expected);
    }
  });
});

async function runLane(lane: number, rounds: number) {
  const directory = mkdtempSync(join(tmpdir(), 'zegel-kill-'));
  try {
    // A fixed seed a lane: where the kills fall still differs from run to run, by the machine.
    let seed = 1 + lane;
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed / 2 ** 32;
    };
    let openings = 0;
    for (let round = 0; round < rounds; round++) openings += await startAndKill(directory, random);
    const memory = await openForTest(directory);
    await filePending(memory.archive);
    const kept = keptCount(memory);
    const found = await totals(memory);
    const registered = registerTotals(memory);
    assert.deepEqual(memory.archive.pending(), []);
    await memory.close();
    return { kept, openings, expected: expectedTotals(kept), found, registered };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One life of the filing process; 1 when it came as far as being open. */
async function startAndKill(directory: string, random: () => number): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--conditions=zegel-source',
      join(import.meta.dirname, 'filer.ts'),
      directory,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'zegel-kill-cache') },
    },
  );
  let said = '';
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const open = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('open')) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  // One in eight dies while it opens and puts right what the one before it left.
  if (random() < 0.125) await Promise.race([over, setTimeout(random() * 400)]);
  else {
    await Promise.race([over, open]);
    await setTimeout(random() * 120);
  }
  child.kill('SIGKILL');
  const code = await over;
  assert.equal(code, null, `the process ended by itself: ${said}`);
  return said.includes('open') ? 1 : 0;
}

/** What must be there when the first `kept` originals are filed: of each report, its fullest copy. */
function expectedTotals(kept: number): { messages: number; rows: number; reports: number } {
  const fullest = new Map<string, { messages: number; rows: number }>();
  for (let index = 0; index < kept; index++) {
    for (const report of reportsOf(index)) {
      const { text } = keyOf(report);
      const rows = report.rows.length;
      if ((fullest.get(text)?.rows ?? 0) >= rows) continue;
      fullest.set(text, { rows, messages: report.rows.reduce((sum, row) => sum + row.count, 0) });
    }
  }
  const all = [...fullest.values()];
  return {
    messages: all.reduce((sum, report) => sum + report.messages, 0),
    rows: all.reduce((sum, report) => sum + report.rows, 0),
    reports: all.length,
  };
}
