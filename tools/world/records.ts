// What is published, and since when. Everything that a receiver of the world looks up is read from here, as text, so that what
// its reports say follows from the zone of that day.
import { parseAddress } from './addresses.ts';

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'TXT';

/** All names and records at one time. */
export class Zone {
  readonly names = new Map<string, Map<RecordType, readonly string[]>>();
  readonly #existing = new Set<string>();

  set(name: string, type: RecordType, values: readonly string[]): void {
    let types = this.names.get(name);
    if (types === undefined) this.names.set(name, (types = new Map<RecordType, readonly string[]>()));
    types.set(type, values);
    // A name exists when it, or a name below it, has a record (RFC 8020).
    for (let above = name; above !== ''; above = above.includes('.') ? above.slice(above.indexOf('.') + 1) : '')
      this.#existing.add(above);
  }

  /** The records of a name, one CNAME step followed at a time, at most eight. */
  values(name: string, type: RecordType): readonly string[] {
    let at = name;
    for (let steps = 0; steps < 8; steps++) {
      const types = this.names.get(at);
      const found = types?.get(type);
      if (found !== undefined) return found;
      const alias = types?.get('CNAME')?.[0];
      if (alias === undefined) return [];
      at = alias;
    }
    return [];
  }

  exists(name: string): boolean {
    return this.#existing.has(name);
  }
}

/** What a name has of a type from a day of the world on. */
export interface Change {
  readonly since: number;
  readonly name: string;
  readonly type: RecordType;
  readonly values: readonly string[];
}

/** From a day of the world on, whatever SPF record stands at a name ends so for all that it does not name. */
export interface SpfEnd {
  readonly since: number;
  readonly name: string;
  readonly end: string;
}

/** Records over time. A later word on the same name and type replaces an earlier one; an empty list takes it away. */
export class RecordBook {
  readonly #changes: Change[] = [];
  #epochs: readonly number[] | undefined;
  /** The zone asked for last: a world goes through its epochs in order, and all of them together are large. */
  #held: { readonly epoch: number; readonly zone: Zone } | undefined;
  #overlay: readonly Change[] = [];
  #ends: readonly SpfEnd[] = [];
  readonly #grid: number;

  /** Changes fall on every `grid`-th day only, so that a world has as many zone files as it can hold. */
  constructor(grid = 1) {
    this.#grid = grid;
  }

  /** From a day of the world on (0: from before it began), a name has these records. */
  set(name: string, type: RecordType, values: readonly string[], since = 0): void {
    // What appears does so in time for those who need it; what is taken away goes when nobody does.
    const steps = since / this.#grid;
    const day = (values.length > 0 ? Math.floor(steps) : Math.ceil(steps)) * this.#grid;
    this.#changes.push({ since: day, name: name.toLowerCase(), type, values });
    this.#epochs = undefined;
    this.#held = undefined;
  }

  /** Adds one record to those a name has from the start. */
  add(name: string, type: RecordType, value: string): void {
    const at = name.toLowerCase();
    const known = this.#changes.find((change) => change.since === 0 && change.name === at && change.type === type);
    if (known === undefined) this.set(at, type, [value]);
    else if (!known.values.includes(value))
      this.#changes[this.#changes.indexOf(known)] = { ...known, values: [...known.values, value] };
  }

  /**
   * Records that hold, from their day on, whatever else was said of the same name and type: a changed world, to be played. Of two on
   * one name and type the later holds from its day on. Their days are on no grid.
   *
   * @param ends how SPF records end, whatever else stands in them
   */
  overlay(changes: readonly Change[], ends: readonly SpfEnd[] = []): void {
    this.#ends = ends;
    this.#overlay = changes
      .map((change) => ({ ...change, name: change.name.toLowerCase() }))
      .sort((a, b) => a.since - b.since);
    this.#epochs = undefined;
    this.#held = undefined;
  }

  /** The days on which something changes, the first (0) included, in order. */
  epochs(): readonly number[] {
    this.#epochs ??= [
      ...new Set([0, ...[...this.#changes, ...this.#overlay, ...this.#ends].map((change) => change.since)]),
    ].sort((a, b) => a - b);
    return this.#epochs;
  }

  /** The index, in `epochs()`, of the one a day falls in. */
  epochAt(day: number): number {
    return this.epochs().findLastIndex((since) => since <= day);
  }

  /** Everything as it is published during an epoch. */
  zone(epoch: number): Zone {
    if (this.#held?.epoch === epoch) return this.#held.zone;
    const since = this.epochs()[epoch] ?? 0;
    const zone = new Zone();
    const latest = new Map<string, Change>();
    for (const change of this.#changes) {
      if (change.since > since) continue;
      const key = `${change.name} ${change.type}`;
      const other = latest.get(key);
      if (other === undefined || other.since <= change.since) latest.set(key, change);
    }
    for (const change of this.#overlay) if (change.since <= since) latest.set(`${change.name} ${change.type}`, change);
    const ends = new Map(this.#ends.filter((end) => end.since <= since).map(({ name, end }) => [name, end]));
    for (const { name, type, values } of latest.values()) {
      const end = type === 'TXT' ? ends.get(name) : undefined;
      const ended =
        end === undefined
          ? values
          : values.map((text) => (text.startsWith('v=spf1 ') ? text.replace(/ [-+~?]?all$/, ` ${end}`) : text));
      if (values.length > 0) zone.set(name, type, ended);
    }
    this.#held = { epoch, zone };
    return zone;
  }
}

/**
 * Master-file lines `name TYPE data` (comments, class and TTL allowed) as changes for `RecordBook.overlay`. `$FROM 2026-03-01` says from
 * which date on the lines below it hold; those before the first hold throughout. `TXT ""` takes a record away. `$SPF-END name -all` says
 * how the SPF record of a name ends, whichever it is.
 *
 * @param dayInWorld the day of the world that a date is
 */
export function parseOverlay(
  text: string,
  dayInWorld: (date: string) => number,
): { readonly changes: readonly Change[]; readonly ends: readonly SpfEnd[] } {
  const found = new Map<string, Change & { readonly values: string[] }>();
  const ends: SpfEnd[] = [];
  let since = 0;
  for (const line of text.split('\n')) {
    const from = /^\$FROM\s+(\d{4}-\d{2}-\d{2})\s*$/.exec(line)?.[1];
    if (from !== undefined) since = Math.max(0, dayInWorld(from));
    const [, ended, end] = /^\$SPF-END\s+(\S+)\s+([-~?]all)\s*$/.exec(line) ?? [];
    if (ended !== undefined && end !== undefined)
      ends.push({ since, name: ended.replace(/\.$/, '').toLowerCase(), end });
    const match = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(A|AAAA|CNAME|MX|NS|TXT)\s+(.*)$/.exec(line.replace(/^\s*;.*$/, ''));
    if (match === null) continue;
    const name = match[1]!.replace(/\.$/, '').toLowerCase();
    const type = match[2] as RecordType;
    const strings = [...match[3]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]!.replace(/\\(.)/g, '$1'));
    const value = type === 'TXT' ? strings.join('') : match[3]!.trim().replace(/\.$/, '').toLowerCase();
    const known = found.get(`${since} ${name} ${type}`) ?? { since, name, type, values: [] };
    if (value !== '') known.values.push(value);
    found.set(`${since} ${name} ${type}`, known);
  }
  return { changes: [...found.values()], ends };
}

/** The address records of a host, by the kind of address. */
export function hostRecords(book: RecordBook, name: string, addresses: readonly string[]): void {
  for (const address of addresses) book.add(name, typeof parseAddress(address) === 'number' ? 'A' : 'AAAA', address);
}
