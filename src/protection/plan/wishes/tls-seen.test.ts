// What senders told of sessions, and what of it keeps an MTA-STS policy from being enforced (RFC 8460 §4.3, RFC 8461 §5): through the wish,
// the plan and its dangers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName, zone } from '../../../standards/dns/index.ts';
import type { TlsTold } from '../../ingestion/index.ts';
import type { MailPosture } from '../../posture/index.ts';
import { planRecords } from '../records/plan-records.ts';
import { stsThresholdsOf, tlsSeen } from './tls-seen.ts';
import { transportWish } from './transport.ts';
import type { StsMode, TransportCase } from './transport.ts';

const domain = domainName('example.com');
const asOf = 1000;
const text = `$TTL 3600
example.com. SOA ns. h. 1 1 1 1 900
example.com. MX 10 mx.example.com.
example.com. MX 20 mx2.example.com.
mx.example.com. A 192.0.2.1
mx2.example.com. A 192.0.2.2
_smtp._tls.example.com. TXT "v=TLSRPTv1; rua=mailto:t@example.com"
`;
const record = '_mta-sts.example.com. TXT "v=STSv1; id=1"\n';

type Failure = readonly [type: string, mx: string, sessions: number];
/** One report. */
function of(day: number, reporter: string, good: number, ...failures: Failure[]): TlsTold {
  return {
    day,
    reporter,
    policyDomain: 'example.com',
    policyType: 'sts',
    mode: 'testing',
    successful: good,
    failed: failures.reduce((sum, [, , sessions]) => sum + sessions, 0),
    failures: failures.map(([type, mx, sessions]) => ({ type, mx, sessions })),
  };
}
/** Every day from one to another, ten sessions. */
function daily(first: number, last: number, reporter = 'a.example'): TlsTold[] {
  return Array.from({ length: last - first + 1 }, (_, at) => of(first + at, reporter, 10));
}
const wholly = daily(973, 1000);
const expired = (day: number, mx = 'mx.example.com', reporter = 'a.example'): TlsTold =>
  of(day, reporter, 0, ['certificate-expired', mx, 3]);

interface Asked {
  readonly told: readonly TlsTold[];
  /** The mode of the policy that was looked at, and since when; none: nobody looked. */
  readonly policy?: StsMode;
  readonly since?: number;
  readonly mode?: StsMode;
  readonly records?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly look?: false;
}

async function plan({ told, policy, since = 900, mode, records = record, settings = {}, look }: Asked) {
  const reading = zone(text + records);
  assert.ok(reading.ok);
  const { resolver } = reading.value;
  const the: TransportCase = {
    domain,
    resolver,
    asOf,
    oursAbove: () => undefined,
    keysOf: () => [],
    told,
    thresholds: stsThresholdsOf((name) => settings[name]),
    ...(mode === undefined ? {} : { mode }),
    ...(look === false
      ? {}
      : {
          look: {
            since,
            dnssec: 'insecure',
            mail: {
              servers: [],
              ...(policy && {
                mtaStsPolicy: { mode: policy, maxAge: 86_400, mx: ['mx.example.com', 'mx2.example.com'], problems: [] },
              }),
            } as unknown as MailPosture,
          },
        }),
  };
  const found = await transportWish(the);
  const made = await planRecords([{ domain, role: 'sending', dmarc: { rung: 'none' }, ...found.wish }], resolver);
  return {
    mode: found.wish.mtaSts?.mode,
    notes: found.notes.map(({ code }) => code.slice('plan/'.length)),
    values: found.notes.map(({ values }) => values),
    dangers: made.dangers.map(({ id }) => id),
    steps: made.dangers.map(({ step }) => step),
    why: made.changes.find(({ kind }) => kind === 'mta-sts')?.why,
  };
}

describe('a policy that is tried', () => {
  const stays = 'sts-stays-testing';
  const cases: [why: string, asked: Asked, mode: StsMode | undefined, notes: string[]][] = [
    ['sessions on every day, no failure: enforce', { told: wholly, policy: 'testing' }, 'enforce', ['tls-seen']],
    ['no reports', { told: [], policy: 'testing' }, undefined, [stays, 'sts-not-seen']],
    [
      'sessions on six days',
      { told: daily(995, 1000), policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-little-seen'],
    ],
    [
      'seven days of two sessions each',
      { told: daily(994, 1000).map((each) => ({ ...each, successful: 2 })), policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-little-seen'],
    ],
    [
      'the same, where fewer are asked for',
      {
        told: daily(994, 1000).map((each) => ({ ...each, successful: 2 })),
        policy: 'testing',
        settings: { 'mta-sts/sessions': '14' },
      },
      'enforce',
      ['tls-seen'],
    ],
    [
      'tried for thirteen days, by the file and by what senders had',
      {
        told: wholly.map((each) => ({ ...each, mode: each.day < 987 ? '' : 'testing' })),
        policy: 'testing',
        since: 987,
      },
      undefined,
      ['tls-seen', stays, 'sts-too-soon'],
    ],
    [
      'looked at yesterday, and senders have had it for weeks',
      { told: wholly, policy: 'testing', since: 999 },
      'enforce',
      ['tls-seen'],
    ],
    [
      'senders had it as enforced meanwhile',
      {
        told: wholly.map((each) => (each.day === 990 ? { ...each, mode: 'enforce' } : each)),
        policy: 'testing',
        since: 999,
      },
      undefined,
      ['tls-seen', stays, 'sts-too-soon'],
    ],
    [
      'a certificate that expired, yesterday',
      { told: [...wholly, expired(999)], policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-failures'],
    ],
    [
      'the same, seven days ago and none since: mended',
      { told: [...wholly, expired(993)], policy: 'testing' },
      'enforce',
      ['tls-seen', 'tls-mended'],
    ],
    [
      'the same, seen by one who has told of nothing since',
      { told: [...wholly, expired(990, 'mx.example.com', 'b.example')], policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-failures'],
    ],
    [
      'at a host that is no server of the domain',
      { told: [...wholly, expired(1000, 'mx.elsewhere.example')], policy: 'testing' },
      'enforce',
      ['tls-seen', 'tls-not-ours'],
    ],
    [
      'at a host that no report names',
      { told: [...wholly, expired(1000, '')], policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-failures'],
    ],
    [
      'of a kind of later years',
      { told: [...wholly, of(1000, 'a.example', 0, ['new-thing', 'mx.example.com', 1])], policy: 'testing' },
      undefined,
      ['tls-seen', stays, 'sts-failures'],
    ],
    [
      'the file could not be got: no mail is lost by it (RFC 8461 §5.1)',
      { told: [...wholly, of(1000, 'a.example', 0, ['sts-policy-fetch-error', '', 4])], policy: 'testing' },
      'enforce',
      ['tls-seen', 'sts-not-fetched'],
    ],
    [
      'DANE failed: MTA-STS changes nothing of it',
      {
        told: [
          ...wholly,
          { ...of(1000, 'a.example', 0, ['certificate-host-mismatch', 'mx.example.com', 1]), policyType: 'tlsa' },
        ],
        policy: 'testing',
      },
      'enforce',
      ['tls-seen', 'dane-failures'],
    ],
    [
      'no STARTTLS is the same under either',
      {
        told: [
          ...wholly,
          { ...of(1000, 'a.example', 0, ['starttls-not-supported', 'mx.example.com', 1]), policyType: 'tlsa' },
        ],
        policy: 'testing',
      },
      undefined,
      ['tls-seen', stays, 'sts-failures'],
    ],
    ['enforced already, without failures', { told: wholly, policy: 'enforce' }, undefined, ['tls-seen']],
    [
      'enforced already, and mail is being lost',
      { told: [...wholly, expired(999)], policy: 'enforce' },
      undefined,
      ['tls-seen', 'sts-losing'],
    ],
    ['nobody looked at the file', { told: wholly, look: false }, undefined, ['tls-seen', 'sts-not-known']],
  ];
  for (const [why, asked, mode, notes] of cases)
    it(why, async () => {
      const found = await plan(asked);
      assert.deepEqual([found.mode, found.notes, found.dangers], [mode, notes, []]);
    });
});

describe('the reason of a change', () => {
  it('says what senders saw, where that is why', async () =>
    assert.deepEqual((await plan({ told: [...wholly, expired(993)], policy: 'testing' })).why, {
      code: 'plan/why-mta-sts-seen',
      values: { domain: 'example.com', sessions: 283, failed: 3, since: '1972-08-31', until: '1972-09-27' },
      see: 'RFC 8461 §5',
    }));
  it('is the new policy, where nobody knows', async () =>
    assert.equal((await plan({ told: [], policy: 'testing', mode: 'enforce' })).why?.code, 'plan/why-mta-sts'));
});

describe('enforcing by a word', () => {
  const asked = { policy: 'testing', mode: 'enforce' } as const;
  const cases: [why: string, asked: Asked, dangers: string[]][] = [
    ['what the evidence allows', { ...asked, told: wholly }, []],
    ['without a report', { ...asked, told: [] }, ['sts-not-seen example.com']],
    ['too soon', { ...asked, told: [], since: 995 }, ['sts-too-soon example.com', 'sts-not-seen example.com']],
    [
      'with failures at two servers: each is accepted by itself',
      { ...asked, told: [...wholly, expired(999), expired(998, 'mx2.example.com')] },
      [
        'sts-failures example.com certificate-expired mx.example.com',
        'sts-failures example.com certificate-expired mx2.example.com',
      ],
    ],
    ['without a look, by what senders had', { told: wholly, mode: 'enforce', look: false }, []],
    [
      'a new policy, and failures that were seen without one',
      {
        mode: 'enforce',
        records: 'mta-sts.example.com. A 192.0.2.80\n',
        told: [
          {
            ...of(1000, 'a.example', 5, ['starttls-not-supported', 'mx.example.com', 2]),
            policyType: 'no-policy-found',
          },
        ],
      },
      ['sts-untested example.com', 'sts-failures example.com starttls-not-supported mx.example.com'],
    ],
    ['what is enforced already', { told: [...wholly, expired(999)], policy: 'enforce', mode: 'enforce' }, []],
    ['back to testing', { told: [...wholly, expired(999)], policy: 'enforce', mode: 'testing' }, []],
  ];
  for (const [why, given, dangers] of cases)
    it(`${why}: ${dangers.length === 0 ? 'no danger' : dangers.join(', ')}`, async () => {
      const found = await plan(given);
      assert.deepEqual([...found.dangers].sort(), [...dangers].sort());
      assert.ok(found.steps.every((step) => step !== undefined));
    });
});

describe('what was told', () => {
  it('is summed up by kind of failure and server, with its days and how many told', () => {
    const seen = tlsSeen(
      [
        of(990, 'a.example', 5, ['validation-failure', 'mx.example.com', 1]),
        expired(991),
        expired(995, 'mx.example.com', 'b.example'),
      ],
      ['mx.example.com'],
      7,
    );
    assert.deepEqual(seen, {
      firstDay: 990,
      lastDay: 995,
      days: 1,
      reporters: ['a.example', 'b.example'],
      successful: 5,
      failed: 7,
      failures: [
        {
          type: 'certificate-expired',
          mx: 'mx.example.com',
          effect: 'lose',
          sessions: 6,
          firstDay: 991,
          lastDay: 995,
          reporters: 2,
        },
        {
          type: 'validation-failure',
          mx: 'mx.example.com',
          effect: 'lose',
          sessions: 1,
          firstDay: 990,
          lastDay: 990,
          reporters: 1,
        },
      ],
      testing: { since: 990, until: 995 },
    });
  });
  it('is nothing without reports', () => assert.equal(tlsSeen([], [], 7), undefined));
});
