import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { burstShare, fitsRhythm, rhythmAsDeclared, rhythmOf } from './rhythm.ts';
import { periodOf } from './series.ts';
import { isLineName } from './units.ts';

/** 2025-03-01, a Saturday. */
const firstDay = 20_148;
const dateOf = (day: number): Date => new Date((firstDay + day) * 86_400_000);
const series = (length: number, of: (day: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, day) => of(day));
/** A third of the mail is told by the week, and so lies on every day of its week. */
const smeared = (days: Float64Array): Float64Array => {
  const told = days.map((count) => count * 0.67);
  for (let week = 0; week * 7 < days.length; week++) {
    const sum = days.subarray(week * 7, week * 7 + 7).reduce((a, b) => a + b, 0);
    for (let day = week * 7; day < Math.min(days.length, week * 7 + 7); day++) told[day]! += (sum * 0.33) / 7;
  }
  return told;
};
const weekly = series(300, (day) => (day % 7 === 3 ? 100 : day % 7 === 4 ? 8 : 0));
const monthly = series(390, (day) =>
  dateOf(day).getUTCDate() === 25 ? 900 : dateOf(day).getUTCDate() === 26 ? 90 : 0,
);

describe('how a stream comes', () => {
  const cases: readonly (readonly [name: string, series: Float64Array, every: string])[] = [
    ['nothing at all', series(300, () => 0), 'irregular'],
    ['every day', series(300, () => 10), 'daily'],
    ['on working days', series(300, (day) => (day % 7 < 5 ? 10 : 0)), 'daily'],
    ['every day, less at weekends', series(300, (day) => (day % 7 < 5 ? 10 : 3)), 'daily'],
    ['on Tuesdays, with what is late', weekly, 'weekly'],
    ['on Tuesdays, told by the week', smeared(weekly), 'weekly'],
    ['on the 25th', monthly, 'monthly'],
    ['on the 25th, told by the week', smeared(monthly), 'monthly'],
    ['each quarter', series(395, (day) => (day % 91 === 12 ? 400 : 0)), 'quarterly'],
    ['each year', series(800, (day) => (day % 365 === 20 ? 400 : 0)), 'yearly'],
    ['once', series(395, (day) => (day === 100 || day === 101 ? 400 : 0)), 'once'],
  ];
  for (const [name, days, every] of cases) it(name, () => assert.equal(rhythmOf(days, firstDay).every, every));
  it('a month from the last burst it is expected again', () => {
    const { nextExpected } = rhythmOf(monthly, firstDay);
    assert.ok(nextExpected !== null && nextExpected >= firstDay + 385 && nextExpected <= firstDay + 425);
  });
  it('all of a monthly letter lies in its bursts, and not what another sends in between', () => {
    assert.equal(burstShare(monthly), 1);
    assert.ok(burstShare(monthly.map((count) => count + 1)) < 0.99);
    assert.equal(burstShare(series(10, () => 0)), 0);
  });
});

describe('the rhythm of what came one time', () => {
  const single = series(395, (day) => (day === 100 || day === 103 ? 400 : 0));
  const cases: readonly (readonly [words: string, series: Float64Array, every: string, next: number | null])[] = [
    ['jaarlijks', single, 'yearly', 465],
    ['quarterly', single, 'quarterly', 191],
    ['monthly', single, 'monthly', 130],
    ['weekly', single, 'once', null],
    ['', single, 'once', null],
    ['yearly', monthly, 'monthly', null],
    ['yearly', series(395, () => 10), 'daily', null],
    ['yearly', series(395, (day) => (day === 20 || day === 200 ? 10 : 0)), 'irregular', null],
    ['monthly', series(395, (day) => (day >= 100 && day < 128 && day % 3 === 0 ? 10 : 0)), 'irregular', null],
  ];
  for (const [words, days, every, next] of cases)
    it(`declared ${words === '' ? 'without a rhythm' : words}: ${every}`, () => {
      const told = rhythmAsDeclared(rhythmOf(days, firstDay), words, days, firstDay);
      assert.equal(told.every, every);
      if (every !== 'monthly' || days === single)
        assert.equal(told.nextExpected, next === null ? null : firstDay + next);
    });
});

describe('a declared rhythm', () => {
  const cases: readonly (readonly [words: string, series: Float64Array, fits: boolean | null])[] = [
    ['wekelijks', smeared(weekly), true],
    ['monthly', monthly, true],
    ['Maandelijks', series(300, () => 10), false],
    ['weekly', series(300, () => 10), false],
    ['dagelijks', series(300, () => 10), true],
    ['when the moon is full', weekly, null],
    ['', weekly, null],
  ];
  for (const [words, days, fits] of cases)
    it(`"${words}" ${String(fits)}`, () =>
      assert.equal(fitsRhythm(words, rhythmOf(days, firstDay), days.length), fits));
});

describe('the period', () => {
  const days = (...each: (readonly [day: number, messages: number])[]) => ({
    length: each.length,
    day: Int32Array.from(each, ([day]) => day),
    messages: Float64Array.from(each, ([, messages]) => messages),
  });
  it('is not stretched by a date that cannot be true', () =>
    assert.deepEqual(periodOf(days([-40_000, 1], [20_000, 50], [20_300, 50], [60_000, 1])), {
      first: 20_000,
      last: 20_300,
    }));
  it('of nothing is nothing', () => assert.deepEqual(periodOf(days()), { first: 0, last: 0 }));
});

describe('names of lines and of machines', () => {
  const cases: readonly (readonly [name: string, address: string, line: boolean])[] = [
    ['gw1.site2.acme.example', '192.0.2.11', false],
    ['mail.acme.example', '192.0.2.1', false],
    ['db0.int.acme.example', '192.0.2.10', false],
    ['out12.printpost.example', '192.0.2.12', false],
    ['ip-192-0-2-7.acme.example', '192.0.2.7', true],
    ['7.2.0.192.acme.example', '192.0.2.7', true],
    ['h192000002007.acme.example', '192.0.2.7', true],
    ['x7.dsl.acme.example', '192.0.2.7', true],
    ['c-2-7.acme.example', '192.0.2.7', true],
    ['2001-0db8-0000-0001.pool6.acme.example', '2001:db8:0:1::5', true],
    ['mx1.acme.example', '2001:db8::1', false],
  ];
  for (const [name, address, line] of cases)
    it(`${name} of ${address}`, () => assert.equal(isLineName(name, address), line));
});
