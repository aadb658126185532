import type { ReportSummary, Row } from '../../src/standards/reports/aggregate/index.ts';
import type { OracleReport, OracleResult, OracleRow } from './oracle.ts';

/** What the real reader made of a report. */
export interface Read {
  readonly summary: ReportSummary;
  readonly rows: readonly Row[];
}

/** Which values may differ, since the damage lies in them: `3/count` for the count of row 3, `domain` for one of the head. */
export type Excused = ReadonlySet<string>;

const plainName = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * Where the real reader says something else than the second one. A number is never excused: a count may be 0 when the reader says
 * that it could not be read, an address unknown when it says so; anything else is a wrong number.
 */
export function differences(read: Read, expected: OracleReport, excused: Excused): string[] {
  const found: string[] = [];
  const { summary, rows } = read;
  const codes = new Set(summary.repaired.map(({ code }) => code));
  const see = (place: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs && !excused.has(place)) found.push(`${place}: ${String(ours)}, not ${String(theirs)}`);
  };
  const range = summary.metadata.dateRange;
  if (!codes.has('reports/date-unit')) {
    see('begin', String(range?.begin), expected.begin.replace(/\..*/, '').replace(/^0+(?=\d)/, ''));
    see('end', String(range?.end), expected.end.replace(/\..*/, '').replace(/^0+(?=\d)/, ''));
  }
  if (plainName.test(expected.domain.toLowerCase()))
    seeName(see, 'domain', summary.policyPublished.domain, expected.domain.toLowerCase());
  for (const [place, ours, theirs] of [
    ['org_name', summary.metadata.orgName, expected.orgName],
    ['email', summary.metadata.email, expected.email],
    ['report_id', summary.metadata.reportId, expected.reportId],
  ] as const) {
    // What a byte that is not UTF-8 stands for is read in two ways.
    if (!theirs.includes('\uFFFD')) see(place, ours ?? '', theirs);
  }
  see('rows', rows.length, expected.rows.length);
  see('summary.rows', summary.rows, expected.rows.length);
  let sum = 0;
  for (const [index, row] of rows.entries()) {
    sum += row.count;
    const wanted = expected.rows[index];
    if (wanted !== undefined) found.push(...rowDifferences(row, wanted, index, excused, codes));
  }
  if (sum !== summary.messages) found.push(`messages: ${summary.messages}, not the sum ${sum}`);
  return found;
}

const noCount = ['bad', 'missing', 'zero', 'negative', 'absurd'].map((why) => `reports/${why}-count`);

function rowDifferences(
  row: Row,
  wanted: OracleRow,
  index: number,
  excused: Excused,
  codes: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  const see = (field: string, ours: unknown, theirs: unknown): void => {
    const place = `${index}/${field}`;
    if (ours !== theirs && !excused.has(place)) found.push(`${place}: ${String(ours)}, not ${String(theirs)}`);
  };
  if (row.count !== wanted.count) {
    const unread = row.count === 0 && excused.has(`${index}/count`) && noCount.some((code) => codes.has(code));
    if (!unread) found.push(`${index}/count: ${row.count}, not ${wanted.count}`);
  }
  if (row.source !== wanted.source) {
    const unread = row.source === undefined && excused.has(`${index}/source_ip`) && codes.has('reports/bad-source');
    if (!unread) found.push(`${index}/source_ip: ${String(row.source)}, not ${String(wanted.source)}`);
  }
  see('disposition', row.disposition, wanted.disposition);
  see('dkim', row.dkim, wanted.dkim);
  see('spf', row.spf, wanted.spf);
  if (plainName.test(wanted.headerFrom)) seeName(see, 'header_from', row.headerFrom, wanted.headerFrom);
  if (wanted.envelopeFrom === undefined || wanted.envelopeFrom === '' || plainName.test(wanted.envelopeFrom)) {
    seeName(see, 'envelope_from', row.envelopeFrom, wanted.envelopeFrom);
  }
  const { dkim, spf } = row.authResults;
  const said = (results: readonly OracleResult[]): OracleResult[] =>
    results.filter((each) => each.domain !== '' || each.second !== '' || each.result !== undefined);
  // A result that says nothing is left out, and noted.
  const [dkimWanted, spfWanted] = codes.has('reports/empty-result')
    ? [said(wanted.dkimResults), said(wanted.spfResults)]
    : [wanted.dkimResults, wanted.spfResults];
  see('auth/dkim', dkim.length, dkimWanted.length);
  see('auth/spf', spf.length, spfWanted.length);
  for (const [at, each] of dkimWanted.entries()) {
    if (plainName.test(each.domain)) seeName(see, 'auth/domain', dkim[at]?.domain, each.domain);
    if (!each.second.includes('\uFFFD')) see('auth/selector', dkim[at]?.selector ?? '', each.second);
    see('auth/result', dkim[at]?.result, each.result);
  }
  for (const [at, each] of spfWanted.entries()) {
    if (plainName.test(each.domain)) seeName(see, 'auth/domain', spf[at]?.domain, each.domain);
    see('auth/result', spf[at]?.result, each.result);
  }
  return found;
}

/** A name is the same, but for labels that begin like A-labels and are none. */
function seeName(
  see: (place: string, ours: unknown, theirs: unknown) => void,
  place: string,
  ours: string | undefined,
  theirs: string | undefined,
): void {
  if (theirs?.includes('xn--') === true) return;
  see(place, ours, theirs);
}
