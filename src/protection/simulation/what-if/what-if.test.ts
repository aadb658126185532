import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { auth } from '../../../../test/hand-made/history.ts';
import {
  alignmentBitsOf,
  evaluateDmarc,
  parseDmarcRecord,
  publicSuffixOrganizationalDomain,
} from '../../../standards/dmarc/index.ts';
import { domainName } from '../../../standards/dns/index.ts';
import type { RecordData } from '../../../standards/dns/index.ts';
import { costs, PublishedDays, recordChanges } from './index.ts';
import type { Change, DmarcTag } from './index.ts';
import { answerOf, published, simulationOf } from '../../../../test/hand-made/what-if.ts';
import type { Row } from '../../../../test/hand-made/what-if.ts';

const domain = domainName('x.example');
const rua = 'rua=mailto:d@x.example';
const dmarc = (tags: Partial<Record<DmarcTag, string>>, at = domain): Change => ({ what: 'dmarc', domain: at, tags });
const current = { generation: 'rfc9990', reporter: 'new.test' } as const;
const old = { generation: 'rfc7489', reporter: 'old.test' } as const;
/** A row of 100 messages from x.example. */
const row = (results: string, more: Partial<Row> = {}): Row => ({
  from: 'x.example',
  count: 100,
  auth: auth(results),
  ...current,
  ...more,
});
const base = `_dmarc.x.example. TXT "v=DMARC1; p=none; ${rua}"
  x.example. TXT "v=spf1 ip4:192.0.2.0/28 include:_spf.net ~all"
  _spf.net. TXT "v=spf1 ip4:198.51.100.0/24 -all"
  sub.x.example. A 192.0.2.9
  b.x.example. TXT "v=spf1 include:x.example ~all"
  mx1.x.example. TXT "v=spf1 a -all"
  mx1.x.example. A 192.0.2.1`;

describe('what a change costs', () => {
  // delivered/quarantined/rejected after, then lost: expected (least to most).
  const cases: [why: string, rows: Row[], changes: Change[], after: string, lost: string, records?: string][] = [
    ['a signature carries it', [row('d=x.example/s1')], [dmarc({ p: 'reject' })], '100/0/0', '0 (0–0)'],
    ['SPF alone carries it', [row('spf=x.example')], [dmarc({ p: 'reject' })], '100/0/0', '0 (0–0)'],
    [
      'neither: it goes, and nobody has seen this receiver reject',
      [row('spf=other.net')],
      [dmarc({ p: 'reject' })],
      '0/0/100',
      '100 (100–100)',
    ],
    ['p=quarantine', [row('')], [dmarc({ p: 'quarantine' })], '0/100/0', '100 (100–100)'],
    ['t=y is one step milder in RFC 9989', [row('')], [dmarc({ p: 'reject', t: 'y' })], '0/100/0', '100 (100–100)'],
    ['quarantine; t=y asks for nothing there', [row('')], [dmarc({ p: 'quarantine', t: 'y' })], '100/0/0', '0 (0–0)'],
    ['RFC 9989 ignores pct', [row('')], [dmarc({ p: 'quarantine', pct: '0' })], '0/100/0', '100 (100–100)'],
    [
      'a receiver of RFC 7489 ignores t; one that may be either may do either',
      [row('', old)],
      [dmarc({ p: 'quarantine', t: 'y' })],
      '0/100/0',
      '100 (0–100)',
    ],
    [
      'both tags are soft with both',
      [row('', old), row('')],
      [dmarc({ p: 'quarantine', t: 'y', pct: '0' })],
      '200/0/0',
      '0 (0–0)',
    ],
    [
      'adkim=s takes the leg of a signature of the parent',
      [row('d=x.example/s1', { from: 'sub.x.example' })],
      [dmarc({ p: 'reject', adkim: 's' })],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'and leaves one of the very domain',
      [row('d=x.example/s1')],
      [dmarc({ p: 'reject', adkim: 's' })],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'aspf=s takes the leg of bounces to a subdomain',
      [row('spf=b.x.example')],
      [dmarc({ p: 'reject', aspf: 's' })],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'with both legs strictness of one costs nothing',
      [row('d=x.example/s1 spf=b.x.example')],
      [dmarc({ p: 'reject', aspf: 's' })],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'a null sender stands on HELO',
      [row('', { auth: { dkim: [], spf: [{ domain: 'mx1.x.example', scope: 'helo', result: 'pass' }] } })],
      [dmarc({ p: 'reject' })],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'and falls with aspf=s',
      [row('', { auth: { dkim: [], spf: [{ domain: 'mx1.x.example', scope: 'helo', result: 'pass' }] } })],
      [dmarc({ p: 'reject', aspf: 's' })],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'sp is for names that exist',
      [row('', { from: 'sub.x.example' })],
      [dmarc({ p: 'reject', sp: 'none', np: 'reject' })],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'np is for names that do not',
      [row('', { from: 'no.x.example' })],
      [dmarc({ p: 'none', sp: 'none', np: 'reject' })],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'np is not known to RFC 7489',
      [row('', { from: 'no.x.example', ...old })],
      [dmarc({ p: 'none', sp: 'none', np: 'reject' })],
      '100/0/0',
      '0 (0–100)',
    ],
    [
      'a record of its own between: the walk ends there with psd=n, the list does not',
      [row('d=x.example/s1', { from: 'sub.x.example', ...old })],
      [dmarc({ p: 'reject', psd: 'n' }, domainName('sub.x.example'))],
      '100/0/0',
      '0 (0–100)',
    ],
    [
      'another record beside it does not end the walk',
      [row('d=x.example/s1', { from: 'sub.x.example' })],
      [dmarc({ p: 'reject' }, domainName('sub.x.example'))],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'an include that goes takes the streams that stand on it',
      [row('spf=x.example', { source: '198.51.100.7' }), row('spf=x.example', { source: '192.0.2.3' })],
      [dmarc({ p: 'reject' }), { what: 'remove-include', domain, include: '_spf.net' }],
      '100/0/100',
      '100 (100–100)',
    ],
    [
      'a signature saves them',
      [row('d=x.example/s1 spf=x.example', { source: '198.51.100.7' })],
      [dmarc({ p: 'reject' }), { what: 'remove-include', domain, include: '_spf.net' }],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'a record that others lean on is felt through them',
      [row('spf=b.x.example', { source: '198.51.100.7' })],
      [
        dmarc({ p: 'reject' }),
        { what: 'spf', domain: domainName('_spf.net'), record: 'v=spf1 ip4:203.0.113.0/24 -all' },
      ],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'an SPF record that lets an address in that it did not',
      [
        row('spf=x.example!', {
          source: '203.0.113.9',
          auth: { dkim: [], spf: [{ domain: 'x.example', result: 'softfail' }] },
        }),
      ],
      [dmarc({ p: 'reject' }), { what: 'spf', domain, record: 'v=spf1 ip4:203.0.113.0/24 -all' }],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      '-all may end it at MAIL FROM, whatever DKIM says',
      [
        row('d=x.example/s1', {
          source: '203.0.113.9',
          auth: {
            dkim: [{ domain: 'x.example', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'x.example', result: 'softfail' }],
          },
        }),
      ],
      [{ what: 'spf-all', domain, qualifier: '-' }],
      '100/0/0',
      '0 (0–100)',
    ],
    [
      'also where the envelope is of another organisation than From',
      [
        row('d=x.example/s1', {
          source: '203.0.113.9',
          auth: {
            dkim: [{ domain: 'x.example', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'other.example', result: 'softfail' }],
          },
        }),
      ],
      [{ what: 'spf-all', domain: domainName('other.example'), qualifier: '-' }],
      '100/0/0',
      '0 (0–100)',
      `${base}
  other.example. TXT "v=spf1 ip4:192.0.2.0/28 ~all"`,
    ],
    [
      'not at a receiver that reports mail that failed SPF',
      [
        row('d=x.example/s1', {
          source: '203.0.113.9',
          auth: {
            dkim: [{ domain: 'x.example', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'x.example', result: 'softfail' }],
          },
        }),
        row('d=x.example/s1 spf=other.net!'),
      ],
      [{ what: 'spf-all', domain, qualifier: '-' }],
      '200/0/0',
      '0 (0–0)',
    ],
    [
      'but for one that reports it as rejected: it may have been turned away',
      [
        row('d=x.example/s1', {
          source: '203.0.113.9',
          auth: {
            dkim: [{ domain: 'x.example', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'x.example', result: 'softfail' }],
          },
        }),
        row('d=x.example/s1 spf=other.net!', { disposition: 'reject', reasons: [{ type: 'local_policy' }] }),
      ],
      [{ what: 'spf-all', domain, qualifier: '-' }],
      '100/0/100',
      '0 (0–100)',
    ],
    [
      'what a receiver rejects for reasons of its own it goes on rejecting, before and after',
      [row('spf=other.net!', { disposition: 'reject', reasons: [{ type: 'local_policy' }] })],
      [dmarc({ p: 'quarantine' })],
      '0/0/100',
      '0 (0–100)',
    ],
    [
      'a key that goes',
      [row('d=x.example/s1'), row('d=x.example/s2')],
      [dmarc({ p: 'reject' }), { what: 'retire-key', domain, selector: 's1' }],
      '100/0/100',
      '100 (100–100)',
    ],
    [
      'a key that stands elsewhere and goes there',
      [row('d=x.example/s1'), row('d=x.example/s2')],
      [
        dmarc({ p: 'reject' }),
        { what: 'records', set: { name: 'k1.mailer.net', type: 'TXT', records: [['v=DKIM1; p=']] } },
      ],
      '100/0/100',
      '100 (100–100)',
      `${base}
      s1._domainkey.x.example. CNAME k1.mailer.net.
      k1.mailer.net. TXT "v=DKIM1; p=QQ=="
      s2._domainkey.x.example. CNAME k2.mailer.net.
      k2.mailer.net. TXT "v=DKIM1; p=QQ=="`,
    ],
    [
      'a report without selectors leaves open which key it was',
      [row('d=x.example'), row('d=x.example/s1'), row('d=x.example/s2')],
      [dmarc({ p: 'reject' }), { what: 'retire-key', domain, selector: 's1' }],
      '100/0/200',
      '200 (100–200)',
    ],
    [
      'a stream that begins to sign',
      [row('spf=other.net', { of: 'third:mailer' }), row('spf=other.net', { of: 'own' })],
      [dmarc({ p: 'reject', adkim: 's' }), { what: 'sign', stream: 'third:mailer' }],
      '100/0/100',
      '100 (100–100)',
    ],
    [
      'a domain parked',
      [row('d=x.example/s1', { from: 'sub.x.example' })],
      [{ what: 'park', domain }],
      '0/0/100',
      '100 (100–100)',
    ],
    [
      'a forwarder may know better',
      [row('spf=other.net', { of: 'forwarder' })],
      [dmarc({ p: 'reject' })],
      '0/0/100',
      '100 (0–100)',
    ],
    [
      'what was let through in spite of the policy is let through again',
      [row('', { disposition: 'none', reasons: [{ type: 'mailing_list' }] })],
      [dmarc({ p: 'reject' })],
      '100/0/0',
      '0 (0–0)',
      base.replace('p=none', 'p=quarantine'),
    ],
    [
      'a leg on the word of the receiver stands when alignment is relaxed',
      [row('', { dkim: 'pass', auth: { dkim: [], spf: [] } })],
      [dmarc({ p: 'reject' })],
      '100/0/0',
      '0 (0–0)',
    ],
    [
      'and may fall when it is strict',
      [row('', { dkim: 'pass', auth: { dkim: [], spf: [] } })],
      [dmarc({ p: 'reject', adkim: 's' })],
      '100/0/0',
      '0 (0–100)',
    ],
    [
      'SPF passed for a domain that is not said, and a record changes: it may have been that one',
      [row('', { spf: 'pass', auth: { dkim: [], spf: [] } }), row('spf=x.example', { source: '192.0.2.3' })],
      [dmarc({ p: 'reject' }), { what: 'remove-include', domain, include: '_spf.net' }],
      '200/0/0',
      '0 (0–100)',
    ],
    [
      'SPF that passed for a domain nobody named may have done so for the author domain, though no other mail shows it',
      [row('', { spf: 'pass', auth: { dkim: [], spf: [] } })],
      [dmarc({ p: 'reject' }), { what: 'spf', domain, record: 'v=spf1 -all' }],
      '100/0/0',
      '0 (0–100)',
    ],
    [
      'and not for one that is not aligned with it',
      [row('', { spf: 'pass', auth: { dkim: [], spf: [] } }), row('spf=y.example', { from: 'y.example' })],
      [dmarc({ p: 'reject' }), { what: 'spf', domain: domainName('y.example'), record: 'v=spf1 ~all' }],
      '200/0/0',
      '0 (0–0)',
      `${base}
      y.example. TXT "v=spf1 ip4:192.0.2.0/24 -all"
      _dmarc.y.example. TXT "v=DMARC1; p=none"`,
    ],
    [
      'no record at all, and one that comes',
      [row('spf=other.net')],
      [dmarc({ p: 'reject' })],
      '0/0/100',
      '100 (100–100)',
      'x.example. A 192.0.2.1',
    ],
    [
      'a milder policy gives mail back, and loses none',
      [row('')],
      [dmarc({ p: 'none' })],
      '100/0/0',
      '0 (0–0)',
      base.replace('p=none', 'p=reject'),
    ],
  ];
  for (const [why, rows, changes, after, lost, records = base] of cases) {
    it(why, async () => {
      const { total } = await answerOf(rows, published(records), changes);
      const { delivered, quarantined, rejected } = total.after;
      assert.equal(`${delivered}/${quarantined}/${rejected}`, after);
      assert.equal(`${total.lost.expected} (${total.lost.least}–${total.lost.most})`, lost);
    });
  }

  it('pct is a share at receivers of RFC 7489 that are known to be that', async () => {
    const sampled = row('', { ...old, from: 'y.example', reasons: [{ type: 'sampled_out' }] });
    const { total } = await answerOf([row('', { ...old, count: 200 }), sampled], published(base), [
      dmarc({ p: 'quarantine', pct: '25' }),
    ]);
    assert.deepEqual(total.after, { delivered: 250, quarantined: 50, rejected: 0 });
    assert.deepEqual(total.range.delivered, [100, 300]);
  });

  it('a receiver that lets a little failing mail through, for reasons it does not say, may do so with any: as little', async () => {
    const y = { from: 'y.example', of: 'forged' } as const;
    const local = [{ type: 'local_policy' }] as const;
    const seen = [
      row('', { ...y, disposition: 'quarantine', count: 398 }),
      row('', { ...y, disposition: 'none', count: 2, reasons: local }),
    ];
    const asked: Row[] = [row('', { disposition: 'none' })];
    const of = async (rows: readonly Row[]): Promise<string> => {
      const { streams } = await answerOf(rows, published(base), [dmarc({ p: 'quarantine' })]);
      const { after, range, lost } = streams.find(({ id }) => id === 'own')!;
      return `${after.delivered} (${range.delivered.join('–')}) ${lost.expected} (${lost.least}–${lost.most})`;
    };
    assert.equal(await of([...asked, ...seen]), '1 (0–2) 99 (98–100)');
    // One that lets most of a stream through knows whose that is, and one that never did any is not thought to.
    const known = row('', { ...y, of: 'third', disposition: 'none', count: 50, reasons: local });
    assert.equal(await of([...asked, seen[0]!, known]), '0 (0–0) 100 (100–100)');
    assert.equal(await of([...asked, seen[0]!]), '0 (0–0) 100 (100–100)');
  });

  it('what failed SPF and was rejected may be rejected for that under a milder policy, unless such mail was seen taken', async () => {
    const strict = base.replace('p=none', 'p=reject');
    const failed = row('spf=other.net!', { disposition: 'reject' });
    const of = async (rows: readonly Row[], records: 'now' | 'then'): Promise<string> => {
      const { streams } = await answerOf(rows, published(strict), [dmarc({ p: 'quarantine' })], { records });
      const { after, range } = streams.find(({ id }) => id === 'own')!;
      return `${after.quarantined} ${range.quarantined.join('–')} ${range.rejected.join('–')}`;
    };
    const taken = row('spf=other.net!', { of: 'forged', disposition: 'quarantine' });
    for (const records of ['now', 'then'] as const) {
      assert.equal(await of([failed], records), '100 0–100 0–100', records);
      assert.equal(await of([failed, taken], records), '100 100–100 0–0', records);
      assert.equal(await of([row('spf=other.net', { disposition: 'reject' })], records), '100 100–100 0–0', records);
    }
  });

  it('a receiver that quarantines what it is asked to reject is expected to go on so', async () => {
    const seen = [
      row('', { disposition: 'reject', count: 75, from: 'y.example' }),
      row('', { disposition: 'quarantine', count: 25, from: 'y.example', reasons: [{ type: 'local_policy' }] }),
    ];
    const { total } = await answerOf([row(''), ...seen], published(base), [dmarc({ p: 'reject' })], {
      where: { authorDomain: ['x.example'] },
    });
    assert.deepEqual(total.after, { delivered: 0, quarantined: 25, rejected: 75 });
    assert.deepEqual(total.range.rejected, [0, 100]);
  });

  it('and one that was seen to reject every time is known to', async () => {
    const seen = [1, 2, 3].map((at) => row('', { disposition: 'reject', count: 10 * at, from: 'y.example' }));
    const { total, doubts } = await answerOf([row(''), ...seen], published(base), [dmarc({ p: 'reject' })], {
      where: { authorDomain: ['x.example'] },
    });
    assert.deepEqual(total.range.rejected, [100, 100]);
    assert.deepEqual(doubts, []);
  });
});

describe('who pays', () => {
  const rows = [
    row('d=x.example/s1', { of: '!own:billing' }),
    row('spf=x.example', { of: 'third:mailer', source: '198.51.100.7' }),
    row('', { of: 'forged', count: 1000 }),
    row('spf=x.example', { of: '!abused', source: '198.51.100.9', count: 10 }),
  ];
  const changes: Change[] = [dmarc({ p: 'reject' })];

  it('names the stream, its party and its legs', async () => {
    const { streams } = await answerOf(rows, published(base), [
      ...changes,
      { what: 'remove-include', domain, include: '_spf.net' },
    ]);
    const lost = streams.filter((stream) => stream.lost.most > 0 && stream.kind === 'third');
    assert.deepEqual(
      lost.map(({ id, party, legsBefore, legs }) => [id, party, legsBefore.spfOnly, legs.neither]),
      [['third:mailer', 'party of third:mailer', 100, 100]],
    );
    const billing = streams.find(({ id }) => id === '!own:billing');
    assert.equal(billing?.onlyLeg, 'dkim');
  });

  it('tells wanted mail from unwanted, as decided or as thought', async () => {
    const answer = await answerOf(rows, published(base), changes);
    assert.equal(answer.standings.authorised.messages, 100);
    assert.equal(answer.standings['thought-ours'].messages, 100);
    assert.equal(answer.standings['thought-forged'].lost.expected, 1000);
    assert.equal(answer.standings.forbidden.after.delivered, 10);
    assert.equal(costs(answer), false);
    assert.equal(
      costs(await answerOf(rows, published(base), [dmarc({ p: 'reject', aspf: 's' }), { what: 'park', domain }])),
      true,
    );
  });

  it('says how unwanted mail gets through', async () => {
    const { through } = await answerOf(rows, published(base), changes);
    assert.deepEqual(through, [
      {
        code: 'simulation/through-spf-shared',
        values: { domain: 'x.example', term: 'include:_spf.net', wanted: 100 },
        messages: 10,
      },
    ]);
    const open = await answerOf(rows, published(base), [dmarc({ p: 'none', sp: 'reject' })]);
    assert.deepEqual(open.through[0], {
      code: 'simulation/through-policy',
      values: { tag: 'p', policy: 'none' },
      messages: 1000,
    });
  });

  it('adds up the same by whatever it is asked', async () => {
    const by = ['authorDomain', 'day', 'party', 'receiver', 'source'] as const;
    const answer = await answerOf(rows, published(base), changes, { by, byDay: true });
    for (const grouping of by) {
      const list = answer.by[grouping] ?? [];
      const sum = list.reduce((all, { lost }) => all + lost.expected, 0);
      assert.equal(sum, answer.total.lost.expected, grouping);
    }
    assert.deepEqual(
      answer.by.day?.map(({ key }) => key),
      ['1970-04-11'],
    );
    assert.equal(answer.by.source?.[0]?.key, '192.0.2.3');
  });
});

describe('mail under the records of its own day', () => {
  const txt = (text: string): RecordData['TXT'][] => [[text]];
  const record = (name: string, firstDay: number, text: string) => ({
    name,
    type: 'TXT' as const,
    firstDay,
    lastDay: firstDay,
    answer: { kind: 'records' as const, records: txt(text), ttl: 300, aliases: [], authenticated: false },
  });
  const soa = {
    name: 'example',
    type: 'SOA' as const,
    firstDay: 0,
    lastDay: 0,
    answer: { kind: 'records' as const, records: [], ttl: 300, aliases: [], authenticated: false },
  };
  const days = new PublishedDays([
    soa,
    record('_dmarc.x.example', 0, 'v=DMARC1; p=none'),
    record('_dmarc.x.example', 150, 'v=DMARC1; p=reject'),
    record('x.example', 0, 'v=spf1 ip4:192.0.2.0/24 ~all'),
  ]);
  const rows = [
    row('spf=x.example', { day: 100, disposition: 'none', source: '192.0.2.1' }),
    row('spf=x.example', { day: 200, disposition: 'pass', source: '192.0.2.1' }),
    row('', { day: 100, disposition: 'none', source: '192.0.2.2' }),
    row('', { day: 200, disposition: 'reject', source: '192.0.2.2' }),
  ];
  const now = days.at(Infinity);

  it('an SPF draft meets the policy of the day; what it does not touch is as the reports say', async () => {
    const changes: Change[] = [{ what: 'spf', domain, record: 'v=spf1 ip4:198.51.100.0/24 ~all' }];
    const { total } = await answerOf(rows, now, changes, { records: 'then', days });
    assert.deepEqual(total.before, { delivered: 300, quarantined: 0, rejected: 100 });
    assert.deepEqual(total.after, { delivered: 200, quarantined: 0, rejected: 200 });
  });
  it('a report of several days around a change may tell of either side', async () => {
    const changes: Change[] = [{ what: 'spf', domain, record: 'v=spf1 ip4:198.51.100.0/24 ~all' }];
    const spread = row('spf=x.example', { day: 151, spread: 7, count: 70, disposition: 'pass', source: '192.0.2.1' });
    const late = row('spf=x.example', { day: 170, spread: 7, count: 70, disposition: 'pass', source: '192.0.2.3' });
    const { total, doubts } = await answerOf([spread, late], now, changes, { records: 'then', days });
    assert.deepEqual(total.after, { delivered: 0, quarantined: 0, rejected: 140 });
    assert.deepEqual(total.lost, { expected: 140, least: 90, most: 140 });
    assert.deepEqual(doubts.map(({ code, messages }) => [code, messages]).at(-1), ['simulation/doubt-days-untold', 50]);
  });
  it('under the records of now the old policy is forgotten', async () => {
    const changes: Change[] = [{ what: 'spf', domain, record: 'v=spf1 ip4:198.51.100.0/24 ~all' }];
    const { total } = await answerOf(rows, now, changes, { days });
    assert.deepEqual(total.before, { delivered: 200, quarantined: 0, rejected: 200 });
    assert.deepEqual(total.after, { delivered: 0, quarantined: 0, rejected: 400 });
  });
  it('a name of a zone that was kept whole does not exist when it is not in it; another is not known', async () => {
    assert.equal((await now('no.x.example', 'A')).kind, 'no-such-name');
    assert.equal((await now('x.example', 'A')).kind, 'no-data');
    await assert.rejects(now('elsewhere.net', 'A'), { code: 'dns/unknown-name' });
  });
});

describe('records that changes come to', () => {
  const sets = async (changes: Change[]) =>
    (await recordChanges({ changes }, published(base))).sets.map(({ name, records }) => [name, ...records.flat()]);
  it('keeps what is not changed of a record, and the order of its tags', async () => {
    assert.deepEqual(await sets([dmarc({ p: 'reject', sp: 'quarantine', t: 'y' })]), [
      ['_dmarc.x.example', `v=DMARC1; p=reject; sp=quarantine; t=y; ${rua}`],
    ]);
  });
  it('changes made together start from one another', async () => {
    const changes: Change[] = [
      { what: 'remove-include', domain, include: '_spf.net' },
      { what: 'spf-all', domain, qualifier: '-' },
    ];
    assert.deepEqual(await sets(changes), [['x.example', 'v=spf1 ip4:192.0.2.0/28 -all']]);
  });
  it('says when there is nothing to change', async () => {
    const { problems } = await recordChanges(
      {
        changes: [
          { what: 'remove-include', domain, include: 'other.net' },
          { what: 'spf-all', domain: domainName('sub.x.example'), qualifier: '-' },
        ],
      },
      published(base),
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['simulation/no-such-include', 'simulation/no-spf-record'],
    );
  });
  it('says when SPF would end in an error, and why', async () => {
    const many = Array.from({ length: 11 }, (_, at) => `include:i${at}.example`).join(' ');
    const codesOf = async (record: string, at = domain): Promise<string[]> =>
      (
        await answerOf([row('spf=x.example'), row('spf=b.x.example')], published(base), [
          { what: 'spf', domain: at, record },
        ])
      ).problems.map(({ code, values }) => `${code} ${values?.['domain'] ?? ''}`);
    assert.deepEqual(await codesOf('v=spf1 ip4:192.0.2.0/28 -all'), []);
    assert.deepEqual(
      (await codesOf(`v=spf1 ${many} -all`)).filter((text) => text.startsWith('simulation/')),
      [
        'simulation/spf-breaks x.example',
        // Its record includes the other.
        'simulation/spf-breaks b.x.example',
      ],
    );
  });
  it('says when nobody has seen what is named', async () => {
    const simulation = await simulationOf([row('d=x.example/s1')], published(base));
    const changes: Change[] = [
      { what: 'retire-key', domain, selector: 'nosuch' },
      { what: 'sign', stream: 'nosuch' },
    ];
    const { problems } = await simulation.play({ changes });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['simulation/no-such-selector', 'simulation/no-such-stream'],
    );
  });
});

describe('any rows, any policy', () => {
  const results = fc.constantFrom(
    '',
    'd=x.example/s1',
    'd=sub.x.example/s1',
    'spf=x.example',
    'spf=b.x.example',
    'd=x.example/s1 spf=b.x.example',
    'd=other.net/k spf=other.net',
    'd=x.example/s1!',
  );
  const anyRow = fc.record({
    auth: results.map(auth),
    from: fc.constantFrom('x.example', 'sub.x.example', 'no.x.example'),
    count: fc.integer({ min: 1, max: 1000 }),
    generation: fc.constantFrom('rfc7489' as const, 'rfc9990' as const),
    of: fc.constantFrom('own', 'forged', 'forwarder', 'undecided'),
  });
  const rows = fc.array(
    anyRow.map((each): Row => ({ ...each, reporter: each.generation })),
    { minLength: 1, maxLength: 12 },
  );
  const policies = ['none', 'quarantine', 'reject'] as const;
  const tags = fc.record({
    p: fc.constantFrom(...policies),
    adkim: fc.constantFrom('r', 's'),
    aspf: fc.constantFrom('r', 's'),
    np: fc.constantFrom(...policies, ''),
    t: fc.constantFrom('y', ''),
  });

  it('counts every message once, and what is expected lies in what is possible', async () => {
    await fc.assert(
      fc.asyncProperty(rows, tags, async (all, asked) => {
        const { total, standings, streams } = await answerOf(all, published(base), [dmarc(asked)]);
        const messages = all.reduce((sum, { count }) => sum + count, 0);
        assert.equal(total.messages, messages);
        const { delivered, quarantined, rejected } = total.after;
        assert.ok(Math.abs(delivered + quarantined + rejected - messages) < 0.01);
        for (const fate of ['delivered', 'quarantined', 'rejected'] as const) {
          const [least, most] = total.range[fate];
          assert.ok(least <= total.after[fate] && total.after[fate] <= most);
        }
        for (const { least, expected, most } of [total.lost, total.regained])
          assert.ok(least <= expected && expected <= most);
        const sum = (list: readonly { readonly messages: number }[]): number =>
          list.reduce((all_, each) => all_ + each.messages, 0);
        assert.equal(sum(Object.values(standings)), messages);
        assert.equal(sum(streams), messages);
      }),
      { numRuns: 60 },
    );
  });

  it('says what judging row by row says', async () => {
    const organizationalDomainOf = publicSuffixOrganizationalDomain();
    await fc.assert(
      fc.asyncProperty(rows, tags, async (all, asked) => {
        const current_ = all.map((each): Row => ({ ...each, generation: 'rfc9990', reporter: 'new.test', of: 'own' }));
        const { total } = await answerOf(current_, published(base), [dmarc({ ...asked, sp: asked.p })]);
        const text = [
          'v=DMARC1',
          ...Object.entries({ ...asked, sp: asked.p }).flatMap(([tag, value]) =>
            value === '' ? [] : [`${tag}=${value}`],
          ),
          rua,
        ].join('; ');
        const reading = parseDmarcRecord(text);
        assert.ok(reading.ok);
        let delivered = 0;
        for (const { from = '', count, auth: said } of current_) {
          const verdict = evaluateDmarc({
            receiver: 'rfc9989',
            policy: {
              record: reading.value,
              domain: 'x.example',
              place: from === 'x.example' ? 'author-domain' : 'organizational-domain',
            },
            existence: from === 'no.x.example' ? 'no-such-name' : 'exists',
            identifiers: alignmentBitsOf(from, said!, organizationalDomainOf),
          });
          if (verdict.disposition === 'pass' || verdict.disposition === 'none') delivered += count;
        }
        assert.equal(total.after.delivered, delivered);
      }),
      { numRuns: 60 },
    );
  });

  it('a stricter policy never delivers more', async () => {
    await fc.assert(
      fc.asyncProperty(rows, tags, async (all, asked) => {
        const simulation = await simulationOf(all, published(base));
        const { whatIf } = await import('./index.ts');
        let last = Infinity;
        for (const p of policies) {
          const { total } = await whatIf(
            simulation,
            await simulation.play({ changes: [dmarc({ ...asked, np: '', p })] }),
          );
          assert.ok(total.after.delivered <= last + 0.01);
          last = total.after.delivered;
        }
      }),
      { numRuns: 30 },
    );
  });
});
