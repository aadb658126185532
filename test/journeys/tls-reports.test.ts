// TLS reports (RFC 8460) on their way into the register: once, whatever they are wrapped in and whatever is killed in between, and again from
// their originals.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { arrivals } from '../../src/network/files/index.ts';
import { applyStandings, authenticate, decideCounting, ingest, replay } from '../../src/protection/ingestion/index.ts';
import type { Arrival, Authenticity, IngestOptions, JudgeReportMail } from '../../src/protection/ingestion/index.ts';
import { openMemory } from '../../src/storage/index.ts';
import type { Memory } from '../../src/storage/index.ts';

const day = 20_500;
const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');

interface Told {
  readonly id?: string;
  readonly day?: number;
  readonly reporter?: string;
  readonly domain?: string;
  readonly good?: number;
  readonly bad?: number;
}

function report({ id = '1', day: of = day, reporter = 'a.example', domain = 'Bank.example', good = 9, bad = 0 }: Told) {
  const failure = { 'result-type': 'certificate-expired', 'receiving-mx-hostname': 'MX.bank.example.' };
  return JSON.stringify({
    'organization-name': 'Receiver',
    'date-range': { 'start-datetime': at(of * 86_400), 'end-datetime': at(of * 86_400 + 86_399) },
    'contact-info': `tls@${reporter}`,
    'report-id': id,
    policies: [
      {
        policy: { 'policy-type': 'sts', 'policy-string': ['version: STSv1', 'mode: testing'], 'policy-domain': domain },
        summary: { 'total-successful-session-count': good, 'total-failure-session-count': bad },
        'failure-details': bad === 0 ? [] : [{ ...failure, 'failed-session-count': bad }],
      },
    ],
  });
}

function mail(gz: Buffer): string {
  return [
    'From: tls@a.example',
    'Content-Type: application/tlsrpt+gzip; name="r.json.gz"',
    'Content-Transfer-Encoding: base64',
    '',
    gz.toString('base64'),
    '',
  ].join('\r\n');
}

class Place {
  readonly #top = mkdtempSync(join(tmpdir(), 'zegel-tls-reports-'));
  memory!: Memory;
  clock = 0;

  static async make(t: TestContext): Promise<Place> {
    const place = new Place();
    await place.open();
    t.after(async () => {
      await place.memory.close();
      rmSync(place.#top, { recursive: true, force: true });
    });
    return place;
  }

  async open(): Promise<void> {
    const directory = join(this.#top, 'org');
    this.memory = await openMemory({ directory, alignment: () => 3, rule: 'test', clock: () => this.clock });
  }

  loseHistory(): void {
    rmSync(join(this.#top, 'org', 'history'), { recursive: true });
  }

  arrivals(files: Readonly<Record<string, Buffer | string>>): AsyncIterable<Arrival> {
    const paths = Object.entries(files).map(([name, content]) => {
      const path = join(this.#top, name);
      writeFileSync(path, content);
      return path;
    });
    return arrivals(paths, { refuse: (problem) => assert.fail(problem.code) });
  }

  async take(files: Readonly<Record<string, Buffer | string>>, options: IngestOptions = {}): Promise<void> {
    await ingest(this.arrivals(files), this.memory.archive, options);
  }

  /** What is known of a domain: day, reporter, successful, failed, and how. */
  told(domain = 'bank.example'): unknown[] {
    return this.memory.register.tlsReports
      .of(domain, 0, 99_999)
      .map((each) => [
        each.day,
        each.reporter,
        each.successful,
        each.failed,
        ...each.failures.map(({ type, mx, sessions }) => `${type} ${mx} ${sessions}`),
      ]);
  }

  documents(): string[] {
    const { documents } = this.memory.register.documents({});
    return documents
      .sort((a, b) => a.id - b.id)
      .map(({ state, problems }) => [state, ...problems.map(({ code }) => code)].join(' '));
  }
}

describe('TLS reports', () => {
  it('one in three wrappings counts once, by policy domain and mail server', async (t) => {
    const place = await Place.make(t);
    const json = report({ bad: 2 });
    await place.take({ a: json, b: gzipSync(json), c: mail(gzipSync(json)) });
    assert.deepEqual(place.told(), [[day, 'a.example', 9, 2, 'certificate-expired mx.bank.example 2']]);
    assert.deepEqual(place.documents(), [
      'counted',
      'duplicate ingestion/tls-duplicate',
      'duplicate ingestion/tls-duplicate',
    ]);
    await place.take({ a: json });
    assert.equal(place.documents().length, 3);
    assert.equal(place.memory.register.tlsReports.lastDay('bank.example', day), day);
  });
  it('another id, day, reporter or domain is another report; the same with other sessions contradicts it', async (t) => {
    const place = await Place.make(t);
    await place.take({
      a: report({}),
      b: report({ id: '2' }),
      c: report({ day: day + 1 }),
      d: report({ reporter: 'b.example' }),
      e: report({ domain: 'other.example' }),
      f: report({ good: 90_000 }),
    });
    assert.deepEqual(
      place.told().map((each) => (each as unknown[]).slice(0, 3)),
      [
        [day, 'a.example', 9],
        [day, 'a.example', 9],
        [day, 'b.example', 9],
        [day + 1, 'a.example', 9],
      ],
    );
    assert.equal(place.told('other.example').length, 1);
    assert.equal(place.documents().at(-1), 'conflict ingestion/tls-conflict');
  });
  it('is found by domain, reporter and day, and is taken for no aggregate report', async (t) => {
    const place = await Place.make(t);
    const { register, history } = place.memory;
    await place.take({ a: report({}), b: report({ domain: 'other.example', reporter: 'b.example' }) });
    const found = (filter: Parameters<typeof register.documents>[0]): number => register.documents(filter).total;
    assert.deepEqual(
      [
        found({ domain: 'bank.example' }),
        found({ domain: 'bank.example', since: day + 1 }),
        found({ reporter: 'b.example' }),
        found({ key: register.documents({ reporter: 'b.example' }).documents[0]!.key!.text }),
      ],
      [1, 0, 1, 1],
    );
    assert.deepEqual(register.publishedPolicies(), []);
    assert.deepEqual((await history.ask({ by: [], measures: ['reports'] })).reports[0] ?? 0, 0);
    await replay(place.memory.archive);
    await applyStandings(place.memory.archive);
    assert.deepEqual(place.documents(), ['counted', 'counted']);
  });
  it('of a report kept before a kill: filed at the next start, once', async (t) => {
    const place = await Place.make(t);
    const batch: Arrival[] = [];
    for await (const arrival of place.arrivals({ a: report({}), b: report({ id: '2' }) })) batch.push(arrival);
    await place.memory.archive.keep(batch);
    await place.memory.close();
    await place.open();
    assert.deepEqual(place.told(), []);
    await replay(place.memory.archive);
    await replay(place.memory.archive);
    assert.equal(place.told().length, 2);
    assert.deepEqual(place.documents(), ['counted', 'counted']);
  });
  it('kept when nothing was filed of TLS reports yet: filed from its original, once', async (t) => {
    const place = await Place.make(t);
    const { archive } = place.memory;
    const batch: Arrival[] = [];
    for await (const arrival of place.arrivals({ a: report({ bad: 1 }), b: '{"organization-name":"x","policies":[]}' }))
      batch.push(arrival);
    const kept = await archive.keep(batch);
    const filing = await archive.begin();
    for (const { original } of kept) {
      const problems = [{ code: 'ingestion/tls-report' }];
      const entry = { entry: '', container: '', kind: 'tls', state: 'not-understood', problems, repaired: [] } as const;
      filing.note(original, entry);
      filing.done(original);
    }
    await filing.commit();
    await replay(archive);
    assert.deepEqual(archive.unfiled(), []);
    await replay(archive);
    assert.equal(place.told().length, 1);
    assert.deepEqual(place.documents(), [
      'superseded ingestion/tls-report',
      'superseded ingestion/tls-report',
      'counted',
      'refused reports/tls-bad-date',
    ]);
  });
  for (const [found, told] of [
    [{ result: 'refuted' }, 'set-apart ingestion/not-authentic report-mail/x'],
    [{ result: 'unproven', lack: 'missing' }, 'set-apart ingestion/not-authentic report-mail/x'],
    [{ result: 'unproven', lack: 'later' }, 'counted'],
    [{ result: 'authentic' }, 'counted'],
    [{ result: 'not-known-yet' }, 'counted'],
  ] as const)
    it(`RFC 8460 §3: mail that is ${Object.values(found).join(', ')} is ${told.split(' ')[0]}`, async (t) => {
      const place = await Place.make(t);
      const asked: unknown[] = [];
      const judge: JudgeReportMail = async (message, named) => {
        asked.push([Buffer.from(message).toString('latin1').slice(0, 19), named]);
        return { ...found, reason: { code: 'report-mail/x' }, reporter: 'a.example' };
      };
      await place.take({ a: mail(gzipSync(report({}))), b: report({ id: '2' }) }, { judge });
      const named = { reporter: 'a.example', service: 'tlsrpt', email: 'tls@a.example' };
      assert.deepEqual(asked, [['From: tls@a.example', named]]);
      assert.deepEqual(place.documents(), [told, 'counted']);
      assert.equal(place.told().length, told === 'counted' ? 2 : 1);
    });
  it('whose mail is looked at later is set apart then, and counts again when a key shows up or a person says so', async (t) => {
    const place = await Place.make(t);
    const { archive } = place.memory;
    await place.take({ a: mail(gzipSync(report({ bad: 1 }))), b: report({ id: '2' }) });
    assert.equal(place.told().length, 2);
    const says =
      (found: Pick<Authenticity, 'lack' | 'result'>): JudgeReportMail =>
      async () => ({ ...found, reason: { code: 'report-mail/x' }, reporter: 'a.example' });
    const look = async (found: Pick<Authenticity, 'lack' | 'result'>): Promise<unknown[]> => {
      const { looked, setApart, counted } = await authenticate(archive, says(found), { all: true });
      return [looked, setApart, counted, place.told().length];
    };
    assert.deepEqual(await look({ result: 'unproven', lack: 'missing' }), [1, 1, 0, 1]);
    assert.deepEqual(await look({ result: 'unproven', lack: 'missing' }), [1, 0, 0, 1]);
    assert.deepEqual(await look({ result: 'authentic' }), [1, 0, 1, 2]);
    assert.deepEqual(place.documents(), ['superseded ingestion/not-authentic report-mail/x', 'counted', 'counted']);
    const counted = () =>
      place.memory.register.documents({ state: ['counted'] }).documents.find(({ container }) => container !== '')!;
    await decideCounting(archive, counted(), 'set-apart', 'A. Jansen');
    assert.equal(place.told().length, 1);
    const [apart] = place.memory.register.documents({ state: ['set-apart'] }).documents;
    assert.deepEqual(
      apart?.problems.map(({ code }) => code),
      ['ingestion/set-apart-by-hand'],
    );
    await decideCounting(archive, apart!, undefined, 'A. Jansen');
    assert.equal(place.told().length, 2);
    await place.memory.close();
    await place.open();
    assert.equal(place.told().length, 2);
  });
  it('a copy that was set apart and may count again is a copy; one that a person wants takes the place of the first', async (t) => {
    const place = await Place.make(t);
    const { archive, register } = place.memory;
    await place.take({ a: report({}), b: gzipSync(report({ good: 500 })) });
    assert.deepEqual(place.documents(), ['counted', 'conflict ingestion/tls-conflict']);
    const conflict = register.documents({ state: ['conflict'] }).documents[0]!;
    await decideCounting(archive, conflict, 'count', 'A. Jansen');
    assert.deepEqual(place.documents(), ['replaced', 'superseded ingestion/tls-conflict', 'counted']);
    assert.deepEqual(place.told(), [[day, 'a.example', 500, 0]]);
    await decideCounting(archive, register.documents({ state: ['counted'] }).documents[0]!, 'set-apart', 'A. Jansen');
    assert.deepEqual(place.told(), [[day, 'a.example', 9, 0]]);
    await decideCounting(archive, register.documents({ state: ['set-apart'] }).documents[0]!, undefined, 'A. Jansen');
    assert.deepEqual(place.told(), [[day, 'a.example', 9, 0]]);
    assert.equal(register.documents({ state: ['conflict'] }).total, 1);
  });
  it('comes back from its original with the aggregate reports beside it, when the history was lost', async (t) => {
    const place = await Place.make(t);
    const xml = `<feedback><report_metadata><org_name>a</org_name><email>d@a.example</email><report_id>1</report_id>
<date_range><begin>${day * 86_400}</begin><end>${day * 86_400 + 86_399}</end></date_range></report_metadata>
<policy_published><domain>bank.example</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip>
<count>2</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><header_from>bank.example</header_from></identifiers><auth_results/></record></feedback>`;
    const from = 'From a@a.example Thu Jan  1 00:00:00 2026\n';
    const mbox = [gzipSync(xml), gzipSync(report({ bad: 1 }))]
      .map((gz) => from + mail(gz).replaceAll('\r', ''))
      .join('\n');
    await place.take({ a: mbox });
    const before = [place.told(), place.documents()];
    assert.deepEqual(before[1], ['counted', 'counted']);
    await place.memory.close();
    place.loseHistory();
    await place.open();
    await replay(place.memory.archive);
    assert.deepEqual([place.told(), place.documents()], before);
  });
  it('goes with the facts when these are no longer kept, and a copy that comes later does not count', async (t) => {
    const place = await Place.make(t);
    await place.take({ a: report({}), b: report({ day: day + 30 }) });
    place.memory.register.change('keep/facts-days', '20', 'test');
    place.clock = (day + 31) * 86_400_000;
    assert.equal((await place.memory.tidy()).facts, 1);
    assert.equal(place.told().length, 1);
    await place.take({ c: gzipSync(report({})) });
    assert.equal(place.told().length, 1);
    assert.equal(place.documents().at(-1), 'duplicate ingestion/tls-duplicate');
  });
});
