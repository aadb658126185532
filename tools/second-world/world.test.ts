// A world made by this generator: the same bytes, true sums, reports that the product reads without a word, and records that say of each
// address what receivers concluded. What is read and evaluated here is read and evaluated by the product; it was made without it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readDocuments } from '../../src/protection/ingestion/index.ts';
import type { Arrival, ReadDocument, ReadRow } from '../../src/protection/ingestion/index.ts';
import { discoverFacts, evaluateDmarc, parseDmarcRecord } from '../../src/standards/dmarc/index.ts';
import { zone } from '../../src/standards/dns/index.ts';
import type { DomainName, Resolver } from '../../src/standards/dns/index.ts';
import { evaluate } from '../../src/standards/spf/index.ts';
import { Book, permitText, wishText } from './book.ts';
import type { Wish } from './book.ts';
import { Dice } from './dice.ts';
import { governing, isAligned, organizationOf } from './dmarc.ts';
import { receivers } from './receivers.ts';
import { holds, pointerName } from './space.ts';
import { makeWorld } from './world.ts';

const wish = { seed: 'test', scale: 'small', forged: 0.3, days: 70 } as const;

let folder: string;
let documents: ReadDocument[];
let rows: ReadRow[];
/** The zones, with the second from which on each holds. */
let zones: { readonly from: number; readonly resolver: Resolver }[];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zegel-second-'));
  makeWorld(wish, folder);
  [documents, rows] = [[], []];
  for await (const line of readDocuments(arrivals(join(folder, 'reports')), { rows: true }))
    if (line.what === 'row') rows.push(line);
    else documents.push(line);
  zones = readdirSync(join(folder, 'zones'))
    .sort()
    .map((name) => {
      const reading = zone(readFileSync(join(folder, 'zones', name)));
      assert.deepEqual(reading.problems, []);
      assert.ok(reading.ok);
      return { from: Date.parse(name.slice(0, 10)) / 1000, resolver: reading.value.resolver };
    });
});
after(() => rmSync(folder, { recursive: true, force: true }));

function filesIn(of: string): string[] {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(of, join(entry.parentPath, entry.name)))
    .sort();
}

async function* arrivals(of: string): AsyncGenerator<Arrival> {
  for (const origin of filesIn(of)) {
    const bytes = readFileSync(join(of, origin));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes;
    };
    yield { origin, road: 'file', sha256, size: bytes.length, bytes, chunks };
  }
}

interface Totals {
  readonly messages: Readonly<Record<string, number>>;
  readonly reports: number;
  readonly rows: number;
  readonly sources: number;
  readonly played: Readonly<Record<string, number>>;
}
const totalsOf = (path: string): Totals => JSON.parse(readFileSync(join(folder, path), 'utf8')) as Totals;
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);

/** Rows of reports, each report once however often it came. */
function counted(): ReadRow[] {
  const first = new Map<string, string>();
  for (const { key, file, entry } of rows) if (!first.has(key.text)) first.set(key.text, `${file} ${entry}`);
  return rows.filter(({ key, file, entry }) => first.get(key.text) === `${file} ${entry}`);
}

/** The zone that held through the whole time of a row's report; `undefined` where it changed meanwhile. */
function zoneOf({ file, entry }: ReadRow): Resolver | undefined {
  const document = documents.find((each) => each.file === file && each.entry === entry)!;
  const { begin, end } = document.report!.metadata.dateRange!;
  // Days begin at other hours elsewhere; records change at midnight.
  const [one, other] = [begin - 12 * 3600, end + 12 * 3600].map((at) => zones.findLast(({ from }) => from <= at));
  return one === other ? one?.resolver : undefined;
}

test('the same wish makes the same bytes, another seed does not', () => {
  const again = mkdtempSync(join(tmpdir(), 'zegel-second-'));
  try {
    makeWorld(wish, join(again, 'same'));
    makeWorld({ ...wish, seed: 'other' }, join(again, 'other'));
    assert.deepEqual(filesIn(join(again, 'same')), filesIn(folder));
    const differing = filesIn(folder).filter(
      (name) => !readFileSync(join(folder, name)).equals(readFileSync(join(again, 'same', name))),
    );
    assert.deepEqual(differing, []);
    assert.notDeepEqual(
      readFileSync(join(again, 'other', 'truth', 'classes.jsonl')),
      readFileSync(join(folder, 'truth', 'classes.jsonl')),
    );
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
});

test('every report is read without a refusal, and nothing in the folder is anything else', () => {
  assert.ok(documents.length > 1000, String(documents.length));
  const odd = documents.filter(
    ({ kind, refused, notUnderstood }) => kind !== 'aggregate' || refused !== undefined || notUnderstood !== undefined,
  );
  assert.deepEqual(odd.slice(0, 3), []);
  const containers = new Set(documents.map(({ container }) => container));
  assert.deepEqual([...containers].sort(), ['', 'gzip', 'zip']);
});

test('the truth is what the reports say', () => {
  const totals = totalsOf('truth/totals.json');
  const once = counted();
  assert.equal(new Set(documents.map(({ key }) => key!.text)).size, totals.reports);
  assert.ok(documents.length > totals.reports, 'some come twice');
  assert.equal(once.length, totals.rows);
  assert.equal(sum(once.map(({ row }) => row.count)), sum(Object.values(totals.messages)));
  assert.equal(new Set(once.map(({ row }) => row.source)).size, totals.sources);
});

test('classes of the truth are those of the rows, message for message', () => {
  const shown = new Map<string, number>();
  for (const { row } of counted()) {
    const dkim = row.authResults.dkim.map(({ domain, selector, result }) => [domain, selector ?? null, result]);
    const [spf] = row.authResults.spf;
    const text = JSON.stringify({
      source: row.source,
      authorDomain: row.headerFrom,
      envelopeDomain: row.envelopeFrom ?? null,
      dkim,
      spf: spf === undefined ? null : [spf.domain, spf.scope ?? null, spf.result],
    });
    shown.set(text, (shown.get(text) ?? 0) + row.count);
  }
  const told = readFileSync(join(folder, 'truth', 'classes.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  assert.equal(told.length, shown.size);
  for (const line of told) {
    const { messages, shared: _, ...key } = JSON.parse(line) as { messages: Record<string, number>; shared?: string };
    assert.equal(shown.get(JSON.stringify(key)), sum(Object.values(messages)), line);
  }
});

test('every world that is played has the mail of the reports, and the one unchanged what they say became of it', () => {
  const { messages } = totalsOf('truth/totals.json');
  const names = readdirSync(join(folder, 'played'));
  assert.ok(names.length >= 10, String(names));
  for (const name of names) {
    const { played } = totalsOf(`played/${name}/totals.json`);
    for (const [origin, count] of Object.entries(messages)) {
      const fates = ['none', 'quarantine', 'reject'].map((fate) => played[`${origin}|${fate}`] ?? 0);
      assert.equal(sum(fates), count, `${name}: ${origin}`);
    }
  }
  const said: Record<string, number> = { none: 0, quarantine: 0, reject: 0 };
  for (const { row } of counted()) said[row.disposition === 'pass' ? 'none' : row.disposition!]! += row.count;
  const { played } = totalsOf('played/unchanged/totals.json');
  for (const [fate, count] of Object.entries(said)) {
    const total = sum(Object.entries(played).flatMap(([key, each]) => (key.endsWith(`|${fate}`) ? [each] : [])));
    assert.equal(total, count, fate);
  }
});

test('each change that is played is a master file, and moves something', () => {
  const unchanged = JSON.stringify(totalsOf('played/unchanged/totals.json').played);
  for (const name of readdirSync(join(folder, 'played'))) {
    if (name === 'unchanged') continue;
    const reading = zone(readFileSync(join(folder, 'played', name, 'change.zone')));
    assert.deepEqual(reading.problems, [], name);
    assert.notEqual(JSON.stringify(totalsOf(`played/${name}/totals.json`).played), unchanged, name);
  }
});

test('SPF: who was let in by decision is let in by the records, asked of the product', async () => {
  const asked = new Map<string, string>();
  let checked = 0;
  for (const each of counted()) {
    const [spf] = each.row.authResults.spf;
    const resolver = zoneOf(each);
    if (spf === undefined || spf.result === 'temperror' || resolver === undefined) continue;
    const question = `${zones.findIndex((one) => one.resolver === resolver)} ${each.row.source} ${spf.domain}`;
    let result = asked.get(question);
    if (result === undefined) {
      const request = { ip: each.row.source!, mailFrom: `x@${spf.domain}`, helo: spf.domain! };
      result = (await evaluate(request, resolver)).result;
      asked.set(question, result);
    }
    checked += 1;
    assert.equal(spf.result, result, question);
  }
  assert.ok(checked > 5000, String(checked));
});

test('DMARC: a receiver of RFC 9989 concludes what the product concludes, and does it or gives a reason', async () => {
  const walkers = new Set(
    receivers
      .filter(({ discovery, style, reject }) => discovery === 'walk' && style.text === 'new' && reject === 'so')
      .map(({ domain }) => domain),
  );
  let checked = 0;
  for (const each of counted()) {
    const { row, file } = each;
    const resolver = zoneOf(each);
    if (!walkers.has(file.split('/')[0]!) || resolver === undefined) continue;
    const { facts } = await discoverFacts(
      {
        authorDomain: row.headerFrom as DomainName,
        auth: row.authResults,
        ...(row.envelopeFrom === undefined ? {} : { envelopeFrom: row.envelopeFrom }),
      },
      resolver,
    );
    const verdict = evaluateDmarc(facts);
    const what = JSON.stringify({ file, row, verdict });
    checked += 1;
    assert.equal(row.dkim === 'pass' || row.spf === 'pass', verdict.disposition === 'pass', what);
    const isTold = row.reasons.every(({ type }) => type === 'policy_test_mode');
    if (isTold) assert.equal(row.disposition, verdict.disposition ?? 'none', what);
  }
  assert.ok(checked > 1000, String(checked));
});

describe('the Organizational Domain (RFC 9989 §4.10.2)', () => {
  const book = (wishes: Readonly<Record<string, Wish>>): Book => {
    const made = new Book();
    for (const [domain, each] of Object.entries(wishes)) made.wishes.set(domain, each);
    return made;
  };
  const p = 'none';
  const cases: [why: string, name: string, wishes: Record<string, Wish>, walk: string, psl: string][] = [
    [
      'the highest record',
      'a.mail.x.example',
      { 'mail.x.example': { p }, 'x.example': { p } },
      'x.example',
      'x.example',
    ],
    [
      'a record with psd=n',
      'a.mail.x.example',
      { 'mail.x.example': { p, psd: 'n' }, 'x.example': { p } },
      'mail.x.example',
      'x.example',
    ],
    ['one below psd=y', 'a.mail.x.example', { example: { p, psd: 'y' } }, 'x.example', 'x.example'],
    ['psd=y at the name itself', 'x.example', { 'x.example': { p, psd: 'y' } }, 'x.example', 'x.example'],
    ['no record at all', 'a.mail.x.example', {}, 'a.mail.x.example', 'x.example'],
    [
      'more than eight labels',
      'a.b.c.d.e.f.g.h.x.example',
      { 'd.e.f.g.h.x.example': { p }, 'c.d.e.f.g.h.x.example': { p } },
      'd.e.f.g.h.x.example',
      'x.example',
    ],
  ];
  for (const [why, name, wishes, byWalk, byList] of cases)
    test(why, () => {
      assert.equal(organizationOf(book(wishes), name, 'walk'), byWalk);
      assert.equal(organizationOf(book(wishes), name, 'psl'), byList);
    });

  test('np is for names that do not exist, and for receivers that know it', () => {
    const made = book({ 'x.example': { p: 'none', sp: 'quarantine', np: 'reject' } });
    made.hosts.set('deep.there.x.example', 'mx');
    assert.equal(governing(made, 'there.x.example', 'walk', true)?.policy, 'quarantine');
    assert.equal(governing(made, 'gone.x.example', 'walk', true)?.policy, 'reject');
    assert.equal(governing(made, 'gone.x.example', 'psl', false)?.policy, 'quarantine');
    assert.equal(governing(made, 'x.example', 'walk', true)?.policy, 'none');
  });

  test('alignment is strict where it is asked for', () => {
    const made = book({ 'x.example': { p } });
    assert.equal(isAligned(made, 'a.x.example', 'b.x.example', false, 'walk'), true);
    assert.equal(isAligned(made, 'a.x.example', 'b.x.example', true, 'walk'), false);
    assert.equal(isAligned(made, 'a.x.example', 'y.example', false, 'psl'), false);
  });
});

describe('what is written', () => {
  test('a DMARC record reads as it was meant', () => {
    const text = wishText(
      { p: 'reject', sp: 'none', np: 'quarantine', strictDkim: true, test: true, percent: 5 },
      'x.example',
    );
    const reading = parseDmarcRecord(text);
    assert.ok(reading.ok);
    const { p, sp, np, adkim, aspf, t } = reading.value;
    assert.deepEqual(
      { p, sp, np, adkim, aspf, t },
      { p: 'reject', sp: 'none', np: 'quarantine', adkim: 's', aspf: undefined, t: 'y' },
    );
  });

  test('an SPF record names guests, networks and the rest', () => {
    const permit = { nets: ['192.0.2.0/24', '2001:db8:1::/48'], guests: ['y.example'], rest: '~' } as const;
    assert.equal(permitText(permit), 'v=spf1 include:y.example ip4:192.0.2.0/24 ip6:2001:db8:1::/48 ~all');
  });

  test('networks hold their addresses and no others', () => {
    const cases: [string, string, boolean][] = [
      ['192.0.2.16/28', '192.0.2.31', true],
      ['192.0.2.16/28', '192.0.2.32', false],
      ['192.0.2.7', '192.0.2.7', true],
      ['2001:db8:40::/48', '2001:db8:40::1f', true],
      ['2001:db8:40::/48', '2001:db8:41::1f', false],
      ['0.0.0.0/0', '2001:db8::1', false],
    ];
    for (const [prefix, address, is] of cases) assert.equal(holds(prefix, address), is, `${prefix} ${address}`);
  });

  test('names of addresses', () => {
    assert.equal(pointerName('192.0.2.7'), '7.2.0.192.in-addr.arpa');
    assert.match(pointerName('2001:db8::1a'), /^a\.1\.0\.0\.(?:0\.)+8\.b\.d\.0\.1\.0\.0\.2\.ip6\.arpa$/);
    assert.equal(pointerName('2001:db8::1a').split('.').length, 34);
  });

  test('dice lay every thing in a box, by weight', () => {
    const dice = new Dice('boxes');
    const boxes = dice.share(100_000, [1, 2, 0, 7]);
    assert.equal(sum(boxes), 100_000);
    assert.deepEqual(
      boxes.map((each) => Math.round(each / 10_000)),
      [1, 2, 0, 7],
    );
    const few = Array.from({ length: 2000 }, () => dice.poisson(3));
    assert.ok(Math.abs(sum(few) / 2000 - 3) < 0.2, String(sum(few) / 2000));
  });
});
