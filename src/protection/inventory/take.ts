// The inventory of an organisation: what is remembered of it is gathered as evidence, everything seen is attributed, what people
// decided is laid over it, and what streams there are is kept.
import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';
import type { RecordType } from '../../standards/dns/index.ts';
import type { History } from '../history.ts';
import { attribute } from './attribution/index.ts';
import type { Attribution, FoundStream } from './attribution/index.ts';
import { declaredSenders, exclusiveNetworks } from './declared/index.ts';
import type { Declaration } from './declared/index.ts';
import { DecisionBook, rulingsOf } from './decisions/index.ts';
import type { Decision, Rulings } from './decisions/index.ts';
import type { NetworkFacts } from './evidence.ts';
import type { Inventory } from './inventory.ts';
import { decisionVerdicts } from './model.ts';
import type { DecisionVerdict, MailStream } from './model.ts';
import { ReverseNames, reverseNameTypes } from './names/index.ts';
import type { KeptAnswer } from './names/index.ts';
import type { Party } from './parties/index.ts';
import { publishedFacts, publishedTypes } from './published.ts';
import { guessPurpose } from './purpose/index.ts';
import { streamDescent } from './registry/index.ts';
import type { StreamIdentity } from './registry/index.ts';
import { mapSenders, senderCatalogue } from './senders/index.ts';
import type { MapEntry, OwnSender, SenderCatalogue } from './senders/index.ts';

/** What of the register the inventory is made from, and what it keeps there. */
export interface InventoryRegister {
  readonly streams: { load(): readonly StreamIdentity[]; keep(found: readonly FoundStream[]): number };
  readonly declared: { list(): readonly Declaration[] };
  readonly decisions: { list(): readonly Decision[] };
  readonly parties: { list(): readonly Party[] };
  readonly senders: { own(): readonly OwnSender[]; map(): readonly MapEntry[] };
  readonly portfolio: { list(): readonly { readonly domain: string }[] };
  readonly snapshots: {
    ofTypes(types: readonly Exclude<RecordType, 'DNSKEY' | 'DS' | 'TLSA'>[]): readonly KeptAnswer[];
    stamp(): string;
  };
}

export interface TakeInventoryOptions {
  readonly networks: (address: string) => NetworkFacts | undefined;
  readonly organizationalDomainOf?: OrganizationalDomainOf;
  /** Without the names of addresses, to see what hangs on them. */
  readonly withoutReverse?: boolean;
  /** Where what was attributed is kept for the next time, by everything it depends on beside history, networks and program. */
  readonly kept?: { read(question: string): unknown; write(question: string, attributed: unknown): void } | undefined;
}

/** An inventory with everything that people said. */
export interface TakenInventory extends Inventory {
  readonly rulings: Rulings;
  readonly senders: SenderCatalogue;
  readonly reverse: ReverseNames;
  /** Who mails from an address by the networks known. */
  readonly networkOf: (address: string) => NetworkFacts | undefined;
}

/** @throws {StorageError} when history or register cannot be read or written */
export async function takeInventory(
  history: History,
  register: InventoryRegister,
  options: TakeInventoryOptions,
): Promise<TakenInventory> {
  const senders = registeredSenders(register.senders);
  const organizationalDomainOf = options.organizationalDomainOf ?? publicSuffixOrganizationalDomain();
  const declarations = register.declared.list();
  const ground = { senders, asnOf: (address: string) => options.networks(address)?.asn };
  const reverse = new ReverseNames(options.withoutReverse === true ? [] : register.snapshots.ofTypes(reverseNameTypes));
  const ownDomains = register.portfolio.list().map(({ domain }) => domain);
  // What persons decided is no part of it: after a decision, who mails as us need not be worked out again.
  const question = (streams: readonly StreamIdentity[]): string =>
    JSON.stringify([
      streams,
      declarations,
      register.senders.own(),
      register.senders.map(),
      ownDomains,
      register.snapshots.stamp(),
      options.withoutReverse === true,
    ]);
  const known = register.streams.load();
  let kept = options.kept?.read(question(known)) as Omit<Attribution, 'dictionaries'> | undefined;
  const isKnown = kept !== undefined;
  const dictionaries = await history.dictionaries();
  kept ??= await attribute(
    history,
    {
      networks: options.networks,
      reverse: (address) => reverse.of(address),
      senders,
      declared: declaredSenders(declarations, ground),
      published: publishedFacts(register.snapshots.ofTypes(publishedTypes)),
      ownDomains,
      organizationalDomainOf,
    },
    known,
  );
  const { found } = kept;
  const attributed = { ...kept, dictionaries };
  register.streams.keep(found);
  const now = register.streams.load();
  if (!isKnown && options.kept !== undefined) {
    const { dictionaries: _, ...rest } = attributed;
    options.kept.write(question(now), rest);
  }
  const book = new DecisionBook(register.decisions.list(), {
    exclusive: exclusiveNetworks(declarations, ground),
    descent: streamDescent(now),
  });
  const rulings = rulingsOf(attributed, book, organizationalDomainOf);
  const parties = new Map(register.parties.list().map((party) => [party.id, party.name]));
  const owners = new Map(now.map(({ id, party }) => [id, party === null ? undefined : parties.get(party)]));
  const decided = verdictsByStream(attributed, rulings.verdictOf);
  return {
    ...attributed,
    streams: attributed.streams.map((stream, at) => ({
      ...stream,
      purpose: stream.purpose ?? guessPurpose(stream, senders.byId(stream.senderId ?? '')?.category),
      party: owners.get(stream.id) ?? stream.party,
      decision: decided[at]!,
    })),
    decisionOf: rulings.verdictOf,
    rulings,
    senders,
    reverse,
    networkOf: options.networks,
  };
}

/** The catalogue as the organisation completed it. */
export function registeredSenders(kept: InventoryRegister['senders']): SenderCatalogue {
  return senderCatalogue({ own: kept.own(), imported: mapSenders(kept.map()) });
}

/** What holds for the greater part of each stream's messages. */
function verdictsByStream(
  {
    streams,
    combinations,
    streamOf,
  }: Pick<Inventory, 'combinations' | 'streamOf'> & { readonly streams: readonly MailStream[] },
  verdictOf: Uint8Array,
): DecisionVerdict[] {
  const sums = new Float64Array(streams.length * decisionVerdicts.length);
  for (let at = 0; at < combinations.length; at++)
    sums[streamOf[at]! * decisionVerdicts.length + verdictOf[at]!]! += combinations.messages[at]!;
  return streams.map((_, stream) => {
    let best = decisionVerdicts.indexOf('undecided');
    for (let verdict = 0; verdict < decisionVerdicts.length; verdict++)
      if (sums[stream * decisionVerdicts.length + verdict]! > sums[stream * decisionVerdicts.length + best]!)
        best = verdict;
    return decisionVerdicts[best]!;
  });
}
