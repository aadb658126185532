import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alignmentBits } from '../../src/standards/dmarc/index.ts';
import { alignmentBits as bitsOfHistory } from '../../src/protection/history.ts';
import { rfc9989Rows } from './dmarc.ts';

describe('RFC 9989', () => {
  it('its examples, Appendix B among them', async () => {
    let count = 0;
    for await (const row of rfc9989Rows()) {
      count += 1;
      assert.equal(row.outcome, 'pass', `${row.case} (${row.clause}): ${row.actual}, not ${row.expected.join()}`);
    }
    assert.ok(count >= 50, `${count} cases`);
  });
  it('the bits of a row are those that the history keeps', () =>
    assert.deepEqual({ ...alignmentBits }, { ...bitsOfHistory }));
});
