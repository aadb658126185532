import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName } from '../dns/index.ts';
import { compareGenerations, discoverLegacyPolicy, publicSuffixOrganizationalDomain, recordLookup } from './index.ts';
import { noting, silent, world } from './world.testing.ts';

const records = world(`
  _dmarc.example.com.           TXT "v=DMARC1; p=reject; sp=quarantine; np=none; t=y; pct=30"
  _dmarc.mail.example.com.      TXT "v=DMARC1; p=none"
  _dmarc.two.example.com.       TXT "v=DMARC1; p=none"
  _dmarc.two.example.com.       TXT "v=DMARC1; p=reject"
  _dmarc.twice.example.com.     TXT "v=DMARC1; p=none; p=none"
  x.example.com.                A 192.0.2.1
  _dmarc.bank.                  TXT "v=DMARC1; p=reject; psd=y"
  _dmarc.io.                    TXT "v=DMARC1; p=reject; psd=y"
  _dmarc.github.io.             TXT "v=DMARC1; p=quarantine"
  _dmarc.unit.example.org.      TXT "v=DMARC1; p=quarantine; psd=n"
  _dmarc.example.org.           TXT "v=DMARC1; p=reject"
  _dmarc.steady.example.        TXT "v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s"
`);

describe('how RFC 7489 finds a policy (§6.6.3)', () => {
  const cases: [what: string, author: string, policy: string, asked: string[]][] = [
    ['own record', 'mail.example.com', 'mail.example.com', ['_dmarc.mail.example.com']],
    [
      'that of the Organizational Domain',
      'x.y.example.com',
      'example.com',
      ['_dmarc.x.y.example.com', '_dmarc.example.com'],
    ],
    ['nothing between these', 'x.mail.example.com', 'example.com', ['_dmarc.x.mail.example.com', '_dmarc.example.com']],
    ['several records end it', 'two.example.com', 'none', ['_dmarc.two.example.com']],
    ['an invalid one ends it', 'twice.example.com', 'none', ['_dmarc.twice.example.com']],
    ['nothing above the Organizational Domain', 'a.bank', 'none', ['_dmarc.a.bank']],
    ['none', 'example.net', 'none', ['_dmarc.example.net']],
  ];
  const rule = publicSuffixOrganizationalDomain();
  for (const [what, author, expected, queries] of cases) {
    it(what, async () => {
      const { resolver, asked } = noting(records);
      const { policy } = await discoverLegacyPolicy(domainName(author), recordLookup(resolver), rule);
      assert.equal(typeof policy === 'string' ? policy : policy.domain, expected);
      assert.deepEqual(asked, queries);
    });
  }
  it('does not know when nobody answers', async () => {
    const lookup = recordLookup(silent(records, '_dmarc.example.com'));
    assert.equal((await discoverLegacyPolicy(domainName('x.example.com'), lookup, rule)).policy, 'unknown');
  });
});

describe('compareGenerations', () => {
  const cases: [
    what: string,
    author: string,
    current: string,
    icann: string,
    privateToo: string,
    differences: string[],
  ][] = [
    ['t against pct', 'x.example.com', 'none', 'quarantine 30', 'quarantine 30', ['disposition']],
    [
      'several records: the walk goes on',
      'two.example.com',
      'none',
      '-',
      '-',
      ['policy-domain', 'result', 'disposition'],
    ],
    ['a public suffix that publishes', 'a.bank', 'reject', '-', '-', ['policy-domain', 'result', 'disposition']],
    [
      'a suffix of the private section',
      'me.github.io',
      'quarantine',
      'quarantine',
      '-',
      ['organizational-domain', 'policy-domain', 'result', 'disposition'],
    ],
    [
      'psd=n',
      'a.unit.example.org',
      'quarantine',
      'reject',
      'reject',
      ['organizational-domain', 'policy-domain', 'disposition'],
    ],
    ['an own record, strict', 'steady.example', 'reject', 'reject', 'reject', []],
  ];
  for (const [what, author, current, icann, privateToo, differences] of cases) {
    it(what, async () => {
      const comparison = await compareGenerations({ authorDomain: domainName(author) }, records);
      const said = [comparison.current, ...comparison.legacy].map(({ verdict }) =>
        verdict.sampling === undefined
          ? (verdict.disposition ?? '-')
          : `${verdict.disposition} ${verdict.sampling.percent}`,
      );
      assert.deepEqual(said, [current, icann, privateToo]);
      assert.deepEqual(
        comparison.differences.map(({ code }) => code.replace('dmarc/generations-', '')),
        differences,
      );
    });
  }
  it('shows where alignment parts them: one unit of an organisation signing for another', async () => {
    const { current, legacy } = await compareGenerations(
      {
        authorDomain: domainName('a.unit.example.org'),
        auth: { dkim: [{ domain: 'other.example.org', result: 'pass' }], spf: [] },
      },
      records,
    );
    assert.equal(current.verdict.result, 'fail');
    for (const view of legacy) assert.equal(view.verdict.result, 'pass');
  });
});
