// What answers are worth, held against the truth. The product and the oracle are scored by the same function, so a ceiling is what
// the same figure comes to when nobody could say better.
import { adjustedRand, adjustedRandInterval, bCubed, Calibration, contingency, interval, Ratio } from './measures.ts';
import type { Answers } from './answers.ts';
import { isOurs, kindShares, strata, trueKinds, undecided } from './truth.ts';
import type { Truth } from './truth.ts';

export type By = 'message' | 'row';
export type Stratum = 'all' | (typeof strata)[number];

/** One figure, without what it is held against. */
export interface Score {
  readonly metric: string;
  readonly by: By;
  readonly stratum: Stratum;
  readonly value: number | null;
  /** The middle 95 % of the bootstrap over true streams; `null` for what is counted. */
  readonly low: number | null;
  readonly high: number | null;
  /** Of how many lines, classes or streams it was made. */
  readonly n: number;
}

/** What counts as said. */
const said = 0.9;
const forwarder = trueKinds.indexOf('forwarder');
const forged = trueKinds.indexOf('forged');
const bys = ['row', 'message'] as const;

/** Every measure of a world's answers. */
export function scoreAnswers(truth: Truth, answers: Answers): Score[] {
  return [...scoreLines(truth, answers), ...scoreCalls(truth, answers), ...scoreStreams(truth, answers)];
}

/** Measures of single lines: how right what is said is, what is left unsaid, and whether confidence means what it says. */
function scoreLines(truth: Truth, answers: Answers): Score[] {
  const table = <T>(make: () => T): T[][] => bys.map(() => [...strata, 'all'].map(make));
  const precision = table(() => new Ratio());
  const unsaid = table(() => new Ratio());
  const unnamed = table(() => new Ratio());
  const wrong = table(() => new Ratio());
  const calibration = bys.map(() => new Calibration());
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const kind = answers.kindOf[line]!;
    const confidence = answers.confidenceOf[line]!;
    const origins = truth.origins[number]!;
    const unit = origins[0]?.[0] ?? -1;
    const shares = kindShares(origins, truth);
    const ours = shares[0]! + shares[1]!;
    const isSaid = kind !== undecided && confidence >= said;
    for (const [by, weight] of [1, answers.messages[line]!].entries()) {
      if (weight === 0) continue;
      for (const stratum of [truth.stratum[number]!, strata.length]) {
        if (isSaid && isOurs(kind)) precision[by]![stratum]!.add(unit, weight * ours, weight);
        if (ours === 0) continue;
        unsaid[by]![stratum]!.add(unit, isSaid ? 0 : weight * ours, weight * ours);
        unnamed[by]![stratum]!.add(unit, kind === undecided ? weight * ours : 0, weight * ours);
        wrong[by]![stratum]!.add(unit, isSaid && !isOurs(kind) ? weight * ours : 0, weight * ours);
      }
      if (kind !== undecided) calibration[by]!.add(unit, confidence, shares[kind]!, weight);
    }
  }
  const scores: Score[] = [];
  for (const [at, by] of bys.entries()) {
    for (const [place, stratum] of ([...strata, 'all'] as const).entries()) {
      for (const [metric, ratios] of [
        ['ours-precision', precision],
        ['legitimate-undecided', unsaid],
        ['legitimate-undecided-by-kind', unnamed],
        ['legitimate-said-otherwise', wrong],
      ] as const) {
        const ratio = ratios[at]![place]!;
        const [low, high] = ratio.interval();
        scores.push({ metric, by, stratum, value: ratio.value, low, high, n: ratio.n });
      }
    }
    const [low, high] = calibration[at]!.interval();
    scores.push({
      metric: 'calibration-error',
      by,
      stratum: 'all',
      value: calibration[at]!.value,
      low,
      high,
      n: calibration[at]!.n,
    });
  }
  return scores;
}

/** Whole streams of ours called somebody else's, and classes of forgers called ours: counted, since one is too many. */
function scoreCalls(truth: Truth, answers: Answers): Score[] {
  // By true stream: weight that is said to be of a forwarder or forged, of its whole weight.
  const called = bys.map(() => truth.originNames.map(() => [0, 0] as [called: number, whole: number]));
  // By found stream: what of it is ours.
  const found = bys.map(() => answers.streamIds.map(() => [0, 0] as [ours: number, whole: number]));
  const mostlyForged = truth.pooled.map((pool) => kindShares(pool, truth)[forged]! > 0.5);
  const fooled = new Map<number, number>();
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const kind = answers.kindOf[line]!;
    const isSaid = kind !== undecided && answers.confidenceOf[line]! >= said;
    const messages = answers.messages[line]!;
    const whole = truth.messages[number]!;
    const stream = answers.streamOf[line]!;
    const shares = kindShares(truth.origins[number]!, truth);
    for (const [by, weight] of [1, messages].entries()) {
      const sums = found[by]![stream]!;
      sums[0] += weight * (shares[0]! + shares[1]!);
      sums[1] += weight;
      for (const [origin, count] of truth.origins[number]!) {
        const part = whole === 0 ? 0 : (weight * count) / whole;
        const calls = called[by]![origin]!;
        calls[1] += part;
        if (isSaid && (kind === forwarder || kind === forged)) calls[0] += part;
      }
    }
    const observable = truth.observable[number]!;
    if (isSaid && isOurs(kind) && mostlyForged[observable] === true)
      fooled.set(observable, (fooled.get(observable) ?? 0) + messages);
  }
  const scores: Score[] = [];
  const count = (metric: string, by: By, value: number, n: number): void => {
    scores.push({ metric, by, stratum: 'all', value, low: null, high: null, n });
  };
  for (const [at, by] of bys.entries()) {
    const ours = called[at]!.filter(([, whole], origin) => whole > 0 && isOurs(truth.originKinds[origin]!));
    count(
      'legitimate-streams-called-otherwise',
      by,
      ours.filter(([part, whole]) => part > whole / 2).length,
      ours.length,
    );
    const others = answers.streamIds.filter((_, stream) => {
      const kind = answers.streamKinds[stream]!;
      const [part, whole] = found[at]![stream]!;
      return (kind === forwarder || kind === forged) && answers.streamConfidences[stream]! >= said && part > whole / 2;
    });
    count('found-streams-called-otherwise', by, others.length, answers.streamIds.length);
  }
  const classes = mostlyForged.filter(Boolean).length;
  count('forged-called-ours', 'row', fooled.size, classes);
  count(
    'forged-called-ours',
    'message',
    [...fooled.values()].reduce((sum, each) => sum + each, 0),
    classes,
  );
  return scores;
}

/** Our streams as they were found, against those there are: over the classes that are mostly ours, each counting once. */
function scoreStreams(truth: Truth, answers: Answers): Score[] {
  const place = streamOfClass(truth, answers);
  const items: [number, number][] = [];
  for (let number = 0; number < truth.size; number++) {
    const top = truth.origins[number]![0]?.[0];
    const stream = place[number];
    if (top !== undefined && stream !== undefined && isOurs(truth.originKinds[top]!)) items.push([top, stream]);
  }
  const cells = contingency(items);
  const each = bCubed(cells);
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const [low, high] = interval(each, mean);
  const [lowRand, highRand] = adjustedRandInterval(cells);
  const scores: Score[] = [
    { metric: 'b-cubed-f', by: 'row', stratum: 'all', value: mean(each), low, high, n: each.length },
    {
      metric: 'adjusted-rand',
      by: 'row',
      stratum: 'all',
      value: adjustedRand(cells),
      low: lowRand,
      high: highRand,
      n: items.length,
    },
  ];
  for (const by of bys) {
    const { found, wanted } = foundStreams(truth, answers, place, by);
    const ratio = new Ratio();
    for (const origin of wanted) ratio.add(origin, found.has(origin) ? 1 : 0, 1);
    const [from, to] = ratio.interval();
    scores.push({ metric: 'streams-found', by, stratum: 'all', value: ratio.value, low: from, high: to, n: ratio.n });
  }
  const origins = truth.originMessages.filter((messages) => messages > 0).length;
  scores.push({
    metric: 'streams-per-origin',
    by: 'row',
    stratum: 'all',
    value: origins === 0 ? null : answers.streamIds.length / origins,
    low: null,
    high: null,
    n: answers.streamIds.length,
  });
  return scores;
}

/** By class: the stream that most of its messages are said to be of. */
export function streamOfClass(truth: Truth, answers: Answers): (number | undefined)[] {
  const place: (number | undefined)[] = Array.from({ length: truth.size }, () => undefined);
  const weight = new Map<number, number>();
  const most = new Float64Array(truth.size).fill(-1);
  for (let line = 0; line < answers.size; line++) {
    const number = answers.classOf[line]!;
    const stream = answers.streamOf[line]!;
    const key = number * answers.streamIds.length + stream;
    const sum = (weight.get(key) ?? 0) + answers.messages[line]!;
    weight.set(key, sum);
    if (sum > most[number]!) {
      most[number] = sum;
      place[number] = stream;
    }
  }
  return place;
}

/** Fewer messages than these are no stream one could be asked to find. */
const leastMessages = 20;

/**
 * Our streams of 20 messages or more that were found: more than half of the classes with mail of it lie in one stream that is mostly
 * it: more than half of that stream's messages, or (by row) of its classes.
 */
export function foundStreams(
  truth: Truth,
  answers: Answers,
  place: readonly (number | undefined)[],
  by: By,
): { readonly found: ReadonlySet<number>; readonly wanted: readonly number[] } {
  const wanted = truth.originNames
    .map((_, origin) => origin)
    .filter((origin) => isOurs(truth.originKinds[origin]!) && truth.originMessages[origin]! >= leastMessages);
  const inStream = answers.streamIds.map(() => ({ whole: 0, of: new Map<number, number>() }));
  const classesOf = new Map<number, Map<number, number>>();
  for (let number = 0; number < truth.size; number++) {
    const stream = place[number];
    const top = truth.origins[number]![0]?.[0];
    for (const [origin, messages] of truth.origins[number]!) {
      let streams = classesOf.get(origin);
      if (streams === undefined) classesOf.set(origin, (streams = new Map()));
      // What was not answered lies in no stream, and counts as a class of it all the same.
      streams.set(stream ?? -1, (streams.get(stream ?? -1) ?? 0) + 1);
      if (stream === undefined) continue;
      const weight = by === 'message' ? messages : origin === top ? 1 : 0;
      const sums = inStream[stream]!;
      sums.whole += weight;
      sums.of.set(origin, (sums.of.get(origin) ?? 0) + weight);
    }
  }
  const found = wanted.filter((origin) => {
    const streams = classesOf.get(origin) ?? new Map<number, number>();
    const all = [...streams.values()].reduce((sum, count) => sum + count, 0);
    return [...streams].some(
      ([stream, count]) =>
        stream >= 0 && count > all / 2 && (inStream[stream]!.of.get(origin) ?? 0) > inStream[stream]!.whole / 2,
    );
  });
  return { found: new Set(found), wanted };
}
