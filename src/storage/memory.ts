import { dirname, join } from 'node:path';
import type { History, Where } from '../protection/history.ts';
import type { Archive, Arrival, DocumentRecord, Filing, Kept, Original, Road } from '../protection/ingestion/index.ts';
import { KeptAnswers, KeptValue } from './answers.ts';
import { OpenFiling } from './filing.ts';
import type { FilingStores } from './filing.ts';
import { prepareFolder, readOwner, signOwner, unsignOwner } from './folder.ts';
import type { Folder } from './folder.ts';
import { HistoryStore, RowMapper, factBuffer } from './history/index.ts';
import type { AlignmentRule, ExportFormat, Progress, RowBuffer } from './history/index.ts';
import { OriginalsStore } from './originals/index.ts';
import { recoverOriginals, settleStores } from './recovery.ts';
import {
  RegisterStore,
  doubtfulDocuments,
  refusedDocuments,
  unfiledDocuments,
  unjudgedDocuments,
} from './register/index.ts';
import type { Register } from './register/index.ts';
import { applyRetention } from './retention.ts';
import type { Dropped } from './retention.ts';
import { StorageError } from './storage-error.ts';

/** How the memory of an organisation is opened. */
export interface MemoryOptions {
  /** The organisation's folder; it is made when it is not there. */
  readonly directory: string;
  /** The alignment bits of an author domain and authentication results: `alignmentBits`. */
  readonly alignment: AlignmentRule;
  /** Names what `alignment` follows, its data included: `'psl 2026-06-17'`. When it changes, what is filed is judged again. */
  readonly rule: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Megabytes that the history may use for its buffers. */
  readonly memoryMb?: number;
  readonly threads?: number;
  /** From so many facts on the history keeps sums by combination; see `HistoryOptions`. */
  readonly mailFrom?: number;
  /** Told how far work has come that opening had to do first: a migration, alignment by a new rule. */
  readonly progress?: (now: Progress) => void;
  /** Interrupts such work; the next opening goes on where it stopped. */
  readonly signal?: AbortSignal;
}

/** Keeps one answer at a time, of one state of what is filed. */
export interface LargeAnswer {
  /** @param question everything the answer depends on beside what is filed */
  read(question: string): unknown;
  write(question: string, answer: unknown): void;
}

/** What Zegel remembers of one organisation. */
export interface Memory {
  readonly archive: Archive;
  readonly history: History;
  readonly register: Register;
  /**
   * The answer to a question about all of this, worked out when it is not known from before. It holds until something is filed.
   *
   * @param question everything the answer depends on beside what is remembered
   * @param work gives a plain JSON value
   * @param also names the state of what else it depends on and what changes: under another, the answer no longer holds
   */
  answer<T>(question: string, work: () => Promise<T>, also?: string): Promise<T>;
  /** The answer to such a question if it is known from before and still holds. */
  known<T>(question: string, also?: string): Promise<T | undefined>;
  /**
   * Where the one answer is kept that is too large for `answer`: plain values and typed arrays, as of now. `undefined` where what is
   * filed has no name yet.
   */
  large(): Promise<LargeAnswer | undefined>;
  /** Observations as the bytes of a file of this format; see docs/guide for the columns. @throws {StorageError} */
  observations(format: ExportFormat, where?: Where): AsyncIterable<Uint8Array>;
  /**
   * Does what makes the next questions fast, and takes away what the settings `retentionSettings` say is past. To be called when
   * a lot was filed; it may take seconds.
   *
   * @throws {StorageError}
   */
  tidy(): Promise<Dropped>;
  /** Lets go of the folder. Nothing may be open on it any more. */
  close(): Promise<void>;
}

/**
 * Opens the folder of an organisation, and owns it until `close`. What a kill has left half done is put right first.
 *
 * @throws {StorageError} `storage/in-use` with the process that owns it; `storage/newer-version`; `storage/damaged`;
 *   `storage/disk-full`
 */
export async function openMemory(options: MemoryOptions): Promise<Memory> {
  const folder = prepareFolder(options.directory);
  const register = openRegister(folder, options.clock);
  let history: HistoryStore | undefined;
  try {
    signOwner(folder, options.clock());
    const originals = new OriginalsStore(folder.originals);
    await recoverOriginals(register, originals);
    history = await HistoryStore.open({
      file: folder.history,
      exports: folder.exports,
      alignment: options.alignment,
      rule: options.rule,
      memoryMb: options.memoryMb ?? 256,
      threads: options.threads ?? 2,
      mailFrom: options.mailFrom,
      progress: options.progress,
      signal: options.signal,
    });
    const store = new MemoryStore(folder, register, history, originals, options);
    await store.settle();
    return store;
  } catch (error) {
    history?.close();
    unsignOwner(folder);
    register.close();
    throw error;
  }
}

function openRegister(folder: Folder, clock: () => number): RegisterStore {
  try {
    return RegisterStore.open(folder.register, clock);
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== 'storage/in-use') throw error;
    const pid = readOwner(folder)?.pid ?? '?';
    throw new StorageError('storage/in-use', { directory: folder.directory, pid }, error);
  }
}

class MemoryStore implements Memory, Archive {
  readonly archive: Archive = this;
  readonly history: History;
  readonly register: Register;
  readonly #folder: Folder;
  readonly #register: RegisterStore;
  readonly #history: HistoryStore;
  readonly #originals: OriginalsStore;
  readonly #options: MemoryOptions;
  readonly #answers: KeptAnswers;
  readonly #large: KeptValue;
  readonly #rowBuffers: RowBuffer[] = [];
  readonly #facts = factBuffer();
  #mapper: RowMapper | undefined;
  #filing: Filing | undefined;
  /** Whether the two stores may differ: then nothing is asked or filed before they agree again. */
  #unsettled = true;
  /** Questions that are being answered. */
  readonly #questions = new Set<Promise<void>>();
  /** `keep` is one at a time. */
  #keeping: Promise<unknown> = Promise.resolve();

  constructor(
    folder: Folder,
    register: RegisterStore,
    history: HistoryStore,
    originals: OriginalsStore,
    options: MemoryOptions,
  ) {
    this.#folder = folder;
    this.#register = register;
    this.register = register;
    this.#history = history;
    this.#originals = originals;
    this.#options = options;
    this.#answers = new KeptAnswers(join(dirname(folder.history), 'answers'));
    this.#large = new KeptValue(join(dirname(folder.history), 'large.kept'));
    this.history = {
      ask: (question) => this.#underWay(this.settle().then(() => history.ask(question))),
      dictionaries: () => this.#underWay(history.dictionaries()),
    };
  }

  /** Makes the history agree with the register. @throws {StorageError} when that cannot be done now */
  async settle(): Promise<void> {
    if (!this.#unsettled) return;
    await settleStores(this.#register, this.#history);
    this.#unsettled = false;
  }

  keep(batch: readonly Arrival[]): Promise<Kept[]> {
    const kept = this.#keeping.then(() => this.#keep(batch));
    this.#keeping = kept.catch(() => undefined);
    return kept;
  }

  async #keep(batch: readonly Arrival[]): Promise<Kept[]> {
    const { file } = this.#register;
    const known = new Map<string, Kept>();
    const arriving = new Map<string, Arrival>();
    for (const arrival of batch) {
      if (known.has(arrival.sha256) || arriving.has(arrival.sha256)) continue;
      const row = file.row('SELECT * FROM originals WHERE sha256 = ?', arrival.sha256);
      if (row === undefined) arriving.set(arrival.sha256, arrival);
      else known.set(arrival.sha256, { original: asOriginal(row), state: row['state'] === 'done' ? 'known' : 'new' });
    }
    const keptAt = this.#options.clock();
    const fresh = [...arriving.values()];
    const places = await this.#originals.append(fresh, keptAt);
    const added = new Map<string, Kept>();
    if (fresh.length > 0) {
      file.transaction(() => {
        for (const [index, { sha256, origin, road, size }] of fresh.entries()) {
          const { segment, position } = places[index]!;
          const id = file.run(
            `INSERT INTO originals (sha256, origin, road, size, segment, position, state, kept_at)
             VALUES (?, ?, ?, ?, ?, ?, 'pending', ?)`,
            sha256,
            origin,
            road,
            size,
            segment,
            position,
            keptAt,
          );
          added.set(sha256, { original: { id, sha256, origin, road, size }, state: 'new' });
        }
      });
    }
    return batch.map(({ sha256 }) => {
      const kept = added.get(sha256);
      if (kept === undefined) return known.get(sha256)!;
      // The second time in this batch it is known: whoever files what is new files it once.
      known.set(sha256, { original: kept.original, state: 'known' });
      added.delete(sha256);
      return kept;
    });
  }

  pending(): Original[] {
    return this.#register.file.rows("SELECT * FROM originals WHERE state = 'pending' ORDER BY id").map(asOriginal);
  }

  refused(): DocumentRecord[] {
    return refusedDocuments(this.#register.file);
  }

  unfiled(): DocumentRecord[] {
    return unfiledDocuments(this.#register.file);
  }

  unjudged(all: boolean, after: number, most: number): DocumentRecord[] {
    return unjudgedDocuments(this.#register.file, all, after, most);
  }

  doubtful(): DocumentRecord[] {
    return doubtfulDocuments(this.#register.file);
  }

  async *chunks(original: Original): AsyncIterable<Uint8Array> {
    const row = this.#register.file.row('SELECT segment, position FROM originals WHERE id = ?', original.id);
    if (row === undefined || row['segment'] === null) {
      throw new StorageError('storage/original-not-kept', { sha256: original.sha256 });
    }
    const place = { segment: Number(row['segment']), position: Number(row['position']) };
    yield* this.#originals.chunks(place, original.size, original.sha256);
  }

  async begin(): Promise<Filing> {
    if (this.#filing !== undefined) throw new Error('a filing is open already');
    await this.settle();
    const dictionaries = await this.#history.loaded();
    this.#mapper ??= new RowMapper(dictionaries, this.#options.alignment);
    const stores: FilingStores = {
      register: this.#register,
      history: this.#history,
      mapper: this.#mapper,
      spillDirectory: dirname(this.#folder.history),
      clock: this.#options.clock,
      rowBuffers: this.#rowBuffers,
      facts: this.#facts,
      withdraw: () => this.#again(),
      orphaned: () => this.#again(),
      over: () => (this.#filing = undefined),
    };
    const filing = new OpenFiling(stores);
    this.#filing = filing;
    return filing;
  }

  /** The stores differ: tries to put it right at once. When that fails, whoever asks next tries again, and is told. */
  async #again(): Promise<void> {
    this.#unsettled = true;
    await this.settle().catch(() => undefined);
  }

  async answer<T>(question: string, work: () => Promise<T>, also = ''): Promise<T> {
    const state = await this.#state(also);
    if (state === undefined) return work();
    const known = this.#answers.read(question, state);
    if (known !== undefined) return known as T;
    const answer = await work();
    this.#answers.write(question, state, answer);
    return answer;
  }

  async known<T>(question: string, also = ''): Promise<T | undefined> {
    const state = await this.#state(also);
    return state === undefined ? undefined : (this.#answers.read(question, state) as T | undefined);
  }

  async large(): Promise<LargeAnswer | undefined> {
    const state = await this.#state('');
    if (state === undefined) return undefined;
    const named = (question: string): string => JSON.stringify([state, question]);
    return {
      read: (question) => this.#large.read(named(question)),
      write: (question, answer) => this.#large.write(named(question), answer),
    };
  }

  /** Names what is filed, and what else was given; `undefined` where that has no name yet. */
  async #state(also: string): Promise<string | undefined> {
    await this.settle();
    const { stamp, filing } = await this.#underWay(this.#history.current());
    if (stamp === '') return undefined;
    return [stamp, filing, this.#register.counter('filing'), this.#register.counter('document'), also].join(' ');
  }

  async *observations(format: ExportFormat, where: Where = {}): AsyncGenerator<Uint8Array> {
    await this.settle();
    yield* this.#history.export(format, where);
  }

  async tidy(): Promise<Dropped> {
    await this.settle();
    const dropped = await applyRetention(this.#register, this.#history, this.#originals, this.#options.clock());
    await this.#history.sort();
    await this.#history.current();
    return dropped;
  }

  /** Keeps a question in mind until it is answered: the engine must not be closed under it. */
  #underWay<T>(question: Promise<T>): Promise<T> {
    const ended = question.then(
      () => {},
      () => {},
    );
    this.#questions.add(ended);
    void ended.then(() => this.#questions.delete(ended));
    return question;
  }

  async close(): Promise<void> {
    // Whoever asked several things at once and was let down by one of them closes while the others are still being answered.
    await Promise.all(this.#questions);
    await this.#keeping;
    await this.#filing?.rollback();
    this.#history.close();
    await this.#originals.close();
    unsignOwner(this.#folder);
    this.#register.close();
  }
}

function asOriginal(row: Readonly<Record<string, unknown>>): Original {
  return {
    id: Number(row['id']),
    sha256: String(row['sha256']),
    origin: String(row['origin']),
    road: row['road'] as Road,
    size: Number(row['size']),
  };
}
