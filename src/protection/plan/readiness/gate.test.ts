// Gates of a small organisation: rows as reports show them, a zone, and what people have said.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auth, historyOf } from '../../../../test/hand-made/history.ts';
import { published } from '../../../../test/hand-made/what-if.ts';
import { domainName } from '../../../standards/dns/index.ts';
import type { DeclaredSender } from '../../inventory/evidence.ts';
import type { Declaration } from '../../inventory/declared/index.ts';
import {
  decisionVerdicts,
  inventoryDimensions,
  inventoryMeasures,
  kinds,
  ReverseNames,
} from '../../inventory/index.ts';
import type { DecisionVerdict, Kind, MailStream, TakenInventory } from '../../inventory/index.ts';
import { senderCatalogue } from '../../inventory/senders/index.ts';
import type { Role } from '../../posture/index.ts';
import type { KeptRecord } from '../../simulation/what-if/index.ts';
import { recordOf } from '../ladder/standing.ts';
import { takeReadiness } from './index.ts';
import type { Acceptance, Gate, ReadinessOptions } from './index.ts';

/** Mail of one stream: how it is signed, from which day to which, every how many days. */
interface Mail {
  readonly of: string;
  readonly auth: string;
  readonly days: readonly [first: number, last: number, every?: number];
  readonly from?: string;
  readonly source?: string;
  readonly count?: number;
  /** By which text its receiver judges and reports; that of RFC 9990 when not said. */
  readonly generation?: 'rfc7489' | 'rfc9990';
}

interface World {
  readonly mail: readonly Mail[];
  readonly zone?: string;
  /** What stands beside it. */
  readonly spf?: string;
  readonly record?: string;
  readonly role?: Role;
  /** The record that stood before, as long as it was looked at; none when not said. */
  readonly earlier?: string;
  /** The first day on which the record was seen as it is; 900 when not said. */
  readonly since?: number;
  readonly decided?: Readonly<Record<string, DecisionVerdict>>;
  readonly rhythm?: Readonly<Record<string, MailStream['rhythm']['every']>>;
  readonly declared?: readonly (Declaration & { readonly id: number })[];
  readonly accepted?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** More domains of the portfolio. */
  readonly others?: readonly string[];
}

const domain = domainName('x.example');
const [first, last] = [800, 1000];
const rua = 'rua=mailto:d@x.example';

async function gateOf(world: World, options: ReadinessOptions = {}): Promise<Gate> {
  const record = world.record ?? `v=DMARC1; p=none; ${rua}`;
  const rows = world.mail.flatMap(
    (
      { days: [from, to, every = 1], auth: results, count = 10, source, of, from: author, generation = 'rfc9990' },
      at,
    ) =>
      Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, step) => ({
        day: from + step * every,
        from: author ?? 'x.example',
        auth: auth(results),
        count,
        source: source ?? `192.0.2.${at + 1}`,
        of,
        generation,
        reporter: generation === 'rfc9990' ? 'new.test' : 'old.test',
      })),
  );
  const history = historyOf(rows);
  const inventory = await inventoryFor(world, rows, history);
  const keptRecord: KeptRecord = {
    name: '_dmarc.x.example',
    type: 'TXT',
    firstDay: world.since ?? 900,
    lastDay: last,
    answer: { kind: 'records', records: [[record]], ttl: 300, aliases: [], authenticated: false },
  };
  const before: KeptRecord = {
    ...keptRecord,
    firstDay: 100,
    lastDay: 700,
    answer:
      world.earlier === undefined
        ? { kind: 'no-data', ttl: 300, aliases: [], authenticated: false }
        : { kind: 'records', records: [[world.earlier]], ttl: 300, aliases: [], authenticated: false },
  };
  const zone = `_dmarc.x.example. TXT "${record}"
    x.example. TXT "${world.spf ?? 'v=spf1 ip4:192.0.2.0/24 ~all'}"
    ${world.zone ?? 'x.example. MX 0 .'}`;
  const { gates } = await takeReadiness(
    {
      history,
      register: {
        portfolio: {
          list: () => [
            { domain, ...(world.role === undefined ? {} : { role: world.role }) },
            ...(world.others ?? []).map((other) => ({ domain: domainName(other) })),
          ],
        },
        declared: { list: () => world.declared ?? [] },
        setting: (name) => world.settings?.[name],
      },
      inventory,
      kept: [before, keptRecord],
      now: published(zone),
      reported: new Map(),
      policyDays: new Map([
        ['x.example', [{ record: recordOf([record])!, firstDay: world.since ?? 900, lastDay: last }]],
      ]),
      acceptances: (world.accepted ?? []).map((reason): Acceptance => ({
        domain,
        reason,
        who: 'A. Jansen',
        why: 'told',
        at: 0,
        messages: 1_000_000,
      })),
    },
    options,
  );
  return gates[0]!;
}

async function inventoryFor(
  { decided = {}, rhythm = {} }: World,
  rows: readonly {
    readonly of: string;
    readonly source: string;
    readonly day: number;
    readonly count: number;
    readonly from: string;
  }[],
  history: ReturnType<typeof historyOf>,
): Promise<TakenInventory> {
  const [combinations, dictionaries] = await Promise.all([
    history.ask({ by: [...inventoryDimensions], measures: [...inventoryMeasures] }),
    history.dictionaries(),
  ]);
  const names = [...new Set(rows.map(({ of }) => of))];
  const kindOf = (name: string): Kind => kinds.find((kind) => name.split(':')[0] === kind) ?? 'undecided';
  const decisionOf = (name: string): DecisionVerdict => decided[name] ?? 'undecided';
  const streams = names.map((name): MailStream => {
    const own = rows.filter(({ of }) => of === name);
    const messages = own.reduce((sum, { count }) => sum + count, 0);
    return {
      id: name,
      name,
      kind: kindOf(name),
      confidence: name.includes('unsure') ? 0.6 : 0.97,
      chances: { own: 0, third: 0, forwarder: 0, forged: 0, abused: 0 },
      sender: null,
      senderId: null,
      party: null,
      decision: decisionOf(name),
      purpose: null,
      messages,
      rows: own.length,
      sources: 1,
      authorDomains: [{ domain: 'x.example', messages }],
      networks: [],
      legs: { both: 0, dkimOnly: 0, spfOnly: 0, neither: 0, dkimStrict: 0, spfStrict: 0 },
      setUp: { sender: null, signing: [], envelopes: [] },
      rhythm: { every: rhythm[name] ?? 'daily', activeDays: own.length, nextExpected: null, sureness: 1 },
      first: Math.min(...own.map(({ day }) => day)),
      last: Math.max(...own.map(({ day }) => day)),
      reasons: [],
      question: null,
    };
  });
  const streamOf = Int32Array.from({ length: combinations.length }, (_, at) => {
    const address = dictionaries.address(combinations.source[at]!);
    return names.indexOf(rows.find(({ source }) => source === address)?.of ?? '');
  });
  const verdictOf = Uint8Array.from(streamOf, (at) => decisionVerdicts.indexOf(streams[at]!.decision));
  return {
    streams,
    combinations,
    streamOf,
    kindOf: Uint8Array.from(streamOf, (at) => kinds.indexOf(streams[at]!.kind)),
    confidenceOf: new Float32Array(combinations.length).fill(0.9),
    decisionOf: verdictOf,
    dictionaries,
    period: { first, last },
    rulings: { verdictOf, ruling: () => ({ verdict: 'undecided', ground: 'none' }) as never },
    senders: senderCatalogue(),
    reverse: new ReverseNames([]),
    networkOf: () => undefined,
  };
}

const both = 'd=x.example/s1 spf=x.example';
const steady: Mail = { of: 'own:app', auth: both, days: [first, last] };
const ours = { 'own:app': 'authorised' } as const;
const quarantine = `v=DMARC1; p=quarantine; sp=quarantine; ${rua}`;
const declared = (more: Partial<Declaration & DeclaredSender>): Declaration & { readonly id: number } => ({
  id: 7,
  party: 'Finance',
  sender: 'Payslips',
  domains: ['x.example'],
  networks: ['198.51.100.0/24'],
  purpose: 'payslips',
  rhythm: 'yearly',
  exclusive: null,
  ...more,
});

describe('a gate', () => {
  const softly: Partial<World> = {
    record: `v=DMARC1; p=quarantine; t=y; pct=0; ${rua}`,
    decided: ours,
    role: 'sending',
  };
  const cases: [
    why: string,
    world: World,
    next: string | null,
    gate: string,
    shuts: string[],
    opens?: string | null,
  ][] = [
    [
      'one steady stream on both legs',
      { mail: [steady], decided: ours, role: 'sending' },
      'quarantine-soft',
      'open',
      [],
    ],
    ['and to full quarantine', { mail: [steady], ...softly }, 'quarantine', 'open', []],
    [
      'a stream that fails shuts it',
      {
        mail: [steady, { of: 'third:mailer', auth: 'spf=mailer.net', days: [first, last] }],
        ...softly,
        decided: { ...ours, 'third:mailer': 'authorised' },
      },
      'quarantine',
      'shut',
      ['loses:third:mailer'],
    ],
    [
      'not on a soft rung: nothing is lost there',
      {
        mail: [steady, { of: 'third:mailer', auth: 'spf=mailer.net', days: [first, last] }],
        decided: { ...ours, 'third:mailer': 'authorised' },
        role: 'sending',
      },
      'quarantine-soft',
      'open',
      [],
    ],
    [
      'a stream that is quarantined already shuts the gate to reject, though nothing more would be lost',
      {
        mail: [steady, { of: 'third:mailer', auth: 'spf=mailer.net', days: [first, last] }],
        record: `v=DMARC1; p=reject; t=y; pct=0; ${rua}`,
        decided: { ...ours, 'third:mailer': 'authorised' },
        role: 'sending',
      },
      'reject',
      'shut',
      ['loses:third:mailer'],
    ],
    [
      'mended yesterday: time',
      {
        mail: [
          steady,
          { of: 'third:mailer', auth: '', days: [first, 998], source: '198.51.100.1' },
          { of: 'third:mailer', auth: both, days: [999, last], source: '198.51.100.1' },
        ],
        ...softly,
        decided: { ...ours, 'third:mailer': 'authorised' },
      },
      'quarantine',
      'shut',
      ['mended-lately:third:mailer'],
      '1972-10-09',
    ],
    [
      'mended a month ago: open',
      {
        mail: [
          steady,
          { of: 'third:mailer', auth: '', days: [first, 960], source: '198.51.100.1' },
          { of: 'third:mailer', auth: both, days: [961, last], source: '198.51.100.1' },
        ],
        ...softly,
        decided: { ...ours, 'third:mailer': 'authorised' },
      },
      'quarantine',
      'open',
      [],
    ],
    [
      'monthly, and not seen since it failed: until it will have been',
      {
        mail: [steady, { of: 'own:invoices', auth: '', days: [810, 960, 30], source: '198.51.100.1' }],
        ...softly,
        decided: { ...ours, 'own:invoices': 'authorised' },
        rhythm: { 'own:invoices': 'monthly' },
      },
      'quarantine',
      'shut',
      ['unseen-until:own:invoices'],
      '1972-10-24',
    ],
    [
      'once, and nobody knows when it comes again: no day',
      {
        mail: [steady, { of: 'own:notice', auth: '', days: [850, 850], source: '198.51.100.1' }],
        ...softly,
        decided: { ...ours, 'own:notice': 'authorised' },
        rhythm: { 'own:notice': 'once' },
      },
      'quarantine',
      'shut',
      ['unseen-since:own:notice'],
      null,
    ],
    [
      'nobody has decided on a stream that would lose',
      { mail: [steady, { of: 'undecided', auth: '', days: [first, last] }], ...softly },
      'quarantine',
      'shut',
      ['undecided:undecided'],
    ],
    [
      'what is surely forged is meant to be lost',
      { mail: [steady, { of: 'forged', auth: '', days: [first, last] }], ...softly },
      'quarantine',
      'open',
      [],
    ],
    [
      'what is perhaps forged is not',
      { mail: [steady, { of: 'forged:unsure', auth: '', days: [first, last] }], ...softly },
      'quarantine',
      'shut',
      ['perhaps-ours:forged:unsure'],
    ],
    [
      'a forwarder that nobody decided on',
      { mail: [steady, { of: 'forwarder:list', auth: '', days: [first, last] }], ...softly },
      'quarantine',
      'shut',
      ['forwarders-undecided'],
    ],
    [
      'and one that was',
      {
        mail: [steady, { of: 'forwarder:list', auth: '', days: [first, last] }],
        ...softly,
        decided: { ...ours, 'forwarder:list': 'forwarder' },
      },
      'quarantine',
      'open',
      [],
    ],
    [
      'a few broken on the way, at an address that otherwise passes: not a shut gate',
      {
        mail: [
          { ...steady, count: 1000 },
          { of: 'own:app', auth: '', days: [first, last, 20], source: '192.0.2.1', count: 1 },
        ],
        ...softly,
      },
      'quarantine',
      'open',
      [],
    ],
    [
      'many broken on the way are',
      {
        mail: [
          { ...steady, count: 10 },
          { of: 'own:app', auth: '', days: [first, last, 20], source: '192.0.2.1', count: 2 },
        ],
        ...softly,
      },
      'quarantine',
      'shut',
      ['strays:own:app'],
    ],
    [
      'SPF alone is enough for quarantine',
      { mail: [{ ...steady, auth: 'spf=x.example' }], ...softly },
      'quarantine',
      'open',
      [],
    ],
    [
      '§8: and not for reject',
      { mail: [{ ...steady, auth: 'spf=x.example' }], record: quarantine, decided: ours, role: 'sending' },
      'reject-soft',
      'shut',
      ['spf-alone:own:app'],
    ],
    [
      'declared and never seen',
      { mail: [steady], ...softly, declared: [declared({ rhythm: 'monthly' })] },
      'quarantine',
      'shut',
      ['declared-unseen:7'],
      null,
    ],
    [
      'declared as yearly, and the year is not over: until it is',
      { mail: [steady], ...softly, declared: [declared({})] },
      'quarantine',
      'shut',
      ['declared-unseen-yet:7'],
      '1974-03-13',
    ],
    [
      'held for ten days',
      { mail: [steady], ...softly, since: 991 },
      'quarantine',
      'shut',
      ['held-too-short'],
      '1972-10-01',
    ],
    [
      '§7.4: people: a month of none',
      { mail: [steady], decided: ours, role: 'users', since: 980 },
      'quarantine-soft',
      'shut',
      ['held-too-short'],
      '1972-10-06',
    ],
    [
      '§7.4: people under reject: a named person',
      { mail: [steady], decided: ours, role: 'users', record: quarantine },
      'reject-soft',
      'shut',
      ['users'],
    ],
    [
      'who accepts it',
      { mail: [steady], decided: ours, role: 'users', record: quarantine, accepted: ['users'] },
      'reject-soft',
      'open',
      [],
    ],
    [
      'no address for reports',
      { mail: [steady], decided: ours, role: 'sending', record: 'v=DMARC1; p=none' },
      'quarantine-soft',
      'shut',
      ['no-report-address'],
    ],
    [
      'reports of ten days',
      { mail: [{ ...steady, days: [991, last] }], decided: ours, role: 'sending' },
      'quarantine-soft',
      'shut',
      ['short-look'],
      '1972-10-15',
    ],
    [
      'reports every day, and none for eleven days',
      { mail: [{ ...steady, days: [first, 989] }], decided: ours, role: 'sending' },
      'quarantine-soft',
      'shut',
      ['reports-stopped'],
    ],
    [
      'nor twice before, for as long: then nothing was sent',
      {
        mail: [
          { ...steady, days: [first, 850] },
          { ...steady, days: [865, 900] },
          { ...steady, days: [912, 989] },
        ],
        decided: ours,
        role: 'sending',
      },
      'quarantine-soft',
      'open',
      [],
    ],
    [
      'once before is an accident',
      {
        mail: [
          { ...steady, days: [first, 850] },
          { ...steady, days: [865, 989] },
        ],
        decided: ours,
        role: 'sending',
      },
      'quarantine-soft',
      'shut',
      ['reports-stopped'],
    ],
    ['parked: to reject in one step', { mail: [], role: 'parked' }, 'reject', 'open', []],
    [
      'parked, and asked for quarantine since ten days: nobody could have told before',
      { mail: [], role: 'parked', record: quarantine, since: 991 },
      'reject',
      'shut',
      ['short-look'],
    ],
    [
      'unless another record asked for reports before: whoever had seen mail had told then',
      {
        mail: [],
        role: 'parked',
        record: quarantine,
        since: 991,
        earlier: `v=DMARC1; p=none; ${rua}`,
      },
      'reject',
      'open',
      [],
    ],
    [
      'which one that asked for none does not do',
      { mail: [], role: 'parked', record: quarantine, since: 991, earlier: 'v=DMARC1; p=none' },
      'reject',
      'shut',
      ['short-look'],
    ],
    ['parked, as it is thought: firm with a null MX', { mail: [] }, 'reject', 'open', []],
    [
      'parked, as it is only thought: somebody has to say so',
      { mail: [], zone: 'x.example. A 192.0.2.1' },
      'reject',
      'shut',
      ['role-proposed'],
    ],
    [
      'the end',
      { mail: [steady], decided: ours, role: 'sending', record: `v=DMARC1; p=reject; ${rua}` },
      null,
      'end',
      [],
    ],
    [
      'a threshold of its own',
      { mail: [steady], ...softly, since: 991, settings: { 'gate/hold-days@x.example': '5' } },
      'quarantine',
      'open',
      [],
    ],
  ];
  for (const [why, world, next, state, shuts, opens] of cases)
    it(why, async () => {
      const gate = await gateOf(world);
      assert.equal(gate.next, next);
      assert.deepEqual(
        gate.reasons.filter((each) => each.shuts).map(({ id }) => id),
        shuts,
      );
      assert.equal(gate.gate, state);
      if (opens !== undefined) assert.equal(gate.opens, opens);
    });

  it('a step back is shut by nothing, and rungs are not skipped', async () => {
    const world: World = { mail: [{ ...steady, auth: '' }], decided: ours, role: 'sending', record: quarantine };
    assert.equal((await gateOf(world, { rung: 'quarantine-soft' })).gate, 'open');
    const { reasons } = await gateOf({ ...world, mail: [steady] }, { rung: 'reject' });
    assert.deepEqual(
      reasons.filter(({ shuts }) => shuts).map(({ id, values }) => [id, values['count']]),
      [['skips-rungs', 1]],
    );
  });

  it('shows ahead what the soft rung does not cost', async () => {
    const { ahead } = await gateOf({
      mail: [steady, { of: 'third:mailer', auth: '', days: [first, last] }],
      decided: { ...ours, 'third:mailer': 'authorised' },
      role: 'sending',
    });
    assert.equal(ahead?.rung, 'quarantine');
    assert.deepEqual(
      ahead?.reasons.map(({ id, values }) => [id, values['lost']]),
      [['loses:third:mailer', 2010]],
    );
  });

  it('an acceptance does not hold for far more than was accepted', async () => {
    const world: World = {
      mail: [steady, { of: 'third:mailer', auth: '', days: [first, last], count: 30_000 }],
      record: `v=DMARC1; p=quarantine; t=y; pct=0; ${rua}`,
      decided: { ...ours, 'third:mailer': 'authorised' },
      role: 'sending',
      accepted: ['loses:third:mailer'],
    };
    assert.equal((await gateOf(world)).gate, 'shut');
    const less = { ...world, mail: [steady, { of: 'third:mailer', auth: '', days: [first, last] as const }] };
    const gate = await gateOf(less);
    assert.equal(gate.gate, 'open');
    assert.equal(gate.reasons.find(({ acceptedBy }) => acceptedBy !== undefined)?.acceptedBy, 'A. Jansen');
  });

  it('says what is lost today, under a policy that is in force', async () => {
    const { today } = await gateOf({
      mail: [steady, { of: 'undecided', auth: '', days: [first, last] }],
      decided: ours,
      role: 'sending',
      record: `v=DMARC1; p=reject; ${rua}`,
    });
    assert.deepEqual(
      today.map(({ id, shuts }) => [id, shuts]),
      [['undecided:undecided', false]],
    );
  });
});

describe('a domain of which no report tells any more', () => {
  const silent: World = {
    mail: [
      { ...steady, days: [first, 980] },
      { ...steady, from: 'y.example' },
    ],
    decided: ours,
    role: 'sending',
    others: ['y.example'],
  };
  const other = (record: string): string =>
    `_dmarc.y.example. TXT "v=DMARC1; p=none; ${record}"\n    y.example. MX 0 .`;
  const told = async (world: Partial<World>): Promise<[string, unknown][]> => {
    const { reasons } = await gateOf({ ...silent, ...world });
    const codes = new Set(['gate/reports-stopped', 'gate/nothing-sent']);
    return reasons.flatMap(({ code, shuts, values }) =>
      codes.has(code) ? [[`${code} ${shuts ? 'shuts' : 'is said'}`, values['other']]] : [],
    );
  };
  it('sends nothing, where reports of another still come to the same address', async () => {
    assert.deepEqual(await told({ zone: other(rua) }), [['gate/nothing-sent is said', 'y.example']]);
  });
  const stopped: [why: string, world: Partial<World>][] = [
    ['they come to another address', { zone: other('rua=mailto:d@y.example') }],
    ['nothing is known of the record of the other', {}],
    ['they stopped too', { zone: other(rua), mail: silent.mail.map((mail) => ({ ...mail, days: [first, 980] })) }],
    [
      'the address takes no reports of this domain: RFC 9990 §4',
      {
        zone: other('rua=mailto:d@z.example'),
        record: 'v=DMARC1; p=none; rua=mailto:d@z.example',
      },
    ],
  ];
  for (const [why, world] of stopped)
    it(`has lost its reports: ${why}`, async () => {
      assert.deepEqual(await told(world), [['gate/reports-stopped shuts', undefined]]);
    });
});

describe('beside the rung', () => {
  const below: Mail = {
    of: 'third:portal',
    auth: '',
    from: 'portal.x.example',
    days: [first, last],
    source: '198.51.100.9',
  };
  const decided = { ...ours, 'third:portal': 'authorised' } as const;
  const zone = 'portal.x.example. A 192.0.2.1\n    x.example. MX 0 .';
  it('sp has a gate of its own, and does not shut that of p', async () => {
    const gate = await gateOf({
      mail: [steady, below],
      zone,
      decided,
      role: 'sending',
      record: `v=DMARC1; p=quarantine; t=y; pct=0; sp=none; ${rua}`,
    });
    assert.equal(gate.gate, 'open');
    assert.equal(gate.beside.sp.gate, 'shut');
    assert.equal(gate.beside.np.gate, 'open');
  });
  it('np is for names that do not exist', async () => {
    const gate = await gateOf({
      mail: [steady, below],
      decided,
      role: 'sending',
      record: `v=DMARC1; p=quarantine; t=y; pct=0; sp=none; ${rua}`,
    });
    assert.equal(gate.beside.np.gate, 'shut');
  });
  for (const generation of ['rfc7489', 'rfc9990'] as const)
    it(`and sp too, to receivers of RFC 7489, which know no np: seen by one of ${generation}, it may go to the other next`, async () => {
      const record = `v=DMARC1; p=quarantine; t=y; pct=0; sp=none; ${rua}`;
      const gate = await gateOf({ mail: [steady, { ...below, generation }], decided, role: 'sending', record });
      for (const { gate: state, reasons } of [gate.beside.sp, gate.beside.np])
        assert.deepEqual(
          [state, reasons.map(({ id, values }) => [id, values['domains']])],
          ['shut', [['loses:third:portal', 'portal.x.example']]],
        );
    });
  it('what was seen there more than a month ago no longer shuts np', async () => {
    const gate = await gateOf({ mail: [steady, { ...below, days: [first, 960] }], decided, role: 'sending' });
    assert.equal(gate.beside.np.gate, 'open');
  });
  it('unless it comes seldom there: a wanted stream has not gone from where it never came every month', async () => {
    const seldom: Mail = { ...below, days: [first, 960, 40] };
    const gate = await gateOf({ mail: [steady, seldom], decided, role: 'sending' });
    assert.deepEqual(
      [gate.beside.np.gate, gate.beside.np.reasons.map(({ id }) => id)],
      ['shut', ['unseen-until:third:portal']],
    );
    const undecided = await gateOf({ mail: [steady, { ...seldom, of: 'undecided' }], decided: ours, role: 'sending' });
    assert.equal(undecided.beside.np.gate, 'open');
  });
  it('strictness is shut by a leg that it would take', async () => {
    const mail = [{ ...steady, auth: 'd=x.example/s1 spf=bounce.x.example' }];
    const { optional } = await gateOf({ mail, decided: ours, role: 'sending' });
    assert.equal(optional.adkim.gate, 'open');
    assert.deepEqual(
      [optional.aspf.gate, optional.aspf.reasons[0]?.values['lost'], optional.aspf.reasons[0]?.values['fails']],
      ['shut', 2010, 0],
    );
  });
  it('and by a leg of a name below, whose mail the same record governs', async () => {
    const relaxed: Mail = { ...below, auth: 'd=x.example/s1 spf=x.example' };
    for (const more of [{ zone }, {}]) {
      const { optional } = await gateOf({ mail: [steady, relaxed], decided, role: 'sending', ...more });
      assert.deepEqual(
        [optional.adkim, optional.aspf].map(({ gate, reasons }) => [
          gate,
          reasons.map(({ id, values }) => [id, values['lost']]),
        ]),
        [
          ['shut', [['strict-adkim:third:portal', 2010]]],
          ['shut', [['strict-aspf:third:portal', 2010]]],
        ],
      );
    }
  });
  it('strictness and -all wait for what was declared and never seen', async () => {
    const world: World = {
      mail: [steady],
      decided: ours,
      role: 'sending',
      declared: [declared({ rhythm: 'monthly' })],
    };
    const gates = async (more: Partial<World>): Promise<(string | undefined)[]> => {
      const { optional } = await gateOf({ ...world, ...more });
      return [optional.adkim, optional.aspf, optional.all].map((each) => each?.gate);
    };
    assert.deepEqual(await gates({}), ['shut', 'shut', 'shut']);
    assert.deepEqual(await gates({ accepted: ['declared-unseen:7'] }), ['open', 'open', 'open']);
  });
  it('-all is shut by mail of another author domain that uses this one for its envelope, and not by what is forged', async () => {
    const foreign = {
      of: 'third:shop',
      auth: 'd=y.example/s1 spf=x.example!',
      from: 'y.example',
      days: [first, last],
      source: '198.51.100.9',
    } as const;
    const decided = { ...ours, 'third:shop': 'authorised' } as const;
    const shut = await gateOf({ mail: [steady, foreign], decided, role: 'sending' });
    assert.deepEqual(
      [
        shut.optional.all?.gate,
        shut.optional.all?.reasons.map(({ id, values }) => [id, values['messages'], values['authors']]),
      ],
      ['shut', [['leans-on-record:third:shop', 2010, 'y.example']]],
    );
    const passing = await gateOf({ mail: [steady, { ...foreign, source: '192.0.2.9' }], decided, role: 'sending' });
    assert.equal(passing.optional.all?.gate, 'open');
    const forged = await gateOf({ mail: [steady, { ...foreign, of: 'forged' }], decided: ours, role: 'sending' });
    assert.equal(forged.optional.all?.gate, 'open');
  });
});

describe('-all and mail of the domain itself', () => {
  const decided = { ...ours, 'forwarder:box': 'forwarder' } as const;
  const passedOn: Mail = {
    of: 'forwarder:box',
    auth: 'd=x.example/s1 spf=x.example!',
    days: [first, last, 10],
    source: '198.51.100.9',
  };
  const allGate = async (world: Partial<World>): Promise<[string | undefined, unknown[] | undefined]> => {
    const { optional } = await gateOf({ mail: [steady, passedOn], decided, role: 'sending', ...world });
    return [
      optional.all?.gate,
      optional.all?.reasons.map(({ id, values }) => [id, values['most'], values['messages']]),
    ];
  };
  const shut = ['shut', [['turned-away:forwarder:box', 210, 210]]];
  it('is shut by what SPF does not pass, signed or not', async () => {
    assert.deepEqual(await allGate({}), shut);
  });
  it('though the receivers that report it take what SPF fails: it may go to others next', async () => {
    const taken: Mail = { of: 'forged', auth: 'spf=x.example!', days: [first, last], source: '203.0.113.7' };
    assert.deepEqual(await allGate({ mail: [steady, passedOn, taken] }), shut);
  });
  it('not by what the record lets pass today', async () => {
    assert.deepEqual(await allGate({ mail: [steady, { ...passedOn, source: '192.0.2.77' }] }), ['open', []]);
  });
  it('and by what did not pass where the record of today is in error', async () => {
    const fetches = Array.from({ length: 11 }, (_, at) => `include:i${at}.x.example`).join(' ');
    const more = Array.from({ length: 11 }, (_, at) => `i${at}.x.example. TXT "v=spf1 -all"`).join('\n');
    const zone = `x.example. MX 0 .\n${more}`;
    assert.deepEqual(await allGate({ zone, spf: `v=spf1 ${fetches} ~all` }), shut);
  });
  it('nor by what nobody wants', async () => {
    assert.deepEqual(await allGate({ decided: { ...ours, 'forwarder:box': 'forbidden' } }), ['open', []]);
  });
});

describe('what a domain is for', () => {
  const cases: [why: string, mail: Mail[], zone: string, role: string, certainty: string][] = [
    ['mail goes out, none comes in', [steady], 'x.example. MX 0 .', 'sending', 'firm'],
    ['mail goes out and in: people, to be safe', [steady], 'x.example. MX 10 mx.x.example.', 'users', 'likely'],
    ['mail only comes in', [], 'x.example. MX 10 mx.x.example.', 'receiving', 'likely'],
    ['neither', [], 'x.example. MX 0 .', 'parked', 'firm'],
    [
      'forged mail is no mail of its own',
      [{ of: 'forged', auth: '', days: [first, last] }],
      'x.example. MX 0 .',
      'parked',
      'firm',
    ],
  ];
  for (const [why, mail, zone, role, certainty] of cases)
    it(why, async () => {
      const gate = await gateOf({ mail, zone });
      assert.deepEqual([gate.role.role, gate.role.certainty, gate.role.isDecided], [role, certainty, false]);
    });
});
