// Answers from the sums of mail-sums.ts: by combination, and by manner.
import type { Columns, Dimension, Measure, Question, Where } from '../../protection/history.ts';
import type { LoadedDictionaries } from './dictionaries.ts';
import { takeApart } from './kept.ts';
import type { KeptMail, Manners } from './mail-sums.ts';
import { flagBits } from './schema.ts';

const combinationKeys = ['source', 'auth', 'authorDomain', 'envelopeFrom'] as const;
const mannerFlags = ['dkim', 'spf', 'disposition', 'generation', 'origin'] as const;
const ofManner = new Set<Dimension>(['reporter', 'reasons', ...mannerFlags]);
const added = new Set<Measure>(['messages', 'rows', 'firstDay', 'lastDay']);
const narrowed = new Set<string>(['authorDomain', 'underDomain'] satisfies (keyof Where)[]);

/** How the sums answer a question: `combinations` by them and perhaps their manner, `manners` by these alone; `undefined`: not. */
export function mailWayOf({ by, measures, where = {}, limit }: Question): 'combinations' | 'manners' | undefined {
  const conditions = Object.entries(where).filter(([, value]) => value !== undefined);
  if (limit !== undefined || by.length === 0 || !measures.every((measure) => added.has(measure))) return undefined;
  if (by.every((dimension) => ofManner.has(dimension))) return conditions.length === 0 ? 'manners' : undefined;
  const keys = new Set<Dimension>(combinationKeys);
  const others = by.filter((dimension) => !keys.has(dimension));
  if (by.length - others.length < keys.size) return undefined;
  if (!others.every((dimension) => dimension === 'alignment' || ofManner.has(dimension))) return undefined;
  if (!conditions.every(([name]) => narrowed.has(name))) return undefined;
  // By row there are only messages.
  const isByRow = others.some((dimension) => ofManner.has(dimension));
  return isByRow && measures.some((measure) => measure !== 'messages') ? undefined : 'combinations';
}

/** Answers a question of which `mailWayOf` says how; `undefined` when the copy is not whole. */
export function answerFromMail<D extends Dimension, M extends Measure>(
  question: Question<D, M>,
  mail: KeptMail,
  dictionaries: LoadedDictionaries,
): Columns<D, M> | undefined {
  const { where = {} } = question;
  const answer =
    mailWayOf(question) === 'manners'
      ? byManner(question, mail.manners)
      : byCombination(question, mail, authorsOf(where, mail.authors, dictionaries));
  return answer as Columns<D, M> | undefined;
}

type Answer = Record<string, Float64Array | Int32Array | number>;

/** Which manners are one in the dimensions that are asked for: a number each, and of each number a manner that has it. */
function groupsOf(manners: Manners, by: readonly Dimension[]): { readonly of: Int32Array; readonly first: Int32Array } {
  const mask = mannerFlags.reduce(
    (bits, name) => (by.includes(name) ? bits | (flagBits[name].mask << flagBits[name].shift) : bits),
    0,
  );
  const numbers = new Map<string, number>();
  const firsts: number[] = [];
  const of = new Int32Array(manners.length);
  for (let manner = 0; manner < manners.length; manner++) {
    const reporter = by.includes('reporter') ? manners.reporter[manner]! : 0;
    const reasons = by.includes('reasons') ? manners.reasons[manner]! : 0;
    const key = `${reporter} ${reasons} ${manners.flags[manner]! & mask}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = firsts.push(manner) - 1;
      numbers.set(key, number);
    }
    of[manner] = number;
  }
  return { of, first: Int32Array.from(firsts) };
}

/** A dimension of manners, by manner. */
function mannerColumn(manners: Manners, dimension: Dimension): Int32Array {
  if (dimension === 'reporter' || dimension === 'reasons') return manners[dimension];
  const codes = new Int32Array(manners.length);
  takeApart(manners.flags, flagBits[dimension as (typeof mannerFlags)[number]], codes, 0);
  return codes;
}

function byManner({ by, measures }: Question, manners: Manners): Answer {
  const { of, first } = groupsOf(manners, by);
  const length = first.length;
  const sums = {
    messages: new Float64Array(length),
    rows: new Float64Array(length),
    firstDay: new Float64Array(length).fill(Infinity),
    lastDay: new Float64Array(length).fill(-Infinity),
  };
  for (let manner = 0; manner < manners.length; manner++) {
    const group = of[manner]!;
    sums.messages[group]! += manners.messages[manner]!;
    sums.rows[group]! += manners.starts[manner]!;
    sums.firstDay[group] = Math.min(sums.firstDay[group]!, manners.firstDay[manner]!);
    sums.lastDay[group] = Math.max(sums.lastDay[group]!, manners.lastDay[manner]!);
  }
  const answer: Answer = { length };
  for (const dimension of by) {
    const column = mannerColumn(manners, dimension);
    answer[dimension] = first.map((manner) => column[manner]!);
  }
  for (const measure of measures) answer[measure] = sums[measure as keyof typeof sums];
  return answer;
}

/** The places of author domains that conditions let through. */
function authorsOf(where: Where, authors: Int32Array, dictionaries: LoadedDictionaries): Int32Array {
  const { authorDomain, underDomain } = where;
  const all = Int32Array.from(authors.keys());
  if (authorDomain === undefined && underDomain === undefined) return all;
  const exact = authorDomain === undefined ? undefined : new Set(authorDomain);
  return all.filter((place) => {
    // 0 is "not said", which no condition lets through.
    const name = dictionaries.name(authors[place]!);
    if (name === undefined || exact?.has(name) === false) return false;
    return underDomain === undefined || underDomain.some((top) => name === top || name.endsWith(`.${top}`));
  });
}

/** Author domains that lie side by side, as runs of combinations. */
function runsOf(mail: KeptMail, places: Int32Array): { readonly from: number; to: number }[] {
  const runs: { readonly from: number; to: number }[] = [];
  for (const place of places) {
    const [from, to] = [mail.authorFirsts[place]!, mail.authorFirsts[place + 1]!];
    const before = runs.at(-1);
    if (before?.to === from) before.to = to;
    else runs.push({ from, to });
  }
  return runs;
}

function byCombination({ by, measures }: Question, mail: KeptMail, places: Int32Array): Answer | undefined {
  const parts = runsOf(mail, places).map(({ from, to }) => ({ from, part: mail.part(from, to) }));
  const isByRow = by.some((dimension) => ofManner.has(dimension));
  const isByAlignment = by.includes('alignment');
  const most = parts.reduce((sum, { part }) => sum + (isByRow ? (part?.manner.length ?? 0) : (part?.length ?? 0)), 0);
  const groups = groupsOf(mail.manners, by);
  const columns = {
    source: new Int32Array(most),
    auth: new Int32Array(most),
    authorDomain: new Int32Array(most),
    envelopeFrom: new Int32Array(most),
    alignment: new Int32Array(isByAlignment ? most : 0),
    messages: new Float64Array(most),
    rows: new Float64Array(measures.includes('rows') ? most : 0),
    firstDay: new Float64Array(measures.includes('firstDay') ? most : 0),
    lastDay: new Float64Array(measures.includes('lastDay') ? most : 0),
  };
  const group = new Int32Array(isByRow ? most : 0);
  /** By group of manners: the place in the answer that had it last. */
  const last = new Int32Array(groups.first.length).fill(-1);
  let end = 0;
  for (const { from, part } of parts) {
    if (part === undefined) return undefined;
    let author = mail.authorFirsts.findLastIndex((first) => first <= from);
    let row = 0;
    for (let place = 0; place < part.length;) {
      while (mail.authorFirsts[author + 1]! <= from + place) author += 1;
      const [source, auth, envelopeFrom] = [part.source[place]!, part.auth[place]!, part.envelopeFrom[place]!];
      const alignment = part.alignment[place]!;
      const begin = end;
      // Combinations that differ in nothing but the alignment lie side by side; they are one where that is not asked for.
      let next = place + 1;
      const authorEnd = isByAlignment ? next : Math.min(part.length, mail.authorFirsts[author + 1]! - from);
      while (
        next < authorEnd &&
        part.source[next] === source &&
        part.auth[next] === auth &&
        part.envelopeFrom[next] === envelopeFrom
      )
        next += 1;
      const rowEnd = part.rowEnds[next - 1]!;
      if (isByRow) {
        for (; row < rowEnd; row++) {
          const of = groups.of[part.manner[row]!]!;
          let at = last[of]!;
          if (at < begin) {
            last[of] = at = end++;
            columns.source[at] = source;
            columns.auth[at] = auth;
            columns.authorDomain[at] = mail.authors[author]!;
            columns.envelopeFrom[at] = envelopeFrom;
            if (isByAlignment) columns.alignment[at] = alignment;
            group[at] = of;
          }
          columns.messages[at]! += part.messages[row]!;
        }
      } else {
        const at = end++;
        columns.source[at] = source;
        columns.auth[at] = auth;
        columns.authorDomain[at] = mail.authors[author]!;
        columns.envelopeFrom[at] = envelopeFrom;
        if (isByAlignment) columns.alignment[at] = alignment;
        let [firstDay, lastDay] = [Infinity, -Infinity];
        for (let each = place; each < next; each++) {
          columns.rows[at]! += part.starts[each]!;
          firstDay = Math.min(firstDay, part.firstDay[each]!);
          lastDay = Math.max(lastDay, part.lastDay[each]!);
        }
        columns.firstDay[at] = firstDay;
        columns.lastDay[at] = lastDay;
        for (; row < rowEnd; row++) columns.messages[at]! += part.messages[row]!;
      }
      place = next;
    }
  }
  const answer: Answer = { length: end };
  for (const name of [...by, ...measures]) {
    const column = ofManner.has(name as Dimension) ? undefined : columns[name as keyof typeof columns];
    if (column !== undefined) answer[name] = end === most ? column : column.slice(0, end);
    else {
      const codes = mannerColumn(mail.manners, name as Dimension);
      const ofGroup = groups.first.map((manner) => codes[manner]!);
      const whole = new Int32Array(end);
      for (let at = 0; at < end; at++) whole[at] = ofGroup[group[at]!]!;
      answer[name] = whole;
    }
  }
  return answer;
}
