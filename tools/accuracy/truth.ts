// What is true of a world, read from its `truth/` (the layout is in tools/world/README.md), in the form scores are counted in: a
// number a class. Classes that an observer cannot tell apart, since they come from addresses a sender's tenants share, are one
// *observable class*; what an oracle knows of a class is what it knows of that.
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What an origin may be, in the order of their numbers; an answer may also be `undecided`, which comes last. */
export const trueKinds = ['own', 'third', 'forwarder', 'forged', 'abused'] as const;
export const answerKinds = [...trueKinds, 'undecided'] as const;
/** The number of `undecided`. */
export const undecided = trueKinds.length;

/** Everything in a row but day, count, reporter and what the receiver did. */
export interface ClassKey {
  readonly source: string;
  readonly authorDomain: string;
  readonly envelopeDomain: string | null;
  readonly dkim: readonly (readonly [domain: string, selector: string | null, result: string])[];
  readonly spf: readonly [domain: string, scope: string | null, result: string] | null;
}

/** A line of `truth/classes.jsonl`. */
export interface ClassLine extends ClassKey {
  /** The sender, when the address is one that its tenants share. */
  readonly shared?: string | null;
  readonly messages: Readonly<Record<string, number>>;
}

export interface Origin {
  readonly kind: (typeof trueKinds)[number];
  readonly party: string;
  readonly sender: string;
  /** The date from which it may mail; absent where a world does not tell. */
  readonly since?: string;
  /** `daily`, `weekly`, `monthly`, `quarterly`, `yearly` or `once`; absent where a world does not tell. */
  readonly every?: string;
}

/** The three strata of scores. */
export const strata = ['aligned', 'unaligned-at-catalogued-sender', 'rest'] as const;

/** Says what stratum a class belongs to: a place in `strata`. */
export type StratumOf = (key: ClassKey) => number;

/** A text two records share exactly when they are of one class. */
export function classText({ source, authorDomain, envelopeDomain, dkim, spf }: ClassKey): string {
  return JSON.stringify([source, authorDomain, envelopeDomain, dkim, spf]);
}

/** The truth of a world, by number of class, of observable class, and of origin. */
export class Truth {
  readonly originNames: readonly string[];
  /** By origin: the place of its kind in `trueKinds`. */
  readonly originKinds: readonly number[];
  /** By origin: its messages in all classes. */
  readonly originMessages: number[];

  readonly #numbers = new Map<string, number>();
  /** Observable classes from addresses that are shared: the sender takes the place of the source. */
  readonly #sharedNumbers = new Map<string, number>();
  /** By class: source and author domain, which a decision may be narrowed to. */
  readonly sources: string[] = [];
  readonly authorDomains: string[] = [];
  /** By class: the place of its stratum. */
  readonly stratum: number[] = [];
  /** By class: its observable class. */
  readonly observable: number[] = [];
  /** By class: messages of each origin in it, the most first. */
  readonly origins: (readonly (readonly [origin: number, messages: number])[])[] = [];
  readonly messages: number[] = [];
  /** By observable class: messages of each origin. */
  readonly pooled: Map<number, number>[] = [];

  constructor(origins: Readonly<Record<string, Origin>>) {
    this.originNames = Object.keys(origins);
    this.originKinds = this.originNames.map((name) => {
      const place = trueKinds.indexOf(origins[name]!.kind);
      if (place < 0) throw new TruthError(`origins.json: ${name} is of no known kind`);
      return place;
    });
    this.originMessages = this.originNames.map(() => 0);
  }

  /** How many classes there are. */
  get size(): number {
    return this.messages.length;
  }

  /** The number of a class; `undefined` when no authentic report shows it. */
  numberOf(key: ClassKey): number | undefined {
    return this.#numbers.get(classText(key));
  }

  /** Adds a class. @throws {TruthError} when it is there already, or names an origin nobody knows */
  add(line: ClassLine, stratumOf: StratumOf): void {
    const text = classText(line);
    if (this.#numbers.has(text)) throw new TruthError(`classes.jsonl: twice the class ${text}`);
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    const shared = line.shared ?? undefined;
    const sharedText = shared === undefined ? undefined : classText({ ...line, source: shared });
    let observable = sharedText === undefined ? undefined : this.#sharedNumbers.get(sharedText);
    if (observable === undefined) {
      observable = this.pooled.length;
      this.pooled.push(new Map());
      if (sharedText !== undefined) this.#sharedNumbers.set(sharedText, observable);
    }
    const pool = this.pooled[observable]!;
    const origins: [number, number][] = [];
    let sum = 0;
    for (const [name, messages] of Object.entries(line.messages)) {
      const origin = this.originNames.indexOf(name);
      if (origin < 0) throw new TruthError(`classes.jsonl: ${name} is not in origins.json`);
      if (!(messages >= 0)) throw new TruthError(`classes.jsonl: ${String(messages)} messages of ${name}`);
      origins.push([origin, messages]);
      pool.set(origin, (pool.get(origin) ?? 0) + messages);
      this.originMessages[origin]! += messages;
      sum += messages;
    }
    origins.sort(([oneOrigin, one], [otherOrigin, other]) => other - one || oneOrigin - otherOrigin);
    this.sources.push(line.source);
    this.authorDomains.push(line.authorDomain);
    this.stratum.push(stratumOf(line));
    this.observable.push(observable);
    this.origins.push(origins);
    this.messages.push(sum);
  }
}

/** A world's truth that cannot be read. */
export class TruthError extends Error {
  override readonly name = 'TruthError';
}

/** Which kind is ours: own infrastructure, or a third party on our behalf. */
export function isOurs(kind: number): boolean {
  return kind <= 1;
}

/** By kind: its share of the messages of a class (or of a pool of them). No messages: all shares are 0. */
export function kindShares(messages: Iterable<readonly [origin: number, messages: number]>, truth: Truth): number[] {
  const shares = trueKinds.map(() => 0);
  let sum = 0;
  for (const [origin, count] of messages) {
    shares[truth.originKinds[origin]!]! += count;
    sum += count;
  }
  return sum === 0 ? shares : shares.map((share) => share / sum);
}

/** Reads `truth/` of a world. @throws {TruthError} when something in it is not as the layout says */
export async function readTruth(world: string, stratumOf: StratumOf): Promise<Truth> {
  const origins = JSON.parse(readFileSync(join(world, 'truth', 'origins.json'), 'utf8')) as Record<string, Origin>;
  const truth = new Truth(origins);
  const lines = createInterface({
    input: createReadStream(join(world, 'truth', 'classes.jsonl')),
    crlfDelay: Infinity,
  });
  for await (const line of lines) if (line !== '') truth.add(JSON.parse(line) as ClassLine, stratumOf);
  if (truth.size === 0) throw new TruthError('classes.jsonl: no class at all');
  return truth;
}

/** What `truth/totals.json` says. */
export interface Totals {
  readonly messages: Readonly<Record<string, number>>;
  readonly reports: number;
  readonly rows: number;
  readonly sources: number;
}

export function readTotals(world: string): Totals {
  return JSON.parse(readFileSync(join(world, 'truth', 'totals.json'), 'utf8')) as Totals;
}
