// Groups of lots, each a stream: put together by what rows show, then given the identity they had before, then joined and split as
// people said.
import { StreamPins, assignIdentities, mergedTarget } from '../registry/index.ts';
import type { StreamIdentity } from '../registry/index.ts';
import type { Dictionaries } from '../../history.ts';
import type { Day } from '../../history.ts';
import { divide } from './lots.ts';
import type { Lot, Worked } from './lots.ts';

export interface Group {
  readonly id: string;
  readonly lots: Lot[];
  messages: number;
}

/** A stream as it is found today, to be kept so that it is known tomorrow. */
export interface FoundStream {
  readonly id: string;
  readonly name: string;
  readonly firstSeen: Day | null;
  readonly keys: readonly string[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  readonly groupOfLot: Int32Array;
}

/**
 * @param keyOf the text of the group that rows put a lot in
 * @param labelOf what an id may begin with
 * @param lots may grow: a lot of which a part was split off is divided
 */
export function groupLots(
  lots: Lot[],
  lotOf: Int32Array,
  keyOf: (lot: Lot) => string,
  labelOf: (lot: Lot) => string,
  known: readonly StreamIdentity[],
  worked: Worked,
  dictionaries: Dictionaries,
): Grouping {
  const byKey = new Map<string, Lot[]>();
  for (const lot of lots) {
    const key = keyOf(lot);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [lot]);
    else list.push(lot);
  }
  const clusters = [...byKey.values()];
  const ids = assignIdentities(
    clusters.map((list) => ({
      keys: list.map((lot) => [lot.key, lot.messages] as const),
      label: labelOf(list.reduce((a, b) => (b.messages > a.messages ? b : a))),
    })),
    known,
  );
  const byId = new Map(known.map((each) => [each.id, each]));
  const pins = new StreamPins(known);
  const groups = new Map<string, Group>();
  const put = (id: string, lot: Lot): void => {
    const target = mergedTarget(id, byId);
    let group = groups.get(target);
    if (group === undefined) groups.set(target, (group = { id: target, lots: [], messages: 0 }));
    group.lots.push(lot);
    group.messages += lot.messages;
  };
  for (const [at, list] of clusters.entries())
    for (const lot of list) {
      const id = ids[at]!;
      if (pins.isEmpty) {
        put(id, lot);
        continue;
      }
      const { columns, types, typeOf } = worked;
      const partOf = (row: number): string =>
        pins.streamOf(id, lot.key, dictionaries.address(columns.source[row]!), types[typeOf[row]!]!.author.text);
      const first = lot.combinations.length === 0 ? id : partOf(lot.combinations[0]!);
      if (lot.combinations.every((row) => partOf(row) === first)) put(first, lot);
      else for (const [part, piece] of divide(lot, partOf, worked, lots, lotOf)) put(part, piece);
    }
  const all = [...groups.values()];
  const groupOfLot = new Int32Array(lots.length);
  for (const [number, { lots: inside }] of all.entries()) for (const lot of inside) groupOfLot[lot.number] = number;
  return { groups: all, groupOfLot };
}
