import { tokenize } from './tokens.ts';

/** What a Received-SPF field says of the connection it was written for (RFC 7208 §9.1). */
export interface ReceivedSpf {
  /** In lower case; any word. */
  readonly result: string;
  /** As written. */
  readonly clientIp?: string;
  readonly helo?: string;
  /** `''` for the null sender. */
  readonly envelopeFrom?: string;
}

/**
 * Reads the value of a Received-SPF field. Comments, in which servers quote what the sender chose, are passed over; what is not there, or
 * not to be made out, is absent.
 */
export function parseReceivedSpf(value: string): ReceivedSpf {
  let plain = '';
  for (const token of tokenize(value.slice(0, 20_000)).tokens) {
    if (token.kind === 'comment') plain += ' ';
    else
      plain += `${token.spaced ? ' ' : ''}${token.kind === 'quoted' ? `"${token.text.replace(/["\\]/g, '')}"` : token.text}`;
  }
  const result = /^\s*([a-z]{1,20})/i.exec(plain)?.[1]?.toLowerCase() ?? '';
  const found = new Map<string, string>();
  for (const [, key, quoted, bare] of plain.matchAll(pair)) {
    const name = key!.toLowerCase();
    if (!found.has(name)) found.set(name, quoted ?? bare ?? '');
  }
  const clientIp = found.get('client-ip');
  const helo = found.get('helo');
  const sender = found.get('envelope-from')?.replace(/^<|>$/g, '');
  return {
    result,
    ...(clientIp === undefined || clientIp === '' ? {} : { clientIp }),
    ...(helo === undefined || helo === '' ? {} : { helo }),
    ...(sender === undefined ? {} : { envelopeFrom: sender }),
  };
}

const pair = /(?:^|[\s;])(client-ip|helo|envelope-from)\s{0,8}=\s{0,8}(?:"([^"]{0,500})"(?=[\s;]|$)|([^\s;]{0,500}))/gi;
