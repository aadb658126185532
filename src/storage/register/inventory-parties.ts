import { foldedName, newPartyId, partyNamed } from '../../protection/inventory/parties/index.ts';
import type { Party, PartyChange, PartyType } from '../../protection/inventory/parties/index.ts';
import type { RegisterFile, RegisterRow } from './database.ts';
import type { Note } from './note.ts';

/** A party that is to be added or changed, and, when that is said, the streams that are its own and no others. */
export interface PartyEntry {
  readonly change: PartyChange & { readonly name: string };
  readonly streams?: readonly string[] | undefined;
}

/** The parties of an organisation and the streams they own. Every change stands in the audit log. */
export class Parties {
  readonly #file: RegisterFile;
  readonly #note: Note;

  constructor(file: RegisterFile, note: Note) {
    this.#file = file;
    this.#note = note;
  }

  /** All parties, the first in priority first, then by name. @throws {StorageError} */
  list(): Party[] {
    return this.#file
      .rows('SELECT * FROM parties ORDER BY priority IS NULL, priority, name COLLATE NOCASE, id')
      .map(asParty);
  }

  /** The ids of the streams of each party. @throws {StorageError} */
  streams(): Map<string, string[]> {
    const lists = new Map<string, string[]>();
    for (const row of this.#file.rows('SELECT id, party FROM streams WHERE party IS NOT NULL ORDER BY id')) {
      const party = String(row['party']);
      lists.set(party, [...(lists.get(party) ?? []), String(row['id'])]);
    }
    return lists;
  }

  /**
   * Adds parties, or changes those that have such an id or name, all or none.
   *
   * @returns what was added, and what was there and changed. @throws {StorageError}
   */
  put(entries: readonly PartyEntry[], who: string): { readonly added: Party[]; readonly changed: Party[] } {
    return this.#file.transaction(() => {
      const added: Party[] = [];
      const changed: Party[] = [];
      let parties = this.list();
      for (const { change, streams } of entries) {
        const before =
          (change.id === undefined ? undefined : parties.find(({ id }) => id === change.id)) ??
          parties.find(({ name }) => foldedName(name) === foldedName(change.name));
        const after = this.#putOne(change, before, parties, who);
        if (before === undefined) added.push(after);
        else if (!isSame(before, after)) changed.push(after);
        parties = [...parties.filter(({ id }) => id !== after.id), after];
        if (streams !== undefined) this.#own(after.id, streams, who);
      }
      return { added, changed };
    });
  }

  /** Changes one party. @returns what it is now; `undefined` when there is none such. @throws {StorageError} */
  change(id: string, change: PartyChange, who: string): Party | undefined {
    return this.#file.transaction(() => {
      const parties = this.list();
      const before = parties.find((each) => each.id === id);
      return before === undefined
        ? undefined
        : this.#putOne({ ...change, name: change.name ?? before.name }, before, parties, who);
    });
  }

  #putOne(
    change: PartyChange & { readonly name: string },
    before: Party | undefined,
    parties: readonly Party[],
    who: string,
  ): Party {
    const base = before ?? {
      id: newPartyId(change.name, (id) => parties.some((each) => each.id === id)),
      name: change.name,
      type: 'other' as const,
      owner: '',
      contact: '',
      contract: '',
      priority: null,
    };
    const after: Party = { ...base, ...change, id: base.id };
    if (before !== undefined && isSame(before, after)) return before;
    this.#file.run(
      `INSERT INTO parties (id, name, type, owner, contact, contract, priority) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, owner = excluded.owner,
         contact = excluded.contact, contract = excluded.contract, priority = excluded.priority`,
      after.id,
      after.name,
      after.type,
      after.owner,
      after.contact,
      after.contract,
      after.priority,
    );
    if (before === undefined) this.#note(who, 'party/added', { ...after });
    else this.#note(who, 'party/changed', { party: after.id, from: { ...before }, to: { ...after } });
    return after;
  }

  /** Takes parties out; their streams are nobody's then. @returns those that were there. @throws {StorageError} */
  remove(ids: readonly string[], who: string): Party[] {
    return this.#file.transaction(() => {
      const removed = this.list().filter(({ id }) => ids.includes(id));
      for (const party of removed) {
        const streams = this.streams().get(party.id) ?? [];
        this.#file.run('UPDATE streams SET party = NULL WHERE party = ?', party.id);
        this.#file.run('DELETE FROM parties WHERE id = ?', party.id);
        this.#note(who, 'party/removed', { ...party, streams });
      }
      return removed;
    });
  }

  /** Says whose streams are; `undefined`: nobody's. @returns those that were somebody else's before. @throws {StorageError} */
  assign(streams: readonly string[], party: string | undefined, who: string): string[] {
    return this.#file.transaction(() => this.assignWithin(streams, party, who));
  }

  /** The same, in the transaction that is open. */
  assignWithin(streams: readonly string[], party: string | undefined, who: string): string[] {
    const assigned: string[] = [];
    for (const stream of new Set(streams)) {
      const before = this.#file.row('SELECT party FROM streams WHERE id = ?', stream);
      if (before === undefined || before['party'] === (party ?? null)) continue;
      this.#file.run('UPDATE streams SET party = ? WHERE id = ?', party ?? null, stream);
      this.#note(who, 'party/assigned', { stream, from: before['party'] ?? null, to: party ?? null });
      assigned.push(stream);
    }
    return assigned;
  }

  #own(party: string, streams: readonly string[], who: string): void {
    const gone = (this.streams().get(party) ?? []).filter((stream) => !streams.includes(stream));
    this.assignWithin(gone, undefined, who);
    this.assignWithin(streams, party, who);
  }

  /** The party of this id or name. @throws {StorageError} */
  named(text: string): Party | undefined {
    return partyNamed(text, this.list());
  }
}

function isSame(one: Party, other: Party): boolean {
  return (Object.keys(one) as (keyof Party)[]).every((field) => one[field] === other[field]);
}

function asParty(row: RegisterRow): Party {
  return {
    id: String(row['id']),
    name: String(row['name']),
    type: String(row['type']) as PartyType,
    owner: String(row['owner']),
    contact: String(row['contact']),
    contract: String(row['contract']),
    priority: row['priority'] === null ? null : Number(row['priority']),
  };
}
