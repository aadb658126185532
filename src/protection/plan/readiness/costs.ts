// What rungs would cost, by stream and author domain: many domains at once, since a change at one reaches no mail of another.
import { fatesBy, standings } from '../../simulation/what-if/index.ts';
import type { Change, Fate, Simulation, Standing } from '../../simulation/what-if/index.ts';

/** What a change costs one stream under one author domain. */
export interface StreamCost {
  /** Place in `streams` of the inventory; -1: nobody knows whose it is. */
  readonly stream: number;
  readonly author: string;
  readonly standing: Standing;
  readonly messages: number;
  /** Messages that would not be delivered, whether or not they are today. */
  readonly lost: Fate['lost'];
}

/** Gives each combination the number of its group: stream, author domain and standing. */
export class CostGroups {
  readonly #simulation: Simulation;
  readonly #groupOf: Int32Array;
  readonly #keys: { readonly stream: number; readonly author: string; readonly standing: Standing }[] = [];

  constructor(simulation: Simulation) {
    const { mail, cells, cellOf } = simulation;
    this.#simulation = simulation;
    this.#groupOf = new Int32Array(mail.length);
    const numbers = new Map<number, number>();
    for (let row = 0; row < mail.length; row++) {
      const cell = cellOf[row]!;
      const author = mail.allFacts[cells.facts[cell]!]!.author;
      const standing = cells.standing[cell]!;
      const key = (author * 65_536 + cells.stream[cell]! + 1) * standings.length + standing;
      let number = numbers.get(key);
      if (number === undefined) {
        number = this.#keys.length;
        numbers.set(key, number);
        this.#keys.push({
          stream: cells.stream[cell]!,
          author: mail.authors[author] ?? '',
          standing: standings[standing]!,
        });
      }
      this.#groupOf[row] = number;
    }
  }

  /** The groups of which something would not be delivered, or may not be, after changes that are made together: without any, what is lost today. */
  async costs(changes: readonly Change[]): Promise<StreamCost[]> {
    const played = await this.#simulation.play({ changes });
    const fates = fatesBy(this.#simulation, played, this.#keys.length, this.#groupOf);
    return fates.flatMap(({ messages, after, range }, at) => {
      const [least, most] = range.delivered;
      // From quarantine to reject nothing is lost that was not lost before: what counts is what does not arrive.
      const lost = { expected: messages - after.delivered, least: messages - most, most: messages - least };
      return lost.most > 0 ? [{ ...this.#keys[at]!, messages, lost }] : [];
    });
  }
}
