import ipaddr from 'ipaddr.js';
import { ResolverError } from '../../standards/dns/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';

/**
 * Whether an address is one of the public Internet: not of this machine, a private network, a link, a group, or set aside by IANA (RFC 6890);
 * and none that carries another address inside (6to4, Teredo, NAT64), behind which anything may lie. An IPv4 address written as IPv6 counts as
 * what it is. What is fetched because strangers name it must not reach what lies behind the same firewall as we do.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.process(text);
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || (address.toByteArray()[0]! & 0xe0) === 0x20);
}

/** None of a name's addresses may be connected to, or it has none. */
export class PublicAddressError extends Error {
  override readonly name = 'PublicAddressError';
  readonly reason: 'no-address' | 'no-answer' | 'private-address';
  /** The first address that was refused; empty when there was none. */
  readonly address: string;
  constructor(reason: PublicAddressError['reason'], name: string, address = '') {
    super(`${name} has no address that may be connected to`);
    this.reason = reason;
    this.address = address;
  }
}

/**
 * The addresses of a name that may be connected to, as they are to be tried: IPv6 first.
 *
 * @param isAllowed which may be connected to: `isPublicAddress`
 * @throws {PublicAddressError} when there is none
 */
export async function publicAddresses(
  name: string,
  resolver: Resolver,
  isAllowed: (address: string) => boolean,
): Promise<readonly { readonly address: string; readonly family: 4 | 6 }[]> {
  const [v6, v4] = await Promise.all(
    (['AAAA', 'A'] as const).map(async (type) => {
      try {
        const answer = await resolver(name, type);
        return answer.kind === 'records' ? answer.records : [];
      } catch (error) {
        if (error instanceof ResolverError) return undefined;
        throw error;
      }
    }),
  );
  const all = [
    ...(v6 ?? []).map((address) => ({ address, family: 6 as const })),
    ...(v4 ?? []).map((address) => ({ address, family: 4 as const })),
  ].slice(0, maxAddresses);
  const allowed = all.filter(({ address }) => isAllowed(address));
  if (allowed.length > 0) return allowed;
  const [first] = all;
  if (first !== undefined) throw new PublicAddressError('private-address', name, first.address);
  throw new PublicAddressError(v4 === undefined || v6 === undefined ? 'no-answer' : 'no-address', name);
}

/** Addresses of one name that are looked at. */
const maxAddresses = 50;
