// A what-if over all mail that was seen. `Simulation.of` reads the mail once and works out what becomes of it as things are; each
// scenario then judges again only what its changes can reach, by the functions that judge live mail.
import { overlay } from '../../../standards/dns/index.ts';
import type { RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { dispositionCodes } from '../../../standards/reports/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { Day, History, Where } from '../../history.ts';
import type { Inventory, MailStream } from '../../inventory/index.ts';
import { driftOf } from '../drift/index.ts';
import type { RecordDays, SpfDrift } from '../drift/index.ts';
import { acceptingSpfFail, cellsOf, rowsByCell, whimsOf } from './cells.ts';
import type { CellRows, Cells } from './cells.ts';
import { recordChanges } from './change.ts';
import type { Scenario } from './change.ts';
import { driftedCells } from './drifted.ts';
import type { DriftedCells } from './drifted.ts';
import { Ledger } from './judge.ts';
import { seenMail } from './mail.ts';
import type { SeenMail } from './mail.ts';
import { movesOf, noMoves } from './moves.ts';
import type { Moves } from './moves.ts';
import { Outcomes } from './outcome.ts';
import type { Context } from './outcome.ts';
import { Policies } from './policies.ts';
import type { Discovery } from './policies.ts';
import type { PublishedDays } from './published.ts';
import { askReceivers, habitsOf } from './receivers.ts';
import { keysByAlias, neverSeen, resigned } from './signatures.ts';
import { stretchesOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';
import { Addresses, alignedSpfDomains, brokenBy, isSpfUntold, namesOfSpf, SpfWorld } from './spf-change.ts';

/** What a simulation is made of. */
export interface SimulationSources {
  readonly history: History;
  /** What was published on each day; `now` is the world that changes are laid over. */
  readonly published: Pick<PublishedDays, 'at' | 'changes' | 'isEmpty'> & RecordDays;
  readonly now: Resolver;
  /** Who mails as us; without it every stream is unknown, and all mail undecided. */
  readonly inventory?: Inventory | undefined;
  /** Stands in for a DMARC record at a name of which the resolver knows nothing: what reports say was published there. */
  readonly reported?: (domain: string) => DmarcRecord | undefined;
}

export interface SimulationOptions {
  /** Only this mail. */
  readonly where?: Where;
  /**
   * `now`: all mail meets the records of now, with the change and without it, at receivers as they are now. `then`: each message
   * meets the records of its own day; what became of it is what the reports say, and what the change does is laid over that day.
   */
  readonly records: 'now' | 'then';
  /** Whether results by day are wanted. */
  readonly byDay?: boolean;
  /**
   * With `records: 'now'`: whether the SPF results that reports show are held against the records that changed since, so that mail meets
   * what SPF would say of it today. Without, SPF stays what reports say it was.
   */
  readonly drift?: boolean;
}

/** What a scenario comes to, before it is added up. */
export interface Played {
  readonly sets: readonly RecordChange[];
  readonly problems: readonly Problem[];
  /** Cells that may meet something else. */
  readonly touched: Int32Array;
  /** By cell: the number of the outcome, of the facts and of the pair of asks, after the change. */
  readonly outcome: Int32Array;
  readonly facts: Int32Array;
  readonly pair: Int32Array;
  /** Combinations that go another way than their cell, since SPF says something else of their address. */
  readonly moves: Moves;
  /** The SPF records after the change, by epoch. */
  readonly spf: readonly SpfWorld[];
  /** By place in `drifted.cells`: the outcome after the change, had SPF stayed what reports say it was. */
  readonly asReported: readonly number[];
}

/** What is published in a stretch of days. Stretches share worlds. */
interface World {
  readonly resolver: Resolver;
  readonly policies: Policies;
  readonly spf: SpfWorld;
  /** The place of the stretch in which the mail may have come instead. */
  readonly other: number | undefined;
}

export class Simulation {
  readonly mail: SeenMail;
  readonly cells: Cells;
  /** By combination: its cell. */
  readonly cellOf: Int32Array;
  readonly ledger: Ledger;
  readonly outcomes: Outcomes;
  readonly contexts: readonly Context[];
  /** By cell: the outcome without any change. */
  readonly before: Int32Array;
  /** By cell: its facts as things are: those that reports show, but for what SPF says otherwise today. */
  readonly facts: Int32Array;
  /** What drifted; `undefined` where that was not asked for or no records were kept. */
  readonly drifted: DriftedCells | undefined;
  readonly streams: readonly MailStream[];
  readonly options: SimulationOptions;
  readonly #worlds: readonly World[];
  readonly #basePairs: Int32Array;
  #aligned: ReadonlySet<string> | undefined;
  /** Cells whose mail may be turned away at MAIL FROM today, since SPF fails that did not. */
  readonly #turnedAway = new Set<number>();
  #rows: CellRows | undefined;
  readonly #sources: SimulationSources;
  readonly addresses: Addresses;

  private constructor(
    sources: SimulationSources,
    options: SimulationOptions,
    mail: SeenMail,
    made: { readonly contexts: readonly Context[]; readonly cells: Cells; readonly cellOf: Int32Array },
    worlds: readonly World[],
    drift: SpfDrift | undefined,
    addresses: Addresses,
  ) {
    this.#sources = sources;
    this.options = options;
    this.mail = mail;
    this.cells = made.cells;
    this.cellOf = made.cellOf;
    this.contexts = made.contexts;
    this.streams = sources.inventory?.streams ?? [];
    this.ledger = new Ledger(mail);
    this.outcomes = new Outcomes(this.ledger, made.contexts);
    this.addresses = addresses;
    this.#worlds = worlds;
    const { length, context, epoch } = this.cells;
    this.#basePairs = new Int32Array(length);
    this.before = new Int32Array(length);
    this.drifted = drift === undefined ? undefined : driftedCells(drift, this.cells, this.ledger, this.contexts);
    const facts = Int32Array.from(this.cells.facts);
    for (const [at, cell] of (this.drifted?.cells ?? []).entries()) facts[cell] = this.drifted!.facts[at]!.expected;
    this.facts = facts;
    const pairs = worlds.map(() => new Int32Array(this.ledger.facts.length).fill(-1));
    for (let cell = 0; cell < length; cell++) {
      const known = pairs[epoch[cell]!]!;
      const of = facts[cell]!;
      if (known[of] === -1) known[of] = this.ledger.pair(of, worlds[epoch[cell]!]!.policies);
      this.#basePairs[cell] = known[of]!;
      this.before[cell] =
        options.records === 'then' ? this.outcomes.seen(context[cell]!) : this.outcomes.of(known[of]!, context[cell]!);
    }
    for (const [at, cell] of (this.drifted?.cells ?? []).entries()) {
      if (!this.drifted!.facts[at]!.turnedAway) continue;
      this.#turnedAway.add(cell);
      this.before[cell] = this.outcomes.turnedAway(this.before[cell]!);
    }
    this.#addRejectedForSpf();
  }

  /** What failed SPF and was rejected may have been so for that, and be again whatever is asked, where such mail was never seen taken. */
  #addRejectedForSpf(): void {
    const { cells, contexts, facts, ledger, outcomes } = this;
    const fails = ledger.spfSets.map((set) => set.some(({ result }) => result === 'fail'));
    const rejected = dispositionCodes.indexOf('reject');
    const mayBe = contexts.map(({ deed, habits }) => deed.disposition === rejected && !habits.acceptsSpfFail);
    for (let cell = 0; cell < cells.length; cell++) {
      if (!mayBe[cells.context[cell]!]! || !fails[ledger.facts[facts[cell]!]!.spf]!) continue;
      this.#turnedAway.add(cell);
      if (this.options.records === 'now') this.before[cell] = outcomes.turnedAway(this.before[cell]!);
    }
  }

  /** Reads the mail and judges it as things are. @throws {StorageError} */
  static async of(sources: SimulationSources, options: SimulationOptions): Promise<Simulation> {
    const { history, published, inventory, now } = sources;
    const stretches: readonly Stretch[] =
      options.records === 'then' ? stretchesOf(published.changes, options.where) : [{ epoch: {}, day: 0 }];
    const epochs = stretches.filter(({ other }) => other === undefined).map(({ epoch }) => epoch);
    const [mail, receivers] = await Promise.all([
      seenMail(history, options.where ?? {}, epochs, inventory, options.byDay === true),
      askReceivers(history),
    ]);
    const accepting = acceptingSpfFail(mail);
    const whims = whimsOf(mail);
    const habits = habitsOf(
      receivers,
      mail.dictionaries,
      { acceptsSpfFail: (reporter) => accepting.has(reporter), whim: (reporter) => whims.get(reporter) ?? 0 },
      options.records === 'now',
    );
    const identifiers = new Set<string>();
    for (const set of mail.signatureSets) for (const { domain } of set) identifiers.add(domain);
    for (const set of mail.spfSets) for (const { domain } of set) identifiers.add(domain);
    // A world a day that is asked about; stretches of one day share it.
    const byDay = new Map<Day, { resolver: Resolver; policies: Policies; spf: SpfWorld }>();
    for (const { day } of stretches) {
      if (byDay.has(day)) continue;
      const resolver = options.records === 'now' ? now : published.at(day);
      const policies = await Policies.of(mail.authors, identifiers, resolver, sources.reported);
      byDay.set(day, { resolver, policies, spf: new SpfWorld(resolver) });
    }
    const worlds = stretches.map(({ day, other }) => ({ ...byDay.get(day)!, other }));
    const addresses = new Addresses((id) => mail.dictionaries.address(id));
    const drifts = options.records === 'now' && options.drift === true && !published.isEmpty;
    const drift = drifts ? await driftIn(sources, options, mail, worlds[0]!.policies, addresses) : undefined;
    const made = cellsOf(mail, habits, drift?.wayOf);
    return new Simulation(sources, options, mail, made, worlds, drift, addresses);
  }

  /** What governs the mail of an author domain as things are; with `records: 'then'`, as they were at first. */
  governing(author: string): Discovery {
    return this.#worlds[0]!.policies.discovery(author);
  }

  /** Nothing changed, in the shape of a change. */
  unchanged(): Played {
    return {
      sets: [],
      problems: [],
      touched: new Int32Array(0),
      outcome: this.before,
      facts: this.facts,
      pair: this.#basePairs,
      moves: noMoves,
      spf: this.#worlds.map(({ spf }) => spf),
      asReported: (this.drifted?.cells ?? []).map((cell) => this.outcomeAsReported(cell)),
    };
  }

  /** The combinations, cell by cell. */
  get rows(): CellRows {
    return (this.#rows ??= rowsByCell(this.mail, this.cells.length, this.cellOf));
  }

  /** The outcome of a cell without any change, had SPF stayed what reports say it was. */
  outcomeAsReported(cell: number): number {
    return this.outcomes.of(this.pairOf(this.cells.facts[cell]!, cell), this.cells.context[cell]!);
  }

  /** The pair of asks for facts in the world of a cell, as things are. */
  pairOf(facts: number, cell: number): number {
    return this.ledger.pair(facts, this.#worlds[this.cells.epoch[cell]!]!.policies);
  }

  /** The pair of asks of a cell, as things are. */
  basePair(cell: number): number {
    return this.#basePairs[cell]!;
  }

  /** SPF domains of which a change of these records can be felt: by DMARC, or, where the name itself changes, at MAIL FROM. */
  #feltBy(names: ReadonlySet<string>): ReadonlySet<string> {
    const { mail } = this;
    this.#aligned ??= alignedSpfDomains(mail, this.#worlds[0]!.policies);
    const changing = mail.spfSets.flatMap((set) => set.map(({ domain }) => domain)).filter((name) => names.has(name));
    return new Set([...this.#aligned, ...changing]);
  }

  /** What becomes of the mail when something changes. */
  async play(scenario: Scenario): Promise<Played> {
    const { cells, mail, ledger, outcomes } = this;
    const changes = await recordChanges(scenario, this.#sources.now, this.#sources.reported);
    const names = namesOfSpf(changes.sets);
    const after = new Map<Policies, Promise<Omit<World, 'other' | 'resolver'>>>();
    const changedWorld = async ({ resolver, policies, spf }: World): Promise<Omit<World, 'other' | 'resolver'>> => {
      const changed = overlay(changes.sets, resolver);
      return {
        policies: await policies.after(changes.sets, mail.authors, changed),
        spf: names.size === 0 ? spf : new SpfWorld(changed, { world: spf, changed: names }),
      };
    };
    const worlds = await Promise.all(
      this.#worlds.map((world) => {
        let known = after.get(world.policies);
        if (known === undefined) after.set(world.policies, (known = changedWorld(world)));
        return known;
      }),
    );
    const byAlias = await keysByAlias(mail, changes.emptied, this.#sources.now);
    const retired = new Set([...changes.retired, ...byAlias.keys()]);
    const signatures = resigned(mail, ledger, this.streams, retired, changes.signing);
    const facts = Int32Array.from(this.facts);
    const pair = Int32Array.from(this.#basePairs);
    const outcome = Int32Array.from(this.before);
    const pairs = worlds.map((): (number | undefined)[] => []);
    const pairOf = (of: number, epoch: number): number => {
      const known = pairs[epoch]!;
      return (known[of] ??= ledger.pair(of, worlds[epoch]!.policies));
    };
    const isThen = this.options.records === 'then';
    const outcomeOf = (of: number, after_: number, cell: number): number => {
      const context = cells.context[cell]!;
      const result = outcomes.of(after_, context);
      if (!isThen) return result;
      // What the receiver did stands where nothing that decides has changed. Where another record asks for the same, it is still
      // what is expected, but a receiver may have had its reason in what the record was.
      const base = this.#basePairs[cell]!;
      const was = this.before[cell]!;
      const stands =
        after_ === base ? was : result === outcomes.of(base, context) ? outcomes.likelyAs(was, result) : result;
      const { other } = this.#worlds[cells.epoch[cell]!]!;
      if (other === undefined) return stands;
      const elsewhere = pairOf(of, other);
      const differs = elsewhere !== ledger.pair(cells.facts[cell]!, this.#worlds[other]!.policies);
      return differs ? outcomes.perhaps(stands, outcomes.of(elsewhere, context)) : stands;
    };
    const turned = (result: number, cell: number): number =>
      this.#turnedAway.has(cell) ? outcomes.turnedAway(result) : result;
    const touched: number[] = [];
    const reach = (from: number, to: number): void => {
      for (let cell = from; cell < to; cell++) {
        const of = signatures === undefined ? facts[cell]! : signatures(facts[cell]!, cells.stream[cell]!);
        const epoch = cells.epoch[cell]!;
        const now = pairOf(of, epoch);
        const result =
          of === facts[cell] && now === pair[cell] && this.#worlds[epoch]!.other === undefined
            ? outcome[cell]!
            : turned(outcomeOf(of, now, cell), cell);
        if (of === facts[cell] && now === pair[cell] && result === outcome[cell]) continue;
        touched.push(cell);
        facts[cell] = of;
        pair[cell] = now;
        outcome[cell] = result;
      }
    };
    if (signatures !== undefined || worlds.some(({ policies }) => policies.realigned)) reach(0, cells.length);
    else {
      for (const [author, name] of mail.authors.entries()) {
        if (!worlds.some(({ policies }) => policies.touched.has(name))) continue;
        reach(cells.ofAuthor[author]!, cells.ofAuthor[author + 1]!);
      }
    }
    const moves =
      names.size === 0
        ? noMoves
        : await movesOf({
            cells,
            rows: this.rows,
            ledger,
            outcomes,
            contexts: this.contexts,
            addresses: this.addresses,
            facts,
            domains: this.#feltBy(names),
            worlds: worlds.map(({ spf }, epoch) => ({ before: this.#worlds[epoch]!.spf, after: spf })),
            isNear: (author, domain) => this.#worlds[0]!.policies.isNear(mail.authors[author]!, domain),
            judge: (of, cell) => {
              const now = pairOf(of, cells.epoch[cell]!);
              return { outcome: outcomeOf(of, now, cell), facts: of, pair: now };
            },
          });
    const newest = worlds.length - 1;
    const felt = new Set([...names, ...this.#feltBy(names)]);
    const broken = names.size === 0 ? [] : await brokenBy(felt, this.#worlds[newest]!.spf, worlds[newest]!.spf);
    // Where an alias of a key that was seen leads, nobody made a slip of the pen.
    const reached = new Set([...byAlias.values()].flat());
    const named = new Set([...changes.retired].filter((name) => !reached.has(name)));
    return {
      sets: changes.sets,
      problems: [...changes.problems, ...broken, ...neverSeen(mail, this.streams, named, changes.signing)],
      touched: Int32Array.from(touched),
      outcome,
      facts,
      pair,
      moves,
      spf: worlds.map(({ spf }) => spf),
      asReported: (this.drifted?.cells ?? []).map((cell) => {
        const reported = cells.facts[cell]!;
        const of = signatures === undefined ? reported : signatures(reported, cells.stream[cell]!);
        return outcomes.of(pairOf(of, cells.epoch[cell]!), cells.context[cell]!);
      }),
    };
  }
}

/** The drift of all mail since the days on which it came. */
async function driftIn(
  { history, published, now }: SimulationSources,
  { where = {} }: SimulationOptions,
  mail: SeenMail,
  policies: Policies,
  addresses: Addresses,
): Promise<SpfDrift> {
  return driftOf({
    mail,
    domains: alignedSpfDomains(mail, policies),
    isNear: (author, domain) => policies.isNear(mail.authors[author]!, domain),
    isUntold: (facts) => isSpfUntold(mail.allFacts[facts]!, mail.spfSets),
    addressOf: (source) => addresses.of(source),
    days: published,
    now,
    daysOf: (authorDomain) =>
      history.ask({
        where: { ...where, authorDomain },
        by: ['source', 'auth', 'authorDomain', 'envelopeFrom'],
        measures: ['firstDay', 'lastDay'],
      }),
  });
}
