// Dice with a name: a sequence that depends on nothing but its text seed, so that a world can be made again to the byte, and so
// that a change in one part of it does not move the dice of another (each part asks for a sequence of its own).

export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, at least 0, below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A whole number with this mean, distributed as rare events are. */
  poisson(mean: number): number;
  /** Standard normal. */
  normal(): number;
  /** The same members in another order; the list itself stays as it was. */
  shuffled<T>(list: readonly T[]): T[];
}

/** A sequence of its own for every distinct seed. The generator is Chris Doty-Humphrey's sfc32, fed by a 32-bit hash. */
export function random(...seed: readonly (number | string)[]): Random {
  let a = hash32(`a${seed.join('/')}`);
  let b = hash32(`b${seed.join('/')}`);
  let c = hash32(`c${seed.join('/')}`);
  let d = 1;
  const next32 = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();
  const next = (): number => next32() / 0x1_0000_0000;
  const below = (limit: number): number => Math.floor(next() * limit);
  const normal = (): number => {
    const u = 1 - next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * next());
  };
  return {
    next,
    below,
    normal,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as T;
    },
    poisson(mean) {
      if (mean <= 0) return 0;
      // Far from zero the distribution is close to a normal one; the exact way costs a step per event.
      if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let product = next();
      let events = 0;
      while (product > limit) {
        product *= next();
        events += 1;
      }
      return events;
    },
    shuffled<T>(list: readonly T[]): T[] {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = copy[i] as T;
        copy[i] = copy[j] as T;
        copy[j] = held;
      }
      return copy;
    },
  };
}

/** FNV-1a with a final mix, over UTF-16 code units. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Draws an index with the given weights in constant time (Vose's alias method). */
export function sampler(weights: readonly number[]): (dice: Random) => number {
  const n = weights.length;
  if (n === 0) throw new RangeError('nothing to draw from');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float64Array.from(weights, (weight) => (weight * n) / total);
  const alias = new Int32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) (share[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.at(-1)!;
    alias[low] = high;
    share[high] = share[high]! - (1 - share[low]!);
    if (share[high]! < 1) small.push(large.pop()!);
  }
  for (const i of [...small, ...large]) share[i] = 1;
  return (dice) => {
    const i = dice.below(n);
    return dice.next() < share[i]! ? i : alias[i]!;
  };
}

/** Weights that fall as 1 / rank^skew: how volumes lie in life. */
export function zipf(n: number, skew: number): number[] {
  return Array.from({ length: n }, (_, i) => 1 / (i + 1) ** skew);
}
