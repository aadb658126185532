import type { Day } from '../../protection/history.ts';
import type { Answer, RecordedAnswer, RecordType } from '../../standards/dns/index.ts';
import type { RegisterFile } from './database.ts';

/** What the DNS said of a name and type, and the days on which it did: the first and the last it was seen, nothing else between. */
export interface Snapshot {
  readonly name: string;
  readonly type: RecordType;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly answer: Answer;
}

/** What was published, day by day, as answers of the DNS. */
export class Snapshots {
  readonly #file: RegisterFile;

  constructor(file: RegisterFile) {
    this.#file = file;
  }

  /**
   * Keeps answers as the truth of a day. An answer that is the same as on the days around costs nothing; one of the same day is
   * replaced. Questions without an answer leave what is known as it is, and so does the absence of a DKIM key that never was.
   *
   * @returns how many answers there were, of how many names and types they are other than what was last kept before that day, and
   *   the names of DKIM keys among these
   * @throws {StorageError}
   */
  keep(
    recorded: Iterable<RecordedAnswer>,
    day: Day,
  ): { readonly answers: number; readonly changed: number; readonly changedKeys: readonly string[] } {
    return this.#file.transaction(() => {
      let answers = 0;
      let changed = 0;
      const changedKeys: string[] = [];
      for (const { name, type, answer } of recorded) {
        if (answer === undefined) continue;
        answers += 1;
        if (!this.#keepOne(name, type, answer, day)) continue;
        changed += 1;
        if (name.includes('._domainkey.')) changedKeys.push(name);
      }
      return { answers, changed, changedKeys };
    });
  }

  /** @returns whether it differs from what was known before. */
  #keepOne(name: string, type: RecordType, answer: Answer, day: Day): boolean {
    const before: Span[] = this.#file
      .rows('SELECT * FROM snapshots WHERE name = ? AND type = ? ORDER BY first_day', name, type)
      .map((row) => ({
        first: Number(row['first_day']),
        last: Number(row['last_day']),
        answer: Number(row['answer']),
        ttl: Number(row['ttl']),
      }));
    // Most selectors that are asked for are guesses: that one is not there is worth a line only where it once was.
    if (before.length === 0 && answer.kind !== 'records' && name.includes('._domainkey.')) return false;
    const id = this.#answerId(encoded(answer));
    const after = withLook(before, { first: day, last: day, answer: id, ttl: answer.ttl });
    const isThere = (spans: readonly Span[], span: Span): boolean =>
      spans.some(
        (each) =>
          each.first === span.first && each.last === span.last && each.ttl === span.ttl && each.answer === span.answer,
      );
    for (const span of before) {
      if (!isThere(after, span))
        this.#file.run('DELETE FROM snapshots WHERE name = ? AND type = ? AND first_day = ?', name, type, span.first);
    }
    for (const span of after) {
      if (isThere(before, span)) continue;
      this.#file.run(
        'INSERT INTO snapshots (name, type, first_day, last_day, answer, ttl) VALUES (?, ?, ?, ?, ?, ?)',
        name,
        type,
        span.first,
        span.last,
        span.answer,
        span.ttl,
      );
    }
    return before.findLast(({ first }) => first <= day)?.answer !== id;
  }

  #answerId(text: string): number {
    const known = this.#file.row('SELECT id FROM answers WHERE text = ?', text);
    return known === undefined ? this.#file.run('INSERT INTO answers (text) VALUES (?)', text) : Number(known['id']);
  }

  /** Another text whenever anything that is kept here changes. @throws {StorageError} */
  stamp(): string {
    const row = this.#file.row(
      'SELECT count(*) AS spans, sum(first_day) AS firsts, sum(last_day) AS lasts, sum(answer) AS answers FROM snapshots',
    );
    return [row?.['spans'], row?.['firsts'], row?.['lasts'], row?.['answers']]
      .map((part) => Number(part ?? 0))
      .join(' ');
  }

  /** The history of a name: every answer and its days, by type, then the newest first. @throws {StorageError} */
  history(name: string): Snapshot[] {
    return this.#file
      .rows(
        `SELECT s.*, a.text FROM snapshots s JOIN answers a ON a.id = s.answer
         WHERE s.name = ? ORDER BY s.type, s.first_day DESC`,
        name,
      )
      .map(asSnapshot);
  }

  /**
   * What was published on a day: what was seen then, or last before; `undefined` when nothing was kept until then.
   *
   * @throws {StorageError}
   */
  answerAt(name: string, type: RecordType, day: Day): Snapshot | undefined {
    const row = this.#file.row(
      `SELECT s.*, a.text FROM snapshots s JOIN answers a ON a.id = s.answer
       WHERE s.name = ? AND s.type = ? AND s.first_day <= ? ORDER BY s.first_day DESC LIMIT 1`,
      name,
      type,
      day,
    );
    return row === undefined ? undefined : asSnapshot(row);
  }

  /** Every answer of some types that are told in plain text (none with bytes), in no order: one question, however many there are. @throws {StorageError} */
  ofTypes(types: readonly Exclude<RecordType, 'DNSKEY' | 'DS' | 'TLSA'>[]): Snapshot[] {
    return this.#file
      .rows(
        `SELECT s.*, a.text FROM snapshots s JOIN answers a ON a.id = s.answer
         WHERE s.type IN (SELECT value FROM json_each(?))`,
        JSON.stringify(types),
      )
      .map((row) => ({
        name: String(row['name']),
        type: String(row['type']) as RecordType,
        firstDay: Number(row['first_day']),
        lastDay: Number(row['last_day']),
        // Without a reviver: it would be called for every part of some ten thousand answers.
        answer: { ...(JSON.parse(String(row['text'])) as Answer), ttl: Number(row['ttl']) },
      }));
  }

  /** The names at or below one of which something is kept, with their types. @throws {StorageError} */
  names(under: string): { readonly name: string; readonly type: RecordType }[] {
    // The names below end in a dot and this one; LIKE would take its underscores for anything.
    return this.#file
      .rows(
        `SELECT DISTINCT name, type FROM snapshots
         WHERE ? = '' OR name = ? OR substr(name, -length(?) - 1) = '.' || ? ORDER BY name, type`,
        under,
        under,
        under,
        under,
      )
      .map((row) => ({ name: String(row['name']), type: String(row['type']) as RecordType }));
  }
}

/** An answer by its number, and the days on which it was found. */
interface Span {
  readonly first: Day;
  readonly last: Day;
  readonly answer: number;
  readonly ttl: number;
}

/** Spans in order, after one more look: a span of another answer is cut where the look lies in it, and neighbours that say the same are one. */
function withLook(spans: readonly Span[], look: Span): Span[] {
  const day = look.first;
  const cut: Span[] = [look];
  for (const span of spans) {
    if (span.last < day || span.first > day || span.answer === look.answer) cut.push(span);
    else {
      if (span.first < day) cut.push({ ...span, last: day - 1 });
      if (span.last > day) cut.push({ ...span, first: day + 1 });
    }
  }
  const joined: Span[] = [];
  for (const span of cut.sort((one, other) => one.first - other.first || other.last - one.last)) {
    const last = joined.at(-1);
    if (last?.answer !== span.answer) joined.push(span);
    // A cache tells of less time with every second: of two looks, the longer time is nearer to what is published.
    else
      joined[joined.length - 1] = { ...last, last: Math.max(last.last, span.last), ttl: Math.max(last.ttl, span.ttl) };
  }
  return joined;
}

function asSnapshot(row: Readonly<Record<string, unknown>>): Snapshot {
  return {
    name: String(row['name']),
    type: String(row['type']) as RecordType,
    firstDay: Number(row['first_day']),
    lastDay: Number(row['last_day']),
    answer: decoded(String(row['text']), Number(row['ttl'])),
  };
}

/** An answer as text: the same for the same records in any order, and without its TTL, which a cache counts down. */
function encoded(answer: Answer): string {
  const { kind, aliases, authenticated } = answer;
  if (kind !== 'records') return JSON.stringify({ kind, aliases, authenticated });
  const records = answer.records.map((record) =>
    JSON.stringify(typeof record === 'object' ? plainData(record) : record),
  );
  return `{"kind":"records","aliases":${JSON.stringify(aliases)},"authenticated":${authenticated},"records":[${records.sort().join(',')}]}`;
}

function decoded(text: string, ttl: number): Answer {
  const answer = JSON.parse(text, textAsBytes) as Answer;
  return { ...answer, ttl };
}

/** Bytes as hexadecimal digits: before it is made JSON, since a Buffer writes itself in a way of its own. */
function plainData(record: object): unknown {
  if (Array.isArray(record)) return record;
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [
      key,
      value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value,
    ]),
  );
}

function textAsBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('hex' in value) || typeof value.hex !== 'string') return value;
  return new Uint8Array(Buffer.from(value.hex, 'hex'));
}
