import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, ResolverError } from '../../standards/dns/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { comparePostures, lookAt, lookAtMany, proposeRole, rank } from './index.ts';
import type { Posture, Role, RoleEvidence } from './index.ts';
import { good, look, parked, silent, text, world } from './world.testing.ts';

const example = domainName('example.com');
const spf = (terms: string): string => text('example.com.', `v=spf1 ${terms}`);

describe('a look', () => {
  it('asks each question once, and keeps every answer', async () => {
    const asked: string[] = [];
    const resolver = world(good);
    const { published } = await lookAt(example, (name, type) => {
      asked.push(`${type} ${name}`);
      return resolver(name, type);
    });
    assert.equal(new Set(asked).size, asked.length);
    assert.deepEqual(published.lookups.map(({ name, type }) => `${type} ${name}`).sort(), asked.sort());
    const mx = published.lookups.find(({ name, type }) => name === 'example.com' && type === 'MX');
    assert.deepEqual(mx, {
      name: 'example.com',
      type: 'MX',
      outcome: 'records',
      records: ['10 mx1.example.com.'],
      aliases: [],
      authenticated: true,
      ttl: 300,
    });
  });
  it('tries no selectors where _domainkey does not exist, but asks for those that were given', async () => {
    const { published } = await look(good, '- s1._domainkey.example.com. TXT', { selectors: ['mine'] });
    assert.deepEqual(
      published.lookups.filter(({ name }) => name.includes('_domainkey')).map(({ name }) => name),
      ['_domainkey.example.com', 'mine._domainkey.example.com'],
    );
    assert.equal(published.dkim.domainkey, 'no-such-name');
  });
  it('finds names of its own in its records', async () => {
    const { published } = await look(
      good,
      `${spf('include:spf.example.com a:out.example.com ~all')}\nspf.example.com. TXT "v=spf1 -all"\nout.example.com. A 192.0.2.7`,
    );
    assert.deepEqual(
      published.names.map(({ name, origin }) => `${origin} ${name}`),
      ['helo mx1.example.com', 'seen spf.example.com', 'seen out.example.com', 'seen ns1.example.com'],
    );
  });
  it('is JSON that reads back the same', async () => {
    const posture = await look(good, spf('include:gone.test ip6:2000::/3 ~all'));
    assert.deepEqual(JSON.parse(JSON.stringify(posture)), posture);
  });
  it('is the same twice', async () => {
    assert.deepEqual(await look(good), await look(good));
  });
  it('throws what is a bug, and nothing the DNS does', async () => {
    const broken: Resolver = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(lookAt(example, broken), TypeError);
    for (const code of ['dns/timeout', 'dns/servfail', 'dns/unknown-name', 'dns/alias-loop'] as const) {
      await lookAt(example, () => Promise.reject(new ResolverError(code, '')));
    }
  });
  it('counts addresses as the record lets them pass', async () => {
    const { published } = await look(
      good,
      spf('ip4:192.0.2.0/24 ip4:192.0.2.128/25 -ip4:198.51.100.0/25 ip4:198.51.100.0/24 ip6:2001:db8::/64 ~all'),
    );
    assert.equal(published.spf.passes4, 256 + 128);
    assert.equal(published.spf.passes6Bits, 64);
    assert.equal(published.spf.otherwise, 'softfail');
  });
});

describe('many looks', () => {
  const names = Array.from({ length: 40 }, (_, i) => domainName(`d${i}.test`));
  const shared = 'v=spf1 include:_spf.google.com ~all';
  const zoneOfMany = [
    '_spf.google.com. TXT "v=spf1 include:_netblocks.google.com ~all"',
    '_netblocks.google.com. TXT "v=spf1 ip4:35.190.247.0/24 ~all"',
    ...names.map(
      (name, i) => `${name}. TXT "${shared}"\n_dmarc.${name}. TXT "v=DMARC1; p=${i % 2 === 0 ? 'none' : 'reject'}"`,
    ),
  ].join('\n');

  it('share what they have in common, give each domain once, and no more are under way than was said', async () => {
    const asked = new Map<string, number>();
    let underWay = 0;
    let most = 0;
    const resolver = world(zoneOfMany);
    const counting: Resolver = async (name, type) => {
      asked.set(`${type} ${name}`, (asked.get(`${type} ${name}`) ?? 0) + 1);
      if (name === '_dmarc.d0.test' || /^d\d+\.test$/.test(name)) {
        if (type === 'TXT') most = Math.max(most, ++underWay);
      }
      return resolver(name, type);
    };
    const done: string[] = [];
    const counts: number[] = [];
    for await (const posture of lookAtMany([...names, ...names], counting, {
      concurrency: 4,
      progress: (count) => void counts.push(count),
    })) {
      underWay -= 1;
      done.push(posture.domain);
      assert.equal(posture.published.spf.passes4, 256);
      assert.ok(
        posture.published.lookups.some(({ name }) => name === '_netblocks.google.com'),
        'the look-ups of a shared tree are noted',
      );
    }
    assert.deepEqual(done.sort(), [...names].sort());
    assert.deepEqual(
      counts,
      names.map((_, i) => i + 1),
    );
    assert.equal(asked.get('TXT _netblocks.google.com'), 1);
    assert.ok(most <= 5, `${most} at once`);
  });
  it('end when they are told to', async () => {
    const controller = new AbortController();
    let count = 0;
    for await (const _ of lookAtMany(names, world(zoneOfMany), { concurrency: 2, signal: controller.signal })) {
      count += 1;
      controller.abort();
    }
    assert.equal(count, 2);
  });
  it('see what one look alone sees', async () => {
    const resolver = world(zoneOfMany);
    for await (const posture of lookAtMany(names.slice(0, 6), resolver)) {
      assert.deepEqual(posture, await lookAt(posture.domain, resolver));
    }
  });
  it('are ranked: the best first, equals on one place', async () => {
    const postures: Posture[] = [];
    for await (const posture of lookAtMany(names.slice(0, 4), world(zoneOfMany))) postures.push(posture);
    postures.push(await look(good));
    const ranked = rank(postures);
    assert.deepEqual(
      ranked.map(({ place, domain, letter }) => `${place} ${domain} ${letter}`),
      ['1 example.com A+', '2 d1.test C', '2 d3.test C', '4 d0.test E', '4 d2.test E'],
    );
    assert.equal(ranked[3]?.worst?.code, 'posture/road-policy-none');
  });
});

describe('what changed', () => {
  it('nothing between two looks at the same world', async () => {
    const change = comparePostures(await look(good), await look(good));
    const { domain, ...rest } = change;
    assert.equal(domain, 'example.com');
    for (const list of Object.values(rest)) assert.deepEqual(list, []);
  });
  it('findings, roads, records and the letter', async () => {
    const before = await look(good, text('_dmarc.example.com.', 'v=DMARC1; p=none; rua=mailto:d@example.com'));
    const after = await look(good, spf('ip4:10.0.0.0/8 ~all'));
    const change = comparePostures(before, after);
    assert.deepEqual(change.grade, { before: 'D', after: 'F' });
    assert.deepEqual(
      change.appeared.map(({ code }) => code),
      ['posture/spf-wide', 'posture/dmarc-reject-users'],
    );
    assert.deepEqual(
      change.gone.map(({ code }) => code),
      ['posture/dmarc-none'],
    );
    assert.deepEqual(
      change.opened.map(({ code }) => code),
      ['posture/road-spf-wide'],
    );
    assert.deepEqual(
      change.closed.map(({ code }) => code),
      ['posture/road-policy-none'],
    );
    assert.deepEqual(
      change.records.find(({ name, type }) => name === 'example.com' && type === 'TXT'),
      {
        name: 'example.com',
        type: 'TXT',
        before: ['v=spf1 mx ~all'],
        after: ['v=spf1 ip4:10.0.0.0/8 ~all'],
      },
    );
  });
  it('what the DNS no longer tells is not gone', async () => {
    const resolver = world(good, text('_dmarc.example.com.', 'v=DMARC1; p=none'));
    const before = await lookAt(example, resolver);
    const after = await lookAt(
      example,
      silent(resolver, (name) => name === '_dmarc.example.com'),
    );
    const change = comparePostures(before, after);
    assert.deepEqual(change.gone, []);
    assert.deepEqual(change.closed, []);
    assert.deepEqual(change.untold.map(({ code }) => code).sort(), ['posture/dmarc-no-reports', 'posture/dmarc-none']);
    assert.ok(change.appeared.every(({ code }) => code.startsWith('posture/untold-')));
    assert.ok(change.records.every(({ name }) => name !== '_dmarc.example.com'));
  });
  it('the same thing amiss with another record is altered, not new', async () => {
    const change = comparePostures(
      await look(good, spf('ip4:10.0.0.0/8 ~all')),
      await look(good, spf('mx ip4:10.0.0.0/8 ~all')),
    );
    assert.deepEqual(change.appeared, []);
    assert.deepEqual(
      change.altered.map(({ after }) => after.code),
      ['posture/spf-wide'],
    );
  });
});

describe('roles', () => {
  const cases: [role: Role, certainty: string, base: string, changes: string, evidence?: RoleEvidence][] = [
    ['users', 'likely', good, ''],
    ['users', 'firm', good, 'example.com. MX 1 aspmx.l.google.com.\naspmx.l.google.com. A 192.0.2.1'],
    ['users', 'open', good, '- example.com. TXT\n- s1._domainkey.example.com. TXT'],
    ['receiving', 'firm', good, `${spf('-all')}\n- s1._domainkey.example.com. TXT`],
    ['sending', 'firm', good, `- example.com. MX\n${spf('ip4:192.0.2.1 -all')}`],
    ['sending', 'likely', good, '- example.com. MX\n- example.com. TXT'],
    ['sending', 'firm', parked, '', { alignedMessages: 7 }],
    ['parked', 'firm', parked, ''],
    ['parked', 'likely', parked, '- example.com. TXT\n- example.com. MX'],
  ];
  for (const [role, certainty, base, changes, evidence] of cases) {
    it(`${role} (${certainty}): ${changes.slice(0, 60)}`, async () => {
      const { published } = await look(base, changes);
      const proposal = proposeRole(published, evidence);
      assert.deepEqual([proposal.role, proposal.certainty], [role, certainty]);
      assert.ok(proposal.reasons.length > 0);
    });
  }
  it('absent: a name that does not exist', async () => {
    assert.equal((await lookAt(domainName('nobody.example.com'), world(good))).roleProposal.role, 'absent');
  });
  it('one that is told counts, and the proposal stands beside it', async () => {
    const posture = await look(good, '', { role: 'sending' });
    assert.deepEqual([posture.role, posture.roleTold, posture.roleProposal.role], ['sending', true, 'users']);
  });
});

describe('hostile records', () => {
  const bomb = Array.from({ length: 60 }, (_, i) =>
    text(
      `b${i}.test.`,
      `v=spf1 ${Array.from({ length: 9 }, (_, j) => `include:b${(i * 7 + j * 3 + 1) % 60}.test`).join(' ')} -all`,
    ),
  ).join('\n');
  const worlds: [what: string, changes: string][] = [
    ['a TXT record of 60 kB', text('example.com.', `v=spf1 ${'ip4:192.0.2.1 '.repeat(4200)}-all`)],
    [
      'a DMARC record of 60 kB',
      text('_dmarc.example.com.', `v=DMARC1; p=none; rua=${'mailto:a@b.test,'.repeat(3700)}mailto:c@d.test`),
    ],
    [
      'an alias loop',
      '- _dmarc.example.com. TXT\n_dmarc.example.com. CNAME l.example.com.\nl.example.com. CNAME _dmarc.example.com.',
    ],
    ['an include bomb', `${spf('include:b0.test include:b1.test -all')}\n${bomb}`],
    ['an include of itself', spf('include:example.com -all')],
    [
      'mail exchangers without end',
      Array.from({ length: 300 }, (_, i) => `+ example.com. MX ${i} m${i}.example.com.`).join('\n'),
    ],
    [
      'selectors without end',
      Array.from({ length: 300 }, (_, i) => `s${i}._domainkey.example.com. TXT "v=DKIM1; p="`).join('\n'),
    ],
  ];
  for (const [what, changes] of worlds) {
    it(`${what}: a posture within bounds`, async () => {
      let asked = 0;
      const resolver = world(good, changes);
      const posture = await lookAt(example, (name, type) => {
        asked += 1;
        return resolver(name, type);
      });
      assert.ok(asked < 5000, `${asked} questions`);
      assert.ok(JSON.stringify(posture).length < 3_000_000, `${JSON.stringify(posture).length} characters`);
      assert.ok(posture.findings.length > 0);
    });
  }

  it('never throws on any zone, and nothing is both open and closed', async () => {
    const name = fc.constantFrom(
      '',
      'a.',
      '*.',
      '_dmarc.',
      's1._domainkey.',
      '*._domainkey.',
      '_domainkey.',
      'mx1.',
      '_mta-sts.',
      '_smtp._tls.',
      'default._bimi.',
      '_25._tcp.mx1.',
    );
    const value = fc.oneof(
      fc.constantFrom(
        'v=spf1 +all',
        'v=spf1 include:gone.test a mx ptr exists:%{i}.x.test ~all',
        'v=spf1 redirect=example.com',
        'v=spf1 ip4:10.0.0.0/8 ip6:2000::/3',
        'v=DMARC1; p=none',
        'v=DMARC1; p=reject; sp=none; np=quarantine; t=y; psd=y',
        'v=DMARC1; rua=mailto:x@gone.test',
        'v=DMARC1;;;',
        'v=DKIM1; p=',
        'v=DKIM1; p=AAAA',
        'v=STSv1; id=1',
        'v=TLSRPTv1; rua=mailto:',
        'v=BIMI1; l=; a=',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 60 }),
    );
    const line = fc.oneof(
      fc.tuple(name, value).map(([at, what]) => text(`${at}example.com.`, what.replaceAll(/[\r\n]/g, ' '))),
      fc
        .tuple(name, fc.constantFrom('gone.test.', 'example.com.', 'a.example.com.', 'x.azurewebsites.net.', '.'))
        .map(([at, target]) => `${at}example.com. CNAME ${target}`),
      fc
        .tuple(name, fc.constantFrom('gone.test.', 'mx1.example.com.', '.'))
        .map(([at, target]) => `${at}example.com. MX 0 ${target}`),
      fc.tuple(name, fc.constantFrom('192.0.2.1', '10.0.0.1')).map(([at, address]) => `${at}example.com. A ${address}`),
      fc.tuple(name, fc.constantFrom('3 1 1 00', '9 9 9 ff')).map(([at, data]) => `${at}example.com. TLSA ${data}`),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.boolean(),
        async (lines, every, authenticated) => {
          let count = 0;
          const resolver = silent(
            world('', lines.map((each) => `+ ${each}`).join('\n'), authenticated),
            () => every > 0 && ++count % every === 0,
          );
          const { forgery, findings, grade } = await lookAt(example, resolver, {
            subdomains: [domainName('a.example.com')],
            tryCommonSelectors: false,
          });
          assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length);
          const closed = new Set(forgery.closed.map(({ code }) => code.slice('posture/closed-'.length)));
          for (const { code } of forgery.roads) {
            const way = code.slice('posture/road-'.length);
            assert.ok(way === 'older' || !closed.has(way), way);
          }
          assert.ok(grade.letter.length > 0);
        },
      ),
      { numRuns: 150 },
    );
  });
});
