import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrival, asBatch, entryOf, sampleDictionaries } from '../../test/storage/samples.ts';
import type { SampleReport } from '../../test/storage/samples.ts';
import { openMemory } from './index.ts';

const day = 86_400;

test('a report that is filed answers, also after the folder is closed and opened again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'zegel-memory-'));
  const options = { directory, alignment: () => 5, rule: 'test 1', clock: () => 1_700_000_000_000 };
  const report: SampleReport = {
    id: 'r1',
    reporter: 'mail.example',
    policyDomain: 'bank.example',
    begin: 19_000 * day,
    end: 19_001 * day - 1,
    rows: [
      {
        source: '192.0.2.1',
        headerFrom: 'bank.example',
        auth: { dkim: [{ domain: 'bank.example', result: 'pass' }], spf: [] },
        dkim: 'pass',
        spf: 'fail',
        disposition: 'none',
        count: 7,
      },
      { source: '2001:db8::1', headerFrom: 'bank.example', count: 3 },
    ],
  };
  let memory = await openMemory(options);
  const [kept] = await memory.archive.keep([arrival('one')]);
  assert.ok(kept);
  assert.equal(kept.state, 'new');
  const filing = await memory.archive.begin();
  const filed = filing.report(kept.original);
  const dictionaries = sampleDictionaries();
  filed.rows(asBatch(report.rows, dictionaries), dictionaries);
  filed.count(entryOf(report));
  filing.done(kept.original);
  await filing.commit();
  for (let round = 0; round < 2; round++) {
    const answer = await memory.history.ask({ by: ['source', 'alignment', 'day'], measures: ['messages', 'rows'] });
    const names = await memory.history.dictionaries();
    const rows = Array.from({ length: answer.length }, (_, i) => [
      names.address(answer.source[i]!),
      answer.alignment[i],
      answer.day[i],
      answer.messages[i],
      answer.rows[i],
    ]);
    assert.deepEqual(
      rows.sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
      [
        ['192.0.2.1', 5, 19_000, 7, 1],
        ['2001:db8::1', 0, 19_000, 3, 1],
      ],
    );
    assert.deepEqual(memory.archive.pending(), []);
    assert.equal(memory.register.documents({ state: ['counted'] }).documents[0]?.key?.reportId, 'r1');
    await memory.close();
    memory = await openMemory(options);
  }
  await memory.close();
  rmSync(directory, { recursive: true });
});
