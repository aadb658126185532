import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName } from '../dns/index.ts';
import type { AuthResults } from '../reports/index.ts';
import { discoverFacts, discoverPolicy, evaluateDmarc, lookupExistence } from './index.ts';
import { noting, silent, world } from './world.testing.ts';

const records = world(`
  example.com.               A   192.0.2.1
  _dmarc.example.com.        TXT "v=DMARC1; p=reject; sp=quarantine; np=none"
  news.example.com.          A   192.0.2.1
  alias.example.com.         CNAME gone.example.net.
  deep.empty.example.com.    A   192.0.2.1
  *.wild.example.com.        A   192.0.2.1
  strict.example.net.        A   192.0.2.1
  _dmarc.strict.example.net. TXT "v=DMARC1; p=reject; adkim=s; aspf=s"
  _dmarc.dkim.example.net.   TXT "v=DMARC1; p=reject; adkim=s"
  _dmarc.idle.example.org.   TXT "v=DMARC1"
  _dmarc.same.example.org.   TXT "v=DMARC1; p=none; np=none"
  mail.same.example.org.     A 192.0.2.1
`);

describe('sp, np and existence (RFC 9989 §4.10.1, §3.2.13, §A.4)', () => {
  const cases: [author: string, existence: string | undefined, tag: string, disposition: string][] = [
    ['example.com', undefined, 'p', 'reject'],
    ['news.example.com', 'exists', 'sp', 'quarantine'],
    ['nowhere.example.com', 'no-such-name', 'np', 'none'],
    ['below.nowhere.example.com', 'no-such-name', 'np', 'none'],
    ['empty.example.com', 'exists', 'sp', 'quarantine'],
    ['any.wild.example.com', 'exists', 'sp', 'quarantine'],
    ['alias.example.com', 'exists', 'sp', 'quarantine'],
    ['nowhere.same.example.org', undefined, 'p', 'none'],
  ];
  for (const [author, existence, tag, disposition] of cases) {
    it(`${author}: ${tag}`, async () => {
      const discovery = await discoverPolicy(domainName(author), records);
      assert.equal(discovery.existence, existence);
      const { policy } = discovery;
      const verdict = evaluateDmarc({
        receiver: 'rfc9989',
        policy,
        identifiers: 0,
        ...(discovery.existence && { existence: discovery.existence }),
      });
      assert.deepEqual([verdict.policyTag, verdict.disposition], [tag, disposition]);
    });
  }
  it('leaves the verdict open when nobody says whether the name exists', async () => {
    const world = silent(records, 'nowhere.example.com');
    assert.equal(await lookupExistence(domainName('nowhere.example.com'), world), 'unknown');
    const { facts } = await discoverFacts(
      { authorDomain: domainName('nowhere.example.com'), auth: { dkim: [], spf: [] } },
      world,
    );
    assert.equal(evaluateDmarc(facts).result, 'temperror');
  });
});

describe('discoverFacts: which walks are made (RFC 9989 §4.10.2)', () => {
  const pass = (dkim: string[], spf: string[] = []): AuthResults => ({
    dkim: dkim.map((domain) => ({ domain, result: 'pass' })),
    spf: spf.map((domain) => ({ domain, result: 'pass' })),
  });
  const cases: [what: string, author: string, AuthResults, alignments: string[], result: string, asked: string[]][] = [
    [
      'the same name with its own record: one query',
      'example.com',
      pass(['example.com'], ['example.com']),
      ['strict', 'strict'],
      'pass',
      ['_dmarc.example.com'],
    ],
    [
      'no policy: none',
      'a.example.edu',
      pass(['b.example.edu']),
      ['not-asked'],
      'none',
      ['_dmarc.a.example.edu', '_dmarc.example.edu', '_dmarc.edu'],
    ],
    [
      'a record without effect: none',
      'idle.example.org',
      pass(['a.idle.example.org']),
      ['not-asked'],
      'none',
      ['_dmarc.idle.example.org'],
    ],
    [
      'strict alignment: none',
      'strict.example.net',
      pass(['a.strict.example.net'], ['b.strict.example.net']),
      ['not-asked', 'not-asked'],
      'fail',
      ['_dmarc.strict.example.net'],
    ],
    [
      'strict for DKIM only: for SPF',
      'dkim.example.net',
      pass(['a.dkim.example.net'], ['b.dkim.example.net']),
      ['not-asked', 'relaxed'],
      'pass',
      ['_dmarc.dkim.example.net', '_dmarc.example.net', '_dmarc.net', '_dmarc.b.dkim.example.net'],
    ],
    ['a name elsewhere: none', 'example.com', pass(['esp.example.net']), ['not-asked'], 'fail', ['_dmarc.example.com']],
    [
      'a name below: for both',
      'example.com',
      pass([], ['bounce.example.com']),
      ['relaxed'],
      'pass',
      ['_dmarc.example.com', '_dmarc.com', '_dmarc.bounce.example.com'],
    ],
    [
      'a name beside, under the same suffix: for the author',
      'example.com',
      pass(['example-mail.com']),
      ['none'],
      'fail',
      ['_dmarc.example.com', '_dmarc.com'],
    ],
    [
      'a failure changes nothing: none',
      'example.com',
      { dkim: [{ domain: 'a.example.com', result: 'fail' }], spf: [] },
      ['not-asked'],
      'fail',
      ['_dmarc.example.com'],
    ],
  ];
  for (const [what, author, auth, alignments, result, expected] of cases) {
    it(what, async () => {
      const { resolver, asked } = noting(records);
      const { facts } = await discoverFacts({ authorDomain: domainName(author), auth }, resolver);
      assert.ok(typeof facts.identifiers !== 'number');
      assert.deepEqual(
        facts.identifiers.map(({ alignment }) => alignment),
        alignments,
      );
      assert.equal(evaluateDmarc(facts).result, result);
      assert.deepEqual(asked, expected);
    });
  }
  it('leaves the verdict open when a walk that matters is not answered (§5.3.6)', async () => {
    const author = domainName('example.com');
    for (const name of ['_dmarc.com', '_dmarc.bounce.example.com']) {
      const { facts } = await discoverFacts(
        { authorDomain: author, auth: pass([], ['bounce.example.com']) },
        silent(records, name),
      );
      assert.equal(evaluateDmarc(facts).result, 'temperror', name);
    }
    // One that passes without it passes.
    const { facts } = await discoverFacts(
      { authorDomain: author, auth: pass(['example.com'], ['bounce.example.com']) },
      silent(records, '_dmarc.com'),
    );
    assert.equal(evaluateDmarc(facts).result, 'pass');
  });
  it('makes no more than ten walks for a flood of signatures, and SPF keeps its own', async () => {
    const { resolver, asked } = noting(records);
    const flood = Array.from({ length: 500 }, (_, index) => `s${index}.example.com`);
    const { facts } = await discoverFacts(
      { authorDomain: domainName('example.com'), auth: pass(flood, ['bounce.example.com']) },
      resolver,
    );
    assert.equal(asked.length, 12);
    assert.ok(typeof facts.identifiers !== 'number');
    assert.equal(facts.identifiers.at(-1)?.alignment, 'relaxed');
    assert.equal(facts.identifiers.filter(({ alignment }) => alignment === 'unknown').length, 491);
  });
  it('takes a HELO name for the SPF domain of the null sender only (§3.2.4)', async () => {
    const auth: AuthResults = { dkim: [], spf: [{ domain: 'mx1.example.com', scope: 'helo', result: 'pass' }] };
    const facts = async (envelopeFrom: string) =>
      (await discoverFacts({ authorDomain: domainName('example.com'), auth, envelopeFrom }, records)).facts;
    assert.equal(evaluateDmarc(await facts('')).result, 'pass');
    assert.equal(evaluateDmarc(await facts('example.net')).result, 'fail');
  });
});
