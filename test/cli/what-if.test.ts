import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { RowFate, WhatIf } from '../../src/protection/simulation/what-if/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'data');
const zoneFile = join(home, 'now.zone');
const at = ['--data', data];

const row = (source: string, count: number, from: string, results: string, disposition = 'none') =>
  `<record><row><source_ip>${source}</source_ip><count>${count}</count><policy_evaluated><disposition>${disposition}</disposition>
<dkim>fail</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>${from}</header_from></identifiers><auth_results>${results}</auth_results></record>`;
const dkim = (domain: string) => `<dkim><domain>${domain}</domain><selector>s1</selector><result>pass</result></dkim>`;
const spf = (domain: string, result = 'pass') => `<spf><domain>${domain}</domain><result>${result}</result></spf>`;

const report = `<?xml version="1.0"?>
<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0"><report_metadata><org_name>receiver.test</org_name><email>dmarc@receiver.test</email>
<report_id>r1</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>firm.example</domain><p>none</p><sp>none</sp></policy_published>
${row('192.0.2.1', 500, 'firm.example', dkim('firm.example') + spf('bounce.mailer.test'))}
${row('198.51.100.7', 40, 'firm.example', spf('firm.example'))}
${row('203.0.113.9', 60, 'firm.example', spf('elsewhere.test'))}
${row('203.0.113.10', 9, 'no.firm.example', spf('elsewhere.test'))}</feedback>`;

const zone = `$TTL 300
firm.example. SOA a. b. 1 1 1 1 300
_dmarc.firm.example. TXT "v=DMARC1; p=none; sp=none; rua=mailto:d@firm.example"
firm.example. TXT "v=spf1 include:_spf.mailer.test ~all"
mailer.test. SOA a. b. 1 1 1 1 300
_spf.mailer.test. TXT "v=spf1 ip4:198.51.100.0/24 -all"
`;

const ask = async (...args: string[]): Promise<{ code: number | null; answer: WhatIf }> => {
  const { code, out, err } = await zegel(['what-if', ...args, '--json', ...at]);
  assert.notEqual(out, '', err);
  return { code, answer: JSON.parse(out) as WhatIf };
};

describe('zegel what-if', () => {
  before(async () => {
    writeFileSync(zoneFile, zone);
    writeFileSync(join(home, 'report.xml'), report);
    assert.equal((await zegel(['ingest', join(home, 'report.xml'), ...at])).code, 0);
    assert.equal((await zegel(['snapshot', '--zone', zoneFile, ...at])).code, 0);
  });

  it('says what changes and what that costs, with exit 1 when something would be lost', async () => {
    const { code, answer } = await ask('firm.example', '--p', 'reject');
    assert.equal(code, 1);
    assert.equal(answer.schema, 'zegel/what-if/1');
    assert.deepEqual(answer.changes, [
      {
        name: '_dmarc.firm.example',
        type: 'TXT',
        before: ['v=DMARC1; p=none; sp=none; rua=mailto:d@firm.example'],
        after: ['v=DMARC1; p=reject; sp=none; rua=mailto:d@firm.example'],
      },
    ]);
    assert.equal(answer.total.messages, 609);
    assert.deepEqual(answer.total.after, { delivered: 549, quarantined: 0, rejected: 60 });
    assert.deepEqual([answer.seen.from, answer.seen.to], ['2025-10-09', '2025-10-09']);
  });
  it('exit 0 when nothing would', async () => {
    const { code, answer } = await ask('firm.example', '--t', 'y');
    assert.equal(code, 0);
    assert.equal(answer.total.lost.most, 0);
  });
  it('np reaches names that do not exist', async () => {
    const { answer } = await ask('firm.example', '--np', 'reject');
    assert.deepEqual(answer.total.after, { delivered: 600, quarantined: 0, rejected: 9 });
  });
  it('a draft, an include taken away, a key taken away, and all of it together', async () => {
    const lost = async (...args: string[]): Promise<number> =>
      (await ask('firm.example', '--p', 'reject', ...args)).answer.total.lost.expected;
    assert.equal(await lost(), 60);
    assert.equal(await lost('--spf', 'v=spf1 ip4:192.0.2.0/24 -all'), 100);
    assert.equal(await lost('--remove-include', '_spf.mailer.test'), 100);
    assert.equal(await lost('--retire-key', 's1'), 560);
    assert.equal(await lost('--retire-key', 's1', '--remove-include', '_spf.mailer.test'), 600);
  });
  it('the record of an include is changed where it stands', async () => {
    const file = join(home, 'change.zone');
    writeFileSync(
      file,
      '$TTL 300\n_spf.mailer.test. TXT "v=spf1 ip4:203.0.113.0/24 -all"\n_dmarc.firm.example. TXT "v=DMARC1; p=reject; sp=none"\n',
    );
    const { answer } = await ask('--record', file);
    assert.equal(answer.total.lost.expected, 100);
  });
  it('asks zone files instead of what was kept', async () => {
    const other = join(home, 'other.zone');
    writeFileSync(other, zone.replace('p=none', 'p=reject'));
    const { code, answer } = await ask('firm.example', '--p', 'none', '--zone', other);
    assert.equal(code, 0);
    assert.equal(answer.total.regained.expected, 60);
  });
  it('--by and --rows add up to the same', async () => {
    const { answer } = await ask(
      'firm.example',
      '--p',
      'reject',
      '--by',
      'source',
      '--by',
      'day',
      '--by',
      'authordomain',
    );
    const sum = (list: readonly { readonly lost: { readonly expected: number } }[] = []): number =>
      list.reduce((total, { lost }) => total + lost.expected, 0);
    assert.deepEqual(
      [sum(answer.by.source), sum(answer.by.day), sum(answer.by.authorDomain), sum(answer.streams)],
      [60, 60, 60, 60],
    );
    const { out, code } = await zegel(['what-if', 'firm.example', '--p', 'reject', '--rows', ...at]);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RowFate);
    assert.equal(code, 0);
    assert.equal(sum(rows), 60);
    assert.deepEqual(rows.find(({ source }) => source === '192.0.2.1')?.dkim, [['firm.example', 's1', 'pass']]);
  });
  it('text begins with what it costs, and keeps to the width', async () => {
    const { out } = await zegel(['what-if', 'firm.example', '--p', 'reject', ...at]);
    const lines = out.split('\n');
    assert.match(lines[0]!, /^What if: firm.example p=reject$/);
    assert.match(out, /would no longer be delivered|find out first whose it is|would be stopped/);
    assert.ok(lines.every((line) => line.length <= 80));
    const { out: dutch } = await zegel(['what-if', 'firm.example', '--p', 'reject', '--language', 'nl', ...at]);
    assert.match(dutch, /^Wat als: /);
  });
  it('mail that is quarantined now and would be refused is told, of whom too', async () => {
    const other = join(home, 'quarantine.zone');
    writeFileSync(other, zone.replace('p=none', 'p=quarantine'));
    const { out } = await zegel(['what-if', 'firm.example', '--p', 'reject', '--zone', other, ...at]);
    // Nobody has decided on these sixty; sixty are quarantined before, and refused after.
    assert.match(out.replaceAll(/\s+/g, ' '), /Of mail nobody has decided on, 60 quarantined now would be refused\./);
    assert.match(out, /whose +messages .*refused +stands on/);
    assert.ok(
      out.split('\n').every((line) => line.length <= 80),
      out,
    );
    const { out: same } = await zegel(['what-if', 'firm.example', '--p', 'quarantine', '--zone', other, ...at]);
    assert.doesNotMatch(same, /refused/);
  });
  it('CSV has a line a stream, and by something else that list', async () => {
    const streams = await zegel(['what-if', 'firm.example', '--p', 'reject', '--csv', ...at]);
    assert.match(streams.out, /^id,name,kind,decision,party,sender,messages,/);
    const sources = await zegel(['what-if', 'firm.example', '--p', 'reject', '--csv', '--by', 'source', ...at]);
    assert.equal(sources.out.trimEnd().split('\r\n').length, 5);
  });
  for (const [args, said] of [
    [['firm.example'], 'nothing is changed'],
    [['firm.example', '--p', 'refuse'], '--p refuse is not known'],
    [['--p', 'reject'], '--p needs a domain'],
    [['firm.example', '--spf', 'ip4:192.0.2.1'], 'no SPF record'],
    [['firm.example', '--pct', '101'], '--pct 101 is not known'],
    [['firm.example', '--p', 'none', '--by', 'colour'], '--by colour is not known'],
  ] as const) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, err } = await zegel(['what-if', ...args, ...at]);
      assert.equal(code, 2);
      assert.ok(err.includes(said), err);
    });
  }
});

describe('zegel what-if, and how receivers find policies', () => {
  it('judges each by what its reports say, whatever form they are in', async () => {
    const folder = temporaryFolder();
    const store = ['--data', join(folder, 'data')];
    const of = (name: string, method: string): string =>
      report
        .slice(0, report.indexOf('<record>'))
        .replaceAll('receiver.test', name)
        .replace('</policy_published>', `${method}</policy_published>`)
        .concat(row('192.0.2.1', 10, 'id.pt.firm.example', spf('elsewhere.test')), '</feedback>');
    for (const [name, method] of [
      ['list.test', '<discovery_method>psl</discovery_method>'],
      ['walk.test', '<discovery_method>treewalk</discovery_method>'],
      ['untold.test', ''],
    ] as const)
      writeFileSync(join(folder, `${name}.xml`), of(name, method));
    const country = join(folder, 'country.zone');
    writeFileSync(
      country,
      `${zone}_dmarc.pt.firm.example. TXT "v=DMARC1; p=none; psd=n"\nid.pt.firm.example. A 192.0.2.1\n`,
    );
    const files = ['list.test', 'walk.test', 'untold.test'].map((name) => join(folder, `${name}.xml`));
    assert.equal((await zegel(['ingest', ...files, ...store])).code, 0);
    assert.equal((await zegel(['snapshot', '--zone', country, ...store])).code, 0);
    const asked = ['what-if', 'firm.example', '--sp', 'quarantine', '--by', 'receiver', '--json', ...store];
    const answer = JSON.parse((await zegel(asked)).out) as WhatIf;
    const told = (answer.by.receiver ?? []).map(
      ({ key, after, range }) => `${key} ${after.quarantined} (${range.quarantined.join('–')})`,
    );
    // Whose mail it is nobody knows: what may be forwarded may be let through as well.
    assert.deepEqual(told.sort(), ['list.test 10 (0–10)', 'untold.test 0 (0–10)', 'walk.test 0 (0–0)']);
    const untold = answer.doubts.find(({ code }) => code === 'simulation/doubt-discovery-unknown');
    assert.equal(untold?.messages, 10);
  });

  it('writes a page beside the answer, in the language of it', async () => {
    const file = join(home, 'change.html');
    const { code, out, err } = await zegel(['what-if', 'firm.example', '--p', 'reject', '--html', file, ...at]);
    assert.deepEqual([code, err.includes(`wrote ${file}`)], [1, true]);
    const page = readFileSync(file, 'utf8');
    assert.match(page, /^<!doctype html>[\s\S]*<title>What if: firm\.example p=reject<\/title>/);
    const [lead = ''] = /^.*(?:lost|delivered).*$/m.exec(out) ?? [];
    assert.ok(lead.length > 20 && page.replaceAll(/\s+/g, ' ').includes(lead.trim().slice(0, 60)), lead);
    await zegel(['what-if', 'firm.example', '--p', 'reject', '--language', 'nl', '--html', file, ...at]);
    assert.match(readFileSync(file, 'utf8'), /<html lang="nl">[\s\S]*Wat als: firm\.example p=reject/);
  });
});
