// Other people's samples of TLS reports, as rows of `npm run conformance`. mail-auth keeps what it reads as JSON of the same form
// as the report, so a message and its golden file have to mean the same; what that is, is said here too, read by eye.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTlsReport } from '../../src/standards/reports/index.ts';
import { xmlOf } from './aggregate.ts';
import type { ConformanceRow } from './spf.ts';

/** Organization, days, policies as type and domain, sessions successful and failed, failures, repairs. */
type Known = readonly [string, string, string, number, number, number, string];

const google = 'Google Inc.';
const samples: readonly (readonly [file: string, known: Known])[] = [
  [
    'rua-mail-auth/tlsrpt/rpt01.eml',
    ['Company-X', '2016-04-01..2016-04-01', 'sts company-y.example', 5326, 303, 3, ''],
  ],
  [
    'rua-mail-auth/tlsrpt/rpt01.json',
    ['Company-X', '2016-04-01..2016-04-01', 'sts company-y.example', 5326, 303, 3, ''],
  ],
  ['rua-mail-auth/tlsrpt/rpt02.eml', [google, '2020-01-01..2020-01-07', 'sts example.com', 23, 1, 1, '']],
  ['rua-mail-auth/tlsrpt/rpt02.json', [google, '2020-01-01..2020-01-07', 'sts example.com', 23, 1, 1, '']],
  [
    'rua-mail-auth/tlsrpt/rpt03.json',
    [
      google,
      '2019-04-14..2019-04-14',
      'no-policy-found -, invalid-policy-type -',
      2,
      0,
      0,
      'missing missing-count unknown-policy-type',
    ],
  ],
  [
    'rua-parsedmarc/smtp_tls/google.com_smtp_tls_report.eml',
    [google, '2024-09-03..2024-09-03', 'no-policy-found cardinalhealth.ca', 48, 0, 0, ''],
  ],
  ['rua-parsedmarc/smtp_tls/mail.ru.json', ['Mail.ru', '2024-02-22..2024-02-23', 'sts example.com', 0, 1, 2, '']],
  [
    'rua-parsedmarc/smtp_tls/rfc8460.json',
    ['Company-X', '2016-04-01..2016-04-01', 'sts company-y.example', 5326, 303, 3, ''],
  ],
  ['rua-parsedmarc/smtp_tls/smtp_tls.json', ['Example Inc.', '2024-01-09..2024-01-09', 'sts example.com', 0, 3, 2, '']],
];

/** The JSON of a sample: bare, packed in a message, or as a part of one. */
function jsonOf(bytes: Buffer): Buffer {
  const unpacked = xmlOf(bytes);
  if (unpacked !== bytes) return unpacked;
  const text = bytes.toString('latin1');
  const part = /^content-type: application\/tlsrpt[\s\S]*?\r?\n\r?\n([\s\S]*?)\r?\n--/im.exec(text)?.[1];
  return part === undefined ? bytes : Buffer.from(part, 'latin1');
}

/** All samples of TLS reports. */
export function* tlsReportRows(corpora: string): Generator<ConformanceRow> {
  for (const [file, known] of samples) {
    const reading = parseTlsReport(jsonOf(readFileSync(join(corpora, file))));
    let actual = reading.problems[0]?.code ?? '';
    if (reading.ok) {
      const { organizationName, dateRange, policies, sessions, repaired } = reading.value;
      const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
      const said: Known = [
        organizationName ?? '',
        `${day(dateRange.begin)}..${day(dateRange.end)}`,
        policies.map(({ type, typeText, domain }) => `${type ?? typeText ?? ''} ${domain ?? '-'}`).join(', '),
        sessions.successful,
        sessions.failed,
        policies.reduce((sum, { failures }) => sum + failures.length, 0),
        repaired
          .map(({ code }) => code.slice('reports/tls-'.length))
          .sort()
          .join(' '),
      ];
      actual = JSON.stringify(said);
    }
    const expected = JSON.stringify(known);
    yield {
      suite: 'tls-reports',
      case: file,
      clause: 'RFC 8460 §4.4',
      expected: [expected],
      actual,
      outcome: actual === expected ? 'pass' : 'fail',
      reason: '',
    };
  }
}
