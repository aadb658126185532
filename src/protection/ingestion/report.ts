import type { Problem } from '../../standards/problem.ts';
import type { AggregateReader, Repair, ReportSummary, RowSink } from '../../standards/reports/aggregate/index.ts';
import type { ReportKey } from './archive.ts';
import type { Content, Trail } from './content.ts';
import { glimpse, glimpseBytes } from './glimpse.ts';
import { reportKey } from './identity.ts';

/** What came of reading a document. */
export type ReportReading =
  | {
      readonly outcome: 'read';
      readonly summary: ReportSummary;
      readonly repaired: readonly Repair[];
      readonly key: ReportKey;
    }
  /** Nothing of it counts. `key` is there when its beginning says which report it was. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[]; readonly key?: ReportKey }
  /** It was told to stop. */
  | { readonly outcome: 'interrupted' };

/**
 * Reads the text of one report, as it comes, and judges it together with what it was wrapped in.
 *
 * @param sink takes the rows on the way; they count only when the outcome is `'read'`
 */
export async function readReport(
  reader: AggregateReader,
  content: Content,
  trail: Trail,
  sink: RowSink,
  signal?: AbortSignal,
): Promise<ReportReading> {
  reader.start(sink);
  let beginning: Uint8Array;
  if (content.bytes !== undefined) {
    beginning = content.bytes;
    reader.push(content.bytes);
  } else {
    beginning = (await content.chunks.peek(1)).slice(0, glimpseBytes);
    for (;;) {
      // Taken one by one, since leaving a loop over them would let go of what lies behind this document.
      const chunk = await content.chunks.next();
      if (chunk === undefined || !reader.push(chunk)) break;
      if (signal?.aborted === true) return { outcome: 'interrupted' };
    }
  }
  const reading = reader.finish();
  const problems = [...trail.fatal];
  // Where the wrapping is broken, what is wrong with the text follows from that.
  if (problems.length === 0) {
    if (!reading.ok) problems.push(...trail.doubts, ...reading.problems);
    else if (isUnchecked(trail) && reading.value.repaired.some(isDamage)) problems.push(...trail.doubts);
  }
  if (problems.length > 0 || !reading.ok) {
    const head = reading.ok ? reading.value : glimpse(beginning);
    return { outcome: 'refused', problems, ...(head === undefined ? {} : { key: reportKey(head) }) };
  }
  const wrapping = [...trail.doubts, ...trail.notes].map((problem): Repair => ({ ...problem, times: 1 }));
  const summary = reading.value;
  return { outcome: 'read', summary, repaired: [...wrapping, ...summary.repaired], key: reportKey(summary) };
}

/** Doubts under which no checksum vouches for the data: then what looks like damage is not taken for a habit of the reporter. */
const unchecked = new Set(['ingestion/gzip-cut-short', 'ingestion/gzip-no-checksum', 'ingestion/zlib-cut-short']);

function isUnchecked(trail: Trail): boolean {
  return trail.doubts.some((problem) => unchecked.has(problem.code));
}

/** Repairs of a kind that a flipped bit or a lost end make necessary too. */
const damage = new Set(
  [
    'text-before-root',
    'text-after-root',
    'stray-text',
    'unfinished-root',
    'unclosed-schema',
    'bad-attribute',
    'bad-character',
    'replacement-character',
    'bad-utf8',
    'bare-ampersand',
    'unescaped-markup',
    'unknown-element',
    'repeated-element',
    'unknown-value',
    'bad-source',
    'bad-name',
    'missing-count',
    'bad-count',
    'negative-count',
    'absurd-count',
    'count-notation',
    'empty-record',
    'unlikely-date',
  ].map((name) => `reports/${name}`),
);

function isDamage(repair: Repair): boolean {
  return damage.has(repair.code);
}
