import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { historyOf } from '../../../test/hand-made/history.ts';
import { domainName } from '../../standards/dns/index.ts';
import type { AuthResults } from '../../standards/reports/index.ts';
import { proposeDomains, seenInReports, selectorsOf, subdomainsOf } from './index.ts';

const signed = (domain: string, selector: string, result: 'fail' | 'pass' = 'pass'): AuthResults => ({
  dkim: [{ domain, selector, result }],
  spf: [],
});
const forged: AuthResults = { dkim: [], spf: [{ domain: 'bad.test', result: 'pass' }] };

const history = historyOf([
  { day: 10, policyDomain: 'a.example', from: 'a.example', count: 100, auth: signed('a.example', 's1') },
  { day: 12, policyDomain: 'a.example', from: 'a.example', count: 50, auth: forged },
  { day: 12, policyDomain: 'a.example', from: 'a.example', count: 900, auth: signed('a.example', 'made-up', 'fail') },
  { day: 14, policyDomain: 'a.example', from: 'news.a.example', count: 20, auth: signed('news.a.example', 'n1') },
  { day: 14, policyDomain: 'a.example', from: 'zzz.a.example', count: 700, auth: forged },
  { day: 15, policyDomain: 'b.example', from: 'b.example', count: 1, auth: forged },
  { day: 15, policyDomain: 'b.example', from: 'bb.example', count: 1, auth: forged },
]);

describe('what reports tell of names', () => {
  it('messages, how many of them aligned, and the days', async () => {
    const { domains } = await seenInReports(history);
    assert.deepEqual(domains.get(domainName('a.example')), {
      domain: 'a.example',
      messages: 1050,
      alignedMessages: 100,
      firstDay: 10,
      lastDay: 14,
      isPolicyDomain: true,
    });
    assert.equal(domains.get(domainName('zzz.a.example'))?.alignedMessages, 0);
  });
  it('selectors that signed validly come before what anyone can claim', async () => {
    const seen = await seenInReports(history);
    assert.deepEqual(selectorsOf(seen, domainName('a.example')), ['s1', 'made-up']);
    assert.deepEqual(selectorsOf(seen, domainName('a.example'), 1), ['s1']);
    assert.deepEqual(selectorsOf(seen, domainName('example')), []);
  });
  it('names below a domain, those with aligned mail first', async () => {
    const seen = await seenInReports(history);
    assert.deepEqual(subdomainsOf(seen, domainName('a.example')), ['news.a.example', 'zzz.a.example']);
  });
  it('proposes what reports are about and what really mailed, never a name that was only forged', async () => {
    const seen = await seenInReports(history);
    const proposed = (known: string[]) =>
      proposeDomains(seen, new Set(known)).map(({ domain, below }) => [domain, below]);
    assert.deepEqual(proposed([]), [
      ['a.example', undefined],
      ['news.a.example', 'a.example'],
      ['b.example', undefined],
    ]);
    assert.deepEqual(proposed(['a.example', 'b.example']), [['news.a.example', 'a.example']]);
  });
});
