// long because: a table of what servers do, one case each, and the limits beside it.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { after, describe, it } from 'node:test';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } from 'dns-packet';
import { ResolverError } from '../../standards/dns/index.ts';
import { liveResolver, parseServerAddress, systemServers } from './index.ts';
import type { Socket } from 'node:dgram';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import type { Packet } from 'dns-packet';
import type { LiveResolver, LiveResolverOptions, ServerAddress } from './index.ts';

type Question = { readonly name: string; readonly type: string };
/** What a server sends back for a question: messages, bytes as they are, or nothing. `tcp`: over which it was asked. */
type Reply = (question: Question, query: Packet, tcp: boolean) => (Packet | Buffer)[];

const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

/** A name server on a loopback port of its own, made with another library's reading and writing of messages. */
async function nameServer(reply: Reply): Promise<ServerAddress & { readonly seen: Question[] }> {
  const seen: Question[] = [];
  const answersTo = (bytes: Buffer, tcp: boolean): Buffer[] => {
    const query = decode(bytes);
    const question = query.questions![0]!;
    seen.push({ name: question.name, type: question.type });
    return reply({ name: question.name, type: question.type }, query, tcp).map((message) =>
      Buffer.isBuffer(message)
        ? message
        : encode({
            id: query.id!,
            type: 'response',
            questions: query.questions!,
            flags: RECURSION_AVAILABLE,
            ...message,
          }),
    );
  };
  for (;;) {
    const tcp: TcpServer = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        for (const message of answersTo(bytes.subarray(2), true)) {
          const length = Buffer.alloc(2);
          length.writeUInt16BE(message.length);
          const whole = Buffer.concat([length, message]);
          // In two pieces, as large answers come.
          socket.write(whole.subarray(0, 1));
          socket.write(whole.subarray(1));
        }
      });
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const udp: Socket = createSocket('udp4');
    udp.on('message', (bytes, from) => {
      for (const message of answersTo(bytes, false)) udp.send(message, from.port, from.address);
    });
    // The port is free for TCP; another process may have it for UDP.
    const isFree = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, '127.0.0.1', () => resolve(true));
    });
    closers.push(() => tcp.close());
    if (!isFree) continue;
    closers.push(() => udp.close());
    return { host: '127.0.0.1', port, seen };
  }
}

function live(options: LiveResolverOptions): LiveResolver {
  const resolver = liveResolver({ timeout: 400, ...options });
  closers.push(() => resolver.close());
  return resolver;
}

async function outcome(
  resolver: LiveResolver,
  name: string,
  type: 'A' | 'CNAME' | 'MX' | 'TXT' = 'TXT',
): Promise<string> {
  try {
    const answer = await resolver.resolver(name, type);
    return answer.kind === 'records' ? JSON.stringify(answer.records) : answer.kind;
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return error.code;
  }
}

const txt = (name: string, data: string | string[], ttl = 300): object => ({ type: 'TXT', name, data, ttl });
const soa = (name: string, minimum = 60, ttl = 300): object => ({
  type: 'SOA',
  name,
  ttl,
  data: { mname: 'ns.test', rname: 'root.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum },
});
/** A message with a response code, which is the low bits of the flags. */
const code = (rcode: number, rest: object = {}): Packet => ({ flags: RECURSION_AVAILABLE | rcode, ...rest }) as Packet;
const records = (...answers: object[]): Packet => ({ answers }) as Packet;

describe('liveResolver', () => {
  const cases: [what: string, reply: Reply, expected: string, type?: 'A' | 'CNAME' | 'MX'][] = [
    ['gives records', (q) => [records(txt(q.name, ['a', 'b\xE9']))], JSON.stringify([['a', 'bÃ©']])],
    [
      'gives names in lower case',
      (q) => [records({ type: 'MX', name: q.name, data: { preference: 1, exchange: 'MX.Test' } })],
      '[{"preference":1,"exchange":"mx.test"}]',
      'MX',
    ],
    [
      'matches the question whatever its case',
      (_, query) => [
        encode({
          id: query.id!,
          type: 'response',
          questions: [{ name: 'X.TEST', type: 'TXT' }],
          answers: [txt('X.test', 'y') as never],
        }),
      ],
      '[["y"]]',
    ],
    ['no data, with an SOA', () => [{ authorities: [soa('test')] } as Packet], 'no-data'],
    ['no data, without one', () => [records()], 'no-data'],
    ['no such name', () => [code(3, { authorities: [soa('test')] })], 'no-such-name'],
    ['SERVFAIL', () => [code(2)], 'dns/servfail'],
    ['REFUSED', () => [code(5)], 'dns/refused'],
    [
      'a referral is no answer',
      () => [{ flags: 0, authorities: [{ type: 'NS', name: 'test', data: 'ns.test' }] } as Packet],
      'dns/refused',
    ],
    [
      'an empty answer of the one responsible',
      () => [{ flags: AUTHORITATIVE_ANSWER, authorities: [{ type: 'NS', name: 'test', data: 'ns.test' }] } as Packet],
      'no-data',
    ],
    [
      'an alias and its end',
      (q) => [records({ type: 'CNAME', name: q.name, data: 'y.test' }, txt('y.test', 'z'))],
      '[["z"]]',
    ],
    [
      'an alias when it is asked for',
      (q) => [records({ type: 'CNAME', name: q.name, data: 'Y.test' })],
      '["y.test"]',
      'CNAME',
    ],
    ['an alias to itself', (q) => [records({ type: 'CNAME', name: q.name, data: q.name })], 'dns/alias-loop'],
    [
      'aliases in a ring',
      (q) => [
        records({ type: 'CNAME', name: q.name, data: 'y.test' }, { type: 'CNAME', name: 'y.test', data: q.name }),
      ],
      'dns/alias-loop',
    ],
    [
      'an alias whose end does not exist',
      (q) => [code(3, { answers: [{ type: 'CNAME', name: q.name, data: 'y.test' }] })],
      'no-such-name',
    ],
    ['records of other names are left alone', () => [records(txt('other.test', 'poison'))], 'no-data'],
    [
      'another id is somebody else’s answer',
      (q, query) => [
        encode({
          id: query.id! ^ 1,
          type: 'response',
          questions: query.questions!,
          answers: [txt(q.name, 'poison') as never],
        }),
        records(txt(q.name, 'right')),
      ],
      '[["right"]]',
    ],
    [
      'another question is somebody else’s answer',
      (q, query) => [
        encode({
          id: query.id!,
          type: 'response',
          questions: [{ name: 'evil.test', type: 'TXT' }],
          answers: [txt(q.name, 'poison') as never],
        }),
        records(txt(q.name, 'right')),
      ],
      '[["right"]]',
    ],
    [
      'a query is no answer',
      (q, query) => [encode({ ...query, type: 'query' }), records(txt(q.name, 'right'))],
      '[["right"]]',
    ],
    [
      'bytes that are no message',
      (_, query) => [Buffer.concat([Buffer.from([query.id! >> 8, query.id! & 255]), Buffer.alloc(20, 0xff)])],
      'dns/malformed',
    ],
    ['silence', () => [], 'dns/timeout'],
    [
      'an answer that does not fit comes over TCP',
      (q, _, tcp) => [
        tcp ? records(txt(q.name, Array<string>(40).fill('x'.repeat(250)))) : ({ flags: TRUNCATED_RESPONSE } as Packet),
      ],
      JSON.stringify([Array<string>(40).fill('x'.repeat(250))]),
    ],
    [
      'a message cut in the middle of a record',
      (q, query, tcp) => {
        const whole = encode({
          id: query.id!,
          type: 'response',
          flags: TRUNCATED_RESPONSE,
          questions: query.questions!,
          answers: [txt(q.name, 'long') as never],
        });
        return [tcp ? records(txt(q.name, 'whole')) : whole.subarray(0, whole.length - 3)];
      },
      '[["whole"]]',
    ],
    [
      'TCP that hangs up',
      (_, __, tcp) => [tcp ? Buffer.alloc(3) : ({ flags: TRUNCATED_RESPONSE } as Packet)],
      'dns/malformed',
    ],
    [
      'a server without EDNS',
      (q, query) => [query.additionals!.length > 0 ? code(1) : records(txt(q.name, 'plain'))],
      '[["plain"]]',
    ],
  ];
  for (const [what, reply, expected, type] of cases) {
    it(what, async () => {
      const server = await nameServer(reply);
      assert.equal(
        await outcome(
          live({ servers: [server], rounds: 1, timeout: expected === 'dns/timeout' ? 60 : 3000 }),
          'x.test',
          type,
        ),
        expected,
      );
    });
  }

  it('says whether the answer was validated', async () => {
    const server = await nameServer((q) => [
      { flags: q.name === 'x.test' ? 0x20 : 0, answers: [txt(q.name, 'y')] } as Packet,
    ]);
    const { resolver } = live({ servers: [server] });
    assert.equal((await resolver('x.test', 'TXT')).authenticated, true);
    assert.equal((await resolver('y.test', 'TXT')).authenticated, false);
  });

  it('asks on where a server that is responsible for one zone alone stops', async () => {
    const server = await nameServer((q) => [
      q.name === 'x.test'
        ? records({ type: 'CNAME', name: q.name, data: 'y.other', ttl: 9 })
        : records(txt(q.name, 'end')),
    ]);
    const answer = await live({ servers: [server] }).resolver('x.test', 'TXT');
    assert.deepEqual(answer, {
      kind: 'records',
      records: [['end']],
      ttl: 9,
      aliases: ['y.other'],
      authenticated: false,
    });
    const ring = await nameServer((q) => [
      records({ type: 'CNAME', name: q.name, data: q.name === 'x.test' ? 'y.test' : 'x.test' }),
    ]);
    assert.equal(await outcome(live({ servers: [ring] }), 'x.test'), 'dns/alias-loop');
    let n = 0;
    const endless = await nameServer((q) => [records({ type: 'CNAME', name: q.name, data: `n${++n}.test` })]);
    assert.equal(await outcome(live({ servers: [endless] }), 'x.test'), 'dns/alias-loop');
    assert.ok(n < 30);
  });

  it('goes on to the next server, and back to one that was silent', async () => {
    const silent = await nameServer(() => []);
    const cannot = await nameServer(() => [code(2)]);
    const right = await nameServer((q) => [records(txt(q.name, 'y'))]);
    assert.equal(await outcome(live({ servers: [silent, cannot, right] }), 'x.test'), '[["y"]]');
    let calls = 0;
    const late = await nameServer((q) => (++calls > 1 ? [records(txt(q.name, 'second'))] : []));
    assert.equal(await outcome(live({ servers: [late] }), 'x.test'), '[["second"]]');
    assert.equal(await outcome(live({ servers: [silent, cannot] }), 'x.test'), 'dns/servfail');
    assert.equal(cannot.seen.length, 2);
  });

  it('gives up sooner when nobody has answered for long, and takes heart at the first answer', async () => {
    let isUp = false;
    const server = await nameServer((q) => (isUp ? [records(txt(q.name, 'y'))] : []));
    const resolver = live({ servers: [server], timeout: 40, rounds: 2 });
    const all = await Promise.all(Array.from({ length: 30 }, (_, i) => outcome(resolver, `q${i}.test`)));
    assert.deepEqual([...new Set(all)], ['dns/timeout']);
    // When twenty had waited in vain, nobody else was asked a second time.
    const sent = resolver.counts.sent;
    assert.ok(sent >= 30 && sent < 50, `${sent} sent`);
    isUp = true;
    assert.equal(await outcome(resolver, 'later.test'), '[["y"]]');
    isUp = false;
    assert.equal(await outcome(resolver, 'again.test'), 'dns/timeout');
    assert.equal(resolver.counts.sent, sent + 3);
  });

  it('tells a port where nobody listens', async () => {
    const gone = createSocket('udp4');
    await new Promise<void>((resolve) => gone.bind(0, '127.0.0.1', resolve));
    const { port } = gone.address();
    await new Promise<void>((resolve) => gone.close(() => resolve()));
    assert.equal(
      await outcome(live({ servers: [{ host: '127.0.0.1', port }], rounds: 1 }), 'x.test'),
      'dns/unreachable',
    );
  });

  it('keeps answers and absences as long as they say, and shows what is left', async () => {
    let clock = 1000;
    const server = await nameServer((q) =>
      q.name === 'x.test' ? [records(txt(q.name, 'y', 100))] : [code(3, { authorities: [soa('test', 30, 300)] })],
    );
    const { resolver, counts } = live({ servers: [server], now: () => clock });
    const first = await resolver('x.test', 'TXT');
    await resolver('nothing.test', 'TXT');
    clock += 29;
    const again = await resolver('X.test.', 'TXT');
    assert.equal(again.ttl, 71);
    assert.ok(first.kind === 'records' && again.kind === 'records' && first.records === again.records);
    assert.equal((await resolver('nothing.test', 'TXT')).ttl, 1);
    assert.equal(counts.sent, 2);
    clock += 2;
    await resolver('nothing.test', 'TXT');
    assert.equal(counts.sent, 3);
    clock += 70;
    await resolver('x.test', 'TXT');
    assert.deepEqual(counts, { asked: 6, kept: 2, joined: 0, sent: 4, failed: 0 });
  });

  it('keeps nothing whose TTL is 0, and a failure for a few seconds', async () => {
    let clock = 0;
    const server = await nameServer((q) => [q.name === 'x.test' ? records(txt(q.name, 'y', 0)) : code(2)]);
    const resolver = live({ servers: [server], now: () => clock });
    for (let i = 0; i < 3; i++) await outcome(resolver, 'x.test');
    for (let i = 0; i < 3; i++) assert.equal(await outcome(resolver, 'broken.test'), 'dns/servfail');
    assert.equal(server.seen.length, 4);
    clock += 6;
    await outcome(resolver, 'broken.test');
    assert.equal(server.seen.length, 5);
  });

  it('keeps no more than it may: what was used longest ago goes', async () => {
    const server = await nameServer((q) => [records(txt(q.name, 'y'))]);
    const resolver = live({ servers: [server], cacheSize: 2 });
    for (const name of ['a.test', 'b.test', 'a.test', 'c.test', 'a.test', 'b.test']) await outcome(resolver, name);
    assert.deepEqual(
      server.seen.map((question) => question.name),
      ['a.test', 'b.test', 'c.test', 'b.test'],
    );
  });

  it('asks the same question once, and not more at once than it may', async () => {
    let open = 0;
    let most = 0;
    const server = await nameServer((q) => [records(txt(q.name, 'y'))]);
    const { resolver, counts } = live({ servers: [server], concurrency: 3, timeout: 2000 });
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        open += 1;
        await resolver(`n${index % 50}.test`, 'TXT');
        most = Math.max(most, open);
        open -= 1;
      }),
    );
    assert.equal(server.seen.length, 50);
    assert.equal(counts.joined, 150);
  });

  it('asks under changing ids from several ports', async () => {
    const ids = new Set<number>();
    const server = await nameServer((q, query) => {
      ids.add(query.id!);
      return [records(txt(q.name, 'y'))];
    });
    const { resolver } = live({ servers: [server], timeout: 2000 });
    await Promise.all(Array.from({ length: 60 }, (_, index) => resolver(`n${index}.test`, 'TXT')));
    assert.ok(ids.size > 50, `${ids.size} ids`);
  });

  it('refuses a name that has no form on the wire', async () => {
    const server = await nameServer(() => []);
    const resolver = live({ servers: [server] });
    for (const name of ['a..test', `${'x'.repeat(64)}.test`, `${'abcdefg.'.repeat(33)}test`, 'ü→.test']) {
      assert.equal(await outcome(resolver, name), 'dns/malformed');
    }
    assert.equal(server.seen.length, 0);
  });

  it('fails what is under way when it is closed', async () => {
    const server = await nameServer(() => []);
    const resolver = live({ servers: [server], rounds: 1, timeout: 5000 });
    const waiting = outcome(resolver, 'x.test');
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    resolver.close();
    assert.equal(await waiting, 'dns/unreachable');
    assert.equal(await outcome(resolver, 'y.test'), 'dns/unreachable');
  });
});

describe('parseServerAddress', () => {
  const cases: [text: string, expected: string | undefined][] = [
    ['192.0.2.53', '192.0.2.53 53'],
    ['192.0.2.53:5353', '192.0.2.53 5353'],
    ['2001:db8::53', '2001:db8::53 53'],
    ['[2001:db8::53]:5353', '2001:db8::53 5353'],
    ['[192.0.2.53]:53', undefined],
    ['192.0.2.53:0', undefined],
    ['192.0.2.53:65536', undefined],
    ['ns.example', undefined],
    ['ns.example:53', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const address = parseServerAddress(text);
      assert.equal(address && `${address.host} ${address.port}`, expected);
    });
  }
});

describe('systemServers', () => {
  it('is the machine itself without a file', async () => {
    assert.deepEqual(await systemServers('/nonexistent/resolv.conf'), [{ host: '127.0.0.1', port: 53 }]);
  });
});
