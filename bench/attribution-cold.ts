// Who mails as us, in a process that has done nothing before, on a history that is there: prints what it took, as JSON. Networks are
// made up by the beginning of the address, and nothing is known beside the rows: most work, least help.
import { attribute } from '../src/protection/inventory/attribution/index.ts';
import type { AttributionEvidence } from '../src/protection/inventory/evidence.ts';
import { senderCatalogue } from '../src/protection/inventory/senders/index.ts';
import { HistoryStore } from '../src/storage/history/index.ts';
import { optionsOf } from './history-world.ts';

const [directory = ''] = process.argv.slice(2);

const evidence: AttributionEvidence = {
  networks: (address) => {
    const [a = '', b = ''] = address.split('.');
    return { asn: 64_512 + Number(b), name: `network ${a}.${b}`, country: 'NL' };
  },
  reverse: () => undefined,
  senders: senderCatalogue(),
  declared: [],
  published: {
    includes: () => undefined,
    alias: () => undefined,
    selectors: () => [],
    isAbsent: () => false,
    neverMails: () => false,
  },
  ownDomains: [],
};

const store = await HistoryStore.open(optionsOf(directory));
await store.dictionaries();
const cpu = process.cpuUsage();
const begun = performance.now();
const { streams, combinations } = await attribute(store, evidence);
const used = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({
    wallMs: performance.now() - begun,
    cpuUserMs: used.user / 1000,
    cpuSystemMs: used.system / 1000,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
    streams: streams.length,
    combinations: combinations.length,
  }),
);
store.close();
