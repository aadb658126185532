// TLSA from keys that were seen (RFC 7672 §3.1.1), and the zones they may stand in (RFC 7672 §2.2).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName, zone } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import { parseTlsa } from '../../../standards/transport/index.ts';
import { planRecords } from '../records/plan-records.ts';
import { signedZone } from './signed-zone.ts';
import type { LookedAt } from './signed-zone.ts';
import { tlsaWish } from './tlsa.ts';
import type { KeyShown } from './tlsa.ts';

const digest = (letter: string): string => letter.repeat(64);
const value = (letter: string): string => `3 1 1 ${digest(letter)}`;
const key = (letter: string, more: Partial<KeyShown> = {}): KeyShown => ({
  key: digest(letter),
  firstDay: 900,
  lastDay: 1000,
  days: 2,
  verified: true,
  ...more,
});
const records = (...texts: string[]) =>
  texts.map((text) => {
    const reading = parseTlsa(text);
    assert.ok(reading.ok);
    return reading.value;
  });

describe('TLSA of a server of ours', () => {
  const cases: [
    why: string,
    there: string[],
    keys: KeyShown[],
    publish: string[] | 'slot' | undefined,
    notes: string[],
  ][] = [
    ['none was seen', [], [], 'slot', []],
    ['none was seen, and a record stands there', [value('a')], [], undefined, []],
    ['seen in a certificate that holds', [], [key('a', { days: 1 })], [value('a')], ['tlsa-verified']],
    [
      'seen on two days in one that nobody vouches for',
      [],
      [key('a', { verified: false })],
      [value('a')],
      ['tlsa-repeated'],
    ],
    ['seen once in such a one', [], [key('a', { verified: false, days: 1 })], 'slot', ['tlsa-seen-once']],
    ['two weeks ago', [], [key('a', { lastDay: 986 })], [value('a')], ['tlsa-verified']],
    ['longer ago', [], [key('a', { lastDay: 985 })], 'slot', ['tlsa-long-ago']],
    ['it stands there', [value('a')], [key('a')], undefined, []],
    ['it stands there beside the next one', [value('a'), value('b')], [key('a')], undefined, []],
    [
      'another stands there: both, and it is said that nothing fits',
      [value('b')],
      [key('a')],
      [value('b'), value('a')],
      ['tlsa-verified', 'tlsa-does-not-fit'],
    ],
    [
      'two keys within a week: both',
      [],
      [key('b'), key('a', { lastDay: 993 })],
      [value('b'), value('a')],
      ['tlsa-verified', 'tlsa-rolling'],
    ],
    ['the old key was left longer ago', [], [key('b'), key('a', { lastDay: 992 })], [value('b')], ['tlsa-verified']],
    [
      'a new one, seen once and of nobody: not that one, and not the old one as if it were alone',
      [],
      [key('b', { verified: false, days: 1 }), key('a', { lastDay: 998 })],
      'slot',
      ['tlsa-seen-once'],
    ],
    ['an authority is named: it changes keys by itself', [`2 1 1 ${digest('c')}`], [key('a')], undefined, []],
  ];
  for (const [why, there, keys, publish, notes] of cases)
    it(why, () => {
      const found = tlsaWish('mx.example.com', 'example.com', records(...there), keys, 1000);
      assert.deepEqual(found.tlsa?.publish ?? (found.slot === undefined ? undefined : 'slot'), publish);
      assert.deepEqual(
        found.notes.map(({ code }) => code.slice('plan/'.length)),
        notes,
      );
    });
  it('says when it was seen', () => {
    const { notes } = tlsaWish('mx.example.com', 'example.com', [], [key('a', { firstDay: 10, lastDay: 1000 })], 1000);
    assert.deepEqual(notes[0]?.values, { host: 'mx.example.com', keys: 1, day: '1972-09-27', since: '1970-01-11' });
  });
  it('becomes a record, with nothing to put in place, since the certificate is in use', async () => {
    const { tlsa } = tlsaWish('mx.example.com', 'example.com', [], [key('a')], 1000);
    const reading = zone('$TTL 3600\nexample.com. SOA ns. h. 1 1 1 1 900\nmx.example.com. A 192.0.2.1\n');
    assert.ok(reading.ok);
    const wish = { domain: domainName('example.com'), role: 'receiving', tlsa: [tlsa!] } as const;
    const made = await planRecords([wish], reading.value.resolver);
    const change = made.changes.find(({ type }) => type === 'TLSA');
    assert.deepEqual([change?.name, change?.after], ['_25._tcp.mx.example.com', [value('a')]]);
    assert.deepEqual(
      made.steps.flatMap(({ actions }) => actions),
      [],
    );
    assert.deepEqual(
      made.dangers.filter(({ code }) => code.startsWith('plan/tlsa')),
      [],
    );
  });
});

describe('whether a zone is signed', () => {
  const at = (text: string, options: { isVouchedFor?: boolean } = {}): Resolver => {
    const reading = zone(`$TTL 3600\n${text}`, { authenticated: options.isVouchedFor === true });
    assert.ok(reading.ok);
    return reading.value.resolver;
  };
  const apex = 'example.com. SOA ns. h. 1 1 1 1 900\nmx.example.com. A 192.0.2.1\nexample.com. MX 10 mx.example.com.\n';
  const keys = 'example.com. DNSKEY 257 3 13 AAAA\n';
  const above = 'com. SOA ns. h. 1 1 1 1 900\nexample.com. NS ns.example.com.\n';
  const chain = `example.com. DS 1 13 2 ${'ab'.repeat(32)}\n`;
  const cases: [why: string, name: string, world: Resolver, look: LookedAt | undefined, found: unknown[]][] = [
    [
      'the resolver vouches for its answers',
      'example.com',
      at(apex, { isVouchedFor: true }),
      undefined,
      [true, 'known'],
    ],
    ['a look found it so', 'mx.example.com', at(apex), 'secure', [true, 'known']],
    ['a look found a DS', 'example.com', at(apex), 'unvalidated', [true, 'assumed']],
    ['the zone above has a DS', 'mx.example.com', at(above + chain + apex + keys), 'unknown', [true, 'assumed']],
    [
      'a zone file with keys, and nobody looked above',
      'mx.example.com',
      at(apex + keys),
      undefined,
      [undefined, 'unknown', 'dnssec-ds-not-known'],
    ],
    ['keys, and no DS above', 'example.com', at(above + apex + keys), undefined, [false, 'known', 'dnssec-no-ds']],
    ['a zone file without keys', 'example.com', at(apex), 'unknown', [undefined, 'unknown', 'dnssec-no-keys']],
    [
      'a zone file without keys, and no DS above',
      'mx.example.com',
      at(above + apex),
      undefined,
      [false, 'known', 'dnssec-none'],
    ],
    ['a look found none', 'example.com', at(apex), 'insecure', [false, 'known', 'dnssec-none']],
    [
      'nothing was kept',
      'example.com',
      at('other.example. SOA ns. h. 1 1 1 1 900\n'),
      undefined,
      [undefined, 'unknown', 'dnssec-not-known'],
    ],
    [
      'a zone of its own below a signed one, without a DS',
      'mx.sub.example.com',
      at(
        `${above + chain + apex + keys}sub.example.com. NS ns.example.com.\nsub.example.com. SOA ns. h. 1 1 1 1 900\nmx.sub.example.com. A 192.0.2.9\n`,
      ),
      undefined,
      [false, 'known', 'dnssec-none'],
    ],
  ];
  for (const [why, name, world, look, expected] of cases)
    it(why, async () => {
      const { signed, ground, why: reason } = await signedZone(name, 'example.com', world, look);
      const told = reason === undefined ? [] : [reason.code.slice('plan/'.length)];
      assert.deepEqual([signed, ground, ...told], expected);
    });
});
