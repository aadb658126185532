// The committed example, made again and read back: the same bytes, true sums, reports that are well formed, and a world in which
// receivers and the records agree. What is read is read with the product; what is judged was judged without it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { readDocuments, type Arrival, type ReadDocument, type ReadRow } from '../../src/protection/ingestion/index.ts';
import { verify } from '../../src/standards/dkim/index.ts';
import { discoverFacts, evaluateDmarc } from '../../src/standards/dmarc/index.ts';
import { zone, type DomainName, type Resolver } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';
import { evaluate } from '../../src/standards/spf/index.ts';
import type { Truth } from './truth.ts';
import { build, make, scales, volumes, type MakeOptions } from './world.ts';

const wish = { seed: 'lageland', size: 'small', forged: 0.5 } as const;
const example = join(import.meta.dirname, '..', '..', 'examples');

let directory: string;
let truth: Truth;
let reading: { documents: ReadDocument[]; rows: ReadRow[] };

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zegel-world-'));
  truth = await make(wish, directory);
  reading = await readAll(join(directory, 'reports'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

/** What a zone file of the world answers; it must be read without a problem. */
function resolverOf(file: string): Resolver {
  const reading = zone(readFileSync(join(directory, 'zones', file)));
  assert.deepEqual(reading.problems, []);
  assert.ok(reading.ok);
  return reading.value.resolver;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Messages of an mbox that the world wrote: `From ` lines stand at the start of one only. */
function messagesOf(file: string): string[] {
  return readFileSync(file, 'latin1')
    .split(/^From .*\n/m)
    .slice(1)
    .map((text) => text.replace(/\n$/, ''));
}

const isSigned = (message: string): boolean => /^DKIM-Signature:/m.test(message);

/** Everything in the folder, but for mail that its reporter did not sign. */
async function readAll(folder: string): Promise<typeof reading> {
  const arrival = (origin: string, bytes: Buffer): Arrival => ({
    origin,
    road: 'file',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    bytes,
    async *chunks() {
      yield bytes;
    },
  });
  async function* arrivals(): AsyncGenerator<Arrival> {
    for (const name of filesIn(folder)) {
      const file = join(folder, name);
      if (!name.endsWith('.mbox')) yield arrival(name, readFileSync(file));
      else
        for (const [i, message] of messagesOf(file).entries())
          if (isSigned(message)) yield arrival(`${name}#${i}`, Buffer.from(message, 'latin1'));
    }
  }
  const documents: ReadDocument[] = [];
  const rows: ReadRow[] = [];
  for await (const line of readDocuments(arrivals(), { rows: true }))
    (line.what === 'row' ? rows : documents).push(line as never);
  return { documents, rows };
}

/** Of several copies of a report, the one with the most rows. */
function unique(): Map<string, ReadDocument> {
  const best = new Map<string, ReadDocument>();
  for (const document of reading.documents) {
    if (document.report === undefined || document.key === undefined) continue;
    const other = best.get(document.key.text);
    if (other === undefined || other.report!.rows < document.report.rows) best.set(document.key.text, document);
  }
  return best;
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(directory, 'truth', name), 'utf8'));

test('the committed example is what its command makes, byte for byte', () => {
  const made = filesIn(directory).filter((name) => name !== join('truth', 'classes.jsonl'));
  assert.deepEqual(filesIn(example), [...made, 'README.md'].sort());
  const differing = made.filter(
    (name) => !readFileSync(join(directory, name)).equals(readFileSync(join(example, name))),
  );
  assert.deepEqual(differing, []);
});

test('the committed example is small enough to be pleasant in git', () => {
  const files = filesIn(example);
  const bytes = files.reduce((sum, name) => sum + statSync(join(example, name)).size, 0);
  assert.ok(files.length <= 150, `${files.length} files`);
  assert.ok(bytes < 3_200_000, `${bytes} bytes`);
});

test('another seed is another world, and the share asked for is the share that is forged', () => {
  const [one, two] = [build(wish), build({ ...wish, seed: 'other' })];
  const addresses = (world: typeof one): string[] => world.sources.list.map(({ address }) => address);
  assert.notDeepEqual(addresses(one), addresses(two));
  assert.deepEqual(addresses(one), addresses(build(wish)));
  const { messages } = json('totals.json') as { messages: Record<string, number> };
  const kinds = json('origins.json') as Record<string, { kind: string }>;
  let forged = 0;
  let all = 0;
  for (const [origin, count] of Object.entries(messages)) {
    all += count;
    if (kinds[origin]!.kind === 'forged') forged += count;
  }
  assert.ok(Math.abs(forged / all - 0.5) < 0.05, `${forged} of ${all}`);
  const loud = (share: number): number => Math.max(...volumes(one.origins, one.scale, share).loudness);
  assert.ok(loud(0.95) / loud(0.5) > 18 && loud(0.95) / loud(0.5) < 20);
});

test('the world has what it should: kinds, roles, streams, rhythms, reporters of both generations', () => {
  const { organisation, origins, reporters, scale } = build(wish);
  const kinds = new Map<string, number>();
  for (const { kind } of origins) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  assert.ok(kinds.get('own')! + kinds.get('third')! >= 40);
  for (const [kind, least] of [
    ['forwarder', 40],
    ['forged', 12],
    ['abused', 3],
  ] as const)
    assert.ok(kinds.get(kind)! >= least, kind);
  const roles = new Set(organisation.domains.map(({ role }) => role));
  assert.deepEqual([...roles].sort(), ['customers', 'parked', 'receiving', 'sending', 'staff', 'subdomain']);
  const rhythms = new Set(origins.map(({ rhythm }) => rhythm.every));
  assert.deepEqual([...rhythms].sort(), ['daily', 'monthly', 'once', 'quarterly', 'weekly', 'yearly']);
  assert.equal(reporters.length, 12);
  assert.ok(reporters.some(({ rfc9990Since }) => rfc9990Since > scale.days));
  assert.ok(reporters.some(({ rfc9990Since }) => rfc9990Since < scale.days / 2));
  const audience = (wanted: string): number => origins.filter((origin) => origin.audience === wanted).length;
  assert.ok(audience('unreported') >= 2, 'streams that are declared and never seen');
  const full = build({ ...wish, size: 'full' });
  assert.equal(full.organisation.domains.length, 300);
  assert.ok(full.origins.filter(({ kind }) => kind === 'own' || kind === 'third').length >= 120);
  assert.equal(full.organisation.domains.filter(({ brand }) => brand === 'terpconnect').length, 40);
});

test('truth: reports, rows, sources and messages are those of the reports that are unique and authentic', () => {
  const best = unique();
  const totals = json('totals.json') as {
    messages: Record<string, number>;
    reports: number;
    rows: number;
    sources: number;
  };
  const sum = (of: (document: ReadDocument) => number): number =>
    [...best.values()].reduce((total, one) => total + of(one), 0);
  assert.equal(best.size, totals.reports);
  assert.equal(
    sum(({ report }) => report!.rows),
    totals.rows,
  );
  assert.equal(
    sum(({ report }) => report!.messages),
    Object.values(totals.messages).reduce((a, b) => a + b, 0),
  );
  const chosen = new Set([...best.values()].map(({ file, entry }) => `${file} ${entry}`));
  const sources = new Set(
    reading.rows.filter(({ file, entry }) => chosen.has(`${file} ${entry}`)).map(({ row }) => row.source),
  );
  assert.equal(sources.size, totals.sources);
  assert.equal(truth.reports, totals.reports);
});

test('truth: every class has exactly the messages that rows of its look have', () => {
  const chosen = new Set([...unique().values()].map(({ file, entry }) => `${file} ${entry}`));
  const shown = new Map<string, number>();
  for (const { file, entry, row } of reading.rows) {
    if (!chosen.has(`${file} ${entry}`)) continue;
    const spf = row.authResults.spf[0];
    const key = JSON.stringify([
      row.source,
      row.headerFrom,
      row.envelopeFrom ?? null,
      row.authResults.dkim.map(({ domain, selector, result }) => [domain, selector ?? null, result]),
      spf === undefined ? null : [spf.domain, spf.scope ?? null, spf.result],
    ]);
    shown.set(key, (shown.get(key) ?? 0) + row.count);
  }
  const told = new Map<string, number>();
  for (const line of readFileSync(join(directory, 'truth', 'classes.jsonl'), 'utf8')
    .trim()
    .split('\n')) {
    const { source, authorDomain, envelopeDomain, dkim, spf, messages } = JSON.parse(line);
    const key = JSON.stringify([source, authorDomain, envelopeDomain, dkim, spf]);
    assert.ok(!told.has(key), `told twice: ${key}`);
    told.set(
      key,
      Object.values<number>(messages).reduce((a, b) => a + b, 0),
    );
  }
  assert.equal(told.size, shown.size);
  const wrong = [...told].filter(([key, count]) => shown.get(key) !== count);
  assert.deepEqual(wrong.slice(0, 3), []);
});

test('reports: every one lies within the world, give or take the hours of its reporter', () => {
  const { scale } = build(wish);
  for (const { report, file } of reading.documents) {
    if (report === undefined) continue;
    const { begin, end } = report.metadata.dateRange!;
    assert.ok(begin >= scale.first * 86_400 - 12 * 3600 && begin < end, `${file}: ${begin}`);
    assert.ok(end < (scale.first + scale.days) * 86_400 + 12 * 3600, `${file}: ${end}`);
  }
});

test('reports: what a reporter has no quirk for needs no repair; each quirk shows; nothing is refused but what was cut off', () => {
  const { reporters } = build(wish);
  const repairs = new Map<string, Set<string>>();
  for (const { key, repaired, refused, file } of reading.documents) {
    if (refused !== undefined) assert.match(file, /\.gz$/, `${file}: ${JSON.stringify(refused)}`);
    const codes = repairs.get(key?.reporter ?? '') ?? new Set<string>();
    for (const { code } of repaired) codes.add(code);
    repairs.set(key?.reporter ?? '', codes);
  }
  // What the schema lets a report leave out or add, or what differs in habit only.
  const harmless = new Set([
    'envelopeTo',
    'extension',
    'failedSignatures',
    'forwarded',
    'humanResult',
    'latin1',
    'oneByOne',
    'roundsCounts',
    'selector',
    'byteOrderMark',
    'headerWithoutNewline',
  ]);
  for (const { domain, quirks, name } of reporters) {
    assert.ok(repairs.has(domain), `no report of ${name}`);
    if (Object.keys(quirks).every((quirk) => harmless.has(quirk)))
      assert.deepEqual([...repairs.get(domain)!], [], name);
  }
  for (const [domain, quirk] of [
    ['poortwachter.example', 'capitals'],
    ['postduif.example', 'hardfail'],
    ['kabelbezorgd.example', 'microseconds'],
  ] as const)
    assert.ok(repairs.get(domain)!.size > 0, `${domain} writes ${quirk}, and nothing says so`);
});

test('receivers and records agree: SPF of every class is what the zone of a day it was seen on says', async () => {
  const zones = readdirSync(join(directory, 'zones')).map(resolverOf);
  const seen = new Map<string, string>();
  for (const { row } of reading.rows) {
    const spf = row.authResults.spf[0]!;
    seen.set(`${row.source} ${spf.domain} ${spf.result}`, `${row.source} ${spf.domain}`);
  }
  let checked = 0;
  for (const [key, question] of [...seen].filter((_, i) => i % 9 === 0)) {
    const [ip = '', domain = ''] = question.split(' ');
    const results = new Set<string>();
    for (const resolver of zones) {
      const { result } = await evaluate({ ip, mailFrom: `x@${domain}`, helo: domain }, resolver);
      results.add(result);
    }
    checked += 1;
    assert.ok(results.has(key.split(' ')[2]!), `${key}: ${[...results].join(' ')}`);
  }
  assert.ok(checked > 200, String(checked));
});

test('receivers and records agree: verdicts and dispositions of modern reports are those of the published policy, or give a reason', async () => {
  const zones = readdirSync(join(directory, 'zones'))
    .sort()
    .map((name) => ({
      from: Date.parse(name.slice(0, 10)) / 1000,
      resolver: resolverOf(name),
    }));
  const modern = new Map(
    reading.documents
      .filter(({ report }) => report?.generation === 'rfc9990')
      .map((one) => [`${one.file} ${one.entry}`, one]),
  );
  const rows = reading.rows.filter(({ file, entry }) => modern.has(`${file} ${entry}`));
  let checked = 0;
  for (const { file, entry, row } of rows.filter((_, i) => i % 7 === 0)) {
    const { begin, end } = modern.get(`${file} ${entry}`)!.report!.metadata.dateRange!;
    // A report that began under one zone and ended under another mixes policies: it is left out.
    const [first, last] = [begin, end].map((at) => zones.findLast(({ from }) => from <= at));
    if (first === undefined || first !== last) continue;
    const message = {
      authorDomain: row.headerFrom as DomainName,
      auth: row.authResults,
      ...(row.envelopeFrom === undefined ? {} : { envelopeFrom: row.envelopeFrom }),
    };
    const { facts } = await discoverFacts(message, first.resolver);
    const verdict = evaluateDmarc(facts);
    const expected =
      verdict.disposition === 'pass' && row.disposition === 'none' ? 'none' : (verdict.disposition ?? 'none');
    const what = JSON.stringify({ file, row, verdict: verdict.disposition });
    checked += 1;
    assert.equal(row.dkim === 'pass' || row.spf === 'pass', verdict.disposition === 'pass', what);
    if (row.reasons.length === 0) assert.equal(row.disposition, expected, what);
  }
  assert.ok(checked > 300, String(checked));
});

test('report mail: what a reporter signed verifies against the zone, and a stranger signed nothing', async () => {
  const last = readdirSync(join(directory, 'zones')).sort().at(-1)!;
  const resolver = resolverOf(last);
  const folder = join(directory, 'reports', 'mail');
  const messages = readdirSync(folder).flatMap((name) => messagesOf(join(folder, name)));
  const strangers = messages.filter((message) => !isSigned(message));
  assert.ok(strangers.length >= 4, `${strangers.length} strangers`);
  const signed = messages.filter(isSigned);
  for (const message of signed.slice(0, 25)) {
    const parsed = parseMessage(Buffer.from(message.replaceAll('\n', '\r\n'), 'latin1'));
    const { results } = await verify(parsed, resolver);
    assert.deepEqual(
      results.map(({ result }) => result),
      ['pass'],
      message.slice(0, 400),
    );
  }
});

test('a changed world is played with the same mail: only what receivers do differs', async () => {
  const scale = { ...scales.small, days: 24, rows: 3000, bundled: false };
  const told = async (
    records: string,
  ): Promise<{ messages: Record<string, number>; played: Record<string, number> }> => {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-world-'));
    try {
      await make({ ...wish, seed: 'played' }, folder, { scale, played: records, classes: false });
      const published = readFileSync(join(folder, 'zones', '2025-10-01.zone'), 'utf8');
      assert.ok(published.includes(records.trim()));
      return JSON.parse(readFileSync(join(folder, 'truth', 'totals.json'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const record = (policy: string): string =>
    `_dmarc.lageland.example. IN TXT "v=DMARC1; p=${policy}; rua=mailto:dmarc@rapport.lageland.example"\n`;
  const [open, shut] = [await told(record('none')), await told(record('reject'))];
  const lists = new Set(
    build({ ...wish, seed: 'played' }, scale)
      .origins.filter(({ lanes }) => lanes.some((lane) => lane.untilEnforced))
      .map(({ id }) => id),
  );
  const others = (messages: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(messages).filter(([id]) => !lists.has(id)));
  assert.deepEqual(others(shut.messages), others(open.messages));
  for (const { messages, played } of [open, shut])
    assert.equal(
      Object.values(played).reduce((a, b) => a + b, 0),
      Object.values(messages).reduce((a, b) => a + b, 0),
    );
  assert.equal(open.played['neighbour|reject'] ?? 0, 0);
  const rejected = (played: Record<string, number>): number =>
    Object.entries(played).reduce((sum, [key, count]) => sum + (key.endsWith('|reject') ? count : 0), 0);
  assert.ok(
    rejected(shut.played) > 1.5 * rejected(open.played),
    `${rejected(shut.played)} against ${rejected(open.played)}`,
  );
});

test('a world that stops is the beginning of the whole one, and what is played from a date counts from there', async () => {
  const scale = { ...scales.small, days: 30, rows: 3000, bundled: false };
  interface Totals {
    readonly messages: Readonly<Record<string, number>>;
    readonly played: Readonly<Record<string, number>>;
    readonly playedDomains: Readonly<Record<string, number>>;
    readonly playedFrom?: string;
  }
  const told = async (options: { readonly until?: string; readonly played: string }): Promise<Totals> => {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-world-'));
    try {
      await make({ ...wish, seed: 'played' }, folder, { scale, classes: false, ...options });
      return JSON.parse(readFileSync(join(folder, 'truth', 'totals.json'), 'utf8')) as Totals;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const record = (policy: string): string =>
    `_dmarc.lageland.example. IN TXT "v=DMARC1; p=${policy}; rua=mailto:dmarc@rapport.lageland.example"\n`;
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  const before = await told({ until: '2025-10-21', played: record('none') });
  const whole = await told({ played: `${record('none')}$FROM 2025-10-21\n${record('reject')}` });
  assert.deepEqual([before.playedFrom, whole.playedFrom], [undefined, '2025-10-21']);
  assert.equal(sum(before.played), sum(before.messages));
  assert.equal(sum(before.messages) + sum(whole.played), sum(whole.messages));
  assert.equal(sum(whole.playedDomains), sum(whole.played));
  const atLageland = (totals: Totals, fate: string): number =>
    sum(
      Object.fromEntries(
        Object.entries(totals.playedDomains).filter(([key]) => key.endsWith(`|lageland.example|${fate}`)),
      ),
    );
  assert.equal(atLageland(before, 'reject'), 0);
  assert.ok(atLageland(whole, 'reject') > 0);
});

describe('receivers that turn away at MAIL FROM what SPF fails', () => {
  const scale = { ...scales.small, days: 24, rows: 6000, bundled: false };
  interface Totals {
    readonly messages: Readonly<Record<string, number>>;
    readonly played: Readonly<Record<string, number>>;
    readonly turnedAway: Readonly<Record<string, number>>;
  }
  const told = async (options: MakeOptions): Promise<{ totals: Totals; files: string[] }> => {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-world-'));
    try {
      await make({ ...wish, seed: 'turned' }, folder, { scale, classes: false, ...options });
      const totals = JSON.parse(readFileSync(join(folder, 'truth', 'totals.json'), 'utf8')) as Totals;
      return { totals, files: readdirSync(folder).sort() };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  const ending = '$FROM 2025-10-11\n$SPF-END lageland.example -all\n';

  it('tell nobody of it: what they turn away is missing from the reports, and is told by SPF domain', async () => {
    const soft = await told({ turningAway: true, played: ending.replace('-all', '~all') });
    const hard = await told({ turningAway: true, played: ending });
    const reported = await told({ played: ending });
    const atLageland = ({ turnedAway }: Totals): number =>
      sum(Object.fromEntries(Object.entries(turnedAway).filter(([key]) => key.endsWith('|lageland.example'))));
    assert.deepEqual([atLageland(soft.totals), sum(reported.totals.turnedAway)], [0, 0]);
    assert.ok(atLageland(hard.totals) > 0);
    assert.equal(sum(hard.totals.played) + sum(hard.totals.turnedAway), sum(reported.totals.played));
    assert.equal(sum(soft.totals.played) - sum(hard.totals.played), atLageland(hard.totals));
  });

  it('and totals alone are those of the whole world', async () => {
    const whole = await told({ turningAway: true, played: ending });
    const alone = await told({ turningAway: true, played: ending, onlyTotals: true });
    assert.deepEqual(alone.totals.played, whole.totals.played);
    assert.deepEqual(alone.totals.turnedAway, whole.totals.turnedAway);
    assert.deepEqual([whole.files, alone.files], [whole.files, ['truth']]);
  });
});
