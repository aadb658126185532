// How the messages of a row are laid over the days of its report. Reports are meant to cover a day (RFC 9990 §3.1.1.1 leaves
// the period open) and some cover a week; put on one day those would make a peak that never was.

/** The parts a report falls into, and on which UTC day each lies. */
export interface Parts {
  /** Days that the report spans, as it says itself: at least 1. */
  readonly spread: number;
  /** The day of each part, ascending, without repetition. */
  readonly days: Int32Array;
  /** Of how many equal parts each day holds; their sum is `total`. */
  readonly weights: Int32Array;
  readonly total: number;
}

const DAY_SECONDS = 86_400;
/** A report that says it spans more than a year is laid over this many parts and no more: what it says is absurd. */
const MOST_PARTS = 366;
const lastDay = 2_147_000_000;

/**
 * The parts of a report. There are n = max(1, round(span / 86,400)); part i lies on the UTC day of
 * begin + (i + ½) · span / n. Two parts may lie on one day.
 *
 * @param begin seconds since 1970
 * @param end seconds since 1970
 */
export function partsOf(begin: number, end: number): Parts {
  const span = Math.max(0, end - begin);
  const spread = Math.max(1, Math.min(lastDay, Math.round(span / DAY_SECONDS)));
  const total = Math.min(spread, MOST_PARTS);
  const days: number[] = [];
  const weights: number[] = [];
  for (let part = 0; part < total; part++) {
    const day = Math.floor((begin + ((part + 0.5) * span) / total) / DAY_SECONDS);
    const bounded = Math.max(-lastDay, Math.min(lastDay, day));
    if (days.at(-1) === bounded) weights[weights.length - 1]! += 1;
    else {
      days.push(bounded);
      weights.push(1);
    }
  }
  return { spread, days: Int32Array.from(days), weights: Int32Array.from(weights), total };
}

/**
 * How many of `count` messages fall on each day: whole numbers whose sum is `count`. Consecutive rows begin at another part, so
 * that many rows of one message each do not all land on the same day.
 *
 * @param row the number of the row in its report
 * @param into one place a day of `parts`; it is overwritten
 */
export function spreadCount(count: number, row: number, parts: Parts, into: Float64Array): void {
  const { total, weights } = parts;
  const turn = row % total;
  // Split first, so that nothing is multiplied beyond 2^53.
  const each = Math.floor(count / total);
  const rest = count - each * total;
  let before = 0;
  let part = 0;
  for (let day = 0; day < weights.length; day++) {
    part += weights[day]!;
    const upTo = Math.floor((rest * part + turn) / total);
    into[day] = each * weights[day]! + (upTo - before);
    before = upTo;
  }
}
