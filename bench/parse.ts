import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { AggregateReader } from '../src/standards/reports/aggregate/index.ts';
import { rate } from './line.ts';
import type { Bench, BenchLine } from './line.ts';
import { numbers, reportPieces } from './report-maker.ts';
import type { ReportShape } from './report-maker.ts';

interface Made {
  readonly sha256: string;
  readonly records: number;
}

/** What `parse-once.ts` prints. */
interface Once {
  readonly rows: number;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly maxRssMb: number;
}

const chunkLength = 262_144;

export const parseBench: Bench = {
  name: 'parse',
  about:
    'aggregate reports, XML to columns with every text checked; the peer is saxes with empty event handlers, its text decoded beforehand',
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-bench-'));
    try {
      const million = join(folder, 'million.xml');
      const input = write(million, { records: 1_000_000, sources: 20_000 });
      const large = inProcesses(million, 3);
      report({ ...line('parse/million', large, input), target: '≥ 300,000', met: large.best >= 300_000 });
      const memory = Math.max(...large.runs.map((run) => run.maxRssMb));
      report({
        ...line('parse/million-memory', large, input),
        unit: 'MB resident at most, process of its own',
        value: memory,
        best: Math.min(...large.runs.map((run) => run.maxRssMb)),
        target: '< 160 MB',
        met: memory < 160,
      });
      rmSync(million);
      const cold = join(folder, 'cold.xml');
      const coldInput = write(cold, { records: 100_000, sources: 20_000 });
      const once = inProcesses(cold, 5);
      report({ ...line('parse/cold', once, coldInput), target: '≥ 150,000', met: once.best >= 150_000 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await againstSaxes(report);
    await unique(report);
    await small(report);
  },
};

/** Both on the same file in one process, turn by turn. */
async function againstSaxes(report: (line: BenchLine) => void): Promise<void> {
  const chunks = inChunks({ records: 60_000, sources: 20_000 });
  const texts = decoded(chunks);
  const reader = new AggregateReader();
  const ours = await rate(60_000, 7, () => read(reader, chunks));
  const theirs = await rate(60_000, 4, () => {
    const parser = new SaxesParser({ position: false });
    let events = 0;
    const count = (): void => {
      events += 1;
    };
    parser.on('opentag', count);
    parser.on('closetag', count);
    parser.on('text', count);
    for (const text of texts) parser.write(text);
    parser.close();
    if (events < 60_000 * 40) throw new Error('saxes saw too little');
  });
  const ratio = ours.best / theirs.best;
  report({
    name: 'parse/against-saxes',
    unit: 'records per CPU-second',
    ...ours,
    peer: { name: 'saxes', version: saxesVersion(), value: theirs.best },
    ratio,
    target: '≥ 2.3 times',
    met: ratio >= 2.3,
  });
}

/** No value occurs twice: what the dictionaries cost at worst. */
async function unique(report: (line: BenchLine) => void): Promise<void> {
  const chunks = inChunks({ records: 100_000, sources: 1, unique: true });
  const reader = new AggregateReader();
  report({
    name: 'parse/unique',
    unit: 'records per CPU-second, every address, name and selector another',
    ...(await rate(100_000, 7, () => read(reader, chunks))),
  });
}

/** Most reports are small: the reader is made once and used for all. */
async function small(report: (line: BenchLine) => void): Promise<void> {
  const next = numbers(7);
  const reports = Array.from({ length: 4_000 }, (_, index) =>
    Buffer.concat([...reportPieces({ records: 1 + (next() % 20), sources: 4_000, seed: index + 1 })]),
  );
  const reader = new AggregateReader();
  const result = await rate(reports.length, 7, () => {
    for (const each of reports) read(reader, [each]);
  });
  report({
    name: 'parse/small',
    unit: 'reports per CPU-second, 1 to 20 records each',
    ...result,
    target: '≥ 5,000',
    met: result.best >= 5_000,
  });
}

function read(reader: AggregateReader, chunks: readonly Uint8Array[]): void {
  let rows = 0;
  reader.start({
    rows: (batch) => {
      rows += batch.length;
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  const reading = reader.finish();
  if (!reading.ok || reading.value.rows !== rows) throw new Error(JSON.stringify(reading.problems));
}

function inChunks(shape: ReportShape): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (const piece of reportPieces(shape)) {
    for (let at = 0; at < piece.length; at += chunkLength) chunks.push(piece.subarray(at, at + chunkLength));
  }
  return chunks;
}

function decoded(chunks: readonly Uint8Array[]): string[] {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
}

function write(path: string, shape: ReportShape): Made {
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  for (const piece of reportPieces(shape)) {
    hash.update(piece);
    for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
  }
  closeSync(file);
  return { sha256: hash.digest('hex'), records: shape.records };
}

/** Reads a file in a new process, that many times. */
function inProcesses(
  file: string,
  times: number,
): { readonly runs: readonly Once[]; readonly best: number; readonly median: number } {
  const script = new URL('parse-once.ts', import.meta.url).pathname;
  const runs = Array.from({ length: times }, () => {
    const run = spawnSync(process.execPath, ['--conditions=zegel-source', script, file], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout) as Once;
  });
  const rates = runs.map(rateOf).sort((a, b) => a - b);
  return { runs, best: rates.at(-1)!, median: rates[Math.floor(rates.length / 2)]! };
}

const rateOf = (run: Once): number => (run.rows * 1000) / (run.cpuUserMs + run.cpuSystemMs);

function line(name: string, { runs, best, median }: ReturnType<typeof inProcesses>, input: Made): BenchLine {
  const fastest = runs.find((run) => rateOf(run) === best)!;
  return {
    name,
    unit: 'records per CPU-second, process of its own',
    value: median,
    best,
    runs: runs.length,
    n: input.records,
    cpuUserMs: fastest.cpuUserMs,
    cpuSystemMs: fastest.cpuSystemMs,
    wallMs: fastest.cpuUserMs + fastest.cpuSystemMs,
    maxRssMb: Math.max(...runs.map((run) => run.maxRssMb)),
    input,
  };
}

function saxesVersion(): string {
  const path = createRequire(import.meta.url).resolve('saxes/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
