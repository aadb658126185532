import type { Assessment } from '../protection/assessment/index.ts';

/** A cell: a number is written as a number, `null` as nothing. */
export type CsvCell = number | string | null;

/**
 * Comma-separated values (RFC 4180), a line at a time: CRLF, cells quoted where they must be. A text that a spreadsheet would
 * take for a formula gets an apostrophe before it; numbers do not.
 */
export function* csvLines(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Generator<string> {
  yield csvLine(header);
  for (const row of rows) yield csvLine(row);
}

function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  // Spreadsheets look at the first character that is no blank, trim what is before it, and know full-width forms too.
  const text = /^[\s\u0000-\u001F]*[=+\-@|%＝＋－＠]/.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The groups of sources of an assessment, one a line. Columns only ever get added, at the end. */
export function sourcesCsv({ sources }: Assessment): Generator<string> {
  const header = [
    'id,kind,dkim_domain,dkim_selector,spf_domain,asn,network,country,networks,addresses,messages,rows,first,last,trend',
    'dkim_relaxed,dkim_strict,spf_relaxed,spf_strict,aligned_both,aligned_dkim_only,aligned_spf_only,aligned_neither',
    'fails_relaxed,fails_strict_dkim,fails_strict_spf,fails_strict_both,none,pass,quarantine,reject,not_said,domains',
  ].flatMap((names) => names.split(','));
  return csvLines(
    header,
    sources
      .values()
      .map((group): readonly CsvCell[] => [
        group.id,
        group.kind,
        group.dkim?.domain ?? null,
        group.dkim?.selector ?? null,
        group.spf?.domain ?? null,
        group.network === null || group.network.asn === 0 ? null : group.network.asn,
        group.network?.name ?? null,
        group.network?.country ?? null,
        group.networks,
        group.addresses,
        group.messages,
        group.rows,
        group.first,
        group.last,
        group.trend.word,
        group.legs.dkimRelaxed,
        group.legs.dkimStrict,
        group.legs.spfRelaxed,
        group.legs.spfStrict,
        group.aligned.both,
        group.aligned.dkimOnly,
        group.aligned.spfOnly,
        group.aligned.neither,
        group.fails.relaxed,
        group.fails.strictDkim,
        group.fails.strictSpf,
        group.fails.strictBoth,
        group.dispositions.none,
        group.dispositions.pass,
        group.dispositions.quarantine,
        group.dispositions.reject,
        group.dispositions.notSaid,
        group.domains.map(({ domain }) => domain ?? '').join(' '),
      ]),
  );
}
