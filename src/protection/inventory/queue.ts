// What to decide next: the undecided streams in the order that settles most messages and most streams, soonest.
import type { Inventory } from './inventory.ts';
import { decisionVerdicts } from './model.ts';
import type { DecisionVerdict, MailStream } from './model.ts';

/** A stream to decide on, and how far one gets when everything up to and with it is decided. */
export interface QueueItem {
  readonly stream: MailStream;
  /** What its kind proposes; `undecided` where a person has to find out first. */
  readonly proposal: DecisionVerdict;
  /** Its messages that nobody has decided on. */
  readonly open: number;
  /** Of the messages that are ours or may be, the part decided by then; the same of streams. */
  readonly messagesSettled: number;
  readonly streamsSettled: number;
}

const proposals: Readonly<Record<MailStream['kind'], DecisionVerdict>> = {
  own: 'authorised',
  third: 'authorised',
  forwarder: 'forwarder',
  forged: 'forbidden',
  abused: 'undecided',
  undecided: 'undecided',
};

/** The queue: what is surely ours and large before what is doubtful and small; what is surely not ours last. */
export function decisionQueue({ streams, combinations, streamOf, decisionOf }: Inventory): QueueItem[] {
  const undecided = decisionVerdicts.indexOf('undecided');
  const open = new Float64Array(streams.length);
  for (let at = 0; at < combinations.length; at++)
    if (decisionOf[at] === undecided) open[streamOf[at]!]! += combinations.messages[at]!;
  const chance = streams.map(({ chances }) => chances.own + chances.third);
  let allMessages = 0;
  let allStreams = 0;
  for (const [at, stream] of streams.entries()) {
    allMessages += stream.messages * chance[at]!;
    allStreams += chance[at]!;
  }
  // A small stream counts as much as a great one: each is somebody's mail.
  const gain = (at: number): number =>
    chance[at]! * (open[at]! / Math.max(1, allMessages) + 1 / Math.max(1, allStreams));
  const queue = streams
    .map((_, at) => at)
    .filter((at) => open[at]! > 0.01 * streams[at]!.messages)
    .sort((a, b) => gain(b) - gain(a) || streams[b]!.messages - streams[a]!.messages || a - b);
  let messages = 0;
  let settled = 0;
  const inQueue = new Set(queue);
  for (const [at, stream] of streams.entries()) {
    messages += (stream.messages - (inQueue.has(at) ? open[at]! : 0)) * chance[at]!;
    if (!inQueue.has(at)) settled += chance[at]!;
  }
  return queue.map((at) => {
    const stream = streams[at]!;
    messages += open[at]! * chance[at]!;
    settled += chance[at]!;
    return {
      stream,
      proposal: stream.confidence >= 0.9 ? proposals[stream.kind] : 'undecided',
      open: open[at]!,
      messagesSettled: allMessages === 0 ? 1 : Math.min(1, messages / allMessages),
      streamsSettled: allStreams === 0 ? 1 : Math.min(1, settled / allStreams),
    };
  });
}
