// Drift held against a world that is played: the example organisation once more, with the SPF records of its last zone in force from the
// first day. Whatever SPF then said is what it says today; what drifted, and nothing else, is what it says otherwise.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RowFate, WhatIf } from '../../src/protection/simulation/what-if/index.ts';
import { make } from '../../tools/world/world.ts';
import { openSession } from '../cli/session.ts';
import { temporaryFolder } from '../cli/zegel.ts';

const home = temporaryFolder();
const session = openSession();
after(() => session.close());
const zones = readdirSync('examples/zones').sort();
const change = join(home, 'change.zone');

async function out(...args: string[]): Promise<string> {
  const { code, out: text, err } = await session.run(args);
  assert.ok(code === 0 || (code === 1 && args[0] === 'what-if'), err);
  return text;
}

/** The SPF results of each address and domain, with their messages. */
async function results(data: string): Promise<Map<string, Map<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  const text = await out('what-if', '--record', change, '--whole', '--rows', '--data', data);
  for (const line of text.trimEnd().split('\n')) {
    const { source, spf, messages } = JSON.parse(line) as RowFate;
    if (spf === null) continue;
    const key = `${source} ${spf[0]}`;
    const of = found.get(key) ?? new Map<string, number>();
    found.set(key, of.set(spf[2] ?? '', (of.get(spf[2] ?? '') ?? 0) + messages));
  }
  return found;
}

describe('drift, held against the world with the SPF records of today from its first day', () => {
  const [seen, played] = [join(home, 'seen'), join(home, 'played')];
  before(async () => {
    writeFileSync(change, '$TTL 300\n_dmarc.nobody.example. TXT "v=DMARC1; p=none"\n');
    const last = readFileSync(join('examples/zones', zones.at(-1)!), 'utf8');
    const spf = last.split('\n').filter((line) => line.includes('"v=spf1'));
    const world = join(home, 'world');
    const wish = { seed: 'lageland', size: 'small', forged: 0.5 } as const;
    await make(wish, world, { classes: false, played: ['$TTL 3600', ...spf].join('\n') });
    for (const [data, reports] of [
      [seen, 'examples/reports'],
      [played, join(world, 'reports')],
    ] as const) {
      const { code, err } = await session.run(['ingest', reports, '--data', data]);
      assert.ok(code === 0 || code === 1, err);
    }
    for (const zone of zones)
      await out('snapshot', '--zone', join('examples/zones', zone), '--at', zone.replace('.zone', ''), '--data', seen);
  });

  it('says what SPF said there, of all that it says otherwise of, and of nothing else', async () => {
    const [was, is] = [await results(seen), await results(played)];
    const answer = JSON.parse(await out('what-if', '--record', change, '--whole', '--json', '--data', seen)) as WhatIf;
    const drifted = new Map<string, Set<string>>();
    for (const { source, domain, reported, today } of answer.drift!.sources) {
      const key = `${source} ${domain}`;
      drifted.set(key, (drifted.get(key) ?? new Set()).add(reported));
      assert.deepEqual([key, is.get(key)?.has(reported), is.get(key)?.has(String(today))], [key, false, true]);
    }
    assert.ok(drifted.size >= 5);
    const missed = [...was].flatMap(([key, said]) =>
      [...said.keys()].filter(
        (result) =>
          result !== 'temperror' && is.get(key)?.has(result) === false && drifted.get(key)?.has(result) !== true,
      ),
    );
    assert.deepEqual(missed, []);
  });
});
