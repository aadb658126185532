import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, constantFrom, integer, property, tuple } from 'fast-check';
import { adjustedRand, adjustedRandInterval, bCubed, Calibration, contingency, interval, Ratio } from './measures.ts';

const near = (found: number | null | undefined, wanted: number): void =>
  assert.ok(found != null && Math.abs(found - wanted) < 1e-9, `${found} is not ${wanted}`);

/** `aab bb`: found clusters apart by a space, true clusters as letters. */
const items = (text: string): [number, number][] =>
  text.split(' ').flatMap((found, at) => Array.from(found, (letter): [number, number] => [letter.charCodeAt(0), at]));

describe('B-cubed F of true clusters', () => {
  const cases: [behaviour: string, clusters: string, wanted: number[]][] = [
    ['the same clusters', 'aaa bb c', [1, 1, 1]],
    // a: precision 2/4, recall 1; b the same.
    ['two in one', 'aabb', [2 / 3, 2 / 3]],
    // a: precision 1, recall (2·2/4)/4·2 = 1/2.
    ['one in two', 'aa aa', [2 / 3]],
    // a: p = 3/4·3/4 + 1/4·1/2 = 11/16, r = 9/16 + 1/16 = 10/16; b: p = 1/2·1/4 + 1/2·1/2 = 3/8, r = 1/2.
    ['mixed', 'aaab ab', [(2 * (11 / 16) * (10 / 16)) / (21 / 16), (2 * (3 / 8) * (1 / 2)) / (7 / 8)]],
    ['a big stream does not hide a small one', `${'a'.repeat(98)}bb`, [(2 * 0.98) / 1.98, 0.04 / 1.02]],
  ];
  for (const [behaviour, clusters, wanted] of cases) {
    it(behaviour, () => {
      for (const [at, value] of bCubed(contingency(items(clusters))).entries()) near(value, wanted[at]!);
    });
  }
});

describe('adjusted Rand index', () => {
  const cases: [behaviour: string, clusters: string, wanted: number][] = [
    ['the same clusters', 'aaa bb c', 1],
    ['all alone in both', 'a b c', 1],
    ['all together in both', 'aaa', 1],
    ['everything in one', 'aabb', 0],
    // The example of Hubert and Arabie's index in use: pairs 2, true 6, found 7, of 15.
    ['mixed', 'aab bcc', (2 - (3 * 6) / 15) / ((3 + 6) / 2 - (3 * 6) / 15)],
  ];
  for (const [behaviour, clusters, wanted] of cases) {
    it(behaviour, () => near(adjustedRand(contingency(items(clusters))), wanted));
  }
  it('of nothing is nothing', () => assert.equal(adjustedRand(contingency([])), null));
  it('has an interval around it, and none where everything is right', () => {
    const mixed = contingency(items('aaaaaaab bbbbbbba'));
    const [low, high] = adjustedRandInterval(mixed);
    const value = adjustedRand(mixed)!;
    assert.ok(low! < value && value < high!, `${low} ${value} ${high}`);
    assert.deepEqual(adjustedRandInterval(contingency(items('aaaaa bbbbb ccccc'))), [1, 1]);
  });
  it('agrees with counting pairs, and is the same the other way round', () => {
    const some = array(tuple(integer({ min: 0, max: 3 }), integer({ min: 0, max: 3 })), {
      minLength: 2,
      maxLength: 12,
    });
    check(
      property(some, (list) => {
        let both = 0;
        let inTruth = 0;
        let inFound = 0;
        let all = 0;
        for (const [at, [truth, found]] of list.entries()) {
          for (const [other, place] of list.slice(at + 1)) {
            all += 1;
            both += other === truth && place === found ? 1 : 0;
            inTruth += other === truth ? 1 : 0;
            inFound += place === found ? 1 : 0;
          }
        }
        const expected = (inTruth * inFound) / all;
        const most = (inTruth + inFound) / 2;
        const wanted = most === expected ? 1 : (both - expected) / (most - expected);
        near(adjustedRand(contingency(list)), wanted);
        near(adjustedRand(contingency(list.map(([truth, found]) => [found, truth] as const))), wanted);
      }),
    );
  });
});

describe('expected calibration error', () => {
  const cases: [behaviour: string, said: [confidence: number, right: number, weight: number][], wanted: number][] = [
    ['right as often as said', [[0.8, 1, 4], [0.8, 0, 1]], 0],
    ['always surer than right', [[0.95, 0.5, 10]], 0.45],
    ['by weight of the bin', [[0.95, 0.95, 90], [0.25, 1, 10]], 0.075],
    ['too sure and too modest in one bin make up for each other', [[0.91, 1, 1], [0.99, 0.9, 1]], 0],
    ['in two bins they do not', [[0.85, 1, 1], [0.95, 0.8, 1]], 0.15],
    ['certainty is in the last bin', [[1, 1, 1], [0.9, 0.9, 1]], 0],
  ]; // prettier-ignore
  for (const [behaviour, said, wanted] of cases) {
    it(behaviour, () => {
      const calibration = new Calibration();
      for (const [unit, [confidence, right, weight]] of said.entries())
        calibration.add(unit, confidence, right, weight);
      near(calibration.value, wanted);
    });
  }
  it('shows its bins', () => {
    const calibration = new Calibration();
    calibration.add(0, 0.95, 1, 3);
    calibration.add(1, 1, 0, 1);
    const bins = calibration.bins();
    assert.equal(bins.length, 10);
    assert.equal(bins[9]?.weight, 4);
    near(bins[9]?.confidence, 0.9625);
    near(bins[9]?.right, 0.75);
    assert.equal(bins[0]?.weight, 0);
  });
  it('of nothing is nothing', () => assert.equal(new Calibration().value, null));
});

describe('a ratio and its interval', () => {
  it('is the sum of the parts by the sum of the wholes', () => {
    const ratio = new Ratio();
    ratio.add(1, 1, 2);
    ratio.add(1, 0, 2);
    ratio.add(2, 5, 6);
    near(ratio.value, 0.6);
    assert.equal(ratio.n, 3);
  });
  it('of nothing is nothing', () => {
    assert.equal(new Ratio().value, null);
    assert.deepEqual(new Ratio().interval(), [null, null]);
  });
  it('holds the value, does not move from run to run, and is narrower with more units', () => {
    const width = (count: number): number => {
      const ratio = new Ratio();
      for (let unit = 0; unit < count; unit++) ratio.add(unit, unit % 2, 1);
      const [low, high] = ratio.interval();
      assert.deepEqual(ratio.interval(), [low, high]);
      assert.ok(low! <= 0.5 && high! >= 0.5, `${low} to ${high}`);
      return high! - low!;
    };
    assert.ok(width(200) < width(20));
  });
  it('of units that are all alike has no width', () => {
    check(
      property(integer({ min: 1, max: 30 }), constantFrom(0, 0.25, 1), (count, value) => {
        assert.deepEqual(
          interval(
            Array.from({ length: count }, () => value),
            (drawn) => drawn[0]!,
          ),
          [value, value],
        );
      }),
      { numRuns: 10 },
    );
  });
});
