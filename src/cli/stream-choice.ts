import { foldedName } from '../protection/inventory/parties/index.ts';
import { mergedTarget } from '../protection/inventory/registry/index.ts';
import type { StreamIdentity } from '../protection/inventory/registry/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { UsageError } from './terminal.ts';

/** What may be chosen. */
export interface Choosable {
  readonly id: string;
  readonly name: string;
}

/** What a text may mean: one, several, or none and those that are like it. */
export type Choice<T> =
  | { readonly one: T }
  | { readonly several: readonly T[] }
  | { readonly none: true; readonly like: readonly T[] };

/**
 * The stream that is meant by an id or a name. Never by a part of one: what is decided by a slip of the fingers is decided wrongly.
 * The id of a stream that was merged stands for what it was merged into.
 */
export function chooseStream<T extends Choosable>(
  text: string,
  streams: readonly T[],
  known: readonly Pick<StreamIdentity, 'id' | 'mergedInto'>[] = [],
): Choice<T> {
  const wanted = text.trim();
  const byId = streams.find(({ id }) => id === wanted);
  if (byId !== undefined) return { one: byId };
  const folded = foldedName(wanted);
  const byName = streams.filter(({ name }) => foldedName(name) === folded);
  if (byName.length === 1) return { one: byName[0]! };
  if (byName.length > 1) return { several: byName };
  const target = mergedTarget(wanted, new Map(known.map((each) => [each.id, each])));
  const merged = streams.find(({ id }) => id === target);
  if (target !== wanted && merged !== undefined) return { one: merged };
  const like =
    folded === ''
      ? []
      : streams.filter(({ id, name }) => id.startsWith(folded) || foldedName(name).includes(folded)).slice(0, 5);
  return { none: true, like };
}

/** The same for what was typed. @throws {UsageError} when it is not one */
export function chosenStream<T extends Choosable>(
  text: string,
  streams: readonly T[],
  known: readonly Pick<StreamIdentity, 'id' | 'mergedInto'>[] = [],
): T {
  const choice = chooseStream(text, streams, known);
  if ('one' in choice) return choice.one;
  const shown = safeText(text, 100);
  if ('several' in choice)
    throw new UsageError(
      `${choice.several.length} streams are called ${shown}`,
      `give the id of one: ${choice.several.map(({ id }) => id).join(', ')}`,
    );
  throw new UsageError(
    `no stream is called ${shown}`,
    choice.like.length === 0
      ? 'zegel streams lists them'
      : `perhaps ${choice.like.map(({ id, name }) => `${id} (${safeText(name, 60)})`).join(', ')}`,
  );
}
