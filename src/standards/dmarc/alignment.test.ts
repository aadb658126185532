import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, ResolverError } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import type { DkimAuthResult, SpfAuthResult } from '../reports/index.ts';
import {
  alignmentBits,
  alignmentBitsOf,
  alignmentOf,
  identifiersOf,
  isAligned,
  publicSuffixOrganizationalDomain,
} from './index.ts';

const byList = publicSuffixOrganizationalDomain();

describe('isAligned (RFC 9989 §4.4, table 1, and §3.2.10)', () => {
  const cases: [author: string, identifier: string, relaxed: boolean, strict: boolean][] = [
    ['news.example.com', 'foo.example.com', true, false],
    ['news.example.com', 'news.example.com', true, true],
    ['news.example.com', 'foo.example.net', false, false],
    ['example.com', 'mail.example.com', true, false],
    ['mail.example.com', 'example.com', true, false],
    ['example.com', 'badexample.com', false, false],
    ['example.co.uk', 'other.co.uk', false, false],
    ['a.example.co.uk', 'example.co.uk', true, false],
    ['co.uk', 'example.co.uk', false, false],
    ['co.uk', 'co.uk', true, true],
    ['example.com', 'com', false, false],
    ['one.github.io', 'two.github.io', false, false],
  ];
  for (const [author, identifier, relaxed, strict] of cases) {
    it(`${author} and ${identifier}: relaxed ${relaxed}, strict ${strict}`, () => {
      assert.equal(isAligned(domainName(author), domainName(identifier), 'r', byList), relaxed);
      assert.equal(isAligned(domainName(author), domainName(identifier), 's', byList), strict);
    });
  }

  it('turns on the rule that is handed in: the same names under the private section of the list, or not', () => {
    const icannOnly = publicSuffixOrganizationalDomain({ privateDomains: false });
    assert.equal(isAligned(domainName('one.github.io'), domainName('two.github.io'), 'r', icannOnly), true);
    assert.equal(
      isAligned(domainName('a.example.com'), domainName('b.example.com'), 'r', (name) => name),
      false,
    );
  });
});

const dkim = (domain: string, result: DkimAuthResult['result'] = 'pass'): DkimAuthResult => ({
  domain,
  result: result ?? 'none',
});
const spf = (
  domain: string,
  scope?: SpfAuthResult['scope'],
  result: SpfAuthResult['result'] = 'pass',
): SpfAuthResult => ({ domain, result: result ?? 'none', ...(scope === undefined ? {} : { scope }) });

describe('alignmentBitsOf', () => {
  const { dkimRelaxed, dkimStrict, spfRelaxed, spfStrict } = alignmentBits;
  const bothDkim = dkimRelaxed | dkimStrict;
  const bothSpf = spfRelaxed | spfStrict;
  const cases: [what: string, dkim: DkimAuthResult[], spf: SpfAuthResult[], bits: number, envelopeFrom?: string][] = [
    ['nothing', [], [], 0],
    ['the same names', [dkim('example.com')], [spf('example.com', 'mfrom')], bothDkim | bothSpf],
    ['names below', [dkim('a.example.com')], [spf('b.example.com')], dkimRelaxed | spfRelaxed],
    ['names elsewhere', [dkim('example.net')], [spf('example.net')], 0],
    ['capitals and a final dot', [dkim('Example.COM.')], [], bothDkim],
    ['a U-label', [dkim('bücher.example.com')], [], dkimRelaxed],
    ['no domain names', [dkim(''), dkim('a b')], [spf('<>'), { result: 'pass' }], 0],
    ['several signatures, one of them near', [dkim('esp.example.net'), dkim('example.com')], [], bothDkim],
    ['a near one that failed beside one that passed', [dkim('example.com', 'fail'), dkim('example.net')], [], 0],
    ['softfail is not pass', [], [spf('example.com', 'mfrom', 'softfail')], 0],
    ['policy is not pass', [dkim('example.com', 'policy')], [spf('example.com', 'mfrom', 'policy')], 0],
    ['helo alone: the sender was null', [], [spf('mx1.example.com', 'helo')], spfRelaxed],
    ['helo, and the row says the sender was null', [], [spf('example.com', 'helo')], bothSpf, ''],
    ['helo, and the row says the sender was not null', [], [spf('example.com', 'helo')], 0, 'example.net'],
    ['helo beside a MAIL FROM that failed', [], [spf('example.com', 'helo'), spf('a.example.net', 'mfrom', 'fail')], 0],
    ['helo beside a MAIL FROM without a domain', [], [spf('example.com', 'helo'), spf('', 'mfrom', 'none')], bothSpf],
    ['helo beside a MAIL FROM that passed', [], [spf('mx.example.net', 'helo'), spf('example.com')], bothSpf],
  ];
  for (const [what, dkimResults, spfResults, bits, envelopeFrom] of cases) {
    it(`${what}: ${bits}`, () => {
      const auth = { dkim: dkimResults, spf: spfResults };
      assert.equal(alignmentBitsOf('example.com', auth, byList, envelopeFrom), bits);
    });
  }
  it('is 0 when the Author Domain is no domain name', () => {
    for (const author of ['', '.', 'a b', 'x'.repeat(300)]) {
      assert.equal(alignmentBitsOf(author, { dkim: [dkim(author)], spf: [spf(author)] }, byList), 0);
    }
  });
});

describe('identifiersOf', () => {
  it('keeps what did not pass, and says what the DNS left open', () => {
    const silent = (name: DomainName): DomainName => {
      if (name === 'b.example.com') throw new ResolverError('dns/timeout', 'no answer');
      return domainName('example.com');
    };
    assert.deepEqual(
      identifiersOf(
        'example.com',
        {
          dkim: [{ domain: 'b.example.com', selector: 's1', result: 'pass' }, dkim('a.example.com', 'fail')],
          spf: [spf('example.com', 'mfrom', 'temperror')],
        },
        silent,
      ),
      [
        { mechanism: 'dkim', domain: 'b.example.com', selector: 's1', result: 'pass', alignment: 'unknown' },
        { mechanism: 'dkim', domain: 'a.example.com', result: 'fail', alignment: 'relaxed' },
        { mechanism: 'spf', domain: 'example.com', result: 'temperror', alignment: 'strict' },
      ],
    );
  });
  it('lets a bug through', () => {
    const broken = (): DomainName => {
      throw new TypeError('a bug');
    };
    assert.throws(() => identifiersOf('example.com', { dkim: [dkim('a.example.com')], spf: [] }, broken), TypeError);
  });
});

describe('alignment, whatever the names', () => {
  const names = fc
    .array(fc.constantFrom('a', 'b', 'co', 'uk', 'com', 'github', 'io', 'example'), { minLength: 1, maxLength: 5 })
    .map((labels) => domainName(labels.join('.')));
  it('strict is relaxed too, and relaxed is mutual', () => {
    fc.assert(
      fc.property(names, names, fc.boolean(), (author, identifier, privateDomains) => {
        const rule = publicSuffixOrganizationalDomain({ privateDomains });
        if (isAligned(author, identifier, 's', rule)) assert.ok(isAligned(author, identifier, 'r', rule));
        assert.equal(isAligned(author, identifier, 'r', rule), isAligned(identifier, author, 'r', rule));
        assert.equal(isAligned(author, identifier, 'r', rule), rule(author) === rule(identifier));
        assert.equal(alignmentOf(author, identifier, rule) === 'strict', author === identifier);
      }),
    );
  });
  it('sets no strict bit without its relaxed one, and says the same as the findings', () => {
    const results = fc.constantFrom('pass', 'fail', 'temperror', 'none' as const);
    fc.assert(
      fc.property(names, fc.array(fc.tuple(names, results)), fc.array(fc.tuple(names, results)), (author, d, s) => {
        const auth = {
          dkim: d.map(([domain, result]) => ({ domain, result }) as DkimAuthResult),
          spf: s.map(([domain, result]) => ({ domain, result }) as SpfAuthResult),
        };
        const bits = alignmentBitsOf(author, auth, byList);
        assert.notEqual(bits & 0b0011, 0b0010);
        assert.notEqual(bits & 0b1100, 0b1000);
        let expected = 0;
        for (const finding of identifiersOf(author, auth, byList)) {
          if (finding.result !== 'pass' || finding.alignment === 'none') continue;
          expected |= (finding.alignment === 'strict' ? 3 : 1) << (finding.mechanism === 'dkim' ? 0 : 2);
        }
        assert.equal(bits, expected);
      }),
    );
  });
});
