// What becomes of mail: what is asked, through the habits of the receiver, what it did before with this very mail, and whether
// somebody on the way may know better.
import { dispositionCodes } from '../../standards/reports/index.ts';
import { doubt, fates } from './judge.ts';
import type { Ask, Ledger } from './judge.ts';
import type { Deed } from './mail.ts';
import { Interned } from './mail.ts';
import type { Habits } from './receivers.ts';

/** What becomes of each message of a combination: shares of what is expected, and what is possible. */
export interface Outcome {
  readonly likely: readonly [delivered: number, quarantined: number, rejected: number];
  /** Bits of `fates`. */
  readonly may: number;
  readonly doubts: number;
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
  /** By pair of asks: by context, the number of the outcome; -1 where nobody asked yet. */
  readonly #table: Int32Array[] = [];

  constructor(ledger: Ledger, contexts: readonly Context[]) {
    this.#ledger = ledger;
    this.#contexts = contexts;
  }

  get all(): readonly Outcome[] {
    return this.#all.values;
  }

  /** The number of the outcome for a pair of asks in a context. */
  of(pair: number, context: number): number {
    const row = (this.#table[pair] ??= new Int32Array(this.#contexts.length).fill(-1));
    const known = row[context]!;
    return known === -1 ? (row[context] = this.#number(this.#make(pair, this.#contexts[context]!))) : known;
  }

  /** What the receiver did, as an outcome. */
  seen(context: number): number {
    const { disposition } = this.#contexts[context]!.deed;
    const fate = disposition === rejectCode ? 'reject' : disposition === quarantineCode ? 'quarantine' : 'none';
    return this.#number({ ...certain[fate], doubts: 0 });
  }

  /** The same, where the message might be turned away at MAIL FROM already (RFC 7208 §8.4), which no report shows. */
  turnedAway(outcome: number): number {
    const { likely, may, doubts } = this.all[outcome]!;
    return this.#number({ likely, may: may | fates.rejected, doubts: doubts | doubt['rejected-at-mail-from'] });
  }

  #number(outcome: Outcome): number {
    return this.#all.of(outcome, `${outcome.likely.join(' ')} ${outcome.may} ${outcome.doubts}`);
  }

  #make(pair: number, context: Context): Outcome {
    const { rfc9989, rfc7489 } = this.#ledger.pairs[pair]!;
    const asks = this.#ledger.asks.values;
    const { generation } = context.habits;
    const likely = met(asks[generation === 'rfc9989' ? rfc9989 : rfc7489]!, context);
    if (generation !== 'unknown') return likely;
    const other = met(asks[rfc9989]!, context);
    const differs = likely.may !== other.may ? doubt['generation-unknown'] : 0;
    return { likely: likely.likely, may: likely.may | other.may, doubts: likely.doubts | other.doubts | differs };
  }
}

const certain = {
  none: { likely: [1, 0, 0], may: fates.delivered },
  quarantine: { likely: [0, 1, 0], may: fates.quarantined },
  reject: { likely: [0, 0, 1], may: fates.rejected },
} as const;

/** What an ask comes to with one receiver. */
function met(ask: Ask, context: Context): Outcome {
  const likely: [number, number, number] = [ask.likely[0], 0, 0];
  let may = ask.may & fates.delivered;
  let doubts = ask.doubts;
  for (const [at, asked] of [
    [1, 'quarantine'],
    [2, 'reject'],
  ] as const) {
    if ((ask.may & (1 << at)) === 0) continue;
    const each = metWhen(asked, context);
    for (const fate of [0, 1, 2] as const) likely[fate] += ask.likely[at] * each.likely[fate];
    may |= each.may;
    doubts |= each.doubts;
  }
  return { likely, may, doubts };
}

function metWhen(asked: 'quarantine' | 'reject', { habits, deed, leeway }: Context): Outcome {
  const asIsAsked = certain[asked];
  if (deed.override === 'local' && (deed.disposition === noneCode || deed.disposition === passCode)) {
    // It was let through although it failed, for a reason that has nothing to do with our records.
    return { likely: [1, 0, 0], may: fates.delivered | asIsAsked.may, doubts: doubt['override-again'] };
  }
  if (asked === 'reject' && deed.override === 'local' && deed.disposition === quarantineCode) {
    return { likely: [0, 1, 0], may: fates.quarantined | fates.rejected, doubts: doubt['reject-as-quarantine'] };
  }
  const followed = deed.override === 'none' && (deed.disposition === quarantineCode || deed.disposition === rejectCode);
  const share = followed ? 0 : leeway.share;
  const mayPass = !followed && leeway.may;
  const rejects = habits.isKnownToReject || (followed && deed.disposition === rejectCode);
  const mild =
    asked === 'quarantine'
      ? 1
      : rejects
        ? 0
        : followed && deed.disposition === rejectCode
          ? 0
          : habits.rejectsAsQuarantine;
  const rest = 1 - share;
  return {
    likely: [share, rest * mild, rest * (1 - mild)],
    may:
      (mayPass ? fates.delivered : 0) |
      (asked === 'quarantine' ? fates.quarantined : fates.rejected | (rejects ? 0 : fates.quarantined)),
    doubts:
      (mayPass ? (leeway.share > 0 ? doubt['override-again'] : doubt['may-be-forwarded']) : 0) |
      (asked === 'reject' && !rejects ? doubt['reject-as-quarantine'] : 0),
  };
}
