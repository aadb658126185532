// What somebody says of a world's classes, as numbers: the product, by the lines its commands print, or the oracle, who sees what
// rows can show and nothing else, and errs only where nobody could do better.
import { answerKinds, classText, kindShares, undecided } from './truth.ts';
import type { ClassKey, Truth } from './truth.ts';

/** A line of `zegel sources --json --rows`, as its help documents it. */
export interface CombinationLine extends ClassKey {
  readonly messages: number;
  readonly stream: string;
  readonly kind: string;
  readonly confidence: number;
  readonly decision?: string;
}

/** A line of `zegel streams --json`, as far as it is scored. */
export interface StreamLine {
  readonly id: string;
  readonly kind: string;
  readonly confidence: number;
}

/** What was said, a number a line; lines of classes that no authentic report shows stand apart. */
export class Answers {
  readonly classOf: number[] = [];
  readonly messages: number[] = [];
  readonly streamOf: number[] = [];
  readonly kindOf: number[] = [];
  readonly confidenceOf: number[] = [];
  readonly decisionOf: (string | undefined)[] = [];
  /** Streams in the order in which they were first named, and what was said of them as a whole. */
  readonly streamIds: string[] = [];
  readonly streamKinds: number[] = [];
  readonly streamConfidences: number[] = [];
  /** Lines, and their messages, that the truth does not know; the first few, to look at. */
  readonly unmatched = { rows: 0, messages: 0, first: [] as string[] };
  readonly #streams = new Map<string, number>();

  get size(): number {
    return this.classOf.length;
  }

  addStream(id: string, kind: string, confidence: number): number {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    const number = this.streamIds.length;
    this.#streams.set(id, number);
    this.streamIds.push(id);
    this.streamKinds.push(kindNumber(kind));
    this.streamConfidences.push(confidence);
    return number;
  }

  streamNumber(id: string): number | undefined {
    return this.#streams.get(id);
  }

  /** @throws {AnswerError} when a line is not as documented */
  add(line: CombinationLine, truth: Truth): void {
    if (!(line.messages >= 0) || !(line.confidence >= 0 && line.confidence <= 1))
      throw new AnswerError(`a line with ${line.messages} messages, confidence ${line.confidence}`);
    const kind = kindNumber(line.kind);
    const number = truth.numberOf(line);
    if (number === undefined) {
      this.unmatched.rows += 1;
      this.unmatched.messages += line.messages;
      if (this.unmatched.first.length < 5) this.unmatched.first.push(classText(line));
      return;
    }
    const stream = this.#streams.get(line.stream);
    if (stream === undefined)
      throw new AnswerError(`a line of stream ${line.stream}, which is not in the list of streams`);
    this.classOf.push(number);
    this.messages.push(line.messages);
    this.streamOf.push(stream);
    this.kindOf.push(kind);
    this.confidenceOf.push(line.confidence);
    this.decisionOf.push(line.decision);
  }
}

/** What a command printed is not what is documented. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

function kindNumber(kind: string): number {
  const number = answerKinds.findIndex((each) => each === kind);
  if (number < 0) throw new AnswerError(`${kind} is no kind`);
  return number;
}

/** A class is told for sure when one kind holds this share of its messages. */
const sure = 0.995;

/**
 * What an oracle says who knows what share of each observable class is whose. It names the stream that most of the class comes
 * from. Where no kind holds 99.5 % it says `undecided`, except where own and third party together do: then the mail is ours
 * whoever sends it, and it names the more likely of the two.
 */
export function oracleAnswers(truth: Truth): Answers {
  const answers = new Answers();
  const said = truth.pooled.map((pool) => {
    const shares = kindShares(pool, truth);
    const best = shares.indexOf(Math.max(...shares));
    const isSure = shares[best]! >= sure || shares[0]! + shares[1]! >= sure;
    const [origin = 0] = [...pool].reduce<readonly [number?, number?]>(
      (most, each) => (most[1] === undefined || each[1] > most[1] ? each : most),
      [],
    );
    const stream = answers.addStream(truth.originNames[origin]!, answerKinds[truth.originKinds[origin]!]!, 1);
    return { kind: isSure ? best : undecided, confidence: shares[best]!, stream };
  });
  for (let number = 0; number < truth.size; number++) {
    const { kind, confidence, stream } = said[truth.observable[number]!]!;
    answers.classOf.push(number);
    answers.messages.push(truth.messages[number]!);
    answers.streamOf.push(stream);
    answers.kindOf.push(kind);
    // What it is sure of counts as said, were the two kinds that are ours even.
    answers.confidenceOf.push(kind === undecided ? confidence : Math.max(confidence, 0.9));
    answers.decisionOf.push(undefined);
  }
  return answers;
}
