import { isDmarcRecord } from '../../../standards/dmarc/index.ts';
import { foldName, ResolverError } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { formatMtaStsPolicy, mtaStsPolicyUrl } from '../../../standards/transport/index.ts';
import { valueOf } from '../formats/record-set.ts';
import type { PlannedType } from '../formats/record-set.ts';
import { parseKeyRecord } from '../../../standards/dkim/index.ts';
import { wildcardProbe } from '../../posture/index.ts';
import { dangersOf } from './danger.ts';
import type { DangerFacts } from './danger.ts';
import { phases, planSchema } from './plan.ts';
import type { Phase, PlannedChange, PlanStep, RecordPlan, Risk } from './plan.ts';
import { asksMore, isSameKey, stagesOf, strongestPolicy } from './stages.ts';
import { wantedRecords } from './wanted.ts';
import type { Wanted } from './wanted.ts';
import type { RecordsWish } from './wish.ts';

export interface PlanOptions extends DangerFacts {
  /** Seconds that new sets are kept: 3600. */
  readonly ttl?: number;
  /** Seconds that sets are kept while they change: 300. */
  readonly lowTtl?: number;
  /**
   * Whether the TTLs that the resolver gives are those that are published (a zone, or a name server that owns it), or what is left of
   * them in a cache: then nothing is waited for less than a day.
   */
  readonly ttls?: 'as-published' | 'what-is-left';
}

/** Mail that was sent is tried for so long (RFC 5321 §4.5.4.1: four to five days), so a key has to be there for so long. */
const inFlight = 5 * 86_400;
const day = 86_400;

/** What stands at a name. */
interface Found {
  readonly values: readonly string[];
  /** Seconds; of an absence, how long it is remembered. */
  readonly ttl: number;
  readonly isThere: boolean;
  readonly aliases: readonly string[];
}

/**
 * Plans the records of domains: what is wanted for what each is for, the difference from what is published, the order of the changes
 * with the waiting times that caches ask for, and what is dangerous about it. Publishes nothing.
 *
 * @throws {RangeError} for a wish that cannot be written (a destination that is no URI)
 */
export async function planRecords(
  wishes: readonly RecordsWish[],
  resolver: Resolver,
  options: PlanOptions = {},
): Promise<RecordPlan> {
  const { ttl = 3600, lowTtl = 300 } = options;
  const unknown: { name: string; type: PlannedType }[] = [];
  const found = new Map<string, Found | undefined>();
  const domains = new Set<string>(wishes.map(({ domain }) => domain));
  const look = async (name: string, type: PlannedType): Promise<Found | undefined> => {
    const key = `${type} ${name}`;
    if (!found.has(key)) found.set(key, await standingAt(name, type, resolver, domains));
    return found.get(key);
  };
  const wanted: Wanted[] = [];
  for (const wish of wishes) {
    const there = await look(`_dmarc.${wish.domain}`, 'TXT');
    const texts = there?.values.filter(isDmarcRecord) ?? [];
    // Without an answer nobody knows what would be written over: the set is told as unknown below.
    wanted.push(...wantedRecords(wish, texts.length === 1 ? texts[0] : undefined));
  }
  const changes: PlannedChange[] = [];
  const aliased: PlannedChange[] = [];
  for (const group of bySet(wanted)) {
    const first = group[0]!;
    const { name, type } = first;
    const there = await look(name, type);
    if (there === undefined) {
      unknown.push({ name, type });
      continue;
    }
    const others = there.values.filter((value) => !group.some(({ replaces }) => replaces(value)));
    const after = [...others, ...new Set(group.flatMap(({ values }) => values))];
    if (isSame(there.values, after)) continue;
    const change: PlannedChange = {
      name,
      type,
      kind: first.kind,
      domain: first.domain,
      before: there.values,
      after,
      ...(there.isThere ? { ttlBefore: there.ttl } : {}),
      ttl: there.isThere ? there.ttl : ttl,
      why: first.why,
      ...riskOf(first.kind, there.values, after),
    };
    changes.push(change);
    const beside = type === 'CNAME' && !there.isThere ? await look(name, 'A') : undefined;
    if (there.aliases.length > 0 || beside?.isThere === true) aliased.push(change);
  }
  const steps = stepsOf(changes, wishes, { ttl, lowTtl, isLeft: options.ttls === 'what-is-left', found });
  const slots: RecordPlan['slots'][number][] = [];
  for (const { domain, slots: wanted_ = [] } of wishes) {
    for (const slot of wanted_) {
      const there = await look(slot.name, slot.type);
      // What came since, or is planned, needs nobody to give it.
      const isThere =
        there?.isThere === true && !(slot.kind === 'dkim' && there.values.every((value) => !isKey(value)));
      if (!isThere && !changes.some(({ name, type }) => name === slot.name && type === slot.type))
        slots.push({ ...slot, domain });
    }
  }
  const dangers = await dangersOf({ wishes, changes, steps, aliased, resolver, facts: options });
  return {
    schema: planSchema,
    domains: wishes.map(({ domain }) => domain),
    changes,
    steps,
    dangers,
    unknown,
    slots,
    notes: wishes.flatMap(({ notes = [] }) => notes),
  };
}

function isKey(text: string): boolean {
  const reading = parseKeyRecord(text);
  return reading.ok && reading.value.publicKey !== undefined;
}

/**
 * What stands at a name itself. What a wildcard answers for it does not: it is no longer answered once the name has records of its own
 * (RFC 4592 §2.2.1), so it is not to be taken over, and nothing leans on it.
 */
async function standingAt(
  name: string,
  type: PlannedType,
  resolver: Resolver,
  domains: ReadonlySet<string>,
): Promise<Found | undefined> {
  const there = await foundAt(name, type, resolver);
  if (there === undefined || !there.isThere || domains.has(name) || name.startsWith('*.')) return there;
  const beside = await foundAt(`${sibling}${name.slice(name.indexOf('.'))}`, type, resolver);
  if (beside === undefined || !isSame(beside.values, there.values) || !isSame(beside.aliases, there.aliases))
    return there;
  return { ...there, values: [], isThere: false, aliases: [] };
}

/** A label that nobody has, to learn what a wildcard says. */
const sibling = '_zegel-asks-for-a-wildcard';

async function foundAt(name: string, type: PlannedType, resolver: Resolver): Promise<Found | undefined> {
  try {
    const answer = await resolver(name, type);
    const { ttl, aliases } = answer;
    // Asked for as a CNAME, the alias is the record itself.
    const through = type === 'CNAME' ? [] : aliases;
    if (answer.kind !== 'records') return { values: [], ttl, isThere: false, aliases: through };
    return { values: answer.records.map((data) => valueOf(type, data)), ttl, isThere: true, aliases: through };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return (
      (await absentBelow(name, resolver)) ?? (name.startsWith('*.') ? wildcardAt(name, type, resolver) : undefined)
    );
  }
}

/** RFC 8020: below a name that does not exist there is nothing, and somebody may have looked at that one only. */
async function absentBelow(name: string, resolver: Resolver): Promise<Found | undefined> {
  const above = name.slice(name.indexOf('.') + 1);
  if (!above.startsWith('_')) return undefined;
  try {
    const { kind, ttl, aliases } = await resolver(above, 'TXT');
    return kind === 'no-such-name' && aliases.length === 0 ? { values: [], ttl, isThere: false, aliases } : undefined;
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

/** What a wildcard says, by what a look for one found at a name that nobody has. */
async function wildcardAt(name: string, type: PlannedType, resolver: Resolver): Promise<Found | undefined> {
  return foundAt(`${wildcardProbe}${name.slice(1)}`, type, resolver);
}

/** What is wanted, by set. Of several that say who may send from a name the first counts: a domain can be a HELO name too. */
function bySet(wanted: readonly Wanted[]): Wanted[][] {
  const sets = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const key = `${each.type} ${foldName(each.name)}`;
    const there = sets.get(key);
    const isSpf = ({ kind }: Wanted): boolean => kind === 'spf' || kind === 'spf-page' || kind === 'helo';
    if (there === undefined) sets.set(key, [each]);
    else if (!(isSpf(each) && there.some(isSpf))) there.push(each);
  }
  return [...sets.values()];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && [...one].sort().every((value, at) => value === [...other].sort()[at]);
}

function riskOf(
  kind: Wanted['kind'],
  before: readonly string[],
  after: readonly string[],
): { readonly risk: Risk; readonly danger?: Problem } {
  const risky = (risk: Risk, code: string, see: string): { risk: Risk; danger: Problem } => ({
    risk,
    danger: { code, see },
  });
  switch (kind) {
    case 'spf':
    case 'spf-page':
      return before.length === 0 && kind === 'spf-page'
        ? { risk: 'none' }
        : risky('low', 'plan/risk-spf', 'RFC 7208 §10.1');
    case 'helo':
      return before.length === 0 ? risky('low', 'plan/risk-helo', 'RFC 7208 §2.3') : { risk: 'none' };
    case 'dkim':
      if (isSameKey(before, after)) return { risk: 'none' };
      if (before.length > 0 && after.length > 0) return risky('high', 'plan/risk-key-replaced', 'RFC 6376 §3.6.1');
      return before.length > 0 ? risky('high', 'plan/risk-key-gone', 'RFC 6376 §3.6.1') : { risk: 'none' };
    case 'dmarc':
      if (!asksMore(before, after)) return { risk: 'none' };
      return strongestPolicy(after) !== 'none'
        ? risky('high', 'plan/risk-enforcement', 'RFC 9989 §7.4')
        : { risk: 'none' };
    case 'mx':
      return before.length > 0 ? risky('high', 'plan/risk-null-mx', 'RFC 7505 §4.1') : { risk: 'none' };
    case 'mta-sts':
      return risky('low', 'plan/risk-mta-sts', 'RFC 8461 §4');
    case 'tlsa':
      return risky('high', 'plan/risk-tlsa', 'RFC 7672 §2.2');
    default:
      return { risk: 'none' };
  }
}

interface Timing {
  readonly ttl: number;
  readonly lowTtl: number;
  readonly isLeft: boolean;
  readonly found: ReadonlyMap<string, Found | undefined>;
}

function stepsOf(changes: readonly PlannedChange[], wishes: readonly RecordsWish[], timing: Timing): PlanStep[] {
  const byPhase = new Map<Phase, PlannedChange[]>(phases.map((phase) => [phase, []]));
  for (const change of changes) {
    const { kind, name, before, after, ttlBefore, ttl, type } = change;
    const stages = stagesOf(kind, name, before, after);
    const isPassing = stages.every(([phase]) => phase === 'clean' || phase === 'prepare');
    const isLowered = ttlBefore !== undefined && ttlBefore > timing.lowTtl && (kind === 'tlsa' || !isPassing);
    let [values, at] = [before, ttlBefore];
    const add = (phase: Phase, next: readonly string[], nextTtl: number): void => {
      const { ttlBefore: _old, ...rest } = change;
      byPhase.get(phase)!.push({
        ...rest,
        before: values,
        after: next,
        ...(at === undefined ? {} : { ttlBefore: at }),
        ttl: nextTtl,
        ...(phase === 'lower-ttl' || phase === 'restore-ttl' ? timeOnly(phase, name, type) : {}),
      });
      [values, at] = [next, nextTtl];
    };
    if (isLowered) add('lower-ttl', before, timing.lowTtl);
    for (const [phase, next] of stages) add(phase, next, isLowered ? timing.lowTtl : ttl);
    if (isLowered && after.length > 0) add('restore-ttl', after, ttl);
  }
  const isWanted = new Set(changes.map(({ type, name }) => `${type} ${name}`));
  const actions = wishes.flatMap((wish) => actionsOf(wish, isWanted));
  const files = wishes.flatMap((wish) => filesOf(wish, isWanted));
  const steps = phases
    .map((phase) => ({ phase, changes: byPhase.get(phase)!, ...(phase === 'use' ? { actions, files } : nobody) }))
    .filter((step) => step.changes.length + step.actions.length > 0);
  const removesKeys = byPhase.get('clean')!.some(({ kind }) => kind === 'dkim');
  return steps.map(({ phase, changes: those, actions: todo, files: served }, index) => {
    const next = steps[index + 1]?.phase;
    return {
      number: index + 1,
      phase,
      changes: those,
      actions: todo,
      files: served,
      wait:
        next === undefined
          ? { seconds: 0, why: { code: 'plan/wait-none' } }
          : waitBehind(phase, those, next === 'clean' && removesKeys, timing),
    };
  });
}

function timeOnly(phase: 'lower-ttl' | 'restore-ttl', name: string, type: PlannedType): { why: Problem; risk: Risk } {
  return {
    why: {
      code: phase === 'lower-ttl' ? 'plan/why-lower-ttl' : 'plan/why-restore-ttl',
      values: { name, type },
      see: 'RFC 1035 §3.2.1',
    },
    risk: 'none',
  };
}

function actionsOf(wish: RecordsWish, isWanted: ReadonlySet<string>): Problem[] {
  const { domain, dkim, mtaSts, tlsa } = wish;
  const isNew = (type: string, name: string): boolean => isWanted.has(`${type} ${name}`);
  return [
    ...(dkim?.publish ?? [])
      .filter(({ selector, isTested }) => isTested !== true && isNew('TXT', `${selector}._domainkey.${domain}`))
      .map(({ selector }) => ({ code: 'plan/act-sign', values: { domain, selector }, see: 'RFC 6376 §3.6' })),
    ...(dkim?.retire ?? [])
      .filter(({ selector }) => isNew('TXT', `${selector}._domainkey.${domain}`))
      .map(({ selector }) => ({ code: 'plan/act-stop-signing', values: { domain, selector }, see: 'RFC 6376 §3.6' })),
    ...(tlsa ?? [])
      // Where all is of certificates in use, there is nothing to put in place.
      .filter(({ publish, deployed = [] }) => !publish.every((value) => deployed.includes(value)))
      .filter(({ host }) => isNew('TLSA', `_25._tcp.${host}`))
      .map(({ host }) => ({ code: 'plan/act-certificate', values: { host }, see: 'RFC 7671 §8.1' })),
    ...(mtaSts !== undefined && isNew('TXT', `_mta-sts.${domain}`)
      ? [
          {
            code: 'plan/act-policy-file',
            values: { url: mtaStsPolicyUrl(domain), mode: mtaSts.mode },
            see: 'RFC 8461 §3.3',
          },
        ]
      : []),
  ];
}

const nobody = { actions: [], files: [] } as const;

/** The policy a domain serves, where the record says that it has changed. */
function filesOf({ domain, mtaSts }: RecordsWish, isWanted: ReadonlySet<string>): PlanStep['files'] {
  if (mtaSts === undefined || !isWanted.has(`TXT _mta-sts.${domain}`)) return [];
  const { mode, mx, maxAge } = mtaSts;
  return [{ url: mtaStsPolicyUrl(domain), text: formatMtaStsPolicy({ mode, mx, maxAge, extensions: [] }) }];
}

/** How long caches may still say what was there before a step. */
function waitBehind(
  phase: Phase,
  changes: readonly PlannedChange[],
  keysGoNext: boolean,
  timing: Timing,
): PlanStep['wait'] {
  if (keysGoNext) return { seconds: inFlight, why: { code: 'plan/wait-in-flight', see: 'RFC 5321 §4.5.4.1' } };
  if (phase === 'use') return { seconds: 0, why: { code: 'plan/wait-done' } };
  let seconds = 0;
  let why: Problem = { code: 'plan/wait-ttl', see: 'RFC 1035 §3.2.1' };
  for (const { name, type, kind, ttlBefore } of changes) {
    const absence = timing.found.get(`${type} ${name}`)?.ttl ?? 0;
    const kept = ttlBefore ?? absence;
    // RFC 7671 §8.1 asks for two TTLs before a certificate is changed.
    const time = kind === 'tlsa' ? 2 * Math.max(kept, timing.lowTtl) : kept;
    if (time <= seconds) continue;
    seconds = time;
    why =
      kind === 'tlsa'
        ? { code: 'plan/wait-tlsa', see: 'RFC 7671 §8.1' }
        : ttlBefore === undefined
          ? { code: 'plan/wait-absence', see: 'RFC 2308 §5' }
          : { code: 'plan/wait-ttl', see: 'RFC 1035 §3.2.1' };
  }
  if (timing.isLeft && seconds < day)
    return { seconds: day, why: { code: 'plan/wait-unknown', see: 'RFC 1035 §3.2.1' } };
  return { seconds, why };
}
