import { hash } from 'node:crypto';
import { assertNever } from '../../standards/problem.ts';
import type { Problem } from '../../standards/problem.ts';
import type { ReportHead, ReportSummary } from '../../standards/reports/aggregate/index.ts';
import type { DocumentRecord, ReportKey, Road } from './archive.ts';

// Which report a document is a copy of, and which of several copies counts. Reporters send one report many times, under one id
// for several ranges, and under ids that other reporters use too; and since a report is mail from a stranger, "a fuller copy"
// is something that anyone can make.

/** What is known of a report that has just been read. */
export interface Incoming {
  readonly key: ReportKey;
  readonly summary: ReportSummary;
  readonly road: Road;
  readonly authenticatedAs?: string;
}

/** What becomes of it. `closes` are earlier refused copies that this one makes superfluous. */
export type Settlement =
  | { readonly state: 'counted'; readonly closes: readonly number[] }
  | {
      readonly state: 'counted';
      readonly replaces: number;
      readonly closes: readonly number[];
      readonly problem: Problem;
    }
  | {
      readonly state: 'conflict' | 'duplicate';
      readonly other: number;
      readonly closes: readonly number[];
      readonly problem: Problem;
    };

/** Twenty characters of base 32: a hundred bits, of which nobody makes two alike. */
const keyLength = 20;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The identity of a report: its reporter (the domain of its e-mail address, else its name), the domain whose policy it is about,
 * its id and its range. A report-id alone is unique per domain only (RFC 9990 §3.1.1.3), and not even that in practice. A part
 * that the report does not say is empty.
 */
export function reportKey(head: ReportHead): ReportKey {
  const { metadata, policyPublished } = head;
  const parts = {
    reporter: reporterOf(metadata.email, metadata.orgName),
    policyDomain: fold(policyPublished.domain),
    reportId: (metadata.reportId ?? '').trim(),
    begin: metadata.dateRange?.begin ?? 0,
    end: metadata.dateRange?.end ?? 0,
  };
  return { ...parts, text: keyText(parts) };
}

/** The domain of an address, else a name, in lower case. */
export function reporterOf(email: string | undefined, orgName: string | undefined): string {
  const domain = /@([^\s@<>,;"]+?)\.?[\s>]*$/.exec(email ?? '')?.[1];
  return fold(domain ?? orgName);
}

function fold(text: string | undefined): string {
  const folded = (text ?? '').trim().toLowerCase();
  return folded.endsWith('.') ? folded.slice(0, -1) : folded;
}

/** A short text for what a report is known by. */
export function keyText(parts: Omit<ReportKey, 'text'>): string {
  const { reporter, policyDomain, reportId, begin, end } = parts;
  // JSON keeps the parts apart whatever they contain.
  const digest = hash('sha256', JSON.stringify([reporter, policyDomain, reportId, begin, end]), 'buffer');
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < keyLength) {
      bits -= 5;
      text += alphabet[(held >>> bits) & 31]!;
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/**
 * Decides which of several copies of a report counts.
 *
 * - The first that can be read counts, and closes the refused ones before it.
 * - A copy that says no more than the one that counts is a duplicate.
 * - A fuller copy (more rows, at least as many messages, its root closed) takes the place of the one that counts, but only when
 *   both were authenticated as the same domain, or both came unauthenticated by the same road.
 * - Anything else contradicts what counts: it is kept beside it, and shown.
 *
 * @param copies documents with the same key, and refused ones that are known to be truncated copies of it; oldest first
 */
export function settle(incoming: Incoming, copies: readonly DocumentRecord[]): Settlement {
  const closes = copies.filter((copy) => copy.state === 'refused').map((copy) => copy.id);
  const first = copies.find((copy) => copy.state === 'counted');
  if (first?.summary === undefined) return { state: 'counted', closes };
  const relation = compare(incoming.summary, first.summary);
  const values = {
    rows: incoming.summary.rows,
    messages: incoming.summary.messages,
    countedRows: first.summary.rows,
    countedMessages: first.summary.messages,
  };
  switch (relation) {
    case 'no-more':
      return { state: 'duplicate', other: first.id, closes, problem: { code: 'ingestion/duplicate', values } };
    case 'fuller':
      return mayReplace(incoming, first)
        ? { state: 'counted', replaces: first.id, closes, problem: { code: 'ingestion/replaces', values } }
        : { state: 'conflict', other: first.id, closes, problem: { code: 'ingestion/fuller-stranger', values } };
    case 'different':
      return { state: 'conflict', other: first.id, closes, problem: { code: 'ingestion/conflict', values } };
    default:
      return assertNever(relation);
  }
}

/** What one copy says beside another. */
function compare(copy: ReportSummary, counted: ReportSummary): 'different' | 'fuller' | 'no-more' {
  if (!samePolicy(copy, counted)) return 'different';
  if (copy.rows === counted.rows) return copy.messages === counted.messages ? 'no-more' : 'different';
  if (copy.rows < counted.rows) return copy.messages <= counted.messages ? 'no-more' : 'different';
  return copy.messages >= counted.messages && isClosed(copy) ? 'fuller' : 'different';
}

/** Whether two copies were written about the same published policy. */
function samePolicy(a: ReportSummary, b: ReportSummary): boolean {
  const one = a.policyPublished;
  const other = b.policyPublished;
  return (
    one.p === other.p &&
    one.sp === other.sp &&
    one.np === other.np &&
    one.adkim === other.adkim &&
    one.aspf === other.aspf
  );
}

/** Whether the report reached its end: one that did not may lack rows, and is fuller than nothing. */
function isClosed(summary: ReportSummary): boolean {
  return !summary.repaired.some((repair) => repair.code === 'reports/unfinished-root');
}

/** Whether a copy has the right to take the place of another, which is more than looking fuller. */
function mayReplace(incoming: Incoming, counted: DocumentRecord): boolean {
  if (incoming.authenticatedAs !== undefined || counted.authenticatedAs !== undefined) {
    return incoming.authenticatedAs === counted.authenticatedAs;
  }
  return incoming.road === counted.original.road;
}

/** `receiver "!" policy-domain "!" begin "!" end [ "!" unique-id ]` and what follows (RFC 9990 §3.2.2.1). */
const fileName = /^[^!/]+!([^!/]+)!(\d{1,12})!(\d{1,12})(?:[!.]|$)/;

/**
 * Whether a file name is that of a report with this key: then a refused document of the same name was a copy of it, even when it
 * could not be read far enough to say so. A name alone, `report.zip`, says nothing.
 */
export function nameBelongsTo(name: string, key: ReportKey): boolean {
  const [, domain, begin, end] = fileName.exec(name) ?? [];
  return fold(domain) === key.policyDomain && Number(begin) === key.begin && Number(end) === key.end;
}

/** The last part of a path: of an entry, or of the origin when the original itself is the document. */
export function lastName(entry: string, origin: string): string {
  const path = entry === '' ? origin : entry;
  return path.slice(path.lastIndexOf('/') + 1);
}
