import type { Day } from '../../protection/history.ts';
import type { TlsFailureCount, TlsFiled, TlsTold } from '../../protection/ingestion/index.ts';
import type { RegisterFile } from './database.ts';

const DAY_SECONDS = 86_400;

/** What TLS reports that count say. */
export class TlsReports {
  readonly #file: RegisterFile;

  constructor(file: RegisterFile) {
    this.#file = file;
  }

  /** What was told of a policy domain on days from one to another, both included, by day and reporter. @throws {StorageError} */
  of(policyDomain: string, since: Day, until: Day): TlsTold[] {
    return this.#file
      .rows(
        `SELECT s.*, r.reporter FROM tls_sessions s JOIN tls_reports r ON r.document = s.document
         WHERE s.policy_domain = ? AND s.day BETWEEN ? AND ? ORDER BY s.day, r.reporter, s.document, s.place`,
        policyDomain,
        since,
        until,
      )
      .map((row) => ({
        reporter: String(row['reporter']),
        day: Number(row['day']),
        policyDomain: String(row['policy_domain']),
        policyType: String(row['policy_type']),
        mode: String(row['mode']),
        successful: Number(row['successful']),
        failed: Number(row['failed']),
        failures: (JSON.parse(String(row['failures'])) as [string, string, number][]).map(
          ([type, mx, sessions]): TlsFailureCount => ({ type, mx, sessions }),
        ),
      }));
  }

  /** The last day of which something was told of a policy domain, up to one; `undefined` without any. @throws {StorageError} */
  lastDay(policyDomain: string, until: Day): Day | undefined {
    const last = this.#file.row(
      'SELECT max(day) AS last FROM tls_sessions WHERE policy_domain = ? AND day <= ?',
      policyDomain,
      until,
    )?.['last'];
    return typeof last === 'number' ? last : undefined;
  }
}

/** Keeps the sessions of a report that counts, in the transaction that is open. */
export function insertTlsReport(file: RegisterFile, document: number, report: TlsFiled): void {
  const { key, digest, policies } = report;
  const { reporter, begin, end } = key;
  file.run(
    'INSERT INTO tls_reports (document, key, digest, reporter, begin_at, end_at) VALUES (?, ?, ?, ?, ?, ?)',
    document,
    key.text,
    digest,
    reporter,
    Math.trunc(begin),
    Math.trunc(end),
  );
  for (const [place, policy] of policies.entries()) {
    file.run(
      `INSERT INTO tls_sessions (document, place, day, policy_domain, policy_type, mode, successful, failed, failures)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      document,
      place,
      Math.floor(begin / DAY_SECONDS),
      policy.policyDomain,
      policy.policyType,
      policy.mode,
      policy.successful,
      policy.failed,
      JSON.stringify(policy.failures.map(({ type, mx, sessions }) => [type, mx, sessions])),
    );
  }
}

/** The report with a key that counts. */
export function countedTlsReport(
  file: RegisterFile,
  key: string,
): { readonly document: number; readonly digest: string } | undefined {
  const row = file.row('SELECT document, digest FROM tls_reports WHERE key = ?', key);
  return row === undefined ? undefined : { document: Number(row['document']), digest: String(row['digest']) };
}

/** A report no longer counts, in the transaction that is open. */
export function dropTlsReport(file: RegisterFile, document: number): void {
  file.run('DELETE FROM tls_reports WHERE document = ?', document);
}

/** Takes away what was told of days before one. The report stays known, so that a copy of it does not count as a new one. */
export function dropTlsSessions(file: RegisterFile, before: Day): number {
  const count = Number(file.row('SELECT count(*) AS n FROM tls_sessions WHERE day < ?', before)?.['n'] ?? 0);
  if (count > 0) file.run('DELETE FROM tls_sessions WHERE day < ?', before);
  return count;
}
