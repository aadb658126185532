import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Posture, PostureChange } from '../../src/protection/posture/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';
import type { Run } from './zegel.ts';

type Checked = Posture & { readonly change?: PostureChange; readonly changedSince?: string };

const home = temporaryFolder();
// What is told of on this machine must not come into these tests.
const nowhere = { env: { ZEGEL_DATA: join(home, 'nowhere') } };
const lines = <T>(run: Run): T[] =>
  run.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

const zoneOf = (policy: string, more = ''): string => `$TTL 300
example. SOA ns. h. 1 1 1 1 60
closed.example. TXT "v=spf1 -all"
closed.example. MX 0 .
_dmarc.closed.example. TXT "v=DMARC1; p=reject; sp=reject"
open.example. TXT "v=spf1 ip4:192.0.2.0/24 ~all"
open.example. MX 10 mail.open.example.
mail.open.example. A 192.0.2.5
_dmarc.open.example. TXT "${policy}"
${more}`;
const zone = join(home, 'first.zone');
writeFileSync(zone, zoneOf('v=DMARC1; p=none'));
const later = join(home, 'later.zone');
writeFileSync(later, zoneOf('v=DMARC1; p=reject', 's7._domainkey.open.example. TXT "v=DKIM1; p="'));

describe('zegel check', () => {
  it('shows one domain in 80 columns, and exits 1 for what is serious', async () => {
    const { code, out } = await zegel(['check', 'open.example', '--zone', zone], nowhere);
    assert.equal(code, 1);
    assert.match(out, /Right now strangers can mail as open\.example/);
    // A record that is to be copied stays whole.
    for (const line of out.split('\n')) assert.ok(Array.from(line).length <= 80 || / TXT "/.test(line), line);
  });
  it('says nothing serious of a parked domain that is closed: exit 0', async () => {
    const run = await zegel(['check', 'closed.example', '--role', 'parked', '--zone', zone, '--json'], nowhere);
    const [posture] = lines<Checked>(run);
    assert.deepEqual([run.code, posture?.role, posture?.roleTold, posture?.change], [0, 'parked', true, undefined]);
  });
  it('looks for the selectors and HELO names it is given', async () => {
    const run = await zegel(
      ['check', 'open.example', '--selector', 's7', '--helo', 'mail.open.example', '--zone', later, '--json'],
      nowhere,
    );
    const [posture] = lines<Checked>(run);
    const selector = posture?.published.dkim.selectors.find((each) => each.selector === 's7');
    assert.ok(selector !== undefined && selector.outcome !== 'key');
    assert.ok(posture?.published.names.some(({ name, origin }) => name === 'mail.open.example' && origin === 'helo'));
  });
  it('ranks many, from a list with comments, says lines that are no names, and writes a page', async () => {
    const list = join(home, 'list.txt');
    writeFileSync(list, '\uFEFF# a sector\nopen.example # ours\r\n\nclosed.example\nOPEN.example.\nno name\n');
    const page = join(home, 'ranking.html');
    const run = await zegel(['check', '--file', list, '--zone', zone, '--html', page], nowhere);
    assert.equal(run.code, 1);
    assert.match(run.err, /list\.txt, line 6: no name is no domain name/);
    assert.match(run.out, /2 domains/);
    assert.ok(run.out.indexOf('closed.example') < run.out.indexOf('open.example '));
    assert.match(readFileSync(page, 'utf8'), /^<!doctype html>[\s\S]*closed\.example[\s\S]*open\.example/i);
  });
  it('puts a ranking in another order, and writes it as CSV, whole', async () => {
    const of = async (...args: string[]): Promise<string[]> => {
      const run = await zegel(['check', 'open.example', 'closed.example', '--zone', zone, ...args], nowhere);
      return run.out.split(/\r?\n/);
    };
    const order = (rows: string[]): string[] =>
      rows.flatMap((row) => /\b(?:open|closed)\.example/.exec(row)?.[0] ?? []);
    assert.deepEqual(order(await of()), ['closed.example', 'open.example']);
    assert.deepEqual(order(await of('--sort', 'worst')), ['open.example', 'closed.example']);
    assert.deepEqual(order(await of('--sort', 'name')), ['closed.example', 'open.example']);
    const [titles, first, second] = await of('--csv', '--limit', '1', '--sort', 'worst');
    assert.match(titles ?? '', /^place,domain,grade,certain,role,policy,open,/);
    assert.match(first ?? '', /^2,open\.example,[A-F],yes,users,none,yes,/);
    assert.match(second ?? '', /^1,closed\.example,/);
  });
  it('a domain the world does not tell of could not be looked at: exit 2', async () => {
    const run = await zegel(['check', 'other.test', '--zone', zone, '--json'], nowhere);
    const [posture] = lines<Checked>(run);
    assert.deepEqual([run.code, posture?.published.exists, posture?.grade.letter], [2, 'unknown', '?']);
    assert.match(run.err, /did not answer for 1 of 1/);
  });
  it('looks at every domain of a zone of the example organisation, the same in any order', async () => {
    const names = ['lageland.example', 'poldernet.example', 'lagelandmail.example', 'lageiand.example'];
    const args = ['--zone', 'examples/zones/2026-08-02.zone', '--json'];
    const one = lines<Checked>(await zegel(['check', ...names, ...args], nowhere));
    const other = lines<Checked>(await zegel(['check', ...names.toReversed(), ...args], nowhere));
    const sorted = (list: Checked[]): Checked[] => list.toSorted((a, b) => (a.domain < b.domain ? -1 : 1));
    assert.equal(one.length, 4);
    assert.deepEqual(sorted(one), sorted(other));
  });
  const wrong: [args: string[], error: RegExp][] = [
    [['check'], /there is no domain to look at/],
    [['check', 'a b'], /is no domain name/],
    [['check', 'a.example', '--role', 'king'], /king is no role/],
    [['check', 'a.example', '--zone', join(home, 'none.zone')], /none\.zone/],
    [['check', 'a.example', '--data', join(home, 'empty')], /nothing is filed/],
    [['check', 'a.example', '--at', '2999-01-01'], /still to come/],
    [['check', 'a.example', '--at', '2026-01-01'], /needs the records of that day/],
    [['check', 'a.example', '--connect', '--zone', zone], /cannot be given together/],
    [['check', 'a.example', '--sort', 'size'], /give best, worst or name/],
    [['check', 'a.example', '--json', '--csv'], /cannot be given together/],
    [['domains', 'add'], /^zegel: error: missing required argument/],
    [['domains', 'add', 'a.example', '--role', 'king'], /king is no role/],
    [['spf', 'diff', 'a.example', 'v=spf2', '--zone', zone], /OTHER v=spf2 is no domain name/],
  ];
  for (const [args, error] of wrong) {
    it(`zegel ${args.slice(0, 4).join(' ')}: exit 2`, async () => {
      const run = await zegel(args, nowhere);
      assert.equal(run.code, 2);
      assert.match(run.err, error);
    });
  }
});

describe('with an organisation', () => {
  const data = ['--data', join(home, 'organisation')];
  const report = `<?xml version="1.0"?>
<feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>1</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>open.example</domain><p>none</p></policy_published>
<record><row><source_ip>192.0.2.1</source_ip><count>40</count><policy_evaluated><disposition>none</disposition>
<dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>news.open.example</header_from></identifiers>
<auth_results><dkim><domain>open.example</domain><selector>seen9</selector><result>pass</result></dkim>
<spf><domain>bounce.test</domain><result>pass</result></spf></auth_results></record></feedback>`;
  before(async () => {
    const run = await zegel(['ingest', '-', ...data], { input: Buffer.from(report) });
    assert.equal(run.code, 0, run.err);
  });

  it('proposes what reports tell of, takes a list, and says what each is for', async () => {
    const proposed = await zegel(['domains', 'propose', ...data, '--json']);
    assert.deepEqual(
      lines<{ domain: string; below?: string; messages: number }>(proposed).map((each) => [
        each.domain,
        each.below,
        each.messages,
      ]),
      [
        ['news.open.example', 'open.example', 40],
        ['open.example', undefined, 0],
      ],
    );
    const list = join(home, 'domains.csv');
    writeFileSync(
      list,
      'note;Domain;role\r\n"shop; main";open.example;users\r\n;bücher.example;\r\n;no name;users\r\n;x.example;king\r\n',
    );
    const imported = await zegel(['domains', 'import', list, ...data]);
    assert.equal(imported.code, 2);
    assert.match(
      imported.err,
      /line 4: no name is no domain name\n[\s\S]*line 5: king is no role\n[\s\S]*2 added, 0 changed/,
    );
    await zegel(['domains', 'add', 'closed.example', '--role', 'sending', ...data]);
    await zegel(['domains', 'role', 'closed.example', 'parked', ...data]);
    assert.equal((await zegel(['domains', 'remove', 'xn--bcher-kva.example', ...data])).code, 0);
    const again = await zegel(['domains', 'remove', 'xn--bcher-kva.example', ...data]);
    assert.deepEqual([again.code, /not in the portfolio/.test(again.err)], [2, true]);
    const listed = lines<{ domain: string; role?: string; came: string; note: string; reported?: { p: string } }>(
      await zegel(['domains', ...data, '--json']),
    );
    assert.deepEqual(
      listed.map(({ domain, role, came, note, reported }) => [domain, role, came, note, reported?.p]),
      [
        ['closed.example', 'parked', 'added', '', undefined],
        ['open.example', 'users', 'imported', 'shop; main', 'none'],
      ],
    );
  });
  it('looks at selectors and names that reports told of, and keeps what it found', async () => {
    const run = await zegel(['check', 'open.example', '--zone', zone, '--at', '2026-01-05', ...data, '--json']);
    const [posture] = lines<Checked>(run);
    assert.deepEqual([posture?.role, posture?.roleTold, posture?.change], ['users', true, undefined]);
    assert.ok(posture?.published.dkim.selectors.some(({ selector }) => selector === 'seen9'));
    assert.ok(posture?.published.names.some(({ name }) => name === 'news.open.example'));
  });
  it('says what changed since the last look, and nothing where nothing did', async () => {
    const same = await zegel(['check', 'open.example', '--zone', zone, '--at', '2026-01-07', ...data]);
    assert.match(same.out, /Nothing changed since 2026-01-05\./);
    const run = await zegel(['check', '--zone', later, '--at', '2026-01-09', ...data, '--json']);
    const postures = lines<Checked>(run);
    assert.deepEqual(
      postures.map(({ domain }) => domain).sort((a, b) => (a < b ? -1 : 1)),
      ['closed.example', 'open.example'],
    );
    const { change, changedSince } = postures.find(({ domain }) => domain === 'open.example')!;
    assert.equal(changedSince, '2026-01-07');
    assert.deepEqual(
      change?.records.filter(({ name }) => name === '_dmarc.open.example'),
      [{ name: '_dmarc.open.example', type: 'TXT', before: ['v=DMARC1; p=none'], after: ['v=DMARC1; p=reject'] }],
    );
    assert.ok(change?.gone.length !== 0);
  });
  it('shows one domain: its role, what was amiss, its grades, and what it published when', async () => {
    const run = await zegel(['domains', 'open.example', ...data]);
    assert.equal(run.code, 0, run.err);
    assert.match(
      run.out,
      /^open\.example +grade [A-F]\n {2}role +people mail from it\n {2}portfolio +since .* shop; main\n/,
    );
    assert.match(run.out, /grades +[A-F] from 2026-01-09, [A-F] from 2026-01-05\n/);
    assert.match(
      run.out,
      /_dmarc\.open\.example TXT\n {4}2026-01-09 +v=DMARC1; p=reject\n {4}2026-01-05 – 2026-01-07 {2}v=DMARC1; p=none\n/,
    );
    for (const line of run.out.split('\n')) assert.ok(Array.from(line).length <= 80, line);
    const [page] = lines<{
      entry: { role: string };
      selectors: string[];
      findings: { code: string }[];
      records: { name: string; type: string; changed: boolean }[];
    }>(await zegel(['domains', 'open.example', ...data, '--json']));
    assert.equal(page?.entry.role, 'users');
    assert.deepEqual(page.selectors, ['seen9']);
    assert.ok(page.findings.length > 0);
    assert.deepEqual(
      page.records.filter(({ changed }) => changed).map(({ name, type }) => `${type} ${name}`),
      ['TXT _dmarc.open.example', 'TXT _dmarc.open.example'],
    );
    const seen = await zegel(['domains', 'news.open.example', ...data]);
    assert.match(seen.out, /portfolio +not in it[\s\S]*mail +40 messages[\s\S]*Not looked at yet/);
    const nobody = await zegel(['domains', 'nobody.test', ...data]);
    assert.deepEqual([nobody.code, /nothing is remembered of nobody\.test/.test(nobody.err)], [2, true]);
    const worst = lines<{ domain: string }>(await zegel(['domains', ...data, '--json', '--sort', 'grade']));
    assert.deepEqual(
      worst.map(({ domain }) => domain),
      ['open.example', 'closed.example'],
    );
    assert.equal((await zegel(['domains', ...data, '--sort', 'toString'])).code, 2);
  });
  it('the history of a record is what was seen on which days', async () => {
    const run = await zegel(['snapshot', '--history', '_dmarc.open.example', ...data, '--json']);
    const texts = lines<{ type: string; firstDay: string; lastDay: string; records: string[] }>(run)
      .filter(({ type }) => type === 'TXT')
      .map(({ firstDay, lastDay, records }) => [firstDay, lastDay, ...records]);
    assert.deepEqual(texts, [
      ['2026-01-09', '2026-01-09', 'v=DMARC1; p=reject'],
      ['2026-01-05', '2026-01-07', 'v=DMARC1; p=none'],
    ]);
  });
  it('a snapshot of whole zones holds everything in them, reverse names too, and what is gone since', async () => {
    const reverse = join(home, 'reverse.zone');
    writeFileSync(
      reverse,
      '$TTL 60\n2.0.192.in-addr.arpa. SOA ns. h. 1 1 1 1 60\n5.2.0.192.in-addr.arpa. PTR mail.open.example.\n',
    );
    const kept = await zegel(['snapshot', '--zone', later, '--zone', reverse, '--at', '2026-02-01', ...data, '--json']);
    const [said] = lines<{ day: string; answers: number; changed: number }>(kept);
    assert.deepEqual([kept.code, said?.day], [0, '2026-02-01']);
    const again = await zegel([
      'snapshot',
      '--zone',
      later,
      '--zone',
      reverse,
      '--at',
      '2026-02-02',
      ...data,
      '--json',
    ]);
    assert.equal(lines<{ changed: number }>(again)[0]?.changed, 0);
    await zegel(['snapshot', '--zone', zone, '--at', '2026-02-03', ...data]);
    const ptr = await zegel(['snapshot', '--history', '5.2.0.192.in-addr.arpa', ...data]);
    assert.match(ptr.out, /PTR {2}2026-02-01 to 2026-02-02\n {2}mail\.open\.example/);
    const key = await zegel(['snapshot', '--history', 's7._domainkey.open.example', ...data]);
    assert.match(key.out, /TXT {2}2026-02-03\n {2}no such name\n.*TXT {2}2026-02-01 to 2026-02-02\n {2}v=DKIM1; p=/);
    const then = await zegel(['snapshot', '--history', '_dmarc.open.example', '--at', '2026-01-06', ...data]);
    assert.match(then.out, /p=none/);
    assert.doesNotMatch(then.out, /p=reject/);
  });
  it('a text that closes a top-level domain says nothing of the machines that reverse names told of', async () => {
    const folder = ['--data', join(home, 'reverse')];
    const write = (name: string, text: string): string => {
      writeFileSync(join(home, name), `$TTL 60\n${text}`);
      return join(home, name);
    };
    const soa = 'SOA ns. h. 1 1 1 1 60\n';
    const reverse = write(
      'machines.zone',
      `in-addr.arpa. ${soa}5.2.0.192.in-addr.arpa. PTR gw.other.example.
gw.other.example. A 192.0.2.5
65.2.0.192.in-addr.arpa. CNAME 65.64.2.0.192.in-addr.arpa.
65.64.2.0.192.in-addr.arpa. PTR gw.own.example.
gw.own.example. A 192.0.2.65\n`,
    );
    const closed = write('closed-top.zone', `example. ${soa}own.example. ${soa}x.own.example. A 192.0.2.1\n`);
    const gone = write('gone.zone', `example. ${soa}own.example. ${soa}`);
    await zegel(['snapshot', '--zone', reverse, '--at', '2026-02-01', ...folder]);
    await zegel(['snapshot', '--zone', closed, '--at', '2026-02-01', ...folder]);
    await zegel(['snapshot', '--zone', gone, '--at', '2026-02-02', ...folder]);
    const history = async (name: string): Promise<string[]> =>
      lines<{ type: string; firstDay: string; kind: string }>(
        await zegel(['snapshot', '--history', name, ...folder, '--json']),
      ).map(({ type, firstDay, kind }) => `${type} ${firstDay} ${kind}`);
    assert.deepEqual(await history('gw.other.example'), ['A 2026-02-01 records']);
    // A zone of its own says of every name below it whether it is there.
    assert.deepEqual(await history('gw.own.example'), ['A 2026-02-01 no-such-name']);
    assert.deepEqual(await history('x.own.example'), ['A 2026-02-02 no-such-name', 'A 2026-02-01 records']);
    assert.deepEqual(await history('65.2.0.192.in-addr.arpa'), ['CNAME 2026-02-01 records', 'PTR 2026-02-01 records']);
  });
});
