// Adds up what a scenario comes to.
import { assertNever } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import { driftTold } from './drift-told.ts';
import { standings } from './mail.ts';
import type { Standing } from './mail.ts';
import type { Played, Simulation } from './simulation.ts';
import { throughs } from './through.ts';
import { baseOf, Sums, totalsOf } from './totals.ts';
import type { Totals } from './totals.ts';
import { whatIfSchema } from './result.ts';
import type { Drift, Fate, Grouping, Legs, NamedFate, StreamFate, WhatIf } from './result.ts';

/** What the answer is asked for beside the sums that are always in it. */
export interface WhatIfOptions {
  readonly domain?: string;
  readonly since?: Day;
  readonly until?: Day;
  readonly by?: readonly Grouping[];
}

/** What of an answer the mail tells: the records that change, or have changed, are told by whoever knows the world. */
export type AddedUp = Omit<WhatIf, 'changes' | 'drift' | 'seen' | 'signing'> & {
  readonly drift: Omit<Drift, 'records'> | null;
};

/** Adds up. */
export async function whatIf(simulation: Simulation, played: Played, options: WhatIfOptions = {}): Promise<AddedUp> {
  const totals = totalsOf(simulation, played);
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
    total: totals.total.fate(0),
    standings: Object.fromEntries(standings.map((name, number) => [name, totals.byStanding.fate(number)])) as Record<
      Standing,
      Fate
    >,
    streams: streamFates(simulation, totals),
    by,
    through: await throughs(simulation, played),
    doubts: totals.doubts.list(),
    drift: driftTold(simulation, played),
    problems: played.problems,
  };
}

function streamFates(simulation: Simulation, { byStream: sums, legs }: Totals): StreamFate[] {
  const { streams } = simulation;
  const before = baseOf(simulation).legs;
  const fates_: StreamFate[] = [];
  for (let number = 0; number <= streams.length; number++) {
    const fate = sums.fate(number);
    if (fate.messages <= 0) continue;
    const stream = number === 0 ? undefined : streams[number - 1];
    const after = legs.of(number);
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
      legsBefore: before.of(number),
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
  const { mail, cells, cellOf, streams } = simulation;
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
  const sums = sumsBy(simulation, played, firsts.length, group);
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

/**
 * What becomes of the mail of each group.
 *
 * @param groupOf by combination: its group, from 0; -1 leaves it out
 */
export function fatesBy(simulation: Simulation, played: Played, groups: number, groupOf: Int32Array): Fate[] {
  const sums = sumsBy(simulation, played, groups, groupOf);
  return Array.from({ length: groups }, (_, group) => sums.fate(group));
}

function sumsBy(simulation: Simulation, played: Played, groups: number, groupOf: Int32Array): Sums {
  const { cells, before, outcomes } = simulation;
  const { starts, rows, messages } = simulation.rows;
  const sums = new Sums(groups, outcomes.all);
  for (let cell = 0; cell < cells.length; cell++) {
    const first = starts[cell]!;
    for (let at = first; at < starts[cell + 1]!; at++) {
      const group = groupOf[rows[at]!]!;
      const after = played.moves.of(cell, at - first)?.outcome ?? played.outcome[cell]!;
      if (group >= 0) sums.add(group, before[cell]!, after, messages[at]!);
    }
  }
  return sums;
}

/** The same sums by something else; the groups of which most is lost or regained first. */
function grouped(simulation: Simulation, played: Played, grouping: Grouping): NamedFate[] {
  const { mail, cells, cellOf, streams } = simulation;
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
        return groupOf(mail.receiver[row]!, (receiver) => mail.receivers[receiver]!.reporter || null);
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
  const sums = fatesBy(simulation, played, keys.length, group);
  const named = keys.map((key, number): NamedFate => ({ key, ...sums[number]! }));
  if (grouping === 'day') return named.sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
  const weight = ({ lost, regained }: Fate): number => lost.most + regained.most;
  return named.sort(
    (a, b) => weight(b) - weight(a) || b.messages - a.messages || (String(a.key) < String(b.key) ? -1 : 1),
  );
}
