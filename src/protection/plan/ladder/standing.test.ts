import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeptRecord } from '../../simulation/what-if/index.ts';
import { askedSince, heldSince, recordOf, stagesKept } from './standing.ts';
import type { ReportedPolicyDays } from './standing.ts';

/** `100-120 p=none` as a record that was kept. */
function kept(...lines: string[]): KeptRecord[] {
  return lines.map((line) => {
    const [, first = '', last = '', tags = ''] = /^(\d+)-(\d+) ?(.*)$/.exec(line) ?? [];
    const base = { ttl: 300, aliases: [], authenticated: false };
    return {
      name: '_dmarc.x.example',
      type: 'TXT',
      firstDay: Number(first),
      lastDay: Number(last),
      answer:
        tags === '' ? { ...base, kind: 'no-data' } : { ...base, kind: 'records', records: [[`v=DMARC1; ${tags}`]] },
    };
  });
}

function reported(...lines: string[]): ReportedPolicyDays[] {
  return kept(...lines).map(({ firstDay, lastDay, answer }) => ({
    firstDay,
    lastDay,
    record: recordOf(answer.kind === 'records' ? (answer.records as string[][]).map((each) => each.join('')) : [])!,
  }));
}

describe('since when a rung holds', () => {
  const quarantine = 'p=quarantine';
  const cases: [why: string, records: string[], reports: string[], since: number | undefined, orLonger?: boolean][] = [
    ['the first look is as far back as is known', ['100-200 p=quarantine'], [], 100, true],
    ['a change is seen at the look after it', ['100-120 p=none', '150-200 p=quarantine'], [], 150, false],
    [
      'reports between two looks tell it earlier',
      ['100-120 p=none', '150-200 p=quarantine'],
      ['100-129 p=none', '131-200 p=quarantine'],
      131,
      false,
    ],
    [
      'but not earlier than a look that saw another',
      ['100-140 p=none', '150-200 p=quarantine'],
      ['130-200 p=quarantine'],
      150,
      false,
    ],
    [
      'another tag is no other rung',
      ['100-120 p=quarantine; rua=mailto:a@x.example', '150-200 p=quarantine'],
      [],
      100,
      true,
    ],
    ['a soft rung is another', ['100-120 p=quarantine; t=y; pct=0', '150-200 p=quarantine'], [], 150, false],
    [
      'back and forth: the last time counts',
      ['90-99 p=quarantine', '100-120 p=none', '150-200 p=quarantine'],
      [],
      150,
      false,
    ],
    ['no record before', ['90-99', '100-200 p=quarantine'], [], 100, false],
    ['reports before the first look', ['180-200 p=quarantine'], ['50-99 p=none', '100-200 p=quarantine'], 100, false],
    ['reports alone', [], ['50-101 p=none', '100-200 p=quarantine'], 102, false],
    ['neither tells', [], ['50-99 p=none'], undefined],
    ['the record is another than the rung that is asked about', ['100-200 p=none'], [], undefined],
  ];
  for (const [why, records, reports, since, orLonger = false] of cases)
    it(why, () => {
      const stages = stagesKept(kept(...records), 'p', 200);
      const held = heldSince('quarantine', stages, reported(...reports), 'p', 200);
      assert.deepEqual(
        held === undefined ? undefined : [held.since, held.orLonger],
        since === undefined ? undefined : [since, orLonger],
      );
    });

  it('below the domain its sp counts', () => {
    const stages = stagesKept(kept(`100-120 ${quarantine}; sp=none`, `150-200 ${quarantine}`), 'sp', 200);
    assert.deepEqual(
      stages.map(({ rung, firstDay }) => [rung, firstDay]),
      [
        ['none', 100],
        ['quarantine', 150],
      ],
    );
  });
});

describe('since when reports are asked for', () => {
  const rua = 'rua=mailto:d@x.example';
  const cases: [why: string, records: string[], reports: string[], since: number | undefined][] = [
    ['whatever the policy', [`100-120 p=none; ${rua}`, `150-200 p=reject; ${rua}`], [], 100],
    ['without a break', [`100-120 p=none; ${rua}`, '121-149 p=none', `150-200 p=reject; ${rua}`], [], 150],
    ['nor with no record between', [`100-120 p=none; ${rua}`, '121-149', `150-200 p=reject; ${rua}`], [], 150],
    ['not any more', [`100-120 p=none; ${rua}`, '121-200 p=none'], [], undefined],
    ['nobody writes reports unasked', [`150-200 p=reject; ${rua}`], ['90-149 p=none'], 90],
    ['as far back as nothing says otherwise', ['100-120 p=none', `150-200 p=none; ${rua}`], ['90-200 p=none'], 121],
    ['what was kept later tells nothing', [`201-300 p=none; ${rua}`], [], undefined],
    ['nothing is known', [], [], undefined],
  ];
  for (const [why, records, reports, since] of cases)
    it(why, () => {
      assert.equal(askedSince(kept(...records), reported(...reports), 200), since);
    });
});
