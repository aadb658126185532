// What is wished beside DMARC and SPF: rows as reports show them, zones, and what was kept.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName, zone } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import { formatKeyRecord, generateKeys } from '../../../standards/dkim/index.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { MailPosture } from '../../posture/index.ts';
import { planRecords } from '../records/plan-records.ts';
import { heloWish } from './helo.ts';
import type { NameSeen } from './helo.ts';
import type { KeySeen } from './keys-seen.ts';
import { keyWish, withoutTesting } from './keys.ts';
import type { KeyCase } from './keys.ts';
import { stsThresholdsOf } from './tls-seen.ts';
import { transportWish } from './transport.ts';
import type { TransportCase } from './transport.ts';

const domain = domainName('example.com');
const good = formatKeyRecord((await generateKeys('rsa', 2048)).record);
const short = formatKeyRecord((await generateKeys('rsa', 1024)).record);
const quoted = (text: string): string => (text.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ');

function at(text: string): Resolver {
  const reading = zone(`$TTL 3600\nexample.com. SOA ns. h. 1 1 1 1 900\n${text}`);
  assert.ok(reading.ok);
  return reading.value.resolver;
}
const blind: Resolver = at('').bind(undefined);
const world = at(`
good._domainkey.example.com. TXT ${quoted(good)}
short._domainkey.example.com. TXT ${quoted(short)}
tested._domainkey.example.com. TXT ${quoted(good.replace('v=DKIM1;', 'v=DKIM1; t=y;'))}
theirs._domainkey.example.com. CNAME theirs.vendor.example.
vendor.example. SOA ns. h. 1 1 1 1 900
theirs.vendor.example. TXT ${quoted(good.replace('v=DKIM1;', 'v=DKIM1; t=y;'))}
gone._domainkey.example.com. TXT "v=DKIM1; p="
`);

describe('the keys of a domain', () => {
  const asOf = 1000;
  const key = (more: Partial<KeySeen> = {}): KeySeen => ({
    lastPass: asOf,
    wantedPass: asOf,
    wantedFail: -Infinity,
    messages: 10,
    streams: new Set([0]),
    ...more,
  });
  const stream = { name: 'app', last: asOf } as MailStream;
  const the = (more: Partial<KeyCase>): KeyCase => ({
    domain,
    role: 'sending',
    asOf,
    firstDay: 700,
    seen: new Map(),
    kept: new Map(),
    streams: [stream],
    signing: [],
    retire: false,
    resolver: world,
    ...more,
  });
  const failing = key({ wantedPass: -Infinity, lastPass: -Infinity, wantedFail: asOf });
  const cases: [why: string, more: Partial<KeyCase>, told: string[]][] = [
    ['in order', { seen: new Map([['good', key()]]) }, []],
    ['missing while mail is signed with it', { seen: new Map([['nothing', failing]]) }, ['plan/slot-key-missing']],
    ['revoked: somebody took it away', { seen: new Map([['gone', failing]]) }, []],
    ['missing and no longer used', { seen: new Map([['nothing', key({ wantedPass: 900, lastPass: 900 })]]) }, []],
    ['too short', { seen: new Map([['short', key()]]) }, ['plan/slot-key-short']],
    ['tried at the sender', { seen: new Map([['theirs', key()]]) }, ['plan/key-testing-elsewhere']],
    ['known from before the reports, never seen', { kept: new Map([['good', 600]]) }, ['plan/key-idle']],
    ['put there lately, not seen yet', { kept: new Map([['good', 900]]) }, []],
    ['not seen in the little that reports tell', { kept: new Map([['good', 600]]), firstDay: 950 }, []],
    ['never seen, at a sender', { kept: new Map([['theirs', 600]]) }, ['plan/key-idle-elsewhere']],
    [
      'replaced: its stream signs with another',
      {
        kept: new Map([['good', 600]]),
        seen: new Map([
          ['good', key({ lastPass: 950, wantedPass: 950 })],
          ['new', key()],
        ]),
        resolver: at(
          `good._domainkey.example.com. TXT ${quoted(good)}\nnew._domainkey.example.com. TXT ${quoted(good)}`,
        ),
      },
      ['plan/key-idle'],
    ],
    [
      'quiet for a while, and nothing in its place',
      { kept: new Map([['good', 600]]), seen: new Map([['good', key({ lastPass: 950, wantedPass: 950 })]]) },
      [],
    ],
  ];
  for (const [why, more, told] of cases)
    it(why, async () => {
      const { slots, notes, dkim } = await keyWish(the(more));
      assert.deepEqual([...slots.map((slot) => slot.why.code), ...notes.map(({ code }) => code)], told);
      assert.equal(dkim, undefined);
    });
  it('a tried key that passes: the same key, and no signature is lost by it', async () => {
    const { dkim } = await keyWish(the({ seen: new Map([['tested', key()]]) }));
    assert.deepEqual(dkim?.publish, [{ selector: 'tested', record: good, isTested: true }]);
    const made = await planRecords([{ domain, role: 'sending', dkim: dkim!, dmarc: { rung: 'none' } }], world, {
      streams: [{ name: 'app', signing: [{ domain: 'example.com', selector: 'tested' }] }],
    });
    assert.deepEqual(
      made.changes.filter(({ kind }) => kind === 'dkim').map(({ name, risk }) => [name, risk]),
      [['tested._domainkey.example.com', 'none']],
    );
    assert.deepEqual(made.dangers, []);
    assert.deepEqual(
      made.steps.flatMap(({ actions }) => actions),
      [],
    );
  });
  it('an idle key is revoked when that is asked for, after what is under way', async () => {
    const { dkim } = await keyWish(the({ kept: new Map([['good', 600]]), retire: true }));
    assert.deepEqual(dkim?.retire, [{ selector: 'good', as: 'revoked' }]);
  });
  it('of a stream that has to begin: the place of the key, and who gives it', async () => {
    const record = { name: 's1._domainkey.example.com', type: 'CNAME', value: '<name>', isTemplate: true } as const;
    const { slots } = await keyWish(the({ signing: [{ stream: 'app', sender: 'Mailer', records: [record] }] }));
    assert.deepEqual(
      slots.map(({ name, type, template, from }) => [name, type, template, from.code]),
      [['s1._domainkey.example.com', 'CNAME', '<name>', 'plan/from-sender']],
    );
  });
  it('t=y is taken away, and nothing else', () => {
    for (const [before, now] of [
      ['v=DKIM1; t=y; p=AA', 'v=DKIM1; p=AA'],
      ['v=DKIM1;t=y:s;p=AA', 'v=DKIM1; t=s;p=AA'],
      ['v=DKIM1; p=AA; t = y', 'v=DKIM1; p=AA'],
      ['v=DKIM1; p=AA; n=t=y', 'v=DKIM1; p=AA; n=t=y'],
    ])
      assert.equal(withoutTesting(before!), now);
  });
});

describe('names that servers greet with', () => {
  const seen = (addresses: string[], more: Partial<NameSeen> = {}): NameSeen => ({
    addresses: new Set(addresses),
    undecided: new Set(),
    declared: new Set(),
    messages: 7,
    isEnvelope: false,
    ...more,
  });
  const hosts = at(`
mx.example.com. A 192.0.2.1
nat.example.com. A 192.0.2.2
has.example.com. TXT "v=spf1 ip4:192.0.2.3 ~all"
has.example.com. A 192.0.2.3
full.example.com. TXT "v=spf1 ip4:192.0.2.0/24 -all"
two.example.com. TXT "v=spf1 -all"
two.example.com. TXT "v=spf1 a -all"
`);
  const cases: [name: string, seen: NameSeen, helo: object[], notes: string[]][] = [
    ['mx.example.com', seen(['192.0.2.1']), [{ name: 'mx.example.com', all: '-all' }], []],
    [
      'nat.example.com',
      seen(['198.51.100.9']),
      [{ name: 'nat.example.com', addresses: ['192.0.2.2', '198.51.100.9'], all: '-all' }],
      [],
    ],
    [
      'mx.example.com',
      seen(['192.0.2.1'], { undecided: new Set(['203.0.113.5']) }),
      [{ name: 'mx.example.com', all: '~all' }],
      [],
    ],
    [
      'has.example.com',
      seen(['192.0.2.3', '192.0.2.4']),
      [{ name: 'has.example.com', record: 'v=spf1 ip4:192.0.2.3 ip4:192.0.2.4 ~all' }],
      [],
    ],
    ['full.example.com', seen(['192.0.2.77']), [], []],
    ['mx.example.com', seen(['192.0.2.1'], { isEnvelope: true }), [], ['plan/helo-is-envelope']],
    ['example.com', seen(['192.0.2.1']), [], ['plan/helo-is-envelope']],
    ['nowhere.example.com', seen(['192.0.2.1']), [], ['plan/helo-absent']],
    ['two.example.com', seen(['192.0.2.1']), [], ['plan/helo-several']],
    ['mx.other.example', seen(['192.0.2.1']), [], []],
    [
      'mx.example.com',
      seen([], { declared: new Set(['192.0.2.1']), messages: 0 }),
      [{ name: 'mx.example.com', all: '~all', isDeclared: true }],
      [],
    ],
    [
      'has.example.com',
      seen([], { declared: new Set(['192.0.2.3', '192.0.2.4']), messages: 0 }),
      [{ name: 'has.example.com', record: 'v=spf1 ip4:192.0.2.3 ip4:192.0.2.4 ~all', isDeclared: true }],
      [],
    ],
    [
      'nat.example.com',
      seen(['192.0.2.2'], { declared: new Set(['198.51.100.9']) }),
      [{ name: 'nat.example.com', addresses: ['192.0.2.2', '198.51.100.9'], all: '-all' }],
      [],
    ],
    ['example.com', seen([], { declared: new Set(['192.0.2.1']), messages: 0 }), [], []],
    ['mx.example.com', seen([], { declared: new Set(['192.0.2.1']), messages: 0, isEnvelope: true }), [], []],
  ];
  for (const [name, of, helo, notes] of cases)
    it(`${name}: ${notes.join() || JSON.stringify(helo)}`, async () => {
      const found = await heloWish(domain, new Map([[name, of]]), () => true, hosts);
      assert.deepEqual([found.helo, found.notes.map(({ code }) => code)], [helo, notes]);
    });
});

describe('names of declared addresses', () => {
  const many = (count: number): Map<string, NameSeen> =>
    new Map(
      Array.from({ length: count }, (_, at) => [
        `h${at}.example.com`,
        {
          addresses: new Set(),
          undecided: new Set(),
          declared: new Set([`192.0.2.${at}`]),
          messages: 0,
          isEnvelope: false,
        },
      ]),
    );
  const hosts = at(Array.from({ length: 60 }, (_, host) => `h${host}.example.com. A 192.0.2.${host}`).join('\n'));
  it('get records', async () => assert.equal((await heloWish(domain, many(50), () => true, hosts)).helo.length, 50));
  it('get none where they are a whole network of machines', async () => {
    const { helo, notes } = await heloWish(domain, many(51), () => true, hosts);
    assert.deepEqual([helo, notes.map(({ code }) => code)], [[], ['plan/helo-many']]);
  });
});

describe('the transport of a domain', () => {
  const mail = 'example.com. MX 10 mx.example.com.\nmx.example.com. A 192.0.2.1\n';
  const reporting = `${mail}_smtp._tls.example.com. TXT "v=TLSRPTv1; rua=mailto:t@example.com"\n`;
  const sts = '_mta-sts.example.com. TXT "v=STSv1; id=1"\n';
  const looked = (
    mode?: 'enforce' | 'testing',
    dnssec: 'insecure' | 'secure' = 'insecure',
    mx = ['mx.example.com'],
  ): Partial<TransportCase> => ({
    look: {
      since: 900,
      dnssec,
      mail: {
        servers: [{ host: 'mx.example.com', dane: 'none' }],
        ...(mode && { mtaStsPolicy: { mode, maxAge: 86_400, mx, problems: [] } }),
      } as unknown as MailPosture,
    },
  });
  const the = (text: string, more: Partial<TransportCase> = {}): TransportCase => ({
    domain,
    resolver: at(text),
    asOf: 1000,
    oursAbove: (host) => (host.endsWith('example.com') ? { top: 'example.com', dnssec: more.look?.dnssec } : undefined),
    told: [],
    keysOf: () => [],
    thresholds: stsThresholdsOf(() => undefined),
    ...more,
  });
  const told = async (given: TransportCase): Promise<unknown[]> => {
    const { wish, slots, notes } = await transportWish(given);
    return [
      wish.mtaSts?.mode,
      wish.tlsRpt,
      slots.map(({ name, type }) => `${name} ${type}`),
      notes.map(({ code }) => code),
    ];
  };
  const host = ['mta-sts.example.com CNAME', '_mta-sts.example.com TXT'];
  const insecure = 'plan/dane-unsigned';
  it('nothing where no mail is received', async () => {
    assert.deepEqual(await told(the('')), [undefined, undefined, [], []]);
    assert.deepEqual(await told(the('example.com. MX 0 .')), [undefined, undefined, [], []]);
  });
  it('reports first: to where the others go, or to where somebody says', async () => {
    const [, tlsRpt, slots] = await told(the(mail, looked()));
    assert.deepEqual([tlsRpt, slots], [undefined, ['_smtp._tls.example.com TXT', ...host]]);
    const given = await told(the(mail, { ...looked(), reportTo: 'mailto:t@example.com' }));
    assert.deepEqual(given, [undefined, ['mailto:t@example.com'], host, [insecure]]);
  });
  it('a policy begins by being tried, and its record waits for a host that serves it', async () => {
    assert.deepEqual(await told(the(reporting, looked())), [undefined, undefined, host, [insecure]]);
    assert.deepEqual(await told(the(reporting, { ...looked(), policyHost: 'web.example.com' })), [
      'testing',
      undefined,
      [],
      [insecure],
    ]);
    assert.deepEqual(await told(the(`${reporting}mta-sts.example.com. A 192.0.2.80`, looked())), [
      'testing',
      undefined,
      [],
      [insecure],
    ]);
  });
  it('what the file says is not known without a look at it', async () =>
    assert.deepEqual(await told(the(reporting + sts, looked())), [
      undefined,
      undefined,
      [],
      ['plan/sts-not-known', insecure],
    ]));
  it('one that is tried stays so where nothing tells of sessions, and is enforced by a word; its id is another then', async () => {
    const testing = the(reporting + sts, looked('testing'));
    const reasons = ['plan/sts-stays-testing', 'plan/sts-not-seen', insecure];
    assert.deepEqual(await told(testing), [undefined, undefined, [], reasons]);
    const { wish } = await transportWish({ ...testing, mode: 'enforce' });
    const back = await transportWish({ ...the(reporting + sts, looked('enforce')), mode: 'testing' });
    assert.equal(wish.mtaSts?.mode, 'enforce');
    assert.match(wish.mtaSts?.id ?? '', /^[a-z0-9]{1,32}$/);
    assert.notEqual(wish.mtaSts?.id, back.wish.mtaSts?.id);
  });
  it('servers that the policy leaves out are added in the mode it has', async () =>
    assert.equal((await told(the(reporting + sts, looked('enforce', 'insecure', ['old.example.com']))))[0], 'enforce'));
  it('TLSA: of our own servers, in a signed zone, with the value from the server', async () => {
    const [, , slots] = await told(the(reporting + sts, looked('enforce', 'secure')));
    assert.deepEqual(slots, ['_25._tcp.mx.example.com TLSA']);
    const there = `${reporting + sts}_25._tcp.mx.example.com. TLSA 3 1 1 ${'aa'.repeat(32)}\n`;
    assert.deepEqual((await told(the(there, looked('enforce', 'secure'))))[2], []);
    assert.deepEqual(
      (await told({ ...the(reporting + sts, looked('enforce', 'secure')), oursAbove: () => undefined }))[2],
      [],
    );
  });
  it('TLSA: none for a name that leads to the server of somebody else', async () => {
    const alias = reporting.replace('A 192.0.2.1', 'CNAME in.vendor.example.') + sts;
    const vendor = 'vendor.example. SOA ns. h. 1 1 1 1 900\nin.vendor.example. A 198.51.100.1\n';
    const [, , slots, notes] = await told(the(alias + vendor, looked('enforce', 'secure')));
    assert.deepEqual([slots, notes], [[], ['plan/tlsa-alias']]);
  });
  it('of a zone that nobody looked at nothing is assumed: a server that signs by itself has keys that its text has not', async () =>
    assert.deepEqual((await told(the(reporting)))[3], ['plan/dnssec-no-keys']));
  it('a DNS that does not tell makes a question, no record', async () => {
    const silent: Resolver = async (name, type) => blind(type === 'MX' ? 'nowhere.test' : name, type);
    assert.deepEqual(await told({ ...the(''), resolver: silent }), [
      undefined,
      undefined,
      [],
      ['plan/transport-not-known'],
    ]);
  });
});
