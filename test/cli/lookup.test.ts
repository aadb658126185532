import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decode, encode, RECURSION_AVAILABLE } from 'dns-packet';
import { temporaryFolder, zegel } from './zegel.ts';
import type { Run } from './zegel.ts';

const home = temporaryFolder();
const data = ['--data', join(home, 'organisation')];

interface Line {
  readonly address: string;
  readonly messages: number;
  readonly name?: string | null;
  readonly confirmed?: boolean | 'unknown';
  readonly day?: string;
}

function lines(run: Run): Line[] {
  return run.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** A report of so many sources, the first with most messages. */
function report(id: string, sources: readonly string[]): Buffer {
  const records = sources.map(
    (source, at) => `<record><row><source_ip>${source}</source_ip><count>${1000 - at}</count>
<policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><header_from>a.example</header_from></identifiers>
<auth_results><spf><domain>a.example</domain><result>fail</result></spf></auth_results></record>`,
  );
  return Buffer.from(`<?xml version="1.0"?>
<feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${id}</report_id><date_range><begin>1760000000</begin><end>1760086399</end></date_range></report_metadata>
<policy_published><domain>a.example</domain><p>none</p></policy_published>${records.join('')}</feedback>`);
}

const zone = join(home, 'reverse.zone');
writeFileSync(
  zone,
  `$TTL 60
in-addr.arpa. SOA ns. h. 1 1 1 1 60
example. SOA ns. h. 1 1 1 1 60
1.2.0.192.in-addr.arpa. PTR gw.example.
gw.example. A 192.0.2.1
2.2.0.192.in-addr.arpa. PTR gw.example.
2.2.0.192.in-addr.arpa. PTR other.example.
`,
);

describe('zegel lookup', () => {
  before(async () => {
    const run = await zegel(['ingest', '-', ...data], {
      input: report('1', ['192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8::1']),
    });
    assert.equal(run.code, 0, run.err);
  });

  it('asks about every source, most messages first, and keeps what is answered', async () => {
    const run = await zegel(['lookup', '--zone', zone, '--at', '2026-01-05', ...data]);
    assert.equal(run.code, 0, run.err);
    assert.match(run.err, /looked up 4 of 4 addresses; the DNS did not answer for 1 of them/);
    assert.match(
      run.out,
      /^address.*\n192\.0\.2\.1 +1,000 +gw\.example +yes +2026-01-05\n192\.0\.2\.2 +999 +gw\.example and 1 more +no +2026-01-05\n192\.0\.2\.3 +998 +none +2026-01-05\n2001:db8::1 +997 +no answer *\n$/,
    );
    const kept = await zegel(['snapshot', '--history', '2.2.0.192.in-addr.arpa', ...data]);
    assert.match(kept.out, /PTR {2}2026-01-05\n {2}gw\.example\n {2}other\.example/);
  });
  it('does not ask again for what was looked up lately, and goes on with what was not answered', async () => {
    const soon = lines(await zegel(['lookup', '--zone', zone, '--at', '2026-02-03', ...data, '--json']));
    assert.deepEqual(
      soon.map(({ address, name }) => [address, name]),
      [['2001:db8::1', undefined]],
    );
    const later = lines(
      await zegel(['lookup', '--zone', zone, '--at', '2026-02-04', '--most', '2', ...data, '--json']),
    );
    assert.deepEqual(
      later.map(({ address, messages, name, confirmed, day }) => [address, messages, name, confirmed, day]),
      [
        ['192.0.2.1', 1000, 'gw.example', true, '2026-02-04'],
        ['192.0.2.2', 999, 'gw.example', false, '2026-02-04'],
      ],
    );
    const sooner = lines(
      await zegel(['lookup', '--zone', zone, '--at', '2026-02-10', '--again', '6', ...data, '--json']),
    );
    assert.deepEqual(sooner.map(({ address }) => address).sort(), [
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
      '2001:db8::1',
    ]);
  });
  it('addresses that are named are asked whenever they were looked up last', async () => {
    const args = ['lookup', '192.0.2.3', '192.0.2.77', '--zone', zone, '--at', '2026-02-10', ...data];
    assert.deepEqual(
      lines(await zegel([...args, '--json'])).map(({ address, messages, name }) => [address, messages, name]),
      [
        ['192.0.2.3', 998, null],
        ['192.0.2.77', 0, null],
      ],
    );
    const csv = await zegel([...args, '--csv', '--sort', 'address']);
    assert.equal(
      csv.out,
      'address,messages,name,leads back,first,looked up\r\n192.0.2.3,998,,,2026-01-05,2026-02-10\r\n192.0.2.77,0,,,2026-02-10,2026-02-10\r\n',
    );
    const dutch = await zegel([...args, '--language', 'nl']);
    assert.match(dutch.out, /^adres +berichten +naam/);
  });
  it('is silent failure when the DNS answers nothing at all', async () => {
    const run = await zegel(['lookup', '2001:db8::9', '--zone', zone, '--at', '2026-02-10', ...data, '--json']);
    assert.deepEqual([run.code, lines(run)], [2, [{ address: '2001:db8::9', messages: 0 }]]);
  });
  const wrong: [behaviour: string, args: string[], error: RegExp][] = [
    ['no address', ['gw.example'], /gw\.example is no address\n.*hint/],
    ['a day that is past and no records of it', ['--at', '2026-01-01'], /--at needs the records of that day/],
    ['both forms', ['--json', '--csv'], /cannot be given together/],
    ['a column nobody knows', ['--sort', 'size'], /--sort size is not known/],
    ['a pace of nothing', ['--per-second', '0'], /--per-second 0 is no whole number/],
  ];
  for (const [behaviour, args, error] of wrong) {
    it(`${behaviour} is an error`, async () => {
      const run = await zegel(['lookup', ...args, ...data]);
      assert.equal(run.code, 2);
      assert.match(run.err, error);
    });
  }
  it('names a folder in which nothing is filed', async () => {
    const run = await zegel(['lookup', '--zone', zone, '--data', join(home, 'nothing')]);
    assert.deepEqual([run.code, /nothing is filed/.test(run.err)], [2, true]);
  });
});

describe('zegel lookup, broken off', () => {
  // A name server that calls every address by its number, and every name its address.
  const server = createSocket('udp4');
  const asked: string[] = [];
  before(async () => {
    server.on('message', (bytes, from) => {
      const query = decode(bytes);
      const { name, type } = query.questions![0]! as { name: string; type: string };
      asked.push(`${type} ${name}`);
      const data = type === 'PTR' ? `h${name.split('.')[0]}.example` : `192.0.2.${/\d+/.exec(name)![0]}`;
      server.send(
        encode({
          id: query.id!,
          type: 'response',
          flags: RECURSION_AVAILABLE,
          questions: query.questions!,
          answers: [{ name, type: type as 'A', ttl: 60, data }],
        }),
        from.port,
        from.address,
      );
    });
    await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
  });
  after(() => server.close());

  it('keeps what it has, and goes on where it was', async () => {
    const folder = ['--data', join(home, 'broken-off')];
    const sources = Array.from({ length: 60 }, (_, at) => `192.0.2.${at + 1}`);
    assert.equal((await zegel(['ingest', '-', ...folder], { input: report('2', sources) })).code, 0);
    const where = ['--resolver', `127.0.0.1:${(server.address() as AddressInfo).port}`];
    // Two questions an address: the first line comes long before the last.
    const child = spawn(resolve('bin/zegel'), [
      'lookup',
      ...where,
      '--per-second',
      '40',
      '--at-once',
      '4',
      ...folder,
      '--json',
    ]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') child.kill('SIGINT');
      out += text;
    });
    const code = await new Promise((done) => child.on('close', done));
    const first = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    assert.equal(code, 130);
    assert.ok(first.length > 0 && first.length < 60, `${first.length} of 60`);
    assert.ok(first.every(({ confirmed }) => confirmed === true));
    const rest = lines(await zegel(['lookup', ...where, '--per-second', '5000', ...folder, '--json']));
    assert.deepEqual([...first, ...rest].map(({ address }) => address).sort(), [...sources].sort());
    assert.ok(asked.filter((question) => question.startsWith('PTR')).length === 60);
  });
});
