// Part of the judgement: who mails as us. Asks the product for its streams, its rows and its queue, and scores them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answers, oracleAnswers } from './answers.ts';
import type { CombinationLine, StreamLine } from './answers.ts';
import type { Judged, Options, Part } from './part.ts';
import { answerQueue, decided, decisionsCsv, oracleQueue, patience, scoreDecisions } from './person.ts';
import type { QueueItem } from './person.ts';
import { parsed } from './product.ts';
import type { Run, Zegel } from './product.ts';
import { scoreAnswers } from './score.ts';
import type { Score } from './score.ts';
import { hold } from './targets.ts';
import { strataBy } from './strata.ts';
import { readTotals, readTruth } from './truth.ts';
import type { Totals, Truth } from './truth.ts';
import { networksOf } from './world.ts';
import { explain, explainDecisions } from './explain.ts';

/** Judges the attribution of a world, and with it what a person gets done. */
export const attribution: Part = {
  async judge({ world, filed, zegel, say, options }) {
    say('reading the truth');
    const truth = await readTruth(world, strataBy(networksOf(world)));
    const totals = readTotals(world);
    const oracle = oracleAnswers(truth);
    const best = oracleQueue(truth, oracle);
    const answered = answerQueue(truth, oracle, best, patience(truth));
    const ceilings = [
      ...scoreAnswers(truth, oracle),
      ...scoreDecisions(truth, oracle, decided(truth, oracle, answered), answered.length),
    ];
    say('asking Zegel');
    const { answers, run } = await ask(zegel, filed.data, truth);
    if (options.explain > 0) for (const line of explain(truth, answers, options.explain)) say(line);
    const scores = [
      ...scoreAnswers(truth, answers),
      ...scoreTotals(truth, totals, answers),
      ...(await decisions(zegel, filed.data, truth, answers, options, say)),
      ...speed(run),
    ];
    const judged: Judged[] = hold(scores, ceilings, false);
    if (filed.withoutReverse !== undefined) {
      say('asking Zegel without reverse names');
      const without = await ask(zegel, filed.withoutReverse, truth);
      const less = scoreAnswers(truth, without.answers);
      const variant = 'without-reverse';
      judged.push(...hold([...less, ...growth(scores, less)], ceilings, true).map((each) => ({ ...each, variant })));
    }
    return judged;
  },
};

/** Reads what the product says of the world it was given. */
export async function ask(zegel: Zegel, data: string, truth: Truth): Promise<{ answers: Answers; run: Run }> {
  const answers = new Answers();
  const run = await zegel(['streams', '--json', '--all', '--data', data], (line) => {
    const { id, kind, confidence } = parsed(line) as StreamLine;
    answers.addStream(id, kind, confidence);
  });
  await zegel(['sources', '--json', '--rows', '--data', data], (line) =>
    answers.add(parsed(line) as CombinationLine, truth),
  );
  return { answers, run };
}

/** What was counted against what should be: reports of strangers must not move it, and nothing may be lost. */
export function scoreTotals(truth: Truth, totals: Totals, answers: Answers): Score[] {
  const wanted = Object.values(totals.messages).reduce((sum, each) => sum + each, 0);
  const matched = answers.messages.reduce((sum, each) => sum + each, 0);
  const seen = new Set(answers.classOf);
  const counted = (metric: string, by: Score['by'], value: number | null, n: number): Score => ({
    metric,
    by,
    stratum: 'all',
    value,
    low: null,
    high: null,
    n,
  });
  const share = (part: number): number | null => (wanted === 0 ? null : part / wanted);
  return [
    counted('totals-moved', 'message', share(Math.abs(matched + answers.unmatched.messages - wanted)), wanted),
    counted('unmatched-messages', 'message', share(answers.unmatched.messages), wanted),
    counted('unmatched-rows', 'row', answers.unmatched.rows, answers.size + answers.unmatched.rows),
    counted('missing-classes', 'row', truth.size - seen.size, truth.size),
  ];
}

/** How much more of the legitimate mail is left undecided without reverse DNS. */
function growth(with_: readonly Score[], without: readonly Score[]): Score[] {
  return without
    .filter(({ metric }) => metric === 'legitimate-undecided')
    .map((score) => {
      const before = with_.find(
        ({ metric, by, stratum }) => metric === score.metric && by === score.by && stratum === score.stratum,
      );
      const value = score.value === null || before?.value == null ? null : score.value - before.value;
      return { ...score, metric: 'undecided-growth', value, low: null, high: null };
    });
}

/** A person answers the queue; with `really` through the product itself, which is then asked again. */
async function decisions(
  zegel: Zegel,
  data: string,
  truth: Truth,
  answers: Answers,
  { really, explain: most }: Options,
  say: (text: string) => void,
): Promise<Score[]> {
  const queue: QueueItem[] = [];
  await zegel(['streams', '--queue', '--json', '--all', '--data', data], (line) =>
    queue.push(parsed(line) as QueueItem),
  );
  const taken = answerQueue(truth, answers, queue, patience(truth));
  const verdicts = decided(truth, answers, taken);
  if (most > 0) for (const line of explainDecisions(truth, answers, verdicts, most)) say(line);
  if (!really) return scoreDecisions(truth, answers, verdicts, taken.length);
  const file = join(data, '..', 'decisions.csv');
  writeFileSync(file, decisionsCsv(taken));
  await zegel(['decide', '--from', file, '--data', data]);
  const after = await ask(zegel, data, truth);
  return scoreDecisions(truth, after.answers, after.answers.decisionOf, taken.length);
}

function speed({ seconds, maxRssMb }: Run): Score[] {
  return [['attribution-seconds', seconds] as const, ['attribution-memory-mb', maxRssMb] as const].map(
    ([metric, value]) => ({ metric, by: 'row', stratum: 'all', value, low: null, high: null, n: 1 }),
  );
}
