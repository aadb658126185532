import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { speech } from './speech.ts';

const nbsp = '\u00A0';

describe('numbers in words', () => {
  const integers: [value: number, en: string, nl: string][] = [
    [0, '0', '0'],
    [999, '999', '999'],
    [1000, '1,000', '1.000'],
    [1234567, '1,234,567', '1.234.567'],
    [2 ** 53 - 1, '9,007,199,254,740,991', '9.007.199.254.740.991'],
  ];
  for (const [value, en, nl] of integers) {
    it(`${value}`, () => assert.deepEqual([speech('en').integer(value), speech('nl').integer(value)], [en, nl]));
  }
  it('a decimal has the point of the language', () =>
    assert.deepEqual([speech('en').decimal(1.25, 1), speech('nl').decimal(0.04, 1)], ['1.3', '0,0']));
  const shares: [share: number, digits: number, said: string][] = [
    [0, 1, '0'],
    [1, 1, '100'],
    [0.5, 1, '50.0'],
    [0.93456, 1, '93.5'],
    [0.00001, 1, '<0.1'],
    [0.99999, 1, '>99.9'],
    [0.9999, 0, '>99'],
    [0.004, 0, '<1'],
    [0.125, 0, '13'],
  ];
  for (const [share, digits, said] of shares) {
    it(`${share} in per cent`, () => assert.equal(speech().percent(share, digits), `${said}${nbsp}%`));
  }
  const amounts: [value: number, said: string][] = [
    [0, '0'],
    [950, '950'],
    [999.4, '999'],
    [1000, '1k'],
    [12_340, '12.3k'],
    [99_960, '100k'],
    [999_960, '1M'],
    [4_100_000, '4.1M'],
    [5_000_000_000, '5G'],
  ];
  for (const [value, said] of amounts) it(`${value} short`, () => assert.equal(speech().short(value), said));
  it('commas in Dutch', () => assert.equal(speech('nl').percent(0.934), `93,4${nbsp}%`));
});
