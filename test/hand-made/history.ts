// A history made by hand, for tests: observations in a list, grouped by the words of the contract and nothing else. Slow, and
// easily seen to be right.
import type { AuthResults } from '../../src/standards/reports/index.ts';
import { alignmentCodes, dispositionCodes } from '../../src/standards/reports/index.ts';
import type { AlignmentResult, Disposition, Generation, OverrideReason } from '../../src/standards/reports/index.ts';
import { alignmentBitsOf, publicSuffixOrganizationalDomain } from '../../src/standards/dmarc/index.ts';
import { generationCodes } from '../../src/protection/history.ts';
import type {
  Columns,
  Dictionaries,
  Dimension,
  History,
  Measure,
  Question,
  Where,
} from '../../src/protection/history.ts';

/** One row of a report, as a test says it. What is not said has a default that does no harm. */
export interface Seen {
  readonly report?: number;
  readonly reporter?: string;
  readonly day: number;
  /** Days the report spans, from `day` on. */
  readonly spread?: number;
  readonly generation?: Generation;
  readonly policyDomain?: string;
  readonly from?: string;
  readonly source?: string;
  /** The domain of MAIL FROM, `''` for the null sender, where the reporter told it. */
  readonly envelope?: string;
  readonly count: number;
  readonly auth?: AuthResults;
  readonly disposition?: Disposition;
  readonly dkim?: AlignmentResult;
  readonly spf?: AlignmentResult;
  readonly reasons?: readonly OverrideReason[];
}

/** A history of these rows. */
export function historyOf(rows: readonly Seen[]): History {
  const names = new Numbers<string>();
  const addresses = new Numbers<string>();
  const reporters = new Numbers<string>();
  const auths = new Numbers<AuthResults>();
  const reasons = new Numbers<readonly OverrideReason[]>();
  const organizationalDomainOf = publicSuffixOrganizationalDomain();
  // One fact a row and day; a row without messages stands on its first day, and no other row on a day without messages.
  const facts = rows.flatMap((row, index) => {
    const spread = row.spread ?? 1;
    const dimensions = {
      alignment: alignmentBitsOf(row.from ?? '', row.auth ?? { dkim: [], spf: [] }, organizationalDomainOf),
      auth: auths.of(row.auth),
      authorDomain: names.of(row.from),
      disposition: dispositionCodes.indexOf(row.disposition),
      dkim: alignmentCodes.indexOf(row.dkim),
      envelopeFrom: names.of(row.envelope),
      generation: generationCodes.indexOf(row.generation ?? 'rfc7489'),
      origin: 0,
      policyDomain: names.of(row.policyDomain ?? row.from),
      reasons: row.reasons === undefined || row.reasons.length === 0 ? 0 : reasons.of(row.reasons),
      report: row.report ?? index + 1,
      reporter: reporters.of(row.reporter ?? 'receiver.example'),
      source: addresses.of(row.source),
      spf: alignmentCodes.indexOf(row.spf),
      spread,
    };
    return Array.from({ length: spread }, (_, part) => ({
      ...dimensions,
      index,
      day: row.day + part,
      messages: Math.floor((row.count * (part + 1)) / spread) - Math.floor((row.count * part) / spread),
    })).filter(({ day, messages }) => messages > 0 || (row.count === 0 && day === row.day));
  });
  const dictionaries: Dictionaries = {
    address: (id) => addresses.value(id),
    name: (id) => names.value(id),
    reporter: (id) => reporters.value(id),
    auth: (id) => auths.value(id),
    reasons: (id) => reasons.value(id) ?? [],
  };
  const passes = (fact: (typeof facts)[number], where: Where): boolean => {
    const name = names.value(fact.authorDomain) ?? '';
    return (
      fact.day >= (where.since ?? -Infinity) &&
      fact.day <= (where.until ?? Infinity) &&
      (where.authorDomain?.includes(name) ?? true) &&
      (where.underDomain?.some((above) => name === above || name.endsWith(`.${above}`)) ?? true) &&
      (where.source?.includes(addresses.value(fact.source) ?? '') ?? true) &&
      (where.reporter?.includes(reporters.value(fact.reporter) ?? '') ?? true)
    );
  };
  return {
    ask<D extends Dimension, M extends Measure>(question: Question<D, M>): Promise<Columns<D, M>> {
      const groups = new Map<string, typeof facts>();
      for (const fact of facts) {
        if (!passes(fact, question.where ?? {})) continue;
        const key = question.by.map((dimension) => fact[dimension]).join(' ');
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [fact]);
        else group.push(fact);
      }
      const all = [...groups.values()];
      const distinct = (group: typeof facts, of: 'index' | Dimension) => new Set(group.map((fact) => fact[of])).size;
      const measures: Readonly<Record<Measure, (group: typeof facts) => number>> = {
        messages: (group) => group.reduce((sum, fact) => sum + fact.messages, 0),
        rows: (group) => distinct(group, 'index'),
        firstDay: (group) => group.reduce((least, fact) => Math.min(least, fact.day), Infinity),
        lastDay: (group) => group.reduce((most, fact) => Math.max(most, fact.day), -Infinity),
        reports: (group) => distinct(group, 'report'),
        sources: (group) => distinct(group, 'source'),
        reporters: (group) => distinct(group, 'reporter'),
      };
      const columns: Record<string, Float64Array | Int32Array | number> = { length: all.length };
      for (const name of question.by) columns[name] = Int32Array.from(all, (group) => group[0]![name]);
      for (const name of question.measures) columns[name] = Float64Array.from(all, measures[name]);
      return Promise.resolve(columns as Columns<D, M>);
    },
    dictionaries: () => Promise.resolve(dictionaries),
  };
}

class Numbers<T> {
  readonly #values: T[] = [];
  readonly #byText = new Map<string, number>();
  of(value: T | undefined): number {
    if (value === undefined) return 0;
    const text = JSON.stringify(value);
    let number = this.#byText.get(text);
    if (number === undefined) {
      number = this.#values.push(value);
      this.#byText.set(text, number);
    }
    return number;
  }
  value(id: number): T | undefined {
    return this.#values[id - 1];
  }
}

/**
 * `d=news.example/s1 spf=b.news.example!` as authentication results: `!` behind a domain says that it failed. `helo=` is SPF of that
 * scope, `bare=` SPF of a reporter that tells no scope.
 */
export function auth(text: string): AuthResults {
  const dkim = [];
  const spf = [];
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const [, mechanism = '', domain = '', selector, failed] =
      /^(d|spf|helo|bare)=([^/!]+)(?:\/([^!]+))?(!)?$/.exec(word) ?? [];
    const result = failed === undefined ? ('pass' as const) : ('fail' as const);
    if (mechanism === 'd') dkim.push({ domain, ...(selector === undefined ? {} : { selector }), result });
    else if (mechanism === 'bare') spf.push({ domain, result });
    else spf.push({ domain, scope: mechanism === 'helo' ? ('helo' as const) : ('mfrom' as const), result });
  }
  return { dkim, spf };
}
