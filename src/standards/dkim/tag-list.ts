import type { Problem, Reading } from '../problem.ts';

/** One `tag=value` of a list (RFC 6376 §3.2). Offsets count characters of the text that was read. */
export interface Tag {
  readonly name: string;
  /** Without white space around it; white space inside, folds included, stays. */
  readonly value: string;
  /** Right after the `=`. */
  readonly valueStart: number;
  /** The `;` or the end of the text: what stands between is value and the white space around it. */
  readonly valueEnd: number;
}

/** A tag list, in the order written. */
export type TagList = ReadonlyMap<string, Tag>;

/** No list of ours or of anyone else's comes near; keeps a header of megabytes from becoming a map of a million tags. */
const maxTags = 200;

/**
 * Reads a tag list (RFC 6376 §3.2), strictly: the text decides over signatures, and §6.1.1 warns against being liberal. Bytes
 * above 127 may stand in values (RFC 8616 §3).
 *
 * @param text One character a byte, unfolded or not.
 * @returns the tags, or the first thing wrong: `dkim/bad-tag`, `dkim/empty-tag`, `dkim/duplicate-tag`, `dkim/too-many-tags`.
 */
export function parseTagList(text: string): Reading<TagList> {
  const tags = new Map<string, Tag>();
  // Looked for once in the whole; only where there is something amiss is asked whose value it is in.
  const clean = !badInValue.test(text);
  const end = trimmedEnd(text, text.length);
  let at = 0;
  while (at < end) {
    let stop = text.indexOf(';', at);
    if (stop < 0) stop = text.length;
    const start = trimmedStart(text, at, stop);
    if (start === stop) return refused('dkim/empty-tag', start, '');
    const equals = text.indexOf('=', start);
    if (equals < 0 || equals >= stop) return refused('dkim/bad-tag', start, text.slice(start, stop));
    const name = text.slice(start, trimmedEnd(text, equals));
    if (!tagName.test(name)) return refused('dkim/bad-tag', start, name);
    if (tags.has(name)) return refused('dkim/duplicate-tag', start, name);
    if (tags.size >= maxTags) return refused('dkim/too-many-tags', start, name);
    const from = trimmedStart(text, equals + 1, stop);
    const value = text.slice(from, Math.max(from, trimmedEnd(text, stop)));
    if (!clean && badInValue.test(value)) return refused('dkim/bad-tag', from, name);
    tags.set(name, { name, value, valueStart: equals + 1, valueEnd: stop });
    at = stop + 1;
  }
  return { ok: true, value: tags, problems: [] };
}

const tagName = /^[A-Za-z][A-Za-z0-9_]*$/;
// VALCHAR and white space; a line break only where it folds.
const badInValue = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)|\n(?![ \t])/;

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

function trimmedStart(text: string, at: number, end: number): number {
  let start = at;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  return start;
}

function trimmedEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

function refused(code: string, offset: number, tag: string): Reading<TagList> {
  const problem: Problem = { code, values: { tag: tag.slice(0, 60) }, at: { offset }, see: 'RFC 6376 §3.2' };
  return { ok: false, problems: [problem] };
}

/** The elements of a colon-separated value, white space around each gone. */
export function colonList(value: string): string[] {
  return value.split(':').map((each) => {
    const start = trimmedStart(each, 0, each.length);
    return each.slice(start, Math.max(start, trimmedEnd(each, each.length)));
  });
}

/** A value in base64 as bytes, white space inside ignored (RFC 6376 §2.10); `undefined` when it is empty or not base64. */
export function base64Value(value: string): Buffer | undefined {
  if (notBase64.test(value)) return undefined;
  const padding = value.indexOf('=');
  const digits = padding < 0 ? value : value.slice(0, padding);
  if (padding >= 0 && !onlyPadding.test(value.slice(padding))) return undefined;
  // The decoder passes over white space by itself.
  return allBlank.test(digits) ? undefined : Buffer.from(digits, 'base64');
}

const notBase64 = /[^\t\n\r +/-9A-Za-z=]/;
const onlyPadding = /^=[\t\n\r ]*=?[\t\n\r ]*$/;
const allBlank = /^[\t\n\r ]*$/;

/** Decodes dkim-quoted-printable (RFC 6376 §2.11): `=XX` is a byte, white space is not part of the value. `undefined` when malformed. */
export function quotedPrintableValue(value: string): string | undefined {
  const packed = value.replace(/[ \t\r\n]+/g, '');
  if (!packed.includes('=')) return packed;
  if (/=(?![0-9A-F]{2})/.test(packed)) return undefined;
  return packed.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
