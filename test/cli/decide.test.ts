import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession } from './session.ts';
import { temporaryFolder, zegel } from './zegel.ts';
import type { Run } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');

interface Row {
  readonly source: string;
  readonly from?: string;
  readonly count?: number;
  /** `domain/selector` of a signature that passed. */
  readonly signed?: string;
  readonly envelope?: string;
}

/** A report of one day as a receiver writes it. */
function report(name: string, day: number, rows: readonly Row[]): string {
  const begin = 1_760_000_000 + day * 86_400;
  const records = rows.map(
    ({
      source,
      from = 'example.com',
      count = 50,
      signed,
      envelope,
    }) => `<record><row><source_ip>${source}</source_ip><count>${count}</count>
<policy_evaluated><disposition>none</disposition><dkim>${signed === undefined ? 'fail' : 'pass'}</dkim><spf>${envelope === from ? 'pass' : 'fail'}</spf></policy_evaluated></row>
<identifiers><header_from>${from}</header_from></identifiers><auth_results>${signed === undefined ? '' : `<dkim><domain>${signed.split('/')[0]}</domain><selector>${signed.split('/')[1]}</selector><result>pass</result></dkim>`}
<spf><domain>${envelope ?? 'elsewhere.example'}</domain><result>${envelope === undefined ? 'fail' : 'pass'}</result></spf></auth_results></record>`,
  );
  const path = join(home, `${name}.xml`);
  writeFileSync(
    path,
    `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${name}</report_id><date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>${records.join('')}</feedback>`,
  );
  return path;
}

const ours: Row[] = ['192.0.2.1', '192.0.2.2'].map((source) => ({ source, signed: 'example.com/s1', envelope: 'example.com' })); // prettier-ignore
const theirs: Row[] = [{ source: '203.0.113.50' }, { source: '198.51.100.60', from: 'mail.example.com' }];

const session = openSession();
after(() => session.close());
const run = (words: string): Promise<Run> => session.run([...words.split(' '), '--data', data]);
const lines = (text: string): Record<string, unknown>[] =>
  text.trimEnd().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
const history = async (): Promise<Record<string, unknown>[]> => lines((await run('decide --history --json')).out);

const days = Array.from({ length: 5 }, (_, day) => join(home, `day${day}.xml`)).join(' ');

/** The stream that these addresses are of. */
let own = '';

describe('zegel decide', () => {
  before(async () => {
    for (let day = 0; day < 5; day++) report(`day${day}`, day, [...ours, ...theirs]);
    await run(`ingest ${days}`);
    // Without --yes the streams that a filter chooses are shown, and nothing is decided.
    const shown = await run('decide authorised --confidence 0 --json');
    assert.equal(shown.code, 2, shown.err);
    const found = lines(shown.out).find(({ sources, messages }) => sources === 2 && messages === 500)?.['id'];
    assert.equal(typeof found, 'string', shown.out);
    own = String(found);
  });

  it('has decided nothing before it is asked to', async () => assert.deepEqual(await history(), []));

  it('decides, with why and by whom, and says so', async () => {
    const { code, out, err } = await run(`decide ${own} authorised --why ours --who Ann --json`);
    assert.equal(code, 0, err);
    const [made] = lines(out);
    assert.deepEqual(
      [made?.['stream'], made?.['verdict'], made?.['why'], made?.['who'], made?.['known'], made?.['undone']],
      [own, 'authorised', 'ours', 'Ann', '192.0.2.1-192.0.2.2', null],
    );
    assert.deepEqual(made?.['signing'], [{ domain: 'example.com', family: 's*' }]);
    assert.match(err, /--undo takes it back/);
    assert.equal((await history())[0]?.['id'], made?.['id']);
  });

  it('a new address inherits by an aligned signature of the family, and by nothing else', async () => {
    const more = [
      { source: '192.0.2.3', signed: 'example.com/s2', envelope: 'example.com' },
      { source: '192.0.2.4', envelope: 'example.com' },
    ];
    await run(`ingest ${report('later', 6, [...ours, ...more])}`);
    const found = lines((await run('decide --new --json')).out);
    assert.ok(!found.some(({ source }) => source === '192.0.2.3'), 'it signs as the stream does');
    // Its mail is of this stream or of one of its own; either way nobody vouches for it.
    const rows = lines((await run('sources --json --rows')).out);
    const verdicts = (address: string) => [...new Set(rows.filter(({ source }) => source === address).map(({ decision }) => decision))]; // prettier-ignore
    assert.deepEqual([verdicts('192.0.2.1'), verdicts('192.0.2.3'), verdicts('192.0.2.4')], [['authorised'], ['authorised'], ['undecided']]); // prettier-ignore
  });

  it('a new address inherits in a network that is declared to be ours alone', async () => {
    const declared = join(home, 'declared.csv');
    writeFileSync(declared, 'sender,domains,networks\nOwn servers,example.com,192.0.2.0/24\n');
    assert.equal((await run(`declared import ${declared}`)).code, 0);
    const rows = lines((await run('sources --json --rows')).out).filter(({ source }) => source === '192.0.2.4');
    const [row] = rows;
    assert.equal(row?.['decision'], row?.['stream'] === own ? 'authorised' : 'undecided');
    assert.deepEqual(lines((await run('decide --new --json')).out), []);
  });

  it('narrower decisions are about a part', async () => {
    const { code, out } = await run(`decide ${own} forbidden --source 192.0.2.2 --json`);
    assert.equal(code, 0);
    assert.deepEqual([lines(out)[0]?.['sources'], lines(out)[0]?.['known']], [['192.0.2.2'], '192.0.2.2']);
    const rows = lines((await run('sources --json --rows')).out);
    const of = (address: string) => rows.find(({ source }) => source === address)?.['decision'];
    assert.deepEqual([of('192.0.2.1'), of('192.0.2.2')], ['authorised', 'forbidden']);
    assert.equal((await run('decide --undo')).code, 0);
    assert.equal((await history())[0]?.['undone'] === null, false);
  });

  it('a list is decided on as a whole, or not at all', async () => {
    const list = join(home, 'list.csv');
    const rest = lines((await run('decide forbidden --confidence 0 --json')).out).map(({ id }) => String(id)); // prettier-ignore
    assert.ok(rest.length > 0 && !rest.includes(own));
    writeFileSync(
      list,
      `stream,verdict,why,party\n${rest.map((id) => `${id},forbidden,not ours,`).join('\n')}\nnowhere,forbidden,,\n`,
    );
    const before_ = await history();
    const refused = await run(`decide --from ${list}`);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /no stream is called nowhere/);
    assert.deepEqual(await history(), before_);
    writeFileSync(list, `stream,verdict,why\n${rest.map((id) => `${id},forbidden,not ours`).join('\n')}\n`);
    const done = await run(`decide --from ${list} --json`);
    assert.equal(done.code, 0, done.err);
    assert.equal(lines(done.out).length, rest.length);
    const again = await zegel(['decide', '--from', '-', '--data', data], { input: readFileSync(list) });
    assert.equal(again.code, 0);
    assert.equal((await history()).length, before_.length + rest.length);
  });

  it('what one command decided is undone together', async () => {
    const undone = await run('decide --undo --why mistaken --json');
    assert.equal(undone.code, 0);
    assert.deepEqual(new Set(lines(undone.out).map(({ verdict }) => verdict)), new Set(['forbidden']));
    const one = (await history()).find(({ undone: by }) => by === null)!;
    assert.equal((await run(`decide --undo ${String(one['id'])}`)).code, 0);
    assert.match((await run(`decide --undo ${String(one['id'])}`)).err, /undone already/);
    assert.match((await run('decide --undo')).err, /no decision to undo/);
  });

  for (const form of ['jsonl', 'csv']) {
    it(`what was decided is exported as ${form} and brought in elsewhere, once`, async () => {
      await run(`decide ${own} authorised --why again`);
      const file = join(home, `told.${form}`);
      assert.equal((await run(`decide --export ${file}`)).code, 0);
      const elsewhere = join(home, `elsewhere-${form}`);
      mkdirSync(elsewhere);
      const there = (words: string): Promise<Run> => session.run([...words.split(' '), '--data', elsewhere]);
      const first = lines((await there(`decide --import ${file} --json`)).out)[0];
      assert.equal(first?.['added'], (await history()).length);
      const second = lines((await there(`decide --import ${file} --json`)).out)[0];
      assert.deepEqual([second?.['added'], second?.['undone'], second?.['streams']], [0, 0, 0]);
      const told = (all: Record<string, unknown>[]) => all.map((each) => ({ ...each, name: null }));
      const brought = told(lines((await there('decide --history --json')).out));
      assert.deepEqual(brought, told(await history()));
      if (form === 'jsonl') {
        // The same reports there are the same streams, and the decision holds for them.
        await there(`ingest ${days}`);
        const rows = lines((await there('sources --json --rows')).out);
        assert.deepEqual(rows.filter(({ source }) => source === '192.0.2.1').map(({ stream, decision }) => [stream, decision]), [[own, 'authorised']]); // prettier-ignore
      }
      const broken = readFileSync(file, 'utf8').replace('authorised', 'perhaps');
      writeFileSync(`${file}.broken`, broken);
      const refused = await there(`decide --import ${file}.broken`);
      assert.equal(refused.code, 2);
      assert.deepEqual(told(lines((await there('decide --history --json')).out)), brought);
    });
  }

  it('a part that is split off has what was decided of the stream until then', async () => {
    await run(`decide ${own} authorised --why again`);
    const split = await run(`streams split ${own} Second --source 192.0.2.2 --domain example.com --domain example.net`);
    assert.equal(split.code, 0, split.err);
    const id = split.out.trim();
    const of = async (address: string) => {
      const rows = lines((await run('sources --json --rows')).out).filter(({ source }) => source === address);
      return [...new Set(rows.map(({ stream, decision }) => `${String(stream)} ${String(decision)}`))];
    };
    assert.deepEqual([await of('192.0.2.2'), await of('192.0.2.1')], [[`${id} authorised`], [`${own} authorised`]]);
    assert.equal((await run(`streams unsplit ${id}`)).code, 0);
    assert.deepEqual(await of('192.0.2.2'), [`${own} authorised`]);
  });

  const wrong: readonly (readonly [words: string, says: RegExp])[] = [
    ['decide', /nothing is said to be decided/],
    ['decide x y', /y is no verdict/],
    ['decide nowhere authorised', /no stream is called nowhere/],
    ['decide x authorised --source 300.1.1.1', /no address and no network/],
    ['decide authorised --confidence 2', /no share/],
    ['decide --undo --new', /cannot be given together/],
    ['decide --history --sort size', /--sort size is not known/],
  ];
  for (const [words, says] of wrong) {
    it(`zegel ${words}: is refused, and says why`, async () => {
      const { code, err, out } = await run(words);
      assert.equal(code, 2);
      assert.match(err, says);
      assert.equal(out, '');
    });
  }
});

describe('zegel parties', () => {
  it('adds, shows, changes, assigns, exports, imports and removes', async () => {
    assert.match((await run('parties add Finance Marketing --type department --priority 2')).err, /2 added/);
    assert.match((await run('parties add finance --owner Jo')).err, /1 changed/);
    assert.match((await run(`parties assign Finance ${own}`)).err, /1 assigned/);
    const [finance] = lines((await run('parties finance --json')).out);
    assert.deepEqual(finance, { id: 'finance', name: 'finance', type: 'department', owner: 'Jo', contact: '', contract: '', priority: 2, streams: [own] }); // prettier-ignore
    assert.match((await run('parties change Finance --name Money --priority -')).out, /Money/);
    const file = join(home, 'parties.csv');
    assert.equal((await run(`parties export ${file}`)).code, 0);
    const before_ = (await run('parties --json')).out;
    assert.match((await run('parties remove Money Marketing')).err, /2 removed; 1 streams/);
    assert.match((await run(`parties import ${file}`)).err, /2 added/);
    const after = lines((await run('parties --json')).out);
    assert.deepEqual(after.map(({ name, streams }) => [name, streams]), lines(before_).map(({ name, streams }) => [name, streams])); // prettier-ignore
    writeFileSync(file, 'name,streams\nNew,nowhere\n');
    assert.match((await run(`parties import ${file}`)).err, /no stream has the id nowhere/);
    assert.match((await run('parties New')).err, /no party is called New/);
  });
});

describe('zegel declared', () => {
  it('imports, says what is amiss, lists, is held against what is seen, and removes', async () => {
    const file = join(home, 'more.csv');
    writeFileSync(
      file,
      'party;sender;domains;networks;rhythm\nIT;Own servers;example.com;192.0.2.0/24;daily\nHR;Payroll;hr.example.com;;yearly\nX;Y;..;0.0.0.0/0;\n',
    );
    const imported = await run(`declared import ${file}`);
    assert.equal(imported.code, 2);
    assert.match(imported.err, /line 4: nobody has 0\.0\.0\.0\/0/);
    assert.match(imported.err, /3 added, 1 removed/);
    const listed = lines((await run('declared --json')).out);
    assert.deepEqual(listed.map(({ sender, exclusiveNetworks }) => [sender, exclusiveNetworks]), [['Own servers', ['192.0.2.0/24']], ['Payroll', []], ['Y', []]]); // prettier-ignore
    const held = lines((await run('declared seen --json')).out);
    const what = (of: string) => held.filter((each) => each['what'] === of);
    assert.deepEqual(what('unseen').map(({ declaration, mayBeQuiet }) => [(declaration as { sender: string }).sender, mayBeQuiet]), [['Payroll', true], ['Y', true]]); // prettier-ignore
    const streams = what('seen')[0]?.['streams'] as { id: string }[] | undefined;
    assert.ok(streams?.some(({ id }) => id === own));
    assert.equal((await run(`declared remove ${String(listed[2]?.['id'])}`)).code, 0);
    assert.match((await run('declared remove 999')).err, /nothing is declared under 999/);
    writeFileSync(file, '');
    assert.match((await run(`declared import ${file}`)).err, /declares no sender/);
    assert.equal(lines((await run('declared --json')).out).length, 2);
  });
});
