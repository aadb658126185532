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

// Sticky, so that it is tried only where the reader stands; every class excludes what ends it, so the time is linear.
const encodedWord = /=\?[^?\s]{1,122}\?[bBqQ]\?[^?\s]{0,10000}\?=/y;

/** What a character of ASCII is: 1 part of an atom, 2 white space of folding, 0 anything else. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 32 || code === 9 || code === 10 || code === 13) return 2;
  return code < 32 || code === 127 || '()<>[]:;@\\,."'.includes(String.fromCharCode(code)) ? 0 : 1;
});

/** As `kinds`, for any character. White space beyond ASCII has no place outside quotes. */
function kindOf(code: number): number {
  return code < 128 ? kinds[code]! : /\s/.test(String.fromCharCode(code)) ? 0 : 1;
}

/** Splits an (unfolded or folded) structured value into tokens. Never fails: what does not belong becomes a `special`. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  while (at < text.length) {
    const start = at;
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === 2) {
      spaced = true;
      at++;
      continue;
    }
    if (code === 34 || code === 40 || code === 91) {
      const inner = enclosed(text, at);
      if (inner === undefined) return { tokens, open: code === 34 ? 'quoted' : code === 40 ? 'comment' : 'literal' };
      at = inner.end;
      if (code === 34) tokens.push({ kind: 'quoted', text: inner.text, at: start, spaced });
      else if (code === 40) tokens.push({ kind: 'comment', text: inner.text, at: start, spaced });
      else tokens.push({ kind: 'literal', text: `[${inner.text}]`, at: start, spaced });
    } else if (kind === 0) {
      at++;
      tokens.push({ kind: 'special', text: text[start]!, at: start, spaced });
    } else {
      const encoded = code === 61 ? encodedWordAt(text, at) : undefined;
      if (encoded === undefined) {
        at++;
        while (at < text.length && kindOf(text.charCodeAt(at)) === 1) at++;
        tokens.push({ kind: 'atom', text: text.slice(start, at), at: start, spaced });
      } else {
        at += encoded.length;
        tokens.push({ kind: 'encoded', text: encoded, at: start, spaced });
      }
    }
    spaced = false;
  }
  return { tokens };
}

function encodedWordAt(text: string, at: number): string | undefined {
  encodedWord.lastIndex = at;
  return encodedWord.exec(text)?.[0];
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
