// URIs (RFC 3986), as far as records of the DNS carry them: whether a text is one, and where it points.

// §2 and §3.1: a scheme, and then unreserved and reserved characters or percent-encodings.
const characters = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i;
// Square brackets stand around the IP literal of a host and nowhere else (§3.2.2).
const withIpLiteral = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#[\]@]*@)?\[[0-9a-z.:]+\](?::[0-9]*)?(?:[/?#][^[\]]*)?$/i;

/** Whether a text is a URI: with a scheme, of the right characters, with one fragment at most. */
export function isUri(text: string): boolean {
  return (
    characters.test(text) &&
    text.indexOf('#') === text.lastIndexOf('#') &&
    (!/[[\]]/.test(text) || withIpLiteral.test(text))
  );
}

/** The scheme of a URI, in lower case. */
export function schemeOf(uri: string): string {
  return uri.slice(0, uri.indexOf(':')).toLowerCase();
}

/** The host of the authority component, as it is written; `undefined` when there is none, or it is an IP literal. */
export function hostOf(uri: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)/i.exec(uri)?.[1];
}

/** A mailbox: its local part and domain, as they were written. */
export interface Mailbox {
  readonly localPart: string;
  readonly domain: string;
}

/** The one mailbox of a `mailto:` URI, percent-decoded (RFC 6068 §2); `undefined` when there is none, or more than one. */
export function mailboxOf(uri: string): Mailbox | undefined {
  const [encoded = ''] = uri.slice(uri.indexOf(':') + 1).split(/[?#]/, 1);
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
  const quoted = localPart.startsWith('"') && localPart.endsWith('"') && localPart.length > 2;
  if (/[\s,<>]/.test(domain) || (!quoted && /[\s,@<>]/.test(localPart))) return undefined;
  return { localPart, domain };
}
