// Which record governs a domain, and what the next steps from there would publish.
import { discoverPolicy } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord, Existence, Policy } from '../../../standards/dmarc/index.ts';
import { isAtOrBelow, parseDomainName } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Change, DmarcTag } from '../../simulation/what-if/index.ts';
import { askedPolicies, expectedPolicy, rungOf } from '../ladder/rung.ts';
import type { RungReading } from '../ladder/rung.ts';
import type { PolicyPlace } from '../ladder/standing.ts';
import { rungTags } from '../records/wish.ts';
import type { Rung } from '../records/wish.ts';

/** What governs a domain today. */
export interface Governed {
  readonly domain: DomainName;
  /** Where the record stands; `null` where there is none, or it is not known. */
  readonly at: string | null;
  readonly record: DmarcRecord | undefined;
  /** `own`: at the domain itself; `inherited`: above it; `none`: nowhere; `unknown`: nobody has looked, and no report tells. */
  readonly found: 'inherited' | 'none' | 'own' | 'unknown';
  /** Whether only reports tell of it. */
  readonly isReported: boolean;
  /** Which of its policies holds here. */
  readonly place: PolicyPlace;
  readonly existence: Existence;
  /** `undefined` where no record governs. */
  readonly rung: RungReading | undefined;
}

/**
 * Finds what governs a domain.
 *
 * @param reported the record that reports say stands at a domain, for names of which the resolver knows nothing
 */
export async function governedBy(
  domain: DomainName,
  resolver: Resolver,
  existence: Existence,
  reported: (domain: string) => DmarcRecord | undefined,
): Promise<Governed> {
  const { policy } = await discoverPolicy(domain, resolver);
  const base = { domain, existence, isReported: false };
  const placed = (record: DmarcRecord, at: string, isReported: boolean): Governed => {
    const place = at === domain ? 'p' : existence === 'no-such-name' ? 'np' : 'sp';
    const rung = rungOf(record, askedPolicies(record)[place]);
    return { ...base, at, record, found: at === domain ? 'own' : 'inherited', isReported, place, rung };
  };
  if (typeof policy !== 'string') return placed(policy.record, policy.domain, false);
  if (policy === 'unknown') {
    for (let at: string = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
      const record = reported(at);
      if (record !== undefined) return placed(record, at, true);
    }
  }
  return { ...base, at: null, record: undefined, found: policy, place: 'p', rung: undefined };
}

/**
 * A policy beside `p` that is not to change while `p` does: what it asks today of receivers that know both tags that soften.
 *
 * @param now the rung that holds there today; `undefined` where no record governs
 */
export function pinned(now: Rung | undefined, isNextSoft: boolean): Policy {
  const expected = now === undefined ? 'none' : expectedPolicy(now);
  // A record is softened as a whole: what has to go on asking for quarantine says reject then.
  return isNextSoft && expected === 'quarantine' ? 'reject' : expected;
}

/** The tags of a rung, with the policies below the domain as they are told. */
export function tagsOf(
  rung: Rung,
  below: { readonly sp: Policy; readonly np: Policy },
): Partial<Record<DmarcTag, string>> {
  const { p, isSoft } = rungTags[rung];
  return { p, sp: below.sp, np: below.np, t: isSoft ? 'y' : '', pct: isSoft ? '0' : '' };
}

/** A change of the DMARC record at a domain. */
export function dmarcChange(domain: DomainName, tags: Partial<Record<DmarcTag, string>>): Change {
  return { what: 'dmarc', domain, tags };
}

/** The nearest of some domains at or above a name. */
export function nearestAbove(name: string, domains: ReadonlySet<string>): string | undefined {
  const reading = parseDomainName(name);
  if (!reading.ok) return undefined;
  for (let at: string = reading.value; ; at = at.slice(at.indexOf('.') + 1)) {
    if (domains.has(at)) return at;
    if (!at.includes('.')) return undefined;
  }
}

/** Whether a name lies below a domain, and is not the domain itself. */
export function isBelow(name: string, domain: string): boolean {
  return name !== domain && isAtOrBelow(name, domain);
}
