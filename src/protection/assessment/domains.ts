import { isAtOrBelow } from '../../standards/dns/index.ts';
import type { Columns, Day, Dictionaries } from '../history.ts';
import { classOf, verdictTables } from '../simulation/index.ts';
import type { DomainAssessment, InheritedPolicy, PublishedPolicy } from './assessment.ts';
import { binsOf, dayText, gapsIn, trendOf } from './calendar.ts';
import type { Folded } from './combinations.ts';
import { ratio, within } from './sources.ts';
import type { Late } from './sources.ts';

export type DomainDays = Columns<'authorDomain' | 'day', 'messages'>;
export type DomainPolicies = Columns<
  'alignment' | 'authorDomain' | 'dkim' | 'policyDomain' | 'spf',
  'firstDay' | 'lastDay' | 'messages' | 'rows'
>;

/** How many domains get a sparkline and their gaps: names that forgers invent can be very many. */
const drawn = 300;

/** What is known of where a domain's policy was found: one entry a policy domain it was seen with. */
interface FoundAt {
  readonly policyDomain: number;
  messages: number;
  rows: number;
  fails: number;
  first: Day;
  last: Day;
}

/** The policy domains of each author domain, by dictionary number, the one seen last first; at a tie the domain's own. */
export function policyDomains(columns: DomainPolicies): Map<number, FoundAt[]> {
  const found = new Map<number, FoundAt[]>();
  for (let row = 0; row < columns.length; row++) {
    const domain = columns.authorDomain[row]!;
    const policyDomain = columns.policyDomain[row]!;
    let list = found.get(domain);
    if (list === undefined) found.set(domain, (list = []));
    let entry = list.find((each) => each.policyDomain === policyDomain);
    if (entry === undefined) {
      entry = {
        policyDomain,
        messages: 0,
        rows: 0,
        fails: 0,
        first: columns.firstDay[row]!,
        last: columns.lastDay[row]!,
      };
      list.push(entry);
    }
    const verdictClass = classOf(columns.alignment[row]!, columns.dkim[row]!, columns.spf[row]!);
    entry.messages += columns.messages[row]!;
    entry.rows += columns.rows[row]!;
    if (verdictTables.scenarios.relaxed[verdictClass] === 1) entry.fails += columns.messages[row]!;
    entry.first = Math.min(entry.first, columns.firstDay[row]!);
    entry.last = Math.max(entry.last, columns.lastDay[row]!);
  }
  for (const [domain, list] of found) {
    list.sort(
      (a, b) =>
        b.last - a.last ||
        Number(b.policyDomain === domain) - Number(a.policyDomain === domain) ||
        b.messages - a.messages,
    );
  }
  return found;
}

/** The author domains, most messages first. */
export function domainAssessments(
  folded: Folded,
  dictionaries: Dictionaries,
  days: DomainDays,
  found: ReadonlyMap<number, readonly FoundAt[]>,
  published: ReadonlyMap<string, PublishedPolicy>,
  period: { readonly first: Day; readonly last: Day },
  late: Late,
): DomainAssessment[] {
  const { domainIds, domains: tally } = folded;
  const weights = Float64Array.from(domainIds, (_, at) => tally.messages(at));
  const order = [...domainIds.keys()].sort(
    (a, b) => weights[b]! - weights[a]! || tally.rows(b) - tally.rows(a) || a - b,
  );
  const rank = new Map(order.map((at, place) => [domainIds[at]!, place]));
  const length = period.last - period.first + 1;
  const bins = binsOf(length);
  const shown = Math.min(drawn, order.length);
  const binned = new Float64Array(shown * bins.count);
  const seen = new Uint8Array(shown * length);
  const daysSeen = new Int32Array(order.length);
  const recent = new Float64Array(order.length);
  const recentFrom = late.periodLast - late.windowDays + 1;
  for (let row = 0; row < days.length; row++) {
    const place = rank.get(days.authorDomain[row]!);
    const day = days.day[row]!;
    if (place === undefined || day < period.first || day > period.last) continue;
    daysSeen[place]!++;
    if (day >= recentFrom) recent[place]! += days.messages[row]!;
    if (place >= shown) continue;
    seen[place * length + day - period.first] = 1;
    binned[place * bins.count + Math.floor((day - period.first) / bins.days)]! += days.messages[row]!;
  }
  return order.map((at, place): DomainAssessment => {
    const id = domainIds[at]!;
    const messages = tally.messages(at);
    const [first, last] = within(tally.first(at), tally.last(at), late);
    const foundAt = found.get(id)?.find(({ policyDomain }) => policyDomain !== 0);
    const onMostDays = daysSeen[place]! * 2 > last - first + 1;
    const policyDomain = foundAt === undefined ? undefined : dictionaries.name(foundAt.policyDomain);
    return {
      domain: dictionaries.name(id) ?? null,
      messages,
      rows: tally.rows(at),
      share: ratio(messages, folded.messages),
      addresses: folded.domainAddresses[at]!,
      first: dayText(first),
      last: dayText(last),
      aligned: tally.aligned(at),
      fails: tally.fails(at),
      unknown: tally.unknown(at),
      dispositions: tally.dispositions(at),
      policy: policyDomain === undefined ? null : (published.get(policyDomain) ?? null),
      ownPolicy: foundAt === undefined ? null : foundAt.policyDomain === id,
      trend: trendOf({ first, last, ...late, recentMessages: recent[place]!, messages }),
      bins: place < shown ? [...binned.subarray(place * bins.count, (place + 1) * bins.count)] : [],
      daysSeen: daysSeen[place]!,
      gaps:
        place < shown && onMostDays
          ? gapsIn(seen.subarray(place * length, (place + 1) * length), first, last, period.first)
          : [],
    };
  });
}

/** The author domains whose policy was last found elsewhere, most messages first. Counts are those of the rows judged so. */
export function inheritedPolicies(
  found: ReadonlyMap<number, readonly FoundAt[]>,
  dictionaries: Dictionaries,
  published: ReadonlyMap<string, PublishedPolicy>,
  late: Late,
): InheritedPolicy[] {
  const inherited: InheritedPolicy[] = [];
  for (const [id, list] of found) {
    const [latest] = list.filter(({ policyDomain }) => policyDomain !== 0);
    const domain = dictionaries.name(id);
    const policyDomain = latest === undefined ? undefined : dictionaries.name(latest.policyDomain);
    if (latest === undefined || domain === undefined || policyDomain === undefined || latest.policyDomain === id)
      continue;
    const relation = isAtOrBelow(domain, policyDomain) ? 'subdomain' : 'unrelated';
    const policy = published.get(policyDomain);
    const [first, last] = within(latest.first, latest.last, late);
    inherited.push({
      domain,
      policyDomain,
      relation,
      asks: relation === 'subdomain' ? (policy?.sp ?? policy?.p ?? null) : null,
      messages: latest.messages,
      rows: latest.rows,
      fails: latest.fails,
      first: dayText(first),
      last: dayText(last),
    });
  }
  return inherited.sort((a, b) => b.messages - a.messages || (a.domain < b.domain ? -1 : 1));
}

/** What a domain asks of receivers today, as far as reports show: its own `p`, or from above `sp`, else `p`. */
export function asksOf(domain: Pick<DomainAssessment, 'ownPolicy' | 'policy'>): PublishedPolicy['p'] | null {
  const { ownPolicy, policy } = domain;
  if (policy === null) return null;
  return (ownPolicy === false ? (policy.sp ?? policy.p) : policy.p) ?? null;
}
