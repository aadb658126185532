import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryReport } from '../../../../test/reports/arbitrary.ts';
import { formatAggregateReport, formatReportFileName, parseReportFileName, readAggregateReport } from './index.ts';
import type { NewReport, ReportFileName } from './index.ts';

const encoder = new TextEncoder();

function readBack(report: NewReport): void {
  const written = formatAggregateReport(report);
  assert.ok(written.ok, JSON.stringify(written.problems));
  const { reading, rows } = readAggregateReport(encoder.encode(written.value));
  assert.ok(reading.ok, reading.problems[0]?.code);
  const { repaired, rows: count, messages, ...head } = reading.value;
  assert.deepEqual({ ...head, records: rows }, report);
  assert.equal(count, report.records.length);
  assert.equal(
    messages,
    report.records.reduce((sum, row) => sum + row.count, 0),
  );
  // What a report says of other domains is said of it; nothing else had to be forgiven.
  assert.deepEqual(
    repaired.filter(({ code }) => code !== 'reports/other-domain'),
    [],
  );
}

describe('formatAggregateReport', () => {
  for (const generation of ['rfc9990', 'rfc7489'] as const) {
    it(`what is written is read back the same (${generation})`, () =>
      fc.assert(fc.property(arbitraryReport(generation), readBack), { seed: 9990, numRuns: 300 }));
  }

  const plain: NewReport = fc.sample(arbitraryReport('rfc7489'), { seed: 1, numRuns: 1 })[0]!;
  const row = plain.records[0]!;
  const refused: [name: string, report: NewReport, element: string][] = [
    ['no records', { ...plain, records: [] }, 'record'],
    ['no domain', { ...plain, policyPublished: {} }, 'domain'],
    ['no source', { ...plain, records: [{ count: 1, reasons: [], authResults: row.authResults }] }, 'source_ip'],
    ['disposition pass in RFC 7489', { ...plain, records: [{ ...row, disposition: 'pass' }] }, 'disposition'],
    ['np in RFC 7489', { ...plain, policyPublished: { ...plain.policyPublished, np: 'none' } }, 'np'],
    ['pct in RFC 9990', { ...plain, generation: 'rfc9990' }, 'pct'],
    [
      'sampled_out in RFC 9990',
      { ...plain, generation: 'rfc9990', records: [{ ...row, reasons: [{ type: 'sampled_out' }] }] },
      'reason/type',
    ],
    [
      'SPF by HELO in RFC 9990',
      {
        ...plain,
        generation: 'rfc9990',
        records: [{ ...row, authResults: { dkim: [], spf: [{ domain: 'a.example', scope: 'helo', result: 'pass' }] } }],
      },
      'scope',
    ],
  ];
  for (const [name, report, element] of refused) {
    it(`refuses ${name}`, () => {
      const written = formatAggregateReport(report);
      assert.ok(!written.ok);
      assert.ok(
        written.problems.some((problem) => problem.values?.['element'] === element),
        JSON.stringify(written.problems),
      );
    });
  }
});

describe('file names', () => {
  const known: [name: string, parts: ReportFileName][] = [
    [
      'mail.receiver.example!example.com!1013662812!1013749130.xml.gz',
      {
        receiver: 'mail.receiver.example',
        policyDomain: 'example.com',
        begin: 1013662812,
        end: 1013749130,
        wrapping: 'gzip',
      },
    ],
    [
      'a.example!b.example!0!1!x1.xml',
      { receiver: 'a.example', policyDomain: 'b.example', begin: 0, end: 1, uniqueId: 'x1', wrapping: 'none' },
    ],
    [
      'a.example!b.example!5!5.zip',
      { receiver: 'a.example', policyDomain: 'b.example', begin: 5, end: 5, wrapping: 'zip' },
    ],
  ];
  for (const [name, parts] of known) {
    it(`reads and writes ${name}`, () => {
      assert.deepEqual(parseReportFileName(name), { ok: true, value: parts, problems: [] });
      assert.deepEqual(formatReportFileName(parts), { ok: true, value: name, problems: [] });
    });
  }
  const odd: [name: string, parts: string[]][] = [
    ['!example.com!1538204542!1538463818.xml', ['receiver']],
    ['a.example!b.example!9!5.xml.gz', ['end']],
    ['a.example!b.example!1!2!r-1@a.example.xml', ['unique-id']],
    ['A.Example!b.example!1!2.XML.ZIP', []],
  ];
  for (const [name, parts] of odd) {
    it(`reads ${name}`, () => {
      const read = parseReportFileName(name);
      assert.ok(read.ok);
      assert.deepEqual(
        read.problems.map((problem) => problem.values?.['part']),
        parts,
      );
    });
  }
  for (const name of [
    'report.xml',
    'a!b!c!d.xml',
    'a.example!b.example!1.xml',
    '../a!b!1!2.xml',
    `${'a'.repeat(2000)}!b!1!2.xml`,
  ]) {
    it(`refuses ${name.slice(0, 30)}`, () => assert.equal(parseReportFileName(name).ok, false));
  }
});
