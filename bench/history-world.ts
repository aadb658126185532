// A history of millions of facts for the bench: a year of reports about 300 domains, written without reading a report. The mail
// of each domain comes from a few hundred senders of its own, and from forgers at some fifteen hundred addresses.
import { factBuffer } from '../src/storage/history/index.ts';
import type { HistoryOptions, HistoryStore } from '../src/storage/history/index.ts';
import { numbers } from './report-maker.ts';

export const world = { facts: 5_000_000, sources: 40_000, domains: 300, days: 400, firstDay: 19_000 } as const;
const never = -2_147_483_648;
const auths = 20_000;

/** How the bench opens a history in this folder; alignment is not judged here, the facts carry it. */
export function optionsOf(directory: string): HistoryOptions {
  return {
    file: `${directory}/facts.duckdb`,
    exports: `${directory}/exports`,
    alignment: () => 0,
    rule: 'bench',
    memoryMb: 256,
    threads: 2,
  };
}

/** Fills an empty history. */
export async function fillHistory(store: HistoryStore, facts: number = world.facts): Promise<void> {
  const next = numbers(20_261_124);
  const below = (bound: number): number => next() % bound;
  const part = (): number => (next() >>> 0) / 2 ** 32;
  /** More of the small ones: a few domains have most of the mail. */
  const skewed = (bound: number, power: number): number => Math.min(bound - 1, Math.floor(bound * part() ** power));
  const dictionaries = await store.loaded();
  for (let n = 0; n < world.sources; n++) dictionaries.addresses.number(`10.${n >>> 16}.${(n >>> 8) & 255}.${n & 255}`);
  for (let n = 0; n < world.domains; n++) dictionaries.names.number(`domain${n}.example`);
  for (let n = 0; n < 2000; n++) dictionaries.names.number(`bounce${n}.sender.example`);
  for (let n = 0; n < 12; n++) dictionaries.reporters.number(`reporter${n}.example`);
  for (let n = 0; n < auths; n++) {
    const dkim = [[`domain${n % 300}.example`, `s${n % 7}`, 'pass']];
    const spf = [[`bounce${n % 2000}.sender.example`, 'mfrom', n % 3 === 0 ? 'fail' : 'pass']];
    dictionaries.auths.number(JSON.stringify([dkim, spf]));
  }
  for (let n = 0; n < 30; n++) dictionaries.reasonLists.number(JSON.stringify([['forwarded', `comment ${n}`]]));
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
      const domain = 1 + skewed(world.domains, 4);
      const reporter = 1 + skewed(12, 3);
      const rows = Math.min(want - buffer.length, 1 + below(32));
      for (let row = 0; row < rows; row++) {
        const at = buffer.length++;
        const forged = part() < 0.4;
        const own = (domain * 131 + skewed(400, 3) * 7) % world.sources;
        const forger = (domain * 977 + below(1500) * 23) % world.sources;
        integers.report[at] = report;
        integers.day[at] = day;
        integers.earlier[at] = never;
        integers.source[at] = 1 + (forged ? forger : own);
        integers.author_domain[at] = domain;
        integers.policy_domain[at] = domain;
        integers.reporter[at] = reporter;
        integers.envelope_from[at] = 301 + (integers.source[at]! % 2000);
        integers.auth[at] = 1 + (forged ? (forger * 7 + domain) % 5000 : (own * 31 + domain * 17 + below(2)) % auths);
        integers.reasons[at] = below(100) < 3 ? 1 + below(30) : 0;
        // Alignment 5 is both legs relaxed; pass is 1 and fail 2; disposition none is 1 and reject 4; one in three is RFC 9990.
        const judged = forged
          ? (2 << 4) | (2 << 6) | ((reporter % 2 === 0 ? 1 : 4) << 8)
          : 5 | (1 << 4) | (1 << 6) | (1 << 8);
        integers.flags[at] = judged | ((reporter % 3 === 0 ? 1 : 0) << 11);
        integers.spread[at] = 1;
        buffer.messages[at] = 1 + Math.floor(part() * part() * 50);
      }
    }
    await store.write(++filing, buffer, []);
    done += buffer.length;
  }
}
