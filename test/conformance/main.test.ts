import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

interface Line {
  readonly suite: string;
  readonly case?: string;
  readonly outcome?: string;
  readonly notRun?: number;
  readonly passed?: number;
  readonly failed?: number;
  readonly total?: number;
}

/** Runs the driver as `npm run conformance` does. */
function conformance(suites: readonly string[], corpora?: string): { code: number | null; lines: Line[]; err: string } {
  const { ZEGEL_CORPORA: _, ...env } = process.env;
  const run = spawnSync(process.execPath, ['--conditions=zegel-source', 'test/conformance/main.ts', ...suites], {
    env: corpora === undefined ? env : { ...env, ZEGEL_CORPORA: corpora },
    encoding: 'utf8',
  });
  const lines = run.stdout.split('\n').filter((line) => line !== '');
  return { code: run.status, lines: lines.map((line) => JSON.parse(line) as Line), err: run.stderr };
}

describe('npm run conformance', () => {
  it('prints a line a case and one summary, and exits 0 when all are met', () => {
    const { code, lines } = conformance(['rfc9989']);
    const summary = lines.at(-1)!;
    assert.equal(code, 0);
    assert.equal(summary.total, lines.length - 1);
    assert.deepEqual([summary.passed, summary.failed, summary.notRun], [summary.total, 0, 0]);
    for (const line of lines.slice(0, -1)) assert.equal(line.outcome, 'pass', line.case);
  });
  it('a suite whose files are not there is not run, never passed: exit 2', () => {
    for (const corpora of [undefined, '/no/such/folder']) {
      const { code, lines } = conformance(['openspf-rfc7208'], corpora);
      assert.equal(code, 2);
      assert.deepEqual(
        lines.map(({ outcome, notRun, passed }) => [outcome, notRun, passed]),
        [
          ['not-run', undefined, undefined],
          [undefined, 1, 0],
        ],
      );
    }
  });
  it('a suite nobody has is said: exit 2', () => {
    const { code, lines, err } = conformance(['rfc9999']);
    assert.deepEqual([code, lines], [2, []]);
    assert.match(err, /no suite is called rfc9999; there are: openspf-rfc7208/);
  });
});
