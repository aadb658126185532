// Whose places mail comes from, as far as names tell: of the machines, of the network, and of who was declared to mail from there.
import type { DeclaredSender } from '../evidence.ts';
import { squeezed } from './declarations.ts';
import type { Lot } from './lots.ts';
import type { SourceFacts, Unit } from './units.ts';

type Facts = readonly (SourceFacts | undefined)[];

/** Whether most of it comes from machines whose confirmed names are somebody else's: whoever the network is called after, they run it. */
export function namedByOthers(facts: Facts, sources: ReadonlyMap<number, number>): boolean {
  let others = 0;
  let all = 0;
  for (const [source, count] of sources) {
    const { reverse, ownName } = facts[source]!;
    all += count;
    if (!ownName && reverse?.confirmed === true) others += count;
  }
  return others > 0.5 * all;
}

/** Whether the network is called after the sender that was declared to mail from it, or after his party. */
export function namedAsDeclared(network: Unit['network'], declared: DeclaredSender | undefined): boolean {
  if (network === null || declared === undefined || declared.networks.length === 0) return false;
  const name = squeezed(network.name);
  return [declared.sender, declared.party].map(squeezed).some((each) => each.length >= 5 && name.includes(each));
}

/** Where many lines write as an author domain: networks of line providers, by author. */
export type LineNetworks = ReadonlyMap<number, ReadonlySet<number>>;

/** So many lines of one network are no slip. */
const someLines = 3;

/** Of mail in which nothing is ours: by author domain, the networks in which several numbered lines, none of them named ours, write as it. */
export function lineNetworks(lots: readonly Lot[], facts: Facts): LineNetworks {
  const counts = new Map<number, Map<number, number>>();
  for (const lot of lots) {
    if (lot.placement !== 'stranger') continue;
    let lines = 0;
    for (const source of lot.sources.keys()) if (isLineOfOthers(facts[source]!)) lines += 1;
    if (lines === 0) continue;
    for (const { number } of lot.authors.keys()) {
      let units = counts.get(number);
      if (units === undefined) counts.set(number, (units = new Map()));
      units.set(lot.unit.number, (units.get(lot.unit.number) ?? 0) + lines);
    }
  }
  return new Map(
    [...counts].map(([author, units]) => [
      author,
      new Set([...units].filter(([, lines]) => lines >= someLines).map(([unit]) => unit)),
    ]),
  );
}

/**
 * Numbered lines of others that it comes from: how many, and their messages. Only of authors as whom lines of several providers write:
 * those of one alone may be of our own subscribers, whatever their names are.
 */
export function linesOfOthers(
  lots: readonly Lot[],
  sources: ReadonlyMap<number, number>,
  facts: Facts,
  networks: LineNetworks,
): { readonly lines: number; readonly messages: number } {
  const spread = lots.every((lot) =>
    [...lot.authors.keys()].every(({ number }) => (networks.get(number)?.size ?? 0) > 1),
  );
  let lines = 0;
  let messages = 0;
  if (spread)
    for (const [source, count] of sources) {
      if (!isLineOfOthers(facts[source]!)) continue;
      lines += 1;
      messages += count;
    }
  return { lines, messages };
}

/** That a name does not lead back matters little: who would claim to be a line? */
function isLineOfOthers({ isLine, ownName }: SourceFacts): boolean {
  return isLine && !ownName;
}
