// A report from its first row to the folder it lies in: how it is written, when it comes, and how often.
import { assertNever } from '../../src/standards/problem.ts';
import { createHash } from 'node:crypto';
import type { Generation } from '../../src/standards/reports/aggregate/model.ts';
import type { Delivery } from './delivery.ts';
import type { DmarcRecord } from './dmarc.ts';
import { random } from './random.ts';
import type { Receivers } from './receivers.ts';
import type { Reporter } from './reporters.ts';
import { footXml, headXml, recordMiddle, recordOpen, seenBy, sourceText, tailXml, verdictXml } from './report-xml.ts';
import type { Play, ReportedPlay } from './traffic.ts';

interface OpenRow {
  readonly source: number;
  readonly shape: number;
  readonly verdict: number;
  count: number;
}

/** A report that still takes rows. */
export interface OpenReport {
  readonly reporter: Reporter;
  readonly generation: Generation;
  /** Days of the world. */
  readonly firstDay: number;
  readonly lastDay: number;
  policy: DmarcRecord;
  readonly rows: Map<number, OpenRow>;
}

/** The days that a reporter's report of a day covers: its periods follow on each other, and the last ends with the world. */
export function periodOf(reporter: Reporter, day: number, days: number): { firstDay: number; lastDay: number } {
  const lastDay = days - 1 - Math.floor((days - 1 - day) / reporter.span) * reporter.span;
  return { firstDay: Math.max(0, lastDay - reporter.span + 1), lastDay };
}

/** Text that is the same in many records of a reporter. */
interface Phrases {
  readonly open: string;
  readonly middle: string;
  readonly verdicts: string[];
  readonly tails: Map<number, string>;
}

const phrases = new WeakMap<Reporter, [Phrases, Phrases]>();

function phrasesOf(reporter: Reporter, generation: Generation): Phrases {
  let both = phrases.get(reporter);
  if (both === undefined) {
    const fresh = (): Phrases => ({
      open: recordOpen(reporter),
      middle: recordMiddle(reporter),
      verdicts: [],
      tails: new Map(),
    });
    phrases.set(reporter, (both = [fresh(), fresh()]));
  }
  return both[generation === 'rfc9990' ? 1 : 0];
}

/** Writes a finished report, counts it, and gives it to the postbox: once, twice, or a poorer copy first. */
export function closeReport(world: ReportedPlay, report: OpenReport): Promise<void> | undefined {
  const { reporter, generation, policy } = report;
  const begin = (world.scale.first + report.firstDay) * 86_400 + reporter.skewHours * 3600;
  const end = begin + (report.lastDay - report.firstDay + 1) * 86_400 - 1;
  const dice = random(world.seed, 'report', reporter.domain, policy.domain, report.firstDay);
  const reportId = idOf(reporter, policy.domain, begin, world.seed);
  const rows = [...report.rows.values()];
  const records = recordsXml(world, reporter, generation, rows);
  world.truth.reports += 1;
  world.truth.rows += records.length;

  const head = headXml({ reporter, generation, reportId, begin, end, policy });
  const encode = (some: readonly string[]): Buffer =>
    Buffer.from(head + some.join('') + footXml(reporter), reporter.quirks.latin1 ? 'latin1' : 'utf8');
  const baseName = `${reporter.domain}!${policy.domain}!${begin}!${end}${reporter.reportId === 'uuid' || reporter.reportId === 'hex' ? `!${reportId.replaceAll('-', '').slice(0, 12)}` : ''}`;
  const received = world.scale.first + report.lastDay + 1 + (dice.chance(reporter.late) ? 2 + dice.below(20) : 0);
  const delivery = (xml: Buffer, more: number): Delivery => ({
    reporter,
    policyDomain: policy.domain,
    reportId,
    baseName,
    xml,
    received: received + more,
    container: reporter.container,
  });
  const cut = reporter.container === 'gz' && dice.chance(0.5);
  const waits: (Promise<void> | undefined)[] = [];
  if (records.length >= 4 && dice.chance(reporter.fuller)) {
    // What was ready at midnight came first, or half of the file; the whole came a day later under the same name.
    waits.push(
      world.postbox.add(
        cut
          ? { ...delivery(encode(records), 0), truncated: true }
          : delivery(encode(records.slice(0, Math.ceil(records.length * 0.6))), 0),
      ),
    );
    waits.push(world.postbox.add(delivery(encode(records), 1)));
  } else {
    waits.push(world.postbox.add(delivery(encode(records), 0)));
    if (dice.chance(reporter.twice)) waits.push(world.postbox.add(delivery(encode(records), 1)));
  }
  const held = waits.filter((wait) => wait !== undefined);
  return held.length === 0 ? undefined : Promise.all(held).then(() => undefined);
}

/** The records of a report, in the order in which its rows began. */
function recordsXml(
  world: { readonly receivers: Receivers; readonly sources: Play['sources'] },
  reporter: Reporter,
  generation: Generation,
  rows: readonly OpenRow[],
): string[] {
  const words = phrasesOf(reporter, generation);
  const { receivers, sources } = world;
  const records: string[] = [];
  for (const { source, shape, verdict, count } of rows) {
    let tail = words.tails.get(shape);
    if (tail === undefined)
      words.tails.set(
        shape,
        (tail = tailXml(seenBy(receivers.shapes[shape]!, reporter, generation), reporter, generation)),
      );
    const judged = (words.verdicts[verdict] ??= verdictXml(receivers.verdicts[verdict]!, reporter));
    const start = words.open + sourceText(sources.list[source]!.address, reporter) + words.middle;
    // Some reporters write a record a message, as long as there are few.
    if (reporter.quirks.oneByOne && count <= 6)
      for (let i = 0; i < count; i++) records.push(`${start}1${judged}${tail}`);
    else records.push(start + count + judged + tail);
  }
  return records;
}

/** A Report-ID in the manner of the reporter; the same report has the same. */
export function idOf(reporter: Reporter, policyDomain: string, begin: number, seed: string): string {
  const hex = createHash('md5').update(`${seed}/${reporter.domain}/${policyDomain}/${begin}`).digest('hex');
  switch (reporter.reportId) {
    case 'hex':
      return hex;
    case 'number':
      return String(BigInt(`0x${hex.slice(0, 15)}`)).padStart(19, '1');
    case 'uuid':
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    case 'domain':
      return `${policyDomain}:${begin}`;
    default:
      return assertNever(reporter.reportId);
  }
}
