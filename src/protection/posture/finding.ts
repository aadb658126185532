import type { Problem } from '../../standards/problem.ts';
import { severities } from './posture.ts';
import type { Finding, PublishedRecord, Role, Severity } from './posture.ts';
import type { Published } from './published.ts';

/** A finding as those who make it say it. */
export interface FindingDraft {
  readonly code: string;
  readonly severity: Severity;
  readonly name: string;
  readonly record?: string;
  readonly see: string;
  readonly remedy: string;
  readonly values?: Finding['values'];
  /** What tells it from another of the same code at the same name. */
  readonly key?: string;
  readonly records?: readonly PublishedRecord[] | undefined;
  readonly remove?: readonly PublishedRecord[] | undefined;
  readonly because?: readonly Problem[];
}

/** What the judges of each part are given. */
export interface Case {
  readonly published: Published;
  readonly role: Role;
  /** The mailbox that reports are to go to, when it is known: `mailto:` and all. */
  readonly reportTo?: string;
  readonly add: (draft: FindingDraft) => void;
}

/** Collects findings: each once, the worst first. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  add(draft: FindingDraft): void {
    const { code, severity, name, record, see, remedy, values = {}, key, records, remove, because } = draft;
    const id = [code.slice('posture/'.length), name, ...(key === undefined ? [] : [key])].join(' ');
    const known = this.#found.get(id);
    if (known !== undefined && severities.indexOf(known.severity) <= severities.indexOf(severity)) return;
    this.#found.set(id, {
      id,
      code,
      severity,
      values: { name, ...values },
      where: { name, ...(record === undefined ? {} : { record }) },
      see,
      remedy,
      ...(records === undefined || records.length === 0 ? {} : { records }),
      ...(remove === undefined || remove.length === 0 ? {} : { remove }),
      ...(because === undefined || because.length === 0 ? {} : { because: because.slice(0, 20) }),
    });
  }

  list(): Finding[] {
    return [...this.#found.values()].sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        (one.code < other.code ? -1 : one.code > other.code ? 1 : one.id < other.id ? -1 : 1),
    );
  }
}

/** A TXT record to publish. */
export function txt(name: string, value: string): PublishedRecord {
  return { name, type: 'TXT', value };
}

/** Whether a domain is one that no legitimate mail comes from. */
export function sendsNothing(role: Role): boolean {
  return role === 'parked' || role === 'receiving' || role === 'absent';
}

/** A name cut for a sentence. */
export function short(text: string, most = 200): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
