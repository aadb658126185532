// A process that looks at who wrote report mail is killed at a random moment, again and again: whatever was found, counted and set
// apart by then, the next run ends with the same totals.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

const mailboxes = 'examples/reports/mail';
const zone = 'examples/zones/2026-08-02.zone';
const lives = 3;
const killsALife = 4;

interface Said {
  readonly history: readonly number[];
  readonly register: readonly number[];
}

/** Runs the filer; `killAfter` milliseconds after it has opened the folder it is killed. Returns what it said at its end, if it came so far. */
async function run(args: readonly string[], killAfter?: number): Promise<Said | undefined> {
  const file = join(import.meta.dirname, 'report-mail-filer.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--conditions=zegel-source', file, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'zegel-kill-cache') },
    },
  );
  let out = '';
  let err = '';
  const over = new Promise<number | null>((resolve) => child.once('close', resolve));
  const open = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      if (out.includes('open')) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  if (killAfter !== undefined) {
    await Promise.race([over, open]);
    await setTimeout(killAfter);
    child.kill('SIGKILL');
  }
  const code = await over;
  assert.ok(code === 0 || (code === null && killAfter !== undefined), err);
  const [, line] = out.split('\n');
  return line === undefined || line === '' ? undefined : (JSON.parse(line) as Said);
}

describe('a process that looks at report mail', () => {
  test('killed at random moments, it ends with the same totals', async (t) => {
    const top = mkdtempSync(join(tmpdir(), 'zegel-mail-kill-'));
    try {
      const undisturbed = await run([join(top, 'whole'), zone, mailboxes]);
      assert.ok(undisturbed !== undefined);
      assert.deepEqual(undisturbed.history, undisturbed.register);
      let killed = 0;
      for (let life = 0; life < lives; life++) {
        const directory = join(top, String(life));
        // In one life, the mail was filed before anybody looked.
        if (life === 1) await run([directory, '-', mailboxes]);
        for (let time = 0; time < killsALife; time++) {
          const said = await run([directory, zone, mailboxes], Math.random() * 250);
          if (said === undefined) killed += 1;
        }
        const last = await run([directory, zone, mailboxes]);
        assert.deepEqual(last, undisturbed);
      }
      t.diagnostic(`${killed} of ${lives * killsALife} were killed before their end`);
      assert.ok(killed > 0, 'every kill came too late');
    } finally {
      rmSync(top, { recursive: true, force: true });
    }
  });
});
