import { dispositionCodes } from '../../standards/reports/index.ts';
import type { Columns, Dictionaries, Measure } from '../history.ts';
import { alignedKinds, classCount, classOf, verdictTables } from '../simulation/index.ts';
import type { Network } from './assessment.ts';
import { gathered } from './gather.ts';
import type { Gathering } from './gather.ts';
import { NetworkIndex, SetUps } from './set-ups.ts';
import type { IsOwn, NetworkLookup } from './set-ups.ts';
import { BehindSums } from './behind-sums.ts';
import { CellSums } from './cell-sums.ts';
import { PairIndex, PairSums, Senders } from './pairs.ts';
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
  /** An address that sends in two ways of one group has one entry there. */
  readonly behind: BehindSums;
  readonly setUps: SetUps;
  readonly networks: NetworkIndex;
  /** The group of a source and an authentication result that are in the combinations. */
  groupOf(source: number, auth: number): number;
}

export interface FoldContext {
  readonly dictionaries: Dictionaries;
  readonly networks: NetworkLookup;
  readonly isOwn: IsOwn;
  readonly organizationalDomainOf: OrganizationalDomainOf;
}

/**
 * Folds the combinations: sums by class, domain and group, and who is behind each group. Rows are many, and are quickest in the
 * order of their addresses, though any order will do. Each row is first brought to its cell (a set-up at a network), by a
 * chain that starts at the address and fits in a near cache; once the cells are known they are gathered into groups, and each
 * row is added to its group. Nothing is made per row.
 */
export function fold(columns: Combinations, context: FoldContext): Folded {
  const { length, source, auth, authorDomain, messages } = columns;
  const { dictionaries, isOwn, organizationalDomainOf } = context;
  const sources = above(source, length);
  const setUps = new SetUps(above(auth, length), dictionaries, isOwn, organizationalDomainOf);
  const networks = new NetworkIndex(sources, dictionaries, context.networks);

  // First pass: who sent, what it is, and how much each cell has.
  const senders = new Senders(sources, length);
  const cells = new PairIndex();
  const cellOfSender = new Int32Array(length);
  const cellOfRow = new Int32Array(length);
  const classOfRow = new Uint8Array(length);
  const byCell = new CellSums();
  const domainIds: number[] = [];
  const domainOf = new Int32Array(above(authorDomain, length)).fill(-1);
  let unknownMessages = 0;
  for (let row = 0; row < length; row++) {
    const from = source[row]!;
    const result = auth[row]!;
    const setUp = setUps.of(result);
    const known = senders.size;
    const sender = senders.of(from, setUp);
    if (sender === known) cellOfSender[sender] = cells.of(setUp, networks.of(from));
    const cell = cellOfSender[sender]!;
    const verdictClass = classOf(columns.alignment[row]!, columns.dkim[row]!, columns.spf[row]!);
    cellOfRow[row] = cell;
    classOfRow[row] = verdictClass;
    byCell.add(cell, verdictClass, setUps.passes(result), messages[row]!);
    if (from === 0) unknownMessages += messages[row]!;
    if (domainOf[authorDomain[row]!] === -1) domainOf[authorDomain[row]!] = domainIds.push(authorDomain[row]!) - 1;
  }
  const gathering = gathered({ cells, ...byCell.columns(cells.size), setUps, networks });

  // Second pass: the sums of groups and domains, and of each address in each group.
  const groupCount = gathering.groups.length;
  const classes = [...new Set(classOfRow)];
  const groups = new Tally(groupCount, classes);
  const domains = new Tally(domainIds.length, classes);
  const groupDomains = new PairSums(groupCount, domainIds.length);
  const behind = new BehindSums(sources, length);
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
    const group = gathering.groupOfCell[cellOfRow[row]!]!;
    const domain = domainOf[authorDomain[row]!]!;
    messagesByClass[verdictClass]! += count;
    rowsByClass[verdictClass]! += rows;
    byDisposition[disposition]! += count;
    if (verdictTables.aligned[verdictClass] === neither) neitherByDisposition[disposition]! += count;
    groups.add(group, verdictClass, disposition, count, rows, first, last);
    domains.add(domain, verdictClass, disposition, count, rows, first, last);
    groupDomains.add(group, domain, count);
    behind.add(source[row]!, group, verdictClass, count, rows, first, last);
  }
  const groupDkimPasses = new Float64Array(groupCount);
  const groupSpfPasses = new Float64Array(groupCount);
  for (let cell = 0; cell < cells.size; cell++) {
    const group = gathering.groupOfCell[cell]!;
    groupDkimPasses[group]! += byCell.passing(cell, 1);
    groupSpfPasses[group]! += byCell.passing(cell, 2);
  }
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

function sum(numbers: Float64Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
