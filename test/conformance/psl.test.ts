import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pslRuleRows, pslVectorRows } from './psl.ts';

const corpora = process.env['ZEGEL_CORPORA'];

describe('the Public Suffix List', () => {
  it('all 78 vectors', (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    const rows = [...pslVectorRows(corpora)];
    for (const row of rows) assert.equal(row.outcome, 'pass', `${row.case}: ${row.actual}, not ${row.expected.join()}`);
    assert.equal(rows.length, 78);
    // The vectors tell suffixes from names below them: both kinds are among them.
    assert.ok(rows.filter(({ actual }) => actual === 'null').length > 20);
  });

  it('all rules of the list, the ICANN section to the letter', (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    let rules = 0;
    const deviations: string[] = [];
    for (const row of pslRuleRows(corpora)) {
      rules += 1;
      assert.notEqual(row.outcome, 'fail', `${row.case} (${row.clause}): ${row.actual}`);
      if (row.outcome === 'deviation') deviations.push(row.case);
    }
    assert.ok(rules > 10_000);
    assert.ok(deviations.length < 50, `the list inside tldts is old: ${deviations.join(' ')}`);
  });
});
