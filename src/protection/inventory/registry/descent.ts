import type { Descent } from '../decisions/index.ts';
import { mergedTarget } from './model.ts';
import type { StreamIdentity } from './model.ts';

/**
 * Whose decisions each stream has besides its own:
 *
 * - of streams that a person merged into it
 * - of the stream it was split off from, as far as they were made before: a split takes nothing back
 * - of streams whose keys attribution put together with its own, where it has none of its own
 */
export function streamDescent(
  known: readonly Pick<StreamIdentity, 'id' | 'keys' | 'lostKeys' | 'mergedInto' | 'pin'>[],
): (stream: string) => readonly Descent[] {
  const byId = new Map(known.map((each) => [each.id, each]));
  const answer = new Map<string, Map<string, Descent>>();
  const add = (stream: string, from: Descent): void => {
    if (from.stream === stream) return;
    let list = answer.get(stream);
    if (list === undefined) answer.set(stream, (list = new Map()));
    const before = list.get(from.stream);
    // Of two ways to the same decisions, the one that gives more of them.
    if (before === undefined || rank(from) > rank(before)) list.set(from.stream, from);
  };
  const merged = new Map<string, string[]>();
  for (const { id } of known) {
    const target = mergedTarget(id, byId);
    const list = merged.get(target);
    if (list === undefined) merged.set(target, [id]);
    else list.push(id);
  }
  const owner = new Map(known.flatMap(({ id, keys }) => keys.map((key) => [key, id])));
  for (const [target, parts] of merged) {
    for (const part of parts) {
      add(target, { stream: part });
      let pin = byId.get(part)?.pin ?? null;
      let before = Infinity;
      const seen = new Set([part]);
      while (pin !== null && !seen.has(pin.of)) {
        seen.add(pin.of);
        before = Math.min(before, pin.at);
        for (const each of merged.get(mergedTarget(pin.of, byId)) ?? [pin.of]) add(target, { stream: each, before });
        pin = byId.get(pin.of)?.pin ?? null;
      }
    }
  }
  for (const { id, lostKeys } of known) {
    for (const key of lostKeys) {
      const now = owner.get(key);
      if (now === undefined) continue;
      const target = mergedTarget(now, byId);
      if (target !== mergedTarget(id, byId)) add(target, { stream: id, byItself: true });
    }
  }
  const none: readonly Descent[] = [];
  const lists = new Map([...answer].map(([stream, list]) => [stream, [...list.values()]]));
  return (stream) => lists.get(stream) ?? none;
}

function rank({ before, byItself }: Descent): number {
  return byItself === true ? -1 : (before ?? Infinity);
}
