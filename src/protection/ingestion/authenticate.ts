import type { Archive, Authenticity, Counting, DocumentRecord, Filing, JudgeReportMail, Original } from './archive.ts';
import { namedBy } from './documents.ts';
import { Ingestion } from './ingest.ts';
import type { IngestOptions } from './ingest.ts';
import { defaultLimits } from './limits.ts';
import { openArrival } from './open.ts';
import { readOtherReport } from './other-reports.ts';
import { reasonToSetApart, reasonToSetTlsApart, regroup } from './standing.ts';
import type { Copy } from './standing.ts';
import { ofTlsMail, tlsNamedBy } from './tls-sessions.ts';

// Looks again at reports that are filed: who wrote the mail they came in, and what follows from that and from what people said.
// What is found is noted first, and what follows is worked out from the notes: a process that dies in between leaves both stores
// agreeing, and the next run goes on from there and ends with the same numbers.

/** Documents a filing takes on. */
const batchSize = 200;

export interface AuthenticateOptions extends Pick<IngestOptions, 'limits' | 'readerLimits' | 'signal'> {
  /** Also reports of whose mail something final was found before. */
  readonly all?: boolean;
  /** Which are worth a look, by the reporter they name; all of them without it. */
  readonly knows?: (named: { readonly reporter: string }) => boolean;
  /** Told after every report: how many were looked at. */
  readonly progress?: (looked: number) => void;
}

/** What came of it. */
export interface AuthenticateOutcome {
  /** Reports whose mail was looked at, and what was found. */
  readonly looked: number;
  readonly found: Readonly<Record<Authenticity['result'], number>>;
  /** Reports that were set apart, and reports that were not counted before and are now. */
  readonly setApart: number;
  readonly counted: number;
  readonly interrupted: boolean;
}

/**
 * Judges the mail of reports that are filed, from their originals, and counts or sets apart what follows from it. Without
 * `options.all` only those of which nothing final is known: filed without a look, or while the DNS did not answer.
 *
 * @throws {StorageError} when the memory cannot be read or written; what was committed before stands
 */
export async function authenticate(
  archive: Archive,
  judge: JudgeReportMail,
  options: AuthenticateOptions = {},
): Promise<AuthenticateOutcome> {
  const found = { authentic: 0, 'not-known-yet': 0, refuted: 0, unproven: 0 };
  let looked = 0;
  let after = 0;
  while (options.signal?.aborted !== true) {
    const documents = archive.unjudged(options.all === true, after, batchSize);
    if (documents.length === 0) break;
    after = documents.at(-1)!.id;
    const filing = await archive.begin();
    try {
      const known = documents.filter(({ key }) => key === undefined || options.knows?.(key) !== false);
      for (const { original, wanted } of byOriginal(known)) {
        for await (const { document, authenticity } of look(archive, original, wanted, judge, options)) {
          filing.judged(original, document.entry, document.key.end, authenticity);
          found[authenticity.result] += 1;
          looked += 1;
          options.progress?.(looked);
        }
      }
      await filing.commit();
    } catch (error) {
      await filing.rollback();
      throw error;
    }
  }
  const changed = await applyStandings(archive, options);
  return { looked, found, ...changed, interrupted: options.signal?.aborted === true };
}

/** Counts and sets apart what has to be, by all that is noted. Nothing is looked up. @throws {StorageError} */
export async function applyStandings(
  archive: Archive,
  options: Pick<AuthenticateOptions, 'limits' | 'readerLimits' | 'signal'> = {},
): Promise<{ setApart: number; counted: number }> {
  const sums = { setApart: 0, counted: 0 };
  const keys = [...new Set(archive.doubtful().flatMap(({ key }) => (key === undefined ? [] : [key.text])))];
  const { limits, readerLimits } = options;
  const work = new Ingestion(archive, {
    ...(limits === undefined ? {} : { limits }),
    ...(readerLimits === undefined ? {} : { readerLimits }),
  });
  for (let at = 0; at < keys.length && options.signal?.aborted !== true; at += batchSize) {
    const filing = await archive.begin();
    try {
      for (const key of keys.slice(at, at + batchSize)) {
        const changed = await settleAgain(filing, key, work);
        sums.setApart += changed.setApart;
        sums.counted += changed.counted;
      }
      await filing.commit();
    } catch (error) {
      await filing.rollback();
      throw error;
    }
  }
  return sums;
}

/**
 * Counts a report, or sets it apart, because a person says so; whatever else follows for its other copies is done in the same
 * step. @throws {StorageError} and nothing of it has happened
 *
 * @param decided `undefined` takes back what was said before
 */
export async function decideCounting(
  archive: Archive,
  document: DocumentRecord,
  decided: Counting | undefined,
  who: string,
): Promise<void> {
  const { key } = document;
  if (key === undefined) throw new Error('a document without a key cannot be counted');
  const filing = await archive.begin();
  try {
    filing.decide(document, decided, who);
    await settleAgain(filing, key.text, new Ingestion(archive, {}));
    await filing.commit();
  } catch (error) {
    await filing.rollback();
    throw error;
  }
}

/** The documents by the original they are in, as each is opened once. */
function byOriginal(
  documents: readonly DocumentRecord[],
): Iterable<{ readonly original: Original; readonly wanted: readonly DocumentRecord[] }> {
  const originals = new Map<number, { original: Original; wanted: DocumentRecord[] }>();
  for (const document of documents) {
    const known = originals.get(document.original.id);
    if (known === undefined) originals.set(document.original.id, { original: document.original, wanted: [document] });
    else known.wanted.push(document);
  }
  return originals.values();
}

/** Opens an original, and judges the mail of the documents that are wanted. */
async function* look(
  archive: Archive,
  original: Original,
  wanted: readonly DocumentRecord[],
  judge: JudgeReportMail,
  { limits }: AuthenticateOptions,
): AsyncGenerator<{ readonly document: Keyed; readonly authenticity: Authenticity }> {
  for await (const opened of openArrival(archive.chunks(original), limits ?? defaultLimits)) {
    const document = wanted.find((each) => each.entry === opened.entry && each.container === opened.container);
    if (opened.what !== 'report') {
      if (opened.other?.kind !== 'tls' || opened.message === undefined || document?.key === undefined) continue;
      const reading = readOtherReport(opened.other);
      if (!('tls' in reading)) continue;
      const found = await judge(opened.message, tlsNamedBy(document.key, reading.tls.contactInfo));
      if (found !== undefined) yield { document: { ...document, key: document.key }, authenticity: ofTlsMail(found) };
      continue;
    }
    if (document !== undefined && isCopy(document) && opened.message !== undefined) {
      const authenticity = await judge(opened.message, namedBy(document.key, document.summary));
      if (authenticity !== undefined) yield { document, authenticity };
    }
    await opened.content.chunks?.drain();
  }
}

/** A document of a report whose identity is known. */
type Keyed = DocumentRecord & Required<Pick<DocumentRecord, 'key'>>;

function isCopy(document: DocumentRecord): document is Copy {
  return document.key !== undefined && document.summary !== undefined;
}

/**
 * Settles one report anew: which of its copies are set apart, which one counts, and what becomes of the others. Rows that have
 * to come into the history are read from the original again.
 */
async function settleAgain(
  filing: Filing,
  key: string,
  work: Ingestion,
): Promise<{ setApart: number; counted: number }> {
  const group = filing.group(key);
  if (group.some(({ kind }) => kind === 'tls')) return settleTlsAgain(filing, key, group, work);
  const may: Copy[] = [];
  let setApart = 0;
  for (const copy of group.filter(isCopy)) {
    const standing = filing.standing(copy.original, copy.entry);
    const { authenticity } = standing;
    const since = authenticity === undefined ? undefined : filing.authenticSince(authenticity.reporter);
    const apart = reasonToSetApart(standing, copy.key.end, since);
    const { authenticatedAs } = authenticity ?? {};
    if (apart === undefined) {
      may.push({ ...copy, ...standing, ...(authenticatedAs === undefined ? {} : { authenticatedAs }) });
    } else if (copy.state !== 'set-apart') {
      filing.change(copy.id, 'set-apart', undefined, apart);
      setApart += 1;
    }
  }
  const { counts, others } = regroup(may);
  if (counts === undefined) return { setApart, counted: 0 };
  let id = counts.id;
  if (counts.state !== 'counted') {
    const before = may.find((copy) => copy.state === 'counted');
    if (before !== undefined) filing.change(before.id, 'replaced', counts.id);
    await work.original(filing, { original: counts.original, again: [counts] });
    id = filing.copies(counts.key).find((copy) => copy.state === 'counted')?.id ?? counts.id;
  }
  for (const { copy, settlement } of others) {
    const state = settlement.state === 'counted' ? 'replaced' : settlement.state;
    if (copy.state === state && copy.other === id) continue;
    // The copy that took the place of a poorer one says so itself.
    const problems = settlement.state !== 'counted' && 'problem' in settlement ? [settlement.problem] : [];
    filing.change(copy.id, state, id, problems);
  }
  return { setApart, counted: id === counts.id ? 0 : 1 };
}

/** The same for a TLS report: the first copy that may count does, or the last that a person wants to. */
async function settleTlsAgain(
  filing: Filing,
  key: string,
  group: readonly DocumentRecord[],
  work: Ingestion,
): Promise<{ setApart: number; counted: number }> {
  const may: DocumentRecord[] = [];
  let wanted: DocumentRecord | undefined;
  let setApart = 0;
  for (const copy of group) {
    const standing = filing.standing(copy.original, copy.entry);
    const apart = reasonToSetTlsApart(standing);
    if (apart === undefined) {
      may.push(copy);
      if (standing.decided === 'count') wanted = copy;
    } else if (copy.state !== 'set-apart') {
      filing.change(copy.id, 'set-apart', undefined, apart);
      setApart += 1;
    }
  }
  const before = may.find(({ state }) => state === 'counted');
  const counts = wanted ?? before ?? may[0];
  if (counts === undefined) return { setApart, counted: 0 };
  const again = async (copy: DocumentRecord): Promise<void> =>
    void (await work.original(filing, { original: copy.original, again: [copy] }));
  if (counts !== before) {
    if (before !== undefined) filing.change(before.id, 'replaced', counts.id);
    await again(counts);
    const id = filing.tlsCounted(key)?.document;
    if (before !== undefined && id !== undefined) filing.change(before.id, 'replaced', id);
  }
  // What may count again, and does not, is a copy of the one that does.
  for (const copy of may) if (copy !== counts && copy.state === 'set-apart') await again(copy);
  return { setApart, counted: counts === before ? 0 : 1 };
}
