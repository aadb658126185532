// What failure and TLS reports say, in a terminal. Names of fields are those of the standards, in whatever language.
import type { ReadFailure } from '../../protection/ingestion/index.ts';
import type { TlsReport } from '../../standards/reports/index.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { more } from './parts.ts';
import { paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';

type Fact = readonly [name: string, text: string | undefined];

/** A failure or abuse report, a line a field, and the first lines of the header of the message it is about. */
export function failureText(failure: ReadFailure, style: Style, options: { readonly limit?: number } = {}): string[] {
  const { alignment, identityAlignment, dkim, original } = failure;
  const facts: Fact[] = [
    ['Feedback-Type', failure.feedbackType],
    ['Auth-Failure', failure.authFailures.join(', ')],
    ['Reported-Domain', failure.reportedDomains.join(', ')],
    ['Source-IP', failure.sourceAddress],
    ['Arrival-Date', failure.arrival === undefined ? undefined : moment(failure.arrival)],
    ['Incidents', failure.incidents === 1 ? undefined : String(failure.incidents)],
    ['Original-Mail-From', failure.originalMailFrom === '' ? '<>' : failure.originalMailFrom],
    ['Original-Rcpt-To', failure.originalRcptTo.join(', ')],
    ['Reporting-MTA', failure.reportingMta],
    ['User-Agent', failure.userAgent],
    ['Delivery-Result', failure.deliveryResult],
    [
      'DKIM',
      join([dkim?.domain, dkim?.selector === undefined ? undefined : `selector ${dkim.selector}`, dkim?.identity]),
    ],
    ['SPF-DNS', failure.spfDns.join(', ')],
    [
      'Identity-Alignment',
      identityAlignment === undefined
        ? undefined
        : `${identityAlignment.named.join(', ') || 'none'} (${identityMeanings[identityAlignment.meaning]})`,
    ],
    [
      'aligned',
      alignment === undefined
        ? undefined
        : join([
            alignment.dkim === undefined ? undefined : `dkim=${alignment.dkim}`,
            alignment.spf === undefined ? undefined : `spf=${alignment.spf}`,
          ]),
    ],
    ...failure.authenticationResults.map(({ authservId, results }): Fact => [
      'Authentication-Results',
      join([authservId, ...results.map(({ method, result }) => `${method}=${result}`)]),
    ]),
    ['Reported-URI', failure.reportedUris.join(', ')],
    ...failure.otherFields.map(({ name, value }): Fact => [safeText(name, 60), value]),
  ];
  const lines = factLines(facts, style);
  if (original === undefined) return lines;
  const header = original.header.split(/\r?\n/);
  const shown = header.slice(0, options.limit ?? header.length);
  return [
    ...lines,
    `  ${original.headerOnly ? 'the header of the message it is about:' : 'the message it is about begins:'}`,
    ...shown.map((line) => `    ${plain(safeText(line.replaceAll('\t', '  '), style.width - 4), style)}`),
    ...more(header.length - shown.length, '--all', style, speech(style.language)),
  ];
}

const identityMeanings = {
  aligned: 'those that are aligned, as RFC 7489 has it',
  failed: 'those that failed, as RFC 9991 has it',
  unknown: 'aligned or failed: the report allows both',
} as const;

/** A TLS report: sessions by policy, and why some were not secured. */
export function tlsText(
  tls: Omit<TlsReport, 'repaired'>,
  style: Style,
  options: { readonly limit?: number } = {},
): string[] {
  const words = speech(style.language);
  const lines = factLines(
    [
      ['organization', tls.organizationName],
      ['contact', tls.contactInfo],
      ['report id', tls.reportId],
      ['period', `${moment(tls.dateRange.begin)} – ${moment(tls.dateRange.end)}`],
      ['sessions', `${words.integer(tls.sessions.successful)} secured, ${words.integer(tls.sessions.failed)} not`],
    ],
    style,
  );
  const shown = tls.policies.slice(0, options.limit ?? tls.policies.length);
  for (const policy of shown) {
    lines.push(
      ...factLines(
        [
          ['policy', join([policy.type ?? policy.typeText, policy.domain])],
          ['MX', policy.mxHosts.join(', ')],
          ['asks', policy.policyString.join('; ')],
          ['sessions', `${words.integer(policy.successful)} secured, ${words.integer(policy.failed)} not`],
          ...policy.failures
            .slice(0, options.limit ?? policy.failures.length)
            .map((failure): Fact => [
              'not secured',
              join([
                words.integer(failure.count),
                failure.resultType,
                failure.sendingMtaIp === undefined ? undefined : `from ${failure.sendingMtaIp}`,
                failure.receivingMxHostname === undefined ? undefined : `to ${failure.receivingMxHostname}`,
                failure.receivingIp,
                failure.failureReasonCode,
                failure.additionalInformation,
              ]),
            ]),
        ],
        style,
      ),
      ...more(policy.failures.length - (options.limit ?? policy.failures.length), '--all', style, words),
    );
  }
  return [...lines, ...more(tls.policies.length - shown.length, '--all', style, words)];
}

/** A line a fact; a long one goes on under itself. */
function factLines(facts: readonly Fact[], style: Style): string[] {
  const said = facts.filter(([, text]) => text !== undefined && text !== '');
  const widest = Math.max(0, ...said.map(([name]) => displayWidth(name)));
  const room = { ...style, width: style.width - widest - 4 };
  return said.flatMap(([name, text = '']) =>
    wrapped(safeText(text, 2000), room).map((line, at) => {
      const start = at === 0 ? paint(plain(name, style), 'dim', style) : '';
      return `  ${start}${' '.repeat(widest + 2 - (at === 0 ? displayWidth(name) : 0))}${line}`;
    }),
  );
}

function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function join(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
