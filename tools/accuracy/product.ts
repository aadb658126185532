// The product, as anybody runs it: its own commands, each a process, on a folder of its own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

/** The command of this checkout. */
export const ownZegel = fileURLToPath(new URL('../../bin/zegel', import.meta.url));

export interface Run {
  readonly seconds: number;
  /** The most memory the process was seen to take, in MB; `null` where the system does not say. */
  readonly maxRssMb: number | null;
}

/** A command that failed, or printed what it should not. */
export class ProductError extends Error {
  override readonly name = 'ProductError';
}

/** Runs a command of Zegel: its arguments, what is told of every line on standard output. @throws {ProductError} when it fails */
export type Zegel = (args: readonly string[], onLine?: (line: string) => void) => Promise<Run>;

/**
 * Runs a command of Zegel.
 *
 * @param program the program that is judged
 * @param onLine told of every line on standard output
 * @throws {ProductError} when it does not end with 0, with the end of what it said
 */
export async function runZegel(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
  let maxRssMb: number | null = null;
  // The launcher becomes the program: one process, whose peak the system keeps.
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      if (kilobytes !== undefined) maxRssMb = Number(kilobytes) / 1024;
    } catch {
      // It has just ended, or this system has no such file.
    }
  };
  const timer = setInterval(look, 20);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      if (line !== '') onLine(line);
    }
    const code = await ended;
    if (code !== 0) throw new ProductError(`zegel ${args.join(' ')} ended with ${String(code)}: ${complaint.trim()}`);
    return { seconds: (performance.now() - started) / 1000, maxRssMb };
  } finally {
    clearInterval(timer);
    child.kill();
  }
}

/** Parses a line of JSON. @throws {ProductError} */
export function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new ProductError(`not a line of JSON: ${line.slice(0, 200)}`);
  }
}
