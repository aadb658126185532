// The invented part of the internet: networks in 240.0.0.0/4 and 2001:db8::/32, whose holders exist nowhere else. `networks.csv`
// names them. Who mails from a network asks it for addresses; none is given twice.
import { addressAt, parsePrefix, type Prefix } from './addresses.ts';
import { random, type Random } from './random.ts';

export interface Network {
  readonly prefix: Prefix;
  readonly asn: number;
  readonly name: string;
  readonly country: string;
  /** New addresses of this network, in an order as scattered as asked: `run` gives neighbours, `scatter` any. */
  run(count: number, from?: number): string[];
  scatter(count: number, dice: Random): string[];
}

export class Networks {
  readonly list: Network[] = [];
  readonly #blocks: number[];
  #used = 0;
  #used6 = 0;
  #asn = 4_200_000_000;

  constructor(seed: string) {
    const all: number[] = [];
    // 255/8 is left alone: its last address is the broadcast address.
    for (let block = 240 * 256; block < 255 * 256; block++) all.push(block);
    this.#blocks = random(seed, 'networks').shuffled(all);
  }

  /** A new holder's number; several networks can share one. */
  holder(): number {
    this.#asn += 17;
    return this.#asn;
  }

  /** A network of IPv4 with `bits` of 16 to 28. */
  v4(name: string, country: string, bits: number, asn = this.holder()): Network {
    const block = this.#blocks[this.#used++];
    if (block === undefined) throw new RangeError('no network left');
    return this.#add(parsePrefix(`${block >> 8}.${block & 255}.0.0/${bits}`), asn, name, country);
  }

  /** A network of IPv6, a /48. */
  v6(name: string, country: string, asn = this.holder()): Network {
    this.#used6 += 1;
    return this.#add(parsePrefix(`2001:db8:${this.#used6.toString(16)}::/48`), asn, name, country);
  }

  #add(prefix: Prefix, asn: number, name: string, country: string): Network {
    const taken = new Set<number>();
    const size = prefix.version === 4 ? 2 ** (32 - prefix.bits) : 0x10000;
    const take = (offset: number): string | undefined => {
      if (taken.has(offset)) return undefined;
      taken.add(offset);
      return addressAt(prefix, offset);
    };
    const network: Network = {
      prefix,
      asn,
      name,
      country,
      run(count, from = 10) {
        const found: string[] = [];
        for (let offset = from; found.length < count; offset++) {
          if (offset >= size - 1) throw new RangeError(`${prefix.text} is full`);
          const address = take(offset);
          if (address !== undefined) found.push(address);
        }
        return found;
      },
      scatter(count, dice) {
        if (taken.size + count > size * 0.8) throw new RangeError(`${prefix.text} is full`);
        const found: string[] = [];
        while (found.length < count) {
          const address = take(1 + dice.below(size - 2));
          if (address !== undefined) found.push(address);
        }
        return found;
      },
    };
    this.list.push(network);
    return network;
  }
}

/** `networks.csv`: a header, then a prefix a line. */
export function networksCsv(networks: readonly Network[]): string {
  const lines = networks.map(
    ({ prefix, asn, name, country }) => `${prefix.text},${asn},${/[",]/.test(name) ? `"${name}"` : name},${country}`,
  );
  return `prefix,asn,name,country\n${lines.join('\n')}\n`;
}

/** Countries of the invented access providers, and words their names are made of. */
const accessCountries: readonly string[] = [
  'VN',
  'BR',
  'IN',
  'ID',
  'TR',
  'PK',
  'MX',
  'TH',
  'CO',
  'EG',
  'RO',
  'UA',
  'IT',
  'ES',
  'PL',
  'NL',
  'DE',
  'FR',
  'US',
  'AR',
  'ZA',
  'PH',
];
const accessWords: readonly string[] = [
  'Breed',
  'Lumen',
  'Orbit',
  'Nova',
  'Pulse',
  'Vela',
  'Tera',
  'Kabel',
  'Fibra',
  'Onda',
  'Radius',
  'Zenit',
  'Meridian',
  'Delta',
  'Aurora',
  'Quanta',
];

/** An invented provider of home lines: its networks, and how it names its lines. */
export interface AccessProvider {
  readonly name: string;
  readonly country: string;
  readonly network: Network;
  readonly nameOf: (address: string) => string | undefined;
}

/** Providers of home lines all over the world, where bots live; a third of them have no reverse names. */
export function accessProviders(networks: Networks, seed: string, count: number): AccessProvider[] {
  const dice = random(seed, 'access');
  return Array.from({ length: count }, (_, i) => {
    const country = accessCountries[i % accessCountries.length]!;
    const word = `${dice.pick(accessWords)} ${dice.pick(accessWords)}`;
    const zone = `${word.toLowerCase().replace(' ', '-')}-${i}-${country.toLowerCase()}.example`;
    const network = networks.v4(`${word} ${country}`, country, 16 + dice.below(3));
    const style = dice.below(3);
    return {
      name: `${word} ${country}`,
      country,
      network,
      nameOf: (address) => {
        if (style === 0) return undefined;
        const dashed = address.replaceAll('.', '-');
        return style === 1 ? `${dashed}.dyn.${zone}` : `host-${dashed}.pool.${zone}`;
      },
    };
  });
}
