// What an address is, and why we think so: its network, its name, its sender, what it carries, who stands beside it.
import { isIn, networkOf, formatAddress, parseClientAddress } from '../../standards/dns/index.ts';
import type { IpAddress, IpNetwork } from '../../standards/dns/index.ts';
import { combinationLines } from './combination-lines.ts';
import type { Declaration } from './declared/index.ts';
import type { RulingGround } from './decisions/index.ts';
import type { NetworkFacts } from './evidence.ts';
import type { CombinationLine } from './inventory.ts';
import { decisionVerdicts } from './model.ts';
import type { DecisionVerdict, MailStream } from './model.ts';
import type { ReverseName } from './names/index.ts';
import { overlaps, parsePrefix } from './network-table.ts';
import type { Prefix } from './network-table.ts';
import type { SenderMatch } from './senders/index.ts';
import { fits, sourceLines } from './source-lines.ts';
import type { SourceLine } from './source-lines.ts';
import type { TakenInventory } from './take.ts';

/** A stream as far as one address, or one network, carries it. */
export interface CarriedStream {
  readonly stream: MailStream;
  readonly messages: number;
  readonly rows: number;
  /** What holds for its messages here, the greater part; and why. */
  readonly decision: DecisionVerdict;
  readonly ground: RulingGround;
}

/** A network or an address, and everything in it that mails. */
export interface PlaceDetail {
  readonly prefix: Prefix;
  /** Whether it is a single address. */
  readonly single: boolean;
  readonly lines: readonly SourceLine[];
  readonly messages: number;
  readonly rows: number;
  readonly carries: readonly CarriedStream[];
  /** Of a single address. */
  readonly network: NetworkFacts | undefined;
  readonly reverse: ReverseName | undefined;
  /** Of a single address: the senders that its number, its confirmed name or its network show, the most certain first. */
  readonly recognised: readonly SenderMatch[];
  /** What is declared of networks that hold it, or lie in it. */
  readonly declared: readonly Declaration[];
  /** Of a single address: the network its neighbours are looked for in, and these; most messages first. */
  readonly around: Prefix;
  readonly neighbours: readonly SourceLine[];
  /** Of a single address: what its rows show, most messages first. */
  readonly combinations: readonly CombinationLine[];
}

/** How wide the neighbourhood of an address is: as much as one holder of addresses surely has together. */
const neighbourhood = { 4: 24, 6: 64 } as const;

/**
 * What there is in a network, or at an address.
 *
 * @param place an address or a network, as `parsePrefix` reads it
 */
export function placeDetail(
  inventory: TakenInventory,
  place: Prefix,
  declarations: readonly Declaration[],
): PlaceDetail {
  const { network } = place;
  const single = network.prefix === (network.family === 4 ? 32 : 128);
  const around = single ? prefixAround(network) : place;
  const parsed = new Map<string, IpAddress | undefined>();
  const within = (address: string, whole: IpNetwork): boolean => {
    if (!parsed.has(address)) parsed.set(address, parseClientAddress(address));
    const known = parsed.get(address);
    return known !== undefined && isIn(known, whole);
  };
  const all = sourceLines(inventory, fits(inventory, { address: (address) => within(address, around.network) }));
  const lines = single ? all.filter(({ source }) => within(source, network)) : all;
  const numbers = new Set(lines.map(({ number }) => number));
  const inside = (at: number): boolean => numbers.has(inventory.combinations.source[at]!);
  const address = formatAddress(network);
  const facts = single ? inventory.networkOf(address) : undefined;
  const reverse = single ? inventory.reverse.of(address) : undefined;
  const { senders } = inventory;
  const recognised = single
    ? [
        senders.byAddress(network),
        reverse?.confirmed === true && reverse.name !== null ? senders.byReverse(reverse.name) : undefined,
        facts === undefined || facts.asn === 0 ? undefined : senders.byAsn(facts.asn),
      ].filter((match) => match !== undefined)
    : [];
  return {
    prefix: place,
    single,
    lines,
    messages: lines.reduce((sum, line) => sum + line.messages, 0),
    rows: lines.reduce((sum, line) => sum + line.rows, 0),
    carries: carriedStreams(inventory, inside),
    network: facts,
    reverse,
    recognised,
    declared: declarations.filter(({ networks }) =>
      networks.some((text) => {
        const other = parsePrefix(text)?.network;
        return other !== undefined && overlaps(other, network);
      }),
    ),
    around,
    neighbours: single ? all.filter(({ number }) => !numbers.has(number)) : [],
    combinations: single
      ? [...combinationLines(inventory, inside)].sort((one, other) => other.messages - one.messages)
      : [],
  };
}

function prefixAround({ family, a, b, c, d }: IpNetwork): Prefix {
  const network = networkOf({ family, a, b, c, d }, neighbourhood[family]);
  return { network, text: `${formatAddress(network)}/${network.prefix}` };
}

/** The streams that some combinations belong to, most messages first. */
function carriedStreams(inventory: TakenInventory, inside: (at: number) => boolean): CarriedStream[] {
  const { combinations, streamOf, streams, rulings } = inventory;
  const sums = new Map<number, { messages: number; rows: number; grounds: Map<string, number> }>();
  for (let at = 0; at < combinations.length; at++) {
    if (!inside(at)) continue;
    let sum = sums.get(streamOf[at]!);
    if (sum === undefined) sums.set(streamOf[at]!, (sum = { messages: 0, rows: 0, grounds: new Map() }));
    sum.messages += combinations.messages[at]!;
    sum.rows += combinations.rows[at]!;
    const key = `${decisionVerdicts[rulings.verdictOf[at]!]!} ${rulings.ruling(at).ground}`;
    sum.grounds.set(key, (sum.grounds.get(key) ?? 0) + combinations.messages[at]! + 1e-6);
  }
  return [...sums]
    .map(([place, { messages, rows, grounds }]): CarriedStream => {
      const [key] = [...grounds].reduce((a, b) => (b[1] > a[1] ? b : a));
      const [decision, ground] = key.split(' ') as [DecisionVerdict, RulingGround];
      return { stream: streams[place]!, messages, rows, decision, ground };
    })
    .sort((one, other) => other.messages - one.messages);
}
