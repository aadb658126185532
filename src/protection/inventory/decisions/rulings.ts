import { alignmentOf } from '../../../standards/dmarc/index.ts';
import type { OrganizationalDomainOf } from '../../../standards/dmarc/index.ts';
import { parseDomainName } from '../../../standards/dns/index.ts';
import type { AuthResults } from '../../../standards/reports/index.ts';
import { alignmentBits } from '../../history.ts';
import type { Day } from '../../history.ts';
import type { Inventory } from '../inventory.ts';
import { decisionVerdicts } from '../model.ts';
import type { MailStream } from '../model.ts';
import { signingKey } from './book.ts';
import type { DecisionBook, Ruling } from './book.ts';
import type { Decision } from './model.ts';

/**
 * The aligned, passing signatures of a row, as a decision is inherited by them. Relaxed alignment (RFC 9989 §4.4.1): what a receiver
 * would go by.
 */
export function alignedSigning(
  authorDomain: string,
  auth: Pick<AuthResults, 'dkim'> | undefined,
  organizationalDomainOf: OrganizationalDomainOf,
): string[] {
  const author = parseDomainName(authorDomain);
  if (!author.ok || auth === undefined) return [];
  return auth.dkim.flatMap(({ domain, selector, result }) => {
    if (result !== 'pass' || domain === undefined) return [];
    const signer = parseDomainName(domain);
    if (!signer.ok || alignmentOf(author.value, signer.value, organizationalDomainOf) === 'none') return [];
    return [signingKey(signer.value, selector)];
  });
}

/** What holds for every combination of an inventory. */
export interface Rulings {
  /** By combination: place in `decisionVerdicts`. */
  readonly verdictOf: Uint8Array;
  /** By combination. */
  readonly ruling: (row: number) => Ruling;
}

type Ruled = Pick<Inventory, 'combinations' | 'dictionaries' | 'streamOf'> & {
  readonly streams: readonly Pick<MailStream, 'id'>[];
};

/** Asks the book about every combination, once. */
export function rulingsOf(
  { combinations, dictionaries, streamOf, streams }: Ruled,
  book: DecisionBook,
  organizationalDomainOf: OrganizationalDomainOf,
): Rulings {
  const { length, source, auth, authorDomain, alignment } = combinations;
  const verdictOf = new Uint8Array(length);
  const numbers = new Uint32Array(length);
  const places = new Map<Ruling, number>();
  const all: Ruling[] = [];
  const signing = new Map<number, string[]>();
  const none: string[] = [];
  const undecided = decisionVerdicts.indexOf('undecided');
  for (let row = 0; row < length; row++) {
    let signed = none;
    // Rows without an aligned signature, most of what is forged, need not be looked at again.
    if ((alignment[row]! & alignmentBits.dkimRelaxed) !== 0) {
      const pair = auth[row]! * 0x400_0000 + authorDomain[row]!;
      const known = signing.get(pair);
      if (known === undefined) {
        const domain = dictionaries.name(authorDomain[row]!) ?? '';
        signed = alignedSigning(domain, dictionaries.auth(auth[row]!), organizationalDomainOf);
        signing.set(pair, signed);
      } else signed = known;
    }
    const ruling = book.ruling({
      stream: streams[streamOf[row]!]?.id ?? '',
      source: dictionaries.address(source[row]!),
      authorDomain: dictionaries.name(authorDomain[row]!) ?? '',
      signing: signed,
    });
    let place = places.get(ruling);
    if (place === undefined) places.set(ruling, (place = all.push(ruling) - 1));
    numbers[row] = place;
    const verdict = decisionVerdicts.indexOf(ruling.verdict);
    verdictOf[row] = verdict === -1 ? undecided : verdict;
  }
  return { verdictOf, ruling: (row) => all[numbers[row]!]! };
}

/** A source that came to a stream after it was decided on, and that no key and no network of ours vouches for. */
export interface NewSource {
  /** Its place in `streams`. */
  readonly stream: number;
  /** `undefined` for rows that have no address. */
  readonly source: string | undefined;
  /** The decision that would hold if it had been there. */
  readonly decision: Decision;
  readonly messages: number;
  readonly rows: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly authorDomains: readonly string[];
}

/** Sources that are new in decided streams: those of authorised streams first, then by messages. */
export function newSources({ combinations, dictionaries, streamOf }: Ruled, rulings: Rulings): NewSource[] {
  const found = new Map<string, { -readonly [K in keyof NewSource]: NewSource[K] } & { domains: Set<string> }>();
  for (let row = 0; row < combinations.length; row++) {
    const { ground, decision } = rulings.ruling(row);
    if (ground !== 'new' || decision === undefined) continue;
    const source = combinations.source[row]!;
    const key = `${streamOf[row]!} ${source} ${decision.id}`;
    let entry = found.get(key);
    if (entry === undefined) {
      entry = {
        stream: streamOf[row]!,
        source: dictionaries.address(source),
        decision,
        messages: 0,
        rows: 0,
        firstDay: Infinity,
        lastDay: -Infinity,
        authorDomains: [],
        domains: new Set(),
      };
      found.set(key, entry);
    }
    entry.messages += combinations.messages[row]!;
    entry.rows += combinations.rows[row]!;
    entry.firstDay = Math.min(entry.firstDay, combinations.firstDay[row]!);
    entry.lastDay = Math.max(entry.lastDay, combinations.lastDay[row]!);
    entry.domains.add(dictionaries.name(combinations.authorDomain[row]!) ?? '');
  }
  const rank = ({ verdict }: Decision): number => (verdict === 'authorised' ? 0 : 1);
  return [...found.values()]
    .map(({ domains, ...entry }): NewSource => ({ ...entry, authorDomains: [...domains].sort() }))
    .sort(
      (one, other) =>
        rank(one.decision) - rank(other.decision) ||
        other.messages - one.messages ||
        ((one.source ?? '') < (other.source ?? '') ? -1 : 1),
    );
}
