import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Assessment } from '../../src/protection/assessment/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';
import type { Run } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'example');
const networks = ['--networks', 'examples/networks.csv'];
const zone = 'examples/zones/2026-08-02.zone';

const report = (id: string, count: number) => `<?xml version="1.0"?>
<feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${id}</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>
<record><row><source_ip>192.0.2.1</source_ip><count>${count}</count><policy_evaluated><disposition>none</disposition>
<dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>
<auth_results><dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>
<spf><domain>bounce.example.net</domain><result>pass</result></spf></auth_results></record></feedback>`;

describe('the example organisation', () => {
  let first: Run;
  let assessment: Assessment;
  const truth = JSON.parse(readFileSync('examples/truth/totals.json', 'utf8')) as {
    messages: Record<string, number>;
    reports: number;
    rows: number;
    sources: number;
  };
  before(async () => {
    first = await zegel(['assess', 'examples/reports', '--data', data, '--json', ...networks, '--zone', zone]);
    assessment = JSON.parse(first.out) as Assessment;
  });

  it('is taken in: exit 0, one line of JSON, what was done said on standard error', () => {
    assert.equal(first.code, 0);
    assert.equal(first.out.trimEnd().split('\n').length, 1);
    assert.match(first.err, /Filed [\d,]+ reports/);
  });
  it('is its truth exactly: the reports that strangers wrote are set apart, and all others count', () => {
    const messages = Object.values(truth.messages).reduce((sum, each) => sum + each, 0);
    const { totals, addresses, documents, problems } = assessment;
    assert.deepEqual(totals, { reports: truth.reports, rows: truth.rows, messages });
    assert.equal(addresses.distinct, truth.sources);
    const apart = documents.find(({ state }) => state === 'set-apart')?.documents ?? 0;
    assert.ok(apart > 10, String(apart));
    assert.equal(
      problems.find(({ code, outcome }) => code === 'ingestion/not-authentic' && outcome === 'set-apart')?.documents,
      apart,
    );
  });
  it('has parts that add up to its messages', () => {
    const sum = (parts: Record<string, number>) => Object.values(parts).reduce((total, each) => total + each, 0);
    const { messages } = assessment.totals;
    assert.equal(sum({ ...assessment.aligned }), messages);
    for (const list of [assessment.domains, assessment.sources, assessment.reporters]) {
      assert.equal(
        list.reduce((total, each) => total + each.messages, 0),
        messages,
      );
    }
    assert.ok(assessment.scenarios.relaxed.fails <= assessment.scenarios.strictSpf.fails);
    assert.ok(assessment.scenarios.strictSpf.fails <= assessment.scenarios.strictBoth.fails);
  });
  it('says on a second run that there is nothing new, and answers the same', async () => {
    const again = await zegel(['assess', 'examples/reports', '--data', data, '--json', ...networks]);
    assert.match(again.err, /[Nn]othing new/);
    assert.deepEqual(JSON.parse(again.out), assessment);
  });
  it('answers without a path from what is filed, in lines of at most 80 columns and without control characters', async () => {
    const { code, out } = await zegel(['assess', '--data', data]);
    assert.equal(code, 0);
    for (const line of out.split('\n')) {
      assert.ok(Array.from(line).length <= 80, line);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(line, /[\u0000-\u001F\u007F]/);
    }
  });
  it('narrows by domain and time, and the parts are of what was asked', async () => {
    const { out } = await zegel([
      'assess',
      '--data',
      data,
      '--json',
      '--domain',
      'lageland.example',
      '--since',
      '2026-01-01',
      '--until',
      '2026-03-31',
    ]);
    const narrow = JSON.parse(out) as Assessment;
    assert.ok(narrow.totals.messages > 0 && narrow.totals.messages < assessment.totals.messages);
    for (const { domain } of narrow.domains) assert.match(domain ?? '', /(^|\.)lageland\.example$/);
    assert.ok(narrow.period.from! >= '2026-01-01' && narrow.period.to! <= '2026-03-31');
  });
  it('is written as a page that asks nothing of anybody', async () => {
    const file = join(home, 'page.html');
    const { code } = await zegel(['assess', '--data', data, '--html', file]);
    assert.equal(code, 0);
    const page = readFileSync(file, 'utf8');
    assert.match(page, /^<!doctype html>/i);
    assert.doesNotMatch(page, /<script[^>]+src=|<link[^>]+href="http|@import|src="http/i);
  });
  it('gives its sources as CSV, a line a group', async () => {
    const { out } = await zegel(['assess', '--data', data, '--csv']);
    assert.equal(out.trimEnd().split('\r\n').length, assessment.sources.length + 1);
  });
  it('opens a group of sources', async () => {
    const [group] = assessment.sources;
    const { out } = await zegel(['assess', '--data', data, '--source', group!.id, '--json']);
    const detail = JSON.parse(out) as { group: { addresses: number; behind: unknown[] } };
    assert.equal(detail.group.behind.length, group!.addresses);
  });
  it('is exported whole, and a file that is there is replaced by a whole one', async () => {
    const file = join(home, 'observations.jsonl');
    for (let time = 0; time < 2; time++) {
      const run = await zegel(['export', file, '--data', data]);
      assert.equal(run.code, 0, run.err);
    }
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
    // A report of several days is spread: a line a day, and the messages add up.
    const messages = rows.reduce((sum, line) => sum + (JSON.parse(line) as { messages: number }).messages, 0);
    assert.equal(messages, assessment.totals.messages);
    const { out } = await zegel(['export', '-', '--data', data, '--domain', 'lageland.example']);
    assert.ok(out.split('\n').length > 100 && out.split('\n').length < rows.length);
  });
  it('keeps its settings, and refuses what is none', async () => {
    const set = await zegel(['settings', 'keep/originals-days', '400', '--data', data, '--json']);
    assert.match(set.out, /"value":"400"/);
    assert.equal((await zegel(['settings', 'keep/originals-days', 'soon', '--data', data])).code, 2);
    assert.equal((await zegel(['settings', 'keep/everything', '--data', data])).code, 2);
    await zegel(['settings', 'keep/originals-days', 'default', '--data', data]);
    assert.match((await zegel(['settings', '--data', data])).out, /keep\/originals-days = \(default/);
  });
  it('lists its reports and shows one with every row', async () => {
    const { out } = await zegel(['reports', '--data', data, '--json', '--state', 'counted', '--limit', '3']);
    const listed = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { key: { text: string }; summary: { rows: number } });
    assert.equal(listed.length, 3);
    const [one] = listed;
    const shown = await zegel(['reports', one!.key.text, '--data', data, '--json']);
    assert.equal(shown.out.trimEnd().split('\n').length, one!.summary.rows + 1);
  });
});

describe('report mail that was filed without a look', () => {
  const folder = join(home, 'unlooked');
  const mailboxes = 'examples/reports/mail';
  const totals = async () => {
    const { out } = await zegel(['assess', '--data', folder, '--json']);
    return (JSON.parse(out) as Assessment).totals;
  };
  const listed = async (state: string) => {
    const { out } = await zegel(['reports', '--data', folder, '--state', state, '--json']);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: number; key: { text: string }; problems: { code: string }[] });
  };
  it('is verified from its original, and what is not authentic is set apart', async () => {
    const aside = join(home, 'looked');
    await zegel(['ingest', mailboxes, '--data', aside, '--zone', zone]);
    const looked = JSON.parse((await zegel(['assess', '--data', aside, '--json'])).out) as Assessment;
    await zegel(['ingest', mailboxes, '--data', folder]);
    assert.ok((await totals()).messages > looked.totals.messages);
    const run = await zegel(['reports', '--authenticate', '--zone', zone, '--data', folder, '--limit', '1']);
    assert.match(run.err, /Looked at the mail of \d+ reports: \d+ authentic/);
    assert.deepEqual(await totals(), looked.totals);
  });
  it('is counted or set apart by hand, and the audit log says by whom', async () => {
    const before = await totals();
    const apart = await listed('set-apart');
    const [one] = apart;
    const shown = await zegel(['reports', String(one!.id), '--data', folder]);
    assert.match(shown.out, /not written by the\s+reporter it names/);
    const counted = await zegel(['reports', String(one!.id), '--count', '--who', 'Anna', '--data', folder]);
    assert.equal(counted.code, 0, counted.err);
    const with_ = await totals();
    assert.ok(with_.messages > before.messages);
    // What a person said stands against what is found again.
    await zegel(['reports', '--authenticate', '--zone', zone, '--data', folder, '--limit', '1']);
    assert.deepEqual(await totals(), with_);
    assert.equal((await listed('set-apart')).length, apart.length - 1);
    await zegel(['reports', one!.key.text, '--as-found', '--data', folder]);
    assert.deepEqual(await totals(), before);
    const [fine] = await listed('counted');
    await zegel(['reports', fine!.key.text, '--set-apart', '--data', folder]);
    assert.equal((await totals()).reports, before.reports - 1);
    assert.equal((await listed('set-apart')).length, apart.length + 1);
  });
  it('says what cannot be done by hand', async () => {
    for (const [args, error] of [
      [['--count'], /name the report/],
      [['1', '--count', '--set-apart'], /cannot be given together/],
      [['zzzzzz', '--count'], /no report begins with/],
    ] as const) {
      const run = await zegel(['reports', ...args, '--data', folder]);
      assert.deepEqual([run.code, error.test(run.err)], [2, true], run.err);
    }
  });
});

describe('input of any kind', () => {
  it('standard input is read, and what came by it is known again', async () => {
    const folder = join(home, 'stdin');
    const input = Buffer.from(report('one', 7));
    const first = await zegel(['assess', '-', '--data', folder, '--json'], { input });
    assert.deepEqual((JSON.parse(first.out) as Assessment).totals, { reports: 1, rows: 1, messages: 7 });
    const second = await zegel(['assess', '-', '--data', folder, '--json'], { input });
    assert.deepEqual((JSON.parse(second.out) as Assessment).totals, { reports: 1, rows: 1, messages: 7 });
  });
  it('paths are meant from where one stands, names may be anything', async () => {
    const folder = join(home, 'odd names');
    mkdirSync(folder);
    writeFileSync(join(folder, 'ü "quoted" \u001B[31m.xml'), report('two', 3));
    const { code, out, err } = await zegel(['read', '.'], { cwd: folder });
    assert.equal(code, 0);
    assert.match(out, /receiver\.example about example\.com: 1 row, 3 messages/);
    assert.ok(!`${out}${err}`.includes('\u001B'));
  });
  it('a failure or TLS report is kept, and shown from its original', async () => {
    const folder = join(home, 'others');
    const tls = {
      'organization-name': 'Receiver \u001B[31m',
      'date-range': { 'start-datetime': '2024-01-09T00:00:00Z', 'end-datetime': '2024-01-09T23:59:59Z' },
      'contact-info': 'tls@receiver.example',
      'report-id': 'r1',
      policies: [
        {
          policy: { 'policy-type': 'sts', 'policy-domain': 'example.com' },
          summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 2 },
          'failure-details': [{ 'result-type': 'certificate-expired', 'failed-session-count': 2 }],
        },
      ],
    };
    writeFileSync(join(home, 'tls.json'), JSON.stringify(tls));
    const read = await zegel(['read', join(home, 'tls.json')]);
    assert.match(read.out, /not secured +2 certificate-expired/);
    assert.ok(!read.out.includes('\u001B'));
    await zegel(['ingest', join(home, 'tls.json'), '--data', folder]);
    const shown = await zegel(['reports', '1', '--data', folder, '--json']);
    const document = JSON.parse(shown.out) as { kind: string; state: string; tls: { sessions: object } };
    assert.deepEqual(
      [document.kind, document.state, document.tls.sessions],
      ['tls', 'counted', { successful: 5, failed: 2 }],
    );
    assert.match((await zegel(['reports', '1', '--data', folder])).out, /5 secured, 2 not/);
  });
  it('a file that is no report is refused with its reason, kept, and shown', async () => {
    const folder = join(home, 'refused');
    writeFileSync(join(home, 'broken.xml'), report('three', 5).slice(0, 300));
    const { code, err } = await zegel(['ingest', join(home, 'broken.xml'), '--data', folder]);
    assert.equal(code, 0);
    assert.match(err, /1 refused/);
    const listed = await zegel(['reports', '--problems', '--data', folder]);
    assert.match(listed.out, /refused/);
    writeFileSync(join(home, 'broken.xml'), report('three', 5));
    await zegel(['ingest', join(home, 'broken.xml'), '--data', folder]);
    const after = await zegel(['assess', '--data', folder, '--json']);
    assert.deepEqual((JSON.parse(after.out) as Assessment).totals, { reports: 1, rows: 1, messages: 5 });
  });
});

describe('what is typed wrongly', () => {
  const cases: [args: string[], code: number, error: RegExp][] = [
    [['assess', '/no/such/place', '--data', join(home, 'none')], 2, /zegel: error: .*\nzegel: hint: /],
    [['assess', '--data', join(home, 'empty')], 2, /nothing is filed/],
    [['assess', '--since', 'yesterday', '--data', data], 2, /--since yesterday is no day/],
    [['assess', '--since', '2026-02-30', '--data', data], 2, /is no day/],
    [['assess', '--domain', 'a b', '--data', data], 2, /is no domain name/],
    [['assess', '--json', '--csv', '--data', data], 2, /cannot be given together/],
    [['asses'], 2, /unknown command 'asses'\n\(Did you mean assess\?\)/],
    [['assess', '--colour'], 2, /unknown option/],
    [['read'], 2, /missing required argument/],
    [['reports', 'zzzzzz', '--data', data], 2, /no report begins with zzzzzz/],
    [['--version'], 0, /^$/],
    [['help', 'assess'], 0, /^$/],
    [[], 0, /^$/],
  ];
  for (const [args, code, error] of cases) {
    it(`zegel ${args.slice(0, 3).join(' ')}: exit ${code}`, async () => {
      const run = await zegel(args);
      assert.equal(run.code, code, run.err);
      assert.match(run.err, error);
    });
  }
});
