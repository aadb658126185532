import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spf as mailauthSpf } from 'mailauth/lib/spf/index.js';
import { cost, rate } from './line.ts';
import { spfWorld } from './spf-world.ts';
import { zone } from '../src/standards/dns/index.ts';
import { compile, evaluate, outcomeIndexes } from '../src/standards/spf/index.ts';
import type { Bench } from './line.ts';
import type { SpfCompiled } from '../src/standards/spf/index.ts';

const clients = 20_000;

/** SPF: a what-if for 20,000 addresses, warm and cold, and one client at a time beside mailauth. DNS in memory throughout. */
export const spfBench: Bench = {
  name: 'spf',
  about: `a tree of 11 records and 240 networks: ${clients} addresses at once, and one by one`,
  async run(report) {
    const world = spfWorld(clients);
    const reading = zone(world.zone);
    if (!reading.ok) throw new Error('the zone cannot be read');
    const { resolver } = reading.value;
    const input = { sha256: createHash('sha256').update(world.zone).digest('hex'), records: clients };

    const whatIf = async (): Promise<{ compiled: SpfCompiled; passed: number }> => {
      const compiled = await compile(world.domain, resolver);
      const passes = compiled.outcomes.map((outcome) => outcome.result === 'pass');
      let passed = 0;
      for (const index of outcomeIndexes(compiled, world.addresses)) if (passes[index]!) passed += 1;
      return { compiled, passed };
    };
    const { passed } = await whatIf();
    const costs = [];
    for (let i = 0; i < 40; i++) costs.push(await cost(async () => void (await whatIf())));
    const times = costs.map((each) => each.cpuUserMs + each.cpuSystemMs).sort((a, b) => a - b);
    const best = costs.find((each) => each.cpuUserMs + each.cpuSystemMs === times[0])!;
    report({
      name: 'spf/what-if-warm',
      unit: 'ms CPU, compile and judge 20,000 addresses',
      value: times[times.length >> 1]!,
      best: times[0]!,
      runs: costs.length,
      n: clients,
      ...best,
      input,
      target: '< 8 ms',
      met: times[0]! < 8,
    });

    const folder = mkdtempSync(join(tmpdir(), 'zegel-bench-'));
    try {
      writeFileSync(join(folder, 'zone'), world.zone);
      writeFileSync(join(folder, 'addresses'), world.addresses.join('\n'));
      const cold = Array.from({ length: 7 }, () => {
        const output = execFileSync(
          process.execPath,
          [
            '--conditions=zegel-source',
            join(import.meta.dirname, 'spf-cold.ts'),
            join(folder, 'zone'),
            join(folder, 'addresses'),
            world.domain,
          ],
          { encoding: 'utf8' },
        );
        return JSON.parse(output) as { wallMs: number; cpuUserMs: number; cpuSystemMs: number; passed: number };
      });
      if (cold.some((each) => each.passed !== passed)) throw new Error('cold and warm do not agree');
      const spent = (each: (typeof cold)[number]): number => each.cpuUserMs + each.cpuSystemMs;
      const coldTimes = cold.map(spent).sort((a, b) => a - b);
      report({
        name: 'spf/what-if-cold',
        unit: 'ms CPU, the same in a new process (Node and modules loaded)',
        value: coldTimes[coldTimes.length >> 1]!,
        best: coldTimes[0]!,
        runs: cold.length,
        n: clients,
        ...cold.find((each) => spent(each) === coldTimes[0])!,
        input,
        target: '< 60 ms',
        met: coldTimes[0]! < 60,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }

    const { version } = JSON.parse(
      readFileSync(new URL('../node_modules/mailauth/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const mailauthResolver = async (name: string, type: string): Promise<string[][]> => {
      const answer = await resolver(name, type as 'TXT');
      if (answer.kind === 'records') return answer.records.map((strings) => [...strings]);
      throw Object.assign(new Error(name), { code: answer.kind === 'no-data' ? 'ENODATA' : 'ENOTFOUND' });
    };
    const few = world.addresses.slice(0, 400);
    const judged = async (ip: string): Promise<string> => {
      const sender = `someone@${world.domain}`;
      const found = await mailauthSpf({ ip, sender, helo: 'mail.example', resolver: mailauthResolver });
      return (found as { status: { result: string } }).status.result;
    };
    for (const ip of few) {
      const { result } = await evaluate({ ip, mailFrom: `someone@${world.domain}`, helo: 'mail.example' }, resolver);
      const other = await judged(ip);
      if (result !== other) throw new Error(`${ip}: ${result} here, ${other} by mailauth`);
    }
    const theirs = await rate(few.length, 3, async () => {
      for (const ip of few) await judged(ip);
    });
    const ours = await rate(clients, 5, async () => {
      for (const ip of world.addresses) {
        await evaluate({ ip, mailFrom: `someone@${world.domain}`, helo: 'mail.example' }, resolver);
      }
    });
    report({
      name: 'spf/evaluate',
      unit: 'check_host() per CPU-second, reasons included, DNS cached',
      ...ours,
      peer: { name: 'mailauth', version, value: theirs.best },
      ratio: ours.best / theirs.best,
      input,
      target: '≥ 40,000',
      met: ours.best >= 40_000,
    });
  },
};
