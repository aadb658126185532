// Where a domain receives mail, and what makes sure that it is encrypted on the way there.
import { bimiObstacles, evidenceProblems, logoProblems, lookupBimi } from '../../standards/bimi/index.ts';
import type { BimiRecord } from '../../standards/bimi/index.ts';
import type { DmarcRecord } from '../../standards/dmarc/index.ts';
import { ResolverError } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import {
  lookupDane,
  lookupMtaSts,
  lookupMx,
  lookupTlsRpt,
  mtaStsMxProblems,
  mtaStsPolicyUrl,
  parseMtaStsPolicy,
} from '../../standards/transport/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { standingOf } from './claim.ts';
import { judgeGreeting } from './connect.ts';
import type { Connections } from './connect.ts';
import type { Leaning, MailPosture, Published, ServerPosture, TextPosture } from './published.ts';
import { ask } from './spf.ts';

/** Mail servers that are looked at, the most preferred first. */
const maxServers = 20;
const maxNameServers = 20;

/** Looks at how mail reaches a domain. Never throws for a DNS that does not answer. */
export async function lookAtMail(
  domain: DomainName,
  resolver: Resolver,
  ours: string,
  connections?: Connections,
): Promise<MailPosture> {
  const [mx, mtaSts, tlsRpt] = await Promise.all([
    lookupMx(domain, resolver),
    lookupMtaSts(domain, resolver),
    lookupTlsRpt(domain, resolver),
  ]);
  const servers = await Promise.all(
    mx.hosts.slice(0, maxServers).map((host, index) => {
      const preference = mx.records.find(({ exchange }) => exchange === host)?.preference ?? 0;
      return lookAtServer(host, preference, domain, resolver, ours, index < maxGreeted ? connections : undefined);
    }),
  );
  const policy =
    connections === undefined ? undefined : await policyOf(domain, mtaSts.outcome, mx.hosts, connections.fetchFile);
  return {
    outcome: mx.outcome,
    authenticated: mx.authenticated,
    problems: mx.problems,
    servers,
    mtaSts: textOf(mtaSts),
    ...(policy && { mtaStsPolicy: policy }),
    tlsRpt: textOf(tlsRpt),
  };
}

function textOf({ name, outcome, texts, problems }: TextPosture): TextPosture {
  return { name, outcome, texts, problems };
}

/** What senders need read of a policy file (RFC 8461 §3.3). */
const mostPolicyBytes = 65_536;

async function policyOf(
  domain: DomainName,
  outcome: TextPosture['outcome'],
  hosts: readonly string[],
  fetchFile: Connections['fetchFile'],
): Promise<MailPosture['mtaStsPolicy']> {
  if (outcome !== 'record') return undefined;
  const fetched = await fetchFile(mtaStsPolicyUrl(domain), mostPolicyBytes);
  if (!fetched.ok) return { mode: 'unreadable', maxAge: 0, mx: [], problems: [fetched.problem] };
  const { bytes, mediaType } = fetched;
  const reading = parseMtaStsPolicy(new TextDecoder().decode(bytes));
  const odd: Problem[] =
    mediaType === 'text/plain'
      ? []
      : [
          {
            code: 'transport/sts-policy-media-type',
            values: { mediaType: mediaType.slice(0, 100) },
            see: 'RFC 8461 §3.2',
          },
        ];
  if (!reading.ok) return { mode: 'unreadable', maxAge: 0, mx: [], problems: [...odd, ...reading.problems] };
  const { mode, maxAge, mx } = reading.value;
  return { mode, maxAge, mx, problems: [...odd, ...reading.problems, ...mtaStsMxProblems(reading.value, hosts)] };
}

/** Servers that are connected to, of those that are looked at. */
const maxGreeted = 10;

async function lookAtServer(
  host: string,
  preference: number,
  domain: DomainName,
  resolver: Resolver,
  ours: string,
  connections?: Connections,
): Promise<ServerPosture> {
  const [v4, v6, dane] = await Promise.all([
    addressesOf(host, 'A', resolver),
    addressesOf(host, 'AAAA', resolver),
    lookupDane(host, resolver),
  ]);
  const found = await ask(host, 'A', resolver);
  const leaning: Leaning = {
    name: host,
    by: 'server',
    at: domain,
    text: `MX ${preference} ${host}`,
    ...(await standingOf(found, ours, resolver)),
  };
  const records = dane.outcome === 'secure' ? dane.records : [];
  const greetings = await connections?.greet(
    host,
    records.some(({ usage }) => usage === 2),
  );
  return {
    host,
    preference,
    v4: v4.has,
    v6: v6.has,
    authenticated: v4.authenticated && v6.authenticated,
    dane: dane.outcome,
    daneProblems: dane.problems,
    leaning,
    ...(greetings && { connections: greetings.map((greeting) => judgeGreeting(greeting, host, domain, records)) }),
  };
}

async function addressesOf(
  host: string,
  type: 'A' | 'AAAA',
  resolver: Resolver,
): Promise<{ readonly has: 'no' | 'unknown' | 'yes'; readonly authenticated: boolean }> {
  try {
    const { kind, authenticated } = await resolver(host, type);
    return { has: kind === 'records' ? 'yes' : 'no', authenticated };
  } catch (error) {
    if (error instanceof ResolverError) return { has: 'unknown', authenticated: false };
    throw error;
  }
}

/** What is fetched of a logo and of a certificate: far more than providers take. */
const mostLogoBytes = 262_144;
const mostEvidenceBytes = 262_144;

/** Looks at the logo a domain names, and at what keeps receivers from showing it. */
export async function lookAtBimi(
  domain: DomainName,
  above: string,
  records: readonly DmarcRecord[],
  resolver: Resolver,
  connections?: Connections,
): Promise<Published['bimi']> {
  const found = await lookupBimi('default', domain, resolver);
  const { record } = found;
  const files =
    record === undefined || connections === undefined ? undefined : await filesOf(record, [domain, above], connections);
  return {
    ...textOf(found),
    obstacles: found.outcome === 'record' ? bimiObstacles(records) : [],
    ...(files && { files }),
  };
}

async function filesOf(
  { l, a }: BimiRecord,
  domains: readonly string[],
  { fetchFile, clock }: Connections,
): Promise<Problem[]> {
  const [logo, evidence] = await Promise.all([
    l === '' ? undefined : fetchFile(l, mostLogoBytes),
    a === '' ? undefined : fetchFile(a, mostEvidenceBytes),
  ]);
  const problems: Problem[] = [];
  if (logo !== undefined) problems.push(...(logo.ok ? logoProblems(logo.bytes) : [logo.problem]));
  if (evidence !== undefined) {
    const found = evidence.ok ? evidenceProblems(evidence.bytes, domains, new Date(clock())) : [evidence.problem];
    problems.push(...found);
  }
  return problems;
}

/** Whether the answers about a domain are signed, and whether this resolver checks it (RFC 4035 §3.2.3). */
export async function lookAtDnssec(
  domain: DomainName,
  above: readonly DomainName[],
  resolver: Resolver,
): Promise<Published['dnssec']> {
  try {
    if ((await resolver(domain, 'TXT')).authenticated) return 'secure';
    // Not vouched for: because it is not signed, or because nobody checked. A signed zone has a DS record above it.
    for (const name of new Set([domain, ...above])) {
      if ((await resolver(name, 'DS')).kind === 'records') return 'unvalidated';
    }
    return 'insecure';
  } catch (error) {
    if (error instanceof ResolverError) return 'unknown';
    throw error;
  }
}

/** The name servers of a domain: who holds one of their names answers for all of it. */
export async function lookAtNameServers(domain: DomainName, resolver: Resolver, ours: string): Promise<Leaning[]> {
  let hosts: readonly string[];
  try {
    const answer = await resolver(domain, 'NS');
    hosts = answer.kind === 'records' ? answer.records.slice(0, maxNameServers) : [];
  } catch (error) {
    if (error instanceof ResolverError) return [];
    throw error;
  }
  return Promise.all(
    [...hosts].sort().map(async (name) => {
      const found = await ask(name, 'A', resolver);
      return {
        name,
        by: 'name-server' as const,
        at: domain,
        text: `NS ${name}`,
        ...(await standingOf(found, ours, resolver)),
      };
    }),
  );
}
