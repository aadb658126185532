// What is new since a moment: never seen before, gone silent, jumped in volume, and new in streams that are decided on.
import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';
import { parseDomainName } from '../../standards/dns/index.ts';
import type { Day, History } from '../history.ts';
import { askSeries } from './attribution/series.ts';
import { newSources } from './decisions/index.ts';
import type { NewSource } from './decisions/index.ts';
import { kinds } from './model.ts';
import type { Kind, MailStream } from './model.ts';
import { sourceLines } from './source-lines.ts';
import type { SourceLine } from './source-lines.ts';
import type { TakenInventory } from './take.ts';
import { jumpOf, silenceOf } from './volume.ts';
import type { Jump, Silence } from './volume.ts';

/** A selector under a domain of ours that mail was never seen signed with before. */
export interface NewSelector {
  readonly domain: string;
  readonly selector: string;
  readonly first: Day;
  readonly messages: number;
  /** Whether any of it held. What never held was made up, or is broken. */
  readonly held: boolean;
}

/** A name in From that was never seen before, and what most of its mail is. */
export interface NewAuthorDomain {
  readonly domain: string;
  readonly first: Day;
  readonly messages: number;
  readonly kind: Kind;
}

export interface Changes {
  readonly since: Day;
  readonly period: TakenInventory['period'];
  /** Sources never seen before, each with the stream of most of its mail. */
  readonly sources: readonly SourceLine[];
  readonly streams: readonly MailStream[];
  readonly selectors: readonly NewSelector[];
  readonly authorDomains: readonly NewAuthorDomain[];
  readonly silent: readonly ({ readonly stream: MailStream } & Silence)[];
  readonly jumped: readonly ({ readonly stream: MailStream } & Jump)[];
  /** Sources new in authorised streams, which no key and no network of ours vouches for. */
  readonly uninherited: readonly NewSource[];
}

/** @throws {StorageError} when the history cannot be read */
export async function changesSince(
  inventory: TakenInventory,
  history: History,
  since: Day,
  organizationalDomainOf: OrganizationalDomainOf = publicSuffixOrganizationalDomain(),
): Promise<Changes> {
  const { streams, streamOf, combinations, period } = inventory;
  const { index } = await askSeries(history, combinations, period);
  const series = index.byGroup((at) => streamOf[at]!, streams.length);
  const isOld = (stream: MailStream): boolean => stream.first < since;
  const mayBeMissed = ({ kind, decision }: MailStream): boolean =>
    decision === 'authorised' || (decision === 'undecided' && kind !== 'forged' && kind !== 'abused');
  const byMessages = (one: { stream: MailStream }, other: { stream: MailStream }): number =>
    other.stream.messages - one.stream.messages;
  const found = <T>(work: (stream: MailStream, at: number) => T | undefined): ({ stream: MailStream } & T)[] =>
    streams
      .flatMap((stream, at) => {
        const answer = isOld(stream) ? work(stream, at) : undefined;
        return answer === undefined ? [] : [{ stream, ...answer }];
      })
      .sort(byMessages);
  return {
    since,
    period,
    sources: sourceLines(inventory).filter(({ first, number }) => number !== 0 && first >= since),
    streams: streams.filter((stream) => !isOld(stream)),
    selectors: newSelectors(inventory, since, organizationalDomainOf),
    authorDomains: newAuthorDomains(inventory, since),
    silent: found((stream, at) =>
      mayBeMissed(stream) ? silenceOf(series[at]!, stream.rhythm, period.first, since) : undefined,
    ),
    jumped: found((stream, at) => jumpOf(series[at]!, stream.rhythm, period.first, since)),
    uninherited: newSources(inventory, inventory.rulings).filter(
      ({ decision, firstDay }) => decision.verdict === 'authorised' && firstDay >= since,
    ),
  };
}

function newSelectors(
  { combinations, dictionaries }: TakenInventory,
  since: Day,
  organizationalDomainOf: OrganizationalDomainOf,
): NewSelector[] {
  const orgs = new Map<string, string | undefined>();
  const org = (name: string): string | undefined => {
    if (!orgs.has(name)) {
      const parsed = parseDomainName(name);
      orgs.set(name, parsed.ok ? organizationalDomainOf(parsed.value) : undefined);
    }
    return orgs.get(name);
  };
  // Signatures of ours by the pair of what was signed and who wrote it.
  const signatures = new Map<number, { key: string; held: boolean }[]>();
  const found = new Map<string, { first: Day; messages: number; held: boolean }>();
  for (let at = 0; at < combinations.length; at++) {
    const pair = combinations.auth[at]! * 0x400_0000 + combinations.authorDomain[at]!;
    let ours = signatures.get(pair);
    if (ours === undefined) {
      const author = org(dictionaries.name(combinations.authorDomain[at]!) ?? '');
      ours = (dictionaries.auth(combinations.auth[at]!)?.dkim ?? []).flatMap(({ domain, selector, result }) => {
        if (domain === undefined || selector === undefined || selector === null || author === undefined) return [];
        if (org(domain) !== author) return [];
        return [{ key: `${selector} ${domain}`.toLowerCase(), held: result === 'pass' }];
      });
      signatures.set(pair, ours);
    }
    for (const { key, held } of ours) {
      const first = combinations.firstDay[at]!;
      const known = found.get(key);
      if (known === undefined) found.set(key, { first, messages: combinations.messages[at]!, held });
      else {
        known.first = Math.min(known.first, first);
        known.messages += combinations.messages[at]!;
        known.held ||= held;
      }
    }
  }
  return [...found]
    .filter(([, { first }]) => first >= since)
    .map(([key, sums]): NewSelector => {
      const blank = key.lastIndexOf(' ');
      return { domain: key.slice(blank + 1), selector: key.slice(0, blank), ...sums };
    })
    .sort((one, other) => Number(other.held) - Number(one.held) || other.messages - one.messages);
}

function newAuthorDomains({ combinations, dictionaries, kindOf }: TakenInventory, since: Day): NewAuthorDomain[] {
  const found = new Map<number, { first: Day; messages: number; kinds: Float64Array }>();
  for (let at = 0; at < combinations.length; at++) {
    const author = combinations.authorDomain[at]!;
    let known = found.get(author);
    if (known === undefined)
      found.set(author, (known = { first: Infinity, messages: 0, kinds: new Float64Array(kinds.length) }));
    known.first = Math.min(known.first, combinations.firstDay[at]!);
    known.messages += combinations.messages[at]!;
    known.kinds[kindOf[at]!]! += combinations.messages[at]! + 1e-6;
  }
  return [...found]
    .filter(([, { first }]) => first >= since)
    .map(([author, { first, messages, kinds: sums }]) => ({
      domain: dictionaries.name(author) ?? '',
      first,
      messages,
      kind: kinds[sums.indexOf(Math.max(...sums))]!,
    }))
    .sort((one, other) => other.messages - one.messages);
}
