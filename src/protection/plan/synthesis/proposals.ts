// What would make a set of addresses fit that does not: each proposal is tried, so that it says by how much it helps.
import { equal, intersection, noAddresses, prefixes, union } from '../../../standards/spf/index.ts';
import type { AddressSet } from '../../../standards/spf/index.ts';
import { addressTerms, layOut } from './layout.ts';
import type { LayoutWish } from './layout.ts';
import type { Senders } from './senders.ts';
import { allOf } from './parts.ts';
import type { ReadPart } from './parts.ts';
import type { Proposal, SynthesisLimits } from './synthesis.ts';

interface Misfit {
  readonly parts: readonly ReadPart[];
  readonly senders: Senders;
  readonly wish: LayoutWish;
  readonly limits: SynthesisLimits;
  /** Names that an `exists` zone would have; absent when there can be none. */
  readonly exists: number | undefined;
}

/** Streams that are tried one by one. */
const maxSingles = 3;

/** What would help, the most fitting first; the zone of names last, because it is the last resort. */
export function proposalsFor(misfit: Misfit): Proposal[] {
  return [...removals(misfit), ...streamProposals(misfit), ...existsProposal(misfit)];
}

/** Whether it would fit without some includes and with other addresses. */
function wouldFit(misfit: Misfit, addresses: AddressSet, without: ReadonlySet<string> = new Set()): boolean {
  const { senders, wish, limits } = misfit;
  const stay = senders.verdicts.filter(({ name, kept }) => kept && !without.has(name));
  const lookups = stay.reduce((sum, each) => sum + each.lookups, 0);
  const voids = (family: 'v4' | 'v6'): number => stay.reduce((sum, each) => sum + each.voidLookups[family], 0);
  if (lookups > limits.lookups || Math.max(voids('v4'), voids('v6')) > limits.voids) return false;
  const includes = stay.map(({ name }) => name);
  return layOut({ ...wish, addresses, includes, pages: limits.lookups - lookups, previous: [] }).fits;
}

/** Includes that go without loss first, then the costliest. Whether one may go is for the evidence to say: none is dropped here. */
function removals(misfit: Misfit): Proposal[] {
  const { senders, wish } = misfit;
  const proposals: Proposal[] = [];
  const idle = senders.verdicts.filter(({ kept, reason }) => kept && reason.code === 'plan/include-adds-nothing');
  for (const { name, lookups } of idle) {
    proposals.push({
      code: 'plan/propose-drop-idle-include',
      values: { include: name, lookups },
      see: 'RFC 7208 §4.6.4',
      fits: wouldFit(misfit, wish.addresses, new Set([name])),
    });
  }
  const costly = senders.verdicts
    .filter((verdict) => verdict.kept && !idle.includes(verdict))
    .toSorted((one, other) => other.lookups - one.lookups);
  for (const { name, lookups } of costly.slice(0, 3)) {
    proposals.push({
      code: 'plan/propose-include-elsewhere',
      values: { include: name, lookups },
      see: 'RFC 7208 §4.6.4',
      fits: wouldFit(misfit, wish.addresses, new Set([name])),
    });
  }
  return proposals;
}

function streamProposals(misfit: Misfit): Proposal[] {
  const { parts, wish } = misfit;
  const named = parts
    .filter((part) => part.stream !== undefined)
    .map((part) => ({ stream: part.stream ?? '', own: union(part.declared, part.seen) }))
    .map((part) => ({ ...part, terms: addressTerms(part.own) }))
    .map((part) => ({ ...part, bytes: part.terms.reduce((sum, term) => sum + term.length + 1, 0) }))
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes);
  const without = (gone: readonly (typeof named)[number][]): AddressSet => {
    const streams = new Set(gone.map(({ stream }) => stream));
    const stay = parts.filter((part) => part.stream === undefined || !streams.has(part.stream));
    return intersection(wish.addresses, allOf(stay.flatMap((part) => [part.declared, part.seen])));
  };
  const fitsAlone = (own: AddressSet): boolean =>
    layOut({
      ...wish,
      domain: `stream.${wish.domain}`,
      addresses: own,
      includes: [],
      pages: misfit.limits.lookups,
      otherBytes: 0,
      previous: [],
    }).fits;
  const proposals: Proposal[] = [];
  for (const part of named.slice(0, maxSingles)) {
    const rest = without([part]);
    const fits = wouldFit(misfit, rest);
    const values = { stream: part.stream, networks: part.terms.length, bytes: part.bytes };
    // It is no help to move what would not fit where it moves to either.
    if (fitsAlone(part.own))
      proposals.push({ code: 'plan/propose-own-subdomain', values, see: 'RFC 7208 §10.1.1', fits });
    // A relay of one's own has one address where the stream has many.
    if (part.terms.length > 4) proposals.push({ code: 'plan/propose-relay', values, see: 'RFC 7208 §10.1.1', fits });
  }
  const movable = named.filter(({ own }) => fitsAlone(own));
  if (proposals.some(({ fits }) => fits) || movable.length < 2) return proposals;
  // How many of the largest streams have to go together: the fewest, found by halving.
  let [low, high] = [1, movable.length];
  if (!wouldFit(misfit, without(movable))) return proposals;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wouldFit(misfit, without(movable.slice(0, middle)))) high = middle;
    else low = middle + 1;
  }
  const streams = movable.slice(0, low);
  const values = {
    count: low,
    streams: streams
      .map(({ stream }) => stream)
      .slice(0, 10)
      .join(', '),
    bytes: streams.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  return [...proposals, { code: 'plan/propose-own-subdomains', values, see: 'RFC 7208 §10.1.1', fits: true }];
}

function existsProposal({ exists, wish }: Misfit): Proposal[] {
  if (exists === undefined || equal(wish.addresses, noAddresses)) return [];
  const values = { names: exists, networks: prefixes(wish.addresses).length, apex: `_spf.${wish.domain}` };
  return [{ code: 'plan/propose-exists', values, see: 'RFC 7208 §5.7', fits: true }];
}
