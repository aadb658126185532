import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { overlay, recording, replaying, ResolverError, zone, zoneAfter } from './index.ts';
import type { RecordType, Resolver } from './index.ts';

/** What came of a question, in one line: `records […]`, `no-data`, `no-such-name` or the code of the error. */
async function outcome(resolver: Resolver, name: string, type: RecordType): Promise<string> {
  try {
    const answer = await resolver(name, type);
    return answer.kind === 'records' ? JSON.stringify(answer.records) : answer.kind;
  } catch (error) {
    assert.ok(error instanceof ResolverError);
    return error.code;
  }
}

const text = String.raw`
$ORIGIN example.com.            ; a comment
$TTL 1h30m
@   IN SOA ns1 hostmaster.example.com. ( 2026010101
        2h 30M 2w  ; "quoted" ( in a comment
        5m )
        NS ns1
    300 IN MX 10 mail
    IN 300 MX 20 Mail2.Example.NET.
ns1 A 192.0.2.53
    AAAA 2001:DB8::53
mail        A 192.0.2.25
_dmarc      TXT "v=DMARC1; p=reject; " "rua=mailto:a@b.example"
esc         TXT "a \"b\" \\ \065\255" unquoted;comment
paren       TXT ( "one"
                  "two" )
empty       TXT ""
deep.er.under A 192.0.2.1
alias       CNAME mail
far         CNAME www.example.org.
loop1       CNAME loop2
loop2       CNAME loop1
self        CNAME self
*.wild      TXT "from a wildcard"
own.wild    A 192.0.2.7
*.waliased  CNAME mail
sub         NS ns.sub
ns.sub      A 192.0.2.54
sub         DS 1 8 2 00ff
_25._tcp.mail TLSA 3 1 1 ( aabb
                            ccdd )
key         DNSKEY 257 3 13 AQID BAUG
other       CAA 0 issue "ca.example"
generic     TYPE65280 \# 4 0A000001
dn          DNAME elsewhere.example.org.
dot\.ted    A 192.0.2.8
both        CNAME mail
both        TXT "beside an alias"
bad         A 192.0.2.300
bad         TXT "the other type is read"
worse       FOO bar
broken      TXT "no end
after       A 192.0.2.9
chaos       CH TXT "not the internet"
$ORIGIN 2.0.192.in-addr.arpa.
@   3600 SOA ns1.example.com. hostmaster.example.com. 1 1 1 1 60
25  PTR mail.example.com.
$ORIGIN example.org.
www 60 A 203.0.113.1
*.any TXT "no zone around it"
`;
const reading = zone(text);
assert.ok(reading.ok);
const { resolver, apexes, names } = reading.value;

describe('zone', () => {
  const cases: [name: string, type: RecordType, expected: string][] = [
    [
      'example.com',
      'MX',
      '[{"preference":10,"exchange":"mail.example.com"},{"preference":20,"exchange":"mail2.example.net"}]',
    ],
    ['EXAMPLE.com.', 'NS', '["ns1.example.com"]'],
    [
      'example.com',
      'SOA',
      '[{"mname":"ns1.example.com","rname":"hostmaster.example.com","serial":2026010101,"minimum":300}]',
    ],
    ['ns1.example.com', 'AAAA', '["2001:db8::53"]'],
    ['_dmarc.example.com', 'TXT', '[["v=DMARC1; p=reject; ","rua=mailto:a@b.example"]]'],
    ['esc.example.com', 'TXT', JSON.stringify([['a "b" \\ A\xFF', 'unquoted']])],
    ['paren.example.com', 'TXT', '[["one","two"]]'],
    ['empty.example.com', 'TXT', '[[""]]'],
    ['er.under.example.com', 'A', 'no-data'],
    ['under.example.com', 'TXT', 'no-data'],
    ['nothing.under.example.com', 'A', 'no-such-name'],
    ['nothing.example.com', 'A', 'no-such-name'],
    ['a.b.c.nothing.example.com', 'TXT', 'no-such-name'],
    ['alias.example.com', 'A', '["192.0.2.25"]'],
    ['alias.example.com', 'AAAA', 'no-data'],
    ['alias.example.com', 'CNAME', '["mail.example.com"]'],
    ['far.example.com', 'A', '["203.0.113.1"]'],
    ['loop1.example.com', 'A', 'dns/alias-loop'],
    ['self.example.com', 'A', 'dns/alias-loop'],
    ['x.wild.example.com', 'TXT', '[["from a wildcard"]]'],
    ['x.y.wild.example.com', 'TXT', '[["from a wildcard"]]'],
    ['x.wild.example.com', 'A', 'no-data'],
    ['own.wild.example.com', 'TXT', 'no-data'],
    ['below.own.wild.example.com', 'TXT', 'no-such-name'],
    ['wild.example.com', 'TXT', 'no-data'],
    ['*.wild.example.com', 'TXT', '[["from a wildcard"]]'],
    ['x.waliased.example.com', 'A', '["192.0.2.25"]'],
    ['sub.example.com', 'NS', '["ns.sub.example.com"]'],
    ['sub.example.com', 'DS', '[{"keyTag":1,"algorithm":8,"digestType":2,"digest":{"0":0,"1":255}}]'],
    ['sub.example.com', 'TXT', 'dns/unknown-name'],
    ['x.sub.example.com', 'A', 'dns/unknown-name'],
    ['ns.sub.example.com', 'A', '["192.0.2.54"]'],
    [
      '_25._tcp.mail.example.com',
      'TLSA',
      '[{"usage":3,"selector":1,"matchingType":1,"data":{"0":170,"1":187,"2":204,"3":221}}]',
    ],
    ['key.example.com', 'DNSKEY', '[{"flags":257,"algorithm":13,"key":{"0":1,"1":2,"2":3,"3":4,"4":5,"5":6}}]'],
    ['other.example.com', 'TXT', 'no-data'],
    ['generic.example.com', 'A', 'no-data'],
    ['x.dn.example.com', 'A', 'dns/unknown-name'],
    ['both.example.com', 'TXT', '[["beside an alias"]]'],
    ['both.example.com', 'CNAME', '["mail.example.com"]'],
    ['bad.example.com', 'A', 'dns/unknown-name'],
    ['bad.example.com', 'TXT', '[["the other type is read"]]'],
    ['worse.example.com', 'TXT', 'dns/unknown-name'],
    ['broken.example.com', 'TXT', 'dns/unknown-name'],
    ['after.example.com', 'A', '["192.0.2.9"]'],
    ['chaos.example.com', 'TXT', 'no-such-name'],
    ['25.2.0.192.in-addr.arpa', 'PTR', '["mail.example.com"]'],
    ['26.2.0.192.in-addr.arpa', 'PTR', 'no-such-name'],
    ['1.113.0.203.in-addr.arpa', 'PTR', 'dns/unknown-name'],
    ['www.example.org', 'A', '["203.0.113.1"]'],
    ['www.example.org', 'AAAA', 'no-data'],
    ['example.org', 'A', 'dns/unknown-name'],
    ['nothing.example.org', 'A', 'dns/unknown-name'],
    ['x.any.example.org', 'TXT', '[["no zone around it"]]'],
    ['com', 'NS', 'dns/unknown-name'],
    ['example.com', 'DS', 'dns/unknown-name'],
    ['', 'NS', 'dns/unknown-name'],
  ];
  for (const [name, type, expected] of cases) {
    it(`${name} ${type}: ${expected.slice(0, 50)}`, async () =>
      assert.equal(await outcome(resolver, name, type), expected));
  }

  it('tells which names it holds', () => {
    assert.deepEqual(apexes, ['example.com', '2.0.192.in-addr.arpa']);
    assert.ok(names.includes('25.2.0.192.in-addr.arpa') && names.includes('*.wild.example.com'));
    assert.ok(!names.includes('er.under.example.com'));
  });

  it('gives TTLs: of the record, the least along a chain, and of an absence (RFC 2308 §5)', async () => {
    assert.equal((await resolver('example.com', 'MX')).ttl, 300);
    assert.equal((await resolver('mail.example.com', 'A')).ttl, 5400);
    assert.equal((await resolver('far.example.com', 'A')).ttl, 60);
    assert.equal((await resolver('nothing.example.com', 'A')).ttl, 300);
    assert.deepEqual((await resolver('alias.example.com', 'A')).aliases, ['mail.example.com']);
  });

  it('says of each bad line what is wrong and where', () => {
    const line = (part: string): number => text.split('\n').findIndex((each) => each.startsWith(part)) + 1;
    assert.deepEqual(
      reading.problems.map((problem) => [problem.code, problem.at?.line]),
      [
        ['dns/zone-bad-address', line('bad')],
        ['dns/zone-unknown-type', line('worse')],
        ['dns/zone-unclosed-quote', line('broken')],
        ['dns/zone-class', line('chaos')],
        ['dns/zone-alias-and-data', undefined],
      ],
    );
  });

  const refused: [what: string, text: string, code: string][] = [
    ['$INCLUDE', '$INCLUDE other.zone\n', 'dns/zone-directive'],
    ['an entry that never ends', 'a.example. TXT ( "x"\nb.example. A 192.0.2.1\n', 'dns/zone-unclosed'],
    ['a wrong $ORIGIN', '$ORIGIN a..b.\n', 'dns/empty-label'],
    ['an owner too long', `${'a'.repeat(64)}.example. A 192.0.2.1\n`, 'dns/label-too-long'],
    ['a blank owner before any name', '  A 192.0.2.1\n', 'dns/zone-no-owner'],
  ];
  for (const [what, bad, code] of refused) {
    it(`refuses ${what}`, () => {
      const result = zone(bad, { origin: 'example' });
      assert.ok(!result.ok);
      assert.equal(result.problems[0]?.code, code);
    });
  }

  it('splits a string of more than 255 bytes and says so', async () => {
    const long = zone(`a.example. TXT "${'x'.repeat(300)}"`);
    assert.ok(long.ok);
    assert.equal(long.problems[0]?.code, 'dns/zone-string-too-long');
    const answer = await long.value.resolver('a.example', 'TXT');
    assert.deepEqual(answer.kind === 'records' && answer.records[0]?.map((part) => part.length), [255, 45]);
  });

  it('reads U-labels as A-labels, and text beyond ASCII as the bytes it was', async () => {
    const idn = zone('bücher.example. TXT "ü"');
    assert.ok(idn.ok);
    assert.equal(await outcome(idn.value.resolver, 'xn--bcher-kva.example', 'TXT'), '[["Ã¼"]]');
  });

  it('reads bytes as they are, with line ends of two and a mark at the start', async () => {
    const bytes = zone(Buffer.from('\xEF\xBB\xBFa.example. TXT "\x96"\r\nb.example. A 192.0.2.1\r\n', 'latin1'));
    assert.ok(bytes.ok);
    assert.equal(await outcome(bytes.value.resolver, 'a.example', 'TXT'), '[["\x96"]]');
    assert.equal(await outcome(bytes.value.resolver, 'b.example', 'A'), '["192.0.2.1"]');
  });

  it('writes out $GENERATE', async () => {
    const made = zone(
      '$ORIGIN 2.0.192.in-addr.arpa.\n@ 60 SOA . . 1 1 1 1 1\n$GENERATE 1-20/2 $ 30 IN PTR host-${100,4,d}.example. ; all odd\n$GENERATE 30-31 $ TXT "costs \\$ ${0,2,X}"',
    );
    assert.ok(made.ok, JSON.stringify(made.problems));
    const { resolver } = made.value;
    assert.equal(await outcome(resolver, '19.2.0.192.in-addr.arpa', 'PTR'), '["host-0119.example"]');
    assert.equal(await outcome(resolver, '2.2.0.192.in-addr.arpa', 'PTR'), 'no-such-name');
    assert.equal(await outcome(resolver, '30.2.0.192.in-addr.arpa', 'TXT'), '[["costs $ 1E"]]');
    for (const bad of ['1-99999999', '5-1', 'x', '1-2/0']) {
      assert.equal(zone(`$GENERATE ${bad} a$ A 192.0.2.1`).problems[0]?.code, 'dns/zone-generate');
    }
    assert.equal(zone('$GENERATE 1-2 a${x} A 192.0.2.1').problems[0]?.code, 'dns/zone-generate');
  });

  it('reads data given as bytes (RFC 3597)', async () => {
    const generic = zone(
      String.raw`a.example. TYPE1 \# 4 C0000201
a.example. CLASS1 TYPE16 \# 6 02 6162 02 6364
a.example. TLSA \# 5 030101 ab cd
a.example. AAAA \# 4 C0000201
a.example. MX \# 4 C0000201`.replaceAll('\\\\', '\\'),
    );
    assert.ok(generic.ok);
    assert.equal(await outcome(generic.value.resolver, 'a.example', 'A'), '["192.0.2.1"]');
    assert.equal(await outcome(generic.value.resolver, 'a.example', 'TXT'), '[["ab","cd"]]');
    assert.match(
      await outcome(generic.value.resolver, 'a.example', 'TLSA'),
      /"matchingType":1,"data":\{"0":171,"1":205\}/,
    );
    assert.equal(await outcome(generic.value.resolver, 'a.example', 'AAAA'), 'dns/unknown-name');
    assert.equal(await outcome(generic.value.resolver, 'a.example', 'MX'), 'dns/unknown-name');
  });

  it('follows a DNAME (RFC 6672)', async () => {
    const moved = zone('old.example. DNAME new.example.\nx.new.example. A 192.0.2.1\nold.example. TXT "stays"');
    assert.ok(moved.ok);
    assert.equal(await outcome(moved.value.resolver, 'x.old.example', 'A'), '["192.0.2.1"]');
    assert.equal(await outcome(moved.value.resolver, 'old.example', 'TXT'), '[["stays"]]');
  });

  it('reads several files, a parent and its child among them', async () => {
    const both = zone(
      [
        { text: '@ SOA . . 1 1 1 1 1\nsub NS ns.sub\nsub DS 1 8 2 00\nns.sub A 192.0.2.1', path: 'parent' },
        { text: '$ORIGIN sub.example.\n@ SOA . . 1 1 1 1 1\nwww A 192.0.2.2\nx A nonsense', path: 'child' },
      ].map((file) => ({ ...file, text: file.text })),
      { origin: 'example' },
    );
    assert.ok(both.ok);
    assert.equal(await outcome(both.value.resolver, 'www.sub.example', 'A'), '["192.0.2.2"]');
    assert.equal(await outcome(both.value.resolver, 'nothing.sub.example', 'A'), 'no-such-name');
    assert.equal(await outcome(both.value.resolver, 'sub.example', 'TXT'), 'no-data');
    assert.match(await outcome(both.value.resolver, 'sub.example', 'DS'), /keyTag/);
    assert.equal(both.problems[0]?.at?.path, 'child');
  });

  it('reads whatever comes, and what it then knows it answers', async () => {
    const piece = fc.constantFrom(
      '$ORIGIN',
      '$TTL',
      '$GENERATE 1-3',
      '@',
      'a',
      'b.example.',
      '*',
      ' ',
      '  ',
      '\n',
      '\n',
      '(',
      ')',
      '"',
      ';',
      '\\',
      '\\046',
      'A',
      'AAAA',
      'TXT',
      'CNAME',
      'MX',
      'SOA',
      'NS',
      'DNAME',
      'IN',
      '192.0.2.1',
      '2001:db8::',
      '1h',
      '3600',
      '.',
      '\u00FC',
      '\\# 1 00',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const read = zone(`@ SOA . . 1 1 1 1 1\n${pieces.join(' ')}`, { origin: 'example' });
        if (!read.ok) return assert.ok(read.problems.length > 0);
        for (const name of [...read.value.names, 'x.example', 'x.a.example', 'other.test']) {
          for (const type of ['A', 'TXT', 'MX', 'CNAME'] as const) await outcome(read.value.resolver, name, type);
        }
        return undefined;
      }),
      { numRuns: 1000 },
    );
  });

  it('is not held up by a number of 64 kB, nor by problems without number', () => {
    assert.equal(zone(`a.example. ${'1'.repeat(64_000)}x TXT "y"`).problems[0]?.code, 'dns/zone-unknown-type');
    const read = zone('a.example. FOO\n'.repeat(200_000));
    assert.equal(read.problems.length, 200_000);
  });

  it('gives the same answer object for the same question', async () => {
    assert.equal(await resolver('mail.example.com', 'A'), await resolver('MAIL.example.com', 'A'));
  });
});

const changes = [
  { name: 'mail.example.com', type: 'A', records: ['198.51.100.1'] },
  { name: '_dmarc.example.com', type: 'TXT', records: [] },
  { name: 'a.new.example.com', type: 'TXT', records: [['new']] },
  { name: 'far.example.com', type: 'CNAME', records: ['mail.example.com'] },
  { name: 'self.example.com', type: 'CNAME', records: [] },
  { name: 'x.wild.example.com', type: 'A', records: ['192.0.2.77'] },
] as const;

describe('overlay', () => {
  const cases: [name: string, type: RecordType, overResolver: string, overZone?: string][] = [
    ['mail.example.com', 'A', '["198.51.100.1"]'],
    ['alias.example.com', 'A', '["198.51.100.1"]'],
    ['x.waliased.example.com', 'A', '["198.51.100.1"]'],
    ['far.example.com', 'A', '["198.51.100.1"]'],
    ['far.example.com', 'TXT', 'no-data'],
    ['_dmarc.example.com', 'TXT', 'no-data', 'no-such-name'],
    ['a.new.example.com', 'TXT', '[["new"]]'],
    ['a.new.example.com', 'A', 'no-data'],
    ['new.example.com', 'A', 'no-data'],
    ['b.new.example.com', 'A', 'no-such-name'],
    ['self.example.com', 'CNAME', 'no-data', 'no-such-name'],
    ['own.wild.example.com', 'A', '["192.0.2.7"]'],
    ['x.wild.example.com', 'TXT', '[["from a wildcard"]]', 'no-data'],
    ['www.example.org', 'A', '["203.0.113.1"]'],
  ];
  const changed = overlay(changes, resolver);
  const exact = zoneAfter(changes, reading.value).resolver;
  for (const [name, type, expected, overZone] of cases) {
    it(`${name} ${type}`, async () => {
      assert.equal(await outcome(changed, name, type), expected);
      assert.equal(await outcome(exact, name, type), overZone ?? expected);
    });
  }
  it('sees a loop that a change makes', async () => {
    const looped = overlay([{ name: 'mail.example.com', type: 'CNAME', records: ['alias.example.com'] }], resolver);
    assert.equal(await outcome(looped, 'alias.example.com', 'AAAA'), 'dns/alias-loop');
  });
});

describe('recording', () => {
  it('replays answers and failures, and knows nothing else', async () => {
    const recorded = recording(resolver);
    const questions: [string, RecordType][] = [
      ['mail.example.com', 'A'],
      ['nothing.example.com', 'A'],
      ['mail.example.com', 'A'],
      ['loop1.example.com', 'TXT'],
    ];
    const first: string[] = [];
    for (const [name, type] of questions) first.push(await outcome(recorded.resolver, name, type));
    assert.equal(recorded.answers().length, 3);
    const again = replaying(recorded.answers());
    for (const [index, [name, type]] of questions.entries())
      assert.equal(await outcome(again, name, type), first[index]);
    assert.equal(await outcome(again, 'mail.example.com', 'TXT'), 'dns/unknown-name');
  });
});
