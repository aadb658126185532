import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MapEntry, OwnSender } from '../../protection/inventory/senders/index.ts';
import type { RegisterFile } from './database.ts';
import type { Note } from './note.ts';

/** A sender of one's own as it is kept. */
export interface KeptSender {
  readonly entry: OwnSender;
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is said of the map of reverse names that is kept. */
export interface KeptMap {
  readonly file: string;
  readonly senders: number;
  readonly domains: number;
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the organisation adds to the catalogue of senders. Every change stands in the audit log. */
export class OwnSenders {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;

  constructor(file: RegisterFile, clock: () => number, note: Note) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
  }

  /** All entries, by id, with who said so and when. @throws {StorageError} */
  list(): KeptSender[] {
    return this.#file.rows('SELECT entry, who, at FROM own_senders ORDER BY id').map((row) => ({
      entry: JSON.parse(String(row['entry'])) as OwnSender,
      who: String(row['who']),
      at: Number(row['at']),
    }));
  }

  /** The entries alone. @throws {StorageError} */
  own(): OwnSender[] {
    return this.list().map(({ entry }) => entry);
  }

  /**
   * Puts entries in, all or none: each in place of the one with its id; with `replace` those that are not among them go. One that
   * says the same as the one that is there stays that one, with who said it and when.
   *
   * @throws {StorageError}
   */
  put(
    entries: readonly OwnSender[],
    how: 'add' | 'replace',
    who: string,
  ): { readonly added: number; readonly changed: number; readonly removed: number } {
    return this.#file.transaction(() => {
      const before = new Map(this.own().map((entry) => [entry.id, entry]));
      const wanted = new Set(entries.map(({ id }) => id));
      const added = entries.filter(({ id }) => !before.has(id));
      const changed = entries.filter((entry) => {
        const old = before.get(entry.id);
        return old !== undefined && !isDeepStrictEqual(old, JSON.parse(JSON.stringify(entry)));
      });
      const removed = how === 'add' ? [] : [...before.values()].filter(({ id }) => !wanted.has(id));
      for (const { id } of removed) this.#file.run('DELETE FROM own_senders WHERE id = ?', id);
      for (const entry of [...added, ...changed])
        this.#file.run(
          'INSERT OR REPLACE INTO own_senders (id, entry, who, at) VALUES (?, ?, ?, ?)',
          entry.id,
          JSON.stringify(entry),
          who,
          this.#clock(),
        );
      if (added.length + changed.length + removed.length > 0)
        this.#note(who, 'catalogue/imported', {
          added,
          changed: changed.map((to) => ({ from: before.get(to.id), to })),
          removed,
        });
      return { added: added.length, changed: changed.length, removed: removed.length };
    });
  }

  /** Takes entries out. @returns how many were there. @throws {StorageError} */
  remove(ids: readonly string[], who: string): number {
    return this.#file.transaction(() => {
      const removed = this.own().filter(({ id }) => ids.includes(id));
      for (const { id } of removed) this.#file.run('DELETE FROM own_senders WHERE id = ?', id);
      if (removed.length > 0) this.#note(who, 'catalogue/removed', { removed });
      return removed.length;
    });
  }

  /** The map of reverse names, entry by entry; none when none was taken in. @throws {StorageError} */
  map(): MapEntry[] {
    const row = this.#file.row('SELECT entries FROM reverse_map');
    if (row === undefined) return [];
    return JSON.parse(inflateRawSync(row['entries'] as Uint8Array).toString('utf8')) as MapEntry[];
  }

  /** What is said of it. @throws {StorageError} */
  aboutMap(): KeptMap | undefined {
    const row = this.#file.row('SELECT file, senders, domains, who, at FROM reverse_map');
    if (row === undefined) return undefined;
    return {
      file: String(row['file']),
      senders: Number(row['senders']),
      domains: Number(row['domains']),
      who: String(row['who']),
      at: Number(row['at']),
    };
  }

  /**
   * Keeps a map in place of the one there was, or takes it away.
   *
   * @param file what it is called
   * @returns whether anything changed
   * @throws {StorageError}
   */
  putMap(entries: readonly MapEntry[] | undefined, file: string, who: string): boolean {
    return this.#file.transaction(() => {
      const before = this.aboutMap();
      if (entries === undefined) {
        if (before === undefined) return false;
        this.#file.run('DELETE FROM reverse_map');
        this.#note(who, 'catalogue/map-removed', {
          file: before.file,
          senders: before.senders,
          domains: before.domains,
        });
        return true;
      }
      if (before !== undefined && isDeepStrictEqual(this.map(), entries)) return false;
      const domains = entries.reduce((sum, entry) => sum + entry.domains.length, 0);
      this.#file.run(
        'INSERT OR REPLACE INTO reverse_map (id, file, senders, domains, entries, who, at) VALUES (1, ?, ?, ?, ?, ?, ?)',
        file,
        entries.length,
        domains,
        deflateRawSync(JSON.stringify(entries)),
        who,
        this.#clock(),
      );
      this.#note(who, 'catalogue/map-imported', { file, senders: entries.length, domains });
      return true;
    });
  }
}
