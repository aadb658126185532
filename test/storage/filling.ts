// The process of the full-disk tests: files until there is no room, says which error stopped it, and whether it could still say
// what it holds. Its argument says what is big: the register (many small reports), the originals, or the history (many rows).
import { StorageError } from '../../src/storage/index.ts';
import { openForTest, totals } from './filer.ts';
import { arrival, asBatch, entryOf, sampleDictionaries } from './samples.ts';
import type { SampleReport } from './samples.ts';

const DAY = 86_400;

export type Big = 'history' | 'originals' | 'register';

/** Report number `index`: its messages are known from its number, so that what was filed can be added up. */
export function reportOf(big: Big, index: number): SampleReport {
  const rows = big === 'history' ? 20_000 : 1;
  return {
    id: `r${index}`,
    reporter: 'reporter.example',
    policyDomain: 'domain.example',
    begin: 19_000 * DAY,
    end: 19_001 * DAY - 1,
    // Values without a pattern, which no compression makes small.
    rows: Array.from({ length: rows }, (_, row) => ({
      source: `10.${row % 251}.${(row * 7) % 241}.${index % 200}`,
      count: 1 + ((Math.imul(row + index * rows, 0x9e3779b1) >>> 8) % 1_000_000),
    })),
  };
}

/** The bytes that report number `index` came as. */
export function textOf(big: Big, index: number): string {
  return `${big} ${index} `.repeat(big === 'originals' ? 20_000 : 2);
}

/** How to start this file as a process on a folder. */
export function filling(directory: string, big: Big): { command: string; args: string[] } {
  return {
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--conditions=zegel-source', import.meta.filename, directory, big],
  };
}

/** What must be there when the first `filed` reports are. */
export function afterwards(big: Big, filed: number): { messages: number; rows: number; reports: number } {
  const reports = Array.from({ length: filed }, (_, index) => reportOf(big, index));
  const rows = reports.flatMap((report) => report.rows);
  return { messages: rows.reduce((sum, row) => sum + row.count, 0), rows: rows.length, reports: filed };
}

if (process.argv[1] === import.meta.filename) {
  const big = process.argv[3] as Big;
  let filed = 0;
  try {
    const memory = await openForTest(process.argv[2]!);
    try {
      for (let index = 0; ; index++) {
        const [kept] = await memory.archive.keep([arrival(textOf(big, index))]);
        const filing = await memory.archive.begin();
        const dictionaries = sampleDictionaries();
        const report = reportOf(big, index);
        const reading = filing.report(kept!.original);
        reading.rows(asBatch(report.rows, dictionaries), dictionaries);
        reading.count(entryOf(report));
        filing.done(kept!.original);
        await filing.commit();
        filed = index + 1;
      }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      process.stdout.write(`${JSON.stringify({ code: error.code, what: error.values['what'], filed })}\n`);
      const now = await totals(memory).catch((again: unknown) =>
        again instanceof StorageError ? { code: again.code } : Promise.reject(again as Error),
      );
      process.stdout.write(`${JSON.stringify(now)}\n`);
      await memory.close();
    }
  } catch (error) {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exitCode = 3;
  }
}
