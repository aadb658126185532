// How many streams may mail as us that no report has shown yet: what ecologists ask of species. Mail comes in batches (a mailing is a hundred
// rows of three days at ten reporters), so what is counted is not messages, nor days of reporters, but weeks in which a stream was seen: a
// batch is one sighting. Counted by reporters, nothing was ever sighted only once, and everything seemed seen after three weeks. The estimate
// is information and never opens a gate: of mail that nobody reports, of what begins later, and of what comes once a year it knows nothing.

/** By stream: how often it was sighted. */
export type Sightings = readonly number[];

export interface UnseenEstimate {
  /** Streams that were seen. */
  readonly seen: number;
  /** Of these, sighted once and twice: those that were nearly missed. */
  readonly once: number;
  readonly twice: number;
  /** Streams there may be that were not seen: at the least, by Chao's estimator, and by coverage of the rare ones. */
  readonly chao: number;
  readonly coverage: number;
  /**
   * The range in which eight of ten resamplings lie, for the greater of the two. Where none was sighted once, every resampling says that none is
   * unseen, which is more than a few weeks can tell; so the upper end is at least what Chao's estimator comes to with as many sighted once as
   * chance allows for, nine times in ten, where there were this many.
   */
  readonly range: readonly [low: number, high: number];
  /** The part of sightings that are of streams that were seen (Good–Turing): 1 when none was sighted only once. */
  readonly sampled: number;
}

/** A stream sighted more often than this is not rare. */
const rareUpTo = 10;

/**
 * Chao's lower bound for incidence data, its form without division by zero where nothing was sighted twice.
 *
 * @param units how many units (weeks) there were
 */
export function chaoUnseen(sightings: Sightings, units: number): number {
  return chaoOf(countOf(sightings, 1), countOf(sightings, 2), units);
}

function chaoOf(once: number, twice: number, units: number): number {
  return units < 2 || once === 0 ? 0 : ((units - 1) / units) * ((once * (once - 1)) / (2 * (twice + 1)));
}

/** What a number that comes by chance is at the most, nine times in ten, when it was this once (Wilson and Hilferty's approximation of a Poisson limit). */
function atMost(count: number): number {
  return (count + 1) * (1 - 1 / (9 * (count + 1)) + 1.2816 / (3 * Math.sqrt(count + 1))) ** 3;
}

/** The estimator by coverage of rare species (ICE): those sighted at most ten times say how many more there are. */
export function coverageUnseen(sightings: Sightings, units: number): number {
  const rare = sightings.filter((count) => count > 0 && count <= rareUpTo);
  const total = rare.reduce((sum, count) => sum + count, 0);
  const once = countOf(sightings, 1);
  // All rare ones were sighted once: the estimator divides by nothing, and Chao's bound is all there is.
  if (total === 0 || once === total) return chaoUnseen(sightings, units);
  const covered = 1 - once / total;
  const pairs = rare.reduce((sum, count) => sum + count * (count - 1), 0);
  const spread = Math.max(
    0,
    ((rare.length / covered) * (units / Math.max(1, units - 1)) * pairs) / (total * total) - 1,
  );
  return rare.length / covered + (once / covered) * spread - rare.length;
}

function countOf(sightings: Sightings, times: number): number {
  return sightings.filter((count) => count === times).length;
}

/** @param units how many units there were. @param seed of the resampling: the same gives the same range */
export function unseenEstimate(sightings: Sightings, units: number, seed = 1): UnseenEstimate {
  const seen = sightings.filter((count) => count > 0);
  const total = seen.reduce((sum, count) => sum + count, 0);
  const once = countOf(seen, 1);
  const twice = countOf(seen, 2);
  const both = (sample: Sightings): number => Math.max(chaoUnseen(sample, units), coverageUnseen(sample, units));
  const random = generator(seed);
  const resampled = Array.from({ length: 400 }, () =>
    both(seen.map(() => seen[Math.floor(random() * seen.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => tenth(resampled[Math.floor(share * (resampled.length - 1))] ?? 0);
  return {
    seen: seen.length,
    once,
    twice,
    chao: tenth(chaoUnseen(seen, units)),
    coverage: tenth(coverageUnseen(seen, units)),
    range: [at(0.1), seen.length === 0 ? 0 : Math.max(at(0.9), tenth(chaoOf(atMost(once), twice, units)))],
    sampled: total === 0 ? 0 : Math.round((1 - once / total) * 1000) / 1000,
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Numbers from 0 to 1 that follow from a seed: a resampling is the same each time it is asked for. */
export function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
