// How right a what-if is: changes are asked about by the product's own command on the reports of a world, then the changed world is
// played, and what its receivers did is held against what was said before. A world that is given may hold worlds that were played
// by others: `played/NAME/change.zone` with `played/NAME/totals.json`.
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parsed } from './product.ts';
import type { Given, Judged, Part } from './part.ts';
import { classText } from './truth.ts';
import type { ClassLine, ClassKey, Origin } from './truth.ts';
import { makeWorld } from './world.ts';
import type { WorldName } from './world.ts';

/** What the command says of one combination; only what is used here. */
interface Line extends Omit<ClassKey, 'authorDomain' | 'source' | 'spf'> {
  readonly source: string | null;
  readonly authorDomain: string | null;
  readonly spf: readonly [domain: string, scope: string | null, result: string] | null;
  readonly stream: string | null;
  readonly messages: number;
  readonly before: Readonly<Record<Fate, number>>;
  readonly after: Readonly<Record<Fate, number>>;
  readonly range: Readonly<Record<Fate, readonly [number, number]>>;
  readonly lost: { readonly expected: number; readonly most: number };
}

const fates = ['delivered', 'quarantined', 'rejected'] as const;
type Fate = (typeof fates)[number];
const fateOf: Readonly<Record<string, Fate>> = {
  none: 'delivered',
  pass: 'delivered',
  quarantine: 'quarantined',
  reject: 'rejected',
};

/** A change of a world, and what was played of it. */
interface Play {
  readonly name: string;
  readonly file: string;
  readonly played: Readonly<Record<string, number>>;
}

/** Judges what-ifs. */
export const simulation: Part = {
  judge: (given) => (given.options.playing ? judgeSimulation(given) : Promise.resolve([])),
};

/** Judges what was played by others, and, where the world can be made again, the usual changes. */
async function judgeSimulation(given: Given): Promise<readonly Judged[]> {
  const { world, made, say } = given;
  if (made === undefined && !existsSync(join(world, 'played'))) return [];
  const truth = await readClasses(world);
  const home = mkdtempSync(join(tmpdir(), 'zegel-played-'));
  const judged: Judged[] = [];
  try {
    const unchanged = await playUnchanged(world, made, home);
    for await (const play of plays(world, made, truth.mail, home, say)) {
      say(`what-if ${play.name}`);
      judged.push(...(await judgeOne(given, play, truth, unchanged)));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return judged;
}

/** What receivers did where nothing changed: what reports that were counted wrongly make of that is no fault of a what-if. */
async function playUnchanged(
  world: string,
  made: WorldName | undefined,
  home: string,
): Promise<Readonly<Record<string, number>> | undefined> {
  const totals = join(world, 'played', 'unchanged', 'totals.json');
  if (existsSync(totals)) return playedOf(totals);
  if (made === undefined) return undefined;
  const file = join(home, 'unchanged.zone');
  writeFileSync(file, 'nobody-asks-for-this.example. IN TXT "nothing"\n');
  return playedIn(made, file, join(home, 'world'));
}

interface Classes {
  readonly byText: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly origins: ReadonlyMap<string, number>;
  /** Legitimate messages by author domain. */
  readonly mail: ReadonlyMap<string, number>;
}

async function readClasses(world: string): Promise<Classes> {
  const byText = new Map<string, Record<string, number>>();
  const origins = new Map<string, number>();
  const mail = new Map<string, number>();
  const kinds = JSON.parse(readFileSync(join(world, 'truth', 'origins.json'), 'utf8')) as Record<string, Origin>;
  const lines = createInterface({
    input: createReadStream(join(world, 'truth', 'classes.jsonl')),
    crlfDelay: Infinity,
  });
  for await (const text of lines) {
    if (text === '') continue;
    const line = JSON.parse(text) as ClassLine;
    byText.set(classText(line), line.messages);
    for (const [origin, count] of Object.entries(line.messages)) {
      origins.set(origin, (origins.get(origin) ?? 0) + count);
      const isOurs = kinds[origin]?.kind === 'own' || kinds[origin]?.kind === 'third';
      if (isOurs) mail.set(line.authorDomain, (mail.get(line.authorDomain) ?? 0) + count);
    }
  }
  return { byText, origins, mail };
}

/** The changes: those that others have played, and, where the world can be made again, the usual ones. */
async function* plays(
  world: string,
  made: WorldName | undefined,
  mail: ReadonlyMap<string, number>,
  home: string,
  say: (text: string) => void,
): AsyncGenerator<Play> {
  const others = join(world, 'played');
  for (const name of existsSync(others) ? readdirSync(others).sort() : []) {
    if (name === 'unchanged') continue;
    const totals = join(others, name, 'totals.json');
    if (existsSync(totals)) yield { name, file: join(others, name, 'change.zone'), played: playedOf(totals) };
  }
  if (made === undefined) return;
  for (const { name, lines } of usualChanges(world, mail)) {
    const file = join(home, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.zone`);
    writeFileSync(file, `$TTL 3600\n${lines.join('\n')}\n`);
    say(`playing ${name}`);
    yield { name, file, played: await playedIn(made, file, join(home, 'world')) };
  }
}

function playedOf(file: string): Readonly<Record<string, number>> {
  const { played } = JSON.parse(readFileSync(file, 'utf8')) as { played?: Record<string, number> };
  if (played === undefined) throw new Error(`${file}: nothing was played`);
  return played;
}

/** Changes of the domain with a record throughout, and an include to take away, that has most legitimate mail. */
function usualChanges(
  world: string,
  mail: ReadonlyMap<string, number>,
): { readonly name: string; readonly lines: readonly string[] }[] {
  const zones = readdirSync(join(world, 'zones'))
    .sort()
    .map((file) => readFileSync(join(world, 'zones', file), 'utf8'));
  const texts = (name: string, begin: string): string[] =>
    zones.flatMap((zone) => {
      const line = zone.split('\n').find((each) => each.startsWith(`${name}. IN TXT "${begin}`));
      return line === undefined ? [] : [line.slice(line.indexOf('"') + 1, -1).replaceAll('" "', '')];
    });
  const names = [...(zones[0] ?? '').matchAll(/^_dmarc\.(\S+)\. IN TXT "v=DMARC1[^"]*rua=/gm)].map(
    ([, name = '']) => name,
  );
  const domain = names
    .filter((name) => {
      const spf = texts(name, 'v=spf1');
      return (
        spf.length === zones.length &&
        / include:/.test(spf.at(-1) ?? '') &&
        texts(`_dmarc.${name}`, 'v=DMARC1').length === zones.length
      );
    })
    .sort((a, b) => (mail.get(b) ?? 0) - (mail.get(a) ?? 0) || (a < b ? -1 : 1))[0];
  if (domain === undefined) return [];
  const rua = /rua=[^;"]+/.exec(texts(`_dmarc.${domain}`, 'v=DMARC1')[0] ?? '')?.[0] ?? '';
  const dmarc = (tags: string): string => `_dmarc.${domain}. IN TXT "v=DMARC1; ${tags}; ${rua}"`;
  const spf = texts(domain, 'v=spf1').at(-1) ?? '';
  const include = /\sinclude:\S+/.exec(spf)?.[0];
  const record = (text: string): string => `${domain}. IN TXT "${text}"`;
  return [
    { name: 'p=reject', lines: [dmarc('p=reject; sp=reject')] },
    { name: 'sp=quarantine np=reject', lines: [dmarc('p=none; sp=quarantine; np=reject')] },
    { name: 'p=reject t=y pct=0', lines: [dmarc('p=reject; t=y; pct=0')] },
    { name: 'p=reject adkim=s aspf=s', lines: [dmarc('p=reject; sp=reject; adkim=s; aspf=s')] },
    ...(include === undefined ? [] : [{ name: 'SPF without an include', lines: [record(spf.replace(include, ''))] }]),
    ...(include === undefined
      ? []
      : [{ name: 'p=reject, SPF without an include', lines: [dmarc('p=reject'), record(spf.replace(include, ''))] }]),
    { name: 'SPF -all', lines: [record(spf.replace(/[~?+]all$/, '-all'))] },
  ];
}

async function playedIn(made: WorldName, file: string, out: string): Promise<Readonly<Record<string, number>>> {
  await makeWorld(made, out, { play: file, withoutClasses: true });
  const played = playedOf(join(out, 'truth', 'totals.json'));
  rmSync(out, { recursive: true, force: true });
  return played;
}

/** What is said of one origin. */
interface Said {
  readonly least: Record<Fate, number>;
  readonly most: Record<Fate, number>;
  readonly expected: Record<Fate, number>;
  readonly before: Record<Fate, number>;
  messages: number;
}

async function judgeOne(
  given: Given,
  play: Play,
  truth: Classes,
  unchanged: Readonly<Record<string, number>> | undefined,
): Promise<Judged[]> {
  const { zegel, filed, options, say } = given;
  const said = new Map<string, Said>();
  let unknown = 0;
  let lost = 0;
  let lostWithoutStream = 0;
  // What is said of a class, whose messages may stand in several lines: some reporters add words that tell classes apart for nobody.
  const lines = new Map<string, Line>();
  await zegel(
    ['what-if', '--record', play.file, '--records', 'then', '--whole', '--rows', '--data', filed.data],
    (text) => {
      const line = parsed(text) as Line;
      lost += line.lost.most;
      if (line.stream === null) lostWithoutStream += line.lost.most;
      const { source, authorDomain } = line;
      const key = source === null || authorDomain === null ? '' : classText({ ...line, source, authorDomain });
      if (!truth.byText.has(key)) {
        unknown += line.messages;
        return;
      }
      const known = lines.get(key);
      lines.set(key, known === undefined ? line : together(known, line));
    },
  );
  for (const [key, line] of lines) {
    const origins = Object.entries(truth.byText.get(key)!);
    const sum = origins.reduce((total, [, count]) => total + count, 0);
    // Counted as the truth counts: a row that a forged report made larger is brought back to its size.
    const scale = sum / line.messages;
    for (const [origin, count] of origins) {
      let of = said.get(origin);
      if (of === undefined)
        said.set(origin, (of = { least: zero(), most: zero(), expected: zero(), before: zero(), messages: 0 }));
      of.messages += count;
      const others = sum - count;
      for (const fate of fates) {
        const [least, most] = line.range[fate];
        of.expected[fate] += (line.after[fate] * scale * count) / sum;
        of.before[fate] += (line.before[fate] * scale * count) / sum;
        // Which of the messages that look alike met what is not known: at the most all of one kind were this origin's.
        of.least[fate] += Math.max(0, least * scale - others);
        of.most[fate] += Math.min(count, most * scale);
      }
    }
  }
  const total = [...truth.origins.values()].reduce((sum, count) => sum + count, 0);
  let outside = 0;
  let unsure = 0;
  let fixed = 0;
  let fixedWrong = 0;
  let distance = 0;
  const worst: { text: string; by: number }[] = [];
  for (const [origin, messages] of truth.origins) {
    const of = said.get(origin) ?? { least: zero(), most: zero(), expected: zero(), before: zero(), messages: 0 };
    const actual = fatesOf(play.played, origin);
    const reported = fates.reduce((sum, fate) => sum + actual[fate], 0);
    const was = unchanged === undefined ? of.before : fatesOf(unchanged, origin);
    const drift = fates.reduce((sum, fate) => sum + Math.abs(of.before[fate] - was[fate]), 0);
    // Lists that rewrite From are gone from sight once a policy enforces: that mail arrives, in another name.
    if (reported < messages) actual.delivered += messages - reported;
    // And back where it no longer does: mail of which no report told before, and of which nothing could be said.
    const appeared = Math.max(0, reported - messages);
    let off = -appeared - drift;
    for (const fate of fates) {
      off += Math.max(0, of.least[fate] - actual[fate], actual[fate] - of.most[fate]);
      unsure += (of.most[fate] - of.least[fate]) / 2;
      distance += Math.abs(of.expected[fate] - actual[fate]) / 2;
    }
    off = Math.max(0, off);
    outside += off / 2;
    if (fates.every((fate) => of.most[fate] - of.least[fate] < 0.5)) {
      fixed += 1;
      if (off > messages * 0.001 + 0.5) fixedWrong += 1;
    }
    if (off > 0.5)
      worst.push({
        by: off,
        text: `${origin}: said ${told(of)}, played ${fates.map((fate) => actual[fate]).join(' ')}`,
      });
  }
  worst.sort((a, b) => b.by - a.by);
  for (const { text } of worst.slice(0, options.explain)) say(`what-if ${play.name}: ${text}`);
  const figure = (name: string, value: number, n: number, target: number | null): Judged => ({
    variant: `what if ${play.name}`,
    metric: `what-if-${name}`,
    by: 'message',
    stratum: 'all',
    value,
    low: null,
    high: null,
    n,
    ceiling: null,
    target,
    met: target === null ? null : value <= target,
  });
  return [
    figure('outside', outside / total, truth.origins.size, 0.001),
    figure('certain-and-otherwise', fixedWrong, fixed, 0),
    figure('not-certain', unsure / total, truth.origins.size, null),
    figure('distance', distance / total, truth.origins.size, null),
    figure('losses-without-a-stream', lost === 0 ? 0 : lostWithoutStream / lost, truth.origins.size, null),
    figure('unknown-rows', unknown / total, truth.origins.size, null),
  ];
}

/** Two lines of one class as one. */
function together(one: Line, other: Line): Line {
  const sums = (a: Line['before'], b: Line['before']): Record<Fate, number> => {
    const found = zero();
    for (const fate of fates) found[fate] = a[fate] + b[fate];
    return found;
  };
  const range = (fate: Fate): readonly [number, number] => [
    one.range[fate][0] + other.range[fate][0],
    one.range[fate][1] + other.range[fate][1],
  ];
  return {
    ...one,
    messages: one.messages + other.messages,
    before: sums(one.before, other.before),
    after: sums(one.after, other.after),
    range: { delivered: range('delivered'), quarantined: range('quarantined'), rejected: range('rejected') },
  };
}

function fatesOf(played: Readonly<Record<string, number>>, origin: string): Record<Fate, number> {
  const found = zero();
  for (const [what, fate] of Object.entries(fateOf)) found[fate] += played[`${origin}|${what}`] ?? 0;
  return found;
}

function zero(): Record<Fate, number> {
  return { delivered: 0, quarantined: 0, rejected: 0 };
}

function told({ least, most, expected }: Said): string {
  return fates
    .map((fate) => `${Math.round(least[fate])}–${Math.round(expected[fate])}–${Math.round(most[fate])}`)
    .join(' ');
}
