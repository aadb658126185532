import { parseDomainName } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { titledRows } from '../csv-text.ts';
import { askWhether } from './define.ts';
import type { Sender, SenderCategory } from './model.ts';
import { slug } from './own.ts';

/** What the types of the public map are here. Any other type is an organisation with servers of its own. */
const categories: Readonly<Record<string, SenderCategory>> = {
  isp: 'access',
  'web host': 'hosting',
  msp: 'hosting',
  iaas: 'cloud',
  paas: 'cloud',
  saas: 'software',
  marketing: 'bulk',
  'email security': 'security-gateway',
  mssp: 'security-gateway',
  'email provider': 'mailbox',
  'event planning': 'events',
};

/** Of these a reverse name says where a machine stands or a line ends, and not who mails. */
const places: ReadonlySet<SenderCategory> = new Set(['access', 'cloud', 'hosting']);

/** Who is behind reverse names, as a map says it: what is kept of one. */
export interface MapEntry {
  /** Begins with `map-`. */
  readonly id: string;
  readonly name: string;
  readonly category: SenderCategory;
  readonly domains: readonly string[];
}

/**
 * Reads a map of reverse names in the public CSV form: columns `base_reverse_dns,name,type`, one domain a line. Lines of one name and
 * one kind become one entry, whose `id` begins with `map-`. What is wrong with a line is a problem, and the line is left out.
 */
export function parseReverseMap(text: string): {
  readonly entries: readonly MapEntry[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const { rows, titles } = titledRows(text, ['base_reverse_dns', 'name', 'type']);
  if (!titles.includes('base_reverse_dns') || !titles.includes('name')) {
    return { entries: [], problems: [{ code: 'senders/no-map', at: { line: 1 } }] };
  }
  const groups = new Map<string, { name: string; category: SenderCategory; domains: Set<string> }>();
  const taken = new Set<string>();
  for (const row of rows) {
    const base = row.of('base_reverse_dns');
    const name = row.of('name').trim();
    const reading = parseDomainName(base);
    if (!reading.ok || !reading.value.includes('.') || name === '') {
      problems.push({ code: 'senders/bad-map-line', values: { line: row.line, domain: base }, at: { line: row.line } });
      continue;
    }
    if (taken.has(reading.value)) continue;
    taken.add(reading.value);
    const category = categories[row.of('type').trim().toLowerCase()] ?? 'organisation';
    const key = `${category} ${name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { name, category, domains: new Set([reading.value]) });
    else group.domains.add(reading.value);
  }
  const ids = new Set<string>();
  const entries = [...groups.values()].map(({ name, category, domains }): MapEntry => {
    const [first = ''] = domains;
    // A name in other letters than ASCII has no slug: its first domain stands for it.
    const wanted = `map-${slug(name) || slug(first)}`;
    let id = wanted;
    for (let count = 2; ids.has(id); count++) id = `${wanted}-${count}`;
    ids.add(id);
    return { id, name, category, domains: [...domains] };
  });
  return { entries, problems };
}

/** The senders of a map. They know no more than reverse names: they come last in a catalogue, and nothing about aligning is known. */
export function mapSenders(entries: readonly MapEntry[]): Sender[] {
  const how = askWhether();
  return entries.map(({ id, name, category, domains }) => {
    const isPlace = places.has(category);
    return {
      id,
      name,
      category,
      website: '',
      recognise: {
        dkim: [],
        spf: [],
        returnPath: [],
        reverse: isPlace ? [] : domains,
        ...(isPlace ? { rented: domains } : {}),
      },
      shared: true,
      align: { spf: 'unknown', dkim: 'unknown', how },
      sources: [],
    };
  });
}
