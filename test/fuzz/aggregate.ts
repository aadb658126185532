// Fuzzing the reader of aggregate reports. From any bytes, reading returns. From a whole report with damage, what is read is what
// the damaged report says, as a second reader understands it; or, where its tags are no XML any more, what the whole report said, with a
// repair on record; or it is refused. Never a wrong number.
import * as fc from 'fast-check';
import { arbitraryReport } from '../reports/arbitrary.ts';
import { AggregateReader, formatAggregateReport, rowAt } from '../../src/standards/reports/aggregate/index.ts';
import type { NewReport, Row } from '../../src/standards/reports/aggregate/index.ts';
import { differences } from './compare.ts';
import type { Read } from './compare.ts';
import { apply, damages, textSpans, touched } from './damage.ts';
import type { Damage, TextSpan } from './damage.ts';
import { isWellFormed, oracle } from './oracle.ts';

export interface FuzzTally {
  inputs: number;
  /** Read without a repair, read with one, refused. */
  clean: number;
  repaired: number;
  refused: number;
  /** Of those read, how many had tags that are not well-formed. */
  mended: number;
  /** Of every so many that were refused, how many were still XML. */
  refusedSample: number;
  refusedWellFormed: number;
  byCode: Record<string, number>;
}

export interface Failure {
  readonly input: number;
  readonly seed: number;
  readonly kind: string;
  readonly found: readonly string[];
  readonly base64: string;
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Called now and then with the tally so far. */
  readonly progress?: (tally: FuzzTally) => void;
}

interface Base {
  readonly bytes: Uint8Array;
  readonly spans: readonly TextSpan[];
}

/** xorshift32: numbers from 0 to 2^31. */
function numbers(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 1;
  };
}

/** Whole reports to damage. Texts that hold `<` or `&` as references, comments and a prefix are among them. */
function bases(seed: number): Base[] {
  const encoder = new TextEncoder();
  const size = { minLength: 1, maxLength: 3 };
  return (['rfc7489', 'rfc9990'] as const).flatMap((generation) =>
    fc.sample(arbitraryReport(generation, size), { seed, numRuns: 60 }).map((report, index) => {
      const written = formatAggregateReport(aboutItsDomain(report));
      if (!written.ok) throw new Error(`not written: ${written.problems[0]?.code}`);
      let xml = written.value;
      if (index % 4 === 1) xml = xml.replace(/>\s+</g, '><');
      if (index % 4 === 2) xml = xml.replaceAll('\n', '\r\n').replace('<record>', '<!-- first --><record>');
      const bytes = encoder.encode(xml);
      return { bytes, spans: textSpans(bytes) };
    }),
  );
}

/** The report with rows about its own domain and names below it, so that a reading without a repair is the ordinary case. */
function aboutItsDomain(report: NewReport): NewReport {
  const domain = report.policyPublished.domain ?? '';
  const records = report.records.map((row, index) => ({
    ...row,
    headerFrom: index === 0 ? domain : `a${index}.${domain}`,
  }));
  return { ...report, records };
}

/** Reads with one reader for all inputs, in chunks of changing size, as it is used. */
class Subject {
  private readonly reader = new AggregateReader({ batchRows: 16 });

  read(bytes: Uint8Array, chunk: number): Read | string {
    const rows: Row[] = [];
    this.reader.start({
      rows: (batch, dictionaries) => {
        for (let i = 0; i < batch.length; i++) rows.push(rowAt(batch, i, dictionaries));
      },
    });
    for (let at = 0; at < bytes.length; at += chunk) if (!this.reader.push(bytes.subarray(at, at + chunk))) break;
    const reading = this.reader.finish();
    return reading.ok ? { summary: reading.value, rows } : (reading.problems[0]?.code ?? 'refused without a reason');
  }
}

const sampled = 16;

/** Runs that many inputs. Throws what the reader throws: it never should. */
export function fuzzAggregate(options: FuzzOptions): {
  readonly tally: FuzzTally;
  readonly failures: readonly Failure[];
} {
  const random = numbers(options.seed);
  const whole = bases(options.seed);
  const subject = new Subject();
  const tally: FuzzTally = {
    inputs: 0,
    clean: 0,
    repaired: 0,
    refused: 0,
    mended: 0,
    refusedSample: 0,
    refusedWellFormed: 0,
    byCode: {},
  };
  const failures: Failure[] = [];
  for (let input = 0; input < options.inputs; input++) {
    const chunk = random() % 3 === 0 ? 1 + (random() % 97) : 1 << 20;
    const base = whole[random() % whole.length]!;
    const kind = random() % 16 === 0 ? 'soup' : 'damage';
    let bytes: Uint8Array;
    let made: Damage[] = [];
    if (kind === 'soup') bytes = soup(base.bytes, random);
    else {
      made = damages(base.bytes, base.spans, random);
      bytes = made.reduce(apply, base.bytes);
    }
    const read = subject.read(bytes, chunk);
    tally.inputs++;
    count(tally, read);
    const found = kind === 'soup' ? [] : judge(base, bytes, made, read, tally);
    if (found.length > 0 && failures.length < 20) {
      failures.push({ input, seed: options.seed, kind, found, base64: Buffer.from(bytes).toString('base64') });
    }
    if (input % 10_000 === 9_999) options.progress?.(tally);
  }
  return { tally, failures };
}

function count(tally: FuzzTally, read: Read | string): void {
  if (typeof read === 'string') {
    tally.refused++;
    tally.byCode[read] = (tally.byCode[read] ?? 0) + 1;
  } else if (read.summary.repaired.length === 0) tally.clean++;
  else tally.repaired++;
}

/** What is wrong with a reading of a damaged report. A refusal is never wrong. */
function judge(
  base: Base,
  bytes: Uint8Array,
  made: readonly Damage[],
  read: Read | string,
  tally: FuzzTally,
): string[] {
  if (typeof read === 'string') {
    // How many of those refused were still XML is worth knowing, and not worth the time of reading them all twice.
    if (tally.refused % sampled === 0) {
      tally.refusedSample++;
      if (isWellFormed(bytes)) tally.refusedWellFormed++;
    }
    return [];
  }
  const meant = oracle(bytes);
  if (meant === 'other') return ['read, although it is no report'];
  if (read.summary.repaired.length === 0 && !isWellFormed(bytes))
    return ['read without a repair, although it is not well-formed'];
  if (meant !== undefined) return differences(read, meant, new Set());
  tally.mended++;
  // Some of the damages leave it well-formed, and change what it says; the others must not, but in the text they lie in. Which
  // are which cannot always be told: any of the largest sets that leave it well-formed will do.
  const largest: (readonly number[])[] = [];
  let found: string[] = [];
  for (const kept of mostFirst(made.length)) {
    if (largest.some((larger) => kept.every((index) => larger.includes(index)))) continue;
    const expected = oracle(kept.reduce((so, index) => apply(so, made[index]!), base.bytes));
    if (expected === undefined || expected === 'other') continue;
    largest.push(kept);
    const excused = new Set(made.flatMap((each, index) => (kept.includes(index) ? [] : touched(base.spans, each))));
    found = differences(read, expected, excused);
    if (found.length === 0) return [];
  }
  return found;
}

/** The subsets of the first numbers, the largest first; in each the numbers grow. */
function mostFirst(count: number): number[][] {
  const all = Array.from({ length: 1 << count }, (_, bits) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => (bits & (1 << index)) !== 0),
  );
  return all.sort((a, b) => b.length - a.length);
}

/** Bytes that were never a report: noise, pieces of reports in any order, or one piece over and over. */
function soup(source: Uint8Array, random: () => number): Uint8Array {
  const parts: Uint8Array[] = [];
  const kind = random() % 3;
  const piece = (): Uint8Array => {
    const from = random() % source.length;
    return source.subarray(from, from + (random() % 120));
  };
  const again = piece();
  for (let left = random() % 40; left > 0; left--) {
    parts.push(
      kind === 0 ? Uint8Array.from({ length: random() % 60 }, () => random() % 256) : kind === 1 ? piece() : again,
    );
  }
  return Buffer.concat(parts);
}
