import type { Day } from '../../protection/history.ts';
import type { RegisterFile } from './database.ts';

/** A public key that a mail server showed, and the days on which it did. */
export interface ServerKey {
  readonly host: string;
  /** SHA-256 of its SubjectPublicKeyInfo, in lower-case hexadecimal: what `3 1 1` names (RFC 7672 §3.1.1). */
  readonly key: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** On how many days it was seen. */
  readonly days: number;
  /** Whether it was once in a certificate that led to a trusted root and named the server, or that its TLSA records vouched for. */
  readonly verified: boolean;
}

/** The keys that mail servers showed. */
export class ServerKeys {
  readonly #file: RegisterFile;

  constructor(file: RegisterFile) {
    this.#file = file;
  }

  /** Keeps what was seen on a day; twice on one day is once. @throws {StorageError} */
  keep(seen: Iterable<Pick<ServerKey, 'host' | 'key' | 'verified'>>, day: Day): void {
    this.#file.transaction(() => {
      for (const { host, key, verified } of seen)
        this.#file.run(
          `INSERT INTO server_keys (host, key, first_day, last_day, days, verified) VALUES (?, ?, ?, ?, 1, ?)
           ON CONFLICT (host, key) DO UPDATE SET
             days = days + (excluded.last_day < first_day OR excluded.last_day > last_day),
             first_day = min(first_day, excluded.first_day),
             last_day = max(last_day, excluded.last_day),
             verified = max(verified, excluded.verified)`,
          host,
          key,
          day,
          day,
          Number(verified),
        );
    });
  }

  /** The keys a server showed, the last seen first. @throws {StorageError} */
  of(host: string): ServerKey[] {
    return this.#file
      .rows('SELECT * FROM server_keys WHERE host = ? ORDER BY last_day DESC, first_day DESC, key', host)
      .map((row) => ({
        host: String(row['host']),
        key: String(row['key']),
        firstDay: Number(row['first_day']),
        lastDay: Number(row['last_day']),
        days: Number(row['days']),
        verified: row['verified'] === 1,
      }));
  }
}
