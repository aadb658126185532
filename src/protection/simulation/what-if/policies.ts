// Which record governs each author domain, and which domains are aligned with it, in one world, by either way to find that (the tree
// walk of RFC 9989 §4.10; the Public Suffix List of RFC 7489 §6.6.3). A changed world is made from another: only what a change can reach is looked for again.
import {
  alignmentOf,
  discoverLegacyPolicy,
  effectivePolicies,
  lookupDmarcRecord,
  lookupExistence,
  policyOfWalk,
  publicSuffixOrganizationalDomain,
  treeWalkOrganizationalDomain,
  walkNames,
} from '../../../standards/dmarc/index.ts';
import type {
  DmarcRecord,
  Existence,
  FoundPolicy,
  OrganizationalDomainOf,
  TreeWalk,
  WalkStep,
} from '../../../standards/dmarc/index.ts';
import { isAtOrBelow, parseDomainName, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { dmarcDomainOf } from './change.ts';
import type { DiscoveryMethod } from './rules.ts';

/** What governs the mail of an author domain, for receivers that find it one way. */
export interface Governing {
  readonly policy: FoundPolicy | 'none' | 'unknown';
  readonly existence: Existence;
}

export type Discovery = Readonly<Record<DiscoveryMethod, Governing>>;

const nothing: Governing = { policy: 'none', existence: 'exists' };
const noDiscovery: Discovery = { treewalk: nothing, psl: nothing };
const publicSuffixRule = publicSuffixOrganizationalDomain();
/** Questions under way at once. */
const atOnce = 32;

/** Alignment bits of one identifier: 1 relaxed, 3 strict too. */
type Nearness = Readonly<Record<DiscoveryMethod, 0 | 1 | 3>>;
const far: Nearness = { treewalk: 0, psl: 0 };

/** The policies of one world. */
export class Policies {
  readonly #resolver: Resolver;
  /** What each `_dmarc` name answered, by the name below it. */
  readonly #steps: ReadonlyMap<string, WalkStep>;
  readonly #discoveries: ReadonlyMap<string, Discovery>;
  readonly #existence: Map<string, Promise<Existence>>;
  readonly #organizationalDomainOf: OrganizationalDomainOf;
  readonly #near: Map<string, Map<string, Nearness>>;
  /** Told apart from the world it was made from: author domains that meet something else here. */
  readonly touched: ReadonlySet<string>;
  /** Whether alignment may be otherwise than in the world it was made from. */
  readonly realigned: boolean;

  private constructor(
    resolver: Resolver,
    steps: ReadonlyMap<string, WalkStep>,
    discoveries: ReadonlyMap<string, Discovery>,
    existence: Map<string, Promise<Existence>>,
    difference: {
      readonly touched: ReadonlySet<string>;
      readonly near: Map<string, Map<string, Nearness>> | undefined;
    },
  ) {
    this.#resolver = resolver;
    this.#steps = steps;
    this.#discoveries = discoveries;
    this.#existence = existence;
    this.touched = difference.touched;
    this.realigned = difference.near === undefined;
    this.#near = difference.near ?? new Map<string, Map<string, Nearness>>();
    this.#organizationalDomainOf = treeWalkOrganizationalDomain((name) => {
      const step = this.#steps.get(name);
      if (step?.outcome === 'unknown')
        throw step.error ?? new ResolverError('dns/unknown-name', `nothing is known of _dmarc.${name}`);
      return step?.record;
    });
  }

  /**
   * Looks up what governs these author domains, and what tells which identifiers are aligned with them.
   *
   * @param fallback stands in for the record of a name of which the resolver knows nothing
   */
  static async of(
    authors: readonly string[],
    identifiers: Iterable<string>,
    resolver: Resolver,
    fallback: (domain: string) => DmarcRecord | undefined = () => undefined,
  ): Promise<Policies> {
    const names = new Set<DomainName>();
    const ends = new Set<string>();
    for (const author of authors) {
      const name = parsed(author);
      if (name === undefined) continue;
      ends.add(lastTwo(name));
      for (const each of walkNames(name)) names.add(each);
    }
    for (const identifier of identifiers) {
      const name = ends.has(lastTwo(identifier)) ? parsed(identifier) : undefined;
      if (name !== undefined) for (const each of walkNames(name)) names.add(each);
    }
    // Receivers with the list ask at the Organizational Domain that it tells, which lies on the walk.
    const steps = new Map<string, WalkStep>();
    await inTurn(names, async (name) => {
      const step = await lookupDmarcRecord(name, resolver);
      const record = step.outcome === 'unknown' ? fallback(name) : undefined;
      steps.set(name, record === undefined ? step : { ...noRecord(name), outcome: 'record', record });
    });
    const existence = new Map<string, Promise<Existence>>();
    const discoveries = await discoverAll(authors, steps, (name) => existenceOf(name, resolver, existence));
    return new Policies(resolver, steps, discoveries, existence, { touched: new Set(), near: undefined });
  }

  /** The world after some record sets have changed. `resolver` answers for it. */
  async after(sets: readonly RecordChange[], authors: readonly string[], resolver: Resolver): Promise<Policies> {
    const changed = new Set<DomainName>();
    const begun = new Set<string>();
    for (const { name, type, records } of sets) {
      const domain = type === 'TXT' || type === 'CNAME' ? dmarcDomainOf(name) : undefined;
      if (domain !== undefined) changed.add(domain);
      if (records.length > 0)
        for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
          begun.add(at);
          if (!at.includes('.')) break;
        }
    }
    const steps = new Map(this.#steps);
    let realigned = false;
    for (const name of changed) {
      const before = steps.get(name);
      const step = await lookupDmarcRecord(name, resolver);
      steps.set(name, step);
      realigned ||=
        before?.record?.psd !== step.record?.psd || (before?.record === undefined) !== (step.record === undefined);
    }
    const touched = new Set<string>();
    for (const author of authors) {
      const governed = [...changed].some((name) => isAtOrBelow(author, name));
      if (governed || begun.has(author)) touched.add(author);
    }
    const existence = async (name: DomainName): Promise<Existence> =>
      begun.has(name) ? 'exists' : existenceOf(name, this.#resolver, this.#existence);
    const found = await discoverAll([...touched], steps, existence);
    const discoveries = touched.size === 0 ? this.#discoveries : new Map([...this.#discoveries, ...found]);
    return new Policies(resolver, steps, discoveries, this.#existence, {
      touched,
      near: realigned ? undefined : this.#near,
    });
  }

  discovery(author: string): Discovery {
    return this.#discoveries.get(author) ?? noDiscovery;
  }

  /** How near an identifier is to an author domain. */
  nearness(author: string, identifier: string): Nearness {
    let known = this.#near.get(author);
    if (known === undefined) this.#near.set(author, (known = new Map<string, Nearness>()));
    let near = known.get(identifier);
    if (near === undefined) known.set(identifier, (near = this.#compare(author, identifier)));
    return near;
  }

  /** Whether an identifier is aligned with an author domain by any rule. */
  isNear(author: string, identifier: string): boolean {
    const { treewalk, psl } = this.nearness(author, identifier);
    return treewalk !== 0 || psl !== 0;
  }

  #compare(author: string, identifier: string): Nearness {
    const [one, other] = [parsed(author), parsed(identifier)];
    if (one === undefined || other === undefined) return far;
    const psl = bitsOf(one, other, publicSuffixRule);
    let treewalk = psl;
    try {
      treewalk = bitsOf(one, other, this.#organizationalDomainOf);
    } catch (error) {
      // The DNS did not tell where the walk ends: then what the list says is the best guess there is.
      if (!(error instanceof ResolverError)) throw error;
    }
    return { treewalk, psl };
  }
}

function bitsOf(author: DomainName, identifier: DomainName, rule: OrganizationalDomainOf): 0 | 1 | 3 {
  const alignment = alignmentOf(author, identifier, rule);
  return alignment === 'strict' ? 3 : alignment === 'relaxed' ? 1 : 0;
}

/**
 * Discovers for all author domains. Names without a record of their own, and that is most, are governed as their neighbours are:
 * for each place that is found once.
 */
async function discoverAll(
  authors: readonly string[],
  steps: ReadonlyMap<string, WalkStep>,
  existenceOf_: (name: DomainName) => Promise<Existence>,
): Promise<Map<string, Discovery>> {
  const inherited = new Map<string, FoundPolicy | 'none' | 'unknown'>();
  const legacyInherited = new Map<string, FoundPolicy | 'none' | 'unknown'>();
  const lookup = (name: DomainName): Promise<WalkStep> => Promise.resolve(steps.get(name) ?? noRecord(name));
  const found = new Map<string, Discovery>();
  await inTurn(authors, async (author) => {
    const name = parsed(author);
    if (name === undefined) return;
    const own = steps.get(name) ?? noRecord(name);
    const above = name.slice(name.indexOf('.') + 1);
    const policy = await kept(
      inherited,
      own.record === undefined && own.outcome !== 'unknown' ? above : undefined,
      () => {
        const walk = walkOf(name, steps);
        // Where a public suffix ends the walk, what lies right below it depends on where it began.
        return Promise.resolve({
          policy: policyOfWalk(walk),
          mayShare: walk.steps.every(({ record }) => record?.psd === undefined),
        });
      },
    );
    const goesOn = ['assumed-no-record', 'name-too-long', 'no-record', 'no-such-name'].includes(own.outcome);
    const organizationalDomain = publicSuffixRule(name);
    const shared = goesOn && organizationalDomain !== name ? organizationalDomain : undefined;
    const legacy = await kept(legacyInherited, shared, async () => ({
      policy: (await discoverLegacyPolicy(name, lookup, publicSuffixRule)).policy,
      mayShare: true,
    }));
    const governing = async (by: Governing['policy']): Promise<Governing> => ({
      policy: by,
      existence: turnsOnExistence(by) ? await existenceOf_(name) : 'exists',
    });
    const treewalk = await governing(policy);
    const same = isSame(policy, legacy);
    found.set(author, { treewalk, psl: same ? treewalk : await governing(legacy) });
  });
  return found;
}

/** Whether a policy asks for something else at a name that does not exist. */
function turnsOnExistence(policy: Governing['policy']): boolean {
  if (typeof policy === 'string' || policy.place === 'author-domain') return false;
  const asks = effectivePolicies(policy.record, 'rfc9989');
  return asks?.np !== undefined && asks.np !== (asks.sp ?? asks.p);
}

/** Whether both ways lead to one record, and read the same tags of it. */
function isSame(one: Governing['policy'], other: Governing['policy']): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.record === other.record && (one.place === 'author-domain') === (other.place === 'author-domain');
}

async function kept(
  known: Map<string, FoundPolicy | 'none' | 'unknown'>,
  key: string | undefined,
  find: () => Promise<{ readonly policy: FoundPolicy | 'none' | 'unknown'; readonly mayShare: boolean }>,
): Promise<FoundPolicy | 'none' | 'unknown'> {
  const before = key === undefined ? undefined : known.get(key);
  if (before !== undefined) return before;
  const { policy, mayShare } = await find();
  if (key !== undefined && mayShare) known.set(key, policy);
  return policy;
}

/** A full walk over answers that are at hand (§4.10 steps 2 and 6 end it). */
function walkOf(start: DomainName, steps: ReadonlyMap<string, WalkStep>): TreeWalk {
  const walked: WalkStep[] = [];
  for (const name of walkNames(start)) {
    const step = steps.get(name) ?? noRecord(name);
    walked.push(step);
    if (step.outcome === 'unknown' || step.record?.psd === 'n' || step.record?.psd === 'y') break;
  }
  return { start, steps: walked };
}

function noRecord(domain: DomainName): WalkStep {
  return { domain, queryName: `_dmarc.${domain}`, outcome: 'no-record', texts: [], aliases: [], problems: [] };
}

function existenceOf(name: DomainName, resolver: Resolver, known: Map<string, Promise<Existence>>): Promise<Existence> {
  let existence = known.get(name);
  if (existence === undefined) known.set(name, (existence = lookupExistence(name, resolver)));
  return existence;
}

async function inTurn<T>(all: Iterable<T>, work: (each: T) => Promise<void>): Promise<void> {
  const waiting = all[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const names = new Map<string, DomainName | undefined>();

/** A name of a report as a domain name; most are asked for again and again. */
function parsed(text: string): DomainName | undefined {
  if (names.has(text)) return names.get(text);
  const reading = parseDomainName(text);
  const name = reading.ok ? reading.value : undefined;
  if (names.size >= 65_536) names.clear();
  names.set(text, name);
  return name;
}

function lastTwo(name: string): string {
  const last = name.lastIndexOf('.');
  return last <= 0 ? name : name.slice(name.lastIndexOf('.', last - 1) + 1);
}
