// Texts of reports are texts of strangers. Here they become fit to be shown: no character that steers a terminal, turns the
// direction of what stands around it, or hides.

// By their properties in the Unicode Character Database: controls; surrogates that stand alone; line and paragraph separators;
// format characters (directions, zero widths, the byte order mark, tags); and whatever else is shown as nothing by default.
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The text with every character that could steer, mislead or hide replaced by U+FFFD, and cut to `most` characters. What it
 * gives can be written to a terminal; for HTML it must still be escaped.
 */
export function safeText(text: string, most = 500): string {
  // Nearly all texts are plain ASCII, and are found so without the long pattern.
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return /^[\x20-\x7E]*$/.test(cut) ? cut : cut.replace(unfit, '\uFFFD');
}

/**
 * A safe text as one word of a POSIX shell, for commands that are shown to be typed: a name in a report must not be able to become
 * a command of its own.
 */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9._:/@+-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** How many columns a terminal gives to a text that is safe. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text in at most `width` columns; what was cut shows by `ellipsis` at the end. */
export function fitted(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(ellipsis);
  if (room < 0) return '';
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > room) break;
    kept += character;
  }
  return kept + ellipsis;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/\p{Mark}/u.test(character)) return 0;
  // East Asian Wide and Fullwidth (Unicode Standard Annex 11), and pictographs, in the large ranges that occur.
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}
