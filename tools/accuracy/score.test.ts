import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Answers, AnswerError, oracleAnswers } from './answers.ts';
import { scoreTotals } from './attribution.ts';
import { answerQueue, decided, oracleQueue, patience, scoreDecisions } from './person.ts';
import type { QueueItem } from './person.ts';
import { page } from './page.ts';
import { scoreAnswers } from './score.ts';
import type { Score } from './score.ts';
import { isAligned, strataBy } from './strata.ts';
import { hold } from './targets.ts';
import { Truth, TruthError } from './truth.ts';
import type { ClassLine } from './truth.ts';

const origin = (kind: 'abused' | 'forged' | 'forwarder' | 'own' | 'third') => ({ kind, party: '', sender: '' });
const origins = {
  gateway: origin('own'),
  payroll: origin('own'),
  letters: origin('third'),
  alumni: origin('forwarder'),
  botnet: origin('forged'),
  neighbour: origin('forged'),
  replay: origin('abused'),
};

/** `192.0.2.1 gateway:100 botnet:1 @mailer`: a class by its address (its other parts all alike), and who sent it; after @ who shares it. */
function classLine(text: string): ClassLine {
  const [source = '', ...rest] = text.split(' ');
  const shared = rest.find((each) => each.startsWith('@'))?.slice(1);
  const messages = Object.fromEntries(
    rest.filter((each) => !each.startsWith('@')).map((each) => [each.split(':')[0]!, Number(each.split(':')[1])]),
  );
  return {
    source,
    authorDomain: 'a.example',
    envelopeDomain: null,
    dkim: [],
    spf: ['a.example', 'mfrom', 'none'],
    messages,
    ...(shared === undefined ? {} : { shared }),
  };
}

function truthOf(lines: readonly string[]): Truth {
  const truth = new Truth(origins);
  for (const line of lines) truth.add(classLine(line), ({ source }) => (source.startsWith('192.') ? 2 : 0));
  return truth;
}

/** `192.0.2.1 s1 own 0.95 [messages]`: what was said of a class. */
function answersOf(truth: Truth, lines: readonly string[]): Answers {
  const answers = new Answers();
  for (const text of lines) {
    const [source = '', stream = '', kind = '', confidence = '', messages] = text.split(' ');
    answers.addStream(stream, kind, Number(confidence));
    const { messages: _, ...key } = classLine(source);
    const number = truth.numberOf(key);
    answers.add(
      {
        ...key,
        stream,
        kind,
        confidence: Number(confidence),
        messages: Number(messages ?? (number === undefined ? 1 : truth.messages[number])),
      },
      truth,
    );
  }
  return answers;
}

function value(scores: readonly Score[], metric: string, by = 'message', stratum = 'all'): number | null | undefined {
  return scores.find((each) => each.metric === metric && each.by === by && each.stratum === stratum)?.value;
}

const world = ['192.0.2.1 gateway:90', '192.0.2.2 gateway:10', '192.0.2.3 letters:100', '192.0.2.9 botnet:50'];
const right = ['192.0.2.1 g own 1', '192.0.2.2 g own 1', '192.0.2.3 l third 1', '192.0.2.9 b forged 1'];

/** The answers of `right`, with those for some addresses put in their place. */
const but = (...others: string[]): string[] =>
  right.map((line) => others.find((other) => other.split(' ')[0] === line.split(' ')[0]) ?? line);

describe('scores', () => {
  const cases: [
    behaviour: string,
    truth: string[],
    answers: string[],
    metric: string,
    by: 'message' | 'row',
    wanted: number | null,
  ][] = [
    ['all right: precise', world, right, 'ours-precision', 'message', 1],
    ['a forger called ours, by message', world, but('192.0.2.9 b own 0.95'), 'ours-precision', 'message', 200 / 250],
    ['a forger called ours, by row', world, but('192.0.2.9 b own 0.95'), 'ours-precision', 'row', 3 / 4],
    ['below 0.9 nothing is said', world, but('192.0.2.9 b own 0.89'), 'ours-precision', 'message', 1],
    ['own for third is ours all the same', world, but('192.0.2.3 l own 1'), 'ours-precision', 'message', 1],
    ['abused is not ours', ['192.0.2.1 gateway:1', '192.0.2.2 replay:1'], ['192.0.2.1 g own 1', '192.0.2.2 g own 1'], 'ours-precision', 'row', 0.5],
    ['a class of several counts by its shares', ['192.0.2.1 gateway:3 botnet:1'], ['192.0.2.1 g own 1'], 'ours-precision', 'row', 0.75],
    ['nothing said: no precision', world, right.map((line) => line.replace(/ 1$/, ' 0.5')), 'ours-precision', 'row', null],
    ['undecided by kind', world, but('192.0.2.2 g undecided 1'), 'legitimate-undecided', 'message', 10 / 200],
    ['undecided by confidence', world, but('192.0.2.2 g own 0.6'), 'legitimate-undecided', 'row', 1 / 3],
    ['but not by kind', world, but('192.0.2.2 g own 0.6'), 'legitimate-undecided-by-kind', 'row', 0],
    ['said to be somebody else’s', world, but('192.0.2.2 g forged 0.9'), 'legitimate-said-otherwise', 'message', 0.05],
    ['and not undecided then', world, but('192.0.2.2 g forged 0.9'), 'legitimate-undecided', 'message', 0],
    ['forgers left undecided cost nothing', world, but('192.0.2.9 b undecided 0'), 'legitimate-undecided', 'message', 0],
    ['a small part of a stream called forged', world, but('192.0.2.2 g forged 1'), 'legitimate-streams-called-otherwise', 'message', 0],
    ['most of it', world, but('192.0.2.1 g forged 1'), 'legitimate-streams-called-otherwise', 'message', 1],
    ['half of its rows is not most', world, but('192.0.2.1 g forged 1'), 'legitimate-streams-called-otherwise', 'row', 0],
    ['called a forwarder', world, but('192.0.2.3 l forwarder 0.9'), 'legitimate-streams-called-otherwise', 'row', 1],
    ['with little confidence', world, but('192.0.2.3 l forwarder 0.8'), 'legitimate-streams-called-otherwise', 'row', 0],
    ['abused is a suspicion, not somebody else', world, but('192.0.2.3 l abused 1'), 'legitimate-streams-called-otherwise', 'row', 0],
    ['a found stream called forged that is mostly ours', world, ['192.0.2.9 b forged 1', '192.0.2.1 b own 1'], 'found-streams-called-otherwise', 'message', 1],
    ['a forged class called ours', world, but('192.0.2.9 b third 0.9'), 'forged-called-ours', 'row', 1],
    ['and its messages', world, but('192.0.2.9 b third 0.9'), 'forged-called-ours', 'message', 50],
    ['forgers behind a shared address are one class', ['192.0.2.1 letters:40 @m', '192.0.2.2 botnet:60 @m', '192.0.2.3 botnet:9'], ['192.0.2.1 l third 1', '192.0.2.2 l third 1', '192.0.2.3 b forged 1'], 'forged-called-ours', 'row', 1],
    ['with less than half forged it is not', ['192.0.2.1 letters:60 @m', '192.0.2.2 botnet:40 @m'], ['192.0.2.1 l third 1', '192.0.2.2 l third 1'], 'forged-called-ours', 'row', 0],
    ['calibrated', world, right, 'calibration-error', 'message', 0],
    ['own for third is wrong here', world, but('192.0.2.3 l own 1'), 'calibration-error', 'row', 0.25],
    ['undecided says nothing', world, but('192.0.2.3 l undecided 1'), 'calibration-error', 'row', 0],
    ['the same streams', world, right, 'b-cubed-f', 'row', 1],
    ['two streams in one', world, but('192.0.2.3 g own 1'), 'b-cubed-f', 'row', ((2 * (2 / 3)) / (5 / 3) + (2 * (1 / 3)) / (4 / 3)) / 2],
    ['what is not ours does not count there', world, but('192.0.2.9 g own 1'), 'b-cubed-f', 'row', 1],
    ['nor here', world, but('192.0.2.9 g own 1'), 'adjusted-rand', 'row', 1],
    ['found', world, right, 'streams-found', 'message', 1],
    ['fewer than 20 messages are not asked for', [...world, '192.0.2.5 payroll:19'], [...right, '192.0.2.5 g own 1'], 'streams-found', 'row', 1],
    ['20 are', [...world, '192.0.2.5 payroll:20'], [...right, '192.0.2.5 g own 1'], 'streams-found', 'row', 2 / 3],
    ['half of its classes is not found', world, but('192.0.2.2 x own 1'), 'streams-found', 'row', 0.5],
    ['in a stream that is mostly another', world, but('192.0.2.1 l own 1', '192.0.2.2 l own 1'), 'streams-found', 'row', 0.5],
    ['by message', world, but('192.0.2.9 l third 1'), 'streams-found', 'message', 1],
    ['streams by origins', world, but('192.0.2.2 x own 1'), 'streams-per-origin', 'row', 4 / 3],
  ]; // prettier-ignore
  for (const [behaviour, classes, lines, metric, by, wanted] of cases) {
    it(`${metric}: ${behaviour}`, () => {
      const truth = truthOf(classes);
      const found = value(scoreAnswers(truth, answersOf(truth, lines)), metric, by);
      if (wanted === null || found == null) assert.equal(found, wanted);
      else assert.ok(Math.abs(found - wanted) < 1e-9, `${found} is not ${wanted}`);
    });
  }
  it('are told by stratum', () => {
    const truth = truthOf(['192.0.2.1 gateway:1', '198.51.100.1 gateway:3', '198.51.100.2 botnet:1']);
    const scores = scoreAnswers(
      truth,
      answersOf(truth, ['192.0.2.1 g own 1', '198.51.100.1 g undecided 1', '198.51.100.2 g own 1']),
    );
    assert.deepEqual(
      ['aligned', 'unaligned-at-catalogued-sender', 'rest', 'all'].map((each) =>
        value(scores, 'ours-precision', 'row', each),
      ),
      [0, null, 1, 0.5],
    );
    assert.equal(value(scores, 'legitimate-undecided', 'message', 'aligned'), 1);
    assert.equal(value(scores, 'legitimate-undecided', 'message', 'all'), 0.75);
  });
});

describe('the oracle', () => {
  const cases: [behaviour: string, classes: string[], wanted: [kind: number, stream: string][]][] = [
    ['knows what is of one kind', ['192.0.2.1 gateway:10', '192.0.2.2 botnet:3'], [[0, 'gateway'], [3, 'botnet']]],
    ['is sure at 99.5 %', ['192.0.2.1 gateway:995 botnet:5'], [[0, 'gateway']]],
    ['and not below', ['192.0.2.1 gateway:994 botnet:6'], [[5, 'gateway']]],
    ['of two that are ours names the likelier', ['192.0.2.1 gateway:60 letters:40'], [[0, 'gateway']]],
    ['does not see whose a shared address is', ['192.0.2.1 letters:30 @m', '192.0.2.2 botnet:70 @m'], [[5, 'botnet'], [5, 'botnet']]],
    ['of different senders they are different classes', ['192.0.2.1 letters:30 @m', '192.0.2.2 botnet:70 @n'], [[1, 'letters'], [3, 'botnet']]],
  ]; // prettier-ignore
  for (const [behaviour, classes, wanted] of cases) {
    it(behaviour, () => {
      const oracle = oracleAnswers(truthOf(classes));
      assert.deepEqual(
        oracle.kindOf.map((kind, line) => [kind, oracle.streamIds[oracle.streamOf[line]!]]),
        wanted,
      );
    });
  }
  it('meets every target of its own', () => {
    const truth = truthOf([
      ...world,
      '192.0.2.7 letters:30 @m',
      '192.0.2.8 neighbour:70 @m',
      '192.0.2.6 alumni:5',
      '192.0.2.5 replay:4',
    ]);
    const oracle = oracleAnswers(truth);
    const scores = scoreAnswers(truth, oracle);
    const missed = hold(scores, scores, false).filter(({ met }) => met === false);
    assert.deepEqual(missed, []);
    assert.ok(hold(scores, scores, false).some(({ met }) => met === true));
  });
});

describe('targets', () => {
  const one = (
    metric: string,
    found: number | null,
    ceiling: number | null,
    stratum: Score['stratum'] = 'all',
    by: Score['by'] = 'row',
  ) => {
    const score = { metric, by, stratum, low: null, high: null, n: 1 };
    return (isWithoutReverse = false) => {
      const [held] = hold([{ ...score, value: found }], [{ ...score, value: ceiling }], isWithoutReverse);
      return [held?.target, held?.met];
    };
  };
  const cases: [behaviour: string, ReturnType<typeof one>, target: number | null, met: boolean | null][] = [
    ['precise enough', one('ours-precision', 0.995, 1, 'rest'), 0.995, true],
    ['not precise enough', one('ours-precision', 0.9949, 1, 'rest'), 0.995, false],
    ['nothing said is not imprecise', one('ours-precision', null, 1, 'rest'), 0.995, true],
    ['three points', one('legitimate-undecided', 0.08, 0.05, 'aligned'), 0.08, true],
    ['and no more', one('legitimate-undecided', 0.081, 0.05, 'aligned'), 0.08, false],
    ['thirty in the rest', one('legitimate-undecided', 0.34, 0.05, 'rest'), 0.35, true],
    ['over all for the record', one('legitimate-undecided', 0.9, 0.05), null, null],
    ['a floor', one('b-cubed-f', 0.95, 1), 0.95, true],
    ['or near the oracle', one('b-cubed-f', 0.9, 0.92), 0.9, true],
    ['or neither', one('b-cubed-f', 0.89, 0.92), 0.9, false],
    ['streams that an oracle finds', one('streams-found', 0.9, 1), 1, false],
    ['nothing to settle is not settled', one('settled-messages', null, null), 0.99, false],
    ['messages of forgers are for the record', one('forged-called-ours', 5, 0, 'all', 'message'), null, null],
  ]; // prettier-ignore
  for (const [behaviour, held, target, met] of cases) it(behaviour, () => assert.deepEqual(held(), [target, met]));
  it('without reverse DNS precision holds, and more may be left undecided', () => {
    assert.deepEqual(one('ours-precision', 0.9, 1, 'rest')(true), [0.995, false]);
    assert.deepEqual(one('legitimate-undecided', 0.9, 0, 'aligned')(true), [null, null]);
  });
});

describe('a person at the queue', () => {
  const classes = [
    '192.0.2.1 gateway:900',
    '192.0.2.2 letters:99',
    '192.0.2.3 payroll:1',
    '192.0.2.4 alumni:20',
    '192.0.2.9 botnet:50',
  ];
  const lines = [
    '192.0.2.1 g own 0.5',
    '192.0.2.2 l undecided 0',
    '192.0.2.3 g own 0.5',
    '192.0.2.4 f undecided 0',
    '192.0.2.9 l undecided 0',
  ];
  const truth = truthOf(classes);
  const answers = answersOf(truth, lines);
  const cases: [behaviour: string, queue: QueueItem[], verdicts: string[], settled: number, streams: number, forged: number][] = [
    ['answers nothing', [], [], 0, 0, 0],
    ['answers by what most of it is', [{ stream: 'g' }, { stream: 'l' }, { stream: 'f' }], ['authorised', 'authorised', 'forwarder'], 1, 1, 1],
    ['a part of a stream', [{ stream: 'l', narrow: { sources: ['192.0.2.9'] } }], ['forbidden'], 0, 0, 0],
    ['a network of it', [{ stream: 'l', narrow: { sources: ['192.0.2.8/29'] } }], ['forbidden'], 0, 0, 0],
    ['a part stands against the whole, whichever came first', [{ stream: 'l', narrow: { sources: ['192.0.2.9'] } }, { stream: 'l' }], ['forbidden', 'authorised'], 0.099, 1 / 3, 0],
    ['by author domain', [{ stream: 'g', narrow: { authorDomains: ['a.example'] } }], ['authorised'], 0.901, 2 / 3, 0],
    ['of another author domain there is nothing', [{ stream: 'g', narrow: { authorDomains: ['b.example'] } }], ['forbidden'], 0, 0, 0],
    ['a stream nobody knows is vouched for by nobody', [{ stream: 'x' }], ['forbidden'], 0, 0, 0],
  ]; // prettier-ignore
  for (const [behaviour, queue, verdicts, settled, streams, forged] of cases) {
    it(behaviour, () => {
      const taken = answerQueue(truth, answers, queue, patience(truth));
      assert.deepEqual(
        taken.map(({ verdict }) => verdict),
        verdicts,
      );
      const scores = scoreDecisions(truth, answers, decided(truth, answers, taken), taken.length);
      assert.deepEqual(
        [
          value(scores, 'settled-messages'),
          value(scores, 'settled-streams'),
          value(scores, 'forged-authorised', 'row'),
          value(scores, 'decisions', 'row'),
        ],
        [settled, streams, forged, queue.length],
      );
    });
  }
  it('half of a stream is not most of it', () => {
    const halves = truthOf(['192.0.2.1 gateway:50', '192.0.2.2 gateway:50']);
    const told = answersOf(halves, ['192.0.2.1 g own 1', '192.0.2.2 x own 1']);
    const scores = scoreDecisions(halves, told, ['authorised', undefined], 1);
    assert.deepEqual([value(scores, 'settled-messages'), value(scores, 'settled-streams')], [0.5, 0]);
  });
  it('has the patience of 1.5 decisions for each stream of ours', () => {
    assert.equal(patience(truth), 4);
    const queue = ['x', 'y', 'z', 'x', 'g'].map((stream) => ({ stream }));
    assert.equal(answerQueue(truth, answers, queue, patience(truth)).length, 4);
  });
  it('settles everything with the queue of the oracle', () => {
    const oracle = oracleAnswers(truth);
    const queue = oracleQueue(truth, oracle);
    assert.deepEqual(
      queue.map(({ stream }) => stream),
      ['gateway', 'letters', 'payroll'],
    );
    const taken = answerQueue(truth, oracle, queue, patience(truth));
    const scores = scoreDecisions(truth, oracle, decided(truth, oracle, taken), taken.length);
    assert.deepEqual(
      ['settled-messages', 'settled-streams', 'forged-authorised'].map((metric) => value(scores, metric)),
      [1, 1, 0],
    );
  });
});

describe('lines and classes', () => {
  const truth = truthOf(world);
  it('a line that the truth does not know is counted, and nothing else is made of it', () => {
    const answers = answersOf(truth, [...right, '192.0.2.77 b forged 1 7']);
    assert.deepEqual([answers.size, answers.unmatched.rows, answers.unmatched.messages], [4, 1, 7]);
    const totals = { messages: { gateway: 100, letters: 100, botnet: 50 }, reports: 1, rows: 4, sources: 4 };
    const scores = scoreTotals(truth, totals, answers);
    assert.deepEqual(
      ['totals-moved', 'unmatched-messages'].map((metric) => value(scores, metric)),
      [7 / 250, 7 / 250],
    );
    assert.equal(value(scores, 'unmatched-rows', 'row'), 1);
    assert.equal(value(scoreTotals(truth, totals, answersOf(truth, right.slice(1))), 'missing-classes', 'row'), 1);
  });
  const wrong: [behaviour: string, line: string][] = [
    ['a kind nobody knows', '192.0.2.1 g ours 1'],
    ['a confidence above 1', '192.0.2.1 g own 1.2'],
    ['no confidence', '192.0.2.1 g own x'],
  ];
  for (const [behaviour, line] of wrong)
    it(`${behaviour} is an error`, () => assert.throws(() => answersOf(truth, [line]), AnswerError));
  it('a stream that is not in the list is an error', () => {
    const { messages: _, ...key } = classLine('192.0.2.1');
    assert.throws(
      () => new Answers().add({ ...key, stream: 'x', kind: 'own', confidence: 1, messages: 1 }, truth),
      AnswerError,
    );
  });
  it('a class that is there twice, or is of nobody, is an error of the world', () => {
    assert.throws(() => truthOf(['192.0.2.1 gateway:1', '192.0.2.1 botnet:1']), TruthError);
    assert.throws(() => truthOf(['192.0.2.1 nobody:1']), TruthError);
  });
});

describe('strata', () => {
  const key = (source: string, spf: [string, string, string] | null, dkim: [string, string, string][] = []) => ({
    source,
    authorDomain: 'news.a.example',
    envelopeDomain: null,
    dkim,
    spf,
  });
  const aligned: [behaviour: string, ReturnType<typeof key>, wanted: boolean][] = [
    ['neither', key('192.0.2.1', null), false],
    ['SPF of the organisation', key('192.0.2.1', ['bounce.a.example', 'mfrom', 'pass']), true],
    ['SPF that did not pass', key('192.0.2.1', ['a.example', 'mfrom', 'softfail']), false],
    ['SPF of another', key('192.0.2.1', ['b.example', 'mfrom', 'pass']), false],
    ['any DKIM of the organisation', key('192.0.2.1', null, [['b.example', 's', 'pass'], ['a.example', 's', 'pass']]), true],
    ['DKIM that did not pass', key('192.0.2.1', null, [['a.example', 's', 'fail']]), false],
  ]; // prettier-ignore
  for (const [behaviour, each, wanted] of aligned) it(behaviour, () => assert.equal(isAligned(each), wanted));
  const of = strataBy('prefix,asn,name,country\n248.0.0.0/22,1,x,NL\n2001:db8:4::/48,2,y,NL\n');
  const places: [source: string, stratum: number][] = [
    ['248.0.3.255', 2],
    ['248.0.4.0', 1],
    ['2001:db8:4:ffff::1', 2],
    ['2001:db8:5::1', 1],
    ['nowhere', 2],
  ];
  for (const [source, stratum] of places)
    it(`unaligned from ${source}`, () => assert.equal(of(key(source, null)), stratum));
  it('aligned from anywhere', () => assert.equal(of(key('248.0.0.1', ['a.example', 'mfrom', 'pass'])), 0));
});

describe('the page', () => {
  it('shows what misses its target, and nothing of the machine', () => {
    const world = { seed: 'judge-x', size: 'small', forgedShare: 0.05 };
    const score = { by: 'row', stratum: 'all', low: null, high: null, n: 1 } as const;
    const lines = [
      ...hold([{ ...score, metric: 'b-cubed-f', value: 0.91 }], [{ ...score, metric: 'b-cubed-f', value: 1 }], false),
      ...hold([{ ...score, metric: 'attribution-seconds', value: 3.21 }], [], false),
      ...hold([{ ...score, metric: 'ours-precision', value: 0.99999 }], [], false),
    ].map((held) => ({ ...held, world }));
    const text = page(lines);
    assert.match(text, /\| b-cubed-f \| all \| row \| \*\*0\.9100\*\* \(1\) \| 0\.9500 \|/);
    assert.match(text, /\| ours-precision \| all \| row \| 0\.9999 \|/);
    assert.match(text, /1 of 2 targets are met/);
    assert.doesNotMatch(text, /seconds|3\.21/);
  });
});
