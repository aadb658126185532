// From an Author Domain and the results of SPF and DKIM to the facts that a verdict rests on (RFC 9989 §4.10, §5.3), with every query
// that was made and what it answered.
import { isAtOrBelow, labels, parseDomainName, ResolverError } from '../dns/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import type { AuthResults } from '../reports/index.ts';
import { identifiersBy, spfIdentifiers } from './alignment.ts';
import type { Alignment, Untold } from './alignment.ts';
import { effectivePolicies } from './evaluate.ts';
import type { DmarcFacts, Existence } from './evaluate.ts';
import type { DmarcRecord, FoundPolicy } from './record.ts';
import { organizationalDomainOfWalk, policyOfWalk, recordLookup, walkTree } from './tree-walk.ts';
import type { RecordLookup, TreeWalk } from './tree-walk.ts';

/** Which record governs an Author Domain, and how that was found. */
export interface PolicyDiscovery {
  readonly authorDomain: DomainName;
  /** The walk as far as the policy needed it: one step when the Author Domain has a record of its own. */
  readonly walk: TreeWalk;
  readonly policy: FoundPolicy | 'none' | 'unknown';
  /** Asked only when the policy turns on it: a record that is inherited, with an `np` that makes a difference. */
  readonly existence?: Existence;
  /** The problems of the records met on the walk. */
  readonly problems: readonly Problem[];
}

/**
 * Finds the record that governs an Author Domain (§4.10.1). Never throws for a DNS that does not answer: the policy, or whether the
 * domain exists, is then `unknown`.
 *
 * @param lookup one that is shared with other walks of the same message; made from the resolver when not given
 */
export async function discoverPolicy(
  authorDomain: DomainName,
  resolver: Resolver,
  lookup: RecordLookup = recordLookup(resolver),
): Promise<PolicyDiscovery> {
  const own = await lookup(authorDomain);
  // A record of its own settles the policy, and an answer that did not come leaves it open, whatever stands above.
  const settled = own.record !== undefined || own.outcome === 'unknown';
  const walk = settled ? { start: authorDomain, steps: [own] } : await walkTree(authorDomain, lookup);
  const policy = policyOfWalk(walk);
  const existence = needsExistence(policy) ? await lookupExistence(authorDomain, resolver) : undefined;
  return {
    authorDomain,
    walk,
    policy,
    ...(existence === undefined ? {} : { existence }),
    problems: walk.steps.flatMap((step) => step.problems),
  };
}

function needsExistence(policy: PolicyDiscovery['policy']): boolean {
  if (typeof policy === 'string' || policy.place === 'author-domain') return false;
  const policies = effectivePolicies(policy.record, 'rfc9989');
  return policies?.np !== undefined && policies.np !== (policies.sp ?? policies.p);
}

/**
 * Whether a name exists: anything but NXDOMAIN says it does (RFC 9989 §3.2.13, §A.4). The type asked for does not matter. A name
 * that is an alias exists, even when its target does not.
 */
export async function lookupExistence(domain: DomainName, resolver: Resolver): Promise<Existence> {
  try {
    const { kind, aliases } = await resolver(domain, 'A');
    return kind === 'no-such-name' && aliases.length === 0 ? 'no-such-name' : 'exists';
  } catch (error) {
    if (error instanceof ResolverError) return 'unknown';
    throw error;
  }
}

/** What SPF and DKIM said of a message, and who it says it is from. */
export interface MessageIdentity {
  readonly authorDomain: DomainName;
  readonly auth: AuthResults;
  /** The domain of MAIL FROM where it is known, `''` for the null sender; see `spfIdentifiers`. */
  readonly envelopeFrom?: string;
}

export interface DiscoveredFacts {
  readonly facts: DmarcFacts;
  readonly discovery: PolicyDiscovery;
  /** The walks that alignment needed, the Author Domain's first. */
  readonly walks: readonly TreeWalk[];
}

/** How many identifiers of one message walks are made for. A message may carry any number of signatures; each could cost eight queries. */
const maxIdentifierWalks = 10;

/**
 * The facts of a message for receivers of RFC 9989. Walks for alignment are made as §4.10.2 has it: none when no policy applies,
 * none for a mechanism of which the record wants strict alignment, none for an identifier that is the Author Domain itself; and
 * none for results that could not change the verdict, or for a name that is not at or below the author's Organizational Domain, as
 * its own could not be the same.
 */
export async function discoverFacts(
  message: MessageIdentity,
  resolver: Resolver,
  lookup: RecordLookup = recordLookup(resolver),
): Promise<DiscoveredFacts> {
  const { authorDomain, auth, envelopeFrom } = message;
  const discovery = await discoverPolicy(authorDomain, resolver, lookup);
  const { policy, existence } = discovery;
  const applies = typeof policy !== 'string' && effectivePolicies(policy.record, 'rfc9989') !== undefined;
  const wanted = applies ? namesToWalk(message, policy.record) : new Set<DomainName>();
  const walks = await walkForAlignment(authorDomain, wanted, lookup);

  const tell = (author: DomainName, identifier: DomainName): Alignment | Untold => {
    if (author === identifier) return 'strict';
    const untold = wanted.has(identifier) ? 'unknown' : 'not-asked';
    const organizationalDomain = reached(walks.get(author));
    if (organizationalDomain === undefined) return untold;
    if (!isAtOrBelow(identifier, organizationalDomain)) return 'none';
    const ofIdentifier = reached(walks.get(identifier));
    if (ofIdentifier === undefined) return untold;
    return ofIdentifier === organizationalDomain ? 'relaxed' : 'none';
  };
  const identifiers = identifiersBy(authorDomain, auth, tell, envelopeFrom);
  const facts = {
    receiver: 'rfc9989',
    policy,
    ...(existence === undefined ? {} : { existence }),
    identifiers,
  } as const;
  return { facts, discovery, walks: [...walks.values()] };
}

/** The identifiers whose Organizational Domain could decide the verdict. SPF's comes first, so that a flood of signatures cannot use up its walk. */
function namesToWalk({ authorDomain, auth, envelopeFrom }: MessageIdentity, record: DmarcRecord): Set<DomainName> {
  const said = [
    ...(record.aspf === 's' ? [] : spfIdentifiers(auth, envelopeFrom)),
    ...(record.adkim === 's' ? [] : auth.dkim),
  ];
  // Two names without a label in common at the end have no Organizational Domain in common.
  const topLevel = labels(authorDomain).at(-1) ?? authorDomain;
  const wanted = new Set<DomainName>();
  for (const { domain, result } of said) {
    if (result !== 'pass' && result !== 'temperror') continue;
    const name = parseDomainName(domain ?? '');
    if (name.ok && name.value !== authorDomain && isAtOrBelow(name.value, topLevel)) wanted.add(name.value);
  }
  return wanted;
}

async function walkForAlignment(
  authorDomain: DomainName,
  wanted: ReadonlySet<DomainName>,
  lookup: RecordLookup,
): Promise<Map<DomainName, TreeWalk>> {
  const walks = new Map<DomainName, TreeWalk>();
  if (wanted.size === 0) return walks;
  const ofAuthor = await walkTree(authorDomain, lookup);
  walks.set(authorDomain, ofAuthor);
  const organizationalDomain = reached(ofAuthor);
  if (organizationalDomain === undefined) return walks;
  const below = [...wanted].filter((name) => isAtOrBelow(name, organizationalDomain));
  for (const name of below.slice(0, maxIdentifierWalks)) walks.set(name, await walkTree(name, lookup));
  return walks;
}

/** The Organizational Domain that a walk reached; `undefined` when it was not made, or was not answered. */
function reached(walk: TreeWalk | undefined): DomainName | undefined {
  if (walk === undefined || walk.steps.some(({ outcome }) => outcome === 'unknown')) return undefined;
  return organizationalDomainOfWalk(walk);
}
