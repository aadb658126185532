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
  // A step of the index for each form and for each reporter of it, instead of a look at every report.
  const reports = "FROM documents INDEXED BY documents_shows WHERE state = 'counted'";
  const rows = file.rows(
    `WITH RECURSIVE
       form (shows) AS (
         SELECT min(shows) ${reports} AND shows IS NOT NULL
         UNION ALL
         SELECT (SELECT min(shows) ${reports} AND shows > form.shows) FROM form WHERE form.shows IS NOT NULL),
       found (shows, reporter) AS (
         SELECT shows, (SELECT min(reporter) ${reports} AND shows = form.shows) FROM form WHERE shows IS NOT NULL
         UNION ALL
         SELECT shows, (SELECT min(reporter) ${reports} AND shows = found.shows AND reporter > found.reporter)
         FROM found WHERE reporter IS NOT NULL)
     SELECT shows, reporter,
       (SELECT max(end_at) ${reports} AND shows = found.shows AND reporter = found.reporter) AS end_at
     FROM found WHERE reporter IS NOT NULL`,
  );
  return rows.map((row) => {
    const [form, ...words] = String(row['shows']).split(' ');
    const discovery = words.find((word) => word === 'psl' || word === 'treewalk');
    return {
      reporter: String(row['reporter']),
      form: form as ShownRules['form'],
      ...(discovery === undefined ? {} : { discovery }),
      np: words.includes('np'),
      lastDay: Math.floor((Number(row['end_at']) - 1) / DAY_SECONDS),
    };
  });
}
