import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { zone } from '../../../standards/dns/index.ts';
import { formatRecordSets, recordFormats } from './formats.ts';
import { dataOf, valueOf } from './record-set.ts';
import type { PlannedType, RecordSet } from './record-set.ts';

const key = 'A'.repeat(392);
const sets: readonly RecordSet[] = [
  {
    name: 'example.com',
    type: 'TXT',
    ttl: 3600,
    values: ['some "quoted" \\ text', 'v=spf1 include:_spf1.example.com ~all'],
  },
  { name: 'example.com', type: 'MX', ttl: 300, values: ['0 .'] },
  { name: '_spf10.example.com', type: 'TXT', ttl: 3600, values: [`v=spf1 ${'ip4:192.0.2.77 '.repeat(20)}-all`] },
  { name: '_spf2.example.com', type: 'TXT', ttl: 3600, values: ['v=spf1 -all'] },
  { name: 's1._domainkey.example.com', type: 'TXT', ttl: 3600, values: [`v=DKIM1; k=rsa; p=${key}`] },
  { name: '_25._tcp.mx.example.net', type: 'TLSA', ttl: 3600, values: [`3 1 1 ${'0f'.repeat(32)}`] },
  { name: 'mta-sts.example.net', type: 'CNAME', ttl: 3600, values: ['sts.example.org.'] },
  { name: 'old._domainkey.example.com', type: 'TXT', ttl: 0, values: [] },
];
const zones = ['example.com', 'example.net'] as const;
const written = Object.fromEntries(recordFormats.map((format) => [format, formatRecordSets(sets, format, zones)]));
const spf = sets[2]!.values[0]!;
const cut = spf.lastIndexOf(' ', 254) + 1;

describe('a zone file', () => {
  it('holds each set whole, long texts cut into strings, what goes as a comment', () => {
    assert.equal(
      written['bind'],
      `; zone example.com: each set below takes the place of what stands at its name and type
example.com. 3600 IN TXT "some \\"quoted\\" \\\\ text"
example.com. 3600 IN TXT "v=spf1 include:_spf1.example.com ~all"
example.com. 300 IN MX 0 .
_spf10.example.com. 3600 IN TXT "${spf.slice(0, cut)}" "${spf.slice(cut)}"
_spf2.example.com. 3600 IN TXT "v=spf1 -all"
s1._domainkey.example.com. 3600 IN TXT "v=DKIM1; k=rsa; p=${'A'.repeat(237)}" "${'A'.repeat(155)}"
; remove old._domainkey.example.com. TXT

; zone example.net: each set below takes the place of what stands at its name and type
_25._tcp.mx.example.net. 3600 IN TLSA 3 1 1 ${'0f'.repeat(32)}
mta-sts.example.net. 3600 IN CNAME sts.example.org.
`,
    );
  });
  it('is read back as it was', () => {
    const reading = zone(written['bind']!);
    assert.ok(reading.ok);
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(
      reading.value.records.map(({ name, type, ttl, data }) => [
        name,
        type,
        ttl,
        valueOf(type as 'TXT', data as string[]),
      ]),
      sets.flatMap(({ name, type, ttl, values }) => values.map((value) => [name, type, ttl, value])),
    );
  });
  it('is read back for any text', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        const latin = Buffer.from(bytes).toString('latin1');
        const reading = zone(
          formatRecordSets([{ name: 'a.example', type: 'TXT', ttl: 1, values: [latin] }], 'bind', ['example']),
        );
        assert.ok(reading.ok);
        const [record] = reading.value.records;
        assert.equal((record!.data as string[]).join(''), latin);
        assert.ok((record!.data as string[]).every((string) => string.length <= 255));
      }),
    ));
});

describe('dnscontrol', () => {
  it('is JavaScript of its dialect', () => {
    assert.equal(
      written['dnscontrol'],
      `// in place of TXT @
// in place of MX @
// in place of TXT _spf10
// in place of TXT _spf2
// in place of TXT s1._domainkey
// remove TXT old._domainkey
D_EXTEND("example.com",
  TXT("@", "some \\"quoted\\" \\\\ text", TTL(3600)),
  TXT("@", "v=spf1 include:_spf1.example.com ~all", TTL(3600)),
  MX("@", 0, ".", TTL(300)),
  TXT("_spf10", ["${spf.slice(0, cut)}", "${spf.slice(cut)}"], TTL(3600)),
  TXT("_spf2", "v=spf1 -all", TTL(3600)),
  TXT("s1._domainkey", ["v=DKIM1; k=rsa; p=${'A'.repeat(237)}", "${'A'.repeat(155)}"], TTL(3600))
);

// in place of TLSA _25._tcp.mx
// in place of CNAME mta-sts
D_EXTEND("example.net",
  TLSA("_25._tcp.mx", 3, 1, 1, "${'0f'.repeat(32)}", TTL(3600)),
  CNAME("mta-sts", "sts.example.org.", TTL(3600))
);
`,
    );
  });
  it('means what the sets say when it is run', () => {
    const told: unknown[] = [];
    const record =
      (type: string) =>
      (label: string, ...rest: unknown[]): unknown => ({ type, label, rest });
    const context = createContext({
      TXT: record('TXT'),
      MX: record('MX'),
      TLSA: record('TLSA'),
      CNAME: record('CNAME'),
      TTL: (seconds: number) => ({ ttl: seconds }),
      D_EXTEND: (zone: string, ...records: { type: string; label: string; rest: unknown[] }[]) => {
        for (const { type, label, rest } of records) {
          const values = rest.slice(0, -1).map((each) => (Array.isArray(each) ? each.join('') : String(each)));
          told.push([label === '@' ? zone : `${label}.${zone}`, type, values.join(' ')]);
        }
      },
    });
    runInContext(written['dnscontrol']!, context);
    assert.deepEqual(
      told,
      sets.flatMap(({ name, type, values }) => values.map((value) => [name, type, value])),
    );
  });
});

describe('octoDNS', () => {
  it('is YAML in natural order, semicolons escaped', () => {
    assert.equal(
      written['octodns'],
      `---
# example.com.yaml
# remove old._domainkey TXT
'':
  - type: TXT
    ttl: 3600
    values:
      - 'some "quoted" \\ text'
      - 'v=spf1 include:_spf1.example.com ~all'
  - type: MX
    ttl: 300
    values:
      - exchange: '.'
        preference: 0
'_spf2':
  - type: TXT
    ttl: 3600
    values:
      - 'v=spf1 -all'
'_spf10':
  - type: TXT
    ttl: 3600
    values:
      - '${spf}'
's1._domainkey':
  - type: TXT
    ttl: 3600
    values:
      - 'v=DKIM1\\; k=rsa\\; p=${key}'
---
# example.net.yaml
'_25._tcp.mx':
  - type: TLSA
    ttl: 3600
    values:
      - certificate_association_data: '${'0f'.repeat(32)}'
        certificate_usage: 3
        matching_type: 1
        selector: 1
'mta-sts':
  - type: CNAME
    ttl: 3600
    value: 'sts.example.org.'
`,
    );
  });
  it('is YAML to a reader of YAML', () => {
    const [first, second] = parseAllDocuments(written['octodns']!).map(
      (document) => document.toJS() as Record<string, object[]>,
    );
    assert.deepEqual(Object.keys(first!), ['', '_spf2', '_spf10', 's1._domainkey']);
    assert.deepEqual(first!['_spf10'], [{ type: 'TXT', ttl: 3600, values: [spf] }]);
    assert.deepEqual(Object.keys(second!), ['_25._tcp.mx', 'mta-sts']);
  });
});

describe('JSON for Terraform', () => {
  it('has values plain and as they stand in a zone file, and what goes by itself', () => {
    const { schema, records, removed } = JSON.parse(written['terraform']!) as {
      schema: string;
      records: Record<string, unknown>[];
      removed: Record<string, unknown>[];
    };
    assert.equal(schema, 'zegel/records/1');
    assert.equal(records.length, 7);
    assert.deepEqual(records[2], {
      key: '_spf10.example.com TXT',
      zone: 'example.com',
      fqdn: '_spf10.example.com.',
      name: '_spf10',
      type: 'TXT',
      ttl: 3600,
      values: [spf],
      rdata: [`"${spf.slice(0, cut)}" "${spf.slice(cut)}"`],
    });
    assert.deepEqual(
      records.map(({ rdata }) => (rdata as string[])[0]!.length > 0),
      records.map(() => true),
    );
    assert.deepEqual(removed, [
      {
        key: 'old._domainkey.example.com TXT',
        zone: 'example.com',
        fqdn: 'old._domainkey.example.com.',
        name: 'old._domainkey',
        type: 'TXT',
      },
    ]);
  });
});

describe('values of records', () => {
  const cases: readonly [type: PlannedType, value: string][] = [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CNAME', 'a.example.'],
    ['MX', '10 mx.example.'],
    ['MX', '0 .'],
    ['TLSA', '3 1 1 0a0b'],
    ['TXT', 'v=spf1 -all'],
    ['TXT', ''],
  ];
  for (const [type, value] of cases) {
    it(`${type} ${value} is read and written`, () => assert.equal(valueOf(type, dataOf(type, value)), value));
  }
  it('a value that is none of its type is refused', () => {
    for (const [type, value] of [
      ['A', '2001:db8::1'],
      ['MX', 'mx.example.'],
      ['TLSA', '3 1 x'],
    ] as const)
      assert.throws(() => dataOf(type, value), RangeError);
  });
  it('a name outside the zones is refused', () => {
    assert.throws(() => formatRecordSets(sets, 'bind', ['example.com']), RangeError);
  });
});
