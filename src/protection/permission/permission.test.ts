import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName, zone } from '../../standards/dns/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { compareSpf, spfAllows, spfTree } from './index.ts';

const world = (text: string): Resolver => {
  // Lines are indented to be read here; in a zone file an indented line speaks of the name before it.
  const reading = zone(`$TTL 300\nexample. SOA ns. h. 1 1 1 1 60\n${text.replaceAll(/^ +/gm, '')}`);
  assert.ok(reading.ok, JSON.stringify(reading.problems));
  return reading.value.resolver;
};
const all4 = 2 ** 32;
const all6 = String(1n << 128n);

describe('the tree', () => {
  const resolver = world(`
    a.example. TXT "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.128/25 include:b.example ~all"
    b.example. 60 TXT "v=spf1 ip6:2001:db8::/32 ip4:198.51.100.7 -all"
    loop.example. TXT "v=spf1 include:loop.example -all"
    two.example. TXT "v=spf1 -all"
    two.example. TXT "v=spf1 ~all"
    per.example. TXT "v=spf1 exists:%{l}.example -all"`);

  it('says what is let in, and what the rest of all addresses gets', async () => {
    const view = await spfTree(domainName('a.example'), resolver);
    assert.deepEqual(view.allowed, {
      ipv4: 257,
      ipv6: String(1n << 96n),
      prefixes: ['192.0.2.0/24', '198.51.100.7', '2001:db8::/32'],
    });
    assert.deepEqual(view.results, {
      pass: { ipv4: 257, ipv6: String(1n << 96n) },
      softfail: { ipv4: all4 - 257, ipv6: String((1n << 128n) - (1n << 96n)) },
    });
    assert.deepEqual([view.lookups, view.ttl, view.errors], [1, 60, []]);
  });
  it('says of each term what it matches, adds, overlaps and leads to', async () => {
    const { tree } = await spfTree(domainName('a.example'), resolver);
    const [first, second, third] = tree.terms;
    assert.deepEqual([first?.matches?.ipv4, first?.adds?.ipv4, first?.shadowed], [256, 256, false]);
    assert.deepEqual(
      [second?.matches?.ipv4, second?.adds?.ipv4, second?.shadowed, second?.overlaps],
      [128, 0, true, ['ip4:192.0.2.0/24']],
    );
    assert.deepEqual([third?.target, third?.child?.status, third?.child?.ttl], ['b.example', 'record', 60]);
  });
  it('lists each way to fail once, with the addresses that meet it', async () => {
    const { errors } = await spfTree(domainName('loop.example'), resolver);
    assert.deepEqual(
      errors.map(({ result, reason, addresses }) => [result, reason.code, addresses]),
      [['permerror', 'spf/too-many-lookups', { ipv4: all4, ipv6: all6 }]],
    );
    const several = await spfTree(domainName('two.example'), resolver);
    assert.deepEqual([several.status, several.texts.length, several.allowed.prefixes], ['several', 2, []]);
  });
  it('what hangs on the message is not counted as anything else', async () => {
    const view = await spfTree(domainName('per.example'), resolver);
    assert.deepEqual([view.results, view.unsettled], [{}, { ipv4: all4, ipv6: all6 }]);
    assert.deepEqual(view.depends, [{ domain: 'per.example', term: 'exists:%{l}.example', why: 'macro' }]);
  });
  it('a name nothing is told of is no answer, never "no record"', async () => {
    assert.equal((await spfTree(domainName('other.test'), resolver)).status, 'no-answer');
  });
});

describe('single addresses', () => {
  const resolver = world(`
    a.example. TXT "v=spf1 include:b.example exists:%{l}.users.example -all"
    b.example. TXT "v=spf1 ip4:192.0.2.0/24 -all"
    ann.users.example. A 127.0.0.1
    o.example. TXT "v=spf1 exists:%{o}.ok.example -all"
    other.test.ok.example. A 127.0.0.1`);
  const cases: [
    domain: string,
    ip: string,
    sender: { mailFrom?: string },
    result: string,
    way: string,
    for_: boolean,
  ][] = [
    ['a.example', '192.0.2.1', {}, 'pass', 'include:b.example > ip4:192.0.2.0/24', false],
    ['a.example', '203.0.113.1', {}, 'fail', '-all', true],
    ['a.example', '203.0.113.1', { mailFrom: 'ann@a.example' }, 'pass', 'exists:%{l}.users.example', true],
    ['a.example', '::ffff:192.0.2.1', {}, 'pass', 'include:b.example > ip4:192.0.2.0/24', false],
    ['o.example', '192.0.2.1', {}, 'fail', '-all', false],
    ['o.example', '192.0.2.1', { mailFrom: 'x@other.test' }, 'pass', 'exists:%{o}.ok.example', true],
  ];
  for (const [domain, ip, sender, result, way, senderMatters] of cases) {
    it(`${domain} ${ip} ${sender.mailFrom ?? ''}: ${result}`, async () => {
      const [verdict] = (await spfAllows(domainName(domain), [ip], resolver, sender)).addresses;
      assert.equal(verdict?.result, result);
      assert.equal(verdict?.path.map(({ term }) => term).join(' > '), way);
      assert.deepEqual([verdict?.allowed, verdict?.senderMatters], [result === 'pass', senderMatters]);
    });
  }
});

describe('the difference', () => {
  const resolver = world(`
    a.example. TXT "v=spf1 ip4:192.0.2.0/24 -all"
    b.example. TXT "v=spf1 ip4:192.0.2.0/25 ip4:198.51.100.0/24 -all"`);
  it('of two domains goes both ways', async () => {
    const { added, removed } = await compareSpf(domainName('a.example'), { domain: domainName('b.example') }, resolver);
    assert.deepEqual([added.prefixes, removed.prefixes], [['198.51.100.0/24'], ['192.0.2.128/25']]);
  });
  it('of a record: what the domain would let in with it, its own relative names among them', async () => {
    const record = 'v=spf1 include:b.example ip4:203.0.113.9 -all';
    const { before, after, added, removed } = await compareSpf(domainName('a.example'), { record }, resolver);
    assert.deepEqual([added.prefixes, removed.prefixes], [['198.51.100.0/24', '203.0.113.9'], ['192.0.2.128/25']]);
    assert.deepEqual([before.domain, after.domain, after.texts], ['a.example', 'a.example', [record]]);
  });
  it('of a record longer than one string of a TXT record', async () => {
    const networks = Array.from({ length: 40 }, (_, at) => `ip4:203.0.113.${at * 2}`);
    const { added } = await compareSpf(
      domainName('a.example'),
      { record: `v=spf1 ${networks.join(' ')} -all` },
      resolver,
    );
    assert.equal(added.ipv4, 40);
  });
});
