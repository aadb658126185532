// Whether a name that is not there can be had by a stranger. A record that leans on such a name hands over whatever it was meant to
// say: an include lets the stranger's servers pass, an alias of a key lets the stranger sign.
import { isAtOrBelow, parseDomainName, ResolverError } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import { isPublicSuffix, publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import type { Leaning, Standing } from './published.ts';

/** Where it can be read that names of a service can be had again once they are gone. */
const dangling = 'learn.microsoft.com/azure/security/fundamentals/subdomain-takeover';
const domains = 'learn.microsoft.com/azure/security/fundamentals/azure-domains';
const takeOver = 'github.com/EdOverflow/can-i-take-over-xyz';

/**
 * Services that give a name to whoever asks for it first, so that one that no longer exists (NXDOMAIN) can be claimed. Services that
 * answer for every name below them are not here: the DNS does not tell whether a name is free. Nor are those that choose the name
 * themselves: see below.
 */
const services: readonly (readonly [suffix: string, service: string, source: string])[] = [
  ['azurewebsites.net', 'Azure App Service', dangling],
  ['cloudapp.azure.com', 'Azure public addresses', dangling],
  ['trafficmanager.net', 'Azure Traffic Manager', dangling],
  ['azureedge.net', 'Azure CDN', dangling],
  ['azurefd.net', 'Azure Front Door', dangling],
  ['azure-api.net', 'Azure API Management', dangling],
  ['azurecontainer.io', 'Azure Container Instances', dangling],
  ['blob.core.windows.net', 'Azure Storage', dangling],
  ['core.windows.net', 'Azure Storage', domains],
  ['cloudapp.net', 'Azure Cloud Services', domains],
  ['database.windows.net', 'Azure SQL', domains],
  ['servicebus.windows.net', 'Azure Service Bus', domains],
  ['search.windows.net', 'Azure Search', takeOver],
  ['redis.cache.windows.net', 'Azure Cache for Redis', takeOver],
  ['azurehdinsight.net', 'Azure HDInsight', takeOver],
  ['visualstudio.com', 'Azure DevOps', takeOver],
  ['elasticbeanstalk.com', 'AWS Elastic Beanstalk', takeOver],
];

/**
 * Names with a hash that the service has made and gives to nobody else: `<name>-<hash>.<region>.azurewebsites.net` (Microsoft, "Secure
 * unique default hostnames", learn.microsoft.com/azure/app-service/reference-dangling-subdomain-prevention) and
 * `<name>-<hash>.z01.azurefd.net` (learn.microsoft.com/azure/frontdoor/endpoint).
 */
const madeUnique = /-[a-z0-9]{16}\.(?:[a-z]+-\d\d\.azurewebsites|(?:[a-z]\d\d\.)?azurefd)\.net$/;

/**
 * Suffixes of the Public Suffix List's private section under which the service chooses the names, so that nobody can ask for one that is
 * gone: load balancers (can-i-take-over-xyz: not vulnerable), machines named by their address, identifiers that are dealt out.
 */
const chosenByService: readonly string[] = [
  'elb.amazonaws.com',
  'compute.amazonaws.com',
  'compute-1.amazonaws.com',
  'amazonaws.com.cn',
  'execute-api.amazonaws.com',
  'cloudfront.net',
  'azurestaticapps.net',
];

/** `*.eu-west-1.compute.amazonaws.com` and `*.execute-api.eu-west-1.amazonaws.com` alike. */
function isChosenByService(name: string): boolean {
  return (
    madeUnique.test(name) ||
    chosenByService.some((suffix) => isAtOrBelow(name, suffix)) ||
    /\.(?:execute-api|elb|compute)\.[a-z0-9-]+\.amazonaws\.com$/.test(name)
  );
}

const icannDomain = publicSuffixOrganizationalDomain({ privateDomains: false });
const anyDomain = publicSuffixOrganizationalDomain({ privateDomains: true });

/** The service that gives out a name, when one does. */
function serviceOf(name: string): { readonly claim: string; readonly service: string } | undefined {
  for (const [suffix, service] of services) {
    if (name !== suffix && isAtOrBelow(name, suffix)) return { claim: name, service };
  }
  return undefined;
}

/** The domain one would register to hold a name: one label below a suffix under which anyone may register. */
export function registrableDomain(name: DomainName): DomainName {
  return icannDomain(name);
}

/**
 * How a name stands that a record leans on. Asks for the domain above it only when the name is not there.
 *
 * @param found what is known of the name: there, not there (then `missing` is the end of its aliases), or not told
 * @param ours names at or below this are our own: if they are missing, nobody else can make them
 */
export async function standingOf(
  found: { readonly kind: 'missing' | 'stands' | 'unknown'; readonly missing?: string },
  ours: string,
  resolver: Resolver,
): Promise<Pick<Leaning, 'claim' | 'missing' | 'service' | 'standing'>> {
  if (found.kind !== 'missing') return { standing: found.kind };
  const missing = found.missing ?? '';
  const name = parseDomainName(missing);
  if (!name.ok || isAtOrBelow(name.value, ours)) return { standing: 'missing', missing };
  if (isChosenByService(name.value)) return { standing: 'missing', missing };
  const service = serviceOf(name.value);
  if (service !== undefined) return { standing: 'claimable', missing, ...service };
  const registrable = icannDomain(name.value);
  // A suffix itself cannot be registered by just anyone, and asking for it says nothing.
  if (registrable === name.value && !name.value.includes('.')) return { standing: 'missing', missing };
  const standing = await existenceOf(registrable, resolver);
  if (standing === 'missing') return { standing: 'registrable', missing, claim: registrable };
  if (standing === 'unknown') return { standing: 'unknown', missing };
  // A suffix of the list's private section gives its names to customers: whoever asks first has it.
  const customer = anyDomain(name.value);
  if (customer !== registrable && isPublicSuffix(parentOf(customer)) && customer !== name.value) {
    const there = await existenceOf(customer, resolver);
    if (there === 'missing') return { standing: 'claimable', missing, claim: customer, service: parentOf(customer) };
  } else if (customer !== registrable && customer === name.value) {
    return { standing: 'claimable', missing, claim: customer, service: parentOf(customer) };
  }
  return { standing: 'missing', missing };
}

function parentOf(name: DomainName): DomainName {
  return name.slice(name.indexOf('.') + 1) as DomainName;
}

async function existenceOf(name: DomainName, resolver: Resolver): Promise<'missing' | 'stands' | 'unknown'> {
  try {
    const { kind, aliases } = await resolver(name, 'NS');
    return kind === 'no-such-name' && aliases.length === 0 ? 'missing' : 'stands';
  } catch (error) {
    if (error instanceof ResolverError) return 'unknown';
    throw error;
  }
}

/** What an answer says of the name that was asked for, as `standingOf` takes it. */
export function foundIn(
  name: string,
  answer: { readonly kind: string; readonly aliases: readonly string[] } | undefined,
): { readonly kind: 'missing' | 'stands' | 'unknown'; readonly missing?: string } {
  if (answer === undefined) return { kind: 'unknown' };
  if (answer.kind === 'no-such-name') return { kind: 'missing', missing: answer.aliases.at(-1) ?? name };
  return { kind: 'stands' };
}

/** Whether a stranger can have the name. */
export function isUpForGrabs(standing: Standing): boolean {
  return standing === 'registrable' || standing === 'claimable';
}

/**
 * The alias that a name is, asked for by itself: for when its target could not be asked (a zone file knows nothing of other domains). The
 * name exists then, whatever its target is.
 */
export async function aliasOf(name: string, resolver: Resolver): Promise<Leaning | undefined> {
  try {
    const answer = await resolver(name, 'CNAME');
    const target = answer.kind === 'records' ? answer.records[0] : undefined;
    if (target === undefined) return undefined;
    return { name: target, by: 'alias', at: name, text: `CNAME ${target}`, standing: 'unknown' };
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

/** How the alias in an answer stands, when the name is one. */
export async function leaningOfAlias(
  name: string,
  answer: { readonly kind: string; readonly aliases: readonly string[] },
  ours: string,
  resolver: Resolver,
): Promise<Leaning | undefined> {
  const [target] = answer.aliases;
  if (target === undefined) return undefined;
  return {
    name: target,
    by: 'alias',
    at: name,
    text: `CNAME ${target}`,
    ...(await standingOf(foundIn(name, answer), ours, resolver)),
  };
}
