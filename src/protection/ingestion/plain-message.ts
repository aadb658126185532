import type { IngestionLimits } from './limits.ts';
import type { Message, MessagePart } from './message.ts';

// The shape nearly all report mail has, read without its lines becoming objects: content fields in ASCII, one level or a few of
// multipart, parts in base64, quoted-printable or as they are. A message that is anything else is declined, and postal-mime reads it; a
// property test holds the two together.

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

/** What a part's header says of its content. */
interface ContentFields {
  readonly type: string;
  readonly multipart: boolean;
  readonly boundary: string | undefined;
  readonly name: string;
  readonly reportType: string;
  readonly attached: boolean;
  readonly transfer: 'base64' | 'none' | 'quoted-printable';
}

/** Fields that say how a content is to be read; every other field is of no interest here. */
const contentField = /^content-(type|transfer-encoding|disposition)[ \t]*:/i;
/** Names that come near: they are for the reader of unusual messages (`ContentType` among them). */
const nearContentName = /content-?(?:type|transfer|disposition)|^\s|\s$|[^ -~]/i;
/** Longer values are for that reader too: the expression below is not made for them. */
const longestValue = 1000;
/** A value and its parameters, tokens and quoted strings without escapes (RFC 2045 §5.1). */
const structured = /^([^\s;"()\\=]+)((?:\s*;\s*[\w-]+=(?:"[^"\\]*"|[^\s;"()\\*?'%=]+(?==*(?:;|\s|$))=*))*)\s*;?\s*$/;
const parameter = /;\s*([\w-]+)=(?:"([^"\\]*)"|([^\s;"()\\]+))/g;

/**
 * Takes a message of plain shape apart, exactly as `readAnyMessage` does.
 *
 * @returns `undefined` when the message is not of plain shape
 */
export function readPlainMessage(bytes: Uint8Array, limits: IngestionLimits): Message | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const head = readFields(buffer, 0, limits);
  if (head === undefined) return undefined;
  const { fields, body } = head;
  if (!fields.multipart) {
    const part = readPart(buffer, body, buffer.length, true, fields);
    if (part === undefined) return undefined;
    return { type: fields.type, reportType: fields.reportType, parts: [part] };
  }
  if (fields.boundary === undefined) return undefined;
  const parts = readParts(buffer, body, fields.boundary, limits);
  return parts === undefined ? undefined : { type: fields.type, reportType: fields.reportType, parts };
}

/** Reads the header fields at `from`; `body` is where what they describe begins. */
function readFields(
  buffer: Buffer,
  from: number,
  limits: IngestionLimits,
): { fields: ContentFields; body: number } | undefined {
  let body = -1;
  // The empty line: `\n\n` or `\n\r\n`, or at once.
  if (buffer[from] === lineFeed) body = from + 1;
  else if (buffer[from] === carriageReturn && buffer[from + 1] === lineFeed) body = from + 2;
  for (let at = from; body < 0;) {
    const end = buffer.indexOf(lineFeed, at);
    if (end < 0 || end - from > limits.headerBytes / 4) return undefined;
    if (buffer[end + 1] === lineFeed) body = end + 2;
    else if (buffer[end + 1] === carriageReturn && buffer[end + 2] === lineFeed) body = end + 3;
    at = end + 1;
  }
  const text = buffer.toString('latin1', from, body);
  // Control characters, bare carriage returns: not of plain shape.
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/.test(text)) return undefined;
  const values: { type?: string; 'transfer-encoding'?: string; disposition?: string } = {};
  for (const line of text.split(/\r?\n(?![ \t])/)) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 0 || colon > 200) return undefined;
    const letter = line.charCodeAt(0) | 0x20;
    // Only names that may be one of the three are looked at closely: the rest of a header is long.
    const name = letter === 0x63 ? contentField.exec(line)?.[1]?.toLowerCase() : undefined;
    if (name === undefined) {
      if (nearContentName.test(line.slice(0, colon))) return undefined;
      continue;
    }
    const field = name as keyof typeof values;
    if (values[field] !== undefined || line.length > longestValue || /[^\t\n\r -~]/.test(line)) return undefined;
    values[field] = line
      .slice(colon + 1)
      .replace(/\r?\n/g, '')
      .trim();
  }
  const fields = contentFields(values.type, values['transfer-encoding'], values.disposition, limits);
  return fields === undefined ? undefined : { fields, body };
}

function contentFields(
  type: string | undefined,
  encoding: string | undefined,
  disposition: string | undefined,
  limits: IngestionLimits,
): ContentFields | undefined {
  const content = readStructured(type ?? 'text/plain');
  const placed = readStructured(disposition ?? '');
  if (content === undefined || placed === undefined) return undefined;
  const transfer = (encoding ?? '').toLowerCase();
  if (!/^(?:|base64|quoted-printable|7bit|8bit|binary)$/.test(transfer)) return undefined;
  const multipart = content.value.startsWith('multipart/');
  if (multipart && (transfer === 'base64' || transfer === 'quoted-printable')) return undefined;
  // Parts of these kinds are made into text by the other reader, or have rules of their own.
  if (content.value === 'text/calendar' || content.value === 'application/ics' || content.value === 'multipart/digest')
    return undefined;
  const name = placed.parameters.get('filename') || content.parameters.get('name') || '';
  const boundary = content.parameters.get('boundary');
  if (name.includes('=?') || boundary === '') return undefined;
  return {
    type: content.value,
    multipart,
    boundary,
    name: name.slice(0, limits.nameLength),
    reportType: /^[\w-]*/.exec(content.parameters.get('report-type') ?? '')![0].toLowerCase(),
    attached: placed.value === 'attachment',
    transfer: transfer === 'base64' || transfer === 'quoted-printable' ? transfer : 'none',
  };
}

function readStructured(field: string): { value: string; parameters: Map<string, string> } | undefined {
  const parameters = new Map<string, string>();
  if (field === '') return { value: '', parameters };
  const [, value, rest] = structured.exec(field) ?? [];
  if (value === undefined || rest === undefined) return undefined;
  for (const [, key, quoted, token] of rest.matchAll(parameter)) {
    const name = key!.toLowerCase();
    const text = quoted ?? token!;
    // White space at the ends of a quoted string, an empty one, a parameter said twice: the other reader knows what to make of it.
    if (parameters.has(name) || text !== text.trim() || text === '' || /[\t]/.test(text)) return undefined;
    parameters.set(name, text);
  }
  return { value: value.toLowerCase(), parameters };
}

/** Reads the parts between the boundaries of a multipart and of those inside it (RFC 2046 §5.1.1). */
function readParts(
  buffer: Buffer,
  from: number,
  outermost: string,
  limits: IngestionLimits,
): MessagePart[] | undefined {
  const parts: MessagePart[] = [];
  const boundaries = [outermost];
  let headers = 0;
  // What lies between here and the next boundary; none before the first and after the last.
  let open: { fields: ContentFields; body: number } | undefined;
  for (let at = from; ;) {
    const line = nextDashes(buffer, at, from);
    if (line < 0) {
      if (open !== undefined && boundaries.length > 0) {
        const part = readPart(buffer, open.body, buffer.length, true, open.fields);
        if (part === undefined) return undefined;
        parts.push(part);
      }
      return parts;
    }
    let end = buffer.indexOf(lineFeed, line);
    if (end < 0) end = buffer.length;
    const found = matchBoundary(buffer, line, end, boundaries);
    if (found === undefined) {
      at = end;
      continue;
    }
    if (open !== undefined) {
      if (line < open.body) return undefined;
      const part = readPart(buffer, open.body, line, false, open.fields);
      if (part === undefined) return undefined;
      parts.push(part);
      open = undefined;
    }
    boundaries.length = found.last ? found.level : found.level + 1;
    if (found.last) {
      at = end;
      if (boundaries.length === 0 || at >= buffer.length) return parts;
      continue;
    }
    if (end + 1 >= buffer.length) return undefined;
    const head = readFields(buffer, end + 1, limits);
    if (head === undefined || parts.length >= limits.messageParts) return undefined;
    headers += head.body - end;
    if (headers > limits.headerBytes / 4) return undefined;
    // A boundary among the header fields ends them: not of plain shape.
    const within = nextDashes(buffer, end, -1);
    if (within >= 0 && within < head.body) return undefined;
    if (head.fields.multipart) {
      const inner = head.fields.boundary;
      if (inner === undefined || boundaries.length >= Math.min(8, limits.messageDepth) || boundaries.includes(inner))
        return undefined;
      boundaries.push(inner);
    } else open = head;
    // The line feed before the body counts as the one before a boundary that stands right there.
    at = head.body - 1;
  }
}

/** Where the next line that begins with two dashes begins, looking from the line feed at `at` on; -1 when there is none. */
function nextDashes(buffer: Buffer, at: number, first: number): number {
  if (at === first && buffer[at] === dash && buffer[at + 1] === dash) return at;
  const found = buffer.indexOf('\n--', at, 'latin1');
  return found < 0 ? -1 : found + 1;
}

/** Which boundary the line from `line` to `end` is, the innermost first. */
function matchBoundary(
  buffer: Buffer,
  line: number,
  end: number,
  boundaries: readonly string[],
): { level: number; last: boolean } | undefined {
  const text = buffer.toString('latin1', line + 2, Math.min(end, line + 300)).replace(/[ \t]*\r*$/, '');
  for (let level = boundaries.length - 1; level >= 0; level--) {
    const boundary = boundaries[level]!;
    if (text === boundary) return { level, last: false };
    if (text === `${boundary}--`) return { level, last: true };
  }
  return undefined;
}

/** The content of a part, its transfer encoding undone; without one, its lines with a line feed each. */
function readPart(
  buffer: Buffer,
  from: number,
  to: number,
  atEnd: boolean,
  fields: ContentFields,
): MessagePart | undefined {
  const { name, type, attached, transfer } = fields;
  let content: Buffer | undefined;
  if (from >= to) content = Buffer.alloc(0);
  else if (transfer === 'base64') content = decodeBase64(buffer, from, to);
  else {
    content = asLines(buffer, from, to, atEnd);
    if (content !== undefined && transfer === 'quoted-printable') content = decodeQuoted(content);
  }
  return content === undefined ? undefined : { name, type, attached, bytes: content };
}

/** Text with its line ends as line feeds, one at its end. A carriage return elsewhere is not of plain shape. */
function asLines(buffer: Buffer, from: number, to: number, atEnd: boolean): Buffer | undefined {
  let body = buffer.subarray(from, to);
  if (atEnd && body[body.length - 1] !== lineFeed) body = Buffer.concat([body, Buffer.of(lineFeed)]);
  if (body.indexOf(carriageReturn) < 0) return body;
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (byte === carriageReturn) {
      if (body[i + 1] !== lineFeed) return undefined;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** 1 for the characters of base64, 2 for line ends and blanks, 0 for all else. */
const base64Class = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') {
  base64Class[character.charCodeAt(0)] = 1;
}
for (const character of '\r\n\t ') base64Class[character.charCodeAt(0)] = 2;

/** Undoes base64 (RFC 2045 §6.8) that is padded at its end or not at all, with nothing else in it. */
function decodeBase64(buffer: Buffer, from: number, to: number): Buffer | undefined {
  let end = to;
  while (end > from && base64Class[buffer[end - 1]!] === 2) end -= 1;
  let padding = 0;
  while (padding < 2 && end > from && buffer[end - 1] === 0x3d) {
    end -= 1;
    padding += 1;
  }
  let characters = 0;
  for (let i = from; i < end; i++) {
    const is = base64Class[buffer[i]!]!;
    if (is === 0) return undefined;
    characters += is & 1;
  }
  if (characters % 4 === 1 || (padding > 0 && (characters + padding) % 4 !== 0)) return undefined;
  return Buffer.from(buffer.toString('latin1', from, end), 'base64');
}

const equals = 0x3d;

/** Undoes quoted-printable (RFC 2045 §6.7) in lines that end in a line feed. What is no escape stays as it is. */
function decodeQuoted(lines: Buffer): Buffer {
  if (lines.indexOf(equals) < 0) return lines;
  const out = Buffer.allocUnsafe(lines.length);
  let length = 0;
  for (let start = 0; start < lines.length;) {
    const end = lines.indexOf(lineFeed, start);
    const soft = end > start && lines[end - 1] === equals;
    const stop = soft ? end - 1 : end;
    for (let i = start; i < stop; i++) {
      const byte = lines[i]!;
      const high = byte === equals && i + 2 < stop ? hexDigit(lines[i + 1]!) : -1;
      const low = high < 0 ? -1 : hexDigit(lines[i + 2]!);
      if (low < 0) out[length++] = byte;
      else {
        out[length++] = (high << 4) | low;
        i += 2;
      }
    }
    if (!soft) out[length++] = lineFeed;
    start = end + 1;
  }
  return out.subarray(0, length);
}

/** The value of a hexadecimal digit; -1 when it is none. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
