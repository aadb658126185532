// The process that the kill test kills: files made-up reports through the archive, without end, and says where it is. What it
// files follows from the number of the original, so that the parent can tell what must be there.
import type { Archive, Filing, Original } from '../../src/protection/ingestion/archive.ts';
import { openMemory } from '../../src/storage/index.ts';
import type { Memory } from '../../src/storage/index.ts';
import { arrival, asBatch, entryOf, keyOf, sampleDictionaries } from './samples.ts';
import type { SampleReport } from './samples.ts';

const DAY = 86_400;

/** The reports inside original number `index`: one or two, every fourth a fuller copy of one before it. */
export function reportsOf(index: number): SampleReport[] {
  const copyOf = index % 4 === 3 ? index - 2 : index;
  const fuller = copyOf === index ? 0 : 2;
  const one = (part: number): SampleReport => ({
    id: `${copyOf}.${part}`,
    reporter: `reporter${copyOf % 5}.example`,
    policyDomain: `domain${copyOf % 7}.example`,
    begin: (19_000 + (copyOf % 30)) * DAY,
    end: (19_000 + (copyOf % 30) + 1 + (copyOf % 3)) * DAY - 1,
    rows: Array.from({ length: 1 + (copyOf % 4) + fuller }, (_, row) => ({
      source: `192.0.2.${(copyOf * 3 + row) % 250}`,
      headerFrom: `domain${copyOf % 7}.example`,
      envelopeFrom: `bounce${copyOf}.example`,
      auth: { dkim: [{ domain: `d${(copyOf + row) % 9}.example`, result: 'pass' as const }], spf: [] },
      count: 1 + ((copyOf * 7 + row) % 11),
    })),
  });
  return index % 3 === 0 ? [one(0), one(1)] : [one(0)];
}

export function openForTest(directory: string): Promise<Memory> {
  return openMemory({ directory, alignment: (domain) => domain.length & 15, rule: 'kill test', clock: Date.now });
}

/** Files everything that is pending, in one filing. */
export async function filePending(archive: Archive): Promise<void> {
  const pending = archive.pending();
  if (pending.length === 0) return;
  const filing = await archive.begin();
  for (const original of pending) await fileOriginal(archive, filing, original);
  await filing.commit();
}

async function fileOriginal(archive: Archive, filing: Filing, original: Original): Promise<void> {
  const parts: Uint8Array[] = [];
  for await (const chunk of archive.chunks(original)) parts.push(chunk);
  const reports = reportsOf(Number(Buffer.concat(parts).toString('utf8').split(' ')[1]));
  for (const [part, report] of reports.entries()) {
    const dictionaries = sampleDictionaries();
    const filed = filing.report(original);
    filed.rows(asBatch(report.rows, dictionaries), dictionaries);
    const entry = { ...entryOf(report), entry: `${part}.xml` };
    const before = filing.copies(keyOf(report)).find((copy) => copy.state === 'counted');
    if (before === undefined) filed.count(entry);
    else if ((before.summary?.rows ?? 0) < report.rows.length) {
      const number = filed.count({ ...entry, other: before.id });
      filing.change(before.id, 'replaced', number);
    } else {
      filed.drop();
      filing.note(original, { ...entry, state: 'duplicate', other: before.id });
    }
  }
  filing.done(original);
}

/** What both stores say of themselves: equal, or the memory is broken. */
export async function totals(memory: Memory): Promise<{ messages: number; rows: number; reports: number }> {
  const { length, messages, rows, reports } = await memory.history.ask({
    by: [],
    measures: ['messages', 'rows', 'reports'],
  });
  return length === 0
    ? { messages: 0, rows: 0, reports: 0 }
    : { messages: messages[0]!, rows: rows[0]!, reports: reports[0]! };
}

/** The same, from the register. */
export function registerTotals(memory: Memory): { messages: number; rows: number; reports: number } {
  const counted = memory.register.counts({ state: ['counted'] })[0];
  return { messages: counted?.messages ?? 0, rows: counted?.rows ?? 0, reports: counted?.documents ?? 0 };
}

/** Where the next original of this folder starts: what was kept is a run of numbers from 0. */
export function keptCount(memory: Memory): number {
  return memory.archive.pending().length + doneCount(memory);
}

function doneCount(memory: Memory): number {
  const seen = new Set<number>();
  for (let offset = 0; ; offset += 5000) {
    const { documents } = memory.register.documents({}, { offset, limit: 5000 });
    for (const document of documents) seen.add(document.original.id);
    if (documents.length < 5000) return seen.size;
  }
}

if (process.argv[1] === import.meta.filename) {
  const memory = await openForTest(process.argv[2]!);
  const [history, register] = [await totals(memory), registerTotals(memory)];
  if (JSON.stringify(history) !== JSON.stringify(register)) {
    process.stdout.write(`differ ${JSON.stringify({ history, register })}\n`);
    process.exit(3);
  }
  process.stdout.write('open\n');
  for (let next = keptCount(memory); ; next += 6) {
    await filePending(memory.archive);
    await memory.archive.keep(Array.from({ length: 6 }, (_, n) => arrival(`original ${next + n} `.repeat(20))));
  }
}
