// Who wrote the mail that reports came in, and which reports a person wants counted: by original and entry, so that it holds
// for whatever is filed of them again.
import type { Authenticity, Counting, Original, Standing } from '../../protection/ingestion/index.ts';
import type { RegisterFile } from './database.ts';

/** Whether anything was found or decided of any document: where nobody ever asked, filing does not ask either. */
export function hasStandings(file: RegisterFile): boolean {
  const row = file.row('SELECT EXISTS (SELECT 1 FROM report_mail) OR EXISTS (SELECT 1 FROM report_counting) AS any');
  return row?.['any'] === 1;
}

/** What is found and decided of a document. */
export function standingOf(file: RegisterFile, original: Original, entry: string): Standing {
  const mail = file.row('SELECT found FROM report_mail WHERE original = ? AND entry = ?', original.id, entry);
  const counting = file.row('SELECT decided FROM report_counting WHERE original = ? AND entry = ?', original.id, entry);
  return {
    ...(mail === undefined ? {} : { authenticity: JSON.parse(String(mail['found'])) as Authenticity }),
    ...(counting === undefined ? {} : { decided: counting['decided'] as Counting }),
  };
}

/** The end of the earliest report of an organisation that was found authentic, in seconds. */
export function authenticSince(file: RegisterFile, reporter: string): number | undefined {
  const since = file.row(
    "SELECT min(end_at) AS since FROM report_mail WHERE reporter = ? AND result = 'authentic'",
    reporter,
  )?.['since'];
  return typeof since === 'number' ? since : undefined;
}

/** Keeps what was found, in the transaction that is open. */
export function keepAuthenticity(
  file: RegisterFile,
  original: number,
  entry: string,
  end: number,
  authenticity: Authenticity,
): void {
  file.run(
    'INSERT OR REPLACE INTO report_mail (original, entry, reporter, result, end_at, found) VALUES (?, ?, ?, ?, ?, ?)',
    original,
    entry,
    authenticity.reporter,
    authenticity.result,
    Math.trunc(end),
    JSON.stringify(authenticity),
  );
}

/** Keeps what a person decided, or takes it back, in the transaction that is open. */
export function keepCounting(file: RegisterFile, original: number, entry: string, decided: Counting | undefined): void {
  if (decided === undefined) file.run('DELETE FROM report_counting WHERE original = ? AND entry = ?', original, entry);
  else {
    file.run(
      'INSERT OR REPLACE INTO report_counting (original, entry, decided) VALUES (?, ?, ?)',
      original,
      entry,
      decided,
    );
  }
}
