// `zegel check` of many domains against a real name server on this machine (NSD, a Debian package): how much of the time is
// ours, how many questions are asked, and how busy the server is with them. The peer in the same run is the bare resolver asking
// that server the same number of questions, which is what nothing that asks the DNS can beat.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveResolver } from '../src/network/resolver/index.ts';
import { lookAtMany } from '../src/protection/posture/index.ts';
import { domainName } from '../src/standards/dns/index.ts';
import { startNsd } from '../test/real/name-servers.ts';
import { cost } from './line.ts';
import type { Bench } from './line.ts';

const count = Number(process.env['ZEGEL_BENCH_DOMAINS'] ?? '10000');

/** A world of one zone with many domains below it, of the kinds one meets: sending, parked, bare, and some that lean on others. */
function world(): { text: string; domains: string[] } {
  const key = 'A'.repeat(16);
  const lines = [
    '$TTL 300',
    '. IN SOA ns.invalid. h.invalid. 1 3600 900 604800 60',
    '. IN NS ns.invalid.',
    'ns.invalid. IN A 127.0.0.1',
    'spf.provider.example. IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"',
    'mx.provider.example. IN A 192.0.2.25',
    'provider.example. IN A 192.0.2.80',
  ];
  const domains: string[] = [];
  for (let i = 0; i < count; i++) {
    const name = `d${i}.example`;
    domains.push(name);
    const kind = i % 4;
    lines.push(`${name}. IN A 192.0.2.80`);
    if (kind === 0) {
      lines.push(
        `${name}. IN MX 10 mx.provider.example.`,
        `${name}. IN TXT "v=spf1 include:spf.provider.example ~all"`,
        `_dmarc.${name}. IN TXT "v=DMARC1; p=reject; rua=mailto:d@${name}"`,
        `s1._domainkey.${name}. IN TXT "v=DKIM1; k=ed25519; p=${key}"`,
      );
    } else if (kind === 1) {
      lines.push(`${name}. IN MX 0 .`, `${name}. IN TXT "v=spf1 -all"`, `_dmarc.${name}. IN TXT "v=DMARC1; p=reject"`);
    } else if (kind === 2) {
      lines.push(
        `${name}. IN MX 10 mx.${name}.`,
        `mx.${name}. IN A 198.51.100.${i % 250}`,
        `${name}. IN TXT "v=spf1 mx ?all"`,
      );
    }
  }
  return { text: `${lines.join('\n')}\n`, domains };
}

/** The share of our CPU time that goes to asking, of which nothing that asks the DNS can be rid. */
const leastShare = 0.3;

export const checkBench: Bench = {
  name: 'check',
  about: `what ${count} domains publish, asked of NSD on this machine`,
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-bench-check-'));
    const { text, domains } = world();
    writeFileSync(join(folder, 'root.zone'), text);
    const server = await startNsd(folder, [{ name: '.', file: join(folder, 'root.zone') }]);
    try {
      const asked = liveResolver({ servers: [server] });
      let looked = 0;
      const serverBefore = server.cpuMs();
      const ours = await cost(async () => {
        for await (const posture of lookAtMany(domains.map(domainName), asked.resolver)) {
          if (posture.domain !== '') looked += 1;
        }
      });
      const serverMs = server.cpuMs() - serverBefore;
      const questions = asked.counts.sent;
      asked.close();
      const bare = liveResolver({ servers: [server], cacheSize: 1 });
      const floor = await cost(async () => {
        let next = 0;
        const ask = async () => {
          for (let i = next++; i < questions; i = next++) await bare.resolver(`q${i}.example`, 'TXT');
        };
        await Promise.all(Array.from({ length: 100 }, ask));
      });
      bare.close();
      const cpu = (each: typeof ours) => each.cpuUserMs + each.cpuSystemMs;
      const perSecond = (n: number, milliseconds: number) => (n * 1000) / milliseconds;
      const share = cpu(floor) / cpu(ours);
      report({
        name: 'check: domains',
        unit: 'domains per CPU-second',
        value: perSecond(looked, cpu(ours)),
        best: perSecond(looked, cpu(ours)),
        runs: 1,
        n: looked,
        ...ours,
        maxRssMb: process.resourceUsage().maxRSS / 1024,
        peer: { name: 'asking the questions alone', version: '', value: perSecond(looked, cpu(floor)) },
        ratio: share,
        target: `at least ${leastShare} of what asking alone does`,
        met: share >= leastShare,
      });
      report({
        name: 'check: questions',
        unit: 'questions a second of wall time',
        value: perSecond(questions, ours.wallMs),
        best: perSecond(questions, ours.wallMs),
        runs: 1,
        n: questions,
        ...ours,
        peer: { name: 'the bare resolver', version: '', value: perSecond(questions, floor.wallMs) },
        ratio: floor.wallMs / ours.wallMs,
      });
      // Whoever is busy all the time is what the other waits for.
      const busy = (milliseconds: number) => (100 * milliseconds) / ours.wallMs;
      report({
        name: 'check: the name server busy',
        unit: `% of the time (ours: ${busy(cpu(ours)).toFixed(0)} %, threads of Node's own among it)`,
        value: busy(serverMs),
        best: busy(serverMs),
        runs: 1,
        n: questions,
        ...ours,
      });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
