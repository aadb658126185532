import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addStep, GateSums, judgeGates, lossesOf } from './gates.ts';
import type { GateLine, Loss } from './gates.ts';
import { rungRecord } from './rung-records.ts';

const fared = (quarantined: number, rejected: number) => ({ quarantined, rejected });
const line = (domain: string, gate: string): GateLine => ({
  domain,
  gate,
  rung: 'none',
  next: 'quarantine',
  record: { found: 'own', at: domain },
  reasons: [],
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
});

describe('the figures of gates', () => {
  const figures = (lines: GateLine[], open: Loss[], all: Loss[]): Record<string, [number | null, boolean | null]> => {
    const sums = new GateSums();
    addStep(sums, lines, open, all);
    return Object.fromEntries(sums.judged().map(({ metric, value, met }) => [metric, [value, met]]));
  };
  const lines = [line('a.example', 'open'), line('b.example', 'shut'), line('c.example', 'shut')];
  it('shut where mail would be lost, open where none would: all is met', () => {
    assert.deepEqual(figures(lines, [], [loss('b.example', 9)]), {
      'gates-open-lost': [0, true],
      'gates-harmful-shut': [1, true],
      'gates-harmless-open': [0.5, null],
      'gates-open-lost-unseen': [0, null],
      'gates-open-lost-forwarded': [0, null],
    });
  });
  it('a gate that was open where mail was lost misses both targets', () => {
    const found = figures(lines, [loss('a.example', 5)], [loss('a.example', 5), loss('b.example', 9)]);
    assert.deepEqual(
      [found['gates-open-lost'], found['gates-harmful-shut']],
      [
        [5, false],
        [0.5, false],
      ],
    );
  });
  it('mail of an origin that nobody had seen is told apart, and makes no step harmful', () => {
    const found = figures(lines, [loss('a.example', 5, false)], [loss('a.example', 5, false)]);
    assert.deepEqual(
      [found['gates-open-lost'], found['gates-open-lost-unseen'], found['gates-harmful-shut']],
      [
        [0, true],
        [5, null],
        [null, true],
      ],
    );
  });
});

describe('a world that is played', () => {
  it('shows what a product lost that opens a gate too early', async () => {
    const said: string[] = [];
    const judged = await judgeGates(
      {
        made: { seed: 'gates', size: 'small', forgedShare: 0.1 },
        explain: 0,
        say: (text) => said.push(text),
        zegel: (args, onLine = () => {}) => {
          const gates = [line('lageland.example', 'open'), line('waddenbel.example', 'shut')];
          if (args[0] === 'ladder') for (const gate of gates) onLine(JSON.stringify({ ...gate, next: 'reject' }));
          return Promise.resolve({ seconds: 0, maxRssMb: null });
        },
      },
      ['2026-03-01'],
    );
    const value = (metric: string): number | null | undefined => judged.find((each) => each.metric === metric)?.value;
    assert.ok((value('gates-open-lost') ?? 0) > 10_000, JSON.stringify(judged));
    assert.equal(value('gates-harmful-shut'), 0);
    assert.equal(value('gates-harmless-open'), 0);
    assert.ok(
      said.some((text) => /LOST under an open gate: reject at lageland\.example: \d+ of campaign-sendgrid/.test(text)),
    );
    assert.ok(!said.some((text) => /LOST.*waddenbel/.test(text)));
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
});
