// How mail that nobody wants would still get through once a change is made: which policy lets it, or by which leg it passes.
import { outcomeAt } from '../../../standards/spf/index.ts';
import type { SpfCompiled } from '../../../standards/spf/index.ts';
import type { Ask } from './judge.ts';
import { standings } from './mail.ts';
import type { Moved } from './moves.ts';
import type { Played, Simulation } from './simulation.ts';
import type { Through } from './result.ts';
import type { SpfWorld } from './spf-change.ts';

interface Way {
  code: string;
  readonly values: Record<string, number | string>;
  messages: number;
}

const unwanted = standings.indexOf('thought-forged');

/** Ways and their messages, by what they are. */
class Ways {
  readonly all: Map<string, Way>;
  readonly #simulation: Simulation;
  readonly #known = new Map<string, Omit<Through, 'messages'>>();
  /** By world, then facts and address. */
  readonly #bySpf = new Map<SpfWorld, Map<number, Map<number, Omit<Through, 'messages'>>>>();
  /** By what was said of it: its sum. */
  readonly #sums = new Map<Omit<Through, 'messages'>, Way>();

  constructor(simulation: Simulation, from?: Ways) {
    this.#simulation = simulation;
    this.all = new Map([...(from?.all ?? [])].map(([key, way]) => [key, { ...way, values: { ...way.values } }]));
  }

  /** Adds a cell, or takes it away. Mail that passes by SPF is asked by address which term lets it. */
  addCell(played: Played, cell: number, sign: -1 | 1): Promise<void> | undefined {
    const { cells, outcomes } = this.#simulation;
    const to = { outcome: played.outcome[cell]!, facts: played.facts[cell]!, bundle: played.bundle[cell]! };
    const share = outcomes.all[to.outcome]!.likely[0];
    if (share === 0) return undefined;
    const { ask, number } = this.#askOf(to.bundle, cell);
    if (ask.spf && !ask.dkim) return this.#addRows(played, cell, to, sign);
    this.#add(this.#wayOf(ask, number, to.facts, share), cells.messages[cell]! * share * sign);
    return undefined;
  }

  async #addRows(played: Played, cell: number, to: Moved, sign: -1 | 1): Promise<void> {
    const { starts } = this.#simulation.rows;
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      const waiting = this.addRow(played, at, cell, to, sign);
      if (waiting !== undefined) await waiting;
    }
  }

  /** Adds messages that go one way; `false` when they are to be added by address, since SPF lets them through. */
  addAlike(cell: number, to: Moved, messages: number): boolean {
    const share = this.#simulation.outcomes.all[to.outcome]!.likely[0];
    if (share === 0) return true;
    const { ask, number } = this.#askOf(to.bundle, cell);
    if (ask.spf && !ask.dkim) return false;
    this.#add(this.#wayOf(ask, number, to.facts, share), messages * share);
    return true;
  }

  /**
   * Adds a combination that SPF lets through, or takes it away. What is known of its facts and address is not asked again.
   *
   * @param at its place among the combinations of all cells
   */
  addRow(played: Played, at: number, cell: number, to: Moved, sign: -1 | 1): Promise<void> | undefined {
    const { outcomes, rows, cells } = this.#simulation;
    const share = outcomes.all[to.outcome]!.likely[0];
    const messages = rows.messages[at]! * sign;
    const epoch = cells.epoch[cell]!;
    const spf = played.spf[epoch]!;
    const source = rows.source[at]!;
    let byFacts = this.#bySpf.get(spf);
    if (byFacts === undefined) this.#bySpf.set(spf, (byFacts = new Map()));
    let known = byFacts.get(to.facts);
    if (known === undefined) byFacts.set(to.facts, (known = new Map()));
    const way = known.get(source);
    if (way !== undefined) {
      this.#add(way, messages * share);
      return undefined;
    }
    return bySpfOf(this.#simulation, played, to.facts, epoch, source).then((found) => {
      known.set(source, found);
      this.#add(found, messages * share);
    });
  }

  #askOf(bundle: number, cell: number): { readonly ask: Ask; readonly number: number } {
    const { ledger, contexts, cells } = this.#simulation;
    const number = ledger.bundles[bundle]![contexts[cells.context[cell]!]!.habits.rules[0]!]!;
    return { ask: ledger.asks.values[number]!, number };
  }

  #wayOf(ask: Ask, number: number, facts: number, share: number): Omit<Through, 'messages'> {
    const key = `${facts} ${number} ${share < 1}`;
    let way = this.#known.get(key);
    if (way === undefined) this.#known.set(key, (way = wayOf(this.#simulation, ask, facts, share < 1)));
    return way;
  }

  #add(way: Omit<Through, 'messages'>, messages: number): void {
    let sum = this.#sums.get(way);
    if (sum === undefined) {
      const key = `${way.code} ${Object.values(way.values).join(' ')}`;
      sum = this.all.get(key);
      if (sum === undefined) this.all.set(key, (sum = { ...way, values: { ...way.values }, messages: 0 }));
      this.#sums.set(way, sum);
    }
    sum.messages += messages;
  }
}

const bases = new WeakMap<Simulation, Promise<Ways>>();

/** The ways without a change. */
function baseOf(simulation: Simulation): Promise<Ways> {
  let base = bases.get(simulation);
  if (base === undefined) bases.set(simulation, (base = make()));
  return base;

  async function make(): Promise<Ways> {
    const ways = new Ways(simulation);
    const unchanged = simulation.unchanged();
    const { cells } = simulation;
    for (let cell = 0; cell < cells.length; cell++) {
      const waiting = cells.standing[cell]! >= unwanted ? ways.addCell(unchanged, cell, 1) : undefined;
      if (waiting !== undefined) await waiting;
    }
    return ways;
  }
}

/** The ways of unwanted mail that is expected to be delivered, the widest first. */
export async function throughs(simulation: Simulation, played: Played): Promise<Through[]> {
  const { cells } = simulation;
  const { moves } = played;
  const stay = (cell: number): Moved => ({
    outcome: played.outcome[cell]!,
    facts: played.facts[cell]!,
    bundle: played.bundle[cell]!,
  });
  const ways = new Ways(simulation, await baseOf(simulation));
  const unchanged = simulation.unchanged();
  for (const cell of played.touched) {
    if (cells.standing[cell]! < unwanted) continue;
    for (const waiting of [ways.addCell(unchanged, cell, -1), ways.addCell(played, cell, 1)]) {
      if (waiting !== undefined) await waiting;
    }
  }
  // By move: whether what it leaves (1) and where it goes (2) is to be told by address.
  const byAddress = new Uint8Array(moves.all.length);
  for (const [place, move] of moves.all.entries()) {
    const { cell, messages } = move;
    if (cells.standing[cell]! < unwanted) continue;
    const left = ways.addAlike(cell, stay(cell), -messages) ? 0 : 1;
    byAddress[place] = left | (ways.addAlike(cell, move, messages) ? 0 : 2);
  }
  const { starts } = simulation.rows;
  for (const cell of moves.cells) {
    if (cells.standing[cell]! < unwanted) continue;
    const from = stay(cell);
    // What the cell was counted under: by the records as they were, unless the cell itself has changed.
    const counted =
      from.outcome === simulation.before[cell] && from.bundle === simulation.baseBundle(cell) ? unchanged : played;
    const first = starts[cell]!;
    for (let at = first; at < starts[cell + 1]!; at++) {
      const place = moves.place(cell, at - first);
      const which = byAddress[place] ?? 0;
      if (which === 0) continue;
      const left = (which & 1) === 0 ? undefined : ways.addRow(counted, at, cell, from, -1);
      if (left !== undefined) await left;
      const met = (which & 2) === 0 ? undefined : ways.addRow(played, at, cell, moves.all[place]!, 1);
      if (met !== undefined) await met;
    }
  }
  const left = new Map([...ways.all].filter(([, { messages }]) => messages > 0.0005));
  await tellShared(simulation, played, left);
  return [...left.values()]
    .map((way) => ({ ...way, messages: Math.round(way.messages * 1000) / 1000 }))
    .sort((a, b) => b.messages - a.messages || (textOf(a) < textOf(b) ? -1 : 1));
}

function textOf({ code, values }: Omit<Through, 'messages'>): string {
  return `${code} ${Object.values(values).join(' ')}`;
}

/** Says of a term that lets unwanted mail in how much wanted mail comes by it too. */
async function tellShared(simulation: Simulation, played: Played, ways: ReadonlyMap<string, Way>): Promise<void> {
  const bySpf = [...ways.values()].filter(({ code }) => code === 'simulation/through-spf');
  const wanted = new Map<string, number>();
  const passingOf = passingBySpf(simulation, played);
  for (const domain of new Set(bySpf.map(({ values }) => String(values['domain'])))) {
    for (const [epoch, spf] of played.spf.entries()) {
      const { compiled } = await spf.compiled(domain);
      for (const [term, messages] of wantedBy(simulation, played, { epoch, compiled }, passingOf(domain))) {
        const at = `${domain} ${term}`;
        wanted.set(at, (wanted.get(at) ?? 0) + messages);
      }
    }
  }
  for (const way of bySpf) {
    const messages = wanted.get(`${way.values['domain']} ${way.values['term']}`);
    if (messages === undefined) continue;
    way.code = 'simulation/through-spf-shared';
    way.values['wanted'] = messages;
  }
}

/** By compiled record: it stays the same object as long as nothing it leans on changes. */
const wantedByRecord = new WeakMap<SpfCompiled, ReadonlyMap<string, number>>();

/** Mail of which SPF says that it passes for a domain. */
interface Passing {
  /** Cells of wanted mail, some of which passes. */
  readonly cells: readonly number[];
  /** The sets of SPF results in which it does. */
  readonly sets: ReadonlySet<number>;
}

const nothingPasses: Passing = { cells: [], sets: new Set() };

/** Finds the wanted mail of which SPF says that it passes for a domain; all is gone over when the first is asked for. */
function passingBySpf({ cells, ledger }: Simulation, played: Played): (domain: string) => Passing {
  let byDomain: Map<string, Passing> | undefined;
  const make = (): Map<string, Passing> => {
    const made = new Map<string, { readonly cells: number[]; readonly sets: Set<number> }>();
    const bySet: number[][][] = ledger.spfSets.map((set, number) => {
      const passing = new Set(set.filter(({ result }) => result === 'pass').map(({ domain }) => domain));
      return [...passing].map((domain) => {
        let known = made.get(domain);
        if (known === undefined) made.set(domain, (known = { cells: [], sets: new Set() }));
        known.sets.add(number);
        return known.cells;
      });
    });
    for (let cell = 0; cell < cells.length; cell++) {
      if (cells.standing[cell]! > standings.indexOf('thought-ours')) continue;
      for (const list of bySet[ledger.facts[played.facts[cell]!]!.spf]!) list.push(cell);
    }
    // What a change makes of some rows of a cell counts as well.
    const moved = new Map<number, Set<number>>();
    for (const { cell, facts } of played.moves.all) {
      const { spf } = ledger.facts[facts]!;
      if (cells.standing[cell]! > standings.indexOf('thought-ours')) continue;
      let known = moved.get(cell);
      if (known === undefined) moved.set(cell, (known = new Set<number>()));
      known.add(spf);
    }
    for (const [cell, sets] of moved) {
      const before = new Set(bySet[ledger.facts[played.facts[cell]!]!.spf]!);
      const lists = new Set([...sets].flatMap((spf) => bySet[spf]!));
      for (const list of lists) if (!before.has(list)) list.push(cell);
    }
    return made;
  };
  return (domain) => (byDomain ??= make()).get(domain) ?? nothingPasses;
}

/** Wanted mail that passes by the SPF records of a domain, by the term of the domain's own record that lets it in. */
function wantedBy(
  simulation: Simulation,
  played: Played,
  { epoch, compiled }: { readonly epoch: number; readonly compiled: SpfCompiled },
  passing: Passing,
): ReadonlyMap<string, number> {
  const { rows, cells, ledger, addresses } = simulation;
  const before = wantedByRecord.get(compiled);
  if (before !== undefined) return before;
  const wanted = new Map<string, number>();
  const termOf = new Map<number, string | undefined>();
  for (const cell of passing.cells) {
    if (cells.epoch[cell] !== epoch) continue;
    const first = rows.starts[cell]!;
    for (let at = first; at < rows.starts[cell + 1]!; at++) {
      const facts = played.moves.of(cell, at - first)?.facts ?? played.facts[cell]!;
      if (!passing.sets.has(ledger.facts[facts]!.spf)) continue;
      const source = rows.source[at]!;
      let term = termOf.get(source);
      if (term === undefined && !termOf.has(source)) {
        const address = addresses.of(source);
        if (address !== undefined) {
          const { result, path } = outcomeAt(compiled, address);
          term = result === 'pass' ? (path[0]?.term.text ?? '') : '';
        }
        termOf.set(source, term);
      }
      if (term !== undefined) wanted.set(term, (wanted.get(term) ?? 0) + rows.messages[at]!);
    }
  }
  wantedByRecord.set(compiled, wanted);
  return wanted;
}

function wayOf(simulation: Simulation, ask: Ask, facts: number, partly: boolean): Omit<Through, 'messages'> {
  const { ledger } = simulation;
  const { author, signatures } = ledger.facts[facts]!;
  const domain = ledger.authors[author]!;
  if (ask.dkim) {
    const set = ledger.signatureSets[signatures]!;
    const signature =
      set.find((each) => each.domain === domain) ?? set.find((each) => near(each.domain, domain)) ?? set[0];
    return {
      code: 'simulation/through-dkim',
      values: { signingDomain: signature?.domain ?? domain, selector: signature?.selector ?? '' },
    };
  }
  if (ask.result === 'none') return { code: 'simulation/through-no-policy', values: { domain } };
  if (ask.result === 'temperror') return { code: 'simulation/through-unknown', values: { domain } };
  const values = { tag: ask.policyTag ?? 'p', policy: ask.policy ?? 'none' };
  if (ask.likely[0] === 0) return { code: 'simulation/through-receiver', values: {} };
  if (ask.softened) return { code: 'simulation/through-softened', values };
  return partly ? { code: 'simulation/through-receiver', values: {} } : { code: 'simulation/through-policy', values };
}

function near(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

async function bySpfOf(
  simulation: Simulation,
  played: Played,
  facts: number,
  epoch: number,
  source: number,
): Promise<Omit<Through, 'messages'>> {
  const { ledger } = simulation;
  const passing = ledger.spfSets[ledger.facts[facts]!.spf]!.find(({ result }) => result === 'pass');
  const domain = passing?.domain ?? '';
  const address = simulation.addresses.of(source);
  if (passing === undefined || address === undefined)
    return { code: 'simulation/through-spf', values: { domain, term: '' } };
  const { compiled } = await played.spf[epoch]!.compiled(domain);
  const { result, path } = outcomeAt(compiled, address);
  const [first] = path;
  const term = result === 'pass' && first !== undefined ? first.term.text : '';
  return { code: term === '' ? 'simulation/through-spf-untold' : 'simulation/through-spf', values: { domain, term } };
}
