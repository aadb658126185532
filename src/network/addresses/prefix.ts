/** An address as numbers: IPv4 in `low`; of IPv6 the first 64 bits, in two halves. Networks are not announced finer than that. */
export interface AddressBits {
  readonly version: 4 | 6;
  readonly high: number;
  readonly low: number;
}

/** Reads an address in its canonical text. `undefined` for what is none. */
export function addressBits(text: string): AddressBits | undefined {
  const v4 = ipv4Bits(text);
  if (v4 !== undefined) return { version: 4, high: 0, low: v4 };
  const v6 = ipv6Groups(text);
  if (v6 === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = v6;
  const mapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff;
  return mapped ? { version: 4, high: 0, low: g * 65536 + h } : { version: 6, high: a * 65536 + b, low: c * 65536 + d };
}

/** The eight groups of an IPv6 address in any of its texts (RFC 4291 §2.2); `undefined` for what is none. */
function ipv6Groups(text: string): number[] | undefined {
  if (text.length < 2 || text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0]!);
  if (head === undefined || halves.length === 1) return head?.length === 8 ? head : undefined;
  const tail = groups(halves[1]!);
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** Groups between colons; the last may be a dotted quad, which is two. */
function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const values: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const quad = ipv4Bits(part);
      if (quad === undefined) return undefined;
      values.push(Math.floor(quad / 65536), quad % 65536);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) values.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return values.length <= 8 ? values : undefined;
}

/** A dotted quad as a number of 32 bits; `undefined` for anything else. Plain decimal only: `010.0.0.1` is no address. */
function ipv4Bits(text: string): number | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let value = 0;
  let part = -1;
  let dots = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0) return undefined;
      value = value * 256 + part;
      part = -1;
      digits = 0;
      dots += 1;
    } else if (code >= 48 && code <= 57) {
      if (part === 0 && digits > 0) return undefined;
      part = (part < 0 ? 0 : part) * 10 + code - 48;
      digits += 1;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : undefined;
}
