// Whether gates may be trusted: a world until a date is read and decided on, the steps of every domain and their gates are asked, and then
// the rest of the world is played, kind by kind: as it stood, with the records of the open gates, and, as the counter-test, with those of
// all steps whatever their gate. What stood in the open gates of `p` is then what is published, and a while later it is asked again.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, dayOf } from '../world/calendar.ts';
import { scales } from '../world/world.ts';
import { decideByTruth } from './decide-by-truth.ts';
import { gateKinds } from './gate-kinds.ts';
import type { GateAsked, GateKind, GateLine, Published } from './gate-kinds.ts';
import { faredOf, lossesOf, lostIn, turnedAwayBy } from './gate-losses.ts';
import type { Loss, PlayedTotals } from './gate-losses.ts';
import { GateSums, told } from './gate-sums.ts';
import type { StepLosses } from './gate-sums.ts';
import { parsed } from './product.ts';
import type { Zegel } from './product.ts';
import type { Given, Judged, Part } from './part.ts';
import { strataBy } from './strata.ts';
import { isOurs, readTruth } from './truth.ts';
import type { Truth } from './truth.ts';
import { fileWorld, makeWorld, networksOf } from './world.ts';
import type { WorldName } from './world.ts';

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

/**
 * Judges the gates of a world that can be made.
 *
 * @param dates on which it is asked, in order
 */
export async function judgeGates(asked: Asked, dates: readonly string[]): Promise<Judged[]> {
  const home = mkdtempSync(join(tmpdir(), 'zegel-gates-'));
  const gone = (): void => rmSync(home, { recursive: true, force: true });
  process.on('exit', gone);
  const sums = gateKinds.map(({ name }) => new GateSums(name));
  try {
    let published = '';
    for (const date of dates) published = await judgeStep(asked, { date, published, home, sums });
  } finally {
    gone();
    process.off('exit', gone);
  }
  if (asked.explain > 0)
    for (const { kind, shutBy } of sums)
      for (const [codes, count] of [...shutBy].sort((a, b) => b[1] - a[1]))
        asked.say(`gates of ${kind}: ${count} harmless shut by ${codes}`);
  return sums.flatMap((each) => each.judged());
}

interface Step {
  readonly date: string;
  /** What was published on earlier steps, as a file that is played. */
  readonly published: string;
  readonly home: string;
  /** By kind. */
  readonly sums: readonly GateSums[];
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
  await makeWorld(made, before, { play: played, until: date, turningAway: true });
  const { data } = await fileWorld(before, folder, zegel, { withoutReverse: false, say: () => {} });
  const truth = await readTruth(before, strataBy(networksOf(before)));
  await decideByTruth(zegel, data, truth);
  const lines = await askGates(zegel, data, truth);
  const records = recordsOf(before);
  const rua = [...records.values()].map((text) => /rua=[^;]+/.exec(text)?.[0].slice(4)).find(Boolean) ?? '';
  const seen = seenPairs(truth);

  const zoneOf = (kind: GateKind, isTaken: (gate: GateAsked) => boolean): string => {
    const text = lines.map((line) => {
      const gate = kind.asked(line);
      return kind.lines(line, gate !== undefined && isTaken(gate), { records, rua } satisfies Published);
    });
    return `${published}$FROM ${date}\n${text.join('')}`;
  };
  const isOpen = ({ gate }: GateAsked): boolean => gate === 'open';
  const play = async (text: string): Promise<PlayedTotals> => {
    const file = join(folder, 'play.zone');
    const out = join(folder, 'played');
    writeFileSync(file, text);
    await makeWorld(made, out, { play: file, onlyTotals: true, turningAway: true });
    const totals = JSON.parse(readFileSync(join(out, 'truth', 'totals.json'), 'utf8')) as PlayedTotals;
    rmSync(out, { recursive: true, force: true });
    return totals;
  };
  for (const [at, kind] of gateKinds.entries()) {
    const gates = lines.flatMap((line) => kind.asked(line) ?? []);
    if (gates.length === 0) continue;
    const unchanged = await play(zoneOf(kind, () => false));
    const open = gates.some(isOpen) ? await play(zoneOf(kind, isOpen)) : unchanged;
    const all = gates.every(isOpen) ? open : await play(zoneOf(kind, () => true));
    const losses = stepLosses(kind, gates, { unchanged, open, all }, seen, truth);
    sums[at]!.add(gates, losses);
    for (const text of told(kind.name, gates, losses, asked.explain)) say(`gates on ${date}: ${text}`);
  }
  rmSync(folder, { recursive: true, force: true });
  return zoneOf(gateKinds[0]!, isOpen);
}

/** What the steps of one kind cost. */
function stepLosses(
  { isOfSpf, isOfStep }: GateKind,
  gates: readonly GateAsked[],
  { unchanged, open, all }: Readonly<Record<'all' | 'open' | 'unchanged', PlayedTotals>>,
  seen: ReadonlySet<string>,
  truth: Truth,
): StepLosses {
  const kinds = new Map(truth.originNames.map((name, at) => [name, truth.originKinds[at]!]));
  const ours = (losses: readonly Loss[]): Loss[] =>
    losses.filter(({ origin }) => isOurs(kinds.get(origin) ?? Infinity));
  const forwarded = (losses: readonly Loss[]): Loss[] => losses.filter(({ origin }) => kinds.get(origin) === 2);
  const domains = new Set(gates.map(({ domain }) => domain));
  const opened = new Set(gates.filter(({ gate }) => gate === 'open').map(({ domain }) => domain));
  const before = faredOf(unchanged);
  const ofOpen = isOfSpf ? turnedAwayBy(unchanged, open, seen) : lossesOf(before, faredOf(open), opened, seen);
  const ofAll = isOfSpf ? turnedAwayBy(unchanged, all, seen) : lossesOf(before, faredOf(all), domains, seen);
  return {
    open: ours(ofOpen),
    all: ours(ofAll),
    anyway: isOfSpf ? forwarded(ofAll) : ours(lostIn(faredOf(all), domains, seen).filter(isOfStep)),
    forwarded: forwarded(ofOpen).reduce((sum, { messages }) => sum + messages, 0),
  };
}

/**
 * Asks for the gates of all domains. A person says that a domain that nothing of ours is sent from is for what it is thought to be for, and
 * accepts what reject does to lists where nothing else is in the way.
 */
async function askGates(zegel: Zegel, data: string, truth: Truth): Promise<GateLine[]> {
  await zegel(['domains', 'propose', '--add', '--data', data]);
  const ladder = async (): Promise<GateLine[]> => {
    const lines: GateLine[] = [];
    await zegel(['ladder', '--json', '--all', '--data', data], (line) => lines.push(parsed(line) as GateLine));
    return lines;
  };
  const shutting = ({ reasons }: GateLine): string[] => reasons.flatMap(({ code, shuts }) => (shuts ? [code] : []));
  let lines = await ladder();
  const sending = new Set(
    truth.authorDomains.filter((_, number) =>
      truth.origins[number]!.some(([origin, messages]) => messages > 0 && isOurs(truth.originKinds[origin]!)),
    ),
  );
  const quiet = lines.filter((line) => shutting(line).includes('gate/role-proposed') && !sending.has(line.domain));
  for (const { domain, role } of quiet) await zegel(['domains', 'role', domain, role.role, '--data', data]);
  if (quiet.length > 0) lines = await ladder();
  const asking = lines.filter((line) => shutting(line).join() === 'gate/users');
  for (const { domain } of asking)
    await zegel(['domains', 'accept', domain, '--who', 'A. Jansen', '--why', 'everybody was told', '--data', data]);
  return asking.length === 0 ? lines : ladder();
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

/** Origins with the author domains they were reported with. */
function seenPairs(truth: Truth): Set<string> {
  const seen = new Set<string>();
  for (let number = 0; number < truth.size; number++)
    for (const [origin, messages] of truth.origins[number]!)
      if (messages > 0) seen.add(`${truth.originNames[origin]!}|${truth.authorDomains[number]!}`);
  return seen;
}
