// The parts a world stands on: addresses, dice, days, archives, SPF as receivers of the world judge it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addressAt, formatIpv4, formatIpv6, inPrefix, parseAddress, parsePrefix, reverseName } from './addresses.ts';
import { dateOf, dayOf, rhythmAt, weekdayOf, type Rhythm } from './calendar.ts';
import { DmarcReceiver } from './dmarc.ts';
import { random, sampler, zipf } from './random.ts';
import { parseOverlay, RecordBook, Zone } from './records.ts';
import { SpfReceiver } from './spf.ts';
import { openArrival } from '../../src/protection/ingestion/index.ts';
import { zip } from './zip.ts';

test('addresses', async (t) => {
  const texts: [bigint, string][] = [
    [0n, '::'],
    [1n, '::1'],
    [0x20010db8000000000000000000000001n, '2001:db8::1'],
    [0x20010db8000100000000000000000000n, '2001:db8:1::'],
    [0x20010db8000000000001000000000000n, '2001:db8:0:0:1::'],
    [0x20010db8000000010001000100010001n, '2001:db8:0:1:1:1:1:1'],
  ];
  for (const [value, text] of texts) await t.test(`RFC 5952: ${text}`, () => assert.equal(formatIpv6(value), text));
  await t.test('what is written is read back', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), (value) => parseAddress(formatIpv4(value)) === value));
    fc.assert(fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => parseAddress(formatIpv6(value)) === value));
  });
  for (const wrong of ['', '1.2.3', '1.2.3.256', '1::2::3:x', 'x', '1:2:3'])
    await t.test(`no address: ${wrong}`, () => assert.equal(parseAddress(wrong), undefined));
  const inside: [string, string, boolean][] = [
    ['240.1.2.3', '240.1.0.0/16', true],
    ['240.2.0.0', '240.1.0.0/16', false],
    ['255.255.255.255', '255.255.255.255', true],
    ['2001:db8:1::5', '2001:db8:1::/48', true],
    ['2001:db8:2::5', '2001:db8:1::/48', false],
    ['240.1.2.3', '::/0', false],
  ];
  for (const [address, prefix, expected] of inside)
    await t.test(`${address} in ${prefix}: ${expected}`, () =>
      assert.equal(inPrefix(parseAddress(address)!, parsePrefix(prefix)), expected),
    );
  assert.equal(addressAt(parsePrefix('240.1.0.0/16'), 258), '240.1.1.2');
  assert.equal(reverseName('240.1.2.3'), '3.2.1.240.in-addr.arpa');
  assert.equal(reverseName('2001:db8::1').length, 72);
});

test('dice: the same name gives the same sequence, another name another', () => {
  const some = (...seed: string[]): number[] => {
    const dice = random(...seed);
    return Array.from({ length: 20 }, () => dice.next());
  };
  assert.deepEqual(some('a', 'b'), some('a', 'b'));
  assert.notDeepEqual(some('a', 'b'), some('a', 'c'));
  assert.notDeepEqual(some('a', 'b'), some('ab', ''));
});

test('dice: a sampler draws by weight, and rare events have their mean', () => {
  const dice = random('weights');
  const draw = sampler([1, 0, 3]);
  const counts = [0, 0, 0];
  for (let i = 0; i < 40_000; i++) counts[draw(dice)]! += 1;
  assert.equal(counts[1], 0);
  assert.ok(Math.abs(counts[2]! / counts[0]! - 3) < 0.2, String(counts));
  for (const mean of [0.3, 7, 400]) {
    let sum = 0;
    for (let i = 0; i < 20_000; i++) sum += dice.poisson(mean);
    assert.ok(Math.abs(sum / 20_000 / mean - 1) < 0.05, `${mean}: ${sum / 20_000}`);
  }
  assert.deepEqual(zipf(3, 1), [1, 1 / 2, 1 / 3]);
});

test('days', async (t) => {
  assert.equal(dateOf(dayOf('2026-02-28') + 1), '2026-03-01');
  assert.equal(weekdayOf(dayOf('2026-03-01')), 0);
  assert.throws(() => dayOf('yesterday'), RangeError);
  const sends: [Rhythm, string, boolean][] = [
    [{ every: 'daily', weekend: 0 }, '2026-03-01', false],
    [{ every: 'daily', weekend: 0 }, '2026-03-02', true],
    [{ every: 'weekly', weekday: 4 }, '2026-03-05', true],
    [{ every: 'weekly', weekday: 4 }, '2026-03-06', false],
    [{ every: 'monthly', day: 3, lasts: 2 }, '2026-03-04', true],
    [{ every: 'monthly', day: 3, lasts: 2 }, '2026-03-05', false],
    [{ every: 'quarterly', day: 15, lasts: 1 }, '2026-04-15', true],
    [{ every: 'quarterly', day: 15, lasts: 1 }, '2026-03-15', false],
    [{ every: 'yearly', month: 1, day: 21, lasts: 2 }, '2026-01-22', true],
    [{ every: 'yearly', month: 1, day: 21, lasts: 2 }, '2026-02-21', false],
  ];
  for (const [rhythm, date, expected] of sends)
    await t.test(`${rhythm.every} on ${date}: ${expected}`, () =>
      assert.equal(rhythmAt(rhythm, dayOf(date), 0, 365) > 0, expected),
    );
  assert.equal(rhythmAt({ every: 'once', at: 0.5, lasts: 1 }, 0, 50, 100), 1);
  assert.equal(rhythmAt({ every: 'once', at: 0.5, lasts: 1 }, 0, 51, 100), 0);
});

test('archives open to what was put in, stored or deflated', async () => {
  const text = '<?xml version="1.0"?><feedback><version>1.0</version></feedback>';
  for (const level of [0, 9]) {
    const bytes = zip([{ name: 'a!b!1!2.xml', bytes: Buffer.from(text) }], level);
    const found: string[] = [];
    for await (const opened of openArrival(zip([{ name: 'inner.zip', bytes }], 9))) found.push(opened.entry);
    assert.deepEqual(found, ['inner.zip/a!b!1!2.xml']);
  }
});

/** A zone of TXT records, and addresses of hosts. */
function zoneOf(txt: Record<string, string>, hosts: Record<string, string> = {}): Zone {
  const zone = new Zone();
  for (const [name, text] of Object.entries(txt)) zone.set(name, 'TXT', [text]);
  for (const [name, address] of Object.entries(hosts)) zone.set(name, 'A', [address]);
  return zone;
}

test('SPF as receivers of the world judge it', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`i${i}.example`, 'v=spf1 -all']));
  const zone = zoneOf(
    {
      ...many,
      'a.example': 'v=spf1 ip4:240.1.0.0/16 include:b.example a:host.example ~all',
      'b.example': 'v=spf1 ip6:2001:db8::/32 -all',
      'lost.example': 'v=spf1 include:nowhere.example -all',
      'eleven.example': `v=spf1 ${Object.keys(many)
        .map((name) => `include:${name}`)
        .join(' ')} ip4:240.1.0.0/16 -all`,
      'over.example': 'v=spf1 redirect=b.example',
      'open.example': 'v=spf1 ip4:240.9.9.9',
    },
    { 'host.example': '240.7.7.7' },
  );
  const receiver = new SpfReceiver(zone);
  const cases: [string, string, string][] = [
    ['240.1.2.3', 'a.example', 'pass'],
    ['2001:db8::9', 'a.example', 'pass'],
    ['240.7.7.7', 'a.example', 'pass'],
    ['240.2.2.2', 'a.example', 'softfail'],
    ['240.2.2.2', 'over.example', 'fail'],
    ['240.2.2.2', 'open.example', 'neutral'],
    ['240.2.2.2', 'lost.example', 'permerror'],
    ['240.1.2.3', 'eleven.example', 'permerror'],
    ['240.1.2.3', 'absent.example', 'none'],
  ];
  for (const [address, domain, expected] of cases)
    await t.test(`${address} for ${domain}: ${expected}`, () =>
      assert.equal(receiver.evaluate(parseAddress(address)!, domain), expected),
    );
});

test('DMARC as receivers of the world find it', () => {
  const zone = zoneOf({
    '_dmarc.o.example': 'v=DMARC1; p=reject; sp=quarantine; np=none; rua=mailto:a@o.example',
    '_dmarc.own.o.example': 'v=DMARC1; p=none',
    'sub.o.example': 'v=spf1 -all',
  });
  const receiver = new DmarcReceiver(zone);
  assert.equal(receiver.applied('o.example', 'rfc9990')?.policy, 'reject');
  assert.equal(receiver.applied('sub.o.example', 'rfc9990')?.policy, 'quarantine');
  assert.equal(receiver.applied('absent.o.example', 'rfc9990')?.policy, 'none');
  assert.equal(receiver.applied('absent.o.example', 'rfc7489')?.policy, 'quarantine');
  assert.equal(receiver.applied('own.o.example', 'rfc7489')?.policy, 'none');
  assert.equal(receiver.applied('elsewhere.example', 'rfc7489'), undefined);
  assert.equal(receiver.aligned('o.example', 'sub.o.example', 's', 'rfc9990'), false);
  assert.equal(receiver.aligned('o.example', 'sub.o.example', 'r', 'rfc9990'), true);
  assert.equal(receiver.aligned('o.example', 'other.example', 'r', 'rfc7489'), false);
});

test('records over time: what appears does so no later, what goes no sooner; an overlay holds from its day on', () => {
  const book = new RecordBook(10);
  book.set('a.example', 'TXT', ['one']);
  book.set('a.example', 'TXT', ['two'], 25);
  book.set('a.example', 'TXT', [], 31);
  assert.deepEqual(book.epochs(), [0, 20, 40]);
  const at = (day: number): readonly string[] => book.zone(book.epochAt(day)).values('a.example', 'TXT');
  assert.deepEqual([at(19), at(25), at(31), at(40)], [['one'], ['two'], ['two'], []]);
  const dayInWorld = (date: string): number => dayOf(date) - dayOf('2025-10-01');
  book.overlay(parseOverlay('; a comment\nA.example. 3600 IN TXT "th" "ree"\n', dayInWorld).changes);
  assert.deepEqual([at(0), at(40)], [['three'], ['three']]);
  const later = '$FROM 2025-10-25\na.example. IN TXT "four"\n$FROM 2025-11-15\na.example. IN TXT ""\n';
  book.overlay(parseOverlay(later, dayInWorld).changes);
  assert.deepEqual(book.epochs(), [0, 20, 24, 40, 45]);
  assert.deepEqual([at(19), at(23), at(24), at(40), at(45)], [['one'], ['two'], ['four'], ['four'], []]);
});

test('another end of SPF records leaves everything else as it is and changes', () => {
  const book = new RecordBook(10);
  book.set('a.example', 'TXT', ['v=spf1 ip4:192.0.2.1 ~all', 'other text ~all']);
  book.set('a.example', 'TXT', ['v=spf1 ip4:192.0.2.2 ~all'], 20);
  book.set('b.example', 'TXT', ['v=spf1 ~all']);
  const { changes, ends } = parseOverlay(
    '$FROM 2025-10-11\n$SPF-END A.example. -all\n',
    (date) => dayOf(date) - dayOf('2025-10-01'),
  );
  book.overlay(changes, ends);
  assert.deepEqual(book.epochs(), [0, 10, 20]);
  const at = (name: string, day: number): readonly string[] => book.zone(book.epochAt(day)).values(name, 'TXT');
  assert.deepEqual(at('a.example', 9), ['v=spf1 ip4:192.0.2.1 ~all', 'other text ~all']);
  assert.deepEqual(at('a.example', 10), ['v=spf1 ip4:192.0.2.1 -all', 'other text ~all']);
  assert.deepEqual(at('a.example', 20), ['v=spf1 ip4:192.0.2.2 -all']);
  assert.deepEqual(at('b.example', 20), ['v=spf1 ~all']);
});
