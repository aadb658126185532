// One what-if in a process that has done nothing before: prints what it cost in milliseconds of CPU and of time. The zone comes
// by a file and the addresses by another, so that making them is not part of it.
import { readFileSync } from 'node:fs';

const [zonePath, addressesPath, domain] = process.argv.slice(2) as [string, string, string];
const text = readFileSync(zonePath, 'utf8');
const addresses = readFileSync(addressesPath, 'utf8').split('\n');

const cpu = process.cpuUsage();
const start = performance.now();
const { zone } = await import('../src/standards/dns/index.ts');
const { compile, outcomeIndexes } = await import('../src/standards/spf/index.ts');
const loaded = performance.now();
const loadedCpu = process.cpuUsage(cpu);
const reading = zone(text);
if (!reading.ok) throw new Error('no zone');
const begun = performance.now();
const begunCpu = process.cpuUsage();
const compiled = await compile(domain, reading.value.resolver);
const passes = compiled.outcomes.map((outcome) => outcome.result === 'pass');
let passed = 0;
for (const index of outcomeIndexes(compiled, addresses)) if (passes[index]!) passed += 1;
const done = performance.now();
const used = process.cpuUsage(begunCpu);
process.stdout.write(
  JSON.stringify({
    wallMs: done - begun,
    cpuUserMs: used.user / 1000,
    cpuSystemMs: used.system / 1000,
    loadWallMs: loaded - start,
    loadCpuMs: (loadedCpu.user + loadedCpu.system) / 1000,
    passed,
  }),
);
