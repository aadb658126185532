// Mail in which nothing is ours, and mail that was passed on: grouped so that thousands of addresses become a few streams. What comes
// from everywhere at once in one shape is a campaign; what keeps coming from one place stands apart, since it may be somebody we know.
import type { Lot } from './lots.ts';
import type { SourceSums } from './source-sums.ts';

/** How many places make a shape one that comes from everywhere. */
const everywhere = 12;
/** A source that is seen for this part of the period, and for so many days, keeps coming. */
const lastingShare = 0.35;
const lastingDays = 30;

export type StrangerGroup = 'apart' | 'campaign' | 'passed-on' | 'replay';

export interface Strangers {
  /** By lot number: the text of its group; `undefined` for lots of other placements. */
  readonly keyOf: readonly (string | undefined)[];
  readonly groupOf: readonly (StrangerGroup | undefined)[];
}

/** @param periodDays how long the history is */
export function groupStrangers(lots: readonly Lot[], sums: SourceSums, periodDays: number): Strangers {
  const keyOf: (string | undefined)[] = lots.map(() => undefined);
  const groupOf: (StrangerGroup | undefined)[] = lots.map(() => undefined);
  const lasting = Math.max(lastingDays, periodDays * lastingShare);
  const persistence = (lot: Lot): number => {
    let kept = 0;
    for (const [source, count] of lot.sources) if (sums.last[source]! - sums.first[source]! >= lasting) kept += count;
    return kept / lot.messages;
  };
  // The same signature in the envelope of a stranger, from everywhere: one message, sent again and again.
  const replays = new Map<string, Lot[]>();
  for (const lot of lots) {
    if (lot.placement === 'maybe-away') {
      keyOf[lot.number] = `maybe-away ${lot.unit.key}`;
      groupOf[lot.number] = 'passed-on';
      continue;
    }
    if (lot.placement !== 'away') continue;
    keyOf[lot.number] = `away ${lot.unit.key} ${lot.shape === '=' || lot.unit.sender !== null ? '' : lot.shape}`;
    groupOf[lot.number] = 'passed-on';
    if (lot.shape === '=' || lot.away === 0 || lot.foreignPass > 0.2 * lot.messages || lot.pairs.size > 2) continue;
    const pair = [...lot.pairs].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    push(replays, `replay ${pair} ${lot.shape}`, lot);
  }
  for (const [key, list] of replays) {
    if (new Set(list.map(({ unit }) => unit.number)).size < 8) continue;
    for (const lot of list) {
      keyOf[lot.number] = key;
      groupOf[lot.number] = 'replay';
    }
  }
  // Broken signatures and nothing else, a few from each of many places: a shape of its own, whoever they are.
  const broken = lots.filter(
    (lot) =>
      lot.placement === 'away' &&
      groupOf[lot.number] === 'passed-on' &&
      lot.unit.sender === null &&
      lot.away === 0 &&
      lot.foreignPass === 0 &&
      lot.forwarded === 0 &&
      lot.sources.size <= 3,
  );
  if (new Set(broken.map(({ unit }) => unit.number)).size >= everywhere)
    for (const lot of broken) keyOf[lot.number] = 'broken from everywhere';
  const strangers = lots.filter(({ placement }) => placement === 'stranger');
  const shapes = new Map<string, Lot[]>();
  for (const lot of strangers) push(shapes, shapeKey(lot), lot);
  const scarce: Lot[] = [];
  for (const [shape, list] of shapes) {
    const places = new Set(list.map(({ unit }) => unit.number)).size;
    for (const lot of list) {
      const apart = persistence(lot) >= 0.5;
      if (places >= everywhere && !apart) {
        keyOf[lot.number] = `campaign ${shape}`;
        groupOf[lot.number] = 'campaign';
      } else if (lot.messages < 20 && lot.sources.size <= 2 && !apart) scarce.push(lot);
      else {
        keyOf[lot.number] = `apart ${lot.unit.key} ${shape}`;
        groupOf[lot.number] = 'apart';
      }
    }
  }
  const manyPlaces = new Set(scarce.map(({ unit }) => unit.number)).size >= everywhere;
  for (const lot of scarce) {
    keyOf[lot.number] = manyPlaces ? 'campaign of little' : `apart ${lot.unit.key} ${shapeKey(lot)}`;
    groupOf[lot.number] = manyPlaces ? 'campaign' : 'apart';
  }
  return { keyOf, groupOf };
}

/** What a campaign has in common: its envelope, and whether it makes signatures up. */
function shapeKey(lot: Lot): string {
  const fake = lot.fake > 0 ? ' made-up signature' : '';
  if (lot.shape === '<>' || lot.shape === '=' || lot.shape === '?') return `${lot.shape}${fake}`;
  if (lot.envelope?.own === true) return `ours${fake}`;
  return `${lot.shape}${fake}`;
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const list = into.get(key);
  if (list === undefined) into.set(key, [value]);
  else list.push(value);
}
