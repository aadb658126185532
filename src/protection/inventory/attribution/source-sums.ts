import type { InventoryColumns } from '../inventory.ts';
import { roleCode } from './homes.ts';
import type { RowType } from './row-types.ts';

/** What is known of a source from all that it mails. */
export interface SourceSums {
  readonly all: Float64Array;
  readonly ours: Float64Array;
  readonly passedOn: Float64Array;
  /** Of that, with a signature that held; with an envelope of another that SPF passed. */
  readonly kept: Float64Array;
  readonly ownedUp: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** How much of it receivers called forwarded or a list. */
  readonly forwarded: Float64Array;
}

export function sumSources(
  columns: InventoryColumns,
  types: readonly RowType[],
  typeOf: Int32Array,
  roleOf: Uint8Array,
  forwarded: Float64Array,
): SourceSums {
  const size = forwarded.length;
  const sums: SourceSums = {
    all: new Float64Array(size),
    ours: new Float64Array(size),
    passedOn: new Float64Array(size),
    kept: new Float64Array(size),
    ownedUp: new Float64Array(size),
    first: new Int32Array(size).fill(0x7fff_ffff),
    last: new Int32Array(size).fill(-0x8000_0000),
    forwarded,
  };
  const { source, messages, firstDay, lastDay } = columns;
  for (let at = 0; at < columns.length; at++) {
    const from = source[at]!;
    const count = messages[at]!;
    sums.all[from]! += count;
    if (roleOf[at] === roleCode.ours) sums.ours[from]! += count;
    else if (roleOf[at] === roleCode.away || roleOf[at] === roleCode.broken) sums.passedOn[from]! += count;
    if (roleOf[at] === roleCode.away) sums.kept[from]! += count;
    if (types[typeOf[at]!]!.foreignPass !== null) sums.ownedUp[from]! += count;
    if (firstDay[at]! < sums.first[from]!) sums.first[from] = firstDay[at]!;
    if (lastDay[at]! > sums.last[from]!) sums.last[from] = lastDay[at]!;
  }
  return sums;
}
