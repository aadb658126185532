// What the SPF record of an envelope domain is to hold: declared networks, authorised addresses, and senders' own includes as far as they stay.
import { isAtOrBelow, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { prefixes, selectRecord } from '../../../standards/spf/index.ts';
import type { Declaration } from '../../inventory/declared/index.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import { dayText } from '../../assessment/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import { publishedChain, publishedIncludes } from '../synthesis/published.ts';
import type { NeverAligns } from '../synthesis/senders.ts';
import type { SynthesisPart, SynthesisWish } from '../synthesis/synthesis.ts';
import { isWanted } from './reasons.ts';

/** How an SPF record ends for all addresses that it does not name. */
export type SpfEnd = '-all' | '~all';

/** A record with another end; `undefined` where it has none to change: it goes on elsewhere (`redirect=`). */
export function withSpfEnd(text: string, end: SpfEnd): string | undefined {
  const all = /(^|\s)[-+~?]?all(?=\s|$)/i;
  if (all.test(text)) return text.replace(all, `$1${end}`);
  return /\sredirect=/i.test(text) ? undefined : `${text.trimEnd()} ${end}`;
}

/** The SPF record that stands at a domain, ended otherwise. @throws {ResolverError} */
export async function endedSpf(domain: DomainName, end: SpfEnd, resolver: Resolver): Promise<string | undefined> {
  const selection = selectRecord(await resolver(domain, 'TXT'));
  return selection.kind === 'one' ? withSpfEnd(selection.text, end) : undefined;
}

/** Whether what stands in the record and nobody declared or saw stays in it. */
export type SpfCare = 'keep' | 'tight';

/**
 * Wishes for the SPF record of a domain.
 *
 * @returns a problem instead where the record says things that a list of addresses cannot take over
 * @throws {ResolverError} when the domain's own records cannot be had
 */
export async function spfWishOf(
  domain: DomainName,
  inventory: TakenInventory,
  declarations: readonly Declaration[],
  resolver: Resolver,
  care: SpfCare,
): Promise<{ readonly wish: SynthesisWish } | { readonly problem: Problem }> {
  const selection = selectRecord(await resolver(domain, 'TXT'));
  if (selection.kind === 'one' && selection.reading.ok) {
    const other = selection.reading.value.directives.find(
      ({ kind }) => kind === 'a' || kind === 'mx' || kind === 'exists' || kind === 'ptr',
    );
    if (other !== undefined || /\sredirect=/i.test(selection.text))
      return { problem: { code: 'plan/spf-left', values: { domain, record: selection.text.slice(0, 200) } } };
  }
  const seen = envelopesOf(domain, inventory);
  const parts: SynthesisPart[] = [
    {
      networks: declarations
        .filter(({ domains }) => domains.some((each) => each === domain || isAtOrBelow(domain, each)))
        .flatMap(({ networks }) => networks),
    },
    ...[...seen.addresses].map(([stream, addresses]) => ({ stream, addresses: [...addresses] })),
  ];
  if (care === 'keep') {
    const chain = await publishedChain(domain, resolver);
    parts.push({ networks: chain.pages.flatMap(({ addresses }) => prefixes(addresses)) });
  }
  const includes = await publishedIncludes(domain, resolver);
  return {
    wish: {
      domain,
      parts,
      includes: includes.map((name) => {
        const never = care === 'tight' ? neverAligns(name, domain, inventory) : undefined;
        return { name, ...(never === undefined ? {} : { neverAligns: never }) };
      }),
      all: selection.kind === 'one' && /\s-all(?:\s|$)/i.test(selection.text) ? '-all' : '~all',
    },
  };
}

/** Addresses of wanted streams whose envelope is of the domain, pass or fail, by stream. Those a sender's include lets in are left out later. */
function envelopesOf(
  domain: string,
  { combinations, streams, streamOf, decisionOf, kindOf, dictionaries }: TakenInventory,
): { readonly addresses: ReadonlyMap<string, ReadonlySet<string>> } {
  const addresses = new Map<string, Set<string>>();
  const isOf = new Map<number, boolean>();
  for (let row = 0; row < combinations.length; row++) {
    if (!isWanted(standings[standingOf(decisionOf[row]!, kindOf[row]!)]!)) continue;
    const auth = combinations.auth[row]!;
    let is = isOf.get(auth);
    if (is === undefined) {
      is = dictionaries.auth(auth)?.spf.some((each) => each.domain?.toLowerCase() === domain) === true;
      isOf.set(auth, is);
    }
    const address = dictionaries.address(combinations.source[row]!);
    if (!is || address === undefined) continue;
    const { name } = streams[streamOf[row]!]!;
    const known = addresses.get(name);
    if (known === undefined) addresses.set(name, new Set([address]));
    else known.add(address);
  }
  return { addresses };
}

/** The evidence that a sender behind an include has never used the domain for its envelope. */
function neverAligns(include: string, domain: string, inventory: TakenInventory): NeverAligns | undefined {
  const { senders, streams, combinations, streamOf, dictionaries } = inventory;
  const ids = new Set(
    senders.senders
      .filter(({ recognise }) => recognise.spf.some((each) => include === each || include.endsWith(`.${each}`)))
      .map(({ id }) => id),
  );
  if (ids.size === 0) return undefined;
  let [messages, first, last] = [0, Infinity, -Infinity];
  const envelopes = new Set<string>();
  for (let row = 0; row < combinations.length; row++) {
    const { senderId } = streams[streamOf[row]!]!;
    if (senderId === null || !ids.has(senderId)) continue;
    for (const { domain: envelope } of dictionaries.auth(combinations.auth[row]!)?.spf ?? []) {
      if (envelope === undefined) continue;
      if (envelope === domain) return undefined;
      envelopes.add(envelope);
    }
    messages += combinations.messages[row]!;
    first = Math.min(first, combinations.firstDay[row]!);
    last = Math.max(last, combinations.lastDay[row]!);
  }
  if (messages === 0 || envelopes.size === 0) return undefined;
  return { messages, from: dayText(first), until: dayText(last), envelopeDomains: [...envelopes].sort().slice(0, 5) };
}

/** Whether an error says only that the DNS does not tell. */
export function isUntold(error: unknown): boolean {
  return error instanceof ResolverError;
}
