// Numbers for tuples of small numbers: an open table, since a million of them are looked up before a first answer.

/** Gives each tuple of four whole numbers (32 bits each) a number, from 0 in the order in which they come. */
export class Tuples {
  #keys = new Int32Array(4 * 1024);
  #table = new Int32Array(2048);
  length = 0;

  /** The number of a tuple; a new one is the `length` of before. */
  of(a: number, b: number, c: number, d: number): number {
    const mask = this.#table.length - 1;
    const keys = this.#keys;
    let at = hashed(a, b, c, d) & mask;
    for (;;) {
      const number = this.#table[at]! - 1;
      if (number === -1) break;
      const key = number * 4;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) return number;
      at = (at + 1) & mask;
    }
    this.#table[at] = this.length + 1;
    const key = this.length * 4;
    keys[key] = a;
    keys[key + 1] = b;
    keys[key + 2] = c;
    keys[key + 3] = d;
    this.length += 1;
    if (this.length * 4 === keys.length) this.#grow();
    return this.length - 1;
  }

  #grow(): void {
    const keys = new Int32Array(this.#keys.length * 2);
    keys.set(this.#keys);
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 0; number < this.length; number++) {
      const key = number * 4;
      let at = hashed(keys[key]!, keys[key + 1]!, keys[key + 2]!, keys[key + 3]!) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = number + 1;
    }
    this.#keys = keys;
    this.#table = table;
  }
}

/** A number for each whole number that is met, where these are small: an array that grows. */
export class Numbers {
  #values = new Int32Array(256);

  /** What was put for a key; `undefined` when nothing was. */
  of(key: number): number | undefined {
    const value = this.#values[key];
    return value === undefined || value === 0 ? undefined : value - 1;
  }

  put(key: number, value: number): number {
    if (key >= this.#values.length) {
      const wider = new Int32Array(2 ** Math.ceil(Math.log2(key + 1)));
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[key] = value + 1;
    return value;
  }
}

/** Four numbers mixed to one. */
export function hashed(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a, 0x9e37_79b1) ^ Math.imul(b + 0x7f4a, 0x85eb_ca6b);
  hash =
    Math.imul(hash ^ (hash >>> 15), 0xc2b2_ae35) ^ Math.imul(c + 0x165, 0x27d4_eb2f) ^ Math.imul(d + 0x2f, 0x1656_67b1);
  return hash ^ (hash >>> 13);
}
