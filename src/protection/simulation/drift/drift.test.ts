import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { auth, historyOf } from '../../../../test/hand-made/history.ts';
import { answerOf } from '../../../../test/hand-made/what-if.ts';
import type { Row } from '../../../../test/hand-made/what-if.ts';
import { domainName, ResolverError } from '../../../standards/dns/index.ts';
import type { Answer, Resolver } from '../../../standards/dns/index.ts';
import { checkHost, identityOf } from '../../../standards/spf/index.ts';
import type { SpfResult } from '../../../standards/spf/index.ts';
import { answerWhatIf, PublishedDays } from '../what-if/index.ts';
import type { AddedUp, Change, Count, DmarcTag, KeptRecord } from '../what-if/index.ts';

const x = domainName('x.example');
const asks = (tags: Partial<Record<DmarcTag, string>>): Change => ({ what: 'dmarc', domain: x, tags });

/** `name first-last type text`: what stood there, and the days on which it was seen; `-` for no records. Zones of example and net are kept from day 0. */
function kept(text: string, zones: readonly string[] = ['example', 'net']): PublishedDays {
  const base = { ttl: 300, aliases: [], authenticated: false };
  const records = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): KeptRecord => {
      const [name = '', first = '', last = '', type = '', value = ''] = /^(\S+) (\d+)-(\d+) (\S+) (.*)$/.exec(line)!.slice(1); // prettier-ignore
      const record = type === 'TXT' ? [value] : value;
      const answer = {
        ...base,
        ...(value === '-' ? { kind: 'no-such-name' } : { kind: 'records', records: [record] }),
      };
      return { name, type: type as 'TXT', firstDay: Number(first), lastDay: Number(last), answer: answer as Answer };
    });
  const soas = zones.map((name): KeptRecord => {
    return { name, type: 'SOA', firstDay: 0, lastDay: 999, answer: { ...base, kind: 'records', records: [] } };
  });
  return new PublishedDays([...soas, ...records]);
}

const none = '_dmarc.x.example 0-999 TXT v=DMARC1; p=none';
/** A row of 100 messages of day 100, from 192.0.2.1. */
const row = (results: string, more: Partial<Row> = {}): Row => ({
  from: 'x.example',
  source: '192.0.2.1',
  count: 100,
  day: 100,
  auth: auth(results),
  generation: 'rfc9990',
  ...more,
});
const softfail = { auth: { dkim: [], spf: [{ domain: 'x.example', result: 'softfail' as const }] } };

const ask = (
  days: PublishedDays,
  rows: readonly Row[],
  changes: readonly Change[] = [asks({ p: 'reject' })],
  now: Resolver = days.at(Infinity),
): Promise<AddedUp> => answerOf(rows, now, changes, { days, drift: true });

const range = ({ expected, least, most }: Count): string =>
  least === most ? String(expected) : `${expected} (${least}–${most})`;
const brief = ({ drift }: AddedUp): string[] =>
  drift!.sources.map(({ domain, reported, today, why }) => `${domain} ${reported}>${today} ${why}`);
const legs = ({ drift }: AddedUp): string => `-${range(drift!.total.legLost)} +${range(drift!.total.legGained)}`;

describe('which mail drifts', () => {
  const lookups = Array.from({ length: 11 }, (_, n) => `include:n${n}.net`).join(' ');
  const eleven = Array.from({ length: 11 }, (_, n) => `n${n}.net 0-999 TXT v=spf1 ip4:10.0.0.${n} -all`).join('\n');
  const cases: [why: string, records: string, row: Row, drift: string[], legs: string][] = [
    [
      'records that did not change',
      'x.example 0-999 TXT v=spf1 ip4:192.0.2.0/24 ~all',
      row('spf=x.example'),
      [],
      '-0 +0',
    ],
    [
      'an include that lets more networks in',
      `x.example 0-999 TXT v=spf1 include:_spf.net ~all
       _spf.net 0-149 TXT v=spf1 ip4:10.0.0.0/8 -all
       _spf.net 150-999 TXT v=spf1 ip4:10.0.0.0/8 ip4:192.0.2.0/24 -all`,
      row('', softfail),
      ['x.example softfail>pass changed'],
      '-0 +100',
    ],
    [
      'an include that lets fewer in',
      `x.example 0-999 TXT v=spf1 include:_spf.net ~all
       _spf.net 0-149 TXT v=spf1 ip4:10.0.0.0/8 ip4:192.0.2.0/24 -all
       _spf.net 150-999 TXT v=spf1 ip4:10.0.0.0/8 -all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'an include that was taken out',
      `x.example 0-149 TXT v=spf1 include:_spf.net ~all
       x.example 150-999 TXT v=spf1 ~all
       _spf.net 0-999 TXT v=spf1 ip4:192.0.2.0/24 -all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'an ip4 that was taken out',
      `x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 -all
       x.example 150-999 TXT v=spf1 ip4:192.0.2.128/25 -all`,
      row('spf=x.example'),
      ['x.example pass>fail changed'],
      '-100 +0',
    ],
    [
      '~all that became -all takes no leg',
      `x.example 0-149 TXT v=spf1 ~all
       x.example 150-999 TXT v=spf1 -all`,
      row('', softfail),
      ['x.example softfail>fail changed'],
      '-0 +0',
    ],
    [
      'a record that vanished',
      `x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 -all
       x.example 150-999 TXT -`,
      row('spf=x.example'),
      ['x.example pass>none changed'],
      '-100 +0',
    ],
    [
      'an include of a record that vanished is a permanent error (RFC 7208 §5.2)',
      `x.example 0-999 TXT v=spf1 include:_spf.net ip4:192.0.2.0/24 -all
       _spf.net 0-149 TXT v=spf1 -all
       _spf.net 150-999 TXT -`,
      row('spf=x.example'),
      ['x.example pass>permerror changed'],
      '-100 +0',
    ],
    [
      'another record behind a redirect',
      `x.example 0-999 TXT v=spf1 redirect=_spf.net
       _spf.net 0-149 TXT v=spf1 ip4:192.0.2.0/24 -all
       _spf.net 150-999 TXT v=spf1 ip4:10.0.0.0/8 ?all`,
      row('spf=x.example'),
      ['x.example pass>neutral changed'],
      '-100 +0',
    ],
    [
      'a record that now needs more than ten lookups (RFC 7208 §4.6.4)',
      `x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 -all
       x.example 150-999 TXT v=spf1 ${lookups} ip4:192.0.2.0/24 -all
       ${eleven}`,
      row('spf=x.example'),
      ['x.example pass>permerror changed'],
      '-100 +0',
    ],
    [
      'two changes, the second of which takes back the first',
      `x.example 0-119 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 120-149 TXT v=spf1 ~all
       x.example 150-999 TXT v=spf1 ip4:192.0.2.0/24 -all`,
      row('spf=x.example'),
      [],
      '-0 +0',
    ],
    [
      'two changes, and mail of the days between them',
      `x.example 0-89 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 90-149 TXT v=spf1 ~all
       x.example 150-999 TXT v=spf1 ip4:192.0.2.0/24 -all`,
      row('', softfail),
      ['x.example softfail>pass changed'],
      '-0 +100',
    ],
    [
      'a change since mail that came both before and after another',
      `x.example 0-99 TXT v=spf1 ~all
       x.example 100-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 150-999 TXT v=spf1 -all`,
      row('spf=x.example', { day: 98, spread: 4 }),
      ['x.example pass>fail changed'],
      '-100 +0',
    ],
    [
      'mail of the day of a change may have come before it',
      `x.example 0-99 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 100-999 TXT v=spf1 ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'mail of a day between two looks may have met what the first saw',
      `x.example 0-80 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 120-999 TXT v=spf1 ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'or what the second saw',
      `x.example 0-80 TXT v=spf1 ~all
       x.example 120-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 150-999 TXT v=spf1 ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'a receiver that says what no kept record explains',
      `x.example 0-149 TXT v=spf1 ~all
       x.example 150-999 TXT v=spf1 -all`,
      row('spf=x.example'),
      [],
      '-0 +0',
    ],
    [
      'a change of records that had been kept only after the mail: it may have drifted',
      `x.example 130-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 150-999 TXT v=spf1 ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail not-kept'],
      '-0 (0–100) +0',
    ],
    [
      'records kept only after the mail that say what was reported',
      'x.example 150-999 TXT v=spf1 ip4:192.0.2.0/24 ~all',
      row('spf=x.example'),
      [],
      '-0 +0',
    ],
    [
      'an include kept only after the mail, below a record kept before it',
      `x.example 0-999 TXT v=spf1 include:_spf.net ~all
       _spf.net 130-999 TXT v=spf1 ip4:10.0.0.0/8 -all`,
      row('spf=x.example'),
      ['x.example pass>softfail not-kept'],
      '-0 (0–100) +0',
    ],
    [
      'a macro of the message in the record of now',
      `x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 150-999 TXT v=spf1 exists:%{l}.x.example ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail by-message'],
      '-100 (0–100) +0',
    ],
    [
      'the same macro then and now',
      `x.example 0-149 TXT v=spf1 exists:%{l}.x.example ~all
       x.example 150-999 TXT v=spf1 exists:%{l}.x.example ip4:10.0.0.0/8 ~all`,
      row('spf=x.example'),
      [],
      '-0 +0',
    ],
    [
      'a null sender, by its HELO',
      `mx.x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 -all
       mx.x.example 150-999 TXT v=spf1 -all`,
      row('', { auth: { dkim: [], spf: [{ domain: 'mx.x.example', scope: 'helo', result: 'pass' }] } }),
      ['mx.x.example pass>fail changed'],
      '-100 +0',
    ],
    [
      'a name that was an alias of another',
      `x.example 0-999 CNAME y.net
       y.net 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       y.net 150-999 TXT v=spf1 ~all`,
      row('spf=x.example'),
      ['x.example pass>softfail changed'],
      '-100 +0',
    ],
    [
      'a domain that is not aligned with From is left alone',
      `y.net 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       y.net 150-999 TXT v=spf1 ~all`,
      row('spf=y.net'),
      [],
      '-0 +0',
    ],
    [
      'a receiver that does not say for which domain SPF passed',
      `x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
       x.example 150-999 TXT v=spf1 ~all`,
      row('', { auth: { dkim: [], spf: [] }, spf: 'pass' }),
      ['null pass>null domain-untold'],
      '-0 (0–100) +0',
    ],
  ];
  for (const [why, records, seen, drift, leg] of cases) {
    it(why, async () => {
      const answer = await ask(kept(`${none}\n${records}`), [seen]);
      assert.deepEqual(brief(answer), drift);
      assert.equal(legs(answer), leg);
    });
  }

  it('records of now that nobody knows: the report stands, and that is counted', async () => {
    const days = kept(`${none}\nx.example 0-999 TXT v=spf1 include:elsewhere.test ~all`);
    const answer = await ask(days, [row('spf=x.example')]);
    assert.deepEqual(brief(answer), []);
    assert.deepEqual(answer.drift?.notKnown, { messages: 100, wanted: 100 });
    assert.equal(answer.total.lost.most, 0);
  });
  it('a DNS that does not answer today: expected to fail, and it may pass', async () => {
    const days = kept(`${none}\nx.example 0-999 TXT v=spf1 include:_spf.net ~all\n_spf.net 0-999 TXT v=spf1 ip4:192.0.2.0/24 -all`); // prettier-ignore
    const now: Resolver = (name, type) =>
      name === '_spf.net'
        ? Promise.reject(new ResolverError('dns/servfail', 'no answer'))
        : days.at(Infinity)(name, type);
    const answer = await ask(days, [row('spf=x.example')], [asks({ p: 'reject' })], now);
    assert.deepEqual(brief(answer), ['x.example pass>temperror unanswered']);
    assert.equal(range(answer.total.lost), '100 (0–100)');
    assert.ok(answer.doubts.some(({ code }) => code === 'simulation/doubt-spf-unanswered'));
  });
  it('nothing kept at all: nothing is known, and it says so', async () => {
    const { drift, total } = await ask(new PublishedDays([]), [row('spf=x.example')]);
    assert.equal(drift?.kept, false);
    assert.equal(total.messages, 100);
  });
  it('which records changed, when, and for which domains', async () => {
    const base = { ttl: 300, aliases: [], authenticated: false };
    const record = (name: string, firstDay: number, lastDay: number, text: string): KeptRecord => {
      return {
        name,
        type: 'TXT',
        firstDay,
        lastDay,
        answer: { ...base, kind: 'records', records: [[text], ['other=1']] },
      };
    };
    const { answer } = await answerWhatIf(
      {
        history: historyOf([{ ...row('spf=x.example'), day: 100 }]),
        kept: [
          record('_dmarc.x.example', 0, 999, 'v=DMARC1; p=none'),
          record('x.example', 0, 999, 'v=spf1 include:_spf.net ~all'),
          record('_spf.net', 0, 50, 'v=spf1 ip4:192.0.2.0/25 -all'),
          record('_spf.net', 60, 140, 'v=spf1 ip4:192.0.2.0/24 -all'),
          record('_spf.net', 150, 999, 'v=spf1 -all'),
        ],
        write: (data) => (data as readonly string[]).join(''),
      },
      { changes: [asks({ p: 'reject' })] },
      { domain: 'x.example', records: 'now', by: [] },
    );
    assert.deepEqual(answer.drift?.records, [
      {
        name: '_spf.net',
        type: 'TXT',
        domains: ['x.example'],
        seenUntil: '1970-05-21',
        day: '1970-05-31',
        before: ['v=spf1 ip4:192.0.2.0/24 -all'],
        after: ['v=spf1 -all'],
      },
    ]);
  });
});

describe('whose loss it is', () => {
  const lost = kept(`${none}
    x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
    x.example 150-999 TXT v=spf1 ~all`);

  it('the policy that is asked for loses what has no leg left: by drift', async () => {
    const { total, drift } = await ask(lost, [row('spf=x.example'), row('', { source: '192.0.2.2', count: 7 })]);
    assert.equal(range(total.lost), '107');
    assert.equal(range(drift!.total.lostWithChange), '100');
    assert.equal(range(drift!.total.lost), '0');
  });
  it('an aligned signature carries what lost its SPF leg', async () => {
    const { total, drift, streams } = await ask(lost, [row('d=x.example/s1 spf=x.example')]);
    assert.equal(range(total.lost), '0');
    assert.equal(range(drift!.total.legLostOnDkim), '100');
    assert.equal(range(drift!.total.lostWithChange), '0');
    assert.equal(streams[0]?.onlyLeg, 'dkim');
  });
  it('under a policy that stands already it is lost whatever is asked', async () => {
    const days = kept(`_dmarc.x.example 0-999 TXT v=DMARC1; p=reject
      x.example 0-149 TXT v=spf1 ip4:192.0.2.0/24 ~all
      x.example 150-999 TXT v=spf1 ~all`);
    const { total, drift } = await ask(days, [row('spf=x.example')], [asks({ adkim: 's' })]);
    assert.equal(range(total.lost), '0');
    assert.equal(range(drift!.total.lost), '100');
    assert.equal(range(drift!.total.lostWithChange), '0');
  });
  it('a draft that lets the address in again gives the leg back', async () => {
    const draft: Change = { what: 'spf', domain: x, record: 'v=spf1 ip4:192.0.2.0/24 -all' };
    const { total, drift } = await ask(lost, [row('spf=x.example')], [asks({ p: 'reject' }), draft]);
    assert.equal(range(total.lost), '0');
    assert.equal(range(drift!.total.lostWithChange), '0');
    assert.equal(range(drift!.total.legLost), '100');
  });
  it('a key that goes takes the leg that was left: by drift too', async () => {
    const { total, drift } = await ask(
      lost,
      [row('d=x.example/s1 spf=x.example')],
      [asks({ p: 'reject' }), { what: 'retire-key', domain: x, selector: 's1' }],
    );
    assert.equal(range(total.lost), '100');
    assert.equal(range(drift!.total.lostWithChange), '100');
  });
  it('what would be lost without drift too is not put down to it', async () => {
    const { total, drift } = await ask(lost, [row('spf=x.example')], [asks({ p: 'reject', aspf: 's' })]);
    assert.equal(range(total.lost), range(drift!.total.lostWithChange));
    const below = row('spf=x.example', { from: 'sub.x.example' });
    const strict = await ask(lost, [below], [asks({ p: 'reject', aspf: 's' })]);
    assert.equal(range(strict.total.lost), '100');
    assert.equal(range(strict.drift!.total.lostWithChange), '0');
  });
  it('where the records of the day were not kept, the loss is possible and not expected', async () => {
    const days = kept(`${none}\nx.example 130-999 TXT v=spf1 ~all`);
    const { total, drift, doubts } = await ask(days, [row('spf=x.example')]);
    assert.equal(range(total.lost), '0 (0–100)');
    assert.equal(range(drift!.total.lostWithChange), '0 (0–100)');
    assert.deepEqual(drift?.notKept, { messages: 100, wanted: 100 });
    assert.ok(doubts.some(({ code }) => code === 'simulation/doubt-spf-record-not-kept'));
  });
  it('an SPF fail that was none may be turned away at MAIL FROM, before what is asked and after', async () => {
    const days = kept(`${none}\nx.example 0-149 TXT v=spf1 ~all\nx.example 150-999 TXT v=spf1 -all`);
    const seen = row('', { auth: { dkim: auth('d=x.example/s1').dkim, spf: softfail.auth.spf } });
    const { total, drift } = await ask(days, [seen], [asks({ p: 'reject' })]);
    assert.equal(range(drift!.total.lost), '0 (0–100)');
    assert.equal(range(total.lost), '0');
    assert.equal(range(total.regained), '0');
    assert.deepEqual(total.range.delivered, [0, 100]);
  });
  it('by stream and party, those that lose most legs first', async () => {
    const { drift } = await ask(lost, [
      row('spf=x.example', { of: '!own:bills' }),
      row('spf=x.example', { of: 'forged', source: '192.0.2.3', count: 30 }),
      row('d=x.example/s1 spf=x.example', { of: 'third:news', source: '192.0.2.4', count: 250 }),
    ]);
    assert.deepEqual(
      drift!.streams.map(({ name, party, decision, legLost, legLostOnDkim, lastDay }) =>
        [name, party, decision, legLost.expected, legLostOnDkim.expected, lastDay].join(' '),
      ),
      [
        'third:news party of third:news undecided 250 250 1970-04-11',
        '!own:bills party of !own:bills authorised 100 0 1970-04-11',
        'forged party of forged undecided 30 0 1970-04-11',
      ],
    );
    assert.equal(drift!.standings.authorised.legLost.expected, 100);
    assert.equal(drift!.standings['thought-forged'].lostWithChange.expected, 30);
  });
});

describe('any rows', () => {
  const record = fc.constantFrom('v=spf1 ip4:192.0.2.0/29 ~all', 'v=spf1 ip4:192.0.2.0/24 -all', 'v=spf1 include:_spf.net ?all', 'v=spf1 -all'); // prettier-ignore
  const rows = fc.array(
    fc
      .record({
        last: fc.integer({ min: 1, max: 20 }),
        results: fc.constantFrom(
          '',
          'spf=x.example',
          'spf=x.example!',
          'd=x.example/s1 spf=x.example',
          'spf=b.x.example',
        ),
        day: fc.integer({ min: 1, max: 900 }),
        count: fc.integer({ min: 1, max: 1000 }),
        of: fc.constantFrom('own', 'forged', '!third:news'),
      })
      .map(({ last, results, ...more }): Row => {
        return { ...row(results), disposition: 'none', source: `192.0.2.${last}`, ...more };
      }),
    { minLength: 1, maxLength: 12 },
  );
  const common = `${none}\n_spf.net 0-999 TXT v=spf1 ip4:192.0.2.4 -all\nb.x.example 0-999 TXT v=spf1 include:x.example ~all`;

  it('with records that did not change nothing drifts, and a what-if by the records of then says the same', async () => {
    await fc.assert(
      fc.asyncProperty(rows, record, fc.constantFrom('quarantine', 'reject'), async (seen, text, p) => {
        const days = kept(`${common}\nx.example 0-999 TXT ${text}`);
        const now = await ask(days, seen, [asks({ p })]);
        const then = await answerOf(seen, days.at(Infinity), [asks({ p })], { days, records: 'then', drift: true });
        assert.equal(then.drift, null);
        assert.deepEqual(now.drift?.sources, []);
        assert.equal(now.drift?.total.messages, 0);
        assert.deepEqual([now.total.after, now.total.lost], [then.total.after, then.total.lost]);
      }),
      { numRuns: 60 },
    );
  });
  it('what is expected lies in what is possible, whatever was kept', async () => {
    await fc.assert(
      fc.asyncProperty(rows, record, record, fc.integer({ min: 1, max: 499 }), async (seen, before, after, first) => {
        const days = kept(`${common}\nx.example ${first}-499 TXT ${before}\nx.example 500-999 TXT ${after}`);
        const { total, drift } = await ask(days, seen);
        const { messages, ...counts } = drift!.total;
        assert.ok(messages <= total.messages);
        for (const { least, expected, most } of [total.lost, total.regained, ...Object.values(counts)])
          assert.ok(least <= expected && expected <= most && most <= total.messages);
        assert.ok(drift!.total.lostWithChange.expected <= total.lost.expected);
        for (const name of ['legLost', 'lost', 'lostWithChange'] as const) {
          const sum = drift!.streams.reduce((all, stream) => all + stream[name].most, 0);
          assert.equal(sum, counts[name].most);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('rows that say what the records of their day said are judged as mail of today would be', async () => {
    await fc.assert(
      fc.asyncProperty(rows, record, record, async (seen, before, after) => {
        const days = kept(`${common}\nx.example 0-499 TXT ${before}\nx.example 500-999 TXT ${after}`);
        const identity = identityOf({ mailFrom: 'a@x.example', helo: 'h.example' });
        const said = async ({ source = '' }: Row, day: number): Promise<SpfResult> =>
          (await checkHost(source, identity, days.at(day))).result;
        const judged = await Promise.all(
          seen.map(async (each) => ({ each, was: await said(each, each.day ?? 0), is: await said(each, 999) })),
        );
        const told = judged.map(({ was, each }): Row => {
          return { ...each, auth: { dkim: [], spf: [{ domain: 'x.example', result: was }] } };
        });
        const { total, drift } = await ask(days, told);
        const passing = judged.filter(({ is }) => is === 'pass').reduce((sum, { each }) => sum + each.count, 0);
        assert.equal(total.after.delivered, passing);
        const moved = judged.filter(({ is, was }) => is !== was).reduce((sum, { each }) => sum + each.count, 0);
        assert.equal(drift!.total.messages, moved);
      }),
      { numRuns: 60 },
    );
  });
});
