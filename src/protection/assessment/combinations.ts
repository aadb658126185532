import type { Columns, Dictionaries, Measure } from '../history.ts';
import { alignedKinds, classCount, classOf, verdictTables } from '../simulation/index.ts';
import type { Network } from './assessment.ts';
import { gathered } from './gather.ts';
import type { Gathering } from './gather.ts';
import { NetworkIndex, SetUps } from './set-ups.ts';
import type { IsOwn, NetworkLookup } from './set-ups.ts';
import { PairIndex, Tally } from './tally.ts';
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
  /** Pairs of group (left) and domain (right), and the messages of each. */
  readonly groupDomains: PairIndex;
  readonly groupDomainMessages: Float64Array;
  readonly behind: Behind;
  readonly setUps: SetUps;
  readonly networks: NetworkIndex;
  /** The group of a source and an authentication result that are in the combinations. */
  groupOf(source: number, auth: number): number;
}

/** What each address adds to each group: one entry a pair, in columns. */
export interface Behind {
  readonly length: number;
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
 * Folds the combinations: sums by class, domain and group, and who is behind each group. Two passes over typed arrays in the
 * order of the sources; nothing is made per row.
 */
export function fold(columns: Combinations, context: FoldContext): Folded {
  const { length, source, auth, authorDomain, messages } = columns;
  const order = orderBySource(source, length);
  const setUps = new SetUps(above(auth, length), context.dictionaries, context.isOwn, context.organizationalDomainOf);
  const networks = new NetworkIndex(above(source, length), context.dictionaries, context.networks);

  // First pass: what each row is, and how much each pair of set-up and network has.
  const cells = new PairIndex();
  const cellOfRow = new Int32Array(length);
  const classOfRow = new Uint8Array(length);
  const domainIds: number[] = [];
  const domainOf = new Int32Array(above(authorDomain, length)).fill(-1);
  for (let row = 0; row < length; row++) {
    cellOfRow[row] = cells.of(setUps.of(auth[row]!), networks.of(source[row]!));
    classOfRow[row] = classOf(columns.alignment[row]!, columns.dkim[row]!, columns.spf[row]!);
    if (domainOf[authorDomain[row]!] === -1) domainOf[authorDomain[row]!] = domainIds.push(authorDomain[row]!) - 1;
  }
  const { relaxed } = verdictTables.scenarios;
  const neither = alignedKinds.indexOf('neither');
  const cellMessages = new Float64Array(cells.size);
  const cellFails = new Float64Array(cells.size);
  const cellPasses = new Float64Array(cells.size);
  const cellByKind = new Float64Array(cells.size * alignedKinds.length);
  for (let row = 0; row < length; row++) {
    const cell = cellOfRow[row]!;
    const verdictClass = classOfRow[row]!;
    cellMessages[cell]! += messages[row]!;
    if (relaxed[verdictClass] === 1) cellFails[cell]! += messages[row]!;
    if (setUps.passes(auth[row]!) !== 0) cellPasses[cell]! += messages[row]!;
    cellByKind[cell * alignedKinds.length + verdictTables.aligned[verdictClass]!]! += messages[row]!;
  }
  const gathering = gathered({ cells, cellMessages, cellFails, cellByKind, cellPasses, setUps, networks });

  // Second pass: the sums, source by source, so that what was last seen tells what is new.
  const groupCount = gathering.groups.length;
  const groups = new Tally(groupCount);
  const domains = new Tally(domainIds.length);
  const groupAddresses = new Int32Array(groupCount);
  const groupDkimPasses = new Float64Array(groupCount);
  const groupSpfPasses = new Float64Array(groupCount);
  const domainAddresses = new Int32Array(domainIds.length);
  const lastSourceOfDomain = new Int32Array(domainIds.length).fill(-1);
  const lastBehindOfGroup = new Int32Array(groupCount).fill(-1);
  const groupDomains = new PairIndex();
  let groupDomainMessages = new Float64Array(1024);
  const behind = {
    group: new Int32Array(length),
    source: new Int32Array(length),
    messages: new Float64Array(length),
    rows: new Float64Array(length),
    fails: new Float64Array(length),
    first: new Int32Array(length),
    last: new Int32Array(length),
  };
  let behindLength = 0;
  const messagesByClass = new Float64Array(classCount);
  const rowsByClass = new Float64Array(classCount);
  const byDisposition = new Float64Array(8);
  const neitherByDisposition = new Float64Array(8);
  let distinctAddresses = 0;
  let unknownMessages = 0;
  let previous = -1;
  for (let at = 0; at < length; at++) {
    const row = order[at]!;
    const address = source[row]!;
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
    if (address === 0) unknownMessages += count;
    else if (address !== previous) distinctAddresses++;
    previous = address;

    groups.add(group, verdictClass, disposition, count, rows, first, last);
    const passes = setUps.passes(auth[row]!);
    if ((passes & 1) !== 0) groupDkimPasses[group]! += count;
    if ((passes & 2) !== 0) groupSpfPasses[group]! += count;
    domains.add(domain, verdictClass, disposition, count, rows, first, last);
    if (address !== 0 && lastSourceOfDomain[domain] !== address) {
      lastSourceOfDomain[domain] = address;
      domainAddresses[domain]!++;
    }
    const pair = groupDomains.of(group, domain);
    if (pair >= groupDomainMessages.length) {
      const longer = new Float64Array(groupDomainMessages.length * 2);
      longer.set(groupDomainMessages);
      groupDomainMessages = longer;
    }
    groupDomainMessages[pair]! += count;

    let entry = lastBehindOfGroup[group]!;
    if (entry === -1 || behind.source[entry] !== address) {
      entry = behindLength++;
      lastBehindOfGroup[group] = entry;
      behind.group[entry] = group;
      behind.source[entry] = address;
      behind.first[entry] = first;
      behind.last[entry] = last;
      if (address !== 0) groupAddresses[group]!++;
    }
    behind.messages[entry]! += count;
    behind.rows[entry]! += rows;
    if (relaxed[verdictClass] === 1) behind.fails[entry]! += count;
    if (first < behind.first[entry]!) behind.first[entry] = first;
    if (last > behind.last[entry]!) behind.last[entry] = last;
  }
  return {
    messagesByClass,
    rowsByClass,
    byDisposition,
    neitherByDisposition,
    messages: sum(messagesByClass),
    rows: sum(rowsByClass),
    distinctAddresses,
    unknownMessages,
    domainIds,
    domains,
    domainAddresses,
    gathering,
    groups,
    groupAddresses,
    groupDkimPasses,
    groupSpfPasses,
    groupDomains,
    groupDomainMessages,
    behind: { length: behindLength, ...behind },
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

/** Row numbers in the order of their sources: a counting sort. */
function orderBySource(source: Int32Array, length: number): Int32Array {
  const next = new Int32Array(above(source, length) + 1);
  for (let row = 0; row < length; row++) next[source[row]! + 1]!++;
  for (let id = 1; id < next.length; id++) next[id]! += next[id - 1]!;
  const order = new Int32Array(length);
  for (let row = 0; row < length; row++) order[next[source[row]!]!++] = row;
  return order;
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
