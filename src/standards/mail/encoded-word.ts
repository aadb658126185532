import { decodeBytes } from './message.ts';

// Encoded words (RFC 2047, RFC 2231 §5): =?charset*language?B|Q?text?=. No word may be longer than 75 characters; longer ones
// are common and are read up to the bound below.
const word = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bBqQ])\?([^?\s]{0,10000})\?=/g;
const betweenWords = /(\?=)\s+(?==\?[^?\s]{1,122}\?[bBqQ]\?)/g;

/** Whether a text holds an encoded word. */
export function hasEncodedWord(text: string): boolean {
  word.lastIndex = 0;
  return word.test(text);
}

/**
 * Decodes the encoded words of a text, as a mail reader shows them (RFC 2047 §6.2: white space between two of them is
 * dropped). A word of unknown charset stays as it is. Used for what a person sees, never to find an address.
 */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replace(betweenWords, '$1').replace(word, (whole, charset: string, encoding: string, body: string) => {
    const bytes = encoding === 'b' || encoding === 'B' ? Buffer.from(body, 'base64') : fromQ(body);
    return decodeCharset(bytes, charset) ?? whole;
  });
}

/** Bytes in a named charset as text; `undefined` when the charset is unknown. */
export function decodeCharset(bytes: Uint8Array, charset: string): string | undefined {
  const name = charset.toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii') return decodeBytes(bytes);
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    // TextDecoder says "unknown label" by throwing.
    return undefined;
  }
}

/** The Q encoding (RFC 2047 §4.2): `_` is a space, `=XX` a byte. */
function fromQ(body: string): Buffer {
  const bytes = Buffer.alloc(body.length * 3);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const char = body[at]!;
    if (char === '_') bytes[length++] = 32;
    else if (char === '=' && /^[0-9A-Fa-f]{2}$/.test(body.slice(at + 1, at + 3))) {
      bytes[length++] = Number.parseInt(body.slice(at + 1, at + 3), 16);
      at += 2;
    } else length += bytes.write(char, length, 'utf8');
  }
  return bytes.subarray(0, length);
}
