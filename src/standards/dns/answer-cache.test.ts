import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnswerCache } from './answer-cache.ts';

describe('what is known of questions', () => {
  it('is kept by name and by type', () => {
    const cache = new AnswerCache<number>(10);
    cache.keep('a.example', 'A', 1);
    cache.keep('a.example', 'TXT', 2);
    cache.keep('a.example', 'A', 3);
    assert.deepEqual(
      [cache.find('a.example', 'A'), cache.find('a.example', 'TXT'), cache.find('b.example', 'A')],
      [3, 2, undefined],
    );
  });

  it('stays within its bound, and what is used stays longest', () => {
    const most = 100;
    const cache = new AnswerCache<number>(most);
    cache.keep('used.example', 'A', -1);
    for (let i = 0; i < 10_000; i++) {
      cache.keep(`n${i}.example`, i % 2 === 0 ? 'A' : 'TXT', i);
      assert.equal(cache.find('used.example', 'A'), -1);
    }
    const known = Array.from({ length: 10_000 }, (_, i) => i).filter(
      (i) => cache.find(`n${i}.example`, i % 2 === 0 ? 'A' : 'TXT') !== undefined,
    );
    assert.ok(known.length <= most && known.length >= most / 2 - 2, `${known.length} known`);
    // The last ones are among them.
    assert.equal(known.at(-1), 9_999);
  });

  it('can be as small as one question', () => {
    const cache = new AnswerCache<number>(1);
    for (const name of ['a', 'b', 'c']) cache.keep(name, 'A', 1);
    assert.equal(cache.find('a', 'A'), undefined);
    assert.equal(cache.find('c', 'A'), 1);
  });
});
