// Who mails as us, from the history: rows are worked out once a kind, places are pooled, lots are made and joined, and each stream is
// judged. Nothing here touches the network or the disk; whatever is known beside the rows is handed in.
import type { Columns, Dictionaries, History } from '../../history.ts';
import type { OrganizationalDomainOf } from '../../../standards/dmarc/index.ts';
import { publicSuffixOrganizationalDomain } from '../../../standards/dmarc/index.ts';
import type { AttributionEvidence } from '../evidence.ts';
import { inventoryDimensions, inventoryMeasures } from '../inventory.ts';
import type { Inventory, InventoryColumns } from '../inventory.ts';
import { selectorFamily } from '../selector-family.ts';
import { AuthFactsIndex, Names } from './facts.ts';
import { findHomes } from './homes.ts';
import { inOrder } from './in-order.ts';
import { makeLots } from './lots.ts';
import { askSeries } from './series.ts';
import { sumSources } from './source-sums.ts';
import { RowTypes } from './row-types.ts';
import type { SigningPair } from './row-types.ts';
import type { Sender } from '../senders/index.ts';
import type { StreamIdentity } from '../registry/index.ts';
import type { FoundStream } from './grouping.ts';
import { describeStreams } from './streams.ts';
import { Units } from './units.ts';
import type { KeyKeeper } from './units.ts';

/** An inventory, and what is to be kept of its streams so that they are known again. */
export interface Attribution extends Inventory {
  readonly found: readonly FoundStream[];
}

/**
 * Attributes everything the history holds.
 *
 * @param known the streams there ever were: a stream keeps its identity as sources come and go
 * @throws {StorageError} when the history cannot be read
 */
export async function attribute(
  history: History,
  evidence: AttributionEvidence,
  known: readonly StreamIdentity[] = [],
): Promise<Attribution> {
  const organizationalDomainOf = evidence.organizationalDomainOf ?? publicSuffixOrganizationalDomain();
  const [dictionaries, answer, policies, reasons] = await Promise.all([
    history.dictionaries(),
    history.ask({ by: inventoryDimensions, measures: inventoryMeasures }),
    history.ask({ by: ['policyDomain'], measures: ['messages'] }),
    history.ask({ by: ['source', 'reasons'], measures: ['messages'] }),
  ]);
  const columns = inOrder(answer);
  const own = new Set<string>();
  const ours = (name: string): void => {
    own.add(organizationalDomainOf(name as Parameters<OrganizationalDomainOf>[0]));
  };
  for (let at = 0; at < policies.length; at++) {
    const name = dictionaries.name(policies.policyDomain[at]!);
    if (name !== undefined && name !== '') ours(name);
  }
  for (const name of evidence.ownDomains) ours(name);
  const names = new Names(organizationalDomainOf, own);
  const { senders } = evidence;
  const rowTypes = new RowTypes(
    (domain) => senders.byDkim(domain)?.strength === 'service' || senders.byEnvelope(domain)?.strength === 'service',
  );
  const typeOf = rowTypes.of(columns, dictionaries, names, new AuthFactsIndex(dictionaries, names));
  const types = rowTypes.all;

  const sources = 1 + columns.source.reduce((a, b) => (b > a ? b : a), 0);
  const occurring = new Uint8Array(sources);
  for (let at = 0; at < columns.length; at++) occurring[columns.source[at]!] = 1;
  const units = new Units();
  const facts = units.facts(occurring, {
    dictionaries,
    networks: evidence.networks,
    reverse: evidence.reverse,
    senders: evidence.senders,
    declared: evidence.declared,
    ownDomain: (name) => names.of(name).own,
    orgOf: (name) => names.of(name).org,
    passedEnvelopes: passedEnvelopes(columns, types, typeOf),
    keyKeeper: keyKeepers(columns, types, typeOf, rowTypes.pairs, evidence),
  });
  const homes = findHomes(
    columns,
    types,
    typeOf,
    facts,
    units.all,
    rowTypes.pairs,
    ({ domain, family }) =>
      evidence.published.selectors(domain).some((selector) => selectorFamily(selector) === family),
    letsIn(evidence),
  );
  const forwarded = forwardedBySource(reasons, dictionaries, sources);
  const sums = sumSources(columns, types, typeOf, homes.roleOf, forwarded);
  const worked = { columns, types, typeOf, facts, homes, sums, pairs: rowTypes.pairs };
  const { lots, lotOf } = makeLots(worked, evidence.senders);
  // Asked for last: it is the greatest answer, and what went before need not be held beside the asking.
  const { index, period } = await askSeries(history, columns);
  const described = describeStreams({
    worked,
    lots,
    lotOf,
    index,
    period,
    dictionaries,
    own,
    evidence,
    known,
  });
  return { ...described, combinations: columns, dictionaries };
}

function passedEnvelopes(
  columns: InventoryColumns,
  types: RowTypes['all'],
  typeOf: Int32Array,
): (source: number) => ReadonlyMap<string, number> | undefined {
  const bySource = new Map<number, Map<string, number>>();
  for (let at = 0; at < columns.length; at++) {
    const { foreignPass } = types[typeOf[at]!]!;
    if (foreignPass === null) continue;
    const source = columns.source[at]!;
    let inside = bySource.get(source);
    if (inside === undefined) bySource.set(source, (inside = new Map()));
    inside.set(foreignPass.text, (inside.get(foreignPass.text) ?? 0) + columns.messages[at]!);
  }
  return (source) => bySource.get(source);
}

/** Whether the SPF record of a domain lets in a sender by its name; so it may when the record is not known. */
function letsIn({ published, senders }: AttributionEvidence): (domain: string, sender: Sender) => boolean {
  const known = new Map<string, ReadonlySet<string> | null>();
  const named = (domain: string): ReadonlySet<string> | null => {
    let found = known.get(domain);
    if (found !== undefined) return found;
    const first = published.includes(domain);
    const ids = new Set<string>();
    const seen = new Set<string>();
    const follow = (names: readonly string[]): void => {
      for (const name of names) {
        // RFC 7208 §4.6.4 allows ten look-ups; whatever names more is not followed for ever.
        if (seen.has(name) || seen.size >= 20) continue;
        seen.add(name);
        const match = senders.byInclude(name);
        if (match === undefined) follow(published.includes(name) ?? []);
        else ids.add(match.sender.id);
      }
    };
    if (first !== undefined) follow(first);
    found = first === undefined ? null : ids;
    known.set(domain, found);
    return found;
  };
  return (domain, { id }) => named(domain)?.has(id) ?? true;
}

/** By source: the sender that the keys belong to which it mostly signs with, where SPF agrees. */
function keyKeepers(
  columns: InventoryColumns,
  types: RowTypes['all'],
  typeOf: Int32Array,
  pairs: readonly SigningPair[],
  { published, senders }: AttributionEvidence,
): KeyKeeper {
  const keepers = pairs.map(({ domain, family }) => {
    for (const selector of published.selectors(domain)) {
      if (selectorFamily(selector) !== family) continue;
      const target = published.alias(`${selector}._domainkey.${domain}`);
      const match = target === undefined ? undefined : senders.byCname(target);
      if (match?.strength === 'service') return match.sender;
    }
    return undefined;
  });
  const bySource = new Map<number, Map<Sender, number>>();
  for (let at = 0; at < columns.length; at++) {
    const { pair, spf } = types[typeOf[at]!]!;
    const keeper = pair === null || !spf ? undefined : keepers[pair.number];
    if (keeper === undefined) continue;
    const source = columns.source[at]!;
    let inside = bySource.get(source);
    if (inside === undefined) bySource.set(source, (inside = new Map()));
    inside.set(keeper, (inside.get(keeper) ?? 0) + columns.messages[at]!);
  }
  return (source) => {
    const inside = bySource.get(source);
    return inside === undefined ? undefined : [...inside].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  };
}

/** Messages by source that receivers called forwarded, or a mailing list's. */
function forwardedBySource(
  reasons: Columns<'reasons' | 'source', 'messages'>,
  dictionaries: Dictionaries,
  sources: number,
): Float64Array {
  const sums = new Float64Array(sources);
  const says = new Map<number, boolean>();
  for (let at = 0; at < reasons.length; at++) {
    const number = reasons.reasons[at]!;
    if (number === 0) continue;
    let answer = says.get(number);
    if (answer === undefined) {
      answer = dictionaries
        .reasons(number)
        .some(({ type }) => type === 'forwarded' || type === 'mailing_list' || type === 'trusted_forwarder');
      says.set(number, answer);
    }
    if (answer) sums[reasons.source[at]!]! += reasons.messages[at]!;
  }
  return sums;
}
