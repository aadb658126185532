// Where a domain receives mail: its MX records (RFC 5321 §5.1), or the null MX that says it receives none (RFC 7505).
import { ResolverError } from '../dns/index.ts';
import type { DomainName, RecordData, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';

export type MxRecord = RecordData['MX'];

const isRoot = (exchange: string): boolean => exchange === '' || exchange === '.';

/** Whether these records are a null MX: one, of preference 0, at the root (RFC 7505 §3). */
export function isNullMx(records: readonly MxRecord[]): boolean {
  const [only, ...more] = records;
  return only !== undefined && more.length === 0 && isRoot(only.exchange) && only.preference === 0;
}

/** The null MX, to be published for a domain that receives no mail. */
export const nullMx: MxRecord = { preference: 0, exchange: '' };

/** Writes an MX record as it stands in a zone file. */
export function formatMx({ preference, exchange }: MxRecord): string {
  return `${preference} ${isRoot(exchange) ? '.' : `${exchange}.`}`;
}

/** What is amiss with the MX records of a domain, looked at by themselves. */
export function mxProblems(records: readonly MxRecord[]): Problem[] {
  const problems: Problem[] = [];
  const roots = records.filter(({ exchange }) => isRoot(exchange));
  if (roots.length > 0 && records.length > roots.length) {
    problems.push({ code: 'transport/null-mx-and-others', values: { count: records.length }, see: 'RFC 7505 §3' });
  } else if (roots.length > 0 && !isNullMx(records)) {
    const values = { preference: roots[0]?.preference ?? 0, count: roots.length };
    problems.push({ code: 'transport/null-mx-malformed', values, see: 'RFC 7505 §3' });
  }
  for (const { exchange } of records) {
    if (/^[0-9.]+$/.test(exchange) && exchange.includes('.')) {
      problems.push({ code: 'transport/mx-address', values: { exchange }, see: 'RFC 5321 §5.1' });
    }
  }
  return problems;
}

/**
 * Where a domain receives mail. `implicit`: it has no MX and an address, which then is its mail server (RFC 5321 §5.1). `nowhere`: neither.
 * `no-such-name`: there is no such domain. `unknown`: the DNS did not answer.
 */
export interface MxFound {
  readonly outcome: 'implicit' | 'no-such-name' | 'nowhere' | 'null-mx' | 'servers' | 'unknown';
  readonly records: readonly MxRecord[];
  /** The mail servers, most preferred first, each once. */
  readonly hosts: readonly string[];
  /** The resolver vouches for the answer (DNSSEC), which DANE needs (RFC 7672 §2.2.1). */
  readonly authenticated: boolean;
  readonly problems: readonly Problem[];
}

/** Looks up where a domain receives mail. Never throws for a DNS that does not answer. */
export async function lookupMx(domain: DomainName, resolver: Resolver): Promise<MxFound> {
  const none = { records: [], hosts: [], authenticated: false, problems: [] };
  try {
    const answer = await resolver(domain, 'MX');
    const { authenticated } = answer;
    if (answer.kind === 'records') {
      const { records } = answer;
      const problems = mxProblems(records);
      if (isNullMx(records)) return { outcome: 'null-mx', records, hosts: [], authenticated, problems };
      const servers = records.filter(({ exchange }) => !isRoot(exchange));
      const hosts = servers.toSorted((one, other) => one.preference - other.preference).map(({ exchange }) => exchange);
      const outcome = hosts.length > 0 ? 'servers' : 'nowhere';
      return { outcome, records, hosts: [...new Set(hosts)], authenticated, problems };
    }
    if (answer.kind === 'no-such-name' && answer.aliases.length === 0) {
      return { ...none, outcome: 'no-such-name', authenticated };
    }
    for (const type of ['A', 'AAAA'] as const) {
      const address = await resolver(domain, type);
      if (address.kind === 'records') return { ...none, outcome: 'implicit', hosts: [domain], authenticated };
    }
    return { ...none, outcome: 'nowhere', authenticated };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return { ...none, outcome: 'unknown' };
  }
}
