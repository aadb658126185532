// A history for the bench of attribution: a year of mail as an organisation's 300 domains, as reports show it, written without reading
// a report. Streams of ours have their machines, key and domains; forwarders keep or break what they pass on; bots come and go.
import { factBuffer } from '../src/storage/history/index.ts';
import type { HistoryStore } from '../src/storage/history/index.ts';
import { numbers } from './report-maker.ts';

export const world = { facts: 5_000_000, sources: 40_000, domains: 300, days: 400, firstDay: 19_000 } as const;
const never = -2_147_483_648;
const streams = 120;
const ours = 3000;
const forwarders = 3000;
const both = 5;
const dkimOnly = 4;

/** What rows of one sort show: results, the envelope, whether they align. */
interface Shown {
  readonly auth: number;
  readonly envelope: number;
  readonly alignment: number;
}

/** Ours stand in a few networks, forwarders four to a network of their own, bots all over. */
function addressOf(source: number): string {
  if (source < ours) return `10.${source % 12}.${source >>> 8}.${source & 255}`;
  if (source < ours + forwarders) {
    const network = (source - ours) >>> 2;
    return `${20 + (network >>> 8)}.${network & 255}.0.${source & 3}`;
  }
  return `${60 + (source % 90)}.${(source >>> 3) % 40}.${(source >>> 8) & 255}.${source & 255}`;
}

/** Fills an empty history. */
export async function fillHistory(store: HistoryStore): Promise<void> {
  const next = numbers(20_261_125);
  const part = (): number => (next() >>> 0) / 2 ** 32;
  const below = (bound: number): number => Math.floor(part() * bound);
  /** More of the small ones. */
  const skewed = (bound: number, power: number): number => Math.min(bound - 1, Math.floor(bound * part() ** power));
  const { addresses, names, auths, reporters } = await store.loaded();
  for (let n = 0; n < world.sources; n++) addresses.number(addressOf(n));
  const domains = Array.from({ length: world.domains }, (_, n) => names.number(`domain${n}.example`));
  for (let n = 0; n < 8; n++) reporters.number(`reporter${n}.example`);
  const authOf = (dkim: readonly (readonly [string, string, string])[], spf: readonly [string, string]): number =>
    auths.number(JSON.stringify([dkim.map((each) => [...each, null]), [[spf[0], 'mfrom', spf[1], null]]]));
  const told = (reporter: number, envelope: string): number => (reporter % 2 === 0 ? names.number(envelope) : 0);
  const signed = (stream: number, domain: number, reporter: number, result = 'pass', spf = 'pass'): Shown => {
    const name = `domain${domain}.example`;
    return {
      auth: authOf([[name, `set${stream % 40}`, result]], [name, spf]),
      envelope: told(reporter, name),
      alignment: (result === 'pass' ? dkimOnly : 0) | (spf === 'pass' ? both & ~dkimOnly : 0),
    };
  };
  const forged = (domain: number, bot: number, reporter: number): Shown => {
    const envelope = bot % 3 === 0 ? `made-up-${bot % 4000}.example` : `domain${domain}.example`;
    return { auth: authOf([], [envelope, 'fail']), envelope: told(reporter, envelope), alignment: 0 };
  };
  let report = 0;
  let filing = store.filing;
  for (let done = 0; done < world.facts;) {
    const buffer = factBuffer();
    const want = Math.min(200_000, world.facts - done);
    buffer.reserve(want);
    const { integers } = buffer;
    while (buffer.length < want) {
      report += 1;
      const day = below(world.days);
      const reporter = 1 + skewed(8, 2);
      for (let row = Math.min(want - buffer.length, 1 + below(32)); row > 0; row--) {
        const at = buffer.length++;
        const sort = part();
        let stream = skewed(streams, 2);
        let source: number;
        let domain: number;
        let shown: Shown;
        if (sort < 0.55) {
          source = stream * 25 + skewed(25, 2);
          domain = (stream * 7 + skewed(1 + (stream % 9), 2)) % world.domains;
          shown = signed(stream, domain, reporter, part() < 0.01 ? 'fail' : 'pass');
        } else if (sort < 0.7) {
          // Somebody has mail of a few of ours forwarded.
          source = ours + skewed(forwarders, 2);
          stream = (source * 13 + skewed(16, 2)) % streams;
          domain = (stream * 7 + (source % (1 + (stream % 9)))) % world.domains;
          shown = signed(stream, domain, reporter, source % 5 === 0 ? 'fail' : 'pass', 'fail');
        } else {
          // A bot is seen for some weeks.
          const bot = (Math.floor(day / 20) * 1500 + below(4000)) % (world.sources - ours - forwarders);
          source = ours + forwarders + bot;
          domain = (bot * 7 + skewed(10, 2)) % 60;
          shown = forged(domain, bot, reporter);
        }
        integers.report[at] = report;
        integers.day[at] = world.firstDay + day;
        integers.earlier[at] = never;
        integers.source[at] = 1 + source;
        integers.author_domain[at] = domains[domain]!;
        integers.policy_domain[at] = domains[domain]!;
        integers.reporter[at] = reporter;
        integers.envelope_from[at] = shown.envelope;
        integers.auth[at] = shown.auth;
        integers.reasons[at] = 0;
        // Pass is 1 and fail 2; disposition none is 1.
        const dkim = (shown.alignment & dkimOnly) === 0 ? 2 : 1;
        const spf = (shown.alignment & 1) === 0 ? 2 : 1;
        integers.flags[at] = shown.alignment | (dkim << 4) | (spf << 6) | (1 << 8);
        integers.spread[at] = 1;
        buffer.messages[at] = 1 + Math.floor(part() * part() * 50);
      }
    }
    await store.write(++filing, buffer, []);
    done += buffer.length;
  }
}
