// DANE for SMTP (RFC 7672): a mail server's certificate or key, told in TLSA records that DNSSEC signs, so that nobody in between can
// take the encryption away.
import { ResolverError } from '../dns/index.ts';
import type { RecordData, Resolver } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';

export type TlsaRecord = RecordData['TLSA'];

/** The longest text that is read: a record of 64 kB, spaced. */
const maxTextLength = 200_000;

/** Octets of the association data by matching type: SHA2-256 and SHA2-512 (RFC 6698 §2.1.3); a full value has no fixed length. */
const digestLength: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

/** Reads the presentation form, `3 1 1 0123abcd…`, in which the digits may be spaced (RFC 6698 §2.2). Never throws. */
export function parseTlsa(text: string): Reading<TlsaRecord> {
  const [usage = '', selector = '', matchingType = '', ...parts] = text.slice(0, maxTextLength).trim().split(/\s+/);
  const digits = parts.join('');
  const numbers = [usage, selector, matchingType];
  const octets = digits.length / 2;
  if (
    !numbers.every((number) => /^[0-9]{1,3}$/.test(number) && Number(number) <= 255) ||
    !/^[0-9a-f]{2,}$/i.test(digits) ||
    !Number.isInteger(octets)
  ) {
    return {
      ok: false,
      problems: [{ code: 'transport/tlsa-unreadable', values: { text: text.slice(0, 100) }, see: 'RFC 6698 §2.2' }],
    };
  }
  const data = Uint8Array.from({ length: octets }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  const value = { usage: Number(usage), selector: Number(selector), matchingType: Number(matchingType), data };
  return { ok: true, value, problems: tlsaProblems(value) };
}

/** Writes the presentation form. */
export function formatTlsa({ usage, selector, matchingType, data }: TlsaRecord): string {
  const hex = Array.from(data, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return `${usage} ${selector} ${matchingType} ${hex}`;
}

/**
 * Whether a mail client can authenticate a server by this record (RFC 7672 §3.1): DANE-TA(2) or DANE-EE(3), a selector and a matching type
 * that are known, and data of the right length.
 */
export function isUsableTlsa({ usage, selector, matchingType, data }: TlsaRecord): boolean {
  const length = digestLength[matchingType];
  return (
    (usage === 2 || usage === 3) &&
    selector <= 1 &&
    matchingType <= 2 &&
    data.length > 0 &&
    (length === undefined || data.length === length)
  );
}

/** What is amiss with one record, as one for port 25 (RFC 7672 §3.1). */
export function tlsaProblems(record: TlsaRecord): Problem[] {
  const { usage, selector, matchingType, data } = record;
  const problems: Problem[] = [];
  const values = { record: `${usage} ${selector} ${matchingType}` };
  const add = (code: string, see: string): void =>
    void problems.push({ code, values: { ...values, length: data.length }, see });
  if (usage === 0 || usage === 1) add('transport/tlsa-pkix', 'RFC 7672 §3.1.3');
  else if (usage > 3) add('transport/tlsa-unknown', 'RFC 6698 §2.1.1');
  if (selector > 1) add('transport/tlsa-unknown', 'RFC 6698 §2.1.2');
  if (matchingType > 2) add('transport/tlsa-unknown', 'RFC 6698 §2.1.3');
  const length = digestLength[matchingType];
  if (length !== undefined && data.length !== length) add('transport/tlsa-length', 'RFC 6698 §2.1.3');
  if (matchingType === 0) add('transport/tlsa-full', 'RFC 7672 §3.1.2');
  if (matchingType === 2) add('transport/tlsa-sha512', 'RFC 7672 §3.1');
  return problems;
}

/**
 * What a look-up at `_25._tcp` of a mail server came to (RFC 7672 §2.2).
 * - `secure`: usable records, and the resolver vouches for them
 * - `unusable`: records that it vouches for, none usable: senders encrypt and authenticate nothing
 * - `insecure`: records that nobody vouches for: they have no effect
 * - `none`: no records · `unknown`: no answer, on which a sender that wants DANE does not deliver
 */
export interface DaneFound {
  readonly name: string;
  readonly outcome: 'insecure' | 'none' | 'secure' | 'unknown' | 'unusable';
  readonly records: readonly TlsaRecord[];
  readonly aliases: readonly string[];
  readonly problems: readonly Problem[];
  readonly error?: ResolverError;
}

/** Looks up the TLSA records of one mail server. Whether the MX records that led to it are vouched for is for the caller to add (§2.2.1). */
export async function lookupDane(host: string, resolver: Resolver): Promise<DaneFound> {
  const name = `_25._tcp.${host}`;
  let answer;
  try {
    answer = await resolver(name, 'TLSA');
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return { name, outcome: 'unknown', records: [], aliases: [], problems: [], error };
  }
  const { aliases } = answer;
  if (answer.kind !== 'records') return { name, outcome: 'none', records: [], aliases, problems: [] };
  const { records } = answer;
  const problems = records.flatMap(tlsaProblems);
  if (!answer.authenticated) {
    problems.push({ code: 'transport/tlsa-insecure', values: { host }, see: 'RFC 7672 §2.1.1' });
    return { name, outcome: 'insecure', records, aliases, problems };
  }
  if (!records.some(isUsableTlsa)) {
    problems.push({ code: 'transport/tlsa-none-usable', values: { host }, see: 'RFC 7672 §2.2' });
    return { name, outcome: 'unusable', records, aliases, problems };
  }
  return { name, outcome: 'secure', records, aliases, problems };
}
