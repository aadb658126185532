// A stream as it is told to programs: documented, and stable.
import { dayText } from '../assessment/index.ts';
import type { MailStream } from './model.ts';
import type { QueueItem } from './queue.ts';

/** @returns the fields of `zegel streams --json`; days as `2026-03-01` */
export function toldStream(stream: MailStream) {
  const { nextExpected, ...rhythm } = stream.rhythm;
  return {
    id: stream.id,
    name: stream.name,
    kind: stream.kind,
    confidence: rounded(stream.confidence),
    chances: Object.fromEntries(Object.entries(stream.chances).map(([kind, chance]) => [kind, rounded(chance)])),
    sender: stream.sender,
    senderId: stream.senderId,
    party: stream.party,
    decision: stream.decision,
    purpose: stream.purpose,
    messages: stream.messages,
    rows: stream.rows,
    sources: stream.sources,
    authorDomains: stream.authorDomains.map(({ domain }) => domain),
    authorDomainMessages: stream.authorDomains.map(({ messages }) => messages),
    networks: stream.networks,
    legs: stream.legs,
    setUp: stream.setUp,
    rhythm: { ...rhythm, nextExpected: nextExpected === null ? null : dayText(nextExpected) },
    first: dayText(stream.first),
    last: dayText(stream.last),
    reasons: stream.reasons.map((reason) => ({ ...reason, weight: rounded(reason.weight) })),
    question: stream.question,
  };
}

/** @returns the fields of `zegel streams --queue --json` */
export function toldQueueItem({ stream, proposal, open, messagesSettled, streamsSettled }: QueueItem) {
  return {
    stream: stream.id,
    name: stream.name,
    kind: stream.kind,
    confidence: rounded(stream.confidence),
    proposal,
    messages: open,
    messagesSettled: rounded(messagesSettled),
    streamsSettled: rounded(streamsSettled),
    narrow: { sources: [], authorDomains: [] },
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
