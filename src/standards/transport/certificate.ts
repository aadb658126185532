// The certificate a mail server shows after STARTTLS: the names in it (RFC 6125, as RFC 8461 §4.2 asks), and whether TLSA records vouch for
// it (RFC 6698 §2.1, RFC 7672 §3). Pure: the time it is judged at is handed in.
import { createHash, X509Certificate } from 'node:crypto';
import { isUsableTlsa } from './dane.ts';
import type { TlsaRecord } from './dane.ts';

/** What stands in a certificate, as far as mail asks. */
export interface CertificateFacts {
  /** DNS names of the subject alternative name, in lower case. */
  readonly names: readonly string[];
  /** The issuer's name, or its organisation. */
  readonly issuer: string;
  /** Days, UTC: `2026-03-01`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /**
   * SHA-256 of its SubjectPublicKeyInfo, in lower-case hexadecimal: the data of a TLSA record `3 1 1` (RFC 7672 §3.1.1). Absent for a key of a kind
   * that is not known.
   */
  readonly publicKeySha256?: string;
}

/** Reads a certificate. @param der its DER bytes. @returns `undefined` when it is none. Never throws. */
export function readCertificate(der: Uint8Array): CertificateFacts | undefined {
  const certificate = certificateOf(der);
  if (certificate === undefined) return undefined;
  const named = (attribute: string): string | undefined =>
    new RegExp(`^${attribute}=(.*)$`, 'm').exec(certificate.issuer)?.[1];
  return {
    names: namesOf(certificate),
    issuer: (named('CN') ?? named('O') ?? '').slice(0, 200),
    firstDay: dayOf(certificate.validFromDate),
    lastDay: dayOf(certificate.validToDate),
    ...keyDigestOf(certificate),
  };
}

function keyDigestOf(certificate: X509Certificate): Pick<CertificateFacts, 'publicKeySha256'> {
  try {
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
    return { publicKeySha256: createHash('sha256').update(key).digest('hex') };
  } catch {
    return {};
  }
}

function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

function certificateOf(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function namesOf(certificate: X509Certificate): string[] {
  // Node writes a name that holds anything odd as a JSON string, so that none can pass for two.
  const parts = (certificate.subjectAltName ?? '').matchAll(/(?:^|, )DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...parts].map(([, name = '']) => name.toLowerCase()).slice(0, 200);
}

/** Whether one of a certificate's names is this host: `*` may stand for the left-most label alone (RFC 6125 §6.4.3, RFC 8461 §4.2). */
export function certificateNames(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const dot = wanted.indexOf('.');
  return names.some((name) => {
    if (name === wanted) return true;
    return name.startsWith('*.') && dot > 0 && name.slice(2) === wanted.slice(dot + 1) && name.slice(2).includes('.');
  });
}

/** What TLSA records say of a certificate. `mismatch`: none fits. The others fit, and what must hold beside that does not (DANE-TA). */
export type DaneVerdict = 'chain' | 'expired' | 'match' | 'mismatch' | 'name';

/**
 * Whether TLSA records vouch for the chain of certificates a server sent (RFC 7672 §3.1). DANE-EE(3) looks at the first certificate alone,
 * neither at its names nor its dates (§3.1.1). DANE-TA(2) wants a certificate above it in the chain, signatures down to the first, dates
 * that hold, and one of the names (§3.1.2, §3.2.3).
 *
 * @param chain DER, the server's own first, each followed by its issuer
 * @param names the TLSA base domain first, then what else the server may be called
 * @returns the best that any usable record comes to; `undefined` when none is usable. Never throws.
 */
export function matchTlsa(
  records: readonly TlsaRecord[],
  chain: readonly Uint8Array[],
  names: readonly string[],
  at: Date,
): DaneVerdict | undefined {
  const usable = records.filter(isUsableTlsa);
  if (usable.length === 0) return undefined;
  const certificates: X509Certificate[] = [];
  for (const der of chain.slice(0, maxChain)) {
    const certificate = certificateOf(der);
    if (certificate === undefined) break;
    certificates.push(certificate);
  }
  const [own] = certificates;
  if (own === undefined) return 'mismatch';
  if (usable.some((record) => record.usage === 3 && isOf(record, own))) return 'match';
  let best: DaneVerdict = 'mismatch';
  for (const record of usable) {
    if (record.usage !== 2) continue;
    const verdict = matchAnchor(record, certificates, names, at);
    if (verdict === 'match') return verdict;
    if (verdict !== 'mismatch') best = verdict;
  }
  return best;
}

/** Certificates of a chain that are looked at. */
const maxChain = 10;

function matchAnchor(
  record: TlsaRecord,
  certificates: readonly X509Certificate[],
  names: readonly string[],
  at: Date,
): DaneVerdict {
  // A whole certificate in the record need not be sent (RFC 7671 §5.2.1).
  const whole = record.selector === 0 && record.matchingType === 0 ? certificateOf(record.data) : undefined;
  const path = [...certificates];
  if (whole !== undefined && !path.some((each) => each.fingerprint256 === whole.fingerprint256)) {
    path.length = Math.max(1, path.findIndex((each) => isIssuedBy(each, whole)) + 1);
    path.push(whole);
  }
  const top = path.findIndex((each, index) => index > 0 && isOf(record, each));
  if (top < 0) return 'mismatch';
  const line = path.slice(0, top + 1);
  if (!line.slice(1).every((issuer, index) => issuer.ca && isIssuedBy(line[index]!, issuer))) return 'chain';
  const dates = line.every(({ validFromDate, validToDate }) => validFromDate <= at && at <= validToDate);
  if (!dates) return 'expired';
  const own = namesOf(line[0]!);
  return names.some((name) => certificateNames(own, name)) ? 'match' : 'name';
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that is not known.
    return false;
  }
}

/** Whether the association data of a record is of this certificate (RFC 6698 §2.1.2, §2.1.3). */
function isOf({ selector, matchingType, data }: TlsaRecord, certificate: X509Certificate): boolean {
  let subject: Uint8Array;
  try {
    subject = selector === 0 ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    return false;
  }
  const wanted =
    matchingType === 0
      ? subject
      : createHash(matchingType === 1 ? 'sha256' : 'sha512')
          .update(subject)
          .digest();
  return Buffer.from(data).equals(wanted);
}
