// All mail of a world: made once, before anybody looks at a record, so that a changed world is the same mail.
import { Dice, lot } from './dice.ts';
import type { Flow, Lane, Origin, Scale } from './model.ts';
import { receivers } from './receivers.ts';

/** Everything that reaches a receiver that reports, in the order of days. */
export function allMail(origins: readonly Origin[], seed: string, scale: Scale, forged: number): Flow[] {
  const flows: Flow[] = [];
  const wanted = origins.filter(({ weight }) => weight === undefined);
  for (const origin of wanted) mailOf(origin, seed, scale, scale.volume, flows);
  const sum = flows.reduce((total, { count }) => total + count, 0);
  const unwanted = origins.filter(({ weight }) => weight !== undefined);
  const weights = unwanted.reduce((total, { weight }) => total + weight!, 0);
  const budget = (sum * forged) / (1 - forged);
  for (const origin of unwanted) {
    let usual = 0;
    for (let day = 0; day < scale.days; day++)
      if (day >= origin.since) usual += origin.busy(day) * origin.lanes.reduce((total, each) => total + each.volume, 0);
    if (usual > 0) mailOf(origin, seed, scale, (budget * origin.weight!) / weights / usual, flows);
  }
  return flows.sort((a, b) => a.day - b.day).map((flow, serial) => ({ ...flow, serial }));
}

function mailOf(origin: Origin, seed: string, scale: Scale, factor: number, flows: Flow[]): void {
  for (const [at, lane] of origin.lanes.entries()) {
    const dice = new Dice(`mail ${seed} ${origin.id} ${at}`);
    const weights = audience(origin, at, seed);
    const [from, until] = lane.during ?? [0, scale.days];
    for (let day = Math.max(origin.since, from); day < Math.min(until, scale.days); day++) {
      const messages = dice.poisson(lane.volume * origin.busy(day) * factor);
      if (messages > 0) sendOf(origin, lane, day, messages, weights, dice, flows);
    }
  }
}

function sendOf(
  origin: Origin,
  lane: Lane,
  day: number,
  messages: number,
  weights: readonly number[],
  dice: Dice,
  flows: Flow[],
): void {
  const pool = typeof lane.sources === 'function' ? lane.sources(day) : lane.sources;
  const hands = dice.some(pool, Math.min(lane.hands, messages));
  const shares = dice.share(
    messages,
    hands.map(() => 1),
  );
  for (const [i, source] of hands.entries())
    for (const [receiver, count] of dice.share(shares[i]!, weights).entries()) {
      if (count === 0) continue;
      const each = receivers[receiver]!.counts;
      flows.push({
        origin,
        day,
        source,
        shape: lane.shape,
        receiver,
        count: Math.ceil(count / each) * each,
        serial: 0,
      });
    }
}

/** Whom an origin writes to: no two have the same readers. Forwarders end at a few receivers. */
function audience(origin: Origin, lane: number, seed: string): number[] {
  return receivers.map(({ share, domain }, at) => {
    const own = 0.4 + 1.2 * lot(`readers ${seed} ${origin.id} ${domain}`);
    if (origin.kind !== 'forwarder') return share * own;
    const kept = at === 0 || lot(`goal ${seed} ${origin.id} ${domain}`) < 0.35 || (lane === 0 && at === 1);
    return kept ? share * own : 0;
  });
}
