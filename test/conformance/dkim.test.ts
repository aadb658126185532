import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chasquidRows, lieserRows } from './dkim.ts';
import type { ConformanceRow } from './spf.ts';

const corpora = process.env['ZEGEL_CORPORA'];

const suites: [name: string, cases: number, rows: (corpora: string) => AsyncGenerator<ConformanceRow>][] = [
  ['chasquid', 11, chasquidRows],
  ['lieser, RFC 6376 Appendix A and RFC 8463 Appendix A among them', 35, lieserRows],
];

describe('DKIM', () => {
  for (const [name, cases, rows] of suites) {
    it(`${name}: all ${cases} cases`, async (t) => {
      if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
      let count = 0;
      const wrong: string[] = [];
      for await (const row of rows(corpora)) {
        count += 1;
        assert.notEqual(row.expected[0], undefined, row.case);
        if (row.outcome !== 'pass')
          wrong.push(`${row.case}: ${row.actual}, not ${row.expected.join(' or ')}: ${row.reason}`);
      }
      assert.deepEqual(wrong, []);
      assert.equal(count, cases);
    });
  }
});
