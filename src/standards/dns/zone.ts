import { foldName } from './fold.ts';
import { ResolverError } from './resolver.ts';
import { readMasterFile } from './master-file.ts';
import type { ZoneRecord } from './master-file.ts';
import type { Answer, RecordData, RecordType, Resolver } from './resolver.ts';
import type { Problem, Reading } from '../problem.ts';

/** Zones told by a text, and the resolver that knows only what they tell. */
export interface Zone {
  /**
   * Answers from the text. A name under one of its SOAs that is not there does not exist; of any other name nothing is
   * known, and asking throws `dns/unknown-name`. A name that stands in the text outside every SOA is known to exist.
   */
  readonly resolver: Resolver;
  /** The names that have an SOA, in the order of the text. */
  readonly apexes: readonly string[];
  /** The names that own records, in the order of the text, wildcards as they are written. */
  readonly names: readonly string[];
  readonly records: readonly ZoneRecord[];
}

/** Where a text came from, for its problems. */
export interface ZoneText {
  readonly text: string | Uint8Array;
  /** The name of the file. */
  readonly path?: string;
}

export interface ZoneOptions {
  /** What relative names hang from until `$ORIGIN` says otherwise; the root when not given. */
  readonly origin?: string;
  /** Seconds, for records whose text gives no TTL: 3600 when not given. */
  readonly ttl?: number;
  /** What answers say of DNSSEC: false when not given. */
  readonly authenticated?: boolean;
}

interface RecordSet {
  readonly records: RecordData[RecordType][];
  ttl: number;
  /** A line about this set could not be read, so the set is not known. */
  unknown: boolean;
}

/** A name of the tree; one without sets is there because something lies below it (an empty non-terminal, RFC 4592 §2.2.2). */
interface Node {
  readonly sets: Map<string, RecordSet>;
  /** A line about this name could not be read at all. */
  unknown: boolean;
}

/** Aliases followed before a chain is taken for a loop. */
const maxAliases = 16;

/**
 * Reads one or more zones in master-file syntax (RFC 1035 §5), reverse zones among them.
 *
 * @returns the zones, with problems for lines that could not be read (what they speak of is then unknown, not absent); no
 *   zones when something is missing that nobody can name (`$INCLUDE`, an entry that never ends).
 */
export function zone(text: string | Uint8Array | readonly ZoneText[], options: ZoneOptions = {}): Reading<Zone> {
  const texts: readonly ZoneText[] = typeof text === 'string' || text instanceof Uint8Array ? [{ text }] : text;
  const records: ZoneRecord[] = [];
  const problems: Problem[] = [];
  let incomplete = false;
  for (const each of texts) {
    const file = readMasterFile(each.text, {
      ...(options.origin === undefined ? {} : { origin: foldName(options.origin) }),
      ...(each.path === undefined ? {} : { path: each.path }),
      ...(options.ttl === undefined ? {} : { ttl: options.ttl }),
    });
    for (const record of file.records) records.push(record);
    for (const problem of file.problems) problems.push(problem);
    incomplete ||= file.incomplete;
  }
  if (incomplete) return { ok: false, problems };
  return { ok: true, value: zoneOf(records, options.authenticated ?? false, problems), problems };
}

/** The zones that records make. `problems` takes what is wrong with them together. */
export function zoneOf(records: readonly ZoneRecord[], authenticated = false, problems: Problem[] = []): Zone {
  const nodes = new Map<string, Node>();
  const apexes: string[] = [];
  const names: string[] = [];
  for (const record of records) {
    let node = nodes.get(record.name);
    if (node === undefined) {
      node = { sets: new Map(), unknown: false };
      nodes.set(record.name, node);
    }
    if (node.sets.size === 0 && !node.unknown) names.push(record.name);
    if (record.type === '*') {
      node.unknown = true;
      continue;
    }
    let set = node.sets.get(record.type);
    if (set === undefined) {
      set = { records: [], ttl: record.ttl, unknown: false };
      node.sets.set(record.type, set);
    }
    set.ttl = Math.min(set.ttl, record.ttl);
    if (record.data === undefined) {
      set.unknown = true;
      continue;
    }
    if (record.type === 'SOA' || record.type === 'CNAME') {
      const first = set.records[0];
      if (first !== undefined && !same(first, record.data)) {
        problems.push({
          code: record.type === 'SOA' ? 'dns/zone-several-soa' : 'dns/zone-several-cname',
          values: { name: record.name },
          at: { line: record.line },
          see: 'RFC 1034 §3.6.2',
        });
      }
      if (first !== undefined) continue;
      if (record.type === 'SOA') apexes.push(record.name);
    }
    // A record told twice is one record (RFC 2181 §5.2). Only small sets are compared: a set of thousands is no accident.
    if (set.records.length > 64 || !set.records.some((other) => same(other, record.data)))
      set.records.push(record.data);
  }
  const isApex = new Set(apexes);
  // Whatever lies between a name and the top of its zone exists too (RFC 8020).
  for (const name of nodes.keys()) {
    let at = name;
    while (at !== '' && !isApex.has(at)) {
      at = parent(at);
      if (nodes.has(at)) break;
      nodes.set(at, { sets: new Map(), unknown: false });
    }
  }
  for (const [name, node] of nodes) {
    if (node.sets.has('CNAME') && node.sets.size > [...node.sets.keys()].filter(besideAlias).length + 1) {
      problems.push({ code: 'dns/zone-alias-and-data', values: { name }, see: 'RFC 1034 §3.6.2' });
    }
  }
  return { resolver: resolverOf(nodes, isApex, authenticated), apexes, names, records };
}

function resolverOf(nodes: ReadonlyMap<string, Node>, apexes: ReadonlySet<string>, authenticated: boolean): Resolver {
  // The same question gets the same answer, object and all: those who judge keep what they read in an answer beside it.
  const answers = new Map<string, Answer>();
  const answer = (name: string, type: RecordType): Answer => {
    const key = `${type} ${name}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = find(name, type);
    if (answers.size >= 100_000) answers.clear();
    answers.set(key, found);
    return found;
  };

  const find = (name: string, type: RecordType): Answer => {
    const aliases: string[] = [];
    let ttl = 0x7fff_ffff;
    let at = name;
    for (;;) {
      const place = locate(nodes, apexes, at, type);
      if (place.kind === 'unknown') {
        throw new ResolverError('dns/unknown-name', `nothing is told of ${at} (${type})`, { retryable: false });
      }
      if (place.kind === 'absent') {
        return { kind: 'no-such-name', ttl: Math.min(ttl, negativeTtl(nodes, place.apex)), aliases, authenticated };
      }
      if (place.kind === 'redirected') {
        at = place.target;
        ttl = Math.min(ttl, place.ttl);
      } else {
        const set = place.node.sets.get(type);
        if (set?.unknown === true || (set === undefined && place.node.unknown)) {
          throw new ResolverError('dns/unknown-name', `the text about ${at} (${type}) could not be read`, {
            retryable: false,
          });
        }
        if (set !== undefined) {
          return {
            kind: 'records',
            records: set.records as RecordData[typeof type][],
            ttl: Math.min(ttl, set.ttl),
            aliases,
            authenticated,
          };
        }
        const alias = place.node.sets.get('CNAME');
        if (alias === undefined) {
          return { kind: 'no-data', ttl: Math.min(ttl, negativeTtl(nodes, place.apex)), aliases, authenticated };
        }
        if (alias.unknown) {
          throw new ResolverError('dns/unknown-name', `the alias of ${at} could not be read`, { retryable: false });
        }
        at = alias.records[0] as string;
        ttl = Math.min(ttl, alias.ttl);
      }
      if (at === name || aliases.includes(at) || aliases.length >= maxAliases) {
        throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
      }
      aliases.push(at);
    }
  };
  // Throwing becomes a refused promise: a resolver never throws while it is asked.
  return async <T extends RecordType>(name: string, type: T) => answer(foldName(name), type) as Answer<T>;
}

type Place =
  | { readonly kind: 'found'; readonly node: Node; readonly apex: string | undefined }
  | { readonly kind: 'absent'; readonly apex: string }
  | { readonly kind: 'redirected'; readonly target: string; readonly ttl: number }
  | { readonly kind: 'unknown' };

/** Finds what answers for a name: itself, a wildcard (RFC 4592 §3.3), a DNAME above it (RFC 6672), nothing, or nobody knows. */
function locate(nodes: ReadonlyMap<string, Node>, apexes: ReadonlySet<string>, name: string, type: string): Place {
  // The zone the name belongs to: of the names with an SOA the nearest. DS belongs to the zone above (RFC 4035 §3.1.4.1).
  let apex: string | undefined = type === 'DS' && name !== '' ? parent(name) : name;
  while (apex !== undefined && !apexes.has(apex)) apex = apex === '' ? undefined : parent(apex);
  if (apex === undefined && type === 'DS' && apexes.has(name)) return { kind: 'unknown' };
  // From the name upward: the highest zone cut decides, then the nearest DNAME, then the nearest name that exists.
  let cut: string | undefined;
  let dname: { at: string; set: RecordSet } | undefined;
  let encloser: string | undefined;
  for (let at = name; ; at = parent(at)) {
    const node = nodes.get(at);
    if (node !== undefined) {
      encloser ??= at;
      if (at !== apex && node.sets.has('NS')) cut = at;
      const set = at === name ? undefined : node.sets.get('DNAME');
      if (set !== undefined) dname = { at, set };
    }
    if (at === apex || at === '') break;
  }
  const node = nodes.get(name);
  if (cut !== undefined && !(cut === name && (type === 'DS' || type === 'NS'))) {
    // Below a delegation another server knows; what the text holds of it (glue) is all it can say.
    return node?.sets.has(type) === true ? { kind: 'found', node, apex } : { kind: 'unknown' };
  }
  if (dname !== undefined) {
    const target = dname.set.records[0];
    if (typeof target !== 'string') return { kind: 'unknown' };
    const prefix = name.slice(0, name.length - (dname.at === '' ? 0 : dname.at.length + 1));
    return { kind: 'redirected', target: target === '' ? prefix : `${prefix}.${target}`, ttl: dname.set.ttl };
  }
  if (node !== undefined) {
    if (apex === undefined && node.sets.size === 0 && !node.unknown) return { kind: 'unknown' };
    return { kind: 'found', node, apex };
  }
  if (encloser !== undefined) {
    const wildcard = nodes.get(encloser === '' ? '*' : `*.${encloser}`);
    if (wildcard !== undefined) return { kind: 'found', node: wildcard, apex };
  }
  return apex === undefined ? { kind: 'unknown' } : { kind: 'absent', apex };
}

/** How long an absence may be kept: the lesser of the SOA's TTL and its last field (RFC 2308 §5). */
function negativeTtl(nodes: ReadonlyMap<string, Node>, apex: string | undefined): number {
  const set = apex === undefined ? undefined : nodes.get(apex)?.sets.get('SOA');
  const soa = set?.records[0] as RecordData['SOA'] | undefined;
  return set === undefined || soa === undefined ? 0 : Math.min(set.ttl, soa.minimum);
}

/** Types that may stand beside a CNAME (RFC 4034 §2.5, §4). */
function besideAlias(type: string): boolean {
  return type === 'RRSIG' || type === 'NSEC' || type === 'KEY' || type === 'NXT';
}

function parent(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
