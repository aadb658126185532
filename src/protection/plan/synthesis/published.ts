// What stands at a domain and on the pages of a chain that was made here before, so that a new one can be laid around it.
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import { addressesOf, selectRecord } from '../../../standards/spf/index.ts';
import type { SpfRecord } from '../../../standards/spf/index.ts';
import { textRecordBytes } from './layout.ts';
import type { Page } from './layout.ts';

/** A domain's record and its pages as they are published. */
export interface PublishedChain {
  /** The domain's own record first; none when there is no record, or several, or one that cannot be read. */
  readonly pages: readonly Page[];
  /** The texts of these, in the same order. */
  readonly texts: readonly string[];
  /** SPF records that stand at the domain. */
  readonly recordsThere: number;
  /** Bytes that the other TXT records of the domain take in an answer. */
  readonly otherBytes: number;
}

/** No domain has more: a receiver asks ten times. */
const maxPages = 99;

/**
 * Reads the record of a domain and the pages `_spf1`, `_spf2`, … that it leads to.
 *
 * @throws {ResolverError} when the DNS does not answer: what is there is then not known
 */
export async function publishedChain(domain: DomainName, resolver: Resolver): Promise<PublishedChain> {
  const answer = await resolver(domain, 'TXT');
  const selection = selectRecord(answer);
  const records = answer.kind === 'records' ? answer.records : [];
  const others = records.filter((strings) => !/^v=spf1(?: |$)/i.test(strings.join('')));
  const otherBytes = others.reduce((sum, strings) => sum + textRecordBytes(strings), 0);
  const recordsThere = records.length - others.length;
  if (selection.kind !== 'one' || !selection.reading.ok) return { pages: [], texts: [], recordsThere, otherBytes };
  const pages: Page[] = [];
  const texts: string[] = [];
  const seen = new Set<string>();
  const ownPage = new RegExp(`^_spf\\d{1,4}\\.${domain.replaceAll('.', '\\.')}$`);
  const waiting: { name: string; text: string; record: SpfRecord }[] = [
    { name: domain, text: selection.text, record: selection.reading.value },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { name, text, record } = next;
    const networks = [];
    const includes: string[] = [];
    const links: string[] = [];
    for (const term of record.directives) {
      if (term.kind === 'all') break;
      if ('network' in term && term.qualifier === '+') networks.push(term.network);
      if (term.kind !== 'include' || term.domain.fixed === undefined) continue;
      if (ownPage.test(term.domain.fixed)) links.push(term.domain.fixed);
      else includes.push(term.domain.fixed);
    }
    pages.push({ name, addresses: addressesOf(networks), includes });
    texts.push(text);
    for (const link of links) {
      if (seen.has(link) || seen.size >= maxPages) continue;
      seen.add(link);
      const there = selectRecord(await resolver(link, 'TXT'));
      if (there.kind === 'one' && there.reading.ok) {
        waiting.push({ name: link, text: there.text, record: there.reading.value });
      }
    }
  }
  return { pages, texts, recordsThere, otherBytes };
}

/** The senders' records that a domain's own SPF record includes, in order: what a new one is to keep when nothing else is said. */
export async function publishedIncludes(domain: DomainName, resolver: Resolver): Promise<string[]> {
  const { pages } = await publishedChain(domain, resolver);
  return [...new Set(pages.flatMap(({ includes }) => includes))];
}
