import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, property, string, integer } from 'fast-check';
import { displayWidth, fitted, safeText } from './safe-text.ts';

describe('safeText', () => {
  const cases: [text: string, safe: string, why: string][] = [
    ['mail.example', 'mail.example', 'plain'],
    ['Bücher 株式会社 Ελλάς', 'Bücher 株式会社 Ελλάς', 'letters of any script'],
    ['a\u001B[31mb', 'a\uFFFD[31mb', 'an escape sequence'],
    ['a\u009B31m', 'a\uFFFD31m', 'a C1 control'],
    ['a\r\nb\tc\0', 'a\uFFFD\uFFFDb\uFFFDc\uFFFD', 'line ends, tabs, NUL'],
    ['a\u202Eb\u2066c\u200Fd\u061C', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFD', 'directions'],
    ['a\u200Bb\u00ADc\uFEFFd\u2060', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFD', 'what hides'],
    ['a\u2028b\u2029', 'a\uFFFDb\uFFFD', 'line and paragraph separators'],
    ['a\u{E0041}b\u3164', 'a\uFFFDb\uFFFD', 'tags and fillers'],
    ['a\uD800b', 'a\uFFFDb', 'half a surrogate pair'],
    ['😀', '😀', 'a whole pair'],
  ];
  for (const [text, safe, why] of cases) it(why, () => assert.equal(safeText(text), safe));

  it('cuts what is too long', () => assert.equal(safeText('x'.repeat(600), 10), `${'x'.repeat(9)}…`));

  it('leaves nothing that steers, whatever comes', () => {
    check(
      property(string({ unit: 'binary', maxLength: 80 }), (text) => {
        assert.doesNotMatch(safeText(text), /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
      }),
    );
  });
});

describe('fitted', () => {
  const cases: [text: string, width: number, expected: string][] = [
    ['example', 7, 'example'],
    ['example', 6, 'examp…'],
    ['example', 1, '…'],
    ['example', 0, ''],
    ['株式会社', 8, '株式会社'],
    ['株式会社', 7, '株式会…'],
    ['株式会社', 6, '株式…'],
    ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
  ];
  for (const [text, width, expected] of cases) {
    it(`${JSON.stringify(text)} in ${width}`, () => assert.equal(fitted(text, width), expected));
  }
  it('never gives more than the width', () => {
    check(
      property(string({ unit: 'grapheme' }), integer({ min: 0, max: 30 }), (text, width) => {
        assert.ok(displayWidth(fitted(safeText(text), width)) <= width);
      }),
    );
  });
});
