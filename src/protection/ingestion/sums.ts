import type { DocumentState } from './archive.ts';

/**
 * How far taking in has come. The rows of a report are in it while it is read, and leave it again when they turn out not to count;
 * all else only grows.
 */
export interface IngestProgress {
  /** Arrivals done with, those known before included, and their bytes as they came. */
  readonly arrivals: number;
  readonly bytes: number;
  /** Reports that count, and their rows. */
  readonly reports: number;
  readonly rows: number;
  readonly refused: number;
}

/** What came of it all. */
export interface IngestOutcome extends IngestProgress {
  /** Arrivals whose bytes had come before. */
  readonly known: number;
  /** Documents, by what became of them when they were filed. */
  readonly documents: Readonly<Record<DocumentState, number>>;
  /** Messages in the reports that count. */
  readonly messages: number;
  /** Reports that count, and something of which was repaired. */
  readonly repaired: number;
  /** It was told to stop before all was done. What was kept and not filed is filed at the next start. */
  readonly interrupted: boolean;
}

/** What a filing adds to the sums once it is committed. */
export class Sums {
  arrivals = 0;
  bytes = 0;
  rows = 0;
  messages = 0;
  repaired = 0;
  known = 0;
  readonly documents: Record<DocumentState, number> = {
    conflict: 0,
    counted: 0,
    duplicate: 0,
    'not-understood': 0,
    refused: 0,
    replaced: 0,
    'set-apart': 0,
    superseded: 0,
  };

  /** Adds what another has come to. */
  add(other: Sums): void {
    for (const key of ['arrivals', 'bytes', 'rows', 'messages', 'repaired', 'known'] as const) this[key] += other[key];
    for (const state of Object.keys(this.documents) as DocumentState[]) this.documents[state] += other.documents[state];
  }
}

/** The sums as they are told, `sums` and what is under way together. */
export function progressOf(sums: Sums, now: Sums): IngestProgress {
  return {
    arrivals: sums.arrivals + now.arrivals,
    bytes: sums.bytes + now.bytes,
    reports: sums.documents.counted + now.documents.counted,
    rows: sums.rows + now.rows,
    refused: sums.documents.refused + now.documents.refused,
  };
}

/** The sums at the end. */
export function outcomeOf(sums: Sums, interrupted: boolean): IngestOutcome {
  const { known, documents, messages, repaired } = sums;
  return { ...progressOf(sums, new Sums()), known, documents, messages, repaired, interrupted };
}
