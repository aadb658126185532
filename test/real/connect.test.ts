// long because: servers of both kinds, made here, and a table of how each can go wrong.
// What --connect connects to: web servers and mail servers on loopback, with certificates made by OpenSSL. Loopback is allowed by the tests
// that need it; that it is refused otherwise is tested beside them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import type { ServerResponse } from 'node:http';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { after, before, describe, it } from 'node:test';
import { fetchPublic } from '../../src/network/https/index.ts';
import { greetServer } from '../../src/network/smtp/index.ts';
import type { GreetOptions } from '../../src/network/smtp/index.ts';
import { judgeGreeting } from '../../src/protection/posture/index.ts';
import { tlsaWish } from '../../src/protection/plan/wishes/tlsa.ts';
import { matchTlsa, parseTlsa } from '../../src/standards/transport/index.ts';
import { zone } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';

const reading = zone(`
. SOA a. b. 1 1 1 1 1
mta-sts.example.com. A 127.0.0.1
other.example.com. A 127.0.0.1
mx.example.com. A 127.0.0.1
six.example.com. AAAA ::1
metadata.example.com. A 169.254.169.254
mixed.example.com. A 10.0.0.1
mixed.example.com. A 127.0.0.1
bare.example.com. TXT "no address"
`);
assert.ok(reading.ok);
const resolver: Resolver = reading.value.resolver;
const loopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);

const folder = mkdtempSync(join(tmpdir(), 'zegel-connect-'));
const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
const pem = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** A certificate signed by the authority of this test. */
function certificate(name: string, names: string, days = '30'): { key: string; cert: string } {
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`);
  openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-subj',
    `/CN=${name}`,
    '-out',
    `${name}.csr`,
  );
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    days,
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  );
  return { key: pem(`${name}.key`), cert: pem(`${name}.pem`) };
}

const closers: (() => void)[] = [];
let ca = '';
let good = { key: '', cert: '' };

before(() => {
  openssl(
    'req',
    '-x509',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    'ca.key',
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-out',
    'ca.pem',
  );
  ca = pem('ca.pem');
  good = certificate('good', 'DNS:mta-sts.example.com,DNS:mx.example.com,DNS:six.example.com');
});
after(() => {
  for (const close of closers) close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a file over HTTPS', () => {
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/file': (response) =>
      response.writeHead(200, { 'content-type': 'Text/Plain; charset=utf-8' }).end('version: STSv1\n'),
    '/moved': (response) => response.writeHead(302, { location: 'https://mta-sts.example.com/file' }).end(),
    '/missing': (response) => response.writeHead(404).end('no'),
    '/empty': (response) => response.writeHead(204).end(),
    '/large': (response) => response.writeHead(200).end('x'.repeat(2_000)),
    '/endless': (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    },
    '/silent': () => undefined,
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('short');
      setTimeout(() => response.destroy(), 20);
    },
  };
  const serve = async (pair: { key: string; cert: string }): Promise<number> => {
    const server = createHttps(pair, (request, response) => answers[request.url ?? '']?.(response));
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };
  const fetched = async (url: string, port: number, more: { isAllowed?: (address: string) => boolean } = {}) => {
    const outcome = await fetchPublic(url, {
      resolver,
      mostBytes: 1_000,
      timeout: 1_500,
      isAllowed: loopback,
      port,
      ca,
      ...more,
    });
    return outcome.ok ? `${outcome.mediaType} ${Buffer.from(outcome.bytes).toString()}` : outcome.problem.code;
  };
  const cases: [path: string, outcome: string][] = [
    ['https://mta-sts.example.com/file', 'text/plain version: STSv1\n'],
    ['https://mta-sts.example.com/moved', 'https/redirect'],
    ['https://mta-sts.example.com/missing', 'https/status'],
    ['https://mta-sts.example.com/empty', 'https/status'],
    ['https://mta-sts.example.com/large', 'https/too-large'],
    ['https://mta-sts.example.com/endless', 'https/timeout'],
    ['https://mta-sts.example.com/silent', 'https/timeout'],
    ['https://mta-sts.example.com/cut', 'https/unreachable'],
    ['https://other.example.com/file', 'https/certificate'],
    ['https://metadata.example.com/file', 'https/private-address'],
    ['https://bare.example.com/file', 'https/no-address'],
    ['https://169.254.169.254/file', 'https/private-address'],
    ['https://[fd00::1]/file', 'https/private-address'],
    ['https://2852039166/file', 'https/private-address'],
    ['https://mta-sts.example.com:22/file', 'https/no-url'],
    ['https://user:secret@mta-sts.example.com/file', 'https/no-url'],
    ['http://mta-sts.example.com/file', 'https/no-url'],
    ['file:///etc/passwd', 'https/no-url'],
    ['nonsense', 'https/no-url'],
  ];
  let port = 0;
  before(async () => void (port = await serve(good)));
  for (const [url, outcome] of cases)
    it(`${url}: ${outcome.trim()}`, async () => assert.equal(await fetched(url, port), outcome));

  it('is not fetched from this machine, or a private network, unless somebody allows it', async () => {
    const outcome = await fetchPublic('https://mta-sts.example.com/file', { resolver, mostBytes: 1_000, port, ca });
    assert.equal(outcome.ok ? '' : outcome.problem.code, 'https/private-address');
  });
  it('is fetched from the address that may be connected to, when a name has both', async () => {
    const own = certificate('mixed', 'DNS:mixed.example.com');
    assert.match(await fetched('https://mixed.example.com/file', await serve(own)), /^text\/plain/);
  });
  it('is not fetched when the name has another address by the time it is connected to', async () => {
    // Whatever is told the second time: what was judged is what is connected to.
    let asked = 0;
    const rebinding: Resolver = (name, type) => {
      asked += 1;
      return resolver(asked > 2 ? 'mta-sts.example.com' : name, type);
    };
    const outcome = await fetchPublic('https://metadata.example.com/file', {
      resolver: rebinding,
      mostBytes: 1_000,
      isAllowed: loopback,
      port,
      ca,
    });
    assert.equal(outcome.ok ? '' : outcome.problem.code, 'https/private-address');
  });
  const bad: [name: string, names: string, ca: boolean][] = [
    ['an authority that is not trusted', 'DNS:mta-sts.example.com', false],
    ['another name', 'DNS:www.example.com', true],
    ['an address for a name', 'IP:127.0.0.1', true],
    ['a wildcard two labels deep', 'DNS:*.com', true],
  ];
  for (const [index, [name, names, isTrusted]] of bad.entries()) {
    it(`is not believed with ${name}`, async () => {
      const own = await serve(certificate(`bad${index}`, names));
      const outcome = await fetchPublic('https://mta-sts.example.com/file', {
        resolver,
        mostBytes: 1_000,
        isAllowed: loopback,
        port: own,
        ...(isTrusted ? { ca } : {}),
      });
      assert.equal(outcome.ok ? 'ok' : outcome.problem.code, 'https/certificate');
    });
  }
  it('with only a common name is not believed (RFC 8461 §3.3: DNS-ID alone)', async () => {
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      'cn.key',
      '-subj',
      '/CN=mta-sts.example.com',
      '-out',
      'cn.csr',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'cn.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '30',
      '-out',
      'cn.pem',
    );
    assert.equal(
      await fetched('https://mta-sts.example.com/file', await serve({ key: pem('cn.key'), cert: pem('cn.pem') })),
      'https/certificate',
    );
  });
  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const outcome = fetchPublic('https://mta-sts.example.com/silent', {
      resolver,
      mostBytes: 10,
      isAllowed: loopback,
      port,
      ca,
      signal: controller.signal,
    });
    controller.abort();
    assert.equal((await outcome).ok, false);
  });
});

describe('a mail server', () => {
  /** What it says, line by line; after STARTTLS it speaks TLS. `{tls}`: with this certificate. */
  interface Script {
    readonly greeting?: string;
    readonly offer?: string;
    readonly ready?: string;
    readonly tls?: { key: string; cert: string };
    readonly version?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  }
  const serve = async (script: Script, host = '127.0.0.1'): Promise<{ port: number; heard: string[] }> => {
    const heard: string[] = [];
    const server = createTcp((socket: Socket) => {
      socket.on('error', () => undefined);
      if (script.greeting !== '') socket.write(script.greeting ?? '220 mx.example.com ESMTP\r\n');
      const listen = (chunk: Buffer): void => {
        for (const line of chunk.toString().trim().split('\r\n')) {
          heard.push(line);
          if (line.startsWith('EHLO'))
            socket.write(script.offer ?? '250-mx.example.com\r\n250-SIZE 10\r\n250 STARTTLS\r\n');
          if (line !== 'STARTTLS') continue;
          socket.write(script.ready ?? '220 go ahead\r\n');
          if (script.tls === undefined) continue;
          socket.off('data', listen);
          const secure = new TLSSocket(socket, {
            isServer: true,
            ...script.tls,
            ...(script.version === undefined
              ? {}
              : { minVersion: script.version, maxVersion: script.version, ciphers: 'DEFAULT:@SECLEVEL=0' }),
          });
          secure.on('error', () => undefined);
          secure.on('data', (bytes: Buffer) => heard.push(`TLS ${bytes.toString().trim()}`));
        }
      };
      socket.on('data', listen);
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    closers.push(() => server.close());
    return { port: (server.address() as AddressInfo).port, heard };
  };
  const greeted = (port: number, host = 'mx.example.com', more: Partial<GreetOptions> = {}) =>
    greetServer(host, { resolver, port, isAllowed: loopback, timeout: 1_500, ca, ehlo: 'looks.example.net', ...more });

  it('that encrypts with a certificate that holds; and it is left politely', async () => {
    const { port, heard } = await serve({ tls: good });
    const [greeting] = await greeted(port);
    assert.equal(greeting?.outcome, 'tls');
    assert.equal(greeting.protocol, 'TLSv1.3');
    assert.equal(greeting.distrust, '');
    const judged = judgeGreeting(greeting, 'mx.example.com', 'example.com', []);
    assert.equal(judged.certificate?.named, true);
    assert.equal(judged.certificate.trusted, true);
    assert.deepEqual(heard.slice(0, 2), ['EHLO looks.example.net', 'STARTTLS']);
    while (heard.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(heard[2], 'TLS QUIT');
  });
  it('at an IPv6 address', async () => {
    const { port } = await serve({ tls: good }, '::1');
    const [greeting] = await greeted(port, 'six.example.com');
    assert.deepEqual([greeting?.address, greeting?.outcome], ['::1', 'tls']);
  });
  it('whose certificate nobody vouches for', async () => {
    const { port } = await serve({ tls: good });
    const [greeting] = await greetServer('mx.example.com', { resolver, port, isAllowed: loopback, timeout: 1_500 });
    assert.equal(greeting?.outcome, 'tls');
    assert.notEqual(greeting.distrust, '');
  });
  it('that speaks an old protocol', async () => {
    const { port } = await serve({ tls: good, version: 'TLSv1.1' });
    const [greeting] = await greeted(port);
    assert.deepEqual([greeting?.outcome, greeting?.protocol], ['tls', 'TLSv1.1']);
  });
  it('whose chain has an authority it did not send: Node adds it, what was sent has it not', async () => {
    const { port } = await serve({ tls: good });
    const [added] = await greeted(port);
    const [sent] = await greeted(port, 'mx.example.com', { sentChain: true });
    assert.equal(added?.chain?.length, 2);
    assert.equal(sent?.chain?.length, 1);
    const record = { usage: 2, selector: 0, matchingType: 0, data: added.chain[1]! };
    assert.equal(matchTlsa([record], sent.chain, ['mx.example.com'], new Date()), 'match');
    const { port: whole } = await serve({ tls: { key: good.key, cert: good.cert + ca } });
    const [both] = await greeted(whole, 'mx.example.com', { sentChain: true });
    assert.equal(both?.chain?.length, 2);
  });
  it('whose key changes: TLSA records of both, each of which fits what was sent', async () => {
    const next = certificate('next', 'DNS:mx.example.com');
    const seen: { key: string; verified: boolean; chain: readonly Uint8Array[] }[] = [];
    for (const pair of [good, next]) {
      const { port } = await serve({ tls: pair });
      const [greeting] = await greeted(port);
      assert.ok(greeting?.chain !== undefined);
      const { certificate: shown } = judgeGreeting(greeting, 'mx.example.com', 'example.com', []);
      assert.ok(shown?.publicKeySha256 !== undefined);
      seen.push({ key: shown.publicKeySha256, verified: shown.trusted && shown.named, chain: greeting.chain });
    }
    const days = [{ firstDay: 10, lastDay: 14, days: 2 }, { firstDay: 16, lastDay: 16, days: 1 }]; // prettier-ignore
    const { tlsa, notes } = tlsaWish(
      'mx.example.com',
      'example.com',
      [],
      seen.map(({ key, verified }, at) => ({ key, verified, ...days[at]! })),
      16,
    );
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['plan/tlsa-verified', 'plan/tlsa-rolling'],
    );
    for (const [at, { chain }] of seen.entries()) {
      const record = parseTlsa(tlsa?.publish[at] ?? '');
      assert.ok(record.ok);
      assert.equal(matchTlsa([record.value], chain, ['mx.example.com'], new Date()), 'match');
      assert.equal(matchTlsa([record.value], seen[1 - at]!.chain, ['mx.example.com'], new Date()), 'mismatch');
    }
  });
  const cases: [name: string, script: Script, outcome: string][] = [
    ['that offers no encryption', { offer: '250-mx\r\n250 SIZE\r\n' }, 'no-starttls'],
    ['that offers it in its name alone', { offer: '250-STARTTLS.example.com\r\n250 SIZE\r\n' }, 'no-starttls'],
    ['that takes the offer back', { ready: '454 not now\r\n' }, 'no-starttls'],
    ['that knows no EHLO', { offer: '502 what\r\n' }, 'no-starttls'],
    ['that will not talk', { greeting: '554 go away\r\n' }, 'unwilling'],
    ['that is busy', { greeting: '421 later\r\n' }, 'unwilling'],
    ['that defers', { offer: '450 later\r\n' }, 'unwilling'],
    ['that is a web server', { greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, 'not-smtp'],
    ['that floods', { greeting: 'x'.repeat(200_000) }, 'not-smtp'],
    ['whose greeting never ends', { greeting: '220-a\r\n'.repeat(1_000) }, 'not-smtp'],
    ['that says nothing', { greeting: '' }, 'unreachable'],
    ['that says go on and does not', { ready: '220 go\r\n' }, 'tls-failed'],
    ['in front of which somebody puts text in', { ready: '220 go\r\n250 evil\r\n' }, 'tls-failed'],
  ];
  for (const [name, script, outcome] of cases) {
    it(`${name}: ${outcome}`, async () => {
      const { port } = await serve(script);
      const [greeting] = await greeted(port);
      assert.equal(greeting?.outcome, outcome, greeting?.said);
    });
  }
  it('that is not there', async () => {
    const { port } = await serve({});
    closers.pop()?.();
    const [greeting] = await greeted(port);
    assert.deepEqual([greeting?.outcome, greeting?.said], ['unreachable', 'ECONNREFUSED']);
  });
  it('at an address that is not public is not connected to', async () => {
    const { port, heard } = await serve({ tls: good });
    const [greeting] = await greetServer('mx.example.com', { resolver, port });
    assert.deepEqual([greeting?.outcome, greeting?.address], ['private-address', '127.0.0.1']);
    assert.deepEqual(heard, []);
  });
  it('without an address', async () => assert.equal((await greeted(1, 'bare.example.com'))[0]?.outcome, 'no-address'));
  it('is left when that is asked', async () => {
    const { port } = await serve({ greeting: '' });
    const controller = new AbortController();
    const greeting = greeted(port, 'mx.example.com', { signal: controller.signal });
    controller.abort();
    assert.equal((await greeting)[0]?.outcome, 'unreachable');
  });
});
