import type { Day } from '../history.ts';
import { alignedKinds, verdictTables } from '../simulation/index.ts';

const kindsAt = 0;
const passesAt = kindsAt + alignedKinds.length;
const rowsAt = passesAt + 4;
const failsAt = rowsAt + 1;
const firstAt = rowsAt + 2;
const lastAt = rowsAt + 3;
const width = rowsAt + 4;

/** What each sender (an address and a set-up) adds up to. The numbers of one lie side by side, since rows come in any order. */
export class SenderSums {
  readonly #sums: Float64Array;

  constructor(size: number) {
    this.#sums = new Float64Array(size * width);
    for (let sender = 0; sender < size; sender++) {
      this.#sums[sender * width + firstAt] = Infinity;
      this.#sums[sender * width + lastAt] = -Infinity;
    }
  }

  /** @param passes bit 1: some signature passes; bit 2: SPF passes */
  add(
    sender: number,
    verdictClass: number,
    passes: number,
    messages: number,
    rows: number,
    first: Day,
    last: Day,
  ): void {
    const sums = this.#sums;
    const at = sender * width;
    sums[at + kindsAt + verdictTables.aligned[verdictClass]!]! += messages;
    sums[at + passesAt + passes]! += messages;
    sums[at + rowsAt]! += rows;
    if (verdictTables.scenarios.relaxed[verdictClass] === 1) sums[at + failsAt]! += messages;
    if (first < sums[at + firstAt]!) sums[at + firstAt] = first;
    if (last > sums[at + lastAt]!) sums[at + lastAt] = last;
  }

  messages(sender: number): number {
    const at = sender * width + kindsAt;
    return this.#sums[at]! + this.#sums[at + 1]! + this.#sums[at + 2]! + this.#sums[at + 3]!;
  }

  /** Messages of an aligned kind, by its number. */
  ofKind(sender: number, kind: number): number {
    return this.#sums[sender * width + kindsAt + kind]!;
  }

  /** Messages for which one of these (bit 1 a signature, bit 2 SPF) passes. */
  passing(sender: number, bits: number): number {
    let messages = 0;
    for (let passes = 1; passes < 4; passes++) {
      if ((passes & bits) !== 0) messages += this.#sums[sender * width + passesAt + passes]!;
    }
    return messages;
  }

  rows(sender: number): number {
    return this.#sums[sender * width + rowsAt]!;
  }

  /** Messages that fail under relaxed alignment. */
  fails(sender: number): number {
    return this.#sums[sender * width + failsAt]!;
  }

  first(sender: number): Day {
    return this.#sums[sender * width + firstAt]!;
  }

  last(sender: number): Day {
    return this.#sums[sender * width + lastAt]!;
  }
}
