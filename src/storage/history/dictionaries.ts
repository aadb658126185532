// The dictionaries of the history in memory: a text (or a structure, as one text) for each number, and back when something is
// filed. They are loaded when first needed; what is new is written with the facts that use it.
import type { AuthResults, OverrideReason } from '../../standards/reports/index.ts';
import type { Dictionaries } from '../../protection/history.ts';
import type { Connection, Writing } from './duckdb.ts';
import { dictionaryTables } from './schema.ts';
import type { DictionaryTable } from './schema.ts';

/** One dictionary: numbers run from 1 in the order in which texts came. */
export class TextDictionary {
  readonly table: DictionaryTable;
  /** By number; place 0 is not used. */
  readonly texts: string[];
  /** By text; made when something is first looked up. */
  #numbers: Map<string, number> | undefined;
  /** How many of `texts`, place 0 included, stand in the table. */
  saved: number;

  constructor(table: DictionaryTable, texts: string[]) {
    this.table = table;
    this.texts = texts;
    this.saved = texts.length;
  }

  /** The number of a text, a new one if need be. */
  number(text: string): number {
    const numbers = this.#byText();
    let number = numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.texts.push(text);
      numbers.set(text, number);
    }
    return number;
  }

  /** The number of a text that was seen before, else `undefined`. */
  find(text: string): number | undefined {
    return this.#byText().get(text);
  }

  #byText(): Map<string, number> {
    if (this.#numbers === undefined) {
      this.#numbers = new Map();
      for (let number = 1; number < this.texts.length; number++) this.#numbers.set(this.texts[number]!, number);
    }
    return this.#numbers;
  }
}

/** All dictionaries of a history. */
export class LoadedDictionaries implements Dictionaries {
  readonly addresses: TextDictionary;
  readonly names: TextDictionary;
  readonly reporters: TextDictionary;
  readonly auths: TextDictionary;
  readonly reasonLists: TextDictionary;
  readonly #auth: (AuthResults | undefined)[] = [];
  readonly #reasons: (readonly OverrideReason[])[] = [[]];

  private constructor(texts: ReadonlyMap<DictionaryTable, string[]>) {
    const dictionary = (table: DictionaryTable): TextDictionary => new TextDictionary(table, texts.get(table)!);
    this.addresses = dictionary('addresses');
    this.names = dictionary('names');
    this.reporters = dictionary('reporters');
    this.auths = dictionary('auths');
    this.reasonLists = dictionary('reason_lists');
  }

  /** Makes them from a copy. */
  static of(texts: ReadonlyMap<DictionaryTable, string[]>): LoadedDictionaries {
    return new LoadedDictionaries(texts);
  }

  /** Reads them from the tables. @throws {StorageError} */
  static async load(connection: Connection): Promise<LoadedDictionaries> {
    const texts = new Map<DictionaryTable, string[]>();
    for (const table of dictionaryTables) {
      texts.set(table, ['', ...(await connection.texts(`SELECT value FROM ${table} ORDER BY id`))]);
    }
    return new LoadedDictionaries(texts);
  }

  /** The texts of each dictionary by number; place 0 is not used. */
  texts(): Map<DictionaryTable, readonly string[]> {
    return new Map(this.#all().map((dictionary) => [dictionary.table, dictionary.texts]));
  }

  /** Whether everything here stands in the tables. */
  get allSaved(): boolean {
    return this.#all().every((dictionary) => dictionary.saved === dictionary.texts.length);
  }

  /** Adds what is new to the tables, in the transaction of the facts that use it. `saved` is set by whoever commits. */
  async save(writing: Writing): Promise<void> {
    for (const dictionary of this.#all()) {
      if (dictionary.saved === dictionary.texts.length) continue;
      const appender = await writing.append(dictionary.table);
      for (let number = dictionary.saved; number < dictionary.texts.length; number++) {
        appender.entry(number, dictionary.texts[number]!);
      }
    }
  }

  /** How far each dictionary has come: what `save` would make durable now. */
  marks(): number[] {
    return this.#all().map((dictionary) => dictionary.texts.length);
  }

  /** Says that everything up to these marks stands in the tables. */
  setSaved(marks: readonly number[]): void {
    for (const [index, dictionary] of this.#all().entries()) dictionary.saved = marks[index]!;
  }

  address(id: number): string | undefined {
    return id === 0 ? undefined : this.addresses.texts[id];
  }

  name(id: number): string | undefined {
    return id === 0 ? undefined : this.names.texts[id];
  }

  reporter(id: number): string | undefined {
    return id === 0 ? undefined : this.reporters.texts[id];
  }

  auth(id: number): AuthResults | undefined {
    if (id === 0 || id >= this.auths.texts.length) return undefined;
    if (this.#auth[id] === undefined) this.#readAuths(id);
    return this.#auth[id];
  }

  reasons(id: number): readonly OverrideReason[] {
    const text = id === 0 ? undefined : this.reasonLists.texts[id];
    return text === undefined ? [] : (this.#reasons[id] ??= readReasons(text));
  }

  /**
   * Reads one, and those after it up to the first that is read already: many texts read as one take half the time. While reports are
   * filed the newest is asked for, which has none after it, and is read alone.
   */
  #readAuths(id: number): void {
    const { texts } = this.auths;
    const most = Math.min(texts.length, id + authBlock);
    let to = id + 1;
    while (to < most && this.#auth[to] === undefined) to += 1;
    const block = JSON.parse(`[${texts.slice(id, to).join(',')}]`) as AuthText[];
    for (const [index, text] of block.entries()) this.#auth[id + index] = readAuth(text);
  }

  #all(): readonly TextDictionary[] {
    return [this.addresses, this.names, this.reporters, this.auths, this.reasonLists];
  }
}

const authBlock = 256;
type Optional = string | null;
type Three = [Optional, Optional, Optional];
type AuthText = [Three[], Three[]];

/**
 * `auth_results` as one text: equal results are equal texts, in whatever order their fields were set. What a receiver writes for people
 * (`human_result`) stays in the report: it may be another text in every row, and would keep apart what is the same.
 */
export function writeAuth(auth: AuthResults): string {
  const text: AuthText = [
    auth.dkim.map((each) => [each.domain ?? null, each.selector ?? null, each.result ?? null]),
    auth.spf.map((each) => [each.domain ?? null, each.scope ?? null, each.result ?? null]),
  ];
  return JSON.stringify(text);
}

function readAuth([dkim, spf]: AuthText): AuthResults {
  return { dkim: dkim.map(readSignature), spf: spf.map(readSpf) };
}

// Field by field: there are tens of thousands of these to read before the first answer. Texts of an earlier Zegel have a fourth field.
function readSignature([domain, selector, result]: Three): AuthResults['dkim'][number] {
  const said: { domain?: string; selector?: string; result?: string } = {};
  if (domain !== null) said.domain = domain;
  if (selector !== null) said.selector = selector;
  if (result !== null) said.result = result;
  return said as AuthResults['dkim'][number];
}

function readSpf([domain, scope, result]: Three): AuthResults['spf'][number] {
  const said: { domain?: string; scope?: string; result?: string } = {};
  if (domain !== null) said.domain = domain;
  if (scope !== null) said.scope = scope;
  if (result !== null) said.result = result;
  return said as AuthResults['spf'][number];
}

/** A list of override reasons as one text. */
export function writeReasons(reasons: readonly OverrideReason[]): string {
  return JSON.stringify(reasons.map((reason) => [reason.type ?? null, reason.comment ?? null]));
}

function readReasons(text: string): readonly OverrideReason[] {
  const list = JSON.parse(text) as [NonNullable<OverrideReason['type']> | null, Optional][];
  return list.map(([type, comment]) => ({
    ...(type === null ? {} : { type }),
    ...(comment === null ? {} : { comment }),
  }));
}
