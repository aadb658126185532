// Answers that were worked out before and hold until something is filed: a question that takes seconds the first time takes none
// the next. They are copies: one that cannot be read, or that speaks of an earlier state, is worked out again.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
