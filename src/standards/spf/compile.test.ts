import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { equal, union } from './address-set.ts';
import { formatAddress, formatIpv4, ResolverError, zone } from '../dns/index.ts';
import {
  addressesWhere,
  addressesWith,
  compile,
  evaluate,
  has,
  heloIdentity,
  judge,
  noOutcome,
  outcomeAt,
  outcomeIndexes,
  outcomeIndexes4,
  parseClientAddress,
  prefixes,
} from './index.ts';
import type { SpfCompiled, SpfEvaluation, SpfOutcome } from './index.ts';
import type { Resolver } from '../dns/index.ts';

/** A world told by lines of a zone, everything under one SOA at the root; names that begin `broken` do not answer. */
function world(lines: readonly string[]): Resolver {
  const reading = zone(['. 60 SOA . . 1 1 1 1 60', ...lines].join('\n'));
  assert.ok(reading.ok, JSON.stringify(!reading.ok && reading.problems));
  const { resolver } = reading.value;
  return (name, type) =>
    name.startsWith('broken') ? Promise.reject(new ResolverError('dns/servfail', name)) : resolver(name, type);
}

function shown(found: SpfEvaluation | SpfOutcome): unknown {
  return {
    result: found.result,
    reason: found.reason,
    lookups: found.lookups,
    voidLookups: found.voidLookups,
    path: found.path.map((step) => `${step.domain}: ${step.term.text}`),
  };
}

/** The first and last address of every stretch, as text. */
function boundaries(compiled: SpfCompiled): string[] {
  const list = ['255.255.255.255', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::ffff:192.0.2.1'];
  for (const start of compiled.v4.starts) list.push(formatIpv4(start), formatIpv4((start - 1) >>> 0));
  const words = compiled.v6.starts;
  for (let i = 0; i < words.length; i += 4) {
    const [a, b, c, d] = [...words.subarray(i, i + 4)] as [number, number, number, number];
    list.push(formatAddress({ family: 6, a, b, c, d }));
    // One less, the borrow carried from word to word.
    const borrow = [a, b, c, d].findLastIndex((word) => word > 0);
    const less = [a, b, c, d].map((word, at) => (at < borrow ? word : at === borrow ? word - 1 : 0xffff_ffff));
    if (borrow >= 0) list.push(formatAddress({ family: 6, a: less[0]!, b: less[1]!, c: less[2]!, d: less[3]! }));
  }
  return list;
}

const letters = ['a', 'b', 'c', 'd', 'e'];
const octet = fc.constantFrom(0, 1, 2, 127, 128, 255);
const ip4 = fc.tuple(fc.constantFrom(10, 192), octet, octet, octet).map((parts) => parts.join('.'));
const ip6 = fc.tuple(fc.constantFrom('2001:db8', '2001:db9'), octet, octet).map(([a, b, c]) => `${a}::${b}:${c}`);
const name = fc.constantFrom(
  ...letters.map((letter) => `${letter}.test`),
  'host4.test',
  'host6.test',
  'both.test',
  'none.test',
  'mx.test',
  'brokenhost.test',
  'x..test',
  '%{d}',
  'v.%{v}.test',
  '%{o}',
);
const dynamic = fc.constantFrom('%{i}.test', '%{l}.test', '%{p}', '%{h}', '%{ir}.%{v}.test');
const length4 = fc.constantFrom('', '/0', '/8', '/23', '/24', '/25', '/31', '/32');
const length6 = fc.constantFrom('', '/0', '/32', '/64', '/112', '/127', '/128');
const mechanism = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(ip4, length4).map(([ip, length]) => `ip4:${ip}${length}`) },
  { weight: 6, arbitrary: fc.tuple(ip6, length6).map(([ip, length]) => `ip6:${ip}${length}`) },
  { weight: 4, arbitrary: fc.constantFrom('b', 'c', 'd').map((letter) => `include:${letter}.test`) },
  { weight: 1, arbitrary: name.map((target) => `include:${target}`) },
  { weight: 2, arbitrary: fc.tuple(name, length4).map(([target, length]) => `a:${target}${length}//64`) },
  { weight: 2, arbitrary: name.map((target) => `mx:${target}`) },
  { weight: 1, arbitrary: name.map((target) => `exists:${target}`) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'mx', 'a/24', 'mx//112') },
  { weight: 1, arbitrary: fc.constantFrom('ptr', 'all') },
  {
    weight: 1,
    arbitrary: dynamic.chain((target) => fc.constantFrom(`exists:${target}`, `include:${target}`, `a:${target}`)),
  },
);
const directive = fc.tuple(fc.constantFrom('', '', '', '-', '~', '?'), mechanism).map((parts) => parts.join(''));
const record = fc
  .tuple(
    fc.array(directive, { minLength: 1, maxLength: 9, size: 'max' }),
    fc.oneof(
      fc.constantFrom('', ' -all', ' ~all'),
      fc.oneof(name, dynamic).map((target) => ` redirect=${target}`),
    ),
    fc.integer({ min: 0, max: 39 }).map((n) => (n === 0 ? ' oops' : '')),
  )
  .map(([terms, end, error]) => `v=spf1 ${terms.join(' ')}${end}${error}`);
const hosts = [
  'host4.test. A 192.0.2.1',
  'host6.test. AAAA 2001:db8::1:1',
  'both.test. A 192.0.2.2',
  'both.test. A 10.0.0.1',
  'both.test. AAAA 2001:db8::2:2',
  'v.in-addr.test. A 10.1.1.1',
  'v.ip6.test. A 10.1.1.2',
  'mx.test. MX 10 host4.test.',
  'mx.test. MX 10 none.test.',
  'mx.test. MX 20 both.test.',
  'mx.test. MX 30 brokenhost.test.',
  'mx.test. MX 5 .',
  '2.2.0.192.in-addr.arpa. PTR both.test.',
  'both.test.test. A 127.0.0.2',
];

describe('compile', () => {
  it('agrees with evaluate on every address, in result, reason, path and counts', async () => {
    let certain = 0;
    let uncertain = 0;
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 3, maxLength: 5 }), async (records) => {
        const resolver = world([
          ...hosts,
          ...records.map((text, index) => `${letters[index]}.test. TXT "${text.slice(0, 250)}" "${text.slice(250)}"`),
          'a.test. A 192.0.2.7',
          'b.test. MX 10 both.test.',
        ]);
        const compiled = await compile('a.test', resolver);
        for (const ip of boundaries(compiled)) {
          const evaluation = await evaluate({ ip, mailFrom: 'someone@a.test', helo: 'both.test' }, resolver);
          const outcome = outcomeAt(compiled, parseClientAddress(ip)!);
          if (outcome.depends.length > 0) {
            uncertain += 1;
            continue;
          }
          certain += 1;
          met.add(evaluation.reason.code);
          assert.deepEqual(shown(outcome), shown(evaluation), `${ip}\n${records.join('\n')}`);
        }
      }),
      { numRuns: 500, seed: 7208 },
    );
    assert.ok(certain > 5000 && uncertain > 500, `${certain} certain, ${uncertain} not`);
    for (const code of [
      'spf/matched',
      'spf/no-match',
      'spf/no-answer',
      'spf/too-many-lookups',
      'spf/too-many-void-lookups',
      'spf/include-without-record',
      'spf/redirect-without-record',
      'spf/unknown-mechanism',
    ]) {
      assert.ok(met.has(code), `no address was met with ${code}`);
    }
  });

  it('lays every address somewhere, once', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (text) => {
        const compiled = await compile(
          'a.test',
          world([...hosts, `a.test. TXT "${text.slice(0, 250)}" "${text.slice(250)}"`]),
        );
        for (const [line, width] of [
          [compiled.v4, 1],
          [compiled.v6, 4],
        ] as const) {
          assert.equal(line.starts.length, line.outcomes.length * width);
          assert.ok(line.starts.subarray(0, width).every((word) => word === 0));
        }
        const { starts } = compiled.v4;
        for (let i = 1; i < starts.length; i++) assert.ok(starts[i]! > starts[i - 1]!);
        const all = addressesWhere(compiled, () => true);
        assert.deepEqual(prefixes(all), ['0.0.0.0/0', '::/0']);
        const pass = addressesWhere(compiled, (outcome) => outcome.result === 'pass');
        const rest = addressesWhere(compiled, (outcome) => outcome.result !== 'pass');
        assert.ok(equal(union(pass, rest), all));
      }),
      { numRuns: 100 },
    );
  });

  const lines = [
    'a.test. TXT "v=spf1 ip4:192.0.2.0/24 -ip4:198.51.100.0/24 include:b.test ip4:198.51.100.7 ~all"',
    'b.test. TXT "v=spf1 -ip4:203.0.113.128/25 ip4:203.0.113.0/24 ip4:192.0.2.0/23 ip6:2001:db8::/32 -all"',
  ];

  it('tells the addresses of each result, as the fewest networks', async () => {
    const compiled = await compile('a.test', world(lines));
    assert.deepEqual(prefixes(addressesWith(compiled, 'pass')), ['192.0.2.0/23', '203.0.113.0/25', '2001:db8::/32']);
    assert.deepEqual(prefixes(addressesWith(compiled, 'fail')), ['198.51.100.0/24']);
    assert.ok(has(addressesWith(compiled, 'softfail'), parseClientAddress('203.0.113.200')!));
  });

  it('judges many at once as it does one', async () => {
    const compiled = await compile('a.test', world(lines));
    const texts = [...boundaries(compiled), 'nonsense', '192.0.2.300', ''];
    for (const [at, index] of outcomeIndexes(compiled, texts).entries()) {
      const address = parseClientAddress(texts[at]!);
      assert.equal(compiled.outcomes[index], address && outcomeAt(compiled, address));
      if (address === undefined) assert.equal(index, noOutcome);
    }
    const values = Uint32Array.of(0, 0xc000_0201, 0xffff_ffff);
    assert.deepEqual(
      outcomeIndexes4(compiled, values),
      outcomeIndexes(compiled, ['0.0.0.0', '192.0.2.1', '255.255.255.255']),
    );
  });

  it('tells the way to each address', async () => {
    const compiled = await compile('a.test', world(lines));
    const path = (ip: string): string[] =>
      outcomeAt(compiled, parseClientAddress(ip)!).path.map((step) => `${step.domain} ${step.term.text}`);
    assert.deepEqual(path('192.0.2.9'), ['a.test ip4:192.0.2.0/24']);
    assert.deepEqual(path('192.0.3.9'), ['a.test include:b.test', 'b.test ip4:192.0.2.0/23']);
    assert.deepEqual(path('203.0.113.200'), ['a.test ~all']);
  });

  it('notes what an address alone cannot answer, and judges it with the message', async () => {
    const resolver = world([
      'a.test. TXT "v=spf1 ip4:192.0.2.1 exists:%{l}.users.test ip4:192.0.2.2 -all"',
      'postmaster.users.test. A 127.0.0.2',
    ]);
    const compiled = await compile('a.test', resolver);
    const at = (ip: string): SpfOutcome => outcomeAt(compiled, parseClientAddress(ip)!);
    assert.deepEqual(at('192.0.2.1').depends, []);
    assert.deepEqual(
      at('192.0.2.2').depends.map((dependency) => [dependency.why, dependency.term.text]),
      [['macro', 'exists:%{l}.users.test']],
    );
    const identity = heloIdentity('a.test');
    assert.equal((await judge(compiled, '203.0.113.1', identity, resolver)).result, 'pass');
    assert.equal((await judge(compiled, '203.0.113.1', { ...identity, localPart: 'other' }, resolver)).result, 'fail');
    await assert.rejects(judge(compiled, 'nonsense', identity, resolver), RangeError);
  });

  it('keeps apart addresses that come to a limit and those that stop before it', async () => {
    // An included record that ends early for some addresses spends fewer lookups for them.
    const resolver = world([
      'a.test. TXT "v=spf1 include:b.test a:h1.test a:h2.test a:h3.test a:h4.test a:h5.test a:h6.test a:h7.test ip4:192.0.2.0/24 -all"',
      'b.test. TXT "v=spf1 -ip4:192.0.2.0/25 a:h9.test -all"',
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `h${n}.test. A 203.0.113.${n}`),
      'c.test. TXT "v=spf1 a:h1.test include:a.test -all"',
    ]);
    const compiled = await compile('c.test', resolver);
    const at = (ip: string): string => outcomeAt(compiled, parseClientAddress(ip)!).reason.code;
    assert.equal(at('192.0.2.1'), 'spf/matched');
    assert.equal(at('192.0.2.200'), 'spf/too-many-lookups');
  });

  it('ends on records that include each other, and on a bomb of includes', async () => {
    const loop = await compile(
      'a.test',
      world(['a.test. TXT "v=spf1 include:b.test -all"', 'b.test. TXT "v=spf1 include:a.test -all"']),
    );
    assert.equal(outcomeAt(loop, parseClientAddress('192.0.2.1')!).reason.code, 'spf/too-many-lookups');
    const many = Array.from({ length: 40 }, (_, index) => index);
    const bomb = world(
      many.map(
        (index) =>
          `n${index}.test. TXT ${many
            .map((other) => `" -ip4:10.${index}.${other}.0/24 include:n${(index * 7 + other) % 40}.test"`)
            .join(' ')
            .replace('" -ip4', '"v=spf1 -ip4')}`,
      ),
    );
    const compiled = await compile('n0.test', bomb);
    assert.ok(compiled.outcomes.length > 0);
  });
});
