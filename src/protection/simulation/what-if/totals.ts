// Adds up messages by what becomes of them: for all mail once, as things are, and for a change by what it changes of that.
import { doubtCodes, doubtNames, fates } from './judge.ts';
import { standings } from './mail.ts';
import { mayIn, waysApart } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Count, Doubt, Fate, Legs } from './result.ts';
import { allRules } from './rules.ts';
import type { Played, Simulation } from './simulation.ts';

// The places of a row of sums.
const at = { messages: 0, before: 1, after: 4, lost: 7, regained: 10, may: 13 } as const;
const width = at.may + 8;

/** Sums by group: a row of numbers each. */
export class Sums {
  readonly #outcomes: readonly Outcome[];
  readonly #values: Float64Array;
  /** By pair of outcomes: what one message adds, and where. */
  readonly #steps = new Map<number, readonly (readonly [place: number, amount: number])[]>();

  /** @param from sums to go on from, of as many groups */
  constructor(groups: number, outcomes: readonly Outcome[], from?: Sums) {
    this.#outcomes = outcomes;
    this.#values = from === undefined ? new Float64Array(groups * width) : Float64Array.from(from.#values);
  }

  add(group: number, before: number, after: number, messages: number): void {
    const key = before * 0x1_0000 + after;
    let steps = this.#steps.get(key);
    if (steps === undefined) this.#steps.set(key, (steps = this.#stepsOf(before, after)));
    const from = group * width;
    for (const [place, amount] of steps) this.#values[from + place]! += amount * messages;
  }

  #stepsOf(before: number, after: number): (readonly [number, number])[] {
    const [one, other] = [this.#outcomes[before]!, this.#outcomes[after]!];
    const row = new Float64Array(width);
    row[at.messages] = 1;
    for (const fate of [0, 1, 2]) {
      row[at.before + fate] = one.likely[fate]!;
      row[at.after + fate] = other.likely[fate]!;
    }
    row[at.may + other.may]! += 1 - other.whim;
    row[at.may + (other.may | fates.delivered)]! += other.whim;
    const { lost, regained } = difference(one, other);
    for (const [place, { expected, least, most }] of [
      [at.lost, lost],
      [at.regained, regained],
    ] as const) {
      row[place] = expected;
      row[place + 1] = least;
      row[place + 2] = most;
    }
    return [...row.entries()].filter(([, amount]) => amount !== 0);
  }

  fate(group: number): Fate {
    const value = (place: number): number => tidy(this.#values[group * width + place]!);
    const fatesFrom = (place: number): Fate['before'] => ({
      delivered: value(place),
      quarantined: value(place + 1),
      rejected: value(place + 2),
    });
    const range = (bit: number): readonly [number, number] => {
      let most = 0;
      for (let may = 1; may < 8; may++) if ((may & bit) !== 0) most += value(at.may + may);
      return [value(at.may + bit), most];
    };
    const moved = (place: number): Fate['lost'] => ({
      expected: value(place),
      least: value(place + 1),
      most: value(place + 2),
    });
    return {
      messages: value(at.messages),
      before: fatesFrom(at.before),
      after: fatesFrom(at.after),
      range: {
        delivered: range(fates.delivered),
        quarantined: range(fates.quarantined),
        rejected: range(fates.rejected),
      },
      lost: moved(at.lost),
      regained: moved(at.regained),
    };
  }
}

/** What one message loses and regains between two outcomes: for certain where it does in every world that may be the one; perhaps: in some. */
export function difference(one: Outcome, other: Outcome): { readonly lost: Count; readonly regained: Count } {
  if (one === other) return { lost: nothing, regained: nothing };
  const differs = one.likely[0] !== other.likely[0];
  let [losesAlways, loses, gainsAlways, gains] = [1, 0, 1, 0];
  for (let way = 0; way < waysApart; way++) {
    const [was, is] = [mayIn(one, way), mayIn(other, way)];
    if (was !== fates.delivered || (is & fates.delivered) !== 0) losesAlways = 0;
    if ((was & fates.delivered) !== 0 && (is & ~fates.delivered) !== 0 && (differs || was !== is)) loses = 1;
    if ((was & fates.delivered) !== 0 || is !== fates.delivered) gainsAlways = 0;
    if ((was & ~fates.delivered) !== 0 && (is & fates.delivered) !== 0 && (differs || was !== is)) gains = 1;
  }
  return {
    lost: {
      expected: Math.max(0, one.likely[0] - other.likely[0]),
      least: losesAlways * (1 - other.whim),
      most: loses,
    },
    regained: {
      expected: Math.max(0, other.likely[0] - one.likely[0]),
      least: gainsAlways * (1 - one.whim),
      most: gains,
    },
  };
}

const nothing: Count = { expected: 0, least: 0, most: 0 };

/** Broken numbers come of shares: a thousandth of a message is nobody's. */
export function tidy(value: number): number {
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? 0 : rounded;
}

/** By group: messages by the legs that hold. */
class LegSums {
  readonly #values: Float64Array;

  constructor(groups: number, from?: LegSums) {
    this.#values = from === undefined ? new Float64Array(groups * 4) : Float64Array.from(from.#values);
  }

  /** @param leg 0 both, 1 DKIM only, 2 SPF only, 3 neither */
  add(group: number, leg: number, messages: number): void {
    this.#values[group * 4 + leg]! += messages;
  }

  of(group: number): Legs {
    const [both = 0, dkimOnly = 0, spfOnly = 0, neither = 0] = this.#values.subarray(group * 4, group * 4 + 4);
    return { both, dkimOnly, spfOnly, neither };
  }
}

/** Messages that a change touches, by what is not known of them. */
export class DoubtSums {
  readonly #outcomes: readonly Outcome[];
  readonly #messages = new Float64Array(doubtNames.length);
  readonly #wanted = new Float64Array(doubtNames.length);

  constructor(outcomes: readonly Outcome[]) {
    this.#outcomes = outcomes;
  }

  add(before: number, after: number, standing: number, messages: number): void {
    if (before === after) return;
    const { doubts } = this.#outcomes[after]!;
    if (doubts === 0) return;
    const wanted = standing < standings.indexOf('thought-forged');
    for (let bit = 0; bit < doubtNames.length; bit++) {
      if ((doubts & (1 << bit)) === 0) continue;
      this.#messages[bit]! += messages;
      if (wanted) this.#wanted[bit]! += messages;
    }
  }

  list(): Doubt[] {
    return doubtNames
      .map((name, bit) => ({
        code: doubtCodes[name],
        messages: this.#messages[bit]!,
        wanted: this.#wanted[bit]!,
      }))
      .filter(({ messages }) => messages > 0)
      .sort((a, b) => b.wanted - a.wanted || b.messages - a.messages);
  }
}

/** The sums that are in every answer. Streams are numbered from 1; 0 is mail of no known stream. */
export class Totals {
  readonly byStream: Sums;
  readonly byStanding: Sums;
  readonly total: Sums;
  readonly legs: LegSums;
  readonly doubts: DoubtSums;
  /** Cells are many, and the ways they go are few: messages are gathered by way before they are added. */
  readonly #gathered = new Map<number, number>();

  constructor({ outcomes, streams }: Simulation, from?: Totals) {
    this.byStream = new Sums(streams.length + 1, outcomes.all, from?.byStream);
    this.byStanding = new Sums(standings.length, outcomes.all, from?.byStanding);
    this.total = new Sums(1, outcomes.all, from?.total);
    this.legs = new LegSums(streams.length + 1, from?.legs);
    this.doubts = new DoubtSums(outcomes.all);
  }

  gather(stream: number, standing: number, before: number, after: number, leg: number, messages: number): void {
    const key = ((((stream + 1) * 8 + standing) * most + before) * most + after) * 4 + leg;
    this.#gathered.set(key, (this.#gathered.get(key) ?? 0) + messages);
  }

  /** Adds what was gathered. */
  add(): void {
    for (const [key, messages] of this.#gathered) {
      const leg = key % 4;
      const ways = Math.floor(key / 4);
      const after = ways % most;
      const before = Math.floor(ways / most) % most;
      const group = Math.floor(ways / most / most);
      const standing = group % 8;
      const stream = Math.floor(group / 8);
      this.byStream.add(stream, before, after, messages);
      this.byStanding.add(standing, before, after, messages);
      this.total.add(0, before, after, messages);
      this.legs.add(stream, leg, messages);
      this.doubts.add(before, after, standing, messages);
    }
    this.#gathered.clear();
  }
}

/** Outcomes are fewer. */
const most = 4096;

const bases = new WeakMap<Simulation, Totals>();

/** The sums without a change. */
export function baseOf(simulation: Simulation): Totals {
  let base = bases.get(simulation);
  if (base === undefined) {
    base = new Totals(simulation);
    const { cells, before } = simulation;
    const legOf = legsOf(simulation);
    for (let cell = 0; cell < cells.length; cell++) {
      const leg = legOf(simulation.baseBundle(cell), cells.context[cell]!);
      base.gather(cells.stream[cell]!, cells.standing[cell]!, before[cell]!, before[cell]!, leg, cells.messages[cell]!);
    }
    base.add();
    bases.set(simulation, base);
  }
  return base;
}

/** The sums after a change: those without it, and what it changes. */
export function totalsOf(simulation: Simulation, played: Played): Totals {
  const { cells, before } = simulation;
  if (simulation.outcomes.all.length > most) throw new Error('more outcomes than a key holds');
  const totals = new Totals(simulation, baseOf(simulation));
  const legOf = legsOf(simulation);
  const gather = (cell: number, outcome: number, bundle: number, messages: number): void => {
    const leg = legOf(bundle, cells.context[cell]!);
    totals.gather(cells.stream[cell]!, cells.standing[cell]!, before[cell]!, outcome, leg, messages);
  };
  for (const cell of played.touched) {
    gather(cell, before[cell]!, simulation.baseBundle(cell), -cells.messages[cell]!);
    gather(cell, played.outcome[cell]!, played.bundle[cell]!, cells.messages[cell]!);
  }
  for (const { cell, outcome, bundle, messages } of played.moves.all) {
    gather(cell, played.outcome[cell]!, played.bundle[cell]!, -messages);
    gather(cell, outcome, bundle, messages);
  }
  totals.add();
  return totals;
}

/** Which legs hold by a bundle of asks, for the receiver of a context: 0 both, 1 DKIM only, 2 SPF only, 3 neither. */
export function legsOf({ ledger, contexts }: Simulation): (bundle: number, context: number) => number {
  // By the rules that the receiver most likely goes by.
  const likeliest = contexts.map(({ habits }) => habits.rules[0]!);
  const known: (number | undefined)[] = [];
  return (bundle, context) =>
    (known[bundle * allRules.length + likeliest[context]!] ??= legOfAsk(bundle, likeliest[context]!));

  function legOfAsk(bundle: number, rules: number): number {
    const { dkim, spf } = ledger.asks.values[ledger.bundles[bundle]![rules]!]!;
    return dkim ? (spf ? 0 : 1) : spf ? 2 : 3;
  }
}
