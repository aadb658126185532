import type { RecordType } from './resolver.ts';

/**
 * What is known of questions, by name and type, within bounds: when it is full, what was not used since it was last half full goes.
 * Taking out one by one what came first would cost ever more in a map of many thousands. A name is the key as it stands, so that nothing
 * has to be put together to ask.
 */
export class AnswerCache<V> {
  readonly #half: number;
  #young = new Map<RecordType, Map<string, V>>();
  #old = new Map<RecordType, Map<string, V>>();
  #size = 0;

  /** @param most questions that are known at once */
  constructor(most: number) {
    this.#half = Math.max(1, Math.ceil(most / 2));
  }

  /** What is known of a question. Asking for it is using it. */
  find(name: string, type: RecordType): V | undefined {
    const young = this.#young.get(type)?.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(type)?.get(name);
    if (old !== undefined) this.keep(name, type, old);
    return old;
  }

  keep(name: string, type: RecordType, value: V): void {
    if (this.#size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    let names = this.#young.get(type);
    if (names === undefined) {
      names = new Map();
      this.#young.set(type, names);
    }
    const before = names.size;
    names.set(name, value);
    this.#size += names.size - before;
  }
}
