// Addresses: blocks handed out one after another, each noted as a line of networks.csv; and days as dates.
import type { Source } from './model.ts';

/** A block of addresses that somebody holds. */
export interface Block {
  readonly prefix: string;
  /** The address at a place in it. */
  readonly at: (place: number) => string;
}

/** Hands out blocks in 240.0.0.0/4 and 2001:db8::/32, which nobody has. */
export class Space {
  #next = 0xf500_0000;
  #nextSix = 0x40;
  readonly networks: string[] = ['prefix,asn,name,country'];
  readonly #numbers = new Map<string, number>();

  /** `size` addresses or more: a power of two, from 16 on. */
  block(holder: string, country: string, size: number): Block {
    let power = 4;
    while (2 ** power < size) power += 1;
    // Room is left between neighbours: who holds the next block has nothing to do with it.
    const begin = Math.ceil(this.#next / 2 ** power) * 2 ** power;
    this.#next = begin + 2 ** power + 4096;
    const prefix = `${dotted(begin)}/${32 - power}`;
    this.#note(prefix, holder, country);
    return { prefix, at: (place) => dotted(begin + place) };
  }

  /** A /48 of IPv6. */
  six(holder: string, country: string): Block {
    const net = (this.#nextSix++).toString(16);
    const prefix = `2001:db8:${net}::/48`;
    this.#note(prefix, holder, country);
    return { prefix, at: (place) => `2001:db8:${net}::${(place + 0x10).toString(16)}` };
  }

  #note(prefix: string, holder: string, country: string): void {
    let asn = this.#numbers.get(holder);
    if (asn === undefined) this.#numbers.set(holder, (asn = 4_210_000_000 + this.#numbers.size));
    this.networks.push(`${prefix},${asn},${holder},${country}`);
  }
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** An IPv4 address as a number. */
function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Whether a prefix as this world writes them (`a.b.c.d/n`, `2001:db8:x::/48`, or one address) holds an address. */
export function holds(prefix: string, address: string): boolean {
  const [network = '', length] = prefix.split('/');
  if (length === undefined) return network === address;
  if (network.includes(':')) return address.startsWith(network.slice(0, -1));
  if (address.includes(':')) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

/** `count` sources of a block from a place on, named by a pattern with `#` for its number. */
export function machines(block: Block, from: number, count: number, name?: string): Source[] {
  return Array.from({ length: count }, (_, i) => {
    const address = block.at(from + i);
    if (name === undefined) return { address };
    const dashed = address.replaceAll(/[.:]+/g, '-');
    return { address, reverse: name.replace('#', String(i + 1)).replace('@', dashed), leadsBack: true };
  });
}

/** The name of the PTR of an address. */
export function pointerName(address: string): string {
  if (!address.includes(':')) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':').map((each) => each.padStart(4, '0')));
  const [head, tail] = [groups(left), groups(right)];
  const whole = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0000'), ...tail].join('');
  return `${whole.split('').reverse().join('.')}.ip6.arpa`;
}

/** Seconds in a day. */
export const daySeconds = 86_400;
const firstDay = Date.UTC(2026, 1, 2) / 86_400_000;

/** The date of a day of the world, whose first is 2 February 2026, a Monday. */
export function dateOf(day: number): string {
  return new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10);
}

/** The day of the month, from 1. */
export function monthDay(day: number): number {
  return Number(dateOf(day).slice(8));
}

/** Whether people work. */
export function isWorkday(day: number): boolean {
  return day % 7 < 5;
}

/** Midnight (UTC) at which a day of the world begins, in seconds since 1970. */
export function secondsOf(day: number): number {
  return (firstDay + day) * daySeconds;
}

/** Days since 1 February: the month's number in this world. */
export function monthOf(day: number): number {
  const date = dateOf(day);
  return (Number(date.slice(0, 4)) - 2026) * 12 + Number(date.slice(5, 7)) - 2;
}
