import { constants, crc32, createInflate, createInflateRaw, inflateRawSync, inflateSync } from 'node:zlib';
import type { Inflate, InflateRaw } from 'node:zlib';
import type { Problem } from '../../standards/problem.ts';
import type { Budget, ChunkReader, Trail } from './content.ts';

// Deflate (RFC 1951), in one call or as a stream, within limits; and the two wrappings that add little to it: zlib (RFC 1950), and
// the entry of a zip. For gzip see `gzip.ts`.

/** Compressed runs up to this size, which promise to stay small, are expanded in one call. */
export const atOnceBytes = 1 << 20;
/** Bytes that one call may expand to. */
export const atOnceExpandedBytes = 16 << 20;
/** Output chunks of a stream: 256 kB run three times as fast as Node's default of 16 kB. */
export const streamChunk = 256 << 10;

/** How a run ended: where the compressed bytes stop, when they do. */
export interface Run {
  readonly output: Uint8Array;
  /** Compressed bytes used. */
  readonly used: number;
  /** The last block was there. */
  readonly whole: boolean;
}

/**
 * Expands one deflate run that lies at the beginning of `bytes`, in one call.
 *
 * @param hint bytes it will probably expand to
 * @returns the run; `'large'` when it expands beyond what is done in one call; `'damaged'` when it is no deflate
 */
export function inflateAtOnce(bytes: Uint8Array, hint: number): Run | 'damaged' | 'large' {
  const options = {
    maxOutputLength: atOnceExpandedBytes,
    chunkSize: Math.max(1024, Math.min(hint + 64, 1 << 20)),
    info: true as const,
  };
  try {
    return finished(inflateRawSync(bytes, options), true);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'large';
    if (code !== 'Z_BUF_ERROR') return 'damaged';
  }
  try {
    // The end is missing: what is there says which report it was.
    return finished(inflateRawSync(bytes, { ...options, finishFlush: constants.Z_SYNC_FLUSH }), false);
  } catch {
    return 'damaged';
  }
}

// @types/node says that these functions return a Buffer; with `info` they return this (documented since Node 12).
function finished(result: unknown, whole: boolean): Run {
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
  return { output: buffer, used: engine.bytesWritten, whole };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') throw error;
  return code;
}

/** Watches the growth of one run against the limits. */
export class Meter {
  expanded = 0;
  readonly #budget: Budget;
  readonly #expected: number;
  constructor(budget: Budget, expected = Infinity) {
    this.#budget = budget;
    this.#expected = expected;
  }
  /** Counts output. Returns the problem when the run has become too large. */
  count(bytes: number, compressed: number): Problem | undefined {
    this.expanded += bytes;
    const { limits } = this.#budget;
    if (this.expanded > this.#expected) return { code: 'ingestion/zip-size', values: { size: this.#expected } };
    if (this.expanded > limits.expandedBytes) {
      return this.#bomb({ code: 'ingestion/expands-too-much', values: { limit: limits.expandedBytes } });
    }
    if (this.expanded > limits.ratioFromBytes && this.expanded > limits.ratio * compressed) {
      return this.#bomb({ code: 'ingestion/expands-too-far', values: { ratio: limits.ratio } });
    }
    return this.#budget.expand(bytes);
  }

  #bomb(problem: Problem): Problem {
    this.#budget.explode(problem);
    return problem;
  }
}

/** How a streamed run ended; it is filled in as the run is read. */
export interface Ending {
  /** `whole`: its last block was there. A problem: it became too large. */
  how: Problem | 'cut-short' | 'damaged' | 'whole';
  crc: number;
  size: number;
}

/**
 * Expands one run from a reader, and leaves the reader behind it.
 *
 * @param before compressed bytes counted before this run, for the ratio over a row of members
 */
export async function* inflateRun(
  input: ChunkReader,
  engine: Inflate | InflateRaw,
  meter: Meter,
  ending: Ending,
  before = 0,
): AsyncGenerator<Uint8Array> {
  let last: Uint8Array = new Uint8Array(0);
  let fed = 0;
  const feed = async (): Promise<void> => {
    // Whatever the engine did not take of a chunk lies behind the end of the run.
    while (engine.bytesWritten === fed && !engine.destroyed) {
      const chunk = await input.next();
      if (chunk === undefined) {
        engine.end();
        return;
      }
      last = chunk;
      fed += chunk.length;
      await new Promise<void>((resolve) => {
        // One chunk at a time: when the run ends inside it, what is left over is the end of this one.
        const done = (): void => {
          engine.off('close', done);
          resolve();
        };
        engine.once('close', done);
        engine.write(chunk, done);
      });
    }
  };
  const feeding = feed();
  // A source that fails is told by the loop below, through the engine.
  feeding.catch((error: unknown) => engine.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const output of engine as AsyncIterable<Buffer>) {
      const problem = meter.count(output.length, before + fed);
      if (problem !== undefined) {
        ending.how = problem;
        return;
      }
      ending.crc = crc32(output, ending.crc);
      ending.size += output.length;
      yield output;
    }
    ending.how = 'whole';
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'Z_BUF_ERROR') return;
    if (code !== 'Z_DATA_ERROR' && code !== 'Z_NEED_DICT') throw error;
    ending.how = 'damaged';
  } finally {
    const left = fed - engine.bytesWritten;
    engine.destroy();
    await feeding.catch(() => {});
    if (ending.how === 'whole' && left > 0) input.unread(last.subarray(Math.max(0, last.length - left)));
  }
}

/** Expands a zlib run (RFC 1950), whose checksum the library compares. */
export async function* zlibStream(input: ChunkReader, budget: Budget, trail: Trail): AsyncGenerator<Uint8Array> {
  const ending: Ending = { how: 'cut-short', crc: 0, size: 0 };
  yield* inflateRun(input, createInflate({ chunkSize: streamChunk }), new Meter(budget), ending);
  if (ending.how === 'damaged') trail.refuse({ code: 'ingestion/zlib-damaged' });
  else if (ending.how === 'cut-short') trail.doubt({ code: 'ingestion/zlib-cut-short' });
  else if (ending.how !== 'whole') trail.refuse(ending.how);
  await input.drain();
}

/** Expands bare deflate (RFC 1951) when that is what `bytes` are, from their first to their last; nothing announces it. */
export function inflateBare(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length > atOnceBytes) return undefined;
  const run = inflateAtOnce(bytes, bytes.length * 4);
  return typeof run === 'object' && run.whole && run.used === bytes.length ? run.output : undefined;
}

/** Expands a small zlib run in one call; `undefined` when it has to be streamed, for its size or to say what is wrong. */
export function zlibAtOnce(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length > atOnceBytes) return undefined;
  try {
    return inflateSync(bytes, { maxOutputLength: atOnceExpandedBytes });
  } catch {
    return undefined;
  }
}

/**
 * The data of a zip entry, held in `data`: stored or deflated, against what the directory says of it.
 */
export async function* entryStream(
  data: Uint8Array,
  entry: { readonly deflated: boolean; readonly crc32: number; readonly size: number },
  budget: Budget,
  trail: Trail,
  reader: (bytes: Uint8Array) => ChunkReader,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(budget, entry.size);
  if (!entry.deflated) {
    yield data;
    judgeEntry(entry, crc32(data), data.length, trail);
    return;
  }
  const ending: Ending = { how: 'cut-short', crc: 0, size: 0 };
  const engine = createInflateRaw({ chunkSize: streamChunk });
  yield* inflateRun(reader(data), engine, meter, ending);
  if (typeof ending.how === 'object') trail.refuse(ending.how);
  else if (ending.how !== 'whole' || engine.bytesWritten !== data.length)
    trail.refuse({ code: 'ingestion/zip-damaged' });
  else judgeEntry(entry, ending.crc, ending.size, trail);
}

/** The data of a small zip entry in one call; `undefined` when it has to be streamed. */
export function entryAtOnce(
  data: Uint8Array,
  entry: { readonly deflated: boolean; readonly crc32: number; readonly size: number },
  budget: Budget,
  trail: Trail,
): Uint8Array | undefined {
  if (!entry.deflated) {
    judgeEntry(entry, crc32(data), data.length, trail);
    return data;
  }
  if (data.length > atOnceBytes || entry.size > atOnceExpandedBytes) return undefined;
  const run = inflateAtOnce(data, entry.size);
  if (run === 'large') return undefined;
  if (run === 'damaged' || !run.whole || run.used !== data.length) {
    trail.refuse({ code: 'ingestion/zip-damaged' });
    return run === 'damaged' ? new Uint8Array(0) : run.output;
  }
  const problem = budget.expand(run.output.length);
  if (problem !== undefined) trail.refuse(problem);
  judgeEntry(entry, crc32(run.output), run.output.length, trail);
  return run.output;
}

function judgeEntry(
  entry: { readonly crc32: number; readonly size: number },
  crc: number,
  size: number,
  trail: Trail,
): void {
  if (size !== entry.size) trail.refuse({ code: 'ingestion/zip-size', values: { size: entry.size } });
  else if (crc !== entry.crc32) trail.refuse({ code: 'ingestion/zip-checksum' });
}
