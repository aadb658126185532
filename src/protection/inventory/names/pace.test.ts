import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pace } from './pace.ts';

/** A clock that goes on only while somebody waits, and the moments at which turns came. */
function timeline() {
  const clock = { at: 0 };
  return { clock, now: () => clock.at, wait: async (milliseconds: number) => void (clock.at += milliseconds) };
}

describe('a pace', () => {
  const cases: [behaviour: string, perSecond: number, busy: number[], wanted: number[]][] = [
    ['one after the other, evenly', 10, [0, 0, 0], [0, 100, 200]],
    ['who comes late does not wait', 10, [0, 250, 0], [0, 250, 350]],
    ['who comes a little late waits the rest', 10, [0, 40, 0], [0, 100, 200]],
    ['a pause is not made up for', 10, [0, 5000, 0, 0], [0, 5000, 5100, 5200]],
    ['without an end nobody waits', Infinity, [0, 0, 0], [0, 0, 0]],
  ];
  for (const [behaviour, perSecond, busy, wanted] of cases) {
    it(behaviour, async () => {
      const time = timeline();
      const turn = pace(perSecond, time);
      const turns: number[] = [];
      for (const milliseconds of busy) {
        time.clock.at += milliseconds;
        await turn();
        turns.push(time.clock.at);
      }
      assert.deepEqual(turns, wanted);
    });
  }
  it('turns that are asked for together come one after the other', async () => {
    const waits: number[] = [];
    const turn = pace(4, { now: () => 0, wait: async (milliseconds) => void waits.push(milliseconds) });
    await Promise.all([turn(), turn(), turn()]);
    assert.deepEqual(waits, [250, 500]);
  });
  it('of nothing a second is a mistake', () => {
    assert.throws(() => pace(0, timeline()), RangeError);
  });
});
