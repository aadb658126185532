// A world from a wish to its last file.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dateOf, dayOf, rhythmAt } from './calendar.ts';
import { declaredCsv } from './declared.ts';
import { Bundles, LooseFiles } from './delivery.ts';
import { forgers } from './forgers.ts';
import { forwarders } from './forwarders.ts';
import type { Origin, Scale, Size, Wish } from './model.ts';
import { networksCsv } from './networks.ts';
import { organisation } from './organisation.ts';
import { publish } from './published.ts';
import { Receivers } from './receivers.ts';
import { parseOverlay, RecordBook } from './records.ts';
import { reporters } from './reporters.ts';
import { Setup } from './setup.ts';
import { Sources } from './sources.ts';
import { brandStreams } from './streams-many.ts';
import { ownStreams } from './streams-own.ts';
import { thirdStreams } from './streams-third.ts';
import { play } from './traffic.ts';
import { Truth } from './truth.ts';
import { reverseFile, zoneFile } from './zone-files.ts';

const first = dayOf('2025-10-01');

/** The sizes: small is a year that a repository can hold, full is what the speed is measured on. */
export const scales: Readonly<Record<Size, Scale>> = {
  small: { first, days: 365, domains: 48, rows: 24_000, pools: 0.11, bundled: true, grid: 61 },
  medium: { first, days: 200, domains: 110, rows: 400_000, pools: 0.3, bundled: false, grid: 25 },
  full: { first, days: 400, domains: 300, rows: 5_800_000, pools: 1, bundled: false, grid: 16 },
};

interface More {
  readonly streams: number;
  readonly organisations: number;
  readonly hobbyists: number;
  readonly forgers: number;
}

const more: Readonly<Record<Size, More>> = {
  small: { streams: 2, organisations: 16, hobbyists: 40, forgers: 2200 },
  medium: { streams: 25, organisations: 40, hobbyists: 90, forgers: 4500 },
  full: { streams: 85, organisations: 90, hobbyists: 170, forgers: 17_500 },
};

/** Everything that exists before the first day. */
export function build(wish: Wish, scale: Scale = scales[wish.size]) {
  const book = new RecordBook(scale.grid);
  const sources = new Sources();
  const org = organisation(wish.seed, scale);
  const setup = new Setup(sources, org, book, scale);
  const known = reporters(org, wish.seed, scale);
  ownStreams(setup);
  const neighbour = thirdStreams(setup);
  brandStreams(setup, more[wish.size].streams);
  forwarders(setup, more[wish.size]);
  forgers(setup, wish.seed, more[wish.size].forgers, neighbour);
  publish(setup, book, scale, known, wish.seed);
  return { wish, scale, book, sources, organisation: org, setup, reporters: known, origins: setup.origins };
}

/** How loud forgers have to be for their share, and how many rows a day each origin is worth. */
export function volumes(
  origins: readonly Origin[],
  scale: Scale,
  forged: number,
): { loudness: number[]; rowsADay: number[] } {
  const usual = origins.map((origin) => {
    if (origin.audience === 'unreported') return 0;
    let days = 0;
    for (let day = origin.since; day < origin.until; day++)
      days += rhythmAt(origin.rhythm, scale.first + day, day, scale.days);
    return (days * origin.volume) / scale.days;
  });
  const sum = (wanted: boolean): number =>
    origins.reduce((total, { kind }, i) => total + ((kind === 'forged') === wanted ? usual[i]! : 0), 0);
  const factor = (sum(false) * forged) / (1 - forged) / sum(true);
  const loudness = origins.map(({ kind }) => (kind === 'forged' ? factor : 1));
  const weight = origins.map((origin, i) => {
    const pool = new Set(origin.lanes.flatMap(({ pool }) => pool.sources)).size;
    return usual[i] === 0 ? 0 : Math.sqrt(origin.volume * Math.min(4, loudness[i]!)) ** 0.8 * Math.max(1, pool) ** 0.45;
  });
  const active = origins.map((origin, i) => {
    let days = 0;
    for (let day = origin.since; day < origin.until; day++) {
      const share = rhythmAt(origin.rhythm, scale.first + day, day, scale.days);
      if (share > 0) days += 0.4 + 0.6 * share;
    }
    return days * weight[i]!;
  });
  const total = active.reduce((all, one) => all + one, 0);
  return { loudness, rowsADay: weight.map((one) => (one * scale.rows) / total) };
}

export interface MakeOptions {
  /** Lines of a master file that hold whatever the world would publish, from their `$FROM` on or throughout: a changed world. */
  readonly played?: string;
  /** The date on which the world stops, as it would go on: `2026-03-01` is its first day without mail. */
  readonly until?: string;
  /** Whether to write `truth/classes.jsonl`; yes when not said. */
  readonly classes?: boolean;
  /** Receivers that do so turn away at MAIL FROM what SPF fails, and report nothing of it. */
  readonly turningAway?: boolean;
  /** Nothing but `truth/origins.json` and `truth/totals.json`, of the days from the last `$FROM` on. */
  readonly onlyTotals?: boolean;
  /** Another scale than the size's: a few days, for a test. */
  readonly scale?: Scale;
  readonly progress?: (day: number, days: number) => void;
}

/** Makes the world and writes it into a directory. */
export async function make(wish: Wish, directory: string, options: MakeOptions = {}): Promise<Truth> {
  const world = build(wish, options.scale);
  const { book, scale, sources, origins } = world;
  const { changes, ends } = parseOverlay(options.played ?? '', (date) => dayOf(date) - scale.first);
  book.overlay(changes, ends);
  const days = Math.min(scale.days, options.until === undefined ? Infinity : dayOf(options.until) - scale.first);
  // What was changed last is what is played; what was changed before only leads up to it.
  const from = Math.max(0, ...[...changes, ...ends].map(({ since }) => since));
  const onlyTotals = options.onlyTotals === true;
  const reports = join(directory, 'reports');
  for (const folder of onlyTotals ? ['truth'] : ['reports', 'zones', 'reverse', 'truth'])
    await mkdir(join(directory, folder), { recursive: true });
  const receivers = new Receivers(book, sources.list);
  const truth = new Truth(origins, sources.list, scale.first, from);
  const postbox = onlyTotals
    ? undefined
    : scale.bundled
      ? new Bundles(reports, wish.seed, scale.first + days)
      : new LooseFiles(reports, wish.seed);
  await play({
    seed: wish.seed,
    scale,
    from: onlyTotals ? from : 0,
    days,
    turningAway: options.turningAway === true,
    origins,
    sources,
    reporters: world.reporters,
    receivers,
    truth,
    postbox,
    ...volumes(origins, scale, wish.forged),
    progress: (day) => options.progress?.(day + 1, days),
  });
  const played = options.played === undefined ? {} : { played: from === 0 ? {} : { from: dateOf(scale.first + from) } };
  if (postbox === undefined) {
    await truth.write(join(directory, 'truth'), { ...played, classes: false });
    return truth;
  }
  await postbox.close();
  const apexes = world.organisation.domains.filter(({ role }) => role !== 'subdomain').map(({ name }) => name);
  for (const [epoch, since] of book.epochs().entries()) {
    if (since >= days) continue;
    const date = dateOf(scale.first + since);
    await writeFile(join(directory, 'zones', `${date}.zone`), zoneFile(book.zone(epoch), date, apexes));
  }
  const seen = truth.sourcesSeen();
  const shown = sources.list.filter((_, i) => seen.has(i));
  await writeFile(join(directory, 'reverse', `${dateOf(scale.first)}.zone`), reverseFile(shown, dateOf(scale.first)));
  await writeFile(join(directory, 'declared.csv'), declaredCsv(world.setup.declarations));
  await writeFile(join(directory, 'networks.csv'), networksCsv(world.organisation.networks.list));
  await truth.write(join(directory, 'truth'), {
    ...played,
    classes: options.classes ?? true,
  });
  return truth;
}
