// How reports lie in a folder: plain, in gzip, or in archives of one or of a month.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { Receiver } from './receivers.ts';

/** A report as its reporter sent it. */
export interface Sent {
  readonly receiver: Receiver;
  /** Without suffix. */
  readonly name: string;
  readonly text: string;
  /** `2026-02`. */
  readonly month: string;
  /** How often it came. */
  readonly times: number;
}

/** Writes reports as files, a folder a reporter. */
export function writeReports(reports: readonly Sent[], folder: string): void {
  const archives = new Map<string, [name: string, bytes: Buffer][]>();
  for (const { receiver, name, text, month, times } of reports) {
    const home = join(folder, receiver.domain);
    mkdirSync(home, { recursive: true });
    const bytes = Buffer.from(text);
    if (receiver.pack === 'zip-a-month') {
      const file = join(home, `${month}.zip`);
      archives.set(file, [...(archives.get(file) ?? []), [`${name}.xml`, bytes]]);
      continue;
    }
    for (let time = 0; time < times; time++) {
      const file = join(home, time === 0 ? name : `${name} (${time + 1})`);
      if (receiver.pack === 'plain') writeFileSync(`${file}.xml`, bytes);
      else if (receiver.pack === 'gz') writeFileSync(`${file}.xml.gz`, gzipSync(bytes));
      else writeFileSync(`${file}.zip`, zipOf([[`${name}.xml`, bytes]]));
    }
  }
  for (const [file, entries] of archives) writeFileSync(file, zipOf(entries));
}

/** A ZIP archive (APPNOTE 4.3): each entry deflated, all of the same moment. */
function zipOf(entries: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(bytes);
    // Version, flags, method, time, date, checksum, sizes, lengths of name and extra: the same in both headers.
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt16LE(8, 4);
    both.writeUInt16LE(0x5c42, 8);
    both.writeUInt32LE(crc32(bytes), 10);
    both.writeUInt32LE(packed.length, 14);
    both.writeUInt32LE(bytes.length, 18);
    both.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), both, title, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), both, rest, title]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006'), end]);
}
