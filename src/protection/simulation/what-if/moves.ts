// What a change of SPF records does to mail, address by address: which combinations go another way than their cell, and which way.
import type { CellRows, Cells } from './cells.ts';
import { doubt } from './judge.ts';
import type { JudgedFacts, Ledger } from './judge.ts';
import type { Context, Outcomes } from './outcome.ts';
import { isSpfUntold, spfDifference } from './spf-change.ts';
import type { Addresses, Rejudged, SpfWorld } from './spf-change.ts';

/** Where mail goes: numbers of the outcome, of the facts and of the bundle of asks. */
export interface Moved {
  readonly outcome: number;
  readonly facts: number;
  readonly bundle: number;
}

/** Combinations of one cell that go one other way together, and their messages. */
export interface Move extends Moved {
  readonly cell: number;
  readonly messages: number;
}

/** The combinations that go another way than their cell, since SPF says something else of their address. */
export class Moves {
  readonly all: readonly Move[];
  /** Cells that something may have moved from. */
  readonly cells: readonly number[];
  /** By cell: where its combinations begin in the list below, from 1; 0 where nothing moves. */
  readonly #starts: Int32Array;
  /** By combination, as it lies in its cell: the number of its move, from 1; 0 for what stays. */
  readonly #of: Int32Array;

  constructor(all: readonly Move[], cells: readonly number[], starts: Int32Array, of: Int32Array) {
    this.all = all;
    this.cells = cells;
    this.#starts = starts;
    this.#of = of;
  }

  /** Where the combination at a place of its cell (from 0) goes; `undefined` for what stays. */
  of(cell: number, place: number): Move | undefined {
    const start = this.#starts[cell] ?? 0;
    return start === 0 ? undefined : this.all[this.#of[start - 1 + place]! - 1];
  }

  /** The place in `all` of the same; -1 for what stays. */
  place(cell: number, place: number): number {
    const start = this.#starts[cell] ?? 0;
    return start === 0 ? -1 : this.#of[start - 1 + place]! - 1;
  }
}

export const noMoves = new Moves([], [], new Int32Array(0), new Int32Array(0));

/** What is asked about: mail in its cells, after everything but SPF has changed. */
export interface Moving {
  readonly cells: Cells;
  readonly rows: CellRows;
  readonly ledger: Ledger;
  readonly outcomes: Outcomes;
  readonly contexts: readonly Context[];
  readonly addresses: Addresses;
  /** By cell: its facts. */
  readonly facts: Int32Array;
  /** Domains of which SPF's word can be felt. */
  readonly domains: ReadonlySet<string>;
  /** By epoch: the records before and after. */
  readonly worlds: readonly { readonly before: SpfWorld; readonly after: SpfWorld }[];
  /** Whether a domain is aligned with an author domain (a place in `mail.authors`) by some rule. */
  readonly isNear: (author: number, domain: string) => boolean;
  readonly judge: (facts: number, cell: number) => Moved;
}

/** Combinations of which SPF says something else. @throws what the resolver throws */
export async function movesOf(moving: Moving): Promise<Moves> {
  // By epoch and SPF domain: what the change does to an address.
  const differences = await Promise.all(
    moving.worlds.map(async ({ before, after }) => {
      const found: Differences = new Map();
      for (const domain of moving.domains) {
        const difference = await spfDifference(domain, before, after);
        if (difference !== undefined) found.set(domain, difference);
      }
      return found;
    }),
  );
  if (differences.every((found) => found.size === 0)) return noMoves;
  const making = new Making(moving.cells.length, moving.rows);
  addUntold(moving, differences, making);
  addRejudged(moving, differences, making);
  return making.made();
}

type Differences = Map<string, NonNullable<Awaited<ReturnType<typeof spfDifference>>>>;

/** Moves while they are found. */
class Making {
  readonly #all: (Moved & { readonly cell: number })[] = [];
  readonly #cells: number[] = [];
  readonly #starts: Int32Array;
  #of = new Int32Array(1024);
  #length = 0;
  readonly #rows: CellRows;

  constructor(cells: number, rows: CellRows) {
    this.#starts = new Int32Array(cells);
    this.#rows = rows;
  }

  /** A new move; its number. */
  way(cell: number, { outcome, facts, bundle }: Moved): number {
    return this.#all.push({ cell, outcome, facts, bundle });
  }

  /** The moves of the combinations of a cell, to be written into until the next cell is asked for; what was said last holds. */
  of(cell: number): Int32Array {
    const size = this.#rows.starts[cell + 1]! - this.#rows.starts[cell]!;
    if (this.#starts[cell] === 0) {
      if (this.#length + size > this.#of.length) {
        const wider = new Int32Array(Math.max(this.#of.length * 2, this.#length + size));
        wider.set(this.#of);
        this.#of = wider;
      }
      this.#starts[cell] = this.#length + 1;
      this.#length += size;
      this.#cells.push(cell);
    }
    const from = this.#starts[cell]! - 1;
    return this.#of.subarray(from, from + size);
  }

  made(): Moves {
    const { starts, messages } = this.#rows;
    const sums = new Float64Array(this.#all.length + 1);
    for (const cell of this.#cells) {
      const from = this.#starts[cell]! - 1;
      const first = starts[cell]!;
      const size = starts[cell + 1]! - first;
      for (let place = 0; place < size; place++) sums[this.#of[from + place]!]! += messages[first + place]!;
    }
    const all = this.#all.map(({ cell, outcome, facts, bundle }, at) => ({
      cell,
      outcome,
      facts,
      bundle,
      messages: sums[at + 1]!,
    }));
    return new Moves(all, this.#cells, this.#starts, this.#of);
  }
}

/**
 * Mail of which a receiver says that SPF passed and was aligned, and not for which domain: it may be one whose record changes, where
 * one that is aligned with its author domain does.
 */
function addUntold(moving: Moving, differences: readonly Differences[], making: Making): void {
  const { cells, facts, ledger, judge, isNear } = moving;
  // By facts: the number of those that may be true after the change; -1 where the domain is told, -2 where nobody asked yet.
  const doubted = new Int32Array(ledger.facts.length).fill(-2);
  const doubtedOf = (of: number): number => {
    const told = ledger.facts[of]!;
    if (!isSpfUntold(told, ledger.spfSets)) return -1;
    const without = ledger.factsOf({ ...told, assumed: told.assumed & 1 });
    return ledger.factsOf({ ...told, also: { facts: without, doubts: doubt['spf-domain-untold'] } });
  };
  // By epoch and author domain: whether a record changes that its mail may lean on.
  const known = differences.map((): (boolean | undefined)[] => []);
  const isReached = (author: number, epoch: number): boolean =>
    (known[epoch]![author] ??= [...differences[epoch]!.keys()].some((domain) => isNear(author, domain)));
  for (let cell = 0; cell < cells.length; cell++) {
    const of = facts[cell]!;
    if (doubted[of] === -2) doubted[of] = doubtedOf(of);
    const to = doubted[of]!;
    if (to === -1 || !isReached(ledger.facts[of]!.author, cells.epoch[cell]!)) continue;
    making.of(cell).fill(making.way(cell, judge(to, cell)));
  }
}

/** Mail of whose address SPF says something else. Cells of one SPF word are taken together, and each address is asked once for these. */
function addRejudged(moving: Moving, differences: readonly Differences[], making: Making): void {
  const { cells, ledger, facts, rows } = moving;
  const lists: { readonly said: Said[]; readonly cells: number[] }[] = [];
  // By epoch and facts: the place of the list.
  const listOf = differences.map((found) => {
    const bySet = ledger.spfSets.map((set) => {
      if (!set.some(({ domain }) => found.has(domain))) return -1;
      return lists.push({ said: set.map(({ domain }) => found.get(domain)), cells: [] }) - 1;
    });
    return Int32Array.from(ledger.facts, ({ spf }) => bySet[spf] ?? -1);
  });
  for (let cell = 0; cell < cells.length; cell++) {
    const list = listOf[cells.epoch[cell]!]![facts[cell]!]!;
    if (list !== -1) lists[list]!.cells.push(cell);
  }
  // By address: the list for which it was asked last, and the number of what SPF says for that list.
  const asked = { list: new Int32Array(rows.sources), word: new Int32Array(rows.sources) };
  for (const [at, { said, cells: list }] of lists.entries())
    addList(moving, list, said, { ...asked, number: at + 1 }, making);
}

type Said = ((address: NonNullable<ReturnType<Addresses['of']>>) => Rejudged | undefined) | undefined;

/** What SPF says of an address after a change, identity by identity; `undefined` where it says the same. */
type Words = readonly (Rejudged | undefined)[];

function addList(
  moving: Moving,
  list: readonly number[],
  said: readonly Said[],
  asked: { readonly list: Int32Array; readonly word: Int32Array; readonly number: number },
  making: Making,
): void {
  const { cells, facts, rows, addresses, outcomes, contexts, judge, ledger } = moving;
  // Few things are said of many addresses; 0 is that nothing changes.
  const words: Words[] = [[]];
  const numbers = new Map<string, number>();
  const wordOf = (source: number): number => {
    const address = addresses.of(source);
    if (address === undefined) return 0;
    const each = said.map((difference) => difference?.(address));
    if (each.every((one) => one === undefined)) return 0;
    const key = each
      .map((one) => (one === undefined ? '' : `${one.before.result} ${one.after.result} ${one.byMessage}`))
      .join('/');
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = words.push(each) - 1));
    return number;
  };
  const nexts = new Map<number, (Next | null | undefined)[]>();
  // By word: the number of the move in the cell at hand; 0 for none, -1 for what is not known yet.
  const ways: number[] = [];
  const wayOf = (cell: number, word: number): number => {
    const of = facts[cell]!;
    let known = nexts.get(of);
    if (known === undefined) nexts.set(of, (known = []));
    if (known[word] === undefined) known[word] = withSpf(ledger, of, words[word]!) ?? null;
    const next = known[word];
    if (next === null) return 0;
    const after = judge(next.facts, cell);
    const isSafe = !next.turnedAway || contexts[cells.context[cell]!]!.habits.acceptsSpfFail;
    return making.way(cell, isSafe ? after : { ...after, outcome: outcomes.turnedAway(after.outcome) });
  };
  for (const cell of list) {
    ways.fill(-1);
    let moves: Int32Array | undefined;
    const first = rows.starts[cell]!;
    const end = rows.starts[cell + 1]!;
    for (let at = first; at < end; at++) {
      const source = rows.source[at]!;
      if (asked.list[source] !== asked.number) {
        asked.list[source] = asked.number;
        asked.word[source] = wordOf(source);
        while (ways.length < words.length) ways.push(-1);
      }
      const word = asked.word[source]!;
      if (word === 0) continue;
      if (ways[word] === -1) ways[word] = wayOf(cell, word);
      const way = ways[word]!;
      if (way !== 0) (moves ??= making.of(cell))[at - first] = way;
    }
  }
}

interface Next {
  readonly facts: number;
  readonly turnedAway: boolean;
}

/** The facts of mail once SPF says what it says after the change; `undefined` where it comes to the same. */
function withSpf(ledger: Ledger, of: number, words: Words): Next | undefined {
  const before = ledger.facts[of]!;
  let doubts = 0;
  let turnedAway = false;
  let changed = false;
  const set = ledger.spfSets[before.spf]!.map((said, at) => {
    const difference = words[at];
    if (difference === undefined) return said;
    if (difference.byMessage) doubts |= doubt['spf-by-message'];
    if (difference.before.result !== said.result) doubts |= doubt['spf-inconsistent'];
    if (difference.after.result === said.result && doubts === 0) return said;
    changed = true;
    turnedAway ||= difference.after.result === 'fail' && said.result !== 'fail';
    return { domain: said.domain, result: difference.after.result };
  });
  if (!changed) return undefined;
  const { author, signatures, denied, assumed, also } = before;
  const next: JudgedFacts = { author, signatures, spf: ledger.spf(set), denied, assumed: assumed & 1 };
  if (doubts !== 0) return { facts: ledger.factsOf({ ...next, also: { facts: of, doubts } }), turnedAway };
  if (also === undefined) return { facts: ledger.factsOf(next), turnedAway };
  // What may be true instead meets the change too.
  const other = withSpf(ledger, also.facts, words)?.facts ?? also.facts;
  return { facts: ledger.factsOf({ ...next, also: { ...also, facts: other } }), turnedAway };
}
