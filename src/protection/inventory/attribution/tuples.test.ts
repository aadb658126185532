import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { TupleNumbers } from './tuples.ts';

const part = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

describe('numbers of tuples', () => {
  it('are given in the order in which they come, the same for the same, however many there are', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part, part, part), { maxLength: 200 }), fc.nat(50), (tuples, expected) => {
        const numbers = new TupleNumbers(expected);
        const model = new Map<string, number>();
        for (const tuple of tuples) {
          const text = tuple.join(' ');
          assert.equal(numbers.find(...tuple), model.get(text) ?? -1);
          if (!model.has(text)) model.set(text, model.size);
          assert.equal(numbers.of(...tuple), model.get(text));
        }
        assert.equal(numbers.size, model.size);
        for (const tuple of tuples) assert.equal(numbers.find(...tuple), model.get(tuple.join(' ')));
      }),
    ));
});
