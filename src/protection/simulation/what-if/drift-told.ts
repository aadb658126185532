// Adds up drift: what records that changed since do to the mail that was seen, apart from what is asked. By standing and stream, by
// address, by record; with what of the losses of a change would not be lost, had SPF stayed as it was reported.
import { dayText } from '../../assessment/index.ts';
import type { Answer } from '../../../standards/dns/index.ts';
import { isSpfRecord } from '../../../standards/spf/index.ts';
import type { RecordTurn } from '../drift/index.ts';
import { driftSources } from './drift-sources.ts';
import { standings } from './mail.ts';
import type { Standing } from './mail.ts';
import type { Count, Drift, DriftRecord, DriftStream, DriftSum } from './result.ts';
import type { Played, Simulation } from './simulation.ts';
import { difference, legsOf, tidy } from './totals.ts';

const counts = ['legLost', 'legLostOnDkim', 'legGained', 'lost', 'regained', 'lostWithChange'] as const;
type CountName = (typeof counts)[number];

/** Sums of one group, while they are added up. */
class Summing {
  messages = 0;
  readonly #counts = new Map<CountName, { expected: number; least: number; most: number }>();

  add(name: CountName, { expected, least, most }: Count, messages: number): void {
    let sum = this.#counts.get(name);
    if (sum === undefined) this.#counts.set(name, (sum = { expected: 0, least: 0, most: 0 }));
    sum.expected += expected * messages;
    sum.least += least * messages;
    sum.most += most * messages;
  }

  made(): DriftSum {
    const count = (name: CountName): Count => {
      const { expected = 0, least = 0, most = 0 } = this.#counts.get(name) ?? {};
      return { expected: tidy(expected), least: tidy(least), most: tidy(most) };
    };
    return {
      messages: tidy(this.messages),
      legLost: count('legLost'),
      legLostOnDkim: count('legLostOnDkim'),
      legGained: count('legGained'),
      lost: count('lost'),
      regained: count('regained'),
      lostWithChange: count('lostWithChange'),
    };
  }
}

/** What drifted, as an answer has it; the records that changed are told by `driftRecords`. */
export function driftTold(simulation: Simulation, played: Played): Omit<Drift, 'records'> | null {
  if (simulation.options.records === 'then') return null;
  const { cells, outcomes, streams, before, drifted } = simulation;
  const legOf = legsOf(simulation);
  const total = new Summing();
  const byStanding = standings.map(() => new Summing());
  const byStream = new Map<number, Summing>();
  const moved = movedFrom(played, new Set(drifted?.cells));
  for (const [at, cell] of (drifted?.cells ?? []).entries()) {
    const { changed, sureness } = drifted!.facts[at]!;
    const messages = cells.messages[cell]!;
    const [stream, context] = [cells.stream[cell]!, cells.context[cell]!];
    let ofStream = byStream.get(stream);
    if (ofStream === undefined) byStream.set(stream, (ofStream = new Summing()));
    const groups = [total, byStanding[cells.standing[cell]!]!, ofStream];
    const count: Count = { expected: sureness > 0 ? 1 : 0, least: sureness === 2 ? 1 : 0, most: 1 };
    const was = legOf(simulation.bundleOf(cells.facts[cell]!, cell), context);
    const is = legOf(simulation.bundleOf(changed, cell), context);
    const [had, has] = [was === 0 || was === 2, is === 0 || is === 2];
    const reported = outcomes.all[simulation.outcomeAsReported(cell)]!;
    const withoutChange = difference(reported, outcomes.all[before[cell]!]!);
    const withChange = difference(outcomes.all[before[cell]!]!, outcomes.all[played.outcome[cell]!]!).lost;
    const asReported = difference(reported, outcomes.all[played.asReported[at]!]!).lost;
    for (const group of groups) {
      group.messages += messages;
      if (had && !has) group.add('legLost', count, messages);
      if (had && !has && is === 1) group.add('legLostOnDkim', count, messages);
      if (!had && has) group.add('legGained', count, messages);
      group.add('lost', withoutChange.lost, messages);
      group.add('regained', withoutChange.regained, messages);
      // What another SPF record of the change reaches, it decides.
      group.add('lostWithChange', beyond(withChange, asReported), messages - (moved.get(cell) ?? 0));
    }
  }
  const { notKept, notKnown, sources, lastDays } = driftSources(simulation);
  const told = [...byStream].map(([stream, sums]): DriftStream => {
    const { id = null, name = null, party = null, sender = null } = streams[stream] ?? {};
    const { kind = 'undecided', decision = 'undecided' } = streams[stream] ?? {};
    return { id, name, kind, decision, party, sender, lastDay: dayText(lastDays.get(stream) ?? 0), ...sums.made() };
  });
  told.sort(
    (a, b) =>
      b.legLost.expected - a.legLost.expected ||
      b.legLost.most - a.legLost.most ||
      b.messages - a.messages ||
      (String(a.id) < String(b.id) ? -1 : 1),
  );
  return {
    kept: drifted !== undefined,
    total: total.made(),
    standings: Object.fromEntries(standings.map((name, at) => [name, byStanding[at]!.made()])) as Record<
      Standing,
      DriftSum
    >,
    streams: told,
    sources,
    notKept,
    notKnown,
  };

  /** What is lost by the one and would not be by the other. */
  function beyond(one: Count, other: Count): Count {
    return {
      expected: Math.max(0, one.expected - other.expected),
      least: one.least === 1 && other.most === 0 ? 1 : 0,
      most: one.most === 1 && other.least === 0 ? 1 : 0,
    };
  }
}

/** Messages that another SPF record of the change moves out of some cells. */
function movedFrom({ moves }: Played, cells: ReadonlySet<number>): ReadonlyMap<number, number> {
  const moved = new Map<number, number>();
  if (cells.size === 0) return moved;
  for (const { cell, messages } of moves.all) if (cells.has(cell)) moved.set(cell, (moved.get(cell) ?? 0) + messages);
  return moved;
}

/** The records that changed since mail drifted, the newest first. @param write how a record is written in a zone file */
export function driftRecords(
  { drifted }: Simulation,
  write: (data: Extract<Answer, { kind: 'records' }>['records'][number]) => string,
): DriftRecord[] {
  const all = new Map<string, { readonly turn: RecordTurn; readonly domains: Set<string> }>();
  for (const [domain, turns] of drifted?.drift.turns ?? []) {
    for (const turn of turns) {
      const key = `${turn.day} ${turn.name} ${turn.type}`;
      const known = all.get(key);
      if (known === undefined) all.set(key, { turn, domains: new Set([domain]) });
      else known.domains.add(domain);
    }
  }
  // Of texts only the records of SPF: the others of a name have no part in it.
  const shown = (answer: Answer): string[] =>
    answer.kind === 'records'
      ? answer.records.filter((record) => !Array.isArray(record) || isSpfRecord(record.join(''))).map(write)
      : [];
  return [...all.values()]
    .map(({ turn: { name, type, seenUntil, day, before, after }, domains }) => ({
      name,
      type,
      domains: [...domains].sort(),
      seenUntil: dayText(seenUntil),
      day: dayText(day),
      before: shown(before),
      after: shown(after),
    }))
    .sort((a, b) => (a.day === b.day ? (a.name < b.name ? -1 : 1) : a.day < b.day ? 1 : -1));
}
