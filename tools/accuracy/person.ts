// A person who works through the queue of what is undecided, in its order and always by the truth: how far do the decisions get?
import type { Answers } from './answers.ts';
import { Ratio } from './measures.ts';
import { networkSet } from './networks.ts';
import type { Score } from './score.ts';
import { isOurs, kindShares, trueKinds } from './truth.ts';
import type { Truth } from './truth.ts';

/** A line of `zegel streams --queue --json`: a stream to decide on, or the part of it with these addresses (or networks) and author domains. */
export interface QueueItem {
  readonly stream: string;
  readonly narrow?: { readonly sources?: readonly string[]; readonly authorDomains?: readonly string[] };
}

export type Verdict = 'authorised' | 'forbidden' | 'forwarder';

export interface Decision extends QueueItem {
  readonly verdict: Verdict;
}

const forwarder = trueKinds.indexOf('forwarder');

/** How many decisions a person takes at most: 1.5 for each true stream of ours that was reported. */
export function patience(truth: Truth): number {
  return Math.floor(1.5 * oursSeen(truth).length);
}

function oursSeen(truth: Truth): number[] {
  return truth.originNames
    .map((_, origin) => origin)
    .filter((origin) => isOurs(truth.originKinds[origin]!) && truth.originMessages[origin]! > 0);
}

/**
 * Answers the queue: ours is authorised, a forwarder's mail is a forwarder's, and what is forged or ours abused is forbidden, by
 * what most messages of the item are. An item without a message that the truth knows is forbidden: nobody can vouch for it.
 *
 * @param queue in its order
 * @param most how many are answered
 * @param leavesAlone what is mostly of others and of which a larger share than this is ours gets no answer
 */
export function answerQueue(
  truth: Truth,
  answers: Answers,
  queue: readonly QueueItem[],
  most: number,
  leavesAlone = Infinity,
): Decision[] {
  const lines = linesOfStreams(answers);
  return queue.slice(0, most).flatMap((item) => {
    const weights = trueKinds.map(() => 0);
    const isMeant = meaning(item, truth);
    for (const line of lines.get(item.stream) ?? []) {
      if (!isMeant(answers.classOf[line]!)) continue;
      for (const [kind, share] of kindShares(truth.origins[answers.classOf[line]!]!, truth).entries())
        weights[kind]! += share * answers.messages[line]!;
    }
    const ours = weights[0]! + weights[1]!;
    const others = Math.max(...weights.slice(2));
    const isForwarder = others > 0 && weights[forwarder] === others;
    const verdict = ours > others ? 'authorised' : isForwarder ? 'forwarder' : 'forbidden';
    if (verdict !== 'authorised' && ours > leavesAlone * (ours + others)) return [];
    return [{ ...item, verdict }];
  });
}

function linesOfStreams(answers: Answers): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (let line = 0; line < answers.size; line++) {
    const id = answers.streamIds[answers.streamOf[line]!]!;
    const list = lines.get(id);
    if (list === undefined) lines.set(id, [line]);
    else list.push(line);
  }
  return lines;
}

/** Decisions as `zegel decide --from` reads them. */
export function decisionsCsv(decisions: readonly Decision[]): string {
  const cells = ({ stream, verdict, narrow }: Decision): string =>
    [
      stream,
      verdict,
      'answered by the truth of the world',
      (narrow?.sources ?? []).join(' '),
      (narrow?.authorDomains ?? []).join(' '),
    ].join(',');
  return `stream,verdict,why,sources,domains\n${decisions.map((each) => `${cells(each)}\n`).join('')}`;
}

/** Which classes of its stream an item is about. */
function meaning({ narrow }: QueueItem, truth: Truth): (number: number) => boolean {
  const isSource = networkSet(narrow?.sources ?? []);
  const anySource = (narrow?.sources ?? []).length === 0;
  const authorDomains = new Set(narrow?.authorDomains);
  return (number) =>
    (anySource || isSource(truth.sources[number]!)) &&
    (authorDomains.size === 0 || authorDomains.has(truth.authorDomains[number]!));
}

/** By line: what decisions make of it. A decision on a part of a stream holds for that part, whatever is said of the whole. */
export function decided(truth: Truth, answers: Answers, decisions: readonly Decision[]): (Verdict | undefined)[] {
  const lines = linesOfStreams(answers);
  const verdicts: (Verdict | undefined)[] = Array.from({ length: answers.size }, () => undefined);
  const order = [...decisions].sort((one, other) => breadth(other) - breadth(one));
  for (const decision of order) {
    const isMeant = meaning(decision, truth);
    for (const line of lines.get(decision.stream) ?? [])
      if (isMeant(answers.classOf[line]!)) verdicts[line] = decision.verdict;
  }
  return verdicts;
}

/** 2 for a whole stream, 1 for some author domains or some addresses of it, 0 for both. */
export function breadth({ narrow }: QueueItem): number {
  return [narrow?.sources, narrow?.authorDomains].filter((list) => list === undefined || list.length === 0).length;
}

/**
 * What the decisions come to: legitimate messages that are authorised, streams of ours most of which is, and classes that are mostly
 * forged and authorised all the same.
 *
 * @param verdicts by line
 * @param taken how many decisions there were
 */
export function scoreDecisions(
  truth: Truth,
  answers: Answers,
  verdicts: readonly (string | undefined)[],
  taken: number,
): Score[] {
  const messages = new Ratio();
  const byStream = truth.originNames.map(() => ({ messages: [0, 0], row: [0, 0] }));
  const forged = trueKinds.indexOf('forged');
  const mostlyForged = truth.pooled.map((pool) => kindShares(pool, truth)[forged]! > 0.5);
  const authorised = new Map<number, number>();
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const isAuthorised = verdicts[line] === 'authorised';
    const count = answers.messages[line]!;
    const whole = truth.messages[number]!;
    for (const [origin, part] of truth.origins[number]!) {
      if (!isOurs(truth.originKinds[origin]!) || part === 0) continue;
      const weight = (count * part) / whole;
      if (weight > 0) messages.add(origin, isAuthorised ? weight : 0, weight);
      const sums = byStream[origin]!;
      sums.messages[0]! += isAuthorised ? weight : 0;
      sums.messages[1]! += weight;
      sums.row[0]! += isAuthorised ? part / whole : 0;
      sums.row[1]! += part / whole;
    }
    const observable = truth.observable[number]!;
    if (isAuthorised && mostlyForged[observable] === true)
      authorised.set(observable, (authorised.get(observable) ?? 0) + count);
  }
  const ours = oursSeen(truth);
  const rightly = (by: 'messages' | 'row'): Ratio => {
    const ratio = new Ratio();
    for (const origin of ours) {
      const [part = 0, whole = 0] = byStream[origin]![by];
      ratio.add(origin, part > whole / 2 ? 1 : 0, 1);
    }
    return ratio;
  };
  const score = (metric: string, by: Score['by'], ratio: Ratio): Score => {
    const [low, high] = ratio.interval();
    return { metric, by, stratum: 'all', value: ratio.value, low, high, n: ratio.n };
  };
  const counted = (metric: string, by: Score['by'], value: number, n: number): Score => ({
    metric,
    by,
    stratum: 'all',
    value,
    low: null,
    high: null,
    n,
  });
  const wrong = [...authorised.values()];
  return [
    score('settled-messages', 'message', messages),
    score('settled-streams', 'message', rightly('messages')),
    score('settled-streams', 'row', rightly('row')),
    counted('forged-authorised', 'row', wrong.length, mostlyForged.filter(Boolean).length),
    counted(
      'forged-authorised',
      'message',
      wrong.reduce((sum, each) => sum + each, 0),
      mostlyForged.filter(Boolean).length,
    ),
    counted('decisions', 'row', taken, ours.length),
  ];
}

/** The queue an oracle would make: our streams as far as they can be told, the most messages first. */
export function oracleQueue(truth: Truth, oracle: Answers): QueueItem[] {
  const sums = oracle.streamIds.map(() => 0);
  for (let line = 0; line < oracle.size; line++) sums[oracle.streamOf[line]!]! += oracle.messages[line]!;
  return oracle.streamIds
    .map((stream, number) => ({ stream, messages: sums[number]!, origin: truth.originNames.indexOf(stream) }))
    .filter(({ origin }) => isOurs(truth.originKinds[origin]!))
    .sort((one, other) => other.messages - one.messages)
    .map(({ stream }) => ({ stream }));
}
