import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { cellAt, largestSquares, patchwork, rectangles } from './hilbert.ts';

const weights = fc.array(fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constant(0)), {
  minLength: 1,
  maxLength: 400,
});

describe('a Hilbert curve', () => {
  for (const side of [2, 4, 32, 64])
    it(`visits every cell of a square of ${side} once, each beside the last`, () => {
      const seen = new Set<number>();
      let before: number | undefined;
      for (let step = 0; step < side * side; step++) {
        const cell = cellAt(step, side);
        seen.add(cell);
        if (before !== undefined) {
          const [dx, dy] = [(cell % side) - (before % side), Math.floor(cell / side) - Math.floor(before / side)];
          assert.equal(Math.abs(dx) + Math.abs(dy), 1, `step ${step}`);
        }
        before = cell;
      }
      assert.equal(seen.size, side * side);
    });
});

describe('a patchwork', () => {
  it('gives every cell to an item, every item a cell at least, and the rest by weight', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const { side, items, cells } = patchwork(given);
        const counted = new Int32Array(given.length);
        for (const item of items) counted[item]! += 1;
        assert.deepEqual(counted, cells);
        assert.equal(
          cells.reduce((sum, each) => sum + each, 0),
          side * side,
        );
        const total = given.reduce((sum, each) => sum + each, 0);
        for (const [at, weight] of given.entries()) {
          assert.ok(cells[at]! >= 1);
          if (total > 0)
            assert.ok(
              Math.abs(cells[at]! - 1 - ((side * side - given.length) * weight) / total) <= 1.0001,
              `item ${at}`,
            );
        }
      }),
    );
  });
  it('keeps items in the order of the curve, each in one piece', () => {
    const { side, items } = patchwork([5, 0, 70, 20]);
    const along = Array.from({ length: side * side }, (_, step) => items[cellAt(step, side)]!);
    assert.deepEqual(
      along,
      along.toSorted((one, other) => one - other),
    );
  });
  it('holds more items than its greatest side was made for', () => {
    const { side, cells } = patchwork(Array.from({ length: 150_000 }, () => 1));
    assert.ok(side * side >= 150_000);
    assert.ok(cells.every((each) => each >= 1));
  });
});

describe('rectangles and squares of cells', () => {
  const painted = fc
    .integer({ min: 1, max: 12 })
    .chain((side) =>
      fc.tuple(
        fc.constant(side),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: side * side, maxLength: side * side }),
      ),
    );
  it('rectangles cover every cell once, with its owner', () => {
    fc.assert(
      fc.property(painted, ([side, owners]) => {
        const again = Array.from({ length: side * side }, () => -1);
        for (const [owner, list] of rectangles(side, (cell) => owners[cell]!))
          for (const { x, y, width, height } of list)
            for (let row = y; row < y + height; row++)
              for (let column = x; column < x + width; column++) {
                assert.equal(again[row * side + column], -1);
                again[row * side + column] = owner;
              }
        assert.deepEqual(again, owners);
      }),
    );
  });
  it('the largest square of an owner is all its own, and none is larger', () => {
    fc.assert(
      fc.property(painted, ([side, owners]) => {
        const isWhole = (x: number, y: number, width: number, owner: number): boolean => {
          for (let row = y; row < y + width; row++)
            for (let column = x; column < x + width; column++) if (owners[row * side + column] !== owner) return false;
          return x + width <= side && y + width <= side;
        };
        const found = largestSquares(side, (cell) => owners[cell]!);
        for (const owner of new Set(owners)) {
          const { x, y, width } = found.get(owner)!;
          assert.ok(isWhole(x, y, width, owner));
          for (let row = 0; row + width < side; row++)
            for (let column = 0; column + width < side; column++) assert.ok(!isWhole(column, row, width + 1, owner));
        }
      }),
    );
  });
});
