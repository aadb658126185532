import { parseDmarcRecord } from '../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../standards/dmarc/index.ts';
import type { ReportedPolicyDays } from '../../protection/plan/ladder/index.ts';
import type { RecordPlan } from '../../protection/plan/index.ts';
import type { Acceptance } from '../../protection/plan/readiness/index.ts';
import type { KeptTask } from '../../protection/plan/tasks/index.ts';
import type { RegisterFile, RegisterRow } from './database.ts';
import type { Note } from './note.ts';

const DAY_SECONDS = 86_400;

/** An acceptance as it is kept. */
export interface KeptAcceptance extends Acceptance {
  readonly id: number;
}

/** A plan as it is kept. */
export interface KeptPlan {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: string;
  readonly domains: readonly string[];
  readonly plan: RecordPlan;
}

/** What is said of a task: what is left out stays as it is. */
export interface TaskChange {
  readonly owner?: string;
  /** Days since 1970; `null` takes it back. */
  readonly deadline?: number | null;
  readonly note?: string;
  /** That it is done; `false` takes it back. */
  readonly done?: boolean;
}

/** Letters and digits that are not taken for one another. */
const letters = '23456789abcdefghjkmnpqrstvwxyz';

/** What persons accept at gates, plans, tasks, and what reports say was published. Every change stands in the audit log. */
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
      this.#note(who, 'acceptances/added', { domain, reason, why, messages });
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
      if (found.length > 0) this.#note(who, 'acceptances/withdrawn', { domain, reason });
      return found.length;
    });
  }

  /** Keeps a plan. @returns it, with the id it is asked for by. @throws {StorageError} */
  save(plan: RecordPlan, who: string): KeptPlan {
    return this.#file.transaction(() => {
      const at = this.#clock();
      const id = this.#newPlanId(at);
      const { domains } = plan;
      this.#file.run(
        'INSERT INTO plans (id, at, who, domains, plan) VALUES (?, ?, ?, ?, ?)',
        id,
        at,
        who,
        JSON.stringify(domains),
        JSON.stringify(plan),
      );
      this.#note(who, 'plans/saved', { id, domains: domains.length, changes: plan.changes.length });
      return { id, at, who, domains, plan };
    });
  }

  /** The plan of this id. @throws {StorageError} */
  plan(id: string): KeptPlan | undefined {
    const row = this.#file.row('SELECT * FROM plans WHERE id = ?', id);
    return row === undefined ? undefined : asPlan(row);
  }

  /** Plans, the newest first. @throws {StorageError} */
  plans(): KeptPlan[] {
    return this.#file.rows('SELECT * FROM plans ORDER BY at DESC, id').map(asPlan);
  }

  /** An id made of the moment; in letters, since people read it out. */
  #newPlanId(at: number): string {
    for (let seed = Math.floor(at / 1000); ; seed++) {
      let id = '';
      for (let rest = seed, place = 0; place < 6; place++, rest = Math.floor(rest / letters.length))
        id = letters[rest % letters.length]! + id;
      if (this.#file.row('SELECT 1 FROM plans WHERE id = ?', `plan-${id}`) === undefined) return `plan-${id}`;
    }
  }

  /** What is kept of tasks. @throws {StorageError} */
  tasks(): KeptTask[] {
    return this.#file.rows('SELECT * FROM tasks ORDER BY id').map(asTask);
  }

  /** Keeps what a look at the mail made of tasks; each that opened, closed or opened again stands in the audit log. @throws {StorageError} */
  keepTasks(tasks: readonly KeptTask[]): void {
    this.#file.transaction(() => {
      const before = new Map(this.tasks().map((task) => [task.id, task]));
      for (const task of tasks) {
        const known = before.get(task.id);
        if (known !== undefined && JSON.stringify(known) === JSON.stringify(task)) continue;
        this.#putTask(task);
        const { id, openedDay, closedDay, reopened } = task;
        if (known === undefined) this.#note('zegel', 'tasks/opened', { task: id, day: openedDay });
        else if (known.closedDay === null && closedDay !== null)
          this.#note('zegel', 'tasks/closed', { task: id, day: closedDay });
        else if (known.reopened !== reopened) this.#note('zegel', 'tasks/reopened', { task: id, times: reopened });
      }
    });
  }

  /** Says something of a task. @returns whether there is such a task. @throws {StorageError} */
  changeTask(id: string, change: TaskChange, who: string): boolean {
    return this.#file.transaction(() => {
      const row = this.#file.row('SELECT * FROM tasks WHERE id = ?', id);
      if (row === undefined) return false;
      const { done, ...rest } = change;
      const before = asTask(row);
      const said = done === undefined ? before.done : done ? { at: this.#clock(), who } : null;
      this.#putTask({ ...before, ...rest, done: said });
      this.#note(who, done === undefined ? 'tasks/changed' : done ? 'tasks/said-done' : 'tasks/taken-back', {
        task: id,
        ...rest,
      });
      return true;
    });
  }

  #putTask({ id, openedDay, closedDay, reopened, owner, deadline, done, note }: KeptTask): void {
    this.#file.run(
      `INSERT OR REPLACE INTO tasks (id, opened_day, closed_day, reopened, owner, deadline, done_at, done_who, note)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      openedDay,
      closedDay,
      reopened,
      owner,
      deadline,
      done?.at ?? null,
      done?.who ?? null,
      note,
    );
  }

  /**
   * The policies that counted reports say were published, by domain, each with its first and last day.
   *
   * @param domains only those reports were about these; all when not given
   * @throws {StorageError}
   */
  policyDays(domains?: readonly string[]): Map<string, ReportedPolicyDays[]> {
    const found = new Map<string, ReportedPolicyDays[]>();
    const rows = this.#file.rows(
      `SELECT policy_domain, json_extract(summary, '$.policyPublished') AS policy, min(begin_at) AS first, max(end_at) AS last
       FROM documents WHERE state = 'counted' AND kind = 'aggregate' AND policy_domain IS NOT NULL AND summary IS NOT NULL
       ${domains === undefined ? '' : 'AND policy_domain IN (SELECT value FROM json_each(?))'}
       GROUP BY policy_domain, policy`,
      ...(domains === undefined ? [] : [JSON.stringify(domains)]),
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

function asPlan(row: RegisterRow): KeptPlan {
  return {
    id: String(row['id']),
    at: Number(row['at']),
    who: String(row['who']),
    domains: JSON.parse(String(row['domains'])) as string[],
    plan: JSON.parse(String(row['plan'])) as RecordPlan,
  };
}

function asTask(row: RegisterRow): KeptTask {
  const number = (value: unknown): number | null => (value === null ? null : Number(value));
  return {
    id: String(row['id']),
    openedDay: Number(row['opened_day']),
    closedDay: number(row['closed_day']),
    reopened: Number(row['reopened']),
    owner: String(row['owner']),
    deadline: number(row['deadline']),
    done: row['done_at'] === null ? null : { at: Number(row['done_at']), who: String(row['done_who']) },
    note: String(row['note']),
  };
}
