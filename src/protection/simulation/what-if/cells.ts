// Combinations put together that differ in nothing that decides, with what is known of their receivers and streams: a what-if judges
// these, and goes to single addresses only where SPF says something else of them.
import { dispositionCodes } from '../../../standards/reports/index.ts';
import { Interned, standings } from './mail.ts';
import type { SeenMail } from './mail.ts';
import type { Context, Leeway } from './outcome.ts';
import type { habitsOf } from './receivers.ts';
import { Tuples } from './tuples.ts';

/** Combinations that share everything but their address (and day). */
export interface Cells {
  readonly length: number;
  readonly messages: Float64Array;
  readonly facts: Int32Array;
  readonly context: Int32Array;
  readonly stream: Int32Array;
  readonly standing: Uint8Array;
  readonly epoch: Int32Array;
  /** The way their mail drifted (a place in `SpfDrift.ways`); 0 for most. */
  readonly way: Int32Array;
  /** By author domain (a place in `SeenMail.authors`): where its cells begin; one place more than there are domains. */
  readonly ofAuthor: Int32Array;
}

const code = (name: (typeof dispositionCodes)[number]): number => dispositionCodes.indexOf(name);
/** Mail that receivers may know better of: it comes by way of others, or nobody knows whose it is. */
const undecided = new Set(['forwarded', 'forwarded-decided', 'undecided']);
const noLeeway: Leeway = { may: false, share: 0 };

/**
 * Reporters that report a good deal of mail that failed SPF: it was not turned away at MAIL FROM. What they say they rejected may
 * have been turned away all the same: some report that.
 */
export function acceptingSpfFail(mail: SeenMail): ReadonlySet<string> {
  const taken = mail.deeds.map(({ disposition }) => disposition !== code('reject'));
  const fails = mail.spfSets.map((set) => set.some(({ result }) => result === 'fail'));
  const ofFacts = mail.allFacts.map(({ spf }) => fails[spf]!);
  const byReceiver = new Float64Array(mail.receivers.length);
  for (let at = 0; at < mail.length; at++) {
    if (ofFacts[mail.facts[at]!]! && taken[mail.deed[at]!]!) byReceiver[mail.receiver[at]!]! += mail.messages[at]!;
  }
  const messages = new Map<string, number>();
  for (const [receiver, { reporter }] of mail.receivers.entries())
    messages.set(reporter, (messages.get(reporter) ?? 0) + byReceiver[receiver]!);
  return new Set([...messages].filter(([, count]) => count >= 20).map(([reporter]) => reporter));
}

/** Shares of whims: coarse, since every one is a habit of its own, and habits set cells apart. */
const whimSteps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2] as const;

/**
 * By reporter: the share of failing mail that it may let through now and then, of streams that nobody passes on (forwarders are
 * known by who they are) and of which it does not let most through. 0 for one that never did; what is seen in a stream or two of many
 * is taken twice, and some more where little was seen.
 */
export function whimsOf(mail: SeenMail): ReadonlyMap<string, number> {
  const { isMet, isPassed } = deedsOf(mail);
  const mayKnow = standings.map((standing) => undecided.has(standing));
  let streams = 0;
  for (let at = 0; at < mail.length; at++) if (mail.stream[at]! >= streams) streams = mail.stream[at]! + 1;
  // By receiver and stream, from one that is not known: mail there is much of, and pairs are few.
  const passed = new Float64Array(mail.receivers.length * (streams + 1));
  const met = new Float64Array(passed.length);
  for (let at = 0; at < mail.length; at++) {
    const deed = mail.deed[at]!;
    if (!(isMet[deed]! || isPassed[deed]!) || mayKnow[mail.standing[at]!]!) continue;
    (isMet[deed]! ? met : passed)[mail.receiver[at]! * (streams + 1) + mail.stream[at]! + 1]! += mail.messages[at]!;
  }
  const byReporter = new Map<string, { passed: number; met: number }>();
  for (const [place, through] of passed.entries()) {
    const followed = met[place]!;
    if (through >= followed) continue;
    const { reporter } = mail.receivers[Math.floor(place / (streams + 1))]!;
    const sum = byReporter.get(reporter) ?? { passed: 0, met: 0 };
    byReporter.set(reporter, { passed: sum.passed + through, met: sum.met + followed });
  }
  const whims = new Map<string, number>();
  for (const [reporter, sum] of byReporter) {
    if (sum.passed === 0) continue;
    const share = (2 * sum.passed + 3) / (sum.passed + sum.met);
    whims.set(reporter, whimSteps.find((step) => step >= share) ?? 0.5);
  }
  return whims;
}

/**
 * Puts combinations together that differ in nothing that decides, and gives each its context.
 *
 * @param wayOf by combination: the way it drifted
 */
export function cellsOf(
  mail: SeenMail,
  habits: ReturnType<typeof habitsOf>,
  wayOf?: Int32Array,
): { readonly contexts: readonly Context[]; readonly cells: Cells; readonly cellOf: Int32Array } {
  const leeways = leewayOf(mail);
  const contexts = new Interned<Context>();
  // Several receivers and deeds may come to one context.
  const ways = new Tuples();
  const contextOfWay: number[] = [];
  const numbers = new Tuples();
  const cellOf = new Int32Array(mail.length);
  const firsts: number[] = [];
  const sums: number[] = [];
  const contextsOfCells: number[] = [];
  let [stream, standing] = [-2, -1];
  let leeway = leeways(-1, 0);
  for (let at = 0; at < mail.length; at++) {
    if (mail.stream[at] !== stream || mail.standing[at] !== standing) {
      stream = mail.stream[at]!;
      standing = mail.standing[at]!;
      leeway = leeways(stream, standing);
    }
    const way = ways.of(mail.receiver[at]!, mail.deed[at]!, leeway.number, 0);
    let context = contextOfWay[way];
    if (context === undefined) {
      const { reporter, generation } = mail.receivers[mail.receiver[at]!]!;
      const made = { habits: habits(reporter, generation), deed: mail.deeds[mail.deed[at]!]!, leeway: leeway.leeway };
      context = contexts.of(made, JSON.stringify(made));
      contextOfWay.push(context);
    }
    // Mail drifts under the records of now alone, and then there is one epoch.
    const epochOrWay = wayOf === undefined ? mail.epoch[at]! : Math.max(0, wayOf[at]!);
    const cell = numbers.of(mail.facts[at]!, context, (stream + 1) * 8 + standing, epochOrWay);
    if (cell === firsts.length) {
      firsts.push(at);
      sums.push(0);
      contextsOfCells.push(context);
    }
    sums[cell]! += mail.messages[at]!;
    cellOf[at] = cell;
  }
  // In the order of their author domains: a change reaches some of these, and goes over no others.
  const authorOf = (cell: number): number => mail.allFacts[mail.facts[firsts[cell]!]!]!.author;
  const ofAuthor = new Int32Array(mail.authors.length + 1);
  for (let cell = 0; cell < firsts.length; cell++) ofAuthor[authorOf(cell) + 1]! += 1;
  for (let author = 0; author < mail.authors.length; author++) ofAuthor[author + 1]! += ofAuthor[author]!;
  const next = Int32Array.from(ofAuthor);
  const place = new Int32Array(firsts.length);
  const order = new Int32Array(firsts.length);
  for (let cell = 0; cell < firsts.length; cell++) {
    place[cell] = next[authorOf(cell)]!++;
    order[place[cell]!] = cell;
  }
  for (let at = 0; at < mail.length; at++) cellOf[at] = place[cellOf[at]!]!;
  const length = firsts.length;
  const cells = {
    length,
    messages: new Float64Array(length),
    facts: new Int32Array(length),
    context: new Int32Array(length),
    stream: new Int32Array(length),
    standing: new Uint8Array(length),
    epoch: new Int32Array(length),
    way: new Int32Array(length),
    ofAuthor,
  };
  for (let at = 0; at < length; at++) {
    const cell = order[at]!;
    const first = firsts[cell]!;
    cells.messages[at] = sums[cell]!;
    cells.facts[at] = mail.facts[first]!;
    cells.context[at] = contextsOfCells[cell]!;
    cells.stream[at] = mail.stream[first]!;
    cells.standing[at] = mail.standing[first]!;
    cells.epoch[at] = mail.epoch[first]!;
    if (wayOf !== undefined) cells.way[at] = Math.max(0, wayOf[first]!);
  }
  return { contexts: contexts.values, cells, cellOf };
}

/** By deed: whether it did what a policy asks, and whether it let mail through that failed. */
function deedsOf({ deeds }: SeenMail): { readonly isMet: readonly boolean[]; readonly isPassed: readonly boolean[] } {
  const [pass, none, quarantine, reject] = [code('pass'), code('none'), code('quarantine'), code('reject')];
  return {
    isMet: deeds.map(
      ({ disposition, override }) => override === 'none' && (disposition === quarantine || disposition === reject),
    ),
    isPassed: deeds.map(
      ({ disposition, override }) => override === 'local' && (disposition === none || disposition === pass),
    ),
  };
}

/** By stream and standing: whether receivers may know better, and how often they did where the policy asked for something. */
function leewayOf(
  mail: SeenMail,
): (stream: number, standing: number) => { readonly number: number; readonly leeway: Leeway } {
  const { isMet, isPassed } = deedsOf(mail);
  const sums = new Map<number, { passed: number; met: number }>();
  for (let at = 0; at < mail.length; at++) {
    const stream = mail.stream[at]!;
    const deed = mail.deed[at]!;
    if (stream < 0 || !(isMet[deed]! || isPassed[deed]!)) continue;
    let sum = sums.get(stream);
    if (sum === undefined) sums.set(stream, (sum = { passed: 0, met: 0 }));
    if (isMet[deed]!) sum.met += mail.messages[at]!;
    else sum.passed += mail.messages[at]!;
  }
  const all = new Interned<Leeway>();
  all.of(noLeeway, '0');
  const known = new Map<number, { number: number; leeway: Leeway }>();
  return (stream, standing) => {
    const key = (stream + 1) * 8 + standing;
    let found = known.get(key);
    if (found === undefined) {
      const { passed = 0, met = 0 } = sums.get(stream) ?? {};
      // To the per cent: shares that are finer than that are accidents, and every one is a context of its own.
      const share = passed === 0 ? 0 : Math.max(0.01, Math.round((passed / (passed + met)) * 100) / 100);
      const may = passed > 0 || undecided.has(standings[standing]!);
      const number = all.of({ may, share }, may ? `1 ${share}` : '0');
      known.set(key, (found = { number, leeway: all.values[number]! }));
    }
    return found;
  };
}

/** The combinations, cell by cell. */
export interface CellRows {
  /** By cell: where its combinations begin; one place more than there are cells. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** Of these: their address and messages, lying side by side since a change of SPF goes over hundreds of thousands. */
  readonly source: Int32Array;
  readonly messages: Float64Array;
  /** More than the highest number of an address. */
  readonly sources: number;
}

/** Puts the combinations in the order of their cells. */
export function rowsByCell(mail: SeenMail, cells: number, cellOf: Int32Array): CellRows {
  const { length } = cellOf;
  const starts = new Int32Array(cells + 1);
  for (let row = 0; row < length; row++) starts[cellOf[row]! + 1]! += 1;
  for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!;
  const next = Int32Array.from(starts);
  const rows = new Int32Array(length);
  const source = new Int32Array(length);
  const messages = new Float64Array(length);
  let sources = 0;
  for (let row = 0; row < length; row++) {
    const place = next[cellOf[row]!]!++;
    rows[place] = row;
    source[place] = mail.source[row]!;
    messages[place] = mail.messages[row]!;
    if (source[place]! >= sources) sources = source[place]! + 1;
  }
  return { starts, rows, source, messages, sources };
}
