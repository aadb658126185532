// What-ifs over five million observations: the first answer from an open history, every further switch, an SPF draft; beside judging
// the same combinations one by one with mailauth's evaluators. The inventory is handed in: attribution has figures of its own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dmarc as mailauthDmarc } from 'mailauth/lib/dmarc/index.js';
import { spf as mailauthSpf } from 'mailauth/lib/spf/index.js';
import type { History } from '../src/protection/history.ts';
import { inventoryDimensions, inventoryMeasures } from '../src/protection/inventory/index.ts';
import type { Inventory, MailStream } from '../src/protection/inventory/index.ts';
import { PublishedDays, sameEveryDay, Simulation, whatIf } from '../src/protection/simulation/what-if/index.ts';
import type { Change, KeptRecord } from '../src/protection/simulation/what-if/index.ts';
import { domainName, zone } from '../src/standards/dns/index.ts';
import type { Answer, Resolver } from '../src/standards/dns/index.ts';
import { HistoryStore } from '../src/storage/history/index.ts';
import { optionsOf } from './history-world.ts';
import { cost, rate } from './line.ts';
import type { Bench, BenchLine, Cost } from './line.ts';
import { addReport, fillWorld, world, zoneText } from './what-if-world.ts';

const top = domainName('domain0.example');
const reject: Change = { what: 'dmarc', domain: top, tags: { p: 'reject' } };
/** Switches as a person flips them, one after the other. */
const switches: readonly Change[] = [
  reject,
  { what: 'dmarc', domain: top, tags: { p: 'quarantine', t: 'y', pct: '0' } },
  { what: 'dmarc', domain: top, tags: { p: 'reject', adkim: 's', aspf: 's' } },
  { what: 'dmarc', domain: top, tags: { p: 'reject', aspf: 's' } },
  { what: 'retire-key', domain: top, selector: 's0' },
];
/** Another record for the include that every domain leans on. */
const sharedDraft = (third: number): Change => ({
  what: 'spf',
  domain: domainName('_spf.sender.example'),
  record: `v=spf1 ip4:10.0.0.0/18 ip4:10.0.${64 + third}.0/24 -all`,
});
const draft = (third: number): Change => ({
  what: 'spf',
  domain: top,
  record: `v=spf1 ip4:10.0.${third}.0/24 ip4:10.0.64.0/18 -all`,
});

export const whatIfBench: Bench = {
  name: 'what-if',
  about: `what-ifs on ${world.facts / 1e6} million observations, ${world.sources} sources, ${world.domains} domains`,
  async run(report) {
    const directory = mkdtempSync(join(tmpdir(), 'zegel-bench-what-if-'));
    mkdirSync(join(directory, 'exports'));
    try {
      const store = await HistoryStore.open(optionsOf(directory));
      await fillWorld(store, world.facts);
      await store.sort();
      await store.current();
      const reading = zone(zoneText());
      if (!reading.ok) throw new Error('the zone cannot be read');
      const now = reading.value.resolver;
      // The first question of this kind makes the sums that answer it; later ones find them, or add to them what was filed.
      const question = { by: [...inventoryDimensions], measures: [...inventoryMeasures] };
      const making = await several(1, async () => void (await store.ask(question)));
      report(spent('what-if: sums by combination, made from all facts', making, world.facts));
      await addReport(store);
      await store.current();
      const adding = await several(1, async () => void (await store.ask(question)));
      report(spent('what-if: the same, a report added', adding, world.facts));
      const inventory = await streamsBySource(store);
      const sources = { history: store, published: sameEveryDay(now), now, inventory };

      const first = async (where: { readonly underDomain?: readonly string[] }): Promise<Simulation> => {
        const simulation = await Simulation.of(sources, { where, records: 'now' });
        await whatIf(simulation, await simulation.play({ changes: [reject] }));
        return simulation;
      };
      await first({ underDomain: ['domain9.example'] });
      const one = await several(3, async () => void (await first({ underDomain: [top] })));
      report(spent('what-if: first answer, the largest domain', one, world.facts, 1000));
      let simulation: Simulation | undefined;
      const all = await several(3, async () => void (simulation = await first({})));
      report(spent('what-if: first answer, all domains', all, world.facts, 1000));
      // The same where the include that all lean on was changed half-way, and half of the mail drifted.
      const days = await changedHalfWay(now);
      const drifts = await several(3, async () => {
        const drifted = await Simulation.of({ ...sources, published: days }, { records: 'now', drift: true });
        const answer = await whatIf(drifted, await drifted.play({ changes: [reject] }));
        if (answer.drift?.total.messages === 0) throw new Error('nothing drifted');
        simulation = drifted;
      });
      report(spent('what-if: first answer, all domains, SPF records changed since', drifts, world.facts, 1000));
      const drifted = simulation!;
      let flipped = 0;
      const driftedFlip = async (): Promise<void> => {
        await whatIf(drifted, await drifted.play({ changes: [switches[flipped++ % switches.length]!] }));
      };
      await several(5, driftedFlip);
      report(
        spent('what-if: a switch, SPF records changed since', await several(25, driftedFlip), rowsOf(drifted), 20),
      );
      await several(1, async () => void (simulation = await first({})));
      const open = simulation!;

      let turn = 0;
      const flip = async (): Promise<void> => {
        await whatIf(open, await open.play({ changes: [switches[turn++ % switches.length]!] }));
      };
      await several(5, flip);
      const flips = await several(25, flip);
      report(spent('what-if: a switch on an open organisation', flips, open.mail.length, 20));
      const drafts = await several(12, async () => {
        await whatIf(open, await open.play({ changes: [reject, draft(turn++ % 90)] }));
      });
      report(spent('what-if: a new SPF draft on an open organisation', drafts.slice(1), open.mail.length, 100));

      const shared = await several(12, async () => {
        await whatIf(open, await open.play({ changes: [sharedDraft(turn++ % 60)] }));
      });
      report(
        spent('what-if: a new draft of an include that all domains share', shared.slice(1), open.mail.length, 100),
      );

      const rows = open.mail.length;
      const ours = await rate(rows, 5, async () => {
        await whatIf(open, await open.play({ changes: [reject, draft(turn++ % 90)] }));
      });
      const peer = await rowByRow(open, now, 2000);
      report({
        name: 'what-if: combinations answered for under a new SPF record',
        unit: 'combinations per CPU-second',
        ...ours,
        peer: { name: 'mailauth, one by one', version: mailauthVersion(), value: peer },
        ratio: ours.best / peer,
      });
      store.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

function rowsOf({ mail }: Simulation): number {
  return mail.length;
}

/** The zone of now as it was kept from before the first mail on, but for an include that let fewer addresses in until half-way. */
async function changedHalfWay(now: Resolver): Promise<PublishedDays> {
  const half = world.firstDay + world.days / 2;
  const names = Array.from({ length: world.domains }, (_, n) => [`domain${n}.example`, `bounce.domain${n}.example`]);
  const lastDay = world.firstDay + world.days;
  const kept = (name: string, type: 'SOA' | 'TXT', firstDay: number, answer: Answer): KeptRecord => {
    return { name, type, firstDay, lastDay: firstDay < half ? half - 1 : lastDay, answer };
  };
  const include = '_spf.sender.example';
  const records = await Promise.all(
    names.flat().map(async (name) => kept(name, 'TXT', world.firstDay - 1, await now(name, 'TXT'))),
  );
  const after = await now(include, 'TXT');
  const before = { ...after, kind: 'records', records: [['v=spf1 ip4:10.0.64.0/18 -all']] } as Answer;
  return new PublishedDays([
    ...records,
    kept(include, 'TXT', world.firstDay - 1, before),
    kept(include, 'TXT', half, after),
    kept('example', 'SOA', world.firstDay - 1, await now('example', 'SOA')),
  ]);
}

async function several(times: number, work: () => Promise<void>): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let i = 0; i < times; i++) costs.push(await cost(work));
  return costs;
}

function spent(name: string, costs: readonly Cost[], n: number, most?: number): BenchLine {
  const time = ({ cpuUserMs, cpuSystemMs }: Cost): number => cpuUserMs + cpuSystemMs;
  const order = [...costs].sort((a, b) => time(a) - time(b));
  const best = order[0]!;
  return {
    name,
    unit: 'ms CPU',
    value: time(order[order.length >> 1]!),
    best: time(best),
    runs: costs.length,
    n,
    ...best,
    ...(most === undefined ? {} : { target: `< ${most}`, met: time(best) < most }),
  };
}

/** A hundred streams of ours and forged ones, by nothing but the number of the address: who they are does not matter here. */
async function streamsBySource(history: History): Promise<Inventory> {
  const [combinations, dictionaries] = await Promise.all([
    history.ask({ by: [...inventoryDimensions], measures: [...inventoryMeasures] }),
    history.dictionaries(),
  ]);
  const none = { both: 0, dkimOnly: 0, spfOnly: 0, neither: 0, dkimStrict: 0, spfStrict: 0 };
  const streams = Array.from({ length: 130 }, (_, at): MailStream => ({
    id: `s${at}`,
    name: `stream ${at}`,
    kind: at < 100 ? 'own' : 'forged',
    confidence: 1,
    chances: { own: 1, third: 0, forwarder: 0, forged: 0, abused: 0 },
    sender: null,
    senderId: null,
    party: null,
    decision: 'undecided',
    purpose: null,
    messages: 0,
    rows: 0,
    sources: 0,
    authorDomains: [],
    networks: [],
    legs: none,
    setUp: { sender: null, signing: [], envelopes: [] },
    rhythm: { every: 'daily', activeDays: 0, nextExpected: null, sureness: 0 },
    first: 0,
    last: 0,
    reasons: [],
    question: null,
  }));
  const streamOf = Int32Array.from(combinations.source, (source) => source % 130);
  return {
    streams,
    combinations,
    streamOf,
    kindOf: Uint8Array.from(streamOf, (stream) => (stream < 100 ? 0 : 3)),
    confidenceOf: new Float32Array(combinations.length).fill(1),
    decisionOf: new Uint8Array(combinations.length).fill(3),
    dictionaries,
    period: { first: world.firstDay, last: world.firstDay + world.days - 1 },
  };
}

/** Judges combinations one by one with mailauth, from its SPF to its DMARC. @returns combinations per CPU-second */
async function rowByRow({ mail }: Simulation, resolver: Resolver, count: number): Promise<number> {
  const asked = async (name: string, type: string): Promise<unknown> => {
    const answer = await resolver(name, type as 'TXT').catch(() => undefined);
    if (answer?.kind === 'records') return answer.records;
    throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  const { best } = await rate(count, 3, async () => {
    for (let turn = 0; turn < count; turn++) {
      const row = Math.floor((turn * mail.length) / count);
      const { author, signatures, spf } = mail.allFacts[mail.facts[row]!]!;
      const [said] = mail.spfSets[spf]!;
      const result = await mailauthSpf({
        sender: `postmaster@${said?.domain ?? ''}`,
        ip: mail.dictionaries.address(mail.source[row]!) ?? '',
        helo: 'mta.example',
        mta: 'mx.test',
        resolver: asked,
      } as Parameters<typeof mailauthSpf>[0]);
      await mailauthDmarc({
        headerFrom: [mail.authors[author]!],
        spfDomains:
          (result as { status: { result: string } }).status.result === 'pass' ? [{ domain: said?.domain ?? '' }] : [],
        dkimDomains: mail.signatureSets[signatures]!.map(({ domain }) => ({ domain })),
        resolver: asked,
      } as unknown as Parameters<typeof mailauthDmarc>[0]);
    }
  });
  return best;
}

function mailauthVersion(): string {
  const file = join(import.meta.dirname, '..', 'node_modules', 'mailauth', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
