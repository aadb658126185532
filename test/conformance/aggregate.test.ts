import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mailAuthReportRows, parsedmarcReportRows } from './aggregate.ts';

const corpora = process.env['ZEGEL_CORPORA'];

describe('aggregate reports of other people', () => {
  for (const [name, rows, total] of [
    ['mail-auth, against its golden JSON', mailAuthReportRows, 10],
    ['parsedmarc', parsedmarcReportRows, 25],
  ] as const) {
    it(name, (t) => {
      if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
      let count = 0;
      for (const row of rows(corpora)) {
        count += 1;
        assert.equal(row.actual, row.expected[0], row.case);
        assert.equal(row.outcome, 'pass', `${row.case}: ${row.reason}`);
      }
      assert.equal(count, total);
    });
  }
});
