// Where a source stands: at a sender of the catalogue, or in a network. What is known of a place is pooled over its addresses.
import { parseClientAddress } from '../../../standards/dns/index.ts';
import { PrefixTable, parsePrefix } from '../network-table.ts';
import type { Dictionaries } from '../../history.ts';
import type { NetworkFacts, ReverseFact } from '../evidence.ts';
import type { SenderCatalogue, Sender } from '../senders/index.ts';
import type { DeclaredSender } from '../evidence.ts';

/** A place that mail comes from: a sender's servers, or a network. */
export interface Unit {
  readonly number: number;
  readonly key: string;
  readonly sender: Sender | null;
  readonly network: NetworkFacts | null;
}

/** What is known of an address whatever it mails. */
export interface SourceFacts {
  readonly unit: Unit;
  readonly reverse: ReverseFact | undefined;
  /** Its confirmed reverse name lies below a domain of ours. */
  readonly ownName: boolean;
  /** So it does, and it is the name of a machine, not of a line that is numbered. */
  readonly ownMachine: boolean;
  /** Its name, be it confirmed or not, is that of a numbered line. */
  readonly isLine: boolean;
  /** The organizational domain of its confirmed name, where that is not a numbered line's. */
  readonly server: string | null;
  /** Declarations whose networks hold it. */
  readonly declared: readonly DeclaredSender[];
  /** By what the sender was recognised. */
  readonly recognisedBy: 'address' | 'asn' | 'envelope' | 'key' | 'reverse' | null;
}

/** Envelope domains that passed SPF from an address, with their messages: they show whose servers it is one of. */
export type PassedEnvelopes = (source: number) => ReadonlyMap<string, number> | undefined;

/** The sender that keeps the keys of ours that an address signs with, where SPF agrees: only the sender can sign with them. */
export type KeyKeeper = (source: number) => Sender | undefined;

/** Works out the facts of addresses. */
export class Units {
  readonly all: Unit[] = [];
  readonly #byKey = new Map<string, Unit>();

  /** @returns facts by source number; `undefined` where a source does not occur */
  facts(
    occurring: Uint8Array,
    evidence: {
      readonly dictionaries: Dictionaries;
      readonly networks: (address: string) => NetworkFacts | undefined;
      readonly reverse: (address: string) => ReverseFact | undefined;
      readonly senders: SenderCatalogue;
      readonly declared: readonly DeclaredSender[];
      readonly ownDomain: (name: string) => boolean;
      readonly orgOf: (name: string) => string;
      readonly passedEnvelopes: PassedEnvelopes;
      readonly keyKeeper: KeyKeeper;
    },
  ): (SourceFacts | undefined)[] {
    const { dictionaries, senders } = evidence;
    const ranges = new PrefixTable<DeclaredSender>();
    for (const entry of evidence.declared)
      for (const text of entry.networks) {
        const prefix = parsePrefix(text);
        if (prefix !== undefined) ranges.add(prefix, entry);
      }
    const facts: (SourceFacts | undefined)[] = Array.from(occurring, () => undefined);
    for (let source = 0; source < occurring.length; source++) {
      if (occurring[source] === 0) continue;
      const address = dictionaries.address(source) ?? '';
      const parsed = parseClientAddress(address);
      const network = evidence.networks(address) ?? null;
      const reverse = evidence.reverse(address);
      const confirmedName = reverse?.confirmed === true ? reverse.name : null;
      const declared = parsed === undefined ? [] : [...ranges.find(parsed)];
      let recognisedBy: SourceFacts['recognisedBy'] = null;
      let sender: Sender | null = null;
      const recognise = (
        by: NonNullable<SourceFacts['recognisedBy']>,
        match: ReturnType<SenderCatalogue['byAsn']>,
      ): void => {
        if (sender !== null || match === undefined || match.strength !== 'service') return;
        sender = match.sender;
        recognisedBy = by;
      };
      recognise('address', parsed === undefined ? undefined : senders.byAddress(parsed));
      if (confirmedName !== null) recognise('reverse', senders.byReverse(confirmedName));
      if (network !== null && network.asn > 0) recognise('asn', senders.byAsn(network.asn));
      if (sender === null) {
        let most = 0;
        for (const [domain, messages] of evidence.passedEnvelopes(source) ?? []) {
          const match = senders.byEnvelope(domain);
          if (match?.strength !== 'service' || messages <= most) continue;
          most = messages;
          sender = match.sender;
          recognisedBy = 'envelope';
        }
      }
      // Where anyone may rent a machine, a key that a service keeps shows whose it is; in a network of ours it might be passed on.
      if (sender === null && network !== null && senders.byAsn(network.asn)?.strength === 'place') {
        const keeper = evidence.keyKeeper(source);
        if (keeper !== undefined) [sender, recognisedBy] = [keeper, 'key'];
      }
      const isLine = typeof reverse?.name === 'string' && isLineName(reverse.name, address);
      const ownName = confirmedName !== null && evidence.ownDomain(confirmedName);
      facts[source] = {
        unit: this.#unit(sender, network, address),
        reverse,
        ownName,
        isLine,
        server: confirmedName === null || isLine ? null : evidence.orgOf(confirmedName),
        ownMachine: ownName && !isLine,
        declared,
        recognisedBy,
      };
    }
    return facts;
  }

  #unit(sender: Sender | null, network: NetworkFacts | null, address: string): Unit {
    // An address of which nothing is known stands with its neighbours; the country alone is nobody's name.
    const key =
      sender !== null
        ? `sender ${(sender as Sender).id}`
        : network !== null && (network.asn > 0 || network.name !== '')
          ? `network ${network.asn} ${network.name}`
          : `addresses ${address.includes(':') ? address.split(':').slice(0, 3).join(':') : address.split('.').slice(0, 2).join('.')}`;
    let unit = this.#byKey.get(key);
    if (unit === undefined) {
      unit = { number: this.all.length, key, sender, network: sender === null ? network : null };
      this.all.push(unit);
      this.#byKey.set(key, unit);
    }
    return unit;
  }
}

/** Whether a reverse name is that of a numbered line (`ip-192-0-2-7.access.…`, `dsl3.…`) rather than of a machine that was given one. */
export function isLineName(name: string, address: string): boolean {
  const labels = name.split('.');
  if (
    labels.some((label) =>
      /^(?:access|adsl|broadband|cable|client|customers?|dhcp|dial(?:in|up)?|dsl|dyn(?:amic)?|fiber|fttx?|glas|home|ppp(?:oe)?|pool|vdsl|wlan|[a-z]*lines?|dip\d*)\d*$/.test(
        label,
      ),
    )
  )
    return true;
  if (address.includes(':')) return /(?:[0-9a-f]{4}[.-]?){4}/.test(name);
  const parts = address.split('.');
  const numbers = name
    .split(/\D+/)
    .filter((text) => text !== '')
    .map(Number);
  // The address itself, from either end, whole or its last half.
  const has = (wanted: readonly number[]): boolean =>
    numbers.some((_, at) => wanted.every((number, step) => numbers[at + step] === number));
  const octets = parts.map(Number);
  return (
    has(octets.slice(2)) ||
    has(octets.slice(2).reverse()) ||
    name.includes(octets.map((each) => String(each).padStart(3, '0')).join(''))
  );
}
