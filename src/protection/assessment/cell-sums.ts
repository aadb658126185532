import { alignedKinds, verdictTables } from '../simulation/index.ts';

const kindsAt = 0;
const passesAt = kindsAt + alignedKinds.length;
const failsAt = passesAt + 4;
const width = failsAt + 1;

/** What each cell (a set-up at a network) adds up to. The numbers of one lie side by side, since rows come in any order. */
export class CellSums {
  #sums = new Float64Array(1024 * width);

  /** @param passes bit 1: some signature passes; bit 2: SPF passes */
  add(cell: number, verdictClass: number, passes: number, messages: number): void {
    const at = cell * width;
    if (at >= this.#sums.length) this.#lengthen(at + width);
    const sums = this.#sums;
    sums[at + kindsAt + verdictTables.aligned[verdictClass]!]! += messages;
    sums[at + passesAt + passes]! += messages;
    if (verdictTables.scenarios.relaxed[verdictClass] === 1) sums[at + failsAt]! += messages;
  }

  /** Messages for which one of these (bit 1 a signature, bit 2 SPF) passes. */
  passing(cell: number, bits: number): number {
    let messages = 0;
    for (let passes = 1; passes < 4; passes++) {
      if ((passes & bits) !== 0) messages += this.#sums[cell * width + passesAt + passes]!;
    }
    return messages;
  }

  /** The sums of the first `size` cells, a column each. */
  columns(size: number): {
    readonly cellMessages: Float64Array;
    readonly cellFails: Float64Array;
    readonly cellPasses: Float64Array;
    readonly cellByKind: Float64Array;
  } {
    const kinds = alignedKinds.length;
    const cellMessages = new Float64Array(size);
    const cellFails = new Float64Array(size);
    const cellPasses = new Float64Array(size);
    const cellByKind = new Float64Array(size * kinds);
    for (let cell = 0; cell < size; cell++) {
      const at = cell * width;
      for (let kind = 0; kind < kinds; kind++) {
        const messages = this.#sums[at + kindsAt + kind]!;
        cellByKind[cell * kinds + kind] = messages;
        cellMessages[cell]! += messages;
      }
      // Under relaxed alignment.
      cellFails[cell] = this.#sums[at + failsAt]!;
      cellPasses[cell] = this.passing(cell, 3);
    }
    return { cellMessages, cellFails, cellPasses, cellByKind };
  }

  #lengthen(least: number): void {
    const longer = new Float64Array(Math.max(least, this.#sums.length * 2));
    longer.set(this.#sums);
    this.#sums = longer;
  }
}
