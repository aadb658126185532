// The destinations of reports: DMARC Reporting URIs (RFC 9989 §4.6, §4.8), which are URIs of RFC 3986 without bare commas and
// exclamation points, since these separate.
import { parseDomainName } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { hostOf, isUri, mailboxOf, schemeOf } from '../uri.ts';
import type { ReportUri } from './record.ts';

const size = /!([0-9]+[kmgt]?)$/i;
const bareAddress = /^[^\s@:]+@[^\s@:]+$/;

/**
 * Reads one URI of `rua` or `ruf`. A URI of any scheme is well formed (RFC 9989 §4.7); what is odd about one that is comes as a
 * problem beside it.
 *
 * @returns the URI, or `dmarc/report-uri-without-scheme`, `dmarc/bad-report-uri`
 */
export function parseReportUri(text: string): Reading<ReportUri> {
  const problems: Problem[] = [];
  const shown = { uri: shorten(text) };
  const sized = size.exec(text);
  const uri = sized === null ? text : text.slice(0, sized.index);
  if (!isUri(uri) || /[,!]/.test(uri)) {
    const code = bareAddress.test(uri) ? 'dmarc/report-uri-without-scheme' : 'dmarc/bad-report-uri';
    return { ok: false, problems: [{ code, values: shown, see: 'RFC 9989 §4.8' }] };
  }
  if (sized !== null) problems.push({ code: 'dmarc/report-size', values: shown, see: 'RFC 9989 §4.8' });
  const scheme = schemeOf(uri);
  const address = scheme === 'mailto' ? mailboxOf(uri) : undefined;
  if (scheme !== 'mailto') {
    problems.push({ code: 'dmarc/report-scheme', values: { ...shown, scheme }, see: 'RFC 9989 §4.7' });
  } else if (address === undefined || !parseDomainName(address.domain).ok) {
    problems.push({ code: 'dmarc/report-address', values: shown, see: 'RFC 6068 §2' });
  }
  return {
    ok: true,
    value: {
      uri,
      scheme,
      ...(address === undefined ? {} : { address }),
      ...(sized?.[1] === undefined ? {} : { obsoleteSize: sized[1] }),
    },
    problems,
  };
}

/** The `mailto:` URI of a mailbox, with everything encoded that would end or split it in a record (RFC 6068 §2, RFC 9989 §4.8). */
export function mailtoReportUri(localPart: string, domain: string): ReportUri {
  // encodeURIComponent leaves `!` and `'()*` as they are; `!` separates here.
  const encoded = encodeURIComponent(localPart).replaceAll('!', '%21').replaceAll('%2B', '+');
  return { uri: `mailto:${encoded}@${domain}`, scheme: 'mailto', address: { localPart, domain } };
}

/**
 * The host that a URI sends reports to: the domain of a mailbox, else the host of the authority component. It is what must agree
 * to receive them when it is not the policy domain's own (RFC 9990 §4).
 *
 * @returns `undefined` when the URI has no host, or one that is no domain name
 */
export function destinationHost(uri: ReportUri): DomainName | undefined {
  const host = uri.scheme === 'mailto' ? uri.address?.domain : hostOf(uri.uri);
  const name = parseDomainName(host ?? '');
  return name.ok ? name.value : undefined;
}

/** A text from outside, short enough to be shown. */
export function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
