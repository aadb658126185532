// Names of declared addresses: an address that the organisation says mails as it, with a name of ours that leads back to it, is a server that
// very likely greets with that name, whether or not a report has shown it yet (RFC 5321 §4.1.1.1 asks for the name of the host).
import { formatAddress, parseClientAddress } from '../../../standards/dns/index.ts';
import type { KeptAnswer } from '../../inventory/index.ts';
import type { Declaration } from '../../inventory/declared/index.ts';
import { parsePrefix, PrefixTable, ReverseNames } from '../../inventory/index.ts';

/**
 * The names of addresses in declared networks, by name in lower case, with these addresses. Only names that lead back: anyone may call an
 * address of theirs by a name of ours.
 *
 * @param kept answers of `reverseNameTypes`
 * @param isOurs whether a name is at or below a domain of ours
 */
export function declaredNames(
  declarations: readonly Pick<Declaration, 'networks'>[],
  kept: readonly KeptAnswer[],
  isOurs: (name: string) => boolean,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const declared = new PrefixTable<true>();
  for (const { networks } of declarations) {
    for (const text of networks) {
      const prefix = parsePrefix(text);
      if (prefix !== undefined) declared.add(prefix, true);
    }
  }
  const names = new ReverseNames(kept);
  for (const { name: reverse, type } of kept) {
    if (type !== 'PTR') continue;
    const text = addressOf(reverse);
    const address = text === undefined ? undefined : parseClientAddress(text);
    if (text === undefined || address === undefined || !declared.holds(address)) continue;
    for (const { name, confirmed } of names.of(text)?.names ?? []) {
      if (confirmed !== true || !isOurs(name.toLowerCase())) continue;
      const folded = name.toLowerCase();
      let addresses = found.get(folded);
      if (addresses === undefined) found.set(folded, (addresses = new Set()));
      addresses.add(formatAddress(address));
    }
  }
  return found;
}

/** The address whose name a reverse name gives (RFC 1035 §3.5, RFC 3596 §2.5); `undefined` for what is not of one whole address. */
export function addressOf(reverse: string): string | undefined {
  const labels = reverse.toLowerCase().split('.');
  const zone = labels.slice(-2).join('.');
  const parts = labels.slice(0, -2).reverse();
  if (zone === 'in-addr.arpa')
    return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
      ? parts.join('.')
      : undefined;
  if (zone !== 'ip6.arpa' || parts.length !== 32 || !parts.every((part) => /^[0-9a-f]$/.test(part))) return undefined;
  return Array.from({ length: 8 }, (_, at) => parts.slice(at * 4, at * 4 + 4).join('')).join(':');
}
