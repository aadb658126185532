import { repairBit } from './repairs.ts';

// From the bytes between two tags to the text they mean: charset, references, characters, white space.

/** How the bytes of a report become text. `id` tells texts of one charset from those of another in the dictionaries: 0 is UTF-8. */
export interface Charset {
  readonly id: number;
  readonly label: string;
  readonly decoder: InstanceType<typeof TextDecoder>;
}

export const utf8: Charset = {
  id: 0,
  label: 'utf-8',
  decoder: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
};
/** Charsets whose bytes below 0x80 are not ASCII wherever they stand, so that `<` cannot be looked for. */
const notAscii = /^(?:utf-16|iso-2022|replacement|x-user-defined)/;
const charsets = new Map<string, Charset>([['utf-8', utf8]]);

/** The charset of a label in an XML declaration; `undefined` when it is none that is known, or none whose bytes can be scanned. */
export function charset(label: string): Charset | undefined {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label);
  } catch {
    return undefined;
  }
  const name = decoder.encoding;
  if (notAscii.test(name)) return undefined;
  const known = charsets.get(name);
  if (known !== undefined) return known;
  const made = { id: charsets.size, label: name, decoder };
  charsets.set(name, made);
  return made;
}

/** A text and the tolerances it took, as bits. */
export interface Cooked {
  readonly text: string;
  readonly flags: number;
}

/**
 * The text of bytes. What is not UTF-8 although it should be is read as windows-1252, byte by byte, which is what such bytes
 * are in the reports that have them (a quotation mark 0x91, an `é`); sequences around them that are UTF-8 stay.
 */
export function decode(bytes: Uint8Array, start: number, end: number, from: Charset): Cooked {
  const part = bytes.subarray(start, end);
  if (from.id !== 0) return { text: from.decoder.decode(part), flags: 0 };
  try {
    return { text: utf8.decoder.decode(part), flags: 0 };
  } catch {
    return { text: mixed(part), flags: repairBit('bad-utf8') };
  }
}

/** What the bytes 0x80 to 0xff are in windows-1252. */
const highCharacters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 128 }, (_, i) => 128 + i));

function mixed(bytes: Uint8Array): string {
  const units: string[] = [];
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) units.push(highCharacters[bytes[i]! - 128]!);
    else if (length === 1) units.push(String.fromCharCode(bytes[i]!));
    else {
      let code = bytes[i]! & (0xff >> (length + 1));
      for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k]! & 0x3f);
      units.push(String.fromCodePoint(code));
    }
    i += Math.max(length, 1);
  }
  return units.join('');
}

/** The length of the UTF-8 sequence at a place (RFC 3629 §4); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i] ?? 0) >> 6 !== 2) return 0;
  const second = bytes[at + 1]!;
  const wrong =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return wrong ? 0 : length;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// A reference, or an ampersand that begins none. Names longer than this are no entity anyone means.
const reference = /&(?:#(\d{1,10})|#x([0-9a-f]{1,8})|([a-z][a-z0-9]{0,30}));|&/gi;

/**
 * Replaces the five entities and character references (XML 1.0 §4.1, §4.6). Nothing else is expanded: other references stay
 * as they are written, and so does an ampersand that begins none. A reference to what is no character becomes U+FFFD.
 */
export function resolveReferences(text: string): Cooked {
  if (!text.includes('&')) return { text, flags: 0 };
  let flags = 0;
  const resolved = text.replace(
    reference,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined && Object.hasOwn(entities, name)) return entities[name]!;
      if (decimal === undefined && hex === undefined) {
        flags |= repairBit('bare-ampersand');
        return whole;
      }
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      if (isCharacter(code)) return String.fromCodePoint(code);
      flags |= repairBit('bad-character');
      return '\uFFFD';
    },
  );
  return { text: resolved, flags };
}

/** XML 1.0 §2.2, production 2. */
function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

const notCharacters = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Line ends as XML 1.0 §2.11 has them; what is no character (§2.2) becomes U+FFFD; a U+FFFD that was there says that somebody lost a character before us. */
export function cleanCharacters(text: string): Cooked {
  let flags = text.includes('\uFFFD') ? repairBit('replacement-character') : 0;
  let clean = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (notCharacters.test(clean)) {
    clean = clean.replace(notCharacters, '\uFFFD');
    flags |= repairBit('bad-character');
  }
  notCharacters.lastIndex = 0;
  return { text: clean, flags };
}

/** Without the white space around it (XML's four characters). */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Space, tab, line feed, carriage return (XML 1.0 §2.3, production 3). */
function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

/** The text of one run of bytes without markup in it, references resolved; not trimmed. */
export function cook(bytes: Uint8Array, start: number, end: number, from: Charset): Cooked {
  const decoded = decode(bytes, start, end, from);
  const clean = cleanCharacters(decoded.text);
  const resolved = resolveReferences(clean.text);
  const closed = clean.text.includes(']]>') ? repairBit('unescaped-markup') : 0;
  return { text: resolved.text, flags: decoded.flags | clean.flags | resolved.flags | closed };
}
