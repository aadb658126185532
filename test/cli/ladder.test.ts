// The way of one domain up the ladder, as it is typed: gate, decisions, acceptance, plan, work.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession } from './session.ts';
import { temporaryFolder } from './zegel.ts';
import type { Run } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');
const session = openSession();
after(() => session.close());
const run = (...words: string[]): Promise<Run> => session.run([...words, '--data', data]);
const json = async <T>(...words: string[]): Promise<T> => JSON.parse((await run(...words, '--json')).out) as T;
const lines = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

interface GateAnswer {
  readonly schema: string;
  readonly rung: string;
  readonly next: string | null;
  readonly gate: string;
  readonly held: { readonly days: number } | null;
  readonly reasons: readonly {
    readonly id: string;
    readonly shuts: boolean;
    readonly streams: readonly string[];
    readonly acceptedBy?: string;
  }[];
}

interface TaskAnswer {
  readonly id: string;
  readonly action: string;
  readonly state: string;
  readonly owner: string;
  readonly deadline: string | null;
  readonly stream: { readonly id: string };
  readonly done: { readonly mail: string } | null;
}

const begin = 1_760_054_400; // 2025-10-10
const length = 45;

/** A report of one day: our gateway on both legs, and a mailer that stands on none. */
function report(day: number): string {
  const row = (source: string, count: number, signed: boolean): string =>
    `<record><row><source_ip>${source}</source_ip><count>${count}</count><policy_evaluated><disposition>none</disposition>
<dkim>${signed ? 'pass' : 'fail'}</dkim><spf>${signed ? 'pass' : 'fail'}</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>
<auth_results>${signed ? '<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>' : ''}
<spf><domain>${signed ? 'example.com' : 'bounces.mailer.test'}</domain><result>pass</result></spf></auth_results></record>`;
  const path = join(home, `day${day}.xml`);
  const start = begin + day * 86_400;
  writeFileSync(
    path,
    `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>day${day}</report_id><date_range><begin>${start}</begin><end>${start + 86_399}</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>quarantine</p><pct>0</pct></policy_published>
${row('192.0.2.1', 500, true)}${row('192.0.2.2', 300, true)}${row('198.51.100.7', 80, false)}</feedback>`,
  );
  return path;
}

const zone = join(home, 'zone');
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

before(async () => {
  writeFileSync(
    zone,
    `$ORIGIN example.com.
$TTL 3600
@ SOA ns hostmaster 1 1 1 1 300
@ TXT "v=spf1 ip4:192.0.2.0/24 ~all"
@ MX 10 mx
mx A 192.0.2.1
_dmarc TXT "v=DMARC1; p=quarantine; t=y; pct=0; rua=mailto:dmarc@example.com"
`,
  );
  await run('ingest', ...Array.from({ length }, (_, at) => report(at)));
  await run('domains', 'add', 'example.com', '--role', 'users');
  await run('snapshot', '--zone', zone, '--at', dayOf(begin));
});

/** The stream that comes from an address. */
async function streamOf(address: string): Promise<string> {
  const rows = lines<{ source: string; stream: string }>((await run('sources', '--rows', '--json')).out);
  return rows.find(({ source }) => source === address)?.stream ?? '';
}

describe('up the ladder', () => {
  it('a gate is shut by mail that nobody decided on, with exit code 1', async () => {
    const { code, out } = await run('gate', 'example.com', '--json');
    const gate = JSON.parse(out) as GateAnswer;
    assert.equal(code, 1);
    assert.deepEqual(
      [gate.schema, gate.rung, gate.next, gate.gate, gate.held?.days],
      ['zegel/gate/1', 'quarantine-soft', 'quarantine', 'shut', length],
    );
    const shutting = gate.reasons.filter(({ shuts }) => shuts);
    assert.deepEqual(shutting.map(({ streams }) => streams), [[await streamOf('198.51.100.7')]]); // prettier-ignore
  });

  it('the text says the same, in English and in Dutch', async () => {
    const english = (await run('gate', 'example.com')).out;
    assert.match(english, /from quarantine, soft to quarantine: the gate is shut/);
    assert.match(english, /3,600/);
    assert.match((await run('gate', 'example.com', '--language', 'nl')).out, /de poort is dicht/);
  });

  it('a plan through a shut gate is refused', async () => {
    const { code, out } = await run('plan', 'example.com', '--json');
    const plan = JSON.parse(out) as { id: string; dangers: { id: string }[] };
    assert.equal(code, 1);
    assert.deepEqual(plan.dangers.map(({ id }) => id), ['no-open-gate example.com']); // prettier-ignore
    const format = await run('plan', 'example.com', '--format', 'bind');
    assert.deepEqual([format.code, format.out], [1, '']);
    assert.match(format.err, /its gate is not open/);
  });

  it('a decision makes a task, and a task has an owner and a letter', async () => {
    const [own, mailer] = [await streamOf('192.0.2.1'), await streamOf('198.51.100.7')];
    await run('decide', own, 'authorised', '--why', 'ours');
    await run('decide', mailer, 'authorised', '--why', 'ours too');
    const tasks = lines<TaskAnswer>((await run('work', '--json')).out);
    const task = tasks.find(({ stream, action }) => stream.id === mailer && action === 'sign')!;
    assert.equal(task.state, 'open');
    await run('work', 'assign', task.id, 'M. de Vries', '--by', '2099-01-01');
    const assigned = await json<TaskAnswer>('work', task.id);
    assert.deepEqual([assigned.owner, assigned.deadline], ['M. de Vries', '2099-01-01']);
    const letter = (await run('work', 'letter', '--owner', 'M. de Vries', '--language', 'nl', '--who', 'A. Jansen'))
      .out;
    assert.match(letter, /^# Uw post in onze naam/);
    assert.match(letter, /Beste M\. de Vries/);
    assert.match(letter, /A\. Jansen\n$/);
    const page = (await run('work', 'letter', '--owner', 'M. de Vries', '--html')).out;
    assert.match(page, /^<!doctype html>\n<html lang="en">/);
    await run('work', 'done', task.id, '--who', 'M. de Vries');
    assert.equal((await json<TaskAnswer>('work', task.id)).done?.mail, 'not-seen-since');
  });

  it('what is accepted by name opens the gate, and taking it back shuts it', async () => {
    const id = `loses:${await streamOf('198.51.100.7')}`;
    assert.equal((await run('domains', 'accept', 'example.com', id)).code, 2);
    await run('domains', 'accept', 'example.com', id, '--who', 'A. Jansen', '--why', 'ends this week');
    const open = await json<GateAnswer>('gate', 'example.com');
    assert.equal(open.gate, 'open');
    assert.equal(open.reasons.find(({ acceptedBy }) => acceptedBy !== undefined)?.acceptedBy, 'A. Jansen');
    const plan = await run('plan', 'example.com', '--format', 'bind');
    assert.equal(plan.code, 0);
    assert.match(plan.out, /v=DMARC1; p=quarantine; sp=quarantine; np=reject; rua=mailto:dmarc@example\.com/);
    assert.ok(!/t=y|pct=/.test(plan.out));
    await run('domains', 'accept', 'example.com', id, '--withdraw');
    assert.equal((await json<GateAnswer>('gate', 'example.com')).gate, 'shut');
  });

  it('a plan that was kept is shown again', async () => {
    const { id, steps } = await json<{ id: string; steps: unknown[] }>('plan', 'example.com', '--rung', 'none');
    assert.deepEqual((await json<{ steps: unknown[] }>('plan', '--show', id)).steps, steps);
    assert.match((await run('plan', '--list')).out, new RegExp(id));
    assert.equal((await run('plan', '--show', 'plan-nosuch')).code, 2);
  });

  it('the ladder is a line a domain, and what is shown is whole in CSV', async () => {
    const [gate] = lines<GateAnswer>((await run('ladder', '--json')).out);
    assert.equal(gate?.rung, 'quarantine-soft');
    assert.match((await run('ladder', '--csv')).out, /^domain,role,.*\r?\nexample\.com,users,yes,quarantine-soft,/);
    assert.match((await run('ladder')).out, /1 domain: 0 are where they are to end, 0 gates are open, 1 is shut/);
    const when = await json<{ schema: string; unseen: { seen: number } }>('ladder', '--when');
    assert.deepEqual([when.schema, when.unseen.seen > 0], ['zegel/when/1', true]);
  });

  it('the page says what the ladder, its forecast and the work list say, beside the list and beside the forecast', async () => {
    const file = join(home, 'ladder.html');
    const { code, out, err } = await run('ladder', '--html', file);
    assert.deepEqual([code, err.includes(`wrote ${file}`)], [0, true]);
    assert.match(out, /1 domain: 0 are where they are to end/);
    const page = readFileSync(file, 'utf8');
    assert.match(page, /^<!doctype html>[\s\S]*<title>Where example\.com stands · 2025-11-23<\/title>/);
    assert.match(page, /1 domain: 0 are where they are to end, 0 gates are open, 1 is shut\./);
    const [when] = lines<{ burnDown: { open: number }[]; unseen: { seen: number } }>(
      (await run('ladder', '--when', '--json', '--language', 'nl', '--html', file)).out,
    );
    assert.match(page, new RegExp(`${when!.unseen.seen} wanted streams? (?:was|were) seen from`));
    assert.match(page, new RegExp(`, ${when!.burnDown.at(-1)!.open} now, over 26 weeks`));
    assert.match(page, /M\. de Vries: 1 task/);
    assert.match(readFileSync(file, 'utf8'), /<html lang="nl">[\s\S]*Waar example\.com staat/);
  });

  it('a domain that nobody knows is asked about, not taken for one without a care', async () => {
    assert.match((await run('gate', 'exmaple.com')).err, /exmaple\.com is not in the portfolio, and no report tells/);
    assert.match((await run('plan', 'exmaple.com')).err, /exmaple\.com is not in the portfolio/);
    assert.doesNotMatch((await run('gate', 'example.com')).err, /portfolio/);
  });

  it('thresholds are settings', async () => {
    await run('domains', 'thresholds', 'hold-days', '60', '--domain', 'example.com');
    const gate = await json<GateAnswer>('gate', 'example.com');
    assert.ok(gate.reasons.some(({ id, shuts }) => id === 'held-too-short' && shuts));
    await run('domains', 'thresholds', 'hold-days', 'default', '--domain', 'example.com');
    assert.ok(!(await json<GateAnswer>('gate', 'example.com')).reasons.some(({ id }) => id === 'held-too-short'));
    assert.equal((await run('domains', 'thresholds', 'nosuch')).code, 2);
  });
});
