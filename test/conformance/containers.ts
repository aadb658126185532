// Report files that other projects collected (parsedmarc, mail-auth), taken from their wrappings and read, as rows of
// `npm run conformance`. What is expected of each file was found by looking at it.
import { join } from 'node:path';
import { arrivals } from '../../src/network/files/index.ts';
import { openArrival, readDocuments } from '../../src/protection/ingestion/index.ts';
import type { ReadDocument } from '../../src/protection/ingestion/index.ts';
import type { ConformanceRow } from './spf.ts';

/** File, container, and what is in it: `rows/messages reporter domain` of a report, else the code that says what it is. */
type Expected = readonly [file: string, container: string, is: string];

const aggregate = 'rua-parsedmarc/aggregate';
const feedback = 'rua-mail-auth/dmarc-feedback';

export const expected: readonly Expected[] = [
  ['rua-parsedmarc/empty.xml', '', 'refused ingestion/empty'],
  [`${aggregate}/!example.com!1538204542!1538463818.xml`, '', '1/1 accurateplastics.com example.com'],
  [`${aggregate}/!large-example.com!1711897200!1711983600.xml`, '', '2286/2286 accurateplastics.com example.com'],
  [
    `${aggregate}/Report domain- borschow.com Submitter- google.com Report-ID- 949348866075514174.eml`,
    'mail/zip',
    '1/1 google.com borschow.com',
  ],
  [`${aggregate}/addisonfoods.com!example.com!1536105600!1536191999.xml`, '', '1/1 addisonfoods.com example.com'],
  [`${aggregate}/empty_reason.xml`, '', '1/2 example.org example.com'],
  [
    `${aggregate}/estadocuenta1.infonacot.gob.mx!example.com!1536853302!1536939702!2940.xml.zip`,
    'zip',
    '1/1 estadocuenta1.infonacot.gob.mx example.com',
  ],
  [`${aggregate}/example.net!example.com!1529366400!1529452799.xml`, '', '1/1 example.net example.com'],
  [
    `${aggregate}/fastmail.com!example.com!1516060800!1516147199!102675056.xml.gz`,
    'gzip',
    '1/1 fastmaildmarc.com indemed.com',
  ],
  [`${aggregate}/ikea.com!example.de!1538690400!1538776800.xml`, '', '1/1 ikea.com example.de'],
  [`${aggregate}/invalid_utf_8.xml`, '', '1/1 accurateplastics.com example.com'],
  // `bad<xml.net` for a header-from domain: there is no telling what it was.
  [`${aggregate}/invalid_xml.xml`, '', 'refused reports/markup-in-value'],
  [`${aggregate}/mimecast-weird-gzip.eml`, 'mail/gzip', '1/1 au-1.mimecastreport.com ab.id.au'],
  [`${aggregate}/old_draft_from_wiki.xml`, '', '1/2 acme.com example.com'],
  [`${aggregate}/protection.outlook.com!example.com!1711756800!1711843200.xml`, '', '1/1 microsoft.com example.com'],
  [`${aggregate}/rfc9990-example.net!example.com!1700000000!1700086399.xml`, '', '2/7 example.net example.com'],
  [`${aggregate}/rfc9990-sample.xml`, '', '1/123 example-reporter.com example.com'],
  [`${aggregate}/twilight.eml`, 'mail/zip', '1/1 google.com twlnet.com'],
  [`${aggregate}/usssa.com!example.com!1538784000!1538870399.xml`, '', '2/2 usssa.com example.com'],
  [`${aggregate}/veeam.com!example.com!1530133200!1530219600.xml`, '', '1/1 veeam.com example.com'],
  ['rua-parsedmarc/aggregate_invalid/report_with_upper_cased_pass.xml', '', '1/1 example.com example.com'],
  ['rua-parsedmarc/extract_report/changed-input.xml', '', '20/3047 google.com example.com'],
  ['rua-parsedmarc/extract_report/nice-input.xml', '', '20/3047 google.com example.com'],
  ['rua-parsedmarc/extract_report/nice-input.xml.gz', 'gzip', '20/3047 google.com example.com'],
  ['rua-parsedmarc/extract_report/nice-input.xml.zip', 'zip', '20/3047 google.com example.com'],
  [
    'rua-parsedmarc/failure/DMARC Failure Report for domain.de (mail-from=sharepoint@domain.de, ip=10.10.10.10).eml',
    'mail',
    'failure arf auth-failure 10.10.10.10',
  ],
  [
    'rua-parsedmarc/failure/[Netease DMARC Failure Report] Rent Reminder.eml',
    'mail',
    'failure arf auth-failure 167.89.69.24',
  ],
  // These two begin with a `From ` line: an mbox of one message.
  ['rua-parsedmarc/failure/dmarc_ruf_report_linkedin.crlf.eml#1', 'mail', 'failure arf auth-failure 10.10.10.10'],
  ['rua-parsedmarc/failure/dmarc_ruf_report_linkedin.eml#1', 'mail', 'failure arf auth-failure 10.10.10.10'],
  ['rua-parsedmarc/failure/exim_plain_text_only_no_arf_part.eml', 'mail', 'failure text auth-failure 203.0.113.68'],
  ['rua-parsedmarc/smtp_tls/google.com_smtp_tls_report.eml', 'mail/gzip', 'tls Google Inc. 1'],
  ['rua-parsedmarc/smtp_tls/mail.ru.json', '', 'tls Mail.ru 1'],
  ['rua-parsedmarc/smtp_tls/rfc8460.json', '', 'tls Company-X 1'],
  ['rua-parsedmarc/smtp_tls/smtp_tls.json', '', 'tls Example Inc. 1'],
  ['rua-mail-auth/arf/001.eml', 'mail', 'failure arf abuse -'],
  ['rua-mail-auth/arf/002.eml', 'mail', 'failure arf abuse 192.0.2.1'],
  ['rua-mail-auth/arf/003.eml', 'mail', 'failure arf auth-failure 192.0.2.1'],
  ['rua-mail-auth/arf/004.eml', 'mail', 'failure arf auth-failure 148.163.85.135'],
  ['rua-mail-auth/arf/005.eml', 'mail', 'failure arf auth-failure 192.0.2.1'],
  [`${feedback}/001.xml`, '', '1/123 example-reporter.com example.com'],
  [`${feedback}/002.xml`, '', '1/2 google.com example.org'],
  [`${feedback}/003.xml`, '', '4/9 fastmaildmarc.com stalw.art'],
  [`${feedback}/004.xml`, '', '1/123 example-reporter.com example.com'],
  [`${feedback}/005.xml`, '', '1/1 legacy.example example.com'],
  [`${feedback}/100.eml`, 'mail/zip', '1/1 google.com stalw.art'],
  [`${feedback}/101.eml`, 'mail/gzip', '1/1 backschues.net stalw.art'],
  [`${feedback}/102.eml`, 'mail/gzip', '1/1 corp.mail.ru stalw.art'],
  [`${feedback}/103.eml`, 'mail/gzip', '1/1 microsoft.com stalw.art'],
  [`${feedback}/104.eml`, 'mail/gzip', '1/1 amazonses.com stalw.art'],
  ['rua-mail-auth/tlsrpt/rpt01.eml', 'mail/gzip', 'tls Company-X 1'],
  ['rua-mail-auth/tlsrpt/rpt02.eml', 'mail', 'tls Google Inc. 1'],
];

/** Each file, and what was found in it. Files that describe others (golden JSON, provenance) are left out. */
export async function* containerRows(corpora: string): AsyncGenerator<ConformanceRow> {
  const found = new Map<string, string[]>();
  for await (const document of readDocuments(samples(corpora))) {
    if (document.what !== 'document') continue;
    const file = document.file.slice(corpora.length + 1);
    found.set(file, [...(found.get(file) ?? []), describe(document)]);
  }
  for (const [file, container, is] of expected) {
    const wanted = `${container}: ${is}`;
    const actual = found.get(file)?.join('; ') ?? 'not found';
    found.delete(file);
    yield row(file, wanted, actual);
  }
  for (const [file, actual] of found) yield row(file, 'a line in the table', actual.join('; '));
}

function row(file: string, wanted: string, actual: string): ConformanceRow {
  return {
    suite: 'report-files',
    case: file,
    clause: 'RFC 9990 §3.2',
    expected: [wanted],
    actual,
    outcome: actual === wanted ? 'pass' : 'fail',
    reason: '',
  };
}

function describe({ container, report, key, failure, tls, refused, notUnderstood }: ReadDocument): string {
  if (report !== undefined)
    return `${container}: ${report.rows}/${report.messages} ${key?.reporter} ${key?.policyDomain}`;
  if (failure !== undefined)
    return `${container}: failure ${failure.form} ${failure.feedbackType ?? '-'} ${failure.sourceAddress ?? '-'}`;
  if (tls !== undefined) return `${container}: tls ${tls.organizationName} ${tls.policies.length}`;
  const [word, problems] = refused === undefined ? ['not-understood', notUnderstood] : ['refused', refused];
  return `${container}: ${word} ${(problems ?? []).map((problem) => problem.code).join(' ')}`;
}

async function* samples(corpora: string): ReturnType<typeof arrivals> {
  const paths = ['rua-parsedmarc', 'rua-mail-auth'].map((name) => join(corpora, name));
  const refuse = (problem: { readonly code: string }): never => {
    throw new Error(`a sample was passed over: ${problem.code}`);
  };
  for await (const arrival of arrivals(paths, { refuse })) {
    if (!/PROVENANCE$|rua-mail-auth\/.*\.json$/.test(arrival.origin)) yield arrival;
  }
}

/** What a plain count of elements finds in the text of every report, to hold the reader's sums against. */
export async function* plainCounts(corpora: string): AsyncGenerator<{ file: string; rows: number; messages: number }> {
  for await (const arrival of samples(corpora)) {
    for await (const opened of openArrival(arrival.bytes ?? arrival.chunks())) {
      if (opened.what !== 'report' || opened.content.bytes === undefined) continue;
      const text = Buffer.from(opened.content.bytes).toString('latin1');
      const messages = [...text.matchAll(/<count>\s*(\d+)\s*<\/count>/g)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
      yield {
        file: arrival.origin.slice(corpora.length + 1),
        rows: text.match(/<record[\s>]/g)?.length ?? 0,
        messages,
      };
    }
  }
}
