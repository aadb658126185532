import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { planSchema } from '../../protection/plan/index.ts';
import type { RecordPlan } from '../../protection/plan/index.ts';
import type { KeptTask } from '../../protection/plan/tasks/index.ts';
import { RegisterStore } from './register.ts';

const folder = mkdtempSync(join(tmpdir(), 'zegel-plans-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const open = (): RegisterStore => RegisterStore.open(join(folder, `${(count += 1)}.sqlite`), () => 1_000_000);

const plan: RecordPlan = {
  schema: planSchema,
  domains: ['x.example'],
  changes: [],
  steps: [],
  dangers: [],
  unknown: [],
  slots: [],
  notes: [],
};
const task: KeptTask = {
  id: 'a:sign',
  openedDay: 100,
  closedDay: null,
  reopened: 0,
  owner: '',
  deadline: null,
  done: null,
  note: '',
};
const said = (register: RegisterStore): string[] =>
  register
    .audit()
    .map(({ what, who }) => `${who} ${what}`)
    .reverse();

describe('what persons accept', () => {
  it('stands until it is taken back', () => {
    const register = open();
    const { plans } = register;
    plans.accept({ domain: 'x.example', reason: 'users', who: 'ann', why: 'told', messages: null });
    plans.accept({ domain: 'x.example', reason: 'loses:a', who: 'bob', why: 'ended', messages: 12 });
    assert.deepEqual(
      plans.acceptances().map(({ reason, who, messages, at }) => [reason, who, messages, at]),
      [
        ['users', 'ann', null, 1_000_000],
        ['loses:a', 'bob', 12, 1_000_000],
      ],
    );
    assert.equal(plans.withdraw('x.example', 'users', 'ann'), 1);
    assert.equal(plans.withdraw('x.example', 'users', 'ann'), 0);
    assert.equal(plans.withdraw('y.example', 'loses:a', 'ann'), 0);
    assert.deepEqual(plans.acceptances().map(({ reason }) => reason), ['loses:a']); // prettier-ignore
    assert.deepEqual(said(register), ['ann acceptances/added', 'bob acceptances/added', 'ann acceptances/withdrawn']);
  });
});

describe('plans', () => {
  it('are kept as they were, each under an id of its own', () => {
    const { plans } = open();
    const kept = Array.from({ length: 40 }, () => plans.save(plan, 'ann'));
    assert.equal(new Set(kept.map(({ id }) => id)).size, 40);
    assert.ok(kept.every(({ id }) => /^plan-[2-9a-hj-km-np-z]{6}$/.test(id)));
    assert.deepEqual(plans.plan(kept[0]!.id), kept[0]);
    assert.equal(plans.plan('plan-none'), undefined);
    assert.equal(plans.plans().length, 40);
  });
});

describe('tasks', () => {
  it('opened, closed and opened again stand in the audit log; a look that changes nothing does not', () => {
    const register = open();
    const { plans } = register;
    plans.keepTasks([task]);
    plans.keepTasks([task]);
    plans.keepTasks([{ ...task, closedDay: 110 }]);
    plans.keepTasks([{ ...task, reopened: 1 }]);
    assert.deepEqual(plans.tasks(), [{ ...task, reopened: 1 }]);
    assert.deepEqual(said(register), ['zegel tasks/opened', 'zegel tasks/closed', 'zegel tasks/reopened']);
  });

  it('take an owner, a day and a word', () => {
    const register = open();
    const { plans } = register;
    plans.keepTasks([task]);
    assert.equal(plans.changeTask('a:sign', { owner: 'Jan', deadline: 200, note: 'by phone' }, 'ann'), true);
    assert.equal(plans.changeTask('b:sign', { owner: 'Jan' }, 'ann'), false);
    plans.changeTask('a:sign', { done: true }, 'bob');
    assert.deepEqual(plans.tasks(), [
      { ...task, owner: 'Jan', deadline: 200, note: 'by phone', done: { at: 1_000_000, who: 'bob' } },
    ]);
    plans.changeTask('a:sign', { done: false, deadline: null }, 'bob');
    assert.deepEqual(plans.tasks(), [{ ...task, owner: 'Jan', note: 'by phone' }]);
    assert.deepEqual(said(register).slice(1), ['ann tasks/changed', 'bob tasks/said-done', 'bob tasks/taken-back']);
  });
});

describe('policies by the day, as reports say', () => {
  it('gives each policy its first and last whole day', () => {
    const register = open();
    const day = 86_400;
    let number = 0;
    const file = (domain: string, policy: object, begin: number, end: number): void => {
      number += 1;
      register.file.run(
        "INSERT INTO originals (id, sha256, origin, road, size, state, kept_at) VALUES (?, ?, 'o', 'file', 1, 'done', 0)",
        number,
        String(number),
      );
      register.file.run(
        `INSERT INTO documents (id, original, entry, container, name, kind, state, policy_domain, begin_at, end_at, summary, problems, repaired, has_problems, filed_at)
         VALUES (?, ?, '', '', '', 'aggregate', 'counted', ?, ?, ?, ?, '[]', '[]', 0, 0)`,
        number,
        number,
        domain,
        begin,
        end,
        JSON.stringify({ policyPublished: { domain, ...policy } }),
      );
    };
    file('x.example', { p: 'none', pct: 100 }, 100 * day, 101 * day - 1);
    file('x.example', { p: 'none', pct: 100 }, 109 * day + 3600, 110 * day + 3599);
    file('x.example', { p: 'quarantine', testing: 'y', pct: 0 }, 111 * day, 112 * day - 1);
    file('y.example', { p: 'reject' }, 100 * day, 101 * day);
    const found = register.plans.policyDays(['x.example']);
    assert.deepEqual([...found.keys()], ['x.example']);
    assert.deepEqual(
      found
        .get('x.example')!
        .map(({ record: { p, t, pct }, firstDay, lastDay }) => [p, t, pct, firstDay, lastDay])
        .sort((a, b) => Number(a[3]) - Number(b[3])),
      [
        ['none', undefined, 100, 100, 110],
        ['quarantine', 'y', 0, 111, 111],
      ],
    );
    assert.equal(register.plans.policyDays().size, 2);
  });
});
