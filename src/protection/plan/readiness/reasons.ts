// The reasons that come of mail: which streams a policy would cost something, since when they are mended, and on which leg they stand.
import { assertNever } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { Standing } from '../../simulation/what-if/index.ts';
import type { StreamCost } from './costs.ts';
import type { GateReason } from './gate.ts';
import type { StreamMail } from './mail.ts';
import { settlement } from './settle.ts';
import type { KnownRhythm, Settlement } from './settle.ts';
import type { GateThresholds } from './thresholds.ts';

/** What reasons are made from. */
export interface MailCase {
  readonly streams: readonly MailStream[];
  readonly rhythmOf: (stream: number) => KnownRhythm;
  readonly asOf: Day;
  readonly thresholds: GateThresholds;
}

/** A reason; what is not said has its default. */
export function reason(
  code: string,
  about: string,
  values: GateReason['values'],
  shuts: boolean,
  more: Partial<Pick<GateReason, 'see' | 'streams' | 'until'>> = {},
): GateReason {
  const short = code.slice('gate/'.length);
  return { code, values, id: about === '' ? short : `${short}:${about}`, shuts, streams: [], ...more };
}

function untilOf(day: Day | null): { readonly until: string } | object {
  return day === null ? {} : { until: dayText(day) };
}

const round = (value: number): number => Math.round(value);

/** Costs of one stream, under whatever author domains are asked about. */
interface StreamLoss {
  readonly stream: number;
  readonly standing: Standing;
  readonly costs: readonly StreamCost[];
  readonly mails: readonly StreamMail[];
}

/**
 * What would be lost, and of whom.
 *
 * @param costs of the author domains in question
 * @param mails all mail of these author domains
 */
export function lossReasons(the: MailCase, costs: readonly StreamCost[], mails: readonly StreamMail[]): GateReason[] {
  const reasons: GateReason[] = [];
  const losses = byStream(costs, mails);
  const forwarders: StreamLoss[] = [];
  const accepted: StreamLoss[] = [];
  const forged: StreamLoss[] = [];
  for (const loss of losses) {
    const stream = the.streams[loss.stream];
    switch (loss.standing) {
      case 'forbidden':
        break;
      case 'forwarded-decided':
        accepted.push(loss);
        break;
      case 'forwarded':
        forwarders.push(loss);
        break;
      case 'thought-forged':
        if (stream !== undefined && isSurelyUnwanted(stream, the.thresholds)) forged.push(loss);
        else reasons.push(undecided('gate/perhaps-ours', the, loss));
        break;
      case 'undecided':
        reasons.push(undecided('gate/undecided', the, loss));
        break;
      case 'authorised':
      case 'thought-ours':
        reasons.push(...wantedLoss(the, loss));
        break;
    }
  }
  reasons.push(
    ...gathered('gate/forwarders-undecided', the, forwarders, true, 'RFC 9989 §7.4'),
    ...gathered('gate/forwarders-lose', the, accepted, false, 'RFC 9989 §7.4'),
    ...gathered('gate/forged', the, forged, false),
  );
  return reasons;
}

function byStream(costs: readonly StreamCost[], mails: readonly StreamMail[]): StreamLoss[] {
  const found = new Map<string, { stream: number; standing: Standing; costs: StreamCost[]; mails: StreamMail[] }>();
  for (const cost of costs) {
    const key = `${cost.stream} ${cost.standing}`;
    let loss = found.get(key);
    if (loss === undefined)
      found.set(key, (loss = { stream: cost.stream, standing: cost.standing, costs: [], mails: [] }));
    loss.costs.push(cost);
    loss.mails.push(
      ...mails.filter(
        ({ stream, standing, author }) =>
          stream === cost.stream && standing === cost.standing && author === cost.author,
      ),
    );
  }
  return [...found.values()].sort((a, b) => lostOf(b).most - lostOf(a).most);
}

function lostOf({ costs }: StreamLoss): { expected: number; least: number; most: number } {
  let [expected, least, most] = [0, 0, 0];
  for (const { lost } of costs) {
    expected += lost.expected;
    least += lost.least;
    most += lost.most;
  }
  return { expected, least, most };
}

function isSurelyUnwanted({ kind, confidence }: MailStream, thresholds: GateThresholds): boolean {
  return kind === 'abused' || (kind === 'forged' && confidence * 100 >= thresholds['forged-percent']);
}

function namesOf(the: MailCase, { stream, costs }: StreamLoss): GateReason['values'] {
  const { name = '', id = '' } = the.streams[stream] ?? {};
  const domains = [...new Set(costs.map(({ author }) => author))];
  return {
    stream: name,
    id,
    messages: costs.reduce((sum, each) => sum + each.messages, 0),
    domains: domains.slice(0, 3).join(', ') + (domains.length > 3 ? ` +${domains.length - 3}` : ''),
  };
}

function undecided(code: string, the: MailCase, loss: StreamLoss): GateReason {
  const stream = the.streams[loss.stream];
  const { expected, most } = lostOf(loss);
  const values = {
    ...namesOf(the, loss),
    lost: round(expected),
    most: round(most),
    last: stream === undefined ? '' : dayText(Math.max(...lastDays(loss, stream))),
  };
  if (stream === undefined) return reason('gate/unknown-mail', '', values, true);
  return reason(code, stream.id, values, true, { streams: [stream.id] });
}

function lastDays({ mails }: StreamLoss, { last }: MailStream): number[] {
  return mails.length === 0 ? [last] : mails.map(({ lastDay }) => lastDay);
}

function gathered(
  code: string,
  the: MailCase,
  losses: readonly StreamLoss[],
  shuts: boolean,
  see?: string,
): GateReason[] {
  if (losses.length === 0) return [];
  const ids = losses.flatMap(({ stream }) => the.streams[stream]?.id ?? []);
  const sum = (of: (loss: StreamLoss) => number): number => round(losses.reduce((all, loss) => all + of(loss), 0));
  const values = {
    streams: losses.length,
    messages: sum(({ costs }) => costs.reduce((all, { messages }) => all + messages, 0)),
    lost: sum((loss) => lostOf(loss).expected),
    least: sum((loss) => lostOf(loss).least),
    most: sum((loss) => lostOf(loss).most),
  };
  return [reason(code, '', values, shuts, { streams: ids, ...(see === undefined ? {} : { see }) })];
}

/** The worst of what is known of several author domains. */
const worst: readonly Settlement['state'][] = ['lacks', 'unseen-since', 'mended-lately', 'gone', 'mended', 'fine'];

function wantedLoss(the: MailCase, loss: StreamLoss): GateReason[] {
  const stream = the.streams[loss.stream];
  if (stream === undefined) return [undecided('gate/undecided', the, loss)];
  const rhythm = the.rhythmOf(loss.stream);
  const { expected, least, most } = lostOf(loss);
  const values = {
    ...namesOf(the, loss),
    lost: round(expected),
    least: round(least),
    most: round(most),
    decision: loss.standing === 'authorised' ? 'authorised' : 'undecided',
  };
  const about = { streams: [stream.id] };
  const found = loss.mails.map((mail) => ({
    mail,
    settled: settlement(mail.failing, mail.lastPass, rhythm, the.asOf, the.thresholds),
  }));
  const [first] = found.sort((a, b) => worst.indexOf(a.settled.state) - worst.indexOf(b.settled.state));
  const last = dayText(first?.settled.lastDay ?? first?.mail.lastDay ?? stream.last);
  const of = (
    code: string,
    shuts: boolean,
    more: GateReason['values'] = {},
    until: Day | null = null,
  ): GateReason[] => [reason(code, stream.id, { ...values, last, ...more }, shuts, { ...about, ...untilOf(until) })];
  if (first === undefined) return of('gate/loses', true);
  const { state, until } = first.settled;
  switch (state) {
    case 'lacks':
      return of('gate/loses', true, { addresses: sumOf(loss, ({ failing }) => failing.addresses) });
    case 'unseen-since':
      return until === null
        ? of('gate/unseen-since', true)
        : of('gate/unseen-until', true, { rhythm: rhythm.every, by: dayText(until) }, until);
    case 'mended-lately':
      return of('gate/mended-lately', true, { by: dayText(until!) }, until);
    case 'mended':
      return of('gate/mended', false);
    case 'gone':
      return of('gate/gone', false);
    case 'fine': {
      const stray = sumOf(loss, ({ failing }) => failing.stray);
      // The simulation says that a receiver would not let it pass, and the results in the rows do not show why.
      if (stray === 0) return of('gate/loses', true, { addresses: 0 });
      const all = sumOf(loss, ({ messages }) => messages);
      return of('gate/strays', stray * 10_000 > all * the.thresholds['stray-per-10000'], { stray });
    }
    default:
      return assertNever(state);
  }
}

function sumOf({ mails }: StreamLoss, of: (mail: StreamMail) => number): number {
  return mails.reduce((sum, mail) => sum + of(mail), 0);
}

/**
 * Wanted streams that stand on SPF alone (RFC 9989 §8: a domain under `reject` MUST NOT rely on it alone).
 *
 * @param isReject whether the rung in question asks for reject; otherwise it is only said
 */
export function oneLegReasons(the: MailCase, mails: readonly StreamMail[], isReject: boolean): GateReason[] {
  const found = new Map<number, { mails: StreamMail[]; settled: Settlement[] }>();
  for (const mail of mails) {
    if (!isWanted(mail.standing) || mail.legs.spfOnly === 0) continue;
    const settled = settlement(mail.unsigned, mail.lastSigned, the.rhythmOf(mail.stream), the.asOf, the.thresholds);
    if (settled.state !== 'lacks' && settled.state !== 'unseen-since' && settled.state !== 'mended-lately') continue;
    const known = found.get(mail.stream);
    if (known === undefined) found.set(mail.stream, { mails: [mail], settled: [settled] });
    else {
      known.mails.push(mail);
      known.settled.push(settled);
    }
  }
  return [...found].map(([number, { mails: all, settled }]) => {
    const stream = the.streams[number]!;
    const sum = (of: (mail: StreamMail) => number): number => all.reduce((total, mail) => total + of(mail), 0);
    const values = {
      stream: stream.name,
      id: stream.id,
      messages: sum(({ messages }) => messages),
      spfOnly: sum(({ legs }) => legs.spfOnly),
      addresses: sum(({ unsigned }) => unsigned.addresses),
    };
    const untils = settled.map(({ until }) => until);
    const until = untils.includes(null) ? null : Math.max(...untils.map((day) => day ?? 0));
    const isWaiting = settled.every(({ state }) => state !== 'lacks');
    const code = isWaiting ? 'gate/signed-lately' : 'gate/spf-alone';
    return reason(
      code,
      stream.id,
      { ...values, last: dayText(Math.max(...settled.map(({ lastDay }) => lastDay ?? 0))) },
      isReject,
      { streams: [stream.id], see: 'RFC 9989 §8', ...(isWaiting ? untilOf(until) : {}) },
    );
  });
}

export function isWanted(standing: Standing): boolean {
  return standing === 'authorised' || standing === 'thought-ours';
}

/** Streams that nobody has decided on, and that lose nothing: said, since nobody has said whether they are wanted. */
export function undecidedReason(
  the: MailCase,
  mails: readonly StreamMail[],
  losing: ReadonlySet<string>,
): GateReason[] {
  const open = new Map<number, number>();
  for (const { stream, standing, messages } of mails) {
    if (standing !== 'thought-ours' && standing !== 'undecided') continue;
    const id = the.streams[stream]?.id;
    if (id !== undefined && !losing.has(id)) open.set(stream, (open.get(stream) ?? 0) + messages);
  }
  if (open.size === 0) return [];
  const values = { streams: open.size, messages: [...open.values()].reduce((sum, each) => sum + each, 0) };
  return [
    reason('gate/undecided-passing', '', values, false, {
      streams: [...open.keys()].map((stream) => the.streams[stream]!.id),
    }),
  ];
}
