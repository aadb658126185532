import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrival } from '../../protection/ingestion/index.ts';
import { StorageError, storageError } from '../storage-error.ts';
import { prefixBytes, readHead, readPrefix, writeHead } from './entry.ts';
import type { EntryHead } from './entry.ts';

/** Where the bytes of an original are: the number of the segment, and the offset of the first byte in it. */
export interface Place {
  readonly segment: number;
  readonly position: number;
}

/** An entry that was found in a segment. */
export interface Found extends Place {
  readonly head: EntryHead;
  /** The offset just after it. */
  readonly end: number;
}

/** A segment that is this long is closed, and the next begun. */
const SEGMENT_BYTES = 256 << 20;
/** Bytes that are gathered before they are written. */
const GATHER_BYTES = 1 << 20;
const READ_BYTES = 256 << 10;

/** The segments of one organisation, to which one process appends. */
export class OriginalsStore {
  readonly #directory: string;
  readonly #segmentBytes: number;
  #segment = 0;
  #end = 0;
  #handle: FileHandle | undefined;

  /** @param segmentBytes the length after which a segment is closed; smaller in tests */
  constructor(directory: string, segmentBytes = SEGMENT_BYTES) {
    this.#directory = directory;
    this.#segmentBytes = segmentBytes;
  }

  /** The numbers of the segments there are, ascending. @throws {StorageError} */
  async segments(): Promise<number[]> {
    try {
      const names = await readdir(this.#directory);
      return names
        .map((name) => /^(\d{6,})\.originals$/.exec(name)?.[1])
        .filter((number) => number !== undefined)
        .map(Number)
        .sort((a, b) => a - b);
    } catch (error) {
      throw storageError(error, 'originals');
    }
  }

  /**
   * Makes the segments ready to be added to. What lies after the last byte that the register knows was written just before a
   * kill: whole entries there are given back, to be taken up; a torn one is cut off.
   *
   * @param known by segment, the offset just after the last byte that the register knows
   * @throws {StorageError} `storage/damaged` when a segment is shorter than the register knows
   */
  async recover(known: ReadonlyMap<number, number>): Promise<Found[]> {
    const found: Found[] = [];
    try {
      for (const segment of await this.segments()) {
        const path = this.#path(segment);
        const { size } = await stat(path);
        let end = known.get(segment) ?? 0;
        if (size < end) {
          const detail = `${path} has ${size} bytes, and should have ${end}`;
          throw new StorageError('storage/damaged', { what: 'originals', detail });
        }
        if (size > end) {
          const handle = await open(path, 'r+');
          try {
            for (;;) {
              const entry = await readEntry(handle, segment, end, size);
              if (entry === undefined) break;
              found.push(entry);
              end = entry.end;
            }
            if (end < size) {
              await handle.truncate(end);
              await handle.datasync();
            }
          } finally {
            await handle.close();
          }
        }
        this.#segment = segment;
        this.#end = end;
      }
    } catch (error) {
      throw storageError(error, 'originals');
    }
    return found;
  }

  /**
   * Adds a batch, and returns when it is on the disk: one fsync for all of it.
   *
   * @throws {StorageError} and nothing of it was added
   */
  async append(batch: readonly Arrival[], keptAt: number): Promise<Place[]> {
    if (batch.length === 0) return [];
    if (this.#segment === 0 || this.#end >= this.#segmentBytes) await this.#next();
    const start = this.#end;
    try {
      this.#handle ??= await open(this.#path(this.#segment), 'r+');
      const handle = this.#handle;
      const places: Place[] = [];
      let gathered: Uint8Array[] = [];
      let waiting = 0;
      const flush = async (): Promise<void> => {
        for (const bytes of waiting === 0 ? [] : [Buffer.concat(gathered)]) {
          let done = 0;
          while (done < bytes.length) {
            done += (await handle.write(bytes, done, bytes.length - done, this.#end + done)).bytesWritten;
          }
          this.#end += done;
        }
        gathered = [];
        waiting = 0;
      };
      const add = async (bytes: Uint8Array): Promise<void> => {
        gathered.push(bytes);
        waiting += bytes.length;
        if (waiting >= GATHER_BYTES) await flush();
      };
      for (const arrival of batch) {
        const { sha256, size, origin, road } = arrival;
        await add(writeHead({ sha256, size, origin, road, keptAt }));
        places.push({ segment: this.#segment, position: this.#end + waiting });
        if (arrival.bytes !== undefined) {
          if (arrival.bytes.length !== size) throw changed(arrival);
          await add(arrival.bytes);
        } else {
          const hash = createHash('sha256');
          let length = 0;
          for await (const chunk of arrival.chunks()) {
            hash.update(chunk);
            length += chunk.length;
            // The chunk may be reused by whoever reads: it is written, or copied, before the next is asked for.
            await add(Uint8Array.from(chunk));
          }
          if (length !== size || hash.digest('hex') !== sha256) throw changed(arrival);
        }
      }
      await flush();
      await handle.datasync();
      return places;
    } catch (error) {
      // What was written of the batch is cut off again; when even that fails, it is cut at the next opening.
      this.#end = start;
      await this.#handle?.truncate(start).catch(() => undefined);
      throw storageError(error, 'originals');
    }
  }

  /**
   * The bytes of an original. The last chunk comes only when the hash of the whole is right: who has read to the end has read
   * what was kept.
   *
   * @throws {StorageError} `storage/damaged`
   */
  async *chunks(place: Place, size: number, sha256: string): AsyncGenerator<Uint8Array> {
    let handle: FileHandle;
    try {
      handle = await open(this.#path(place.segment), 'r');
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      throw new StorageError('storage/damaged', { what: 'originals', detail }, error);
    }
    try {
      const hash = createHash('sha256');
      let held: Uint8Array | undefined;
      for (let done = 0; done < size;) {
        const buffer = new Uint8Array(Math.min(READ_BYTES, size - done));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, place.position + done);
        if (bytesRead === 0) break;
        const bytes = buffer.subarray(0, bytesRead);
        hash.update(bytes);
        done += bytesRead;
        if (held !== undefined) yield held;
        held = bytes;
      }
      if (hash.digest('hex') !== sha256) {
        throw new StorageError('storage/damaged', { what: 'originals', detail: `the bytes of ${sha256} have changed` });
      }
      if (held !== undefined) yield held;
    } finally {
      await handle.close();
    }
  }

  /** Begins a new segment, so that the ones before it can be rewritten. @throws {StorageError} */
  async roll(): Promise<void> {
    if (this.#end > 0) await this.#next();
  }

  /** Takes a segment away. @throws {StorageError} */
  async remove(segment: number): Promise<void> {
    try {
      if (segment === this.#segment) {
        await this.close();
        this.#segment = 0;
        this.#end = 0;
      }
      await rm(this.#path(segment), { force: true });
    } catch (error) {
      throw storageError(error, 'originals');
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #next(): Promise<void> {
    try {
      await this.close();
      const segment = Math.max(this.#segment, (await this.segments()).at(-1) ?? 0) + 1;
      this.#handle = await open(this.#path(segment), 'wx+', 0o600);
      // The name of a new file is on the disk only when its directory is.
      const directory = openSync(this.#directory, 'r');
      fsyncSync(directory);
      closeSync(directory);
      this.#segment = segment;
      this.#end = 0;
    } catch (error) {
      throw storageError(error, 'originals');
    }
  }

  #path(segment: number): string {
    return join(this.#directory, `${String(segment).padStart(6, '0')}.originals`);
  }
}

function changed(arrival: Arrival): StorageError {
  return new StorageError('storage/changed-while-reading', { origin: arrival.origin });
}

/** The entry at an offset, when it is whole: its head can be read and its bytes have the hash that the head names. */
async function readEntry(handle: FileHandle, segment: number, at: number, size: number): Promise<Found | undefined> {
  const read = async (length: number, from: number): Promise<Uint8Array | undefined> => {
    if (from + length > size) return undefined;
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, from);
    return bytesRead === length ? bytes : undefined;
  };
  const prefix = await read(prefixBytes, at);
  const length = prefix === undefined ? undefined : readPrefix(prefix);
  const json = length === undefined ? undefined : await read(length, at + prefixBytes);
  const head = json === undefined ? undefined : readHead(json);
  if (length === undefined || head === undefined) return undefined;
  const position = at + prefixBytes + length;
  if (position + head.size > size) return undefined;
  const hash = createHash('sha256');
  for (let done = 0; done < head.size;) {
    const bytes = await read(Math.min(READ_BYTES, head.size - done), position + done);
    if (bytes === undefined) return undefined;
    hash.update(bytes);
    done += bytes.length;
  }
  if (hash.digest('hex') !== head.sha256) return undefined;
  return { head, segment, position, end: position + head.size };
}
