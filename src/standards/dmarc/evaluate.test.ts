import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { evaluateDmarc, oneStepMilder } from './index.ts';
import type {
  DmarcFacts,
  DmarcRecord,
  DmarcVerdict,
  Existence,
  IdentifierFinding,
  PolicyPlace,
  ReceiverGeneration,
} from './index.ts';

const empty: DmarcRecord = { rua: [], ruf: [], invalidPolicies: [], others: [] };
const rua = [{ uri: 'mailto:a@example.com', scheme: 'mailto' }];
const judge = (
  record: Partial<DmarcRecord>,
  facts: Partial<DmarcFacts> & { place?: PolicyPlace } = {},
): DmarcVerdict => {
  const { place = 'author-domain', ...rest } = facts;
  return evaluateDmarc({
    receiver: 'rfc9989',
    policy: { record: { ...empty, ...record }, domain: 'example.com', place },
    identifiers: 0,
    ...rest,
  });
};
const below: PolicyPlace = 'organizational-domain';

describe('pass and fail by alignment bits (RFC 9989 §5.3.5)', () => {
  const cases: [bits: number, record: Partial<DmarcRecord>, result: string, dkim: boolean, spf: boolean][] = [
    [0, {}, 'fail', false, false],
    [1, {}, 'pass', true, false],
    [4, {}, 'pass', false, true],
    [15, {}, 'pass', true, true],
    [1, { adkim: 's' }, 'fail', false, false],
    [3, { adkim: 's' }, 'pass', true, false],
    [5, { adkim: 's' }, 'pass', false, true],
    [4, { aspf: 's' }, 'fail', false, false],
    [12, { aspf: 's' }, 'pass', false, true],
    [5, { adkim: 's', aspf: 's' }, 'fail', false, false],
    [7, { adkim: 's', aspf: 's' }, 'pass', true, false],
    [1, { adkim: 'r', aspf: 's' }, 'pass', true, false],
  ];
  for (const [bits, record, result, dkim, spf] of cases) {
    it(`${bits} with ${JSON.stringify(record)}: ${result}`, () => {
      const verdict = judge({ p: 'reject', ...record }, { identifiers: bits });
      assert.deepEqual([verdict.result, verdict.dkimAligned, verdict.spfAligned], [result, dkim, spf]);
      assert.equal(verdict.disposition, result === 'pass' ? 'pass' : 'reject');
    });
  }
});

describe('which tag speaks (RFC 9989 §4.10.1)', () => {
  const cases: [
    what: string,
    DmarcVerdict['policyTag'],
    string | undefined,
    Partial<DmarcRecord>,
    PolicyPlace,
    Existence?,
  ][] = [
    ['own record: p', 'p', 'reject', { p: 'reject', sp: 'none', np: 'none' }, 'author-domain'],
    [
      'own record of a name that does not exist: p',
      'p',
      'reject',
      { p: 'reject', np: 'none' },
      'author-domain',
      'no-such-name',
    ],
    ['inherited: sp', 'sp', 'quarantine', { p: 'reject', sp: 'quarantine', np: 'none' }, below],
    ['inherited without sp: p', 'p', 'reject', { p: 'reject', np: 'none' }, below],
    ['no such name: np', 'np', 'none', { p: 'reject', sp: 'quarantine', np: 'none' }, below, 'no-such-name'],
    ['no such name, no np: sp', 'sp', 'quarantine', { p: 'reject', sp: 'quarantine' }, below, 'no-such-name'],
    ['no such name, neither: p', 'p', 'reject', { p: 'reject' }, below, 'no-such-name'],
    ['from the PSD: sp', 'sp', 'none', { p: 'reject', sp: 'none' }, 'public-suffix-domain'],
    ['from the PSD: np', 'np', 'reject', { p: 'none', np: 'reject' }, 'public-suffix-domain', 'no-such-name'],
    ['existence unknown, no difference', 'sp', 'reject', { p: 'none', sp: 'reject', np: 'reject' }, below, 'unknown'],
    ['existence unknown, no np', 'p', 'reject', { p: 'reject' }, below, 'unknown'],
  ];
  for (const [what, tag, disposition, record, place, existence = 'exists'] of cases) {
    it(what, () => {
      const verdict = judge(record, { place, existence });
      assert.deepEqual([verdict.policyTag, verdict.disposition, verdict.result], [tag, disposition, 'fail']);
    });
  }
  it('np is known to receivers of RFC 7489 that follow RFC 9091 too, wrong ones among it', () => {
    const asked = (record: Partial<DmarcRecord>, knowsNp?: boolean): string => {
      const given = { ...(knowsNp === undefined ? {} : { knowsNp }), existence: 'no-such-name' } as const;
      return String(judge(record, { receiver: 'rfc7489', place: below, ...given }).disposition);
    };
    const record: Partial<DmarcRecord> = { p: 'none', np: 'reject', pct: 0 };
    assert.deepEqual([asked(record), asked(record, false), asked(record, true)], ['none', 'none', 'quarantine']);
    const wrong: Partial<DmarcRecord> = { p: 'reject', invalidPolicies: [{ tag: 'np', value: 'block' }], rua };
    assert.deepEqual([asked(wrong), asked(wrong, true)], ['reject', 'none']);
  });
  it('leaves open a message that fails when the policy turns on an answer that did not come', () => {
    const record: Partial<DmarcRecord> = { p: 'reject', np: 'none' };
    const failing = judge(record, { place: below, existence: 'unknown' });
    assert.deepEqual([failing.result, failing.disposition, failing.policyTag], ['temperror', undefined, undefined]);
    assert.equal(judge(record, { place: below, existence: 'unknown', identifiers: 1 }).result, 'pass');
  });
});

describe('policies that are missing or wrong (RFC 9989 §4.10.1, RFC 7489 §6.6.3)', () => {
  const wrong = (tag: 'np' | 'p' | 'sp') => ({ invalidPolicies: [{ tag, value: 'block' }] });
  const cases: [what: string, Partial<DmarcRecord>, rfc9989: string, rfc7489: string][] = [
    ['no p, no rua', {}, 'none', 'none'],
    ['no p, rua', { rua }, 'p=none', 'p=none'],
    ['no p but sp, rua', { sp: 'reject', rua }, 'p=none', 'p=none'],
    ['wrong p, rua', { ...wrong('p'), rua }, 'p=none', 'p=none'],
    ['wrong p, no rua', wrong('p'), 'none', 'none'],
    ['wrong sp, rua', { p: 'reject', ...wrong('sp'), rua }, 'p=none', 'p=none'],
    ['wrong sp, no rua', { p: 'reject', ...wrong('sp') }, 'none', 'none'],
    ['wrong np, rua', { p: 'reject', ...wrong('np'), rua }, 'p=none', 'reject'],
    ['wrong np, no rua', { p: 'reject', ...wrong('np') }, 'none', 'reject'],
  ];
  for (const [what, record, current, older] of cases) {
    it(what, () => {
      for (const [receiver, expected] of [
        ['rfc9989', current],
        ['rfc7489', older],
      ] as const) {
        const verdict = judge(record, { receiver });
        const actsAsNone = verdict.reasons.some(({ code }) => code === 'dmarc/acts-as-none');
        const said = verdict.result === 'none' ? 'none' : actsAsNone ? `p=${verdict.disposition}` : verdict.disposition;
        assert.equal(said, expected, receiver);
      }
    });
  }
});

describe('the soft rungs: t (RFC 9989 §4.7) and pct (RFC 7489 §6.6.4)', () => {
  const cases: [Partial<DmarcRecord>, rfc9989: string, rfc7489: string][] = [
    [{ p: 'quarantine', t: 'y' }, 'none', 'quarantine'],
    [{ p: 'quarantine', t: 'y', pct: 0 }, 'none', 'none'],
    [{ p: 'reject', t: 'y', pct: 0 }, 'quarantine', 'quarantine'],
    [{ p: 'reject', t: 'n' }, 'reject', 'reject'],
    [{ p: 'none', t: 'y', pct: 0 }, 'none', 'none'],
    [{ p: 'reject', pct: 100 }, 'reject', 'reject'],
    [{ p: 'reject', pct: 25 }, 'reject', 'reject 25% else quarantine'],
    [{ p: 'quarantine', pct: 1 }, 'quarantine', 'quarantine 1% else none'],
    [{ p: 'none', pct: 50 }, 'none', 'none'],
  ];
  for (const [record, current, older] of cases) {
    it(JSON.stringify(record), () => {
      for (const [receiver, expected] of [
        ['rfc9989', current],
        ['rfc7489', older],
      ] as const) {
        const { disposition, sampling } = judge(record, { receiver });
        const said =
          sampling === undefined ? disposition : `${disposition} ${sampling.percent}% else ${sampling.otherwise}`;
        assert.equal(said, expected, receiver);
      }
    });
  }
});

describe('what the DNS left open (RFC 9989 §5.3.6)', () => {
  const finding = (over: Partial<IdentifierFinding>): IdentifierFinding => ({
    mechanism: 'dkim',
    domain: 'example.com',
    result: 'pass',
    alignment: 'strict',
    ...over,
  });
  const cases: [what: string, IdentifierFinding[], Partial<DmarcRecord>, result: string][] = [
    ['no findings', [], {}, 'fail'],
    ['an aligned temperror', [finding({ result: 'temperror' })], {}, 'temperror'],
    [
      'an aligned temperror beside a pass',
      [finding({ result: 'temperror' }), finding({ mechanism: 'spf' })],
      {},
      'pass',
    ],
    ['a temperror that could not have helped', [finding({ result: 'temperror', alignment: 'none' })], {}, 'fail'],
    [
      'a relaxed temperror where strict is asked',
      [finding({ result: 'temperror', alignment: 'relaxed' })],
      { adkim: 's' },
      'fail',
    ],
    ['a walk that failed', [finding({ alignment: 'unknown' })], {}, 'temperror'],
    ['a walk that failed where strict is asked', [finding({ alignment: 'unknown' })], { adkim: 's' }, 'fail'],
    ['a walk that failed for what did not pass', [finding({ alignment: 'unknown', result: 'fail' })], {}, 'fail'],
    ['permerror is no temperror', [finding({ mechanism: 'spf', result: 'permerror' })], {}, 'fail'],
  ];
  for (const [what, identifiers, record, result] of cases) {
    it(`${what}: ${result}`, () => assert.equal(judge({ p: 'reject', ...record }, { identifiers }).result, result));
  }
  it('neither passes nor fails without knowing the policy', () =>
    assert.deepEqual(evaluateDmarc({ receiver: 'rfc9989', policy: 'unknown', identifiers: 15 }).result, 'temperror'));
  it('does not apply without a record, whatever passed', () =>
    assert.deepEqual(evaluateDmarc({ receiver: 'rfc9989', policy: 'none', identifiers: 15 }).result, 'none'));
});

describe('verdicts, whatever the facts', () => {
  const policy = fc.constantFrom('none', 'quarantine', 'reject' as const);
  const mode = fc.constantFrom('r', 's' as const);
  const facts = fc.record({
    receiver: fc.constantFrom<ReceiverGeneration>('rfc7489', 'rfc9989'),
    policy: fc.record({
      domain: fc.constant('example.com'),
      place: fc.constantFrom<PolicyPlace>('author-domain', 'organizational-domain', 'public-suffix-domain'),
      record: fc.record(
        {
          p: policy,
          sp: policy,
          np: policy,
          t: fc.constantFrom('n', 'y' as const),
          adkim: mode,
          aspf: mode,
          pct: fc.integer({ min: 0, max: 100 }),
          rua: fc.constantFrom(rua, []),
          ruf: fc.constant([]),
          invalidPolicies: fc.constantFrom([], [{ tag: 'np' as const, value: 'x' }]),
          others: fc.constant([]),
        },
        { requiredKeys: ['rua', 'ruf', 'invalidPolicies', 'others'] },
      ),
    }),
    existence: fc.constantFrom<Existence>('exists', 'no-such-name', 'unknown'),
    identifiers: fc.integer({ min: 0, max: 15 }),
  }) as fc.Arbitrary<DmarcFacts>;

  it('more alignment never makes it worse, and a milder step is what was asked or one below', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 15 }), (given, more) => {
        const verdict = evaluateDmarc(given);
        const better = evaluateDmarc({ ...given, identifiers: (given.identifiers as number) | more });
        if (verdict.result === 'pass') assert.equal(better.result, 'pass');
        assert.equal(verdict.result === 'pass', verdict.dkimAligned || verdict.spfAligned);
        if (verdict.result === 'fail') {
          assert.ok(verdict.policy !== undefined);
          assert.ok([verdict.policy, oneStepMilder[verdict.policy]].includes(verdict.disposition as 'none'));
        } else assert.equal(verdict.disposition, verdict.result === 'pass' ? 'pass' : undefined);
        assert.ok(verdict.reasons.length > 0);
      }),
    );
  });
});
