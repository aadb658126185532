import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, ResolverError, zone } from '../dns/index.ts';
import {
  formatMtaStsPolicy,
  formatMtaStsRecord,
  lookupMtaSts,
  mtaStsMxProblems,
  mtaStsPolicyUrl,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  policyAllows,
} from './index.ts';
import type { MtaStsPolicy } from './index.ts';

const short = (problems: readonly { code: string }[]): string[] =>
  problems.map(({ code }) => code.slice('transport/'.length));

describe('the MTA-STS record (RFC 8461 §3.1)', () => {
  const cases: [text: string, id: string | undefined, problems: string[]][] = [
    ['v=STSv1; id=20160831085700Z;', '20160831085700Z', []],
    ['v=STSv1;id=1', '1', []],
    ['v=STSv1 ; id=1 ;', '1', []],
    ['v=STSv1; id=1; x=y', '1', ['unknown-field']],
    ['v=STSv1; x=y; id=1', '1', ['unknown-field']],
    ['v=STSv1; id=1; id=2', '1', ['repeated-field']],
    ['v=STSv1; id=1;; x', '1', ['empty-field', 'not-a-field']],
    ['v=STSv1', undefined, ['sts-id']],
    ['v=STSv1; ID=1', undefined, ['unknown-field', 'sts-id']],
    ['v=STSv1; id=', undefined, ['sts-id']],
    ['v=STSv1; id=2016-08-31', undefined, ['sts-id']],
    [`v=STSv1; id=${'1'.repeat(33)}`, undefined, ['sts-id']],
    ['v=STSv1; id = 1', undefined, ['not-a-field', 'sts-id']],
    ['v=stsv1; id=1', undefined, ['not-sts']],
    ['v=STSv2; id=1', undefined, ['not-sts']],
    ['id=1; v=STSv1', undefined, ['not-sts']],
    [' v=STSv1; id=1', undefined, ['not-sts']],
    ['', undefined, ['not-sts']],
  ];
  for (const [text, id, problems] of cases) {
    it(`${text}: ${id ?? '-'}`, () => {
      const reading = parseMtaStsRecord(text);
      assert.equal(reading.ok ? reading.value.id : undefined, id);
      assert.deepEqual(short(reading.problems), problems);
    });
  }
  it('is read back as it was written', () => {
    const records = fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9]{1,32}$/),
      extensions: fc.constantFrom([], [{ name: 'a.b', value: '1/2' }]),
    });
    fc.assert(
      fc.property(records, (record) => {
        const reading = parseMtaStsRecord(formatMtaStsRecord(record));
        assert.ok(reading.ok);
        assert.deepEqual(reading.value, { ...record });
      }),
    );
  });
});

describe('looking it up', () => {
  const text = `
. SOA a.nic. b.nic. 1 1 1 1 300
_mta-sts.one.example. TXT "v=STSv1; " "id=1"
_mta-sts.alias.example. CNAME _mta-sts.one.example.
_mta-sts.two.example. TXT "v=STSv1; id=1"
_mta-sts.two.example. TXT "v=STSv1; id=2"
_mta-sts.bad.example. TXT "v=STSv1; id=-"
_mta-sts.near.example. TXT "v=stsv1; id=1"
*.wild.example. TXT "v=spf1 -all"
`;
  const reading = zone(text);
  assert.ok(reading.ok);
  const { resolver } = reading.value;
  const cases: [domain: string, outcome: string, problems: string[]][] = [
    ['one.example', 'record', []],
    ['alias.example', 'record', []],
    ['sub.one.example', 'none', []],
    ['two.example', 'several', ['sts-several']],
    ['bad.example', 'invalid', ['sts-id']],
    ['near.example', 'none', ['not-sts']],
    ['a.wild.example', 'none', []],
    ['nowhere.example', 'none', []],
  ];
  for (const [domain, outcome, problems] of cases) {
    it(`${domain}: ${outcome}`, async () => {
      const found = await lookupMtaSts(domainName(domain), resolver);
      assert.equal(found.outcome, outcome);
      assert.deepEqual(short(found.problems), problems);
    });
  }
  it('does not know when nobody answers', async () => {
    const silent = () => Promise.reject(new ResolverError('dns/timeout', 'no answer'));
    assert.equal((await lookupMtaSts(domainName('a.example'), silent)).outcome, 'unknown');
    await assert.rejects(
      lookupMtaSts(domainName('a.example'), () => Promise.reject(new TypeError('a bug'))),
      TypeError,
    );
  });
});

describe('the policy file (RFC 8461 §3.2)', () => {
  const example =
    'version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n';
  it('reads the example', () => {
    const reading = parseMtaStsPolicy(example);
    assert.ok(reading.ok);
    assert.deepEqual(reading.value, {
      mode: 'enforce',
      maxAge: 604_800,
      mx: ['mail.example.com', '*.example.net', 'backupmx.example.com'],
      extensions: [],
    });
    assert.deepEqual(reading.problems, []);
  });
  it('lies where §3.2 says', () =>
    assert.equal(mtaStsPolicyUrl(domainName('example.com')), 'https://mta-sts.example.com/.well-known/mta-sts.txt'));

  const good = ['version: STSv1', 'mode: enforce', 'mx: a.example', 'max_age: 604800'];
  const but = (from: string, ...to: string[]): string =>
    good.flatMap((line) => (line.startsWith(from) ? to : [line])).join('\n');
  const cases: [what: string, text: string, ok: boolean, problems: string[]][] = [
    ['LF, and none at the end', good.join('\n'), true, []],
    ['spaces behind values', good.join('  \n'), true, []],
    ['no space behind the colon', good.join('\n').replaceAll(': ', ':'), true, []],
    ['mode: testing', but('mode', 'mode: testing'), true, []],
    ['mode: none, without mx', but('mx', '').replace('enforce', 'none').replace('\n\n', '\n'), true, []],
    ['an unknown field', `${good.join('\n')}\nx: y z`, true, ['unknown-field']],
    ['max_age twice', `${good.join('\n')}\nmax_age: 1`, true, ['sts-policy-repeated']],
    ['an empty line', `${good.join('\n')}\n\n`, true, ['sts-policy-empty-line']],
    ['an mx of the old drafts', but('mx', 'mx: .example', 'mx: a.example'), true, ['sts-policy-mx']],
    ['an mx with a star within', but('mx', 'mx: a.*.example', 'mx: a.example'), true, ['sts-policy-mx']],
    ['an mx that is a U-label', but('mx', 'mx: bücher.example', 'mx: a.example'), true, ['sts-policy-mx']],
    ['a short age', but('max_age', 'max_age: 3600'), true, ['sts-policy-short']],
    ['a short age while testing', but('max_age', 'max_age: 3600').replace('enforce', 'testing'), true, []],
    ['the longest age', but('max_age', 'max_age: 31557600'), true, []],
    ['a longer age', but('max_age', 'max_age: 31557601'), false, ['sts-policy-invalid']],
    ['a negative age', but('max_age', 'max_age: -1'), false, ['sts-policy-invalid']],
    ['no age', but('max_age'), false, ['sts-policy-missing']],
    ['no version', but('version'), false, ['sts-policy-missing']],
    ['another version', but('version', 'version: STSv2'), false, ['sts-policy-invalid']],
    ['no mode', but('mode'), false, ['sts-policy-missing']],
    ['mode: Enforce', but('mode', 'mode: Enforce'), false, ['sts-policy-invalid']],
    ['no mx', but('mx'), false, ['sts-policy-missing']],
    ['no mx that is a name', but('mx', 'mx: .example'), false, ['sts-policy-missing']],
    ['Version', but('version', 'Version: STSv1'), false, ['sts-policy-missing']],
    ['a web page', '<!doctype html>\n<title>404</title>', false, ['sts-policy-line']],
    ['nothing', '', false, ['sts-policy-missing']],
    ['a byte order mark', `\uFEFF${good.join('\n')}`, false, ['sts-policy-line']],
    ['64 kB and more', `${good.join('\n')}\nx: ${'y'.repeat(65_536)}`, false, ['sts-policy-too-long']],
  ];
  for (const [what, text, ok, problems] of cases) {
    it(`${what}: ${ok}`, () => {
      const reading = parseMtaStsPolicy(text);
      assert.equal(reading.ok, ok);
      assert.deepEqual(short(reading.problems), problems);
    });
  }
  it('is read back as it was written', () => {
    const policies: fc.Arbitrary<MtaStsPolicy> = fc.record({
      mode: fc.constantFrom('enforce', 'none', 'testing' as const),
      maxAge: fc.integer({ min: 0, max: 31_557_600 }),
      mx: fc.array(
        fc.tuple(fc.boolean(), fc.domain()).map(([star, name]) => `${star ? '*.' : ''}${name.toLowerCase()}`),
        { minLength: 1 },
      ),
      extensions: fc.constantFrom([], [{ name: 'x', value: 'y z: ü' }]),
    });
    fc.assert(
      fc.property(policies, (policy) => {
        const reading = parseMtaStsPolicy(formatMtaStsPolicy(policy));
        assert.ok(reading.ok);
        assert.deepEqual(reading.value, { ...policy });
      }),
    );
  });
  it('never throws, and takes its time in proportion to the length', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMtaStsPolicy(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMtaStsRecord(`v=STSv1;${text}`)));
    const before = process.cpuUsage();
    for (const part of ['a: ', 'x:y\n', '\n', ' ', 'mx: *.\n', ';', '; a=b', 'v=STSv1;']) {
      const text = part.repeat(65_000 / part.length);
      assert.ok(parseMtaStsPolicy(`${text}x`).problems.length <= 60);
      assert.ok(parseMtaStsRecord(`v=STSv1;${text}x`).problems.length <= 60);
    }
    assert.ok(process.cpuUsage(before).user < 2_000_000);
  });
});

describe('which servers a policy allows (RFC 8461 §4.1)', () => {
  const policy: MtaStsPolicy = {
    mode: 'enforce',
    maxAge: 604_800,
    mx: ['mail.example.com', '*.example.net'],
    extensions: [],
  };
  const cases: [host: string, allowed: boolean][] = [
    ['mail.example.com', true],
    ['MAIL.example.com.', true],
    ['a.example.net', true],
    ['example.net', false],
    ['a.b.example.net', false],
    ['other.example.com', false],
    ['net', false],
    ['', false],
  ];
  for (const [host, allowed] of cases)
    it(`${host}: ${allowed}`, () => assert.equal(policyAllows(policy, host), allowed));
  it('says which of the domain’s servers it shuts out, and which pattern is of no use', () => {
    const hosts = ['mail.example.com', 'new.example.com'];
    assert.deepEqual(short(mtaStsMxProblems(policy, hosts)), ['sts-mx-refused', 'sts-mx-unused']);
    assert.deepEqual(short(mtaStsMxProblems({ ...policy, mode: 'testing' }, hosts)), [
      'sts-mx-reported',
      'sts-mx-unused',
    ]);
    assert.deepEqual(mtaStsMxProblems({ ...policy, mode: 'none' }, hosts), []);
  });
});
