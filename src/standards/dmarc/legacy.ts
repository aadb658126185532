// Receivers that still follow RFC 7489: the Public Suffix List in place of the walk, `pct` obeyed, `t`, `np` and `psd` unknown. They will
// be there for years, so what they conclude is worked out beside what RFC 9989 says, and the difference shown.
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { identifiersOf } from './alignment.ts';
import { discoverFacts } from './discover.ts';
import type { DiscoveredFacts, MessageIdentity } from './discover.ts';
import { evaluateDmarc } from './evaluate.ts';
import type { DmarcFacts, DmarcVerdict } from './evaluate.ts';
import { publicSuffixOrganizationalDomain } from './organizational-domain.ts';
import type { OrganizationalDomainOf } from './organizational-domain.ts';
import type { FoundPolicy } from './record.ts';
import { organizationalDomainOfWalk, recordLookup, walkTree } from './tree-walk.ts';
import type { RecordLookup, WalkStep } from './tree-walk.ts';

/** How a receiver of RFC 7489 finds the record that governs an Author Domain. */
export interface LegacyDiscovery {
  readonly authorDomain: DomainName;
  readonly organizationalDomain: DomainName;
  /** At most two queries: the Author Domain, and its Organizational Domain. */
  readonly steps: readonly WalkStep[];
  readonly policy: FoundPolicy | 'none' | 'unknown';
}

/**
 * RFC 7489 §6.6.3: the record of the Author Domain; when nothing there begins as a DMARC record, that of its Organizational Domain.
 * Several records at the Author Domain, or one that is invalid, end the search, where RFC 9989 goes on upwards.
 */
export async function discoverLegacyPolicy(
  authorDomain: DomainName,
  lookup: RecordLookup,
  organizationalDomainOf: OrganizationalDomainOf,
): Promise<LegacyDiscovery> {
  const organizationalDomain = organizationalDomainOf(authorDomain);
  const own = await lookup(authorDomain);
  const found = { authorDomain, organizationalDomain };
  const goesOn = !['invalid-record', 'record', 'several-records', 'unknown'].includes(own.outcome);
  if (!goesOn || organizationalDomain === authorDomain) {
    return { ...found, steps: [own], policy: policyAt(own, 'author-domain') };
  }
  const above = await lookup(organizationalDomain);
  return { ...found, steps: [own, above], policy: policyAt(above, 'organizational-domain') };
}

function policyAt(step: WalkStep, place: FoundPolicy['place']): FoundPolicy | 'none' | 'unknown' {
  if (step.outcome === 'unknown') return 'unknown';
  return step.record === undefined ? 'none' : { record: step.record, domain: step.domain, place };
}

/** What one kind of receiver makes of a message. */
export interface GenerationView {
  /** `rfc7489-icann`: with the list's ICANN section only, `rfc7489-private`: with the private section too. */
  readonly receiver: 'rfc7489-icann' | 'rfc7489-private' | 'rfc9989';
  /** Of the Author Domain; `undefined` when the DNS did not tell. */
  readonly organizationalDomain: DomainName | undefined;
  readonly facts: DmarcFacts;
  readonly verdict: DmarcVerdict;
}

export interface GenerationComparison {
  readonly current: GenerationView & DiscoveredFacts;
  readonly legacy: readonly [icann: GenerationView, private_: GenerationView];
  /** Where receivers part, each once; the sentences are in `words/dmarc`. Empty: all receivers conclude the same. */
  readonly differences: readonly Problem[];
}

const lists = [
  ['rfc7489-icann', publicSuffixOrganizationalDomain({ privateDomains: false })],
  ['rfc7489-private', publicSuffixOrganizationalDomain({ privateDomains: true })],
] as const;

/**
 * What receivers of both generations make of one message, and where they part. Without results of SPF and DKIM it is a message that
 * nothing vouches for: the comparison then says what is asked to be done with forgeries.
 */
export async function compareGenerations(
  message: Pick<MessageIdentity, 'authorDomain'> & Partial<MessageIdentity>,
  resolver: Resolver,
): Promise<GenerationComparison> {
  const { authorDomain, auth = { dkim: [], spf: [] }, envelopeFrom } = message;
  const given = { authorDomain, auth, ...(envelopeFrom === undefined ? {} : { envelopeFrom }) };
  const lookup = recordLookup(resolver);
  const discovered = await discoverFacts(given, resolver, lookup);
  const walk = await walkTree(authorDomain, lookup);
  const answered = walk.steps.every(({ outcome }) => outcome !== 'unknown');
  const current = {
    receiver: 'rfc9989',
    organizationalDomain: answered ? organizationalDomainOfWalk(walk) : undefined,
    verdict: evaluateDmarc(discovered.facts),
    ...discovered,
  } as const;
  const views: GenerationView[] = [];
  for (const [receiver, rule] of lists) {
    const { policy, organizationalDomain } = await discoverLegacyPolicy(authorDomain, lookup, rule);
    const identifiers = identifiersOf(authorDomain, auth, rule, envelopeFrom);
    const facts: DmarcFacts = { receiver: 'rfc7489', policy, identifiers };
    views.push({ receiver, organizationalDomain, facts, verdict: evaluateDmarc(facts) });
  }
  const [icann, privateToo] = views as [GenerationView, GenerationView];
  return { current, legacy: [icann, privateToo], differences: differencesOf(current, icann, privateToo) };
}

function differencesOf(current: GenerationView, ...legacy: GenerationView[]): Problem[] {
  const differences: Problem[] = [];
  for (const view of legacy) {
    const add = (code: string, ours: string, theirs: string): void => {
      if (ours === theirs) return;
      const same = differences.find((known) => known.code === code && known.values?.['rfc7489'] === theirs);
      if (same !== undefined) return;
      differences.push({
        code,
        values: { rfc9989: ours, rfc7489: theirs, receiver: view.receiver },
        see: 'RFC 9989 §C.3',
      });
    };
    if (current.organizationalDomain !== undefined) {
      add('dmarc/generations-organizational-domain', current.organizationalDomain, view.organizationalDomain ?? '');
    }
    add('dmarc/generations-policy-domain', policyDomain(current), policyDomain(view));
    add('dmarc/generations-result', current.verdict.result, view.verdict.result);
    add('dmarc/generations-disposition', asked(current.verdict), asked(view.verdict));
  }
  return differences;
}

function policyDomain({ facts }: GenerationView): string {
  return typeof facts.policy === 'string' ? facts.policy : facts.policy.domain;
}

/** What is asked to be done: `reject`, `reject 20%` when `pct` leaves the rest out, `-` when nothing is. */
function asked({ disposition, sampling }: DmarcVerdict): string {
  return sampling === undefined ? (disposition ?? '-') : `${disposition} ${sampling.percent}%`;
}
