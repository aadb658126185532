import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { distinctNames, offerName } from './name.ts';
import type { NameOffer } from './name.ts';

type Head = Parameters<typeof offerName>[1];
const head = (said: Partial<Head> & { network?: string; sender?: string; key?: string }): Head => ({
  family: said.family ?? '',
  placement: said.placement ?? 'network',
  shape: said.shape ?? '=',
  unit: {
    key: said.key ?? 'addresses 192.0',
    network: said.network === undefined ? null : { name: said.network },
    sender: said.sender === undefined ? null : { name: said.sender },
  },
});
const one = new Map([['example.com', 10]]);
const name = (of: Head, authors: ReadonlyMap<string, number> = one, declared?: { party: string; sender: string }) =>
  offerName('x-1234', of, authors, declared, undefined).name;

describe('what a stream is called', () => {
  const cases: readonly (readonly [title: string, said: string, wanted: string])[] = [
    ['by its sender', name(head({ placement: 'sender', sender: 'Amazon SES' })), 'Amazon SES · example.com'],
    ['with how many names more', name(head({ sender: 'X' }), new Map([['b.example', 1], ['a.example', 5]])), 'X · a.example +1'], // prettier-ignore
    ['by what is declared', name(head({ network: 'N' }), one, { party: 'HR', sender: 'AFAS' }), 'AFAS · example.com'],
    ['by the party where no sender is said', name(head({ network: 'N' }), one, { party: 'HR', sender: '' }), 'HR · example.com'], // prettier-ignore
    [
      'a declaration that says neither',
      name(head({ network: 'N' }), one, { party: '', sender: ' ' }),
      'N · example.com',
    ],
    ['a network without a name', name(head({ placement: 'stranger', network: '' })), 'addresses 192.0 as example.com'],
    ['nothing known at all', name(head({ placement: 'away', key: '' })), 'passed on by unknown addresses'],
    ['a null sender', name(head({ sender: 'X', shape: '<>' })), 'X · example.com (null sender)'],
  ];
  for (const [title, said, wanted] of cases) it(title, () => assert.equal(said, wanted));
  it('long names are cut', () => {
    const long = name(head({ network: 'A Company With A Very Long Name Indeed B.V.' }), new Map([[`${'a'.repeat(60)}.example`, 1]])); // prettier-ignore
    assert.ok(long.length <= 80, long);
    assert.match(long, /^A Company With A Very Long Name… · …a+\.example$/);
  });
});

describe('names that are all different', () => {
  const offer = (id: string, called: string, ...details: string[]): NameOffer => ({ id, name: called, details });
  const cases: readonly (readonly [title: string, offers: readonly NameOffer[], wanted: readonly string[]])[] = [
    ['one that is alone stays short', [offer('a-1', 'A', 'k')], ['A']],
    ['alike ones get what tells them apart', [offer('a-1', 'A', 'k1'), offer('a-2', 'A', 'k2')], ['A · k1', 'A · k2']],
    ['what all have is left out', [offer('a-1', 'A', 'k', 'x'), offer('a-2', 'A', 'k', 'y')], ['A · x', 'A · y']],
    ['one may stay as it is', [offer('a-1', 'A', ''), offer('a-2', 'A', 'k2')], ['A', 'A · k2']],
    ['at last the end of the id', [offer('a-1x', 'A'), offer('a-2x', 'a')], ['A · 1x', 'a · 2x']],
  ];
  for (const [title, offers, wanted] of cases) it(title, () => assert.deepEqual(distinctNames(offers), wanted));
  it('a name that a person gave is not given again', () =>
    assert.deepEqual(distinctNames([offer('a-1', 'Billing', 'k')], new Set(['billing'])), ['Billing · k']));
  it('whatever the offers, no two are alike', () => {
    const text = fc.constantFrom('', 'a', 'b');
    const offers = fc
      .array(fc.record({ name: fc.constantFrom('A', 'B'), details: fc.array(text, { maxLength: 3 }) }), {
        maxLength: 12,
      })
      .map((list) => list.map((each, at) => ({ ...each, id: `s-${at}x` })));
    fc.assert(
      fc.property(offers, (list) => {
        const names = distinctNames(list);
        assert.equal(new Set(names).size, list.length);
      }),
    );
  });
});
