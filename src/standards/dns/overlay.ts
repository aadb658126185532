import { foldName } from './fold.ts';
import { ResolverError } from './resolver.ts';
import { zoneOf } from './zone.ts';
import type { Zone } from './zone.ts';
import type { Answer, RecordData, RecordType, Resolver } from './resolver.ts';

/** One record set as it will be: what stands at this name and type after the change, and nothing else does. No records: the set is gone. */
export interface RecordChange<T extends RecordType = RecordType> {
  readonly name: string;
  readonly type: T;
  readonly records: readonly RecordData[T][];
  /** Seconds; 3600 when not given. */
  readonly ttl?: number;
}

const maxAliases = 16;

/**
 * The world after some changes: record sets that change are answered from the changes, all else by `world`. Aliases of the
 * world that lead to a changed name lead to what it will say, and a name that gets records, or a name below it that does, exists.
 *
 * Two things cannot be seen from a world's answers and stay as they were: a name whose last record goes is answered with
 * "no such record" rather than "no such name", and a name that a wildcard answers for keeps that answer for the types that are
 * not changed, although a record of its own would end it (RFC 4592 §2.2.1).
 *
 * @throws {ResolverError} as `world` does, and `dns/alias-loop`.
 */
export function overlay(changes: readonly RecordChange[], world: Resolver): Resolver {
  const sets = new Map<string, RecordChange>();
  const touched = new Set<string>();
  const existing = new Set<string>();
  for (const change of changes) {
    const name = foldName(change.name);
    sets.set(`${change.type} ${name}`, change);
    touched.add(name);
  }
  for (const change of sets.values()) {
    if (change.records.length === 0) continue;
    for (let at = foldName(change.name); at !== ''; at = at.slice(at.indexOf('.') + 1)) {
      existing.add(at);
      if (!at.includes('.')) break;
    }
  }

  const answer = async (name: string, type: RecordType, steps: number): Promise<Answer> => {
    if (steps > maxAliases) {
      throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
    }
    const change = sets.get(`${type} ${name}`);
    if (change !== undefined && change.records.length > 0) {
      return { kind: 'records', records: change.records, ttl: change.ttl ?? 3600, aliases: [], authenticated: false };
    }
    if (change !== undefined && type === 'CNAME') {
      return { kind: 'no-data', ttl: change.ttl ?? 3600, aliases: [], authenticated: false };
    }
    const alias = type === 'CNAME' ? undefined : sets.get(`CNAME ${name}`);
    const target = alias?.records[0];
    if (alias !== undefined && typeof target === 'string') {
      return through(target, type, steps, alias.ttl ?? 3600, [target]);
    }
    const before = await world(name, type);
    if (alias !== undefined && before.aliases.length > 0) {
      // The alias is taken away and nothing stands in its place.
      return { kind: 'no-data', ttl: before.ttl, aliases: [], authenticated: false };
    }
    for (const [index, step] of before.aliases.entries()) {
      if (touched.has(step)) return through(step, type, steps, before.ttl, before.aliases.slice(0, index + 1));
    }
    if (change !== undefined && before.kind === 'records' && before.aliases.length === 0) {
      return { kind: 'no-data', ttl: before.ttl, aliases: [], authenticated: false };
    }
    if (before.kind === 'no-such-name' && existing.has(before.aliases.at(-1) ?? name)) {
      return { ...before, kind: 'no-data' };
    }
    return before;
  };

  const through = async (
    target: string,
    type: RecordType,
    steps: number,
    ttl: number,
    aliases: readonly string[],
  ): Promise<Answer> => {
    const end = await answer(target, type, steps + aliases.length);
    return { ...end, ttl: Math.min(ttl, end.ttl), aliases: [...aliases, ...end.aliases] };
  };

  return async <T extends RecordType>(name: string, type: T) => (await answer(foldName(name), type, 0)) as Answer<T>;
}

/**
 * The zones after some changes. Unlike an overlay over a resolver it is exact: a name whose last record goes is gone, and a
 * record of its own ends what a wildcard said for a name.
 */
export function zoneAfter(changes: readonly RecordChange[], zone: Zone): Zone {
  const changed = new Set(changes.map((change) => `${change.type} ${foldName(change.name)}`));
  return zoneOf([
    ...zone.records.filter((record) => !changed.has(`${record.type} ${record.name}`)),
    ...changes.flatMap((change) =>
      change.records.map((data) => ({
        name: foldName(change.name),
        type: change.type,
        ttl: change.ttl ?? 3600,
        data,
        line: 0,
      })),
    ),
  ]);
}
