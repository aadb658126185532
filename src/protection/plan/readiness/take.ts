// The readiness of domains: everything that is remembered is gathered once, the next rungs of all domains are played at once, and each
// domain gets its gate.
import type { DmarcRecord, Existence, Policy } from '../../../standards/dmarc/index.ts';
import { lookupExistence } from '../../../standards/dmarc/index.ts';
import { ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import { isSpfRecord } from '../../../standards/spf/index.ts';
import type { Day, History } from '../../history.ts';
import { holdAgainstStreams, rhythmOf as declaredRhythmOf } from '../../inventory/declared/index.ts';
import type { Declaration, DeclaredAndSeen } from '../../inventory/declared/index.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import type { Role } from '../../posture/index.ts';
import { PublishedDays, Simulation } from '../../simulation/what-if/index.ts';
import type { Change, KeptRecord, ShownRules } from '../../simulation/what-if/index.ts';
import { aheadOf, askedPolicies, nextRung, rungOf } from '../ladder/rung.ts';
import { askedSince, heldSince, stagesKept } from '../ladder/standing.ts';
import type { Held, ReportedPolicyDays } from '../ladder/standing.ts';
import { rungTags } from '../records/wish.ts';
import type { Rung } from '../records/wish.ts';
import type { Acceptance } from './acceptance.ts';
import { CostGroups } from './costs.ts';
import type { DomainCase, ReadinessCase } from './case.ts';
import { heardAtSameAddress, oddSilence, reportDays, reportersSeen } from './evidence.ts';
import type { Gate } from './gate.ts';
import { judgeGate } from './judge.ts';
import { failingUnderAll, leaningMail } from './leaning.ts';
import { streamMail } from './mail.ts';
import type { Modes, StreamMail } from './mail.ts';
import { receiversHeard } from './reporters.ts';
import { proposedRole } from './role.ts';
import type { KnownRhythm } from './settle.ts';
import { dmarcChange, governedBy, isBelow, nearestAbove, pinned, tagsOf } from './scope.ts';
import type { Governed } from './scope.ts';
import { thresholdsOf } from './thresholds.ts';

/** What of the register readiness is made from. */
export interface ReadinessRegister {
  readonly portfolio: { list(): readonly { readonly domain: DomainName; readonly role?: Role }[] };
  readonly declared: { list(): readonly (Declaration & { readonly id: number })[] };
  setting(name: string): string | undefined;
}

export interface ReadinessSources {
  readonly history: History;
  readonly register: ReadinessRegister;
  readonly inventory: TakenInventory;
  /** Answers of the DNS and of zone files that were kept. */
  readonly kept: readonly KeptRecord[];
  /** The world of now, where it is asked rather than remembered. */
  readonly now?: Resolver;
  /** The records that the newest reports say stand at domains. */
  readonly reported: ReadonlyMap<string, DmarcRecord>;
  /** The policies reports told of, by domain. */
  readonly policyDays: ReadonlyMap<string, readonly ReportedPolicyDays[]>;
  readonly acceptances: readonly Acceptance[];
  /** How receivers were seen to find policies. */
  readonly shown?: readonly ShownRules[];
}

export interface ReadinessOptions {
  /** Only these domains; those of the portfolio when not given. */
  readonly domains?: readonly DomainName[];
  /** The day it is judged on; the last of which reports tell when not given. */
  readonly asOf?: Day;
  /** Another rung than the next. */
  readonly rung?: Rung;
}

export interface Readiness {
  readonly asOf: Day;
  readonly gates: readonly Gate[];
  readonly cases: readonly DomainCase[];
  readonly whole: ReadinessCase;
  /** The mail of every stream under every author domain at or below those that were asked about. */
  readonly mails: readonly StreamMail[];
  /** Author domains of it that do not exist. */
  readonly absent: ReadonlySet<string>;
}

/** Judges the gates of domains. @throws {StorageError} */
export async function takeReadiness(sources: ReadinessSources, options: ReadinessOptions = {}): Promise<Readiness> {
  const { history, register, inventory, reported } = sources;
  const published = new PublishedDays(sources.kept);
  const now = sources.now ?? published.at(Infinity);
  const asOf = options.asOf ?? inventory.period.last;
  const listed = register.portfolio.list();
  const domains = options.domains ?? listed.map(({ domain }) => domain);
  const portfolio = new Set<string>([...listed.map(({ domain }) => domain as string), ...domains]);
  const reportedAt = (domain: string): DmarcRecord | undefined => reported.get(domain);

  const since = asOf - thresholdsOf((name) => register.setting(name), '')['look-back-days'];
  const simulation = await Simulation.of(
    { history, published, now, inventory, reported: reportedAt, ...(sources.shown && { shown: sources.shown }) },
    {
      where: {
        since,
        ...(options.domains === undefined ? {} : { underDomain: domains }),
      },
      records: 'now',
    },
  );
  const modes = new Map<string, Modes>();
  const modesOf = (author: string): Modes => {
    let known = modes.get(author);
    if (known === undefined) {
      const { policy } = simulation.governing(author).rfc9989;
      const { adkim = 'r', aspf = 'r' } = typeof policy === 'string' ? {} : policy.record;
      modes.set(author, (known = { adkim, aspf }));
    }
    return known;
  };
  const isAsked = askedAuthors(domains, options.domains !== undefined);
  const mails = streamMail(inventory, modesOf).filter(({ author }) => isAsked(author));
  const mailsOf = grouped(mails, ({ author }) => author);
  // Strictness is judged for wanted mail alone.
  const ours = new Set(['authorised', 'thought-ours'] as const);
  const strict = {
    adkim: grouped(
      streamMail(inventory, (author) => ({ ...modesOf(author), adkim: 's' }), ours),
      ({ author }) => author,
    ),
    aspf: grouped(
      streamMail(inventory, (author) => ({ ...modesOf(author), aspf: 's' }), ours),
      ({ author }) => author,
    ),
  };
  const existences = new Map<string, Promise<Existence>>();
  const existenceOf = (name: string): Promise<Existence> => {
    let known = existences.get(name);
    if (known === undefined) existences.set(name, (known = lookupExistence(name as DomainName, now)));
    return known;
  };
  const categories = new Map(inventory.senders.senders.map(({ id, category }) => [id, category]));
  const days = await reportDays(history, portfolio);
  const keptAt = grouped(
    sources.kept.filter(({ name, type }) => type === 'TXT' && name.startsWith('_dmarc.')),
    ({ name }) => name,
  );

  const governedOf = async (domain: DomainName): Promise<Governed> =>
    governedBy(domain, now, await existenceOf(domain), reportedAt);
  const heardSince = (day: Day): DomainName[] =>
    listed.flatMap(({ domain }) => ((days.get(domain)?.at(-1) ?? -Infinity) >= day ? [domain] : []));

  const started = await Promise.all(
    domains.map(async (domain) => {
      const existence = await existenceOf(domain);
      const governed = await governedOf(domain);
      const own = mailsOf.get(domain) ?? [];
      const proposal = await proposedRole(domain, own, inventory.streams, existence, now, (id) => categories.get(id));
      const decided = listed.find((each) => each.domain === domain)?.role;
      const role = decided ?? proposal.role;
      const reading = governed.rung;
      const next = options.rung ?? nextRung(reading?.rung, role);
      const wildcard = governed.found === 'own' ? await existenceOf(`${sibling}.${domain}`) : 'unknown';
      const spfAll = await spfEnd(domain, now);
      const held = heldOf(governed, keptAt, sources.policyDays, asOf);
      const { at } = governed;
      const asked =
        at === null ? undefined : askedSince(keptAt.get(`_dmarc.${at}`) ?? [], sources.policyDays.get(at) ?? [], asOf);
      const known = days.get(domain) ?? [];
      const gap = thresholdsOf((name) => register.setting(name), domain)['report-gap-days'];
      const quiet = oddSilence(known, asOf, gap);
      const silence =
        quiet === 0
          ? undefined
          : {
              last: known.at(-1)!,
              days: quiet,
              heardOf: await heardAtSameAddress(governed, heardSince(asOf - gap), governedOf, now),
            };
      return {
        domain,
        governed,
        own,
        proposal,
        role,
        isRoleDecided: decided !== undefined,
        next,
        held,
        askedSince: asked,
        hasWildcard: wildcard === 'exists',
        spfAll,
        silence,
      };
    }),
  );

  // Names below that the record of a domain governs, as far as mail was seen of them.
  const owners = new Map(
    started.filter(({ governed }) => governed.found === 'own').map((each) => [each.domain as string, each]),
  );
  const below = new Map<string, { sp: string[]; np: string[] }>();
  const absent = new Set<string>();
  for (const author of mailsOf.keys()) {
    const { policy } = simulation.governing(author).rfc9989;
    const at = typeof policy === 'string' ? nearestAbove(author, portfolio) : policy.domain;
    if (at === undefined) continue;
    const isThere = (await existenceOf(author)) !== 'no-such-name';
    if (!isThere) absent.add(author);
    if (!isBelow(author, at)) continue;
    let names = below.get(at);
    if (names === undefined) below.set(at, (names = { sp: [], np: [] }));
    names[isThere ? 'sp' : 'np'].push(author);
  }

  const groups = new CostGroups(simulation);
  const changesOf = (of: (each: (typeof started)[number]) => Change | undefined): Change[] =>
    started.flatMap((each) => of(each) ?? []);
  const keeps = ({ governed, next }: (typeof started)[number], rung = next): { sp: Policy; np: Policy } => {
    const isSoft = rung !== undefined && rungTags[rung].isSoft;
    if (governed.record === undefined) return { sp: 'none', np: 'none' };
    const { sp, np } = askedPolicies(governed.record);
    if (governed.found === 'own')
      return {
        sp: pinned(rungOf(governed.record, sp).rung, isSoft),
        np: pinned(rungOf(governed.record, np).rung, isSoft),
      };
    return { sp: pinned(governed.rung?.rung, isSoft), np: pinned(governed.rung?.rung, isSoft) };
  };
  const costs = {
    today: await groups.costs([]),
    next: await groups.costs(
      changesOf((each) =>
        each.next === undefined ? undefined : dmarcChange(each.domain, tagsOf(each.next, keeps(each))),
      ),
    ),
    ahead: await groups.costs(
      changesOf((each) => {
        const rung = aheadOf(each.next);
        return rung === undefined ? undefined : dmarcChange(each.domain, tagsOf(rung, keeps(each, rung)));
      }),
    ),
    // Which names exist counts for receivers of RFC 9989 alone, and who follows which text today says nothing of tomorrow: what lies below
    // is asked for as a whole.
    below: await groups.costs(
      changesOf(({ domain, governed }) =>
        governed.found === 'own' ? dmarcChange(domain, { sp: 'reject', np: 'reject', t: '', pct: '' }) : undefined,
      ),
    ),
  };
  const costsOf = {
    today: grouped(costs.today, ({ author }) => author),
    next: grouped(costs.next, ({ author }) => author),
    ahead: grouped(costs.ahead, ({ author }) => author),
    below: grouped(costs.below, ({ author }) => author),
  };
  const failing = await Promise.all(
    started.flatMap(({ domain, spfAll }) =>
      spfAll === null || spfAll === '-all'
        ? []
        : [failingUnderAll(domain, now).then((failsAt) => [domain as string, failsAt] as const)],
    ),
  );
  const leaning = leaningMail(inventory, new Map(failing), since);
  const cases = started.map(({ own, ...each }): DomainCase => {
    const { domain } = each;
    const names = owners.has(domain) ? (below.get(domain) ?? { sp: [], np: [] }) : { sp: [], np: [] };
    const of = <T>(lists: ReadonlyMap<string, readonly T[]>, authors: readonly string[]): T[] =>
      authors.flatMap((author) => lists.get(author) ?? []);
    return {
      ...each,
      mails: own,
      below: { sp: of(mailsOf, names.sp), np: of(mailsOf, names.np) },
      costs: {
        today: of(costsOf.today, [domain]),
        next: of(costsOf.next, [domain]),
        ahead: of(costsOf.ahead, [domain]),
        sp: of(costsOf.below, [...names.sp, ...names.np]),
        np: of(costsOf.below, names.np),
      },
      leaning: leaning.get(domain) ?? [],
      strict: {
        adkim: of(strict.adkim, [domain, ...names.sp, ...names.np]),
        aspf: of(strict.aspf, [domain, ...names.sp, ...names.np]),
      },
      thresholds: thresholdsOf((name) => register.setting(name), domain),
      acceptances: sources.acceptances.filter((acceptance) => acceptance.domain === domain),
      days: days.get(domain) ?? [],
    };
  });
  const declarations = register.declared.list();
  const declared = holdAgainstStreams(declarations, inventory, inventory.senders);
  const whole: ReadinessCase = {
    inventory,
    asOf,
    rhythmOf: rhythms(inventory, declared),
    declared,
    receivers: receiversHeard(await reportersSeen(history)),
    messages: mails.reduce((sum, { messages }) => sum + messages, 0),
  };
  return { asOf, gates: cases.map((each) => judgeGate(each, whole)), cases, whole, mails, absent };
}

/** A label that nobody has: a name that exists all the same is one that a wildcard makes. */
const sibling = '_zegel-asks-for-a-wildcard';

/** How the SPF record of a domain ends for all others; `null` where there is none that can be read, or it is not known. */
async function spfEnd(domain: DomainName, resolver: Resolver): Promise<DomainCase['spfAll']> {
  try {
    const answer = await resolver(domain, 'TXT');
    const texts = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
    const found = texts.filter(isSpfRecord);
    const [, qualifier] = /\s([-+~?]?)all(?:\s|$)/i.exec(found.length === 1 ? found[0]! : '') ?? [];
    if (qualifier === undefined) return null;
    return `${qualifier === '' ? '+' : (qualifier as '-')}all`;
  } catch (error) {
    if (error instanceof ResolverError) return null;
    throw error;
  }
}

function heldOf(
  governed: Governed,
  keptAt: ReadonlyMap<string, readonly KeptRecord[]>,
  policyDays: ReadonlyMap<string, readonly ReportedPolicyDays[]>,
  asOf: Day,
): Held | undefined {
  const { at, place, rung } = governed;
  if (at === null) return undefined;
  const stages = stagesKept(keptAt.get(`_dmarc.${at}`) ?? [], place, Infinity);
  return heldSince(rung?.rung ?? null, stages, policyDays.get(at) ?? [], place, asOf);
}

/** The rhythm of each stream; where its days tell none, the one that was declared of it. */
function rhythms(
  { streams }: Pick<TakenInventory, 'streams'>,
  declared: DeclaredAndSeen<Declaration>,
): (stream: number) => KnownRhythm {
  const said = new Map<string, KnownRhythm['every']>();
  for (const { declaration, streams: matched } of declared.seen) {
    const every = declaredRhythmOf(declaration.rhythm);
    if (every === undefined) continue;
    for (const { stream } of matched) said.set(stream.id, every);
  }
  return (number) => {
    const stream = streams[number];
    if (stream === undefined) return { every: 'irregular', nextExpected: null };
    const { every, nextExpected } = stream.rhythm;
    const told = every === 'irregular' || every === 'once' ? said.get(stream.id) : undefined;
    const lastDay = stream.last;
    return told === undefined ? { every, nextExpected, lastDay } : { every: told, nextExpected: null, lastDay };
  };
}

function askedAuthors(domains: readonly string[], isNarrow: boolean): (author: string) => boolean {
  if (!isNarrow) return () => true;
  return (author) => domains.some((domain) => author === domain || author.endsWith(`.${domain}`));
}

function grouped<T>(list: Iterable<T>, keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
