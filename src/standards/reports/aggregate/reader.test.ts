import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordXml, reportXml } from '../../../../test/reports/sample.ts';
import { hashBytes } from './interner.ts';
import { AggregateReader, readAggregateReport, rowAt } from './index.ts';
import type { ReaderOptions, Row, RowDictionaries } from './index.ts';

const encoder = new TextEncoder();

/** A reader, and what it hands over in one report: the rows, and the dictionaries as they were with each batch. */
function using(options: ReaderOptions = {}) {
  const reader = new AggregateReader(options);
  return (report: Uint8Array | string) => {
    const rows: Row[] = [];
    const dictionaries: RowDictionaries[] = [];
    reader.start({
      rows: (batch, now) => {
        dictionaries.push(now);
        for (let i = 0; i < batch.length; i++) rows.push(rowAt(batch, i, now));
      },
    });
    reader.push(typeof report === 'string' ? encoder.encode(report) : report);
    return { reading: reader.finish(), rows, dictionaries };
  };
}

const many = (count: number, from = 0): string =>
  reportXml({
    records: Array.from({ length: count }, (_, n) =>
      recordXml({
        source: `192.0.${n >> 8}.${n & 255}`,
        identifiers: `<identifiers><envelope_from>b${n + from}.example.net</envelope_from><header_from>h${n + from}.example.com</header_from></identifiers>`,
        reasons: `<reason><type>other</type><comment>c ${n + from}</comment></reason>`,
      }),
    ),
  });

describe('one reader, many reports', () => {
  it('keeps its dictionaries, and the numbers in them', () => {
    const read = using();
    const [first, second] = [read(many(10)), read(many(10))];
    assert.equal(first.dictionaries[0], second.dictionaries[0]);
    assert.deepEqual(first.rows, second.rows);
    // 10 of each, and number 0.
    assert.equal(first.dictionaries[0]?.addresses.size, 11);
    assert.equal(first.dictionaries[0]?.names.size, 21);
    assert.equal(first.dictionaries[0]?.reasons.size, 11);
    assert.equal(first.dictionaries[0]?.auths.size, 2);
  });

  it('starts its dictionaries anew between batches when they are full, and the old ones stay readable', () => {
    const report = many(300);
    const small = using({ batchRows: 10, limits: { distinct: 200 } })(report);
    const large = using({ batchRows: 10 })(report);
    assert.deepEqual(small.rows, large.rows);
    assert.deepEqual(small.reading, large.reading);
    const distinct = [...new Set(small.dictionaries)];
    assert.ok(distinct.length > 5, `${distinct.length}`);
    assert.equal(new Set(large.dictionaries).size, 1);
    assert.equal(distinct[0]?.names.value(1), 'b0.example.net');
    assert.equal(distinct[0]?.names.value(0), undefined);
    assert.equal(distinct[0]?.names.value(100_000), undefined);
  });

  it('starts them anew when their bytes are many', () => {
    const read = using({ batchRows: 10, limits: { distinctBytes: 4_000 } });
    assert.ok(new Set(read(many(300)).dictionaries).size > 2);
  });

  it('remembers of a renewed dictionary which domains a report was about', () => {
    const read = using({ batchRows: 5, limits: { distinct: 50 } });
    const { reading } = read(many(40).replaceAll('.example.com', '.example.org'));
    assert.ok(reading.ok);
    const other = reading.value.repaired.find(({ code }) => code === 'reports/other-domain');
    assert.equal(other?.times, 40);
  });

  it('goes on after a refusal as if nothing had been', () => {
    const read = using();
    const expected = read(many(5));
    for (const bad of [
      '<feedback><report_metadata>',
      many(5).slice(0, 900),
      '<a/>',
      '',
      '<x:feedback xmlns:x="u"><x:record><x:row>',
    ]) {
      assert.equal(read(bad).reading.ok, false);
      const again = read(many(5));
      assert.deepEqual(again.reading, expected.reading);
      assert.deepEqual(again.rows, expected.rows);
    }
  });

  it('does not take what one charset says for what another does', () => {
    const read = using();
    const row = (declaration: string, text: string) =>
      Uint8Array.from(
        reportXml({
          declaration,
          records: [recordXml({ reasons: `<reason><type>other</type><comment>${text}</comment></reason>` })],
        }),
        (character) => character.charCodeAt(0),
      );
    const comment = (bytes: Uint8Array) => read(bytes).rows[0]?.reasons[0]?.comment;
    const utf8 = row('<?xml version="1.0"?>', '\xc3\xa9');
    assert.equal(comment(utf8), 'é');
    assert.equal(comment(row('<?xml version="1.0" encoding="ISO-8859-1"?>', '\xc3\xa9')), 'Ã©');
    assert.equal(comment(row('<?xml version="1.0" encoding="windows-1251"?>', '\xc3\xa9')), 'Г©');
    assert.equal(comment(utf8), 'é');
  });

  it('gives rows in batches of the size asked for', () => {
    const lengths: number[] = [];
    const reader = new AggregateReader({ batchRows: 4 });
    reader.start({ rows: (batch) => lengths.push(batch.length) });
    reader.push(encoder.encode(many(10)));
    assert.deepEqual(lengths, [4, 4]);
    assert.ok(reader.finish().ok);
    assert.deepEqual(lengths, [4, 4, 2]);
  });

  it('says at once that a report is refused, and is told apart from a bug', () => {
    const reader = new AggregateReader();
    assert.throws(() => reader.finish(), /before start/);
    reader.start({ rows: () => undefined });
    assert.equal(reader.push(encoder.encode('<html></html>')), false);
    assert.equal(reader.finish().ok, false);
    assert.throws(() => reader.push(encoder.encode('x')), /after finish/);
  });
});

describe('texts made to collide', () => {
  it('are refused, and the next report is not', () => {
    // Of eight bytes, the last four can be chosen so that the hash comes out the same.
    const first = (word: number): number => {
      const mixed = Math.imul(word, 0x9e3779b1);
      return (mixed << 15) | (mixed >>> 17);
    };
    const texts: Uint8Array[] = [];
    for (let word = 0x21212121; texts.length < 6_000; word++) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setInt32(0, word, true);
      new DataView(bytes.buffer).setInt32(4, first(word) ^ 0x5a5a5a5a, true);
      if (!bytes.includes(0x3c)) texts.push(bytes);
    }
    assert.equal(new Set(texts.map((text) => hashBytes(text, 0, 8))).size, 1);
    const [head = '', tail = ''] = reportXml({ records: ['#'] }).split('#');
    const [before = '', after = ''] = recordXml({
      source: '192.0.2.1',
      auth: '<auth_results><dkim><selector>#</selector></dkim></auth_results>',
    }).split('#');
    const parts = texts.flatMap((text) => [encoder.encode(before), text, encoder.encode(after)]);
    const report = Buffer.concat([encoder.encode(head), ...parts, encoder.encode(tail)]);
    const read = using();
    const { reading } = read(report);
    assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, 'reports/colliding-texts');
    assert.ok(read(reportXml()).reading.ok);
  });
});

describe('readAggregateReport', () => {
  it('gives no rows of a report that is refused', () => {
    const report = reportXml({ records: Array.from({ length: 200 }, () => recordXml()), close: '' });
    const { reading, rows } = readAggregateReport(encoder.encode(report));
    assert.equal(reading.ok, false);
    assert.deepEqual(rows, []);
  });

  it('holds the limit on rows to a record that is empty and the last', () => {
    const report = reportXml({ records: [recordXml(), '<record/>'], close: '</feedb' });
    const { reading } = readAggregateReport(encoder.encode(report), { limits: { rows: 1 } });
    assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, 'reports/too-many-rows');
  });
});
