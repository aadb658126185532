// The lexical tokens of structured header fields (RFC 5322 §3.2, with the obsolete forms of §4.1 and UTF-8 of RFC 6532).
// One pass, no recursion: nested comments are counted.

export type Token =
  /** A run of atext; a dot is a token of its own. */
  | { readonly kind: 'atom'; readonly text: string; readonly at: number; readonly spaced: boolean }
  /** A quoted string, without its quotes and backslashes. */
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number; readonly spaced: boolean }
  /** A domain literal, with its brackets. */
  | { readonly kind: 'literal'; readonly text: string; readonly at: number; readonly spaced: boolean }
  /** An encoded word, whole: `=?utf-8?q?a@b?=` is one token, whatever it holds. */
  | { readonly kind: 'encoded'; readonly text: string; readonly at: number; readonly spaced: boolean }
  | { readonly kind: 'comment'; readonly text: string; readonly at: number; readonly spaced: boolean }
  /** One of `< > @ , ; : .`, or a character that has no place outside quotes: `) ] \` and controls. */
  | { readonly kind: 'special'; readonly text: string; readonly at: number; readonly spaced: boolean };

/** The tokens of a text, and whether a quoted string, comment or literal was left open at its end. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly open?: 'comment' | 'literal' | 'quoted';
}

// Sticky, so that each is tried only where the reader stands; every class excludes what ends it, so the time is linear.
const atom = /[^\s()<>[\]:;@\\,."\u0000-\u0020\u007f]+/y;
const encodedWord = /=\?[^?\s]{1,122}\?[bBqQ]\?[^?\s]{0,10000}\?=/y;
const blank = /[ \t\r\n]+/y;

/** Splits an (unfolded or folded) structured value into tokens. Never fails: what does not belong becomes a `special`. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    at = pattern.lastIndex;
    return match[0];
  };
  while (at < text.length) {
    const start = at;
    if (take(blank) !== undefined) {
      spaced = true;
      continue;
    }
    const char = text[at]!;
    if (char === '"' || char === '(' || char === '[') {
      const inner = enclosed(text, at);
      if (inner === undefined) {
        const kind = char === '"' ? 'quoted' : char === '(' ? 'comment' : 'literal';
        return { tokens, open: kind };
      }
      at = inner.end;
      if (char === '"') tokens.push({ kind: 'quoted', text: inner.text, at: start, spaced });
      else if (char === '(') tokens.push({ kind: 'comment', text: inner.text, at: start, spaced });
      else tokens.push({ kind: 'literal', text: `[${inner.text}]`, at: start, spaced });
      spaced = false;
      continue;
    }
    const encoded = char === '=' ? take(encodedWord) : undefined;
    if (encoded !== undefined) {
      tokens.push({ kind: 'encoded', text: encoded, at: start, spaced });
    } else {
      const run = take(atom);
      if (run === undefined) {
        at++;
        tokens.push({ kind: 'special', text: char, at: start, spaced });
      } else tokens.push({ kind: 'atom', text: run, at: start, spaced });
    }
    spaced = false;
  }
  return { tokens };
}

/** The inside of a quoted string, comment or literal that opens at `start`, backslashes resolved; `undefined` when it does not close. */
function enclosed(text: string, start: number): { text: string; end: number } | undefined {
  const opening = text[start]!;
  const closing = opening === '"' ? '"' : opening === '(' ? ')' : ']';
  let depth = 1;
  let inner = '';
  let from = start + 1;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && at + 1 < text.length) {
      inner += text.slice(from, at);
      at++;
      from = at;
    } else if (char === closing) {
      depth--;
      if (depth === 0) return { text: inner + text.slice(from, at), end: at + 1 };
    } else if (char === '(' && opening === '(') depth++;
  }
  return undefined;
}
