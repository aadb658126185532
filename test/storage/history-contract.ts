// What every history must do, whatever keeps it: run by the tests of each implementation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Dimension, History, Measure, Question, Where } from '../../src/protection/history.ts';
import { answerOf } from './model.ts';
import type { Filed, Said } from './model.ts';
import type { SampleReport, SampleRow } from './samples.ts';

/** A history that tests can fill. Alignment is judged by `sampleAlignment`. */
export interface FillableHistory {
  readonly history: History;
  /** Files these reports, all or none; the numbers they got, in order. `replaces` are reports that go in the same step. */
  file(reports: readonly SampleReport[], replaces?: readonly number[]): Promise<number[]>;
  /** Begins to file these reports, and takes it back. */
  fileInVain(reports: readonly SampleReport[]): Promise<void>;
  /** Lets go of it and opens it again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

const DAY = 86_400;
const allDimensions: readonly Dimension[] = [
  'alignment',
  'auth',
  'authorDomain',
  'day',
  'disposition',
  'dkim',
  'envelopeFrom',
  'generation',
  'origin',
  'policyDomain',
  'reasons',
  'report',
  'reporter',
  'source',
  'spf',
  'spread',
];
const allMeasures: readonly Measure[] = ['firstDay', 'lastDay', 'messages', 'reporters', 'reports', 'rows', 'sources'];

const domains = ['bank.example', 'mail.bank.example', 'mybank.example', 'shop.example'];
const rowArbitrary: fc.Arbitrary<SampleRow> = fc.record(
  {
    source: fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1'),
    headerFrom: fc.constantFrom(...domains),
    envelopeFrom: fc.constantFrom('', 'bounce.example', 'bank.example'),
    auth: fc.record({
      dkim: fc.array(
        fc.record(
          {
            domain: fc.constantFrom('bank.example', 'd.bank.example', 'esp.example'),
            selector: fc.constantFrom('s1', 's2'),
            result: fc.constantFrom('pass' as const, 'fail' as const),
            humanResult: fc.constant('body hash did not verify'),
          },
          { requiredKeys: ['result'] },
        ),
        { maxLength: 2 },
      ),
      spf: fc.array(
        fc.record({ domain: fc.constantFrom('shop.example', 'b.shop.example'), result: fc.constant('pass' as const) }),
        { maxLength: 1 },
      ),
    }),
    reasons: fc.array(
      fc.record({ type: fc.constantFrom('forwarded' as const, 'other' as const), comment: fc.constant("d'ou = \n") }),
      { maxLength: 1 },
    ),
    disposition: fc.constantFrom('none' as const, 'pass' as const, 'quarantine' as const, 'reject' as const),
    dkim: fc.constantFrom('pass' as const, 'fail' as const),
    spf: fc.constantFrom('pass' as const, 'fail' as const),
    count: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(2 ** 40 + 1)),
  },
  { requiredKeys: ['count'] },
);
const reportArbitrary: fc.Arbitrary<SampleReport> = fc
  .record({
    id: fc.uuid(),
    reporter: fc.constantFrom('google.example', 'yahoo.example'),
    policyDomain: fc.constantFrom('bank.example', 'shop.example'),
    begin: fc.integer({ min: 19_000 * DAY, max: 19_003 * DAY }),
    span: fc.oneof(fc.constant(DAY - 1), fc.integer({ min: 0, max: 8 * DAY })),
    generation: fc.constantFrom('rfc7489' as const, 'rfc9990' as const),
    rows: fc.array(rowArbitrary, { maxLength: 5 }),
  })
  .map(({ span, ...report }) => ({ ...report, end: report.begin + span }));

const dayArbitrary = fc.integer({ min: 18_999, max: 19_010 });
const whereArbitrary: fc.Arbitrary<Where> = fc.record(
  {
    since: dayArbitrary,
    until: dayArbitrary,
    authorDomain: fc.subarray([...domains, 'never.example']),
    underDomain: fc.subarray(['bank.example', 'example', "o'brien.example"], { minLength: 1 }),
    policyDomain: fc.subarray(['bank.example', 'shop.example']),
    reporter: fc.subarray(['google.example', 'yahoo.example']),
    source: fc.subarray(['192.0.2.1', '2001:db8::1', '192.0.2.77']),
    origin: fc.subarray(['report' as const, 'own-log' as const]),
    report: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
/** Conditions that leave something: one that is narrowed in eight ways leaves nothing to count wrong. */
const looseWhereArbitrary: fc.Arbitrary<Where> = fc.oneof(
  fc.constant({}),
  fc.record({ since: dayArbitrary }),
  fc.record({ since: dayArbitrary, until: dayArbitrary }),
  fc.record({ until: dayArbitrary, underDomain: fc.constant(['example']) }),
  whereArbitrary.map((where) => Object.fromEntries(Object.entries(where).slice(0, 1)) as Where),
);
/** Questions about combinations and how they were met, whole or of some domains. */
const mailQuestionArbitrary: fc.Arbitrary<Question> = fc.record({
  where: fc.oneof(
    fc.constant({}),
    fc.record({ underDomain: fc.subarray(['bank.example', 'example', 'shop.example'], { minLength: 1 }) }),
    fc.record({ authorDomain: fc.subarray([...domains, 'never.example']) }),
  ),
  by: fc
    .tuple(
      fc.constantFrom<readonly Dimension[]>([], ['source', 'auth', 'authorDomain', 'envelopeFrom']),
      fc.subarray<Dimension>(
        ['alignment', 'disposition', 'dkim', 'generation', 'origin', 'reasons', 'reporter', 'spf'],
        { minLength: 1 },
      ),
    )
    .map((parts) => parts.flat()),
  measures: fc.subarray<Measure>(['messages', 'rows', 'firstDay', 'lastDay'], { minLength: 1 }),
});
const anyQuestionArbitrary: fc.Arbitrary<Question> = fc.record({
  where: fc.oneof({ weight: 5, arbitrary: looseWhereArbitrary }, { weight: 1, arbitrary: whereArbitrary }),
  by: fc.oneof(
    fc.subarray([...allDimensions], { maxLength: 4 }),
    // What an assessment asks for whole.
    fc.constant(['source', 'auth', 'authorDomain', 'alignment', 'dkim', 'spf', 'disposition'] as const),
  ),
  measures: fc.oneof(fc.constant(allMeasures), fc.subarray([...allMeasures], { minLength: 1 })),
});

const questionArbitrary = fc.oneof(anyQuestionArbitrary, mailQuestionArbitrary);

type Step =
  | { readonly do: 'file'; readonly reports: readonly SampleReport[] }
  | { readonly do: 'replace'; readonly which: number; readonly by: SampleReport }
  | { readonly do: 'file-in-vain'; readonly reports: readonly SampleReport[] }
  | { readonly do: 'reopen' };

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('file' as const), reports: fc.array(reportArbitrary, { maxLength: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('replace' as const), which: fc.nat(), by: reportArbitrary }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('file-in-vain' as const),
      reports: fc.array(reportArbitrary, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
);

/** The tests of the contract. @param open makes an empty history */
export function historyContract(name: string, open: () => Promise<FillableHistory>): void {
  describe(`${name}: the contract of History`, () => {
    test('an empty history answers nothing', async () => {
      const filled = await open();
      for (const by of [[], ['day'], ['source', 'auth']] satisfies Dimension[][]) {
        const answer = await filled.history.ask({ by, measures: ['messages', 'rows', 'firstDay'] });
        assert.equal(answer.length, 0);
        assert.deepEqual(answer.messages, new Float64Array(0));
        for (const dimension of by) assert.deepEqual(answer[dimension as never], new Int32Array(0));
      }
      await filled.close();
    });

    test('whatever is filed, replaced, taken back and opened again: every question is answered as the list answers it', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }),
          fc.array(questionArbitrary, { minLength: 1, maxLength: 6 }),
          async (steps, questions) => {
            const filled = await open();
            try {
              const filed = new Map<number, SampleReport>();
              for (const step of steps) {
                await take(step, filled, filed);
                for (const question of questions) await compare(filled.history, filed, question);
              }
            } finally {
              await filled.close();
            }
          },
        ),
        { numRuns: 12 },
      );
    });

    test('limit gives the greatest by the first measure, the greatest first', async () => {
      const filled = await open();
      const rows = [5, 9, 1, 7].map((count, index) => ({ source: `192.0.2.${index}`, count }));
      await filled.file([{ ...sample, rows }]);
      const answer = await filled.history.ask({ by: ['source'], measures: ['messages'], limit: 2 });
      const dictionaries = await filled.history.dictionaries();
      assert.deepEqual([...answer.messages], [9, 7]);
      assert.deepEqual(
        [...answer.source].map((id) => dictionaries.address(id)),
        ['192.0.2.1', '192.0.2.3'],
      );
      await filled.close();
    });

    test('a report of several days: its messages are laid over them, and its rows are counted once', async () => {
      const filled = await open();
      // Three days and a bit, from noon on; the second row has too few messages for every day.
      const rows = [{ count: 7 }, { count: 1 }, { count: 0 }];
      await filled.file([{ ...sample, begin: 19_000 * DAY + DAY / 2, end: 19_003 * DAY + DAY / 2 - 1, rows }]);
      const ask = async (by: readonly Dimension[], where: Where): Promise<number[][]> => {
        const answer = await filled.history.ask({ by, where, measures: ['messages', 'rows', 'firstDay', 'lastDay'] });
        const columns = [answer.messages, answer.rows, answer.firstDay, answer.lastDay];
        return Array.from({ length: answer.length }, (_, row) => columns.map((column) => column[row]!)).sort(
          (a, b) => a[2]! - b[2]!,
        );
      };
      assert.deepEqual(await ask(['day'], {}), [
        [2, 2, 19_000, 19_000],
        [3, 2, 19_001, 19_001],
        [3, 1, 19_002, 19_002],
      ]);
      assert.deepEqual(await ask([], {}), [[8, 3, 19_000, 19_002]]);
      assert.deepEqual(await ask(['spread'], { since: 19_001 }), [[6, 2, 19_001, 19_002]]);
      assert.deepEqual(await ask(['source'], { since: 19_002, until: 19_002 }), [[3, 1, 19_002, 19_002]]);
      assert.deepEqual(await ask([], { until: 19_000 }), [[2, 2, 19_000, 19_000]]);
      await filled.close();
    });

    test('messages are exact beyond 2^32', async () => {
      const filled = await open();
      const rows = [2 ** 45 + 1, 2 ** 45 + 3, 1].map((count) => ({ source: '192.0.2.1', count }));
      await filled.file([{ ...sample, rows }]);
      const answer = await filled.history.ask({ by: [], measures: ['messages'] });
      assert.deepEqual([...answer.messages], [2 ** 46 + 5]);
      await filled.close();
    });
  });
}

const sample: SampleReport = {
  id: 'one',
  reporter: 'google.example',
  policyDomain: 'bank.example',
  begin: 19_000 * DAY,
  end: 19_001 * DAY - 1,
  rows: [],
};

async function take(step: Step, filled: FillableHistory, filed: Map<number, SampleReport>): Promise<void> {
  switch (step.do) {
    case 'file': {
      const numbers = await filled.file(step.reports);
      for (const [index, number] of numbers.entries()) filed.set(number, step.reports[index]!);
      return;
    }
    case 'replace': {
      const old = [...filed.keys()][step.which % Math.max(1, filed.size)];
      const [number] = await filled.file([step.by], old === undefined ? [] : [old]);
      if (old !== undefined) filed.delete(old);
      filed.set(number!, step.by);
      return;
    }
    case 'file-in-vain':
      await filled.fileInVain(step.reports);
      return;
    case 'reopen':
      await filled.reopen();
      return;
    default:
      throw new Error('no such step');
  }
}

/** Asks, and holds the answer against that of the list. */
async function compare(history: History, filed: Filed, question: Question): Promise<void> {
  const answer = await history.ask(question);
  const dictionaries = await history.dictionaries();
  const said: Readonly<Partial<Record<Dimension, (number: number) => Said>>> = {
    auth: (number) => {
      const auth = dictionaries.auth(number);
      return auth === undefined ? undefined : canonical(auth);
    },
    authorDomain: (number) => dictionaries.name(number),
    envelopeFrom: (number) => dictionaries.name(number),
    policyDomain: (number) => dictionaries.name(number),
    reasons: (number) => JSON.stringify(dictionaries.reasons(number)),
    reporter: (number) => dictionaries.reporter(number),
    source: (number) => dictionaries.address(number),
  };
  const found = new Map<string, number[]>();
  for (let row = 0; row < answer.length; row++) {
    const key = question.by.map((dimension) => {
      const number = answer[dimension][row]!;
      return (said[dimension] === undefined ? number : said[dimension](number)) ?? null;
    });
    const text = JSON.stringify(key);
    assert.ok(!found.has(text), `two groups are the same: ${text}`);
    found.set(
      text,
      question.measures.map((name) => answer[name][row]!),
    );
  }
  const expected = answerOf(filed, question);
  const canonicalKeys = new Map(
    [...expected].map(([key, values]) => {
      const parts = JSON.parse(key) as Said[];
      const at = question.by.indexOf('auth');
      const auth = at === -1 ? null : parts[at];
      if (typeof auth === 'string') parts[at] = canonical(JSON.parse(auth));
      return [JSON.stringify(parts), values];
    }),
  );
  assert.deepEqual(sorted(found), sorted(canonicalKeys), JSON.stringify(question));
}

/** A structure as text, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function sorted(groups: ReadonlyMap<string, number[]>): [string, number[]][] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
