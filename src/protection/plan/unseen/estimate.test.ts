import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { coverageOf } from './coverage.ts';
import { chaoUnseen, coverageUnseen, generator, unseenEstimate } from './estimate.ts';

describe('how many streams may be unseen', () => {
  const cases: [why: string, sightings: number[], units: number, chao: number][] = [
    ['none was nearly missed', [5, 9, 20], 30, 0],
    // (29/30) × 4×3 / (2×(1+1))
    ['four were seen once, one twice', [1, 1, 1, 1, 2, 8, 30], 30, 2.9],
    ['one week tells nothing', [1, 1, 1], 1, 0],
    ['nothing at all', [], 30, 0],
  ];
  for (const [why, sightings, units, chao] of cases)
    it(why, () =>
      assert.ok(Math.abs(chaoUnseen(sightings, units) - chao) < 0.05, String(chaoUnseen(sightings, units))),
    );

  it('by the coverage of the rare ones', () => {
    // Rare: 1 1 1 1 2, of 6 sightings; covered 1 − 4/6; 5 / (1/3) − 5, and what their spread adds.
    assert.ok(Math.abs(coverageUnseen([1, 1, 1, 1, 2, 20, 30], 30) - 10) < 0.7);
    assert.equal(coverageUnseen([1, 1, 1], 30), chaoUnseen([1, 1, 1], 30));
  });

  it('finds about as many as there are, where streams come by chance', () => {
    // 120 streams, most of them rare, watched for 20 weeks.
    const random = generator(7);
    const chances = Array.from({ length: 120 }, (_, at) => (at < 70 ? 0.04 : 0.5));
    const errors: number[] = [];
    for (let run = 0; run < 40; run++) {
      const sightings = chances.map(
        (chance) => Array.from({ length: 20 }, () => random() < chance).filter(Boolean).length,
      );
      const missed = sightings.filter((count) => count === 0).length;
      const { chao, coverage } = unseenEstimate(sightings, 20, run + 1);
      errors.push(Math.max(chao, coverage) - missed);
    }
    const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length;
    assert.ok(Math.abs(mean) < 12, `off by ${mean} of some 31 that were missed`);
  });

  const ends: [why: string, sightings: number[], units: number, least: number, most: number][] = [
    // (19/20) × 2.28×1.28 / 2, and an upper limit of 2.28 for what was counted 0 times
    ['none was sighted once, and none twice', [8, 9, 20], 20, 1.3, 1.5],
    ['none was sighted once, and many twice', [2, 2, 2, 2, 2, 2, 9, 20], 20, 0.1, 0.3],
    ['one week tells nothing', [1, 1, 1], 1, 0, 0],
    ['nothing was seen', [], 20, 0, 0],
  ];
  for (const [why, sightings, units, least, most] of ends)
    it(`the upper end of the range where ${why}`, () => {
      const [low, high] = unseenEstimate(sightings, units).range;
      assert.equal(low, 0);
      assert.ok(high >= least && high <= most, String(high));
    });

  it('is the same each time, and never below nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (sightings, units) => {
          const found = unseenEstimate(sightings, units);
          assert.deepEqual(found, unseenEstimate(sightings, units));
          const [low, high] = found.range;
          return (
            found.chao >= 0 &&
            found.coverage >= 0 &&
            low <= high &&
            low >= 0 &&
            found.sampled >= 0 &&
            found.sampled <= 1
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('counts the days with reports of a month, a quarter and a year', () => {
  const days = [100, 640, 910, 972, 999, 1000, 1001];
  assert.deepEqual(coverageOf(days, 1000), { month: 3, quarter: 4, year: 5 });
});
