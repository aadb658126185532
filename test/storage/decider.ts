// The process that the kill test of decisions kills: decides in batches, undoes some, and brings in what was told, without end. What
// it does follows from how far the register says it is, so that the parent can tell what must be there.
import { AddressSet, wholeStream } from '../../src/protection/inventory/decisions/index.ts';
import type { Decision } from '../../src/protection/inventory/decisions/index.ts';
import type { Memory } from '../../src/storage/index.ts';
import { openForTest } from './filer.ts';

/** Streams a batch decides on; every batch decides on all of them, and gives each to a party. */
export const batchSize = 60;
export const streamOf = (at: number): string => `stream-${at}`;
const addresses = Array.from({ length: 60 }, (_, at) => `10.${at % 7}.${(at * 13) % 251}.${(at * 7) % 241}`);

/** The verdict of batch `number`. */
export const verdictOf = (number: number) => (number % 2 === 0 ? 'authorised' : 'forbidden');

/** Decisions by batch, the earliest batch first. */
export function batches(memory: Memory): Decision[][] {
  const groups = new Map<string, Decision[]>();
  for (const decision of memory.register.decisions.list()) {
    const group = groups.get(decision.batch);
    if (group === undefined) groups.set(decision.batch, [decision]);
    else group.push(decision);
  }
  return [...groups.values()];
}

/** Makes the next batch; every third time the one before it is undone first. */
export function step(memory: Memory): void {
  const { decisions } = memory.register;
  const done = batches(memory);
  const last = done.at(-1);
  if (done.length % 3 === 2 && last?.[0]?.undone === undefined) {
    decisions.undo((last ?? []).map(({ id }) => id), 'decider'); // prettier-ignore
    return;
  }
  decisions.make(
    Array.from({ length: batchSize }, (_, at) => ({
      stream: streamOf(at),
      verdict: verdictOf(done.length),
      why: `batch ${done.length}`,
      narrow: wholeStream,
      anchor: { signing: [{ domain: 'd.example', family: 's*' }], sources: AddressSet.of(addresses) },
      party: done.length % 2 === 0 ? 'even' : 'odd',
    })),
    'decider',
  );
}

/** The streams and parties that decisions are about. */
export function prepare(memory: Memory): void {
  memory.register.streams.keep(
    Array.from({ length: batchSize }, (_, at) => ({
      id: streamOf(at),
      name: streamOf(at),
      firstSeen: 20_000,
      keys: [`k${at}`],
    })),
  );
  memory.register.parties.put([{ change: { name: 'Even' } }, { change: { name: 'Odd' } }], 'decider');
}

if (process.argv[1] === import.meta.filename) {
  const memory = await openForTest(process.argv[2]!);
  prepare(memory);
  for (;;) {
    process.stdout.write('step\n');
    step(memory);
    // What was written goes out between two steps.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
