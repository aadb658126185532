import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, constantFrom, integer, property, tuple } from 'fast-check';
import { PairIndex, PairSums, Senders } from './pairs.ts';

const pair = tuple(integer({ min: 0, max: 60 }), integer({ min: 0, max: 60 }));

describe('pairs', () => {
  it('have one number each, from 0 on, however many there are', () => {
    check(
      property(array(pair, { maxLength: 3000, size: 'max' }), (pairs) => {
        const index = new PairIndex(1);
        const senders = new Senders(61);
        const known = new Map<string, number>();
        for (const [left, right] of pairs) {
          const key = `${left} ${right}`;
          if (!known.has(key)) {
            assert.equal(index.find(left, right), -1);
            known.set(key, known.size);
          }
          assert.equal(index.of(left, right), known.get(key));
          assert.equal(index.find(left, right), known.get(key));
          assert.equal(senders.of(left, right), known.get(key));
        }
        assert.deepEqual([index.size, senders.size], [known.size, known.size]);
        for (const [key, at] of known) {
          assert.equal(`${index.left(at)} ${index.right(at)}`, key);
          assert.equal(`${senders.source[at]} ${senders.setUp[at]}`, key);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are summed alike in a table and in a hash table', () => {
    const added = array(tuple(pair, integer({ min: 0, max: 9 })), { maxLength: 2000, size: 'max' });
    check(
      property(added, constantFrom(61, 2 ** 20), (all, rights) => {
        const sums = new PairSums(61, rights);
        const expected = new Map<string, number>();
        for (const [[left, right], value] of all) {
          sums.add(left, right, value);
          expected.set(`${left} ${right}`, (expected.get(`${left} ${right}`) ?? 0) + value);
        }
        const found = new Map<string, number>();
        sums.forEach((left, right, sum) => found.set(`${left} ${right}`, sum));
        assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
      }),
      { numRuns: 20 },
    );
  });
});
