// A process that decides in bulk is killed at a random moment, again and again, on one folder: every batch is there whole or not at
// all, undone whole or not at all, with its lines in the audit log and its streams with their party; and what was told elsewhere
// comes in whole. ZEGEL_KILLS sets how often.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Memory } from '../../src/storage/index.ts';
import { batches, batchSize, verdictOf } from './decider.ts';
import { openForTest } from './filer.ts';

const kills = Math.ceil(Number(process.env['ZEGEL_KILLS'] ?? '200') / 25);

describe('a process that decides and is killed', () => {
  test(`${kills} times at a random moment leaves whole batches only`, async (t) => {
    const directory = mkdtempSync(join(tmpdir(), 'zegel-decide-kill-'));
    try {
      let seed = 7;
      const random = (): number => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return seed / 2 ** 32;
      };
      for (let round = 0; round < kills; round++) {
        await startAndKill(directory, random);
        const memory = await openForTest(directory);
        checkWhole(memory);
        await memory.close();
      }
      const memory = await openForTest(directory);
      const made = batches(memory).length;
      t.diagnostic(`${made} batches of ${batchSize}`);
      assert.ok(made >= kills / 2, 'fewer batches than the lives that made at least one step');
      await takeElsewhere(memory);
      await memory.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

/** What a batch came to is seen in all of its decisions alike, in the audit log, and in the streams. */
function checkWhole(memory: Memory): void {
  const done = batches(memory);
  let undone = 0;
  for (const [number, batch] of done.entries()) {
    assert.equal(batch.length, batchSize);
    assert.deepEqual(new Set(batch.map(({ verdict }) => verdict)), new Set([verdictOf(number)]));
    assert.deepEqual(new Set(batch.map(({ why }) => why)), new Set([`batch ${number}`]));
    assert.equal(new Set(batch.map((each) => each.undone?.at)).size, 1);
    assert.equal(new Set(batch.map(({ anchor }) => anchor.sources.toText())).size, 1);
    if (batch[0]?.undone !== undefined) undone += 1;
  }
  const lines = new Map<string, number>();
  for (const { what } of memory.register.audit()) lines.set(what, (lines.get(what) ?? 0) + 1);
  assert.equal(lines.get('decision/made') ?? 0, done.length * batchSize);
  assert.equal(lines.get('decision/undone') ?? 0, undone * batchSize);
  const parties = new Set(memory.register.streams.load().map(({ party }) => party));
  assert.equal(parties.size, done.length === 0 ? Math.min(parties.size, 1) : 1);
}

/** What was decided, brought into a folder of its own: the same, and the second time nothing. */
async function takeElsewhere(memory: Memory): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'zegel-decide-elsewhere-'));
  const other = await openForTest(directory);
  try {
    const told = memory.register.decisions.told();
    assert.equal(other.register.decisions.bring(told, 'me').added, told.decisions.length);
    assert.equal(other.register.decisions.bring(told, 'me').added, 0);
    const texts = (of: Memory) => of.register.decisions.list().map((each) => JSON.stringify([each, each.anchor.sources.toText()])); // prettier-ignore
    assert.deepEqual(texts(other), texts(memory));
  } finally {
    await other.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startAndKill(directory: string, random: () => number): Promise<void> {
  const file = join(import.meta.dirname, 'decider.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--conditions=zegel-source', file, directory],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'zegel-kill-cache') },
    },
  );
  let said = '';
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // After one or two whole steps, somewhere in the next: as long as the one before it took is as long as this one will.
  const steps = 2 + Math.floor(random() * 2);
  let last = performance.now();
  let took = 0;
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      took = performance.now() - last;
      last = performance.now();
      if (said.split('step').length > steps) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await Promise.race([over, begun]);
  await setTimeout(random() * took);
  child.kill('SIGKILL');
  assert.equal(await over, null, `the process ended by itself: ${said}`);
}
