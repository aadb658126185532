import { parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpAddress } from '../../../standards/dns/index.ts';
import { senders } from './all.ts';
import { askWhether } from './define.ts';
import type { MatchStrength, OwnSender, Recognition, Sender, SenderMatch } from './model.ts';
import { PatternIndex, PrefixIndex, SuffixIndex } from './suffixes.ts';

/** The senders known, to be asked by what rows, records and reverse names show. No question looks through the whole list. */
export interface SenderCatalogue {
  /** Everyone in it: the shipped ones as one's own entries completed them, then one's own, then imported ones. */
  readonly senders: readonly Sender[];
  byId(id: string): Sender | undefined;
  /** By a signing domain (`d=`); where that is nobody's, by the selector, which is no more than a habit. */
  byDkim(domain: string, selector?: string): SenderMatch | undefined;
  /** By an envelope domain, or the name of a HELO; where that is nobody's, by its first label, which is a habit. */
  byEnvelope(domain: string): SenderMatch | undefined;
  /** By a reverse name. The caller has seen to it that it is forward-confirmed: anyone can call an address anything. */
  byReverse(name: string): SenderMatch | undefined;
  byAsn(asn: number): SenderMatch | undefined;
  /** By the target of an `include` or `redirect` of an SPF record. */
  byInclude(domain: string): SenderMatch | undefined;
  /** By the target of a CNAME under `_domainkey`, or of a return path. */
  byCname(target: string): SenderMatch | undefined;
  /** By the networks that senders publish as their own. `undefined` for a text that is no address, too. */
  byAddress(address: IpAddress | string): SenderMatch | undefined;
}

/** What to put in a catalogue beside the shipped senders. */
export interface CatalogueOptions {
  /** Entries of one's own: they come before the shipped ones where both claim the same name. */
  readonly own?: readonly OwnSender[];
  /** Senders of an imported map: they come last. */
  readonly imported?: readonly Sender[];
  /** Instead of the shipped ones: for tests. */
  readonly shipped?: readonly Sender[];
}

/** Builds a catalogue. Of entries for the same name the earlier wins: one's own, then shipped, then imported. */
export function senderCatalogue(options: CatalogueOptions = {}): SenderCatalogue {
  const shipped = new Map((options.shipped ?? senders).map((sender) => [sender.id, sender]));
  const added: Sender[] = [];
  const own: Sender[] = [];
  for (const entry of options.own ?? []) {
    const known = shipped.get(entry.id);
    const sender = completed(entry, known);
    if (known === undefined) added.push(sender);
    else shipped.set(entry.id, sender);
    own.push(sender);
  }
  const imported = (options.imported ?? []).filter(({ id }) => !shipped.has(id));
  const everyone = [...shipped.values(), ...added, ...imported];
  const byId = new Map(everyone.map((sender) => [sender.id, sender]));
  const dkim = new SuffixIndex();
  const selectors = new PatternIndex();
  const envelopes = new SuffixIndex();
  const envelopeLabels = new PatternIndex();
  const reverse = new SuffixIndex();
  const includes = new SuffixIndex();
  const cnames = new SuffixIndex();
  const networks = new PrefixIndex();
  const asns = new Map<number, SenderMatch>();
  const index = (sender: Sender, recognise: Partial<Recognition>): void => {
    const put = (
      into: { add(entry: string, match: SenderMatch): unknown },
      entries: readonly string[] | undefined,
      strength: MatchStrength,
    ): void => {
      for (const entry of entries ?? []) into.add(entry, { sender, strength, entry });
    };
    put(dkim, recognise.dkim, 'service');
    put(selectors, recognise.selectors, 'habit');
    put(envelopes, recognise.returnPath, 'service');
    put(envelopeLabels, recognise.envelopeLabels, 'habit');
    put(reverse, recognise.reverse, 'service');
    put(reverse, recognise.rented, 'place');
    put(includes, recognise.spf, 'service');
    put(cnames, recognise.cname, 'service');
    put(networks, recognise.networks, 'service');
    for (const asn of recognise.asns ?? []) {
      const strength: MatchStrength = rentsMachines(sender) ? 'place' : 'service';
      if (!asns.has(asn)) asns.set(asn, { sender, strength, entry: `AS${asn}` });
    }
  };
  for (const [at, entry] of (options.own ?? []).entries()) {
    const sender = own[at];
    if (sender !== undefined) index(byId.get(sender.id) ?? sender, entry.recognise);
  }
  for (const sender of everyone) index(sender, sender.recognise);
  return {
    senders: everyone,
    byId: (id) => byId.get(id),
    byDkim: (domain, selector) => dkim.find(domain) ?? (selector === undefined ? undefined : selectors.find(selector)),
    byEnvelope(domain) {
      const found = envelopes.find(domain);
      if (found !== undefined) return found;
      const [label = '', ...rest] = domain.split('.');
      // A return path of one's own is a name below one's domain, never the domain itself.
      return rest.length >= 2 ? envelopeLabels.find(label) : undefined;
    },
    byReverse: (name) => reverse.find(name),
    byAsn: (asn) => asns.get(asn),
    byInclude: (domain) => includes.find(domain),
    byCname: (target) => cnames.find(target),
    byAddress(address) {
      const parsed = typeof address === 'string' ? parseClientAddress(address) : address;
      return parsed === undefined ? undefined : networks.find(parsed);
    },
  };
}

/** Of these an autonomous system is full of strangers' machines. */
function rentsMachines({ category }: Sender): boolean {
  return category === 'hosting' || category === 'cloud' || category === 'access';
}

/** An entry of one's own as a sender: what it does not say comes from the shipped one, or is the most cautious thing. */
function completed(entry: OwnSender, known: Sender | undefined): Sender {
  const all = (field: keyof Recognition): readonly never[] =>
    [...new Set([...(entry.recognise[field] ?? []), ...(known?.recognise[field] ?? [])])] as never[];
  const passesOn = entry.passesOn ?? known?.passesOn;
  return {
    id: entry.id,
    name: entry.name ?? known?.name ?? entry.id,
    category: entry.category ?? known?.category ?? 'software',
    website: entry.website ?? known?.website ?? '',
    recognise: {
      dkim: all('dkim'),
      selectors: all('selectors'),
      spf: all('spf'),
      returnPath: all('returnPath'),
      envelopeLabels: all('envelopeLabels'),
      cname: all('cname'),
      reverse: all('reverse'),
      rented: all('rented'),
      asns: all('asns'),
      networks: all('networks'),
    },
    // Addresses that may be others' too prove nothing: the cautious answer where nobody said.
    shared: entry.shared ?? known?.shared ?? true,
    ...(passesOn === undefined ? {} : { passesOn }),
    align: {
      spf: entry.align?.spf ?? known?.align.spf ?? 'unknown',
      dkim: entry.align?.dkim ?? known?.align.dkim ?? 'unknown',
      how: entry.align?.how ?? known?.align.how ?? askWhether(),
    },
    sources: entry.sources ?? known?.sources ?? [],
  };
}
