import { dispositionCodes } from '../../standards/reports/index.ts';
import { alignmentBits } from '../history.ts';
import { alignedKinds, classCount, scenarioNames, verdictTables } from '../simulation/index.ts';
import type { Aligned, Dispositions, Fails, SourceGroup } from './assessment.ts';

// Sums of messages by what they mean, for many keys at once (domains, groups of sources). A row of numbers a key: the places of
// a row to which a class of mail adds are worked out once, so that folding does no more than look up and add.

const alignedAt = 0;
const failsAt = alignedAt + alignedKinds.length;
const unknownAt = failsAt + scenarioNames.length;
const legsAt = unknownAt + scenarioNames.length;
const dispositionAt = legsAt + 4;
const width = dispositionAt + dispositionCodes.length;

const legBits = [
  alignmentBits.dkimRelaxed | alignmentBits.dkimStrict,
  alignmentBits.dkimStrict,
  alignmentBits.spfRelaxed | alignmentBits.spfStrict,
  alignmentBits.spfStrict,
];

/** For each class, where it adds: `places[start[class]] … places[start[class + 1] - 1]`. */
const start = new Uint16Array(classCount + 1);
const places = ((): Uint8Array => {
  const all: number[] = [];
  for (let at = 0; at < classCount; at++) {
    start[at] = all.length;
    all.push(alignedAt + verdictTables.aligned[at]!);
    for (const [index, name] of scenarioNames.entries()) {
      const verdict = verdictTables.scenarios[name][at];
      if (verdict === 1) all.push(failsAt + index);
      if (verdict === 2) all.push(unknownAt + index);
    }
    for (const [index, bits] of legBits.entries()) {
      if ((verdictTables.bits[at]! & bits) !== 0) all.push(legsAt + index);
    }
  }
  start[classCount] = all.length;
  return Uint8Array.from(all);
})();

/** Sums for keys `0 … size - 1`. */
export class Tally {
  readonly size: number;
  readonly messages: Float64Array;
  readonly rows: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly #sums: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.messages = new Float64Array(size);
    this.rows = new Float64Array(size);
    this.first = new Int32Array(size).fill(0x7fff_ffff);
    this.last = new Int32Array(size).fill(-0x8000_0000);
    this.#sums = new Float64Array(size * width);
  }

  add(
    key: number,
    verdictClass: number,
    disposition: number,
    messages: number,
    rows: number,
    first: number,
    last: number,
  ): void {
    const sums = this.#sums;
    const row = key * width;
    for (let at = start[verdictClass]!; at < start[verdictClass + 1]!; at++) sums[row + places[at]!]! += messages;
    sums[row + dispositionAt + disposition]! += messages;
    this.messages[key]! += messages;
    this.rows[key]! += rows;
    if (first < this.first[key]!) this.first[key] = first;
    if (last > this.last[key]!) this.last[key] = last;
  }

  aligned(key: number): Aligned {
    const at = key * width + alignedAt;
    const [both = 0, dkimOnly = 0, spfOnly = 0, neither = 0] = this.#sums.subarray(at, at + 4);
    return { both, dkimOnly, spfOnly, neither };
  }

  fails(key: number): Fails {
    return this.#byScenario(key * width + failsAt);
  }

  unknown(key: number): Fails {
    return this.#byScenario(key * width + unknownAt);
  }

  legs(key: number): SourceGroup['legs'] {
    const at = key * width + legsAt;
    const [dkimRelaxed = 0, dkimStrict = 0, spfRelaxed = 0, spfStrict = 0] = this.#sums.subarray(at, at + 4);
    return { dkimRelaxed, dkimStrict, spfRelaxed, spfStrict };
  }

  dispositions(key: number): Dispositions {
    const at = key * width + dispositionAt;
    return dispositionsOf(this.#sums.subarray(at, at + dispositionCodes.length));
  }

  #byScenario(at: number): Fails {
    const [relaxed = 0, strictDkim = 0, strictSpf = 0, strictBoth = 0] = this.#sums.subarray(at, at + 4);
    return { relaxed, strictDkim, strictSpf, strictBoth };
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
