// What addresses are called (PTR records, RFC 1035 §3.5, RFC 3596 §2.5), and whether the names lead back: anyone may call an
// address of his own what he likes, but only the owner of a name can have it lead to an address. Made of kept answers of the DNS,
// so a name has the days on which it was seen, and says nothing of others.
import { formatAddress, parseClientAddress, reverseName } from '../../../standards/dns/index.ts';
import type { Answer, RecordType } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';

/** The record types that reverse names are made of: the names, what these lead to, and where whole reverse zones are known. */
export const reverseNameTypes = ['PTR', 'A', 'AAAA', 'SOA', 'NS'] as const satisfies readonly RecordType[];

/** An answer of the DNS and the days on which it was given, as the register keeps it. */
export interface KeptAnswer {
  readonly name: string;
  readonly type: RecordType;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly answer: Answer;
}

/** Whether the name leads back to the address; `unknown` when nobody asked what the name leads to. */
export type Confirmed = boolean | 'unknown';

export interface ReverseName {
  /** A confirmed name where there is one, else the first in alphabetical order; `null`: looked up, and the address has none. */
  readonly name: string | null;
  readonly confirmed: Confirmed;
  /** The first and the last day on which the DNS said so. */
  readonly firstDay: Day;
  readonly day: Day;
  /** All names: confirmed ones first, then those nobody asked about, alphabetical within. An address may have many. */
  readonly names: readonly { readonly name: string; readonly confirmed: Confirmed }[];
}

/** The names of addresses, as far as anybody looked. */
export class ReverseNames {
  /** By reverse name (`5.2.0.192.in-addr.arpa`). */
  readonly #pointers: ReadonlyMap<string, KeptAnswer>;
  /** By type and name: what names lead to, the newest last. */
  readonly #addresses: ReadonlyMap<string, readonly KeptAnswer[]>;
  /** Tops of reverse zones that are known as a whole, and names that are delegated away from them. */
  readonly #zones: ReadonlyMap<string, KeptAnswer>;
  readonly #made = new Map<string, ReverseName | undefined>();

  /**
   * Takes kept answers of `reverseNameTypes`, in any order; those of other types and names are passed over.
   *
   * @param until what was known on that day; what is known today when not given
   */
  constructor(kept: Iterable<KeptAnswer>, until: Day = Infinity) {
    const pointers = new Map<string, KeptAnswer>();
    const addresses = new Map<string, KeptAnswer[]>();
    const zones = new Map<string, KeptAnswer>();
    for (const each of kept) {
      if (each.firstDay > until) continue;
      const { name, type } = each;
      if (type === 'PTR') {
        if (isNewer(each, pointers.get(name))) pointers.set(name, each);
      } else if (type === 'A' || type === 'AAAA') {
        const key = `${type} ${name}`;
        const list = addresses.get(key);
        if (list === undefined) addresses.set(key, [each]);
        else list.push(each);
      } else if (name.endsWith('.arpa') && each.answer.kind === 'records') {
        const before = zones.get(name);
        // A name with an SOA is the top of a zone, and has NS records as well.
        if (type === 'SOA' && (before?.type !== 'SOA' || isNewer(each, before))) zones.set(name, each);
        else if (type === 'NS' && before === undefined) zones.set(name, each);
      }
    }
    for (const list of addresses.values())
      if (list.length > 1) list.sort((one, other) => one.firstDay - other.firstDay);
    this.#pointers = pointers;
    this.#addresses = addresses;
    this.#zones = zones;
  }

  /** How many addresses have names, or were found to have none. Those that only a whole zone tells of are not counted. */
  get size(): number {
    return this.#pointers.size;
  }

  /**
   * What an address is called. `undefined`: nobody looked, or it is no address.
   *
   * An address below the SOA of a reverse zone that was kept as a whole, and not in it, has no name.
   */
  of(address: string): ReverseName | undefined {
    if (this.#made.has(address)) return this.#made.get(address);
    const parsed = parseClientAddress(address);
    const found =
      parsed === undefined ? undefined : this.#find(formatAddress(parsed), reverseName(parsed), parsed.family);
    this.#made.set(address, found);
    return found;
  }

  #find(address: string, reverse: string, family: 4 | 6): ReverseName | undefined {
    const pointer = this.#pointers.get(reverse);
    if (pointer === undefined) {
      const zone = this.#wholeZoneOver(reverse);
      return zone === undefined ? undefined : nameless(zone);
    }
    const { answer, firstDay, lastDay: day } = pointer;
    if (answer.kind !== 'records') return nameless(pointer);
    const told = (answer as Extract<Answer<'PTR'>, { kind: 'records' }>).records;
    const names = (told.length > 1 ? [...new Set(told)].sort(byName) : told)
      .filter((name) => name !== '')
      .map((name) => ({ name, confirmed: this.#leadsBack(name, address, family, pointer) }));
    if (names.length > 1) names.sort((one, other) => order(one.confirmed) - order(other.confirmed));
    const [first] = names;
    if (first === undefined) return nameless(pointer);
    return { name: first.name, confirmed: first.confirmed, firstDay, day, names };
  }

  /** The zone that would have the name if there were one; none when the name, or one above it, was delegated away. */
  #wholeZoneOver(reverse: string): KeptAnswer | undefined {
    for (let at = reverse; at !== ''; at = at.slice(at.indexOf('.') + 1)) {
      const zone = this.#zones.get(at);
      if (zone !== undefined) return zone.type === 'SOA' ? zone : undefined;
      if (!at.includes('.')) break;
    }
    return undefined;
  }

  /** Whether a name led to the address while the address led to it; else at the nearest time that anybody asked. */
  #leadsBack(name: string, address: string, family: 4 | 6, pointer: KeptAnswer): Confirmed {
    const spans = this.#addresses.get(`${family === 4 ? 'A' : 'AAAA'} ${name}`) ?? [];
    const meanwhile = spans.filter((span) => span.firstDay <= pointer.lastDay && span.lastDay >= pointer.firstDay);
    if (meanwhile.length > 0) return meanwhile.some((span) => holds(span, address));
    const nearest = spans.findLast((span) => span.lastDay < pointer.firstDay) ?? spans[0];
    if (nearest !== undefined) return holds(nearest, address);
    const others = this.#addresses.get(`${family === 4 ? 'AAAA' : 'A'} ${name}`) ?? [];
    // A name that does not exist has no records of any type (RFC 8020).
    return others.at(-1)?.answer.kind === 'no-such-name' ? false : 'unknown';
  }
}

function byName(one: string, other: string): number {
  return one < other ? -1 : 1;
}

function isNewer(one: KeptAnswer, other: KeptAnswer | undefined): boolean {
  return other === undefined || one.firstDay > other.firstDay;
}

function holds({ answer }: KeptAnswer, address: string): boolean {
  return answer.kind === 'records' && (answer.records as readonly unknown[]).includes(address);
}

function nameless({ firstDay, lastDay }: KeptAnswer): ReverseName {
  return { name: null, confirmed: false, firstDay, day: lastDay, names: [] };
}

function order(confirmed: Confirmed): number {
  return confirmed === true ? 0 : confirmed === 'unknown' ? 1 : 2;
}
