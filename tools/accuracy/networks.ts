// Sets of networks and addresses, asked about addresses as text.
import { parseAddress } from '../../src/standards/dns/index.ts';
import type { IpAddress } from '../../src/standards/dns/index.ts';

/**
 * Whether an address lies in one of these networks (`192.0.2.0/24`, `2001:db8::/32`) or is one of these addresses. What is neither is
 * passed over, and no text that is no address lies in any.
 */
export function networkSet(networks: Iterable<string>): (address: string) => boolean {
  const byLength = new Map<4 | 6, Map<number, Set<bigint>>>([
    [4, new Map()],
    [6, new Map()],
  ]);
  for (const text of networks) {
    const [network = '', length = ''] = text.trim().split('/');
    const address = parseAddress(network);
    if (address === undefined) continue;
    const bits = length === '' ? (address.family === 4 ? 32 : 128) : Number(length);
    const lengths = byLength.get(address.family)!;
    const set = lengths.get(bits) ?? new Set();
    set.add(firstBits(address, bits));
    lengths.set(bits, set);
  }
  return (text) => {
    const address = parseAddress(text);
    if (address === undefined) return false;
    for (const [bits, set] of byLength.get(address.family)!) if (set.has(firstBits(address, bits))) return true;
    return false;
  };
}

function firstBits({ family, a, b, c, d }: IpAddress, bits: number): bigint {
  if (family === 4) return BigInt(a) >> BigInt(32 - bits);
  return ((((BigInt(a) << 32n) | BigInt(b)) << 64n) | (BigInt(c) << 32n) | BigInt(d)) >> BigInt(128 - bits);
}
