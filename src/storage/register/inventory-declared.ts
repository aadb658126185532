import type { Declaration } from '../../protection/inventory/declared/index.ts';
import type { RegisterFile } from './database.ts';
import type { Note } from './note.ts';

/** A declared sender as it is kept. */
export interface KeptDeclaration extends Declaration {
  readonly id: number;
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the organisation says it has. Every change stands in the audit log. */
export class Declarations {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;

  constructor(file: RegisterFile, clock: () => number, note: Note) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
  }

  /** All of them, in the order in which they came. @throws {StorageError} */
  list(): KeptDeclaration[] {
    return this.#file.rows('SELECT * FROM declared ORDER BY id').map((row) => ({
      id: Number(row['id']),
      party: String(row['party']),
      sender: String(row['sender']),
      domains: JSON.parse(String(row['domains'])) as string[],
      networks: JSON.parse(String(row['networks'])) as string[],
      purpose: String(row['purpose']),
      rhythm: String(row['rhythm']),
      exclusive: row['exclusive'] === null ? null : row['exclusive'] === 1,
      who: String(row['who']),
      at: Number(row['at']),
    }));
  }

  /**
   * Puts declarations in, all or none: beside what is there, or in its place. One that says the same as one that is there stays
   * that one, with who said it and when.
   *
   * @throws {StorageError}
   */
  put(
    declarations: readonly Declaration[],
    how: 'add' | 'replace',
    who: string,
  ): { readonly added: number; readonly removed: number } {
    return this.#file.transaction(() => {
      const before = new Map(this.list().map((each) => [textOf(each), each]));
      const wanted = new Map(declarations.map((each) => [textOf(each), each]));
      const fresh = [...wanted].filter(([text]) => !before.has(text)).map(([, each]) => each);
      const gone = how === 'add' ? [] : [...before].filter(([text]) => !wanted.has(text)).map(([, each]) => each);
      for (const { id } of gone) this.#file.run('DELETE FROM declared WHERE id = ?', id);
      for (const each of fresh) this.#insert(each, who);
      if (fresh.length + gone.length > 0) this.#note(who, 'declaration/imported', { how, added: fresh, removed: gone });
      return { added: fresh.length, removed: gone.length };
    });
  }

  /** Takes declarations out. @returns how many were there. @throws {StorageError} */
  remove(ids: readonly number[], who: string): number {
    return this.#file.transaction(() => {
      const gone = this.list().filter(({ id }) => ids.includes(id));
      for (const each of gone) {
        this.#file.run('DELETE FROM declared WHERE id = ?', each.id);
        this.#note(who, 'declaration/removed', { ...each });
      }
      return gone.length;
    });
  }

  #insert({ party, sender, domains, networks, purpose, rhythm, exclusive }: Declaration, who: string): void {
    this.#file.run(
      `INSERT INTO declared (party, sender, domains, networks, purpose, rhythm, exclusive, who, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      party,
      sender,
      JSON.stringify(domains),
      JSON.stringify(networks),
      purpose,
      rhythm,
      exclusive === null ? null : Number(exclusive),
      who,
      this.#clock(),
    );
  }
}

function textOf({ party, sender, domains, networks, purpose, rhythm, exclusive }: Declaration): string {
  return JSON.stringify([party, sender, domains, networks, purpose, rhythm, exclusive]);
}
