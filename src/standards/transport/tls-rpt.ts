// TLSRPT (RFC 8460 §3): where a domain that receives mail wants to hear of connections that failed to be encrypted.
import { parseDomainName } from '../dns/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { lookupTextRecord, trimSpace } from '../text-record.ts';
import type { TextRecordFound } from '../text-record.ts';
import { hostOf, isUri, mailboxOf, schemeOf } from '../uri.ts';
import { maxTextLength, readFields, shorten } from './fields.ts';
import type { Extension, Field } from './fields.ts';

/** The TXT record at `_smtp._tls`. */
export interface TlsRptRecord {
  /** The URIs that are well formed and of a scheme that can be used: `mailto:` or `https:`. At least one. */
  readonly rua: readonly string[];
  readonly extensions: readonly Extension[];
}

const see = 'RFC 8460 §3';

/** Whether a TXT record begins as one of TLSRPT: with `v=TLSRPTv1` and a semicolon. */
export function isTlsRptRecord(text: string): boolean {
  return /^v=TLSRPTv1[ \t]*;/.test(text);
}

/** Reads the TXT record. @returns it, or `transport/not-tls-rpt`, `transport/tls-rpt-rua`. Never throws. */
export function parseTlsRptRecord(text: string): Reading<TlsRptRecord> {
  const problems: Problem[] = [];
  const fields = text.length > maxTextLength ? undefined : readFields(text, 'v=TLSRPTv1', see, problems);
  if (fields === undefined) {
    return { ok: false, problems: [{ code: 'transport/not-tls-rpt', values: { text: shorten(text) }, see }] };
  }
  const extensions: Extension[] = [];
  let rua: string[] = [];
  for (const field of fields) {
    const { name, value, offset, length } = field;
    if (name === 'rua') rua = readUris(field, problems);
    else {
      extensions.push({ name, value });
      if (problems.length < 50)
        problems.push({ code: 'transport/unknown-field', values: { field: name }, at: { offset, length }, see });
    }
  }
  if (rua.length === 0) return { ok: false, problems: [...problems, { code: 'transport/tls-rpt-rua', see }] };
  return { ok: true, value: { rua, extensions }, problems };
}

function readUris({ value, offset, length }: Field, problems: Problem[]): string[] {
  const uris: string[] = [];
  let at = offset + length - value.length;
  for (const part of value.split(',')) {
    const uri = trimSpace(part);
    const place = { offset: at + part.indexOf(uri), length: uri.length };
    at += part.length + 1;
    const code = uriProblem(uri);
    if (code === undefined) uris.push(uri);
    else if (problems.length < 50) problems.push({ code, values: { uri: shorten(uri) }, at: place, see });
  }
  return uris;
}

/** Why nothing can be sent to a URI. Commas and semicolons separate, and `!` is reserved: these stand encoded. */
function uriProblem(uri: string): string | undefined {
  if (!isUri(uri) || uri.includes('!')) return 'transport/tls-rpt-uri';
  const scheme = schemeOf(uri);
  if (scheme !== 'mailto' && scheme !== 'https') return 'transport/tls-rpt-scheme';
  const host = scheme === 'mailto' ? mailboxOf(uri)?.domain : hostOf(uri);
  return parseDomainName(host ?? '').ok ? undefined : 'transport/tls-rpt-uri';
}

/** Writes the TXT record as it is published. */
export function formatTlsRptRecord({ rua, extensions }: TlsRptRecord): string {
  return ['v=TLSRPTv1', `rua=${rua.join(',')}`, ...extensions.map(({ name, value }) => `${name}=${value}`)].join('; ');
}

const kind = {
  begins: isTlsRptRecord,
  near: /v\s*=\s*tls-?rpt/i,
  parse: parseTlsRptRecord,
  several: { code: 'transport/tls-rpt-several', see },
};

/** Looks up the record of a domain. */
export function lookupTlsRpt(domain: DomainName, resolver: Resolver): Promise<TextRecordFound<TlsRptRecord>> {
  return lookupTextRecord(`_smtp._tls.${domain}`, kind, resolver);
}
