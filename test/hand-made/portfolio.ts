// A portfolio on the ladder, and a change of its records, as pages show them: gates of every state, tasks of several owners, a forecast. Names
// of strangers in it are hostile.
import { dayText } from '../../src/protection/assessment/index.ts';
import type { Rung } from '../../src/protection/plan/index.ts';
import type { BesideGate, Gate, GateReason } from '../../src/protection/plan/readiness/index.ts';
import type { Task } from '../../src/protection/plan/tasks/index.ts';
import type { Drift, DriftSum, WhatIf } from '../../src/protection/simulation/what-if/index.ts';
import type { LadderPage } from '../../src/rendering/html/index.ts';
import { domainName } from '../../src/standards/dns/index.ts';
import { auth } from './history.ts';
import { answerOf, published } from './what-if.ts';

/** A name that would do harm wherever it is not escaped, and steer wherever it is not made safe. */
export const hostileName = '"><script>document.title=1</script><img src=x onerror="document.title=1">\u202E`\'&';

/** 2026-02-15. */
const asOf = 20_499;
const reason = (
  code: string,
  values: GateReason['values'],
  shuts: boolean,
  more: Partial<GateReason> = {},
): GateReason => ({
  code: `gate/${code}`,
  values,
  id: code,
  shuts,
  streams: [],
  ...more,
});
const beside = (gate: BesideGate['gate'], reasons: readonly GateReason[] = []): BesideGate => ({
  now: 'none',
  target: 'reject',
  gate,
  reasons,
});

/** A gate: open unless reasons that shut are given. */
export function gateOf(domain: string, part: Partial<Gate> = {}): Gate {
  const { reasons = [] } = part;
  return {
    schema: 'zegel/gate/1',
    domain,
    asOf: dayText(asOf),
    role: { role: 'users', isDecided: false, certainty: 'firm', reasons: [] },
    record: { found: 'own', at: domain, isReported: false, softFor: null, hasReportAddress: true },
    rung: 'none',
    held: { since: dayText(asOf - 90), days: 91, orLonger: false, from: 'record' },
    next: 'quarantine-soft',
    end: 'reject',
    gate: reasons.some(({ shuts }) => shuts) ? 'shut' : 'open',
    opens: null,
    reasons,
    today: [],
    ahead: null,
    beside: { sp: beside('open'), np: beside('set') },
    optional: { adkim: beside('open'), aspf: beside('open'), all: null },
    evidence: {
      from: dayText(asOf - 300),
      to: dayText(asOf),
      days: 300,
      messages: 1000,
      wantedMessages: 900,
      streams: 3,
      covered: { month: 30, quarter: 90, year: 300 },
    },
    receivers: { heard: [], silent: ['A big receiver'] },
    ...part,
  };
}

/** A task of an owner. */
export function taskOf(stream: string, part: Partial<Task> = {}): Task {
  return {
    schema: 'zegel/work/1',
    id: 'a-2345:sign',
    action: 'sign',
    stream: { id: 'a-2345', name: stream },
    seen: { first: dayText(asOf - 300), last: dayText(asOf), addresses: 1, busiest: [] },
    sender: { id: null, name: null },
    party: null,
    owner: '',
    deadline: null,
    state: 'open',
    reopened: 0,
    opened: dayText(asOf),
    closed: null,
    done: null,
    why: { code: 'work/why-spf-alone', values: { stream, domains: 1 } },
    others: [],
    how: null,
    records: [],
    domains: [],
    messages: 12_000,
    lacking: 1200,
    until: null,
    priority: { points: 1, volume: 1, criticality: 0, abuse: 0, gates: 0, deadline: 0 },
    note: '',
    ...part,
  };
}

const loses = (stream: string): GateReason =>
  reason('loses', { stream, lost: 12, least: 12, most: 12, messages: 12, last: dayText(asOf - 3) }, true);

/** Gates on every rung and in every state, of which the first has hostile names. */
export function portfolioGates(): Gate[] {
  const rungs: readonly (Rung | null)[] = [null, 'none', 'quarantine-soft', 'quarantine', 'reject-soft'];
  return [
    gateOf(hostileName, {
      reasons: [
        loses(hostileName),
        reason('users', { domain: hostileName }, false, { acceptedBy: hostileName }),
        reason('undecided-passing', { streams: 1, messages: 1 }, false),
      ],
      today: [reason('undecided', { stream: hostileName, lost: 3, most: 3, messages: 9, last: dayText(asOf) }, false)],
      beside: { sp: beside('shut', [loses(hostileName)]), np: beside('open') },
    }),
    ...rungs.map((rung, at) => gateOf(`a-name-that-is-rather-long-${at}.and-has-labels.example`, { rung, held: null })),
    gateOf('waits.example', {
      reasons: [reason('held-too-short', { rung: 'none', since: dayText(asOf), days: 1, wanted: 14, by: dayText(asOf + 13) }, true, { until: dayText(asOf + 14) })], // prettier-ignore
      opens: dayText(asOf + 14),
    }),
    gateOf('there.example', { rung: 'reject', next: null, gate: 'end', role: { role: 'parked', isDecided: true, certainty: 'firm', reasons: [] } }), // prettier-ignore
  ];
}

/** What a page of the ladder shows of gates: the last of them to be there are those that are not at their end. */
export function portfolioOf(gates: readonly Gate[], tasks: readonly Task[] = []): LadderPage {
  const open = gates.filter(({ gate }) => gate !== 'end');
  const date = { earliest: dayText(asOf + 28), likely: dayText(asOf + 90), range: [dayText(asOf + 60), dayText(asOf + 150)] } as const; // prettier-ignore
  return {
    gates,
    tasks,
    when: {
      schema: 'zegel/when/1',
      asOf: dayText(asOf),
      portfolio: { domains: gates.length, there: gates.length - open.length, awaitingWord: 0 },
      pace: { closedPerWeek: 1.5, weeks: 12 },
      all: open.length === 0 ? null : date,
      domains: open.map(({ domain }) => ({ domain, ...date, tasks: 1, moves: ['tasks', 'time'] })),
      burnDown: Array.from({ length: 26 }, (_, at) => ({
        day: dayText(asOf - 7 * (25 - at)),
        open: gates.length === 0 ? 0 : 40 - at,
        opened: gates.length === 0 ? 0 : 1,
        closed: gates.length === 0 ? 0 : 2,
      })),
      unseen: {
        seen: 9,
        once: 1,
        twice: 2,
        chao: 0.2,
        coverage: 0.4,
        range: [0, 2],
        sampled: 0.9,
        weeks: 40,
        from: dayText(asOf - 280),
        to: dayText(asOf),
      },
    },
  };
}

/** Tasks of owners with hostile names, of a party, of nobody, and more of one than a page shows. */
export function portfolioTasks(): Task[] {
  return [
    taskOf(hostileName, { owner: hostileName, deadline: dayText(asOf + 30) }),
    ...Array.from({ length: 8 }, (_, at) =>
      taskOf(`Mailer ${at}`, { party: { id: 'p', name: 'A party', owner: '', contact: '' } }),
    ),
    taskOf('Of nobody', { action: 'decide', why: { code: 'inventory/ask', values: { whom: hostileName } }, domains: [
      { domain: hostileName, messages: 1, lacking: 1, last: null, state: 'open', shutsGate: true },
    ] }), // prettier-ignore
  ];
}

/** A change that costs wanted mail, stops forged mail and lets some through; streams, parties and records have hostile names. */
export async function changeAnswer(part: Partial<WhatIf> = {}): Promise<WhatIf> {
  const row = (source: string, count: number, of: string, results: string) =>
    ({ from: 'x.example', source, count, of, auth: auth(results), generation: 'rfc9990' }) as const;
  const added = await answerOf(
    [
      row('192.0.2.1', 900, 'own:gateway', 'd=x.example/s1 spf=x.example'),
      row('192.0.2.2', 80, 'own:billing', 'spf=elsewhere.net'),
      row('192.0.2.3', 7, 'undecided:who', 'spf=elsewhere.net'),
      row('192.0.2.4', 40, 'forwarder:list', 'spf=elsewhere.net'),
      row('192.0.2.5', 600, 'forged:bad', 'spf=x.example!'),
      row('192.0.2.6', 50, 'forged:replay', 'd=x.example/s1'),
    ],
    published('_dmarc.x.example. TXT "v=DMARC1; p=none"\nx.example. TXT "v=spf1 ip4:192.0.2.1 ~all"'),
    [{ what: 'dmarc', domain: domainName('x.example'), tags: { p: 'reject' } }],
  );
  return {
    ...added,
    asked: { domain: 'x.example', records: 'now', since: null, until: null },
    seen: { from: dayText(asOf - 30), to: dayText(asOf) },
    changes: [
      { name: '_dmarc.x.example', type: 'TXT', before: ['v=DMARC1; p=none'], after: ['v=DMARC1; p=reject'] },
      { name: hostileName, type: 'TXT', before: null, after: [hostileName] },
    ],
    signing: [hostileName],
    streams: added.streams.map((stream) => ({ ...stream, name: `${stream.name} ${hostileName}`, party: hostileName })),
    by: { party: [{ ...added.total, key: hostileName }] },
    problems: [{ code: 'simulation/no-spf-record', values: { domain: hostileName } }],
    drift: hostileDrift(added),
    ...part,
  };
}

/** Records that changed since, whose names and texts are hostile: each stream lost the SPF leg of ten messages. */
function hostileDrift({ streams, standings }: Pick<WhatIf, 'standings' | 'streams'>): Drift {
  const ten = { expected: 10, least: 8, most: 12 };
  const nought = { expected: 0, least: 0, most: 0 };
  const sum: DriftSum = {
    messages: 20,
    legLost: ten,
    legLostOnDkim: nought,
    legGained: nought,
    lost: ten,
    regained: nought,
    lostWithChange: ten,
  };
  const bySum = Object.fromEntries(Object.keys(standings).map((standing) => [standing, sum]));
  return {
    kept: true,
    total: sum,
    standings: bySum as Drift['standings'],
    streams: streams.map((stream) => ({ ...stream, ...sum, name: hostileName, lastDay: dayText(asOf) })),
    sources: [
      {
        source: '192.0.2.2',
        domain: hostileName,
        stream: null,
        reported: 'pass',
        today: 'fail',
        why: 'changed',
        messages: 20,
        firstDay: dayText(asOf - 9),
        lastDay: dayText(asOf),
      },
    ],
    records: [
      {
        name: hostileName,
        type: 'TXT',
        domains: [],
        seenUntil: dayText(asOf - 9),
        day: dayText(asOf - 8),
        before: [hostileName],
        after: [],
      },
    ],
    notKept: { messages: 5, wanted: 5 },
    notKnown: { messages: 3, wanted: 0 },
  };
}
