import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { formatKeyRecord, generateKeys, sign, splitTxt } from '../../src/standards/dkim/index.ts';
import { domainName } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';

const home = temporaryFolder();
const path = (name: string) => join(home, name);
const zone = ['--zone', path('world.zone')];
const plain = (from: string) =>
  `From: ${from}\r\nTo: b@example.net\r\nSubject: hello\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n\r\nbody\r\n`;
const forged = plain('"ceo@bank.example" <x@evil.example>');
const connection = ['--ip', '192.0.2.66', '--mail-from', 'x@other.example'];

describe('zegel verify', () => {
  let signed: Buffer;
  before(async () => {
    const { privateKey, record } = await generateKeys('rsa');
    const key = splitTxt(formatKeyRecord(record))
      .map((each) => JSON.stringify(each))
      .join(' ');
    writeFileSync(
      path('world.zone'),
      `$ORIGIN example.\n@ IN SOA ns root 1 1 1 1 1\nbank IN TXT "v=spf1 ip4:192.0.2.1 -all"\n_dmarc.bank IN TXT "v=DMARC1; p=reject"\n` +
        `k._domainkey.bank IN TXT ${key}\n_dmarc.evil IN TXT "v=DMARC1; p=quarantine"\n`,
    );
    const message = parseMessage(Buffer.from(plain('Bank <a@bank.example>')));
    const options = { signingDomain: domainName('bank.example'), selector: 'k', privateKey, expires: 1_790_000_000 };
    signed = Buffer.concat([Buffer.from(sign(message, options)), message.bytes]);
    writeFileSync(path('signed.eml'), signed);
    writeFileSync(path('forged.eml'), forged);
    writeFileSync(
      path('both.mbox'),
      `From a@b Tue Nov  3 09:15:00 2026\n${signed.toString()}\nFrom a@b Tue Nov  3 09:15:00 2026\n${forged}`.replaceAll(
        '\r\n',
        '\n',
      ),
    );
    writeFileSync(path('nothing.eml'), '\n\nno header\n');
  });

  it('passes a signed message: exit 0, the verdict first, nothing wider than 80 columns', async () => {
    const run = await zegel(['verify', path('signed.eml'), '--at', '2026-01-01', ...zone]);
    assert.deepEqual([run.code, run.err], [0, '']);
    const lines = run.out.trimEnd().split('\n');
    assert.equal(lines[1], 'PASS: this message is from bank.example');
    assert.deepEqual(
      lines.filter((line) => line.length > 80 && !line.startsWith(home)),
      [],
    );
  });
  it('judges expiry by the time that is given', async () => {
    const run = await zegel(['verify', path('signed.eml'), '--at', '2026-11-01', ...connection, ...zone]);
    assert.equal(run.code, 1);
    assert.match(run.out, /DKIM +policy/);
  });
  it('fails a forged one: exit 1, and says what is seen beside what was authenticated', async () => {
    const run = await zegel(['verify', path('forged.eml'), ...connection, ...zone]);
    assert.equal(run.code, 1);
    assert.match(run.out, /^FAIL: nothing shows that this message is from evil\.example$/m);
    assert.match(run.out, /^The owner asks: quarantine$/m);
    assert.match(run.out, /! the display name shows the address ceo@bank\.example/);
  });
  it('says that it cannot tell without a connection: exit 2', async () => {
    const run = await zegel(['verify', path('forged.eml'), ...zone]);
    assert.equal(run.code, 2);
    assert.match(run.out, /^NOT KNOWN: /m);
    assert.match(run.out, /--ip/);
  });
  it('reads every message of an mbox: one line of JSON each', async () => {
    const run = await zegel(['verify', path('both.mbox'), '--json', '--at', '2026-01-01', ...connection, ...zone]);
    const lines = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; result: string; schema: string });
    assert.deepEqual(
      lines.map((line) => [line.schema, line.file.slice(home.length + 1), line.result]),
      [
        ['zegel/verification/1', 'both.mbox#1', 'pass'],
        ['zegel/verification/1', 'both.mbox#2', 'fail'],
      ],
    );
    assert.equal(run.code, 1);
  });
  it('prints the field of RFC 8601 for standard input', async () => {
    // The option takes no value: what follows it is a message.
    const field = ['--authserv-id', 'mx.example.net', '--authentication-results'];
    const args = ['verify', '--at', '2026-01-01', ...connection, ...zone, ...field, '-'];
    const run = await zegel(args, { input: signed });
    assert.equal(run.code, 0);
    assert.match(run.out, /^Authentication-Results: mx\.example\.net;\n spf=none smtp\.mailfrom=x@other\.example;/);
    assert.match(run.out, /dmarc=pass \(p=reject dis=pass\) header\.from=bank\.example/);
  });
  it('speaks Dutch', async () => {
    const run = await zegel(['verify', path('forged.eml'), '--language', 'nl', ...connection, ...zone]);
    assert.equal(run.code, 1);
    assert.match(run.out, /^GEFAALD: niets toont aan dat dit bericht van evil\.example is$/m);
    assert.match(run.out, /! de weergavenaam toont het adres ceo@bank\.example/);
  });
  it('believes servers of ours by name, down to where the message came in', async () => {
    const hop = (from: string, ip: string, by: string) =>
      `Received: from ${from} (${from} [${ip}]) by ${by}.ours.example; Tue, 3 Nov 2026 09:15:00 +0100\r\n`;
    const returnPath = 'Return-Path: <b@bank.example>\r\n';
    writeFileSync(
      path('relayed.eml'),
      `${returnPath}${hop('edge.ours.example', '10.0.0.1', 'store')}${hop('out.bank.example', '192.0.2.1', 'edge')}${plain('a@bank.example')}`,
    );
    const bare = await zegel(['verify', path('relayed.eml'), ...zone]);
    assert.equal(bare.code, 2);
    assert.match(
      bare.out.replace(/\s+/g, ' '),
      /Received field 2 from the top \(by edge\.ours\.example\) names the client 192\.0\.2\.1/,
    );
    const named = await zegel(['verify', path('relayed.eml'), '--servers', 'ours.example', ...zone]);
    assert.deepEqual([named.code, named.out.split('\n')[1]], [0, 'PASS: this message is from bank.example']);
    assert.equal((await zegel(['verify', path('relayed.eml'), '--hops', '2', ...zone])).code, 0);
  });
  const wrong: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
    ['a path that leads nowhere', [path('absent.eml')], /absent\.eml/],
    ['what is no message', [path('nothing.eml')], /is no message/],
    ['an address that is none', [path('signed.eml'), '--ip', '192.0.2'], /is no address/],
    ['a time that is none', [path('signed.eml'), '--at', 'yesterday'], /is no time/],
    ['hops and servers', [path('signed.eml'), '--hops', '1', '--servers', 'ours.example'], /--servers/],
    [
      'a writer of a field that is not asked for',
      [path('signed.eml'), '--authserv-id', 'mx.example'],
      /--authentication-results/,
    ],
    ['a number of hops that is none', [path('signed.eml'), '--hops', '-1'], /--hops/],
  ];
  for (const [what, args, said] of wrong) {
    it(`says what is wrong: ${what}`, async () => {
      const run = await zegel(['verify', ...args, ...zone]);
      assert.deepEqual([run.code, run.out], [2, '']);
      assert.match(run.err, said);
    });
  }
});
