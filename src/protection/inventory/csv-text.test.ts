import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { csvLines } from '../../rendering/csv.ts';
import { cellParts, csvRows, keptCell, titledRows } from './csv-text.ts';

describe('comma-separated values (RFC 4180 §2)', () => {
  const cases: readonly (readonly [behaviour: string, text: string, rows: string[][]])[] = [
    ['a line without its end', 'a,b', [['a', 'b']]],
    ['CRLF and LF', 'a,b\r\nc,d\n', [['a', 'b'], ['c', 'd']]],
    ['quoted commas, quotes and line breaks', '"a,b","say ""x""","1\r\n2"\n', [['a,b', 'say "x"', '1\r\n2']]],
    ['semicolons where the first line has no comma', 'a;b\nc,c;d', [['a', 'b'], ['c,c', 'd']]],
    ['a quoted comma does not make the separator', '"x,y";b', [['x,y', 'b']]],
    ['tabs', 'a\tb\n', [['a', 'b']]],
    ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    ['blanks around cells, not in quotes', ' a , " b " ,c', [['a', ' b ', 'c']]],
    ['empty lines and comments', '# x, "y\n\n \na,b\n#z', [['a', 'b']]],
    ['empty cells', 'a,,\n,b,', [['a', '', ''], ['', 'b', '']]],
    ['text behind a closing quote', '"A" Ltd,b', [['A Ltd', 'b']]],
    ['a quote that is never closed', 'a,"b\nc', [['a', 'b\nc']]],
    ['an apostrophe before a formula is a guard', `'=1+1,'s-Hertogenbosch,''-x`, [['=1+1', `'s-Hertogenbosch`, `'-x`]]],
    ['nothing', '', []],
  ]; // prettier-ignore
  for (const [behaviour, text, rows] of cases)
    it(behaviour, () =>
      assert.deepEqual(
        csvRows(text).map(({ cells }) => cells),
        rows,
      ),
    );

  it('knows on which line a row begins', () => {
    assert.deepEqual(
      csvRows('# c\n"a\nb",c\n\nd\n').map(({ line }) => line),
      [2, 5],
    );
  });
  it('what was written is read back, formulas, quotes, line breaks and all', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '=1',
        `'=1`,
        `''=1`,
        `'`,
        `'s`,
        ' x ',
        '"',
        '"a',
        'a\r\nb',
        '\t=',
        `'\t`,
        '#',
        '-',
        '＝1',
        '+31 20 1',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = [
          ...csvLines(
            ['one', 'two', 'three'],
            rows.map((row) => row.map(keptCell)),
          ),
        ].join('');
        const back = titledRows(text, ['one', 'two', 'three']).rows.map((row) => [
          row.of('one'),
          row.of('two'),
          row.of('three'),
        ]);
        assert.deepEqual(
          back,
          rows.filter((row) => row.some((each) => each !== '')),
        );
      }),
    );
  });
  it('titles come in any order and any case', () => {
    const { rows } = titledRows('Who;Contact-Note\nme;x', ['who', 'contact_note']);
    assert.equal(rows[0]?.of('contact_note'), 'x');
    assert.equal(rows[0]?.of('absent'), '');
    assert.equal(rows[0]?.has('absent'), false);
  });
  it('without titles the columns are in order', () => {
    assert.equal(titledRows('me,x', ['who', 'note']).rows[0]?.of('note'), 'x');
  });
  it('parts of a cell stand apart by blanks, commas or semicolons', () => {
    assert.deepEqual(cellParts(' a b,c;; d\ne '), ['a', 'b', 'c', 'd', 'e']);
  });
});
