// What the snapshots of records tell attribution: which senders the SPF records of a domain name, where DKIM keys point to, which names
// nobody mails as.
import { isSpfRecord } from '../../standards/spf/index.ts';
import type { KeptAnswer } from './names/index.ts';
import type { PublishedFacts } from './evidence.ts';

/** The types of records it is made from. */
export const publishedTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'TXT'] as const;

const keyLabel = '._domainkey.';

/** Reads kept answers of `publishedTypes`, in any order; others are passed over. */
export function publishedFacts(kept: Iterable<KeptAnswer>): PublishedFacts {
  const includes = new Map<string, Set<string>>();
  const aliases = new Map<string, string>();
  const selectors = new Map<string, string[]>();
  const names = new KnownNames();
  const silent = new Map<string, boolean>();
  for (const { name, type, answer } of kept) {
    names.add(name, type, answer.kind);
    const target = answer.aliases[0];
    if (target !== undefined) aliases.set(name, target);
    if (answer.kind !== 'records') continue;
    const at = name.indexOf(keyLabel);
    if (at > 0) {
      const domain = name.slice(at + keyLabel.length);
      const list = selectors.get(domain);
      if (list === undefined) selectors.set(domain, [name.slice(0, at)]);
      else if (!list.includes(name.slice(0, at))) list.push(name.slice(0, at));
      if (type === 'CNAME' && typeof answer.records[0] === 'string') aliases.set(name, answer.records[0]);
      continue;
    }
    if (type !== 'TXT') continue;
    for (const record of answer.records) {
      const text = typeof record === 'string' ? record : Array.isArray(record) ? record.join('') : '';
      if (!isSpfRecord(text)) continue;
      silent.set(name, silent.get(name) !== false && /^v=spf1 +-all *$/i.test(text));
      let named = includes.get(name);
      if (named === undefined) includes.set(name, (named = new Set()));
      // Whatever else is wrong with the record, what it names is named.
      for (const [, target = ''] of text.matchAll(/(?:^|\s)[+?~-]?(?:include:|redirect=)(\S+)/gi))
        named.add(target.toLowerCase().replace(/\.$/, ''));
    }
  }
  return {
    includes: (domain) => {
      const named = includes.get(domain);
      return named === undefined ? undefined : [...named];
    },
    alias: (name) => aliases.get(name),
    selectors: (domain) => selectors.get(domain) ?? [],
    isAbsent: (name) => names.isAbsent(name),
    neverMails: (domain) => silent.get(domain) === true,
  };
}

/** Which names there were, on any day. */
class KnownNames {
  readonly #existing = new Set<string>();
  /** Names that were asked for and did not exist. */
  readonly #refused = new Set<string>();
  /** Zones that were kept whole: their SOA is among what was kept, which no look asks for. */
  readonly #whole = new Set<string>();
  readonly #delegated = new Set<string>();

  add(name: string, type: KeptAnswer['type'], kind: KeptAnswer['answer']['kind']): void {
    if (kind === 'no-such-name') {
      this.#refused.add(name);
      return;
    }
    if (type === 'SOA' && kind === 'records') this.#whole.add(name);
    if (type === 'NS' && kind === 'records') this.#delegated.add(name);
    // Whatever lies between a name and the root exists too (RFC 8020 §2).
    for (let at = name; at !== '' && !this.#existing.has(at); at = parentOf(at)) this.#existing.add(at);
  }

  isAbsent(name: string): boolean {
    if (this.#existing.has(name)) return false;
    for (let at = parentOf(name), isAbove = false; at !== ''; at = parentOf(at)) {
      // A wildcard stands for all names below the nearest one there is (RFC 4592 §3.3.1).
      if (!isAbove && this.#existing.has(at)) {
        if (this.#existing.has(`*.${at}`)) return false;
        isAbove = true;
      }
      if (this.#whole.has(at)) return true;
      // Below a delegation another zone tells.
      if (this.#delegated.has(at)) break;
    }
    return this.#refused.has(name);
  }
}

function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}
