// How a stream and a record are shown wherever a what-if tells of them.
import type { StreamFate } from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import type { Paint } from './style.ts';

type Named = Pick<StreamFate, 'decision' | 'id' | 'kind' | 'name'>;

/** Whether a stream is ours, by decision or as it is thought. */
export function isWanted({ decision, kind }: Named): boolean {
  return decision === 'authorised' || (decision === 'undecided' && (kind === 'own' || kind === 'third'));
}

export function nameOf({ id, name }: Named, words: Speech): string {
  return id === null ? words.say('what-if-no-stream') : safeText(name ?? id, 60);
}

/** What was decided of a stream, or what it is thought to be. */
export function whoseOf({ decision, kind }: Named, words: Speech): string {
  if (decision !== 'undecided') return words.say(`what-if-decision-${decision}`);
  const thought = words.say(`what-if-kind-${kind}`);
  return kind === 'undecided' ? thought : words.say('what-if-thought-mark', { kind: thought });
}

const paints: Readonly<Record<string, Paint>> = { authorised: 'bad', own: 'bad', third: 'bad', undecided: 'warn' };

/** The colour of that. */
export function streamPaint({ decision, kind }: Named): Paint | undefined {
  return paints[decision === 'undecided' ? kind : decision];
}

/** A record set in one line. */
export function recordsShown(records: readonly string[] | null, words: Speech): string {
  if (records === null) return words.say('what-if-not-known');
  if (records.length === 0) return words.say('what-if-nothing-there');
  return records.map((text) => safeText(text, 600)).join(' · ');
}
