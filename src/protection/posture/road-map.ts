import { severities } from './posture.ts';
import type { ClosedRoad, NameKind, Road, Severity } from './posture.ts';
import type { PolicyView } from './published.ts';

/** A name, or a kind of name, that a forger may write in From, and what is asked to be done with a forgery of it. */
export interface Subject {
  readonly kind: NameKind;
  readonly name: string;
  readonly current: PolicyView;
  readonly older: PolicyView;
}

/** The ways, in the order in which they are tried, each with the clause that makes it one. */
export const ways = {
  policy: 'RFC 9989 §5.3.6',
  older: 'RFC 7489 §6.6.3',
  np: 'RFC 9989 §3.2.13',
  'alias-and-text': 'RFC 1034 §3.6.2',
  'dmarc-alias': 'RFC 9989 §11.3',
  'name-server': 'RFC 9989 §11.3',
  'spf-all': 'RFC 7208 §8.3',
  'spf-wide': 'RFC 7208 §11.4',
  'spf-rented': 'RFC 7208 §11.4',
  'spf-dangling': 'RFC 9989 §11.1',
  'shared-relay': 'RFC 7208 §11.4',
  'dkim-broken': 'RFC 8301 §3.2',
  'dkim-dangling': 'RFC 6376 §8.4',
  'name-dangling': 'RFC 9989 §11.8',
  'wildcard-dangling': 'RFC 9989 §11.8',
  mx: 'RFC 5321 §5.1',
  reports: 'RFC 9989 §11.2',
} as const;
export type Way = keyof typeof ways;

export interface Draft {
  readonly way: Way;
  /** Which of the sentences of the way; the way itself when it has one. */
  readonly code?: string;
  readonly severity: Severity;
  readonly opens: readonly Subject[];
  readonly evidence: Road['evidence'];
  readonly remedy: string;
  readonly values?: Road['values'];
  readonly key?: string;
}

/** Collects roads, and which ways were tried. */
export class RoadMap {
  readonly #domain: string;
  readonly #roads = new Map<string, Road>();
  readonly #closed = new Map<string, ClosedRoad>();
  readonly #untold = new Map<string, ClosedRoad>();
  readonly #open = new Set<Way>();

  constructor(domain: string) {
    this.#domain = domain;
  }

  open(draft: Draft): void {
    const { way, code = way, severity, opens, evidence, remedy, values = {}, key = '' } = draft;
    if (opens.length === 0) return;
    this.#open.add(way);
    const id = [code, evidence.name, key].filter((part) => part !== '').join(' ');
    const known = this.#roads.get(id);
    // One cause may open several names: it is one road, and closed in one place.
    const all = [...(known?.opens ?? []), ...opens.map(({ kind, name }) => ({ kind, name }))];
    const distinct = all.filter(
      (each, at) => all.findIndex(({ kind, name }) => kind === each.kind && name === each.name) === at,
    );
    if (known !== undefined) {
      this.#roads.set(id, { ...known, opens: distinct });
      return;
    }
    this.#roads.set(id, {
      id,
      opens: distinct,
      code: `posture/road-${code}`,
      severity,
      values: { name: opens[0]?.name ?? this.#domain, ...values },
      evidence,
      see: ways[way],
      remedy: `posture/do-${remedy}`,
    });
  }

  /** A way that is closed, unless something opened it. */
  close(way: Way, name: string = this.#domain, values: Road['values'] = {}): void {
    const road = { name, code: `posture/closed-${way}`, values: { name, ...values }, see: ways[way] };
    this.#closed.set(`${way} ${name}`, road);
  }

  /** A way of which not all could be told. */
  leave(way: Way, name: string = this.#domain): void {
    this.#untold.set(`${way} ${name}`, { name, code: `posture/untold-road-${way}`, values: { name }, see: ways[way] });
  }

  roads(): Road[] {
    return [...this.#roads.values()].sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) || (one.id < other.id ? -1 : 1),
    );
  }

  closed(): ClosedRoad[] {
    return [...this.#closed].filter(([key]) => !this.#untold.has(key) && !this.#isOpen(key)).map(([, road]) => road);
  }

  untold(): ClosedRoad[] {
    return [...this.#untold.values()];
  }

  /** Ways of single names say themselves whether they are closed; a way of the whole domain is closed when nothing opened it. */
  #isOpen(key: string): boolean {
    const [way = ''] = key.split(' ', 1);
    return way !== 'policy' && way !== 'older' && this.#open.has(way as Way);
  }
}
