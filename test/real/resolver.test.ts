// The live resolver against BIND, NSD and Unbound. All of them, and a zone told by the same text, have to give the same
// answers: one contract for whatever is a `Resolver`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startBind, startNsd, startUnbound } from './name-servers.ts';
import { liveResolver } from '../../src/network/resolver/index.ts';
import { overlay, recording, replaying, ResolverError, zone } from '../../src/standards/dns/index.ts';
import { compile, evaluate } from '../../src/standards/spf/index.ts';
import type { NameServer } from './name-servers.ts';
import type { LiveResolver } from '../../src/network/resolver/index.ts';
import type { RecordType, Resolver } from '../../src/standards/dns/index.ts';

const head = '$TTL 300\n@ SOA ns1.plain.example. root.plain.example. 1 3600 600 86400 60\n@ NS ns1.plain.example.\n';
const plain = `$ORIGIN plain.example.
${head}
ns1 A 192.0.2.53
@ TXT "v=spf1 mx include:_spf.plain.example -all"
@ TXT "another \\"text\\" \\195\\188"
@ MX 10 mail
@ MX 20 MAIL2
mail A 192.0.2.25
mail AAAA 2001:db8:0:0::25
mail2 A 192.0.2.26
_spf TXT "v=spf1 ip4:198.51.100.0/24 " "ip6:2001:db8:1::/48 ?all"
_dmarc TXT "v=DMARC1; p=reject"
alias CNAME mail
chain CNAME alias
nowhere CNAME gone
*.wild TXT "from a wildcard"
own.wild A 192.0.2.7
deep.er.under A 192.0.2.8
_25._tcp.mail TLSA 3 1 1 ${'ab'.repeat(32)}
${Array.from({ length: 40 }, (_, n) => `large TXT "${String(n).padStart(200, 'x')}"`).join('\n')}
short 2 A 192.0.2.9
`;
const signedText = `$ORIGIN signed.example.\n${head}mail A 192.0.2.30\n_25._tcp.mail TLSA 3 1 1 ${'cd'.repeat(32)}\n`;
const reverse = `$ORIGIN 2.0.192.in-addr.arpa.\n${head}25 PTR mail.plain.example.\n`;

const questions: [name: string, type: RecordType][] = [
  ['plain.example', 'TXT'],
  ['PLAIN.Example', 'MX'],
  ['plain.example', 'NS'],
  ['plain.example', 'SOA'],
  ['plain.example', 'A'],
  ['mail.plain.example', 'A'],
  ['mail.plain.example', 'AAAA'],
  ['mail.plain.example', 'MX'],
  ['_spf.plain.example', 'TXT'],
  ['alias.plain.example', 'A'],
  ['alias.plain.example', 'CNAME'],
  ['chain.plain.example', 'A'],
  ['chain.plain.example', 'TXT'],
  ['nowhere.plain.example', 'A'],
  ['gone.plain.example', 'A'],
  ['x.y.gone.plain.example', 'TXT'],
  ['x.wild.plain.example', 'TXT'],
  ['x.wild.plain.example', 'A'],
  ['own.wild.plain.example', 'TXT'],
  ['below.own.wild.plain.example', 'TXT'],
  ['under.plain.example', 'A'],
  ['er.under.plain.example', 'TXT'],
  ['_25._tcp.mail.plain.example', 'TLSA'],
  ['large.plain.example', 'TXT'],
  ['25.2.0.192.in-addr.arpa', 'PTR'],
  ['26.2.0.192.in-addr.arpa', 'PTR'],
  ['mail.signed.example', 'A'],
];

const folder = mkdtempSync(join(tmpdir(), 'zegel-resolver-'));
const running: NameServer[] = [];
const open: LiveResolver[] = [];
const servers: Record<string, NameServer> = {};
const told = zone([plain, signedText, reverse].map((text) => ({ text })));
assert.ok(told.ok);
const expected = told.value.resolver;

function live(server: string): LiveResolver {
  const resolver = liveResolver({ servers: [servers[server]!], timeout: 3000 });
  open.push(resolver);
  return resolver;
}

/** An answer in a form in which the order of a set does not count. */
async function shown(resolver: Resolver, name: string, type: RecordType): Promise<unknown> {
  const { kind, aliases, ...rest } = await resolver(name, type);
  return {
    kind,
    aliases,
    records: 'records' in rest ? rest.records.map((record) => JSON.stringify(record)).sort() : [],
  };
}

describe('the live resolver', () => {
  before(async () => {
    writeFileSync(join(folder, 'plain'), plain);
    writeFileSync(join(folder, 'signed'), signedText);
    writeFileSync(join(folder, 'reverse'), reverse);
    writeFileSync(join(folder, 'broken'), '@ SOA nonsense\n');
    const key = execFileSync(
      'dnssec-keygen',
      ['-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', '-K', folder, 'signed.example'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
    execFileSync('dnssec-keygen', ['-q', '-a', 'ECDSAP256SHA256', '-K', folder, 'signed.example'], { stdio: 'ignore' });
    execFileSync(
      'dnssec-signzone',
      ['-S', '-K', folder, '-o', 'signed.example', '-d', folder, join(folder, 'signed')],
      {
        stdio: 'ignore',
        cwd: folder,
      },
    );
    assert.ok(readdirSync(folder).includes('signed.signed'));
    const anchor = readFileSync(join(folder, `${key}.key`), 'utf8')
      .split('\n')
      .find((line) => line.startsWith('signed.example'))!;
    const zones = [
      { name: 'plain.example', file: 'plain' },
      { name: 'signed.example', file: 'signed.signed' },
      { name: '2.0.192.in-addr.arpa', file: 'reverse' },
    ];
    const keep = async (name: string, server: Promise<NameServer>): Promise<NameServer> => {
      servers[name] = await server;
      running.push(servers[name]);
      return servers[name];
    };
    const nsd = await keep('NSD', startNsd(folder, zones));
    await keep('BIND', startBind(folder, [...zones, { name: 'broken.example', file: 'broken' }]));
    await keep('BIND, forwarding to NSD', startBind(folder, [], { ...nsd, known: 'plain.example' }));
    await keep(
      'Unbound',
      startUnbound(
        folder,
        zones.map((each) => each.name),
        nsd,
        anchor.replace(/\s+/g, ' '),
      ),
    );
  });
  after(async () => {
    for (const resolver of open) resolver.close();
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  });

  for (const server of ['NSD', 'BIND', 'BIND, forwarding to NSD', 'Unbound']) {
    describe(server, () => {
      for (const [name, type] of questions) {
        it(`${name} ${type}`, async () => {
          assert.deepEqual(
            await shown(live(server).resolver, name, type),
            await shown(expected, name.toLowerCase(), type),
          );
        });
      }

      it('answers 500 questions at once', async () => {
        const resolver = live(server);
        const answers = await Promise.all(
          Array.from({ length: 500 }, (_, n) => resolver.resolver(`n${n}.wild.plain.example`, 'TXT')),
        );
        assert.ok(answers.every((answer) => answer.kind === 'records' && answer.records[0]?.[0] === 'from a wildcard'));
      });

      it('SPF is judged and compiled as by a text', async () => {
        const { resolver } = live(server);
        for (const ip of ['192.0.2.25', '2001:db8::25', '198.51.100.9', '2001:db8:1::9', '203.0.113.1']) {
          const client = { ip, mailFrom: 'someone@plain.example', helo: 'mail.plain.example' };
          const [there, here] = [await evaluate(client, resolver), await evaluate(client, expected)];
          assert.deepEqual([there.result, there.path], [here.result, here.path], ip);
        }
        const [there, here] = [await compile('plain.example', resolver), await compile('plain.example', expected)];
        assert.deepEqual(there.v4, here.v4);
        assert.deepEqual(there.v6, here.v6);
      });
    });
  }

  it('TTLs: of records, of an alias, of an absence', async () => {
    for (const server of ['NSD', 'BIND', 'Unbound']) {
      const { resolver } = live(server);
      assert.equal((await resolver('short.plain.example', 'A')).ttl <= 2, true, server);
      const absence = await resolver(`absent${server.length}.plain.example`, 'A');
      assert.ok(absence.kind === 'no-such-name' && absence.ttl > 50 && absence.ttl <= 60, server);
    }
  });

  it('says what was validated: a signed zone by Unbound, nothing else', async () => {
    const authenticated = async (server: string, name: string, type: RecordType): Promise<boolean> =>
      (await live(server).resolver(name, type)).authenticated;
    assert.equal(await authenticated('Unbound', 'mail.signed.example', 'A'), true);
    assert.equal(await authenticated('Unbound', '_25._tcp.mail.signed.example', 'TLSA'), true);
    assert.equal(await authenticated('Unbound', 'gone.signed.example', 'A'), true);
    assert.equal(await authenticated('Unbound', 'mail.plain.example', 'A'), false);
    assert.equal(await authenticated('NSD', 'mail.signed.example', 'A'), false);
    assert.equal(await authenticated('BIND', 'mail.signed.example', 'A'), false);
  });

  const failures: [server: string, name: string, code: string][] = [
    ['NSD', 'elsewhere.example', 'dns/refused'],
    ['BIND', 'elsewhere.example', 'dns/refused'],
    ['BIND', 'broken.example', 'dns/servfail'],
    ['BIND, forwarding to NSD', 'elsewhere.example', 'dns/servfail'],
  ];
  for (const [server, name, code] of failures) {
    it(`${server} cannot answer for ${name}: ${code}`, async () => {
      await assert.rejects(
        live(server).resolver(name, 'TXT'),
        (error) => error instanceof ResolverError && error.code === code,
      );
    });
  }

  it('an overlay over the live DNS, and a recording of it', async () => {
    const { resolver } = live('Unbound');
    const changed = overlay([{ name: 'mail.plain.example', type: 'A', records: ['203.0.113.9'] }], resolver);
    const answer = await changed('chain.plain.example', 'A');
    assert.ok(answer.kind === 'records');
    assert.deepEqual(answer.records, ['203.0.113.9']);
    const recorded = recording(resolver);
    const client = { ip: '192.0.2.25', mailFrom: 'someone@plain.example', helo: 'mail.plain.example' };
    const first = await evaluate(client, recorded.resolver);
    assert.deepEqual(await evaluate(client, replaying(recorded.answers())), first);
  });

  it('goes on with the second server when the first goes away', async () => {
    const extra = await startNsd(folder, [{ name: 'plain.example', file: 'plain' }]);
    const both = liveResolver({ servers: [extra, servers['NSD']!], timeout: 500 });
    open.push(both);
    assert.equal((await both.resolver('mail.plain.example', 'A')).kind, 'records');
    await extra.stop();
    assert.equal((await both.resolver('mail2.plain.example', 'A')).kind, 'records');
  });
});
