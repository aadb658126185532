import { parseDomainName } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { cellParts, titledRows } from '../csv-text.ts';
import { parsePrefix } from '../network-table.ts';
import { senders as shipped } from './all.ts';
import { dkimAlignments, passings, senderCategories, spfAlignments } from './model.ts';
import type { OwnSender, Recognition } from './model.ts';

/** Entries of one's own as read, and what is wrong with the text. What could be used is there. */
export interface OwnSenders {
  readonly senders: readonly OwnSender[];
  readonly problems: readonly Problem[];
}

const shippedIds: ReadonlySet<string> = new Set(shipped.map(({ id }) => id));

const nameLists = ['dkim', 'spf', 'returnPath', 'cname', 'reverse', 'rented'] as const;
const patternLists = ['selectors', 'envelopeLabels'] as const;
const lists = [...nameLists, ...patternLists, 'networks', 'asns'] as const;
type List = (typeof lists)[number];
const texts = [
  'id',
  'name',
  'category',
  'website',
  'shared',
  'passesOn',
  'spfAlignment',
  'dkimAlignment',
  'howEn',
  'howNl',
] as const;
type Text = (typeof texts)[number];

/** An entry before it is judged, wherever it stood. */
interface Draft {
  readonly place: { readonly line: number } | { readonly path: string };
  readonly texts: Partial<Record<Text, string>>;
  readonly lists: Partial<Record<List, readonly string[]>>;
  readonly sources: readonly string[];
}

/** The columns of the CSV form, by what they fill. */
const columns: Readonly<Record<string, List | Text | 'sources'>> = {
  ...Object.fromEntries([...texts, ...lists].map((field) => [snake(field), field])),
  sources: 'sources',
};

/**
 * Reads senders of one's own: a JSON array of entries (or an object whose `senders` is one), or CSV with a header line whose columns
 * are named as in docs/guide/senders.md, several values in a cell apart by blanks. An entry with the `id` of a shipped sender adds to
 * it; any other should have a `name`, and something that recognises it. Whatever is wrong is a problem, and what is right is kept.
 */
export function parseOwnSenders(text: string): OwnSenders {
  const problems: Problem[] = [];
  const begin = text.replace(/^\uFEFF/, '').trimStart()[0];
  const drafts = begin === '[' || begin === '{' ? draftsOfJson(text, problems) : draftsOfCsv(text, problems);
  const senders = new Map<string, OwnSender>();
  for (const draft of drafts) {
    const sender = judged(draft, problems);
    if (sender === undefined) continue;
    if (senders.has(sender.id)) problems.push(problem('senders/twice', draft, { id: sender.id }));
    else senders.set(sender.id, sender);
  }
  return { senders: [...senders.values()], problems };
}

/** An `id` for a name: kebab-case, `''` when no letter of it is one of ASCII. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036F]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

function draftsOfCsv(text: string, problems: Problem[]): Draft[] {
  const { rows, titles } = titledRows(text, [], Object.keys(columns));
  if (!titles.some((title) => title === 'id' || title === 'name')) {
    problems.push({ code: 'senders/no-columns', at: { line: 1 } });
    return [];
  }
  for (const title of titles) {
    if (!(title in columns))
      problems.push({ code: 'senders/unknown-field', values: { field: title }, at: { line: 1 } });
  }
  return rows.map((row) => {
    const said = (title: string): string | undefined => (row.of(title) === '' ? undefined : row.of(title));
    const draft = {
      place: { line: row.line },
      texts: {} as Record<string, string>,
      lists: {} as Record<string, string[]>,
    };
    for (const [title, field] of Object.entries(columns)) {
      const cell = said(title);
      if (cell === undefined || field === 'sources') continue;
      if ((lists as readonly string[]).includes(field)) draft.lists[field] = cellParts(cell);
      else draft.texts[field] = cell;
    }
    return { ...draft, sources: cellParts(row.of('sources')) };
  });
}

function draftsOfJson(text: string, problems: Problem[]): Draft[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    problems.push({
      code: 'senders/bad-json',
      values: { why: error instanceof Error ? error.message : String(error) },
    });
    return [];
  }
  const entries = isObject(parsed) ? parsed['senders'] : parsed;
  if (!Array.isArray(entries)) {
    problems.push({ code: 'senders/not-a-list' });
    return [];
  }
  return entries.flatMap((entry: unknown, at) => {
    const path = `senders[${at}]`;
    if (isObject(entry)) return [draftOf(entry, path, problems)];
    problems.push({ code: 'senders/not-an-entry', values: { path }, at: { path } });
    return [];
  });
}

/** One entry of the JSON form, which is shaped like `OwnSender`. */
function draftOf(entry: Readonly<Record<string, unknown>>, path: string, problems: Problem[]): Draft {
  const draft = {
    place: { path },
    texts: {} as Record<string, string>,
    lists: {} as Record<string, string[]>,
    sources: [] as string[],
  };
  const unknown = (field: string): void =>
    void problems.push({ code: 'senders/unknown-field', values: { field }, at: { path: `${path}.${field}` } });
  const text = (field: Text, value: unknown, at: string): void => {
    if (typeof value === 'string' || typeof value === 'boolean') draft.texts[field] = String(value).trim();
    else if (value !== null && value !== undefined) problems.push(badValue(draft, at, JSON.stringify(value)));
  };
  const list = (value: unknown, at: string): string[] => {
    const items = Array.isArray(value) ? value : [value];
    const good = items.filter((item) => typeof item === 'string' || typeof item === 'number');
    if (good.length < items.length) problems.push(badValue(draft, at, JSON.stringify(value)));
    return good.map((item) => String(item).trim());
  };
  for (const [field, value] of Object.entries(entry)) {
    if (field === 'recognise' || field === 'align') {
      if (!isObject(value)) problems.push(badValue(draft, field, JSON.stringify(value) ?? ''));
    } else if (field === 'sources') draft.sources.push(...list(value, field));
    else if (
      field === 'id' ||
      field === 'name' ||
      field === 'category' ||
      field === 'website' ||
      field === 'shared' ||
      field === 'passesOn'
    ) {
      text(field, value, field);
    } else unknown(field);
  }
  const recognise = isObject(entry['recognise']) ? entry['recognise'] : {};
  for (const [field, value] of Object.entries(recognise)) {
    if ((lists as readonly string[]).includes(field)) draft.lists[field] = list(value, `recognise.${field}`);
    else unknown(`recognise.${field}`);
  }
  const align = isObject(entry['align']) ? entry['align'] : {};
  for (const [field, value] of Object.entries(align)) {
    if (field === 'spf') text('spfAlignment', value, 'align.spf');
    else if (field === 'dkim') text('dkimAlignment', value, 'align.dkim');
    else if (field === 'how' && isObject(value)) {
      text('howEn', value['en'], 'align.how.en');
      text('howNl', value['nl'], 'align.how.nl');
    } else if (field === 'how') text('howEn', value, 'align.how');
    else unknown(`align.${field}`);
  }
  return draft;
}

/** The entry of a draft; `undefined` when nothing of it can be used. */
function judged(draft: Draft, problems: Problem[]): OwnSender | undefined {
  const { id: given, name, website, howEn, howNl } = draft.texts;
  const id = slug(given ?? name ?? '');
  if (id === '') {
    problems.push(problem('senders/nameless', draft));
    return undefined;
  }
  const recognise: { -readonly [field in keyof Recognition]?: Recognition[field] } = {};
  for (const field of nameLists) {
    const names = (draft.lists[field] ?? []).flatMap((text) => nameOf(text, field, draft, problems));
    if (names.length > 0) recognise[field] = [...new Set(names)];
  }
  for (const field of patternLists) {
    const patterns = (draft.lists[field] ?? []).map((text) => text.toLowerCase());
    const good = patterns.filter((text) => {
      const isGood = /^[a-z0-9#*?._-]{1,63}$/.test(text) && /[a-z0-9?#]/.test(text);
      if (!isGood) problems.push(problem('senders/bad-pattern', draft, { field: snake(field), pattern: text }));
      return isGood;
    });
    if (good.length > 0) recognise[field] = [...new Set(good)];
  }
  const networks = (draft.lists.networks ?? []).flatMap((text) => {
    const prefix = parsePrefix(text);
    const tooWide = prefix !== undefined && prefix.network.prefix < (prefix.network.family === 4 ? 8 : 16);
    if (prefix === undefined || tooWide) {
      problems.push(problem(tooWide ? 'senders/too-wide' : 'senders/bad-network', draft, { entry: text }));
      return [];
    }
    return [prefix.text.includes('/') ? prefix.text : `${prefix.text}/${prefix.network.family === 4 ? 32 : 128}`];
  });
  if (networks.length > 0) recognise.networks = [...new Set(networks)];
  const asns = (draft.lists.asns ?? []).flatMap((text) => {
    const asn = Number(text.replace(/^AS/i, ''));
    if (Number.isInteger(asn) && asn > 0 && asn <= 0xffff_ffff) return [asn];
    problems.push(problem('senders/bad-asn', draft, { asn: text }));
    return [];
  });
  if (asns.length > 0) recognise.asns = [...new Set(asns)];
  const category = oneOf(senderCategories, 'category', draft, problems);
  const passesOn = oneOf(passings, 'passesOn', draft, problems);
  const spf = oneOf(spfAlignments, 'spfAlignment', draft, problems);
  const dkim = oneOf(dkimAlignments, 'dkimAlignment', draft, problems);
  const shared = sharedOf(draft, problems);
  const how = howEn ?? howNl;
  const align = {
    ...(spf === undefined ? {} : { spf }),
    ...(dkim === undefined ? {} : { dkim }),
    ...(how === undefined ? {} : { how: { en: howEn ?? how, nl: howNl ?? how } }),
  };
  if (!shippedIds.has(id)) {
    if (name === undefined) problems.push(problem('senders/unknown-id', draft, { id }));
    if (Object.keys(recognise).length === 0) problems.push(problem('senders/unrecognisable', draft, { id }));
  }
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(category === undefined ? {} : { category }),
    ...(website === undefined ? {} : { website }),
    recognise,
    ...(shared === undefined ? {} : { shared }),
    ...(passesOn === undefined ? {} : { passesOn }),
    ...(Object.keys(align).length === 0 ? {} : { align }),
    ...(draft.sources.length === 0 ? {} : { sources: draft.sources }),
  };
}

function nameOf(text: string, field: string, draft: Draft, problems: Problem[]): string[] {
  const reading = parseDomainName(text.replace(/^\*?\./, ''));
  if (!reading.ok) {
    problems.push(problem('senders/bad-domain', draft, { field: snake(field), domain: text }));
    return [];
  }
  if (!reading.value.includes('.')) {
    problems.push(problem('senders/too-wide', draft, { entry: text }));
    return [];
  }
  return [reading.value];
}

function sharedOf(draft: Draft, problems: Problem[]): boolean | 'both' | undefined {
  const text = draft.texts.shared?.toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'both') return 'both';
  if (['true', 'yes', 'ja', '1'].includes(text)) return true;
  if (['false', 'no', 'nee', '0'].includes(text)) return false;
  problems.push(badValue(draft, 'shared', text));
  return undefined;
}

function oneOf<T extends string>(known: readonly T[], field: Text, draft: Draft, problems: Problem[]): T | undefined {
  const text = draft.texts[field]?.toLowerCase();
  if (text === undefined) return undefined;
  const found = known.find((each) => each === text);
  if (found === undefined) problems.push(badValue(draft, snake(field), text));
  return found;
}

function badValue(draft: Pick<Draft, 'place'>, field: string, value: string): Problem {
  return problem('senders/bad-value', draft, { field, value: value.slice(0, 200) });
}

function problem(
  code: string,
  { place }: Pick<Draft, 'place'>,
  values: Readonly<Record<string, string>> = {},
): Problem {
  return { code, values: { ...values, place: 'line' in place ? String(place.line) : place.path }, at: place };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function snake(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
