import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rfc4408Rows, rfc7208Rows } from './spf.ts';
import type { ConformanceRow } from './spf.ts';

const corpora = process.env['ZEGEL_CORPORA'];

const suites: [name: string, cases: number, rows: (corpora: string) => AsyncGenerator<ConformanceRow>][] = [
  ['the RFC 7208 suite', 203, rfc7208Rows],
  ['the RFC 4408 suite', 191, rfc4408Rows],
];

describe('OpenSPF', () => {
  for (const [name, cases, rows] of suites) {
    it(`${name}: all ${cases} cases`, async (t) => {
      if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
      let count = 0;
      for await (const row of rows(corpora)) {
        count += 1;
        assert.ok(row.expected.length > 0 && row.clause !== '', `${row.case} says what it expects and why`);
        assert.equal(
          row.outcome,
          'pass',
          `${row.case} (${row.clause}): ${row.actual}, not ${row.expected.join(' or ')}`,
        );
        if (row.expected.length > 1) assert.notEqual(row.reason, '', `${row.case}: why ${row.actual}`);
      }
      assert.equal(count, cases);
    });
  }

  it('a wrong result goes red', async (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    // The driver is held to its own: a case judged under a limit it was not made for must differ.
    const outcomes = new Set<string>();
    for await (const row of rfc7208Rows(corpora, { limits: { lookups: 3 } })) outcomes.add(row.outcome);
    assert.deepEqual(outcomes, new Set(['pass', 'fail']));
  });
});
