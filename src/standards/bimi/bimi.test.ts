import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseDmarcRecord } from '../dmarc/index.ts';
import { domainName, ResolverError, zone } from '../dns/index.ts';
import {
  bimiObstacles,
  discoverBimi,
  formatBimiRecord,
  isDeclined,
  localPartSelector,
  lookupBimi,
  parseBimiRecord,
} from './index.ts';
import type { BimiRecord } from './index.ts';

const short = (problems: readonly { code: string }[]): string[] =>
  problems.map(({ code }) => code.slice('bimi/'.length));
const logo = 'https://example.com/logo.svg';
const evidence = 'https://example.com/logo.pem';

describe('the BIMI record', () => {
  const cases: [text: string, record: Partial<BimiRecord> | undefined, problems: string[]][] = [
    [`v=BIMI1; l=${logo}; a=${evidence}`, { l: logo, a: evidence }, []],
    [`v=BIMI1;l=${logo};a=${evidence};`, { l: logo, a: evidence }, []],
    [`v = BIMI1 ; a = ${evidence} ; l = ${logo}`, { l: logo, a: evidence }, []],
    [`v=BIMI1; l=${logo}`, { l: logo }, ['no-evidence']],
    ['v=BIMI1; l=; a=;', {}, []],
    ['v=BIMI1; l=', {}, []],
    ['v=BIMI1; l=; a=; lps=brand-indicators-;', { lps: ['brand-indicators-'] }, []],
    ['v=BIMI1; l=; a=; lps=', { lps: [] }, []],
    [
      'v=BIMI1; l=; lps = brand-one-noreply , brand-two-noreply',
      { lps: ['brand-one-noreply', 'brand-two-noreply'] },
      [],
    ],
    ['v=BIMI1; l=; lps=a.b,c', { lps: ['c'] }, ['prefix']],
    [`v=BIMI1; l=${logo}; a=${evidence}; avp=personal`, { l: logo, a: evidence, avp: 'personal' }, []],
    [`v=BIMI1; l=${logo}; a=${evidence}; avp=Personal`, { l: logo, a: evidence }, ['preference']],
    [
      `v=BIMI1; l=${logo}; a=${evidence}; x=y`,
      { l: logo, a: evidence, others: [{ name: 'x', value: 'y' }] },
      ['unknown-tag'],
    ],
    [
      `v=BIMI1; l=${logo}; A=${evidence}`,
      { l: logo, others: [{ name: 'A', value: evidence }] },
      ['no-evidence', 'tag-case'],
    ],
    [`v=BIMI1; l=; a=${evidence}`, { a: evidence }, ['evidence-alone']],
    ['v=BIMI1; l=https://example.com/logo.svgz; a=', { l: 'https://example.com/logo.svgz' }, ['no-evidence']],
    ['v=BIMI1; l=https://example.com/logo', { l: 'https://example.com/logo' }, ['format-unknown', 'no-evidence']],
    [`v=BIMI1; l=${logo}; a=${evidence}; ; x`, { l: logo, a: evidence }, ['not-a-tag', 'not-a-tag']],
    // What is an error, since nobody may mend it.
    ['v=BIMI1; l=https://example.com/logo.png', undefined, ['format']],
    ['v=BIMI1; l=http://example.com/logo.svg', undefined, ['bad-uri']],
    ['v=BIMI1; l=example.com/logo.svg', undefined, ['bad-uri']],
    ['v=BIMI1; l=https://localhost/logo.svg', undefined, ['bad-uri']],
    [`v=BIMI1; l=${logo},https://example.net/logo.svg`, undefined, ['bad-uri']],
    [`v=BIMI1; l=${logo}; a=self`, undefined, ['bad-uri']],
    [`v=BIMI1; L=${logo}`, undefined, ['missing-location']],
    ['v=BIMI1', undefined, ['missing-location']],
    [`v=BIMI1; l=${logo}; l=${logo}`, undefined, ['duplicate-tag']],
    [`v=bimi1; l=${logo}`, undefined, ['not-bimi']],
    [`V=BIMI1; l=${logo}`, undefined, ['not-bimi']],
    [`l=${logo}; v=BIMI1`, undefined, ['not-bimi']],
    ['', undefined, ['not-bimi']],
    [`v=BIMI1; l=; x=${'a'.repeat(65_536)}`, undefined, ['too-long']],
  ];
  for (const [text, record, problems] of cases) {
    it(text.slice(0, 100), () => {
      const reading = parseBimiRecord(text);
      assert.deepEqual(reading.ok ? reading.value : undefined, record && { l: '', a: '', others: [], ...record });
      assert.deepEqual(short(reading.problems), problems);
      if (!reading.ok) return;
      assert.equal(isDeclined(reading.value), record?.l === undefined && record?.a === undefined);
      const again = parseBimiRecord(formatBimiRecord(reading.value));
      assert.deepEqual(again.ok && again.value, reading.value);
    });
  }
  it('never throws', () => {
    const part = fc.oneof(
      fc.constantFrom(';', 'l=', 'a=', 'lps=', 'avp=', logo, 'https://', '.svg', ',', '%'),
      fc.string(),
    );
    fc.assert(fc.property(fc.array(part), (parts) => void parseBimiRecord(`v=BIMI1;${parts.join('')}`)));
    const before = process.cpuUsage();
    for (const text of [';', 'a', ' ', 'l=https://a.b/', 'lps=a,']) {
      assert.ok(parseBimiRecord(`v=BIMI1;l=;lps=${text.repeat(60_000 / text.length)}`).problems.length <= 60);
    }
    assert.ok(process.cpuUsage(before).user < 1_000_000);
  });
});

describe('finding it', () => {
  const reading = zone(`
. SOA a.nic. b.nic. 1 1 1 1 300
default._bimi.example.com. TXT "v=BIMI1; l=https://example.com/default.svg; a=; lps=news"
other._bimi.example.com. TXT "v=BIMI1; l=https://example.com/other.svg"
newsletter._bimi.example.com. TXT "v=BIMI1; l=https://example.com/newsletter.svg"
default._bimi.declined.example.com. TXT "v=BIMI1; l=; a="
default._bimi.two.example.com. TXT "v=BIMI1; l="
default._bimi.two.example.com. TXT "v=BIMI1; l=https://example.com/two.svg"
default._bimi.bad.example.com. TXT "v=BIMI1; l=http://example.com/bad.svg"
default._bimi.near.example.org. TXT "v=bimi1; l="
`);
  assert.ok(reading.ok);
  const { resolver } = reading.value;
  const cases: [
    author: string,
    selector: string,
    localPart: string,
    outcome: string,
    l: string | undefined,
    asked: number,
  ][] = [
    ['example.com', 'default', 'ceo', 'record', 'default.svg', 1],
    ['a.example.com', 'default', 'ceo', 'record', 'default.svg', 2],
    ['example.com', 'other', 'newsletter', 'record', 'other.svg', 1],
    ['a.example.com', 'other', 'ceo', 'record', 'other.svg', 2],
    ['example.com', 'unknown', 'ceo', 'none', undefined, 1],
    ['example.com', 'default', 'News_Letter+2026', 'record', 'default.svg', 2],
    ['example.com', 'default', 'newsletter', 'record', 'newsletter.svg', 2],
    ['a.example.com', 'default', 'newsletter+x', 'record', 'newsletter.svg', 3],
    ['declined.example.com', 'default', 'ceo', 'record', '', 1],
    ['two.example.com', 'default', 'ceo', 'several', undefined, 1],
    ['bad.example.com', 'default', 'ceo', 'invalid', undefined, 1],
    ['near.example.org', 'default', 'ceo', 'none', undefined, 2],
  ];
  for (const [author, selector, localPart, outcome, l, asked] of cases) {
    it(`${author}, ${selector}, ${localPart}: ${l ?? outcome}`, async () => {
      const organizationalDomain = domainName(author.split('.').slice(-2).join('.'));
      const discovery = await discoverBimi(
        { authorDomain: domainName(author), organizationalDomain, selector, localPart },
        resolver,
      );
      const { found } = discovery;
      assert.deepEqual(
        [found.outcome, found.record?.l.replace(/.*\//, ''), discovery.asked.length],
        [outcome, l, asked],
      );
    });
  }
  it('says what keeps a near miss from being one', async () =>
    assert.deepEqual(short((await lookupBimi('default', domainName('near.example.org'), resolver)).problems), [
      'not-bimi',
    ]));
  it('does not know when nobody answers', async () => {
    const name = domainName('example.com');
    const silent = () => Promise.reject(new ResolverError('dns/timeout', 'no answer'));
    const { found } = await discoverBimi({ authorDomain: name, organizationalDomain: name }, silent);
    assert.equal(found.outcome, 'unknown');
  });
});

describe('local parts as selectors', () => {
  const cases: [lps: string[] | undefined, localPart: string, selector: string | undefined][] = [
    [undefined, 'news', undefined],
    [[], 'news', 'news'],
    [[], 'News.Letter__daily', 'news-letter-daily'],
    [[], '_news.', 'news'],
    [[], 'news+tag', 'news'],
    [[], 'a-.-b', 'a-b'],
    [[], 'bücher', undefined],
    [[], '...', undefined],
    [[], 'a'.repeat(64), undefined],
    [['brand-'], 'brand.one', 'brand-one'],
    [['Brand-'], 'brand.one', 'brand-one'],
    [['brand-'], 'other', undefined],
  ];
  for (const [lps, localPart, selector] of cases) {
    it(`${lps?.join()} ${localPart}: ${selector}`, () =>
      assert.equal(localPartSelector({ l: '', a: '', others: [], ...(lps && { lps }) }, localPart), selector));
  }
});

describe('what DMARC must say first', () => {
  const cases: [records: string[], obstacles: string[]][] = [
    [['p=reject'], []],
    [['p=quarantine'], []],
    [['p=quarantine; pct=100'], []],
    [[], ['no-dmarc']],
    [['p=none'], ['policy-none']],
    [['p=reject', 'p=none'], ['policy-none']],
    [['p=reject; sp=none'], ['subdomain-policy-none']],
    [['p=quarantine; pct=50'], ['partial-quarantine']],
    [['p=quarantine; t=y; pct=0'], ['partial-quarantine', 'testing']],
    [['p=reject; sp=wrong'], ['no-dmarc']],
  ];
  for (const [records, obstacles] of cases) {
    it(`${records.join(' | ') || 'nothing'}: ${obstacles.join(' ') || '-'}`, () => {
      const read = records.map((text) => {
        const reading = parseDmarcRecord(`v=DMARC1; ${text}`);
        assert.ok(reading.ok);
        return reading.value;
      });
      assert.deepEqual(short(bimiObstacles(read)), obstacles);
    });
  }
});
