import { Interner, mostProbes } from './interner.ts';
import type { Limits } from './limits.ts';
import type { DkimAuthResult, OverrideReason, SpfAuthResult } from './model.ts';
import type { AuthResults, Dictionary, RowDictionaries } from './rows.ts';
import { kinds } from './schema.ts';
import { dkimResults, overrideTypes, scopes, spfResults } from './values.ts';

/** Numbers of one DKIM or SPF result in a list: domain, selector or scope, result, human result, its language. */
export const resultWidth = 5;
/** Numbers of one override reason in a list: type, comment, its language. */
export const reasonWidth = 3;

/** What a reader keeps of the texts of rows. Only as good as its object: see `RowDictionaries`. */
export class Dictionaries implements RowDictionaries {
  readonly interner: Interner;
  readonly addresses: TextDictionary;
  readonly names: TextDictionary;
  readonly auths = new ListDictionary<AuthResults>((numbers) => this.authResults(numbers));
  readonly reasons = new ListDictionary<readonly OverrideReason[]>((numbers) => this.overrideReasons(numbers));

  /** @param capacity a power of two: texts there is room for at first */
  constructor(capacity?: number) {
    this.interner = new Interner(capacity);
    this.addresses = new TextDictionary(this.interner);
    this.names = new TextDictionary(this.interner);
  }

  /** Whether it is time to start anew. */
  isFull(limits: Limits): boolean {
    const lists = this.auths.size + this.reasons.size;
    const bytes = this.interner.held + 4 * (this.auths.held + this.reasons.held);
    return this.interner.size + lists > limits.distinct || bytes > limits.distinctBytes;
  }

  /** The number of a name, which gets one when it has none. */
  numberOfName(name: string): number {
    return this.names.number(this.interner.mean(kinds.sender, name).meaning);
  }

  /** Whether texts were chosen so that the tables degenerate. */
  get degenerate(): boolean {
    return this.interner.degenerate || this.auths.degenerate || this.reasons.degenerate;
  }

  private authResults(numbers: Int32Array): AuthResults {
    const dkim: DkimAuthResult[] = [];
    const spf: SpfAuthResult[] = [];
    const firstSpf = 1 + numbers[0]! * resultWidth;
    for (let at = 1; at < numbers.length; at += resultWidth) {
      const [domain, second, result, human, lang] = numbers.subarray(at, at + resultWidth) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
      const shared = {
        ...this.said('domain', domain),
        ...this.said('humanResult', human),
        ...this.said('humanResultLang', lang),
      };
      if (at < firstSpf) {
        const word = dkimResults[result];
        dkim.push({ ...shared, ...this.said('selector', second), ...(word === undefined ? {} : { result: word }) });
      } else {
        const word = spfResults[result];
        const scope = scopes[second];
        spf.push({
          ...shared,
          ...(scope === undefined ? {} : { scope }),
          ...(word === undefined ? {} : { result: word }),
        });
      }
    }
    return { dkim, spf };
  }

  private overrideReasons(numbers: Int32Array): OverrideReason[] {
    const reasons: OverrideReason[] = [];
    for (let at = 0; at < numbers.length; at += reasonWidth) {
      const type = overrideTypes[numbers[at]!];
      reasons.push({
        ...(type === undefined ? {} : { type }),
        ...this.said('comment', numbers[at + 1]!),
        ...this.said('commentLang', numbers[at + 2]!),
      });
    }
    return reasons;
  }

  private said<K extends string>(key: K, entry: number): { [key in K]?: string } {
    return (entry === 0 ? {} : { [key]: this.interner.text(entry) }) as { [key in K]?: string };
  }
}

/** Texts by number; the texts themselves lie in the interner. */
class TextDictionary implements Dictionary<string> {
  size = 1;
  private entries = new Int32Array(256);
  private readonly texts: (string | undefined)[] = [undefined];
  private readonly interner: Interner;

  constructor(interner: Interner) {
    this.interner = interner;
  }

  /** The number of a canonical entry; it gets one when it has none. 0 for 0. */
  number(entry: number): number {
    if (entry === 0) return 0;
    const known = this.interner.numbers[entry]!;
    if (known !== 0) return known;
    if (this.size === this.entries.length) {
      const larger = new Int32Array(this.size * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
    this.entries[this.size] = entry;
    this.interner.numbers[entry] = this.size;
    return this.size++;
  }

  value(id: number): string | undefined {
    if (id <= 0 || id >= this.size) return undefined;
    return (this.texts[id] ??= this.interner.text(this.entries[id]!));
  }
}

/** Lists of numbers, each kept once; made into values when somebody asks. */
class ListDictionary<T> implements Dictionary<T> {
  /** As in `Interner`. */
  degenerate = false;
  size = 1;
  private slots = new Int32Array(512);
  private hashes = new Int32Array(256);
  /** Where a list ends, and so where the next begins. */
  private ends = new Int32Array(256);
  private numbers = new Int32Array(2_048);
  private readonly values: (T | undefined)[] = [undefined];
  private readonly make: (numbers: Int32Array) => T;

  constructor(make: (numbers: Int32Array) => T) {
    this.make = make;
  }

  /** Numbers held in all lists. */
  get held(): number {
    return this.ends[this.size - 1]!;
  }

  value(id: number): T | undefined {
    if (id <= 0 || id >= this.size) return undefined;
    return (this.values[id] ??= this.make(this.numbers.subarray(this.ends[id - 1], this.ends[id])));
  }

  /** The number of a list, given as the first `length` numbers; the empty list is 0. */
  find(list: Int32Array, length: number): number {
    if (length === 0) return 0;
    let hash = length;
    for (let i = 0; i < length; i++) {
      hash = Math.imul(hash ^ list[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let probes = 0; probes < mostProbes; probes++) {
      const id = this.slots[slot]!;
      if (id === 0) return this.add(list, length, hash);
      if (this.hashes[id] === hash && this.same(id, list, length)) return id;
      slot = (slot + 1) & mask;
    }
    this.degenerate = true;
    return this.add(list, length, hash);
  }

  private same(id: number, list: Int32Array, length: number): boolean {
    const start = this.ends[id - 1]!;
    if (this.ends[id]! - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.numbers[start + i] !== list[i]) return false;
    return true;
  }

  private add(list: Int32Array, length: number, hash: number): number {
    const id = this.size++;
    if (this.size > this.hashes.length) {
      this.hashes = grown(this.hashes, this.size * 2);
      this.ends = grown(this.ends, this.size * 2);
    }
    const start = this.ends[id - 1]!;
    if (start + length > this.numbers.length)
      this.numbers = grown(this.numbers, Math.max(this.numbers.length * 2, start + length));
    this.numbers.set(list.subarray(0, length), start);
    this.ends[id] = start + length;
    this.hashes[id] = hash;
    if (this.size * 2 > this.slots.length) this.slots = new Int32Array(this.slots.length * 2);
    else {
      this.place(id);
      return id;
    }
    for (let each = 1; each < this.size; each++) this.place(each);
    return id;
  }

  private place(id: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[id]! & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = id;
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
}
