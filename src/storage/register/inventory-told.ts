import { newPartyId, partyNamed } from '../../protection/inventory/parties/index.ts';
import type { ToldDecisions, ToldStream } from '../../protection/inventory/decisions/index.ts';
import { ownsKeys } from '../../protection/inventory/registry/index.ts';
import type { StreamIdentity } from '../../protection/inventory/registry/index.ts';
import type { RegisterFile } from './database.ts';
import type { Parties } from './inventory-parties.ts';

/**
 * Brings in parties and streams that were told elsewhere, in the transaction that is open: a stream that is here under its id, or
 * whose set-ups are, is that stream; another becomes one, so that attribution will know it. Of a stream that is here only what nobody
 * has said of it is taken over: its name, its party, what it was merged into.
 *
 * @param here what is kept now
 * @returns which stream here each of theirs is, and how many were new or came to know more
 */
export function bringStreams(
  file: RegisterFile,
  parties: Parties,
  here: readonly StreamIdentity[],
  told: ToldDecisions,
  by: { readonly at: number; readonly who: string },
): { readonly streamOf: (id: string) => string; readonly streams: number; readonly parties: number } {
  const partyOf = new Map<string, string>();
  let newParties = 0;
  for (const party of told.parties) {
    const list = parties.list();
    const same = list.find(({ id }) => id === party.id) ?? partyNamed(party.name, list);
    if (same !== undefined) {
      partyOf.set(party.id, same.id);
      continue;
    }
    // An id of theirs that is free here stays theirs, so that a second time it is known again.
    const id = newPartyId(party.id, (each) => list.some((other) => other.id === each));
    file.run(
      'INSERT INTO parties (id, name, type, owner, contact, contract, priority) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      party.name,
      party.type,
      party.owner,
      party.contact,
      party.contract,
      party.priority,
    );
    partyOf.set(party.id, id);
    newParties += 1;
  }

  const known = new Map(here.map((each) => [each.id, each]));
  const owner = new Map(here.flatMap(({ id, keys }) => keys.map((key) => [key, id])));
  const streamOf = new Map<string, string>();
  const fresh = new Set<string>();
  for (const stream of told.streams) {
    const id = known.has(stream.id) ? stream.id : mostKeys(stream, owner);
    streamOf.set(stream.id, id ?? stream.id);
    if (id !== undefined) continue;
    file.run(
      'INSERT INTO streams (id, name, named_by, first_day, kept_at) VALUES (?, ?, ?, ?, ?)',
      stream.id,
      stream.name,
      stream.namedBy ?? null,
      stream.firstSeen ?? null,
      by.at,
    );
    fresh.add(stream.id);
  }
  const target = (id: string): string => streamOf.get(id) ?? id;
  const exists = (id: string): boolean => known.has(id) || fresh.has(id);
  let changed = 0;
  for (const stream of told.streams) {
    const id = target(stream.id);
    const before = known.get(id);
    if (before === undefined && (stream.pin == null || ownsKeys(stream.pin))) {
      for (const key of stream.keys)
        file.run('INSERT OR IGNORE INTO stream_keys (key, stream, first_stream) VALUES (?, ?, ?)', key, id, id);
    }
    const mergedInto = stream.mergedInto == null ? null : target(stream.mergedInto);
    const party = stream.party == null ? null : (partyOf.get(stream.party) ?? null);
    const pinned = before === undefined && stream.pin != null ? { ...stream.pin, of: target(stream.pin.of) } : null;
    const takesName = before !== undefined && before.namedBy === null && stream.namedBy != null;
    const takesMerge =
      (before?.mergedInto ?? null) === null && mergedInto !== null && mergedInto !== id && exists(mergedInto);
    const takesParty = (before?.party ?? null) === null && party !== null;
    if (takesName)
      file.run('UPDATE streams SET name = ?, named_by = ? WHERE id = ?', stream.name, stream.namedBy ?? by.who, id);
    if (takesMerge) file.run('UPDATE streams SET merged_into = ? WHERE id = ?', mergedInto, id);
    if (takesParty) file.run('UPDATE streams SET party = ? WHERE id = ?', party, id);
    if (pinned !== null) file.run('UPDATE streams SET pin = ? WHERE id = ?', JSON.stringify(pinned), id);
    if (before === undefined || takesName || takesMerge || takesParty) changed += 1;
  }
  return { streamOf: target, streams: changed, parties: newParties };
}

/** The stream here that has most of these keys. */
function mostKeys({ keys }: ToldStream, owner: ReadonlyMap<string, string>): string | undefined {
  const counts = new Map<string, number>();
  for (const key of keys) {
    const id = owner.get(key);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))[0]?.[0];
}
