// What becomes of mail: what is asked, through the habits of the receiver, what it did before with this very mail, and whether
// somebody on the way may know better.
import { dispositionCodes } from '../../../standards/reports/index.ts';
import { doubt, fates } from './judge.ts';
import type { Ask, Ledger } from './judge.ts';
import type { Deed } from './mail.ts';
import { Interned } from './mail.ts';
import type { Habits } from './receivers.ts';
import { allRules, rulesApart } from './rules.ts';

/** What becomes of each message of a combination: shares of what is expected, and what is possible. */
export interface Outcome {
  readonly likely: readonly [delivered: number, quarantined: number, rejected: number];
  /**
   * What is possible, by what nobody knows and no change of ours alters: three bits of `fates` for each of the eight worlds in which
   * the receiver goes by one or another of the rules it may go by, and lets the message through for reasons of its own or does not.
   * Before and after a change it is the same one of these worlds.
   */
  readonly ways: number;
  /** Bits of `fates`: what is possible in any of them. */
  readonly may: number;
  /** The share that may be let through at a whim of the receiver, whatever else is possible: at the most. */
  readonly whim: number;
  readonly doubts: number;
}

/** The worlds of `ways`. */
export const waysApart = 2 * rulesApart;

/** What is possible in one of them. */
export function mayIn(outcome: Outcome, way: number): number {
  return (outcome.ways >> (way * 3)) & 7;
}

function everyWay(may: number): number {
  const half = may | (may << 3) | (may << 6) | (may << 9);
  return half | (half << 12);
}

function anyWay(ways: number): number {
  const half = ways | (ways >> 12);
  return (half | (half >> 3) | (half >> 6) | (half >> 9)) & 7;
}

/** Whether receivers may know better of a stream than its policy: forwarders and lists, and what was seen to be let through. */
export interface Leeway {
  readonly may: boolean;
  /** The share of its failing mail that was let through although the policy asked for something. */
  readonly share: number;
}

/** All that an outcome depends on beside what is asked. */
export interface Context {
  readonly habits: Habits;
  readonly deed: Deed;
  readonly leeway: Leeway;
}

const code = (name: (typeof dispositionCodes)[number]): number => dispositionCodes.indexOf(name);
const [noneCode, passCode, quarantineCode, rejectCode] = [
  code('none'),
  code('pass'),
  code('quarantine'),
  code('reject'),
];

/** The outcomes met so far, each once. */
export class Outcomes {
  readonly #all = new Interned<Outcome>();
  readonly #ledger: Ledger;
  readonly #contexts: readonly Context[];
  /** By bundle of asks: by context, the number of the outcome; -1 where nobody asked yet. */
  readonly #table: Int32Array[] = [];

  constructor(ledger: Ledger, contexts: readonly Context[]) {
    this.#ledger = ledger;
    this.#contexts = contexts;
  }

  get all(): readonly Outcome[] {
    return this.#all.values;
  }

  /** The number of the outcome for a bundle of asks in a context. */
  of(bundle: number, context: number): number {
    const row = (this.#table[bundle] ??= new Int32Array(this.#contexts.length).fill(-1));
    const known = row[context]!;
    return known === -1 ? (row[context] = this.#number(this.#make(bundle, this.#contexts[context]!))) : known;
  }

  /** What the receiver did, as an outcome. */
  seen(context: number): number {
    const { disposition } = this.#contexts[context]!.deed;
    const fate = disposition === rejectCode ? 'reject' : disposition === quarantineCode ? 'quarantine' : 'none';
    return this.#number({ likely: certain[fate].likely, ways: everyWay(certain[fate].may), whim: 0, doubts: 0 });
  }

  /** Whether what the receiver most likely goes by leads to the same, be it that something else is possible by other rules. */
  isAsLikely(one: number, other: number): boolean {
    if (one === other) return true;
    const [mine, theirs] = [this.all[one]!, this.all[other]!];
    const isSame = mayIn(mine, 0) === mayIn(theirs, 0) && mayIn(mine, 1) === mayIn(theirs, 1);
    return isSame && mine.likely.every((share, fate) => share === theirs.likely[fate]);
  }

  /** What is expected of one outcome, with what is possible by the other as well. */
  likelyAs(expected: number, possible: number): number {
    const [one, other] = [this.all[expected]!, this.all[possible]!];
    const doubts = one.ways === other.ways ? one.doubts : other.doubts;
    return this.#number({
      likely: one.likely,
      ways: one.ways | other.ways,
      whim: Math.max(one.whim, other.whim),
      doubts,
    });
  }

  /** What is expected of one outcome, where the mail may have come on days on which it met the other. */
  perhaps(expected: number, other: number): number {
    const [one, two] = [this.all[expected]!, this.all[other]!];
    const ways = one.ways | two.ways;
    const doubts = one.doubts | (ways === one.ways ? 0 : two.doubts | doubt['days-untold']);
    return this.#number({ likely: one.likely, ways, whim: Math.max(one.whim, two.whim), doubts });
  }

  /** The same, where the message might be turned away at MAIL FROM already (RFC 7208 §8.4), which no report shows. */
  turnedAway(outcome: number): number {
    const { likely, ways, whim, doubts } = this.all[outcome]!;
    if ((ways | everyWay(fates.rejected)) === ways) return outcome;
    return this.#number({
      likely,
      whim,
      ways: ways | everyWay(fates.rejected),
      doubts: doubts | doubt['rejected-at-mail-from'],
    });
  }

  #number({ likely, ways, whim, doubts }: Omit<Outcome, 'may'>): number {
    const key = `${likely.join(' ')} ${ways} ${whim} ${doubts}`;
    return this.#all.of({ likely, ways, may: anyWay(ways), whim, doubts }, key);
  }

  #make(bundle: number, context: Context): Omit<Outcome, 'may'> {
    const asks = this.#ledger.bundles[bundle]!;
    const { rules } = context.habits;
    const all = rules.map((place) => met(this.#ledger.asks.values[asks[place]!]!, context));
    const [likeliest] = all as [Met, ...Met[]];
    let [ways, whim, doubts] = [0, 0, 0];
    for (let place = 0; place < rulesApart; place++) {
      const each = all[place] ?? likeliest;
      ways |= (each.pass | (each.stop << 3)) << (place * 6);
      whim = Math.max(whim, each.whim);
      doubts |= each.doubts;
    }
    return { likely: likeliest.likely, ways, whim, doubts: doubts | partingOf(rules, all) };
  }
}

/** The doubts of which rules a receiver goes by, where what it may go by comes to different things. */
function partingOf(rules: readonly number[], all: readonly Met[]): number {
  let doubts = 0;
  for (const [place, one] of all.entries()) {
    for (const [before, other] of all.slice(0, place).entries()) {
      if (one.pass === other.pass && one.stop === other.stop) continue;
      const [mine, theirs] = [allRules[rules[place]!]!, allRules[rules[before]!]!];
      if (mine.generation === theirs.generation) doubts |= doubt['discovery-unknown'];
      // Where the way is taken to go with the text that is one question, and otherwise two, each asked by itself.
      else if (mine.discovery === theirs.discovery || all.length === 2) doubts |= doubt['generation-unknown'];
    }
  }
  return doubts;
}

const certain = {
  none: { likely: [1, 0, 0], may: fates.delivered },
  quarantine: { likely: [0, 1, 0], may: fates.quarantined },
  reject: { likely: [0, 0, 1], may: fates.rejected },
} as const;

/** What an ask comes to with one receiver: what is possible where it lets the message through, and where it does not. */
interface Met {
  readonly likely: readonly [number, number, number];
  readonly pass: number;
  readonly stop: number;
  /** The share that may be let through at a whim. */
  readonly whim: number;
  readonly doubts: number;
}

function met(ask: Ask, context: Context): Met {
  const { deed } = context;
  if (deed.override === 'local' && deed.disposition === rejectCode) {
    // It was rejected for reasons of the receiver's own (SPF fail at MAIL FROM is one), and will be again, whatever is asked.
    return {
      likely: [0, 0, 1],
      pass: fates.rejected,
      stop: ask.may,
      whim: 0,
      doubts: ask.doubts | doubt['override-again'],
    };
  }
  const likely: [number, number, number] = [ask.likely[0], 0, 0];
  let pass = ask.may & fates.delivered;
  let stop = pass;
  let whim = 0;
  let { doubts } = ask;
  for (const [at, asked] of [
    [1, 'quarantine'],
    [2, 'reject'],
  ] as const) {
    if ((ask.may & (1 << at)) === 0) continue;
    const each = metWhen(asked, context);
    for (const fate of [0, 1, 2] as const) likely[fate] += ask.likely[at] * each.likely[fate];
    pass |= each.pass;
    stop |= each.stop;
    whim = Math.max(whim, each.whim);
    doubts |= each.doubts;
  }
  return { likely, pass, stop, whim, doubts };
}

function metWhen(asked: 'quarantine' | 'reject', { habits, deed, leeway }: Context): Met {
  const { delivered, quarantined, rejected } = fates;
  if (deed.override === 'local' && (deed.disposition === noneCode || deed.disposition === passCode)) {
    // It was let through although it failed, for a reason that has nothing to do with our records.
    const stop = asked === 'quarantine' ? quarantined : habits.isKnownToReject ? rejected : quarantined | rejected;
    return { likely: [1, 0, 0], pass: delivered, stop, whim: 0, doubts: doubt['override-again'] };
  }
  if (asked === 'reject' && deed.override === 'local' && deed.disposition === quarantineCode) {
    const may = quarantined | rejected;
    return { likely: [0, 1, 0], pass: may, stop: may, whim: 0, doubts: doubt['reject-as-quarantine'] };
  }
  const followed = deed.override === 'none' && (deed.disposition === quarantineCode || deed.disposition === rejectCode);
  const mayPass = !followed && leeway.may;
  // What was never let through may be, seldom, where the receiver does that: it says of no message why.
  const whim = followed || mayPass ? 0 : habits.whim;
  const share = followed ? 0 : mayPass ? leeway.share : whim / 2;
  const rejects = habits.isKnownToReject || (followed && deed.disposition === rejectCode);
  const mild = asked === 'quarantine' ? 1 : rejects ? 0 : habits.rejectsAsQuarantine;
  const stop = asked === 'quarantine' ? quarantined : rejects ? rejected : quarantined | rejected;
  return {
    likely: [share, (1 - share) * mild, (1 - share) * (1 - mild)],
    pass: mayPass ? delivered : stop,
    stop,
    whim,
    doubts:
      (whim > 0 ? doubt['let-through-seldom'] : 0) |
      (mayPass ? (leeway.share > 0 ? doubt['override-again'] : doubt['may-be-forwarded']) : 0) |
      (asked === 'reject' && !rejects ? doubt['reject-as-quarantine'] : 0),
  };
}
