// Other people's samples of aggregate reports, as rows of `npm run conformance`: those of mail-auth against their golden JSON,
// those of parsedmarc against what they say, read by eye, and against a second reader where they are well-formed. They are read
// where ZEGEL_CORPORA points. The few lines that unwrap them here are for the samples; the product has its own (ingestion).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { readAggregateReport } from '../../src/standards/reports/aggregate/index.ts';
import type { ReportSummary, Row } from '../../src/standards/reports/aggregate/index.ts';
import { differences } from '../fuzz/compare.ts';
import { oracle } from '../fuzz/oracle.ts';
import type { ConformanceRow } from './spf.ts';

/** The XML of a sample: bare, gzip, the first file of a zip, or the base64 part of a message. */
export function xmlOf(bytes: Buffer): Buffer {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    // The deflated data alone (RFC 1952 §2.3): what follows it is odd in some.
    let start = 10;
    if ((bytes[3]! & 4) !== 0) start += 2 + bytes.readUInt16LE(start);
    for (const flag of [8, 16]) if ((bytes[3]! & flag) !== 0) start = bytes.indexOf(0, start) + 1;
    return inflateRawSync(bytes.subarray(start + (bytes[3]! & 2)));
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') {
    const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
    return bytes.readUInt16LE(8) === 0 ? bytes.subarray(start) : inflateRawSync(bytes.subarray(start));
  }
  const text = bytes.toString('latin1');
  if (text.trimStart().startsWith('<')) return bytes;
  for (const part of text.split(/^(?=content-transfer-encoding:\s*base64)/im).slice(1)) {
    const body = /\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(part)?.[1];
    const file = Buffer.from(body ?? '', 'base64');
    if (file[0] === 0x1f || file.subarray(0, 2).toString('latin1') === 'PK') return xmlOf(file);
  }
  return bytes;
}

interface Golden {
  readonly version: number;
  readonly report_metadata: {
    readonly org_name: string;
    readonly email: string;
    readonly extra_contact_info: string | null;
    readonly report_id: string;
    readonly date_range: { readonly begin: number; readonly end: number };
    readonly error: readonly string[];
    readonly generator?: string | null;
  };
  readonly policy_published: Readonly<Record<string, boolean | string | null>>;
  readonly record: readonly {
    readonly row: {
      readonly source_ip: string;
      readonly count: number;
      readonly policy_evaluated: {
        readonly disposition: string;
        readonly dkim: string;
        readonly spf: string;
        readonly reason: readonly { readonly type_: string; readonly comment: string | null }[];
      };
    };
    readonly identifiers: Readonly<Record<'envelope_from' | 'envelope_to' | 'header_from', string | null>>;
    readonly auth_results: Readonly<Record<'dkim' | 'spf', readonly Readonly<Record<string, string | null>>[]>>;
    readonly extensions: readonly { readonly name: string }[];
  }[];
  readonly extensions: readonly { readonly name: string }[];
}

/** `'TrustedForwarder'` → `'trusted_forwarder'`; `'Unspecified'` → nothing said. */
function said(text: boolean | string | null | undefined): string | undefined {
  if (text === null || text === undefined || text === 'Unspecified' || text === '' || typeof text === 'boolean')
    return undefined;
  return text.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

/** Extensions by the name they give themselves, as the golden files have them. */
const extensionNames = (list: readonly { readonly xml: string }[]): (string | undefined)[] =>
  list.map(({ xml }) => /name="([^"]*)"/.exec(xml)?.[1]);

/** A reading in the shape of the golden files, as far as these go. */
function asGolden(summary: ReportSummary, rows: readonly Row[]): unknown {
  const { metadata, policyPublished: policy } = summary;
  const mode = { r: 'relaxed', s: 'strict' } as const;
  return {
    version: Number(summary.version ?? 0),
    metadata: [metadata.orgName, metadata.email, metadata.extraContactInfo, metadata.reportId, metadata.generator],
    range: metadata.dateRange,
    errors: metadata.errors,
    policy: [
      policy.domain,
      policy.adkim && mode[policy.adkim],
      policy.aspf && mode[policy.aspf],
      policy.p,
      policy.sp,
      policy.np,
      policy.discoveryMethod,
      policy.fo,
      policy.testing === 'y',
    ],
    rows: rows.map((row) => ({
      row: [row.source, row.count, row.disposition, row.dkim, row.spf],
      reasons: row.reasons.map(({ type, comment }) => [type, comment]),
      // Golden files have the null sender where none is said.
      identifiers: [row.envelopeTo, row.envelopeFrom ?? '', row.headerFrom],
      dkim: row.authResults.dkim.map((each) => [each.domain, each.selector, each.result, each.humanResult]),
      spf: row.authResults.spf.map((each) => [each.domain, each.scope, each.result, each.humanResult]),
      extensions: extensionNames(row.extensions ?? []),
    })),
    extensions: extensionNames(summary.extensions),
  };
}

function goldenMeaning(golden: Golden): unknown {
  const { report_metadata: metadata, policy_published: policy } = golden;
  const text = (value: boolean | string | null | undefined): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined;
  const scopes: Readonly<Record<string, string>> = { mail_from: 'mfrom', helo: 'helo' };
  // mail-auth has no `sampled_out` any more and says "other" of it.
  const reasonType = (type: string, own: string | undefined): string | undefined =>
    said(type) === 'other' ? own : said(type);
  return {
    version: golden.version,
    metadata: [
      metadata.org_name,
      metadata.email,
      text(metadata.extra_contact_info),
      metadata.report_id,
      text(metadata.generator),
    ],
    range: metadata.date_range,
    errors: metadata.error,
    policy: [
      policy['domain'],
      said(policy['adkim']),
      said(policy['aspf']),
      said(policy['p']),
      said(policy['sp']),
      said(policy['np']),
      said(policy['discovery_method']),
      text(policy['fo']),
      policy['testing'] === true,
    ],
    rows: golden.record.map(({ row, identifiers, auth_results: auth, extensions }) => ({
      row: [
        row.source_ip,
        row.count,
        said(row.policy_evaluated.disposition),
        said(row.policy_evaluated.dkim),
        said(row.policy_evaluated.spf),
      ],
      reasons: row.policy_evaluated.reason.map(({ type_, comment }) => [
        reasonType(type_, comment === 'legacy sampling' ? 'sampled_out' : 'other'),
        text(comment),
      ]),
      identifiers: [text(identifiers.envelope_to), identifiers.envelope_from ?? '', text(identifiers.header_from)],
      dkim: auth.dkim.map((each) => [
        text(each['domain']),
        text(each['selector']),
        said(each['result']),
        text(each['human_result']),
      ]),
      spf: auth.spf.map((each) => {
        const scope = said(each['scope']);
        return [
          text(each['domain']),
          scope === undefined ? undefined : scopes[scope],
          said(each['result']),
          text(each['human_result']),
        ];
      }),
      extensions: extensions.map(({ name }) => name),
    })),
    extensions: golden.extensions.map(({ name }) => name),
  };
}

/** The ten reports of mail-auth. */
export function* mailAuthReportRows(corpora: string): Generator<ConformanceRow> {
  const folder = join(corpora, 'rua-mail-auth', 'dmarc-feedback');
  for (const name of readdirSync(folder)
    .filter((each) => !each.endsWith('.json'))
    .sort()) {
    const golden = JSON.parse(readFileSync(join(folder, name.replace(/\.\w+$/, '.json')), 'utf8')) as Golden;
    const { reading, rows } = readAggregateReport(xmlOf(readFileSync(join(folder, name))));
    const expected = JSON.stringify(reading.ok ? goldenMeaning(golden) : golden);
    const actual = reading.ok ? JSON.stringify(asGolden(reading.value, rows)) : (reading.problems[0]?.code ?? '');
    yield {
      suite: 'rua-mail-auth',
      case: name,
      clause: 'RFC 9990 Appendix A',
      expected: [expected],
      actual,
      outcome: actual === expected ? 'pass' : 'fail',
      reason: '',
    };
  }
}

/** Reporter (org_name, or the domain of its address), policy domain, rows, messages, repairs; or the code of a refusal. */
type Known = readonly [reporter: string, domain: string, rows: number, messages: number, repaired: string] | string;

/** What the samples of parsedmarc say, by the beginning of their names. */
const parsedmarc: readonly (readonly [folder: string, begin: string, known: Known])[] = [
  ['aggregate', '!example.com!', ['accurateplastics.com', 'example.com', 1, 1, '']],
  ['aggregate', '!large-example.com!', ['accurateplastics.com', 'example.com', 2286, 2286, '']],
  ['aggregate', 'addisonfoods.com!', ['addisonfoods.com', 'example.com', 1, 1, '']],
  ['aggregate', 'empty_reason', ['example.org', 'example.com', 1, 2, 'empty-reason empty-value']],
  ['aggregate', 'estadocuenta1', ['XYZ Corporation', 'example.com', 1, 1, '']],
  ['aggregate', 'example.net!', ['example.net', 'example.com', 1, 1, 'stray-text']],
  ['aggregate', 'fastmail.com!', ['FastMail Pty Ltd', 'indemed.com', 1, 1, 'other-domain']],
  ['aggregate', 'ikea.com!', ['ikea.com', 'example.de', 1, 1, 'unclosed-schema']],
  ['aggregate', 'invalid_utf_8', ['accurateplastics.com', 'example.com', 1, 1, 'bad-name bad-utf8 other-domain']],
  ['aggregate', 'invalid_xml', 'reports/markup-in-value'],
  ['aggregate', 'mimecast-weird-gzip', ['Mimecast', 'ab.id.au', 1, 1, '']],
  ['aggregate', 'old_draft_from_wiki', ['acme.com', 'example.com', 1, 2, '']],
  ['aggregate', 'protection.outlook.com!', ['Outlook.com', 'example.com', 1, 1, '']],
  ['aggregate', 'Report domain- borschow.com', ['google.com', 'borschow.com', 1, 1, '']],
  ['aggregate', 'rfc9990-example.net!', ['example.net', 'example.com', 2, 7, '']],
  ['aggregate', 'rfc9990-sample', ['Sample Reporter', 'example.com', 1, 123, 'unlikely-date']],
  ['aggregate', 'twilight', ['google.com', 'twlnet.com', 1, 1, '']],
  ['aggregate', 'usssa.com!', ['usssa.com', 'example.com', 2, 2, '']],
  ['aggregate', 'veeam.com!', ['veeam.com', 'example.com', 1, 1, '']],
  ['aggregate_invalid', 'report_with_upper', ['example.com', 'example.com', 1, 1, 'letter-case white-space']],
  ['extract_report', 'changed-input.xml', ['fred.com', 'example.com', 20, 3047, '']],
  ['extract_report', 'nice-input.xml', ['google.com', 'example.com', 20, 3047, '']],
  ['.', 'empty.xml', 'reports/empty'],
];

/** The samples of parsedmarc, broken ones among them. */
export function* parsedmarcReportRows(corpora: string): Generator<ConformanceRow> {
  const base = join(corpora, 'rua-parsedmarc');
  for (const [folder, begin, known] of parsedmarc) {
    for (const name of readdirSync(join(base, folder))
      .filter((each) => each.startsWith(begin))
      .sort()) {
      const xml = xmlOf(readFileSync(join(base, folder, name)));
      const { reading, rows } = readAggregateReport(xml);
      const expected = typeof known === 'string' ? known : JSON.stringify(known);
      const actual = reading.ok ? JSON.stringify(summed(reading.value)) : (reading.problems[0]?.code ?? '');
      // Of a well-formed report the second reader has to say the same, value by value.
      const second = oracle(xml);
      const differing =
        reading.ok && second !== undefined && second !== 'other'
          ? differences({ summary: reading.value, rows }, second, new Set())
          : [];
      yield {
        suite: 'rua-parsedmarc',
        case: `${folder}/${basename(name)}`,
        clause: 'RFC 7489 Appendix C',
        expected: [expected],
        actual,
        outcome: actual === expected && differing.length === 0 ? 'pass' : 'fail',
        reason: differing.join('; '),
      };
    }
  }
}

function summed(summary: ReportSummary): Known {
  const { metadata, policyPublished, rows, messages, repaired } = summary;
  const reporter = metadata.orgName ?? metadata.email?.split('@')[1] ?? '';
  const codes = repaired.map(({ code }) => code.slice('reports/'.length)).sort();
  return [reporter, policyPublished.domain ?? '', rows, messages, codes.join(' ')];
}
