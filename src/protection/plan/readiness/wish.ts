// From the gate of a domain to what is wished for it: the rung, the policies beside it as far as their own gates allow, and what the danger of
// a plan is judged by.
import { destinationHost, publicSuffixOrganizationalDomain } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import { isAtOrBelow, parseDomainName } from '../../../standards/dns/index.ts';
import type { DomainName } from '../../../standards/dns/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import { askedPolicies, isQuiet, rungOf } from '../ladder/rung.ts';
import type { PlanStream } from '../records/danger.ts';
import { rungTags } from '../records/wish.ts';
import type { RecordsWish, Rung } from '../records/wish.ts';
import type { DomainCase } from './case.ts';
import type { Gate } from './gate.ts';
import { isWanted } from './reasons.ts';
import { pinned } from './scope.ts';
import type { SpfEnd } from './spf-wish.ts';
import type { Readiness } from './take.ts';

export interface WishOptions {
  /** Another rung than the next, as the readiness was asked with. */
  readonly rung?: Rung;
  readonly adkim?: 'r' | 's';
  readonly aspf?: 'r' | 's';
  /** How SPF records are to end. */
  readonly spfEnd?: SpfEnd;
}

/** What is wished for a domain, and whether every gate that it goes through is open. */
export interface DomainWish {
  readonly wish: RecordsWish;
  readonly gate: Gate;
  readonly rung: Rung;
  readonly isOpen: boolean;
}

/**
 * Wishes for the domains of a readiness.
 *
 * @returns none for a domain that stays as it is: at the end of the ladder, or a name that does not exist
 */
export function wishesOf(readiness: Readiness, options: WishOptions = {}): DomainWish[] {
  const reportTo = usualDestination(readiness.cases);
  return readiness.cases.flatMap((the, at): DomainWish[] => {
    const gate = readiness.gates[at]!;
    const rung = the.next ?? the.governed.rung?.rung;
    if (rung === undefined || the.role === 'absent') return [];
    const wish = wishOf(the, gate, rung, options, reportTo);
    const isOpen =
      gate.gate !== 'shut' &&
      (options.adkim !== 's' || gate.optional.adkim.gate !== 'shut') &&
      (options.aspf !== 's' || gate.optional.aspf.gate !== 'shut') &&
      (options.spfEnd !== '-all' || gate.optional.all?.gate !== 'shut');
    return [{ wish, gate, rung, isOpen }];
  });
}

function wishOf(
  { domain, role, governed }: DomainCase,
  gate: Gate,
  rung: Rung,
  options: WishOptions,
  reportTo: string | undefined,
): RecordsWish {
  const { p, isSoft } = rungTags[rung];
  const { record, found } = governed;
  const asks = record === undefined ? undefined : askedPolicies(record);
  const keepsAt = (policy: 'np' | 'sp'): ReturnType<typeof pinned> =>
    pinned(record === undefined || asks === undefined ? undefined : rungOf(record, asks[policy]).rung, isSoft);
  // What lies below a quiet domain is nobody's either, unless its own gate says otherwise.
  const sp = gate.beside.sp.gate === 'shut' ? keepsAt('sp') : p;
  const np = gate.beside.np.gate === 'shut' ? keepsAt('np') : rung === 'none' && found !== 'own' ? undefined : 'reject';
  const isHeard = (record?.rua.length ?? 0) > 0 && found === 'own';
  const rua = isHeard || reportTo === undefined ? {} : { rua: [reportTo] };
  return {
    domain,
    role,
    dmarc: {
      rung,
      sp,
      ...(np === undefined ? {} : { np }),
      ...(isQuiet(role) ? { adkim: 's' as const, aspf: 's' as const } : {}),
      ...(options.adkim === undefined ? {} : { adkim: options.adkim }),
      ...(options.aspf === undefined ? {} : { aspf: options.aspf }),
      ...rua,
    },
    ...(reportTo === undefined ? {} : { reportTo }),
    authorisations: authorisationsOf(domain, record, isHeard ? undefined : reportTo),
  };
}

/** Where most domains that are asked about have their reports sent. */
function usualDestination(cases: readonly DomainCase[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { governed } of cases) {
    for (const { uri } of governed.record?.rua ?? []) counts.set(uri, (counts.get(uri) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

const organizationalDomainOf = publicSuffixOrganizationalDomain();

/** Consents that reports to another organization's host need (RFC 9990 §4). Whether the host is ours to publish at is seen by who plans. */
function authorisationsOf(
  domain: DomainName,
  record: DmarcRecord | undefined,
  reportTo: string | undefined,
): { readonly policyDomain: string; readonly host: string }[] {
  const hosts = new Set<string>();
  for (const uri of record?.rua ?? []) {
    const host = destinationHost(uri);
    if (host !== undefined) hosts.add(host);
  }
  const [, after] = reportTo === undefined ? [] : (/^mailto:[^@]+@([^!?]+)/i.exec(reportTo) ?? []);
  if (after !== undefined) hosts.add(after.toLowerCase());
  return [...hosts].flatMap((host) => {
    const reading = parseDomainName(host);
    if (!reading.ok || organizationalDomainOf(reading.value) === organizationalDomainOf(domain)) return [];
    return [{ policyDomain: domain, host: reading.value }];
  });
}

/**
 * The legs of wanted streams at the domains of a plan: what it must not take. Whatever its author domain, mail leans on the record of its
 * envelope or HELO name.
 */
export function planStreams({ inventory, asOf }: Readiness['whole'], domains: readonly string[]): PlanStream[] {
  const { combinations, streamOf, streams, decisionOf, kindOf, dictionaries } = inventory;
  const isOurs = (name: string): boolean => domains.some((domain) => isAtOrBelow(name, domain));
  const found = new Map<string, FoundStream>();
  const at = (key: string, name: string, spfDomain?: string): FoundStream => {
    let known = found.get(key);
    if (known === undefined) {
      known = { name, spfDomain, addresses: new Set(), others: new Set(), signing: new Map() };
      found.set(key, known);
    }
    return known;
  };
  // What a stream stood on half a year ago and no longer does is not its leg.
  const since = asOf - 183;
  for (let row = 0; row < combinations.length; row++) {
    const standing = standings[standingOf(decisionOf[row]!, kindOf[row]!)]!;
    // What nobody has decided on may be wanted: it loses no leg that counts, and yet is not to be turned away.
    const isOpen = standing === 'undecided';
    if ((!isWanted(standing) && !isOpen) || combinations.lastDay[row]! < since) continue;
    const auth = dictionaries.auth(combinations.auth[row]!);
    const { name } = streams[streamOf[row]!]!;
    const address = dictionaries.address(combinations.source[row]!);
    for (const { domain, result } of auth?.spf ?? []) {
      if (domain === undefined || address === undefined || !isOurs(domain)) continue;
      const stream = at(`${name} ${domain}`, name, domain);
      (result === 'pass' && !isOpen ? stream.addresses : stream.others).add(address);
    }
    if (isOpen) continue;
    for (const { domain, selector, result } of auth?.dkim ?? []) {
      if (result !== 'pass' || domain === undefined || selector === undefined || !isOurs(domain)) continue;
      at(`${name} dkim`, name).signing.set(`${selector} ${domain}`, domain);
    }
  }
  return [...found.values()].map(({ name, spfDomain, addresses, others, signing }) => ({
    name,
    ...(spfDomain === undefined ? {} : { spfDomain, addresses: [...addresses], others: [...others] }),
    ...(signing.size === 0
      ? {}
      : { signing: [...signing].map(([key, domain]) => ({ domain, selector: key.split(' ')[0]! })) }),
  }));
}

interface FoundStream {
  readonly name: string;
  readonly spfDomain: string | undefined;
  readonly addresses: Set<string>;
  readonly others: Set<string>;
  readonly signing: Map<string, string>;
}
