import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { InventoryColumns } from '../inventory.ts';
import type { DaySums } from './row-kinds.ts';
import { RowKinds } from './row-kinds.ts';
import { SeriesIndex } from './series.ts';

type Row = readonly [auth: number, author: number, envelope: number, day: number, messages: number];

function columnsOf(rows: readonly Row[]): InventoryColumns & DaySums {
  const ints = (of: (row: Row) => number): Int32Array => Int32Array.from(rows, of);
  const floats = (of: (row: Row) => number): Float64Array => Float64Array.from(rows, of);
  return {
    length: rows.length,
    source: ints(() => 1),
    alignment: ints(() => 0),
    auth: ints(([auth]) => auth),
    authorDomain: ints(([, author]) => author),
    envelopeFrom: ints(([, , envelope]) => envelope),
    day: ints(([, , , day]) => day),
    messages: floats(([, , , , messages]) => messages),
    rows: floats(() => 1),
    firstDay: floats(([, , , day]) => day),
    lastDay: floats(([, , , day]) => day),
  };
}

// Numbers great and small, so that a sum or a product of them would mix them up.
const number = fc.oneof(fc.nat(3), fc.constantFrom(0x8_0000, 0x10_0000, 0x7fff_ffff));
const row = fc.tuple(number, number, number, fc.integer({ min: 10, max: 19 }), fc.integer({ min: 1, max: 9 }));

/** The days added in two parts, as they are asked for. */
function indexOf(columns: InventoryColumns, days: DaySums, last: number): SeriesIndex {
  const index = new SeriesIndex(columns, { first: 10, last });
  for (const half of [0, 1]) {
    const places = [...days.day.keys()].filter((at) => at % 2 === half);
    const ints = (of: Int32Array): Int32Array => Int32Array.from(places, (at) => of[at]!);
    index.add({
      length: places.length,
      auth: ints(days.auth),
      authorDomain: ints(days.authorDomain),
      envelopeFrom: ints(days.envelopeFrom),
      day: ints(days.day),
      messages: Float64Array.from(places, (at) => days.messages[at]!),
    });
  }
  return index;
}

describe('kinds of rows', () => {
  it('two rows are of one kind exactly when results, author and envelope are the same', () =>
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { ofCombination, size } = new RowKinds(columnsOf(rows));
        const texts = rows.map(([auth, author, envelope]) => `${auth} ${author} ${envelope}`);
        assert.equal(size, new Set(texts).size);
        for (const [at, text] of texts.entries()) assert.equal(ofCombination[at], ofCombination[texts.indexOf(text)]);
      }),
    ));
  it('days of rows that are in no combination are of none', () => {
    const kinds = new RowKinds(columnsOf([[1, 1, 1, 10, 1]]));
    assert.deepEqual(
      [
        ...kinds.ofDays(
          columnsOf([
            [1, 1, 1, 11, 1],
            [1, 1, 2, 11, 1],
          ]),
        ),
      ],
      [0, -1],
    );
  });
});

describe('what comes on which day', () => {
  it('the series of the groups add up to the days, and each to its messages', () =>
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const columns = columnsOf(rows);
        const index = indexOf(columns, columns, 19);
        const whole = index.of(rows.keys());
        for (let day = 0; day < 10; day++)
          assert.ok(
            Math.abs(whole[day]! - rows.reduce((sum, each) => sum + (each[3] === 10 + day ? each[4] : 0), 0)) < 1e-9,
          );
        const byGroup = index.byGroup((at) => rows[at]![0] % 2, 2);
        for (let day = 0; day < 10; day++)
          assert.ok(Math.abs(byGroup[0]![day]! + byGroup[1]![day]! - whole[day]!) < 1e-9);
      }),
    ));
  it('a kind that two groups share is divided as their messages are, but for a sliver', () => {
    const columns = columnsOf([
      [1, 1, 1, 10, 90],
      [1, 1, 1, 10, 10],
    ]);
    const days = columnsOf([
      [1, 1, 1, 10, 50],
      [1, 1, 1, 12, 50],
    ]);
    const index = indexOf(columns, days, 12);
    assert.deepEqual(
      index.byGroup((at) => at, 2).map((each) => [...each]),
      [
        [45, 0, 45],
        [5, 0, 5],
      ],
    );
    const sliver = indexOf(
      columnsOf([
        [1, 1, 1, 10, 999],
        [1, 1, 1, 10, 1],
      ]),
      days,
      12,
    );
    assert.deepEqual([...sliver.byGroup((at) => at, 2)[1]!], [0, 0, 0]);
  });
});
