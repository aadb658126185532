// Whether those whom a record sends reports to have agreed to it (RFC 9990 §4; RFC 7489 §7.1): a destination under another
// Organizational Domain must say so in its own DNS, at `<policy domain>._report._dmarc.<host>`.
import { maxNameLength, ResolverError } from '../dns/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { isDmarcRecord, parseDmarcRecord } from './parse.ts';
import type { ReportUri } from './record.ts';
import { destinationHost } from './report-uri.ts';

/**
 * What was found of one destination.
 * - `own`: under the Organizational Domain of the policy domain, so nothing need be asked
 * - `authorised`: the host agrees (it may have put other addresses in place, see `uris`)
 * - `not-authorised`: it does not, or what it says may not be followed: no report goes there
 * - `unknown`: the DNS did not answer
 * - `no-host`: the URI names no host that could agree
 */
export type DestinationOutcome = 'authorised' | 'no-host' | 'not-authorised' | 'own' | 'unknown';

export interface ReportDestination {
  readonly uri: ReportUri;
  readonly outcome: DestinationOutcome;
  readonly host?: DomainName;
  /** The name that was asked for, when one was. */
  readonly queryName?: string;
  /** What was found there: TXT records with their strings joined. */
  readonly texts: readonly string[];
  /** Where reports go in the end: the URI itself, what the host puts in its place, or nowhere. */
  readonly uris: readonly ReportUri[];
  readonly problems: readonly Problem[];
}

/**
 * Verifies one destination of `rua` or `ruf`. Never throws for a DNS that does not answer.
 *
 * @param policyDomain where the record was found, without `_dmarc`
 * @param organizationalDomainOf whichever rule the receiver follows; `organizationalDomainLookup` walks
 */
export async function verifyReportDestination(
  policyDomain: DomainName,
  kind: 'rua' | 'ruf',
  uri: ReportUri,
  resolver: Resolver,
  organizationalDomainOf: (name: DomainName) => DomainName | Promise<DomainName>,
): Promise<ReportDestination> {
  const host = destinationHost(uri);
  const values = { uri: uri.uri, domain: policyDomain, host: host ?? '' };
  const see = 'RFC 9990 §4';
  const none = { uri, texts: [], uris: [] };
  if (host === undefined) {
    return { ...none, outcome: 'no-host', problems: [{ code: 'dmarc/destination-without-host', values, see }] };
  }
  const queryName = `${policyDomain}._report._dmarc.${host}`;
  try {
    const [ours, theirs] = [await organizationalDomainOf(policyDomain), await organizationalDomainOf(host)];
    if (ours === theirs) return { ...none, host, outcome: 'own', uris: [uri], problems: [] };
    if (queryName.length > maxNameLength) {
      const problem = { code: 'dmarc/destination-name-too-long', values, see };
      return { ...none, host, queryName, outcome: 'not-authorised', problems: [problem] };
    }
    const answer = await resolver(queryName, 'TXT');
    const texts = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
    return { uri, host, queryName, texts, ...judge(kind, uri, host, texts, { ...values, queryName }) };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    const problem = { code: 'dmarc/destination-unknown', values, see };
    return { ...none, host, queryName, outcome: 'unknown', problems: [problem] };
  }
}

/** Steps 6 to 9: any record that begins right agrees; the first that names addresses puts them in place, if all are at the same host. */
function judge(
  kind: 'rua' | 'ruf',
  uri: ReportUri,
  host: DomainName,
  texts: readonly string[],
  values: NonNullable<Problem['values']>,
): Pick<ReportDestination, 'outcome' | 'problems' | 'uris'> {
  const see = 'RFC 9990 §4';
  const records = texts.filter(isDmarcRecord).flatMap((text) => {
    const reading = parseDmarcRecord(text);
    return reading.ok ? [reading.value] : [];
  });
  if (records.length === 0) {
    return {
      outcome: 'not-authorised',
      uris: [],
      problems: [{ code: 'dmarc/destination-not-authorised', values, see }],
    };
  }
  const instead = records.find((record) => record[kind].length > 0)?.[kind];
  if (instead === undefined) return { outcome: 'authorised', uris: [uri], problems: [] };
  const elsewhere = instead.find((other) => destinationHost(other) !== host);
  if (elsewhere === undefined) return { outcome: 'authorised', uris: instead, problems: [] };
  // Then a report goes neither to the first destination nor to the one that was to replace it.
  const problem = { code: 'dmarc/destination-elsewhere', values: { ...values, elsewhere: elsewhere.uri }, see };
  return { outcome: 'not-authorised', uris: [], problems: [problem] };
}
