// One report read in a process of its own, for `parse.ts`: bench/parse-once.ts FILE. Prints what it cost, as JSON.
import { openSync, readSync } from 'node:fs';
import { AggregateReader } from '../src/standards/reports/aggregate/index.ts';
import type { RowDictionaries } from '../src/standards/reports/aggregate/index.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('which file?');
const reader = new AggregateReader();
let rows = 0;
let user = 0;
let system = 0;
let last: RowDictionaries | undefined;
let known: number[] = [];
reader.start({
  rows: (batch, dictionaries) => {
    rows += batch.length;
    // Whoever files rows asks once for what each new number means: that is part of reading.
    if (dictionaries !== last) known = [1, 1, 1, 1];
    last = dictionaries;
    const all = [dictionaries.addresses, dictionaries.names, dictionaries.auths, dictionaries.reasons];
    for (const [index, each] of all.entries())
      for (; known[index]! < each.size; known[index]!++) each.value(known[index]!);
  },
});
// Reading the file is not counted, as unpacking is not: only what the reader itself uses, with its share of collecting garbage.
const chunk = new Uint8Array(262_144);
const input = openSync(file, 'r');
for (let length = readSync(input, chunk); length > 0; length = readSync(input, chunk)) {
  const before = process.cpuUsage();
  reader.push(chunk.subarray(0, length));
  const used = process.cpuUsage(before);
  user += used.user;
  system += used.system;
}
const reading = reader.finish();
if (!reading.ok || rows !== reading.value.rows) throw new Error(JSON.stringify(reading.problems));
process.stdout.write(
  JSON.stringify({
    rows,
    messages: reading.value.messages,
    cpuUserMs: user / 1000,
    cpuSystemMs: system / 1000,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  }),
);
