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

/** The ways, in the order in which they are tried, each with the clause that makes it one, and what is said when it is closed or could not be told. */
const ways = {
  policy: { see: 'RFC 9989 §5.3.6', closed: 'posture/closed-policy', untold: 'posture/untold-road-policy' },
  older: { see: 'RFC 7489 §6.6.3', closed: 'posture/closed-older', untold: 'posture/untold-road-older' },
  np: { see: 'RFC 9989 §3.2.13', closed: 'posture/closed-np', untold: 'posture/untold-road-np' },
  'alias-and-text': {
    see: 'RFC 1034 §3.6.2',
    closed: 'posture/closed-alias-and-text',
    untold: 'posture/untold-road-alias-and-text',
  },
  'dmarc-alias': {
    see: 'RFC 9989 §11.3',
    closed: 'posture/closed-dmarc-alias',
    untold: 'posture/untold-road-dmarc-alias',
  },
  'name-server': {
    see: 'RFC 9989 §11.3',
    closed: 'posture/closed-name-server',
    untold: 'posture/untold-road-name-server',
  },
  'spf-all': { see: 'RFC 7208 §8.3', closed: 'posture/closed-spf-all', untold: 'posture/untold-road-spf-all' },
  'spf-wide': { see: 'RFC 7208 §11.4', closed: 'posture/closed-spf-wide', untold: 'posture/untold-road-spf-wide' },
  'spf-rented': {
    see: 'RFC 7208 §11.4',
    closed: 'posture/closed-spf-rented',
    untold: 'posture/untold-road-spf-rented',
  },
  'spf-dangling': {
    see: 'RFC 9989 §11.1',
    closed: 'posture/closed-spf-dangling',
    untold: 'posture/untold-road-spf-dangling',
  },
  'shared-relay': {
    see: 'RFC 7208 §11.4',
    closed: 'posture/closed-shared-relay',
    untold: 'posture/untold-road-shared-relay',
  },
  'dkim-broken': {
    see: 'RFC 8301 §3.2',
    closed: 'posture/closed-dkim-broken',
    untold: 'posture/untold-road-dkim-broken',
  },
  'dkim-dangling': {
    see: 'RFC 6376 §8.4',
    closed: 'posture/closed-dkim-dangling',
    untold: 'posture/untold-road-dkim-dangling',
  },
  'name-dangling': {
    see: 'RFC 9989 §11.8',
    closed: 'posture/closed-name-dangling',
    untold: 'posture/untold-road-name-dangling',
  },
  'wildcard-dangling': {
    see: 'RFC 9989 §11.8',
    closed: 'posture/closed-wildcard-dangling',
    untold: 'posture/untold-road-wildcard-dangling',
  },
  mx: { see: 'RFC 5321 §5.1', closed: 'posture/closed-mx', untold: 'posture/untold-road-mx' },
  reports: { see: 'RFC 9989 §11.2', closed: 'posture/closed-reports', untold: 'posture/untold-road-reports' },
} as const;
export type Way = keyof typeof ways;

export interface Draft {
  readonly way: Way;
  readonly code: string;
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
  /** By way, then by name; both in the order in which they came. */
  readonly #closed = new Map<Way, Map<string, ClosedRoad>>();
  readonly #untold = new Map<Way, Map<string, ClosedRoad>>();
  readonly #open = new Set<Way>();

  constructor(domain: string) {
    this.#domain = domain;
  }

  open(draft: Draft): void {
    const { way, code, severity, opens, evidence, remedy, values = {}, key = '' } = draft;
    if (opens.length === 0) return;
    this.#open.add(way);
    const id = [code.slice(code.indexOf('/') + 1).replace('road-', ''), evidence.name, key]
      .filter((part) => part !== '')
      .join(' ');
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
      code,
      severity,
      values: { name: opens[0]?.name ?? this.#domain, ...values },
      evidence,
      see: ways[way].see,
      remedy,
    });
  }

  /** A way that is closed, unless something opened it. */
  close(way: Way, name: string = this.#domain, values: Road['values'] = {}): void {
    const { closed: code, see } = ways[way];
    placeIn(this.#closed, way).set(name, { name, code, values: { name, ...values }, see });
  }

  /** A way of which not all could be told. */
  leave(way: Way, name: string = this.#domain): void {
    const { untold: code, see } = ways[way];
    placeIn(this.#untold, way).set(name, { name, code, values: { name }, see });
  }

  roads(): Road[] {
    return [...this.#roads.values()].sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) || (one.id < other.id ? -1 : 1),
    );
  }

  closed(): ClosedRoad[] {
    const roads: ClosedRoad[] = [];
    for (const [way, names] of this.#closed) {
      // Ways of single names say themselves whether they are closed; a way of the whole domain is closed when nothing opened it.
      if (way !== 'policy' && way !== 'older' && this.#open.has(way)) continue;
      for (const [name, road] of names) if (this.#untold.get(way)?.has(name) !== true) roads.push(road);
    }
    return roads;
  }

  untold(): ClosedRoad[] {
    return [...this.#untold.values()].flatMap((names) => [...names.values()]);
  }
}

function placeIn(map: Map<Way, Map<string, ClosedRoad>>, way: Way): Map<string, ClosedRoad> {
  let names = map.get(way);
  if (names === undefined) {
    names = new Map();
    map.set(way, names);
  }
  return names;
}
