// Everything about one stream: where it comes from, how it comes over time, what was decided of it, what to do there.
import type { Day, History } from '../history.ts';
import type { Inventory } from './inventory.ts';
import { decisionVerdicts } from './model.ts';
import type { DecisionVerdict, MailStream } from './model.ts';
import type { Sender } from './senders/index.ts';
import { sourceLines } from './source-lines.ts';
import type { SourceLine } from './source-lines.ts';
import type { TakenInventory } from './take.ts';

/** One stream, with the evidence. */
export interface StreamDetail {
  readonly stream: MailStream;
  /** Its sources, most messages first, each with this stream's mail alone. */
  readonly sources: readonly SourceLine[];
  /** Messages by week, from the week of `firstWeek` on; weeks of seven days that end with the last day of the period. */
  readonly weeks: readonly number[];
  readonly firstWeek: Day;
  /** Messages by what holds for them; several where it was decided on in parts, or where sources are new. */
  readonly decided: readonly { readonly verdict: DecisionVerdict; readonly messages: number }[];
  /** The sender in the catalogue, when it is one. */
  readonly sender: Sender | undefined;
  readonly period: Inventory['period'];
}

/**
 * @param place its place in `inventory.streams`
 * @throws {StorageError} when the history cannot be read
 */
export async function streamDetail(inventory: TakenInventory, history: History, place: number): Promise<StreamDetail> {
  const { streamOf, combinations, streams, period, decisionOf, senders } = inventory;
  const stream = streams[place]!;
  const sums = decisionVerdicts.map(() => 0);
  for (let at = 0; at < combinations.length; at++)
    if (streamOf[at] === place) sums[decisionOf[at]!]! += combinations.messages[at]!;
  const days = await streamDays(inventory, history, place);
  const count = Math.ceil(days.length / 7);
  const weeks = Array.from({ length: count }, () => 0);
  for (const [at, messages] of days.entries()) weeks[count - 1 - Math.floor((days.length - 1 - at) / 7)]! += messages;
  return {
    stream,
    sources: sourceLines(inventory, (at) => streamOf[at] === place),
    weeks,
    firstWeek: period.last + 1 - 7 * count,
    decided: decisionVerdicts
      .map((verdict, at) => ({ verdict, messages: sums[at]! }))
      .filter(({ messages }) => messages > 0)
      .sort((one, other) => other.messages - one.messages),
    sender: stream.senderId === null ? undefined : senders.byId(stream.senderId),
    period,
  };
}

/** With more sources than this, asking for each by its name costs more than asking for all. */
const mostNamed = 2000;

/** Messages by day of a stream, from the first day of the period on: its own rows and nobody else's. */
async function streamDays(inventory: TakenInventory, history: History, place: number): Promise<Float64Array> {
  const { streamOf, combinations, dictionaries, period, streams } = inventory;
  const days = new Float64Array(period.last - period.first + 1);
  const members = new Map<number, Set<number>>();
  const sources = new Set<number>();
  const { source, auth, authorDomain, envelopeFrom } = combinations;
  for (let at = 0; at < combinations.length; at++) {
    if (streamOf[at] !== place) continue;
    sources.add(source[at]!);
    const key = rowKey(source[at]!, auth[at]!);
    let inside = members.get(key);
    if (inside === undefined) members.set(key, (inside = new Set()));
    inside.add(rowKey(authorDomain[at]!, envelopeFrom[at]!));
  }
  const addresses = [...sources].map((number) => dictionaries.address(number)).filter((text) => text !== undefined);
  const isNamed = addresses.length === sources.size && addresses.length <= mostNamed;
  const columns = await history.ask({
    by: ['source', 'auth', 'authorDomain', 'envelopeFrom', 'day'],
    measures: ['messages'],
    where: isNamed
      ? { source: addresses }
      : { authorDomain: streams[place]!.authorDomains.map(({ domain }) => domain) },
  });
  for (let at = 0; at < columns.length; at++) {
    const day = columns.day[at]! - period.first;
    if (day < 0 || day >= days.length) continue;
    const inside = members.get(rowKey(columns.source[at]!, columns.auth[at]!));
    if (inside?.has(rowKey(columns.authorDomain[at]!, columns.envelopeFrom[at]!)) === true)
      days[day]! += columns.messages[at]!;
  }
  return days;
}

/** Two numbers of dictionaries as one. */
function rowKey(one: number, other: number): number {
  return one * 0x400_0000 + other;
}
