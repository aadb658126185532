import { getDomain } from 'tldts';
import type { DomainName } from '../dns/index.ts';

/**
 * Says the Organizational Domain of a name (RFC 9989 §3.2.14). Two rules are in use, the Public Suffix List and the DNS Tree
 * Walk, so it is handed in wherever alignment is judged. What comes back is the name itself or an ancestor of it.
 *
 * @throws {ResolverError} where the rule rests on the DNS, and the DNS did not answer for this name
 */
export type OrganizationalDomainOf = (name: DomainName) => DomainName;

/** How many names a maker remembers before it starts afresh: enough for a large organisation's reports, and bounded. */
const remembered = 65_536;

/**
 * The rule of receivers with the Public Suffix List (RFC 7489 §3.2): the longest suffix on the list, and one label more. A name
 * that is a suffix itself, which RFC 7489 does not speak of, is its own Organizational Domain.
 *
 * @param options.privateDomains whether the list's private section counts too (`github.io`, `blogspot.com`). RFC 7489 does not
 *   say, and receivers differ.
 */
export function publicSuffixOrganizationalDomain(
  options: { readonly privateDomains?: boolean } = {},
): OrganizationalDomainOf {
  const lookup = {
    allowIcannDomains: true,
    allowPrivateDomains: options.privateDomains ?? true,
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
  };
  return memoised((name) => (getDomain(name, lookup) ?? name) as DomainName);
}

/** Whether a name is on the Public Suffix List, its private section included, or a top-level domain that is not on it. */
export function isPublicSuffix(name: DomainName): boolean {
  const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false };
  return getDomain(name, options) === null;
}

/** A rule that remembers what it said, within bounds. */
export function memoised(rule: OrganizationalDomainOf): OrganizationalDomainOf {
  const known = new Map<DomainName, DomainName>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const answer = rule(name);
    if (known.size >= remembered) known.clear();
    known.set(name, answer);
    return answer;
  };
}
