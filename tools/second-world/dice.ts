// Random numbers that follow from a text: a 64-bit counter that is mixed (SplitMix64, in two halves of 32 bits), begun by an FNV hash
// of what the numbers are for. Two dice of the same text roll alike, and no use of one moves another.

/** FNV-1a over a text, 32 bits, with a last mix so that texts that differ at their end lie far apart. */
function hashOf(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number from 0 up to 1 that belongs to a text: the same in every changed world. */
export function lot(text: string): number {
  return hashOf(text, 0x811c_9dc5) / 2 ** 32;
}

export class Dice {
  #state: bigint;

  constructor(text: string) {
    this.#state = (BigInt(hashOf(text, 0x811c_9dc5)) << 32n) | BigInt(hashOf(text, 0x1234_5677));
  }

  /** From 0 up to 1. */
  unit(): number {
    this.#state = (this.#state + 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn;
    let z = this.#state;
    z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & 0xffff_ffff_ffff_ffffn;
    z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & 0xffff_ffff_ffff_ffffn;
    return Number((z ^ (z >> 31n)) >> 11n) / 2 ** 53;
  }

  /** A whole number from 0 to `below - 1`. */
  whole(below: number): number {
    return Math.floor(this.unit() * below);
  }

  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T {
    return list[this.whole(list.length)]!;
  }

  /** Up to `count` of a list, in the order in which they were drawn. */
  some<T>(list: readonly T[], count: number): T[] {
    if (count >= list.length) return [...list];
    const left = [...list];
    for (let i = 0; i < count; i++) {
      const at = i + this.whole(left.length - i);
      [left[i], left[at]] = [left[at]!, left[i]!];
    }
    return left.slice(0, count);
  }

  /** How many of a thing that happens `mean` times on average: by inversion below 30, by a normal above. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 30) {
      const normal = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
      return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
    }
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.unit(); product > limit; product *= this.unit()) count += 1;
    return count;
  }

  /** `count` things laid in boxes by weight: one by one while few, by shares and a remainder that is drawn when many. */
  share(count: number, weights: readonly number[]): number[] {
    const total = weights.reduce((sum, each) => sum + each, 0);
    const boxes = weights.map((weight) => (count > 60 ? Math.floor((count * weight) / total) : 0));
    for (let left = count - boxes.reduce((sum, each) => sum + each, 0); left > 0; left--) {
      let at = 0;
      for (let drawn = this.unit() * total; at < weights.length - 1 && drawn >= weights[at]!; at++)
        drawn -= weights[at]!;
      boxes[at]! += 1;
    }
    return boxes;
  }
}
