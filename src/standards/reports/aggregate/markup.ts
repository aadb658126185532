// Tags, comments and the rest of XML's markup, found in bytes. The bytes may end anywhere: every function then says `incomplete`,
// and is asked again when there are more.

/** The markup goes on beyond the bytes at hand. */
export const incomplete = -1;
/** The markup is none that can be read. */
export const malformed = -2;
/** The tag has more attributes than are allowed. */
export const tooMany = -3;

export interface Attribute {
  readonly name: string;
  /** As written: references are not resolved. Where it stands in the bytes. */
  readonly start: number;
  readonly end: number;
}

/** An opening tag. One object is filled again and again. */
export class Tag {
  name = '';
  selfClosing = false;
  readonly attributes: Attribute[] = [];

  get local(): string {
    return this.name.slice(this.name.indexOf(':') + 1);
  }

  /** `''` when there is none. */
  get prefix(): string {
    return this.name.slice(0, Math.max(this.name.indexOf(':'), 0));
  }
}

const [lt, gt, slash, equals, doubleQuote, singleQuote] = [60, 62, 47, 61, 34, 39];

/** Whether a byte is white space in XML. */
function isBlank(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

/** Whether a byte may stand in a name, or begin one (XML 1.0 §2.3, as far as bytes can tell). */
function isNameByte(byte: number, first: boolean): boolean {
  if ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95 || byte === 58 || byte >= 128)
    return true;
  return !first && ((byte >= 48 && byte <= 57) || byte === 45 || byte === 46);
}

/** Names seen lately, so that the few names of a report are not made into texts a million times. */
const seenNames: (string | undefined)[] = Array.from({ length: 512 }, () => undefined);

/** The bytes of a name as text. Names are compared byte by byte, so one character a byte is enough. */
export function nameText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length === 0) return '';
  const slot = (bytes[start]! * 7 + bytes[end - 1]! * 31 + bytes[start + (length >> 1)]! * 13 + length) & 511;
  const seen = seenNames[slot];
  if (seen !== undefined && seen.length === length) {
    let at = 0;
    while (at < length && seen.charCodeAt(at) === bytes[start + at]) at++;
    if (at === length) return seen;
  }
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  if (length <= 64) seenNames[slot] = text;
  return text;
}

export function skipBlank(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isBlank(bytes[at]!)) at++;
  return at;
}

export function nameEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isNameByte(bytes[at]!, at === start)) at++;
  return at;
}

/**
 * Reads the opening tag whose `<` stands at `at`, strictly: quotes around values, white space between attributes, none twice.
 * @returns the place behind it, `incomplete`, `malformed` or `tooMany`
 */
export function readTag(bytes: Uint8Array, at: number, tag: Tag, mostAttributes: number): number {
  tag.attributes.length = 0;
  tag.selfClosing = false;
  let pos = nameEnd(bytes, at + 1);
  if (pos >= bytes.length) return incomplete;
  if (pos === at + 1) return malformed;
  tag.name = nameText(bytes, at + 1, pos);
  for (;;) {
    const blank = skipBlank(bytes, pos);
    if (blank >= bytes.length) return incomplete;
    const byte = bytes[blank]!;
    if (byte === gt) return blank + 1;
    if (byte === slash) {
      if (blank + 1 >= bytes.length) return incomplete;
      tag.selfClosing = true;
      return bytes[blank + 1] === gt ? blank + 2 : malformed;
    }
    if (blank === pos) return malformed;
    if (tag.attributes.length >= mostAttributes) return tooMany;
    const nameStop = nameEnd(bytes, blank);
    if (nameStop === blank) return malformed;
    const equal = skipBlank(bytes, nameStop);
    if (equal >= bytes.length) return incomplete;
    if (bytes[equal] !== equals) return malformed;
    const open = skipBlank(bytes, equal + 1);
    if (open >= bytes.length) return incomplete;
    const quote = bytes[open]!;
    if (quote !== doubleQuote && quote !== singleQuote) return malformed;
    let close = open + 1;
    while (close < bytes.length && bytes[close] !== quote) {
      if (bytes[close] === lt) return malformed;
      close++;
    }
    if (close >= bytes.length) return incomplete;
    const name = nameText(bytes, blank, nameStop);
    if (tag.attributes.some((attribute) => attribute.name === name)) return malformed;
    tag.attributes.push({ name, start: open + 1, end: close });
    pos = close + 1;
  }
}

/**
 * Reads the closing tag whose `</` stands at `at`.
 * @returns where its name ends, or `incomplete` or `malformed`; the `>` is at or after that place
 */
export function readClosing(bytes: Uint8Array, at: number): number {
  const stop = nameEnd(bytes, at + 2);
  if (stop >= bytes.length) return incomplete;
  const close = skipBlank(bytes, stop);
  if (close >= bytes.length) return incomplete;
  return bytes[close] === gt && stop > at + 2 ? stop : malformed;
}

/** Whether bytes at a place are this ASCII text: yes, no, or `undefined` when they end before one can tell. */
function begins(bytes: Uint8Array, at: number, text: string): boolean | undefined {
  for (let i = 0; i < text.length; i++) {
    if (at + i >= bytes.length) return undefined;
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** The place behind the first occurrence of an ASCII text from `from` on, or `incomplete`. */
export function after(bytes: Uint8Array, from: number, text: string): number {
  const last = text.charCodeAt(text.length - 1);
  for (let at = from + text.length - 1; ; at++) {
    at = bytes.indexOf(last, at);
    if (at < 0) return incomplete;
    if (begins(bytes, at - text.length + 1, text) === true) return at + 1;
  }
}

/** Markup that begins with `<!` or `<?`: how it begins and ends. A document type has no such simple end. */
export const specials = {
  comment: { opening: '<!--', closing: '-->' },
  cdata: { opening: '<![CDATA[', closing: ']]>' },
  instruction: { opening: '<?', closing: '?>' },
} as const;

/**
 * Which markup stands at a `<!` or `<?`: `undefined` when the bytes end before one can tell, `'malformed'` when it is none. An
 * XML declaration is told from other instructions, such as `<?xml-stylesheet ?>`.
 */
export function specialAt(
  bytes: Uint8Array,
  at: number,
): keyof typeof specials | 'declaration' | 'doctype' | 'malformed' | undefined {
  if (bytes[at + 1] === 63) {
    const named = begins(bytes, at, '<?xml');
    const next = bytes[at + 5];
    if (named === undefined || (named && next === undefined)) return undefined;
    return named && (isBlank(next!) || next === 63 || next === gt) ? 'declaration' : 'instruction';
  }
  for (const [text, kind] of [
    [specials.comment.opening, 'comment'],
    [specials.cdata.opening, 'cdata'],
    ['<!DOCTYPE', 'doctype'],
  ] as const) {
    const found = begins(bytes, at, text);
    if (found === undefined) return undefined;
    if (found) return kind;
  }
  return 'malformed';
}
