import { constants, crc32, createInflate, createInflateRaw, inflateRawSync, inflateSync } from 'node:zlib';
import type { Inflate, InflateRaw } from 'node:zlib';
import type { Problem } from '../../standards/problem.ts';
import type { Budget, ChunkReader, Trail } from './content.ts';

// Deflate and what it is wrapped in: gzip (RFC 1952) and zlib (RFC 1950). The gzip header and trailer are read here, since what
// is amiss with them in practice (bytes behind the end, a trailer that is missing or all zeros, members in a row) has to be told
// from damage to the data, which nothing but the checksum shows.

/** Compressed runs up to this size, which promise to stay small, are expanded in one call. */
export const atOnceBytes = 1 << 20;
const atOnceExpandedBytes = 16 << 20;
/** Output chunks of a stream: 256 kB run three times as fast as Node's default of 16 kB. */
const streamChunk = 256 << 10;
/** The longest gzip header that is read: its name and comment have no bound of their own. */
const gzipHeaderBytes = 64 << 10;

/** How a run ended: where the compressed bytes stop, when they do. */
interface Run {
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

/** The length of the gzip header at the beginning of `bytes`; 0 when it is not there whole (RFC 1952 §2.3). */
export function gzipHeaderLength(bytes: Uint8Array): number {
  if (bytes.length < 10 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return 0;
  const flags = bytes[3]!;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return 0;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at <= bytes.length ? at : 0;
}

/** Judges the eight bytes behind a gzip member (RFC 1952 §2.3.1), of which there may be fewer. */
function judgeTrailer(trailer: Uint8Array, crc: number, size: number, trail: Trail): void {
  if (trailer.length < 8) {
    // The checksum itself may still be there, and then it counts.
    if (trailer.length >= 4 && word(trailer, 0) !== crc) trail.fatal.push({ code: 'ingestion/gzip-checksum' });
    else trail.doubts.push({ code: 'ingestion/gzip-cut-short' });
    return;
  }
  const saidCrc = word(trailer, 0);
  const saidSize = word(trailer, 4);
  if (saidCrc === crc) {
    if (saidSize !== size >>> 0) trail.doubts.push({ code: 'ingestion/gzip-size' });
  } else if (saidCrc === 0 && (saidSize === 0 || saidSize === size >>> 0)) {
    // A writer that leaves the checksum out says nothing about the data.
    trail.doubts.push({ code: 'ingestion/gzip-no-checksum' });
  } else {
    // A digit that flipped in the data shows here and nowhere else: never to be taken for an odd trailer.
    trail.fatal.push({ code: 'ingestion/gzip-checksum' });
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** What follows a gzip member: another one, padding (RFC 1952 §2.2 is silent; `tar` and tapes pad with zeros), or bytes of no use. */
function judgeRest(rest: Uint8Array, trail: Trail): 'end' | 'member' {
  if (rest.length === 0) return 'end';
  if (rest[0] === 0x1f && (rest.length < 2 || rest[1] === 0x8b)) return 'member';
  if (rest.some((byte) => byte !== 0)) trail.doubts.push({ code: 'ingestion/gzip-trailing-bytes' });
  return 'end';
}

/**
 * Expands a gzip that is held, member by member, when all of it stays small.
 *
 * @returns the output of each member, or `undefined` when it has to be streamed. What is amiss is on the trail.
 */
export function gunzipAtOnce(bytes: Uint8Array, budget: Budget, trail: Trail): Uint8Array[] | undefined {
  if (bytes.length > atOnceBytes) return undefined;
  const members: Uint8Array[] = [];
  const found: Trail = trail.fork();
  let total = 0;
  let rest = bytes;
  for (;;) {
    const header = gzipHeaderLength(rest);
    if (header === 0) {
      found.fatal.push({ code: members.length === 0 ? 'ingestion/gzip-header' : 'ingestion/gzip-cut-short' });
      break;
    }
    const body = rest.subarray(header);
    const hint = body.length >= 8 ? word(body, body.length - 4) : 0;
    if (hint > atOnceExpandedBytes) return undefined;
    const run = inflateAtOnce(body, hint);
    if (run === 'large') return undefined;
    if (run === 'damaged') {
      found.fatal.push({ code: 'ingestion/gzip-damaged' });
      break;
    }
    total += run.output.length;
    if (total > atOnceExpandedBytes) return undefined;
    if (run.output.length > 0 || members.length === 0) members.push(run.output);
    if (!run.whole) {
      found.doubts.push({ code: 'ingestion/gzip-cut-short' });
      break;
    }
    judgeTrailer(body.subarray(run.used, run.used + 8), crc32(run.output), run.output.length, found);
    rest = body.subarray(run.used + 8);
    if (judgeRest(rest, found) === 'end') break;
    // Every member is a thing opened: a million empty ones cost time as well.
    if (budget.enter() !== undefined) break;
  }
  if (budget.expand(total) !== undefined && budget.exhausted !== undefined) found.fatal.push(budget.exhausted);
  trail.fatal.splice(0, Infinity, ...found.fatal);
  trail.doubts.splice(0, Infinity, ...found.doubts);
  return members;
}

/** Watches the growth of one run against the limits. */
class Meter {
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
      return { code: 'ingestion/expands-too-much', values: { limit: limits.expandedBytes } };
    }
    if (this.expanded > limits.ratioFromBytes && this.expanded > limits.ratio * compressed) {
      return { code: 'ingestion/expands-too-far', values: { ratio: limits.ratio } };
    }
    return this.#budget.expand(bytes);
  }
}

/** How a streamed run ended. */
interface Ending {
  whole: boolean;
  crc: number;
  size: number;
}

/**
 * Expands one run from a reader, and leaves the reader behind it.
 *
 * @param before compressed bytes counted before this run, for the ratio over a row of members
 */
async function* inflateRun(
  input: ChunkReader,
  engine: Inflate | InflateRaw,
  meter: Meter,
  trail: Trail,
  damaged: Problem,
  ending: Ending,
  before = 0,
): AsyncGenerator<Uint8Array> {
  let last: Uint8Array = new Uint8Array(0);
  let fed = 0;
  const feed = async (): Promise<void> => {
    while (!engine.readableEnded && !engine.destroyed) {
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
        trail.fatal.push(problem);
        return;
      }
      ending.crc = crc32(output, ending.crc);
      ending.size += output.length;
      yield output;
    }
    ending.whole = true;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'Z_BUF_ERROR') return;
    if (code !== 'Z_DATA_ERROR' && code !== 'Z_NEED_DICT') throw error;
    trail.fatal.push(damaged);
  } finally {
    const left = fed - engine.bytesWritten;
    engine.destroy();
    await feeding.catch(() => {});
    if (ending.whole && left > 0) input.unread(last.subarray(Math.max(0, last.length - left)));
  }
}

/**
 * A gzip as it comes: its members one after the other. A member whose text begins a document of its own begins a new content, so
 * that `cat a.xml.gz b.xml.gz` holds two reports; other members continue the one before (RFC 1952 §2.2).
 */
export class GzipStream {
  readonly #input: ChunkReader;
  readonly #budget: Budget;
  readonly #meter: Meter;
  readonly #begins: (head: Uint8Array) => boolean;
  #ahead: Uint8Array | undefined;
  #current: AsyncGenerator<Uint8Array> | undefined;
  #compressed = 0;
  /** Whether there is a further content after the one that was read to its end. */
  more = true;

  constructor(input: ChunkReader, budget: Budget, begins: (head: Uint8Array) => boolean) {
    this.#input = input;
    this.#budget = budget;
    this.#meter = new Meter(budget);
    this.#begins = begins;
  }

  /** The next content. Read it to its end before asking for another. */
  async *content(trail: Trail): AsyncGenerator<Uint8Array> {
    let first = true;
    for (;;) {
      this.#current ??= this.#member(trail, first);
      let { value: chunk } = this.#ahead === undefined ? await this.#current.next() : { value: this.#ahead };
      const startsMember = this.#ahead === undefined && !first;
      this.#ahead = undefined;
      if (startsMember && chunk !== undefined && this.#begins(chunk as Uint8Array)) {
        this.#ahead = chunk as Uint8Array;
        return;
      }
      first = false;
      while (chunk !== undefined) {
        yield chunk as Uint8Array;
        ({ value: chunk } = await this.#current.next());
      }
      this.#current = undefined;
      if (!this.more) return;
    }
  }

  async *#member(trail: Trail, first: boolean): AsyncGenerator<Uint8Array> {
    this.more = false;
    const head = await this.#input.peek(gzipHeaderBytes);
    const header = gzipHeaderLength(head);
    if (header === 0) {
      trail.fatal.push({ code: first ? 'ingestion/gzip-header' : 'ingestion/gzip-cut-short' });
      return;
    }
    await this.#input.take(header);
    const engine = createInflateRaw({ chunkSize: streamChunk });
    const ending: Ending = { whole: false, crc: 0, size: 0 };
    const damaged = { code: 'ingestion/gzip-damaged' };
    const problems = trail.fatal.length;
    yield* inflateRun(this.#input, engine, this.#meter, trail, damaged, ending, this.#compressed);
    this.#compressed += header + engine.bytesWritten;
    if (trail.fatal.length > problems) return;
    if (!ending.whole) {
      trail.doubts.push({ code: 'ingestion/gzip-cut-short' });
      return;
    }
    judgeTrailer(await this.#input.take(8), ending.crc, ending.size, trail);
    const rest = await this.#input.peek(512);
    if (judgeRest(rest, trail) === 'member') {
      const problem = this.#budget.enter();
      if (problem === undefined) this.more = true;
      else trail.fatal.push(problem);
    }
  }
}

/** Expands a zlib run (RFC 1950), whose checksum the library compares. */
export async function* zlibStream(input: ChunkReader, budget: Budget, trail: Trail): AsyncGenerator<Uint8Array> {
  const ending: Ending = { whole: false, crc: 0, size: 0 };
  const engine = createInflate({ chunkSize: streamChunk });
  yield* inflateRun(input, engine, new Meter(budget), trail, { code: 'ingestion/zlib-damaged' }, ending);
  if (trail.fatal.length === 0 && !ending.whole) trail.doubts.push({ code: 'ingestion/zlib-cut-short' });
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
  const ending: Ending = { whole: false, crc: 0, size: 0 };
  if (entry.deflated) {
    const engine = createInflateRaw({ chunkSize: streamChunk });
    yield* inflateRun(reader(data), engine, meter, trail, { code: 'ingestion/zip-damaged' }, ending);
    if (trail.fatal.length > 0) return;
    if (!ending.whole || engine.bytesWritten !== data.length) trail.fatal.push({ code: 'ingestion/zip-damaged' });
  } else {
    ending.crc = crc32(data);
    ending.size = data.length;
    yield data;
  }
  judgeEntry(entry, ending.crc, ending.size, trail);
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
    trail.fatal.push({ code: 'ingestion/zip-damaged' });
    return run === 'damaged' ? new Uint8Array(0) : run.output;
  }
  const problem = budget.expand(run.output.length);
  if (problem !== undefined) trail.fatal.push(problem);
  judgeEntry(entry, crc32(run.output), run.output.length, trail);
  return run.output;
}

function judgeEntry(
  entry: { readonly crc32: number; readonly size: number },
  crc: number,
  size: number,
  trail: Trail,
): void {
  if (size !== entry.size) trail.fatal.push({ code: 'ingestion/zip-size', values: { size: entry.size } });
  else if (crc !== entry.crc32) trail.fatal.push({ code: 'ingestion/zip-checksum' });
}
