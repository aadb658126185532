// Whatever a person changes stands in the audit log: who, when, what and, where one was given, why. A command that changes nothing
// leaves no line.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
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
const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

interface Line {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly said: string;
  readonly why: string | null;
  readonly streams: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}
const audit = async (...words: string[]): Promise<Line[]> =>
  (await run('audit', '--json', '--sort', 'oldest', ...words)).out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

const record = (source: string, signed: string): string =>
  `<record><row><source_ip>${source}</source_ip><count>100</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim>
<spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>
<auth_results><dkim><domain>example.com</domain><selector>${signed}</selector><result>pass</result></dkim>
<spf><domain>elsewhere.example</domain><result>fail</result></spf></auth_results></record>`;
const report = `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>1</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>${record('192.0.2.1', 'mail1')}${record('203.0.113.9', 'other1')}</feedback>`;

let [one, two] = ['', ''];

describe('zegel audit', () => {
  before(async () => {
    assert.equal((await run('ingest', file('report.xml', report))).code, 0);
    const ids = (await run('streams', '--csv')).out.split('\r\n').slice(1).map((line) => line.split(',')[0] ?? ''); // prettier-ignore
    [one = '', two = ''] = ids;
    assert.ok(one !== '' && two !== '', 'two streams');
  });

  it('every change by a person leaves its line', async () => {
    const cases: readonly (readonly [command: readonly string[], what: readonly string[], why?: string])[] = [
      [['decide', one, 'authorised', '--why', 'ours'], ['decision/made'], 'ours'],
      [['decide', one, 'forbidden', '--source', '192.0.2.1', '--why', 'old'], ['decision/made'], 'old'],
      [['decide', '--undo', '--why', 'a slip'], ['decision/undone'], 'a slip'],
      [['decide', '--from', file('many.csv', `stream,verdict,why\n${two},forbidden,strange\n`)], ['decision/made'], 'strange'],
      [['parties', 'add', 'Finance', '--owner', 'Jo'], ['party/added']],
      [['parties', 'change', 'Finance', '--owner', 'Jan'], ['party/changed']],
      [['parties', 'assign', 'Finance', one], ['party/assigned']],
      [['parties', 'import', file('parties.csv', 'name,type\nShop,department\n')], ['party/added']],
      [['parties', 'remove', 'Shop'], ['party/removed']],
      [['streams', 'rename', one, 'Billing'], ['streams/renamed']],
      [['streams', 'merge', two, one], ['streams/merged']],
      [['streams', 'unmerge', two], ['streams/unmerged']],
      [['streams', 'split', one, 'Part', '--source', '192.0.2.1'], ['streams/split']],
      [['streams', 'unsplit', 'Part'], ['streams/unsplit']],
      [['declared', 'import', file('declared.csv', 'party,sender\nFinance,Own servers\n')], ['declaration/imported']],
      [['declared', 'remove', '1'], ['declaration/removed']],
      [['senders', 'import', file('own.csv', 'id,name,dkim\npress,Press,debrug.example\n')], ['catalogue/imported']],
      [['senders', 'remove', 'press'], ['catalogue/removed']],
      [['senders', 'import', '--reverse-map', file('map.csv', 'base_reverse_dns,name,type\na.example,A,SaaS\n')], ['catalogue/map-imported']],
      [['senders', 'remove', '--reverse-map'], ['catalogue/map-removed']],
      [['domains', 'add', 'example.com'], ['portfolio/added']],
    ]; // prettier-ignore
    for (const [command, what, why] of cases) {
      const before_ = (await audit()).at(-1)?.id ?? 0;
      const { code, err } = await run(...command, ...(command[0] === 'domains' ? [] : ['--who', 'Ann']));
      assert.equal(code, 0, `${command.join(' ')}: ${err}`);
      const made = (await audit()).filter(({ id }) => id > before_);
      assert.deepEqual(made.map((line) => line.what), what, command.join(' ')); // prettier-ignore
      for (const line of made) {
        if (command[0] !== 'domains') assert.equal(line.who, 'Ann');
        assert.match(line.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        if (why !== undefined) assert.equal(line.why, why);
        // A sentence, and not the code with what stands in it.
        assert.ok(!line.said.startsWith('label/') && !line.said.includes(line.what) && !/\{\w+\}/.test(line.said), line.said); // prettier-ignore
      }
    }
    assert.deepEqual((await audit()).map(({ id }) => id), Array.from({ length: (await audit()).length }, (_, at) => at + 1)); // prettier-ignore
  });

  it('settings too', async () => {
    const last = (await audit()).length;
    assert.equal((await run('settings', 'keep/originals-days', '400')).code, 0);
    const [line] = (await audit()).slice(last);
    assert.deepEqual([line?.what, line?.details['to']], ['settings/changed', '400']);
    assert.match(line?.said ?? '', /keep\/originals-days: – → 400/);
  });

  it('what is only looked at leaves no line', async () => {
    const last = (await audit()).length;
    for (const words of [
      ['streams'],
      ['streams', one],
      ['sources'],
      ['changes'],
      ['parties'],
      ['declared'],
      ['senders'],
      ['audit'],
    ])
      // prettier-ignore
      assert.equal((await run(...words)).code, 0, words.join(' '));
    assert.equal((await audit()).length, last);
  });

  it('is narrowed by day, person, code and stream', async () => {
    const all = await audit();
    assert.deepEqual(await audit('--what', 'decision'), all.filter(({ what }) => what.startsWith('decision/'))); // prettier-ignore
    assert.deepEqual(await audit('--what', 'party/added'), all.filter(({ what }) => what === 'party/added')); // prettier-ignore
    assert.deepEqual(
      await audit('--who', 'ann'),
      all.filter(({ who }) => who === 'Ann'),
    );
    assert.deepEqual(await audit('--since', '2999-01-01'), []);
    assert.deepEqual(await audit('--until', '2020-01-01'), []);
    assert.equal((await audit('--since', '1d')).length, all.length);
    const about = await audit('--stream', two);
    assert.ok(about.length >= 3 && about.every(({ streams }) => streams.includes(two)));
    assert.deepEqual(await audit('--stream', 'Billing'), await audit('--stream', one));
    assert.match((await run('audit', '--stream', 'nobody')).err, /no stream is called nobody/);
    assert.match((await run('audit', '--since', 'monday')).err, /--since monday is no day/);
  });

  it('is read in 80 columns, in both languages, and written as CSV', async () => {
    for (const language of ['en', 'nl']) {
      const { out } = await run('audit', '--all', '--language', language);
      for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
      assert.ok(!out.includes('label/'), out);
    }
    assert.match((await run('audit', '--all')).out, /Ann: Billing \(.*\): authorised\n +why: ours/);
    const csv = (await run('audit', '--csv')).out.trimEnd().split('\r\n');
    assert.deepEqual([csv[0], csv.length - 1], ['id,at,who,what,said,why,streams,details', (await audit()).length]);
  });
});
