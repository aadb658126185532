import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../test/hand-made/inventory.ts';
import { overviewOf, queueOf, reachOf } from './overview.ts';

const ours = { own: 1, third: 0, forwarder: 0, forged: 0, abused: 0 };
const forged = { own: 0, third: 0, forwarder: 0, forged: 1, abused: 0 };
const inventory = inventoryOf([
  { stream: { id: 'small', chances: ours }, rows: ['192.0.2.9 example.com 5'] },
  { stream: { id: 'done', chances: ours, decision: 'authorised' }, rows: ['192.0.2.1 example.com 200'] },
  { stream: { id: 'large', chances: ours }, rows: ['192.0.2.1 example.com 700', '192.0.2.2 example.org 95'] },
  {
    stream: { id: 'bad', kind: 'forged', chances: forged },
    rows: ['192.0.2.1 example.com 40', '198.51.100.1 example.com 9', '- example.com 1'],
  },
]);

describe('the overview of an inventory', () => {
  const overview = overviewOf(inventory);
  it('is a plain value: kept and read again it is the same', () =>
    assert.deepEqual(JSON.parse(JSON.stringify(overview)), overview));
  it('counts an address with every kind it carries, and once in all; a row without an address is none', () => {
    assert.deepEqual(overview.tallies, [
      { kind: 'own', streams: 3, sources: 3, messages: 1000 },
      { kind: 'forged', streams: 1, sources: 2, messages: 50 },
    ]);
    assert.equal(overview.sources, 4);
    assert.equal(overview.messages, 1050);
  });
  it('has the queue, whose streams are those of the inventory', () =>
    assert.deepEqual(
      queueOf(overview).map(({ stream, proposal, open }) => [stream.id, proposal, open]),
      [
        ['large', 'authorised', 795],
        ['small', 'authorised', 5],
        ['bad', 'forbidden', 50],
      ],
    ));
  it('says how many decisions settle enough, and how far that gets', () =>
    assert.deepEqual(reachOf(overview, 0.95), { decisions: 1, messages: 0.995, streams: 2, ours: 3 }));
  it('says all of them when enough is never reached', () => assert.equal(reachOf(overview, 1.1)?.decisions, 3));
  it('says nothing when everything is decided', () =>
    assert.equal(
      reachOf(
        overviewOf(inventoryOf([{ stream: { id: 'a', decision: 'forbidden' }, rows: ['192.0.2.1 a.example 1'] }])),
      ),
      undefined,
    ));
  it('of nothing is empty', () => {
    const nothing = overviewOf(inventoryOf([]));
    assert.deepEqual([nothing.streams.length, nothing.tallies.length, nothing.sources], [0, 0, 0]);
  });
});
