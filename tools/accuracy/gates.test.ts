import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gateKinds } from './gate-kinds.ts';
import type { GateAsked, GateKindName, GateLine } from './gate-kinds.ts';
import { lossesOf, turnedAwayBy } from './gate-losses.ts';
import type { Loss } from './gate-losses.ts';
import { GateSums, told } from './gate-sums.ts';
import type { StepLosses } from './gate-sums.ts';
import { judgeGates } from './gates.ts';
import { belowRecord, rungRecord, strictRecord } from './rung-records.ts';

const fared = (quarantined: number, rejected: number) => ({ quarantined, rejected });
const set = { now: 's', target: 's', gate: 'set', reasons: [] };
const line = (domain: string, gate: string, more: Partial<GateLine> = {}): GateLine => ({
  domain,
  gate,
  role: { role: 'sending' },
  rung: 'none',
  next: 'quarantine',
  record: { found: 'own', at: domain },
  reasons: [],
  beside: { sp: set, np: set },
  optional: { adkim: set, aspf: set, all: null },
  ...more,
});
const asked = (domain: string, gate: string): GateAsked => ({
  domain,
  gate,
  step: 'none → quarantine',
  reasons: gate === 'shut' ? [{ code: 'gate/loses', id: 'loses:letters', shuts: true }] : [],
});
const loss = (domain: string, messages: number, isSeen = true): Loss => ({
  domain,
  origin: 'letters',
  author: domain,
  messages,
  isSeen,
});

describe('what a step cost', () => {
  const cases: [behaviour: string, unchanged: [number, number], changed: [number, number], messages: number][] = [
    ['mail that is quarantined and was not', [0, 0], [7, 0], 7],
    ['mail that is rejected and was quarantined', [7, 0], [0, 7], 7],
    ['mail that is rejected, some of which was quarantined', [3, 0], [0, 7], 7],
    ['mail that is quarantined and was rejected has lost nothing', [0, 7], [7, 0], 0],
    ['what was lost before is no cost', [2, 5], [2, 5], 0],
  ];
  for (const [behaviour, unchanged, changed, messages] of cases) {
    it(behaviour, () => {
      const found = lossesOf(
        new Map([['letters|a.example', fared(...unchanged)]]),
        new Map([['letters|a.example', fared(...changed)]]),
        new Set(['a.example']),
        new Set(),
      );
      assert.deepEqual(
        found.map((each) => each.messages),
        messages === 0 ? [] : [messages],
      );
    });
  }
  it('is put down to the nearest changed domain at or above the author domain, of the pairs seen and others', () => {
    const changed = new Map([
      ['letters|x.b.a.example', fared(1, 0)],
      ['letters|a.example', fared(2, 0)],
    ]);
    const domains = new Set(['a.example', 'b.a.example']);
    assert.deepEqual(lossesOf(new Map(), changed, domains, new Set(['letters|a.example'])), [
      { domain: 'b.a.example', origin: 'letters', author: 'x.b.a.example', messages: 1, isSeen: false },
      { domain: 'a.example', origin: 'letters', author: 'a.example', messages: 2, isSeen: true },
    ]);
  });
  it('at MAIL FROM is put down to the domain that SPF was asked for, whoever is the author', () => {
    const played = (turnedAway: Record<string, number>) => ({ playedDomains: {}, turnedAway });
    assert.deepEqual(
      turnedAwayBy(
        played({ 'letters|a.example|b.example': 2, 'notes|c.example|b.example': 4 }),
        played({ 'letters|a.example|b.example': 7, 'notes|c.example|b.example': 4 }),
        new Set(['letters|a.example']),
      ),
      [{ domain: 'b.example', origin: 'letters', author: 'a.example', messages: 5, isSeen: true }],
    );
  });
});

describe('the figures of gates', () => {
  const nothing: StepLosses = { open: [], all: [], anyway: [], forwarded: 0 };
  const figures = (
    gates: GateAsked[],
    losses: Partial<StepLosses>,
  ): Record<string, [number | null, boolean | null]> => {
    const sums = new GateSums('sp');
    sums.add(gates, { ...nothing, ...losses });
    const judged = sums.judged();
    assert.deepEqual([...new Set(judged.map(({ stratum }) => stratum))], ['sp']);
    return Object.fromEntries(judged.map(({ metric, value, met }) => [metric, [value, met]]));
  };
  const gates = [asked('a.example', 'open'), asked('b.example', 'shut'), asked('c.example', 'shut')];
  it('shut where mail would be lost, open where none would: all is met', () => {
    assert.deepEqual(figures(gates, { all: [loss('b.example', 9)] }), {
      'gates-open-lost': [0, true],
      'gates-harmful-shut': [1, true],
      'gates-harmless-open': [0.5, null],
      'gates-ailing-shut': [null, null],
      'gates-open-lost-unseen': [0, null],
      'gates-open-lost-forwarded': [0, null],
    });
  });
  it('a step that loses no more, where mail is lost anyway, is neither harmful nor harmless', () => {
    const found = figures(gates, { all: [loss('b.example', 9)], anyway: [loss('b.example', 9), loss('c.example', 3)] });
    assert.deepEqual(
      [found['gates-harmful-shut'], found['gates-ailing-shut'], found['gates-harmless-open']],
      [
        [1, true],
        [1, null],
        [1, null],
      ],
    );
  });
  it('a gate that was open where mail was lost misses both targets', () => {
    const found = figures(gates, {
      open: [loss('a.example', 5)],
      all: [loss('a.example', 5), loss('b.example', 9)],
      forwarded: 3,
    });
    assert.deepEqual(
      [found['gates-open-lost'], found['gates-harmful-shut'], found['gates-open-lost-forwarded']],
      [
        [5, false],
        [0.5, false],
        [3, null],
      ],
    );
  });
  it('mail of an origin that nobody had seen is told apart, and makes no step harmful', () => {
    const found = figures(gates, { open: [loss('a.example', 5, false)], all: [loss('a.example', 5, false)] });
    assert.deepEqual(
      [found['gates-open-lost'], found['gates-open-lost-unseen'], found['gates-harmful-shut']],
      [
        [0, true],
        [5, null],
        [null, true],
      ],
    );
  });
  it('what is told: every loss under an open gate, and what shuts gates of harmless steps', () => {
    const losses = { ...nothing, open: [loss('a.example', 5)], all: [loss('a.example', 5)] };
    assert.deepEqual(told('sp', gates.slice(0, 2), losses, 9), [
      'sp: 2 steps, 1 open; 1 would lose mail, of which 1 open',
      'sp: LOST under an open gate: none → quarantine at a.example: 5 of letters as a.example',
      'sp: HARMFUL and open: a.example none → quarantine',
      'sp: shut and harmless: b.example none → quarantine: gate/loses:loses:letters',
    ]);
  });
});

/** A product that opens the gates it is told to. */
function saying(lines: readonly GateLine[]): Parameters<typeof judgeGates>[0]['zegel'] {
  return (args, onLine = () => {}) => {
    if (args[0] === 'ladder') for (const each of lines) onLine(JSON.stringify(each));
    return Promise.resolve({ seconds: 0, maxRssMb: null });
  };
}

describe('a world that is played', () => {
  it('shows what a product lost that opens gates too early, of every kind', async () => {
    const open = (now: string, target: string) => ({ now, target, gate: 'open', reasons: [] });
    const said: string[] = [];
    const judged = await judgeGates(
      {
        made: { seed: 'gates', size: 'small', forgedShare: 0.1 },
        explain: 0,
        say: (text) => said.push(text),
        zegel: saying([
          line('lageland.example', 'open', {
            next: 'reject',
            beside: { sp: open('none', 'reject'), np: open('none', 'reject') },
            optional: { adkim: open('r', 's'), aspf: open('r', 's'), all: open('~all', '-all') },
          }),
          line('waddenbel.example', 'shut', { next: 'reject' }),
        ]),
      },
      ['2026-03-01'],
    );
    const value = (metric: string, kind: GateKindName): number | null | undefined =>
      judged.find((each) => each.metric === metric && each.stratum === kind)?.value;
    assert.ok((value('gates-open-lost', 'p') ?? 0) > 10_000, JSON.stringify(judged));
    assert.equal(value('gates-harmful-shut', 'p'), 0);
    assert.equal(value('gates-harmless-open', 'p'), null);
    for (const kind of ['sp', 'np', '-all'] as const) {
      assert.ok((value('gates-open-lost', kind) ?? 0) > 0, kind);
      assert.equal(value('gates-harmful-shut', kind), 0, kind);
    }
    assert.ok((value('gates-open-lost-forwarded', '-all') ?? 0) > 0);
    assert.ok(
      said.some((text) =>
        /p: LOST under an open gate: none → reject at lageland\.example: \d+ of campaign-sendgrid/.test(text),
      ),
    );
    assert.ok(!said.some((text) => /LOST.*waddenbel/.test(text)));
  });
});

describe('the steps of a domain', () => {
  const published = { records: new Map([['a.example', 'v=DMARC1; p=quarantine; rua=mailto:x@a.example']]), rua: '' };
  const open = (now: string, target: string) => ({ now, target, gate: 'open', reasons: [] });
  const all = line('a.example', 'open', {
    beside: { sp: open('quarantine', 'reject'), np: open('quarantine', 'reject') },
    optional: { adkim: open('r', 's'), aspf: set, all: open('~all', '-all') },
  });
  const cases: [kind: GateKindName, step: string | undefined, untaken: string, taken: string][] = [
    ['p', 'none → quarantine', 'p=quarantine', 'p=quarantine; sp=quarantine; np=quarantine'],
    [
      'sp',
      'quarantine → reject',
      'p=quarantine; sp=quarantine; np=quarantine',
      'p=quarantine; sp=reject; np=quarantine',
    ],
    [
      'np',
      'quarantine → reject',
      'p=quarantine; sp=quarantine; np=quarantine',
      'p=quarantine; sp=quarantine; np=reject',
    ],
    ['adkim=s', 'r → s', 'p=reject; sp=reject; np=reject', 'p=reject; sp=reject; np=reject; adkim=s'],
    ['aspf=s', undefined, 'p=reject; sp=reject; np=reject', 'p=reject; sp=reject; np=reject; aspf=s'],
  ];
  const record = (tags: string): string => `_dmarc.a.example. IN TXT "v=DMARC1; ${tags}; rua=mailto:x@a.example"\n`;
  const kindOf = (name: GateKindName) => gateKinds.find((kind) => kind.name === name)!;
  for (const [name, step, untaken, taken] of cases)
    it(name, () => {
      const kind = kindOf(name);
      assert.equal(kind.asked(all)?.step, step);
      assert.deepEqual(
        [false, true].map((isTaken) => kind.lines(all, isTaken, published)),
        [record(untaken), record(taken)],
      );
    });
  it('-all leaves DMARC as it stands', () => {
    const kind = kindOf('-all');
    assert.equal(kind.asked(all)?.step, '~all → -all');
    assert.equal(kind.asked(line('a.example', 'open')), undefined);
    assert.equal(kind.lines(all, true, published), `${record('p=quarantine')}$SPF-END a.example -all\n`);
  });
  it('what is below a domain, and how alignment is asked for, is said by its own record alone', () => {
    const inherited = { ...all, domain: 'b.a.example', record: { found: 'inherited', at: 'a.example' } };
    for (const name of ['sp', 'np', 'adkim=s', 'aspf=s'] as const)
      assert.equal(kindOf(name).asked(inherited), undefined);
    assert.equal(kindOf('sp').lines(inherited, true, published), '_dmarc.b.a.example. IN TXT ""\n');
  });
});

describe('the record of a rung', () => {
  const cases: [behaviour: string, now: string | undefined, isOwn: boolean, rung: string, record: string][] = [
    ['none, nowhere a record', undefined, false, 'none', 'v=DMARC1; p=none; sp=none; np=none; rua=mailto:us@a.example'],
    [
      'softly, and what lies below stays as it is',
      'v=DMARC1; p=none; rua=mailto:x@a.example',
      true,
      'quarantine-soft',
      'v=DMARC1; p=quarantine; sp=none; np=none; t=y; pct=0; rua=mailto:x@a.example',
    ],
    [
      'full, and what was obeyed softly below stays so',
      'v=DMARC1; p=quarantine; t=y; pct=0; rua=mailto:x@a.example',
      true,
      'quarantine',
      'v=DMARC1; p=quarantine; sp=none; np=none; rua=mailto:x@a.example',
    ],
    [
      'softly, and quarantine below is told one step harder',
      'v=DMARC1; p=quarantine; np=reject; adkim=s; rua=mailto:x@a.example',
      true,
      'reject-soft',
      'v=DMARC1; p=reject; sp=reject; np=reject; t=y; pct=0; adkim=s; rua=mailto:x@a.example',
    ],
    [
      'of its own where one stood above: sp is what was obeyed',
      'v=DMARC1; p=reject; sp=none; np=reject; rua=mailto:x@a.example',
      false,
      'quarantine',
      'v=DMARC1; p=quarantine; sp=none; np=none; rua=mailto:x@a.example',
    ],
  ];
  for (const [behaviour, now, isOwn, rung, record] of cases) {
    it(behaviour, () => {
      assert.equal(rungRecord(now, isOwn, rung, 'mailto:us@a.example'), record);
    });
  }
  it('sp in full: what is softened is told as it is obeyed', () => {
    const now = 'v=DMARC1; p=reject; sp=quarantine; t=y; pct=0; rua=mailto:x@a.example';
    assert.deepEqual(
      [belowRecord(now, 'sp', undefined, ''), belowRecord(now, 'sp', 'reject', '')],
      [
        'v=DMARC1; p=quarantine; sp=none; np=none; rua=mailto:x@a.example',
        'v=DMARC1; p=quarantine; sp=reject; np=none; rua=mailto:x@a.example',
      ],
    );
  });
  it('strictness at the end of the ladder, and what is strict stays so', () => {
    const now = 'v=DMARC1; p=none; adkim=s; rua=mailto:x@a.example';
    assert.deepEqual(
      [strictRecord(now, undefined, ''), strictRecord(now, 'aspf', '')],
      [
        'v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; rua=mailto:x@a.example',
        'v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s; rua=mailto:x@a.example',
      ],
    );
  });
});
