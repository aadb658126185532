import assert from 'node:assert/strict';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  formatAddress,
  formatIpv4,
  isIn,
  networkOf,
  parseAddress,
  parseClientAddress,
  parseIpv4,
  reverseName,
} from './index.ts';

describe('addresses', () => {
  const cases: [text: string, written: string | undefined][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['0.0.0.0', '0.0.0.0'],
    ['192.0.2.01', undefined],
    ['192.0.2', undefined],
    ['192.0.2.256', undefined],
    ['192.0.2.1.', undefined],
    ['.192.0.2.1', undefined],
    ['1..2.3', undefined],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4:5:6:c000:201'],
    ['1:2:3:4:5:6:7:192.0.2.1', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1:2:3:4:5:6:7:8::', undefined],
    ['1::2::3', undefined],
    [':1', undefined],
    ['1:', undefined],
    [':::', undefined],
    ['12345::', undefined],
    ['fe80::1%eth0', undefined],
    ['::g', undefined],
    ['', undefined],
    [':', undefined],
  ];
  for (const [text, written] of cases) {
    it(`${text || '(empty)'}: ${written ?? 'none'}`, () => {
      const address = parseAddress(text);
      assert.equal(address && formatAddress(address), written);
    });
  }

  it('reads what Node takes for an address, and nothing else', () => {
    const piece = fc.constantFrom(...'0123456789abcdefF:::...'.split(''), '192.0.2.1', '::', 'ffff');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join('');
        assert.equal(parseAddress(text) !== undefined, isIPv4(text) || isIPv6(text), text);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads back what it writes', () => {
    const word = fc.oneof(fc.constant(0), fc.nat(0xffff_ffff));
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        assert.deepEqual(parseAddress(formatAddress({ family: 6, a, b, c, d })), { family: 6, a, b, c, d });
        assert.equal(parseIpv4(formatIpv4(a)), a);
      }),
    );
  });

  it('an IPv4-mapped client is the IPv4 address (RFC 7208 §5)', () => {
    assert.deepEqual(parseClientAddress('::ffff:192.0.2.1'), parseAddress('192.0.2.1'));
    assert.equal(parseClientAddress('::fffe:192.0.2.1')?.family, 6);
  });

  it('networks hold what agrees with them in their first bits', () => {
    const isWithin = (address: string, network: string, length: number): boolean =>
      isIn(parseAddress(address)!, networkOf(parseAddress(network)!, length));
    assert.ok(isWithin('192.0.2.255', '192.0.2.77', 24) && !isWithin('192.0.3.0', '192.0.2.77', 24));
    assert.ok(isWithin('255.0.0.1', '1.2.3.4', 0) && !isWithin('::1', '0.0.0.0', 0));
    assert.ok(isWithin('2001:db8:0:1::', '2001:db8::', 63) && !isWithin('2001:db8:0:2::', '2001:db8::', 63));
    assert.ok(isWithin('::1', '::1', 128) && !isWithin('::2', '::1', 128));
  });

  it('names for reverse mapping', () => {
    assert.equal(reverseName(parseAddress('192.0.2.1')!), '1.2.0.192.in-addr.arpa');
    assert.equal(reverseName(parseAddress('2001:db8::1')!), `1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`);
  });
});
