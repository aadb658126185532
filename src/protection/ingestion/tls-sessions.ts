// From a TLS report (RFC 8460) to what is kept of it beside its bytes, and which of several copies counts.
import { hash } from 'node:crypto';
import type { Problem } from '../../standards/problem.ts';
import type { TlsPolicyReport, TlsReport } from '../../standards/reports/tls/index.ts';
import type { Authenticity, DocumentState, JudgeReportMail } from './archive.ts';
import { keyText, reporterOf } from './identity.ts';
import type { ReportKey } from './report-key.ts';
import type { TlsFiled, TlsPolicySessions } from './tls-filed.ts';

/** Kinds of failure at servers that are told apart in one policy; what is beyond is summed up under no type and no server. */
const mostKinds = 1000;
/** Characters of a kind of failure, and of a name, that are kept: what is longer is none. */
const mostText = 100;
const mostName = 255;

/** What is kept of a report. */
export function tlsFiled(report: Omit<TlsReport, 'repaired'>): TlsFiled {
  const { contactInfo, organizationName, reportId = '', dateRange } = report;
  const { begin, end } = dateRange;
  const reporter = reporterOf(contactInfo, organizationName).slice(0, mostName);
  const policies = report.policies.map(sessionsOf);
  // RFC 8460 §4.4: one report may tell of several policies of one domain.
  const policyDomain = [...new Set(policies.map((policy) => policy.policyDomain))].sort().join(' ');
  return {
    // An aggregate report of the same id is another report.
    key: {
      reporter,
      policyDomain,
      reportId,
      begin,
      end,
      text: keyText({ reporter, policyDomain, reportId: `tls ${reportId}`, begin, end }),
    },
    digest: hash('sha256', JSON.stringify(policies), 'hex'),
    policies,
  };
}

function sessionsOf({
  type,
  typeText = '',
  policyString,
  domain = '',
  successful,
  failed,
  failures,
}: TlsPolicyReport): TlsPolicySessions {
  const sums = new Map<string, { type: string; mx: string; sessions: number }>();
  for (const { resultType = '', receivingMxHostname = '', count } of failures) {
    const told = resultType.slice(0, mostText);
    const mx = receivingMxHostname.replace(/\.$/, '').slice(0, mostName);
    const known = sums.get(`${told} ${mx}`);
    const [at, kind, host] = known !== undefined || sums.size < mostKinds ? [`${told} ${mx}`, told, mx] : [' ', '', ''];
    const sum = sums.get(at);
    if (sum === undefined) sums.set(at, { type: kind, mx: host, sessions: count });
    else sum.sessions += count;
  }
  // Some senders tell how many failed and not how.
  const counted = [...sums.values()].filter(({ sessions }) => sessions > 0);
  const untold = counted.length === 0 && failed > 0 ? [{ type: '', mx: '', sessions: failed }] : [];
  return {
    policyDomain: domain.toLowerCase().slice(0, mostName),
    policyType: type ?? typeText.slice(0, mostText),
    mode:
      policyString.map((line) => /^\s*mode\s*:\s*(\w{1,20})\s*$/i.exec(line)?.[1]?.toLowerCase()).find(Boolean) ?? '',
    successful,
    failed,
    failures: [...counted, ...untold].sort((a, b) => (`${a.type} ${a.mx}` < `${b.type} ${b.mx}` ? -1 : 1)),
  };
}

/** What becomes of a TLS report beside the copy of it that counts already: the first counts. */
export function settleTls(
  { digest }: Pick<TlsFiled, 'digest'>,
  counted: { readonly document: number; readonly digest: string } | undefined,
): { readonly state: DocumentState; readonly other?: number; readonly problems: readonly Problem[] } {
  if (counted === undefined) return { state: 'counted', problems: [] };
  return counted.digest === digest
    ? { state: 'duplicate', other: counted.document, problems: [{ code: 'ingestion/tls-duplicate' }] }
    : { state: 'conflict', other: counted.document, problems: [{ code: 'ingestion/tls-conflict' }] };
}

/** Whom a TLS report names as its reporter, for whoever judges its mail. */
export function tlsNamedBy({ reporter }: ReportKey, email: string | undefined): Parameters<JudgeReportMail>[1] {
  return { reporter, service: 'tlsrpt', ...(email === undefined ? {} : { email }) };
}

/** What was found of the mail of a TLS report, kept apart: that a reporter signs these says nothing of its aggregate reports. */
export function ofTlsMail(found: Authenticity): Authenticity {
  return { ...found, reporter: `tls:${found.reporter}` };
}
