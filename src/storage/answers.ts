// Answers that were worked out before and hold until something is filed: a question that takes seconds the first time takes none
// the next. They are copies: one that cannot be read, or that speaks of an earlier state, is worked out again.
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** How many are kept at most. When there are more, any may go: it is worked out again. */
const most = 8;

/** The answers kept in a folder. */
export class KeptAnswers {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The answer to a question, when it was kept in this state.
   *
   * @param question everything the answer depends on beside the state: what was asked, and the version of whoever answers
   * @param state names the state of what is remembered; another text whenever that changes
   */
  read(question: string, state: string): unknown {
    try {
      const kept = JSON.parse(readFileSync(this.#path(question), 'utf8')) as {
        question: string;
        state: string;
        answer: unknown;
      };
      return kept.question === question && kept.state === state ? kept.answer : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps an answer, a plain JSON value. Where there is no room for it, it is not kept. */
  write(question: string, state: string, answer: unknown): void {
    const path = this.#path(question);
    const part = `${path}.${process.pid}`;
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      const names = readdirSync(this.#directory).sort();
      for (const name of names.slice(0, Math.max(0, names.length - most + 1)))
        rmSync(join(this.#directory, name), { force: true });
      writeFileSync(part, JSON.stringify({ question, state, answer }), { mode: 0o600 });
      renameSync(part, path);
    } catch {
      rmSync(part, { force: true });
    }
  }

  #path(question: string): string {
    return join(this.#directory, `${createHash('sha256').update(question).digest('hex').slice(0, 24)}.json`);
  }
}

/** One answer too large for JSON, in a file of its own: plain values and typed arrays. */
export class KeptValue {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What was kept under this name; `undefined` when another was, or none, or it cannot be read. */
  read(name: string): unknown {
    try {
      const bytes = readFileSync(this.#path);
      const digest = digestOf(name);
      // The name stands before the value, so that what is of another state is not unpacked.
      if (!bytes.subarray(0, digest.length).equals(digest)) return undefined;
      return deserialize(bytes.subarray(digest.length)) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Keeps a value under a name, in the place of what was kept before. Where there is no room for it, it is not kept. */
  write(name: string, value: unknown): void {
    // One process owns the folder: what a kill left of this file is written over.
    const part = `${this.#path}.part`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      const file = openSync(part, 'w', 0o600);
      try {
        for (const bytes of [digestOf(name), serialize(value)]) {
          let done = 0;
          while (done < bytes.length) done += writeSync(file, bytes, done);
        }
      } finally {
        closeSync(file);
      }
      renameSync(part, this.#path);
    } catch {
      rmSync(part, { force: true });
    }
  }
}

function digestOf(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
