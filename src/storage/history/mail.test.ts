// The sums by combination and manner: whatever happens to the facts, they answer as the facts do.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Question } from '../../protection/history.ts';
import { HistoryStore, factBuffer } from './index.ts';
import { flagBits, never } from './schema.ts';

interface Fact {
  readonly report: number;
  readonly day: number;
  readonly earlier: boolean;
  readonly source: number;
  readonly author: number;
  readonly envelope: number;
  readonly auth: number;
  readonly reporter: number;
  readonly reasons: number;
  readonly flags: number;
  readonly messages: number;
}

const questions: readonly Question[] = [
  {
    by: [
      'source',
      'auth',
      'authorDomain',
      'envelopeFrom',
      'dkim',
      'spf',
      'disposition',
      'reasons',
      'reporter',
      'generation',
    ],
    measures: ['messages'],
  },
  {
    by: ['source', 'auth', 'authorDomain', 'envelopeFrom', 'alignment'],
    measures: ['messages', 'rows', 'firstDay', 'lastDay'],
  },
  { by: ['authorDomain', 'source', 'auth', 'envelopeFrom', 'reporter'], measures: ['messages'] },
  { by: ['source', 'auth', 'authorDomain', 'envelopeFrom'], measures: ['rows', 'lastDay'], where: { since: 0 } },
  { by: ['reporter', 'generation', 'disposition', 'reasons'], measures: ['messages', 'rows', 'lastDay'] },
  {
    by: ['source', 'auth', 'authorDomain', 'envelopeFrom', 'spf'],
    measures: ['messages'],
    where: { underDomain: ['name2.example', 'example.net'] },
  },
];

const column: Readonly<Record<string, (fact: Fact) => number>> = {
  source: ({ source }) => source,
  auth: ({ auth }) => auth,
  authorDomain: ({ author }) => author,
  envelopeFrom: ({ envelope }) => envelope,
  reporter: ({ reporter }) => reporter,
  reasons: ({ reasons }) => reasons,
  ...Object.fromEntries(
    Object.entries(flagBits).map(([name, { shift, mask }]) => [name, ({ flags }: Fact) => (flags >> shift) & mask]),
  ),
};

/** The answer as lines, worked out from the facts one by one. */
function expected(facts: readonly Fact[], { by, measures, where }: Question): string[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (where?.underDomain !== undefined && fact.author !== 2) continue;
    const key = by.map((name) => column[name]!(fact)).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const sums = {
    messages: (group: Fact[]) => group.reduce((sum, { messages }) => sum + messages, 0),
    rows: (group: Fact[]) => group.filter(({ earlier }) => !earlier).length,
    firstDay: (group: Fact[]) => Math.min(...group.map(({ day }) => day)),
    lastDay: (group: Fact[]) => Math.max(...group.map(({ day }) => day)),
  };
  return [...groups]
    .map(([key, group]) => `${key}: ${measures.map((name) => sums[name as keyof typeof sums](group)).join(' ')}`)
    .sort();
}

async function answered(store: HistoryStore, question: Question): Promise<string[]> {
  const answer = await store.ask(question);
  return Array.from({ length: answer.length }, (_, at) => {
    const value = (name: keyof typeof answer): number => (answer[name] as Float64Array)[at]!;
    return `${question.by.map(value).join(' ')}: ${question.measures.map(value).join(' ')}`;
  }).sort();
}

const factArbitrary = fc.record({
  day: fc.integer({ min: 100, max: 120 }),
  earlier: fc.boolean(),
  source: fc.integer({ min: 0, max: 5 }),
  author: fc.integer({ min: 0, max: 3 }),
  envelope: fc.integer({ min: 0, max: 2 }),
  auth: fc.integer({ min: 0, max: 3 }),
  reporter: fc.integer({ min: 0, max: 2 }),
  reasons: fc.integer({ min: 0, max: 2 }),
  flags: fc.nat(0x7fff),
  messages: fc.oneof(fc.nat(50), fc.constant(2 ** 33)),
});
const factsArbitrary = (from: number, to: number): fc.Arbitrary<Omit<Fact, 'report'>[]> =>
  fc.array(factArbitrary, { minLength: from, maxLength: to });
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('file' as const), facts: factsArbitrary(1, 6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('killed' as const), facts: factsArbitrary(1, 6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), day: fc.integer({ min: 100, max: 112 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'damage' as const }) },
);

/** A history in a folder of its own, and the facts that should be in it. */
class Filled {
  readonly directory = mkdtempSync(join(tmpdir(), 'zegel-mail-'));
  store!: HistoryStore;
  facts: Fact[] = [];
  #report = 0;

  async open(): Promise<void> {
    mkdirSync(join(this.directory, 'exports'), { recursive: true });
    const file = join(this.directory, 'facts.duckdb');
    const limits = { memoryMb: 64, threads: 1, mailFrom: 0 };
    const rule = { alignment: () => 0, rule: 'test' };
    this.store = await HistoryStore.open({ file, exports: join(this.directory, 'exports'), ...rule, ...limits });
  }

  /** @param isHeardOf whether the register hears of it: else its facts go when the history is opened next */
  async file(facts: readonly Omit<Fact, 'report'>[], isHeardOf = true): Promise<void> {
    const dictionaries = await this.store.loaded();
    for (let name = 1; name < 4; name++) dictionaries.names.number(`name${name}.example`);
    const before = this.#report;
    const buffer = factBuffer();
    buffer.reserve(facts.length);
    const { integers } = buffer;
    for (const [at, each] of facts.entries()) {
      const fact = { ...each, report: before + 1 + (at >> 2) };
      this.#report = fact.report;
      if (isHeardOf) this.facts.push(fact);
      buffer.length += 1;
      integers.report[at] = fact.report;
      integers.day[at] = fact.day;
      integers.earlier[at] = fact.earlier ? fact.day - 1 : never;
      integers.source[at] = fact.source;
      integers.author_domain[at] = fact.author;
      integers.policy_domain[at] = 1;
      integers.reporter[at] = fact.reporter;
      integers.envelope_from[at] = fact.envelope;
      integers.auth[at] = fact.auth;
      integers.reasons[at] = fact.reasons;
      integers.flags[at] = fact.flags;
      integers.spread[at] = 1;
      buffer.messages[at] = fact.messages;
    }
    const filing = this.store.filing;
    await this.store.write(filing + 1, buffer, []);
    if (isHeardOf) return;
    // Asked before the kill is put right, so that a copy knows of what goes.
    await this.store.ask(questions[0]!);
    await this.store.withdrawAbove(before, filing);
    this.#report = before;
  }

  async compare(): Promise<void> {
    for (const question of questions)
      assert.deepEqual(await answered(this.store, question), expected(this.facts, question));
    if (this.facts.length > 0) assert.ok(existsSync(this.kept), 'there is no copy');
  }

  get kept(): string {
    return join(this.directory, 'mail.kept');
  }

  close(): void {
    this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

describe('sums by combination and manner', () => {
  test('filed, withdrawn, killed, dropped, opened again, damaged: they answer as the facts do', async () => {
    await fc.assert(
      fc.asyncProperty(
        factsArbitrary(30, 60),
        fc.array(stepArbitrary, { minLength: 1, maxLength: 5 }),
        async (first, steps) => {
          const filled = new Filled();
          await filled.open();
          try {
            await filled.file(first);
            await filled.compare();
            for (const step of steps) {
              if (step.do === 'file') await filled.file(step.facts);
              else if (step.do === 'killed') await filled.file(step.facts, false);
              else if (step.do === 'withdraw') {
                const report = filled.facts[step.which % Math.max(1, filled.facts.length)]?.report ?? 0;
                await filled.store.withdraw([report]);
                filled.facts = filled.facts.filter((fact) => fact.report !== report);
              } else if (step.do === 'drop') {
                await filled.store.dropBefore(step.day);
                const lastOf = (report: number): number =>
                  Math.max(...filled.facts.filter((fact) => fact.report === report).map(({ day }) => day));
                filled.facts = filled.facts.filter(({ report }) => lastOf(report) >= step.day);
              } else if (step.do === 'reopen') {
                filled.store.close();
                await filled.open();
              } else if (existsSync(filled.kept)) truncateSync(filled.kept, readFileSync(filled.kept).length - 3);
              await filled.compare();
            }
          } finally {
            filled.close();
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('what is filed later is added to the copy; where something was taken out it is made anew', async () => {
    const filled = new Filled();
    await filled.open();
    const fact = { day: 100, earlier: false, source: 1, author: 1, envelope: 1, auth: 1, reporter: 1, reasons: 0 };
    await filled.file(Array.from({ length: 40 }, (_, at) => ({ ...fact, source: at, flags: 0, messages: 1 })));
    await filled.compare();
    // The messages of the last row are the last four bytes: a copy that is added to keeps what stands in it.
    const bytes = readFileSync(filled.kept);
    bytes.writeUInt32LE(1001, bytes.length - 4);
    writeFileSync(filled.kept, bytes);
    const total = async (): Promise<number> =>
      (await filled.store.ask({ ...questions[2]!, measures: ['messages'] })).messages.reduce((a, b) => a + b, 0);
    await filled.file([{ ...fact, flags: 0, messages: 5 }]);
    assert.equal(await total(), 40 + 5 + 1000);
    await filled.store.withdraw([1]);
    assert.equal(await total(), 36 + 5);
    filled.close();
  });
});
