// A what-if over all mail that was seen. `Simulation.of` reads the mail once and works out what becomes of it as things are; each
// scenario then judges again only what its changes can reach, by the functions that judge live mail.
import { overlay } from '../../../standards/dns/index.ts';
import type { RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { dispositionCodes } from '../../../standards/reports/index.ts';
import type { ReceiverGeneration } from '../../../standards/dmarc/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { Day } from '../../history.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { SpfDrift } from '../drift/index.ts';
import { acceptingSpfFail, cellsOf, rowsByCell, whimsOf } from './cells.ts';
import type { CellRows, Cells } from './cells.ts';
import { recordChanges } from './change.ts';
import type { Scenario } from './change.ts';
import { driftedCells, driftIn } from './drifted.ts';
import type { DriftedCells } from './drifted.ts';
import { Ledger } from './judge.ts';
import { seenMail } from './mail.ts';
import type { SeenMail } from './mail.ts';
import { movesOf, noMoves } from './moves.ts';
import type { Moves } from './moves.ts';
import { Outcomes } from './outcome.ts';
import type { Context } from './outcome.ts';
import { Policies } from './policies.ts';
import type { Governing } from './policies.ts';
import { askReceivers, habitsOf } from './receivers.ts';
import { discoveryOf } from './rules.ts';
import type { SimulationOptions, SimulationSources } from './sources.ts';
import { keysByAlias, neverSeen, resigned } from './signatures.ts';
import { stretchesOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';
import { Addresses, alignedSpfDomains, brokenBy, namesOfSpf, SpfWorld } from './spf-change.ts';

/** What a scenario comes to, before it is added up. */
export interface Played {
  readonly sets: readonly RecordChange[];
  readonly problems: readonly Problem[];
  /** Cells that may meet something else. */
  readonly touched: Int32Array;
  /** By cell: the number of the outcome, of the facts and of the bundle of asks, after the change. */
  readonly outcome: Int32Array;
  readonly facts: Int32Array;
  readonly bundle: Int32Array;
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
  readonly #baseBundles: Int32Array;
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
    this.#baseBundles = new Int32Array(length);
    this.before = new Int32Array(length);
    this.drifted = drift === undefined ? undefined : driftedCells(drift, this.cells, this.ledger, this.contexts);
    const facts = Int32Array.from(this.cells.facts);
    for (const [at, cell] of (this.drifted?.cells ?? []).entries()) facts[cell] = this.drifted!.facts[at]!.expected;
    this.facts = facts;
    const bundles = worlds.map(() => new Int32Array(this.ledger.facts.length).fill(-1));
    for (let cell = 0; cell < length; cell++) {
      const known = bundles[epoch[cell]!]!;
      const of = facts[cell]!;
      if (known[of] === -1) known[of] = this.ledger.bundle(of, worlds[epoch[cell]!]!.policies);
      this.#baseBundles[cell] = known[of]!;
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
      {
        acceptsSpfFail: (reporter) => accepting.has(reporter),
        whim: (reporter) => whims.get(reporter) ?? 0,
        shown: sources.shown,
      },
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

  /** What governs the mail of an author domain as things are, as each text has it; with `records: 'then'`, as they were at first. */
  governing(author: string): Readonly<Record<ReceiverGeneration, Governing>> {
    const found = this.#worlds[0]!.policies.discovery(author);
    return { rfc9989: found[discoveryOf.rfc9989], rfc7489: found[discoveryOf.rfc7489] };
  }

  /** Nothing changed, in the shape of a change. */
  unchanged(): Played {
    return {
      sets: [],
      problems: [],
      touched: new Int32Array(0),
      outcome: this.before,
      facts: this.facts,
      bundle: this.#baseBundles,
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
    return this.outcomes.of(this.bundleOf(this.cells.facts[cell]!, cell), this.cells.context[cell]!);
  }

  /** The bundle of asks for facts in the world of a cell, as things are. */
  bundleOf(facts: number, cell: number): number {
    return this.ledger.bundle(facts, this.#worlds[this.cells.epoch[cell]!]!.policies);
  }

  /** The bundle of asks of a cell, as things are. */
  baseBundle(cell: number): number {
    return this.#baseBundles[cell]!;
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
    const bundle = Int32Array.from(this.#baseBundles);
    const outcome = Int32Array.from(this.before);
    const bundles = worlds.map((): (number | undefined)[] => []);
    const bundleOf = (of: number, epoch: number): number => {
      const known = bundles[epoch]!;
      return (known[of] ??= ledger.bundle(of, worlds[epoch]!.policies));
    };
    const isThen = this.options.records === 'then';
    const outcomeOf = (of: number, after_: number, cell: number): number => {
      const context = cells.context[cell]!;
      const result = outcomes.of(after_, context);
      if (!isThen) return result;
      // What the receiver did stands where nothing that decides has changed. Where another record asks for the same, it is still
      // what is expected, but a receiver may have had its reason in what the record was.
      const base = this.#baseBundles[cell]!;
      const was = this.before[cell]!;
      const stands =
        after_ === base
          ? was
          : outcomes.isAsLikely(result, outcomes.of(base, context))
            ? outcomes.likelyAs(was, result)
            : result;
      const { other } = this.#worlds[cells.epoch[cell]!]!;
      if (other === undefined) return stands;
      const elsewhere = bundleOf(of, other);
      const differs = elsewhere !== ledger.bundle(cells.facts[cell]!, this.#worlds[other]!.policies);
      return differs ? outcomes.perhaps(stands, outcomes.of(elsewhere, context)) : stands;
    };
    const turned = (result: number, cell: number): number =>
      this.#turnedAway.has(cell) ? outcomes.turnedAway(result) : result;
    const touched: number[] = [];
    const reach = (from: number, to: number): void => {
      for (let cell = from; cell < to; cell++) {
        const of = signatures === undefined ? facts[cell]! : signatures(facts[cell]!, cells.stream[cell]!);
        const epoch = cells.epoch[cell]!;
        const now = bundleOf(of, epoch);
        const result =
          of === facts[cell] && now === bundle[cell] && this.#worlds[epoch]!.other === undefined
            ? outcome[cell]!
            : turned(outcomeOf(of, now, cell), cell);
        if (of === facts[cell] && now === bundle[cell] && result === outcome[cell]) continue;
        touched.push(cell);
        facts[cell] = of;
        bundle[cell] = now;
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
              const now = bundleOf(of, cells.epoch[cell]!);
              return { outcome: outcomeOf(of, now, cell), facts: of, bundle: now };
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
      bundle,
      moves,
      spf: worlds.map(({ spf }) => spf),
      asReported: (this.drifted?.cells ?? []).map((cell) => {
        const reported = cells.facts[cell]!;
        const of = signatures === undefined ? reported : signatures(reported, cells.stream[cell]!);
        return outcomes.of(bundleOf(of, cells.epoch[cell]!), cells.context[cell]!);
      }),
    };
  }
}
