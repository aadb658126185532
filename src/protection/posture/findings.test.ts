import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { domainName } from '../../standards/dns/index.ts';
import type { RecordType } from '../../standards/dns/index.ts';
import { say } from '../../words/index.ts';
import { postureWords } from '../../words/posture.ts';
import { lookAt } from './index.ts';
import { alone, authority } from '../../../test/hand-made/certificates.ts';
import { connections, encrypts, stsFile, tlsaOfCertificate } from '../../../test/hand-made/connections.ts';
import type { Finding, Greeting, LookOptions, Role, Severity } from './index.ts';
import { good, key, look, parked, silent, text, world } from './world.testing.ts';

const produced = new Map<string, Finding>();
function noted(findings: readonly Finding[]): void {
  for (const finding of findings) produced.set(finding.code, finding);
}

const dmarc = (tags: string): string => text('_dmarc.example.com.', `v=DMARC1; ${tags}`);
const spf = (terms: string): string => text('example.com.', `v=spf1 ${terms}`);
const many = (count: number): string => Array.from({ length: count }, (_, i) => `a:h${i}.example.com`).join(' ');
const hosts = (count: number): string =>
  Array.from({ length: count }, (_, i) => `h${i}.example.com. A 192.0.2.${i + 10}`).join('\n');
const role = (which: Role): LookOptions => ({ role: which });
const given = (...names: string[]): LookOptions => ({ subdomains: names.map(domainName) });
const sts = stsFile;
const policy = (body: string): LookOptions => ({ connections: connections([], { '/mta-sts.txt': body }) });
/** The servers are connected to, and `mode` is what the MTA-STS policy says. */
const met = (mode: string, ...greetings: Partial<Greeting>[]): LookOptions => ({
  connections: connections(greetings, { '/mta-sts.txt': sts(mode, 'mx1.example.com') }),
});
const noDane = '- _25._tcp.mx1.example.com. TLSA';
const bimi = (files: Record<string, string>): LookOptions => ({ connections: connections([], files) });
const logo = 'default._bimi.example.com. TXT "v=BIMI1; l=https://example.com/l.svg; a=https://example.com/c.pem"';
const tiny = '<svg version="1.2" baseProfile="tiny-ps"><title>E</title></svg>';

/** What is changed of a good domain, and the finding that comes of it: its code, how bad it is, and the value of the first record to publish. */
const cases: [code: string, severity: Severity, changes: string, options?: LookOptions, record?: string][] = [
  // SPF
  ['spf-missing', 'serious', '- example.com. TXT', role('users')],
  ['spf-missing-unused', 'moderate', '- example.com. TXT', role('receiving'), 'v=spf1 -all'],
  ['spf-several', 'serious', `${spf('mx -all')}\n+ ${spf('ip4:192.0.2.9 ~all')}`, {}, 'v=spf1 mx ip4:192.0.2.9 ~all'],
  ['spf-invalid', 'serious', spf('ipv4:192.0.2.1 ~all')],
  ['spf-too-many-lookups', 'serious', `${spf(`${many(11)} ~all`)}\n${hosts(11)}`],
  ['spf-too-many-void-lookups', 'serious', spf(`${many(3)} ~all`)],
  ['spf-near-limit', 'minor', `${spf(`${many(9)} ~all`)}\n${hosts(9)}`],
  ['spf-error', 'serious', `${spf('include:empty.example.com ~all')}\nempty.example.com. A 192.0.2.1`],
  ['spf-passes-all', 'critical', spf('+all'), {}, 'v=spf1 ~all'],
  ['spf-passes-all', 'critical', spf('ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all')],
  ['spf-passes-all', 'critical', `${spf('include:a.example.net -all')}\na.example.net. TXT "v=spf1 +all"`],
  ['spf-neutral', 'moderate', spf('mx ?all'), {}, 'v=spf1 mx ~all'],
  ['spf-neutral', 'moderate', spf('mx'), {}, 'v=spf1 mx ~all'],
  ['spf-hard-fail', 'note', spf('mx -all'), {}, 'v=spf1 mx ~all'],
  ['spf-unused-open', 'serious', '', role('parked'), 'v=spf1 -all'],
  ['spf-unused-open', 'moderate', spf('~all'), role('parked'), 'v=spf1 -all'],
  ['spf-sends-with-null-mx', 'minor', `example.com. MX 0 .\n${spf('ip4:192.0.2.1 ~all')}`],
  ['spf-wide', 'critical', spf('ip4:10.0.0.0/8 ~all')],
  ['spf-wide', 'serious', spf('ip4:10.0.0.0/12 ~all')],
  ['spf-wide', 'moderate', spf('ip4:10.1.0.0/16 ~all')],
  ['spf-wide', 'critical', spf('ip6:2000::/12 ~all')],
  ['spf-wide', 'serious', spf('a/10 ~all')],
  ['spf-wide', 'critical', `${spf('include:w.example.net ~all')}\nw.example.net. TXT "v=spf1 ip4:10.0.0.0/8 -all"`],
  ['spf-wide', 'critical', `${spf('include:e.example.com ip4:10.0.0.0/8 ~all')}\ne.example.com. A 192.0.2.1`],
  ['spf-rented', 'serious', spf('ip4:167.99.0.0/17 ~all')],
  ['spf-rented', 'serious', spf('ip4:52.0.0.0/8 ~all')],
  ['spf-dangling', 'critical', spf('mx include:spf.gone.test ~all'), {}, 'v=spf1 mx ~all'],
  ['spf-dangling', 'critical', spf('mx redirect=spf.gone.test'), {}, 'v=spf1 mx'],
  ['spf-dangling', 'critical', spf('a:gone.test ~all')],
  ['spf-dangling', 'critical', spf('mx:gone.test ~all')],
  ['spf-dangling', 'critical', spf('exists:%{i}._spf.gone.test ~all')],
  [
    'spf-dangling',
    'critical',
    `${spf('include:i.example.net ~all')}\ni.example.net. TXT "v=spf1 include:gone.test -all"`,
  ],
  ['spf-dangling', 'critical', `${spf('include:i.example.com ~all')}\ni.example.com. CNAME i.gone.test.`],
  ['spf-dangling', 'critical', `${spf('mx:m.example.net ~all')}\nm.example.net. MX 10 mx.gone.test.`],
  [
    'spf-shared-relay',
    'note',
    `${spf('include:spf.protection.outlook.com ~all')}\nspf.protection.outlook.com. TXT "v=spf1 ip4:40.92.0.0/15 -all"`,
  ],
  [
    'spf-shared-relay',
    'moderate',
    `${spf('include:relay.mailchannels.net ~all')}\nrelay.mailchannels.net. TXT "v=spf1 ip4:192.0.2.7 -all"`,
  ],
  ['spf-ptr', 'minor', spf('ptr ~all')],
  ['spf-flaws', 'minor', spf('mx mx ~all')],
  ['spf-long', 'minor', spf(`${Array.from({ length: 40 }, (_, i) => `ip4:198.51.100.${i}`).join(' ')} ~all`)],
  ['helo-without-spf', 'minor', '- mx1.example.com. TXT', {}, 'v=spf1 a -all'],
  // DMARC
  [
    'dmarc-missing',
    'critical',
    '- _dmarc.example.com. TXT',
    { reportTo: 'mailto:r@example.com' },
    'v=DMARC1; p=none; rua=mailto:r@example.com',
  ],
  ['dmarc-missing', 'critical', '- _dmarc.example.com. TXT', role('parked'), 'v=DMARC1; p=reject'],
  ['dmarc-without-effect', 'critical', dmarc('sp=reject')],
  ['dmarc-acts-as-none', 'serious', dmarc('p=refuse; rua=mailto:d@example.com')],
  ['dmarc-several', 'critical', `+ ${dmarc('p=none')}`],
  ['dmarc-invalid', 'critical', dmarc('p=reject; p=reject')],
  ['dmarc-not-recognised', 'critical', text('_dmarc.example.com.', 'v=dmarc1; p=reject')],
  ['dmarc-flaws', 'minor', dmarc('p=reject; rua=mailto:d@example.com; foo=bar')],
  [
    'dmarc-alias',
    'note',
    `- _dmarc.example.com. TXT\n_dmarc.example.com. CNAME d.example.net.\n${text('d.example.net.', 'v=DMARC1; p=reject; rua=mailto:d@example.com')}`,
  ],
  ['dmarc-alias-and-text', 'serious', '+ _dmarc.example.com. CNAME d.example.net.'],
  [
    'dmarc-alias-dangling',
    'critical',
    '- _dmarc.example.com. TXT\n_dmarc.example.com. CNAME d.gone.test.\n_dmarc.com. TXT "v=DMARC1; p=none; psd=y"',
  ],
  ['dmarc-inherited', 'note', '- _dmarc.example.com. TXT\n_dmarc.com. TXT "v=DMARC1; p=reject; psd=y"'],
  ['dmarc-none', 'serious', dmarc('p=none; rua=mailto:d@example.com')],
  [
    'dmarc-none',
    'serious',
    dmarc('p=none; rua=mailto:d@example.com'),
    role('parked'),
    'v=DMARC1; p=reject; rua=mailto:d@example.com',
  ],
  ['dmarc-quarantine', 'minor', dmarc('p=quarantine'), role('sending')],
  ['dmarc-quarantine', 'moderate', dmarc('p=quarantine'), role('parked'), 'v=DMARC1; p=reject'],
  [
    'dmarc-testing',
    'serious',
    dmarc('p=quarantine; t=y; pct=0; rua=mailto:d@example.com'),
    {},
    'v=DMARC1; p=quarantine; rua=mailto:d@example.com',
  ],
  ['dmarc-testing', 'moderate', dmarc('p=reject; t=y')],
  ['dmarc-pct', 'moderate', dmarc('p=reject; pct=20'), {}, 'v=DMARC1; p=reject'],
  ['dmarc-pct', 'moderate', dmarc('p=reject; pct=0')],
  ['dmarc-reject-users', 'note', '', role('users')],
  [
    'dmarc-subdomains-weaker',
    'serious',
    dmarc('p=reject; sp=none; rua=mailto:d@example.com'),
    {},
    'v=DMARC1; p=reject; rua=mailto:d@example.com',
  ],
  ['dmarc-subdomains-weaker', 'moderate', dmarc('p=reject; sp=quarantine')],
  ['dmarc-nonexistent-weaker', 'serious', dmarc('p=reject; np=none'), {}, 'v=DMARC1; p=reject; np=reject'],
  ['dmarc-np-disabled', 'moderate', `${dmarc('p=quarantine; np=reject')}\n*.example.com. A 192.0.2.1`],
  ['dmarc-psd-wrong', 'serious', dmarc('p=reject; psd=y'), {}, 'v=DMARC1; p=reject'],
  [
    'dmarc-no-reports',
    'moderate',
    dmarc('p=reject'),
    { reportTo: 'mailto:r@example.com' },
    'v=DMARC1; p=reject; rua=mailto:r@example.com',
  ],
  [
    'dmarc-reports-dangling',
    'serious',
    dmarc('p=reject; rua=mailto:d@gone.test,mailto:d@example.com'),
    {},
    'v=DMARC1; p=reject; rua=mailto:d@example.com',
  ],
  [
    'dmarc-reports-undeliverable',
    'moderate',
    `${dmarc('p=reject; rua=mailto:d@r.example.com')}\nr.example.com. TXT "x"`,
  ],
  [
    'dmarc-reports-unauthorised',
    'moderate',
    `${dmarc('p=reject; rua=mailto:d@example.net')}\nexample.net. MX 10 mx1.example.com.`,
    {},
    'v=DMARC1;',
  ],
  // DKIM
  ['dkim-none', 'serious', '- s1._domainkey.example.com. TXT'],
  ['dkim-not-found', 'note', `- s1._domainkey.example.com. TXT\nown._domainkey.example.com. TXT "x"`],
  ['dkim-wildcard-key', 'serious', text('*._domainkey.example.com.', key(1024))],
  ['dkim-wildcard-text', 'minor', '*._domainkey.example.com. TXT "hello"'],
  ['dkim-dangling', 'critical', 's2._domainkey.example.com. CNAME s2.gone.test.'],
  [
    'dkim-dangling',
    'critical',
    's2._domainkey.example.com. CNAME tenant.azurewebsites.net.\nazurewebsites.net. A 192.0.2.1',
  ],
  ['dkim-unusable', 'moderate', 's2._domainkey.example.com. TXT "v=DKIM1; p=AAAA"'],
  ['dkim-seen-gone', 'minor', '', { selectorsSeen: ['old'] }],
  ['dkim-given-missing', 'moderate', '', { selectors: ['Mine'] }],
  ['dkim-several', 'moderate', `+ ${text('s1._domainkey.example.com.', key(1024))}`],
  ['dkim-revoked', 'note', 's2._domainkey.example.com. TXT "v=DKIM1; p="'],
  ['dkim-unused-key', 'minor', '', role('parked'), 'v=DKIM1; p='],
  ['dkim-key-broken', 'critical', text('s2._domainkey.example.com.', key(512))],
  ['dkim-key-broken', 'serious', text('s2._domainkey.example.com.', key(768))],
  ['dkim-key-short', 'minor', text('s2._domainkey.example.com.', key(1024))],
  ['dkim-testing', 'minor', text('s2._domainkey.example.com.', key(1024, 't=y; '))],
  ['dkim-sha1', 'serious', text('s2._domainkey.example.com.', key(1024, 'h=sha1; '))],
  ['dkim-flaws', 'minor', text('s2._domainkey.example.com.', key(1024, 'g=*; '))],
  // Mail servers, and the way to them
  ['mx-invalid', 'moderate', '+ example.com. MX 0 .'],
  ['mx-implicit', 'moderate', '- example.com. MX', role('parked'), '0 .'],
  ['mx-nowhere', 'minor', '- example.com. MX\n- example.com. A'],
  ['mx-dangling', 'critical', '+ example.com. MX 20 mx.gone.test.'],
  ['mx-without-address', 'serious', '+ example.com. MX 20 mx9.example.com.'],
  ['mx-without-ipv6', 'note', '- mx1.example.com. AAAA'],
  ['sts-missing', 'note', '- _mta-sts.example.com. TXT'],
  ['sts-missing', 'minor', '- _mta-sts.example.com. TXT\n- _25._tcp.mx1.example.com. TLSA'],
  ['sts-invalid', 'moderate', '_mta-sts.example.com. TXT "v=STSv1; id=not good"'],
  ['sts-invalid', 'moderate', '_mta-sts.example.com. TXT "v=stsv1; id=1"'],
  ['sts-policy-unreadable', 'moderate', '', policy('<html>')],
  ['sts-not-enforced', 'minor', '', policy(sts('testing', 'mx1.example.com'))],
  ['sts-policy-flaws', 'serious', '', policy(sts('enforce', 'other.example.com'))],
  [
    'tls-rpt-missing',
    'minor',
    '- _smtp._tls.example.com. TXT',
    { reportTo: 'mailto:r@example.com' },
    'v=TLSRPTv1; rua=mailto:r@example.com',
  ],
  ['tls-rpt-invalid', 'minor', '_smtp._tls.example.com. TXT "v=TLSRPTv1; rua=nobody"'],
  ['dane-missing', 'note', '- _25._tcp.mx1.example.com. TLSA'],
  ['dane-partly', 'moderate', '+ example.com. MX 20 mx2.example.com.\nmx2.example.com. A 192.0.2.2'],
  ['dane-unusable', 'serious', '_25._tcp.mx1.example.com. TLSA 1 1 1 00'],
  ['dane-flaws', 'minor', `+ _25._tcp.mx1.example.com. TLSA 3 1 2 ${'cd'.repeat(64)}`],
  ['name-server-dangling', 'critical', '+ example.com. NS ns.gone.test.'],
  ['bimi-invalid', 'minor', 'default._bimi.example.com. TXT "v=BIMI1; l=http://x"'],
  [
    'bimi-without-policy',
    'minor',
    `default._bimi.example.com. TXT "v=BIMI1; l=https://example.com/l.svg; a="\n${dmarc('p=none')}`,
  ],
  // Names below
  ['name-absent', 'note', '', given('nobody.example.com')],
  ['name-dangling', 'critical', 'old.example.com. CNAME old.gone.test.', given('old.example.com')],
  [
    'name-dangling',
    'critical',
    'old.example.com. CNAME old.trafficmanager.net.\ntrafficmanager.net. A 192.0.2.1',
    given('old.example.com'),
  ],
  [
    'name-record-invalid',
    'serious',
    'a.example.com. A 192.0.2.1\n_dmarc.a.example.com. TXT "v=DMARC1; p=none; p=none"',
    given('a.example.com'),
  ],
  [
    'name-weaker',
    'serious',
    'a.example.com. A 192.0.2.1\n_dmarc.a.example.com. TXT "v=DMARC1; p=none"',
    given('a.example.com'),
  ],
  [
    'name-weaker',
    'moderate',
    'a.example.com. A 192.0.2.1\n_dmarc.a.example.com. TXT "v=DMARC1; p=quarantine"',
    given('a.example.com'),
  ],
  [
    'dmarc-sp-ignored',
    'minor',
    'a.example.com. A 192.0.2.1\n_dmarc.a.example.com. TXT "v=DMARC1; p=reject; sp=none"',
    given('a.example.com'),
  ],
  [
    'dmarc-beyond-walks',
    'minor',
    'a.b.c.d.e.f.example.com. A 192.0.2.1\n_dmarc.a.b.c.d.e.f.example.com. TXT "v=DMARC1; p=reject"',
    given('a.b.c.d.e.f.example.com'),
  ],
  ['spf-passes-all', 'critical', 'a.example.com. TXT "v=spf1 +all"', given('a.example.com')],
  ['wildcard', 'note', '*.example.com. A 192.0.2.1'],
  ['wildcard-spf', 'moderate', '*.example.com. TXT "v=spf1 mx:example.com -all"', {}, 'v=spf1 -all'],
  ['wildcard-dangling', 'critical', '*.example.com. CNAME w.gone.test.'],
  // Where servers were connected to
  ['servers-not-reached', 'note', noDane, met('enforce', { outcome: 'unreachable', said: 'ETIMEDOUT' })],
  ['server-not-reached', 'minor', noDane, met('enforce', encrypts, { outcome: 'unreachable', address: '2001:db8::1' })],
  ['server-private', 'moderate', noDane, met('enforce', { outcome: 'private-address', address: '10.0.0.1' })],
  ['server-unwilling', 'note', noDane, met('enforce', { outcome: 'unwilling', said: '554 no' })],
  ['server-not-smtp', 'moderate', noDane, met('enforce', { outcome: 'not-smtp' })],
  ['starttls-missing', 'critical', noDane, met('enforce', { outcome: 'no-starttls' })],
  ['starttls-missing', 'critical', '', met('none', { outcome: 'no-starttls' })],
  ['starttls-missing', 'serious', noDane, met('none', { outcome: 'no-starttls' })],
  ['tls-failed', 'serious', noDane, met('testing', { outcome: 'tls-failed', said: 'ECONNRESET' })],
  ['tls-old', 'moderate', noDane, met('enforce', { ...encrypts, protocol: 'TLSv1.1' })],
  ['dane-mismatch', 'serious', '', met('enforce', encrypts)],
  ['certificate-refused', 'serious', noDane, met('enforce', { ...encrypts, chain: [alone], distrust: 'SELF_SIGNED' })],
  ['certificate-refused', 'serious', noDane, met('enforce', { ...encrypts, chain: [alone] })],
  ['certificate-refused', 'moderate', noDane, met('testing', { ...encrypts, distrust: 'CERT_HAS_EXPIRED' })],
  ['certificate-refused', 'minor', noDane, met('none', { ...encrypts, distrust: 'SELF_SIGNED' })],
  ['certificate-refused', 'note', tlsaOfCertificate, met('none', { ...encrypts, distrust: 'SELF_SIGNED' })],
  ['certificate-ends', 'minor', noDane, met('enforce', { ...encrypts, at: Date.parse('2036-11-10') })],
  ['bimi-files', 'minor', logo, bimi({ 'l.svg': tiny.replace('tiny-ps', 'full'), 'c.pem': '' })],
  ['bimi-files', 'minor', logo, bimi({ 'l.svg': tiny })],
];

describe('findings on a domain with people', () => {
  for (const [code, severity, changes, options, record] of cases) {
    it(`${code} (${severity}): ${changes.split('\n').slice(-1)[0]!.slice(0, 90) || JSON.stringify(options)}`, async () => {
      const { findings } = await look(good, changes, options);
      noted(findings);
      const found = findings.filter((finding) => finding.code === `posture/${code}`);
      assert.ok(found.length > 0, findings.map((finding) => finding.code).join(' '));
      assert.ok(
        found.some((finding) => finding.severity === severity),
        found.map((finding) => finding.severity).join(' '),
      );
      if (record !== undefined) {
        const records = found.flatMap((finding) => finding.records ?? []).map(({ value }) => value);
        assert.ok(records.includes(record), JSON.stringify(records));
      }
    });
  }

  it('finds nothing on a good domain but that people mail from it at p=reject', async () => {
    const { findings } = await look(good);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['posture/dmarc-reject-users'],
    );
  });
  it('finds nothing more where the servers are connected to and keep what the records promise', async () => {
    for (const tlsa of [
      tlsaOfCertificate,
      `_25._tcp.mx1.example.com. TLSA 2 0 1 ${createHash('sha256').update(authority).digest('hex')}`,
    ]) {
      const { findings, internetNl, published } = await look(good, tlsa, met('enforce', encrypts));
      assert.deepEqual(
        findings.map(({ code }) => code),
        ['posture/dmarc-reject-users'],
      );
      const outcomes = Object.fromEntries(internetNl.tests.map(({ test, outcome }) => [test, outcome]));
      assert.equal(outcomes['starttls'], 'passed');
      assert.equal(outcomes['dane'], 'passed');
      assert.equal(published.mail.servers[0]?.connections?.[0]?.certificate?.named, true);
      // Plain data: what is kept must come back as it was.
      assert.deepEqual(JSON.parse(JSON.stringify(published)), published);
    }
  });
  it('finds nothing on a good parked domain', async () => {
    assert.deepEqual((await look(parked)).findings, []);
  });
  it('says of an unsigned zone that it is not signed, and that its TLSA records have no effect', async () => {
    const { findings } = await look(good, '', {}, false);
    noted(findings);
    const codes = findings.map(({ code }) => code);
    assert.ok(codes.includes('posture/dnssec-missing'));
    assert.ok(codes.includes('posture/dane-insecure'));
  });
  it('tells a signed zone behind a resolver that does not check from an unsigned one', async () => {
    const { findings } = await look(good, 'example.com. DS 1 8 2 00', {}, false);
    noted(findings);
    assert.ok(findings.some(({ code }) => code === 'posture/dnssec-unvalidated'));
  });
  it('sees servers with DANE behind MX records that nobody vouches for', async () => {
    const resolver = world(good);
    const { findings } = await lookAt(domainName('example.com'), async (name, type) => {
      const answer = await resolver(name, type);
      return type === 'MX' ? { ...answer, authenticated: false } : answer;
    });
    noted(findings);
    assert.ok(findings.some(({ code }) => code === 'posture/dane-mx-unsigned'));
  });
  it('sees a record on the way up that does not govern', async () => {
    const changes = 'a.b.example.com. A 192.0.2.1\n_dmarc.b.example.com. TXT "v=DMARC1; p=none"';
    const { findings } = await lookAt(domainName('a.b.example.com'), world(good, changes));
    noted(findings);
    const found = findings.find(({ code }) => code === 'posture/dmarc-passed-over');
    assert.equal(found?.where.name, '_dmarc.b.example.com');
    assert.equal(found?.values['from'], 'example.com');
  });
  it('sees sp on the own record of a subdomain, and gives the record without it', async () => {
    const changes = 'b.example.com. A 192.0.2.1\n_dmarc.b.example.com. TXT "v=DMARC1; p=reject; sp=none"';
    const { findings } = await lookAt(domainName('b.example.com'), world(good, changes));
    const found = findings.find(({ code }) => code === 'posture/dmarc-sp-ignored');
    assert.deepEqual(found?.records, [{ name: '_dmarc.b.example.com', type: 'TXT', value: 'v=DMARC1; p=reject' }]);
  });
  it('sees a public suffix without psd=y', async () => {
    const { findings } = await lookAt(
      domainName('co.uk'),
      world('co.uk. A 192.0.2.1\n_dmarc.co.uk. TXT "v=DMARC1; p=reject"'),
    );
    noted(findings);
    assert.ok(findings.some(({ code }) => code === 'posture/dmarc-psd-missing'));
  });
  it('sees where older receivers conclude something else', async () => {
    const changes = '_dmarc.com. TXT "v=DMARC1; p=reject; psd=y"\n- _dmarc.example.com. TXT';
    const { findings } = await look(good, changes);
    noted(findings);
    assert.ok(findings.some(({ code }) => code === 'posture/dmarc-generations-differ'));
  });
  it('says of a name that does not exist that it does not', async () => {
    const { findings, role: which } = await lookAt(domainName('nobody.example.com'), world(good));
    noted(findings);
    assert.equal(which, 'absent');
    assert.ok(findings.some(({ code }) => code === 'posture/no-such-domain'));
  });
  it('says how many look-ups are not listed', async () => {
    const tenfold = Array.from({ length: 1200 }, (_, i) => domainName(`n${i}.example.com`));
    const { findings, published } = await look(good, '', { subdomains: tenfold, mostNames: 1200 });
    noted(findings);
    assert.ok(published.lookups.length <= 2000);
    assert.ok(findings.some(({ code }) => code === 'posture/lookups-left-out'));
  });
});

describe('what could not be told', () => {
  const silences: [code: string, name: string, type: RecordType][] = [
    ['untold-spf', 'example.com', 'TXT'],
    ['untold-dmarc', '_dmarc.example.com', 'TXT'],
    ['untold-dkim', '_domainkey.example.com', 'TXT'],
    ['untold-mx', 'example.com', 'MX'],
    ['untold-existence', 'example.com', 'A'],
    ['untold-name-servers', 'example.com', 'NS'],
    ['untold-mta-sts', '_mta-sts.example.com', 'TXT'],
    ['untold-tls-rpt', '_smtp._tls.example.com', 'TXT'],
    ['untold-bimi', 'default._bimi.example.com', 'TXT'],
    ['untold-wildcard', 'zegel-looks-for-a-wildcard.example.com', 'A'],
    ['untold-others', 's1._domainkey.example.com', 'TXT'],
  ];
  for (const [code, name, type] of silences) {
    it(`${code} when ${name} ${type} is not answered, and never an absence`, async () => {
      const resolver = silent(world(good), (asked, askedType) => asked === name && askedType === type);
      const { findings } = await lookAt(domainName('example.com'), resolver);
      noted(findings);
      const codes = findings.map((finding) => finding.code);
      assert.ok(codes.includes(`posture/${code}`), codes.join(' '));
      const said = /^posture\/(?:untold-|spf-untold|dmarc-reject-users|dkim-not-found)/;
      assert.deepEqual(
        codes.filter((each) => !said.test(each)),
        [],
      );
    });
  }
  it('untold-dnssec when DS is not answered', async () => {
    const resolver = silent(world(good, '', false), (_, type) => type === 'DS');
    const { findings, published } = await lookAt(domainName('example.com'), resolver);
    noted(findings);
    assert.equal(published.dnssec, 'unknown');
    assert.ok(findings.some(({ code }) => code === 'posture/untold-dnssec'));
  });
  it('spf-untold when an include is not answered; dmarc-reports-untold when a destination is not', async () => {
    const changes = `${spf('include:i.example.net ~all')}\n${dmarc('p=reject; rua=mailto:d@r.example.net')}\nr.example.net. MX 10 mx1.example.com.`;
    const resolver = silent(world(good, changes), (name) => name === 'i.example.net' || name.includes('_report'));
    const { findings } = await lookAt(domainName('example.com'), resolver);
    noted(findings);
    const codes = findings.map(({ code }) => code);
    assert.ok(codes.includes('posture/spf-untold'));
    assert.ok(codes.includes('posture/dmarc-reports-untold'));
    assert.ok(!codes.includes('posture/spf-dangling'));
  });
  it('nothing is absent, open or closed when the DNS answers nothing at all', async () => {
    const { findings, grade, forgery, internetNl } = await lookAt(
      domainName('example.com'),
      silent(world(good), () => true),
    );
    assert.equal(grade.letter, '?');
    assert.equal(grade.certain, false);
    assert.deepEqual(
      findings.filter(({ code }) => !code.startsWith('posture/untold-')),
      [],
    );
    assert.deepEqual(forgery.roads, []);
    assert.equal(internetNl.most, 0);
    const sure = forgery.closed.map(({ code }) => code.slice('posture/closed-'.length));
    assert.deepEqual(sure, []);
  });
});

describe('every finding', () => {
  const codes = Object.keys(postureWords);
  it('that has a sentence is produced by a test here', () => {
    assert.deepEqual(
      codes.filter((code) => !produced.has(code)),
      [],
    );
  });
  it('that is produced has a sentence and a remedy in both languages, with every value filled in', () => {
    for (const { code, values, remedy, id } of produced.values()) {
      for (const language of ['en', 'nl'] as const) {
        for (const said of [say(code, values, language), say(remedy, values, language)]) {
          assert.ok(!said.startsWith('posture/') && !/\{\w+\}/.test(said), `${id}: ${said}`);
        }
      }
    }
  });
  it('has an id of its own', async () => {
    const { findings } = await look(
      good,
      `${spf('a:gone.test ip4:10.0.0.0/8 ip4:11.0.0.0/8 ~all')}\n+ example.com. MX 20 mx.gone.test.`,
    );
    assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length);
  });
});
