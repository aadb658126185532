import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { burnDown, forecast } from './forecast.ts';
import type { DomainRoad } from './forecast.ts';

const road = (more: Partial<DomainRoad>): DomainRoad => ({
  domain: 'x.example',
  rung: 'none',
  end: 'reject',
  waitUntil: null,
  holdOf: () => 14,
  tasks: [],
  words: 0,
  ...more,
});

describe('when a domain reaches its last rung', () => {
  const cases: [why: string, road: Partial<DomainRoad>, earliest: number][] = [
    // quarantine-soft today, quarantine, reject-soft and reject 14 days apart.
    ['three holds from none', {}, 1000 + 42],
    ['and four from no record', { rung: null }, 1000 + 56],
    ['one from quarantine', { rung: 'quarantine' }, 1000 + 14],
    ['none from the last but one', { rung: 'reject-soft' }, 1000],
    ['what only takes time comes first', { rung: 'reject-soft', waitUntil: 1010 }, 1010],
    ['a ladder that ends at quarantine', { end: 'quarantine' }, 1000 + 14],
    ['holds of people', { holdOf: (rung) => (rung === 'quarantine' ? 30 : 14) }, 1000 + 58],
  ];
  for (const [why, more, earliest] of cases)
    it(why, () => {
      const { domains } = forecast([road(more)], 10, 12, 1000);
      assert.equal(domains[0]?.earliest, earliest);
      // Without tasks there is nothing that chance could move.
      assert.deepEqual([domains[0].likely, domains[0].range], [earliest, [earliest, earliest]]);
    });

  it('one that is there has no forecast', () => {
    const { domains, all } = forecast([road({ rung: 'reject' })], 10, 12, 1000);
    assert.deepEqual([domains, all], [[], null]);
  });

  it('without a pace no date is told, but for the earliest', () => {
    const [found] = forecast([road({ tasks: [0, 1] })], 0, 12, 1000).domains;
    assert.deepEqual(
      [found?.earliest, found?.likely, found?.range, found?.moves],
      [1042, null, null, ['tasks', 'time']],
    );
  });

  it('tasks far down the list come later, and at a lower pace later still', () => {
    const likely = (place: number, closings: number): number =>
      forecast([road({ rung: 'reject-soft', tasks: [place] })], closings, 12, 1000).domains[0]!.likely!;
    assert.ok(likely(0, 24) < likely(20, 24));
    assert.ok(likely(20, 24) < likely(20, 6));
    // Twenty-one tasks at two a week are some ten weeks and a half.
    assert.ok(Math.abs(likely(20, 24) - 1000 - 73) < 12, String(likely(20, 24) - 1000));
  });

  it('the range is wide where few closings tell of the pace', () => {
    const width = (closings: number, weeks: number): number => {
      const [low, high] = forecast([road({ rung: 'reject-soft', tasks: [9] })], closings, weeks, 1000).domains[0]!
        .range!;
      return high - low;
    };
    assert.ok(width(3, 6) > 1.3 * width(30, 60));
  });

  it('a soft rung waits for no task', () => {
    const [found] = forecast([road({ rung: 'none', end: 'quarantine-soft', tasks: [] })], 5, 12, 1000).domains;
    assert.equal(found?.likely, 1000);
  });
});

it('burns down', () => {
  const spans = [
    { from: 900, to: 950 },
    { from: 940, to: null },
    { from: 990, to: 996 },
    { from: 995, to: null },
  ];
  assert.deepEqual(
    burnDown(spans, 1000, 3).map(({ day, open, opened, closed }) => [day, open, opened, closed]),
    [
      [986, 1, 0, 0],
      [993, 2, 1, 0],
      [1000, 2, 1, 1],
    ],
  );
});
