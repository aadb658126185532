// What the snapshots of records tell attribution: which senders the SPF records of a domain name, where DKIM keys point to.
import { isSpfRecord } from '../../standards/spf/index.ts';
import type { KeptAnswer } from './names/index.ts';
import type { PublishedFacts } from './evidence.ts';

/** The types of records it is made from. */
export const publishedTypes = ['CNAME', 'TXT'] as const;

const keyLabel = '._domainkey.';

/** Reads kept answers of `publishedTypes`, in any order; others are passed over. */
export function publishedFacts(kept: Iterable<KeptAnswer>): PublishedFacts {
  const includes = new Map<string, Set<string>>();
  const aliases = new Map<string, string>();
  const selectors = new Map<string, string[]>();
  for (const { name, type, answer } of kept) {
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
      let names = includes.get(name);
      if (names === undefined) includes.set(name, (names = new Set()));
      // Whatever else is wrong with the record, what it names is named.
      for (const [, target = ''] of text.matchAll(/(?:^|\s)[+?~-]?(?:include:|redirect=)(\S+)/gi))
        names.add(target.toLowerCase().replace(/\.$/, ''));
    }
  }
  return {
    includes: (domain) => {
      const names = includes.get(domain);
      return names === undefined ? undefined : [...names];
    },
    alias: (name) => aliases.get(name),
    selectors: (domain) => selectors.get(domain) ?? [],
  };
}
