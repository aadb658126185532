// Kinds of rows: authentication results, author domain and envelope. What comes on which day is asked by kind, since a history has far
// fewer of these than of combinations. A hash table over numbers, because there may be millions of rows and any number of names.
import type { Columns } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';

/** What came on which day, whatever it came from. */
export type DaySums = Columns<'auth' | 'authorDomain' | 'day' | 'envelopeFrom', 'messages'>;

export class RowKinds {
  /** By combination. */
  readonly ofCombination: Int32Array;
  size = 0;
  readonly #slots: Int32Array;
  readonly #auth: Int32Array;
  readonly #author: Int32Array;
  readonly #envelope: Int32Array;

  constructor({ length, auth, authorDomain, envelopeFrom }: InventoryColumns) {
    let slots = 16;
    while (slots < 2 * length) slots *= 2;
    this.#slots = new Int32Array(slots).fill(-1);
    this.#auth = new Int32Array(length);
    this.#author = new Int32Array(length);
    this.#envelope = new Int32Array(length);
    this.ofCombination = new Int32Array(length);
    for (let at = 0; at < length; at++) {
      const slot = this.#slotOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
      let kind = this.#slots[slot]!;
      if (kind === -1) {
        kind = this.size;
        this.size += 1;
        this.#slots[slot] = kind;
        this.#auth[kind] = auth[at]!;
        this.#author[kind] = authorDomain[at]!;
        this.#envelope[kind] = envelopeFrom[at]!;
      }
      this.ofCombination[at] = kind;
    }
  }

  /** The kind of every sum of a day; -1 where no combination is of it. */
  ofDays({ length, auth, authorDomain, envelopeFrom }: DaySums): Int32Array {
    const kinds = new Int32Array(length);
    for (let at = 0; at < length; at++)
      kinds[at] = this.#slots[this.#slotOf(auth[at]!, authorDomain[at]!, envelopeFrom[at]!)]!;
    return kinds;
  }

  /** The slot that holds a kind, or the free one that it would go to. */
  #slotOf(auth: number, author: number, envelope: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(auth, 0x9e37_79b1) ^ Math.imul(author, 0x85eb_ca6b) ^ Math.imul(envelope, 0xc2b2_ae35);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x2c1b_3c6d) & mask;
    for (;;) {
      const kind = this.#slots[slot]!;
      if (
        kind === -1 ||
        (this.#auth[kind] === auth && this.#author[kind] === author && this.#envelope[kind] === envelope)
      )
        return slot;
      slot = (slot + 1) & mask;
    }
  }
}
