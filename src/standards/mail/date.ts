import { tokenize } from './tokens.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The zones with names (RFC 5322 §4.3), in hours. Others are of unknown meaning and count as UTC, as the RFC has it. */
const zones: Readonly<Record<string, number>> = {
  edt: -4,
  est: -5,
  cdt: -5,
  cst: -6,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
};

// The day of the week is not looked at: it is often wrong, and adds nothing. Fractions of seconds are seen, and dropped.
const form =
  /^(?:[a-z]{2,9}\.?\s*,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]{0,6}[\s-]+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2})(?:\.\d{1,9})?)?\s*([+-]\d{4}|[a-z]{1,5})?(?:\s|$)/i;

/**
 * Reads a date-time (RFC 5322 §3.3), the obsolete forms too: comments, years of two digits, named zones.
 *
 * @returns seconds since 1970, or `undefined` when it is no date.
 */
export function parseDateTime(text: string): number | undefined {
  const plain = text.includes('(') ? withoutComments(text) : text.trim();
  const match = form.exec(plain.slice(0, 200));
  if (match === null) return undefined;
  const [, day, monthName, year, hour, minute, second = '0', zone = '+0000'] = match as unknown as string[];
  const month = months.indexOf(monthName!.toLowerCase());
  const numbers = [Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (month < 0 || numbers[0] < 1 || numbers[0] > 31 || numbers[1] > 23 || numbers[2] > 59 || numbers[3] > 60) {
    return undefined;
  }
  const written = Number(year);
  const fullYear =
    year!.length === 2 ? written + (written < 50 ? 2000 : 1900) : year!.length === 3 ? written + 1900 : written;
  const utc = Date.UTC(fullYear, month, numbers[0], numbers[1], numbers[2], Math.min(numbers[3], 59)) / 1000;
  return utc - offsetOf(zone) * 60;
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  const digits = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (digits === null) return (zones[zone.toLowerCase()] ?? 0) * 60;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  return digits[1] === '-' ? -minutes : minutes;
}

/** A structured text without its comments, white space as single spaces. */
function withoutComments(text: string): string {
  let plain = '';
  for (const token of tokenize(text.slice(0, 2000)).tokens) {
    if (token.kind !== 'comment') plain += token.spaced ? ` ${token.text}` : token.text;
  }
  return plain.trim();
}
