// Makes the sums of mail-sums.ts from the facts, and brings a copy of earlier up to date by what was added since.
import type { Connection } from './duckdb.ts';
import type { Stamp } from './kept.ts';
import { MailBuilder, readMail } from './mail-sums.ts';
import type { Manners, MailPart } from './mail-sums.ts';
import { flagBits, never } from './schema.ts';
import { lineageOf } from './sums.ts';

/** Facts that are grouped in one go: their groups are held in memory until they are in order. */
const PART_FACTS = 1_000_000;

/**
 * Writes the sums that agree with a stamp. All is read in one transaction: what is filed meanwhile is not in it.
 *
 * @param connection one of its own, which nothing else asks
 * @returns whether they were written: not when the history has gone on since the stamp
 * @throws {StorageError}
 * @throws {Error} of the file system
 */
export async function makeMail(connection: Connection, directory: string, stamp: Stamp): Promise<boolean> {
  return connection.transaction(async ({ sql }) => {
    const lineage = await lineageOf(sql);
    const now = lineage.at(-1);
    if (now?.stamp !== stamp.stamp) return false;
    const builder = new MailBuilder();
    const earlier = readEarlier(directory, new Map(lineage.map(({ stamp: of, summed }) => [of, summed])));
    if (earlier === undefined) {
      for (const authors of await partsOf(sql, now.summed))
        merge(builder, undefined, await askGroups(sql, `report <= ${now.summed} AND ${authors}`));
    } else {
      merge(builder, earlier, await askGroups(sql, `report > ${earlier.summed} AND report <= ${now.summed}`));
    }
    await builder.write(directory, stamp);
    return true;
  });
}

/** A copy of earlier, all of it. */
interface Earlier {
  /** The last report that is in it. */
  readonly summed: number;
  readonly authors: Int32Array;
  readonly authorFirsts: Int32Array;
  readonly manners: Manners;
  readonly part: MailPart;
}

function readEarlier(directory: string, summedOf: ReadonlyMap<string, number>): Earlier | undefined {
  let summed: number | undefined;
  const agrees = (stamp: Stamp): boolean => (summed = summedOf.get(stamp.stamp)) !== undefined;
  return readMail(directory, agrees, (mail) => {
    const { authors, authorFirsts, manners } = mail;
    const part = mail.part(0, authorFirsts.at(-1)!);
    return part === undefined || summed === undefined ? undefined : { summed, authors, authorFirsts, manners, part };
  });
}

/** Conditions on the author domain, in its order, each of which leaves few enough facts. */
async function partsOf(sql: Connection, summed: number): Promise<string[]> {
  const { length, columns } = await sql.columns(
    `SELECT author_domain, CAST(count(*) AS DOUBLE) FROM facts WHERE report <= ${summed} GROUP BY 1 ORDER BY 1`,
  );
  const [authors, counts] = columns;
  const parts: string[] = [];
  let from = 0;
  let sum = 0;
  for (let at = 0; at < length; at++) {
    sum += counts![at]!;
    const isLast = at === length - 1;
    if (!isLast && sum + counts![at + 1]! <= PART_FACTS) continue;
    parts.push(`author_domain BETWEEN ${authors![from]!} AND ${authors![at]!}`);
    from = at + 1;
    sum = 0;
  }
  return parts;
}

const flagsMask = Object.entries(flagBits).reduce((bits, [, { shift, mask }]) => bits | (mask << shift), 0);
const alignmentMask = flagBits.alignment.mask << flagBits.alignment.shift;

/** Groups of facts, in order. */
interface Groups {
  readonly order: Int32Array;
  readonly author: Int32Array;
  readonly source: Int32Array;
  readonly auth: Int32Array;
  readonly envelopeFrom: Int32Array;
  readonly flags: Int32Array;
  readonly reporter: Int32Array;
  readonly reasons: Int32Array;
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  readonly messages: Float64Array;
  readonly starts: Float64Array;
}

async function askGroups(sql: Connection, where: string): Promise<Groups> {
  const { length, columns } = await sql.columns(
    `SELECT author_domain, source, auth, envelope_from, flags & ${flagsMask}, reporter, reasons, min(day), max(day),
      sum(messages), CAST(count(*) FILTER (WHERE earlier = ${never}) AS DOUBLE)
     FROM facts WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  );
  const none = new Int32Array(0);
  const [author = none, source = none, auth = none, envelopeFrom = none, flags = none, reporter = none] =
    columns as Int32Array[];
  const [reasons = none, firstDay = none, lastDay = none] = columns.slice(6) as Int32Array[];
  const [messages = new Float64Array(0), starts = new Float64Array(0)] = columns.slice(9) as Float64Array[];
  const alignment = flags.map((value) => value & alignmentMask);
  const order = inOrder(length, [author, source, auth, envelopeFrom, alignment]);
  return { order, author, source, auth, envelopeFrom, flags, reporter, reasons, firstDay, lastDay, messages, starts };
}

/** The places of rows in the order of their columns, the first column first. Values are not negative. */
function inOrder(length: number, columns: readonly Int32Array[]): Int32Array {
  let order = Int32Array.from({ length }, (_, at) => at);
  let next = new Int32Array(length);
  // From the last column to the first, by sixteen bits at a time: each pass keeps the order of the one before.
  for (const column of [...columns].reverse()) {
    let bits = 0;
    for (let at = 0; at < length; at++) bits |= column[at]!;
    for (const shift of [0, 16]) {
      if (bits >>> shift === 0) continue;
      const begins = new Int32Array(0x1_0001);
      for (let at = 0; at < length; at++) begins[((column[at]! >>> shift) & 0xffff) + 1]! += 1;
      for (let digit = 0; digit < 0x1_0000; digit++) begins[digit + 1]! += begins[digit]!;
      for (let at = 0; at < length; at++) {
        const row = order[at]!;
        next[begins[(column[row]! >>> shift) & 0xffff]!++] = row;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}

/** Adds a copy of earlier and the groups of what was added since, in the order of both. */
function merge(builder: MailBuilder, earlier: Earlier | undefined, groups: Groups): void {
  const { order, author, source, auth, envelopeFrom, flags, reporter, reasons, firstDay, lastDay } = groups;
  let at = 0;
  const addGroup = (): void => {
    const row = order[at++]!;
    const [messages, starts, first, last] = [groups.messages[row]!, groups.starts[row]!, firstDay[row]!, lastDay[row]!];
    const alignment = flags[row]! & alignmentMask;
    const sums = { messages, starts, firstDay: first, lastDay: last };
    builder.combination(author[row]!, source[row]!, auth[row]!, envelopeFrom[row]!, alignment, starts, first, last);
    builder.row(builder.manner(reporter[row]!, reasons[row]!, flags[row]! & ~alignmentMask, sums), messages);
  };
  if (earlier !== undefined) {
    const { authors, authorFirsts, manners, part } = earlier;
    const mannerOf = Int32Array.from({ length: manners.length }, (_, manner) =>
      builder.manner(manners.reporter[manner]!, manners.reasons[manner]!, manners.flags[manner]!, {
        messages: manners.messages[manner]!,
        starts: manners.starts[manner]!,
        firstDay: manners.firstDay[manner]!,
        lastDay: manners.lastDay[manner]!,
      }),
    );
    let row = 0;
    for (let of = 0; of < authors.length; of++) {
      const name = authors[of]!;
      for (let place = authorFirsts[of]!; place < authorFirsts[of + 1]!; place++) {
        const alignment = part.alignment[place]!;
        while (at < order.length && isBefore(order[at]!, name, place, alignment)) addGroup();
        builder.combination(
          name,
          part.source[place]!,
          part.auth[place]!,
          part.envelopeFrom[place]!,
          alignment,
          part.starts[place]!,
          part.firstDay[place]!,
          part.lastDay[place]!,
        );
        for (; row < part.rowEnds[place]!; row++) builder.row(mannerOf[part.manner[row]!]!, part.messages[row]!);
      }
    }
    // Groups of the same combination come after it, since they are not before it, and go on with it.
    function isBefore(group: number, name: number, place: number, alignment: number): boolean {
      const { source: sources, auth: auths, envelopeFrom: envelopes } = part;
      if (author[group] !== name) return author[group]! < name;
      if (source[group] !== sources[place]) return source[group]! < sources[place]!;
      if (auth[group] !== auths[place]) return auth[group]! < auths[place]!;
      if (envelopeFrom[group] !== envelopes[place]) return envelopeFrom[group]! < envelopes[place]!;
      return (flags[group]! & alignmentMask) < alignment;
    }
  }
  while (at < order.length) addGroup();
}
