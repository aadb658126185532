// A Hilbert curve fills a square so that what is near on the curve is near in the square: addresses in order become patches of
// networks. Here the curve is not walked by address, which would leave nearly all of the square empty, but by what there is:
// every item gets a stretch of it as long as its weight.

/** A square of cells, each with the number of the item it belongs to. */
export interface Patchwork {
  /** Cells a side; a power of 2. */
  readonly side: number;
  /** Row by row: the item of each cell. */
  readonly items: Int32Array;
  /** By item: how many cells it has, at least one. */
  readonly cells: Int32Array;
}

/** The square holds this many cells for an item, so that the least area says little and the rest is weight. */
const roomPerItem = 8;
const leastOrder = 5;
const mostOrder = 10;

/**
 * Lays items along the curve in their order: every item has one cell, and of all the other cells as many as its part of the weight.
 *
 * @param weights not negative; when there is none at all, all are alike
 */
export function patchwork(weights: readonly number[]): Patchwork {
  let order = leastOrder;
  while (order < mostOrder && 4 ** order < weights.length * roomPerItem) order += 1;
  while (4 ** order < weights.length) order += 1;
  const side = 2 ** order;
  const free = side * side - weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const items = new Int32Array(side * side);
  const cells = new Int32Array(weights.length);
  let before = 0;
  let start = 0;
  for (const [at, weight] of weights.entries()) {
    before += total > 0 ? weight / total : 1 / weights.length;
    const last = at === weights.length - 1;
    const end = last ? side * side : Math.min(at + 1 + Math.round(free * before), side * side);
    cells[at] = end - start;
    for (let step = start; step < end; step++) items[cellAt(step, side)] = at;
    start = end;
  }
  return { side, items, cells };
}

/** The cell (`y * side + x`) at a step of the curve: each two bits of the step choose a quarter, and turn what lies in it. */
export function cellAt(step: number, side: number): number {
  let x = 0;
  let y = 0;
  let rest = step;
  for (let size = 1; size < side; size *= 2) {
    const right = (rest >> 1) & 1;
    const down = (rest ^ right) & 1;
    if (down === 0) {
      if (right === 1) {
        x = size - 1 - x;
        y = size - 1 - y;
      }
      [x, y] = [y, x];
    }
    x += size * right;
    y += size * down;
    rest >>= 2;
  }
  return y * side + x;
}

/** A rectangle of cells. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  height: number;
}

/** The cells of a square as rectangles by what they belong to: rows are joined, and equal rows under one another. */
export function rectangles(side: number, of: (cell: number) => number): Map<number, Rectangle[]> {
  const found = new Map<number, Rectangle[]>();
  let above = new Map<number, { owner: number; rectangle: Rectangle }>();
  for (let y = 0; y < side; y++) {
    const row = new Map<number, { owner: number; rectangle: Rectangle }>();
    for (let x = 0; x < side;) {
      const owner = of(y * side + x);
      let end = x + 1;
      while (end < side && of(y * side + end) === owner) end += 1;
      const known = above.get(x);
      if (known !== undefined && known.owner === owner && known.rectangle.width === end - x) {
        known.rectangle.height += 1;
        row.set(x, known);
      } else {
        const rectangle = { x, y, width: end - x, height: 1 };
        const list = found.get(owner);
        if (list === undefined) found.set(owner, [rectangle]);
        else list.push(rectangle);
        row.set(x, { owner, rectangle });
      }
      x = end;
    }
    above = row;
  }
  return found;
}

/** By owner: the largest square of its cells, to write in. */
export function largestSquares(side: number, of: (cell: number) => number): Map<number, Omit<Rectangle, 'height'>> {
  const best = new Map<number, Omit<Rectangle, 'height'>>();
  let above = new Int32Array(side);
  for (let y = 0; y < side; y++) {
    const row = new Int32Array(side);
    for (let x = 0; x < side; x++) {
      const owner = of(y * side + x);
      const isInner =
        x > 0 &&
        y > 0 &&
        of(y * side + x - 1) === owner &&
        of((y - 1) * side + x) === owner &&
        of((y - 1) * side + x - 1) === owner;
      const width = isInner ? 1 + Math.min(row[x - 1]!, above[x]!, above[x - 1]!) : 1;
      row[x] = width;
      if (width > (best.get(owner)?.width ?? 0)) best.set(owner, { x: x - width + 1, y: y - width + 1, width });
    }
    above = row;
  }
  return best;
}
