import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tlsReportRows } from './tls-reports.ts';

const corpora = process.env['ZEGEL_CORPORA'];

it('TLS reports of mail-auth and parsedmarc', (t) => {
  if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
  let count = 0;
  for (const row of tlsReportRows(corpora)) {
    count += 1;
    assert.equal(row.actual, row.expected[0], row.case);
  }
  assert.equal(count, 9);
});
