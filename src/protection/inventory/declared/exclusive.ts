// Which declared networks are exclusively ours. It matters much: whatever new address turns up in such a network inherits what was
// decided of its stream. A declaration says that a party mails from a network; that nobody else does is more, and is taken from it
// only where nothing speaks against it:
//
// - who says `exclusive` yes or no is followed
// - a sender of the catalogue has other customers on the same addresses, unless it is known that it has not
// - so has a network that such a sender publishes as its own, whatever the line calls its sender
// - so has an address at a hosting company, a cloud or an access provider: a web hotel puts hundreds of customers on one
// - a network that another line declares as not exclusive, in whole or in part, is not
//
// What is left is what an organisation or one of its suppliers has for itself: its gateways, its offices, its mail servers.
import type { DeclaredSender } from '../evidence.ts';
import { overlaps, parsePrefix } from '../network-table.ts';
import type { Prefix } from '../network-table.ts';
import type { Sender, SenderCatalogue } from '../senders/index.ts';
import type { Declaration } from './model.ts';

/** What is known of networks and senders when declarations are judged. */
export interface DeclaredGround {
  readonly senders: Pick<SenderCatalogue, 'byAsn' | 'senders'>;
  /** The number of the system that announces an address; `undefined` or 0 when that is not known. */
  readonly asnOf?: (address: string) => number | undefined;
}

/** Declarations as evidence for attribution: those with networks of both sorts become two. */
export function declaredSenders(declarations: readonly Declaration[], ground: DeclaredGround): DeclaredSender[] {
  const isOurs = exclusiveTest(declarations, ground);
  return declarations.flatMap((declaration): DeclaredSender[] => {
    const ours = declaration.networks.filter((network) => isOurs(declaration, network));
    const others = declaration.networks.filter((network) => !ours.includes(network));
    const { party, sender, domains, purpose, rhythm } = declaration;
    const said = { party, sender, domains, purpose, rhythm };
    return [
      ...(ours.length === 0 ? [] : [{ ...said, networks: ours, exclusive: true }]),
      ...(ours.length > 0 && others.length === 0 ? [] : [{ ...said, networks: others, exclusive: false }]),
    ];
  });
}

/** The networks that are exclusively ours. */
export function exclusiveNetworks(declarations: readonly Declaration[], ground: DeclaredGround): string[] {
  const isOurs = exclusiveTest(declarations, ground);
  return [...new Set(declarations.flatMap((each) => each.networks.filter((network) => isOurs(each, network))))];
}

function exclusiveTest(
  declarations: readonly Declaration[],
  { senders, asnOf }: DeclaredGround,
): (declaration: Declaration, network: string) => boolean {
  const denied = prefixesOf(
    declarations.filter(({ exclusive }) => exclusive === false).flatMap(({ networks }) => networks),
  );
  const shared = senders.senders.filter((sender) => sender.shared !== false);
  const published = prefixesOf(shared.flatMap(({ recognise }) => recognise.networks ?? []));
  const names = new Set(shared.flatMap(namesOf));
  return (declaration, network) => {
    if (declaration.exclusive !== null) return declaration.exclusive;
    const prefix = parsePrefix(network);
    if (prefix === undefined || names.has(foldedSender(declaration.sender))) return false;
    const meets = (other: Prefix): boolean => overlaps(prefix.network, other.network);
    if (denied.some(meets) || published.some(meets)) return false;
    const asn = asnOf?.(network.split('/')[0]!) ?? 0;
    const host = asn === 0 ? undefined : senders.byAsn(asn);
    return host === undefined || host.sender.shared === false;
  };
}

function prefixesOf(networks: readonly string[]): Prefix[] {
  return networks.map(parsePrefix).filter((prefix) => prefix !== undefined);
}

/** The names by which a sender of the catalogue may be declared: its own and its id, without case, blanks and signs. */
export function namesOf({ id, name }: Pick<Sender, 'id' | 'name'>): string[] {
  return [...new Set([foldedSender(id), foldedSender(name)])];
}

export function foldedSender(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '');
}
