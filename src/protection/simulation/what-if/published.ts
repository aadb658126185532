// What was published, day by day, as resolvers: made of the answers that were kept of the DNS and of zone files. A what-if asks the
// world of now, and, for mail of another day, the world of that day.
import { ResolverError } from '../../../standards/dns/index.ts';
import type { Answer, RecordType, Resolver } from '../../../standards/dns/index.ts';
import { isSpfRecord } from '../../../standards/spf/index.ts';
import type { Day } from '../../history.ts';
import type { RecordDays, RecordTurn } from '../drift/index.ts';

/** An answer that was kept, and the first day on which it was so. */
export interface KeptRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly answer: Answer;
}

/** The types a what-if asks for. */
export const publishedTypes = ['A', 'AAAA', 'CNAME', 'MX', 'SOA', 'TXT'] as const;

/** What was published on which day. */
export class PublishedDays implements RecordDays {
  /** Days on which some answer became another one, rising. */
  readonly changes: readonly Day[];
  /** Whether anything was kept at all. */
  readonly isEmpty: boolean;
  readonly #byName = new Map<string, Map<RecordType, KeptRecord[]>>();
  constructor(kept: Iterable<KeptRecord>) {
    let empty = true;
    for (const record of kept) {
      empty = false;
      let types = this.#byName.get(record.name);
      if (types === undefined) this.#byName.set(record.name, (types = new Map<RecordType, KeptRecord[]>()));
      const spans = types.get(record.type);
      if (spans === undefined) types.set(record.type, [record]);
      else spans.push(record);
    }
    this.isEmpty = empty;
    const days = new Set<Day>();
    for (const types of this.#byName.values()) {
      for (const spans of types.values()) {
        spans.sort((one, other) => one.firstDay - other.firstDay);
        for (const span of spans.slice(1)) days.add(span.firstDay);
      }
    }
    this.changes = [...days].sort((a, b) => a - b);
  }

  /**
   * The world of a day: what was seen then or last before, or, of a time before the first look, what was seen first.
   * A zone that was kept whole (its SOA among it, which no look asks for) tells of every name below it; of other names that nobody
   * asked about nothing is known, and asking throws `dns/unknown-name`.
   */
  at(day: Day): Resolver {
    let existing: ReadonlySet<string> | undefined;
    const answer = (name: string, type: RecordType, steps: number): Answer => {
      if (steps > 16)
        throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
      const types = this.#byName.get(name);
      const kept = spanAt(types?.get(type), day);
      if (kept !== undefined) return kept.answer;
      const alias = spanAt(types?.get('CNAME'), day)?.answer;
      if (alias?.kind === 'records' && type !== 'CNAME') {
        const [target] = (alias as Extract<Answer<'CNAME'>, { kind: 'records' }>).records;
        if (target === undefined) return { ...alias, kind: 'no-data' };
        const end = answer(target, type, steps + 1);
        return { ...end, aliases: [target, ...end.aliases] };
      }
      const nothing = { ttl: 3600, aliases: [], authenticated: false };
      if (this.#isToldWhole(name, day)) {
        existing ??= this.#existingAt(day);
        if (existing.has(name)) return { ...nothing, kind: 'no-data' };
        // RFC 4592 §3.3: the wildcard right below the nearest name that exists answers for it.
        const source = `*.${nearestOf(name, existing)}`;
        return existing.has(source) ? answer(source, type, steps + 1) : { ...nothing, kind: 'no-such-name' };
      }
      throw new ResolverError('dns/unknown-name', `nothing was kept of ${name} (${type})`, { retryable: false });
    };
    // eslint-disable-next-line typescript/require-await
    return async <T extends RecordType>(name: string, type: T) => answer(name.toLowerCase(), type, 0) as Answer<T>;
  }

  /** The changes of a record set that SPF can feel, rising by day; those of what its name was an alias of among them. */
  turnsOf(name: string, type: RecordType): RecordTurn[] {
    return this.#alongAliases(name).flatMap((at) => this.#turnsAt(at, type));
  }

  /** The first day of which everything is kept that tells of a record set, be it by a zone that was kept whole; `Infinity` when nothing is. */
  keptSince(name: string, type: RecordType): Day {
    return Math.max(...this.#alongAliases(name).map((at) => this.#keptSince(at, type)));
  }

  #turnsAt(name: string, type: RecordType): RecordTurn[] {
    const turns: RecordTurn[] = [];
    for (const each of new Set([type, 'CNAME' as const])) {
      const spans = this.#byName.get(name)?.get(each) ?? [];
      for (const [at, { firstDay: day, answer: after }] of spans.entries()) {
        const before = spans[at - 1];
        if (before === undefined || readBySpf(before.answer) === readBySpf(after)) continue;
        turns.push({ name, type: each, seenUntil: before.lastDay, day, before: before.answer, after });
      }
    }
    return turns;
  }

  #keptSince(name: string, type: RecordType): Day {
    const types = this.#byName.get(name);
    const [first] = types?.get(type) ?? types?.get('CNAME') ?? [];
    if (first !== undefined) return first.firstDay;
    let since = Infinity;
    for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
      const [zone] = this.#byName.get(at)?.get('SOA') ?? [];
      if (zone !== undefined) since = Math.min(since, zone.firstDay);
      if (!at.includes('.')) return since;
    }
  }

  /** A name, and those it was ever an alias of. */
  #alongAliases(name: string): readonly string[] {
    const names = new Set([name]);
    for (const at of names) {
      for (const { answer } of this.#byName.get(at)?.get('CNAME') ?? [])
        if (answer.kind === 'records')
          for (const target of answer.records) if (typeof target === 'string') names.add(target.toLowerCase());
    }
    return [...names];
  }

  #isToldWhole(name: string, day: Day): boolean {
    for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
      if (spanAt(this.#byName.get(at)?.get('SOA'), day)?.answer.kind === 'records') return true;
      if (!at.includes('.')) return false;
    }
  }

  /** The names that have some record on a day, and those above them: whatever lies between a name and the root exists too (RFC 8020). */
  #existingAt(day: Day): Set<string> {
    const existing = new Set<string>();
    for (const [name, types] of this.#byName) {
      let hasRecords = false;
      for (const spans of types.values()) hasRecords ||= spanAt(spans, day)?.answer.kind === 'records';
      if (!hasRecords) continue;
      for (let at = name; !existing.has(at); at = at.slice(at.indexOf('.') + 1)) {
        existing.add(at);
        if (!at.includes('.')) break;
      }
    }
    return existing;
  }
}

/** The nearest name above one that is among some; the empty one where none is. */
function nearestOf(name: string, existing: ReadonlySet<string>): string {
  for (let at = name; at.includes('.');) {
    at = at.slice(at.indexOf('.') + 1);
    if (existing.has(at)) return at;
  }
  return '';
}

/** A record of SPF or DMARC among what was kept, whenever it stood. */
export function* keptTexts(kept: Iterable<KeptRecord>): Generator<{ readonly name: string; readonly text: string }> {
  for (const { name, type, answer } of kept) {
    if (type !== 'TXT' || answer.kind !== 'records') continue;
    for (const strings of answer.records) if (Array.isArray(strings)) yield { name, text: strings.join('') };
  }
}

/** What of an answer SPF reads: of texts, only its own records. */
function readBySpf(answer: Answer): string {
  if (answer.kind !== 'records') return '';
  const texts = answer.records
    .map((record) => (Array.isArray(record) ? record.join('') : JSON.stringify(record)))
    .filter((text, at) => !Array.isArray(answer.records[at]) || isSpfRecord(text));
  return texts.sort().join('\n');
}

/** The world that one resolver answers for, on every day. */
export function sameEveryDay(resolver: Resolver): Pick<PublishedDays, 'at' | 'changes' | 'isEmpty'> & RecordDays {
  return { changes: [], isEmpty: false, at: () => resolver, turnsOf: () => [], keptSince: () => -Infinity };
}

function spanAt(spans: readonly KeptRecord[] | undefined, day: Day): KeptRecord | undefined {
  if (spans === undefined) return undefined;
  let found = spans[0];
  for (const span of spans) if (span.firstDay <= day) found = span;
  return found;
}
