// What a domain that receives mail should say of its transport: MTA-STS (RFC 8461), TLS-RPT (RFC 8460) and, for servers of our own in signed
// zones, DANE (RFC 7672). A policy file and a certificate are looked at by connecting; what nobody looked at is not assumed.
import { ResolverError } from '../../../standards/dns/index.ts';
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
import type { MailPosture } from '../../posture/index.ts';
import type { RecordsWish, Slot, TlsaWish } from '../records/wish.ts';

export type StsMode = 'enforce' | 'none' | 'testing';

/** What is known of the transport of one domain beside the DNS. */
export interface TransportCase {
  readonly domain: DomainName;
  readonly resolver: Resolver;
  readonly asOf: Day;
  /** The last look at the domain that was kept (`zegel check`), and since when it was so. */
  readonly look?: {
    readonly since: Day;
    readonly dnssec: 'insecure' | 'secure' | 'unknown' | 'unvalidated';
    readonly mail: MailPosture;
  };
  /** Whether a mail server is one of ours. */
  readonly isOurs: (host: string) => boolean;
  /** Where TLS reports are to go: a URI. */
  readonly reportTo?: string;
  /** The mode that is asked for; without it `testing` where there is none, and what stands there stays. */
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
/** A policy is tried for so long before it is enforced. */
const tried = 14;

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
  const mtaSts = await strictTransport(the, mx.hosts, slots, notes);
  const tlsa = await dane(the, mx.hosts, mx.authenticated, slots, notes);
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
  slots: Slot[],
  notes: Problem[],
): Promise<RecordsWish['mtaSts']> {
  const { domain, mode, look, policyHost, asOf } = the;
  const found = await lookupMtaSts(domain, the.resolver);
  if (found.outcome === 'unknown') {
    notes.push({ code: 'plan/record-not-known', values: { name: found.name, type: 'TXT', domain } });
    return undefined;
  }
  const wanted = mode ?? 'testing';
  if (found.outcome === 'record') {
    const policy = look?.mail.mtaStsPolicy;
    if (policy === undefined) {
      if (mode === undefined) notes.push({ code: 'plan/sts-not-known', values: { domain }, see: 'RFC 8461 §3.3' });
      return mode === undefined ? undefined : policyWish(domain, mode, hosts);
    }
    if (mode !== undefined && mode !== policy.mode) return policyWish(domain, mode, hosts);
    const isSameServers = [...policy.mx].sort().join() === [...hosts].sort().join();
    if (policy.mode === 'testing' && asOf - (look?.since ?? asOf) >= tried)
      notes.push({
        code: 'plan/sts-may-enforce',
        values: { domain, since: dayText(look?.since ?? asOf) },
        see: 'RFC 8461 §5',
      });
    if (policy.mode !== 'unreadable' && !isSameServers && !allowsAll(policy.mx, hosts))
      return policyWish(domain, policy.mode, hosts);
    return undefined;
  }
  if (wanted === 'none') return undefined;
  const host = `mta-sts.${domain}`;
  if (policyHost !== undefined) return { ...policyWish(domain, wanted, hosts), alias: policyHost };
  if (await isThere(host, the.resolver)) return policyWish(domain, wanted, hosts);
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

function policyWish(domain: DomainName, mode: StsMode, mx: readonly string[]): NonNullable<RecordsWish['mtaSts']> {
  const maxAge = ages[mode];
  const text = formatMtaStsPolicy({ mode, mx, maxAge, extensions: [] });
  return { id: idOf(`${domain} ${text}`), mode, mx, maxAge };
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
  isVouchedFor: boolean,
  slots: Slot[],
  notes: Problem[],
): Promise<TlsaWish[]> {
  const { domain, look, resolver } = the;
  const isSigned = isVouchedFor || look?.dnssec === 'secure' || look?.dnssec === 'unvalidated';
  const ours = hosts.filter((host) => the.isOurs(host));
  if (ours.length === 0) return [];
  if (!isSigned) {
    notes.push(
      look === undefined || look.dnssec === 'unknown'
        ? { code: 'plan/dnssec-not-known', values: { domain } }
        : { code: 'plan/dane-unsigned', values: { domain, host: ours[0]! }, see: 'RFC 7672 §2.2' },
    );
    return [];
  }
  for (const host of ours) {
    const name = `_25._tcp.${host}`;
    const server = look?.mail.servers.find((each) => each.host === host);
    const { outcome } = await lookupDane(host, resolver);
    const known = outcome === 'unknown' ? (server?.dane ?? outcome) : outcome;
    if (known === 'secure' || known === 'unusable') continue;
    if (await hasTlsa(name, resolver)) continue;
    if (known === 'unknown' && server === undefined) {
      notes.push({ code: 'plan/record-not-known', values: { name, type: 'TLSA', domain } });
      continue;
    }
    slots.push({
      name,
      type: 'TLSA',
      kind: 'tlsa',
      template: '3 1 1 <SHA-256 of the public key of its certificate>',
      why: { code: 'plan/slot-tlsa', values: { host, domain }, see: 'RFC 7672 §3.1.1' },
      from: { code: 'plan/from-server', values: { host } },
    });
  }
  return [];
}

async function hasTlsa(name: string, resolver: Resolver): Promise<boolean> {
  try {
    return (await resolver(name, 'TLSA')).kind === 'records';
  } catch (error) {
    if (error instanceof ResolverError) return false;
    throw error;
  }
}
