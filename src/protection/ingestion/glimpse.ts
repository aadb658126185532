import type { ReportHead } from '../../standards/reports/aggregate/index.ts';

/** How much of a text is kept to be glimpsed at: the head of a report comes first in practice, and is a kilobyte. */
export const glimpseBytes = 8192;

/**
 * What the beginning of a report that cannot be read says it is, so that a complete copy which comes later is known for the same
 * report. Nothing is concluded from it but that.
 *
 * @param bytes its first bytes
 * @returns `undefined` unless it names its id, its range, its reporter and its domain
 */
export function glimpse(bytes: Uint8Array): ReportHead | undefined {
  const text = decode(bytes.subarray(0, glimpseBytes));
  const said = (element: string, from = 0): string | undefined => {
    const open = new RegExp(`<(?:[\\w.-]+:)?${element}(?:\\s[^>]*)?>([^<]{1,500})</`, 'i').exec(text.slice(from));
    return open?.[1] === undefined ? undefined : unescape(open[1].trim());
  };
  const orgName = said('org_name');
  const email = said('email');
  const reportId = said('report_id');
  const begin = seconds(said('begin'));
  const end = seconds(said('end'));
  const domain = said('domain', Math.max(0, text.search(/<(?:[\w.-]+:)?policy_published/i)));
  if (reportId === undefined || begin === undefined || end === undefined || domain === undefined) return undefined;
  if (orgName === undefined && email === undefined) return undefined;
  return {
    generation: 'rfc7489',
    metadata: {
      ...(orgName === undefined ? {} : { orgName }),
      ...(email === undefined ? {} : { email }),
      reportId,
      dateRange: { begin, end },
      errors: [],
    },
    policyPublished: { domain },
    extensions: [],
  };
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function seconds(text: string | undefined): number | undefined {
  return /^\d{9,11}(?:\.\d+)?$/.test(text ?? '') ? Math.trunc(Number(text)) : undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);
}
