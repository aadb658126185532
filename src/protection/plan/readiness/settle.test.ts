import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Day } from '../../history.ts';
import { settlement } from './settle.ts';
import type { KnownRhythm, Settled } from './settle.ts';

const thresholds = { 'gone-days': 35, 'gone-here-days': 92, 'mended-days': 14 };
const asOf = 1000;

describe('whether a stream is mended, by its mail', () => {
  const cases: [
    why: string,
    rhythm: KnownRhythm['every'],
    lastFailing: Day | null,
    lastPass: Day | null,
    state: Settled,
    until?: Day | null,
  ][] = [
    ['it never failed', 'daily', null, 1000, 'fine'],
    ['it fails today', 'daily', 1000, null, 'lacks'],
    ['it fails and passes, side by side', 'daily', 1000, 1000, 'lacks'],
    ['it passes since yesterday', 'daily', 999, 1000, 'mended-lately', 1013],
    ['it passes since two weeks', 'daily', 986, 1000, 'mended'],
    ['monthly: failed last month, passed this month', 'monthly', 965, 996, 'mended'],
    ['monthly: failed three days ago, one late row passed', 'monthly', 997, 998, 'mended-lately', 1011],
    ['monthly: failed three weeks ago: the next time will tell', 'monthly', 980, 950, 'unseen-since', 1016],
    ['monthly: failed last week', 'monthly', 993, 970, 'lacks'],
    ['monthly: failed forty days ago and never came again', 'monthly', 960, 930, 'unseen-since', 1027],
    ['weekly: failed three weeks ago and was not seen since', 'weekly', 979, null, 'unseen-since', 1001],
    ['yearly: failed half a year ago', 'yearly', 800, null, 'unseen-since', 1173],
    ['once: failed and never came again', 'once', 900, null, 'unseen-since', null],
    ['irregular: failed last week', 'irregular', 995, null, 'lacks', null],
    ['daily: silent for three weeks since it failed', 'daily', 979, 970, 'unseen-since', 1014],
    ['daily: silent for two months: it has ended', 'daily', 940, 930, 'gone'],
  ];
  for (const [why, every, lastFailing, lastPass, state, until] of cases)
    it(why, () => {
      const lacking = {
        lasting: lastFailing === null ? 0 : 10,
        stray: 0,
        addresses: 1,
        firstDay: lastFailing === null ? null : 700,
        lastDay: lastFailing,
      };
      const found = settlement(lacking, lastPass, { every, nextExpected: null }, asOf, thresholds);
      assert.equal(found.state, state);
      if (until !== undefined) assert.equal(found.until, until);
    });

  const rare: [why: string, rows: number, state: Settled, until: Day | null][] = [
    ['it came once under this author domain, whatever else the stream does daily', 1, 'unseen-since', null],
    ['it came now and then: a silence of sixty days is none', 11, 'unseen-since', 1040],
    ['it came nearly every day: it has ended', 120, 'gone', null],
  ];
  for (const [why, rows, state, until] of rare)
    it(`daily: silent for two months, and ${why}`, () => {
      const lacking = { lasting: 900, stray: 0, addresses: 1, firstDay: 740, lastDay: 940, rows };
      const found = settlement(lacking, null, { every: 'daily', nextExpected: null }, asOf, thresholds);
      assert.deepEqual([found.state, found.until], [state, until]);
    });

  const alive: [why: string, rows: number, lastDay: Day, state: Settled, until: Day | null][] = [
    ['five times the usual silence is chance', 21, 940, 'unseen-since', 1040],
    ['ten times is not', 21, 890, 'gone', null],
    ['every other day: a quarter of silence is awaited all the same', 120, 940, 'unseen-since', 1032],
    ['every other day, a quarter ago: it has ended there', 120, 908, 'gone', null],
  ];
  for (const [why, rows, lastDay, state, until] of alive)
    it(`daily, and its stream goes on under other author domains: ${why}`, () => {
      const lacking = { lasting: 900, stray: 0, addresses: 1, firstDay: lastDay - 200, lastDay, rows };
      const rhythm = { every: 'daily', nextExpected: null, lastDay: 999 } as const;
      const found = settlement(lacking, null, rhythm, asOf, thresholds);
      assert.deepEqual([found.state, found.until], [state, until]);
      const ended = settlement(lacking, null, { ...rhythm, lastDay }, asOf, thresholds);
      assert.equal(ended.state, 'gone');
    });

  it('a day on which it was expected and has passed is put off by whole periods', () => {
    const lacking = { lasting: 5, stray: 0, addresses: 1, firstDay: 900, lastDay: 930 };
    const { state, until } = settlement(lacking, null, { every: 'monthly', nextExpected: 961 }, asOf, thresholds);
    assert.equal(state, 'unseen-since');
    assert.ok(until !== null && until > asOf && until <= asOf + 31 + 5, String(until));
  });
});
