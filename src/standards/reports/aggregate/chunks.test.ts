import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryReport } from '../../../../test/reports/arbitrary.ts';
import { AggregateReader, formatAggregateReport, rowAt } from './index.ts';
import type { Row } from './index.ts';
import { recordXml, reportXml } from '../../../../test/reports/sample.ts';

// However the bytes are cut, the same is read: rows, sums, repairs with their places, refusals.

const encoder = new TextEncoder();
const readers = new Map<number, AggregateReader>();

/** Reads with one reader for each size of batch, as a run of reports is read: what it learned from one must not change the next. */
function readIn(bytes: Uint8Array, sizes: () => number, batchRows: number): unknown {
  const reader = readers.get(batchRows) ?? new AggregateReader({ batchRows });
  readers.set(batchRows, reader);
  const rows: Row[] = [];
  reader.start({
    rows: (batch, dictionaries) => {
      assert.equal(batch.firstRow, rows.length);
      for (let i = 0; i < batch.length; i++) rows.push(rowAt(batch, i, dictionaries));
    },
  });
  for (let at = 0; at < bytes.length;) {
    const size = sizes();
    // A copy, and the copy is spoilt afterwards: nothing may be left lying in a chunk that its owner uses again.
    const chunk = bytes.slice(at, at + size);
    if (!reader.push(chunk)) break;
    chunk.fill(0x3c);
    at += size;
  }
  const reading = reader.finish();
  return { reading, rows: reading.ok ? rows : [] };
}

function sameInAllChunks(bytes: Uint8Array, random: () => number): void {
  const whole = readIn(bytes, () => 1 << 20, 2_048);
  assert.deepEqual(
    readIn(bytes, () => 1, 2_048),
    whole,
  );
  assert.deepEqual(
    readIn(bytes, () => 7, 1),
    whole,
  );
  assert.deepEqual(
    readIn(bytes, () => 1 + (random() % 300), 3),
    whole,
  );
}

const sequence = (seed: number) => {
  let state = seed | 1;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 8;
};

describe('chunks', () => {
  it('of whole reports', () =>
    fc.assert(
      fc.property(
        fc.oneof(arbitraryReport('rfc7489'), arbitraryReport('rfc9990')),
        fc.nat(),
        fc.boolean(),
        (report, seed, flat) => {
          const written = formatAggregateReport(report);
          assert.ok(written.ok);
          const xml = flat ? written.value.replace(/>\s+</g, '><') : written.value;
          sameInAllChunks(encoder.encode(xml), sequence(seed));
        },
      ),
      { seed: 7, numRuns: 150 },
    ));

  it('of damaged ones', () =>
    fc.assert(
      fc.property(
        arbitraryReport('rfc9990', { minLength: 1, maxLength: 3 }),
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.constantFrom('', '<', '>', '&', '</', '<!--', '\0', 'é', '<row>', ']]>', '"'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        fc.nat(),
        (report, damages, seed) => {
          const written = formatAggregateReport(report);
          assert.ok(written.ok);
          let xml = written.value;
          for (const [where, what] of damages) {
            const at = Math.floor(where * xml.length);
            xml = xml.slice(0, at) + what + xml.slice(at + (what === '' ? 3 : 1));
          }
          sameInAllChunks(encoder.encode(xml), sequence(seed));
        },
      ),
      { seed: 8, numRuns: 250 },
    ));

  const odd: [name: string, xml: string][] = [
    [
      'repairs in every row',
      reportXml({
        records: Array.from({ length: 5 }, (_, n) =>
          recordXml({ count: `${n - 1}`, dkim: 'Pass', source: n === 3 ? 'X' : ' 192.0.2.1 ' }),
        ),
      }),
    ],
    [
      'prefixes',
      reportXml({ open: '<d:feedback xmlns:d="urn:ietf:params:xml:ns:dmarc-2.0">', close: '</d:feedback>' }).replace(
        /<(\/?)(?=[a-z])(?!d:)/g,
        '<$1d:',
      ),
    ],
    [
      'extensions',
      reportXml({
        records: [
          recordXml({ more: '<x:a xmlns:x="urn:x"><x:b>text</x:b><!-- c --></x:a>' }),
          recordXml({ more: '<extensions><e/><e>1</e></extensions>' }),
          recordXml({ more: '<extensions></extensions>' }),
          recordXml({ more: '<extensions></extensions>' }),
        ],
      }),
    ],
    [
      'CDATA and comments',
      reportXml({
        orgName: 'a<![CDATA[<b>]]>c<!-- d -->',
        records: [
          recordXml({ count: '1<!-- 2 -->3' }),
          recordXml({ reasons: '<!-- x --><reason><type>other</type><comment><![CDATA[ & ]]></comment></reason>' }),
        ],
      }),
    ],
    ['stray text', reportXml({ version: '11', records: [recordXml(), 'x', recordXml(), ' y ', recordXml()] })],
    ['a byte order mark and a late end', `\uFEFF${reportXml({ close: '</feedb' })}`],
    ['text behind the end', `${reportXml()} \0 bye`],
    ['an unclosed schema', reportXml({ open: '<xs:schema a="b"><feedback>' })],
    ['nothing', ''],
    ['half a declaration', '<?xml vers'],
  ];
  for (const [name, xml] of odd)
    it(`of a report with ${name}`, () => sameInAllChunks(encoder.encode(xml), sequence(3)));

  it('of UTF-16', () => {
    const text = `\uFEFF${reportXml({ orgName: 'Café 😀' })}`;
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), true);
    sameInAllChunks(bytes, sequence(4));
  });
});
