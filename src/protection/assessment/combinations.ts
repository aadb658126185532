import { dispositionCodes } from '../../standards/reports/index.ts';
import type { Columns, Dictionaries, Measure } from '../history.ts';
import { alignedKinds, classCount, classOf, verdictTables } from '../simulation/index.ts';
import type { Network } from './assessment.ts';
import { gathered } from './gather.ts';
import type { Gathering } from './gather.ts';
import { NetworkIndex, SetUps } from './set-ups.ts';
import type { IsOwn, NetworkLookup } from './set-ups.ts';
import { PairIndex, PairSums, Senders } from './pairs.ts';
import { SenderSums } from './sender-sums.ts';
import { Tally } from './tally.ts';
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';

/** The one large question: everything that decides a verdict, with who sent it. All sums of the answer come from it, so they agree. */
export const combinationDimensions = [
  'source',
  'auth',
  'authorDomain',
  'alignment',
  'dkim',
  'spf',
  'disposition',
] as const;
export const combinationMeasures = ['messages', 'rows', 'firstDay', 'lastDay'] as const satisfies readonly Measure[];
export type Combinations = Columns<(typeof combinationDimensions)[number], (typeof combinationMeasures)[number]>;

/** What a fold of the combinations knows. Groups are numbered as in `gathering.groups`, domains as in `domainIds`. */
export interface Folded {
  /** By class of mail. */
  readonly messagesByClass: Float64Array;
  readonly rowsByClass: Float64Array;
  /** By disposition code: of all messages, and of those aligned by neither. */
  readonly byDisposition: Float64Array;
  readonly neitherByDisposition: Float64Array;
  readonly messages: number;
  readonly rows: number;
  readonly distinctAddresses: number;
  readonly unknownMessages: number;
  /** Numbers of the dictionary, in the order in which they were met. */
  readonly domainIds: readonly number[];
  readonly domains: Tally;
  readonly domainAddresses: Int32Array;
  readonly gathering: Gathering;
  readonly groups: Tally;
  readonly groupAddresses: Int32Array;
  /** Messages by group for which some signature, and SPF, passes at all. */
  readonly groupDkimPasses: Float64Array;
  readonly groupSpfPasses: Float64Array;
  /** Messages by group (left) and domain (right). */
  readonly groupDomains: PairSums;
  readonly behind: Behind;
  readonly setUps: SetUps;
  readonly networks: NetworkIndex;
  /** The group of a source and an authentication result that are in the combinations. */
  groupOf(source: number, auth: number): number;
}

/**
 * What each address adds to each group, by the number of the entry. An address that sends in two ways of one group has one entry
 * there.
 */
export interface Behind {
  readonly size: number;
  readonly group: Int32Array;
  readonly source: Int32Array;
  readonly messages: Float64Array;
  readonly rows: Float64Array;
  readonly fails: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export interface FoldContext {
  readonly dictionaries: Dictionaries;
  readonly networks: NetworkLookup;
  readonly isOwn: IsOwn;
  readonly organizationalDomainOf: OrganizationalDomainOf;
}

/**
 * Folds the combinations: sums by class, domain and group, and who is behind each group. Rows are many and come in any order; an
 * address has few set-ups. So each row is first brought to its sender (an address and a set-up), by a chain that starts at
 * the address and fits in a near cache; and whatever can be summed by sender is not looked up by row again. Nothing is made per row.
 */
export function fold(columns: Combinations, context: FoldContext): Folded {
  const { length, source, auth, authorDomain, messages } = columns;
  const { dictionaries, isOwn, organizationalDomainOf } = context;
  const setUps = new SetUps(above(auth, length), dictionaries, isOwn, organizationalDomainOf);
  const networks = new NetworkIndex(above(source, length), dictionaries, context.networks);

  // First pass: who sent, what it is, and how much each sender has.
  const senders = new Senders(above(source, length));
  const senderOfRow = new Int32Array(length);
  const classOfRow = new Uint8Array(length);
  const domainIds: number[] = [];
  const domainOf = new Int32Array(above(authorDomain, length)).fill(-1);
  for (let row = 0; row < length; row++) {
    senderOfRow[row] = senders.of(source[row]!, setUps.of(auth[row]!));
    classOfRow[row] = classOf(columns.alignment[row]!, columns.dkim[row]!, columns.spf[row]!);
    if (domainOf[authorDomain[row]!] === -1) domainOf[authorDomain[row]!] = domainIds.push(authorDomain[row]!) - 1;
  }
  const bySender = new SenderSums(senders.size);
  for (let row = 0; row < length; row++) {
    bySender.add(
      senderOfRow[row]!,
      classOfRow[row]!,
      setUps.passes(auth[row]!),
      messages[row]!,
      columns.rows[row]!,
      columns.firstDay[row]!,
      columns.lastDay[row]!,
    );
  }
  const { cells, cellOfSender, ...cellSums } = cellsOf(senders, bySender, networks);
  const gathering = gathered({ cells, ...cellSums, setUps, networks });
  const groupOfSender = cellOfSender.map((cell) => gathering.groupOfCell[cell]!);

  // Second pass: the sums of groups and domains.
  const groupCount = gathering.groups.length;
  const classes = [...new Set(classOfRow)];
  const groups = new Tally(groupCount, classes);
  const domains = new Tally(domainIds.length, classes);
  const groupDomains = new PairSums(groupCount, domainIds.length);
  const messagesByClass = new Float64Array(classCount);
  const rowsByClass = new Float64Array(classCount);
  const byDisposition = new Float64Array(dispositionCodes.length);
  const neitherByDisposition = new Float64Array(dispositionCodes.length);
  const neither = alignedKinds.indexOf('neither');
  for (let row = 0; row < length; row++) {
    const verdictClass = classOfRow[row]!;
    const count = messages[row]!;
    const rows = columns.rows[row]!;
    const first = columns.firstDay[row]!;
    const last = columns.lastDay[row]!;
    const disposition = columns.disposition[row]!;
    const group = groupOfSender[senderOfRow[row]!]!;
    const domain = domainOf[authorDomain[row]!]!;
    messagesByClass[verdictClass]! += count;
    rowsByClass[verdictClass]! += rows;
    byDisposition[disposition]! += count;
    if (verdictTables.aligned[verdictClass] === neither) neitherByDisposition[disposition]! += count;
    groups.add(group, verdictClass, disposition, count, rows, first, last);
    domains.add(domain, verdictClass, disposition, count, rows, first, last);
    groupDomains.add(group, domain, count);
  }
  const groupDkimPasses = new Float64Array(groupCount);
  const groupSpfPasses = new Float64Array(groupCount);
  let unknownMessages = 0;
  for (let sender = 0; sender < senders.size; sender++) {
    const group = groupOfSender[sender]!;
    groupDkimPasses[group]! += bySender.passing(sender, 1);
    groupSpfPasses[group]! += bySender.passing(sender, 2);
    if (senders.source[sender] === 0) unknownMessages += bySender.messages(sender);
  }
  const behind = behindOf(senders, groupOfSender, bySender);
  const groupAddresses = new Int32Array(groupCount);
  for (let at = 0; at < behind.size; at++) if (behind.source[at] !== 0) groupAddresses[behind.group[at]!]! += 1;
  return {
    messagesByClass,
    rowsByClass,
    byDisposition,
    neitherByDisposition,
    messages: sum(messagesByClass),
    rows: sum(rowsByClass),
    unknownMessages,
    domainIds,
    domains,
    ...countAddresses(columns, domainOf, domainIds.length),
    gathering,
    groups,
    groupAddresses,
    groupDkimPasses,
    groupSpfPasses,
    groupDomains,
    behind,
    setUps,
    networks,
    groupOf(from, result) {
      const cell = cells.find(setUps.of(result), networks.of(from));
      return cell === -1 ? -1 : gathering.groupOfCell[cell]!;
    },
  };
}

/** The cells (a set-up at a network) of the senders, and the sums of each. */
function cellsOf(senders: Senders, sums: SenderSums, networks: NetworkIndex) {
  const cells = new PairIndex(senders.size);
  const cellOfSender = new Int32Array(senders.size);
  for (let sender = 0; sender < senders.size; sender++) {
    cellOfSender[sender] = cells.of(senders.setUp[sender]!, networks.of(senders.source[sender]!));
  }
  const kinds = alignedKinds.length;
  const cellMessages = new Float64Array(cells.size);
  const cellFails = new Float64Array(cells.size);
  const cellPasses = new Float64Array(cells.size);
  const cellByKind = new Float64Array(cells.size * kinds);
  for (let sender = 0; sender < senders.size; sender++) {
    const cell = cellOfSender[sender]!;
    cellMessages[cell]! += sums.messages(sender);
    cellFails[cell]! += sums.fails(sender);
    cellPasses[cell]! += sums.passing(sender, 3);
    for (let kind = 0; kind < kinds; kind++) cellByKind[cell * kinds + kind]! += sums.ofKind(sender, kind);
  }
  return { cells, cellOfSender, cellMessages, cellFails, cellPasses, cellByKind };
}

/** The senders brought together by address and group. */
function behindOf(senders: Senders, groupOfSender: Int32Array, sums: SenderSums): Behind {
  const merged = new Senders(senders.sources);
  const entryOfSender = new Int32Array(senders.size);
  for (let sender = 0; sender < senders.size; sender++) {
    entryOfSender[sender] = merged.of(senders.source[sender]!, groupOfSender[sender]!);
  }
  const behind = {
    size: merged.size,
    group: merged.setUp,
    source: merged.source,
    messages: new Float64Array(merged.size),
    rows: new Float64Array(merged.size),
    fails: new Float64Array(merged.size),
    first: new Int32Array(merged.size).fill(0x7fff_ffff),
    last: new Int32Array(merged.size).fill(-0x8000_0000),
  };
  for (let sender = 0; sender < senders.size; sender++) {
    const entry = entryOfSender[sender]!;
    behind.messages[entry]! += sums.messages(sender);
    behind.rows[entry]! += sums.rows(sender);
    behind.fails[entry]! += sums.fails(sender);
    behind.first[entry] = Math.min(behind.first[entry]!, sums.first(sender));
    behind.last[entry] = Math.max(behind.last[entry]!, sums.last(sender));
  }
  return behind;
}

/** The network of a source, `null` when unknown. */
export function networkOf(folded: Folded, source: number): Network | null {
  return folded.networks.all[folded.networks.of(source)] ?? null;
}

/**
 * How many addresses there are, and how many each domain has. The domains are laid in the order of their sources, so that the last
 * source of a domain tells whether it is a new one.
 */
function countAddresses({ source, authorDomain, length }: Combinations, domainOf: Int32Array, domainCount: number) {
  const next = new Int32Array(above(source, length) + 1);
  for (let row = 0; row < length; row++) next[source[row]! + 1]! += 1;
  let distinctAddresses = 0;
  // Number 0 is no address; its count stands in the place after it, as every count does.
  for (let id = 2; id < next.length; id++) if (next[id]! > 0) distinctAddresses++;
  for (let id = 1; id < next.length; id++) next[id]! += next[id - 1]!;
  const laid = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    const place = source[row]!;
    laid[next[place]!] = domainOf[authorDomain[row]!]!;
    next[place]! += 1;
  }
  const domainAddresses = new Int32Array(domainCount);
  const lastSource = new Int32Array(domainCount).fill(-1);
  // Laying moved each beginning to its end: source `id` now lies from the end of the one before it to its own.
  for (let id = 1; id < next.length - 1; id++) {
    for (let at = next[id - 1]!; at < next[id]!; at++) {
      const domain = laid[at]!;
      if (lastSource[domain] === id) continue;
      lastSource[domain] = id;
      domainAddresses[domain]! += 1;
    }
  }
  return { domainAddresses, distinctAddresses };
}

/** One more than the greatest number in a column. */
function above(column: Int32Array, length: number): number {
  let greatest = -1;
  for (let row = 0; row < length; row++) if (column[row]! > greatest) greatest = column[row]!;
  return greatest + 1;
}

export function sum(numbers: Float64Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
