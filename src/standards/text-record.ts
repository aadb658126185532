import { ResolverError } from './dns/index.ts';
import type { Resolver } from './dns/index.ts';
import type { Problem, Reading } from './problem.ts';

/** A kind of record that is told by a TXT record at a name of its own, of which there must be one. */
export interface TextRecordKind<T> {
  /** Whether a TXT record says that it is of this kind; those that do not are discarded before they are counted. */
  readonly begins: (text: string) => boolean;
  /** Whether a TXT record was meant to be of this kind: then what keeps it from it is worth saying. */
  readonly near: RegExp;
  readonly parse: (text: string) => Reading<T>;
  /** The code of the problem when there are several, and the clause that says what that means. */
  readonly several: { readonly code: string; readonly see: string };
}

/**
 * What a look-up came to. `none`: nothing there begins as such a record. `several`: more than one does, which counts as none.
 * `invalid`: one, that cannot be read. `unknown`: the DNS did not answer.
 */
export interface TextRecordFound<T> {
  readonly name: string;
  readonly outcome: 'invalid' | 'none' | 'record' | 'several' | 'unknown';
  readonly record?: T;
  /** The TXT records at the name, their strings joined. */
  readonly texts: readonly string[];
  /** The aliases followed from the name on. */
  readonly aliases: readonly string[];
  readonly problems: readonly Problem[];
  readonly error?: ResolverError;
}

/**
 * Looks up the one record of its kind at a name, as MTA-STS (RFC 8461 §3.1), TLSRPT (RFC 8460 §3) and BIMI have it. Never throws for a
 * DNS that does not answer.
 */
export async function lookupTextRecord<T>(
  name: string,
  kind: TextRecordKind<T>,
  resolver: Resolver,
): Promise<TextRecordFound<T>> {
  let answer;
  try {
    answer = await resolver(name, 'TXT');
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return { name, outcome: 'unknown', texts: [], aliases: [], problems: [], error };
  }
  const texts = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
  const found = { name, texts, aliases: answer.aliases };
  const [first, ...more] = texts.filter(kind.begins);
  if (first === undefined) {
    const meant = texts.filter((text) => kind.near.test(text.slice(0, 200)));
    return { ...found, outcome: 'none', problems: meant.flatMap((text) => kind.parse(text).problems) };
  }
  if (more.length > 0) {
    const problem = { ...kind.several, values: { name, count: more.length + 1 } };
    return { ...found, outcome: 'several', problems: [problem] };
  }
  const reading = kind.parse(first);
  const { problems } = reading;
  return reading.ok
    ? { ...found, outcome: 'record', record: reading.value, problems }
    : { ...found, outcome: 'invalid', problems };
}

/**
 * A text without spaces, tabs and line ends around it (the FWS of RFC 6376 §3.2). Unlike `trim`, it leaves a no-break space where it is:
 * pasted into a record, that is a character like any other, and breaks what it stands in.
 */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}
