/**
 * One sentence in the languages Zegel speaks. `{name}` stands for a value of the problem, finding or reason it is said for;
 * `{name:one|many}` for the words that go with it when it is 1, and when it is not.
 */
export interface Sentence {
  readonly en: string;
  readonly nl: string;
}

/** Sentences by code. One file an area (`words/reports.ts`, `words/spf.ts`); `words/index.ts` lists them. */
export type Vocabulary = Readonly<Record<string, Sentence>>;
