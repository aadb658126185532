// Keys are rotated, and with the key the selector changes: `lln2023` becomes `lln2024`, `s1` becomes `s2`, a service that names
// selectors by a hash gives a new one. What stays is the family: the selector with everything that counts, dates or hashes taken
// out of it. It is what a set-up is known by (RFC 6376 §3.1 leaves the form of selectors to their owner, so this is habit, not rule).

/** What stands for a hash that is a whole label, and for a label that is nothing but a date or a number. */
const hashFamily = '*';
const dateFamily = '*date';
const numberFamily = '*number';

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** `2024-06-01`, `2024_06`: a date in parts. Years of this century and the one before: `10-20-30` is three numbers. */
const dateInParts = /(?<!\d)(?:19|20)\d\d[-_](?:0[1-9]|1[0-2])(?:[-_](?:0[1-9]|[12]\d|3[01]))?(?!\d)/g;
/** `jan2024`, `2024-jan`, `sep24`: only where the name of the month begins or ends a word, so that `primar24` is no date. */
const monthAndYear = new RegExp(
  `(?<![a-z])${month}[-_]?(?:(?:19|20)\\d\\d|\\d\\d)(?!\\d)|(?<!\\d)(?:19|20)\\d\\d[-_]?${month}(?![a-z])`,
  'g',
);
/** A whole label that is a date: `20230601`, `202306`, `2023`, and the European `01062023`. */
const wholeDate =
  /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])|(?:19|20)\d\d|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const remembered = new Map<string, string>();

/**
 * The family of a selector, the same for the selectors a set-up has one after the other or side by side:
 *
 * - numbers become `*`: `s1` and `s2` are `s*`, `selector2` is `selector*`, `lln2023` is `lln*`
 * - dates in parts or with the name of a month are one `*`: `mail-2024-06-01`, `mail-jun2024`
 * - hexadecimal words of 8 digits and more, and UUIDs, become `*`: `key-5f3a9c1b` is `key-*`
 * - a label that is all hash is `*` (`ihchhvubuqgjsxyuhssfvqohv7z3u4hn`), all date `*date`, all number `*number`
 *
 * Labels between dots are taken one by one. Selectors are names in the DNS: upper and lower case are one. A selector that was not
 * said has no family: `''`. What is left standing wrongly (a hash that looks like a word) makes two families of one set-up, which
 * only asks a person once more; nothing here joins selectors whose words differ.
 */
export function selectorFamily(selector: string | null | undefined): string {
  if (selector === null || selector === undefined) return '';
  let family = remembered.get(selector);
  if (family === undefined) {
    family = selector.replace(/\.$/, '').toLowerCase().split('.').map(labelFamily).join('.');
    // Selectors come from strangers' reports: what is remembered of them must have an end.
    if (remembered.size > 50_000) remembered.clear();
    remembered.set(selector, family);
  }
  return family;
}

function labelFamily(label: string): string {
  if (/^\d+$/.test(label)) return wholeDate.test(label) ? dateFamily : numberFamily;
  if (isHash(label)) return hashFamily;
  const words = label
    .replace(uuid, '*')
    .replace(dateInParts, '*')
    .replace(monthAndYear, '*')
    .replace(/[a-z0-9]+/g, (word) => (isHexadecimal(word) || isHash(word) ? '*' : word.replace(/\d+/g, '*')));
  if (words === '*') return label.length >= 16 ? hashFamily : isHexadecimal(label) ? hashFamily : dateFamily;
  return words;
}

/** Letters and digits without a pattern: of 16 characters and more, and either hexadecimal, or changing between the two often, or not to be spoken. */
function isHash(word: string): boolean {
  if (word.length < 16 || !/^[a-z0-9]+$/.test(word)) return false;
  return isHexadecimal(word) || changes(word) >= 4 || (word.length >= 24 && /[bcdfghjklmnpqrstvwxz]{6}/.test(word));
}

/** Hexadecimal of 8 digits and more, letters and digits mixed: `deadbee1` could as well be a word with a number. */
function isHexadecimal(word: string): boolean {
  return word.length >= 8 && /^[0-9a-f]+$/.test(word) && changes(word) >= 2;
}

/** How often a letter stands beside a digit. */
function changes(word: string): number {
  let count = 0;
  for (let at = 1; at < word.length; at++) if (isDigit(word, at) !== isDigit(word, at - 1)) count += 1;
  return count;
}

function isDigit(word: string, at: number): boolean {
  return word.charCodeAt(at) < 58;
}
