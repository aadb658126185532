// The days of a world: what origins send, who receives it, what the receivers report.
import type { Generation } from '../../src/standards/reports/aggregate/model.ts';
import { rhythmAt } from './calendar.ts';
import type { Postbox } from './delivery.ts';
import type { Lane, Origin, Scale } from './model.ts';
import { poison } from './poison.ts';
import { random, sampler, type Random } from './random.ts';
import { sourceLimit, type Leniency, type Receivers } from './receivers.ts';
import type { Reporter } from './reporters.ts';
import { closeReport, periodOf, type OpenReport } from './report.ts';
import { seenBy } from './report-xml.ts';
import type { Sources } from './sources.ts';
import type { Truth } from './truth.ts';

export interface Play {
  readonly seed: string;
  readonly scale: Scale;
  /** How many of its days are lived: the last reports end with them. */
  readonly days: number;
  /** The first of them. */
  readonly from: number;
  /** Whether receivers that turn away at MAIL FROM what SPF fails (RFC 7208 §8.4) do so. */
  readonly turningAway: boolean;
  readonly origins: readonly Origin[];
  readonly sources: Sources;
  readonly reporters: readonly Reporter[];
  readonly receivers: Receivers;
  readonly truth: Truth;
  /** Where reports go; `undefined`: nobody writes any. */
  readonly postbox: Postbox | undefined;
  /** By how much an origin's volume is multiplied, and how many rows it is worth on a usual day. */
  readonly loudness: readonly number[];
  readonly rowsADay: readonly number[];
  readonly progress: (day: number) => void;
}

/** A play of which reports are written. */
export type ReportedPlay = Play & { readonly postbox: Postbox };

/** An origin on its way through the days: the lanes in use, drawn by weight. */
interface Sender {
  readonly origin: Origin;
  readonly number: number;
  lanes: readonly Lane[];
  draw: (dice: Random) => number;
  /** The day on which other lanes are in use. */
  changes: number;
}

/** Lives the days one by one and writes every report that closes. */
export async function play(world: Play): Promise<void> {
  const { scale, reporters, receivers, postbox } = world;
  const reported: ReportedPlay | undefined = postbox === undefined ? undefined : { ...world, postbox };
  const senders = world.origins
    .map((origin, number): Sender => ({ origin, number, lanes: [], draw: () => 0, changes: 0 }))
    .filter(({ origin }) => origin.audience !== 'unreported');
  const consumers = reporters.map((reporter) => reporter.consumers);
  const business = reporters.map((reporter) => reporter.business);
  const audiences = {
    consumers: sampler(consumers),
    business: sampler(business),
    everyone: sampler(consumers.map((share, i) => share + business[i]!)),
  };
  const open = reporters.map(() => new Map<string, OpenReport>());
  const seenNumbers = reporters.map(() => [new Map<number, number>(), new Map<number, number>()] as const);

  for (let day = world.from; day < world.days; day++) {
    receivers.turnTo(day);
    const silent = reporters.map(({ silent }) => silent.some(([from, to]) => day >= from && day <= to));
    for (const sender of senders) {
      const { origin, number } = sender;
      if (day < origin.since || day >= origin.until || origin.audience === 'unreported') continue;
      const share = rhythmAt(origin.rhythm, scale.first + day, day, scale.days);
      if (share === 0) continue;
      const dice = random(world.seed, 'day', day, origin.id);
      const volume = dice.poisson(origin.volume * world.loudness[number]! * share * Math.exp(0.18 * dice.normal()));
      if (volume === 0) continue;
      if (day >= sender.changes) turnLanes(sender, day);
      if (sender.lanes.length === 0) continue;
      // A world with few rows shows an origin on some days only, and then for all of them. Who mails seldom is seen when he does.
      const usual = Math.max(origin.rhythm.every === 'daily' ? 0 : 3, world.rowsADay[number]! * (0.4 + 0.6 * share));
      const draws = Math.min(volume, dice.poisson(usual));
      const each = volume / Math.min(volume, usual);
      const receiverOf = audiences[origin.audience];
      for (let i = 0; i < draws; i++) {
        const lane = sender.lanes[sender.draw(dice)]!;
        const source = lane.pool.draw(dice, day);
        const to = receiverOf(dice);
        const reporter = reporters[to]!;
        let count = each <= 1 ? 1 : Math.max(1, Math.round(each * (0.25 + 1.5 * dice.next())));
        if (reporter.quirks.roundsCounts && count > 10) count = Math.round(count / 10) * 10;
        // Drawn whether or not it is needed: in a changed world (`--play`) the same mail is sent, and only its fate differs.
        const chance = dice.next();
        if (!silent[to]) observe(day, to, sender, lane, source, count, chance);
      }
    }
    for (const reports of open)
      for (const [domain, report] of reports) {
        if (day < report.lastDay) continue;
        reports.delete(domain);
        const held = reported === undefined ? undefined : closeReport(reported, report);
        if (held !== undefined) await held;
      }
    if (reported !== undefined) await poison(reported, day);
    world.progress(day);
  }

  function observe(
    day: number,
    to: number,
    { origin, number }: Sender,
    lane: Lane,
    source: number,
    count: number,
    chance: number,
  ): void {
    const reporter = reporters[to]!;
    let generation: Generation = day >= reporter.rfc9990Since ? 'rfc9990' : 'rfc7489';
    const applied = receivers.applied(lane.authorDomain, generation);
    // Without a record, or one that asks for no reports, nobody writes one (RFC 9989 §4.7 `rua`).
    if (applied === undefined || !applied.record.reported) return;
    if (lane.untilEnforced && applied.policy !== 'none' && !applied.record.testing) return;
    const { domain } = applied.record;
    const shape = receivers.shape(lane, source);
    // Turned away before there is anything to report (RFC 7208 §8.4, RFC 9989 §7.1).
    if (world.turningAway && reporter.turnsAway === true) {
      const { spf } = receivers.shapes[shape]!;
      if (spf.result === 'fail') return world.truth.turnAway(day, number, lane.authorDomain, spf.domain, count);
    }
    let report = open[to]!.get(domain);
    if (report === undefined) {
      report = {
        reporter,
        generation,
        ...periodOf(reporter, day, world.days),
        policy: applied.record,
        rows: new Map(),
      };
      if (reported !== undefined) open[to]!.set(domain, report);
    }
    report.policy = applied.record;
    generation = report.generation;
    const verdict = receivers.judge(shape, generation, leniency(origin, reporter, chance));
    if (verdict === undefined) return;
    const key = (shape * 64 + verdict) * sourceLimit + source;
    if (verdict >= 64) throw new RangeError('more verdicts than a key holds');
    const row = report.rows.get(key);
    if (row === undefined) report.rows.set(key, { source, shape, verdict, count });
    else row.count += count;
    const numbers = seenNumbers[to]![generation === 'rfc9990' ? 1 : 0];
    let seen = numbers.get(shape);
    if (seen === undefined)
      numbers.set(shape, (seen = world.truth.seen(seenBy(receivers.shapes[shape]!, reporter, generation))));
    world.truth.add(day, number, seen, source, receivers.verdicts[verdict]!.disposition, count);
  }
}

/** Whether a receiver goes its own way with some mail that fails. */
function leniency(origin: Origin, reporter: Reporter, chance: number): Leniency {
  if (reporter.quirks.forwarded && origin.kind === 'forwarder' && chance < 0.4) return 'forwarded';
  if (origin.override !== undefined && chance < origin.override.share) return origin.override.type;
  return chance < reporter.lenient ? 'quarantines' : 'none';
}

function turnLanes(sender: Sender, day: number): void {
  const { lanes } = sender.origin;
  sender.lanes = lanes.filter(({ since, until }) => since <= day && day < until);
  sender.changes = Math.min(
    ...lanes.flatMap(({ since, until }) => [since, until]).filter((change) => change > day),
    Number.POSITIVE_INFINITY,
  );
  if (sender.lanes.length > 0) sender.draw = sampler(sender.lanes.map(({ weight }) => weight));
}
