// The destinations of reports: DMARC Reporting URIs (RFC 9989 §4.6, §4.8), which are URIs of RFC 3986 without bare commas and
// exclamation points, since these separate.
import { parseDomainName } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import type { ReportUri } from './record.ts';

// RFC 3986 §2 and §3.1: a scheme, and then unreserved and reserved characters or percent-encodings. `!` and `,` are left out.
const characters = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9._~:/?#[\]@$&'()*+=-]|%[0-9a-f]{2})*$/i;
// Square brackets stand around the IP literal of a host and nowhere else (RFC 3986 §3.2.2).
const withIpLiteral = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#[\]@]*@)?\[[0-9a-z.:]+\](?::[0-9]*)?(?:[/?#][^[\]]*)?$/i;
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
  if (!characters.test(uri) || uri.indexOf('#') !== uri.lastIndexOf('#')) {
    const code = bareAddress.test(uri) ? 'dmarc/report-uri-without-scheme' : 'dmarc/bad-report-uri';
    return { ok: false, problems: [{ code, values: shown, see: 'RFC 9989 §4.8' }] };
  }
  if (/[[\]]/.test(uri) && !withIpLiteral.test(uri)) {
    return { ok: false, problems: [{ code: 'dmarc/bad-report-uri', values: shown, see: 'RFC 3986 §3.2.2' }] };
  }
  if (sized !== null) problems.push({ code: 'dmarc/report-size', values: shown, see: 'RFC 9989 §4.8' });
  const scheme = uri.slice(0, uri.indexOf(':')).toLowerCase();
  const address = scheme === 'mailto' ? mailbox(uri) : undefined;
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

/** The one mailbox of a `mailto:` URI (RFC 6068 §2); none when there is no `@`, or more than one address. */
function mailbox(uri: string): ReportUri['address'] {
  const [encoded = ''] = uri.slice('mailto:'.length).split(/[?#]/, 1);
  let decoded: string;
  try {
    decoded = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const at = decoded.lastIndexOf('@');
  if (at < 1 || at === decoded.length - 1) return undefined;
  const localPart = decoded.slice(0, at);
  const domain = decoded.slice(at + 1);
  const quoted = localPart.startsWith('"') && localPart.endsWith('"');
  if (/[\s<>]/.test(domain) || (!quoted && /[\s,@<>]/.test(localPart))) return undefined;
  return { localPart, domain };
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
  const host =
    uri.scheme === 'mailto'
      ? uri.address?.domain
      : /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)/i.exec(uri.uri)?.[1];
  const name = parseDomainName(host ?? '');
  return name.ok ? name.value : undefined;
}

/** A text from outside, short enough to be shown. */
export function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
