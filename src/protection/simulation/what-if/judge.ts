// What is asked to be done with mail of given facts in one world, of receivers by each of the rules there are: the verdicts of
// `evaluateDmarc`, each distinct one once. What cannot be known is asked both ways.
import { evaluateDmarc } from '../../../standards/dmarc/index.ts';
import type { DmarcVerdict, PolicyTag } from '../../../standards/dmarc/index.ts';
import type { Facts, SeenMail, Signed, SpfSaid } from './mail.ts';
import { Interned } from './mail.ts';
import type { Governing, Policies } from './policies.ts';
import { discoveryMethods, tagRules } from './rules.ts';
import type { DiscoveryMethod, Rules } from './rules.ts';
import { Tuples } from './tuples.ts';

/** Bits of `may`: what can become of a message. */
export const fates = { delivered: 1, quarantined: 2, rejected: 4 } as const;

/** Why something is not known for certain; bits of `doubts`, with the codes of their sentences. */
export const doubtCodes = {
  'policy-unknown': 'simulation/doubt-policy-unknown',
  'existence-unknown': 'simulation/doubt-existence-unknown',
  sampling: 'simulation/doubt-sampling',
  'leg-on-its-word': 'simulation/doubt-leg-on-its-word',
  disputed: 'simulation/doubt-disputed',
  'selector-untold': 'simulation/doubt-selector-untold',
  'spf-inconsistent': 'simulation/doubt-spf-inconsistent',
  'spf-by-message': 'simulation/doubt-spf-by-message',
  'spf-domain-untold': 'simulation/doubt-spf-domain-untold',
  'generation-unknown': 'simulation/doubt-generation-unknown',
  'discovery-unknown': 'simulation/doubt-discovery-unknown',
  'reject-as-quarantine': 'simulation/doubt-reject-as-quarantine',
  'override-again': 'simulation/doubt-override-again',
  'may-be-forwarded': 'simulation/doubt-may-be-forwarded',
  'rejected-at-mail-from': 'simulation/doubt-rejected-at-mail-from',
  'days-untold': 'simulation/doubt-days-untold',
  'spf-record-not-kept': 'simulation/doubt-spf-record-not-kept',
  'spf-unanswered': 'simulation/doubt-spf-unanswered',
  'let-through-seldom': 'simulation/doubt-let-through-seldom',
} as const;
export type DoubtName = keyof typeof doubtCodes;
export const doubtNames = Object.keys(doubtCodes) as readonly DoubtName[];
export const doubt = Object.fromEntries(doubtNames.map((name, at) => [name, 1 << at])) as Readonly<
  Record<DoubtName, number>
>;

/** What is asked of receivers that go by the same rules. */
export interface Ask {
  /** Shares of what is likely asked: nothing, quarantine, reject. */
  readonly likely: readonly [none: number, quarantine: number, reject: number];
  /** Bits of `fates`: what could be asked. */
  readonly may: number;
  readonly doubts: number;
  /** Of the likeliest verdict. */
  readonly result: DmarcVerdict['result'];
  readonly dkim: boolean;
  readonly spf: boolean;
  readonly policyTag: PolicyTag | undefined;
  readonly policy: string | undefined;
  readonly softened: boolean;
}

/** A legs' worth of facts: those of `SeenMail`, and those that changes lead to. */
export interface JudgedFacts extends Facts {
  /** Facts that may be true instead, and why that is not known. */
  readonly also?: { readonly facts: number; readonly doubts: number };
}

/** All facts there are, those of changes among them, and the asks and bundles of asks met so far: shared by all worlds. */
export class Ledger {
  readonly facts: JudgedFacts[];
  readonly asks = new Interned<Ask>();
  /** Places in `asks`: what a receiver is asked by each of `allRules`, in their order. */
  readonly bundles: (readonly number[])[] = [];
  readonly signatureSets: (readonly Signed[])[];
  readonly spfSets: (readonly SpfSaid[])[];
  readonly authors: readonly string[];
  readonly #bundleOf = { treewalk: new Tuples(), psl: new Tuples(), both: new Tuples() };
  readonly #policies = new Map<unknown, number>();
  readonly #judged = new Map<string, number>();
  readonly #factsByKey = new Map<string, number>();
  readonly #setsByKey = new Map<string, number>();

  constructor(mail: SeenMail) {
    this.facts = [...mail.allFacts];
    this.signatureSets = [...mail.signatureSets];
    this.spfSets = [...mail.spfSets];
    this.authors = mail.authors;
  }

  /** The number of facts that a change leads to. */
  factsOf(facts: JudgedFacts): number {
    const key = JSON.stringify(facts);
    let number = this.#factsByKey.get(key);
    if (number === undefined) {
      number = this.facts.push(facts) - 1;
      this.#factsByKey.set(key, number);
    }
    return number;
  }

  signatures(set: readonly Signed[]): number {
    return this.#set(this.signatureSets, set, 'd');
  }

  spf(set: readonly SpfSaid[]): number {
    return this.#set(this.spfSets, set, 's');
  }

  #set<T>(sets: T[], set: T, kind: string): number {
    const key = kind + JSON.stringify(set);
    let number = this.#setsByKey.get(key);
    if (number === undefined) {
      number = sets.push(set) - 1;
      this.#setsByKey.set(key, number);
    }
    return number;
  }

  /** The bundle of asks for facts in a world. */
  bundle(facts: number, policies: Policies): number {
    const asks = this.#asks(this.facts[facts]!, policies);
    const [one, two, three, four, five, six] = asks as [number, number, number, number, number, number];
    const { treewalk, psl, both } = this.#bundleOf;
    const number = both.of(treewalk.of(one, two, three, 0), psl.of(four, five, six, 0), 0, 0);
    if (number === this.bundles.length) this.bundles.push(asks);
    return number;
  }

  #asks(facts: JudgedFacts, policies: Policies): readonly number[] {
    const also = facts.also === undefined ? undefined : this.#asks(this.facts[facts.also.facts]!, policies);
    const governing = policies.discovery(this.authors[facts.author]!);
    const found: number[] = [];
    let before: { readonly governing: Governing; readonly bits: number } | undefined;
    for (const discovery of discoveryMethods) {
      const met = { governing: governing[discovery], bits: this.#bits(facts, policies, discovery) };
      // Where both ways lead to the same, and that is nearly everywhere, so does what is asked.
      const isSame = before?.governing === met.governing && before.bits === met.bits;
      for (const [place, rules] of tagRules.entries()) {
        const other = also?.[found.length];
        found.push(isSame && other === also?.[place] ? found[place]! : this.#ask(facts, met, rules, other));
      }
      before = met;
    }
    return found;
  }

  #ask(
    facts: JudgedFacts,
    { governing, bits }: { readonly governing: Governing; readonly bits: number },
    { generation, knowsNp }: Omit<Rules, 'discovery'>,
    other: number | undefined,
  ): number {
    const { policy } = governing;
    let number = this.#policies.get(policy);
    if (number === undefined) this.#policies.set(policy, (number = this.#policies.size));
    const key = `${generation} ${knowsNp} ${number} ${governing.existence} ${bits} ${facts.assumed} ${facts.denied} ${other} ${facts.also?.doubts}`;
    let ask = this.#judged.get(key);
    if (ask === undefined) {
      let found = askOf(governing, { generation, knowsNp }, bits, facts);
      if (other !== undefined) found = either(found, this.asks.values[other]!, facts.also?.doubts ?? 0);
      ask = this.asks.of(found, JSON.stringify(found));
      this.#judged.set(key, ask);
    }
    return ask;
  }

  /** Alignment bits of facts in a world, as `alignmentBits` has them. */
  #bits({ author, signatures, spf }: Facts, policies: Policies, discovery: DiscoveryMethod): number {
    const name = this.authors[author]!;
    let bits = 0;
    for (const { domain } of this.signatureSets[signatures]!) bits |= policies.nearness(name, domain)[discovery];
    let spfBits = 0;
    for (const { domain, result } of this.spfSets[spf]!) {
      if (result === 'pass') spfBits |= policies.nearness(name, domain)[discovery];
    }
    return bits | (spfBits << 2);
  }
}

const unknownAsk: Ask = {
  likely: [1, 0, 0],
  may: 7,
  doubts: doubt['policy-unknown'],
  result: 'temperror',
  dkim: false,
  spf: false,
  policyTag: undefined,
  policy: undefined,
  softened: false,
};

function askOf(
  governing: Governing,
  { generation, knowsNp }: Omit<Rules, 'discovery'>,
  bits: number,
  facts: Facts,
): Ask {
  const { policy, existence } = governing;
  if (policy === 'unknown') return unknownAsk;
  const evaluate = (identifiers: number): Ask => {
    const judge = (exists: typeof existence): Ask =>
      askedBy(evaluateDmarc({ receiver: generation, knowsNp, policy, existence: exists, identifiers }));
    if (existence !== 'unknown') return judge(existence);
    const [one, other] = [judge('exists'), judge('no-such-name')];
    return one.may === other.may ? one : either(one, other, doubt['existence-unknown']);
  };
  const record = policy === 'none' ? undefined : policy.record;
  // A leg that the receiver vouches for and does not show: it was aligned somehow; how near is not known.
  const lacking = (facts.assumed & 1 && (bits & 3) === 0 ? 1 : 0) | (facts.assumed & 2 && (bits & 12) === 0 ? 4 : 0);
  if (lacking !== 0) {
    const relaxed = evaluate(bits | lacking);
    const isStrict = (lacking & 1 && record?.adkim === 's') || (lacking & 4 && record?.aspf === 's');
    if (!isStrict) return { ...relaxed, doubts: relaxed.doubts | doubt['leg-on-its-word'] };
    return either(evaluate(bits | (lacking * 3)), relaxed, doubt['leg-on-its-word']);
  }
  const asked = evaluate(bits);
  // Both legs denied where one of them shows the author's own name: what the receiver means is not known.
  if (facts.denied && (bits & 10) !== 0 && asked.result === 'pass') return either(asked, evaluate(0), doubt.disputed);
  return asked;
}

const none = [1, 0, 0] as const;
const shares = { none, quarantine: [0, 1, 0], reject: [0, 0, 1] } as const;
const fateOf = { none: fates.delivered, quarantine: fates.quarantined, reject: fates.rejected } as const;

function askedBy(verdict: DmarcVerdict): Ask {
  const { result, disposition, sampling, dkimAligned, spfAligned, policyTag, policy, testing } = verdict;
  const base = { result, dkim: dkimAligned, spf: spfAligned, policyTag, policy };
  if (disposition === undefined || disposition === 'pass') {
    return { ...base, likely: none, may: fates.delivered, doubts: 0, softened: false };
  }
  const softened = testing || disposition !== policy || sampling !== undefined;
  if (sampling === undefined)
    return { ...base, likely: shares[disposition], may: fateOf[disposition], doubts: 0, softened };
  const share = sampling.percent / 100;
  const [one, other] = [shares[disposition], shares[sampling.otherwise]];
  const mixed = (at: 0 | 1 | 2): number => one[at] * share + other[at] * (1 - share);
  return {
    ...base,
    likely: [mixed(0), mixed(1), mixed(2)],
    may: fateOf[disposition] | fateOf[sampling.otherwise],
    doubts: doubt.sampling,
    softened,
  };
}

/** The likelier of two asks, with what the other could bring. */
function either(likelier: Ask, other: Ask, why: number): Ask {
  const may = likelier.may | other.may;
  const doubts = likelier.doubts | other.doubts | (likelier.may === other.may ? 0 : why);
  return { ...likelier, may, doubts };
}
