// Drift in cells: what SPF says today of mail whose records changed since, as facts that `evaluateDmarc` judges, beside those that reports
// show. What is not certain is both.
import { driftOf } from '../drift/index.ts';
import type { DriftWay, SpfDrift, WordReason } from '../drift/index.ts';
import type { Cells } from './cells.ts';
import { doubt } from './judge.ts';
import type { JudgedFacts, Ledger } from './judge.ts';
import type { SeenMail } from './mail.ts';
import type { Context } from './outcome.ts';
import type { Policies } from './policies.ts';
import type { SimulationOptions, SimulationSources } from './sources.ts';
import { alignedSpfDomains, isSpfUntold } from './spf-change.ts';
import type { Addresses } from './spf-change.ts';

/** Facts of one cell that drifted; numbers of the ledger. */
export interface DriftedFacts {
  /** As things are: by the records of now, as far as is known. */
  readonly expected: number;
  /** With all that is, or may be, otherwise today. */
  readonly changed: number;
  /** Whether SPF fails now (`fail`) and did not before. */
  readonly turnedAway: boolean;
  /** What is known of it: that it is so (2), that it is expected (1), that it may be (0). */
  readonly sureness: 0 | 1 | 2;
}

/** What drift comes to in the cells of a simulation. */
export interface DriftedCells {
  readonly drift: SpfDrift;
  /** The cells that drifted, rising. */
  readonly cells: readonly number[];
  /** By place in `cells`. */
  readonly facts: readonly DriftedFacts[];
}

/** The facts of the cells whose mail drifted. */
export function driftedCells(
  drift: SpfDrift,
  cells: Cells,
  ledger: Ledger,
  contexts: readonly Context[],
): DriftedCells {
  const found: number[] = [];
  const facts: DriftedFacts[] = [];
  const known = new Map<string, DriftedFacts>();
  for (let cell = 0; cell < cells.length; cell++) {
    const way = cells.way[cell]!;
    if (way === 0) continue;
    const of = cells.facts[cell]!;
    let made = known.get(`${of} ${way}`);
    if (made === undefined) known.set(`${of} ${way}`, (made = driftedFacts(ledger, of, drift.ways[way]!)));
    const { acceptsSpfFail } = contexts[cells.context[cell]!]!.habits;
    found.push(cell);
    facts.push(acceptsSpfFail ? { ...made, turnedAway: false } : made);
  }
  return { drift, cells: found, facts };
}

const doubtOf: Readonly<Record<WordReason, number>> = {
  changed: 0,
  'by-message': doubt['spf-by-message'],
  unanswered: doubt['spf-unanswered'],
  'not-kept': doubt['spf-record-not-kept'],
};

function driftedFacts(ledger: Ledger, of: number, { words, untold }: DriftWay): DriftedFacts {
  const said = ledger.facts[of]!;
  if (untold) {
    const without = ledger.factsOf({ ...said, assumed: said.assumed & 1 });
    const also = { facts: without, doubts: doubt['spf-domain-untold'] };
    return { expected: ledger.factsOf({ ...said, also }), changed: without, turnedAway: false, sureness: 0 };
  }
  const set = ledger.spfSets[said.spf]!;
  const by = (reasons: readonly WordReason[]): JudgedFacts => {
    const isOther = words.some((word) => word !== undefined && reasons.includes(word.why));
    if (!isOther) return said;
    const spf = set.map(({ domain, result }, at) => {
      const word = words[at];
      return { domain, result: word === undefined || !reasons.includes(word.why) ? result : word.result };
    });
    // What a receiver said of both legs it said of the results it had: without a signature, of SPF's alone.
    const denied = said.denied && ledger.signatureSets[said.signatures]!.length > 0;
    return { ...said, spf: ledger.spf(spf), denied, assumed: said.assumed & 1 };
  };
  const reasons = new Set(words.flatMap((word) => (word === undefined ? [] : [word.why])));
  const doubts = [...reasons].reduce((bits, why) => bits | doubtOf[why], 0);
  const expected = by(['changed', 'by-message', 'unanswered']);
  const other = by(['changed', 'not-kept']);
  const expectedNumber = expected === said ? of : ledger.factsOf(expected);
  return {
    expected:
      doubts === 0
        ? expectedNumber
        : ledger.factsOf({ ...expected, also: { facts: other === said ? of : ledger.factsOf(other), doubts } }),
    changed: ledger.factsOf(by(['changed', 'by-message', 'unanswered', 'not-kept'])),
    turnedAway: words.some(
      (word, at) => word?.result === 'fail' && word.why !== 'not-kept' && set[at]!.result !== 'fail',
    ),
    sureness: doubts === 0 ? 2 : expected === said ? 0 : 1,
  };
}

/** The drift of all mail since the days on which it came. */
export async function driftIn(
  { history, published, now }: SimulationSources,
  { where = {} }: SimulationOptions,
  mail: SeenMail,
  policies: Policies,
  addresses: Addresses,
): Promise<SpfDrift> {
  return driftOf({
    mail,
    domains: alignedSpfDomains(mail, policies),
    isNear: (author, domain) => policies.isNear(mail.authors[author]!, domain),
    isUntold: (facts) => isSpfUntold(mail.allFacts[facts]!, mail.spfSets),
    addressOf: (source) => addresses.of(source),
    days: published,
    now,
    daysOf: (authorDomain) =>
      history.ask({
        where: { ...where, authorDomain },
        by: ['source', 'auth', 'authorDomain', 'envelopeFrom'],
        measures: ['firstDay', 'lastDay'],
      }),
  });
}
