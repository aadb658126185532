// A history of samples in a list, grouped by the words of the contract and nothing else: slow, and easily seen to be right.
import { alignmentBits, generationCodes } from '../../src/protection/history.ts';
import type { Dimension, Measure, Question, Where } from '../../src/protection/history.ts';
import { alignmentCodes, dispositionCodes } from '../../src/standards/reports/aggregate/rows.ts';
import type { AuthResults } from '../../src/standards/reports/aggregate/rows.ts';
import type { SampleReport } from './samples.ts';

/** A rule of alignment that tests can see through: equal is strict, below is relaxed. */
export function sampleAlignment(authorDomain: string, auth: AuthResults): number {
  let bits = 0;
  const tell = (domain: string | undefined, relaxed: number, strict: number): void => {
    if (domain === authorDomain) bits |= relaxed | strict;
    else if (domain !== undefined && domain.endsWith(`.${authorDomain}`)) bits |= relaxed;
  };
  for (const each of auth.dkim) {
    if (each.result === 'pass') tell(each.domain, alignmentBits.dkimRelaxed, alignmentBits.dkimStrict);
  }
  for (const each of auth.spf) {
    if (each.result === 'pass') tell(each.domain, alignmentBits.spfRelaxed, alignmentBits.spfStrict);
  }
  return bits;
}

/** What a group says of each dimension, in words instead of numbers of a dictionary. */
export type Said = string | number | undefined;

interface Fact {
  readonly row: string;
  readonly day: number;
  readonly messages: number;
  readonly said: Readonly<Record<Dimension, Said>>;
}

/** Reports by the number they were filed under. */
export type Filed = ReadonlyMap<number, SampleReport>;

/** The answer to a question: groups by what they say of the dimensions asked for, with their measures. */
export function answerOf(filed: Filed, question: Question): Map<string, number[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of factsOf(filed)) {
    if (!passes(fact, question.where ?? {})) continue;
    const key = JSON.stringify(question.by.map((dimension) => fact.said[dimension] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return new Map([...groups].map(([key, facts]) => [key, question.measures.map((name) => measure(facts, name))]));
}

function measure(facts: readonly Fact[], name: Measure): number {
  const distinct = (of: (fact: Fact) => Said): number =>
    new Set(facts.map(of).filter((value) => value !== undefined)).size;
  switch (name) {
    case 'messages':
      return facts.reduce((sum, fact) => sum + fact.messages, 0);
    case 'rows':
      return distinct((fact) => fact.row);
    case 'firstDay':
      return Math.min(...facts.map((fact) => fact.day));
    case 'lastDay':
      return Math.max(...facts.map((fact) => fact.day));
    case 'reports':
      return distinct((fact) => fact.said.report);
    case 'sources':
      return distinct((fact) => fact.said.source);
    case 'reporters':
      return distinct((fact) => fact.said.reporter);
    default:
      throw new Error(`no measure: ${String(name)}`);
  }
}

function passes({ day, said }: Fact, where: Where): boolean {
  const oneOf = (wanted: readonly Said[] | undefined, value: Said): boolean => wanted?.includes(value) ?? true;
  const author = String(said.authorDomain ?? '');
  return (
    day >= (where.since ?? -Infinity) &&
    day <= (where.until ?? Infinity) &&
    oneOf(where.authorDomain, said.authorDomain) &&
    oneOf(where.policyDomain, said.policyDomain) &&
    oneOf(where.reporter, said.reporter) &&
    oneOf(where.source, said.source) &&
    oneOf(where.report, said.report) &&
    (where.origin?.includes('report') ?? true) &&
    (where.underDomain?.some((above) => author === above || author.endsWith(`.${above}`)) ?? true)
  );
}

function factsOf(filed: Filed): Fact[] {
  const facts: Fact[] = [];
  for (const [report, sample] of filed) {
    const span = sample.end - sample.begin;
    const spread = Math.max(1, Math.round(span / 86_400));
    for (const [index, row] of sample.rows.entries()) {
      const byDay = new Map<number, number>();
      for (let part = 0; part < spread; part++) {
        const day = Math.floor((sample.begin + ((part + 0.5) * span) / spread) / 86_400);
        // Whole messages by floor differences; each row begins one part further than the one before it.
        const upTo = (parts: number): number => Math.floor((row.count * parts + (index % spread)) / spread);
        byDay.set(day, (byDay.get(day) ?? 0) + upTo(part + 1) - upTo(part));
      }
      const days = row.count === 0 ? [...byDay].slice(0, 1) : [...byDay].filter(([, messages]) => messages > 0);
      for (const [day, messages] of days) {
        const said: Record<Dimension, Said> = {
          alignment: row.headerFrom === undefined || !row.auth ? 0 : sampleAlignment(row.headerFrom, row.auth),
          auth: row.auth === undefined ? undefined : JSON.stringify(row.auth, unlessForPeople),
          authorDomain: row.headerFrom,
          day,
          disposition: dispositionCodes.indexOf(row.disposition),
          dkim: alignmentCodes.indexOf(row.dkim),
          envelopeFrom: row.envelopeFrom,
          generation: generationCodes.indexOf(sample.generation ?? 'rfc7489'),
          origin: 0,
          policyDomain: sample.policyDomain,
          reasons: JSON.stringify(row.reasons ?? []),
          report,
          reporter: sample.reporter,
          source: row.source,
          spf: alignmentCodes.indexOf(row.spf),
          spread,
        };
        facts.push({ row: `${report} ${index}`, day, messages, said });
      }
    }
  }
  return facts;
}

/** What a receiver writes for people makes no results others: all but that. */
function unlessForPeople(key: string, value: unknown): unknown {
  return key === 'humanResult' ? undefined : value;
}
