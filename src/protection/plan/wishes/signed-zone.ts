// Whether the zone of a name is signed (DNSSEC), with a chain from the root down to it: without that TLSA records have no effect (RFC 7672 §2.2).
import { ResolverError } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';

/**
 * - `known`: a resolver vouched for an answer, or looked and found no chain
 * - `assumed`: the zone above has a DS record for it, and nobody has checked the signatures
 * - `unknown`: what is known does not tell; `why` says what it lacks
 */
export type Signed =
  | { readonly signed: boolean; readonly ground: 'assumed' | 'known'; readonly why?: Problem }
  | { readonly signed: undefined; readonly ground: 'unknown'; readonly why: Problem };

/** What the last look at a domain found of it. */
export type LookedAt = 'insecure' | 'secure' | 'unknown' | 'unvalidated';

/**
 * Whether the zone a name is in is signed.
 *
 * @param name the domain, or the name of a server in it
 * @param top the domain of ours furthest above the name: nothing above that is asked
 * @param look what the last look at that domain found
 */
export async function signedZone(
  name: string,
  top: string,
  resolver: Resolver,
  look: LookedAt | undefined,
): Promise<Signed> {
  if (look === 'secure' || (await isVouchedFor(name, resolver))) return { signed: true, ground: 'known' };
  if (look === 'unvalidated') return { signed: true, ground: 'assumed' };
  let hasKeys: boolean | undefined;
  for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
    const [chain, keys] = await Promise.all([thereIs(at, 'DS', resolver), thereIs(at, 'DNSKEY', resolver)]);
    if (chain === true) return { signed: true, ground: 'assumed' };
    if (keys === true) {
      // Keys without a DS above them are of an island: nobody can check them (RFC 4033 §2).
      if (chain === false)
        return {
          signed: false,
          ground: 'known',
          why: { code: 'plan/dnssec-no-ds', values: { zone: at }, see: 'RFC 4035 §2.4' },
        };
      return {
        signed: undefined,
        ground: 'unknown',
        why: { code: 'plan/dnssec-ds-not-known', values: { zone: at }, see: 'RFC 4035 §2.4' },
      };
    }
    // A zone of its own without a DS above it has no chain, whatever the zones above have.
    if (chain === false && (await thereIs(at, 'SOA', resolver)) === true)
      return { signed: false, ground: 'known', why: { code: 'plan/dnssec-none', values: { zone: at } } };
    hasKeys ??= keys;
    if (at === top || !at.includes('.')) break;
  }
  if (look === 'insecure')
    return { signed: false, ground: 'known', why: { code: 'plan/dnssec-none', values: { zone: top } } };
  // A server that signs by itself adds keys that the text of its zone has not.
  return {
    signed: undefined,
    ground: 'unknown',
    why:
      hasKeys === undefined
        ? { code: 'plan/dnssec-not-known', values: { domain: top } }
        : { code: 'plan/dnssec-no-keys', values: { zone: top } },
  };
}

async function isVouchedFor(name: string, resolver: Resolver): Promise<boolean> {
  for (const type of ['A', 'MX'] as const) {
    try {
      if ((await resolver(name, type)).authenticated) return true;
    } catch (error) {
      if (!(error instanceof ResolverError)) throw error;
    }
  }
  return false;
}

/** Whether there is such a record; `undefined` when the DNS does not tell. */
async function thereIs(name: string, type: 'DNSKEY' | 'DS' | 'SOA', resolver: Resolver): Promise<boolean | undefined> {
  try {
    return (await resolver(name, type)).kind === 'records';
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}
