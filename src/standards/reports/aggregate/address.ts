// IP addresses as they stand in `source_ip` (RFC 3986 §3.2.2: IPv4address or IPv6address), brought into the one form in which
// they are compared: dotted quads, and for IPv6 the text of RFC 5952.

/** @returns the canonical text; an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as the IPv4 address it stands for; `undefined` when the text is no address. */
export function canonicalAddress(text: string): string | undefined {
  if (!text.includes(':')) return isIpv4(text) ? text : undefined;
  const groups = ipv6Groups(text);
  if (groups === undefined) return undefined;
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (mapped) return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.');
  return ipv6Text(groups);
}

/** Four numbers without leading zeros: with one, some read octal and some decimal, so it is no address. */
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

function isIpv4(text: string): boolean {
  return text.length <= 15 && ipv4.test(text);
}

function ipv6Groups(text: string): number[] | undefined {
  if (text.length > 45) return undefined;
  let rest = text;
  const tail: number[] = [];
  const dot = rest.lastIndexOf('.');
  if (dot >= 0) {
    const colon = rest.lastIndexOf(':');
    const quad = rest.slice(colon + 1);
    if (!isIpv4(quad)) return undefined;
    const [a, b, c, d] = quad.split('.').map(Number) as [number, number, number, number];
    tail.push((a << 8) | b, (c << 8) | d);
    // `::ffff:` keeps its last colon only when it is half of a `::`.
    rest = rest[colon - 1] === ':' ? rest.slice(0, colon + 1) : rest.slice(0, colon);
  }
  const halves = rest.split('::');
  if (halves.length > 2) return undefined;
  const left = hexGroups(halves[0]!);
  const right = halves.length === 2 ? hexGroups(halves[1]!) : [];
  if (left === undefined || right === undefined) return undefined;
  right.push(...(halves.length === 2 ? tail : []));
  if (halves.length === 1) {
    left.push(...tail);
    return left.length === 8 ? left : undefined;
  }
  const missing = 8 - left.length - right.length;
  if (missing < 1) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

function hexGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

/** RFC 5952 §4: no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`, lower case. */
function ipv6Text(groups: readonly number[]): string {
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8;) {
    let j = i;
    while (j < 8 && groups[j] === 0) j++;
    if (j - i > bestLength) {
      best = i;
      bestLength = j - i;
    }
    i = j === i ? i + 1 : j;
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best < 0) return hex(groups);
  return `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`;
}
