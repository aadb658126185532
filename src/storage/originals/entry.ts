// How an original lies in a segment: a mark, the length of what follows, what is known of it as JSON, and then its bytes. A
// segment can be read without the register: what was kept is never lost as long as the segments are there.
import type { Road } from '../../protection/ingestion/index.ts';

/** What stands before the bytes of an original. */
export interface EntryHead {
  readonly sha256: string;
  readonly size: number;
  readonly origin: string;
  readonly road: Road;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

const MARK = Buffer.from('ZGO1', 'latin1');
/** Bytes before the JSON: the mark and its length. */
export const prefixBytes = 8;
/** An origin is a path or a name in a mailbox: a head longer than this is no head. */
const LONGEST = 1 << 20;

/** The head of an entry as bytes. */
export function writeHead(head: EntryHead): Buffer {
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  const prefix = Buffer.alloc(prefixBytes);
  MARK.copy(prefix);
  prefix.writeUInt32LE(json.length, 4);
  return Buffer.concat([prefix, json]);
}

/** The length of the JSON that follows a prefix; `undefined` when this is not the beginning of an entry. */
export function readPrefix(prefix: Uint8Array): number | undefined {
  const bytes = Buffer.from(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  if (bytes.length < prefixBytes || !bytes.subarray(0, 4).equals(MARK)) return undefined;
  const length = bytes.readUInt32LE(4);
  return length > 0 && length <= LONGEST ? length : undefined;
}

/** What the JSON of a head says; `undefined` when it is not one. */
export function readHead(json: Uint8Array): EntryHead | undefined {
  let head: Partial<EntryHead>;
  try {
    head = JSON.parse(
      Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8'),
    ) as Partial<EntryHead>;
  } catch {
    return undefined;
  }
  const { sha256, size, origin, road, keptAt } = head;
  if (typeof sha256 !== 'string' || typeof origin !== 'string' || typeof keptAt !== 'number') return undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
  if (road !== 'file' && road !== 'mail' && road !== 'standard-input') return undefined;
  return { sha256, size, origin, road, keptAt };
}
