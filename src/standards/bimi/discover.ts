import type { DmarcRecord } from '../dmarc/index.ts';
import { effectivePolicies } from '../dmarc/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { lookupTextRecord } from '../text-record.ts';
import type { TextRecordFound } from '../text-record.ts';
import { isBimiRecord, parseBimiRecord } from './parse.ts';
import type { BimiRecord } from './record.ts';

/** Looking for the record of a message: the record that counts, or the last look-up, and which names were asked. */
export interface BimiDiscovery {
  readonly found: TextRecordFound<BimiRecord>;
  /** In order. */
  readonly asked: readonly string[];
}

/** Whose message it is. */
export interface BimiQuestion {
  readonly authorDomain: DomainName;
  readonly organizationalDomain: DomainName;
  /** Of the BIMI-Selector field; `default` when not given. */
  readonly selector?: string;
  /** The local part of the From address, for records that take it for a selector. */
  readonly localPart?: string;
}

/**
 * Finds the record for a message ("Assertion Record Discovery"): the selector at the Author Domain, then at the Organizational Domain;
 * where the record has `lps`, the local part as a selector beside it. Never throws for a DNS that does not answer.
 */
export async function discoverBimi(question: BimiQuestion, resolver: Resolver): Promise<BimiDiscovery> {
  const { authorDomain, organizationalDomain, selector = 'default', localPart } = question;
  const asked: string[] = [];
  const look = async (label: string, domain: DomainName): Promise<TextRecordFound<BimiRecord>> => {
    const found = await lookupBimi(label, domain, resolver);
    asked.push(found.name);
    return found;
  };
  let found = await look(selector, authorDomain);
  let domain = authorDomain;
  if (found.outcome === 'none' && organizationalDomain !== authorDomain) {
    domain = organizationalDomain;
    found = await look(selector, domain);
  }
  const own = found.record === undefined ? undefined : localPartSelector(found.record, localPart);
  if (own !== undefined && own !== selector) {
    const ofLocalPart = await look(own, domain);
    if (ofLocalPart.outcome === 'record') found = ofLocalPart;
  }
  return { found, asked };
}

const kind = {
  begins: isBimiRecord,
  near: /v\s*=\s*bimi/i,
  parse: parseBimiRecord,
  several: { code: 'bimi/several-records', see: 'BIMI draft, Assertion Record Discovery' },
};

/** Looks up one record: `<selector>._bimi.<domain>`. Never throws for a DNS that does not answer. */
export function lookupBimi(
  selector: string,
  domain: DomainName,
  resolver: Resolver,
): Promise<TextRecordFound<BimiRecord>> {
  return lookupTextRecord(`${selector}._bimi.${domain}`, kind, resolver);
}

/**
 * The selector that a local part makes ("Local-part Selectors"): without a `+…` part, dots and underscores as dashes, in small letters;
 * `undefined` when other characters remain, nothing does, or no prefix of the record matches.
 */
export function localPartSelector({ lps }: BimiRecord, localPart: string | undefined): string | undefined {
  if (lps === undefined || localPart === undefined || localPart.length > 1000) return undefined;
  const [base = ''] = localPart.split('+', 1);
  const selector = base
    .replaceAll(/[_.]+/g, '-')
    .replaceAll(/-+/g, '-')
    .replace(/^-/, '')
    .replace(/-$/, '')
    .toLowerCase();
  if (!/^[a-z0-9-]{1,63}$/.test(selector)) return undefined;
  return lps.length === 0 || lps.some((prefix) => selector.startsWith(prefix.toLowerCase())) ? selector : undefined;
}

/**
 * Why receivers would show no logo, however good the BIMI record is ("Authentication Requirements"): the DMARC policy that governs is none, its
 * subdomain policy is none, it is quarantine for a part of the messages, or the owner is only testing.
 *
 * @param records the DMARC records of the Author Domain and of its Organizational Domain, those that exist
 */
export function bimiObstacles(records: readonly DmarcRecord[]): Problem[] {
  const see = 'BIMI draft, Authentication Requirements';
  const problems: Problem[] = [];
  const add = (code: string, values: Record<string, string | number> = {}): void => {
    if (!problems.some((problem) => problem.code === code)) problems.push({ code, values, see });
  };
  if (records.length === 0) add('bimi/no-dmarc');
  for (const record of records) {
    const policies = effectivePolicies(record, 'rfc9989');
    if (policies === undefined) add('bimi/no-dmarc');
    else if (policies.p === 'none') add('bimi/policy-none');
    else if (policies.sp === 'none') add('bimi/subdomain-policy-none');
    if (policies?.p === 'quarantine' && (record.pct ?? 100) < 100)
      add('bimi/partial-quarantine', { percent: record.pct ?? 100 });
    // The draft knows `pct` only; `t=y` is what `pct=0` was (RFC 9989 §A.6).
    if (policies?.p === 'quarantine' && record.t === 'y') add('bimi/testing');
  }
  return problems;
}
