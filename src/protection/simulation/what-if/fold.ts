// Adds up what a scenario comes to.
import { assertNever } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import { doubtNames, fates } from './judge.ts';
import { standings } from './mail.ts';
import type { Standing } from './mail.ts';
import { mayIn, waysApart } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Played, Simulation } from './simulation.ts';
import { throughs } from './through.ts';
import { whatIfSchema } from './result.ts';
import type { Doubt, Fate, Grouping, Legs, NamedFate, StreamFate, WhatIf } from './result.ts';

// The places of a row of sums.
const at = { messages: 0, before: 1, after: 4, lost: 7, regained: 10, may: 13 } as const;
const width = at.may + 8;

/** Sums by group: a row of numbers each. */
class Sums {
  readonly #outcomes: readonly Outcome[];
  readonly #values: Float64Array;
  /** By pair of outcomes: what one message adds, and where. */
  readonly #steps = new Map<number, readonly (readonly [place: number, amount: number])[]>();

  constructor(groups: number, outcomes: readonly Outcome[]) {
    this.#outcomes = outcomes;
    this.#values = new Float64Array(groups * width);
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
    row[at.may + other.may] = 1;
    if (before !== after) {
      // Lost or regained for certain: in every world that may be the one; perhaps: in some.
      const differs = one.likely[0] !== other.likely[0];
      let [losesAlways, loses, gainsAlways, gains] = [1, 0, 1, 0];
      for (let way = 0; way < waysApart; way++) {
        const [was, is] = [mayIn(one, way), mayIn(other, way)];
        if (was !== fates.delivered || (is & fates.delivered) !== 0) losesAlways = 0;
        if ((was & fates.delivered) !== 0 && (is & ~fates.delivered) !== 0 && (differs || was !== is)) loses = 1;
        if ((was & fates.delivered) !== 0 || is !== fates.delivered) gainsAlways = 0;
        if ((was & ~fates.delivered) !== 0 && (is & fates.delivered) !== 0 && (differs || was !== is)) gains = 1;
      }
      row[at.lost] = Math.max(0, one.likely[0] - other.likely[0]);
      row[at.lost + 1] = losesAlways;
      row[at.lost + 2] = loses;
      row[at.regained] = Math.max(0, other.likely[0] - one.likely[0]);
      row[at.regained + 1] = gainsAlways;
      row[at.regained + 2] = gains;
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

/** Broken numbers come of shares: a thousandth of a message is nobody's. */
function tidy(value: number): number {
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? 0 : rounded;
}

/** What the answer is asked for beside the sums that are always in it. */
export interface WhatIfOptions {
  readonly domain?: string;
  readonly since?: Day;
  readonly until?: Day;
  readonly by?: readonly Grouping[];
}

/** Adds up. `changes` and `signing` are said by whoever knows the world. */
export async function whatIf(
  simulation: Simulation,
  played: Played,
  options: WhatIfOptions = {},
): Promise<Omit<WhatIf, 'changes' | 'seen' | 'signing'>> {
  const { cells, cellOf, mail, streams, outcomes, before } = simulation;
  const { outcome, pair, moved } = played;
  const all = outcomes.all;
  const byStream = new Sums(streams.length + 1, all);
  const byStanding = new Sums(standings.length, all);
  const total = new Sums(1, all);
  const legs = new LegSums(streams.length + 1, simulation);
  const doubts = new DoubtSums(all);
  const add = (cell: number, messages: number, after: number, factsPair: number, sign: 1 | -1): void => {
    const was = before[cell]!;
    const stream = cells.stream[cell]! + 1;
    byStream.add(stream, was, after, messages * sign);
    byStanding.add(cells.standing[cell]!, was, after, messages * sign);
    total.add(0, was, after, messages * sign);
    legs.add(stream, factsPair, cells.context[cell]!, messages * sign);
    doubts.add(was, after, cells.standing[cell]!, messages * sign);
  };
  for (let cell = 0; cell < cells.length; cell++) add(cell, cells.messages[cell]!, outcome[cell]!, pair[cell]!, 1);
  for (const [row, to] of moved) {
    const cell = cellOf[row]!;
    add(cell, mail.messages[row]!, outcome[cell]!, pair[cell]!, -1);
    add(cell, mail.messages[row]!, to.outcome, to.pair, 1);
  }
  const by: { [grouping in Grouping]?: readonly NamedFate[] } = {};
  for (const grouping of options.by ?? []) by[grouping] = grouped(simulation, played, grouping);
  return {
    schema: whatIfSchema,
    asked: {
      domain: options.domain ?? null,
      records: simulation.options.records,
      since: options.since === undefined ? null : dayText(options.since),
      until: options.until === undefined ? null : dayText(options.until),
    },
    total: total.fate(0),
    standings: Object.fromEntries(standings.map((name, number) => [name, byStanding.fate(number)])) as Record<
      Standing,
      Fate
    >,
    streams: streamFates(simulation, byStream, legs),
    by,
    through: await throughs(simulation, played),
    doubts: doubts.list(),
    problems: played.problems,
  };
}

function streamFates(simulation: Simulation, sums: Sums, legs: LegSums): StreamFate[] {
  const { streams } = simulation;
  const fates_: StreamFate[] = [];
  for (let number = 0; number <= streams.length; number++) {
    const fate = sums.fate(number);
    if (fate.messages <= 0) continue;
    const stream = number === 0 ? undefined : streams[number - 1];
    const after = legs.after(number);
    fates_.push({
      id: stream?.id ?? null,
      name: stream?.name ?? null,
      kind: stream?.kind ?? 'undecided',
      decision: stream?.decision ?? 'undecided',
      party: stream?.party ?? null,
      sender: stream?.sender ?? null,
      rhythm: stream?.rhythm.every ?? null,
      lastDay: stream === undefined ? null : dayText(stream.last),
      ...fate,
      legsBefore: legs.before(number),
      legs: after,
      onlyLeg: onlyLegOf(after),
    });
  }
  const weight = ({ lost, regained }: Fate): number => lost.most + regained.most;
  return fates_.sort(
    (a, b) => weight(b) - weight(a) || b.messages - a.messages || (String(a.id) < String(b.id) ? -1 : 1),
  );
}

/** One leg carries it when at most one message in a hundred of those that pass stands on the other. */
function onlyLegOf({ both, dkimOnly, spfOnly }: Legs): 'dkim' | 'spf' | null {
  const passing = both + dkimOnly + spfOnly;
  if (passing === 0) return null;
  if (both + spfOnly <= passing / 100) return 'dkim';
  return both + dkimOnly <= passing / 100 ? 'spf' : null;
}

/** By stream: messages by the legs that hold. */
class LegSums {
  readonly #simulation: Simulation;
  readonly #before: Float64Array;
  readonly #after: Float64Array;

  constructor(groups: number, simulation: Simulation) {
    this.#simulation = simulation;
    this.#after = new Float64Array(groups * 4);
    this.#before = new Float64Array(groups * 4);
    const { cells } = simulation;
    for (let cell = 0; cell < cells.length; cell++) {
      this.#add(
        this.#before,
        cells.stream[cell]! + 1,
        simulation.basePair(cell),
        cells.context[cell]!,
        cells.messages[cell]!,
      );
    }
  }

  add(group: number, pair: number, context: number, messages: number): void {
    this.#add(this.#after, group, pair, context, messages);
  }

  #add(sums: Float64Array, group: number, pair: number, context: number, messages: number): void {
    const { ledger, contexts } = this.#simulation;
    const { rfc9989, rfc7489 } = ledger.pairs[pair]!;
    const ask = ledger.asks.values[contexts[context]!.habits.generation === 'rfc9989' ? rfc9989 : rfc7489]!;
    sums[group * 4 + (ask.dkim ? (ask.spf ? 0 : 1) : ask.spf ? 2 : 3)]! += messages;
  }

  before(group: number): Legs {
    return legsAt(this.#before, group);
  }

  after(group: number): Legs {
    return legsAt(this.#after, group);
  }
}

function legsAt(sums: Float64Array, group: number): Legs {
  const [both = 0, dkimOnly = 0, spfOnly = 0, neither = 0] = sums.subarray(group * 4, group * 4 + 4);
  return { both, dkimOnly, spfOnly, neither };
}

/** Messages that a change touches, by what is not known of them. */
class DoubtSums {
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
        code: `simulation/doubt-${name}`,
        messages: this.#messages[bit]!,
        wanted: this.#wanted[bit]!,
      }))
      .filter(({ messages }) => messages > 0)
      .sort((a, b) => b.wanted - a.wanted || b.messages - a.messages);
  }
}

/** One combination, with what becomes of it: what `--rows` prints. */
export interface RowFate extends Fate {
  readonly source: string | null;
  readonly authorDomain: string | null;
  readonly envelopeDomain: string | null;
  readonly dkim: readonly (readonly [domain: string | null, selector: string | null, result: string | null])[];
  readonly spf: readonly [domain: string | null, scope: string | null, result: string | null] | null;
  readonly stream: string | null;
  readonly standing: Standing;
}

/** Every combination of address, authentication results, author domain and envelope, with what becomes of it. */
export function* rowFates(simulation: Simulation, played: Played): Generator<RowFate> {
  const { mail, cells, cellOf, before, outcomes, streams } = simulation;
  const numbers = new Map<string, number>();
  const firsts: number[] = [];
  const group = new Int32Array(mail.length);
  for (let row = 0; row < mail.length; row++) {
    const key = `${mail.source[row]!} ${mail.auth[row]!} ${mail.author[row]!} ${mail.envelope[row]!}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = firsts.push(row) - 1;
      numbers.set(key, number);
    }
    group[row] = number;
  }
  const sums = new Sums(firsts.length, outcomes.all);
  for (let row = 0; row < mail.length; row++) {
    const cell = cellOf[row]!;
    sums.add(group[row]!, before[cell]!, played.moved.get(row)?.outcome ?? played.outcome[cell]!, mail.messages[row]!);
  }
  const { dictionaries } = mail;
  for (const [number, row] of firsts.entries()) {
    const auth = dictionaries.auth(mail.auth[row]!);
    const [spf] = auth?.spf ?? [];
    const cell = cellOf[row]!;
    yield {
      source: dictionaries.address(mail.source[row]!) ?? null,
      authorDomain: dictionaries.name(mail.author[row]!) ?? null,
      envelopeDomain: dictionaries.name(mail.envelope[row]!) ?? null,
      dkim: (auth?.dkim ?? []).map(({ domain, selector, result }) => [
        domain ?? null,
        selector ?? null,
        result ?? null,
      ]),
      spf: spf === undefined ? null : [spf.domain ?? null, spf.scope ?? null, spf.result ?? null],
      stream: streams[cells.stream[cell]!]?.id ?? null,
      standing: standings[cells.standing[cell]!]!,
      ...sums.fate(number),
    };
  }
}

/** The same sums by something else; the groups of which most is lost or regained first. */
function grouped(simulation: Simulation, played: Played, grouping: Grouping): NamedFate[] {
  const { mail, cells, cellOf, streams, before, outcomes } = simulation;
  const keys: (string | null)[] = [];
  const numbers = new Map<string | null, number>();
  const numberOf = (key: string | null): number => {
    let number = numbers.get(key);
    if (number === undefined) {
      number = keys.push(key) - 1;
      numbers.set(key, number);
    }
    return number;
  };
  // What a key is a name of is numbered already: each number is named once.
  const groups = new Map<number, number>();
  const groupOf = (number: number, name: (number: number) => string | null): number => {
    let group = groups.get(number);
    if (group === undefined) groups.set(number, (group = numberOf(name(number))));
    return group;
  };
  const ofRow = (row: number): number => {
    const cell = cellOf[row]!;
    switch (grouping) {
      case 'authorDomain':
        return groupOf(mail.allFacts[cells.facts[cell]!]!.author, (author) => mail.authors[author] || null);
      case 'party':
        return groupOf(cells.stream[cell]!, (stream) => streams[stream]?.party ?? null);
      case 'receiver':
        return groupOf(cells.receiver[cell]!, (receiver) => mail.receivers[receiver]!.reporter || null);
      case 'source':
        return groupOf(mail.source[row]!, (source) => mail.dictionaries.address(source) ?? null);
      case 'day':
        return groupOf(mail.day?.[row] ?? 0, (day) => (mail.day === undefined ? null : dayText(day)));
      default:
        return assertNever(grouping);
    }
  };
  const group = new Int32Array(mail.length);
  for (let row = 0; row < mail.length; row++) group[row] = ofRow(row);
  const sums = new Sums(keys.length, outcomes.all);
  for (let row = 0; row < mail.length; row++) {
    const cell = cellOf[row]!;
    sums.add(group[row]!, before[cell]!, played.moved.get(row)?.outcome ?? played.outcome[cell]!, mail.messages[row]!);
  }
  const named = keys.map((key, number): NamedFate => ({ key, ...sums.fate(number) }));
  if (grouping === 'day') return named.sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
  const weight = ({ lost, regained }: Fate): number => lost.most + regained.most;
  return named.sort(
    (a, b) => weight(b) - weight(a) || b.messages - a.messages || (String(a.key) < String(b.key) ? -1 : 1),
  );
}
