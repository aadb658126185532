// What each stream needs: from the legs of its mail under every author domain, and from what its sender can do.
import { assertNever } from '../../../standards/problem.ts';
import type { Problem } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { Sender } from '../../inventory/senders/index.ts';
import { settlement } from '../readiness/index.ts';
import type { GateThresholds, KnownRhythm, Settlement, StreamMail } from '../readiness/index.ts';
import type { Action, TaskDomain, TaskState } from './task.ts';

/** What needs are told from. */
export interface NeedCase {
  readonly streams: readonly MailStream[];
  readonly senderOf: (id: string) => Sender | undefined;
  readonly rhythmOf: (stream: number) => KnownRhythm;
  readonly thresholdsOf: (domain: string) => GateThresholds;
  readonly asOf: Day;
  /** Author domains that do not exist. */
  readonly absent: ReadonlySet<string>;
  /** Domains whose gate a stream shuts. */
  readonly shutsGate: (stream: string, domain: string) => boolean;
  /** Streams that may be sent through: our own, with both legs. */
  readonly relays: readonly number[];
}

/** What one stream needs. */
export interface Need {
  readonly stream: number;
  readonly action: Action;
  readonly why: Problem;
  readonly others: readonly Problem[];
  readonly domains: readonly TaskDomain[];
  readonly state: TaskState;
  readonly until: Day | null;
  /** The last day on which its mail showed the need, and the last on which mail of it was as it should be. */
  readonly lastLacking: Day | null;
  readonly lastHaving: Day | null;
}

interface Part {
  readonly mail: StreamMail;
  readonly settled: Settlement;
  readonly lacking: number;
  readonly lastHaving: Day | null;
}

/** The needs of streams, by their mail. Those that were met are among them, so that what was a task can be closed. */
export function needsOf(the: NeedCase, mails: readonly StreamMail[]): Need[] {
  const byStream = new Map<number, StreamMail[]>();
  for (const mail of mails) {
    const list = byStream.get(mail.stream);
    if (list === undefined) byStream.set(mail.stream, [mail]);
    else list.push(mail);
  }
  const needs: Need[] = [];
  for (const [number, all] of byStream) {
    const stream = the.streams[number];
    if (stream === undefined) continue;
    const wanted = all.filter(({ standing }) => standing === 'authorised' || standing === 'thought-ours');
    if (wanted.length > 0) needs.push(...legNeeds(the, number, stream, wanted));
    const open = all.filter(({ standing }) => standing === 'undecided' || standing === 'thought-ours');
    const unsure = all.filter(
      ({ standing }) => standing === 'thought-forged' && isUnsure(stream, the.thresholdsOf('')),
    );
    if (open.length + unsure.length > 0) needs.push(decideNeed(the, number, stream, [...open, ...unsure]));
    const unwanted = all.filter(({ standing }) => standing === 'forbidden' || standing === 'thought-forged');
    needs.push(...stopNeeds(the, number, stream, unwanted));
  }
  return needs;
}

function isUnsure({ kind, confidence }: MailStream, thresholds: GateThresholds): boolean {
  return kind === 'forged' && confidence * 100 < thresholds['forged-percent'];
}

function parts(the: NeedCase, mails: readonly StreamMail[], leg: 'spf' | 'dkim'): Part[] {
  return mails.map((mail) => {
    const lacking = leg === 'dkim' ? mail.unsigned : mail.spfless;
    const lastHaving = leg === 'dkim' ? mail.lastSigned : mail.lastSpf;
    const settled = settlement(lacking, lastHaving, the.rhythmOf(mail.stream), the.asOf, the.thresholdsOf(mail.author));
    return { mail, settled, lacking: lacking.lasting, lastHaving };
  });
}

const stateOf: Readonly<Record<Settlement['state'], TaskState>> = {
  fine: 'closed',
  gone: 'closed',
  lacks: 'open',
  mended: 'closed',
  'mended-lately': 'waiting',
  'unseen-since': 'waiting',
};

/** The worse of two states. */
function worse(one: TaskState, other: TaskState): TaskState {
  const order: readonly TaskState[] = ['open', 'waiting', 'closed'];
  return order[Math.min(order.indexOf(one), order.indexOf(other))]!;
}

function needFrom(
  the: NeedCase,
  number: number,
  found: readonly Part[],
  rest: Pick<Need, 'action' | 'others' | 'why'>,
): Need {
  const id = the.streams[number]!.id;
  const domains = found
    .map(({ mail, settled, lacking }): TaskDomain => ({
      domain: mail.author,
      messages: mail.messages,
      lacking,
      last: settled.lastDay === null ? null : dayText(settled.lastDay),
      state: stateOf[settled.state],
      shutsGate: the.shutsGate(id, mail.author),
    }))
    .sort((a, b) => b.lacking - a.lacking);
  const open = found.filter(({ settled }) => stateOf[settled.state] !== 'closed');
  const untils = open.map(({ settled }) => settled.until);
  return {
    stream: number,
    ...rest,
    domains,
    state: found.reduce<TaskState>((state, { settled }) => worse(state, stateOf[settled.state]), 'closed'),
    until: untils.length === 0 || untils.includes(null) ? null : Math.max(...untils.map((day) => day ?? 0)),
    lastLacking: greatest(found.map(({ settled }) => settled.lastDay)),
    lastHaving: greatest(found.map(({ lastHaving }) => lastHaving)),
  };
}

function greatest(days: readonly (Day | null)[]): Day | null {
  const known = days.filter((day) => day !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What the legs of a wanted stream want. */
function legNeeds(the: NeedCase, number: number, stream: MailStream, mails: readonly StreamMail[]): Need[] {
  const ofDkim = parts(the, mails, 'dkim').filter(({ lacking }) => lacking > 0);
  const ofSpf = parts(the, mails, 'spf').filter(({ lacking }) => lacking > 0);
  const sender = stream.senderId === null ? undefined : the.senderOf(stream.senderId);
  const needs: Need[] = [];
  if (ofDkim.length > 0) {
    const [action, ...others] = dkimActions(the, number, stream, ofDkim, sender);
    const spfOnly = mails.reduce((sum, { legs }) => sum + legs.spfOnly, 0);
    const code = spfOnly > 0 ? 'work/why-spf-alone' : 'work/why-no-leg';
    const values = { stream: stream.name, sender: sender?.name ?? stream.sender ?? '', domains: ofDkim.length };
    needs.push(
      needFrom(the, number, ofDkim, {
        action: action?.action ?? 'sign',
        why: { code, values, see: 'RFC 9989 §8' },
        others: [...(action?.note ?? []), ...others.flatMap(({ action: other }) => otherWay(the, other, stream))],
      }),
    );
  }
  // A second leg is worth a task where the first stands, and this sender can give it; else the first comes first.
  const alone = ofSpf.filter(
    ({ mail }) => !ofDkim.some((part) => part.mail === mail && stateOf[part.settled.state] === 'open'),
  );
  const can = sender?.align.spf ?? 'unknown';
  if (alone.length > 0 && can !== 'no') {
    const values = { stream: stream.name, sender: sender?.name ?? stream.sender ?? '', domains: alone.length };
    needs.push(
      needFrom(the, number, alone, {
        action: 'align-spf',
        why: { code: 'work/why-dkim-alone', values, see: 'RFC 9989 §8' },
        others: [],
      }),
    );
  }
  return needs;
}

interface Way {
  readonly action: Action;
  readonly note?: readonly Problem[];
}

/** The ways to an aligned signature, the best first. */
function dkimActions(
  the: NeedCase,
  number: number,
  stream: MailStream,
  lacking: readonly Part[],
  sender: Sender | undefined,
): Way[] {
  if (lacking.every(({ mail }) => the.absent.has(mail.author))) return [{ action: 'subdomain' }, { action: 'move' }];
  const sibling = siblingOf(the, number, stream);
  const relay = the.relays.find((each) => each !== number);
  const merging: Way[] =
    sibling === undefined
      ? []
      : [{ action: 'merge', note: [{ code: 'work/merge-with', values: { stream: sibling.name, id: sibling.id } }] }];
  const moving: Way[] = relay === undefined ? [] : [{ action: 'move' }];
  if (sender === undefined) {
    // Machines that nobody knows a service behind: a few small ones are sooner sent through the relay than taught to sign.
    const great = relay === undefined ? 0 : (the.streams[relay]?.messages ?? 0);
    const isSmall = stream.messages * 50 < great;
    return isSmall ? [...moving, ...merging, { action: 'sign' }] : [{ action: 'sign' }, ...merging, ...moving];
  }
  switch (sender.align.dkim) {
    case 'no':
      return [...merging, ...moving, { action: 'replace' }];
    case 'cname-selectors':
    case 'txt-selectors':
    case 'delegated-subdomain':
    case 'own-key':
    case 'unknown':
      return [{ action: 'sign' }, ...merging, ...moving];
    default:
      return assertNever(sender.align.dkim);
  }
}

/** Another stream of the same party at the same sender that stands on an aligned signature. */
function siblingOf(the: NeedCase, number: number, stream: MailStream): MailStream | undefined {
  if (stream.senderId === null || stream.party === null) return undefined;
  return the.streams.find(
    (other, at) =>
      at !== number &&
      other.senderId === stream.senderId &&
      other.party === stream.party &&
      other.decision === 'authorised' &&
      other.legs.both + other.legs.dkimOnly > 20 * (other.legs.spfOnly + other.legs.neither),
  );
}

function otherWay(the: NeedCase, action: Action, stream: MailStream): Problem[] {
  switch (action) {
    case 'move': {
      const relay = the.relays.map((at) => the.streams[at]).find((each) => each !== undefined && each !== stream);
      return relay === undefined ? [] : [{ code: 'work/or-move', values: { relay: relay.name } }];
    }
    case 'merge':
      return [{ code: 'work/or-merge', values: {} }];
    case 'sign':
      return [{ code: 'work/or-sign', values: {} }];
    case 'replace':
      return [{ code: 'work/or-replace', values: {} }];
    default:
      return [];
  }
}

function decideNeed(the: NeedCase, number: number, stream: MailStream, mails: readonly StreamMail[]): Need {
  const found = mails.map((mail): Part => ({
    mail,
    settled: { state: 'lacks', lastDay: mail.lastDay, until: null },
    lacking: mail.messages,
    lastHaving: null,
  }));
  const question = stream.question;
  const why: Problem =
    question === null
      ? { code: 'work/why-undecided', values: { stream: stream.name, kind: stream.kind } }
      : { code: question.code, values: question.values };
  return needFrom(the, number, found, { action: 'decide', why, others: [] });
}

/** Mail that nobody wants and that passes all the same: by a key or an SPF record of ours. */
function stopNeeds(the: NeedCase, number: number, stream: MailStream, mails: readonly StreamMail[]): Need[] {
  const passing = mails.filter(({ legs }) => legs.both + legs.dkimOnly + legs.spfOnly > 0);
  if (passing.length === 0) return [];
  const found = passing.map((mail): Part => {
    const quiet = the.asOf - (mail.lastPass ?? -Infinity);
    const thresholds = the.thresholdsOf(mail.author);
    const state =
      quiet < thresholds['mended-days'] ? 'lacks' : quiet < thresholds['gone-days'] ? 'mended-lately' : 'gone';
    const until = state === 'mended-lately' ? (mail.lastPass ?? 0) + thresholds['gone-days'] : null;
    const { both, dkimOnly, spfOnly } = mail.legs;
    return {
      mail,
      settled: { state, lastDay: mail.lastPass, until },
      lacking: both + dkimOnly + spfOnly,
      lastHaving: null,
    };
  });
  const keys = passing.reduce((sum, { legs }) => sum + legs.both + legs.dkimOnly, 0);
  const code = keys > 0 ? 'work/why-passes-by-key' : 'work/why-passes-by-spf';
  return [
    needFrom(the, number, found, {
      action: 'stop',
      why: { code, values: { stream: stream.name, domains: found.length } },
      others: [],
    }),
  ];
}
