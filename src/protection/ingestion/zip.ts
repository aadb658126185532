import { fromBufferPromise, getFileNameLowLevel } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { Problem } from '../../standards/problem.ts';
import type { IngestionLimits } from './limits.ts';

// The directory of a zip (PKWARE APPNOTE 6.3.10), by yauzl; the data of its entries is expanded with the same bounds as
// everything else (`inflate.ts`). A zip lists its contents at its end, so it is held whole.

/** An entry that may be opened: its data lies in the zip, as it stands. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflated: boolean;
  readonly crc32: number;
  /** Bytes that it says it expands to. */
  readonly size: number;
  /** Why this one cannot be opened. */
  readonly problem?: Problem;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Directories and leavings of file managers, which hold no reports. */
  readonly junk: number;
  /** Bytes behind the end of the zip: harmless when what is inside is whole. */
  readonly trailingBytes: boolean;
}

const endSignature = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const junk = /(?:^|\/)(?:__MACOSX\/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

/** Reads the directory of a zip, or says why the whole of it is refused. */
export async function readZip(
  bytes: Uint8Array,
  limits: IngestionLimits,
): Promise<ZipDirectory | { problem: Problem }> {
  let buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.lastIndexOf(endSignature);
  if (end < 0 || end + 22 > buffer.length) return { problem: { code: 'ingestion/zip-cut-short' } };
  const after = end + 22 + buffer.readUInt16LE(end + 20);
  const trailingBytes = after < buffer.length;
  if (trailingBytes) buffer = buffer.subarray(0, after);
  // Before anything is made of it: the number of entries, as the end of the directory says (0xffff: zip64 says it).
  const said = buffer.readUInt16LE(end + 10);
  const tooMany = { problem: { code: 'ingestion/zip-entries', values: { limit: limits.zipEntries } } };
  if (said !== 0xffff && said > limits.zipEntries) return tooMany;
  const entries: ZipEntry[] = [];
  const ranges: [from: number, to: number][] = [];
  let passedOver = 0;
  try {
    const zip = await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > limits.zipEntries) return tooMany;
    for await (const entry of zip.eachEntry()) {
      const from = entry.relativeOffsetOfLocalHeader;
      const { fileDataStart: start } = await dataStart(zip, entry);
      ranges.push([from, start + entry.compressedSize]);
      const name = nameOf(entry).slice(0, limits.nameLength);
      if (name.endsWith('/') || junk.test(name)) {
        passedOver += 1;
        continue;
      }
      const problem = refusal(entry);
      entries.push({
        name,
        data: buffer.subarray(start, start + entry.compressedSize),
        deflated: entry.compressionMethod === 8,
        crc32: entry.crc32,
        size: entry.uncompressedSize,
        ...(problem === undefined ? {} : { problem }),
      });
    }
  } catch (error) {
    // yauzl says in words what is wrong with a directory; it has no codes.
    if (!(error instanceof Error)) throw error;
    return { problem: { code: 'ingestion/zip-directory', values: { reason: error.message.slice(0, 200) } } };
  }
  ranges.sort((a, b) => a[0] - b[0]);
  for (let i = 1; i < ranges.length; i++) {
    // Entries that share data are how a small zip becomes a large one; no honest writer makes them.
    if (ranges[i]![0] < ranges[i - 1]![1]) return { problem: { code: 'ingestion/zip-overlap' } };
  }
  return { entries, junk: passedOver, trailingBytes };
}

function refusal(entry: Entry): Problem | undefined {
  if ((entry.generalPurposeBitFlag & 0x41) !== 0) return { code: 'ingestion/zip-encrypted' };
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return { code: 'ingestion/zip-method', values: { method: entry.compressionMethod } };
  }
  return undefined;
}

/** The name for people to read, its path as it stands: nothing is ever written under it. */
function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function dataStart(zip: ZipFile, entry: Entry): Promise<{ fileDataStart: number }> {
  return zip.readLocalFileHeaderPromise(entry, { minimal: true });
}
