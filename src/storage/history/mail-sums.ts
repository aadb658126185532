// Sums by everything but the day and the report, as a copy beside the database (see kept.ts): what a what-if judges, and what
// streams are made of. There is a million and a half of them in a year of five million facts, and so they lie folded:
//
// - a *combination* is what the mail itself is: author domain, address, authentication results, envelope-from, alignment
// - a *manner* is how it was met: reporter, what it did and judged, its reasons; there are few of these in all
// - a *row* is a combination met in a manner, and its messages
//
// Combinations lie in the order of their author domains, so that a question about some domains reads a part of the file. Whatever
// else is added up (rows of reports, first and last day) is added up by combination and by manner, and not by row.
import { join } from 'node:path';
import { readKept, writeKept } from './kept.ts';
import type { Stamp } from './kept.ts';

/** A column that grows. */
class Growing<T extends Float64Array | Int32Array | Uint8Array> {
  #values: T;
  readonly #made: (length: number) => T;
  length = 0;

  constructor(made: (length: number) => T) {
    this.#made = made;
    this.#values = made(1024);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = this.#made(this.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length++] = value;
  }

  at(place: number): number {
    return this.#values[place]!;
  }

  put(place: number, value: number): void {
    this.#values[place] = value;
  }

  /** What it holds, in place: not to be kept while it grows. */
  values(): T {
    return this.#values.subarray(0, this.length) as T;
  }
}

const integers = (length: number): Int32Array => new Int32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);

/** How mail was met; places in these columns are its numbers. */
export interface Manners {
  readonly length: number;
  readonly reporter: Int32Array;
  readonly reasons: Int32Array;
  /** `flags` of the facts, without the alignment. */
  readonly flags: Int32Array;
  readonly messages: Float64Array;
  readonly starts: Float64Array;
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
}

/** Combinations one after the other, and the rows of each. */
export interface MailPart {
  readonly length: number;
  readonly source: Int32Array;
  readonly auth: Int32Array;
  readonly envelopeFrom: Int32Array;
  readonly alignment: Uint8Array;
  readonly starts: Int32Array;
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Where the rows of each end in the columns below; those of the first begin at 0. */
  readonly rowEnds: Int32Array;
  readonly manner: Int32Array | Uint16Array;
  readonly messages: Float64Array | Uint32Array;
}

/** The sums by author domain, as they are read. */
export interface KeptMail {
  readonly authors: Int32Array;
  /** Where the combinations of each begin; one place more than there are authors. */
  readonly authorFirsts: Int32Array;
  readonly manners: Manners;
  /** Combinations `from` up to, and not including, `to`; `undefined` when the file is shorter than it says. */
  part(from: number, to: number): MailPart | undefined;
}

/** Puts sums together. Combinations must come in the order of author, source, auth, envelope-from and alignment. */
export class MailBuilder {
  readonly #authors = new Growing(integers);
  readonly #authorFirsts = new Growing(integers);
  readonly #combination = { author: -1, source: -1, auth: -1, envelopeFrom: -1, alignment: -1 };
  readonly #columns = {
    source: new Growing(integers),
    auth: new Growing(integers),
    envelopeFrom: new Growing(integers),
    alignment: new Growing((length) => new Uint8Array(length)),
    starts: new Growing(integers),
    firstDay: new Growing(integers),
    lastDay: new Growing(integers),
    rowEnds: new Growing(integers),
  };
  readonly #manner = new Growing(integers);
  readonly #messages = new Growing(doubles);
  readonly #manners = {
    reporter: new Growing(integers),
    reasons: new Growing(integers),
    flags: new Growing(integers),
    messages: new Growing(doubles),
    starts: new Growing(doubles),
    firstDay: new Growing(integers),
    lastDay: new Growing(integers),
  };
  readonly #mannerOf = new Map<number, Map<number, number>>();
  /** By manner: the last row that had it. */
  readonly #lastRow = new Growing(integers);
  #firstRow = 0;
  #most = 0;

  /** The number of a manner; what is added up by manner is added to. */
  manner(
    reporter: number,
    reasons: number,
    flags: number,
    sums: { readonly messages: number; readonly starts: number; readonly firstDay: number; readonly lastDay: number },
  ): number {
    const manners = this.#manners;
    let known = this.#mannerOf.get(reasons);
    if (known === undefined) this.#mannerOf.set(reasons, (known = new Map<number, number>()));
    const key = reporter * 0x1_0000 + flags;
    const number = known.get(key);
    if (number === undefined) {
      const fresh = manners.flags.length;
      known.set(key, fresh);
      manners.reporter.push(reporter);
      manners.reasons.push(reasons);
      manners.flags.push(flags);
      manners.messages.push(sums.messages);
      manners.starts.push(sums.starts);
      manners.firstDay.push(sums.firstDay);
      manners.lastDay.push(sums.lastDay);
      this.#lastRow.push(-1);
      return fresh;
    }
    manners.messages.put(number, manners.messages.at(number) + sums.messages);
    manners.starts.put(number, manners.starts.at(number) + sums.starts);
    manners.firstDay.put(number, Math.min(manners.firstDay.at(number), sums.firstDay));
    manners.lastDay.put(number, Math.max(manners.lastDay.at(number), sums.lastDay));
    return number;
  }

  /** Begins a combination, or goes on with it when it is the one before. */
  combination(
    author: number,
    source: number,
    auth: number,
    envelopeFrom: number,
    alignment: number,
    starts: number,
    firstDay: number,
    lastDay: number,
  ): void {
    const [before, columns] = [this.#combination, this.#columns];
    if (
      before.source === source &&
      before.auth === auth &&
      before.author === author &&
      before.envelopeFrom === envelopeFrom &&
      before.alignment === alignment
    ) {
      const place = columns.source.length - 1;
      columns.starts.put(place, columns.starts.at(place) + starts);
      columns.firstDay.put(place, Math.min(columns.firstDay.at(place), firstDay));
      columns.lastDay.put(place, Math.max(columns.lastDay.at(place), lastDay));
      return;
    }
    this.#endCombination();
    if (before.author !== author) {
      this.#authors.push(author);
      this.#authorFirsts.push(columns.source.length);
    }
    before.author = author;
    before.source = source;
    before.auth = auth;
    before.envelopeFrom = envelopeFrom;
    before.alignment = alignment;
    columns.source.push(source);
    columns.auth.push(auth);
    columns.envelopeFrom.push(envelopeFrom);
    columns.alignment.push(alignment);
    columns.starts.push(starts);
    columns.firstDay.push(firstDay);
    columns.lastDay.push(lastDay);
  }

  /** Adds messages to the combination that was begun last. */
  row(manner: number, messages: number): void {
    let row = this.#lastRow.at(manner);
    if (row >= this.#firstRow) this.#messages.put(row, this.#messages.at(row) + messages);
    else {
      row = this.#manner.length;
      this.#lastRow.put(manner, row);
      this.#manner.push(manner);
      this.#messages.push(messages);
    }
    this.#most = Math.max(this.#most, this.#messages.at(row));
  }

  #endCombination(): void {
    if (this.#columns.source.length > 0) this.#columns.rowEnds.push(this.#manner.length);
    this.#firstRow = this.#manner.length;
  }

  /** Writes everything to `directory`; nothing can be added any more. @throws {Error} of the file system */
  async write(directory: string, stamp: Stamp): Promise<void> {
    this.#endCombination();
    this.#authorFirsts.push(this.#columns.source.length);
    const manner = this.#manner.values();
    const messages = this.#messages.values();
    const isNarrow = this.#manners.flags.length <= 0x1_0000;
    const isSmall = this.#most < 2 ** 32;
    const sizes: Sizes = {
      authors: this.#authors.length,
      manners: this.#manners.flags.length,
      combinations: this.#columns.source.length,
      rows: manner.length,
      mannerBytes: isNarrow ? 2 : 4,
      messageBytes: isSmall ? 4 : 8,
    };
    await writeKept(join(directory, mailFile), stamp, (add) => {
      add(bytesOf(Float64Array.from(sizeNames, (name) => sizes[name])));
      for (const column of [this.#authors, this.#authorFirsts, ...mannerColumns.map((name) => this.#manners[name])])
        add(bytesOf(column.values()));
      for (const name of combinationColumns) add(bytesOf(this.#columns[name].values()));
      add(bytesOf(isNarrow ? Uint16Array.from(manner) : manner));
      add(bytesOf(isSmall ? Uint32Array.from(messages) : messages));
      return Promise.resolve(sizes.rows);
    });
  }
}

const mailFile = 'mail.kept';
const sizeNames = ['authors', 'manners', 'combinations', 'rows', 'mannerBytes', 'messageBytes'] as const;
type Sizes = Readonly<Record<(typeof sizeNames)[number], number>>;
const mannerColumns = ['reporter', 'reasons', 'flags', 'firstDay', 'lastDay', 'messages', 'starts'] as const;
const combinationColumns = [
  'source',
  'auth',
  'envelopeFrom',
  'starts',
  'firstDay',
  'lastDay',
  'rowEnds',
  'alignment',
] as const;

type Bytes = Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

function bytesOf(column: Bytes): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/**
 * Reads the sums that agree with a stamp.
 *
 * @param use is given them while the file is open
 */
export function readMail<T>(
  directory: string,
  agrees: Stamp | ((stamp: Stamp) => boolean),
  use: (mail: KeptMail) => T | undefined,
): T | undefined {
  return readKept(join(directory, mailFile), agrees, (length, read, readAt) => {
    const counts = new Float64Array(sizeNames.length);
    if (!read(bytesOf(counts))) return undefined;
    const sizes = Object.fromEntries(sizeNames.map((name, at) => [name, counts[at]])) as Sizes;
    if (sizes.rows !== length) return undefined;
    let isWhole = true;
    const next = <C extends Bytes>(column: C): C => {
      isWhole &&= read(bytesOf(column));
      return column;
    };
    const authors = next(new Int32Array(sizes.authors));
    const authorFirsts = next(new Int32Array(sizes.authors + 1));
    const [reporter, reasons, flags, firstDay, lastDay] = mannerColumns
      .slice(0, 5)
      .map(() => next(new Int32Array(sizes.manners))) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
    const [messages, starts] = [next(new Float64Array(sizes.manners)), next(new Float64Array(sizes.manners))];
    if (!isWhole) return undefined;
    const manners = { length: sizes.manners, reporter, reasons, flags, firstDay, lastDay, messages, starts };
    const head = counts.byteLength + (sizes.authors * 2 + 1) * 4 + sizes.manners * (5 * 4 + 2 * 8);
    return use({ authors, authorFirsts, manners, part: (from, to) => readPart(readAt, sizes, head, from, to) });
  });
}

function readPart(
  readAt: (into: Uint8Array, place: number) => boolean,
  { combinations, rows, mannerBytes, messageBytes }: Sizes,
  head: number,
  from: number,
  to: number,
): MailPart | undefined {
  const length = to - from;
  let isWhole = true;
  const at = <C extends Bytes>(column: C, place: number): C => {
    isWhole &&= column.length === 0 || readAt(bytesOf(column), place);
    return column;
  };
  const column = (name: (typeof combinationColumns)[number]): Int32Array =>
    at(new Int32Array(length), head + (combinationColumns.indexOf(name) * combinations + from) * 4);
  const alignment = at(new Uint8Array(length), head + 7 * 4 * combinations + from);
  const rowEnds = column('rowEnds');
  const before =
    from === 0
      ? 0
      : at(new Int32Array(1), head + (combinationColumns.indexOf('rowEnds') * combinations + from - 1) * 4)[0]!;
  const count = (length === 0 ? before : rowEnds[length - 1]!) - before;
  if (!isWhole || count < 0 || before + count > rows) return undefined;
  if (before > 0) for (let place = 0; place < length; place++) rowEnds[place]! -= before;
  const mannersAt = head + combinations * 29;
  const part: MailPart = {
    length,
    source: column('source'),
    auth: column('auth'),
    envelopeFrom: column('envelopeFrom'),
    alignment,
    starts: column('starts'),
    firstDay: column('firstDay'),
    lastDay: column('lastDay'),
    rowEnds,
    manner: at(mannerBytes === 2 ? new Uint16Array(count) : new Int32Array(count), mannersAt + before * mannerBytes),
    messages: at(
      messageBytes === 4 ? new Uint32Array(count) : new Float64Array(count),
      mannersAt + rows * mannerBytes + before * messageBytes,
    ),
  };
  return isWhole ? part : undefined;
}
