// What reports show of how their writers find policies, kept beside each document so that no text is read to ask for it.
import type { ShownRules } from '../../protection/simulation/what-if/index.ts';
import type { ReportSummary } from '../../standards/reports/index.ts';
import type { RegisterFile } from './database.ts';

const DAY_SECONDS = 86_400;

/** `rfc9990 psl`, `rfc7489 np`; `undefined` of a report that shows nothing. `np` in the newer form is what the text has, and shows nothing. */
export function shownText({ generation, policyPublished }: ReportSummary): string | undefined {
  const { discoveryMethod, np } = policyPublished;
  const words = [discoveryMethod, generation === 'rfc7489' && np !== undefined ? 'np' : undefined];
  const shown = words.filter((word) => word !== undefined);
  return shown.length === 0 ? undefined : [generation, ...shown].join(' ');
}

/** What the reports that count show, each once by reporter, with the last day on which they do. */
export function shownRules(file: RegisterFile): ShownRules[] {
  // One step of the index for each, instead of a look at every report.
  const rows = file.rows(
    `WITH RECURSIVE found (id) AS (
       SELECT * FROM (
         SELECT id FROM documents INDEXED BY documents_shows
         WHERE state = 'counted' AND shows IS NOT NULL ORDER BY shows, reporter LIMIT 1)
       UNION ALL
       SELECT (
         SELECT next.id FROM documents next INDEXED BY documents_shows
         WHERE next.state = 'counted' AND next.shows IS NOT NULL AND (next.shows, next.reporter) > (d.shows, d.reporter)
         ORDER BY next.shows, next.reporter LIMIT 1)
       FROM found JOIN documents d ON d.id = found.id
     )
     SELECT d.shows, d.reporter, (
       SELECT max(last.end_at) FROM documents last INDEXED BY documents_shows
       WHERE last.state = 'counted' AND last.shows = d.shows AND last.reporter = d.reporter) AS end_at
     FROM found JOIN documents d ON d.id = found.id`,
  );
  return rows.map((row) => {
    const [form, ...words] = String(row['shows']).split(' ');
    const discovery = words.find((word) => word === 'psl' || word === 'treewalk');
    return {
      reporter: String(row['reporter'] ?? ''),
      form: form as ShownRules['form'],
      ...(discovery === undefined ? {} : { discovery }),
      np: words.includes('np'),
      lastDay: Math.floor((Number(row['end_at']) - 1) / DAY_SECONDS),
    };
  });
}
