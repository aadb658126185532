import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, overlay, zone } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import {
  addressesOf,
  addressesWith,
  compile,
  difference,
  equal,
  formatIpv4,
  noAddresses,
  prefixes,
} from '../../../standards/spf/index.ts';
import { changeOf } from '../formats/record-set.ts';
import { networkFrom } from '../synthesis/address-list.ts';
import { synthesise } from '../synthesis/synthesise.ts';
import { refuseUnsafe, UnsafePlan } from './plan.ts';
import type { PlannedChange, RecordPlan } from './plan.ts';
import { planRecords } from './plan-records.ts';
import type { PlanOptions } from './plan-records.ts';
import { asksMore, strongestPolicy, strongestPolicyForPeople } from './stages.ts';
import { dmarcText } from './wanted.ts';
import type { RecordsWish } from './wish.ts';

const rsa =
  'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwe34ubzrMzM9sT0XVkcc3UXd7W+EHCyHoqn70l2AxXox52lAZzH/UnKwAoO+5qsuP7T9QOifIJ9ddNH9lEQ95Y/GdHBsPLGdgSJIs95mXNxscD6MSyejpenMGL9TPQAcxfqY5xPViZ+1wA1qcryjdZKRqf1f4fpMY+x3b8k7H5Qyf/Smz0sv4xFsx1r+THNIz0rzk2LO3GvE0f1ybp6P+5eAelYU4mGeZQqsKw/eB20I3jHWEyGrXuvzB67nt6ddI+N2eD5K38wg/aSytOsb5O+bUSEe7P0zx9ebRRVknCD6uuqG3gSmQmttlD5OrMWSXzrPIXe8eTBaaPd+e/jfxwIDAQAB';
const domain = domainName('example.com');
const world = zoneOf(`
example.com. 86400 SOA ns. h. 1 1 1 1 900
example.com. 3600 TXT "v=spf1 ip4:192.0.2.0/28 a:gone.example.com ~all"
example.com. 3600 TXT "some-verification=1"
example.com. 3600 MX 10 mx.example.com.
mx.example.com. A 192.0.2.1
_dmarc.example.com. 7200 TXT "v=DMARC1; p=none; rua=mailto:d@reports.example; fo=1"
old._domainkey.example.com. 3600 TXT "${rsa.slice(0, 250)}" "${rsa.slice(250)}"
vendor._domainkey.example.com. CNAME k.vendor.example.
_25._tcp.mx.example.com. 1800 TLSA 3 1 1 ${'aa'.repeat(32)}
reports.example. SOA ns. h. 1 1 1 1 900
vendor.example. SOA ns. h. 1 1 1 1 900
k.vendor.example. TXT "${rsa.slice(0, 250)}" "${rsa.slice(250)}"
parked.example. 3600 SOA ns. h. 1 1 1 1 900
mailed.example. 3600 SOA ns. h. 1 1 1 1 900
mailed.example. 3600 MX 10 mx.mailed.example.
wild.example. SOA ns. h. 1 1 1 1 900
*.wild.example. TXT "v=spf1 -all"
*.wild.example. TXT "some-verification=1"
mta-sts.wild.example. A 192.0.2.80
two.example. SOA ns. h. 1 1 1 1 900
two.example. TXT "v=spf1 -all"
two.example. TXT "v=spf1 ip4:192.0.2.9 -all"
`);

function zoneOf(text: string): Resolver {
  const reading = zone(`$TTL 3600\n${text}`);
  assert.ok(reading.ok);
  assert.deepEqual(reading.problems, []);
  return reading.value.resolver;
}

const wish = (parts: Partial<RecordsWish> = {}): RecordsWish => ({ domain, role: 'sending', ...parts });
const plan = (parts: Partial<RecordsWish>, options: PlanOptions = {}, at: Resolver = world): Promise<RecordPlan> =>
  planRecords([wish(parts)], at, options);
/** The plan in short: phase, then the sets it changes and what people do, then the wait. */
const outline = ({ steps }: RecordPlan): unknown[] =>
  steps.map(({ phase, changes, actions, wait }) => [
    phase,
    [...changes.map(({ name, type }) => `${name} ${type}`), ...actions.map(({ code }) => code)].join(', '),
    wait.seconds,
  ]);
const codes = ({ dangers }: RecordPlan): string[] => dangers.map(({ code }) => code);
const after = ({ changes }: RecordPlan, name: string): readonly string[] | undefined =>
  changes.find((change) => change.name === name)?.after;

describe('what a domain should have, by what it is for', () => {
  it('parked: closed to SPF, rejected, and no mail', async () => {
    const made = await plan({
      domain: domainName('parked.example'),
      role: 'parked',
      reportTo: 'mailto:d@parked.example',
    });
    assert.deepEqual(
      made.changes.map(({ name, type, before, after: values }) => [name, type, before, values]),
      [
        ['parked.example', 'TXT', [], ['v=spf1 -all']],
        ['*._domainkey.parked.example', 'TXT', [], ['v=DKIM1; p=']],
        ['_dmarc.parked.example', 'TXT', [], ['v=DMARC1; p=reject; rua=mailto:d@parked.example']],
        ['parked.example', 'MX', [], ['0 .']],
      ],
    );
    assert.deepEqual(made.dangers, []);
  });
  it('receiving: closed to SPF, and its servers stay', async () => {
    const made = await plan({ domain: domainName('mailed.example'), role: 'receiving' });
    assert.deepEqual(
      made.changes.map(({ type, after: values }) => [type, ...values]),
      [
        ['TXT', 'v=spf1 -all'],
        ['TXT', 'v=DMARC1; p=reject'],
      ],
    );
  });
  it('sending without a wish: nothing is invented', async () => {
    assert.deepEqual((await plan({})).changes, []);
  });
  it('sending without a DMARC record: it begins by listening', async () => {
    const made = await plan({ domain: domainName('two.example'), reportTo: 'mailto:d@two.example' });
    assert.deepEqual(after(made, '_dmarc.two.example'), ['v=DMARC1; p=none; rua=mailto:d@two.example']);
  });
  it('absent: nothing, since a record would make it exist', async () => {
    assert.deepEqual((await plan({ domain: domainName('no.parked.example'), role: 'absent' })).changes, []);
  });
  it('HELO names have records of their own, by address or by the name itself', async () => {
    const made = await plan({
      helo: [{ name: 'mx.example.com' }, { name: 'out.example.com', addresses: ['192.0.2.7', '2001:db8::/64'] }],
    });
    assert.deepEqual(after(made, 'mx.example.com'), ['v=spf1 a -all']);
    assert.deepEqual(after(made, 'out.example.com'), ['v=spf1 ip4:192.0.2.7 ip6:2001:db8::/64 -all']);
  });
  it('two SPF records become one, the other texts stay', async () => {
    const made = await plan({
      domain: domainName('two.example'),
      dmarc: { rung: 'none' },
      spf: { records: [{ name: 'two.example', text: 'v=spf1 ip4:192.0.2.9 -all' }] },
    });
    assert.deepEqual(after(made, 'two.example'), ['v=spf1 ip4:192.0.2.9 -all']);
    assert.deepEqual(made.dangers, []);
    const kept = await plan({ spf: { records: [{ name: 'example.com', text: 'v=spf1 -all' }] } });
    assert.deepEqual(after(kept, 'example.com'), ['some-verification=1', 'v=spf1 -all']);
  });
});

describe('the text of a DMARC record', () => {
  for (const [rung, text] of [
    ['none', 'v=DMARC1; p=none'],
    ['quarantine-soft', 'v=DMARC1; p=quarantine; t=y; pct=0'],
    ['quarantine', 'v=DMARC1; p=quarantine'],
    ['reject-soft', 'v=DMARC1; p=reject; t=y; pct=0'],
    ['reject', 'v=DMARC1; p=reject'],
  ] as const) {
    it(`${rung}: ${text}`, () => assert.equal(dmarcText({ rung }), text));
  }
  it('takes over what the wish leaves open, and drops the softness of the rung before', () => {
    const before = 'v=DMARC1; p=quarantine; sp=none; t=y; pct=0; adkim=s; fo=1; rua=mailto:a@b.example; x=1';
    assert.equal(
      dmarcText({ rung: 'reject', np: 'reject', aspf: 's' }, before),
      'v=DMARC1; p=reject; sp=none; np=reject; adkim=s; aspf=s; fo=1; rua=mailto:a@b.example; x=1',
    );
  });
  it('how much it asks for rises with the ladder, for the receivers that ask most', () => {
    const asked = (['none', 'quarantine-soft', 'quarantine', 'reject-soft', 'reject'] as const).map((rung) =>
      strongestPolicy([dmarcText({ rung })]),
    );
    assert.deepEqual(asked, ['none', 'none', 'quarantine', 'quarantine', 'reject']);
    for (const [before, after, isMore] of [
      ['p=reject; sp=none', 'p=reject', true],
      ['p=reject', 'p=reject; sp=none', false],
      ['p=reject; sp=reject', 'p=reject; sp=none; np=reject', false],
      ['p=none; sp=reject', 'p=none; sp=none; np=none', false],
      ['p=quarantine; t=y; pct=0', 'p=quarantine; pct=0', true],
      ['p=quarantine; t=y; pct=0', 'p=quarantine; t=y', true],
      ['p=reject', 'p=reject; adkim=s', true],
      ['p=reject; sp=none', 'p=quarantine; sp=quarantine', true],
    ] as const) {
      assert.equal(asksMore([`v=DMARC1; ${before}`], [`v=DMARC1; ${after}`]), isMore, `${before} → ${after}`);
    }
    assert.ok(!asksMore([], ['v=DMARC1; p=none']));
    assert.ok(asksMore([], ['v=DMARC1; p=none; np=reject']));
    assert.equal(strongestPolicy(['v=DMARC1; p=none; np=reject']), 'reject');
    assert.equal(strongestPolicyForPeople(['v=DMARC1; p=none; np=reject']), 'none');
    assert.equal(strongestPolicyForPeople(['v=DMARC1; p=none; sp=reject']), 'reject');
    // t=y alone softens nothing for receivers of RFC 7489.
    assert.equal(strongestPolicy(['v=DMARC1; p=reject; t=y']), 'reject');
  });
});

describe('the order of changes', () => {
  it('keys before signatures; the old key goes when mail on its way is through', async () => {
    const made = await plan({ dkim: { publish: [{ selector: 's2', record: rsa }], retire: [{ selector: 'old' }] } });
    assert.deepEqual(outline(made), [
      ['prepare', 's2._domainkey.example.com TXT', 900],
      ['use', 'plan/act-sign, plan/act-stop-signing', 5 * 86_400],
      ['clean', 'old._domainkey.example.com TXT', 0],
    ]);
    const revoked = await plan({ dkim: { publish: [], retire: [{ selector: 'old', as: 'revoked' }] } });
    assert.deepEqual(revoked.steps.at(-1)!.changes[0]!.after, ['v=DKIM1; p=']);
  });
  it('consent before reports, TTLs lowered before and restored after', async () => {
    const made = await plan(
      {
        dmarc: { rung: 'reject', rua: ['mailto:d@reports.example'] },
        authorisations: [{ policyDomain: 'example.com', host: 'reports.example' }],
      },
      { openGates: ['example.com'] },
    );
    assert.deepEqual(outline(made), [
      ['lower-ttl', '_dmarc.example.com TXT', 7200],
      ['prepare', 'example.com._report._dmarc.reports.example TXT', 900],
      ['enforce', '_dmarc.example.com TXT', 300],
      ['restore-ttl', '_dmarc.example.com TXT', 0],
    ]);
    const ttls = made.steps.flatMap(({ changes }) => changes.map(({ ttlBefore, ttl }) => [ttlBefore, ttl]));
    assert.deepEqual(ttls, [
      [7200, 300],
      [undefined, 3600],
      [300, 300],
      [300, 7200],
    ]);
    assert.deepEqual(made.dangers, []);
  });
  it('a policy that asks for less comes before what asks for more', async () => {
    const strict = overlay(
      [{ name: '_dmarc.example.com', type: 'TXT', ttl: 60, records: [['v=DMARC1; p=reject']] }],
      world,
    );
    const made = await plan({ dmarc: { rung: 'quarantine' } }, {}, strict);
    assert.deepEqual(outline(made), [['widen', '_dmarc.example.com TXT', 0]]);
    assert.deepEqual(made.dangers, []);
  });
  it('a certificate: both records, twice the TTL, the certificate, then the old one goes', async () => {
    const [old, next] = [`3 1 1 ${'aa'.repeat(32)}`, `3 1 1 ${'bb'.repeat(32)}`];
    const made = await plan({ tlsa: [{ host: 'mx.example.com', publish: [next], deployed: [old] }] });
    assert.deepEqual(outline(made), [
      ['lower-ttl', '_25._tcp.mx.example.com TLSA', 3600],
      ['prepare', '_25._tcp.mx.example.com TLSA', 600],
      ['use', 'plan/act-certificate', 0],
      ['clean', '_25._tcp.mx.example.com TLSA', 600],
      ['restore-ttl', '_25._tcp.mx.example.com TLSA', 0],
    ]);
    assert.deepEqual(made.steps[1]!.changes[0]!.after, [old, next]);
    assert.deepEqual(made.dangers, []);
  });
  it('MTA-STS: the host, then the file, then the record that speaks of it', async () => {
    const made = await plan({
      mtaSts: { id: '20270101', mode: 'testing', maxAge: 86_400, mx: ['mx.example.com'], alias: 'sts.vendor.example' },
      tlsRpt: ['mailto:t@example.com'],
    });
    assert.deepEqual(outline(made), [
      ['prepare', '_smtp._tls.example.com TXT, mta-sts.example.com CNAME', 900],
      ['use', 'plan/act-policy-file', 0],
      ['switch', '_mta-sts.example.com TXT', 0],
    ]);
    assert.deepEqual(after(made, 'mta-sts.example.com'), ['sts.vendor.example.']);
    assert.deepEqual(
      made.steps.flatMap(({ phase, files }) => files.map(({ url, text }) => [phase, url, text])),
      [
        [
          'use',
          'https://mta-sts.example.com/.well-known/mta-sts.txt',
          'version: STSv1\r\nmode: testing\r\nmx: mx.example.com\r\nmax_age: 86400\r\n',
        ],
      ],
    );
    assert.deepEqual(made.dangers, []);
  });
  it('a cache that was asked does not tell how long others keep it', async () => {
    const made = await plan({ dmarc: { rung: 'quarantine-soft' } }, { ttls: 'what-is-left' });
    assert.deepEqual(
      made.steps.map(({ wait }) => [wait.seconds, wait.why.code]),
      [
        [86_400, 'plan/wait-unknown'],
        [86_400, 'plan/wait-unknown'],
        [0, 'plan/wait-none'],
      ],
    );
  });
  it('each step begins where the one before ended, and the last ends at what is wanted', async () => {
    const made = await plan({
      dmarc: { rung: 'quarantine-soft' },
      dkim: { publish: [{ selector: 's2', record: rsa }], retire: [{ selector: 'old' }] },
      tlsa: [{ host: 'mx.example.com', publish: [`3 1 1 ${'bb'.repeat(32)}`] }],
      spf: { records: [{ name: 'example.com', text: 'v=spf1 ip4:192.0.2.0/28 ~all' }] },
    });
    assert.equal(made.changes.length, 5);
    for (const change of made.changes) {
      const mine = made.steps.flatMap(({ changes }) =>
        changes.filter(({ name, type }) => name === change.name && type === change.type),
      );
      let values = change.before;
      let ttl = change.ttlBefore;
      for (const step of mine) {
        assert.deepEqual([step.before, step.ttlBefore], [values, ttl]);
        [values, ttl] = [step.after, step.ttl];
      }
      assert.deepEqual([values, ttl], [change.after, change.ttl]);
    }
  });
  it('what a wildcard answers is not what stands at a name', async () => {
    const made = await plan({
      domain: domainName('wild.example'),
      dmarc: { rung: 'none' },
      dkim: { publish: [{ selector: 's1', record: rsa }] },
      helo: [{ name: 'mx.wild.example' }],
      mtaSts: { id: '1', mode: 'testing', maxAge: 86_400, mx: [], alias: 'sts.vendor.example' },
    });
    assert.deepEqual(
      made.changes.map(({ name, before, after: values }) => [name, before.length, values.length]),
      ['mx', 's1._domainkey', '_dmarc', '_mta-sts', 'mta-sts'].map((label) => [`${label}.wild.example`, 0, 1]),
    );
    assert.deepEqual(codes(made), ['plan/alias-beside-others']);
  });
  it('what the DNS does not tell of is not planned', async () => {
    const blind: Resolver = async (name, type) => world(type === 'MX' ? 'nowhere.test' : name, type);
    const made = await planRecords([wish({ domain: domainName('parked.example'), role: 'parked' })], blind);
    assert.deepEqual(made.unknown, [{ name: 'parked.example', type: 'MX' }]);
    assert.ok(made.changes.every(({ type }) => type !== 'MX'));
  });
});

describe('pages of SPF: at no moment an address that stays is without a record', () => {
  const set = (values: Iterable<number>): ReturnType<typeof addressesOf> =>
    addressesOf([...values].map((value) => networkFrom(formatIpv4(value))));
  it('whichever of the records of a step a receiver still has from before', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(0xffff_ffff), { minLength: 60, maxLength: 130 }),
        fc.uniqueArray(fc.nat(0xffff_ffff), { maxLength: 50 }),
        fc.nat(40),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        async (values, added, removed, afresh, dice) => {
          const first = await synthesise({ domain, addresses: values.map(formatIpv4) }, world);
          const stands = overlay(
            first.synthesis.records.map(({ name, strings }) => ({ name, type: 'TXT' as const, records: [strings] })),
            world,
          );
          const wanted = [...values.slice(removed), ...added];
          const next = await synthesise({ domain, addresses: wanted.map(formatIpv4), afresh }, stands);
          const made = await planRecords([wish({ spf: next.synthesis })], stands);
          const stays = set(values.slice(removed).filter((value) => wanted.includes(value)));
          const flip = dice[Symbol.iterator]();
          const done: PlannedChange[] = [];
          for (const { changes } of made.steps) {
            // Caches of this step: some have what is new already.
            const some = changes.filter(() => flip.next().value === true);
            const mixed = overlay(
              [...done, ...some].map(({ name, type, after: texts, ttl }) =>
                changeOf({ name, type, ttl, values: texts }),
              ),
              stands,
            );
            const passes = addressesWith(await compile(domain, mixed), 'pass');
            assert.deepEqual(prefixes(difference(stays, passes)), []);
            done.push(...changes);
          }
          const end = overlay(
            done.map(({ name, type, after: texts, ttl }) => changeOf({ name, type, ttl, values: texts })),
            stands,
          );
          assert.ok(equal(addressesWith(await compile(domain, end), 'pass'), set(wanted)));
          assert.ok(!equal(set(wanted), noAddresses));
          assert.deepEqual(codes(made), []);
        },
      ),
      { numRuns: 60, endOnFailure: true },
    ));
});

describe('what is dangerous', () => {
  const spf = (text: string): Partial<RecordsWish> => ({ spf: { records: [{ name: 'example.com', text }] } });
  const cases: readonly [why: string, parts: Partial<RecordsWish>, options: PlanOptions, dangers: readonly string[]][] =
    [
      [
        'a record that takes the SPF leg of a stream',
        spf('v=spf1 ip4:192.0.2.0/29 ~all'),
        { streams: [{ name: 'invoices', spfDomain: 'example.com', addresses: ['192.0.2.3', '192.0.2.12'] }] },
        ['takes-spf-leg example.com invoices'],
      ],
      [
        'not one that keeps it, nor an address that never had it',
        spf('v=spf1 ip4:192.0.2.0/28 ~all'),
        { streams: [{ name: 'invoices', spfDomain: 'example.com', addresses: ['192.0.2.3', '203.0.113.1'] }] },
        [],
      ],
      [
        'a hard end that turns away mail whose envelope is here, whoever is in From',
        spf('v=spf1 ip4:192.0.2.0/28 -all'),
        { streams: [{ name: 'shop', spfDomain: 'example.com', addresses: ['192.0.2.3'], others: ['203.0.113.1'] }] },
        ['turns-away example.com shop'],
      ],
      [
        'not a soft one, nor an address that the record takes in',
        spf('v=spf1 ip4:192.0.2.0/28 ip4:203.0.113.1 ~all'),
        { streams: [{ name: 'shop', spfDomain: 'example.com', others: ['203.0.113.1', '203.0.113.9'] }] },
        [],
      ],
      [
        'a HELO name that is closed to a host that says it',
        { helo: [{ name: 'mx.example.com', addresses: ['192.0.2.1'] }] },
        { streams: [{ name: 'bounces', spfDomain: 'mx.example.com', others: ['192.0.2.1', '203.0.113.1'] }] },
        ['turns-away mx.example.com bounces'],
      ],
      [
        'a key that a stream signs with',
        { dkim: { publish: [], retire: [{ selector: 'old' }] } },
        { streams: [{ name: 'invoices', signing: [{ domain: 'example.com', selector: 'old' }] }] },
        ['takes-dkim-leg old._domainkey.example.com invoices'],
      ],
      [
        'a key in place of another',
        { dkim: { publish: [{ selector: 'old', record: rsa.replace('k=rsa', 'k=rsa; t=s') }] } },
        {},
        ['key-replaced old._domainkey.example.com'],
      ],
      [
        'a key that is none',
        { dkim: { publish: [{ selector: 'new', record: 'v=DKIM1; k=rsa; p=!!' }] } },
        {},
        ['key-unreadable new._domainkey.example.com'],
      ],
      [
        'a key at an alias',
        { dkim: { publish: [{ selector: 'vendor', record: rsa.replace('QAB', 'QAC') }] } },
        {},
        ['name-is-alias vendor._domainkey.example.com', 'key-replaced vendor._domainkey.example.com'],
      ],
      [
        'a record over the limit',
        spf(`v=spf1 ${Array.from({ length: 11 }, (_, i) => `a:h${i}.mx.example.com`).join(' ')} ~all`),
        {},
        ['spf-over-limit example.com'],
      ],
      [
        'a record that includes nothing',
        spf('v=spf1 include:nothing.example.com ~all'),
        {},
        ['spf-would-fail example.com'],
      ],
      ['a policy without an open gate', { dmarc: { rung: 'quarantine', rua: [] } }, {}, ['no-open-gate example.com']],
      ['not a soft rung that both generations take for none', { dmarc: { rung: 'quarantine-soft', rua: [] } }, {}, []],
      [
        'a soft rung that is quarantine to both',
        { dmarc: { rung: 'reject-soft', rua: [] } },
        {},
        ['no-open-gate example.com'],
      ],
      ['not one whose gate is open', { dmarc: { rung: 'reject', rua: [] } }, { openGates: ['example.com'] }, []],
      [
        'np alone, without an open gate',
        { dmarc: { rung: 'none', np: 'reject', rua: [] } },
        {},
        ['no-open-gate example.com'],
      ],
      [
        'reject where people mail',
        { role: 'users', dmarc: { rung: 'reject', rua: [] } },
        { openGates: ['example.com'] },
        ['users-under-reject example.com'],
      ],
      [
        'not once a person has accepted it',
        { role: 'users', dmarc: { rung: 'reject', rua: [] } },
        { openGates: ['example.com'], acceptedBy: { 'example.com': 'J. Jansen' } },
        [],
      ],
      [
        'reports that nobody agreed to receive',
        { dmarc: { rung: 'none', rua: ['mailto:x@reports.example'] } },
        {},
        ['reports-go-nowhere _dmarc.example.com mailto:x@reports.example'],
      ],
      [
        'a certificate without its record',
        {
          tlsa: [
            { host: 'mx.example.com', publish: [`3 1 1 ${'bb'.repeat(32)}`], deployed: [`3 1 1 ${'cc'.repeat(32)}`] },
          ],
        },
        {},
        ['tlsa-without-certificate _25._tcp.mx.example.com'],
      ],
      [
        'a policy that leaves a server out',
        { mtaSts: { id: '1', mode: 'enforce', maxAge: 86_400, mx: ['other.example.com'] } },
        {},
        ['sts-unheard example.com', 'sts-untested example.com', 'sts-would-refuse example.com'],
      ],
      [
        'a null MX where mail arrives, and a policy where mail comes from',
        { role: 'parked', dmarc: { rung: 'reject', rua: [] } },
        { streams: [{ name: 'cron', spfDomain: 'example.com', addresses: ['192.0.2.1'] }] },
        ['takes-spf-leg example.com cron', 'no-open-gate example.com', 'mail-would-bounce example.com'],
      ],
    ];
  for (const [why, parts, options, ids] of cases) {
    it(why, async () => {
      const made = await plan(parts, options);
      assert.deepEqual(made.dangers.map(({ id }) => id).sort(), [...ids].sort());
      for (const { values, safer } of made.dangers) assert.ok(values['name'] !== '' && safer.startsWith('plan/safer-'));
    });
  }
  it('refuses with all of it, or with what nobody has accepted', async () => {
    const made = await plan({ role: 'users', dmarc: { rung: 'reject', rua: [] } });
    assert.throws(
      () => refuseUnsafe(made),
      (error: unknown) => error instanceof UnsafePlan && error.code === 'plan/unsafe' && error.dangers.length === 2,
    );
    assert.throws(
      () => refuseUnsafe(made, ['no-open-gate example.com']),
      (error: unknown) => error instanceof UnsafePlan && error.dangers[0]!.code === 'plan/users-under-reject',
    );
    refuseUnsafe(
      made,
      made.dangers.map(({ id }) => id),
    );
  });
});
