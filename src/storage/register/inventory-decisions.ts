import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AddressSet } from '../../protection/inventory/decisions/index.ts';
import type {
  Decision,
  Narrowing,
  NewDecision,
  SigningFamily,
  ToldDecisions,
} from '../../protection/inventory/decisions/index.ts';
import type { DecisionVerdict } from '../../protection/inventory/index.ts';
import type { RegisterFile, RegisterRow } from './database.ts';
import { bringStreams } from './inventory-told.ts';
import type { Parties } from './inventory-parties.ts';
import type { Streams } from './inventory-streams.ts';
import { nextMoment } from './moment.ts';
import type { Note } from './note.ts';

/** A decision to be made, and whose the stream is from now on when that is said with it. */
export type DecisionEntry = NewDecision & { readonly party?: string };

/** What came of bringing in decisions. */
export interface Brought {
  readonly added: number;
  /** Those that were here already. */
  readonly known: number;
  /** Those here that were undone elsewhere, and are now here too. */
  readonly undone: number;
  readonly streams: number;
  readonly parties: number;
}

/** What people decided of streams. A decision is never changed; the audit log says who made and undid it. */
export class Decisions {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;
  readonly #parties: Parties;
  readonly #streams: Streams;

  constructor(file: RegisterFile, clock: () => number, note: Note, parties: Parties, streams: Streams) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
    this.#parties = parties;
    this.#streams = streams;
  }

  /** All decisions, undone ones too, the earliest first. @throws {StorageError} */
  list(): Decision[] {
    return this.#file.rows('SELECT * FROM decisions ORDER BY at, id').map(asDecision);
  }

  /** The decisions of these ids. @throws {StorageError} */
  find(id: string): Decision | undefined {
    const row = this.#file.row('SELECT * FROM decisions WHERE id = ?', id);
    return row === undefined ? undefined : asDecision(row);
  }

  /**
   * Makes decisions, all or none, as one batch: on the disk when this returns. Every batch is later than the one before it, also
   * when the clock was set back: of two decisions the latest counts.
   *
   * @throws {StorageError} and none was made; also for a stream or a party that is not kept
   */
  make(entries: readonly DecisionEntry[], who: string): Decision[] {
    if (entries.length === 0) return [];
    return this.#file.transaction(() => {
      const at = nextMoment(this.#file, this.#clock);
      const batch = shortName('b', [at, who, entries.length, entries[0]?.stream]);
      return entries.map(({ party, stream, verdict, why, narrow, anchor }) => {
        const said = { batch, at, who, why, verdict, stream, narrow };
        const decision = { id: shortName('d', said), ...said, anchor };
        this.#insert(decision);
        this.#note(who, 'decision/made', { id: decision.id, ...said, sources: anchor.sources.size });
        if (party !== undefined) this.#parties.assignWithin([stream], party, who);
        return decision;
      });
    });
  }

  /** The decisions of the last batch of which one still stands, as far as they do; none when nothing is left to undo. @throws {StorageError} */
  lastBatch(): Decision[] {
    return this.#file
      .rows(
        `SELECT * FROM decisions WHERE undone_at IS NULL AND batch =
           (SELECT batch FROM decisions WHERE undone_at IS NULL ORDER BY at DESC, id DESC LIMIT 1) ORDER BY id`,
      )
      .map(asDecision);
  }

  /** Undoes decisions, all or none. @returns those that stood. @throws {StorageError} */
  undo(ids: readonly string[], who: string, why = ''): Decision[] {
    return this.#file.transaction(() => {
      const at = nextMoment(this.#file, this.#clock);
      return [...new Set(ids)].flatMap((id) => {
        const decision = this.find(id);
        if (decision === undefined || decision.undone !== undefined) return [];
        const undone = { at, who, why };
        this.#markUndone(id, undone);
        this.#note(who, 'decision/undone', { id, stream: decision.stream, verdict: decision.verdict, why });
        return [{ ...decision, undone }];
      });
    });
  }

  /** Everything people said of streams, to be brought in elsewhere. @throws {StorageError} */
  told(): ToldDecisions {
    return { parties: this.#parties.list(), streams: this.#streams.load(), decisions: this.list() };
  }

  /**
   * Brings in what was told elsewhere, all or nothing; a second time it changes nothing. Decisions are known by their ids, streams by
   * theirs or else by the keys of their set-ups; what is known here is kept, and only what nobody has said here is taken over.
   *
   * @throws {StorageError}
   */
  bring(told: ToldDecisions, who: string): Brought {
    return this.#file.transaction(() => {
      const { streamOf, streams, parties } = bringStreams(this.#file, this.#parties, this.#streams.load(), told, {
        at: this.#clock(),
        who,
      });
      let known = 0;
      let undone = 0;
      const added: string[] = [];
      for (const decision of told.decisions) {
        const before = this.find(decision.id);
        if (before === undefined) {
          this.#insert({ ...decision, stream: streamOf(decision.stream) });
          added.push(decision.id);
        } else {
          known += 1;
          if (before.undone === undefined && decision.undone !== undefined) {
            this.#markUndone(decision.id, decision.undone);
            undone += 1;
          }
        }
      }
      if (added.length + undone + streams + parties > 0)
        this.#note(who, 'decision/imported', { added, known, undone, streams, parties });
      return { added: added.length, known, undone, streams, parties };
    });
  }

  #markUndone(id: string, { at, who, why }: NonNullable<Decision['undone']>): void {
    this.#file.run('UPDATE decisions SET undone_at = ?, undone_who = ?, undone_why = ? WHERE id = ?', at, who, why, id);
  }

  #insert({ id, batch, at, who, why, verdict, stream, narrow, anchor, undone }: Decision): void {
    this.#file.run(
      `INSERT INTO decisions (id, batch, at, who, why, verdict, stream, narrow, signing, sources, undone_at, undone_who, undone_why)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      batch,
      at,
      who,
      why,
      verdict,
      stream,
      JSON.stringify(narrow),
      JSON.stringify(anchor.signing),
      deflateRawSync(anchor.sources.toText()),
      undone?.at ?? null,
      undone?.who ?? null,
      undone?.why ?? null,
    );
  }
}

/** A short name made of what is named: the same for the same. */
function shortName(letter: string, of: unknown): string {
  return letter + createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 12);
}

function asDecision(row: RegisterRow): Decision {
  const sources = AddressSet.parse(inflateRawSync(row['sources'] as Uint8Array).toString('latin1'));
  if (sources === undefined) throw new Error(`the addresses of decision ${String(row['id'])} cannot be read`);
  const narrow = JSON.parse(String(row['narrow'])) as Narrowing;
  const signing = JSON.parse(String(row['signing'])) as SigningFamily[];
  return {
    id: String(row['id']),
    batch: String(row['batch']),
    at: Number(row['at']),
    who: String(row['who']),
    why: String(row['why']),
    verdict: String(row['verdict']) as DecisionVerdict,
    stream: String(row['stream']),
    narrow,
    anchor: { signing, sources },
    ...(row['undone_at'] === null
      ? {}
      : { undone: { at: Number(row['undone_at']), who: String(row['undone_who']), why: String(row['undone_why']) } }),
  };
}
