import type { Problem } from '../problem.ts';

/** One header field, as offsets into the bytes of its message. Lines that are no field are kept too: their `name` is `''`. */
export interface HeaderField {
  /** The field name in lower case (RFC 5322 §2.2: names are compared without regard to case); `''` for a line that is no field. */
  readonly name: string;
  /** The first byte of the name. */
  readonly start: number;
  /** The byte after the name as written; white space before the colon (obsolete syntax, §4.5) lies between here and `colon`. */
  readonly nameEnd: number;
  /** The colon; the value begins one byte later. For a line that is no field, one before `start`. */
  readonly colon: number;
  /** The byte after the value, its folded lines included, before the final line break. */
  readonly end: number;
  /** The first byte of what follows the field. */
  readonly next: number;
}

/** A message as it came: nothing decoded, nothing repaired. */
export interface Message {
  readonly bytes: Buffer;
  /** From the top of the message to the bottom. */
  readonly fields: readonly HeaderField[];
  /** Where the body begins; equals the length of `bytes` when there is none. */
  readonly bodyStart: number;
  /** False when a limit cut the header short: whatever was not read could change any verdict. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
}

/** How much header is read. What lies beyond is left unread, and the message is then not `complete`. */
export interface MessageLimits {
  /** Bytes of the whole header. */
  readonly headerBytes: number;
  readonly fields: number;
}

/** Generous beside what MTAs accept (Postfix: 100 kB a field, 1,000 Received fields), small beside memory. */
export const messageLimits: MessageLimits = { headerBytes: 8 << 20, fields: 20_000 };

const LF = 10;
const CR = 13;
const SP = 32;
const HT = 9;
const COLON = 58;

/** Problems of one kind are told once: a hostile message can offend ten thousand times. */
function noted(problems: Problem[], code: string, offset: number, see: string): void {
  if (problems.some((each) => each.code === code)) return;
  problems.push({ code, at: { offset }, see });
}

/**
 * Reads the header of a message (RFC 5322 §2.2, §4.5). Both CRLF and LF end a line: files on disk mostly have LF. A first line
 * that mbox writers put (`From sender date`) is passed over. Never refuses: a line that is no field is kept without a name, and
 * the header goes on to the first empty line, so that nothing after such a line is overlooked.
 *
 * Problems: `mail/not-a-field`, `mail/mbox-line`, `mail/bare-cr`, `mail/nul-in-header`, `mail/mixed-line-ends`,
 * `mail/header-too-long`, `mail/too-many-fields`.
 */
export function parseMessage(source: Uint8Array, limits: MessageLimits = messageLimits): Message {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const fields: { -readonly [K in keyof HeaderField]: HeaderField[K] }[] = [];
  const problems: Problem[] = [];
  const stop = Math.min(bytes.length, limits.headerBytes);
  let at = 0;
  let complete = true;
  let crlf = 0;
  let lf = 0;
  while (at < bytes.length) {
    let lineFeed = bytes.indexOf(LF, at);
    if (lineFeed < 0) lineFeed = bytes.length;
    if (lineFeed > stop) {
      noted(problems, 'mail/header-too-long', at, 'RFC 5321 §4.5.3.1');
      complete = false;
      break;
    }
    if (lineFeed < bytes.length) {
      if (lineFeed > at && bytes[lineFeed - 1] === CR) crlf++;
      else lf++;
    }
    const lineEnd = lineFeed > at && lineFeed < bytes.length && bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    const next = Math.min(lineFeed + 1, bytes.length);
    if (lineEnd === at) {
      // The empty line between header and body.
      at = next;
      break;
    }
    const first = bytes[at]!;
    const last = fields.at(-1);
    if ((first === SP || first === HT) && last !== undefined) {
      // A folded line belongs to the field before it (§2.2.3).
      last.end = lineEnd;
      last.next = next;
      at = next;
      continue;
    }
    if (fields.length >= limits.fields) {
      noted(problems, 'mail/too-many-fields', at, 'RFC 5322 §3.6');
      complete = false;
      break;
    }
    const colon = colonOf(bytes, at, lineEnd);
    if (colon < 0) {
      if (fields.length === 0 && at === 0 && startsLikeMbox(bytes)) {
        noted(problems, 'mail/mbox-line', 0, 'RFC 4155 Appendix A');
      } else {
        noted(problems, 'mail/not-a-field', at, 'RFC 5322 §2.2');
        fields.push({ name: '', start: at, nameEnd: at, colon: at - 1, end: lineEnd, next });
      }
      at = next;
      continue;
    }
    let nameEnd = colon;
    while (bytes[nameEnd - 1] === SP || bytes[nameEnd - 1] === HT) nameEnd--;
    fields.push({
      name: bytes.toString('latin1', at, nameEnd).toLowerCase(),
      start: at,
      nameEnd,
      colon,
      end: lineEnd,
      next,
    });
    at = next;
  }
  if (crlf > 0 && lf > 0) noted(problems, 'mail/mixed-line-ends', 0, 'RFC 5322 §2.3');
  const nul = bytes.subarray(0, at).indexOf(0);
  if (nul >= 0) noted(problems, 'mail/nul-in-header', nul, 'RFC 5322 §4');
  for (let cr = 0; cr < at; cr++) {
    if (bytes[cr] === CR && bytes[cr + 1] !== LF) {
      noted(problems, 'mail/bare-cr', cr, 'RFC 5322 §2.3');
      break;
    }
  }
  return { bytes, fields, bodyStart: at, complete, problems };
}

/** The colon that ends a field name (printable ASCII but the colon, RFC 5322 §2.2), white space before it allowed (§4.5); else -1. */
function colonOf(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! > 32 && bytes[at]! < 127 && bytes[at] !== COLON) at++;
  if (at === start) return -1;
  while (at < end && (bytes[at] === SP || bytes[at] === HT)) at++;
  return at < end && bytes[at] === COLON ? at : -1;
}

function startsLikeMbox(bytes: Buffer): boolean {
  return bytes.length > 5 && bytes.toString('latin1', 0, 5) === 'From ';
}

/** The fields of that name (given in lower case), from the top to the bottom. */
export function fieldsNamed(message: Message, name: string): HeaderField[] {
  return message.fields.filter((field) => field.name === name);
}

/** The value as it stands, folds included: one character a byte (Latin-1), so that offsets are offsets of bytes. */
export function rawValue(message: Message, field: HeaderField): string {
  return message.bytes.toString('latin1', field.colon + 1, field.end);
}

/**
 * The value as text: unfolded (RFC 5322 §2.2.3: the line break goes, the white space stays) and decoded as UTF-8 (RFC 6532);
 * bytes that are no UTF-8 are taken as Latin-1. White space at both ends is gone. Encoded words are left as they are.
 */
export function fieldValue(message: Message, field: HeaderField): string {
  return unfold(decodeBytes(message.bytes.subarray(field.colon + 1, field.end))).trim();
}

/** Takes line breaks out of a folded text. */
export function unfold(text: string): string {
  return text.includes('\n') ? text.replace(/\r?\n/g, '') : text;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text: UTF-8 when they are that, else Latin-1, one character a byte. */
export function decodeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latin1 = buffer.toString('latin1');
  if (!/[\u0080-\u00ff]/.test(latin1)) return latin1;
  try {
    return strictUtf8.decode(buffer);
  } catch {
    return latin1;
  }
}
