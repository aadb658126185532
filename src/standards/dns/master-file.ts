import { asked, duration, readData, readDuration, readName, shown, Unreadable } from './master-file-data.ts';
import { latin1, readEntry } from './master-file-entry.ts';
import { generatedLines } from './master-file-generate.ts';
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
/**
 * Reads the master-file syntax of RFC 1035 §5: `$ORIGIN`, `$TTL` (RFC 2308 §4), parentheses, quoted strings, `@`, relative
 * names, blank owners, `\DDD` and `\X`, times with units; and BIND's `$GENERATE`. `$INCLUDE` is refused: a text has no files
 * beside it.
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
        else if (directive === '$GENERATE') {
          const rest = tokens[2] === undefined ? '' : source.slice(tokens[2].offset, position);
          const lines = generatedLines(argument, rest.replace(/[\r\n]+$/, ''));
          if (lines === undefined) throw new Unreadable('dns/zone-generate', { text: argument.slice(0, 60) });
          const ttl = defaultTtl ?? lastTtl ?? options.ttl;
          const made = readMasterFile(Buffer.from(lines.join('\n'), 'latin1'), {
            origin,
            ...(ttl === undefined ? {} : { ttl }),
          });
          for (const record of made.records) records.push({ ...record, line: startLine });
          // One mistake in the pattern is one mistake, however many lines it makes.
          const problem = made.problems[0];
          if (problem !== undefined) complain(problem.code, startLine, first.offset, { ...problem.values });
          incomplete ||= made.incomplete;
        } else throw new Unreadable('dns/zone-directive', { directive: first.text });
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
