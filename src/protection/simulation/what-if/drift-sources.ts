// Drift by address: of which source SPF would say what today, for which domain, in which stream.
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import { standings } from './mail.ts';
import type { DriftSource, Part } from './result.ts';
import type { Simulation } from './simulation.ts';

interface Found {
  readonly cell: number;
  readonly row: number;
  readonly identity: number;
  messages: number;
  first: Day;
  last: Day;
}

interface Told {
  readonly sources: readonly DriftSource[];
  readonly notKept: Part;
  readonly notKnown: Part;
  /** By stream: the last day of its mail that drifted. */
  readonly lastDays: ReadonlyMap<number, Day>;
}

const wantedUntil = standings.indexOf('undecided');
const known = new WeakMap<Simulation, Told>();

/** Drift by address, the most messages first; the same for every change, and worked out once. */
export function driftSources(simulation: Simulation): Told {
  let told = known.get(simulation);
  if (told === undefined) known.set(simulation, (told = toldOf(simulation)));
  return told;
}

function toldOf(simulation: Simulation): Told {
  const { mail, cells, cellOf, drifted, ledger, streams } = simulation;
  const [notKept, notKnown] = [
    { messages: 0, wanted: 0 },
    { messages: 0, wanted: 0 },
  ];
  const lastDays = new Map<number, Day>();
  if (drifted === undefined) return { sources: [], notKept, notKnown, lastDays };
  const { wayOf, ways, firstDay, lastDay } = drifted.drift;
  const identities = ways.map(({ words, untold }) =>
    untold ? [-1] : words.flatMap((word, at) => (word === undefined ? [] : [at])),
  );
  const isNotKept = ways.map(({ words }) => words.some((word) => word?.why === 'not-kept'));
  // By way, then by address and stream, by what was said and of which identity; numbers, since there may be a great many.
  const byWay = ways.map(() => new Map<number, Map<number, Found>>());
  for (let row = 0; row < mail.length; row++) {
    const way = wayOf[row]!;
    if (way === 0) continue;
    const messages = mail.messages[row]!;
    if (way === -1 || isNotKept[way] === true) {
      const part = way === -1 ? notKnown : notKept;
      part.messages += messages;
      if (mail.standing[row]! <= wantedUntil) part.wanted += messages;
      if (way === -1) continue;
    }
    const stream = mail.stream[row]!;
    const [first, last] = [firstDay[row]!, lastDay[row]!];
    if ((lastDays.get(stream) ?? -Infinity) < last) lastDays.set(stream, last);
    // Where the domain is not told, what was said of SPF is the same: that it passed.
    const spf = ways[way]!.untold ? 0 : mail.allFacts[mail.facts[row]!]!.spf;
    const outer = mail.source[row]! * 2 ** 20 + stream + 1;
    let all = byWay[way]!.get(outer);
    if (all === undefined) byWay[way]!.set(outer, (all = new Map<number, Found>()));
    for (const identity of identities[way]!) {
      const key = spf * 64 + identity + 1;
      const before = all.get(key);
      if (before === undefined) all.set(key, { cell: cellOf[row]!, row, identity, messages, first, last });
      else {
        before.messages += messages;
        if (first < before.first) before.first = first;
        if (last > before.last) before.last = last;
      }
    }
  }
  const days = new Map<Day, string>();
  const textOf = (day: Day): string => {
    let text = days.get(day);
    if (text === undefined) days.set(day, (text = dayText(day)));
    return text;
  };
  const found = byWay.flatMap((of) => [...of.values()].flatMap((all) => [...all.values()]));
  const sources = found.map(({ cell, row, identity, messages, first, last }): DriftSource => {
    const { words } = ways[wayOf[row]!]!;
    const said = ledger.spfSets[mail.allFacts[mail.facts[row]!]!.spf]![identity];
    const word = words[identity];
    return {
      source: mail.dictionaries.address(mail.source[row]!) ?? null,
      domain: said?.domain ?? null,
      stream: streams[cells.stream[cell]!]?.id ?? null,
      reported: said?.result ?? 'pass',
      today: word?.result ?? null,
      why: word?.why ?? 'domain-untold',
      messages,
      firstDay: textOf(first),
      lastDay: textOf(last),
    };
  });
  sources.sort((a, b) => b.messages - a.messages || (String(a.source) < String(b.source) ? -1 : 1));
  return { sources, notKept, notKnown, lastDays };
}
