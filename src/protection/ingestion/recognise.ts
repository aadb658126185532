// What a run of bytes is, told by its first bytes and never by its name or by what a header says of it: reports come as a zip
// labelled gzip, as octet-stream, without a suffix, as base64 that nothing announces.

/** A wrapping that can be opened, a text that can be read, or what it is instead. */
export type Recognised =
  | { readonly what: 'base64' | 'empty' | 'gzip' | 'mail' | 'mbox' | 'unknown' | 'zip' | 'zlib' }
  /** XML (or what is left of it) that holds an aggregate report. */
  | { readonly what: 'aggregate' }
  /** XML of another kind; `root` is its first element, as far as it can be seen. */
  | { readonly what: 'other-xml'; readonly root: string }
  | { readonly what: 'html' }
  /** JSON: of a TLS report (RFC 8460 §4.4) or not. */
  | { readonly what: 'tls' | 'other-json' }
  /** A format that is known by its first bytes and not opened here. */
  | { readonly what: 'foreign'; readonly format: string };

/** How many bytes `recognise` likes to see: it needs fewer, unless a comment stands before the first element. */
export const headBytes = 65_536;

const latin1 = new TextDecoder('latin1');
const utf16le = new TextDecoder('utf-16le');
const utf16be = new TextDecoder('utf-16be');

/** Formats that reports are sometimes packed in, and that are not opened: their name makes a useful sentence. */
const foreign: readonly (readonly [format: string, at: number, magic: string])[] = [
  ['7-Zip', 0, '7z\xBC\xAF\x27\x1C'],
  ['RAR', 0, 'Rar!\x1A\x07'],
  ['xz', 0, '\xFD7zXZ\0'],
  ['bzip2', 0, 'BZh'],
  ['Zstandard', 0, '\x28\xB5\x2F\xFD'],
  ['LZ4', 0, '\x04\x22\x4D\x18'],
  ['lzip', 0, 'LZIP'],
  ['compress', 0, '\x1F\x9D'],
  ['tar', 257, 'ustar'],
  ['PDF', 0, '%PDF-'],
  ['PNG', 0, '\x89PNG'],
  ['JPEG', 0, '\xFF\xD8\xFF'],
  ['GIF', 0, 'GIF8'],
  ['Outlook message', 0, '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'],
  ['TNEF (winmail.dat)', 0, '\x78\x9F\x3E\x22'],
  ['SQLite database', 0, 'SQLite format 3\0'],
  ['Parquet', 0, 'PAR1'],
];

/** The header fields one of which a message has; a text that merely begins `note: …` is no message. */
const knownField =
  /^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|contenttype|content-transfer-encoding|delivered-to|dkim-signature|arc-seal|authentication-results|x-[!-9;-~]+|envelope-to|reply-to|sender)[ \t]*:/i;
const anyField = /^[!-9;-~]+[ \t]*:/;

/** Says what bytes are. `head` is their beginning: all of them, or `headBytes` of them where there are as many. */
export function recognise(head: Uint8Array): Recognised {
  if (head.length === 0) return { what: 'empty' };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return recognise(head.subarray(3));
  const a = head[0]!;
  const b = head[1] ?? 0;
  if (a === 0x1f && b === 0x8b) return { what: 'gzip' };
  if (a === 0x50 && b === 0x4b && isZip(head[2], head[3])) return { what: 'zip' };
  const start = skipBlank(head);
  if (start === head.length) return { what: 'empty' };
  const first = head[start]!;
  // The quick way for what nearly everything is: `<?xml` or `<feedback`, one byte a character.
  if (first === 0x3c || first === 0xff || first === 0xfe || (first === 0 && head[start + 1] === 0x3c)) {
    const text = decodeHead(head.subarray(start));
    if (text !== undefined && /^\s*\ufeff?\s*<[?!\w]/.test(text)) return recogniseXml(text);
  }
  for (const [format, at, magic] of foreign) if (hasAt(head, at, magic)) return { what: 'foreign', format };
  // RFC 1950 §2.2, with the window of 32 kB that everyone writes: other first bytes are letters far more often.
  if (a === 0x78 && ((a << 8) | b) % 31 === 0 && (b & 0x20) === 0) return { what: 'zlib' };
  const text = latin1.decode(head.subarray(start, start + headBytes));
  if (first === 0x7b || first === 0x5b) {
    const tls = /"(?:organization-name|contact-info|report-id)"/.test(text) && /"(?:policies|date-range)"/.test(text);
    if (tls) return { what: 'tls' };
    if (/^[[{]\s*(?:["\]{}[]|\d)/.test(text)) return { what: 'other-json' };
  }
  if (text.startsWith('From ') && fromLine.test(text.slice(0, 1024))) return { what: 'mbox' };
  if (anyField.test(text) && isHeader(text)) return { what: 'mail' };
  if (isBase64(text)) return { what: 'base64' };
  // Something before the first tag: a stray quote, a lost declaration. The reader repairs it or says what is wrong.
  if (aggregateMark.test(text.slice(0, 4096))) return { what: 'aggregate' };
  return { what: 'unknown' };
}

/** The `From ` line that begins a message of an mbox: with the time and year of RFC 4155, or with a header field on the next line. */
export const fromLine = /^From [^\r\n]*(?:\d:\d\d[^\r\n]*\d{4}|\r?\n>?[!-9;-~]+[ \t]*:)/;

const aggregateMark = /<(?:[\w.-]+:)?(?:feedback|report_metadata|policy_published)[\s/>]/i;

const htmlStart = /^\s*<(?:!doctype\s+html|html|head|body|div|p|table|meta|br|font|span|style)\b/i;

function recogniseXml(text: string): Recognised {
  if (htmlStart.test(text)) return { what: 'html' };
  // A report names its root early; look at the beginning alone before looking at all.
  if (aggregateMark.test(text.slice(0, 1024)) || (text.length > 1024 && aggregateMark.test(text))) {
    return { what: 'aggregate' };
  }
  return { what: 'other-xml', root: /<(?![?!])([^\s/>]{1,100})/.exec(text)?.[1] ?? '' };
}

/** The beginning as text, by its byte order mark or the zeros of UTF-16; `undefined` when it is no text that could be XML. */
function decodeHead(head: Uint8Array): string | undefined {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return utf16le.decode(head.subarray(0, head.length & ~1));
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return utf16be.decode(head.subarray(0, head.length & ~1));
  if (a === 0x3c) return latin1.decode(head.length > 1024 && isReportStart(head) ? head.subarray(0, 1024) : head);
  return undefined;
}

/** Whether the first kilobyte holds the word that settles it, so that the rest need not become a string. */
function isReportStart(head: Uint8Array): boolean {
  const at = Buffer.from(head.buffer, head.byteOffset, 1024).indexOf('<feedback');
  return at >= 0 && at < 1000;
}

function isZip(c: number | undefined, d: number | undefined): boolean {
  return (c === 3 && d === 4) || (c === 5 && d === 6) || (c === 7 && d === 8);
}

/** The first byte that is no white space. */
function skipBlank(head: Uint8Array): number {
  let i = 0;
  while (i < head.length) {
    const byte = head[i]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    i += 1;
  }
  return i;
}

function hasAt(head: Uint8Array, at: number, magic: string): boolean {
  if (head.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (head[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** Whether header fields stand at the beginning, a known one among them (RFC 5322 §2.2). */
function isHeader(text: string): boolean {
  let position = 0;
  for (let lines = 0; lines < 200; lines++) {
    let end = text.indexOf('\n', position);
    if (end < 0) end = text.length;
    const line = text.slice(position, Math.min(end, position + 200));
    if (line.trim() === '') return false;
    if (lines > 0 && (line[0] === ' ' || line[0] === '\t')) {
      // A folded line belongs to the field before it.
    } else if (knownField.test(line)) return true;
    else if (!anyField.test(line)) return false;
    if (end === text.length) return false;
    position = end + 1;
  }
  return false;
}

/** Whether this is base64, and of something that can be opened: any word of letters is base64 of something. */
function isBase64(text: string): boolean {
  const begin = text.slice(0, 400).replace(/[\r\n \t]+/g, '');
  if (begin.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/.test(begin)) return false;
  const inside = recognise(Buffer.from(begin.slice(0, begin.length & ~3), 'base64')).what;
  return inside === 'gzip' || inside === 'zip' || inside === 'aggregate' || inside === 'other-xml' || inside === 'zlib';
}
