import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode, encode } from 'dns-packet';
import * as fc from 'fast-check';
import { decodeMessage, encodeQuery, MalformedMessage } from './wire.ts';
import type { Answer } from 'dns-packet';

/** A response with one record of each kind, written by another library. */
const whole = encode({
  id: 7,
  type: 'response',
  flags: 0x0420,
  questions: [{ type: 'TXT', name: 'X.test' }],
  answers: [
    { type: 'A', name: 'x.test', ttl: 1, data: '192.0.2.1' },
    { type: 'AAAA', name: 'x.test', ttl: 1, data: '2001:db8::1' },
    { type: 'CNAME', name: 'x.test', ttl: 1, data: 'Y.test' },
    { type: 'NS', name: 'x.test', ttl: 1, data: 'ns.test' },
    { type: 'PTR', name: 'x.test', ttl: 1, data: 'ptr.test' },
    { type: 'MX', name: 'x.test', ttl: 1, data: { preference: 10, exchange: 'mx.test' } },
    { type: 'TXT', name: 'x.test', ttl: 1, data: [Buffer.from([0x96]), 'b'] },
    {
      type: 'DS',
      name: 'x.test',
      ttl: 1,
      data: { keyTag: 1, algorithm: 8, digestType: 2, digest: Buffer.from([1, 2]) },
    },
    { type: 'DNSKEY', name: 'x.test', ttl: 1, data: { flags: 257, algorithm: 13, key: Buffer.from([3]) } },
    {
      type: 'TLSA',
      name: 'x.test',
      ttl: 1,
      data: { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from([4, 5]) },
    },
    { type: 'SRV', name: 'x.test', ttl: 1, data: { priority: 0, weight: 0, port: 1, target: 'a.test' } },
  ] as unknown as Answer[],
  authorities: [
    {
      type: 'SOA',
      name: 'test',
      ttl: 2,
      data: { mname: 'ns.test', rname: 'root.test', serial: 9, refresh: 1, retry: 1, expire: 1, minimum: 60 },
    },
  ],
  additionals: [
    {
      type: 'OPT',
      name: '.',
      udpPayloadSize: 1232,
      extendedRcode: 1,
      ednsVersion: 0,
      flags: 0,
      flag_do: false,
      options: [],
    },
  ],
});

describe('decodeMessage', () => {
  it('reads every kind of record that is asked for, and leaves out the others', () => {
    const message = decodeMessage(whole);
    assert.deepEqual(
      message.answers.map((record) => [record.type, record.data]),
      [
        ['A', '192.0.2.1'],
        ['AAAA', '2001:db8::1'],
        ['CNAME', 'y.test'],
        ['NS', 'ns.test'],
        ['PTR', 'ptr.test'],
        ['MX', { preference: 10, exchange: 'mx.test' }],
        ['TXT', ['\x96', 'b']],
        ['DS', { keyTag: 1, algorithm: 8, digestType: 2, digest: new Uint8Array([1, 2]) }],
        ['DNSKEY', { flags: 257, algorithm: 13, key: new Uint8Array([3]) }],
        ['TLSA', { usage: 3, selector: 1, matchingType: 1, data: new Uint8Array([4, 5]) }],
      ],
    );
    assert.deepEqual(message.authorities[0]?.data, { mname: 'ns.test', rname: 'root.test', serial: 9, minimum: 60 });
    assert.deepEqual(message.question, { name: 'x.test', type: 16, class: 1 });
    assert.equal(message.responseCode, 16);
    assert.ok(message.authenticated && message.authoritative && message.isResponse && !message.truncated);
  });

  it('follows pointers back, and refuses those that lead on or in a ring', () => {
    const header = Buffer.from([0, 7, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
    const question = Buffer.from([1, 120, 4, 116, 101, 115, 116, 0, 0, 1, 0, 1]);
    const record = (owner: number[]): Buffer => Buffer.from([...owner, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 192, 0, 2, 1]);
    assert.equal(decodeMessage(Buffer.concat([header, question, record([0xc0, 12])])).answers[0]?.name, 'x.test');
    assert.equal(
      decodeMessage(Buffer.concat([header, question, record([1, 65, 0xc0, 14])])).answers[0]?.name,
      'a.test',
    );
    for (const owner of [[0xc0, 24], [0xc0, 26], [1, 65, 0xc0, 24], [0x40, 0], [0xc0]]) {
      assert.throws(() => decodeMessage(Buffer.concat([header, question, record(owner)])), MalformedMessage);
    }
  });

  it('keeps a dot inside a label apart from those between labels', () => {
    const query = encodeQuery(1, 'a\\046b.test', 'A', undefined);
    assert.deepEqual([...query.subarray(12, 17)], [3, 97, 46, 98, 4]);
    assert.equal(decodeMessage(query).question?.name, 'a\\046b.test');
  });

  it('reads or refuses whatever comes, and never fails otherwise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            decodeMessage(bytes.subarray(0, Math.max(length, whole.length - length)));
          } catch (error) {
            assert.ok(error instanceof MalformedMessage, String(error));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('takes a time in proportion to the length: names that point at names that point at names', () => {
    // 5,000 records whose owners each lead through a long chain of pointers.
    const header = Buffer.from([0, 7, 0x80, 0, 0, 0, 0x13, 0x88, 0, 0, 0, 0]);
    const records = Array.from({ length: 5000 }, (_, index) => {
      const owner =
        index === 0 ? [1, 97, 0] : [1, 97, 0xc0 | ((12 + (index - 1) * 14) >> 8), (12 + (index - 1) * 14) & 255];
      return Buffer.from([...owner, 0, 99, 0, 1, 0, 0, 0, 9, 0, 0]);
    });
    assert.throws(() => decodeMessage(Buffer.concat([header, ...records])), MalformedMessage);
  });
});

describe('encodeQuery', () => {
  it('is read by another library as what was meant', () => {
    const query = decode(encodeQuery(258, '_dmarc.example.com', 'TXT', 1232));
    assert.deepEqual(
      [query.id, query.questions?.[0]?.name, query.questions?.[0]?.type],
      [258, '_dmarc.example.com', 'TXT'],
    );
    assert.equal(query.flag_rd && query.flag_ad && !query.flag_qr, true);
    assert.equal((query.additionals![0] as { udpPayloadSize?: number }).udpPayloadSize, 1232);
  });
  it('refuses what has no form on the wire', () => {
    for (const name of ['a..b', `${'x'.repeat(64)}.test`, '€.test', `${'x.'.repeat(130)}test`]) {
      assert.throws(() => encodeQuery(1, name, 'A', undefined), RangeError);
    }
  });
});
