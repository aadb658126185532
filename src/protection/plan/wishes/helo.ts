// SPF records of the names that our own servers say after HELO. Bounces and other mail of a null sender have no other SPF identity (RFC 7208
// §2.4), and a receiver may check the name of any (§2.3).
import { isAtOrBelow, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import {
  addressesOf,
  addressesWhere,
  compile,
  difference,
  isSpfRecord,
  prefixes,
} from '../../../standards/spf/index.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import { isWanted } from '../readiness/index.ts';
import type { RecordsWish } from '../records/wish.ts';
import { parseNetwork } from '../synthesis/address-list.ts';
import { withTerms } from '../tasks/index.ts';

/** A name that was seen as SPF identity: the addresses that used it, and how. */
export interface NameSeen {
  /** Of wanted mail, with the name as HELO. */
  readonly addresses: Set<string>;
  /** Of mail that nobody has decided on. */
  readonly undecided: Set<string>;
  /** Declared addresses that have the name, whether or not mail was seen with it. */
  readonly declared: Set<string>;
  messages: number;
  /** Whether wanted mail had it as the domain of its envelope too. */
  isEnvelope: boolean;
}

/**
 * Names that were seen as SPF identity by HELO, and names of declared addresses, by name in lower case. Forged mail can say any name, and is
 * left out.
 */
export function heloNames(
  { combinations, dictionaries, streamOf, decisionOf, kindOf, streams }: TakenInventory,
  declared: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, NameSeen> {
  const found = new Map<string, NameSeen>();
  const at = (name: string): NameSeen => {
    let seen = found.get(name);
    if (seen === undefined) {
      seen = { addresses: new Set(), undecided: new Set(), declared: new Set(), messages: 0, isEnvelope: false };
      found.set(name, seen);
    }
    return seen;
  };
  const envelopes = new Set<string>();
  for (let row = 0; row < combinations.length; row++) {
    const standing = standings[standingOf(decisionOf[row]!, kindOf[row]!)]!;
    const wanted = isWanted(standing);
    if (!wanted && standing !== 'undecided') continue;
    // RFC 7208 §2.4: with a null sender the identity is the HELO name, whatever a report calls it (RFC 9990 has no scope for it).
    const isNull = dictionaries.name(combinations.envelopeFrom[row]!) === '';
    for (const { domain, scope } of dictionaries.auth(combinations.auth[row]!)?.spf ?? []) {
      if (domain === undefined) continue;
      const name = domain.toLowerCase();
      if (scope !== 'helo' && !isNull) {
        if (wanted) envelopes.add(name);
        continue;
      }
      // A service of others that greets with a name of ours has that name from us; its addresses are its own to tell.
      if (streams[streamOf[row]!]?.senderId != null) continue;
      const address = dictionaries.address(combinations.source[row]!);
      if (address === undefined) continue;
      const seen = at(name);
      (wanted ? seen.addresses : seen.undecided).add(address);
      if (wanted) seen.messages += combinations.messages[row]!;
    }
  }
  for (const [name, addresses] of declared) for (const address of addresses) at(name).declared.add(address);
  for (const [name, seen] of found) seen.isEnvelope = envelopes.has(name);
  return found;
}

/** So many records for names of declared addresses that were never seen to greet are written; of a whole network of machines none is. */
const mostUnseen = 50;

/** Wishes for the HELO names at or below a domain. Nothing that passes today stops passing: what stands there only gains. */
export async function heloWish(
  domain: DomainName,
  names: ReadonlyMap<string, NameSeen>,
  isNearest: (name: string) => boolean,
  resolver: Resolver,
): Promise<{ readonly helo: NonNullable<RecordsWish['helo']>; readonly notes: readonly Problem[] }> {
  const helo: NonNullable<RecordsWish['helo']>[number][] = [];
  const notes: Problem[] = [];
  const ours = [...names].filter(
    ([name, { addresses, declared }]) =>
      addresses.size + declared.size > 0 && isAtOrBelow(name, domain) && isNearest(name),
  );
  const unseen = ours.filter(([, { addresses }]) => addresses.size === 0);
  const isMany = unseen.length > mostUnseen;
  if (isMany) notes.push({ code: 'plan/helo-many', values: { domain, count: unseen.length, most: mostUnseen } });
  for (const [name, { addresses, undecided, declared, messages, isEnvelope }] of ours) {
    const isSeen = addresses.size > 0;
    // Of a name that is only declared there is nothing to tell beyond what can be written.
    if (!isSeen && (isMany || name === domain || isEnvelope)) continue;
    const values = { name, messages };
    // The record of an envelope domain has more to hold than the servers that greet with it.
    if (name === domain || isEnvelope) {
      notes.push({ code: 'plan/helo-is-envelope', values, see: 'RFC 7208 §2.4' });
      continue;
    }
    try {
      const answer = await resolver(name, 'TXT');
      if (answer.kind === 'no-such-name') {
        notes.push({ code: 'plan/helo-absent', values, see: 'RFC 5321 §2.3.5' });
        continue;
      }
      const texts = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
      const records = texts.filter(isSpfRecord);
      if (records.length > 1) {
        notes.push({ code: 'plan/helo-several', values, see: 'RFC 7208 §4.5' });
        continue;
      }
      const networks = [...new Set([...addresses, ...declared])].flatMap((text) => {
        const reading = parseNetwork(text);
        return reading.ok ? [reading.value] : [];
      });
      const [record] = records;
      if (record === undefined) {
        helo.push({
          name,
          ...(await ownAddresses(name, networks, resolver)),
          // What was never seen to greet may greet from elsewhere too.
          all: undecided.size > 0 || !isSeen ? '~all' : '-all',
          ...(isSeen ? {} : { isDeclared: true }),
        });
        continue;
      }
      const passes = addressesWhere(await compile(name, resolver), ({ result }) => result === 'pass');
      const lacking = prefixes(difference(addressesOf(networks), passes));
      if (lacking.length === 0) continue;
      helo.push({
        name,
        record: withTerms(
          record,
          lacking.map((network) => `ip${network.includes(':') ? 6 : 4}:${network}`),
        ),
        ...(isSeen ? {} : { isDeclared: true }),
      });
    } catch (error) {
      if (!(error instanceof ResolverError)) throw error;
      if (isSeen) notes.push({ code: 'plan/helo-not-known', values: { ...values, domain } });
    }
  }
  return { helo, notes };
}

/** No addresses where those of the name itself are enough (`a`); those that were seen where they are not. */
async function ownAddresses(
  name: string,
  networks: Parameters<typeof addressesOf>[0],
  resolver: Resolver,
): Promise<{ readonly addresses?: readonly string[] }> {
  const own = (
    await Promise.all(
      (['A', 'AAAA'] as const).map(async (type) => {
        try {
          const answer = await resolver(name, type);
          return answer.kind === 'records' ? answer.records : [];
        } catch (error) {
          if (error instanceof ResolverError) return [];
          throw error;
        }
      }),
    )
  ).flat();
  const known = own.flatMap((text) => {
    const reading = parseNetwork(text);
    return reading.ok ? [reading.value] : [];
  });
  if (prefixes(difference(addressesOf(networks), addressesOf(known))).length === 0) return {};
  return { addresses: prefixes(addressesOf([...known, ...networks])) };
}
