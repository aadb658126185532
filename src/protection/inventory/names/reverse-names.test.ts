import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer, RecordType } from '../../../standards/dns/index.ts';
import { ReverseNames } from './reverse-names.ts';
import type { KeptAnswer } from './reverse-names.ts';

const rest = { ttl: 60, aliases: [], authenticated: false };

/** `PTR 5.2.0.192.in-addr.arpa 10-20 mail.a.example` · no data behind: no such name; `-`: no data. */
function kept(line: string): KeptAnswer {
  const [type = '', name = '', days = '', ...data] = line.split(' ');
  const [first, last = first] = days.split('-').map(Number);
  const answer: Answer =
    data.length === 0
      ? { kind: 'no-such-name', ...rest }
      : data[0] === '-'
        ? { kind: 'no-data', ...rest }
        : ({ kind: 'records', records: data.map((each) => (each === '.' ? '' : each)), ...rest } as Answer);
  return { type: type as RecordType, name, firstDay: first!, lastDay: last!, answer };
}

const p4 = 'PTR 5.2.0.192.in-addr.arpa';
const p6 = `PTR a.${'0.'.repeat(19)}1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa`;

describe('what an address is called', () => {
  const cases: [behaviour: string, address: string, lines: string[], name: string | null | undefined, confirmed?: unknown][] = [
    ['nobody looked', '192.0.2.5', [], undefined],
    ['no address', 'mail.a.example', [`${p4} 10 m.example`], undefined],
    ['looked up: no such name', '192.0.2.5', [`${p4} 10`], null, false],
    ['looked up: no data', '192.0.2.5', [`${p4} 10 -`], null, false],
    ['the root is no name', '192.0.2.5', [`${p4} 10 .`], null, false],
    ['a name nobody asked about', '192.0.2.5', [`${p4} 10 m.example`], 'm.example', 'unknown'],
    ['leads back', '192.0.2.5', [`${p4} 10 m.example`, 'A m.example 10 192.0.2.9 192.0.2.5'], 'm.example', true],
    ['leads elsewhere', '192.0.2.5', [`${p4} 10 m.example`, 'A m.example 10 192.0.2.55'], 'm.example', false],
    ['its name does not exist', '192.0.2.5', [`${p4} 10 m.example`, 'A m.example 10'], 'm.example', false],
    ['nor with the other type asked', '192.0.2.5', [`${p4} 10 m.example`, 'AAAA m.example 10'], 'm.example', false],
    ['the other type tells nothing', '192.0.2.5', [`${p4} 10 m.example`, 'AAAA m.example 10 2001:db8::1'], 'm.example', 'unknown'],
    ['an IPv4-mapped address is the IPv4 address', '::ffff:192.0.2.5', [`${p4} 10 m.example`], 'm.example', 'unknown'],
    ['IPv6 (RFC 3596 §2.5)', '2001:db8:1::a', [`${p6} 10 m.example`, 'AAAA m.example 10 2001:db8:1::a'], 'm.example', true],
    ['and leads back as one', '::ffff:192.0.2.5', [`${p4} 10 m.example`, 'A m.example 10 192.0.2.5'], 'm.example', true],
    ['IPv6 written long', '2001:DB8:1:0:0:0:0:A', [`${p6} 10 m.example`, 'AAAA m.example 10 2001:db8:1::a'], 'm.example', true],
    ['the newest name', '192.0.2.5', [`${p4} 10-12 old.example`, `${p4} 13 new.example`], 'new.example', 'unknown'],
    ['in whatever order', '192.0.2.5', [`${p4} 13 new.example`, `${p4} 10-12 old.example`], 'new.example', 'unknown'],
    ['led back while it had the name', '192.0.2.5', [`${p4} 10-20 m.example`, 'A m.example 12-14 192.0.2.5', 'A m.example 15'], 'm.example', true],
    ['not any more', '192.0.2.5', [`${p4} 15-20 m.example`, 'A m.example 12-14 192.0.2.5', 'A m.example 15'], 'm.example', false],
    ['the nearest look before', '192.0.2.5', [`${p4} 30 m.example`, 'A m.example 10 192.0.2.5', 'A m.example 40'], 'm.example', true],
    ['or after', '192.0.2.5', [`${p4} 30 m.example`, 'A m.example 40 192.0.2.5', 'A m.example 50'], 'm.example', true],
    ['of several names one that leads back', '192.0.2.5', [`${p4} 10 a.example b.example c.example`, 'A a.example 10', 'A c.example 10 192.0.2.5'], 'c.example', true],
    ['else one nobody asked about', '192.0.2.5', [`${p4} 10 b.example a.example`, 'A a.example 10'], 'b.example', 'unknown'],
    ['below a zone known as a whole: none', '192.0.2.5', ['SOA 2.0.192.in-addr.arpa 10 x'], null, false],
    ['above it: nobody looked', '192.0.3.5', ['SOA 2.0.192.in-addr.arpa 10 x'], undefined],
    ['delegated away from it: nobody looked', '192.0.2.5', ['SOA in-addr.arpa 10 x', 'NS 2.0.192.in-addr.arpa 10 ns.example'], undefined],
    ['the top of a zone has NS too', '192.0.2.5', ['NS 2.0.192.in-addr.arpa 10 ns.example', 'SOA 2.0.192.in-addr.arpa 10 x'], null, false],
  ]; // prettier-ignore
  for (const [behaviour, address, lines, name, confirmed] of cases) {
    it(behaviour, () => {
      const found = new ReverseNames(lines.map(kept)).of(address);
      assert.deepEqual([found?.name, found?.confirmed], [name, confirmed]);
    });
  }
  it('has the days on which it was seen', () => {
    const names = new ReverseNames([`${p4} 10-20 old.example`, `${p4} 21-30 new.example`].map(kept));
    assert.deepEqual([names.of('192.0.2.5')?.firstDay, names.of('192.0.2.5')?.day], [21, 30]);
    assert.equal(names.of('192.0.2.5'), names.of('192.0.2.5'));
  });
  it('as of a day knows nothing of later ones', () => {
    const lines = [`${p4} 10-20 old.example`, `${p4} 21-30 new.example`, 'A old.example 25 192.0.2.5'].map(kept);
    assert.equal(new ReverseNames(lines, 9).of('192.0.2.5'), undefined);
    assert.deepEqual(new ReverseNames(lines, 20).of('192.0.2.5')?.names, [
      { name: 'old.example', confirmed: 'unknown' },
    ]);
    assert.equal(new ReverseNames(lines, 21).of('192.0.2.5')?.name, 'new.example');
  });
  it('lists every name, confirmed first', () => {
    const lines = [`${p4} 10 d.example a.example c.example b.example`, 'A c.example 10 192.0.2.5', 'A a.example 10'];
    assert.deepEqual(new ReverseNames(lines.map(kept)).of('192.0.2.5')?.names, [
      { name: 'c.example', confirmed: true },
      { name: 'b.example', confirmed: 'unknown' },
      { name: 'd.example', confirmed: 'unknown' },
      { name: 'a.example', confirmed: false },
    ]);
  });
});
