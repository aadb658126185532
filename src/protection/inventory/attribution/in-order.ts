// A history answers in whatever order its threads are done. Ties are settled by what comes first, so rows are put in one order.
import { inventoryDimensions, inventoryMeasures } from '../inventory.ts';
import type { InventoryColumns } from '../inventory.ts';

/** The same combinations, ordered by source, then by the other dimensions: numbers of dictionaries, which stay as they are. */
export function inOrder(columns: InventoryColumns): InventoryColumns {
  const { length } = columns;
  let order = new Int32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  // From the least part to the greatest, each pass keeping the order of the one before.
  for (const dimension of [...inventoryDimensions].reverse()) {
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

function taken<T extends Float64Array | Int32Array>(values: T, order: Int32Array, into: T): T {
  for (let place = 0; place < order.length; place++) into[place] = values[order[place]!]!;
  return into;
}
