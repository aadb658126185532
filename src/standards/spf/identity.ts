import { parseDomainName } from '../dns/index.ts';

/** Who a client says it is, as check_host() takes it (RFC 7208 §4.1). */
export interface SpfIdentity {
  /** Which identity this is: MAIL FROM, or HELO (also when the sender is null). */
  readonly scope: 'mfrom' | 'helo';
  /** The domain whose record decides: lower case, A-labels, no final dot. It may be malformed, which check_host() answers with `none`. */
  readonly domain: string;
  /** `<sender>`: a mailbox, with `postmaster` where it came without a local part. */
  readonly sender: string;
  readonly localPart: string;
  readonly senderDomain: string;
  /** As it was said. */
  readonly helo: string;
}

/**
 * The identity to judge a message by: MAIL FROM, or `postmaster@` and the HELO name when the sender is null (RFC 7208 §2.4).
 * U-labels become A-labels (RFC 8616 §4).
 */
export function identityOf(envelope: { readonly mailFrom: string; readonly helo: string }): SpfIdentity {
  const { helo } = envelope;
  const mailFrom = /^<.*>$/s.test(envelope.mailFrom) ? envelope.mailFrom.slice(1, -1) : envelope.mailFrom;
  return mailFrom === '' ? heloIdentity(helo) : senderIdentity('mfrom', mailFrom, helo);
}

/** The HELO identity (RFC 7208 §2.3). */
export function heloIdentity(helo: string): SpfIdentity {
  return senderIdentity('helo', `postmaster@${helo}`, helo);
}

function senderIdentity(scope: SpfIdentity['scope'], sender: string, helo: string): SpfIdentity {
  const at = sender.lastIndexOf('@');
  const written = sender.slice(at + 1);
  const domain = aLabels(written);
  const senderDomain = /^[\0-\x7F]*$/.test(written) ? written : domain;
  // RFC 7208 §4.3: no local part, then "postmaster".
  const localPart = at > 0 ? sender.slice(0, at) : 'postmaster';
  return { scope, domain, sender: `${localPart}@${senderDomain}`, localPart, senderDomain, helo };
}

function aLabels(text: string): string {
  if (/^[\0-\x7F]*$/.test(text)) {
    const lower = text.toLowerCase();
    return lower.endsWith('.') ? lower.slice(0, -1) : lower;
  }
  const reading = parseDomainName(text);
  return reading.ok ? reading.value : text;
}
