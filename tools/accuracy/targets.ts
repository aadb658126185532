// What each figure is held against. A figure that is not in the table is for the record.
import type { Score, Stratum } from './score.ts';

interface Target {
  /** `null`: no target for this stratum or without a ceiling. */
  readonly of: (ceiling: number | null, stratum: Stratum, by: Score['by']) => number | null;
  readonly is: 'at least' | 'at most';
  /** Whether it must hold without reverse DNS too; the others are for the record then. */
  readonly withoutReverse: boolean;
  /** What a figure that could not be made counts as: there was nothing it could be wrong about, or nothing was done. */
  readonly empty: boolean;
}

/** Share of legitimate messages that may be left undecided beyond what an oracle leaves. */
const undecidedBeyond: Readonly<Partial<Record<Stratum, number>>> = {
  aligned: 0.03,
  'unaligned-at-catalogued-sender': 0.03,
  rest: 0.3,
};

const none = (): number => 0;

const targets: Readonly<Record<string, Target>> = {
  'ours-precision': { of: () => 0.995, is: 'at least', withoutReverse: true, empty: true },
  'legitimate-undecided': {
    of: (ceiling, stratum) => {
      const beyond = undecidedBeyond[stratum];
      return beyond === undefined || ceiling === null ? null : Math.min(ceiling + beyond, 1);
    },
    is: 'at most',
    withoutReverse: false,
    empty: true,
  },
  'calibration-error': { of: () => 0.03, is: 'at most', withoutReverse: true, empty: false },
  'legitimate-streams-called-otherwise': { of: none, is: 'at most', withoutReverse: true, empty: false },
  'found-streams-called-otherwise': { of: none, is: 'at most', withoutReverse: true, empty: false },
  'forged-called-ours': {
    of: (_ceiling, _stratum, by) => (by === 'row' ? 0 : null),
    is: 'at most',
    withoutReverse: true,
    empty: false,
  },
  'b-cubed-f': { of: nearly(0.95), is: 'at least', withoutReverse: false, empty: false },
  'adjusted-rand': { of: nearly(0.95), is: 'at least', withoutReverse: false, empty: false },
  'streams-found': { of: (ceiling) => ceiling ?? 1, is: 'at least', withoutReverse: false, empty: false },
  'streams-per-origin': { of: () => 2, is: 'at most', withoutReverse: false, empty: false },
  'totals-moved': { of: () => 0.001, is: 'at most', withoutReverse: false, empty: false },
  'unmatched-messages': { of: () => 0.001, is: 'at most', withoutReverse: false, empty: false },
  'missing-classes': { of: none, is: 'at most', withoutReverse: false, empty: false },
  'settled-messages': {
    of: (ceiling) => Math.min(0.99, ceiling ?? 1),
    is: 'at least',
    withoutReverse: false,
    empty: false,
  },
  'settled-streams': {
    of: (ceiling) => Math.min(0.95, ceiling ?? 1),
    is: 'at least',
    withoutReverse: false,
    empty: false,
  },
  'forged-authorised': {
    of: (_ceiling, _stratum, by) => (by === 'row' ? 0 : null),
    is: 'at most',
    withoutReverse: false,
    empty: false,
  },
};

/** A floor, or 0.02 below what an oracle reaches where that is less. */
function nearly(floor: number): Target['of'] {
  return (ceiling) => (ceiling === null ? floor : Math.min(floor, ceiling - 0.02));
}

/** A figure with what it is held against. */
export interface Held extends Score {
  readonly ceiling: number | null;
  readonly target: number | null;
  /** `null`: for the record. */
  readonly met: boolean | null;
}

/** Rounding must not make a figure miss what it just reaches. */
const tolerance = 1e-9;

/**
 * Holds figures against their targets.
 *
 * @param oracle the same figures of an oracle; what it has none of has no ceiling
 * @param isWithoutReverse whether reverse DNS was withheld: then fewer targets hold
 */
export function hold(scores: readonly Score[], oracle: readonly Score[], isWithoutReverse: boolean): Held[] {
  const ceilings = new Map(oracle.map((score) => [`${score.metric} ${score.by} ${score.stratum}`, score.value]));
  return scores.map((score) => {
    const ceiling = ceilings.get(`${score.metric} ${score.by} ${score.stratum}`) ?? null;
    const rule = targets[score.metric];
    const target =
      rule === undefined || (isWithoutReverse && !rule.withoutReverse)
        ? null
        : rule.of(ceiling, score.stratum, score.by);
    if (rule === undefined || target === null) return { ...score, ceiling, target: null, met: null };
    const { value } = score;
    const met =
      value === null ? rule.empty : rule.is === 'at least' ? value >= target - tolerance : value <= target + tolerance;
    return { ...score, ceiling, target, met };
  });
}
