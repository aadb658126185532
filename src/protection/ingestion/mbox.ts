import type { ChunkReader } from './content.ts';
import { fromLine } from './recognise.ts';

// An mbox (RFC 4155 and what was before it): messages one behind the other, each begun by a line `From `. Lines of a message that
// look so are written with a `>` before them, which is taken away again (mboxrd; in mboxo a line that had one already cannot be
// told, and is rare).

/** One message of an mbox. */
export interface MboxMessage {
  /** Where it begins in the mbox, behind its `From ` line, and where it ends; both in bytes, as it stands there. */
  readonly start: number;
  readonly end: number;
  /** The message, its `>From ` lines restored; `undefined` when it is larger than asked for. */
  readonly bytes: Uint8Array | undefined;
}

const lineFeed = 0x0a;
/** What stands before a `From ` line, at most: a line end and an empty line. */
const lead = 4;

/**
 * Splits an mbox as it comes, in memory of one message and one chunk. A line begins a message when it follows an empty line (or
 * nothing) and carries a time and a year, or is followed by a header field.
 *
 * @param most the largest message, in bytes, that is held
 */
export async function* splitMbox(input: ChunkReader, most: number): AsyncGenerator<MboxMessage> {
  let parts: Buffer[] = [];
  let size = 0;
  let start = -1;
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  const keep = (bytes: Buffer): void => {
    if (start < 0 || bytes.length === 0) return;
    size += bytes.length;
    if (size <= most) parts.push(bytes);
    else parts = [];
  };
  const finish = (end: number): MboxMessage => {
    const bytes = size > most ? undefined : restore(parts.length === 1 ? parts[0]! : Buffer.concat(parts, size));
    const message = { start, end, bytes };
    parts = [];
    size = 0;
    return message;
  };
  for (;;) {
    const chunk = await input.next();
    const last = chunk === undefined;
    const data = last ? rest : rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    let done = 0;
    let search = 0;
    for (;;) {
      const line = nextFrom(data, search, offset === 0);
      if (line < 0) break;
      // The line and the beginning of the next must be there to be judged.
      const enough = last || data.length - line > 2048;
      if (!enough) {
        search = -1 - line;
        break;
      }
      if (!fromLine.test(data.toString('latin1', line, Math.min(line + 1024, data.length)))) {
        search = line + 5;
        continue;
      }
      const before = Math.max(done, endBefore(data, line));
      keep(data.subarray(done, before));
      if (start >= 0) yield finish(offset + before);
      const end = data.indexOf(lineFeed, line);
      done = end < 0 ? data.length : end + 1;
      search = done;
      start = offset + done;
    }
    if (last) {
      keep(data.subarray(done));
      if (start >= 0) yield finish(offset + data.length);
      return;
    }
    // Keep back what a separator might begin in: up to where one is waiting to be judged, else a line's worth.
    const hold = search < 0 ? -1 - search - lead : data.length - 16;
    const upTo = Math.max(done, Math.min(hold, data.length));
    keep(data.subarray(done, upTo));
    rest = Buffer.from(data.subarray(upTo));
    offset += upTo;
  }
}

/** The next `From ` at the start of a line that follows an empty line, from `at` on; -1 when there is none. */
function nextFrom(data: Buffer, at: number, first: boolean): number {
  if (at === 0 && first && data.toString('latin1', 0, 5) === 'From ') return 0;
  for (let from = at; ;) {
    const found = data.indexOf('\nFrom ', from, 'latin1');
    if (found < 0) return -1;
    const before = data[found - 1];
    // At the very beginning an empty line is one by itself.
    if (first && data.subarray(0, found).every((byte) => byte === 0x0d || byte === lineFeed)) return found + 1;
    if (before === lineFeed || (before === 0x0d && data[found - 2] === lineFeed)) return found + 1;
    from = found + 6;
  }
}

/** The end of a message before the `From ` line at `line`: the empty line between them belongs to the mbox (RFC 4155 §A). */
function endBefore(data: Buffer, line: number): number {
  return data[line - 2] === 0x0d ? line - 2 : line - 1;
}

/** Takes the `>` away that was put before lines that begin `From ` or `>From `. */
function restore(bytes: Buffer): Buffer {
  let found = bytes.indexOf('>From ', 0, 'latin1');
  if (found < 0) return bytes;
  const parts: Buffer[] = [];
  let done = 0;
  while (found >= 0) {
    let line = found;
    while (line > 0 && bytes[line - 1] === 0x3e) line -= 1;
    if (line === 0 || bytes[line - 1] === lineFeed) {
      parts.push(bytes.subarray(done, line));
      done = line + 1;
    }
    found = bytes.indexOf('>From ', found + 6, 'latin1');
  }
  parts.push(bytes.subarray(done));
  return Buffer.concat(parts);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** `restore` for a message that comes in chunks. */
export async function* restoreFromLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const data = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    // A line is judged whole, and with its beginning; one without an end for a megabyte is no `From ` line.
    let upTo = data.lastIndexOf(lineFeed) + 1;
    if (upTo === 0 && data.length > 1 << 20) upTo = data.length;
    if (upTo > 0) yield restore(data.subarray(0, upTo));
    rest = Buffer.from(data.subarray(upTo));
  }
  if (rest.length > 0) yield restore(rest);
}
