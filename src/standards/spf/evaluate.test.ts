import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResolverError, zone } from '../dns/index.ts';
import { checkHost, evaluate, heloIdentity, identityOf } from './index.ts';
import type { Resolver } from '../dns/index.ts';
import type { SpfEvaluation, SpfOptions } from './index.ts';

const text = String.raw`
. 60 SOA . . 1 1 1 1 60
plain.test. TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"
two.test. TXT "v=spf1 -all"
two.test. TXT "V=SPF1 +all"
bad.test. TXT "v=spf1 ip4:192.0.2.1 foo:bar -all"
none.test. TXT "something else"
outer.test. TXT "v=spf1 include:inner.test ~all exp=why.test"
inner.test. TXT "v=spf1 -ip4:192.0.2.9 a:host.test -all exp=no.test"
moved.test. TXT "v=spf1 ip4:198.51.100.1 redirect=target.test exp=no.test"
target.test. TXT "v=spf1 -all exp=why.test"
why.test. TXT "%{i} is not %{d}'s, " "says %{o} to %{h} (%{c} %{r} %{t}) 100%%"
no.test. TXT "never shown"
lost.test. TXT "v=spf1 include:none.test -all"
away.test. TXT "v=spf1 redirect=gone.test"
self.test. TXT "v=spf1 include:self.test -all"
host.test. A 192.0.2.1
host.test. AAAA 2001:db8::1
void2.test. TXT "v=spf1 a:gone1.test a:gone2.test ip4:192.0.2.1 -all"
void3.test. TXT "v=spf1 a:gone1.test a:gone2.test a:gone3.test ip4:192.0.2.1 -all"
mx3.test. TXT "v=spf1 mx ip4:192.0.2.1 -all"
mx3.test. MX 1 gone1.test.
mx3.test. MX 2 gone2.test.
mx3.test. MX 3 gone3.test.
nullmx.test. TXT "v=spf1 mx -all"
nullmx.test. MX 0 .
ten.test. TXT "v=spf1 a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test ip4:192.0.2.1 -all"
eleven.test. TXT "v=spf1 a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test ip4:192.0.2.1 -all"
h.test. A 203.0.113.1
p.test. TXT "v=spf1 exists:%{p}.names.test -all"
1.2.0.192.in-addr.arpa. PTR other.test.
1.2.0.192.in-addr.arpa. PTR mail.p.test.
1.2.0.192.in-addr.arpa. PTR forged.p.test.
other.test. A 192.0.2.1
mail.p.test. A 192.0.2.1
forged.p.test. A 203.0.113.9
mail.p.test.names.test. A 127.0.0.2
ptr.test. TXT "v=spf1 ptr:p.test -all"
local.test. TXT "v=spf1 exists:%{l}.users.test exists:%{L}.users.test ip4:192.0.2.2 -all"
someone.users.test. A 127.0.0.2
xn--bcher-kva.test. TXT "v=spf1 exists:%{o}.ok.test -all"
xn--bcher-kva.test.ok.test. A 127.0.0.2
broken.test. TXT "v=spf1 a:fail.test ip4:192.0.2.1 -all"
exps.test. TXT "v=spf1 -all exp=two.test"
expbad.test. TXT "v=spf1 -all exp=badexp.test"
badexp.test. TXT "%{x}"
expfail.test. TXT "v=spf1 -all exp=fail.test"
expbytes.test. TXT "v=spf1 -all exp=bytes.test"
bytes.test. TXT "caf\195\169"
odd.test. TXT "v=spf1 a:a..b.test a:${'x'.repeat(64)}.test include:%{l}..test -all"
`;
const reading = zone(text);
assert.ok(reading.ok, JSON.stringify(reading.problems));
const told = reading.value.resolver;
const resolver: Resolver = (name, type) =>
  name.startsWith('fail') ? Promise.reject(new ResolverError('dns/servfail', name)) : told(name, type);

function judge(ip: string, mailFrom: string, options: SpfOptions = {}, helo = 'helo.test'): Promise<SpfEvaluation> {
  return evaluate({ ip, mailFrom, helo }, resolver, options);
}

describe('evaluate', () => {
  const cases: [ip: string, mailFrom: string, result: string, code: string][] = [
    ['192.0.2.7', 'a@plain.test', 'pass', 'spf/matched'],
    ['::ffff:192.0.2.7', 'a@plain.test', 'pass', 'spf/matched'],
    ['2001:db8::7', 'a@plain.test', 'pass', 'spf/matched'],
    ['198.51.100.7', 'a@plain.test', 'fail', 'spf/matched'],
    ['192.0.2.7', 'a@PLAIN.Test.', 'pass', 'spf/matched'],
    ['192.0.2.7', 'plain.test', 'pass', 'spf/matched'],
    ['192.0.2.7', '<a@plain.test>', 'pass', 'spf/matched'],
    ['192.0.2.7', '"a@b"@plain.test', 'pass', 'spf/matched'],
    ['192.0.2.7', 'a@two.test', 'permerror', 'spf/several-records'],
    ['192.0.2.1', 'a@bad.test', 'permerror', 'spf/unknown-mechanism'],
    ['192.0.2.1', 'a@none.test', 'none', 'spf/no-record'],
    ['192.0.2.1', 'a@gone.test', 'none', 'spf/no-such-domain'],
    ['192.0.2.1', 'a@test', 'none', 'spf/bad-domain'],
    ['192.0.2.1', 'a@[192.0.2.1]', 'none', 'spf/bad-domain'],
    ['192.0.2.1', 'a@a..test', 'none', 'spf/bad-domain'],
    ['192.0.2.1', `a@${'x'.repeat(64)}.test`, 'none', 'spf/bad-domain'],
    ['192.0.2.1', `a@${'x.'.repeat(200)}test`, 'none', 'spf/bad-domain'],
    ['192.0.2.1', 'a@fail.test', 'temperror', 'spf/no-answer'],
    ['nonsense', 'a@plain.test', 'permerror', 'spf/bad-client-address'],
    ['192.0.2.1', 'a@outer.test', 'pass', 'spf/matched'],
    ['192.0.2.9', 'a@outer.test', 'softfail', 'spf/matched'],
    ['198.51.100.1', 'a@moved.test', 'pass', 'spf/matched'],
    ['198.51.100.2', 'a@moved.test', 'fail', 'spf/matched'],
    ['192.0.2.1', 'a@lost.test', 'permerror', 'spf/include-without-record'],
    ['192.0.2.1', 'a@away.test', 'permerror', 'spf/redirect-without-record'],
    ['192.0.2.1', 'a@self.test', 'permerror', 'spf/too-many-lookups'],
    ['192.0.2.1', 'a@void2.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@void3.test', 'permerror', 'spf/too-many-void-lookups'],
    ['192.0.2.1', 'a@mx3.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@nullmx.test', 'fail', 'spf/matched'],
    ['192.0.2.1', 'a@ten.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@eleven.test', 'permerror', 'spf/too-many-lookups'],
    ['192.0.2.1', 'a@p.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@ptr.test', 'pass', 'spf/matched'],
    ['203.0.113.9', 'a@ptr.test', 'fail', 'spf/matched'],
    ['192.0.2.1', 'someone@local.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'söme@local.test', 'fail', 'spf/matched'],
    ['192.0.2.2', 'söme@local.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@bücher.test', 'pass', 'spf/matched'],
    ['192.0.2.1', 'a@broken.test', 'temperror', 'spf/no-answer'],
    ['192.0.2.1', 'a@odd.test', 'permerror', 'spf/include-without-record'],
  ];
  for (const [ip, mailFrom, result, code] of cases) {
    it(`${ip} ${mailFrom.slice(0, 40)}: ${result}, ${code}`, async () => {
      const found = await judge(ip, mailFrom);
      assert.deepEqual([found.result, found.reason.code], [result, code]);
    });
  }

  it('tells the whole way: path, records, questions and counts', async () => {
    const found = await judge('192.0.2.1', 'a@outer.test');
    assert.deepEqual(
      found.path.map((step) => [step.domain, step.term.text]),
      [
        ['outer.test', 'include:inner.test'],
        ['inner.test', 'a:host.test'],
      ],
    );
    assert.deepEqual(
      found.visits.map((visit) => [visit.domain, visit.depth, visit.via?.text, visit.result, visit.matched?.text]),
      [
        ['inner.test', 1, 'include:inner.test', 'pass', 'a:host.test'],
        ['outer.test', 0, undefined, 'pass', 'include:inner.test'],
      ],
    );
    assert.deepEqual(
      found.queries.map((query) => [query.name, query.type, query.outcome, query.term?.text]),
      [
        ['outer.test', 'TXT', 'records', undefined],
        ['inner.test', 'TXT', 'records', 'include:inner.test'],
        ['host.test', 'A', 'records', 'a:host.test'],
      ],
    );
    assert.deepEqual([found.lookups, found.voidLookups], [2, 0]);
  });

  it('tells where it ended when it could not go on', async () => {
    const found = await judge('192.0.2.1', 'a@self.test');
    assert.equal(found.path.length, 11);
    assert.equal(found.lookups, 11);
    const broken = await judge('192.0.2.1', 'a@broken.test');
    assert.deepEqual(broken.reason.values, { name: 'fail.test', type: 'A', failure: 'dns/servfail' });
    assert.deepEqual(
      broken.path.map((step) => step.term.text),
      ['a:fail.test'],
    );
  });

  it('null sender: postmaster at the HELO name (RFC 7208 §2.4)', async () => {
    const found = await judge('192.0.2.7', '', {}, 'plain.test');
    assert.deepEqual(
      [found.result, found.identity.scope, found.identity.sender],
      ['pass', 'helo', 'postmaster@plain.test'],
    );
    assert.equal((await judge('192.0.2.7', '<>', {}, '[192.0.2.7]')).result, 'none');
  });

  it('HELO for itself, beside a MAIL FROM', async () => {
    const found = await checkHost('192.0.2.7', heloIdentity('plain.test'), resolver);
    assert.deepEqual([found.result, found.identity.scope], ['pass', 'helo']);
    assert.equal(identityOf({ mailFrom: 'x@plain.test', helo: 'h.test' }).scope, 'mfrom');
  });

  it('limits are the receiver’s to set', async () => {
    assert.equal((await judge('192.0.2.1', 'a@void3.test', { limits: { voidLookups: Infinity } })).result, 'pass');
    assert.equal((await judge('192.0.2.1', 'a@eleven.test', { limits: { lookups: 11 } })).result, 'pass');
    const byQuestion = await judge('192.0.2.1', 'a@mx3.test', { limits: { voidLookupsCount: 'questions' } });
    assert.equal(byQuestion.reason.code, 'spf/too-many-void-lookups');
  });

  it('ends when it is told to', async () => {
    const found = await judge('192.0.2.1', 'a@plain.test', { signal: AbortSignal.abort() });
    assert.deepEqual([found.result, found.reason.code], ['temperror', 'spf/out-of-time']);
  });

  const explanations: [ip: string, mailFrom: string, explanation: string | undefined][] = [
    [
      '198.51.100.2',
      'a@moved.test',
      "198.51.100.2 is not target.test's, says moved.test to helo.test (198.51.100.2 mx.test 7) 100%",
    ],
    ['192.0.2.9', 'a@outer.test', undefined],
    ['198.51.100.7', 'a@plain.test', undefined],
    ['192.0.2.1', 'a@exps.test', undefined],
    ['192.0.2.1', 'a@expbad.test', undefined],
    ['192.0.2.1', 'a@expfail.test', undefined],
    ['192.0.2.1', 'a@expbytes.test', undefined],
  ];
  for (const [ip, mailFrom, explanation] of explanations) {
    it(`explanation for ${mailFrom}: ${explanation ?? 'none'}`, async () => {
      const found = await judge(ip, mailFrom, { receiver: 'mx.test', time: 7 });
      assert.equal(found.explanation, explanation);
    });
  }

  it('a bug in a resolver is not taken for an answer', async () => {
    await assert.rejects(
      evaluate({ ip: '192.0.2.1', mailFrom: 'a@plain.test', helo: '' }, () => Promise.reject(new TypeError('bug'))),
      TypeError,
    );
  });

  it('a record of 64 kB, included by one that is included again and again', async () => {
    const ranges = Array.from({ length: 3500 }, (_, n) => `ip4:10.${n >> 8}.${n & 255}.0/24`).join(' ');
    const strings = (record: string): string => (record.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(' ');
    const big = zone(
      `. SOA . . 1 1 1 1 1\nbig.test. TXT ${strings(`v=spf1 ${ranges} -all`)}\na.test. TXT "v=spf1${' include:big.test'.repeat(10)} -all"`,
    );
    assert.ok(big.ok);
    const found = await evaluate({ ip: '192.0.2.1', mailFrom: 'a@a.test', helo: '' }, big.value.resolver);
    assert.deepEqual([found.result, found.lookups], ['fail', 10]);
  });
});

describe('macros (RFC 7208 §7.4)', () => {
  const sender = 'strong-bad@email.example.com';
  const expansions: [macro: string, expected: string, ip?: string][] = [
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d3}', 'email.example.com'],
    ['%{d2}', 'example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l}', 'strong-bad'],
    ['%{l-}', 'strong.bad'],
    ['%{lr}', 'strong-bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
    ['%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}', '3.2.0.192.in-addr.strong.lp._spf.example.com'],
    ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
    [
      '%{ir}.%{v}._spf.%{d2}',
      '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com',
      '2001:db8::cb01',
    ],
    ['%{p}', 'mx.example.org'],
    ['%{S}', 'strong-bad%40email.example.com'],
    ['%{c}', '2001:db8::cb01', '2001:db8::cb01'],
    ['%%%_%-', '% %20'],
    ['%{d999999999999}', 'email.example.com'],
  ];
  for (const [macro, expected, ip = '192.0.2.3'] of expansions) {
    it(`${macro}: ${expected}`, async () => {
      const world = zone(
        [
          '. SOA . . 1 1 1 1 1',
          'email.example.com. TXT "v=spf1 -all exp=why.example"',
          `why.example. TXT "${macro}"`,
          '3.2.0.192.in-addr.arpa. PTR mx.example.org.',
          'mx.example.org. A 192.0.2.3',
        ].join('\n'),
      );
      assert.ok(world.ok);
      const found = await evaluate({ ip, mailFrom: sender, helo: 'helo' }, world.value.resolver);
      assert.equal(found.explanation, expected);
    });
  }

  it('a name that is too long loses labels from the left (§7.3)', async () => {
    const long = `${'abcdefg.'.repeat(40)}example.test`;
    const world = zone('. SOA . . 1 1 1 1 1\na.test. TXT "v=spf1 exists:%{l}.example.test -all"');
    assert.ok(world.ok);
    const found = await evaluate(
      { ip: '192.0.2.1', mailFrom: `${'abcdefg.'.repeat(40)}x@a.test`, helo: '' },
      world.value.resolver,
    );
    const asked = found.queries.at(-1)!.name;
    assert.ok(
      asked.length <= 253 && asked.length > 240 && `${'abcdefg.'.repeat(40)}x.example.test`.endsWith(`.${asked}`),
      long,
    );
  });
});
