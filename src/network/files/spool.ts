import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headBytes } from '../../protection/ingestion/index.ts';

/** A stream that was read to its end and can be read again. */
export type Spool =
  | { readonly bytes: Uint8Array; readonly head: Uint8Array; readonly size: number; readonly fd?: undefined }
  | { readonly bytes?: undefined; readonly head: Uint8Array; readonly size: number; readonly fd: number };

/**
 * Reads a stream that comes only once, so that it can be read again: in memory up to `limit` bytes, beyond that in a file that has
 * no name any more, so that nothing is left behind however the process ends. It stays open as long as the process lives.
 */
export async function spool(input: AsyncIterable<Uint8Array>, limit: number): Promise<Spool> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let fd: number | undefined;
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (fd !== undefined) writeAll(fd, bytes);
    else {
      parts.push(bytes);
      if (size > limit) {
        fd = namelessFile();
        for (const part of parts) writeAll(fd, part);
      }
    }
  }
  if (fd === undefined) {
    const bytes = Buffer.concat(parts, size);
    return { bytes, head: bytes.subarray(0, headBytes), size };
  }
  return { head: Buffer.concat(parts).subarray(0, headBytes), size, fd };
}

function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-'));
  try {
    return openSync(join(folder, 'standard-input'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}
