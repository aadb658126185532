// Which DMARC policy is in force: for the domain, for a name below it that exists, for one that does not; and whom its reports go to.
import {
  compareGenerations,
  destinationHost,
  discoverLegacyPolicy,
  discoverPolicy,
  effectivePolicies,
  evaluateDmarc,
  organizationalDomainOfWalk,
  placeProblems,
  policyOfWalk,
  publicSuffixOrganizationalDomain,
  verifyReportDestination,
  walkTree,
} from '../../standards/dmarc/index.ts';
import type {
  DmarcVerdict,
  Existence,
  FoundPolicy,
  RecordLookup,
  ReportDestination,
  TreeWalk,
  WalkStep,
} from '../../standards/dmarc/index.ts';
import { ResolverError } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import { lookupMx } from '../../standards/transport/index.ts';
import { standingOf } from './claim.ts';
import type { DmarcPosture, DmarcStep, InForce, Leaning, PolicyView, ReportDestinationView } from './published.ts';

const lists = [
  publicSuffixOrganizationalDomain({ privateDomains: false }),
  publicSuffixOrganizationalDomain({ privateDomains: true }),
];
/** Destinations that are verified: the reports of a record with more go where nobody looks. */
const maxDestinations = 20;

/** What the DMARC records that govern a domain come to. Never throws for a DNS that does not answer. */
export async function lookAtDmarc(
  domain: DomainName,
  probe: DomainName | undefined,
  probeExistence: Existence,
  lookup: RecordLookup,
  resolver: Resolver,
  ours: string,
): Promise<DmarcPosture> {
  const walk = await walkTree(domain, lookup);
  const found = policyOfWalk(walk);
  const unanswered = walk.steps.some(({ outcome }) => outcome === 'unknown');
  const organizationalDomain = unanswered ? undefined : organizationalDomainOfWalk(walk);
  const [own, subdomain, nonexistent, comparison, aliasAndText, leanings] = await Promise.all([
    inForceFor(domain, undefined, lookup, resolver),
    probe === undefined ? undefined : inForceFor(probe, 'exists', lookup, resolver),
    probe === undefined ? undefined : inForceFor(probe, probeExistence, lookup, resolver),
    compareGenerations({ authorDomain: domain }, resolver),
    hasAliasAndText(walk.steps[0], resolver),
    aliasLeanings(walk.steps, ours, resolver),
  ]);
  const below = subdomain ?? unaskable;
  return {
    steps: walk.steps.map(stepOf),
    ...(organizationalDomain === undefined ? {} : { organizationalDomain }),
    ...(typeof found === 'string' ? {} : { record: recordOf(found, walk) }),
    domain: own,
    subdomain: below,
    nonexistent: nonexistent ?? below,
    aliasAndText,
    place: placeProblems(walk),
    differences: comparison.differences,
    destinations: typeof found === 'string' ? [] : await destinationsOf(found, lookup, resolver, ours),
    leanings,
  };
}

const unaskable: InForce = {
  current: { asks: 'unknown', testing: false },
  older: { asks: 'unknown', testing: false },
};

export function stepOf({ domain, queryName, outcome, texts, aliases, problems }: WalkStep): DmarcStep {
  return { domain, name: queryName, outcome, texts, aliases, problems };
}

function recordOf({ record, domain, place }: FoundPolicy, walk: TreeWalk): NonNullable<DmarcPosture['record']> {
  const policies = effectivePolicies(record, 'rfc9989');
  const { p, sp, np, t, pct, psd, adkim = 'r', aspf = 'r', rua, ruf } = record;
  const step = walk.steps.find((each) => each.domain === domain);
  return {
    domain,
    place,
    text: step?.texts.find((text) => /^[vV][ \t]*=[ \t]*DMARC1/.test(text)) ?? '',
    ...(p && { p }),
    ...(sp && { sp }),
    ...(np && { np }),
    ...(t && { t }),
    ...(pct === undefined ? {} : { pct }),
    ...(psd && { psd }),
    adkim,
    aspf,
    rua: rua.map(({ uri }) => uri),
    ruf: ruf.map(({ uri }) => uri),
    effect: policies === undefined ? 'none' : policies.actsAsNone ? 'acts-as-none' : 'yes',
  };
}

/**
 * What receivers are asked to do with a message that nothing vouches for, from this name.
 *
 * @param existence whether the name is taken to exist; looked up when it is not told and the policy turns on it
 */
export async function inForceFor(
  name: DomainName,
  existence: Existence | undefined,
  lookup: RecordLookup,
  resolver: Resolver,
): Promise<InForce> {
  const discovery = await discoverPolicy(name, resolver, lookup);
  const known = existence ?? discovery.existence;
  const { policy } = discovery;
  const verdict = evaluateDmarc({
    receiver: 'rfc9989',
    policy,
    identifiers: 0,
    ...(known === undefined ? {} : { existence: known }),
  });
  const older: PolicyView[] = [];
  for (const rule of lists) {
    const legacy = await discoverLegacyPolicy(name, lookup, rule);
    older.push(viewOf(legacy.policy, evaluateDmarc({ receiver: 'rfc7489', policy: legacy.policy, identifiers: 0 })));
  }
  const [icann, both] = older as [PolicyView, PolicyView];
  return { current: viewOf(policy, verdict), older: strength(icann) < strength(both) ? icann : both };
}

function viewOf(found: FoundPolicy | 'none' | 'unknown', verdict: DmarcVerdict): PolicyView {
  const { disposition, policy, policyTag, testing, sampling, result } = verdict;
  if (result === 'temperror') return { asks: 'unknown', testing: false };
  if (result === 'none' || disposition === undefined || disposition === 'pass')
    return { asks: 'nothing', testing: false };
  return {
    asks: disposition,
    ...(policy && { policy }),
    ...(policyTag && { tag: policyTag }),
    ...(typeof found === 'string' ? {} : { from: found.domain, place: found.place }),
    testing,
    ...(sampling && { percent: sampling.percent }),
  };
}

/** How much a policy asks: what is not known is taken for nothing when the milder of two is wanted. */
export function strength(view: PolicyView): number {
  const whole = { nothing: 0, unknown: 0, none: 1, quarantine: 3, reject: 5 }[view.asks];
  return view.percent === undefined ? whole : whole - 1;
}

/** A name has an alias and other data (RFC 1034 §3.6.2 forbids it): which of the two a receiver sees is chance. */
async function hasAliasAndText(own: WalkStep | undefined, resolver: Resolver): Promise<boolean> {
  if (own === undefined || own.texts.length === 0 || own.aliases.length > 0) return false;
  try {
    return (await resolver(own.queryName, 'CNAME')).kind === 'records';
  } catch (error) {
    if (error instanceof ResolverError) return false;
    throw error;
  }
}

async function aliasLeanings(steps: readonly WalkStep[], ours: string, resolver: Resolver): Promise<Leaning[]> {
  const leanings: Leaning[] = [];
  for (const { queryName, aliases, outcome } of steps) {
    const target = aliases.at(-1);
    if (target === undefined) continue;
    const found =
      outcome === 'no-such-name' ? ({ kind: 'missing', missing: target } as const) : ({ kind: 'stands' } as const);
    leanings.push({
      name: target,
      by: 'alias',
      at: queryName,
      text: `CNAME ${aliases[0]}`,
      ...(await standingOf(found, ours, resolver)),
    });
  }
  return leanings;
}

async function destinationsOf(
  { record, domain }: FoundPolicy,
  lookup: RecordLookup,
  resolver: Resolver,
  ours: string,
): Promise<ReportDestinationView[]> {
  const organizationalDomainOf = async (name: DomainName): Promise<DomainName> =>
    organizationalDomainOfWalk(await walkTree(name, lookup));
  const all = [
    ...record.rua.map((uri) => ({ tag: 'rua' as const, uri })),
    ...record.ruf.map((uri) => ({ tag: 'ruf' as const, uri })),
  ];
  return Promise.all(
    all.slice(0, maxDestinations).map(async ({ tag, uri }) => {
      const host = destinationHost(uri);
      const found = await verifyReportDestination(domain as DomainName, tag, uri, resolver, organizationalDomainOf);
      return { tag, uri: uri.uri, ...(await hostOf(host, ours, resolver)), ...outcomeOf(found) };
    }),
  );
}

function outcomeOf(found: ReportDestination): Pick<ReportDestinationView, 'outcome' | 'problems' | 'queryName'> {
  const { outcome, queryName, problems } = found;
  return { outcome, ...(queryName === undefined ? {} : { queryName }), problems };
}

async function hostOf(
  host: DomainName | undefined,
  ours: string,
  resolver: Resolver,
): Promise<Pick<ReportDestinationView, 'host' | 'leaning' | 'mail'>> {
  const name = host ?? '';
  const leaning = { name, by: 'report', at: '', text: '' } as const;
  if (host === undefined) return { host: '', mail: 'unknown', leaning: { ...leaning, standing: 'unknown' } };
  const mx = await lookupMx(host, resolver);
  const isThere = mx.outcome !== 'no-such-name';
  const found =
    mx.outcome === 'unknown'
      ? ({ kind: 'unknown' } as const)
      : isThere
        ? ({ kind: 'stands' } as const)
        : ({ kind: 'missing', missing: host } as const);
  return {
    host: name,
    mail:
      mx.outcome === 'unknown'
        ? 'unknown'
        : mx.outcome === 'servers' || mx.outcome === 'implicit'
          ? 'servers'
          : 'nowhere',
    leaning: { ...leaning, ...(await standingOf(found, ours, resolver)) },
  };
}
