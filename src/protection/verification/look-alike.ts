// Names that look like others (Unicode Technical Standard 39): letters of other scripts in place of ours, digits for letters, a name
// that carries another inside. What is found is that two names look alike, never that one is forged: the owner may be one and the same.
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

/** Letters of other scripts that are drawn like one of a to z: Cyrillic, Greek, Armenian, Cherokee, and Latin letters beyond ASCII. */
const drawnAs: Readonly<Record<string, string>> = {
  a: 'аɑαа',
  b: 'ƅЬьβɓ',
  c: 'сϲᴄⲥ',
  d: 'ԁɗժ',
  e: 'еҽɛєε℮',
  f: 'ƒϝքẝ',
  g: 'ɡցɢ',
  h: 'һհɦн',
  i: 'іɩıιɪӏ',
  j: 'јϳʝ',
  k: 'кκҝқƙ',
  l: 'ӏІｌⅼǀןΙІl',
  m: 'мⅿɱ',
  n: 'пոηɴղ',
  o: 'оοօσȯ೦௦๐',
  p: 'рρⲣ',
  q: 'ԛգʠ',
  r: 'гᴦɼⲅ',
  s: 'ѕꜱƽʂ',
  t: 'тτťƭ',
  u: 'υսцʋᴜ',
  v: 'ѵνᴠ',
  w: 'ѡԝшաωɯ',
  x: 'хχⅹ',
  y: 'уүγყ',
  z: 'ᴢʐż',
};
const drawn = new Map(
  Object.entries(drawnAs).flatMap(([letter, others]) => Array.from(others, (each) => [each, letter] as const)),
);
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
function latinized(label: string): string {
  if (/^[a-z0-9-]*$/.test(label)) return label;
  let text = '';
  for (const character of label.normalize('NFKD').toLowerCase()) {
    if (/\p{Mark}/u.test(character)) continue;
    text += drawn.get(character) ?? character;
  }
  return text;
}

/** What two labels that can be taken for each other have in common. */
export function skeleton(label: string): string {
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
  for (const label of shown.split('.')) {
    if (/^[\0-\x7F]*$/.test(label)) continue;
    const used = patterns.filter(([, pattern]) => pattern.test(label)).map(([script]) => script);
    const looks = latinized(label);
    const looksLike = /^[a-z0-9-]+$/.test(looks) ? { looksLike: looks } : {};
    if (used.length > 1 && !together.some((set) => used.every((script) => set.includes(script)))) {
      return { kind: 'mixed-scripts', scripts: used, ...looksLike };
    }
    if (used.length === 1 && used[0] !== 'Latin' && 'looksLike' in looksLike) {
      return { kind: 'drawn-as-latin', scripts: used, ...looksLike };
    }
  }
  return undefined;
}
