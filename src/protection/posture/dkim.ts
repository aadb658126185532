// Which DKIM keys a domain publishes, as far as selectors are known, and what any selector gets.
import { readKey } from '../../standards/dkim/index.ts';
import type { FoundKey, KeyCache } from '../../standards/dkim/index.ts';
import { ResolverError } from '../../standards/dns/index.ts';
import type { Answer, DomainName, Resolver } from '../../standards/dns/index.ts';
import { aliasOf, leaningOfAlias } from './claim.ts';
import type { DkimPosture, DkimSelector } from './published.ts';
import { commonSelectors } from './selectors.ts';

/** Selectors that are looked at: those of many years of reports, and no more. */
const maxSelectors = 500;
/** A label or several, of whatever stands in a DNS name without ending it. */
const plainSelector = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i;

export interface DkimAsk {
  readonly given: readonly string[];
  readonly seen: readonly string[];
  /** Whether the common ones are tried too. */
  readonly tryCommon: boolean;
  readonly probeLabel: string;
}

/** Looks at the keys of a domain (RFC 6376 §3.6.2). Never throws for a DNS that does not answer. */
export async function lookAtDkim(
  domain: DomainName,
  asked: DkimAsk,
  resolver: Resolver,
  keys: KeyCache,
  ours: string,
): Promise<DkimPosture> {
  const above = await answerOf(`_domainkey.${domain}`, resolver);
  const domainkey =
    above === undefined
      ? 'unknown'
      : above.kind === 'no-such-name' && above.aliases.length === 0
        ? 'no-such-name'
        : 'exists';
  const wanted = new Map<string, DkimSelector['origin']>();
  const add = (selectors: readonly string[], origin: DkimSelector['origin']): void => {
    for (const selector of selectors) {
      const name = selector.toLowerCase();
      if (plainSelector.test(name) && !wanted.has(name) && wanted.size < maxSelectors) wanted.set(name, origin);
    }
  };
  add(asked.given, 'given');
  add(asked.seen, 'seen');
  // RFC 8020: nothing is below a name that does not exist. What was given or seen is asked for all the same: some servers say so wrongly.
  if (asked.tryCommon && domainkey !== 'no-such-name') add(commonSelectors, 'common');

  const probeAnswer =
    domainkey === 'no-such-name' ? undefined : await answerOf(`${asked.probeLabel}._domainkey.${domain}`, resolver);
  const probeText = textsOf(probeAnswer).join('\n');
  const wildcard =
    domainkey === 'no-such-name' ? 'none' : probeAnswer === undefined ? 'unknown' : wildcardOf(probeAnswer, keys);

  const selectors = await Promise.all(
    [...wanted].map(([selector, origin]) => look(domain, selector, origin, probeText, resolver, keys, ours)),
  );
  return {
    domainkey,
    wildcard,
    selectors: selectors.filter(
      ({ origin, outcome, leaning }) =>
        origin !== 'common' || !['none', 'unknown', 'wildcard'].includes(outcome) || leaning !== undefined,
    ),
    asked: wanted.size,
    unanswered: selectors.filter(({ outcome }) => outcome === 'unknown').length,
  };
}

async function answerOf(name: string, resolver: Resolver): Promise<Answer<'TXT'> | undefined> {
  try {
    return await resolver(name, 'TXT');
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

function textsOf(answer: Answer<'TXT'> | undefined): string[] {
  return answer?.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
}

function wildcardOf(answer: Answer<'TXT'>, keys: KeyCache): DkimPosture['wildcard'] {
  const [text] = textsOf(answer);
  if (text === undefined) return 'none';
  const found = keys.of(text);
  return found.key !== undefined ? 'key' : found.record === undefined ? 'other' : 'revoked';
}

async function look(
  domain: DomainName,
  selector: string,
  origin: DkimSelector['origin'],
  probeText: string,
  resolver: Resolver,
  keys: KeyCache,
  ours: string,
): Promise<DkimSelector> {
  const name = `${selector}._domainkey.${domain}`;
  const answer = await answerOf(name, resolver);
  const plain = { selector, name, origin, testing: false, sha1Only: false, records: 0, problems: [] };
  if (answer === undefined) {
    const alias = await aliasOf(name, resolver);
    return { ...plain, outcome: 'unknown', ...(alias && { leaning: alias }) };
  }
  const leaning = await leaningOfAlias(name, answer, ours, resolver);
  const texts = textsOf(answer);
  const [first] = texts;
  const found = { ...plain, ...(leaning && { leaning }), records: texts.length };
  if (first === undefined) return { ...found, outcome: 'none' };
  if (texts.join('\n') === probeText && answer.aliases.length === 0) return { ...found, outcome: 'wildcard' };
  // Several records at one name have no meaning (RFC 6376 §3.6.2.2); the first that is a key is shown, and that there are more.
  const best =
    texts
      .slice(0, 8)
      .map((text) => keys.of(text))
      .find(({ key }) => key !== undefined) ?? readKey(first);
  return { ...found, ...keyOf(best) };
}

function keyOf(found: FoundKey): Omit<DkimSelector, 'name' | 'origin' | 'records' | 'selector'> {
  const { record, bits, problems, key } = found;
  if (record === undefined) return { outcome: 'unusable', testing: false, sha1Only: false, problems };
  const isRevoked = record.publicKey === undefined;
  return {
    // A key that is too short is still a key to a forger.
    outcome: isRevoked ? 'revoked' : key !== undefined || bits !== undefined ? 'key' : 'unusable',
    keyType: record.keyType,
    ...(bits === undefined ? {} : { bits }),
    testing: record.testing,
    sha1Only: record.hashes !== undefined && record.hashes.includes('sha1') && !record.hashes.includes('sha256'),
    problems: problems.filter(({ code }) => code !== 'dkim/key-revoked' && code !== 'dkim/key-too-short'),
  };
}
