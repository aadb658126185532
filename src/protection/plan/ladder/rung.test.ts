import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseDmarcRecord } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import { rungs } from '../records/wish.ts';
import { dmarcText } from '../records/wanted.ts';
import { aheadOf, askedPolicies, expectedPolicy, nextRung, rungOf } from './rung.ts';

function record(text: string): DmarcRecord {
  const reading = parseDmarcRecord(text);
  if (!reading.ok) throw new Error(text);
  return reading.value;
}

describe('the rung of a record', () => {
  const cases: [tags: string, rung: string, softFor: string | null][] = [
    ['p=none', 'none', null],
    ['p=none; t=y', 'none', null],
    ['p=quarantine; t=y; pct=0', 'quarantine-soft', null],
    ['p=quarantine; t=y', 'quarantine', 'rfc9989'],
    ['p=quarantine; pct=0', 'quarantine', 'rfc7489'],
    ['p=quarantine; pct=50', 'quarantine', 'rfc7489'],
    ['p=quarantine; pct=100', 'quarantine', null],
    ['p=quarantine', 'quarantine', null],
    ['p=reject; t=y; pct=0', 'reject-soft', null],
    ['p=reject; t=n', 'reject', null],
    ['rua=mailto:a@x.example', 'none', null],
  ];
  for (const [tags, rung, softFor] of cases)
    it(`§A.6 ${tags}: ${rung}`, () => {
      const read = record(`v=DMARC1; ${tags}`);
      assert.deepEqual(rungOf(read, askedPolicies(read).p), { rung, softFor });
    });

  it('what is published for a rung is read as that rung', () => {
    for (const rung of rungs) {
      const read = record(dmarcText({ rung }));
      assert.deepEqual(rungOf(read, askedPolicies(read).p), { rung, softFor: null });
    }
  });
});

describe('policies below a domain (§4.10.1)', () => {
  const cases: [tags: string, p: string, sp: string, np: string][] = [
    ['p=reject', 'reject', 'reject', 'reject'],
    ['p=reject; sp=none', 'reject', 'none', 'none'],
    ['p=none; sp=quarantine; np=reject', 'none', 'quarantine', 'reject'],
    ['p=reject; np=none', 'reject', 'reject', 'none'],
    ['sp=reject', 'none', 'none', 'none'],
  ];
  for (const [tags, p, sp, np] of cases)
    it(tags, () => assert.deepEqual(askedPolicies(record(`v=DMARC1; ${tags}; rua=mailto:a@x.example`)), { p, sp, np }));
});

describe('the next rung', () => {
  const cases: [
    now: (typeof rungs)[number] | undefined,
    role: 'absent' | 'parked' | 'receiving' | 'sending' | 'users',
    next: string | undefined,
  ][] = [
    [undefined, 'users', 'none'],
    ['none', 'users', 'quarantine-soft'],
    ['quarantine', 'sending', 'reject-soft'],
    ['reject', 'sending', undefined],
    ['none', 'parked', 'reject'],
    [undefined, 'parked', 'reject'],
    ['quarantine-soft', 'receiving', 'reject'],
    ['reject', 'parked', undefined],
    [undefined, 'absent', undefined],
    ['quarantine', 'absent', undefined],
  ];
  for (const [now, role, next] of cases)
    it(`${now ?? 'no record'}, ${role}: ${next ?? 'the end'}`, () => assert.equal(nextRung(now, role), next));

  it('never asks for less than the rung before', () => {
    const strength = { none: 0, quarantine: 1, reject: 2 } as const;
    fc.assert(
      fc.property(fc.constantFrom(...rungs), (now) => {
        const next = nextRung(now, 'sending');
        return next === undefined || strength[expectedPolicy(next)] >= strength[expectedPolicy(now)];
      }),
    );
  });

  it('what lies ahead of a soft rung is the full one; a full one costs what it costs', () => {
    assert.deepEqual(rungs.map(aheadOf), ['quarantine', 'quarantine', undefined, 'reject', undefined]);
  });
});
