// Networks as they are typed (`192.0.2.0/24`, `2001:db8::/32`, a single address), and tables of them that are asked about hundreds
// of thousands of addresses (RFC 4632 §3.1, RFC 4291 §2.3).
import { formatAddress, networkOf, parseClientAddress } from '../../standards/dns/index.ts';
import type { IpAddress, IpNetwork } from '../../standards/dns/index.ts';

/** An address as the key of a set: IPv4 as an unsigned number, IPv6 as its text by RFC 5952. */
export type AddressKey = number | string;

/** A network; `text` is its one canonical form, a single address without a length. */
export interface Prefix {
  readonly network: IpNetwork;
  readonly text: string;
}

export function addressKey(address: IpAddress): AddressKey {
  return address.family === 4 ? address.a : formatAddress(address);
}

/**
 * Reads a network or an address, as `192.0.2.0/24`, `192.0.2.1`, `2001:db8::/48`. Bits behind the length are cleared; an IPv4-mapped
 * address is the IPv4 address it carries.
 *
 * @returns `undefined` when it is neither
 */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  const address = parseClientAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const whole = address.family === 4 ? 32 : 128;
  if (slash === -1) return { network: networkOf(address, whole), text: formatAddress(address) };
  const digits = text.slice(slash + 1);
  // A length written for an IPv4-mapped address counts its 96 bits before the address too: nobody types that and means it.
  if (
    !/^(?:0|[1-9]\d{0,2})$/.test(digits) ||
    Number(digits) > whole ||
    text.slice(0, slash).includes(':') !== (whole === 128)
  ) {
    return undefined;
  }
  const network = networkOf(address, Number(digits));
  return { network, text: network.prefix === whole ? formatAddress(network) : `${formatAddress(network)}/${digits}` };
}

/** How many leading bits of its family's address are fixed, as a share: an IPv6 /64 is as narrow as an IPv4 /16. For ordering. */
export function narrowness({ family, prefix }: IpNetwork): number {
  return prefix / (family === 4 ? 32 : 128);
}

/** Whether two networks have an address in common. */
export function overlaps(one: IpNetwork, other: IpNetwork): boolean {
  if (one.family !== other.family) return false;
  const [wide, narrow] = one.prefix <= other.prefix ? [one, other] : [other, one];
  return networkBits(narrow, wide.prefix) === networkBits(wide, wide.prefix);
}

/** Values by network: one look-up a prefix length that occurs, whatever their number. */
export class PrefixTable<T> {
  readonly #groups: { readonly family: 4 | 6; readonly length: number; readonly entries: Map<AddressKey, T[]> }[] = [];

  add({ network }: Prefix, value: T): void {
    let group = this.#groups.find((each) => each.family === network.family && each.length === network.prefix);
    if (group === undefined) {
      group = { family: network.family, length: network.prefix, entries: new Map() };
      this.#groups.push(group);
      this.#groups.sort((a, b) => b.length - a.length);
    }
    const bits = networkBits(network, network.prefix);
    const values = group.entries.get(bits);
    if (values === undefined) group.entries.set(bits, [value]);
    else values.push(value);
  }

  /** The values of all networks that hold the address, the narrowest network first. */
  *find(address: IpAddress): Generator<T> {
    for (const { family, length, entries } of this.#groups) {
      if (family !== address.family) continue;
      const values = entries.get(networkBits(address, length));
      if (values !== undefined) yield* values;
    }
  }

  /** Whether any network holds the address. */
  holds(address: IpAddress): boolean {
    return this.#groups.some(
      ({ family, length, entries }) => family === address.family && entries.has(networkBits(address, length)),
    );
  }
}

function networkBits(address: IpAddress, length: number): AddressKey {
  const { a, b, c, d } = networkOf(address, length);
  return address.family === 4 ? a : `${a}:${b}:${c}:${d}`;
}
