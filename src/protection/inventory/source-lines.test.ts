import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../test/hand-made/inventory.ts';
import { fits, sourceLines } from './source-lines.ts';
import type { SourceFilter } from './source-lines.ts';

const inventory = inventoryOf([
  {
    stream: { id: 'ours', decision: 'authorised' },
    rows: ['192.0.2.1 example.com 70', '192.0.2.2 mail.example.com 30'],
  },
  {
    stream: { id: 'bad', kind: 'forged', confidence: 0.8 },
    rows: ['192.0.2.1 example.com 40', '2001:db8::1 notexample.com 5', '- example.org 0'],
  },
]);

describe('sources as they are listed', () => {
  it('have the kind, stream and decision of most of their messages, and all their streams', () =>
    assert.deepEqual(
      sourceLines(inventory).map(({ source, messages, kind, decision, streams }) => [
        source,
        messages,
        kind,
        decision,
        streams.map(({ at, messages: part }) => `${at}:${part}`).join(' '),
      ]),
      [
        ['192.0.2.1', 110, 'own', 'authorised', '0:70 1:40'],
        ['192.0.2.2', 30, 'own', 'authorised', '0:30'],
        ['2001:db8::1', 5, 'forged', 'undecided', '1:5'],
        ['', 0, 'forged', 'undecided', '1:0'],
      ],
    ));
  it('have the confidence of their kind', () =>
    assert.deepEqual(
      sourceLines(inventory).map(({ confidence }) => Math.round(confidence * 100)),
      [99, 99, 80, 80],
    ));
  it('have as many messages and rows together as the inventory', () => {
    const lines = sourceLines(inventory);
    assert.equal(
      lines.reduce((sum, { messages }) => sum + messages, 0),
      145,
    );
    assert.equal(
      lines.reduce((sum, { rows }) => sum + rows, 0),
      5,
    );
  });

  const filters: [name: string, filter: SourceFilter, sources: string[]][] = [
    ['nothing', {}, ['192.0.2.1', '192.0.2.2', '2001:db8::1', '']],
    ['a kind: only the mail of that kind counts', { kinds: new Set(['forged']) }, ['192.0.2.1', '2001:db8::1', '']],
    ['a decision', { decisions: new Set(['authorised']) }, ['192.0.2.1', '192.0.2.2']],
    ['a stream', { streams: new Set([1]) }, ['192.0.2.1', '2001:db8::1', '']],
    ['a domain and what lies below it, not what ends alike', { domain: 'example.com' }, ['192.0.2.1', '192.0.2.2']],
    ['an address', { address: (address) => address.includes(':') }, ['2001:db8::1']],
    ['a day before which nothing was seen', { newSince: 20_000 }, ['192.0.2.1', '192.0.2.2', '2001:db8::1', '']],
    ['a day after the first of all', { newSince: 20_001 }, []],
  ];
  for (const [name, filter, sources] of filters)
    it(`may be narrowed to ${name}`, () =>
      assert.deepEqual(
        sourceLines(inventory, fits(inventory, filter)).map(({ source }) => source),
        sources,
      ));
});
