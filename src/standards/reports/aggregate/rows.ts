import type { DkimAuthResult, Extension, OverrideReason, SpfAuthResult } from './model.ts';

// Rows as columns: what the scanner hands over and filing takes. A text that occurs a million times is one number here.

/** Distinct values, each with a small number that stays the same as long as the dictionary lives. 0 is always "not said". */
export interface Dictionary<T> {
  /** How many numbers are in use, 0 included: numbers run from 0 up to, and not including, `size`. */
  readonly size: number;
  /** The value of a number; `undefined` for 0. */
  value(id: number): T | undefined;
}

/** `auth_results` of a row, as one value: many rows share one. */
export interface AuthResults {
  readonly dkim: readonly DkimAuthResult[];
  readonly spf: readonly SpfAuthResult[];
}

/**
 * The dictionaries that the numbers of a batch point into. They belong to the reader and outlive a report: a run of reports
 * shares them. A number keeps its meaning for as long as the dictionaries are this same object. When the reader has seen too
 * many distinct texts (`Limits.distinct`) it starts new ones, between two batches: whoever keeps what a number means compares
 * the object handed in with the one before, and forgets all numbers when it is another. The old object stays readable.
 */
export interface RowDictionaries {
  /** Canonical addresses. */
  readonly addresses: Dictionary<string>;
  /** Names: header-from, envelope-from, envelope-to. `''` (the null sender) has a number of its own, which is not 0. */
  readonly names: Dictionary<string>;
  readonly auths: Dictionary<AuthResults>;
  /** Lists of override reasons; 0 is the empty list. */
  readonly reasons: Dictionary<readonly OverrideReason[]>;
}

/** Codes of the small columns: the index in these lists is the number in the column. 0 is "not said". */
export const dispositionCodes = [undefined, 'none', 'pass', 'quarantine', 'reject'] as const;
export const alignmentCodes = [undefined, 'pass', 'fail'] as const;

/** Takes the rows of a report as they are read. Nothing of them counts until the report is known to be whole. */
export interface RowSink {
  rows(batch: RowBatch, dictionaries: RowDictionaries): void;
}

/** A run of consecutive rows of one report. Columns hold `length` values, perhaps in longer arrays; they are reused after `rows` returns. */
export interface RowBatch {
  readonly length: number;
  /** The number, in the report, of the first row here; rows count from 0. */
  readonly firstRow: number;
  readonly source: Int32Array;
  readonly headerFrom: Int32Array;
  readonly envelopeFrom: Int32Array;
  readonly envelopeTo: Int32Array;
  readonly auth: Int32Array;
  readonly reasons: Int32Array;
  readonly disposition: Uint8Array;
  readonly dkim: Uint8Array;
  readonly spf: Uint8Array;
  /** Whole numbers below 2^53. */
  readonly count: Float64Array;
  /** Rare: extensions of a row, by row index in this batch. */
  readonly extensions?: ReadonlyMap<number, readonly Extension[]>;
}
