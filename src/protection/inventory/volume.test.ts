import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rhythm } from './model.ts';
import { jumpOf, silenceOf } from './volume.ts';

const firstDay = 20_000;
const rhythm = (every: Rhythm['every'], nextExpected: number | null = null): Rhythm => ({
  every,
  activeDays: 0,
  nextExpected: nextExpected === null ? null : firstDay + nextExpected,
  sureness: 0.9,
});

/** Messages by day, worked out from the number of the day. */
const series = (days: number, of: (day: number) => number): Float64Array =>
  Float64Array.from({ length: days }, (_, day) => of(day));

/** As steady as mail is: a little up and down, the same every time. */
const wavering = (level: number) => (day: number) => level + ((day * 7919) % 11) * (level / 50);

describe('gone silent', () => {
  const cases: [name: string, days: Float64Array, rhythm: Rhythm, since: number, due: number | undefined][] = [
    ['daily mail that stops', series(100, (day) => (day < 60 ? 10 : 0)), rhythm('daily'), 50, 66],
    [
      'daily mail that stopped before the moment asked about',
      series(100, (day) => (day < 60 ? 10 : 0)),
      rhythm('daily'),
      70,
      undefined,
    ],
    ['daily mail that paused for six days', series(100, (day) => (day < 94 ? 10 : 0)), rhythm('daily'), 50, undefined],
    [
      'mail of working days over a weekend',
      series(100, (day) => (day % 7 < 5 && day < 96 ? 10 : 0)),
      rhythm('daily'),
      50,
      undefined,
    ],
    [
      'mail of one day in three needs a longer pause',
      series(100, (day) => (day % 3 === 0 && day < 85 ? 10 : 0)),
      rhythm('daily'),
      50,
      undefined,
    ],
    [
      'mail of one day in three, when it is long enough',
      series(100, (day) => (day % 3 === 0 && day < 70 ? 10 : 0)),
      rhythm('daily'),
      50,
      86,
    ],
    ['a few days are no habit', series(100, (day) => (day < 10 ? 10 : 0)), rhythm('daily'), 5, undefined],
    [
      'monthly mail that is overdue by more than a week',
      series(100, (day) => (day % 30 === 0 && day < 70 ? 99 : 0)),
      rhythm('monthly', 90),
      80,
      97,
    ],
    [
      'monthly mail that is a little late',
      series(95, (day) => (day % 30 === 0 && day < 70 ? 99 : 0)),
      rhythm('monthly', 90),
      80,
      undefined,
    ],
    ['monthly mail that came', series(100, (day) => (day % 30 === 0 ? 99 : 0)), rhythm('monthly', 120), 80, undefined],
    [
      'mail without a rhythm is never missed',
      series(100, (day) => (day === 3 ? 99 : 0)),
      rhythm('irregular'),
      0,
      undefined,
    ],
    ['nothing at all', series(100, () => 0), rhythm('daily'), 0, undefined],
  ];
  for (const [name, days, every, since, due] of cases)
    it(name, () => {
      const found = silenceOf(days, every, firstDay, firstDay + since);
      assert.equal(found === undefined ? undefined : found.due - firstDay, due);
      if (found !== undefined)
        assert.equal(
          found.last - firstDay,
          days.findLastIndex((messages) => messages > 0),
        );
    });
  it('is not said of a rhythm that is not sure', () =>
    assert.equal(
      silenceOf(
        series(200, (day) => (day % 30 === 0 && day < 70 ? 99 : 0)),
        { ...rhythm('monthly', 90), sureness: 0.3 },
        firstDay,
        firstDay + 80,
      ),
      undefined,
    ));
});

describe('jumped in volume', () => {
  const daily = rhythm('daily');
  const cases: [name: string, days: Float64Array, rhythm: Rhythm, since: number, messages: number | undefined][] = [
    ['three times the usual', series(140, (day) => (day >= 120 && day < 127 ? 300 : 100)), daily, 120, 2100],
    ['twice the usual and no more', series(140, (day) => (day >= 120 && day < 127 ? 199 : 100)), daily, 120, undefined],
    [
      'from three to nine messages is none',
      series(140, (day) => (day >= 120 ? (day % 7 < 2 ? 4 : 1) : day % 7 === 0 ? 3 : 0)),
      daily,
      120,
      undefined,
    ],
    ['a week that is not over says nothing', series(124, (day) => (day >= 120 ? 900 : 100)), daily, 120, undefined],
    ['too short a past says nothing', series(60, (day) => (day >= 35 ? 900 : 100)), daily, 35, undefined],
    [
      'mail that always goes up and down must go farther',
      series(140, (day) => (day >= 120 ? 500 : Math.floor(day / 7) % 2 === 0 ? 20 : 400)),
      daily,
      120,
      undefined,
    ],
    [
      'one earlier peak does not hide the next',
      series(140, (day) => (day >= 126 ? 400 : day >= 49 && day < 56 ? 5000 : wavering(100)(day))),
      daily,
      126,
      2800,
    ],
    ['mail that wavers is left alone', series(140, wavering(100)), daily, 120, undefined],
    [
      'monthly mail by four weeks',
      series(280, (day) => (day % 28 === 3 ? (day > 250 ? 900 : 200) : 0)),
      rhythm('monthly'),
      252,
      900,
    ],
    ['weeks before it began do not make it a jump', series(140, (day) => (day < 110 ? 0 : 900)), daily, 120, undefined],
    ['mail once a year has no usual', series(140, (day) => (day === 130 ? 9000 : 0)), rhythm('yearly'), 120, undefined],
  ];
  for (const [name, days, every, since, messages] of cases)
    it(name, () => assert.equal(jumpOf(days, every, firstDay, firstDay + since)?.messages, messages));
  it('says from which day, in how many days, and what is usual', () =>
    assert.deepEqual(
      jumpOf(
        series(140, (day) => (day >= 127 && day < 134 ? 300 : 100)),
        daily,
        firstDay,
        firstDay + 120,
      ),
      {
        from: firstDay + 127,
        days: 7,
        messages: 2100,
        usual: 700,
      },
    ));
});
