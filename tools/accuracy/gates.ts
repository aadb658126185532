// Whether gates may be trusted: a world until a date is read and decided on, the next rung of every domain and its gate are asked, and then
// the rest of the world is played three times: as it stood, with the records of the open gates, and, as the counter-test, with those of all
// next rungs whatever their gate. What stood in the open gates is then what is published, and a while later it is asked again.
import { mkdirSync, readdirSync, readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, dayOf } from '../world/calendar.ts';
import { scales } from '../world/world.ts';
import { decideByTruth } from './decide-by-truth.ts';
import { parsed } from './product.ts';
import type { Zegel } from './product.ts';
import type { Given, Judged, Part } from './part.ts';
import { rungRecord } from './rung-records.ts';
import { strataBy } from './strata.ts';
import { readTruth } from './truth.ts';
import type { Truth } from './truth.ts';
import { fileWorld, makeWorld, networksOf } from './world.ts';
import type { WorldName } from './world.ts';

/** A line of `zegel ladder --json`, as far as it is used. */
export interface GateLine {
  readonly domain: string;
  readonly record: { readonly found: string; readonly at: string | null };
  readonly rung: string | null;
  readonly next: string | null;
  readonly gate: string;
  readonly reasons: readonly { readonly code: string; readonly id: string; readonly shuts: boolean }[];
}

/** How mail of an origin under an author domain fared. */
interface Fared {
  readonly quarantined: number;
  readonly rejected: number;
}

/** What a step cost one origin under one author domain. */
export interface Loss {
  readonly domain: string;
  readonly origin: string;
  readonly author: string;
  readonly messages: number;
  /** Whether mail of the origin under that author domain was reported before the step. */
  readonly isSeen: boolean;
}

/** Judges gates, where the world can be made again. */
export const gates: Part = {
  judge: ({ made, options, zegel, say }) =>
    made !== undefined && options.playing
      ? judgeGates({ made, zegel, say, explain: options.explain }, stepsOf(made))
      : Promise.resolve([]),
};

/** The dates on which it is asked: four, farther apart than a rung of people has to hold, and with a while left to play. */
function stepsOf({ size }: WorldName): string[] {
  const { first, days } = scales[size as keyof typeof scales];
  const start = Math.floor(days * 0.3);
  const apart = Math.max(31, Math.floor((days - start) / 5));
  return Array.from({ length: 4 }, (_, step) => dateOf(first + start + step * apart));
}

interface Asked extends Pick<Given, 'say' | 'zegel'> {
  readonly made: WorldName;
  readonly explain: number;
}

/** What the steps came to. */
export class GateSums {
  open = 0;
  harmful = 0;
  harmfulShut = 0;
  harmless = 0;
  harmlessOpen = 0;
  lost = 0;
  lostUnseen = 0;
  forwarded = 0;

  /** Figures of all steps together. */
  judged(): Judged[] {
    const figure = (
      metric: string,
      by: Judged['by'],
      value: number | null,
      n: number,
      target: number | null = null,
    ): Judged => ({
      metric,
      by,
      stratum: 'all',
      value,
      low: null,
      high: null,
      n,
      ceiling: null,
      target,
      met: target === null ? null : value === target || value === null,
    });
    const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
    return [
      figure('gates-open-lost', 'message', this.lost, this.open, 0),
      figure('gates-harmful-shut', 'row', share(this.harmfulShut, this.harmful), this.harmful, 1),
      figure('gates-harmless-open', 'row', share(this.harmlessOpen, this.harmless), this.harmless),
      figure('gates-open-lost-unseen', 'message', this.lostUnseen, this.open),
      figure('gates-open-lost-forwarded', 'message', this.forwarded, this.open),
    ];
  }
}

/**
 * Judges the gates of a world that can be made.
 *
 * @param dates on which it is asked, in order
 */
export async function judgeGates(asked: Asked, dates: readonly string[]): Promise<Judged[]> {
  const home = mkdtempSync(join(tmpdir(), 'zegel-gates-'));
  const gone = (): void => rmSync(home, { recursive: true, force: true });
  process.on('exit', gone);
  const sums = new GateSums();
  try {
    let published = '';
    for (const date of dates) published = await judgeStep(asked, { date, published, home, sums });
  } finally {
    gone();
    process.off('exit', gone);
  }
  return sums.judged();
}

interface Step {
  readonly date: string;
  /** What was published on earlier steps, as a file that is played. */
  readonly published: string;
  readonly home: string;
  readonly sums: GateSums;
}

/** Judges the gates on one date. Returns what is published after it. */
async function judgeStep(asked: Asked, { date, published, home, sums }: Step): Promise<string> {
  const { made, zegel, say } = asked;
  say(`gates on ${date}`);
  const folder = join(home, date);
  mkdirSync(folder, { recursive: true });
  const before = join(folder, 'world');
  const played = join(folder, 'before.zone');
  writeFileSync(played, published);
  await makeWorld(made, before, { play: played, until: date });
  const { data } = await fileWorld(before, folder, zegel, { withoutReverse: false, say: () => {} });
  const truth = await readTruth(before, strataBy(networksOf(before)));
  await decideByTruth(zegel, data, truth);
  const lines = await askGates(zegel, data);

  const records = recordsOf(before);
  const rua = [...records.values()].map((text) => /rua=[^;]+/.exec(text)?.[0].slice(4)).find(Boolean) ?? '';
  const write = (isTaken: (line: GateLine) => boolean): string =>
    `${published}$FROM ${date}\n${lines
      .map((line) => {
        const now = records.get(line.domain);
        const governing = line.record.at === null ? undefined : records.get(line.record.at);
        const text =
          line.next !== null && isTaken(line)
            ? rungRecord(governing, line.record.at === line.domain, line.next, rua)
            : (now ?? '');
        return `_dmarc.${line.domain}. IN TXT "${text}"\n`;
      })
      .join('')}`;
  const isOpen = (line: GateLine): boolean => line.gate === 'open';
  const after = write(isOpen);
  const play = async (text: string): Promise<ReadonlyMap<string, Fared>> => {
    const file = join(folder, 'play.zone');
    const out = join(folder, 'played');
    writeFileSync(file, text);
    await makeWorld(made, out, { play: file, withoutClasses: true });
    const totals = JSON.parse(readFileSync(join(out, 'truth', 'totals.json'), 'utf8')) as {
      readonly playedDomains: Readonly<Record<string, number>>;
    };
    rmSync(out, { recursive: true, force: true });
    return faredOf(totals.playedDomains);
  };
  const unchanged = await play(write(() => false));
  const taken = lines.filter(({ next }) => next !== null);
  const seen = seenPairs(truth);
  const kinds = new Map(truth.originNames.map((name, at) => [name, truth.originKinds[at]!]));
  const open = lossesOf(unchanged, await play(after), new Set(taken.filter(isOpen).map(({ domain }) => domain)), seen);
  const all = lossesOf(unchanged, await play(write(() => true)), new Set(taken.map(({ domain }) => domain)), seen);
  const isOurs = ({ origin }: Loss): boolean => (kinds.get(origin) ?? Infinity) <= 1;
  addStep(sums, taken, open.filter(isOurs), all.filter(isOurs));
  for (const loss of open) if (kinds.get(loss.origin) === 2) sums.forwarded += loss.messages;
  for (const text of told(taken, open.filter(isOurs), all.filter(isOurs), asked.explain))
    say(`gates on ${date}: ${text}`);
  rmSync(folder, { recursive: true, force: true });
  return after;
}

/** Adds what one step cost. */
export function addStep(sums: GateSums, taken: readonly GateLine[], open: readonly Loss[], all: readonly Loss[]): void {
  const harmed = new Set(all.filter(({ isSeen }) => isSeen).map(({ domain }) => domain));
  for (const { domain, gate } of taken) {
    if (gate === 'open') sums.open += 1;
    if (harmed.has(domain)) {
      sums.harmful += 1;
      if (gate === 'shut') sums.harmfulShut += 1;
    } else {
      sums.harmless += 1;
      if (gate === 'open') sums.harmlessOpen += 1;
    }
  }
  for (const { messages, isSeen } of open) {
    if (isSeen) sums.lost += messages;
    else sums.lostUnseen += messages;
  }
}

/** Every loss under an open gate, and how many steps there were; with `explain` also what shut gates of harmless steps. */
function told(taken: readonly GateLine[], open: readonly Loss[], all: readonly Loss[], explain: number): string[] {
  const harmed = new Set(all.filter(({ isSeen }) => isSeen).map(({ domain }) => domain));
  const count = (isMeant: (line: GateLine) => boolean): number => taken.filter(isMeant).length;
  const text = ({ domain, origin, author, messages, isSeen }: Loss): string =>
    `${taken.find((line) => line.domain === domain)?.next ?? ''} at ${domain}: ${messages} of ${origin} as ${author}${isSeen ? '' : ', not seen before'}`;
  const harmless = taken.filter(({ domain, gate }) => gate === 'shut' && !harmed.has(domain));
  return [
    `${taken.length} next rungs, ${count(({ gate }) => gate === 'open')} open; ${harmed.size} would lose mail, of which ${count(({ gate, domain }) => gate === 'open' && harmed.has(domain))} open`,
    ...open.map((loss) => `LOST under an open gate: ${text(loss)}`),
    ...all
      .filter(({ domain }) => taken.some((line) => line.domain === domain && line.gate === 'shut'))
      .sort((a, b) => b.messages - a.messages)
      .slice(0, explain)
      .map((loss) => `kept by a shut gate: ${text(loss)}`),
    ...harmless.slice(0, explain).map(
      ({ domain, rung, next, reasons }) =>
        `shut and harmless: ${domain} ${String(rung)} → ${String(next)}: ${reasons
          .filter(({ shuts }) => shuts)
          .map(({ code, id }) => (id === '' ? code : `${code}:${id}`))
          .join(' ')}`,
    ),
  ];
}

/** Asks for the gates of all domains; a person accepts what reject does to lists where nothing else is in the way. */
async function askGates(zegel: Zegel, data: string): Promise<GateLine[]> {
  await zegel(['domains', 'propose', '--add', '--data', data]);
  const ladder = async (): Promise<GateLine[]> => {
    const lines: GateLine[] = [];
    await zegel(['ladder', '--json', '--all', '--data', data], (line) => lines.push(parsed(line) as GateLine));
    return lines;
  };
  const first = await ladder();
  const asking = first.filter(({ reasons }) => {
    const shutting = reasons.filter(({ shuts }) => shuts);
    return shutting.length === 1 && shutting[0]!.code === 'gate/users';
  });
  if (asking.length === 0) return first;
  for (const { domain } of asking)
    await zegel(['domains', 'accept', domain, '--who', 'A. Jansen', '--why', 'everybody was told', '--data', data]);
  return ladder();
}

/** The DMARC records of the last zone file of a world, by domain. */
function recordsOf(world: string): Map<string, string> {
  const last = readdirSync(join(world, 'zones'))
    .filter((name) => name.endsWith('.zone'))
    .sort((a, b) => dayOf(a.slice(0, 10)) - dayOf(b.slice(0, 10)))
    .at(-1);
  const text = last === undefined ? '' : readFileSync(join(world, 'zones', last), 'utf8');
  return new Map(
    [...text.matchAll(/^_dmarc\.(\S+)\. IN TXT (".*")$/gm)].map(([, domain = '', strings = '']) => [
      domain,
      strings.slice(1, -1).replaceAll('" "', ''),
    ]),
  );
}

/** What became of mail, by origin and author domain. */
function faredOf(played: Readonly<Record<string, number>>): Map<string, Fared> {
  const found = new Map<string, Fared>();
  for (const [key, count] of Object.entries(played)) {
    const at = key.lastIndexOf('|');
    const pair = key.slice(0, at);
    const { quarantined, rejected } = found.get(pair) ?? { quarantined: 0, rejected: 0 };
    const fate = key.slice(at + 1);
    found.set(pair, {
      quarantined: quarantined + (fate === 'quarantine' ? count : 0),
      rejected: rejected + (fate === 'reject' ? count : 0),
    });
  }
  return found;
}

/** Origins with the author domains they were reported with. */
function seenPairs(truth: Truth): Set<string> {
  const seen = new Set<string>();
  for (let number = 0; number < truth.size; number++)
    for (const [origin, messages] of truth.origins[number]!)
      if (messages > 0) seen.add(`${truth.originNames[origin]!}|${truth.authorDomains[number]!}`);
  return seen;
}

/**
 * What a change cost, by origin and author domain: mail that did not arrive and would have, or that was rejected and would have been
 * quarantined. It is put down to the nearest changed domain at or above the author's.
 */
export function lossesOf(
  unchanged: ReadonlyMap<string, Fared>,
  changed: ReadonlyMap<string, Fared>,
  domains: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Loss[] {
  const losses: Loss[] = [];
  for (const [pair, { quarantined, rejected }] of changed) {
    const was = unchanged.get(pair) ?? { quarantined: 0, rejected: 0 };
    const messages = Math.max(rejected - was.rejected, quarantined + rejected - was.quarantined - was.rejected);
    if (messages <= 0) continue;
    const at = pair.indexOf('|');
    const author = pair.slice(at + 1);
    let domain = author;
    while (!domains.has(domain) && domain.includes('.')) domain = domain.slice(domain.indexOf('.') + 1);
    losses.push({ domain, origin: pair.slice(0, at), author, messages, isSeen: seen.has(pair) });
  }
  return losses;
}
