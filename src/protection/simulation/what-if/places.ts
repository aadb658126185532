// Where a combination of the history lies in the inventory.
import type { Inventory } from '../../inventory/index.ts';
import { hashed } from './tuples.ts';

/** Finds a combination of the inventory by its four numbers. */
export class Places {
  readonly #inventory: Inventory;
  /** An open table of places, made when it is first needed. */
  #table: Int32Array | undefined;
  #mask = 0;
  #last = -1;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** The place of a combination in the inventory; -1 when it is not there. */
  of(source: number, auth: number, author: number, envelope: number): number {
    // The inventory mostly lies as the history answers: then it is the next.
    if (this.#is(this.#last + 1, source, auth, author, envelope)) return (this.#last += 1);
    const table = (this.#table ??= this.#make());
    let at = hashed(source, auth, author, envelope) & this.#mask;
    for (;;) {
      const place = table[at]! - 1;
      if (place === -1) return -1;
      if (this.#is(place, source, auth, author, envelope)) return (this.#last = place);
      at = (at + 1) & this.#mask;
    }
  }

  #is(place: number, source: number, auth: number, author: number, envelope: number): boolean {
    const { combinations } = this.#inventory;
    return (
      combinations.source[place] === source &&
      combinations.auth[place] === auth &&
      combinations.authorDomain[place] === author &&
      combinations.envelopeFrom[place] === envelope
    );
  }

  #make(): Int32Array {
    const { source, auth, authorDomain, envelopeFrom, length } = this.#inventory.combinations;
    const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, length * 2))));
    this.#mask = table.length - 1;
    for (let place = 0; place < length; place++) {
      let at = hashed(source[place]!, auth[place]!, authorDomain[place]!, envelopeFrom[place]!) & this.#mask;
      while (table[at] !== 0) at = (at + 1) & this.#mask;
      table[at] = place + 1;
    }
    return table;
  }
}
