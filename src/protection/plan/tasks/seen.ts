import type { TakenInventory } from '../../inventory/index.ts';

/** An address that mails, and what it is called. */
export interface SeenAddress {
  readonly address: string;
  /** `null` where nobody looked, or it has no name that leads back to it. */
  readonly name: string | null;
  readonly messages: number;
}

/** How many addresses are named of each stream: whoever runs a service knows it by its busiest machines. */
const mostNamed = 3;

/** The busiest addresses of some streams, the busiest first; by the place of the stream in the inventory. */
export function busiestAddresses(
  { combinations, streamOf, dictionaries, reverse }: TakenInventory,
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, readonly SeenAddress[]> {
  const counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < combinations.length; row++) {
    const stream = streamOf[row]!;
    if (!wanted.has(stream)) continue;
    let of = counts.get(stream);
    if (of === undefined) counts.set(stream, (of = new Map()));
    const source = combinations.source[row]!;
    of.set(source, (of.get(source) ?? 0) + combinations.messages[row]!);
  }
  return new Map(
    [...counts].map(([stream, of]) => [
      stream,
      [...of]
        .map(([source, messages]) => ({ address: dictionaries.address(source) ?? '', messages }))
        // A row may have no address that can be read.
        .filter(({ address }) => address !== '')
        .sort((a, b) => b.messages - a.messages || (a.address < b.address ? -1 : 1))
        .slice(0, mostNamed)
        .map(({ address, messages }) => {
          const called = reverse.of(address);
          return { address, name: called?.confirmed === true ? called.name : null, messages };
        }),
    ]),
  );
}
