// A small organisation for the tests of what-ifs: rows as reports show them, a zone, and who is thought to send what.
import { historyOf } from './history.ts';
import type { Seen } from './history.ts';
import { zone } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import {
  decisionVerdicts,
  inventoryDimensions,
  inventoryMeasures,
  kinds,
} from '../../src/protection/inventory/index.ts';
import type { DecisionVerdict, Inventory, Kind, MailStream } from '../../src/protection/inventory/index.ts';
import { Simulation, sameEveryDay, whatIf } from '../../src/protection/simulation/what-if/index.ts';
import type {
  AddedUp,
  Change,
  Scenario,
  ShownRules,
  SimulationOptions,
} from '../../src/protection/simulation/what-if/index.ts';

/** A row, with the stream it is of: `own:billing`, `forged`, `forwarder`; `own` when not said. A `!` before it: a person has said so. */
export interface Row extends Omit<Seen, 'day'> {
  readonly day?: number;
  readonly of?: string;
}

const fallback = 'own';

/** The zones of a text; names outside `example` and `net` are unknown. */
export function published(text: string): Resolver {
  const lines = text.replaceAll(/^[ \t]+/gm, '');
  const reading = zone(`$ORIGIN .\n$TTL 300\nexample. SOA a. b. 1 1 1 1 300\nnet. SOA a. b. 1 1 1 1 300\n${lines}`);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.value.resolver;
}

const decisionOf: Readonly<Record<Kind, DecisionVerdict>> = {
  own: 'authorised',
  third: 'authorised',
  forwarder: 'forwarder',
  forged: 'forbidden',
  abused: 'forbidden',
  undecided: 'undecided',
};

/** An inventory that says of each row's address what the row says of itself. */
async function inventoryFor(rows: readonly Row[], history: ReturnType<typeof historyOf>): Promise<Inventory> {
  const [combinations, dictionaries] = await Promise.all([
    history.ask({ by: [...inventoryDimensions], measures: [...inventoryMeasures] }),
    history.dictionaries(),
  ]);
  const names = [...new Set(rows.map(({ of = fallback }) => of))];
  const kindOf = (name: string): Kind =>
    kinds.find((kind) => name.replace('!', '').split(':')[0] === kind) ?? 'undecided';
  const decision = (name: string): DecisionVerdict => (name.startsWith('!') ? decisionOf[kindOf(name)] : 'undecided');
  const streams = names.map((name): MailStream => {
    const messages = rows.filter(({ of = fallback }) => of === name).reduce((sum, { count }) => sum + count, 0);
    return {
      id: name,
      name,
      kind: kindOf(name),
      confidence: 0.9,
      chances: { own: 0, third: 0, forwarder: 0, forged: 0, abused: 0 },
      sender: null,
      senderId: null,
      party: `party of ${name}`,
      decision: decision(name),
      purpose: null,
      messages,
      rows: 1,
      sources: 1,
      authorDomains: [...new Set(rows.map(({ from = '' }) => from))].map((domain) => ({ domain, messages })),
      networks: [],
      legs: { both: 0, dkimOnly: 0, spfOnly: 0, neither: 0, dkimStrict: 0, spfStrict: 0 },
      setUp: { sender: null, signing: [], envelopes: [] },
      rhythm: { every: 'daily', activeDays: 1, nextExpected: null, sureness: 1 },
      first: 0,
      last: 0,
      reasons: [],
      question: null,
    };
  });
  const streamOf = Int32Array.from({ length: combinations.length }, (_, at) => {
    const address = dictionaries.address(combinations.source[at]!);
    const row = rows.find(({ source }) => source === address);
    return names.indexOf(row?.of ?? fallback);
  });
  return {
    streams,
    combinations,
    streamOf,
    kindOf: Uint8Array.from(streamOf, (stream) => kinds.indexOf(streams[stream]!.kind)),
    confidenceOf: new Float32Array(combinations.length).fill(0.9),
    decisionOf: Uint8Array.from(streamOf, (stream) => decisionVerdicts.indexOf(streams[stream]!.decision)),
    dictionaries,
    period: { first: 0, last: 0 },
  };
}

/** Everything a what-if needs, for these rows. A row without an address has one of its own. */
export async function simulationOf(
  rows: readonly Row[],
  records: Resolver,
  options: Partial<SimulationOptions> & {
    readonly days?: Parameters<typeof Simulation.of>[0]['published'];
    readonly shown?: readonly ShownRules[];
  } = {},
): Promise<Simulation> {
  const { days, shown, ...asked } = options;
  const told = rows.map((row, at) => ({ source: `192.0.2.${at + 1}`, day: 100, ...row }));
  const history = historyOf(told);
  return Simulation.of(
    {
      history,
      published: days ?? sameEveryDay(records),
      now: records,
      inventory: await inventoryFor(told, history),
      shown,
    },
    { records: 'now', ...asked },
  );
}

/** The answer for these rows and changes. */
export async function answerOf(
  rows: readonly Row[],
  records: Resolver,
  changes: readonly Change[],
  options: Parameters<typeof simulationOf>[2] & Parameters<typeof whatIf>[2] = {},
): Promise<AddedUp> {
  const simulation = await simulationOf(rows, records, options);
  const scenario: Scenario = { changes };
  return whatIf(simulation, await simulation.play(scenario), options);
}
