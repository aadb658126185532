// Mail that leans on the SPF record of a name: by its envelope, or by what its servers say after HELO (RFC 7208 §2.3, §2.4). The author
// domain may be another one, of another brand even: what `-all` ends at MAIL FROM does not ask who is in From. Nor does it matter which
// receivers took such mail so far: it may go to others next.
import { overlay, parseClientAddress, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import { compile, outcomeAt } from '../../../standards/spf/index.ts';
import type { Day } from '../../history.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import type { Standing } from '../../simulation/what-if/index.ts';
import { endedSpf } from './spf-wish.ts';

/** Mail of one stream and author domain under one SPF domain, some of which `-all` fails. */
export interface LeaningMail {
  /** Place in `streams` of the inventory. */
  readonly stream: number;
  readonly author: string;
  readonly standing: Standing;
  readonly messages: number;
  /** Messages that `-all` fails. */
  readonly failing: number;
}

/** Whether an address fails; `undefined` where the records do not tell. */
export type FailsAt = (address: string) => boolean | undefined;

/** Which addresses the SPF record of today would fail, did it end in `-all`. Nothing is told where it cannot be had. */
export async function failingUnderAll(domain: DomainName, resolver: Resolver): Promise<FailsAt> {
  try {
    const text = await endedSpf(domain, '-all', resolver);
    if (text === undefined) return () => undefined;
    const compiled = await compile(domain, overlay([{ name: domain, type: 'TXT', records: [[text]] }], resolver));
    return (client) => {
      const address = parseClientAddress(client);
      if (address === undefined) return undefined;
      const { result, depends } = outcomeAt(compiled, address);
      // Of a record in error nobody knows what it says once it is mended.
      const isTold = depends.length === 0 && result !== 'permerror' && result !== 'temperror';
      return isTold ? result === 'fail' : undefined;
    };
  } catch (error) {
    if (error instanceof ResolverError) return () => undefined;
    throw error;
  }
}

/**
 * Finds the mail that `-all` would fail, by SPF domain. Forged and forbidden mail is left out: to fail that is what the record is for.
 *
 * @param failing what the records of SPF domains that are asked about would fail; where they do not tell, what SPF did not let pass fails
 * @param since mail that was last seen before counts no more
 */
export function leaningMail(
  { combinations, dictionaries, streamOf, decisionOf, kindOf }: TakenInventory,
  failing: ReadonlyMap<string, FailsAt>,
  since: Day,
): Map<string, LeaningMail[]> {
  const byKey = new Map<string, { domain: string; mail: { -readonly [K in keyof LeaningMail]: LeaningMail[K] } }>();
  const named = new Map<number, readonly (readonly [domain: string, isPassed: boolean])[]>();
  const known = new Map([...failing.keys()].map((domain) => [domain, new Map<number, boolean | undefined>()]));
  const failsAt = (domain: string, source: number): boolean | undefined => {
    const of = known.get(domain)!;
    if (!of.has(source)) of.set(source, failing.get(domain)!(dictionaries.address(source) ?? ''));
    return of.get(source);
  };
  for (let row = 0; row < combinations.length; row++) {
    const auth = combinations.auth[row]!;
    let domains = named.get(auth);
    if (domains === undefined) {
      const found = new Map<string, boolean>();
      for (const { domain, result } of dictionaries.auth(auth)?.spf ?? [])
        if (domain !== undefined && failing.has(domain))
          found.set(domain, (found.get(domain) ?? true) && result === 'pass');
      named.set(auth, (domains = [...found]));
    }
    if (domains.length === 0 || combinations.lastDay[row]! < since) continue;
    const standing = standings[standingOf(decisionOf[row]!, kindOf[row]!)]!;
    if (standing === 'thought-forged' || standing === 'forbidden') continue;
    const stream = streamOf[row]!;
    const author = combinations.authorDomain[row]!;
    const messages = combinations.messages[row]!;
    for (const [domain, isPassed] of domains) {
      const lost = (failsAt(domain, combinations.source[row]!) ?? !isPassed) ? messages : 0;
      const key = `${stream} ${author} ${standing} ${domain}`;
      const of = byKey.get(key);
      if (of === undefined) {
        const mail = { stream, author: dictionaries.name(author) ?? '', standing, messages, failing: lost };
        byKey.set(key, { domain, mail });
      } else {
        of.mail.messages += messages;
        of.mail.failing += lost;
      }
    }
  }
  const found = new Map<string, LeaningMail[]>();
  for (const { domain, mail } of byKey.values()) {
    if (mail.failing === 0) continue;
    const list = found.get(domain);
    if (list === undefined) found.set(domain, [mail]);
    else list.push(mail);
  }
  return found;
}
