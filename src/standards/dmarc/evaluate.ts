// The verdict of DMARC on a message, from facts (RFC 9989 §5.3; RFC 7489 §6.6 for receivers of the older generation). The facts
// of a message, of a row of a report, and of a row under records that are only planned have one shape, so they have one judge.
// It runs for every class of mail in a what-if: no text is read here and no name is looked up.
import type { Problem } from '../problem.ts';
import { alignmentBits } from './alignment.ts';
import type { IdentifierFinding } from './alignment.ts';
import { oneStepMilder } from './record.ts';
import type { DmarcRecord, FoundPolicy, Policy, PolicyTag, ReceiverGeneration } from './record.ts';

/** Whether the Author Domain is in the DNS (RFC 9989 §3.2.13: only NXDOMAIN means that it is not). `unknown`: the DNS did not say. */
export type Existence = 'exists' | 'no-such-name' | 'unknown';

export interface DmarcFacts {
  readonly receiver: ReceiverGeneration;
  /** Whether the receiver knows `np`; when not given, as the text has it. RFC 9091 brought the tag to receivers of RFC 7489. */
  readonly knowsNp?: boolean;
  /** The record that governs the Author Domain; `none` when there is none, `unknown` when the DNS did not answer. */
  readonly policy: FoundPolicy | 'none' | 'unknown';
  /** Taken for `exists` when it is not given. Only a record with `np` that is inherited asks for it. */
  readonly existence?: Existence;
  /** What SPF and DKIM vouch for: `alignmentBits`, or each identifier by itself. */
  readonly identifiers: number | readonly IdentifierFinding[];
}

export interface DmarcVerdict {
  /** `none`: DMARC does not apply. `temperror`: it can be neither passed nor failed now (RFC 9989 §5.3.6). */
  readonly result: 'fail' | 'none' | 'pass' | 'temperror';
  /** The nearest identifier that passed, whatever the record asks for. */
  readonly dkim: 'none' | 'relaxed' | 'strict';
  readonly spf: 'none' | 'relaxed' | 'strict';
  /** Whether that is near enough for the record's `adkim` and `aspf`. */
  readonly dkimAligned: boolean;
  readonly spfAligned: boolean;
  /** Which tag speaks for this Author Domain, and what it says; `undefined` when DMARC does not apply or it is not known which. */
  readonly policyTag: PolicyTag | undefined;
  readonly policy: Policy | undefined;
  /** The owner is testing (`t=y`) and the receiver knows that tag. */
  readonly testing: boolean;
  /**
   * What the owner asks to be done with this message, `t` and `pct` taken into account; `pass` when it passed (RFC 9990
   * §3.1.1.10); `undefined` when nothing is asked. Receivers have the last word (RFC 9989 §5.4).
   */
  readonly disposition: Policy | 'pass' | undefined;
  /** RFC 7489 §6.6.4, `pct` between 0 and 100: the disposition is asked for this percentage, `otherwise` for the rest. */
  readonly sampling: { readonly percent: number; readonly otherwise: Policy } | undefined;
  /** Why, in the order in which it was decided; `words/dmarc` has the sentences. */
  readonly reasons: readonly Problem[];
}

/** What a record asks for once §4.10.1 has dealt with policies that are missing or wrong. */
export interface EffectivePolicies {
  readonly p: Policy;
  readonly sp: Policy | undefined;
  readonly np: Policy | undefined;
  /** A policy was missing or wrong, and the record acts as `p=none` for the sake of its reports. */
  readonly actsAsNone: boolean;
}

/**
 * The policies of a record as a receiver takes them (RFC 9989 §4.10.1; RFC 7489 §6.6.3 step 6, which does not know `np`). With
 * `p` missing or wrong, or `sp` or `np` wrong: `p=none` when `rua` has a URI that is well formed, else nothing at all. §4.7 reads
 * milder on a missing `p`, and points to §4.10.1, which decides.
 *
 * @param knowsNp whether the receiver knows `np`; when not given, as the text has it
 * @returns `undefined` when the record has no effect
 */
export function effectivePolicies(
  record: DmarcRecord,
  receiver: ReceiverGeneration,
  knowsNp: boolean = receiver === 'rfc9989',
): EffectivePolicies | undefined {
  const { p, sp, np, invalidPolicies } = record;
  const wrong = invalidPolicies.some(({ tag }) => tag !== 'np' || knowsNp);
  if (p === undefined || wrong) {
    return record.rua.length > 0 ? { p: 'none', sp: undefined, np: undefined, actsAsNone: true } : undefined;
  }
  return { p, sp, np: knowsNp ? np : undefined, actsAsNone: false };
}

/** Judges facts. Never throws, whatever they are. */
export function evaluateDmarc(facts: DmarcFacts): DmarcVerdict {
  const { policy: found, receiver, identifiers } = facts;
  const bits = typeof identifiers === 'number' ? identifiers : passedBits(identifiers);
  const dkim = nearest(bits);
  const spf = nearest(bits >> 2);
  if (found === 'unknown') return notJudged('temperror', dkim, spf, reasonPolicyUnknown);
  if (found === 'none') return notJudged('none', dkim, spf, reasonNoPolicy);
  const { record, domain } = found;
  const policies = effectivePolicies(record, receiver, facts.knowsNp);
  const see = receiver === 'rfc9989' ? 'RFC 9989 §4.10.1' : 'RFC 7489 §6.6.3';
  if (policies === undefined) {
    return notJudged('none', dkim, spf, { code: 'dmarc/record-without-effect', values: { domain }, see });
  }

  const reasons: Problem[] = [];
  if (policies.actsAsNone) reasons.push({ code: 'dmarc/acts-as-none', values: { domain }, see });
  const policyTag = tagFor(found, policies, facts.existence ?? 'exists');
  const policy = policyTag === undefined ? undefined : (policies[policyTag] ?? policies.p);
  if (policyTag === undefined || policy === undefined) reasons.push(reasonExistenceUnknown);
  else reasons.push({ code: policyCodes[found.place], values: { domain, tag: policyTag, policy }, see });

  const dkimAligned = nearEnough(bits, record.adkim);
  const spfAligned = nearEnough(bits >> 2, record.aspf);
  if (dkim !== 'none') reasons.push(dkimAligned ? reasonAligned.dkim[dkim] : reasonNotStrict.dkim);
  if (spf !== 'none') reasons.push(spfAligned ? reasonAligned.spf[spf] : reasonNotStrict.spf);
  let result: DmarcVerdict['result'] = 'fail';
  let disposition: DmarcVerdict['disposition'];
  let sampling: DmarcVerdict['sampling'];
  if (dkimAligned || spfAligned) {
    // A message that passes asks for nothing, so it does not matter which policy it escaped.
    result = 'pass';
    disposition = 'pass';
  } else if (isOpen(identifiers, record)) {
    result = 'temperror';
    reasons.push(reasonOpenIdentifier);
  } else if (policy === undefined) {
    result = 'temperror';
  } else {
    if (bits === 0) reasons.push(reasonNothingAligned);
    disposition = policy;
    const percent = percentOf(record, receiver);
    const milder = oneStepMilder[policy];
    if (percent < 100 && milder !== policy) {
      reasons.push(reasonSofter(receiver, policy, milder, percent));
      if (percent <= 0) disposition = milder;
      else sampling = { percent, otherwise: milder };
    }
  }
  const testing = receiver === 'rfc9989' && record.t === 'y';
  return { result, dkim, spf, dkimAligned, spfAligned, policyTag, policy, testing, disposition, sampling, reasons };
}

/**
 * Which tag speaks (RFC 9989 §4.10.1): `p` at the Author Domain itself; from above `np` for a name that does not exist, `sp` for
 * one that does, and `p` in place of what is not there. `undefined`: it turns on whether the name exists, and that is not known.
 */
function tagFor(found: FoundPolicy, policies: EffectivePolicies, existence: Existence): PolicyTag | undefined {
  if (found.place === 'author-domain') return 'p';
  const ofExisting = policies.sp === undefined ? 'p' : 'sp';
  if (policies.np === undefined || existence === 'exists') return ofExisting;
  if (existence === 'no-such-name') return 'np';
  return policies.np === policies[ofExisting] ? ofExisting : undefined;
}

/**
 * To how many of the messages that fail the policy applies; the others meet one step milder. RFC 9989's `t=y` (§4.7) is 0 and
 * RFC 7489's `pct` (§6.6.4) what it says. Each generation ignores the other's tag.
 */
function percentOf(record: DmarcRecord, receiver: ReceiverGeneration): number {
  if (receiver === 'rfc9989') return record.t === 'y' ? 0 : 100;
  return record.pct ?? 100;
}

/** The alignment bits of what passed. */
function passedBits(findings: readonly IdentifierFinding[]): number {
  let bits = 0;
  for (const { mechanism, result, alignment } of findings) {
    if (result === 'pass' && (alignment === 'strict' || alignment === 'relaxed')) {
      bits |= (alignment === 'strict' ? 3 : 1) << (mechanism === 'dkim' ? 0 : 2);
    }
  }
  return bits;
}

/**
 * Whether an answer that did not come could have made the message pass (RFC 9989 §5.3.6, RFC 7489 §6.6.2): a temporary error
 * on a domain that is, or may be, aligned, or a domain that passed and whose Organizational Domain the DNS did not tell.
 */
function isOpen(identifiers: DmarcFacts['identifiers'], record: DmarcRecord): boolean {
  if (typeof identifiers === 'number') return false;
  return identifiers.some(({ mechanism, result, alignment }) => {
    if (result !== 'temperror' && !(result === 'pass' && alignment === 'unknown')) return false;
    const mode = mechanism === 'dkim' ? record.adkim : record.aspf;
    return alignment === 'strict' || ((alignment === 'relaxed' || alignment === 'unknown') && mode !== 's');
  });
}

function nearest(bits: number): 'none' | 'relaxed' | 'strict' {
  if ((bits & alignmentBits.dkimStrict) !== 0) return 'strict';
  return (bits & alignmentBits.dkimRelaxed) === 0 ? 'none' : 'relaxed';
}

function nearEnough(bits: number, mode: 'r' | 's' | undefined): boolean {
  return (bits & (mode === 's' ? 2 : 3)) !== 0;
}

function notJudged(
  result: 'none' | 'temperror',
  dkim: DmarcVerdict['dkim'],
  spf: DmarcVerdict['spf'],
  reason: Problem,
): DmarcVerdict {
  return {
    result,
    dkim,
    spf,
    dkimAligned: false,
    spfAligned: false,
    policyTag: undefined,
    policy: undefined,
    testing: false,
    disposition: undefined,
    sampling: undefined,
    reasons: [reason],
  };
}

function reasonSofter(receiver: ReceiverGeneration, policy: Policy, milder: Policy, percent: number): Problem {
  if (receiver === 'rfc9989') {
    return { code: 'dmarc/testing', values: { policy, disposition: milder }, see: 'RFC 9989 §4.7' };
  }
  return { code: 'dmarc/sampled', values: { policy, disposition: milder, percent }, see: 'RFC 7489 §6.6.4' };
}

const policyCodes = {
  'author-domain': 'dmarc/policy-of-author-domain',
  'organizational-domain': 'dmarc/policy-of-organizational-domain',
  'public-suffix-domain': 'dmarc/policy-of-public-suffix-domain',
} as const;
const reasonExistenceUnknown: Problem = { code: 'dmarc/existence-unknown', see: 'RFC 9989 §4.10.1' };
const reasonNoPolicy: Problem = { code: 'dmarc/no-policy', see: 'RFC 9989 §4.10.1' };
const reasonPolicyUnknown: Problem = { code: 'dmarc/policy-unknown', see: 'RFC 9989 §5.3.6' };
const reasonOpenIdentifier: Problem = { code: 'dmarc/alignment-unknown', see: 'RFC 9989 §5.3.6' };
const reasonNothingAligned: Problem = { code: 'dmarc/nothing-aligned', see: 'RFC 9989 §5.3.5' };
const reasonAligned = {
  dkim: {
    strict: { code: 'dmarc/dkim-aligned-strict', see: 'RFC 9989 §3.2.10.2' },
    relaxed: { code: 'dmarc/dkim-aligned-relaxed', see: 'RFC 9989 §3.2.10.1' },
  },
  spf: {
    strict: { code: 'dmarc/spf-aligned-strict', see: 'RFC 9989 §3.2.10.2' },
    relaxed: { code: 'dmarc/spf-aligned-relaxed', see: 'RFC 9989 §3.2.10.1' },
  },
} as const;
const reasonNotStrict = {
  dkim: { code: 'dmarc/dkim-not-strict', see: 'RFC 9989 §4.7' },
  spf: { code: 'dmarc/spf-not-strict', see: 'RFC 9989 §4.7' },
} as const;
