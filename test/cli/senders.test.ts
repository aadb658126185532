// Senders of one's own and maps of reverse names on the command line: kept with the organisation, and every question goes by them.
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
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

/** A report in which one address signs as a press agency that no shipped catalogue knows. */
const report = `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>1</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>
<record><row><source_ip>203.0.113.7</source_ip><count>400</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim>
<spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>
<auth_results><dkim><domain>debrug.example</domain><selector>brug1</selector><result>pass</result></dkim>
<spf><domain>mail.debrug.example</domain><result>pass</result></spf></auth_results></record></feedback>`;

const senderOfAddress = async (): Promise<unknown> => lines((await run('streams', '--json')).out)[0]?.['senderId'];

describe('zegel senders', () => {
  before(async () => {
    assert.equal((await run('ingest', file('report.xml', report))).code, 0);
  });

  it('lists what is shipped where nothing is filed', async () => {
    const { code, out } = await session.run(['senders', '--json', '--data', join(home, 'nowhere')]);
    assert.equal(code, 0);
    assert.ok(lines(out).length > 300);
    assert.deepEqual(new Set(lines(out).map(({ origin, streams }) => JSON.stringify([origin, streams]))), new Set(['["shipped",null]'])); // prettier-ignore
  });

  it('shows one: how it is recognised, what to do there', async () => {
    const { code, out } = await run('senders', 'sendgrid');
    assert.equal(code, 0);
    for (const part of ['Twilio SendGrid', 'sendgrid.net', 'AS11377', 'Sender Authentication', 'cname-selectors'])
      assert.ok(out.includes(part), part);
    const dutch = await run('senders', 'sendgrid', '--language', 'nl');
    assert.match(dutch.out, /Voeg uw domein daar toe/);
  });

  it('does not guess which is meant', async () => {
    assert.match((await run('senders', 'amazon')).err, /\d+ senders are like amazon.*\n.*amazon-ses/);
    assert.match((await run('senders', 'nobody-at-all')).err, /no sender is called nobody-at-all/);
  });

  const senders = file(
    'senders.csv',
    'id,name,dkim,return_path,shared,how_en\npress,De Brug press agency,debrug.example,debrug.example,yes,Call Anna.\nsendgrid,,,,both,\n',
  );

  it('entries of one’s own are kept, and streams go by them', async () => {
    assert.equal(await senderOfAddress(), null);
    const { code, err } = await run('senders', 'import', senders, '--who', 'Ann');
    assert.deepEqual([code, err], [0, 'zegel: 2 added, 0 changed, 0 removed, 0 as they were\n']);
    assert.equal(await senderOfAddress(), 'press');
    const [seen, ...others] = lines((await run('senders', '--seen', '--json')).out);
    assert.deepEqual([seen?.['id'], seen?.['origin'], others.length], ['press', 'own', 0]);
    assert.match(String(seen?.['streams']), /^press-\w+$/);
    const own = lines((await run('senders', '--origin', 'own', '--json')).out).map(({ id, origin }) => [id, origin]);
    assert.deepEqual(own, [['press', 'own'], ['sendgrid', 'completed']]); // prettier-ignore
    const place = lines((await run('sources', '203.0.113.7', '--json')).out)[0];
    assert.equal((await run('sources', '203.0.113.7')).code, 0);
    assert.ok(place !== undefined);
    assert.match((await run('streams', '--sender', 'press', '--json')).out, /"senderId":"press"/);
    assert.match((await run('senders', 'press')).out, /Your entry: Ann, [^]*Call Anna\.[^]*Streams at this sender: 1/);
  });

  it('a second time changes nothing, and writes nothing', async () => {
    assert.match((await run('senders', 'import', senders)).err, /0 added, 0 changed, 0 removed, 2 as they were/);
  });

  it('says who is recognised by a name', async () => {
    const found = lines((await run('senders', 'which', 'mail.debrug.example', '--json')).out);
    assert.deepEqual(
      found.map(({ as, id, strength }) => [as, id, strength]),
      [
        ['dkim', 'press', 'service'],
        ['envelope', 'press', 'service'],
      ],
    );
    assert.match((await run('senders', 'which', 'AS11377')).out, /sendgrid/);
    assert.match((await run('senders', 'which', 'nobody.invalid')).out, /Nobody in the catalogue/);
  });

  it('what is amiss is said with its line, and the rest is taken', async () => {
    const { code, err } = await run(
      'senders',
      'import',
      file('amiss.csv', '# ours\nid,name,dkim,networks\nother,Other,ot..her,198.51.100.0/24\nthird,Third,,0.0.0.0/0\n'),
    );
    assert.equal(code, 2);
    assert.match(err, /amiss\.csv: 3: ot\.\.her in dkim is no domain name/);
    assert.match(err, /amiss\.csv: 4: nobody has all of 0\.0\.0\.0\/0/);
    assert.match(err, /2 added/);
    const json = await run(
      'senders',
      'import',
      file('amiss.json', '[{"id":"sendgrid","recognise":{"dkim":["a..b"]}}]'),
    );
    assert.match(json.err, /amiss\.json: senders\[0\]: a\.\.b in dkim is no domain name/);
  });

  it('a file that is no such list takes nothing away', async () => {
    const { code, err } = await run('senders', 'import', file('none.csv', 'a,b\n1,2\n'), '--replace');
    assert.equal(code, 2);
    assert.match(err, /has no sender in it/);
    assert.equal(await senderOfAddress(), 'press');
  });

  it('what is exported can be imported again', async () => {
    const path = join(home, 'own.json');
    assert.equal((await run('senders', 'export', path)).code, 0);
    const there = join(home, 'there');
    const imported = await session.run(['senders', 'import', path, '--data', there]);
    const text = readFileSync(path, 'utf8');
    assert.match(imported.err, /added/);
    const again = await session.run(['senders', 'export', '-', '--data', there]);
    assert.equal(again.out, text);
  });

  it('--replace leaves what the file holds', async () => {
    assert.match(
      (await run('senders', 'import', senders, '--replace')).err,
      /0 added, 1 changed, 2 removed, 1 as they were/,
    );
    const own = lines((await run('senders', '--origin', 'own', '--json')).out).map(({ id }) => id);
    assert.deepEqual(own, ['press', 'sendgrid']);
  });

  it('a map of reverse names is kept beside them, and can be taken away', async () => {
    const map = file('map.csv', 'base_reverse_dns,name,type\nbrug-servers.example,De Brug Servers,Marketing\nnl,All,ISP\n'); // prettier-ignore
    const { code, err } = await run('senders', 'import', '--reverse-map', map);
    assert.equal(code, 0);
    assert.match(err, /map\.csv: line 3: nl is no domain below a top-level one/);
    assert.match(err, /1 senders by 1 reverse names; 1 lines left out/);
    assert.match((await run('senders', 'import', '--reverse-map', map)).err, /the map that was there/);
    const [found] = lines((await run('senders', 'which', 'mx1.brug-servers.example', '--json')).out);
    assert.deepEqual([found?.['as'], found?.['id']], ['reverse', 'map-de-brug-servers']);
    assert.equal((await run('senders', 'remove', '--reverse-map')).code, 0);
    assert.equal((await run('senders', 'which', 'mx1.brug-servers.example', '--json')).out, '');
    assert.match((await run('senders', 'remove', '--reverse-map')).err, /there is no map/);
  });

  it('entries are taken out, and streams go by what is left', async () => {
    assert.match((await run('senders', 'remove', 'nobody')).err, /nobody is no entry of your own/);
    assert.match((await run('senders', 'remove', 'press')).err, /1 removed/);
    assert.equal(await senderOfAddress(), null);
  });
});
