import type { Day } from '../../protection/history.ts';
import { mergedTarget, newStreamId, ownsKeys } from '../../protection/inventory/registry/index.ts';
import type { StreamIdentity, StreamPin } from '../../protection/inventory/registry/index.ts';
import type { RegisterFile } from './database.ts';
import { nextMoment } from './moment.ts';
import type { Note } from './note.ts';

/** A stream as attribution found it today. */
export interface FoundStream {
  readonly id: string;
  /** What it is called as long as no person has named it. */
  readonly name: string;
  readonly firstSeen: Day | null;
  /** The keys of its set-ups. */
  readonly keys: readonly string[];
}

/** What is to be a stream of its own. */
export type Split = Pick<StreamPin, 'authorDomains' | 'keys' | 'of' | 'sources'> & { readonly name: string };

/** Which stream is which from day to day. What persons say of streams stands in the audit log; what attribution finds does not. */
export class Streams {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;

  constructor(file: RegisterFile, clock: () => number, note: Note) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
  }

  /** Every stream there ever was, by id; merged ones too. @throws {StorageError} */
  load(): StreamIdentity[] {
    const held = new Map<string, string[]>();
    const lost = new Map<string, string[]>();
    const add = (to: Map<string, string[]>, stream: string, key: string): void => {
      const list = to.get(stream);
      if (list === undefined) to.set(stream, [key]);
      else list.push(key);
    };
    for (const row of this.#file.rows('SELECT * FROM stream_keys ORDER BY key')) {
      const [key, stream, first] = [String(row['key']), String(row['stream']), String(row['first_stream'])];
      add(held, stream, key);
      if (first !== stream) add(lost, first, key);
    }
    return this.#file.rows('SELECT * FROM streams ORDER BY id').map((row): StreamIdentity => {
      const id = String(row['id']);
      const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
      return {
        id,
        name: String(row['name']),
        namedBy: text('named_by'),
        mergedInto: text('merged_into'),
        pin: row['pin'] === null ? null : (JSON.parse(String(row['pin'])) as StreamPin),
        party: text('party'),
        firstSeen: row['first_day'] === null ? null : Number(row['first_day']),
        keys: held.get(id) ?? [],
        lostKeys: lost.get(id) ?? [],
      };
    });
  }

  /**
   * Keeps what attribution found, all or nothing: new streams, names that nobody gave, and keys, which go to the stream they were
   * found in. Keys and streams that were not found stay as they are, so that what comes once a year is known again. A list that
   * says nothing new writes nothing.
   *
   * @returns how many streams are new. @throws {StorageError}
   */
  keep(found: readonly FoundStream[]): number {
    const known = new Map(this.load().map((each) => [each.id, each]));
    const owner = new Map([...known.values()].flatMap(({ id, keys }) => keys.map((key) => [key, id])));
    const work: (() => void)[] = [];
    let added = 0;
    for (const { id, name, firstSeen, keys } of found) {
      const before = known.get(id);
      if (before === undefined) {
        added += 1;
        work.push(() => this.#insert(id, name, null, null, firstSeen));
      } else {
        const first = Math.min(firstSeen ?? Infinity, before.firstSeen ?? Infinity);
        const nameNow = before.namedBy === null ? name : before.name;
        if (nameNow !== before.name || first !== (before.firstSeen ?? Infinity)) {
          work.push(() =>
            this.#file.run(
              'UPDATE streams SET name = ?, first_day = ? WHERE id = ?',
              nameNow,
              first === Infinity ? null : first,
              id,
            ),
          );
        }
        // The keys of what is told by addresses or author domains are those of the stream it was taken out of.
        if (before.pin !== null && !ownsKeys(before.pin)) continue;
      }
      for (const key of keys) {
        const now = owner.get(key);
        // What was merged keeps its keys: it is known by them when the merge is taken back.
        if (now !== undefined && mergedTarget(now, known) === id) continue;
        owner.set(key, id);
        work.push(() => this.#give(key, id));
      }
    }
    if (work.length > 0) this.#file.transaction(() => work.forEach((each) => each()));
    return added;
  }

  /** Names a stream; `undefined`: it may be called what attribution calls it again. @returns whether there is such a stream. @throws {StorageError} */
  rename(id: string, name: string | undefined, who: string): boolean {
    return this.#file.transaction(() => {
      const before = this.#file.row('SELECT name, named_by FROM streams WHERE id = ?', id);
      if (before === undefined) return false;
      this.#file.run(
        'UPDATE streams SET name = ?, named_by = ? WHERE id = ?',
        name ?? String(before['name']),
        name === undefined ? null : who,
        id,
      );
      this.#note(who, 'streams/renamed', { stream: id, from: before['name'], to: name ?? null });
      return true;
    });
  }

  /**
   * Makes streams part of another one, decisions and all.
   *
   * @returns those that were not part of it yet. @throws {StorageError}
   */
  merge(from: readonly string[], into: string, who: string): string[] {
    return this.#file.transaction(() => {
      const known = new Map(this.load().map((each) => [each.id, each]));
      const target = mergedTarget(into, known);
      if (!known.has(target)) return [];
      const merged = [...new Set(from)].filter((id) => known.has(id) && mergedTarget(id, known) !== target);
      for (const id of merged) {
        this.#file.run('UPDATE streams SET merged_into = ? WHERE id = ?', target, id);
        this.#note(who, 'streams/merged', { stream: id, into: target });
      }
      return merged;
    });
  }

  /** Takes a merge back: the stream stands for itself again. @returns whether it was merged. @throws {StorageError} */
  unmerge(id: string, who: string): boolean {
    return this.#file.transaction(() => {
      const before = this.#file.row('SELECT merged_into FROM streams WHERE id = ?', id)?.['merged_into'];
      if (before === undefined || before === null) return false;
      this.#file.run('UPDATE streams SET merged_into = NULL WHERE id = ?', id);
      this.#note(who, 'streams/unmerged', { stream: id, from: before });
      return true;
    });
  }

  /**
   * Takes a part out of a stream, to be one of its own from now on.
   *
   * @returns its id; `undefined` when there is no such stream or nothing says what the part is. @throws {StorageError}
   */
  split({ of, name, keys, sources, authorDomains }: Split, who: string): string | undefined {
    if (keys.length + sources.length + authorDomains.length === 0) return undefined;
    return this.#file.transaction(() => {
      if (!this.#has(of)) return undefined;
      const at = nextMoment(this.#file, this.#clock);
      const pin: StreamPin = { of, keys, sources, authorDomains, at, who };
      const cluster = { keys: [[JSON.stringify(pin), 1] as const], label: name };
      const id = newStreamId(cluster, (each) => this.#has(each));
      this.#insert(id, name, who, pin, null);
      if (ownsKeys(pin)) {
        for (const key of keys) {
          this.#file.run(
            'INSERT OR REPLACE INTO stream_keys (key, stream, first_stream) VALUES (?, ?, ?)',
            key,
            id,
            id,
          );
        }
      }
      this.#note(who, 'streams/split', { stream: id, name, of, keys, sources, authorDomains });
      return id;
    });
  }

  /** Takes a split back: the part is what it was taken out of again, decisions and all. @returns whether it was split off. @throws {StorageError} */
  unsplit(id: string, who: string): boolean {
    return this.#file.transaction(() => {
      const known = new Map(this.load().map((each) => [each.id, each]));
      const pin = known.get(id)?.pin ?? null;
      if (pin === null) return false;
      const target = mergedTarget(pin.of, known);
      const into = target === id ? null : target;
      this.#file.run('UPDATE streams SET pin = NULL, merged_into = ? WHERE id = ?', into, id);
      this.#note(who, 'streams/unsplit', { stream: id, into });
      return true;
    });
  }

  #has(id: string): boolean {
    return this.#file.row('SELECT 1 FROM streams WHERE id = ?', id) !== undefined;
  }

  #insert(id: string, name: string, namedBy: string | null, pin: StreamPin | null, firstSeen: Day | null): void {
    this.#file.run(
      'INSERT INTO streams (id, name, named_by, pin, first_day, kept_at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      name,
      namedBy,
      pin === null ? null : JSON.stringify(pin),
      firstSeen,
      this.#clock(),
    );
  }

  #give(key: string, id: string): void {
    this.#file.run(
      `INSERT INTO stream_keys (key, stream, first_stream) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET stream = excluded.stream`,
      key,
      id,
      id,
    );
  }
}
