import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { PolicyPublished, ReportSummary } from '../../standards/reports/index.ts';
import { RegisterFile } from './database.ts';
import { registerMigrations } from './migrations.ts';
import { shownRules, shownText } from './shown-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'zegel-shown-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const DAY = 86_400;

const summaryOf = (generation: ReportSummary['generation'], policyPublished: PolicyPublished): ReportSummary => ({
  generation,
  extensions: [],
  metadata: { errors: [] },
  policyPublished,
  repaired: [],
  rows: 1,
  messages: 1,
});

/** A report: its form, what it says was published, who wrote it, its last day, what became of it. */
type Told = readonly [
  form: ReportSummary['generation'],
  policy: PolicyPublished,
  reporter?: string,
  day?: number,
  state?: string,
];

/** A register as it was before this was kept, with these reports; opened by what is there now. */
function opened(name: string, reports: readonly Told[]): RegisterFile {
  const path = join(folder, name);
  const at = registerMigrations.findIndex(({ sql }) => sql.includes('documents_shows'));
  const before = RegisterFile.open(path, registerMigrations.slice(0, at));
  for (const [place, [form, policy, reporter = 'r.test', day = 100, state = 'counted']] of reports.entries()) {
    before.run(
      "INSERT INTO originals (id, sha256, origin, road, size, state, kept_at) VALUES (?, ?, 'o', 'file', 1, 'done', 0)",
      place + 1,
      String(place),
    );
    before.run(
      `INSERT INTO documents (id, original, entry, container, name, kind, state, reporter, end_at, summary, problems, repaired, has_problems, filed_at)
       VALUES (?, ?, '', '', '', 'aggregate', ?, ?, ?, ?, '[]', '[]', 0, 0)`,
      place + 1,
      place + 1,
      state,
      reporter,
      (day + 1) * DAY,
      JSON.stringify(summaryOf(form, policy)),
    );
  }
  before.close();
  return RegisterFile.open(path, registerMigrations);
}

describe('what a report shows of how its writer finds policies (RFC 9990 §3.1.1.5)', () => {
  const cases: [why: string, form: ReportSummary['generation'], policy: PolicyPublished, shows: string | null][] = [
    ['the list', 'rfc9990', { p: 'none', discoveryMethod: 'psl' }, 'rfc9990 psl'],
    ['the walk', 'rfc9990', { p: 'none', discoveryMethod: 'treewalk', np: 'reject' }, 'rfc9990 treewalk'],
    ['np is what RFC 9990 has, and shows nothing', 'rfc9990', { p: 'none', np: 'reject' }, null],
    ['nothing', 'rfc7489', { p: 'none', pct: 100 }, null],
    ['np in a report of RFC 7489', 'rfc7489', { p: 'none', np: 'none' }, 'rfc7489 np'],
    ['both', 'rfc7489', { p: 'none', np: 'none', discoveryMethod: 'psl' }, 'rfc7489 psl np'],
  ];
  for (const [why, form, policy, shows] of cases) {
    it(`${why}: of new reports`, () => assert.equal(shownText(summaryOf(form, policy)) ?? null, shows));
    it(`${why}: of those kept before`, () => {
      const file = opened(`${why}.sqlite`, [[form, policy]]);
      assert.equal(file.row('SELECT shows FROM documents')?.['shows'], shows);
      file.close();
    });
  }

  it('each once by reporter with its last day, of reports that count', () => {
    const [psl, walk] = [{ discoveryMethod: 'psl' }, { discoveryMethod: 'treewalk' }] as const;
    const file = opened('many.sqlite', [
      ['rfc9990', psl, 'a.test', 100],
      ['rfc9990', psl, 'a.test', 110],
      ['rfc9990', psl, 'b.test', 105],
      ['rfc9990', walk, 'a.test', 120],
      ['rfc9990', walk, 'b.test', 130, 'set-apart'],
      ['rfc7489', { np: 'reject' }, 'c.test', 90],
      ['rfc7489', { p: 'none' }, 'd.test', 90],
    ]);
    const found = shownRules(file)
      .map(({ reporter, form, discovery, np, lastDay }) => [reporter, form, discovery, np, lastDay].join(' '))
      .sort();
    assert.deepEqual(found, [
      'a.test rfc9990 psl false 110',
      'a.test rfc9990 treewalk false 120',
      'b.test rfc9990 psl false 105',
      'c.test rfc7489  true 90',
    ]);
    file.close();
    const empty = opened('empty.sqlite', []);
    assert.deepEqual(shownRules(empty), []);
    empty.close();
  });
});
