/**
 * An IP address as SPF compares it: unsigned 32-bit words, the high one first. Of an IPv4 address only `a` is used.
 * All addresses have one shape, so that comparing them stays fast.
 */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** An IP network: an address and how many of its high bits count. The masks are kept, since they are asked for at every comparison. */
export interface IpNetwork extends IpAddress {
  readonly prefix: number;
  readonly maskA: number;
  readonly maskB: number;
  readonly maskC: number;
  readonly maskD: number;
}

/** Reads a dotted quad: four numbers 0–255 without leading zeros (RFC 7208 §5.6 `ip4-network`). @returns the unsigned 32-bit value, or -1. */
export function parseIpv4(text: string): number {
  const { length } = text;
  if (length < 7 || length > 15) return -1;
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0 || ++dots > 3) return -1;
      value = value * 256 + part;
      part = -1;
    } else {
      const digit = code - 48;
      if (digit < 0 || digit > 9 || part === 0) return -1;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return -1;
    }
  }
  return part < 0 || dots !== 3 ? -1 : value * 256 + part;
}

/** Reads an address of either family; IPv6 as RFC 4291 §2.2 writes it, without a zone. @returns `undefined` when it is none. */
export function parseAddress(text: string): IpAddress | undefined {
  if (!text.includes(':')) {
    const value = parseIpv4(text);
    return value < 0 ? undefined : { family: 4, a: value, b: 0, c: 0, d: 0 };
  }
  const groups = parseIpv6(text);
  if (groups === undefined) return undefined;
  return {
    family: 6,
    a: ((groups[0]! << 16) | groups[1]!) >>> 0,
    b: ((groups[2]! << 16) | groups[3]!) >>> 0,
    c: ((groups[4]! << 16) | groups[5]!) >>> 0,
    d: ((groups[6]! << 16) | groups[7]!) >>> 0,
  };
}

/**
 * Reads the address of an SMTP client. An IPv4-mapped one (`::ffff:192.0.2.1`) is the IPv4 address it carries, as
 * RFC 7208 §5 wants it compared.
 */
export function parseClientAddress(text: string): IpAddress | undefined {
  const address = parseAddress(text);
  if (address?.family === 6 && address.a === 0 && address.b === 0 && address.c === 0xffff) {
    return { family: 4, a: address.d, b: 0, c: 0, d: 0 };
  }
  return address;
}

function parseIpv6(text: string): number[] | undefined {
  const { length } = text;
  if (length < 2 || length > 45) return undefined;
  const groups: number[] = [];
  let gap = -1;
  let i = 0;
  if (text.charCodeAt(0) === 58) {
    if (text.charCodeAt(1) !== 58) return undefined;
    gap = 0;
    i = 2;
  }
  while (i < length) {
    const start = i;
    let value = 0;
    while (i < length) {
      const code = text.charCodeAt(i);
      const lower = code | 32;
      const digit = code >= 48 && code <= 57 ? code - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
      if (digit < 0) break;
      value = value * 16 + digit;
      i += 1;
    }
    if (i === start || i - start > 4) return undefined;
    if (i < length && text.charCodeAt(i) === 46) {
      // The last 32 bits may be a dotted quad.
      const tail = parseIpv4(text.slice(start));
      if (tail < 0) return undefined;
      groups.push(tail >>> 16, tail & 0xffff);
      i = length;
      break;
    }
    groups.push(value);
    if (i === length) break;
    if (text.charCodeAt(i) !== 58) return undefined;
    i += 1;
    if (text.charCodeAt(i) === 58) {
      if (gap >= 0) return undefined;
      gap = groups.length;
      i += 1;
    } else if (i === length) return undefined;
  }
  if (gap >= 0) {
    // "::" stands for one group of zeros or more.
    if (groups.length > 7) return undefined;
    groups.splice(gap, 0, ...Array<number>(8 - groups.length).fill(0));
  }
  return groups.length === 8 ? groups : undefined;
}

/** The network of an address and a prefix length, host bits cleared. */
export function networkOf(address: IpAddress, prefix: number): IpNetwork {
  const mask = (bits: number): number =>
    bits <= 0 ? 0 : bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
  const maskA = mask(prefix);
  const maskB = mask(prefix - 32);
  const maskC = mask(prefix - 64);
  const maskD = mask(prefix - 96);
  return {
    family: address.family,
    a: (address.a & maskA) >>> 0,
    b: (address.b & maskB) >>> 0,
    c: (address.c & maskC) >>> 0,
    d: (address.d & maskD) >>> 0,
    prefix,
    maskA,
    maskB,
    maskC,
    maskD,
  };
}

/** Whether an address lies in a network of its own family. */
export function isIn(address: IpAddress, network: IpNetwork): boolean {
  return (
    ((address.a ^ network.a) & network.maskA) === 0 &&
    address.family === network.family &&
    (address.family === 4 ||
      (((address.b ^ network.b) & network.maskB) === 0 &&
        ((address.c ^ network.c) & network.maskC) === 0 &&
        ((address.d ^ network.d) & network.maskD) === 0))
  );
}

/** Whether two addresses of one family agree in their first `prefix` bits. */
export function agree(one: IpAddress, other: IpAddress, prefix: number): boolean {
  return isIn(one, networkOf(other, prefix));
}

/** Writes an address: a dotted quad, or IPv6 as RFC 5952 has it. */
export function formatAddress(address: IpAddress): string {
  if (address.family === 4) return formatIpv4(address.a);
  const groups = [address.a, address.b, address.c, address.d].flatMap((word) => [word >>> 16, word & 0xffff]);
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - i > bestLength) {
      best = i;
      bestLength = end - i;
    }
    if (end > i) i = end;
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return best < 0 ? hex(0, 8) : `${hex(0, best)}::${hex(best + bestLength, 8)}`;
}

/** Writes an unsigned 32-bit value as a dotted quad. */
export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The 32 hexadecimal digits of an IPv6 address, as text. */
export function nibbles(address: IpAddress): string {
  return [address.a, address.b, address.c, address.d].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The name under which the PTR records of an address stand (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(address: IpAddress): string {
  if (address.family === 4) {
    const { a } = address;
    return `${a & 255}.${(a >>> 8) & 255}.${(a >>> 16) & 255}.${a >>> 24}.in-addr.arpa`;
  }
  return `${nibbles(address).split('').reverse().join('.')}.ip6.arpa`;
}
