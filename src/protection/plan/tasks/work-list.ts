// The work list: the needs of all streams as tasks, in the order of their urgency, with what is kept of each; and what has changed since.
import type { DomainName } from '../../../standards/dns/index.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import type { Party } from '../../inventory/parties/index.ts';
import type { SenderCategory } from '../../inventory/senders/index.ts';
import type { Readiness, StreamMail } from '../readiness/index.ts';
import { needsOf } from './needs.ts';
import type { Need } from './needs.ts';
import { recordsOf } from './records.ts';
import { busiestAddresses } from './seen.ts';
import type { SeenAddress } from './seen.ts';
import type { KnownRecords } from './records.ts';
import { taskId, workSchema } from './task.ts';
import type { KeptTask, Priority, Task } from './task.ts';

export interface WorkSources {
  readonly readiness: Readiness;
  readonly inventory: TakenInventory;
  /** The mail of every stream and author domain. */
  readonly mails: readonly StreamMail[];
  readonly parties: readonly Party[];
  /** By stream: the id of its party. */
  readonly partyOf: ReadonlyMap<string, string>;
  readonly kept: readonly KeptTask[];
  readonly absent: ReadonlySet<string>;
  readonly records: KnownRecords;
  readonly thresholdsOf: Parameters<typeof needsOf>[0]['thresholdsOf'];
}

/** What is to be kept of tasks after this look. */
export interface WorkList {
  /** Open and waiting ones, and those that were tasks before and are done; the most urgent first. */
  readonly tasks: readonly Task[];
  readonly keep: readonly KeptTask[];
  /** Tasks that this look opened, closed, or opened again, by id. */
  readonly changed: {
    readonly opened: readonly string[];
    readonly closed: readonly string[];
    readonly reopened: readonly string[];
  };
}

/** Makes the list. */
export function workList(the: WorkSources): WorkList {
  const { inventory, readiness } = the;
  const { streams } = inventory;
  const senders = new Map(inventory.senders.senders.map((sender) => [sender.id, sender]));
  const shutting = new Set<string>();
  for (const gate of readiness.gates) {
    for (const { shuts, streams: ids } of [...gate.reasons, ...(gate.ahead?.reasons ?? [])])
      if (shuts) for (const id of ids) shutting.add(`${id} ${gate.domain}`);
  }
  const needs = needsOf(
    {
      streams,
      senderOf: (id) => senders.get(id),
      rhythmOf: readiness.whole.rhythmOf,
      thresholdsOf: the.thresholdsOf,
      asOf: readiness.asOf,
      absent: the.absent,
      shutsGate: (stream, domain) => shutting.has(`${stream} ${domain}`),
      relays: relaysOf(inventory),
    },
    the.mails,
  );
  const abuse = forgedByDomain(the.mails, inventory);
  const busiest = busiestAddresses(inventory, new Set(needs.map(({ stream }) => stream)));
  const before = new Map(the.kept.map((task) => [task.id, task]));
  const keep: KeptTask[] = [];
  const changed = { opened: [] as string[], closed: [] as string[], reopened: [] as string[] };
  const tasks: Task[] = [];
  const seen = new Set<string>();
  for (const need of needs) {
    const stream = streams[need.stream]!;
    const id = taskId(stream.id, need.action);
    const known = before.get(id);
    seen.add(id);
    // What was met before anybody knew of it was never a task.
    if (known === undefined && need.state === 'closed') continue;
    const kept = lookedAt(known, id, need, readiness.asOf, changed);
    keep.push(kept);
    tasks.push(taskOf(the, need, kept, { senders, abuse, busiest: busiest.get(need.stream) ?? [] }));
  }
  for (const task of the.kept) {
    if (seen.has(task.id)) continue;
    // Its need is gone altogether: the stream was decided otherwise, or merged, or nothing of it is left.
    if (task.closedDay === null) changed.closed.push(task.id);
    keep.push({ ...task, closedDay: task.closedDay ?? readiness.asOf });
  }
  return { tasks: tasks.sort(byUrgency), keep, changed };
}

function byUrgency(one: Task, other: Task): number {
  const order = ['open', 'waiting', 'closed'];
  return (
    order.indexOf(one.state) - order.indexOf(other.state) ||
    other.priority.points - one.priority.points ||
    (one.id < other.id ? -1 : 1)
  );
}

function lookedAt(
  known: KeptTask | undefined,
  id: string,
  need: Need,
  asOf: Day,
  changed: { readonly opened: string[]; readonly closed: string[]; readonly reopened: string[] },
): KeptTask {
  if (known === undefined) {
    changed.opened.push(id);
    return { id, openedDay: asOf, closedDay: null, reopened: 0, owner: '', deadline: null, done: null, note: '' };
  }
  if (need.state === 'closed') {
    if (known.closedDay !== null) return known;
    changed.closed.push(id);
    return { ...known, closedDay: asOf };
  }
  if (known.closedDay === null) return known;
  changed.reopened.push(id);
  return { ...known, closedDay: null, reopened: known.reopened + 1, done: null };
}

function taskOf(
  the: WorkSources,
  need: Need,
  kept: KeptTask,
  known: {
    readonly senders: ReadonlyMap<string, TakenInventory['senders']['senders'][number]>;
    readonly abuse: ReadonlyMap<string, number>;
    readonly busiest: readonly SeenAddress[];
  },
): Task {
  const { senders, abuse, busiest } = known;
  const stream = the.inventory.streams[need.stream]!;
  const sender = stream.senderId === null ? undefined : senders.get(stream.senderId);
  const party = the.parties.find(({ id }) => id === the.partyOf.get(stream.id));
  const lacking = need.domains.reduce((sum, each) => sum + each.lacking, 0);
  const { asOf } = the.readiness;
  return {
    schema: workSchema,
    id: kept.id,
    action: need.action,
    stream: { id: stream.id, name: stream.name },
    seen: { first: dayText(stream.first), last: dayText(stream.last), addresses: stream.sources, busiest },
    sender: { id: stream.senderId, name: sender?.name ?? stream.sender },
    party:
      party === undefined
        ? stream.party === null
          ? null
          : { id: '', name: stream.party, owner: '', contact: '' }
        : { id: party.id, name: party.name, owner: party.owner, contact: party.contact },
    owner: kept.owner !== '' ? kept.owner : (party?.owner ?? ''),
    deadline: kept.deadline === null ? null : dayText(kept.deadline),
    state: need.state,
    reopened: kept.reopened,
    opened: dayText(kept.openedDay),
    closed: kept.closedDay === null ? null : dayText(kept.closedDay),
    done: kept.done === null ? null : { who: kept.done.who, ...agreement(kept.done.at, need) },
    why: need.why,
    others: need.others,
    how: need.action === 'sign' || need.action === 'align-spf' ? (sender?.align.how ?? null) : null,
    records: recordsOf(need, stream, sender, the.records),
    domains: need.domains,
    messages: need.domains.reduce((sum, each) => sum + each.messages, 0),
    lacking,
    until: need.until === null ? null : dayText(need.until),
    priority: priorityOf(need, sender?.category, party, kept.deadline, abuse, asOf, the.inventory.period),
    note: kept.note,
  };
}

const dayMs = 86_400_000;

/** What the mail says of a person's word that it is done: only mail of later days tells. */
function agreement(
  at: number,
  need: Need,
): { readonly day: string; readonly mail: 'agrees' | 'disagrees' | 'not-seen-since' } {
  const day = Math.floor(at / dayMs);
  const mail =
    need.lastLacking !== null && need.lastLacking > day && need.state === 'open'
      ? 'disagrees'
      : need.state === 'closed' || (need.lastHaving !== null && need.lastHaving > day)
        ? 'agrees'
        : 'not-seen-since';
  return { day: dayText(day), mail };
}

/** How much it matters that mail of a kind of service arrives, where nobody has said so: 0 to 1. */
const weights: Partial<Readonly<Record<SenderCategory, number>>> = {
  finance: 1,
  signing: 1,
  transactional: 0.8,
  access: 0.8,
  hr: 0.7,
  ticketing: 0.6,
  office: 0.6,
  commerce: 0.6,
  crm: 0.5,
  bulk: 0.3,
  survey: 0.2,
  events: 0.2,
};

/** Invoices and pay slips come seldom, and each is awaited. */
const awaited =
  /factu|invoice|billing|salaris|payslip|payroll|loonstro|betaal|payment|storing|outage|wachtwoord|password/i;

function priorityOf(
  need: Need,
  category: SenderCategory | undefined,
  party: Party | undefined,
  deadline: Day | null,
  abuse: ReadonlyMap<string, number>,
  asOf: Day,
  period: TakenInventory['period'],
): Priority {
  const months = Math.max(1, (period.last - period.first + 1) / 30);
  const open = need.domains.filter(({ state }) => state !== 'closed');
  const messages = open.reduce((sum, each) => sum + each.messages, 0) / months;
  const forged = open.reduce((sum, { domain }) => sum + (abuse.get(domain) ?? 0), 0) / months;
  const said = party?.priority == null ? undefined : 1 / party.priority;
  const isAwaited =
    open.some(({ domain }) => awaited.test(domain)) || awaited.test(String(need.why.values?.['stream'] ?? ''));
  const criticality = said ?? (isAwaited ? 1 : category === undefined ? 0.5 : (weights[category] ?? 0.4));
  const left = deadline === null ? Infinity : deadline - asOf;
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  const parts = {
    volume: tenth(2 * Math.log10(1 + messages)),
    criticality: tenth(5 * criticality),
    abuse: tenth(Math.log10(1 + forged)),
    gates: Math.min(5, open.filter(({ shutsGate }) => shutsGate).length),
    deadline: left < 0 ? 6 : left <= 7 ? 5 : left <= 30 ? 3 : 0,
  };
  return { points: tenth(Object.values(parts).reduce((sum, each) => sum + each, 0)), ...parts };
}

/** Messages that are thought or said to be forged, by author domain. */
function forgedByDomain(mails: readonly StreamMail[], { streams }: TakenInventory): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { standing, author, messages, stream } of mails) {
    if (standing !== 'thought-forged' && !(standing === 'forbidden' && streams[stream]?.kind !== 'own')) continue;
    sums.set(author, (sums.get(author) ?? 0) + messages);
  }
  return sums;
}

/** Streams of our own servers that stand on both legs, the greatest first: through these others may be sent. */
function relaysOf({ streams }: TakenInventory): number[] {
  return streams
    .map((stream, at) => ({ stream, at }))
    .filter(
      ({ stream: { kind, decision, senderId, legs, authorDomains } }) =>
        kind === 'own' &&
        decision === 'authorised' &&
        senderId === null &&
        authorDomains.length >= 3 &&
        legs.both > 9 * (legs.dkimOnly + legs.spfOnly + legs.neither),
    )
    .sort((a, b) => b.stream.messages - a.stream.messages)
    .map(({ at }) => at);
}

/** Whether a name is one of the author domains of a task. */
export function isAbout({ domains }: Pick<Task, 'domains'>, domain: DomainName): boolean {
  return domains.some((each) => each.domain === domain || each.domain.endsWith(`.${domain}`));
}
