// When each part of a change is made, so that at no moment something leans on what is not there yet, or not there any more.
import { parseKeyRecord } from '../../../standards/dkim/index.ts';
import { parseDmarcRecord, oneStepMilder } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord, Policy } from '../../../standards/dmarc/index.ts';
import { formatTerm, parse, toStrings } from '../../../standards/spf/index.ts';
import type { SpfRecord } from '../../../standards/spf/index.ts';
import { answerBytes } from '../synthesis/layout.ts';
import type { Phase } from './plan.ts';
import type { RecordKind } from './wish.ts';

/** What a set holds from a phase on. */
export type Stage = readonly [phase: Phase, values: readonly string[]];

/** The stages of a set, the last of which is what is wanted. */
export function stagesOf(
  kind: RecordKind,
  name: string,
  before: readonly string[],
  after: readonly string[],
): readonly [Stage, ...Stage[]] {
  switch (kind) {
    case 'spf':
      return [[gains(kind, before, after) === 'only' ? 'widen' : 'switch', after]];
    case 'spf-page':
      return pageStages(name, before, after);
    case 'dkim':
      return [[before.length > 0 && (after.length === 0 || isRevoked(after)) ? 'clean' : 'prepare', after]];
    case 'dmarc':
      return [[asksMore(before, after) ? 'enforce' : 'widen', after]];
    case 'mx':
      return [['enforce', after]];
    case 'mta-sts':
      return [['switch', after]];
    case 'tlsa': {
      // RFC 7671 §8.1: the new record stands beside the old one until every cache has both and the certificate is in place.
      const both = [...before, ...after.filter((value) => !before.includes(value))];
      if (both.length === before.length) return [['clean', after]];
      return both.length === after.length
        ? [['prepare', after]]
        : [
            ['prepare', both],
            ['clean', after],
          ];
    }
    default:
      return [['prepare', after]];
  }
}

/** Whether two sets hold one key each, and the same: what else a record says of it (`t=`, `n=`) takes nobody's signature away. */
export function isSameKey(before: readonly string[], after: readonly string[]): boolean {
  const [old, now] = [before, after].map((values) => {
    const reading = values.length === 1 ? parseKeyRecord(values[0]!) : undefined;
    return reading?.ok === true ? reading.value : undefined;
  });
  return (
    old?.publicKey !== undefined &&
    now?.publicKey !== undefined &&
    old.keyType === now.keyType &&
    old.publicKey.equals(now.publicKey) &&
    // These say which signatures the key is good for.
    (old.hashes ?? []).join() === (now.hashes ?? []).join() &&
    old.services.join() === now.services.join() &&
    old.strict === now.strict
  );
}

function isRevoked(values: readonly string[]): boolean {
  return values.every((value) => /(?:^|;)\s*p=\s*(?:;|$)/.test(value));
}

function pageStages(name: string, before: readonly string[], after: readonly string[]): readonly [Stage, ...Stage[]] {
  if (before.length === 0) return [['prepare', after]];
  if (after.length === 0) return [['clean', after]];
  switch (gains('spf-page', before, after)) {
    case 'only':
      return [['widen', after]];
    case 'none':
      return [['trim', after]];
    default: {
      const both = bothTerms(name, before, after);
      return both === undefined
        ? [['trim', after]]
        : [
            ['widen', both],
            ['trim', after],
          ];
    }
  }
}

const spfOf = (values: readonly string[]): SpfRecord | undefined => {
  const reading = parse(values.find((value) => /^v=spf1/i.test(value)) ?? '');
  return reading.ok ? reading.value : undefined;
};

/** Whether an SPF record only gains terms, gains none, or gains some and loses some. */
function gains(
  kind: 'spf' | 'spf-page',
  before: readonly string[],
  after: readonly string[],
): 'none' | 'only' | 'some' {
  const [old, now] = [spfOf(before), spfOf(after)];
  // From no record, or one that is an error, to one that closes the domain to all others is no widening.
  if (old === undefined || now === undefined) return kind === 'spf' ? 'some' : 'only';
  const [ours, theirs] = [old, now].map((record) => new Set(record.terms.map(formatTerm)));
  const isGaining = [...theirs!].some((term) => !ours!.has(term));
  const isLosing = [...ours!].some((term) => !theirs!.has(term));
  return isGaining ? (isLosing ? 'some' : 'only') : 'none';
}

/** A page with the terms of both its texts, when that fits in an answer. */
function bothTerms(name: string, before: readonly string[], after: readonly string[]): string[] | undefined {
  const [old, now] = [spfOf(before), spfOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const terms = now.terms.map(formatTerm);
  const added = old.terms.filter((term) => 'network' in term).map(formatTerm);
  const own = terms.filter((term) => !/^[-~?]?all$/.test(term));
  const text = ['v=spf1', ...new Set([...own, ...added]), '-all'].join(' ');
  return answerBytes(name, [toStrings(text)]) <= 512 ? [text] : undefined;
}

const order: Readonly<Record<Policy, number>> = { none: 0, quarantine: 1, reject: 2 };

/**
 * What a record asks for, part by part: the policies for the domain, for names below it and for names that do not exist, as receivers of
 * RFC 9989 take them (`t`); the first two as those of RFC 7489 do (`pct`; they know no `np`); and strict alignment.
 */
function parts(record: DmarcRecord | undefined): number[] {
  if (record === undefined) return [0, 0, 0, 0, 0, 0, 0];
  const { p = 'none', sp = p, np = sp } = record;
  const current = (policy: Policy): number => order[record.t === 'y' ? oneStepMilder[policy] : policy];
  const older = (policy: Policy): number => order[record.pct === 0 ? oneStepMilder[policy] : policy];
  const alignment = [Number(record.adkim === 's'), Number(record.aspf === 's')];
  return [current(p), current(sp), current(np), older(p), older(sp), ...alignment];
}

/** Whether a DMARC record asks for more than another in any part, of any generation of receivers. */
export function asksMore(before: readonly string[], after: readonly string[]): boolean {
  const old = parts(dmarcOf(before));
  return parts(dmarcOf(after)).some((asked, at) => asked > old[at]!);
}

/** The strongest policy a record asks for. */
export function strongestPolicy(values: readonly string[]): Policy {
  return strongest(parts(dmarcOf(values)).slice(0, 5));
}

/** The strongest policy a record asks for where people can be: nobody has a mailbox under a name that does not exist. */
export function strongestPolicyForPeople(values: readonly string[]): Policy {
  const [p = 0, sp = 0, , olderP = 0, olderSp = 0] = parts(dmarcOf(values));
  return strongest([p, sp, olderP, olderSp]);
}

function strongest(asked: readonly number[]): Policy {
  const most = Math.max(...asked);
  return most === 2 ? 'reject' : most === 1 ? 'quarantine' : 'none';
}

function dmarcOf(values: readonly string[]): DmarcRecord | undefined {
  const records = values.flatMap((value) => {
    const reading = parseDmarcRecord(value);
    return reading.ok ? [reading.value] : [];
  });
  return records.length === 1 ? records[0] : undefined;
}
