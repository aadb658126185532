// The mail of every stream under every author domain, as far as one must know it to say what a policy would do to it, and since when: the
// legs, which of its addresses never have one, and the days.
import { alignmentBits } from '../../history.ts';
import type { Day } from '../../history.ts';
import { decisionVerdicts, kinds } from '../../inventory/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import type { Standing } from '../../simulation/what-if/index.ts';

/** How alignment is asked for. */
export interface Modes {
  readonly adkim: 'r' | 's';
  readonly aspf: 'r' | 's';
}

/** Messages by the leg that holds. */
export interface LegSums {
  readonly both: number;
  readonly dkimOnly: number;
  readonly spfOnly: number;
  readonly neither: number;
}

/**
 * Mail that lacks something, told apart by where it comes from. `lasting`: from addresses that (nearly) never have it: how they are set up.
 * `stray`: from addresses that otherwise have it: broken on the way, or a check that failed.
 */
export interface Lacking {
  readonly lasting: number;
  readonly stray: number;
  /** How many addresses lack it lastingly. */
  readonly addresses: number;
  readonly firstDay: Day | null;
  /** The last day of the lasting part; of the stray part where there is no other. */
  readonly lastDay: Day | null;
  /** Rows of reports that show the lasting part. */
  readonly rows?: number;
}

/** The mail of one stream under one author domain, of one standing. */
export interface StreamMail {
  /** Place in `streams` of the inventory. */
  readonly stream: number;
  readonly author: string;
  readonly standing: Standing;
  readonly messages: number;
  readonly legs: LegSums;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** The last day on which some of it passed. */
  readonly lastPass: Day | null;
  /** The last day on which some of it had an aligned signature. */
  readonly lastSigned: Day | null;
  /** The last day on which some of it had an aligned envelope that SPF passed. */
  readonly lastSpf: Day | null;
  /** Mail that passes by neither leg. */
  readonly failing: Lacking;
  /** Mail without an aligned signature, whether SPF carries it or not. */
  readonly unsigned: Lacking;
  /** Mail whose envelope is not aligned, or fails SPF, whether a signature carries it or not. */
  readonly spfless: Lacking;
}

/** Fewer failing messages than this from one address say nothing about how it is set up, where the stream passes elsewhere. */
const enough = 3;

interface Source {
  passed: number;
  passedFirst: Day;
  signed: number;
  signedFirst: Day;
  spf: number;
  spfFirst: Day;
  spfless: number;
  spflessRows: number;
  spflessFirst: Day;
  spflessLast: Day;
  failing: number;
  failingRows: number;
  unsigned: number;
  unsignedRows: number;
  failingFirst: Day;
  failingLast: Day;
  unsignedFirst: Day;
  unsignedLast: Day;
}

/**
 * Folds an inventory.
 *
 * @param modesOf how alignment is asked for, by author domain
 * @param wanted standings to fold; others are left out
 */
export function streamMail(
  inventory: Pick<Inventory, 'combinations' | 'decisionOf' | 'dictionaries' | 'kindOf' | 'streamOf'>,
  modesOf: (author: string) => Modes,
  wanted: ReadonlySet<Standing> = new Set(standings),
): StreamMail[] {
  const { combinations, dictionaries, streamOf, decisionOf, kindOf } = inventory;
  const cells = new Map<number, Map<number, { key: Key; sources: Map<number, Source>; sums: LegSumsMutable }>>();
  const standingTable = decisionVerdicts.map((_, decision) => kinds.map((__, kind) => standingOf(decision, kind)));
  const masks = new Map<number, { dkim: number; spf: number }>();
  for (let row = 0; row < combinations.length; row++) {
    const standing = standingTable[decisionOf[row]!]![kindOf[row]!]!;
    if (!wanted.has(standings[standing]!)) continue;
    const author = combinations.authorDomain[row]!;
    let mask = masks.get(author);
    if (mask === undefined) masks.set(author, (mask = maskOf(modesOf(dictionaries.name(author) ?? ''))));
    const outer = streamOf[row]! * standings.length + standing;
    let byAuthor = cells.get(outer);
    if (byAuthor === undefined) cells.set(outer, (byAuthor = new Map()));
    let cell = byAuthor.get(author);
    if (cell === undefined) {
      const key = { stream: streamOf[row]!, author, standing };
      byAuthor.set(author, (cell = { key, sources: new Map(), sums: emptySums() }));
    }
    addRow(cell.sources, cell.sums, combinations, row, mask);
  }
  const mail: StreamMail[] = [];
  for (const byAuthor of cells.values()) {
    for (const { key, sources, sums } of byAuthor.values()) {
      const { both, dkimOnly, spfOnly, neither, firstDay, lastDay, lastPass, lastSigned, lastSpf } = sums;
      mail.push({
        stream: key.stream,
        author: dictionaries.name(key.author) ?? '',
        standing: standings[key.standing]!,
        messages: both + dkimOnly + spfOnly + neither,
        legs: { both, dkimOnly, spfOnly, neither },
        firstDay,
        lastDay,
        lastPass: lastPass === -Infinity ? null : lastPass,
        lastSigned: lastSigned === -Infinity ? null : lastSigned,
        lastSpf: lastSpf === -Infinity ? null : lastSpf,
        failing: lacking(sources, both + dkimOnly + spfOnly > 0, (source) => ({
          without: source.failing,
          rows: source.failingRows,
          having: source.passed,
          havingFirst: source.passedFirst,
          first: source.failingFirst,
          last: source.failingLast,
        })),
        unsigned: lacking(sources, both + dkimOnly > 0, (source) => ({
          without: source.unsigned,
          rows: source.unsignedRows,
          having: source.signed,
          havingFirst: source.signedFirst,
          first: source.unsignedFirst,
          last: source.unsignedLast,
        })),
        spfless: lacking(sources, both + spfOnly > 0, (source) => ({
          without: source.spfless,
          rows: source.spflessRows,
          having: source.spf,
          havingFirst: source.spfFirst,
          first: source.spflessFirst,
          last: source.spflessLast,
        })),
      });
    }
  }
  return mail;
}

interface Key {
  readonly stream: number;
  readonly author: number;
  readonly standing: number;
}

type LegSumsMutable = { -readonly [K in keyof LegSums]: number } & {
  firstDay: Day;
  lastDay: Day;
  lastPass: Day;
  lastSigned: Day;
  lastSpf: Day;
};

function emptySums(): LegSumsMutable {
  return {
    both: 0,
    dkimOnly: 0,
    spfOnly: 0,
    neither: 0,
    firstDay: Infinity,
    lastDay: -Infinity,
    lastPass: -Infinity,
    lastSigned: -Infinity,
    lastSpf: -Infinity,
  };
}

function maskOf({ adkim, aspf }: Modes): { dkim: number; spf: number } {
  return {
    dkim: adkim === 's' ? alignmentBits.dkimStrict : alignmentBits.dkimRelaxed,
    spf: aspf === 's' ? alignmentBits.spfStrict : alignmentBits.spfRelaxed,
  };
}

function addRow(
  sources: Map<number, Source>,
  sums: LegSumsMutable,
  combinations: Inventory['combinations'],
  row: number,
  mask: { readonly dkim: number; readonly spf: number },
): void {
  const messages = combinations.messages[row]!;
  const [first, last] = [combinations.firstDay[row]!, combinations.lastDay[row]!];
  const bits = combinations.alignment[row]!;
  const signed = (bits & mask.dkim) !== 0;
  const spf = (bits & mask.spf) !== 0;
  sums[signed ? (spf ? 'both' : 'dkimOnly') : spf ? 'spfOnly' : 'neither'] += messages;
  sums.firstDay = Math.min(sums.firstDay, first);
  sums.lastDay = Math.max(sums.lastDay, last);
  if (signed) sums.lastSigned = Math.max(sums.lastSigned, last);
  if (spf) sums.lastSpf = Math.max(sums.lastSpf, last);
  if (signed || spf) sums.lastPass = Math.max(sums.lastPass, last);
  const number = combinations.source[row]!;
  let source = sources.get(number);
  if (source === undefined) {
    source = {
      passed: 0,
      passedFirst: Infinity,
      signed: 0,
      signedFirst: Infinity,
      spf: 0,
      spfFirst: Infinity,
      spfless: 0,
      spflessRows: 0,
      spflessFirst: Infinity,
      spflessLast: -Infinity,
      failing: 0,
      failingRows: 0,
      unsigned: 0,
      unsignedRows: 0,
      failingFirst: Infinity,
      failingLast: -Infinity,
      unsignedFirst: Infinity,
      unsignedLast: -Infinity,
    };
    sources.set(number, source);
  }
  if (signed) {
    source.signed += messages;
    source.signedFirst = Math.min(source.signedFirst, first);
  } else {
    source.unsigned += messages;
    source.unsignedRows += combinations.rows[row]!;
    source.unsignedFirst = Math.min(source.unsignedFirst, first);
    source.unsignedLast = Math.max(source.unsignedLast, last);
  }
  if (spf) {
    source.spf += messages;
    source.spfFirst = Math.min(source.spfFirst, first);
  } else {
    source.spfless += messages;
    source.spflessRows += combinations.rows[row]!;
    source.spflessFirst = Math.min(source.spflessFirst, first);
    source.spflessLast = Math.max(source.spflessLast, last);
  }
  if (signed || spf) {
    source.passed += messages;
    source.passedFirst = Math.min(source.passedFirst, first);
  } else {
    source.failing += messages;
    source.failingRows += combinations.rows[row]!;
    source.failingFirst = Math.min(source.failingFirst, first);
    source.failingLast = Math.max(source.failingLast, last);
  }
}

interface Without {
  readonly without: number;
  readonly rows: number;
  readonly having: number;
  readonly havingFirst: Day;
  readonly first: Day;
  readonly last: Day;
}

/** Days of a change of set-up on which both are seen: reports are spread over days, and servers are changed one by one. */
const changeOver = 7;

/** @param hasAny whether the stream has it anywhere under this domain: where it has it nowhere, one message is how it is set up */
function lacking(sources: ReadonlyMap<number, Source>, hasAny: boolean, of: (source: Source) => Without): Lacking {
  let [lasting, stray, addresses, lastingRows] = [0, 0, 0, 0];
  const days = { lasting: [Infinity, -Infinity], stray: [Infinity, -Infinity] };
  for (const source of sources.values()) {
    const { without, rows, having, havingFirst, first, last } = of(source);
    if (without === 0) continue;
    // What came before the address ever had it was how it was set up then.
    const isFormer = havingFirst > first && havingFirst >= last - changeOver;
    const isLasting = !hasAny || (without >= enough && (without > having || isFormer));
    if (isLasting) {
      lasting += without;
      lastingRows += rows;
      addresses += 1;
    } else stray += without;
    const range = isLasting ? days.lasting : days.stray;
    range[0] = Math.min(range[0]!, first);
    range[1] = Math.max(range[1]!, last);
  }
  const [first = Infinity, last = -Infinity] = lasting > 0 ? days.lasting : days.stray;
  return {
    lasting,
    stray,
    addresses,
    firstDay: Number.isFinite(first) ? first : null,
    lastDay: Number.isFinite(last) ? last : null,
    rows: lastingRows,
  };
}
