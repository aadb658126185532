import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { containerRows, expected, plainCounts } from './containers.ts';

const corpora = process.env['ZEGEL_CORPORA'];

describe('report files of other projects', () => {
  it('each is what it was found to be', async (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    let rows = 0;
    for await (const row of containerRows(corpora)) {
      rows += 1;
      assert.equal(row.actual, row.expected[0], row.case);
    }
    assert.equal(rows, expected.length);
  });

  it('rows and messages are those that a plain count finds', async (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    let reports = 0;
    for await (const { file, rows, messages } of plainCounts(corpora)) {
      const [, , is] = expected.find(([name]) => name === file) ?? [];
      if (is?.startsWith('refused') === true) continue;
      assert.equal(is?.split(' ')[0], `${rows}/${messages}`, file);
      reports += 1;
    }
    assert.equal(reports, expected.filter(([, , is]) => /^\d/.test(is)).length);
  });
});
