import { formatAddress, formatIpv4, parseClientAddress } from '../../../standards/dns/index.ts';
import { addressKey } from '../network-table.ts';
import type { AddressKey } from '../network-table.ts';

/** Stands in the text for rows without an address (`X.X.X.X`, a missing `source_ip`). */
const unknownAddress = '?';

/** Addresses known at a moment: thousands, asked about often, written small. */
export class AddressSet {
  readonly #keys: ReadonlySet<AddressKey>;
  /** Whether rows without an address were among them. */
  readonly hasUnknown: boolean;

  private constructor(keys: ReadonlySet<AddressKey>, hasUnknown: boolean) {
    this.#keys = keys;
    this.hasUnknown = hasUnknown;
  }

  /** Of the texts of addresses; a text that is none, and `undefined`, count as "without an address". */
  static of(addresses: Iterable<string | undefined>): AddressSet {
    const keys = new Set<AddressKey>();
    let hasUnknown = false;
    for (const text of addresses) {
      const address = text === undefined ? undefined : parseClientAddress(text);
      if (address === undefined) hasUnknown = true;
      else keys.add(addressKey(address));
    }
    return new AddressSet(keys, hasUnknown);
  }

  /** How many addresses. */
  get size(): number {
    return this.#keys.size;
  }

  has(key: AddressKey): boolean {
    return this.#keys.has(key);
  }

  /**
   * The addresses as text, in order: IPv4 first, runs of neighbours as `192.0.2.1-192.0.2.9`, apart by blanks. The same set gives
   * the same text.
   */
  toText(): string {
    const v4 = Uint32Array.from([...this.#keys].filter((key) => typeof key === 'number')).sort();
    const v6 = [...this.#keys].filter((key) => typeof key === 'string').sort();
    const parts: string[] = [];
    for (let at = 0; at < v4.length;) {
      let end = at;
      while (end + 1 < v4.length && v4[end + 1] === v4[end]! + 1) end += 1;
      parts.push(end === at ? formatIpv4(v4[at]!) : `${formatIpv4(v4[at]!)}-${formatIpv4(v4[end]!)}`);
      at = end + 1;
    }
    return [...parts, ...v6, ...(this.hasUnknown ? [unknownAddress] : [])].join(' ');
  }

  /** Reads what `toText` writes. @returns `undefined` for anything else, and for runs of more than 2^20 addresses */
  static parse(text: string): AddressSet | undefined {
    const keys = new Set<AddressKey>();
    let hasUnknown = false;
    for (const part of text.split(' ')) {
      if (part === '') continue;
      if (part === unknownAddress) {
        hasUnknown = true;
        continue;
      }
      const [first = '', last] = part.split('-');
      const one = parseClientAddress(first);
      if (one === undefined) return undefined;
      if (last === undefined) {
        keys.add(addressKey(one));
        continue;
      }
      const other = parseClientAddress(last);
      if (other === undefined || one.family !== 4 || other.family !== 4) return undefined;
      if (other.a < one.a || other.a - one.a > 1 << 20) return undefined;
      for (let value = one.a; value <= other.a; value++) keys.add(value);
    }
    return new AddressSet(keys, hasUnknown);
  }

  /** Every address as text. */
  *[Symbol.iterator](): Generator<string> {
    for (const key of this.#keys) {
      yield typeof key === 'string' ? key : formatAddress({ family: 4, a: key, b: 0, c: 0, d: 0 });
    }
  }
}
