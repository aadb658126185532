// Pairs of small whole numbers, without an object a pair: combinations are many, and objects cost more than what is done with them.

/** Gives each pair of whole numbers from 0 an index of its own, from 0 on: a hash table without an object a pair. */
export class PairIndex {
  size = 0;
  /** Both halves of a pair lie side by side: a look-up that finds its slot touches one more place in memory. */
  #pairs: Int32Array<ArrayBuffer>;
  #slots: Int32Array;
  #mask: number;

  constructor(expected = 1024) {
    let capacity = 1024;
    while (capacity < expected * 2) capacity *= 2;
    this.#pairs = new Int32Array(capacity);
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
  }

  left(index: number): number {
    return this.#pairs[index * 2]!;
  }

  right(index: number): number {
    return this.#pairs[index * 2 + 1]!;
  }

  /** The index of the pair, given now if it has none yet. */
  of(left: number, right: number): number {
    let slot = scatter(left, right) & this.#mask;
    for (;;) {
      const index = this.#slots[slot]!;
      if (index === -1) break;
      if (this.#pairs[index * 2] === left && this.#pairs[index * 2 + 1] === right) return index;
      slot = (slot + 1) & this.#mask;
    }
    const index = this.size++;
    this.#pairs[index * 2] = left;
    this.#pairs[index * 2 + 1] = right;
    this.#slots[slot] = index;
    // Half full is when it grows: beyond that the runs of taken slots become long.
    if (this.size * 2 === this.#slots.length) this.#grow();
    return index;
  }

  /** The index of the pair, or -1. */
  find(left: number, right: number): number {
    let slot = scatter(left, right) & this.#mask;
    for (;;) {
      const index = this.#slots[slot]!;
      if (index === -1 || (this.#pairs[index * 2] === left && this.#pairs[index * 2 + 1] === right)) return index;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const capacity = this.#slots.length * 2;
    const pairs = new Int32Array(capacity);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
    for (let index = 0; index < this.size; index++) {
      let slot = scatter(pairs[index * 2]!, pairs[index * 2 + 1]!) & this.#mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = index;
    }
  }
}

function scatter(left: number, right: number): number {
  let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/**
 * Gives each pair of an address and a set-up (or whatever else an address has few of) a number, from 0 on. The pairs of an
 * address hang in a chain that starts at the address.
 */
export class Senders {
  size = 0;
  /** How many numbers of addresses there are. */
  readonly sources: number;
  source: Int32Array<ArrayBuffer>;
  setUp: Int32Array<ArrayBuffer>;
  #next: Int32Array<ArrayBuffer>;
  readonly #first: Int32Array;

  /** @param expected room for this many pairs: what is not used is memory that is never touched, and so costs nothing */
  constructor(sources: number, expected = 1024) {
    const room = Math.max(1, expected);
    this.source = new Int32Array(room);
    this.setUp = new Int32Array(room);
    this.#next = new Int32Array(room);
    this.sources = sources;
    this.#first = new Int32Array(sources).fill(-1);
  }

  of(source: number, setUp: number): number {
    for (let at = this.#first[source]!; at !== -1; at = this.#next[at]!) if (this.setUp[at] === setUp) return at;
    if (this.size === this.source.length) {
      this.source = lengthened(this.source);
      this.setUp = lengthened(this.setUp);
      this.#next = lengthened(this.#next);
    }
    const added = this.size++;
    this.source[added] = source;
    this.setUp[added] = setUp;
    this.#next[added] = this.#first[source]!;
    this.#first[source] = added;
    return added;
  }
}

/** Sums by pairs: a plain table while that is small, else a hash table. */
export class PairSums {
  readonly #width: number;
  readonly #table: Float64Array | undefined;
  readonly #pairs = new PairIndex();
  #sums = new Float64Array(1024);

  constructor(lefts: number, rights: number) {
    this.#width = rights;
    this.#table = lefts * rights <= 2 ** 22 ? new Float64Array(lefts * rights).fill(-1) : undefined;
  }

  /** Adds a number that is not negative. A pair exists once it was added to, even with 0. */
  add(left: number, right: number, value: number): void {
    if (this.#table !== undefined) {
      const at = left * this.#width + right;
      this.#table[at] = Math.max(0, this.#table[at]!) + value;
      return;
    }
    const pair = this.#pairs.of(left, right);
    if (pair >= this.#sums.length) {
      const longer = new Float64Array(this.#sums.length * 2);
      longer.set(this.#sums);
      this.#sums = longer;
    }
    this.#sums[pair]! += value;
  }

  /** Every pair that exists, once, with its sum. */
  forEach(visit: (left: number, right: number, sum: number) => void): void {
    if (this.#table === undefined) {
      for (let at = 0; at < this.#pairs.size; at++) visit(this.#pairs.left(at), this.#pairs.right(at), this.#sums[at]!);
      return;
    }
    for (const [at, sum] of this.#table.entries()) {
      if (sum >= 0) visit(Math.floor(at / this.#width), at % this.#width, sum);
    }
  }
}

function lengthened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 2);
  longer.set(array);
  return longer;
}
