import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, asyncProperty, constantFrom, integer, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { scenarioNames } from '../simulation/index.ts';
import { assess, assessSource, parseDay } from './index.ts';
import type { Assessment, FiledDocuments } from './index.ts';
import { auth, historyOf } from '../../../test/hand-made/history.ts';
import type { Seen } from '../../../test/hand-made/history.ts';

const day = parseDay('2026-03-02')!;
const today = day + 400;

const noDocuments: FiledDocuments = {
  tallyDocuments: () => [],
  tallyTroubles: () => [],
  tallyAuthenticity: () => ({ authentic: 0, unproven: 0, notKnownYet: 0, notLookedAt: 0, files: 0 }),
  publishedPolicies: () => [],
};

const networks = {
  lookup: (address: string) =>
    address.startsWith('192.0.2.')
      ? { asn: 64500, name: 'Home', country: 'NL' }
      : address.startsWith('198.51.100.')
        ? { asn: 64501, name: 'Mailer', country: 'US' }
        : undefined,
};

const own: Seen = {
  day,
  from: 'tel.example',
  source: '192.0.2.1',
  count: 100,
  auth: auth('d=tel.example/s1 spf=tel.example'),
  dkim: 'pass',
  spf: 'pass',
  disposition: 'none',
};
const mailer: Seen = {
  ...own,
  source: '198.51.100.7',
  count: 40,
  auth: auth('d=mailer.example/m spf=b1.mailer.example'),
  dkim: 'fail',
  spf: 'fail',
};
const forged: Seen = {
  ...own,
  source: '203.0.113.9',
  count: 10,
  auth: auth('spf=tel.example!'),
  dkim: 'fail',
  spf: 'fail',
  disposition: 'quarantine',
};

function answer(rows: readonly Seen[], options: Partial<Parameters<typeof assess>[3]> = {}, documents = noDocuments) {
  return assess(historyOf(rows), documents, networks, { today, ...options });
}

describe('totals and alignment', () => {
  it('counts messages and rows apart', async () => {
    const { totals, aligned } = await answer([own, own, mailer, forged]);
    assert.deepEqual(totals, { reports: 4, rows: 4, messages: 250 });
    assert.deepEqual(aligned, { both: 200, dkimOnly: 0, spfOnly: 0, neither: 50 });
  });

  it('takes the word of the receiver, and its own findings where the receiver is silent', async () => {
    const unsaid: Seen = { day, from: 'tel.example', count: 7, auth: auth('d=mail.tel.example') };
    const strictReceiver: Seen = {
      ...own,
      auth: auth('d=mail.tel.example spf=x.example'),
      dkim: 'fail',
      spf: 'fail',
      count: 5,
    };
    const { aligned, scenarios } = await answer([unsaid, strictReceiver]);
    assert.deepEqual(aligned, { both: 0, dkimOnly: 7, spfOnly: 0, neither: 5 });
    assert.deepEqual(scenarios.disputed, { messages: 5, rows: 1 });
    assert.equal(scenarios.relaxed.fails, 0);
    assert.equal(scenarios.strictDkim.fails, 12);
  });

  it('leaves open how near a leg was that only the receiver vouches for', async () => {
    const word: Seen = { ...own, auth: auth(''), dkim: 'pass', spf: 'fail', count: 9 };
    const { scenarios } = await answer([word, own]);
    assert.deepEqual(scenarios.assumed, { messages: 9, rows: 1, dkimMessages: 9, spfMessages: 0 });
    const { relaxed, strictDkim, strictSpf, strictBoth } = scenarios;
    assert.deepEqual([relaxed.fails, relaxed.unknown], [0, 0]);
    assert.deepEqual([strictDkim.fails, strictDkim.unknown], [0, 9]);
    assert.deepEqual([strictSpf.fails, strictSpf.unknown], [0, 0]);
    assert.deepEqual([strictBoth.fails, strictBoth.unknown], [0, 9]);
  });

  it('does not fail what only fails SPF', async () => {
    const forwarded: Seen = {
      ...own,
      source: '203.0.113.50',
      auth: auth('d=tel.example/s1 spf=tel.example!'),
      spf: 'fail',
    };
    const { scenarios, aligned } = await answer([forwarded]);
    assert.equal(scenarios.strictBoth.fails, 0);
    assert.equal(aligned.dkimOnly, 100);
  });

  it('counts rows of no messages, and messages from nowhere', async () => {
    const { totals, addresses, sources } = await answer([
      { ...own, count: 0 },
      { day, from: 'tel.example', count: 3 },
    ]);
    assert.deepEqual(totals, { reports: 2, rows: 2, messages: 3 });
    assert.deepEqual(addresses, { distinct: 1, unknownMessages: 3 });
    assert.equal(
      sources.reduce((sum, group) => sum + group.rows, 0),
      2,
    );
  });

  it('says what receivers did, and what to mail that is aligned by neither', async () => {
    const { dispositions } = await answer([own, forged, { ...mailer, disposition: 'reject' }]);
    const { ofNeither, ...all } = dispositions;
    assert.deepEqual(all, { none: 100, pass: 0, quarantine: 10, reject: 40, notSaid: 0 });
    assert.deepEqual(ofNeither, { none: 0, pass: 0, quarantine: 10, reject: 40, notSaid: 0 });
  });

  it('counts overrides by type, a message with two types in both and once in all', async () => {
    const { overrides } = await answer([
      own,
      { ...forged, reasons: [{ type: 'forwarded' }, { type: 'local_policy', comment: 'arc=pass' }] },
      { ...forged, count: 2, reasons: [{ type: 'local_policy', comment: 'arc=fail' }, { comment: 'odd' }] },
    ]);
    assert.equal(overrides.messages, 12);
    assert.equal(overrides.rows, 2);
    assert.deepEqual(
      overrides.types.map(({ type, messages, comments }) => [type, messages, comments.map(({ comment }) => comment)]),
      [
        ['local_policy', 12, ['arc=pass', 'arc=fail']],
        ['forwarded', 10, []],
        [null, 2, ['odd']],
      ],
    );
  });

  it('answers for nothing at all', async () => {
    const nothing = await answer([]);
    assert.deepEqual(nothing.totals, { reports: 0, rows: 0, messages: 0 });
    assert.deepEqual(nothing.period, {
      from: null,
      to: null,
      days: 0,
      daysWithReports: 0,
      spread: { reports: 0, messages: 0 },
      implausibleMessages: 0,
    });
    assert.equal(nothing.lookNext.scenario, null);
    assert.deepEqual([nothing.sources, nothing.series, nothing.domains], [[], [], []]);
  });
});

describe('days', () => {
  it('shows the gaps of the period', async () => {
    const { period, gaps, series } = await answer([own, { ...own, day: day + 4 }, { ...own, day: day + 5 }]);
    assert.deepEqual([period.from, period.to, period.days, period.daysWithReports], ['2026-03-02', '2026-03-07', 6, 3]);
    assert.deepEqual(gaps, [{ from: '2026-03-03', to: '2026-03-05', days: 3 }]);
    assert.deepEqual(
      series.map(({ both }) => both),
      [100, 0, 0, 0, 100, 100],
    );
  });

  it('spreads a report of several days and says so', async () => {
    const { period, series, totals } = await answer([{ ...own, spread: 3, count: 10 }, own]);
    assert.deepEqual(period.spread, { reports: 1, messages: 10 });
    assert.deepEqual(
      series.map(({ both }) => both),
      [103, 3, 4],
    );
    assert.deepEqual(totals, { reports: 2, rows: 2, messages: 110 });
  });

  for (const absurd of [-4000, 0, today + 3, 2_147_000_000]) {
    it(`keeps day ${absurd} out of the period and in the sums`, async () => {
      const { period, series, totals, sources } = await answer([own, { ...own, day: absurd, count: 5 }]);
      assert.deepEqual([period.days, series.length, period.implausibleMessages], [1, 1, 5]);
      assert.equal(totals.messages, 105);
      assert.equal(sources[0]?.messages, 105);
    });
  }

  it('narrows to a period and to a domain with what is below it', async () => {
    const rows = [
      own,
      { ...own, day: day + 10, from: 'shop.tel.example' },
      { ...own, day: day + 20, from: 'other.example' },
    ];
    assert.equal((await answer(rows, { since: day + 5, until: day + 15 })).totals.messages, 100);
    const narrowed = await answer(rows, { domain: 'tel.example' });
    assert.deepEqual(
      new Set(narrowed.domains.map((each) => each.domain)),
      new Set(['shop.tel.example', 'tel.example']),
    );
    assert.deepEqual(narrowed.asked, { domain: 'tel.example', today: '2027-04-06' });
  });
});

describe('reporters', () => {
  const daily = (reporter: string, from: number, to: number, every = 1): Seen[] =>
    Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, at) => ({
      ...own,
      reporter,
      day: day + from + at * every,
      count: 1,
    }));
  const cases: [name: string, rows: Seen[], silentSince: string | null][] = [
    ['still reports', daily('a', 0, 60), null],
    ['fell silent after reporting daily', daily('a', 0, 40), '2026-04-12'],
    ['is two days late', daily('a', 0, 58), null],
    ['reports every other day and is three days late', daily('a', 1, 57, 2), null],
    ['reports once a week', daily('a', 0, 35, 7), null],
    ['was seen on three days', daily('a', 0, 2), null],
  ];
  for (const [name, rows, silentSince] of cases) {
    it(`${name}: ${silentSince ?? 'not silent'}`, async () => {
      const { reporters } = await answer([...rows, { ...own, reporter: 'z', day: day + 60 }]);
      assert.equal(reporters.find((each) => each.reporter === 'a')?.silentSince, silentSince);
    });
  }

  it('tells generations and reports of several days', async () => {
    const { reporters } = await answer([
      { ...own, reporter: 'a', generation: 'rfc9990' },
      { ...own, reporter: 'a', generation: 'rfc7489', spread: 2 },
    ]);
    assert.deepEqual(reporters[0]?.generations, ['rfc7489', 'rfc9990']);
    assert.equal(reporters[0]?.spreadReports, 1);
    assert.equal(reporters[0]?.reports, 2);
  });
});

describe('sources', () => {
  it('groups by signature, SPF domain and network', async () => {
    const second = { ...mailer, source: '198.51.100.8', auth: auth('d=mailer.example/m spf=b2.mailer.example') };
    const { sources } = await answer([own, mailer, second, forged]);
    assert.deepEqual(
      sources.map((group) => [group.dkim?.domain, group.spf?.domain, group.network?.asn, group.addresses, group.holds]),
      [
        ['tel.example', 'tel.example', 64500, 1, 'both'],
        ['mailer.example', 'mailer.example', 64501, 2, 'neither'],
        [undefined, 'tel.example', undefined, 1, 'neither'],
      ],
    );
    assert.deepEqual(sources[1]?.passes, { dkim: 80, spf: 80 });
    assert.deepEqual(
      sources[1]?.behind.map(({ address }) => address),
      ['198.51.100.7', '198.51.100.8'],
    );
  });

  const signatures: [auth: string, expected: string | undefined, why: string][] = [
    ['d=mailer.example/m d=tel.example/s1', 'tel.example', 'ours before another that passes'],
    ['d=tel.example/s1! d=list.example/l', 'list.example', 'one that passes before a claim'],
    ['d=list.example/l! d=tel.example/s1!', 'tel.example', 'of claims, ours'],
    ['d=a.example/1 d=b.example/2', 'a.example', 'of equals, the first'],
    ['spf=tel.example', undefined, 'none'],
  ];
  for (const [text, expected, why] of signatures) {
    it(`names the signature that says most: ${why}`, async () => {
      const { sources } = await answer([{ ...own, auth: auth(text) }]);
      assert.equal(sources[0]?.dkim?.domain, expected);
    });
  }

  it('makes a short list of thousands of addresses, and loses none', async () => {
    const rows: Seen[] = [{ ...own, count: 100_000 }];
    for (let at = 0; at < 3000; at++) {
      rows.push({
        ...forged,
        source: `203.0.${at >> 8}.${at & 255}`,
        count: 1,
        auth: auth(`spf=forger${at}.example!`),
      });
    }
    const { sources, totals, addresses } = await answer(rows);
    assert.ok(sources.length < 10, String(sources.length));
    assert.equal(
      sources.reduce((sum, group) => sum + group.messages, 0),
      totals.messages,
    );
    assert.equal(
      sources.reduce((sum, group) => sum + group.addresses, 0),
      addresses.distinct,
    );
    assert.equal(sources[1]?.behind.length, 20);
  });

  it('tells new, gone, rising, falling and steady', async () => {
    const over = (source: string, from: number, to: number, count: (at: number) => number): Seen[] =>
      Array.from({ length: to - from }, (_, at) => ({
        ...own,
        source,
        auth: auth(`d=tel.example/${source}`),
        day: day + from + at,
        count: count(from + at),
      }));
    const { sources } = await answer([
      ...over('192.0.2.1', 0, 112, () => 20),
      ...over('192.0.2.2', 90, 112, () => 5),
      ...over('192.0.2.3', 0, 60, () => 5),
      ...over('192.0.2.4', 0, 112, (at) => (at < 84 ? 10 : 40)),
      ...over('192.0.2.5', 0, 112, (at) => (at < 84 ? 40 : 10)),
    ]);
    const words = Object.fromEntries(sources.map((group) => [group.dkim?.selector, group.trend.word]));
    assert.deepEqual(words, {
      '192.0.2.1': 'steady',
      '192.0.2.2': 'new',
      '192.0.2.3': 'gone',
      '192.0.2.4': 'rising',
      '192.0.2.5': 'falling',
    });
  });

  it('opens a group: every address, and its days', async () => {
    const rows = [own, mailer, { ...mailer, source: '198.51.100.8', day: day + 1 }];
    const { sources } = await answer(rows);
    const id = sources.find((group) => group.dkim?.domain === 'mailer.example')?.id ?? '';
    const detail = await assessSource(historyOf(rows), networks, id, { today });
    assert.equal(detail?.group.behind.length, 2);
    assert.deepEqual(
      detail?.series?.map(({ neither }) => neither),
      [40, 40],
    );
    assert.equal(await assessSource(historyOf(rows), networks, 'none', { today }), undefined);
  });

  it('keeps the id of a group when others come and go', async () => {
    const id = (all: Assessment) => all.sources.find((group) => group.network?.asn === 64500)?.id;
    assert.equal(id(await answer([own])), id(await answer([forged, mailer, own])));
  });
});

describe('domains and their policies', () => {
  const documents: FiledDocuments = {
    ...noDocuments,
    publishedPolicies: () => [
      { policyDomain: 'tel.example', p: 'quarantine', sp: 'none', seen: '2026-03-02' },
      { policyDomain: 'own.tel.example', p: 'reject', seen: '2026-03-02' },
    ],
  };
  it('finds the domains that have no policy of their own', async () => {
    const rows: Seen[] = [
      own,
      { ...own, from: 'a.tel.example', policyDomain: 'tel.example', count: 5 },
      { ...forged, from: 'own.tel.example', policyDomain: 'own.tel.example' },
      { ...own, from: 'own.tel.example', policyDomain: 'tel.example', day: day - 9 },
      { ...own, from: 'elsewhere.example', policyDomain: 'tel.example', count: 2 },
    ];
    const { withoutOwnPolicy, domains } = await answer(rows, {}, documents);
    assert.deepEqual(
      withoutOwnPolicy.map(({ domain, relation, asks, messages }) => [domain, relation, asks, messages]),
      [
        ['a.tel.example', 'subdomain', 'none', 5],
        ['elsewhere.example', 'unrelated', null, 2],
      ],
    );
    const byName = Object.fromEntries(domains.map((each) => [each.domain, [each.ownPolicy, each.policy?.p]]));
    assert.deepEqual(byName['own.tel.example'], [true, 'reject']);
    assert.deepEqual(byName['a.tel.example'], [false, 'quarantine']);
  });

  it('counts the distinct addresses of each domain', async () => {
    const { domains } = await answer([own, own, { ...own, source: '192.0.2.2' }, { ...own, from: 'b.example' }]);
    assert.deepEqual(
      domains.map(({ domain, addresses }) => [domain, addresses]),
      [
        ['tel.example', 2],
        ['b.example', 1],
      ],
    );
  });
});

describe('what to look at next', () => {
  it('ranks what settles most, and says how far each gets you', async () => {
    const rest = { ...forged, source: '192.0.2.77', count: 50, auth: auth('d=tel.example/old!') };
    const { lookNext, sources } = await answer([own, mailer, forged, rest]);
    assert.equal(lookNext.scenario, 'relaxed');
    assert.equal(lookNext.fails, 100);
    assert.deepEqual(
      lookNext.sources.map(({ target, cumulativeShare, advice }) => [
        sources.find((group) => group.id === target)?.messages,
        cumulativeShare,
        advice,
      ]),
      [
        [50, 0.5, 'assessment/advice-broken-signature'],
        [40, 0.9, 'assessment/advice-foreign-signature'],
        [10, 1, 'assessment/advice-nothing-passes'],
      ],
    );
    assert.equal(lookNext.enough, 2);
    assert.equal(lookNext.enoughShare, 0.9);
    assert.equal(lookNext.domains[0]?.target, 'tel.example');
  });

  it('turns to strictness when nothing fails relaxed, and names the domains that are ready', async () => {
    const { lookNext } = await answer([{ ...own, auth: auth('d=m.tel.example spf=m.tel.example') }]);
    assert.equal(lookNext.scenario, 'strictBoth');
    assert.equal(lookNext.sources[0]?.advice, 'assessment/advice-strict');
    assert.deepEqual(lookNext.ready, [{ domain: 'tel.example', messages: 100, asks: null, days: 1 }]);
  });
});

describe('whatever is seen', () => {
  const row: Arbitrary<Seen> = record({
    day: integer({ min: day, max: day + 50 }),
    spread: constantFrom(1, 1, 1, 3, 8),
    reporter: constantFrom('a', 'b', 'c'),
    from: constantFrom('tel.example', 'a.tel.example', 'b.example', ''),
    policyDomain: constantFrom('tel.example', 'b.example'),
    source: constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1', '203.0.113.1', '2001:db8::1'),
    count: integer({ min: 0, max: 1000 }),
    auth: constantFrom(
      ...[
        '',
        'd=tel.example/s',
        'd=m.tel.example/s spf=tel.example',
        'spf=b.example',
        'd=x.example/y spf=tel.example!',
      ].map(auth),
    ),
    disposition: constantFrom('none' as const, 'pass' as const, 'reject' as const),
    dkim: constantFrom('pass' as const, 'fail' as const),
    spf: constantFrom('pass' as const, 'fail' as const),
  });
  const narrowing = record(
    {
      domain: constantFrom('tel.example', 'a.tel.example', 'nobody.example'),
      since: integer({ min: day, max: day + 50 }),
      until: integer({ min: day, max: day + 60 }),
    },
    { requiredKeys: [] },
  );

  it('adds up, for every filter', async () => {
    await check(
      asyncProperty(array(row, { maxLength: 40 }), narrowing, async (rows, options) => {
        const all = await answer(rows, options);
        const { messages, rows: rowCount } = all.totals;
        const four = (each: Assessment['aligned']) => each.both + each.dkimOnly + each.spfOnly + each.neither;
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
        assert.equal(four(all.aligned), messages);
        assert.equal(sum(all.series.map(four)), messages);
        assert.equal(sum(all.domains.map((each) => each.messages)), messages);
        assert.equal(sum(all.reporters.map((each) => each.messages)), messages);
        assert.equal(sum(all.sources.map((each) => each.messages)), messages);
        assert.equal(sum(all.sources.map((each) => each.rows)), rowCount);
        assert.equal(sum(all.sources.flatMap((each) => each.behind.map((one) => one.messages))), messages);
        const { ofNeither, ...did } = all.dispositions;
        assert.equal(sum(Object.values(did)), messages);
        assert.equal(sum(Object.values(ofNeither)), all.aligned.neither);
        for (const part of [...all.domains, ...all.sources]) {
          assert.equal(four(part.aligned), part.messages);
          assert.equal(sum(Object.values(part.dispositions)), part.messages);
          assert.equal(part.trend.recentMessages + part.trend.earlierMessages, part.messages);
          assert.ok(part.trend.earlierMessages >= 0);
        }
        for (const part of all.domains) assert.equal(sum([...part.bins]), part.messages);
        for (const name of scenarioNames) {
          const result = all.scenarios[name];
          assert.equal(sum(all.sources.map((each) => each.fails[name])), result.fails);
          assert.equal(sum(result.sources.map((each) => each.fails)) + result.others.fails, result.fails);
          assert.equal(sum(all.domains.map((each) => each.unknown[name])), result.unknown);
        }
        const { relaxed, strictDkim, strictSpf, strictBoth } = all.scenarios;
        assert.ok(relaxed.fails <= Math.min(strictDkim.fails, strictSpf.fails));
        assert.ok(Math.max(strictDkim.fails, strictSpf.fails) <= strictBoth.fails);
        assert.deepEqual(JSON.parse(JSON.stringify(all)), all);
      }),
      { numRuns: 100 },
    );
  });
});
