import type { Role } from '../../protection/posture/index.ts';
import type { DomainName } from '../../standards/dns/index.ts';
import type { RegisterFile } from './database.ts';

/** How a domain came into the portfolio: typed, from a list, because reports were about it, or because it was checked. */
export type PortfolioOrigin = 'added' | 'check' | 'imported' | 'reports';

/** A domain of the organisation. */
export interface PortfolioDomain {
  readonly domain: DomainName;
  /** What it is for, when somebody has said so. */
  readonly role?: Role;
  readonly came: PortfolioOrigin;
  readonly note: string;
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A domain to be put into the portfolio. */
export interface PortfolioEntry {
  readonly domain: DomainName;
  readonly role?: Role;
  readonly note?: string;
}

/** Writes a line of the audit log, in the transaction that is open. */
type Note = (who: string, what: string, details: Readonly<Record<string, unknown>>) => void;

/** The domains of an organisation, as they are kept in the register. Every change stands in the audit log. */
export class Portfolio {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;

  constructor(file: RegisterFile, clock: () => number, note: Note) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
  }

  /** All domains, by name. @throws {StorageError} */
  list(): PortfolioDomain[] {
    return this.#file.rows('SELECT * FROM portfolio ORDER BY domain').map((row) => ({
      domain: String(row['domain']) as DomainName,
      ...(row['role'] === null ? {} : { role: String(row['role']) as Role }),
      came: String(row['came']) as PortfolioOrigin,
      note: String(row['note']),
      who: String(row['who']),
      at: Number(row['at']),
    }));
  }

  /**
   * Adds domains, all or none. One that is there stays, and takes the role and the note it is given.
   *
   * @returns what was added, and what was there and changed. @throws {StorageError}
   */
  add(
    entries: readonly PortfolioEntry[],
    came: PortfolioOrigin,
    who: string,
  ): { readonly added: DomainName[]; readonly changed: DomainName[] } {
    const added: DomainName[] = [];
    const changed: DomainName[] = [];
    this.#file.transaction(() => {
      for (const { domain, role, note } of entries) {
        const before = this.#file.row('SELECT role, note FROM portfolio WHERE domain = ?', domain);
        if (before === undefined) {
          this.#file.run(
            'INSERT INTO portfolio (domain, role, came, note, who, at) VALUES (?, ?, ?, ?, ?, ?)',
            domain,
            role ?? null,
            came,
            note ?? '',
            who,
            this.#clock(),
          );
          added.push(domain);
          this.#note(who, 'portfolio/added', { domain, role: role ?? null, came });
          continue;
        }
        const after = { role: role ?? before['role'] ?? null, note: note ?? before['note'] ?? '' };
        if (after.role === before['role'] && after.note === before['note']) continue;
        this.#file.run('UPDATE portfolio SET role = ?, note = ? WHERE domain = ?', after.role, after.note, domain);
        changed.push(domain);
        this.#note(who, 'portfolio/changed', { domain, from: { ...before }, to: after });
      }
    });
    return { added, changed };
  }

  /** Says what a domain is for; `undefined`: nobody knows any more. @returns whether it is in the portfolio. @throws {StorageError} */
  setRole(domain: DomainName, role: Role | undefined, who: string): boolean {
    return this.#file.transaction(() => {
      const before = this.#file.row('SELECT role FROM portfolio WHERE domain = ?', domain);
      if (before === undefined) return false;
      if (before['role'] === (role ?? null)) return true;
      this.#file.run('UPDATE portfolio SET role = ? WHERE domain = ?', role ?? null, domain);
      this.#note(who, 'portfolio/role', { domain, from: before['role'] ?? null, to: role ?? null });
      return true;
    });
  }

  /** Takes domains out; what was remembered of them stays. @returns those that were in it. @throws {StorageError} */
  remove(domains: readonly DomainName[], who: string): DomainName[] {
    return this.#file.transaction(() => {
      const removed = domains.filter(
        (domain) => this.#file.row('SELECT 1 FROM portfolio WHERE domain = ?', domain) !== undefined,
      );
      for (const domain of new Set(removed)) {
        this.#file.run('DELETE FROM portfolio WHERE domain = ?', domain);
        this.#note(who, 'portfolio/removed', { domain });
      }
      return [...new Set(removed)];
    });
  }
}
