// The last resort for a set of addresses that no chain of pages holds: a zone with a name for each of them, written out whole, that one
// `exists` term asks. Nothing answers per question: every name is there beforehand, and any name server can hold the zone.
import { overlay, reverseName, zone } from '../../../standards/dns/index.ts';
import type { DomainName, IpAddress, IpNetwork, Resolver } from '../../../standards/dns/index.ts';
import { evaluate, formatAddress, has, prefixes, toStrings } from '../../../standards/spf/index.ts';
import type { AddressSet } from '../../../standards/spf/index.ts';
import { networkFrom } from './address-list.ts';

/**
 * The term that asks the zone. `%{ir}` alone would not do: the names of the two families would then meet, and a wildcard for
 * 2.0.0.0/8 would let in every IPv6 address that begins with the digit 2. `%{v}` keeps them apart (RFC 7208 §7.3).
 */
export function existsTerm(domain: string): string {
  return `exists:%{ir}.%{v}.${existsApex(domain)}`;
}

/** The top of the zone. */
export function existsApex(domain: string): string {
  return `_spf.${domain}`;
}

/** What each name answers: any address does (RFC 7208 §5.7), and a loopback one leads nobody anywhere. */
const existsAddress = '127.0.0.2';

const origins = { 4: 'in-addr', 6: 'ip6' } as const;

/**
 * The owner names of the zone, relative to its apex, for the networks of a set: one for a single address, a wildcard for a network that ends
 * at a label (a /8, /16 or /24 of IPv4, a nibble of IPv6), and as many as it takes for others.
 */
function* existsNames(networks: Iterable<IpNetwork>): Generator<string> {
  for (const network of networks) {
    const width = network.family === 4 ? 8 : 4;
    const labels = Math.ceil(network.prefix / width);
    const whole = (network.family === 4 ? 32 : 128) / width;
    // A prefix that ends within a label stands for 2^free values of that label.
    const free = labels * width - network.prefix;
    const reversed = reverseName(network).split('.').slice(0, whole).reverse();
    const first = labels === 0 ? 0 : Number.parseInt(reversed[labels - 1]!, network.family === 4 ? 10 : 16);
    for (let value = 0; value < 1 << free; value++) {
      const own = reversed.slice(0, labels);
      if (labels > 0) own[labels - 1] = (first + value).toString(network.family === 4 ? 10 : 16);
      const under = [...own.reverse(), origins[network.family]].join('.');
      yield labels < whole ? `*.${under}` : under;
    }
  }
}

/** How many names that are. */
export function existsNameCount(addresses: AddressSet): number {
  let count = 0;
  for (const text of prefixes(addresses)) {
    const { family, prefix } = networkFrom(text);
    const width = family === 4 ? 8 : 4;
    count += 2 ** (Math.ceil(prefix / width) * width - prefix);
  }
  return count;
}

/** The zone as a master file (RFC 1035 §5), SOA and name server included, in the order of the addresses. */
export function* existsZone(
  domain: string,
  addresses: AddressSet,
  options: { readonly ttl?: number; readonly nameServer?: string; readonly serial?: number } = {},
): Generator<string> {
  const apex = existsApex(domain);
  const { ttl = 3600, nameServer = `ns.${domain}`, serial = 1 } = options;
  yield `$ORIGIN ${apex}.`;
  yield `$TTL ${ttl}`;
  yield `@ SOA ${nameServer}. hostmaster.${domain}. ${serial} 3600 900 1209600 300`;
  yield `@ NS ${nameServer}.`;
  for (const name of existsNames(prefixes(addresses).map(networkFrom))) yield `${name} A ${existsAddress}`;
}

/** What came of asking the zone for addresses, one by one, with `evaluate`. */
export interface ExistsProof {
  /** Addresses that were judged. */
  readonly judged: number;
  /** Those that the zone gets wrong, at most ten: none, or the zone is not to be published. */
  readonly wrong: readonly { readonly address: string; readonly result: string }[];
}

/**
 * Judges every network of a set by its first and last address and the addresses on either side of it, and every single address
 * likewise, as a receiver would: `check_host()` with the zone as it will be served. (What other terms of the record let in plays no part.)
 */
export async function proveExists(domain: DomainName, addresses: AddressSet, zoneText: string): Promise<ExistsProof> {
  const reading = zone(zoneText);
  if (!reading.ok || reading.problems.length > 0) throw new Error('the zone that was written cannot be read');
  const record = toStrings(`v=spf1 ${existsTerm(domain)} -all`);
  const world: Resolver = overlay([{ name: domain, type: 'TXT', records: [record] }], reading.value.resolver);
  const wrong: { address: string; result: string }[] = [];
  let judged = 0;
  let last: IpAddress | undefined;
  for (const text of prefixes(addresses)) {
    for (const address of around(networkFrom(text))) {
      if (last !== undefined && same(last, address)) continue;
      last = address;
      judged += 1;
      const ip = formatAddress(address);
      const { result } = await evaluate({ ip, mailFrom: `postmaster@${domain}`, helo: domain }, world);
      if ((result === 'pass') !== has(addresses, address) && wrong.length < 10) wrong.push({ address: ip, result });
    }
  }
  return { judged, wrong };
}

/** The address before a network, its first, its last, and the one after it. */
function around(network: IpNetwork): IpAddress[] {
  const whole = network.family === 4 ? 32 : 128;
  const value = (address: IpAddress): bigint =>
    address.family === 4
      ? BigInt(address.a)
      : (BigInt(address.a) << 96n) | (BigInt(address.b) << 64n) | (BigInt(address.c) << 32n) | BigInt(address.d);
  const first = value(network);
  const end = first + (1n << BigInt(whole - network.prefix));
  const points = network.prefix === whole ? [first - 1n, first, end] : [first - 1n, first, end - 1n, end];
  return points
    .filter((point) => point >= 0n && point < 1n << BigInt(whole))
    .map((point) =>
      whole === 32
        ? { family: 4, a: Number(point), b: 0, c: 0, d: 0 }
        : {
            family: 6,
            a: Number(point >> 96n),
            b: Number((point >> 64n) & 0xffff_ffffn),
            c: Number((point >> 32n) & 0xffff_ffffn),
            d: Number(point & 0xffff_ffffn),
          },
    );
}

function same(one: IpAddress, other: IpAddress): boolean {
  return (
    one.family === other.family && one.a === other.a && one.b === other.b && one.c === other.c && one.d === other.d
  );
}
