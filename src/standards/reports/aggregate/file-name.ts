import { parseDomainName } from '../../dns/index.ts';
import type { Problem, Reading } from '../../problem.ts';

/** What the file name of a report says (RFC 9990 §3.5.2; RFC 7489 §7.2.1.1): `receiver!policy-domain!begin!end[!unique-id].xml[.gz]`. */
export interface ReportFileName {
  readonly receiver: string;
  readonly policyDomain: string;
  /** Seconds since 1970. */
  readonly begin: number;
  readonly end: number;
  readonly uniqueId?: string;
  /** How the file is wrapped; zip is in no specification and common. */
  readonly wrapping: 'gzip' | 'none' | 'zip';
}

const extensions: Readonly<Record<ReportFileName['wrapping'], string>> = { none: 'xml', gzip: 'xml.gz', zip: 'zip' };
const see = 'RFC 9990 §3.5.2';

/**
 * Writes a file name.
 * @returns the name, or `reports/file-name-part` for a part that the grammar has no place for
 */
export function formatReportFileName(parts: ReportFileName): Reading<string> {
  const problems: Problem[] = [];
  const object = (part: string, text: string): void => {
    problems.push({ code: 'reports/file-name-part', values: { part, text }, see });
  };
  if (!parseDomainName(parts.receiver).ok) object('receiver', parts.receiver);
  if (!parseDomainName(parts.policyDomain).ok) object('policy-domain', parts.policyDomain);
  if (!Number.isSafeInteger(parts.begin) || parts.begin < 0) object('begin', String(parts.begin));
  if (!Number.isSafeInteger(parts.end) || parts.end < parts.begin) object('end', String(parts.end));
  if (parts.uniqueId !== undefined && !/^[A-Za-z0-9]+$/.test(parts.uniqueId)) object('unique-id', parts.uniqueId);
  if (problems.length > 0) return { ok: false, problems };
  const unique = parts.uniqueId === undefined ? '' : `!${parts.uniqueId}`;
  const stem = `${parts.receiver}!${parts.policyDomain}!${parts.begin}!${parts.end}${unique}`;
  return { ok: true, value: `${stem}.${extensions[parts.wrapping]}`, problems: [] };
}

/**
 * Reads a file name: the last part of a path. It is a hint and no more: what counts is what the report says.
 * @returns its parts, with `reports/file-name-part` for each that the grammar has no place for (an empty receiver, say); or
 *   `reports/file-name` when it is no name of a report
 */
export function parseReportFileName(name: string): Reading<ReportFileName> {
  const match =
    name.length > 1_000
      ? null
      : /^([^!/\\]*)!([^!/\\]*)!(\d{1,15})!(\d{1,15})(?:!([^!/\\]*?))?\.(xml|xml\.gz|gz|zip|xml\.zip)$/i.exec(name);
  if (match === null)
    return { ok: false, problems: [{ code: 'reports/file-name', values: { text: name.slice(0, 120) }, see }] };
  const [, receiver = '', policyDomain = '', begin = '', end = '', uniqueId, extension = ''] = match;
  const problems: Problem[] = [];
  const object = (part: string, text: string): void => {
    problems.push({ code: 'reports/file-name-part', values: { part, text }, see });
  };
  const domain = (part: string, text: string): string => {
    const read = parseDomainName(text);
    if (!read.ok) object(part, text);
    return read.ok ? read.value : text;
  };
  const lower = extension.toLowerCase();
  const value: ReportFileName = {
    receiver: domain('receiver', receiver),
    policyDomain: domain('policy-domain', policyDomain),
    begin: Number(begin),
    end: Number(end),
    ...(uniqueId === undefined ? {} : { uniqueId }),
    wrapping: lower.endsWith('zip') ? 'zip' : lower.endsWith('gz') ? 'gzip' : 'none',
  };
  if (value.end < value.begin) object('end', end);
  if (uniqueId !== undefined && !/^[A-Za-z0-9]+$/.test(uniqueId)) object('unique-id', uniqueId);
  return { ok: true, value, problems };
}
