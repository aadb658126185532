// Sums over the documents that an assessment needs, from tables that are kept while filing: a register may hold hundreds of
// thousands of documents, and their texts are not read for this.
import type {
  AuthenticityTally,
  FiledDocuments,
  PublishedPolicy,
  TroubleCount,
  TroubleExample,
} from '../../protection/assessment/index.ts';
import type { DocumentEntry, DocumentKind, DocumentState } from '../../protection/ingestion/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { ReportSummary } from '../../standards/reports/index.ts';
import type { RegisterFile } from './database.ts';

const DAY_MS = 86_400_000;
const exampleCount = 3;

/** Notes what had to be repaired in a document and what is wrong with it, once per code, in the transaction that is open. */
export function insertTroubles(
  file: RegisterFile,
  document: number,
  entry: Pick<DocumentEntry, 'problems' | 'repaired'>,
): void {
  const troubles = new Map<string, { repaired: 0 | 1; first: Problem; times: number }>();
  const add = (problem: Problem, repaired: 0 | 1, times: number): void => {
    const key = `${repaired}${problem.code}`;
    const known = troubles.get(key);
    if (known === undefined) troubles.set(key, { repaired, first: problem, times });
    else known.times += times;
  };
  for (const repair of entry.repaired) add(repair, 1, repair.times);
  for (const problem of entry.problems) add(problem, 0, 1);
  for (const { repaired, first, times } of troubles.values()) {
    file.run(
      'INSERT INTO troubles (document, repaired, code, times, see, "values") VALUES (?, ?, ?, ?, ?, ?)',
      document,
      repaired,
      first.code,
      times,
      first.see ?? null,
      first.values === undefined ? null : JSON.stringify(first.values),
    );
  }
}

/** Documents by kind and state. */
export function tallyDocuments(file: RegisterFile): ReturnType<FiledDocuments['tallyDocuments']> {
  return file.rows('SELECT kind, state, count(*) AS n FROM documents GROUP BY state, kind').map((row) => ({
    kind: row['kind'] as DocumentKind,
    state: row['state'] as DocumentState,
    documents: Number(row['n']),
  }));
}

/** Reports that count, by what is known of who wrote them. */
export function tallyAuthenticity(file: RegisterFile): AuthenticityTally {
  const counted = Number(
    file.row("SELECT count(*) AS n FROM documents WHERE state = 'counted' AND kind = 'aggregate'")?.['n'] ?? 0,
  );
  const byMail = new Map(
    file
      .rows(
        `SELECT coalesce(m.result, 'not-looked-at') AS result, count(*) AS n
         FROM documents d LEFT JOIN report_mail m ON m.original = d.original AND m.entry = d.entry
         WHERE d.state = 'counted' AND d.kind = 'aggregate' AND instr(d.container, 'mail') > 0 GROUP BY m.result`,
      )
      .map((row) => [String(row['result']), Number(row['n'])]),
  );
  const of = (result: string): number => byMail.get(result) ?? 0;
  const all = [...byMail.values()].reduce((sum, each) => sum + each, 0);
  return {
    authentic: of('authentic'),
    // Refuted ones count where a person says so.
    unproven: of('unproven') + of('refuted'),
    notKnownYet: of('not-known-yet'),
    notLookedAt: of('not-looked-at'),
    files: counted - all,
  };
}

/** Repairs by code, and problems by code and by what became of the document. */
export function tallyTroubles(file: RegisterFile): TroubleCount[] {
  // What was repaired is counted whatever became of the document, which need not be looked at for it: these are most.
  const repairs = file.rows(
    `SELECT code, repaired, 'repaired' AS outcome, count(*) AS documents, sum(times) AS times, min(document) AS first
     FROM troubles WHERE repaired = 1 GROUP BY code`,
  );
  const others = file.rows(
    `SELECT t.code, t.repaired, d.state AS outcome, count(*) AS documents, sum(t.times) AS times, min(t.document) AS first
     FROM troubles t JOIN documents d ON d.id = t.document WHERE t.repaired = 0 GROUP BY t.code, d.state`,
  );
  const groups = [...repairs, ...others];
  return groups.map((group) => {
    const code = String(group['code']);
    const outcome = String(group['outcome']);
    const repaired = Number(group['repaired']);
    const examples = file
      .rows(
        `SELECT o.origin, d.entry, d.key_text, t.see, t."values"
         FROM troubles t JOIN documents d ON d.id = t.document JOIN originals o ON o.id = d.original
         WHERE t.code = ? AND t.repaired = ? AND t.document >= ? ${repaired === 1 ? '' : 'AND d.state = ?'}
         ORDER BY t.document LIMIT ${exampleCount}`,
        code,
        repaired,
        Number(group['first']),
        ...(repaired === 1 ? [] : [outcome]),
      )
      .map((row) => ({ row, example: exampleOf(row['origin'], row['entry'], row['key_text']) }));
    const see = examples[0]?.row['see'];
    const values = examples[0]?.row['values'];
    return {
      code,
      outcome: outcome as TroubleCount['outcome'],
      documents: Number(group['documents']),
      times: Number(group['times']),
      ...(typeof see === 'string' ? { see } : {}),
      ...(typeof values === 'string' ? { values: JSON.parse(values) as Record<string, string | number> } : {}),
      examples: examples.map(({ example }) => example),
    };
  });
}

function exampleOf(origin: unknown, entry: unknown, key: unknown): TroubleExample {
  return { origin: String(origin), entry: String(entry), ...(typeof key === 'string' ? { key } : {}) };
}

/** What the newest counted report of each policy domain says it published. */
export function publishedPolicies(file: RegisterFile): PublishedPolicy[] {
  // One step of the index a domain, instead of a look at every report.
  const rows = file.rows(
    `WITH RECURSIVE domain (name) AS (
       SELECT min(policy_domain) FROM documents INDEXED BY documents_policy WHERE state = 'counted' AND kind = 'aggregate'
       UNION ALL
       SELECT (
         SELECT min(policy_domain) FROM documents INDEXED BY documents_policy
         WHERE state = 'counted' AND kind = 'aggregate' AND policy_domain > domain.name)
       FROM domain WHERE domain.name IS NOT NULL
     )
     SELECT d.summary, d.end_at FROM domain JOIN documents d ON d.id = (
       SELECT id FROM documents INDEXED BY documents_policy
       WHERE state = 'counted' AND kind = 'aggregate' AND policy_domain = domain.name ORDER BY end_at DESC, id DESC LIMIT 1)`,
  );
  const policies: PublishedPolicy[] = [];
  for (const row of rows) {
    const { policyPublished: said } = JSON.parse(String(row['summary'])) as ReportSummary;
    if (said.domain === undefined) continue;
    policies.push({
      policyDomain: said.domain,
      ...(said.p === undefined ? {} : { p: said.p }),
      ...(said.sp === undefined ? {} : { sp: said.sp }),
      ...(said.np === undefined ? {} : { np: said.np }),
      ...(said.adkim === undefined ? {} : { adkim: said.adkim }),
      ...(said.aspf === undefined ? {} : { aspf: said.aspf }),
      ...(said.pct === undefined ? {} : { pct: said.pct }),
      ...(said.testing === undefined ? {} : { testing: said.testing }),
      seen: new Date(Math.floor((Number(row['end_at']) * 1000) / DAY_MS) * DAY_MS).toISOString().slice(0, 10),
    });
  }
  return policies;
}
