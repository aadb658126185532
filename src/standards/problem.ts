/** What is wrong with a text: a value, never an exception. The sentence for a person comes from `words/`, by code and values. */
export interface Problem {
  /** Stable, `area/what-is-wrong`: `'spf/too-many-lookups'`. Every code stands in docs/problems.md. */
  readonly code: string;
  /** What the sentence needs to be said. Texts from outside stand here as they came; whoever shows them makes them safe. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where: an offset in bytes or characters, an element, a line. */
  readonly at?: Position;
  /** The clause it offends against: `'RFC 7208 §4.6.4'`. */
  readonly see?: string;
}

/** A place in a text. Only the parts that are known are there. `offset` counts from 0, `line` from 1. */
export interface Position {
  readonly offset?: number;
  readonly length?: number;
  readonly line?: number;
  readonly path?: string;
}

/** The outcome of reading a text: a value that could be used (perhaps with problems), or none. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Closes a `switch` over a union: a member that is forgotten is an error of the type checker, and a bug when it happens. */
export function assertNever(value: never): never {
  throw new Error(`not a member of the union: ${JSON.stringify(value)}`);
}
