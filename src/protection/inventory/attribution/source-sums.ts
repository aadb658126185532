import type { InventoryColumns } from '../inventory.ts';
import { roleCode } from './homes.ts';

/** What is known of a source from all that it mails. */
export interface SourceSums {
  readonly all: Float64Array;
  readonly ours: Float64Array;
  readonly passedOn: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** How much of it receivers called forwarded or a list. */
  readonly forwarded: Float64Array;
}

export function sumSources(columns: InventoryColumns, roleOf: Uint8Array, forwarded: Float64Array): SourceSums {
  const size = forwarded.length;
  const sums: SourceSums = {
    all: new Float64Array(size),
    ours: new Float64Array(size),
    passedOn: new Float64Array(size),
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
    if (firstDay[at]! < sums.first[from]!) sums.first[from] = firstDay[at]!;
    if (lastDay[at]! > sums.last[from]!) sums.last[from] = lastDay[at]!;
  }
  return sums;
}
