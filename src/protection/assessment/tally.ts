import { dispositionCodes } from '../../standards/reports/index.ts';
import { alignmentBits } from '../history.ts';
import type { Day } from '../history.ts';
import { alignedKinds, classCount, scenarioNames, verdictTables } from '../simulation/index.ts';
import type { Aligned, Dispositions, Fails, SourceGroup } from './assessment.ts';

const legBits = [
  alignmentBits.dkimRelaxed | alignmentBits.dkimStrict,
  alignmentBits.dkimStrict,
  alignmentBits.spfRelaxed | alignmentBits.spfStrict,
  alignmentBits.spfStrict,
];

/**
 * Sums for keys `0 … size - 1` (domains, groups of sources), by class of mail and by disposition. What a class means is worked out
 * when a key is asked for, not when a row is added. All that is known of a key lies side by side, in no more places than there
 * are classes in use: adding touches few lines of memory.
 */
export class Tally {
  readonly #classes: readonly number[];
  readonly #placeOfClass: Uint8Array;
  readonly #width: number;
  readonly #sums: Float64Array;
  readonly #dispositionAt: number;
  readonly #rowsAt: number;
  readonly #firstAt: number;
  readonly #lastAt: number;

  /** @param classes the classes that occur */
  constructor(size: number, classes: readonly number[]) {
    this.#classes = classes;
    this.#placeOfClass = new Uint8Array(classCount);
    for (const [place, verdictClass] of classes.entries()) this.#placeOfClass[verdictClass] = place;
    this.#dispositionAt = classes.length;
    this.#rowsAt = this.#dispositionAt + dispositionCodes.length;
    this.#firstAt = this.#rowsAt + 1;
    this.#lastAt = this.#rowsAt + 2;
    this.#width = this.#rowsAt + 3;
    this.#sums = new Float64Array(size * this.#width);
    for (let key = 0; key < size; key++) {
      this.#sums[key * this.#width + this.#firstAt] = Infinity;
      this.#sums[key * this.#width + this.#lastAt] = -Infinity;
    }
  }

  add(
    key: number,
    verdictClass: number,
    disposition: number,
    messages: number,
    rows: number,
    first: Day,
    last: Day,
  ): void {
    const sums = this.#sums;
    const at = key * this.#width;
    sums[at + this.#placeOfClass[verdictClass]!]! += messages;
    sums[at + this.#dispositionAt + disposition]! += messages;
    sums[at + this.#rowsAt]! += rows;
    if (first < sums[at + this.#firstAt]!) sums[at + this.#firstAt] = first;
    if (last > sums[at + this.#lastAt]!) sums[at + this.#lastAt] = last;
  }

  messages(key: number): number {
    let messages = 0;
    for (let place = 0; place < this.#classes.length; place++) messages += this.#sums[key * this.#width + place]!;
    return messages;
  }

  rows(key: number): number {
    return this.#sums[key * this.#width + this.#rowsAt]!;
  }

  first(key: number): Day {
    return this.#sums[key * this.#width + this.#firstAt]!;
  }

  last(key: number): Day {
    return this.#sums[key * this.#width + this.#lastAt]!;
  }

  aligned(key: number): Aligned {
    const [both, dkimOnly, spfOnly, neither] = alignedKinds.map((_, kind) =>
      this.#sum(key, (at) => verdictTables.aligned[at] === kind),
    ) as [number, number, number, number];
    return { both, dkimOnly, spfOnly, neither };
  }

  fails(key: number): Fails {
    return this.#byScenario(key, 1);
  }

  unknown(key: number): Fails {
    return this.#byScenario(key, 2);
  }

  legs(key: number): SourceGroup['legs'] {
    const [dkimRelaxed, dkimStrict, spfRelaxed, spfStrict] = legBits.map((bits) =>
      this.#sum(key, (at) => (verdictTables.bits[at]! & bits) !== 0),
    ) as [number, number, number, number];
    return { dkimRelaxed, dkimStrict, spfRelaxed, spfStrict };
  }

  dispositions(key: number): Dispositions {
    const at = key * this.#width + this.#dispositionAt;
    return dispositionsOf(this.#sums.subarray(at, at + dispositionCodes.length));
  }

  #byScenario(key: number, verdict: number): Fails {
    const [relaxed, strictDkim, strictSpf, strictBoth] = scenarioNames.map((name) =>
      this.#sum(key, (at) => verdictTables.scenarios[name][at] === verdict),
    ) as [number, number, number, number];
    return { relaxed, strictDkim, strictSpf, strictBoth };
  }

  #sum(key: number, wanted: (verdictClass: number) => boolean): number {
    let messages = 0;
    for (const [place, verdictClass] of this.#classes.entries()) {
      if (wanted(verdictClass)) messages += this.#sums[key * this.#width + place]!;
    }
    return messages;
  }
}

/** Names for sums by disposition code. */
export function dispositionsOf(byCode: ArrayLike<number>): Dispositions {
  const of = (code: (typeof dispositionCodes)[number]) => byCode[dispositionCodes.indexOf(code)] ?? 0;
  return {
    none: of('none'),
    pass: of('pass'),
    quarantine: of('quarantine'),
    reject: of('reject'),
    notSaid: of(undefined),
  };
}
