import { parseDmarcRecord } from '../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../standards/dmarc/index.ts';
import type { ReportedPolicyDays } from '../../protection/plan/ladder/index.ts';
import type { Acceptance } from '../../protection/plan/readiness/index.ts';
import type { RegisterFile, RegisterRow } from './database.ts';
import type { Note } from './note.ts';

const DAY_SECONDS = 86_400;

/** An acceptance as it is kept. */
export interface KeptAcceptance extends Acceptance {
  readonly id: number;
}

/** What persons accept at gates, and what reports say was published. Every change stands in the audit log. */
export class Plans {
  readonly #file: RegisterFile;
  readonly #clock: () => number;
  readonly #note: Note;

  constructor(file: RegisterFile, clock: () => number, note: Note) {
    this.#file = file;
    this.#clock = clock;
    this.#note = note;
  }

  /** What is accepted today, the oldest first. @throws {StorageError} */
  acceptances(): KeptAcceptance[] {
    return this.#file.rows('SELECT * FROM acceptances WHERE withdrawn_at IS NULL ORDER BY id').map(asAcceptance);
  }

  /** Accepts something that would shut a gate. @throws {StorageError} */
  accept(accepted: Omit<Acceptance, 'at'>): KeptAcceptance {
    return this.#file.transaction(() => {
      const at = this.#clock();
      const { domain, reason, who, why, messages } = accepted;
      const id = this.#file.run(
        'INSERT INTO acceptances (domain, reason, who, why, at, messages) VALUES (?, ?, ?, ?, ?, ?)',
        domain,
        reason,
        who,
        why,
        at,
        messages,
      );
      this.#note(who, 'gate/accepted', { domain, reason, why, messages });
      return { ...accepted, at, id };
    });
  }

  /** Takes acceptances of a reason back. @returns how many there were. @throws {StorageError} */
  withdraw(domain: string, reason: string, who: string): number {
    return this.#file.transaction(() => {
      const found = this.acceptances().filter((each) => each.domain === domain && each.reason === reason);
      for (const { id } of found)
        this.#file.run(
          'UPDATE acceptances SET withdrawn_at = ?, withdrawn_who = ? WHERE id = ?',
          this.#clock(),
          who,
          id,
        );
      if (found.length > 0) this.#note(who, 'gate/acceptance-withdrawn', { domain, reason });
      return found.length;
    });
  }

  /** The policies that counted reports say were published, by domain, each with its first and last day. @throws {StorageError} */
  policyDays(): Map<string, ReportedPolicyDays[]> {
    const found = new Map<string, ReportedPolicyDays[]>();
    const rows = this.#file.rows(
      `SELECT policy_domain, json_extract(summary, '$.policyPublished') AS policy, min(begin_at) AS first, max(end_at) AS last
       FROM documents WHERE state = 'counted' AND kind = 'aggregate' AND policy_domain IS NOT NULL AND summary IS NOT NULL
       GROUP BY policy_domain, policy`,
    );
    for (const row of rows) {
      const record = reportedRecord(JSON.parse(String(row['policy'])) as Readonly<Record<string, unknown>>);
      const [first, last] = [Number(row['first']), Number(row['last'])];
      if (record === undefined || !Number.isFinite(first) || !Number.isFinite(last)) continue;
      const domain = String(row['policy_domain']);
      const list = found.get(domain) ?? [];
      // Whole days: one that a report tells of in part may have had another policy before.
      const firstDay = Math.ceil(first / DAY_SECONDS);
      list.push({ record, firstDay, lastDay: Math.max(firstDay, Math.floor(last / DAY_SECONDS)) });
      found.set(domain, list);
    }
    return found;
  }
}

function reportedRecord(policy: Readonly<Record<string, unknown>>): DmarcRecord | undefined {
  const { p, sp, np, adkim, aspf, pct, testing } = policy;
  const tags = Object.entries({ p, sp, np, adkim, aspf, pct, t: testing }).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  const reading = parseDmarcRecord(['v=DMARC1', ...tags.map(([tag, value]) => `${tag}=${String(value)}`)].join('; '));
  return reading.ok ? reading.value : undefined;
}

function asAcceptance(row: RegisterRow): KeptAcceptance {
  return {
    id: Number(row['id']),
    domain: String(row['domain']),
    reason: String(row['reason']),
    who: String(row['who']),
    why: String(row['why']),
    at: Number(row['at']),
    messages: row['messages'] === null ? null : Number(row['messages']),
  };
}
