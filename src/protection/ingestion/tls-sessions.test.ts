// From what a TLS report says to what is kept of it: sums by kind of failure and server, bounded whatever a stranger writes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TlsFailure, TlsPolicyReport, TlsReport } from '../../standards/reports/tls/index.ts';
import { settleTls, tlsFiled } from './tls-sessions.ts';

const failure = (resultType: string | undefined, mx: string | undefined, count: number): TlsFailure => ({
  ...(resultType === undefined ? {} : { resultType }),
  ...(mx === undefined ? {} : { receivingMxHostname: mx }),
  count,
});
const filed = (policy: Partial<TlsPolicyReport>, more: Partial<TlsReport> = {}) =>
  tlsFiled({
    organizationName: 'Sender Inc.',
    reportId: '1',
    dateRange: { begin: 86_400, end: 172_799 },
    policies: [
      {
        type: 'sts',
        policyString: [],
        domain: 'Bank.Example',
        mxHosts: [],
        successful: 5,
        failed: 0,
        failures: [],
        ...policy,
      },
    ],
    sessions: { successful: 0, failed: 0 },
    ...more,
  });

describe('the sessions of a TLS report', () => {
  const cases: [why: string, policy: Partial<TlsPolicyReport>, failures: (readonly [string, string, number])[]][] = [
    ['none failed', {}, []],
    [
      'are summed up by kind and server, whoever was at the other end',
      { failed: 6, failures: [failure('a', 'mx.', 1), failure('b', 'mx', 2), failure('a', 'mx', 3)] },
      [['a', 'mx', 4], ['b', 'mx', 2]], // prettier-ignore
    ],
    ['failed, and nobody says how', { failed: 6 }, [['', '', 6]]],
    [
      'failed in a way and at a place that are not told',
      { failed: 1, failures: [failure(undefined, undefined, 1)] },
      [['', '', 1]],
    ],
    ['failed no times', { failures: [failure('a', 'mx', 0)] }, []],
  ];
  for (const [why, policy, failures] of cases)
    it(why, () =>
      assert.deepEqual(
        filed(policy).policies[0]?.failures.map(({ type, mx, sessions }) => [type, mx, sessions]),
        failures,
      ),
    );
  it('of a thousand kinds and more: what is beyond is one, and none is lost', () => {
    const failures = Array.from({ length: 5000 }, (_, at) => failure(`kind-${at}`, 'mx', 2));
    const [policy] = filed({ failures }).policies;
    assert.equal(policy?.failures.length, 1001);
    assert.equal(
      policy.failures.reduce((sum, { sessions }) => sum + sessions, 0),
      10_000,
    );
  });
  it('with texts of a megabyte: a part of each', () => {
    const long = 'x'.repeat(1 << 20);
    const made = filed(
      { typeText: long, domain: long, policyString: [`mode: ${long}`], failures: [failure(long, long, 1)] },
      { contactInfo: `a@${long}` },
    );
    assert.ok(JSON.stringify({ ...made, digest: '' }).length < 2000);
  });
  it('the mode is that of the policy the sender had', () => {
    const modes = (...policyString: string[]) => filed({ policyString }).policies[0]?.mode;
    assert.deepEqual(
      [modes('version: STSv1', 'mode: enforce'), modes('Mode : TESTING', 'mode: none'), modes('3 1 1 00')],
      ['enforce', 'testing', ''],
    );
  });
});

describe('the identity of a TLS report', () => {
  const key = (more: Partial<TlsReport> = {}): string => filed({}, more).key.text;
  for (const [what, more, isSame] of [
    ['the same', {}, true],
    ['an address in place of a name', { contactInfo: 'tls@sender.example' }, false],
    ['another id', { reportId: '2' }, false],
    ['another day', { dateRange: { begin: 0, end: 86_399 } }, false],
  ] as const)
    it(what, () => assert.equal(key(more) === key(), isSame));
  it('the first counts; a copy that says the same is one, and one that does not contradicts it', () => {
    const { digest } = filed({});
    const before = { document: 7, digest };
    assert.equal(settleTls({ digest }, undefined).state, 'counted');
    assert.deepEqual([settleTls({ digest }, before).state, settleTls({ digest }, before).other], ['duplicate', 7]);
    assert.equal(settleTls(filed({ successful: 6 }), before).state, 'conflict');
  });
});
