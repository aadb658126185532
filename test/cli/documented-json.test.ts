// What docs/guide/streams.md says of JSON is what comes out: every field that comes out is named there, and every field that is named
// there comes out. The names that programs of others go by are written down here once more.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession } from './session.ts';
import { temporaryFolder } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');
const session = openSession();
after(() => session.close());
type Line = Readonly<Record<string, unknown>>;
async function lines(...words: string[]): Promise<Line[]> {
  const { code, out, err } = await session.run([...words, '--data', data]);
  assert.equal(code, 0, err);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

const guide = readFileSync('docs/guide/streams.md', 'utf8');
/** The guide from one text to another. */
function section(from: string, to: string): string {
  const begin = guide.indexOf(from);
  assert.ok(begin !== -1, from);
  const end = guide.indexOf(to, begin + from.length);
  assert.ok(end !== -1, to);
  return guide.slice(begin, end);
}
/** The words that stand in code there. */
const coded = (text: string): Set<string> =>
  new Set([...text.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.match(/[A-Za-z]+/g) ?? []));
/** The fields that a table names: what stands in code in its first column. */
const tabled = (text: string): string[] =>
  [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Za-z]+)(?:\[\])?`/g)].map(([, name = '']) => name),
  );

/** The names of all fields, those within too; what stands in `values` is different for every code. */
function fieldsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) fieldsOf(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      found.add(name);
      if (name !== 'values') fieldsOf(inner, found);
    }
  return found;
}

const record = (source: string, count: number, from: string, dkim: string, envelope: string): string =>
  `<record><row><source_ip>${source}</source_ip><count>${count}</count><policy_evaluated><disposition>none</disposition><dkim>${dkim === '' ? 'fail' : 'pass'}</dkim>
<spf>fail</spf></policy_evaluated></row><identifiers><envelope_from>${envelope}</envelope_from><header_from>${from}</header_from></identifiers>
<auth_results>${dkim === '' ? '' : `<dkim><domain>${dkim}</domain><selector>s1</selector><result>pass</result></dkim>`}
<spf><domain>${envelope}</domain><scope>mfrom</scope><result>pass</result></spf></auth_results></record>`;

/** Days of reports: invoices that sign, a relay that nobody knows, a shared service. */
function report(day: number): string {
  const begin = 1_760_054_400 + day * 86_400;
  return `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${day}</report_id><date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>
${record('192.0.2.1', 90, 'facturen.example.com', 'example.com', 'facturen.example.com')}
${record('198.51.100.7', 40, 'example.com', '', 'relay.elsewhere.example')}
${record('167.89.0.9', 30, 'example.com', 'sendgrid.net', 'bounces.sendgrid.net')}</feedback>`;
}

describe('JSON as the guide to streams says it', () => {
  before(async () => {
    for (let day = 0; day < 3; day++) {
      const path = join(home, `${day}.xml`);
      writeFileSync(path, report(day));
      await lines('ingest', path, '--json');
    }
    const [first] = await lines('streams', '--json', '--domain', 'facturen.example.com');
    await lines('decide', String(first?.['id']), 'authorised', '--why', 'ours', '--json');
  });

  const ofStream = section('`zegel streams --json`:', '`zegel streams NAME --json`');
  const ofOneStream = section('`zegel streams NAME --json`', '`zegel streams --queue --json`');
  const ofQueue = section('`zegel streams --queue --json`', '`zegel sources --json`:');
  const ofSource = section('`zegel sources --json`:', '`zegel sources --json --rows`:');
  const ofRow = section('`zegel sources --json --rows`:', '`zegel sources PLACE --json`');
  const ofPlace = section('`zegel sources PLACE --json`', '`zegel changes --json`');
  /** What a decision is made of stands in the guide to deciding. */
  const decision = ['id', 'batch', 'at', 'who', 'why', 'verdict', 'stream', 'sources', 'authorDomains', 'signing', 'known', 'undone', 'family', 'domain', 'authorised']; // prettier-ignore

  it('zegel streams --json', async () => {
    const streams = await lines('streams', '--json');
    assert.ok(streams.length >= 3 && streams.some(({ question }) => question !== null));
    const named = coded(ofStream);
    assert.ok(tabled(ofStream).length > 20, 'the table is found');
    for (const stream of streams) {
      assert.deepEqual([...fieldsOf(stream)].filter((field) => !named.has(field)), [], 'comes out and is not named'); // prettier-ignore
      assert.deepEqual(tabled(ofStream).filter((field) => !(field in stream)), [], 'is named and does not come out'); // prettier-ignore
      for (const field of 'id name kind confidence sender party decision messages rows sources authorDomains legs reasons'.split(
        ' ',
      ))
        // prettier-ignore
        assert.ok(field in stream, field);
      assert.match(String(stream['kind']), /^(?:own|third|forwarder|forged|abused|undecided)$/);
    }
    const guessed = streams.map(({ purpose }) => purpose as Line | null).find((purpose) => purpose !== null);
    assert.deepEqual([guessed?.['text'], guessed?.['guessed']], ['invoices', true]);
  });

  it('zegel streams NAME --json', async () => {
    const known = new Set([...coded(ofStream), ...coded(ofOneStream), ...coded(ofSource), ...decision]);
    for (const { id } of await lines('streams', '--json')) {
      const [one] = await lines('streams', String(id), '--json');
      assert.deepEqual([...fieldsOf(one)].filter((field) => !known.has(field)), []); // prettier-ignore
      for (const field of ['decided', 'decisions', 'weeks', 'firstWeek', 'sourceList', 'howToAlign'])
        assert.ok(field in (one ?? {}) && coded(ofOneStream).has(field), field);
    }
  });

  it('zegel streams --queue --json', async () => {
    for (const item of await lines('streams', '--queue', '--json'))
      assert.deepEqual(Object.keys(item).filter((field) => !coded(ofQueue).has(field)), []); // prettier-ignore
  });

  it('zegel sources --json', async () => {
    for (const source of await lines('sources', '--json'))
      assert.deepEqual([...fieldsOf(source)].filter((field) => !coded(ofSource).has(field)), []); // prettier-ignore
  });

  it('zegel sources --json --rows', async () => {
    const rows = await lines('sources', '--json', '--rows');
    assert.equal(rows.length, 3);
    const wanted = ['source', 'authorDomain', 'envelopeDomain', 'dkim', 'spf', 'messages', 'stream', 'kind', 'confidence', 'decision']; // prettier-ignore
    for (const row of rows) {
      assert.deepEqual(Object.keys(row).toSorted(), wanted.toSorted());
      for (const field of wanted) assert.ok(coded(ofRow).has(field), field);
    }
    const invoices = rows.find(({ source }) => source === '192.0.2.1');
    assert.deepEqual(
      [invoices?.['dkim'], invoices?.['spf'], invoices?.['messages']],
      [[['example.com', 's1', 'pass']], ['facturen.example.com', 'mfrom', 'pass'], 270],
    );
  });

  it('zegel sources PLACE --json', async () => {
    const known = new Set([...coded(ofPlace), ...coded(ofSource), ...coded(ofRow)]);
    for (const place of ['192.0.2.1', '192.0.2.0/24', '167.89.0.9']) {
      const [one] = await lines('sources', place, '--json');
      assert.deepEqual([...fieldsOf(one)].filter((field) => !known.has(field)), []); // prettier-ignore
      for (const field of [
        'place',
        'messages',
        'rows',
        'first',
        'last',
        'network',
        'reverse',
        'senders',
        'declared',
        'streams',
        'sources',
        'neighbours',
        'combinations',
      ])
        // prettier-ignore
        assert.ok(field in (one ?? {}) && known.has(field), field);
    }
  });
});
