// What a plan would do harm by: judged in the worlds it makes, step by step, with the functions that judge live mail.
import {
  isDmarcRecord,
  organizationalDomainLookup,
  parseDmarcRecord,
  recordLookup,
  verifyReportDestination,
} from '../../../standards/dmarc/index.ts';
import { domainName, overlay, parseDomainName, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import { parseKeyRecord } from '../../../standards/dkim/index.ts';
import {
  addressesOf,
  addressesWhere,
  compile,
  difference,
  intersection,
  prefixes,
} from '../../../standards/spf/index.ts';
import type { AddressSet, SpfCompiled } from '../../../standards/spf/index.ts';
import { lookupTlsRpt, mtaStsMxProblems } from '../../../standards/transport/index.ts';
import { changeOf } from '../formats/record-set.ts';
import { parseNetwork } from '../synthesis/address-list.ts';
import type { Danger, PlannedChange, PlanStep } from './plan.ts';
import { asksMore, isSameKey, strongestPolicy, strongestPolicyForPeople } from './stages.ts';
import { sendsNothing } from './wanted.ts';
import type { RecordsWish } from './wish.ts';

/** A stream of authorised mail, and the legs it stands on today. */
export interface PlanStream {
  readonly name: string;
  /** The envelope or HELO domain its SPF is checked for, and the addresses it comes from. */
  readonly spfDomain?: string;
  readonly addresses?: readonly string[];
  /** Addresses it comes from with this domain that SPF did not pass, and no policy of SPF's own stopped: `-all` would. */
  readonly others?: readonly string[];
  /** The keys it signs with. */
  readonly signing?: readonly { readonly domain: string; readonly selector: string }[];
}

/** What has to be known to say what is dangerous. */
export interface DangerFacts {
  readonly streams?: readonly PlanStream[];
  /** Domains whose gate is open for what the plan asks: the evidence says that no authorised mail is lost by it. */
  readonly openGates?: readonly string[];
  /** Domains with human users for which a named person has accepted what `reject` does to lists and forwarding (RFC 9989 §7.4). */
  readonly acceptedBy?: Readonly<Record<string, string>>;
}

export interface DangerCase {
  readonly wishes: readonly RecordsWish[];
  readonly changes: readonly PlannedChange[];
  readonly steps: readonly PlanStep[];
  /** Changes at names that are aliases, and aliases at names that have other records. */
  readonly aliased: readonly PlannedChange[];
  readonly resolver: Resolver;
  readonly facts: DangerFacts;
}

/** What is dangerous about a plan, in the order in which it would happen. */
export async function dangersOf(the: DangerCase): Promise<Danger[]> {
  const dangers: Danger[] = [];
  const world = worldAfter(the.changes, the.resolver);
  dangers.push(...texts(the), ...policies(the), ...servers(the));
  dangers.push(...(await legs(the)), ...(await spfTrees(the, world)), ...(await destinations(the, world)));
  const unique = new Map(dangers.map((danger) => [danger.id, danger]));
  return [...unique.values()].sort((one, other) => (one.step ?? 0) - (other.step ?? 0));
}

function worldAfter(changes: readonly PlannedChange[], resolver: Resolver): Resolver {
  const sets = changes.map(({ name, type, ttl, after }) => changeOf({ name, type, ttl, values: after }));
  return overlay(sets, resolver);
}

function danger(
  code: string,
  name: string,
  see: string,
  safer: string,
  values: Danger['values'] = {},
  step?: number,
): Danger {
  const id = [code.slice('plan/'.length), name, ...(typeof values['stream'] === 'string' ? [values['stream']] : [])];
  return { id: id.join(' '), code, values: { name, ...values }, see, safer, ...(step === undefined ? {} : { step }) };
}

/** The step in which a set gets what it is to have in the end. */
function stepOf(the: DangerCase, change: PlannedChange): number | undefined {
  return the.steps.find(({ changes }) =>
    changes.some(({ name, type, after }) => name === change.name && type === change.type && after === change.after),
  )?.number;
}

/** Records that cannot stand together, or cannot be read. */
function texts(the: DangerCase): Danger[] {
  const dangers: Danger[] = [];
  for (const change of the.aliased) {
    if (change.type === 'CNAME') {
      dangers.push(
        danger(
          'plan/alias-beside-others',
          change.name,
          'RFC 1034 §3.6.2',
          'plan/safer-alias-alone',
          {},
          stepOf(the, change),
        ),
      );
      continue;
    }
    dangers.push(
      danger('plan/name-is-alias', change.name, 'RFC 1034 §3.6.2', 'plan/safer-alias', {}, stepOf(the, change)),
    );
  }
  for (const change of the.changes) {
    const { name, type, kind, after, before } = change;
    const step = stepOf(the, change);
    if (type === 'TXT' && after.filter((value) => /^v=spf1(?: |$)/i.test(value)).length > 1)
      dangers.push(danger('plan/second-spf-record', name, 'RFC 7208 §3.2', 'plan/safer-one-record', {}, step));
    if (kind === 'dmarc' && after.filter(isDmarcRecord).length > 1)
      dangers.push(danger('plan/second-dmarc-record', name, 'RFC 9989 §4.10', 'plan/safer-one-record', {}, step));
    if (kind !== 'dkim') continue;
    if (before.length > 0 && after.length > 0 && !after.every(isRevoked) && !isSameKey(before, after))
      dangers.push(danger('plan/key-replaced', name, 'RFC 6376 §3.6.1', 'plan/safer-new-selector', {}, step));
    if (after.some((value) => !isRevoked(value) && !isKey(value)))
      dangers.push(danger('plan/key-unreadable', name, 'RFC 6376 §3.6.1', 'plan/safer-key', {}, step));
  }
  return dangers;
}

function isKey(text: string): boolean {
  const reading = parseKeyRecord(text);
  return reading.ok && reading.value.publicKey !== undefined;
}

function isRevoked(text: string): boolean {
  const reading = parseKeyRecord(text);
  return reading.ok && reading.value.publicKey === undefined;
}

/** DMARC policies that ask for more than the evidence allows. */
function policies(the: DangerCase): Danger[] {
  const { openGates = [], acceptedBy = {}, streams = [] } = the.facts;
  const dangers: Danger[] = [];
  for (const change of the.changes) {
    if (change.kind !== 'dmarc' || !asksMore(change.before, change.after)) continue;
    const policy = strongestPolicy(change.after);
    const { domain } = change;
    const wish = the.wishes.find((each) => each.domain === domain);
    const isMailed = streams.some(({ spfDomain, signing = [] }) =>
      [spfDomain, ...signing.map((each) => each.domain)].includes(domain),
    );
    const step = stepOf(the, change);
    // A domain that nothing legitimate comes from needs no gate, unless something does.
    const isQuiet = wish !== undefined && sendsNothing(wish) && !isMailed;
    if (policy !== 'none' && !isQuiet && !openGates.includes(domain))
      dangers.push(danger('plan/no-open-gate', domain, 'RFC 9989 §5.1', 'plan/safer-gate', { policy }, step));
    const forPeople = strongestPolicyForPeople(change.after);
    if (forPeople === 'reject' && wish?.role === 'users' && acceptedBy[domain] === undefined)
      dangers.push(danger('plan/users-under-reject', domain, 'RFC 9989 §7.4', 'plan/safer-acceptance', {}, step));
  }
  return dangers;
}

/** Servers that mail would no longer reach. */
function servers(the: DangerCase): Danger[] {
  const dangers: Danger[] = [];
  for (const change of the.changes) {
    if (change.kind !== 'mx' || change.before.length === 0) continue;
    const values = { servers: change.before.slice(0, 5).join(', ') };
    dangers.push(
      danger('plan/mail-would-bounce', change.name, 'RFC 7505 §4.1', 'plan/safer-mx', values, stepOf(the, change)),
    );
  }
  for (const { tlsa = [] } of the.wishes) {
    for (const { host, deployed = [] } of tlsa) {
      const name = `_25._tcp.${host}`;
      const change = the.changes.find((each) => each.type === 'TLSA' && each.name === name);
      if (change === undefined || deployed.length === 0) continue;
      // Until people have put another certificate in place, the record of the one in use must stand there.
      const bare = the.steps.find(
        ({ changes, phase }) =>
          (phase === 'lower-ttl' || phase === 'prepare') &&
          changes.some((each) => each.name === name && !each.after.some((value) => deployed.includes(value))),
      );
      if (bare !== undefined)
        dangers.push(
          danger('plan/tlsa-without-certificate', name, 'RFC 7671 §8.1', 'plan/safer-tlsa', {}, bare.number),
        );
    }
  }
  return dangers;
}

interface Verdicts {
  readonly passes: AddressSet;
  /** Those that may pass, for some senders. */
  readonly mayPass: AddressSet;
  readonly fails: AddressSet;
}

function verdictsOf(compiled: SpfCompiled): Verdicts {
  return {
    passes: addressesWhere(compiled, ({ result, depends }) => result === 'pass' && depends.length === 0),
    mayPass: addressesWhere(compiled, ({ result, depends }) => result === 'pass' || depends.length > 0),
    fails: addressesWhere(compiled, ({ result, depends }) => result === 'fail' && depends.length === 0),
  };
}

function setOf(addresses: readonly string[]): AddressSet {
  return addressesOf(
    addresses.flatMap((text) => {
      const reading = parseNetwork(text);
      return reading.ok ? [reading.value] : [];
    }),
  );
}

/** Streams that would lose a leg, or be turned away, in any of the worlds between the steps. */
async function legs(the: DangerCase): Promise<Danger[]> {
  const { streams = [] } = the.facts;
  const dangers: Danger[] = [];
  const domains = new Set(streams.flatMap(({ spfDomain }) => spfDomain ?? []));
  const compileAll = async (world: Resolver): Promise<Map<string, Verdicts>> =>
    new Map(
      await Promise.all(
        [...domains].map(async (domain): Promise<[string, Verdicts]> => [
          domain,
          verdictsOf(await compile(domain, world)),
        ]),
      ),
    );
  const before = await compileAll(the.resolver);
  const done: PlannedChange[] = [];
  for (const { number, changes } of the.steps) {
    done.push(...changes);
    const world = worldAfter(done, the.resolver);
    const touchesSpf = changes.some(({ kind }) => kind === 'spf' || kind === 'spf-page' || kind === 'helo');
    const now = touchesSpf ? await compileAll(world) : undefined;
    for (const stream of streams) {
      const { name, spfDomain = '', addresses = [], others = [], signing = [] } = stream;
      const [old, after] = [before.get(spfDomain), now?.get(spfDomain)];
      if (old !== undefined && after !== undefined) {
        const seen = setOf(addresses);
        const lost = prefixes(difference(intersection(seen, old.passes), after.mayPass));
        if (lost.length > 0) {
          const values = { stream: name, networks: lost.length, example: lost[0] ?? '' };
          dangers.push(danger('plan/takes-spf-leg', spfDomain, 'RFC 9989 §8', 'plan/safer-spf-leg', values, number));
        }
        // A receiver may end what SPF fails at MAIL FROM, and look at no signature (RFC 9989 §7.1).
        const rest = difference(setOf(others), seen);
        const turned = prefixes(difference(intersection(rest, after.fails), old.fails));
        if (turned.length > 0) {
          const values = { stream: name, networks: turned.length, example: turned[0] ?? '' };
          dangers.push(danger('plan/turns-away', spfDomain, 'RFC 9989 §7.1', 'plan/safer-turned-away', values, number));
        }
      }
      for (const { domain, selector } of signing) {
        const at = `${selector}._domainkey.${domain}`;
        if (!changes.some((change) => change.name === at)) continue;
        if ((await hasKey(at, the.resolver)) === true && (await hasKey(at, world)) === false) {
          const values = { stream: name, selector };
          dangers.push(danger('plan/takes-dkim-leg', at, 'RFC 6376 §3.6.1', 'plan/safer-dkim-leg', values, number));
        }
      }
    }
  }
  // Told once, for the first step that does it.
  return [...new Map(dangers.toReversed().map((each) => [each.id, each])).values()];
}

/** Whether a key stands at a name; `undefined` when the DNS does not tell. */
async function hasKey(name: string, resolver: Resolver): Promise<boolean | undefined> {
  try {
    const answer = await resolver(name, 'TXT');
    return answer.kind === 'records' && answer.records.some((strings) => isKey(strings.join('')));
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

/** SPF records that would end in an error for some clients, and did not before. */
async function spfTrees(the: DangerCase, world: Resolver): Promise<Danger[]> {
  const dangers: Danger[] = [];
  for (const change of the.changes) {
    if ((change.kind !== 'spf' && change.kind !== 'helo') || change.after.length === 0) continue;
    const errorsOf = async (resolver: Resolver): Promise<SpfCompiled['outcomes']> =>
      (await compile(change.name, resolver)).outcomes.filter(({ result }) => result === 'permerror');
    const [error] = await errorsOf(world);
    if (error === undefined) continue;
    const codes = new Set((await errorsOf(the.resolver)).map(({ reason }) => reason.code));
    if (codes.has(error.reason.code)) continue;
    const see = error.reason.see ?? 'RFC 7208 §4.6.4';
    const values = { reason: error.reason.code, term: error.path.at(-1)?.term.text ?? '' };
    const isLimit = /^spf.too-many/.test(error.reason.code);
    const code = isLimit ? 'plan/spf-over-limit' : 'plan/spf-would-fail';
    dangers.push(
      danger(code, change.name, see, isLimit ? 'plan/safer-limit' : 'plan/safer-spf', values, stepOf(the, change)),
    );
  }
  return dangers;
}

/** Reports that would go nowhere, and policies for transport that would refuse our own servers. */
async function destinations(the: DangerCase, world: Resolver): Promise<Danger[]> {
  const dangers: Danger[] = [];
  for (const change of the.changes) {
    if (change.kind !== 'dmarc') continue;
    for (const text of change.after.filter(isDmarcRecord)) {
      const reading = parseDmarcRecord(text);
      if (!reading.ok) continue;
      for (const kind of ['rua', 'ruf'] as const) {
        for (const uri of reading.value[kind]) {
          const walk = organizationalDomainLookup(recordLookup(world));
          const found = await verifyReportDestination(domainName(change.domain), kind, uri, world, walk);
          if (found.outcome !== 'not-authorised' && found.outcome !== 'no-host') continue;
          const values = { uri: uri.uri, record: found.queryName ?? '' };
          dangers.push({
            ...danger(
              'plan/reports-go-nowhere',
              change.name,
              'RFC 9990 §4',
              'plan/safer-authorisation',
              values,
              stepOf(the, change),
            ),
            id: `reports-go-nowhere ${change.name} ${uri.uri}`,
          });
        }
      }
    }
  }
  for (const { domain, mtaSts, tlsRpt } of the.wishes) {
    if (mtaSts === undefined || mtaSts.mode !== 'enforce') continue;
    // What an enforced policy keeps from arriving is told by TLS reports alone (RFC 8460 §1).
    if (tlsRpt === undefined && (await hasTlsRpt(domain, the.resolver)) === false)
      dangers.push(danger('plan/sts-unheard', domain, 'RFC 8460 §3', 'plan/safer-tls-rpt'));
    const record = the.changes.find(({ kind, domain: of }) => kind === 'mta-sts' && of === domain);
    if (record !== undefined && record.before.length === 0)
      dangers.push(danger('plan/sts-untested', domain, 'RFC 8461 §5', 'plan/safer-testing', {}, stepOf(the, record)));
    for (const { id, ...doubt } of mtaSts.doubts ?? [])
      if (record !== undefined)
        dangers.push({
          ...danger(doubt.code, domain, doubt.see, doubt.safer, doubt.values, stepOf(the, record)),
          ...(id === undefined ? {} : { id }),
        });
    const hosts = await exchangers(domain, world);
    const policy = { mode: mtaSts.mode, maxAge: mtaSts.maxAge, mx: mtaSts.mx, extensions: [] };
    for (const { code, values } of mtaStsMxProblems(policy, hosts)) {
      if (code !== 'transport/sts-mx-refused') continue;
      const host = String(values?.['host'] ?? '');
      dangers.push(danger('plan/sts-would-refuse', domain, 'RFC 8461 §4.1', 'plan/safer-sts', { host }));
    }
  }
  return dangers;
}

async function hasTlsRpt(domain: DomainName, resolver: Resolver): Promise<boolean | undefined> {
  const { outcome } = await lookupTlsRpt(domain, resolver);
  return outcome === 'unknown' ? undefined : outcome === 'record';
}

async function exchangers(domain: DomainName, resolver: Resolver): Promise<string[]> {
  try {
    const answer = await resolver(domain, 'MX');
    if (answer.kind !== 'records') return [];
    return answer.records.map(({ exchange }) => exchange).filter((exchange) => parseDomainName(exchange).ok);
  } catch (error) {
    if (error instanceof ResolverError) return [];
    throw error;
  }
}
