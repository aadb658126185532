import { formatAddress, parseAddress } from './address.ts';
import { maxLabelLength, maxNameLength, parseDomainName } from './domain-name.ts';
import { latin1, readEntry } from './master-file-entry.ts';
import type { Token } from './master-file-entry.ts';
import type { Position, Problem } from '../problem.ts';
import type { RecordData, RecordType } from './resolver.ts';

/** One record as a master file tells it. Types Zegel never asks for keep their data as text: that the name exists is what counts. */
export interface ZoneRecord {
  /** The owner: lower case, no final dot, `''` for the root; a dot inside a label stands as `\046`. */
  readonly name: string;
  /** The type, upper case. */
  readonly type: string;
  /** Seconds. */
  readonly ttl: number;
  /** What it says; `undefined` when the line could not be read, so that the record is unknown rather than absent. */
  readonly data: RecordData[RecordType] | undefined;
  /** The line it begins on, from 1. */
  readonly line: number;
}

/** What reading a master file gives: its records in order, and what is wrong with it. */
export interface MasterFile {
  readonly records: readonly ZoneRecord[];
  readonly problems: readonly Problem[];
  /** Something is missing that nobody can name (a file to include, an entry that never ends): nothing may be concluded from absence. */
  readonly incomplete: boolean;
}

/** A record that cannot be read: the code of the problem. */
class Unreadable extends Error {
  readonly code: string;
  readonly values: Record<string, string | number>;
  constructor(code: string, values: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

const asked = new Set(['A', 'AAAA', 'CNAME', 'DNSKEY', 'DS', 'MX', 'NS', 'PTR', 'SOA', 'TLSA', 'TXT']);
const others = new Set(
  (
    'AFSDB APL CAA CDNSKEY CDS CERT CSYNC DHCID DLV DNAME EUI48 EUI64 HINFO HIP HTTPS IPSECKEY KEY KX L32 L64 LOC LP MB MD ' +
    'MF MG MINFO MR NAPTR NID NSAP NSAP-PTR NSEC NSEC3 NSEC3PARAM NULL NXT OPENPGPKEY PX RESINFO RP RRSIG RT SIG SMIMEA SPF ' +
    'SRV SSHFP SVCB TALINK URI WALLET WKS X25 ZONEMD'
  ).split(' '),
);
const typeNumbers: Readonly<Record<string, string>> = {
  TYPE1: 'A',
  TYPE2: 'NS',
  TYPE5: 'CNAME',
  TYPE6: 'SOA',
  TYPE12: 'PTR',
  TYPE15: 'MX',
  TYPE16: 'TXT',
  TYPE28: 'AAAA',
  TYPE39: 'DNAME',
  TYPE43: 'DS',
  TYPE48: 'DNSKEY',
  TYPE52: 'TLSA',
};
const classes = new Set(['IN', 'CH', 'HS', 'CS', 'CLASS1']);
const duration = /^(?:\d+[smhdw]?)+$/i;
const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Reads the master-file syntax of RFC 1035 §5: `$ORIGIN`, `$TTL` (RFC 2308 §4), parentheses, quoted strings, `@`, relative
 * names, blank owners, `\DDD` and `\X`, times with units. `$INCLUDE` is refused: a text has no files beside it.
 *
 * @param text the file; as a string it is taken to have been UTF-8, as bytes it is taken as it is.
 * @param options `origin`: what relative names hang from until `$ORIGIN` says otherwise; `path`: the name of the file, for
 *   problems; `ttl`: seconds, where the text gives none.
 */
export function readMasterFile(
  text: string | Uint8Array,
  options: { readonly origin?: string; readonly path?: string; readonly ttl?: number } = {},
): MasterFile {
  const source = latin1(text);
  const records: ZoneRecord[] = [];
  const problems: Problem[] = [];
  let incomplete = false;
  let origin = options.origin ?? '';
  let defaultTtl: number | undefined;
  let lastTtl: number | undefined;
  let owner: string | undefined;

  const at = (line: number, offset: number): Position => ({
    ...(options.path === undefined ? {} : { path: options.path }),
    line,
    offset,
  });
  const complain = (code: string, line: number, offset: number, values: Record<string, string | number> = {}): void => {
    problems.push({ code, values, at: at(line, offset), see: 'RFC 1035 §5.1' });
  };

  let position = source.startsWith('\xEF\xBB\xBF') ? 3 : 0;
  let line = 1;
  while (position < source.length) {
    const entry = readEntry(source, position, line);
    const startLine = line;
    const startOffset = position;
    position = entry.end;
    line = entry.nextLine;
    if (entry.unclosed) {
      complain('dns/zone-unclosed', startLine, startOffset);
      incomplete = true;
      break;
    }
    const { tokens, blankOwner } = entry;
    const first = tokens[0];
    if (first === undefined) continue;
    if (!blankOwner && !first.quoted && first.text.startsWith('$')) {
      const directive = first.text.toUpperCase();
      const argument = tokens[1]?.text ?? '';
      try {
        if (directive === '$ORIGIN') origin = readName(argument, origin);
        else if (directive === '$TTL') defaultTtl = readDuration(argument);
        else throw new Unreadable('dns/zone-directive', { directive: first.text });
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        // A wrong $ORIGIN or a file left out makes every later absence a guess.
        incomplete = true;
        complain(error.code, startLine, first.offset, error.values);
      }
      continue;
    }
    let index = 0;
    let name = owner;
    if (!blankOwner) {
      index = 1;
      try {
        name = readName(first.text, origin);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        complain(error.code, startLine, first.offset, error.values);
        owner = undefined;
        incomplete = true;
        continue;
      }
      owner = name;
    }
    if (name === undefined) {
      complain('dns/zone-no-owner', startLine, first.offset);
      incomplete = true;
      continue;
    }
    let ttl: number | undefined;
    let kind = 'IN';
    // TTL and class may stand in either order (RFC 1035 §5.1).
    for (let i = 0; i < 2; i++) {
      const token = tokens[index];
      if (token === undefined || token.quoted) break;
      if (classes.has(token.text.toUpperCase())) kind = token.text.toUpperCase();
      else if (duration.test(token.text)) ttl = readDuration(token.text);
      else break;
      index += 1;
    }
    const typeToken = tokens[index];
    const written = typeToken === undefined || typeToken.quoted ? '' : typeToken.text.toUpperCase();
    const type = typeNumbers[written] ?? written;
    if (!asked.has(type) && !others.has(type) && !/^TYPE\d{1,5}$/.test(type)) {
      complain('dns/zone-unknown-type', startLine, typeToken?.offset ?? startOffset, {
        name: shown(name),
        type: typeToken?.text.slice(0, 40) ?? '',
      });
      // The name is there; what was meant to be said of it is not known.
      records.push({ name, type: '*', ttl: 0, data: undefined, line: startLine });
      continue;
    }
    if (kind !== 'IN' && kind !== 'CLASS1') {
      complain('dns/zone-class', startLine, first.offset, { name: shown(name), class: kind });
      continue;
    }
    ttl ??= defaultTtl ?? lastTtl;
    if (ttl !== undefined) lastTtl = ttl;
    const rest = tokens.slice(index + 1);
    let data: RecordData[RecordType] | undefined;
    try {
      if (entry.broken) throw new Unreadable('dns/zone-unclosed-quote', { name: shown(name) });
      data = readData(type, rest, origin);
      if (type === 'TXT' && (data as readonly string[]).some((string) => string.length > 255)) {
        complain('dns/zone-string-too-long', startLine, rest[0]?.offset ?? startOffset, { name: shown(name) });
        data = (data as readonly string[]).flatMap((string) => string.match(/[^]{1,255}/g) ?? ['']);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      complain(error.code, startLine, rest[0]?.offset ?? startOffset, { name: shown(name), type, ...error.values });
    }
    if (type === 'SOA' && data !== undefined) {
      const { minimum } = data as RecordData['SOA'];
      // Without $TTL, the last field of the SOA is the default (RFC 2308 §4 replaced that use; files that rely on it remain).
      ttl ??= minimum;
      lastTtl ??= minimum;
    }
    records.push({ name, type, ttl: ttl ?? options.ttl ?? 3600, data, line: startLine });
  }
  return { records, problems, incomplete };
}

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
function readName(text: string, origin: string): string {
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

function readDuration(text: string): number {
  if (!duration.test(text)) throw new Unreadable('dns/zone-bad-number', { text: text.slice(0, 40) });
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    total += Number(count) * (seconds[(unit ?? '').toLowerCase()] ?? 1);
  }
  // RFC 2181 §8: a TTL has 31 bits.
  return Math.min(total, 0x7fff_ffff);
}

function readData(type: string, tokens: readonly Token[], origin: string): RecordData[RecordType] {
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
  if (tokens[0]?.text === '\\#' && asked.has(type)) throw new Unreadable('dns/zone-generic-data');
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

function shown(name: string): string {
  return name.length > 300 ? `${name.slice(0, 300)}…` : name;
}
