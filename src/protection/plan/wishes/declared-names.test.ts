// Names of declared addresses, from reverse names that were kept.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAddress, reverseName } from '../../../standards/dns/index.ts';
import type { KeptAnswer } from '../../inventory/index.ts';
import { addressOf, declaredNames } from './declared-names.ts';

const there = { ttl: 3600, aliases: [], authenticated: false };
const kept = (name: string, type: 'A' | 'AAAA' | 'PTR', ...records: string[]): KeptAnswer => ({
  name,
  type,
  firstDay: 1,
  lastDay: 9,
  answer: { ...there, kind: 'records', records } as KeptAnswer['answer'],
});
const pointer = (address: string, ...names: string[]): KeptAnswer =>
  kept(reverseName(parseAddress(address)!), 'PTR', ...names);

describe('names of declared addresses', () => {
  const cases: [why: string, networks: string[], answers: KeptAnswer[], found: Record<string, string[]>][] = [
    [
      'of ours, leading back',
      ['192.0.2.0/24'],
      [pointer('192.0.2.1', 'MX.example.com'), kept('MX.example.com', 'A', '192.0.2.1')],
      { 'mx.example.com': ['192.0.2.1'] },
    ],
    [
      'IPv6',
      ['2001:db8::/32'],
      [pointer('2001:db8::1', 'mx.example.com'), kept('mx.example.com', 'AAAA', '2001:db8::1')],
      { 'mx.example.com': ['2001:db8::1'] },
    ],
    [
      'of others',
      ['192.0.2.0/24'],
      [pointer('192.0.2.1', 'mx.vendor.example'), kept('mx.vendor.example', 'A', '192.0.2.1')],
      {},
    ],
    [
      'of an address that nobody declared',
      ['198.51.100.0/24'],
      [pointer('192.0.2.1', 'mx.example.com'), kept('mx.example.com', 'A', '192.0.2.1')],
      {},
    ],
    [
      'that lead elsewhere',
      ['192.0.2.0/24'],
      [pointer('192.0.2.1', 'mx.example.com'), kept('mx.example.com', 'A', '192.0.2.9')],
      {},
    ],
    ['of which nobody asked where they lead', ['192.0.2.0/24'], [pointer('192.0.2.1', 'mx.example.com')], {}],
    [
      'two addresses of one name',
      ['192.0.2.1', '192.0.2.2'],
      [
        pointer('192.0.2.1', 'mx.example.com'),
        pointer('192.0.2.2', 'mx.example.com'),
        kept('mx.example.com', 'A', '192.0.2.1', '192.0.2.2'),
      ],
      { 'mx.example.com': ['192.0.2.1', '192.0.2.2'] },
    ],
    ['no networks', [], [pointer('192.0.2.1', 'mx.example.com'), kept('mx.example.com', 'A', '192.0.2.1')], {}],
  ];
  for (const [why, networks, answers, found] of cases)
    it(why, () => {
      const names = declaredNames([{ networks }], answers, (name) => name.endsWith('example.com'));
      assert.deepEqual(Object.fromEntries([...names].map(([name, addresses]) => [name, [...addresses]])), found);
    });
});

describe('the address of a reverse name', () => {
  for (const [name, address] of [
    ['1.2.0.192.in-addr.arpa', '192.0.2.1'],
    [`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`, '2001:0db8:0000:0000:0000:0000:0000:0001'],
    ['2.0.192.in-addr.arpa', undefined],
    ['256.2.0.192.in-addr.arpa', undefined],
    ['1.0-63.2.0.192.in-addr.arpa', undefined],
    ['1.2.3.4.example', undefined],
    ['g.8.b.d.0.1.0.0.2.ip6.arpa', undefined],
  ] as const)
    it(`${name}: ${address}`, () => assert.equal(addressOf(name), address));
});
