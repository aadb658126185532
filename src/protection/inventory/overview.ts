// The streams with what to decide next, without the rows they are made of: a plain value that can be kept until something is filed,
// said or looked up.
import type { Inventory } from './inventory.ts';
import { kinds } from './model.ts';
import type { Kind, MailStream } from './model.ts';
import { decisionQueue } from './queue.ts';
import type { QueueItem } from './queue.ts';

/** How much there is of a kind. An address that carries several kinds counts with each. */
export interface KindTally {
  readonly kind: Kind;
  readonly streams: number;
  readonly sources: number;
  readonly messages: number;
}

export interface StreamsOverview {
  readonly period: Inventory['period'];
  /** Most messages first. */
  readonly streams: readonly MailStream[];
  readonly queue: readonly (Omit<QueueItem, 'stream'> & { readonly at: number })[];
  /** In the order of `kinds`; those that occur. */
  readonly tallies: readonly KindTally[];
  readonly sources: number;
  readonly messages: number;
}

/** How far the first decisions of the queue get. */
export interface QueueReach {
  readonly decisions: number;
  /** The part of the messages that are ours or may be (0 to 1) that is decided on by then. */
  readonly messages: number;
  /** How many streams that are ours or may be are decided on by then, of how many. */
  readonly streams: number;
  readonly ours: number;
}

export function overviewOf(inventory: Inventory): StreamsOverview {
  const { streams, combinations, streamOf, period } = inventory;
  const place = new Map(streams.map((stream, at) => [stream, at]));
  const width = kinds.length;
  const seen = new Uint8Array((1 + combinations.source.reduce((a, b) => Math.max(a, b), 0)) * (width + 1));
  const sources = new Float64Array(width);
  const messages = new Float64Array(width);
  let distinct = 0;
  for (let at = 0; at < combinations.length; at++) {
    const kind = kinds.indexOf(streams[streamOf[at]!]!.kind);
    const source = combinations.source[at]!;
    messages[kind]! += combinations.messages[at]!;
    // 0 is a row without an address.
    if (source === 0) continue;
    const cell = source * (width + 1);
    if (seen[cell + kind] === 0) {
      seen[cell + kind] = 1;
      sources[kind]! += 1;
    }
    if (seen[cell + width] === 0) {
      seen[cell + width] = 1;
      distinct += 1;
    }
  }
  return {
    period,
    streams,
    queue: decisionQueue(inventory).map(({ stream, ...item }) => ({ ...item, at: place.get(stream)! })),
    tallies: kinds
      .map((kind, at) => ({
        kind,
        streams: streams.filter((stream) => stream.kind === kind).length,
        sources: sources[at]!,
        messages: messages[at]!,
      }))
      .filter((tally) => tally.streams > 0),
    sources: distinct,
    messages: messages.reduce((a, b) => a + b, 0),
  };
}

/** The queue of an overview, with the streams in it. */
export function queueOf({ streams, queue }: StreamsOverview): QueueItem[] {
  return queue.map(({ at, ...item }) => ({ ...item, stream: streams[at]! }));
}

/**
 * How many decisions of the queue it takes until `enough` (0 to 1) of the messages that are ours or may be are decided on, and how
 * far that gets; all of them when that is never reached.
 *
 * @returns `undefined` for an empty queue
 */
export function reachOf({ streams, queue }: StreamsOverview, enough = 0.95): QueueReach | undefined {
  const found = queue.findIndex(({ messagesSettled }) => messagesSettled >= enough);
  const at = found === -1 ? queue.length - 1 : found;
  const last = queue[at];
  if (last === undefined) return undefined;
  const ours = streams.reduce((sum, { chances }) => sum + chances.own + chances.third, 0);
  return {
    decisions: at + 1,
    messages: last.messagesSettled,
    streams: Math.round(last.streamsSettled * ours),
    ours: Math.round(ours),
  };
}
