// A disk that fills up. A limit on the size of files (`ulimit -f`) stands in for it here, one for each store that can be the
// first to need more: the file system itself is filled in test/real/.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openForTest, totals } from './filer.ts';
import { afterwards, filling } from './filling.ts';
import type { Big } from './filling.ts';

describe('no room to write', () => {
  const cases: readonly { readonly big: Big; readonly blocks: number; readonly code: string }[] = [
    { big: 'originals', blocks: 4000, code: 'storage/disk-full' },
    { big: 'history', blocks: 4000, code: 'storage/disk-full' },
    // SQLite does not tell a file that may not grow from a disk that fails.
    { big: 'register', blocks: 1000, code: 'storage/write-failed' },
  ];
  for (const { big, blocks, code } of cases) {
    test(`for the ${big}: stops with a clear error, and loses nothing that was filed`, async () => {
      const directory = mkdtempSync(join(tmpdir(), 'zegel-full-'));
      try {
        const { command, args } = filling(directory, big);
        const run = spawnSync('sh', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', command, ...args], {
          encoding: 'utf8',
        });
        assert.equal(run.status, 0, run.stderr);
        const [stopped] = run.stdout.trim().split('\n');
        const { filed, ...error } = JSON.parse(stopped!) as { code: string; what: string; filed: number };
        assert.deepEqual(error, { code, what: big });
        const memory = await openForTest(directory);
        const found = await totals(memory);
        assert.deepEqual(found, afterwards(big, filed));
        // What was kept and not filed is still waiting, and there is room again.
        assert.ok(memory.archive.pending().length <= 1);
        await memory.close();
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
  }
});
