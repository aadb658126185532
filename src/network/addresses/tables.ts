import { addressBits } from './prefix.ts';
import type { AddressBits } from './prefix.ts';

// Ranges as sorted arrays in one flat file: a header of 32-bit numbers, the arrays, and the names in UTF-8. Read without copying.

/** What the tables say of an address: the number and name of the network that announces it, and the country, as far as known. */
export interface Found {
  readonly asn: number;
  readonly name: string;
  readonly country: string;
}

export interface Tables {
  lookup(bits: AddressBits): Found | undefined;
}

const magic = 0x5a4e4554; // "ZNET"
const formatVersion = 3;

/** Ranges of one family: `first` and `last` (two numbers each for IPv6), and what they stand for. */
interface Ranges {
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  readonly value: Uint32Array;
}

/**
 * Compiles the four CSV texts (`first,last,value[,name]`, as Latin-1: the bytes of the file) into one file.
 *
 * @returns the bytes that `readTables` reads
 */
export function compileTables(texts: { asn4: string; asn6: string; country4: string; country6: string }): Uint8Array {
  const names: [asn: number, name: string][] = [];
  const nameIds = new Map<number, number>();
  const asn = (fields: string[]): number => {
    const number = Number(fields[2]);
    let id = nameIds.get(number);
    if (id === undefined) {
      nameIds.set(number, (id = names.length));
      names.push([number, Buffer.from(unquoted(fields.slice(3).join(',')), 'latin1').toString('utf8')]);
    }
    return id;
  };
  const countries: string[] = [];
  const countryIds = new Map<string, number>();
  const country = (fields: string[]): number => {
    const text = fields[2] ?? '';
    let id = countryIds.get(text);
    if (id === undefined) {
      countryIds.set(text, (id = countries.length));
      countries.push(text);
    }
    return id;
  };
  const ranges = [
    compileRanges(texts.asn4, 4, asn),
    compileRanges(texts.asn6, 6, asn),
    compileRanges(texts.country4, 4, country),
    compileRanges(texts.country6, 6, country),
  ];
  const texts8 = [...names.map(([, name]) => name), ...countries].map((text) => Buffer.from(text, 'utf8'));
  const offsets = new Uint32Array(texts8.length + 1);
  for (const [i, text] of texts8.entries()) offsets[i + 1] = offsets[i]! + text.length;
  const numbers = Uint32Array.from(names, ([number]) => number);
  const header = [
    magic,
    formatVersion,
    names.length,
    countries.length,
    offsets.at(-1)!,
    ...ranges.map((each) => each.value.length),
  ];
  const parts: Uint8Array[] = [new Uint8Array(Uint32Array.from(header).buffer)];
  const columns = ranges.flatMap((each) => [each.first, each.last, each.value]);
  for (const column of [...columns, numbers, offsets])
    parts.push(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  parts.push(...texts8);
  return Buffer.concat(parts);
}

/** Opens what `compileTables` made; `undefined` when it is something else, of another version, or cut short. */
export function readTables(bytes: Uint8Array): Tables | undefined {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const headerLength = 9;
  if (aligned.byteLength < headerLength * 4) return undefined;
  const header = new Uint32Array(aligned.buffer, aligned.byteOffset, headerLength);
  if (header[0] !== magic || header[1] !== formatVersion) return undefined;
  const [, , nameCount = 0, countryCount = 0, textLength = 0] = header;
  const counts = [header[5]!, header[6]!, header[7]!, header[8]!];
  const widths = [1, 2, 1, 2];
  const words = counts.reduce(
    (sum, count, i) => sum + count * (2 * widths[i]! + 1),
    headerLength + 2 * nameCount + countryCount + 1,
  );
  if (aligned.byteLength !== words * 4 + textLength) return undefined;
  let offset = aligned.byteOffset + headerLength * 4;
  const column = (length: number): Uint32Array => {
    const array = new Uint32Array(aligned.buffer, offset, length);
    offset += length * 4;
    return array;
  };
  const [asn4, asn6, country4, country6] = counts.map((count, i): Ranges => {
    const width = widths[i]!;
    return { first: column(count * width), last: column(count * width), value: column(count) };
  });
  const numbers = column(nameCount);
  const offsets = column(nameCount + countryCount + 1);
  const texts = Buffer.from(aligned.buffer, offset, textLength);
  const text = (id: number): string => texts.toString('utf8', offsets[id]!, offsets[id + 1]!);
  return {
    lookup(bits) {
      const asn = bits.version === 4 ? find4(asn4!, bits.low) : find6(asn6!, bits.high, bits.low);
      const country = bits.version === 4 ? find4(country4!, bits.low) : find6(country6!, bits.high, bits.low);
      if (asn === undefined && country === undefined) return undefined;
      return {
        asn: asn === undefined ? 0 : numbers[asn]!,
        name: asn === undefined ? '' : text(asn),
        country: country === undefined ? '' : text(nameCount + country),
      };
    },
  };
}

/** The value of the range that holds an IPv4 address. */
function find4(ranges: Ranges, low: number): number | undefined {
  let from = 0;
  let to = ranges.value.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ranges.first[middle]! <= low) from = middle + 1;
    else to = middle;
  }
  return from > 0 && ranges.last[from - 1]! >= low ? ranges.value[from - 1] : undefined;
}

function find6(ranges: Ranges, high: number, low: number): number | undefined {
  let from = 0;
  let to = ranges.value.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const first = ranges.first[2 * middle]!;
    if (first < high || (first === high && ranges.first[2 * middle + 1]! <= low)) from = middle + 1;
    else to = middle;
  }
  if (from === 0) return undefined;
  const last = ranges.last[2 * from - 2]!;
  return last > high || (last === high && ranges.last[2 * from - 1]! >= low) ? ranges.value[from - 1] : undefined;
}

function compileRanges(text: string, version: 4 | 6, value: (fields: string[]) => number): Ranges {
  const rows: { first: AddressBits; last: AddressBits; value: number }[] = [];
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const fields = text.slice(start, end).trimEnd().split(',');
    start = end + 1;
    const first = addressBits(fields[0] ?? '');
    const last = addressBits(fields[1] ?? '');
    if (first?.version !== version || last?.version !== version) continue;
    rows.push({ first, last, value: value(fields) });
  }
  rows.sort((a, b) => a.first.high - b.first.high || a.first.low - b.first.low);
  const width = version === 4 ? 1 : 2;
  const first = new Uint32Array(rows.length * width);
  const last = new Uint32Array(rows.length * width);
  const values = new Uint32Array(rows.length);
  for (const [i, row] of rows.entries()) {
    if (version === 6) {
      first[2 * i] = row.first.high;
      last[2 * i] = row.last.high;
    }
    first[width * i + width - 1] = row.first.low;
    last[width * i + width - 1] = row.last.low;
    values[i] = row.value;
  }
  return { first, last, value: values };
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
