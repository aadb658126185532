import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, oneof, integer, property, string, constantFrom, tuple } from 'fast-check';
import { assessed } from '../../test/hand-made/organisation.ts';
import { csvLines, sourcesCsv } from './csv.ts';

const line = (...cells: (number | string | null)[]) => [...csvLines(['h'], [cells])][1];

describe('a cell (RFC 4180 §2)', () => {
  const cases: [cell: number | string | null, written: string][] = [
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['', ''],
    [null, ''],
    [-3, '-3'],
    [1.5, '1.5'],
    [NaN, ''],
    ['=1+1', "'=1+1"],
    ['=cmd|calc,x', `"'=cmd|calc,x"`],
    ['+31', "'+31"],
    ['-31', "'-31"],
    ['@sum', "'@sum"],
    ['  =1', `'  =1`],
    ['\t=1', `'\t=1`],
    ['\n=1', `"'\n=1"`],
    ['＝1', `'＝1`],
    [' padded ', '" padded "'],
  ];
  for (const [cell, written] of cases) {
    it(JSON.stringify(cell), () => assert.equal(line(cell), `${written}\r\n`));
  }
});

describe('a table', () => {
  it('can be read back, with an apostrophe where a formula would be', () => {
    const cell = oneof(
      string(),
      string({ unit: constantFrom(',', '"', '\r', '\n', '=', '+', '-', ' ', 'a') }),
      integer().map(String),
    );
    check(
      property(array(tuple(cell, cell), { maxLength: 8 }), (rows) => {
        const text = [...csvLines(['a', 'b'], rows)].join('');
        const read = parse(text).slice(1);
        assert.equal(read.length, rows.length);
        for (const [at, row] of rows.entries()) {
          for (const [column, expected] of row.entries()) {
            const got = read[at]![column]!;
            assert.ok(got === expected || got === `'${expected}`, JSON.stringify([expected, got]));
            assert.doesNotMatch(got, /^\s*[=+@-]/);
          }
        }
      }),
    );
  });

  it('of sources has as many cells in every line as in the first', async () => {
    const assessment = await assessed();
    const read = parse([...sourcesCsv(assessment)].join(''));
    assert.equal(read.length, assessment.sources.length + 1);
    assert.deepEqual([...new Set(read.map((row) => row.length))], [read[0]!.length]);
    const messages = read[0]!.indexOf('messages');
    const sum = read.slice(1).reduce((total, row) => total + Number(row[messages]), 0);
    assert.equal(sum, assessment.totals.messages);
  });
});

/** RFC 4180, read by its grammar. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) throw new Error('not RFC 4180');
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
