import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filing, Original } from '../../protection/ingestion/index.ts';
import { historyContract } from '../../../test/storage/history-contract.ts';
import type { FillableHistory } from '../../../test/storage/history-contract.ts';
import { sampleAlignment } from '../../../test/storage/model.ts';
import { arrival, asBatch, entryOf, sampleDictionaries } from '../../../test/storage/samples.ts';
import type { SampleReport } from '../../../test/storage/samples.ts';
import { openMemory } from '../index.ts';

historyContract('DuckDB', async (): Promise<FillableHistory> => {
  const directory = mkdtempSync(join(tmpdir(), 'zegel-history-'));
  const limits = { memoryMb: 64, threads: 1, mailFrom: 0 };
  const options = { directory, alignment: sampleAlignment, rule: 'sample', clock: () => 0, ...limits };
  let memory = await openMemory(options);
  const dictionaries = sampleDictionaries();
  let arrived = 0;
  const add = async (filing: Filing, original: Original, reports: readonly SampleReport[]): Promise<number[]> =>
    reports.map((report) => {
      const filed = filing.report(original);
      // In batches of two, as a reader hands rows over in batches.
      for (let at = 0; at < report.rows.length; at += 2) {
        filed.rows(asBatch(report.rows.slice(at, at + 2), dictionaries, at), dictionaries);
      }
      return filed.count(entryOf(report));
    });
  const begin = async (): Promise<{ filing: Filing; original: Original }> => {
    const [kept] = await memory.archive.keep([arrival(`arrival ${arrived++}`)]);
    return { filing: await memory.archive.begin(), original: kept!.original };
  };
  return {
    get history() {
      return memory.history;
    },
    async file(reports, replaces = []) {
      const { filing, original } = await begin();
      const numbers = await add(filing, original, reports);
      for (const number of replaces) filing.change(number, 'replaced', numbers[0]!);
      filing.done(original);
      await filing.commit();
      return numbers;
    },
    async fileInVain(reports) {
      const { filing, original } = await begin();
      await add(filing, original, reports);
      await filing.rollback();
    },
    async reopen() {
      await memory.close();
      memory = await openMemory(options);
    },
    async close() {
      await memory.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
