import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Authenticity, Counting, DocumentState } from './archive.ts';
import { reasonToSetApart, regroup } from './standing.ts';
import type { Copy } from './standing.ts';

const found = (result: Authenticity['result'], lack?: Authenticity['lack']): Authenticity => ({
  result,
  reason: { code: 'report-mail/unsigned' },
  reporter: 'mail.example',
  ...(lack === undefined ? {} : { lack }),
});

describe('why a report is set apart', () => {
  const cases: readonly (readonly [
    what: string,
    authenticity: Authenticity | undefined,
    decided: Counting | undefined,
    end: number,
    since: number | undefined,
    codes: readonly string[] | undefined,
  ])[] = [
    ['nobody looked, or it is a file', undefined, undefined, 5, 1, undefined],
    ['authentic', found('authentic'), undefined, 5, 1, undefined],
    ['not known yet', found('not-known-yet'), undefined, 5, 1, undefined],
    ['refuted', found('refuted'), undefined, 5, undefined, ['not-authentic', 'unsigned']],
    ['unsigned where none is signed', found('unproven', 'missing'), undefined, 5, undefined, undefined],
    [
      'unsigned where others are',
      found('unproven', 'missing'),
      undefined,
      5,
      9,
      ['not-authentic', 'unsigned', 'reporter-signs'],
    ],
    ['a key that is gone, before the first that holds', found('unproven', 'later'), undefined, 5, 9, undefined],
    [
      'a key that is gone, after it',
      found('unproven', 'later'),
      undefined,
      9,
      9,
      ['not-authentic', 'unsigned', 'reporter-signs'],
    ],
    ['nothing to conclude', found('unproven', 'open'), undefined, 5, 1, undefined],
    ['refuted, and counted by hand', found('refuted'), 'count', 5, 1, undefined],
    ['authentic, and set apart by hand', found('authentic'), 'set-apart', 5, 1, ['set-apart-by-hand']],
    ['a file, and set apart by hand', undefined, 'set-apart', 5, undefined, ['set-apart-by-hand']],
  ];
  for (const [what, authenticity, decided, end, since, codes] of cases) {
    it(`${what}: ${codes === undefined ? 'it counts' : 'set apart'}`, () => {
      const standing = {
        ...(authenticity === undefined ? {} : { authenticity }),
        ...(decided === undefined ? {} : { decided }),
      };
      assert.deepEqual(
        reasonToSetApart(standing, end, since)?.map(({ code }) => code.slice(code.indexOf('/') + 1)),
        codes,
      );
    });
  }
});

/** `rows` rows of two messages each. */
const copy = (
  id: number,
  rows: number,
  more: { as?: string; decided?: Counting; state?: DocumentState } = {},
): Copy => ({
  id,
  original: { id, sha256: '', origin: 'x', road: 'mail', size: 1 },
  entry: '',
  container: 'mail',
  kind: 'aggregate',
  state: more.state ?? 'counted',
  key: { reporter: 'mail.example', policyDomain: 'bank.example', reportId: '1', begin: 1, end: 2, text: 'k' },
  summary: {
    generation: 'rfc7489',
    metadata: { errors: [] },
    policyPublished: { domain: 'bank.example', p: 'none' },
    extensions: [],
    rows,
    messages: rows * 2,
    repaired: [],
  },
  problems: [],
  repaired: [],
  ...(more.as === undefined ? {} : { authenticatedAs: more.as }),
  ...(more.decided === undefined ? {} : { decided: more.decided }),
  filedAt: 0,
});

describe('the copies of a report, settled anew', () => {
  const cases: readonly (readonly [
    what: string,
    copies: readonly Copy[],
    counts: number | undefined,
    others: readonly string[],
  ])[] = [
    ['none', [], undefined, []],
    ['one', [copy(1, 3)], 1, []],
    ['a poorer and a fuller one of one road', [copy(1, 3), copy(2, 5)], 2, ['1 replaced']],
    ['a fuller and a poorer one', [copy(1, 5), copy(2, 3)], 1, ['2 duplicate']],
    ['a fuller one of another sender', [copy(1, 3, { as: 'a.example' }), copy(2, 5)], 1, ['2 conflict']],
    ['three, each fuller', [copy(1, 1), copy(2, 2), copy(3, 3)], 3, ['1 replaced', '2 replaced']],
    ['what counts by hand comes first', [copy(1, 5), copy(2, 3, { decided: 'count' })], 2, ['1 conflict']],
    [
      'the last of two that count by hand',
      [copy(1, 5, { decided: 'count' }), copy(2, 3, { decided: 'count' })],
      2,
      ['1 conflict'],
    ],
  ];
  for (const [what, copies, counts, others] of cases) {
    it(what, () => {
      const grouping = regroup(copies);
      assert.equal(grouping.counts?.id, counts);
      assert.deepEqual(
        grouping.others.map(
          ({ copy: each, settlement }) =>
            `${each.id} ${settlement.state === 'counted' ? 'replaced' : settlement.state}`,
        ),
        others,
      );
    });
  }
});
