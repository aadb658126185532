// What TLS reports that are filed tell of a domain, of the days that count.
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import type { Day } from '../protection/history.ts';
import type { TlsTold } from '../protection/ingestion/index.ts';
import { stsThresholdsOf, tlsSeen } from '../protection/plan/wishes/index.ts';
import type { TlsSeen } from '../protection/plan/wishes/index.ts';

/**
 * TLS reports of a domain, from the last one back.
 *
 * @param asOf the day it is about
 * @param until the last day that counts: what is told of days after `asOf` may count too
 */
export function toldOf({ register }: Organisation, domain: string, asOf: Day, until: Day = asOf): TlsTold[] {
  const last = Math.max(asOf, register.tlsReports.lastDay(domain, until) ?? asOf);
  const { 'mta-sts/look-back-days': days } = stsThresholdsOf((name) => register.setting(name));
  return register.tlsReports.of(domain, last - days + 1, last);
}

/** The same summed up; `undefined` when there is none. `hosts`: the mail servers of the domain. */
export function seenOf(
  organisation: Organisation,
  domain: string,
  hosts: readonly string[],
  day: Day,
): TlsSeen | undefined {
  const { 'mta-sts/mended-days': mended } = stsThresholdsOf((name) => organisation.register.setting(name));
  return tlsSeen(toldOf(organisation, domain, day), hosts, mended);
}

/** As JSON says it, with days in words. */
export function seenJson({ firstDay, lastDay, testing, failures, ...seen }: TlsSeen): object {
  return {
    ...seen,
    firstDay: dayText(firstDay),
    lastDay: dayText(lastDay),
    failures: failures.map(({ firstDay: first, lastDay: last, ...each }) => ({
      ...each,
      firstDay: dayText(first),
      lastDay: dayText(last),
    })),
    ...(testing === undefined ? {} : { testing: { since: dayText(testing.since), until: dayText(testing.until) } }),
  };
}
