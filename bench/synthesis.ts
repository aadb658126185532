import { createHash } from 'node:crypto';
import { cost } from './line.ts';
import { existsZone, parseNetwork, synthesise } from '../src/protection/plan/index.ts';
import { domainName, overlay, zone } from '../src/standards/dns/index.ts';
import { formatIpv4 } from '../src/standards/spf/index.ts';
import type { Bench } from './line.ts';
import type { SynthesisPart } from '../src/protection/plan/index.ts';

const count = 24_000;
const domain = domainName('example.com');

/** SPF synthesis for 24,000 addresses, beside the least that can be done with them: reading them and putting them in order. */
export const synthesisBench: Bench = {
  name: 'synthesis',
  about: `SPF records for ${count} addresses: in networks that fit, scattered over a hundred streams, and one address more`,
  async run(report) {
    const reading = zone('example.com. 3600 SOA ns. h. 1 1 1 1 60\n');
    if (!reading.ok) throw new Error('the zone cannot be read');
    const world = reading.value.resolver;
    const scattered = Array.from({ length: count }, (_, i) => formatIpv4((0x0b00_0000 + i * 0xa455) >>> 0));
    const dense = Array.from({ length: count }, (_, i) => formatIpv4(0x0b00_0000 + (i >> 8) * 0x3_0100 + (i & 255)));
    const streams: SynthesisPart[] = Array.from({ length: 100 }, (_, stream) => ({
      stream: `stream ${stream}`,
      addresses: scattered.filter((_, i) => i % 100 === stream),
    }));
    const input = { sha256: createHash('sha256').update(scattered.join('\n')).digest('hex'), records: count };

    const measure = async (
      name: string,
      unit: string,
      limitMs: number,
      runs: number,
      work: () => Promise<void>,
      floor?: number,
    ): Promise<number> => {
      await work();
      const costs = [];
      for (let i = 0; i < runs; i++) costs.push(await cost(work));
      const spent = costs.map((each) => each.cpuUserMs + each.cpuSystemMs);
      const sorted = spent.toSorted((a, b) => a - b);
      const best = sorted[0]!;
      report({
        name: `synthesis/${name}`,
        unit,
        value: sorted[sorted.length >> 1]!,
        best,
        runs,
        n: count,
        ...costs[spent.indexOf(best)]!,
        input,
        target: `< ${limitMs} ms`,
        met: best < limitMs,
        ...(floor === undefined
          ? {}
          : { peer: { name: 'reading and sorting the addresses', version: '-', value: floor }, ratio: floor / best }),
      });
      return best;
    };

    const floor = await measure('floor', 'ms CPU, the addresses read and put in order', 1000, 9, async () => {
      const words = Uint32Array.from(scattered, (text) => {
        const network = parseNetwork(text);
        return network.ok ? network.value.a : 0;
      });
      words.sort();
    });
    const unit = (what: string): string => `ms CPU, ${what}`;
    await measure(
      'fits',
      unit('addresses that make 95 networks, into records'),
      1000,
      9,
      async () => {
        const { synthesis } = await synthesise({ domain, addresses: dense }, world);
        if (synthesis.outcome !== 'fits') throw new Error('they fit');
      },
      floor,
    );
    await measure(
      'does-not-fit',
      unit('scattered over 100 streams: by how much, and what would help'),
      1000,
      5,
      async () => {
        const { synthesis } = await synthesise({ domain, parts: streams }, world);
        if (synthesis.outcome !== 'does-not-fit' || synthesis.proposals.length === 0)
          throw new Error('they do not fit');
      },
      floor,
    );
    await measure(
      'exists',
      unit('scattered, into a zone of names written out whole'),
      1000,
      5,
      async () => {
        const { synthesis, inZone } = await synthesise({ domain, addresses: scattered, exists: 'when-needed' }, world);
        let lines = 0;
        for (const _ of existsZone(domain, inZone)) lines += 1;
        if (synthesis.outcome !== 'exists' || lines !== count + 4) throw new Error('the zone is not whole');
      },
      floor,
    );
    const first = await synthesise({ domain, addresses: dense }, world);
    const published = overlay(
      first.synthesis.records.map(({ name, strings }) => ({ name, type: 'TXT' as const, records: [strings] })),
      world,
    );
    const more = [...dense, '203.0.113.77'];
    await measure(
      'one-more',
      unit('one address more, around what is published'),
      1000,
      9,
      async () => {
        const { synthesis } = await synthesise({ domain, addresses: more }, published);
        const changed = synthesis.records.filter(({ change }) => change !== 'same');
        if (synthesis.outcome !== 'fits' || changed.length > 2) throw new Error('a small change stays small');
      },
      floor,
    );
  },
};
