// The names below a domain: those that are known, and the one that nobody has made.
import { placeProblems, walkTree } from '../../standards/dmarc/index.ts';
import type { RecordLookup } from '../../standards/dmarc/index.ts';
import { isAtOrBelow, parseDomainName, ResolverError } from '../../standards/dns/index.ts';
import type { Answer, DomainName, Resolver } from '../../standards/dns/index.ts';
import { aliasOf, leaningOfAlias } from './claim.ts';
import { inForceFor, stepOf } from './dmarc.ts';
import type { Leaning, MailPosture, NamePosture, Published, SpfPosture, WildcardPosture } from './published.ts';
import { lookAtSpf, noSpf } from './spf.ts';
import type { SpfLook } from './spf.ts';

/** Looks at a name that nobody has made: only a wildcard answers for it (RFC 4592). */
export async function lookAtWildcard(probe: DomainName | undefined, look: SpfLook): Promise<WildcardPosture> {
  if (probe === undefined) return { probe: '', exists: 'unknown', types: [], spf: noSpf('', 'unknown') };
  const first = await answerOf(probe, 'A', look.resolver);
  if (first === undefined) return { probe, exists: 'unknown', types: [], spf: noSpf(probe, 'unknown') };
  const leaning = await leaningOfAlias(probe, first, look.ours, look.resolver);
  if (first.kind === 'no-such-name' && first.aliases.length === 0) {
    return { probe, exists: 'no', types: [], spf: noSpf(probe, 'no-such-name') };
  }
  const types: WildcardPosture['types'][number][] = first.kind === 'records' ? ['A'] : [];
  for (const type of ['AAAA', 'MX', 'TXT'] as const) {
    if ((await answerOf(probe, type, look.resolver))?.kind === 'records') types.push(type);
  }
  const spf = await lookAtSpf(probe, look);
  return { probe, exists: 'yes', types, spf, ...(leaning && { leaning }) };
}

async function answerOf(
  name: string,
  type: 'A' | 'AAAA' | 'MX' | 'TXT',
  resolver: Resolver,
): Promise<Answer | undefined> {
  try {
    return await resolver(name, type);
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

/**
 * The names to look at beside the domain: those that were given, those it greets with (given, or its mail servers), and those below it that
 * its records show.
 */
export function namesToLookAt(
  domain: DomainName,
  given: readonly DomainName[],
  helo: readonly DomainName[],
  mail: MailPosture,
  spf: SpfPosture,
  nameServers: readonly Leaning[],
  most: number,
): { readonly name: DomainName; readonly origin: NamePosture['origin'] }[] {
  const names = new Map<DomainName, NamePosture['origin']>();
  const add = (text: string, origin: NamePosture['origin'], mustBeOurs: boolean): void => {
    const name = parseDomainName(text);
    if (!name.ok || name.value === domain || names.has(name.value) || names.size >= most) return;
    // Labels with an underscore are for records, not for mail (RFC 8552); nobody has a From there.
    if (mustBeOurs && (!isAtOrBelow(name.value, domain) || /(?:^|\.)_/.test(name.value))) return;
    names.set(name.value, origin);
  };
  for (const name of helo) add(name, 'helo', false);
  for (const { host } of mail.servers) add(host, 'helo', true);
  for (const name of given) add(name, 'given', false);
  for (const { name } of [...spf.leanings, ...nameServers]) add(name, 'seen', true);
  return [...names].map(([name, origin]) => ({ name, origin }));
}

/** Looks at one name. Never throws for a DNS that does not answer. */
export async function lookAtName(
  name: DomainName,
  origin: NamePosture['origin'],
  lookup: RecordLookup,
  look: SpfLook,
): Promise<NamePosture> {
  const [answer, spf, step, inForce, walk] = await Promise.all([
    answerOf(name, 'A', look.resolver),
    lookAtSpf(name, look),
    lookup(name),
    inForceFor(name, undefined, lookup, look.resolver),
    walkTree(name, lookup),
  ]);
  const leaning =
    answer === undefined
      ? await aliasOf(name, look.resolver)
      : await leaningOfAlias(name, answer, look.ours, look.resolver);
  const exists: Published['exists'] =
    answer === undefined
      ? leaning === undefined
        ? 'unknown'
        : 'exists'
      : answer.kind === 'no-such-name' && answer.aliases.length === 0
        ? 'no-such-name'
        : 'exists';
  return {
    name,
    origin,
    exists,
    ...(leaning && { leaning }),
    spf,
    dmarc: stepOf(step),
    inForce,
    place: placeProblems(walk),
  };
}
