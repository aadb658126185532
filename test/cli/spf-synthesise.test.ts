import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Synthesis } from '../../src/protection/plan/index.ts';
import { zone } from '../../src/standards/dns/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';

const folder = temporaryFolder();
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const world = file(
  'world.zone',
  `$TTL 300
example. SOA ns. h. 1 1 1 1 60
a.example. TXT "v=spf1 ip4:203.0.113.0/25 include:sender.example ~all"
a.example. TXT "some-verification=abc"
sender.example. TXT "v=spf1 ip4:198.51.100.0/24 -all"
`,
);
const networks = file('networks', '# declared\n192.0.2.0/24\n2001:db8::/48 # lab\n');
const seen = file(
  'seen.csv',
  `\uFEFF198.51.100.9,newsletters\n203.0.113.7,invoices\n203.0.113.300\n${Array.from({ length: 60 }, (_, i) => `93.184.${i}.${i * 2 + 1},newsletters`).join('\n')}\n`,
);
const run = (...args: string[]): ReturnType<typeof zegel> =>
  zegel(['spf', 'synthesise', 'a.example', '--networks', networks, '--addresses', seen, '--zone', world, ...args]);

describe('zegel spf synthesise', () => {
  it('shows the records, what stays, what changes, and what could not be read', async () => {
    const { code, out } = await run('--keep-includes');
    assert.equal(code, 0);
    assert.match(out, /^SPF of a\.example: it fits\n\d of 10 lookups, 0 of 2 void lookups/);
    assert.match(out, /\n {2}a\.example +\d+ +\d+ +\d+ {2}changed\n {2}_spf1\.a\.example +\d+ +\d+ +\d+ {2}new\n/);
    assert.match(out, /\n_spf1\.a\.example\. TXT \(\n {2}"v=spf1 /);
    assert.match(out, /sender\.example stays by name/);
    assert.match(out, /sender\.example lets in 1 IPv4/);
    assert.match(out, /No longer let in: 127 IPv4/);
    assert.match(out, /"203\.0\.113\.300" is no address/);
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });
  it('says the same as one line of JSON', async () => {
    const { code, out } = await run('--include', 'sender.example', '--json', '--strict');
    assert.equal(code, 0);
    assert.equal(out.trimEnd().split('\n').length, 1);
    const view = JSON.parse(out) as Synthesis;
    assert.equal(view.schema, 'zegel/spf-synthesis/1');
    assert.match(view.records[0]!.text, /include:sender\.example -all$/);
    assert.equal(view.difference!.removed.prefixes.length > 0, true);
  });
  it('writes what is to be published, other texts of the domain kept, and finds nothing to do once it is', async () => {
    const { out } = await run('--keep-includes', '--format', 'bind', '--ttl', '600');
    const reading = zone(out);
    assert.ok(reading.ok);
    assert.equal(reading.value.records.filter(({ name }) => name === 'a.example').length, 2);
    assert.ok(reading.value.records.every(({ ttl }) => ttl === 600));
    const after = file(
      'after.zone',
      `${readFileSync(world, 'utf8')
        .split('\n')
        .filter((line) => !line.startsWith('a.example'))
        .join('\n')}\n${out}`,
    );
    const args = ['spf', 'synthesise', 'a.example', '--networks', networks, '--addresses', seen, '--keep-includes'];
    const again = JSON.parse((await zegel([...args, '--zone', after, '--json'])).out) as Synthesis;
    assert.deepEqual([...new Set(again.records.map(({ change }) => change))], ['same']);
    assert.deepEqual(again.difference!.added.prefixes, []);
  });
  it('exits with 1 when it does not fit, with what would help, and with 0 when a zone of names may take it', async () => {
    const many = file('many', Array.from({ length: 900 }, (_, i) => `93.${i % 200}.${i >> 2}.7,bulk`).join('\n'));
    const args = ['spf', 'synthesise', 'a.example', '--addresses', many, '--zone', world];
    const { code, out } = await zegel(args);
    assert.equal(code, 1);
    assert.match(out, /Over by \d+ lookups/);
    assert.match(out, /send bulk through the relay/);
    const names = join(folder, 'names.zone');
    const { code: done, out: shown, err } = await zegel([...args, '--exists-zone', names]);
    assert.equal(done, 0);
    assert.match(shown, /exists:%\{ir\}\.%\{v\}\._spf\.a\.example/);
    assert.match(err, /asked for 2,\d{3} addresses/);
    const reading = zone(readFileSync(names, 'utf8'));
    assert.ok(reading.ok && reading.problems.length === 0);
    assert.equal(reading.value.records.filter(({ type }) => type === 'A').length, 900);
  });
  it('exits with 2 when an include is not told of, or what was typed cannot be meant', async () => {
    assert.equal((await run('--include', 'else.where.test')).code, 2);
    for (const wrong of [
      ['--format', 'xml'],
      ['--limit-lookups', '11'],
      ['--json', '--csv'],
      ['--include', 'no name'],
    ])
      assert.equal((await run(...wrong)).code, 2, wrong.join(' '));
  });
  it('has the records as CSV', async () => {
    const { out } = await run('--csv');
    const [titles, ...rows] = out.trimEnd().split(/\r?\n/);
    assert.equal(titles, 'name,type,text,bytes,answer_bytes,networks,change');
    assert.match(rows[0]!, /^a\.example,TXT,/);
  });
});
