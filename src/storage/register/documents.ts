// Documents in the register: how one is written and read, and how they are listed.
import type { SQLInputValue } from 'node:sqlite';
import type { Day } from '../../protection/history.ts';
import type {
  Authenticity,
  Counting,
  DocumentEntry,
  DocumentKind,
  DocumentRecord,
  DocumentState,
  Original,
  Road,
} from '../../protection/ingestion/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { Repair, ReportSummary } from '../../standards/reports/index.ts';
import type { RegisterFile, RegisterRow } from './database.ts';
import { shownText } from './shown-rules.ts';
import { insertTroubles } from './tallies.ts';
import { insertTlsReport } from './tls-reports.ts';

/** Which documents to list: every condition given must hold. */
export interface DocumentFilter {
  readonly id?: number;
  /** The whole text of a key, or its beginning. */
  readonly key?: string;
  readonly kind?: readonly DocumentKind[];
  readonly state?: readonly DocumentState[];
  /** Reports about these policy domains or names below them. */
  readonly domain?: string;
  readonly reporter?: string;
  /** Reports whose period touches these days, inclusive; documents without a period by the day they were filed. */
  readonly since?: Day;
  readonly until?: Day;
  /** Only those with a problem or a repair, or only those without. */
  readonly problems?: boolean;
}

/** A page of a list: the newest first. */
export interface DocumentPage {
  readonly documents: DocumentRecord[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** Documents by what became of them. */
export interface DocumentCount {
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly documents: number;
  readonly rows: number;
  readonly messages: number;
}

const columns = `d.id, d.original, d.entry, d.container, d.kind, d.state, d.other, d.key_text, d.reporter, d.policy_domain,
  d.report_id, d.begin_at, d.end_at, d.summary, d.problems, d.repaired, d.authenticated_as, d.filed_at,
  o.sha256, o.origin, o.road, o.size, m.found, c.decided`;
const counted = 'FROM documents d JOIN originals o ON o.id = d.original';
const source = `${counted}
  LEFT JOIN report_mail m ON m.original = d.original AND m.entry = d.entry
  LEFT JOIN report_counting c ON c.original = d.original AND c.entry = d.entry`;
const DAY_SECONDS = 86_400;

/** Adds a document, in the transaction that is open. */
export function insertDocument(
  file: RegisterFile,
  id: number,
  original: Original,
  entry: DocumentEntry,
  filedAt: number,
): void {
  const { key, summary } = entry;
  file.run(
    `INSERT INTO documents (id, original, entry, container, name, kind, state, other, key_text, reporter, policy_domain,
       report_id, begin_at, end_at, rows, messages, summary, problems, repaired, has_problems, authenticated_as, filed_at, shows)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    original.id,
    entry.entry,
    entry.container,
    fileName(entry.entry, original.origin),
    entry.kind,
    entry.state,
    entry.other ?? null,
    key?.text ?? null,
    key?.reporter ?? null,
    key?.policyDomain ?? null,
    key?.reportId ?? null,
    key === undefined ? null : Math.trunc(key.begin),
    key === undefined ? null : Math.trunc(key.end),
    summary?.rows ?? null,
    summary?.messages ?? null,
    summary === undefined ? null : JSON.stringify(summary),
    JSON.stringify(entry.problems),
    JSON.stringify(entry.repaired),
    entry.problems.length + entry.repaired.length > 0 ? 1 : 0,
    entry.authenticatedAs ?? null,
    filedAt,
    entry.kind === 'aggregate' && summary !== undefined ? (shownText(summary) ?? null) : null,
  );
  if (entry.tls !== undefined && entry.state === 'counted') insertTlsReport(file, id, entry.tls);
  insertTroubles(file, id, entry);
}

/** The name of a document's file: the last part of its path inside the original, or else of where that came from. */
export function fileName(entry: string, origin: string): string {
  const path = entry === '' ? origin : entry;
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Documents of the report with this key that are counted, conflicting or refused, oldest first. */
export function copiesOf(file: RegisterFile, key: string): DocumentRecord[] {
  return file
    .rows(
      `SELECT ${columns} ${source} WHERE d.key_text = ? AND d.state IN ('counted', 'conflict', 'refused') ORDER BY d.id`,
      key,
    )
    .map(asDocument);
}

/** Refused documents of this file name, oldest first. */
export function refusedLike(file: RegisterFile, name: string): DocumentRecord[] {
  return file
    .rows(`SELECT ${columns} ${source} WHERE d.state = 'refused' AND d.name = ? ORDER BY d.id`, name)
    .map(asDocument);
}

/** All refused documents, oldest first. */
export function refusedDocuments(file: RegisterFile): DocumentRecord[] {
  return file.rows(`SELECT ${columns} ${source} WHERE d.state = 'refused' ORDER BY d.id`).map(asDocument);
}

/** TLS reports that were kept when nothing was filed of these yet, and whose bytes are, oldest first. */
export function unfiledDocuments(file: RegisterFile): DocumentRecord[] {
  return file
    .rows(
      `SELECT ${columns} ${source} WHERE d.kind = 'tls' AND d.state = 'not-understood'
       AND instr(d.problems, '"ingestion/tls-report"') > 0 AND o.segment IS NOT NULL ORDER BY d.id`,
    )
    .map(asDocument);
}

/** What is said of documents that can be read: those of which one counts, or would. */
const readable = "('counted', 'conflict', 'duplicate', 'replaced', 'set-apart')";

/** All documents of a report that can be read, whose bytes are kept or that count, oldest first. */
export function groupOf(file: RegisterFile, key: string): DocumentRecord[] {
  return file
    .rows(
      `SELECT ${columns} ${source} WHERE d.key_text = ? AND d.state IN ${readable}
       AND (o.segment IS NOT NULL OR d.state = 'counted') ORDER BY d.id`,
      key,
    )
    .map(asDocument);
}

/** Reports that came by mail, whose bytes are kept, and of whose mail nothing final is known (or all of them), from a number on. */
export function unjudgedDocuments(file: RegisterFile, all: boolean, after: number, most: number): DocumentRecord[] {
  return file
    .rows(
      `SELECT ${columns} ${source} WHERE instr(d.container, 'mail') > 0 AND d.state IN ${readable} AND d.kind IN ('aggregate', 'tls')
       AND o.segment IS NOT NULL ${all ? '' : "AND (m.result IS NULL OR m.result = 'not-known-yet')"}
       AND d.id > ? ORDER BY d.id LIMIT ?`,
      after,
      most,
    )
    .map(asDocument);
}

/**
 * Reports that are set apart, reports that may have to be (see `reasonToSetApart`, which decides), and fuller copies that were not
 * counted since nothing showed that they come from the same sender, and of which that is known by now.
 */
export function doubtfulDocuments(file: RegisterFile): DocumentRecord[] {
  return file
    .rows(
      `SELECT ${columns} ${source} WHERE d.state = 'set-apart' OR (d.state IN ${readable} AND (c.decided = 'set-apart' OR
         (c.decided IS NULL AND (m.result = 'refuted' OR (m.result = 'unproven' AND EXISTS (
           SELECT 1 FROM report_mail s WHERE s.reporter = m.reporter AND s.result = 'authentic')) OR
         (d.kind = 'tls' AND m.result = 'unproven' AND json_extract(m.found, '$.lack') = 'missing'))) OR
         (d.state = 'conflict' AND instr(d.problems, '"ingestion/fuller-stranger"') > 0 AND EXISTS (
           SELECT 1 FROM documents f JOIN report_mail n ON n.original = f.original AND n.entry = f.entry
           WHERE f.id = d.other AND f.state = 'counted'
             AND json_extract(n.found, '$.authenticatedAs') = json_extract(m.found, '$.authenticatedAs')))))
       ORDER BY d.id`,
    )
    .map(asDocument);
}

/** Changes what became of a document, in the transaction that is open. */
export function updateDocument(
  file: RegisterFile,
  id: number,
  state: DocumentState,
  other: number | undefined,
  problems: readonly Problem[] | undefined,
): void {
  file.run('UPDATE documents SET state = ?, other = ? WHERE id = ?', state, other ?? null, id);
  if (problems === undefined) return;
  file.run(
    "UPDATE documents SET problems = ?, has_problems = ? OR repaired <> '[]' WHERE id = ?",
    JSON.stringify(problems),
    problems.length > 0 ? 1 : 0,
    id,
  );
  file.run('DELETE FROM troubles WHERE document = ? AND repaired = 0', id);
  insertTroubles(file, id, { problems, repaired: [] });
}

/** A page of the documents that a filter lets through. */
export function listDocuments(file: RegisterFile, filter: DocumentFilter, offset: number, limit: number): DocumentPage {
  const { where, values } = compileFilter(filter);
  const total = Number(file.row(`SELECT count(*) AS n ${counted} ${where}`, ...values)?.['n'] ?? 0);
  const documents = file
    .rows(`SELECT ${columns} ${source} ${where} ORDER BY d.id DESC LIMIT ? OFFSET ?`, ...values, limit, offset)
    .map(asDocument);
  return { documents, total };
}

/** How many documents there are of each kind and state, with the rows and messages they speak of. */
export function countDocuments(file: RegisterFile, filter: DocumentFilter): DocumentCount[] {
  const { where, values } = compileFilter(filter);
  return file
    .rows(
      `SELECT d.kind, d.state, count(*) AS n, coalesce(sum(d.rows), 0) AS rows, coalesce(sum(d.messages), 0) AS messages
       ${counted} ${where} GROUP BY d.kind, d.state ORDER BY d.kind, d.state`,
      ...values,
    )
    .map((row) => ({
      kind: row['kind'] as DocumentKind,
      state: row['state'] as DocumentState,
      documents: Number(row['n']),
      rows: Number(row['rows']),
      messages: Number(row['messages']),
    }));
}

function compileFilter(filter: DocumentFilter): { where: string; values: SQLInputValue[] } {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...bound: SQLInputValue[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  const oneOf = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted !== undefined) add(`${column} IN (${wanted.map(() => '?').join(', ')})`, ...wanted);
  };
  if (filter.id !== undefined) add('d.id = ?', filter.id);
  // A range instead of LIKE: the key may hold any character, and the index is used.
  if (filter.key !== undefined) add('d.key_text >= ? AND d.key_text < ?', filter.key, `${filter.key}\u{10ffff}`);
  oneOf('d.kind', filter.kind);
  oneOf('d.state', filter.state);
  if (filter.domain !== undefined) {
    add(
      `(d.policy_domain = ? OR substr(d.policy_domain, -?) = ?)`,
      filter.domain,
      filter.domain.length + 1,
      `.${filter.domain}`,
    );
  }
  if (filter.reporter !== undefined) add('d.reporter = ?', filter.reporter);
  if (filter.since !== undefined) {
    add('coalesce(d.end_at, d.filed_at / 1000) >= ?', filter.since * DAY_SECONDS);
  }
  if (filter.until !== undefined) {
    add('coalesce(d.begin_at, d.filed_at / 1000) < ?', (filter.until + 1) * DAY_SECONDS);
  }
  if (filter.problems !== undefined) add('d.has_problems = ?', filter.problems ? 1 : 0);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}

function asDocument(row: RegisterRow): DocumentRecord {
  const key = row['key_text'];
  const summary = row['summary'];
  const other = row['other'];
  const found = row['found'];
  const authenticity = found === null ? undefined : (JSON.parse(String(found)) as Authenticity);
  const decided = row['decided'];
  const authenticatedAs = authenticity?.authenticatedAs ?? row['authenticated_as'];
  return {
    id: Number(row['id']),
    original: {
      id: Number(row['original']),
      sha256: String(row['sha256']),
      origin: String(row['origin']),
      road: row['road'] as Road,
      size: Number(row['size']),
    },
    entry: String(row['entry']),
    container: String(row['container']),
    kind: row['kind'] as DocumentKind,
    state: row['state'] as DocumentState,
    ...(other === null ? {} : { other: Number(other) }),
    ...(key === null
      ? {}
      : {
          key: {
            reporter: String(row['reporter']),
            policyDomain: String(row['policy_domain']),
            reportId: String(row['report_id']),
            begin: Number(row['begin_at']),
            end: Number(row['end_at']),
            text: String(key),
          },
        }),
    ...(summary === null ? {} : { summary: JSON.parse(String(summary)) as ReportSummary }),
    problems: JSON.parse(String(row['problems'])) as Problem[],
    repaired: JSON.parse(String(row['repaired'])) as Repair[],
    ...(authenticatedAs === null ? {} : { authenticatedAs: String(authenticatedAs) }),
    ...(authenticity === undefined ? {} : { authenticity }),
    ...(decided === null ? {} : { decided: decided as Counting }),
    filedAt: Number(row['filed_at']),
  };
}
