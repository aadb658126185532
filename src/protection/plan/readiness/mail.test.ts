import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { auth, historyOf } from '../../../../test/hand-made/history.ts';
import { inventoryDimensions, inventoryMeasures } from '../../inventory/index.ts';
import { streamMail } from './mail.ts';
import type { StreamMail } from './mail.ts';

interface Row {
  readonly source?: string;
  readonly auth: string;
  readonly days: readonly [number, number];
  readonly count?: number;
}

async function mailOf(
  rows: readonly Row[],
  modes = { adkim: 'r', aspf: 'r' } as const,
): Promise<StreamMail | undefined> {
  const history = historyOf(
    rows.flatMap(({ source = '192.0.2.1', auth: results, days: [from, to], count = 10 }) =>
      Array.from({ length: to - from + 1 }, (_, at) => ({
        day: from + at,
        source,
        auth: auth(results),
        count,
        from: 'x.example',
      })),
    ),
  );
  const [combinations, dictionaries] = await Promise.all([
    history.ask({ by: [...inventoryDimensions], measures: [...inventoryMeasures] }),
    history.dictionaries(),
  ]);
  const zeros = new Int32Array(combinations.length);
  const [mail] = streamMail(
    {
      combinations,
      dictionaries,
      streamOf: zeros,
      kindOf: new Uint8Array(zeros.length),
      decisionOf: new Uint8Array(zeros.length),
    },
    () => modes,
  );
  return mail;
}

const both = 'd=x.example/s1 spf=x.example';

describe('what mail lacks, lastingly or by accident', () => {
  it('says how many rows show the lasting part, and those alone', async () => {
    const mail = await mailOf([
      { auth: both, days: [1, 30] },
      { auth: '', days: [10, 12], count: 1 },
      { source: '192.0.2.9', auth: '', days: [1, 1] },
      { source: '192.0.2.9', auth: 'spf=x.example', days: [20, 21] },
    ]);
    assert.deepEqual([mail?.unsigned.rows, mail?.failing.rows], [3, 1]);
    assert.deepEqual([mail?.failing.stray, mail?.spfless.rows], [3, 1]);
  });

  const cases: [why: string, rows: Row[], lasting: number, stray: number, last: number | null][] = [
    ['nothing', [{ auth: both, days: [1, 30] }], 0, 0, null],
    ['a stream that never passes', [{ auth: '', days: [1, 30] }], 300, 0, 30],
    ['one message of a stream that never passes', [{ auth: '', days: [5, 5], count: 1 }], 1, 0, 5],
    [
      'a few at an address that otherwise passes',
      [
        { auth: both, days: [1, 30] },
        { auth: '', days: [10, 12], count: 1 },
      ],
      0,
      3,
      12,
    ],
    [
      'an address that failed before it ever passed',
      [
        { auth: '', days: [1, 5], count: 1 },
        { auth: both, days: [6, 30], count: 1000 },
      ],
      5,
      0,
      5,
    ],
    [
      'one address of two fails',
      [
        { auth: both, days: [1, 30] },
        { auth: '', days: [1, 28], source: '192.0.2.2' },
      ],
      280,
      0,
      28,
    ],
    [
      'too few from a new address to say how it is set up',
      [
        { auth: both, days: [1, 30] },
        { auth: '', days: [28, 28], source: '192.0.2.2', count: 2 },
      ],
      0,
      2,
      28,
    ],
  ];
  for (const [why, rows, lasting, stray, last] of cases)
    it(why, async () => {
      const mail = await mailOf(rows);
      assert.deepEqual([mail?.failing.lasting, mail?.failing.stray, mail?.failing.lastDay], [lasting, stray, last]);
    });

  it('each leg by itself', async () => {
    const mail = await mailOf([
      { auth: 'spf=x.example', days: [1, 10] },
      { auth: 'd=x.example/s1', days: [1, 20], source: '192.0.2.2' },
    ]);
    assert.deepEqual(mail?.legs, { both: 0, dkimOnly: 200, spfOnly: 100, neither: 0 });
    assert.deepEqual([mail.failing.lasting, mail.unsigned.lasting, mail.spfless.lasting], [0, 100, 200]);
    assert.deepEqual([mail.lastSigned, mail.lastSpf, mail.lastPass], [20, 10, 20]);
  });

  it('alignment as it is asked for', async () => {
    const rows = [{ auth: 'd=m.x.example/s1 spf=b.x.example', days: [1, 10] as const }];
    assert.equal((await mailOf(rows))?.legs.both, 100);
    assert.equal((await mailOf(rows, { adkim: 's' as never, aspf: 'r' }))?.legs.spfOnly, 100);
    assert.equal((await mailOf(rows, { adkim: 's' as never, aspf: 's' as never }))?.legs.neither, 100);
  });

  it('counts every message once', async () => {
    const row = fc.record({
      source: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
      auth: fc.constantFrom('', both, 'd=x.example/s1', 'spf=x.example', 'spf=other.net'),
      days: fc
        .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 10 }))
        .map(([from, more]) => [from, from + more] as const),
      count: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const mail = await mailOf(rows);
        const all = rows.reduce((sum, { days: [from, to], count }) => sum + (to - from + 1) * count, 0);
        assert.ok(mail);
        assert.equal(mail.messages, all);
        const { both: two, dkimOnly, spfOnly, neither } = mail.legs;
        assert.equal(two + dkimOnly + spfOnly + neither, all);
        assert.equal(mail.failing.lasting + mail.failing.stray, neither);
        assert.equal(mail.unsigned.lasting + mail.unsigned.stray, spfOnly + neither);
        assert.equal(mail.spfless.lasting + mail.spfless.stray, dkimOnly + neither);
      }),
      { numRuns: 60 },
    );
  });
});
