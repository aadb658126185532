import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Origin } from './truth.ts';
import { cameAfter, judgedOf } from './unseen.ts';

const origin = (kind: Origin['kind'], since?: string, every?: string): Origin => ({
  kind,
  party: 'Finance',
  sender: 'own',
  ...(since === undefined ? {} : { since }),
  ...(every === undefined ? {} : { every }),
});

describe('what came after a moment', () => {
  const cases: [behaviour: string, origin: Origin, before: number, whole: number, counted: string][] = [
    ['seen before', origin('own', '2026-01-01', 'daily'), 3, 9, 'seen'],
    ['often enough to have been seen twice', origin('third', '2026-01-01', 'monthly'), 0, 9, 'within'],
    ['more seldom', origin('own', '2026-01-01', 'quarterly'), 0, 9, 'rarer'],
    ['once', origin('own', '2026-01-01', 'once'), 0, 9, 'rarer'],
    ['begun since', origin('own', '2026-04-01', 'daily'), 0, 9, 'begun'],
    ['never reported', origin('own', '2026-01-01', 'daily'), 0, 0, ''],
    ['not ours', origin('forged', '2026-01-01', 'daily'), 0, 9, ''],
    ['a world that tells no more', origin('own'), 0, 9, 'rarer'],
  ];
  for (const [behaviour, one, before, whole, counted] of cases)
    it(behaviour, () =>
      assert.deepEqual(
        cameAfter(
          { letters: one },
          { before: { letters: before }, whole: { letters: whole } },
          { day: '2026-04-01', days: 90 },
        ),
        { seen: 0, within: 0, rarer: 0, begun: 0, ...(counted === '' ? {} : { [counted]: 1 }) },
      ),
    );
});

describe('an estimate of what is unseen', () => {
  const cases: [behaviour: string, high: number, within: number, met: boolean][] = [
    ['allowed for what came', 2, 2, true],
    ['half a stream is none', 2.6, 3, true],
    ['allowed for less than came', 2.4, 3, false],
    ['said none, and none came', 0, 0, true],
    ['said none, and one came', 0, 1, false],
  ];
  for (const [behaviour, high, within, met] of cases)
    it(behaviour, () => {
      const figures = judgedOf([
        {
          days: 90,
          seen: 40,
          chao: high / 2,
          coverage: 0,
          range: [0, high],
          came: { seen: 39, within, rarer: 4, begun: 5 },
        },
      ]);
      const came = figures.find(({ metric }) => metric === 'unseen-came');
      assert.equal(came?.value, within);
      assert.equal(came.met, met);
      assert.equal(came.met, came.value <= came.target!);
    });
});
