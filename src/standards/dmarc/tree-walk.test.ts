import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, isAtOrBelow, ResolverError, zone } from '../dns/index.ts';
import {
  lookupDmarcRecord,
  organizationalDomainLookup,
  organizationalDomainOfWalk,
  parseDmarcRecord,
  policyOfWalk,
  recordLookup,
  treeWalkOrganizationalDomain,
  walkNames,
  walkTree,
  walkTrees,
} from './index.ts';
import { noting, silent, world } from './world.testing.ts';

describe('walkNames (RFC 9989 §4.10 steps 3 to 7)', () => {
  const cases: [start: string, names: string[]][] = [
    ['com', ['com']],
    ['example.com', ['example.com', 'com']],
    ['a.b.c.d.e.f.com', ['a.b.c.d.e.f.com', 'b.c.d.e.f.com', 'c.d.e.f.com', 'd.e.f.com', 'e.f.com', 'f.com', 'com']],
    [
      'x.a.b.c.d.e.f.com',
      ['x.a.b.c.d.e.f.com', 'a.b.c.d.e.f.com', 'b.c.d.e.f.com', 'c.d.e.f.com', 'd.e.f.com', 'e.f.com', 'f.com', 'com'],
    ],
    [
      'y.x.a.b.c.d.e.f.com',
      [
        'y.x.a.b.c.d.e.f.com',
        'a.b.c.d.e.f.com',
        'b.c.d.e.f.com',
        'c.d.e.f.com',
        'd.e.f.com',
        'e.f.com',
        'f.com',
        'com',
      ],
    ],
  ];
  for (const [start, names] of cases) it(start, () => assert.deepEqual(walkNames(domainName(start)), names));
  it('is at most eight names, each above the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 100 }), (parts) => {
        const names = walkNames(domainName(parts.join('.')));
        assert.ok(names.length <= 8);
        for (const [index, name] of names.entries())
          assert.ok(index === 0 || isAtOrBelow(names[index - 1] ?? '', name));
        assert.equal(names.at(-1), parts.at(-1));
      }),
    );
  });
});

/** A walk of a start in a world where these names have these records: what it says is the Organizational Domain and the policy. */
const judge = async (start: string, records: Record<string, string | string[]>) => {
  const lines = Object.entries(records).flatMap(([name, texts]) =>
    [texts].flat().map((text) => `_dmarc.${name}. TXT "${text.startsWith('v=') ? text : `v=DMARC1; p=none${text}`}"`),
  );
  const { resolver, asked } = noting(world(lines.join('\n')));
  const walk = await walkTree(domainName(start), recordLookup(resolver));
  const policy = policyOfWalk(walk);
  return {
    organizationalDomain: organizationalDomainOfWalk(walk),
    policy: typeof policy === 'string' ? policy : `${policy.place.replace(/-.*/, '')} ${policy.domain}`,
    asked: asked.length,
  };
};

describe('Organizational Domain and policy (RFC 9989 §4.10.1, §4.10.2)', () => {
  const cases: [
    what: string,
    start: string,
    Record<string, string | string[]>,
    org: string,
    policy: string,
    asked: number,
  ][] = [
    ['no record at all: the start itself', 'a.b.example.com', {}, 'a.b.example.com', 'none', 4],
    ['own record only', 'example.com', { 'example.com': '' }, 'example.com', 'author example.com', 2],
    [
      'the fewest labels',
      'a.mail.example.com',
      { 'mail.example.com': '', 'example.com': '' },
      'example.com',
      'organizational example.com',
      4,
    ],
    [
      'the nearest ancestor does not win',
      'a.b.c.example.com',
      { 'b.c.example.com': '; sp=reject', 'example.com': '' },
      'example.com',
      'organizational example.com',
      5,
    ],
    [
      'psd=n ends the walk',
      'a.mail.example.com',
      { 'mail.example.com': '; psd=n', 'example.com': '' },
      'mail.example.com',
      'organizational mail.example.com',
      2,
    ],
    [
      'psd=n at the start',
      'mail.example.com',
      { 'mail.example.com': '; psd=n', 'example.com': '' },
      'mail.example.com',
      'author mail.example.com',
      1,
    ],
    [
      'psd=y: one label below, without a record',
      'a.mail.example.com',
      { com: '; psd=y' },
      'example.com',
      'public com',
      4,
    ],
    [
      'psd=y: one label below, with a record',
      'a.mail.example.com',
      { 'example.com': '', com: '; psd=y' },
      'example.com',
      'organizational example.com',
      4,
    ],
    [
      'psd=y: a record between is passed over',
      'a.mail.example.com',
      { 'mail.example.com': '', com: '; psd=y' },
      'example.com',
      'public com',
      4,
    ],
    [
      'psd=y at the start: its own, and the walk ends',
      'example.com',
      { 'example.com': '; psd=y', com: '' },
      'example.com',
      'author example.com',
      1,
    ],
    [
      'psd=u does not end it',
      'a.example.com',
      { 'a.example.com': '; psd=u', 'example.com': '; psd=u' },
      'example.com',
      'author a.example.com',
      3,
    ],
    [
      'psd=maybe is psd=u',
      'a.example.com',
      { 'a.example.com': '; psd=maybe', 'example.com': '' },
      'example.com',
      'author a.example.com',
      3,
    ],
    ['PSD=Y', 'a.example.com', { 'example.com': '; psd=Y' }, 'a.example.com', 'public example.com', 2],
    [
      'a top-level domain with a record and no psd',
      'a.example.com',
      { 'example.com': '', com: '' },
      'com',
      'organizational com',
      3,
    ],
    [
      'psd=n shields from it',
      'a.example.com',
      { 'example.com': '; psd=n', com: '' },
      'example.com',
      'organizational example.com',
      2,
    ],
    [
      'several records are none',
      'a.example.com',
      { 'a.example.com': ['', '; sp=none'], 'example.com': '' },
      'example.com',
      'organizational example.com',
      3,
    ],
    [
      'several records, one with psd=n, do not end it',
      'a.example.com',
      { 'a.example.com': ['', '; psd=n'], 'example.com': '' },
      'example.com',
      'organizational example.com',
      3,
    ],
    [
      'a record beside what is none',
      'a.example.com',
      { 'a.example.com': ['', 'v=spf1 -all'] },
      'a.example.com',
      'author a.example.com',
      3,
    ],
    [
      'a record whose list is invalid is none',
      'a.example.com',
      { 'a.example.com': '; p=reject', 'example.com': '' },
      'example.com',
      'organizational example.com',
      3,
    ],
    [
      'eight labels: the parent is asked for',
      'x.a.b.c.d.e.f.com',
      { 'a.b.c.d.e.f.com': '' },
      'a.b.c.d.e.f.com',
      'organizational a.b.c.d.e.f.com',
      8,
    ],
    [
      'nine labels: the parent is not',
      'y.x.a.b.c.d.e.f.com',
      { 'x.a.b.c.d.e.f.com': '', 'f.com': '' },
      'f.com',
      'organizational f.com',
      8,
    ],
    [
      'psd=y right above names that were skipped',
      'y.x.a.b.c.d.e.f.com',
      { 'a.b.c.d.e.f.com': '; psd=y' },
      'x.a.b.c.d.e.f.com',
      'public a.b.c.d.e.f.com',
      2,
    ],
    [
      '… and the skipped name has a record, which nobody sees',
      'z.y.x.a.b.c.d.e.f.com',
      { 'x.a.b.c.d.e.f.com': '', 'a.b.c.d.e.f.com': '; psd=y' },
      'x.a.b.c.d.e.f.com',
      'public a.b.c.d.e.f.com',
      2,
    ],
    [
      '§5.1.8: a zone cut out of reach',
      'mail.a.b.c.d.e.f.g.example.com',
      { 'b.c.d.e.f.g.example.com': '; psd=n', 'example.com': '' },
      'example.com',
      'organizational example.com',
      8,
    ],
  ];
  for (const [what, start, records, organizationalDomain, policy, asked] of cases) {
    it(what, async () => {
      assert.deepEqual(await judge(start, records), { organizationalDomain, policy, asked });
      // The rule over records at hand is the same rule.
      const found = new Map<string, string[]>();
      for (const [name, texts] of Object.entries(records)) {
        found.set(
          name,
          [texts].flat().filter((text) => !text.startsWith('v=')),
        );
      }
      const rule = treeWalkOrganizationalDomain((name) => {
        const [only, ...more] = found.get(name) ?? [];
        const reading = only === undefined || more.length > 0 ? undefined : parseDmarcRecord(`v=DMARC1; p=none${only}`);
        return reading?.ok === true ? reading.value : undefined;
      });
      assert.equal(rule(domainName(start)), organizationalDomain);
    });
  }
});

describe('one query (RFC 9989 §4.10 steps 1 and 2)', () => {
  const records = world(`
    _dmarc.strings.example. TXT "v=DMARC1; p=rej" "ect"
    _dmarc.alias.example.   CNAME policy.example.
    policy.example.         TXT "v=DMARC1; p=reject"
    _dmarc.dangling.example. CNAME nowhere.example.
    _dmarc.other.example.   TXT "v=spf1 -all"
    _dmarc.other.example.   TXT "hello"
    _dmarc.nearly.example.  TXT "v=DMARC; p=reject"
    _dmarc.two.example.     TXT "v=DMARC1; p=reject"
    _dmarc.two.example.     TXT "v=DMARC1; p=none"
    _dmarc.twice.example.   TXT "v=DMARC1; p=none; p=none"
    nodata.example.         A 192.0.2.1
    _dmarc.nodata.example.  A 192.0.2.1
    _dmarc.loop.example.    CNAME _dmarc.loop.example.
    *.wild.example.         TXT "v=DMARC1; p=none; x=1"
  `);
  const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`;
  const cases: [name: string, outcome: string, p: string | undefined, problems: string[]][] = [
    ['strings.example', 'record', 'reject', []],
    ['alias.example', 'record', 'reject', []],
    ['dangling.example', 'no-such-name', undefined, []],
    ['other.example', 'no-record', undefined, []],
    ['nearly.example', 'no-record', undefined, ['dmarc/wrong-version']],
    ['two.example', 'several-records', undefined, ['dmarc/several-records']],
    ['twice.example', 'invalid-record', undefined, ['dmarc/duplicate-tag']],
    ['nodata.example', 'no-record', undefined, []],
    ['nowhere.example', 'no-such-name', undefined, []],
    ['a.wild.example', 'record', 'none', ['dmarc/unknown-tag']],
    ['loop.example', 'unknown', undefined, []],
    ['silent.example', 'unknown', undefined, []],
    [long, 'name-too-long', undefined, []],
  ];
  for (const [name, outcome, p, problems] of cases) {
    it(`${name.slice(0, 30)}: ${outcome}`, async () => {
      const step = await lookupDmarcRecord(domainName(name), silent(records, '_dmarc.silent.example'));
      assert.deepEqual([step.outcome, step.record?.p], [outcome, p]);
      assert.deepEqual(
        step.problems.map(({ code }) => code),
        problems,
      );
      assert.equal(step.error instanceof ResolverError, outcome === 'unknown');
    });
  }
  it('shows the alias', async () =>
    assert.deepEqual((await lookupDmarcRecord(domainName('alias.example'), records)).aliases, ['policy.example']));
  it('lets a bug through', () =>
    assert.rejects(
      lookupDmarcRecord(domainName('example.com'), () => Promise.reject(new TypeError('a bug'))),
      TypeError,
    ));
});

describe('a walk without all its answers', () => {
  const records = world(`
    _dmarc.example.com. TXT "v=DMARC1; p=reject"
    _dmarc.own.example.com. TXT "v=DMARC1; p=none"
  `);
  it('ends at the query that was not answered, and knows no Organizational Domain', async () => {
    const walk = await walkTree(domainName('a.b.example.com'), recordLookup(silent(records, '_dmarc.b.example.com')));
    assert.deepEqual(
      walk.steps.map(({ outcome }) => outcome),
      ['no-such-name', 'unknown'],
    );
    assert.equal(policyOfWalk(walk), 'unknown');
    assert.throws(() => organizationalDomainOfWalk(walk), { name: 'ResolverError', code: 'dns/timeout' });
    await assert.rejects(
      organizationalDomainLookup(recordLookup(silent(records, '_dmarc.com')))(domainName('example.com')),
    );
  });
  it('still knows the policy of an Author Domain with a record of its own', async () => {
    const walk = await walkTree(domainName('own.example.com'), recordLookup(silent(records, '_dmarc.com')));
    const policy = policyOfWalk(walk);
    assert.equal(typeof policy === 'string' ? policy : policy.place, 'author-domain');
  });
  it('takes a public suffix that a zone file knows nothing of to have no record, and says so', async () => {
    const file = zone('$ORIGIN example.com.\n@ SOA a b 1 1 1 1 1\n_dmarc TXT "v=DMARC1; p=reject"');
    assert.ok(file.ok);
    const lookup = recordLookup(file.value.resolver);
    const walk = await walkTree(domainName('mail.example.com'), lookup);
    assert.deepEqual(
      walk.steps.map(({ outcome }) => outcome),
      ['no-such-name', 'record', 'assumed-no-record'],
    );
    assert.equal(organizationalDomainOfWalk(walk), 'example.com');
    // But of a name that somebody registers, nothing is assumed.
    assert.equal(policyOfWalk(await walkTree(domainName('a.example.org'), lookup)), 'unknown');
  });
});

describe('walkTrees', () => {
  it('asks for each name once, however many walks share it', async () => {
    const { resolver, asked } = noting(world('_dmarc.example.com. TXT "v=DMARC1; p=none"'));
    const names = Array.from({ length: 200 }, (_, index) => domainName(`h${index}.mail.example.com`));
    const { walks, organizationalDomainOf } = await walkTrees([...names, ...names], recordLookup(resolver));
    assert.equal(walks.size, 200);
    assert.equal(asked.length, 203);
    for (const name of names) assert.equal(organizationalDomainOf(name), 'example.com');
    assert.throws(() => organizationalDomainOf(domainName('example.net')), ResolverError);
  });
});
