import { crc32, createInflateRaw } from 'node:zlib';
import type { Budget, ChunkReader, Trail } from './content.ts';
import { Meter, atOnceBytes, atOnceExpandedBytes, inflateAtOnce, inflateRun, streamChunk } from './inflate.ts';
import type { Ending } from './inflate.ts';

// gzip (RFC 1952). Its header and trailer are read here and not by zlib, since what is amiss with them in practice (bytes behind
// the end, a trailer that is missing or all zeros, members in a row) has to be told from damage to the data, which nothing but the
// checksum shows.

/** The longest gzip header that is read: its name and comment have no bound of their own. */
const gzipHeaderBytes = 64 << 10;

/** The length of the gzip header at the beginning of `bytes`; 0 when it is not there whole (RFC 1952 §2.3). */
function gzipHeaderLength(bytes: Uint8Array): number {
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
    if (trailer.length >= 4 && word(trailer, 0) !== crc) trail.refuse({ code: 'ingestion/gzip-checksum' });
    else trail.doubt({ code: 'ingestion/gzip-cut-short' });
    return;
  }
  const saidCrc = word(trailer, 0);
  const saidSize = word(trailer, 4);
  if (saidCrc === crc) {
    if (saidSize !== size >>> 0) trail.doubt({ code: 'ingestion/gzip-size' });
  } else if (saidCrc === 0 && (saidSize === 0 || saidSize === size >>> 0)) {
    // A writer that leaves the checksum out says nothing about the data.
    trail.doubt({ code: 'ingestion/gzip-no-checksum' });
  } else {
    // A digit that flipped in the data shows here and nowhere else: never to be taken for an odd trailer.
    trail.refuse({ code: 'ingestion/gzip-checksum' });
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** What follows a gzip member: another one, padding (RFC 1952 §2.2 is silent; `tar` and tapes pad with zeros), or bytes of no use. */
function judgeRest(rest: Uint8Array, trail: Trail): 'end' | 'member' {
  if (rest.length === 0) return 'end';
  if ([0x1f, 0x8b, 8].every((byte, i) => (rest[i] ?? byte) === byte)) return 'member';
  if (rest.some((byte) => byte !== 0)) trail.doubt({ code: 'ingestion/gzip-trailing-bytes' });
  return 'end';
}

/** A member of a gzip: what it expands to, and what is amiss with it. */
export interface Member {
  readonly output: Uint8Array;
  readonly trail: Trail;
}

/**
 * Expands a gzip that is held, member by member, when all of it stays small.
 *
 * @param around what is known of the wrapping around it
 * @returns its members, one at least; or `undefined` when it has to be streamed
 */
export function gunzipAtOnce(bytes: Uint8Array, budget: Budget, around: Trail): Member[] | undefined {
  if (bytes.length > atOnceBytes) return undefined;
  const members: Member[] = [];
  let total = 0;
  for (let rest = bytes; ;) {
    const trail = around.inside();
    const header = gzipHeaderLength(rest);
    if (header === 0) {
      trail.refuse({ code: members.length === 0 ? 'ingestion/gzip-header' : 'ingestion/gzip-cut-short' });
      members.push({ output: rest.subarray(0, 0), trail });
      break;
    }
    const body = rest.subarray(header);
    // The last four bytes are the size, when nothing follows the trailer.
    const said = body.length >= 8 ? word(body, body.length - 4) : 0;
    const run = inflateAtOnce(body, said <= atOnceExpandedBytes ? said : body.length * 8);
    if (run === 'large') return undefined;
    if (run === 'damaged') {
      trail.refuse({ code: 'ingestion/gzip-damaged' });
      members.push({ output: rest.subarray(0, 0), trail });
      break;
    }
    total += run.output.length;
    if (total > atOnceExpandedBytes) return undefined;
    members.push({ output: run.output, trail });
    if (!run.whole) {
      trail.doubt({ code: 'ingestion/gzip-cut-short' });
      break;
    }
    judgeTrailer(body.subarray(run.used, run.used + 8), crc32(run.output), run.output.length, trail);
    rest = body.subarray(run.used + 8);
    if (judgeRest(rest, trail) === 'end') break;
    // Every member is a thing opened: a million empty ones cost time as well.
    const problem = budget.enter();
    if (problem === undefined) continue;
    trail.refuse(problem);
    break;
  }
  const problem = budget.expand(total);
  if (problem !== undefined) members.at(-1)!.trail.refuse(problem);
  return members;
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
  #more = true;
  /** Of the content that is being read. A member that begins a content of its own is judged on that one's. */
  #trail: Trail;

  /**
   * @param around what is known of the wrapping around it
   * @param begins whether a text begins a document of its own
   */
  constructor(input: ChunkReader, budget: Budget, around: Trail, begins: (head: Uint8Array) => boolean) {
    this.#input = input;
    this.#budget = budget;
    this.#meter = new Meter(budget);
    this.#begins = begins;
    this.#trail = around;
  }

  /** Whether there is a further content after the one that was read to its end. */
  get more(): boolean {
    return this.#more || this.#ahead !== undefined;
  }

  /** The next content. Read it to its end before asking for another. */
  async *content(trail: Trail): AsyncGenerator<Uint8Array> {
    this.#trail = trail;
    let first = this.#ahead === undefined;
    try {
      for (;;) {
        this.#current ??= this.#member(first);
        let chunk: Uint8Array | undefined = this.#ahead ?? (await this.#current.next()).value ?? undefined;
        if (this.#ahead === undefined && !first && chunk !== undefined && this.#begins(chunk)) {
          this.#ahead = chunk;
          return;
        }
        this.#ahead = undefined;
        first = false;
        while (chunk !== undefined) {
          yield chunk;
          chunk = (await this.#current.next()).value ?? undefined;
        }
        this.#current = undefined;
        if (!this.#more) return;
      }
    } finally {
      // Left before its end, there is nothing after it.
      if (this.#ahead === undefined) await this.#current?.return(undefined);
    }
  }

  async *#member(first: boolean): AsyncGenerator<Uint8Array, undefined> {
    this.#more = false;
    const header = gzipHeaderLength(await this.#input.peek(gzipHeaderBytes));
    if (header === 0) {
      this.#trail.refuse({ code: first ? 'ingestion/gzip-header' : 'ingestion/gzip-cut-short' });
      await this.#input.drain();
      return;
    }
    await this.#input.take(header);
    const engine = createInflateRaw({ chunkSize: streamChunk });
    const ending: Ending = { how: 'cut-short', crc: 0, size: 0 };
    yield* inflateRun(this.#input, engine, this.#meter, ending, this.#compressed);
    this.#compressed += header + engine.bytesWritten;
    if (ending.how === 'damaged') this.#trail.refuse({ code: 'ingestion/gzip-damaged' });
    else if (ending.how === 'cut-short') this.#trail.doubt({ code: 'ingestion/gzip-cut-short' });
    else if (ending.how !== 'whole') this.#trail.refuse(ending.how);
    if (ending.how !== 'whole') return;
    judgeTrailer(await this.#input.take(8), ending.crc, ending.size, this.#trail);
    const rest = await this.#input.peek(512);
    if (judgeRest(rest, this.#trail) === 'end') {
      await this.#input.drain();
      return;
    }
    const problem = this.#budget.enter();
    if (problem === undefined) this.#more = true;
    else this.#trail.refuse(problem);
  }
}
