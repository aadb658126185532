// What holds for a combination, of all that people decided.
//
// A decision is about what its maker saw. It holds for the addresses its stream had at that moment, and for addresses that were
// named with it. **A new source inherits it in two ways only**: it signs with an aligned domain and a selector family that the
// stream signed with then (so it holds a key that we published), or it lies in a network that is declared to be exclusively ours.
// Not by a provider's address, which the provider's other customers share; not by reverse DNS, which the owner of an address
// writes as he likes; not by a signature that is not aligned, which every customer of a service gets. Such a source is `new`, and
// undecided until somebody looks: that is the moment at which a forger would slip in.
//
// Of several decisions the narrowest counts, then the latest. One that is about this part of the stream but does not reach this
// source still stands in the way of broader and earlier ones that say otherwise: "forbidden for this domain" is not got round by
// a new address.
import { parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpAddress } from '../../../standards/dns/index.ts';
import type { DecisionVerdict } from '../model.ts';
import { PrefixTable, addressKey, narrowness, parsePrefix } from '../network-table.ts';
import type { AddressKey } from '../network-table.ts';
import { selectorFamily } from '../selector-family.ts';
import { isNarrow } from './model.ts';
import type { Decision } from './model.ts';

/**
 * Why a decision holds: it `named` the address, the address was `known` to the stream when it was made, it was inherited by
 * `signing` or `network`. `new`: it is about this stream, and this source has come since. `none`: nobody decided anything here.
 */
export type RulingGround = 'known' | 'named' | 'network' | 'new' | 'none' | 'signing';

/** What holds for a combination. */
export interface Ruling {
  readonly verdict: DecisionVerdict;
  readonly ground: RulingGround;
  /** The decision that gave it; with `new` the one that would hold if the source had been there. */
  readonly decision: Decision | undefined;
}

/** What is asked about. */
export interface DecidedCombination {
  readonly stream: string;
  /** Its text, or an IPv4 address as an unsigned number; `undefined` where the row has none. */
  readonly source: number | string | undefined;
  readonly authorDomain: string;
  /** Its **aligned and passing** signatures, as `signingKey` writes them. Others must not be given. */
  readonly signing: readonly string[];
}

/** Decisions of another stream that are this one's too: of one merged into it, or of the one it was split from, made before. */
export interface Descent {
  readonly stream: string;
  /** Only decisions before this moment (milliseconds since 1970). */
  readonly before?: number;
  /** Nobody said so; attribution put the streams together. Then they count only where the stream's own decisions say nothing. */
  readonly byItself?: boolean;
}

export interface DecisionBookOptions {
  /** Networks that are declared exclusively ours, as things stand now. */
  readonly exclusive?: Iterable<string>;
  /** Whose decisions a stream has besides its own. */
  readonly descent?: (stream: string) => readonly Descent[];
}

/** Writes a signing domain and selector as they are compared: two selectors of one family are the same. */
export function signingKey(domain: string, selector: string | null | undefined): string {
  return `${selectorFamily(selector)} ${domain.toLowerCase()}`;
}

/** An address, looked at once. */
interface KnownAddress {
  readonly key: AddressKey | undefined;
  readonly address: IpAddress | undefined;
  readonly exclusive: boolean;
}

/** A decision, made ready to be asked. */
interface Compiled {
  readonly decision: Decision;
  readonly signing: ReadonlySet<string>;
  readonly domains: ReadonlySet<string> | undefined;
  /** How narrow: a part by source before one by author domain before the whole; of two by source the narrower network, then the one that names a domain too. */
  readonly rank: number;
  readonly rulings: Readonly<Record<Exclude<RulingGround, 'none'>, Ruling>>;
}

const nothing: Ruling = { verdict: 'undecided', ground: 'none', decision: undefined };

/** All decisions, ready to be asked about a million combinations: each stream is made ready when it is first asked about. */
export class DecisionBook {
  readonly #byStream = new Map<string, Decision[]>();
  readonly #exclusive = new PrefixTable<true>();
  readonly #descent: (stream: string) => readonly Descent[];
  readonly #addresses = new Map<number | string, KnownAddress>();
  readonly #ready = new Map<string, readonly StreamRulings[]>();

  constructor(decisions: Iterable<Decision>, options: DecisionBookOptions = {}) {
    for (const decision of decisions) {
      const list = this.#byStream.get(decision.stream);
      if (list === undefined) this.#byStream.set(decision.stream, [decision]);
      else list.push(decision);
    }
    for (const text of options.exclusive ?? []) {
      const prefix = parsePrefix(text);
      if (prefix !== undefined) this.#exclusive.add(prefix, true);
    }
    this.#descent = options.descent ?? (() => []);
  }

  /** What holds for a combination. */
  ruling(combination: DecidedCombination): Ruling {
    let ready = this.#ready.get(combination.stream);
    if (ready === undefined) this.#ready.set(combination.stream, (ready = this.#make(combination.stream)));
    const [first, second] = ready;
    if (first === undefined) return nothing;
    const known = this.#known(combination.source);
    const ruling = first.ruling(combination, known);
    if (second === undefined || (ruling.ground !== 'none' && ruling.ground !== 'new')) return ruling;
    // What was decided before attribution put the streams together goes on to hold where the stream's own decision does not differ.
    const other = second.ruling(combination, known);
    const agrees = ruling.decision === undefined || ruling.decision.verdict === other.decision?.verdict;
    return other.ground !== 'none' && agrees ? other : ruling;
  }

  /** The decision that counts for a stream as a whole, leaving out those about parts of it. */
  ofStream(stream: string): Decision | undefined {
    for (const byItself of [false, true]) {
      const whole = this.#decisionsOf(stream, byItself).filter(({ narrow }) => !isNarrow(narrow));
      if (whole.length > 0) return whole.sort(latestFirst)[0];
    }
    return undefined;
  }

  /** Every decision about a stream, undone ones and those of its descent too, the latest first. */
  history(stream: string): Decision[] {
    const all = [false, true].flatMap((byItself) => this.#decisionsOf(stream, byItself, true));
    return all.sort(latestFirst);
  }

  #make(stream: string): readonly StreamRulings[] {
    return [false, true].flatMap((byItself) => {
      const decisions = this.#decisionsOf(stream, byItself);
      return decisions.length === 0 ? [] : [new StreamRulings(decisions)];
    });
  }

  #decisionsOf(stream: string, byItself: boolean, undone = false): Decision[] {
    const own: Descent = { stream };
    const from = [
      ...(byItself ? [] : [own]),
      ...this.#descent(stream).filter((each) => (each.byItself ?? false) === byItself),
    ];
    return from.flatMap((each) =>
      (this.#byStream.get(each.stream) ?? []).filter(
        (decision) => (undone || decision.undone === undefined) && decision.at < (each.before ?? Infinity),
      ),
    );
  }

  #known(source: number | string | undefined): KnownAddress {
    if (source === undefined) return withoutAddress;
    let known = this.#addresses.get(source);
    if (known === undefined) {
      const address: IpAddress | undefined =
        typeof source === 'number' ? { family: 4, a: source >>> 0, b: 0, c: 0, d: 0 } : parseClientAddress(source);
      known =
        address === undefined
          ? withoutAddress
          : { key: addressKey(address), address, exclusive: this.#exclusive.holds(address) };
      this.#addresses.set(source, known);
    }
    return known;
  }
}

const withoutAddress: KnownAddress = { key: undefined, address: undefined, exclusive: false };

/** The decisions about one stream, by what they are about. */
class StreamRulings {
  /** About parts named by address or network. */
  readonly #named = new PrefixTable<Compiled>();
  readonly #hasNamed: boolean;
  /** About the whole, or about author domains, the narrowest first. */
  readonly #others: readonly Compiled[];

  constructor(decisions: readonly Decision[]) {
    const others: Compiled[] = [];
    let hasNamed = false;
    for (const decision of decisions) {
      const { sources, authorDomains } = decision.narrow;
      const make = (rank: number): Compiled => ({
        decision,
        signing: new Set(decision.anchor.signing.map(({ domain, family }) => `${family} ${domain}`)),
        domains: authorDomains.length === 0 ? undefined : new Set(authorDomains),
        rank,
        rulings: rulingsOf(decision),
      });
      const prefixes = sources.map(parsePrefix).filter((prefix) => prefix !== undefined);
      for (const prefix of prefixes) {
        // Less than one more bit of the longest address.
        const named = authorDomains.length === 0 ? 0 : 0.001;
        this.#named.add(prefix, make(2 + narrowness(prefix.network) + named));
        hasNamed = true;
      }
      if (sources.length === 0) others.push(make(authorDomains.length === 0 ? 0 : 1));
    }
    this.#hasNamed = hasNamed;
    this.#others = others.sort(narrowestFirst);
  }

  ruling({ authorDomain, signing }: DecidedCombination, source: KnownAddress): Ruling {
    // Decisions that are about this part and do not reach this source: of each narrowness the latest, which stands for those before it.
    const waiting: Compiled[] = [];
    for (const each of this.#candidates(source)) {
      if (each.domains !== undefined && !each.domains.has(authorDomain)) continue;
      const ground = groundOf(each, source, signing);
      if (ground === undefined) {
        if (waiting.at(-1)?.rank !== each.rank) waiting.push(each);
        continue;
      }
      const { at, verdict } = each.decision;
      const inTheWay = waiting.find(({ decision }) => decision.at >= at && decision.verdict !== verdict);
      return inTheWay === undefined ? each.rulings[ground] : inTheWay.rulings.new;
    }
    return waiting[0]?.rulings.new ?? nothing;
  }

  #candidates({ address }: KnownAddress): readonly Compiled[] {
    if (!this.#hasNamed || address === undefined) return this.#others;
    const named = [...this.#named.find(address)];
    return named.length === 0 ? this.#others : [...named.sort(narrowestFirst), ...this.#others];
  }
}

function groundOf(
  { decision, signing: families }: Compiled,
  { key, exclusive }: KnownAddress,
  signing: readonly string[],
): 'known' | 'named' | 'network' | 'signing' | undefined {
  // It stands here because its network holds the address: the person named it.
  if (decision.narrow.sources.length > 0) return 'named';
  const { sources } = decision.anchor;
  if (key === undefined ? sources.hasUnknown : sources.has(key)) return 'known';
  for (const each of signing) if (families.has(each) && !each.startsWith(' ')) return 'signing';
  return exclusive ? 'network' : undefined;
}

function rulingsOf(decision: Decision): Compiled['rulings'] {
  const { verdict } = decision;
  return {
    named: { verdict, ground: 'named', decision },
    known: { verdict, ground: 'known', decision },
    signing: { verdict, ground: 'signing', decision },
    network: { verdict, ground: 'network', decision },
    new: { verdict: 'undecided', ground: 'new', decision },
  };
}

function narrowestFirst(one: Compiled, other: Compiled): number {
  return other.rank - one.rank || latestFirst(one.decision, other.decision);
}

/** The latest first; of the same moment by id, so that the order never depends on how they were kept. */
export function latestFirst(one: Decision, other: Decision): number {
  return other.at - one.at || (one.id < other.id ? 1 : -1);
}
