import type { IpAddress } from '../dns/index.ts';
import { formatAddress, maxLabelLength, maxNameLength, nibbles } from '../dns/index.ts';

/** A `%{…}` (RFC 7208 §7.1). */
interface MacroExpand {
  /** Lower case. */
  readonly letter: string;
  /** The letter is upper case: the value is URL-escaped. */
  readonly escaped: boolean;
  /** How many parts to keep, from the right; 0 for all. */
  readonly parts: number;
  readonly reversed: boolean;
  /** Characters to split on; `''` for the dot. */
  readonly delimiters: string;
}

/** A macro-string that obeys the grammar, ready to be expanded. */
export interface MacroString {
  readonly text: string;
  readonly parts: readonly (string | MacroExpand)[];
  /** The macro letters in it, lower case, each once; `''` when it says the same for every message. */
  readonly letters: string;
  /** What it expands to when it has no macro letters, read as a name; see `targetName`. */
  readonly fixed?: string;
}

/** What macros are expanded from (RFC 7208 §7.2). */
export interface MacroValues {
  readonly ip: IpAddress;
  readonly sender: string;
  readonly localPart: string;
  readonly senderDomain: string;
  /** The current `<domain>`. */
  readonly domain: string;
  readonly helo: string;
  /** `r`: who asks. */
  readonly receiver: string;
  /** `t`: seconds since 1970. */
  readonly time: number;
  /** `p`: the validated name of the client; needed only where the string has the letter. */
  readonly validated: string;
}

/** What is wrong with a macro-string: the code, and the piece of text. */
export interface MacroProblem {
  readonly code: 'spf/macro-syntax' | 'spf/macro-not-here' | 'spf/bad-domain-spec';
  readonly text: string;
  readonly offset: number;
}

const expansion = /%(?:\{([slodipvhcrt])(\d*)(r?)([-.+,/_=]*)\}|([%_-]))/iy;
const literals: Readonly<Record<string, string>> = { '%': '%', _: ' ', '-': '%20' };

/**
 * Reads a macro-string.
 *
 * @param text its characters; all are known to be visible ones (or, in an explanation, spaces).
 * @param place `domain`: a domain-spec, which has to end in a top label or a macro and may not use `c`, `r` and `t`;
 *   `value`: of an unknown modifier; `explanation`: the text that `exp` leads to.
 */
export function parseMacroString(text: string, place: 'domain' | 'value' | 'explanation'): MacroString | MacroProblem {
  const parts: (string | MacroExpand)[] = [];
  let letters = '';
  let literal = '';
  let position = 0;
  let tail = 0;
  while (position < text.length) {
    const percent = text.indexOf('%', position);
    if (percent < 0) {
      literal += text.slice(position);
      break;
    }
    literal += text.slice(position, percent);
    expansion.lastIndex = percent;
    const found = expansion.exec(text);
    // "A MUST be nonzero" DIGIT, and a "%" that begins nothing, are syntax errors (RFC 7208 §7.3).
    if (found === null || (found[2] !== undefined && found[2] !== '' && Number(found[2]) === 0)) {
      return { code: 'spf/macro-syntax', text: text.slice(percent, percent + 40), offset: percent };
    }
    position = expansion.lastIndex;
    tail = position;
    if (found[5] !== undefined) {
      literal += literals[found[5]]!;
      continue;
    }
    const written = found[1]!;
    const letter = written.toLowerCase();
    if (place === 'domain' && (letter === 'c' || letter === 'r' || letter === 't')) {
      return { code: 'spf/macro-not-here', text: found[0], offset: percent };
    }
    if (!letters.includes(letter)) letters += letter;
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push({
      letter,
      escaped: written !== letter,
      // No name has more than 127 labels, and no value more parts than characters.
      parts: found[2] === undefined || found[2] === '' ? 0 : Math.min(Number(found[2]), 0x7fff_ffff),
      reversed: found[3] !== '',
      delimiters: found[4] ?? '',
    });
  }
  if (literal !== '') parts.push(literal);
  if (place !== 'domain') return { text, parts, letters };
  if (text === '' || (tail < text.length && !endsInTopLabel(text.slice(tail)))) {
    return { code: 'spf/bad-domain-spec', text: text.slice(0, 300), offset: tail };
  }
  return letters === '' ? { text, parts, letters, fixed: targetName(literal) } : { text, parts, letters };
}

/** Whether what follows the last macro ends in `"." toplabel [ "." ]` (RFC 7208 §7.1). */
function endsInTopLabel(tail: string): boolean {
  const end = tail.endsWith('.') ? tail.length - 1 : tail.length;
  const dot = tail.lastIndexOf('.', end - 1);
  if (dot < 0 || dot + 1 >= end) return false;
  const label = tail.slice(dot + 1, end);
  return /^[a-z0-9-]+$/i.test(label) && !/^\d+$/.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** Expands a macro-string (RFC 7208 §7.3). */
export function expand(string: MacroString, values: MacroValues): string {
  let text = '';
  for (const part of string.parts) text += typeof part === 'string' ? part : expandOne(part, values);
  return text;
}

function expandOne(macro: MacroExpand, values: MacroValues): string {
  let value = valueOf(macro.letter, values);
  if (macro.parts > 0 || macro.reversed || macro.delimiters !== '') {
    let pieces = split(value, macro.delimiters === '' ? '.' : macro.delimiters);
    if (macro.reversed) pieces.reverse();
    if (macro.parts > 0 && macro.parts < pieces.length) pieces = pieces.slice(pieces.length - macro.parts);
    value = pieces.join('.');
  }
  return macro.escaped ? urlEscape(value) : value;
}

function split(value: string, delimiters: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let i = 0; i < value.length; i++) {
    if (!delimiters.includes(value[i]!)) continue;
    pieces.push(value.slice(start, i));
    start = i + 1;
  }
  pieces.push(value.slice(start));
  return pieces;
}

function valueOf(letter: string, values: MacroValues): string {
  switch (letter) {
    case 's':
      return values.sender;
    case 'l':
      return values.localPart;
    case 'o':
      return values.senderDomain;
    case 'd':
      return values.domain;
    case 'i':
      return values.ip.family === 4 ? formatAddress(values.ip) : nibbles(values.ip).split('').join('.');
    case 'p':
      return values.validated;
    case 'v':
      return values.ip.family === 4 ? 'in-addr' : 'ip6';
    case 'h':
      return values.helo;
    case 'c':
      return formatAddress(values.ip);
    case 'r':
      return values.receiver;
    case 't':
      return String(values.time);
    default:
      throw new Error(`no such macro letter: ${letter}`);
  }
}

/** Escapes what RFC 3986 §2.3 does not call unreserved; characters beyond ASCII as the bytes of UTF-8. */
function urlEscape(value: string): string {
  return value.replace(/[^A-Za-z0-9\-._~]+/g, (characters) =>
    [...Buffer.from(characters, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/**
 * The name to ask for that an expanded domain-spec makes: lower case, no final dot, and cut from the left, label by label,
 * to 253 characters (RFC 7208 §7.3).
 *
 * @returns the name, or `''` when the DNS cannot be asked for it: an empty label, one of more than 63 characters, a
 *   character beyond ASCII. RFC 7208 §4.8 leaves open what then happens; here such a term does not match.
 */
export function targetName(expanded: string): string {
  let name = expanded.endsWith('.') ? expanded.slice(0, -1) : expanded;
  if (name.length > maxNameLength) {
    const dot = name.indexOf('.', name.length - maxNameLength - 1);
    if (dot < 0) return '';
    name = name.slice(dot + 1);
  }
  name = name.toLowerCase();
  return isAskable(name) ? name : '';
}

/** Whether the DNS can be asked for a name: labels of 1 to 63 ASCII characters, 253 in all. */
export function isAskable(name: string): boolean {
  if (name.length === 0 || name.length > maxNameLength) return false;
  let start = 0;
  for (let i = 0; i <= name.length; i++) {
    const code = i < name.length ? name.charCodeAt(i) : 46;
    if (code > 126 || code === 0) return false;
    if (code !== 46) continue;
    if (i === start || i - start > maxLabelLength) return false;
    start = i + 1;
  }
  return true;
}
