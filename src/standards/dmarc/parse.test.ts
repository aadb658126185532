import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  destinationHost,
  formatDmarcRecord,
  isDmarcRecord,
  mailtoReportUri,
  parseDmarcRecord,
  parseReportUri,
} from './index.ts';
import type { DmarcRecord, ReportUri } from './index.ts';

const mail = (uri: string): ReportUri => {
  const [localPart = '', domain = ''] = uri.slice(7).split('@');
  return { uri, scheme: 'mailto', address: { localPart, domain } };
};
const read = (text: string): DmarcRecord => {
  const reading = parseDmarcRecord(text);
  assert.ok(reading.ok, text);
  return reading.value;
};
const codes = (text: string): string[] =>
  parseDmarcRecord(text).problems.map(({ code }) => code.slice('dmarc/'.length));
const wrong = (tag: 'np' | 'p' | 'sp', value: string) => ({ invalidPolicies: [{ tag, value }] });

describe('what is a DMARC record (RFC 9989 §4.7 v, §4.8, §4.10 step 2)', () => {
  const cases: [text: string, is: boolean][] = [
    ['v=DMARC1; p=none', true],
    ['v=DMARC1', true],
    ['v=DMARC1;', true],
    ['v = DMARC1 ; p=none', true],
    ['v\t=\tDMARC1;p=none', true],
    ['V=DMARC1; p=none', true],
    ['v=dmarc1; p=none', false],
    ['v=DMARC1 p=none', false],
    ['v=DMARC10; p=none', false],
    ['v=DMARC2; p=none', false],
    ['v="DMARC1"; p=none', false],
    ['v=DMARC1,p=none', false],
    [' v=DMARC1; p=none', false],
    ['"v=DMARC1; p=none"', false],
    ['p=none; v=DMARC1', false],
    ['v=spf1 -all', false],
    ['', false],
  ];
  for (const [text, is] of cases) {
    it(`${JSON.stringify(text)}: ${is}`, () => {
      assert.equal(isDmarcRecord(text), is);
      assert.equal(parseDmarcRecord(text).ok, is);
    });
  }
});

describe('why a text is none', () => {
  const cases: [text: string, code: string, offset?: number][] = [
    ['', 'no-version', 0],
    ['hello', 'no-version', 0],
    ['p=none; v=DMARC1', 'version-not-first', 7],
    ['v=dmarc1; p=none', 'wrong-version', 2],
    ['v=DMARC1 p=none', 'missing-semicolon', 2],
    [' v=DMARC1; p=none', 'space-before-version', 0],
    ['v=DMARC1; p=none; p=reject', 'duplicate-tag', 18],
    ['v=DMARC1; p=none; P=reject', 'duplicate-tag', 18],
    ['v=DMARC1; p=none; v=DMARC1', 'duplicate-tag', 18],
    ['v=DMARC1; rua=mailto:a@example.com; x=1; x=2', 'duplicate-tag', 41],
    [`v=DMARC1; x=${'a'.repeat(65_536)}`, 'too-long'],
  ];
  for (const [text, code, offset] of cases) {
    it(`${JSON.stringify(text.slice(0, 50))}: ${code}`, () => {
      const { ok, problems } = parseDmarcRecord(text);
      assert.equal(ok, false);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [`dmarc/${code}`],
      );
      assert.equal(problems[0]?.at?.offset, offset);
    });
  }
});

describe('what a record says (RFC 9989 §4.7)', () => {
  const cases: [text: string, record: Partial<DmarcRecord>, problems: string[]][] = [
    ['v=DMARC1; p=reject', { p: 'reject' }, []],
    ['v=DMARC1;p=reject;', { p: 'reject' }, []],
    ['v=DMARC1; p = quarantine ; sp= none ;np =reject ', { p: 'quarantine', sp: 'none', np: 'reject' }, []],
    ['v=DMARC1; p=Reject; adkim=S; t=N', { p: 'reject', adkim: 's', t: 'n' }, []],
    ['v=DMARC1; P=reject', { p: 'reject' }, ['tag-case']],
    ['V=DMARC1; p=reject', { p: 'reject' }, ['tag-case']],
    ['v=DMARC1; p=reject; adkim=s; aspf=r; psd=n', { p: 'reject', adkim: 's', aspf: 'r', psd: 'n' }, []],
    [
      'v=DMARC1; p=none; psd=maybe; adkim=strict; t=yes',
      { p: 'none' },
      ['invalid-value', 'invalid-value', 'invalid-value'],
    ],
    // Unknown tags MUST be ignored.
    ['v=DMARC1; p=none; x=1', { p: 'none', others: [{ name: 'x', value: '1' }] }, ['unknown-tag']],
    // Gone from RFC 9989, obeyed by receivers of RFC 7489.
    [
      'v=DMARC1; p=reject; pct=20; ri=3600; rf=afrf',
      { p: 'reject', pct: 20, ri: 3600, rf: 'afrf' },
      ['obsolete-tag', 'obsolete-tag', 'obsolete-tag'],
    ],
    ['v=DMARC1; p=quarantine; t=y; pct=0', { p: 'quarantine', t: 'y', pct: 0 }, []],
    ['v=DMARC1; p=quarantine; t=y; pct=10', { p: 'quarantine', t: 'y', pct: 10 }, ['obsolete-tag']],
    ['v=DMARC1; p=quarantine; pct=0', { p: 'quarantine', pct: 0 }, ['obsolete-tag']],
    ['v=DMARC1; p=reject; pct=101', { p: 'reject' }, ['invalid-value', 'obsolete-tag']],
    ['v=DMARC1; p=reject; pct=1e1', { p: 'reject' }, ['invalid-value', 'obsolete-tag']],
    ['v=DMARC1; p=reject; ri=4294967296', { p: 'reject' }, ['invalid-value', 'obsolete-tag']],
    ['v=DMARC1; p=none; t=y', { p: 'none', t: 'y' }, ['testing-without-effect']],
    ['v=DMARC1; p=none; np=reject; t=y', { p: 'none', np: 'reject', t: 'y' }, []],
    // Order (RFC 7489 §6.3 wants p second; RFC 9989 takes it anywhere).
    ['v=DMARC1; sp=none; p=reject', { sp: 'none', p: 'reject' }, ['policy-not-second']],
    // Syntax errors are discarded (§4.8).
    ['v=DMARC1;; p=none', { p: 'none' }, ['empty-tag']],
    ['v=DMARC1; p=none;;', { p: 'none' }, ['empty-tag']],
    ['v=DMARC1; p=none; reject', { p: 'none' }, ['not-a-tag']],
    ['v=DMARC1; p=none; =x; 1a=b', { p: 'none' }, ['not-a-tag', 'not-a-tag']],
    ['v=DMARC1; p=none; x=é', { p: 'none', others: [{ name: 'x', value: 'é' }] }, ['bad-character', 'unknown-tag']],
    // A no-break space (two octets of UTF-8) is no space.
    [
      'v=DMARC1; p=reject\xC2\xA0; sp=none',
      { sp: 'none', ...wrong('p', 'reject\xC2\xA0') },
      ['bad-character', 'invalid-policy', 'read-as-nothing'],
    ],
    ['v=DMARC1; p=reject; \xA0sp=none', { p: 'reject' }, ['not-a-tag']],
    // Policies that are wrong decide about the whole (§4.10.1).
    ['v=DMARC1', {}, ['missing-policy', 'read-as-nothing']],
    ['v=DMARC1; sp=reject', { sp: 'reject' }, ['missing-policy', 'read-as-nothing']],
    ['v=DMARC1; p=', wrong('p', ''), ['invalid-policy', 'read-as-nothing']],
    [
      'v=DMARC1; p=none sp=reject',
      wrong('p', 'none sp=reject'),
      ['missing-semicolon', 'invalid-policy', 'read-as-nothing'],
    ],
    [
      'v=DMARC1; p=reject; sp=monitor',
      { p: 'reject', ...wrong('sp', 'monitor') },
      ['invalid-policy', 'read-as-nothing'],
    ],
    ['v=DMARC1; rua=mailto:a@example.com', { rua: [mail('mailto:a@example.com')] }, ['missing-policy', 'read-as-none']],
    [
      'v=DMARC1; p=block; rua=mailto:a@example.com',
      { ...wrong('p', 'block'), rua: [mail('mailto:a@example.com')] },
      ['invalid-policy', 'read-as-none'],
    ],
    // A bare address is no URI, so this record has no effect at all.
    [
      'v=DMARC1; p=block; rua=a@example.com',
      wrong('p', 'block'),
      ['invalid-policy', 'report-uri-without-scheme', 'no-report-uri', 'read-as-nothing'],
    ],
    // fo
    ['v=DMARC1; p=none; fo=1', { p: 'none', fo: ['1'] }, ['fo-without-ruf']],
    [
      'v=DMARC1; p=none; fo=1:d:s; ruf=mailto:f@example.com',
      { p: 'none', fo: ['1', 'd', 's'], ruf: [mail('mailto:f@example.com')] },
      [],
    ],
    [
      'v=DMARC1; p=none; fo=d:0; ruf=mailto:f@example.com',
      { p: 'none', fo: ['d', '0'], ruf: [mail('mailto:f@example.com')] },
      [],
    ],
    [
      'v=DMARC1; p=none; fo=0:1; ruf=mailto:f@example.com',
      { p: 'none', ruf: [mail('mailto:f@example.com')] },
      ['fo-exclusive'],
    ],
    [
      'v=DMARC1; p=none; fo=d:d; ruf=mailto:f@example.com',
      { p: 'none', ruf: [mail('mailto:f@example.com')] },
      ['invalid-value'],
    ],
    [
      'v=DMARC1; p=none; fo=2; ruf=mailto:f@example.com',
      { p: 'none', ruf: [mail('mailto:f@example.com')] },
      ['invalid-value'],
    ],
    // rua
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.net',
      { p: 'none', rua: [mail('mailto:a@example.com'), mail('mailto:b@example.net')] },
      [],
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com , mailto:b@example.net',
      { p: 'none', rua: [mail('mailto:a@example.com'), mail('mailto:b@example.net')] },
      [],
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com,mailto:a@example.com',
      { p: 'none', rua: [mail('mailto:a@example.com'), mail('mailto:a@example.com')] },
      ['repeated-report-uri'],
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com!10m',
      { p: 'none', rua: [{ ...mail('mailto:a@example.com'), obsoleteSize: '10m' }] },
      ['report-size'],
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com, b@example.com',
      { p: 'none', rua: [mail('mailto:a@example.com')] },
      ['report-uri-without-scheme'],
    ],
    ['v=DMARC1; p=none; rua=', { p: 'none' }, ['bad-report-uri', 'no-report-uri']],
    [
      'v=DMARC1; p=none; rua=https://example.com/r',
      { p: 'none', rua: [{ uri: 'https://example.com/r', scheme: 'https' }] },
      ['report-scheme'],
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@example.com ruf=mailto:a@example.com',
      { p: 'none' },
      ['missing-semicolon', 'bad-report-uri', 'no-report-uri'],
    ],
  ];
  for (const [text, record, problems] of cases) {
    it(text, () => {
      assert.deepEqual(read(text), { rua: [], ruf: [], invalidPolicies: [], others: [], ...record });
      assert.deepEqual(codes(text), problems);
    });
  }

  it('says where', () => {
    const text = 'v=DMARC1; p=none; rua=mailto:a@example.com, b@example.com;  np = bloc ';
    const places = parseDmarcRecord(text).problems.map(({ at }) =>
      text.slice(at?.offset, (at?.offset ?? 0) + (at?.length ?? 0)),
    );
    assert.deepEqual(places, ['b@example.com', 'np = bloc', 'p=none']);
  });
});

describe('URIs for reports (RFC 9989 §4.8, RFC 3986, RFC 6068)', () => {
  const cases: [text: string, host: string | undefined, problems: string[]][] = [
    ['mailto:a@example.com', 'example.com', []],
    ['MAILTO:a@Example.COM', 'example.com', []],
    ['mailto:a%2Bb@example.com', 'example.com', []],
    ['mailto:a@example.com?subject=x', 'example.com', []],
    ['mailto:a@example.com!50', 'example.com', ['report-size']],
    ['mailto:a%21b@example.com', 'example.com', []],
    ['mailto:a!b@example.com', undefined, ['bad-report-uri']],
    ['mailto:a@example.com!10x', undefined, ['bad-report-uri']],
    ['mailto:a@example.com!10m!20m', undefined, ['bad-report-uri']],
    ['mailto:a b@example.com', undefined, ['bad-report-uri']],
    ['mailto:a@b%ZZ', undefined, ['bad-report-uri']],
    ['mailto:', undefined, ['report-address']],
    ['mailto:nobody', undefined, ['report-address']],
    ['mailto:a%40b%2Cc@example.com', undefined, ['report-address']],
    ['mailto:%FF@example.com', undefined, ['report-address']],
    ['mailto:a@-..-', undefined, ['report-address']],
    ['a@example.com', undefined, ['report-uri-without-scheme']],
    ['example.com', undefined, ['bad-report-uri']],
    ['https://user@reports.example.com:8443/x?y#z', 'reports.example.com', ['report-scheme']],
    ['https://[2001:db8::1]/', undefined, ['report-scheme']],
    ['https://exa[mple.com/', undefined, ['bad-report-uri']],
    ['https://example.com/#a#b', undefined, ['bad-report-uri']],
    ['urn:x:y', undefined, ['report-scheme']],
  ];
  for (const [text, host, problems] of cases) {
    it(`${text}: ${host ?? '-'} ${problems.join(' ')}`, () => {
      const reading = parseReportUri(text);
      assert.equal(reading.ok ? destinationHost(reading.value) : undefined, host);
      assert.deepEqual(
        reading.problems.map(({ code }) => code.slice('dmarc/'.length)),
        problems,
      );
    });
  }
  it('makes the URI of any mailbox, and reads it back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (localPart) => {
        fc.pre(!/[\s,@<>"]/.test(localPart));
        const uri = mailtoReportUri(localPart, 'example.com');
        const reading = parseReportUri(uri.uri);
        assert.ok(reading.ok, uri.uri);
        assert.deepEqual(reading.value, uri);
      }),
    );
  });
});

describe('formatDmarcRecord', () => {
  const policy = fc.constantFrom('none', 'quarantine', 'reject' as const);
  const uri = fc
    .record(
      {
        uri: fc
          .tuple(fc.stringMatching(/^[a-z0-9+._-]{1,20}$/), fc.domain())
          .map(([local, domain]) => `${local}@${domain}`),
        obsoleteSize: fc.stringMatching(/^[0-9]{1,5}[kmgt]?$/),
      },
      { requiredKeys: ['uri'], noNullPrototype: true },
    )
    .map(({ uri, ...rest }) => ({ ...mail(`mailto:${uri}`), ...rest }));
  const records = fc.record(
    {
      p: policy,
      sp: policy,
      np: policy,
      t: fc.constantFrom('n', 'y' as const),
      psd: fc.constantFrom('n', 'u', 'y' as const),
      adkim: fc.constantFrom('r', 's' as const),
      aspf: fc.constantFrom('r', 's' as const),
      fo: fc.shuffledSubarray(['0', 'd', 's'] as const, { minLength: 1 }),
      rua: fc.array(uri),
      ruf: fc.array(uri),
      pct: fc.integer({ min: 0, max: 100 }),
      rf: fc.constant('afrf'),
      ri: fc.nat(),
      invalidPolicies: fc.constant([]),
      others: fc.constantFrom([], [{ name: 'x', value: 'a = b' }]),
    },
    { requiredKeys: ['rua', 'ruf', 'invalidPolicies', 'others'], noNullPrototype: true },
  ) as fc.Arbitrary<DmarcRecord>;

  it('is read back as it was', () => {
    fc.assert(fc.property(records, (record) => assert.deepEqual(read(formatDmarcRecord(record)), record)));
  });
  it('puts p in second place', () =>
    assert.equal(
      formatDmarcRecord(read('v=DMARC1;rua=mailto:a@example.com;t=y;pct=0;p=reject;sp=foo')),
      'v=DMARC1; p=reject; sp=foo; t=y; pct=0; rua=mailto:a@example.com',
    ));
});

describe('parseDmarcRecord, whatever the text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        'v=DMARC1',
        ';',
        '; ',
        'p=',
        'none',
        'reject',
        'rua=',
        'mailto:a@example.com',
        ',',
        '!10m',
        ' ',
        '\t',
        '=',
        'fo=',
        '0:1',
        'sp',
        'np=',
        'pct=',
        't=y',
        'é',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  );
  it('never throws, and what it read is read back the same', () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (parts, begun) => {
        const reading = parseDmarcRecord(`${begun ? 'v=DMARC1;' : ''}${parts.join('')}`);
        if (!reading.ok) {
          assert.equal(reading.problems.length, 1);
          return;
        }
        const again = parseDmarcRecord(formatDmarcRecord(reading.value));
        assert.ok(again.ok);
        assert.deepEqual(again.value, reading.value);
      }),
      { numRuns: 1000 },
    );
  });
  it('bounds what it says of records of 64 kB, and does not look twice at each character', () => {
    const long: [what: string, text: string][] = [
      ['semicolons', ';'.repeat(65_000)],
      ['tags', Array.from({ length: 8_000 }, (_, index) => `a${index}=1`).join(';')],
      ['URIs', `rua=${'mailto:a@example.com,'.repeat(3_000)}`],
      ['one URI', `rua=mailto:${'a'.repeat(65_000)}`],
      ['percent signs', `rua=mailto:${'%20'.repeat(21_000)}`],
      ['spaces', `p=none${' '.repeat(65_000)}x`],
      ['spaced tags', `p=none${' p   '.repeat(13_000)}`],
      ['brackets', `rua=https://${'['.repeat(65_000)}`],
      ['ats', `rua=https://${'@'.repeat(65_000)}`],
      ['colons', `fo=${':'.repeat(65_000)}`],
    ];
    for (const [what, text] of long) {
      const before = process.cpuUsage();
      const { problems } = parseDmarcRecord(`v=DMARC1;${text}`);
      assert.ok(problems.length <= 60, what);
      // 65,000 steps are microseconds and 65,000² are seconds: there is no need to be exact.
      assert.ok(process.cpuUsage(before).user < 1_000_000, what);
    }
  });
});
