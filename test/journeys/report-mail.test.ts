import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { arrivals } from '../../src/network/files/index.ts';
import { authenticate, decideCounting, ingest, retry } from '../../src/protection/ingestion/index.ts';
import type { JudgeReportMail } from '../../src/protection/ingestion/index.ts';
import { reportMailJudge } from '../../src/protection/verification/index.ts';
import { formatKeyRecord, generateKeys, sign } from '../../src/standards/dkim/index.ts';
import { domainName, zone } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';
import { openMemory } from '../../src/storage/index.ts';
import type { Memory } from '../../src/storage/index.ts';

let judge: JudgeReportMail;
let unanswered: JudgeReportMail;
let privateKey: KeyObject;

before(async () => {
  const keys = await generateKeys('ed25519');
  privateKey = keys.privateKey;
  const world = zone(`
$ORIGIN example.
@ IN SOA ns root 1 1 1 1 1
k._domainkey.mail IN TXT "${formatKeyRecord(keys.record)}"
`);
  const silent = zone('');
  assert.ok(world.ok && silent.ok);
  judge = reportMailJudge(world.value.resolver);
  unanswered = reportMailJudge(silent.value.resolver);
});

/** A report of `rows` rows, each of two messages. */
function report(id: string, rows: number, reporter: string): string {
  const record = `<record><row><source_ip>192.0.2.1</source_ip><count>2</count>
<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><header_from>bank.example</header_from></identifiers>
<auth_results><dkim><domain>bank.example</domain><result>pass</result></dkim></auth_results></record>`;
  return `<feedback><report_metadata><org_name>${reporter}</org_name><email>dmarc@${reporter}</email><report_id>${id}</report_id>
<date_range><begin>1700006400</begin><end>1700092799</end></date_range></report_metadata>
<policy_published><domain>bank.example</domain><p>none</p></policy_published>${record.repeat(rows)}</feedback>`;
}

function mail(id: string, rows: number, options: { signed: boolean; reporter?: string }): string {
  const { signed, reporter = 'mail.example' } = options;
  const text = [
    `From: dmarc@${reporter}`,
    'Subject: Report Domain: bank.example',
    'Content-Type: application/gzip; name=r.xml.gz',
    'Content-Transfer-Encoding: base64',
    '',
    gzipSync(report(id, rows, reporter)).toString('base64'),
    '',
  ].join('\r\n');
  if (!signed) return text;
  const options_ = { signingDomain: domainName('mail.example'), selector: 'k', privateKey };
  return sign(parseMessage(Buffer.from(text, 'latin1')), options_) + text;
}

/** An organisation in a folder of its own. */
class Place {
  readonly #top = mkdtempSync(join(tmpdir(), 'zegel-report-mail-'));
  memory!: Memory;

  static async use(work: (place: Place) => Promise<void>): Promise<void> {
    const place = new Place();
    place.memory = await openMemory({
      directory: join(place.#top, 'org'),
      alignment: () => 3,
      rule: 'test',
      clock: () => 0,
    });
    try {
      await work(place);
    } finally {
      await place.memory.close();
      rmSync(place.#top, { recursive: true, force: true });
    }
  }

  async take(name: string, content: string, by?: JudgeReportMail): Promise<void> {
    const path = join(this.#top, name);
    writeFileSync(path, content);
    const found = arrivals([path], { refuse: (problem) => assert.fail(problem.code) });
    await ingest(found, this.memory.archive, by === undefined ? {} : { judge: by });
  }

  /** What the register says counts, by file, and what the history sums: they must agree. */
  async counted(): Promise<string[]> {
    const { documents } = this.memory.register.documents({ state: ['counted'] });
    const { length, messages } = await this.memory.history.ask({ by: [], measures: ['messages'] });
    assert.equal(
      length === 0 ? 0 : messages[0],
      documents.reduce((sum, each) => sum + each.summary!.messages, 0),
    );
    return documents.map(({ original }) => original.origin.split('/').at(-1)!).sort();
  }

  states(): Record<string, string> {
    const { documents } = this.memory.register.documents({});
    const newest = new Map<string, string>();
    for (const { original, state, problems } of documents.toReversed()) {
      newest.set(
        original.origin.split('/').at(-1)!,
        [state, ...problems.map(({ code }) => code.split('/')[1])].join(' '),
      );
    }
    return Object.fromEntries(newest);
  }
}

const letters = {
  // A report, the same from a stranger with more in it, and another of a stranger.
  true1: () => mail('1', 3, { signed: true }),
  false1: () => mail('1', 9, { signed: false }),
  false3: () => mail('3', 7, { signed: false }),
  // What shows that this reporter signs.
  true2: () => mail('2', 2, { signed: true }),
  // A poorer copy and the fuller one of the same sender.
  poor6: () => mail('6', 2, { signed: true }),
  full6: () => mail('6', 5, { signed: true }),
  // A reporter that never does, and a file of which nobody knows who wrote it.
  other: () => mail('4', 1, { signed: false, reporter: 'plain.example' }),
  file: () => report('5', 4, 'mail.example'),
} as const;
const names = Object.keys(letters) as (keyof typeof letters)[];
const right = ['file', 'full6', 'other', 'true1', 'true2'];

describe('reports that come by mail', () => {
  it('count when they are authentic or it cannot be known, and are set apart when the signature of a reporter that signs is missing', () =>
    Place.use(async (place) => {
      for (const name of names) await place.take(name, letters[name](), judge);
      const outcome = await authenticate(place.memory.archive, judge);
      assert.deepEqual(await place.counted(), right);
      assert.equal(outcome.looked, 0);
      assert.deepEqual(place.states(), {
        true1: 'counted',
        true2: 'counted',
        poor6: 'replaced',
        full6: 'counted replaces',
        other: 'counted',
        file: 'counted',
        false1: 'set-apart not-authentic unsigned reporter-signs',
        false3: 'set-apart not-authentic unsigned reporter-signs',
      });
    }));

  it('in any order, looked at when they come or later: the same counts in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...names], { minLength: names.length }),
        fc.array(fc.constantFrom(undefined, 'judge', 'unanswered'), {
          minLength: names.length,
          maxLength: names.length,
        }),
        fc.boolean(),
        (order, looks, all) =>
          Place.use(async (place) => {
            for (const [at, name] of order.entries()) {
              const look = looks[at];
              await place.take(name, letters[name](), look === undefined ? undefined : { judge, unanswered }[look]);
            }
            await authenticate(place.memory.archive, judge, { all });
            assert.deepEqual(await place.counted(), right);
            // A second time there is nothing to do.
            const again = await authenticate(place.memory.archive, judge);
            assert.deepEqual([again.looked, again.setApart, again.counted], [0, 0, 0]);
            assert.deepEqual(await place.counted(), right);
          }),
      ),
      { numRuns: 25 },
    );
  });

  it('a silent DNS sets nothing apart, and is asked again', () =>
    Place.use(async (place) => {
      for (const name of names) await place.take(name, letters[name](), unanswered);
      const outcome = await authenticate(place.memory.archive, unanswered);
      assert.equal(outcome.setApart, 0);
      // Unsigned is known without the DNS; whether the reporter signs is not.
      assert.deepEqual(outcome.found, { authentic: 0, 'not-known-yet': 4, refuted: 0, unproven: 0 });
      await authenticate(place.memory.archive, judge);
      assert.deepEqual(await place.counted(), right);
    }));

  it('a person decides against what is found, and takes it back; filing again keeps it', () =>
    Place.use(async (place) => {
      for (const name of names) await place.take(name, letters[name](), judge);
      await authenticate(place.memory.archive, judge);
      const document = (name: string) =>
        place.memory.register
          .documents({})
          .documents.find(({ original, state }) => original.origin.endsWith(`/${name}`) && state !== 'superseded')!;
      const { archive } = place.memory;
      await decideCounting(archive, document('false1'), 'count', 'Anna');
      assert.deepEqual(await place.counted(), ['false1', 'file', 'full6', 'other', 'true2']);
      await authenticate(archive, judge, { all: true });
      await retry(archive, { judge });
      assert.deepEqual(await place.counted(), ['false1', 'file', 'full6', 'other', 'true2']);
      await decideCounting(archive, document('file'), 'set-apart', 'Anna');
      await decideCounting(archive, document('false1'), undefined, 'Anna');
      assert.deepEqual(await place.counted(), ['full6', 'other', 'true1', 'true2']);
      assert.deepEqual(
        place.memory.register
          .audit()
          .filter(({ what }) => what === 'counting/decided')
          .map(({ who, details }) => [who, details['decided']])
          .toReversed(),
        [
          ['Anna', 'count'],
          ['Anna', 'set-apart'],
          ['Anna', null],
        ],
      );
    }));
});
