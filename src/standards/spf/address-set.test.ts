import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { networkOf, parseAddress } from '../dns/index.ts';
import { addressSetOf } from './compile.ts';
import {
  allAddresses,
  difference,
  equal,
  has,
  intersection,
  noAddresses,
  prefixes,
  size4,
  size6,
  union,
} from './index.ts';
import { intervalOf, meet, segmentsOf, split, unionOf } from './intervals.ts';
import type { AddressSet } from './index.ts';

/** The set that networks, written as text, make together. */
function set(...networks: string[]): AddressSet {
  const intervals = networks.map((text) => {
    const [address, length] = text.split('/') as [string, string | undefined];
    const parsed = parseAddress(address)!;
    return {
      family: parsed.family,
      interval: intervalOf(networkOf(parsed, Number(length ?? (parsed.family === 4 ? 32 : 128)))),
    };
  });
  const of = (family: number): ReturnType<typeof unionOf> =>
    unionOf([[], [], ...intervals.filter((each) => each.family === family).map((each) => each.interval)]);
  return addressSetOf(of(4), of(6));
}

// Few addresses and every prefix length: networks that meet, hold each other, and reach the ends of the space.
const network = fc.oneof(
  fc
    .tuple(fc.constantFrom('0.0.0.0', '0.0.0.7', '10.0.0.0', '192.0.2.255', '255.255.255.255'), fc.nat(32))
    .map(([address, length]) => `${address}/${length}`),
  fc
    .tuple(fc.constantFrom('::', '::7', '2001:db8::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'), fc.nat(128))
    .map(([address, length]) => `${address}/${length}`),
);
const anySet = fc.array(network, { maxLength: 6 }).map((networks) => set(...networks));
const probes = [
  '0.0.0.0',
  '0.0.0.7',
  '0.0.0.8',
  '9.255.255.255',
  '10.0.0.0',
  '192.0.2.255',
  '255.255.255.255',
  '::',
  '::7',
  '::8',
  '2001:db8::',
  '2001:db8::1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
].map((text) => parseAddress(text)!);

describe('address sets', () => {
  it('union, intersection and difference hold what they should', () => {
    fc.assert(
      fc.property(anySet, anySet, (one, other) => {
        for (const probe of probes) {
          assert.equal(has(union(one, other), probe), has(one, probe) || has(other, probe));
          assert.equal(has(intersection(one, other), probe), has(one, probe) && has(other, probe));
          assert.equal(has(difference(one, other), probe), has(one, probe) && !has(other, probe));
        }
        assert.ok(equal(union(difference(one, other), intersection(one, other)), one));
        assert.ok(equal(difference(allAddresses, difference(allAddresses, one)), one));
        assert.equal(size4(one) + size4(other), size4(union(one, other)) + size4(intersection(one, other)));
        assert.equal(size6(one) + size6(other), size6(union(one, other)) + size6(intersection(one, other)));
      }),
    );
  });

  it('prefixes are the set again, apart from each other, and cannot be joined', () => {
    fc.assert(
      fc.property(anySet, (one) => {
        const list = prefixes(one);
        assert.ok(equal(set(...list), one));
        const sizes = list.map((text) => set(text));
        assert.equal(
          size4(one),
          sizes.reduce((sum, each) => sum + size4(each), 0),
        );
        assert.equal(
          size6(one),
          sizes.reduce((sum, each) => sum + size6(each), 0n),
        );
        for (const [index, text] of list.entries()) {
          const [address, length] = text.split('/');
          const next = list[index + 1]?.split('/');
          if (next === undefined || next[1] !== length || length === '0') continue;
          // Two neighbours of one length would be one network only if they were its halves.
          const parsed = parseAddress(address!)!;
          const full = parsed.family === 4 ? 32 : 128;
          const parent = networkOf(parsed, (length === undefined ? full : Number(length)) - 1);
          assert.ok(!equal(set(text, list[index + 1]!), addressSetOf(...both(intervalOf(parent), parsed.family))));
        }
      }),
    );
  });

  it('everything and nothing', () => {
    assert.deepEqual(prefixes(allAddresses), ['0.0.0.0/0', '::/0']);
    assert.deepEqual(prefixes(noAddresses), []);
    assert.deepEqual([size4(allAddresses), size6(allAddresses), size4(noAddresses)], [2 ** 32, 2n ** 128n, 0]);
    assert.ok(equal(set('0.0.0.0/0', '::/0'), allAddresses));
  });

  it('the smallest prefixes of a range that fits none', () => {
    assert.deepEqual(prefixes(difference(set('192.0.2.0/29'), set('192.0.2.0', '192.0.2.7'))), [
      '192.0.2.1',
      '192.0.2.2/31',
      '192.0.2.4/31',
      '192.0.2.6',
    ]);
  });
});

describe('intervals', () => {
  it('segments name the first term that matches each address', () => {
    const term = fc.tuple(fc.constantFrom('0.0.0.0', '0.0.0.8', '0.0.0.12', '0.0.0.15', '255.255.255.255'), fc.nat(32));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 8 }), (terms) => {
        const networks = terms.map(([address, length], index) => ({
          network: networkOf(parseAddress(address)!, length),
          term: index,
        }));
        const { bounds, terms: first } = segmentsOf(networks);
        for (const point of [0, 7, 8, 11, 12, 13, 14, 15, 16, 2 ** 31, 2 ** 32 - 1]) {
          const expected = networks.find((each) => {
            const [start, end] = intervalOf(each.network);
            return start <= point && point < end;
          })?.term;
          const at = bounds.findIndex(
            (bound, index) => index % 2 === 0 && bound <= point && point < bounds[index + 1]!,
          );
          assert.equal(at < 0 ? undefined : first[at / 2], expected);
        }
        for (let i = 1; i < bounds.length; i++) assert.ok(bounds[i]! >= bounds[i - 1]!);
      }),
    );
  });

  it('split loses nothing and doubles nothing', () => {
    const some = fc.uniqueArray(fc.nat(40), { maxLength: 12 }).map((points) => {
      const sorted = [...points].sort((a, b) => a - b);
      return sorted.length % 2 === 1 ? sorted.slice(1) : sorted;
    });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const { inside, outside } = split(one, other);
        const isIn = (intervals: readonly (number | bigint)[], point: number): boolean =>
          intervals.some((bound, index) => index % 2 === 0 && bound <= point && point < intervals[index + 1]!);
        for (let point = 0; point <= 41; point++) {
          assert.equal(isIn(inside, point), isIn(one, point) && isIn(other, point));
          assert.equal(isIn(outside, point), isIn(one, point) && !isIn(other, point));
          assert.equal(isIn(unionOf([one, other]), point), isIn(one, point) || isIn(other, point));
        }
        assert.equal(meet(one, other), inside.length > 0);
      }),
    );
  });
});

function both(
  interval: readonly (number | bigint)[],
  family: 4 | 6,
): [readonly (number | bigint)[], readonly (number | bigint)[]] {
  return family === 4 ? [interval, []] : [[], interval];
}
