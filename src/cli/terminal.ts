import { styleText } from 'node:util';
import type { Style } from '../rendering/terminal/index.ts';
import { say } from '../words/index.ts';

// How Zegel speaks in a terminal: answers on standard output, everything else on standard error; colour and progress only
// where a person looks; one form for errors.

/** Exit codes: `found` is for commands that check: they did what was asked, and there is something to see. */
export const exitCodes = { done: 0, found: 1, failed: 2, interrupted: 130 } as const;

/** Told the exit code when a command is done. */
export type Finished = (code: number) => void;

/** What was typed cannot be done, for a reason its author can mend. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The style of standard output. NO_COLOR and FORCE_COLOR are followed; without a terminal there is no colour and the width is 80. */
export function outputStyle(stream: NodeJS.WriteStream = process.stdout): Style {
  const forced = process.env['FORCE_COLOR'] !== undefined && process.env['FORCE_COLOR'] !== '0';
  const colour = forced || (stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
  const locale = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  // Without a locale the bytes go to a file, a pipe or a log, which hold UTF-8 today.
  const unicode = locale === '' || /utf-?8/i.test(locale) || !/^(C|POSIX)\b/.test(locale);
  return { colour, width: Math.min(Math.max(stream.columns ?? 80, 60), 120), unicode };
}

/**
 * Writes to standard output and waits when the reader is slow: a list of a million lines takes no more memory than a short one.
 * A reader that has gone away (`| head`) ends the program quietly.
 */
export function write(text: string): Promise<void> {
  return writeBytes(text);
}

/** The same for bytes. */
export async function writeBytes(bytes: Uint8Array | string): Promise<void> {
  if (!process.stdout.write(bytes)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/** Writes lines, each with its end. */
export async function writeLines(lines: Iterable<string>): Promise<void> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length > 1 << 16) {
      await write(text);
      text = '';
    }
  }
  await write(text);
}

/** Whether a person watches standard error. */
function watched(): boolean {
  return process.stderr.isTTY === true && process.env['TERM'] !== 'dumb';
}

/** A line of progress that writes over itself; nothing at all where nobody watches. */
export function progressLine(): { show(text: () => string): void; clear(): void } {
  let shown = false;
  let last = 0;
  const columns = () => process.stderr.columns ?? 80;
  return {
    show(text) {
      const now = performance.now();
      if (!watched() || (shown && now - last < 100)) return;
      last = now;
      shown = true;
      process.stderr.write(`\r\u001B[2K${text().slice(0, columns() - 1)}`);
    },
    clear() {
      if (shown) process.stderr.write('\r\u001B[2K');
      shown = false;
    },
  };
}

/** Says something beside the answer, on standard error. */
export function note(text: string): void {
  process.stderr.write(`zegel: ${text}\n`);
}

/** Says what went wrong, and what one can do about it. */
export function complain(error: unknown): void {
  const colour = watched() && !process.env['NO_COLOR'];
  const word = colour ? styleText('red', 'error', { validateStream: false }) : 'error';
  process.stderr.write(`zegel: ${word}: ${messageOf(error)}\n`);
  const hint = hintFor(error);
  if (hint !== undefined) process.stderr.write(`zegel: hint: ${hint}\n`);
}

/** The sentence of an error that has a code; else what it says itself. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || typeof error.code !== 'string') return error.message;
  const values =
    'values' in error && typeof error.values === 'object' ? (error.values as Record<string, string | number>) : {};
  const sentence = say(error.code, values);
  return sentence === error.code ? error.message : sentence;
}

function hintFor(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.hint;
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  const code = `hint/${error.code.replace('/', '-')}`;
  const sentence = say(code);
  return sentence === code ? undefined : sentence;
}
