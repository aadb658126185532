import { parseClientAddress, parseIpv4 } from '../dns/index.ts';
import { placesUpTo6 } from './address-set.ts';
import { checkHost } from './evaluate.ts';
import { fetchGraph } from './graph.ts';
import { intervalOf, normalized } from './intervals.ts';
import { limitsOf } from './lookup.ts';
import { walk } from './walk.ts';
import type { AddressSet } from './address-set.ts';
import type { SpfEvaluation, SpfOptions, SpfStep } from './evaluation.ts';
import type { Graph } from './graph.ts';
import type { SpfIdentity } from './identity.ts';
import type { Intervals, Point } from './intervals.ts';
import type { SpfLimits } from './lookup.ts';
import type { SpfResult } from './record.ts';
import type { Piece, SpfDependency } from './walk.ts';
import type { IpAddress, IpNetwork, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';

/** One way in which check_host() can end for a domain, and how. Many addresses share one. */
export interface SpfOutcome {
  readonly family: 4 | 6;
  /** What the result is, when none of `depends` matches. */
  readonly result: SpfResult;
  readonly reason: Problem;
  /** From the record of the domain down to the term that decided; empty when none did. */
  readonly path: readonly SpfStep[];
  readonly lookups: number;
  readonly voidLookups: number;
  /** Terms that come before and that no address alone can answer; empty: the result holds for every sender. */
  readonly depends: readonly SpfDependency[];
}

/** The addresses of a family, cut where the outcome changes: stretch `i` begins at `starts[i]` and has `outcomes[i]`. */
interface Line {
  /** IPv4: one word a stretch; IPv6: four, the high one first. The first is 0. */
  readonly starts: Uint32Array;
  /** Indexes into the outcomes. */
  readonly outcomes: Uint32Array;
}

/** A tree of SPF records as what it says of every address there is. */
export interface SpfCompiled {
  readonly domain: string;
  readonly limits: SpfLimits;
  readonly outcomes: readonly SpfOutcome[];
  readonly v4: Line;
  readonly v6: Line;
  /** Seconds this holds: the least TTL of all answers it was made of. */
  readonly ttl: number;
  /** The answers it was made of. */
  readonly graph: Graph;
}

/**
 * Compiles the SPF records of a domain into what check_host() says for every address (RFC 7208 §4). The domain is the one of
 * MAIL FROM or HELO, so that `%{o}` and `%{d}` are known; terms that use the client's names or other parts of the message
 * are noted in `depends`.
 *
 * @param domain lower case, A-labels, no final dot.
 */
export async function compile(
  domain: string,
  resolver: Resolver,
  options: { readonly limits?: Partial<SpfLimits> } = {},
): Promise<SpfCompiled> {
  const limits = limitsOf(options.limits);
  const graph = await fetchGraph(domain, resolver, limits);
  const outcomes: SpfOutcome[] = [];
  const v4 = lay(walk(graph, 4), 4, outcomes);
  const v6 = lay(walk(graph, 6), 6, outcomes);
  return { domain, limits, outcomes, v4, v6, ttl: graph.ttl, graph };
}

/** Puts the pieces of a family in a line. */
function lay(pieces: readonly Piece[], family: 4 | 6, outcomes: SpfOutcome[]): Line {
  const stretches: { start: number | bigint; outcome: number }[] = [];
  for (const { set, result, reason, path, lookups, voidLookups, depends } of pieces) {
    const outcome = outcomes.length;
    outcomes.push({ family, result, reason, path, lookups, voidLookups, depends });
    for (let i = 0; i < set.length; i += 2) stretches.push({ start: set[i]!, outcome });
  }
  stretches.sort((one, other) => (one.start < other.start ? -1 : 1));
  const width = family === 4 ? 1 : 4;
  const starts = new Uint32Array(stretches.length * width);
  const indexes = new Uint32Array(stretches.length);
  for (const [index, { start, outcome }] of stretches.entries()) {
    indexes[index] = outcome;
    write(starts, index * width, start);
  }
  return { starts, outcomes: indexes };
}

function write(words: Uint32Array, at: number, point: number | bigint): void {
  if (typeof point === 'number') words[at] = point;
  else for (let word = 0; word < 4; word++) words[at + word] = Number((point >> BigInt(96 - 32 * word)) & 0xffff_ffffn);
}

/** The index of the outcome for an IPv4 address, given as an unsigned 32-bit number. */
export function outcomeIndex4(compiled: SpfCompiled, value: number): number {
  const { starts, outcomes } = compiled.v4;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return outcomes[low - 1]!;
}

/** The outcome for an address. An IPv4-mapped one has to be read by `parseClientAddress`. */
export function outcomeAt(compiled: SpfCompiled, address: IpAddress): SpfOutcome {
  const index =
    address.family === 4
      ? outcomeIndex4(compiled, address.a)
      : compiled.v6.outcomes[placesUpTo6(compiled.v6.starts, address) - 1]!;
  return compiled.outcomes[index]!;
}

/** The index `outcomeIndexes` gives for a text that is no address. */
export const noOutcome = 0xffff_ffff;

/** The indexes of the outcomes for many addresses at once, given as text; `noOutcome` for what is no address. */
export function outcomeIndexes(compiled: SpfCompiled, addresses: readonly string[]): Uint32Array {
  const indexes = new Uint32Array(addresses.length);
  for (let i = 0; i < indexes.length; i++) {
    const value = parseIpv4(addresses[i]!);
    indexes[i] = value >= 0 ? outcomeIndex4(compiled, value) : outcomeIndexOf(compiled, addresses[i]!);
  }
  return indexes;
}

function outcomeIndexOf(compiled: SpfCompiled, text: string): number {
  const address = parseClientAddress(text);
  if (address === undefined) return noOutcome;
  if (address.family === 4) return outcomeIndex4(compiled, address.a);
  return compiled.v6.outcomes[placesUpTo6(compiled.v6.starts, address) - 1]!;
}

/** The indexes of the outcomes for many IPv4 addresses at once, given as unsigned 32-bit numbers. */
export function outcomeIndexes4(compiled: SpfCompiled, values: Uint32Array): Uint32Array {
  return Uint32Array.from(values, (value) => outcomeIndex4(compiled, value));
}

/**
 * Judges one client: from the compiled tree where the address decides, by `checkHost` where it does not.
 *
 * @returns the outcome, or an evaluation when the message had to be looked at. @throws {RangeError} for what is no address.
 */
export async function judge(
  compiled: SpfCompiled,
  ip: string,
  identity: SpfIdentity,
  resolver: Resolver,
  options: SpfOptions = {},
): Promise<SpfOutcome | SpfEvaluation> {
  const address = parseClientAddress(ip);
  if (address === undefined) throw new RangeError(`not an IP address: ${ip.slice(0, 60)}`);
  const outcome = outcomeAt(compiled, address);
  if (outcome.depends.length === 0) return outcome;
  return checkHost(ip, identity, resolver, { ...options, limits: compiled.limits });
}

/** The addresses whose outcome is one that is asked for. */
export function addressesWhere(compiled: SpfCompiled, wanted: (outcome: SpfOutcome) => boolean): AddressSet {
  const keep = compiled.outcomes.map(wanted);
  const places = ({ starts, outcomes }: Line, width: number): Uint32Array => {
    const out = new Uint32Array(starts.length + width);
    let length = 0;
    let isIn = false;
    for (const [index, outcome] of outcomes.entries()) {
      if (keep[outcome] === isIn) continue;
      isIn = !isIn;
      out.set(starts.subarray(index * width, (index + 1) * width), length);
      length += width;
    }
    return out.slice(0, length);
  };
  return { v4: places(compiled.v4, 1), v6: places(compiled.v6, 4) };
}

/** The addresses for which check_host() gives a result for every sender (those that hang on `depends` are left out). */
export function addressesWith(compiled: SpfCompiled, result: SpfResult): AddressSet {
  return addressesWhere(compiled, (outcome) => outcome.result === result && outcome.depends.length === 0);
}

/** The set of all addresses that lie in at least one of some networks. */
export function addressesOf(networks: Iterable<IpNetwork>): AddressSet {
  const pairs: Record<4 | 6, [start: Point, end: Point][]> = { 4: [], 6: [] };
  for (const network of networks) pairs[network.family].push(intervalOf(network));
  return addressSetOf(normalized(pairs[4]), normalized(pairs[6]));
}

/** Intervals as a set of addresses. */
export function addressSetOf(v4: Intervals, v6: Intervals): AddressSet {
  // An end beyond the last address is no place: the set then never ends.
  const pack = (set: Intervals, width: number, end: number | bigint): Uint32Array => {
    const places = set.at(-1) === end ? set.slice(0, -1) : set;
    const words = new Uint32Array(places.length * width);
    for (const [index, point] of places.entries()) write(words, index * width, point);
    return words;
  };
  return { v4: pack(v4, 1, 2 ** 32), v6: pack(v6, 4, 1n << 128n) };
}
