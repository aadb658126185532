import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readDocuments } from './read.ts';
import type { ReadDocument } from './read.ts';

async function read(content: Buffer | string): Promise<ReadDocument> {
  const bytes = Buffer.from(content);
  // eslint-disable-next-line typescript/require-await
  const chunks = async function* () {
    yield bytes;
  };
  // eslint-disable-next-line typescript/require-await
  const source = async function* () {
    yield { origin: 'x', road: 'mail' as const, sha256: '', size: bytes.length, bytes, chunks };
  };
  const documents: ReadDocument[] = [];
  for await (const line of readDocuments(source())) if (line.what === 'document') documents.push(line);
  assert.equal(documents.length, 1);
  return documents[0]!;
}

const arf = (fields: readonly string[]): string =>
  [
    'From: arf@receiver.example',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It failed.',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    ...fields,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    'From: <news@bank.example>',
    'Subject: =?utf-8?q?caf=C3=A9?=',
    '',
    '--b--',
    '',
  ].join('\r\n');

const exim = [
  'From: no-reply@mx.example',
  'Content-Type: text/plain',
  '',
  'A message claiming to be from you has failed the published DMARC policy for your domain.',
  '',
  '  Sender Domain: bank.example',
  '  Sender IP Address: 203.0.113.68',
  '  Received date: Mon, 07 Apr 2025 23:16:09 +0200',
  '  SPF Alignment: no',
  '  DKIM Alignment: yes',
  '',
  '------ This is a copy of the headers that were received before the error was detected.',
  '',
  'From: <user@bank.example>',
  '',
].join('\n');

const tls = JSON.stringify({
  'organization-name': 'Receiver',
  'date-range': { 'start-datetime': '2024-01-09T00:00:00Z', 'end-datetime': '2024-01-09T23:59:59Z' },
  'contact-info': null,
  'report-id': 'r1',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-string': ['version: STSv1'], 'policy-domain': 'bank.example' },
      summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 2 },
      'failure-details': [{ 'result-type': 'certificate-expired', 'failed-session-count': 2 }],
    },
  ],
});

describe('reports of other kinds', () => {
  it('a failure report (RFC 6591) is read, bytes given as text, and survives JSON', async () => {
    const document = await read(
      arf([
        'Feedback-Type: auth-failure',
        'Version: 1',
        'Auth-Failure: dmarc',
        'Source-IP: 192.0.2.1',
        'Reported-Domain: bank.example',
        'DKIM-Domain: bank.example',
        'DKIM-Canonicalized-Header: RnJvbTogYQ==',
        'Identity-Alignment: dkim, spf',
        'Incidents: many',
      ]),
    );
    const { failure } = JSON.parse(JSON.stringify(document)) as ReadDocument;
    assert.equal(document.kind, 'failure');
    assert.equal(document.refused, undefined);
    assert.equal(document.notUnderstood, undefined);
    assert.equal(failure?.feedbackType, 'auth-failure');
    assert.equal(failure.sourceAddress, '192.0.2.1');
    assert.deepEqual(failure.reportedDomains, ['bank.example']);
    assert.equal(failure.dkim?.canonicalizedHeader, 'RnJvbTogYQ==');
    const { headerOnly, header } = failure.original!;
    assert.deepEqual(
      [headerOnly, header.split(/\r?\n/)],
      [true, ['From: <news@bank.example>', 'Subject: =?utf-8?q?caf=C3=A9?=']],
    );
    assert.deepEqual(
      document.repaired.map(({ code, times }) => [code, times]),
      [['failure-report/bad-count', 1]],
    );
  });
  it('Exim’s plain text in its place', async () => {
    const { kind, failure, repaired } = await read(exim);
    assert.deepEqual(
      [kind, failure?.form, failure?.sourceAddress, failure?.alignment, failure?.original?.header],
      ['failure', 'text', '203.0.113.68', { dkim: 'pass', spf: 'fail', from: 'text' }, 'From: <user@bank.example>'],
    );
    assert.deepEqual(
      repaired.map(({ code }) => code),
      ['failure-report/plain-text'],
    );
  });
  it('one that does not say what it is is refused with its reason', async () => {
    const document = await read(arf(['Version: 1']));
    assert.deepEqual(
      [document.kind, document.failure, document.refused?.map(({ code }) => code)],
      ['failure', undefined, ['failure-report/no-feedback-type']],
    );
  });
  for (const [what, bytes] of [
    ['bare', Buffer.from(tls)],
    ['in gzip', gzipSync(tls)],
  ] as const) {
    it(`a TLS report (RFC 8460), ${what}`, async () => {
      const document = await read(bytes);
      assert.deepEqual(
        [document.kind, document.tls?.organizationName, document.tls?.sessions, document.tls?.policies[0]?.failures],
        ['tls', 'Receiver', { successful: 5, failed: 2 }, [{ resultType: 'certificate-expired', count: 2 }]],
      );
    });
  }
  it('JSON that is nearly a TLS report is refused with its reason', async () => {
    const document = await read('{"organization-name":"x","policies":[]}');
    assert.deepEqual([document.kind, document.tls], ['tls', undefined]);
    assert.deepEqual(
      document.refused?.map(({ code }) => code),
      ['reports/tls-bad-date'],
    );
  });
});
