// The worst answers of a world, to look at on standard error: for those who tune, on worlds that no figure is published of.
import type { Answers } from './answers.ts';
import { Calibration } from './measures.ts';
import { streamOfClass } from './score.ts';
import { answerKinds, isOurs, kindShares, trueKinds, undecided } from './truth.ts';
import type { Truth } from './truth.ts';

/** By true origin and what was said of it: the pairs that hold most messages wrongly, or undecided, first. */
export function explain(truth: Truth, answers: Answers, most: number): string[] {
  const wrong = new Map<string, { rows: number; messages: number; confidence: number; example: number }>();
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const kind = answers.kindOf[line]!;
    const [origin] = truth.origins[number]![0] ?? [];
    if (origin === undefined) continue;
    const true_ = truth.originKinds[origin]!;
    const isSaid = kind !== undecided && answers.confidenceOf[line]! >= 0.9;
    const shares = kindShares(truth.origins[number]!, truth);
    const isWrong = isSaid && (isOurs(kind) ? shares[0]! + shares[1]! < 0.995 : shares[kind]! < 0.5);
    if (!isWrong && (isSaid || !isOurs(true_))) continue;
    const word = isWrong ? 'WRONG' : 'undecided';
    const key = `${word} ${truth.originNames[origin]} (${answerKinds[true_]}) said ${answerKinds[kind]}`;
    const sums = wrong.get(key) ?? { rows: 0, messages: 0, confidence: 0, example: number };
    sums.rows += 1;
    sums.messages += answers.messages[line]!;
    sums.confidence += answers.confidenceOf[line]!;
    wrong.set(key, sums);
  }
  const lines = [...wrong]
    .sort(([oneKey, one], [otherKey, other]) => order(oneKey) - order(otherKey) || other.messages - one.messages)
    .slice(0, most)
    .map(
      ([key, { rows, messages, confidence, example }]) =>
        `${key} at ${(confidence / rows).toFixed(2)}: ${messages} messages in ${rows} rows, as ${truth.sources[example]} ${truth.authorDomains[example]}`,
    );
  return [
    ...lines,
    ...mixed(truth, answers, most),
    ...bins(truth, answers),
    ...answers.unmatched.first.map((text) => `unmatched ${text}`),
  ];
}

/**
 * What decisions did wrongly: classes that are mostly forged and authorised, and the origins of ours most of which is not, with the
 * streams they lie in.
 *
 * @param verdicts by line
 */
export function explainDecisions(
  truth: Truth,
  answers: Answers,
  verdicts: readonly (string | undefined)[],
  most: number,
): string[] {
  const forged = trueKinds.indexOf('forged');
  const wrong: string[] = [];
  const left = new Map<number, { missing: number; whole: number; streams: Set<string> }>();
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const id = answers.streamIds[answers.streamOf[line]!]!;
    const pool = truth.pooled[truth.observable[number]!]!;
    if (verdicts[line] === 'authorised' && kindShares(pool, truth)[forged]! > 0.5) {
      const names = [...pool.keys()].map((origin) => truth.originNames[origin]).slice(0, 4);
      wrong.push(
        `authorised though forged: ${truth.sources[number]} as ${truth.authorDomains[number]} in ${id}: ${answers.messages[line]} messages of ${names.join(', ')}`,
      );
    }
    const [origin] = truth.origins[number]![0] ?? [];
    if (origin === undefined || !isOurs(truth.originKinds[origin]!)) continue;
    const sums = left.get(origin) ?? { missing: 0, whole: 0, streams: new Set<string>() };
    sums.whole += answers.messages[line]!;
    if (verdicts[line] !== 'authorised') {
      sums.missing += answers.messages[line]!;
      sums.streams.add(`${id} ${verdicts[line] ?? 'not decided'}`);
    }
    left.set(origin, sums);
  }
  const unsettled = [...left]
    .filter(([, { missing, whole }]) => missing > whole / 2)
    .sort(([, one], [, other]) => other.missing - one.missing)
    .map(
      ([origin, { missing, whole, streams }]) =>
        `not settled: ${truth.originNames[origin]}, ${missing} of ${whole} messages, in ${[...streams].slice(0, 4).join(', ')}`,
    );
  return [...wrong.slice(0, most), ...unsettled.slice(0, most)];
}

function order(key: string): number {
  return key.startsWith('WRONG') ? 0 : 1;
}

/** True streams of ours that lie in several found ones, and found ones that hold several true ones. */
function mixed(truth: Truth, answers: Answers, most: number): string[] {
  const place = streamOfClass(truth, answers);
  const spread = new Map<number, Map<number, number>>();
  for (let number = 0; number < truth.size; number++) {
    const [origin] = truth.origins[number]![0] ?? [];
    const stream = place[number];
    if (origin === undefined || stream === undefined || !isOurs(truth.originKinds[origin]!)) continue;
    const streams = spread.get(origin) ?? new Map<number, number>();
    streams.set(stream, (streams.get(stream) ?? 0) + 1);
    spread.set(origin, streams);
  }
  return [...spread]
    .filter(([, streams]) => streams.size > 1)
    .sort(([, one], [, other]) => other.size - one.size)
    .slice(0, most)
    .map(
      ([origin, streams]) =>
        `split ${truth.originNames[origin]}: ${[...streams]
          .sort(([, one], [, other]) => other - one)
          .slice(0, 6)
          .map(([stream, classes]) => `${answers.streamIds[stream]} ${classes}`)
          .join(', ')} (${streams.size} streams)`,
    );
}

/** By kind: what was said with which confidence, and what share of it is so. */
function bins(truth: Truth, answers: Answers): string[] {
  const kinds = answerKinds.slice(0, undecided).map(() => new Calibration());
  for (let line = 0; line < answers.size; line++) {
    const kind = answers.kindOf[line]!;
    if (kind === undecided) continue;
    const right = kindShares(truth.origins[answers.classOf[line]!]!, truth)[kind]!;
    kinds[kind]!.add(0, answers.confidenceOf[line]!, right, 1);
  }
  return kinds.flatMap((calibration, kind) =>
    calibration
      .bins()
      .filter(({ weight }) => weight > 0)
      .map(
        ({ weight, confidence, right }) =>
          `confidence ${answerKinds[kind]}: ${weight} rows said at ${confidence.toFixed(3)} are so at ${right.toFixed(3)}`,
      ),
  );
}
