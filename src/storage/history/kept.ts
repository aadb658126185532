// Answers kept beside the database, ready to be taken up by the next process: the sums by combination, which every assessment
// asks for whole and which are hundreds of thousands of rows, and the dictionaries. They are copies. Each carries the stamp that
// the database got when its sums were last made; a copy with another stamp, or of another filing, is not looked at.
//
// Read in blocks into one small buffer, since memory that is touched for the first time is what costs here.
import { closeSync, fsyncSync, openSync, readFileSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Columns } from '../../protection/history.ts';
import type { Connection } from './duckdb.ts';
import type { DictionaryTable } from './schema.ts';
import { dictionaryTables, flagBits } from './schema.ts';

/** What a copy must agree with. */
export interface Stamp {
  /** A new text each time the sums are made. */
  readonly stamp: string;
  /** The number of the last filing. */
  readonly filing: number;
}

/** The sums by combination, in columns named as they are asked for: one place a combination. */
export type KeptCombinations = Columns<CombinationDimension, CombinationMeasure>;
type CombinationFlag = 'alignment' | 'disposition' | 'dkim' | 'spf';
type CombinationDimension = CombinationFlag | 'auth' | 'authorDomain' | 'source';
type CombinationMeasure = 'firstDay' | 'lastDay' | 'messages' | 'rows';

const keys = ['source', 'auth', 'author_domain', 'flags'] as const;
/** The measures that are small whole numbers, and are kept in four bytes. */
const small = ['starts', 'first_day', 'last_day'] as const;
const BLOCK_ROWS = 16_384;
const ROW_BYTES = (keys.length + small.length) * 4 + 8;
const HEAD_BYTES = 256;

interface Head extends Stamp {
  readonly format: 1;
  readonly length: number;
}

/** Writes the sums by combination to `directory`. @throws {Error} of the file system */
export async function keepCombinations(connection: Connection, directory: string, stamp: Stamp): Promise<void> {
  const select = [...keys, ...small, 'messages'].join(', ');
  await writeKept(join(directory, 'combinations.kept'), stamp, async (add) => {
    let length = 0;
    const block = new ArrayBuffer(BLOCK_ROWS * ROW_BYTES);
    for (;;) {
      const answer = await connection.columns(
        `SELECT ${select} FROM combinations WHERE rowid >= ${length} AND rowid < ${length + BLOCK_ROWS} ORDER BY rowid`,
      );
      if (answer.length === 0) break;
      // The messages come first: eight bytes a place, at an offset that allows it.
      new Float64Array(block, 0, answer.length).set(answer.columns.at(-1)!);
      for (const [index, column] of answer.columns.slice(0, -1).entries()) {
        new Int32Array(block, answer.length * (8 + index * 4), answer.length).set(column);
      }
      add(new Uint8Array(block, 0, answer.length * ROW_BYTES));
      length += answer.length;
    }
    if (length !== (await connection.number('SELECT count(*) FROM combinations'))) throw new Error('not all of it');
    return length;
  });
}

/** Whether there is a copy of the sums by combination that agrees with the stamp. */
export function hasKept(directory: string, stamp: Stamp): boolean {
  return readKept(join(directory, 'combinations.kept'), stamp, () => true) ?? false;
}

/** The sums by combination, when there is a copy that agrees with the stamp. */
export function readCombinations(directory: string, stamp: Stamp): KeptCombinations | undefined {
  return readKept(join(directory, 'combinations.kept'), stamp, (length, read) => {
    const whole = (): Int32Array => new Int32Array(length);
    const measure = (): Float64Array => new Float64Array(length);
    const [source, auth, authorDomain] = [whole(), whole(), whole()];
    const [messages, rows, firstDay, lastDay] = [measure(), measure(), measure(), measure()];
    const [alignment, dkim, spf, disposition] = [whole(), whole(), whole(), whole()];
    const block = new ArrayBuffer(BLOCK_ROWS * ROW_BYTES);
    for (let at = 0; at < length; at += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, length - at);
      if (!read(new Uint8Array(block, 0, count * ROW_BYTES))) return undefined;
      messages.set(new Float64Array(block, 0, count), at);
      // In the order of `keys` and `small`; the flags, in fourth place, are taken apart while they are at hand.
      const column = (index: number): Int32Array => new Int32Array(block, count * (8 + index * 4), count);
      for (const [index, into] of [source, auth, authorDomain].entries()) into.set(column(index), at);
      takeApart(column(3), flagBits.alignment, alignment, at);
      takeApart(column(3), flagBits.dkim, dkim, at);
      takeApart(column(3), flagBits.spf, spf, at);
      takeApart(column(3), flagBits.disposition, disposition, at);
      for (const [index, into] of [rows, firstDay, lastDay].entries()) into.set(column(4 + index), at);
    }
    const flags = { alignment, dkim, spf, disposition };
    return { length, source, auth, authorDomain, ...flags, messages, rows, firstDay, lastDay };
  });
}

/** One code out of packed flags. */
export function takeApart(
  flags: Int32Array,
  { shift, mask }: { readonly shift: number; readonly mask: number },
  into: Int32Array,
  at: number,
): void {
  for (let row = 0; row < flags.length; row++) into[at + row] = (flags[row]! >> shift) & mask;
}

/** Writes the dictionaries to `directory`; place 0 of each is not used. @throws {Error} of the file system */
export async function keepTexts(
  texts: ReadonlyMap<DictionaryTable, readonly string[]>,
  directory: string,
  stamp: Stamp,
): Promise<void> {
  const path = join(directory, 'dictionaries.kept');
  const all = dictionaryTables.map((table) => texts.get(table)!.slice(1));
  // A line a text. A name with a line break in it is no name; should one come, the copy is done without.
  if (all.some((list) => list.some((text) => text.includes('\n')))) {
    rmSync(path, { force: true });
    return;
  }
  await writeKept(path, stamp, (add) => {
    const lines = [all.map((list) => list.length).join(' '), ...all.flat()];
    const bytes = Buffer.from(lines.join('\n'), 'utf8');
    add(bytes);
    return Promise.resolve(bytes.length);
  });
}

/** The dictionaries, when there is a copy that agrees with the stamp. */
export function readTexts(directory: string, stamp: Stamp): Map<DictionaryTable, string[]> | undefined {
  const path = join(directory, 'dictionaries.kept');
  return readKept(path, stamp, (length) => {
    const lines = readFileSync(path)
      .toString('utf8', HEAD_BYTES, HEAD_BYTES + length)
      .split('\n');
    const lengths = lines[0]!.split(' ').map(Number);
    const texts = new Map<DictionaryTable, string[]>();
    let at = 1;
    for (const [index, table] of dictionaryTables.entries()) {
      texts.set(table, ['', ...lines.slice(at, at + lengths[index]!)]);
      at += lengths[index]!;
    }
    return at === lines.length ? texts : undefined;
  });
}

/** Writes a copy whole, or leaves what was there: it gets its name when it is on the disk. @param content gives the length for its head */
export async function writeKept(
  path: string,
  stamp: Stamp,
  content: (add: (bytes: Uint8Array) => void) => Promise<number>,
): Promise<void> {
  const fresh = `${path}.new`;
  const fd = openSync(fresh, 'w', 0o600);
  try {
    let end = HEAD_BYTES;
    const length = await content((bytes) => {
      writeAll(fd, bytes, end);
      end += bytes.length;
    });
    const head: Head = { format: 1, length, stamp: stamp.stamp, filing: stamp.filing };
    writeAll(fd, Buffer.from(JSON.stringify(head).padEnd(HEAD_BYTES, ' '), 'latin1'), 0);
    fsyncSync(fd);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  renameSync(fresh, path);
}

function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
  }
}

/**
 * Reads a copy, when there is one that agrees and is whole. A copy that cannot be read is as good as none.
 *
 * @param agrees a stamp, or what says of the stamp of a copy whether it will do
 * @param content is given the length that stands in the head, what reads on, and what reads at a place of the content
 */
export function readKept<T>(
  path: string,
  agrees: Stamp | ((stamp: Stamp) => boolean),
  content: (
    length: number,
    read: (into: Uint8Array) => boolean,
    readAt: (into: Uint8Array, place: number) => boolean,
  ) => T | undefined,
): T | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    let at = 0;
    const readAt = (into: Uint8Array, place: number): boolean =>
      readSync(fd, into, 0, into.length, HEAD_BYTES + place) === into.length;
    const read = (into: Uint8Array): boolean => {
      const count = readSync(fd, into, 0, into.length, at);
      at += count;
      return count === into.length;
    };
    const bytes = Buffer.alloc(HEAD_BYTES);
    if (!read(bytes)) return undefined;
    const head = JSON.parse(bytes.toString('latin1')) as Partial<Head>;
    const { format, length, stamp, filing } = head;
    if (format !== 1 || length === undefined || stamp === undefined || filing === undefined) return undefined;
    const isRight =
      typeof agrees === 'function' ? agrees({ stamp, filing }) : stamp === agrees.stamp && filing === agrees.filing;
    return isRight ? content(length, read, readAt) : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}
