import type { History } from '../../history.ts';
import type { Inventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import type { Sightings } from './estimate.ts';

/** Sightings of wanted streams, and how many weeks there were to be sighted in. */
export interface StreamSightings {
  readonly sightings: Sightings;
  readonly units: number;
}

/** Streams with more days of mail than this are in more weeks than one needs to count. */
const rareDays = 70;
/** A stream of more addresses is not a rare one; those of many are not asked about at once. */
const mostAddresses = 400;

/**
 * Counts in how many weeks each wanted stream was seen. A week of all reporters is one: a mailing shows at ten of them and on three days, and
 * is still one sighting. @throws {StorageError}
 */
export async function streamSightings(history: History, inventory: Inventory): Promise<StreamSightings> {
  const { combinations, streamOf, streams, decisionOf, kindOf, dictionaries } = inventory;
  const { source, auth, authorDomain, envelopeFrom } = combinations;
  const key = (one: number, two: number, three: number, four: number): string => `${one} ${two} ${three} ${four}`;
  const wanted = new Set<number>();
  const addressesOf = new Map<number, Set<number>>();
  for (let row = 0; row < combinations.length; row++) {
    const standing = standings[standingOf(decisionOf[row]!, kindOf[row]!)]!;
    if (standing !== 'authorised' && standing !== 'thought-ours') continue;
    const stream = streamOf[row]!;
    wanted.add(stream);
    if (streams[stream]!.rhythm.activeDays > rareDays || streams[stream]!.sources > mostAddresses) continue;
    const known = addressesOf.get(stream);
    if (known === undefined) addressesOf.set(stream, new Set([source[row]!]));
    else known.add(source[row]!);
  }
  const placeOf = new Map<string, number>();
  for (let row = 0; row < combinations.length; row++) {
    if (addressesOf.has(streamOf[row]!))
      placeOf.set(key(source[row]!, auth[row]!, authorDomain[row]!, envelopeFrom[row]!), streamOf[row]!);
  }
  const addresses = new Set([...addressesOf.values()].flatMap((list) => [...list]));
  const [weeks, columns] = await Promise.all([
    history.ask({ by: ['day'], measures: ['messages'] }),
    history.ask({
      where: { source: [...addresses].flatMap((address) => dictionaries.address(address) ?? []) },
      by: ['source', 'auth', 'authorDomain', 'envelopeFrom', 'day'],
      measures: ['messages'],
    }),
  ]);
  const seen = new Map<number, Set<number>>();
  for (let row = 0; row < columns.length; row++) {
    const stream = placeOf.get(
      key(columns.source[row]!, columns.auth[row]!, columns.authorDomain[row]!, columns.envelopeFrom[row]!),
    );
    if (stream === undefined) continue;
    const week = Math.floor(columns.day[row]! / 7);
    const known = seen.get(stream);
    if (known === undefined) seen.set(stream, new Set([week]));
    else known.add(week);
  }
  return {
    // Those that were not counted were seen in at least as many weeks as their days make.
    sightings: [...wanted].map((stream) => seen.get(stream)?.size ?? Math.ceil(rareDays / 7) + 1),
    units: new Set(Array.from(weeks.day, (day) => Math.floor(day / 7))).size,
  };
}
