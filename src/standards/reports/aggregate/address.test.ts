import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { canonicalAddress } from './address.ts';

describe('canonicalAddress', () => {
  const cases: [text: string, canonical: string | undefined][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['256.0.0.1', undefined],
    ['1.2.3', undefined],
    ['1.2.3.4.5', undefined],
    ['01.2.3.4', undefined],
    ['1.2.3.4 ', undefined],
    ['0x7f.1', undefined],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['::192.0.2.1', '::c000:201'],
    [':', undefined],
    [':::', undefined],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1:2:3:4:5:6:7:8::', undefined],
    ['12345::', undefined],
    ['g::', undefined],
    ['fe80::1%eth0', undefined],
    ['::1.2.3.400', undefined],
    ['1.2.3.4::', undefined],
    ['', undefined],
    ['X.X.X.X', undefined],
    ['1'.repeat(1000), undefined],
    [':'.repeat(1000), undefined],
  ];
  for (const [text, canonical] of cases) {
    it(`${JSON.stringify(text.slice(0, 44))}: ${String(canonical)}`, () =>
      assert.equal(canonicalAddress(text), canonical));
  }

  it('agrees with ipaddr.js on what any IPv6 text means, and is its own canonical form', () =>
    fc.assert(
      // ipaddr.js takes ::1.2.3.4 for a mapped address; RFC 4291 §2.5.5.1 does not.
      fc.property(
        fc.ipV6().filter((any) => !/^::\d+\./.test(any)),
        (text) => {
          const address = ipaddr.IPv6.parse(text);
          const expected = address.isIPv4MappedAddress()
            ? address.toIPv4Address().toString()
            : address.toRFC5952String();
          const canonical = canonicalAddress(text);
          assert.equal(canonical, expected);
          assert.equal(canonicalAddress(canonical), canonical);
        },
      ),
      { seed: 5952, numRuns: 1_000 },
    ));

  it('agrees with ipaddr.js on what is an address', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f:.]{1,24}$/), (text) => {
        const valid = text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
        // ipaddr.js takes leading zeros in the IPv4 part of an IPv6 address; we do not.
        if (!/:.*\.0\d|:0\d*\./.test(text)) assert.equal(canonicalAddress(text) !== undefined, valid, text);
      }),
      { seed: 5953, numRuns: 2_000 },
    ));
});
