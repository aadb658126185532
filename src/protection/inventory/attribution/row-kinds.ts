// Kinds of rows: authentication results, author domain and envelope. What comes on which day is asked by kind, since a history has far
// fewer of these than of combinations.
import type { Columns } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';
import { TupleNumbers } from './tuples.ts';

/** What came on which day, whatever it came from. */
export type DaySums = Columns<'auth' | 'authorDomain' | 'day' | 'envelopeFrom', 'messages'>;

export class RowKinds {
  /** By combination. */
  readonly ofCombination: Int32Array;
  readonly #numbers: TupleNumbers;

  constructor({ length, auth, authorDomain, envelopeFrom }: InventoryColumns) {
    this.#numbers = new TupleNumbers(length / 4);
    this.ofCombination = new Int32Array(length);
    for (let at = 0; at < length; at++)
      this.ofCombination[at] = this.#numbers.of(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** The kind of every sum of a day; -1 where no combination is of it. */
  ofDays({ length, auth, authorDomain, envelopeFrom }: DaySums): Int32Array {
    const kinds = new Int32Array(length);
    for (let at = 0; at < length; at++) kinds[at] = this.#numbers.find(auth[at]!, authorDomain[at]!, envelopeFrom[at]!);
    return kinds;
  }
}
