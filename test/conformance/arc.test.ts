import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arcSigningRows, arcValidationRows } from './arc.ts';
import type { ConformanceRow } from './spf.ts';

const corpora = process.env['ZEGEL_CORPORA'];

const suites: [name: string, cases: number, rows: (corpora: string) => AsyncGenerator<ConformanceRow>][] = [
  ['validation', 171, arcValidationRows],
  ['signing', 17, arcSigningRows],
];

describe('Valimail ARC', () => {
  for (const [name, cases, rows] of suites) {
    it(`${name}: all ${cases} cases`, async (t) => {
      if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
      let count = 0;
      const wrong: string[] = [];
      for await (const row of rows(corpora)) {
        count += 1;
        if (row.outcome === 'fail')
          wrong.push(`${row.case} (${row.clause}): ${row.actual}, not ${row.expected.join(' or ')}: ${row.reason}`);
        if (row.outcome === 'deviation') assert.notEqual(row.reason, '', row.case);
      }
      assert.deepEqual(wrong, []);
      assert.equal(count, cases);
    });
  }
});
