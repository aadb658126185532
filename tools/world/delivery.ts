// How finished reports reach the folder: each in a file as its reporter wraps it, or, in a bundled world, as somebody kept them:
// the older ones in an archive a month, report mail in an mbox, the latest as they came.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzip, gzipSync } from 'node:zlib';
import { dateOf } from './calendar.ts';
import { mboxEntry, reportMail } from './report-mail.ts';
import type { Container, Reporter } from './reporters.ts';
import { zip, type Entry } from './zip.ts';

export interface Delivery {
  readonly reporter: Reporter;
  readonly policyDomain: string;
  readonly reportId: string;
  /** Without suffix: `receiver!policy-domain!begin!end!id` (RFC 9990 §4.2). */
  readonly baseName: string;
  readonly xml: Buffer;
  /** Days since 1970 on which it came. */
  readonly received: number;
  readonly container: Container;
  /** Who really sent it, when it was not the reporter: such a report counts nowhere. */
  readonly impostor?: Impostor;
  /** The file was cut off on its way. */
  readonly truncated?: boolean;
}

interface Impostor {
  /** The domain of MAIL FROM. */
  readonly domain: string;
  readonly address: string;
  readonly host: string;
}

/** Where reports go. `add` may return before the file is there; `close` waits. */
export interface Postbox {
  add(delivery: Delivery): Promise<void> | undefined;
  close(): Promise<void>;
}

const mailMoment = (delivery: Delivery): number =>
  delivery.received * 86_400 + 21_600 + ((delivery.baseName.length * 977) % 14_000);

function asMail(delivery: Delivery, seed: string, level: number): Buffer {
  const { reporter, impostor } = delivery;
  return reportMail({
    seed,
    from: `"${reporter.domain}" <${reporter.email}>`,
    domain: impostor?.domain ?? reporter.domain,
    signed: impostor === undefined,
    address: impostor?.address ?? reporter.address,
    host: impostor?.host ?? `mail.${reporter.domain}`,
    policyDomain: delivery.policyDomain,
    submitter: reporter.domain,
    reportId: delivery.reportId,
    date: mailMoment(delivery),
    fileName: `${delivery.baseName}.xml.gz`,
    mediaType: 'application/gzip',
    attachment: gzipSync(delivery.xml, { level }),
  });
}

/** A file a report, in a folder a reporter and month. */
export class LooseFiles implements Postbox {
  readonly #directory: string;
  readonly #seed: string;
  readonly #made = new Set<string>();
  readonly #names = new Set<string>();
  /** Archives of a day that still grow: by file, with the day. */
  readonly #days = new Map<string, { readonly received: number; readonly entries: Entry[] }>();
  #open = 0;
  #waiting: (() => void)[] = [];
  #failure: Error | undefined;

  constructor(directory: string, seed: string) {
    this.#directory = directory;
    this.#seed = seed;
  }

  add(delivery: Delivery): Promise<void> | undefined {
    const { reporter, container, received, xml, baseName } = delivery;
    const month = dateOf(received).slice(0, 7);
    const folder = join(this.#directory, reporter.domain, month);
    if (!this.#made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
      this.#names.clear();
    }
    if (container === 'mbox') {
      const mail = asMail(delivery, this.#seed, 1);
      appendFileSync(
        join(this.#directory, reporter.domain, `${month}.mbox`),
        mboxEntry(mail, mailMoment(delivery), reporter.email),
      );
      return undefined;
    }
    if (container === 'zip-a-day') {
      this.#addToDay(join(folder, `${reporter.domain}!${dateOf(received)}.zip`), delivery);
      return undefined;
    }
    const suffix = { eml: '.eml', gz: '.xml.gz', xml: '.xml', zip: '.zip' }[container];
    // The same report again has the same name: who keeps both gives the second another.
    let file = join(folder, `${baseName}${suffix}`);
    for (let n = 2; this.#names.has(file); n++) file = join(folder, `${baseName}-${n}${suffix}`);
    if (this.#names.size > 20_000) this.#names.clear();
    this.#names.add(file);
    if (container === 'gz') return this.#compressed(file, xml, delivery.truncated === true);
    writeFileSync(
      file,
      container === 'eml'
        ? asMail(delivery, this.#seed, 1)
        : container === 'xml'
          ? xml
          : zip([{ name: `${baseName}.xml`, bytes: xml }], 1),
    );
    return undefined;
  }

  #addToDay(file: string, { baseName, xml, received }: Delivery): void {
    // No report is later than three weeks: what is older than that grows no more.
    for (const [other, day] of this.#days) if (day.received < received - 30) this.#closeDay(other);
    const day = this.#days.get(file) ?? { received, entries: [] };
    day.entries.push({ name: unused(`${baseName}.xml`, day.entries), bytes: xml });
    this.#days.set(file, day);
  }

  #closeDay(file: string): void {
    writeFileSync(file, zip(this.#days.get(file)!.entries, 1));
    this.#days.delete(file);
  }

  /** Compresses on another thread; holds the writer back when too much is under way. */
  #compressed(file: string, xml: Buffer, truncated: boolean): Promise<void> | undefined {
    this.#open += 1;
    gzip(xml, { level: 1, chunkSize: 16_384 }, (error, packed) => {
      if (error === null) writeFileSync(file, truncated ? packed.subarray(0, Math.ceil(packed.length * 0.6)) : packed);
      else this.#failure = error;
      this.#open -= 1;
      for (const wake of this.#waiting.splice(0)) wake();
    });
    return this.#open < 64 ? undefined : this.#wait(48);
  }

  async #wait(most: number): Promise<void> {
    while (this.#open > most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    for (const file of this.#days.keys()) this.#closeDay(file);
    await this.#wait(0);
  }
}

/** A name that no entry has yet. */
function unused(name: string, entries: readonly Entry[]): string {
  let free = name;
  for (let n = 2; entries.some((entry) => entry.name === free); n++) free = name.replace(/\.xml$/, `-${n}.xml`);
  return free;
}

/** Few files: what a repository can hold. */
export class Bundles implements Postbox {
  readonly #directory: string;
  readonly #seed: string;
  readonly #lastDay: number;
  readonly #archives = new Map<string, Map<string, Entry[]>>();
  readonly #mboxes = new Map<string, Buffer[]>();
  readonly #loose: LooseFiles;

  constructor(directory: string, seed: string, lastDay: number) {
    this.#directory = directory;
    this.#seed = seed;
    this.#lastDay = lastDay;
    this.#loose = new LooseFiles(directory, seed);
  }

  add(delivery: Delivery): Promise<void> | undefined {
    const { reporter, received, container } = delivery;
    if (delivery.impostor !== undefined) return this.#mail(delivery);
    if (container !== 'mbox' && received > this.#lastDay - 1) return this.#loose.add(delivery);
    if (received > this.#lastDay - 16 && (container === 'mbox' || container === 'eml')) {
      return this.#mail(delivery);
    }
    const month = dateOf(received).slice(0, 7);
    let archive = this.#archives.get(month);
    if (archive === undefined) this.#archives.set(month, (archive = new Map<string, Entry[]>()));
    const entries = archive.get(reporter.domain) ?? [];
    entries.push({
      name: unused(`${delivery.baseName.split('!').slice(1).join('!')}.xml`, entries),
      bytes: delivery.xml,
    });
    archive.set(reporter.domain, entries);
    return undefined;
  }

  #mail(delivery: Delivery): undefined {
    const { reporter } = delivery;
    const mail = mboxEntry(
      asMail(delivery, this.#seed, 9),
      mailMoment(delivery),
      delivery.impostor?.domain ?? reporter.email,
    );
    const known = this.#mboxes.get(reporter.domain);
    if (known === undefined) this.#mboxes.set(reporter.domain, [mail]);
    else known.push(mail);
  }

  async close(): Promise<void> {
    await this.#loose.close();
    mkdirSync(join(this.#directory, 'archive'), { recursive: true });
    mkdirSync(join(this.#directory, 'mail'), { recursive: true });
    for (const [month, archive] of this.#archives) {
      // An archive of archives, a reporter each: stored inside, so that what repeats from report to report is packed once.
      const inner = [...archive]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([reporter, entries]) => ({ name: `${reporter}.zip`, bytes: zip(entries, 0) }));
      writeFileSync(join(this.#directory, 'archive', `${month}.zip`), zip(inner, 9));
    }
    for (const [reporter, mails] of this.#mboxes)
      writeFileSync(join(this.#directory, 'mail', `${reporter}.mbox`), Buffer.concat(mails));
  }
}
