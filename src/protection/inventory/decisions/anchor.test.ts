import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../../test/hand-made/inventory.ts';
import { partsSeen } from './anchor.ts';
import { wholeStream } from './model.ts';

const inventory = inventoryOf([
  {
    stream: {
      id: 'a',
      setUp: { sender: null, signing: [{ domain: 'd.example', selectors: ['s*', ''] }, { domain: 'e.example', selectors: ['k*', 'm'] }], envelopes: [] },
    },
    rows: ['192.0.2.1 x.example 5', '192.0.2.1 y.example 6', '192.0.2.9 y.example 7', '2001:db8::1 x.example 8', '- x.example 9'],
  },
  { stream: { id: 'b' }, rows: ['192.0.2.1 x.example 100'] },
]); // prettier-ignore

describe('what a decision is about', () => {
  const cases: readonly (readonly [behaviour: string, stream: number, narrow: typeof wholeStream, sources: string, messages: number])[] = [
    ['a whole stream: all its addresses, and rows without one', 0, wholeStream, '192.0.2.1 192.0.2.9 2001:db8::1 ?', 35],
    ['an author domain: the addresses that mail for it', 0, { sources: [], authorDomains: ['y.example'] }, '192.0.2.1 192.0.2.9', 13],
    ['an address', 0, { sources: ['192.0.2.1'], authorDomains: [] }, '192.0.2.1', 11],
    ['a network and a domain', 0, { sources: ['192.0.2.0/24'], authorDomains: ['x.example'] }, '192.0.2.1', 5],
    ['nothing of it', 0, { sources: ['203.0.113.1'], authorDomains: [] }, '', 0],
    ['another stream, at the same address', 1, wholeStream, '192.0.2.1', 100],
  ]; // prettier-ignore
  const found = partsSeen(inventory, cases.map(([, stream, narrow]) => ({ stream, narrow }))); // prettier-ignore
  for (const [at, [behaviour, , , sources, messages]] of cases.entries()) {
    it(behaviour, () => {
      assert.equal(found[at]?.anchor.sources.toText(), sources);
      assert.equal(found[at]?.messages, messages);
    });
  }
  it('holds the signing of its stream, by selector families that were said', () =>
    assert.deepEqual(found[1]?.anchor.signing, [
      { domain: 'd.example', family: 's*' },
      { domain: 'e.example', family: 'k*' },
      { domain: 'e.example', family: 'm' },
    ]));
});
