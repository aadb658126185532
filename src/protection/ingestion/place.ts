import type { Problem } from '../../standards/problem.ts';
import type { ReportPart } from '../../standards/reports/failure/index.ts';
import type { DocumentKind } from './archive.ts';
import type { Budget, Content, Trail } from './content.ts';

/** A report of another kind than those that are filed, as far as it can be read: its message in parts, or its JSON. */
export type OtherReport =
  | { readonly kind: 'failure'; readonly parts: readonly ReportPart[] }
  | { readonly kind: 'tls'; readonly json: Uint8Array };

/** Something found inside an arrival: a report to be read, or why there is none to read. */
export type Opened =
  | {
      readonly what: 'report';
      readonly entry: string;
      readonly container: string;
      /** The text of an aggregate report. Read it to its end before the next document is asked for. */
      readonly content: Content;
      /** Complete when the content has been read to its end. */
      readonly trail: Trail;
      /** The message it came in, the innermost when there are several; absent when it came in none. */
      readonly message?: Uint8Array;
    }
  | {
      readonly what: 'not-understood' | 'refused';
      readonly entry: string;
      readonly container: string;
      readonly kind: DocumentKind;
      readonly problems: readonly Problem[];
      /** What a report of another kind can be read from. Read it before the next document is asked for. */
      readonly other?: OtherReport;
      /** The message such a report came in, the innermost when there are several. */
      readonly message?: Uint8Array;
    };

/** Where in an arrival one is, and what has been seen on the way there. */
export interface Place {
  readonly entry: string;
  readonly container: string;
  readonly depth: number;
  readonly trail: Trail;
  /** The message around it, the innermost when there are several. */
  readonly message?: Uint8Array;
}

/** The place inside a wrapping, with the trail it has or one of its own, and the name of the thing in it. */
export function inside(place: Place, wrapping: string, entry = '', trail = place.trail): Place {
  return {
    entry: place.entry === '' ? entry : entry === '' ? place.entry : `${place.entry}/${entry}`,
    container: place.container === '' ? wrapping : `${place.container}/${wrapping}`,
    depth: place.depth + 1,
    trail,
    ...(place.message === undefined ? {} : { message: place.message }),
  };
}

export function refused(place: Place, ...problems: Problem[]): Opened {
  const { entry, container, trail } = place;
  return { what: 'refused', entry, container, kind: 'other', problems: [...trail.fatal, ...problems] };
}

function isCutShort(problem: Problem): boolean {
  return problem.code.endsWith('-cut-short');
}

/**
 * Says that the rest of a wrapping was left shut, and why.
 *
 * @param count things left, when that is known
 */
export function* leftShut(place: Place, budget: Budget, count?: number): Generator<Opened> {
  if (count === 0 || budget.exhausted === undefined) return;
  const rest = { code: 'ingestion/left-shut', values: { things: count ?? '?' } };
  const { entry, container } = place;
  yield { what: 'refused', entry, container, kind: 'other', problems: [budget.exhausted, rest] };
}

/** Nothing is there: for a reason that is known, or because there never was anything. */
export function nothing(place: Place): Opened {
  const { fatal, doubts } = place.trail;
  return fatal.length + doubts.length > 0 ? refused(place, ...doubts) : refused(place, { code: 'ingestion/empty' });
}

/**
 * Says of what is not filed that it is there. It is looked at to its end first: a bomb, or a file that was cut short, is refused as that
 * rather than said to be of an unknown kind.
 */
export async function* leaveUnread(
  content: Content,
  place: Place,
  kind: DocumentKind,
  problem: Problem,
  other?: OtherReport,
): AsyncGenerator<Opened> {
  await content.chunks?.drain();
  const { entry, container, trail } = place;
  // What was cut short may have been anything: its beginning does not say.
  if (trail.fatal.length > 0) yield { what: 'refused', entry, container, kind, problems: trail.fatal };
  else if (trail.doubts.some(isCutShort)) {
    yield { what: 'refused', entry, container, kind, problems: trail.doubts };
  } else {
    yield {
      what: 'not-understood',
      entry,
      container,
      kind,
      problems: [problem],
      ...(other === undefined ? {} : { other, ...(place.message === undefined ? {} : { message: place.message }) }),
    };
  }
}

/** Makes names of one level different from each other, since a document is found again by its name. */
export class Names {
  readonly #times = new Map<string, number>();
  readonly #seen = new Set<string>();
  /** The name, with a number behind it when it was there before. */
  unique(name: string): string {
    let times = (this.#times.get(name) ?? 0) + 1;
    let unique = times === 1 ? name : `${name}#${times}`;
    while (this.#seen.has(unique)) unique = `${name}#${++times}`;
    this.#times.set(name, times);
    this.#seen.add(unique);
    return unique;
  }
}
