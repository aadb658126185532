import { formatIpv4 } from '../src/standards/spf/index.ts';

/** A domain with a large SPF tree, as zone text, and clients to judge by it. */
export interface SpfWorld {
  readonly zone: string;
  readonly domain: string;
  readonly ranges: number;
  /** IPv4 addresses as text: in and near the ranges, and anywhere. */
  readonly addresses: readonly string[];
}

/** Ten includes three deep that name 240 networks of /16 to /32, and clients of which most are near them. The same every time. */
export function spfWorld(clients: number): SpfWorld {
  const random = generator(7208);
  const networks = Array.from({ length: 240 }, () => {
    const prefix = 16 + Math.floor(random() * 17);
    const first = (0x0b00_0000 + Math.floor(random() * 0xd000_0000)) >>> 0;
    return { prefix, first: prefix === 32 ? first : ((first >>> (32 - prefix)) << (32 - prefix)) >>> 0 };
  });
  const terms = networks.map(({ first, prefix }) => `ip4:${formatIpv4(first)}/${prefix}`);
  // a: the domain; b, c, d: included by it; the others: included by those, and two by these.
  const tree: Readonly<Record<string, string[]>> = {
    root: ['b', 'c', 'd'],
    b: ['e', 'f'],
    c: ['g', 'h'],
    d: ['i'],
    e: ['j'],
    f: ['k'],
    g: [],
    h: [],
    i: [],
    j: [],
    k: [],
  };
  const names = Object.keys(tree);
  const records = names.map((name, index) => {
    const own = terms.filter((_, i) => i % names.length === index);
    const includes = tree[name]!.map((child) => `include:${child}.spf.example`);
    const text = ['v=spf1', ...own, ...includes, '~all'].join(' ');
    return `${name}.spf.example. TXT ${(text.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ')}`;
  });
  const addresses = Array.from({ length: clients }, () => {
    const { first, prefix } = networks[Math.floor(random() * networks.length)]!;
    const size = 2 ** (32 - prefix);
    const near = (first + Math.floor((random() * 2 - 0.5) * size)) >>> 0;
    return formatIpv4(random() < 0.7 ? near : Math.floor(random() * 2 ** 32));
  });
  return {
    zone: `spf.example. 3600 SOA ns.spf.example. hostmaster.spf.example. 1 1 1 1 3600\n${records.join('\n')}\n`,
    domain: 'root.spf.example',
    ranges: terms.length,
    addresses,
  };
}

/** Numbers from 0 to 1 that are the same every time (xorshift). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
