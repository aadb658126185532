// Puts the gate of one domain together.
import { isAtOrBelow } from '../../../standards/dns/index.ts';
import { dayText } from '../../assessment/index.ts';
import { quietDays } from '../../inventory/declared/index.ts';
import type { Role } from '../../posture/index.ts';
import { aheadOf, askedPolicies, heightOf, isQuiet } from '../ladder/rung.ts';
import { rungTags } from '../records/wish.ts';
import type { Rung } from '../records/wish.ts';
import { coverageOf } from '../unseen/coverage.ts';
import { acceptedBy } from './acceptance.ts';
import type { DomainCase, ReadinessCase } from './case.ts';
import { gateSchema, opensOn, stateOf } from './gate.ts';
import type { BesideGate, Gate, GateReason } from './gate.ts';
import type { StreamMail } from './mail.ts';
import { isWanted, lossReasons, oneLegReasons, reason, undecidedReason } from './reasons.ts';
import type { MailCase } from './reasons.ts';

/** Judges. */
export function judgeGate(the: DomainCase, whole: ReadinessCase): Gate {
  const { domain, governed, role, proposal, next, held, days, mails } = the;
  const mailCase: MailCase = {
    streams: whole.inventory.streams,
    rhythmOf: whole.rhythmOf,
    asOf: whole.asOf,
    thresholds: the.thresholds,
  };
  const accept = (reasons: readonly GateReason[]): GateReason[] =>
    reasons.map((each) => {
      const who = each.shuts ? acceptedBy(each, the.acceptances) : undefined;
      return who === undefined ? each : { ...each, shuts: false, acceptedBy: who };
    });
  const reasons = accept(next === undefined ? endReasons(the) : nextReasons(the, whole, mailCase, next));
  const ahead = aheadOf(next);
  const wanted = mails.filter(({ standing }) => isWanted(standing));
  return {
    schema: gateSchema,
    domain,
    asOf: dayText(whole.asOf),
    role: { role, isDecided: the.isRoleDecided, certainty: proposal.certainty, reasons: proposal.reasons },
    record: {
      found: governed.found,
      at: governed.at,
      isReported: governed.isReported,
      softFor: governed.rung?.softFor ?? null,
      hasReportAddress: (governed.record?.rua.length ?? 0) > 0 || governed.isReported,
    },
    rung: governed.rung?.rung ?? null,
    held:
      held === undefined
        ? null
        : {
            since: dayText(held.since),
            days: Math.max(0, whole.asOf - held.since + 1),
            orLonger: held.orLonger,
            from: held.from,
          },
    next: next ?? null,
    end: endOf(role, the),
    gate: next === undefined ? 'end' : stateOf(reasons),
    opens: opensOn(reasons),
    reasons: ordered(reasons),
    today: lossReasons(mailCase, the.costs.today, mails)
      .filter(({ shuts }) => shuts)
      .map((each) => ({ ...each, shuts: false })),
    ahead:
      ahead === undefined
        ? null
        : {
            rung: ahead,
            reasons: ordered(
              accept([
                ...lossReasons(mailCase, the.costs.ahead, mails),
                ...oneLegReasons(mailCase, mails, rungTags[ahead].p === 'reject'),
              ]),
            ),
          },
    beside: { sp: spGate(the, mailCase, accept), np: npGate(the, mailCase, accept) },
    optional: {
      adkim: strictGate('adkim', the, whole, accept),
      aspf: strictGate('aspf', the, whole, accept),
      all: allGate(the, whole, accept),
    },
    evidence: {
      from: days[0] === undefined ? null : dayText(days[0]),
      to: days.at(-1) === undefined ? null : dayText(days.at(-1)!),
      days: days.length,
      messages: mails.reduce((sum, { messages }) => sum + messages, 0),
      wantedMessages: wanted.reduce((sum, { messages }) => sum + messages, 0),
      streams: new Set(wanted.map(({ stream }) => stream)).size,
      covered: coverageOf(days, whole.asOf),
    },
    receivers: {
      heard: whole.receivers.filter(({ lastDay }) => lastDay !== null).map(({ name }) => name),
      silent: whole.receivers.filter(({ lastDay }) => lastDay === null).map(({ name }) => name),
    },
  };
}

/** Domains of people end at quarantine until a person has accepted what reject does to lists (RFC 9989 §7.4). */
function endOf(role: Role, { acceptances, governed }: DomainCase): Rung {
  if (role !== 'users' || acceptances.some((each) => each.reason === 'users')) return 'reject';
  return governed.rung?.rung === 'reject' ? 'reject' : 'quarantine';
}

/** What shuts comes first. */
function ordered(reasons: readonly GateReason[]): GateReason[] {
  return reasons.toSorted((a, b) => Number(b.shuts) - Number(a.shuts));
}

/** What one should know of a domain that stands on its last rung. */
function endReasons({ role, domain, isRoleDecided, proposal }: DomainCase): GateReason[] {
  return [
    ...(role === 'users' ? [reason('gate/users-under-reject', '', { domain }, false, { see: 'RFC 9989 §7.4' })] : []),
    ...(isRoleDecided
      ? []
      : [reason('gate/role-proposed', '', { domain, role, certainty: proposal.certainty }, false)]),
  ];
}

function nextReasons(the: DomainCase, whole: ReadinessCase, mailCase: MailCase, next: Rung): GateReason[] {
  if (the.governed.found === 'unknown')
    return [reason('gate/record-unknown', '', { domain: the.domain }, true, { see: 'RFC 9989 §4.10' })];
  const now = the.governed.rung?.rung;
  if (now !== undefined && heightOf(next) <= heightOf(now))
    return [reason('gate/step-back', '', { rung: now, next }, false)];
  // To listen costs nothing, and nothing is known before.
  if (next === 'none')
    return [reason('gate/listen-first', '', { domain: the.domain }, false, { see: 'RFC 9989 §5.1' })];
  const isReject = rungTags[next].p === 'reject';
  const losses = lossReasons(mailCase, the.costs.next, the.mails);
  const losing = new Set(losses.flatMap(({ streams }) => streams));
  return [
    ...losses,
    ...oneLegReasons(mailCase, the.mails, isReject),
    ...undecidedReason(mailCase, the.mails, losing),
    // A soft rung costs nothing, whatever may come.
    ...declaredReasons(the, whole, !rungTags[next].isSoft),
    ...evidenceReasons(the, whole),
    ...holdReasons(the, whole, next),
    ...skipReasons(the, next),
    ...roleReasons(the, isReject),
  ];
}

function declaredReasons({ domain }: DomainCase, { declared, inventory }: ReadinessCase, shuts: boolean): GateReason[] {
  return declared.unseen
    .filter(({ declaration }) => declaration.domains.some((each) => each === domain || isAtOrBelow(domain, each)))
    .map(({ declaration, mayBeQuiet }) => {
      const { party, sender, rhythm, purpose, id } = declaration;
      const quiet = quietDays(rhythm);
      const by = mayBeQuiet && Number.isFinite(quiet) ? dayText(inventory.period.first + quiet) : undefined;
      return reason(
        by === undefined ? 'gate/declared-unseen' : 'gate/declared-unseen-yet',
        String(id),
        { party, sender, rhythm, purpose, ...(by === undefined ? {} : { by }) },
        shuts,
        by === undefined ? {} : { until: by },
      );
    });
}

function evidenceReasons(the: DomainCase, whole: ReadinessCase): GateReason[] {
  const { governed, days, thresholds, role } = the;
  const reasons: GateReason[] = [];
  const { asOf } = whole;
  const look = thresholds['look-days'];
  const isHeard = (governed.record?.rua.length ?? 0) > 0 || governed.isReported;
  if (!isHeard) reasons.push(reason('gate/no-report-address', '', {}, true, { see: 'RFC 9989 §4.7' }));
  // Where nothing is sent nothing is reported: there the days count on which somebody would have told.
  const first = isQuiet(role) ? (isHeard ? the.askedSince : undefined) : days[0];
  const from = first === undefined ? undefined : Math.max(first, Math.min(whole.inventory.period.first, first));
  const looked = from === undefined ? 0 : asOf - from + 1;
  if (looked < look) {
    const until = from === undefined ? {} : { until: dayText(from + look - 1) };
    reasons.push(reason('gate/short-look', '', { days: looked, wanted: look }, true, until));
  }
  if (the.silence !== undefined) {
    const { last, days: silence, heardOf } = the.silence;
    const values = { last: dayText(last), days: silence };
    reasons.push(
      heardOf === undefined
        ? reason('gate/reports-stopped', '', values, true)
        : reason('gate/nothing-sent', '', { ...values, other: heardOf }, false),
    );
  }
  const silent = whole.receivers.filter(({ lastDay, isKnownToReport }) => lastDay === null && isKnownToReport);
  if (silent.length > 0)
    reasons.push(
      reason(
        'gate/receivers-silent',
        '',
        { names: silent.map(({ name }) => name).join(', '), count: silent.length },
        false,
      ),
    );
  if (governed.rung?.softFor != null)
    reasons.push(reason(softCodes[governed.rung.softFor], '', {}, false, { see: 'RFC 9989 §A.6' }));
  return reasons;
}

const softCodes = { rfc7489: 'gate/soft-for-rfc7489', rfc9989: 'gate/soft-for-rfc9989' } as const;

function holdReasons(
  { governed, held, thresholds, role, isRoleDecided }: DomainCase,
  { asOf }: ReadinessCase,
  next: Rung,
): GateReason[] {
  if (governed.found !== 'own' || governed.rung === undefined || isQuiet(role)) return [];
  const { rung } = governed.rung;
  // The minima of §7.4 are about the policies that count: none, and quarantine.
  const isOfUsers = role === 'users' && (rung === 'none' || rung === 'quarantine');
  const wanted = thresholds[isOfUsers ? 'hold-days-users' : 'hold-days'];
  const see = isOfUsers ? { see: 'RFC 9989 §7.4' } : {};
  if (held === undefined)
    return [reason('gate/hold-unknown', '', { rung, wanted, next }, isRoleDecided && isOfUsers, see)];
  const days = asOf - held.since + 1;
  if (days >= wanted) return [];
  const by = dayText(held.since + wanted - 1);
  return [
    reason('gate/held-too-short', '', { rung, days, wanted, since: dayText(held.since), by }, true, {
      ...see,
      until: by,
    }),
  ];
}

/** Rungs that lie between are there to show something before it costs mail. */
function skipReasons({ governed, role }: DomainCase, next: Rung): GateReason[] {
  if (isQuiet(role)) return [];
  const skipped = heightOf(next) - (governed.rung === undefined ? -1 : heightOf(governed.rung.rung)) - 1;
  return skipped > 0 ? [reason('gate/skips-rungs', '', { next, count: skipped }, true, { see: 'RFC 9989 §A.6' })] : [];
}

function roleReasons({ role, isRoleDecided, proposal, domain }: DomainCase, isReject: boolean): GateReason[] {
  const reasons: GateReason[] = [];
  if (!isRoleDecided)
    reasons.push(
      reason(
        'gate/role-proposed',
        '',
        { domain, role, certainty: proposal.certainty },
        // One step to the end rests on what the domain is thought to be for.
        isReject && (isQuiet(role) ? proposal.certainty !== 'firm' : proposal.certainty === 'open'),
      ),
    );
  if (isReject && role === 'users') reasons.push(reason('gate/users', '', { domain }, true, { see: 'RFC 9989 §7.4' }));
  return reasons;
}

type Accept = (reasons: readonly GateReason[]) => GateReason[];

function spGate({ governed, next, below, costs }: DomainCase, mailCase: MailCase, accept: Accept): BesideGate {
  const { record } = governed;
  const now = record === undefined ? 'none' : askedPolicies(record).sp;
  const target = next === undefined ? (record === undefined ? 'reject' : askedPolicies(record).p) : rungTags[next].p;
  const reasons = accept([
    // Receivers of RFC 7489 know no `np`: to them `sp` holds for names that do not exist too.
    ...lossReasons(mailCase, costs.sp, [...below.sp, ...below.np]),
    ...oneLegReasons(mailCase, below.sp, target === 'reject'),
  ]);
  return besideGate(now, target, governed.found === 'own' && now === target, reasons);
}

function npGate(
  { governed, below, costs, thresholds, hasWildcard, domain }: DomainCase,
  mailCase: MailCase,
  accept: Accept,
): BesideGate {
  const { record } = governed;
  const now = record === undefined ? 'none' : askedPolicies(record).np;
  const since = mailCase.asOf - thresholds['np-days'];
  // A month without an undecided stream: what came before that has gone elsewhere. Of a wanted one its own habits tell whether it has.
  const recent = new Set(below.np.filter(({ lastDay }) => lastDay > since).map(({ stream }) => stream));
  const wildcard = hasWildcard ? [reason('gate/wildcard', '', { domain }, false, { see: 'RFC 9989 §4.10.1' })] : [];
  const reasons = accept([
    ...wildcard,
    ...lossReasons(
      mailCase,
      costs.np.filter(({ stream, standing }) => isWanted(standing) || recent.has(stream)),
      below.np,
    ),
  ]);
  return besideGate(now, 'reject', governed.found === 'own' && now === 'reject', reasons);
}

function besideGate(now: string, target: string, isSet: boolean, reasons: readonly GateReason[]): BesideGate {
  return { now, target, gate: isSet ? 'set' : stateOf(reasons), reasons: ordered(reasons) };
}

const strictCodes = { adkim: 'gate/strict-adkim', aspf: 'gate/strict-aspf' } as const;

/**
 * Strictness costs nothing where no wanted mail stands on a leg that is aligned relaxedly only: of the domain, and of the names below it
 * that its record governs, for which it says how alignment is asked for too (RFC 9989 §4.7).
 */
function strictGate(tag: 'adkim' | 'aspf', the: DomainCase, whole: ReadinessCase, accept: Accept): BesideGate {
  const now = the.governed.record?.[tag] ?? 'r';
  const { streams } = whole.inventory;
  const legOf = ({ legs }: StreamMail): number => legs.both + (tag === 'adkim' ? legs.dkimOnly : legs.spfOnly);
  const keyOf = ({ stream, standing, author }: StreamMail): string => `${stream} ${standing} ${author}`;
  const strictly = new Map(the.strict[tag].map((mail) => [keyOf(mail), mail]));
  const byStream = new Map<number, { messages: number; lost: number; fails: number }>();
  for (const mail of [...the.mails, ...the.below.sp, ...the.below.np]) {
    if (!isWanted(mail.standing)) continue;
    const other = strictly.get(keyOf(mail));
    const lost = legOf(mail) - (other === undefined ? 0 : legOf(other));
    if (lost <= 0) continue;
    const sum = byStream.get(mail.stream) ?? { messages: 0, lost: 0, fails: 0 };
    sum.messages += mail.messages;
    sum.lost += lost;
    sum.fails += (other?.legs.neither ?? 0) - mail.legs.neither;
    byStream.set(mail.stream, sum);
  }
  const reasons = [...byStream].map(([stream, sums]) => {
    const { id, name } = streams[stream]!;
    return reason(strictCodes[tag], id, { stream: name, id, ...sums }, true, { streams: [id], see: 'RFC 9989 §8' });
  });
  // What was never seen may stand on the leg in question.
  return besideGate(now, 's', now === 's', accept([...reasons, ...declaredReasons(the, whole, true)]));
}

/**
 * `-all` can end mail at MAIL FROM, whatever its signature says (RFC 9989 §7.1): forwarded mail first of all, and mail of other author
 * domains that uses this one for its envelope or as its HELO name.
 */
function allGate(the: DomainCase, whole: ReadinessCase, accept: Accept): BesideGate | null {
  const { domain, spfAll, leaning } = the;
  if (spfAll === null) return null;
  const { streams } = whole.inventory;
  const byStream = new Map<number, { messages: number; most: number }>();
  for (const { stream, author, messages, failing } of leaning) {
    if (author !== domain) continue;
    const sum = byStream.get(stream) ?? { messages: 0, most: 0 };
    byStream.set(stream, { messages: sum.messages + messages, most: sum.most + failing });
  }
  const reasons = [...byStream].flatMap(([number, { messages, most }]) => {
    const stream = streams[number];
    if (stream === undefined) return [];
    const values = { stream: stream.name, id: stream.id, messages, most };
    return [reason('gate/turned-away', stream.id, values, true, { streams: [stream.id], see: 'RFC 9989 §7.1' })];
  });
  const others = leaningReasons(
    leaning.filter(({ author }) => author !== domain),
    streams,
  );
  const unseen = declaredReasons(the, whole, true);
  return besideGate(spfAll, '-all', spfAll === '-all', accept([...reasons, ...others, ...unseen]));
}

function leaningReasons(leaning: DomainCase['leaning'], streams: MailCase['streams']): GateReason[] {
  const byStream = new Map<number, { messages: number; readonly authors: Set<string> }>();
  for (const { stream, author, failing } of leaning) {
    const sum = byStream.get(stream) ?? { messages: 0, authors: new Set<string>() };
    sum.messages += failing;
    sum.authors.add(author);
    byStream.set(stream, sum);
  }
  return [...byStream].flatMap(([number, { messages, authors }]) => {
    const stream = streams[number];
    if (stream === undefined) return [];
    const values = {
      stream: stream.name,
      id: stream.id,
      messages,
      authors: [...authors].slice(0, 3).join(', ') + (authors.size > 3 ? ` +${authors.size - 3}` : ''),
    };
    return [reason('gate/leans-on-record', stream.id, values, true, { streams: [stream.id], see: 'RFC 9989 §7.1' })];
  });
}
