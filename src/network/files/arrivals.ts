import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { ChunkReader, headBytes, recognise, restoreFromLines, splitMbox } from '../../protection/ingestion/index.ts';
import type { Arrival, Road } from '../../protection/ingestion/index.ts';
import { spool } from './spool.ts';
import type { Spool } from './spool.ts';
import { unreadable, walk } from './walk.ts';
import type { FoundFile, Refuse } from './walk.ts';

export interface ArrivalOptions {
  /** Told of every path that is passed over, and why: nothing is passed over in silence. */
  readonly refuse: Refuse;
  /** Told once, before the first arrival, how much there is to read. Standard input counts as one file of no bytes. */
  readonly found?: (total: { readonly files: number; readonly bytes: number }) => void;
  /** Files and messages up to this size are held in memory; larger ones are read again when they are needed. */
  readonly heldBytes?: number;
  /** What `-` reads; the process's own standard input when it is not given. */
  readonly standardInput?: AsyncIterable<Uint8Array>;
}

const defaultHeld = 16 << 20;
const chunkBytes = 1 << 20;

/**
 * Everything at and below paths, as it is taken in: each file, and each message of an mbox, is one arrival. `-` is standard input.
 * What a file is, is told by its content. Files are read as they are asked for; a file of any size takes little memory.
 *
 * @throws {SourceChanged} from `chunks()` of an arrival that was too large to hold and is no longer what it was
 */
export async function* arrivals(paths: readonly string[], options: ArrivalOptions): AsyncGenerator<Arrival> {
  const held = options.heldBytes ?? defaultHeld;
  const files: (FoundFile | '-')[] = [];
  let bytes = 0;
  for (const path of paths) {
    if (path === '-') files.push('-');
    else {
      for (const file of walk([path], options.refuse, options.found !== undefined)) {
        files.push(file);
        bytes += file.size;
      }
    }
  }
  options.found?.({ files: files.length, bytes });
  for (const file of files) {
    if (file === '-') yield* fromStandardInput(options.standardInput ?? process.stdin, held);
    else yield* fromFile(file, held, options.refuse);
  }
}

/** A file that was read once, in part or to know its digest, has changed before it was read again. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
  readonly code = 'files/changed';
  readonly retryable = true;
  readonly origin: string;
  constructor(origin: string, options?: ErrorOptions) {
    super(`${origin} changed while it was being read`, options);
    this.origin = origin;
  }
}

async function* fromFile(file: FoundFile, held: number, refuse: Refuse): AsyncGenerator<Arrival> {
  let source: Source;
  try {
    source = openSource(file, held);
  } catch (error) {
    refuse(unreadable(file.path, error));
    return;
  }
  if (source.problem !== undefined) {
    refuse({ code: 'files/special', values: { path: file.path, kind: source.problem } });
    return;
  }
  const kind = recognise(source.head).what;
  const road: Road = file.maildir || kind === 'mail' ? 'mail' : 'file';
  try {
    if (kind === 'mbox' && !file.maildir) yield* messagesOf(file.path, source, held);
    else yield await whole(file.path, road, source);
  } catch (error) {
    // What fails here is the reading of this file, not of what was made of it: a consumer's error does not come this way.
    if (error instanceof SourceChanged) refuse({ code: error.code, values: { path: file.path } });
    else refuse(unreadable(file.path, error));
  }
}

/** Something that can be read again: held bytes, or a way to have any range of it. */
interface Source {
  readonly bytes?: Uint8Array;
  readonly head: Uint8Array;
  readonly size: number;
  readonly problem?: string;
  range(start: number, end: number): AsyncIterable<Uint8Array>;
}

function openSource(file: FoundFile, held: number): Source {
  // NONBLOCK: a pipe that took the place of a file must not make us wait for whoever writes to it.
  const follow = file.named ? 0 : constants.O_NOFOLLOW;
  const fd = openSync(file.path, constants.O_RDONLY | constants.O_NONBLOCK | follow);
  try {
    const stats = fstatSync(fd);
    const range = (start: number, end: number): AsyncIterable<Uint8Array> =>
      rangeOf(file.path, follow, stats, start, end);
    if (!stats.isFile()) return { head: new Uint8Array(0), size: 0, problem: 'special file', range };
    if (stats.size <= held) {
      const bytes = readWhole(fd, stats.size, held);
      if (bytes !== undefined) return { bytes, head: bytes.subarray(0, headBytes), size: bytes.length, range };
    }
    const head = Buffer.allocUnsafe(headBytes);
    return { head: head.subarray(0, readSync(fd, head, 0, headBytes, 0)), size: stats.size, range };
  } finally {
    closeSync(fd);
  }
}

/** All of a file, which may have grown or shrunk since its size was asked; `undefined` when it outgrew what is held. */
function readWhole(fd: number, size: number, held: number): Uint8Array | undefined {
  let buffer = Buffer.allocUnsafe(size + 1);
  let have = 0;
  for (;;) {
    const read = readSync(fd, buffer, have, buffer.length - have, have);
    have += read;
    if (have > held) return undefined;
    // A read that comes back short has reached the end of a file.
    if (have < buffer.length) return buffer.subarray(0, have);
    buffer = Buffer.concat([buffer], Math.min(held + 1, buffer.length * 2));
  }
}

async function* rangeOf(
  path: string,
  flags: number,
  before: Stats,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  } catch (cause) {
    throw new SourceChanged(path, { cause });
  }
  try {
    const now = fstatSync(fd);
    if (now.ino !== before.ino || now.size < end || now.mtimeMs !== before.mtimeMs) throw new SourceChanged(path);
    yield* readRange(fd, start, end, path);
  } finally {
    closeSync(fd);
  }
}

/** The bytes of a range of an open file. @throws {SourceChanged} when there are fewer */
async function* readRange(fd: number, start: number, end: number, origin: string): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - at));
    const read = readSync(fd, buffer, 0, buffer.length, at);
    if (read === 0) throw new SourceChanged(origin);
    at += read;
    yield buffer.subarray(0, read);
  }
}

/** One arrival of a whole source. */
async function whole(origin: string, road: Road, source: Source): Promise<Arrival> {
  if (source.bytes !== undefined) return held(origin, road, source.bytes);
  return streamed(origin, road, () => source.range(0, source.size));
}

function held(origin: string, road: Road, bytes: Uint8Array): Arrival {
  return {
    origin,
    road,
    sha256: hash('sha256', bytes, 'hex'),
    size: bytes.length,
    bytes,
    async *chunks() {
      yield bytes;
    },
  };
}

async function streamed(origin: string, road: Road, chunks: () => AsyncIterable<Uint8Array>): Promise<Arrival> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks()) {
    digest.update(chunk);
    size += chunk.length;
  }
  return { origin, road, sha256: digest.digest('hex'), size, chunks };
}

async function* messagesOf(origin: string, source: Source, limit: number): AsyncGenerator<Arrival> {
  let number = 0;
  for await (const message of splitMbox(new ChunkReader(source.range(0, source.size)), limit)) {
    number += 1;
    const name = `${origin}#${number}`;
    if (message.bytes !== undefined) yield held(name, 'mail', message.bytes);
    else yield await streamed(name, 'mail', () => restoreFromLines(source.range(message.start, message.end)));
  }
}

async function* fromStandardInput(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Arrival> {
  const spooled: Spool = await spool(input, limit);
  const bytes = spooled.bytes;
  const source: Source = {
    ...(bytes === undefined ? {} : { bytes }),
    head: spooled.head,
    size: spooled.size,
    range: (start, end) => (bytes === undefined ? readRange(spooled.fd, start, end, '-') : slices(bytes, start, end)),
  };
  const kind = recognise(source.head).what;
  if (kind === 'mbox') yield* messagesOf('-', source, limit);
  else yield await whole('-', kind === 'mail' ? 'mail' : 'standard-input', source);
}

async function* slices(bytes: Uint8Array, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += chunkBytes) yield bytes.subarray(at, Math.min(end, at + chunkBytes));
}
