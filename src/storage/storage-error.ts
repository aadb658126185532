/** What can be the matter with the memory. Each has its sentence in `words/storage.ts`. */
export type StorageCode =
  | 'storage/changed-while-reading'
  | 'storage/closed'
  | 'storage/damaged'
  | 'storage/disk-full'
  | 'storage/in-use'
  | 'storage/interrupted'
  | 'storage/newer-version'
  | 'storage/not-allowed'
  | 'storage/not-readable'
  | 'storage/original-not-kept'
  | 'storage/write-failed';

/** Codes after which the same call may succeed when something outside has changed: space, another process, patience. */
const retryable: ReadonlySet<StorageCode> = new Set([
  'storage/changed-while-reading',
  'storage/disk-full',
  'storage/in-use',
  'storage/interrupted',
  'storage/write-failed',
]);

/** The memory could not do what was asked. Never thrown for a text that is wrong: only for a disk, a file, a folder. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageCode;
  readonly retryable: boolean;
  /** What the sentence needs to be said. */
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: StorageCode, values: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    const said = Object.entries(values).map(([name, value]) => `${name} ${value}`);
    super(said.length === 0 ? code : `${code} (${said.join(', ')})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable.has(code);
    this.values = values;
  }
}

/** Errors of the operating system that mean there is no room: the disk, a quota, a limit on the size of a file. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_IOERR = 10;
const SQLITE_READONLY = 8;
const SQLITE_CANTOPEN = 14;

/**
 * What an error of the file system, SQLite or DuckDB means for the memory. An error that is none of these is a bug and is
 * given back as it is, to be thrown.
 *
 * @param what the part that was at work, for the sentence: `'register'`, `'history'`, `'originals'`
 */
export function storageError(cause: unknown, what: string): unknown {
  if (!(cause instanceof Error) || cause instanceof StorageError) return cause;
  const { code, errcode } = cause as Error & { code?: string; errcode?: number };
  if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined) return ofSqlite(cause, errcode & 0xff, what);
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) {
    return new StorageError(noRoom.has(code) ? 'storage/disk-full' : 'storage/write-failed', { what }, cause);
  }
  return ofDuckDb(cause, what);
}

function ofSqlite(cause: Error, primary: number, what: string): unknown {
  switch (primary) {
    case SQLITE_FULL:
      return new StorageError('storage/disk-full', { what }, cause);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return new StorageError('storage/damaged', { what, detail: cause.message }, cause);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return new StorageError('storage/in-use', { directory: what, pid: '?' }, cause);
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return new StorageError('storage/write-failed', { what }, cause);
    default:
      return cause;
  }
}

/** DuckDB says what is the matter in its message only; these are the beginnings and phrases of 1.5. */
function ofDuckDb(cause: Error, what: string): unknown {
  const said = cause.message;
  if (
    /No space left on device|File too large|Disk quota exceeded|failed to offload|max_temp_directory_size/i.test(said)
  ) {
    return new StorageError('storage/disk-full', { what }, cause);
  }
  if (/Could not set lock on file|Conflicting lock/i.test(said)) {
    return new StorageError('storage/in-use', { directory: what, pid: /\(PID (\d+)/.exec(said)?.[1] ?? '?' }, cause);
  }
  if (/^INTERRUPT Error/i.test(said)) return new StorageError('storage/interrupted', { what }, cause);
  if (/^Permission Error/i.test(said)) return new StorageError('storage/not-allowed', { what }, cause);
  if (/not a valid DuckDB database|checksum|Corrupt|^Serialization Error|Failed to deserialize/i.test(said)) {
    return new StorageError('storage/damaged', { what, detail: said.split('\n', 1)[0]! }, cause);
  }
  if (/^(IO Error|FATAL Error|TransactionContext Error|Out of Memory Error)/i.test(said)) {
    return new StorageError('storage/write-failed', { what }, cause);
  }
  return cause;
}
