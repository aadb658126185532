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
  /** Which tag speaks for this Author Domain, and what it says; absent when DMARC does not apply or it is not known which. */
  readonly policyTag?: PolicyTag;
  readonly policy?: Policy;
  /** The owner is testing (`t=y`) and the receiver knows that tag. */
  readonly testing: boolean;
  /**
   * What the owner asks to be done with this message, `t` and `pct` taken into account; `pass` when it passed (RFC 9990
   * §3.1.1.10). Absent when nothing is asked. Receivers have the last word (RFC 9989 §5.4).
   */
  readonly disposition?: Policy | 'pass';
  /** RFC 7489 §6.6.4, `pct` between 0 and 100: the disposition is asked for this percentage, `otherwise` for the rest. */
  readonly sampling?: { readonly percent: number; readonly otherwise: Policy };
  /** Why, in the order in which it was decided; `words/dmarc` has the sentences. */
  readonly reasons: readonly Problem[];
}

/** What a record asks for once §4.10.1 has dealt with policies that are missing or wrong; `undefined`: it has no effect. */
export interface EffectivePolicies {
  readonly p: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  /** A policy was missing or wrong, and the record acts as `p=none` for the sake of its reports. */
  readonly actsAsNone: boolean;
}

/**
 * The policies of a record as a receiver takes them (RFC 9989 §4.10.1; RFC 7489 §6.6.3 step 6, which does not know `np`). With
 * `p` missing or wrong, or `sp` or `np` wrong: `p=none` when `rua` has a URI that is well formed, else nothing at all. §4.7 reads
 * milder on a missing `p`, and points to §4.10.1, which decides.
 */
export function effectivePolicies(record: DmarcRecord, receiver: ReceiverGeneration): EffectivePolicies | undefined {
  const knowsNp = receiver === 'rfc9989';
  const wrong = record.invalidPolicies.some(({ tag }) => tag !== 'np' || knowsNp);
  if (record.p === undefined || wrong) return record.rua.length > 0 ? { p: 'none', actsAsNone: true } : undefined;
  return {
    p: record.p,
    ...(record.sp === undefined ? {} : { sp: record.sp }),
    ...(record.np === undefined || !knowsNp ? {} : { np: record.np }),
    actsAsNone: false,
  };
}

/** Judges facts. Never throws, whatever they are. */
export function evaluateDmarc(facts: DmarcFacts): DmarcVerdict {
  const { policy: found, receiver } = facts;
  const [bits, openBits] =
    typeof facts.identifiers === 'number' ? [facts.identifiers, 0] : bitsOfFindings(facts.identifiers);
  const dkim = nearest(bits);
  const spf = nearest(bits >> 2);
  if (found === 'unknown') return open(dkim, spf, [reasonPolicyUnknown]);
  if (found === 'none') return notApplied(dkim, spf, [reasonNoPolicy]);
  const { record } = found;
  const policies = effectivePolicies(record, receiver);
  if (policies === undefined) {
    return notApplied(dkim, spf, [
      { code: 'dmarc/record-without-effect', values: { domain: found.domain }, see: 'RFC 9989 §4.10.1' },
    ]);
  }

  const reasons: Problem[] = [];
  if (policies.actsAsNone) {
    reasons.push({ code: 'dmarc/acts-as-none', values: { domain: found.domain }, see: 'RFC 9989 §4.10.1' });
  }
  const existence = facts.existence ?? 'exists';
  const policyTag = tagFor(found, policies, existence);
  const dkimAligned = nearEnough(bits, record.adkim);
  const spfAligned = nearEnough(bits >> 2, record.aspf);
  const passed = dkimAligned || spfAligned;
  sayAlignment(reasons, 'dkim', dkim, dkimAligned);
  sayAlignment(reasons, 'spf', spf, spfAligned);

  const testing = receiver === 'rfc9989' && record.t === 'y';
  const undecided = !passed && (nearEnough(openBits, record.adkim) || nearEnough(openBits >> 2, record.aspf));
  if (undecided) reasons.push(reasonOpenIdentifier);
  // A message that passes asks for nothing, so it does not matter which policy it escaped.
  if (policyTag === undefined) {
    reasons.push({ code: 'dmarc/existence-unknown', see: 'RFC 9989 §4.10.1' });
    return {
      ...(passed ? { result: 'pass', disposition: 'pass' } : { result: 'temperror' }),
      dkim,
      spf,
      dkimAligned,
      spfAligned,
      testing,
      reasons,
    };
  }
  const policy = policies[policyTag] ?? policies.p;
  reasons.push({
    code: `dmarc/policy-of-${found.place}`,
    values: { domain: found.domain, tag: policyTag, policy },
    see: receiver === 'rfc9989' ? 'RFC 9989 §4.10.1' : 'RFC 7489 §6.6.3',
  });
  if (passed || undecided) {
    return {
      ...(passed ? { result: 'pass', disposition: 'pass' } : { result: 'temperror' }),
      dkim,
      spf,
      dkimAligned,
      spfAligned,
      policyTag,
      policy,
      testing,
      reasons,
    };
  }
  if (dkim === 'none' && spf === 'none') reasons.push(reasonNothingAligned);
  const asked = softened(record, receiver, policy, reasons);
  return { result: 'fail', dkim, spf, dkimAligned, spfAligned, policyTag, policy, testing, ...asked, reasons };
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

/** What `t` (RFC 9989 §4.7) or `pct` (RFC 7489 §6.6.4) leave of a policy. Each generation ignores the other's tag. */
function softened(
  record: DmarcRecord,
  receiver: ReceiverGeneration,
  policy: Policy,
  reasons: Problem[],
): Pick<DmarcVerdict, 'disposition' | 'sampling'> {
  const milder = oneStepMilder[policy];
  if (receiver === 'rfc9989') {
    if (record.t !== 'y' || milder === policy) return { disposition: policy };
    reasons.push({ code: 'dmarc/testing', values: { policy, disposition: milder }, see: 'RFC 9989 §4.7' });
    return { disposition: milder };
  }
  const percent = record.pct ?? 100;
  if (percent >= 100 || milder === policy) return { disposition: policy };
  reasons.push({ code: 'dmarc/sampled', values: { policy, disposition: milder, percent }, see: 'RFC 7489 §6.6.4' });
  if (percent <= 0) return { disposition: milder };
  return { disposition: policy, sampling: { percent, otherwise: milder } };
}

/**
 * The bits of what passed, and of what was left open: a temporary error on a domain that may be aligned, or a domain that
 * passed and whose Organizational Domain the DNS did not tell.
 */
function bitsOfFindings(findings: readonly IdentifierFinding[]): [passed: number, open: number] {
  let passed = 0;
  let left = 0;
  for (const { mechanism, result, alignment } of findings) {
    const bits = (alignment === 'strict' ? 3 : alignment === 'none' ? 0 : 1) << (mechanism === 'dkim' ? 0 : 2);
    if (result === 'pass' && alignment !== 'unknown') passed |= bits;
    else if (result === 'temperror' || (result === 'pass' && alignment === 'unknown')) left |= bits;
  }
  return [passed, left];
}

function nearest(bits: number): 'none' | 'relaxed' | 'strict' {
  if ((bits & alignmentBits.dkimStrict) !== 0) return 'strict';
  return (bits & alignmentBits.dkimRelaxed) === 0 ? 'none' : 'relaxed';
}

function nearEnough(bits: number, mode: 'r' | 's' | undefined): boolean {
  return (bits & (mode === 's' ? 2 : 3)) !== 0;
}

function sayAlignment(
  reasons: Problem[],
  mechanism: 'dkim' | 'spf',
  nearness: 'none' | 'relaxed' | 'strict',
  aligned: boolean,
): void {
  if (nearness === 'none') return;
  reasons.push(aligned ? reasonAligned[mechanism][nearness] : reasonNotStrict[mechanism]);
}

function open(dkim: DmarcVerdict['dkim'], spf: DmarcVerdict['spf'], reasons: Problem[]): DmarcVerdict {
  return { result: 'temperror', dkim, spf, dkimAligned: false, spfAligned: false, testing: false, reasons };
}

function notApplied(dkim: DmarcVerdict['dkim'], spf: DmarcVerdict['spf'], reasons: Problem[]): DmarcVerdict {
  return { result: 'none', dkim, spf, dkimAligned: false, spfAligned: false, testing: false, reasons };
}

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
