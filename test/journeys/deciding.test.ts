// What people decide outlives whatever happens: real processes of the command line decide in bulk, are killed in the middle of it,
// undo, export, and a fresh organisation brings everything in and answers the same.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openSession } from '../cli/session.ts';
import { temporaryFolder } from '../cli/zegel.ts';
import type { Run } from '../cli/zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');
const reports = join(home, 'reports.xml');
const list = join(home, 'list.csv');

// One process runs all but the command lines that are killed.
const session = openSession();
after(() => session.close());
const at = (folder: string, ...words: string[]): Promise<Run> => session.run([...words, '--data', folder]);
async function done(folder: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await at(folder, ...words);
  assert.equal(code, 0, `${words.join(' ')}: ${err}`);
  return out;
}
type Line = Readonly<Record<string, unknown>>;
const jsonLines = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const history = async (folder = data): Promise<Line[]> =>
  jsonLines(await done(folder, 'decide', '--history', '--json'));
const standing = (all: readonly Line[]): number => all.filter(({ undone }) => undone === null).length;

/** How many addresses each stream has: each is decided on by itself. */
const addresses = 100;
const keys = ['app', 'shop', 'crm', 'news', 'hr', 'bill'];
const address = (stream: number, number: number): string => `198.18.${stream * 8 + (number >> 7)}.${number & 127}`;

function report(): string {
  const records = keys.flatMap((key, stream) =>
    Array.from(
      { length: addresses },
      (_, number) =>
        `<record><row><source_ip>${address(stream, number)}</source_ip><count>${10 + number}</count><policy_evaluated>
<disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>${key}.example.com</header_from>
</identifiers><auth_results><dkim><domain>${key}.example.com</domain><selector>${key}1</selector><result>pass</result></dkim>
<spf><domain>bounce.${key}-service.example</domain><result>pass</result></spf></auth_results></record>`,
    ),
  );
  return `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>1</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>${records.join('')}</feedback>`;
}

/** Starts a bulk decision and ends it without warning after so many milliseconds. @returns whether it had come to its end */
async function killedAfter(milliseconds: number): Promise<boolean> {
  const child = spawn(resolve('bin/zegel'), ['decide', '--from', list, '--who', 'Ann', '--data', data], {
    stdio: 'ignore',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const over = new Promise<number | null>((end) => child.on('close', (code) => end(code)));
  if (milliseconds === Infinity) return (await over) === 0;
  const first = await Promise.race([over, setTimeout(milliseconds, 'alive' as const)]);
  if (first !== 'alive') return true;
  child.kill('SIGKILL');
  return (await over) !== null;
}

let streams: string[] = [];
let wanted = 0;

describe('deciding, with real processes', () => {
  before(async () => {
    writeFileSync(reports, report());
    await done(data, 'ingest', reports);
    const rows = jsonLines(await done(data, 'sources', '--json', '--rows'));
    const streamOf = new Map(rows.map(({ source, stream }) => [String(source), String(stream)]));
    streams = [...new Set(streamOf.values())];
    wanted = streamOf.size;
    assert.equal(wanted, keys.length * addresses);
    const lines = [...streamOf].map(([source, stream], number) =>
      [stream, number % 3 === 0 ? 'forbidden' : 'authorised', `"line ${number}, ""quoted"""`, source].join(','),
    );
    writeFileSync(list, `stream,verdict,why,sources\n${lines.join('\n')}\n`);
  });

  it('a bulk decision that is killed is there whole or not at all, and can be made again', async (t) => {
    const began = performance.now();
    assert.equal(await killedAfter(Infinity), true);
    const whole = performance.now() - began;
    assert.equal(standing(await history()), wanted);
    await done(data, 'decide', '--undo', '--why', 'only to see how long it takes');
    let [killed, made] = [0, 1];
    for (const part of [0.4, 0.55, 0.7, 0.85, 1]) {
      const ended = await killedAfter(whole * part);
      if (!ended) killed += 1;
      const all = await history();
      const now = standing(all);
      assert.ok(now === 0 || now === wanted, `${now} of ${wanted} decisions after a kill at ${part}`);
      // The audit log tells of each decision, and of no other.
      const log = jsonLines(await done(data, 'audit', '--what', 'decision/made', '--json'));
      assert.deepEqual(new Set(log.map(({ details }) => (details as Line)['id'])), new Set(all.map(({ id }) => id)));
      if (now === wanted) {
        made += 1;
        await done(data, 'decide', '--undo', '--why', 'to be killed again');
      }
    }
    t.diagnostic(`${killed} killed on the way, ${made} came to their end`);
    assert.ok(killed > 0, 'none was killed');
    await done(data, 'decide', '--from', list, '--who', 'Ann');
    assert.equal(standing(await history()), wanted);
    // Given again, it is decided so already.
    const again = await at(data, 'decide', '--from', list, '--who', 'Ann');
    assert.equal(again.code, 0);
    assert.match(again.err, new RegExp(`${wanted} streams or parts decided so already`));
    assert.equal(standing(await history()), wanted);
  });

  it('what is undone is undone whole', async () => {
    await done(data, 'decide', '--undo', '--why', 'the wrong list');
    const all = await history();
    assert.equal(standing(all), 0);
    assert.deepEqual(new Set(jsonLines(await done(data, 'sources', '--json', '--rows')).map(({ decision }) => decision)), new Set(['undecided'])); // prettier-ignore
    await done(data, 'decide', '--from', list, '--who', 'Ann');
  });

  it('a fresh organisation that brings it in has the same decisions, parties, names and answers', async () => {
    const [first = '', second = '', third = '', fourth = ''] = streams;
    await done(data, 'parties', 'add', 'Finance, "the second"', '--type', 'department', '--owner', 'J. Jansen', '--priority', '1'); // prettier-ignore
    await done(data, 'parties', 'add', '=Shop', '--contact', 'a@b.example; +31 20', '--contract', "'24");
    await done(data, 'parties', 'assign', '=Shop', first, second);
    await done(data, 'parties', 'assign', 'Finance, "the second"', third);
    await done(data, 'streams', 'rename', first, 'Invoices, and "reminders"');
    await done(data, 'streams', 'split', second, 'A part', '--source', '198.18.8.0/27');
    await done(data, 'streams', 'merge', fourth, third);
    await done(data, 'decide', first, 'authorised', '--why', 'contract, 2024-17', '--who', 'Bob');
    await done(data, 'decide', '--export', join(home, 'told.jsonl'));
    await done(data, 'decide', '--export', join(home, 'told.csv'));
    await done(data, 'parties', 'export', join(home, 'parties.csv'));
    const answers = async (folder: string) => ({
      streams: jsonLines(await done(folder, 'streams', '--json')).map(({ id, name, party, decision, messages }) => ({ id, name, party, decision, messages })), // prettier-ignore
      rows: jsonLines(await done(folder, 'sources', '--json', '--rows')),
      history: await history(folder),
      parties: jsonLines(await done(folder, 'parties', '--json')),
    });
    const here = await answers(data);
    assert.equal(standing(here.history), wanted + 1);
    for (const order of ['before the reports', 'after the reports']) {
      const there = join(home, order.replaceAll(' ', '-'));
      if (order === 'after the reports') {
        await done(there, 'ingest', reports);
        await done(there, 'streams');
      }
      await done(there, 'decide', '--import', join(home, 'told.jsonl'), '--who', 'Cat');
      if (order === 'before the reports') await done(there, 'ingest', reports);
      assert.deepEqual(await answers(there), here, order);
      // Exported again, it is the same text.
      await done(there, 'decide', '--export', join(there, 'again.jsonl'));
      assert.equal(readFileSync(join(there, 'again.jsonl'), 'utf8'), readFileSync(join(home, 'told.jsonl'), 'utf8'));
      await done(there, 'parties', 'export', join(there, 'parties.csv'));
      assert.equal(readFileSync(join(there, 'parties.csv'), 'utf8'), readFileSync(join(home, 'parties.csv'), 'utf8'));
    }
    // As CSV: the decisions, and by a list of its own the parties.
    const csv = join(home, 'by-csv');
    await done(csv, 'ingest', reports);
    await done(csv, 'streams');
    await done(csv, 'decide', '--import', join(home, 'told.csv'), '--who', 'Cat');
    await done(csv, 'parties', 'import', join(home, 'parties.csv'));
    const unnamed = (lines: readonly Line[]) => lines.map((line) => ({ ...line, name: null }));
    assert.deepEqual(unnamed(await history(csv)), unnamed(here.history));
    const told = (lines: readonly Line[]) => lines.map(({ streams: of, ...party }) => ({ ...party, streams: [...(of as string[])].sort() })); // prettier-ignore
    assert.deepEqual(told(jsonLines(await done(csv, 'parties', '--json'))), told(here.parties));
  });
});
