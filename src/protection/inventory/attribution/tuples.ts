// Numbers for tuples of integers, in the order in which they come: a hash table over typed arrays, since there may be a million of
// them and any of their parts may be as great as an integer gets.

export class TupleNumbers {
  #size = 0;
  #slots: Int32Array;
  /** Four parts a tuple. */
  #parts: Int32Array;

  /** @param expected about how many there will be; it grows as needed */
  constructor(expected: number) {
    let slots = 16;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = new Int32Array(slots).fill(-1);
    this.#parts = new Int32Array(2 * slots);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a tuple; a new one when it was not seen before. */
  of(a: number, b: number, c: number, d = 0): number {
    const slot = this.#slotOf(a, b, c, d);
    const known = this.#slots[slot]!;
    if (known !== -1) return known;
    const number = this.#size;
    this.#size += 1;
    this.#slots[slot] = number;
    this.#parts[number * 4] = a;
    this.#parts[number * 4 + 1] = b;
    this.#parts[number * 4 + 2] = c;
    this.#parts[number * 4 + 3] = d;
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    return number;
  }

  /** The number of a tuple that was seen; -1 for others. */
  find(a: number, b: number, c: number, d = 0): number {
    return this.#slots[this.#slotOf(a, b, c, d)]!;
  }

  #slotOf(a: number, b: number, c: number, d: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(a, 0x9e37_79b1) ^ Math.imul(b, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d) ^ Math.imul(c, 0xc2b2_ae35) ^ Math.imul(d, 0x27d4_eb2f);
    hash = Math.imul(hash ^ (hash >>> 13), 0x297a_2d39);
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (;;) {
      const number = this.#slots[slot]!;
      if (number === -1) return slot;
      const at = number * 4;
      if (this.#parts[at] === a && this.#parts[at + 1] === b && this.#parts[at + 2] === c && this.#parts[at + 3] === d)
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const parts = this.#parts;
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    this.#parts = new Int32Array(parts.length * 2);
    this.#parts.set(parts);
    for (let number = 0; number < this.#size; number++) {
      const at = number * 4;
      this.#slots[this.#slotOf(parts[at]!, parts[at + 1]!, parts[at + 2]!, parts[at + 3]!)] = number;
    }
  }
}
