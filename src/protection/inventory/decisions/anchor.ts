import { parseClientAddress } from '../../../standards/dns/index.ts';
import type { Inventory } from '../inventory.ts';
import { PrefixTable, parsePrefix } from '../network-table.ts';
import { AddressSet } from './address-set.ts';
import type { Anchor, Narrowing } from './model.ts';

/** A stream that is to be decided on, by its place in the inventory, and which part of it. */
export interface Part {
  readonly stream: number;
  readonly narrow: Narrowing;
}

/** What there is of a part now. */
export interface PartSeen {
  readonly anchor: Anchor;
  readonly messages: number;
  readonly rows: number;
}

/**
 * What a decision about each of these parts would be about: the signing of its stream, and the addresses the part has now. All
 * parts in one pass over the combinations.
 *
 * @returns in the order of `parts`
 */
export function partsSeen(
  inventory: Pick<Inventory, 'combinations' | 'dictionaries' | 'streamOf' | 'streams'>,
  parts: readonly Part[],
): PartSeen[] {
  const { combinations, dictionaries, streamOf, streams } = inventory;
  const open = parts.map(({ narrow }) => ({
    ids: new Set<number>(),
    messages: 0,
    rows: 0,
    domains: narrow.authorDomains.length === 0 ? undefined : new Set(narrow.authorDomains),
    named: tableOf(narrow.sources),
  }));
  const byStream = new Map<number, (typeof open)[number][]>();
  for (const [at, { stream }] of parts.entries()) {
    const list = byStream.get(stream);
    if (list === undefined) byStream.set(stream, [open[at]!]);
    else list.push(open[at]!);
  }
  for (let row = 0; row < combinations.length; row++) {
    for (const part of byStream.get(streamOf[row]!) ?? []) {
      const source = combinations.source[row]!;
      if (part.domains !== undefined && !part.domains.has(dictionaries.name(combinations.authorDomain[row]!) ?? ''))
        continue;
      if (part.named !== undefined) {
        const address = parseClientAddress(dictionaries.address(source) ?? '');
        if (address === undefined || !part.named.holds(address)) continue;
      }
      part.ids.add(source);
      part.messages += combinations.messages[row]!;
      part.rows += combinations.rows[row]!;
    }
  }
  return parts.map(({ stream }, at) => {
    const { ids, messages, rows } = open[at]!;
    const signing = (streams[stream]?.setUp.signing ?? []).flatMap(({ domain, selectors }) =>
      selectors.filter((family) => family !== '').map((family) => ({ domain, family })),
    );
    return {
      anchor: { signing, sources: AddressSet.of(ids.values().map((id) => dictionaries.address(id))) },
      messages,
      rows,
    };
  });
}

function tableOf(sources: readonly string[]): PrefixTable<true> | undefined {
  if (sources.length === 0) return undefined;
  const table = new PrefixTable<true>();
  for (const text of sources) {
    const prefix = parsePrefix(text);
    if (prefix !== undefined) table.add(prefix, true);
  }
  return table;
}
