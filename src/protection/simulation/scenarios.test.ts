import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alignmentCodes } from '../../standards/reports/index.ts';
import { alignedKinds, classCount, classOf, scenarioNames, verdictTables } from './index.ts';

const code = { '-': 0, pass: 1, fail: 2 } as const;
type Said = keyof typeof code;

describe('what would fail, by what a row shows', () => {
  // bits: d relaxed DKIM, D strict too; s relaxed SPF, S strict too. Verdicts: relaxed, strict DKIM, strict SPF, both. f fails, . passes, ? not told.
  const cases: [
    bits: string,
    dkim: Said,
    spf: Said,
    aligned: string,
    verdicts: string,
    assumed: number,
    why: string,
  ][] = [
    ['DS', 'pass', 'pass', 'both', '....', 0, 'both legs strict'],
    ['ds', 'pass', 'pass', 'both', '...f', 0, 'both relaxed: one strict mode leaves the other leg'],
    ['D', 'pass', 'fail', 'dkimOnly', '....', 0, 'SPF alone failing does not fail DMARC'],
    ['d', 'pass', 'fail', 'dkimOnly', '.f.f', 0, 'a signature of the parent domain'],
    ['S', 'fail', 'pass', 'spfOnly', '....', 0, 'SPF alone, strict'],
    ['s', 'fail', 'pass', 'spfOnly', '..ff', 0, 'bounces to a subdomain'],
    ['Ds', 'pass', 'pass', 'both', '....', 0, 'DKIM strict carries it'],
    ['dS', 'pass', 'pass', 'both', '....', 0, 'SPF strict carries it'],
    ['', 'fail', 'fail', 'neither', 'ffff', 0, 'nothing aligned'],
    ['', '-', '-', 'neither', 'ffff', 0, 'nothing aligned, nothing said'],
    ['DS', '-', '-', 'both', '....', 0, 'not said: the authentication results tell'],
    ['s', '-', '-', 'spfOnly', '..ff', 0, 'not said: SPF relaxed shown'],
    ['', 'pass', 'fail', 'dkimOnly', '.?.?', 1, 'the word of the receiver: how near is unknown'],
    ['', 'fail', 'pass', 'spfOnly', '..??', 2, 'the same for SPF'],
    ['', 'pass', 'pass', 'both', '...?', 3, 'both on its word'],
    ['S', 'pass', 'pass', 'both', '....', 1, 'a strict leg that is shown decides'],
    ['s', 'pass', 'pass', 'both', '...?', 1, 'strict SPF fails what is shown, DKIM is open'],
    [
      'DS',
      'fail',
      'fail',
      'neither',
      '....',
      0,
      'the receiver disputes what is shown: what is shown counts in scenarios',
    ],
    ['d', 'fail', 'fail', 'neither', '.f.f', 0, 'a receiver of adkim=s says fail; relaxed would pass'],
  ];
  for (const [bits, dkim, spf, aligned, verdicts, assumed, why] of cases) {
    it(`${bits || '-'} dkim=${dkim} spf=${spf}: ${why}`, () => {
      const shown = { d: 1, D: 3, s: 4, S: 12 } as const;
      const number = bits.split('').reduce((sum, letter) => sum | shown[letter as keyof typeof shown], 0);
      const at = classOf(number, code[dkim], code[spf]);
      assert.equal(alignedKinds[verdictTables.aligned[at]!], aligned);
      assert.equal(scenarioNames.map((name) => '.f?'[verdictTables.scenarios[name][at]!]).join(''), verdicts);
      assert.equal(verdictTables.assumed[at], assumed);
    });
  }

  it('marks what a receiver disputes', () => {
    assert.equal(verdictTables.disputed[classOf(3, code.fail, code.fail)], 1);
    assert.equal(verdictTables.disputed[classOf(3, code.pass, code.fail)], 0);
    assert.equal(verdictTables.disputed[classOf(0, code.fail, code.fail)], 0);
  });

  it('is never milder when it is stricter, in any class', () => {
    for (let at = 0; at < classCount; at++) {
      const { relaxed, strictDkim, strictSpf, strictBoth } = verdictTables.scenarios;
      const least = (table: Uint8Array) => (table[at] === 1 ? 1 : 0);
      const most = (table: Uint8Array) => (table[at] === 0 ? 0 : 1);
      for (const bound of [least, most]) {
        assert.ok(bound(relaxed) <= bound(strictDkim) && bound(relaxed) <= bound(strictSpf));
        assert.ok(bound(strictDkim) <= bound(strictBoth) && bound(strictSpf) <= bound(strictBoth));
      }
      assert.notEqual(relaxed[at], 2);
    }
  });

  it('gives every class a number of its own', () => {
    const seen = new Set<number>();
    for (let bits = 0; bits < 16; bits++) {
      for (const dkim of alignmentCodes.keys())
        for (const spf of alignmentCodes.keys()) seen.add(classOf(bits, dkim, spf));
    }
    assert.deepEqual(
      [...seen].sort((a, b) => a - b),
      [...Array(classCount).keys()],
    );
  });
});
