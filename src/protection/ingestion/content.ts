import type { Problem } from '../../standards/problem.ts';
import type { IngestionLimits } from './limits.ts';

/** Bytes to be opened: all of them held, or on their way in chunks, which can be read once. */
export type Content =
  | { readonly bytes: Uint8Array; readonly chunks?: undefined }
  | { readonly bytes?: undefined; readonly chunks: ChunkReader };

/**
 * What came to light while the wrappings around a document were being read. It is complete when the content has been read to
 * its end, so whoever reads a document looks at it then.
 */
export class Trail {
  readonly #around: Trail | undefined;
  readonly #fatal: Problem[] = [];
  readonly #doubts: Problem[] = [];
  readonly #notes: Problem[] = [];

  private constructor(around?: Trail) {
    this.#around = around;
  }

  static begin(): Trail {
    return new Trail();
  }

  /** A trail for one of several things inside: what comes to light of the wrapping, then or later, holds for it too. */
  inside(): Trail {
    return new Trail(this);
  }

  /** The content cannot be had, or cannot be trusted: nothing of the document may count. */
  refuse(...problems: readonly Problem[]): void {
    this.#fatal.push(...problems);
  }

  /** Amiss, but harmless when what was inside turns out to be whole: then these are repairs, else they say why it is not. */
  doubt(...problems: readonly Problem[]): void {
    this.#doubts.push(...problems);
  }

  /** Takes over what came to light on another, which has the same wrapping around it. */
  absorb(other: Trail): void {
    this.#fatal.push(...other.#fatal);
    this.#doubts.push(...other.#doubts);
    this.#notes.push(...other.#notes);
  }

  /** Harmless whatever comes of it. */
  note(...problems: readonly Problem[]): void {
    this.#notes.push(...problems);
  }

  get fatal(): readonly Problem[] {
    return this.#around === undefined ? this.#fatal : [...this.#around.fatal, ...this.#fatal];
  }

  get doubts(): readonly Problem[] {
    return this.#around === undefined ? this.#doubts : [...this.#around.doubts, ...this.#doubts];
  }

  get notes(): readonly Problem[] {
    return this.#around === undefined ? this.#notes : [...this.#around.notes, ...this.#notes];
  }
}

/** Bombs in one arrival after which the rest of it is left shut. */
const bombsBorne = 3;

/** What the opening of one arrival has cost so far; shared by everything inside it. */
export class Budget {
  readonly limits: IngestionLimits;
  expanded = 0;
  entries = 0;
  held = 0;
  #bombs = 0;
  /** The problem that ended the opening of this arrival: nothing further in it is opened. */
  exhausted: Problem | undefined;

  constructor(limits: IngestionLimits) {
    this.limits = limits;
  }

  /** Counts a bomb. Something may be beside the first; beside several there is nothing worth opening. */
  explode(problem: Problem): void {
    this.#bombs += 1;
    if (this.#bombs >= bombsBorne) this.exhausted ??= problem;
  }

  /** Counts one more thing opened. Returns the problem when that is one too many. */
  enter(): Problem | undefined {
    this.entries += 1;
    if (this.entries > this.limits.totalEntries) {
      this.exhausted ??= { code: 'ingestion/too-much-inside', values: { limit: this.limits.totalEntries } };
    }
    return this.exhausted;
  }

  /** Counts expanded bytes. Returns the problem when everything in the arrival has become too large. */
  expand(bytes: number): Problem | undefined {
    this.expanded += bytes;
    if (this.expanded > this.limits.totalExpandedBytes) {
      this.exhausted ??= { code: 'ingestion/expands-too-much', values: { limit: this.limits.totalExpandedBytes } };
    }
    return this.exhausted;
  }
}

/** Reads chunks from a source that comes once, with a look ahead. */
export class ChunkReader implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #ahead: Uint8Array[] = [];
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#source = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** The next chunk, which is never empty; `undefined` at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const ahead = this.#ahead.shift();
    if (ahead !== undefined) return ahead;
    while (!this.#ended) {
      const { done, value } = await this.#source.next();
      if (done === true) this.#ended = true;
      else if (value.length > 0) return value;
    }
    return undefined;
  }

  /** Puts bytes back: they come first again. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#ahead.unshift(bytes);
  }

  /** At least `length` bytes from here on, without taking them; fewer only when there are no more. */
  async peek(length: number): Promise<Uint8Array> {
    let have = 0;
    const parts: Uint8Array[] = [];
    while (have < length) {
      const chunk = await this.next();
      if (chunk === undefined) break;
      parts.push(chunk);
      have += chunk.length;
    }
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts, have);
    this.unread(all);
    return all;
  }

  /** Exactly `length` bytes, taken; fewer only when there are no more. */
  async take(length: number): Promise<Uint8Array> {
    const all = await this.peek(length);
    if (all.length === 0) return all;
    await this.next();
    this.unread(all.subarray(length));
    return all.subarray(0, length);
  }

  /** Reads what is left and forgets it: what is amiss at the end of a wrapping shows at its end. */
  async drain(): Promise<void> {
    while ((await this.next()) !== undefined);
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    this.#ahead = [];
    if (!this.#ended) {
      this.#ended = true;
      await this.#source.return?.();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = await this.next();
        if (chunk === undefined) return;
        yield chunk;
      }
    } finally {
      await this.close();
    }
  }
}

/**
 * Holds a content in memory, since its format cannot be opened otherwise.
 *
 * @param limit bytes it may have by itself; what an arrival holds at one time is bounded as well
 * @returns the bytes, with a function that says they are no longer needed; or why it is not held
 */
export async function hold(
  content: Content,
  budget: Budget,
  limit: number,
  code: string,
): Promise<{ bytes: Uint8Array; release(): void } | { problem: Problem }> {
  const most = Math.min(limit, budget.limits.heldBytes);
  if (content.bytes !== undefined) {
    // These bytes are part of something that is held already, or came so.
    if (content.bytes.length > most) return { problem: { code, values: { limit: most } } };
    return { bytes: content.bytes, release: () => {} };
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content.chunks) {
    size += chunk.length;
    if (size > most || budget.held + size > budget.limits.heldBytes) {
      return { problem: { code, values: { limit: most } } };
    }
    parts.push(chunk);
  }
  budget.held += size;
  return { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts, size), release: () => (budget.held -= size) };
}
