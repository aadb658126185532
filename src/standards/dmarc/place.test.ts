import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName } from '../dns/index.ts';
import { placeProblems, recordLookup, walkTree } from './index.ts';
import { silent, world } from './world.testing.ts';

describe('a record where it stands', () => {
  const records = world(`
    _dmarc.example.com.          TXT "v=DMARC1; p=reject; sp=reject; np=reject"
    _dmarc.sub.example.com.      TXT "v=DMARC1; p=reject; sp=none"
    _dmarc.unit.example.com.     TXT "v=DMARC1; p=reject; sp=none; psd=n"
    _dmarc.wrong.example.net.    TXT "v=DMARC1; p=reject; sp=none; psd=y"
    _dmarc.bank.                 TXT "v=DMARC1; p=reject; psd=y"
    _dmarc.co.uk.                TXT "v=DMARC1; p=none"
    _dmarc.alias.example.org.    CNAME dmarc.example.net.
    dmarc.example.net.           TXT "v=DMARC1; p=reject"
    _dmarc.a.b.c.d.e.f.example.net. TXT "v=DMARC1; p=reject"
    _dmarc.b.c.d.e.f.example.net.   TXT "v=DMARC1; p=reject"
  `);
  const cases: [domain: string, problems: string[]][] = [
    ['example.com', []],
    ['sub.example.com', ['subdomain-policy-ignored']],
    ['unit.example.com', []],
    ['wrong.example.net', ['psd-of-no-suffix']],
    ['bank', []],
    ['co.uk', ['suffix-without-psd']],
    ['alias.example.org', ['alias']],
    ['a.b.c.d.e.f.example.net', ['beyond-walks']],
    ['b.c.d.e.f.example.net', []],
    ['nothing.example.com', []],
  ];
  for (const [domain, problems] of cases) {
    it(`${domain}: ${problems.join(' ') || '-'}`, async () => {
      const walk = await walkTree(domainName(domain), recordLookup(records));
      assert.deepEqual(
        placeProblems(walk).map(({ code }) => code.slice('dmarc/'.length)),
        problems,
      );
    });
  }
  it('says nothing when the walk was not answered', async () => {
    const lookup = recordLookup(silent(records, '_dmarc.example.com'));
    assert.deepEqual(placeProblems(await walkTree(domainName('sub.example.com'), lookup)), []);
  });
});
