// What a domain that receives mail should say of its transport: MTA-STS (RFC 8461), TLS-RPT (RFC 8460) and, for servers of our own in signed
// zones, DANE (RFC 7672). A policy file and a certificate are looked at by connecting; what nobody looked at is not assumed.
import { isAtOrBelow, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import {
  formatMtaStsPolicy,
  formatMtaStsRecord,
  lookupDane,
  lookupMtaSts,
  lookupMx,
  lookupTlsRpt,
} from '../../../standards/transport/index.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { TlsTold } from '../../ingestion/index.ts';
import type { MailPosture } from '../../posture/index.ts';
import type { Doubt, RecordsWish, Slot, TlsaWish } from '../records/wish.ts';
import { signedZone } from './signed-zone.ts';
import type { LookedAt } from './signed-zone.ts';
import { failureDoubts, stsDoubts, tlsNotes, tlsSeen } from './tls-seen.ts';
import type { StsThresholds, TlsSeen } from './tls-seen.ts';
import { tlsaWish } from './tlsa.ts';
import type { KeyShown } from './tlsa.ts';

export type StsMode = 'enforce' | 'none' | 'testing';

/** What is known of the transport of one domain beside the DNS. */
export interface TransportCase {
  readonly domain: DomainName;
  readonly resolver: Resolver;
  readonly asOf: Day;
  /** The last look at the domain that was kept (`zegel check`), and since when it was so. */
  readonly look?: {
    readonly since: Day;
    readonly dnssec: LookedAt;
    readonly mail: MailPosture;
  };
  /** The domain of ours furthest above a name, with what the last look at it found of DNSSEC; `undefined` where it is not ours. */
  readonly oursAbove: (host: string) => { readonly top: string; readonly dnssec: LookedAt | undefined } | undefined;
  /** What TLS reports tell of the domain, of the days that count. */
  readonly told: readonly TlsTold[];
  /** The keys that a mail server of ours was seen to show. */
  readonly keysOf: (host: string) => readonly KeyShown[];
  readonly thresholds: StsThresholds;
  /** Where TLS reports are to go: a URI. */
  readonly reportTo?: string;
  /**
   * The mode that is asked for; without it `testing` where there is none, `enforce` where one was tried and the evidence allows it, and else
   * what stands there.
   */
  readonly mode?: StsMode;
  /** The host that serves the policy file, when it is to be an alias. */
  readonly policyHost?: string;
}

export interface TransportWish {
  readonly wish: Pick<RecordsWish, 'mtaSts' | 'tlsa' | 'tlsRpt'>;
  readonly slots: readonly Slot[];
  readonly notes: readonly Problem[];
}

/** How long senders keep a policy: a day while it is tried, a month once it counts (RFC 8461 §3.2 asks for weeks or more). */
const ages = { enforce: 2_592_000, none: 86_400, testing: 86_400 } as const satisfies Record<StsMode, number>;

/** Wishes for the transport of a domain. */
export async function transportWish(the: TransportCase): Promise<TransportWish> {
  const { domain, resolver } = the;
  const mx = await lookupMx(domain, resolver);
  if (mx.outcome === 'unknown')
    return { wish: {}, slots: [], notes: [{ code: 'plan/transport-not-known', values: { domain } }] };
  // Without servers of its own there is nothing to reach (RFC 8461 §4.1, RFC 7505).
  if (mx.outcome !== 'servers' || mx.hosts.length === 0) return { wish: {}, slots: [], notes: [] };
  const slots: Slot[] = [];
  const notes: Problem[] = [];
  const tlsRpt = await tlsReports(the, slots, notes);
  const seen = tlsSeen(the.told, mx.hosts, the.thresholds['mta-sts/mended-days']);
  const mtaSts = await strictTransport(the, mx.hosts, seen, slots, notes);
  const tlsa = await dane(the, mx.hosts, slots, notes);
  return {
    wish: {
      ...(tlsRpt === undefined ? {} : { tlsRpt }),
      ...(mtaSts === undefined ? {} : { mtaSts }),
      ...(tlsa.length === 0 ? {} : { tlsa }),
    },
    slots,
    notes,
  };
}

async function tlsReports(the: TransportCase, slots: Slot[], notes: Problem[]): Promise<readonly string[] | undefined> {
  const { domain, reportTo } = the;
  const { outcome, name } = await lookupTlsRpt(domain, the.resolver);
  if (outcome === 'record') return undefined;
  if (outcome === 'unknown') {
    notes.push({ code: 'plan/record-not-known', values: { name, type: 'TXT', domain } });
    return undefined;
  }
  if (reportTo !== undefined) return [reportTo];
  slots.push({
    name,
    type: 'TXT',
    kind: 'tls-rpt',
    template: 'v=TLSRPTv1; rua=mailto:<address>',
    why: { code: 'plan/slot-tls-rpt', values: { domain }, see: 'RFC 8460 §3' },
    from: { code: 'plan/from-you', values: { option: '--tls-reports mailto:ADDRESS' } },
  });
  return undefined;
}

async function strictTransport(
  the: TransportCase,
  hosts: readonly string[],
  seen: TlsSeen | undefined,
  slots: Slot[],
  notes: Problem[],
): Promise<RecordsWish['mtaSts']> {
  const { domain, mode, look, policyHost, asOf } = the;
  const found = await lookupMtaSts(domain, the.resolver);
  if (found.outcome === 'unknown') {
    notes.push({ code: 'plan/record-not-known', values: { name: found.name, type: 'TXT', domain } });
    return undefined;
  }
  const standing = look?.mail.mtaStsPolicy?.mode;
  notes.push(...tlsNotes(domain, seen, found.outcome === 'record' && standing === 'enforce'));
  const wanted = mode ?? 'testing';
  if (found.outcome === 'record') {
    const policy = look?.mail.mtaStsPolicy;
    // Senders that hold the policy say what it is too.
    const since = Math.min(policy?.mode === 'testing' ? look!.since : Infinity, seen?.testing?.since ?? Infinity);
    const doubts = stsDoubts(domain, seen, since === Infinity ? undefined : since, asOf, the.thresholds);
    if (policy === undefined) {
      if (mode === undefined) notes.push({ code: 'plan/sts-not-known', values: { domain }, see: 'RFC 8461 §3.3' });
      return mode === undefined ? undefined : policyWish(domain, mode, hosts, doubts, seen);
    }
    if (mode !== undefined && mode !== policy.mode) return policyWish(domain, mode, hosts, doubts, seen);
    if (policy.mode === 'testing' && mode === undefined) {
      if (doubts.length === 0) return policyWish(domain, 'enforce', hosts, doubts, seen);
      notes.push({ code: 'plan/sts-stays-testing', values: { domain }, see: 'RFC 8461 §5' }, ...doubts.map(asNote));
    }
    const isSameServers = [...policy.mx].sort().join() === [...hosts].sort().join();
    if (policy.mode !== 'unreadable' && !isSameServers && !allowsAll(policy.mx, hosts))
      return policyWish(domain, policy.mode, hosts);
    return undefined;
  }
  if (wanted === 'none') return undefined;
  const host = `mta-sts.${domain}`;
  // That it was not tried is told as such; failures that were seen without a policy are as good a reason.
  const doubts = failureDoubts(domain, seen);
  if (policyHost !== undefined) return { ...policyWish(domain, wanted, hosts, doubts), alias: policyHost };
  if (await isThere(host, the.resolver)) return policyWish(domain, wanted, hosts, doubts);
  // The record says that there is a file: it is not published before there is a host to serve it.
  const { id, maxAge } = policyWish(domain, wanted, hosts);
  const file = formatMtaStsPolicy({ mode: wanted, mx: hosts, maxAge, extensions: [] });
  slots.push(
    {
      name: host,
      type: 'CNAME',
      kind: 'mta-sts-host',
      template: '<host that serves the policy file over HTTPS>.',
      why: {
        code: 'plan/slot-sts-host',
        values: {
          domain,
          file: file.trim().replaceAll(/\r?\n/g, ' / '),
          url: `https://${host}/.well-known/mta-sts.txt`,
        },
        see: 'RFC 8461 §3.2',
      },
      from: { code: 'plan/from-you', values: { option: '--sts-host HOST' } },
    },
    {
      name: found.name,
      type: 'TXT',
      kind: 'mta-sts',
      template: formatMtaStsRecord({ id, extensions: [] }),
      why: { code: 'plan/slot-sts-record', values: { domain }, see: 'RFC 8461 §3.1' },
      from: { code: 'plan/from-file', values: { url: `https://${host}/.well-known/mta-sts.txt` } },
    },
  );
  return undefined;
}

function allowsAll(patterns: readonly string[], hosts: readonly string[]): boolean {
  return hosts.every((host) =>
    patterns.some(
      (pattern) => pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1)),
    ),
  );
}

function asNote({ code, values, see }: Doubt): Problem {
  return { code, values, see };
}

function policyWish(
  domain: DomainName,
  mode: StsMode,
  mx: readonly string[],
  doubts: readonly Doubt[] = [],
  seen?: TlsSeen,
): NonNullable<RecordsWish['mtaSts']> {
  const maxAge = ages[mode];
  const text = formatMtaStsPolicy({ mode, mx, maxAge, extensions: [] });
  const policy = { id: idOf(`${domain} ${text}`), mode, mx, maxAge };
  if (mode !== 'enforce') return policy;
  if (doubts.length > 0) return { ...policy, doubts };
  if (seen === undefined) return policy;
  const { successful, failed, firstDay, lastDay } = seen;
  const told = { sessions: successful + failed, failed, since: dayText(firstDay), until: dayText(lastDay) };
  return { ...policy, seen: told };
}

/**
 * An id that is another when the file is (RFC 8461 §3.1: 1 to 32 letters and digits). A policy that was served before has the id it had
 * then, and who kept it from then has the same file.
 */
function idOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0xcbf29ce4];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ (code + 0x9e37), 0x85ebca6b) ^ (other >>> 13);
  }
  const digits = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return `z${digits(one)}${digits(other)}`;
}

async function isThere(host: string, resolver: Resolver): Promise<boolean> {
  try {
    const [v4, v6] = await Promise.all([resolver(host, 'A'), resolver(host, 'AAAA')]);
    return v4.kind === 'records' || v6.kind === 'records';
  } catch (error) {
    if (error instanceof ResolverError) return false;
    throw error;
  }
}

/** DANE needs both the MX of the domain and the names of its servers in signed zones (RFC 7672 §2.2). */
async function dane(
  the: TransportCase,
  hosts: readonly string[],
  slots: Slot[],
  notes: Problem[],
): Promise<TlsaWish[]> {
  const { domain, look, resolver } = the;
  const ours = hosts.filter((host) => the.oursAbove(host) !== undefined);
  if (ours.length === 0) return [];
  const wishes: TlsaWish[] = [];
  const isSigned = async (name: string, host: string): Promise<boolean> => {
    const above = the.oursAbove(name);
    const found = await signedZone(name, above?.top ?? name, resolver, name === domain ? look?.dnssec : above?.dnssec);
    if (found.signed === undefined) add(notes, found.why);
    else if (!found.signed) {
      const zone = found.why?.values?.['zone'] ?? name;
      add(notes, found.why?.code === 'plan/dnssec-no-ds' ? found.why : daneUnsigned(host, zone));
    } else if (found.ground === 'assumed')
      add(notes, { code: 'plan/dnssec-assumed', values: { domain: above?.top ?? name } });
    return found.signed === true;
  };
  if (!(await isSigned(domain, ours[0]!))) return [];
  for (const host of ours) {
    const name = `_25._tcp.${host}`;
    if (!isAtOrBelow(host, domain) && !(await isSigned(host, host))) continue;
    const to = await aliasOf(host, resolver);
    if (to !== undefined) {
      // RFC 7672 §2.2.2: its TLSA records stand at the name that it leads to.
      notes.push({ code: 'plan/tlsa-alias', values: { host, to }, see: 'RFC 7672 §2.2.2' });
      continue;
    }
    const server = look?.mail.servers.find((each) => each.host === host);
    const { outcome, records } = await lookupDane(host, resolver);
    const known = outcome === 'unknown' ? (server?.dane ?? outcome) : outcome;
    if (outcome === 'unknown' && known !== 'none') {
      if (known === 'unknown') add(notes, { code: 'plan/record-not-known', values: { name, type: 'TLSA', domain } });
      continue;
    }
    const found = tlsaWish(host, domain, records, the.keysOf(host), the.asOf);
    if (found.tlsa !== undefined) wishes.push(found.tlsa);
    if (found.slot !== undefined) slots.push(found.slot);
    notes.push(...found.notes);
  }
  return wishes;
}

async function aliasOf(host: string, resolver: Resolver): Promise<string | undefined> {
  try {
    return (await resolver(host, 'A')).aliases.at(-1);
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

function daneUnsigned(host: string, zone: number | string): Problem {
  return { code: 'plan/dane-unsigned', values: { domain: zone, host }, see: 'RFC 7672 §2.2' };
}

/** The same thing about two servers of one zone is told once. */
function add(notes: Problem[], note: Problem): void {
  if (!notes.some((each) => JSON.stringify(each) === JSON.stringify(note))) notes.push(note);
}
