import { formatAddress, parseAddress } from './address.ts';
import { maxLabelLength, maxNameLength, parseDomainName } from './domain-name.ts';
import type { Token } from './master-file-entry.ts';
import type { RecordData, RecordType } from './resolver.ts';

/** A record that cannot be read: the code of the problem. */
export class Unreadable extends Error {
  readonly code: string;
  readonly values: Record<string, string | number>;
  constructor(code: string, values: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/** The types whose data is read. */
export const asked = new Set(['A', 'AAAA', 'CNAME', 'DNSKEY', 'DS', 'MX', 'NS', 'PTR', 'SOA', 'TLSA', 'TXT']);
/** A time, with or without units. */
export const duration = /^(?=\d)(?:\d+[smhdw])*\d*$/i;
const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Undoes `\DDD` and `\X` (RFC 1035 §5.1). */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(\d{3}|[^])/g, (_, what: string) => {
    if (what.length === 1) return what;
    const code = Number(what);
    if (code > 255) throw new Unreadable('dns/zone-bad-escape', { text: `\\${what}` });
    return String.fromCharCode(code);
  });
}

/** Reads a name, relative to the origin unless it ends in a dot. */
export function readName(text: string, origin: string): string {
  if (text === '@') return origin;
  if (text === '.') return '';
  if (text === '') throw new Unreadable('dns/zone-bad-name', { name: '' });
  let name: string;
  let absolute = false;
  if (/^[!-[\]-~]+$/.test(text)) {
    name = text.toLowerCase();
    if (name.endsWith('.')) {
      absolute = true;
      name = name.slice(0, -1);
    }
  } else {
    const labels = [''];
    for (const [piece] of text.matchAll(/\\\d{3}|\\[^]|[^]/g)) {
      if (piece === '.') labels.push('');
      else {
        const character = unescape(piece);
        labels[labels.length - 1] += character === '.' ? '\\046' : character;
      }
    }
    if (labels.at(-1) === '' && labels.length > 1) {
      absolute = true;
      labels.pop();
    }
    name = labels.join('.').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (/[\x80-\xFF]/.test(name)) {
      // U-labels typed as they are read: servers would publish raw bytes, but what is meant is the A-label.
      const reading = parseDomainName(Buffer.from(name, 'latin1').toString('utf8'));
      if (reading.ok) name = reading.value;
    }
  }
  if (!absolute && origin !== '') name = `${name}.${origin}`;
  if (name.length > maxNameLength && name.replaceAll('\\046', '.').length > maxNameLength) {
    throw new Unreadable('dns/name-too-long', { name: shown(name) });
  }
  let start = 0;
  for (let i = 0; i <= name.length; i++) {
    if (i < name.length && name.charCodeAt(i) !== 46) continue;
    if (i === start) throw new Unreadable('dns/empty-label', { name: shown(name) });
    if (i - start > maxLabelLength && name.slice(start, i).replaceAll('\\046', '.').length > maxLabelLength) {
      throw new Unreadable('dns/label-too-long', { name: shown(name) });
    }
    start = i + 1;
  }
  return name;
}

/** Reads a number of seconds, or a time with units (`1h30m`). */
export function readDuration(text: string): number {
  if (!duration.test(text)) throw new Unreadable('dns/zone-bad-number', { text: text.slice(0, 40) });
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    total += Number(count) * (seconds[(unit ?? '').toLowerCase()] ?? 1);
  }
  // RFC 2181 §8: a TTL has 31 bits.
  return Math.min(total, 0x7fff_ffff);
}

/** Reads what a record says, from the words after its type. @throws {Unreadable} */
export function readData(type: string, tokens: readonly Token[], origin: string): RecordData[RecordType] {
  const text = (index: number): string => {
    const token = tokens[index];
    if (token === undefined) throw new Unreadable('dns/zone-bad-data');
    return token.text;
  };
  const number = (index: number, limit: number): number => {
    const value = text(index);
    if (!/^\d{1,10}$/.test(value) || Number(value) > limit) {
      throw new Unreadable('dns/zone-bad-number', { text: value.slice(0, 40) });
    }
    return Number(value);
  };
  const joined = (index: number): string =>
    tokens
      .slice(index)
      .map((token) => token.text)
      .join('');
  const hex = (index: number): Uint8Array => {
    const digits = joined(index);
    if (digits === '' || digits.length % 2 === 1 || !/^[0-9a-f]+$/i.test(digits)) {
      throw new Unreadable('dns/zone-bad-data');
    }
    return Uint8Array.from(Buffer.from(digits, 'hex'));
  };
  const only = (count: number): void => {
    if (tokens.length !== count) throw new Unreadable('dns/zone-bad-data');
  };
  if (tokens[0]?.text === '\\#' && asked.has(type)) {
    const bytes = hex(2);
    if (number(1, 0xffff) !== bytes.length) throw new Unreadable('dns/zone-bad-data');
    return genericData(type, Buffer.from(bytes));
  }
  switch (type) {
    case 'A':
    case 'AAAA': {
      only(1);
      const address = parseAddress(text(0));
      if (address?.family !== (type === 'A' ? 4 : 6)) {
        throw new Unreadable('dns/zone-bad-address', { text: text(0).slice(0, 60) });
      }
      return formatAddress(address);
    }
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      only(1);
      return readName(text(0), origin);
    case 'MX':
      only(2);
      return { preference: number(0, 0xffff), exchange: readName(text(1), origin) };
    case 'SOA':
      only(7);
      for (const index of [3, 4, 5]) readDuration(text(index));
      return {
        mname: readName(text(0), origin),
        rname: readName(text(1), origin),
        serial: number(2, 0xffff_ffff),
        minimum: readDuration(text(6)),
      };
    case 'TXT':
      if (tokens.length === 0) throw new Unreadable('dns/zone-bad-data');
      return tokens.map((token) => unescape(token.text));
    case 'DS':
      return { keyTag: number(0, 0xffff), algorithm: number(1, 255), digestType: number(2, 255), digest: hex(3) };
    case 'DNSKEY': {
      if (number(1, 255) !== 3) throw new Unreadable('dns/zone-bad-data');
      const base64 = joined(3);
      if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Unreadable('dns/zone-bad-data');
      return {
        flags: number(0, 0xffff),
        algorithm: number(2, 255),
        key: Uint8Array.from(Buffer.from(base64, 'base64')),
      };
    }
    case 'TLSA':
      return { usage: number(0, 255), selector: number(1, 255), matchingType: number(2, 255), data: hex(3) };
    default:
      return tokens.map((token) => token.text).join(' ');
  }
}

/** The data of a record given as bytes (RFC 3597 §5), for the types whose data holds no names. */
function genericData(type: string, bytes: Buffer): RecordData[RecordType] {
  const need = (count: number): void => {
    if (bytes.length < count) throw new Unreadable('dns/zone-bad-data');
  };
  const rest = (from: number): Uint8Array => Uint8Array.from(bytes.subarray(from));
  switch (type) {
    case 'A':
      need(4);
      return formatAddress({ family: 4, a: bytes.readUInt32BE(0), b: 0, c: 0, d: 0 });
    case 'AAAA': {
      need(16);
      const [a, b, c, d] = [0, 4, 8, 12].map((at) => bytes.readUInt32BE(at)) as [number, number, number, number];
      return formatAddress({ family: 6, a, b, c, d });
    }
    case 'TXT': {
      const strings: string[] = [];
      for (let at = 0; at < bytes.length; at += bytes[at]! + 1) {
        need(at + bytes[at]! + 1);
        strings.push(bytes.toString('latin1', at + 1, at + 1 + bytes[at]!));
      }
      return strings;
    }
    case 'DS':
      need(5);
      return { keyTag: bytes.readUInt16BE(0), algorithm: bytes[2]!, digestType: bytes[3]!, digest: rest(4) };
    case 'DNSKEY':
      need(5);
      return { flags: bytes.readUInt16BE(0), algorithm: bytes[3]!, key: rest(4) };
    case 'TLSA':
      need(4);
      return { usage: bytes[0]!, selector: bytes[1]!, matchingType: bytes[2]!, data: rest(3) };
    default:
      throw new Unreadable('dns/zone-generic-data');
  }
}

/** A name, short enough to be shown. */
export function shown(name: string): string {
  return name.length > 300 ? `${name.slice(0, 300)}…` : name;
}
