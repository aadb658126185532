import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { deflateRawSync, crc32, gzipSync } from 'node:zlib';
import { SourceChanged, arrivals } from '../../src/network/files/index.ts';
import { defaultLimits, ingest, readDocuments, replay, retry } from '../../src/protection/ingestion/index.ts';
import type { Archive, Arrival, IngestOptions, IngestOutcome } from '../../src/protection/ingestion/index.ts';
import { openMemory } from '../../src/storage/index.ts';
import type { Memory } from '../../src/storage/index.ts';

const begin = 1_700_006_400;

/** A report of `rows` rows, each of two messages. */
function report(id: string, rows: number, options: { reporter?: string; p?: string; length?: number } = {}): string {
  const { reporter = 'mail.example', p = 'none', length = 0 } = options;
  const record = (row: number): string => `
  <record>
    <row><source_ip>192.0.2.${row % 250}</source_ip><count>2</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>bank.example</header_from></identifiers>
    <auth_results><dkim><domain>bank.example</domain><selector>s${row % 7}</selector><result>pass</result></dkim></auth_results>
  </record>`;
  return `<?xml version="1.0"?>
<feedback>
  <report_metadata><org_name>${reporter}</org_name><email>dmarc@${reporter}</email>
    <extra_contact_info>${'x'.repeat(length)}</extra_contact_info><report_id>${id}</report_id>
    <date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range></report_metadata>
  <policy_published><domain>bank.example</domain><p>${p}</p></policy_published>${Array.from({ length: rows }, (_, row) => record(row)).join('')}
</feedback>
`;
}

const rfcName = `mail.example!bank.example!${begin}!${begin + 86_399}.xml.gz`;

function zip(name: string, content: Buffer | string): Buffer {
  const data = Buffer.from(content);
  const body = deflateRawSync(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc32(data), 16);
  central.writeUInt32LE(body.length, 20);
  central.writeUInt32LE(data.length, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + body.length, 16);
  return Buffer.concat([local, Buffer.from(name), body, central, Buffer.from(name), end]);
}

function mail(gz: Buffer, name = 'r.xml.gz'): string {
  return [
    'From: dmarc@mail.example',
    'Subject: Report domain: bank.example',
    `Content-Type: application/gzip; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    gz.toString('base64'),
    '',
  ].join('\r\n');
}

/** An organisation in a folder of its own, and a folder to put files in. */
class Place {
  readonly #top = mkdtempSync(join(tmpdir(), 'zegel-taking-in-'));
  memory!: Memory;

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
    this.memory = await openMemory({
      directory: join(this.#top, 'org'),
      alignment: () => 3,
      rule: 'test',
      clock: () => 0,
    });
  }

  file(name: string, content: Buffer | string): string {
    const path = join(this.#top, name);
    writeFileSync(path, content);
    return path;
  }

  arrivals(files: Readonly<Record<string, Buffer | string>>): AsyncIterable<Arrival> {
    const paths = Object.entries(files).map(([name, content]) => this.file(name, content));
    return arrivals(paths, { refuse: (problem) => assert.fail(problem.code) });
  }

  take(files: Readonly<Record<string, Buffer | string>>, options: IngestOptions = {}): Promise<IngestOutcome> {
    return ingest(this.arrivals(files), this.memory.archive, options);
  }

  /** What the history holds: reports, rows, messages. */
  async sums(): Promise<[reports: number, rows: number, messages: number]> {
    const answer = await this.memory.history.ask({ by: [], measures: ['reports', 'rows', 'messages'] });
    return [answer.reports[0] ?? 0, answer.rows[0] ?? 0, answer.messages[0] ?? 0];
  }

  /** Every document: file, container, state, codes; oldest first. */
  documents(): string[] {
    const { documents } = this.memory.register.documents({});
    return documents
      .sort((a, b) => a.id - b.id)
      .map(({ original, entry, container, state, problems }) =>
        [original.origin.split('/').at(-1), entry, container, state, ...problems.map((problem) => problem.code)]
          .filter((part) => part !== '')
          .join(' '),
      );
  }
}

describe('taking in', () => {
  it('one report in four wrappings counts once', async (t) => {
    const place = await Place.make(t);
    const xml = report('1', 5);
    const outcome = await place.take({ a: xml, b: gzipSync(xml), c: zip('r.xml', xml), d: mail(gzipSync(xml)) });
    assert.deepEqual(await place.sums(), [1, 5, 10]);
    assert.deepEqual(
      { ...outcome, bytes: 0 },
      {
        arrivals: 4,
        bytes: 0,
        reports: 1,
        rows: 5,
        refused: 0,
        known: 0,
        documents: {
          conflict: 0,
          counted: 1,
          duplicate: 3,
          'not-understood': 0,
          refused: 0,
          replaced: 0,
          'set-apart': 0,
          superseded: 0,
        },
        messages: 10,
        repaired: 0,
        interrupted: false,
      },
    );
    const again = await place.take({ a: xml, e: xml });
    assert.equal(again.known, 2);
    assert.deepEqual(await place.sums(), [1, 5, 10]);
  });

  it('the same bytes twice in one batch are one original', async (t) => {
    const place = await Place.make(t);
    const outcome = await place.take({ a: report('1', 5), b: report('1', 5) });
    assert.deepEqual([outcome.reports, outcome.known, outcome.arrivals], [1, 1, 2]);
    assert.deepEqual(place.documents(), ['a counted']);
  });

  it('what is no report, or cannot be read, is kept with its reason, and the others count', async (t) => {
    const place = await Place.make(t);
    const bomb = gzipSync(report('9', 1) + ' '.repeat(80 << 20));
    const outcome = await place.take({
      a: 'a letter',
      b: '',
      c: bomb,
      d: gzipSync(report('1', 5)).subarray(0, 60),
      e: mail(gzipSync('{"organization-name":"x","policies":[]}')),
      f: report('2', 3),
    });
    assert.deepEqual(place.documents(), [
      'a not-understood ingestion/unknown-content',
      'b refused ingestion/empty',
      'c gzip refused ingestion/expands-too-far',
      'd gzip refused ingestion/gzip-cut-short',
      'e r.xml.gz mail/gzip refused reports/tls-bad-date',
      'f counted',
    ]);
    assert.deepEqual([outcome.refused, outcome.reports], [4, 1]);
    assert.deepEqual(await place.sums(), [1, 3, 6]);
  });

  const cut = gzipSync(report('1', 40)).subarray(0, -40);
  const whole = gzipSync(report('1', 40));
  const early = gzipSync(report('1', 40)).subarray(0, 30);
  const copies: [
    what: string,
    files: [name: string, content: Buffer | string][],
    documents: string[],
    messages: number,
  ][] = [
    [
      'a truncated copy, then a whole one',
      [
        ['a', cut],
        ['b', whole],
      ],
      ['a gzip superseded ingestion/gzip-cut-short reports/truncated', 'b gzip counted'],
      80,
    ],
    [
      'a whole copy, then a truncated one',
      [
        ['a', whole],
        ['b', cut],
      ],
      ['a gzip counted', 'b gzip superseded ingestion/gzip-cut-short reports/truncated'],
      80,
    ],
    [
      'truncated copies that say nothing, then a whole one of another name',
      [
        ['x.gz', early],
        [rfcName, early.subarray(0, 29)],
        [`${rfcName}.1`, whole],
      ],
      [
        'x.gz gzip refused ingestion/gzip-cut-short',
        `${rfcName} gzip refused ingestion/gzip-cut-short`,
        `${rfcName}.1 gzip counted`,
      ],
      80,
    ],
    [
      'an empty copy, then one with rows',
      [
        ['a', report('1', 0)],
        ['b', report('1', 5)],
      ],
      ['a replaced', 'b counted ingestion/replaces'],
      10,
    ],
    [
      'a poorer copy, then a fuller one, by the same road',
      [
        ['a', report('1', 3)],
        ['b', report('1', 5)],
      ],
      ['a replaced', 'b counted ingestion/replaces'],
      10,
    ],
    [
      'a fuller copy, then a poorer one',
      [
        ['a', report('1', 5)],
        ['b', report('1', 3)],
      ],
      ['a counted', 'b duplicate ingestion/duplicate'],
      10,
    ],
    [
      'a fuller copy by another road',
      [
        ['a', report('1', 3)],
        ['b', mail(gzipSync(report('1', 5)))],
      ],
      ['a counted', 'b r.xml.gz mail/gzip conflict ingestion/fuller-stranger'],
      6,
    ],
    [
      'a copy with another policy',
      [
        ['a', report('1', 3)],
        ['b', report('1', 3, { p: 'reject' })],
      ],
      ['a counted', 'b conflict ingestion/conflict'],
      6,
    ],
    [
      'one id from two reporters',
      [
        ['a', report('1', 3)],
        ['b', report('1', 3, { reporter: 'other.example' })],
      ],
      ['a counted', 'b counted'],
      12,
    ],
    [
      'three copies, each fuller',
      [
        ['a', report('1', 1)],
        ['b', report('1', 2)],
        ['c', report('1', 3)],
      ],
      ['a replaced', 'b replaced ingestion/replaces', 'c counted ingestion/replaces'],
      6,
    ],
  ];
  for (const [what, files, documents, messages] of copies) {
    for (const together of [true, false]) {
      it(`${what}, ${together ? 'in one batch' : 'one run after the other'}`, async (t) => {
        const place = await Place.make(t);
        if (together) await place.take(Object.fromEntries(files));
        else for (const file of files) await place.take(Object.fromEntries([file]));
        assert.deepEqual(place.documents(), documents);
        assert.equal((await place.sums())[2], messages);
      });
    }
  }

  it('a whole copy closes the refusal of one of its name, in a mail', async (t) => {
    const place = await Place.make(t);
    await place.take({ a: mail(early, rfcName) });
    await place.take({ b: mail(whole, rfcName) });
    assert.deepEqual(place.documents(), [
      `a ${rfcName} mail/gzip superseded ingestion/gzip-cut-short`,
      `b ${rfcName} mail/gzip counted`,
    ]);
  });

  it('originals that were kept and not filed are filed at the next start', async (t) => {
    const place = await Place.make(t);
    const batch: Arrival[] = [];
    for await (const arrival of place.arrivals({ a: report('1', 5), b: mail(gzipSync(report('2', 3))) }))
      batch.push(arrival);
    await place.memory.archive.keep(batch);
    await place.memory.close();
    await place.open();
    const outcome = await replay(place.memory.archive);
    assert.deepEqual([outcome.reports, outcome.rows, outcome.arrivals], [2, 8, 2]);
    assert.deepEqual(await place.sums(), [2, 8, 16]);
    assert.deepEqual(place.memory.archive.pending(), []);
  });

  it('stopped between batches or in the middle of a large report, it goes on from there', async (t) => {
    const place = await Place.make(t);
    const files: Record<string, string> = {};
    for (let i = 0; i < 20; i++) files[`f${String(i).padStart(2, '0')}`] = report(String(i), 3);
    // Large enough to be filed by itself, and read back from the archive in chunks.
    files['g'] = report('g', 40_000);
    const batch = { originals: 7 };
    let stops = 0;
    for (const at of [1, 8, 15, 5000, 60]) {
      const stop = new AbortController();
      const outcome = await place.take(files, {
        batch,
        signal: stop.signal,
        progress: (now) => {
          if (now.rows >= at) stop.abort();
        },
      });
      if (outcome.interrupted) stops += 1;
      await replay(place.memory.archive, { batch, signal: stop.signal });
    }
    assert.ok(stops >= 3, `stopped ${stops} times`);
    await replay(place.memory.archive);
    const last = await place.take(files);
    assert.equal(last.interrupted, false);
    assert.deepEqual(await place.sums(), [21, 40_060, 80_120]);
    assert.equal(place.documents().filter((document) => !document.endsWith('counted')).length, 0);
  });

  it('tells how far it is, and never backwards', async (t) => {
    const place = await Place.make(t);
    const steps: number[][] = [];
    await place.take(
      { a: report('1', 5000), b: 'x', c: report('2', 3) },
      {
        batch: { originals: 2 },
        progress: (now) => steps.push([now.arrivals, now.bytes, now.reports, now.rows, now.refused]),
      },
    );
    assert.ok(steps.length > 4);
    for (let i = 1; i < steps.length; i++) {
      for (const [k, value] of steps[i]!.entries())
        assert.ok(value >= steps[i - 1]![k]!, `${steps[i - 1]} then ${steps[i]}`);
    }
    assert.deepEqual([steps.at(-1)![0], steps.at(-1)![2], steps.at(-1)![3]], [3, 2, 5003]);
  });

  it('what was refused can be tried again, with other limits', async (t) => {
    const place = await Place.make(t);
    const files = {
      a: gzipSync(gzipSync(report('1', 5))),
      b: 'x',
      c: zip('i.zip', zip('r.xml', report('2', 3))),
    };
    await place.take({ ...files, d: '' }, { limits: { ...defaultLimits, nesting: 1 } });
    assert.deepEqual(await place.sums(), [0, 0, 0]);
    const outcome = await retry(place.memory.archive);
    assert.equal(outcome.reports, 2);
    assert.deepEqual(place.documents(), [
      'a gzip superseded ingestion/nested-too-deep',
      'b not-understood ingestion/unknown-content',
      'c i.zip zip superseded ingestion/nested-too-deep',
      'd refused ingestion/empty',
      'a gzip/gzip counted',
      'c i.zip/r.xml zip/zip counted',
    ]);
    assert.deepEqual(await place.sums(), [2, 8, 16]);
    assert.equal((await retry(place.memory.archive)).reports, 0);
    assert.equal(place.documents().length, 6);
  });

  it('a fault of Zegel on one document refuses that one', async (t) => {
    const place = await Place.make(t);
    let asked = 0;
    const limits = {
      ...defaultLimits,
      get nesting(): number {
        asked += 1;
        if (asked === 2) throw new RangeError('planted');
        return 8;
      },
    };
    await place.take(
      { a: gzipSync(report('1', 1)), b: gzipSync(report('2', 1)), c: gzipSync(report('3', 1)) },
      { limits },
    );
    assert.deepEqual(place.documents(), ['a gzip counted', 'b refused ingestion/reader-broken', 'c gzip counted']);
    assert.deepEqual(await place.sums(), [2, 2, 4]);
  });

  it('an error of the memory stops everything, and nothing is half filed', async (t) => {
    const place = await Place.make(t);
    const full = new Error('disk full');
    const failing: Archive = {
      keep: (batch) => place.memory.archive.keep(batch),
      pending: () => place.memory.archive.pending(),
      refused: () => place.memory.archive.refused(),
      unfiled: () => place.memory.archive.unfiled(),
      unjudged: (...asked) => place.memory.archive.unjudged(...asked),
      doubtful: () => place.memory.archive.doubtful(),
      chunks: (original) => place.memory.archive.chunks(original),
      begin: async () => {
        const filing = await place.memory.archive.begin();
        const report: typeof filing.report = (original) => {
          const filed = filing.report(original);
          return {
            rows: () => {
              throw full;
            },
            count: (entry) => filed.count(entry),
            drop: () => filed.drop(),
          };
        };
        return new Proxy(filing, { get: (target, key) => (key === 'report' ? report : bound(target, key)) });
      },
    };
    await assert.rejects(ingest(place.arrivals({ a: 'x', b: report('1', 5) }), failing), full);
    assert.deepEqual(place.documents(), []);
    assert.equal(place.memory.archive.pending().length, 2);
    await replay(place.memory.archive);
    assert.deepEqual(place.documents(), ['a not-understood ingestion/unknown-content', 'b counted']);
    assert.deepEqual(await place.sums(), [1, 5, 10]);

    function bound(target: object, key: string | symbol): unknown {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    }
  });

  it('a file that changes while it is kept is left out and told, and the others are taken in', async (t) => {
    const place = await Place.make(t);
    const path = place.file('b', report('2', 200));
    const files = [place.file('a', report('1', 1)), path, place.file('c', report('3', 1))];
    const source = async function* (): AsyncGenerator<Arrival> {
      for await (const arrival of arrivals(files, {
        refuse: (problem) => assert.fail(problem.code),
        heldBytes: 10_000,
      }))
        yield arrival;
      appendFileSync(path, '\n');
    };
    const told: string[] = [];
    const outcome = await ingest(source(), place.memory.archive, {
      refuse: ({ code, values }) => told.push(`${code} ${values?.['path']}`),
    });
    assert.deepEqual(told, [`${new SourceChanged('x').code} ${path}`]);
    assert.deepEqual([outcome.reports, outcome.arrivals], [2, 2]);
  });
});

describe('readDocuments', () => {
  it('gives the documents of each file, and the rows of those that can be read', async (t) => {
    const place = await Place.make(t);
    const source = place.arrivals({
      a: gzipSync(report('1', 2)),
      b: gzipSync(report('2', 2)).subarray(0, -30),
      c: 'x',
      d: zip('r.xml', report('3', 1)),
    });
    const lines: string[] = [];
    for await (const line of readDocuments(source, { rows: true })) {
      const file = line.file.split('/').at(-1);
      if (line.what === 'row')
        lines.push(`${file} ${line.entry} row ${line.row.source} ${line.row.count} ${line.key.reportId}`);
      else {
        const codes = [...(line.refused ?? []), ...(line.notUnderstood ?? [])].map((problem) => problem.code);
        lines.push(
          [
            file,
            line.entry,
            line.container,
            line.key?.reportId,
            line.report?.rows,
            line.report?.messages,
            ...codes,
          ].join(' '),
        );
      }
    }
    assert.deepEqual(lines, [
      'a  gzip 1 2 4',
      'a  row 192.0.2.0 2 1',
      'a  row 192.0.2.1 2 1',
      'b  gzip 2   ingestion/gzip-cut-short reports/truncated',
      'c      ingestion/unknown-content',
      'd r.xml zip 3 1 2',
      'd r.xml row 192.0.2.0 2 3',
    ]);
  });
});
