// Mail in which nothing is ours, and mail that was passed on: grouped so that thousands of addresses become a few streams. What comes
// from everywhere at once in one shape is a campaign; what keeps coming from one place stands apart, since it may be somebody we know.
import type { Lot } from './lots.ts';
import { unprovenShape } from './placement.ts';
import type { SourceSums } from './source-sums.ts';

/** How many places make a shape one that comes from everywhere. */
const everywhere = 12;
/** A source that is seen for this part of the period, and for so many days, keeps coming. */
const lastingShare = 0.35;
const lastingDays = 30;

export type StrangerGroup = 'apart' | 'campaign' | 'copied' | 'passed-on' | 'replay';

export interface Strangers {
  /** By lot number: the text of its group; `undefined` for lots of other placements. */
  readonly keyOf: readonly (string | undefined)[];
  readonly groupOf: readonly (StrangerGroup | undefined)[];
}

/**
 * @param periodDays how long the history is
 * @param familyShares of the mail that is signed by us and holds: the part of each selector family
 * @param mayBeServer whether a lot comes from servers, as far as names tell; also when nobody looked
 */
export function groupStrangers(
  lots: readonly Lot[],
  sums: SourceSums,
  periodDays: number,
  familyShares: ReadonlyMap<string, number>,
  mayBeServer: (lot: Lot) => boolean,
): Strangers {
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
  const usual = usualEnvelopes(lots);
  for (const lot of lots) {
    if (lot.placement === 'maybe-away') {
      keyOf[lot.number] = `maybe-away ${lot.unit.key}`;
      groupOf[lot.number] = 'passed-on';
      continue;
    }
    if (lot.placement !== 'away') continue;
    groupOf[lot.number] = 'passed-on';
    const pair = [...lot.pairs].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0])[0];
    // Who passes mail on leaves the envelope that it set out with, or puts one of his own there, which SPF then passes.
    const asItSetOut =
      lot.shape === '=' ||
      lot.shape === unprovenShape ||
      lot.unit.sender !== null ||
      (lot.foreignPass === 0 && [...lot.envelopes.keys()].some(({ org }) => usual.has(`${pair} ${org}`)));
    keyOf[lot.number] = `away ${lot.unit.key} ${asItSetOut ? '' : lot.shape}`;
    if (lot.shape === '=' || lot.away === 0 || lot.foreignPass > 0.2 * lot.messages || lot.pairs.size > 2) continue;
    if ([...lot.envelopes.keys()].some(({ org }) => usual.has(`${pair} ${org}`))) continue;
    push(replays, `replay ${pair} ${lot.shape}`, lot);
  }
  for (const [key, list] of replays) {
    if (new Set(list.map(({ unit }) => unit.number)).size < 8) continue;
    for (const lot of list) {
      keyOf[lot.number] = key;
      groupOf[lot.number] = 'replay';
    }
  }
  groupBroken(lots, familyShares, keyOf, groupOf);
  const strangers = lots.filter(({ placement }) => placement === 'stranger');
  const shapes = new Map<string, Lot[]>();
  for (const lot of strangers) push(shapes, shapeKey(lot), lot);
  const scarce: Lot[] = [];
  const passing = new Map<string, Lot[]>();
  for (const [shape, list] of shapes) {
    const places = new Set(list.map(({ unit }) => unit.number)).size;
    const crowd = authorMessages(list);
    const all = list.reduce((sum, { messages }) => sum + messages, 0);
    const lastingPlaces = new Set(list.filter((lot) => persistence(lot) >= 0.5).map(({ unit }) => unit.number)).size;
    for (const lot of list) {
      const lasts = persistence(lot) >= 0.5;
      // In a crowd that keeps coming, one stands out only as a domain that the crowd does not use, or by being a server with a name.
      const apart =
        lasts &&
        (lastingPlaces < 2 * everywhere ||
          [...lot.authors].some(
            ([author, count]) =>
              count >= 0.5 * lot.messages && crowd.get(author.number)! < Math.max(4 * count, 0.01 * all),
          ) ||
          mayBeServer(lot));
      if (places >= everywhere && !apart) {
        keyOf[lot.number] = `campaign ${shape}`;
        groupOf[lot.number] = 'campaign';
      } else if (lot.messages < 20 && lot.sources.size <= 2 && !lasts) scarce.push(lot);
      else {
        // An envelope that SPF passes says who it is; else what tells neighbours apart is whose machines they are.
        const which =
          !lasts || lot.foreignPass >= 0.5 * lot.messages ? '' : `${lot.server ?? ''} ${lot.author?.text ?? ''}`;
        keyOf[lot.number] = `apart ${lot.unit.key} ${shape} ${which}${lot.several ? ' as several' : ''}`;
        groupOf[lot.number] = 'apart';
        if (!lasts && lot.foreignPass > 0) push(passing, lot.unit.key, lot);
      }
    }
  }
  // Where machines are rented, many that come and go, each with an envelope of its own: taken web sites, say.
  for (const [unit, list] of passing) {
    if (list.length < everywhere) continue;
    for (const lot of list) keyOf[lot.number] = `come and gone at ${unit}`;
  }
  const manyPlaces = new Set(scarce.map(({ unit }) => unit.number)).size >= everywhere;
  for (const lot of scarce) {
    keyOf[lot.number] = manyPlaces ? 'campaign of little' : `apart ${lot.unit.key} ${shapeKey(lot)}`;
    groupOf[lot.number] = manyPlaces ? 'campaign' : 'apart';
  }
  return { keyOf, groupOf };
}

/** By author domain: how much of it there is. */
function authorMessages(lots: readonly Lot[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const lot of lots)
    for (const [author, count] of lot.authors) sums.set(author.number, (sums.get(author.number) ?? 0) + count);
  return sums;
}

/** By pair and organization of the envelope: what mail sets out with at home. */
function usualEnvelopes(lots: readonly Lot[]): ReadonlySet<string> {
  const usual = new Set<string>();
  for (const lot of lots) {
    if (lot.placement !== 'network' && lot.placement !== 'sender') continue;
    for (const pair of lot.pairs.keys())
      for (const envelope of lot.envelopes.keys()) usual.add(`${pair} ${envelope.org}`);
  }
  return usual;
}

/**
 * Broken signatures and nothing else, from many places. Who passes mail on and breaks it does so with all that we sign, in the
 * measure that we send it; where one family alone comes from far more places than that explains, its signature was copied.
 */
function groupBroken(
  lots: readonly Lot[],
  familyShares: ReadonlyMap<string, number>,
  keyOf: (string | undefined)[],
  groupOf: (StrangerGroup | undefined)[],
): void {
  const byFamily = new Map<string, Lot[]>();
  const all: Lot[] = [];
  for (const lot of lots) {
    if (lot.onlyBroken === null || groupOf[lot.number] !== 'passed-on') continue;
    push(byFamily, lot.onlyBroken, lot);
    all.push(lot);
  }
  if (new Set(all.map(({ unit }) => unit.number)).size < everywhere) return;
  for (const [family, list] of byFamily) {
    let sources = 0;
    let explained = 0;
    const share = familyShares.get(family) ?? 0;
    for (const lot of list) {
      sources += lot.sources.size;
      // By chance alone a source shows one family only as often as its every row is of it.
      explained += lot.sources.size * Math.pow(share, Math.max(1, lot.combinations.length / lot.sources.size));
    }
    const copied =
      family !== '' &&
      new Set(list.map(({ unit }) => unit.number)).size >= everywhere &&
      sources >= 2 * explained + everywhere;
    for (const lot of list) {
      keyOf[lot.number] = copied ? `copied ${family}` : 'broken from everywhere';
      if (copied) groupOf[lot.number] = 'copied';
    }
  }
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
