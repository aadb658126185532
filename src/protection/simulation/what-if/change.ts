// What may change in a what-if, and the record sets that such changes come to. A change says what somebody would do; `recordChanges`
// turns it, by what is published, into the sets of records that would stand there after it: an overlay over the world.
import { parseDomainName, ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { formatDmarcRecord, isDmarcRecord, parseDmarcRecord } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import { assertNever } from '../../../standards/problem.ts';
import type { Problem } from '../../../standards/problem.ts';
import { isSpfRecord, parse, toStrings } from '../../../standards/spf/index.ts';

/** The tags of a DMARC record that a change may set; `''` takes a tag away. */
export const dmarcTags = ['p', 'sp', 'np', 't', 'adkim', 'aspf', 'pct', 'psd'] as const;
export type DmarcTag = (typeof dmarcTags)[number];

/** One thing that is changed. */
export type Change =
  /** Tags of the DMARC record at a domain; a record is made where there is none. */
  | { readonly what: 'dmarc'; readonly domain: DomainName; readonly tags: Readonly<Partial<Record<DmarcTag, string>>> }
  /** A record set, told whole. */
  | { readonly what: 'records'; readonly set: RecordChange }
  /** Another SPF record at a domain: of an author domain, an envelope or HELO domain, or an include. */
  | { readonly what: 'spf'; readonly domain: DomainName; readonly record: string }
  /** The qualifier of `all` in the SPF record at a domain. */
  | { readonly what: 'spf-all'; readonly domain: DomainName; readonly qualifier: '-' | '?' | '~' }
  /** An `include` (or `redirect`) taken out of the SPF record at a domain. */
  | { readonly what: 'remove-include'; readonly domain: DomainName; readonly include: string }
  /** The key of a selector taken away: what is signed with it no longer passes. */
  | { readonly what: 'retire-key'; readonly domain: DomainName; readonly selector: string }
  /** A stream signs, each message with its author domain. */
  | { readonly what: 'sign'; readonly stream: string }
  /** A domain that nobody sends as: `v=spf1 -all`, `p=reject` for it and all below it, null MX. */
  | { readonly what: 'park'; readonly domain: DomainName };

/** Changes that are made together. Of two that touch the same record the later one starts from what the earlier one left. */
export interface Scenario {
  readonly changes: readonly Change[];
}

/** What changes come to. */
export interface RecordChanges {
  /** One a name and type. */
  readonly sets: readonly RecordChange[];
  /** Keys taken away, as `selector._domainkey.domain`. */
  readonly retired: ReadonlySet<string>;
  /** Names whose TXT records hold no key any more: those of `retired`, and others, to which an alias of a key may lead. */
  readonly emptied: ReadonlySet<string>;
  /** Streams that begin to sign. */
  readonly signing: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** What stood at a name before. */
interface Standing {
  /** All TXT records of the name, joined. */
  readonly texts: readonly string[];
  readonly known: boolean;
}

/**
 * The record sets that changes come to, by what a resolver says stands there now.
 *
 * @param fallback the DMARC record to start from where the resolver knows nothing of a name: what reports say was published
 * @returns problems when a change has nothing to act on, or makes a record that cannot be read
 */
export async function recordChanges(
  scenario: Scenario,
  resolver: Resolver,
  fallback: (domain: string) => DmarcRecord | undefined = () => undefined,
): Promise<RecordChanges> {
  const sets = new Map<string, RecordChange>();
  const retired = new Set<string>();
  const emptied = new Set<string>();
  const signing = new Set<string>();
  const problems: Problem[] = [];

  const standing = async (name: string): Promise<Standing> => {
    const changed = sets.get(`TXT ${name}`);
    if (changed !== undefined) return { texts: changed.records.map(textOf), known: true };
    try {
      const answer = await resolver(name, 'TXT');
      return { texts: answer.kind === 'records' ? answer.records.map(textOf) : [], known: true };
    } catch (error) {
      if (error instanceof ResolverError) return { texts: [], known: false };
      throw error;
    }
  };
  const put = (change: RecordChange): void => void sets.set(`${change.type} ${change.name}`, change);
  const putText = async (name: string, text: string, isOfKind: (text: string) => boolean): Promise<void> => {
    const { texts } = await standing(name);
    const others = texts.filter((each) => !isOfKind(each));
    put({ name, type: 'TXT', records: [...others, text].map(toStrings) });
  };
  const putSpf = async (domain: DomainName, text: string): Promise<void> => {
    const reading = parse(text);
    if (!reading.ok) problems.push(...reading.problems);
    await putText(domain, text, isSpfRecord);
  };
  const spfAt = async (domain: DomainName): Promise<string | undefined> => {
    const { texts, known } = await standing(domain);
    const [record] = texts.filter(isSpfRecord);
    if (record === undefined) {
      problems.push({ code: known ? 'simulation/no-spf-record' : 'simulation/spf-record-unknown', values: { domain } });
    }
    return record;
  };

  for (const change of scenario.changes) {
    switch (change.what) {
      case 'records': {
        const { set } = change;
        const name = set.name.toLowerCase();
        put({ ...set, name });
        // A key record that is gone, or says `p=` and nothing (RFC 6376 §3.6.1), is a key taken away.
        if (set.type !== 'TXT' || !set.records.every((record) => /(?:^|;)\s*p=\s*(?:;|$)/.test(textOf(record)))) break;
        emptied.add(name);
        if (name.includes('._domainkey.')) retired.add(name);
        break;
      }
      case 'dmarc': {
        const name = `_dmarc.${change.domain}`;
        const { texts, known } = await standing(name);
        const found = texts.filter(isDmarcRecord);
        const before = found.length === 1 ? parseDmarcRecord(found[0]!) : undefined;
        const start = before?.ok === true ? before.value : known ? undefined : fallback(change.domain);
        const text = withTags(start, change.tags);
        const reading = parseDmarcRecord(text);
        problems.push(...reading.problems.filter(({ code }) => !harmless.has(code)));
        await putText(name, text, isDmarcRecord);
        break;
      }
      case 'spf':
        await putSpf(change.domain, change.record);
        break;
      case 'spf-all': {
        const record = await spfAt(change.domain);
        if (record === undefined) break;
        const all = /(^|\s)[-+~?]?all(?=\s|$)/i;
        const after = `${change.qualifier}all`;
        await putSpf(change.domain, all.test(record) ? record.replace(all, `$1${after}`) : `${record} ${after}`);
        break;
      }
      case 'remove-include': {
        const record = await spfAt(change.domain);
        if (record === undefined) break;
        const wanted = change.include.toLowerCase().replace(/\.$/, '');
        const words = record.split(/\s+/);
        const left = words.filter((word) => {
          const [, target] = /^(?:[-+~?]?include:|redirect=)(.*)$/i.exec(word) ?? [];
          return target?.toLowerCase().replace(/\.$/, '') !== wanted;
        });
        if (left.length === words.length) {
          problems.push({ code: 'simulation/no-such-include', values: { domain: change.domain, include: wanted } });
        }
        await putSpf(change.domain, left.join(' '));
        break;
      }
      case 'retire-key': {
        const name = `${change.selector.toLowerCase()}._domainkey.${change.domain}`;
        retired.add(name);
        put({ name, type: 'TXT', records: [] });
        break;
      }
      case 'sign':
        signing.add(change.stream);
        break;
      case 'park': {
        const name = `_dmarc.${change.domain}`;
        const { texts } = await standing(name);
        const [record = ''] = texts.filter(isDmarcRecord);
        const before = parseDmarcRecord(record);
        const start = before.ok ? before.value : undefined;
        const closed = { p: 'reject', sp: 'reject', np: 'reject', t: '', pct: '', adkim: 's', aspf: 's' };
        await putText(name, withTags(start, closed), isDmarcRecord);
        await putSpf(change.domain, 'v=spf1 -all');
        put({ name: change.domain, type: 'MX', records: [{ preference: 0, exchange: '' }] });
        break;
      }
      default:
        assertNever(change);
    }
  }
  return { sets: [...sets.values()], retired, emptied, signing, problems };
}

/** What is odd about a record and changes nothing of what a what-if asks. */
const harmless = new Set([
  'dmarc/fo-without-ruf',
  'dmarc/obsolete-tag',
  'dmarc/policy-not-second',
  'dmarc/testing-without-effect',
  'dmarc/unknown-tag',
]);

/** A record with other tags; without one, a new one. */
function withTags(record: DmarcRecord | undefined, tags: Readonly<Partial<Record<DmarcTag, string>>>): string {
  const told = new Set(Object.keys(tags));
  const base = record === undefined ? 'v=DMARC1; p=none' : formatDmarcRecord(record);
  const parts = base
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !told.has(part.split('=')[0]!.trim().toLowerCase()));
  const [version = 'v=DMARC1', ...rest] = parts;
  const order = (tag: string): number => dmarcTags.indexOf(tag as DmarcTag);
  const set = dmarcTags
    .filter((tag) => tags[tag] !== undefined && tags[tag] !== '')
    .map((tag) => `${tag}=${tags[tag]}`);
  const mine = [...rest.filter((part) => order(part.split('=')[0]!) >= 0), ...set];
  const others = rest.filter((part) => order(part.split('=')[0]!) < 0);
  mine.sort((a, b) => order(a.split('=')[0]!) - order(b.split('=')[0]!));
  return [version, ...mine, ...others].join('; ');
}

function textOf(strings: unknown): string {
  return Array.isArray(strings) ? strings.join('') : '';
}

/** The domain whose DMARC record a name is; `undefined` for a name that is none. */
export function dmarcDomainOf(name: string): DomainName | undefined {
  if (!name.startsWith('_dmarc.')) return undefined;
  const reading = parseDomainName(name.slice('_dmarc.'.length));
  return reading.ok ? reading.value : undefined;
}
