import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { auth } from '../../../../test/hand-made/history.ts';
import { answerOf, published } from '../../../../test/hand-made/what-if.ts';
import type { Row } from '../../../../test/hand-made/what-if.ts';
import { domainName } from '../../../standards/dns/index.ts';
import type { Change, DmarcTag, ShownRules } from './index.ts';

const dmarc = (tags: Partial<Record<DmarcTag, string>>, at = 'x.example'): Change => ({
  what: 'dmarc',
  domain: domainName(at),
  tags,
});
const said = (form: ShownRules['form'], word: '-' | 'np' | 'psl' | 'treewalk', lastDay = 100): ShownRules => ({
  reporter: 'r.test',
  form,
  ...(word === 'psl' || word === 'treewalk' ? { discovery: word } : {}),
  np: word === 'np',
  lastDay,
});
/** Delivered/quarantined/rejected, what is lost, and the doubts of which rules it goes by. */
async function told(
  rows: readonly Omit<Row, 'count'>[],
  records: string,
  change: Change,
  options: { readonly shown?: readonly ShownRules[]; readonly records?: 'now' | 'then' } = {},
): Promise<string> {
  const all = rows.map((each): Row => ({ reporter: 'r.test', count: 100, auth: auth(''), ...each }));
  const { total, doubts } = await answerOf(all, published(records), [change], options);
  const { delivered, quarantined, rejected } = total.after;
  // That nobody has seen this receiver reject is so of all of these.
  const why = doubts
    .map(({ code }) => code.replace('simulation/doubt-', ''))
    .filter((code) => code !== 'reject-as-quarantine')
    .sort();
  const { expected, least, most } = total.lost;
  return [`${delivered}/${quarantined}/${rejected}`, `${expected} (${least}–${most})`, ...why].join(' ');
}

/** What reports show, and in which form they are. */
const ways = {
  'RFC 9990, treewalk': ['rfc9990', [said('rfc9990', 'treewalk')]],
  'RFC 9990, psl': ['rfc9990', [said('rfc9990', 'psl')]],
  'RFC 9990, nothing': ['rfc9990', []],
  'RFC 7489, treewalk': ['rfc7489', [said('rfc7489', 'treewalk')]],
  'RFC 7489, psl': ['rfc7489', [said('rfc7489', 'psl')]],
  'RFC 7489, np': ['rfc7489', [said('rfc7489', 'np')]],
  'RFC 7489, np and psl': ['rfc7489', [said('rfc7489', 'np'), said('rfc7489', 'psl')]],
  'RFC 7489, nothing': ['rfc7489', []],
} as const;
type Way = keyof typeof ways;
const allWays = Object.keys(ways) as Way[];

/** Of a way that the two go, by what is expected of receivers with the walk, and of those with the list. */
const parting = (walk: string, psl: string, ofWalk: string, ofPsl: string): Record<Way, string> => ({
  'RFC 9990, treewalk': walk,
  'RFC 9990, psl': psl,
  'RFC 9990, nothing': `${ofWalk} discovery-unknown`,
  'RFC 7489, treewalk': walk,
  'RFC 7489, psl': psl,
  'RFC 7489, np': `${ofPsl} discovery-unknown`,
  'RFC 7489, np and psl': psl,
  'RFC 7489, nothing': `${ofPsl} discovery-unknown`,
});
const same = (answer: string): Record<Way, string> =>
  Object.fromEntries(allWays.map((way) => [way, answer])) as Record<Way, string>;

const kept = '100/0/0 0 (0–0)';
const gone = '0/0/100 100 (100–100)';
const perhapsKept = '100/0/0 0 (0–100)';
const perhapsGone = '0/0/100 100 (0–100)';

describe('receivers find a policy, and what is aligned, by the walk or by the list', () => {
  const top = '_dmarc.x.example. TXT "v=DMARC1; p=none"\nx.example. A 192.0.2.1';
  const country = `${top}\n_dmarc.pt.x.example. TXT "v=DMARC1; p=none; psd=n"\nid.pt.x.example. A 192.0.2.2`;
  const suffix = '_dmarc.x.example. TXT "v=DMARC1; p=none; psd=y"\na.c.x.example. A 192.0.2.1';
  const cases: [why: string, records: string, row: Omit<Row, 'count'>, change: Change, by: Record<Way, string>][] = [
    [
      'below psd=n the walk has another record than the list',
      country,
      { from: 'id.pt.x.example' },
      dmarc({ p: 'reject' }),
      parting(kept, gone, perhapsKept, perhapsGone),
    ],
    [
      'and what the organisation below signs is not aligned with the one above',
      `${country}\n_dmarc.id.x.example. TXT "v=DMARC1; p=none"`,
      { from: 'id.x.example', auth: auth('d=pt.x.example/s') },
      dmarc({ p: 'reject' }, 'id.x.example'),
      parting(gone, kept, perhapsGone, '100/0/0 0 (0–100)'),
    ],
    [
      'below psd=y each name is an organisation by the walk, and all are one by the list',
      suffix,
      { from: 'a.c.x.example', auth: auth('d=d.x.example/s') },
      dmarc({ p: 'reject' }),
      parting(gone, kept, perhapsGone, '100/0/0 0 (0–100)'),
    ],
    [
      'and what nobody signs meets the record of the suffix by either',
      suffix,
      { from: 'a.c.x.example' },
      dmarc({ p: 'reject' }),
      same(gone),
    ],
    [
      'a record below a domain without one is found by the walk alone',
      '_dmarc.sub.x.example. TXT "v=DMARC1; p=none"\na.sub.x.example. A 192.0.2.1',
      { from: 'a.sub.x.example' },
      dmarc({ p: 'reject' }, 'sub.x.example'),
      parting(gone, kept, perhapsGone, '100/0/0 0 (0–100)'),
    ],
    [
      'one between others is passed over by both (RFC 9989 §4.10.2)',
      `${top}\n_dmarc.sub.x.example. TXT "v=DMARC1; p=none"\na.sub.x.example. A 192.0.2.1`,
      { from: 'a.sub.x.example' },
      dmarc({ p: 'reject' }),
      same(gone),
    ],
    ['a record of its own is found by both', country, { from: 'pt.x.example' }, dmarc({ p: 'reject' }), same(kept)],
    [
      'np is for whoever knows the tag, however the record is found',
      top,
      { from: 'no.x.example' },
      dmarc({ sp: 'none', np: 'reject' }),
      {
        ...same(gone),
        'RFC 7489, treewalk': '100/0/0 0 (0–100) generation-unknown',
        'RFC 7489, psl': '100/0/0 0 (0–100) generation-unknown',
        'RFC 7489, nothing': '100/0/0 0 (0–100) generation-unknown',
      },
    ],
    [
      'an absent name below psd=n meets the np from above by the list',
      country,
      { from: 'no.pt.x.example' },
      dmarc({ sp: 'quarantine', np: 'reject' }),
      {
        ...parting(kept, gone, perhapsKept, perhapsGone),
        'RFC 7489, psl': '0/100/0 100 (100–100) generation-unknown',
        'RFC 7489, nothing': '0/100/0 100 (0–100) discovery-unknown generation-unknown',
      },
    ],
  ];
  for (const [why, records, row, change, by] of cases) {
    for (const way of allWays) {
      it(`${why}: ${way}`, async () => {
        const [generation, shown] = ways[way];
        assert.equal(await told([{ ...row, generation }], records, change, { shown }), by[way]);
      });
    }
  }

  it('without a word of what reports show, each does as the text has it that it follows', async () => {
    const of = (generation: 'rfc7489' | 'rfc9990'): Promise<string> =>
      told([{ from: 'id.pt.x.example', generation }], country, dmarc({ p: 'reject' }));
    assert.equal(await of('rfc9990'), kept);
    assert.equal(await of('rfc7489'), `${perhapsGone} generation-unknown`);
  });

  it('one that is known to follow RFC 7489 may know np all the same, and then does not heed t', async () => {
    const seen = { from: 'y.example', generation: 'rfc7489', reasons: [{ type: 'sampled_out' }] } as const;
    const of = (tags: Partial<Record<DmarcTag, string>>, shown: readonly ShownRules[]): Promise<string> =>
      told([{ from: 'no.x.example', generation: 'rfc7489' }, seen], top, dmarc({ sp: 'none', ...tags }), { shown });
    assert.equal(await of({ np: 'reject', t: 'y' }, [said('rfc7489', 'np')]), '100/0/100 100 (100–100)');
    assert.equal(await of({ np: 'reject', pct: '0' }, [said('rfc7489', 'np')]), '100/100/0 100 (100–100)');
    assert.equal(await of({ np: 'reject' }, []), '200/0/0 0 (0–0)');
  });

  describe('in time', () => {
    const [old, current] = ['rfc7489', 'rfc9990'] as const;
    const times: [
      why: string,
      records: 'now' | 'then',
      form: ShownRules['form'],
      shown: ShownRules[],
      after: string,
    ][] = [
      ['now: what was shown last', 'now', current, [said(current, 'psl', 90), said(current, 'treewalk')], kept],
      ['though it was the list', 'now', current, [said(current, 'psl'), said(current, 'treewalk', 90)], gone],
      [
        'both on the last day: not known',
        'now',
        current,
        [said(current, 'psl'), said(current, 'treewalk')],
        `${perhapsKept} discovery-unknown`,
      ],
      [
        'then: both in one form: not known',
        'then',
        current,
        [said(current, 'psl', 90), said(current, 'treewalk')],
        `${perhapsKept} discovery-unknown`,
      ],
      ['then: one in this form', 'then', old, [said(old, 'treewalk', 90), said(current, 'psl')], kept],
      ['then: who keeps to the list later had no other before', 'then', old, [said(current, 'psl')], gone],
      [
        'then: who walks later may have had the list',
        'then',
        old,
        [said(current, 'treewalk')],
        `${perhapsGone} discovery-unknown`,
      ],
    ];
    for (const [why, records, generation, shown, after] of times) {
      it(why, async () => {
        const row = { from: 'id.pt.x.example', generation } as const;
        assert.equal(await told([row], country, dmarc({ p: 'reject' }), { shown, records }), after);
      });
    }
  });

  it('where both ways agree it does not matter what is shown', async () => {
    const rows = fc.array(
      fc.record({
        auth: fc.constantFrom('', 'd=x.example/s', 'd=sub.x.example/s', 'spf=b.x.example', 'spf=other.net').map(auth),
        from: fc.constantFrom('x.example', 'sub.x.example', 'no.x.example', 'y.example'),
        count: fc.integer({ min: 1, max: 1000 }),
        generation: fc.constantFrom('rfc7489' as const, 'rfc9990' as const),
        reporter: fc.constant('r.test'),
        of: fc.constantFrom('own', 'forged', 'forwarder'),
      }),
      { minLength: 1, maxLength: 10 },
    );
    const policies = ['none', 'quarantine', 'reject'] as const;
    const tags = fc.record({
      p: fc.constantFrom(...policies),
      np: fc.constantFrom(...policies, ''),
      adkim: fc.constantFrom('r', 's'),
      t: fc.constantFrom('y', ''),
      pct: fc.constantFrom('0', '50', ''),
    });
    const shown = fc.constantFrom(
      [],
      [said('rfc9990', 'psl')],
      [said('rfc7489', 'treewalk')],
      [said('rfc9990', 'psl'), said('rfc9990', 'treewalk')],
    );
    const records = fc.constantFrom('now' as const, 'then' as const);
    await fc.assert(
      fc.asyncProperty(rows, tags, shown, records, async (all, asked, what, when) => {
        const world = published(`${top}\nsub.x.example. A 192.0.2.2\n_dmarc.sub.x.example. TXT "v=DMARC1; p=none"`);
        const answer = (by?: readonly ShownRules[]): ReturnType<typeof answerOf> =>
          answerOf(all, world, [dmarc(asked)], { records: when, ...(by === undefined ? {} : { shown: by }) });
        assert.deepEqual(await answer(what), await answer());
      }),
      { numRuns: 60 },
    );
  });
});
