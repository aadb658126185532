// Five million observations for the bench of what-ifs: 24,000 sources, 300 domains, a year. Each domain has senders of its own that
// pass by DKIM, by SPF, by both or by neither, and forgers; a few domains have most of the mail.
import { factBuffer } from '../src/storage/history/index.ts';
import type { HistoryStore } from '../src/storage/history/index.ts';
import { numbers } from './report-maker.ts';

export const world = { facts: 5_000_000, sources: 24_000, domains: 300, days: 400, firstDay: 19_000 } as const;
const never = -2_147_483_648;
/** Ways in which mail of a domain looks: by its place, what passes. */
const ways = ['both', 'both', 'dkim', 'spf', 'neither', 'forged', 'forged-spf'] as const;

/** What every domain publishes: own addresses, and an include that all share. */
export function zoneText(): string {
  const lines = [
    '$ORIGIN .',
    '$TTL 300',
    'example. SOA a. b. 1 1 1 1 300',
    '_spf.sender.example. TXT "v=spf1 ip4:10.0.0.0/17 -all"',
  ];
  for (let n = 0; n < world.domains; n++) {
    lines.push(`_dmarc.domain${n}.example. TXT "v=DMARC1; p=none; rua=mailto:d@domain${n}.example"`);
    lines.push(`domain${n}.example. TXT "v=spf1 ip4:10.0.${n % 93}.0/24 include:_spf.sender.example ~all"`);
    lines.push(`bounce.domain${n}.example. TXT "v=spf1 include:domain${n}.example ~all"`);
  }
  return lines.join('\n');
}

/** Fills an empty history. */
export async function fillWorld(store: HistoryStore, facts: number): Promise<void> {
  const next = numbers(20_261_125);
  const below = (bound: number): number => next() % bound;
  const part = (): number => (next() >>> 0) / 2 ** 32;
  const skewed = (bound: number, power: number): number => Math.min(bound - 1, Math.floor(bound * part() ** power));
  const dictionaries = await store.loaded();
  for (let n = 0; n < world.sources; n++) dictionaries.addresses.number(`10.${n >>> 16}.${(n >>> 8) & 255}.${n & 255}`);
  for (let n = 0; n < world.domains; n++) dictionaries.names.number(`domain${n}.example`);
  for (let n = 0; n < world.domains; n++) dictionaries.names.number(`bounce.domain${n}.example`);
  dictionaries.names.number('elsewhere.example');
  for (let n = 0; n < 12; n++) dictionaries.reporters.number(`reporter${n}.example`);
  for (let n = 0; n < world.domains; n++) {
    for (const way of ways) {
      const dkim = way === 'both' || way === 'dkim' ? [[`domain${n}.example`, `s${n % 7}`, 'pass']] : [];
      const own = way === 'forged' || way === 'neither' ? 'elsewhere.example' : `bounce.domain${n}.example`;
      const passes = way === 'both' || way === 'spf' || way === 'forged';
      dictionaries.auths.number(JSON.stringify([dkim, [[own, 'mfrom', passes ? 'pass' : 'softfail']]]));
    }
  }
  let report = 0;
  let filing = store.filing;
  for (let done = 0; done < facts;) {
    const buffer = factBuffer();
    const want = Math.min(200_000, facts - done);
    buffer.reserve(want);
    const { integers } = buffer;
    while (buffer.length < want) {
      report += 1;
      const day = world.firstDay + below(world.days);
      const domain = skewed(world.domains, 4);
      const reporter = skewed(12, 3);
      const rows = Math.min(want - buffer.length, 1 + below(32));
      for (let row = 0; row < rows; row++) {
        const at = buffer.length++;
        const isForged = part() < 0.4;
        const own = (domain * 131 + skewed(400, 3) * 7) % world.sources;
        const forger = (domain * 977 + below(1500) * 23) % world.sources;
        const source = isForged ? forger : own;
        const way = isForged ? 5 + (forger % 2) : own % 5;
        integers.report[at] = report;
        integers.day[at] = day;
        integers.earlier[at] = never;
        integers.source[at] = 1 + source;
        integers.author_domain[at] = 1 + domain;
        integers.policy_domain[at] = 1 + domain;
        integers.reporter[at] = 1 + reporter;
        integers.envelope_from[at] = way === 4 || way === 5 ? 601 : 301 + domain;
        integers.auth[at] = 1 + domain * ways.length + way;
        integers.reasons[at] = 0;
        const [dkim, spf] = [way <= 2 ? 1 : 2, way <= 1 || way === 3 ? 1 : 2];
        // Alignment bits are not asked for here; a disposition of none is 1; one reporter in three writes RFC 9990.
        integers.flags[at] = (dkim << 4) | (spf << 6) | (1 << 8) | ((reporter % 3 === 0 ? 1 : 0) << 11);
        integers.spread[at] = 1;
        buffer.messages[at] = 1 + Math.floor(part() * part() * 50);
      }
    }
    await store.write(++filing, buffer, []);
    done += buffer.length;
  }
}

/** Files one more report of one row, the newest. */
export async function addReport(store: HistoryStore): Promise<void> {
  const buffer = factBuffer();
  buffer.reserve(1);
  const { integers } = buffer;
  const row = {
    report: world.facts,
    day: world.firstDay,
    earlier: never,
    source: 1,
    author_domain: 1,
    policy_domain: 1,
  };
  const rest = {
    reporter: 1,
    envelope_from: 301,
    auth: 1,
    reasons: 0,
    flags: (1 << 4) | (1 << 6) | (1 << 8),
    spread: 1,
  };
  for (const [name, value] of Object.entries({ ...row, ...rest })) integers[name as keyof typeof integers][0] = value;
  buffer.messages[0] = 1;
  buffer.length = 1;
  await store.write(store.filing + 1, buffer, []);
}
