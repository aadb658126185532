// Whose machine stands behind an address that is nobody's: the mail that is not ours tells.
import { roleCode } from './homes.ts';
import type { InventoryColumns } from '../inventory.ts';
import type { Homes } from './homes.ts';
import type { RowType } from './row-types.ts';
import type { SourceSums } from './source-sums.ts';

/** By source, 1 where its mail in which nothing is ours is of several of our organizational domains, each of them more than a slip. */
export function writingAsSeveral({
  columns,
  types,
  typeOf,
  homes,
  sums,
}: {
  readonly columns: InventoryColumns;
  readonly types: readonly RowType[];
  readonly typeOf: Int32Array;
  readonly homes: Homes;
  readonly sums: SourceSums;
}): Uint8Array {
  const inside = new Map<number, Map<string, number>>();
  for (let at = 0; at < columns.length; at++) {
    const { author } = types[typeOf[at]!]!;
    if (homes.roleOf[at] !== roleCode.none || !author.own) continue;
    const organization = author.org;
    const from = columns.source[at]!;
    let counts = inside.get(from);
    if (counts === undefined) inside.set(from, (counts = new Map()));
    counts.set(organization, (counts.get(organization) ?? 0) + columns.messages[at]!);
  }
  const found = new Uint8Array(sums.all.length);
  for (const [from, counts] of inside) {
    if (counts.size < 2) continue;
    let all = 0;
    for (const count of counts.values()) all += count;
    let many = 0;
    for (const count of counts.values()) if (count >= 3 && count >= 0.05 * all) many += 1;
    if (many >= 2) found[from] = 1;
  }
  return found;
}
