// All sources at once, in the order of their addresses: what a picture of the address space is drawn from.
import { parseClientAddress } from '../../standards/dns/index.ts';
import type { IpAddress } from '../../standards/dns/index.ts';
import type { NetworkFacts } from './evidence.ts';
import { kinds } from './model.ts';
import type { Kind } from './model.ts';
import type { TakenInventory } from './take.ts';

/** What one address sends of one kind. */
export interface AddressPart {
  readonly address: IpAddress;
  readonly text: string;
  readonly kind: Kind;
  readonly messages: number;
  /** The id of the stream of most of these messages. */
  readonly stream: string;
  readonly network: NetworkFacts | undefined;
}

export interface AddressSpace {
  /** In the order of their numbers; the parts of one address beside one another, in the order of `kinds`. */
  readonly v4: readonly AddressPart[];
  readonly v6: readonly AddressPart[];
}

/** Every address of an inventory. Rows without an address are not in it. */
export function addressSpace({
  combinations,
  dictionaries,
  streamOf,
  streams,
  kindOf,
  networkOf,
}: TakenInventory): AddressSpace {
  const sums = new Map<number, Map<number, number>>();
  for (let at = 0; at < combinations.length; at++) {
    const source = combinations.source[at]!;
    if (source === 0) continue;
    // A kind and a stream as one number.
    const key = streamOf[at]! * kinds.length + kindOf[at]!;
    let inside = sums.get(source);
    if (inside === undefined) sums.set(source, (inside = new Map()));
    inside.set(key, (inside.get(key) ?? 0) + combinations.messages[at]!);
  }
  const v4: AddressPart[] = [];
  const v6: AddressPart[] = [];
  for (const [source, inside] of sums) {
    const text = dictionaries.address(source) ?? '';
    const address = parseClientAddress(text);
    if (address === undefined) continue;
    const network = networkOf(text);
    for (const [kind, name] of kinds.entries()) {
      let messages = 0;
      let most = -1;
      let stream = -1;
      for (const [key, count] of inside) {
        if (key % kinds.length !== kind) continue;
        messages += count;
        if (count > most) [most, stream] = [count, Math.floor(key / kinds.length)];
      }
      if (stream === -1) continue;
      const part = { address, text, kind: name, messages, stream: streams[stream]!.id, network };
      (address.family === 4 ? v4 : v6).push(part);
    }
  }
  v4.sort(byNumber);
  v6.sort(byNumber);
  return { v4, v6 };
}

/** Sorting is stable: the parts of one address stay in the order of `kinds`. */
function byNumber({ address: one }: AddressPart, { address: other }: AddressPart): number {
  return one.a - other.a || one.b - other.b || one.c - other.c || one.d - other.d;
}
