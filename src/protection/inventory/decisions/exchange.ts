// Decisions as text, to be kept elsewhere and brought in again: JSON lines hold everything people said (parties, names of streams,
// splits and merges, decisions and undoings); CSV holds the decisions, a line each, for spreadsheets. Either is read back to the same.
import type { Problem, Reading } from '../../../standards/problem.ts';
import { cellParts, keptCell, titledRows } from '../csv-text.ts';
import type { TitledRow } from '../csv-text.ts';
import { decisionVerdicts } from '../model.ts';
import type { DecisionVerdict } from '../model.ts';
import { parsePrefix } from '../network-table.ts';
import { isPartyType } from '../parties/index.ts';
import type { Party } from '../parties/index.ts';
import type { StreamIdentity, StreamPin } from '../registry/model.ts';
import { AddressSet } from './address-set.ts';
import type { Decision, SigningFamily, Undoing } from './model.ts';

/** What is told of a stream besides the decisions on it. In CSV only what is needed to know it again. */
export type ToldStream = Pick<StreamIdentity, 'id' | 'keys' | 'name'> &
  Partial<Pick<StreamIdentity, 'firstSeen' | 'mergedInto' | 'namedBy' | 'party' | 'pin'>>;

/** Everything people said of streams. */
export interface ToldDecisions {
  readonly parties: readonly Party[];
  readonly streams: readonly ToldStream[];
  readonly decisions: readonly Decision[];
}

const schema = 'zegel/decisions/1';

/** Writes JSON lines: the schema, parties, streams, decisions. */
export function* decisionLines({ parties, streams, decisions }: ToldDecisions): Generator<string> {
  yield JSON.stringify({ what: schema });
  for (const party of parties) yield JSON.stringify({ what: 'party', ...party });
  for (const { id, name, namedBy, mergedInto, pin, party, firstSeen, keys } of streams)
    yield JSON.stringify({ what: 'stream', id, name, namedBy, mergedInto, pin, party, firstSeen, keys });
  for (const decision of decisions) yield JSON.stringify({ what: 'decision', ...plainDecision(decision) });
}

/** A decision as plain JSON: moments as ISO 8601, the addresses that were known as one text. */
export function plainDecision({ id, batch, at, who, why, verdict, stream, narrow, anchor, undone }: Decision): object {
  return {
    id,
    batch,
    at: momentText(at),
    who,
    why,
    verdict,
    stream,
    sources: narrow.sources,
    authorDomains: narrow.authorDomains,
    signing: anchor.signing,
    known: anchor.sources.toText(),
    undone: undone === undefined ? null : { ...undone, at: momentText(undone.at) },
  };
}

export const decisionColumns = [
  'id',
  'at',
  'who',
  'verdict',
  'stream',
  'name',
  'sources',
  'domains',
  'why',
  'undone_at',
  'undone_who',
  'undone_why',
  'batch',
  'signing',
  'known',
  'keys',
] as const;

/** Decisions as cells, to be written with `csvLines` under `decisionColumns`. */
export function* decisionCells({ streams, decisions }: ToldDecisions): Generator<string[]> {
  const byId = new Map(streams.map((stream) => [stream.id, stream]));
  for (const { id, batch, at, who, why, verdict, stream, narrow, anchor, undone } of decisions) {
    const told = byId.get(stream);
    yield [
      id,
      momentText(at),
      who,
      verdict,
      stream,
      told?.name ?? stream,
      narrow.sources.join(' '),
      narrow.authorDomains.join(' '),
      why,
      ...(undone === undefined ? ['', '', ''] : [momentText(undone.at), undone.who, undone.why]),
      batch,
      anchor.signing.map(({ domain, family }) => `${domain}/${family}`).join(' '),
      anchor.sources.toText(),
      JSON.stringify(told?.keys ?? []),
    ].map(keptCell);
  }
}

/**
 * Reads what `decisionLines` or `decisionCells` wrote: which of them is told from the first character.
 *
 * @returns all of it, or `decisions/not-read` for every line that cannot be read: half of what people decided is worse than none
 */
export function parseDecisions(text: string): Reading<ToldDecisions> {
  return text.trimStart().startsWith('{') ? parseLines(text) : parseCsv(text);
}

class Unreadable extends Error {}

function parseLines(text: string): Reading<ToldDecisions> {
  const parties: Party[] = [];
  const streams: ToldStream[] = [];
  const told = new Set<string>();
  const decisions: Decision[] = [];
  const problems: Problem[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    reading(at + 1, problems, () => {
      const value = fields(JSON.parse(line));
      if (value.what === 'party') parties.push(partyOf(value));
      else if (value.what === 'stream') {
        streams.push(streamOf(value));
        told.add(string(value, 'id'));
      } else if (value.what === 'decision') {
        const undone = value['undone'] ?? null;
        const stream = string(value, 'stream');
        if (!told.has(stream)) throw new Unreadable(`no line before it tells of ${stream}`);
        const named = list(value, 'sources');
        decisions.push(
          decisionOf({
            id: string(value, 'id'),
            batch: string(value, 'batch'),
            at: string(value, 'at'),
            who: string(value, 'who'),
            why: string(value, 'why'),
            verdict: string(value, 'verdict'),
            stream,
            sources: named,
            authorDomains: list(value, 'authorDomains'),
            signing: array(value, 'signing').map((each) => ({
              domain: string(fields(each), 'domain'),
              family: string(fields(each), 'family'),
            })),
            known: string(value, 'known'),
            undone: undone === null ? null : undoingOf(fields(undone)),
          }),
        );
      } else if (value.what !== schema) throw new Unreadable(`nothing is called ${String(value.what)}`);
    });
  }
  return answer({ parties, streams, decisions }, problems);
}

function parseCsv(text: string): Reading<ToldDecisions> {
  const streams = new Map<string, ToldStream>();
  const decisions: Decision[] = [];
  const problems: Problem[] = [];
  const { rows, titles } = titledRows(text, decisionColumns, ['id', 'verdict']);
  const missing = decisionColumns.filter((title) => !titles.includes(title));
  for (const row of rows) {
    reading(row.line, problems, () => {
      if (missing.length > 0) throw new Unreadable(`there is no column ${missing.join(', ')}`);
      decisions.push(decisionOfRow(row));
      const keys: unknown = JSON.parse(row.of('keys'));
      const id = row.of('stream');
      streams.set(id, { id, name: row.of('name'), keys: list({ keys }, 'keys') });
    });
  }
  return answer({ parties: [], streams: [...streams.values()], decisions }, problems);
}

function decisionOfRow(row: TitledRow): Decision {
  const undoneAt = row.of('undone_at');
  return decisionOf({
    id: row.of('id'),
    batch: row.of('batch'),
    at: row.of('at'),
    who: row.of('who'),
    why: row.of('why'),
    verdict: row.of('verdict'),
    stream: row.of('stream'),
    known: row.of('known'),
    sources: cellParts(row.of('sources')),
    authorDomains: cellParts(row.of('domains')),
    signing: cellParts(row.of('signing')).map((part) => {
      const slash = part.indexOf('/');
      return { domain: part.slice(0, slash), family: part.slice(slash + 1) };
    }),
    undone: undoneAt === '' ? null : { at: moment(undoneAt), who: row.of('undone_who'), why: row.of('undone_why') },
  });
}

function decisionOf(told: {
  readonly id: string;
  readonly batch: string;
  readonly at: string;
  readonly who: string;
  readonly why: string;
  readonly verdict: string;
  readonly stream: string;
  readonly sources: readonly string[];
  readonly authorDomains: readonly string[];
  readonly signing: readonly SigningFamily[];
  readonly known: string;
  readonly undone: Undoing | null;
}): Decision {
  const verdict = decisionVerdicts.find((each) => each === told.verdict);
  if (verdict === undefined) throw new Unreadable(`${told.verdict} is no verdict`);
  if (told.id === '' || told.stream === '') throw new Unreadable('it has no id or no stream');
  const known = AddressSet.parse(told.known);
  if (known === undefined) throw new Unreadable('the addresses it was made about cannot be read');
  for (const text of told.sources) if (parsePrefix(text) === undefined) throw new Unreadable(`${text} is no network`);
  return {
    id: told.id,
    batch: told.batch,
    at: moment(told.at),
    who: told.who,
    why: told.why,
    verdict: verdict satisfies DecisionVerdict,
    stream: told.stream,
    narrow: { sources: told.sources, authorDomains: told.authorDomains },
    anchor: { signing: told.signing, sources: known },
    ...(told.undone === null ? {} : { undone: told.undone }),
  };
}

function undoingOf(value: Fields): Undoing {
  return { at: moment(string(value, 'at')), who: string(value, 'who'), why: string(value, 'why') };
}

function partyOf(value: Fields): Party {
  const type = string(value, 'type');
  if (!isPartyType(type)) throw new Unreadable(`${type} is no type of party`);
  const priority = value['priority'] ?? null;
  if (priority !== null && typeof priority !== 'number') throw new Unreadable('its priority is no number');
  return {
    id: string(value, 'id'),
    name: string(value, 'name'),
    type,
    owner: string(value, 'owner'),
    contact: string(value, 'contact'),
    contract: string(value, 'contract'),
    priority,
  };
}

function streamOf(value: Fields): ToldStream {
  const textOrNull = (name: string): string | null => (value[name] === null ? null : string(value, name));
  const pin = value['pin'] ?? null;
  const firstSeen = value['firstSeen'] ?? null;
  if (firstSeen !== null && typeof firstSeen !== 'number') throw new Unreadable('firstSeen is no day');
  return {
    id: string(value, 'id'),
    name: string(value, 'name'),
    namedBy: textOrNull('namedBy'),
    mergedInto: textOrNull('mergedInto'),
    party: textOrNull('party'),
    firstSeen,
    keys: list(value, 'keys'),
    pin: pin === null ? null : pinOf(fields(pin)),
  };
}

function pinOf(value: Fields): StreamPin {
  const at = value['at'];
  if (typeof at !== 'number') throw new Unreadable('at is no moment');
  const sources = list(value, 'sources');
  for (const text of sources) if (parsePrefix(text) === undefined) throw new Unreadable(`${text} is no network`);
  return {
    of: string(value, 'of'),
    keys: list(value, 'keys'),
    sources,
    authorDomains: list(value, 'authorDomains'),
    at,
    who: string(value, 'who'),
  };
}

interface Fields {
  readonly [name: string]: unknown;
  readonly what?: unknown;
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('it is no object');
  return value as Fields;
}

function string(value: Fields, name: string): string {
  const text = value[name];
  if (typeof text !== 'string') throw new Unreadable(`${name} is no text`);
  return text;
}

function array(value: Fields, name: string): unknown[] {
  const found = value[name];
  if (!Array.isArray(found)) throw new Unreadable(`${name} is no list`);
  return found;
}

function list(value: Fields, name: string): string[] {
  return array(value, name).map((each) => {
    if (typeof each !== 'string') throw new Unreadable(`${name} holds what is no text`);
    return each;
  });
}

function momentText(at: number): string {
  return new Date(at).toISOString();
}

function moment(text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Unreadable(`${text} is no moment`);
  return at;
}

function reading(line: number, problems: Problem[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof SyntaxError)) throw error;
    problems.push({ code: 'decisions/not-read', values: { line, why: error.message }, at: { line } });
  }
}

function answer(value: ToldDecisions, problems: readonly Problem[]): Reading<ToldDecisions> {
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value, problems };
}
