// Rows of a report that is too big to hold until its head is known. They wait in a file without a name, which the system takes
// away with the process: a kill leaves nothing behind.
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { storageError } from '../storage-error.ts';
import { rowBuffer, rowColumnNames } from './facts.ts';
import type { RowBuffer } from './facts.ts';

/** Rows in a block, and the most that a report holds in memory. */
export const blockRows = 65_536;

let made = 0;

/** A run of blocks of rows on disk. */
export class Spill {
  readonly #fd: number;
  readonly #lengths: number[] = [];
  rows = 0;
  #end = 0;

  /** @throws {StorageError} */
  constructor(directory: string) {
    const path = join(directory, `rows-${process.pid}-${made++}`);
    try {
      this.#fd = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
    } catch (error) {
      throw storageError(error, 'history');
    }
  }

  /** Adds what a buffer holds, and empties it. @throws {StorageError} */
  add(rows: RowBuffer): void {
    const { length } = rows;
    try {
      for (const name of rowColumnNames) this.#write(rows.integers[name].subarray(0, length));
      this.#write(rows.messages.subarray(0, length));
    } catch (error) {
      throw storageError(error, 'history');
    }
    this.#lengths.push(length);
    this.rows += length;
    rows.length = 0;
  }

  /** The blocks, in order; the same buffer is handed out each time. @throws {StorageError} */
  *blocks(): Generator<RowBuffer> {
    const rows = rowBuffer();
    let at = 0;
    for (const length of this.#lengths) {
      rows.length = 0;
      rows.reserve(length);
      for (const name of rowColumnNames) at = this.#read(rows.integers[name].subarray(0, length), at);
      at = this.#read(rows.messages.subarray(0, length), at);
      rows.length = length;
      yield rows;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(column: Float64Array | Int32Array): void {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    for (let done = 0; done < bytes.length;) {
      const wrote = writeSync(this.#fd, bytes, done, bytes.length - done, this.#end);
      done += wrote;
      this.#end += wrote;
    }
  }

  #read(column: Float64Array | Int32Array, from: number): number {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    let at = from;
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#fd, bytes, done, bytes.length - done, at);
      if (read === 0) throw new Error('the rows that were set aside are shorter than what was written');
      done += read;
      at += read;
    }
    return at;
  }
}
