// A history answers in whatever order its threads are done. Ties are settled by what comes first, so rows are put in one order.
import { inventoryDimensions, inventoryMeasures } from '../inventory.ts';
import type { InventoryColumns } from '../inventory.ts';

/** First the author domain: so they come where the history keeps them summed, and need not be put in order at all. */
const by = [
  'authorDomain',
  'source',
  'auth',
  'envelopeFrom',
  'alignment',
] as const satisfies (typeof inventoryDimensions)[number][];

/** The same combinations in one order: that of the numbers of dictionaries, which stay as they are. */
export function inOrder(columns: InventoryColumns): InventoryColumns {
  if (isInOrder(columns)) return columns;
  const { length } = columns;
  let order = new Int32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  // From the least part to the greatest, each pass keeping the order of the one before.
  for (const dimension of by.toReversed()) {
    const values = columns[dimension];
    let most = 0;
    for (const value of values) if (value > most) most = value;
    const starts = new Int32Array(most + 2);
    for (const value of values) starts[value + 1]! += 1;
    for (let value = 0; value <= most; value++) starts[value + 1]! += starts[value]!;
    const next = new Int32Array(length);
    for (const at of order) {
      const value = values[at]!;
      next[starts[value]!] = at;
      starts[value]! += 1;
    }
    order = next;
  }
  const sorted: Record<string, Float64Array | Int32Array | number> = { length };
  for (const name of inventoryDimensions) sorted[name] = taken(columns[name], order, new Int32Array(length));
  for (const name of inventoryMeasures) sorted[name] = taken(columns[name], order, new Float64Array(length));
  return sorted as unknown as InventoryColumns;
}

function isInOrder(columns: InventoryColumns): boolean {
  for (let at = 1; at < columns.length; at++) {
    const first = by.find((dimension) => columns[dimension][at] !== columns[dimension][at - 1]);
    if (first !== undefined && columns[first][at]! < columns[first][at - 1]!) return false;
  }
  return true;
}

function taken<T extends Float64Array | Int32Array>(values: T, order: Int32Array, into: T): T {
  for (let place = 0; place < order.length; place++) into[place] = values[order[place]!]!;
  return into;
}
