/** A word of an entry, or a quoted string. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly offset: number;
}

/** Bytes as text, a character each; a string is taken to have been UTF-8. */
export function latin1(text: string | Uint8Array): string {
  if (typeof text !== 'string') {
    return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1');
  }
  return /^[\0-\x7F]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The tokens of one entry of a master file (RFC 1035 §5.1), comments gone, escapes still in them. */
export interface Entry {
  readonly tokens: Token[];
  readonly blankOwner: boolean;
  /** A quoted string runs off its line. */
  readonly broken: boolean;
  /** A parenthesis is open at the end of the file. */
  readonly unclosed: boolean;
  readonly end: number;
  readonly nextLine: number;
}

/** Reads one entry: a line, or several held together by parentheses. `from` is an offset in `source`, `line` counts from 1. */
export function readEntry(source: string, from: number, line: number): Entry {
  const tokens: Token[] = [];
  const head = source.charCodeAt(from);
  const blankOwner = head === 32 || head === 9;
  let broken = false;
  let depth = 0;
  let position = from;
  while (position < source.length) {
    const code = source.charCodeAt(position);
    if (code === 10) {
      position += 1;
      line += 1;
      if (depth === 0) return { tokens, blankOwner, broken, unclosed: false, end: position, nextLine: line };
    } else if (code === 32 || code === 9 || code === 13) {
      position += 1;
    } else if (code === 59) {
      while (position < source.length && source.charCodeAt(position) !== 10) position += 1;
    } else if (code === 40) {
      depth += 1;
      position += 1;
    } else if (code === 41) {
      if (depth > 0) depth -= 1;
      else broken = true;
      position += 1;
    } else if (code === 34) {
      const start = position + 1;
      position = start;
      while (position < source.length) {
        const inner = source.charCodeAt(position);
        if (inner === 34 || inner === 10) break;
        position += inner === 92 && source.charCodeAt(position + 1) !== 10 ? 2 : 1;
      }
      tokens.push({ text: source.slice(start, position), quoted: true, offset: start });
      if (source.charCodeAt(position) === 34) position += 1;
      else broken = true;
    } else {
      const start = position;
      while (position < source.length) {
        const inner = source.charCodeAt(position);
        if (inner <= 32 || inner === 34 || inner === 40 || inner === 41 || inner === 59) {
          if (inner === 32 || inner === 9 || inner === 10 || inner === 13 || inner > 32) break;
        }
        position += inner === 92 && source.charCodeAt(position + 1) !== 10 ? 2 : 1;
      }
      position = Math.min(position, source.length);
      tokens.push({ text: source.slice(start, position), quoted: false, offset: start });
    }
  }
  return { tokens, blankOwner, broken, unclosed: depth > 0, end: source.length, nextLine: line };
}
