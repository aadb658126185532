import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, ResolverError, zone } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import {
  formatMx,
  formatTlsa,
  formatTlsRptRecord,
  isUsableTlsa,
  lookupDane,
  lookupMx,
  lookupTlsRpt,
  mxProblems,
  nullMx,
  parseTlsa,
  parseTlsRptRecord,
} from './index.ts';

const short = (problems: readonly { code: string }[]): string[] =>
  problems.map(({ code }) => code.slice('transport/'.length));
const silent: Resolver = () => Promise.reject(new ResolverError('dns/servfail', 'no answer'));
const world = (text: string, authenticated = false): Resolver => {
  const reading = zone(`. SOA a.nic. b.nic. 1 1 1 1 300\n${text}`, { authenticated });
  assert.ok(reading.ok);
  return reading.value.resolver;
};

describe('TLSRPT (RFC 8460 §3)', () => {
  const cases: [text: string, rua: string[] | undefined, problems: string[]][] = [
    ['v=TLSRPTv1;rua=mailto:reports@example.com', ['mailto:reports@example.com'], []],
    ['v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt', ['https://reporting.example.com/v1/tlsrpt'], []],
    [
      'v=TLSRPTv1; rua=mailto:a@example.com , https://b.example.com/; ',
      ['mailto:a@example.com', 'https://b.example.com/'],
      [],
    ],
    ['v=TLSRPTv1; rua=mailto:a@example.com; x=y', ['mailto:a@example.com'], ['unknown-field']],
    ['v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com', ['mailto:a@example.com'], ['repeated-field']],
    ['v=TLSRPTv1; rua=mailto:a@example.com,b@example.com', ['mailto:a@example.com'], ['tls-rpt-uri']],
    ['v=TLSRPTv1; rua=mailto:a@example.com!10m', undefined, ['tls-rpt-uri', 'tls-rpt-rua']],
    ['v=TLSRPTv1; rua=http://a.example.com/', undefined, ['tls-rpt-scheme', 'tls-rpt-rua']],
    ['v=TLSRPTv1; rua=mailto:nobody', undefined, ['tls-rpt-uri', 'tls-rpt-rua']],
    ['v=TLSRPTv1; rua=', undefined, ['tls-rpt-uri', 'tls-rpt-rua']],
    ['v=TLSRPTv1; RUA=mailto:a@example.com', undefined, ['unknown-field', 'tls-rpt-rua']],
    ['v=TLSRPTv1', undefined, ['tls-rpt-rua']],
    ['v=TLSRPTv1;', undefined, ['tls-rpt-rua']],
    ['v=tlsrptv1; rua=mailto:a@example.com', undefined, ['not-tls-rpt']],
    ['v=TLSRPTv1 rua=mailto:a@example.com', undefined, ['not-tls-rpt']],
    ['rua=mailto:a@example.com', undefined, ['not-tls-rpt']],
  ];
  for (const [text, rua, problems] of cases) {
    it(`${text}: ${rua?.join() ?? '-'}`, () => {
      const reading = parseTlsRptRecord(text);
      assert.deepEqual(reading.ok ? reading.value.rua : undefined, rua);
      assert.deepEqual(short(reading.problems), problems);
      if (!reading.ok) return;
      const again = parseTlsRptRecord(formatTlsRptRecord(reading.value));
      assert.deepEqual(again.ok && again.value, reading.value);
    });
  }
  it('says where', () => {
    const text = 'v=TLSRPTv1; rua=mailto:a@example.com, b@example.com';
    const [problem] = parseTlsRptRecord(text).problems;
    assert.equal(text.slice(problem?.at?.offset), 'b@example.com');
  });
  it('is looked up at _smtp._tls', async () => {
    const resolver = world(`
_smtp._tls.one.example. TXT "v=TLSRPTv1; rua=mailto:" "a@one.example"
_smtp._tls.two.example. TXT "v=TLSRPTv1; rua=mailto:a@two.example"
_smtp._tls.two.example. TXT "v=TLSRPTv1; rua=mailto:b@two.example"`);
    const one = await lookupTlsRpt(domainName('one.example'), resolver);
    assert.deepEqual([one.outcome, one.record?.rua], ['record', ['mailto:a@one.example']]);
    assert.equal((await lookupTlsRpt(domainName('two.example'), resolver)).outcome, 'several');
    assert.equal((await lookupTlsRpt(domainName('two.example'), silent)).outcome, 'unknown');
  });
});

describe('TLSA (RFC 6698 §2, RFC 7672 §3.1)', () => {
  const digest = 'ab'.repeat(32);
  const cases: [text: string, usable: boolean | undefined, problems: string[]][] = [
    [`3 1 1 ${digest}`, true, []],
    [`2 0 1 ${digest.toUpperCase()}`, true, []],
    [`3 1 1 ${digest.slice(0, 20)} ${digest.slice(20)}`, true, []],
    [`3 0 2 ${'ab'.repeat(64)}`, true, ['tlsa-sha512']],
    ['2 0 0 3082', true, ['tlsa-full']],
    [`1 1 1 ${digest}`, false, ['tlsa-pkix']],
    [`0 0 1 ${digest}`, false, ['tlsa-pkix']],
    [`4 1 1 ${digest}`, false, ['tlsa-unknown']],
    [`3 2 1 ${digest}`, false, ['tlsa-unknown']],
    [`3 1 3 ${digest}`, false, ['tlsa-unknown']],
    ['3 1 1 abcd', false, ['tlsa-length']],
    ['3 1 1', undefined, ['tlsa-unreadable']],
    ['3 1 1 abc', undefined, ['tlsa-unreadable']],
    ['3 1 256 abcd', undefined, ['tlsa-unreadable']],
    ['3 1 1 xyz0', undefined, ['tlsa-unreadable']],
    ['', undefined, ['tlsa-unreadable']],
  ];
  for (const [text, usable, problems] of cases) {
    it(`${text.slice(0, 30)}: ${usable}`, () => {
      const reading = parseTlsa(text);
      assert.equal(reading.ok ? isUsableTlsa(reading.value) : undefined, usable);
      assert.deepEqual(short(reading.problems), problems);
    });
  }
  it('is read back as it was written', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const records = fc.record({
      usage: octet,
      selector: octet,
      matchingType: octet,
      data: fc.uint8Array({ minLength: 1 }),
    });
    fc.assert(
      fc.property(records, (record) => {
        const reading = parseTlsa(formatTlsa(record));
        assert.ok(reading.ok);
        assert.deepEqual(reading.value, { ...record });
      }),
    );
  });
  it('reads no text of any length twice', () => {
    const before = process.cpuUsage();
    for (const text of [' '.repeat(200_000), `3 1 1 ${'ab '.repeat(60_000)}`, `3 1 1 ${' '.repeat(100_000)}x`])
      parseTlsa(text);
    assert.ok(process.cpuUsage(before).user < 1_000_000);
  });

  const zoneText = `
_25._tcp.mx.example. TLSA 3 1 1 ${digest}
_25._tcp.alias.example. CNAME _25._tcp.mx.example.
_25._tcp.pkix.example. TLSA 1 1 1 ${digest}`;
  const lookups: [host: string, resolver: Resolver, outcome: string, problems: string[]][] = [
    ['mx.example', world(zoneText, true), 'secure', []],
    ['alias.example', world(zoneText, true), 'secure', []],
    ['mx.example', world(zoneText), 'insecure', ['tlsa-insecure']],
    ['pkix.example', world(zoneText, true), 'unusable', ['tlsa-pkix', 'tlsa-none-usable']],
    ['other.example', world(zoneText, true), 'none', []],
    ['mx.example', silent, 'unknown', []],
  ];
  for (const [host, resolver, outcome, problems] of lookups) {
    it(`${host}: ${outcome}`, async () => {
      const found = await lookupDane(host, resolver);
      assert.equal(found.outcome, outcome);
      assert.deepEqual(short(found.problems), problems);
    });
  }
});

describe('MX and null MX (RFC 5321 §5.1, RFC 7505)', () => {
  const resolver = world(`
two.example. MX 20 b.example.
two.example. MX 10 a.example.
two.example. MX 30 a.example.
null.example. MX 0 .
ten.example. MX 10 .
both.example. MX 0 .
both.example. MX 10 a.example.
address.example. A 192.0.2.1
six.example. AAAA 2001:db8::1
silentmx.example. TXT "x"
literal.example. MX 10 192.0.2.1.
alias.example. CNAME gone.example.`);
  const cases: [domain: string, outcome: string, hosts: string[], problems: string[]][] = [
    ['two.example', 'servers', ['a.example', 'b.example'], []],
    ['null.example', 'null-mx', [], []],
    ['ten.example', 'nowhere', [], ['null-mx-malformed']],
    ['both.example', 'servers', ['a.example'], ['null-mx-and-others']],
    ['address.example', 'implicit', ['address.example'], []],
    ['six.example', 'implicit', ['six.example'], []],
    ['silentmx.example', 'nowhere', [], []],
    ['literal.example', 'servers', ['192.0.2.1'], ['mx-address']],
    ['none.example', 'no-such-name', [], []],
    ['alias.example', 'nowhere', [], []],
  ];
  for (const [domain, outcome, hosts, problems] of cases) {
    it(`${domain}: ${outcome}`, async () => {
      const found = await lookupMx(domainName(domain), resolver);
      assert.deepEqual([found.outcome, found.hosts, short(found.problems)], [outcome, hosts, problems]);
    });
  }
  it('does not know when nobody answers', async () =>
    assert.equal((await lookupMx(domainName('two.example'), silent)).outcome, 'unknown'));
  it('is published as 0 .', () => {
    assert.equal(formatMx(nullMx), '0 .');
    assert.equal(formatMx({ preference: 10, exchange: 'a.example' }), '10 a.example.');
    assert.deepEqual(mxProblems([nullMx]), []);
    assert.deepEqual(short(mxProblems([nullMx, nullMx])), ['null-mx-malformed']);
  });
});
