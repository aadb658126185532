// What is true, counted while it happens. A message counts when the report that shows it is authentic, once however often the report came.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { dateOf } from './calendar.ts';
import type { Origin } from './model.ts';
import { sourceLimit } from './receivers.ts';
import type { Seen } from './report-xml.ts';
import type { Source } from './sources.ts';

export class Truth {
  readonly #origins: readonly Origin[];
  readonly #sources: readonly Source[];
  readonly #seen: Seen[] = [];
  readonly #seenNumbers = new Map<string, number>();
  /** Per origin: messages by class (a `Seen` and a source in one number). */
  readonly #counts: Map<number, number>[];
  readonly #dispositions: Map<string, number>[];
  /** Per origin: messages turned away at MAIL FROM, by author domain and SPF domain. */
  readonly #turnedAway: Map<string, number>[];
  /** The first day of the world. */
  readonly #first: number;
  /** The day from which on it is counted what receivers did. */
  readonly #playedSince: number;
  readonly messages: number[];
  reports = 0;
  rows = 0;

  constructor(origins: readonly Origin[], sources: readonly Source[], first: number, playedSince = 0) {
    this.#first = first;
    this.#playedSince = playedSince;
    this.#origins = origins;
    this.#sources = sources;
    this.#counts = origins.map(() => new Map());
    this.#dispositions = origins.map(() => new Map());
    this.#turnedAway = origins.map(() => new Map());
    this.messages = origins.map(() => 0);
  }

  /** The number of a class but for its source. */
  seen(seen: Seen): number {
    const text = JSON.stringify(seen);
    let number = this.#seenNumbers.get(text);
    if (number === undefined) {
      number = this.#seen.push(seen) - 1;
      this.#seenNumbers.set(text, number);
    }
    return number;
  }

  add(day: number, origin: number, seen: number, source: number, disposition: string, count: number): void {
    const key = seen * sourceLimit + source;
    const counts = this.#counts[origin]!;
    counts.set(key, (counts.get(key) ?? 0) + count);
    this.messages[origin] = this.messages[origin]! + count;
    if (day < this.#playedSince) return;
    const dispositions = this.#dispositions[origin]!;
    const fate = `${this.#seen[seen]!.authorDomain}|${disposition}`;
    dispositions.set(fate, (dispositions.get(fate) ?? 0) + count);
  }

  /** Counts mail that was turned away at MAIL FROM: of no class, since no report tells of it. */
  turnAway(day: number, origin: number, authorDomain: string, spfDomain: string, count: number): void {
    if (day < this.#playedSince) return;
    const turned = this.#turnedAway[origin]!;
    const key = `${authorDomain}|${spfDomain}`;
    turned.set(key, (turned.get(key) ?? 0) + count);
  }

  /** Sources that some counted row shows. */
  sourcesSeen(): Set<number> {
    const found = new Set<number>();
    for (const counts of this.#counts) for (const key of counts.keys()) found.add(key % sourceLimit);
    return found;
  }

  /** Writes `truth/`. `played`: also what receivers did, per origin and author domain, and from which date on. */
  async write(
    directory: string,
    { played, classes }: { played?: { readonly from?: string }; classes: boolean },
  ): Promise<void> {
    await mkdir(directory, { recursive: true });
    const shown = this.#origins.map((_, i) => i).filter((i) => this.messages[i]! > 0);
    const json = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;
    const kinds = Object.fromEntries(
      this.#origins.map(({ id, kind, party, sender, since, rhythm }) => [
        id,
        { kind, party, sender, since: dateOf(this.#first + since), every: rhythm.every },
      ]),
    );
    await writeFile(join(directory, 'origins.json'), json(kinds));
    const totals = {
      messages: Object.fromEntries(shown.map((i) => [this.#origins[i]!.id, this.messages[i]!])),
      reports: this.reports,
      rows: this.rows,
      sources: this.sourcesSeen().size,
      ...(played === undefined
        ? {}
        : { ...(played.from === undefined ? {} : { playedFrom: played.from }), ...this.#played(shown) }),
    };
    await writeFile(join(directory, 'totals.json'), json(totals));
    if (classes) await this.#writeClasses(join(directory, 'classes.jsonl'));
  }

  /** What receivers did with the mail of some origins. */
  #played(origins: readonly number[]): Record<'played' | 'playedDomains' | 'turnedAway', Record<string, number>> {
    const turnedAway = Object.fromEntries(
      this.#origins.flatMap(({ id }, i) =>
        [...this.#turnedAway[i]!].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => [`${id}|${key}`, count]),
      ),
    );
    const played: Record<string, number> = {};
    const playedDomains: Record<string, number> = {};
    for (const i of origins) {
      const { id } = this.#origins[i]!;
      for (const [fate, count] of [...this.#dispositions[i]!].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const sum = `${id}|${fate.slice(fate.indexOf('|') + 1)}`;
        played[sum] = (played[sum] ?? 0) + count;
        playedDomains[`${id}|${fate}`] = count;
      }
    }
    return { played, playedDomains, turnedAway };
  }

  async #writeClasses(file: string): Promise<void> {
    // Nearly every class has one origin; what the others have is looked up from the class that was met first.
    const firsts = new Map<number, number>();
    const others = new Map<number, [origin: number, count: number][]>();
    for (const [origin, counts] of this.#counts.entries())
      for (const [key, count] of counts) {
        if (!firsts.has(key)) firsts.set(key, origin);
        else if (others.has(key)) others.get(key)!.push([origin, count]);
        else others.set(key, [[origin, count]]);
      }
    const stream = createWriteStream(file);
    let text = '';
    for (const [key, first] of firsts) {
      const origins = [[first, this.#counts[first]!.get(key)!] as const, ...(others.get(key) ?? [])];
      const source = this.#sources[key % sourceLimit]!;
      const seen = this.#seen[Math.floor(key / sourceLimit)]!;
      const messages = Object.fromEntries(origins.map(([origin, count]) => [this.#origins[origin]!.id, count]));
      text += `${JSON.stringify({ source: source.address, ...seen, ...(source.shared === undefined ? {} : { shared: source.shared }), messages })}\n`;
      if (text.length > 1 << 20) {
        if (!stream.write(text)) await once(stream, 'drain');
        text = '';
      }
    }
    stream.end(text);
    await once(stream, 'finish');
  }
}
