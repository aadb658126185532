// What senders saw of the mail servers of a domain, as their TLS reports tell (RFC 8460), and whether an MTA-STS policy may be enforced by it:
// under `enforce` a sender does not deliver where STARTTLS or the certificate fails (RFC 8461 §5).
import type { Problem } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { TlsTold } from '../../ingestion/index.ts';
import type { Doubt } from '../records/wish.ts';

/** The thresholds of MTA-STS: settings, each with a default that is argued in docs/opinions.md. None is a share of sessions. */
export const stsThresholds = [
  {
    name: 'mta-sts/tried-days',
    default: 14,
    about: 'days that an MTA-STS policy is seen in the mode testing before enforce',
  },
  {
    name: 'mta-sts/look-back-days',
    default: 28,
    about: 'days of TLS reports that count, back from the day it is about',
  },
  {
    name: 'mta-sts/report-days',
    default: 7,
    about: 'days of which TLS reports must tell of secured sessions before enforce',
  },
  { name: 'mta-sts/sessions', default: 20, about: 'secured sessions that TLS reports must tell of before enforce' },
  {
    name: 'mta-sts/mended-days',
    default: 7,
    about:
      'days without a failure at a mail server, with sessions of those who saw it, after which it counts as mended',
  },
] as const;

export type StsThresholds = Readonly<Record<(typeof stsThresholds)[number]['name'], number>>;

/** What is set, else the defaults. */
export function stsThresholdsOf(setting: (name: string) => string | undefined): StsThresholds {
  return Object.fromEntries(
    stsThresholds.map(({ name, default: usual }) => [name, Number(setting(name) ?? usual)]),
  ) as Record<keyof StsThresholds, number>;
}

/**
 * What a failure would do under `enforce`.
 * - `lose`: the sender would not deliver
 * - `no-policy`: the sender did not get the policy, and goes on without one (RFC 8461 §5.1)
 * - `dane`: it is of DANE, which MTA-STS changes nothing of (RFC 8461 §2)
 */
export type TlsEffect = 'dane' | 'lose' | 'no-policy';

/** Sessions that failed in one way at one mail server. */
export interface TlsFailing {
  /** As on the wire; `''` where no report says. */
  readonly type: string;
  readonly mx: string;
  readonly sessions: number;
  readonly reporters: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly effect: TlsEffect;
  /** Why it keeps nobody from enforcing: at no server of the domain, or not seen any more by those who saw it. */
  readonly explained?: 'mended' | 'not-ours';
}

/** What was told of a domain in the days that count. */
export interface TlsSeen {
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Days with secured sessions. */
  readonly days: number;
  readonly reporters: readonly string[];
  readonly successful: number;
  readonly failed: number;
  /** The most sessions first. */
  readonly failures: readonly TlsFailing[];
  /** The first and the last day on which a sender had the policy in the mode testing, none of enforce between. */
  readonly testing?: { readonly since: Day; readonly until: Day };
}

const ofDane = new Set(['dane-required', 'dnssec-invalid', 'tlsa-invalid']);
const ofFetching = new Set(['sts-policy-fetch-error', 'sts-policy-invalid', 'sts-webpki-invalid']);

function effectOf(policyType: string, type: string): TlsEffect {
  if (ofFetching.has(type)) return 'no-policy';
  if (ofDane.has(type)) return 'dane';
  // Under DANE certificates are held against TLSA records; whether there is STARTTLS is the same for all.
  return policyType === 'tlsa' && type !== 'starttls-not-supported' ? 'dane' : 'lose';
}

/**
 * Sums up what was told of one domain; `undefined` when nothing was.
 *
 * @param hosts the mail servers of the domain; empty where they are not known
 * @param mendedDays see the thresholds
 */
export function tlsSeen(told: readonly TlsTold[], hosts: readonly string[], mendedDays: number): TlsSeen | undefined {
  if (told.length === 0) return undefined;
  const lastDay = Math.max(...told.map(({ day }) => day));
  // By reporter: the last day of which it told of secured sessions.
  const goodUntil = new Map<string, Day>();
  for (const { reporter, day, successful } of told)
    if (successful > 0) goodUntil.set(reporter, Math.max(day, goodUntil.get(reporter) ?? -Infinity));
  const failing = new Map<string, Omit<TlsFailing, 'explained' | 'reporters'> & { readonly by: Map<string, Day> }>();
  for (const { reporter, day, policyType, failures } of told) {
    for (const { type, mx, sessions } of failures) {
      const effect = effectOf(policyType, type);
      const key = `${effect} ${type} ${mx}`;
      const before = failing.get(key);
      const by = before?.by ?? new Map<string, Day>();
      by.set(reporter, Math.max(day, by.get(reporter) ?? -Infinity));
      failing.set(key, {
        type,
        mx,
        effect,
        by,
        sessions: sessions + (before?.sessions ?? 0),
        firstDay: Math.min(day, before?.firstDay ?? Infinity),
        lastDay: Math.max(day, before?.lastDay ?? -Infinity),
      });
    }
  }
  const failures = [...failing.values()].map(({ by, ...each }): TlsFailing => {
    const isMended =
      lastDay - each.lastDay >= mendedDays &&
      [...by].every(([reporter, last]) => (goodUntil.get(reporter) ?? last) > last);
    const isOthers = each.mx !== '' && hosts.length > 0 && !hosts.includes(each.mx);
    const explained = isOthers ? 'not-ours' : isMended ? 'mended' : undefined;
    return { ...each, reporters: by.size, ...(explained === undefined ? {} : { explained }) };
  });
  const testing = testingOf(told);
  return {
    firstDay: Math.min(...told.map(({ day }) => day)),
    lastDay,
    days: new Set(told.flatMap(({ day, successful }) => (successful > 0 ? [day] : []))).size,
    reporters: [...new Set(told.map(({ reporter }) => reporter))].sort(),
    successful: told.reduce((sum, each) => sum + each.successful, 0),
    failed: told.reduce((sum, each) => sum + each.failed, 0),
    failures: failures.sort(
      (one, other) => other.sessions - one.sessions || (`${one.type} ${one.mx}` < `${other.type} ${other.mx}` ? -1 : 1),
    ),
    ...(testing === undefined ? {} : { testing }),
  };
}

/** Since when senders have a policy in the mode testing. */
function testingOf(told: readonly TlsTold[]): TlsSeen['testing'] {
  const otherwise = Math.max(...told.map(({ day, mode }) => (mode === 'enforce' || mode === 'none' ? day : -Infinity)));
  const days = told.flatMap(({ day, mode }) => (mode === 'testing' && day > otherwise ? [day] : []));
  return days.length === 0 ? undefined : { since: Math.min(...days), until: Math.max(...days) };
}

/** What a failure is called in a sentence: its type and the server. */
function valuesOf(name: string, { type, mx, sessions, reporters, lastDay }: TlsFailing): Doubt['values'] {
  return {
    name,
    type: type === '' ? '?' : type,
    mx: mx === '' ? name : mx,
    sessions,
    reporters,
    day: dayText(lastDay),
  };
}

/** Failures by which mail would be lost under `enforce`, that nothing explains. */
function losing(seen: TlsSeen | undefined): readonly TlsFailing[] {
  return seen?.failures.filter(({ effect, explained }) => effect === 'lose' && explained === undefined) ?? [];
}

/**
 * Why a policy should not be enforced yet; empty when the evidence allows it.
 *
 * @param since the first day on which the policy was known to be tried
 */
export function stsDoubts(
  name: string,
  seen: TlsSeen | undefined,
  since: Day | undefined,
  asOf: Day,
  thresholds: StsThresholds,
): Doubt[] {
  const doubts: Doubt[] = failureDoubts(name, seen);
  const tried = thresholds['mta-sts/tried-days'];
  if (since === undefined || asOf - since < tried)
    doubts.push({
      code: 'plan/sts-too-soon',
      values: { name, days: since === undefined ? 0 : asOf - since, least: tried },
      see: 'RFC 8461 §5',
      safer: 'plan/safer-sts-wait',
    });
  if (seen === undefined) {
    const values = { name, days: thresholds['mta-sts/look-back-days'] };
    doubts.push({ code: 'plan/sts-not-seen', values, see: 'RFC 8461 §6', safer: 'plan/safer-tls-reports' });
    return doubts;
  }
  const [leastDays, least] = [thresholds['mta-sts/report-days'], thresholds['mta-sts/sessions']];
  if (seen.days < leastDays || seen.successful < least)
    doubts.push({
      code: 'plan/sts-little-seen',
      values: { name, sessions: seen.successful, days: seen.days, least, leastDays },
      see: 'RFC 8461 §6',
      safer: 'plan/safer-tls-reports',
    });
  return doubts;
}

/** The part of these that is about failures. */
export function failureDoubts(name: string, seen: TlsSeen | undefined): Doubt[] {
  return losing(seen).map((failing) => ({
    id: `sts-failures ${name} ${failing.type} ${failing.mx}`.trim(),
    code: 'plan/sts-failures',
    values: valuesOf(name, failing),
    see: 'RFC 8461 §5',
    safer: 'plan/safer-sts-failures',
  }));
}

/** What was told, as notes of a plan. */
export function tlsNotes(domain: string, seen: TlsSeen | undefined, isEnforced: boolean): Problem[] {
  if (seen === undefined) return [];
  const { successful, failed, reporters, firstDay, lastDay, failures } = seen;
  return [
    {
      code: 'plan/tls-seen',
      values: {
        domain,
        sessions: successful + failed,
        failed,
        reporters: reporters.length,
        since: dayText(firstDay),
        until: dayText(lastDay),
      },
      see: 'RFC 8460 §4',
    },
    ...failures.flatMap((failing): Problem[] => {
      const values = valuesOf(domain, failing);
      const { effect, explained } = failing;
      if (effect === 'no-policy' && explained === undefined)
        return [{ code: 'plan/sts-not-fetched', values, see: 'RFC 8461 §3.3' }];
      if (effect === 'dane' && explained === undefined)
        return [{ code: 'plan/dane-failures', values, see: 'RFC 7672 §2.2' }];
      if (effect !== 'lose') return [];
      if (explained !== undefined) {
        const code = explained === 'mended' ? 'plan/tls-mended' : 'plan/tls-not-ours';
        return [{ code, values, see: 'RFC 8460 §4.3' }];
      }
      return isEnforced ? [{ code: 'plan/sts-losing', values, see: 'RFC 8461 §5' }] : [];
    }),
  ];
}
