import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseTlsReport } from './index.ts';
import type { TlsLimits, TlsReport } from './index.ts';

const encoder = new TextEncoder();
const failure = {
  'result-type': 'certificate-expired',
  'sending-mta-ip': '2001:db8:abcd:0012::1',
  'receiving-mx-hostname': 'MX1.example.com',
  'receiving-mx-helo': 'mx1',
  'receiving-ip': '203.0.113.56',
  'failed-session-count': 3,
  'additional-information': 'https://receiver.example/more',
  'failure-reason-code': 'X509_V_ERR_CERT_HAS_EXPIRED',
};
const policy = {
  policy: {
    'policy-type': 'sts',
    'policy-string': ['version: STSv1', 'mode: enforce', 'mx: *.example.com', 'max_age: 86400'],
    'policy-domain': 'Example.com',
    'mx-host': ['*.example.com'],
  },
  summary: { 'total-successful-session-count': 50, 'total-failure-session-count': 3 },
  'failure-details': [failure],
};
const report = {
  'organization-name': 'Receiver',
  'date-range': { 'start-datetime': '2026-01-01T00:00:00Z', 'end-datetime': '2026-01-01T23:59:59Z' },
  'contact-info': 'tls@receiver.example',
  'report-id': 'r1',
  policies: [policy],
};

const parse = (json: unknown, limits: Partial<TlsLimits> = {}) =>
  parseTlsReport(typeof json === 'string' ? encoder.encode(json) : encoder.encode(JSON.stringify(json)), limits);
/** The report with something else in its first policy, or in the first failure of that. */
const withPolicy = (parts: object): object => ({ ...report, policies: [{ ...policy, ...parts }] });
const withFailure = (parts: object): object => withPolicy({ 'failure-details': [{ ...failure, ...parts }] });
const withDates = (begin: unknown, end: unknown): object => ({
  ...report,
  'date-range': { 'start-datetime': begin, 'end-datetime': end },
});

describe('parseTlsReport', () => {
  it('reads every field', () => {
    assert.deepEqual(parse(report), {
      ok: true,
      value: {
        organizationName: 'Receiver',
        contactInfo: 'tls@receiver.example',
        reportId: 'r1',
        dateRange: { begin: 1767225600, end: 1767311999 },
        policies: [
          {
            type: 'sts',
            policyString: ['version: STSv1', 'mode: enforce', 'mx: *.example.com', 'max_age: 86400'],
            domain: 'example.com',
            mxHosts: ['*.example.com'],
            successful: 50,
            failed: 3,
            failures: [
              {
                resultType: 'certificate-expired',
                sendingMtaIp: '2001:db8:abcd:12::1',
                receivingIp: '203.0.113.56',
                receivingMxHostname: 'mx1.example.com',
                receivingMxHelo: 'mx1',
                count: 3,
                additionalInformation: 'https://receiver.example/more',
                failureReasonCode: 'X509_V_ERR_CERT_HAS_EXPIRED',
              },
            ],
          },
        ],
        sessions: { successful: 50, failed: 3 },
        repaired: [],
      },
      problems: [],
    });
  });

  const first = (read: TlsReport) => read.policies[0]!;
  const failed = (read: TlsReport) => first(read).failures[0]!;
  const tolerated: [
    name: string,
    json: unknown,
    repaired: string[],
    what?: (read: TlsReport) => unknown,
    is?: unknown,
  ][] = [
    ['a byte order mark', `\uFEFF${JSON.stringify(report)}`, []],
    ['contact-info of null', { ...report, 'contact-info': null }, ['missing'], (read) => read.contactInfo, undefined],
    [
      'no sending-mta-ip',
      withFailure({ 'sending-mta-ip': undefined }),
      [],
      (read) => failed(read).sendingMtaIp,
      undefined,
    ],
    [
      'a sending-mta-ip that is none',
      withFailure({ 'sending-mta-ip': 'unknown' }),
      ['bad-address'],
      (read) => failed(read).sendingMtaIp,
      undefined,
    ],
    [
      'no policy-domain',
      withPolicy({ policy: { 'policy-type': 'no-policy-found' } }),
      ['missing'],
      (read) => [first(read).type, first(read).domain],
      ['no-policy-found', undefined],
    ],
    [
      'a policy-domain that is none',
      withPolicy({ policy: { ...policy.policy, 'policy-domain': 'a b' } }),
      ['bad-name'],
      (read) => first(read).domain,
      'a b',
    ],
    [
      'a policy-type nobody knows',
      withPolicy({ policy: { ...policy.policy, 'policy-type': 'mystery' } }),
      ['unknown-policy-type'],
      (read) => [first(read).type, first(read).typeText],
      [undefined, 'mystery'],
    ],
    [
      'mx-host and policy-string as texts',
      withPolicy({ policy: { ...policy.policy, 'mx-host': '*.a.example', 'policy-string': '3 0 1 AB' } }),
      [],
      (read) => [first(read).mxHosts, first(read).policyString],
      [['*.a.example'], ['3 0 1 AB']],
    ],
    [
      'no failure count',
      withPolicy({ summary: { 'total-successful-session-count': 5 }, 'failure-details': null }),
      ['missing-count'],
      (read) => read.sessions,
      { successful: 5, failed: 0 },
    ],
    [
      'no summary',
      withPolicy({ summary: undefined }),
      ['missing-count*2'],
      (read) => read.sessions,
      { successful: 0, failed: 0 },
    ],
    ['a count as text', withFailure({ 'failed-session-count': '7' }), ['notation'], (read) => failed(read).count, 7],
    ['a negative count', withFailure({ 'failed-session-count': -7 }), ['bad-count'], (read) => failed(read).count, 0],
    ['half a session', withFailure({ 'failed-session-count': 1.5 }), ['bad-count'], (read) => failed(read).count, 0],
    [
      'a count that cannot be',
      withFailure({ 'failed-session-count': 1e300 }),
      ['bad-count'],
      (read) => failed(read).count,
      0,
    ],
    [
      'one failure that is no list',
      withPolicy({ 'failure-details': failure }),
      ['notation'],
      (read) => first(read).failures.length,
      1,
    ],
    ['one policy that is no list', { ...report, policies: policy }, ['notation'], (read) => read.policies.length, 1],
    ['no policies', { ...report, policies: [] }, ['missing'], (read) => read.policies, []],
    ['a member nobody knows', withFailure({ more: 1 }), ['unknown-member']],
    ['a report-id that is a number', { ...report, 'report-id': 12 }, ['notation'], (read) => read.reportId, '12'],
    [
      'a result type of later',
      withFailure({ 'result-type': 'new-thing' }),
      [],
      (read) => failed(read).resultType,
      'new-thing',
    ],
    [
      'a day that ends at 24:00',
      withDates('2026-01-01T00:00:00Z', '2026-01-01T24:00:00Z'),
      [],
      (read) => read.dateRange.end,
      1767312000,
    ],
    [
      'an offset and a fraction',
      withDates('2026-01-01T02:00:00.5+02:00', '2026-01-01T18:59:59-05:00'),
      [],
      (read) => read.dateRange,
      { begin: 1767225600, end: 1767311999 },
    ],
    [
      'policies that say nothing',
      { ...report, policies: [null, 3] },
      ['missing*4', 'missing-count*4'],
      (read) => read.policies.length,
      2,
    ],
  ];
  for (const [name, json, repaired, what, is] of tolerated) {
    it(name, () => {
      const reading = parse(json);
      assert.ok(reading.ok, JSON.stringify(reading.problems));
      const codes = reading.value.repaired.map(
        ({ code, times }) => code.slice('reports/tls-'.length) + (times === 1 ? '' : `*${times}`),
      );
      assert.deepEqual(codes.sort(), repaired);
      if (what !== undefined) assert.deepEqual(what(reading.value), is);
    });
  }

  it('bytes that are not UTF-8', () => {
    const bytes = encoder.encode(JSON.stringify(report));
    bytes[bytes.indexOf(82)] = 0xe9;
    const reading = parseTlsReport(bytes);
    assert.deepEqual(reading.ok && [reading.value.organizationName, reading.value.repaired[0]?.code], [
      'éeceiver',
      'reports/tls-bad-utf8',
    ]);
  });

  const refused: [name: string, json: unknown, code: string, limits?: Partial<TlsLimits>][] = [
    ['nothing', '', 'not-json'],
    ['half a report', JSON.stringify(report).slice(0, 300), 'not-json'],
    ['a list', '[]', 'not-a-report'],
    ['something else', { a: 1 }, 'not-a-report'],
    ['policies that are a text', { ...report, policies: 'x' }, 'not-a-report'],
    ['no date-range', { ...report, 'date-range': undefined }, 'bad-date'],
    ['a date without an offset', withDates('2026-01-01T00:00:00', '2026-01-01T23:59:59Z'), 'bad-date'],
    ['a day that is none', withDates('2026-02-30T00:00:00Z', '2026-03-01T00:00:00Z'), 'bad-date'],
    ['seconds for a date', withDates(1767225600, 1767311999), 'bad-date'],
    ['an end before the begin', withDates('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'), 'dates-reversed'],
    ['too many bytes', report, 'too-large', { bytes: 100 }],
    ['too many policies', { ...report, policies: [policy, policy] }, 'too-many', { items: 1 }],
    ['a million brackets', '['.repeat(1_000_000), 'not-json'],
  ];
  for (const [name, json, code, limits] of refused) {
    it(`refuses ${name}`, () => {
      const reading = parse(json, limits);
      assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, `reports/tls-${code}`);
    });
  }

  it('returns from any JSON, and counts nothing that is no whole number', () =>
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: false }),
        fc.constantFrom(...Object.keys(report), 'summary', 'failure-details'),
        (value, name) => {
          const json = name in report ? { ...report, [name]: value } : withPolicy({ [name]: value });
          let text: string;
          try {
            text = JSON.stringify(json);
          } catch {
            return;
          }
          const reading = parse(text);
          if (!reading.ok) return;
          for (const { successful, failed: lost, failures } of reading.value.policies) {
            for (const count of [successful, lost, ...failures.map((each) => each.count)])
              assert.ok(Number.isSafeInteger(count) && count >= 0);
          }
        },
      ),
      { seed: 8460, numRuns: 500 },
    ));
});
