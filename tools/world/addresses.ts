// Addresses as numbers and as text. IPv4 is a number, IPv6 a bigint: a world's addresses are few enough.

/** `192.0.2.1` of a number. */
export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** RFC 5952 text: lower case, the longest run of zero groups (of two or more) shortened, the first of equals. */
export function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((address >> BigInt(112 - 16 * i)) & 0xffffn));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** An address as text to its number; `undefined` when it is neither. */
export function parseAddress(text: string): bigint | number | undefined {
  if (text.includes(':')) {
    const [head = '', tail, more] = text.split('::');
    if (more !== undefined) return undefined;
    const front = head === '' ? [] : head.split(':');
    const back = tail === undefined || tail === '' ? [] : tail.split(':');
    const groups =
      tail === undefined
        ? front
        : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
    if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
    return groups.reduce((value, group) => (value << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
  }
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1).map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export interface Prefix {
  readonly text: string;
  readonly version: 4 | 6;
  /** The first address. */
  readonly first: bigint | number;
  readonly bits: number;
}

/** `192.0.2.0/24`, or a lone address. @throws {RangeError} when it is no prefix: prefixes here are written by the world itself */
export function parsePrefix(text: string): Prefix {
  const [address = '', length] = text.split('/');
  const first = parseAddress(address);
  if (first === undefined) throw new RangeError(`not a prefix: ${text}`);
  const version = typeof first === 'number' ? 4 : 6;
  return { text, version, first, bits: length === undefined ? (version === 4 ? 32 : 128) : Number(length) };
}

/** Whether an address (a number or a bigint) lies in a prefix. */
export function inPrefix(address: bigint | number, prefix: Prefix): boolean {
  if (typeof address === 'number') {
    if (typeof prefix.first !== 'number') return false;
    const size = 2 ** (32 - prefix.bits);
    return address >= prefix.first && address < prefix.first + size;
  }
  if (typeof prefix.first === 'number') return false;
  const shift = BigInt(128 - prefix.bits);
  return address >> shift === prefix.first >> shift;
}

/** The address at an offset in a prefix, as text. */
export function addressAt(prefix: Prefix, offset: number): string {
  if (typeof prefix.first === 'number') return formatIpv4(prefix.first + offset);
  return formatIpv6(prefix.first + BigInt(offset));
}

/** The name of an address's PTR record, without the final dot (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(text: string): string {
  const address = parseAddress(text);
  if (typeof address === 'number') return `${text.split('.').reverse().join('.')}.in-addr.arpa`;
  if (address === undefined) throw new RangeError(`not an address: ${text}`);
  return `${address.toString(16).padStart(32, '0').split('').reverse().join('.')}.ip6.arpa`;
}
