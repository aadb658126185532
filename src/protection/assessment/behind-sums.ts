import { verdictTables } from '../simulation/index.ts';
import type { Day } from '../history.ts';
import { Senders } from './pairs.ts';

const messagesAt = 0;
const rowsAt = 1;
const failsAt = 2;
const firstAt = 3;
const lastAt = 4;
const width = 5;

/** What each address adds to each group, by the number of the entry: one for every address and group that belong together. */
export class BehindSums {
  readonly #entries: Senders;
  readonly #sums: Float64Array;

  /**
   * @param sources how many numbers of addresses there are
   * @param most how many entries there can be; those that are not made cost nothing
   */
  constructor(sources: number, most: number) {
    this.#entries = new Senders(sources, most);
    this.#sums = new Float64Array(most * width);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The group of each entry. */
  get group(): Int32Array {
    return this.#entries.setUp;
  }

  /** The address of each entry. */
  get source(): Int32Array {
    return this.#entries.source;
  }

  add(
    source: number,
    group: number,
    verdictClass: number,
    messages: number,
    rows: number,
    first: Day,
    last: Day,
  ): void {
    const known = this.#entries.size;
    const entry = this.#entries.of(source, group);
    const at = entry * width;
    const sums = this.#sums;
    sums[at + messagesAt]! += messages;
    sums[at + rowsAt]! += rows;
    if (verdictTables.scenarios.relaxed[verdictClass] === 1) sums[at + failsAt]! += messages;
    if (entry === known || first < sums[at + firstAt]!) sums[at + firstAt] = first;
    if (entry === known || last > sums[at + lastAt]!) sums[at + lastAt] = last;
  }

  messages(entry: number): number {
    return this.#sums[entry * width + messagesAt]!;
  }

  rows(entry: number): number {
    return this.#sums[entry * width + rowsAt]!;
  }

  /** Messages that fail under relaxed alignment. */
  fails(entry: number): number {
    return this.#sums[entry * width + failsAt]!;
  }

  first(entry: number): Day {
    return this.#sums[entry * width + firstAt]!;
  }

  last(entry: number): Day {
    return this.#sums[entry * width + lastAt]!;
  }
}
