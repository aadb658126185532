import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { fieldsNamed, fieldValue, parseMessage } from '../../mail/index.ts';
import { parseFailureReport } from './index.ts';
import type { FailureReport, ReportPart } from './index.ts';

const corpora = process.env['ZEGEL_CORPORA'];

/** The parts of a report message: enough MIME for these files, and no more. */
function partsOf(file: string): ReportPart[] {
  const message = parseMessage(readFileSync(file));
  const value = (of: typeof message, name: string): string => {
    const field = fieldsNamed(of, name)[0];
    return field === undefined ? '' : fieldValue(of, field);
  };
  const boundary = /boundary="?([^";]+)"?/i.exec(value(message, 'content-type'))![1]!;
  const body = message.bytes.toString('latin1', message.bodyStart);
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((text) => {
      const part = parseMessage(Buffer.from(text.replace(/^\r?\n/, ''), 'latin1'));
      const content = part.bytes.subarray(part.bodyStart);
      const base64 = value(part, 'content-transfer-encoding').toLowerCase() === 'base64';
      return {
        contentType: value(part, 'content-type'),
        content: base64 ? Buffer.from(content.toString('latin1'), 'base64') : content,
      };
    });
}

function read(parts: readonly ReportPart[]): FailureReport {
  const reading = parseFailureReport(parts);
  assert.ok(reading.ok, JSON.stringify(reading.problems));
  return reading.value;
}

function arf(lines: readonly string[], ...more: ReportPart[]): ReportPart[] {
  return [{ contentType: 'message/feedback-report', content: `${lines.join('\r\n')}\r\n` }, ...more];
}

describe('failure reports of others', () => {
  const cases: [file: string, expected: Partial<FailureReport>, header: string][] = [
    [
      'DMARC Failure Report for domain.de (mail-from=sharepoint@domain.de, ip=10.10.10.10).eml',
      {
        form: 'arf',
        feedbackType: 'auth-failure',
        sourceAddress: '10.10.10.10',
        arrival: Date.UTC(2018, 9, 1, 9, 20, 27) / 1000,
        originalMailFrom: 'sharepoint@domain.de',
        originalRcptTo: ['peter.pan@domain.de'],
        reportedDomains: ['domain.de'],
        authFailures: ['dmarc'],
        deliveryResult: 'smg-policy-action',
      },
      'from',
    ],
    [
      '[Netease DMARC Failure Report] Rent Reminder.eml',
      {
        feedbackType: 'auth-failure',
        userAgent: 'NtesDmarcReporter/1.0',
        sourceAddress: '167.89.69.24',
        originalEnvelopeId: 'N8CowEApcUPo6q1bnXlMAA--.44392S3',
        originalMailFrom: 'bounces+1137616-c1ad-xsj399=163.com@email.entrata.com',
        reportedDomains: ['cardinal.com'],
        dkim: { domain: 'entrata.com' },
        // Written under RFC 7489, and yet a list of what failed: both passed, neither was aligned.
        identityAlignment: { named: ['dkim', 'spf'], meaning: 'failed' },
        alignment: { dkim: 'fail', spf: 'fail', from: 'identity-alignment' },
      },
      'from',
    ],
    [
      'dmarc_ruf_report_linkedin.eml',
      {
        sourceAddress: '10.10.10.10',
        originalMailFrom: '',
        deliveryResult: 'delivered',
        reportedDomains: ['example.com'],
      },
      'return-path',
    ],
    [
      'dmarc_ruf_report_linkedin.crlf.eml',
      {
        sourceAddress: '10.10.10.10',
        originalMailFrom: '',
        deliveryResult: 'delivered',
        reportedDomains: ['example.com'],
      },
      'return-path',
    ],
    [
      'exim_plain_text_only_no_arf_part.eml',
      {
        form: 'text',
        feedbackType: 'auth-failure',
        sourceAddress: '203.0.113.68',
        arrival: Date.UTC(2025, 3, 7, 21, 16, 9) / 1000,
        reportedDomains: ['example.com'],
        alignment: { dkim: 'fail', spf: 'fail', from: 'text' },
        otherFields: [{ name: 'dmarc results', value: 'None, Accept' }],
      },
      'from',
    ],
  ];
  for (const [file, expected, header] of cases) {
    it(file, (t) => {
      if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
      const report = read(partsOf(join(corpora, 'rua-parsedmarc', 'failure', file)));
      const told = Object.fromEntries(Object.keys(expected).map((key) => [key, report[key as keyof FailureReport]]));
      assert.deepEqual(told, expected);
      assert.equal(
        fieldsNamed(parseMessage(report.original!.bytes), header).length,
        1,
        'the reported message is there',
      );
    });
  }

  it('the golden values of mail-auth', (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    const folder = join(corpora, 'rua-mail-auth', 'arf');
    let compared = 0;
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.eml'))) {
      const golden = JSON.parse(readFileSync(join(folder, file.replace('.eml', '.json')), 'utf8'));
      const report = read(partsOf(join(folder, file)));
      const bare = (text: string | null): string | undefined => text?.replace(/^<|>$/g, '');
      assert.deepEqual(
        {
          type: report.feedbackType.replace('-', ''),
          arrival: report.arrival ?? null,
          incidents: report.incidents,
          envelopeId: report.originalEnvelopeId ?? null,
          mailFrom: report.originalMailFrom,
          rcptTo: report.originalRcptTo[0],
          domains: report.reportedDomains,
          uris: report.reportedUris,
          mta: report.reportingMta ?? null,
          source: report.sourceAddress ?? null,
          agent: report.userAgent,
          version: Number(report.version),
          results: report.authenticationResults.length,
          failure: report.authFailures[0] ?? 'unspecified',
          dkim: [report.dkim?.domain ?? null, report.dkim?.identity ?? null, report.dkim?.selector ?? null],
          body: report.dkim?.canonicalizedBody?.toString('base64') ?? null,
        },
        {
          type: golden.feedback_type.toLowerCase(),
          arrival: golden.arrival_date,
          incidents: golden.incidents,
          envelopeId: golden.original_envelope_id,
          mailFrom: bare(golden.original_mail_from),
          rcptTo: bare(golden.original_rcpt_to),
          domains: golden.reported_domain,
          uris: golden.reported_uri,
          mta: golden.reporting_mta,
          source: golden.source_ip,
          agent: golden.user_agent,
          version: golden.version,
          results: golden.authentication_results.length,
          failure: golden.auth_failure.toLowerCase(),
          dkim: [golden.dkim_domain, golden.dkim_identity, golden.dkim_selector],
          body: golden.dkim_canonicalized_body?.replace(/\s+/g, '') ?? null,
        },
        file,
      );
      assert.ok(report.original !== undefined, file);
      compared += 1;
    }
    assert.equal(compared, 5);
  });
});

describe('Identity-Alignment has two meanings (RFC 9991 §4, RFC 7489 §7.3.1)', () => {
  const cases: [
    value: string,
    results: string,
    meaning: string | undefined,
    dkim: string | undefined,
    spf: string | undefined,
  ][] = [
    ['dkim', 'x.example; dkim=fail header.d=a.example; spf=pass smtp.mailfrom=a.example', 'failed', 'fail', 'pass'],
    ['spf', 'x.example; dkim=fail header.d=a.example; spf=pass smtp.mailfrom=a.example', 'aligned', 'fail', 'pass'],
    ['dkim', 'x.example; dkim=pass header.d=a.example; spf=fail smtp.mailfrom=a.example', 'aligned', 'pass', 'fail'],
    ['dkim, spf', 'x.example; dmarc=fail header.from=a.example', 'failed', 'fail', 'fail'],
    ['dkim (signature), spf', 'x.example; spf=pass', 'failed', 'fail', 'fail'],
    ['none', 'x.example; dmarc=fail header.from=a.example', 'aligned', 'fail', 'fail'],
    ['none', 'x.example; dmarc=pass header.from=a.example', 'failed', 'pass', 'pass'],
    ['spf', 'x.example; dmarc=fail header.from=a.example; dkim=none', 'failed', 'pass', 'fail'],
    ['dkim', 'x.example; dkim=pass; spf=pass', 'unknown', undefined, undefined],
    ['dkim', 'x.example; none', 'unknown', undefined, undefined],
    ['spf', 'x.example; dkim=fail; spf=fail; dmarc=fail', 'unknown', undefined, undefined],
    ['dmarc', 'x.example; none', undefined, undefined, undefined],
    ['none, spf', 'x.example; none', undefined, undefined, undefined],
    ['', 'x.example; none', undefined, undefined, undefined],
  ];
  for (const [value, results, meaning, dkim, spf] of cases) {
    it(`"${value}" beside "${results}": ${meaning ?? 'not readable'}`, () => {
      const report = read(
        arf(['Feedback-Type: auth-failure', `Authentication-Results: ${results}`, `Identity-Alignment: ${value}`]),
      );
      assert.equal(report.identityAlignment?.meaning, meaning);
      assert.equal(report.alignment?.dkim, dkim);
      assert.equal(report.alignment?.spf, spf);
    });
  }
});

describe('parseFailureReport', () => {
  it('reads a complaint (RFC 5965)', () => {
    const report = read(
      arf(
        [
          '',
          'Feedback-Type: abuse',
          'Source-IP: 2001:DB8::1',
          'Incidents: 3',
          'Original-Rcpt-To: <a@b.example>',
          'X-Own: y',
        ],
        { contentType: 'text/rfc822-headers; charset=utf-8', content: 'From: x@y.example\r\n' },
      ),
    );
    assert.equal(report.feedbackType, 'abuse');
    assert.equal(report.sourceAddress, '2001:db8::1');
    assert.equal(report.incidents, 3);
    assert.deepEqual(report.originalRcptTo, ['a@b.example']);
    assert.deepEqual(report.otherFields, [{ name: 'x-own', value: 'y' }]);
    assert.equal(report.original?.headerOnly, true);
  });
  const noted: [line: string, code: string][] = [
    ['Source-IP: X.X.X.X', 'failure-report/bad-address'],
    ['Arrival-Date: yesterday', 'failure-report/bad-date'],
    ['Incidents: many', 'failure-report/bad-count'],
    ['Identity-Alignment: perhaps', 'failure-report/bad-alignment'],
    ['DKIM-Canonicalized-Body: *', 'failure-report/bad-base64'],
    ['Authentication-Results: x.example 9; spf=pass', 'authentication-results/unknown-version'],
    ['X: y', 'failure-report/no-original'],
  ];
  for (const [line, code] of noted) {
    it(`notes ${code}`, () => {
      const reading = parseFailureReport(arf(['Feedback-Type: auth-failure', line]));
      assert.ok(
        reading.ok && reading.problems.some((problem) => problem.code === code),
        JSON.stringify(reading.problems),
      );
    });
  }
  const refused: [what: string, parts: ReportPart[], code: string][] = [
    ['no parts', [], 'failure-report/no-report-part'],
    [
      'an ordinary letter',
      [{ contentType: 'text/plain', content: 'Dear all,\n\n  Sender Domain: x\n' }],
      'failure-report/no-report-part',
    ],
    ['no type', arf(['Version: 1']), 'failure-report/no-feedback-type'],
  ];
  for (const [what, parts, code] of refused) {
    it(`refuses ${what}`, () => {
      const reading = parseFailureReport(parts);
      assert.equal(reading.ok, false);
      assert.equal(reading.problems[0]?.code, code);
    });
  }
  it('never throws', () => {
    const type = fc.constantFrom(
      'message/feedback-report',
      'text/plain',
      'message/rfc822',
      'text/rfc822-headers; x',
      '',
    );
    const piece = fc.constantFrom(
      'Feedback-Type: abuse\n',
      'Sender Domain:',
      '  Sender IP Address: 1',
      '\n',
      'Identity-Alignment: ',
      'dkim',
      '(',
      'Source-IP:',
      '\0',
      '-- copy of the headers\n',
    );
    const content = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ contentType: type, content })), (parts) => void parseFailureReport(parts)),
    );
  });
});
