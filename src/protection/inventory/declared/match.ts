// Declarations beside what is seen: which streams each of them speaks of, which have no stream, and which streams nobody declared.
import { isAtOrBelow, parseClientAddress } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';
import type { Inventory } from '../inventory.ts';
import type { MailStream } from '../model.ts';
import { PrefixTable, parsePrefix } from '../network-table.ts';
import type { SenderCatalogue } from '../senders/index.ts';
import { foldedSender, namesOf } from './exclusive.ts';
import { quietDays } from './model.ts';
import type { Declaration } from './model.ts';

/** What of a declaration is found in a stream; each is enough: its networks; its sender, in its domains; its domains alone. */
export type MatchGround = 'domains' | 'networks' | 'sender';

export interface DeclaredMatch<D> {
  readonly declaration: D;
  /** The greatest first. */
  readonly streams: readonly { readonly stream: MailStream; readonly by: MatchGround }[];
}

export interface DeclaredAndSeen<D> {
  readonly seen: readonly DeclaredMatch<D>[];
  /** Declared, and no stream is it. */
  readonly unseen: readonly {
    readonly declaration: D;
    /** What is seen is shorter than it may stay away by what is said of its rhythm. */
    readonly mayBeQuiet: boolean;
  }[];
  /** Streams that look like ours, or of which nobody can say, and that no declaration speaks of; the greatest first. */
  readonly undeclared: readonly MailStream[];
}

/**
 * Holds declarations against streams. A stream is a declaration's when half of its messages come from the declared networks; or when
 * it is of the declared sender, in a declared domain; or, where the declaration tells no networks and its sender is no service of the
 * catalogue, when it is of no service either, wholly in declared domains, and looks like ours.
 */
export function holdAgainstStreams<D extends Declaration>(
  declarations: readonly D[],
  inventory: Pick<Inventory, 'combinations' | 'dictionaries' | 'period' | 'streamOf' | 'streams'>,
  { senders }: Pick<SenderCatalogue, 'senders'>,
): DeclaredAndSeen<D> {
  const { streams, period } = inventory;
  const fromNetworks = messagesFromNetworks(declarations, inventory);
  const names = streams.map(
    (stream) =>
      new Set(
        [stream.sender, stream.senderId, stream.name, stream.name.split(' · ')[0]].map((each) =>
          foldedSender(each ?? ''),
        ),
      ),
  );
  const services = new Set(senders.flatMap(namesOf));
  const matches = declarations.map((declaration, at): DeclaredMatch<D> => {
    const found: { readonly stream: MailStream; readonly by: MatchGround }[] = [];
    const sender = foldedSender(declaration.sender);
    for (const [place, stream] of streams.entries()) {
      if ((fromNetworks[at]?.get(place) ?? 0) * 2 >= stream.messages && stream.messages > 0)
        found.push({ stream, by: 'networks' });
      else if (sender !== '' && names[place]!.has(sender) && isInDomains(stream, declaration))
        found.push({ stream, by: 'sender' });
    }
    if (found.length === 0 && declaration.networks.length === 0 && !services.has(sender)) {
      for (const stream of streams) {
        if (stream.senderId === null && isPerhapsOurs(stream) && isWhollyInDomains(stream, declaration))
          found.push({ stream, by: 'domains' });
      }
    }
    return { declaration, streams: found.sort((one, other) => other.stream.messages - one.stream.messages) };
  });
  const spokenOf = new Set(matches.flatMap((match) => match.streams.map(({ stream }) => stream.id)));
  return {
    seen: matches.filter((match) => match.streams.length > 0),
    unseen: matches
      .filter((match) => match.streams.length === 0)
      .map(({ declaration }) => ({ declaration, mayBeQuiet: daysOf(period) < quietDays(declaration.rhythm) })),
    undeclared: streams
      .filter((stream) => !spokenOf.has(stream.id) && stream.kind !== 'forged' && stream.kind !== 'forwarder')
      .sort((one, other) => other.messages - one.messages),
  };
}

function daysOf({ first, last }: { readonly first: Day; readonly last: Day }): number {
  return last - first + 1;
}

/** By declaration: messages of streams (by place) from its networks. */
function messagesFromNetworks(
  declarations: readonly Declaration[],
  { combinations, dictionaries, streamOf }: Pick<Inventory, 'combinations' | 'dictionaries' | 'streamOf'>,
): (Map<number, number> | undefined)[] {
  const table = new PrefixTable<number>();
  for (const [at, { networks }] of declarations.entries()) {
    for (const text of networks) {
      const prefix = parsePrefix(text);
      if (prefix !== undefined) table.add(prefix, at);
    }
  }
  const sums: (Map<number, number> | undefined)[] = declarations.map(({ networks }) =>
    networks.length === 0 ? undefined : new Map(),
  );
  const known = new Map<number, readonly number[]>();
  for (let row = 0; row < combinations.length; row++) {
    const source = combinations.source[row]!;
    let declared = known.get(source);
    if (declared === undefined) {
      const address = parseClientAddress(dictionaries.address(source) ?? '');
      known.set(source, (declared = address === undefined ? [] : [...new Set(table.find(address))]));
    }
    for (const at of declared) {
      const sum = sums[at]!;
      sum.set(streamOf[row]!, (sum.get(streamOf[row]!) ?? 0) + combinations.messages[row]!);
    }
  }
  return sums;
}

function isInDomains({ authorDomains }: MailStream, { domains }: Declaration): boolean {
  return domains.length === 0 || authorDomains.some(({ domain }) => domains.some((each) => isAtOrBelow(domain, each)));
}

function isWhollyInDomains({ authorDomains }: MailStream, { domains }: Declaration): boolean {
  return (
    authorDomains.length > 0 && authorDomains.every(({ domain }) => domains.some((each) => isAtOrBelow(domain, each)))
  );
}

/** Whether mail of it is aligned at all and it does not look like somebody else's. */
function isPerhapsOurs({ kind, legs }: MailStream): boolean {
  return kind !== 'forged' && kind !== 'forwarder' && legs.both + legs.dkimOnly + legs.spfOnly > 0;
}
