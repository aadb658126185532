// Names that look like others (Unicode Technical Standard 39): letters of other scripts in place of ours, digits for letters, a name
// that carries another inside. What is found is that two names look alike, never that one is forged: the owner may be one and the same.
import { confusables } from './confusables.ts';
import { labels, unicodeName } from '../../standards/dns/index.ts';
import type { DomainName } from '../../standards/dns/index.ts';
import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';

/** How one name looks like another. */
export type Likeness =
  /** Every letter is, or looks like, the other's. */
  | 'same-letters'
  /** One letter is left out, added, changed, or two stand in each other's place. */
  | 'one-letter-off'
  /** The same name under another suffix: `bank.example`, `bank.test`. */
  | 'other-suffix'
  /** The other's name stands in it: `bank-secure.example`, `my-bank.example`. */
  | 'holds-name'
  /** It begins like the other, and goes on: `bank.example.evil.test`. */
  | 'begins-with-domain';

const organizationalDomainOf = publicSuffixOrganizationalDomain({ privateDomains: true });

/**
 * Letters that UTS 39 does not hold to be drawn like one of ours, and that are put in their place all the same: small Cyrillic letters whose
 * capitals are, and Latin letters with a hook or a turn. Good for comparing two names; alone they say nothing.
 */
const nearly: Readonly<Record<string, string>> = {
  b: '\u0432\u044c\u03b2\u0185',
  d: '\u056a',
  e: '\u025b\u0454\u03b5',
  f: '\u03dd',
  g: '\u0581',
  h: '\u043d',
  k: '\u043a\u03ba\u049d',
  l: '\u0406\u217c',
  m: '\u043c\u217f\u0271',
  n: '\u03b7\u0272\u043f',
  r: '\u2c85\u027c',
  t: '\u0442\u03c4',
  u: '\u0446',
  w: '\u0448\u03c9',
  x: '\u03c7\u2179',
  z: '\u0290',
};
const byLetter = (table: Readonly<Record<string, string>>): (readonly [string, string])[] =>
  Object.entries(table).flatMap(([letter, others]) => Array.from(others, (each) => [each, letter] as const));
// The palochka is a stroke; UTS 39 has it beside i, and readers take it for l.
const drawn = new Map([...byLetter(confusables), ['\u04cf', 'l'] as const]);
const nearlyDrawn = new Map([...byLetter(nearly), ...drawn]);
const folded: readonly (readonly [written: RegExp, as: string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/0/g, 'o'],
  [/[1i|]/g, 'l'],
  [/5/g, 's'],
  [/-/g, ''],
];

/** A label as the eye takes it: marks gone, letters of other scripts as those of ours that are drawn so. */
function latinized(label: string, table: ReadonlyMap<string, string> = nearlyDrawn): string {
  if (/^[a-z0-9-]*$/.test(label)) return label;
  let text = '';
  for (const character of label.normalize('NFKD').toLowerCase()) {
    if (/\p{Mark}/u.test(character)) continue;
    text += table.get(character) ?? character;
  }
  return text;
}

/** What two labels that can be taken for each other have in common. */
function skeleton(label: string): string {
  return folded.reduce((text, [written, as]) => text.replace(written, as), latinized(label));
}

/** The name that a person owns, apart from its suffix: `bank` and `co.uk` of `mail.bank.co.uk`. */
function owned(name: DomainName): Owned {
  const domain = organizationalDomainOf(name);
  const known = looks.get(domain);
  if (known !== undefined) return known;
  const label = labels(unicodeName(domain) as DomainName)[0]!;
  const found = {
    label,
    suffix: labels(domain).slice(1).join('.'),
    domain,
    latin: latinized(label),
    skeleton: skeleton(label),
  };
  if (looks.size >= mostLooks) looks.clear();
  looks.set(domain, found);
  return found;
}

interface Owned {
  readonly label: string;
  readonly suffix: string;
  readonly domain: DomainName;
  readonly latin: string;
  readonly skeleton: string;
}

/** How names look, by Organizational Domain, within bounds: the same few come again with every message. */
const looks = new Map<DomainName, Owned>();
const mostLooks = 10_000;

/**
 * How `name` looks like `other`, if it does; nothing for names of one Organizational Domain (by the Public Suffix List).
 */
export function likenessOf(name: DomainName, other: DomainName): Likeness | undefined {
  if (organizationalDomainOf(name) === organizationalDomainOf(other)) return undefined;
  const ours = owned(other);
  const theirs = owned(name);
  if (ours.suffix === '') return undefined;
  if (theirs.label === ours.label) return theirs.suffix === '' ? undefined : 'other-suffix';
  if (`${name}.`.startsWith(`${ours.domain}.`) || name.includes(`.${ours.domain}.`)) return 'begins-with-domain';
  const [mine, its] = [ours.skeleton, theirs.skeleton];
  if (mine === its) return 'same-letters';
  // Short names are near to too many others by chance.
  if (mine.length >= 5 && oneOff(mine, its)) return 'one-letter-off';
  if (mine.length >= 4 && theirs.latin.split('-').includes(ours.latin)) return 'holds-name';
  if (mine.length >= 6 && its.includes(mine)) return 'holds-name';
  return undefined;
}

/** Whether one edit makes one text of the other: a letter more, less, or other, or two neighbours exchanged. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Cherokee',
  'Coptic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Bengali',
  'Canadian_Aboriginal',
  'Deseret',
  'Ethiopic',
  'Gujarati',
  'Kannada',
  'Khmer',
  'Lao',
  'Lisu',
  'Malayalam',
  'Myanmar',
  'Nko',
  'Old_Italic',
  'Oriya',
  'Runic',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Tifinagh',
  'Warang_Citi',
] as const;
const patterns = scripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);
/** Scripts that are written together (UTS 39 §5.2, highly restrictive), Latin beside each. */
const together = [
  ['Han', 'Hiragana', 'Katakana', 'Latin'],
  ['Han', 'Hangul', 'Latin'],
  ['Bopomofo', 'Han', 'Latin'],
];

/** What is odd about the letters of a name: a label of scripts that are not written together, or one that is drawn as ours throughout. */
export interface OddLetters {
  readonly kind: 'drawn-as-latin' | 'mixed-scripts';
  readonly scripts: readonly string[];
  /** What it looks like, for `drawn-as-latin` and where it can be told. */
  readonly looksLike?: string;
}

/** Looks at the letters of a name, given in the letters of its reader. */
export function oddLettersOf(shown: string): OddLetters | undefined {
  const labelsShown = shown.split('.');
  // Under a suffix of its own script a name is written in it, whatever it looks like.
  const ownScript = /[^\0-\x7F]/.test(labelsShown.at(-1) ?? '');
  for (const label of labelsShown) {
    if (/^[\0-\x7F]*$/.test(label)) continue;
    const used = patterns.filter(([, pattern]) => pattern.test(label)).map(([script]) => script);
    const looks = latinized(label, drawn);
    const looksLike = /^[a-z0-9-]+$/.test(looks) ? { looksLike: looks } : {};
    if (used.length > 1 && !together.some((set) => used.every((script) => set.includes(script)))) {
      return { kind: 'mixed-scripts', scripts: used, ...looksLike };
    }
    if (used.length === 1 && used[0] !== 'Latin' && 'looksLike' in looksLike && !ownScript) {
      return { kind: 'drawn-as-latin', scripts: used, ...looksLike };
    }
  }
  return undefined;
}
