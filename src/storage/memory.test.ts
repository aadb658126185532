import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { sampleAlignment } from '../../test/storage/model.ts';
import { arrival, asBatch, entryOf, keyOf, sampleDictionaries } from '../../test/storage/samples.ts';
import type { SampleReport } from '../../test/storage/samples.ts';
import type { Arrival, Filing, Original } from '../protection/ingestion/index.ts';
import { blockRows } from './history/index.ts';
import { openMemory, retentionSettings } from './index.ts';
import type { Memory, MemoryOptions } from './index.ts';

const DAY = 86_400;
const DAY_MS = DAY * 1000;
const today = 19_400;

const report: SampleReport = {
  id: 'r1',
  reporter: 'mail.example',
  policyDomain: 'bank.example',
  begin: 19_000 * DAY,
  end: 19_001 * DAY - 1,
  rows: [
    {
      source: '192.0.2.1',
      headerFrom: 'bank.example',
      envelopeFrom: '',
      auth: { dkim: [{ domain: 'bank.example', selector: 's1', result: 'pass' }], spf: [] },
      dkim: 'pass',
      spf: 'fail',
      disposition: 'none',
      reasons: [{ type: 'forwarded', comment: '=cmd()' }],
      count: 7,
    },
    { source: '2001:db8::1', headerFrom: 'bank.example', count: 3 },
  ],
};

describe('the memory', () => {
  let directory: string;
  let memory: Memory;
  let now: number;
  const open = async (options: Partial<MemoryOptions> = {}): Promise<Memory> => {
    memory = await openMemory({
      directory,
      alignment: sampleAlignment,
      rule: 'sample',
      clock: () => now,
      memoryMb: 64,
      threads: 1,
      ...options,
    });
    return memory;
  };
  const reopen = async (options: Partial<MemoryOptions> = {}): Promise<Memory> => {
    await memory.close();
    return open(options);
  };
  const keepOne = async (text: string): Promise<Original> => (await memory.archive.keep([arrival(text)]))[0]!.original;
  const addTo = (filing: Filing, original: Original, added: SampleReport): number => {
    const dictionaries = sampleDictionaries();
    const filed = filing.report(original);
    filed.rows(asBatch(added.rows, dictionaries), dictionaries);
    return filed.count(entryOf(added));
  };
  const fileOne = async (added: SampleReport, text = added.id): Promise<number> => {
    const original = await keepOne(text);
    const filing = await memory.archive.begin();
    const number = addTo(filing, original, added);
    filing.done(original);
    await filing.commit();
    return number;
  };
  const messages = async (): Promise<number> =>
    (await memory.history.ask({ by: [], measures: ['messages'] })).messages[0] ?? 0;
  const bytesOf = async (original: Original): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const chunk of memory.archive.chunks(original)) parts.push(chunk);
    return Buffer.concat(parts).toString('utf8');
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'zegel-memory-'));
    now = today * DAY_MS;
  });
  afterEach(async () => {
    await memory.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('it is closed only when every question that was put is answered', async () => {
    await open();
    await fileOne(report);
    const answers = (['source', 'day', 'auth', 'reporter', 'report', 'reasons'] as const).map((by) =>
      memory.history
        .ask({ by: [by], measures: ['messages'] })
        .then((answer) => answer.messages.reduce((a, b) => a + b, 0)),
    );
    await memory.close();
    assert.deepEqual(await Promise.all(answers), [10, 10, 10, 10, 10, 10]);
    await open();
  });

  test('an answer holds until something is filed, and a damaged copy of it is worked out again', async () => {
    await open();
    await fileOne(report);
    let worked = 0;
    const ask = (question = 'q') =>
      memory.answer(question, async () => {
        worked += 1;
        return { messages: await messages() };
      });
    assert.deepEqual(await ask(), { messages: 10 });
    assert.deepEqual(await ask(), { messages: 10 });
    await reopen();
    assert.deepEqual(await ask(), { messages: 10 });
    assert.equal(worked, 1);
    await ask('another question');
    assert.equal(worked, 2);
    const folder = join(directory, 'history', 'answers');
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), 20);
    assert.deepEqual(await ask(), { messages: 10 });
    assert.equal(worked, 3);
    await fileOne({ ...report, id: 'r2' });
    assert.deepEqual(await ask(), { messages: 20 });
    for (let n = 0; n < 20; n++) await ask(`question ${n}`);
    assert.ok(readdirSync(folder).length <= 8);
  });

  test('one large answer is kept until something is filed; another takes its place; a damaged copy is none', async () => {
    await open();
    await fileOne(report);
    const value = { numbers: Float64Array.of(1, 0.5), places: Int32Array.of(-1), of: new Map([['a', [1]]]) };
    const before = (await memory.large())!;
    assert.equal(before.read('q'), undefined);
    before.write('q', value);
    assert.deepEqual(before.read('q'), value);
    assert.equal(before.read('another'), undefined);
    await reopen();
    assert.deepEqual((await memory.large())!.read('q'), value);
    await fileOne({ ...report, id: 'r2' });
    assert.equal((await memory.large())!.read('q'), undefined);
    // What was worked out of an earlier state is kept as that.
    before.write('q', value);
    assert.equal((await memory.large())!.read('q'), undefined);
    const now = (await memory.large())!;
    now.write('q', value);
    const path = join(directory, 'history', 'large.kept');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    for (const length of [60, 10]) {
      truncateSync(path, length);
      assert.equal(now.read('q'), undefined);
    }
  });

  test('an answer that depends on something else holds as long as that is the same', async () => {
    await open();
    await fileOne(report);
    const answer = (also: string) => memory.answer('q', () => Promise.resolve({ also }), also);
    assert.equal(await memory.known('q', 'one'), undefined);
    assert.deepEqual(await answer('one'), { also: 'one' });
    assert.deepEqual(await memory.known('q', 'one'), { also: 'one' });
    assert.equal(await memory.known('q', 'two'), undefined);
    assert.deepEqual(await answer('two'), { also: 'two' });
    assert.equal(await memory.known('q', 'one'), undefined);
    // It is kept in place of the one before: what changes often must not drive out what does not.
    assert.equal(readdirSync(join(directory, 'history', 'answers')).length, 1);
    await fileOne({ ...report, id: 'r2' });
    assert.equal(await memory.known('q', 'two'), undefined);
  });

  test('a report that is filed answers, also after the folder is closed and opened again', async () => {
    await open();
    const number = await fileOne(report);
    for (let round = 0; round < 3; round++) {
      const answer = await memory.history.ask({ by: ['source', 'alignment', 'day'], measures: ['messages', 'rows'] });
      const names = await memory.history.dictionaries();
      const rows = Array.from({ length: answer.length }, (_, i) => [
        names.address(answer.source[i]!),
        answer.alignment[i],
        answer.day[i],
        answer.messages[i],
        answer.rows[i],
      ]);
      assert.deepEqual(
        rows.sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
        [
          ['192.0.2.1', 3, 19_000, 7, 1],
          ['2001:db8::1', 0, 19_000, 3, 1],
        ],
      );
      assert.deepEqual(memory.archive.pending(), []);
      const [document] = memory.register.documents({ state: ['counted'] }).documents;
      assert.equal(document?.id, number);
      assert.deepEqual(document?.key, keyOf(report));
      assert.deepEqual(document?.summary, entryOf(report).summary);
      await reopen();
    }
  });

  test('the folder and all that is in it are for its owner alone', async () => {
    await open();
    await fileOne(report);
    await memory.tidy();
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    assert.ok(entries.length > 5);
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    for (const entry of entries) {
      const { mode } = statSync(join(entry.parentPath, entry.name));
      assert.equal(mode & 0o077, 0, `${entry.name} is open: ${mode.toString(8)}`);
    }
  });

  test('a second opener is told which process owns the folder; a name left by a dead one is no owner', async () => {
    await open();
    const first = memory;
    await assert.rejects(open(), {
      code: 'storage/in-use',
      retryable: true,
      values: { directory, pid: process.pid },
    });
    await first.close();
    writeFileSync(join(directory, 'owner'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', since: 0 }));
    await open();
    assert.equal((JSON.parse(readFileSync(join(directory, 'owner'), 'utf8')) as { pid: number }).pid, process.pid);
  });

  test('what comes twice is kept once, in a batch and over batches', async () => {
    await open();
    const kept = await memory.archive.keep([arrival('a'), arrival('b'), arrival('a', 'again.xml')]);
    assert.deepEqual(
      kept.map(({ original, state }) => [original.id, original.origin, state]),
      [
        [1, 'a.xml', 'new'],
        [2, 'b.xml', 'new'],
        [1, 'a.xml', 'known'],
      ],
    );
    const filing = await memory.archive.begin();
    filing.done(kept[1]!.original);
    await filing.commit();
    const again = await memory.archive.keep([arrival('a'), arrival('b'), arrival('c')]);
    assert.deepEqual(
      again.map(({ original, state }) => [original.id, state]),
      [
        [1, 'new'],
        [2, 'known'],
        [3, 'new'],
      ],
    );
    assert.deepEqual(
      memory.archive.pending().map(({ id }) => id),
      [1, 3],
    );
    assert.equal(await bytesOf(again[1]!.original), 'b');
  });

  test('a large arrival passes through in chunks; one that is not what it said to be leaves nothing', async () => {
    await open();
    const chunks = Array.from({ length: 40 }, (_, n) => Buffer.alloc(100_000, n));
    const whole = Buffer.concat(chunks);
    const large = (sha256: string): Arrival => ({
      origin: 'large.xml',
      road: 'standard-input',
      sha256,
      size: whole.length,
      async *chunks() {
        yield* chunks;
      },
    });
    await assert.rejects(memory.archive.keep([arrival('before'), large('00'.repeat(32))]), {
      code: 'storage/changed-while-reading',
      values: { origin: 'large.xml' },
    });
    assert.deepEqual(memory.archive.pending(), []);
    const [kept] = await memory.archive.keep([large(createHash('sha256').update(whole).digest('hex'))]);
    const back: Uint8Array[] = [];
    for await (const chunk of memory.archive.chunks(kept!.original)) {
      assert.ok(chunk.length <= 256 << 10);
      back.push(chunk);
    }
    assert.ok(Buffer.concat(back).equals(whole));
  });

  test('bytes that changed on the disk are never handed over whole', async () => {
    await open();
    const original = await keepOne('the bytes as they came');
    const segment = join(directory, 'originals', '000001.originals');
    const bytes = readFileSync(segment);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(segment, bytes);
    await assert.rejects(bytesOf(original), { code: 'storage/damaged' });
  });

  test('after a kill: a torn original is cut off, one that is whole is taken up as pending', async () => {
    await open();
    await keepOne('first');
    await memory.close();
    const segment = join(directory, 'originals', '000001.originals');
    const known = readFileSync(segment);
    await open();
    await keepOne('second');
    await memory.close();
    const both = readFileSync(segment);
    const second = both.subarray(known.length);
    // As if the register had never heard of the second, and a third was half written.
    rmSync(join(directory, 'register.sqlite'));
    writeFileSync(segment, Buffer.concat([known, second, second.subarray(0, second.length - 3)]));
    await open();
    assert.deepEqual(
      memory.archive.pending().map(({ origin }) => origin),
      ['first.xml', 'second.xml'],
    );
    assert.equal(statSync(segment).size, both.length);
    assert.equal(await bytesOf(memory.archive.pending()[1]!), 'second');
    await memory.close();
    truncateSync(segment, both.length - 1);
    await assert.rejects(open(), { code: 'storage/damaged' });
    truncateSync(segment, both.length - 1);
    appendFileSync(segment, both.subarray(-1));
    await open();
  });

  test('a rollback leaves the history as it was and the original pending', async () => {
    await open();
    const original = await keepOne('one');
    const filing = await memory.archive.begin();
    addTo(filing, original, report);
    assert.equal(filing.rows, 2);
    filing.done(original);
    await filing.rollback();
    assert.equal(await messages(), 0);
    assert.deepEqual(memory.archive.pending(), [original]);
    assert.equal(memory.register.documents({}).total, 0);
    const again = await memory.archive.begin();
    addTo(again, original, report);
    again.done(original);
    await again.commit();
    assert.equal(await messages(), 10);
  });

  test('copies and refused documents are seen inside the filing that notes them, and as they were changed', async () => {
    await open();
    const original = await keepOne('zip');
    const filing = await memory.archive.begin();
    const first = addTo(filing, original, report);
    const { key: _, ...refusal } = { ...entryOf(report), state: 'refused' as const, entry: 'in/a.xml.gz' };
    const refused = filing.note(original, refusal);
    assert.deepEqual(
      filing.copies(keyOf(report)).map(({ id, state }) => [id, state]),
      [[first, 'counted']],
    );
    assert.deepEqual(
      filing.refusedLike('a.xml.gz').map(({ id }) => id),
      [refused],
    );
    const fuller = { ...report, rows: [...report.rows, { count: 1 }] };
    const second = addTo(filing, original, fuller);
    filing.change(first, 'replaced', second);
    filing.change(refused, 'superseded', second);
    assert.deepEqual(
      filing.copies(keyOf(report)).map(({ id }) => id),
      [second],
    );
    assert.deepEqual(filing.refusedLike('a.xml.gz'), []);
    filing.done(original);
    await filing.commit();
    assert.equal(await messages(), 11);
    assert.deepEqual(
      memory.register.documents({}).documents.map(({ id, state, other }) => [id, state, other]),
      [
        [second, 'counted', undefined],
        [refused, 'superseded', second],
        [first, 'replaced', second],
      ],
    );
  });

  test('a report that is dropped leaves nothing', async () => {
    await open();
    const original = await keepOne('one');
    const filing = await memory.archive.begin();
    const dictionaries = sampleDictionaries();
    const dropped = filing.report(original);
    dropped.rows(asBatch(report.rows, dictionaries), dictionaries);
    dropped.drop();
    assert.equal(filing.rows, 0);
    addTo(filing, original, { ...report, rows: [{ count: 2 }] });
    filing.done(original);
    await filing.commit();
    assert.equal(await messages(), 2);
  });

  test('a report that is too big to hold waits on the disk, and counts or is dropped like any other', async () => {
    await open();
    const dictionaries = sampleDictionaries();
    const rows = Array.from({ length: 1000 }, (_, n) => ({ source: `192.0.2.${n % 200}`, count: 1 }));
    const batch = asBatch(rows, dictionaries);
    const times = Math.ceil((blockRows * 2.5) / rows.length);
    for (const outcome of ['dropped', 'rolled back', 'counted']) {
      const original = await keepOne(outcome);
      const filing = await memory.archive.begin();
      const filed = filing.report(original);
      for (let at = 0; at < times; at++) filed.rows(batch, dictionaries);
      assert.deepEqual(
        readdirSync(join(directory, 'history')).filter((name) => name.startsWith('rows-')),
        [],
      );
      if (outcome === 'dropped') filed.drop();
      else filed.count(entryOf(report));
      filing.done(original);
      await (outcome === 'rolled back' ? filing.rollback() : filing.commit());
      assert.equal(await messages(), outcome === 'counted' ? times * rows.length : 0);
    }
    const bySource = await memory.history.ask({ by: ['source'], measures: ['rows'] });
    assert.equal(bySource.length, 200);
    assert.ok(bySource.rows.every((count) => count === (times * rows.length) / 200));
  });

  test('a new rule of alignment judges what is filed again, and can be interrupted', async () => {
    await open();
    await fileOne(report);
    await fileOne({ ...report, id: 'r2' });
    const alignment = () => 12;
    const stop = new AbortController();
    const told: number[] = [];
    await memory.close();
    await assert.rejects(
      open({
        alignment,
        rule: 'another',
        signal: stop.signal,
        progress: ({ done }) => {
          told.push(done);
          stop.abort();
        },
      }),
      { code: 'storage/interrupted', retryable: true },
    );
    assert.deepEqual(told, [0]);
    await open({ alignment, rule: 'another', progress: ({ done }) => told.push(done) });
    assert.deepEqual(told, [0, 0, 2]);
    const answer = await memory.history.ask({ by: ['alignment'], measures: ['messages'] });
    const byAlignment = new Map([...answer.alignment].map((bits, row) => [bits, answer.messages[row]]));
    // The rows without authentication results align by no rule.
    assert.deepEqual(
      byAlignment,
      new Map([
        [12, 14],
        [0, 6],
      ]),
    );
  });

  test('a history that was taken away is filed again from the originals', async () => {
    await open();
    await fileOne(report);
    const other = { ...report, id: 'r2', policyDomain: 'shop.example' };
    await fileOne(other);
    await memory.close();
    rmSync(join(directory, 'history'), { recursive: true });
    await open();
    assert.equal(await messages(), 0);
    const pending = memory.archive.pending();
    assert.deepEqual(
      pending.map(({ origin }) => origin),
      ['r1.xml', 'r2.xml'],
    );
    const filing = await memory.archive.begin();
    for (const [index, original] of pending.entries()) {
      const again = [report, other][index]!;
      assert.deepEqual(filing.copies(keyOf(again)), []);
      addTo(filing, original, again);
      filing.done(original);
    }
    await filing.commit();
    assert.equal(await messages(), 20);
    assert.equal(memory.register.documents({ state: ['counted'] }).total, 2);
    assert.deepEqual(memory.register.audit()[0]?.details, { originals: 2, reports: 2, withoutOriginal: 0 });
    await reopen();
    assert.equal(await messages(), 20);
  });

  test('what is kept too long goes, as the settings say', async () => {
    await open();
    now = (today - 30) * DAY_MS;
    await fileOne({ ...report, id: 'old', begin: 19_000 * DAY, end: 19_001 * DAY - 1 });
    const old = memory.register.documents({}).documents[0]!.original;
    const pendingOld = await keepOne('old and never filed');
    now = today * DAY_MS;
    await fileOne({ ...report, id: 'new', begin: (today - 2) * DAY, end: (today - 1) * DAY - 1 });
    const kept = memory.register.documents({}).documents[0]!.original;
    assert.deepEqual(await memory.tidy(), { facts: 0, originals: 0 });
    memory.register.change(retentionSettings.originals, '20', 'a test');
    memory.register.change(retentionSettings.facts, '100', 'a test');
    assert.deepEqual(await memory.tidy(), { facts: 2, originals: 1 });
    assert.deepEqual(await memory.tidy(), { facts: 0, originals: 0 });
    for (let round = 0; round < 2; round++) {
      assert.equal(await messages(), 10);
      await assert.rejects(bytesOf(old), { code: 'storage/original-not-kept', values: { sha256: old.sha256 } });
      assert.equal(await bytesOf(pendingOld), 'old and never filed');
      assert.equal(await bytesOf(kept), 'new');
      assert.equal(memory.register.documents({}).total, 2);
      await reopen();
    }
    assert.ok(!existsSync(join(directory, 'originals', '000001.originals')));
    assert.deepEqual(
      (await memory.archive.keep([arrival('old')])).map(({ state }) => state),
      ['known'],
    );
  });

  test('the audit log says who changed a setting, and does not let itself be changed', async () => {
    await open();
    memory.register.change('a', '1', 'jan');
    memory.register.change('a', '2', 'piet');
    memory.register.change('a', undefined, 'piet');
    assert.equal(memory.register.setting('a'), undefined);
    assert.deepEqual(
      memory.register.audit().map(({ who, details }) => [who, details['from'], details['to']]),
      [
        ['piet', '2', null],
        ['piet', '1', '2'],
        ['jan', null, '1'],
      ],
    );
  });

  test('observations as CSV, JSON lines and Parquet: one row a fact, and no live formulas', async () => {
    await open();
    await fileOne(report);
    const text = async (format: 'csv' | 'jsonl' | 'parquet', source?: string): Promise<Buffer> => {
      const parts: Uint8Array[] = [];
      const where = source === undefined ? {} : { source: [source] };
      for await (const chunk of memory.observations(format, where)) parts.push(chunk);
      return Buffer.concat(parts);
    };
    const csv = (await text('csv')).toString('utf8').trimEnd().split('\n');
    assert.equal(csv.length, 3);
    assert.equal(
      csv[0],
      'day,reporter,policy_domain,source,header_from,envelope_from,envelope_to,messages,disposition,dkim,spf,dkim_alignment,spf_alignment,dkim_results,spf_results,reasons,generation,origin,spread_days,report',
    );
    assert.ok(csv.some((line) => line.startsWith('2022-01-08,mail.example,bank.example,192.0.2.1,bank.example,')));
    assert.ok(
      csv.some((line) => line.includes(',7,none,pass,fail,strict,none,bank.example/s1=pass,')),
      csv.join('\n'),
    );
    const lines = (await text('jsonl', '192.0.2.1')).toString('utf8').trimEnd().split('\n');
    assert.deepEqual(JSON.parse(lines[0]!), {
      day: '2022-01-08',
      reporter: 'mail.example',
      policy_domain: 'bank.example',
      source: '192.0.2.1',
      header_from: 'bank.example',
      envelope_from: '',
      envelope_to: null,
      messages: 7,
      disposition: 'none',
      dkim: 'pass',
      spf: 'fail',
      dkim_alignment: 'strict',
      spf_alignment: 'none',
      dkim_results: 'bank.example/s1=pass',
      spf_results: '',
      reasons: 'forwarded: =cmd()',
      generation: 'rfc7489',
      origin: 'report',
      spread_days: 1,
      report: 1,
    });
    const parquet = await text('parquet');
    assert.equal(parquet.subarray(0, 4).toString('latin1'), 'PAR1');
    assert.equal(parquet.subarray(-4).toString('latin1'), 'PAR1');
    for (const name of ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1']) {
      await fileOne({ ...report, id: `f${name}`, rows: [{ headerFrom: name, source: '192.0.2.9', count: 1 }] });
    }
    const dangerous = (await text('csv', '192.0.2.9')).toString('utf8').trimEnd();
    for (const cell of ["'=1+1", "'+1", "'-1", "'@a", "'\t=1", "'\r=1"]) assert.ok(dangerous.includes(cell), cell);
    assert.doesNotMatch(dangerous, /,"?[=+\-@\t\r]/);
    assert.deepEqual(readdirSync(join(directory, 'exports')), []);
  });

  test('a register of a later version is refused, and not touched', async () => {
    await open();
    await memory.close();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(directory, 'register.sqlite'));
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    database.exec('PRAGMA user_version = 999');
    database.close();
    await assert.rejects(open(), { code: 'storage/newer-version', retryable: false });
    const again = new DatabaseSync(join(directory, 'register.sqlite'));
    assert.equal(again.prepare('PRAGMA user_version').get()?.['user_version'], 999);
    again.exec(`PRAGMA user_version = ${version}`);
    again.close();
    await open();
  });
});
