import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { spf as mailauthSpf } from 'mailauth/lib/spf/index.js';
import { domainName, overlay, zone } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import {
  addressesOf,
  addressesWith,
  compile,
  difference,
  equal,
  formatAddress,
  formatIpv4,
  has,
  noAddresses,
  parseAddress,
  prefixes,
  treeOf,
  union,
} from '../../../standards/spf/index.ts';
import type { AddressSet } from '../../../standards/spf/index.ts';
import { networkFrom } from './address-list.ts';
import { existsApex, existsTerm, existsZone, proveExists } from './exists.ts';
import { synthesise } from './synthesise.ts';
import type { Synthesised } from './synthesise.ts';
import type { Synthesis, SynthesisWish } from './synthesis.ts';

const domain = domainName('example.com');
const world = zoneOf(`
example.com. SOA ns. h. 1 1 1 1 60
example.com. TXT "some-verification=0123456789"
sender.example. SOA ns. h. 1 1 1 1 60
_spf.sender.example. TXT "v=spf1 include:a.sender.example ip4:198.51.100.0/24 -all"
a.sender.example. TXT "v=spf1 a:gone.sender.example ip6:2001:db8:5::/48 -all"
inside.sender.example. TXT "v=spf1 ip4:198.51.100.7 -all"
costly.sender.example. TXT "v=spf1 include:l1.sender.example include:l2.sender.example include:l3.sender.example a:h.sender.example mx:h.sender.example ~all"
l1.sender.example. TXT "v=spf1 ip4:203.0.113.1 -all"
l2.sender.example. TXT "v=spf1 ip4:203.0.113.2 -all"
l3.sender.example. TXT "v=spf1 ip4:203.0.113.3 -all"
h.sender.example. A 203.0.113.9
h.sender.example. AAAA 2001:db8:9::9
h.sender.example. MX 1 h.sender.example.
ill.sender.example. TXT "v=spf1 ip4:203.0.113.77 include:twice.sender.example -all"
deaf.sender.example. TXT "v=spf1 ip4:203.0.113.78 include:else.where.test -all"
twice.sender.example. TXT "v=spf1 -all"
twice.sender.example. TXT "v=spf1 ~all"
`);

function zoneOf(text: string): Resolver {
  const reading = zone(`$TTL 300\n${text}`);
  assert.ok(reading.ok);
  assert.deepEqual(reading.problems, []);
  return reading.value.resolver;
}

const setOf = (texts: readonly string[]): AddressSet => addressesOf(texts.map(networkFrom));

/** The world once the records of a synthesis are published, and the pages that lead nowhere are gone. */
function published(synthesis: Synthesis, before: Resolver): Resolver {
  return overlay(
    [
      ...synthesis.records.map(({ name, strings }) => ({
        name,
        type: 'TXT' as const,
        // The domain's other text stays beside the record.
        records: name === domain ? [['some-verification=0123456789'], strings] : [strings],
      })),
      ...synthesis.unused.map(({ name }) => ({ name, type: 'TXT' as const, records: [] })),
    ],
    before,
  );
}

/** Everything that must hold of records that were made, looked at from outside. */
async function check(made: Synthesised, wanted: AddressSet, before: Resolver): Promise<void> {
  const { synthesis } = made;
  assert.equal(synthesis.outcome, 'fits');
  const compiled = await compile(domain, published(synthesis, before));
  assert.deepEqual(prefixes(addressesWith(compiled, 'pass')), prefixes(wanted));
  assert.ok(!compiled.outcomes.some(({ result }) => result === 'permerror' || result === 'temperror'));
  const tree = treeOf(compiled);
  assert.equal(tree.lookups, synthesis.lookups);
  assert.ok(tree.lookups <= 10, `${tree.lookups} lookups`);
  assert.equal(new Set(synthesis.records.map(({ name }) => name)).size, synthesis.records.length);
  for (const { name, text, strings, answerBytes } of synthesis.records) {
    assert.ok(text.length <= 450, `${name}: ${text.length} bytes`);
    assert.equal(strings.join(''), text);
    assert.ok(strings.every((string) => string.length <= 255));
    assert.ok(answerBytes <= 512, `${name}: an answer of ${answerBytes} bytes`);
  }
  const sizes = (node: typeof tree): number[] => [
    node.answerSize,
    ...node.terms.flatMap(({ child }) => (child === undefined ? [] : sizes(child))),
  ];
  assert.ok(Math.max(...sizes(tree)) <= 512);
}

const address4 = fc.oneof(
  fc.nat(0xffff_ffff),
  // In the same few networks, so that they join.
  fc.tuple(fc.constantFrom(0x0b00_0000, 0x5db8_d800, 0xc000_0200), fc.nat(127)).map(([base, low]) => base + low),
);
const network4 = fc
  .tuple(address4, fc.oneof(fc.constant(32), fc.integer({ min: 9, max: 32 })))
  .map(([value, prefix]) => `${formatIpv4(value)}/${prefix}`);
const network6 = fc
  .tuple(
    fc.constantFrom(0x2001_0db8, 0x2a02_0000, 0x3fff_ffff),
    fc.nat(3),
    fc.nat(0xffff_ffff),
    fc.integer({ min: 20, max: 128 }),
  )
  .map(([a, b, d, prefix]) => `${formatAddress({ family: 6, a, b, c: 0, d })}/${prefix}`);
const networks = fc.array(fc.oneof({ weight: 3, arbitrary: network4 }, { weight: 1, arbitrary: network6 }), {
  maxLength: 90,
});
const make = (wish: Partial<SynthesisWish>, resolver: Resolver = world): Promise<Synthesised> =>
  synthesise({ domain, ...wish }, resolver);

describe('what is compiled is what was asked for', () => {
  it('for any addresses that fit: exactly these, within every limit', () =>
    fc.assert(
      fc.asyncProperty(networks, fc.constantFrom('-all' as const, '~all' as const), async (texts, all) => {
        const made = await make({ networks: texts, all });
        await check(made, setOf(texts), world);
      }),
      { numRuns: 100 },
    ));
  it('with senders beside them: what they let in, and their lookups', () =>
    fc.assert(
      fc.asyncProperty(networks, async (texts) => {
        const includes = [{ name: '_spf.sender.example' }, { name: 'l1.sender.example' }];
        const made = await make({ networks: texts.slice(0, 60), includes });
        const theirs = setOf(['198.51.100.0/24', '2001:db8:5::/48', '203.0.113.1']);
        await check(made, union(setOf(texts.slice(0, 60)), theirs), world);
      }),
      { numRuns: 60 },
    ));
  it('up to where it no longer fits, which is said; never by letting in more', () =>
    fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(0xffff_ffff), { minLength: 150, maxLength: 320 }), async (values) => {
        const texts = values.map(formatIpv4);
        const made = await make({ addresses: texts });
        if (made.synthesis.outcome === 'fits') return check(made, setOf(texts), world);
        assert.equal(made.synthesis.outcome, 'does-not-fit');
        assert.deepEqual(made.synthesis.records, []);
        // It is true: not even with every byte of eleven records would it have fitted.
        const { named, over } = made.synthesis;
        assert.ok(over !== undefined && over.lookups > 0);
        assert.ok(named.bytes > 0.93 * 11 * 400, `${named.bytes} bytes were said not to fit`);
        return undefined;
      }),
      { numRuns: 40 },
    ));
  it('for 24,000 addresses in whole networks', async () => {
    const texts = Array.from({ length: 24_000 }, (_, i) => formatIpv4(0x0b00_0000 + (i >> 8) * 0x3_0100 + (i & 255)));
    const made = await make({ addresses: texts });
    assert.equal(made.synthesis.named.networks, 95);
    await check(made, setOf(texts), world);
  });
});

describe('a small change stays small', () => {
  const changed = (synthesis: Synthesis): string[] => [
    ...synthesis.records.filter(({ change }) => change !== 'same').map(({ name }) => name),
    ...synthesis.unused.map(({ name }) => name),
  ];
  it('an address more or less changes two records at most, and what comes of it is still exact', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(address4, { minLength: 3, maxLength: 150 }),
        fc.array(fc.tuple(fc.boolean(), address4, fc.nat(1000)), { minLength: 1, maxLength: 8 }),
        async (values, steps) => {
          const addresses = new Set(values);
          let made = await make({ addresses: [...addresses].map(formatIpv4) });
          let at = published(made.synthesis, world);
          for (const [isAdded, added, which] of steps) {
            if (isAdded) addresses.add(added);
            else addresses.delete([...addresses][which % addresses.size]!);
            if (addresses.size === 0) return;
            const texts = [...addresses].map(formatIpv4);
            made = await make({ addresses: texts }, at);
            await check(made, setOf(texts), at);
            assert.ok(!made.synthesis.isAfresh);
            assert.ok(changed(made.synthesis).length <= 2, changed(made.synthesis).join(' '));
            at = published(made.synthesis, at);
          }
        },
      ),
      { numRuns: 40 },
    ));
  it('nothing changes when nothing changed', () =>
    fc.assert(
      fc.asyncProperty(networks, async (texts) => {
        const first = await make({ networks: texts });
        const again = await make({ networks: texts }, published(first.synthesis, world));
        assert.deepEqual(changed(again.synthesis), []);
        assert.deepEqual(
          again.synthesis.records.map(({ text }) => text),
          first.synthesis.records.map(({ text }) => text),
        );
      }),
      { numRuns: 40 },
    ));
  it('a record that means the same stays as it was written', async () => {
    const text = 'v=spf1 include:l1.sender.example ip4:192.0.2.128/25 ip4:192.0.2.0/26 -all';
    const stands = overlay([{ name: domain, type: 'TXT', records: [[text]] }], world);
    const wish = { includes: [{ name: 'l1.sender.example' }], networks: ['192.0.2.0/26', '192.0.2.128/25'] };
    assert.equal((await make({ ...wish, all: '-all' }, stands)).synthesis.records[0]!.change, 'same');
    assert.equal((await make({ ...wish, all: '~all' }, stands)).synthesis.records[0]!.change, 'changed');
  });
  it('one address out of a network of 256 changes few records', async () => {
    const texts = Array.from({ length: 120 }, (_, i) => `${formatIpv4(0x0b00_0000 + i * 0x2_0000)}/24`);
    const first = await make({ networks: texts });
    const at = published(first.synthesis, world);
    const left = difference(setOf(texts), setOf([formatIpv4(0x0b00_0000 + 40 * 0x2_0000 + 77)]));
    const made = await make({ networks: prefixes(left) }, at);
    await check(made, left, at);
    assert.ok(changed(made.synthesis).length <= 3, changed(made.synthesis).join(' '));
  });
  it('what is laid out afresh has names that no cache knows', async () => {
    const first = await make({
      addresses: Array.from({ length: 100 }, (_, i) => formatIpv4(0x0b00_0000 + i * 0x2_0001)),
    });
    const others = Array.from({ length: 190 }, (_, i) => formatIpv4(0x5000_0000 + i * 0x2_0001));
    const made = await make({ addresses: others, afresh: true }, published(first.synthesis, world));
    assert.equal(made.synthesis.isAfresh, true);
    const old = new Set(first.synthesis.records.slice(1).map(({ name }) => name));
    assert.ok(made.synthesis.records.every(({ name }) => !old.has(name)));
    assert.deepEqual(
      made.synthesis.unused.map(({ name }) => name),
      [...old],
    );
  });
});

describe("senders' includes", () => {
  const verdict = (made: Synthesised, name: string): unknown[] => {
    const found = made.synthesis.includes.find((each) => each.name === name)!;
    return [found.kept, found.reason.code, found.lookups, found.voidLookups.v4];
  };
  it('cost their whole tree; stay by name; are dropped with the reason when they never align or are broken', async () => {
    const evidence = { from: '2026-01-01', until: '2026-06-30', envelopeDomains: ['bounce.sender.example'] };
    const made = await make({
      includes: [
        { name: '_spf.sender.example' },
        { name: 'inside.sender.example', neverAligns: { messages: 0, ...evidence } },
        { name: 'l1.sender.example', neverAligns: { messages: 1200, ...evidence } },
        { name: 'twice.sender.example' },
        { name: 'none.sender.example' },
        { name: 'not a name' },
      ],
    });
    assert.deepEqual(verdict(made, '_spf.sender.example'), [true, 'plan/include-kept', 3, 1]);
    assert.deepEqual(verdict(made, 'inside.sender.example'), [true, 'plan/include-adds-nothing', 1, 0]);
    assert.deepEqual(verdict(made, 'l1.sender.example'), [false, 'plan/include-never-aligns', 1, 0]);
    assert.deepEqual(verdict(made, 'twice.sender.example').slice(0, 2), [false, 'plan/include-broken']);
    assert.deepEqual(verdict(made, 'none.sender.example').slice(0, 2), [false, 'plan/include-broken']);
    assert.deepEqual(verdict(made, 'not a name').slice(0, 2), [false, 'plan/include-no-name']);
    assert.equal(
      made.synthesis.records[0]!.text,
      'v=spf1 include:_spf.sender.example include:inside.sender.example ~all',
    );
    assert.equal(made.synthesis.lookups, 4);
    const silent = made.synthesis.includes.find(({ name }) => name === 'l1.sender.example')!;
    assert.deepEqual(silent.reason.values, {
      include: 'l1.sender.example',
      messages: 1200,
      from: '2026-01-01',
      until: '2026-06-30',
      envelopes: 'bounce.sender.example',
    });
  });
  it('cover seen addresses, which are then not named, and not declared ones', async () => {
    const made = await make({
      networks: ['198.51.100.64/26'],
      addresses: ['198.51.100.1', '198.51.100.2', '192.0.2.1'],
      includes: [{ name: '_spf.sender.example' }],
    });
    assert.equal(
      made.synthesis.records[0]!.text,
      'v=spf1 ip4:192.0.2.1 ip4:198.51.100.64/26 include:_spf.sender.example ~all',
    );
    assert.deepEqual(made.synthesis.covered, [{ include: '_spf.sender.example', ipv4: 2, ipv6: '0' }]);
  });
  it('that end in an error somewhere stay, behind the others, and nothing of ours is left to them', async () => {
    const made = await make({
      addresses: ['203.0.113.77', '203.0.113.1'],
      includes: [{ name: 'ill.sender.example' }, { name: 'l1.sender.example' }],
    });
    assert.equal(
      made.synthesis.records[0]!.text,
      'v=spf1 ip4:203.0.113.77 include:l1.sender.example include:ill.sender.example ~all',
    );
    assert.deepEqual(verdict(made, 'ill.sender.example').slice(0, 2), [true, 'plan/include-fails-within']);
    const deaf = await make({ includes: [{ name: 'deaf.sender.example' }] });
    assert.equal(deaf.synthesis.outcome, 'unknown');
  });
  it('that the DNS does not tell of leave the outcome unknown', async () => {
    const made = await make({ includes: [{ name: 'else.where.example' }] });
    assert.equal(made.synthesis.outcome, 'unknown');
    assert.deepEqual(made.synthesis.records, []);
  });
  it('that cost too much are named as what could go elsewhere', async () => {
    const includes = [{ name: '_spf.sender.example' }, { name: 'costly.sender.example' }];
    const texts = Array.from({ length: 60 }, (_, i) => formatIpv4(0x0b00_0000 + i * 0x2_0001));
    const made = await make({ addresses: texts, includes });
    assert.equal(made.synthesis.outcome, 'does-not-fit');
    assert.equal(made.synthesis.over!.lookups, 1);
    const [first] = made.synthesis.proposals;
    assert.deepEqual(
      [first!.code, first!.values['include'], first!.fits],
      ['plan/propose-include-elsewhere', 'costly.sender.example', true],
    );
  });
  it('come after our own addresses, so that these do not hang on records of others', async () => {
    const texts = Array.from({ length: 80 }, (_, i) => formatIpv4(0x0b00_0000 + i * 0x2_0001));
    const made = await make({ addresses: texts, includes: [{ name: 'l1.sender.example' }] });
    assert.match(
      made.synthesis.records[0]!.text,
      /^v=spf1 include:_spf1\.example\.com include:l1\.sender\.example ~all$/,
    );
  });
});

describe('what does not fit', () => {
  const scattered = (count: number, from = 0x0b00_0000): string[] =>
    Array.from({ length: count }, (_, i) => formatIpv4((from + i * 0x0001_0003) >>> 0));
  it('says by how much, and which stream to move so that it does', async () => {
    const made = await make({
      addresses: scattered(20),
      parts: [
        { stream: 'newsletters', addresses: scattered(260, 0x2000_0000) },
        { stream: 'invoices', addresses: scattered(30, 0x6000_0000) },
      ],
    });
    const { outcome, over, proposals } = made.synthesis;
    assert.equal(outcome, 'does-not-fit');
    assert.ok(over!.lookups >= 1);
    const said = proposals.map(({ code, values, fits }) => [code, values['stream'] ?? '', fits]);
    assert.deepEqual(said, [
      ['plan/propose-own-subdomain', 'newsletters', true],
      ['plan/propose-relay', 'newsletters', true],
      ['plan/propose-own-subdomain', 'invoices', false],
      ['plan/propose-relay', 'invoices', false],
      ['plan/propose-exists', '', true],
    ]);
  });
  it('does not propose to move a stream to where it would not fit either', async () => {
    const parts = [{ stream: 'bulk', addresses: scattered(400) }];
    const codes = (await make({ parts })).synthesis.proposals.map(({ code }) => code);
    assert.deepEqual(codes, ['plan/propose-relay', 'plan/propose-exists']);
  });
  it('says the fewest streams that have to go together', async () => {
    const parts = [1, 2, 3].map((n) => ({ stream: `s${n}`, addresses: scattered(240 - n, n * 0x2000_0000) }));
    const made = await make({ parts });
    const together = made.synthesis.proposals.find(({ code }) => code === 'plan/propose-own-subdomains')!;
    assert.deepEqual([together.values['count'], together.values['streams'], together.fits], [2, 's1, s2', true]);
  });
  it('what is no address, all addresses, or more than was meant, is said', async () => {
    const texts = [
      '192.0.2.300',
      '0.0.0.0/0',
      '192.0.2.7/24',
      '10.0.0.1',
      '32.0.0.0/6',
      '::ffff:192.0.2.9',
      '2001:db8::1/64',
    ];
    const made = await make({ networks: texts });
    assert.deepEqual(
      made.synthesis.problems.map(({ code, values }) => [code, values?.['text']]),
      [
        ['plan/not-an-address', '192.0.2.300'],
        ['plan/every-address', '0.0.0.0/0'],
        ['plan/host-bits', '192.0.2.7/24'],
        ['plan/address-unseen', '10.0.0.1'],
        ['plan/wide-network', '32.0.0.0/6'],
        ['plan/host-bits', '2001:db8::1/64'],
      ],
    );
    assert.equal(
      made.synthesis.records[0]!.text,
      'v=spf1 ip4:10.0.0.1 ip4:32.0.0.0/6 ip4:192.0.2.0/24 ip6:2001:db8::/64 ~all',
    );
  });
  it('room that other texts of the domain take is not there for the record', async () => {
    const crowded = overlay([{ name: domain, type: 'TXT', records: [['x'.repeat(200)], ['y'.repeat(160)]] }], world);
    const made = await make({ addresses: scattered(8) }, crowded);
    assert.deepEqual(
      made.synthesis.records.map(({ name, text, answerBytes }) => [name, text.length < 100, answerBytes <= 512]),
      [
        ['example.com', true, true],
        ['_spf1.example.com', false, true],
      ],
    );
  });
});

describe('the zone of names', () => {
  const zoneText = (set: AddressSet): string => [...existsZone(domain, set)].join('\n');
  it('lets in just the addresses it holds, for any networks', () =>
    fc.assert(
      fc.asyncProperty(networks, async (texts) => {
        const set = setOf(texts.slice(0, 25));
        const proof = await proveExists(domain, set, zoneText(set));
        assert.deepEqual(proof.wrong, []);
        assert.ok(equal(set, noAddresses) || proof.judged > 0);
      }),
      { numRuns: 40 },
    ));
  it('keeps the families apart: 2.0.0.0/8 does not let in 2000::/4', async () => {
    const set = setOf(['2.0.0.0/8', '32.1.0.0/16', '3000::/12']);
    const inside = zoneOf(zoneText(set));
    const world = overlay([{ name: domain, type: 'TXT', records: [[`v=spf1 ${existsTerm(domain)} -all`]] }], inside);
    const { evaluate } = await import('../../../standards/spf/index.ts');
    for (const [ip, result] of [
      ['2.3.4.5', 'pass'],
      ['2001:db8::1', 'fail'],
      ['2000::2', 'fail'],
      ['3.0.0.0', 'fail'],
      ['300f::1', 'pass'],
      ['3010::1', 'fail'],
      ['32.1.255.255', 'pass'],
      ['32.2.0.0', 'fail'],
    ] as const) {
      const found = await evaluate({ ip, mailFrom: `a@${domain}`, helo: 'x.example' }, world);
      assert.equal(found.result, result, ip);
    }
  });
  it('proves 24,000 scattered addresses and their neighbours, one by one', async () => {
    const texts = Array.from({ length: 24_000 }, (_, i) => formatIpv4((0x0b00_0000 + i * 0xa455) >>> 0));
    const made = await make({ addresses: texts, networks: ['192.0.2.0/24'], exists: 'when-needed' });
    assert.equal(made.synthesis.outcome, 'exists');
    assert.equal(made.synthesis.existsZone!.names, 24_000);
    assert.equal(made.synthesis.records[0]!.text, 'v=spf1 ip4:192.0.2.0/24 exists:%{ir}.%{v}._spf.example.com ~all');
    const proof = await proveExists(domain, made.inZone, zoneText(made.inZone));
    assert.deepEqual(proof.wrong, []);
    assert.ok(proof.judged >= 72_000 - 10, String(proof.judged));
  });
  it('a zone with one name too many, or too few, is found out', async () => {
    const set = setOf(['192.0.2.1', '192.0.2.9']);
    const lines = [...existsZone(domain, set)];
    const few = await proveExists(domain, set, lines.slice(0, -1).join('\n'));
    assert.deepEqual(few.wrong, [{ address: '192.0.2.9', result: 'fail' }]);
    const many = await proveExists(
      domain,
      set,
      [...lines, `2.2.0.192.in-addr.${existsApex(domain)}. A 127.0.0.2`].join('\n'),
    );
    assert.deepEqual(many.wrong, [{ address: '192.0.2.2', result: 'pass' }]);
  });
  it('is a void lookup to strangers, and is not made where senders leave no room for one', async () => {
    const two = [{ name: 'v1.example' }, { name: 'v2.example' }];
    const voids = overlay(
      ['v1', 'v2'].map((name) => ({
        name: `${name}.example`,
        type: 'TXT' as const,
        records: [[`v=spf1 a:gone${name}.sender.example -all`]],
      })),
      world,
    );
    const texts = Array.from({ length: 400 }, (_, i) => formatIpv4(0x0b00_0000 + i * 0x2_0001));
    const one = await make({ addresses: texts, includes: two.slice(0, 1), exists: 'when-needed' }, voids);
    assert.deepEqual([one.synthesis.outcome, one.synthesis.voidLookups], ['exists', { v4: 2, v6: 2 }]);
    const both = await make({ addresses: texts, includes: two, exists: 'when-needed' }, voids);
    assert.equal(both.synthesis.outcome, 'does-not-fit');
  });
});

describe('mailauth, which has its own check_host()', () => {
  const judge = async (ip: string, resolver: Resolver): Promise<string> => {
    const answer = async (name: string, type: string): Promise<unknown> => {
      const found = await resolver(name, type as 'TXT');
      if (found.kind === 'records')
        return found.records.map((record) => (Array.isArray(record) ? [...record] : record));
      throw Object.assign(new Error(name), { code: found.kind === 'no-data' ? 'ENODATA' : 'ENOTFOUND' });
    };
    const found = (await mailauthSpf({
      ip,
      sender: `someone@${domain}`,
      helo: 'mail.example',
      resolver: answer as (name: string, type: string) => Promise<string[][]>,
    })) as { status: { result: string } };
    return found.status.result;
  };
  const neighbours = (text: string): string[] => {
    const { a } = parseAddress(text)!;
    return [formatIpv4((a - 1) >>> 0), text, formatIpv4((a + 1) >>> 0)];
  };
  it('judges every address of a chain and its neighbours as it was asked for', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => formatIpv4((0x0b00_0000 + i * 0x0134_5677) >>> 0));
    const made = await make({ addresses: texts, networks: ['2001:db8:77::/48'], all: '-all' });
    const at = published(made.synthesis, world);
    const set = made.addresses;
    for (const ip of [
      ...texts.flatMap(neighbours),
      '2001:db8:77::',
      '2001:db8:76:ffff::',
      '2001:db8:77:ffff::1',
      '2001:db8:78::',
    ]) {
      assert.equal(await judge(ip, at), has(set, parseAddress(ip)!) ? 'pass' : 'fail', ip);
    }
  });
  it('judges the zone of names likewise', async () => {
    const texts = Array.from({ length: 300 }, (_, i) => formatIpv4((0x0b00_0000 + i * 0x0134_5677) >>> 0));
    const set = setOf([...texts, '2001:db8:77::/48', '2001:db8:99::1']);
    const at = overlay(
      [{ name: domain, type: 'TXT', records: [[`v=spf1 ${existsTerm(domain)} -all`]] }],
      zoneOf([...existsZone(domain, set)].join('\n')),
    );
    for (const ip of [
      ...texts.slice(0, 100).flatMap(neighbours),
      '2001:db8:77::1',
      '2001:db8:78::',
      '2001:db8:99::1',
      '2001:db8:99::2',
    ]) {
      assert.equal(await judge(ip, at), has(set, parseAddress(ip)!) ? 'pass' : 'fail', ip);
    }
  });
});
