import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { selectorFamily } from './selector-family.ts';

/** One line a family: what it is, and the selectors that are of it. */
const families: readonly (readonly [family: string, ...selectors: string[]])[] = [
  ['lln*', 'lln2023', 'lln2024', 'LLN2023'],
  ['s*', 's1', 's2', 's1024', 's2048'],
  ['selector*', 'selector1', 'selector2'],
  ['selector*-contoso-onmicrosoft-com', 'selector1-contoso-onmicrosoft-com', 'selector2-contoso-onmicrosoft-com'],
  ['*date', '20230601', '20250131', '202306', '2024', '200608', '161025', '2024-06-01', 'jan2024', '01062023'],
  ['*number', '1', '12', '1024', '99999999'],
  ['pm*', 'pm20250601'],
  ['*pm', '20250601pm', '20260101pm'],
  ['*dkim*', '10dkim1'],
  ['k*', 'k1', 'k2', 'k3'],
  ['google', 'google', 'GOOGLE'],
  ['mail', 'mail', 'mail.'],
  ['hs*-*', 'hs1-8217361', 'hs2-8217361'],
  [
    'mail-*',
    'mail-2024-06-01',
    'mail-2024-07',
    'mail-jan2024',
    'mail-sep24',
    'mail-2024jan',
    'mail-5',
    'mail-5f3a9c1b',
  ],
  ['*', 'ihchhvubuqgjsxyuhssfvqohv7z3u4hn', 'hn4kfkzq3tsb2xw7ivr5dme6uqnyoacl', 'uvwxyzbcdfghjklmnpqrstvwabcdefgh'],
  ['*', '5f3a9c1b', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', '123e4567-e89b-12d3-a456-426614174000'],
  ['key-*', 'key-5f3a9c1b', 'key-123e4567-e89b-12d3-a456-426614174000', 'key-7'],
  ['mailchimptransactional', 'mailchimptransactional'],
  ['ace*', 'ace2023', 'ace1'],
  ['decade*', 'decade90'],
  ['*q*', '2024q1', '2025q3'],
  ['primar*', 'primar24'],
  ['*date.mail', '20230601.mail', '20240601.mail'],
  ['a-b_c', 'a-b_c'],
  ['', ''],
];

describe('the family of a selector', () => {
  for (const [family, ...selectors] of families) {
    for (const selector of selectors)
      it(`of ${selector || 'an empty one'} is ${family || 'none'}`, () =>
        assert.equal(selectorFamily(selector), family));
  }
  it('of a selector that was not said is none', () => {
    assert.equal(selectorFamily(null), '');
    assert.equal(selectorFamily(undefined), '');
  });
  it('of letters alone, too short for a hash, is itself in lower case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z]{1,15}$/), (word) => {
        assert.equal(selectorFamily(word), word.toLowerCase());
      }),
    );
  });
  it('does not depend on the number behind a word', () => {
    const word = fc.stringMatching(/^[g-z]{1,10}-?$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.nat(), (name, one, other) => {
        assert.equal(selectorFamily(`${name}${one}`), selectorFamily(`${name}${other}`));
      }),
    );
  });
  it('never joins selectors whose words differ', () => {
    const word = fc.stringMatching(/^[g-z]{1,12}$/);
    fc.assert(
      fc.property(word, word, fc.nat(9999), (one, other, number) => {
        fc.pre(one !== other);
        assert.notEqual(selectorFamily(`${one}${number}`), selectorFamily(`${other}${number}`));
      }),
    );
  });
});
